/* Kind reliability: of the score that is its outcome, by area and over all of them, Cronbach's alpha of the complete
 * rows with its interval, McDonald's omega, and who stands at the ends of the scale; over all areas, alpha of all pairs
 * of items, each item against the others, and every two items. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "alpha.h"
#include "items.h"
#include "mem.h"
#include "omega.h"

struct reliability {
	struct items *items; /* what the outcome is made of */
	bool *kept;          /* whom the filter keeps */
};

static const struct items *items_of(const struct analysis *analysis)
{
	const struct reliability *own = analysis->own;
	return own->items;
}

static const int decimals = 2; /* of a coefficient between -1 and 1 */

/* --- whom and what it needs, before the cells are made --- */

static bool check(struct analysis *analysis, struct error *err)
{
	if (analysis->outcome->code_count > 0 || !sample_is_number(analysis->outcome)) {
		analysis_wrong(analysis, err, "reliability is of a score, and this is none:", analysis->outcome->name);
		return error_help(err, "name a score that an instrument makes of its items, such as their sum");
	}
	return true;
}

static size_t *score_axis(struct analysis *analysis)
{
	const struct sample *sample = analysis->sample;
	const struct dataset_variable *score = analysis->outcome;
	size_t *atoms = mem_alloc(sample->count, sizeof *atoms), answers = sample_answers(score);
	struct axis_scored people = { 0 };
	for (size_t i = 0; i < sample->count; i++) {
		size_t answered = items_answered(items_of(analysis), i);
		bool prorated = answered < items_of(analysis)->count;
		bool partial = answered > 0;
		if (sample->outcome[i] < answers) {
			enum axis_end end = sample->value[i] == score->least  ? AXIS_LOWEST
			                    : sample->value[i] == score->most ? AXIS_HIGHEST
			                                                      : AXIS_BETWEEN;
			atoms[i] = axis_scored_atom(end, prorated);
			*(prorated ? &people.prorated : &people.complete) = true;
		} else {
			atoms[i] = axis_unscored_atom(sample->outcome[i] - answers, partial);
			*(partial ? &people.partial : &people.nothing) = true;
		}
	}
	axis_score(&analysis->answers, score, people);
	return atoms;
}

static void keep(struct analysis *analysis, const size_t *filters)
{
	struct reliability *own = analysis->own;
	const struct axis *axis = &analysis->filters;
	const struct axis_facet *in = &axis->facets[axis->filter];
	bool *is_in = mem_alloc(axis->atom_count, sizeof *is_in);
	own->kept = mem_alloc(analysis->sample->count, sizeof *own->kept);
	for (size_t i = 0; i < in->atom_count; i++)
		is_in[in->atoms[i]] = true;
	for (size_t i = 0; i < analysis->sample->count; i++)
		own->kept[i] = is_in[filters[i]];
	free(is_in);
}

static bool read(struct analysis *analysis, struct error *err)
{
	struct reliability *own = analysis->own = mem_alloc(1, sizeof *own);
	return items_read(&own->items, analysis->dataset, analysis->outcome, analysis->study_path, err);
}

static size_t *axis(struct analysis *analysis, const size_t *filters)
{
	keep(analysis, filters);
	return score_axis(analysis);
}

static void free_own(void *own)
{
	struct reliability *reliability = own;
	if (!reliability)
		return;
	items_free(reliability->items);
	free(reliability->kept);
	free(reliability);
}

/* --- the answers of a row --- */

struct scale_rows {
	size_t k, complete;  /* items; people who answered all of them */
	double *covariances; /* of them; NULL where they are too few */
	double *answers;     /* of everybody with a score or some items, NaN where there is none */
	size_t count;
};

static bool is_of_row(const struct analysis *analysis, const struct analysis_row *row, size_t respondent)
{
	const struct axis_facet *facet = &analysis->by.facets[row->facet];
	const struct reliability *own = analysis->own;
	bool in = false;
	for (size_t i = 0; own->kept[respondent] && i < facet->atom_count && !in; i++)
		in = facet->atoms[i] == analysis->sample->area[respondent];
	return in;
}

/* Complete rows are of those who have a score, too: the cell that everything rests on is theirs. */
static struct scale_rows gather(const struct analysis *analysis, const struct analysis_row *row)
{
	const struct items *items = items_of(analysis);
	const struct sample *sample = analysis->sample;
	size_t k = items->count;
	struct scale_rows rows = { .k = k, .answers = mem_alloc(sample->count * k, sizeof *rows.answers) };
	double *complete = mem_alloc(sample->count * k, sizeof *complete);
	for (size_t i = 0; i < sample->count; i++) {
		size_t answered = items_answered(items, i);
		if (!is_of_row(analysis, row, i) || answered == 0)
			continue;
		memcpy(rows.answers + k * rows.count++, items->answers + k * i, k * sizeof *complete);
		if (answered == k && sample->outcome[i] < sample_answers(analysis->outcome))
			memcpy(complete + k * rows.complete++, items->answers + k * i, k * sizeof *complete);
	}
	if (rows.complete >= ALPHA_LEAST_ROWS) {
		rows.covariances = mem_alloc(k * k, sizeof *rows.covariances);
		alpha_covariances(rows.covariances, complete, rows.complete, k);
	}
	free(complete);
	return rows;
}

