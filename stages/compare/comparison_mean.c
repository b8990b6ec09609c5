/* Means compared: every two areas by Games and Howell, each area and the rest by Welch, and how large a difference is.
 */
#include "comparison.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mean.h"
#include "mem.h"
#include "pairs.h"

enum { SHARES_LEVEL = 90 }; /* of shares of a variance, which have one end only: Steiger 2004 */

static double value_of(const struct analysis *analysis, size_t member)
{
	return analysis->sample->value[member];
}

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct comparison_item *item,
                    struct analysis_rests *rests)
{
	(void)item;
	analysis_rest_mean(analysis, row, rests);
}

/* Ranks of codes are made of the counts of every code, as in a table of them. */
static void rest_on_ranks(const struct analysis *analysis, const struct analysis_row *row,
                          const struct comparison_item *item, struct analysis_rests *rests)
{
	rest_on(analysis, row, item, rests);
	for (size_t code = 0; code < analysis->outcome->code_count; code++)
		analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.first_code + code));
}

/* Where a mean is refused, because all gave the same answer or hardly anybody any, no difference may tell it. */
static enum refusal refusal_of(const struct comparison_pair *pair)
{
	struct mean_estimate mean = { 0 };
	enum refusal refusal = mean_estimate(&mean, pair->first->values, pair->first->n, ANALYSIS_LEVEL);
	return refusal ? refusal : mean_estimate(&mean, pair->second->values, pair->second->n, ANALYSIS_LEVEL);
}

/* --- lines of a pair --- */

static void add_hedges(const struct comparison *comparison, const struct comparison_pair *pair,
                       struct comparison_lines *lines)
{
	const struct comparison_side *first = pair->first, *second = pair->second;
	struct hedges effect = { 0 };
	enum refusal refusal = refusal_of(pair);
	if (!refusal)
		refusal = hedges(&effect, first->values, first->n, second->values, second->n, ANALYSIS_LEVEL);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "hedges_g",
	                        "Hedges' g, interval by the noncentral t distribution", ANALYSIS_LEVEL, refusal);
	comparison_figure(line, "estimate", "Hedges' g", NULL, COMPARISON_DECIMALS, effect.g);
	comparison_figure(line, "low", "95% lower limit of g", NULL, COMPARISON_DECIMALS, effect.low);
	comparison_figure(line, "high", "95% upper limit of g", NULL, COMPARISON_DECIMALS, effect.high);
}

struct family_wise {
	struct mean_difference *pairs;
	size_t count;
	enum refusal refusal;
};

/* The difference alone tells of two areas; its limits and its p tell how many areas there are. */
static void contrast_pair(const struct comparison *comparison, const struct comparison_pair *pair,
                          struct comparison_lines *lines)
{
	const struct comparison_side *first = pair->first, *second = pair->second;
	const struct family_wise *all = comparison->with;
	const char *unit = comparison->analysis->outcome->unit;
	int decimals = comparison->analysis->config->decimals;
	struct mean_difference found = { 0 };
	enum refusal own = refusal_of(pair), refusal = all->refusal;
	if (pair->number == SIZE_MAX) /* a base below 2, or below a threshold that hides the line */
		refusal = own ? own : REFUSAL_N_BELOW_2;
	else if (!refusal)
		found = all->pairs[pair->number];
	double difference =
		own ? NAN
		    : (double)(moments_of(first->values, first->n).mean - moments_of(second->values, second->n).mean);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "mean_difference", "difference of the two means", NAN, own);
	comparison_figure(line, "estimate", "Difference", unit, decimals, difference);
	line = comparison_line(comparison, pair, lines, "games_howell", "Games and Howell's studentised range",
	                       ANALYSIS_LEVEL, refusal);
	line->of_all = true;
	line->family_size = all->count;
	comparison_figure(line, "low", "95% lower limit, all pairs at once", unit, decimals, found.low);
	comparison_figure(line, "high", "95% upper limit, all pairs at once", unit, decimals, found.high);
	comparison_figure(line, "statistic", NULL, NULL, ANALYSIS_STATISTIC_DECIMALS, found.statistic);
	comparison_figure(line, "df", NULL, NULL, ANALYSIS_DF2_DECIMALS, found.df);
	comparison_figure(line, "p_adjusted", "p (Games-Howell)", NULL, ANALYSIS_P_DECIMALS, found.p);
	add_hedges(comparison, pair, lines);
}

