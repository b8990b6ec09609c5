#include "testing.h"

#include <stdarg.h>

#include "describe/label.h"
#include "describe/questionnaire.h"
#include "expression.h"
#include "text.h"

/* What an entry says, in one line: name, type, list{code=label ...} with ? and the reason behind a missing code's label
 * and ! behind an exclusive one's, smallest..largest, /pattern/, required, direct, then what is asked if and the note.
 */
static void show_entry(struct text *out, const struct questionnaire_entry *entry)
{
	text_print(out, "%s %s", entry->name, variable_type_word(entry->type));
	for (size_t i = 0; entry->list && i < entry->list->count; i++) {
		const struct questionnaire_code *code = &entry->list->codes[i];
		text_print(out, "%s%s=%s", i ? "|" : " {", code->code, code->label);
		if (code->missing != MISSING_NONE)
			text_print(out, "?%s", missing_reason_word(code->missing));
		text_add(out, code->exclusive ? "!" : "");
	}
	text_add(out, entry->list ? "}" : "");
	if (entry->min || entry->max)
		text_print(out, " %s..%s", entry->min ? entry->min : "", entry->max ? entry->max : "");
	if (entry->pattern)
		text_print(out, " /%s/", entry->pattern);
	text_print(out, "%s%s", entry->required ? " required" : "", entry->direct ? " direct" : "");
	if (entry->asked_if)
		text_print(out, " if %s", entry->asked_if);
	if (entry->note)
		text_print(out, " note %s", entry->note);
}

static void add_cells(struct text *file, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_add(file, i ? ",\"" : "\"");
		for (const char *at = cells[i] ? cells[i] : ""; *at; at++) {
			text_add_bytes(file, at, 1);
			if (*at == '"')
				text_add(file, "\"");
		}
		text_add(file, "\"");
	}
	text_add(file, "\n");
}

/* Read a questionnaire from the text of its file or files. */
static bool read_text(struct questionnaire **questionnaire, const char *form, const char *dictionary,
                      const char *choices, struct error *err)
{
	char *folder = test_folder(), *path = test_file(folder, "dictionary.csv", dictionary);
	char *more = choices ? test_file(folder, "choices.csv", choices) : NULL;
	bool ok = questionnaire_read(questionnaire, form, path, more, err);
	free(more);
	free(path);
	free(folder);
	return ok;
}

static void assert_last_is(const struct questionnaire *questionnaire, const char *name, const char *expected)
{
	struct text shown = { 0 };
	const struct questionnaire_entry *entry = questionnaire_find(questionnaire, name);
	assert_non_null(entry);
	show_entry(&shown, entry);
	assert_string_equal(shown.bytes, expected);
	text_free(&shown);
}

/* --- REDCap: its 18 columns, of which 15 are read --- */

struct field {
	const char *test;
	const char *name, *type, *label, *choices, *validation, *min, *max, *identifier, *branching, *required;
	const char *section, *matrix, *annotation, *field_note, *form;
	const char *expected, *words; /* words: "label|question", where they are tested */
};

static const char *const file_header[] = {
	"Variable / Field Name",
	"Form Name",
	"Section Header",
	"Field Type",
	"Field Label",
	"Choices, Calculations, OR Slider Labels",
	"Field Note",
	"Text Validation Type OR Show Slider Number",
	"Text Validation Min",
	"Text Validation Max",
	"Identifier?",
	"Branching Logic (Show field only if...)",
	"Required Field?",
	"Custom Alignment",
	"Question Number (surveys only)",
	"Matrix Group Name",
	"Matrix Ranking?",
	"Field Annotation",
};

static const char *const api_header[] = {
	"field_name",          "form_name",
	"section_header",      "field_type",
	"field_label",         "select_choices_or_calculations",
	"field_note",          "text_validation_type_or_show_slider_number",
	"text_validation_min", "text_validation_max",
	"identifier",          "branching_logic",
	"required_field",      "custom_alignment",
	"question_number",     "matrix_group_name",
	"matrix_ranking",      "field_annotation",
};

static void add_field(struct text *file, const struct field *field)
{
	const char *cells[] = {
		field->name,
		field->form ? field->form : "home",
		field->section,
		field->type,
		field->label,
		field->choices,
		field->field_note,
		field->validation,
		field->min,
		field->max,
		field->identifier,
		field->branching,
		field->required,
		"",
		"",
		field->matrix,
		"",
		field->annotation,
	};
	add_cells(file, cells, COUNT(cells));
}

/* What other fields' branching logic speaks of. */
static const struct field home[] = {
	{ .name = "record_id", .type = "text", .label = "Record" },
	{ .name = "sex", .type = "radio", .label = "Sex", .choices = "1, Female | 2, Male | 99, Prefer not to say" },
	{ .name = "tenure", .type = "dropdown", .label = "Tenure", .choices = "own, Owned | rent, Rented" },
	{ .name = "need", .type = "checkbox", .label = "Need", .choices = "1, Speech | -9, Sight | 88, Don't know" },
	{ .name = "age", .type = "text", .label = "Age", .validation = "integer" },
	{ .name = "weight", .type = "text", .label = "Weight", .validation = "number" },
	{ .name = "visit", .type = "text", .label = "Visit", .validation = "date_dmy" },
	{ .name = "city", .type = "text", .label = "City" },
};

static void begin_redcap(struct text *file)
{
	add_cells(file, file_header, COUNT(file_header));
	for (size_t i = 0; i < COUNT(home); i++)
		add_field(file, &home[i]);
}