static void rows_release(struct scale_rows *rows)
{
	free(rows->covariances);
	free(rows->answers);
}

/* --- lines of results --- */

static unsigned common_cautions(const struct analysis *analysis)
{
	return analysis->dataset->weighted ? CAUTION_UNWEIGHTED : 0;
}

/* An item whose correlation with the others is negative may have to be turned. */
static unsigned against_rest(const struct scale_rows *rows)
{
	double r = 0;
	for (size_t i = 0; rows->covariances && i < rows->k; i++)
		if (!alpha_item_rest(&r, rows->covariances, rows->k, i) && r < 0)
			return CAUTION_ITEM_AGAINST_REST;
	return 0;
}

/* A line about those who answered every item. */
static void add_line(struct analysis *analysis, const struct analysis_row *row, struct result line,
                     enum refusal refusal, unsigned cautions)
{
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, analysis_cell(analysis, row, analysis->answers.complete));
	line.area = row->area;
	analysis_result(analysis, line, &rests, refusal, common_cautions(analysis) | cautions);
}

static const char feldt[] = "Cronbach's alpha of those who answered every item, Feldt interval";
static const char fitted[] =
	"McDonald's omega of the sum of the items: one factor by maximum likelihood, over the total "
	"variance that it gives";

static void add_alpha(struct analysis *analysis, const struct analysis_row *row, const struct scale_rows *rows,
                      size_t line, size_t column, size_t mean_column)
{
	struct alpha alpha = { .mean_r = NAN };
	enum refusal refusal = REFUSAL_COMPLETE_BELOW_30;
	if (rows->covariances)
		refusal = alpha_estimate(&alpha, rows->covariances, rows->k, rows->complete, ANALYSIS_LEVEL);
	add_line(analysis, row, (struct result){ .statistic = "alpha", .method = feldt, .level = ANALYSIS_LEVEL },
	         refusal, against_rest(rows));
	size_t figures[] = {
		analysis_figure(analysis, "estimate", decimals, alpha.alpha),
		analysis_figure(analysis, "low", decimals, alpha.low),
		analysis_figure(analysis, "high", decimals, alpha.high),
	};
	for (size_t i = 0; i < COUNT(figures); i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i, figures[i]);

	if (!refusal && isnan(alpha.mean_r))
		refusal = REFUSAL_ZERO_VARIANCE;
	add_line(analysis, row, (struct result){ .statistic = "mean_inter_item_r", .level = NAN }, refusal, 0);
	universe_entry(analysis->universe, analysis->arrangement, line, mean_column,
	               analysis_figure(analysis, "estimate", decimals, alpha.mean_r));
}

static void add_omega(struct analysis *analysis, const struct analysis_row *row, const struct scale_rows *rows,
                      size_t line, size_t column)
{
	struct omega omega = { 0 };
	enum refusal refusal =
		rows->covariances ? omega_estimate(&omega, rows->covariances, rows->k) : REFUSAL_COMPLETE_BELOW_30;
	add_line(analysis, row, (struct result){ .statistic = "omega", .method = fitted, .level = NAN }, refusal,
	         against_rest(rows));
	universe_entry(analysis->universe, analysis->arrangement, line, column,
	               analysis_figure(analysis, "estimate", decimals, omega.fitted));
}

/* Over all areas only: it is of those with some items too, and rests on them, who are few in one area. */
static void add_pairwise(struct analysis *analysis, const struct analysis_row *all, const struct scale_rows *rows,
                         size_t column)
{
	struct alpha alpha = { 0 };
	double *covariances = mem_alloc(rows->k * rows->k, sizeof *covariances);
	struct analysis_rests rests = { 0 };
	enum refusal refusal = alpha_covariances_pairwise(covariances, rows->answers, rows->count, rows->k);
	if (!refusal)
		refusal = alpha_estimate(&alpha, covariances, rows->k, 0, ANALYSIS_LEVEL);
	free(covariances);
	analysis_rest_cell(&rests, analysis_cell(analysis, all, analysis->answers.answered));
	if (analysis->answers.partial)
		analysis_rest_cell(&rests, analysis_cell(analysis, all, analysis->answers.partial));
	analysis_result(analysis,
	                (struct result){ .statistic = "alpha_pairwise",
	                                 .method = "Cronbach's alpha of the covariances of those who answered both "
	                                           "items of each pair",
	                                 .level = NAN },
	                &rests, refusal, common_cautions(analysis));
	size_t line =
		universe_line(analysis->universe, analysis->arrangement, "All pairs of items, all areas", NULL, "test");
	universe_entry(analysis->universe, analysis->arrangement, line, column,
	               analysis_figure(analysis, "estimate", decimals, alpha.alpha));
}

