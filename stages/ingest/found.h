/* Where what is found in one export goes. */
#ifndef CANVASS_INGEST_FOUND_H
#define CANVASS_INGEST_FOUND_H

#include "error.h"
#include "finding.h"

#include <stdbool.h>

/* All borrowed. */
struct found {
	struct finding_store *findings;
	const char *path; /* of the export, as the config has it */
	long long source;
	const char *key, *wave, *repeat; /* of the row at hand, as they came; NULL: the export has no such column */
};

/* Add a finding about this export, with the severity of its kind. Occurrences left at 0 are 1. One
 * about a row of answers is known by that row's key. */
bool found_add(const struct found *found, struct finding finding, struct error *err);

/* The same with a severity of its own. */
bool found_add_as(const struct found *found, struct finding finding, enum severity severity, struct error *err);

#endif
