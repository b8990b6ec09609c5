/* The columns of the analysis table: one for each variable of the dictionary that is kept, and each derived one. */
#ifndef CANVASS_DEIDENTIFY_KEPT_H
#define CANVASS_DEIDENTIFY_KEPT_H

#include "dictionary.h"
#include "error.h"
#include "store.h"
#include "treatment.h"

#include <stdbool.h>
#include <stddef.h>

/* A region or country. */
struct kept_level {
	const char *code, *name;
};

struct kept_column {
	const struct variable *variable; /* the dictionary's */
	enum treatment treatment;
	struct bands bands; /* of TREATMENT_BANDS */
	/* of TREATMENT_LEVEL: */
	struct kept_level *levels; /* that the list's places are in, in the order in which they come */
	size_t level_count;
	size_t *level_of; /* for each code of the list, its place among the levels, from 1 */
};

struct kept {
	struct kept_column *columns; /* those that are kept, in the dictionary's order */
	size_t count;
	bool *wanted; /* for each variable of the dictionary: read from the accepted rows */
	const struct variable *area, *weight, *key; /* NULL where the dataset has none */
	const struct variable *stratum, *cluster;   /* likewise; read for the design, kept or not */
	const struct variable *cluster_size;        /* likewise; never kept, as the replicates' */
	const struct variable **replicates;         /* of role replicate_weight, in the dictionary's order */
	size_t replicate_count;
	bool pseudonym; /* the key becomes one; else it only tells who is who */
	char **derived; /* names of the derived variables, in their order */
	size_t derived_count;
};

/* What is kept of the dictionary and of derived.db (attached to `deidentified` as `derived`). Frees with kept_free().
 */
bool kept_choose(struct kept **kept, const struct dictionary *dictionary, struct store *deidentified,
                 struct error *err);
void kept_free(struct kept *kept);

/* Write the tables area, variable, code, reason, treatment, and make the table respondents. */
bool kept_describe(const struct kept *kept, const struct dictionary *dictionary, struct store *deidentified,
                   struct error *err);

#endif