static const struct field fields[] = {
	{ "a text field is text", "q", "text", .expected = "q text" },
	{ "a notes box is text", "q", "notes", .expected = "q text" },
	{ "an identifier is direct", "q", "text", .identifier = "y", .expected = "q text direct" },
	{ "a required field is required", "q", "text", .required = "y", .expected = "q text required" },
	{ "a required field that not everybody sees is not required of everybody", "q", "text", .required = "y",
	  .branching = "[sex] = '1'", .expected = "q text if \"sex\" is '1'" },
	{ "radio choices are a list", "q", "radio", .choices = "1, Yes | 2, No", .expected = "q code {1=Yes|2=No}" },
	{ "labels keep their commas", "q", "dropdown", .choices = "1, Yes, often | 2, No",
	  .expected = "q code {1=Yes, often|2=No}" },
	{ "codes may be negative, blanks odd and labels lacking", "q", "radio", .choices = "-1,No|  2 ,Yes   |3,",
	  .expected = "q code {-1=No|2=Yes|3=3}" },
	{ "choices may stand on lines", "q", "radio", .choices = "1, Yes\r\n2, No\n",
	  .expected = "q code {1=Yes|2=No}" },
	{ "a label that says there is no answer gives the reason", "q", "radio",
	  .choices = "1, Yes | 98, Don\xE2\x80\x99t know | 99, N/A",
	  .expected = "q code {1=Yes|98=Don\xE2\x80\x99t know?dont_know|99=N/A?not_applicable}" },
	{ "a checkbox takes several codes, and none of these shuts out the others", "q", "checkbox",
	  .choices = "1, Bus | 2, Tram | 0, None of these", .expected = "q codes {1=Bus|2=Tram|0=None of these!}" },
	{ "none of these is no more than an answer where one is given", "q", "radio",
	  .choices = "1, Bus | 0, None of these", .expected = "q code {1=Bus|0=None of these}" },
	{ "@NONEOFTHEABOVE names a choice that shuts out the others", "q", "checkbox",
	  .choices = "1, Bus | 2, Tram | 7, On foot", .annotation = "@NONEOFTHEABOVE='7' @HIDDEN-PDF",
	  .expected = "q codes {1=Bus|2=Tram|7=On foot!}" },
	{ "yes and no are 1 and 0", "q", "yesno", .expected = "q code {1=Yes|0=No}" },
	{ "true and false are 1 and 0", "q", "truefalse", .expected = "q code {1=True|0=False}" },
	{ "a slider goes from 0 to 100, and its labels are noted", "q", "slider", .choices = "low | mid | high",
	  .expected = "q integer 0..100 note slider labels: low | mid | high" },
	{ "a slider has bounds of its own", "q", "slider", .min = "-1", .max = "101", .expected = "q integer -1..101" },
	{ "a calculation is a number with its equation noted", "q", "calc", .choices = "[a]+[b]",
	  .expected = "q number note calculated: [a]+[b]" },
	{ "a file identifies", "q", "file", .expected = "q text direct note a file, which the export only names" },
	{ "choices from a query are noted", "q", "sql", .choices = "SELECT 1",
	  .expected = "q text note choices from: SELECT 1" },
	{ "an integer has bounds", "q", "text", .validation = "integer", .min = "0", .max = "120",
	  .expected = "q integer 0..120" },
	{ "a number of one decimal is a number", "q", "text", .validation = "number_1dp", .min = "0.5",
	  .expected = "q number 0.5.." },
	{ "a decimal comma is noted, and its bounds get a point", "q", "text", .validation = "number_comma_decimal",
	  .min = "1,5", .max = "3", .expected = "q number 1.5..3 note written with a decimal comma" },
	{ "bounds that cross are noted and not carried", "q", "text", .validation = "integer", .min = "9", .max = "1",
	  .expected = "q integer note smallest above largest: 9; 1" },
	{ "a date has bounds", "q", "text", .validation = "date_mdy", .min = "2024-01-31", .max = "2024-12-31",
	  .expected = "q date 2024-01-31..2024-12-31" },
	{ "today as a bound is noted", "q", "text", .validation = "date_ymd", .max = "today",
	  .expected = "q date note Text Validation Max: today" },
	{ "a field as a bound is noted", "q", "text", .validation = "integer", .min = "[age]",
	  .expected = "q integer note Text Validation Min: [age]" },
	{ "a time leaves the smallest of a datetime its day and the largest nothing", "q", "text",
	  .validation = "datetime_seconds_dmy", .min = "2024-01-31 08:00", .max = "2024-02-01 12:00",
	  .expected = "q datetime 2024-01-31.. note Text Validation Min: 2024-01-31 08:00; "
	              "Text Validation Max: 2024-02-01 12:00" },
	{ "a time is a pattern", "q", "text", .validation = "time",
	  .expected = "q text /([01]?[0-9]|2[0-3]):[0-5][0-9]/" },
	{ "minutes and seconds are a pattern", "q", "text", .validation = "time_mm_ss",
	  .expected = "q text /[0-5]?[0-9]:[0-5][0-9]/" },
	{ "an e-mail address identifies", "q", "text", .validation = "email", .expected = "q text direct" },
	{ "a telephone number identifies", "q", "text", .validation = "phone_australia", .expected = "q text direct" },
	{ "a postcode identifies", "q", "text", .validation = "postalcode_uk", .expected = "q text direct" },
	{ "a hospital's number is an id that identifies", "q", "text", .validation = "mrn_10d",
	  .expected = "q id /[0-9]{10}/ direct" },
	{ "letters alone are a pattern", "q", "text", .validation = "alpha_only", .expected = "q text /[A-Za-z]+/" },
	{ "a validation that is not known is noted", "q", "text", .validation = "iban",
	  .expected = "q text note validation: iban" },
	{ "marks of HTML are taken out of labels, and less-than stays", "q", "text",
	  .label = "<div class=\"rich\"><b>Under</b>&nbsp;18?\n<18 &amp; well</div>", .expected = "q text",
	  .words = "Under 18? <18 & well|" },
	{ "a field note belongs to the question's words", "q", "text", .label = "Height", .field_note = "in cm",
	  .expected = "q text", .words = "Height|Height (in cm)" },
	{ "a matrix is named by its section header", "q", "radio", .label = "Noise", .section = "How bad is it?",
	  .matrix = "bad", .choices = "1, Not | 2, Very", .expected = "q code {1=Not|2=Very}",
	  .words = "Noise|How bad is it? | Noise" },
	{ "a section header names no single question", "q", "text", .label = "Noise", .section = "Your street",
	  .expected = "q text", .words = "Noise|" },
	{ "a condition that cannot be put into SQL is noted in REDCap's words", "q", "text",
	  .branching = "datediff([visit], 'today', 'd') > 3",
	  .expected = "q text note asked if: datediff([visit], 'today', 'd') > 3" },
	{ "a condition on another form is carried with a warning", "q", "text", .form = "away",
	  .branching = "[sex] = '1'",
	  .expected =
	          "q text if \"sex\" is '1' note asked_if reads answers that may stand in other rows: [sex] = '1'" },
	{ "a form has a column for its state", "q", "text", .form = "away", .expected = "q text" },
};

static void redcap_field_is_read(void **state)
{
	const struct field *field = *state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	begin_redcap(&file);
	add_field(&file, field);
	assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
	assert_last_is(questionnaire, field->name, field->expected);
	if (field->words) {
		const struct questionnaire_entry *entry = questionnaire_find(questionnaire, field->name);
		char *words = mem_print("%s|%s", entry->label, entry->question);
		assert_string_equal(words, field->words);
		free(words);
	}
	questionnaire_free(questionnaire);
	text_free(&file);
}

static void forms_have_columns_of_their_own(void **state)
{
	(void)state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	begin_redcap(&file);
	add_field(&file, &(struct field){ .name = "shown", .type = "descriptive", .label = "Thank you" });
	add_field(&file, &(struct field){ .name = "last", .type = "text", .form = "away" });
	assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
	assert_int_equal(questionnaire->count, COUNT(home) + 5); /* last, and two columns for each form; not shown */
	assert_string_equal(questionnaire->entries[COUNT(home)].name, "home_complete");
	assert_last_is(questionnaire, "home_complete", "home_complete code {0=Incomplete|1=Unverified|2=Complete}");
	assert_last_is(questionnaire, "away_complete", "away_complete code {0=Incomplete|1=Unverified|2=Complete}");
	assert_last_is(questionnaire, "away_timestamp",
	               "away_timestamp datetime note only where the form is a survey; [not "
	               "completed] where it was begun");
	assert_null(questionnaire_find(questionnaire, "shown"));
	assert_string_equal(questionnaire->entries[0].name, "record_id");
	assert_int_equal(questionnaire->entries[0].type, VARIABLE_ID);
	questionnaire_free(questionnaire);
	text_free(&file);
}

