/* Areas compared by weights and design. Clusters that reach into two areas move both: so a difference has its variance
 * from both areas at once, and not from their two intervals. */
#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mann_whitney.h"
#include "mean.h"
#include "mem.h"
#include "rao_scott.h"
#include "survey_mean.h"
#include "survey_rank.h"
#include "survey_wald.h"

enum { FEW_DEGREES = 8, FEW_EFFECTIVE = 30 };

/* --- both sides of a pair, one behind the other --- */

struct both {
	size_t *members, n1, n2;
	double *values;
};

static struct both both_of(const struct comparison_pair *pair)
{
	const struct comparison_side *first = pair->first, *second = pair->second;
	size_t n = first->n + second->n;
	struct both both = { mem_alloc(n, sizeof *both.members), first->n, second->n,
		             mem_alloc(n, sizeof *both.values) };
	for (size_t i = 0; i < n; i++) {
		const struct comparison_side *side = i < first->n ? first : second;
		size_t at = i < first->n ? i : i - first->n;
		both.members[i] = side->members[at];
		both.values[i] = side->values ? side->values[at] : 0;
	}
	return both;
}

static void both_release(struct both *both)
{
	free(both->members);
	free(both->values);
}

/* 1 for who stands in the facet of the outcome, 0 for the others. */
static void give_shares(double *values, const struct analysis *analysis, const size_t *members, size_t n, size_t facet)
{
	const struct axis_facet *of = &analysis->answers.facets[facet];
	bool *in = mem_alloc(analysis->answers.atom_count, sizeof *in);
	for (size_t i = 0; i < of->atom_count; i++)
		in[of->atoms[i]] = true;
	for (size_t i = 0; i < n; i++) {
		values[i] = !analysis->places && in[analysis->sample->outcome[members[i]]];
		/* of options, each of those where the respondent stands */
		for (size_t p = analysis->places ? analysis->answers.first[members[i]] : 0;
		     analysis->places && p < analysis->answers.first[members[i] + 1]; p++)
			if (in[analysis->places[p]])
				values[i] = 1;
	}
	free(in);
}

/* --- words and flags --- */

static const struct survey_design *design_of(const struct comparison *comparison)
{
	return &comparison->analysis->dataset->design;
}

static unsigned size_cautions(double n_kish, double df)
{
	return (n_kish < FEW_EFFECTIVE ? CAUTION_N_EFF_BELOW_30 : 0)
	       | (df < FEW_DEGREES ? CAUTION_DESIGN_DF_BELOW_8 : 0);
}

/* Not where unweighted figures must not stand beside the weighted ones: it is one bit of them. */
static unsigned sign_caution(const struct comparison *comparison, double weighted, double unweighted)
{
	bool disagree = weighted * unweighted < 0 && !comparison->analysis->dataset->adjusted_within;
	return disagree ? CAUTION_SIGNS_DISAGREE : 0;
}

static const char *heading_of(const struct comparison *comparison)
{
	return comparison->analysis->dataset->weighted ? "Weighted difference" : "Difference by design";
}

static double mean_of(const double *values, size_t n)
{
	return n ? (double)moments_of(values, n).mean : NAN;
}

static void add_test(struct comparison_line *line, const struct survey_contrast *found)
{
	comparison_figure(line, "statistic", NULL, NULL, ANALYSIS_STATISTIC_DECIMALS, found->statistic);
	comparison_figure(line, "df", NULL, NULL, 0, found->df);
	comparison_figure(line, "p", "p", NULL, ANALYSIS_P_DECIMALS, found->p);
}

/* --- means --- */

static void add_difference(const struct comparison *comparison, const struct comparison_pair *pair,
                           struct comparison_lines *lines, const struct both *both, const char *statistic,
                           const char *unit, double factor)
{
	struct survey_contrast found = { 0 };
	int decimals = comparison->analysis->config->decimals;
	lines->by_design = true;
	enum refusal refusal = survey_contrast(&found, design_of(comparison), both->values, both->members, both->n1,
	                                       both->n2, SURVEY_DIFFERENCE, ANALYSIS_LEVEL);
	struct comparison_line *line = comparison_line(comparison, pair, lines, statistic,
	                                               "Student t interval and test", ANALYSIS_LEVEL, refusal);
	line->has_variance = true;
	line->cautions |= size_cautions(found.n_kish, found.least_df)
	                  | sign_caution(comparison, found.value,
	                                 mean_of(both->values, both->n1) - mean_of(both->values + both->n1, both->n2));
	comparison_figure(line, "estimate", heading_of(comparison), unit, decimals, factor * found.value);
	comparison_figure(line, "low", "95% lower limit", unit, decimals, factor * found.low);
	comparison_figure(line, "high", "95% upper limit", unit, decimals, factor * found.high);
	add_test(line, &found);
	lines->refusal = line->refusal;
	lines->p = found.p;
}