static void contrast_rest(const struct comparison *comparison, const struct comparison_pair *pair,
                          struct comparison_lines *lines)
{
	const struct comparison_side *first = pair->first, *rest = pair->second;
	const char *unit = comparison->analysis->outcome->unit;
	int decimals = comparison->analysis->config->decimals;
	struct mean_difference found = { 0 };
	enum refusal refusal = refusal_of(pair);
	if (!refusal)
		refusal = welch_t(&found, first->values, first->n, rest->values, rest->n, ANALYSIS_LEVEL);
	struct comparison_line *line = comparison_line(comparison, pair, lines, "mean_difference",
	                                               "Welch's t test and interval", ANALYSIS_LEVEL, refusal);
	comparison_figure(line, "estimate", "Difference", unit, decimals, found.difference);
	comparison_figure(line, "low", "95% lower limit", unit, decimals, found.low);
	comparison_figure(line, "high", "95% upper limit", unit, decimals, found.high);
	comparison_figure(line, "statistic", NULL, NULL, ANALYSIS_STATISTIC_DECIMALS, found.statistic);
	comparison_figure(line, "df", NULL, NULL, ANALYSIS_DF2_DECIMALS, found.df);
	comparison_figure(line, "p", "p", NULL, ANALYSIS_P_DECIMALS, found.p);
	lines->refusal = line->refusal;
	lines->p = found.p;
	add_hedges(comparison, pair, lines);
}

/* --- the benchmark --- */

static struct comparison_estimate estimate(const struct comparison *comparison, const struct analysis_row *row,
                                           const struct comparison_item *item, double level)
{
	(void)item;
	double *values = comparison_values(comparison, row);
	struct mean_estimate mean = { 0 };
	enum refusal refusal = mean_estimate(&mean, values, row->member_count, level);
	free(values);
	return (struct comparison_estimate){ mean.mean, mean.low, mean.high, refusal, 0 };
}

/* --- beside Welch's test --- */

static void say_shares(const struct comparison *comparison)
{
	struct analysis *analysis = comparison->analysis;
	size_t *first = NULL;
	double *values = comparison_taken(comparison, &first);
	struct variance_shares shares = { 0 };
	enum refusal refusal = comparison_flat(comparison);
	if (!refusal)
		refusal = variance_shares(&shares, values, first, comparison->taken_count, SHARES_LEVEL);
	struct comparison_line lines[] = {
		{ .statistic = "omega_squared", .method = "omega squared", .level = NAN },
		{ .statistic = "eta_squared",
		  .method = "eta squared, interval by the noncentral F distribution",
		  .level = SHARES_LEVEL },
	};
	lines[0].refusal = lines[1].refusal = refusal;
	comparison_figure(&lines[0], "estimate", "Omega squared", NULL, COMPARISON_SHARE_DECIMALS, shares.omega2);
	comparison_figure(&lines[1], "estimate", "Eta squared", NULL, COMPARISON_SHARE_DECIMALS, shares.eta2);
	comparison_figure(&lines[1], "low", "90% lower limit", NULL, COMPARISON_SHARE_DECIMALS, shares.eta2_low);
	comparison_figure(&lines[1], "high", "90% upper limit", NULL, COMPARISON_SHARE_DECIMALS, shares.eta2_high);
	static const char *const headings[] = { "Share of the variance between areas",
		                                "The same, not corrected for its bias" };
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct analysis_rests rests = { 0 };
		for (size_t area = 0; area < comparison->area_count; area++)
			analysis_rest_mean(analysis, &comparison->areas[area].row, &rests);
		lines[i].of_all = true;
		lines[i].cautions = analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0;
		comparison_beside_test(analysis, headings[i], &lines[i], &rests);
	}
	free(values);
	free(first);
}

/* --- all that is asked for --- */

