#include "withheld.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "inexact.h"
#include "mem.h"
#include "number.h"
#include "reason.h"
#include "standing.h"
#include "text.h"

static bool not_the_same(struct store *protected, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(protected), 0, "it decides about other cells than those compared");
	error_code(err, "protected-other-cells");
	return error_help(err,
	                  "give the protected.db that `protect` made from this very compared.db, or run make again");
}

static long long known(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, column);
}

/* A row about the cell: false where it is about another one. */
static bool take_decision(struct withholding *withholding, sqlite3_stmt *row, const struct universe *compared)
{
	const struct cell *cell =
		withholding->count < compared->cell_count ? &compared->cells[withholding->count] : NULL;
	if (!cell || sqlite3_column_int64(row, 0) != (long long)withholding->count + 1
	    || !text_equal((const char *)sqlite3_column_text(row, 1), cell->condition)
	    || sqlite3_column_int64(row, 2) != cell->n)
		return false;
	const char *band = (const char *)sqlite3_column_text(row, 7);
	/* shown only where protect says so in as many words */
	withholding->hidden[withholding->count] = !text_equal((const char *)sqlite3_column_text(row, 3), "shown");
	withholding->counts[withholding->count++] = (struct withheld_count){
		.printed = known(row, 4),
		.least = known(row, 5),
		.most = known(row, 6),
		.band = band ? mem_copy_text(band) : NULL,
	};
	return true;
}

static bool take_measure(struct withholding *withholding, sqlite3_stmt *row, const struct universe *compared,
                         size_t number)
{
	const struct measure *measure = number < compared->measure_count ? &compared->measures[number] : NULL;
	if (!measure || sqlite3_column_int64(row, 0) != (long long)number + 1
	    || !text_equal((const char *)sqlite3_column_text(row, 1), compared->cells[measure->cell - 1].condition)
	    || !text_equal((const char *)sqlite3_column_text(row, 2), measure->variable)
	    || sqlite3_column_double(row, 3) != measure->total)
		return false;
	withholding->measures_hidden[number] = !text_equal((const char *)sqlite3_column_text(row, 4), "shown");
	return true;
}

static bool read_measures(struct withholding *withholding, const struct universe *compared, struct store *protected,
                          struct error *err)
{
	sqlite3_stmt *read = NULL;
	bool more = true;
	size_t count = 0;
	withholding->measures_hidden = mem_alloc(compared->measure_count, sizeof *withholding->measures_hidden);
	bool ok = store_prepare(&read, protected, sql_withhold_measure_decisions, err);
	while (ok && (ok = store_step(protected, read, &more, err)) && more)
		ok = take_measure(withholding, read, compared, count++) || not_the_same(protected, err);
	sqlite3_finalize(read);
	return ok && (count == compared->measure_count || not_the_same(protected, err));
}

bool withheld_read(struct withholding *withholding, const struct universe *compared, struct store *protected,
                   struct error *err)
{
	sqlite3_stmt *read = NULL;
	bool more = true;
	*withholding = (struct withholding){
		.hidden = mem_alloc(compared->cell_count, sizeof *withholding->hidden),
		.counts = mem_alloc(compared->cell_count, sizeof *withholding->counts),
	};
	bool ok = store_prepare(&read, protected, sql_withhold_decisions, err);
	while (ok && (ok = store_step(protected, read, &more, err)) && more)
		if (!take_decision(withholding, read, compared)) {
			ok = not_the_same(protected, err);
			break;
		}
	sqlite3_finalize(read);
	if (ok && withholding->count != compared->cell_count)
		ok = not_the_same(protected, err);
	ok = ok && read_measures(withholding, compared, protected, err);
	if (!ok)
		withholding_free(withholding);
	return ok;
}

void withholding_free(struct withholding *withholding)
{
	for (size_t i = 0; i < withholding->count; i++)
		free(withholding->counts[i].band);
	free(withholding->hidden);
	free(withholding->measures_hidden);
	free(withholding->counts);
	*withholding = (struct withholding){ 0 };
}

/* --- lines --- */

static bool measure_hidden(const struct universe *compared, const struct withholding *withholding, size_t measure)
{
	return withholding->hidden[compared->measures[measure - 1].cell - 1]
	       || (withholding->measures_hidden && withholding->measures_hidden[measure - 1]);
}

