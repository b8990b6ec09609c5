#include "survey_wald.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "gsl.h"
#include "mem.h"
#include "rmath.h"
#include "survey_mean.h"

/* --- several domains --- */

/* The least reciprocal condition number of a correlation matrix that still says something of every contrast. */
static const double least_condition = 1e-12;

static enum refusal check_domains(double *least_df, const struct survey_design *design, const double *y,
                                  const size_t *member, const size_t *first, size_t domains)
{
	enum refusal refusal = domains < 2 ? REFUSAL_FEWER_THAN_2_AREAS : REFUSAL_NONE;
	*least_df = INFINITY;
	for (size_t j = 0; !refusal && j < domains; j++) {
		struct survey_mean mean = { 0 };
		refusal = survey_mean(&mean, design, y + first[j], member + first[j], first[j + 1] - first[j], 95);
		*least_df = fmin(*least_df, mean.df);
	}
	return refusal;
}

/* W, by Cholesky's factor of the contrasts' covariance, scaled to a correlation matrix. */
static enum refusal take_wald(double *wald, const double *means, const double *covariance, size_t domains)
{
	size_t q = domains - 1;
	gsl_matrix *v = gsl_matrix_alloc(q, q);
	gsl_vector *contrast = gsl_vector_alloc(q), *scale = gsl_vector_alloc(q), *work = gsl_vector_alloc(3 * q);
	const double *last = covariance + q * domains;
	double condition = 0;
	for (size_t i = 0; i < q; i++) {
		gsl_vector_set(contrast, i, means[i] - means[q]);
		for (size_t j = 0; j < q; j++)
			gsl_matrix_set(v, i, j, covariance[i * domains + j] - last[i] - last[j] + last[q]);
	}
	gsl_checked_handler *before = gsl_checked_begin();
	bool ok = gsl_linalg_cholesky_decomp2(v, scale) == 0 && gsl_linalg_cholesky_rcond(v, &condition, work) == 0
	          && condition > least_condition;
	if (ok) {
		gsl_vector_mul(contrast, scale);
		gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, v, contrast);
		gsl_blas_ddot(contrast, contrast, wald);
	}
	ok = gsl_checked_end(before) && ok && isfinite(*wald);
	gsl_matrix_free(v);
	gsl_vector_free(contrast);
	gsl_vector_free(scale);
	gsl_vector_free(work);
	return ok ? REFUSAL_NONE : REFUSAL_SINGULAR;
}

static enum refusal take_means(struct survey_wald *test, const struct survey_design *design, const double *y,
                               const size_t *member, const size_t *first, size_t domains)
{
	size_t n = first[domains] - first[0];
	size_t *domain = mem_alloc(n, sizeof *domain);
	double *means = mem_alloc(domains, sizeof *means);
	double *covariance = mem_alloc(domains * domains, sizeof *covariance);
	for (size_t j = 0; j < domains; j++)
		for (size_t i = first[j]; i < first[j + 1]; i++)
			domain[i - first[0]] = j;
	const struct survey_domains of = { .y = y + first[0], .domain = domain, .domains = domains };
	const struct survey_statistic statistic = survey_domain_means(&of);
	enum refusal refusal = survey_covariance(means, covariance, design, &statistic, member + first[0], n);
	if (!refusal)
		refusal = take_wald(&test->wald, means, covariance, domains);
	free(domain);
	free(means);
	free(covariance);
	return refusal;
}

enum refusal survey_wald(struct survey_wald *test, const struct survey_design *design, const double *y,
                         const size_t *member, const size_t *first, size_t domains)
{
	*test = (struct survey_wald){ 0 };
	enum refusal refusal = check_domains(&test->least_df, design, y, member, first, domains);
	if (refusal)
		return refusal;
	double q = (double)(domains - 1);
	test->design_df = survey_degrees(design, member + first[0], first[domains] - first[0]);
	if (test->design_df < q)
		return REFUSAL_NO_DESIGN_DF;
	refusal = take_means(test, design, y, member, first, domains);
	if (refusal)
		return refusal;
	test->df = q;
	test->df2 = test->design_df - q + 1;
	test->statistic = test->wald * test->df2 / (test->design_df * q);
	return gsl_checked_f_tail(&test->p, test->statistic, test->df, test->df2) ? REFUSAL_NONE
	                                                                          : REFUSAL_NOT_COMPUTABLE;
}

/* --- two domains --- */

struct two {
	const double *y;
	size_t n1;
	enum survey_scale scale;
};

