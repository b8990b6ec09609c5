#include "write_html.h"

#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "writers.h"

void html_add_words(struct text *html, const char *label, const char *words)
{
	const struct text_hole holes[] = { { .name = "label", .value = label }, { .name = "text", .value = words } };
	if (!text_is_blank(words))
		text_fill(html, template_publish_words_html, TEXT_HTML, holes, COUNT(holes));
}

static void add_line(struct text *html, const struct printed_table *table, size_t line)
{
	struct text cells = { 0 };
	for (size_t i = 0; i < table->column_count; i++) {
		const struct printed_cell *cell = printed_table_cell(table, line, i);
		const struct text_hole holes[] = {
			{ .name = "kind", .value = cell->kind == PRINTED_NUMBER ? "number" : "symbol" },
			{ .name = "text", .value = cell->text },
		};
		text_fill(&cells, template_publish_table_cell_html, TEXT_HTML, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ .name = "kind", .value = table->lines[line].kind },
		{ .name = "heading", .value = table->lines[line].heading },
		{ .name = "cells", .value = cells.bytes, .ready = true },
	};
	text_fill(html, template_publish_table_line_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&cells);
}

void html_add_table(struct text *html, const struct printed_table *table, const char *heading, bool common,
                    const char *links)
{
	struct text columns = { 0 }, lines = { 0 }, words = { 0 };
	for (size_t i = 0; i < table->column_count; i++) {
		const struct text_hole hole = { .name = "heading", .value = table->columns[i] };
		text_fill(&columns, template_publish_table_column_html, TEXT_HTML, &hole, 1);
	}
	for (size_t i = 0; i < table->line_count; i++)
		add_line(&lines, table, i);
	for (size_t i = 0; i < table->word_count; i++)
		if (common || !table->words[i].common)
			html_add_words(&words, table->words[i].label, table->words[i].text);
	char *id = html_table_id(table);
	const struct text_hole holes[] = {
		{ .name = "id", .value = id },
		{ .name = "heading", .value = heading },
		{ .name = "title", .value = table->title },
		{ .name = "stub", .value = table->stub },
		{ .name = "columns", .value = columns.bytes, .ready = true },
		{ .name = "lines", .value = lines.bytes, .ready = true },
		{ .name = "words", .value = words.bytes, .ready = true },
		{ .name = "links", .value = links, .ready = true },
	};
	text_fill(html, template_publish_table_html, TEXT_HTML, holes, COUNT(holes));
	free(id);
	text_free(&columns);
	text_free(&lines);
	text_free(&words);
}

char *html_table_id(const struct printed_table *table)
{
	return mem_print("table-%s", table->name);
}

void html_add_page(struct text *html, const char *title, const char *synthetic, const char *main)
{
	struct text banner = { 0 };
	if (synthetic) {
		const struct text_hole hole = { .name = "words", .value = synthetic };
		text_fill(&banner, template_publish_banner_html, TEXT_HTML, &hole, 1);
	}
	const struct text_hole holes[] = {
		{ .name = "title", .value = title },
		{ .name = "style", .value = template_publish_style_css, .ready = true },
		{ .name = "banner", .value = banner.bytes, .ready = true },
		{ .name = "main", .value = main, .ready = true },
	};
	text_fill(html, template_publish_page_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&banner);
}

void write_html(struct text *file, const struct printed_table *table)
{
	struct text section = { 0 }, main = { 0 };
	html_add_table(&section, table, "h1", true, NULL);
	const struct text_hole hole = { .name = "section", .value = section.bytes, .ready = true };
	text_fill(&main, template_publish_table_page_html, TEXT_HTML, &hole, 1);
	html_add_page(file, table->title, table->synthetic, main.bytes);
	text_free(&section);
	text_free(&main);
}
