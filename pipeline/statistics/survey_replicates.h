/* Of survey.c: what weights that repeat the sample say. */
#ifndef CANVASS_STATISTICS_SURVEY_REPLICATES_H
#define CANVASS_STATISTICS_SURVEY_REPLICATES_H

#include "survey.h"

/* How the replicates were made (Wolter 2007; R's svrepdesign). */
enum survey_replicates_type {
	SURVEY_REPLICATES_JK1,      /* each leaves one cluster out: scale (K - 1)/K */
	SURVEY_REPLICATES_JKN,      /* each leaves one of n out of a stratum: scales (n - 1)/n, scale 1 */
	SURVEY_REPLICATES_BRR,      /* one of two clusters of each stratum, twice: 1/K */
	SURVEY_REPLICATES_FAY,      /* both, as 2 - rho and rho: 1/(K (1 - rho)^2) */
	SURVEY_REPLICATES_BOOTSTRAP /* clusters drawn again: as it was made; 1 here */
};

/* The scale of K = count replicates. */
double survey_replicates_scale(enum survey_replicates_type type, size_t count, double rho);

/* As survey_covariance, whose numbers under the design's own weights are `estimate`. */
enum refusal survey_replicated(double *covariance, const struct survey_replicates *replicates,
                               const struct survey_statistic *statistic, const long double *estimate,
                               const size_t *member, size_t n);

/* Columns of the members' replicate weights that are no sum of those before, by orthogonalising one after another: what
 * is left of a column is none below 1e-5 of it (LINPACK's dqrdc2, as R's qr). */
size_t survey_replicates_rank(const struct survey_replicates *replicates, const size_t *member, size_t n);

#endif
