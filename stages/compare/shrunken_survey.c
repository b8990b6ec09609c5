#include "shrunken.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "asked.h"
#include "chi_square.h"
#include "comparison.h"
#include "mem.h"
#include "mean.h"
#include "random_area.h"

enum { I2_DECIMALS = 1 };

bool shrunken_check(const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	if (!analysis->config->shrink || !dataset->adjusted_within)
		return true;
	analysis_wrong(analysis, err,
	               "what the areas tell of each other is unweighted, and the weights are adjusted to",
	               dataset->margins);
	return error_help(
		err, "leave out shrink: a reader could take the unweighted estimates for that of the weighted figures");
}

static double normal_reach(void)
{
	return gsl_cdf_ugaussian_Qinv((1 - ANALYSIS_LEVEL / 100.) / 2);
}

/* Why an area is not in the model: nobody answered, or a base below 2 or below a threshold that hides the line. */
static enum refusal left_out(const struct comparison_side *side)
{
	return side->taken ? REFUSAL_NONE : side->n ? REFUSAL_N_BELOW_2 : REFUSAL_BASE_EMPTY;
}

static unsigned own_cautions(const struct analysis *analysis)
{
	return analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0;
}

static size_t begin_table(const struct analysis *analysis, const char *how)
{
	char *method =
		mem_print("%s over the areas where at least %d answered. 95 per cent interval given the model. Read "
	                  "the area's own figure beside it: this one is the better guess, and never what the area's "
	                  "people answered. The p of the likelihood ratio is halved, as the standard deviation "
	                  "between areas cannot be below 0.%s",
	                  how, analysis->tested_from,
	                  analysis_untested(analysis, " Nothing in this table is weighted.",
	                                    " Nothing in this table uses the sample's design."));
	size_t arrangement = analysis_begin_part(
		analysis, (struct analysis_part){ .part = "shrunken", .about = "drawn together", .method = method });
	free(method);
	return arrangement;
}

static char *over_areas(const struct analysis *analysis, const char *method)
{
	return mem_print("%s over the areas where at least %d answered", method, analysis->tested_from);
}

/* --- means --- */

static double value_of(const struct analysis *analysis, size_t member)
{
	return analysis->sample->value[member];
}

static void rest_on_mean(const struct analysis *analysis, size_t area, struct analysis_rests *rests)
{
	analysis_rest_mean(analysis, &analysis->rows[area], rests);
}

static void rest_on_means(const struct analysis *analysis, struct analysis_rests *rests)
{
	for (size_t area = 0; area + 1 < analysis->row_count; area++)
		rest_on_mean(analysis, area, rests);
}

static void fill_means(struct shrunken_area *said, const struct comparison *comparison, const struct random_area *drawn)
{
	for (size_t area = 0, i = 0; area < comparison->area_count; area++) {
		said[area].refusal = left_out(&comparison->areas[area]);
		if (said[area].refusal)
			continue;
		const struct random_area *of = &drawn[i++];
		said[area].estimate = of->estimate;
		said[area].low = of->estimate - normal_reach() * of->se;
		said[area].high = of->estimate + normal_reach() * of->se;
	}
}

/* How much of what is seen between the means is more than their standard errors leave. */
static struct shrunken_between i_squared_of_means(const struct comparison *comparison, const char *method)
{
	struct shrunken_between between = { "i_squared", "I squared", "%", I2_DECIMALS, NAN, method, REFUSAL_NONE };
	size_t count = 0;
	double *mean = mem_alloc(comparison->taken_count, sizeof *mean),
	       *d = mem_alloc(comparison->taken_count, sizeof *d);
	for (size_t area = 0; area < comparison->area_count; area++) {
		const struct comparison_side *side = &comparison->areas[area];
		struct mean_estimate of = { 0 };
		if (!side->taken)
			continue;
		mean_estimate(&of, side->values, side->n, ANALYSIS_LEVEL);
		mean[count] = of.mean;
		d[count++] = of.se * of.se;
	}
	struct fay_herriot model = { 0 };
	between.refusal = fay_herriot(&model, NULL, mean, d, count);
	between.value = 100 * model.i2;
	free(mean);
	free(d);
	return between;
}

