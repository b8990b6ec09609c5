/* Tests and contrasts of a sample with a design: against R, by what must hold of any, and what they refuse. */
#include "testing.h"

#include "gsl.h"
#include "statistics/rao_scott.h"
#include "statistics/survey_mean.h"
#include "statistics/survey_rank.h"
#include "statistics/survey_wald.h"

#include "../oracle/survey_tests_designs.inc"

/* Free with free(). */
static double *values_of(const double *all, const size_t *member, size_t n)
{
	double *values = mem_alloc(n, sizeof *values);
	for (size_t i = 0; i < n; i++)
		values[i] = all[member[i]];
	return values;
}

/* --- tables --- */

struct table_example {
	const char *name;
	const struct survey_design *design;
	const size_t *row, *column, *member; /* member NULL: everybody */
	size_t rows, columns, n;
	double statistic, df, df2, p, pearson, first_order_p, first_order_df, v, least_expected;
};

static const struct table_example tables[] = {
#include "../oracle/survey_tests_tables.inc"
};

static enum refusal test_table(struct rao_scott *test, const struct table_example *example)
{
	size_t *member = mem_alloc(example->n, sizeof *member), *row = mem_alloc(example->n, sizeof *row),
	       *column = mem_alloc(example->n, sizeof *column);
	for (size_t i = 0; i < example->n; i++) {
		member[i] = example->member ? example->member[i] : i;
		row[i] = example->row[member[i]];
		column[i] = example->column[member[i]];
	}
	enum refusal refusal =
		rao_scott(test, example->design, row, column, example->rows, example->columns, member, example->n);
	free(member);
	free(row);
	free(column);
	return refusal;
}

static void tables_agree_with_r(void **state)
{
	const struct table_example *example = *state;
	struct rao_scott test = { 0 };
	double p = 0;
	enum refusal refusal = test_table(&test, example);
	assert_close(test.least_expected, example->least_expected, 1e-11);
	if (example->least_expected < 1) { /* Cochran's rule, which R leaves to its reader */
		assert_int_equal(refusal, REFUSAL_EXPECTED_BELOW_1);
		return;
	}
	assert_int_equal(refusal, REFUSAL_NONE);
	assert_close(test.statistic, example->statistic, 1e-9);
	assert_close(test.df, example->df, 1e-9);
	assert_close(test.df2, example->df2, 1e-9);
	assert_close(test.p, example->p, 1e-8);
	assert_close(test.pearson, example->pearson, 1e-11);
	assert_close(test.v, example->v, 1e-11);
	assert_true(gsl_checked_chi_square_tail(&p, test.pearson / test.deff, example->first_order_df));
	assert_close(p, example->first_order_p, 1e-8);
}

/* --- means, ranks --- */

struct group_example {
	const char *name;
	const struct survey_design *design;
	const double *y;
	const size_t *member, *first;
	size_t domains;
	double wald, design_df, statistic, df, df2, p;
};

static const struct group_example means[] = {
#include "../oracle/survey_tests_means.inc"
};
static const struct group_example ranks[] = {
#include "../oracle/survey_tests_ranks.inc"
};

static void check_wald(const struct survey_wald *test, const struct group_example *example)
{
	assert_close(test->wald, example->wald, 1e-8);
	assert_close(test->design_df, example->design_df, 0);
	assert_close(test->statistic, example->statistic, 1e-8);
	assert_close(test->df, example->df, 0);
	assert_close(test->df2, example->df2, 0);
	assert_close(test->p, example->p, 1e-7); /* of a p of 1e-20, its W to 1e-9 makes some 1e-8 */
}

static void means_agree_with_r(void **state)
{
	const struct group_example *example = *state;
	double *y = values_of(example->y, example->member, example->first[example->domains]);
	struct survey_wald test = { 0 };
	assert_int_equal(survey_wald(&test, example->design, y, example->member, example->first, example->domains),
	                 REFUSAL_NONE);
	check_wald(&test, example);
	free(y);
}

static void ranks_agree_with_r(void **state)
{
	const struct group_example *example = *state;
	double *y = values_of(example->y, example->member, example->first[example->domains]);
	struct survey_wald test = { 0 };
	assert_int_equal(survey_rank_test(&test, example->design, y, example->member, example->first, example->domains),
	                 REFUSAL_NONE);
	check_wald(&test, example);
	free(y);
}

/* --- contrasts --- */

