#include "xlsform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "constraint.h"
#include "mem.h"
#include "number.h"
#include "rows.h"
#include "text.h"

/* A group or repeat that the row stands in. */
struct group {
	char *name, *relevant;
	bool repeat;
	size_t line;
};

struct xlsform {
	struct rows *rows;
	struct questionnaire_build *build;
	bool has_choices;
	size_t type, name, label, hint, required, relevant, constraint, calculation, filter, parameters;
	struct group *groups;
	size_t group_count, group_capacity;
	size_t *several_labels; /* lists, from 1, that give one code several labels */
	size_t several_count, several_capacity;
};

static const char *cell(const struct xlsform *in, size_t column)
{
	return rows_cell(in->rows, column);
}

/* --- the columns --- */

/* Whether what stands behind `label::` is English: English, English (en), en, (en). */
static bool is_english(const char *language)
{
	language += strspn(language, " :(");
	return strncasecmp(language, "english", 7) == 0
	       || (strncasecmp(language, "en", 2) == 0 && strchr(" )-_", language[2]));
}

/* The column of a text that may stand in several languages. */
static size_t words_column(const struct rows *rows, const char *what)
{
	size_t plain = 0, first = 0, length = strlen(what);
	for (size_t i = 1; i <= rows_width(rows); i++) {
		const char *header = rows_header(rows, i);
		if (strncasecmp(header, what, length) != 0)
			continue;
		const char *language = header + length;
		if (*language == ':' && is_english(language))
			return i;
		if (*language == ':' && !first)
			first = i;
		if (*language == '\0')
			plain = i;
	}
	return plain ? plain : first;
}

static bool find_columns(struct xlsform *in, struct error *err)
{
	in->type = rows_column_named(in->rows, "type");
	in->name = rows_column_named(in->rows, "name");
	if (rows_column_named(in->rows, "list_name"))
		return rows_refuse(
			in->rows, err, "type",
			"it looks like the sheet choices: give the sheet survey first, and this one as choices");
	if (!in->type || !in->name)
		return rows_refuse(in->rows, err, in->type ? "name" : "type",
		                   "open the XLSForm in a spreadsheet and save its sheet survey as CSV; an export of "
		                   "answers is not it");
	in->label = words_column(in->rows, "label");
	in->hint = words_column(in->rows, "hint");
	in->required = rows_column_named(in->rows, "required");
	in->relevant = rows_column_named(in->rows, "relevant");
	if (!in->relevant)
		in->relevant = rows_column_named(in->rows, "relevance");
	in->constraint = rows_column_named(in->rows, "constraint");
	in->calculation = rows_column_named(in->rows, "calculation");
	in->filter = rows_column_named(in->rows, "choice_filter");
	in->parameters = rows_column_named(in->rows, "parameters");
	return true;
}

/* --- the sheet choices --- */

/* Where choices are filtered, one list may hold a code several times: the first label stands. */
static void add_choice(struct xlsform *in, const char *list_name, const char *code, const char *label)
{
	size_t list = questionnaire_build_find_list(in->build, list_name);
	if (!list)
		list = questionnaire_build_list(in->build, list_name);
	if (questionnaire_build_code(in->build, list, code, label))
		return;
	const struct questionnaire_list *known = &in->build->questionnaire->lists[list - 1];
	const char *words = questionnaire_build_words(in->build, label);
	for (size_t i = 0; i < known->count; i++)
		if (strcmp(known->codes[i].code, code) == 0 && strcmp(known->codes[i].label, words) != 0) {
			in->several_labels = mem_grow(in->several_labels, in->several_count, &in->several_capacity,
			                              sizeof *in->several_labels);
			in->several_labels[in->several_count++] = list;
		}
}

static bool choice_fault(const struct rows *rows, const char *lacks, struct error *err)
{
	rows_fault(rows, err, "a choice has no %s", lacks);
	return error_help(err, "every row of the sheet choices has a list_name, a name and a label");
}

