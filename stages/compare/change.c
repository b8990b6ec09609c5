#include "change.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "adjust.h"
#include "mem.h"
#include "mean.h"
#include "proportion.h"

/* --- people --- */

static bool stands_at(const struct axis_facet *facet, size_t atom)
{
	for (size_t i = 0; i < facet->atom_count; i++)
		if (facet->atoms[i] == atom)
			return true;
	return false;
}

static bool is_member(const struct change *change, const bool *at, const struct analysis_row *row, size_t area,
                      size_t person)
{
	return at[change->atom[person]] && (!row->area || change->people.area[person] == area);
}

/* Persons, as positions of the people. Free with free(). */
static size_t find_people(size_t **persons, const struct analysis *analysis, const struct analysis_row *row,
                          size_t facet)
{
	const struct change *change = change_of(analysis);
	size_t area = row->facet - analysis->by.first_code, count = 0;
	bool at[WAVE_STATES * WAVE_STATES];
	for (size_t i = 0; i < COUNT(at); i++)
		at[i] = stands_at(&analysis->answers.facets[facet], i);
	*persons = mem_alloc(change->people.count, sizeof **persons);
	for (size_t i = 0; i < change->people.count; i++)
		if (is_member(change, at, row, area, i))
			(*persons)[count++] = i;
	return count;
}

size_t change_values(double **values, size_t **members, const struct analysis *analysis, const struct analysis_row *row,
                     size_t facet, size_t wave)
{
	const struct matched *people = &change_of(analysis)->people;
	size_t count = find_people(members, analysis, row, facet);
	*values = mem_alloc(count, sizeof **values);
	for (size_t i = 0; i < count; i++) {
		(*values)[i] = people->value[wave][(*members)[i]];
		(*members)[i] = people->row[wave][(*members)[i]];
	}
	return count;
}

size_t change_answers(double **values, size_t **members, const struct analysis *analysis,
                      const struct analysis_row *row, size_t facet, size_t wave)
{
	const struct matched *people = &change_of(analysis)->people;
	size_t count = find_people(members, analysis, row, facet);
	*values = mem_alloc(count, sizeof **values);
	for (size_t i = 0; i < count; i++) {
		(*values)[i] = analysis->group[people->answer[wave][(*members)[i]]];
		(*members)[i] = people->row[wave][(*members)[i]];
	}
	return count;
}

unsigned change_cautions(const struct analysis *analysis, long long n)
{
	return analysis_cautions(n) | (analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0);
}

void change_rest(const struct analysis *analysis, const struct analysis_row *row, const struct change_base *base,
                 size_t wave, struct analysis_rests *rests)
{
	analysis_rest_cell(rests, analysis_cell(analysis, row, base->answered[wave]));
	if (change_of(analysis)->yes)
		analysis_rest_cell(rests, analysis_cell(analysis, row, base->yes[wave]));
	else
		analysis_rest_measure(rests, change_measure(analysis, row, base->answered[wave], wave));
}

void change_rest_test(const struct analysis *analysis, const struct analysis_row *row, const struct change_base *base,
                      struct analysis_rests *rests)
{
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		change_rest(analysis, row, base, w, rests);
		if (base == &change_everybody)
			change_rest(analysis, row, &change_pairs, w, rests);
	}
	for (size_t f = WAVES_YES_YES; base == &change_pairs && change_of(analysis)->yes && f <= WAVES_NO_NO; f++)
		analysis_rest_cell(rests, analysis_cell(analysis, row, f));
}

/* --- lines --- */

struct change_line *change_line(struct change_row *row, const char *statistic, const char *across, char *method,
                                double level, enum refusal refusal)
{
	assert(row->count < CHANGE_LINES);
	struct change_line *line = &row->lines[row->count++];
	*line = (struct change_line){
		.statistic = statistic, .across = across, .method = method, .level = level, .refusal = refusal
	};
	return line;
}

static void add_figure(struct change_line *line, struct change_figure figure)
{
	assert(line->figure_count < CHANGE_FIGURES);
	line->figures[line->figure_count++] = figure;
	if (!line->refusal && !figure.count && !isfinite(figure.value))
		line->refusal = REFUSAL_NOT_COMPUTABLE;
}

void change_figure(struct change_line *line, const char *name, char *heading, const char *unit, int decimals,
                   double value)
{
	add_figure(line,
	           (struct change_figure){
			   .name = name, .heading = heading, .unit = unit, .decimals = decimals, .value = value });
}

