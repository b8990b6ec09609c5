/* Kind ratio: by area and over all of them, how much of one number there is for each of another: the sum of the outcome
 * over the sum of `per`, of those who answered both, with the interval that both sums' sampling gives it. Both sums are
 * printed, so that whoever attacks the tables knows them and nothing else of the ratio. */
#include "kinds.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contributions.h"
#include "lines.h"
#include "asked.h"
#include "mem.h"
#include "survey_total.h"

enum { RATIO_FIGURES = 3 };

struct ratio {
	const struct dataset_variable *per;
	struct sample *sample;                  /* of per */
	struct axis axis;                       /* of per */
	struct lattice *outcomes, *denominator; /* whoever answered what, with the sums of the outcome and of per */
};

struct columns {
	size_t base, numerator, denominator, ratio, weighted; /* 0: not there */
};

/* Those of a row who answered both. */
struct pairs {
	size_t *members, n;
	double *y, *x;
	size_t cell, numerator, denominator; /* theirs, and the measures of both sums */
};

/* --- whom and what it needs --- */

static bool check_number(struct analysis *analysis, const struct dataset_variable *variable, struct error *err)
{
	if (sample_is_number(variable) && variable->code_count == 0)
		return true;
	analysis_wrong(analysis, err, "a ratio is of two numbers, and these are none:", variable->name);
	return error_help(err, "take variables of type integer or number");
}

static bool check(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *per = NULL;
	if (!analysis_find_variable(analysis, analysis->config->per, &per, err)
	    || !check_number(analysis, analysis->outcome, err) || !check_number(analysis, per, err))
		return false;
	if (per == analysis->outcome) {
		analysis_wrong(analysis, err, "the ratio of a number to itself is 1:", per->name);
		return error_help(err, "name another number under `per`");
	}
	return analysis_check_adjusted(analysis, err);
}

static bool read(struct analysis *analysis, struct error *err)
{
	struct ratio *own = analysis->own = mem_alloc(1, sizeof *own);
	own->per = dataset_variable(analysis->dataset, analysis->config->per);
	struct sample_request request = { .outcome = own->per, .study = analysis->study_path };
	return sample_read(&own->sample, analysis->dataset, &request, err);
}

static struct lattice *cross(struct analysis *analysis, const size_t *filters, const double *values)
{
	const struct ratio *own = analysis->own;
	const struct sample *sample = analysis->sample;
	const struct unit *unit = &analysis->dataset->unit;
	const struct axis *axes[LATTICE_AXES] = { &analysis->filters, &analysis->by, &analysis->answers, &own->axis };
	const size_t *atoms[LATTICE_AXES] = { filters, sample->area, sample->outcome, own->sample->outcome };
	return lattice_new(
		axes, atoms, values, analysis->dataset->keys, sample->count, analysis->universe,
		universe_unit(analysis->universe, unit->name, unit->plural, unit->confidential, unit->threshold),
		analysis->dataset->name);
}

static size_t *axis(struct analysis *analysis, const size_t *filters)
{
	struct ratio *own = analysis->own;
	const struct sample *sample = analysis->sample;
	size_t *atoms = mem_alloc(sample->count, sizeof *atoms);
	if (sample->count)
		memcpy(atoms, sample->outcome, sample->count * sizeof *atoms);
	axis_variable(&analysis->answers, analysis->outcome, false, NULL);
	axis_variable(&own->axis, own->per, false, NULL);
	own->outcomes = cross(analysis, filters, sample->value);
	own->denominator = cross(analysis, filters, own->sample->value);
	twins_note(analysis->twins, analysis->dataset->name, own->outcomes, analysis_least_base(analysis->dataset));
	return atoms;
}

static void free_own(void *own)
{
	struct ratio *ratio = own;
	if (!ratio)
		return;
	lattice_free(ratio->outcomes);
	lattice_free(ratio->denominator);
	axis_release(&ratio->axis);
	sample_free(ratio->sample);
	free(ratio);
}

/* --- the people of a row --- */

static struct lattice_point point_of(const struct analysis *analysis, size_t filter, size_t by)
{
	const struct ratio *own = analysis->own;
	return (struct lattice_point){ { filter, by, analysis->answers.answered, own->axis.answered } };
}

static size_t add_measure(const struct analysis *analysis, const struct lattice *lattice,
                          const struct dataset_variable *variable, struct lattice_point point)
{
	size_t measure = universe_measure(analysis->universe, lattice_cell(lattice, point), variable->name,
	                                  variable->least, variable->most,
	                                  (double)lattice_tally(lattice, point).total);
	analysis_measure_whole(analysis, measure, variable);
	contributions_note(analysis, measure, lattice, point, analysis->sample->person);
	return measure;
}