static bool read_choices(struct xlsform *in, const char *path, struct error *err)
{
	struct rows *rows = NULL;
	bool more = true;
	if (!rows_open(&rows, path, "an XLSForm's sheet choices", true, err))
		return false;
	size_t list = rows_column_named(rows, "list_name"), name = rows_column_named(rows, "name");
	if (!name)
		name = rows_column_named(rows, "value");
	bool ok = list && name;
	if (!ok)
		rows_refuse(rows, err, list ? "name" : "list_name",
		            "open the XLSForm in a spreadsheet and save its sheet choices as CSV");
	size_t label = words_column(rows, "label");
	while (ok && (ok = rows_next(rows, &more, err)) && more) {
		const char *list_name = rows_cell(rows, list), *code = rows_cell(rows, name);
		if (*list_name && *code)
			add_choice(in, list_name, code, rows_cell(rows, label));
		else if (*list_name || *code)
			ok = choice_fault(rows, *code ? "list_name" : "name", err);
	}
	rows_close(rows);
	return ok;
}

/* --- types --- */

enum kind {
	PLAIN, /* an answer of its type */
	TIMED, /* a time with its zone */
	UPLOAD,
	TICK, /* a single box to tick: OK */
	RANGE,
	COMPUTED,
	ONE,
	SEVERAL,
	RANKED,
	LISTED,  /* one or several of a list that is not in the form */
	NOTHING, /* no answer */
	GROUP,
	REPEAT,
	END,
};

/* In small letters, with a blank for each _ and -. Whoever is asked or answers is known by what `direct` says. */
static const struct type {
	const char *word;
	enum kind kind;
	enum variable_type type;
	bool direct;
} types[] = {
	{ "text", PLAIN, VARIABLE_TEXT, false },
	{ "string", PLAIN, VARIABLE_TEXT, false },
	{ "integer", PLAIN, VARIABLE_INTEGER, false },
	{ "int", PLAIN, VARIABLE_INTEGER, false },
	{ "decimal", PLAIN, VARIABLE_NUMBER, false },
	{ "range", RANGE, VARIABLE_INTEGER, false },
	{ "date", PLAIN, VARIABLE_DATE, false },
	{ "today", PLAIN, VARIABLE_DATE, false },
	{ "time", TIMED, VARIABLE_TEXT, false },
	{ "datetime", TIMED, VARIABLE_TEXT, false },
	{ "date time", TIMED, VARIABLE_TEXT, false },
	{ "start", TIMED, VARIABLE_TEXT, false },
	{ "end", TIMED, VARIABLE_TEXT, false },
	{ "barcode", PLAIN, VARIABLE_TEXT, false },
	{ "hidden", PLAIN, VARIABLE_TEXT, false },
	{ "calculate", COMPUTED, VARIABLE_TEXT, false },
	{ "acknowledge", TICK, VARIABLE_CODE, false },
	{ "trigger", TICK, VARIABLE_CODE, false },
	{ "deviceid", PLAIN, VARIABLE_TEXT, true },
	{ "device id", PLAIN, VARIABLE_TEXT, true },
	{ "subscriberid", PLAIN, VARIABLE_TEXT, true },
	{ "simserial", PLAIN, VARIABLE_TEXT, true },
	{ "phonenumber", PLAIN, VARIABLE_TEXT, true },
	{ "phone number", PLAIN, VARIABLE_TEXT, true },
	{ "username", PLAIN, VARIABLE_TEXT, true },
	{ "email", PLAIN, VARIABLE_TEXT, true },
	{ "geopoint", PLAIN, VARIABLE_TEXT, true },
	{ "location", PLAIN, VARIABLE_TEXT, true },
	{ "geotrace", PLAIN, VARIABLE_TEXT, true },
	{ "geoshape", PLAIN, VARIABLE_TEXT, true },
	{ "start geopoint", PLAIN, VARIABLE_TEXT, true },
	{ "background geopoint", PLAIN, VARIABLE_TEXT, true },
	{ "image", UPLOAD, VARIABLE_TEXT, true },
	{ "photo", UPLOAD, VARIABLE_TEXT, true },
	{ "audio", UPLOAD, VARIABLE_TEXT, true },
	{ "background audio", UPLOAD, VARIABLE_TEXT, true },
	{ "video", UPLOAD, VARIABLE_TEXT, true },
	{ "file", UPLOAD, VARIABLE_TEXT, true },
	{ "audit", UPLOAD, VARIABLE_TEXT, true },
	{ "note", NOTHING, VARIABLE_TEXT, false },
	{ "xml external", NOTHING, VARIABLE_TEXT, false },
	{ "csv external", NOTHING, VARIABLE_TEXT, false },
	{ "begin group", GROUP, VARIABLE_TEXT, false },
	{ "begin repeat", REPEAT, VARIABLE_TEXT, false },
	{ "end group", END, VARIABLE_TEXT, false },
	{ "end repeat", END, VARIABLE_TEXT, false },
};

