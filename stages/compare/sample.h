/* What one analysis needs of the respondents, read in one pass: for each respondent, in their order, where he or she
 * stands. Weights and the like are the dataset's (survey_design).
 *
 * Positions ("atoms") are what axis.h divides: of the areas, the area's index, or area_count where there is none; of a
 * variable with codes, the code's index, then the reasons why it is missing; of a number, and of a question where all
 * that apply may be ticked, 0 for an answer, then the reasons. */
#ifndef CANVASS_COMPARE_SAMPLE_H
#define CANVASS_COMPARE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "error.h"

struct sample_request {
	const struct dataset_variable *outcome;
	const struct dataset_variable *across; /* NULL: none */
	const char *const *filters;            /* expressions; FILTERING_MOST at most */
	size_t filter_count;
	const char *study; /* the config's path, for messages */
};

struct sample {
	size_t count;
	size_t *area, *outcome, *across; /* atoms; across NULL where not asked for */
	unsigned long long *filters;     /* bit i: filter i is true of the respondent */
	bool *ticked;      /* of an outcome of type codes: respondent after respondent, each option; NULL else */
	double *value;     /* the outcome as a number; NaN where it is missing or no number */
	long long *person; /* the respondent of the first row that is of the same person */
	bool area_missing; /* of somebody */
};

/* How many positions of a variable are answers; the reasons follow them. */
size_t sample_answers(const struct dataset_variable *variable);

/* Whether the answers are numbers: a mean has a meaning. */
bool sample_is_number(const struct dataset_variable *variable);

/* An answer that is missing without a declared reason, or although the variable is required, is an ERROR_INPUT.
 * The caller frees *sample with sample_free(). */
bool sample_read(struct sample **sample, const struct dataset *dataset, const struct sample_request *request,
                 struct error *err);
void sample_free(struct sample *sample); /* accepts NULL */

#endif
