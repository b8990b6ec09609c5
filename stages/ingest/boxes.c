#include "boxes.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "mem.h"

enum mark {
	MARK_BLANK,
	MARK_TICKED,
	MARK_UNTICKED, /* and told so */
	MARK_ABSENT,   /* the platform's text for an option that was not shown, and the like */
	MARK_OTHER,
};

static int compare_ranks(const void *left, const void *right)
{
	const struct box *a = left, *b = right;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static struct box new_box(const struct columns *columns, size_t cell)
{
	const struct column *column = &columns->at[cell];
	const struct code_list *list = column->variable->codes;
	struct box box = { .cell = cell, .header = column->header, .option = columns->sheet[cell].option, .label = "" };
	while (box.rank < list->count && strcmp(list->codes[box.rank].code, column->header->option) != 0)
		box.rank++;
	if (box.rank < list->count && list->codes[box.rank].label)
		box.label = list->codes[box.rank].label;
	return box;
}

bool boxes_new(struct boxes *boxes, const struct columns *columns, const struct source *source,
               const struct dictionary *dictionary, size_t variable)
{
	const struct variable *question = &dictionary->variables[variable];
	size_t first = columns->cells[variable], capacity = 0;
	if (first == 0 || !column_is_box(&columns->at[first - 1]))
		return false;
	*boxes = (struct boxes){ .dictionary = dictionary, .platform = source->platform, .variable = question };
	for (size_t i = first - 1; i < columns->count; i++) {
		if (columns->at[i].variable != question)
			continue;
		boxes->box = mem_grow(boxes->box, boxes->count, &capacity, sizeof *boxes->box);
		boxes->box[boxes->count++] = new_box(columns, i);
	}
	mem_sort(boxes->box, boxes->count, sizeof *boxes->box, compare_ranks);
	return true;
}

void boxes_free(struct boxes *boxes)
{
	free(boxes->box);
	text_free(&boxes->cell);
	*boxes = (struct boxes){ 0 };
}

/* ---- one box ---- */

static bool is(const char *text, size_t length, const char *word)
{
	return strncmp(text, word, length) == 0 && word[length] == '\0';
}

static bool is_among(const char *text, size_t length, char *const *words, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (is(text, length, words[i]))
			return true;
	return false;
}

static bool is_option(const struct box *box, const char *cell, const char *text, size_t length)
{
	return is(text, length, box->label) || (*box->option && columns_alike(cell, box->option));
}

/* By a mark that headers.csv or the platform declares. */
static bool is_ticked(const struct boxes *boxes, const struct box *box, const char *text, size_t length)
{
	const struct platform_boxes *platform = boxes->platform->boxes;
	for (size_t i = 0; i < box->header->value_count; i++)
		if (is(text, length, box->header->values[i].exported)
		    && strcmp(box->header->values[i].code, box->header->option) == 0)
			return true;
	if (box->header->ticked)
		return is(text, length, box->header->ticked);
	return platform && is_among(text, length, platform->ticked, platform->ticked_count);
}

static bool is_unticked(const struct boxes *boxes, const struct box *box, const char *text, size_t length)
{
	const struct platform_boxes *platform = boxes->platform->boxes;
	if (box->header->unticked)
		return is(text, length, box->header->unticked);
	return platform && is_among(text, length, platform->unticked, platform->unticked_count);
}

static bool is_absent(const struct platform *platform, const char *text, size_t length)
{
	for (unsigned i = 0; i < platform->missing_count; i++)
		if (is(text, length, platform->missing[i].text))
			return true;
	return false;
}

/* The option's own words are a tick too, unless headers.csv says what a tick looks like; where the platform declares
 * marks, those come first: the option may be worded `No`. */
static enum mark read_mark(const struct boxes *boxes, const struct box *box, const char *cell, const char *text,
                           size_t length)
{
	const struct platform_boxes *platform = boxes->platform->boxes;
	if (length == 0)
		return MARK_BLANK;
	if (is_ticked(boxes, box, text, length))
		return MARK_TICKED;
	bool words = !box->header->ticked && is_option(box, cell, text, length);
	if (words && !(platform && platform->ticked_count > 0))
		return MARK_TICKED;
	if (is_unticked(boxes, box, text, length))
		return MARK_UNTICKED;
	if (words)
		return MARK_TICKED;
	return is_absent(boxes->platform, text, length) ? MARK_ABSENT : MARK_OTHER;
}

/* ---- all of them ---- */

static void add(struct text *cell, const char *text, size_t length)
{
	if (cell->length > 0)
		text_add_bytes(cell, ";", 1);
	text_add_bytes(cell, text, length);
}

/* Whether the text, by itself in the gathered cell, might be read as an answer: as a code, or as several. */
static bool passes_for_answer(const struct boxes *boxes, const char *text)
{
	const struct code *code = dictionary_code(boxes->dictionary, boxes->variable->codes, text);
	const char *separator = boxes->platform->separator;
	if (separator && *separator == ' ')
		separator = " \t\r\n\v\f";
	return code ? code->missing == MISSING_NONE
	            : strchr(text, ';') || (separator && strpbrk(text, separator))
	                       || strcmp(text, ANSWER_NONE_TICKED) == 0;
}

static bool stands_before(const struct boxes *boxes, size_t at, const struct csv_record *record, const char *text,
                          size_t length)
{
	for (size_t i = 0; i < at; i++) {
		size_t before;
		const char *other = answer_trim(record->fields[boxes->box[i].cell], &before);
		if (before == length && memcmp(other, text, length) == 0)
			return true;
	}
	return false;
}

static void add_other(struct boxes *boxes, size_t at, const struct csv_record *record, const char *text, size_t length)
{
	char *copy = mem_copy_bytes(text, length);
	if (passes_for_answer(boxes, copy)) {
		char *told = mem_print("%s=%s", boxes->box[at].header->option, copy);
		add(&boxes->cell, told, strlen(told));
		free(told);
	} else if (!stands_before(boxes, at, record, text, length)) {
		add(&boxes->cell, text, length);
	}
	free(copy);
}

const char *boxes_gather(struct boxes *boxes, const struct csv_record *record)
{
	const char *absent = NULL;
	size_t absent_length = 0, others = 0;
	bool told = false;
	boxes->cell.length = 0;
	text_add(&boxes->cell, "");
	for (size_t i = 0; i < boxes->count; i++) {
		const struct box *box = &boxes->box[i];
		const char *cell = record->fields[box->cell];
		size_t length;
		const char *text = answer_trim(cell, &length);
		switch (read_mark(boxes, box, cell, text, length)) {
		case MARK_BLANK: break;
		case MARK_TICKED: add(&boxes->cell, box->header->option, strlen(box->header->option)); break;
		case MARK_UNTICKED: told = true; break;
		case MARK_OTHER: others++; break;
		case MARK_ABSENT:
			absent = text;
			absent_length = length;
			break;
		}
	}
	for (size_t i = 0; others > 0 && i < boxes->count; i++) {
		const struct box *box = &boxes->box[i];
		size_t length;
		const char *text = answer_trim(record->fields[box->cell], &length);
		if (read_mark(boxes, box, record->fields[box->cell], text, length) == MARK_OTHER)
			add_other(boxes, i, record, text, length);
	}
	if (boxes->cell.length == 0 && told && boxes->platform->boxes && boxes->platform->boxes->answered)
		text_add(&boxes->cell, ANSWER_NONE_TICKED);
	else if (boxes->cell.length == 0 && !told && absent)
		add(&boxes->cell, absent, absent_length);
	return boxes->cell.bytes;
}
