#include "facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* --- tables --- */

void facts_table_add(struct facts_table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->columns; i++) {
		size_t at = table->rows * table->columns + i;
		table->cells = mem_grow(table->cells, at, &table->capacity, sizeof *table->cells);
		table->cells[at] = mem_copy_text(cells[i] ? cells[i] : "");
	}
	table->rows++;
}

static void free_table(struct facts_table *table)
{
	for (size_t i = 0; i < table->rows * table->columns; i++)
		free(table->cells[i]);
	free(table->cells);
	free(table->caption);
}

/* --- rows --- */

static bool waves_differ(const struct study_dataset *dataset)
{
	bool differ = false;
	for (unsigned i = 1; i < dataset->exports_count; i++)
		differ = differ || !text_equal(dataset->exports[0].wave, dataset->exports[i].wave);
	return differ;
}

/* Key, wave and repeat. Where the waves stand in the config alone, no variables tell the rows apart. */
static void find_identity(struct facts *facts)
{
	static const enum variable_role roles[] = { ROLE_KEY, ROLE_WAVE, ROLE_REPEAT, ROLE_IMPUTATION };
	bool known = dictionary_role(facts->dictionary, ROLE_KEY)
	             && (dictionary_role(facts->dictionary, ROLE_WAVE) || !waves_differ(facts->dataset));
	for (size_t i = 0; known && i < COUNT(roles); i++) {
		const struct variable *variable = dictionary_role(facts->dictionary, roles[i]);
		if (variable)
			facts->identity[facts->identity_count++] = variable;
	}
}

bool facts_is_unique(const struct facts *facts, const struct variable *variable)
{
	return variable->unique && (variable->role != ROLE_KEY || facts->identity_count == 1);
}

/* --- codes --- */

static void add_code(struct facts_variable *said, const struct code *code)
{
	for (size_t i = 0; i < said->code_count; i++)
		if (strcmp(said->codes[i].code, code->code) == 0) /* the variable's own list goes before `any` */
			return;
	said->codes[said->code_count++] = *code;
}

static void add_codes(struct facts_variable *said, const struct facts *facts)
{
	const struct variable *variable = said->variable;
	const struct code_list *lists[] = { variable->codes, dictionary_list(facts->dictionary, "any") };
	size_t most = 0;
	for (size_t l = 0; l < COUNT(lists); l++)
		most += lists[l] ? lists[l]->count : 0;
	said->codes = mem_alloc(most + 1, sizeof *said->codes);
	said->named =
		variable->codes && strcmp(variable->codes->name, "places") == 0 && facts->study->study.areas_count == 0;
	for (size_t i = 0; variable->codes && !said->named && i < variable->codes->count; i++)
		if (variable->codes->codes[i].missing == MISSING_NONE)
			add_code(said, &variable->codes->codes[i]);
	for (size_t l = 0; l < COUNT(lists); l++)
		for (size_t i = 0; lists[l] && i < lists[l]->count; i++)
			if (lists[l]->codes[i].missing != MISSING_NONE
			    && variable->missing & 1u << lists[l]->codes[i].missing)
				add_code(said, &lists[l]->codes[i]);
}

static void make_code_table(struct facts_variable *said)
{
	static const char *const headings[] = { "Code", "Label", "Stands for" };
	char *caption = mem_print("Codes of %s", said->variable->name);
	said->table = (struct facts_table){ .caption = caption, .headings = headings, .columns = COUNT(headings) };
	for (size_t i = 0; i < said->code_count; i++) {
		const struct code *code = &said->codes[i];
		char *missing = mem_print("missing: %s", facts_reason(code->missing));
		const char *cells[] = { code->code, code->label,
			                code->missing     ? missing
			                : code->exclusive ? "an answer that goes with no other"
			                                  : "an answer" };
		facts_table_add(&said->table, cells);
		free(missing);
	}
}

/* --- columns of exports --- */

