/* Kind total: by area and over all of them, of a number the sum, of codes how many gave the answer. Without weights it
 * is of those who answered and estimates nothing; with them beside it how much, or how many, there are of all whom the
 * weights stand for, with an interval. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "counted.h"
#include "mem.h"
#include "survey_total.h"

enum { WEIGHTED_FIGURES = 3 };

struct columns {
	size_t base, total, weighted; /* weighted: the first of its group; 0: not there */
};

/* What is added up: a number (counted NULL), or those who gave an answer. */
struct summed {
	const struct counted *counted;
	double *values; /* of each member, in the order of analysis.members */
};

/* Whether it is of people who gave a code, or ticked an option, and not of a number. */
static bool counts_people(const struct analysis *analysis)
{
	size_t count = 0;
	dataset_counted(analysis->outcome, &count);
	return count > 0;
}

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	const char *plural = analysis->dataset->unit.plural;
	bool codes = counts_people(analysis);
	const char *unit = codes ? plural : analysis->outcome->unit;
	struct columns columns = { .base = universe_column(universe, to, "Answered", plural) };
	columns.total = universe_column(universe, to, codes ? "Gave this answer" : "Total of those who answered", unit);
	if (analysis->dataset->weighted) {
		columns.weighted = universe_column(universe, to, codes ? "Estimated number" : "Estimated total",
		                                   codes ? NULL : unit);
		universe_column(universe, to, "95% lower limit", codes ? NULL : unit);
		universe_column(universe, to, "95% upper limit", codes ? NULL : unit);
	}
	return columns;
}

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct summed *summed,
                    struct analysis_rests *rests)
{
	if (!summed->counted) {
		analysis_rest_mean(analysis, row, rests);
		return;
	}
	analysis_rest_cell(rests, analysis_cell(analysis, row, summed->counted->facet));
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
}

/* Of weights that others can work out: what a row's people stand for is public, so a weighted sum tells how many took
 * part, and beside any question's answers how many of them did not answer it. All areas together: who knows the other
 * areas' can work out one from it. */
static void rest_on_everybody(const struct analysis *analysis, const struct analysis_row *row,
                              const struct summed *summed, struct analysis_rests *rests)
{
	if (!analysis->dataset->adjusted)
		return;
	for (size_t line = 0; line < analysis_line_count(analysis); line++) {
		size_t r = analysis_line_row(analysis, line);
		const struct analysis_row *other = &analysis->rows[r];
		struct lattice_point point = { { AXIS_EVERYBODY, other->facet, AXIS_EVERYBODY } };
		if (other != row && !analysis_row_unites(analysis, row, r))
			continue;
		analysis_rest_cell(rests, lattice_cell(analysis->lattice, point));
		rest_on(analysis, other, summed, rests);
	}
}

static size_t add_total(struct analysis *analysis, const struct analysis_row *row, const struct summed *summed)
{
	struct analysis_rests rests = { 0 };
	size_t n = row->member_count;
	long double sum = 0;
	if (summed->counted) {
		size_t cell = analysis_cell(analysis, row, summed->counted->facet);
		analysis_rest_cell(&rests, cell);
		analysis_result(analysis,
		                (struct result){ .statistic = "count",
		                                 .category = summed->counted->term,
		                                 .area = row->area,
		                                 .level = NAN },
		                &rests, REFUSAL_NONE, 0);
		return analysis_figure_count(analysis, cell);
	}
	rest_on(analysis, row, summed, &rests);
	for (size_t i = 0; i < n; i++)
		sum += summed->values[row->first_member + i];
	analysis_result(analysis,
	                (struct result){ .statistic = "total",
	                                 .area = row->area,
	                                 .method = "sum over those who answered",
	                                 .level = NAN },
	                &rests, n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE, analysis_cautions((long long)n));
	return analysis_figure_sum(analysis, "estimate", (double)sum, analysis_measure(analysis, row));
}

