/* Every format holds the whole table, and nothing in it can be read as anything but text. */
#include "testing.h"

#include "publish/table.h"
#include "publish/writers.h"
#include "test_publish.h"
#include "text.h"

enum { FORMATS = 4 };

static const struct {
	const char *extension;
	enum text_format format;
} formats[FORMATS] = { { "csv", TEXT_CSV }, { "md", TEXT_MARKDOWN }, { "html", TEXT_HTML }, { "tex", TEXT_LATEX } };

struct written {
	struct publication *publication;
	struct printed_table *table;
	struct text files[FORMATS];
};

static int write_fixture(void **state)
{
	struct written *written = mem_alloc(1, sizeof *written);
	struct error err = { 0 };
	written->publication = fixture_publication(true);
	*state = written;
	if (writer_count != FORMATS || !printed_table_read(&written->table, written->publication, 1, &err))
		return -1;
	for (size_t i = 0; i < FORMATS; i++)
		writers[i].write(&written->files[i], written->table);
	return 0;
}

static int free_fixture(void **state)
{
	struct written *written = *state;
	for (size_t i = 0; i < FORMATS; i++)
		text_free(&written->files[i]);
	printed_table_free(written->table);
	publication_free(written->publication);
	free(written);
	return 0;
}

static const char *file_of(void **state, const char *extension)
{
	struct written *written = *state;
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].extension, extension) == 0)
			return written->files[i].bytes;
	fail();
	return NULL;
}

