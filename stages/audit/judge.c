#include "judge.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "embedded.h"
#include "mem.h"

static const char *const words[JUDGE_VERDICT_COUNT] = {
	[JUDGE_SAFE] = "safe",
	[JUDGE_RECOVERED] = "recovered",
	[JUDGE_TOO_NARROW] = "too_narrow",
	[JUDGE_BELOW_REACH] = "below_reach",
	[JUDGE_BELOW_PROTECTION] = "below_protection",
	[JUDGE_INCONSISTENT] = "inconsistent",
};

const char *judge_verdict_word(enum judge_verdict verdict)
{
	return words[verdict];
}

enum judge_verdict judge_cell(const struct judge_demand *demand, struct interval interval)
{
	if (demand->truth < interval.least || demand->truth > interval.most) /* false where the truth is NaN */
		return JUDGE_INCONSISTENT;
	if (!demand->unsafe && !(demand->hidden && demand->published))
		return JUDGE_SAFE;
	if (interval.least >= interval.most)
		return JUDGE_RECOVERED;
	if (demand->unsafe && interval.most - interval.least < (double)demand->width)
		return JUDGE_TOO_NARROW;
	if (demand->unsafe && interval.most < (double)demand->reach)
		return JUDGE_BELOW_REACH;
	/* false where the truth is NaN */
	if (demand->unsafe
	    && (interval.most - demand->truth < demand->above || demand->truth - interval.least < demand->below))
		return JUDGE_BELOW_PROTECTION;
	return JUDGE_SAFE;
}

/* The last digit to which sums of a variable are printed anywhere, and their means; NaN: nowhere. */
struct printed_units {
	double sum, mean;
};

/* As sharp as a sum over so many units, or its mean, would have been printed; where neither is printed anywhere,
 * without any width. Half of the range says nothing, however few digits are printed. */
static double sharpness(const struct measure *measure, double n, struct printed_units units)
{
	double printed = isnan(units.mean) ? 0 : units.mean * fmax(n, 1);
	printed = fmax(printed, units.sum); /* the number where one is NaN */
	return fmin(fmax(printed, 1e-6), (measure->most - measure->least) * fmax(n, 1) / 2);
}

static const double SHARPER = 1.0001; /* the attacker may lack the last digits of large sums; protect asks for more */

/* Room for the last digits of the linear programs. */
static double slack(double total)
{
	return 1e-6 * fmax(1, fabs(total));
}

/* A sum that nobody may know, `sharp`: an interval that is no wider is as good as the sum itself. */
static enum judge_verdict judge_sum(const struct judge_demand *demand, struct interval interval, double sharp)
{
	if (interval.most - interval.least <= sharp * SHARPER)
		return JUDGE_RECOVERED;
	if (demand->unsafe
	    && (interval.most < demand->truth + demand->above - slack(demand->truth)
	        || interval.least > demand->truth - demand->below + slack(demand->truth)))
		return JUDGE_BELOW_PROTECTION;
	return JUDGE_SAFE;
}

struct judge *judge_new(void)
{
	return mem_alloc(1, sizeof(struct judge));
}

void judge_free(struct judge *judge)
{
	if (!judge)
		return;
	free(judge->lines);
	free(judge->demands);
	free(judge->sums);
	free(judge);
}

void judge_add(struct judge *judge, const struct judged *line)
{
	judge->lines = mem_grow(judge->lines, judge->count, &judge->capacity, sizeof *judge->lines);
	judge->lines[judge->count++] = *line;
	judge->verdicts[line->verdict]++;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_told(const struct judge *judge, const struct judged *line)
{
	for (size_t i = 0; i < judge->count; i++) {
		const struct judged *other = &judge->lines[i];
		if (other->verdict != JUDGE_SAFE && same_text(other->condition, line->condition)
		    && same_text(other->variable, line->variable) && same_text(other->insider, line->insider))
			return true;
	}
	return false;
}

void judge_blame_records(struct judge *judge, const struct judge *without)
{
	for (size_t i = 0; i < judge->count; i++) {
		struct judged *line = &judge->lines[i];
		line->by_records = line->verdict != JUDGE_SAFE && !is_told(without, line);
		judge->by_records += line->by_records;
	}
}

static bool not_the_same(struct store *protected, const char *what, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(protected), 0, "it decides about other cells than withheld.db shows: %s",
	         what);
	return error_help(err, "give the withheld.db and the protected.db of the same run, or run make again");
}