struct contrast_example {
	const char *name;
	const struct survey_design *design;
	const double *y;
	const size_t *member, *first;
	size_t domains;
	enum survey_scale scale;
	double level, value, se, df, statistic, p, low, high;
};

static const struct contrast_example contrasts[] = {
#include "../oracle/survey_tests_contrasts.inc"
};
static const struct contrast_example superiorities[] = {
#include "../oracle/survey_tests_superiority.inc"
};

static void check_contrast(const struct survey_contrast *contrast, const struct contrast_example *example)
{
	assert_close(contrast->value, example->value, 1e-9);
	assert_close(contrast->se, example->se, 1e-9);
	assert_close(contrast->df, example->df, 0);
	assert_close(contrast->statistic, example->statistic, 1e-8);
	assert_close(contrast->p, example->p, 1e-8);
	assert_close(contrast->low, example->low, 1e-8);
	assert_close(contrast->high, example->high, 1e-8);
}

static void contrasts_agree_with_r(void **state)
{
	const struct contrast_example *example = *state;
	size_t n1 = example->first[1], n2 = example->first[2] - n1;
	double *y = values_of(example->y, example->member, n1 + n2);
	struct survey_contrast contrast = { 0 };
	assert_int_equal(
		survey_contrast(&contrast, example->design, y, example->member, n1, n2, example->scale, example->level),
		REFUSAL_NONE);
	check_contrast(&contrast, example);
	free(y);
}

static void superiorities_agree_with_r(void **state)
{
	const struct contrast_example *example = *state;
	size_t n1 = example->first[1], n2 = example->first[2] - n1;
	double *y = values_of(example->y, example->member, n1 + n2);
	struct survey_contrast superiority = { 0 };
	assert_int_equal(survey_superiority(&superiority, example->design, y, example->member, n1, n2, example->level),
	                 REFUSAL_NONE);
	check_contrast(&superiority, example);
	free(y);
}

/* --- what must hold of any --- */

static const double six[] = { 1, 2, 4, 2, 6, 9 }, six_weights[] = { 1, 3, 2, 1, 1, 2 };
static const size_t six_members[] = { 0, 1, 2, 3, 4, 5 }, six_halves[] = { 0, 3, 6 };
static const struct survey_design one_by_one = { .units = 6, .weight = six_weights, .strata = 1, .clusters = 6 };

/* Two domains: F of the test is the square of the contrast's t, and its p the same. */
static void two_domains_give_one_p(void **state)
{
	(void)state;
	struct survey_wald test = { 0 };
	struct survey_contrast contrast = { 0 };
	assert_int_equal(survey_wald(&test, &one_by_one, six, six_members, six_halves, 2), REFUSAL_NONE);
	assert_int_equal(survey_contrast(&contrast, &one_by_one, six, six_members, 3, 3, SURVEY_DIFFERENCE, 95),
	                 REFUSAL_NONE);
	assert_close(test.statistic, contrast.statistic * contrast.statistic, 1e-13);
	assert_close(test.df2, contrast.df, 0);
	assert_close(test.p, contrast.p, 1e-12);
	assert_close(contrast.value, (1 + 6 + 8) / 6.0 - (2 + 6 + 18) / 4.0, 1e-14);
}

/* Who is not there comes first: everybody of the first domain gave the same answer, and nobody is in the second. */
static void nobody_is_no_spread(void **state)
{
	(void)state;
	static const double all[] = { 1, 1, 1 };
	struct survey_contrast contrast = { 0 };
	static const enum survey_scale scales[] = { SURVEY_DIFFERENCE, SURVEY_ODDS, SURVEY_RATIO };
	for (size_t i = 0; i < COUNT(scales); i++) {
		assert_int_equal(survey_contrast(&contrast, &one_by_one, all, six_members, 3, 0, scales[i], 95),
		                 REFUSAL_BASE_EMPTY);
		assert_int_equal(survey_contrast(&contrast, &one_by_one, all, six_members, 0, 3, scales[i], 95),
		                 REFUSAL_BASE_EMPTY);
	}
}

/* By hand: below 2 lies the weight 1 of 10, and at 2 the weights 3 and 1. */
static void a_tie_has_one_score(void **state)
{
	(void)state;
	double score[6];
	survey_ranks(score, &one_by_one, six, six_members, 6);
	const double expected[] = { .05, .3, .6, .3, .75, .9 };
	for (size_t i = 0; i < 6; i++)
		assert_close(score[i], expected[i], 1e-14);
}

