#include "comparison.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "adjust.h"
#include "margin_groups.h"
#include "mem.h"
#include "number.h"

enum { MOST_AREAS_IN_PAIRS = 20 };

/* --- what is asked for --- */

bool comparison_is_asked(const struct analysis *analysis, enum study_compare with)
{
	for (unsigned i = 0; i < analysis->config->compare_count; i++)
		if (analysis->config->compare[i] == with)
			return true;
	return false;
}

bool comparison_is_any_asked(const struct analysis *analysis)
{
	return analysis->config->compare_count > 0;
}

static bool check_control(const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	const char *control = analysis->config->control;
	if (!comparison_is_asked(analysis, STUDY_COMPARE_CONTROL))
		return true;
	const char **codes = mem_alloc(dataset->area_count, sizeof *codes);
	bool found = false;
	for (size_t i = 0; i < dataset->area_count; i++) {
		codes[i] = dataset->areas[i].code;
		found = found || strcmp(codes[i], control) == 0;
	}
	if (!found) {
		const char *near = text_nearest(control, codes, dataset->area_count);
		analysis_wrong(analysis, err, "its control is no area of the dataset:", control);
		error_help(err, near ? "did you mean %s?" : "control: the code of an area, as %s",
		           near ? near : codes[0]);
	}
	free(codes);
	return found;
}

static bool check_trend(const struct analysis *analysis, struct error *err)
{
	if (!comparison_is_asked(analysis, STUDY_COMPARE_TREND) || analysis->config->kind == STUDY_MEAN
	    || comparison_is_by_rank(analysis))
		return true;
	analysis_wrong(analysis, err,
	               "a trend is of answers that have an order, and these have none:", analysis->outcome->name);
	return error_help(err, "leave out trend, or give the variable the level ordinal");
}

/* Whether all that is asked for goes by the weights. */
static bool is_weighted(const struct analysis *analysis)
{
	return analysis_is_by_design(analysis) && !comparison_is_asked(analysis, STUDY_COMPARE_TUKEY)
	       && !comparison_is_asked(analysis, STUDY_COMPARE_CONTROL)
	       && !comparison_is_asked(analysis, STUDY_COMPARE_TREND);
}

bool comparison_check(const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	if (!comparison_is_any_asked(analysis))
		return true;
	if (dataset->adjusted_within && !is_weighted(analysis)) {
		analysis_wrong(analysis, err,
		               "a comparison that is unweighted, and the weights are adjusted to the margins",
		               dataset->margins);
		return error_help(err,
		                  "of a mean or a share, pairs, rest and benchmark go by the weights: leave out the "
		                  "others, which would tell how the groups of the margins differ");
	}
	bool only_benchmark =
		analysis->config->compare_count == 1 && comparison_is_asked(analysis, STUDY_COMPARE_BENCHMARK);
	if (dataset->area_count < 2 && !only_benchmark) {
		analysis_wrong(analysis, err, "there is one area and nothing to compare it with in", dataset->name);
		return error_help(err, "a benchmark can be compared with, and nothing else");
	}
	bool of_pairs = comparison_is_asked(analysis, STUDY_COMPARE_PAIRS)
	                || comparison_is_asked(analysis, STUDY_COMPARE_TUKEY);
	if (dataset->area_count > MOST_AREAS_IN_PAIRS && of_pairs) {
		analysis_wrong(analysis, err, "too many areas to compare every two of them in", dataset->name);
		return error_help(err, "pairs are of at most %d areas: compare each with the rest",
		                  MOST_AREAS_IN_PAIRS);
	}
	return check_control(analysis, err) && check_trend(analysis, err);
}

/* --- the sides --- */

double *comparison_values(const struct comparison *comparison, const struct analysis_row *row)
{
	const struct analysis *analysis = comparison->analysis;
	double *values = mem_alloc(row->member_count, sizeof *values);
	for (size_t i = 0; i < row->member_count; i++)
		values[i] = comparison->value(analysis, analysis->members[row->first_member + i]);
	return values;
}

/* Free with free(). */
static size_t *members_of(const struct analysis *analysis, const struct analysis_row *row)
{
	size_t *members = mem_alloc(row->member_count, sizeof *members);
	if (row->member_count)
		memcpy(members, analysis->members + row->first_member, row->member_count * sizeof *members);
	return members;
}

static const struct analysis_row *total_of(const struct analysis *analysis)
{
	return &analysis->rows[analysis->row_count - 1];
}

