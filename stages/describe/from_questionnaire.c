#include "from_questionnaire.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "draft_list.h"
#include "label.h"
#include "mem.h"
#include "number.h"
#include "slug.h"

/* The codes as they are; where cells hold labels instead, these as spellings. */
static size_t list_of_entry(const struct drafting *in, const struct questionnaire_entry *entry, bool joined,
                            const struct cells *cells)
{
	const struct questionnaire_list *list = entry->list;
	struct listing *listing = listing_new(in->draft->private->texts, joined);
	struct text words = { 0 };
	text_print(&words, "guessed: from its label in %s", in->sources->questionnaire_name);
	const char **names = mem_alloc(list->count, sizeof *names);
	for (size_t i = 0; i < list->count; i++)
		listing_reserve(listing, list->codes[i].code);
	for (size_t i = 0; i < list->count; i++) {
		const struct questionnaire_code *code = &list->codes[i];
		const struct draft_code like = { .label = code->label,
			                         .missing = code->missing,
			                         .exclusive = joined && code->exclusive,
			                         .note = code->missing ? words.bytes : NULL };
		if (!text_is_blank(code->code))
			names[i] = listing_add(listing, code->code, true, &like, &code->code, 1);
	}
	for (size_t i = 0; i < list->count; i++) {
		const char *label = list->codes[i].label;
		bool held = cells && (cells_set_find(&cells->texts, label) || cells_set_find(&cells->values, label));
		for (size_t j = 0; cells && joined && j < CELLS_JOINED; j++)
			held = held || cells_set_find(&cells->joined[j].parts, label);
		if (held && names[i] && !listing_has(listing, label))
			listing_spell(listing, names[i], label);
	}
	if (cells)
		draft_list_add_tokens(in, listing, cells, drafting_guessed(in, cells->filled));
	char *slug = slug_make(list->name, SLUG_LONGEST);
	size_t index = draft_list_add(in, listing, *slug ? slug : "answers");
	free(slug);
	free(names);
	text_free(&words);
	listing_free(listing);
	return index;
}

static bool is_date(enum variable_type type)
{
	return type == VARIABLE_DATE || type == VARIABLE_DATETIME;
}

static bool is_number(enum variable_type type)
{
	return type == VARIABLE_INTEGER || type == VARIABLE_NUMBER;
}

static bool is_bound(const char *text, enum variable_type type, double *value)
{
	long long days = 0;
	if (!text)
		return false;
	if (!is_date(type))
		return is_number(type) && number_read_decimal(text, value);
	bool ok = date_read(text, &days);
	*value = (double)days;
	return ok;
}

static void set_bounds(const struct drafting *in, struct draft_variable *variable,
                       const struct questionnaire_entry *entry)
{
	double min = -INFINITY, max = INFINITY;
	bool has_min = is_bound(entry->min, entry->type, &min), has_max = is_bound(entry->max, entry->type, &max);
	if (min > max)
		has_min = has_max = false;
	variable->min = has_min ? drafting_keep(in, entry->min) : NULL;
	variable->max = has_max ? drafting_keep(in, entry->max) : NULL;
}

/* Texts such as "Prefer not to say" among numbers or dates stay missing codes; -99 is the form's own affair. */
static size_t list_of_reasons(const struct drafting *in, struct guess *guess, const struct cells *cells, size_t rows)
{
	size_t kept = 0;
	for (size_t i = 0; i < guess->missing_count; i++)
		if (!guess->missing[i].number)
			guess->missing[kept++] = guess->missing[i];
	guess->missing_count = kept;
	enum variable_type type = guess->type;
	guess->type = VARIABLE_TEXT; /* no answers in the list */
	size_t list = draft_list_guessed(in, guess, cells, rows, "missing");
	guess->type = type;
	return list;
}

static bool is_spelt(const struct draft_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (draft_code_is_spelt(&list->codes[i], text))
			return true;
	return false;
}

