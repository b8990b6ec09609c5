#include "paired.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mean.h"
#include "mem.h"
#include "pairs.h"
#include "rmath.h"

static double sd_of(const struct moments *moments)
{
	return (double)sqrtl(moments->squares / (long double)(moments->n - 1));
}

static enum refusal from_moments(struct paired *change, const struct moments *difference, const struct moments *before,
                                 const struct moments *after, double level)
{
	double root = sqrt((double)difference->n), tail = (1 - level / 100) / 2, t = 0;
	*change = (struct paired){
		.before = (double)before->mean,
		.after = (double)after->mean,
		.change = (double)difference->mean,
		.sd = sd_of(difference),
		.df = (double)(difference->n - 1),
		.d_before = before->squares > 0 ? (double)difference->mean / sd_of(before) : NAN,
	};
	change->se = change->sd / root;
	change->statistic = change->change / change->se;
	change->d_z = change->change / change->sd;
	if (!rmath_checked_t_tail(&change->p, fabs(change->statistic), change->df)
	    || !gsl_checked_t_above(&t, tail, change->df)
	    || !noncentral_t_limits(&change->d_z_low, &change->d_z_high, change->statistic, change->df, tail))
		return REFUSAL_NOT_COMPUTABLE;
	change->p = fmin(1, 2 * change->p);
	change->low = change->change - t * change->se;
	change->high = change->change + t * change->se;
	change->d_z_low /= root;
	change->d_z_high /= root;
	return isfinite(change->low) && isfinite(change->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal paired(struct paired *change, const double *before, const double *after, size_t n, double level)
{
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	if (n < 2)
		return REFUSAL_N_BELOW_2;
	double *differences = mem_alloc(n, sizeof *differences);
	for (size_t i = 0; i < n; i++)
		differences[i] = after[i] - before[i];
	struct moments difference = moments_of(differences, n), first = moments_of(before, n),
		       second = moments_of(after, n);
	free(differences);
	return difference.squares > 0 ? from_moments(change, &difference, &first, &second, level)
	                              : REFUSAL_ZERO_VARIANCE;
}
