/* https://datapackage.org/standard/table-schema/ (2.0). The values are those of the dictionary: codes, not what an
 * export writes for them. */
#include "writers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "embedded.h"
#include "mem.h"
#include "number.h"
#include "options.h"

/* --- patterns --- */

/* Behind the set that begins at `set`; NULL: it holds what XML Schema reads otherwise. */
static const char *skip_set(const char *set)
{
	set += set[1] == '^' ? 2 : 1;
	size_t length = strcspn(set, "]");
	bool plain = length > 0 && set[length] == ']';
	for (size_t i = 0; i < length; i++)
		plain = plain && !strchr("[\\^", set[i])
		        && (set[i] != '-' || i == length - 1 || (i > 0 && set[i + 1] != '-'));
	return plain ? set + length + 1 : NULL;
}

/* Behind {2}, {2,} or {2,5}; NULL: it is something else. */
static const char *skip_interval(const char *interval)
{
	const char *at = interval + 1;
	size_t least = strspn(at, "0123456789");
	at += least;
	at += *at == ',';
	at += strspn(at, "0123456789");
	return least > 0 && *at == '}' ? at + 1 : NULL;
}

bool facts_pattern_is_shared(const char *pattern)
{
	bool repeated = true; /* what stands here cannot be repeated */
	for (const char *at = pattern; at && *at;) {
		if (strchr("?*+{", *at)) {
			if (repeated)
				return false;
			at = *at == '{' ? skip_interval(at) : at + 1;
			repeated = true;
		} else {
			repeated = *at == '(' || *at == '|';
			if (strchr("^$]}", *at) || (*at == '\\' && (!at[1] || !strchr(".\\|?*+(){}[]^", at[1]))))
				return false;
			at = *at == '[' ? skip_set(at) : at + (*at == '\\' ? 2 : 1);
		}
		if (!at)
			return false;
	}
	return true;
}

/* --- the parts of a field --- */

static void add_string(struct text *file, const char *value)
{
	text_add(file, "\"");
	text_add_escaped(file, TEXT_JSON, value);
	text_add(file, "\"");
}

/* A member of an object under way, but its value; `first` is the object's own. */
static void add_name(struct text *file, const char *indent, bool *first, const char *name)
{
	text_print(file, "%s\n%s\"%s\": ", *first ? "" : ",", indent, name);
	*first = false;
}

#define FIELD "      "
#define CONSTRAINT "        "

static bool is_whole(const char *code)
{
	long long integer = 0;
	char again[32];
	bool whole = number_read_integer(code, &integer);
	snprintf(again, sizeof again, "%lld", integer);
	return whole && strcmp(code, again) == 0; /* 007 and +7 are texts */
}

/* Whether the variable's codes can be numbers in the file: there are some, and each is written as JSON writes it. */
static bool are_whole(const struct facts_variable *said)
{
	size_t answers = 0;
	for (size_t i = 0; i < said->code_count; i++) {
		if (said->codes[i].missing)
			continue;
		if (!is_whole(said->codes[i].code))
			return false;
		answers++;
	}
	return answers > 0;
}

static const char *field_type(const struct facts_variable *said)
{
	switch (said->variable->type) {
	case VARIABLE_ID:
	case VARIABLE_TEXT:
	case VARIABLE_CODES: return "string"; /* the standard has `list`, but its own JSON schema of 2.0 refuses that */
	case VARIABLE_CODE: return are_whole(said) ? "integer" : "string";
	case VARIABLE_INTEGER: return "integer";
	case VARIABLE_NUMBER: return "number";
	case VARIABLE_DATE: return "date";
	case VARIABLE_DATETIME: return "datetime";
	}
	return "any";
}

