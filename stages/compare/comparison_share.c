/* Shares compared: two counts of two bases, as a difference, a ratio and a ratio of odds, and Fisher's exact test. */
#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "association.h"
#include "mem.h"
#include "proportion.h"
#include "two_shares.h"

enum { CRAMER_LEVEL = 90 }; /* of a size that has one end only */

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct comparison_item *item,
                    struct analysis_rests *rests)
{
	analysis_rest_cell(rests, analysis_cell(analysis, row, item->facet));
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
}

static struct fisher_effort effort_of(const struct analysis *analysis)
{
	return (struct fisher_effort){ .seed = (uint64_t)analysis->study->study.seed };
}

/* --- lines of a pair --- */

struct two_counts {
	long long x1, n1, x2, n2;
};

static struct two_counts counts_of(const struct comparison *comparison, const struct comparison_pair *pair)
{
	const struct analysis *analysis = comparison->analysis;
	return (struct two_counts){
		.x1 = analysis_count(analysis, &pair->first->row, pair->item->facet),
		.n1 = (long long)pair->first->n,
		.x2 = analysis_count(analysis, &pair->second->row, pair->item->facet),
		.n2 = (long long)pair->second->n,
	};
}

static void add_contrast(struct comparison_line *line, const struct contrast *contrast, double factor,
                         const char *heading, const char *of, const char *unit, int decimals)
{
	/* headings of a table's columns are its own, so that no format shows two of the same name */
	static const struct {
		const char *of, *low, *high;
	} limits[] = { { "difference", "95% lower limit", "95% upper limit" },
		       { "ratio", "95% lower limit of the ratio", "95% upper limit of the ratio" },
		       { "odds", "95% lower limit of the odds ratio", "95% upper limit of the odds ratio" } };
	size_t i = 0;
	while (strcmp(limits[i].of, of) != 0)
		i++;
	comparison_figure(line, "estimate", heading, unit, decimals, factor * contrast->value);
	comparison_figure(line, "low", limits[i].low, unit, decimals, factor * contrast->low);
	comparison_figure(line, "high", limits[i].high, unit, decimals, factor * contrast->high);
}

static void add_test(const struct comparison *comparison, const struct comparison_pair *pair,
                     struct comparison_lines *lines, const struct two_counts *two)
{
	const long long counts[] = { two->x1, two->n1 - two->x1, two->x2, two->n2 - two->x2 };
	struct fisher test = { 0 };
	enum refusal refusal = two->n1 == 0 || two->n2 == 0
	                               ? REFUSAL_BASE_EMPTY
	                               : fisher(&test, counts, 2, 2, effort_of(comparison->analysis));
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, "fisher_exact", "Fisher's exact test", NAN, refusal);
	line->draws = true;
	comparison_figure(line, "p", "p (Fisher)", NULL, ANALYSIS_P_DECIMALS, test.p);
	lines->refusal = line->refusal;
	lines->p = test.p;
}

static void contrast_shares(const struct comparison *comparison, const struct comparison_pair *pair,
                            struct comparison_lines *lines)
{
	struct two_counts two = counts_of(comparison, pair);
	struct contrast contrast = { 0 };
	enum refusal refusal = share_difference(&contrast, two.x1, two.n1, two.x2, two.n2, ANALYSIS_LEVEL);
	struct comparison_line *line = comparison_line(comparison, pair, lines, "share_difference",
	                                               "Newcombe's interval", ANALYSIS_LEVEL, refusal);
	add_contrast(line, &contrast, 100, "Difference", "difference", "percentage points",
	             comparison->analysis->config->decimals);
	refusal = share_ratio(&contrast, two.x1, two.n1, two.x2, two.n2, ANALYSIS_LEVEL);
	line = comparison_line(comparison, pair, lines, "share_ratio", "log interval of Katz and others",
	                       ANALYSIS_LEVEL, refusal);
	add_contrast(line, &contrast, 1, "Ratio", "ratio", NULL, COMPARISON_DECIMALS);
	refusal = odds_ratio(&contrast, two.x1, two.n1, two.x2, two.n2, ANALYSIS_LEVEL);
	line = comparison_line(comparison, pair, lines, "odds_ratio", "Woolf's log interval", ANALYSIS_LEVEL, refusal);
	add_contrast(line, &contrast, 1, "Odds ratio", "odds", NULL, COMPARISON_DECIMALS);
	add_test(comparison, pair, lines, &two);
}

