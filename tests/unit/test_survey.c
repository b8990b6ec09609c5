/* Means, totals, ratios, quantiles and covariances under many designs: against R, and what is refused. */
#include "testing.h"

#include <math.h>
#include <time.h>

#include "mem.h"
#include "statistics/survey_mean.h"
#include "statistics/survey_quantile.h"
#include "statistics/survey_replicates.h"
#include "statistics/survey_total.h"

enum kind { MEAN, TOTAL, RATIO, QUANTILE_MATH, QUANTILE_SCHOOL };

/* R 4.2.2, survey 4.1-1: see tests/oracle/survey.R */
#include "../oracle/survey_designs.inc"

static const struct example {
	const char *name;
	enum kind kind;
	const struct survey_design *design;
	const double *y, *x; /* of each unit of the design */
	const size_t *member;
	size_t n;
	double p, level, value, se, df, low, high, deff, deff_replace; /* NaN: not asked of R */
} examples[] = {
#include "../oracle/survey_estimates.inc"
};

static double *gather(const double *of, const size_t *member, size_t n)
{
	double *values = mem_alloc(n, sizeof *values);
	for (size_t i = 0; of && i < n; i++)
		values[i] = of[member[i]];
	return values;
}

static enum refusal estimate(struct survey_estimate *got, const struct example *of)
{
	double *y = gather(of->y, of->member, of->n), *x = gather(of->x, of->member, of->n);
	struct survey_mean mean = { 0 };
	enum refusal refusal = REFUSAL_NONE;
	switch (of->kind) {
	case MEAN:
		refusal = survey_mean(&mean, of->design, y, of->member, of->n, of->level);
		*got = (struct survey_estimate){ .value = mean.mean,
			                         .variance = mean.variance,
			                         .se = mean.se,
			                         .df = mean.df,
			                         .low = mean.low,
			                         .high = mean.high,
			                         .deff = mean.deff,
			                         .deff_replace = mean.deff_replace };
		break;
	case TOTAL: refusal = survey_total(got, of->design, y, of->member, of->n, of->level); break;
	case RATIO: refusal = survey_ratio(got, of->design, y, x, of->member, of->n, of->level); break;
	case QUANTILE_MATH:
	case QUANTILE_SCHOOL:
		refusal = survey_quantile(got, of->design, y, of->member, of->n, of->p,
		                          of->kind == QUANTILE_MATH ? SURVEY_QUANTILE_MATH : SURVEY_QUANTILE_SCHOOL,
		                          of->level);
	}
	free(y);
	free(x);
	return refusal;
}

static void estimates_agree_with_r(void **state)
{
	const struct example *example = *state;
	struct survey_estimate got = { 0 };
	assert_int_equal(estimate(&got, example), REFUSAL_NONE);
	assert_close(got.value, example->value, 1e-11);
	assert_close(got.se, example->se, 1e-8);
	assert_close(got.variance, example->se * example->se, 1e-8);
	assert_close(got.df, example->df, 0);
	assert_close(got.low, example->low, 1e-8);
	assert_close(got.high, example->high, 1e-8);
	if (!isnan(example->deff))
		assert_close(got.deff, example->deff, 1e-8);
	if (!isnan(example->deff_replace))
		assert_close(got.deff_replace, example->deff_replace, 1e-8);
}

static const struct covariance_example {
	const char *name;
	const struct survey_design *design;
	const double *y;
	const size_t *domain;
	size_t domains;
	const double *values, *covariance;
} covariances[] = {
#include "../oracle/survey_covariances.inc"
};

static void covariances_agree_with_r(void **state)
{
	const struct covariance_example *example = *state;
	size_t n = example->design->units, k = example->domains;
	size_t *member = mem_alloc(n, sizeof *member);
	double *values = mem_alloc(k, sizeof *values), *covariance = mem_alloc(k * k, sizeof *covariance);
	for (size_t i = 0; i < n; i++)
		member[i] = i;
	const struct survey_domains domains = { example->y, example->domain, k };
	const struct survey_statistic means = survey_domain_means(&domains);
	assert_int_equal(survey_covariance(values, covariance, example->design, &means, member, n), REFUSAL_NONE);
	for (size_t v = 0; v < k; v++)
		assert_close(values[v], example->values[v], 1e-11);
	for (size_t i = 0; i < k * k; i++)
		assert_true(
			fabs(covariance[i] - example->covariance[i])
			<= 1e-9 * sqrt(example->covariance[i / k * (k + 1)] * example->covariance[i % k * (k + 1)]));
	free(member);
	free(values);
	free(covariance);
}

