#include "testing.h"

#include "statistics/anova.h"
#include "statistics/mann_whitney.h"
#include "statistics/pairs.h"
#include "statistics/rank.h"

/* R 4.2.2: see tests/oracle/groups.R. Tolerances above 1e-8 say whose iteration they are. */

enum { PAIRS_MOST = 120 };

static size_t pair_count(size_t groups)
{
	return groups * (groups - 1) / 2;
}

/* A p that R has as 1 - P is 0 or rounding's where ours has digits. */
static void assert_tail(double got, double expected)
{
	if (fmax(got, expected) > 1e-9)
		assert_close(got, expected, fmax(got, expected) > 1e-5 ? 1e-8 : 1e-3);
}

struct kruskal_wallis_example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	double statistic, df, p, epsilon2;
	const double *dunn_z, *dunn_p;
};
static const struct kruskal_wallis_example kruskal_wallis_examples[] = {
#include "../oracle/kruskal_wallis.inc"
};

static void kruskal_wallis_and_dunn_agree_with_r(void **state)
{
	const struct kruskal_wallis_example *example = *state;
	struct kruskal_wallis test = { 0 };
	struct dunn pairs[PAIRS_MOST];
	assert_int_equal(kruskal_wallis(&test, example->y, example->first, example->groups), REFUSAL_NONE);
	assert_close(test.statistic, example->statistic, 1e-10);
	assert_close(test.df, example->df, 0);
	assert_close(test.p, example->p, 1e-9);
	assert_close(test.epsilon2, example->epsilon2, 1e-10);
	assert_int_equal(dunn_pairs(pairs, example->y, example->first, example->groups), REFUSAL_NONE);
	for (size_t i = 0; i < pair_count(example->groups); i++) {
		assert_close(pairs[i].z, example->dunn_z[i], 1e-10);
		assert_close(pairs[i].p, example->dunn_p[i], 1e-9);
	}
}

struct jonckheere_example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	double statistic, z, p;
};
static const struct jonckheere_example jonckheere_examples[] = {
#include "../oracle/jonckheere.inc"
};

static void jonckheere_agrees_with_kendall(void **state)
{
	const struct jonckheere_example *example = *state;
	struct jonckheere test = { 0 };
	assert_int_equal(jonckheere(&test, example->y, example->first, example->groups), REFUSAL_NONE);
	assert_close(test.statistic, example->statistic, 0);
	assert_close(test.z, example->z, 1e-10);
	assert_close(test.p, example->p, 1e-8);
}

struct mann_whitney_example {
	const char *name;
	const double *a, *b;
	size_t n1, n2;
	double u, p, superiority, low, high;
	bool exact;
};
static const struct mann_whitney_example mann_whitney_examples[] = {
#include "../oracle/mann_whitney.inc"
};

static void mann_whitney_agrees_with_r(void **state)
{
	const struct mann_whitney_example *example = *state;
	struct mann_whitney test = { 0 };
	assert_int_equal(mann_whitney(&test, example->a, example->n1, example->b, example->n2, 95), REFUSAL_NONE);
	assert_close(test.u, example->u, 0);
	assert_int_equal(test.exact, example->exact);
	assert_close(test.p, example->p, 1e-8);
	assert_close(test.superiority, example->superiority, 1e-14);
	assert_close(test.low, example->low, 1e-10);
	assert_close(test.high, example->high, 1e-10);
}

struct welch_t_example {
	const char *name;
	const double *a, *b;
	size_t n1, n2;
	double difference, se, df, statistic, p, low, high, g, g_low, g_high;
};
static const struct welch_t_example welch_t_examples[] = {
#include "../oracle/welch_t.inc"
};

