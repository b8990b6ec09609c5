#include "testing.h"

#include <math.h>

#include "statistics/little.h"

struct example {
	const char *name;
	const double *values;
	size_t rows, variables;
	double statistic, df, p;
	size_t patterns, n;
};

/* R 4.2.2: the EM algorithm row by row, see tests/oracle/missing.R. That of airquality is what naniar prints. */
static const struct example examples[] = {
#include "../oracle/missing_little.inc"
};

static void tests_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct little little = { 0 };
	assert_int_equal(little_mcar(&little, example->values, example->rows, example->variables), REFUSAL_NONE);
	assert_close(little.statistic, example->statistic, 1e-8);
	assert_close(little.df, example->df, 0);
	assert_close(little.p, example->p, 1e-8);
	assert_int_equal(little.patterns, example->patterns);
	assert_int_equal(little.n, example->n);
}

/* With one variable missing of two, the test is in closed form: the others' mean of x against that of all, which is
 * n1 (m1 - m)^2 + n2 (m2 - m)^2 over the variance with divisor n. x: 1 to 6, y missing of the last two. */
static void two_patterns_have_a_closed_form(void **state)
{
	(void)state;
	const double values[] = { 1, 2, 2, 1, 3, 5, 4, 4, 5, NAN, 6, NAN };
	struct little little = { 0 };
	assert_int_equal(little_mcar(&little, values, 6, 2), REFUSAL_NONE);
	double expected = (4 * 1.0 + 2 * 4.0) / (17.5 / 6); /* means 2.5, 5.5 and 3.5 */
	assert_close(little.statistic, expected, 1e-10);
	assert_close(little.df, 1, 0);
}

/* The order of rows and variables, an empty variable and the scale change nothing. */
static void order_and_scale_change_nothing(void **state)
{
	(void)state;
	const struct example *example = &examples[0];
	size_t rows = example->rows, k = example->variables;
	double *turned = mem_alloc(rows * (k + 1), sizeof *turned);
	for (size_t i = 0; i < rows; i++) {
		turned[(rows - 1 - i) * (k + 1)] = NAN;
		for (size_t v = 0; v < k; v++)
			turned[(rows - 1 - i) * (k + 1) + k - v] = 3 - example->values[i * k + v] * 1000;
	}
	struct little little = { 0 };
	assert_int_equal(little_mcar(&little, turned, rows, k + 1), REFUSAL_NONE);
	assert_close(little.statistic, example->statistic, 1e-8);
	assert_close(little.df, example->df, 0);
	free(turned);
}

static void refusals_are_given(void **state)
{
	(void)state;
	struct little little = { 0 };
	const double nothing[] = { 1, NAN, 2, NAN, 3, NAN };
	assert_int_equal(little_mcar(&little, nothing, 3, 2), REFUSAL_FEWER_THAN_2_VARIABLES);
	assert_int_equal(little_mcar(&little, NULL, 0, 2), REFUSAL_FEWER_THAN_2_VARIABLES);
	const double flat[] = { 1, 4, 2, 4, 3, NAN, 5, 4 };
	assert_int_equal(little_mcar(&little, flat, 4, 2), REFUSAL_ZERO_VARIANCE);
	const double complete[] = { 1, 4, 2, 1, 3, 2 };
	assert_int_equal(little_mcar(&little, complete, 3, 2), REFUSAL_FEWER_THAN_2_PATTERNS);
	const double apart[] = { 1, NAN, 2, NAN, NAN, 2, NAN, 3 };
	assert_int_equal(little_mcar(&little, apart, 4, 2), REFUSAL_FEWER_THAN_2_PATTERNS);
	const double seldom[] = { 1, NAN, 2, NAN, NAN, 2, NAN, 3, 3, 4 };
	assert_int_equal(little_mcar(&little, seldom, 5, 2), REFUSAL_N_BELOW_2);
	const double follows[] = { 1, 2, 2, 4, 3, 6, 5, 10, 6, NAN, 9, NAN };
	assert_int_equal(little_mcar(&little, follows, 6, 2), REFUSAL_SINGULAR);
	const double few[] = { 1, 5, 2, 2, 1, 7, 4, 4, NAN };
	assert_int_equal(little_mcar(&little, few, 3, 3), REFUSAL_SINGULAR);
}

/* Three of 100,000 answered both: each step goes a tiny part of what is left of the way. */
static void too_slow_a_convergence_is_said(void **state)
{
	(void)state;
	enum { ROWS = 100000 };
	double *values = mem_alloc(2 * ROWS, sizeof *values);
	for (size_t i = 0; i < ROWS; i++) {
		bool both = i < 3;
		values[2 * i] = both || i % 2 ? (double)(i * 7919 % 1009) : NAN;
		values[2 * i + 1] = both || i % 2 == 0 ? (double)(i * 104729 % 997) : NAN;
	}
	struct little little = { 0 };
	assert_int_equal(little_mcar(&little, values, ROWS, 2), REFUSAL_NOT_COMPUTABLE);
	free(values);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 4];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
			                        .test_func = tests_agree_with_r,
			                        .initial_state = (void *)&examples[i] };
	tests[COUNT(examples)] = (struct CMUnitTest)cmocka_unit_test(two_patterns_have_a_closed_form);
	tests[COUNT(examples) + 1] = (struct CMUnitTest)cmocka_unit_test(order_and_scale_change_nothing);
	tests[COUNT(examples) + 2] = (struct CMUnitTest)cmocka_unit_test(refusals_are_given);
	tests[COUNT(examples) + 3] = (struct CMUnitTest)cmocka_unit_test(too_slow_a_convergence_is_said);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
