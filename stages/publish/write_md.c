#include "writers.h"

#include "embedded.h"
#include "mem.h"

static void add_cell(struct text *rows, const char *value)
{
	text_add(rows, " ");
	text_add_escaped(rows, TEXT_MARKDOWN, value);
	text_add(rows, " |");
}

static void add_rows(struct text *rows, const struct printed_table *table)
{
	text_add(rows, "|");
	add_cell(rows, table->stub);
	for (size_t i = 0; i < table->column_count; i++)
		add_cell(rows, table->columns[i]);
	text_add(rows, "\n|:---|");
	for (size_t i = 0; i < table->column_count; i++)
		text_add(rows, "---:|");
	for (size_t i = 0; i < table->line_count; i++) {
		text_add(rows, "\n|");
		add_cell(rows, table->lines[i].heading);
		for (size_t j = 0; j < table->column_count; j++)
			add_cell(rows, printed_table_cell(table, i, j)->text);
	}
}

void write_markdown(struct text *file, const struct printed_table *table)
{
	struct text rows = { 0 }, words = { 0 };
	add_rows(&rows, table);
	for (size_t i = 0; i < table->word_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "label", .value = table->words[i].label },
			{ .name = "text", .value = table->words[i].text },
		};
		text_fill(&words, template_publish_words_md, TEXT_MARKDOWN, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ .name = "title", .value = table->title },
		{ .name = "rows", .value = rows.bytes, .ready = true },
		{ .name = "words", .value = words.bytes, .ready = true },
	};
	text_fill(file, template_publish_table_md, TEXT_MARKDOWN, holes, COUNT(holes));
	text_free(&rows);
	text_free(&words);
}
