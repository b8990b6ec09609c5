#include "dictionary.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uthash.h>

#include "date.h"
#include "csv_table.h"
#include "mem.h"
#include "number.h"
#include "places.h"
#include "provenance.h"
#include "text.h"

/* The closed lists, by the words of the CSV files. "" is the first of each: nothing given. */
static const char *const type_words[] = { "id", "text", "code", "codes", "integer", "number", "date", "datetime" };
static const char *const level_words[] = { "", "binary", "nominal", "ordinal", "scale", "amount", "count", "rate" };
static const char *const role_words[] = {
	"",       "key",     "repeat",  "case",    "coder",   "area",      "wave",     "date",
	"weight", "stratum", "cluster", "consent", "measure", "free_text", "paradata",
};
static const char *const disclosure_words[] = { "none", "direct", "quasi", "sensitive" };
static const char *const treat_words[] = { "", "drop", "pseudonym", "year", "age", "district", "bands", "top" };
static const char *const missing_words[MISSING_COUNT] = {
	"",          "refused",  "dont_know", "not_asked", "not_applicable", "not_answered", "not_reached",
	"withdrawn", "unusable",
};
static const char *const severity_words[] = { "reject", "warn", "note" };
static const char *const polarity_words[] = { "higher_better", "higher_worse" };
static const char *const yes_words[] = { "", "yes", "no" };

/* How an exported text finds its code. */
struct spelling {
	const char *text;
	const struct code *code;
	UT_hash_handle hh;
};

/* The spellings of one list. */
struct spelt {
	struct spelling *spellings;
	size_t longest; /* bytes, of labels too */
};

/* Where a row or variable of a name stands. */
struct named {
	const char *name;
	size_t index;
	UT_hash_handle hh;
};

struct dictionary_private {
	struct csv_table *variables_table, *codes_table, *rules_table, *headers_table; /* own most texts */
	struct places *places;
	struct mem_arena *arena;
	struct spelt *spelt; /* one a list */
	size_t spelt_count;
	const struct code_list *any; /* NULL: there is none */
	struct named *names;         /* variables by name */
	struct named *headers;       /* rows of headers.csv by profile, match and header */
	struct named *mapped;        /* and the first by profile and variable; each by profile, variable and option */
};

static const struct named *find_named(const struct named *all, const char *name)
{
	const struct named *found = NULL;
	HASH_FIND_STR(all, name, found);
	return found;
}

/* `name` lives as long as the dictionary. */
static void add_named(struct named **all, const char *name, size_t index)
{
	struct named *named = mem_alloc(1, sizeof *named);
	*named = (struct named){ .name = name, .index = index };
	HASH_ADD_KEYPTR(hh, *all, named->name, strlen(named->name), named);
}

static void free_named(struct named *all)
{
	struct named *named, *next;
	HASH_ITER(hh, all, named, next)
	{
		HASH_DEL(all, named);
		free(named);
	}
}

/* A table being read: where its errors are. */
struct reading {
	const struct csv_table *table;
	size_t row;
	struct error *err;
};

static bool __attribute__((format(printf, 2, 3))) fault(const struct reading *in, const char *format, ...)
{
	char message[600];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	return error_at(in->err, ERROR_CONFIG, csv_table_path(in->table), csv_table_line(in->table, in->row), "%s",
	                message);
}

static bool read_word(int *index, const struct reading *in, const char *column, const char *word,
                      const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], word) == 0) {
			*index = (int)i;
			return true;
		}
	}
	struct text list = { 0 };
	for (size_t i = 0; i < count; i++)
		if (*words[i])
			text_print(&list, "%s%s", list.length ? ", " : "", words[i]);
	const char *near = text_nearest(word, words, count);
	error_at(in->err, ERROR_CONFIG, csv_table_path(in->table), csv_table_line(in->table, in->row),
	         "%s cannot be `%s`", column, word);
	if (near && *near)
		error_help(in->err, "did you mean %s? It takes one of: %s", near, list.bytes);
	else
		error_help(in->err, "it takes one of: %s", list.bytes);
	text_free(&list);
	return false;
}

static const char *or_null(const char *cell)
{
	return *cell ? cell : NULL;
}

