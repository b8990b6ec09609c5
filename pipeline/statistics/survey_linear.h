/* Of survey.c: what strata, clusters and margins make of each unit's influence. */
#ifndef CANVASS_STATISTICS_SURVEY_LINEAR_H
#define CANVASS_STATISTICS_SURVEY_LINEAR_H

#include "survey.h"

/* The covariance of `count` totals of z; fill(with, v, z) writes the v-th of each member into an array of 0. As
 * survey_covariance. */
enum refusal survey_linear(double *covariance, size_t count, const struct survey_design *design,
                           void (*fill)(const void *with, size_t v, long double *z), const void *with,
                           const size_t *member, size_t n);

#endif
