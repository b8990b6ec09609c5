/* results.csv: one line a result, and nothing of a hidden one but that it is hidden. */
#include "testing.h"

#include "publish/results.h"
#include "csv.h"
#include "test_publish.h"
#include "text.h"

/* The fixture's results.csv, read back by the project's own reader. */
struct results {
	struct publication *publication;
	struct text file;
	char *cells[8][40];
	size_t records, fields;
};

static int read_results(void **state)
{
	struct results *results = mem_alloc(1, sizeof *results);
	struct error err = { 0 };
	struct csv_reader *reader = NULL;
	const struct csv_record *record;
	bool more;
	*state = results;
	results->publication = fixture_publication(true);
	if (!results_write(&results->file, results->publication, &err))
		return -1;
	char *folder = test_folder(), *path = test_file(folder, "results.csv", results->file.bytes);
	bool ok = csv_open(&reader, path, NULL, &err);
	while (ok && (ok = csv_read(reader, &record, &more, &err)) && more) {
		if (record->damage || record->count > 40 || results->records == 8)
			return -1;
		results->fields = record->count;
		for (size_t i = 0; i < record->count; i++)
			results->cells[results->records][i] = mem_copy_text(record->fields[i]);
		results->records++;
	}
	csv_close(reader);
	free(path);
	free(folder);
	return ok ? 0 : -1;
}

static int free_results(void **state)
{
	struct results *results = *state;
	for (size_t i = 0; i < 8; i++)
		for (size_t j = 0; j < 40; j++)
			free(results->cells[i][j]);
	text_free(&results->file);
	publication_free(results->publication);
	free(results);
	return 0;
}

static const char *cell(const struct results *results, size_t line, const char *column)
{
	for (size_t i = 0; i < results->fields; i++)
		if (strcmp(results->cells[0][i], column) == 0)
			return results->cells[line][i];
	fail_msg("no column %s", column);
	return NULL;
}

static void the_header_has_the_documented_columns(void **state)
{
	const struct results *results = *state;
	assert_int_equal(results->records, 1 + 7);
	assert_int_equal(results->fields, results_column_count);
	for (size_t i = 0; i < results_column_count; i++) {
		assert_string_equal(results->cells[0][i], results_columns[i].name);
		assert_false(text_is_blank(results_columns[i].meaning));
	}
}

static void a_line_has_its_keys_labels_figures_and_status(void **state)
{
	static const struct {
		size_t line;
		const char *column, *value;
	} expected[] = {
		{ 1, "analysis", "wellbeing" },
		{ 1, "dataset", "survey" },
		{ 1, "statistic", "mean" },
		{ 1, "outcome", "wemwbs" },
		{ 1, "outcome_label", "Wellbeing " HOSTILE_SCRIPT },
		{ 1, "area_code", "A1" },
		{ 1, "area", "'" HOSTILE_FORMULA },
		{ 1, "method", "t" },
		{ 1, "level", "95" },
		{ 1, "n", "21" },
		{ 1, "estimate", "-1.50" },
		{ 1, "sd", "" },
		{ 1, "status", "" },
		{ 1, "flags", "n-below-30 wide-interval" },
		{ 1, "policy", "house-1" },
		{ 1, "synthetic", "yes" },
		{ 3, "category", "1" },
		{ 3, "category_label", "Low" },
		{ 3, "across", "sex=2" },
		{ 3, "across_label", "Women" },
		{ 3, "status", "x" },
		{ 3, "reason", "zero-variance" },
		{ 3, "n", "" },
		{ 4, "level", "" },
		{ 5, "area_code", "" },
		{ 5, "area", "All areas" },
		{ 5, "level", "97.5" },
		{ 5, "weight", "w" },
		{ 5, "p", "<0.001" },
	};
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_string_equal(cell(*state, expected[i].line, expected[i].column), expected[i].value);
}

static void a_hidden_line_says_only_what_it_is_about(void **state)
{
	static const char *const silent[] = { "method",         "n",  "estimate", "sd", "se",     "low",  "high",
					      "test_statistic", "df", "df2",      "p",  "reason", "flags" };
	const struct results *results = *state;
	assert_string_equal(cell(results, 2, "area_code"), "A2");
	assert_string_equal(cell(results, 2, "status"), "c");
	for (size_t i = 0; i < COUNT(silent); i++)
		assert_string_equal(cell(results, 2, silent[i]), "");
	assert_null(strstr(results->file.bytes, "secret"));
}

static void a_real_study_is_not_called_synthetic(void **state)
{
	struct results *results = *state;
	struct error err = { 0 };
	struct text file = { 0 };
	results->publication->study->study.synthetic = false;
	assert_ok(results_write(&file, results->publication, &err), &err);
	assert_non_null(strstr(file.bytes, ",house-1,no\n"));
	assert_null(strstr(file.bytes, ",yes\n"));
	text_free(&file);
}

static void a_figure_without_a_column_is_not_left_out_in_silence(void **state)
{
	struct results *results = *state;
	struct error err = { 0 };
	struct text file = { 0 };
	fixture_figure(results->publication->universe, "median", "5", 0);
	assert_false(results_write(&file, results->publication, &err));
	assert_int_equal(err.kind, ERROR_FAULT);
	text_free(&file);
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, read_results, free_results)
	const struct CMUnitTest tests[] = {
		WITH(the_header_has_the_documented_columns),
		WITH(a_line_has_its_keys_labels_figures_and_status),
		WITH(a_hidden_line_says_only_what_it_is_about),
		WITH(a_real_study_is_not_called_synthetic),
		WITH(a_figure_without_a_column_is_not_left_out_in_silence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
