#include "draft_question.h"

#include <stdlib.h>
#include <string.h>

#include "draft_list.h"
#include "from_file.h"
#include "from_platform.h"
#include "from_questionnaire.h"
#include "label.h"
#include "mem.h"
#include "slug.h"

/* --- a column --- */

/* What the cells tell, into a variable that has its name and words. */
static void set_guess(const struct drafting *in, struct draft_variable *variable, const struct guess *guess,
                      const struct cells *cells, size_t rows, const char *name)
{
	variable->type = guess->type;
	variable->direct = guess->identifier != IDENTIFIER_NONE;
	variable->role = guess->free_text ? ROLE_FREE_TEXT : ROLE_NONE;
	variable->list = draft_list_guessed(in, guess, cells, rows, name);
	variable->min = *guess->min ? drafting_keep(in, guess->min) : NULL;
	variable->max = *guess->max ? drafting_keep(in, guess->max) : NULL;
	variable->note = drafting_note(in, DRAFT_GUESSED, rows, guess->remarks.bytes);
}

static void guess_for(struct guess *guess, const struct drafting *in, const struct gather_column *column,
                      const char *text)
{
	const char *headers[4] = { column->sheet->name };
	size_t count = 1;
	if (*text && strcmp(text, column->sheet->name) != 0)
		headers[count++] = text;
	if (*column->sheet->option)
		headers[count] = column->sheet->option;
	guess_column(guess, &column->cells, &in->draft->form, headers);
}

/* A box for text on the platform says little of what is written into it. */
static bool is_untold(const struct questionnaire_entry *entry, const struct guess *guess)
{
	return entry->type == VARIABLE_TEXT && !entry->pattern && !entry->direct && !guess->identifier
	       && guess->type != VARIABLE_TEXT && guess->type != VARIABLE_CODES;
}

static void set_untold(const struct drafting *in, struct draft_variable *variable, const struct guess *guess,
                       const struct gather_column *column)
{
	struct text words = { 0 };
	bool required = variable->required;
	const char *told = variable->note;
	set_guess(in, variable, guess, &column->cells, column->rows, variable->name);
	text_print(&words, "%s; a text for the platform (%s)", variable->note, told + strlen("guessed: "));
	variable->required = required && guess->missing_count == 0;
	variable->origin = DRAFT_GUESSED;
	variable->note = drafting_keep_text(in, &words);
}

static void set_entry(const struct drafting *in, struct draft_variable *variable,
                      const struct questionnaire_entry *entry, struct guess *guess, const struct gather_column *column)
{
	from_questionnaire(in, variable, entry, guess, &column->cells, column->rows);
	if (is_untold(entry, guess))
		set_untold(in, variable, guess, column);
}

/* The first column, where the platform has none of its own, that looks like one, and that the form leaves alone. */
static bool is_key(const struct drafting *in, const struct questionnaire_entry *entry,
                   const struct gather_column *column, const struct guess *guess)
{
	bool plain = !entry || (!entry->direct && !entry->list && !entry->asked_if);
	return plain && !in->draft->has_key && !guess->identifier
	       && guess_is_key(&column->cells, column->rows, column->sheet->name);
}

/* What is written beside "other" is free text, however few have written it yet. */
static void set_other(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column)
{
	if (variable->type != VARIABLE_TEXT)
		variable->note = drafting_note(in, DRAFT_GUESSED, column->rows, "; what was written beside an option");
	if (variable->type != VARIABLE_TEXT)
		variable->list = 0;
	variable->type = VARIABLE_TEXT;
	variable->role = ROLE_FREE_TEXT;
	variable->min = variable->max = NULL;
}

