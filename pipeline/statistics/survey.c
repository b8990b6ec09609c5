#include "survey.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"
#include "survey_linear.h"
#include "survey_replicates.h"

static double weight_of(const struct survey_design *design, size_t unit)
{
	return design->weight ? design->weight[unit] : 1;
}

/* *weighted: units with a weight above 0. */
static enum refusal take_weights(double *weight, size_t *weighted, const struct survey_design *design,
                                 const size_t *member, size_t n)
{
	long double sum = 0;
	*weighted = 0;
	for (size_t i = 0; i < n; i++) {
		weight[i] = weight_of(design, member[i]);
		if (!isfinite(weight[i]))
			return REFUSAL_WEIGHTS_MISSING;
		if (weight[i] < 0)
			return REFUSAL_WEIGHTS_NEGATIVE;
		*weighted += weight[i] > 0;
		sum += weight[i];
	}
	return n == 0 ? REFUSAL_BASE_EMPTY : sum > 0 ? REFUSAL_NONE : REFUSAL_WEIGHTS_ZERO;
}

static enum refusal linear_covariance(double *covariance, const double *weight, const struct survey_design *design,
                                      const struct survey_statistic *statistic, const long double *values,
                                      const size_t *member, size_t n)
{
	size_t *number = mem_alloc(n * statistic->reach, sizeof *number);
	long double *z = mem_alloc(n * statistic->reach, sizeof *z);
	statistic->influence(statistic->with, weight, n, values, number, z);
	const struct survey_moves moves = {
		.count = statistic->count, .reach = statistic->reach, .number = number, .z = z
	};
	enum refusal refusal = survey_linear(covariance, design, &moves, member, n);
	free(number);
	free(z);
	return refusal;
}

static enum refusal covariance_of(double *values, double *covariance, const double *weight,
                                  const struct survey_design *design, const struct survey_statistic *statistic,
                                  const size_t *member, size_t n)
{
	long double *exact = mem_alloc(statistic->count, sizeof *exact);
	enum refusal refusal = statistic->values(statistic->with, weight, n, exact);
	for (size_t v = 0; !refusal && v < statistic->count; v++) {
		values[v] = (double)exact[v];
		refusal = isfinite(values[v]) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
	}
	if (!refusal && design->replicates)
		refusal = survey_replicated(covariance, design->replicates, statistic, exact, member, n);
	else if (!refusal)
		refusal = linear_covariance(covariance, weight, design, statistic, exact, member, n);
	free(exact);
	return refusal;
}

enum refusal survey_covariance(double *values, double *covariance, const struct survey_design *design,
                               const struct survey_statistic *statistic, const size_t *member, size_t n)
{
	double *weight = mem_alloc(n, sizeof *weight);
	size_t weighted = 0;
	enum refusal refusal = take_weights(weight, &weighted, design, member, n);
	if (!refusal)
		refusal = covariance_of(values, covariance, weight, design, statistic, member, n);
	free(weight);
	return refusal;
}

static double linear_degrees(const struct survey_design *design, const size_t *member, size_t n)
{
	bool *cluster = mem_alloc(design->clusters, sizeof *cluster);
	bool *stratum = mem_alloc(design->strata, sizeof *stratum);
	double df = 0;
	for (size_t i = 0; i < n; i++) {
		if (weight_of(design, member[i]) == 0)
			continue;
		bool *in = &cluster[design->cluster ? design->cluster[member[i]] : member[i]];
		bool *of = &stratum[design->stratum ? design->stratum[member[i]] : 0];
		df += !*in;
		df -= !*of;
		*in = *of = true;
	}
	free(cluster);
	free(stratum);
	return df;
}

double survey_degrees(const struct survey_design *design, const size_t *member, size_t n)
{
	if (!design->replicates)
		return linear_degrees(design, member, n);
	if (!isnan(design->replicates->df))
		return design->replicates->df;
	return (double)survey_replicates_rank(design->replicates, member, n) - 1;
}

double survey_n_kish(const struct survey_design *design, const size_t *member, size_t n)
{
	long double sum = 0, squares = 0;
	for (size_t i = 0; i < n; i++) {
		double w = weight_of(design, member[i]);
		sum += w;
		squares += (long double)w * w;
	}
	return (double)(sum * sum / squares);
}

/* --- one number --- */

