#include "drafting.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
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

const char *drafting_name(const struct drafting *in, const struct gather_column *column, const char *text,
                          const char *option)
{
	const struct sheet_column *sheet = column->sheet;
	bool own = column->own && column->match == HEADER_PATH;
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
		slug = slug_make_short(own ? sheet->path : sheet->name, SLUG_LONGEST);
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
	if (origin == DRAFT_QUESTIONNAIRE)
		text_print(&words, "guessed: from the form %s", in->sources->questionnaire_name);
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
		in->drafted[variable.entry - in->sources->questionnaire->entries] = true;
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
