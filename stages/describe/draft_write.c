#include "draft.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "mem.h"
#include "text.h"

/* Words of ours and of the questionnaire, for people to read. */
static void add_words(struct text *csv, const char *words, bool last)
{
	text_add_escaped(csv, TEXT_CSV, words ? words : "");
	text_add(csv, last ? "\n" : ",");
}

/* What is compared with the export letter by letter: in quotes, and nothing put before it, not even where a spreadsheet
 * would take it for a formula. No respondent's answer comes here that begins like one: guess.c makes no list of such;
 * what the questionnaire's author called an option or a question can. */
static void add_exact(struct text *csv, const char *exact)
{
	bool quoted = exact && (strpbrk(exact, ",;\"\t\r\n") || cells_is_formula(exact));
	if (quoted)
		text_add(csv, "\"");
	for (const char *c = exact ? exact : ""; *c; c++) {
		if (*c == '"')
			text_add(csv, "\"");
		text_add_bytes(csv, c, 1);
	}
	text_add(csv, quoted ? "\"," : ",");
}

/* An expression or a pattern that begins like a formula means the same in brackets. */
static void add_bracketed(struct text *csv, const char *expression)
{
	struct text bracketed = { 0 };
	bool formula = expression && cells_is_formula(expression);
	text_print(&bracketed, "%s%s%s", formula ? "(" : "", expression ? expression : "", formula ? ")" : "");
	add_exact(csv, bracketed.bytes);
	text_free(&bracketed);
}

static unsigned reasons_of(const struct draft_list *list)
{
	unsigned reasons = 0;
	for (size_t i = 0; i < list->count; i++)
		reasons |= 1u << list->codes[i].missing;
	return reasons;
}

/* Reasons that no list names have to be allowed by name, and then so have all others. */
static void add_reasons(struct text *csv, const struct draft *draft, const struct draft_variable *variable)
{
	unsigned reasons = variable->reasons;
	if (variable->list)
		reasons |= reasons_of(&draft->lists[variable->list - 1]);
	for (size_t l = 0; l < draft->list_count; l++)
		if (strcmp(draft->lists[l].name, "any") == 0)
			reasons |= reasons_of(&draft->lists[l]);
	struct text words = { 0 };
	text_add(&words, "");
	for (int i = MISSING_NONE + 1; i < MISSING_COUNT && variable->reasons; i++)
		if (reasons & 1u << i)
			text_print(&words, "%s%s", words.length ? " " : "",
			           missing_reason_word((enum missing_reason)i));
	add_words(csv, words.bytes, false);
	text_free(&words);
}

static void write_variables(struct text *csv, const struct draft *draft)
{
	text_add(csv,
	         "variable,label,question,type,level,polarity,codes,missing,min,max,pattern,required,unique,asked_if,"
	         "unit,instrument,item,role,disclosure,treat,domain,waves,note\n");
	for (size_t i = 0; i < draft->count; i++) {
		const struct draft_variable *variable = &draft->variables[i];
		add_words(csv, variable->name, false);
		add_words(csv, variable->label, false);
		add_words(csv, variable->question, false);
		add_words(csv, variable_type_word(variable->type), false);
		text_add(csv, ",,"); /* level, polarity */
		add_words(csv, variable->list ? draft->lists[variable->list - 1].name : "", false);
		add_reasons(csv, draft, variable);
		add_exact(csv, variable->min);
		add_exact(csv, variable->max);
		add_bracketed(csv, variable->pattern);
		add_words(csv, variable->required ? "yes" : "", false);
		text_add(csv, ","); /* unique */
		add_bracketed(csv, variable->asked_if);
		text_add(csv, ",,,"); /* unit, instrument, item */
		add_words(csv, variable_role_word(variable->role), false);
		add_words(csv, variable->direct ? "direct" : "", false);
		add_words(csv, variable->direct ? "drop" : "", false);
		text_add(csv, ",,"); /* domain, waves */
		add_words(csv, variable->note, true);
	}
}

static void write_codes(struct text *csv, const struct draft *draft)
{
	text_add(csv, "list,code,label,as_exported,missing,exclusive,note\n");
	for (size_t l = 0; l < draft->list_count; l++)
		for (size_t i = 0; i < draft->lists[l].count; i++) {
			const struct draft_code *code = &draft->lists[l].codes[i];
			add_words(csv, draft->lists[l].name, false);
			add_exact(csv, code->code);
			add_words(csv, code->label, false);
			add_exact(csv, code->exported);
			add_words(csv, missing_reason_word(code->missing), false);
			add_words(csv, code->exclusive ? "yes" : "", false);
			add_words(csv, code->note, true);
		}
}

static void write_headers(struct text *csv, const struct draft *draft, const char *profile)
{
	static const char *const matches[HEADER_MATCH_COUNT] = { "name", "path", "import-id" };
	text_add(csv, "headers,match,header,option,variable,values,ticked,unticked,note\n");
	for (size_t i = 0; i < draft->header_count; i++) {
		const struct draft_header *header = &draft->headers[i];
		add_exact(csv, profile);
		add_words(csv, matches[header->match], false);
		add_exact(csv, header->header);
		add_exact(csv, header->option);
		add_words(csv, draft->variables[header->variable].name, false);
		text_add(csv, ","); /* values */
		add_exact(csv, header->ticked);
		add_exact(csv, header->unticked);
		text_add(csv, "\n");
	}
}

static const char rules[] = "rule,severity,when,require,message,limit,waves\n";

bool draft_check_place(const char *path, struct error *err)
{
	struct stat status;
	if (lstat(path, &status) != 0 && errno == ENOENT)
		return true;
	error_at(err, ERROR_USAGE, path, 0, "something stands there already, and a draft takes nothing's place");
	return error_help(err, "name a new folder with --output, or move away what stands there");
}

bool draft_write(const struct draft *draft, const char *path, const char *profile, struct error *err)
{
	struct folder *folder = NULL;
	struct text variables = { 0 }, codes = { 0 }, headers = { 0 };
	write_variables(&variables, draft);
	write_codes(&codes, draft);
	write_headers(&headers, draft, profile);
	bool ok = draft_check_place(path, err) && folder_begin(&folder, path, 0700, err)
	          && folder_write(folder, "variables.csv", variables.bytes, variables.length, err)
	          && folder_write(folder, "codes.csv", codes.bytes, codes.length, err)
	          && folder_write(folder, "rules.csv", rules, strlen(rules), err)
	          && folder_write(folder, "headers.csv", headers.bytes, headers.length, err)
	          && draft_check_place(path, err) /* it may have come meanwhile */
	          && folder_commit(folder, err);
	folder_close(folder);
	text_free(&variables);
	text_free(&codes);
	text_free(&headers);
	return ok;
}
