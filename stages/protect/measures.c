#include "measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "known_sums.h"
#include "magnitude.h"
#include "mem.h"
#include "number.h"

/* A line of results asks for a measure, by what it rests on or by a figure. */
struct asks {
	size_t line, measure; /* from 0 */
};

struct work {
	const struct universe *universe;
	const struct cell_decision *cells;
	struct measure_decision *decisions;
	struct known_sums *known;
	struct asks *asks;
	size_t asks_count, asks_capacity;
	bool *line_lost;    /* by line: it rests on a hidden cell */
	bool *line_hidden;  /* or on a sum that is not printed */
	bool *unprinted;    /* by measure: of magnitude, or to protect others */
	bool *withheld;     /* by measure: no line that is shown asks for it, and one that is hidden does */
	double *width;      /* by measure: an interval as narrow as this is as good as the sum in print */
	double *low, *high; /* by measure: what is printed of it */
	bool *settled;      /* by measure: what is demanded of it is met */
};

/* --- what lines rest on --- */

static void add_asks(struct work *work, size_t line, size_t measure)
{
	work->asks = mem_grow(work->asks, work->asks_count, &work->asks_capacity, sizeof *work->asks);
	work->asks[work->asks_count++] = (struct asks){ line, measure };
	work->decisions[measure].published = true;
}

static void read_lines(struct work *work)
{
	const struct universe *universe = work->universe;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			work->line_lost[i] =
				work->line_lost[i] || work->cells[universe->rests[result->first_cell + j] - 1].hidden;
		for (size_t j = 0; j < result->measure_count; j++)
			add_asks(work, i, universe->rests_measures[result->first_measure + j] - 1);
	}
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		bool lost = (figure->numerator && work->cells[figure->numerator - 1].hidden)
		            || (figure->denominator && work->cells[figure->denominator - 1].hidden);
		work->line_lost[figure->result - 1] = work->line_lost[figure->result - 1] || lost;
		if (figure->numerator_measure)
			add_asks(work, figure->result - 1, figure->numerator_measure - 1);
	}
	for (size_t i = 0; i < work->asks_count; i++) {
		const struct measure *measure = &universe->measures[work->asks[i].measure];
		if (work->cells[measure->cell - 1].hidden)
			work->line_lost[work->asks[i].line] = true;
	}
}

static const double NEARLY = 1e-6; /* so near to it, an end of an interval is a whole number */
enum { MANY = 30 };                /* of a base: far from where withhold has no decimal any more */

/* The digits that withhold leaves at least: beside rounded and perturbed counts one decimal at most, and of few none.
 */
static int printed_decimals(const struct universe *universe, const struct figure *figure,
                            const struct study_disclosure *policy)
{
	if (!policy->rounding && !policy->cell_key)
		return figure->decimals;
	bool few = figure->denominator && universe->cells[figure->denominator - 1].n < MANY;
	int most = few ? 0 : 1;
	return figure->decimals < most ? figure->decimals : most;
}

/* The last digits to which sums of a variable, and means, are printed anywhere: a reader wants one as sharp as its
 * neighbours. Half of the range says nothing however few digits are printed. */
static void reckon_widths(struct work *work, const struct study_disclosure *policy)
{
	const struct universe *universe = work->universe;
	size_t count = work->known->variable_count;
	double *sum = mem_alloc(count, sizeof *sum), *mean = mem_alloc(count, sizeof *mean);
	for (size_t i = 0; i < count; i++)
		sum[i] = mean[i] = INFINITY;
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (!figure->numerator_measure)
			continue;
		size_t variable = work->known->variable[figure->numerator_measure - 1];
		double *unit = figure->denominator ? &mean[variable] : &sum[variable];
		double digit = pow(10, -printed_decimals(universe, figure, policy))
		               / fabs(isnan(figure->factor) ? 1 : figure->factor);
		*unit = fmin(*unit, digit);
	}
	for (size_t i = 0; i < universe->measure_count; i++) {
		const struct measure *measure = &universe->measures[i];
		size_t variable = work->known->variable[i];
		double n = fmax((double)universe->cells[measure->cell - 1].n, 1);
		double width = isinf(mean[variable]) ? 0 : mean[variable] * n;
		width = isinf(sum[variable]) ? width : fmax(width, sum[variable]);
		work->width[i] = fmin(width, (measure->most - measure->least) * n / 2); /* no NaN */
	}
	free(sum);
	free(mean);
}