static void api_and_byte_order_mark_are_read_alike(void **state)
{
	(void)state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	text_add(&file, "\xEF\xBB\xBF");
	add_cells(&file, api_header, COUNT(api_header));
	for (size_t i = 0; i < COUNT(home); i++)
		add_field(&file, &home[i]);
	text_add(&file, "\n");
	assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
	assert_int_equal(questionnaire->count, COUNT(home) + 2);
	assert_last_is(questionnaire, "need", "need codes {1=Speech|-9=Sight|88=Don't know?dont_know}");
	questionnaire_free(questionnaire);
	text_free(&file);
}

static void equal_choices_are_one_list(void **state)
{
	(void)state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	begin_redcap(&file);
	static const char choices[] = "1, Never | 2, Often";
	add_field(&file, &(struct field){ .name = "m1", .type = "radio", .matrix = "grid", .choices = choices });
	add_field(&file, &(struct field){ .name = "m2", .type = "radio", .matrix = "grid", .choices = choices });
	add_field(&file, &(struct field){ .name = "other", .type = "radio", .choices = "1, Never | 2, Sometimes" });
	assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
	assert_ptr_equal(questionnaire_find(questionnaire, "m1")->list, questionnaire_find(questionnaire, "m2")->list);
	assert_string_equal(questionnaire_find(questionnaire, "m1")->list->name, "grid");
	assert_string_equal(questionnaire_find(questionnaire, "other")->list->name, "other");
	assert_int_equal(questionnaire->list_count, 6); /* sex, tenure, need, grid, other, form_complete */
	questionnaire_free(questionnaire);
	text_free(&file);
}

/* --- XLSForm --- */

struct question {
	const char *test;
	const char *type, *name, *relevant, *constraint, *parameters, *required, *calculation, *filter, *label, *hint;
	const char *expected, *words;
};

static const char *const survey_header[] = {
	"type",     "name",       "label::Français (fr)", "label::English (en)", "hint",      "required",
	"relevant", "constraint", "calculation",          "choice_filter",       "parameters"
};

static void add_question(struct text *file, const struct question *question)
{
	const char *cells[] = { question->type,     question->name,       "fr",
		                question->label,    question->hint,       question->required,
		                question->relevant, question->constraint, question->calculation,
		                question->filter,   question->parameters };
	add_cells(file, cells, COUNT(cells));
}

/* As home[], with groups. */
static const struct question survey[] = {
	{ .type = "start", .name = "start" },
	{ .type = "select_one sex", .name = "sex" },
	{ .type = "begin_group", .name = "house" },
	{ .type = "select_one tenure", .name = "tenure" },
	{ .type = "begin group", .name = "rooms" },
	{ .type = "select_multiple need", .name = "need" },
	{ .type = "end group" },
	{ .type = "end_group" },
	{ .type = "integer", .name = "age" },
	{ .type = "decimal", .name = "weight" },
	{ .type = "date", .name = "visit" },
	{ .type = "text", .name = "city" },
	{ .type = "note", .name = "thanks" },
};

static const char choices_sheet[] = "list_name,name,label,label::English (en)\n"
				    "sex,1,x,Female\nsex,2,x,Male\nsex,99,x,Prefer not to say\n,,,\n"
				    "tenure,own,x,Owned\ntenure,rent,x,Rented\n"
				    "need,1,x,Speech\nneed,-9,x,Sight\nneed,88,x,Don't know\n"
				    "bus,b,x,Bus\nbus,n,x,None\n"
				    "street,a,x,High Street\nstreet,a,x,Low Street\n"
				    "unused,1,x,One\n";

static void begin_survey(struct text *file)
{
	add_cells(file, survey_header, COUNT(survey_header));
	for (size_t i = 0; i < COUNT(survey); i++)
		add_question(file, &survey[i]);
}

