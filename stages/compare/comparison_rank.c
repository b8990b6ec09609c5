/* Answers that have an order compared: by ranks, and by how probable it is that the one is higher. A table of answers
 * without an order is compared by the share of each. */
#include "comparison.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mann_whitney.h"
#include "mean.h"
#include "mem.h"
#include "rank.h"

/* Where an answer stands in the order: its code where codes are whole numbers, else its place in the list. */
static double value_of(const struct analysis *analysis, size_t member)
{
	size_t code = analysis->sample->outcome[member];
	const struct dataset_variable *outcome = analysis->outcome;
	return outcome->integers ? (double)outcome->codes[code].integer : (double)code;
}

/* Ranks are made of the counts of every code. */
static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct comparison_item *item,
                    struct analysis_rests *rests)
{
	(void)item;
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
	for (size_t code = 0; code < analysis->outcome->code_count; code++)
		analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.first_code + code));
}

static struct mann_whitney add_superiority(const struct comparison *comparison, const struct comparison_pair *pair,
                                           struct comparison_lines *lines, enum refusal *refusal)
{
	const struct comparison_side *first = pair->first, *second = pair->second;
	int decimals = comparison->analysis->config->decimals;
	struct mann_whitney test = { 0 };
	if (!*refusal)
		*refusal = mann_whitney(&test, first->values, first->n, second->values, second->n, ANALYSIS_LEVEL);
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "superiority",
	                        "probability of a higher answer, ties half, interval on the scale of "
	                        "atanh",
	                        ANALYSIS_LEVEL, *refusal);
	comparison_figure(line, "estimate", "Probability that the first is higher", "%", decimals,
	                  100 * test.superiority);
	comparison_figure(line, "low", "95% lower limit", "%", decimals, 100 * test.low);
	comparison_figure(line, "high", "95% upper limit", "%", decimals, 100 * test.high);
	return test;
}

static enum refusal mean_refusal(const struct comparison_pair *pair)
{
	struct mean_estimate mean = { 0 };
	enum refusal refusal = mean_estimate(&mean, pair->first->values, pair->first->n, ANALYSIS_LEVEL);
	return refusal ? refusal : mean_estimate(&mean, pair->second->values, pair->second->n, ANALYSIS_LEVEL);
}

struct ranked {
	struct dunn *pairs;
	enum refusal refusal;
	unsigned cautions; /* of all values together */
	bool amounts;      /* a probability tells no more than the two means do: refused where these are */
};

static void contrast_pair(const struct comparison *comparison, const struct comparison_pair *pair,
                          struct comparison_lines *lines)
{
	const struct ranked *all = comparison->with;
	enum refusal refusal = all->amounts ? mean_refusal(pair) : REFUSAL_NONE;
	add_superiority(comparison, pair, lines, &refusal);
	struct dunn found = { 0 };
	refusal = all->refusal;
	if (pair->number == SIZE_MAX)
		refusal = pair->first->n == 0 || pair->second->n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_N_BELOW_2;
	else if (!refusal)
		found = all->pairs[pair->number];
	struct comparison_line *line = comparison_line(comparison, pair, lines, "dunn",
	                                               "Dunn's test by mid-ranks of the answers", NAN, refusal);
	line->of_all = true;
	line->cautions |= all->cautions;
	comparison_figure(line, "statistic", "z (Dunn)", NULL, ANALYSIS_STATISTIC_DECIMALS, found.z);
	comparison_figure(line, "p", "p", NULL, ANALYSIS_P_DECIMALS, found.p);
	lines->refusal = line->refusal;
	lines->p = found.p;
}

/* Of the two sides together. */
static unsigned tie_caution(const struct comparison_pair *pair)
{
	const struct comparison_side *sides[] = { pair->first, pair->second };
	double *values = mem_alloc(pair->first->n + pair->second->n, sizeof *values);
	size_t count = 0;
	for (size_t s = 0; s < COUNT(sides); s++)
		for (size_t i = 0; i < sides[s]->n; i++)
			values[count++] = sides[s]->values[i];
	unsigned caution = comparison_tie_caution(values, count);
	free(values);
	return caution;
}

