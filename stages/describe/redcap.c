#include "redcap.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "number.h"
#include "rows.h"
#include "text.h"

enum column {
	NAME,
	FORM,
	SECTION,
	TYPE,
	LABEL,
	CHOICES,
	NOTE,
	VALIDATION,
	MIN,
	MAX,
	IDENTIFIER,
	BRANCHING,
	REQUIRED,
	MATRIX,
	ANNOTATION,
	COLUMNS
};

/* How headers begin (rows.h), in the file that REDCap offers for download and in what its API gives. */
static const struct {
	const char *file, *api, *words;
	bool optional;
} columns[COLUMNS] = {
	[NAME] = { "variable_field_name", "field_name", "Variable / Field Name" },
	[FORM] = { "form_name", "form_name", "Form Name" },
	[SECTION] = { "section_header", "section_header", "Section Header" },
	[TYPE] = { "field_type", "field_type", "Field Type" },
	[LABEL] = { "field_label", "field_label", "Field Label" },
	[CHOICES] = { "choices", "select_choices", "Choices, Calculations, OR Slider Labels" },
	[NOTE] = { "field_note", "field_note", "Field Note" },
	[VALIDATION] = { "text_validation_type", "text_validation_type", "Text Validation Type OR Show Slider Number" },
	[MIN] = { "text_validation_min", "text_validation_min", "Text Validation Min" },
	[MAX] = { "text_validation_max", "text_validation_max", "Text Validation Max" },
	[IDENTIFIER] = { "identifier", "identifier", "Identifier?" },
	[BRANCHING] = { "branching_logic", "branching_logic", "Branching Logic (Show field only if...)" },
	[REQUIRED] = { "required_field", "required_field", "Required Field?" },
	[MATRIX] = { "matrix_group_name", "matrix_group_name", "Matrix Group Name", true },
	[ANNOTATION] = { "field_annotation", "field_annotation", "Field Annotation", true },
};

struct redcap {
	struct rows *rows;
	struct questionnaire_build *build;
	size_t columns[COLUMNS];
	char *form;           /* of the rows read last; NULL: none */
	char *matrix, *heads; /* the matrix group under way, and the section header over it */
	bool has_id;
};

static const char *cell(const struct redcap *in, enum column column)
{
	return rows_cell(in->rows, in->columns[column]);
}

static bool is_yes(const char *text)
{
	return strcasecmp(text, "y") == 0 || strcasecmp(text, "yes") == 0 || strcmp(text, "1") == 0;
}

static void keep(char **kept, const char *text)
{
	free(*kept);
	*kept = text ? mem_copy_text(text) : NULL;
}

/* --- types --- */

enum field { TEXT, NOTES, CHOICE, BOXES, YESNO, TRUEFALSE, SLIDER, CALC, UPLOAD, SQL, DESCRIPTIVE };

static const struct {
	const char *word;
	enum field field;
} fields[] = {
	{ "text", TEXT },      { "notes", NOTES },         { "textarea", NOTES },
	{ "radio", CHOICE },   { "dropdown", CHOICE },     { "select", CHOICE },
	{ "checkbox", BOXES }, { "yesno", YESNO },         { "truefalse", TRUEFALSE },
	{ "slider", SLIDER },  { "calc", CALC },           { "file", UPLOAD },
	{ "sql", SQL },        { "autocomplete", CHOICE }, { "descriptive", DESCRIPTIVE },
};

/* The kinds of Text Validation Type, by how their names begin; the longer names stand first. Patterns are REDCap's own,
 * in POSIX. A postal code and a record number of a hospital identify: in the United Kingdom some 15 homes share a
 * postcode. */
