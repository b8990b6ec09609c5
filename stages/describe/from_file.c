#include "from_file.h"

#include <math.h>
#include <string.h>

#include "draft_list.h"
#include "label.h"
#include "mem.h"
#include "number.h"
#include "text.h"

static bool is_number(enum variable_type type)
{
	return type == VARIABLE_INTEGER || type == VARIABLE_NUMBER;
}

static bool is_labelled(const struct spss_variable *spss, const char *text)
{
	for (size_t i = 0; i < spss->label_count; i++)
		if (strcmp(spss->labels[i].text, text) == 0)
			return true;
	return false;
}

static bool is_plain(const char *text)
{
	return !text_is_blank(text) && !strpbrk(text, "\r\n");
}

/* The labels are the answers where no cell holds another value: of 0 = never to 10 = always alone, they are not. */
static bool labels_are_answers(const struct gather_column *column)
{
	const struct cells_set *sets[] = { &column->cells.values, &column->cells.texts };
	const struct spss_variable *spss = column->sheet->spss;
	size_t answers = 0;
	for (size_t i = 0; i < spss->label_count; i++)
		answers += is_plain(spss->labels[i].text) && !gather_is_declared(spss, spss->labels[i].text);
	if (answers == 0)
		return false;
	for (size_t s = 0; s < COUNT(sets); s++) {
		if (sets[s]->over)
			return false;
		for (const struct cells_text *text = sets[s]->texts; text; text = text->hh.next)
			if (!is_labelled(spss, text->text))
				return false;
	}
	return true;
}

/* Bounds that leave out a missing number and let in every answer; false: it lies among them. */
static bool leave_out(struct draft_variable *variable, const struct drafting *in, const struct cells *cells,
                      double value)
{
	double least = cells->least, most = cells->most, bound = 0;
	for (size_t i = 0; i < CELLS_SENTINELS; i++) {
		if (!cells->sentinels[i])
			continue;
		least = isnan(least) || cells_sentinels[i].value < least ? cells_sentinels[i].value : least;
		most = isnan(most) || cells_sentinels[i].value > most ? cells_sentinels[i].value : most;
	}
	char text[NUMBER_TEXT_SIZE];
	bool above = value > 0 && !(most > ceil(value) - 1), below = value < 0 && !(least < floor(value) + 1);
	if (!above && !below)
		return false;
	const char **limit = above ? &variable->max : &variable->min;
	double wanted = above ? ceil(value) - 1 : floor(value) + 1;
	bool tighter = !*limit || !number_read_decimal(*limit, &bound) || (above ? wanted < bound : wanted > bound);
	if (tighter) {
		number_print_exact(text, wanted);
		if (!number_read_decimal(text, &bound))
			return false;
		*limit = drafting_keep(in, text);
	}
	return true;
}

static const char *label_of(const struct spss_variable *spss, const char *text)
{
	for (size_t i = 0; i < spss->label_count; i++)
		if (strcmp(spss->labels[i].text, text) == 0)
			return spss->labels[i].label;
	return "";
}

/* A value that the file declares missing, or whose label says so. Without a label that tells why, it is an answer that
 * was not given: a file that throws answers away as unusable says so in a label. */
static void add_declared(struct listing *listing, const struct drafting *in, struct draft_variable *variable,
                         const struct gather_column *column, const char *text, bool coded, size_t *inside)
{
	const struct spss_variable *spss = column->sheet->spss;
	const char *label = label_of(spss, text);
	enum missing_reason reason = label_reason(label);
	double value = 0;
	if (!is_plain(text) || listing_has(listing, text))
		return;
	if (!coded && number_read_decimal(text, &value) && is_number(variable->type)
	    && !leave_out(variable, in, &column->cells, value)) {
		(*inside)++;
		return;
	}
	draft_list_add_missing(listing, text, reason ? reason : MISSING_NOT_ANSWERED, *label ? label : "not answered",
	                       drafting_guessed(in, column->rows), true);
}

/* The cells tell, but for dates: there the file does, if one can be read, as cells outside the calendar are but wrong.
 */
static enum variable_type type_of(const struct spss_variable *spss, const struct gather_column *column,
                                  const struct guess *guess)
{
	const struct cells *cells = &column->cells;
	if (spss->kind == SPSS_DATE && (cells->days || !cells->filled))
		return VARIABLE_DATE;
	if (spss->kind == SPSS_DATETIME && (cells->moments || !cells->filled))
		return VARIABLE_DATETIME;
	if (!cells->filled)
		return spss->kind == SPSS_NUMBER ? VARIABLE_NUMBER : VARIABLE_TEXT;
	return guess->type == VARIABLE_CODES ? VARIABLE_TEXT : guess->type;
}

bool from_file_says(const struct spss_variable *spss)
{
	return spss
	       && (spss->label_count || spss->missing_count || spss->kind == SPSS_DATE || spss->kind == SPSS_DATETIME);
}

void from_file(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column,
               const struct guess *guess)
{
	const struct spss_variable *spss = column->sheet->spss;
	bool coded = labels_are_answers(column);
	size_t inside = 0;
	struct text remarks = { 0 };
	struct listing *listing = listing_new(in->draft->private->texts, false);
	variable->origin = DRAFT_FILE;
	variable->direct = !coded && guess->identifier;
	variable->role = !coded && guess->free_text ? ROLE_FREE_TEXT : ROLE_NONE;
	variable->type = coded ? VARIABLE_CODE : type_of(spss, column, guess);
	bool listed = variable->type == VARIABLE_CODE;
	for (size_t i = 0; i < spss->label_count; i++)
		listing_reserve(listing, spss->labels[i].text);
	for (size_t i = 0; i < spss->label_count && coded; i++) {
		const struct spss_label *label = &spss->labels[i];
		const struct draft_code like = { .label = *label->label ? label->label : label->text };
		bool missing = gather_is_declared(spss, label->text) || label_reason(label->label);
		if (is_plain(label->text) && !missing)
			listing_add(listing, label->text, true, &like, &label->text, 1);
	}
	if (listed && !coded)
		draft_list_add_answers(listing, guess);
	variable->min = coded ? NULL : *guess->min ? drafting_keep(in, guess->min) : NULL;
	variable->max = coded ? NULL : *guess->max ? drafting_keep(in, guess->max) : NULL;
	for (size_t i = 0; i < spss->label_count; i++)
		if (gather_is_declared(spss, spss->labels[i].text) || label_reason(spss->labels[i].label))
			add_declared(listing, in, variable, column, spss->labels[i].text, listed, &inside);
	for (size_t i = 0; i < spss->missing_count; i++)
		if (!spss->missing[i].range)
			add_declared(listing, in, variable, column, spss->missing[i].text, listed, &inside);
	for (const struct cells_text *text = column->declared.texts; text; text = text->hh.next)
		add_declared(listing, in, variable, column, text->text, listed, &inside);
	if (!coded)
		draft_list_add_missing_codes(in, listing, guess, &column->cells, drafting_guessed(in, column->rows));
	variable->list = draft_list_add(in, listing, listed ? draft_list_name(listing, variable->name) : "missing");
	text_add(&remarks, guess->remarks.bytes && !coded ? guess->remarks.bytes : "");
	if (!coded && spss->label_count && !gather_is_declared(spss, spss->labels[0].text))
		text_add(&remarks, "; some values have labels in the file, and others that cells hold have none");
	if (inside)
		text_print(&remarks,
		           "; %zu values that the file declares missing lie among the answers and are not listed",
		           inside);
	variable->note = drafting_note(in, DRAFT_FILE, column->rows, remarks.bytes);
	text_free(&remarks);
	listing_free(listing);
}
