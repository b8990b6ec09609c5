/* https://ddialliance.org/Specification/DDI-Codebook/2.5/: elements stand in the order of its schema. */
#include "writers.h"

#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"

static void add_attribute(struct text *xml, const char *name, const char *value)
{
	if (text_is_blank(value))
		return;
	text_print(xml, " %s=\"", name);
	text_add_escaped(xml, TEXT_HTML, value);
	text_add(xml, "\"");
}

static void add_element(struct text *xml, const char *name, const char *value)
{
	if (text_is_blank(value))
		return;
	text_print(xml, "      <%s>", name);
	text_add_escaped(xml, TEXT_HTML, value);
	text_print(xml, "</%s>\n", name);
}

static bool is_date(const struct variable *variable)
{
	return variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
}

static bool is_number(const struct variable *variable)
{
	return variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
}

static const char *nature(const struct variable *variable)
{
	switch (variable->level) {
	case LEVEL_BINARY:
	case LEVEL_NOMINAL: return "nominal";
	case LEVEL_ORDINAL: return "ordinal";
	case LEVEL_SCALE: return "interval";
	case LEVEL_AMOUNT:
	case LEVEL_COUNT:
	case LEVEL_RATE: return "ratio";
	case LEVEL_NONE: break;
	}
	return NULL;
}

static const char *representation(const struct variable *variable)
{
	if (variable->type == VARIABLE_CODE)
		return "code";
	if (variable->type == VARIABLE_CODES)
		return "other";
	return is_date(variable) ? "datetime" : is_number(variable) ? "numeric" : "text";
}

static void add_attributes(struct text *xml, const struct variable *variable)
{
	text_print(xml, " ID=\"var-%s\"", variable->name);
	add_attribute(xml, "name", variable->name);
	add_attribute(xml, "wgt", variable->role == ROLE_WEIGHT ? "wgt" : NULL);
	add_attribute(xml, "intrvl", variable->type == VARIABLE_NUMBER || is_date(variable) ? "contin" : "discrete");
	add_attribute(xml, "measUnit", variable->unit);
	add_attribute(xml, "nature", nature(variable));
	add_attribute(xml, "temporal", is_date(variable) ? "Y" : NULL);
	add_attribute(xml, "geog", variable->role == ROLE_AREA ? "Y" : NULL);
	add_attribute(xml, "representationType", representation(variable));
	add_attribute(xml, "otherRepresentationType", variable->type == VARIABLE_CODES ? "codes" : NULL);
	text_add(xml, ">\n");
}

static void add_question(struct text *xml, const struct facts_variable *said)
{
	const struct text_hole holes[] = {
		{ .name = "kind",
		  .value = said->variable->type == VARIABLE_CODES  ? "multiple"
		           : said->variable->type == VARIABLE_CODE ? "category"
		                                                   : representation(said->variable) },
		{ .name = "question", .value = said->question },
	};
	if (said->question)
		text_fill(xml, template_codebook_ddi_question_xml, TEXT_HTML, holes, COUNT(holes));
}

static void add_range(struct text *xml, const struct facts_variable *said)
{
	if (!said->value[FACT_LEAST] && !said->value[FACT_MOST])
		return;
	text_add(xml, "      <valrng>\n        <range");
	add_attribute(xml, "UNITS", said->variable->type == VARIABLE_NUMBER ? "REAL" : NULL);
	add_attribute(xml, "min", said->value[FACT_LEAST]);
	add_attribute(xml, "max", said->value[FACT_MOST]);
	text_add(xml, "/>\n      </valrng>\n");
}

static void add_universe(struct text *xml, const struct facts_variable *said)
{
	if (said->value[FACT_ASKED_IF])
		add_element(xml, "universe", said->words[FACT_ASKED_IF]);
}

static void add_text(struct text *xml, const struct facts_variable *said)
{
	static const enum fact told[] = { FACT_ROLE,   FACT_POLARITY, FACT_LIST,  FACT_PATTERN,    FACT_REQUIRED,
		                          FACT_UNIQUE, FACT_MISSING,  FACT_WAVES, FACT_INSTRUMENT, FACT_ITEM };
	struct text words = { 0 };
	for (size_t i = 0; i < COUNT(told); i++)
		if (said->words[told[i]])
			text_print(&words, "%s%s: %s", words.length ? "; " : "", fact_heading(told[i]),
			           said->words[told[i]]);
	add_element(xml, "txt", words.bytes);
	text_free(&words);
}