void comparison_means_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                struct comparison_lines *lines)
{
	struct both both = both_of(pair);
	add_difference(comparison, pair, lines, &both, "weighted_mean_difference", comparison->analysis->outcome->unit,
	               1);
	both_release(&both);
}

struct comparison_estimate comparison_mean_by_design(const struct comparison *comparison,
                                                     const struct analysis_row *row, const struct comparison_item *item,
                                                     double level)
{
	const struct analysis *analysis = comparison->analysis;
	struct survey_mean mean = { 0 };
	double *values = comparison_values(comparison, row);
	(void)item;
	enum refusal refusal = survey_mean(&mean, design_of(comparison), values, analysis->members + row->first_member,
	                                   row->member_count, level);
	free(values);
	return (struct comparison_estimate){ mean.mean, mean.low, mean.high, refusal,
		                             size_cautions(mean.n_kish, mean.df) };
}

/* --- shares --- */

static void add_ratio(const struct comparison *comparison, const struct comparison_pair *pair,
                      struct comparison_lines *lines, const struct both *both, bool odds)
{
	static const struct {
		const char *statistic, *heading, *low, *high;
	} words[] = { { "weighted_share_ratio", "Ratio", "95% lower limit of the ratio",
		        "95% upper limit of the ratio" },
		      { "weighted_odds_ratio", "Odds ratio", "95% lower limit of the odds ratio",
		        "95% upper limit of the odds ratio" } };
	struct survey_contrast found = { 0 };
	enum refusal refusal = survey_contrast(&found, design_of(comparison), both->values, both->members, both->n1,
	                                       both->n2, odds ? SURVEY_ODDS : SURVEY_RATIO, ANALYSIS_LEVEL);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, words[odds].statistic,
	                        "Student t interval on the scale of the logarithm", ANALYSIS_LEVEL, refusal);
	line->has_variance = true;
	line->cautions |= size_cautions(found.n_kish, found.least_df);
	comparison_figure(line, "estimate", words[odds].heading, NULL, COMPARISON_DECIMALS, found.value);
	comparison_figure(line, "low", words[odds].low, NULL, COMPARISON_DECIMALS, found.low);
	comparison_figure(line, "high", words[odds].high, NULL, COMPARISON_DECIMALS, found.high);
}

void comparison_shares_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                 struct comparison_lines *lines)
{
	struct both both = both_of(pair);
	give_shares(both.values, comparison->analysis, both.members, both.n1 + both.n2, pair->item->facet);
	add_difference(comparison, pair, lines, &both, "weighted_share_difference", "percentage points", 100);
	add_ratio(comparison, pair, lines, &both, false);
	add_ratio(comparison, pair, lines, &both, true);
	both_release(&both);
}

struct comparison_estimate comparison_share_by_design(const struct comparison *comparison,
                                                      const struct analysis_row *row,
                                                      const struct comparison_item *item, double level)
{
	const struct analysis *analysis = comparison->analysis;
	const size_t *members = analysis->members + row->first_member;
	struct survey_proportion share = { 0 };
	double *values = mem_alloc(row->member_count, sizeof *values);
	give_shares(values, analysis, members, row->member_count, item->facet);
	enum refusal refusal =
		survey_proportion_interval(&share, design_of(comparison), values, members, row->member_count, level,
	                                   analysis_share_interval(analysis, NULL));
	free(values);
	return (struct comparison_estimate){ 100 * share.p, 100 * share.low, 100 * share.high, refusal,
		                             size_cautions(share.n_eff, share.df)
		                                     | (share.exact ? CAUTION_EXACT_INTERVAL : 0) };
}

void comparison_cramer_by_design(struct analysis *analysis, const size_t *answers, size_t count)
{
	long long *counts = mem_alloc(analysis->row_count * count, sizeof *counts);
	struct analysis_rests rests = { 0 };
	struct rao_scott test = { 0 };
	analysis_crossing(analysis, answers, count, counts, &rests);
	analysis_rest_design(analysis, &analysis->rows[analysis->row_count - 1], &rests);
	struct comparison_line line = {
		.statistic = "weighted_cramers_v",
		.method = "Cramer's V of the weighted shares",
		.level = NAN,
		.refusal = analysis_rao_scott(&test, analysis, answers, count),
		.of_all = true,
		.by_design = true,
	};
	comparison_figure(&line, "estimate", "V", NULL, COMPARISON_SHARE_DECIMALS, test.v);
	comparison_beside_test(analysis, "Size of the differences (Cramer's V)", &line, &rests);
	free(counts);
}

