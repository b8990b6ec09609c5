/* The change of a mean between two waves: of those who answered at both, and of areas among people who began alike. */
#include "change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "ancova.h"
#include "mean.h"
#include "mem.h"
#include "paired.h"
#include "pairs.h"

/* What both waves had, and who answered. */
struct values {
	double *of[MATCHED_WAVES];
	size_t n[MATCHED_WAVES];
};

static struct values values_of(const struct analysis *analysis, const struct analysis_row *row,
                               const struct change_base *base)
{
	struct values values = { 0 };
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		size_t *members = NULL;
		values.n[w] = change_values(&values.of[w], &members, analysis, row, base->answered[w], w);
		free(members);
	}
	return values;
}

static void release(struct values *values)
{
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		free(values->of[w]);
}

/* Where a mean is refused, because all gave the same answer or hardly anybody any, no change may tell it. */
static enum refusal refusal_of(const struct values *values)
{
	enum refusal refusal = REFUSAL_NONE;
	for (size_t w = 0; w < MATCHED_WAVES && !refusal; w++) {
		struct mean_estimate mean = { 0 };
		refusal = mean_estimate(&mean, values->of[w], values->n[w], ANALYSIS_LEVEL);
	}
	return refusal;
}

/* --- the same people --- */

static void add_effect(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                       const struct paired *change, enum refusal refusal, unsigned cautions)
{
	const char *earlier = change_of(analysis)->wave[MATCHED_EARLIER]->label;
	struct change_line *line =
		change_line(lines, "cohens_d_z", NULL,
	                    mem_copy_text("change in standard deviations of the change, interval by the noncentral t "
	                                  "distribution"),
	                    ANALYSIS_LEVEL, refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_pairs, &line->rests);
	change_figure(line, "estimate", mem_copy_text("d_z"), NULL, CHANGE_DECIMALS, change->d_z);
	change_figure(line, "low", mem_copy_text("95% lower limit of d_z"), NULL, CHANGE_DECIMALS, change->d_z_low);
	change_figure(line, "high", mem_copy_text("95% upper limit of d_z"), NULL, CHANGE_DECIMALS, change->d_z_high);
	line = change_line(lines, "cohens_d_before", NULL, mem_print("change in standard deviations of “%s”", earlier),
	                   NAN, refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_pairs, &line->rests);
	change_figure(line, "estimate", mem_print("d by the SD of “%s”", earlier), NULL, CHANGE_DECIMALS,
	              change->d_before);
}

static void fill_pairs(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	const char *unit = analysis->outcome->unit;
	int decimals = analysis->config->decimals;
	struct values values = values_of(analysis, row, &change_pairs);
	struct paired change = { 0 };
	enum refusal refusal = refusal_of(&values);
	if (!refusal)
		refusal = paired(&change, values.of[MATCHED_EARLIER], values.of[MATCHED_LATER],
		                 values.n[MATCHED_EARLIER], ANALYSIS_LEVEL);
	unsigned cautions = change_cautions(analysis, (long long)values.n[MATCHED_EARLIER]);
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		change_add_mean(analysis, row, lines, &change_pairs, w);
	struct change_line *line = change_line(lines, "mean_change", NULL, mem_copy_text("paired t test and interval"),
	                                       ANALYSIS_LEVEL, refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_pairs, &line->rests);
	change_figure(line, "estimate", mem_copy_text("Change"), unit, decimals, change.change);
	change_figure(line, "low", mem_copy_text("95% lower limit"), unit, decimals, change.low);
	change_figure(line, "high", mem_copy_text("95% upper limit"), unit, decimals, change.high);
	change_figure(line, "statistic", mem_copy_text("t"), NULL, ANALYSIS_STATISTIC_DECIMALS, change.statistic);
	change_figure(line, "df", mem_copy_text("df"), NULL, 0, change.df);
	change_figure(line, "p", mem_copy_text("p"), NULL, ANALYSIS_P_DECIMALS, change.p);
	lines->refusal = line->refusal;
	lines->p = change.p;
	add_effect(analysis, row, lines, &change, refusal, cautions);
	change_add_weighted_change(analysis, row, lines, change.change, 1, unit);
	release(&values);
}

/* --- different people --- */