static const struct question questions[] = {
	{ "text is text", "text", "q", .expected = "q text" },
	{ "an integer is one", "integer", "q", .expected = "q integer" },
	{ "a decimal is a number", "decimal", "q", .expected = "q number" },
	{ "a date is one", "date", "q", .expected = "q date" },
	{ "today is a date", "today", "q", .expected = "q date" },
	{ "a time with its zone is text", "dateTime", "q", .expected = "q text note dateTime: a time with its zone" },
	{ "a device identifies", "deviceid", "q", .expected = "q text direct" },
	{ "a telephone number identifies", "phonenumber", "q", .expected = "q text direct" },
	{ "a place identifies", "geopoint", "q", .expected = "q text direct" },
	{ "where the form was begun identifies", "start-geopoint", "q", .expected = "q text direct" },
	{ "a photograph identifies", "image", "q",
	  .expected = "q text direct note a file, which the export only names" },
	{ "a calculation is text with its expression noted", "calculate", "q", .calculation = "${age} * 2",
	  .expected = "q text note calculated: ${age} * 2" },
	{ "an acknowledgement is OK", "acknowledge", "q", .expected = "q code {OK=OK}" },
	{ "one of a list is a code", "select_one bus", "q", .expected = "q code {b=Bus|n=None}" },
	{ "several of a list are codes, and none shuts out the others", "select_multiple bus", "q",
	  .expected = "q codes {b=Bus|n=None!}" },
	{ "the older words for types are understood", "select all that apply from bus", "q",
	  .expected = "q codes {b=Bus|n=None!}" },
	{ "or_other adds a choice", "select_one tenure or_other", "q",
	  .expected = "q code {own=Owned|rent=Rented|other=Other}" },
	{ "a list outside the form is text with a note", "select_one_from_file towns.csv", "q",
	  .expected = "q text note type: select_one_from_file towns.csv" },
	{ "a ranking is text with a note", "rank bus", "q", .expected = "q text note type: rank bus" },
	{ "a code of several labels has the first, with a note", "select_one street", "q", .filter = "town=${city}",
	  .expected =
	          "q code {a=High Street} note its list gives one code several labels; choice_filter: town=${city}" },
	{ "a range has bounds", "range", "q", .parameters = "start=1 end=5 step=1", .expected = "q integer 1..5" },
	{ "a range without parameters goes from 0 to 10", "range", "q", .expected = "q integer 0..10" },
	{ "a range in halves is a number", "range", "q", .parameters = "start=5;end=0;step=0.5",
	  .expected = "q number 0..5" },
	{ "required is required", "text", "q", .required = "true()", .expected = "q text required" },
	{ "what is required of some is noted", "text", "q", .required = "${age} > 18",
	  .expected = "q text note required: ${age} > 18" },
	{ "what not everybody sees is not required of everybody", "text", "q", .required = "yes",
	  .relevant = "${age} > 18", .expected = "q text if coalesce(\"age\" > 18, 0)" },
	{ "bounds include their ends", "integer", "q", .constraint = ". >= 0 and . <= 120",
	  .expected = "q integer 0..120" },
	{ "whole numbers above 17 begin at 18", "integer", "q", .constraint = ".> 17 and .<50",
	  .expected = "q integer 18..49" },
	{ "bounds may be turned round and in brackets", "integer", "q", .constraint = "(0 <= .) and ((5 > .))",
	  .expected = "q integer 0..4" },
	{ "the closer of two bounds counts", "integer", "q", .constraint = ". > 3 and . >= 2",
	  .expected = "q integer 4.." },
	{ "numbers above 0 are noted, as 0 is let through", "decimal", "q", .constraint = ". > 0",
	  .expected = "q number 0.. note constraint: . > 0" },
	{ "dates have bounds", "date", "q", .constraint = ". > date('2024-02-28') and . <= date(\"2024-12-31\")",
	  .expected = "q date 2024-02-29..2024-12-31" },
	{ "what is joined by or is noted", "integer", "q", .constraint = ".=0 or .>=999 and .<= 10000",
	  .expected = "q integer note constraint: .=0 or .>=999 and .<= 10000" },
	{ "an or behind an and is noted too", "integer", "q", .constraint = ". > 5 and . < 9 or . = 99",
	  .expected = "q integer note constraint: . > 5 and . < 9 or . = 99" },
	{ "a bound beside what cannot be carried is carried, and the whole noted", "integer", "q",
	  .constraint = ". >= 1 and . <= ${age}", .expected = "q integer 1.. note constraint: . >= 1 and . <= ${age}" },
	{ "a bound inside not is none", "integer", "q", .constraint = "not(. > 5)",
	  .expected = "q integer note constraint: not(. > 5)" },
	{ "words joined in a text are no words", "text", "q", .constraint = ". != 'a and b or c'",
	  .expected = "q text note constraint: . != 'a and b or c'" },
	{ "an anchored pattern is carried without its anchors", "text", "q", .constraint = "regex(., '^0[0-9]{10}$')",
	  .expected = "q text /0[0-9]{10}/" },
	{ "\\d in a pattern is a digit", "text", "q", .constraint = "regex(. , '^\\d{4}\\.(a|b)$')",
	  .expected = "q text /[0-9]{4}\\.(a|b)/" },
	{ "a pattern without anchors is noted", "text", "q", .constraint = "regex(., '[0-9]')",
	  .expected = "q text note constraint: regex(., '[0-9]')" },
	{ "a pattern of two alternatives with an anchor each is noted", "text", "q",
	  .constraint = "regex(., '^a$|^b$')", .expected = "q text note constraint: regex(., '^a$|^b$')" },
	{ "a pattern that POSIX reads otherwise is noted", "text", "q", .constraint = "regex(., '^\\w+?$')",
	  .expected = "q text note constraint: regex(., '^\\w+?$')" },
	{ "a backslash in a set is another thing in POSIX", "text", "q", .constraint = "regex(., '^[\\d-]+$')",
	  .expected = "q text note constraint: regex(., '^[\\d-]+$')" },
	{ "the English label counts, and the hint belongs to the words", "text", "q", .label = "Your **age**",
	  .hint = "in years", .expected = "q text", .words = "Your **age**|Your **age** (in years)" },
};

static void xlsform_question_is_read(void **state)
{
	const struct question *question = *state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	begin_survey(&file);
	add_question(&file, question);
	assert_ok(read_text(&questionnaire, "xlsform", file.bytes, choices_sheet, &err), &err);
	assert_last_is(questionnaire, question->name, question->expected);
	if (question->words) {
		const struct questionnaire_entry *entry = questionnaire_find(questionnaire, question->name);
		char *words = mem_print("%s|%s", entry->label, entry->question);
		assert_string_equal(words, question->words);
		free(words);
	}
	questionnaire_free(questionnaire);
	text_free(&file);
}