static bool figure_hidden(const struct universe *compared, const struct withholding *withholding,
                          const struct figure *figure)
{
	const bool *hidden = withholding->hidden;
	return (figure->numerator && hidden[figure->numerator - 1])
	       || (figure->denominator && hidden[figure->denominator - 1])
	       || (figure->numerator_measure && measure_hidden(compared, withholding, figure->numerator_measure));
}

/* By line; free with free(). */
static bool *find_hidden_lines(const struct universe *compared, const struct withholding *withholding)
{
	bool *lines = mem_alloc(compared->result_count, sizeof *lines);
	for (size_t i = 0; i < compared->result_count; i++) {
		const struct result *result = &compared->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			lines[i] = lines[i] || withholding->hidden[compared->rests[result->first_cell + j] - 1];
		for (size_t j = 0; j < result->measure_count; j++)
			lines[i] = lines[i]
			           || measure_hidden(compared, withholding,
			                             compared->rests_measures[result->first_measure + j]);
	}
	for (size_t i = 0; i < compared->figure_count; i++)
		if (figure_hidden(compared, withholding, &compared->figures[i]))
			lines[compared->figures[i].result - 1] = true;
	return lines;
}

static void forget_method(struct result *result)
{
	result->method = result->flags = result->family = NULL;
	result->level = NAN;
	result->family_size = 0;
	result->has_seed = false;
	result->seed = 0;
}

/* Of a hidden line even how it was computed would tell; of a refused one the reason is what it has to say. */
static struct result withhold_result(const struct result *result, bool hidden)
{
	struct result shown = *result;
	if (hidden)
		shown.status = RESULT_HIDDEN;
	if (shown.status != RESULT_OK)
		forget_method(&shown);
	if (shown.status != RESULT_REFUSED)
		shown.reason = NULL;
	return shown;
}

static bool is_probability(const char *name)
{
	return strcmp(name, "p") == 0 || strcmp(name, "p_adjusted") == 0;
}

/* A probability is never 0: what rounds to it is printed as below the last digit, <0.0001. A standing is a word. */
static void print_figure(char printed[NUMBER_TEXT_SIZE], const struct figure *figure)
{
	const char *word = strcmp(figure->name, "standing") == 0 ? standing_word(figure->value) : NULL;
	if (word) {
		strcpy(printed, word);
		return;
	}
	number_print(printed, figure->value, figure->decimals);
	if (is_probability(figure->name) && figure->value >= 0 && strtod(printed, NULL) == 0) {
		number_print(printed, pow(10, -figure->decimals), figure->decimals);
		memmove(printed + 1, printed, strlen(printed) + 1);
		printed[0] = '<';
	}
}

/* `printed` is where the text goes. */
static struct figure withhold_figure(const struct figure *figure, enum result_status status,
                                     char printed[NUMBER_TEXT_SIZE])
{
	struct figure shown = *figure;
	shown.value = NAN;
	shown.printed = NULL;
	if (status == RESULT_OK && isfinite(figure->value)) {
		print_figure(printed, figure);
		shown.value = number_round(figure->value, figure->decimals);
		shown.printed = printed;
	}
	return shown;
}

/* --- the universe --- */

/* What is done with each line and figure. */
struct plan {
	const struct universe *compared;
	const struct withholding *withholding;
	bool *hidden;         /* lines */
	bool *inexact, *gone; /* lines, and of these figures; NULL: none */
	bool *printed;        /* cells: their count stays */
};

static bool is_inexact(const struct plan *plan, size_t line)
{
	return plan->inexact && plan->inexact[line - 1];
}

/* A cell's count stays where it is printed as such, and as it is. By cell; free with free(). */
static bool *find_printed_counts(const struct plan *plan)
{
	const struct universe *compared = plan->compared;
	bool *printed = mem_alloc(compared->cell_count, sizeof *printed);
	for (size_t i = 0; i < compared->figure_count; i++) {
		const struct figure *figure = &compared->figures[i];
		size_t line = figure->result - 1;
		const struct withheld_count *counts = plan->withholding->counts;
		if (figure->numerator && !figure->denominator && !figure->numerator_measure && isfinite(figure->value)
		    && !plan->hidden[line] && compared->results[line].status == RESULT_OK)
			printed[figure->numerator - 1] = !counts || counts[figure->numerator - 1].printed < 0;
	}
	return printed;
}

