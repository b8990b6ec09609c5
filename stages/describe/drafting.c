#include "drafting.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"
#include "slug.h"

/* --- words --- */

const char *drafting_keep(const struct drafting *in, const char *text)
{
	return mem_arena_copy(in->draft->private->texts, text);
}

const char *drafting_keep_text(const struct drafting *in, struct text *text)
{
	const char *kept = drafting_keep(in, text->bytes ? text->bytes : "");
	text_free(text);
	return kept;
}

const struct gather_column *drafting_column(const struct drafting *in, size_t column)
{
	return &in->sources->gathered->columns[column];
}

const char *drafting_shortened(const struct drafting *in, const char *text)
{
	enum { LONGEST = 80 };
	struct text label = { 0 };
	size_t cut = strlen(text);
	if (cut > LONGEST) {
		for (cut = LONGEST; cut > LONGEST / 2 && text[cut] != ' '; cut--)
			;
		if (text[cut] != ' ')
			cut = LONGEST;
		while (cut && ((unsigned char)text[cut] & 0xc0) == 0x80)
			cut--;
	}
	text_add_bytes(&label, text, cut);
	for (size_t i = 0; i < label.length; i++)
		if (strchr("\r\n\t", label.bytes[i]))
			label.bytes[i] = ' ';
	if (text[cut])
		text_add(&label, "...");
	return drafting_keep_text(in, &label);
}

/* The label is the question, or of a part of one its option; the question is all of both where the label is less. */
void drafting_set_words(const struct drafting *in, struct draft_variable *variable, const char *name, const char *text,
                        const char *option)
{
	struct text all = { 0 };
	const char *words = *text ? text : name;
	text_print(&all, "%s%s%s", words, option ? " | " : "", option ? option : "");
	variable->label = drafting_shortened(in, option ? option : words);
	variable->question = strcmp(all.bytes, variable->label) == 0 ? NULL : drafting_keep(in, all.bytes);
	text_free(&all);
}

/* What a variable is called after: the column's short name; where it has none, the question's words, and the option's.
 */
const char *drafting_name(const struct drafting *in, const struct sheet_column *sheet, const char *text,
                          const char *option)
{
	enum { QUESTION = 22 };
	char *code = NULL, *words = NULL, *label = NULL, *slug = NULL;
	bool worded = strcmp(sheet->name, sheet->path) == 0; /* there is no row of names */
	if (question_split(sheet->name, &code, &words, &label)) {
		slug = slug_make_parted(code, SLUG_LONGEST);
	} else if (worded && *text && option) {
		char *first = slug_make_short(text, QUESTION);
		char *second = slug_make_short(option, SLUG_LONGEST - QUESTION - 1);
		slug = mem_print("%s%s%s", first, *first && *second ? "_" : "", second);
		free(first);
		free(second);
	} else {
		slug = slug_make_short(sheet->name, SLUG_LONGEST);
	}
	const char *name = slug_set_take_variable(in->draft->private->names, *slug ? slug : "question");
	free(code);
	free(words);
	free(label);
	free(slug);
	return name;
}

const char *drafting_note(const struct drafting *in, enum draft_origin origin, size_t rows, const char *remarks)
{
	static const char *const of[DRAFT_ORIGIN_COUNT] = {
		[DRAFT_GUESSED] = "",
		[DRAFT_FILE] = " and the labels of the file",
		[DRAFT_PLATFORM] = ": a column of the platform's own",
	};
	struct text words = { 0 };
	if (origin == DRAFT_FORM)
		text_print(&words, "guessed: from the form %s", in->sources->codebook_name);
	else
		text_print(&words, "guessed from %zu row%s%s", rows, rows == 1 ? "" : "s", of[origin]);
	text_add(&words, remarks ? remarks : "");
	return drafting_keep_text(in, &words);
}

const char *drafting_guessed(const struct drafting *in, size_t rows)
{
	return drafting_note(in, DRAFT_GUESSED, rows, NULL);
}

/* --- rows --- */