void shrunken_of_means(struct analysis *analysis, struct shrunken_area *said)
{
	struct comparison comparison = { 0 };
	comparison_begin(&comparison, analysis, value_of);
	size_t *first = NULL;
	double *values = comparison_taken(&comparison, &first);
	struct random_intercept model = { 0 };
	struct random_area *drawn = mem_alloc(comparison.taken_count, sizeof *drawn);
	enum refusal refusal = comparison_flat(&comparison);
	if (!refusal)
		refusal = random_intercept(&model, drawn, values, first, comparison.taken_count);
	fill_means(said, &comparison, drawn);
	char *i2_method = over_areas(analysis, "Higgins and Thompson 2002, of Cochran's Q of the means"),
	     *area_method = over_areas(analysis, "random intercept, best linear unbiased prediction"),
	     *model_method = over_areas(analysis, "random intercept, restricted maximum likelihood");
	size_t arrangement = begin_table(
		analysis,
		"Empirical-Bayes mean: a model with a random intercept for each area (restricted maximum likelihood) draws an "
		"area's mean towards the average of the areas, the more so the smaller its base,");
	shrunken_say(analysis, arrangement,
	             &(struct shrunken){
			     .own = "Mean",
			     .drawn = "Empirical-Bayes mean",
			     .unit = analysis->outcome->unit,
			     .area_method = area_method,
			     .model_method = model_method,
			     .areas = said,
			     .refusal = refusal,
			     .cautions = own_cautions(analysis),
			     .alike = !refusal && model.tau2 == 0,
			     .between = { { "between_areas_sd", "Standard deviation between areas (tau)",
	                                    analysis->outcome->unit, SHRUNKEN_DECIMALS, sqrt(model.tau2), NULL,
	                                    REFUSAL_NONE },
	                                  { "intraclass_correlation", "Share of the variance between areas (ICC)", NULL,
	                                    SHRUNKEN_DECIMALS, model.icc, NULL, REFUSAL_NONE },
	                                  i_squared_of_means(&comparison, i2_method) },
			     .between_count = 3,
			     .statistic = model.statistic,
			     .p = model.p,
			     .rest_on = rest_on_mean,
			     .rest_on_all = rest_on_means,
		     });
	free(i2_method);
	free(area_method);
	free(model_method);
	free(drawn);
	free(values);
	free(first);
	comparison_release(&comparison);
}

/* --- shares --- */

static void rest_on_share(const struct analysis *analysis, size_t area, struct analysis_rests *rests)
{
	const struct analysis_row *row = &analysis->rows[area];
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.group));
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
}

static void rest_on_shares(const struct analysis *analysis, struct analysis_rests *rests)
{
	for (size_t area = 0; area + 1 < analysis->row_count; area++)
		rest_on_share(analysis, area, rests);
}

static double share_at(double logit)
{
	return 1 / (1 + exp(-logit));
}

static void fill_shares(struct shrunken_area *said, const struct comparison *comparison,
                        const struct random_area *drawn, bool is_drawn)
{
	for (size_t area = 0, i = 0; area < comparison->area_count; area++) {
		said[area].refusal = left_out(&comparison->areas[area]);
		if (said[area].refusal || !is_drawn)
			continue;
		const struct random_area *of = &drawn[i++];
		double logit = log(of->estimate / (1 - of->estimate));
		said[area].estimate = 100 * of->estimate;
		said[area].low = 100 * share_at(logit - normal_reach() * of->se);
		said[area].high = 100 * share_at(logit + normal_reach() * of->se);
	}
}

