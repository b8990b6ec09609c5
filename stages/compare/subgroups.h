/* The filters of all analyses of one dataset, and who can be in which of them at once.
 *
 * Filters divide people by combinations ("patterns"): in the one and not in the other. Which of them there can be is
 * no secret: it follows from the expressions and the dictionary. They are evaluated over every value of the variables
 * that they read (codes, whole numbers of a range, a missing answer), or, of a variable that has no end of values, over
 * those beside what the filters compare it with. A pattern that is possible has its cells though nobody be in it; where
 * a route may rule one out, which readers of the questionnaire see, only those have that somebody is in. */
#ifndef CANVASS_COMPARE_SUBGROUPS_H
#define CANVASS_COMPARE_SUBGROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "error.h"
#include "study.h"

/* What a variable alone says of the filters that read nothing else. */
struct subgroups_told {
	unsigned long long read;   /* bit i: filter i reads the variable, and no other */
	unsigned long long *holds; /* for each code, and behind them for a missing answer: which of these are true */
};

struct subgroups {
	const struct dataset *dataset;
	const char **texts; /* each filter once, in the order of their texts, so that releases name patterns alike */
	size_t count;
	unsigned long long *patterns; /* bit i: in filter i; ascending */
	size_t pattern_count;
	struct subgroups_told *told; /* by variable of the dataset */
	bool routed; /* some filter reads what not everybody is asked: the questionnaire may rule patterns out */
};

/* Of all filters of the study's analyses of the dataset, or of none (`any` false). An ERROR_CONFIG where there are too
 * many filters, or too many values to tell which of them exclude each other. The caller frees *subgroups with
 * subgroups_free(). */
bool subgroups_read(struct subgroups **subgroups, const struct study *study, const struct dataset *dataset, bool any,
                    const char *study_path, struct error *err);
void subgroups_free(struct subgroups *subgroups); /* accepts NULL */

/* Whether the filters divide what the analysis counts: it has one, or shares a variable with one that has, or is about
 * what a filter reads. What shares nothing with any of these is tied to them by the areas alone. */
bool subgroups_divide(const struct subgroups *subgroups, const struct study *study,
                      const struct study_analysis *analysis);

/* Which of the filters is this one; `count` for NULL. */
size_t subgroups_find(const struct subgroups *subgroups, const char *filter);

/* Whether somebody can be in both filters, by one row. */
bool subgroups_overlap(const struct subgroups *subgroups, size_t one, size_t other);

#endif
