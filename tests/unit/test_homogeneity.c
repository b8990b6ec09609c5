#include "testing.h"

#include "statistics/adjust.h"
#include "statistics/association.h"
#include "statistics/chi_square.h"
#include "validate/histogram.h"
#include "statistics/homogeneity.h"

struct samples {
	const char *name;
	const long long *before, *after;
	size_t kinds;
	double statistic, direction, p;
};

/* R 4.2.2: see tests/oracle/validate.R */
static const struct samples chi_squares[] = {
#include "../oracle/validate_chi_square.inc"
};
static const struct samples fishers[] = {
#include "../oracle/validate_fisher.inc"
};
static const struct samples mann_whitneys[] = {
#include "../oracle/validate_mann_whitney.inc"
};
static const struct holm {
	const char *name;
	const double *p;
	size_t count;
	const int *rejected;
} holms[] = {
#include "../oracle/validate_holm.inc"
};

/* A table of two rows, of what test it asks for. */
static bool of_two(struct homogeneity *test, bool exact, const long long *before, const long long *after, size_t kinds)
{
	long long table[64];
	struct chi_square chi = { 0 };
	struct fisher four = { 0 };
	assert_true(2 * kinds <= COUNT(table));
	memcpy(table, before, kinds * sizeof *table);
	memcpy(table + kinds, after, kinds * sizeof *table);
	enum refusal refusal = exact ? fisher(&four, table, 2, kinds, (struct fisher_effort){ 0 })
	                             : chi_square(&chi, table, 2, kinds);
	*test = (struct homogeneity){ .statistic = chi.statistic, .p = exact ? four.p : chi.p };
	return refusal == REFUSAL_NONE || refusal == REFUSAL_EXPECTED_BELOW_1;
}

static void chi_squares_agree_with_r(void **state)
{
	for (size_t i = 0; i < COUNT(chi_squares); i++) {
		const struct samples *row = &chi_squares[i];
		struct homogeneity test;
		print_message("%s\n", row->name);
		assert_true(of_two(&test, false, row->before, row->after, row->kinds));
		assert_close(test.statistic, row->statistic, 1e-12);
		if (test.p > 0) /* refused where an expected count is below 1 */
			assert_close(test.p, row->p, 1e-10);
	}
	(void)state;
}

/* R finds the same sum by roots and densities of its own, with about 8 digits where counts are large. */
static void fishers_agree_with_r(void **state)
{
	for (size_t i = 0; i < COUNT(fishers); i++) {
		const struct samples *row = &fishers[i];
		struct homogeneity test;
		print_message("%s\n", row->name);
		assert_true(of_two(&test, true, row->before, row->after, 2));
		assert_close(test.p, row->p, 1e-8);
	}
	(void)state;
}

static void mann_whitneys_agree_with_r(void **state)
{
	for (size_t i = 0; i < COUNT(mann_whitneys); i++) {
		const struct samples *row = &mann_whitneys[i];
		struct homogeneity test;
		print_message("%s\n", row->name);
		assert_true(homogeneity_of_numbers(&test, row->before, row->after, row->kinds));
		assert_close(test.p, row->p, 1e-10);
		if (row->direction != 0)
			assert_true((test.statistic > 0) == (row->direction > 0));
	}
	(void)state;
}

static void holm_agrees_with_r(void **state)
{
	for (size_t i = 0; i < COUNT(holms); i++) {
		double adjusted[200];
		print_message("%s\n", holms[i].name);
		assert_true(holms[i].count <= COUNT(adjusted));
		adjust_holm(adjusted, holms[i].p, holms[i].count);
		for (size_t k = 0; k < holms[i].count; k++)
			assert_int_equal(adjusted[k] <= 0.01, holms[i].rejected[k]);
	}
	(void)state;
}

static void samples_that_tell_nothing_are_refused(void **state)
{
	(void)state;
	const long long none[] = { 0, 0 }, some[] = { 3, 4 }, one_kind[] = { 9, 0 };
	struct homogeneity test;
	assert_false(homogeneity_of_codes(&test, none, none, 2));
	assert_false(homogeneity_of_codes(&test, none, some, 2));
	assert_false(homogeneity_of_codes(&test, one_kind, one_kind, 2));
	assert_false(homogeneity_of_numbers(&test, some, none, 2));
	assert_false(homogeneity_of_numbers(&test, one_kind, one_kind, 2));
}

/* Of 40 and 40, half of a total is expected: 10 is just enough, 9 is not. */
static void rare_kinds_are_taken_together(void **state)
{
	(void)state;
	struct homogeneity test, by_hand;
	const long long before[] = { 2, 30, 1, 4, 3 }, after[] = { 3, 20, 5, 6, 6 };        /* totals 5 50 6 10 9 */
	const long long pooled_before[] = { 3, 3, 4, 30 }, pooled_after[] = { 8, 6, 6, 20 }; /* 5 + 6; 9 is rare too */
	const long long right_before[] = { 6, 4, 30 }, right_after[] = { 14, 6, 20 };
	assert_true(homogeneity_of_codes(&test, before, after, 5));
	assert_string_equal(test.test, "chi-square");
	assert_true(of_two(&by_hand, false, right_before, right_after, 3));
	assert_close(test.p, by_hand.p, 1e-14);
	assert_true(of_two(&by_hand, false, pooled_before, pooled_after, 4));
	assert_true(fabs(test.p - by_hand.p) > 1e-3);
}