static enum refusal interval(struct survey_estimate *estimate, double level)
{
	double t = 0;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, estimate->df))
		return REFUSAL_NOT_COMPUTABLE;
	estimate->se = sqrt(estimate->variance);
	estimate->low = estimate->value - t * estimate->se;
	estimate->high = estimate->value + t * estimate->se;
	return isfinite(estimate->low) && isfinite(estimate->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

/* Whether any unit moves the number. */
static bool has_spread(const struct survey_statistic *statistic, const double *weight, size_t n, long double value)
{
	size_t moves = n * statistic->reach, *number = mem_alloc(moves, sizeof *number);
	long double *z = mem_alloc(moves, sizeof *z);
	bool spread = false;
	statistic->influence(statistic->with, weight, n, &value, number, z);
	for (size_t i = 0; i < moves; i++)
		spread = spread || z[i] != 0;
	free(number);
	free(z);
	return spread;
}

static enum refusal estimate_of(struct survey_estimate *estimate, const double *weight,
                                const struct survey_design *design, const struct survey_statistic *statistic,
                                const size_t *member, size_t n, double level)
{
	long double exact = 0;
	enum refusal refusal = statistic->values(statistic->with, weight, n, &exact);
	if (refusal)
		return refusal;
	estimate->value = (double)exact;
	estimate->n_kish = survey_n_kish(design, member, n);
	estimate->df = survey_degrees(design, member, n);
	if (estimate->df < 1)
		return REFUSAL_NO_DESIGN_DF;
	refusal = covariance_of(&estimate->value, &estimate->variance, weight, design, statistic, member, n);
	if (refusal)
		return refusal;
	if (!has_spread(statistic, weight, n, exact)) {
		estimate->variance = 0;
		return REFUSAL_ZERO_VARIANCE;
	}
	return estimate->variance == 0 ? REFUSAL_NO_DESIGN_VARIANCE : interval(estimate, level);
}

enum refusal survey_estimate(struct survey_estimate *estimate, const struct survey_design *design,
                             const struct survey_statistic *statistic, const size_t *member, size_t n, double level)
{
	*estimate = (struct survey_estimate){ .deff = NAN, .deff_replace = NAN };
	double *weight = mem_alloc(n, sizeof *weight);
	size_t weighted = 0;
	enum refusal refusal = take_weights(weight, &weighted, design, member, n);
	if (!refusal && weighted < 2)
		refusal = REFUSAL_N_BELOW_2;
	if (!refusal)
		refusal = estimate_of(estimate, weight, design, statistic, member, n, level);
	free(weight);
	return refusal;
}

/* --- means of domains --- */

static size_t domain_of(const struct survey_domains *domains, size_t i)
{
	return domains->domain ? domains->domain[i] : 0;
}

/* Shifted by the domain's first value that counts, as in moments_of. */
static enum refusal take_means(const void *with, const double *weight, size_t n, long double *means)
{
	const struct survey_domains *domains = with;
	long double *sums = mem_alloc(domains->domains, sizeof *sums);
	double *first = mem_alloc(domains->domains, sizeof *first);
	enum refusal refusal = REFUSAL_NONE;
	for (size_t d = 0; d < domains->domains; d++)
		means[d] = 0;
	for (size_t i = 0; i < n; i++) {
		size_t d = domain_of(domains, i);
		if (weight[i] > 0 && sums[d] == 0)
			first[d] = domains->y[i];
		sums[d] += weight[i];
		means[d] += weight[i] * ((long double)domains->y[i] - first[d]);
	}
	for (size_t d = 0; d < domains->domains; d++) {
		if (!(sums[d] > 0))
			refusal = REFUSAL_WEIGHTS_ZERO;
		means[d] = first[d] + means[d] / sums[d];
	}
	free(sums);
	free(first);
	return refusal;
}

static void move_means(const void *with, const double *weight, size_t n, const long double *means, size_t *number,
                       long double *z)
{
	const struct survey_domains *domains = with;
	long double *sums = mem_alloc(domains->domains, sizeof *sums);
	for (size_t i = 0; i < n; i++)
		sums[domain_of(domains, i)] += weight[i];
	for (size_t i = 0; i < n; i++) {
		size_t d = domain_of(domains, i);
		number[i] = d;
		z[i] = weight[i] * (domains->y[i] - means[d]) / sums[d];
	}
	free(sums);
}

struct survey_statistic survey_domain_means(const struct survey_domains *domains)
{
	return (struct survey_statistic){
		.count = domains->domains,
		.with = domains,
		.values = take_means,
		.reach = 1,
		.influence = move_means,
	};
}
