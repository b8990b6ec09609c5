#include "statement.h"

#include <stdio.h>
#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "protection.h"
#include "write_html.h"

/* One thing that is said. */
struct statement_line {
	const char *key, *label;
	char *words;
};

/* A table, and how much of it is hidden. */
struct statement_table {
	const char *name, *title;
	char figures[24], hidden[24]; /* those that could be computed, and of these */
};

struct statement {
	const struct publication *publication;
	struct statement_line *lines;
	struct statement_table *tables;
	size_t line_count, line_capacity, table_count;
	char hash[PROVENANCE_HASH_SIZE];
};

/* Nothing where there are no words. */
static void add_line(struct statement *statement, const char *key, const char *label, const char *words)
{
	if (text_is_blank(words))
		return;
	statement->lines =
		mem_grow(statement->lines, statement->line_count, &statement->line_capacity, sizeof *statement->lines);
	statement->lines[statement->line_count++] = (struct statement_line){ key, label, mem_copy_text(words) };
}

static struct statement_table count_table(const struct universe *universe, const struct arrangement *arrangement)
{
	struct statement_table table = { .name = arrangement->name, .title = arrangement->title };
	size_t figures = 0, hidden = 0;
	for (size_t i = 0; i < arrangement->entry_count; i++) {
		size_t result = universe->figures[arrangement->entries[i].figure - 1].result;
		figures += universe->results[result - 1].status != RESULT_REFUSED;
		hidden += universe->results[result - 1].status == RESULT_HIDDEN;
	}
	snprintf(table.figures, sizeof table.figures, "%zu", figures);
	snprintf(table.hidden, sizeof table.hidden, "%zu", hidden);
	return table;
}

/* Who attacks these tables holds the records, too, and the audit has taken that into account. */
static void add_records(struct statement *statement)
{
	const struct publication *publication = statement->publication;
	struct text words = { 0 };
	for (size_t i = 0; i < publication->record_count; i++)
		text_print(&words, "%s%s", i ? ", " : "", publication->records[i].dataset);
	if (words.length)
		text_add(&words, ": what is hidden in the tables cannot be told from these either");
	add_line(statement, "records", "Files of records in this release", words.bytes);
	text_free(&words);
}

static void add_about(struct statement *statement)
{
	const struct publication *publication = statement->publication;
	const struct study *study = publication->study;
	add_line(statement, "policy", "Disclosure policy", publication_told(publication, "policy"));
	add_line(statement, "preset", "It begins from the preset", publication_told(publication, "preset"));
	add_line(statement, "policy_keyed_hash", "Its restricted part, as a keyed hash", statement->hash);
	add_line(statement, "date", "Date", study->study.date);
	add_line(statement, "publisher", "Published by", study->publish.publisher);
	add_line(statement, "contact", "Questions", study->publish.contact);
	add_line(statement, "version", "Made with", "Canvass " CANVASS_VERSION);
}

struct statement *statement_new(const struct publication *publication)
{
	const struct universe *universe = publication->universe;
	struct statement *statement = mem_alloc(1, sizeof *statement);
	statement->publication = publication;
	publication_policy_hash(statement->hash, publication);
	for (size_t i = 0; i < protection_sentence_count; i++) {
		struct text words = { 0 };
		protection_sentences[i].say(&words, publication);
		add_line(statement, protection_sentences[i].key, protection_sentences[i].label, words.bytes);
		text_free(&words);
	}
	add_records(statement);
	add_about(statement);
	statement->tables = mem_alloc(universe->arrangement_count, sizeof *statement->tables);
	for (; statement->table_count < universe->arrangement_count; statement->table_count++)
		statement->tables[statement->table_count] =
			count_table(universe, &universe->arrangements[statement->table_count]);
	return statement;
}

void statement_free(struct statement *statement)
{
	if (!statement)
		return;
	for (size_t i = 0; i < statement->line_count; i++)
		free(statement->lines[i].words);
	free(statement->lines);
	free(statement->tables);
	free(statement);
}

/* --- for people --- */

