/* One export of a dataset into ingested.db: its rows, its account, and what was found on the way. */
#ifndef CANVASS_INGEST_EXPORT_H
#define CANVASS_INGEST_EXPORT_H

#include "answers.h"
#include "dictionary.h"
#include "error.h"
#include "finding.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

/* Where everything goes. All borrowed. */
struct ingestion {
	struct store *store;
	struct answers *answers;
	struct finding_store *findings;
	const struct dictionary *dictionary;
};

/* An export whose platform or profile of headers is not known is an ERROR_CONFIG, before any is read. */
bool export_check(const struct study_export *export, const struct dictionary *dictionary, const char *study_path,
                  struct error *err);

/* Read FOLDER/path as source number `source`. A file that changes meanwhile, or has no rows, is an ERROR_INPUT. */
bool export_read(const struct ingestion *into, const struct study_export *export, const char *folder, long long source,
                 struct error *err);

/* Whether each source's records are its header, its rows and its unreadable ones; if not, it is our fault. */
bool export_check_accounts(struct store *store, struct error *err);

#endif
