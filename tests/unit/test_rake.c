/* Weights that make a sample add up: against R, and where they cannot. */
#include "testing.h"

#include <math.h>

#include "statistics/rake.h"
#include "mem.h"

/* R 4.2.2, survey 4.1-1: see tests/oracle/weights.R. R's rake ends where no cell of the table moves by 1e-13 of the
 * total. */
static const struct example {
	const char *name;
	size_t rows;
	const double *start, *weight;
	const struct rake_margin *margins;
	size_t margin_count;
} examples[] = {
#include "../oracle/weights_rake.inc"
};

static const struct kish {
	const char *name;
	const double *weight;
	size_t rows;
	double kish;
} kishes[] = {
#include "../oracle/weights_kish.inc"
};

static double *copy(const double *weights, size_t rows)
{
	double *copied = mem_alloc(rows, sizeof *copied);
	for (size_t i = 0; i < rows; i++)
		copied[i] = weights[i];
	return copied;
}

static void weights_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct rake_report report = { 0 };
	double *weights = copy(example->start, example->rows);
	rake(&report, weights, example->rows, example->margins, example->margin_count);
	assert_true(report.done);
	assert_true(report.largest_error < 1e-10);
	for (size_t i = 0; i < example->rows; i++)
		assert_close(weights[i], example->weight[i], 1e-9);
	free(weights);
}

static void unequal_weights_have_kishs_design_effect(void **state)
{
	const struct kish *kish = *state;
	assert_close(rake_kish(kish->weight, kish->rows), kish->kish, 1e-13);
}

static void one_margin_takes_one_round(void **state)
{
	(void)state;
	const size_t cell[] = { 0, 0, 0, 1 };
	const double population[] = { 30, 70 };
	const struct rake_margin margin = { cell, population, 2 };
	double weights[] = { 1, 1, 1, 1 };
	struct rake_report report = { 0 };
	rake(&report, weights, 4, &margin, 1);
	assert_int_equal(report.rounds, 1);
	assert_close(weights[0], 10, 1e-15);
	assert_close(weights[3], 70, 1e-15);
}

/* Everybody young is in the north, nobody old is: 60 young cannot be 40 northerners. */
static void margins_that_contradict_each_other_are_never_done(void **state)
{
	(void)state;
	const size_t north[] = { 0, 0, 1, 1 }, young[] = { 0, 0, 1, 1 };
	const double by_north[] = { 40, 60 }, by_young[] = { 60, 40 };
	const struct rake_margin margins[] = { { north, by_north, 2 }, { young, by_young, 2 } };
	double weights[] = { 1, 1, 1, 1 };
	struct rake_report report = { 0 };
	rake(&report, weights, 4, margins, 2);
	assert_false(report.done);
	assert_close(report.largest_error, 0.5, 1e-12);
}

/* Two margins that say nearly the same take 1,899 rounds. The first weight is a where a(a - 1) = 250000 (501 - a)(500 - a):
 * raking leaves the odds ratio as it was. */
static void margins_that_are_nearly_one_are_met_though_slowly(void **state)
{
	(void)state;
	const size_t north[] = { 0, 0, 1, 1 }, young[] = { 0, 1, 0, 1 };
	const double by_north[] = { 501, 499 }, by_young[] = { 500, 500 };
	const struct rake_margin margins[] = { { north, by_north, 2 }, { young, by_young, 2 } };
	double weights[] = { 500, 1, 1, 500 };
	struct rake_report report = { 0 };
	rake(&report, weights, 4, margins, 2);
	assert_true(report.done);
	assert_close(weights[0], 499.38396244152563, 1e-9);
	assert_close(weights[1], 1.6160375584743688, 1e-6);
}

/* Six rows, 60 people: the mean weight is 10. Untrimmed, the row of the starting weight 4 gets 30 x 4/6 = 20. At 1.5
 * times the mean it gets 15, and the two beside it share the other 15. */
static void a_trimmed_weight_is_cut_and_its_neighbours_make_up_for_it(void **state)
{
	(void)state;
	const size_t cell[] = { 0, 0, 0, 1, 1, 1 };
	const double population[] = { 30, 30 };
	const struct rake_margin margin = { cell, population, 2 };
	double weights[] = { 4, 1, 1, 1, 1, 1 };
	struct rake_report report = { 0 };
	rake_trimmed(&report, weights, 6, &margin, 1, 1.5);
	assert_true(report.done);
	assert_int_equal(report.trimmed, 1);
	assert_close(weights[0], 15, 2e-6);
	assert_close(weights[1], 7.5, 2e-6);
	assert_close(weights[0] + weights[1] + weights[2], 30, 1e-10);
	assert_close(weights[3], 10, 1e-12);
}

static void a_trim_that_nobody_exceeds_changes_nothing(void **state)
{
	const struct example *example = *state;
	struct rake_report report = { 0 };
	double *weights = copy(example->start, example->rows);
	rake_trimmed(&report, weights, example->rows, example->margins, example->margin_count, 50);
	assert_true(report.done);
	assert_int_equal(report.trimmed, 0);
	for (size_t i = 0; i < example->rows; i++)
		assert_close(weights[i], example->weight[i], 1e-9);
	free(weights);
}

/* Two rows of mean 10 cannot make up 40 with at most 15 each. */
static void a_trim_that_cannot_be_kept_is_never_done(void **state)
{
	(void)state;
	const size_t cell[] = { 0, 0, 1, 1 };
	const double population[] = { 34, 6 };
	const struct rake_margin margin = { cell, population, 2 };
	double weights[] = { 1, 1, 1, 1 };
	struct rake_report report = { 0 };
	rake_trimmed(&report, weights, 4, &margin, 1, 1.5);
	assert_false(report.done);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + COUNT(kishes) + 7];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
			                              .test_func = weights_agree_with_r,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(kishes); i++)
		tests[count++] = (struct CMUnitTest){ .name = kishes[i].name,
			                              .test_func = unequal_weights_have_kishs_design_effect,
			                              .initial_state = (void *)&kishes[i] };
	const struct CMUnitTest others[] = {
		cmocka_unit_test(one_margin_takes_one_round),
		cmocka_unit_test(margins_that_contradict_each_other_are_never_done),
		cmocka_unit_test(margins_that_are_nearly_one_are_met_though_slowly),
		cmocka_unit_test(a_trimmed_weight_is_cut_and_its_neighbours_make_up_for_it),
		cmocka_unit_test(a_trim_that_cannot_be_kept_is_never_done),
		{ .name = "a_trim_that_nobody_exceeds_changes_nothing",
		  .test_func = a_trim_that_nobody_exceeds_changes_nothing,
		  .initial_state = (void *)&examples[3] },
	};
	for (size_t i = 0; i < COUNT(others); i++)
		tests[count++] = others[i];
	return _cmocka_run_group_tests("rake", tests, count, NULL, NULL);
}
