#include "survey_replicates.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

double survey_replicates_scale(enum survey_replicates_type type, size_t count, double rho)
{
	double k = (double)count;
	switch (type) {
	case SURVEY_REPLICATES_JK1: return (k - 1) / k;
	case SURVEY_REPLICATES_BRR: return 1 / k;
	case SURVEY_REPLICATES_FAY: return 1 / (k * (1 - rho) * (1 - rho));
	case SURVEY_REPLICATES_JKN:
	case SURVEY_REPLICATES_BOOTSTRAP: break;
	}
	return 1;
}

static double scale_of(const struct survey_replicates *replicates, size_t k)
{
	return replicates->scales ? replicates->scales[k] : 1;
}

/* The members' weights of one replicate. */
static enum refusal take_weights(double *weight, const struct survey_replicates *replicates, size_t k,
                                 const size_t *member, size_t n)
{
	long double sum = 0;
	for (size_t i = 0; i < n; i++) {
		weight[i] = replicates->weight[member[i] * replicates->count + k];
		if (!isfinite(weight[i]))
			return REFUSAL_WEIGHTS_MISSING;
		if (weight[i] < 0)
			return REFUSAL_WEIGHTS_NEGATIVE;
		sum += weight[i];
	}
	return sum > 0 ? REFUSAL_NONE : REFUSAL_REPLICATE_EMPTY;
}

static enum refusal take_replicates(long double *values, const struct survey_replicates *replicates,
                                    const struct survey_statistic *statistic, const size_t *member, size_t n)
{
	double *weight = mem_alloc(n, sizeof *weight);
	enum refusal refusal = REFUSAL_NONE;
	for (size_t k = 0; !refusal && k < replicates->count; k++) {
		long double *of = values + k * statistic->count;
		refusal = take_weights(weight, replicates, k, member, n);
		if (!refusal && statistic->values(statistic->with, weight, n, of))
			refusal = REFUSAL_REPLICATE_EMPTY;
		for (size_t v = 0; !refusal && v < statistic->count; v++)
			refusal = isfinite(of[v]) ? REFUSAL_NONE : REFUSAL_REPLICATE_EMPTY;
	}
	free(weight);
	return refusal;
}

/* In place: how far each replicate's numbers are from the centre. */
static void centre(long double *values, const struct survey_replicates *replicates, const long double *estimate,
                   size_t count)
{
	for (size_t v = 0; v < count; v++) {
		long double sum = 0, first = values[v], from = estimate[v];
		size_t counted = 0;
		for (size_t k = 0; k < replicates->count; k++)
			if (scale_of(replicates, k) > 0) {
				sum += values[k * count + v] - first;
				counted++;
			}
		if (!replicates->mse && counted)
			from = first + sum / (long double)counted;
		for (size_t k = 0; k < replicates->count; k++)
			values[k * count + v] -= from;
	}
}

enum refusal survey_replicated(double *covariance, const struct survey_replicates *replicates,
                               const struct survey_statistic *statistic, const long double *estimate,
                               const size_t *member, size_t n)
{
	size_t count = statistic->count;
	long double *values = mem_alloc(replicates->count * count, sizeof *values);
	enum refusal refusal = take_replicates(values, replicates, statistic, member, n);
	if (!refusal)
		centre(values, replicates, estimate, count);
	for (size_t v = 0; !refusal && v < count; v++)
		for (size_t u = 0; u <= v; u++) {
			long double sum = 0;
			for (size_t k = 0; k < replicates->count; k++)
				sum += scale_of(replicates, k) * values[k * count + v] * values[k * count + u];
			sum *= replicates->scale;
			/* what rounding leaves of none */
			if (!(fabsl(sum) > 1e-30L * fabsl(estimate[v] * estimate[u])))
				sum = 0;
			covariance[v * count + u] = covariance[u * count + v] = (double)sum;
		}
	free(values);
	return refusal;
}

size_t survey_replicates_rank(const struct survey_replicates *replicates, const size_t *member, size_t n)
{
	size_t rank = 0, most = replicates->count < n ? replicates->count : n;
	double *basis = mem_alloc(most * n, sizeof *basis), *column = mem_alloc(n, sizeof *column);
	for (size_t k = 0; k < replicates->count && rank < most; k++) {
		long double whole = 0, left = 0;
		for (size_t i = 0; i < n; i++) {
			column[i] = replicates->weight[member[i] * replicates->count + k];
			whole += (long double)column[i] * column[i];
		}
		for (size_t b = 0; b < rank; b++) {
			long double along = 0;
			for (size_t i = 0; i < n; i++)
				along += (long double)basis[b * n + i] * column[i];
			for (size_t i = 0; i < n; i++)
				column[i] -= (double)along * basis[b * n + i];
		}
		for (size_t i = 0; i < n; i++)
			left += (long double)column[i] * column[i];
		if (!(left > 0) || sqrtl(left / whole) < 1e-5L)
			continue;
		for (size_t i = 0; i < n; i++)
			basis[rank * n + i] = column[i] / (double)sqrtl(left);
		rank++;
	}
	free(basis);
	free(column);
	return rank;
}