size_t drafting_add_variable(const struct drafting *in, struct draft_variable variable)
{
	struct draft *draft = in->draft;
	draft->variables =
		mem_grow(draft->variables, draft->count, &draft->private->capacity, sizeof *draft->variables);
	if (variable.entry)
		in->drafted[variable.entry - in->sources->codebook->entries] = true;
	draft->variables[draft->count] = variable;
	return draft->count++;
}

/* A column of the variable's own name needs no row. */
void drafting_add_header(const struct drafting *in, size_t column, size_t variable, const char *option,
                         const struct question_part *part)
{
	struct draft *draft = in->draft;
	const struct gather_column *from = drafting_column(in, column);
	if (!option && from->match == HEADER_NAME && strcmp(from->header, draft->variables[variable].name) == 0)
		return;
	draft->headers =
		mem_grow(draft->headers, draft->header_count, &draft->private->header_capacity, sizeof *draft->headers);
	draft->headers[draft->header_count++] = (struct draft_header){
		.match = from->match,
		.header = from->header,
		.option = option,
		.ticked = option && part ? part->ticked : NULL,
		.unticked = option && part ? part->unticked : NULL,
		.variable = variable,
	};
}

/* --- lists --- */

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
size_t drafting_add_list(const struct drafting *in, struct listing *listing, const char *name)
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

const struct draft_list *drafting_list_at(const struct drafting *in, size_t list)
{
	return list ? &in->draft->lists[list - 1] : NULL;
}

bool drafting_is_spelt(const struct draft_code *code, const char *text)
{
	return strcmp(code->code, text) == 0 || text_equal(code->exported, text);
}

void drafting_add_missing(struct listing *listing, const char *text, enum missing_reason reason, const char *label,
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
	drafting_add_missing(listing, token, applies ? MISSING_NOT_ANSWERED : MISSING_NOT_APPLICABLE,
	                     applies ? "not answered" : "not applicable", note, true);
}

void drafting_add_tokens(const struct drafting *in, struct listing *listing, const struct cells *cells,
                         const char *note)
{
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		if (cells->tokens[t] && !in->any[t])
			add_token(listing, cells_tokens[t], note);
}

void drafting_add_any(const struct drafting *in)
{
	struct listing *listing = listing_new(in->draft->private->texts, false);
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		if (in->any[t])
			add_token(listing, cells_tokens[t], drafting_guessed(in, in->sources->gathered->rows));
	size_t list = drafting_add_list(in, listing, "missing");
	if (list)
		in->draft->lists[list - 1].name = "any";
	listing_free(listing);
}

void drafting_add_missing_codes(const struct drafting *in, struct listing *listing, const struct guess *guess,
                                const struct cells *cells, const char *note)
{
	for (size_t i = 0; i < guess->missing_count; i++) {
		const struct guess_missing *missing = &guess->missing[i];
		double value = 0;
		bool number = number_read_decimal(missing->text, &value);
		drafting_add_missing(listing, missing->text, missing->reason, number ? "not answered" : missing->text,
		                     note, number);
	}
	drafting_add_tokens(in, listing, cells, note);
}

/* Spellings that differ in capitals and blanks alone become one code, named and labelled after the most frequent. */
void drafting_add_answers(struct listing *listing, const struct guess *guess)
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
const char *drafting_list_name(const struct listing *listing, const char *name)
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
size_t drafting_list(const struct drafting *in, const struct guess *guess, const struct cells *cells, size_t rows,
                     const char *name)
{
	bool coded = guess->type == VARIABLE_CODE || guess->type == VARIABLE_CODES;
	struct listing *listing = listing_new(in->draft->private->texts, guess->type == VARIABLE_CODES);
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		listing_reserve(listing, cells_tokens[t]);
	for (size_t i = 0; i < guess->missing_count; i++)
		listing_reserve(listing, guess->missing[i].text);
	if (coded)
		drafting_add_answers(listing, guess);
	drafting_add_missing_codes(in, listing, guess, cells, drafting_guessed(in, rows));
	size_t list = drafting_add_list(in, listing, coded ? drafting_list_name(listing, name) : "missing");
	listing_free(listing);
	return list;
}