void change_figure_count(struct change_line *line, char *heading, const char *unit, size_t cell)
{
	add_figure(line, (struct change_figure){ .name = "n", .heading = heading, .unit = unit, .count = cell });
}

void change_limits(struct change_line *line, const char *kind, const char *wave, const char *unit, int decimals,
                   double low, double high)
{
	change_figure(line, "low", mem_print("%s95%% lower limit: %s", kind, wave), unit, decimals, low);
	change_figure(line, "high", mem_print("%s95%% upper limit: %s", kind, wave), unit, decimals, high);
}

/* Of everybody, or of those who answered at both: `mean`, or `mean_of_both`. */
void change_add_mean(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                     const struct change_base *base, size_t wave)
{
	const struct change *change = change_of(analysis);
	bool everybody = base == &change_everybody;
	const char *label = change->wave[wave]->label, *unit = analysis->outcome->unit;
	double *values = NULL;
	size_t *members = NULL, n = change_values(&values, &members, analysis, row, base->answered[wave], wave);
	struct mean_estimate mean = { 0 };
	enum refusal refusal = mean_estimate(&mean, values, n, ANALYSIS_LEVEL);
	int decimals = analysis->config->decimals;
	struct change_line *line = change_line(lines, everybody ? "mean_of_wave" : "mean_of_both", change->across[wave],
	                                       mem_copy_text("Student t interval"), ANALYSIS_LEVEL, refusal);
	line->cautions = analysis_cautions((long long)n);
	change_rest(analysis, row, base, wave, &line->rests);
	add_figure(line,
	           (struct change_figure){ .name = "estimate",
	                                   .heading = mem_print("Mean: %s", label),
	                                   .unit = unit,
	                                   .decimals = decimals,
	                                   .value = mean.mean,
	                                   .whole = analysis_cell(analysis, row, base->answered[wave]),
	                                   .measure = change_measure(analysis, row, base->answered[wave], wave) });
	if (everybody)
		change_limits(line, "", label, unit, decimals, mean.low, mean.high);
	free(values);
	free(members);
}

void change_add_share(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                      const struct change_base *base, size_t wave)
{
	const struct change *change = change_of(analysis);
	bool everybody = base == &change_everybody;
	const char *label = change->wave[wave]->label;
	long long n = analysis_count(analysis, row, base->answered[wave]);
	struct proportion share = { 0 };
	enum refusal refusal = proportion_estimate(&share, (size_t)analysis_count(analysis, row, base->yes[wave]),
	                                           (size_t)n, ANALYSIS_LEVEL);
	int decimals = analysis->config->decimals;
	struct change_line *line =
		change_line(lines, everybody ? "share_of_wave" : "share_of_both", change->across[wave],
	                    mem_copy_text("Wilson score interval"), ANALYSIS_LEVEL, refusal);
	line->cautions =
		analysis_cautions(n) | (everybody && share.high - share.low >= 0.3 ? CAUTION_WIDE_INTERVAL : 0);
	change_rest(analysis, row, base, wave, &line->rests);
	if (everybody)
		change_figure_count(line, mem_print("Gave this answer: %s", label), analysis->dataset->unit.plural,
		                    analysis_cell(analysis, row, base->yes[wave]));
	add_figure(line, (struct change_figure){ .name = "estimate",
	                                         .heading = mem_print("Share: %s", label),
	                                         .unit = "%",
	                                         .decimals = decimals,
	                                         .value = 100 * share.p,
	                                         .part = analysis_cell(analysis, row, base->yes[wave]),
	                                         .whole = analysis_cell(analysis, row, base->answered[wave]) });
	if (everybody)
		change_limits(line, "", label, "%", decimals, 100 * share.low, 100 * share.high);
}

/* --- tables --- */

static size_t say_figure(struct analysis *analysis, const struct change_figure *figure)
{
	return figure->count     ? analysis_figure_count(analysis, figure->count)
	       : figure->part    ? analysis_figure_share(analysis, figure->value, figure->part, figure->whole)
	       : figure->measure ? analysis_figure_mean(analysis, figure->value, figure->measure, figure->whole)
	                         : analysis_figure(analysis, figure->name, figure->decimals, figure->value);
}

/* A table under way. */
struct saying {
	struct analysis *analysis;
	size_t arrangement;
	char *family;
	size_t family_size;
	const char *base;
};

