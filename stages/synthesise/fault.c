#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gsl/gsl_randist.h>

#include "date.h"
#include "csv.h"
#include "mem.h"

enum { ROWS_A_FAULT = 200 /* one fault of each kind for so many respondents */ };

/* The planting under way. */
struct planting {
	struct sheets *sheets;
	const struct dictionary *dictionary;
	struct people *people;
	gsl_rng *rng;
	size_t *order; /* the rows, shuffled */
	bool *used;    /* by row */
	size_t count;  /* of the rows before the first fault */
	size_t times;  /* how often each kind is planted */
};

/* What a fault does to the cell of an answer that is there: the new cell, or NULL where it cannot be done to this one.
 */
typedef char *spoil_function(const struct planting *planting, const struct variable *variable,
                             const struct sheet_row *row, const char *cell);

/* --- cells --- */

static bool is_number(const struct variable *variable)
{
	return variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
}

static const char *dates_of(const struct planting *planting, const struct sheet_row *row)
{
	return planting->sheets->dataset->exports[row->export].dates;
}

static bool is_known(const struct planting *planting, const struct variable *variable, const char *cell)
{
	return dictionary_code(planting->dictionary, variable->codes, cell) != NULL;
}

static char *spoil_space(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                         const char *cell)
{
	(void)planting, (void)row;
	return variable->type == VARIABLE_TEXT ? NULL : mem_print(" %s  ", cell);
}

static char *spoil_type(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                        const char *cell)
{
	(void)planting, (void)row, (void)cell;
	return is_number(variable) ? mem_copy_text("a few") : NULL;
}

static char *spoil_range(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                         const char *cell)
{
	(void)cell;
	if (!variable->has_max || (!is_number(variable) && variable->type != VARIABLE_DATE))
		return NULL;
	struct value beyond = { .integer = (long long)variable->max + 1
		                           + (long long)gsl_rng_uniform_int(planting->rng, 9) };
	beyond.number = (double)beyond.integer;
	char *spelled =
		spell_value(planting->sheets->spellings, variable, &beyond, row->export, dates_of(planting, row));
	if (!is_known(planting, variable, spelled))
		return spelled;
	free(spelled);
	return NULL;
}

static char *spoil_pattern(const struct planting *planting, const struct variable *variable,
                           const struct sheet_row *row, const char *cell)
{
	(void)planting, (void)row;
	if (!variable->pattern)
		return NULL;
	char *spoiled = mem_print("%s!", cell);
	if (regexec(&variable->compiled, spoiled, 0, NULL, 0) != 0)
		return spoiled;
	free(spoiled);
	return NULL;
}

static char *spoil_code(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                        const char *cell)
{
	static const char unknown[] = "see the back of the form";
	(void)row, (void)cell;
	if (variable->type != VARIABLE_CODE || is_known(planting, variable, unknown)
	    || dictionary_near_code(planting->dictionary, variable->codes, unknown))
		return NULL;
	return mem_copy_text(unknown);
}