/* How often `part` occurs, without overlap. */
static size_t occurrences(const char *file, const char *part)
{
	size_t count = 0;
	for (const char *at = file; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

/* What stands behind the first occurrence. */
static const char *assert_holds(const char *extension, enum text_format format, const char *file, const char *value)
{
	struct text escaped = { 0 };
	text_add_escaped(&escaped, format, value);
	const char *at = strstr(file, escaped.bytes);
	if (!at)
		fail_msg("%s lacks, or has out of order: %s", extension, escaped.bytes);
	at += escaped.length;
	text_free(&escaped);
	return at;
}

static void every_number_symbol_and_note_is_in_every_format(void **state)
{
	struct written *written = *state;
	const struct printed_table *table = written->table;
	for (size_t f = 0; f < FORMATS; f++) {
		const char *file = written->files[f].bytes;
		assert_string_equal(writers[f].extension, formats[f].extension);
		assert_holds(formats[f].extension, formats[f].format, file, table->title);
		assert_holds(formats[f].extension, formats[f].format, file, table->stub);
		for (size_t i = 0; i < table->word_count; i++) {
			assert_holds(formats[f].extension, formats[f].format, file, table->words[i].text);
			assert_holds(formats[f].extension, formats[f].format, file, table->words[i].label);
		}
		const char *at = file; /* headings and cells in their order, each behind the one before it */
		for (size_t i = 0; i < table->column_count; i++)
			at = assert_holds(formats[f].extension, formats[f].format, at, table->columns[i]);
		for (size_t i = 0; i < table->line_count; i++) {
			at = assert_holds(formats[f].extension, formats[f].format, at, table->lines[i].heading);
			for (size_t j = 0; j < table->column_count; j++)
				at = assert_holds(formats[f].extension, formats[f].format, at,
						  printed_table_cell(table, i, j)->text);
		}
	}
}

/* Counted by hand in the fixture: line 1 [z]; line 2 [c] [c] [z]; lines 3 and 4 [x] [x] [z]; line 5 three numbers. */
static void a_symbol_stands_in_as_many_cells_as_the_table_has(void **state)
{
	const char *html = file_of(state, "html");
	assert_int_equal(occurrences(html, "<td class=\"symbol\">[c]</td>"), 2);
	assert_int_equal(occurrences(html, "<td class=\"symbol\">[x]</td>"), 4);
	assert_int_equal(occurrences(html, "<td class=\"symbol\">[z]</td>"), 4);
	assert_int_equal(occurrences(html, "<td class=\"number\">"), 5);
	const char *csv = file_of(state, "csv");
	assert_int_equal(occurrences(csv, ",[c],[c],[z]\n"), 1);
	assert_int_equal(occurrences(csv, ",[x],[x],[z]\n"), 2);
	const char *latex = file_of(state, "tex");
	assert_int_equal(occurrences(latex, " & {[}c{]} & {[}c{]} & {[}z{]} \\\\\n"), 1);
}

static void every_format_is_labelled_synthetic(void **state)
{
	struct written *written = *state;
	for (size_t i = 0; i < FORMATS; i++)
		assert_true(occurrences(written->files[i].bytes, "SYNTHETIC DATA") >= 1);
}

static void no_format_tells_why_a_line_is_hidden(void **state)
{
	struct written *written = *state;
	for (size_t i = 0; i < FORMATS; i++)
		assert_int_equal(occurrences(written->files[i].bytes, "secret"), 0);
}

static void html_runs_nothing_and_fetches_nothing(void **state)
{
	const char *html = file_of(state, "html");
	assert_int_equal(occurrences(html, "<script"), 0);
	assert_int_equal(occurrences(html, "src="), 0);
	assert_int_equal(occurrences(html, "url("), 0);
	assert_int_equal(occurrences(html, "@import"), 0);
	assert_int_equal(occurrences(html, "http:"), 0);
	assert_int_equal(occurrences(html, "https:"), 0);
	assert_int_equal(occurrences(html, "<link"), 0);
	assert_int_equal(occurrences(html, "content=\"default-src 'none'; style-src 'unsafe-inline';"), 1);
}

static void html_names_its_language_its_table_and_its_headers(void **state)
{
	const char *html = file_of(state, "html");
	assert_int_equal(occurrences(html, "<html lang=\"en\">"), 1);
	assert_int_equal(occurrences(html, "<caption id="), 1);
	assert_int_equal(occurrences(html, "<h1>"), 1);
	assert_int_equal(occurrences(html, "<th scope=\"col\">"), 4);
	assert_int_equal(occurrences(html, "<th scope=\"row\">"), 5);
	assert_int_equal(occurrences(html, "role=\"region\" aria-labelledby=\"table-wellbeing-title\" tabindex=\"0\""),
			 1);
	assert_int_equal(occurrences(html, "id=\"table-wellbeing-title\""), 1);
}

/* Each open tag is closed, in order; br, meta and the doctype have none. */
static void html_closes_what_it_opens(void **state)
{
	char open[64][16];
	size_t depth = 0;
	for (const char *at = file_of(state, "html"); (at = strchr(at, '<')); at++) {
		char tag[16] = "";
		bool closing = at[1] == '/';
		sscanf(at + 1 + closing, "%15[a-z0-9]", tag);
		if (!*tag || strcmp(tag, "br") == 0 || strcmp(tag, "meta") == 0)
			continue;
		if (closing) {
			assert_true(depth > 0);
			assert_string_equal(open[--depth], tag);
		} else {
			assert_true(depth < COUNT(open));
			strcpy(open[depth++], tag);
		}
	}
	assert_int_equal(depth, 0);
}

/* RFC 4180: fields of one record, quotes respected. *at moves behind the record. */
static size_t fields_of_record(const char **at, bool *formula)
{
	size_t fields = 1;
	bool quoted = false, first = true;
	const char *c = *at;
	for (; *c && (quoted || *c != '\n'); c++) {
		if (first && !quoted && *c != '"' && strchr("=+@\t", *c))
			*formula = true;
		first = false;
		if (*c == '"') {
			quoted = !quoted;
			first = quoted && c[1] != '"';
		} else if (*c == ',' && !quoted) {
			fields++;
			first = true;
		}
	}
	assert_false(quoted);
	*at = *c ? c + 1 : c;
	return fields;
}

static void every_record_of_the_csv_has_the_same_fields_and_no_formula(void **state)
{
	const char *at = file_of(state, "csv");
	size_t records = 0;
	bool formula = false;
	for (; *at; records++)
		assert_int_equal(fields_of_record(&at, &formula), 6);
	struct written *written = *state;
	assert_int_equal(records, 1 + written->table->line_count + 1 + written->table->word_count);
	assert_false(formula);
	assert_int_equal(occurrences(file_of(state, "csv"), "row,code,Area,"), 1);
}

static void every_row_of_the_markdown_table_has_the_same_bars(void **state)
{
	struct written *written = *state;
	char *copy = mem_copy_text(file_of(state, "md"));
	size_t rows = 0;
	for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n")) {
		if (*line != '|')
			continue;
		rows++;
		size_t bars = 0;
		for (const char *c = line; *c; c++)
			bars += *c == '|' && (c == line || c[-1] != '\\');
		assert_int_equal(bars, written->table->column_count + 2);
	}
	assert_int_equal(rows, 2 + written->table->line_count);
	assert_int_equal(occurrences(file_of(state, "md"), "<script"), 0);
	free(copy);
}

static void latex_holds_no_command_from_a_label_and_no_bare_bracket(void **state)
{
	const char *latex = file_of(state, "tex");
	assert_int_equal(occurrences(latex, "\\input{"), 0);
	assert_int_equal(occurrences(latex, "[c]"), 0);
	assert_int_equal(occurrences(latex, "\n["), 0);
	assert_int_equal(occurrences(latex, "\\begin{tabular}{@{}lrrr@{}}"), 1);
	assert_int_equal(occurrences(latex, "\\end{tabular}"), 1);
	assert_int_equal(occurrences(latex, " \\\\\n"), 1 + 5);
	assert_int_equal(occurrences(latex, " & 21 & $-1.50$ & {[}z{]} \\\\\n"), 1);
}

static void a_latex_heading_of_several_words_is_broken_over_lines(void **state)
{
	const char *latex = file_of(state, "tex");
	assert_int_equal(occurrences(latex, "Area & Respondents & "), 1); /* one word each */
	/* the longest word of "Mean a|b \"quoted\", and ..." has 9 characters, quotes and comma included */
	assert_int_equal(occurrences(latex, " & \\parbox[b]{4.5em}{\\raggedleft Mean a"), 1);
}

static void a_table_without_lines_and_columns_can_be_written(void **state)
{
	struct written *written = *state;
	struct error err = { 0 };
	struct printed_table *table = NULL;
	size_t id = universe_arrangement(written->publication->universe, "empty", "table", "empty", "Empty", "Nobody",
					 "None");
	assert_ok(printed_table_read(&table, written->publication, id, &err), &err);
	for (size_t i = 0; i < FORMATS; i++) {
		struct text file = { 0 };
		writers[i].write(&file, table);
		assert_int_equal(occurrences(file.bytes, "Nobody"), 1);
		text_free(&file);
	}
	printed_table_free(table);
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, write_fixture, free_fixture)
	const struct CMUnitTest tests[] = {
		WITH(every_number_symbol_and_note_is_in_every_format),
		WITH(a_symbol_stands_in_as_many_cells_as_the_table_has),
		WITH(every_format_is_labelled_synthetic),
		WITH(no_format_tells_why_a_line_is_hidden),
		WITH(html_runs_nothing_and_fetches_nothing),
		WITH(html_names_its_language_its_table_and_its_headers),
		WITH(html_closes_what_it_opens),
		WITH(every_record_of_the_csv_has_the_same_fields_and_no_formula),
		WITH(every_row_of_the_markdown_table_has_the_same_bars),
		WITH(latex_holds_no_command_from_a_label_and_no_bare_bracket),
		WITH(a_latex_heading_of_several_words_is_broken_over_lines),
		WITH(a_table_without_lines_and_columns_can_be_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
