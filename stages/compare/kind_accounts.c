/* Kind accounts: what became of the rows of the exports, why rows were lost, and how complete the answers are, by area.
 * All of it is cells, which account_rows and completeness add; here are their lines and arrangements. */
#include "kinds.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "account_rows.h"
#include "completeness.h"
#include "completeness_table.h"
#include "finding.h"
#include "mem.h"

struct accounts {
	struct account_rows rows;
	struct completeness completeness;
};

/* What takes the place of a variable in lines about rows; no variable can be named so. */
static const char outcome_rows[] = "exports/rows";

static const struct accounts *accounts_of(const struct analysis *analysis)
{
	return analysis->own;
}

/* That a cause is named says that it occurred: where zeros are hidden, none is. */
static bool tells_causes(const struct analysis *analysis)
{
	return accounts_of(analysis)->rows.cause_count > 0 && analysis->study->disclosure.zeros == STUDY_ZEROS_SHOWN;
}

static bool begin(struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	long long again = 0;
	if (analysis->config->filter) {
		analysis_wrong(analysis, err,
		               "accounts are of whole exports, which no filter divides:", analysis->config->filter);
		return error_help(err, "leave out the filter");
	}
	if (!store_read_integer(dataset->store, "SELECT count(*) FROM again", 0, &again, err))
		return false;
	if (again > 0)
		return analysis_refuse_repeats(analysis, err);
	analysis->tested_from = analysis_tested_base(dataset);
	struct accounts *accounts = analysis->own = mem_alloc(1, sizeof *accounts);
	if (!account_rows_read(&accounts->rows, dataset, err))
		return false;
	size_t unit = universe_unit(analysis->universe, dataset->unit.name, dataset->unit.plural,
	                            dataset->unit.confidential, dataset->unit.threshold);
	account_rows_cells(&accounts->rows, analysis->universe, unit, tells_causes(analysis));
	return completeness_count(&accounts->completeness, analysis, unit, err);
}

static void free_own(void *own)
{
	struct accounts *accounts = own;
	if (!accounts)
		return;
	account_rows_free(&accounts->rows);
	completeness_free(&accounts->completeness);
	free(accounts);
}

/* --- lines of results --- */

/* `what` names the table among those of the analysis. */
static void arrange(struct analysis *analysis, const char *what, const char *title, const char *base,
                    const char *method)
{
	analysis->arrangement = analysis_begin_part(
		analysis, (struct analysis_part){
				  .part = what, .about = title, .kind = "account", .base = base, .method = method });
}

static void say_rows(struct analysis *analysis)
{
	static const char base[] = "Rows of the exports, by what became of them";
	const struct account_rows *account = &accounts_of(analysis)->rows;
	struct universe *universe = analysis->universe;
	arrange(analysis, "rows", "rows of the exports", base,
	        "Read is the sum of the other columns. A row that cannot be read, or that is no answer of anybody, may be "
	        "of no area that is known.");
	for (size_t fate = 0; fate < FATE_COUNT; fate++)
		if (fate != FATE_LOST) {
			universe_column(universe, analysis->arrangement, fate_heading((enum fate)fate), "rows");
			analysis_label_code(analysis, outcome_rows, fate_word((enum fate)fate),
			                    fate_heading((enum fate)fate));
		}
	universe_label(universe, "variable", outcome_rows, "Rows of the exports");
	if (account->unplaced)
		universe_label(universe, "area", account_no_area, "No area known");
	for (size_t p = 0; p < account->place_count; p++) {
		const struct place *place = &account->places[p];
		if (!place->cells[FATE_READ])
			continue;
		size_t line = universe_line(universe, analysis->arrangement, place->heading, place->code,
		                            place->code ? "area" : "total"),
		       column = 0;
		for (size_t fate = 0; fate < FATE_COUNT; fate++) {
			column += fate != FATE_LOST;
			if (fate == FATE_LOST || !place->cells[fate])
				continue;
			struct result of = { .statistic = "rows",
				             .outcome = outcome_rows,
				             .category = fate == FATE_READ ? NULL : fate_word((enum fate)fate),
				             .area = place->code,
				             .denominator = base };
			universe_entry(universe, analysis->arrangement, line, column,
			               analysis_count_line(analysis, of, place->cells[fate]));
		}
	}
}

