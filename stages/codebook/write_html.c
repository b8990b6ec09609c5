#include "writers.h"

#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"

static void fill_cell(struct text *cells, const struct facts_table *table, size_t column, const char *value)
{
	const struct text_hole hole = { .name = "text", .value = value };
	const char *template = column > 0     ? template_codebook_cell_html
	                       : table->links ? template_codebook_row_link_html
	                                      : template_codebook_row_heading_html;
	text_fill(cells, template, TEXT_HTML, &hole, 1);
}

/* `wide`: one that may be wider than the page, and scrolls by itself. */
static void add_table(struct text *html, const struct facts_table *table, const char *id, bool wide)
{
	struct text headings = { 0 }, rows = { 0 };
	for (size_t i = 0; i < table->columns; i++) {
		const struct text_hole hole = { .name = "text", .value = table->headings[i] };
		text_fill(&headings, template_codebook_heading_html, TEXT_HTML, &hole, 1);
	}
	for (size_t row = 0; row < table->rows; row++) {
		struct text cells = { 0 };
		for (size_t i = 0; i < table->columns; i++)
			fill_cell(&cells, table, i, table->cells[row * table->columns + i]);
		const struct text_hole hole = { .name = "cells", .value = cells.bytes, .ready = true };
		text_fill(&rows, template_codebook_row_html, TEXT_HTML, &hole, 1);
		text_free(&cells);
	}
	const struct text_hole holes[] = {
		{ .name = "id", .value = id },
		{ .name = "caption", .value = table->caption },
		{ .name = "headings", .value = headings.bytes, .ready = true },
		{ .name = "rows", .value = rows.bytes, .ready = true },
	};
	text_fill(html, wide ? template_codebook_wide_html : template_codebook_table_html, TEXT_HTML, holes,
	          COUNT(holes));
	text_free(&headings);
	text_free(&rows);
}

static void add_fact(struct text *facts, const char *heading, const char *words)
{
	const struct text_hole holes[] = { { .name = "heading", .value = heading },
		                           { .name = "words", .value = words } };
	text_fill(facts, template_codebook_fact_html, TEXT_HTML, holes, COUNT(holes));
}

static void add_columns(struct text *facts, const struct facts_variable *said)
{
	struct text items = { 0 };
	for (size_t i = 0; i < said->column_count; i++) {
		const struct text_hole hole = { .name = "words", .value = said->columns[i] };
		text_fill(&items, template_codebook_column_html, TEXT_HTML, &hole, 1);
	}
	const struct text_hole hole = { .name = "columns", .value = items.bytes, .ready = true };
	if (items.length)
		text_fill(facts, template_codebook_columns_html, TEXT_HTML, &hole, 1);
	text_free(&items);
}

static void add_variable(struct text *html, const struct facts_variable *said)
{
	struct text question = { 0 }, facts = { 0 }, codes = { 0 };
	char *id = mem_print("codes-%s", said->variable->name);
	const struct text_hole asked = { .name = "question", .value = said->question };
	if (said->question)
		text_fill(&question, template_codebook_question_html, TEXT_HTML, &asked, 1);
	for (int fact = 0; fact < FACT_COUNT; fact++)
		if (said->words[fact])
			add_fact(&facts, fact_heading((enum fact)fact), said->words[fact]);
	add_columns(&facts, said);
	if (said->table.rows > 0)
		add_table(&codes, &said->table, id, false);
	const struct text_hole holes[] = {
		{ .name = "name", .value = said->variable->name },
		{ .name = "label", .value = said->variable->label },
		{ .name = "question", .value = question.bytes, .ready = true },
		{ .name = "facts", .value = facts.bytes, .ready = true },
		{ .name = "codes", .value = codes.bytes, .ready = true },
	};
	text_fill(html, template_codebook_variable_html, TEXT_HTML, holes, COUNT(holes));
	free(id);
	text_free(&question);
	text_free(&facts);
	text_free(&codes);
}

static void add_section(struct text *html, const struct facts *facts, const struct facts_section *section)
{
	struct text body = { 0 };
	const struct text_hole words = { .name = "words", .value = section->words };
	if (section->words)
		text_fill(&body, template_codebook_words_html, TEXT_HTML, &words, 1);
	for (size_t i = 0; i < section->member_count; i++)
		add_variable(&body, &facts->variables[section->members[i]]);
	for (size_t i = 0; i < section->table_count; i++) {
		char *id = mem_print("%s-table-%zu", section->id, i + 1);
		add_table(&body, &section->tables[i], id, true);
		free(id);
	}
	const struct text_hole holes[] = {
		{ .name = "id", .value = section->id },
		{ .name = "heading", .value = section->heading },
		{ .name = "body", .value = body.bytes, .ready = true },
	};
	text_fill(html, template_codebook_section_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&body);
}

void facts_html(struct text *file, const struct facts *facts)
{
	struct text contents = { 0 }, sections = { 0 };
	for (size_t s = 0; s < facts->section_count; s++) {
		const struct text_hole link[] = { { .name = "id", .value = facts->sections[s].id },
			                          { .name = "heading", .value = facts->sections[s].heading } };
		text_fill(&contents, template_codebook_link_html, TEXT_HTML, link, COUNT(link));
		add_section(&sections, facts, &facts->sections[s]);
	}
	const struct text_hole holes[] = {
		{ .name = "dataset", .value = facts->dataset->name },
		{ .name = "title", .value = facts->study->study.title },
		{ .name = "date", .value = facts->study->study.date },
		{ .name = "version", .value = CANVASS_VERSION },
		{ .name = "synthetic",
		  .value = facts->study->study.synthetic ? template_codebook_synthetic_html : "",
		  .ready = true },
		{ .name = "style", .value = template_page_style_css, .ready = true },
		{ .name = "own_style", .value = template_codebook_style_css, .ready = true },
		{ .name = "contents", .value = contents.bytes, .ready = true },
		{ .name = "sections", .value = sections.bytes, .ready = true },
	};
	text_fill(file, template_codebook_page_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&contents);
	text_free(&sections);
}