/* What the form does not provide for; how many cells that are. */
static size_t add_misfits(struct text *remarks, const struct drafting *in, const struct draft_variable *variable,
                          const struct cells *cells, const struct guess *guess)
{
	const struct cells_set *sets[] = { &cells->values, &cells->texts };
	const struct draft_list *list = draft_list_at(in, variable->list);
	size_t fit = cells->filled, fractions = in->draft->form.decimal_comma ? cells->commas : cells->decimals;
	if (cells->filled == 0)
		text_add(remarks, "; no cell is filled");
	for (size_t s = 0; s < COUNT(sets) && variable->type == VARIABLE_CODE && list; s++)
		for (const struct cells_text *text = sets[s]->texts; text; text = text->hh.next)
			fit -= is_spelt(list, text->text) ? 0 : text->count;
	if (variable->type == VARIABLE_CODE && (cells->values.over || cells->texts.over))
		text_add(remarks, "; many cells hold what the form does not list");
	else if (variable->type == VARIABLE_INTEGER)
		fit = cells->integers;
	else if (variable->type == VARIABLE_NUMBER)
		fit = cells->integers + fractions;
	else if (variable->type == VARIABLE_DATE)
		fit = cells->days;
	else if (variable->type == VARIABLE_DATETIME)
		fit = cells->moments;
	for (const struct cells_text *text = cells->texts.texts;
	     text && guess && list && variable->type != VARIABLE_CODE; text = text->hh.next)
		fit += label_reason(text->text) && is_spelt(list, text->text) ? text->count : 0;
	if (fit < cells->filled)
		text_print(remarks, "; %zu cell%s hold%s what the form does not provide for", cells->filled - fit,
		           cells->filled - fit == 1 ? "" : "s", cells->filled - fit == 1 ? "s" : "");
	return cells->filled - fit;
}

static bool has_missing_code(const struct draft *draft, size_t list)
{
	for (size_t i = 0; list && i < draft->lists[list - 1].count; i++)
		if (draft->lists[list - 1].codes[i].missing != MISSING_NONE)
			return true;
	return false;
}

/* `cells` NULL: no export has the column. `rows`: how many have it. */
void from_questionnaire(const struct drafting *in, struct draft_variable *variable,
                        const struct questionnaire_entry *entry, struct guess *guess, const struct cells *cells,
                        size_t rows)
{
	struct text remarks = { 0 };
	bool coded =
		(entry->type == VARIABLE_CODE || entry->type == VARIABLE_CODES) && entry->list && entry->list->count;
	bool told = entry->type != VARIABLE_CODE && entry->type != VARIABLE_CODES;
	variable->entry = entry;
	variable->origin = DRAFT_QUESTIONNAIRE;
	variable->type = coded || told ? entry->type : VARIABLE_TEXT;
	if (*entry->label) {
		variable->label = drafting_shortened(in, entry->label);
		variable->question = *entry->question                             ? drafting_keep(in, entry->question)
		                     : strcmp(variable->label, entry->label) != 0 ? drafting_keep(in, entry->label)
		                                                                  : NULL;
	}
	variable->direct = entry->direct || (!coded && guess && guess->identifier);
	if (coded)
		variable->list = list_of_entry(in, entry, entry->type == VARIABLE_CODES, cells);
	else if (cells && guess && !variable->direct && (is_number(variable->type) || is_date(variable->type)))
		variable->list = list_of_reasons(in, guess, cells, rows);
	if (variable->list == 0 && coded)
		variable->type = VARIABLE_TEXT;
	set_bounds(in, variable, entry);
	variable->pattern = entry->pattern ? drafting_keep(in, entry->pattern) : NULL;
	variable->role = variable->type == VARIABLE_TEXT && guess && guess->free_text ? ROLE_FREE_TEXT : ROLE_NONE;
	size_t misfits = cells ? add_misfits(&remarks, in, variable, cells, guess) : 0;
	/* a row without what is required is set aside: so of all rows, and not where a missing code will do */
	variable->required = entry->required && !entry->asked_if && (!cells || cells->filled == rows) && misfits == 0
	                     && !has_missing_code(in->draft, variable->list);
	if (entry->required && !entry->asked_if && cells && cells->filled < rows)
		text_add(&remarks, "; the platform asks for an answer, but some rows have none");
	else if (entry->required && !entry->asked_if && !variable->required)
		text_add(&remarks, "; the platform asks for an answer");
	if (entry->note)
		text_print(&remarks, "; %s", entry->note);
	if (variable->direct)
		text_add(&remarks, "; it tells who somebody is, and so is dropped");
	variable->note = drafting_note(in, DRAFT_QUESTIONNAIRE, 0, remarks.bytes);
	text_free(&remarks);
}
