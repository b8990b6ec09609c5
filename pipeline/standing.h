/* How an area stands to a benchmark, in a funnel or over time, as a figure: named `standing`, with one of these numbers
 * as its value, and printed as a word. */
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
	STANDING_RISING
};

/* Which way is good, as the dictionary's polarity has it. */
enum polarity { POLARITY_NONE, POLARITY_HIGHER_BETTER, POLARITY_HIGHER_WORSE };

/* Of an estimate whose interval is low to high: lower where all of it is below the benchmark, higher where all of it is
 * above, else similar; with a polarity, worse or better in the place of lower and higher. */
enum standing standing_of(double low, double high, double benchmark, enum polarity polarity);

/* Of a share in a funnel with these limits: 99.8 lower, 95 lower, 95 upper, 99.8 upper. A share at a limit is within
 * it. */
enum standing standing_in_funnel(double share, const double limits[4]);

/* Of a trend: 1 rises, -1 falls, 0 no change that is significant. */
enum standing standing_of_trend(int direction);

/* The word for a figure's value. NULL: the value is none of these. */
const char *standing_word(double value);

#endif
