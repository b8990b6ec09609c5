#include "variables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "number.h"
#include "reading.h"
#include "recoding.h"
#include "text.h"

/* The closed lists, by the words of the CSV files. "" is the first of each: nothing given. */
static const char *const type_words[] = { "id", "text", "code", "codes", "integer", "number", "date", "datetime" };
static const char *const level_words[] = { "", "binary", "nominal", "ordinal", "scale", "amount", "count", "rate" };
static const char *const role_words[] = {
	"",        "key",     "repeat",    "imputation", "case",    "coder",        "area",
	"wave",    "date",    "weight",    "stratum",    "cluster", "cluster_size", "replicate_weight",
	"consent", "measure", "free_text", "paradata",
};
static const char *const disclosure_words[] = { "none", "direct", "quasi", "sensitive" };
static const char *const polarity_words[] = { "higher_better", "higher_worse" };
static const char *const yes_words[] = { "", "yes", "no" };

enum {
	V_VARIABLE,
	V_LABEL,
	V_QUESTION,
	V_TYPE,
	V_LEVEL,
	V_POLARITY,
	V_CODES,
	V_MISSING,
	V_MIN,
	V_MAX,
	V_PATTERN,
	V_REQUIRED,
	V_UNIQUE,
	V_ASKED_IF,
	V_UNIT,
	V_INSTRUMENT,
	V_ITEM,
	V_ROLE,
	V_DISCLOSURE,
	V_TREAT,
	V_MICRODATA,
	V_DOMAIN,
	V_WAVES,
};
const char *const variables_columns[VARIABLES_COLUMNS] = {
	"variable", "label", "question",   "type",     "level",     "polarity", "codes", "missing",
	"min",      "max",   "pattern",    "required", "unique",    "asked_if", "unit",  "instrument",
	"item",     "role",  "disclosure", "treat",    "microdata", "domain",   "waves", "note",
};

static bool read_limit(bool *has, double *limit, const struct reading *in, const struct variable *variable,
                       size_t column)
{
	const char *cell = csv_table_cell(in->table, in->row, column);
	long long days = 0;
	*has = *cell != '\0';
	if (!*has)
		return true;
	bool date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
	if (!date && variable->type != VARIABLE_INTEGER && variable->type != VARIABLE_NUMBER)
		return reading_fault(in, "`%s` is no number or date, and so has no min or max", variable->name);
	if (date && !date_read(cell, &days))
		return reading_fault(in, "`%s` has a min or max that is no date such as 2026-03-31", variable->name);
	if (!date && !number_read_decimal(cell, limit))
		return reading_fault(in, "`%s` has a min or max that is no number", variable->name);
	if (date)
		*limit = (double)days;
	return true;
}

/* The reasons allowed: those named; else not_answered and what the variable's list and the list any name. Any variable
 * may be not_asked, and any cell may turn out unusable. */
static bool read_missing(const struct code_lists *lists, struct variable *variable, const struct reading *in)
{
	char *words = mem_copy_text(csv_table_cell(in->table, in->row, V_MISSING)), *rest = words;
	bool ok = true;
	for (char *word; ok && (word = strtok_r(rest, " ", &rest));) {
		enum missing_reason reason = MISSING_NONE;
		ok = code_lists_read_reason(&reason, in, word);
		variable->missing |= 1u << reason;
	}
	free(words);
	if (variable->missing == 0) {
		const struct code_list *with[] = { variable->codes, code_lists_any(lists) };
		variable->missing = 1u << MISSING_NOT_ANSWERED;
		for (size_t l = 0; l < COUNT(with); l++)
			for (size_t i = 0; with[l] && i < with[l]->count; i++)
				if (with[l]->codes[i].missing != MISSING_NONE)
					variable->missing |= 1u << with[l]->codes[i].missing;
	}
	variable->missing |= 1u << MISSING_NOT_ANSWERED | 1u << MISSING_UNUSABLE;
	variable->missing |= 1u << MISSING_NOT_ASKED; /* by its route, or by an export that lacks the column */
	return ok;
}

/* Behind the closing bracket of the set that begins at `set`, or the end of the pattern. */
static const char *skip_set(const char *set)
{
	set += set[1] == '^' ? 2 : 1;
	set += *set == ']';
	while (*set && *set != ']') {
		const char *class = *set == '[' && set[1] == ':' ? strstr(set, ":]") : NULL;
		set = class ? class + 2 : set + 1;
	}
	return *set ? set + 1 : set;
}

