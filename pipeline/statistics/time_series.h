/* An indicator over time: is it going anywhere, and which of its points are out of the ordinary? */
#ifndef CANVASS_STATISTICS_TIME_SERIES_H
#define CANVASS_STATISTICS_TIME_SERIES_H

#include <stddef.h>

#include "reason.h"

struct trend {
	double slope, statistic; /* a period; (slope/se)^2, against chi-square with 1 df */
	int direction;           /* 1 rising, -1 falling, 0 no change that is significant */
};

/* England's public health profiles' marker of the recent trend: the weighted line through the last five points, weights
 * 1/s^2 with s = (high - low)/3.92; significant at 99.8 per cent, and only where leaving out any one of the five keeps
 * the slope's sign. Refused: fewer than 5 points; an interval without width. */
enum refusal trend_recent(struct trend *trend, const double *value, const double *low, const double *high,
                          size_t count);

enum xmr_signal {
	XMR_OUTSIDE = 1,      /* beyond a limit */
	XMR_RUN = 2,          /* the 7th or later of 7 in a row on one side of the mean */
	XMR_TREND = 4,        /* the 7th or later of 7 in a row that rise or fall */
	XMR_TWO_OF_THREE = 8, /* two of three in a row beyond two thirds of the way to one limit */
};

struct xmr {
	double mean, low, high; /* mean -/+ 2.66 mean moving range */
	double moving_range;    /* the mean of those kept: ranges beyond 3.267 times the mean are left out once */
};

/* Wheeler 1993: individuals and moving ranges. `signals` gets the signals of each point; fewer than 12 points give
 * trial limits. Refused: fewer than 2 points, no variation. */
enum refusal xmr_chart(struct xmr *chart, unsigned *signals, const double *value, size_t count);

#endif
