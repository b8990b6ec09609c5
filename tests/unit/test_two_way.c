#include "testing.h"

#include "statistics/adjust.h"
#include "statistics/association.h"
#include "statistics/two_shares.h"

/* R 4.2.2: see tests/oracle/tables.R. */

struct cramer_example {
	const char *name;
	const long long *counts;
	size_t rows, columns;
	double v, corrected, low, high;
	const double *residuals;
};
static const struct cramer_example cramer_examples[] = {
#include "../oracle/cramer.inc"
};

static void association_agrees_with_r(void **state)
{
	const struct cramer_example *example = *state;
	struct cramer effect = { 0 };
	double residuals[128];
	assert_int_equal(cramer(&effect, example->counts, example->rows, example->columns, 95), REFUSAL_NONE);
	assert_close(effect.v, example->v, 1e-11);
	assert_close(effect.corrected, example->corrected, 1e-10);
	assert_close(effect.low, example->low, 1e-8);
	assert_close(effect.high, example->high, 1e-8);
	adjusted_residuals(residuals, example->counts, example->rows, example->columns);
	for (size_t i = 0; i < example->rows * example->columns; i++)
		assert_close(residuals[i], example->residuals[i], 1e-10);
}

struct fisher_example {
	const char *name;
	const long long *counts;
	size_t rows, columns;
	double p;
};
static const struct fisher_example fisher_examples[] = {
#include "../oracle/fisher.inc"
};

/* R's network algorithm agrees with itself, its rows and columns changed round, to about 1e-7 */
static void fisher_agrees_with_r(void **state)
{
	const struct fisher_example *example = *state;
	struct fisher test = { 0 };
	assert_int_equal(fisher(&test, example->counts, example->rows, example->columns,
	                        (struct fisher_effort){ .seed = 1 }),
	                 REFUSAL_NONE);
	if (!test.exact) {
		assert_true(test.low <= example->p && example->p <= test.high);
		return;
	}
	assert_close(test.p, example->p, example->p > 1e-10 ? 1e-7 : 1e-2);
}

static void fisher_beyond_its_work_draws_and_says_how_sure_it_is(void **state)
{
	(void)state;
	/* R: fisher.test(matrix(c(3, 1, 4, 1, 5, 9, 2, 6, 5), 3, byrow = TRUE))$p.value */
	const long long counts[] = { 3, 1, 4, 1, 5, 9, 2, 6, 5 };
	struct fisher exact = { 0 }, drawn = { 0 }, again = { 0 }, other = { 0 };
	assert_int_equal(fisher(&exact, counts, 3, 3, (struct fisher_effort){ 0 }), REFUSAL_NONE);
	assert_true(exact.exact);
	assert_int_equal(fisher(&drawn, counts, 3, 3, (struct fisher_effort){ 3, 20000, 42 }), REFUSAL_NONE);
	assert_false(drawn.exact);
	assert_int_equal(drawn.drawn, 20000);
	assert_true(drawn.low < exact.p && exact.p < drawn.high && drawn.high - drawn.low < 0.02);
	assert_int_equal(fisher(&again, counts, 3, 3, (struct fisher_effort){ 3, 20000, 42 }), REFUSAL_NONE);
	assert_close(again.p, drawn.p, 0);
	assert_int_equal(fisher(&other, counts, 3, 3, (struct fisher_effort){ 3, 20000, 43 }), REFUSAL_NONE);
	assert_false(test_is_close(other.p, drawn.p, 0));
}

static void rows_and_columns_that_hold_nobody_change_nothing(void **state)
{
	(void)state;
	const long long full[] = { 3, 1, 1, 3 }, holed[] = { 3, 0, 1, 0, 0, 0, 1, 0, 3 }, one[] = { 3, 4, 0, 0 };
	struct fisher a = { 0 }, b = { 0 };
	struct fisher_effort effort = { 0 };
	assert_int_equal(fisher(&a, full, 2, 2, effort), REFUSAL_NONE);
	assert_int_equal(fisher(&b, holed, 3, 3, effort), REFUSAL_NONE);
	assert_close(a.p, 0.48571428571428571, 1e-12); /* the lady tasting tea: 34/70 */
	assert_close(b.p, a.p, 0);
	assert_int_equal(fisher(&a, one, 2, 2, effort), REFUSAL_FEWER_THAN_2_AREAS);
	const long long nobody[] = { 0, 0, 0, 0 }, alike[] = { 3, 0, 4, 0 };
	assert_int_equal(fisher(&a, nobody, 2, 2, effort), REFUSAL_BASE_EMPTY);
	assert_int_equal(fisher(&a, alike, 2, 2, effort), REFUSAL_FEWER_THAN_2_CATEGORIES);
}

struct two_shares_example {
	const char *name;
	long long x1, n1, x2, n2;
	const double *difference, *ratio, *odds; /* value, low, high */
};
static const struct two_shares_example two_shares_examples[] = {
#include "../oracle/two_shares.inc"
};