/* --- each sum by itself --- */

static enum measure_rule rule_of(enum magnitude_rule rule)
{
	switch (rule) {
	case MAGNITUDE_CONTRIBUTORS: return MEASURE_CONTRIBUTORS;
	case MAGNITUDE_P_PERCENT: return MEASURE_P_PERCENT;
	case MAGNITUDE_DOMINANCE: return MEASURE_DOMINANCE;
	default: return MEASURE_SAFE;
	}
}

/* Nothing can be demanded that everybody knows not to be: beyond what so many units can add up to. */
static void judge(struct work *work, size_t number, const struct study_disclosure *policy)
{
	const struct universe *universe = work->universe;
	const struct measure *measure = &universe->measures[number];
	const struct cell *cell = &universe->cells[measure->cell - 1];
	const struct unit *unit = &universe->units[cell->unit - 1];
	struct measure_decision *decision = &work->decisions[number];
	decision->cost = work->cells[measure->cell - 1].cost;
	if (!policy->magnitude || !unit->confidential)
		return;
	struct magnitude_verdict verdict =
		magnitude_judge(policy->magnitude, unit->threshold ? unit->threshold : policy->threshold, cell->n,
	                        measure->total, measure->largest, measure->least);
	decision->unsafe = work->unprinted[number] = verdict.rule != MAGNITUDE_SAFE;
	decision->rule = rule_of(verdict.rule);
	decision->review = verdict.review;
	decision->above = fmin(verdict.above, measure->most * (double)cell->n - measure->total); /* no NaN */
	decision->below = fmin(verdict.below, measure->total - measure->least * (double)cell->n);
	decision->above = fmax(decision->above, 0);
	decision->below = fmax(decision->below, 0);
}

/* --- all together --- */

static void find_hidden_lines(struct work *work)
{
	const struct universe *universe = work->universe;
	for (size_t i = 0; i < universe->result_count; i++)
		work->line_hidden[i] = work->line_lost[i];
	for (size_t i = 0; i < work->asks_count; i++)
		if (work->unprinted[work->asks[i].measure])
			work->line_hidden[work->asks[i].line] = true;
	for (size_t i = 0; i < universe->measure_count; i++)
		work->withheld[i] = false;
	for (size_t i = 0; i < work->asks_count; i++)
		if (work->line_hidden[work->asks[i].line])
			work->withheld[work->asks[i].measure] = true;
	for (size_t i = 0; i < work->asks_count; i++)
		if (!work->line_hidden[work->asks[i].line] && universe->results[work->asks[i].line].status == RESULT_OK)
			work->withheld[work->asks[i].measure] = false;
}

/* v printed to d decimals, h half of the last: (v - h) * base <= factor * sum <= (v + h) * base. */
static void read_figure(struct work *work, const struct figure *figure)
{
	const struct universe *universe = work->universe;
	size_t line = figure->result - 1;
	if (!figure->numerator_measure || !isfinite(figure->value) || work->line_hidden[line]
	    || universe->results[line].status != RESULT_OK)
		return;
	size_t measure = figure->numerator_measure - 1;
	double value = number_round(figure->value, figure->decimals), half = 0.5 * pow(10, -figure->decimals);
	double base = figure->denominator ? (double)universe->cells[figure->denominator - 1].n : 1;
	double factor = base / (isnan(figure->factor) ? 1 : figure->factor);
	double low = (value - half) * factor, high = (value + half) * factor;
	if (universe->measures[measure].whole) {
		double ends[] = { ceil(fmin(low, high) - NEARLY), floor(fmax(low, high) + NEARLY) };
		low = ends[0];
		high = ends[1];
	}
	work->low[measure] = fmax(work->low[measure], fmin(low, high));
	work->high[measure] = fmin(work->high[measure], fmax(low, high));
}

/* After a change of what is printed. */
static void tell(struct work *work)
{
	const struct universe *universe = work->universe;
	find_hidden_lines(work);
	for (size_t i = 0; i < universe->measure_count; i++) {
		work->low[i] = -INFINITY;
		work->high[i] = INFINITY;
	}
	for (size_t i = 0; i < universe->figure_count; i++)
		read_figure(work, &universe->figures[i]);
	for (size_t i = 0; i < universe->measure_count; i++)
		sums_tell(work->known->variables[work->known->variable[i]], work->known->column[i], work->low[i],
		          work->high[i], work->decisions[i].cost);
}

