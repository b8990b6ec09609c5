/* Kind share: by area, the share of those who answered that gave each code, or one of the codes that count together.
 * Where weights were adjusted to margins, how many answered and the weighted share alone. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "comparison.h"
#include "counted.h"
#include "margin_groups.h"
#include "mem.h"
#include "option_tests.h"
#include "proportion.h"
#include "shrunken.h"

struct columns {
	size_t base, n, share, weighted, test;
};

static bool takes_several(const struct analysis *analysis)
{
	return analysis->outcome->option_count > 0;
}

/* How the config's interval is made, without and with weights. The words name the method and not what the data made of
 * it: "exact where few gave the answer" would say how many did. */
struct way {
	enum proportion_method method;
	const char *plain, *designed;
	const char *about, *about_designed; /* of the table: "with a 95 per cent ..." */
};

static const struct way *way_of(const struct analysis *analysis)
{
	static const struct way ways[] = {
		[STUDY_INTERVAL_WILSON] = { PROPORTION_WILSON, "Wilson score interval",
		                            "Wilson score interval with the effective sample size",
		                            "Wilson score interval",
		                            "a Wilson interval by the effective sample size and the t distribution" },
		[STUDY_INTERVAL_CLOPPER_PEARSON] = { PROPORTION_CLOPPER_PEARSON, "Clopper-Pearson interval",
		                                     "Korn-Graubard interval", "Clopper-Pearson (exact) interval",
		                                     "a Korn-Graubard interval" },
		[STUDY_INTERVAL_JEFFREYS] = { PROPORTION_JEFFREYS, "Jeffreys interval",
		                              "Jeffreys interval with the effective sample size", "Jeffreys interval",
		                              "a Jeffreys interval by Korn and Graubard's effective sample size" },
		[STUDY_INTERVAL_LOGIT] = { PROPORTION_LOGIT, "logit interval", "logit interval", "logit interval",
		                           "a logit interval by the t distribution" },
		[STUDY_INTERVAL_KORN_GRAUBARD] = { PROPORTION_CLOPPER_PEARSON, "Clopper-Pearson interval",
		                                   "Korn-Graubard interval", "Clopper-Pearson (exact) interval",
		                                   "a Korn-Graubard interval" },
	};
	return &ways[analysis->config->interval];
}

enum proportion_method analysis_share_interval(const struct analysis *analysis, const char **name)
{
	const struct way *way = way_of(analysis);
	if (name)
		*name = analysis_is_by_design(analysis) ? way->designed : way->plain;
	return way->method;
}

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	const char *plural = analysis->dataset->unit.plural;
	struct columns columns = { .base = universe_column(universe, to, "Answered", plural) };
	if (!analysis_is_weighted_only(analysis)) {
		columns.n = universe_column(universe, to, takes_several(analysis) ? "Ticked this" : "Gave this answer",
		                            plural);
		columns.share = universe_column(universe, to, "Share", "%");
		universe_column(universe, to, "95% lower limit", "%");
		universe_column(universe, to, "95% upper limit", "%");
	}
	if (analysis->dataset->designed) {
		bool weighted = analysis->dataset->weighted;
		columns.weighted = universe_column(universe, to, weighted ? "Weighted share" : "Share by design", "%");
		universe_column(universe, to, weighted ? "Weighted 95% lower limit" : "95% lower limit by design", "%");
		universe_column(universe, to, weighted ? "Weighted 95% upper limit" : "95% upper limit by design", "%");
	}
	return columns;
}

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct counted *counted,
                    struct analysis_rests *rests)
{
	analysis_rest_cell(rests, analysis_cell(analysis, row, counted->facet));
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
}

static unsigned interval_caution(double low, double high)
{
	return high - low >= 0.3 ? CAUTION_WIDE_INTERVAL : 0;
}