/* Of every area and what is left of it, with and without the filter: as of means. */
static void add_measures(const struct analysis *analysis)
{
	const struct ratio *own = analysis->own;
	for (size_t filter = 0; filter < analysis->filters.facet_count; filter++)
		for (size_t by = 0; by < analysis->by.facet_count; by++) {
			struct lattice_point point = point_of(analysis, filter, by);
			add_measure(analysis, own->outcomes, analysis->outcome, point);
			add_measure(analysis, own->denominator, own->per, point);
		}
}

static struct pairs gather(const struct analysis *analysis, const struct analysis_row *row)
{
	const struct ratio *own = analysis->own;
	struct lattice_point point = point_of(analysis, analysis->filters.filter, row->facet);
	struct pairs pairs = {
		.members = mem_alloc(row->member_count, sizeof *pairs.members),
		.y = mem_alloc(row->member_count, sizeof *pairs.y),
		.x = mem_alloc(row->member_count, sizeof *pairs.x),
		.cell = lattice_cell(own->outcomes, point),
		.numerator = add_measure(analysis, own->outcomes, analysis->outcome, point),
		.denominator = add_measure(analysis, own->denominator, own->per, point),
	};
	for (size_t i = 0; i < row->member_count; i++) {
		size_t member = analysis->members[row->first_member + i];
		if (isnan(own->sample->value[member]))
			continue;
		pairs.y[pairs.n] = analysis->sample->value[member];
		pairs.x[pairs.n] = own->sample->value[member];
		pairs.members[pairs.n++] = member;
	}
	return pairs;
}

static void release(struct pairs *pairs)
{
	free(pairs->members);
	free(pairs->y);
	free(pairs->x);
}

/* Both sums are figures of their own, so that the ratio tells nothing besides. */
static void rest_on(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests)
{
	const struct ratio *own = analysis->own;
	struct lattice_point both = point_of(analysis, analysis->filters.filter, row->facet);
	analysis_rest_cell(rests, lattice_cell(own->outcomes, both));
	analysis_rest_measure(rests, add_measure(analysis, own->outcomes, analysis->outcome, both));
	analysis_rest_measure(rests, add_measure(analysis, own->denominator, own->per, both));
}

/* --- lines --- */

static size_t add_base(struct analysis *analysis, const struct analysis_row *row, const struct pairs *pairs)
{
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, pairs->cell);
	analysis_result(analysis, (struct result){ .statistic = "count", .area = row->area, .level = NAN }, &rests,
	                REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, pairs->cell);
}

static size_t add_sum(struct analysis *analysis, const struct analysis_row *row, const struct pairs *pairs, bool per)
{
	const struct ratio *own = analysis->own;
	const double *values = per ? pairs->x : pairs->y;
	struct analysis_rests rests = { 0 };
	long double sum = 0;
	for (size_t i = 0; i < pairs->n; i++)
		sum += values[i];
	rest_on(analysis, row, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "total",
	                                 .outcome = per ? own->per->name : analysis->outcome->name,
	                                 .area = row->area,
	                                 .method = "sum over those who answered both",
	                                 .level = NAN },
	                &rests, pairs->n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE,
	                analysis_cautions((long long)pairs->n));
	return analysis_figure_sum(analysis, "estimate", (double)sum, per ? pairs->denominator : pairs->numerator);
}

static void add_figures(struct analysis *analysis, const struct survey_estimate *ratio, size_t line, size_t column)
{
	int decimals = analysis->config->decimals;
	const size_t figures[RATIO_FIGURES] = {
		analysis_figure(analysis, "estimate", decimals, ratio->value),
		analysis_figure(analysis, "low", decimals, ratio->low),
		analysis_figure(analysis, "high", decimals, ratio->high),
	};
	for (size_t i = 0; i < RATIO_FIGURES; i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i, figures[i]);
}

/* As of a simple random sample of those who answered. */
static void add_ratio(struct analysis *analysis, const struct analysis_row *row, const struct pairs *pairs, size_t line,
                      size_t column)
{
	size_t *all = mem_alloc(pairs->n, sizeof *all);
	for (size_t i = 0; i < pairs->n; i++)
		all[i] = i;
	const struct survey_design simple = { .units = pairs->n, .strata = 1, .clusters = pairs->n };
	struct survey_estimate ratio = { 0 };
	enum refusal refusal = survey_ratio(&ratio, &simple, pairs->y, pairs->x, all, pairs->n, ANALYSIS_LEVEL);
	struct analysis_rests rests = { 0 };
	rest_on(analysis, row, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "ratio",
	                                 .area = row->area,
	                                 .method = "Taylor linearisation, Student t interval",
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, analysis_cautions((long long)pairs->n) | analysis_error_cautions(&ratio));
	add_figures(analysis, &ratio, line, column);
	free(all);
}