static const struct scale_example {
	const char *name;
	enum survey_replicates_type type;
	size_t count;
	double rho, scale;
} scales[] = {
#include "../oracle/survey_scales.inc"
};

static void scales_agree_with_r(void **state)
{
	const struct scale_example *example = *state;
	assert_close(survey_replicates_scale(example->type, example->count, example->rho), example->scale, 1e-15);
}

/* --- what is refused, and what R does not say --- */

static const double y[] = { 3, 1, 4, 1, 5, 9 }, twice[] = { 6, 2, 8, 2, 10, 18 }, none[] = { 0, 0, 0, 0, 0, 0 };
static const size_t all[] = { 0, 1, 2, 3, 4, 5 }, pairs[] = { 0, 0, 1, 1, 2, 2 }, triple[] = { 0, 0, 0, 1, 1, 2 };
static const struct survey_design six = { .units = 6, .strata = 1, .clusters = 6 };

static void what_cannot_be_estimated_is_refused(void **state)
{
	(void)state;
	static const double minus[] = { 1, 1, -1, 1, 1, 1 }, missing[] = { 1, 1, NAN, 1, 1, 1 };
	struct survey_design design = six, in_pairs = { .units = 6, .cluster = pairs, .strata = 1, .clusters = 3 };
	struct survey_estimate got = { 0 };
	assert_int_equal(survey_total(&got, &six, y, all, 0, 95), REFUSAL_BASE_EMPTY);
	assert_int_equal(survey_total(&got, &six, y, all, 1, 95), REFUSAL_N_BELOW_2);
	assert_int_equal(survey_total(&got, &six, none, all, 6, 95), REFUSAL_ZERO_VARIANCE);
	assert_close(got.value, 0, 0);
	assert_int_equal(survey_total(&got, &in_pairs, y, all, 2, 95), REFUSAL_NO_DESIGN_DF);
	assert_close(got.value, 4, 0);
	design.weight = minus;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_WEIGHTS_NEGATIVE);
	design.weight = missing;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_WEIGHTS_MISSING);
	design.weight = none;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_WEIGHTS_ZERO);
	assert_int_equal(survey_ratio(&got, &six, y, none, all, 6, 95), REFUSAL_DENOMINATOR_ZERO);
	assert_int_equal(survey_ratio(&got, &six, twice, y, all, 6, 95), REFUSAL_ZERO_VARIANCE);
	assert_close(got.value, 2, 0);
	assert_int_equal(survey_quantile(&got, &six, none, all, 6, 0.5, SURVEY_QUANTILE_MATH, 95),
	                 REFUSAL_ZERO_VARIANCE);
	assert_int_equal(survey_quantile(&got, &six, y, all, 6, 0, SURVEY_QUANTILE_MATH, 95), REFUSAL_NOT_COMPUTABLE);
	assert_int_equal(survey_quantile(&got, &six, y, all, 6, 1, SURVEY_QUANTILE_MATH, 95), REFUSAL_NOT_COMPUTABLE);
}

static void a_total_of_all_there_are_has_no_sampling_error(void **state)
{
	(void)state;
	static const double population[] = { 6 };
	struct survey_design design = six;
	struct survey_estimate got = { 0 };
	design.population = population;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NO_DESIGN_VARIANCE);
	assert_close(got.value, 23, 0);
	assert_int_equal(survey_quantile(&got, &design, y, all, 6, 0.5, SURVEY_QUANTILE_MATH, 95),
	                 REFUSAL_NO_DESIGN_VARIANCE);
	assert_close(got.value, 3, 0);
}