/* The share of all who have a score that stand at an end of it. */
static void add_end(struct analysis *analysis, const struct analysis_row *row, enum axis_end end, size_t line,
                    size_t column)
{
	static const char *const statistics[] = { [AXIS_LOWEST] = "floor_share", [AXIS_HIGHEST] = "ceiling_share" };
	size_t cell = analysis_cell(analysis, row, analysis->answers.end[end]),
	       base = analysis_cell(analysis, row, analysis->answers.answered);
	long long x = analysis_count(analysis, row, analysis->answers.end[end]),
		  n = analysis_count(analysis, row, analysis->answers.answered);
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_rest_cell(&rests, base);
	analysis_result(analysis,
	                (struct result){ .statistic = statistics[end],
	                                 .area = row->area,
	                                 .method = "per cent of those who have a score",
	                                 .level = NAN },
	                &rests, n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE,
	                analysis_cautions(n) | common_cautions(analysis));
	universe_entry(analysis->universe, analysis->arrangement, line, column,
	               analysis_figure_share(analysis, n ? 100 * (double)x / (double)n : NAN, cell, base));
}

static size_t add_complete(struct analysis *analysis, const struct analysis_row *row)
{
	size_t cell = analysis_cell(analysis, row, analysis->answers.complete);
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis, (struct result){ .statistic = "count_complete", .area = row->area, .level = NAN },
	                &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

/* --- the tables --- */

struct columns {
	size_t answered, complete, alpha, omega, mean_r, end[2], pairwise; /* 0: not there */
};

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	const char *plural = analysis->dataset->unit.plural;
	struct columns columns = { .answered = universe_column(universe, to, "Answered", plural) };
	if (analysis->answers.complete != analysis->answers.answered)
		columns.complete = universe_column(universe, to, "Answered every item", plural);
	columns.alpha = universe_column(universe, to, "Alpha", NULL);
	universe_column(universe, to, "95% lower limit", NULL);
	universe_column(universe, to, "95% upper limit", NULL);
	columns.omega = universe_column(universe, to, "Omega", NULL);
	columns.mean_r = universe_column(universe, to, "Mean correlation of items", NULL);
	if (analysis->answers.end[AXIS_LOWEST]) {
		columns.end[AXIS_LOWEST] = universe_column(universe, to, "At the lowest score", "%");
		columns.end[AXIS_HIGHEST] = universe_column(universe, to, "At the highest score", "%");
	}
	columns.pairwise = universe_column(universe, to, "Pairwise alpha", NULL);
	return columns;
}

static void arrange_areas(struct analysis *analysis)
{
	char *method = mem_print(
		"Cronbach's alpha of those who answered every item, with a 95 per cent Feldt interval; "
		"pairwise: of the covariances of those who answered both items of each pair. McDonald's omega: one "
		"factor by maximum likelihood, over the total variance that it gives. All of them where at least %d "
		"answered every item. The lowest and the highest score: per cent of those who have a score.%s",
		ALPHA_LEAST_ROWS, analysis->dataset->weighted ? " Nothing in this table is weighted." : "");
	analysis_arrange(analysis, method);
	free(method);
	struct columns columns = add_columns(analysis);
	for (size_t i = 0; i < analysis_line_count(analysis); i++) {
		const struct analysis_row *row = &analysis->rows[analysis_line_row(analysis, i)];
		struct scale_rows rows = gather(analysis, row);
		size_t line =
			universe_line(analysis->universe, analysis->arrangement, row->heading, row->code, row->kind);
		universe_entry(analysis->universe, analysis->arrangement, line, columns.answered,
		               analysis_base(analysis, row));
		if (columns.complete)
			universe_entry(analysis->universe, analysis->arrangement, line, columns.complete,
			               add_complete(analysis, row));
		add_alpha(analysis, row, &rows, line, columns.alpha, columns.mean_r);
		add_omega(analysis, row, &rows, line, columns.omega);
		for (int end = AXIS_LOWEST; end <= AXIS_HIGHEST; end++)
			if (columns.end[end])
				add_end(analysis, row, (enum axis_end)end, line, columns.end[end]);
		if (!row->area)
			add_pairwise(analysis, row, &rows, columns.pairwise);
		rows_release(&rows);
	}
}

