#include "standing.h"

#include <stdbool.h>
#include <stddef.h>

#include "mem.h"

enum standing standing_of(double low, double high, double benchmark, enum polarity polarity)
{
	if (!(high < benchmark) && !(low > benchmark))
		return STANDING_SIMILAR;
	bool higher = low > benchmark;
	if (polarity == POLARITY_NONE)
		return higher ? STANDING_HIGHER : STANDING_LOWER;
	return higher == (polarity == POLARITY_HIGHER_BETTER) ? STANDING_BETTER : STANDING_WORSE;
}

enum standing standing_of_five(const struct standing_limits *limits, double benchmark, enum polarity polarity)
{
	enum standing standing = standing_of(limits->low, limits->high, benchmark, polarity);
	if (standing_of(limits->outer_low, limits->outer_high, benchmark, polarity) != standing)
		return standing;
	switch (standing) {
	case STANDING_WORSE: return STANDING_MUCH_WORSE;
	case STANDING_LOWER: return STANDING_MUCH_LOWER;
	case STANDING_HIGHER: return STANDING_MUCH_HIGHER;
	case STANDING_BETTER: return STANDING_MUCH_BETTER;
	default: return standing;
	}
}

enum standing standing_in_funnel(double share, const double limits[4])
{
	if (share < limits[0])
		return STANDING_BELOW_OUTER;
	if (share > limits[3])
		return STANDING_ABOVE_OUTER;
	return share < limits[1] ? STANDING_BELOW_INNER : share > limits[2] ? STANDING_ABOVE_INNER : STANDING_WITHIN;
}

enum standing standing_of_trend(int direction)
{
	return direction < 0 ? STANDING_FALLING : direction > 0 ? STANDING_RISING : STANDING_STEADY;
}

enum standing standing_of_signals(unsigned signals)
{
	return STANDING_NO_SIGNAL + signals;
}

/* By the bits of enum xmr_signal. */
static const char *const signals[] = {
	"usual",
	"outside",
	"run",
	"outside, run",
	"drift",
	"outside, drift",
	"run, drift",
	"outside, run, drift",
	"near a limit",
	"outside, near a limit",
	"run, near a limit",
	"outside, run, near a limit",
	"drift, near a limit",
	"outside, drift, near a limit",
	"run, drift, near a limit",
	"outside, run, drift, near a limit",
};

const char *standing_word(double value)
{
	static const struct {
		enum standing standing;
		const char *word;
	} words[] = { { STANDING_WORSE, "worse" },
		      { STANDING_LOWER, "lower" },
		      { STANDING_SIMILAR, "similar" },
		      { STANDING_HIGHER, "higher" },
		      { STANDING_BETTER, "better" },
		      { STANDING_BELOW_OUTER, "below 99.8%" },
		      { STANDING_BELOW_INNER, "below 95%" },
		      { STANDING_WITHIN, "within" },
		      { STANDING_ABOVE_INNER, "above 95%" },
		      { STANDING_ABOVE_OUTER, "above 99.8%" },
		      { STANDING_FALLING, "falling" },
		      { STANDING_STEADY, "no significant change" },
		      { STANDING_RISING, "rising" },
		      { STANDING_MUCH_WORSE, "much worse" },
		      { STANDING_MUCH_LOWER, "much lower" },
		      { STANDING_MUCH_HIGHER, "much higher" },
		      { STANDING_MUCH_BETTER, "much better" } };
	for (size_t i = 0; i < COUNT(words); i++)
		if (value == words[i].standing)
			return words[i].word;
	for (size_t i = 0; i < COUNT(signals); i++)
		if (value == STANDING_NO_SIGNAL + (double)i)
			return signals[i];
	return NULL;
}