/* What the C library would take for ever over, or take for something else than was meant; NULL: nothing. A pattern is
 * as large as what it stands for: (a{100}){100} is 10,000 characters long. */
static const char *pattern_fault(const char *pattern)
{
	enum { NESTING = 20, LARGEST = 2000 };
	double sizes[NESTING + 1] = { 0 }, last = 0, all = 0;
	size_t depth = 0;
	while (*pattern) {
		const char *at = pattern++;
		if (*at == '(') {
			if (++depth > NESTING)
				return "is nested too deeply";
			sizes[depth] = 0;
			continue;
		}
		if (*at == '{') {
			char *end = NULL;
			double least = strtod(at + 1, &end), most = *end == ',' ? strtod(end + 1, NULL) : least;
			double times = most > least ? most : least;
			sizes[depth] += last * (times - 1);
			last *= times;
			pattern = at + strcspn(at, "}");
			continue;
		}
		if (strchr("*+?|}", *at))
			continue;
		last = 1;
		if (*at == ')' && depth > 0)
			last = sizes[depth--];
		else if (*at == '[')
			pattern = skip_set(at);
		else if (*at == '\\' && *pattern && strchr("0123456789", *pattern))
			return "refers back to a part of itself, which is not allowed";
		else if (*at == '\\' && *pattern && strchr("acdefghijklmnopqrtuvxyzACDEFGHIJKLMNOPQRTUVXYZ", *pattern))
			return "has a backslash before a letter, which means nothing here: a digit is [0-9]";
		else if (*at == '\\' && *pattern)
			pattern++;
		sizes[depth] += last;
	}
	for (size_t i = 0; i <= depth; i++)
		all += sizes[i];
	return all > LARGEST ? "allows too long a text" : NULL;
}

static bool read_pattern(struct variable *variable, const struct reading *in)
{
	const char *pattern = csv_table_cell(in->table, in->row, V_PATTERN), *wrong = pattern_fault(pattern);
	if (!*pattern)
		return true;
	if (wrong)
		return reading_fault(in, "`%s` has a pattern that %s", variable->name, wrong);
	char *whole = mem_print("^(%s)$", pattern);
	int code = regcomp(&variable->compiled, whole, REG_EXTENDED | REG_NOSUB);
	free(whole);
	if (code != 0)
		return reading_fault(in, "`%s` has a pattern that is no POSIX extended regular expression",
		                     variable->name);
	variable->pattern = pattern;
	return true;
}

/* Several codes stand in one text with semicolons between, and none of them as (none): answer.h. */
static bool can_be_joined(const char *code)
{
	return !strchr(code, ';') && strcmp(code, "(none)") != 0;
}

static bool no_such_list(const struct code_lists *lists, const char *name, const struct reading *in)
{
	size_t count = 0;
	const struct code_list *all = code_lists_all(lists, &count);
	const char **names = mem_alloc(count, sizeof *names);
	for (size_t i = 0; i < count; i++)
		names[i] = all[i].name;
	const char *near = text_nearest(name, names, count);
	free(names);
	reading_fault(in, "codes.csv has no list named `%s`", name);
	return near ? error_help(in->err, "did you mean %s?", near) : false;
}

static bool read_codes(const struct code_lists *lists, struct variable *variable, const struct reading *in)
{
	const char *name = csv_table_cell(in->table, in->row, V_CODES);
	if (*name) {
		variable->codes = code_lists_find(lists, name);
		if (!variable->codes)
			return no_such_list(lists, name, in);
	}
	bool coded = variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
	if (coded && (!variable->codes || strcmp(name, "any") == 0))
		return reading_fault(in, "`%s` is a code and needs a list of codes.csv in the column codes",
		                     variable->name);
	for (size_t i = 0; variable->codes && i < variable->codes->count; i++) {
		const struct code *code = &variable->codes->codes[i];
		if (!coded && code->missing == MISSING_NONE)
			return reading_fault(in, "`%s` is no code: its list may hold missing codes only",
			                     variable->name);
		if (variable->type == VARIABLE_CODES && !can_be_joined(code->code)) {
			reading_fault(in, "`%s` takes several codes, and `%s` of its list cannot be one of several",
			              variable->name, code->code);
			return error_help(in->err,
			                  "give that code another name in codes.csv, without a semicolon, and what "
			                  "the export writes under as_exported");
		}
	}
	return true;
}