static bool is_name(const char *name)
{
	if (!((*name >= 'a' && *name <= 'z') || *name == '_'))
		return false;
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

bool variable_can_be_named(const char *name)
{
	static const char *const own[] = { "row",        "source",    "line", "record",
		                           "respondent", "pseudonym", "area", "weight" };
	bool ours = false;
	for (size_t i = 0; i < COUNT(own); i++)
		ours = ours || strcmp(own[i], name) == 0;
	return !ours && is_name(name);
}

/* --- codes.csv --- */

enum {
	CODES_LIST,
	CODES_CODE,
	CODES_LABEL,
	CODES_AS_EXPORTED,
	CODES_MISSING,
	CODES_EXCLUSIVE,
	CODES_WAVES,
	CODES_NOTE,
	CODES_COLUMNS
};
static const char *const codes_columns[CODES_COLUMNS] = { "list",    "code",      "label", "as_exported",
	                                                  "missing", "exclusive", "waves", "note" };

static struct spelt *spelt_of(const struct dictionary *dictionary, const struct code_list *list)
{
	return &dictionary->private->spelt[list - dictionary->lists];
}

static const struct code *find_spelling(const struct dictionary *dictionary, const struct code_list *list,
                                        const char *text)
{
	const struct spelling *found = NULL;
	if (list)
		HASH_FIND_STR(spelt_of(dictionary, list)->spellings, text, found);
	return found ? found->code : NULL;
}

static void note_length(const struct dictionary *dictionary, const struct code_list *list, const char *text)
{
	struct spelt *spelt = spelt_of(dictionary, list);
	if (strlen(text) > spelt->longest)
		spelt->longest = strlen(text);
}

/* False where the text stands for another code of the list already. `text` lives as long as the dictionary. */
static bool add_spelling(struct dictionary *dictionary, const struct code_list *list, const char *text,
                         const struct code *code)
{
	const struct code *known = find_spelling(dictionary, list, text);
	if (known)
		return known == code;
	struct spelling *spelling = mem_alloc(1, sizeof *spelling);
	*spelling = (struct spelling){ .text = text, .code = code };
	HASH_ADD_KEYPTR(hh, spelt_of(dictionary, list)->spellings, spelling->text, strlen(text), spelling);
	note_length(dictionary, list, text);
	return true;
}

static struct code *find_code(const struct code_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return (struct code *)&list->codes[i];
	return NULL;
}

/* First all lists and their codes, so that no array moves any more; then the spellings that point into them. */
static bool load_codes(struct dictionary *dictionary, struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	const struct csv_table *table = private->codes_table;
	size_t rows = csv_table_rows(table);
	struct code_list *lists = mem_alloc(rows + 1, sizeof *lists); /* one more: places */
	dictionary->lists = lists;
	private->spelt_count = rows + 1;
	private->spelt = mem_alloc(private->spelt_count, sizeof *private->spelt);
	struct reading in = { table, 0, err };
	for (in.row = 0; in.row < rows; in.row++) {
		const char *name = csv_table_cell(table, in.row, CODES_LIST),
			   *code = csv_table_cell(table, in.row, CODES_CODE);
		int missing = 0, exclusive = 0;
		if (!*name || !*code)
			return fault(&in, "a row needs a list and a code");
		if (strcmp(name, "places") == 0)
			return fault(&in, "the list `%s` is data-dictionary/places.csv's own", name);
		if (!read_word(&missing, &in, "missing", csv_table_cell(table, in.row, CODES_MISSING), missing_words,
		               COUNT(missing_words))
		    || !read_word(&exclusive, &in, "exclusive", csv_table_cell(table, in.row, CODES_EXCLUSIVE),
		                  yes_words, COUNT(yes_words)))
			return false;
		if (strcmp(name, "any") == 0 && missing == MISSING_NONE)
			return fault(&in, "`%s` is no missing code, and the list any holds missing codes only", code);
		size_t at = 0;
		while (at < dictionary->list_count && strcmp(lists[at].name, name) != 0)
			at++;
		struct code_list *list = &lists[at];
		if (at == dictionary->list_count) {
			*list = (struct code_list){ name, mem_alloc(rows, sizeof *list->codes), 0, true };
			dictionary->list_count++;
			private->any = strcmp(name, "any") == 0 ? list : private->any;
		}
		struct code *known = find_code(list, code);
		if (known && known->missing != (enum missing_reason)missing
		    && csv_table_cell(table, in.row, CODES_MISSING)[0])
			return fault(&in, "the code `%s` has two reasons for missing", code);
		if (known)
			continue;
		((struct code *)list->codes)[list->count++] = (struct code){
			code,
			csv_table_cell(table, in.row, CODES_LABEL),
			(enum missing_reason)missing,
			exclusive == 1,
		};
		long long integer = 0;
		if (missing == MISSING_NONE && !number_read_integer(code, &integer))
			list->integers = false;
		if (missing == MISSING_NONE && !csv_table_cell(table, in.row, CODES_LABEL)[0])
			return fault(&in, "the code `%s` has no label", code);
	}
	for (in.row = 0; in.row < rows; in.row++) {
		const char *name = csv_table_cell(table, in.row, CODES_LIST),
			   *exported = csv_table_cell(table, in.row, CODES_AS_EXPORTED);
		const struct code_list *list = dictionary_list(dictionary, name);
		const struct code *code = find_code(list, csv_table_cell(table, in.row, CODES_CODE));
		if (!add_spelling(dictionary, list, code->code, code))
			return fault(&in, "`%s` is both a code and the exported text of another code of its list",
			             code->code);
		if (*exported && !add_spelling(dictionary, list, exported, code))
			return fault(&in, "`%s` stands for two codes of its list", exported);
		note_length(dictionary, list, code->label);
	}
	return true;
}

/* The list `places`: the scope's areas in its own order, or every open local authority. An area may be exported as its
 * code, its name, its old code, or another name of it. */
static bool load_places(struct dictionary *dictionary, const char *path, char *const *areas, size_t area_count,
                        struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	if (!places_load(&private->places, path, err))
		return false;
	size_t all = places_count(private->places);
	struct code *codes = mem_alloc(all + area_count, sizeof *codes);
	struct code_list *list = (struct code_list *)&dictionary->lists[dictionary->list_count++];
	*list = (struct code_list){ "places", codes, 0, false };
	for (size_t i = 0; i < (area_count ? area_count : all); i++) {
		const struct place *place =
			area_count ? places_find(private->places, areas[i]) : places_at(private->places, i);
		if (!place) {
			error_at(err, ERROR_CONFIG, path, 0, "no place has the code %s, which the study's areas name",
			         areas[i]);
			const char *near = places_near(private->places, areas[i]);
			return near ? error_help(err, "did you mean %s?", near) : false;
		}
		if (!area_count && (strcmp(place->kind, "la") != 0 || *place->closed))
			continue;
		codes[list->count++] = (struct code){ place->code, place->name, MISSING_NONE, false };
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct place *place = places_find(private->places, codes[i].code);
		bool ok = add_spelling(dictionary, list, place->code, &codes[i])
		          && add_spelling(dictionary, list, place->name, &codes[i])
		          && (!*place->old_code || add_spelling(dictionary, list, place->old_code, &codes[i]));
		char *names = mem_copy_text(place->also_called), *rest = names;
		for (char *name; ok && (name = strtok_r(rest, ";", &rest));) {
			name += strspn(name, " ");
			for (size_t length = strlen(name); length && name[length - 1] == ' '; length--)
				name[length - 1] = '\0';
			ok = !*name || add_spelling(dictionary, list, mem_arena_copy(private->arena, name), &codes[i]);
		}
		free(names);
		if (!ok)
			return error_at(err, ERROR_CONFIG, path, 0,
			                "a name, code or old code of %s belongs to another place too", place->name);
	}
	return true;
}

/* --- variables.csv --- */

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
	V_DOMAIN,
	V_WAVES,
	V_NOTE,
	V_COLUMNS,
};
static const char *const variables_columns[V_COLUMNS] = {
	"variable", "label", "question",   "type",     "level",  "polarity", "codes", "missing",
	"min",      "max",   "pattern",    "required", "unique", "asked_if", "unit",  "instrument",
	"item",     "role",  "disclosure", "treat",    "domain", "waves",    "note",
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
		return fault(in, "`%s` is no number or date, and so has no min or max", variable->name);
	if (date && !date_read(cell, &days))
		return fault(in, "`%s` has a min or max that is no date such as 2026-03-31", variable->name);
	if (!date && !number_read_decimal(cell, limit))
		return fault(in, "`%s` has a min or max that is no number", variable->name);
	if (date)
		*limit = (double)days;
	return true;
}