void comparison_begin(struct comparison *comparison, struct analysis *analysis,
                      double (*value)(const struct analysis *analysis, size_t member))
{
	*comparison =
		(struct comparison){ .analysis = analysis, .area_count = analysis->row_count - 1, .value = value };
	comparison->areas = mem_alloc(comparison->area_count, sizeof *comparison->areas);
	for (size_t i = 0; i < comparison->area_count; i++) {
		const struct analysis_row *row = &analysis->rows[i];
		comparison->areas[i] = (struct comparison_side){
			.row = *row,
			.n = row->member_count,
			.values = value ? comparison_values(comparison, row) : NULL,
			.members = members_of(analysis, row),
			.taken = analysis_is_tested(analysis, row),
		};
		comparison->taken_count += comparison->areas[i].taken;
	}
}

void comparison_release(struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->area_count; i++) {
		free(comparison->areas[i].values);
		free(comparison->areas[i].members);
	}
	free(comparison->areas);
	*comparison = (struct comparison){ 0 };
}

double *comparison_taken(const struct comparison *comparison, size_t **first)
{
	double *values = mem_alloc(total_of(comparison->analysis)->member_count, sizeof *values);
	size_t *positions = mem_alloc(comparison->taken_count + 1, sizeof *positions), group = 0;
	for (size_t i = 0; i < comparison->area_count; i++) {
		const struct comparison_side *side = &comparison->areas[i];
		if (!side->taken)
			continue;
		if (side->n)
			memcpy(values + positions[group], side->values, side->n * sizeof *values);
		positions[group + 1] = positions[group] + side->n;
		group++;
	}
	*first = positions;
	return values;
}

/* All others who answered, those without an area too: what is left of all areas together. Its row is that of no members
 * in a row: its values are gathered from both sides of the area's. */
static struct comparison_side rest_of(const struct comparison *comparison, size_t area)
{
	const struct analysis *analysis = comparison->analysis;
	const struct analysis_row *total = total_of(analysis), *row = &analysis->rows[area];
	struct comparison_side rest = {
		.row = { .facet = analysis->by.first_rest + area,
		         .heading = "the rest",
		         .code = "rest",
		         .kind = "rest" },
		.n = total->member_count - row->member_count,
		.taken = true,
	};
	size_t before = row->first_member, behind = before + row->member_count;
	rest.members = mem_alloc(rest.n, sizeof *rest.members);
	if (before)
		memcpy(rest.members, analysis->members, before * sizeof *rest.members);
	if (rest.n > before)
		memcpy(rest.members + before, analysis->members + behind, (rest.n - before) * sizeof *rest.members);
	if (comparison->value) {
		rest.values = mem_alloc(rest.n, sizeof *rest.values);
		for (size_t i = 0; i < rest.n; i++)
			rest.values[i] = comparison->value(analysis, rest.members[i]);
	}
	return rest;
}

/* --- lines --- */

struct comparison_line *comparison_line(const struct comparison *comparison, const struct comparison_pair *pair,
                                        struct comparison_lines *lines, const char *statistic, const char *method,
                                        double level, enum refusal refusal)
{
	size_t least = pair->first->n < pair->second->n ? pair->first->n : pair->second->n;
	assert(lines->count < COMPARISON_LINES);
	struct comparison_line *line = &lines->lines[lines->count++];
	*line = (struct comparison_line){
		.statistic = statistic,
		.method = method,
		.level = level,
		.refusal = refusal,
		.cautions =
			analysis_cautions((long long)least)
			| (comparison->analysis->dataset->designed && !lines->by_design ? CAUTION_UNWEIGHTED_TEST : 0),
		.by_design = lines->by_design,
	};
	return line;
}

void comparison_figure(struct comparison_line *line, const char *name, const char *heading, const char *unit,
                       int decimals, double value)
{
	assert(line->figure_count < COMPARISON_FIGURES);
	line->figures[line->figure_count++] = (struct comparison_figure){ name, heading, unit, decimals, value };
	if (!line->refusal && !isfinite(value))
		line->refusal = REFUSAL_NOT_COMPUTABLE;
}

/* One table under way. */
struct saying {
	const struct comparison *comparison;
	const struct comparison_way *way;
	const char *family; /* the arrangement's name */
	size_t arrangement, first_column;
	bool rest; /* of areas and the rest, not of pairs */
};