static void contrast_rest(const struct comparison *comparison, const struct comparison_pair *pair,
                          struct comparison_lines *lines)
{
	enum refusal refusal = REFUSAL_NONE;
	struct mann_whitney test = add_superiority(comparison, pair, lines, &refusal);
	struct comparison_line *line = comparison_line(
		comparison, pair, lines, "mann_whitney",
		"Mann and Whitney's test, exact up to 50 answers, else normal with continuity correction", NAN,
		refusal);
	line->cautions |= tie_caution(pair);
	comparison_figure(line, "statistic", "z (Mann-Whitney)", NULL, ANALYSIS_STATISTIC_DECIMALS, test.z);
	comparison_figure(line, "p", "p", NULL, ANALYSIS_P_DECIMALS, test.p);
	lines->refusal = line->refusal;
	lines->p = test.p;
}

/* --- beside chi-square --- */

static void say_kruskal_wallis(const struct comparison *comparison, const double *values, const size_t *first,
                               comparison_rest_on *rest)
{
	struct analysis *analysis = comparison->analysis;
	struct kruskal_wallis test = { 0 };
	enum refusal refusal = kruskal_wallis(&test, values, first, comparison->taken_count);
	unsigned cautions = analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0;
	unsigned ties = comparison_tie_caution(values, first[comparison->taken_count]);
	struct comparison_line lines[] = {
		{ .statistic = "kruskal_wallis", .method = "Kruskal and Wallis's test with their divisor for ties" },
		{ .statistic = "epsilon_squared", .method = "epsilon squared of ranks" },
	};
	for (size_t i = 0; i < COUNT(lines); i++) {
		lines[i].level = NAN;
		lines[i].refusal = refusal;
		lines[i].cautions = cautions;
		lines[i].of_all = true;
	}
	lines[0].cautions |= ties;
	comparison_figure(&lines[0], "statistic", "H", NULL, ANALYSIS_STATISTIC_DECIMALS, test.statistic);
	comparison_figure(&lines[0], "df", "df", NULL, 0, test.df);
	comparison_figure(&lines[0], "p", "p", NULL, ANALYSIS_P_DECIMALS, test.p);
	comparison_figure(&lines[1], "estimate", "Epsilon squared", NULL, COMPARISON_SHARE_DECIMALS, test.epsilon2);
	static const char *const headings[] = { "Test across areas (Kruskal-Wallis)",
		                                "Share of the variance of the ranks between areas" };
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct analysis_rests rests = { 0 };
		for (size_t area = 0; area < comparison->area_count; area++)
			rest(analysis, &comparison->areas[area].row, NULL, &rests);
		comparison_beside_test(analysis, headings[i], &lines[i], &rests);
	}
}

/* --- all that is asked for --- */

bool comparison_is_by_rank(const struct analysis *analysis)
{
	const char *level = analysis->outcome->level;
	return text_equal(level, "ordinal") || text_equal(level, "scale");
}

static const struct comparison_item no_item = { 0 };

static const struct comparison_way of_pairs = {
	.items = &no_item,
	.item_count = 1,
	.method = "How probable it is that somebody of the first area gives a higher answer than somebody of the "
		  "second, equal answers counted half: 50 per cent is no difference. Higher is a higher code, "
		  "or later in the list. Test: Dunn's, two-sided, by the ranks of all areas together.",
	.adjusts = true,
	.rest_on = rest_on,
	.contrast = contrast_pair,
};

static const struct comparison_way of_rest = {
	.items = &no_item,
	.item_count = 1,
	.method = "How probable it is that somebody of the area gives a higher answer than somebody of all others "
		  "who answered, equal answers counted half: 50 per cent is no difference. Higher is a higher "
		  "code, or later in the list. Test: Mann and Whitney's, two-sided.",
	.adjusts = true,
	.rest_on = rest_on,
	.contrast = contrast_rest,
};

#define HIGHER(who)                                                                                                    \
	"How probable it is, by weights and design, that " who                                                         \
	", equal answers counted half: 50 per cent is no difference. Test: of ranks, two-sided, among the two."

static const struct comparison_way pairs_by_design = {
	.items = &no_item,
	.item_count = 1,
	.method = HIGHER(
		"somebody of the first area gives a higher answer than somebody of the second") " Higher is a higher code, or later in the list.",
	.adjusts = true,
	.by_design = true,
	.rest_on = rest_on,
	.contrast = comparison_ranks_by_design,
};