static void add_weighted(struct analysis *analysis, const struct analysis_row *row, const struct summed *summed,
                         size_t line, size_t column)
{
	struct survey_estimate total = { 0 };
	size_t n = row->member_count;
	enum refusal refusal = survey_total(&total, &analysis->dataset->design, summed->values + row->first_member,
	                                    analysis->members + row->first_member, n, ANALYSIS_LEVEL);
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	rest_on(analysis, row, summed, &rests);
	rest_on_everybody(analysis, row, summed, &rests);
	analysis_rest_design(analysis, row, &rests);
	char *method = mem_print("%s%s, Student t interval", analysis->dataset->variance, analysis->dataset->drawing);
	analysis_result(analysis,
	                (struct result){ .statistic = "weighted_total",
	                                 .category = summed->counted ? summed->counted->term : NULL,
	                                 .area = row->area,
	                                 .method = method,
	                                 .weight = analysis->dataset->weight,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, analysis_estimate_cautions(&total, n));
	free(method);
	const size_t figures[WEIGHTED_FIGURES] = {
		analysis_figure(analysis, "estimate", decimals, total.value),
		analysis_figure(analysis, "low", decimals, total.low),
		analysis_figure(analysis, "high", decimals, total.high),
	};
	for (size_t i = 0; i < WEIGHTED_FIGURES; i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i, figures[i]);
}

static void arrange(struct analysis *analysis)
{
	struct text method = { 0 };
	const char *plural = analysis->dataset->unit.plural;
	bool codes = counts_people(analysis);
	text_print(&method, "%s: of these %s alone, an estimate for nobody else.",
	           codes ? "How many gave the answer" : "The sum of the answers", plural);
	if (analysis->dataset->weighted)
		analysis_say_design(analysis, &method,
		                    codes ? "number of all who would give it, with a 95 per cent t interval"
		                          : "total with a 95 per cent t interval");
	if (analysis->dataset->weighted)
		text_print(&method, " Those of whom the answer is missing are not in it.");
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
}

/* The members' values, in the order of analysis.members. */
static double *gather(const struct analysis *analysis, const struct counted *counted)
{
	const struct sample *sample = analysis->sample;
	size_t n = analysis->member_count;
	double *values = mem_alloc(n, sizeof *values);
	for (size_t i = 0; i < n; i++) {
		size_t member = analysis->members[i];
		values[i] = counted ? counted_has(analysis, counted, member) : sample->value[member];
	}
	return values;
}

static void add_row(struct analysis *analysis, const struct analysis_row *row, const struct summed *summed, size_t base,
                    const struct columns *columns)
{
	struct universe *universe = analysis->universe;
	bool several = summed->counted && !analysis->group;
	char *heading =
		several ? mem_print("%s: %s", row->heading, summed->counted->label) : mem_copy_text(row->heading);
	size_t line = universe_line(universe, analysis->arrangement, heading, row->code, row->kind);
	free(heading);
	universe_entry(universe, analysis->arrangement, line, columns->base, base);
	universe_entry(universe, analysis->arrangement, line, columns->total, add_total(analysis, row, summed));
	if (columns->weighted)
		add_weighted(analysis, row, summed, line, columns->weighted);
}

static void say(struct analysis *analysis)
{
	size_t count = 0;
	struct counted *counted = counts_people(analysis) ? counted_all(analysis, &count) : NULL;
	size_t sum_count = counted ? count : 1;
	struct summed *sums = mem_alloc(sum_count, sizeof *sums);
	for (size_t i = 0; i < sum_count; i++) {
		const struct counted *one = counted ? &counted[i] : NULL;
		sums[i] = (struct summed){ one, gather(analysis, one) };
	}
	arrange(analysis);
	if (counted)
		counted_say(analysis, counted);
	else
		analysis_add_measures(analysis);
	struct columns columns = add_columns(analysis);
	for (size_t line = 0; line < analysis_line_count(analysis); line++) {
		const struct analysis_row *row = &analysis->rows[analysis_line_row(analysis, line)];
		size_t base = analysis_base(analysis, row);
		for (size_t i = 0; i < sum_count; i++)
			add_row(analysis, row, &sums[i], base, &columns);
	}
	for (size_t i = 0; i < sum_count; i++)
		free(sums[i].values);
	free(sums);
	counted_free(counted, count);
}

static bool check(struct analysis *analysis, struct error *err)
{
	if (counts_people(analysis))
		return analysis_read_group(analysis, err) && analysis_check_adjusted(analysis, err);
	if (analysis->config->codes_count) {
		analysis_wrong(analysis, err, "codes count people, and these are none:", analysis->outcome->name);
		return error_help(err, "leave out `codes`, or take a variable with a code list");
	}
	return analysis_check_number(analysis, err) && analysis_check_adjusted(analysis, err);
}

const struct analysis_kind kind_total = { .begin = analysis_begin, .say = say, .check = check, .sums = true };