/* Others may know the weights: then a line goes by the groups that they make. */
static void rest_on_groups(const struct analysis *analysis, const struct analysis_row *row,
                           const struct comparison_item *item, struct analysis_rests *rests)
{
	const size_t answers[] = { analysis->answers.answered, item->facet };
	margin_groups_rest(analysis, row, answers, item->facet ? 2 : 1, rests);
}

/* One side. By weights that others may know, what is of several areas together tells of each of them. */
void comparison_rest_side(const struct comparison *comparison, const struct analysis_row *row,
                          const struct comparison_item *item, comparison_rest_on *rest_on, bool by_design,
                          struct analysis_rests *rests)
{
	const struct analysis *analysis = comparison->analysis;
	rest_on(analysis, row, item, rests);
	if (!by_design)
		return;
	rest_on_groups(analysis, row, item, rests);
	analysis_rest_design(analysis, row, rests);
	for (size_t i = 0; analysis->dataset->adjusted && !row->area && i < comparison->area_count; i++)
		rest_on(analysis, &comparison->areas[i].row, item, rests);
}

static void rest_on_all(const struct saying *saying, struct analysis_rests *rests)
{
	const struct comparison *comparison = saying->comparison;
	if (saying->way->by_design)
		analysis_rest_design(comparison->analysis, total_of(comparison->analysis), rests);
	for (size_t item = 0; saying->way->by_design && item < saying->way->item_count; item++)
		rest_on_groups(comparison->analysis, total_of(comparison->analysis), &saying->way->items[item], rests);
	for (size_t i = 0; i < comparison->area_count; i++)
		for (size_t item = 0; item < saying->way->item_count; item++) {
			const struct analysis_row *row = &comparison->areas[i].row;
			struct analysis_row rest = { .facet = comparison->analysis->by.first_rest + i };
			saying->way->rest_on(comparison->analysis, row, &saying->way->items[item], rests);
			if (saying->rest)
				saying->way->rest_on(comparison->analysis, &rest, &saying->way->items[item], rests);
		}
}

/* A method that is over areas names the rule by which they are taken in, not the areas. */
static char *whole_method(const struct analysis *analysis, const struct comparison_line *line)
{
	struct text method = { 0 };
	if (line->has_variance)
		text_print(&method, "%s%s, ", analysis->dataset->variance, analysis->dataset->drawing);
	text_add(&method, line->method);
	if (line->of_all)
		text_print(&method, " over the areas where at least %d answered", analysis->tested_from);
	return method.bytes;
}

static struct result result_of(const struct analysis *analysis, const struct comparison_line *line, const char *method)
{
	return (struct result){ .statistic = line->statistic,
		                .method = method,
		                .weight = line->by_design ? analysis->dataset->weight : NULL,
		                .level = line->level,
		                .has_seed = line->draws,
		                .seed = line->draws ? analysis->study->study.seed : 0 };
}

/* The line's results, and its figures where the table shows them, from *column on. */
static void say_line(const struct saying *saying, const struct comparison_pair *pair,
                     const struct comparison_line *line, size_t at, size_t *column)
{
	struct analysis *analysis = saying->comparison->analysis;
	struct analysis_rests rests = { 0 };
	if (line->of_all) {
		rest_on_all(saying, &rests);
	} else {
		const struct analysis_row *sides[] = { &pair->first->row, &pair->second->row };
		for (size_t i = 0; i < COUNT(sides); i++)
			comparison_rest_side(saying->comparison, sides[i], pair->item, saying->way->rest_on,
			                     saying->way->by_design, &rests);
	}
	char *method = whole_method(analysis, line);
	struct result result = result_of(analysis, line, method);
	result.category = pair->item->category;
	result.area = pair->first->row.code;
	result.comparator = pair->second->row.code;
	result.family = line->family_size ? saying->family : NULL;
	result.family_size = line->family_size;
	analysis_result(analysis, result, &rests, line->refusal, line->cautions);
	for (size_t i = 0; i < line->figure_count; i++) {
		const struct comparison_figure *figure = &line->figures[i];
		size_t id = analysis_figure(analysis, figure->name, figure->decimals, figure->value);
		if (figure->heading)
			universe_entry(analysis->universe, saying->arrangement, at, (*column)++, id);
	}
	free(method);
}

