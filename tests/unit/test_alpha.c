#include "testing.h"

#include "statistics/alpha.h"

struct example {
	const char *name;
	const double *x;
	size_t n, k, complete; /* rows, items, rows with every item */
	double alpha, low, high, low90, high90, mean_r, pairwise;
	const double *item_rest, *dropped, *covariances, *correlations, *pairwise_covariances;
};

/* R 4.2.2 with psych 2.2.9: see tests/oracle/reliability.R */
static const struct example examples[] = {
#include "../oracle/reliability_alpha.inc"
};

/* The rows that have every item. Free with free(). */
static double *complete_rows(const struct example *example)
{
	double *rows = mem_alloc(example->n * example->k, sizeof *rows);
	size_t count = 0;
	for (size_t r = 0; r < example->n; r++) {
		bool complete = true;
		for (size_t i = 0; i < example->k; i++) {
			rows[count * example->k + i] = example->x[r * example->k + i];
			complete = complete && !isnan(rows[count * example->k + i]);
		}
		count += complete;
	}
	assert_int_equal(count, example->complete);
	return rows;
}

static double *covariances_of(const struct example *example)
{
	double *rows = complete_rows(example), *c = mem_alloc(example->k * example->k, sizeof *c);
	alpha_covariances(c, rows, example->complete, example->k);
	free(rows);
	return c;
}

static void covariances_agree_with_r(void **state)
{
	const struct example *example = *state;
	size_t k = example->k;
	double *c = covariances_of(example), *pairwise = mem_alloc(k * k, sizeof *pairwise), r = NAN;
	assert_int_equal(alpha_covariances_pairwise(pairwise, example->x, example->n, k), REFUSAL_NONE);
	for (size_t i = 0; i < k * k; i++) {
		assert_close(c[i], example->covariances[i], 1e-12);
		assert_close(pairwise[i], example->pairwise_covariances[i], 1e-12);
		assert_int_equal(alpha_inter_item(&r, c, k, i / k, i % k), REFUSAL_NONE);
		assert_close(r, example->correlations[i], 1e-12);
	}
	free(c);
	free(pairwise);
}

static void alpha_agrees_with_psych(void **state)
{
	const struct example *example = *state;
	size_t k = example->k;
	double *c = covariances_of(example);
	struct alpha alpha = { 0 };
	assert_int_equal(alpha_estimate(&alpha, c, k, example->complete, 95), REFUSAL_NONE);
	assert_close(alpha.alpha, example->alpha, 1e-12);
	assert_close(alpha.low, example->low, 1e-10);
	assert_close(alpha.high, example->high, 1e-10);
	assert_close(alpha.mean_r, example->mean_r, 1e-12);
	assert_int_equal(alpha_estimate(&alpha, c, k, example->complete, 90), REFUSAL_NONE);
	assert_close(alpha.low, example->low90, 1e-10);
	assert_close(alpha.high, example->high90, 1e-10);

	assert_int_equal(alpha_covariances_pairwise(c, example->x, example->n, k), REFUSAL_NONE);
	assert_int_equal(alpha_estimate(&alpha, c, k, 0, 95), REFUSAL_NONE);
	assert_close(alpha.alpha, example->pairwise, 1e-12);
	assert_true(isnan(alpha.low) && isnan(alpha.high));
	free(c);
}

static void items_agree_with_psych(void **state)
{
	const struct example *example = *state;
	double *c = covariances_of(example), got = NAN;
	for (size_t i = 0; i < example->k; i++) {
		assert_int_equal(alpha_item_rest(&got, c, example->k, i), REFUSAL_NONE);
		assert_close(got, example->item_rest[i], 1e-12);
		assert_int_equal(alpha_if_dropped(&got, c, example->k, i), REFUSAL_NONE);
		assert_close(got, example->dropped[i], 1e-12);
	}
	free(c);
}

/* Two items, by hand: variances 2 and 3, covariance 1. alpha = 2 (1 - 5/7) = 4/7; the item-rest correlation of either
 * is their correlation, 1/sqrt(6). */
static void two_items_by_hand(void **state)
{
	(void)state;
	const double c[] = { 2, 1, 1, 3 };
	struct alpha alpha = { 0 };
	double r = NAN;
	assert_int_equal(alpha_estimate(&alpha, c, 2, 50, 95), REFUSAL_NONE);
	assert_close(alpha.alpha, 4.0 / 7, 1e-15);
	assert_close(alpha.mean_r, 1 / sqrt(6), 1e-15);
	assert_int_equal(alpha_item_rest(&r, c, 2, 0), REFUSAL_NONE);
	assert_close(r, 1 / sqrt(6), 1e-15);
	assert_int_equal(alpha_if_dropped(&r, c, 2, 0), REFUSAL_FEWER_THAN_2_ITEMS);
}