static struct plan plan_new(const struct universe *compared, const struct withholding *withholding)
{
	struct plan plan = { .compared = compared, .withholding = withholding };
	plan.hidden = find_hidden_lines(compared, withholding);
	plan.inexact = inexact_lines(compared, withholding);
	plan.gone = inexact_gone(compared, withholding, plan.inexact);
	plan.printed = find_printed_counts(&plan);
	return plan;
}

static void plan_release(struct plan *plan)
{
	free(plan->hidden);
	free(plan->inexact);
	free(plan->gone);
	free(plan->printed);
}

static void copy_cells(struct universe *withheld, const struct plan *plan)
{
	const struct universe *compared = plan->compared;
	for (size_t i = 0; i < compared->unit_count; i++) {
		const struct unit *unit = &compared->units[i];
		universe_unit(withheld, unit->name, unit->plural, unit->confidential, unit->threshold);
	}
	for (size_t i = 0; i < compared->cell_count; i++) {
		const struct cell *cell = &compared->cells[i];
		const struct withheld_count *counts = plan->withholding->counts;
		size_t id = universe_cell(withheld, cell->unit, cell->condition, plan->printed[i] ? cell->n : -1);
		if (!plan->printed[i] && counts && (counts[i].least >= 0 || counts[i].most >= 0))
			universe_cell_known(withheld, id, counts[i].least, counts[i].most);
	}
	for (size_t i = 0; i < compared->relation_count; i++) {
		const struct relation *relation = &compared->relations[i];
		universe_relation(withheld, relation->kind, relation->parent, compared->parts + relation->first_part,
		                  relation->part_count);
	}
	for (size_t i = 0; i < compared->measure_count; i++) {
		const struct measure *measure = &compared->measures[i];
		size_t id = universe_measure(withheld, measure->cell, measure->variable, measure->least, measure->most,
		                             NAN);
		if (measure->whole)
			universe_measure_whole(withheld, id);
	}
}

/* Whether something that the line says otherwise is gone. */
static bool says_less(const struct plan *plan, size_t line, size_t figure)
{
	for (; figure < plan->compared->figure_count && plan->compared->figures[figure].result == line; figure++)
		if (plan->gone && plan->gone[figure])
			return true;
	return false;
}

/* The line, without its figures, of which `figure` is the first. */
static struct result copy_line(struct universe *withheld, const struct plan *plan, size_t line, size_t figure)
{
	const struct universe *compared = plan->compared;
	const struct result *result = &compared->results[line - 1];
	struct result shown = withhold_result(result, plan->hidden[line - 1]);
	const size_t *measures = compared->rests_measures + result->first_measure;
	if (!is_inexact(plan, line)) {
		universe_result(withheld, &shown, compared->rests + result->first_cell, result->cell_count, measures,
		                result->measure_count);
		return shown;
	}
	bool refused = shown.status == RESULT_REFUSED && !inexact_reason_stays(result, compared, plan->withholding);
	if (refused) { /* as if it were one of those that are not, of which nothing is left */
		shown.status = RESULT_OK;
		shown.reason = NULL;
	}
	if (shown.status == RESULT_OK) {
		bool less = refused || says_less(plan, line, figure);
		const char *method = less ? NULL : shown.method;
		forget_method(&shown);
		shown.method = method;
		shown.flags = less ? reason_counts_inexact : NULL;
	}
	size_t count = 0, *rests = inexact_rests(&count, compared, line, figure);
	universe_result(withheld, &shown, rests, count, measures, result->measure_count);
	free(rests);
	return shown;
}

/* The word that stands in the place of a hidden share; NULL: none. */
static const char *band_of(const struct plan *plan, const struct figure *figure)
{
	bool share = figure->numerator && figure->denominator && !figure->numerator_measure && figure->factor == 100;
	return share && plan->withholding->counts ? plan->withholding->counts[figure->numerator - 1].band : NULL;
}