static void fill_apart(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	const char *unit = analysis->outcome->unit;
	int decimals = analysis->config->decimals;
	struct values values = values_of(analysis, row, &change_everybody);
	double *earlier = values.of[MATCHED_EARLIER], *later = values.of[MATCHED_LATER];
	size_t n1 = values.n[MATCHED_EARLIER], n2 = values.n[MATCHED_LATER];
	struct mean_difference found = { 0 };
	struct hedges effect = { 0 };
	enum refusal refusal = refusal_of(&values);
	if (!refusal)
		refusal = welch_t(&found, later, n2, earlier, n1, ANALYSIS_LEVEL);
	unsigned cautions = change_cautions(analysis, (long long)(n1 < n2 ? n1 : n2));
	struct change_line *line =
		change_line(lines, "mean_difference", NULL,
	                    mem_copy_text("Welch's t test and interval, different people"), ANALYSIS_LEVEL, refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_everybody, &line->rests);
	change_figure(line, "estimate", mem_copy_text("Difference"), unit, decimals, found.difference);
	change_figure(line, "low", mem_copy_text("95% lower limit"), unit, decimals, found.low);
	change_figure(line, "high", mem_copy_text("95% upper limit"), unit, decimals, found.high);
	change_figure(line, "statistic", mem_copy_text("t"), NULL, ANALYSIS_STATISTIC_DECIMALS, found.statistic);
	change_figure(line, "df", mem_copy_text("df"), NULL, ANALYSIS_DF2_DECIMALS, found.df);
	change_figure(line, "p", mem_copy_text("p"), NULL, ANALYSIS_P_DECIMALS, found.p);
	lines->refusal = line->refusal;
	lines->p = found.p;
	refusal = line->refusal ? line->refusal : hedges(&effect, later, n2, earlier, n1, ANALYSIS_LEVEL);
	line = change_line(lines, "hedges_g", NULL,
	                   mem_copy_text("Hedges' g, interval by the noncentral t distribution"), ANALYSIS_LEVEL,
	                   refusal);
	line->cautions = cautions;
	change_rest_test(analysis, row, &change_everybody, &line->rests);
	change_figure(line, "estimate", mem_copy_text("Hedges' g"), NULL, CHANGE_DECIMALS, effect.g);
	change_figure(line, "low", mem_copy_text("95% lower limit of g"), NULL, CHANGE_DECIMALS, effect.low);
	change_figure(line, "high", mem_copy_text("95% upper limit of g"), NULL, CHANGE_DECIMALS, effect.high);
	release(&values);
}

/* --- areas, among people who began alike --- */

/* The areas where enough answered at both waves. */
struct areas {
	double *of[MATCHED_WAVES];
	size_t *first, *row; /* row: which of the analysis' rows each is */
	size_t count;
};

static struct areas gather_areas(const struct analysis *analysis)
{
	struct areas areas = { .first = mem_alloc(analysis->row_count, sizeof *areas.first),
		               .row = mem_alloc(analysis->row_count, sizeof *areas.row) };
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		areas.of[w] = mem_alloc(change_of(analysis)->people.count, sizeof *areas.of[w]);
	for (size_t r = 0; r + 1 < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		if (analysis_count(analysis, row, WAVES_BOTH) < analysis->tested_from)
			continue;
		struct values values = values_of(analysis, row, &change_pairs);
		size_t at = areas.first[areas.count], n = values.n[MATCHED_EARLIER];
		for (size_t w = 0; w < MATCHED_WAVES; w++)
			memcpy(areas.of[w] + at, values.of[w], n * sizeof *areas.of[w]);
		release(&values);
		areas.row[areas.count++] = r;
		areas.first[areas.count] = at + n;
	}
	return areas;
}

static void rest_on_areas(const struct analysis *analysis, struct analysis_rests *rests)
{
	for (size_t r = 0; r + 1 < analysis->row_count; r++)
		change_rest_test(analysis, &analysis->rows[r], &change_pairs, rests);
}

static void say_area(struct analysis *analysis, size_t arrangement, const struct analysis_row *row, const char *method,
                     const struct adjusted_mean *mean, enum refusal refusal, const char *base)
{
	struct universe *universe = analysis->universe;
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	rest_on_areas(analysis, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "adjusted_mean",
	                                 .area = row->area,
	                                 .method = method,
	                                 .level = ANALYSIS_LEVEL,
	                                 .denominator = base },
	                &rests, refusal, change_cautions(analysis, analysis_count(analysis, row, WAVES_BOTH)));
	size_t line = universe_line(universe, arrangement, row->heading, row->code, row->kind);
	universe_entry(universe, arrangement, line, 1, analysis_figure(analysis, "estimate", decimals, mean->mean));
	universe_entry(universe, arrangement, line, 2, analysis_figure(analysis, "low", decimals, mean->low));
	universe_entry(universe, arrangement, line, 3, analysis_figure(analysis, "high", decimals, mean->high));
}

