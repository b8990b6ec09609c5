/* How an area stands to a benchmark, in a funnel, over time or on a control chart, as a figure: named `standing`, with
 * one of these numbers as its value, and printed as a word. */
#ifndef CANVASS_STANDING_H
#define CANVASS_STANDING_H

enum standing {
	STANDING_WORSE = -2,
	STANDING_LOWER = -1,
	STANDING_SIMILAR = 0,
	STANDING_HIGHER = 1,
	STANDING_BETTER = 2,

	STANDING_BELOW_OUTER = 10, /* in a funnel: below its 99.8 per cent limits */
	STANDING_BELOW_INNER,      /* its 95 per cent limits */
	STANDING_WITHIN,
	STANDING_ABOVE_INNER,
	STANDING_ABOVE_OUTER,

	STANDING_FALLING = 20, /* over time */
	STANDING_STEADY,
	STANDING_RISING,

	STANDING_MUCH_WORSE = 30, /* of five levels: the 99.8 per cent limits too */
	STANDING_MUCH_LOWER,
	STANDING_MUCH_HIGHER,
	STANDING_MUCH_BETTER,

	STANDING_NO_SIGNAL = 40 /* a point of a control chart: and its signals as bits, to 55 */
};

/* Which way is good, as the dictionary's polarity has it. */
enum polarity { POLARITY_NONE, POLARITY_HIGHER_BETTER, POLARITY_HIGHER_WORSE };

/* Of an estimate whose interval is low to high: lower where all of it is below the benchmark, higher where all of it is
 * above, else similar; with a polarity, worse or better in the place of lower and higher. */
enum standing standing_of(double low, double high, double benchmark, enum polarity polarity);

/* The same in five levels: much lower or higher (worse, better) where all of the wider interval, that of 99.8 per cent,
 * is as well. */
struct standing_limits {
	double low, high, outer_low, outer_high;
};
enum standing standing_of_five(const struct standing_limits *limits, double benchmark, enum polarity polarity);

/* Of a share in a funnel with these limits: 99.8 lower, 95 lower, 95 upper, 99.8 upper. A share at a limit is within
 * it. */
enum standing standing_in_funnel(double share, const double limits[4]);

/* Of a trend: 1 rises, -1 falls, 0 no change that is significant. */
enum standing standing_of_trend(int direction);

/* Of a point of a control chart, with its signals (enum xmr_signal of time_series.h). */
enum standing standing_of_signals(unsigned signals);

/* The word for a figure's value. NULL: the value is none of these. */
const char *standing_word(double value);

#endif
