#include "testing.h"

#include "csv_table.h"
#include "text.h"

static const char *const columns[] = { "variable", "label", "type", "note" };
enum { VARIABLE, LABEL, TYPE, NOTE };

static bool load(struct csv_table **table, const char *bytes, struct error *err)
{
	char *folder = test_folder();
	char *path = test_file(folder, "variables.csv", bytes);
	bool ok = csv_table_load(table, path, columns, COUNT(columns), err);
	assert_true(ok == (*table != NULL));
	assert_true(ok || strcmp(err->path, path) == 0);
	free(path);
	free(folder);
	return ok;
}

static void table_gives_trimmed_cells_by_column(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct csv_table *table = NULL;
	assert_ok(load(&table, "\xef\xbb\xbf" "type , variable,note 2,notes\r\n code ,\" age\",x,y\r\n,,,\r\n\r\n\"text\n2\",sex,,\r\n", &err), &err);
	assert_int_equal(csv_table_rows(table), 2);
	assert_string_equal(csv_table_cell(table, 0, VARIABLE), "age");
	assert_string_equal(csv_table_cell(table, 0, TYPE), "code");
	assert_string_equal(csv_table_cell(table, 0, LABEL), "");
	assert_string_equal(csv_table_cell(table, 0, NOTE), "");
	assert_string_equal(csv_table_cell(table, 1, TYPE), "text\n2");
	assert_int_equal(csv_table_line(table, 0), 2);
	assert_int_equal(csv_table_line(table, 1), 5);
	csv_table_free(table);
}

static void table_of_a_header_has_no_rows(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct csv_table *table = NULL;
	assert_ok(load(&table, "variable,label\n", &err), &err);
	assert_int_equal(csv_table_rows(table), 0);
	csv_table_free(table);
}

static const struct bad_table {
	const char *name, *bytes;
	size_t line, column;
	const char *message, *help;
} bad_tables[] = {
	{ "an unknown column is refused with the nearest", "variable,lable\na,b\n", 1, 0, "no column here is named `lable`", "`label`" },
	{ "a column that is near to none is refused", "variable,remarks\na,b\n", 1, 0, "no column here is named `remarks`", "begin with `note`" },
	{ "a column named twice is refused", "label,type,label\na,b,c\n", 1, 0, "two columns are named `label`", "remove one" },
	{ "a column without a name is refused", "label,\na,b\n", 1, 0, "column 2 has no name", "" },
	{ "a file with semicolons is told so", "variable;label\na;b\n", 1, 0, "no column here", "semicolons stand between the cells, as some spreadsheets save them: save the file as CSV with commas" },
	{ "a row with a cell too many is refused at its line", "variable,label\n\na,b\na,b,c\n", 4, 0, "this row has 3 cells, the header has 2", "quotes" },
	{ "a row with a cell too few is refused at its line", "variable,label\na\n", 2, 0, "this row has 1 cells, the header has 2", "quotes" },
	{ "an open quote is refused at its line", "variable,label\na,\"b\nc,d\n", 2, 0, "not closed", "close it" },
	{ "a stray quote is refused at its line", "variable,label\na,b\nc,d\"e\"\n", 3, 0, "a quote stands where", "double" },
	{ "a file with tabs is told so", "variable\tlabel\na\tb\n", 1, 0, "no column here", "tabs stand between the cells" },
	{ "letters that are no UTF-8 are refused at their line and byte", "variable,label\na,caf\xe9\n", 2, 6, "not UTF-8", "Windows-1252" },
	{ "and told how to save them", "variable,label\na,\x93quoted\x94\n", 2, 3, "not UTF-8", "`CSV UTF-8`" },
	{ "an empty table is refused", "", 0, 0, "empty", "" },
	{ "a workbook is refused", "PK\3\4xl", 0, 0, "zip archive", "CSV" },
};

static void table_is_refused(void **state)
{
	const struct bad_table *bad = *state;
	struct error err = { 0 };
	struct csv_table *table = NULL;
	assert_false(load(&table, bad->bytes, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_int_equal(err.line, bad->line);
	assert_int_equal(err.column, bad->column);
	assert_non_null(strstr(err.message, bad->message));
	assert_non_null(strstr(err.help, bad->help));
}

static void missing_table_is_no_input(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct csv_table *table = NULL;
	assert_false(csv_table_load(&table, "/nonexistent/variables.csv", columns, COUNT(columns), &err));
	assert_int_equal(err.kind, ERROR_NO_INPUT);
	assert_null(table);
}

/* What Excel calls Unicode text, but for its tabs: a mark tells it. */
static void table_in_utf_16_with_a_mark_is_read(void **state)
{
	(void)state;
	static const char text[] = "variable,label\r\nage,x\r\n";
	struct text file = { 0 };
	struct csv_table *table = NULL;
	struct error err = { 0 };
	text_add_bytes(&file, "\xff\xfe", 2);
	for (size_t i = 0; text[i]; i++)
		text_add_bytes(&file, (char[]){ text[i] == 'x' ? '\xe9' : text[i], '\0' }, 2);
	char *folder = test_folder(), *path = test_file_bytes(folder, "variables.csv", file.bytes, file.length);
	assert_ok(csv_table_load(&table, path, columns, COUNT(columns), &err), &err);
	assert_int_equal(csv_table_rows(table), 1);
	assert_string_equal(csv_table_cell(table, 0, LABEL), "\xc3\xa9");
	csv_table_free(table);
	text_free(&file);
	free(path);
	free(folder);
}

/* The help speaks of the table, which no config describes. */
static void table_in_utf_16_without_a_mark_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = test_file_bytes(folder, "variables.csv", "a\0,\0b\0\n\0", 8);
	struct csv_table *table = NULL;
	struct error err = { 0 };
	assert_false(csv_table_load(&table, path, columns, COUNT(columns), &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.code, "file-encoding");
	assert_non_null(strstr(err.message, "UTF-16"));
	assert_non_null(strstr(err.help, "`CSV UTF-8`"));
	assert_null(strstr(err.help, "encoding:"));
	free(path);
	free(folder);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(table_gives_trimmed_cells_by_column),
		cmocka_unit_test(table_of_a_header_has_no_rows),
		cmocka_unit_test(table_in_utf_16_with_a_mark_is_read),
		cmocka_unit_test(table_in_utf_16_without_a_mark_is_refused),
		cmocka_unit_test(missing_table_is_no_input),
	};
	struct CMUnitTest tests[COUNT(bad_tables) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(bad_tables); i++)
		tests[count++] = (struct CMUnitTest){ .name = bad_tables[i].name, .test_func = table_is_refused,
			                              .initial_state = (void *)&bad_tables[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