/* --- the benchmark --- */

static struct comparison_estimate estimate(const struct comparison *comparison, const struct analysis_row *row,
                                           const struct comparison_item *item, double level)
{
	struct proportion share = { 0 };
	long long x = analysis_count(comparison->analysis, row, item->facet);
	enum refusal refusal = proportion_interval(&share, (size_t)x, row->member_count, level,
	                                           analysis_share_interval(comparison->analysis, NULL));
	return (struct comparison_estimate){ 100 * share.p, 100 * share.low, 100 * share.high, refusal, 0 };
}

static enum polarity turned(enum polarity polarity)
{
	return polarity == POLARITY_HIGHER_BETTER  ? POLARITY_HIGHER_WORSE
	       : polarity == POLARITY_HIGHER_WORSE ? POLARITY_HIGHER_BETTER
	                                           : POLARITY_NONE;
}

/* Whether a larger share of the codes that count together is good. Where they are the upper end of the codes, what the
 * variable says; where they are the lower end, the opposite; where they are neither, or the codes have no order, nobody
 * said. */
static enum polarity polarity_of(const struct analysis *analysis)
{
	const struct dataset_variable *outcome = analysis->outcome;
	bool ordered =
		outcome->integers || text_equal(outcome->level, "ordinal") || text_equal(outcome->level, "scale");
	bool upper = ordered, lower = ordered;
	for (size_t i = 0; i < outcome->code_count; i++)
		for (size_t j = 0; j < outcome->code_count; j++) {
			bool above = outcome->integers ? outcome->codes[i].integer > outcome->codes[j].integer : i > j;
			if (!analysis->group[i] || analysis->group[j])
				continue;
			upper = upper && above;
			lower = lower && !above;
		}
	return upper == lower ? POLARITY_NONE : upper ? outcome->polarity : turned(outcome->polarity);
}

/* --- all that is asked for --- */

#define SHARES_WITH(two)                                                                                               \
	"Shares of those who answered: " two                                                                           \
	" with Newcombe's interval, the ratio of the two, and the ratio of their "                                     \
	"odds (neither of which is there where a count is 0). Test: Fisher's exact test, two-sided."
#define SHARES_BY_DESIGN(two)                                                                                          \
	"Shares of those who answered, by weights and design: " two                                                    \
	" with a t interval and a two-sided t test whose variance is that of the difference, the ratio of the two, "   \
	"and the ratio of their odds (none of which is there where nobody or everybody gave the answer)."
static const char *const pairs_methods[] = { SHARES_WITH("the first area's less the second's"),
	                                     SHARES_BY_DESIGN("the first area's less the second's") };
static const char *const rest_methods[] = { SHARES_WITH("the area's less that of all others who answered"),
	                                    SHARES_BY_DESIGN("the area's less that of all others who answered") };

static void say_benchmark(struct comparison *comparison, const struct comparison_item *items, bool by_design)
{
	const struct analysis *analysis = comparison->analysis;
	const struct dataset *dataset = analysis->dataset;
	const char *interval = NULL;
	analysis_share_interval(analysis, &interval);
	char *method = by_design ? mem_print("%s%s, %s", dataset->variance, dataset->drawing, interval)
	                         : mem_copy_text(interval);
	comparison_benchmark(comparison, &(struct comparison_standard){
						 .item = items,
						 .by_design = by_design,
						 .method = method,
						 .unit = "per cent",
						 .difference_unit = "percentage points",
						 .polarity = polarity_of(analysis),
						 .rest_on = rest_on,
						 .estimate = by_design ? comparison_share_by_design : estimate,
					 });
	free(method);
}