/* Each profile that headers.csv or an export names, once: headers.csv's first. */
static size_t list_profiles(const char ***profiles, const struct facts *facts)
{
	const struct dictionary *dictionary = facts->dictionary;
	const struct study_dataset *dataset = facts->dataset;
	size_t all = dictionary->header_count + dataset->exports_count, count = 0;
	*profiles = mem_alloc(all + 1, sizeof **profiles);
	for (size_t i = 0; i < all; i++) {
		const char *name = i < dictionary->header_count
		                           ? dictionary->headers[i].profile
		                           : study_headers(&dataset->exports[i - dictionary->header_count]);
		size_t at = 0;
		while (at < count && strcmp((*profiles)[at], name) != 0)
			at++;
		if (at == count)
			(*profiles)[count++] = name;
	}
	return count;
}

static void add_column(struct facts_variable *said, char *words)
{
	said->columns[said->column_count++] = words;
}

/* What the config gives for every row of an export: its area or wave, where the variable is the one of that role. */
static const char *given(const struct variable *variable, const struct study_export *export)
{
	return variable->role == ROLE_AREA ? export->area : variable->role == ROLE_WAVE ? export->wave : NULL;
}

static void add_columns(struct facts_variable *said, const struct facts *facts, const char *profile)
{
	static const char *const found[] = {
		[HEADER_NAME] = "", [HEADER_PATH] = ", by its path", [HEADER_IMPORT_ID] = ", by its import id"
	};
	const struct dictionary *dictionary = facts->dictionary;
	size_t before = said->column_count;
	for (size_t i = 0; i < dictionary->header_count; i++) {
		const struct header *header = &dictionary->headers[i];
		if (header->variable != (size_t)(said->variable - dictionary->variables)
		    || strcmp(header->profile, profile) != 0)
			continue;
		const char *box = header->option ? ", the box of " : "", *option = header->option ? header->option : "";
		add_column(said,
		           mem_print("%s (%s%s%s%s)", header->header, profile, found[header->match], box, option));
	}
	for (unsigned e = 0; e < facts->dataset->exports_count; e++) {
		const struct study_export *export = &facts->dataset->exports[e];
		const char *answer = given(said->variable, export);
		if (answer && strcmp(study_headers(export), profile) == 0)
			add_column(said, mem_print("%s, in every row of %s (%s, the study's config)", answer,
			                           export->path, profile));
	}
	if (said->column_count == before)
		add_column(said, mem_print("%s (%s, its own name)", said->variable->name, profile));
}

static void find_columns(struct facts_variable *said, const struct facts *facts)
{
	const char **profiles = NULL;
	size_t count = list_profiles(&profiles, facts);
	said->columns = mem_alloc(facts->dictionary->header_count + facts->dataset->exports_count + count + 1,
	                          sizeof *said->columns);
	for (size_t i = 0; i < count; i++)
		add_columns(said, facts, profiles[i]);
	free(profiles);
}

/* --- sections --- */

/* Valid until the next section is added. Takes the id. */
static struct facts_section *add_section(struct facts *facts, char *id, const char *heading, const char *words)
{
	facts->sections =
		mem_grow(facts->sections, facts->section_count, &facts->section_capacity, sizeof *facts->sections);
	struct facts_section *section = &facts->sections[facts->section_count++];
	*section = (struct facts_section){ .id = id, .heading = heading, .words = words };
	return section;
}

/* Valid until the next table is added. Takes the caption. */
static struct facts_table *add_table(struct facts_section *section, char *caption, const char *const *headings,
                                     size_t columns)
{
	section->tables =
		mem_grow(section->tables, section->table_count, &section->table_capacity, sizeof *section->tables);
	struct facts_table *table = &section->tables[section->table_count++];
	*table = (struct facts_table){ .caption = caption, .headings = headings, .columns = columns };
	return table;
}

static void add_overview(struct facts *facts)
{
	static const char *const headings[] = {
		"Variable", "Label", "Type", "Level", "Disclosure", "Kept for analysis"
	};
	struct facts_section *section = add_section(facts, mem_copy_text("variables"), "All variables", NULL);
	struct facts_table *table =
		add_table(section, mem_copy_text("In the order of the dictionary"), headings, COUNT(headings));
	table->links = true;
	for (size_t i = 0; i < facts->variable_count; i++) {
		const struct facts_variable *said = &facts->variables[i];
		const char *cells[] = { said->variable->name,    said->variable->label,        said->value[FACT_TYPE],
			                said->value[FACT_LEVEL], said->value[FACT_DISCLOSURE], said->words[FACT_KEPT] };
		facts_table_add(table, cells);
	}
}