/* Types that name a list behind them; the longer ones stand first. */
static const struct {
	const char *words;
	enum kind kind;
} selects[] = {
	{ "select one from file ", LISTED },
	{ "select multiple from file ", LISTED },
	{ "select one external ", LISTED },
	{ "select one from ", ONE },
	{ "select one ", ONE },
	{ "select1 ", ONE },
	{ "select all that apply from ", SEVERAL },
	{ "select all that apply ", SEVERAL },
	{ "select multiple from ", SEVERAL },
	{ "select multiple ", SEVERAL },
	{ "rank ", RANKED },
};

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* What stands behind `words` in a type, NULL where it does not begin so: a blank of `words` may be _ or - in the type,
 * but not the last, as names of lists hold _. */
static const char *behind(const char *type, const char *words)
{
	for (; *words; words++) {
		bool last = words[1] == '\0';
		size_t blanks = *words == ' ' ? strspn(type, last ? " " : " _-") : 0;
		if (blanks > 0)
			type += blanks;
		else if (small(*type) == *words)
			type++;
		else
			return NULL;
	}
	return type;
}

static const struct type *find_type(const char *word)
{
	for (size_t i = 0; i < COUNT(types); i++) {
		const char *rest = behind(word, types[i].word);
		if (rest && *rest == '\0')
			return &types[i];
	}
	return NULL;
}

static bool type_fault(const struct xlsform *in, struct error *err)
{
	const char *words[COUNT(types)], *word = cell(in, in->type);
	for (size_t i = 0; i < COUNT(types); i++)
		words[i] = types[i].word;
	const char *near = text_nearest(word, words, COUNT(words));
	rows_fault(in->rows, err, "%s is no type of an XLSForm", word);
	if (near)
		return error_help(err, "did you mean %s?", near);
	return error_help(err, "a type is text, integer, decimal, select_one LIST, select_multiple LIST and the like");
}

/* --- bounds --- */

static void add_constraint(struct xlsform *in, struct questionnaire_entry *entry, struct constraint *bounds)
{
	const char *text = cell(in, in->constraint);
	if (!constraint_read(bounds, text, entry->type))
		questionnaire_build_note(in->build, "constraint", text);
	if (bounds->pattern)
		entry->pattern = questionnaire_build_text(in->build, bounds->pattern);
	constraint_free(bounds);
	questionnaire_build_bounds(in->build, bounds->has_min ? bounds->min_text : NULL,
	                           bounds->has_max ? bounds->max_text : NULL);
}

/* start=0 end=10 step=1, which is also what is meant where nothing is said. */
static void add_range(struct xlsform *in, struct questionnaire_entry *entry, struct constraint *bounds)
{
	struct {
		const char *key;
		char text[40];
		double value;
	} keys[] = { { "start", "0", 0 }, { "end", "10", 10 }, { "step", "1", 1 } };
	char *parameters = mem_copy_text(cell(in, in->parameters)), *rest = parameters;
	bool known = true;
	for (char *word; (word = strtok_r(rest, " ,;\t\r\n", &rest));) {
		size_t length = strcspn(word, "=");
		for (size_t i = 0; i < COUNT(keys); i++)
			if (length == strlen(keys[i].key) && strncmp(word, keys[i].key, length) == 0) {
				known = known && word[length] && strlen(word) < sizeof keys[i].text
				        && number_read_decimal(word + length + 1, &keys[i].value);
				snprintf(keys[i].text, sizeof keys[i].text, "%s",
				         word[length] ? word + length + 1 : "");
			}
	}
	free(parameters);
	long long whole;
	bool integers = number_read_integer(keys[0].text, &whole) && number_read_integer(keys[2].text, &whole);
	entry->type = known && integers ? VARIABLE_INTEGER : VARIABLE_NUMBER;
	if (!known) {
		questionnaire_build_note(in->build, "parameters", cell(in, in->parameters));
		return;
	}
	bool upwards = keys[0].value <= keys[1].value;
	constraint_tighten(bounds, true, keys[upwards ? 0 : 1].value, keys[upwards ? 0 : 1].text);
	constraint_tighten(bounds, false, keys[upwards ? 1 : 0].value, keys[upwards ? 1 : 0].text);
}

