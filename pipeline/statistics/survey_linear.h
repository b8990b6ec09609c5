/* Of survey.c: what strata, clusters and margins make of each unit's influence. */
#ifndef CANVASS_STATISTICS_SURVEY_LINEAR_H
#define CANVASS_STATISTICS_SURVEY_LINEAR_H

#include "survey.h"

/* How far n units move `count` numbers: the i-th moves number[i * reach + k] by z[i * reach + k], each k < reach. */
struct survey_moves {
	size_t count, reach;
	const size_t *number; /* NULL: k (of survey_linear.c's own) */
	const long double *z;
};

/* The covariance of the numbers, as survey_covariance. */
enum refusal survey_linear(double *covariance, const struct survey_design *design, const struct survey_moves *moves,
                           const size_t *member, size_t n);

#endif