/* The question, then what has no member of its own. */
static void add_description(struct text *file, bool *first, const struct facts_variable *said)
{
	static const enum fact told[] = { FACT_ASKED_IF, FACT_UNIT,   FACT_POLARITY,   FACT_INSTRUMENT,
		                          FACT_ITEM,     FACT_DOMAIN, FACT_DISCLOSURE, FACT_KEPT };
	struct text words = { 0 };
	if (said->question)
		text_print(&words, "%s\n", said->question);
	for (size_t i = 0; i < COUNT(told); i++)
		if (said->words[told[i]])
			text_print(&words, "%s: %s\n", fact_heading(told[i]), said->words[told[i]]);
	if (said->named)
		text_print(&words, "%s: %s\n", fact_heading(FACT_LIST), said->words[FACT_LIST]);
	if (said->variable->pattern && !facts_pattern_is_shared(said->variable->pattern))
		text_print(&words, "%s (POSIX): %s\n", fact_heading(FACT_PATTERN), said->variable->pattern);
	if (words.length) {
		words.bytes[words.length - 1] = '\0';
		add_name(file, FIELD, first, "description");
		add_string(file, words.bytes);
	}
	text_free(&words);
}

/* A day's first or last second, of a datetime; a date; a number. Those of whole numbers are whole too. */
static void add_limit(struct text *file, const struct variable *variable, double limit, const char *time)
{
	char number[NUMBER_TEXT_SIZE], date[11];
	if (variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME) {
		date_print(date, (long long)limit);
		text_print(file, "\"%s%s\"", date, variable->type == VARIABLE_DATETIME ? time : "");
	} else {
		number_print_exact(number, limit);
		text_add(file, number);
	}
}

static void add_value(struct text *file, const char *code, bool whole)
{
	if (whole)
		text_add(file, code);
	else
		add_string(file, code);
}

static void add_enum(struct text *file, const struct facts_variable *said)
{
	bool whole = are_whole(said), first = true;
	text_add(file, "[");
	for (size_t i = 0; i < said->code_count; i++) {
		if (said->codes[i].missing)
			continue;
		text_add(file, first ? "" : ", ");
		add_value(file, said->codes[i].code, whole);
		first = false;
	}
	text_add(file, "]");
}

static bool has_answers(const struct facts_variable *said)
{
	bool any = false;
	for (size_t i = 0; i < said->code_count; i++)
		any = any || !said->codes[i].missing;
	return any;
}

static void add_constraints(struct text *file, bool *first, const struct facts_variable *said,
                            const struct facts *facts)
{
	const struct variable *variable = said->variable;
	struct text constraints = { 0 };
	bool none = true;
	if (variable->required) {
		add_name(&constraints, CONSTRAINT, &none, "required");
		text_add(&constraints, "true");
	}
	if (facts_is_unique(facts, variable)) {
		add_name(&constraints, CONSTRAINT, &none, "unique");
		text_add(&constraints, "true");
	}
	if (variable->has_min) {
		add_name(&constraints, CONSTRAINT, &none, "minimum");
		add_limit(&constraints, variable,
		          variable->type == VARIABLE_INTEGER ? ceil(variable->min) : variable->min, " 00:00:00");
	}
	if (variable->has_max) {
		add_name(&constraints, CONSTRAINT, &none, "maximum");
		add_limit(&constraints, variable,
		          variable->type == VARIABLE_INTEGER ? floor(variable->max) : variable->max, " 23:59:59");
	}
	if ((variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT) && variable->pattern
	    && facts_pattern_is_shared(variable->pattern)) {
		add_name(&constraints, CONSTRAINT, &none, "pattern");
		add_string(&constraints, variable->pattern);
	}
	if (variable->type == VARIABLE_CODE && has_answers(said)) {
		add_name(&constraints, CONSTRAINT, &none, "enum");
		add_enum(&constraints, said);
	}
	if (!none) {
		add_name(file, FIELD, first, "constraints");
		text_print(file, "{%s\n" FIELD "}", constraints.bytes);
	}
	text_free(&constraints);
}