static void say_line(const struct saying *saying, const struct analysis_row *row, struct change_line *line, size_t at,
                     size_t *column)
{
	struct analysis *analysis = saying->analysis;
	bool adjusted = strcmp(line->statistic, "p_holm") == 0;
	analysis_result(analysis,
	                (struct result){ .statistic = line->statistic,
	                                 .category = line->uncoded ? NULL : change_of(analysis)->yes,
	                                 .area = row->area,
	                                 .across = line->across,
	                                 .method = line->method,
	                                 .level = line->level,
	                                 .weight = line->weighted ? analysis->dataset->weight : NULL,
	                                 .denominator = saying->base,
	                                 .family = adjusted ? saying->family : NULL,
	                                 .family_size = adjusted ? saying->family_size : 0 },
	                &line->rests, line->refusal, line->cautions);
	for (size_t i = 0; i < line->figure_count; i++)
		universe_entry(analysis->universe, saying->arrangement, at, ++*column,
		               say_figure(analysis, &line->figures[i]));
}

static void say_row(const struct saying *saying, const struct analysis_row *row, struct change_row *lines)
{
	struct universe *universe = saying->analysis->universe;
	size_t at = universe_line(universe, saying->arrangement, row->heading, row->code, row->kind), column = 0;
	for (size_t i = 0; i < lines->count; i++)
		say_line(saying, row, &lines->lines[i], at, &column);
}

static void add_columns(const struct saying *saying, const struct change_row *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		for (size_t f = 0; f < lines->lines[i].figure_count; f++)
			universe_column(saying->analysis->universe, saying->arrangement,
			                lines->lines[i].figures[f].heading, lines->lines[i].figures[f].unit);
}

static void release_row(struct change_row *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		free(lines->lines[i].method);
		for (size_t f = 0; f < lines->lines[i].figure_count; f++)
			free(lines->lines[i].figures[f].heading);
	}
}

/* Holm's over the areas where enough answered. What it says of one of them it says of all: it rests on every area. */
static size_t adjust(struct analysis *analysis, struct change_row *rows, const struct change_base *base)
{
	size_t areas = analysis->row_count - 1, family_size = 0;
	double *p = mem_alloc(areas, sizeof *p), *holm = mem_alloc(areas, sizeof *holm);
	for (size_t r = 0; r < areas; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		bool taken = true;
		for (size_t w = 0; w < MATCHED_WAVES; w++)
			taken = taken && analysis_count(analysis, row, base->answered[w]) >= analysis->tested_from;
		if (!rows[r].refusal && !taken) /* below a threshold that hides the line */
			rows[r].refusal = REFUSAL_N_BELOW_2;
		p[r] = rows[r].refusal ? NAN : rows[r].p;
		family_size += !isnan(p[r]);
	}
	adjust_holm(holm, p, areas);
	const char *heading = analysis->dataset->weighted ? "Unweighted p (Holm)" /* it stands behind the weighted p */
	                      : analysis->dataset->designed ? "p without design (Holm)"
	                                                    : "p (Holm)";
	for (size_t r = 0; r < areas; r++) {
		struct change_line *line =
			change_line(&rows[r], "p_holm", NULL,
		                    mem_print("Holm's adjustment for the tests of all areas where at least %d answered",
		                              analysis->tested_from),
		                    NAN, rows[r].refusal);
		line->cautions = change_cautions(analysis, analysis_count(analysis, &analysis->rows[r], WAVES_BOTH));
		change_figure(line, "p_adjusted", mem_copy_text(heading), NULL, ANALYSIS_P_DECIMALS, holm[r]);
		for (size_t other = 0; other < areas; other++)
			change_rest_test(analysis, &analysis->rows[other], base, &line->rests);
	}
	free(p);
	free(holm);
	return family_size;
}

void change_table(struct analysis *analysis, struct analysis_part part, change_fill *fill,
                  const struct change_base *base)
{
	struct change_row *rows = mem_alloc(analysis->row_count, sizeof *rows);
	struct saying saying = {
		.analysis = analysis,
		.arrangement = analysis_begin_part(analysis, part),
		.family = part.part ? mem_print("%s.%s", analysis->config->name, part.part) : NULL,
		.base = part.base,
	};
	for (size_t r = 0; r < analysis->row_count; r++)
		fill(analysis, &analysis->rows[r], &rows[r]);
	if (base)
		saying.family_size = adjust(analysis, rows, base);
	add_columns(&saying, &rows[0]);
	for (size_t r = 0; r < analysis->row_count; r++) {
		say_row(&saying, &analysis->rows[r], &rows[r]);
		release_row(&rows[r]);
	}
	free(saying.family);
	free(rows);
}