static void an_interval_beyond_all_answers_is_none(void **state)
{
	(void)state;
	struct survey_estimate got = { 0 };
	assert_int_equal(survey_quantile(&got, &six, y, all, 6, 0.95, SURVEY_QUANTILE_MATH, 95), REFUSAL_INTERVAL_OPEN);
	assert_close(got.value, 9, 0);
	assert_int_equal(survey_quantile(&got, &six, y, all, 6, 0.1, SURVEY_QUANTILE_MATH, 95), REFUSAL_INTERVAL_OPEN);
	assert_close(got.value, 1, 0);
}

static void a_median_is_a_value_or_a_mid_point(void **state)
{
	(void)state;
	struct survey_estimate got = { 0 };
	survey_quantile(&got, &six, y, all, 6, 0.5, SURVEY_QUANTILE_MATH, 95);
	assert_close(got.value, 3, 0);
	survey_quantile(&got, &six, y, all, 6, 0.5, SURVEY_QUANTILE_SCHOOL, 95);
	assert_close(got.value, 3.5, 0);
	survey_quantile(&got, &six, y, all, 5, 0.5, SURVEY_QUANTILE_SCHOOL, 95);
	assert_close(got.value, 3, 0);
	/* below the first step of F, where R's qrule takes the second value */
	survey_quantile(&got, &six, y, all, 5, 0.01, SURVEY_QUANTILE_SCHOOL, 95);
	assert_close(got.value, 1, 0);
}

static void a_tie_of_f_with_p_survives_rounding(void **state)
{
	(void)state;
	static const double tenths[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
	struct survey_design design = six;
	struct survey_estimate got = { 0 };
	design.weight = tenths;
	survey_quantile(&got, &design, y, all, 6, 0.5, SURVEY_QUANTILE_SCHOOL, 95);
	assert_close(got.value, 3.5, 0);
}

static void a_unit_alone_in_its_cluster_is_refused_unless_a_rule_says_what_it_does(void **state)
{
	(void)state;
	static const double population[] = { 30 }, sizes[] = { 9, 8, 7 }, certain[] = { 9, 8, 1 };
	struct survey_design design = { .units = 6,
		                        .cluster = triple,
		                        .strata = 1,
		                        .clusters = 3,
		                        .population = population,
		                        .cluster_size = sizes };
	struct survey_estimate got = { 0 }, alone = { 0 };
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_LONELY_CLUSTER);
	assert_int_equal(survey_total(&got, &design, y, all, 5, 95), REFUSAL_NONE); /* beside the domain */
	design.lonely = SURVEY_LONELY_AVERAGE;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_LONELY_CLUSTER);
	design.lonely = SURVEY_LONELY_ADJUST;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NONE);
	design.lonely = SURVEY_LONELY_REMOVE;
	assert_int_equal(survey_total(&alone, &design, y, all, 6, 95), REFUSAL_NONE);
	/* f_h (1 - f_hc) z^2 of the one */
	assert_close(got.variance - alone.variance, 3.0 / 30 * (1 - 1.0 / 7) * 81, 1e-12);
	design.lonely = SURVEY_LONELY_FAIL;
	design.cluster_size = certain; /* all of its cluster were asked */
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NONE);
	assert_close(got.variance, alone.variance, 1e-12);
}

static void clusters_without_end_have_no_second_stage(void **state)
{
	(void)state;
	static const double sizes[] = { 9, 8, 7 };
	struct survey_design one = { .units = 6, .cluster = triple, .strata = 1, .clusters = 3 }, two = one;
	struct survey_estimate a = { 0 }, b = { 0 };
	two.cluster_size = sizes;
	assert_int_equal(survey_total(&a, &one, y, all, 6, 95), REFUSAL_NONE);
	assert_int_equal(survey_total(&b, &two, y, all, 6, 95), REFUSAL_NONE);
	assert_close(a.variance, b.variance, 0);
}

/* Six units, three replicates. */
static const double thirds[] = { 0, 1.5, 1.5, 0, 1.5, 1.5, 1.5, 0, 1.5, 1.5, 0, 1.5, 1.5, 1.5, 0, 1.5, 1.5, 0 };