/* Figures come by line, in the order of the lines: universe_load sees to it. */
static void copy_lines(struct universe *withheld, const struct plan *plan)
{
	const struct universe *compared = plan->compared;
	size_t figure = 0;
	for (size_t line = 1; line <= compared->result_count; line++) {
		struct result shown = copy_line(withheld, plan, line, figure);
		for (; figure < compared->figure_count && compared->figures[figure].result == line; figure++) {
			char printed[NUMBER_TEXT_SIZE];
			struct figure made = compared->figures[figure];
			if (is_inexact(plan, line) && shown.status == RESULT_OK)
				made = inexact_figure(&made, compared, plan->withholding, plan->gone[figure]);
			made = withhold_figure(&made, shown.status, printed);
			if (shown.status == RESULT_HIDDEN)
				made.printed = band_of(plan, &compared->figures[figure]);
			universe_figure(withheld, &made);
		}
	}
}

/* Where in the table that is left each of `count` lines or columns stands, from 1; 0 for those all of whose figures are
 * gone. *left: how many are left. Free with free(). */
static size_t *find_places(size_t *left, const struct arrangement *from, const bool *gone, bool columns)
{
	size_t count = columns ? from->column_count : from->line_count;
	size_t *places = mem_alloc(count, sizeof *places);
	bool *lost = mem_alloc(count, sizeof *lost), *kept = mem_alloc(count, sizeof *kept);
	for (size_t i = 0; i < from->entry_count; i++) {
		const struct arrangement_entry *entry = &from->entries[i];
		*((gone && gone[entry->figure - 1] ? lost : kept) + (columns ? entry->column : entry->line) - 1) = true;
	}
	*left = 0;
	for (size_t i = 0; i < count; i++)
		places[i] = kept[i] || !lost[i] ? ++*left : 0;
	free(lost);
	free(kept);
	return places;
}

/* A table of nothing but figures that are gone goes as a whole. */
static void copy_arrangement(struct universe *withheld, const struct arrangement *from, const bool *gone)
{
	size_t column_count = 0, line_count = 0;
	size_t *columns = find_places(&column_count, from, gone, true);
	size_t *lines = find_places(&line_count, from, gone, false);
	if (from->entry_count == 0 || (column_count && line_count)) {
		size_t to = universe_arrangement(withheld, from->name, from->kind, from->analysis, from->title,
		                                 from->base, from->method);
		for (size_t i = 0; i < from->column_count; i++)
			if (columns[i])
				universe_column(withheld, to, from->columns[i].heading, from->columns[i].unit);
		for (size_t i = 0; i < from->line_count; i++)
			if (lines[i])
				universe_line(withheld, to, from->lines[i].heading, from->lines[i].code,
				              from->lines[i].kind);
		for (size_t i = 0; i < from->entry_count; i++) {
			size_t line = lines[from->entries[i].line - 1], column = columns[from->entries[i].column - 1];
			if (line && column)
				universe_entry(withheld, to, line, column, from->entries[i].figure);
		}
		for (size_t i = 0; i < from->note_count; i++)
			universe_note(withheld, to, from->notes[i]);
	}
	free(columns);
	free(lines);
}

struct universe *withheld_universe(const struct universe *compared, const struct withholding *withholding)
{
	struct universe *withheld = universe_new();
	struct plan plan = plan_new(compared, withholding);
	copy_cells(withheld, &plan);
	copy_lines(withheld, &plan);
	for (size_t i = 0; i < compared->arrangement_count; i++)
		copy_arrangement(withheld, &compared->arrangements[i], plan.gone);
	for (size_t i = 0; i < compared->label_count; i++)
		universe_label(withheld, compared->labels[i].kind, compared->labels[i].name, compared->labels[i].label);
	plan_release(&plan);
	return withheld;
}

bool withheld_copy_policy(struct store *withheld, struct store *protected, struct error *err)
{
	sqlite3_stmt *read = NULL, *write = NULL;
	bool more = true;
	bool ok = store_prepare(&read, protected, sql_withhold_policy, err)
	          && store_prepare(&write, withheld, "INSERT INTO policy (item, value) VALUES (:item, :value)", err);
	while (ok && (ok = store_step(protected, read, &more, err)) && more) {
		store_bind_text(write, ":item", (const char *)sqlite3_column_text(read, 0));
		store_bind_text(write, ":value", (const char *)sqlite3_column_text(read, 1));
		ok = store_insert(withheld, write, err);
	}
	sqlite3_finalize(read);
	sqlite3_finalize(write);
	return ok;
}