static const struct validation {
	const char *begin;
	enum variable_type type;
	const char *pattern;
	bool direct;
} validations[] = {
	{ "integer", VARIABLE_INTEGER, NULL, false },
	{ "number", VARIABLE_NUMBER, NULL, false },
	{ "datetime", VARIABLE_DATETIME, NULL, false },
	{ "date", VARIABLE_DATE, NULL, false },
	{ "time_mm_ss", VARIABLE_TEXT, "[0-5]?[0-9]:[0-5][0-9]", false },
	{ "time_hh_mm_ss", VARIABLE_TEXT, "([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]", false },
	{ "time", VARIABLE_TEXT, "([01]?[0-9]|2[0-3]):[0-5][0-9]", false },
	{ "email", VARIABLE_TEXT, NULL, true },
	{ "phone", VARIABLE_TEXT, NULL, true },
	{ "postalcode_australia", VARIABLE_TEXT, "[0-9]{4}", true },
	{ "postalcode_french", VARIABLE_TEXT, "[0-9]{5}", true },
	{ "postalcode_germany", VARIABLE_TEXT, "[0-9]{5}", true },
	{ "postalcode", VARIABLE_TEXT, NULL, true },
	{ "zipcode", VARIABLE_TEXT, "[0-9]{5}(-[0-9]{4})?", true },
	{ "mrn_10d", VARIABLE_ID, "[0-9]{10}", true },
	{ "mrn", VARIABLE_ID, NULL, true },
	{ "vmrn", VARIABLE_ID, NULL, true },
	{ "nhs", VARIABLE_ID, NULL, true },
	{ "ssn", VARIABLE_ID, "[0-9]{3}-?[0-9]{2}-?[0-9]{4}", true },
	{ "alpha_only", VARIABLE_TEXT, "[A-Za-z]+", false },
	{ "signature", VARIABLE_TEXT, NULL, true },
};

static const struct validation *find_validation(const char *word)
{
	for (size_t i = 0; i < COUNT(validations); i++)
		if (strncmp(word, validations[i].begin, strlen(validations[i].begin)) == 0)
			return &validations[i];
	return NULL;
}

/* --- choices --- */

/* The next choice of `1, Yes | 2, No`, between whose parts may also be line ends; false at the end. */
static bool next_choice(char **rest, char **choice)
{
	while (*rest) {
		*choice = *rest;
		size_t length = strcspn(*rest, "|\r\n");
		bool last = (*rest)[length] == '\0';
		(*rest)[length] = '\0';
		*rest = last ? NULL : *rest + length + 1;
		if (!text_is_blank(*choice))
			return true;
	}
	return false;
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t", text[length - 1]))
		text[--length] = '\0';
	return text;
}

static bool add_choice(const struct redcap *in, size_t list, char *choice, struct error *err)
{
	char *comma = strchr(choice, ',');
	if (!comma) {
		rows_fault(in->rows, err, "field %s has a choice without a comma: %s", cell(in, NAME), trim(choice));
		return error_help(err, "each choice is its code, a comma and its label: 1, Yes | 2, No");
	}
	*comma = '\0';
	const char *code = trim(choice);
	if (*code == '\0') {
		rows_fault(in->rows, err, "field %s has a choice without a code: %s", cell(in, NAME), trim(comma + 1));
		return error_help(err, "each choice is its code, a comma and its label: 1, Yes | 2, No");
	}
	if (questionnaire_build_code(in->build, list, code, comma + 1))
		return true;
	rows_fault(in->rows, err, "field %s has two choices of the code %s", cell(in, NAME), code);
	return error_help(err, "give each choice a code of its own");
}

/* @NONEOFTHEABOVE='98,99' in the annotation names codes that shut out the others. */
static void mark_none_of_the_above(const struct redcap *in, size_t list)
{
	static const char tag[] = "@NONEOFTHEABOVE";
	const char *at = strstr(cell(in, ANNOTATION), tag);
	if (!at)
		return;
	at += sizeof tag - 1;
	at += strspn(at, " =");
	bool quoted = *at == '\'' || *at == '"';
	char end[] = { quoted ? *at : ' ', '\0' };
	char *codes = mem_copy_bytes(at + quoted, strcspn(at + quoted, end)), *rest = codes;
	const struct questionnaire_list *marked = &in->build->questionnaire->lists[list - 1];
	for (char *code; (code = strtok_r(rest, ",", &rest));)
		for (size_t i = 0; i < marked->count; i++)
			if (strcmp(marked->codes[i].code, trim(code)) == 0)
				marked->codes[i].exclusive = true;
	free(codes);
}