static void replicates_refuse_what_they_leave_nobody_of(void **state)
{
	(void)state;
	struct survey_replicates replicates = {
		.count = 3, .weight = thirds, .scale = 2.0 / 3, .mse = true, .df = NAN
	};
	struct survey_design design = six;
	struct survey_estimate got = { 0 };
	design.replicates = &replicates;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NONE);
	assert_close(got.df, 2, 0);
	assert_int_equal(survey_total(&got, &design, y, all, 2, 95), REFUSAL_NO_DESIGN_DF);
	replicates.df = 2;
	assert_int_equal(survey_total(&got, &design, y, all, 2, 95), REFUSAL_REPLICATE_EMPTY);
	assert_close(got.value, 4, 0);
	assert_int_equal(survey_ratio(&got, &design, y, (const double[]){ 0, 0, 1, 1, 0, 0 }, all, 6, 95),
	                 REFUSAL_REPLICATE_EMPTY);
	replicates.df = 0;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NO_DESIGN_DF);
}

static void replicate_weights_must_be_numbers_from_0(void **state)
{
	(void)state;
	double weights[COUNT(thirds)];
	struct survey_replicates replicates = { .count = 3, .weight = weights, .scale = 1, .df = 2 };
	struct survey_design design = six;
	struct survey_estimate got = { 0 };
	design.replicates = &replicates;
	memcpy(weights, thirds, sizeof weights);
	weights[7] = -1;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_WEIGHTS_NEGATIVE);
	weights[7] = NAN;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_WEIGHTS_MISSING);
	for (size_t i = 0; i < COUNT(weights); i++)
		weights[i] = 1;
	assert_int_equal(survey_total(&got, &design, y, all, 6, 95), REFUSAL_NO_DESIGN_VARIANCE);
}

static void replicates_centre_where_they_are_told_to(void **state)
{
	(void)state;
	struct survey_replicates replicates = { .count = 3, .weight = thirds, .scale = 2.0 / 3, .df = 2 };
	struct survey_design design = six;
	struct survey_estimate mean = { 0 }, estimate = { 0 };
	design.replicates = &replicates;
	assert_int_equal(survey_total(&mean, &design, y, all, 6, 95), REFUSAL_NONE);
	replicates.mse = true;
	assert_int_equal(survey_total(&estimate, &design, y, all, 6, 95), REFUSAL_NONE);
	/* replicate totals by hand: 1.5 times what is left of 3 1 4 1 5 9 */
	double totals[] = { 1.5 * (4 + 1 + 5 + 9), 1.5 * (3 + 1 + 5 + 9), 1.5 * (3 + 1 + 4 + 1) };
	double centre = (totals[0] + totals[1] + totals[2]) / 3, around = 0, about = 0;
	for (size_t k = 0; k < 3; k++) {
		around += 2.0 / 3 * (totals[k] - centre) * (totals[k] - centre);
		about += 2.0 / 3 * (totals[k] - 23) * (totals[k] - 23);
	}
	assert_close(mean.variance, around, 1e-12);
	assert_close(estimate.variance, about, 1e-12);
}

/* By hand: clusters of one unit in two strata, each in one of 3 domains, of which the second stratum knows 2. */
static void domains_that_clusters_do_not_share_vary_together(void **state)
{
	(void)state;
	enum { N = 8 };
	static const double values_of[N] = { 1e6, 1e6 + 2, 1e6 + 5, 1e6 + 9, 3, 4, 1e6 + 1, 7 };
	static const size_t domain[N] = { 0, 0, 1, 0, 2, 1, 0, 1 }, stratum[N] = { 0, 0, 0, 0, 0, 1, 1, 1 };
	static const size_t members[N] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	const struct survey_design design = { .units = N, .stratum = stratum, .strata = 2, .clusters = N };
	const struct survey_domains domains = { values_of, domain, 3 };
	const struct survey_statistic means = survey_domain_means(&domains);
	double values[3], covariance[9];
	assert_int_equal(survey_covariance(values, covariance, &design, &means, members, N), REFUSAL_NONE);
	for (size_t v = 0; v < 3; v++)
		for (size_t u = 0; u < 3; u++) {
			static const double size[] = { 4, 3, 1 };
			double expected = 0;
			for (size_t h = 0; h < 2; h++) {
				double n = h ? 3 : 5, sum_v = 0, sum_u = 0;
				for (size_t i = 0; i < N; i++) {
					sum_v += stratum[i] == h && domain[i] == v
					                 ? (values_of[i] - values[v]) / size[v]
					                 : 0;
					sum_u += stratum[i] == h && domain[i] == u
					                 ? (values_of[i] - values[u]) / size[u]
					                 : 0;
				}
				for (size_t i = 0; i < N; i++) {
					double z_v = domain[i] == v ? (values_of[i] - values[v]) / size[v] : 0;
					double z_u = domain[i] == u ? (values_of[i] - values[u]) / size[u] : 0;
					expected += stratum[i] == h
					                    ? n / (n - 1) * (z_v - sum_v / n) * (z_u - sum_u / n)
					                    : 0;
				}
			}
			assert_close(covariance[v * 3 + u], expected, 1e-9);
		}
}

