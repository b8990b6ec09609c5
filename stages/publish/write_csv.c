#include "writers.h"

static void add_field(struct text *file, const char *value)
{
	text_add(file, ",");
	text_add_escaped(file, TEXT_CSV, value);
}

static void add_words(struct text *file, const struct printed_table *table, const char *kind, const char *label,
                      const char *text)
{
	text_add_escaped(file, TEXT_CSV, kind);
	add_field(file, label);
	add_field(file, text);
	for (size_t i = 0; i < table->column_count; i++)
		add_field(file, NULL);
	text_add(file, "\n");
}

void write_csv(struct text *file, const struct printed_table *table)
{
	text_add(file, "row,code");
	add_field(file, table->stub);
	for (size_t i = 0; i < table->column_count; i++)
		add_field(file, table->columns[i]);
	text_add(file, "\n");
	for (size_t i = 0; i < table->line_count; i++) {
		const struct printed_line *line = &table->lines[i];
		text_add_escaped(file, TEXT_CSV, line->kind);
		add_field(file, line->code);
		add_field(file, line->heading);
		for (size_t j = 0; j < table->column_count; j++)
			add_field(file, printed_table_cell(table, i, j)->text);
		text_add(file, "\n");
	}
	add_words(file, table, "title", "Title", table->title);
	for (size_t i = 0; i < table->word_count; i++)
		add_words(file, table, table->words[i].kind, table->words[i].label, table->words[i].text);
}
