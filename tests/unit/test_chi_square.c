#include "testing.h"

#include "statistics/chi_square.h"

struct example {
	const char *name;
	const long long *counts;
	size_t rows, columns;
	double statistic, df, p, least_expected;
};

/* R 4.2.2: see tests/oracle/compare.R */
static const struct example examples[] = {
#include "../oracle/compare_chi_square.inc"
};

/* Where R gives a statistic in spite of an expected count below 1, ours is refused, but computed alike. */
static void tests_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct chi_square test = { 0 };
	enum refusal refusal = chi_square(&test, example->counts, example->rows, example->columns);
	assert_int_equal(refusal, example->least_expected < 1 ? REFUSAL_EXPECTED_BELOW_1 : REFUSAL_NONE);
	assert_close(test.statistic, example->statistic, 1e-12);
	assert_close(test.df, example->df, 0);
	assert_close(test.least_expected, example->least_expected, 1e-14);
	if (!refusal)
		assert_close(test.p, example->p, 1e-10);
}

static void tables_without_two_of_each_are_refused(void **state)
{
	(void)state;
	const long long empty[] = { 0, 0, 0, 0 }, one_row[] = { 3, 4, 0, 0 }, one_column[] = { 3, 0, 4, 0 };
	struct chi_square test = { 0 };
	assert_int_equal(chi_square(&test, empty, 2, 2), REFUSAL_BASE_EMPTY);
	assert_int_equal(chi_square(&test, one_row, 2, 2), REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(chi_square(&test, one_column, 2, 2), REFUSAL_FEWER_THAN_2_CATEGORIES);
}

/* 1 x 2 / 200 = 0.01 expected. */
static void an_expected_count_below_1_is_refused(void **state)
{
	(void)state;
	const long long counts[] = { 1, 0, 1, 198 }, enough[] = { 10, 10, 10, 170 }, just_1[] = { 2, 8, 8, 82 };
	struct chi_square test = { 0 };
	assert_int_equal(chi_square(&test, counts, 2, 2), REFUSAL_EXPECTED_BELOW_1);
	assert_close(test.least_expected, 0.01, 1e-15);
	assert_int_equal(chi_square(&test, enough, 2, 2), REFUSAL_NONE);
	assert_int_equal(chi_square(&test, just_1, 2, 2), REFUSAL_NONE); /* 10 x 10 / 100 */
	assert_close(test.least_expected, 1, 0);
}

/* By hand: all expected are 10, all distances 5, X2 = 4 x 25/10. */
static void a_table_by_hand(void **state)
{
	(void)state;
	const long long counts[] = { 15, 5, 5, 15 };
	struct chi_square test = { 0 };
	assert_int_equal(chi_square(&test, counts, 2, 2), REFUSAL_NONE);
	assert_close(test.statistic, 10, 1e-15);
	assert_close(test.p, 0.0015654022580025495, 1e-12); /* R: pchisq(10, 1, lower.tail = FALSE) */
}

/* Row totals times column totals would overflow 64 bits. */
static void large_counts_do_not_overflow(void **state)
{
	(void)state;
	const long long counts[] = { 4000000000, 4000000000, 4000000000, 4000000001 };
	struct chi_square test = { 0 };
	assert_int_equal(chi_square(&test, counts, 2, 2), REFUSAL_NONE);
	assert_true(test.statistic > 0 && test.statistic < 1e-9);
	assert_true(test.p > 0.9999 && test.p <= 1);
}

int main(void)
{
	enum { OTHERS = 4 };
	struct CMUnitTest tests[OTHERS + COUNT(examples)] = {
		cmocka_unit_test(tables_without_two_of_each_are_refused),
		cmocka_unit_test(an_expected_count_below_1_is_refused),
		cmocka_unit_test(a_table_by_hand),
		cmocka_unit_test(large_counts_do_not_overflow),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = examples[i].name,
							 .test_func = tests_agree_with_r,
							 .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
