#include "welch.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mean.h"
#include "mem.h"

static enum refusal from_moments(struct welch *welch, const struct moments *group, size_t groups)
{
	/* means are taken from the first group's, so that what all of them share takes no digits */
	long double weights = 0, sum = 0, between = 0, lambda = 0, k = (long double)groups;
	for (size_t j = 0; j < groups; j++) {
		long double n = (long double)group[j].n, weight = n * (n - 1) / group[j].squares;
		weights += weight;
		sum += weight * (group[j].mean - group[0].mean);
	}
	long double centre = sum / weights;
	for (size_t j = 0; j < groups; j++) {
		long double n = (long double)group[j].n, weight = n * (n - 1) / group[j].squares;
		long double distance = group[j].mean - group[0].mean - centre, rest = 1 - weight / weights;
		between += weight * distance * distance;
		lambda += rest * rest / (n - 1);
	}
	welch->statistic = (double)(between / (k - 1) / (1 + 2 * (k - 2) * lambda / (k * k - 1)));
	welch->df = (double)(k - 1);
	welch->df2 = (double)((k * k - 1) / (3 * lambda));
	return gsl_checked_f_tail(&welch->p, welch->statistic, welch->df, welch->df2) ? REFUSAL_NONE
	                                                                              : REFUSAL_NOT_COMPUTABLE;
}

enum refusal welch_anova(struct welch *welch, const double *y, const size_t *first, size_t groups)
{
	if (groups < 2)
		return REFUSAL_FEWER_THAN_2_AREAS;
	struct moments *group = mem_alloc(groups, sizeof *group);
	enum refusal refusal = REFUSAL_NONE;
	for (size_t j = 0; j < groups && !refusal; j++) {
		size_t n = first[j + 1] - first[j];
		if (n < 2)
			refusal = REFUSAL_N_BELOW_2;
		else
			group[j] = moments_of(y + first[j], n);
		if (!refusal && group[j].squares == 0)
			refusal = REFUSAL_ZERO_VARIANCE;
	}
	if (!refusal)
		refusal = from_moments(welch, group, groups);
	free(group);
	return refusal;
}