/* --- lists --- */

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), own = strlen(end);
	return length >= own && strcmp(text + length - own, end) == 0;
}

static bool list_fault(const struct xlsform *in, const char *name, struct error *err)
{
	const struct questionnaire *questionnaire = in->build->questionnaire;
	const char **names = mem_alloc(questionnaire->list_count + 1, sizeof *names);
	for (size_t i = 0; i < questionnaire->list_count; i++)
		names[i] = questionnaire->lists[i].name;
	const char *near = text_nearest(name, names, questionnaire->list_count);
	free(names);
	if (!in->has_choices) {
		rows_fault(in->rows, err, "a question has a list, %s, and the sheet choices is not given", name);
		return error_help(err,
		                  "save the XLSForm's sheet choices as CSV too, and give it with the sheet survey");
	}
	rows_fault(in->rows, err, "the sheet choices has no list named %s", name);
	return near ? error_help(err, "did you mean %s?", near)
	            : error_help(err, "give the sheet choices of the same form");
}

/* `or_other` adds a choice of its own, and a question for the words. */
static size_t list_with_other(struct xlsform *in, size_t list)
{
	struct questionnaire_build *build = in->build;
	char *name = mem_print("%s_or_other", build->questionnaire->lists[list - 1].name);
	size_t with = questionnaire_build_find_list(build, name);
	if (!with) {
		with = questionnaire_build_list(build, name);
		for (size_t i = 0; i < build->questionnaire->lists[list - 1].count; i++) {
			const struct questionnaire_code code = build->questionnaire->lists[list - 1].codes[i];
			questionnaire_build_code(build, with, code.code, code.label);
		}
		questionnaire_build_code(build, with, "other", "Other");
	}
	free(name);
	return with;
}

static bool add_list(struct xlsform *in, struct questionnaire_entry *entry, enum kind kind, const char *rest,
                     bool *other, struct error *err)
{
	char *name = mem_copy_bytes(rest, strcspn(rest, " "));
	const char *more = rest + strlen(name);
	more += strspn(more, " ");
	*other = behind(more, "or other") || behind(more, "or specify other");
	bool file = kind == LISTED || strncmp(name, "${", 2) == 0 || ends_with(name, ".csv") || ends_with(name, ".xml")
	            || ends_with(name, ".geojson");
	size_t list = file || kind == RANKED ? 0 : questionnaire_build_find_list(in->build, name);
	bool ok = true;
	if (file || kind == RANKED) { /* the order of a ranking would be lost in codes */
		questionnaire_build_note(in->build, "type", cell(in, in->type));
		*other = false;
	} else if (!list) {
		ok = list_fault(in, name, err);
	} else {
		entry->type = kind == ONE ? VARIABLE_CODE : VARIABLE_CODES;
		list = *other ? list_with_other(in, list) : list;
		if (kind == SEVERAL)
			questionnaire_build_exclusive(in->build, list);
		for (size_t i = 0; i < in->several_count; i++)
			if (in->several_labels[i] == list) {
				questionnaire_build_note(in->build, NULL, "its list gives one code several labels");
				break;
			}
		questionnaire_build_last(in->build)->list = list;
	}
	free(name);
	return ok;
}

/* --- groups --- */

static void free_group(struct group *group)
{
	free(group->name);
	free(group->relevant);
}

