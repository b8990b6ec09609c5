/* What a release says less, or otherwise, than the counts it was made from. Expected numbers by hand. */
#include "testing.h"

#include "disclosure/information_loss.h"

/* 4 -> 0, 9 -> 16, 0 -> 1, 25 -> 25: differences 4, 7, 1, 0; of their counts 1, 7/9, -, 0; roots 2, 1, 1, 0. */
static void counts_that_are_changed_are_so_far_off(void **state)
{
	(void)state;
	static const long long before[] = { 4, 9, 0, 25 }, after[] = { 0, 16, 1, 25 };
	struct information_loss loss = information_loss(before, after, COUNT(before));
	assert_close(loss.mean_difference, 3, 1e-12);
	assert_close(loss.mean_relative, (1 + 7.0 / 9) / 3, 1e-12);
	assert_close(loss.hellinger, sqrt((4 + 1 + 1) / 2.0), 1e-12);
}

static void what_is_not_changed_costs_nothing_and_nothing_has_no_mean(void **state)
{
	(void)state;
	static const long long same[] = { 3, 0 }, none[] = { 0 };
	struct information_loss loss = information_loss(same, same, COUNT(same));
	assert_close(loss.mean_difference, 0, 0);
	assert_close(loss.mean_relative, 0, 0);
	assert_close(loss.hellinger, 0, 0);
	assert_true(isnan(information_loss(none, none, 1).mean_relative));
	assert_true(isnan(information_loss(none, none, 0).mean_difference));
	assert_true(isnan(information_loss(none, none, 0).hellinger));
}

/* 10 20 / 30 40 of 100: X2 = 100 (10 * 40 - 20 * 30)^2 / (30 * 70 * 40 * 60), V = sqrt(X2 / 100). A third row and column
 * of nobody change nothing. */
static void association_is_cramers_v(void **state)
{
	(void)state;
	static const long long two[] = { 10, 20, 30, 40 }, three[] = { 10, 20, 0, 30, 40, 0, 0, 0, 0 };
	static const long long perfect[] = { 7, 0, 0, 0, 5, 0, 0, 0, 9 }, one[] = { 3, 4 };
	double expected = sqrt(4e4 / (30.0 * 70 * 40 * 60));
	assert_close(information_cramers_v(two, 2, 2), expected, 1e-12);
	assert_close(information_cramers_v(three, 3, 3), expected, 1e-12);
	assert_close(information_cramers_v(perfect, 3, 3), 1, 1e-12);
	assert_true(isnan(information_cramers_v(one, 1, 2)));
}

static void places_change_with_what_is_larger(void **state)
{
	(void)state;
	static const double before[] = { 40, 30, 20, 10 }, swapped[] = { 40, 20, 30, 10 }, last[] = { 5, 30, 20, 10 }, tied[] = { 40, 30, 30, 10 };
	size_t largest = 9;
	assert_int_equal(information_ranks(before, before, 4, &largest), 0);
	assert_int_equal(largest, 0);
	assert_int_equal(information_ranks(before, swapped, 4, &largest), 2);
	assert_int_equal(largest, 1);
	assert_int_equal(information_ranks(before, last, 4, &largest), 4); /* from first to last, and each other up by one */
	assert_int_equal(largest, 3);
	assert_int_equal(information_ranks(before, tied, 4, &largest), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_that_are_changed_are_so_far_off),
		cmocka_unit_test(what_is_not_changed_costs_nothing_and_nothing_has_no_mean),
		cmocka_unit_test(association_is_cramers_v),
		cmocka_unit_test(places_change_with_what_is_larger),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
