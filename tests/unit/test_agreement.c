#include "testing.h"

#include "statistics/agreement.h"

struct row {
	const char *name;
	const double *values;
	size_t rows;
	unsigned items;
	const bool *turned;
	const double *rest;
	double alpha;
	const bool *negative;
	bool alpha_negative;
};

/* R 4.2.2: see tests/oracle/validate.R */
static const struct row rows[] = {
#include "../oracle/validate_agreement.inc"
};

static void add_rows(struct agreement *agreement, const struct row *row, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		agreement_add(agreement, row->values + i * row->items);
}

static void correlations_and_alpha_are_those_of_r(void **state)
{
	const struct row *row = *state;
	struct agreement agreement;
	double alpha = 0, r = 0;
	agreement_begin(&agreement, row->items);
	add_rows(&agreement, row, 0, row->rows);
	assert_true(agreement_alpha(&alpha, &agreement, row->turned));
	assert_close(alpha, row->alpha, 1e-13);
	assert_int_equal(agreement_alpha_is_negative(alpha, row->rows, row->items), row->alpha_negative);
	for (unsigned i = 0; i < row->items; i++) {
		assert_true(agreement_rest(&r, &agreement, row->turned, i));
		assert_close(r, row->rest[i], 1e-12);
		assert_int_equal(agreement_r_is_negative(r, row->rows), row->negative[i]);
	}
	agreement_free(&agreement);
}

static void two_parts_of_the_rows_joined_are_the_whole(void **state)
{
	(void)state;
	struct agreement whole, first, second;
	struct agreement *const all[] = { &whole, &first, &second };
	double a = 0, b = 0;
	for (size_t i = 0; i < COUNT(all); i++)
		agreement_begin(all[i], rows[0].items);
	add_rows(&whole, &rows[0], 0, rows[0].rows);
	add_rows(&first, &rows[0], 0, 11);
	add_rows(&second, &rows[0], 11, rows[0].rows);
	agreement_join(&first, &second);
	assert_int_equal(first.rows, whole.rows);
	assert_true(agreement_alpha(&a, &whole, NULL) && agreement_alpha(&b, &first, NULL));
	assert_true(a == b);
	assert_true(agreement_rest(&a, &whole, NULL, 3) && agreement_rest(&b, &first, NULL, 3));
	assert_true(a == b);
	for (size_t i = 0; i < COUNT(all); i++)
		agreement_free(all[i]);
}

static void nothing_is_said_without_rows_or_variance(void **state)
{
	(void)state;
	struct agreement agreement;
	double value = 0;
	agreement_begin(&agreement, 3);
	agreement_add(&agreement, (const double[]){ 0, 1, 2 });
	agreement_add(&agreement, (const double[]){ 0, 2, 1 });
	assert_false(agreement_rest(&value, &agreement, NULL, 1));
	assert_false(agreement_alpha(&value, &agreement, NULL));
	agreement_add(&agreement, (const double[]){ 0, 0, 3 });
	assert_false(agreement_rest(&value, &agreement, NULL, 0)); /* everybody gave the same answer */
	assert_false(agreement_alpha(&value, &agreement, NULL));   /* and the sum of all is the same */
	assert_true(agreement_rest(&value, &agreement, NULL, 1));
	assert_close(value, -1, 1e-15);
	agreement_free(&agreement);
}

static void what_is_at_or_above_0_is_not_below_it(void **state)
{
	(void)state;
	assert_false(agreement_r_is_negative(0, 1000000));
	assert_false(agreement_r_is_negative(0.9, 1000000));
	assert_false(agreement_r_is_negative(-1, 3));
	assert_true(agreement_r_is_negative(-1, 4));
	assert_false(agreement_alpha_is_negative(0, 1000000, 5));
	assert_true(agreement_alpha_is_negative(-1e6, 30, 5));
	assert_false(agreement_alpha_is_negative(-1e6, 2, 5));
	/* pnorm(atanh(-0.4557) * sqrt(29)) is 0.00404, pnorm(atanh(-0.44) * sqrt(29)) 0.00549 */
	assert_true(agreement_r_is_negative(-0.4557, 32));
	assert_false(agreement_r_is_negative(-0.44, 32));
}

int main(void)
{
	struct CMUnitTest tests[COUNT(rows) + 3];
	size_t count = 0;
	for (; count < COUNT(rows); count++)
		tests[count] = (struct CMUnitTest){ .name = rows[count].name,
			                            .test_func = correlations_and_alpha_are_those_of_r,
			                            .initial_state = (void *)&rows[count] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(two_parts_of_the_rows_joined_are_the_whole);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(nothing_is_said_without_rows_or_variance);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(what_is_at_or_above_0_is_not_below_it);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