static bool read_demands(struct judge *judge, const struct universe *withheld, struct store *protected,
                         struct error *err)
{
	sqlite3_stmt *rows = NULL;
	size_t found = 0;
	bool row = false;
	bool *seen = mem_alloc(withheld->cell_count + 1, sizeof *seen);
	judge->demands = mem_alloc(withheld->cell_count + 1, sizeof *judge->demands);
	bool ok = store_prepare(&rows, protected, sql_audit_decisions, err);
	while (ok && (ok = store_step(protected, rows, &row, err)) && row) {
		const char *condition = (const char *)sqlite3_column_text(rows, 0);
		size_t cell = condition ? universe_find(withheld, condition) : 0;
		if (!cell || seen[cell]) {
			ok = not_the_same(protected, "a cell of its own", err);
			break;
		}
		seen[cell] = true;
		found++;
		judge->demands[cell] = (struct judge_demand){
			.truth = sqlite3_column_double(rows, 1),
			.published = sqlite3_column_int(rows, 2),
			.hidden = sqlite3_column_int(rows, 3),
			.unsafe = sqlite3_column_int(rows, 4),
			.reach = sqlite3_column_int64(rows, 5),
			.width = sqlite3_column_int64(rows, 6),
			.above = sqlite3_column_double(rows, 7),
			.below = sqlite3_column_double(rows, 8),
		};
	}
	if (ok && found != withheld->cell_count)
		ok = not_the_same(protected, "a cell is missing", err);
	sqlite3_finalize(rows);
	free(seen);
	return ok;
}

/* Whether the row is about the measure of this id. */
static bool is_about(sqlite3_stmt *row, const struct universe *withheld, size_t id)
{
	const char *condition = (const char *)sqlite3_column_text(row, 1);
	const char *variable = (const char *)sqlite3_column_text(row, 2);
	return id <= withheld->measure_count && sqlite3_column_int64(row, 0) == (long long)id && condition && variable
	       && strcmp(condition, withheld->cells[withheld->measures[id - 1].cell - 1].condition) == 0
	       && strcmp(variable, withheld->measures[id - 1].variable) == 0;
}

static bool read_sums(struct judge *judge, const struct universe *withheld, struct store *protected, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	size_t found = 0;
	bool row = false;
	judge->sums = mem_alloc(withheld->measure_count + 1, sizeof *judge->sums);
	bool ok = store_prepare(&rows, protected, sql_audit_measure_decisions, err);
	while (ok && (ok = store_step(protected, rows, &row, err)) && row) {
		if (!is_about(rows, withheld, ++found)) {
			ok = not_the_same(protected, "a sum of its own", err);
			break;
		}
		judge->sums[found] = (struct judge_demand){
			.truth = sqlite3_column_double(rows, 3),
			.published = sqlite3_column_int(rows, 4),
			.hidden = sqlite3_column_int(rows, 5),
			.unsafe = sqlite3_column_int(rows, 6),
			.above = sqlite3_column_double(rows, 7),
			.below = sqlite3_column_double(rows, 8),
		};
	}
	if (ok && found != withheld->measure_count)
		ok = not_the_same(protected, "a sum is missing", err);
	sqlite3_finalize(rows);
	return ok;
}

/* Every cell is judged; what is written down is what is hidden, and what is wrong. */
static void judge_cells(struct judge *judge, const struct attacker *attacker, const struct universe *withheld)
{
	for (size_t id = 1; id <= withheld->cell_count; id++) {
		const struct cell *cell = &withheld->cells[id - 1];
		struct judged line = {
			.kind = "cell", .number = id, .condition = cell->condition, .demand = judge->demands[id]
		};
		bool known = attacker_interval(attacker, cell->condition, NULL, &line.interval);
		assert(known);
		(void)known;
		line.verdict = judge_cell(&line.demand, line.interval);
		judge->hidden += line.demand.hidden;
		if (line.demand.hidden || line.verdict != JUDGE_SAFE)
			judge_add(judge, &line);
	}
}

