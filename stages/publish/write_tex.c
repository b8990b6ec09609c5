#include "writers.h"

#include <string.h>

#include "embedded.h"
#include "mem.h"

static void add_cell(struct text *rows, const char *value)
{
	text_add(rows, " & ");
	text_add_escaped(rows, TEXT_LATEX, value);
}

/* In characters, of UTF-8. */
static size_t longest_word(const char *heading)
{
	size_t longest = 0, length = 0;
	for (const char *c = heading; *c; c++) {
		length = *c == ' ' || *c == '\n' ? 0 : length + (((unsigned char)*c & 0xc0) != 0x80);
		longest = length > longest ? length : longest;
	}
	return longest;
}

/* A heading of several words is broken over lines, or a few columns would fill the page. Letters are half an em wide on
 * average; a short word may hold more than its share of wide ones. */
static void add_heading(struct text *head, const char *heading)
{
	if (!strpbrk(heading, " \n")) {
		add_cell(head, heading);
		return;
	}
	enum { SHORT = 8 };
	size_t longest = longest_word(heading), halves = longest < SHORT ? longest + 1 : longest;
	text_print(head, " & \\parbox[b]{%zu.%sem}{\\raggedleft ", halves / 2, halves % 2 ? "5" : "0");
	text_add_escaped(head, TEXT_LATEX, heading);
	text_add(head, "}");
}

/* A hyphen in text mode is too short for a minus: a negative number is set in mathematics, its digits untouched. */
static void add_number(struct text *rows, const struct printed_cell *cell)
{
	if (cell->kind == PRINTED_NUMBER && *cell->text == '-'
	    && strspn(cell->text + 1, "0123456789.") == strlen(cell->text + 1))
		text_print(rows, " & $%s$", cell->text);
	else
		add_cell(rows, cell->text);
}

static void add_lines(struct text *rows, const struct printed_table *table)
{
	for (size_t i = 0; i < table->line_count; i++) {
		/* A blank group first: a line that begins with [ would be read as the optional argument of \\ or
		 * \midrule. */
		text_add(rows, "{}");
		text_add_escaped(rows, TEXT_LATEX, table->lines[i].heading);
		for (size_t j = 0; j < table->column_count; j++)
			add_number(rows, printed_table_cell(table, i, j));
		text_add(rows, " \\\\\n");
	}
}

void write_latex(struct text *file, const struct printed_table *table)
{
	struct text columns = { 0 }, head = { 0 }, lines = { 0 }, words = { 0 };
	text_add(&columns, "l");
	text_add_escaped(&head, TEXT_LATEX, table->stub);
	for (size_t i = 0; i < table->column_count; i++) {
		text_add(&columns, "r");
		add_heading(&head, table->columns[i]);
	}
	add_lines(&lines, table);
	for (size_t i = 0; i < table->word_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "label", .value = table->words[i].label },
			{ .name = "text", .value = table->words[i].text },
		};
		text_fill(&words, template_publish_words_tex, TEXT_LATEX, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ .name = "name", .value = table->name },
		{ .name = "title", .value = table->title },
		{ .name = "columns", .value = columns.bytes, .ready = true },
		{ .name = "head", .value = head.bytes, .ready = true },
		{ .name = "lines", .value = lines.bytes, .ready = true },
		{ .name = "words", .value = words.bytes, .ready = true },
	};
	text_fill(file, template_publish_table_tex, TEXT_LATEX, holes, COUNT(holes));
	text_free(&columns);
	text_free(&head);
	text_free(&lines);
	text_free(&words);
}