static void welch_t_and_hedges_agree_with_r(void **state)
{
	const struct welch_t_example *example = *state;
	struct mean_difference difference = { 0 };
	struct hedges effect = { 0 };
	assert_int_equal(welch_t(&difference, example->a, example->n1, example->b, example->n2, 95), REFUSAL_NONE);
	assert_close(difference.difference, example->difference, 1e-11);
	assert_close(difference.se, example->se, 1e-11);
	assert_close(difference.df, example->df, 1e-11);
	assert_close(difference.statistic, example->statistic, 1e-10);
	assert_close(difference.p, example->p, 1e-9);
	assert_close(difference.low, example->low, 1e-9);
	assert_close(difference.high, example->high, 1e-9);
	assert_int_equal(hedges(&effect, example->a, example->n1, example->b, example->n2, 95), REFUSAL_NONE);
	assert_close(effect.g, example->g, 1e-11);
	assert_close(effect.low, example->g_low, 1e-8);
	assert_close(effect.high, example->g_high, 1e-8);
}

struct pairs_example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	const double *difference, *se, *df, *statistic, *p, *low, *high;
};
static const struct pairs_example games_howell_examples[] = {
#include "../oracle/games_howell.inc"
};
static const struct pairs_example tukey_kramer_examples[] = {
#include "../oracle/tukey_kramer.inc"
};

static void check_pairs(const struct pairs_example *example, const struct mean_difference *pairs)
{
	for (size_t i = 0; i < pair_count(example->groups); i++) {
		assert_close(pairs[i].difference, example->difference[i], 1e-10);
		if (example->df)
			assert_close(pairs[i].df, example->df[i], 1e-10);
		assert_close(pairs[i].statistic, example->statistic[i], 1e-10);
		assert_tail(pairs[i].p, example->p[i]);
		assert_close(pairs[i].low, example->low[i], 1e-8);
		assert_close(pairs[i].high, example->high[i], 1e-8);
	}
}

static void games_howell_agrees_with_r(void **state)
{
	const struct pairs_example *example = *state;
	struct mean_difference pairs[PAIRS_MOST] = { 0 };
	assert_int_equal(games_howell(pairs, example->y, example->first, example->groups, 95), REFUSAL_NONE);
	check_pairs(example, pairs);
}

static void tukey_kramer_agrees_with_r(void **state)
{
	const struct pairs_example *example = *state;
	struct mean_difference pairs[PAIRS_MOST] = { 0 };
	assert_int_equal(tukey_kramer(pairs, example->y, example->first, example->groups, 95), REFUSAL_NONE);
	check_pairs(example, pairs);
}

static const struct pairs_example dunnett_examples[] = {
#include "../oracle/dunnett.inc"
};

/* mvtnorm's integral is randomised, to about 1e-6 here. */
static void dunnett_agrees_with_r(void **state)
{
	const struct pairs_example *example = *state;
	struct mean_difference differences[PAIRS_MOST] = { 0 };
	assert_int_equal(dunnett(differences, example->y, example->first, example->groups, 95), REFUSAL_NONE);
	for (size_t i = 0; i + 1 < example->groups; i++) {
		assert_close(differences[i].statistic, example->statistic[i], 1e-10);
		assert_true(fabs(differences[i].p - example->p[i]) < 1e-5);
	}
}

struct variance_shares_example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	double statistic, p, eta2, omega2, epsilon2, low, high;
};
static const struct variance_shares_example variance_shares_examples[] = {
#include "../oracle/variance_shares.inc"
};

static void variance_shares_agree_with_r(void **state)
{
	const struct variance_shares_example *example = *state;
	struct variance_shares shares = { 0 };
	assert_int_equal(variance_shares(&shares, example->y, example->first, example->groups, 95), REFUSAL_NONE);
	assert_close(shares.statistic, example->statistic, 1e-10);
	assert_close(shares.p, example->p, 1e-9);
	assert_close(shares.eta2, example->eta2, 1e-11);
	assert_close(shares.omega2, example->omega2, 1e-9);
	assert_close(shares.epsilon2, example->epsilon2, 1e-9);
	assert_close(shares.eta2_low, example->low, 1e-8);
	assert_close(shares.eta2_high, example->high, 1e-8);
}