/* Small letters become capitals; where there are none, the other way round. */
static char *spoil_case(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                        const char *cell)
{
	(void)row, (void)cell;
	const struct value *value = &row->values[variable - planting->dictionary->variables];
	if (variable->type != VARIABLE_CODE)
		return NULL;
	char *spoiled = mem_copy_text(value->code->code);
	bool small = false;
	for (const char *at = spoiled; *at; at++)
		small = small || (*at >= 'a' && *at <= 'z');
	for (char *at = spoiled; *at; at++) {
		if (small && *at >= 'a' && *at <= 'z')
			*at = (char)(*at - 'a' + 'A');
		else if (!small && *at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	}
	if (strcmp(spoiled, value->code->code) != 0 && !is_known(planting, variable, spoiled))
		return spoiled;
	free(spoiled);
	return NULL;
}

static char *spoil_label(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                         const char *cell)
{
	(void)cell;
	const struct value *value = &row->values[variable - planting->dictionary->variables];
	if (variable->type != VARIABLE_CODE || is_known(planting, variable, value->code->label)
	    || strcasecmp(value->code->label, value->code->code) == 0)
		return NULL;
	return mem_copy_text(value->code->label);
}

/* 31 February. */
static char *spoil_date(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                        const char *cell)
{
	(void)cell;
	if (variable->type != VARIABLE_DATE)
		return NULL;
	char iso[11];
	int year = 0;
	date_print(iso, row->values[variable - planting->dictionary->variables].integer);
	sscanf(iso, "%d", &year);
	return spell_day(year, 2, 31, dates_of(planting, row));
}

static char *spoil_missing(const struct planting *planting, const struct variable *variable,
                           const struct sheet_row *row, const char *cell)
{
	(void)cell;
	for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
		const struct code *code =
			people_missing_code(planting->dictionary, variable, (enum missing_reason)reason);
		if (code && !(variable->missing & 1u << reason))
			return mem_copy_text(
				spell_code(planting->sheets->spellings, variable->codes, code, row->export));
	}
	return NULL;
}

/* A zero width space, as comes from pasting. */
static char *spoil_hidden(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                          const char *cell)
{
	(void)planting, (void)row;
	return variable->type == VARIABLE_TEXT && !variable->pattern ? mem_print("%s\xe2\x80\x8b", cell) : NULL;
}

static char *spoil_formula(const struct planting *planting, const struct variable *variable,
                           const struct sheet_row *row, const char *cell)
{
	(void)planting, (void)row, (void)cell;
	return variable->type == VARIABLE_TEXT && !variable->pattern ? mem_copy_text("=1+1") : NULL;
}

static char *spoil_line_end(const struct planting *planting, const struct variable *variable,
                            const struct sheet_row *row, const char *cell)
{
	(void)planting, (void)row;
	return variable->role == ROLE_FREE_TEXT ? NULL : mem_print("%s\n", cell);
}

static char *spoil_length(const struct planting *planting, const struct variable *variable, const struct sheet_row *row,
                          const char *cell)
{
	(void)planting, (void)row, (void)cell;
	if (variable->role != ROLE_FREE_TEXT)
		return NULL;
	char *spoiled = mem_alloc(CSV_CELL_LIMIT + 2, 1);
	memset(spoiled, 'x', CSV_CELL_LIMIT + 1);
	return spoiled;
}

/* The first unused row that `fits`, in the shuffled order; false where there is none. */
static bool find_row(const struct planting *planting, size_t *row,
                     bool (*fits)(const struct planting *, size_t, size_t), size_t about)
{
	for (size_t i = 0; i < planting->count; i++) {
		*row = planting->order[i];
		if (!planting->used[*row] && fits(planting, *row, about))
			return true;
	}
	return false;
}

/* Design variables (weight, stratum ...) are written by the study's own programs, and without them no estimate stands.
 */
static bool may_be_spoiled(const struct variable *variable)
{
	switch (variable->role) {
	case ROLE_NONE:
	case ROLE_DATE:
	case ROLE_MEASURE:
	case ROLE_FREE_TEXT:
	case ROLE_PARADATA: return !variable->required;
	default: return false;
	}
}

/* Spoil one cell of an unused row, or where there is no `spoil` the row: the variables in turn from a drawn one on, the
 * rows in their shuffled order. Ticked boxes are left alone: a spoiled one would be another option. */