/* Nobody has a sum of nobody to himself; its count is what has to be protected. */
static bool is_demanded(const struct work *work, size_t number)
{
	const struct measure *measure = &work->universe->measures[number];
	const struct cell_decision *cell = &work->cells[measure->cell - 1];
	const struct measure_decision *decision = &work->decisions[number];
	if (work->universe->cells[measure->cell - 1].n == 0)
		return false;
	return decision->unsafe || (cell->unsafe && cell->hidden)
	       || (decision->published
	           && ((cell->hidden && cell->published) || work->unprinted[number] || work->withheld[number]));
}

static const double MORE = 1.001; /* than as sharp as in print: the last digits of two solvers differ */

static double wide(const struct work *work, size_t number)
{
	return fmax(work->width[number] * MORE, 1e-6 * fmax(1, fabs(work->universe->measures[number].total)));
}

static bool is_met(const struct work *work, size_t number)
{
	const struct measure_decision *decision = &work->decisions[number];
	struct sums *sums = work->known->variables[work->known->variable[number]];
	double total = work->universe->measures[number].total;
	size_t column = work->known->column[number];
	return sums_is_wide(sums, column, wide(work, number))
	       && (!decision->unsafe || sums_reaches(sums, column, total - decision->below, total + decision->above));
}

/* What is not printed besides, so that the demand is nearer to being met: the lines of some sums. */
static bool relieve(struct work *work, size_t number)
{
	const struct measure_decision *decision = &work->decisions[number];
	size_t variable = work->known->variable[number], column = work->known->column[number];
	struct sums *sums = work->known->variables[variable];
	double total = work->universe->measures[number].total, price = 0;
	double low = total - decision->below, high = total + decision->above;
	bool *hide = mem_alloc(work->known->column_counts[variable], sizeof *hide), found;
	if (!sums_is_wide(sums, column, wide(work, number)))
		found = sums_relieve_width(sums, column, wide(work, number), hide, &price);
	else if (!sums_reaches(sums, column, low, total))
		found = sums_relieve(sums, column, low, NAN, hide, &price);
	else
		found = sums_relieve(sums, column, NAN, high, hide, &price);
	bool any = false;
	for (size_t i = 0; i < work->universe->measure_count; i++) {
		bool printed = isfinite(work->low[i]) || isfinite(work->high[i]);
		if (work->known->variable[i] != variable || !printed || (found && !hide[work->known->column[i]]))
			continue;
		work->unprinted[i] = any = true; /* all of them, where the solver gave up: some are printed again */
	}
	free(hide);
	return any;
}

static bool infeasible(const struct work *work, size_t number, struct error *err)
{
	const struct measure *measure = &work->universe->measures[number];
	error_set(err, ERROR_REFUSED, "no choice of lines protects the sum of %s over %s", measure->variable,
	          work->universe->cells[measure->cell - 1].condition);
	error_code(err, "policy-infeasible");
	return error_help(err,
	                  "its range gives it away: say in the dictionary how small and how large an answer can be, "
	                  "print fewer decimals, or leave out the analysis");
}

/* What is met stays met, as long as less and less is printed. */
static bool protect_all(struct work *work, struct error *err)
{
	const size_t count = work->universe->measure_count;
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < count; i++) {
			if (work->settled[i] || !is_demanded(work, i))
				continue;
			while (!is_met(work, i)) {
				if (!relieve(work, i))
					return infeasible(work, i, err);
				tell(work);
			}
			work->settled[i] = more = true;
		}
	}
	return true;
}

static bool all_met(const struct work *work)
{
	for (size_t i = 0; i < work->universe->measure_count; i++)
		if (is_demanded(work, i) && !is_met(work, i))
			return false;
	return true;
}

/* --- print again what need not be withheld, the dearest first --- */

struct candidate {
	size_t measure;
	double cost;
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost < right->cost ? 1 : -1;
	return (left->measure > right->measure) - (left->measure < right->measure);
}

static void print_again(struct work *work)
{
	size_t count = 0;
	struct candidate *candidates = mem_alloc(work->universe->measure_count, sizeof *candidates);
	for (size_t i = 0; i < work->universe->measure_count; i++)
		if (work->unprinted[i] && !work->decisions[i].unsafe)
			candidates[count++] = (struct candidate){ i, work->decisions[i].cost };
	mem_sort(candidates, count, sizeof *candidates, compare_candidates);
	for (size_t i = 0; i < count; i++) {
		size_t measure = candidates[i].measure;
		work->unprinted[measure] = false;
		tell(work);
		if (!all_met(work)) {
			work->unprinted[measure] = true;
			tell(work);
		}
	}
	free(candidates);
}

