/* Where a share stands in a funnel or to a benchmark, what a trend or a signal is called, why a pair of published
 * figures has no share, and when an estimate has a standard error. */
#include "testing.h"

#include "compare/estimates.h"
#include "compare/published.h"
#include "standing.h"
#include "time_series.h"

static void a_share_at_a_limit_of_the_funnel_is_within_it(void **state)
{
	(void)state;
	static const double limits[] = { .2, .3, .6, .7 };
	static const struct {
		double share;
		const char *word;
	} examples[] = {
		{ .0, "below 99.8%" },   { .199, "below 99.8%" }, { .2, "below 95%" },   { .299, "below 95%" },
		{ .3, "within" },        { .6, "within" },        { .601, "above 95%" }, { .7, "above 95%" },
		{ .701, "above 99.8%" }, { 1, "above 99.8%" },
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_string_equal(standing_word(standing_in_funnel(examples[i].share, limits)), examples[i].word);
}

static void a_trend_has_a_word_for_each_direction(void **state)
{
	(void)state;
	assert_string_equal(standing_word(standing_of_trend(-1)), "falling");
	assert_string_equal(standing_word(standing_of_trend(0)), "no significant change");
	assert_string_equal(standing_word(standing_of_trend(1)), "rising");
}

static void a_pair_without_a_share_says_what_is_wrong_with_its_base_first(void **state)
{
	(void)state;
	static const struct {
		struct published_pair pair;
		enum refusal refusal;
	} examples[] = {
		{ { .events = { .n = 3 }, .base = { .n = 4 } }, REFUSAL_NONE },
		{ { .events = { .n = 4 }, .base = { .n = 4 } }, REFUSAL_NONE },
		{ { .events = { .n = 0 }, .base = { .n = 4 } }, REFUSAL_NONE },
		{ { .events = { .n = 5 }, .base = { .n = 4 } }, REFUSAL_EVENTS_ABOVE_BASE },
		{ { .events = { .n = 0 }, .base = { .n = 0 } }, REFUSAL_SOURCE_ZERO },
		{ { .events = { REFUSAL_SOURCE_SUPPRESSED, 0, 0 }, .base = { .n = 4 } }, REFUSAL_SOURCE_SUPPRESSED },
		{ { .events = { .n = 4 }, .base = { REFUSAL_SOURCE_LOW, 0, 0 } }, REFUSAL_SOURCE_LOW },
		{ { .events = { REFUSAL_SOURCE_SUPPRESSED, 0, 0 }, .base = { REFUSAL_SOURCE_MISSING, 0, 0 } },
		  REFUSAL_SOURCE_MISSING },
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_int_equal(published_refusal(&examples[i].pair), examples[i].refusal);
}

static void an_interval_stands_in_five_levels_to_a_benchmark(void **state)
{
	(void)state;
	static const struct {
		struct standing_limits limits;
		const char *none, *better, *worse; /* by polarity */
	} examples[] = {
		{ { 4, 6, 3, 7 }, "similar", "similar", "similar" },
		{ { 5, 6, 4, 7 }, "similar", "similar", "similar" }, /* at a limit */
		{ { 4, 5, 3, 6 }, "similar", "similar", "similar" },
		{ { 5.1, 6, 5, 7 }, "higher", "better", "worse" },
		{ { 5.2, 6, 5.1, 7 }, "much higher", "much better", "much worse" },
		{ { 4, 4.9, 3, 5 }, "lower", "worse", "better" },
		{ { 4, 4.8, 3, 4.9 }, "much lower", "much worse", "much better" },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct standing_limits *of = &examples[i].limits;
		assert_string_equal(standing_word(standing_of_five(of, 5, POLARITY_NONE)), examples[i].none);
		assert_string_equal(standing_word(standing_of_five(of, 5, POLARITY_HIGHER_BETTER)), examples[i].better);
		assert_string_equal(standing_word(standing_of_five(of, 5, POLARITY_HIGHER_WORSE)), examples[i].worse);
	}
}

static void every_signal_has_its_words(void **state)
{
	(void)state;
	assert_string_equal(standing_word(standing_of_signals(0)), "usual");
	assert_string_equal(standing_word(standing_of_signals(XMR_OUTSIDE)), "outside");
	assert_string_equal(standing_word(standing_of_signals(XMR_RUN)), "run");
	assert_string_equal(standing_word(standing_of_signals(XMR_TREND)), "drift");
	assert_string_equal(standing_word(standing_of_signals(XMR_TWO_OF_THREE)), "near a limit");
	assert_string_equal(standing_word(standing_of_signals(XMR_OUTSIDE | XMR_TREND)), "outside, drift");
	assert_string_equal(standing_word(standing_of_signals(XMR_RUN | XMR_TWO_OF_THREE)), "run, near a limit");
	assert_string_equal(standing_word(standing_of_signals(15)), "outside, run, drift, near a limit");
	assert_null(standing_word(56));
	assert_null(standing_word(39));
}

static void an_estimate_has_an_error_where_its_limits_are_a_normal_interval(void **state)
{
	(void)state;
	static const struct published_value z = { REFUSAL_SOURCE_NOT_APPLICABLE, NAN };
	static const struct {
		double value, low, high;
		int decimals;
		enum refusal limits, se;
	} examples[] = {
		{ 3, 2, 4, 2, REFUSAL_NONE, REFUSAL_NONE },
		{ 3.35, 2.71, 4.00, 2, REFUSAL_NONE, REFUSAL_NONE }, /* unequal by rounding */
		{ 3.1, 3.0, 3.3, 1, REFUSAL_NONE, REFUSAL_NONE },    /* by 0.1, and rounding may be 0.2 */
		{ 3.1, 3.0, 3.3, 2, REFUSAL_NONE, REFUSAL_LIMITS_ASYMMETRIC },
		{ 3, 2, 4.1, 2, REFUSAL_NONE, REFUSAL_NONE }, /* by a tenth */
		{ 3, 2, 4.11, 2, REFUSAL_NONE, REFUSAL_LIMITS_ASYMMETRIC },
		{ 3, 1.89, 4, 2, REFUSAL_NONE, REFUSAL_LIMITS_ASYMMETRIC },
		{ 3, 3, 4, 0, REFUSAL_NONE, REFUSAL_NONE },
		{ 3, 3, 3, 2, REFUSAL_LIMITS_INVALID, REFUSAL_LIMITS_INVALID }, /* a variance of 0 must not enter */
		{ 3, 3.1, 4, 2, REFUSAL_LIMITS_INVALID, REFUSAL_LIMITS_INVALID },
		{ 3, 2, 2.9, 2, REFUSAL_LIMITS_INVALID, REFUSAL_LIMITS_INVALID },
		{ 3, 4, 2, 2, REFUSAL_LIMITS_INVALID, REFUSAL_LIMITS_INVALID },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct published_value value = { REFUSAL_NONE, examples[i].value },
				       low = { REFUSAL_NONE, examples[i].low },
				       high = { REFUSAL_NONE, examples[i].high };
		struct estimate of = estimate_of(value, low, high, examples[i].decimals);
		assert_int_equal(of.refusal, REFUSAL_NONE);
		assert_int_equal(of.limits_refusal, examples[i].limits);
		assert_int_equal(of.se_refusal, examples[i].se);
		assert_close(of.se, (examples[i].high - examples[i].low) / 3.92, 1e-14);
		assert_int_equal(estimate_of(z, low, high, 2).se_refusal, z.refusal);
		assert_int_equal(estimate_of(value, z, high, 2).limits_refusal, z.refusal);
		assert_int_equal(estimate_of(value, low, z, 2).limits_refusal, z.refusal);
		assert_int_equal(estimate_of(value, low, z, 2).refusal, REFUSAL_NONE);
	}
}

static void numbers_tell_what_they_are_rounded_to(void **state)
{
	(void)state;
	assert_int_equal(estimate_decimals((double[]){ 3, 4, NAN }, 3, 9), 0);
	assert_int_equal(estimate_decimals((double[]){ 3, 2.5, NAN }, 3, 9), 1);
	assert_int_equal(estimate_decimals((double[]){ 3.13, 2.5 }, 2, 9), 2);
	assert_int_equal(estimate_decimals((double[]){ 1. / 3 }, 1, 5), 5);
	assert_int_equal(estimate_decimals((double[]){ NAN }, 1, 9), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_share_at_a_limit_of_the_funnel_is_within_it),
		cmocka_unit_test(a_trend_has_a_word_for_each_direction),
		cmocka_unit_test(a_pair_without_a_share_says_what_is_wrong_with_its_base_first),
		cmocka_unit_test(an_interval_stands_in_five_levels_to_a_benchmark),
		cmocka_unit_test(every_signal_has_its_words),
		cmocka_unit_test(an_estimate_has_an_error_where_its_limits_are_a_normal_interval),
		cmocka_unit_test(numbers_tell_what_they_are_rounded_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