/* Holm's and Benjamini and Hochberg's. */
static void add_adjusted(struct comparison_lines *lines, const struct comparison *comparison,
                         const struct comparison_pair *pair, double holm, double discovery, size_t family_size)
{
	const struct {
		const char *statistic, *method, *heading;
		double p;
	} ways[] = { { "p_holm", "Holm's adjustment for all tests of this table", "p (Holm)", holm },
		     { "p_benjamini_hochberg", "Benjamini and Hochberg's adjustment for all tests of this table",
		       "p (Benjamini-Hochberg)", discovery } };
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct comparison_line *line = comparison_line(comparison, pair, lines, ways[i].statistic,
		                                               ways[i].method, NAN, lines->refusal);
		line->of_all = true;
		line->family_size = family_size;
		comparison_figure(line, "p_adjusted", ways[i].heading, NULL, ANALYSIS_P_DECIMALS, ways[i].p);
	}
}

static void adjust_all(struct comparison_lines *lines, const struct comparison *comparison,
                       const struct comparison_pair *pairs, size_t count)
{
	double *p = mem_alloc(count, sizeof *p), *holm = mem_alloc(count, sizeof *holm),
	       *discovery = mem_alloc(count, sizeof *discovery);
	size_t family_size = 0;
	for (size_t i = 0; i < count; i++) {
		const struct comparison_pair *pair = &pairs[i];
		size_t least = pair->first->taken ? pair->second->n : pair->first->n;
		if (!lines[i].refusal && !(pair->first->taken && pair->second->taken))
			lines[i].refusal = least ? REFUSAL_N_BELOW_2 : REFUSAL_BASE_EMPTY;
		p[i] = lines[i].refusal ? NAN : lines[i].p;
		family_size += !isnan(p[i]);
	}
	adjust_holm(holm, p, count);
	adjust_benjamini_hochberg(discovery, p, count);
	for (size_t i = 0; i < count; i++)
		add_adjusted(&lines[i], comparison, &pairs[i], holm[i], discovery[i], family_size);
	free(p);
	free(holm);
	free(discovery);
}

/* --- tables --- */

static void add_columns(struct universe *universe, size_t arrangement, const struct comparison_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		for (size_t f = 0; f < lines->lines[i].figure_count; f++)
			if (lines->lines[i].figures[f].heading)
				universe_column(universe, arrangement, lines->lines[i].figures[f].heading,
				                lines->lines[i].figures[f].unit);
}

static void say_pair(const struct saying *saying, const struct comparison_pair *pair,
                     const struct comparison_lines *lines)
{
	struct universe *universe = saying->comparison->analysis->universe;
	const struct analysis_row *first = &pair->first->row, *second = &pair->second->row;
	char *areas =
		saying->rest ? mem_copy_text(first->heading) : mem_print("%s less %s", first->heading, second->heading);
	char *heading = pair->item->label ? mem_print("%s: %s", areas, pair->item->label) : mem_copy_text(areas);
	char *code = saying->rest ? mem_copy_text(first->code) : mem_print("%s less %s", first->code, second->code);
	size_t line = universe_line(universe, saying->arrangement, heading, code, saying->rest ? "area" : "pair");
	size_t column = 1;
	for (size_t i = 0; i < lines->count; i++)
		say_line(saying, pair, &lines->lines[i], line, &column);
	free(areas);
	free(heading);
	free(code);
}

static char *table_method(const struct analysis *analysis, const struct comparison_way *way)
{
	return mem_print("%s%s%s", way->method,
	                 way->adjusts ? " p-values are adjusted for all tests of this table by Holm (the chance of any "
	                                "false finding), and by Benjamini and Hochberg (the share of false ones among "
	                                "the findings)."
	                              : "",
	                 way->by_design ? ""
	                                : analysis_untested(analysis, " Nothing in this table is weighted.",
	                                                    " Nothing in this table uses the sample's design."));
}

/* `pairs` come pair after pair, item after item. */
static void say_table(const struct comparison *comparison, const struct comparison_way *way,
                      const struct comparison_pair *pairs, struct comparison_lines *lines, size_t count, bool rest)
{
	struct analysis *analysis = comparison->analysis;
	const char *part = way->part ? way->part : rest ? "rest" : "pairs";
	const char *about = way->about ? way->about
	                    : rest     ? "each area against the rest of the areas"
	                               : "every two areas";
	char *name = mem_print("%s.%s", analysis->config->name, part), *method = table_method(analysis, way);
	if (way->adjusts)
		adjust_all(lines, comparison, pairs, count);
	struct saying saying = {
		.comparison = comparison,
		.way = way,
		.family = name,
		.arrangement = analysis_begin_part(
			analysis, (struct analysis_part){ .part = part, .about = about, .method = method }),
		.rest = rest,
	};
	add_columns(analysis->universe, saying.arrangement, &lines[0]);
	for (size_t i = 0; i < count; i++)
		say_pair(&saying, &pairs[i], &lines[i]);
	free(name);
	free(method);
}