static void where_one_kind_is_left_it_is_fishers_test(void **state)
{
	(void)state;
	struct homogeneity test, by_hand;
	const long long before[] = { 1, 38, 1, 0 }, after[] = { 2, 33, 2, 3 }; /* totals 3 71 3 3: together 9 */
	const long long two_before[] = { 2, 38 }, two_after[] = { 7, 33 };
	assert_true(homogeneity_of_codes(&test, before, after, 4));
	assert_string_equal(test.test, "Fisher");
	assert_true(of_two(&by_hand, true, two_before, two_after, 2));
	assert_close(test.p, by_hand.p, 1e-14);
	const long long enough_before[] = { 3, 37 }, enough_after[] = { 7, 33 };
	assert_true(homogeneity_of_codes(&test, enough_before, enough_after, 2));
	assert_string_equal(test.test, "chi-square");
}

/* --- histograms --- */

static void numbers_are_counted_in_order(void **state)
{
	(void)state;
	static const double there[] = { 3, -1.5, 0, 3, -0.0, 1e300 }, here[] = { 3, 7, -1.5, -1.5 };
	static const long long in_there[] = { 1, 2, 2, 0, 1 }, in_here[] = { 2, 0, 1, 1, 0 }; /* -1.5 0 3 7 1e300 */
	struct histogram a = { 0 }, b = { 0 };
	long long *in_a = NULL, *in_b = NULL;
	for (size_t i = 0; i < COUNT(there); i++)
		histogram_add(&a, there[i]);
	for (size_t i = 0; i < COUNT(here); i++)
		histogram_add(&b, here[i]);
	assert_int_equal(histogram_align(&in_a, &in_b, &a, &b), COUNT(in_there));
	assert_memory_equal(in_a, in_there, sizeof in_there);
	assert_memory_equal(in_b, in_here, sizeof in_here);
	free(in_a);
	free(in_b);
	histogram_free(&a);
	histogram_free(&b);
}

/* 20,000 whole numbers from -10,000: 14 digits at most. Where they come in another order, they come out the same. */
static void many_numbers_are_cut_to_fewer_digits(void **state)
{
	(void)state;
	struct histogram up = { 0 }, mixed = { 0 };
	for (int i = 0; i < 20000; i++) {
		histogram_add(&up, i - 10000);
		histogram_add(&mixed, (int)(i * 7919LL % 20000) - 10000);
	}
	assert_true(up.cut > 0 && up.count <= HISTOGRAM_MOST && up.count > HISTOGRAM_MOST / 4);
	assert_int_equal(mixed.cut, up.cut);
	assert_int_equal(mixed.count, up.count);
	assert_memory_equal(mixed.bins, up.bins, up.count * sizeof *up.bins);
	long long total = 0;
	for (size_t i = 0; i < up.count; i++) {
		total += up.bins[i].count;
		if (i)
			assert_true(up.bins[i - 1].value < up.bins[i].value);
	}
	assert_int_equal(total, 20000);
	histogram_free(&up);
	histogram_free(&mixed);
}

static void the_least_and_the_largest_numbers_still_fit(void **state)
{
	(void)state;
	struct histogram histogram = { 0 };
	for (int exponent = -1074; exponent < 1024; exponent++)
		for (int digit = 0; digit < 8; digit++) {
			histogram_add(&histogram, ldexp(1 + digit / 8.0, exponent));
			histogram_add(&histogram, -ldexp(1 + digit / 8.0, exponent));
		}
	assert_true(histogram.count <= HISTOGRAM_MOST && histogram.count > 4000);
	histogram_free(&histogram);
}

/* Of two that are cut differently, the same number counts as the same. */
static void histograms_are_aligned_by_the_larger_cut(void **state)
{
	(void)state;
	struct histogram many = { 0 }, few = { 0 };
	long long *in_many = NULL, *in_few = NULL, differences = 0;
	for (int i = 0; i < 20000; i++)
		histogram_add(&many, i);
	for (int i = 0; i < 20000; i += 5)
		for (int k = 0; k < 5; k++)
			histogram_add(&few, i);
	assert_true(few.cut < many.cut);
	size_t count = histogram_align(&in_many, &in_few, &many, &few);
	assert_int_equal(count, many.count);
	for (size_t i = 0; i < count; i++)
		differences += llabs(in_many[i] - in_few[i]);
	assert_true(differences < 40000);
	struct homogeneity test;
	assert_true(homogeneity_of_numbers(&test, in_many, in_few, count));
	assert_true(test.p > 0.9);
	free(in_many);
	free(in_few);
	histogram_free(&many);
	histogram_free(&few);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chi_squares_agree_with_r),
		cmocka_unit_test(fishers_agree_with_r),
		cmocka_unit_test(mann_whitneys_agree_with_r),
		cmocka_unit_test(holm_agrees_with_r),
		cmocka_unit_test(samples_that_tell_nothing_are_refused),
		cmocka_unit_test(rare_kinds_are_taken_together),
		cmocka_unit_test(where_one_kind_is_left_it_is_fishers_test),
		cmocka_unit_test(numbers_are_counted_in_order),
		cmocka_unit_test(many_numbers_are_cut_to_fewer_digits),
		cmocka_unit_test(the_least_and_the_largest_numbers_still_fit),
		cmocka_unit_test(histograms_are_aligned_by_the_larger_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