/* --- the decisions --- */

static void conclude(struct work *work)
{
	for (size_t i = 0; i < work->universe->measure_count; i++) {
		struct measure_decision *decision = &work->decisions[i];
		bool with_cell = work->cells[work->universe->measures[i].cell - 1].hidden
		                 || (work->withheld[i] && !work->unprinted[i]);
		decision->hidden = with_cell || work->unprinted[i] || !decision->published;
		if (decision->unsafe)
			continue;
		decision->rule = !decision->published ? MEASURE_UNPUBLISHED
		                 : with_cell          ? MEASURE_WITH_CELL
		                 : work->unprinted[i] ? MEASURE_SECONDARY
		                                      : MEASURE_SAFE;
	}
}

static struct work work_new(const struct universe *universe, const struct cell_decision *cells)
{
	const size_t measures = universe->measure_count, lines = universe->result_count;
	return (struct work){
		.universe = universe,
		.cells = cells,
		.decisions = mem_alloc(measures, sizeof *((struct work *)0)->decisions),
		.known = known_sums_new(universe),
		.line_lost = mem_alloc(lines, sizeof(bool)),
		.line_hidden = mem_alloc(lines, sizeof(bool)),
		.unprinted = mem_alloc(measures, sizeof(bool)),
		.withheld = mem_alloc(measures, sizeof(bool)),
		.width = mem_alloc(measures, sizeof(double)),
		.low = mem_alloc(measures, sizeof(double)),
		.high = mem_alloc(measures, sizeof(double)),
		.settled = mem_alloc(measures, sizeof(bool)),
	};
}

static void work_release(struct work *work)
{
	known_sums_free(work->known);
	free(work->asks);
	free(work->line_lost);
	free(work->line_hidden);
	free(work->unprinted);
	free(work->withheld);
	free(work->width);
	free(work->low);
	free(work->high);
	free(work->settled);
}

bool measures_decide(struct measure_decision **decisions, const struct universe *universe,
                     const struct cell_decision *cells, const struct study_disclosure *policy, struct error *err)
{
	struct work work = work_new(universe, cells);
	read_lines(&work);
	reckon_widths(&work, policy);
	for (size_t i = 0; i < universe->measure_count; i++)
		judge(&work, i, policy);
	tell(&work);
	bool ok = protect_all(&work, err);
	if (ok) {
		print_again(&work);
		conclude(&work);
		*decisions = work.decisions;
	} else {
		free(work.decisions);
	}
	work_release(&work);
	return ok;
}

/* --- writing --- */

static const char *const rule_words[] = {
	[MEASURE_SAFE] = "safe",
	[MEASURE_WITH_CELL] = "with_cell",
	[MEASURE_CONTRIBUTORS] = "contributors",
	[MEASURE_P_PERCENT] = "p_percent",
	[MEASURE_DOMINANCE] = "dominance",
	[MEASURE_SECONDARY] = "secondary",
	[MEASURE_UNPUBLISHED] = "unpublished",
};

bool measures_store(const struct measure_decision *decisions, const struct universe *universe, struct store *store,
                    struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_protect_measure_decision, err);
	for (size_t i = 0; ok && i < universe->measure_count; i++) {
		const struct measure_decision *decision = &decisions[i];
		const struct measure *measure = &universe->measures[i];
		store_bind_integer(insert, ":measure", (long long)i + 1);
		store_bind_text(insert, ":condition", universe->cells[measure->cell - 1].condition);
		store_bind_text(insert, ":variable", measure->variable);
		store_bind_real(insert, ":total", measure->total);
		store_bind_integer(insert, ":published", decision->published);
		store_bind_text(insert, ":status", decision->hidden ? "hidden" : "shown");
		store_bind_text(insert, ":rule", rule_words[decision->rule]);
		store_bind_integer(insert, ":unsafe", decision->unsafe);
		store_bind_real(insert, ":above", decision->above);
		store_bind_real(insert, ":below", decision->below);
		store_bind_integer(insert, ":review", decision->review);
		store_bind_real(insert, ":cost", decision->cost);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}