/* Measures that stand behind a hidden line which rests on a hidden cell or measure, and behind no line that is shown.
 */
static bool *withheld_measures(const struct judge *judge, const struct universe *withheld)
{
	bool *hidden = mem_alloc(withheld->measure_count + 1, sizeof *hidden);
	bool *shown = mem_alloc(withheld->measure_count + 1, sizeof *shown);
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		bool rests_on_hidden = false;
		for (size_t j = 0; j < result->cell_count; j++)
			rests_on_hidden =
				rests_on_hidden || judge->demands[withheld->rests[result->first_cell + j]].hidden;
		for (size_t j = 0; j < result->measure_count; j++)
			rests_on_hidden = rests_on_hidden
			                  || judge->sums[withheld->rests_measures[result->first_measure + j]].hidden;
		for (size_t j = 0; j < result->measure_count; j++) {
			size_t measure = withheld->rests_measures[result->first_measure + j];
			hidden[measure] = hidden[measure] || (result->status == RESULT_HIDDEN && rests_on_hidden);
			shown[measure] = shown[measure] || result->status == RESULT_OK;
		}
	}
	for (size_t i = 1; i <= withheld->measure_count; i++)
		hidden[i] = hidden[i] && !shown[i];
	free(shown);
	return hidden;
}

/* A reader who works out a hidden sum, or its mean, wants it as sharp as its neighbours. */
static struct printed_units printed_units(const struct universe *withheld, const char *variable)
{
	struct printed_units units = { NAN, NAN };
	for (size_t i = 0; i < withheld->figure_count; i++) {
		const struct figure *figure = &withheld->figures[i];
		size_t measure = figure->numerator_measure;
		if (!measure || strcmp(withheld->measures[measure - 1].variable, variable) != 0)
			continue;
		double *unit = figure->denominator ? &units.mean : &units.sum;
		*unit = fmin(*unit, pow(10, -figure->decimals) / fabs(isnan(figure->factor) ? 1 : figure->factor));
	}
	return units;
}

/* Of a measure: nobody may know it where somebody could have read it but for what is hidden, where it is unsafe, or its
 * count is. A sum over nobody says no more than that it is of nobody, which is the count's to hide. */
static bool is_secret(const struct judge_demand *sum, const struct judge_demand *cell, bool hidden)
{
	if (cell->truth == 0)
		return false;
	return sum->unsafe || cell->unsafe || (cell->hidden && cell->published) || (sum->hidden && sum->published)
	       || hidden;
}

static void judge_measures(struct judge *judge, const struct attacker *attacker, const struct universe *withheld)
{
	bool *hidden = withheld_measures(judge, withheld);
	for (size_t id = 1; id <= withheld->measure_count; id++) {
		const struct measure *measure = &withheld->measures[id - 1];
		const struct judge_demand *cell = &judge->demands[measure->cell], *sum = &judge->sums[id];
		struct judged line = { .kind = "measure",
			               .number = id,
			               .condition = withheld->cells[measure->cell - 1].condition,
			               .variable = measure->variable,
			               .demand = *sum };
		bool known = attacker_interval(attacker, line.condition, line.variable, &line.interval);
		assert(known);
		(void)known;
		double room = slack(sum->truth);
		if (sum->truth < line.interval.least - room || sum->truth > line.interval.most + room)
			line.verdict = JUDGE_INCONSISTENT;
		else if (is_secret(sum, cell, hidden[id]))
			line.verdict =
				judge_sum(sum, line.interval,
			                  sharpness(measure, cell->truth, printed_units(withheld, measure->variable)));
		if (cell->hidden || is_secret(sum, cell, hidden[id]) || line.verdict != JUDGE_SAFE)
			judge_add(judge, &line);
	}
	free(hidden);
}