void statement_html(struct text *file, const struct statement *statement)
{
	const struct study *study = statement->publication->study;
	struct text lines = { 0 }, tables = { 0 }, main = { 0 };
	for (size_t i = 0; i < statement->line_count; i++)
		html_add_words(&lines, statement->lines[i].label, statement->lines[i].words);
	for (size_t i = 0; i < statement->table_count; i++) {
		const struct statement_table *table = &statement->tables[i];
		const struct text_hole holes[] = {
			{ .name = "name", .value = table->name },
			{ .name = "title", .value = table->title },
			{ .name = "figures", .value = table->figures },
			{ .name = "hidden", .value = table->hidden },
		};
		text_fill(&tables, template_publish_disclosure_table_html, TEXT_HTML, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ .name = "title", .value = study->study.title },
		{ .name = "lines", .value = lines.bytes, .ready = true },
		{ .name = "tables", .value = tables.bytes, .ready = true },
	};
	char *title = mem_print("What is hidden, and why: %s", study->study.title);
	text_fill(&main, template_publish_disclosure_html, TEXT_HTML, holes, COUNT(holes));
	html_add_page(file, title, publication_synthetic(statement->publication), main.bytes);
	free(title);
	text_free(&lines);
	text_free(&tables);
	text_free(&main);
}

void statement_text(struct text *file, const struct statement *statement)
{
	const struct study *study = statement->publication->study;
	const char *synthetic = publication_synthetic(statement->publication);
	text_print(file, "%s\nWhat is hidden in these tables, and why\n\n", study->study.title);
	if (synthetic)
		text_print(file, "%s\n\n", synthetic);
	for (size_t i = 0; i < statement->line_count; i++)
		text_print(file, "%s: %s\n", statement->lines[i].label, statement->lines[i].words);
	text_add(file, "\nFigures hidden, of those that could be computed, in each table:\n");
	for (size_t i = 0; i < statement->table_count; i++)
		text_print(file, "%s of %s: %s (%s)\n", statement->tables[i].hidden, statement->tables[i].figures,
		           statement->tables[i].title, statement->tables[i].name);
}

/* --- for machines --- */

static void fill_tables(struct text *tables, const struct statement *statement)
{
	for (size_t i = 0; i < statement->table_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "name", .value = statement->tables[i].name },
			{ .name = "title", .value = statement->tables[i].title },
			{ .name = "figures", .value = statement->tables[i].figures, .ready = true },
			{ .name = "hidden", .value = statement->tables[i].hidden, .ready = true },
		};
		text_fill_item(tables, template_publish_disclosure_table_json, holes, COUNT(holes));
	}
}

void statement_json(struct text *file, const struct statement *statement)
{
	const struct publication *publication = statement->publication;
	struct text items = { 0 }, lines = { 0 }, tables = { 0 };
	for (size_t i = 0; i < publication->item_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "item", .value = publication->items[i].item },
			{ .name = "value", .value = publication->items[i].value },
		};
		text_fill_item(&items, template_publish_disclosure_item_json, holes, COUNT(holes));
	}
	for (size_t i = 0; i < statement->line_count; i++) {
		const struct text_hole holes[] = {
			{ .name = "about", .value = statement->lines[i].key },
			{ .name = "label", .value = statement->lines[i].label },
			{ .name = "words", .value = statement->lines[i].words },
		};
		text_fill_item(&lines, template_publish_disclosure_line_json, holes, COUNT(holes));
	}
	fill_tables(&tables, statement);
	const struct text_hole holes[] = {
		{ .name = "study", .value = publication->study->study.name },
		{ .name = "synthetic", .value = publication->study->study.synthetic ? "true" : "false", .ready = true },
		{ .name = "items", .value = items.bytes, .ready = true },
		{ .name = "lines", .value = lines.bytes, .ready = true },
		{ .name = "tables", .value = tables.bytes, .ready = true },
	};
	text_fill(file, template_publish_disclosure_json, TEXT_JSON, holes, COUNT(holes));
	text_free(&items);
	text_free(&lines);
	text_free(&tables);
}
