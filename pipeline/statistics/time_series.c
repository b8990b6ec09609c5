#include "time_series.h"

#include <math.h>
#include <stdbool.h>

enum { RECENT = 5 };

/* The weighted line through the points but the one left out (RECENT: none): its slope, and the slope's variance. */
static double slope_of(double *variance, const double *y, const double *w, size_t left_out)
{
	long double weights = 0, x_mean = 0, y_mean = 0, squares = 0, products = 0;
	for (size_t i = 0; i < RECENT; i++) {
		long double weight = i == left_out ? 0 : w[i];
		weights += weight;
		x_mean += weight * (long double)i;
		y_mean += weight * y[i];
	}
	x_mean /= weights;
	y_mean /= weights;
	for (size_t i = 0; i < RECENT; i++) {
		long double weight = i == left_out ? 0 : w[i], x = (long double)i - x_mean;
		squares += weight * x * x;
		products += weight * x * (y[i] - y_mean);
	}
	*variance = (double)(1 / squares);
	return (double)(products / squares);
}

enum refusal trend_recent(struct trend *trend, const double *value, const double *low, const double *high, size_t count)
{
	static const double critical = 9.549535706; /* chi-square with 1 df, 99.8 per cent */
	static const double width = 3.92;           /* of a 95 per cent interval, in standard errors */
	double w[RECENT], variance = 0;
	if (count < RECENT)
		return REFUSAL_FEWER_THAN_5_POINTS;
	size_t first = count - RECENT;
	for (size_t i = 0; i < RECENT; i++) {
		double s = (high[first + i] - low[first + i]) / width;
		if (!(s > 0))
			return REFUSAL_ZERO_VARIANCE;
		w[i] = 1 / (s * s);
	}
	double slope = slope_of(&variance, value + first, w, RECENT);
	*trend = (struct trend){ .slope = slope, .statistic = slope * slope / variance };
	bool steady = true;
	for (size_t i = 0; i < RECENT; i++)
		steady = steady && slope_of(&variance, value + first, w, i) * slope > 0;
	if (steady && trend->statistic > critical)
		trend->direction = slope > 0 ? 1 : -1;
	return REFUSAL_NONE;
}

/* --- individuals and moving ranges --- */

static double mean_range(const double *value, size_t count, double most)
{
	long double sum = 0;
	size_t kept = 0;
	for (size_t i = 1; i < count; i++) {
		double range = fabs(value[i] - value[i - 1]);
		if (range > most)
			continue;
		sum += range;
		kept++;
	}
	return kept ? (double)(sum / (long double)kept) : 0;
}

static int sign(double x)
{
	return (x > 0) - (x < 0);
}

static void mark(unsigned *signals, const struct xmr *chart, const double *value, size_t count)
{
	enum { RUN = 7 };
	size_t side_length = 0, trend_length = 0;
	int side = 0, way = 0;
	double third = (chart->high - chart->mean) / 3;
	for (size_t i = 0; i < count; i++) {
		int now = sign(value[i] - chart->mean), step = i > 0 ? sign(value[i] - value[i - 1]) : 0;
		side_length = now == 0 ? 0 : now == side ? side_length + 1 : 1;
		trend_length = step == 0 ? 1 : step == way ? trend_length + 1 : 2;
		side = now;
		way = step;
		signals[i] = 0;
		if (value[i] < chart->low || value[i] > chart->high)
			signals[i] |= XMR_OUTSIDE;
		if (side_length >= RUN)
			signals[i] |= XMR_RUN;
		if (trend_length >= RUN)
			signals[i] |= XMR_TREND;
		int far_above = 0, far_below = 0;
		for (size_t k = i < 2 ? 0 : i - 2; k <= i; k++) {
			far_above += value[k] > chart->mean + 2 * third;
			far_below += value[k] < chart->mean - 2 * third;
		}
		bool far_now = fabs(value[i] - chart->mean) > 2 * third;
		if (i >= 2 && far_now && (far_above >= 2 || far_below >= 2))
			signals[i] |= XMR_TWO_OF_THREE;
	}
}

enum refusal xmr_chart(struct xmr *chart, unsigned *signals, const double *value, size_t count)
{
	static const double limit = 2.66, outlying = 3.267; /* 3/d2 and D4 of ranges of two */
	if (count < 2)
		return REFUSAL_N_BELOW_2;
	long double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += value[i];
	double range = mean_range(value, count, INFINITY);
	range = mean_range(value, count, outlying * range);
	if (!(range > 0))
		return REFUSAL_ZERO_VARIANCE;
	double mean = (double)(sum / (long double)count);
	*chart = (struct xmr){ mean, mean - limit * range, mean + limit * range, range };
	mark(signals, chart, value, count);
	return REFUSAL_NONE;
}
