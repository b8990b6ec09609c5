#include "expected.h"

#include <stdio.h>
#include <string.h>

#include "date.h"
#include "number.h"
#include "text.h"

static const char *form_of_date(const char *dates)
{
	return strcmp(dates, "dmy") == 0 ? "DD/MM/YYYY" : strcmp(dates, "mdy") == 0 ? "MM/DD/YYYY" : "YYYY-MM-DD";
}

static void add_limit(struct text *text, const struct variable *variable, double limit)
{
	char words[NUMBER_TEXT_SIZE];
	if (variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME)
		date_print(words, (long long)limit);
	else
		number_print_exact(words, limit);
	text_add(text, words);
}

static void add_range(struct text *text, const struct variable *variable)
{
	if (variable->has_min) {
		text_add(text, variable->has_max ? "from " : "at least ");
		add_limit(text, variable, variable->min);
	}
	if (variable->has_max) {
		text_add(text, variable->has_min ? " to " : "at most ");
		add_limit(text, variable, variable->max);
	}
}

/* As many codes as fit, and how many more there are. */
static void add_codes(struct text *text, const struct variable *variable)
{
	const struct code_list *list = variable->codes;
	text_add(text, variable->type == VARIABLE_CODES ? "any of " : "one of ");
	for (size_t i = 0; i < list->count; i++) {
		if (text->length + strlen(list->codes[i].code) > EXPECTED_SIZE - 40) {
			text_print(text, " and %zu more", list->count - i);
			return;
		}
		text_print(text, "%s%s", i ? ", " : "", list->codes[i].code);
	}
}

/* The options that go with no other. */
static void add_exclusive(struct text *text, const struct code_list *list)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count && text->length < EXPECTED_SIZE / 2; i++)
		if (list->codes[i].exclusive)
			text_print(text, "%s%s", count++ ? " or " : "", list->codes[i].code);
	text_add(text, " alone");
}

static void add_reasons(struct text *text, const struct variable *variable)
{
	text_add(text, "an answer, or missing as");
	const char *between = " ";
	for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
		/* nobody can answer that a question was not asked, but by its route */
		if (reason == MISSING_UNUSABLE || (reason == MISSING_NOT_ASKED && !variable->asked_if)
		    || !(variable->missing & 1u << reason))
			continue;
		text_print(text, "%s%s", between, missing_reason_word((enum missing_reason)reason));
		between = ", ";
	}
}

static void add_date(struct text *text, const struct variable *variable, const struct form *form)
{
	bool time = variable->type == VARIABLE_DATETIME;
	text_print(text, "a date%s written as %s%s", time ? " and time" : "", form_of_date(form->dates),
	           time ? " HH:MM:SS" : "");
}

/* What a variable of its type takes; "" of ids and texts of any form. */
static void add_type(struct text *text, const struct variable *variable, const struct form *form)
{
	switch (variable->type) {
	case VARIABLE_INTEGER: text_add(text, "a whole number"); break;
	case VARIABLE_NUMBER:
		text_add(text, form->decimal_comma ? "a number such as 12,5" : "a number such as 12.5");
		break;
	case VARIABLE_CODE:
	case VARIABLE_CODES: add_codes(text, variable); break;
	case VARIABLE_DATE:
	case VARIABLE_DATETIME: add_date(text, variable, form); break;
	case VARIABLE_ID:
	case VARIABLE_TEXT:
		if (variable->pattern)
			text_print(text, "written as %s", variable->pattern);
		break;
	}
}

void expected_words(char words[EXPECTED_SIZE], const struct variable *variable, enum finding_code finding,
                    const struct form *form)
{
	struct text text = { 0 };
	text_add(&text, "");
	switch (finding) {
	case FINDING_CELL_TYPE:
	case FINDING_CELL_CODE:
	case FINDING_CELL_CODE_CASE:
	case FINDING_CELL_LABEL:
	case FINDING_CELL_DATE:
	case FINDING_CELL_DIGIT:
	case FINDING_CELL_NOT_FINITE:
	case FINDING_CELL_NUMBER_FORMAT:
	case FINDING_CELL_EXCEL_NUMBER:
	case FINDING_CELL_EXCEL_DATE:
	case FINDING_CELL_EXCEL_ERROR:
	case FINDING_CELL_EXCEL_ZEROS:
	case FINDING_CELL_DATE_AMBIGUOUS:
	case FINDING_CELL_DATE_IMPOSSIBLE:
	case FINDING_CELL_DATE_SENTINEL:
	case FINDING_KEY_FOREIGN_CLOSED:
	case FINDING_KEY_FOREIGN_OUTSIDE: add_type(&text, variable, form); break;
	case FINDING_CELL_RANGE: add_range(&text, variable); break;
	case FINDING_CELL_PATTERN: text_print(&text, "written as %s", variable->pattern); break;
	case FINDING_CELL_MISSING_UNLISTED: add_reasons(&text, variable); break;
	case FINDING_CELL_MISSING_DECLARED: text_add(&text, "a row of codes.csv that gives its reason"); break;
	case FINDING_CELL_MULTI_EXCLUSIVE: add_exclusive(&text, variable->codes); break;
	case FINDING_ROUTE_UNEXPECTED: text_print(&text, "no answer: it is asked if %s", variable->asked_if); break;
	default: break;
	}
	snprintf(words, EXPECTED_SIZE, "%s", text.bytes);
	text_free(&text);
}