void comparison_of_shares(struct analysis *analysis, const struct comparison_item *items, size_t count)
{
	bool by_design = analysis_is_by_design(analysis);
	struct comparison_way way = {
		.items = items,
		.item_count = count,
		.adjusts = true,
		.by_design = by_design,
		.rest_on = rest_on,
		.contrast = by_design ? comparison_shares_by_design : contrast_shares,
	};
	struct comparison comparison = { 0 };
	if (!comparison_is_any_asked(analysis))
		return;
	comparison_begin(&comparison, analysis, NULL);
	way.method = pairs_methods[by_design];
	if (comparison_is_asked(analysis, STUDY_COMPARE_PAIRS))
		comparison_pairs(&comparison, &way);
	way.method = rest_methods[by_design];
	if (comparison_is_asked(analysis, STUDY_COMPARE_REST))
		comparison_rest(&comparison, &way);
	if (comparison_is_asked(analysis, STUDY_COMPARE_BENCHMARK))
		say_benchmark(&comparison, items, by_design);
	comparison_release(&comparison);
}

/* --- beside chi-square --- */

void comparison_beside_chi_square(struct analysis *analysis, const size_t *answers, size_t count)
{
	if (analysis_is_by_design(analysis)) {
		comparison_cramer_by_design(analysis, answers, count);
		return;
	}
	long long *counts = mem_alloc(analysis->row_count * count, sizeof *counts);
	struct analysis_rests rests[3] = { 0 };
	size_t rows = 0;
	for (size_t i = 0; i < COUNT(rests); i++)
		rows = analysis_crossing(analysis, answers, count, counts, &rests[i]);
	struct fisher test = { 0 };
	struct cramer size = { 0 };
	enum refusal refusal =
		rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : fisher(&test, counts, rows, count, effort_of(analysis));
	enum refusal sized = rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : cramer(&size, counts, rows, count, CRAMER_LEVEL);
	unsigned cautions = analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0;
	struct comparison_line lines[] = {
		{ .statistic = "fisher_exact",
		  .method = "Fisher's exact test, by random tables where there are too many to go through,",
		  .level = NAN,
		  .refusal = refusal,
		  .draws = true },
		{ .statistic = "cramers_v",
		  .method = "Cramer's V, interval by the noncentral chi-square distribution,",
		  .level = CRAMER_LEVEL,
		  .refusal = sized },
		{ .statistic = "cramers_v_corrected",
		  .method = "Cramer's V, corrected for its bias by Bergsma,",
		  .level = NAN,
		  .refusal = sized },
	};
	comparison_figure(&lines[0], "p", "p", NULL, ANALYSIS_P_DECIMALS, test.p);
	comparison_figure(&lines[1], "estimate", "V", NULL, COMPARISON_SHARE_DECIMALS, size.v);
	comparison_figure(&lines[1], "low", "90% lower limit", NULL, COMPARISON_SHARE_DECIMALS, size.low);
	comparison_figure(&lines[1], "high", "90% upper limit", NULL, COMPARISON_SHARE_DECIMALS, size.high);
	comparison_figure(&lines[2], "estimate", "V", NULL, COMPARISON_SHARE_DECIMALS, size.corrected);
	static const char *const headings[] = { "Test across areas (Fisher's exact test)",
		                                "Size of the differences (Cramer's V)",
		                                "Cramer's V, corrected for its bias" };
	for (size_t i = 0; i < COUNT(lines); i++) {
		lines[i].of_all = true;
		lines[i].cautions = cautions;
		comparison_beside_test(analysis, headings[i], &lines[i], &rests[i]);
	}
	free(counts);
}