static void draft_column(const struct drafting *in, const struct question *question, const struct question_part *part)
{
	const struct gather_column *column = drafting_column(in, part->column);
	const struct sheet_column *sheet = column->sheet;
	struct draft_variable variable = { .name = drafting_name(in, column, question->text, part->label) };
	const char *text = sheet->spss && !*question->text ? sheet->spss->label : question->text;
	struct guess guess;
	guess_for(&guess, in, column, text);
	drafting_set_words(in, &variable, sheet->name, text, part->label);
	if (question->entry)
		set_entry(in, &variable, question->entry, &guess, column);
	else if (from_file_says(sheet->spss))
		from_file(in, &variable, column, &guess);
	else
		set_guess(in, &variable, &guess, &column->cells, column->rows, variable.name);
	bool text_only = !question->entry || variable.type == VARIABLE_TEXT;
	if (column->own) {
		from_platform(in, &variable, column, &guess);
	} else if (question->other && !variable.direct && text_only) {
		set_other(in, &variable, column);
	} else if (is_key(in, question->entry, column, &guess)) {
		from_platform_key(in, &variable, column);
		variable.note =
			drafting_note(in, DRAFT_GUESSED, column->rows,
		                      column->cells.prints_over ? "; every row has its own, as far as was looked"
		                                                : "; every row has its own");
	}
	if (variable.direct && variable.origin != DRAFT_QUESTIONNAIRE) { /* nothing of its values is written down */
		variable.list = 0;
		variable.min = variable.max = NULL;
		if (variable.type == VARIABLE_CODE || variable.type == VARIABLE_CODES)
			variable.type = VARIABLE_TEXT;
	}
	variable.reasons = column->reasons;
	drafting_add_header(in, part->column, drafting_add_variable(in, variable), NULL, NULL);
	guess_free(&guess);
}

/* --- a matrix --- */

/* Rows of a matrix have answers in common: of each, at least half of the texts stand in another too. */
static bool share_answers(const struct drafting *in, const struct question *question)
{
	for (size_t i = 0; i < question->count; i++) {
		const struct cells *cells = &drafting_column(in, question->parts[i].column)->cells;
		const struct cells_set *sets[] = { &cells->values, &cells->texts };
		size_t shared = 0;
		if (cells->values.over || cells->texts.over)
			return false;
		for (size_t s = 0; s < COUNT(sets); s++)
			for (const struct cells_text *text = sets[s]->texts; text; text = text->hh.next) {
				bool found = false;
				for (size_t j = 0; j < question->count && !found; j++) {
					const struct cells *other =
						&drafting_column(in, question->parts[j].column)->cells;
					found = j != i
					        && (cells_set_find(&other->values, text->text)
					            || cells_set_find(&other->texts, text->text));
				}
				shared += found;
			}
		if (2 * shared < cells->values.count + cells->texts.count)
			return false;
	}
	return true;
}

/* One guess for all rows of the matrix, so that they share a list and an answer that only one row was given is known in
 * all; where they have nothing in common, each is a question of its own. */
static void draft_matrix(const struct drafting *in, const struct question *question)
{
	struct cells merged;
	struct guess guess = { .type = VARIABLE_TEXT };
	const char *headers[] = { question->text, NULL };
	cells_begin(&merged, '\0', false);
	for (size_t i = 0; i < question->count; i++)
		cells_merge(&merged, &drafting_column(in, question->parts[i].column)->cells);
	bool shared = share_answers(in, question);
	if (shared)
		guess_column(&guess, &merged, &in->draft->form, headers);
	char *name = slug_make_short(question->name, SLUG_LONGEST);
	for (size_t i = 0; i < question->count; i++) {
		const struct question_part *part = &question->parts[i];
		const struct gather_column *column = drafting_column(in, part->column);
		if (!shared || guess.type != VARIABLE_CODE || from_file_says(column->sheet->spss)) {
			draft_column(in, question, part);
			continue;
		}
		struct draft_variable variable = { .name = drafting_name(in, column, question->text, part->label) };
		drafting_set_words(in, &variable, column->sheet->name, question->text, part->label);
		set_guess(in, &variable, &guess, &merged, column->rows, *name ? name : variable.name);
		variable.reasons = column->reasons;
		drafting_add_header(in, part->column, drafting_add_variable(in, variable), NULL, NULL);
	}
	free(name);
	guess_free(&guess);
	cells_free(&merged);
}

/* --- boxes --- */