static void say_pairs(struct comparison *comparison, const struct comparison_item *item)
{
	size_t *first = NULL, k = comparison->taken_count;
	double *values = comparison_taken(comparison, &first);
	struct family_wise all = { .count = k < 2 ? 0 : k * (k - 1) / 2 };
	all.pairs = mem_alloc(all.count, sizeof *all.pairs);
	all.refusal = games_howell(all.pairs, values, first, k, ANALYSIS_LEVEL);
	comparison->with = &all;
	comparison_pairs(comparison,
	                 &(struct comparison_way){
				 .items = item,
				 .item_count = 1,
				 .method = "The first area's mean less the second's. Limits and p by Games and "
					   "Howell: they hold for all pairs at once, and take no variances to be "
					   "equal. Hedges' g: the difference in standard deviations.",
				 .rest_on = rest_on,
				 .contrast = contrast_pair,
			 });
	comparison->with = NULL;
	free(values);
	free(first);
	free(all.pairs);
}

static void say_benchmark(struct comparison *comparison, const struct comparison_item *item, bool by_design)
{
	const struct analysis *analysis = comparison->analysis;
	const struct dataset *dataset = analysis->dataset;
	char *method = by_design ? mem_print("%s%s, Student t interval", dataset->variance, dataset->drawing)
	                         : mem_copy_text("Student t interval");
	comparison_benchmark(comparison, &(struct comparison_standard){
						 .item = item,
						 .by_design = by_design,
						 .method = method,
						 .unit = analysis->outcome->unit,
						 .difference_unit = analysis->outcome->unit,
						 .polarity = analysis->outcome->polarity,
						 .rest_on = rest_on,
						 .estimate = by_design ? comparison_mean_by_design : estimate,
					 });
	free(method);
}

static const struct comparison_item item = { 0 };

static const struct comparison_way pairs_by_design = {
	.items = &item,
	.item_count = 1,
	.method = "The first area's mean less the second's, by weights and design, with a t interval and a two-sided t "
		  "test whose variance is that of the difference.",
	.adjusts = true,
	.by_design = true,
	.rest_on = rest_on,
	.contrast = comparison_means_by_design,
};

static const struct comparison_way rest_by_design = {
	.items = &item,
	.item_count = 1,
	.method =
		"The area's mean less that of all others who answered, by weights and design, with a t interval and a "
		"two-sided t test whose variance is that of the difference.",
	.adjusts = true,
	.by_design = true,
	.rest_on = rest_on,
	.contrast = comparison_means_by_design,
};

void comparison_of_means(struct analysis *analysis)
{
	struct comparison comparison = { 0 };
	if (!comparison_is_any_asked(analysis))
		return;
	bool by_design = analysis_is_by_design(analysis);
	comparison_begin(&comparison, analysis, value_of);
	if (analysis->config->test && !by_design)
		say_shares(&comparison);
	if (comparison_is_asked(analysis, STUDY_COMPARE_TREND))
		comparison_trend(&comparison, rest_on_ranks);
	if (comparison_is_asked(analysis, STUDY_COMPARE_PAIRS) && by_design)
		comparison_pairs(&comparison, &pairs_by_design);
	else if (comparison_is_asked(analysis, STUDY_COMPARE_PAIRS))
		say_pairs(&comparison, &item);
	if (text_equal(analysis->outcome->level, "amount") && !analysis->dataset->adjusted_within)
		comparison_ranks_of_amounts(&comparison, rest_on_ranks);
	if (comparison_is_asked(analysis, STUDY_COMPARE_TUKEY))
		comparison_tukey(&comparison);
	if (comparison_is_asked(analysis, STUDY_COMPARE_CONTROL))
		comparison_dunnett(&comparison);
	if (comparison_is_asked(analysis, STUDY_COMPARE_REST) && by_design)
		comparison_rest(&comparison, &rest_by_design);
	else if (comparison_is_asked(analysis, STUDY_COMPARE_REST))
		comparison_rest(&comparison,
		                &(struct comparison_way){
					.items = &item,
					.item_count = 1,
					.method = "The area's mean less that of all others who answered, with "
						  "Welch's t interval and two-sided test. Hedges' g: the "
						  "difference in standard deviations.",
					.adjusts = true,
					.rest_on = rest_on,
					.contrast = contrast_rest,
				});
	if (comparison_is_asked(analysis, STUDY_COMPARE_BENCHMARK))
		say_benchmark(&comparison, &item, by_design);
	comparison_release(&comparison);
}