/* --- what is refused --- */

static void small_and_flat_groups_are_refused(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 3, 4, 5, 6 }, flat[] = { 2, 2, 2, 2, 2, 2 };
	const size_t two[] = { 0, 3, 6 }, small[] = { 0, 4, 6 }, single[] = { 0, 5, 6 };
	struct kruskal_wallis ranks = { 0 };
	struct jonckheere ordered = { 0 };
	struct mann_whitney two_groups = { 0 };
	struct mean_difference pair = { 0 };
	struct hedges effect = { 0 };
	struct variance_shares shares = { 0 };
	assert_int_equal(kruskal_wallis(&ranks, y, two, 1), REFUSAL_FEWER_THAN_2_AREAS);
	assert_int_equal(kruskal_wallis(&ranks, y, small, 2), REFUSAL_N_BELOW_3);
	assert_int_equal(kruskal_wallis(&ranks, flat, two, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(kruskal_wallis(&ranks, y, two, 2), REFUSAL_NONE);
	assert_int_equal(jonckheere(&ordered, flat, two, 2), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(mann_whitney(&two_groups, y, 4, y + 4, 2, 95), REFUSAL_N_BELOW_3);
	assert_int_equal(mann_whitney(&two_groups, flat, 3, flat + 3, 3, 95), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(welch_t(&pair, y, 5, y + 5, 1, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(welch_t(&pair, flat, 3, flat + 3, 3, 95), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(games_howell(&pair, y, single, 2, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(games_howell(&pair, flat, two, 2, 95), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(tukey_kramer(&pair, flat, two, 2, 95), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(hedges(&effect, y, 5, y + 5, 1, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(hedges(&effect, flat, 3, flat + 3, 3, 95), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(variance_shares(&shares, flat, two, 2, 95), REFUSAL_ZERO_VARIANCE);
}

/* Dunnett 1964, table II (two-sided, 5 per cent), 3 treatments and 20 degrees of freedom: 2.54; 5 and 60: 2.58 */
static void dunnett_gives_the_published_critical_values(void **state)
{
	(void)state;
	static const struct {
		size_t groups, each;
		double critical;
	} rows[] = { { 4, 6, 2.54 }, { 6, 11, 2.58 } };
	for (size_t r = 0; r < COUNT(rows); r++) {
		double y[66];
		size_t first[7] = { 0 };
		for (size_t j = 0; j < rows[r].groups; j++) {
			first[j + 1] = first[j] + rows[r].each;
			for (size_t i = 0; i < rows[r].each; i++)
				y[first[j] + i] = (double)(i * i);
		}
		struct mean_difference differences[5] = { 0 };
		assert_int_equal(dunnett(differences, y, first, rows[r].groups, 95), REFUSAL_NONE);
		double critical = (differences[0].high - differences[0].difference) / differences[0].se;
		assert_true(fabs(critical - rows[r].critical) <= 0.005);
	}
}

/* libRmath's noncentral t passes 1 by 1e-11 there, and t itself 1000. With so many, the interval of g is that of a
 * normal g with variance 1/n1 + 1/n2 + g^2/(2 (n1 + n2)). */
static void hedges_is_there_for_large_groups(void **state)
{
	(void)state;
	enum { N = 100000 };
	static const double shifts[] = { 0.001, 0.1, 3 };
	double *y = mem_alloc(2 * N, sizeof *y);
	for (size_t s = 0; s < COUNT(shifts); s++) {
		struct hedges effect = { 0 };
		for (size_t i = 0; i < N; i++) {
			y[i] = (double)(i % 2);
			y[N + i] = y[i] + shifts[s];
		}
		assert_int_equal(hedges(&effect, y, N, y + N, N, 95), REFUSAL_NONE);
		double half = 1.959963984540054 * sqrt(2.0 / N + effect.g * effect.g / (4.0 * N));
		assert_close(effect.g, -2 * shifts[s], 1e-4);
		assert_close(effect.high - effect.g, half, 1e-3);
		assert_close(effect.g - effect.low, half, 1e-3);
	}
	free(y);
}

/* --- what a pooled test and a test of ranks are flagged by --- */

static void spreads_differ_by_more_than_twice_where_sizes_differ_by_more_than_half(void **state)
{
	(void)state;
	/* n values -s and s in turn have the variance s^2 n/(n - 1): equal sizes, then three against two */
	const double twice[] = { -1, 1, -1, 1, -2, 2, -2, 2 }, more[] = { -1, 1, -1, 1, -2.001, 2.001, -2.001, 2.001 };
	const size_t equal[] = { 0, 4, 8 };
	assert_false(anova_spreads_differ(twice, equal, 2));
	assert_false(anova_spreads_differ(more, equal, 2)); /* of one size */
	double y[22];
	for (size_t i = 0; i < 22; i++)
		y[i] = (i % 2 ? 1 : -1) * (i < 8 ? 1 : 3);
	assert_false(anova_spreads_differ(y, (const size_t[]){ 0, 8, 20 }, 2)); /* 12 of 8: not more than half */
	assert_true(anova_spreads_differ(y, (const size_t[]){ 0, 8, 22 }, 2));
	assert_true(anova_spreads_differ(y, (const size_t[]){ 0, 1, 8, 22 }, 3)); /* one alone does not count */
	for (size_t i = 8; i < 22; i++)
		y[i] = (i % 2 ? 1 : -1) * 2 * sqrt(8. / 7 / (14. / 13)); /* exactly twice, but for rounding */
	for (size_t i = 8; i < 22; i++)
		y[i] *= 1 - 1e-9;
	assert_false(anova_spreads_differ(y, (const size_t[]){ 0, 8, 22 }, 2));
	for (size_t i = 8; i < 22; i++)
		y[i] *= 1 + 1e-8;
	assert_true(anova_spreads_differ(y, (const size_t[]){ 0, 8, 22 }, 2));
}

static void values_that_equal_another_are_tied(void **state)
{
	(void)state;
	const double y[] = { 3, 1, 3, 2, 5, 1, 3 };
	assert_int_equal(rank_tied(y, 7), 5);
	assert_int_equal(rank_tied(y, 2), 0);
	assert_int_equal(rank_tied(y, 0), 0);
}

int main(void)
{
	enum { MOST = 4000 };
	static struct CMUnitTest tests[MOST] = {
		cmocka_unit_test(small_and_flat_groups_are_refused),
		cmocka_unit_test(dunnett_gives_the_published_critical_values),
		cmocka_unit_test(hedges_is_there_for_large_groups),
		cmocka_unit_test(spreads_differ_by_more_than_twice_where_sizes_differ_by_more_than_half),
		cmocka_unit_test(values_that_equal_another_are_tied),
	};
	size_t count = 5;
	ADD_EXAMPLES(tests, count, kruskal_wallis_examples, kruskal_wallis_and_dunn_agree_with_r);
	ADD_EXAMPLES(tests, count, jonckheere_examples, jonckheere_agrees_with_kendall);
	ADD_EXAMPLES(tests, count, mann_whitney_examples, mann_whitney_agrees_with_r);
	ADD_EXAMPLES(tests, count, welch_t_examples, welch_t_and_hedges_agree_with_r);
	ADD_EXAMPLES(tests, count, games_howell_examples, games_howell_agrees_with_r);
	ADD_EXAMPLES(tests, count, tukey_kramer_examples, tukey_kramer_agrees_with_r);
	ADD_EXAMPLES(tests, count, dunnett_examples, dunnett_agrees_with_r);
	ADD_EXAMPLES(tests, count, variance_shares_examples, variance_shares_agree_with_r);
	return _cmocka_run_group_tests("groups", tests, count, NULL, NULL);
}