/* The reasons allowed: those named; else not_answered and what the variable's list and the list any name. Any variable
 * may be not_asked, and any cell may turn out unusable. */
static bool read_missing(const struct dictionary *dictionary, struct variable *variable, const struct reading *in)
{
	char *words = mem_copy_text(csv_table_cell(in->table, in->row, V_MISSING)), *rest = words;
	bool ok = true;
	for (char *word; ok && (word = strtok_r(rest, " ", &rest));) {
		int reason = 0;
		ok = read_word(&reason, in, "missing", word, missing_words, COUNT(missing_words));
		variable->missing |= 1u << reason;
	}
	free(words);
	if (variable->missing == 0) {
		const struct code_list *lists[] = { variable->codes, dictionary->private->any };
		variable->missing = 1u << MISSING_NOT_ANSWERED;
		for (size_t l = 0; l < COUNT(lists); l++)
			for (size_t i = 0; lists[l] && i < lists[l]->count; i++)
				if (lists[l]->codes[i].missing != MISSING_NONE)
					variable->missing |= 1u << lists[l]->codes[i].missing;
	}
	variable->missing |= 1u << MISSING_NOT_ANSWERED | 1u << MISSING_UNUSABLE;
	variable->missing |= 1u << MISSING_NOT_ASKED; /* by its route, or by an export that lacks the column */
	return ok;
}

static bool go_upwards(const char *numbers)
{
	char *words = mem_copy_text(numbers), *rest = words;
	double last = -INFINITY, lower = 0;
	bool ok = true;
	for (char *word; ok && (word = strtok_r(rest, " ", &rest)); last = lower)
		ok = number_read_decimal(word, &lower) && lower > last;
	free(words);
	return ok;
}

static bool read_treat(struct variable *variable, const struct reading *in)
{
	const char *cell = csv_table_cell(in->table, in->row, V_TREAT), *colon = strchr(cell, ':');
	char *word = colon ? mem_copy_bytes(cell, (size_t)(colon - cell)) : mem_copy_text(cell);
	int treat = 0;
	bool ok = read_word(&treat, in, "treat", word, treat_words, COUNT(treat_words));
	free(word);
	if (!ok)
		return false;
	variable->treat = (enum variable_treat)treat;
	long long top = 0;
	bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	bool date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
	if (treat == TREAT_TOP) {
		if (!colon || !number_read_integer(colon + 1, &top) || top > INT_MAX || top < INT_MIN || !number)
			return fault(in,
			             "`%s`: top is written top:N with the highest number that is kept, for a number",
			             variable->name);
		variable->top = (int)top;
	} else if (treat == TREAT_BANDS) {
		if (!colon || !colon[1] || !number || !go_upwards(colon + 1))
			return fault(in,
			             "`%s`: bands are written bands:16 18 21 with the lower end of each, for a number",
			             variable->name);
		variable->bands = colon + 1;
	} else if (colon) {
		return fault(in, "`%s`: only bands and top are followed by a colon", variable->name);
	}
	if ((treat == TREAT_YEAR || treat == TREAT_AGE) && !date)
		return fault(in, "`%s`: year and age are treatments of a date", variable->name);
	if (treat == TREAT_DISTRICT && variable->type != VARIABLE_TEXT)
		return fault(in, "`%s`: district is a treatment of a postcode, which is a text", variable->name);
	if (treat == TREAT_PSEUDONYM && variable->type != VARIABLE_ID)
		return fault(in, "`%s`: pseudonym is a treatment of an id", variable->name);
	return true;
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
		return fault(in, "`%s` has a pattern that %s", variable->name, wrong);
	char *whole = mem_print("^(%s)$", pattern);
	int code = regcomp(&variable->compiled, whole, REG_EXTENDED | REG_NOSUB);
	free(whole);
	if (code != 0)
		return fault(in, "`%s` has a pattern that is no POSIX extended regular expression", variable->name);
	variable->pattern = pattern;
	return true;
}

