#include "draft.h"

#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "draft_list.h"
#include "draft_question.h"
#include "drafting.h"
#include "from_questionnaire.h"
#include "mem.h"
#include "slug.h"
#include "text.h"

static void find_form(struct drafting *in)
{
	const struct gathered *gathered = in->sources->gathered;
	const struct cells **cells = mem_alloc(gathered->count, sizeof *cells);
	size_t count = 0, columns[CELLS_TOKENS] = { 0 };
	for (size_t i = 0; i < gathered->count; i++) {
		const struct gather_column *column = &gathered->columns[i];
		if (!column->header || (column->own && column->own->drop))
			continue;
		cells[count++] = &column->cells;
		for (size_t t = 0; t < CELLS_TOKENS; t++)
			columns[t] += column->cells.tokens[t] > 0;
	}
	for (size_t t = 0; t < CELLS_TOKENS; t++)
		in->any[t] = columns[t] > 1;
	in->draft->form = guess_form(cells, count, in->sources->platform->dates);
	free(cells);
}

/* Without an export, each question under the name that its column will have. A question with boxes needs an export to
 * draft them from. */
static void draft_form(struct drafting *in)
{
	for (size_t i = 0; i < in->sources->questionnaire->count; i++) {
		const struct questionnaire_entry *entry = &in->sources->questionnaire->entries[i];
		struct draft_variable variable = { 0 };
		char *slug = slug_make_parted(entry->name, SLUG_LONGEST);
		variable.name = slug_set_take_variable(in->draft->private->names, *slug ? slug : "question");
		free(slug);
		drafting_set_words(in, &variable, entry->name, "", NULL);
		from_questionnaire(in, &variable, entry, NULL, NULL, 0);
		size_t index = drafting_add_variable(in, variable);
		if (strcmp(entry->name, variable.name) == 0)
			continue;
		struct draft *draft = in->draft;
		draft->headers = mem_grow(draft->headers, draft->header_count, &draft->private->header_capacity,
		                          sizeof *draft->headers);
		draft->headers[draft->header_count++] =
			(struct draft_header){ .match = HEADER_NAME, .header = entry->name, .variable = index };
	}
}

/* Lists that no variable uses are gone, as dictionary_load refuses them. */
static void drop_unused_lists(struct draft *draft)
{
	size_t kept = 0;
	size_t *place = mem_alloc(draft->list_count, sizeof *place);
	for (size_t l = 0; l < draft->list_count; l++) {
		bool used = strcmp(draft->lists[l].name, "any") == 0;
		for (size_t i = 0; i < draft->count && !used; i++)
			used = draft->variables[i].list == l + 1;
		if (!used) {
			free(draft->lists[l].codes);
			continue;
		}
		place[l] = kept;
		draft->lists[kept++] = draft->lists[l];
	}
	for (size_t i = 0; i < draft->count; i++)
		if (draft->variables[i].list)
			draft->variables[i].list = place[draft->variables[i].list - 1] + 1;
	draft->list_count = kept;
	free(place);
}

static void count_unasked(struct drafting *in)
{
	for (size_t i = 0; in->sources->questionnaire && i < in->sources->questionnaire->count; i++)
		in->draft->unasked += !in->drafted[i];
}

bool draft_make(struct draft **draft, const struct draft_sources *sources, struct error *err)
{
	struct draft *made = mem_alloc(1, sizeof *made);
	struct drafting in = { .draft = made, .sources = sources };
	made->private = mem_alloc(1, sizeof *made->private);
	made->private->texts = mem_arena_new();
	made->private->names = slug_set_new();
	made->private->list_names = slug_set_new();
	slug_set_add(made->private->list_names, "any");
	slug_set_add(made->private->list_names, "places");
	in.drafted = mem_alloc(sources->questionnaire ? sources->questionnaire->count : 0, sizeof *in.drafted);
	for (size_t i = 0; i < sources->gathered->count; i++) {
		const struct gather_column *column = &sources->gathered->columns[i];
		made->has_key =
			made->has_key || (column->own && !column->own->drop && text_equal(column->own->role, "key"));
	}
	find_form(&in);
	if (sources->exports) {
		questions_find(&made->private->questions, sources->gathered, sources->platform, sources->questionnaire);
		made->left_out = made->private->questions->left_out;
		for (size_t i = 0; i < made->private->questions->count; i++)
			draft_question(&in, &made->private->questions->questions[i]);
	} else {
		draft_form(&in);
	}
	drop_unused_lists(made);
	draft_list_add_any(&in);
	count_unasked(&in);
	bool ok = made->count > 0 || error_set(err, ERROR_INPUT, "there is no column to draft a variable from");
	if (ok)
		asked_set(made, sources->questionnaire, made->private->texts);
	free(in.drafted);
	*draft = made;
	if (!ok) {
		draft_free(made);
		*draft = NULL;
	}
	return ok;
}

void draft_free(struct draft *draft)
{
	if (!draft)
		return;
	for (size_t i = 0; i < draft->list_count; i++)
		free(draft->lists[i].codes);
	questions_free(draft->private->questions);
	slug_set_free(draft->private->names);
	slug_set_free(draft->private->list_names);
	mem_arena_free(draft->private->texts);
	free(draft->private);
	free(draft->variables);
	free(draft->lists);
	free(draft->headers);
	free(draft);
}
