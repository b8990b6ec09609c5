/* What the config demands of a file of records, over plain arrays. */
#ifndef CANVASS_ANONYMISE_DEMANDS_H
#define CANVASS_ANONYMISE_DEMANDS_H

#include "file.h"
#include "local_suppression.h"

enum demand_kind { DEMAND_K, DEMAND_L, DEMAND_RISK };

struct demand {
	enum demand_kind kind;
	const struct column *sensitive; /* of l */
	struct safety safety;
	size_t before, after; /* records that fail it */
};

struct demands {
	struct demand *demands;
	size_t count, capacity;
	struct column **keys; /* in the order of the config */
	size_t width;
	int *codes;         /* record x key, 0: missing; in the key that divides the file that is a value of its own */
	int **sensitive;    /* by demand: the answers' codes, NULL but of l */
	int *values;        /* by key: how many codes there were before any was blanked */
	double *costs;      /* by key */
	double *weights;    /* by record, the least of the person's; NULL: each stands for itself */
};

/* Of the file as it is now. Too many subsets to be judged are an ERROR_CONFIG. Release with demands_release(). */
bool demands_make(struct demands *demands, const struct file *file, struct error *err);
void demands_release(struct demands *demands); /* accepts an empty one */

/* Codes of a column's values as they are now, 1 and up, 0 missing. Free with free(). */
int *demands_answers(const struct file *file, const struct column *column);

const char *demand_word(const struct demand *demand);

/* Add the names of its keys, a comma and blank between. */
struct text;
void demand_add_keys(struct text *text, const struct demands *demands, const struct demand *demand);

#endif