static bool add_choices(const struct redcap *in, bool several, struct error *err)
{
	const char *name = *cell(in, MATRIX) ? cell(in, MATRIX) : cell(in, NAME);
	char *choices = mem_copy_text(cell(in, CHOICES)), *rest = choices;
	size_t list = questionnaire_build_list(in->build, name);
	bool ok = true;
	for (char *choice; ok && next_choice(&rest, &choice);)
		ok = add_choice(in, list, choice, err);
	free(choices);
	if (ok && in->build->questionnaire->lists[list - 1].count == 0) {
		rows_fault(in->rows, err, "field %s has no choices", cell(in, NAME));
		return error_help(err, "give them in REDCap, or change the field's type there");
	}
	if (ok && several) {
		questionnaire_build_exclusive(in->build, list);
		mark_none_of_the_above(in, list);
	}
	if (ok)
		questionnaire_build_last(in->build)->list = questionnaire_build_same_list(in->build);
	return ok;
}

/* The codes that REDCap itself gives. */
static void add_own_list(struct questionnaire_build *build, const char *name, const char *const codes[][2],
                         size_t count)
{
	size_t list = questionnaire_build_list(build, name);
	for (size_t i = 0; i < count; i++)
		questionnaire_build_code(build, list, codes[i][0], codes[i][1]);
	questionnaire_build_last(build)->list = questionnaire_build_same_list(build);
}

/* --- bounds --- */

/* A bound as variables.csv takes it, to be freed; NULL: none, or one that cannot be carried, which is noted. A time of
 * day is left out of the smallest, which makes it no narrower. */
static char *bound(const struct redcap *in, enum column column, enum variable_type type)
{
	const char *text = cell(in, column);
	char *given = mem_copy_text(text);
	double number;
	long long days;
	bool comma = strstr(cell(in, VALIDATION), "comma_decimal") != NULL;
	if (comma && strchr(given, ','))
		*strchr(given, ',') = '.';
	bool numeric = type == VARIABLE_INTEGER || type == VARIABLE_NUMBER;
	bool timed = type == VARIABLE_DATETIME && strlen(given) > 10 && given[10] == ' ';
	if (timed)
		given[10] = '\0';
	bool carried = numeric ? number_read_decimal(given, &number)
	                       : (type == VARIABLE_DATE || type == VARIABLE_DATETIME) && date_read(given, &days);
	if (carried && timed)
		questionnaire_build_note(in->build, columns[column].words, text);
	if (carried && !(timed && column == MAX))
		return given;
	if (!carried && *text)
		questionnaire_build_note(in->build, columns[column].words, text);
	free(given);
	return NULL;
}

static void add_bounds(const struct redcap *in, enum variable_type type)
{
	char *min = bound(in, MIN, type), *max = bound(in, MAX, type);
	questionnaire_build_bounds(in->build, min, max);
	free(min);
	free(max);
}

static void add_slider(const struct redcap *in)
{
	char *min = bound(in, MIN, VARIABLE_INTEGER), *max = bound(in, MAX, VARIABLE_INTEGER);
	questionnaire_build_bounds(in->build, min ? min : "0", max ? max : "100");
	free(min);
	free(max);
	if (*cell(in, CHOICES))
		questionnaire_build_note(in->build, "slider labels", cell(in, CHOICES));
}

/* --- one row --- */