/* The reason's words where it is a finding's code, as validate has it. */
static const char *cause_words(const struct cause *cause)
{
	enum finding_code code = FINDING_NONE;
	return finding_read_code(cause->reason, &code) && code != FINDING_NONE ? finding_kind(code)->title
	                                                                       : cause->reason;
}

static void say_causes(struct analysis *analysis)
{
	static const char base[] = "Rows of the exports that were set aside or could not be read";
	const struct account_rows *account = &accounts_of(analysis)->rows;
	struct universe *universe = analysis->universe;
	arrange(analysis, "causes", "why rows were lost", base,
	        "Each row counts once, for the first thing that decided about it.");
	size_t column = universe_column(universe, analysis->arrangement, "Rows", NULL);
	for (size_t i = 0; i < account->cause_count; i++) {
		const struct cause *cause = &account->causes[i];
		char *category = mem_print("%s/%s", fate_word(cause->fate), cause->reason);
		char *heading = mem_print("%s: %s", fate_heading(cause->fate), cause_words(cause));
		size_t line = universe_line(universe, analysis->arrangement, heading, cause->reason, "cause");
		struct result of = {
			.statistic = "cause", .outcome = outcome_rows, .category = category, .denominator = base
		};
		analysis_label_code(analysis, outcome_rows, category, heading);
		universe_entry(universe, analysis->arrangement, line, column,
		               analysis_count_line(analysis, of, cause->cell));
		free(category);
		free(heading);
	}
}

/* --- completeness --- */

static char *completeness_base(const struct analysis *analysis)
{
	return mem_print("Accepted rows (%s), whether or not they answered", analysis->dataset->unit.plural);
}

static void arrange_completeness(struct analysis *analysis, const char *what, const char *title, const char *base)
{
	arrange(analysis, what, title, base,
	        "Asked are all but those whom the question was not for. Asked = answered + each reason for a missing answer, "
	        "but for not asked and not applicable. Questions that had to be answered are not listed: they are complete. "
	        "Few missing answers are a small count like any other: where nearly everybody answered, how many did not "
	        "is hidden.");
	if (accounts_of(analysis)->completeness.left_out)
		universe_note(
			analysis->universe, analysis->arrangement,
			"Questions that another table filters by, or makes a variable of, are not listed either: the "
			"two together would tell answers.");
}

static void say_completeness(struct analysis *analysis)
{
	const struct completeness *completeness = &accounts_of(analysis)->completeness;
	char *base = completeness_base(analysis);
	arrange_completeness(analysis, "completeness", "how complete the answers are", base);
	struct completeness_columns columns =
		completeness_columns(analysis, completeness->questions, completeness->count, COMPLETENESS_ANSWERED);
	for (size_t i = 0; i < completeness->count; i++) {
		const struct completeness_question *question = &completeness->questions[i];
		size_t line = universe_line(analysis->universe, analysis->arrangement, completeness_words(question),
		                            question->variable->name, "question");
		analysis_label(analysis, question->variable);
		completeness_say(analysis, question, AXIS_EVERYBODY, NULL, line, &columns, base);
	}
	free(base);
}

static void say_completeness_by_area(struct analysis *analysis)
{
	const struct completeness *completeness = &accounts_of(analysis)->completeness;
	const struct dataset *dataset = analysis->dataset;
	char *base = completeness_base(analysis);
	arrange_completeness(analysis, "completeness-by-area", "how complete the answers are, by area", base);
	struct completeness_columns columns =
		completeness_columns(analysis, completeness->questions, completeness->count, COMPLETENESS_ANSWERED);
	for (size_t i = 0; i < completeness->count; i++) {
		const struct completeness_question *question = &completeness->questions[i];
		for (size_t a = 0; a < dataset->area_count; a++) {
			char *heading = mem_print("%s: %s", completeness_words(question), dataset->areas[a].label);
			size_t line = universe_line(analysis->universe, analysis->arrangement, heading,
			                            dataset->areas[a].code, "area");
			completeness_say(analysis, question, question->areas.first_code + a, dataset->areas[a].code,
			                 line, &columns, base);
			free(heading);
		}
	}
	free(base);
}

static void say(struct analysis *analysis)
{
	analysis_label_areas(analysis);
	say_rows(analysis);
	if (tells_causes(analysis))
		say_causes(analysis);
	if (accounts_of(analysis)->completeness.count == 0)
		return;
	say_completeness(analysis);
	say_completeness_by_area(analysis);
}

const struct analysis_kind kind_accounts = { .begin = begin, .say = say, .free = free_own };
