/* The review of a dataset's rows: what becomes of each row and cell, by the dictionary and the steward's decisions. */
#ifndef VALIDATE_REVIEW_H
#define VALIDATE_REVIEW_H

#include "checks.h"
#include "dictionary.h"
#include "error.h"
#include "exported.h"
#include "foreign.h"
#include "rulings.h"
#include "store.h"
#include "tally.h"

#include <stdbool.h>

struct scales;

/* What a review works with. All borrowed. */
struct review_tools {
	const struct dictionary *dictionary;
	struct exported *exported;
	struct checks *checks;
	struct rulings *rulings;
	struct tally *tally;
	const struct foreign *foreign; /* NULL: places are not looked up */
	const struct scales *scales;   /* NULL: no keys of instruments are judged */
	struct store *store;           /* validated.db under way, with `ingested` attached */
	const char *dataset;
};

struct review;

bool review_new(struct review **review, const struct review_tools *tools, struct error *err);
void review_free(struct review *review); /* accepts NULL; before the store is closed */

/* In this order: ingest's findings into the new file; a first pass over the rows, for keys and unique answers that
 * repeat; a second, that judges each row; and what is told once a rule or an export instead of once a row. */
bool review_take_findings(struct review *review, struct error *err);
bool review_find_repeats(struct review *review, struct error *err);
bool review_rows(struct review *review, struct error *err);
bool review_rules(struct review *review, struct error *err);

#endif