static void add_categories(struct text *xml, const struct facts_variable *said)
{
	for (size_t i = 0; i < said->code_count; i++) {
		const struct code *code = &said->codes[i];
		text_add(xml, "      <catgry");
		add_attribute(xml, "missing", code->missing ? "Y" : NULL);
		add_attribute(xml, "missType", code->missing ? missing_reason_word(code->missing) : NULL);
		const struct text_hole holes[] = { { .name = "code", .value = code->code },
			                           { .name = "label", .value = code->label } };
		text_fill(xml, template_codebook_ddi_category_xml, TEXT_HTML, holes, COUNT(holes));
	}
}

static void add_format(struct text *xml, const struct facts_variable *said)
{
	const struct variable *variable = said->variable;
	bool numeric = is_number(variable) || (variable->type == VARIABLE_CODE && variable->codes->integers);
	text_add(xml, "      <varFormat");
	add_attribute(xml, "type", numeric ? "numeric" : "character");
	add_attribute(xml, "category", is_date(variable) ? "date" : NULL);
	text_add(xml, ">");
	text_add_escaped(xml, TEXT_HTML, said->words[FACT_TYPE]);
	text_add(xml, "</varFormat>\n");
}

static void add_variable(struct text *xml, const struct facts_variable *said)
{
	struct text security = { 0 };
	text_print(&security, "%s; %s: %s", said->words[FACT_DISCLOSURE], fact_heading(FACT_KEPT),
	           said->words[FACT_KEPT]);
	text_add(xml, "    <var");
	add_attributes(xml, said->variable);
	add_element(xml, "labl", said->variable->label);
	add_element(xml, "security", security.bytes);
	add_question(xml, said);
	add_range(xml, said);
	add_universe(xml, said);
	add_text(xml, said);
	add_categories(xml, said);
	add_element(xml, "concept", said->value[FACT_DOMAIN]);
	add_format(xml, said);
	for (size_t i = 0; i < said->column_count; i++) {
		text_add(xml, "      <notes type=\"column of an export\">");
		text_add_escaped(xml, TEXT_HTML, said->columns[i]);
		text_add(xml, "</notes>\n");
	}
	text_add(xml, "    </var>\n");
	text_free(&security);
}

/* One group a domain. */
static void add_groups(struct text *xml, const struct facts *facts)
{
	for (size_t s = 0; s < facts->section_count; s++) {
		const struct facts_section *section = &facts->sections[s];
		struct text members = { 0 };
		for (size_t i = 0; i < section->member_count; i++)
			text_print(&members, "%svar-%s", i ? " " : "",
			           facts->variables[section->members[i]].variable->name);
		const struct text_hole holes[] = {
			{ .name = "id", .value = section->id },
			{ .name = "members", .value = members.bytes },
			{ .name = "label", .value = section->heading },
		};
		if (section->member_count)
			text_fill(xml, template_codebook_ddi_group_xml, TEXT_HTML, holes, COUNT(holes));
		text_free(&members);
	}
}

/* Two characters of Unicode may stand in no XML, though UTF-8 has them: U+FFFE and U+FFFF become U+FFFD. */
static void replace_noncharacters(struct text *xml, size_t from)
{
	for (size_t i = from; i + 2 < xml->length; i++)
		if (memcmp(xml->bytes + i, "\xef\xbf\xbe", 3) == 0 || memcmp(xml->bytes + i, "\xef\xbf\xbf", 3) == 0)
			xml->bytes[i + 2] = '\xbd';
}

void facts_ddi(struct text *file, const struct facts *facts)
{
	struct text groups = { 0 }, variables = { 0 };
	size_t from = file->length;
	add_groups(&groups, facts);
	for (size_t i = 0; i < facts->variable_count; i++)
		add_variable(&variables, &facts->variables[i]);
	const struct text_hole holes[] = {
		{ .name = "study", .value = facts->study->study.name },
		{ .name = "dataset", .value = facts->dataset->name },
		{ .name = "title", .value = facts->study->study.title },
		{ .name = "date", .value = facts->study->study.date },
		{ .name = "version", .value = CANVASS_VERSION },
		{ .name = "unit", .value = facts->dataset->unit.name },
		{ .name = "units", .value = facts->dataset->unit.plural },
		{ .name = "kind",
		  .value = facts->study->study.synthetic ? "synthetic data: no row is about a person" : "survey data" },
		{ .name = "groups", .value = groups.bytes, .ready = true },
		{ .name = "variables", .value = variables.bytes, .ready = true },
	};
	text_fill(file, template_codebook_ddi_xml, TEXT_HTML, holes, COUNT(holes));
	replace_noncharacters(file, from);
	text_free(&groups);
	text_free(&variables);
}
