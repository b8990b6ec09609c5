#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "reason.h"
#include "text.h"
#include "wording.h"

/* An arrangement on its way to a table. */
struct reading {
	const struct publication *publication;
	const struct universe *universe;
	const struct arrangement *arrangement;
	struct printed_cell *grid; /* every crossing of the arrangement's lines and columns */
	bool *folded;              /* of its lines: told in words below the table */
	bool *kept;                /* of its columns: still in the table without these lines */
	bool seen[PRINTED_KINDS];  /* which kinds of cell a reader meets */
	struct printed_table *table;
	size_t word_capacity;
};

static struct printed_cell cell_of(const struct publication *publication, const struct figure *figure)
{
	const struct result *result = &publication->universe->results[figure->result - 1];
	switch (result->status) {
	case RESULT_HIDDEN:
		return figure->printed ? (struct printed_cell){ PRINTED_BAND, figure->printed }
		                       : (struct printed_cell){ PRINTED_HIDDEN, publication->symbol };
	case RESULT_REFUSED: return (struct printed_cell){ PRINTED_REFUSED, wording_symbol(result->reason) };
	case RESULT_OK: break;
	}
	if (!figure->printed && text_equal(result->flags, reason_counts_inexact))
		return (struct printed_cell){ PRINTED_HIDDEN, publication->symbol };
	return figure->printed ? (struct printed_cell){ PRINTED_NUMBER, figure->printed }
	                       : (struct printed_cell){ PRINTED_REFUSED, "[x]" };
}

/* A name becomes a file's: it may not climb, hide or need quoting. */
static bool fit_for_a_file(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
	size_t length = strlen(name);
	return length > 0 && length <= 120 && strspn(name, letters) == length && *name != '.' && *name != '-';
}

static bool check_arrangement(const struct universe *universe, const struct arrangement *arrangement, struct error *err)
{
	if (!fit_for_a_file(arrangement->name))
		return error_set(err, ERROR_INPUT, "an arrangement has a name that is not fit for a file");
	for (size_t i = 0; i < arrangement->entry_count; i++) {
		const struct arrangement_entry *entry = &arrangement->entries[i];
		if (entry->line < 1 || entry->line > arrangement->line_count || entry->column < 1
		    || entry->column > arrangement->column_count || entry->figure < 1
		    || entry->figure > universe->figure_count)
			return error_set(err, ERROR_INPUT,
			                 "arrangement %s names a line, column or figure that is not there",
			                 arrangement->name);
	}
	return true;
}

/* --- cells, lines and columns --- */

static const struct printed_cell *grid_cell(const struct reading *reading, size_t line, size_t column)
{
	return &reading->grid[line * reading->arrangement->column_count + column];
}

static bool has_figure(const struct reading *reading, size_t line, size_t column)
{
	return grid_cell(reading, line, column)->kind != PRINTED_NOT_APPLICABLE;
}

static void fill_grid(struct reading *reading)
{
	const struct arrangement *arrangement = reading->arrangement;
	size_t count = arrangement->line_count * arrangement->column_count;
	reading->grid = mem_alloc(count, sizeof *reading->grid);
	for (size_t i = 0; i < count; i++)
		reading->grid[i] = (struct printed_cell){ PRINTED_NOT_APPLICABLE, "[z]" };
	for (size_t i = 0; i < arrangement->entry_count; i++) {
		const struct arrangement_entry *entry = &arrangement->entries[i];
		reading->grid[(entry->line - 1) * arrangement->column_count + entry->column - 1] =
			cell_of(reading->publication, &reading->universe->figures[entry->figure - 1]);
	}
}

static bool is_test(const struct reading *reading, size_t line)
{
	return strcmp(reading->arrangement->lines[line].kind, "test") == 0;
}

/* Whether a line that is no test has a figure in the column. */
static bool is_body(const struct reading *reading, size_t column)
{
	for (size_t line = 0; line < reading->arrangement->line_count; line++)
		if (!is_test(reading, line) && has_figure(reading, line, column))
			return true;
	return false;
}

/* A test whose figures share no column with the lines above it (F, df and p among means) would fill the table with
 * crossings that say nothing: it is told in words below, and its columns go with it. */
static void fold_tests(struct reading *reading)
{
	size_t lines = reading->arrangement->line_count, columns = reading->arrangement->column_count;
	reading->folded = mem_alloc(lines, sizeof *reading->folded);
	reading->kept = mem_alloc(columns, sizeof *reading->kept);
	for (size_t line = 0; line < lines; line++) {
		size_t own = 0, shared = 0;
		for (size_t column = 0; is_test(reading, line) && column < columns; column++) {
			own += has_figure(reading, line, column);
			shared += has_figure(reading, line, column) && is_body(reading, column);
		}
		reading->folded[line] = own > 0 && shared == 0;
	}
	for (size_t column = 0; column < columns; column++) {
		size_t folded = 0;
		for (size_t line = 0; line < lines; line++) {
			reading->kept[column] =
				reading->kept[column] || (!reading->folded[line] && has_figure(reading, line, column));
			folded += reading->folded[line] && has_figure(reading, line, column);
		}
		reading->kept[column] = reading->kept[column] || folded == 0;
	}
}

