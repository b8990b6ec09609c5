/* NIST's Statistical Reference Datasets: all univariate ones, and all of the one-way analysis of variance, against the
 * certified values (tests/oracle/nist.R). */
#include "testing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "statistics/anova.h"
#include "statistics/association.h"
#include "statistics/mean.h"
#include "statistics/pairs.h"

struct univariate {
	const char *name;
	const double *y;
	size_t n;
	double mean, sd, near;
};
static const struct univariate univariates[] = {
#include "../oracle/nist_univariate.inc"
};

static void a_mean_is_as_nist_certifies_it(void **state)
{
	const struct univariate *example = *state;
	struct mean_estimate mean = { 0 };
	assert_int_equal(mean_estimate(&mean, example->y, example->n, 95), REFUSAL_NONE);
	assert_close(mean.mean, example->mean, 1e-15);
	assert_close(mean.sd, example->sd, example->near);
}

struct analysed {
	const char *name;
	const double *y; /* NULL: Simon and Lesage's, by their rule */
	double lead;
	size_t n, groups; /* n in each group */
	double statistic, between, within, r2, sd, near;
	double aov_f, lm_f; /* what R has of the statistic */
};
static const struct analysed analyseds[] = {
#include "../oracle/nist_anova.inc"
};

/* Groups around .4, .3, .5, .3, .5, ...: each its middle once, then a tenth below and above in turn. Free with free().
 */
static double *simon_and_lesage(double lead, size_t n, size_t groups)
{
	double *y = mem_alloc(n * groups, sizeof *y);
	for (size_t j = 0; j < groups; j++) {
		int middle = j == 0 ? 4 : j % 2 ? 3 : 5;
		for (size_t i = 0; i < n; i++) {
			int tenths = i == 0 ? middle : i % 2 ? middle - 1 : middle + 1;
			y[j * n + i] = lead + tenths / 10.;
		}
	}
	return y;
}

static struct anova analyse(const struct analysed *example)
{
	double *made = example->y ? NULL : simon_and_lesage(example->lead, example->n, example->groups);
	const double *y = made ? made : example->y;
	size_t *first = mem_alloc(example->groups + 1, sizeof *first);
	for (size_t j = 0; j <= example->groups; j++)
		first[j] = j * example->n;
	struct anova found = { 0 };
	struct variance_shares shares = { 0 };
	assert_int_equal(anova(&found, y, first, example->groups), REFUSAL_NONE);
	assert_int_equal(variance_shares(&shares, y, first, example->groups, 90), REFUSAL_NONE);
	assert_close(shares.eta2, found.r2, 0);
	free(made);
	free(first);
	return found;
}

static double off(double got, double certified)
{
	return fabs(got - certified) / certified;
}

static void an_analysis_of_variance_is_as_nist_certifies_it(void **state)
{
	const struct analysed *example = *state;
	struct anova found = analyse(example);
	assert_close(found.df, (double)(example->groups - 1), 0);
	assert_close(found.df2, (double)(example->groups * (example->n - 1)), 0);
	assert_close(found.statistic, example->statistic, example->near);
	assert_close((double)found.between, example->between, example->near);
	assert_close((double)found.within, example->within, example->near);
	assert_close(found.r2, example->r2, example->near);
	assert_close(found.sd, example->sd, example->near);
}

static void thirteen_leading_digits_cost_less_than_in_r(void **state)
{
	(void)state;
	size_t checked = 0;
	for (size_t i = 0; i < COUNT(analyseds); i++) {
		const struct analysed *example = &analyseds[i];
		if (example->lead < 1e12)
			continue;
		double ours = off(analyse(example).statistic, example->statistic);
		assert_true(ours < off(example->lm_f, example->statistic));
		checked++;
	}
	assert_int_equal(checked, 3);
}

/* --- nothing prints --- */

/* What a function writes to standard output: how many bytes. */
static long long written_by(void (*run)(void))
{
	char *folder = test_folder(), *path = mem_print("%s/stdout", folder);
	fflush(stdout);
	int kept = dup(STDOUT_FILENO), file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(kept >= 0 && file >= 0);
	dup2(file, STDOUT_FILENO);
	run();
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	struct stat about = { 0 };
	assert_int_equal(fstat(file, &about), 0);
	close(file);
	close(kept);
	free(path);
	free(folder);
	return about.st_size;
}

static void print_a_word(void)
{
	fputs("word", stdout);
}

/* Two groups of n values each, 0 and 1 in turn, `apart` from one another. */
static void size_of_effect(size_t n, double apart)
{
	double *y = mem_alloc(2 * n, sizeof *y);
	for (size_t i = 0; i < 2 * n; i++)
		y[i] = (double)(i % 2) + (i < n ? 0 : apart);
	struct variance_shares shares = { 0 };
	struct hedges effect = { 0 };
	assert_int_equal(variance_shares(&shares, y, (const size_t[]){ 0, n, 2 * n }, 2, 90), REFUSAL_NONE);
	/* to within what the normal approximation is good for beyond a noncentrality of 400,000 */
	assert_true(shares.eta2_low <= shares.eta2 + 1e-3 && shares.eta2 <= shares.eta2_high + 1e-3);
	if (apart < 100)
		assert_int_equal(hedges(&effect, y, n, y + n, n, 95), REFUSAL_NONE);
	free(y);
}

static void sizes_of_effects(void)
{
	static const double aparts[] = { 0, 0.01, 1, 10, 100, 5000, 1e6 };
	static const size_t ns[] = { 2, 3, 10, 1000, 50000 };
	for (size_t a = 0; a < COUNT(aparts); a++)
		for (size_t n = 0; n < COUNT(ns); n++)
			size_of_effect(ns[n], aparts[a]);
	for (long long n = 10; n <= 1000000; n *= 10) {
		const long long apart[] = { n, 0, 0, n }, near[] = { n + 1, n, n, n + 1 },
				some[] = { n, n / 2, n / 2, n };
		struct cramer found = { 0 };
		assert_int_equal(cramer(&found, apart, 2, 2, 95), REFUSAL_NONE);
		assert_int_equal(cramer(&found, near, 2, 2, 95), REFUSAL_NONE);
		assert_int_equal(cramer(&found, some, 2, 2, 95), REFUSAL_NONE);
	}
}

static void sizes_of_effects_print_nothing(void **state)
{
	(void)state;
	assert_int_equal(written_by(print_a_word), 4);
	assert_int_equal(written_by(sizes_of_effects), 0);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(thirteen_leading_digits_cost_less_than_in_r),
		cmocka_unit_test(sizes_of_effects_print_nothing),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(univariates) + COUNT(analyseds)];
	size_t count = COUNT(others);
	memcpy(tests, others, sizeof others);
	ADD_EXAMPLES(tests, count, univariates, a_mean_is_as_nist_certifies_it);
	ADD_EXAMPLES(tests, count, analyseds, an_analysis_of_variance_is_as_nist_certifies_it);
	return _cmocka_run_group_tests("nist", tests, count, NULL, NULL);
}