bool variable_may_be(const struct variable *variable, const char *text)
{
	double value = 0;
	return (variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER)
	       && number_read_decimal(text, &value) && (!variable->has_min || value >= variable->min)
	       && (!variable->has_max || value <= variable->max);
}

/* A missing code that could be an answer would swallow answers; and where the export writes it otherwise once, 99.0 for
 * 99, it would be one. */
static bool check_missing_codes(const struct code_lists *lists, const struct variable *variable,
                                const struct reading *in)
{
	const struct code_list *with[] = { variable->codes, code_lists_any(lists) };
	for (size_t l = 0; l < COUNT(with); l++) {
		const struct spelling *at = NULL;
		const struct code *code = NULL;
		for (const char *text; with[l] && (text = code_lists_spelling(lists, with[l], &at, &code));)
			if ((variable->missing & 1u << code->missing) && variable_may_be(variable, text))
				return reading_fault(
					in,
					"`%s` allows a missing code inside its min and max: give min and max that leave it out",
					variable->name);
	}
	return true;
}

/* Whoever gave another answer than the one must not be taken for somebody who agreed. */
static bool one_answer(const struct variable *variable)
{
	size_t answers = 0;
	for (size_t i = 0; variable->codes && i < variable->codes->count; i++)
		answers += variable->codes->codes[i].missing == MISSING_NONE;
	return variable->type == VARIABLE_CODE && answers == 1;
}

/* --- a row --- */

/* A pattern that no answer of the list meets is one of another variable. */
static bool check_pattern(const struct code_lists *lists, const struct variable *variable, const struct reading *in)
{
	bool coded = variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
	if (!coded || !variable->pattern)
		return true;
	const struct spelling *at = NULL;
	const struct code *code = NULL;
	for (const char *text; (text = code_lists_spelling(lists, variable->codes, &at, &code));)
		if (code->missing == MISSING_NONE && regexec(&variable->compiled, text, 0, NULL, 0) == 0)
			return true;
	reading_fault(in, "`%s` has a pattern that no code of its list meets", variable->name);
	return error_help(in->err, "clear the pattern: the list says what the answers are");
}

/* What a row says in words, into the variable; its name and role are checked against those before it. */
static bool read_words(struct variable *variable, const struct reading *in, const char *const *cells)
{
	int type = 0, level = 0, role = 0, disclosure = 0, required = 0, unique = 0, polarity = 0;
	const char *disclosed = *cells[V_DISCLOSURE] ? cells[V_DISCLOSURE] : "none";
	if (!reading_word(&type, in, "type", cells[V_TYPE], type_words, COUNT(type_words))
	    || !reading_word(&level, in, "level", cells[V_LEVEL], level_words, COUNT(level_words))
	    || !reading_word(&role, in, "role", cells[V_ROLE], role_words, COUNT(role_words))
	    || !reading_word(&disclosure, in, "disclosure", disclosed, disclosure_words, COUNT(disclosure_words))
	    || !reading_word(&required, in, "required", cells[V_REQUIRED], yes_words, COUNT(yes_words))
	    || !reading_word(&unique, in, "unique", cells[V_UNIQUE], yes_words, COUNT(yes_words))
	    || (*cells[V_POLARITY]
	        && !reading_word(&polarity, in, "polarity", cells[V_POLARITY], polarity_words, COUNT(polarity_words))))
		return false;
	*variable = (struct variable){
		.name = cells[V_VARIABLE],
		.label = *cells[V_LABEL] ? cells[V_LABEL] : cells[V_VARIABLE],
		.question = reading_or_null(cells[V_QUESTION]),
		.type = (enum variable_type)type,
		.level = (enum variable_level)level,
		.polarity = reading_or_null(cells[V_POLARITY]),
		.required = required == 1,
		.unique = unique == 1 || role == ROLE_KEY,
		.asked_if = reading_or_null(cells[V_ASKED_IF]),
		.unit = reading_or_null(cells[V_UNIT]),
		.instrument = reading_or_null(cells[V_INSTRUMENT]),
		.item = reading_or_null(cells[V_ITEM]),
		.role = (enum variable_role)role,
		.disclosure = (enum variable_disclosure)disclosure,
		.domain = reading_or_null(cells[V_DOMAIN]),
		.waves = reading_or_null(cells[V_WAVES]),
		.note = reading_or_null(cells[VARIABLES_NOTE]),
		.line = csv_table_line(in->table, in->row),
	};
	return true;
}