static char *column_heading(const struct arrangement_column *column)
{
	return text_is_blank(column->unit) ? mem_copy_text(column->heading)
	                                   : mem_print("%s (%s)", column->heading, column->unit);
}

static void add_columns(struct reading *reading)
{
	const struct arrangement *arrangement = reading->arrangement;
	struct printed_table *table = reading->table;
	table->columns = mem_alloc(arrangement->column_count, sizeof *table->columns);
	for (size_t i = 0; i < arrangement->column_count; i++) {
		if (!reading->kept[i])
			continue;
		char *heading = column_heading(&arrangement->columns[i]);
		table->columns[table->column_count++] = mem_arena_copy(table->arena, heading);
		free(heading);
	}
}

static void add_lines(struct reading *reading)
{
	const struct arrangement *arrangement = reading->arrangement;
	struct printed_table *table = reading->table;
	size_t cells = 0;
	table->lines = mem_alloc(arrangement->line_count, sizeof *table->lines);
	table->cells = mem_alloc(arrangement->line_count * table->column_count, sizeof *table->cells);
	for (size_t i = 0; i < arrangement->line_count; i++) {
		const struct arrangement_line *line = &arrangement->lines[i];
		if (reading->folded[i])
			continue;
		table->lines[table->line_count++] = (struct printed_line){ line->heading, line->code, line->kind };
		for (size_t j = 0; j < arrangement->column_count; j++) {
			if (!reading->kept[j])
				continue;
			table->cells[cells] = *grid_cell(reading, i, j);
			reading->seen[table->cells[cells++].kind] = true;
		}
	}
}

/* What the headings of the lines are, from their kinds. */
static const char *stub_of(const struct arrangement *arrangement)
{
	static const struct {
		const char *kind, *stub;
	} stubs[] = { { "pair", "Areas" },
		      { "area", "Area" },
		      { "question", "Question" },
		      { "cause", "Cause" },
		      { "option", "Option" },
		      { "item", "Item" } };
	for (size_t s = 0; s < COUNT(stubs); s++)
		for (size_t i = 0; i < arrangement->line_count; i++)
			if (strcmp(arrangement->lines[i].kind, stubs[s].kind) == 0)
				return stubs[s].stub;
	return "Group";
}

/* --- words --- */

static void add_words(struct reading *reading, const char *kind, const char *label, const char *text, bool common)
{
	struct printed_table *table = reading->table;
	if (text_is_blank(text))
		return;
	table->words = mem_grow(table->words, table->word_count, &reading->word_capacity, sizeof *table->words);
	table->words[table->word_count++] =
		(struct printed_words){ kind, label, mem_arena_copy(table->arena, text), common };
}

/* F = 3.21, df = 3, p <0.001 */
static void add_tests(struct reading *reading)
{
	const struct arrangement *arrangement = reading->arrangement;
	for (size_t i = 0; i < arrangement->line_count; i++) {
		struct text words = { 0 };
		for (size_t j = 0; reading->folded[i] && j < arrangement->column_count; j++) {
			const struct printed_cell *cell = grid_cell(reading, i, j);
			if (cell->kind == PRINTED_NOT_APPLICABLE)
				continue;
			char *heading = column_heading(&arrangement->columns[j]);
			text_print(&words, "%s%s %s%s", words.length ? ", " : "", heading,
			           *cell->text == '<' ? "" : "= ", cell->text);
			reading->seen[cell->kind] = true;
			free(heading);
		}
		add_words(reading, "test", arrangement->lines[i].heading, words.bytes, false);
		text_free(&words);
	}
}

/* What a reason code says about some lines of the table: why they are refused, or what to be careful about. */
struct remark {
	enum result_status status;
	char *code;
	struct text lines; /* their headings */
	size_t line_count, last_line;
};

struct remarks {
	struct remark *items;
	size_t count, capacity;
};

static void remark_add(struct remarks *remarks, enum result_status status, const char *code, size_t length, size_t line,
                       const char *heading)
{
	size_t i = 0;
	while (i < remarks->count
	       && !(remarks->items[i].status == status && strlen(remarks->items[i].code) == length
	            && memcmp(remarks->items[i].code, code, length) == 0))
		i++;
	if (i == remarks->count) {
		remarks->items = mem_grow(remarks->items, remarks->count, &remarks->capacity, sizeof *remarks->items);
		remarks->items[remarks->count++] =
			(struct remark){ .status = status, .code = mem_copy_bytes(code, length) };
	} else if (remarks->items[i].last_line == line) {
		return;
	}
	struct remark *remark = &remarks->items[i];
	if (remark->lines.length)
		text_add(&remark->lines, "; ");
	text_add(&remark->lines, heading);
	remark->line_count++;
	remark->last_line = line;
}