/* Items with 12 leading digits in common have the covariances of what is left of them. */
static void leading_digits_take_nothing_from_covariances(void **state)
{
	(void)state;
	const double small[] = { 1, 2, 4, 3, 2, 5, 7, 1, 6, 6 };
	double large[COUNT(small)], c[4], shifted[4];
	for (size_t i = 0; i < COUNT(small); i++)
		large[i] = 1e12 + small[i];
	alpha_covariances(c, small, COUNT(small) / 2, 2);
	alpha_covariances(shifted, large, COUNT(large) / 2, 2);
	for (size_t i = 0; i < 4; i++)
		assert_close(shifted[i], c[i], 1e-14);
}

struct refused {
	const char *name;
	double c[9];
	size_t k, n;
	enum refusal refusal;
};

static const struct refused refused[] = {
	{ "one item has no alpha", { 2 }, 1, 50, REFUSAL_FEWER_THAN_2_ITEMS },
	{ "29 rows are too few", { 2, 1, 1, 3 }, 2, 29, REFUSAL_COMPLETE_BELOW_30 },
	{ "30 rows are enough", { 2, 1, 1, 3 }, 2, 30, REFUSAL_NONE },
	{ "a total that never changes has no alpha", { 2, -2, -2, 2 }, 2, 50, REFUSAL_ZERO_VARIANCE },
	{ "items that never change have no alpha", { 0, 0, 0, 0 }, 2, 50, REFUSAL_ZERO_VARIANCE },
	{ "an item that was not turned makes alpha negative", { 2, -1, -1, 3 }, 2, 50, REFUSAL_ALPHA_NEGATIVE },
	{ "an alpha of 0 is one", { 2, 0, 0, 3 }, 2, 50, REFUSAL_NONE },
};

static void refusals_are_as_declared(void **state)
{
	const struct refused *row = *state;
	struct alpha alpha = { 0 };
	assert_int_equal(alpha_estimate(&alpha, row->c, row->k, row->n, 95), row->refusal);
}

static void an_item_without_spread_has_no_correlation(void **state)
{
	(void)state;
	const double c[] = { 2, 1, 0, 1, 3, 0, 0, 0, 0 };
	struct alpha alpha = { 0 };
	double r = NAN;
	assert_int_equal(alpha_inter_item(&r, c, 3, 0, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(alpha_item_rest(&r, c, 3, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(alpha_item_rest(&r, c, 3, 0), REFUSAL_NONE);
	assert_int_equal(alpha_estimate(&alpha, c, 3, 50, 95), REFUSAL_NONE);
	assert_close(alpha.alpha, 1.5 * 2 / 7, 1e-15);
	assert_true(isnan(alpha.mean_r));
}

/* 40 rows, but item 1 is missing where item 2 is not, but for 29 of them. */
static void a_pair_that_too_few_answered_is_refused(void **state)
{
	(void)state;
	double x[80], c[4];
	for (size_t r = 0; r < 40; r++) {
		x[2 * r] = r >= 29 && r < 35 ? NAN : (double)(r % 5);
		x[2 * r + 1] = r >= 35 ? NAN : (double)(r % 3);
	}
	assert_int_equal(alpha_covariances_pairwise(c, x, 40, 2), REFUSAL_COMPLETE_BELOW_30);
	x[2 * 29] = 1;
	assert_int_equal(alpha_covariances_pairwise(c, x, 40, 2), REFUSAL_NONE);
}

int main(void)
{
	struct CMUnitTest tests[3 * COUNT(examples) + COUNT(refused) + 4];
	size_t count = 0;
	void (*const against_r[])(void **) = { covariances_agree_with_r, alpha_agrees_with_psych,
		                               items_agree_with_psych };
	for (size_t t = 0; t < COUNT(against_r); t++)
		for (size_t i = 0; i < COUNT(examples); i++)
			tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
				                              .test_func = against_r[t],
				                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refused); i++)
		tests[count++] = (struct CMUnitTest){ .name = refused[i].name,
			                              .test_func = refusals_are_as_declared,
			                              .initial_state = (void *)&refused[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(two_items_by_hand);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(leading_digits_take_nothing_from_covariances);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(an_item_without_spread_has_no_correlation);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_pair_that_too_few_answered_is_refused);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
