#include "ancova.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mean.h"
#include "mem.h"

/* Sums of squares and products about means that are given. */
struct sums {
	long double xx, xy;
};

static void add_sums(struct sums *sums, const double *x, const double *y, size_t n, long double mean_x,
                     long double mean_y)
{
	for (size_t i = 0; i < n; i++) {
		long double dx = x[i] - mean_x;
		sums->xx += dx * dx;
		sums->xy += dx * (y[i] - mean_y);
	}
}

/* What the line through the means leaves, from the residuals themselves: no difference of two sums. */
static long double residual(const double *x, const double *y, size_t n, long double mean_x, long double mean_y,
                            long double slope)
{
	long double squares = 0;
	for (size_t i = 0; i < n; i++) {
		long double left = (y[i] - mean_y) - slope * (x[i] - mean_x);
		squares += left * left;
	}
	return squares;
}

/* A residual sum of squares that rounding alone can leave of `squares`. */
static bool is_nothing(long double left, long double squares, size_t n)
{
	return !(left > squares * (long double)n * 1e-30L);
}

struct groups {
	const double *x, *y;
	const size_t *first;
	size_t count;
	struct moments *of_x, *of_y; /* of each group */
	struct moments all_x, all_y;
	struct sums within;
	long double slope, error, df2;
};

static enum refusal fit(struct groups *groups)
{
	long double squares = 0;
	for (size_t j = 0; j < groups->count; j++) {
		size_t at = groups->first[j], n = groups->first[j + 1] - at;
		groups->of_x[j] = moments_of(groups->x + at, n);
		groups->of_y[j] = moments_of(groups->y + at, n);
		squares += groups->of_y[j].squares;
		add_sums(&groups->within, groups->x + at, groups->y + at, n, groups->of_x[j].mean,
		         groups->of_y[j].mean);
	}
	if (!(groups->within.xx > 0))
		return REFUSAL_ZERO_VARIANCE;
	groups->slope = groups->within.xy / groups->within.xx;
	for (size_t j = 0; j < groups->count; j++) {
		size_t at = groups->first[j];
		groups->error += residual(groups->x + at, groups->y + at, groups->first[j + 1] - at,
		                          groups->of_x[j].mean, groups->of_y[j].mean, groups->slope);
	}
	return is_nothing(groups->error, squares, groups->all_x.n) ? REFUSAL_ZERO_VARIANCE : REFUSAL_NONE;
}

static enum refusal test_groups(struct ancova *test, const struct groups *groups)
{
	struct sums total = { 0 };
	size_t at = groups->first[0], n = groups->all_x.n;
	add_sums(&total, groups->x + at, groups->y + at, n, groups->all_x.mean, groups->all_y.mean);
	long double left = residual(groups->x + at, groups->y + at, n, groups->all_x.mean, groups->all_y.mean,
	                            total.xy / total.xx);
	long double between = left > groups->error ? left - groups->error : 0, df = (long double)(groups->count - 1);
	*test = (struct ancova){
		.slope = (double)groups->slope,
		.statistic = (double)(between / df / (groups->error / groups->df2)),
		.df = (double)df,
		.df2 = (double)groups->df2,
	};
	return gsl_checked_f_tail(&test->p, test->statistic, test->df, test->df2) ? REFUSAL_NONE
	                                                                          : REFUSAL_NOT_COMPUTABLE;
}

static enum refusal adjust(struct adjusted_mean *adjusted, const struct groups *groups, double level)
{
	double t = 0;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, (double)groups->df2))
		return REFUSAL_NOT_COMPUTABLE;
	for (size_t j = 0; j < groups->count; j++) {
		long double away = groups->of_x[j].mean - groups->all_x.mean;
		double mean = (double)(groups->of_y[j].mean - groups->slope * away);
		double se = (double)sqrtl(groups->error / groups->df2
		                          * (1 / (long double)groups->of_x[j].n + away * away / groups->within.xx));
		adjusted[j] = (struct adjusted_mean){ mean, se, mean - t * se, mean + t * se };
	}
	return REFUSAL_NONE;
}

enum refusal ancova(struct ancova *test, struct adjusted_mean *adjusted, const double *earlier, const double *later,
                    const size_t *first, size_t groups, double level)
{
	if (groups < 2)
		return REFUSAL_FEWER_THAN_2_AREAS;
	for (size_t j = 0; j < groups; j++)
		if (first[j + 1] == first[j])
			return REFUSAL_BASE_EMPTY;
	size_t n = first[groups] - first[0];
	if (n < groups + 2)
		return REFUSAL_N_BELOW_2;
	struct groups fitted = { .x = earlier, .y = later, .first = first, .count = groups };
	fitted.of_x = mem_alloc(groups, sizeof *fitted.of_x);
	fitted.of_y = mem_alloc(groups, sizeof *fitted.of_y);
	fitted.all_x = moments_of(earlier + first[0], n);
	fitted.all_y = moments_of(later + first[0], n);
	fitted.df2 = (long double)(n - groups - 1);
	enum refusal refusal = fit(&fitted);
	if (!refusal)
		refusal = test_groups(test, &fitted);
	if (!refusal)
		refusal = adjust(adjusted, &fitted, level);
	free(fitted.of_x);
	free(fitted.of_y);
	return refusal;
}