/* Several codes stand in one text with semicolons between, and none of them as (none): answer.h. */
static bool can_be_joined(const char *code)
{
	return !strchr(code, ';') && strcmp(code, "(none)") != 0;
}

static bool read_codes(const struct dictionary *dictionary, struct variable *variable, const struct reading *in)
{
	const char *name = csv_table_cell(in->table, in->row, V_CODES);
	if (*name) {
		variable->codes = dictionary_list(dictionary, name);
		if (!variable->codes) {
			const char **names = mem_alloc(dictionary->list_count, sizeof *names);
			for (size_t i = 0; i < dictionary->list_count; i++)
				names[i] = dictionary->lists[i].name;
			const char *near = text_nearest(name, names, dictionary->list_count);
			free(names);
			fault(in, "codes.csv has no list named `%s`", name);
			return near ? error_help(in->err, "did you mean %s?", near) : false;
		}
	}
	bool coded = variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
	if (coded && (!variable->codes || strcmp(name, "any") == 0))
		return fault(in, "`%s` is a code and needs a list of codes.csv in the column codes", variable->name);
	for (size_t i = 0; variable->codes && i < variable->codes->count; i++) {
		const struct code *code = &variable->codes->codes[i];
		if (!coded && code->missing == MISSING_NONE)
			return fault(in, "`%s` is no code: its list may hold missing codes only", variable->name);
		if (variable->type == VARIABLE_CODES && !can_be_joined(code->code)) {
			fault(in, "`%s` takes several codes, and `%s` of its list cannot be one of several",
			      variable->name, code->code);
			return error_help(in->err,
			                  "give that code another name in codes.csv, without a semicolon, and what "
			                  "the export writes under as_exported");
		}
	}
	return true;
}

