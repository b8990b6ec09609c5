/* The change of a share between two waves: of those who answered at both, by those who changed their answer. */
#include "change.h"

#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "association.h"
#include "mem.h"
#include "two_shares.h"

/* --- the same people --- */

/* How many changed their answer, and which way. */
static void add_changed(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	static const struct {
		const char *statistic, *heading;
		size_t facet;
	} ways[] = { { "count_to", "Changed to this answer", WAVES_NO_YES },
		     { "count_from", "Changed from this answer", WAVES_YES_NO } };
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct change_line *line = change_line(lines, ways[i].statistic, NULL, NULL, NAN, REFUSAL_NONE);
		size_t cell = analysis_cell(analysis, row, ways[i].facet);
		analysis_rest_cell(&line->rests, cell);
		change_figure_count(line, mem_copy_text(ways[i].heading), analysis->dataset->unit.plural, cell);
	}
}

/* The change follows from the two shares; its limits and the test tell of all four answers. */
static void fill_pairs(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	static const size_t four[] = { WAVES_YES_YES, WAVES_YES_NO, WAVES_NO_YES, WAVES_NO_NO };
	static const char unit[] = "percentage points";
	int decimals = analysis->config->decimals;
	long long n = analysis_count(analysis, row, WAVES_BOTH), counts[COUNT(four)];
	for (size_t i = 0; i < COUNT(four); i++)
		counts[i] = analysis_count(analysis, row, four[i]);
	struct mcnemar test = { 0 };
	enum refusal refusal = mcnemar(&test, counts[0], counts[1], counts[2], counts[3], ANALYSIS_LEVEL);
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		change_add_share(analysis, row, lines, &change_pairs, w);
	struct change_line *line =
		change_line(lines, "share_change", NULL, mem_copy_text("difference of the two shares"), NAN, refusal);
	line->cautions = analysis_cautions(n);
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		change_rest(analysis, row, &change_pairs, w, &line->rests);
	change_figure(line, "estimate", mem_copy_text("Change"), unit, decimals, 100 * test.difference);
	add_changed(analysis, row, lines);
	line = change_line(lines, "mcnemar", NULL,
	                   mem_copy_text("McNemar's exact test, Newcombe's interval for paired shares"), ANALYSIS_LEVEL,
	                   refusal);
	line->cautions = change_cautions(analysis, n);
	change_rest_test(analysis, row, &change_pairs, &line->rests);
	change_figure(line, "low", mem_copy_text("95% lower limit"), unit, decimals, 100 * test.low);
	change_figure(line, "high", mem_copy_text("95% upper limit"), unit, decimals, 100 * test.high);
	change_figure(line, "p", mem_copy_text("p (McNemar)"), NULL, ANALYSIS_P_DECIMALS, test.p);
	lines->refusal = line->refusal;
	lines->p = test.p;
	change_add_weighted_change(analysis, row, lines, test.difference, 100, unit);
}

/* --- different people --- */

static void fill_apart(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	static const char unit[] = "percentage points";
	int decimals = analysis->config->decimals;
	long long n1 = analysis_count(analysis, row, WAVES_EARLIER), n2 = analysis_count(analysis, row, WAVES_LATER);
	long long x1 = analysis_count(analysis, row, WAVES_EARLIER_YES),
		  x2 = analysis_count(analysis, row, WAVES_LATER_YES);
	const long long counts[] = { x2, n2 - x2, x1, n1 - x1 };
	struct contrast contrast = { 0 };
	struct fisher test = { 0 };
	enum refusal refusal = share_difference(&contrast, x2, n2, x1, n1, ANALYSIS_LEVEL);
	unsigned cautions = change_cautions(analysis, n1 < n2 ? n1 : n2);
	struct change_line *line =
		change_line(lines, "share_difference", NULL, mem_copy_text("Newcombe's interval, different people"),
	                    ANALYSIS_LEVEL, refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_everybody, &line->rests);
	change_figure(line, "estimate", mem_copy_text("Difference"), unit, decimals, 100 * contrast.value);
	change_figure(line, "low", mem_copy_text("95% lower limit"), unit, decimals, 100 * contrast.low);
	change_figure(line, "high", mem_copy_text("95% upper limit"), unit, decimals, 100 * contrast.high);
	if (!refusal)
		refusal = fisher(&test, counts, 2, 2, (struct fisher_effort){ 0 });
	line = change_line(lines, "fisher_exact", NULL, mem_copy_text("Fisher's exact test, different people"), NAN,
	                   refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_everybody, &line->rests);
	change_figure(line, "p", mem_copy_text("p (Fisher)"), NULL, ANALYSIS_P_DECIMALS, test.p);
	lines->refusal = line->refusal;
	lines->p = test.p;
}

/* --- both --- */

void change_say_shares(struct analysis *analysis)
{
	const struct change *change = change_of(analysis);
	const char *earlier = change->wave[MATCHED_EARLIER]->label, *later = change->wave[MATCHED_LATER]->label;
	bool linked = change->people.linked > 0;
	char *base = mem_print(linked ? "Those who answered “%s” at “%s” and at “%s”"
	                              : "Those who answered “%s” at “%s”, and those who did at “%s”",
	                       analysis->outcome->label, earlier, later);
	char *method =
		linked ? mem_print("Share at “%s” less that at “%s” of those who answered at both, with Newcombe's "
	                           "interval for paired shares and McNemar's exact test; p also adjusted by Holm "
	                           "for the tests of all areas. Who answered at one wave alone is not in it.%s",
	                           later, earlier, change_weighted_words(analysis))
		       : mem_print("Share at “%s” less that at “%s”, of different people, with Newcombe's "
	                           "interval and Fisher's exact test; p also adjusted by Holm for the tests of "
	                           "all areas.",
	                           later, earlier);
	struct analysis_part part = { .part = "change",
		                      .about = linked ? "change of the same people" : "difference between the waves",
		                      .base = base,
		                      .method = method };
	change_table(analysis, part, linked ? fill_pairs : fill_apart, linked ? &change_pairs : &change_everybody);
	free(base);
	free(method);
}