static void groups_join_their_conditions(void **state)
{
	(void)state;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	begin_survey(&file);
	const struct question rows[] = {
		{ .type = "begin_group", .name = "g", .relevant = "${sex} = '1' or ${sex} = '2'" },
		{ .type = "begin_group", .name = "h", .relevant = "${age} > 17" },
		{ .type = "text", .name = "a", .required = "yes" },
		{ .type = "text", .name = "b", .relevant = "${city} != ''" },
		{ .type = "end_group" },
		{ .type = "begin_group", .name = "k", .relevant = "pulldata('x', 'y', 'z', 'w') = 1" },
		{ .type = "text", .name = "c", .relevant = "${age} > 17", .required = "yes" },
		{ .type = "end_group" },
		{ .type = "end_group" },
		{ .type = "begin_repeat", .name = "child" },
		{ .type = "text", .name = "d", .required = "yes", .relevant = "${age} > 17" },
		{ .type = "end repeat" },
		{ .type = "select_one tenure or_other", .name = "e", .relevant = "${age} > 17" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		add_question(&file, &rows[i]);
	assert_ok(read_text(&questionnaire, "xlsform", file.bytes, choices_sheet, &err), &err);
	assert_last_is(questionnaire, "a",
	               "a text if (\"sex\" is '1' or \"sex\" is '2') and coalesce(\"age\" > 17, 0)");
	assert_last_is(questionnaire, "b",
	               "b text if (\"sex\" is '1' or \"sex\" is '2') and coalesce(\"age\" > 17, 0) and "
	               "\"city\" is not null");
	assert_last_is(questionnaire, "c",
	               "c text note asked if: (${sex} = '1' or ${sex} = '2') and (pulldata('x', 'y', 'z', "
	               "'w') = 1) and (${age} > 17)");
	assert_last_is(questionnaire, "d",
	               "d text if coalesce(\"age\" > 17, 0) note in a repeat, whose rows are in a file of their own: "
	               "child; asked_if reads answers that may stand in other rows: ${age} > 17");
	assert_last_is(questionnaire, "e_other", "e_other text if \"e\" is 'other'");
	assert_string_equal(questionnaire_find(questionnaire, "a")->path, "g/h/a");
	assert_null(questionnaire_find(questionnaire, "thanks"));
	for (size_t i = 0; i < questionnaire->list_count; i++)
		assert_string_not_equal(questionnaire->lists[i].name, "unused");
	questionnaire_free(questionnaire);
	text_free(&file);
}

/* --- Jisc --- */

static void key_is_read_in_its_order(void **state)
{
	(void)state;
	static const char key[] = "\"URN\",\"Unique Response Number\"\n\"Q1\",\"Where do you live?\"\n\"1\",\"Luton\"\n"
				  "\"2\",\"Prefer not to say\"\n\"Q2\",\"What helped?\"\n\"1\",\"Friends\"\n"
				  "\"2\",\"None of the above\"\n\"Q2_a\",\"Other\"\n\"Q3\",\"How often?\"\n"
				  "\"Q3_1_a\",\"School\"\n\"1\",\"Before\"\n\"Q3_1_b\",\"School\"\n\"1\",\"After\"\n"
				  "\"Q3_2_a\",\"Work\"\n\"1\",\"Before\"\n\"Q4\",\"Anything else?\"\n"
				  "\"CompletionDate\",\"Submission date\"\n";
	static const char *const expected[] = {
		"URN id",
		"Q1 code {1=Luton|2=Prefer not to say?refused}",
		"Q2 code {1=Friends|2=None of the above!}",
		"Q2_a text",
		"Q3 text note heads a grid: its answers stand in the questions below it",
		"Q3_1_a code {1=Before}",
		"Q3_1_b code {1=After}",
		"Q3_2_a code {1=Before}",
		"Q4 text",
		"CompletionDate date",
	};
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	assert_ok(read_text(&questionnaire, "jisc", key, NULL, &err), &err);
	assert_int_equal(questionnaire->count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_last_is(questionnaire, questionnaire->entries[i].name, expected[i]);
	assert_ptr_equal(questionnaire_find(questionnaire, "Q3_1_a")->list,
	                 questionnaire_find(questionnaire, "Q3_2_a")->list);
	assert_string_equal(questionnaire_find(questionnaire, "Q3_1_b")->label, "School: After");
	assert_string_equal(questionnaire_find(questionnaire, "Q3_1_b")->question, "How often? | School");
	assert_string_equal(questionnaire_find(questionnaire, "Q4")->question, "");
	questionnaire_free(questionnaire);
}

/* --- conditions --- */

/* What the condition is here, NULL where it cannot be carried; and whether the platform shows the question to somebody
 * with sex 1, tenure own, needs 1 and -9, age 40, weight 61.5, visited 2024-03-01, in York; and to somebody who
 * answered nothing. What the platforms do with blanks: XPath 1.0, 3.4 and 4.4 (a blank is no number, and NaN compares
 * false); REDCap reads a blank as NaN in comparisons, and as '' beside a text. */
struct condition {
	const char *form, *text, *sql;
	bool shown, shown_blank;
};

static const struct condition conditions[] = {
	{ "redcap", "[sex] = '1'", "\"sex\" is '1'", true, false },
	{ "redcap", "[sex]=\"2\"", "\"sex\" is '2'", false, false },
	{ "redcap", "[sex] = 1", "\"sex\" is '1'", true, false },
	{ "redcap", "[sex] <> '1'", "\"sex\" is not '1'", false, true },
	{ "redcap", "'2' != [sex]", "\"sex\" is not '2'", true, true },
	{ "redcap", "[sex] > 1", NULL, false, false }, /* 99 is above, and missing here */
	{ "redcap", "[sex] < 2", "coalesce(\"sex\" < 2, 0)", true, false },
	{ "redcap", "[sex] = '99'", NULL, false, false },
	{ "redcap", "[sex] = '3'", NULL, false, false },
	{ "redcap", "[sex] = ''", NULL, false, false }, /* who prefers not to say is not blank there */
	{ "redcap", "[tenure] = ''", "\"tenure\" is null", false, true },
	{ "redcap", "[tenure] <> \"\"", "\"tenure\" is not null", true, false },
	{ "redcap", "[tenure] > 'a'", NULL, false, false },
	{ "redcap", "[need(1)] = '1'", "coalesce(has(\"need\", '1'), 0)", true, false },
	{ "redcap", "[need(-9)] = 1", "coalesce(has(\"need\", '-9'), 0)", true, false },
	{ "redcap", "[need(1)] = '0'", "not coalesce(has(\"need\", '1'), 0)", false, true },
	{ "redcap", "[need(1)] <> '1'", "not coalesce(has(\"need\", '1'), 0)", false, true },
	{ "redcap", "[need(88)] = '1'", NULL, false, false },
	{ "redcap", "[need(5)] = '1'", NULL, false, false },
	{ "redcap", "[need] = '1'", NULL, false, false },
	{ "redcap", "[age] >= 18", "coalesce(\"age\" >= 18, 0)", true, false },
	{ "redcap", "18 <= [age]", "coalesce(\"age\" >= 18, 0)", true, false },
	{ "redcap", "[age] < '18'", "coalesce(\"age\" < 18, 0)", false, false },
	{ "redcap", "[age] > -5.5", "coalesce(\"age\" > -5.5, 0)", true, false },
	{ "redcap", "[age] = 40", "\"age\" is 40", true, false },
	{ "redcap", "[age] <> 40", "\"age\" is not 40", false, true },
	{ "redcap", "[age] > [weight]", "coalesce(\"age\" > \"weight\", 0)", false, false },
	{ "redcap", "[age] = [weight]", NULL, false, false },
	{ "redcap", "[age] + [weight] > 100", "coalesce(\"age\" + \"weight\" > 100, 0)", true, false },
	{ "redcap", "[age] - ([weight] - 1) < 0", "coalesce(\"age\" - (\"weight\" - 1) < 0, 0)", true, false },
	{ "redcap", "[age] / 2 > 10", NULL, false, false },
	{ "redcap", "[age] > 'x'", NULL, false, false },
	{ "redcap", "[visit] > '2024-01-01'", "coalesce(\"visit\" > '2024-01-01', 0)", true, false },
	{ "redcap", "[visit] = '2024-03-01'", "\"visit\" is '2024-03-01'", true, false },
	{ "redcap", "[visit] > '01-01-2024'", NULL, false, false },
	{ "redcap", "[city] = 'York'", "\"city\" is 'York'", true, false },
	{ "redcap", "[city] = \"King's Lynn\"", "\"city\" is 'King''s Lynn'", false, false },
	{ "redcap", "[city] = 5", NULL, false, false },
	{ "redcap", "[city] > 'A'", NULL, false, false },
	{ "redcap", "[sex] = '2' or [age] > 30 AND [tenure] = 'own'",
	  "\"sex\" is '2' or coalesce(\"age\" > 30, 0) and \"tenure\" is 'own'", true, false },
	{ "redcap", "([sex] = '2' or [sex] = '1') and ([tenure] = 'rent')",
	  "(\"sex\" is '2' or \"sex\" is '1') and \"tenure\" is 'rent'", false, false },
	{ "redcap", "(([sex])) = ('1')", "\"sex\" is '1'", true, false },
	{ "redcap", "[visit_1_arm_1][sex] = '1'", NULL, false, false },
	{ "redcap", "[sex][2] = '1'", NULL, false, false },
	{ "redcap", "[user-name] = 'x'", NULL, false, false },
	{ "redcap", "[nobody] = '1'", NULL, false, false },
	{ "redcap", "[sex]", NULL, false, false },
	{ "redcap", "1 = 1", NULL, false, false },
	{ "redcap", "[sex] = '1' and", NULL, false, false },
	{ "redcap", "[sex] = '1') or (1 = 1", NULL, false, false },
	{ "redcap", "[sex] = '1' or [sex", NULL, false, false },
	{ "redcap", "[sex] = '1' = '1'", NULL, false, false },
	{ "redcap", "[city] = 'x' -- '", NULL, false, false },
	{ "xlsform", "${sex} = '1'", "\"sex\" is '1'", true, false },
	{ "xlsform", "${sex} !='1'", "\"sex\" is not '1'", false, true },
	{ "xlsform", "selected(${sex}, '1')", "\"sex\" is '1'", true, false },
	{ "xlsform", "selected( ${need} ,'-9')", "coalesce(has(\"need\", '-9'), 0)", true, false },
	{ "xlsform", "selected(${need}, '88')", NULL, false, false },
	{ "xlsform", "selected(${city}, 'York')", NULL, false, false },
	{ "xlsform", "${need} = '1'", NULL, false, false },
	{ "xlsform", "not(selected(${need}, '1'))", "not (coalesce(has(\"need\", '1'), 0))", false, true },
	{ "xlsform", "not(${age} > 50) and ${sex} = '1'", "not (coalesce(\"age\" > 50, 0)) and \"sex\" is '1'", true,
	  false },
	{ "xlsform", "not(${age} > 17 or ${sex} = '2')", "not (coalesce(\"age\" > 17, 0) or \"sex\" is '2')", false,
	  true },
	{ "xlsform", "${age}<(${weight}+${age}+1)", "coalesce(\"age\" < \"weight\" + \"age\" + 1, 0)", true, false },
	{ "xlsform", "${visit} >= date('2024-03-01')", "coalesce(\"visit\" >= '2024-03-01', 0)", true, false },
	{ "xlsform", "${visit} >= today()", NULL, false, false },
	{ "xlsform", "${tenure} = ''", "\"tenure\" is null", false, true },
	{ "xlsform", "count-selected(${need}) > 1", NULL, false, false },
	{ "xlsform", "if(${age} > 1, 1, 0) = 1", NULL, false, false },
	{ "xlsform", ". = 1", NULL, false, false },
	{ "xlsform", "/data/age > 1", NULL, false, false },
	{ "xlsform", "[sex] = '1'", NULL, false, false },
	{ "xlsform", "true()", NULL, false, false },
};

static const char *with_prefix(const char *name, void *data)
{
	static char variable[100];
	snprintf(variable, sizeof variable, "%s%s", (char *)data, name);
	return variable;
}

static void set_row(struct expression_column *row, bool blank)
{
	row[0] = (struct expression_column){ .name = "v_sex", .type = EXPRESSION_INTEGER, .integer = 1 };
	row[1] = (struct expression_column){ .name = "v_tenure", .type = EXPRESSION_TEXT, .text = "own" };
	row[2] = (struct expression_column){ .name = "v_need", .type = EXPRESSION_TEXT, .text = "1;-9" };
	row[3] = (struct expression_column){ .name = "v_age", .type = EXPRESSION_INTEGER, .integer = 40 };
	row[4] = (struct expression_column){ .name = "v_weight", .type = EXPRESSION_REAL, .real = 61.5 };
	row[5] = (struct expression_column){ .name = "v_visit", .type = EXPRESSION_TEXT, .text = "2024-03-01" };
	row[6] = (struct expression_column){ .name = "v_city", .type = EXPRESSION_TEXT, .text = "York" };
	for (size_t i = 0; i < 7; i++)
		row[i].missing = blank;
}

static void condition_shows_what_the_platform_shows(void **state)
{
	const struct condition *condition = *state;
	bool redcap = strcmp(condition->form, "redcap") == 0;
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	if (redcap) {
		begin_redcap(&file);
		add_field(&file, &(struct field){ .name = "q", .type = "text", .branching = condition->text });
	} else {
		begin_survey(&file);
		add_question(&file, &(struct question){ .name = "q", .type = "text", .relevant = condition->text });
	}
	assert_ok(read_text(&questionnaire, condition->form, file.bytes, redcap ? NULL : choices_sheet, &err), &err);
	const struct questionnaire_entry *entry = questionnaire_find(questionnaire, "q");
	if (!condition->sql) {
		assert_null(entry->asked_if);
		assert_non_null(entry->note);
	} else {
		assert_non_null(entry->asked_if);
		assert_string_equal(entry->asked_if, condition->sql);
		assert_null(entry->note);
		char prefix[] = "v_", *renamed = questionnaire_rename(entry->asked_if, with_prefix, prefix);
		struct expression_column row[7];
		struct expressions *expressions = NULL;
		struct expression *expression = NULL;
		set_row(row, false);
		assert_ok(expressions_new(&expressions, row, COUNT(row), &err), &err);
		assert_ok(expression_compile(&expression, expressions, renamed, "variables.csv", 2, &err), &err);
		assert_int_equal(expression_truth(expression), condition->shown ? EXPRESSION_TRUE : EXPRESSION_FALSE);
		set_row(row, true);
		assert_int_equal(expression_truth(expression),
		                 condition->shown_blank ? EXPRESSION_TRUE : EXPRESSION_FALSE);
		expressions_free(expressions);
		free(renamed);
	}
	questionnaire_free(questionnaire);
	text_free(&file);
}

/* Thousands of brackets or terms end in a note, not in a crash. */
static void endless_conditions_are_noted(void **state)
{
	(void)state;
	static const char *const repeated[] = { "(", "[age] > 1 and ", "[age] + ", "[sex] = '1' or " };
	for (size_t i = 0; i < COUNT(repeated); i++) {
		struct text file = { 0 }, condition = { 0 };
		struct questionnaire *questionnaire = NULL;
		struct error err = { 0 };
		for (size_t times = 0; times < 3000; times++)
			text_add(&condition, repeated[i]);
		text_add(&condition, "[sex] = '1'");
		begin_redcap(&file);
		add_field(&file, &(struct field){ .name = "q", .type = "text", .branching = condition.bytes });
		assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
		assert_null(questionnaire_find(questionnaire, "q")->asked_if);
		assert_non_null(questionnaire_find(questionnaire, "q")->note);
		questionnaire_free(questionnaire);
		text_free(&condition);
		text_free(&file);
	}
}

/* --- names --- */

static const char *by_table(const char *name, void *data)
{
	(void)data;
	static const char *const names[][2] = { { "a", "b" }, { "b", "order" }, { "say \"x\"", "x" } };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	return NULL;
}

static void names_alone_are_renamed(void **state)
{
	(void)state;
	static const char *const examples[][2] = {
		{ "\"a\" is 'a' and \"b\" is '\"a\"'", "b is 'a' and \"order\" is '\"a\"'" },
		{ "\"a\" is 'it''s \"b\"'", "b is 'it''s \"b\"'" },
		{ "\"say \"\"x\"\"\" is null", "x is null" },
		{ "\"c\" is 'a'", NULL },
		{ "\"a\" is 'a' or \"c\" is 'a'", NULL },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		char *renamed = questionnaire_rename(examples[i][0], by_table, NULL);
		if (examples[i][1])
			assert_string_equal(renamed, examples[i][1]);
		else
			assert_null(renamed);
		free(renamed);
	}
}

/* A form with groups house/rooms/need, house/age, work/age, city. */
static void columns_find_their_entry(void **state)
{
	(void)state;
	static const char form[] =
		"type,name,label\nbegin_group,house,\nbegin_group,rooms,\nselect_multiple need,need,\n"
		"end_group,,\ninteger,age,\nend_group,,\nbegin_group,work,\ninteger,age,\nend_group,,\n"
		"text,city,\ntext,a-b,\ntext,speech,\n";
	static const char *const examples[][2] = {
		{ "city", "city" },
		{ "a-b", "a-b" },
		{ "house/rooms/need", "house/rooms/need" },
		{ "house-rooms-need", "house/rooms/need" },
		{ "rooms-need", "house/rooms/need" },
		{ "need", "house/rooms/need" },
		{ "house/age", "house/age" },
		{ "work-age", "work/age" },
		{ "age", NULL },
		{ "old/age", NULL },
		{ "old/city", "city" },
		{ "old-group/a-b", "a-b" },
		{ "house/rooms/need/speech", NULL },
		{ "need/speech", NULL },
		{ "old/need/speech", NULL },
		{ "xneed", NULL },
		{ "city/", NULL },
		{ "", NULL },
	};
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	assert_ok(read_text(&questionnaire, "xlsform", form, "list name,value,label\nneed,speech,Speech\n", &err),
	          &err);
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct questionnaire_entry *entry = questionnaire_find(questionnaire, examples[i][0]);
		if (!examples[i][1] && entry)
			fail_msg("`%s` finds %s", examples[i][0], entry->path);
		if (examples[i][1] && !entry)
			fail_msg("`%s` finds nothing", examples[i][0]);
		if (examples[i][1])
			assert_string_equal(entry->path, examples[i][1]);
	}
	questionnaire_free(questionnaire);
}

static void boxes_find_their_code(void **state)
{
	(void)state;
	static const char *const examples[][2] = { { "1", "1" },  { "-9", "-9" }, { "_9", "-9" },   { "88", "88" },
		                                   { "9", NULL }, { "", NULL },   { "a_b", "A.b" }, { "a_c", NULL } };
	struct text file = { 0 };
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	add_cells(&file, file_header, COUNT(file_header));
	add_field(&file,
	          &(struct field){ .name = "need", .type = "checkbox", .choices = "1,a|-9,b|88,c|A.b,d|a.c,e|a-c,f" });
	add_field(&file, &(struct field){ .name = "id", .type = "text" });
	assert_ok(read_text(&questionnaire, "redcap", file.bytes, NULL, &err), &err);
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct questionnaire_code *code =
			questionnaire_option(questionnaire_find(questionnaire, "need"), examples[i][0]);
		if (examples[i][1])
			assert_string_equal(code ? code->code : "none", examples[i][1]);
		else
			assert_null(code);
	}
	assert_null(questionnaire_option(questionnaire_find(questionnaire, "id"), "1"));
	questionnaire_free(questionnaire);
	text_free(&file);
}

/* --- labels --- */

static const struct {
	const char *label;
	enum missing_reason reason;
} labels[] = {
	{ "Prefer not to say", MISSING_REFUSED },
	{ "PREFER NOT TO ANSWER.", MISSING_REFUSED },
	{ "I\xE2\x80\x99"
	  "d rather not say",
	  MISSING_REFUSED },
	{ "(Refused)", MISSING_REFUSED },
	{ "Don't know", MISSING_DONT_KNOW },
	{ "Don\xE2\x80\x99t know", MISSING_DONT_KNOW },
	{ "dont  know", MISSING_DONT_KNOW },
	{ "Don't know / Not sure", MISSING_DONT_KNOW },
	{ "Not sure", MISSING_DONT_KNOW },
	{ "Unsure?", MISSING_DONT_KNOW },
	{ "Not applicable", MISSING_NOT_APPLICABLE },
	{ "N/A", MISSING_NOT_APPLICABLE },
	{ "n.a.", MISSING_NOT_APPLICABLE },
	{ "No answer", MISSING_NOT_ANSWERED },
	{ "[not completed]", MISSING_NOT_ANSWERED },
	{ "Missing", MISSING_NOT_ANSWERED },
	{ "N\xC3\xA3o sei", MISSING_DONT_KNOW },
	{ "Pr\xC3\xA9"
	  "f\xC3\xA8re ne pas r\xC3\xA9pondre",
	  MISSING_REFUSED },
	{ "Je ne sais pas", MISSING_DONT_KNOW },
	{ "Yes", MISSING_NONE },
	{ "No", MISSING_NONE },
	{ "", MISSING_NONE },
	{ "...", MISSING_NONE },
	{ "None", MISSING_NONE },
	{ "Not sure I would go again", MISSING_NONE },
	{ "I don't know my neighbours", MISSING_NONE },
	{ "Don't know or prefer not to say", MISSING_NONE }, /* two reasons: for a person to decide */
	{ "Missing school", MISSING_NONE },
	{ "Neither agree nor disagree", MISSING_NONE },
};

static void whole_labels_say_why_there_is_no_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(labels); i++)
		if (label_reason(labels[i].label) != labels[i].reason)
			fail_msg("`%s` is %d", labels[i].label, (int)label_reason(labels[i].label));
}

