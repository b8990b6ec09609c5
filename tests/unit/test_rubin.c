#include "testing.h"

#include <math.h>

#include "statistics/rubin.h"

struct example {
	const char *name;
	const double *estimates, *variances;
	size_t m;
	double complete_df, estimate, within, between, variance, df, lambda, missing, relative, low, high;
};

/* R 4.2.2 and mice: pool.scalar, see tests/oracle/rubin.R */
static const struct example examples[] = {
#include "../oracle/rubin.inc"
};

static void pooling_agrees_with_mice(void **state)
{
	const struct example *example = *state;
	struct rubin pooled = { 0 };
	/* what 1e7 + x holds of x */
	double near = strcmp(example->name, "large numbers") == 0 ? 1e-7 : 1e-10;
	assert_int_equal(
		rubin_pool(&pooled, example->estimates, example->variances, example->m, example->complete_df, 95),
		REFUSAL_NONE);
	assert_close(pooled.estimate, example->estimate, 1e-13);
	assert_close(pooled.within, example->within, 1e-13);
	assert_close(pooled.between, example->between, near);
	assert_close(pooled.variance, example->variance, near);
	assert_close(pooled.se, sqrt(example->variance), near);
	assert_close(pooled.lambda, example->lambda, near);
	assert_close(pooled.missing, example->missing, near);
	assert_close(pooled.relative, example->relative, near);
	if (isinf(example->df))
		assert_true(isinf(pooled.df));
	else
		assert_close(pooled.df, example->df, near);
	assert_close(pooled.low, example->low, near);
	assert_close(pooled.high, example->high, near);
}

static void refusals_are_given(void **state)
{
	(void)state;
	struct rubin pooled = { 0 };
	const double q[] = { 1, 2, 3 }, u[] = { 1, 1, 1 }, none[] = { 0, 0, 0 }, bad[] = { 1, NAN, 3 },
		     below[] = { 1, -1, 1 };
	assert_int_equal(rubin_pool(&pooled, q, u, 1, 10, 95), REFUSAL_FEWER_THAN_2_IMPUTATIONS);
	assert_int_equal(rubin_pool(&pooled, q, u, 0, 10, 95), REFUSAL_FEWER_THAN_2_IMPUTATIONS);
	assert_int_equal(rubin_pool(&pooled, bad, u, 3, 10, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(rubin_pool(&pooled, q, bad, 3, 10, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(rubin_pool(&pooled, q, below, 3, 10, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(rubin_pool(&pooled, q, u, 3, 0, 95), REFUSAL_NOT_COMPUTABLE);
	/* two degrees of freedom, of which the missing answers leave less than one */
	assert_int_equal(rubin_pool(&pooled, q, u, 3, 2, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(rubin_pool(&pooled, u, none, 3, 10, 95), REFUSAL_ZERO_VARIANCE);
	/* no variance within: all that is uncertain is what is missing */
	assert_int_equal(rubin_pool(&pooled, q, none, 3, INFINITY, 95), REFUSAL_NONE);
	assert_close(pooled.lambda, 1, 0);
	assert_close(pooled.missing, 1, 0);
	assert_close(pooled.df, 2, 0);
	assert_close(pooled.variance, 4.0 / 3, 1e-15);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 1];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
			                        .test_func = pooling_agrees_with_mice,
			                        .initial_state = (void *)&examples[i] };
	tests[COUNT(examples)] = (struct CMUnitTest)cmocka_unit_test(refusals_are_given);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
