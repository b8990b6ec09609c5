#include "survey_mean.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"

/* Sweeping ends where no mean of a cell is further from 0 than this part of the largest value, or after so many rounds.
 */
static const long double sweep_error = 1e-15L;
enum { MOST_SWEEPS = 10000 };

static double weight_of(const struct survey_design *design, size_t unit)
{
	return design->weight ? design->weight[unit] : 1;
}

static size_t stratum_of(const struct survey_design *design, size_t unit)
{
	return design->stratum ? design->stratum[unit] : 0;
}

static size_t cluster_of(const struct survey_design *design, size_t unit)
{
	return design->cluster ? design->cluster[unit] : unit;
}

static bool is_sampled(const struct survey_design *design, size_t unit)
{
	return !isnan(weight_of(design, unit));
}

/* --- the mean --- */

struct sums {
	long double weights, mean;
	bool spread; /* two units with a weight above 0 have different values */
};

static enum refusal take_sums(struct sums *sums, struct survey_mean *estimate, const struct survey_design *design,
                              const double *y, const size_t *member, size_t n)
{
	long double squared_weights = 0, sum = 0;
	size_t weighted = 0, first = 0;
	*sums = (struct sums){ 0 };
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	for (size_t i = 0; i < n; i++) {
		double w = weight_of(design, member[i]);
		if (!isfinite(w))
			return REFUSAL_WEIGHTS_MISSING;
		if (w < 0)
			return REFUSAL_WEIGHTS_NEGATIVE;
		if (w > 0 && weighted++ == 0)
			first = i;
		sums->spread = sums->spread || (w > 0 && y[i] != y[first]);
		sums->weights += w;
		squared_weights += (long double)w * w;
	}
	if (sums->weights == 0)
		return REFUSAL_WEIGHTS_ZERO;
	if (weighted < 2)
		return REFUSAL_N_BELOW_2;
	/* shifted by the first value that counts, as in moments_of */
	for (size_t i = 0; i < n; i++)
		sum += weight_of(design, member[i]) * ((long double)y[i] - y[first]);
	sums->mean = y[first] + sum / sums->weights;
	estimate->mean = (double)sums->mean;
	estimate->n_kish = (double)(sums->weights * sums->weights / squared_weights);
	return REFUSAL_NONE;
}

/* Clusters of the domain with a weight above 0, less the strata that they are of. */
static double degrees(const struct survey_design *design, const size_t *member, size_t n)
{
	bool *cluster = mem_alloc(design->clusters, sizeof *cluster);
	bool *stratum = mem_alloc(design->strata, sizeof *stratum);
	double df = 0;
	for (size_t i = 0; i < n; i++) {
		if (weight_of(design, member[i]) == 0)
			continue;
		bool *in = &cluster[cluster_of(design, member[i])], *of = &stratum[stratum_of(design, member[i])];
		df += !*in;
		df -= !*of;
		*in = *of = true;
	}
	free(cluster);
	free(stratum);
	return df;
}

/* --- what the margins leave of z --- */

/* Take the mean of each cell off; the largest of these means. */
static long double sweep(const struct survey_design *design, const struct survey_margin *margin, long double *rest)
{
	long double *sums = mem_alloc(margin->cells, sizeof *sums);
	long double *weights = mem_alloc(margin->cells, sizeof *weights), largest = 0;
	for (size_t unit = 0; unit < design->units; unit++) {
		if (!is_sampled(design, unit))
			continue;
		sums[margin->cell[unit]] += design->start[unit] * rest[unit];
		weights[margin->cell[unit]] += design->start[unit];
	}
	for (size_t cell = 0; cell < margin->cells; cell++) {
		sums[cell] = weights[cell] > 0 ? sums[cell] / weights[cell] : 0;
		largest = fmaxl(largest, fabsl(sums[cell]));
	}
	for (size_t unit = 0; unit < design->units; unit++)
		rest[unit] -= sums[margin->cell[unit]];
	free(sums);
	free(weights);
	return largest;
}

static void take_margins(const struct survey_design *design, long double *z)
{
	if (design->margin_count == 0)
		return;
	long double *rest = mem_alloc(design->units, sizeof *rest), size = 0, moved = 0;
	for (size_t unit = 0; unit < design->units; unit++) {
		double w = weight_of(design, unit);
		rest[unit] = w > 0 ? z[unit] / w : 0;
		size = fmaxl(size, fabsl(rest[unit]));
	}
	for (int round = 0; round < MOST_SWEEPS && (round == 0 || moved > sweep_error * size); round++) {
		moved = 0;
		for (size_t m = 0; m < design->margin_count; m++)
			moved = fmaxl(moved, sweep(design, &design->margins[m], rest));
		if (design->margin_count == 1)
			break;
	}
	for (size_t unit = 0; unit < design->units; unit++)
		z[unit] = is_sampled(design, unit) ? weight_of(design, unit) * rest[unit] : 0;
	free(rest);
}

/* --- the variance --- */