/* The variables whose fact says what that of variable `first` says, where it is the first of them. */
static struct facts_section *add_members(struct facts *facts, size_t first, enum fact fact, char *id,
                                         const char *heading)
{
	struct facts_section *section = add_section(facts, id, heading, NULL);
	section->members = mem_alloc(facts->variable_count, sizeof *section->members);
	for (size_t i = first; i < facts->variable_count; i++)
		if (text_equal(facts->variables[i].value[fact], facts->variables[first].value[fact]))
			section->members[section->member_count++] = i;
	return section;
}

static bool is_first(const struct facts *facts, size_t at, enum fact fact)
{
	bool first = true;
	for (size_t i = 0; i < at; i++)
		first = first && !text_equal(facts->variables[i].value[fact], facts->variables[at].value[fact]);
	return first;
}

/* The domains as the dictionary begins them; what has none comes last. */
static void add_domains(struct facts *facts)
{
	size_t without = facts->variable_count, count = 0;
	for (size_t i = 0; i < facts->variable_count; i++) {
		const char *domain = facts->variables[i].value[FACT_DOMAIN];
		if (!is_first(facts, i, FACT_DOMAIN))
			continue;
		if (domain)
			add_members(facts, i, FACT_DOMAIN, mem_print("domain-%zu", ++count), domain);
		else
			without = i;
	}
	if (without < facts->variable_count)
		add_members(facts, without, FACT_DOMAIN, mem_copy_text("domain-none"),
		            count ? "Other variables" : "Variables");
}

static void add_instruments(struct facts *facts)
{
	static const char *const headings[] = { "Item", "Variable", "Label" };
	struct facts_section *section = NULL;
	for (size_t i = 0; i < facts->variable_count; i++) {
		const char *name = facts->variables[i].value[FACT_INSTRUMENT];
		if (!name || !is_first(facts, i, FACT_INSTRUMENT))
			continue;
		if (!section)
			section = add_section(
				facts, mem_copy_text("instruments"), "Instruments",
				"The wording of the items may be licensed: it stands with the instrument, and not here.");
		struct facts_table *table =
			add_table(section, mem_print("Items of %s", name), headings, COUNT(headings));
		for (size_t j = i; j < facts->variable_count; j++) {
			const struct facts_variable *said = &facts->variables[j];
			const char *cells[] = { said->value[FACT_ITEM], said->variable->name, said->variable->label };
			if (text_equal(said->value[FACT_INSTRUMENT], name))
				facts_table_add(table, cells);
		}
	}
}

static void add_rules(struct facts *facts)
{
	static const char *const headings[] = { "Rule",         "What it says", "Of whom", "Must be true",
		                                "If it is not", "Limit",        "Waves" };
	static const char *const severities[] = {
		[RULE_REJECT] = "the row is set aside", [RULE_WARN] = "somebody looks at it", [RULE_NOTE] = "it is told"
	};
	const struct dictionary *dictionary = facts->dictionary;
	if (dictionary->rule_count == 0)
		return;
	struct facts_section *section = add_section(facts, mem_copy_text("rules"), "Rules between variables", NULL);
	struct facts_table *table =
		add_table(section, mem_copy_text("What must be true of a row"), headings, COUNT(headings));
	for (size_t i = 0; i < dictionary->rule_count; i++) {
		const struct rule *rule = &dictionary->rules[i];
		char limit[40] = "none";
		if (rule->limit >= 0) /* not a NaN */
			snprintf(limit, sizeof limit, "%.10g%% of rows", rule->limit);
		const char *cells[] = { rule->name,
			                rule->message,
			                text_is_blank(rule->when) ? "everybody" : rule->when,
			                rule->require,
			                severities[rule->severity],
			                limit,
			                text_is_blank(rule->waves) ? "all" : rule->waves };
		facts_table_add(table, cells);
	}
}