/* --- ranks --- */

static void add_superiority(const struct comparison *comparison, const struct comparison_pair *pair,
                            struct comparison_lines *lines, const struct both *both)
{
	struct survey_contrast found = { 0 };
	struct mann_whitney plain = { 0 };
	int decimals = comparison->analysis->config->decimals;
	enum refusal refusal = survey_superiority(&found, design_of(comparison), both->values, both->members, both->n1,
	                                          both->n2, ANALYSIS_LEVEL);
	if (!refusal)
		mann_whitney(&plain, both->values, both->n1, both->values + both->n1, both->n2, NAN);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "weighted_superiority",
	                        "probability of a higher answer, ties half, Student t interval on the scale of atanh",
	                        ANALYSIS_LEVEL, refusal);
	line->has_variance = true;
	line->cautions |= size_cautions(found.n_kish, found.least_df)
	                  | sign_caution(comparison, found.value - 0.5, plain.superiority - 0.5);
	comparison_figure(line, "estimate", "Probability that the first is higher", "%", decimals, 100 * found.value);
	comparison_figure(line, "low", "95% lower limit", "%", decimals, 100 * found.low);
	comparison_figure(line, "high", "95% upper limit", "%", decimals, 100 * found.high);
}

static const char rank_words[] = "Lumley and Scott's test of ranks by weights and design, as F";

static void add_rank_figures(struct comparison_line *line, const struct survey_wald *test)
{
	comparison_figure(line, "statistic", "F", NULL, ANALYSIS_STATISTIC_DECIMALS, test->statistic);
	comparison_figure(line, "df", "df", NULL, 0, test->df);
	comparison_figure(line, "df2", "df 2", NULL, ANALYSIS_DF2_DECIMALS, test->df2);
	comparison_figure(line, "p", "p", NULL, ANALYSIS_P_DECIMALS, test->p);
}

void comparison_ranks_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                struct comparison_lines *lines)
{
	struct both both = both_of(pair);
	struct survey_wald test = { 0 };
	const size_t first[] = { 0, both.n1, both.n1 + both.n2 };
	lines->by_design = true;
	add_superiority(comparison, pair, lines, &both);
	enum refusal refusal = survey_rank_test(&test, design_of(comparison), both.values, both.members, first, 2);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "design_rank_test", rank_words, NAN, refusal);
	line->cautions |= comparison_tie_caution(both.values, both.n1 + both.n2)
	                  | (test.least_df < FEW_DEGREES ? CAUTION_DESIGN_DF_BELOW_8 : 0);
	add_rank_figures(line, &test);
	lines->refusal = line->refusal;
	lines->p = test.p;
	both_release(&both);
}

void comparison_rank_test_by_design(const struct comparison *comparison, comparison_rest_on *rest_on)
{
	size_t *first = NULL, group = 0;
	double *values = comparison_taken(comparison, &first);
	size_t *members = mem_alloc(first[comparison->taken_count], sizeof *members);
	struct analysis_rests rests = { 0 };
	struct survey_wald test = { 0 };
	const struct analysis *analysis = comparison->analysis;
	analysis_rest_design(analysis, &analysis->rows[analysis->row_count - 1], &rests);
	for (size_t i = 0; i < comparison->area_count; i++) {
		const struct comparison_side *side = &comparison->areas[i];
		rest_on(comparison->analysis, &side->row, NULL, &rests);
		if (side->taken && side->n)
			memcpy(members + first[group], side->members, side->n * sizeof *members);
		group += side->taken;
	}
	struct comparison_line line = {
		.statistic = "design_rank_test",
		.method = rank_words,
		.level = NAN,
		.refusal =
			survey_rank_test(&test, design_of(comparison), values, members, first, comparison->taken_count),
		.cautions = comparison_tie_caution(values, first[comparison->taken_count])
		            | (test.least_df < FEW_DEGREES ? CAUTION_DESIGN_DF_BELOW_8 : 0),
		.of_all = true,
		.by_design = true,
	};
	add_rank_figures(&line, &test);
	comparison_beside_test(comparison->analysis, "Test across areas (ranks, by design)", &line, &rests);
	free(values);
	free(members);
	free(first);
}
