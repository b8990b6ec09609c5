#include "testing.h"

#include "statistics/funnel.h"
#include "statistics/random_area.h"
#include "statistics/rate.h"
#include "statistics/time_series.h"

/* R 4.2.2: see tests/oracle/areas.R. */

enum { AREAS_MOST = 80 };

struct funnel_example {
	const char *name;
	double centre, n, level, low, high;
};
static const struct funnel_example funnel_share_examples[] = {
#include "../oracle/funnel_share.inc"
};
static const struct funnel_example funnel_ratio_examples[] = {
#include "../oracle/funnel_ratio.inc"
};

static void funnel_of_shares_agrees_with_r(void **state)
{
	const struct funnel_example *example = *state;
	struct funnel_limits limits = { 0 };
	assert_int_equal(funnel_share(&limits, example->centre, example->n, example->level), REFUSAL_NONE);
	assert_close(limits.low, example->low, 1e-9);
	assert_close(limits.high, example->high, 1e-9);
}

static void funnel_of_ratios_agrees_with_r(void **state)
{
	const struct funnel_example *example = *state;
	struct funnel_limits limits = { 0 };
	assert_int_equal(funnel_ratio(&limits, example->n, example->level), REFUSAL_NONE);
	assert_close(limits.low, example->low, 1e-9);
	assert_close(limits.high, example->high, 1e-9);
}

struct overdispersion_example {
	const char *name;
	const double *x, *n;
	size_t areas;
	double centre, phi, tau2;
};
static const struct overdispersion_example overdispersion_examples[] = {
#include "../oracle/overdispersion.inc"
};

static void overdispersion_agrees_with_r(void **state)
{
	const struct overdispersion_example *example = *state;
	struct overdispersion over = { 0 };
	assert_int_equal(funnel_overdispersion(&over, example->x, example->n, example->areas, example->centre), REFUSAL_NONE);
	assert_close(over.phi, example->phi, 1e-11);
	assert_close(over.tau2, example->tau2, 1e-10);
}

/* Without variance between the areas the limits are those of asin(sqrt(p)) alone; with some they lie outside these, and
 * never beyond 0 and 1: sin^2 of an angle that were let go below 0 would rise again. */
static void limits_widen_with_the_variance_between_areas_and_stay_shares(void **state)
{
	(void)state;
	struct funnel_limits narrow = { 0 }, wide = { 0 }, end = { 0 };
	assert_int_equal(funnel_share_over(&narrow, 0.3, 100, 0, 95), REFUSAL_NONE);
	assert_int_equal(funnel_share_over(&wide, 0.3, 100, 0.004, 95), REFUSAL_NONE);
	assert_true(wide.low < narrow.low && wide.high > narrow.high);
	assert_close(narrow.low, 0.214586286645, 1e-11); /* R: sin(asin(sqrt(.3)) - qnorm(.975) / 20)^2 */
	assert_int_equal(funnel_share_over(&end, 0.01, 5, 0.01, 99.8), REFUSAL_NONE);
	assert_close(end.low, 0, 0);
	assert_true(end.high < 1);
	assert_int_equal(funnel_share_over(&end, 0.99, 5, 0.01, 99.8), REFUSAL_NONE);
	assert_close(end.high, 1, 1e-15);
}

/* Of 10 around .9, all 10 come up in 35 of 100 samples: no limit may leave them outside. */
static void all_of_a_small_area_lie_within_limits_that_chance_reaches(void **state)
{
	(void)state;
	struct funnel_limits limits = { 0 };
	assert_int_equal(funnel_share(&limits, 0.9, 10, 99.8), REFUSAL_NONE);
	assert_close(limits.high, 1, 0);
	assert_int_equal(funnel_share(&limits, 0.9, 34, 95), REFUSAL_NONE); /* .9^34 = .028 */
	assert_close(limits.high, 1, 0);
	assert_int_equal(funnel_share(&limits, 0.9, 36, 95), REFUSAL_NONE); /* .9^36 = .023 */
	assert_true(limits.high < 1);
	assert_int_equal(funnel_share(&limits, 0.1, 10, 99.8), REFUSAL_NONE);
	assert_close(limits.low, 0, 0);
}

struct poisson_example {
	const char *name;
	double observed, low, high;
};
static const struct poisson_example poisson_examples[] = {
#include "../oracle/poisson_limits.inc"
};