/* A hidden line has no reason and no caution: they would tell something of what is hidden. */
static void remark_result(struct remarks *remarks, const struct result *result, size_t line, const char *heading)
{
	const char *codes = result->status == RESULT_REFUSED ? result->reason
	                    : result->status == RESULT_OK    ? result->flags
	                                                     : NULL;
	if (text_equal(codes, reason_counts_inexact)) /* said of all tables, with the policy */
		return;
	for (const char *code = codes; code && *code;) {
		size_t length = strcspn(code, " ");
		if (length)
			remark_add(remarks, result->status, code, length, line, heading);
		code += length + strspn(code + length, " ");
	}
}

/* Whether some [x] got its reason. */
static bool add_remarks(struct reading *reading)
{
	const struct arrangement *arrangement = reading->arrangement;
	struct remarks remarks = { 0 };
	bool reasons = false;
	for (size_t i = 0; i < arrangement->entry_count; i++) {
		size_t line = arrangement->entries[i].line,
		       result = reading->universe->figures[arrangement->entries[i].figure - 1].result;
		remark_result(&remarks, &reading->universe->results[result - 1], line,
		              arrangement->lines[line - 1].heading);
	}
	for (size_t i = 0; i < remarks.count; i++) {
		struct remark *remark = &remarks.items[i];
		bool refused = remark->status == RESULT_REFUSED;
		const char *words = reason_sentence(remark->code);
		const char *symbol = refused ? wording_symbol(remark->code) : "Caution";
		char *text = mem_print(
			"%s%s: %s", strcmp(symbol, "[x]") == 0 ? "not computed, " : "", words ? words : remark->code,
			remark->line_count > 1 && remark->line_count == arrangement->line_count ? "every line"
												: remark->lines.bytes);
		add_words(reading, refused ? "reason" : "caution", symbol, text, false);
		reasons = reasons || refused;
		free(text);
		text_free(&remark->lines);
		free(remark->code);
	}
	free(remarks.items);
	return reasons;
}

static void add_symbols(struct reading *reading, bool reasons)
{
	if (reading->seen[PRINTED_HIDDEN])
		add_words(reading, "symbol", reading->publication->symbol, reading->publication->hidden, true);
	if (reading->seen[PRINTED_BAND]) {
		struct text words = { 0 };
		wording_bands(&words, publication_told(reading->publication, "bands"));
		add_words(reading, "symbol", "Words", words.bytes, true);
		text_free(&words);
	}
	if (reading->seen[PRINTED_REFUSED] && !reasons)
		add_words(reading, "symbol", "[x]", wording_refused, true);
	if (reading->seen[PRINTED_NOT_APPLICABLE])
		add_words(reading, "symbol", "[z]", wording_not_applicable, true);
}

static void add_all_words(struct reading *reading)
{
	const struct publication *publication = reading->publication;
	const struct arrangement *arrangement = reading->arrangement;
	add_words(reading, "synthetic", "Data", reading->table->synthetic, false);
	add_tests(reading);
	add_words(reading, "base", "Base", arrangement->base, false);
	add_words(reading, "method", "Method", arrangement->method, false);
	for (size_t i = 0; i < arrangement->note_count; i++)
		add_words(reading, "note", "Note", arrangement->notes[i], false);
	bool reasons = add_remarks(reading);
	add_symbols(reading, reasons);
	add_words(reading, "policy", "Disclosure policy", publication_told(publication, "policy"), true);
	add_words(reading, "protection", "Protection", publication->protection, true);
	add_words(reading, "source", "Source", publication->study->publish.source, true);
}

bool printed_table_read(struct printed_table **table, const struct publication *publication, size_t id,
                        struct error *err)
{
	struct reading reading = {
		.publication = publication,
		.universe = publication->universe,
		.arrangement = &publication->universe->arrangements[id - 1],
	};
	if (!check_arrangement(reading.universe, reading.arrangement, err))
		return false;
	reading.table = mem_alloc(1, sizeof *reading.table);
	*reading.table = (struct printed_table){
		.name = reading.arrangement->name,
		.title = reading.arrangement->title,
		.stub = stub_of(reading.arrangement),
		.synthetic = publication_synthetic(publication),
		.arena = mem_arena_new(),
	};
	fill_grid(&reading);
	fold_tests(&reading);
	add_columns(&reading);
	add_lines(&reading);
	add_all_words(&reading);
	free(reading.grid);
	free(reading.folded);
	free(reading.kept);
	*table = reading.table;
	return true;
}

const struct printed_cell *printed_table_cell(const struct printed_table *table, size_t line, size_t column)
{
	return &table->cells[line * table->column_count + column];
}

void printed_table_free(struct printed_table *table)
{
	if (!table)
		return;
	free(table->columns);
	free(table->lines);
	free(table->cells);
	free(table->words);
	mem_arena_free(table->arena);
	free(table);
}