static bool plant_in_cell(struct planting *planting, enum finding_code code, spoil_function *spoil)
{
	size_t variables = planting->dictionary->variable_count, start = gsl_rng_uniform_int(planting->rng, variables);
	for (size_t v = 0; v < variables; v++) {
		size_t index = (start + v) % variables;
		const struct variable *variable = &planting->dictionary->variables[index];
		bool fits = may_be_spoiled(variable) && variable->type != VARIABLE_CODES;
		for (size_t i = 0; i < planting->count && fits; i++) {
			size_t row = planting->order[i];
			const struct sheet_row *at = &planting->sheets->rows[row];
			if (planting->used[row] || at->values[index].missing != MISSING_NONE
			    || !sheets_has_column(planting->sheets, at->export, variable))
				continue;
			char *spoiled = spoil ? spoil(planting, variable, at, at->cells[index]) : NULL;
			if (spoil && !spoiled)
				continue;
			if (spoil)
				sheet_set_cell(planting->sheets, row, index, spoiled);
			else
				planting->sheets->rows[row].damage = code;
			planting->used[row] = true;
			return true;
		}
	}
	return true; /* the dictionary has no place for it, or no row is left: faults_plant has counted them */
}

/* --- rows --- */

static bool any_row(const struct planting *planting, size_t row, size_t about)
{
	(void)planting, (void)row, (void)about;
	return true;
}

/* A quotation mark that stays open needs a line without others. */
static bool row_without_quotes(const struct planting *planting, size_t row, size_t about)
{
	(void)about;
	for (size_t i = 0; i < planting->dictionary->variable_count; i++)
		if (strpbrk(planting->sheets->rows[row].cells[i], ",\"\r\n"))
			return false;
	return true;
}

static bool row_with_answer(const struct planting *planting, size_t row, size_t about)
{
	return planting->sheets->rows[row].values[about].missing == MISSING_NONE
	       && sheets_has_column(planting->sheets, planting->sheets->rows[row].export,
	                            &planting->dictionary->variables[about]);
}

static bool row_off_the_route(const struct planting *planting, size_t row, size_t about)
{
	const struct value *values = planting->sheets->rows[row].values;
	return values[about].missing == MISSING_NOT_ASKED
	       && people_asked(planting->people, values, about) == EXPRESSION_FALSE;
}

static bool row_that_keeps_rule(const struct planting *planting, size_t row, size_t about)
{
	const struct value *values = planting->sheets->rows[row].values;
	return people_rule_applies(planting->people, values, about) == EXPRESSION_TRUE
	       && people_rule_holds(planting->people, values, about) == EXPRESSION_TRUE;
}

static void blank(struct planting *planting, size_t row, size_t index)
{
	planting->sheets->rows[row].values[index] = (struct value){ .missing = MISSING_NOT_ANSWERED };
	sheet_spell(planting->sheets, row, index);
}

static void damage_row(struct planting *planting, enum finding_code damage)
{
	size_t row;
	if (!find_row(planting, &row, damage == FINDING_ROW_QUOTE_OPEN ? row_without_quotes : any_row, 0))
		return;
	planting->sheets->rows[row].damage = damage;
	planting->used[row] = true;
}

/* Each required variable but the key in turn: a row without one is set aside. */
static void plant_required(struct planting *planting)
{
	for (size_t i = 0; i < planting->dictionary->variable_count; i++) {
		const struct variable *variable = &planting->dictionary->variables[i];
		size_t row;
		if (!variable->required || variable->role == ROLE_KEY || !find_row(planting, &row, any_row, 0))
			continue;
		blank(planting, row, i);
		planting->used[row] = true;
	}
}

static void plant_duplicate(struct planting *planting)
{
	size_t row;
	if (!find_row(planting, &row, any_row, 0))
		return;
	sheets_repeat(planting->sheets, row);
	planting->used[row] = true;
}

/* Give one respondent another's answer to `variable`, and leave both rows alone from then on. */
static void share_answer(struct planting *planting, size_t index)
{
	size_t first, second;
	if (!find_row(planting, &first, row_with_answer, index))
		return;
	planting->used[first] = true;
	if (!find_row(planting, &second, row_with_answer, index))
		return;
	planting->used[second] = true;
	planting->sheets->rows[second].values[index] = planting->sheets->rows[first].values[index];
	sheet_spell(planting->sheets, second, index);
}

static void plant_conflict(struct planting *planting)
{
	const struct variable *key = dictionary_role(planting->dictionary, ROLE_KEY);
	if (key)
		share_answer(planting, (size_t)(key - planting->dictionary->variables));
}