bool variable_can_be_named(const char *name)
{
	static const char *const own[] = { "row",        "source",    "line", "record",
		                           "respondent", "pseudonym", "area", "weight" };
	bool ours = false;
	for (size_t i = 0; i < COUNT(own); i++)
		ours = ours || strcmp(own[i], name) == 0;
	return !ours && reading_is_name(name);
}

static bool check_name(const struct variables *variables, const struct variable *variable, const struct reading *in)
{
	if (!reading_is_name(variable->name)) {
		reading_fault(in, "`%s` cannot be the name of a variable", variable->name);
		return error_help(in->err, "use small letters, digits and _, and a letter first");
	}
	if (variables_find(variables, variable->name))
		return reading_fault(in, "the variable `%s` is named twice", variable->name);
	/* the area and the weight may go by the names of their columns */
	bool fills = variable->role != ROLE_NONE && strcmp(variable->name, role_words[variable->role]) == 0;
	if (!variable_can_be_named(variable->name) && !fills)
		return reading_fault(in, "`%s` is a name that Canvass uses itself: give the variable another",
		                     variable->name);
	return true;
}

/* What a role asks of its variable. */
static bool check_role(const struct variables *variables, const struct variable *variable, const struct reading *in)
{
	static const bool many[] = {
		[ROLE_NONE] = true,
		[ROLE_CASE] = true,
		[ROLE_CODER] = true,
		[ROLE_MEASURE] = true,
		[ROLE_FREE_TEXT] = true,
		[ROLE_PARADATA] = true,
		[ROLE_REPLICATE_WEIGHT] = true,
	};
	enum variable_role role = variable->role;
	bool drawn = role == ROLE_CLUSTER_SIZE || role == ROLE_REPLICATE_WEIGHT;
	bool number = variable->type == VARIABLE_NUMBER || variable->type == VARIABLE_INTEGER;
	if (variables_role(variables, role) != variable && !(role < COUNT(many) && many[role]))
		return reading_fault(in, "a second variable has the role of `%s`", variable->name);
	if ((role == ROLE_AREA || role == ROLE_WEIGHT) && variable->treat != TREAT_NONE)
		return reading_fault(in, "`%s` is what the tables are made by: it cannot be treated", variable->name);
	if (role == ROLE_CONSENT && !one_answer(variable)) {
		reading_fault(in, "`%s` is the consent, and its list must hold one answer", variable->name);
		return error_help(in->err, "give every code that does not mean yes the missing reason withdrawn");
	}
	if (role == ROLE_AREA && variable->type != VARIABLE_CODE)
		return reading_fault(in, "`%s` is the area and must be a code, of the list places or another",
		                     variable->name);
	if (role == ROLE_WEIGHT && !number)
		return reading_fault(in, "`%s` is the weight and must be a number", variable->name);
	if (drawn && !number)
		return reading_fault(in, "`%s` has the role %s and must be a number", variable->name, role_words[role]);
	if (drawn && variable->treat != TREAT_NONE)
		return reading_fault(in, "`%s` has the role %s, which is never kept: it cannot be treated",
		                     variable->name, role_words[role]);
	if (role == ROLE_IMPUTATION
	    && (variable->type != VARIABLE_INTEGER || !variable->required || !variable->has_min || variable->min < 0
	        || variable->codes || variable->treat != TREAT_NONE)) {
		reading_fault(in, "`%s` is the imputation and must be a whole number from 0 that no row lacks",
		              variable->name);
		return error_help(in->err, "type integer, required yes, min 0, no codes, no treat");
	}
	if (variable->instrument && !variable->item)
		return reading_fault(in, "`%s` names an instrument and so needs its item", variable->name);
	return true;
}

