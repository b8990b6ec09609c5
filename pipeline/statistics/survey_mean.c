#include "survey_mean.h"

#include <math.h>

/* What one by one would give: with replacement, and without. */
static void take_effects(struct survey_mean *estimate, const struct survey_design *design, const double *y,
                         const size_t *member, size_t n)
{
	long double weights = 0, squares = 0, counted = 0;
	for (size_t i = 0; i < n; i++) {
		double w = design->weight ? design->weight[member[i]] : 1;
		long double off = (long double)y[i] - estimate->mean;
		weights += w;
		squares += w * off * off;
		counted += w > 0;
	}
	long double spread = counted / (counted - 1) * squares / weights;
	estimate->deff_replace = (double)(estimate->variance / (spread / counted));
	estimate->deff =
		weights > counted ? (double)(estimate->variance / ((1 - counted / weights) * spread / counted)) : NAN;
}

enum refusal survey_mean(struct survey_mean *estimate, const struct survey_design *design, const double *y,
                         const size_t *member, size_t n, double level)
{
	const struct survey_domains domain = { .y = y, .domains = 1 };
	const struct survey_statistic mean = survey_domain_means(&domain);
	struct survey_estimate of = { 0 };
	enum refusal refusal = survey_estimate(&of, design, &mean, member, n, level);
	*estimate = (struct survey_mean){ .mean = of.value,
		                          .variance = of.variance,
		                          .se = of.se,
		                          .df = of.df,
		                          .n_kish = of.n_kish,
		                          .low = of.low,
		                          .high = of.high,
		                          .deff = NAN,
		                          .deff_replace = NAN };
	if (!refusal)
		take_effects(estimate, design, y, member, n);
	return refusal;
}