static bool is_code(const char *option)
{
	return *option
	       && option[strspn(option, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")] == '\0';
}

/* The list of the options, in the order of the boxes, with the code of each; a form's list comes first, and adds those
 * that it lacks. */
static size_t list_of_boxes(const struct drafting *in, const struct question *question, const char **codes, size_t rows)
{
	struct listing *listing = listing_new(in->draft->private->texts, true);
	for (size_t i = 0; i < question->count; i++) {
		const struct question_part *part = &question->parts[i];
		const char *label = part->label ? part->label : part->option;
		const struct draft_code like = { .label = label,
			                         .missing = label_reason(label),
			                         .exclusive = label_is_exclusive(label),
			                         .note = label_reason(label) ? drafting_guessed(in, rows) : NULL };
		/* a platform's code stays as it is; words become one */
		bool code = is_code(part->option) && !(part->label && strcmp(part->label, part->option) == 0);
		codes[i] = listing_add(listing, code ? part->option : label, code, &like, NULL, 0);
	}
	for (size_t i = 0; i < question->count; i++)
		draft_list_add_tokens(in, listing, &drafting_column(in, question->parts[i].column)->cells,
		                      drafting_guessed(in, rows));
	char *slug = slug_make_short(question->name, SLUG_LONGEST);
	size_t list = draft_list_add(in, listing, *slug ? slug : "options");
	free(slug);
	listing_free(listing);
	return list;
}

/* The boxes' codes in the list that the form made; false: one is not there, as the form was changed since. */
static bool match_boxes(const struct drafting *in, const struct question *question, size_t list, const char **codes)
{
	const struct draft_list *made = draft_list_at(in, list);
	for (size_t i = 0; i < question->count; i++) {
		const struct questionnaire_code *code =
			questionnaire_option(question->entry, question->parts[i].option);
		codes[i] = NULL;
		for (size_t c = 0; code && made && c < made->count && !codes[i]; c++)
			if (draft_code_is_spelt(&made->codes[c], code->code))
				codes[i] = made->codes[c].code;
		for (size_t j = 0; j < i && codes[i]; j++)
			if (codes[j] && strcmp(codes[i], codes[j]) == 0)
				return false;
		if (!codes[i])
			return false;
	}
	return true;
}

static void draft_boxes(const struct drafting *in, const struct question *question)
{
	const struct gather_column *first =
		drafting_column(in, question->has_summary ? question->summary : question->parts[0].column);
	const char **codes = mem_alloc(question->count, sizeof *codes);
	char *slug = slug_make_short(question->name, SLUG_LONGEST);
	struct draft_variable variable = {
		.name = slug_set_take_variable(in->draft->private->names, *slug ? slug : "question"),
		.type = VARIABLE_CODES,
	};
	free(slug);
	drafting_set_words(in, &variable, question->name, question->text, NULL);
	bool known = false;
	if (question->entry && question->entry->list) {
		struct questionnaire_entry entry = *question->entry;
		entry.type = VARIABLE_CODES; /* a Jisc key does not say */
		from_questionnaire(in, &variable, &entry, NULL, question->has_summary ? &first->cells : NULL,
		                   first->rows);
		variable.entry = question->entry;
		variable.required = false; /* boxes do not tell a blank from none of them */
		known = variable.type == VARIABLE_CODES && match_boxes(in, question, variable.list, codes);
	}
	if (!known) {
		variable.type = VARIABLE_CODES;
		variable.list = list_of_boxes(in, question, codes, first->rows);
		variable.origin = DRAFT_GUESSED;
		variable.entry = NULL;
		variable.pattern = NULL;
		variable.note = drafting_note(
			in, DRAFT_GUESSED, first->rows,
			question->has_summary
				? "; several answers, in one cell and in boxes too: the cell is drafted"
				: "; a column for each option. If each is a question of its own, draft it so");
	}
	variable.reasons = question->has_summary ? first->reasons : 0;
	for (size_t i = 0; i < question->count && !question->has_summary; i++)
		variable.reasons |= drafting_column(in, question->parts[i].column)->reasons;
	size_t index = drafting_add_variable(in, variable);
	if (question->has_summary)
		drafting_add_header(in, question->summary, index, NULL, NULL);
	for (size_t i = 0; i < question->count && !question->has_summary; i++)
		drafting_add_header(in, question->parts[i].column, index, codes[i], &question->parts[i]);
	free(codes);
}

void draft_question(const struct drafting *in, const struct question *question)
{
	if (question->kind == QUESTION_BOXES)
		draft_boxes(in, question);
	else if (question->kind == QUESTION_MATRIX)
		draft_matrix(in, question);
	else
		draft_column(in, question, &question->parts[0]);
}