static void open_group(struct xlsform *in, bool repeat)
{
	in->groups = mem_grow(in->groups, in->group_count, &in->group_capacity, sizeof *in->groups);
	in->groups[in->group_count++] = (struct group){
		.name = mem_copy_text(cell(in, in->name)),
		.relevant = mem_copy_text(cell(in, in->relevant)),
		.repeat = repeat,
		.line = rows_line(in->rows),
	};
}

static bool close_group(struct xlsform *in, struct error *err)
{
	bool repeat = behind(cell(in, in->type), "end repeat") != NULL;
	if (in->group_count == 0 || in->groups[in->group_count - 1].repeat != repeat) {
		rows_fault(in->rows, err, "a %s ends here that did not begin", repeat ? "repeat" : "group");
		return error_help(err, "rows are lost, or in another order: save the sheet survey again");
	}
	free_group(&in->groups[--in->group_count]);
	return true;
}

/* The path of the last entry, who is asked it, and in which repeat it stands. */
static void add_groups(struct xlsform *in, struct questionnaire_entry *entry, const char *own_relevant)
{
	struct text path = { 0 };
	struct questionnaire_build_entry *more = questionnaire_build_last(in->build);
	size_t conditions = *own_relevant != '\0';
	for (size_t i = 0; i < in->group_count; i++)
		conditions += *in->groups[i].relevant != '\0';
	for (size_t i = 0; i <= in->group_count; i++) {
		const struct group *group = i < in->group_count ? &in->groups[i] : NULL;
		const char *relevant = group ? group->relevant : own_relevant;
		if (*relevant && conditions > 1)
			text_print(&more->condition, "%s(%s)", more->condition.length ? " and " : "", relevant);
		else
			text_add(&more->condition, relevant);
		text_print(&path, "%s%s", group ? group->name : entry->name, group ? "/" : "");
		if (group && group->repeat)
			more->rows = questionnaire_build_text(in->build, group->name);
	}
	if (in->group_count > 0)
		entry->path = questionnaire_build_text(in->build, path.bytes);
	if (more->rows)
		questionnaire_build_note(in->build, "in a repeat, whose rows are in a file of their own", more->rows);
	text_free(&path);
}

/* --- one row --- */

static void add_words(struct xlsform *in, struct questionnaire_entry *entry)
{
	const char *label = cell(in, in->label), *hint = cell(in, in->hint);
	entry->label = questionnaire_build_words(in->build, label);
	if (!*hint)
		return;
	char *question = mem_print("%s%s(%s)", label, *label ? " " : "", hint);
	entry->question = questionnaire_build_words(in->build, question);
	free(question);
}

static void add_required(struct xlsform *in, struct questionnaire_entry *entry)
{
	static const char *const yes[] = { "yes", "true", "true()", "1" };
	static const char *const no[] = { "", "no", "false", "false()", "0" };
	const char *required = cell(in, in->required);
	for (size_t i = 0; i < COUNT(yes); i++)
		entry->required = entry->required || strcasecmp(required, yes[i]) == 0;
	bool known = entry->required;
	for (size_t i = 0; i < COUNT(no); i++)
		known = known || strcasecmp(required, no[i]) == 0;
	if (!known)
		questionnaire_build_note(in->build, "required", required);
}

static void add_kind(struct xlsform *in, struct questionnaire_entry *entry, const struct type *type,
                     struct constraint *bounds)
{
	entry->type = type->type;
	entry->direct = type->direct;
	if (type->kind == TIMED)
		questionnaire_build_note(in->build, cell(in, in->type), "a time with its zone");
	if (type->kind == UPLOAD)
		questionnaire_build_note(in->build, NULL, "a file, which the export only names");
	if (type->kind == COMPUTED || *cell(in, in->calculation))
		questionnaire_build_note(in->build, "calculated", cell(in, in->calculation));
	if (type->kind == RANGE)
		add_range(in, entry, bounds);
	if (type->kind == TICK) {
		size_t list = questionnaire_build_list(in->build, "acknowledge");
		questionnaire_build_code(in->build, list, "OK", "OK");
		questionnaire_build_last(in->build)->list = questionnaire_build_same_list(in->build);
	}
}