/* Returns the figure of the share itself. */
static size_t add_share(struct analysis *analysis, const struct analysis_row *row, const struct counted *counted,
                        size_t line, const struct columns *columns)
{
	struct universe *universe = analysis->universe;
	size_t cell = analysis_cell(analysis, row, counted->facet);
	size_t base = analysis_cell(analysis, row, analysis->answers.answered);
	long long x = analysis_count(analysis, row, counted->facet), n = (long long)row->member_count;
	struct proportion share = { 0 };
	enum refusal refusal =
		proportion_interval(&share, (size_t)x, (size_t)n, ANALYSIS_LEVEL, way_of(analysis)->method);
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	rest_on(analysis, row, counted, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "share",
	                                 .category = counted->term,
	                                 .area = row->area,
	                                 .method = way_of(analysis)->plain,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, analysis_cautions(n) | interval_caution(share.low, share.high));
	universe_entry(universe, analysis->arrangement, line, columns->n, analysis_figure_count(analysis, cell));
	size_t figure = analysis_figure_share(analysis, 100 * share.p, cell, base);
	universe_entry(universe, analysis->arrangement, line, columns->share, figure);
	universe_entry(universe, analysis->arrangement, line, columns->share + 1,
	               analysis_figure(analysis, "low", decimals, 100 * share.low));
	universe_entry(universe, analysis->arrangement, line, columns->share + 2,
	               analysis_figure(analysis, "high", decimals, 100 * share.high));
	return figure;
}