static void add_reasons(struct facts *facts)
{
	static const char *const headings[] = { "Reason", "In words", "When it is given" };
	static const char *const when[MISSING_COUNT] = {
		[MISSING_REFUSED] = "The respondent preferred not to say",
		[MISSING_DONT_KNOW] = "The respondent said so",
		[MISSING_NOT_ASKED] = "The route went past the question, or the export does not have it",
		[MISSING_NOT_APPLICABLE] = "The question does not apply to the respondent",
		[MISSING_NOT_ANSWERED] = "The question was asked and left blank",
		[MISSING_NOT_REACHED] = "The respondent stopped before the question",
		[MISSING_WITHDRAWN] = "The respondent withdrew consent",
		[MISSING_UNUSABLE] = "The answer failed a check",
		[MISSING_SUPPRESSED] = "The publisher of the figure hid it",
		[MISSING_LOW] = "The publisher's figure rounds to 0 and is none",
	};
	struct facts_section *section = add_section(facts, mem_copy_text("reasons"), "Why an answer is missing",
	                                            "Each reason is counted apart, and is in no base.");
	struct facts_table *table = add_table(section, mem_copy_text("Reasons"), headings, COUNT(headings));
	for (int reason = 1; reason < MISSING_COUNT; reason++) {
		const char *cells[] = { missing_reason_word((enum missing_reason)reason),
			                facts_reason((enum missing_reason)reason), when[reason] };
		facts_table_add(table, cells);
	}
}

static void add_exports(struct facts *facts)
{
	static const char *const headings[] = { "Headers", "Exports with these headers" };
	const char **profiles = NULL;
	size_t count = list_profiles(&profiles, facts);
	if (count > 0) {
		struct facts_section *section = add_section(
			facts, mem_copy_text("exports"), "Where the answers come from",
			"Each variable above says which columns fill it: the header, then the profile of headers.csv.");
		struct facts_table *table =
			add_table(section, mem_copy_text("Profiles of headers.csv"), headings, COUNT(headings));
		for (size_t i = 0; i < count; i++) {
			struct text exports = { 0 };
			for (unsigned e = 0; e < facts->dataset->exports_count; e++)
				if (strcmp(study_headers(&facts->dataset->exports[e]), profiles[i]) == 0)
					text_print(&exports, "%s%s", exports.length ? ", " : "",
					           facts->dataset->exports[e].path);
			const char *cells[] = { profiles[i], exports.length ? exports.bytes : "none of this study" };
			facts_table_add(table, cells);
			text_free(&exports);
		}
	}
	free(profiles);
}

/* --- all of it --- */

struct facts *facts_new(const struct study *study, const struct study_dataset *dataset,
                        const struct dictionary *dictionary)
{
	struct facts *facts = mem_alloc(1, sizeof *facts);
	facts->study = study;
	facts->dataset = dataset;
	facts->dictionary = dictionary;
	facts->variable_count = dictionary->variable_count;
	facts->variables = mem_alloc(dictionary->variable_count + 1, sizeof *facts->variables);
	find_identity(facts);
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		struct facts_variable *said = &facts->variables[i];
		said->variable = &dictionary->variables[i];
		if (text_is_blank(said->variable->instrument) && !text_is_blank(said->variable->question))
			said->question = said->variable->question;
		add_codes(said, facts);
		make_code_table(said);
		find_columns(said, facts);
		facts_say(said, facts);
	}
	add_overview(facts);
	add_domains(facts);
	add_rules(facts);
	add_instruments(facts);
	add_reasons(facts);
	add_exports(facts);
	return facts;
}

void facts_free(struct facts *facts)
{
	if (!facts)
		return;
	for (size_t i = 0; i < facts->variable_count; i++) {
		struct facts_variable *said = &facts->variables[i];
		for (int fact = 0; fact < FACT_COUNT; fact++) {
			free(said->value[fact]);
			free(said->words[fact]);
		}
		for (size_t c = 0; c < said->column_count; c++)
			free(said->columns[c]);
		free(said->columns);
		free(said->codes);
		free_table(&said->table);
	}
	for (size_t s = 0; s < facts->section_count; s++) {
		struct facts_section *section = &facts->sections[s];
		for (size_t t = 0; t < section->table_count; t++)
			free_table(&section->tables[t]);
		free(section->tables);
		free(section->members);
		free(section->id);
	}
	free(facts->sections);
	free(facts->variables);
	free(facts);
}
