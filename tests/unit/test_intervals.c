#include "testing.h"

#include "statistics/proportion.h"

struct plain {
	const char *name;
	enum proportion_method method;
	size_t x, n;
	double level, low, high;
};

/* R 4.2.2: see tests/oracle/intervals.R */
static const struct plain plain_examples[] = {
#include "../oracle/intervals_plain.inc"
};

struct designed {
	const char *name;
	enum proportion_method method;
	size_t units;
	const double *y, *w;
	const size_t *stratum, *cluster;
	size_t strata, clusters;
	const bool *part;
	double level, p, df, low, high;
};

/* R 4.2.2, survey 4.1-1: see tests/oracle/intervals.R */
static const struct designed designed_examples[] = {
#include "../oracle/intervals_design.inc"
};

static void plain_intervals_agree_with_r(void **state)
{
	const struct plain *example = *state;
	struct proportion share = { 0 };
	assert_int_equal(proportion_interval(&share, example->x, example->n, example->level, example->method),
	                 REFUSAL_NONE);
	assert_close(share.p, (double)example->x / (double)example->n, 1e-15);
	assert_close(share.low, example->low, 1e-11);
	assert_close(share.high, example->high, 1e-11);
}

/* The members of the domain, and their values in this order. */
struct domain {
	size_t *member;
	double *y;
	size_t n;
};

static struct domain domain_of(const struct designed *example)
{
	struct domain domain = { .member = mem_alloc(example->units, sizeof *domain.member),
		                 .y = mem_alloc(example->units, sizeof *domain.y) };
	for (size_t i = 0; i < example->units; i++)
		if (example->part[i]) {
			domain.y[domain.n] = example->y[i];
			domain.member[domain.n++] = i;
		}
	return domain;
}

static void intervals_by_design_agree_with_r(void **state)
{
	const struct designed *example = *state;
	struct domain domain = domain_of(example);
	const struct survey_design design = { .units = example->units,
		                              .weight = example->w,
		                              .stratum = example->stratum,
		                              .cluster = example->cluster,
		                              .strata = example->strata,
		                              .clusters = example->clusters };
	struct survey_proportion share = { 0 };
	assert_int_equal(survey_proportion_interval(&share, &design, domain.y, domain.member, domain.n, example->level,
	                                            example->method),
	                 REFUSAL_NONE);
	assert_close(share.p, example->p, 1e-13);
	assert_close(share.df, example->df, 0);
	assert_close(share.low, example->low, 1e-10);
	assert_close(share.high, example->high, 1e-10);
	free(domain.member);
	free(domain.y);
}

/* Clopper and Pearson's holds the level at every p, and so is never within Jeffreys'; each is the mirror of that of
 * n - x. */
static void intervals_keep_to_0_and_1(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 40; n++)
		for (size_t x = 0; x <= n; x++) {
			struct proportion exact = { 0 }, jeffreys = { 0 }, mirror = { 0 };
			assert_int_equal(proportion_interval(&exact, x, n, 95, PROPORTION_CLOPPER_PEARSON), 0);
			assert_int_equal(proportion_interval(&jeffreys, x, n, 95, PROPORTION_JEFFREYS), 0);
			assert_int_equal(proportion_interval(&mirror, n - x, n, 95, PROPORTION_JEFFREYS), 0);
			assert_true(exact.low <= jeffreys.low && jeffreys.high <= exact.high);
			assert_true((jeffreys.low == 0) == (x == 0) && (jeffreys.high == 1) == (x == n));
			assert_true((exact.low == 0) == (x == 0) && (exact.high == 1) == (x == n));
			assert_close(jeffreys.low, 1 - mirror.high, 1e-12);
		}
}