struct stratum_sums {
	bool touched; /* the domain, or the margins, reach into it: else it adds nothing and lacks nothing */
	size_t clusters;
	long double sum, squares; /* of the clusters' z; squares around their mean */
};

static enum refusal lonely_stratum(const struct survey_design *design, long double z, long double left,
                                   long double *variance, size_t *unknown)
{
	switch (design->lonely) {
	case SURVEY_LONELY_FAIL: return REFUSAL_LONELY_CLUSTER;
	case SURVEY_LONELY_ADJUST: *variance += left * z * z; break;
	case SURVEY_LONELY_AVERAGE: ++*unknown; break;
	case SURVEY_LONELY_REMOVE:
	case SURVEY_LONELY_CERTAINTY: break;
	}
	return REFUSAL_NONE;
}

static enum refusal add_strata(const struct survey_design *design, const struct stratum_sums *strata, double *total)
{
	long double variance = 0;
	size_t known = 0, unknown = 0;
	for (size_t h = 0; h < design->strata; h++) {
		size_t n = strata[h].clusters;
		double population = design->population ? design->population[h] : NAN;
		long double left = isnan(population) ? 1 : ((long double)population - (long double)n) / population;
		if (n == 0 || !strata[h].touched)
			continue;
		if (left < 1e-7L) { /* all of the stratum were asked */
			known++;
			continue;
		}
		if (n > 1) {
			variance += left * (long double)n / (long double)(n - 1) * strata[h].squares;
			known++;
			continue;
		}
		size_t before = unknown;
		enum refusal refusal = lonely_stratum(design, strata[h].sum, left, &variance, &unknown);
		if (refusal)
			return refusal;
		known += unknown == before;
	}
	if (known == 0)
		return REFUSAL_LONELY_CLUSTER;
	*total = (double)(variance * (long double)(known + unknown) / (long double)known);
	return REFUSAL_NONE;
}

static enum refusal variance_of(const struct survey_design *design, const long double *z, const size_t *member,
                                size_t n, double *variance)
{
	long double *totals = mem_alloc(design->clusters, sizeof *totals);
	size_t *of =
		mem_alloc(design->clusters, sizeof *of); /* the stratum, from 1; 0: nobody of it is in the sample */
	struct stratum_sums *strata = mem_alloc(design->strata, sizeof *strata);
	for (size_t i = 0; i < n; i++)
		strata[stratum_of(design, member[i])].touched = true;
	for (size_t unit = 0; unit < design->units; unit++) {
		if (!is_sampled(design, unit))
			continue;
		size_t cluster = cluster_of(design, unit);
		totals[cluster] += z[unit];
		of[cluster] = stratum_of(design, unit) + 1;
	}
	for (size_t cluster = 0; cluster < design->clusters; cluster++)
		if (of[cluster]) {
			strata[of[cluster] - 1].touched |= design->margin_count > 0;
			strata[of[cluster] - 1].clusters++;
			strata[of[cluster] - 1].sum += totals[cluster];
		}
	for (size_t cluster = 0; cluster < design->clusters; cluster++)
		if (of[cluster]) {
			struct stratum_sums *stratum = &strata[of[cluster] - 1];
			long double off = totals[cluster] - stratum->sum / (long double)stratum->clusters;
			stratum->squares += off * off;
		}
	enum refusal refusal = add_strata(design, strata, variance);
	free(totals);
	free(of);
	free(strata);
	return refusal;
}

/* So small beside the spread of z that it is what rounding leaves of none. */
static bool is_nothing(double variance, long double squares)
{
	return !(variance > 1e-20 * (double)squares);
}

static enum refusal interval(struct survey_mean *estimate, double level)
{
	double t = 0;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, estimate->df))
		return REFUSAL_NOT_COMPUTABLE;
	estimate->se = sqrt(estimate->variance);
	estimate->low = estimate->mean - t * estimate->se;
	estimate->high = estimate->mean + t * estimate->se;
	return isfinite(estimate->low) && isfinite(estimate->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal survey_mean(struct survey_mean *estimate, const struct survey_design *design, const double *y,
                         const size_t *member, size_t n, double level)
{
	struct sums sums;
	*estimate = (struct survey_mean){ 0 };
	enum refusal refusal = take_sums(&sums, estimate, design, y, member, n);
	if (refusal)
		return refusal;
	estimate->df = degrees(design, member, n);
	if (estimate->df < 1)
		return REFUSAL_NO_DESIGN_DF;
	long double *z = mem_alloc(design->units, sizeof *z), squares = 0;
	for (size_t i = 0; i < n; i++) {
		z[member[i]] = weight_of(design, member[i]) * (y[i] - sums.mean) / sums.weights;
		squares += z[member[i]] * z[member[i]];
	}
	take_margins(design, z);
	refusal = variance_of(design, z, member, n, &estimate->variance);
	free(z);
	if (refusal)
		return refusal;
	if (!sums.spread) {
		estimate->variance = 0;
		return REFUSAL_ZERO_VARIANCE;
	}
	return is_nothing(estimate->variance, squares) ? REFUSAL_NO_DESIGN_VARIANCE : interval(estimate, level);
}