static void none_of_these_shuts_out_the_others(void **state)
{
	(void)state;
	static const char *const yes[] = { "None of these", "None of the above.", "NONE", "none (of these)" };
	static const char *const no[] = { "None of my friends", "Non", "One of these", "", "Nonexistent" };
	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(label_is_exclusive(yes[i]));
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(label_is_exclusive(no[i]));
}

/* --- what is refused --- */

#define REDCAP_HEADER                                                                                                  \
	"field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,"        \
	"text_validation_type,text_validation_min,text_validation_max,identifier,branching_logic,required_field\n"

static const struct refusal {
	const char *test, *form, *dictionary, *choices, *message;
	size_t line;
} refusals[] = {
	{ "an export is no REDCap dictionary", "redcap", "record_id,sex\n1,2\n", NULL,
	  "no column is named Variable / Field Name", 1 },
	{ "an export is no survey sheet", "xlsform", "start,sex\n1,2\n", NULL, "no column is named type", 1 },
	{ "the sheet choices is no survey sheet", "xlsform", "list_name,name,label\na,1,x\n", NULL,
	  "no column is named type", 1 },
	{ "an export is no key", "jisc", "\"URN\",\"Q1\",\"Q2\"\n\"1-2\",\"1\",\"2\"\n", NULL, "two cells", 1 },
	{ "an export of two columns is no key", "jisc", "\"URN\",\"Q1\"\n\"1-2\",\"1\"\n", NULL,
	  "neither a question nor an option", 1 },
	{ "an export of other columns is no key", "jisc", "id,town\n1,Luton\n", NULL, "no question is above", 2 },
	{ "names and towns are no key", "jisc", "name,town\nann,Luton\n", NULL, "no question of a key", 2 },
	{ "an option without a question has no meaning", "jisc", "\"1\",\"Yes\"\n", NULL, "no question is above", 1 },
	{ "an option stands once", "jisc", "Q1,x\n1,a\n2,b\n1,c\n", NULL, "two options of the number 1", 4 },
	{ "a question stands once", "jisc", "Q1,x\n1,a\nQ1,y\n", NULL, "Q1 stands here twice", 3 },
	{ "semicolons part no cells", "redcap", "variable;form_name\n", NULL, "no column is named", 1 },
	{ "nor do they between quotes", "redcap", "\"Variable / Field Name\";\"Form Name\"\n", NULL, "a quote stands",
	  1 },
	{ "a type that REDCap does not have", "redcap", REDCAP_HEADER "q,f,,radoi,,,,,,,,,\n", NULL, "the type radoi",
	  2 },
	{ "a field stands once", "redcap", REDCAP_HEADER "q,f,,text,,,,,,,,,\nq,f,,text,,,,,,,,,\n", NULL,
	  "q stands here twice", 3 },
	{ "a field has a form", "redcap", REDCAP_HEADER "q,,,text,,,,,,,,,\n", NULL, "no Form Name", 2 },
	{ "a choice has a comma", "redcap", REDCAP_HEADER "q,f,,radio,,\"1, a | b\",,,,,,,\n", NULL,
	  "without a comma: b", 2 },
	{ "a choice has a code", "redcap", REDCAP_HEADER "q,f,,radio,,\"1, a | , b\",,,,,,,\n", NULL,
	  "without a code: b", 2 },
	{ "a choice has a code of its own", "redcap", REDCAP_HEADER "q,f,,radio,,\"1, a | 1, b\",,,,,,,\n", NULL,
	  "two choices of the code 1", 2 },
	{ "a radio has choices", "redcap", REDCAP_HEADER "q,f,,radio,,,,,,,,,\n", NULL, "no choices", 2 },
	{ "a row is as long as the header", "redcap", REDCAP_HEADER "q,f,,text\n", NULL, "4 cells, the header has 13",
	  2 },
	{ "a quote that is not closed", "redcap", REDCAP_HEADER "q,f,,text,\"open,,,,,,,,\n", NULL, "not closed", 2 },
	{ "a dictionary has fields", "redcap", REDCAP_HEADER, NULL, "no fields", 1 },
	{ "a type that XLSForms do not have", "xlsform", "type,name\nintegr,q\n", NULL, "integr is no type", 2 },
	{ "a question has a name", "xlsform", "type,name\ntext,\n", NULL, "has no name", 2 },
	{ "a question of a group stands once", "xlsform", "type,name\ntext,q\n\ntext,q\n", NULL, "q stands here twice",
	  4 },
	{ "a list is in the sheet choices", "xlsform", "type,name\nselect_one yn,q\n", "list_name,name\ny,1\n",
	  "no list named yn", 2 },
	{ "lists need the sheet choices", "xlsform", "type,name\nselect_one yn,q\n", NULL, "choices is not given", 2 },
	{ "a choice has a list", "xlsform", "type,name\ntext,q\n", "list_name,name\n,1\n", "no list_name", 2 },
	{ "a group ends", "xlsform", "type,name\ntext,a\nbegin_group,g\ntext,q\n", NULL, "group g begins here", 3 },
	{ "a group begins", "xlsform", "type,name\ntext,q\nend_group,\n", NULL, "did not begin", 3 },
	{ "a repeat does not end a group", "xlsform", "type,name\nbegin_group,g\nend_repeat,\n", NULL, "did not begin",
	  3 },
	{ "a survey sheet has questions", "xlsform", "type,name\n", NULL, "no questions", 1 },
	{ "a reader has a name", "redcup", "x\n", NULL, "called redcup", 0 },
};