static void add_text_field(const struct redcap *in, struct questionnaire_entry *entry)
{
	const char *word = cell(in, VALIDATION);
	const struct validation *kind = *word ? find_validation(word) : NULL;
	if (*word && !kind)
		questionnaire_build_note(in->build, "validation", word);
	if (strstr(cell(in, ANNOTATION), "@CALCTEXT") || strstr(cell(in, ANNOTATION), "@CALCDATE"))
		questionnaire_build_note(in->build, "calculated", cell(in, ANNOTATION));
	if (kind) {
		entry->type = kind->type;
		entry->pattern = kind->pattern;
		entry->direct = kind->direct;
	}
	if (strstr(word, "comma_decimal"))
		questionnaire_build_note(in->build, NULL, "written with a decimal comma");
	add_bounds(in, entry->type);
}

static bool add_kind(const struct redcap *in, struct questionnaire_entry *entry, enum field field, struct error *err)
{
	static const char *const yes_no[][2] = { { "1", "Yes" }, { "0", "No" } };
	static const char *const true_false[][2] = { { "1", "True" }, { "0", "False" } };
	switch (field) {
	case TEXT: add_text_field(in, entry); return true;
	case CHOICE: entry->type = VARIABLE_CODE; return add_choices(in, false, err);
	case BOXES: entry->type = VARIABLE_CODES; return add_choices(in, true, err);
	case YESNO:
		entry->type = VARIABLE_CODE;
		add_own_list(in->build, "yesno", yes_no, COUNT(yes_no));
		return true;
	case TRUEFALSE:
		entry->type = VARIABLE_CODE;
		add_own_list(in->build, "truefalse", true_false, COUNT(true_false));
		return true;
	case SLIDER:
		entry->type = VARIABLE_INTEGER;
		add_slider(in);
		return true;
	case CALC:
		entry->type = VARIABLE_NUMBER;
		questionnaire_build_note(in->build, "calculated", cell(in, CHOICES));
		return true;
	case UPLOAD:
		entry->direct = true;
		questionnaire_build_note(in->build, NULL, "a file, which the export only names");
		return true;
	case SQL: questionnaire_build_note(in->build, "choices from", cell(in, CHOICES)); return true;
	case NOTES:
	case DESCRIPTIVE: break;
	}
	return true;
}

/* A matrix's questions stand below each other, and the section header over the first heads them all. */
static void follow_matrix(struct redcap *in)
{
	const char *matrix = cell(in, MATRIX);
	if (!in->matrix || strcmp(in->matrix, matrix) != 0 || *cell(in, SECTION))
		keep(&in->heads, *matrix ? cell(in, SECTION) : "");
	keep(&in->matrix, matrix);
}

static void add_words(const struct redcap *in, struct questionnaire_entry *entry)
{
	const char *note = cell(in, NOTE);
	entry->label = questionnaire_build_words(in->build, cell(in, LABEL));
	if (!*note && !*in->heads)
		return;
	char *question = mem_print("%s%s%s%s%s%s", in->heads, *in->heads ? " | " : "", cell(in, LABEL),
	                           *note ? " (" : "", note, *note ? ")" : "");
	entry->question = questionnaire_build_words(in->build, question);
	free(question);
}

/* The columns that an export has for each form, behind and before its fields. */
static void add_form_columns(const struct redcap *in)
{
	static const char *const states[][2] = { { "0", "Incomplete" }, { "1", "Unverified" }, { "2", "Complete" } };
	struct questionnaire_build *build = in->build;
	char *name = mem_print("%s_complete", in->form), *label = mem_print("Is the form %s complete?", in->form);
	struct questionnaire_entry *entry = questionnaire_build_add(build, name, VARIABLE_CODE);
	entry->label = questionnaire_build_text(build, label);
	questionnaire_build_last(build)->rows = questionnaire_build_text(build, in->form);
	add_own_list(build, "form_complete", states, COUNT(states));
	free(name);
	free(label);
	name = mem_print("%s_timestamp", in->form);
	label = mem_print("When the survey %s was completed", in->form);
	entry = questionnaire_build_add(build, name, VARIABLE_DATETIME);
	entry->label = questionnaire_build_text(build, label);
	questionnaire_build_note(build, NULL, "only where the form is a survey; [not completed] where it was begun");
	free(name);
	free(label);
}

