#include "testing.h"

#include "gsl.h"
#include "statistics/mean.h"

struct example {
	const char *name;
	const double *y;
	size_t n;
	double level, mean, sd, se, low, high;
};

/* R 4.2.2 and NIST StRD: see tests/oracle/compare.R */
static const struct example examples[] = {
#include "../oracle/compare_mean.inc"
};

static void means_agree_with_r_and_nist(void **state)
{
	const struct example *example = *state;
	struct mean_estimate mean = { 0 };
	assert_int_equal(mean_estimate(&mean, example->y, example->n, example->level), REFUSAL_NONE);
	assert_close(mean.mean, example->mean, 1e-13);
	assert_close(mean.sd, example->sd, 1e-12);
	assert_close(mean.se, example->se, 1e-12);
	assert_close(mean.low, example->low, 1e-11);
	assert_close(mean.high, example->high, 1e-11);
	assert_true(mean.df == (double)(example->n - 1));
}

/* NIST StRD NumAcc2 to 4: 1,001 values, the first `middle`, then middle - 0.1 and middle + 0.1 in turn. Certified: mean
 * `middle`, standard deviation 0.1. The tolerance is what the decimals lose as doubles. */
static void leading_digits_take_nothing_from_the_spread(void **state)
{
	(void)state;
	static const struct {
		double middle, lower, upper, tolerance;
	} sets[] = {
		{ 1.2, 1.1, 1.3, 1e-14 },
		{ 1000000.2, 1000000.1, 1000000.3, 1e-9 },
		{ 10000000.2, 10000000.1, 10000000.3, 1e-8 },
	};
	double y[1001];
	for (size_t s = 0; s < COUNT(sets); s++) {
		for (size_t i = 0; i < COUNT(y); i++)
			y[i] = i == 0 ? sets[s].middle : i % 2 ? sets[s].lower : sets[s].upper;
		struct mean_estimate mean = { 0 };
		assert_int_equal(mean_estimate(&mean, y, COUNT(y), 95), REFUSAL_NONE);
		assert_close(mean.mean, sets[s].middle, 1e-15);
		assert_close(mean.sd, 0.1, sets[s].tolerance);
	}
}

/* 2^40 and 2^40 + 1 in turn are exact doubles: the variance of 1,000 of them is 250/999, to the last digit. */
static void twelve_leading_digits_lose_nothing(void **state)
{
	(void)state;
	double y[1000];
	for (size_t i = 0; i < COUNT(y); i++)
		y[i] = 1099511627776.0 + (double)(i % 2);
	struct mean_estimate mean = { 0 };
	assert_int_equal(mean_estimate(&mean, y, COUNT(y), 95), REFUSAL_NONE);
	assert_true(mean.mean == 1099511627776.5);
	assert_close(mean.sd, sqrt(250.0 / 999), 1e-15);
}

static void no_spread_no_interval(void **state)
{
	(void)state;
	const double y[] = { 0.1, 0.1, 0.1 };
	struct mean_estimate mean = { 0 };
	assert_int_equal(mean_estimate(&mean, y, 0, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(mean_estimate(&mean, y, 1, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(mean_estimate(&mean, y, 3, 95), REFUSAL_ZERO_VARIANCE);
}

static void a_sum_that_overflows_is_refused(void **state)
{
	(void)state;
	const double y[] = { 1.7e308, -1.7e308, 1.7e308 };
	struct mean_estimate mean = { 0 };
	assert_int_equal(mean_estimate(&mean, y, COUNT(y), 95), REFUSAL_NOT_COMPUTABLE);
}

/* GSL answers some of these with a number and aborts on others: neither may happen. */
static void distributions_refuse_arguments_outside_their_range(void **state)
{
	(void)state;
	double value = 0;
	assert_false(gsl_checked_normal_above(&value, 0));
	assert_false(gsl_checked_normal_above(&value, 1));
	assert_false(gsl_checked_normal_above(&value, NAN));
	assert_false(gsl_checked_t_above(&value, 0.025, 0));
	assert_false(gsl_checked_t_above(&value, 2, 10));
	assert_false(gsl_checked_t_above(&value, 0.025, INFINITY));
	assert_false(gsl_checked_f_tail(&value, -1, 2, 3));
	assert_false(gsl_checked_f_tail(&value, 1, 0, 3));
	assert_false(gsl_checked_f_tail(&value, NAN, 2, 3));
	assert_false(gsl_checked_f_tail(&value, INFINITY, 2, 3));
	assert_false(gsl_checked_chi_square_tail(&value, 1, 0));
	assert_false(gsl_checked_chi_square_tail(&value, -1, 3));
}

/* R: qt(0.025, c(1, 3, 1000), lower.tail = FALSE), qnorm(0.005, lower.tail = FALSE), pf(c(3, 250), 3, 12.5,
 * lower.tail = FALSE), pf(2000, 8, 18000, lower.tail = FALSE), pchisq(c(5, 900), 4, lower.tail = FALSE) */
static void distributions_agree_with_r(void **state)
{
	(void)state;
	double value = 0;
	assert_true(gsl_checked_t_above(&value, 0.025, 1));
	assert_close(value, 12.706204736174706, 1e-12);
	assert_true(gsl_checked_t_above(&value, 0.025, 3));
	assert_close(value, 3.1824463052837091, 1e-12);
	assert_true(gsl_checked_t_above(&value, 0.025, 1000));
	assert_close(value, 1.9623390808264078, 1e-12);
	assert_true(gsl_checked_normal_above(&value, 0.005));
	assert_close(value, 2.5758293035488999, 1e-13);
	assert_true(gsl_checked_f_tail(&value, 0, 3, 12.5));
	assert_close(value, 1, 1e-15);
	assert_true(gsl_checked_f_tail(&value, 3, 3, 12.5));
	assert_close(value, 7.0967573668342776e-02, 1e-12);
	assert_true(gsl_checked_f_tail(&value, 250, 3, 12.5));
	assert_close(value, 2.0593955403125278e-11, 1e-10);
	assert_true(gsl_checked_f_tail(&value, 2000, 8, 18000));
	assert_true(value < 1e-300);
	assert_true(gsl_checked_chi_square_tail(&value, 0, 4));
	assert_close(value, 1, 1e-15);
	assert_true(gsl_checked_chi_square_tail(&value, 5, 4));
	assert_close(value, 2.8729749518364578e-01, 1e-13);
	assert_true(gsl_checked_chi_square_tail(&value, 900, 4));
	assert_close(value, 1.6659412638877528e-193, 1e-10);
}

int main(void)
{
	enum { OTHERS = 6 };
	struct CMUnitTest tests[COUNT(examples) + OTHERS] = {
		cmocka_unit_test(leading_digits_take_nothing_from_the_spread),
		cmocka_unit_test(twelve_leading_digits_lose_nothing),
		cmocka_unit_test(no_spread_no_interval),
		cmocka_unit_test(a_sum_that_overflows_is_refused),
		cmocka_unit_test(distributions_refuse_arguments_outside_their_range),
		cmocka_unit_test(distributions_agree_with_r),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = examples[i].name,
							 .test_func = means_agree_with_r_and_nist,
							 .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
