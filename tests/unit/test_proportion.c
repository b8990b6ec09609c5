#include "test_survey.h"

#include "statistics/proportion.h"

struct wilson {
	const char *name;
	size_t x, n;
	double level, p, low, high;
};

/* R 4.2.2: see tests/oracle/compare.R */
static const struct wilson wilson_examples[] = {
#include "../oracle/compare_wilson.inc"
};

struct weighted {
	const char *name;
	const double *y, *w;
	size_t n, sampled;
	double level, p, df, n_eff, low, high;
	bool exact;
};

/* R 4.2.2, survey 4.1-1: see tests/oracle/compare.R */
static const struct weighted weighted_examples[] = {
#include "../oracle/compare_survey_proportion.inc"
};

static void wilson_intervals_agree_with_r(void **state)
{
	const struct wilson *example = *state;
	struct proportion share = { 0 };
	assert_int_equal(proportion_estimate(&share, example->x, example->n, example->level), REFUSAL_NONE);
	assert_close(share.p, example->p, 1e-15);
	assert_close(share.low, example->low, 1e-9); /* R's own difference loses digits at 1 in a million */
	assert_close(share.high, example->high, 1e-13);
}

static void weighted_shares_agree_with_r(void **state)
{
	const struct weighted *example = *state;
	struct survey_proportion share = { 0 };
	assert_int_equal(
		proportion_one_by_one(&share, example->y, example->w, example->n, example->sampled, example->level),
		REFUSAL_NONE);
	assert_close(share.p, example->p, 1e-13);
	assert_close(share.df, example->df, 0);
	assert_close(share.n_eff, example->n_eff, 1e-11);
	assert_close(share.low, example->low, 1e-11);
	assert_close(share.high, example->high, 1e-11);
	assert_int_equal(share.exact, example->exact);
}

/* Newcombe 1998, table I: 81 of 263 and 15 of 148 at 95 per cent. */
static void wilson_agrees_with_the_published_table(void **state)
{
	(void)state;
	struct proportion share = { 0 };
	assert_int_equal(proportion_estimate(&share, 81, 263, 95), REFUSAL_NONE);
	assert_close(share.low, 0.2553, 0.0002);
	assert_close(share.high, 0.3662, 0.0002);
	assert_int_equal(proportion_estimate(&share, 15, 148, 95), REFUSAL_NONE);
	assert_close(share.low, 0.0624, 0.001);
	assert_close(share.high, 0.1605, 0.001);
}

static void an_interval_never_leaves_0_to_1(void **state)
{
	(void)state;
	struct proportion share = { 0 };
	for (size_t n = 1; n <= 60; n++)
		for (size_t x = 0; x <= n; x++) {
			assert_int_equal(proportion_estimate(&share, x, n, 99.9), REFUSAL_NONE);
			assert_true(share.low >= 0 && share.low <= share.p && share.p <= share.high && share.high <= 1);
			assert_true((share.low == 0) == (x == 0) && (share.high == 1) == (x == n));
		}
}

/* The interval of x of n is the mirror of that of n - x. */
static void intervals_are_symmetric(void **state)
{
	(void)state;
	struct proportion yes = { 0 }, no = { 0 };
	assert_int_equal(proportion_estimate(&yes, 3, 41, 95), REFUSAL_NONE);
	assert_int_equal(proportion_estimate(&no, 38, 41, 95), REFUSAL_NONE);
	assert_close(yes.low, 1 - no.high, 1e-14);
	assert_close(yes.high, 1 - no.low, 1e-14);
}

static void shares_without_what_they_need_are_refused(void **state)
{
	(void)state;
	struct proportion share = { 0 };
	struct survey_proportion weighted = { 0 };
	const double y[] = { 0, 1 }, missing[] = { 1, NAN }, negative[] = { 1, -1 }, zero[] = { 0, 0 },
		     one[] = { 1, 0 };
	assert_int_equal(proportion_estimate(&share, 0, 0, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(proportion_one_by_one(&weighted, y, missing, 0, 9, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(proportion_one_by_one(&weighted, y, missing, 2, 9, 95), REFUSAL_WEIGHTS_MISSING);
	assert_int_equal(proportion_one_by_one(&weighted, y, negative, 2, 9, 95), REFUSAL_WEIGHTS_NEGATIVE);
	assert_int_equal(proportion_one_by_one(&weighted, y, zero, 2, 9, 95), REFUSAL_WEIGHTS_ZERO);
	assert_int_equal(proportion_one_by_one(&weighted, y, one, 2, 9, 95), REFUSAL_N_BELOW_2);
}

/* Clopper-Pearson at 0 of 10 is 0 to 1 - 0.025^(1/10): with equal weights Kish's n is n. */
static void equal_weights_at_0_give_clopper_pearson(void **state)
{
	(void)state;
	const double y[10] = { 0 }, w[10] = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 };
	struct survey_proportion share = { 0 };
	assert_int_equal(proportion_one_by_one(&share, y, w, 10, 50, 95), REFUSAL_NONE);
	assert_true(share.exact && share.p == 0 && share.low == 0);
	assert_close(share.high, 0.30849710781876083, 1e-14); /* R: binom.test(0, 10)$conf.int[2] */
}

int main(void)
{
	enum { OTHERS = 5, WILSON = COUNT(wilson_examples), WEIGHTED = COUNT(weighted_examples) };
	struct CMUnitTest tests[OTHERS + WILSON + WEIGHTED] = {
		cmocka_unit_test(wilson_agrees_with_the_published_table),
		cmocka_unit_test(an_interval_never_leaves_0_to_1),
		cmocka_unit_test(intervals_are_symmetric),
		cmocka_unit_test(shares_without_what_they_need_are_refused),
		cmocka_unit_test(equal_weights_at_0_give_clopper_pearson),
	};
	for (size_t i = 0; i < WILSON; i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = wilson_examples[i].name,
							 .test_func = wilson_intervals_agree_with_r,
							 .initial_state = (void *)&wilson_examples[i] };
	for (size_t i = 0; i < WEIGHTED; i++)
		tests[OTHERS + WILSON + i] = (struct CMUnitTest){ .name = weighted_examples[i].name,
								  .test_func = weighted_shares_agree_with_r,
								  .initial_state = (void *)&weighted_examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