static bool read_field(const char *word, enum field *field)
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (strcasecmp(fields[i].word, word) == 0) {
			*field = fields[i].field;
			return true;
		}
	return false;
}

static bool type_fault(const struct redcap *in, struct error *err)
{
	const char *words[COUNT(fields)];
	for (size_t i = 0; i < COUNT(fields); i++)
		words[i] = fields[i].word;
	const char *word = cell(in, TYPE), *near = text_nearest(word, words, COUNT(words));
	rows_fault(in->rows, err, "field %s has the type %s, which REDCap does not have", cell(in, NAME), word);
	if (near)
		return error_help(err, "did you mean %s?", near);
	return error_help(err,
	                  "a type is text, notes, radio, dropdown, checkbox, yesno, truefalse, slider, calc, file, "
	                  "descriptive or sql");
}

static bool is_known(const struct questionnaire_build *build, const char *name)
{
	for (size_t i = 0; i < build->questionnaire->count; i++)
		if (strcmp(build->questionnaire->entries[i].name, name) == 0)
			return true;
	return false;
}

static bool read_row(struct redcap *in, struct error *err)
{
	const char *name = cell(in, NAME), *form = cell(in, FORM);
	enum field field;
	if (!*name || !*form) {
		rows_fault(in->rows, err, "a row has no %s", columns[*name ? FORM : NAME].words);
		return error_help(err, "every row is a field of a form");
	}
	if (!read_field(cell(in, TYPE), &field))
		return type_fault(in, err);
	if (is_known(in->build, name)) {
		rows_fault(in->rows, err, "field %s stands here twice", name);
		return error_help(err, "download the data dictionary again: in a project each name stands once");
	}
	if (in->form && strcmp(in->form, form) != 0)
		add_form_columns(in);
	keep(&in->form, form);
	follow_matrix(in);
	if (field == DESCRIPTIVE)
		return true;
	struct questionnaire_entry *entry = questionnaire_build_add(in->build, name, VARIABLE_TEXT);
	add_words(in, entry);
	if (!add_kind(in, entry, field, err))
		return false;
	if (!in->has_id) /* the first field of a project is the record's id */
		entry->type = VARIABLE_ID;
	in->has_id = true;
	entry->required = is_yes(cell(in, REQUIRED));
	entry->direct = entry->direct || is_yes(cell(in, IDENTIFIER));
	text_add(&questionnaire_build_last(in->build)->condition, cell(in, BRANCHING));
	questionnaire_build_last(in->build)->rows = questionnaire_build_text(in->build, form);
	return true;
}

static bool find_columns(struct redcap *in, struct error *err)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		in->columns[i] = rows_column(in->rows, columns[i].file);
		if (!in->columns[i])
			in->columns[i] = rows_column(in->rows, columns[i].api);
		if (!in->columns[i] && !columns[i].optional)
			return rows_refuse(in->rows, err, columns[i].words,
			                   "in REDCap: Project Setup, Data Dictionary, download the current one; an "
			                   "export of answers is not it");
	}
	return true;
}

bool redcap_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err)
{
	(void)choices;
	struct redcap in = { .build = build, .heads = mem_copy_text("") };
	bool more = true;
	build->dialect = LOGIC_REDCAP;
	bool ok = rows_open(&in.rows, path, "a REDCap data dictionary", true, err) && find_columns(&in, err);
	while (ok && (ok = rows_next(in.rows, &more, err)) && more)
		ok = read_row(&in, err);
	if (ok && !in.form) {
		rows_fault(in.rows, err, "the data dictionary has no fields");
		ok = error_help(err, "download it again from the project");
	}
	if (ok)
		add_form_columns(&in);
	rows_close(in.rows);
	free(in.form);
	free(in.matrix);
	free(in.heads);
	return ok;
}