/* A missing code that could be an answer would swallow answers. */
static bool check_missing_codes(const struct dictionary *dictionary, const struct variable *variable,
                                const struct reading *in)
{
	const struct code_list *lists[] = { variable->codes, dictionary->private->any };
	bool numeric = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	for (size_t l = 0; numeric && l < COUNT(lists); l++) {
		for (size_t i = 0; lists[l] && i < lists[l]->count; i++) {
			double value = 0;
			if (number_read_decimal(lists[l]->codes[i].code, &value)
			    && (!variable->has_min || value >= variable->min)
			    && (!variable->has_max || value <= variable->max)
			    && (variable->missing & 1u << lists[l]->codes[i].missing))
				return fault(
					in,
					"`%s` allows a missing code inside its min and max: give min and max that leave it out",
					variable->name);
		}
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

/* What a row says in words, into the variable; its name and role are checked against those before it. */
static bool read_words(struct variable *variable, const struct reading *in, const char *const *cells)
{
	int type = 0, level = 0, role = 0, disclosure = 0, required = 0, unique = 0, polarity = 0;
	const char *disclosed = *cells[V_DISCLOSURE] ? cells[V_DISCLOSURE] : "none";
	if (!read_word(&type, in, "type", cells[V_TYPE], type_words, COUNT(type_words))
	    || !read_word(&level, in, "level", cells[V_LEVEL], level_words, COUNT(level_words))
	    || !read_word(&role, in, "role", cells[V_ROLE], role_words, COUNT(role_words))
	    || !read_word(&disclosure, in, "disclosure", disclosed, disclosure_words, COUNT(disclosure_words))
	    || !read_word(&required, in, "required", cells[V_REQUIRED], yes_words, COUNT(yes_words))
	    || !read_word(&unique, in, "unique", cells[V_UNIQUE], yes_words, COUNT(yes_words))
	    || (*cells[V_POLARITY]
	        && !read_word(&polarity, in, "polarity", cells[V_POLARITY], polarity_words, COUNT(polarity_words))))
		return false;
	*variable = (struct variable){
		.name = cells[V_VARIABLE],
		.label = *cells[V_LABEL] ? cells[V_LABEL] : cells[V_VARIABLE],
		.question = or_null(cells[V_QUESTION]),
		.type = (enum variable_type)type,
		.level = (enum variable_level)level,
		.polarity = or_null(cells[V_POLARITY]),
		.required = required == 1,
		.unique = unique == 1 || role == ROLE_KEY,
		.asked_if = or_null(cells[V_ASKED_IF]),
		.unit = or_null(cells[V_UNIT]),
		.instrument = or_null(cells[V_INSTRUMENT]),
		.item = or_null(cells[V_ITEM]),
		.role = (enum variable_role)role,
		.disclosure = (enum variable_disclosure)disclosure,
		.domain = or_null(cells[V_DOMAIN]),
		.waves = or_null(cells[V_WAVES]),
		.note = or_null(cells[V_NOTE]),
		.line = csv_table_line(in->table, in->row),
	};
	return true;
}

static bool check_name(const struct dictionary *dictionary, const struct variable *variable, const struct reading *in)
{
	if (!is_name(variable->name)) {
		fault(in, "`%s` cannot be the name of a variable", variable->name);
		return error_help(in->err, "use small letters, digits and _, and a letter first");
	}
	if (dictionary_variable(dictionary, variable->name))
		return fault(in, "the variable `%s` is named twice", variable->name);
	/* the area and the weight may go by the names of their columns */
	bool fills = variable->role != ROLE_NONE && strcmp(variable->name, role_words[variable->role]) == 0;
	if (!variable_can_be_named(variable->name) && !fills)
		return fault(in, "`%s` is a name that Canvass uses itself: give the variable another", variable->name);
	return true;
}

/* What a role asks of its variable. */
static bool check_role(const struct dictionary *dictionary, const struct variable *variable, const struct reading *in)
{
	static const bool many[] = {
		[ROLE_NONE] = true,    [ROLE_CASE] = true,      [ROLE_CODER] = true,
		[ROLE_MEASURE] = true, [ROLE_FREE_TEXT] = true, [ROLE_PARADATA] = true,
	};
	enum variable_role role = variable->role;
	bool number = variable->type == VARIABLE_NUMBER || variable->type == VARIABLE_INTEGER;
	if (dictionary_role(dictionary, role) != variable && !(role < COUNT(many) && many[role]))
		return fault(in, "a second variable has the role of `%s`", variable->name);
	if ((role == ROLE_AREA || role == ROLE_WEIGHT) && variable->treat != TREAT_NONE)
		return fault(in, "`%s` is what the tables are made by: it cannot be treated", variable->name);
	if (role == ROLE_CONSENT && !one_answer(variable)) {
		fault(in, "`%s` is the consent, and its list must hold one answer", variable->name);
		return error_help(in->err, "give every code that does not mean yes the missing reason withdrawn");
	}
	if (role == ROLE_AREA && variable->type != VARIABLE_CODE)
		return fault(in, "`%s` is the area and must be a code, of the list places or another", variable->name);
	if (role == ROLE_WEIGHT && !number)
		return fault(in, "`%s` is the weight and must be a number", variable->name);
	if (variable->instrument && !variable->item)
		return fault(in, "`%s` names an instrument and so needs its item", variable->name);
	return true;
}

static bool load_variables(struct dictionary *dictionary, struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	const struct csv_table *table = private->variables_table;
	size_t rows = csv_table_rows(table);
	struct variable *variables = mem_alloc(rows, sizeof *variables);
	dictionary->variables = variables;
	struct reading in = { table, 0, err };
	if (rows == 0)
		return error_at(err, ERROR_CONFIG, csv_table_path(table), 0, "no variable is named");
	for (in.row = 0; in.row < rows; in.row++) {
		const char *cells[V_COLUMNS];
		for (size_t c = 0; c < V_COLUMNS; c++)
			cells[c] = csv_table_cell(table, in.row, c);
		struct variable *variable = &variables[in.row];
		if (!read_words(variable, &in, cells) || !check_name(dictionary, variable, &in))
			return false;
		dictionary->variable_count++; /* from here on dictionary_free releases its pattern */
		if (!read_codes(dictionary, variable, &in)
		    || !read_limit(&variable->has_min, &variable->min, &in, variable, V_MIN)
		    || !read_limit(&variable->has_max, &variable->max, &in, variable, V_MAX)
		    || !read_pattern(variable, &in) || !read_treat(variable, &in)
		    || !read_missing(dictionary, variable, &in) || !check_missing_codes(dictionary, variable, &in))
			return false;
		if (variable->has_min && variable->has_max && variable->min > variable->max)
			return fault(&in, "`%s` has a min above its max", variable->name);
		if (!check_role(dictionary, variable, &in))
			return false;
		add_named(&private->names, variable->name, in.row);
	}
	return true;
}

static bool check_lists_used(const struct dictionary *dictionary, const char *path, struct error *err)
{
	for (size_t l = 0; l < dictionary->list_count; l++) {
		const struct code_list *list = &dictionary->lists[l];
		bool used = strcmp(list->name, "any") == 0 || strcmp(list->name, "places") == 0;
		for (size_t i = 0; i < dictionary->variable_count && !used; i++)
			used = dictionary->variables[i].codes == list;
		if (!used) {
			error_at(err, ERROR_CONFIG, path, 0, "no variable uses the list `%s`", list->name);
			return error_help(err, "name it in the column codes of variables.csv, or remove it");
		}
	}
	return true;
}

/* --- rules.csv and headers.csv --- */

enum { R_RULE, R_SEVERITY, R_WHEN, R_REQUIRE, R_MESSAGE, R_LIMIT, R_WAVES, R_COLUMNS };
static const char *const rules_columns[R_COLUMNS] = {
	"rule", "severity", "when", "require", "message", "limit", "waves"
};

static bool load_rules(struct dictionary *dictionary, const char *path, struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	if (!csv_table_load(&private->rules_table, path, rules_columns, R_COLUMNS, err))
		return false;
	const struct csv_table *table = private->rules_table;
	size_t rows = csv_table_rows(table);
	struct rule *rules = mem_alloc(rows, sizeof *rules);
	dictionary->rules = rules;
	struct reading in = { table, 0, err };
	for (in.row = 0; in.row < rows; in.row++) {
		const char *cells[R_COLUMNS];
		for (size_t c = 0; c < R_COLUMNS; c++)
			cells[c] = csv_table_cell(table, in.row, c);
		int severity = 0;
		double limit = NAN;
		if (!is_name(cells[R_RULE]))
			return fault(&in, "`%s` cannot be the name of a rule: use small letters, digits and _",
			             cells[R_RULE]);
		for (size_t i = 0; i < in.row; i++)
			if (strcmp(rules[i].name, cells[R_RULE]) == 0)
				return fault(&in, "the rule `%s` is named twice", cells[R_RULE]);
		if (!read_word(&severity, &in, "severity", cells[R_SEVERITY], severity_words, COUNT(severity_words)))
			return false;
		if (!*cells[R_REQUIRE] || !*cells[R_MESSAGE])
			return fault(&in, "the rule `%s` needs an expression in require and a message", cells[R_RULE]);
		if (*cells[R_LIMIT] && (!number_read_decimal(cells[R_LIMIT], &limit) || limit < 0 || limit > 100))
			return fault(&in, "the limit of `%s` is no number from 0 to 100 (per cent)", cells[R_RULE]);
		rules[in.row] = (struct rule){ cells[R_RULE],           (enum rule_severity)severity,
			                       or_null(cells[R_WHEN]),  cells[R_REQUIRE],
			                       cells[R_MESSAGE],        limit,
			                       or_null(cells[R_WAVES]), csv_table_line(table, in.row) };
		dictionary->rule_count++;
	}
	return true;
}

enum { H_HEADERS, H_MATCH, H_HEADER, H_OPTION, H_VARIABLE, H_VALUES, H_TICKED, H_UNTICKED, H_COLUMNS };
static const char *const headers_columns[H_COLUMNS] = { "headers",  "match",  "header", "option",
	                                                "variable", "values", "ticked", "unticked" };
static const char *const match_words[HEADER_MATCH_COUNT] = {
	[HEADER_NAME] = "name",
	[HEADER_PATH] = "path",
	[HEADER_IMPORT_ID] = "import-id",
};

/* Where two rows fit one column, the platform's id goes before its words, and these before its place in the file. */
static const enum header_match steadiest[] = { HEADER_IMPORT_ID, HEADER_PATH, HEADER_NAME };

/* Both are freed with free(). */
static char *header_key(const char *profile, enum header_match match, const char *header)
{
	return mem_print("%s\x1f%s\x1f%s", profile, match_words[match], header);
}

static char *mapped_key(const char *profile, const char *variable, const char *option)
{
	return mem_print("%s\x1f%s\x1f%s", profile, variable, option ? option : "");
}

static void keep_key(struct dictionary *dictionary, struct named **all, char *key, size_t index)
{
	if (!find_named(*all, key))
		add_named(all, mem_arena_copy(dictionary->private->arena, key), index);
	free(key);
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	for (size_t length = strlen(text); length && strchr(" \t", text[length - 1]); length--)
		text[length - 1] = '\0';
	return text;
}

/* A code as it stands in the first column of codes.csv, of the variable's list or the list any. */
static const struct code *stated_code(const struct dictionary *dictionary, const struct variable *variable,
                                      const char *word)
{
	const struct code_list *lists[] = { variable->codes, dictionary->private->any };
	const struct code *code = NULL;
	for (size_t l = 0; l < COUNT(lists) && !code; l++)
		code = lists[l] ? find_code(lists[l], word) : NULL;
	return code;
}

static bool no_such_code(const struct dictionary *dictionary, const struct variable *variable, const char *word,
                         const struct reading *in)
{
	const char *near = variable->codes ? dictionary_near_code(dictionary, variable->codes, word) : NULL;
	fault(in, "`%s` is no code of `%s`", word, variable->name);
	if (near)
		return error_help(in->err, "did you mean %s?", near);
	return error_help(in->err, "see the codes of its list, and of the list any, in codes.csv");
}

/* "1=yes; 2=no": what the column holds, and which code that is. The last = counts, as the text may hold others. */
static bool read_values(struct header *row, const struct dictionary *dictionary, const struct variable *variable,
                        const struct reading *in)
{
	char *rest = mem_arena_copy(dictionary->private->arena, csv_table_cell(in->table, in->row, H_VALUES));
	struct header_value *values = NULL;
	size_t capacity = 0;
	for (char *part; (part = strtok_r(rest, ";", &rest));) {
		char *equals = strrchr(part, '=');
		if (!*trim(part) && !equals)
			continue;
		if (equals)
			*equals = '\0';
		char *exported = trim(part), *word = equals ? trim(equals + 1) : exported;
		if (!equals || !*exported || !*word) {
			fault(in, "`%s`: values are what the column holds and which code that is", variable->name);
			return error_help(in->err, "write them as 1=yes; 2=no, with a semicolon between");
		}
		const struct code *code = stated_code(dictionary, variable, word);
		if (!code)
			return no_such_code(dictionary, variable, word, in);
		for (size_t i = 0; i < row->value_count; i++)
			if (strcmp(row->values[i].exported, exported) == 0)
				return fault(in, "`%s` stands for two codes in one column", exported);
		row->values = values = mem_grow(values, row->value_count, &capacity, sizeof *values);
		values[row->value_count++] = (struct header_value){ exported, code->code };
	}
	return true;
}

/* A question that takes several answers has a row for each of its boxes; any other variable one row a profile. */
static bool check_box(const struct dictionary *dictionary, const struct header *row, const struct variable *variable,
                      const struct reading *in)
{
	char *any = mapped_key(row->profile, variable->name, NULL);
	char *own = mapped_key(row->profile, variable->name, row->option);
	const struct named *first = find_named(dictionary->private->mapped, any);
	bool twice = find_named(dictionary->private->mapped, own) != NULL;
	bool mixed = first && !dictionary->headers[first->index].option != !row->option;
	free(any);
	free(own);
	if (row->option && variable->type != VARIABLE_CODES)
		return fault(in, "`%s` is not of type codes, and so has no boxes: option must be empty",
		             variable->name);
	if (row->option && !find_code(variable->codes, row->option))
		return no_such_code(dictionary, variable, row->option, in);
	if (!row->option && (row->ticked || row->unticked))
		return fault(in, "ticked and unticked are of boxes, and this row has no option");
	if (mixed || (twice && !row->option)) {
		fault(in, "a second row of the profile `%s` for `%s`", row->profile, variable->name);
		return error_help(in->err, "a variable has one column, or a column for each option under `option`");
	}
	return !twice || fault(in, "the box of `%s` is named twice for one profile", row->option);
}

static bool no_such_variable(const struct dictionary *dictionary, const char *name, const struct reading *in)
{
	fault(in, "variables.csv has no variable `%s`", name);
	const char **names = mem_alloc(dictionary->variable_count, sizeof *names);
	for (size_t i = 0; i < dictionary->variable_count; i++)
		names[i] = dictionary->variables[i].name;
	const char *near = text_nearest(name, names, dictionary->variable_count);
	free(names);
	return near ? error_help(in->err, "did you mean %s?", near) : false;
}

static bool read_header(struct dictionary *dictionary, struct header *row, const struct reading *in)
{
	const char *cells[H_COLUMNS];
	int match = 0;
	for (size_t c = 0; c < H_COLUMNS; c++)
		cells[c] = csv_table_cell(in->table, in->row, c);
	if (!*cells[H_HEADERS] || !*cells[H_HEADER])
		return fault(in, "a row needs the profile in headers and the text in header");
	if (*cells[H_MATCH] && !read_word(&match, in, "match", cells[H_MATCH], match_words, COUNT(match_words)))
		return false;
	const struct variable *variable = dictionary_variable(dictionary, cells[H_VARIABLE]);
	if (!variable)
		return no_such_variable(dictionary, cells[H_VARIABLE], in);
	*row = (struct header){
		.profile = cells[H_HEADERS],
		.header = cells[H_HEADER],
		.match = (enum header_match)match,
		.variable = (size_t)(variable - dictionary->variables),
		.option = or_null(cells[H_OPTION]),
		.ticked = or_null(cells[H_TICKED]),
		.unticked = or_null(cells[H_UNTICKED]),
		.line = csv_table_line(in->table, in->row),
	};
	size_t index = dictionary->header_count++; /* from here on dictionary_free releases its values */
	char *key = header_key(row->profile, row->match, row->header);
	bool twice = find_named(dictionary->private->headers, key) != NULL;
	keep_key(dictionary, &dictionary->private->headers, key, index);
	if (twice)
		return fault(in, "the header `%s` is named twice for one profile", row->header);
	if (!check_box(dictionary, row, variable, in) || !read_values(row, dictionary, variable, in))
		return false;
	keep_key(dictionary, &dictionary->private->mapped, mapped_key(row->profile, variable->name, NULL), index);
	keep_key(dictionary, &dictionary->private->mapped, mapped_key(row->profile, variable->name, row->option),
	         index);
	return true;
}

static bool load_headers(struct dictionary *dictionary, const char *path, struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	if (!csv_table_load(&private->headers_table, path, headers_columns, H_COLUMNS, err))
		return false;
	size_t rows = csv_table_rows(private->headers_table);
	struct header *headers = mem_alloc(rows, sizeof *headers);
	dictionary->headers = headers;
	struct reading in = { private->headers_table, 0, err };
	for (in.row = 0; in.row < rows; in.row++)
		if (!read_header(dictionary, &headers[in.row], &in))
			return false;
	return true;
}

/* --- drafts --- */

static size_t count_guessed(const struct csv_table *table, size_t note, size_t *line)
{
	static const char mark[] = "guessed";
	size_t count = 0;
	for (size_t row = 0; row < csv_table_rows(table); row++) {
		if (strncasecmp(csv_table_cell(table, row, note), mark, sizeof mark - 1) != 0)
			continue;
		*line = count == 0 ? csv_table_line(table, row) : *line;
		count++;
	}
	return count;
}

/* What `describe` guessed from an export is nobody's word on it yet. */
static bool check_guessed(const struct csv_table *variables, const struct csv_table *codes, struct error *err)
{
	size_t variables_line = 0, codes_line = 0;
	size_t of_variables = count_guessed(variables, V_NOTE, &variables_line);
	size_t count = of_variables + count_guessed(codes, CODES_NOTE, &codes_line);
	if (count == 0)
		return true;
	error_at(err, ERROR_CONFIG, csv_table_path(of_variables ? variables : codes),
	         of_variables ? variables_line : codes_line, "%zu row%s of the dictionary %s only guessed", count,
	         count == 1 ? "" : "s", count == 1 ? "is" : "are");
	error_code(err, "dict-guessed");
	return error_help(err,
	                  "look at each row of variables.csv and codes.csv whose note begins with \"guessed\", put "
	                  "right what is not so, then clear its note");
}

/* --- the whole --- */

bool dictionary_load(struct dictionary **dictionary, const char *folder, const char *places_path, char *const *areas,
                     size_t area_count, struct error *err)
{
	struct dictionary *loaded = mem_alloc(1, sizeof *loaded);
	loaded->private = mem_alloc(1, sizeof *loaded->private);
	loaded->private->arena = mem_arena_new();
	loaded->folder = mem_arena_copy(loaded->private->arena, folder);
	char *variables = mem_print("%s/variables.csv", folder), *codes = mem_print("%s/codes.csv", folder);
	char *rules = mem_print("%s/rules.csv", folder), *headers = mem_print("%s/headers.csv", folder);
	struct dictionary_private *private = loaded->private;
	bool ok = csv_table_load(&private->variables_table, variables, variables_columns, V_COLUMNS, err)
	          && csv_table_load(&private->codes_table, codes, codes_columns, CODES_COLUMNS, err)
	          && check_guessed(private->variables_table, private->codes_table, err) && load_codes(loaded, err)
	          && load_places(loaded, places_path, areas, area_count, err) && load_variables(loaded, err)
	          && check_lists_used(loaded, codes, err) && load_rules(loaded, rules, err)
	          && load_headers(loaded, headers, err);
	free(variables);
	free(codes);
	free(rules);
	free(headers);
	if (!ok) {
		dictionary_free(loaded);
		return false;
	}
	*dictionary = loaded;
	return true;
}

void dictionary_free(struct dictionary *dictionary)
{
	if (!dictionary)
		return;
	struct dictionary_private *private = dictionary->private;
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (dictionary->variables[i].pattern)
			regfree((regex_t *)&dictionary->variables[i].compiled);
	for (size_t i = 0; i < dictionary->list_count; i++)
		free((void *)dictionary->lists[i].codes);
	for (size_t i = 0; i < dictionary->header_count; i++)
		free((void *)dictionary->headers[i].values);
	for (size_t i = 0; i < private->spelt_count; i++) {
		struct spelling *spelling, *next;
		HASH_ITER(hh, private->spelt[i].spellings, spelling, next)
		{
			HASH_DEL(private->spelt[i].spellings, spelling);
			free(spelling);
		}
	}
	free(private->spelt);
	free_named(private->names);
	free_named(private->headers);
	free_named(private->mapped);
	csv_table_free(private->variables_table);
	csv_table_free(private->codes_table);
	csv_table_free(private->rules_table);
	csv_table_free(private->headers_table);
	places_free(private->places);
	mem_arena_free(private->arena);
	free(private);
	free((void *)dictionary->variables);
	free((void *)dictionary->lists);
	free((void *)dictionary->rules);
	free((void *)dictionary->headers);
	free(dictionary);
}

const struct variable *dictionary_variable(const struct dictionary *dictionary, const char *name)
{
	const struct named *found = find_named(dictionary->private->names, name);
	return found ? &dictionary->variables[found->index] : NULL;
}

const struct variable *dictionary_role(const struct dictionary *dictionary, enum variable_role role)
{
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (dictionary->variables[i].role == role)
			return &dictionary->variables[i];
	return NULL;
}

const struct variable *dictionary_header(const struct dictionary *dictionary, const char *profile,
                                         const char *const names[HEADER_MATCH_COUNT], const struct header **header)
{
	*header = NULL;
	for (size_t i = 0; i < COUNT(steadiest); i++) {
		const char *name = names[steadiest[i]];
		char *key = name ? header_key(profile, steadiest[i], name) : NULL;
		const struct named *found = key ? find_named(dictionary->private->headers, key) : NULL;
		free(key);
		if (!found)
			continue;
		*header = &dictionary->headers[found->index];
		return &dictionary->variables[(*header)->variable];
	}
	const struct variable *same = names[HEADER_NAME] ? dictionary_variable(dictionary, names[HEADER_NAME]) : NULL;
	char *key = same ? mapped_key(profile, same->name, NULL) : NULL;
	bool elsewhere = key && find_named(dictionary->private->mapped, key); /* its column has another name here */
	free(key);
	return elsewhere ? NULL : same;
}

const struct code *dictionary_code(const struct dictionary *dictionary, const struct code_list *list,
                                   const char *exported)
{
	const struct code *code = find_spelling(dictionary, list, exported);
	return code ? code : find_spelling(dictionary, dictionary->private->any, exported);
}

size_t dictionary_longest(const struct dictionary *dictionary, const struct code_list *list)
{
	return spelt_of(dictionary, list)->longest;
}

const char *dictionary_near_code(const struct dictionary *dictionary, const struct code_list *list,
                                 const char *exported)
{
	(void)dictionary;
	const char **names = mem_alloc(2 * list->count, sizeof *names);
	for (size_t i = 0; i < list->count; i++) {
		names[2 * i] = list->codes[i].code;
		names[2 * i + 1] = list->codes[i].label;
	}
	const char *near = text_nearest(exported, names, 2 * list->count);
	for (size_t i = 0; near && i < list->count; i++)
		if (near == list->codes[i].label)
			near = list->codes[i].code;
	free(names);
	return near;
}

const struct code_list *dictionary_list(const struct dictionary *dictionary, const char *name)
{
	for (size_t i = 0; i < dictionary->list_count; i++)
		if (strcmp(dictionary->lists[i].name, name) == 0)
			return &dictionary->lists[i];
	return NULL;
}

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
	return treat_words[treat];
}

const char *missing_reason_word(enum missing_reason reason)
{
	return missing_words[reason];
}

bool missing_reason_read(const char *word, enum missing_reason *reason)
{
	for (int i = 1; i < MISSING_COUNT; i++) {
		if (strcmp(missing_words[i], word) == 0) {
			*reason = (enum missing_reason)i;
			return true;
		}
	}
	return false;
}

bool dictionary_record(const struct dictionary *dictionary, struct store *store, struct error *err)
{
	const struct csv_table *tables[] = { dictionary->private->variables_table, dictionary->private->codes_table,
		                             dictionary->private->rules_table };
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(tables); i++)
		ok = provenance_input(store, "dictionary", csv_table_path(tables[i]), err);
	return ok;
}