/* What is argued about. */
struct wanted {
	const struct judge *judge;
	const size_t *cells;
};

/* Whether a cell is known to be as open as is demanded, whatever else it may be. */
static bool is_open_enough(void *context, size_t wanted, struct interval interval)
{
	const struct wanted *of = context;
	return judge_cell(&of->judge->demands[of->cells[wanted]], interval) == JUDGE_SAFE;
}

/* Of what nobody may know, how far it is open to who argues by cases too. */
static bool argue(struct judge *judge, struct attacker *attacker, const struct universe *withheld, struct error *err)
{
	size_t count = 0, undecided = 0;
	size_t *cells = mem_alloc(withheld->cell_count, sizeof *cells);
	const char **conditions = mem_alloc(withheld->cell_count, sizeof *conditions);
	for (size_t id = 1; id <= withheld->cell_count; id++) {
		const struct judge_demand *demand = &judge->demands[id];
		if (!demand->unsafe && !(demand->hidden && demand->published))
			continue;
		conditions[count] = withheld->cells[id - 1].condition;
		cells[count++] = id;
	}
	struct wanted of = { judge, cells };
	const struct cases_inquiry inquiry = {
		.wanted = conditions, .wanted_count = count, .context = &of, .suffices = is_open_enough
	};
	bool ok = cases_argue(attacker, &inquiry, &undecided, err);
	judge->undecided += undecided;
	free(cells);
	free(conditions);
	return ok;
}

bool judge_release(struct judge *judge, struct attacker *attacker, const struct universe *withheld,
                   struct store *protected, struct error *err)
{
	if (!read_demands(judge, withheld, protected, err) || !read_sums(judge, withheld, protected, err)
	    || !argue(judge, attacker, withheld, err))
		return false;
	judge_cells(judge, attacker, withheld);
	judge_measures(judge, attacker, withheld);
	return true;
}

/* Marks the cells that a hidden line rests on, and no line that is shown. */
static bool *hidden_cells(const struct universe *withheld)
{
	bool *hidden = mem_alloc(withheld->cell_count + 1, sizeof *hidden);
	for (int shown = 0; shown < 2; shown++) /* the shown ones last: they have the last word */
		for (size_t i = 0; i < withheld->result_count; i++) {
			const struct result *result = &withheld->results[i];
			for (size_t j = 0; j < result->cell_count; j++)
				if ((result->status == RESULT_OK) == shown)
					hidden[withheld->rests[result->first_cell + j]] = !shown;
		}
	return hidden;
}

void judge_unknown(struct judge *judge, const struct attacker *attacker, const struct universe *withheld, int threshold,
                   int width)
{
	bool *hidden = hidden_cells(withheld);
	for (size_t id = 1; id <= withheld->cell_count; id++) {
		const struct cell *cell = &withheld->cells[id - 1];
		struct judged line = { .kind = "cell", .number = id, .condition = cell->condition };
		if (!hidden[id] || cell->n >= 0)
			continue;
		bool known = attacker_interval(attacker, cell->condition, NULL, &line.interval);
		assert(known);
		(void)known;
		line.demand = (struct judge_demand){ .truth = NAN,
			                             .published = true,
			                             .hidden = true,
			                             .unsafe = line.interval.least < threshold,
			                             .reach = threshold,
			                             .width = width };
		line.verdict = judge_cell(&line.demand, line.interval);
		judge->hidden++;
		judge_add(judge, &line);
	}
	free(hidden);
}

void judge_earlier(struct judge *judge, const struct attacker *attacker, const char *condition,
                   const struct judge_demand *demand)
{
	struct judged line = {
		.kind = "earlier", .number = ++judge->earlier, .condition = condition, .demand = *demand
	};
	bool known = attacker_interval(attacker, condition, NULL, &line.interval);
	assert(known);
	(void)known;
	line.verdict = judge_cell(demand, line.interval);
	judge_add(judge, &line);
}

bool judge_passes(const struct judge *judge)
{
	return judge->verdicts[JUDGE_SAFE] == judge->count;
}
