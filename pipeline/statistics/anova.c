#include "anova.h"

#include <math.h>
#include <stdint.h>

#include "gsl.h"
#include "mean.h"

static struct moments group_moments(const double *y, const size_t *first, size_t group)
{
	return moments_of(y + first[group], first[group + 1] - first[group]);
}

enum refusal anova_sums(struct anova *anova, const double *y, const size_t *first, size_t groups)
{
	*anova = (struct anova){ 0 };
	if (groups < 2)
		return REFUSAL_FEWER_THAN_2_AREAS;
	for (size_t j = 0; j < groups; j++)
		if (first[j + 1] == first[j])
			return REFUSAL_BASE_EMPTY;
	size_t n = first[groups] - first[0];
	if (n == groups)
		return REFUSAL_N_BELOW_2;
	struct moments all = moments_of(y + first[0], n);
	for (size_t j = 0; j < groups; j++) {
		struct moments group = group_moments(y, first, j);
		anova->within += group.squares;
		anova->between += (long double)group.n * (group.mean - all.mean) * (group.mean - all.mean);
	}
	if (!(anova->within > 0))
		return REFUSAL_ZERO_VARIANCE;
	anova->df = (double)(groups - 1);
	anova->df2 = (double)(n - groups);
	anova->statistic = (double)(anova->between / anova->df / (anova->within / anova->df2));
	anova->r2 = (double)(anova->between / (anova->between + anova->within));
	anova->sd = (double)sqrtl(anova->within / anova->df2);
	return REFUSAL_NONE;
}

enum refusal anova(struct anova *anova, const double *y, const size_t *first, size_t groups)
{
	enum refusal refusal = anova_sums(anova, y, first, groups);
	if (!refusal && !gsl_checked_f_tail(&anova->p, anova->statistic, anova->df, anova->df2))
		refusal = REFUSAL_NOT_COMPUTABLE;
	return refusal;
}

bool anova_spreads_differ(const double *y, const size_t *first, size_t groups)
{
	static const double most_variance = 4, most_size = 1.5;
	long double least = INFINITY, most = 0;
	size_t smallest = SIZE_MAX, largest = 0;
	for (size_t j = 0; j < groups; j++) {
		size_t n = first[j + 1] - first[j];
		if (n < 2)
			continue;
		long double variance = group_moments(y, first, j).squares / (long double)(n - 1);
		least = fminl(least, variance);
		most = fmaxl(most, variance);
		smallest = n < smallest ? n : smallest;
		largest = n > largest ? n : largest;
	}
	return largest > 0 && most > most_variance * least && (double)largest > most_size * (double)smallest;
}
