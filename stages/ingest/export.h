/* One export of a dataset into ingested.db: its rows, its account, and what was found on the way. */
#ifndef CANVASS_INGEST_EXPORT_H
#define CANVASS_INGEST_EXPORT_H

#include "answers.h"
#include "dictionary.h"
#include "error.h"
#include "finding.h"
#include "source.h"
#include "store.h"

#include <stdbool.h>

/* Where everything goes. All borrowed. */
struct ingestion {
	struct store *store;
	struct answers *answers;
	struct finding_store *findings;
	const struct dictionary *dictionary;
};

/* Read FOLDER/path. A file that changes meanwhile, is one that was read before, or has no rows, is an ERROR_INPUT. */
bool export_read(const struct ingestion *into, const struct source *source, const char *folder, struct error *err);

/* Whether each source's records are its header, its rows, its unreadable ones and those of another dataset; if not, it
 * is our fault. */
bool export_check_accounts(struct store *store, struct error *err);

#endif