static void plant_unique(struct planting *planting)
{
	for (size_t i = 0; i < planting->dictionary->variable_count; i++) {
		const struct variable *variable = &planting->dictionary->variables[i];
		if (variable->unique && variable->role != ROLE_KEY)
			share_answer(planting, i);
	}
}

static void plant_no_answers(struct planting *planting)
{
	size_t row;
	if (!find_row(planting, &row, any_row, 0))
		return;
	for (size_t i = 0; i < planting->dictionary->variable_count; i++)
		if (may_be_spoiled(&planting->dictionary->variables[i])
		    && planting->dictionary->variables[i].role != ROLE_DATE)
			blank(planting, row, i);
	planting->used[row] = true;
}

static void plant_withdrawn(struct planting *planting)
{
	const struct variable *consent = dictionary_role(planting->dictionary, ROLE_CONSENT);
	const struct code *code =
		consent ? people_missing_code(planting->dictionary, consent, MISSING_WITHDRAWN) : NULL;
	size_t row;
	if (!code || !find_row(planting, &row, any_row, 0))
		return;
	size_t index = (size_t)(consent - planting->dictionary->variables);
	planting->sheets->rows[row].values[index] = (struct value){ .missing = MISSING_WITHDRAWN, .code = code };
	sheet_spell(planting->sheets, row, index);
	planting->used[row] = true;
}

static void plant_unexpected(struct planting *planting)
{
	for (size_t i = 0; i < planting->dictionary->variable_count; i++) {
		size_t row;
		if (!planting->dictionary->variables[i].asked_if || !find_row(planting, &row, row_off_the_route, i))
			continue;
		people_answer(planting->people, &planting->sheets->rows[row].values[i],
		              &planting->dictionary->variables[i]);
		sheet_spell(planting->sheets, row, i);
		planting->used[row] = true;
	}
}

/* Somebody else, who breaks one rule, in the place of a respondent. */
static bool plant_broken(struct planting *planting, struct error *err)
{
	for (size_t rule = 0; rule < planting->dictionary->rule_count; rule++) {
		size_t row;
		bool found = false;
		if (!find_row(planting, &row, any_row, 0))
			return true;
		if (!people_draw_breaking(planting->people, planting->sheets->rows[row].values, rule, &found, err))
			return false;
		if (!found) {
			error_warn("rule-kept", "nobody made up breaks the rule %s",
			           planting->dictionary->rules[rule].name);
			if (!people_draw(planting->people, planting->sheets->rows[row].values, err))
				return false;
		}
		for (size_t i = 0; i < planting->dictionary->variable_count; i++)
			sheet_spell(planting->sheets, row, i);
		planting->used[row] = true;
	}
	return true;
}

static void plant_unknowable(struct planting *planting)
{
	for (size_t rule = 0; rule < planting->dictionary->rule_count; rule++) {
		size_t index = 0, row;
		while (index < planting->dictionary->variable_count
		       && !(people_rule_requires(planting->people, rule, index)
		            && !planting->dictionary->variables[index].required))
			index++;
		if (index == planting->dictionary->variable_count
		    || !find_row(planting, &row, row_that_keeps_rule, rule))
			continue;
		blank(planting, row, index);
		planting->used[row] = true;
	}
}

/* --- every kind --- */

static const struct cell_fault {
	enum finding_code code;
	spoil_function *spoil;
	bool once; /* not `times`: it is large */
} cell_faults[] = {
	{ FINDING_ROW_LENGTH, spoil_length, true },
	{ FINDING_CELL_PATTERN, spoil_pattern, false },
	{ FINDING_CELL_HIDDEN_CHARACTER, spoil_hidden, false },
	{ FINDING_CELL_FORMULA, spoil_formula, false },
	{ FINDING_CELL_SPACE, spoil_space, false },
	{ FINDING_CELL_TYPE, spoil_type, false },
	{ FINDING_CELL_RANGE, spoil_range, false },
	{ FINDING_CELL_CODE, spoil_code, false },
	{ FINDING_CELL_CODE_CASE, spoil_case, false },
	{ FINDING_CELL_LABEL, spoil_label, false },
	{ FINDING_CELL_DATE, spoil_date, false },
	{ FINDING_CELL_MISSING_UNLISTED, spoil_missing, false },
	{ FINDING_CELL_LINE_END, spoil_line_end, false },
	{ FINDING_ROW_HEADER_REPEAT, NULL, false }, /* as where two exports were joined by hand */
};