static void what_is_no_dictionary_is_refused_with_its_line(void **state)
{
	const struct refusal *refusal = *state;
	struct questionnaire *questionnaire = NULL;
	struct error err = { 0 };
	assert_false(read_text(&questionnaire, refusal->form, refusal->dictionary, refusal->choices, &err));
	assert_null(questionnaire);
	assert_int_equal(err.kind, refusal->line ? ERROR_INPUT : ERROR_CONFIG);
	if (!strstr(err.message, refusal->message) || err.line != refusal->line)
		fail_msg("line %zu: %s", err.line, err.message);
	assert_string_not_equal(err.help, "");
}

/* A file that is no key may be an export: nothing that stands in it is told. */
static void answers_are_not_told(void **state)
{
	(void)state;
	static const char *const exports[] = { "id,town\nSecretville,Luton\n7,Luton\n",
		                               "a,b\nSecretville,x\nSecretville,y\n", "Secretville!,x\n" };
	for (size_t i = 0; i < COUNT(exports); i++) {
		struct questionnaire *questionnaire = NULL;
		struct error err = { 0 };
		assert_false(read_text(&questionnaire, "jisc", exports[i], NULL, &err));
		assert_null(strstr(err.message, "Secretville"));
		assert_null(strstr(err.help, "Secretville"));
		assert_null(strstr(err.record, "Secretville"));
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(forms_have_columns_of_their_own),
		cmocka_unit_test(api_and_byte_order_mark_are_read_alike),
		cmocka_unit_test(equal_choices_are_one_list),
		cmocka_unit_test(groups_join_their_conditions),
		cmocka_unit_test(key_is_read_in_its_order),
		cmocka_unit_test(endless_conditions_are_noted),
		cmocka_unit_test(names_alone_are_renamed),
		cmocka_unit_test(columns_find_their_entry),
		cmocka_unit_test(boxes_find_their_code),
		cmocka_unit_test(whole_labels_say_why_there_is_no_answer),
		cmocka_unit_test(none_of_these_shuts_out_the_others),
		cmocka_unit_test(answers_are_not_told),
	};
	static struct CMUnitTest
		tests[COUNT(fields) + COUNT(questions) + COUNT(conditions) + COUNT(refusals) + COUNT(others)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(fields); i++)
		tests[count++] =
			(struct CMUnitTest){ fields[i].test, redcap_field_is_read, NULL, NULL, (void *)&fields[i] };
	for (size_t i = 0; i < COUNT(questions); i++)
		tests[count++] = (struct CMUnitTest){ questions[i].test, xlsform_question_is_read, NULL, NULL,
			                              (void *)&questions[i] };
	for (size_t i = 0; i < COUNT(conditions); i++)
		tests[count++] = (struct CMUnitTest){ conditions[i].text, condition_shows_what_the_platform_shows, NULL,
			                              NULL, (void *)&conditions[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ refusals[i].test, what_is_no_dictionary_is_refused_with_its_line,
			                              NULL, NULL, (void *)&refusals[i] };
	for (size_t i = 0; i < COUNT(others); i++)
		tests[count++] = others[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