static enum refusal fit_shares(struct random_logit *model, struct random_area *drawn,
                               const struct comparison *comparison)
{
	const struct analysis *analysis = comparison->analysis;
	double *x = mem_alloc(comparison->taken_count, sizeof *x), *n = mem_alloc(comparison->taken_count, sizeof *n);
	size_t count = 0;
	for (size_t area = 0; area < comparison->area_count; area++) {
		const struct comparison_side *side = &comparison->areas[area];
		if (!side->taken)
			continue;
		x[count] = (double)analysis_count(analysis, &side->row, analysis->answers.group);
		n[count++] = (double)side->n;
	}
	enum refusal refusal = random_logit(model, drawn, x, n, count);
	free(x);
	free(n);
	return refusal;
}

static struct shrunken_between i_squared_of_shares(const struct comparison *comparison, const char *method)
{
	struct shrunken_between between = { "i_squared", "I squared", "%", I2_DECIMALS, NAN, method, REFUSAL_NONE };
	const struct analysis *analysis = comparison->analysis;
	long long *counts = mem_alloc(2 * comparison->taken_count, sizeof *counts);
	size_t count = 0;
	for (size_t area = 0; area < comparison->area_count; area++) {
		const struct comparison_side *side = &comparison->areas[area];
		if (!side->taken)
			continue;
		counts[2 * count] = analysis_count(analysis, &side->row, analysis->answers.group);
		counts[2 * count + 1] = (long long)side->n - counts[2 * count];
		count++;
	}
	struct chi_square test = { 0 };
	between.refusal = chi_square(&test, counts, count, 2);
	if (!between.refusal)
		between.value = test.statistic > test.df ? 100 * (test.statistic - test.df) / test.statistic : 0;
	free(counts);
	return between;
}

void shrunken_of_shares(struct analysis *analysis, struct shrunken_area *said)
{
	struct comparison comparison = { 0 };
	comparison_begin(&comparison, analysis, NULL);
	struct random_logit model = { 0 };
	struct random_area *drawn = mem_alloc(comparison.taken_count, sizeof *drawn);
	enum refusal refusal = fit_shares(&model, drawn, &comparison);
	fill_shares(said, &comparison, drawn, !refusal);
	char *i2_method = over_areas(analysis, "Higgins and Thompson 2002, of Pearson's chi-square"),
	     *area_method = over_areas(analysis, "random intercept, empirical Bayes at the mode"),
	     *model_method = over_areas(analysis, "random intercept, adaptive Gauss-Hermite quadrature");
	size_t arrangement = begin_table(
		analysis,
		"Empirical-Bayes share: a logistic model with a random intercept for each area (adaptive Gauss-Hermite "
		"quadrature) draws an area's share towards the average of the areas, the more so the smaller its base,");
	shrunken_say(analysis, arrangement,
	             &(struct shrunken){
			     .own = "Share",
			     .drawn = "Empirical-Bayes share",
			     .unit = "%",
			     .area_method = area_method,
			     .model_method = model_method,
			     .areas = said,
			     .refusal = refusal,
			     .cautions = own_cautions(analysis),
			     .alike = !refusal && model.tau == 0,
			     .between = { { "between_areas_sd", "Standard deviation between areas (tau, logit scale)",
	                                    NULL, SHRUNKEN_DECIMALS, model.tau, NULL, REFUSAL_NONE },
	                                  { "median_odds_ratio", "Median odds ratio", NULL, SHRUNKEN_DECIMALS,
	                                    model.mor, NULL, REFUSAL_NONE },
	                                  i_squared_of_shares(&comparison, i2_method) },
			     .between_count = 3,
			     .statistic = model.statistic,
			     .p = model.p,
			     .rest_on = rest_on_share,
			     .rest_on_all = rest_on_shares,
		     });
	free(i2_method);
	free(area_method);
	free(model_method);
	free(drawn);
	comparison_release(&comparison);
}