static enum refusal take_mean(long double *mean, long double *sum, const double *y, const double *weight, size_t n)
{
	long double total = 0;
	*sum = 0;
	for (size_t i = 0; i < n; i++) {
		*sum += weight[i];
		total += weight[i] * ((long double)y[i] - y[0]);
	}
	*mean = *sum > 0 ? y[0] + total / *sum : 0;
	return *sum > 0 ? REFUSAL_NONE : REFUSAL_WEIGHTS_ZERO;
}

/* What the scale makes of a mean, and its slope there. */
static enum refusal scaled(long double *value, long double *slope, long double mean, enum survey_scale scale)
{
	*value = mean;
	*slope = 1;
	if (scale == SURVEY_DIFFERENCE)
		return REFUSAL_NONE;
	if (!(mean > 0) || (scale == SURVEY_ODDS && !(mean < 1)))
		return REFUSAL_COUNT_ZERO;
	*value = scale == SURVEY_RATIO ? logl(mean) : logl(mean) - log1pl(-mean);
	*slope = scale == SURVEY_RATIO ? 1 / mean : 1 / (mean * (1 - mean));
	return REFUSAL_NONE;
}

static enum refusal take_contrast(const void *with, const double *weight, size_t n, long double *value)
{
	const struct two *two = with;
	long double mean[2], sum[2], on_scale[2], slope = 0;
	enum refusal refusal = take_mean(&mean[0], &sum[0], two->y, weight, two->n1);
	if (!refusal)
		refusal = take_mean(&mean[1], &sum[1], two->y + two->n1, weight + two->n1, n - two->n1);
	for (size_t i = 0; !refusal && i < 2; i++)
		refusal = scaled(&on_scale[i], &slope, mean[i], two->scale);
	if (!refusal)
		*value = on_scale[0] - on_scale[1];
	return refusal;
}

static void move_contrast(const void *with, const double *weight, size_t n, const long double *values, size_t *number,
                          long double *z)
{
	const struct two *two = with;
	const size_t from[] = { 0, two->n1, n };
	(void)values, (void)number;
	for (size_t side = 0; side < 2; side++) {
		long double mean = 0, sum = 0, value = 0, slope = 0;
		take_mean(&mean, &sum, two->y + from[side], weight + from[side], from[side + 1] - from[side]);
		scaled(&value, &slope, mean, two->scale);
		for (size_t i = from[side]; i < from[side + 1]; i++)
			z[i] = (side ? -slope : slope) * weight[i] * (two->y[i] - mean) / sum;
	}
}

enum refusal survey_contrast_of(struct survey_contrast *contrast, const struct survey_design *design,
                                const struct survey_statistic *statistic, const size_t *member, size_t n, double level)
{
	struct survey_estimate estimate = { 0 };
	enum refusal refusal = survey_estimate(&estimate, design, statistic, member, n, level);
	if (refusal)
		return refusal;
	contrast->value = estimate.value;
	contrast->se = estimate.se;
	contrast->df = estimate.df;
	contrast->statistic = estimate.value / estimate.se;
	contrast->low = estimate.low;
	contrast->high = estimate.high;
	if (!rmath_checked_t_tail(&contrast->p, fabs(contrast->statistic), contrast->df))
		return REFUSAL_NOT_COMPUTABLE;
	contrast->p = fmin(1, 2 * contrast->p);
	return REFUSAL_NONE;
}

enum refusal survey_contrast(struct survey_contrast *contrast, const struct survey_design *design, const double *y,
                             const size_t *member, size_t n1, size_t n2, enum survey_scale scale, double level)
{
	struct survey_mean first = { 0 }, second = { 0 };
	*contrast = (struct survey_contrast){ 0 };
	enum refusal refusal = n1 && n2 ? survey_mean(&first, design, y, member, n1, level) : REFUSAL_BASE_EMPTY;
	if (!refusal)
		refusal = survey_mean(&second, design, y + n1, member + n1, n2, level);
	if (refusal == REFUSAL_ZERO_VARIANCE && scale != SURVEY_DIFFERENCE)
		refusal = REFUSAL_COUNT_ZERO;
	if (refusal)
		return refusal;
	const struct two two = { y, n1, scale };
	const struct survey_statistic statistic = {
		.count = 1, .with = &two, .values = take_contrast, .reach = 1, .influence = move_contrast
	};
	contrast->n_kish = fmin(first.n_kish, second.n_kish);
	contrast->least_df = fmin(first.df, second.df);
	refusal = survey_contrast_of(contrast, design, &statistic, member, n1 + n2, level);
	if (!refusal && scale != SURVEY_DIFFERENCE) {
		contrast->value = exp(contrast->value);
		contrast->low = exp(contrast->low);
		contrast->high = exp(contrast->high);
	}
	return refusal;
}