static const struct comparison_way rest_by_design = {
	.items = &no_item,
	.item_count = 1,
	.method = HIGHER(
		"somebody of the area gives a higher answer than somebody of all others who answered") " Higher is a higher code, or later in the list.",
	.adjusts = true,
	.by_design = true,
	.rest_on = rest_on,
	.contrast = comparison_ranks_by_design,
};

static void compare_ranks(struct analysis *analysis)
{
	struct comparison comparison = { 0 };
	comparison_begin(&comparison, analysis, value_of);
	size_t *first = NULL, k = comparison.taken_count;
	double *values = comparison_taken(&comparison, &first);
	struct ranked all = { .pairs = mem_alloc(k < 2 ? 0 : k * (k - 1) / 2, sizeof *all.pairs),
		              .cautions = comparison_tie_caution(values, first[k]) };
	bool by_design = analysis_is_by_design(analysis);
	if (analysis->config->test && by_design)
		comparison_rank_test_by_design(&comparison, rest_on);
	else if (analysis->config->test)
		say_kruskal_wallis(&comparison, values, first, rest_on);
	if (comparison_is_asked(analysis, STUDY_COMPARE_TREND))
		comparison_trend(&comparison, rest_on);
	if (comparison_is_asked(analysis, STUDY_COMPARE_PAIRS) && by_design)
		comparison_pairs(&comparison, &pairs_by_design);
	else if (comparison_is_asked(analysis, STUDY_COMPARE_PAIRS)) {
		all.refusal = dunn_pairs(all.pairs, values, first, k);
		comparison.with = &all;
		comparison_pairs(&comparison, &of_pairs);
	}
	if (comparison_is_asked(analysis, STUDY_COMPARE_REST))
		comparison_rest(&comparison, by_design ? &rest_by_design : &of_rest);
	free(values);
	free(first);
	free(all.pairs);
	comparison_release(&comparison);
}

void comparison_ranks_of_amounts(struct comparison *comparison, comparison_rest_on *rest)
{
	size_t *first = NULL, k = comparison->taken_count;
	double *values = comparison_taken(comparison, &first);
	struct ranked all = { .pairs = mem_alloc(k < 2 ? 0 : k * (k - 1) / 2, sizeof *all.pairs),
		              .cautions = comparison_tie_caution(values, first[k]),
		              .amounts = true };
	struct comparison_way way = of_pairs;
	way.part = "ranks";
	way.about = "every two areas, by ranks";
	way.method =
		"How probable it is that somebody of the first area has a larger amount than somebody of the second, "
		"equal amounts counted half: 50 per cent is no difference. Test: Dunn's, two-sided, by the ranks of "
		"all areas together, which no single large amount can sway.";
	way.rest_on = rest;
	bool by_design = analysis_is_by_design(comparison->analysis);
	if (comparison->analysis->config->test && by_design)
		comparison_rank_test_by_design(comparison, rest);
	else if (comparison->analysis->config->test)
		say_kruskal_wallis(comparison, values, first, rest);
	if (comparison_is_asked(comparison->analysis, STUDY_COMPARE_PAIRS) && by_design) {
		way.by_design = true;
		way.method = HIGHER("somebody of the first area has a larger amount than somebody of the second");
		way.contrast = comparison_ranks_by_design;
		comparison_pairs(comparison, &way);
	} else if (comparison_is_asked(comparison->analysis, STUDY_COMPARE_PAIRS)) {
		all.refusal = dunn_pairs(all.pairs, values, first, k);
		comparison->with = &all;
		comparison_pairs(comparison, &way);
		comparison->with = NULL;
	}
	free(values);
	free(first);
	free(all.pairs);
}

void comparison_of_table(struct analysis *analysis)
{
	const struct dataset_variable *outcome = analysis->outcome;
	if (!comparison_is_any_asked(analysis))
		return;
	if (comparison_is_by_rank(analysis)) {
		compare_ranks(analysis);
		return;
	}
	struct comparison_item *items = mem_alloc(outcome->code_count, sizeof *items);
	for (size_t i = 0; i < outcome->code_count; i++)
		items[i] = (struct comparison_item){ outcome->codes[i].code, outcome->codes[i].label,
			                             analysis->answers.first_code + i };
	comparison_of_shares(analysis, items, outcome->code_count);
	free(items);
}