/* The rows of one person are told from those of another by the key; nothing else may tell them apart. */
static bool check_imputation(const struct variables *variables, const struct csv_table *table, struct error *err)
{
	const struct variable *imputation = variables_role(variables, ROLE_IMPUTATION);
	if (!imputation)
		return true;
	const enum variable_role others[] = { ROLE_REPEAT, ROLE_WAVE };
	if (!variables_role(variables, ROLE_KEY)) {
		error_at(err, ERROR_CONFIG, csv_table_path(table), imputation->line,
		         "`%s` is the imputation, and no variable is the key", imputation->name);
		return error_help(err, "give the number or id of a person (mice: .id) the role key");
	}
	for (size_t i = 0; i < COUNT(others); i++)
		if (variables_role(variables, others[i])) {
			error_at(err, ERROR_CONFIG, csv_table_path(table), imputation->line,
			         "`%s` is the imputation: no other variable may have the role %s", imputation->name,
			         role_words[others[i]]);
			return error_help(err, "import the rows of one wave, and of one instance of a form, alone");
		}
	return true;
}

bool variables_load(struct variables *variables, const struct csv_table *table, const struct code_lists *lists,
                    struct error *err)
{
	size_t rows = csv_table_rows(table);
	variables->items = mem_alloc(rows, sizeof *variables->items);
	struct reading in = { table, 0, err };
	if (rows == 0)
		return error_at(err, ERROR_CONFIG, csv_table_path(table), 0, "no variable is named");
	for (in.row = 0; in.row < rows; in.row++) {
		const char *cells[VARIABLES_COLUMNS];
		for (size_t c = 0; c < VARIABLES_COLUMNS; c++)
			cells[c] = csv_table_cell(table, in.row, c);
		struct variable *variable = &variables->items[in.row];
		if (!read_words(variable, &in, cells) || !check_name(variables, variable, &in))
			return false;
		variables->count++; /* from here on variables_release releases its pattern */
		if (!read_codes(lists, variable, &in)
		    || !read_limit(&variable->has_min, &variable->min, &in, variable, V_MIN)
		    || !read_limit(&variable->has_max, &variable->max, &in, variable, V_MAX)
		    || !read_pattern(variable, &in) || !recoding_read_treat(variable, &in, cells[V_TREAT])
		    || !recoding_read_microdata(variable, &in, cells[V_MICRODATA])
		    || !read_missing(lists, variable, &in) || !check_pattern(lists, variable, &in)
		    || !check_missing_codes(lists, variable, &in))
			return false;
		if (variable->has_min && variable->has_max && variable->min > variable->max)
			return reading_fault(&in, "`%s` has a min above its max", variable->name);
		if (!check_role(variables, variable, &in))
			return false;
		name_index_add(&variables->names, variable->name, in.row);
	}
	return check_imputation(variables, table, err);
}

void variables_release(struct variables *variables)
{
	for (size_t i = 0; i < variables->count; i++)
		if (variables->items[i].pattern)
			regfree(&variables->items[i].compiled);
	name_index_free(variables->names);
	free(variables->items);
	*variables = (struct variables){ 0 };
}

const struct variable *variables_find(const struct variables *variables, const char *name)
{
	const size_t *index = name_index_find(variables->names, name);
	return index ? &variables->items[*index] : NULL;
}

const struct variable *variables_role(const struct variables *variables, enum variable_role role)
{
	for (size_t i = 0; i < variables->count; i++)
		if (variables->items[i].role == role)
			return &variables->items[i];
	return NULL;
}

const char *variables_nearest(const struct variables *variables, const char *name)
{
	const char **names = mem_alloc(variables->count, sizeof *names);
	for (size_t i = 0; i < variables->count; i++)
		names[i] = variables->items[i].name;
	const char *near = text_nearest(name, names, variables->count);
	free(names);
	return near;
}

/* --- words --- */

const char *variable_type_word(enum variable_type type)
{
	return type_words[type];
}

const char *variable_level_word(enum variable_level level)
{
	return level_words[level];
}

const char *variable_role_word(enum variable_role role)
{
	return role_words[role];
}

const char *variable_disclosure_word(enum variable_disclosure disclosure)
{
	return disclosure_words[disclosure];
}

const char *variable_treat_word(enum variable_treat treat)
{
	return recoding_word(treat);
}