/* P - 1/2 is the difference of the mean scores. By hand: of 6 x 4 pairs by weight, 1 x 0 + 3 x .5 x 1 + 2 x 1 win. */
static void superiority_is_the_difference_of_the_scores(void **state)
{
	(void)state;
	struct survey_contrast superiority = { 0 };
	double score[6];
	assert_int_equal(survey_superiority(&superiority, &one_by_one, six, six_members, 3, 3, 95), REFUSAL_NONE);
	assert_close(superiority.value, (1.5 + 2) / 24, 1e-13);
	survey_ranks(score, &one_by_one, six, six_members, 6);
	double first = (1 * score[0] + 3 * score[1] + 2 * score[2]) / 6,
	       second = (score[3] + score[4] + 2 * score[5]) / 4;
	assert_close(superiority.value - 0.5, first - second, 1e-13);
	assert_true(superiority.low > 0 && superiority.low < superiority.value && superiority.high > superiority.value);
}

/* A cluster that reaches into both domains moves both means the same way: their difference has less error than it would
 * have from two independent intervals. */
static void shared_clusters_count_once(void **state)
{
	(void)state;
	const double y[] = { 1, 5, 9, 2, 6, 10.5 };
	const size_t cluster[] = { 0, 1, 2, 0, 1, 2 };
	const struct survey_design design = { .units = 6, .cluster = cluster, .strata = 1, .clusters = 3 };
	struct survey_contrast contrast = { 0 };
	struct survey_mean first = { 0 }, second = { 0 };
	assert_int_equal(survey_contrast(&contrast, &design, y, six_members, 3, 3, SURVEY_DIFFERENCE, 95),
	                 REFUSAL_NONE);
	assert_int_equal(survey_mean(&first, &design, y, six_members, 3, 95), REFUSAL_NONE);
	assert_int_equal(survey_mean(&second, &design, y + 3, six_members + 3, 3, 95), REFUSAL_NONE);
	assert_true(contrast.se < sqrt(first.variance + second.variance) / 10);
	assert_true(contrast.df == 2);
}

/* --- what is refused --- */

static enum refusal wald(const struct survey_design *design, const double *y, const size_t *first, size_t domains)
{
	struct survey_wald test = { 0 };
	return survey_wald(&test, design, y, six_members, first, domains);
}

static enum refusal contrast(const struct survey_design *design, const double *y, enum survey_scale scale)
{
	struct survey_contrast found = { 0 };
	return survey_contrast(&found, design, y, six_members, 3, 3, scale, 95);
}