/* The question for the words of another answer, which or_other adds below its own. */
static void add_other(struct xlsform *in, size_t question)
{
	const struct questionnaire *questionnaire = in->build->questionnaire;
	char *name = mem_print("%s_other", questionnaire->entries[question].name);
	char *relevant = mem_print("selected(${%s}, 'other')", questionnaire->entries[question].name);
	struct questionnaire_entry *entry = questionnaire_build_add(in->build, name, VARIABLE_TEXT);
	entry->label = questionnaire_build_text(in->build, "Other");
	add_groups(in, entry, relevant);
	free(name);
	free(relevant);
}

static bool add_question(struct xlsform *in, const struct type *type, enum kind kind, const char *list,
                         struct error *err)
{
	struct constraint bounds = { 0 };
	bool other = false;
	size_t place = in->build->questionnaire->count;
	struct questionnaire_entry *entry = questionnaire_build_add(in->build, cell(in, in->name), VARIABLE_TEXT);
	add_words(in, entry);
	add_groups(in, entry, cell(in, in->relevant));
	if (type)
		add_kind(in, entry, type, &bounds);
	else if (!add_list(in, entry, kind, list, &other, err))
		return false;
	add_required(in, entry);
	add_constraint(in, entry, &bounds);
	if (*cell(in, in->filter))
		questionnaire_build_note(in->build, "choice_filter", cell(in, in->filter));
	if (questionnaire_build_last(in->build)->rows)
		entry->required = false;
	for (size_t i = 0; i < place; i++)
		if (strcmp(in->build->questionnaire->entries[i].path, entry->path) == 0) {
			rows_fault(in->rows, err, "the question %s stands here twice", entry->path);
			return error_help(err, "give each question of a group a name of its own");
		}
	if (other)
		add_other(in, place);
	return true;
}

static bool read_row(struct xlsform *in, struct error *err)
{
	const char *word = cell(in, in->type), *list = NULL;
	enum kind kind = PLAIN;
	if (!*word && !*cell(in, in->name)) /* a remark */
		return true;
	const struct type *type = find_type(word);
	for (size_t i = 0; !type && !list && i < COUNT(selects); i++) {
		list = behind(word, selects[i].words);
		kind = selects[i].kind;
	}
	if (!type && (!list || !*list))
		return type_fault(in, err);
	if (type && type->kind == NOTHING)
		return true;
	if (type && type->kind == END)
		return close_group(in, err);
	if (!*cell(in, in->name) && (!type || (type->kind != GROUP && type->kind != REPEAT))) {
		rows_fault(in->rows, err, "a question of the type %s has no name", word);
		return error_help(err, "give it the name that its column has in the export");
	}
	if (type && (type->kind == GROUP || type->kind == REPEAT)) {
		open_group(in, type->kind == REPEAT);
		return true;
	}
	return add_question(in, type, kind, list, err);
}

bool xlsform_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err)
{
	struct xlsform in = { .build = build, .has_choices = choices != NULL };
	bool more = true;
	build->dialect = LOGIC_XLSFORM;
	bool ok = rows_open(&in.rows, path, "an XLSForm's sheet survey", true, err) && find_columns(&in, err)
	          && (!choices || read_choices(&in, choices, err));
	while (ok && (ok = rows_next(in.rows, &more, err)) && more)
		ok = read_row(&in, err);
	if (ok && in.group_count > 0) {
		const struct group *open = &in.groups[in.group_count - 1];
		error_at(err, ERROR_INPUT, path, open->line, "the %s %s begins here and does not end",
		         open->repeat ? "repeat" : "group", open->name);
		ok = error_help(err, "the sheet survey is cut off: save it again");
	}
	if (ok && build->questionnaire->count == 0) {
		rows_fault(in.rows, err, "the sheet survey has no questions");
		ok = error_help(err, "save the sheet survey of the XLSForm as CSV");
	}
	while (in.group_count > 0)
		free_group(&in.groups[--in.group_count]);
	free(in.groups);
	free(in.several_labels);
	rows_close(in.rows);
	return ok;
}
