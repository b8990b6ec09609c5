#include "writers.h"

#include "embedded.h"
#include "mem.h"
#include "options.h"

static void add(struct text *file, const char *value)
{
	text_add_escaped(file, TEXT_MARKDOWN, value);
}

static void add_row(struct text *file, char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_add(file, i ? " | " : "| ");
		add(file, cells[i]);
	}
	text_add(file, " |\n");
}

static void add_table(struct text *file, const struct facts_table *table)
{
	text_add(file, "\n");
	add(file, table->caption);
	text_add(file, ":\n\n");
	for (size_t i = 0; i < table->columns; i++) {
		text_add(file, i ? " | " : "| ");
		add(file, table->headings[i]);
	}
	text_add(file, " |\n");
	for (size_t i = 0; i < table->columns; i++)
		text_add(file, i ? " | ---" : "| ---");
	text_add(file, " |\n");
	for (size_t row = 0; row < table->rows; row++)
		add_row(file, table->cells + row * table->columns, table->columns);
}

static void add_variable(struct text *file, const struct facts_variable *said)
{
	text_add(file, "\n### ");
	add(file, said->variable->name);
	text_add(file, ": ");
	add(file, said->variable->label);
	text_add(file, "\n\n");
	if (said->question) {
		text_add(file, "> ");
		add(file, said->question);
		text_add(file, "\n\n");
	}
	for (int fact = 0; fact < FACT_COUNT; fact++) {
		if (!said->words[fact])
			continue;
		text_print(file, "- %s: ", fact_heading((enum fact)fact));
		add(file, said->words[fact]);
		text_add(file, "\n");
	}
	for (size_t i = 0; i < said->column_count; i++) {
		text_add(file, "- Column of an export: ");
		add(file, said->columns[i]);
		text_add(file, "\n");
	}
	if (said->table.rows > 0)
		add_table(file, &said->table);
}

void facts_markdown(struct text *file, const struct facts *facts)
{
	const struct text_hole holes[] = {
		{ .name = "dataset", .value = facts->dataset->name },
		{ .name = "title", .value = facts->study->study.title },
		{ .name = "date", .value = facts->study->study.date },
		{ .name = "synthetic",
		  .value = facts->study->study.synthetic ? template_codebook_synthetic_md : "",
		  .ready = true },
		{ .name = "version", .value = CANVASS_VERSION },
	};
	text_fill(file, template_codebook_page_md, TEXT_MARKDOWN, holes, COUNT(holes));
	for (size_t s = 0; s < facts->section_count; s++) {
		const struct facts_section *section = &facts->sections[s];
		text_add(file, "\n## ");
		add(file, section->heading);
		text_add(file, "\n");
		if (section->words) {
			text_add(file, "\n");
			add(file, section->words);
			text_add(file, "\n");
		}
		for (size_t i = 0; i < section->member_count; i++)
			add_variable(file, &facts->variables[section->members[i]]);
		for (size_t i = 0; i < section->table_count; i++)
			add_table(file, &section->tables[i]);
	}
}