/* Begin a further table, over all areas. */
static size_t arrange_part(struct analysis *analysis, const char *part, const char *title, const char *what)
{
	char *method =
		mem_print("%s Over all areas, those who answered every item, where they are at least %d.%s", what,
	                  ALPHA_LEAST_ROWS, analysis->dataset->weighted ? " Nothing in this table is weighted." : "");
	size_t arrangement =
		analysis_begin_part(analysis, (struct analysis_part){ .part = part, .about = title, .method = method });
	free(method);
	return arrangement;
}

static void arrange_items(struct analysis *analysis, const struct analysis_row *all, const struct scale_rows *rows)
{
	struct universe *universe = analysis->universe;
	size_t to = arrange_part(analysis, "items", "each item",
	                         "Correlation of the item with the sum of the other items, and Cronbach's alpha of the "
	                         "others.");
	size_t rest = universe_column(universe, to, "Correlation with the other items", NULL),
	       dropped = universe_column(universe, to, "Alpha without the item", NULL);
	for (size_t i = 0; i < rows->k; i++) {
		const struct dataset_variable *item = items_of(analysis)->items[i].variable;
		enum refusal no_rest = REFUSAL_COMPLETE_BELOW_30, no_alpha = REFUSAL_COMPLETE_BELOW_30;
		double r = NAN, alpha = NAN;
		if (rows->covariances) {
			no_rest = alpha_item_rest(&r, rows->covariances, rows->k, i);
			no_alpha = alpha_if_dropped(&alpha, rows->covariances, rows->k, i);
		}
		size_t line = universe_line(universe, to, item->label, item->name, "item");
		add_line(analysis, all,
		         (struct result){ .statistic = "item_rest_r", .category = item->name, .level = NAN }, no_rest,
		         r < 0 ? CAUTION_ITEM_AGAINST_REST : 0);
		universe_entry(universe, to, line, rest, analysis_figure(analysis, "estimate", decimals, r));
		add_line(analysis, all,
		         (struct result){ .statistic = "alpha_if_dropped", .category = item->name, .level = NAN },
		         no_alpha, 0);
		universe_entry(universe, to, line, dropped, analysis_figure(analysis, "estimate", decimals, alpha));
	}
}

/* Each pair once: the lines are all items but the last, the columns all but the first. */
static void arrange_correlations(struct analysis *analysis, const struct analysis_row *all,
                                 const struct scale_rows *rows)
{
	struct universe *universe = analysis->universe;
	const struct item *items = items_of(analysis)->items;
	size_t to = arrange_part(analysis, "correlations", "correlations between items",
	                         "Pearson's correlation of every two items.");
	for (size_t j = 1; j < rows->k; j++)
		universe_column(universe, to, items[j].variable->label, NULL);
	for (size_t i = 0; i + 1 < rows->k; i++) {
		const struct dataset_variable *item = items[i].variable;
		size_t line = universe_line(universe, to, item->label, item->name, "item");
		for (size_t j = i + 1; j < rows->k; j++) {
			char *across = mem_print("%s=%s", analysis->outcome->name, items[j].variable->name);
			enum refusal refusal = REFUSAL_COMPLETE_BELOW_30;
			double r = NAN;
			if (rows->covariances)
				refusal = alpha_inter_item(&r, rows->covariances, rows->k, i, j);
			add_line(analysis, all,
			         (struct result){ .statistic = "inter_item_r",
			                          .category = item->name,
			                          .across = across,
			                          .level = NAN },
			         refusal, 0);
			universe_entry(universe, to, line, j, analysis_figure(analysis, "estimate", decimals, r));
			free(across);
		}
	}
}

static void label_items(struct analysis *analysis)
{
	for (size_t i = 0; i < items_of(analysis)->count; i++) {
		const struct dataset_variable *item = items_of(analysis)->items[i].variable;
		char *name = mem_print("%s=%s", analysis->outcome->name, item->name);
		universe_label(analysis->universe, "code", name, item->label);
		free(name);
	}
}

static void say(struct analysis *analysis)
{
	const struct analysis_row *all = &analysis->rows[analysis->row_count - 1];
	label_items(analysis);
	arrange_areas(analysis);
	struct scale_rows rows = gather(analysis, all);
	arrange_items(analysis, all, &rows);
	if (rows.k > 1)
		arrange_correlations(analysis, all, &rows);
	rows_release(&rows);
}

const struct analysis_kind kind_reliability = {
	.begin = analysis_begin,
	.say = say,
	.free = free_own,
	.check = check,
	.read = read,
	.axis = axis,
};
