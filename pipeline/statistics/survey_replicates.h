/* Of survey.c: what weights that repeat the sample say. */
#ifndef CANVASS_STATISTICS_SURVEY_REPLICATES_H
#define CANVASS_STATISTICS_SURVEY_REPLICATES_H

#include "survey.h"

/* As survey_covariance, whose numbers under the design's own weights are `estimate`. */
enum refusal survey_replicated(double *covariance, const struct survey_replicates *replicates,
                               const struct survey_statistic *statistic, const long double *estimate,
                               const size_t *member, size_t n);

/* Columns of the members' replicate weights that are no sum of those before, by orthogonalising one after another: what
 * is left of a column is none below 1e-5 of it (LINPACK's dqrdc2, as R's qr). */
size_t survey_replicates_rank(const struct survey_replicates *replicates, const size_t *member, size_t n);

#endif
