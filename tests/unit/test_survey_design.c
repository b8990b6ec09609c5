/* The variance of a weighted mean under a sampling design: against R, and what is refused. */
#include "testing.h"

#include <math.h>

#include "statistics/proportion.h"
#include "statistics/survey_mean.h"
#include "mem.h"

/* R 4.2.2, survey 4.1-1: see tests/oracle/weights.R */
static const struct example {
	const char *name;
	struct survey_design design;
	const double *y;
	const size_t *member;
	size_t n;
	double level, mean, se, df, n_kish, low, high;
} examples[] = {
#include "../oracle/weights_survey_mean.inc"
};

static void designed_means_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct survey_mean mean = { 0 };
	assert_int_equal(survey_mean(&mean, &example->design, example->y, example->member, example->n, example->level),
	                 REFUSAL_NONE);
	assert_close(mean.mean, example->mean, 1e-11);
	assert_close(mean.se, example->se, 1e-8);
	assert_close(mean.df, example->df, 0);
	assert_close(mean.n_kish, example->n_kish, 1e-10);
	assert_close(mean.low, example->low, 1e-8);
	assert_close(mean.high, example->high, 1e-8);
}

static const double y[] = { 3, 1, 4, 1, 5, 9 };
static const size_t all[] = { 0, 1, 2, 3, 4, 5 }, lonely_stratum[] = { 0, 0, 0, 0, 0, 1 },
		    pairs[] = { 0, 0, 1, 1, 2, 2 }, alone[] = { 0, 1, 2, 3, 4, 5 }, one[] = { 0, 0, 0, 0, 0, 0 };

static void a_stratum_of_one_cluster_is_refused_unless_the_design_says_what_it_does(void **state)
{
	(void)state;
	struct survey_mean mean = { 0 };
	struct survey_design design = { .units = 6, .stratum = lonely_stratum, .strata = 2, .clusters = 6 };
	assert_int_equal(survey_mean(&mean, &design, y, all, 6, 95), REFUSAL_LONELY_CLUSTER);
	design.lonely = SURVEY_LONELY_REMOVE;
	assert_int_equal(survey_mean(&mean, &design, y, all, 6, 95), REFUSAL_NONE);
}

/* Five of the six are in the other stratum: what is unknown of the sixth's is nothing to them. */
static void a_lonely_cluster_outside_the_domain_refuses_nothing(void **state)
{
	(void)state;
	struct survey_mean mean = { 0 };
	struct survey_design design = { .units = 6, .stratum = lonely_stratum, .strata = 2, .clusters = 6 };
	assert_int_equal(survey_mean(&mean, &design, y, all, 5, 95), REFUSAL_NONE);
}

static void an_area_of_one_cluster_has_no_interval_and_no_standard_error_of_0(void **state)
{
	(void)state;
	struct survey_mean mean = { 0 };
	struct survey_design design = { .units = 6, .cluster = pairs, .strata = 1, .clusters = 3 };
	assert_int_equal(survey_mean(&mean, &design, y, all, 2, 95), REFUSAL_NO_DESIGN_DF);
	struct survey_design each = { .units = 6, .stratum = alone, .strata = 6, .clusters = 6 };
	assert_int_equal(survey_mean(&mean, &each, y, all, 6, 95), REFUSAL_NO_DESIGN_DF);
}

static void a_mean_of_everybody_there_is_has_no_sampling_error(void **state)
{
	(void)state;
	const double population[] = { 6 };
	struct survey_mean mean = { 0 };
	struct survey_proportion share = { 0 };
	struct survey_design design = { .units = 6, .strata = 1, .clusters = 6, .population = population };
	assert_int_equal(survey_mean(&mean, &design, y, all, 6, 95), REFUSAL_NO_DESIGN_VARIANCE);
	const double yes[] = { 1, 0, 1, 0, 1, 1 };
	assert_int_equal(survey_proportion(&share, &design, yes, all, 6, 95), REFUSAL_NO_DESIGN_VARIANCE);
}

/* The mean of a variable that is a margin is the population's, whatever sample was drawn. */
static void a_mean_that_the_margins_fix_has_no_sampling_error(void **state)
{
	(void)state;
	const double fixed[] = { 0, 0, 0, 0, 0, 1 }, weight[] = { 2, 2, 2, 2, 2, 30 }, start[] = { 1, 1, 1, 1, 1, 1 };
	const struct survey_margin margin = { lonely_stratum, 2 };
	struct survey_mean mean = { 0 };
	struct survey_design design = { .units = 6,
		                        .weight = weight,
		                        .strata = 1,
		                        .clusters = 6,
		                        .margins = &margin,
		                        .margin_count = 1,
		                        .start = start };
	assert_int_equal(survey_mean(&mean, &design, fixed, all, 6, 95), REFUSAL_NO_DESIGN_VARIANCE);
	assert_close(mean.mean, 0.75, 1e-15);
}

/* f = 6/24 of the population are asked: the variance is 3/4 of what it would be. */
static void a_finite_population_narrows_the_interval(void **state)
{
	(void)state;
	const double population[] = { 24 };
	struct survey_mean endless = { 0 }, finite = { 0 };
	struct survey_design design = { .units = 6, .stratum = one, .strata = 1, .clusters = 6 };
	assert_int_equal(survey_mean(&endless, &design, y, all, 6, 95), REFUSAL_NONE);
	design.population = population;
	assert_int_equal(survey_mean(&finite, &design, y, all, 6, 95), REFUSAL_NONE);
	assert_close(finite.variance / endless.variance, 0.75, 1e-14);
}

/* A unit without a weight is not of the sample: neither of the strata nor of what is counted in them. */
static void a_unit_without_a_weight_is_no_cluster_of_the_sample(void **state)
{
	(void)state;
	const double weight[] = { 1, 2, 1, 2, 1, NAN }, shorter[] = { 1, 2, 1, 2, 1 };
	struct survey_mean with = { 0 }, without = { 0 };
	struct survey_design six = { .units = 6, .weight = weight, .strata = 1, .clusters = 6 };
	struct survey_design five = { .units = 5, .weight = shorter, .strata = 1, .clusters = 5 };
	assert_int_equal(survey_mean(&with, &six, y, all, 4, 95), REFUSAL_NONE);
	assert_int_equal(survey_mean(&without, &five, y, all, 4, 95), REFUSAL_NONE);
	assert_close(with.variance, without.variance, 1e-15);
	assert_int_equal(survey_mean(&with, &six, y, all, 6, 95), REFUSAL_WEIGHTS_MISSING);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 7];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
			                        .test_func = designed_means_agree_with_r,
			                        .initial_state = (void *)&examples[i] };
	const struct CMUnitTest others[] = {
		cmocka_unit_test(a_stratum_of_one_cluster_is_refused_unless_the_design_says_what_it_does),
		cmocka_unit_test(a_lonely_cluster_outside_the_domain_refuses_nothing),
		cmocka_unit_test(an_area_of_one_cluster_has_no_interval_and_no_standard_error_of_0),
		cmocka_unit_test(a_mean_of_everybody_there_is_has_no_sampling_error),
		cmocka_unit_test(a_mean_that_the_margins_fix_has_no_sampling_error),
		cmocka_unit_test(a_finite_population_narrows_the_interval),
		cmocka_unit_test(a_unit_without_a_weight_is_no_cluster_of_the_sample),
	};
	for (size_t i = 0; i < COUNT(others); i++)
		tests[COUNT(examples) + i] = others[i];
	return _cmocka_run_group_tests("survey_design", tests, COUNT(tests), NULL, NULL);
}