static void add_weighted(struct analysis *analysis, const struct analysis_row *row, const struct counted *counted,
                         size_t line, const struct columns *columns)
{
	struct universe *universe = analysis->universe;
	const size_t *members = analysis->members + row->first_member;
	size_t n = row->member_count;
	double *y = mem_alloc(n, sizeof *y);
	for (size_t i = 0; i < n; i++)
		y[i] = counted_has(analysis, counted, members[i]);

	struct survey_proportion share = { 0 };
	enum refusal refusal = survey_proportion_interval(&share, &analysis->dataset->design, y, members, n,
	                                                  ANALYSIS_LEVEL, way_of(analysis)->method);
	unsigned cautions = analysis_cautions((long long)n) | interval_caution(share.low, share.high)
	                    | (share.n_eff < 30 ? CAUTION_N_EFF_BELOW_30 : 0)
	                    | (share.exact ? CAUTION_EXACT_INTERVAL : 0)
	                    | (refusal ? 0 : analysis_design_cautions(share.deff, share.df));
	const size_t answers[] = { analysis->answers.answered, counted->facet };
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	rest_on(analysis, row, counted, &rests);
	margin_groups_rest(analysis, row, answers, COUNT(answers), &rests);
	analysis_rest_design(analysis, row, &rests);
	/* who knows what each area's people stand for can work out an area from the others and all together */
	for (size_t other = 0; analysis->dataset->adjusted && other < analysis->row_count; other++)
		if (analysis_row_unites(analysis, row, other))
			rest_on(analysis, &analysis->rows[other], counted, &rests);
	char *method = share.exact ? mem_copy_text("Clopper-Pearson interval with Kish's effective sample size")
	                           : mem_print("%s%s, %s", analysis->dataset->variance, analysis->dataset->drawing,
	                                       way_of(analysis)->designed);
	analysis_result(analysis,
	                (struct result){ .statistic = "weighted_share",
	                                 .category = counted->term,
	                                 .area = row->area,
	                                 .method = method,
	                                 .weight = analysis->dataset->weight,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, cautions);
	free(method);
	universe_entry(universe, analysis->arrangement, line, columns->weighted,
	               analysis_figure(analysis, "estimate", decimals, 100 * share.p));
	universe_entry(universe, analysis->arrangement, line, columns->weighted + 1,
	               analysis_figure(analysis, "low", decimals, 100 * share.low));
	universe_entry(universe, analysis->arrangement, line, columns->weighted + 2,
	               analysis_figure(analysis, "high", decimals, 100 * share.high));
	free(y);
}

static void arrange(struct analysis *analysis, const struct counted *counted)
{
	struct text method = { 0 };
	bool weighted_only = analysis_is_weighted_only(analysis);
	const struct way *way = way_of(analysis);
	if (weighted_only)
		text_add(&method, "How many answered, and the weighted share of them that gave the answer.");
	else
		text_print(&method, "Share of those who answered, with a 95 per cent %s.", way->about);
	char *designed = mem_print("share with %s%s", way->about_designed,
	                           way->method == PROPORTION_LOGIT ? "" : ", at 0 and 100 per cent an exact one");
	analysis_say_design(analysis, &method, designed);
	free(designed);
	if (takes_several(analysis))
		text_add(&method,
		         " Several options may be ticked: each is a question of its own, and the shares of all add "
		         "up to more than 100 per cent where somebody ticked more than one.");
	if (analysis->config->test && takes_several(analysis) && !analysis->group)
		text_add(&method, " Tests across the areas stand in a table of their own.");
	else if (analysis->config->test)
		analysis_say_chi_square(analysis, &method);
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
	counted_say(analysis, counted);
}

/* Each code, or those that count together, under its own name in the results. */
static void compare_counted(struct analysis *analysis, const struct counted *counted, size_t count)
{
	struct comparison_item *items = mem_alloc(count, sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct comparison_item){ counted[i].term, analysis->group ? NULL : counted[i].label,
			                             counted[i].facet };
	comparison_of_shares(analysis, items, count);
	free(items);
}

/* Across the areas: all codes at once, or what is counted and what is not; of options each for itself. */
static void test(struct analysis *analysis, const struct counted *counted, size_t count)
{
	if (!analysis->config->test)
		return;
	if (takes_several(analysis) && !analysis->group) {
		struct tested_option *options = mem_alloc(count, sizeof *options);
		for (size_t i = 0; i < count; i++)
			options[i] = (struct tested_option){ counted[i].term,
				                             counted[i].label,
				                             { counted[i].facet, counted[i].rest } };
		option_tests(analysis, options, count);
		free(options);
		return;
	}
	size_t *answers = mem_alloc(count + 1, sizeof *answers), answer_count = analysis->group ? 2 : count;
	for (size_t i = 0; i < count; i++)
		answers[i] = counted[i].facet;
	if (analysis->group)
		answers[1] = counted->rest;
	analysis_chi_square(analysis, answers, answer_count);
	if (comparison_is_any_asked(analysis))
		comparison_beside_chi_square(analysis, answers, answer_count);
	free(answers);
}

static void say(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t count = 0;
	struct counted *counted = counted_all(analysis, &count);
	arrange(analysis, counted);
	struct columns columns = add_columns(analysis);
	struct shrunken_area *said = mem_alloc(analysis_line_count(analysis), sizeof *said);
	for (size_t of = 0; of < analysis_line_count(analysis); of++) {
		size_t r = analysis_line_row(analysis, of);
		const struct analysis_row *row = &analysis->rows[r];
		size_t base = analysis_base(analysis, row);
		said[r].base = base;
		for (size_t i = 0; i < count; i++) {
			char *heading = analysis->group ? mem_copy_text(row->heading)
			                                : mem_print("%s: %s", row->heading, counted[i].label);
			size_t line = universe_line(universe, analysis->arrangement, heading, row->code, row->kind);
			free(heading);
			universe_entry(universe, analysis->arrangement, line, columns.base, base);
			if (columns.share)
				said[r].own = add_share(analysis, row, &counted[i], line, &columns);
			if (columns.weighted)
				add_weighted(analysis, row, &counted[i], line, &columns);
		}
	}
	test(analysis, counted, count);
	compare_counted(analysis, counted, count);
	if (analysis->config->shrink)
		shrunken_of_shares(analysis, said);
	free(said);
	size_t *advised = mem_alloc(2 * count + 1, sizeof *advised);
	advised[2 * count] = analysis->answers.answered;
	for (size_t i = 0; i < count; i++) {
		advised[2 * i] = counted[i].facet;
		advised[2 * i + 1] = counted[i].rest;
	}
	margin_groups_advise(analysis, advised, 2 * count + 1);
	free(advised);
	counted_free(counted, count);
}

static bool check(struct analysis *analysis, struct error *err)
{
	return analysis_check_codes(analysis, analysis->outcome, err) && analysis_read_group(analysis, err);
}

const struct analysis_kind kind_share = { .begin = analysis_begin, .say = say, .check = check };