static void add_weighted(struct analysis *analysis, const struct analysis_row *row, const struct pairs *pairs,
                         size_t line, size_t column)
{
	struct survey_estimate ratio = { 0 };
	enum refusal refusal = survey_ratio(&ratio, &analysis->dataset->design, pairs->y, pairs->x, pairs->members,
	                                    pairs->n, ANALYSIS_LEVEL);
	struct analysis_rests rests = { 0 };
	rest_on(analysis, row, &rests);
	/* who knows what each area's people stand for can work out an area from the others and all together */
	for (size_t r = 0; analysis->dataset->adjusted && r < analysis->row_count; r++)
		if (analysis_row_unites(analysis, row, r))
			rest_on(analysis, &analysis->rows[r], &rests);
	analysis_rest_design(analysis, row, &rests);
	char *method = mem_print("%s%s, Student t interval", analysis->dataset->variance, analysis->dataset->drawing);
	analysis_result(analysis,
	                (struct result){ .statistic = "weighted_ratio",
	                                 .area = row->area,
	                                 .method = method,
	                                 .weight = analysis->dataset->weight,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, analysis_estimate_cautions(&ratio, pairs->n));
	free(method);
	add_figures(analysis, &ratio, line, column);
}

/* --- the table --- */

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	const struct ratio *own = analysis->own;
	size_t to = analysis->arrangement;
	const char *above = analysis->outcome->unit, *below = own->per->unit;
	char *unit = above && below ? mem_print("%s per %s", above, below) : NULL;
	char *numerator = mem_print("Total: %s", analysis->outcome->label);
	char *denominator = mem_print("Total: %s", own->per->label);
	struct columns columns = { .base = universe_column(universe, to, "Answered both",
		                                           analysis->dataset->unit.plural) };
	columns.numerator = universe_column(universe, to, numerator, above);
	columns.denominator = universe_column(universe, to, denominator, below);
	columns.ratio = universe_column(universe, to, "Ratio", unit);
	universe_column(universe, to, "95% lower limit", unit);
	universe_column(universe, to, "95% upper limit", unit);
	if (analysis->dataset->designed) {
		bool weighted = analysis->dataset->weighted;
		columns.weighted = universe_column(universe, to, weighted ? "Weighted ratio" : "Ratio by design", unit);
		universe_column(universe, to, weighted ? "Weighted 95% lower limit" : "95% lower limit by design",
		                unit);
		universe_column(universe, to, weighted ? "Weighted 95% upper limit" : "95% upper limit by design",
		                unit);
	}
	free(unit);
	free(numerator);
	free(denominator);
	return columns;
}

static void name_base(struct analysis *analysis)
{
	const struct ratio *own = analysis->own;
	const struct study_analysis *config = analysis->config;
	struct text words = { 0 };
	text_print(&words, "%s who answered “%s” and “%s”", analysis->dataset->unit.plural, analysis->outcome->label,
	           own->per->label);
	if (config->filter)
		text_print(&words, config->population ? ", of those %s" : ", of those for whom %s",
		           config->population ? config->population : config->filter);
	words.bytes[0] = (char)toupper((unsigned char)words.bytes[0]);
	free(analysis->base);
	analysis->base = words.bytes;
}

static void arrange(struct analysis *analysis)
{
	struct text method = { 0 };
	text_add(&method,
	         "The one total over the other, of those who answered both, with a 95 per cent t interval of the "
	         "linearised ratio.");
	analysis_say_design(analysis, &method, "ratio of both totals with a 95 per cent t interval");
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
}

static void say(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	const struct ratio *own = analysis->own;
	analysis_label(analysis, own->per);
	name_base(analysis);
	arrange(analysis);
	struct columns columns = add_columns(analysis);
	add_measures(analysis);
	for (size_t i = 0; i < analysis_line_count(analysis); i++) {
		const struct analysis_row *row = &analysis->rows[analysis_line_row(analysis, i)];
		struct pairs pairs = gather(analysis, row);
		size_t to = analysis->arrangement;
		size_t line = universe_line(universe, to, row->heading, row->code, row->kind);
		universe_entry(universe, to, line, columns.base, add_base(analysis, row, &pairs));
		universe_entry(universe, to, line, columns.numerator, add_sum(analysis, row, &pairs, false));
		universe_entry(universe, to, line, columns.denominator, add_sum(analysis, row, &pairs, true));
		add_ratio(analysis, row, &pairs, line, columns.ratio);
		if (columns.weighted)
			add_weighted(analysis, row, &pairs, line, columns.weighted);
		release(&pairs);
	}
}

const struct analysis_kind kind_ratio = {
	.begin = analysis_begin, .say = say, .free = free_own, .check = check, .read = read, .axis = axis, .sums = true
};