void comparison_pairs(struct comparison *comparison, const struct comparison_way *way)
{
	size_t k = comparison->area_count, count = 0, number = 0;
	struct comparison_pair *pairs = mem_alloc(k * (k - 1) / 2 * way->item_count, sizeof *pairs);
	for (size_t i = 0; i + 1 < k; i++)
		for (size_t j = i + 1; j < k; j++) {
			const struct comparison_side *first = &comparison->areas[i], *second = &comparison->areas[j];
			size_t own = first->taken && second->taken ? number++ : SIZE_MAX;
			for (size_t item = 0; item < way->item_count; item++)
				pairs[count++] = (struct comparison_pair){ first, second, &way->items[item], own };
		}
	struct comparison_lines *lines = mem_alloc(count, sizeof *lines);
	for (size_t i = 0; i < count; i++)
		way->contrast(comparison, &pairs[i], &lines[i]);
	say_table(comparison, way, pairs, lines, count, false);
	free(pairs);
	free(lines);
}

void comparison_control(struct comparison *comparison, const struct comparison_way *way, size_t control)
{
	size_t count = 0, number = 0;
	const struct comparison_side *second = &comparison->areas[control];
	struct comparison_pair *pairs = mem_alloc(comparison->area_count * way->item_count, sizeof *pairs);
	struct comparison_lines *lines = mem_alloc(comparison->area_count * way->item_count, sizeof *lines);
	for (size_t i = 0; i < comparison->area_count; i++) {
		const struct comparison_side *first = &comparison->areas[i];
		if (i == control)
			continue;
		size_t own = first->taken && second->taken ? number++ : SIZE_MAX;
		for (size_t item = 0; item < way->item_count; item++, count++) {
			pairs[count] = (struct comparison_pair){ first, second, &way->items[item], own };
			way->contrast(comparison, &pairs[count], &lines[count]);
		}
	}
	say_table(comparison, way, pairs, lines, count, false);
	free(pairs);
	free(lines);
}

void comparison_rest(struct comparison *comparison, const struct comparison_way *way)
{
	size_t k = comparison->area_count, count = 0;
	struct comparison_side *rests = mem_alloc(k, sizeof *rests);
	struct comparison_pair *pairs = mem_alloc(k * way->item_count, sizeof *pairs);
	struct comparison_lines *lines = mem_alloc(k * way->item_count, sizeof *lines);
	for (size_t i = 0; i < k; i++) {
		rests[i] = rest_of(comparison, i);
		for (size_t item = 0; item < way->item_count; item++, count++) {
			pairs[count] = (struct comparison_pair){ &comparison->areas[i], &rests[i], &way->items[item],
				                                 SIZE_MAX };
			way->contrast(comparison, &pairs[count], &lines[count]);
		}
		free(rests[i].values);
		free(rests[i].members);
		rests[i].values = NULL;
		rests[i].members = NULL;
	}
	say_table(comparison, way, pairs, lines, count, true);
	free(rests);
	free(pairs);
	free(lines);
}

/* --- beside the test across the areas --- */

void comparison_beside_test(struct analysis *analysis, const char *heading, const struct comparison_line *line,
                            struct analysis_rests *rests)
{
	struct universe *universe = analysis->universe;
	char *method = whole_method(analysis, line);
	analysis_result(analysis, result_of(analysis, line, method), rests, line->refusal, line->cautions);
	size_t at = universe_line(universe, analysis->arrangement, heading, NULL, "test");
	for (size_t i = 0; i < line->figure_count; i++) {
		const struct comparison_figure *figure = &line->figures[i];
		size_t id = analysis_figure(analysis, figure->name, figure->decimals, figure->value);
		size_t column = universe_column(universe, analysis->arrangement, figure->heading, figure->unit);
		universe_entry(universe, analysis->arrangement, at, column, id);
	}
	free(method);
}
