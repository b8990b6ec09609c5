/* The texts of a dataset that are redacted: read, scanned and written, a row at a time. */
#ifndef CANVASS_SCAN_TEXTS_H
#define CANVASS_SCAN_TEXTS_H

#include "decision.h"
#include "dictionary.h"
#include "error.h"
#include "roster.h"
#include "store.h"

#include <stdbool.h>

struct texts {
	const char *dataset;
	const struct dictionary *dictionary;
	const struct roster *roster; /* NULL: there is none */
	const struct decisions *decisions;
	const char *date; /* of the study: decisions expire by it */
	const char *validated, *ingested;
};

/* Fill the tables text, found and decision of scanned.db. */
bool texts_write(struct store *scanned, const struct texts *texts, struct error *err);

#endif