static void logit_is_refused_at_0_and_n(void **state)
{
	(void)state;
	struct proportion share = { 0 };
	struct survey_proportion weighted = { 0 };
	const double none[] = { 0, 0, 0 }, all[] = { 1, 1, 1 }, weight[] = { 1, 2, 3 };
	const size_t member[] = { 0, 1, 2 };
	const struct survey_design design = { .units = 3, .weight = weight, .strata = 1, .clusters = 3 };
	assert_int_equal(proportion_interval(&share, 0, 12, 95, PROPORTION_LOGIT), REFUSAL_COUNT_ZERO);
	assert_int_equal(proportion_interval(&share, 12, 12, 95, PROPORTION_LOGIT), REFUSAL_COUNT_ZERO);
	assert_int_equal(proportion_interval(&share, 0, 0, 95, PROPORTION_LOGIT), REFUSAL_BASE_EMPTY);
	assert_int_equal(survey_proportion_interval(&weighted, &design, none, member, 3, 95, PROPORTION_LOGIT),
	                 REFUSAL_COUNT_ZERO);
	assert_int_equal(survey_proportion_interval(&weighted, &design, all, member, 3, 95, PROPORTION_LOGIT),
	                 REFUSAL_COUNT_ZERO);
}

/* Without a variance every other method falls back to the exact interval of Kish's n, and says so. */
static void there_is_an_exact_interval_at_0(void **state)
{
	(void)state;
	const double none[] = { 0, 0, 0 }, weight[] = { 2, 2, 2 };
	const size_t member[] = { 0, 1, 2 };
	const struct survey_design design = { .units = 3, .weight = weight, .strata = 1, .clusters = 3 };
	for (int method = 0; method < PROPORTION_LOGIT; method++) {
		struct survey_proportion share = { 0 };
		assert_int_equal(survey_proportion_interval(&share, &design, none, member, 3, 95,
		                                            (enum proportion_method)method),
		                 REFUSAL_NONE);
		assert_true(share.exact && share.low == 0);
		assert_close(share.high, 0.70759822617871, 1e-13); /* R: binom.test(0, 3)$conf.int[2] */
	}
}

/* A unit without weight neither counts nor corrects the degrees of freedom. */
static void units_of_weight_0_change_nothing(void **state)
{
	(void)state;
	const double y[] = { 1, 0, 1, 1, 0, 1 }, weight[] = { 1, 2, 3, 2, 1, 0 };
	const size_t member[] = { 0, 1, 2, 3, 4, 5 };
	const struct survey_design with = { .units = 6, .weight = weight, .strata = 1, .clusters = 6 };
	struct survey_proportion six = { 0 }, five = { 0 };
	assert_int_equal(survey_proportion_interval(&six, &with, y, member, 6, 95, PROPORTION_CLOPPER_PEARSON), 0);
	assert_int_equal(survey_proportion_interval(&five, &with, y, member, 5, 95, PROPORTION_CLOPPER_PEARSON), 0);
	assert_close(six.low, five.low, 1e-13);
	assert_close(six.high, five.high, 1e-13);
}

int main(void)
{
	enum { OTHERS = 4, PLAIN = COUNT(plain_examples), DESIGNED = COUNT(designed_examples) };
	struct CMUnitTest tests[OTHERS + PLAIN + DESIGNED] = {
		cmocka_unit_test(intervals_keep_to_0_and_1),
		cmocka_unit_test(logit_is_refused_at_0_and_n),
		cmocka_unit_test(there_is_an_exact_interval_at_0),
		cmocka_unit_test(units_of_weight_0_change_nothing),
	};
	for (size_t i = 0; i < PLAIN; i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = plain_examples[i].name,
			                                 .test_func = plain_intervals_agree_with_r,
			                                 .initial_state = (void *)&plain_examples[i] };
	for (size_t i = 0; i < DESIGNED; i++)
		tests[OTHERS + PLAIN + i] = (struct CMUnitTest){ .name = designed_examples[i].name,
			                                         .test_func = intervals_by_design_agree_with_r,
			                                         .initial_state = (void *)&designed_examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