static void add_labelled(struct text *file, bool *first, const char *value, bool whole, const char *label)
{
	text_print(file, "%s\n" CONSTRAINT "{ \"value\": ", *first ? "" : ",");
	add_value(file, value, whole);
	if (!text_is_blank(label)) {
		text_add(file, ", \"label\": ");
		add_string(file, label);
	}
	text_add(file, " }");
	*first = false;
}

static void add_missing(struct text *file, bool *first, const struct facts_variable *said)
{
	bool none = true;
	add_name(file, FIELD, first, "missingValues");
	text_add(file, "[");
	add_labelled(file, &none, "", false,
	             text_is_blank(said->variable->asked_if) ? "Not answered" : "Not answered, or not asked");
	for (size_t i = 0; i < said->code_count; i++)
		if (said->codes[i].missing)
			add_labelled(file, &none, said->codes[i].code, false, said->codes[i].label);
	text_add(file, "\n" FIELD "]");
}

/* Categories are whole values. Of several codes in one value they are `options`, and stand between `delimiter`: members
 * of ours, which the standard allows. */
static void add_categories(struct text *file, bool *first, const struct facts_variable *said)
{
	bool several = said->variable->type == VARIABLE_CODES, none = true;
	bool whole = !several && are_whole(said);
	if ((!several && said->variable->type != VARIABLE_CODE) || !has_answers(said))
		return;
	if (several) {
		add_name(file, FIELD, first, "delimiter");
		add_string(file, ";");
	}
	add_name(file, FIELD, first, several ? "options" : "categories");
	text_add(file, "[");
	for (size_t i = 0; i < said->code_count; i++)
		if (!said->codes[i].missing)
			add_labelled(file, &none, said->codes[i].code, whole, said->codes[i].label);
	text_add(file, "\n" FIELD "]");
	if (said->variable->level == LEVEL_ORDINAL && !several) {
		add_name(file, FIELD, first, "categoriesOrdered");
		text_add(file, "true");
	}
}

static void add_field(struct text *file, const struct facts_variable *said, const struct facts *facts)
{
	bool first = true;
	text_add(file, "    {");
	add_name(file, FIELD, &first, "name");
	add_string(file, said->variable->name);
	add_name(file, FIELD, &first, "title");
	add_string(file, said->variable->label);
	add_description(file, &first, said);
	add_name(file, FIELD, &first, "type");
	add_string(file, field_type(said));
	if (said->variable->type == VARIABLE_DATETIME) {
		add_name(file, FIELD, &first, "format");
		add_string(file, "%Y-%m-%d %H:%M:%S");
	}
	add_constraints(file, &first, said, facts);
	add_missing(file, &first, said);
	add_categories(file, &first, said);
	text_add(file, "\n    }");
}

void facts_table_schema(struct text *file, const struct facts *facts)
{
	struct text fields = { 0 }, key = { 0 };
	for (size_t i = 0; i < facts->variable_count; i++) {
		text_add(&fields, i ? ",\n" : "");
		add_field(&fields, &facts->variables[i], facts);
	}
	for (size_t i = 0; i < facts->identity_count; i++) {
		text_add(&key, i ? ", " : ",\n  \"primaryKey\": [");
		add_string(&key, facts->identity[i]->name);
	}
	text_add(&key, facts->identity_count ? "]" : "");
	const struct text_hole holes[] = {
		{ .name = "dataset", .value = facts->dataset->name },
		{ .name = "title", .value = facts->study->study.title },
		{ .name = "date", .value = facts->study->study.date },
		{ .name = "synthetic",
		  .value = facts->study->study.synthetic ? "Synthetic data: no row is about a person. " : "" },
		{ .name = "version", .value = CANVASS_VERSION },
		{ .name = "fields", .value = fields.bytes, .ready = true },
		{ .name = "key", .value = key.bytes, .ready = true },
	};
	text_fill(file, template_codebook_tableschema_json, TEXT_JSON, holes, COUNT(holes));
	text_free(&fields);
	text_free(&key);
}
