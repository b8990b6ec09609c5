#include "testing.h"

#include "statistics/omega.h"

struct example {
	const char *name;
	const double *c;
	size_t k;
	const double *loading, *uniqueness;
	double fitted, observed;
};

/* R 4.2.2: factanal, its solution made sharp: see tests/oracle/reliability.R */
static const struct example examples[] = {
#include "../oracle/reliability_factor.inc"
};

static void factors_agree_with_r(void **state)
{
	const struct example *example = *state;
	double *loading = mem_alloc(example->k, sizeof *loading),
	       *uniqueness = mem_alloc(example->k, sizeof *uniqueness);
	struct omega omega = { 0 };
	assert_int_equal(omega_factor(loading, uniqueness, example->c, example->k), REFUSAL_NONE);
	for (size_t i = 0; i < example->k; i++) {
		assert_close(loading[i], example->loading[i], 1e-10);
		assert_close(uniqueness[i], example->uniqueness[i], 1e-10);
	}
	assert_int_equal(omega_estimate(&omega, example->c, example->k), REFUSAL_NONE);
	assert_close(omega.fitted, example->fitted, 1e-11);
	assert_close(omega.observed, example->observed, 1e-11);
	free(loading);
	free(uniqueness);
}

/* Covariances that one factor gives exactly: the factor is found again, and both omegas are one. */
static void a_true_factor_is_found_again(void **state)
{
	(void)state;
	const double loading[] = { 0.9, 1.2, 0.3, 2.0 }, uniqueness[] = { 0.5, 0.2, 1.5, 3.0 };
	double c[16], l[4], u[4], common = 0.9 + 1.2 + 0.3 + 2.0;
	struct omega omega = { 0 };
	for (size_t i = 0; i < 16; i++)
		c[i] = loading[i / 4] * loading[i % 4] + (i / 4 == i % 4 ? uniqueness[i / 4] : 0);
	assert_int_equal(omega_factor(l, u, c, 4), REFUSAL_NONE);
	for (size_t i = 0; i < 4; i++) {
		assert_close(l[i], loading[i], 1e-12);
		assert_close(u[i], uniqueness[i], 1e-12);
	}
	assert_int_equal(omega_estimate(&omega, c, 4), REFUSAL_NONE);
	assert_close(omega.fitted, common * common / (common * common + 5.2), 1e-13);
	assert_close(omega.observed, omega.fitted, 1e-13);
}

/* Three items, in closed form: l_1^2 = r_12 r_13 / r_23 (Spearman 1904). */
static void three_items_have_a_closed_form(void **state)
{
	(void)state;
	const double c[] = { 1, 0.5, 0.4, 0.5, 1, 0.3, 0.4, 0.3, 1 };
	double l[3], u[3];
	assert_int_equal(omega_factor(l, u, c, 3), REFUSAL_NONE);
	assert_close(l[0], sqrt(0.5 * 0.4 / 0.3), 1e-12);
	assert_close(l[1], sqrt(0.5 * 0.3 / 0.4), 1e-12);
	assert_close(l[2], sqrt(0.4 * 0.3 / 0.5), 1e-12);
	assert_close(u[0], 1 - 0.5 * 0.4 / 0.3, 1e-12);
}

struct refused {
	const char *name;
	double c[16];
	size_t k;
	enum refusal refusal;
};

static const struct refused refused[] = {
	{ "two items say nothing of a factor", { 1, 0.5, 0.5, 1 }, 2, REFUSAL_FEWER_THAN_3_ITEMS },
	{ "an item without spread is refused", { 1, 0.5, 0, 0.5, 1, 0, 0, 0, 0 }, 3, REFUSAL_ZERO_VARIANCE },
	/* .8 x .8 / .5 is more than 1 */
	{ "an item that the factor explains more than wholly is refused",
	  { 1, 0.8, 0.8, 0.8, 1, 0.5, 0.8, 0.5, 1 },
	  3,
	  REFUSAL_HEYWOOD },
	{ "two items that are one are refused", { 1, 1, 0.3, 1, 1, 0.3, 0.3, 0.3, 1 }, 3, REFUSAL_NOT_COMPUTABLE },
	{ "what is no number is refused", { 1, NAN, 0.3, NAN, 1, 0.3, 0.3, 0.3, 1 }, 3, REFUSAL_NOT_COMPUTABLE },
};

static void refusals_are_as_declared(void **state)
{
	const struct refused *row = *state;
	struct omega omega = { 0 };
	assert_int_equal(omega_estimate(&omega, row->c, row->k), row->refusal);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + COUNT(refused) + 2];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
			                              .test_func = factors_agree_with_r,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refused); i++)
		tests[count++] = (struct CMUnitTest){ .name = refused[i].name,
			                              .test_func = refusals_are_as_declared,
			                              .initial_state = (void *)&refused[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_true_factor_is_found_again);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(three_items_have_a_closed_form);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