static void say_test(struct analysis *analysis, size_t arrangement, const char *method, const struct ancova *test,
                     enum refusal refusal, const char *base)
{
	struct universe *universe = analysis->universe;
	struct analysis_rests rests = { 0 };
	rest_on_areas(analysis, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "ancova", .method = method, .level = NAN, .denominator = base },
	                &rests, refusal, analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0);
	size_t line = universe_line(universe, arrangement, "Test across areas (analysis of covariance)", NULL, "test");
	size_t figures[] = {
		analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, test->statistic),
		analysis_figure(analysis, "df", 0, test->df),
		analysis_figure(analysis, "df2", 0, test->df2),
		analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, test->p),
	};
	for (size_t i = 0; i < COUNT(figures); i++)
		universe_entry(universe, arrangement, line, 4 + i, figures[i]);
}

static size_t begin_areas(struct analysis *analysis, const char *base)
{
	struct universe *universe = analysis->universe;
	const struct change *change = change_of(analysis);
	const char *earlier = change->wave[MATCHED_EARLIER]->label, *later = change->wave[MATCHED_LATER]->label;
	char *heading = mem_print("Adjusted mean: %s", later);
	char *words = mem_print(
		"Analysis of covariance of “%s” on “%s” and the area, of those who answered at both, over the areas where "
		"at least %d did: the adjusted mean is what an area would have had at “%s” had its people begun where all "
		"of them together did. The slope is taken to be the same in every area.",
		later, earlier, analysis->tested_from, later);
	size_t arrangement =
		analysis_begin_part(analysis, (struct analysis_part){ .part = "areas",
	                                                              .about = "areas among people who began alike",
	                                                              .base = base,
	                                                              .method = words });
	universe_column(universe, arrangement, heading, analysis->outcome->unit);
	universe_column(universe, arrangement, "95% lower limit", analysis->outcome->unit);
	universe_column(universe, arrangement, "95% upper limit", analysis->outcome->unit);
	universe_column(universe, arrangement, "F", NULL);
	universe_column(universe, arrangement, "df", NULL);
	universe_column(universe, arrangement, "df 2", NULL);
	universe_column(universe, arrangement, "p", NULL);
	free(heading);
	free(words);
	return arrangement;
}

static void say_areas(struct analysis *analysis, const char *base)
{
	struct areas areas = gather_areas(analysis);
	struct ancova test = { 0 };
	struct adjusted_mean *means = mem_alloc(areas.count, sizeof *means), none = { 0 };
	enum refusal refusal = ancova(&test, means, areas.of[MATCHED_EARLIER], areas.of[MATCHED_LATER], areas.first,
	                              areas.count, ANALYSIS_LEVEL);
	char *method = mem_print("analysis of covariance over the areas where at least %d answered at both waves",
	                         analysis->tested_from);
	size_t arrangement = begin_areas(analysis, base), at = 0;
	for (size_t r = 0; r + 1 < analysis->row_count; r++) {
		bool taken = at < areas.count && areas.row[at] == r;
		bool nobody = analysis_count(analysis, &analysis->rows[r], WAVES_BOTH) == 0;
		enum refusal own = taken ? refusal : nobody ? REFUSAL_BASE_EMPTY : REFUSAL_N_BELOW_2;
		say_area(analysis, arrangement, &analysis->rows[r], method, taken ? &means[at] : &none, own, base);
		at += taken;
	}
	say_test(analysis, arrangement, method, &test, refusal, base);
	free(method);
	free(means);
	free(areas.first);
	free(areas.row);
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		free(areas.of[w]);
}

/* --- both --- */

void change_say_means(struct analysis *analysis)
{
	const struct change *change = change_of(analysis);
	const char *earlier = change->wave[MATCHED_EARLIER]->label, *later = change->wave[MATCHED_LATER]->label;
	bool linked = change->people.linked > 0;
	char *base = mem_print(linked ? "Those who answered “%s” at “%s” and at “%s”"
	                              : "Those who answered “%s” at “%s”, and those who did at “%s”",
	                       analysis->outcome->label, earlier, later);
	char *method = linked ? mem_print(
			       "“%s” less “%s” of those who answered at both, with a 95 per cent interval and the "
			       "paired t test; p also adjusted by Holm for the tests of all areas. d_z is the change "
			       "in standard deviations of the change, d in those of “%s”. Who answered at one wave "
			       "alone is not in it.%s",
			       later, earlier, earlier, change_weighted_words(analysis))
	                      : mem_print("“%s” less “%s”, of different people, with Welch's interval and t test; p "
	                                  "also adjusted by Holm for the tests of all areas.",
	                                  later, earlier);
	struct analysis_part part = { .part = "change",
		                      .about = linked ? "change of the same people" : "difference between the waves",
		                      .base = base,
		                      .method = method };
	change_table(analysis, part, linked ? fill_pairs : fill_apart, linked ? &change_pairs : &change_everybody);
	if (linked && analysis->config->test)
		say_areas(analysis, base);
	free(base);
	free(method);
}
