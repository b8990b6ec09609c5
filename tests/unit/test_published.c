/* Where a share stands in a funnel, what a trend is called, and why a pair of published figures has no share. */
#include "testing.h"

#include "compare/published.h"
#include "standing.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_share_at_a_limit_of_the_funnel_is_within_it),
		cmocka_unit_test(a_trend_has_a_word_for_each_direction),
		cmocka_unit_test(a_pair_without_a_share_says_what_is_wrong_with_its_base_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
