#include "testing.h"

#include "statistics/quantile.h"

struct example {
	const char *name;
	const double *y;
	size_t n;
	double p, level, value;
	bool open;
	double low, high;
	size_t low_rank, high_rank;
};

/* R 4.2.2: see tests/oracle/estimates.R */
static const struct example examples[] = {
#include "../oracle/quantile.inc"
};

static void quantiles_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct quantile quantile = { 0 };
	enum refusal refusal = quantile_estimate(&quantile, example->y, example->n, example->p, example->level);
	assert_int_equal(refusal, example->open ? REFUSAL_INTERVAL_OPEN : REFUSAL_NONE);
	assert_close(quantile.value, example->value, 0);
	assert_close(quantile.low, example->low, 0);
	assert_close(quantile.high, example->high, 0);
	assert_int_equal(quantile.ranks.low, example->low_rank);
	assert_int_equal(quantile.ranks.high, example->high_rank);
}

/* By hand: of ten values the lower limit of a median is the second, the upper one the ninth: 1 - 2 (1 + 10)/1024 of
 * such intervals hold it, and 1 - 2 (1 + 10 + 45)/1024 of the third to the eighth are too few. */
static void the_median_of_ten(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	struct quantile median = { 0 };
	assert_int_equal(quantile_estimate(&median, y, 10, 0.5, 95), REFUSAL_NONE);
	assert_int_equal(median.ranks.at, 5);
	assert_close(median.value, 5, 0);
	assert_close(median.low, 2, 0);
	assert_close(median.high, 9, 0);
}

/* 0.07 * 100 is a little above 7 in binary: the seventh all the same. */
static void a_whole_place_is_that_place(void **state)
{
	(void)state;
	struct quantile_ranks ranks = { 0 };
	quantile_ranks(&ranks, 100, 0.07, 95);
	assert_int_equal(ranks.at, 7);
	quantile_ranks(&ranks, 30, 0.1, 95);
	assert_int_equal(ranks.at, 3);
}

static void what_is_no_quantile_is_refused(void **state)
{
	(void)state;
	struct quantile_ranks ranks = { 0 };
	assert_int_equal(quantile_ranks(&ranks, 0, 0.5, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(quantile_ranks(&ranks, 9, 0, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(quantile_ranks(&ranks, 9, 1, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(quantile_ranks(&ranks, 9, NAN, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(quantile_ranks(&ranks, 5, 0.5, 95), REFUSAL_INTERVAL_OPEN);
	assert_int_equal(quantile_ranks(&ranks, 6, 0.5, 95), REFUSAL_NONE);
}

int main(void)
{
	enum { OTHERS = 3, EXAMPLES = COUNT(examples) };
	struct CMUnitTest tests[OTHERS + EXAMPLES] = {
		cmocka_unit_test(the_median_of_ten),
		cmocka_unit_test(a_whole_place_is_that_place),
		cmocka_unit_test(what_is_no_quantile_is_refused),
	};
	for (size_t i = 0; i < EXAMPLES; i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = examples[i].name,
			                                 .test_func = quantiles_agree_with_r,
			                                 .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
