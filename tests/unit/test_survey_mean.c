#include "test_survey.h"

struct example {
	const char *name;
	const double *y, *w;
	size_t n, sampled;
	double level, mean, se, df, n_kish, low, high;
};

/* R 4.2.2, survey 4.1-1: see tests/oracle/compare.R */
static const struct example examples[] = {
#include "../oracle/compare_survey_mean.inc"
};

static void weighted_means_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct survey_mean mean = { 0 };
	assert_int_equal(mean_one_by_one(&mean, example->y, example->w, example->n, example->sampled, example->level),
			 REFUSAL_NONE);
	assert_close(mean.mean, example->mean, 1e-13);
	assert_close(mean.se, example->se, 1e-11);
	assert_close(mean.df, example->df, 0);
	assert_close(mean.n_kish, example->n_kish, 1e-12);
	assert_close(mean.low, example->low, 1e-11);
	assert_close(mean.high, example->high, 1e-11);
}

static void units_outside_the_domain_widen_the_interval(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 4, 7 }, w[] = { 1, 3, 2, 1 };
	struct survey_mean alone = { 0 }, domain = { 0 };
	assert_int_equal(mean_one_by_one(&alone, y, w, 4, 4, 95), REFUSAL_NONE);
	assert_int_equal(mean_one_by_one(&domain, y, w, 4, 400, 95), REFUSAL_NONE);
	assert_close(domain.variance / alone.variance, (400.0 / 399) / (4.0 / 3), 1e-14);
	assert_true(domain.df == alone.df);
}

/* The scale of weights means nothing: only their ratios do. */
static void weights_ten_times_as_large_change_nothing(void **state)
{
	(void)state;
	const double y[] = { 3, 1, 4, 1, 5 }, w[] = { 1, 2, 3, 4, 5 }, tenfold[] = { 10, 20, 30, 40, 50 };
	struct survey_mean a = { 0 }, b = { 0 };
	assert_int_equal(mean_one_by_one(&a, y, w, 5, 9, 95), REFUSAL_NONE);
	assert_int_equal(mean_one_by_one(&b, y, tenfold, 5, 9, 95), REFUSAL_NONE);
	assert_close(a.mean, b.mean, 1e-15);
	assert_close(a.se, b.se, 1e-15);
	assert_close(a.n_kish, b.n_kish, 1e-15);
}

static void leading_digits_take_nothing_from_the_variance(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 4, 7 }, w[] = { 1, 3, 2, 1 };
	double far[COUNT(y)];
	for (size_t i = 0; i < COUNT(y); i++)
		far[i] = 1099511627776.0 + y[i];
	struct survey_mean near_zero = { 0 }, far_away = { 0 };
	assert_int_equal(mean_one_by_one(&near_zero, y, w, 4, 10, 95), REFUSAL_NONE);
	assert_int_equal(mean_one_by_one(&far_away, far, w, 4, 10, 95), REFUSAL_NONE);
	assert_close(far_away.se, near_zero.se, 1e-6); /* the mean itself has no more digits than that left */
}

static void what_weights_cannot_carry_is_refused(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 2 }, missing[] = { 1, NAN, 1 }, negative[] = { 1, -1, 1 }, zero[] = { 0, 0, 0 };
	const double one[] = { 0, 1, 0 }, same[] = { 0, 1, 3 }, endless[] = { 1, INFINITY, 1 };
	struct survey_mean mean = { 0 };
	assert_int_equal(mean_one_by_one(&mean, y, missing, 0, 9, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(mean_one_by_one(&mean, y, missing, 3, 2, 95), REFUSAL_WEIGHTS_MISSING);
	assert_int_equal(mean_one_by_one(&mean, y, endless, 3, 9, 95), REFUSAL_WEIGHTS_MISSING);
	assert_int_equal(mean_one_by_one(&mean, y, negative, 3, 9, 95), REFUSAL_WEIGHTS_NEGATIVE);
	assert_int_equal(mean_one_by_one(&mean, y, zero, 3, 9, 95), REFUSAL_WEIGHTS_ZERO);
	assert_int_equal(mean_one_by_one(&mean, y, one, 3, 9, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(mean_one_by_one(&mean, y, same, 3, 9, 95), REFUSAL_ZERO_VARIANCE); /* the 1 has no weight */
}

/* Who has a weight of 0 is in the base, but neither counts towards the degrees of freedom nor towards the estimate. */
static void weights_of_0_add_nothing_to_the_degrees_of_freedom(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 4, 7 }, w[] = { 1, 3, 2, 1 };
	const double more_y[] = { 90, 1, 2, 4, -5, 7 }, more_w[] = { 0, 1, 3, 2, 0, 1 };
	struct survey_mean without = { 0 }, with = { 0 };
	assert_int_equal(mean_one_by_one(&without, y, w, 4, 10, 95), REFUSAL_NONE);
	assert_int_equal(mean_one_by_one(&with, more_y, more_w, 6, 10, 95), REFUSAL_NONE);
	assert_true(with.df == 3);
	assert_close(with.mean, without.mean, 1e-15);
	assert_close(with.low, without.low, 1e-14);
	assert_close(with.high, without.high, 1e-14);
}

int main(void)
{
	enum { OTHERS = 5 };
	struct CMUnitTest tests[COUNT(examples) + OTHERS] = {
		cmocka_unit_test(units_outside_the_domain_widen_the_interval),
		cmocka_unit_test(weights_ten_times_as_large_change_nothing),
		cmocka_unit_test(leading_digits_take_nothing_from_the_variance),
		cmocka_unit_test(what_weights_cannot_carry_is_refused),
		cmocka_unit_test(weights_of_0_add_nothing_to_the_degrees_of_freedom),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = examples[i].name,
							 .test_func = weighted_means_agree_with_r,
							 .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