/* Nobody waits for 152 areas by 5 codes of 100,000 who were drawn one by one: the work is that of the numbers each
 * moves. In a second, where all pairs of numbers of each would take minutes. */
static void many_domains_cost_what_each_unit_moves(void **state)
{
	(void)state;
	enum { N = 100000, DOMAINS = 760 };
	double *of = mem_alloc(N, sizeof *of), *values = mem_alloc(DOMAINS, sizeof *values);
	double *covariance = mem_alloc((size_t)DOMAINS * DOMAINS, sizeof *covariance);
	size_t *domain = mem_alloc(N, sizeof *domain), *member = mem_alloc(N, sizeof *member);
	for (size_t i = 0; i < N; i++) {
		of[i] = (double)(i * 7919 % 11);
		domain[i] = i % DOMAINS;
		member[i] = i;
	}
	const struct survey_design design = { .units = N, .strata = 1, .clusters = N };
	const struct survey_domains domains = { of, domain, DOMAINS };
	const struct survey_statistic means = survey_domain_means(&domains);
	clock_t before = clock();
	assert_int_equal(survey_covariance(values, covariance, &design, &means, member, N), REFUSAL_NONE);
	assert_true((double)(clock() - before) / CLOCKS_PER_SEC < 10); /* with sanitizers, on a busy machine */
	free(of);
	free(values);
	free(covariance);
	free(domain);
	free(member);
}

static void a_domain_without_weight_has_no_mean(void **state)
{
	(void)state;
	static const size_t domain[] = { 0, 0, 0, 2, 2, 2 };
	const struct survey_domains domains = { y, domain, 3 };
	const struct survey_statistic means = survey_domain_means(&domains);
	double values[3], covariance[9];
	assert_int_equal(survey_covariance(values, covariance, &six, &means, all, 6), REFUSAL_WEIGHTS_ZERO);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(what_cannot_be_estimated_is_refused),
		cmocka_unit_test(domains_that_clusters_do_not_share_vary_together),
		cmocka_unit_test(many_domains_cost_what_each_unit_moves),
		cmocka_unit_test(a_total_of_all_there_are_has_no_sampling_error),
		cmocka_unit_test(an_interval_beyond_all_answers_is_none),
		cmocka_unit_test(a_median_is_a_value_or_a_mid_point),
		cmocka_unit_test(a_tie_of_f_with_p_survives_rounding),
		cmocka_unit_test(a_unit_alone_in_its_cluster_is_refused_unless_a_rule_says_what_it_does),
		cmocka_unit_test(clusters_without_end_have_no_second_stage),
		cmocka_unit_test(replicates_refuse_what_they_leave_nobody_of),
		cmocka_unit_test(replicate_weights_must_be_numbers_from_0),
		cmocka_unit_test(replicates_centre_where_they_are_told_to),
		cmocka_unit_test(a_domain_without_weight_has_no_mean),
	};
	static struct CMUnitTest tests[COUNT(examples) + COUNT(covariances) + COUNT(scales) + COUNT(others)];
	size_t count = 0;
	ADD_EXAMPLES(tests, count, examples, estimates_agree_with_r);
	ADD_EXAMPLES(tests, count, covariances, covariances_agree_with_r);
	ADD_EXAMPLES(tests, count, scales, scales_agree_with_r);
	memcpy(tests + count, others, sizeof others);
	return _cmocka_run_group_tests("survey", tests, COUNT(tests), NULL, NULL);
}