static const enum finding_code damages[] = {
	FINDING_ROW_FIELDS,
	FINDING_ROW_QUOTE_OPEN,
	FINDING_ROW_QUOTE_STRAY,
	FINDING_ROW_CONTROL,
};

/* The kinds that need a row of their own sort come first, while all rows are free. */
static bool plant_rows(struct planting *planting, struct error *err)
{
	for (size_t time = 0; time < planting->times; time++) {
		plant_unexpected(planting);
		plant_unique(planting);
		plant_unknowable(planting);
		if (time == 0 && (!plant_broken(planting, err)))
			return false;
		plant_conflict(planting);
		plant_required(planting);
		plant_no_answers(planting);
		plant_withdrawn(planting);
		plant_duplicate(planting);
	}
	return true;
}

/* What has one in the first export and none in the last: the words that people write, which no rule or scale needs. */
static const struct variable *absent_variable(const struct sheets *sheets)
{
	for (size_t i = 0; sheets->dataset->exports_count > 1 && i < sheets->dictionary->variable_count; i++)
		if (sheets->dictionary->variables[i].role == ROLE_FREE_TEXT)
			return &sheets->dictionary->variables[i];
	return NULL;
}

static size_t rows_needed(const struct planting *planting)
{
	size_t each = COUNT(cell_faults) + COUNT(damages) + 2 /* conflict */ + 3 /* no answers, withdrawn, duplicate */
	              + planting->dictionary->rule_count;
	for (size_t i = 0; i < planting->dictionary->variable_count; i++) {
		const struct variable *variable = &planting->dictionary->variables[i];
		each += (variable->required ? 1u : 0u) + (variable->unique ? 2u : 0u) + (variable->asked_if ? 1u : 0u);
	}
	return each * planting->times + planting->dictionary->rule_count;
}

bool faults_plant(struct sheets *sheets, struct people *people, gsl_rng *rng, struct error *err)
{
	struct planting planting = {
		.sheets = sheets,
		.dictionary = sheets->dictionary,
		.people = people,
		.rng = rng,
		.count = sheets->count,
		.times = sheets->count / ROWS_A_FAULT ? sheets->count / ROWS_A_FAULT : 1,
	};
	size_t needed = rows_needed(&planting);
	if (needed > sheets->count) {
		error_set(err, ERROR_CONFIG, "faults of every kind need %zu respondents, and %zu are asked for", needed,
		          sheets->count);
		return error_help(err, "raise respondents under synthesis in the study's config, or set faults to no");
	}
	sheets->faults = true;
	sheets->absent = absent_variable(sheets);
	planting.order = mem_alloc(planting.count, sizeof *planting.order);
	planting.used = mem_alloc(planting.count, sizeof *planting.used);
	for (size_t i = 0; i < planting.count; i++)
		planting.order[i] = i;
	gsl_ran_shuffle(rng, planting.order, planting.count, sizeof *planting.order);

	bool ok = plant_rows(&planting, err);
	for (size_t i = 0; ok && i < COUNT(cell_faults); i++)
		for (size_t time = 0; time < (cell_faults[i].once ? 1 : planting.times); time++)
			plant_in_cell(&planting, cell_faults[i].code, cell_faults[i].spoil);
	for (size_t i = 0; ok && i < COUNT(damages); i++)
		for (size_t time = 0; time < planting.times; time++)
			damage_row(&planting, damages[i]);
	free(planting.order);
	free(planting.used);
	return ok;
}