static void two_shares_agree_with_r(void **state)
{
	const struct two_shares_example *example = *state;
	long long x1 = example->x1, n1 = example->n1, x2 = example->x2, n2 = example->n2;
	const struct {
		enum refusal (*contrast)(struct contrast *, long long, long long, long long, long long, double);
		const double *expected;
	} contrasts[] = {
		{ share_difference, example->difference }, { share_ratio, example->ratio }, { odds_ratio, example->odds }
	};
	for (size_t i = 0; i < COUNT(contrasts); i++) {
		struct contrast got = { 0 };
		enum refusal refusal = contrasts[i].contrast(&got, x1, n1, x2, n2, 95);
		if (isnan(contrasts[i].expected[0])) {
			assert_int_equal(refusal, REFUSAL_COUNT_ZERO);
			continue;
		}
		assert_int_equal(refusal, REFUSAL_NONE);
		assert_close(got.value, contrasts[i].expected[0], 1e-11);
		assert_close(got.low, contrasts[i].expected[1], 1e-10);
		assert_close(got.high, contrasts[i].expected[2], 1e-10);
	}
}

/* Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10 */
static void differences_are_newcombes(void **state)
{
	(void)state;
	static const struct {
		long long x1, n1, x2, n2;
		double low, high;
	} rows[] = {
		{ 56, 70, 48, 80, 0.0524, 0.3339 }, { 9, 10, 3, 10, 0.1705, 0.8090 },   { 6, 7, 2, 7, 0.0582, 0.8062 },
		{ 5, 56, 0, 29, -0.0381, 0.1926 },  { 0, 10, 0, 20, -0.1611, 0.2775 },  { 0, 10, 0, 10, -0.2775, 0.2775 },
		{ 10, 10, 0, 20, 0.6791, 1.0000 },  { 10, 10, 0, 10, 0.6075, 1.0000 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct contrast got = { 0 };
		assert_int_equal(share_difference(&got, rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2, 95), REFUSAL_NONE);
		assert_true(fabs(got.low - rows[i].low) < 0.00006 && fabs(got.high - rows[i].high) < 0.00006);
	}
}

/* Agresti 2002, table 10.1 (794, 150, 86, 570): R: binom.test(86, 236)$p.value. The interval: Newcombe 1998 (paired),
 * its formula in R, from prop.test(correct = FALSE) of both shares */
static void the_same_people_twice_are_compared_by_those_who_changed(void **state)
{
	(void)state;
	struct mcnemar test = { 0 };
	assert_int_equal(mcnemar(&test, 794, 150, 86, 570, 95), REFUSAL_NONE);
	assert_close(test.difference, -0.04, 1e-13);
	assert_close(test.p, 3.71593613957143e-05, 1e-12);
	assert_close(test.low, -0.0587038728957288, 1e-11);
	assert_close(test.high, -0.0212304239828771, 1e-11);
	assert_int_equal(mcnemar(&test, 12, 9, 4, 15, 95), REFUSAL_NONE);
	assert_close(test.low, -0.290081624034722, 1e-11);
	assert_close(test.high, 0.052748278546904, 1e-11);
	assert_int_equal(mcnemar(&test, 10, 0, 0, 10, 95), REFUSAL_NONE);
	assert_close(test.p, 1, 0);
	assert_int_equal(mcnemar(&test, 0, 0, 0, 0, 95), REFUSAL_BASE_EMPTY);
}

struct adjust_example {
	const char *name;
	const double *p;
	size_t count;
	const double *holm, *bh;
};
static const struct adjust_example adjust_examples[] = {
#include "../oracle/adjust.inc"
};

static void adjusted_p_agree_with_r(void **state)
{
	const struct adjust_example *example = *state;
	double holm[32], bh[32];
	adjust_holm(holm, example->p, example->count);
	adjust_benjamini_hochberg(bh, example->p, example->count);
	for (size_t i = 0; i < example->count; i++) {
		assert_close(holm[i], example->holm[i], 1e-14);
		assert_close(bh[i], example->bh[i], 1e-14);
	}
}

int main(void)
{
	enum { MOST = 400 };
	static struct CMUnitTest tests[MOST] = {
		cmocka_unit_test(fisher_beyond_its_work_draws_and_says_how_sure_it_is),
		cmocka_unit_test(rows_and_columns_that_hold_nobody_change_nothing),
		cmocka_unit_test(differences_are_newcombes),
		cmocka_unit_test(the_same_people_twice_are_compared_by_those_who_changed),
	};
	size_t count = 4;
	ADD_EXAMPLES(tests, count, cramer_examples, association_agrees_with_r);
	ADD_EXAMPLES(tests, count, fisher_examples, fisher_agrees_with_r);
	ADD_EXAMPLES(tests, count, two_shares_examples, two_shares_agree_with_r);
	ADD_EXAMPLES(tests, count, adjust_examples, adjusted_p_agree_with_r);
	return _cmocka_run_group_tests("two_way", tests, count, NULL, NULL);
}
