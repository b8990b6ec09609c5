/* The analysis table of one dataset (deidentified.db): what is in it. sample.h reads its rows. */
#ifndef CANVASS_COMPARE_DATASET_H
#define CANVASS_COMPARE_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "universe.h"
#include "error.h"
#include "standing.h"
#include "store.h"
#include "study.h"
#include "survey.h"

struct dataset_area {
	const char *code, *label;
};

/* Areas taken together, in lines of their own. See area_groups.h. */
struct dataset_group {
	const char *code, *label;
	const char *kind; /* group, region, country */
	size_t *areas;    /* positions in dataset.areas, ascending */
	size_t area_count;
};

struct dataset_code {
	long long position; /* what stands in the column */
	const char *code, *label;
	long long integer; /* the code as a number, where the variable's codes are all whole numbers */
};

struct dataset_variable {
	const char *name, *label, *type, *unit; /* unit NULL: none */
	const char *term;   /* its name in conditions: of one that the study made, with what it is made of and how, so
	                     * that the audit of a later release sees it */
	const char *column; /* of respondents; NULL: not kept */
	const char *source; /* of a derived one: what it is derived by; else NULL */
	const char *level;  /* binary, nominal, ordinal, scale, amount, count, rate, none */
	enum polarity polarity; /* which way is good */
	double least, most;     /* NaN: open */
	bool required;          /* never missing */
	bool routed;            /* not everybody is asked */
	struct dataset_code *codes;
	size_t code_count;            /* 0: it has no codes */
	struct dataset_code *options; /* of type codes: what its text may hold */
	size_t option_count;
	bool integers;        /* every code is a whole number */
	const char **reasons; /* its answers may be missing for */
	size_t reason_count;
};

struct drawing_arrays;

struct dataset {
	const char *name;
	struct store *store;
	bool aggregate;             /* its rows are published figures, not respondents */
	struct unit unit;           /* the study's: the threshold may change without deidentify running again */
	int test_base;              /* the policy's: the smallest base that a test takes in; 0: the threshold */
	int tail;                   /* the policy's: how many answers lie beyond a quantile; 0: the threshold */
	struct dataset_area *areas; /* in their order; respondents.area is the position from 1 */
	size_t area_count;
	struct dataset_group *groups; /* of areas, each set once; by area_groups_read() */
	size_t group_count;
	struct dataset_variable *variables; /* in the order of the dictionary */
	size_t variable_count;
	const char **held_back; /* the dictionary's variables that are not among these */
	size_t held_back_count;
	size_t area; /* which of them says the area; its column is respondents.area, its codes are the areas */
	const struct dataset_variable *wave;       /* which of them says the wave; NULL: none */
	const struct dataset_variable *imputation; /* which of them says the imputation; NULL: nothing is imputed */
	bool weighted;                             /* some respondent has a weight */
	bool adjusted;                             /* weights were adjusted to margins that the public may know */
	bool adjusted_within; /* and to more than the area: people of one area count differently, by what others may
	                         know */
	bool designed;        /* weighted, or drawn otherwise than one by one without end */
	const char *margins;  /* of these variables: area, age*gender; "" where none were adjusted */
	const char *weight;   /* in words; NULL: everybody counts alike */
	const char *variance; /* how the variance of an estimate is had: Taylor linearisation */
	const char *drawing;  /* strata, clusters, population and lonely clusters, a sentence of a method; "": none */
	unsigned char *keys; /* record keys of the respondents in their order; NULL: the policy perturbs no counts */
	struct survey_design design; /* of the respondents in their order, which is that of a sample */
	struct drawing_arrays *arrays;
	struct mem_arena *strings;
};

/* `name` must be a dataset of the study. The caller frees *dataset with dataset_close(). */
bool dataset_open(struct dataset **dataset, const struct study *study, const char *name, const char *path,
                  struct error *err);
void dataset_close(struct dataset *dataset); /* accepts NULL */

/* NULL where there is none. */
const struct dataset_variable *dataset_variable(const struct dataset *dataset, const char *name);

/* Whether the dictionary has a variable of this name that deidentify hands to no analysis; and what to do about it. */
bool dataset_holds_back(const struct dataset *dataset, const char *name);
extern const char dataset_held_back_help[];

/* The codes that its answers can be counted by: those of its list, one or several an answer. */
const struct dataset_code *dataset_counted(const struct dataset_variable *variable, size_t *count);

/* The name nearest to `name`, or NULL. */
const char *dataset_near(const struct dataset *dataset, const char *name);

#endif
