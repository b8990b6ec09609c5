#include "testing.h"

#include "statistics/welch.h"

struct example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	double statistic, df, df2, p;
};

/* R 4.2.2: see tests/oracle/compare.R */
static const struct example examples[] = {
#include "../oracle/compare_welch.inc"
};

static void tests_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct welch welch = { 0 };
	assert_int_equal(welch_anova(&welch, example->y, example->first, example->groups), REFUSAL_NONE);
	assert_close(welch.statistic, example->statistic, 1e-11);
	assert_close(welch.df, example->df, 0);
	assert_close(welch.df2, example->df2, 1e-11);
	assert_close(welch.p, example->p, 1e-10);
}

struct simon_lesage {
	const char *name;
	size_t repeats;
	double leading, tolerance;
};

/* NIST StRD SmLs01 to 09 (Simon and Lesage): 9 groups around `leading` + 1.4, the first at it, the others 0.1 below and
 * above in turn; in each group the first value at its middle, the others 0.1 below and above in turn. The classic F is
 * `repeats`, as certified; all variances are 0.01, so Welch's is F/(1 + 56/(45(repeats - 1))) with 3.75(repeats - 1)
 * df. */
static const struct simon_lesage simon_lesage[] = {
	{ "SmLs01", 21, 0, 1e-12 },   { "SmLs02", 201, 0, 1e-12 },   { "SmLs03", 2001, 0, 1e-12 },
	{ "SmLs04", 21, 1e6, 1e-9 },  { "SmLs05", 201, 1e6, 1e-9 },  { "SmLs06", 2001, 1e6, 1e-9 },
	{ "SmLs07", 21, 1e12, 3e-4 }, { "SmLs08", 201, 1e12, 3e-4 }, { "SmLs09", 2001, 1e12, 3e-4 },
};

static double turn(size_t i)
{
	return i == 0 ? 0 : i % 2 ? -1 : 1;
}

static void leading_digits_take_nothing_from_the_test(void **state)
{
	const struct simon_lesage *set = *state;
	enum { GROUPS = 9 };
	double *y = mem_alloc(GROUPS * set->repeats, sizeof *y);
	size_t first[GROUPS + 1];
	for (size_t j = 0; j <= GROUPS; j++)
		first[j] = j * set->repeats;
	for (size_t j = 0; j < GROUPS; j++)
		for (size_t i = 0; i < set->repeats; i++) {
			char decimal[40]; /* as NIST's file has it: the decimal number, rounded once */
			snprintf(decimal, sizeof decimal, "%.0f.%d", set->leading + 1, (int)(4 + turn(j) + turn(i)));
			y[first[j] + i] = strtod(decimal, NULL);
		}
	struct welch welch = { 0 };
	double within = (double)(set->repeats - 1);
	assert_int_equal(welch_anova(&welch, y, first, GROUPS), REFUSAL_NONE);
	assert_close(welch.statistic, (double)set->repeats / (1 + 56 / (45 * within)), set->tolerance);
	assert_close(welch.df2, 3.75 * within, set->tolerance);
	assert_close(welch.df, 8, 0);
	free(y);
}

/* With two groups Welch's F is the square of his t. R: t.test(c(1, 2, 4), c(3, 7, 8, 9))$statistic^2, $parameter,
 * $p.value */
static void two_groups_give_welchs_t(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 4, 3, 7, 8, 9 };
	const size_t first[] = { 0, 3, 7 };
	struct welch welch = { 0 };
	assert_int_equal(welch_anova(&welch, y, first, 2), REFUSAL_NONE);
	assert_close(welch.statistic, 7.7811634349030436, 1e-13);
	assert_close(welch.df2, 4.8376331712387248, 1e-13);
	assert_close(welch.p, 0.039892407013476586, 1e-12);
}

static void groups_without_spread_are_refused(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 3, 3, 3, 5 };
	const size_t single[] = { 0, 2, 3 }, flat[] = { 0, 2, 5 }, empty[] = { 0, 2, 2 };
	struct welch welch = { 0 };
	assert_int_equal(welch_anova(&welch, y, single, 1), REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(welch_anova(&welch, y, single, 0), REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(welch_anova(&welch, y, single, 2), REFUSAL_N_BELOW_2);
	assert_int_equal(welch_anova(&welch, y, empty, 2), REFUSAL_N_BELOW_2);
	assert_int_equal(welch_anova(&welch, y, flat, 2), REFUSAL_ZERO_VARIANCE);
}

int main(void)
{
	enum { OTHERS = 2, SETS = COUNT(simon_lesage) };
	struct CMUnitTest tests[OTHERS + SETS + COUNT(examples)] = {
		cmocka_unit_test(two_groups_give_welchs_t),
		cmocka_unit_test(groups_without_spread_are_refused),
	};
	for (size_t i = 0; i < SETS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = simon_lesage[i].name,
							 .test_func = leading_digits_take_nothing_from_the_test,
							 .initial_state = (void *)&simon_lesage[i] };
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[OTHERS + SETS + i] = (struct CMUnitTest){ .name = examples[i].name,
								.test_func = tests_agree_with_r,
								.initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