static void means_are_refused(void **state)
{
	(void)state;
	const double flat[] = { 1, 1, 1, 2, 6, 9 }, negative[] = { 1, 1, -1, 1, 1, 1 },
		     missing[] = { 1, NAN, 1, 1, 1, 1 };
	const size_t alone[] = { 0, 0, 0, 1, 2, 3 }, pairs[] = { 0, 2, 4, 6 }, one[] = { 0, 1, 6 },
		     shared[] = { 0, 1, 0, 1, 0, 1 };
	const struct survey_design in_one = { .units = 6, .cluster = alone, .strata = 1, .clusters = 4 },
				   two = { .units = 6, .cluster = shared, .strata = 1, .clusters = 2 };
	struct survey_design weighted = { .units = 6, .strata = 1, .clusters = 6 };
	assert_int_equal(wald(&one_by_one, six, six_halves, 1), REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(wald(&one_by_one, flat, six_halves, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(wald(&one_by_one, six, one, 2), REFUSAL_N_BELOW_2);
	assert_int_equal(wald(&in_one, six, six_halves, 2), REFUSAL_NO_DESIGN_DF);
	assert_int_equal(wald(&two, six, pairs, 3), REFUSAL_NO_DESIGN_DF); /* 1 degree of freedom for 2 contrasts */
	weighted.weight = negative;
	assert_int_equal(wald(&weighted, six, six_halves, 2), REFUSAL_WEIGHTS_NEGATIVE);
	weighted.weight = missing;
	assert_int_equal(wald(&weighted, six, six_halves, 2), REFUSAL_WEIGHTS_MISSING);
	assert_int_equal(contrast(&one_by_one, flat, SURVEY_DIFFERENCE), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(contrast(&in_one, six, SURVEY_DIFFERENCE), REFUSAL_NO_DESIGN_DF);
}

/* Both domains move alike in every cluster: no error is left of their difference, and the means follow from one
 * another. */
static void means_that_follow_from_others_are_refused(void **state)
{
	(void)state;
	const double y[] = { 1, 5, 9, 2, 6, 10 };
	const size_t cluster[] = { 0, 1, 2, 0, 1, 2 };
	const struct survey_design design = { .units = 6, .cluster = cluster, .strata = 1, .clusters = 3 };
	assert_int_equal(wald(&design, y, six_halves, 2), REFUSAL_SINGULAR);
	assert_int_equal(contrast(&design, y, SURVEY_DIFFERENCE), REFUSAL_NO_DESIGN_VARIANCE);
}

static void a_lonely_stratum_is_refused(void **state)
{
	(void)state;
	const size_t stratum[] = { 0, 1, 1, 1, 1, 1 }, pair[] = { 0, 1, 0, 1, 0, 1 };
	const struct survey_design lonely = { .units = 6, .stratum = stratum, .strata = 2, .clusters = 6 };
	struct rao_scott table = { 0 };
	assert_int_equal(wald(&lonely, six, six_halves, 2), REFUSAL_LONELY_CLUSTER);
	assert_int_equal(contrast(&lonely, six, SURVEY_DIFFERENCE), REFUSAL_LONELY_CLUSTER);
	assert_int_equal(rao_scott(&table, &lonely, (const size_t[]){ 0, 0, 0, 1, 1, 1 }, pair, 2, 2, six_members, 6),
	                 REFUSAL_LONELY_CLUSTER);
}

static void shares_of_nobody_have_no_ratio(void **state)
{
	(void)state;
	const double none[] = { 0, 0, 0, 1, 0, 1 }, all[] = { 1, 1, 1, 1, 0, 1 };
	assert_int_equal(contrast(&one_by_one, none, SURVEY_RATIO), REFUSAL_COUNT_ZERO);
	assert_int_equal(contrast(&one_by_one, all, SURVEY_ODDS), REFUSAL_COUNT_ZERO);
	assert_int_equal(contrast(&one_by_one, none, SURVEY_DIFFERENCE), REFUSAL_ZERO_VARIANCE);
}

static enum refusal table(const size_t *row, const size_t *column, const struct survey_design *design)
{
	struct rao_scott test = { 0 };
	return rao_scott(&test, design, row, column, 3, 3, six_members, 6);
}

static void tables_are_refused(void **state)
{
	(void)state;
	const size_t halves[] = { 0, 0, 0, 1, 1, 1 }, pair[] = { 0, 1, 0, 1, 0, 1 }, thirds[] = { 0, 0, 1, 1, 2, 2 },
		     same[] = { 2, 2, 2, 2, 2, 2 };
	const double weightless[] = { 1, 1, 1, 0, 0, 0 }, none[] = { 0, 0, 0, 0, 0, 0 };
	struct survey_design weighted = { .units = 6, .weight = weightless, .strata = 1, .clusters = 6 };
	const struct survey_design in_one = { .units = 6, .cluster = same, .strata = 1, .clusters = 3 };
	struct rao_scott test = { 0 };
	assert_int_equal(rao_scott(&test, &one_by_one, halves, pair, 2, 2, six_members, 0), REFUSAL_BASE_EMPTY);
	assert_int_equal(table(halves, same, &one_by_one), REFUSAL_FEWER_THAN_2_CATEGORIES);
	assert_int_equal(table(halves, pair, &weighted), REFUSAL_FEWER_THAN_2_CATEGORIES);
	assert_int_equal(table(thirds, thirds, &one_by_one), REFUSAL_EXPECTED_BELOW_1);
	assert_int_equal(table(halves, pair, &in_one), REFUSAL_NO_DESIGN_DF);
	weighted.weight = none;
	assert_int_equal(table(halves, pair, &weighted), REFUSAL_FEWER_THAN_2_CATEGORIES);
}

/* Every stratum was asked in full: whatever the shares are, they have no error. */
static void a_census_has_no_test(void **state)
{
	(void)state;
	const size_t halves[] = { 0, 0, 0, 1, 1, 1 }, pair[] = { 0, 1, 0, 1, 0, 1 };
	const double everybody[] = { 6 };
	const struct survey_design census = { .units = 6, .strata = 1, .clusters = 6, .population = everybody };
	struct rao_scott test = { 0 };
	assert_int_equal(rao_scott(&test, &census, halves, pair, 2, 2, six_members, 6), REFUSAL_NO_DESIGN_VARIANCE);
	assert_int_equal(wald(&census, six, six_halves, 2), REFUSAL_NO_DESIGN_VARIANCE);
	assert_int_equal(contrast(&census, six, SURVEY_DIFFERENCE), REFUSAL_NO_DESIGN_VARIANCE);
}

/* Two rows that share no column: what is left of the interaction cannot be told. */
static void a_table_of_two_blocks_is_singular(void **state)
{
	(void)state;
	enum { OF_EACH = 6, ALL = 4 * OF_EACH };
	size_t row[ALL], column[ALL], member[ALL];
	for (size_t i = 0; i < ALL; i++) {
		row[i] = i / OF_EACH;
		column[i] = i / (2 * OF_EACH) * 2 + i % 2;
		member[i] = i;
	}
	const struct survey_design design = { .units = ALL, .strata = 1, .clusters = ALL };
	struct rao_scott test = { 0 };
	assert_int_equal(rao_scott(&test, &design, row, column, 4, 4, member, ALL), REFUSAL_SINGULAR);
	assert_close(test.least_expected, ALL / 16.0, 1e-13);
}

static void ranks_are_refused(void **state)
{
	(void)state;
	struct survey_wald test = { 0 };
	struct survey_contrast superiority = { 0 };
	const size_t two[] = { 0, 2, 6 }, empty[] = { 0, 0, 6 };
	const double flat[] = { 3, 3, 3, 3, 3, 3 }, apart[] = { 1, 2, 3, 7, 8, 9 }, weightless[] = { 1, 0, 1, 1, 1, 1 };
	const struct survey_design weighted = { .units = 6, .weight = weightless, .strata = 1, .clusters = 6 };
	assert_int_equal(survey_rank_test(&test, &one_by_one, six, six_members, six_halves, 1),
	                 REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(survey_rank_test(&test, &one_by_one, six, six_members, two, 2), REFUSAL_N_BELOW_3);
	assert_int_equal(survey_rank_test(&test, &one_by_one, six, six_members, empty, 2), REFUSAL_BASE_EMPTY);
	assert_int_equal(survey_rank_test(&test, &weighted, six, six_members, six_halves, 2), REFUSAL_N_BELOW_3);
	assert_int_equal(survey_rank_test(&test, &one_by_one, flat, six_members, six_halves, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(survey_superiority(&superiority, &one_by_one, apart, six_members, 3, 3, 95),
	                 REFUSAL_COUNT_ZERO);
}

/* --- all of it --- */

static size_t add_all(struct CMUnitTest *tests, size_t at, const void *examples, size_t count, size_t size,
                      void (*function)(void **state))
{
	for (size_t i = 0; i < count; i++) {
		const char *example = (const char *)examples + i * size;
		tests[at++] = (struct CMUnitTest){ .name = *(const char *const *)(const void *)example,
			                           .test_func = function,
			                           .initial_state = (void *)example };
	}
	return at;
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(two_domains_give_one_p),
		cmocka_unit_test(nobody_is_no_spread),
		cmocka_unit_test(a_tie_has_one_score),
		cmocka_unit_test(superiority_is_the_difference_of_the_scores),
		cmocka_unit_test(shared_clusters_count_once),
		cmocka_unit_test(means_are_refused),
		cmocka_unit_test(means_that_follow_from_others_are_refused),
		cmocka_unit_test(a_lonely_stratum_is_refused),
		cmocka_unit_test(shares_of_nobody_have_no_ratio),
		cmocka_unit_test(tables_are_refused),
		cmocka_unit_test(a_census_has_no_test),
		cmocka_unit_test(a_table_of_two_blocks_is_singular),
		cmocka_unit_test(ranks_are_refused),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(tables) + COUNT(means) + COUNT(ranks) + COUNT(contrasts)
	                        + COUNT(superiorities)];
	size_t at = COUNT(others);
	memcpy(tests, others, sizeof others);
	at = add_all(tests, at, tables, COUNT(tables), sizeof *tables, tables_agree_with_r);
	at = add_all(tests, at, means, COUNT(means), sizeof *means, means_agree_with_r);
	at = add_all(tests, at, ranks, COUNT(ranks), sizeof *ranks, ranks_agree_with_r);
	at = add_all(tests, at, contrasts, COUNT(contrasts), sizeof *contrasts, contrasts_agree_with_r);
	add_all(tests, at, superiorities, COUNT(superiorities), sizeof *superiorities, superiorities_agree_with_r);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
