#include "index_page.h"

#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "results.h"
#include "wording.h"
#include "write_html.h"
#include "writers.h"

char *index_page_count(size_t table_count)
{
	return mem_print("%zu %s in %zu formats", table_count, table_count == 1 ? "table" : "tables", writer_count);
}

static void add_about(struct text *html, const struct publication *publication)
{
	const struct study *study = publication->study;
	html_add_words(html, "Date", study->study.date);
	html_add_words(html, "Published by", study->publish.publisher);
	html_add_words(html, "Questions", study->publish.contact);
	html_add_words(html, "Licence", study->publish.licence);
	html_add_words(html, "Source", study->publish.source);
	html_add_words(html, "Disclosure policy", publication_told(publication, "policy"));
	html_add_words(html, "Protection", publication->protection);
	html_add_words(html, "Made with", "Canvass " CANVASS_VERSION);
}

static void add_links(struct text *html, const struct printed_table *table)
{
	struct text links = { 0 };
	for (size_t i = 0; i < writer_count; i++) {
		char *path = mem_print("tables/%s.%s", table->name, writers[i].extension);
		const struct text_hole holes[] = {
			{ .name = "path", .value = path },
			{ .name = "format", .value = writers[i].name },
			{ .name = "title", .value = table->title },
		};
		text_fill(&links, template_publish_index_link_html, TEXT_HTML, holes, COUNT(holes));
		free(path);
	}
	const struct text_hole hole = { .name = "links", .value = links.bytes, .ready = true };
	text_fill(html, template_publish_index_links_html, TEXT_HTML, &hole, 1);
	text_free(&links);
}

static void add_table(struct text *contents, struct text *sections, const struct printed_table *table)
{
	struct text links = { 0 };
	char *id = html_table_id(table);
	const struct text_hole holes[] = { { .name = "id", .value = id }, { .name = "title", .value = table->title } };
	text_fill(contents, template_publish_index_entry_html, TEXT_HTML, holes, COUNT(holes));
	add_links(&links, table);
	html_add_table(sections, table, "h2", false, links.bytes);
	text_free(&links);
	free(id);
}

/* Files of records that are in the release; nothing where there are none. */
static void add_records(struct text *html, const struct publication *publication)
{
	struct text links = { 0 };
	for (size_t i = 0; i < publication->record_count; i++) {
		const struct text_hole hole = { .name = "dataset", .value = publication->records[i].dataset };
		text_fill(&links, template_publish_index_record_html, TEXT_HTML, &hole, 1);
	}
	const struct text_hole hole = { .name = "links", .value = links.bytes, .ready = true };
	if (links.length)
		text_fill(html, template_publish_index_records_html, TEXT_HTML, &hole, 1);
	text_free(&links);
}

void index_page_write(struct text *file, const struct publication *publication, struct printed_table *const *tables,
                      size_t table_count)
{
	struct text about = { 0 }, contents = { 0 }, symbols = { 0 }, sections = { 0 }, columns = { 0 },
		    records = { 0 }, main = { 0 };
	char *count = index_page_count(table_count),
	     *results = mem_print("%zu lines", publication->universe->result_count);
	add_about(&about, publication);
	html_add_words(&symbols, publication->symbol, publication->hidden);
	html_add_words(&symbols, "[x]", wording_refused);
	html_add_words(&symbols, "[z]", wording_not_applicable);
	for (size_t i = 0; i < table_count; i++)
		add_table(&contents, &sections, tables[i]);
	for (size_t i = 0; i < results_column_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "name", .value = results_columns[i].name },
			{ .name = "meaning", .value = results_columns[i].meaning },
		};
		text_fill(&columns, template_publish_index_column_html, TEXT_HTML, holes, COUNT(holes));
	}
	add_records(&records, publication);
	const struct text_hole holes[] = {
		{ .name = "title", .value = publication->study->study.title },
		{ .name = "records", .value = records.bytes, .ready = true },
		{ .name = "about", .value = about.bytes, .ready = true },
		{ .name = "count", .value = count },
		{ .name = "contents", .value = contents.bytes, .ready = true },
		{ .name = "symbols", .value = symbols.bytes, .ready = true },
		{ .name = "tables", .value = sections.bytes, .ready = true },
		{ .name = "results", .value = results },
		{ .name = "columns", .value = columns.bytes, .ready = true },
	};
	text_fill(&main, template_publish_index_html, TEXT_HTML, holes, COUNT(holes));
	html_add_page(file, publication->study->study.title, publication_synthetic(publication), main.bytes);
	free(count);
	free(results);
	text_free(&about);
	text_free(&contents);
	text_free(&symbols);
	text_free(&sections);
	text_free(&columns);
	text_free(&records);
	text_free(&main);
}
