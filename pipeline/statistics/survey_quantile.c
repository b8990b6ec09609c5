#include "survey_quantile.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"
#include "survey_mean.h"

/* F is p where it is so near. */
static const long double tie_error = 1e-12L;

struct step {
	double value, weight;
	long double below; /* the share at or below it */
};

static int by_value(const void *a, const void *b)
{
	const struct step *one = a, *other = b;
	return one->value < other->value ? -1 : one->value > other->value;
}

/* F of the units with a weight above 0, in the order of their values; how many these are. */
static size_t take_steps(struct step *steps, const struct survey_design *design, const double *y, const size_t *member,
                         size_t n)
{
	long double sum = 0, so_far = 0;
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		double w = design->weight ? design->weight[member[i]] : 1;
		if (w > 0)
			steps[count++] = (struct step){ .value = y[i], .weight = w };
	}
	mem_sort(steps, count, sizeof *steps, by_value);
	for (size_t i = 0; i < count; i++)
		sum += steps[i].weight;
	for (size_t i = 0; i < count; i++) {
		so_far += steps[i].weight;
		steps[i].below = so_far / sum;
	}
	return count;
}

static double invert(const struct step *steps, size_t count, double p, enum survey_quantile_rule rule)
{
	size_t at = 0;
	while (at + 1 < count && steps[at].below < p - tie_error)
		at++;
	if (rule == SURVEY_QUANTILE_SCHOOL && at + 1 < count && fabsl(steps[at].below - p) <= tie_error)
		return steps[at].value + (steps[at + 1].value - steps[at].value) / 2;
	return steps[at].value;
}

static enum refusal take_interval(struct survey_estimate *estimate, const struct survey_mean *share,
                                  const struct step *steps, size_t count, enum survey_quantile_rule rule, double level)
{
	double t = 0;
	if (share->low < 0 || share->high > 1)
		return REFUSAL_INTERVAL_OPEN;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, share->df))
		return REFUSAL_NOT_COMPUTABLE;
	estimate->low = invert(steps, count, share->low, rule);
	estimate->high = invert(steps, count, share->high, rule);
	estimate->se = (estimate->high - estimate->low) / (2 * t);
	estimate->variance = estimate->se * estimate->se;
	estimate->deff = share->deff;
	estimate->deff_replace = share->deff_replace;
	return REFUSAL_NONE;
}

enum refusal survey_quantile(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                             const size_t *member, size_t n, double p, enum survey_quantile_rule rule, double level)
{
	struct survey_mean mean = { 0 }, share = { 0 };
	*estimate = (struct survey_estimate){ .deff = NAN, .deff_replace = NAN };
	if (!(p > 0 && p < 1))
		return REFUSAL_NOT_COMPUTABLE;
	enum refusal refusal = survey_mean(&mean, design, y, member, n, level);
	if (mean.n_kish == 0) /* the weights themselves were refused */
		return refusal;
	struct step *steps = mem_alloc(n, sizeof *steps);
	double *below = mem_alloc(n, sizeof *below);
	size_t count = take_steps(steps, design, y, member, n);
	*estimate = (struct survey_estimate){ .value = invert(steps, count, p, rule),
		                              .df = mean.df,
		                              .n_kish = mean.n_kish,
		                              .deff = NAN,
		                              .deff_replace = NAN };
	for (size_t i = 0; i < n; i++)
		below[i] = y[i] <= estimate->value;
	if (refusal == REFUSAL_NONE || refusal == REFUSAL_NO_DESIGN_VARIANCE) {
		refusal = survey_mean(&share, design, below, member, n, level);
		refusal = refusal == REFUSAL_NONE ? take_interval(estimate, &share, steps, count, rule, level)
		          : refusal == REFUSAL_ZERO_VARIANCE ? REFUSAL_INTERVAL_OPEN
		                                             : refusal;
	}
	free(steps);
	free(below);
	return refusal;
}
