#include "draft_list.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"
#include "slug.h"

static bool is_same_list(const struct draft_list *list, const struct draft_code *codes, size_t count)
{
	if (list->count != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct draft_code *a = &list->codes[i], *b = &codes[i];
		if (strcmp(a->code, b->code) != 0 || strcmp(a->label, b->label) != 0
		    || !text_equal(a->exported, b->exported) || a->missing != b->missing
		    || a->exclusive != b->exclusive)
			return false;
	}
	return true;
}

/* Questions with the same answers share one list. From 1; 0: the listing is empty. */
size_t draft_list_add(const struct drafting *in, struct listing *listing, const char *name)
{
	struct draft *draft = in->draft;
	size_t count = listing_count(listing);
	if (count == 0)
		return 0;
	for (size_t i = 0; i < draft->list_count; i++)
		if (is_same_list(&draft->lists[i], listing_codes(listing), count))
			return i + 1;
	draft->lists = mem_grow(draft->lists, draft->list_count, &draft->private->list_capacity, sizeof *draft->lists);
	struct draft_list *list = &draft->lists[draft->list_count++];
	*list = (struct draft_list){ slug_set_take(draft->private->list_names, name, SLUG_LONGEST),
		                     mem_alloc(count, sizeof *list->codes), count };
	memcpy(list->codes, listing_codes(listing), count * sizeof *list->codes);
	return draft->list_count;
}

const struct draft_list *draft_list_at(const struct drafting *in, size_t list)
{
	return list ? &in->draft->lists[list - 1] : NULL;
}

bool draft_code_is_spelt(const struct draft_code *code, const char *text)
{
	return strcmp(code->code, text) == 0 || text_equal(code->exported, text);
}

void draft_list_add_missing(struct listing *listing, const char *text, enum missing_reason reason, const char *label,
                            const char *note, bool exact)
{
	if (listing_has(listing, text))
		return;
	const struct draft_code like = { .label = label, .missing = reason, .note = note };
	char *slug = slug_make(text, SLUG_LONGEST); /* of a dash alone, nothing */
	listing_add(listing, *slug || (exact && !cells_is_formula(text)) ? text : label, exact, &like, &text, 1);
	free(slug);
}

static void add_token(struct listing *listing, const char *token, const char *note)
{
	bool applies = strcmp(token, "N/A") != 0 && strcmp(token, "n/a") != 0;
	draft_list_add_missing(listing, token, applies ? MISSING_NOT_ANSWERED : MISSING_NOT_APPLICABLE,
	                       applies ? "not answered" : "not applicable", note, true);
}

void draft_list_add_tokens(const struct drafting *in, struct listing *listing, const struct cells *cells,
                           const char *note)
{
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		if (cells->tokens[t] && !in->any[t])
			add_token(listing, cells_tokens[t], note);
}

void draft_list_add_any(const struct drafting *in)
{
	struct listing *listing = listing_new(in->draft->private->texts, false);
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		if (in->any[t])
			add_token(listing, cells_tokens[t], drafting_guessed(in, in->sources->gathered->rows));
	size_t list = draft_list_add(in, listing, "missing");
	if (list)
		in->draft->lists[list - 1].name = "any";
	listing_free(listing);
}

void draft_list_add_missing_codes(const struct drafting *in, struct listing *listing, const struct guess *guess,
                                  const struct cells *cells, const char *note)
{
	for (size_t i = 0; i < guess->missing_count; i++) {
		const struct guess_missing *missing = &guess->missing[i];
		double value = 0;
		bool number = number_read_decimal(missing->text, &value);
		draft_list_add_missing(listing, missing->text, missing->reason, number ? "not answered" : missing->text,
		                       note, number);
	}
	draft_list_add_tokens(in, listing, cells, note);
}

/* Spellings that differ in capitals and blanks alone become one code, named and labelled after the most frequent. */
void draft_list_add_answers(struct listing *listing, const struct guess *guess)
{
	for (size_t i = 0; i < guess->text_count; i++)
		listing_reserve(listing, guess->texts[i]->text);
	bool *done = mem_alloc(guess->text_count, sizeof *done);
	const char **spellings = mem_alloc(guess->text_count, sizeof *spellings);
	for (size_t i = 0; i < guess->text_count; i++) {
		if (done[i])
			continue;
		char *folded = slug_fold(guess->texts[i]->text);
		const struct cells_text *most = guess->texts[i];
		size_t count = 0;
		for (size_t j = i; j < guess->text_count; j++) {
			char *other = slug_fold(guess->texts[j]->text);
			if (strcmp(folded, other) == 0) {
				done[j] = true;
				spellings[count++] = guess->texts[j]->text;
				most = guess->texts[j]->count > most->count ? guess->texts[j] : most;
			}
			free(other);
		}
		free(folded);
		const struct draft_code like = { .label = most->text };
		listing_add(listing, most->text, false, &like, spellings, count);
	}
	free(spellings);
	free(done);
}

/* yes_no for the list that every study has; else what the first question that uses it is called. */
const char *draft_list_name(const struct listing *listing, const char *name)
{
	size_t count = listing_count(listing);
	bool yes_no = count == 2;
	for (size_t i = 0; i < count && yes_no; i++) {
		const char *code = listing_codes(listing)[i].code;
		yes_no = strcmp(code, "yes") == 0 || strcmp(code, "no") == 0;
	}
	return yes_no ? "yes_no" : name;
}

/* The list of a guess: answers and missing codes, or for other types missing codes alone. */
size_t draft_list_guessed(const struct drafting *in, const struct guess *guess, const struct cells *cells, size_t rows,
                          const char *name)
{
	bool coded = guess->type == VARIABLE_CODE || guess->type == VARIABLE_CODES;
	struct listing *listing = listing_new(in->draft->private->texts, guess->type == VARIABLE_CODES);
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		listing_reserve(listing, cells_tokens[t]);
	for (size_t i = 0; i < guess->missing_count; i++)
		listing_reserve(listing, guess->missing[i].text);
	if (coded)
		draft_list_add_answers(listing, guess);
	draft_list_add_missing_codes(in, listing, guess, cells, drafting_guessed(in, rows));
	size_t list = draft_list_add(in, listing, coded ? draft_list_name(listing, name) : "missing");
	listing_free(listing);
	return list;
}