static void limits_of_events_agree_with_r(void **state)
{
	const struct poisson_example *example = *state;
	struct rate rate = { 0 };
	assert_int_equal(poisson_limits(&rate, example->observed, 95), REFUSAL_NONE);
	assert_close(rate.low, example->low, 1e-9);
	assert_close(rate.high, example->high, 1e-9);
}

/* Two strata by hand: rates 0.1 and 0.02, standard 30 and 70: 0.044; variance (900 * 10/100^2 + 4900 * 20/1000^2)/100^2 */
static void standardised_rates_follow_their_formula(void **state)
{
	(void)state;
	const double events[] = { 10, 20 }, base[] = { 100, 1000 }, standard[] = { 30, 70 }, few[] = { 4, 5 };
	const double empty[] = { 0, 1000 };
	struct rate rate = { 0 }, limits = { 0 };
	assert_int_equal(direct_rate(&rate, events, base, standard, 2, 1000, 95), REFUSAL_NONE);
	assert_int_equal(poisson_limits(&limits, 30, 95), REFUSAL_NONE);
	assert_close(rate.value, 44, 1e-13);
	double variance = (900 * 10 / 1e4 + 4900 * 20 / 1e6) / 1e4;
	assert_close(rate.low, 1000 * (0.044 + sqrt(variance / 30) * (limits.low - 30)), 1e-12);
	assert_close(rate.high, 1000 * (0.044 + sqrt(variance / 30) * (limits.high - 30)), 1e-12);
	assert_int_equal(direct_rate(&rate, few, base, standard, 2, 1000, 95), REFUSAL_FEWER_THAN_10_EVENTS);
	assert_int_equal(direct_rate(&rate, events, empty, standard, 2, 1000, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(crude_rate(&rate, 12, 400, 1000, 95), REFUSAL_NONE);
	assert_close(rate.value, 30, 1e-13);
	assert_int_equal(crude_rate(&rate, 12, 0, 1000, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(standardised_ratio(&rate, 30, 25, 95), REFUSAL_NONE);
	assert_close(rate.value, 1.2, 1e-13);
	assert_int_equal(standardised_ratio(&rate, 30, 0, 95), REFUSAL_BASE_EMPTY);
}

/* --- over time --- */

static void trend_is_told_only_where_no_single_point_makes_it(void **state)
{
	(void)state;
	const double rising[] = { 99, 50, 52, 54, 56, 58 }, jump[] = { 50, 50, 50, 50, 70 }, flat[] = { 50, 50.1, 49.9, 50, 50.1 };
	double low[6], high[6];
	struct trend trend = { 0 };
	for (int i = 0; i < 6; i++) {
		low[i] = rising[i] - 1.96;
		high[i] = rising[i] + 1.96;
	}
	/* R: w = 1, slope 2 a year, variance 1/10: 40 */
	assert_int_equal(trend_recent(&trend, rising, low, high, 6), REFUSAL_NONE);
	assert_close(trend.slope, 2, 1e-12);
	assert_close(trend.statistic, 40, 1e-12);
	assert_int_equal(trend.direction, 1);
	for (int i = 0; i < 5; i++) {
		low[i] = jump[i] - 1.96;
		high[i] = jump[i] + 1.96;
	}
	assert_int_equal(trend_recent(&trend, jump, low, high, 5), REFUSAL_NONE);
	assert_true(trend.statistic > 9.55);
	assert_int_equal(trend.direction, 0); /* without its last point it is flat */
	for (int i = 0; i < 5; i++) {
		low[i] = flat[i] - 1.96;
		high[i] = flat[i] + 1.96;
	}
	assert_int_equal(trend_recent(&trend, flat, low, high, 5), REFUSAL_NONE);
	assert_int_equal(trend.direction, 0);
	/* 0.8 a period: (slope/se)^2 = 6.4, enough at 95 per cent and not at 99.8 */
	const double slow[] = { 50, 50.8, 51.6, 52.4, 53.2 };
	for (int i = 0; i < 5; i++) {
		low[i] = slow[i] - 1.96;
		high[i] = slow[i] + 1.96;
	}
	assert_int_equal(trend_recent(&trend, slow, low, high, 5), REFUSAL_NONE);
	assert_close(trend.statistic, 6.4, 1e-10);
	assert_int_equal(trend.direction, 0);
	assert_int_equal(trend_recent(&trend, flat, low, high, 4), REFUSAL_FEWER_THAN_5_POINTS);
	assert_int_equal(trend_recent(&trend, flat, flat, flat, 5), REFUSAL_ZERO_VARIANCE);
}

static void points_out_of_the_ordinary_are_signalled(void **state)
{
	(void)state;
	const double steady[] = { 10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 30 };
	unsigned signals[20];
	struct xmr chart = { 0 };
	assert_int_equal(xmr_chart(&chart, signals, steady, COUNT(steady)), REFUSAL_NONE);
	/* ranges 2 3 2 1 2 3 2 1 2 3 21: mean 42/11, times 3.267 is 12.47, so 21 is left out: 2.1 */
	assert_close(chart.moving_range, 2.1, 1e-13);
	assert_close(chart.high - chart.mean, 2.66 * 2.1, 1e-12);
	assert_int_equal(signals[11], XMR_OUTSIDE);
	for (int i = 0; i < 6; i++)
		assert_int_equal(signals[i], 0);
	assert_int_equal(signals[6], XMR_RUN); /* the last point has drawn the mean above all others */
	/* ranges 1, eight times, and 5: 5 is 3.46 times their mean, and left out */
	const double jump[] = { 10, 11, 10, 11, 10, 11, 10, 11, 10, 15 };
	assert_int_equal(xmr_chart(&chart, signals, jump, COUNT(jump)), REFUSAL_NONE);
	assert_close(chart.moving_range, 1, 1e-13);
	const double climbing[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	assert_int_equal(xmr_chart(&chart, signals, climbing, COUNT(climbing)), REFUSAL_NONE);
	assert_false(signals[5] & XMR_TREND);
	assert_true(signals[6] & XMR_TREND && signals[7] & XMR_TREND);
	const double shifted[] = { 10, 11, 10, 11, 10, 11, 10, 14, 15, 14, 15, 14, 15, 14 };
	assert_int_equal(xmr_chart(&chart, signals, shifted, COUNT(shifted)), REFUSAL_NONE);
	assert_true(signals[6] & XMR_RUN && signals[13] & XMR_RUN);
	assert_false(signals[7] & XMR_RUN || signals[12] & XMR_RUN);
	assert_int_equal(xmr_chart(&chart, signals, steady, 1), REFUSAL_N_BELOW_2);
	const double same[] = { 4, 4, 4 };
	assert_int_equal(xmr_chart(&chart, signals, same, 3), REFUSAL_ZERO_VARIANCE);
}

/* --- models --- */

struct random_intercept_example {
	const char *name;
	const double *y;
	const size_t *first;
	size_t groups;
	double mean, se, tau2, sigma2, statistic, p;
	const double *estimate, *area_se;
};
static const struct random_intercept_example random_intercept_examples[] = {
#include "../oracle/random_intercept.inc"
};

/* lme4 stops where its criterion hardly changes, some 1e-6 of the variances away: of the balanced sets (Penicillin, CO2) the
 * mean square within is sigma2, and ours is it. */
static void random_intercepts_agree_with_lme4(void **state)
{
	const struct random_intercept_example *example = *state;
	struct random_intercept model = { 0 };
	struct random_area areas[AREAS_MOST] = { 0 };
	assert_int_equal(random_intercept(&model, areas, example->y, example->first, example->groups), REFUSAL_NONE);
	assert_close(model.mean, example->mean, 1e-7);
	assert_close(model.sigma2, example->sigma2, 5e-6);
	assert_close(model.se, example->se, 1e-5);
	if (example->tau2 < 1e-8) {
		assert_close(model.tau2, 0, 0);
		assert_close(model.p, 1, 0);
	} else {
		assert_close(model.tau2, example->tau2, 1e-4);
		assert_close(model.statistic, example->statistic, 1e-6);
		assert_close(model.p, example->p, 1e-6);
	}
	for (size_t j = 0; j < example->groups; j++) {
		assert_close(areas[j].estimate, example->estimate[j], 1e-5);
		if (example->tau2 > 1e-8)
			assert_close(areas[j].se, example->area_se[j], 5e-5);
	}
}

/* NIST's and every textbook's balanced case: sigma2 is the mean square within, tau2 the ANOVA's, where it is above 0 */
static void balanced_areas_give_the_analysis_of_variance(void **state)
{
	(void)state;
	const double y[] = { 1, 3, 4, 6, 2, 4, 9, 11, 5, 7, 6, 8 };
	const size_t first[] = { 0, 2, 4, 6, 8, 10, 12 };
	struct random_intercept model = { 0 };
	assert_int_equal(random_intercept(&model, NULL, y, first, 6), REFUSAL_NONE);
	/* means 2 5 3 10 6 7, MSW 2, MSB 2 * 8.3 */
	assert_close(model.sigma2, 2, 1e-9);
	assert_close(model.tau2, (2 * 8.3 - 2) / 2, 1e-9);
}

struct random_logit_example {
	const char *name;
	const double *x, *n;
	size_t count;
	double logit, tau;
	const double *estimate;
};
static const struct random_logit_example random_logit_examples[] = {
#include "../oracle/random_logit.inc"
};

static void random_logits_agree_with_lme4(void **state)
{
	const struct random_logit_example *example = *state;
	struct random_logit model = { 0 };
	struct random_area areas[AREAS_MOST] = { 0 };
	assert_int_equal(random_logit(&model, areas, example->x, example->n, example->count), REFUSAL_NONE);
	assert_close(model.logit, example->logit, 2e-5);
	assert_close(model.tau, example->tau, 2e-5);
	assert_close(model.mor, pow(2.59574236904487, model.tau), 1e-12); /* R: exp(sqrt(2) * qnorm(.75)) */
	for (size_t j = 0; j < example->count; j++)
		assert_close(areas[j].estimate, example->estimate[j], 1e-5);
}

/* What the simplex leaves of a tau of 0 is some 1e-8: an interval by it would have no width. */
static void areas_that_differ_by_chance_alone_have_no_variance_between(void **state)
{
	(void)state;
	struct random_logit model = { 0 };
	struct random_area areas[AREAS_MOST] = { 0 };
	for (size_t k = RANDOM_LEAST_AREAS; k <= 36; k += 3) {
		double x[36], n[36];
		for (size_t j = 0; j < k; j++) {
			n[j] = (double)(10 + (j * 97 + k * 31) % 300);
			x[j] = round(0.4 * n[j]);
		}
		assert_int_equal(random_logit(&model, areas, x, n, k), REFUSAL_NONE);
		assert_true(model.tau == 0 && model.statistic == 0 && model.p == 1 && model.mor == 1);
		assert_true(areas[0].se == 0);
	}
}

/* lme4 1.1-31, glmer(nAGQ = 25): tau 6.95, and .0096, .1044, .9904, .8956. Newton's steps alone leap to and fro. */
static void areas_far_apart_have_their_own_modes(void **state)
{
	(void)state;
	static const double x[] = { 0, 0, 1, 10, 10, 9 }, n[] = { 10, 10, 10, 10, 10, 10 };
	static const double estimate[] = { .009593, .009593, .104445, .990407, .990407, .895555 };
	struct random_logit model = { 0 };
	struct random_area areas[6] = { 0 };
	assert_int_equal(random_logit(&model, areas, x, n, 6), REFUSAL_NONE);
	assert_close(model.tau, 6.952541, 2e-4);
	for (size_t j = 0; j < 6; j++)
		assert_close(areas[j].estimate, estimate[j], 5e-4);
}

static void areas_of_nobody_and_of_everybody_have_no_finite_variance_between(void **state)
{
	(void)state;
	static const double x[] = { 0, 0, 0, 10, 10, 10 }, n[] = { 10, 10, 10, 10, 10, 10 };
	struct random_logit model = { 0 };
	assert_int_equal(random_logit(&model, NULL, x, n, 6), REFUSAL_NOT_COMPUTABLE);
}

struct fay_herriot_example {
	const char *name;
	const double *y, *d;
	size_t count;
	double mean, se, tau2, q, p;
	const double *estimate, *area_se;
};
static const struct fay_herriot_example fay_herriot_examples[] = {
#include "../oracle/fay_herriot.inc"
};

static void fay_herriot_agrees_with_metafor(void **state)
{
	const struct fay_herriot_example *example = *state;
	struct fay_herriot model = { 0 };
	struct random_area areas[AREAS_MOST] = { 0 };
	assert_int_equal(fay_herriot(&model, areas, example->y, example->d, example->count), REFUSAL_NONE);
	assert_close(model.mean, example->mean, 1e-8);
	assert_close(model.se, example->se, 1e-8);
	assert_close(model.tau2, example->tau2, 1e-7);
	assert_close(model.q, example->q, 1e-10);
	assert_close(model.p, example->p, 1e-8);
	for (size_t j = 0; j < example->count; j++) {
		assert_close(areas[j].estimate, example->estimate[j], 1e-8);
		assert_close(areas[j].se, example->area_se[j], 1e-7);
	}
}

static void models_of_too_few_or_empty_areas_are_refused(void **state)
{
	(void)state;
	const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, d[] = { 1, 1, 1, 1, 1, 0 }, n[] = { 9, 9, 9, 9, 9, 0 };
	const double flat[] = { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6 }, none[6] = { 0 }, nine[] = { 9, 9, 9, 9, 9, 9 };
	const size_t first[] = { 0, 2, 4, 6, 8, 10, 12 }, hole[] = { 0, 2, 4, 4, 8, 10, 12 };
	struct random_intercept model = { 0 };
	struct random_logit logit = { 0 };
	struct fay_herriot direct = { 0 };
	struct overdispersion over = { 0 };
	assert_int_equal(random_intercept(&model, NULL, y, first, 5), REFUSAL_FEWER_THAN_6_AREAS);
	assert_int_equal(random_intercept(&model, NULL, y, hole, 6), REFUSAL_BASE_EMPTY);
	assert_int_equal(random_intercept(&model, NULL, flat, first, 6), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(random_logit(&logit, NULL, y, nine, 5), REFUSAL_FEWER_THAN_6_AREAS);
	assert_int_equal(random_logit(&logit, NULL, y, n, 6), REFUSAL_BASE_EMPTY);
	assert_int_equal(random_logit(&logit, NULL, none, nine, 6), REFUSAL_FEWER_THAN_2_CATEGORIES);
	assert_int_equal(random_logit(&logit, NULL, nine, nine, 6), REFUSAL_FEWER_THAN_2_CATEGORIES);
	assert_int_equal(fay_herriot(&direct, NULL, y, d, 5), REFUSAL_FEWER_THAN_6_AREAS);
	assert_int_equal(fay_herriot(&direct, NULL, y, d, 6), REFUSAL_ZERO_VARIANCE);
	assert_int_equal(funnel_overdispersion(&over, y, nine, 5, 0.5), REFUSAL_FEWER_THAN_6_AREAS);
	assert_int_equal(funnel_overdispersion(&over, y, n, 6, 0.5), REFUSAL_BASE_EMPTY);
}

int main(void)
{
	enum { MOST = 400 };
	static struct CMUnitTest tests[MOST] = {
		cmocka_unit_test(limits_widen_with_the_variance_between_areas_and_stay_shares),
		cmocka_unit_test(standardised_rates_follow_their_formula),
		cmocka_unit_test(trend_is_told_only_where_no_single_point_makes_it),
		cmocka_unit_test(points_out_of_the_ordinary_are_signalled),
		cmocka_unit_test(balanced_areas_give_the_analysis_of_variance),
		cmocka_unit_test(models_of_too_few_or_empty_areas_are_refused),
		cmocka_unit_test(all_of_a_small_area_lie_within_limits_that_chance_reaches),
		cmocka_unit_test(areas_that_differ_by_chance_alone_have_no_variance_between),
		cmocka_unit_test(areas_far_apart_have_their_own_modes),
		cmocka_unit_test(areas_of_nobody_and_of_everybody_have_no_finite_variance_between),
	};
	size_t count = 10;
	ADD_EXAMPLES(tests, count, funnel_share_examples, funnel_of_shares_agrees_with_r);
	ADD_EXAMPLES(tests, count, funnel_ratio_examples, funnel_of_ratios_agrees_with_r);
	ADD_EXAMPLES(tests, count, overdispersion_examples, overdispersion_agrees_with_r);
	ADD_EXAMPLES(tests, count, poisson_examples, limits_of_events_agree_with_r);
	ADD_EXAMPLES(tests, count, random_intercept_examples, random_intercepts_agree_with_lme4);
	ADD_EXAMPLES(tests, count, random_logit_examples, random_logits_agree_with_lme4);
	ADD_EXAMPLES(tests, count, fay_herriot_examples, fay_herriot_agrees_with_metafor);
	return _cmocka_run_group_tests("areas", tests, count, NULL, NULL);
}
