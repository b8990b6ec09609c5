/* What a release is made from: the withheld results, read once, with the audit's leave to print them. */
#ifndef CANVASS_PUBLISH_PUBLICATION_H
#define CANVASS_PUBLISH_PUBLICATION_H

#include "universe.h"
#include "error.h"
#include "provenance.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* An input of withheld.db. Restricted: only its hash keyed with the study's key may be printed. */
struct publication_input {
	char *role;
	char sha256[PROVENANCE_HASH_SIZE];
};

struct publication {
	struct study *study;
	struct universe *universe; /* withheld: only what may be shown */
	char *policy;              /* its name and version */
	char *protection; /* in a few sentences: what is hidden, what the threshold is, how numbers are rounded */
	char *threshold, *zeros; /* as withheld.db tells readers */
	char *sensitive,
		*min_group; /* names with a blank between them, and how small a group is of these; NULL: none */
	char *rounding_base, *rounding_method, *perturbed; /* how counts are changed; NULL: not so */
	struct publication_input *inputs; /* withheld.db first */
	size_t input_count;
	char *key; /* the study's; NULL: it has none */
};

/* ERROR_REFUSED where the audit did not pass, was made of another withheld.db, or a hidden line still carries a number.
 * The caller frees *publication with publication_free(). */
bool publication_load(struct publication **publication, const char *study, const char *withheld, const char *audited,
                      struct error *err);
void publication_free(struct publication *publication); /* accepts NULL */

/* The words that label every output of a synthetic study; NULL where the data are real. */
const char *publication_synthetic(const struct publication *publication);

#endif
