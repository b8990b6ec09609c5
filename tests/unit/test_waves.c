/* The same people measured twice: means, shares, and areas on what they began with, as R has them
 * (tests/oracle/waves.R).
 */
#include "testing.h"

#include <math.h>

#include "ancova.h"
#include "paired.h"
#include "two_shares.h"

/* R's uniroot on pt stops near 1e-14 of noncentralities up to 37; what is far from 0 agrees to 1e-9. */
enum { LEVEL = 95 };
#define CLOSE 1e-10
#define CLOSE_LIMIT 1e-8

/* An expected 0 is as near to 0 as the values' own digits let it be. */
static void assert_near(double got, double expected, double relative, double scale)
{
	if (isnan(expected))
		assert_true(isnan(got));
	else if (fabs(expected) < 1e-9 * scale)
		assert_true(fabs(got - expected) < 1e-12 * scale);
	else
		assert_close(got, expected, relative);
}

struct paired_row {
	const char *name;
	const double *before_values, *after_values;
	size_t n;
	double before, after, change, sd, se, df, statistic, p, low, high, d_z, d_z_low, d_z_high, d_before;
};
static const struct paired_row paired_rows[] = {
#include "../oracle/paired.inc"
};

static void a_paired_change_is_r_s(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(paired_rows); i++) {
		const struct paired_row *row = &paired_rows[i];
		struct paired got = { 0 };
		assert_int_equal(paired(&got, row->before_values, row->after_values, row->n, LEVEL), REFUSAL_NONE);
		assert_close(got.before, row->before, CLOSE);
		assert_close(got.after, row->after, CLOSE);
		assert_near(got.change, row->change, CLOSE, 1);
		assert_close(got.sd, row->sd, CLOSE);
		assert_close(got.se, row->se, CLOSE);
		assert_close(got.df, row->df, 0);
		assert_near(got.statistic, row->statistic, CLOSE, 1);
		assert_close(got.p, row->p, CLOSE);
		assert_close(got.low, row->low, CLOSE);
		assert_close(got.high, row->high, CLOSE);
		assert_near(got.d_z, row->d_z, CLOSE, 1);
		assert_near(got.d_z_low, row->d_z_low, CLOSE_LIMIT, 1);
		assert_near(got.d_z_high, row->d_z_high, CLOSE_LIMIT, 1);
		assert_near(got.d_before, row->d_before, CLOSE, 1);
	}
}

static void a_change_of_nobody_of_one_or_without_spread_is_refused(void **state)
{
	(void)state;
	struct paired got = { 0 };
	const double before[] = { 1, 2, 3 }, after[] = { 2, 3, 4 };
	assert_int_equal(paired(&got, before, after, 0, LEVEL), REFUSAL_BASE_EMPTY);
	assert_int_equal(paired(&got, before, after, 1, LEVEL), REFUSAL_N_BELOW_2);
	assert_int_equal(paired(&got, before, after, 3, LEVEL), REFUSAL_ZERO_VARIANCE);
}

enum { MOST_GROUPS = 8 };
struct ancova_row {
	const char *name;
	const double *earlier, *later;
	const size_t *first;
	size_t groups;
	double slope, statistic, df, df2, p;
	const double *mean, *se, *low, *high;
};
static const struct ancova_row ancova_rows[] = {
#include "../oracle/ancova.inc"
};

static void areas_on_what_they_began_with_are_r_s(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ancova_rows); i++) {
		const struct ancova_row *row = &ancova_rows[i];
		struct ancova got = { 0 };
		struct adjusted_mean adjusted[MOST_GROUPS] = { 0 };
		assert_true(row->groups <= MOST_GROUPS);
		assert_int_equal(ancova(&got, adjusted, row->earlier, row->later, row->first, row->groups, LEVEL),
		                 REFUSAL_NONE);
		assert_close(got.slope, row->slope, CLOSE);
		assert_close(got.statistic, row->statistic, CLOSE);
		assert_close(got.df, row->df, 0);
		assert_close(got.df2, row->df2, 0);
		assert_close(got.p, row->p, CLOSE);
		for (size_t g = 0; g < row->groups; g++) {
			assert_close(adjusted[g].mean, row->mean[g], CLOSE);
			assert_close(adjusted[g].se, row->se[g], CLOSE);
			assert_close(adjusted[g].low, row->low[g], CLOSE);
			assert_close(adjusted[g].high, row->high[g], CLOSE);
		}
	}
}

static void groups_that_nothing_can_be_adjusted_in_are_refused(void **state)
{
	(void)state;
	static const struct {
		double earlier[5], later[5];
		size_t first[3], groups;
		enum refusal refusal;
	} rows[] = {
		{ { 1, 2, 3, 4, 5 }, { 1, 3, 2, 5, 4 }, { 0, 5, 5 }, 1, REFUSAL_FEWER_THAN_2_AREAS },
		{ { 1, 2, 3, 4, 5 }, { 1, 3, 2, 5, 4 }, { 0, 5, 5 }, 2, REFUSAL_BASE_EMPTY },
		{ { 1, 2, 3 }, { 1, 3, 2 }, { 0, 1, 3 }, 2, REFUSAL_N_BELOW_2 },
		{ { 2, 2, 2, 5, 5 }, { 1, 3, 2, 5, 4 }, { 0, 3, 5 }, 2, REFUSAL_ZERO_VARIANCE },
		{ { 1, 2, 3, 4, 5 }, { 3, 5, 7, 19, 21 }, { 0, 3, 5 }, 2, REFUSAL_ZERO_VARIANCE },
		{ { 1, 2, 3, 4, 5 }, { 7, 7, 7, 7, 7 }, { 0, 3, 5 }, 2, REFUSAL_ZERO_VARIANCE },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ancova got = { 0 };
		struct adjusted_mean adjusted[2];
		assert_int_equal(
			ancova(&got, adjusted, rows[i].earlier, rows[i].later, rows[i].first, rows[i].groups, LEVEL),
			rows[i].refusal);
	}
}

static void paired_shares_are_r_s(void **state)
{
	(void)state;
	static const struct {
		long long both, only_before, only_after, neither;
		double difference, low, high, p;
	} rows[] = {
#include "../oracle/paired_shares.inc"
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct mcnemar got = { 0 };
		assert_int_equal(
			mcnemar(&got, rows[i].both, rows[i].only_before, rows[i].only_after, rows[i].neither, LEVEL),
			REFUSAL_NONE);
		assert_near(got.difference, rows[i].difference, CLOSE, 1);
		assert_near(got.low, rows[i].low, CLOSE, 1);
		assert_near(got.high, rows[i].high, CLOSE, 1);
		assert_close(got.p, rows[i].p, CLOSE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paired_change_is_r_s),
		cmocka_unit_test(a_change_of_nobody_of_one_or_without_spread_is_refused),
		cmocka_unit_test(areas_on_what_they_began_with_are_r_s),
		cmocka_unit_test(groups_that_nothing_can_be_adjusted_in_are_refused),
		cmocka_unit_test(paired_shares_are_r_s),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
