#include "survey_total.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

/* What the rounding of y and x to doubles may leave of a y that is the ratio times its x. */
static const long double rounding = 1e-15L;

static enum refusal take_total(const void *with, const double *weight, size_t n, long double *total)
{
	const struct survey_pair *pair = with;
	*total = 0;
	for (size_t i = 0; i < n; i++)
		*total += (long double)weight[i] * pair->y[i];
	return REFUSAL_NONE;
}

static void move_total(const void *with, const double *weight, size_t n, const long double *total, size_t *number,
                       long double *z)
{
	const struct survey_pair *pair = with;
	(void)total, (void)number;
	for (size_t i = 0; i < n; i++)
		z[i] = (long double)weight[i] * pair->y[i];
}

static long double denominator(const struct survey_pair *pair, const double *weight, size_t n)
{
	long double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += (long double)weight[i] * pair->x[i];
	return sum;
}

static enum refusal take_ratio(const void *with, const double *weight, size_t n, long double *ratio)
{
	long double below = denominator(with, weight, n);
	take_total(with, weight, n, ratio);
	*ratio /= below == 0 ? 1 : below;
	return below == 0 ? REFUSAL_DENOMINATOR_ZERO : REFUSAL_NONE;
}

static void move_ratio(const void *with, const double *weight, size_t n, const long double *ratio, size_t *number,
                       long double *z)
{
	const struct survey_pair *pair = with;
	long double below = denominator(pair, weight, n);
	(void)number;
	for (size_t i = 0; i < n; i++) {
		long double above = pair->y[i], part = *ratio * pair->x[i], off = above - part;
		if (fabsl(off) <= rounding * (fabsl(above) + fabsl(part)))
			off = 0;
		z[i] = weight[i] * off / below;
	}
}

struct survey_statistic survey_total_of(const struct survey_pair *pair)
{
	return (struct survey_statistic){
		.count = 1, .with = pair, .values = take_total, .reach = 1, .influence = move_total
	};
}

struct survey_statistic survey_ratio_of(const struct survey_pair *pair)
{
	return (struct survey_statistic){
		.count = 1, .with = pair, .values = take_ratio, .reach = 1, .influence = move_ratio
	};
}

/* Of the total of r, which is z/w: R's deff of svytotal. */
static void take_effects(struct survey_estimate *estimate, const struct survey_design *design, const long double *r,
                         const size_t *member, size_t n)
{
	long double weights = 0, sum = 0, squares = 0, counted = 0;
	for (size_t i = 0; i < n; i++) {
		double w = design->weight ? design->weight[member[i]] : 1;
		weights += w;
		sum += w * (r[i] - r[0]);
		counted += w > 0;
	}
	long double mean = r[0] + sum / weights;
	for (size_t i = 0; i < n; i++) {
		double w = design->weight ? design->weight[member[i]] : 1;
		squares += w * (r[i] - mean) * (r[i] - mean);
	}
	if (!(squares > 0))
		return;
	long double one_by_one = weights * squares / (counted - 1);
	estimate->deff_replace = (double)(estimate->variance / one_by_one);
	if (weights > counted)
		estimate->deff = (double)(estimate->variance / ((1 - counted / weights) * one_by_one));
}

enum refusal survey_total(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                          const size_t *member, size_t n, double level)
{
	const struct survey_pair pair = { .y = y };
	const struct survey_statistic total = survey_total_of(&pair);
	enum refusal refusal = survey_estimate(estimate, design, &total, member, n, level);
	if (refusal)
		return refusal;
	long double *r = mem_alloc(n, sizeof *r);
	for (size_t i = 0; i < n; i++)
		r[i] = y[i];
	take_effects(estimate, design, r, member, n);
	free(r);
	return REFUSAL_NONE;
}

enum refusal survey_ratio(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                          const double *x, const size_t *member, size_t n, double level)
{
	const struct survey_pair pair = { .y = y, .x = x };
	const struct survey_statistic ratio = survey_ratio_of(&pair);
	enum refusal refusal = survey_estimate(estimate, design, &ratio, member, n, level);
	if (refusal)
		return refusal;
	double *weight = mem_alloc(n, sizeof *weight);
	long double *r = mem_alloc(n, sizeof *r);
	for (size_t i = 0; i < n; i++)
		weight[i] = design->weight ? design->weight[member[i]] : 1;
	long double below = denominator(&pair, weight, n);
	for (size_t i = 0; i < n; i++)
		r[i] = ((long double)y[i] - estimate->value * (long double)x[i]) / below;
	take_effects(estimate, design, r, member, n);
	free(weight);
	free(r);
	return REFUSAL_NONE;
}
