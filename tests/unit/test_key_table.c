/* What others may know of the people in a file of records: the keys of an analysis table as codes. */
#include "testing.h"

#include "embedded.h"
#include "key_table.h"
#include "store.h"
#include "study.h"

/* Five respondents of two areas; the third's age is missing, and the fourth has no weight. */
static const char people[] =
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South');"
	"INSERT INTO variable VALUES"
	" ('area', 1, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'quasi', NULL, NULL, 1, NULL, 'area'),"
	" ('gender', 2, 'Gender', NULL, 'code', 'nominal', NULL, NULL, NULL, 'quasi', NULL, NULL, 1, NULL, ''),"
	" ('age', 3, 'Age', NULL, 'integer', 'scale', 'years', NULL, NULL, 'quasi', 16, 25, 0, NULL, ''),"
	" ('help', 4, 'Help', NULL, 'codes', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('answer', 5, 'Answer', NULL, 'code', 'binary', NULL, NULL, NULL, 'sensitive', NULL, NULL, 1, NULL, ''),"
	" ('posted', 6, 'Posted', NULL, 'date', 'scale', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, '');"
	"INSERT INTO code VALUES ('area', 1, 'X', 'X'), ('area', 2, 'N', 'North'), ('area', 3, 'S', 'South'),"
	" ('gender', 1, 'woman', 'Woman'), ('gender', 2, 'man', 'Man'), ('gender', 3, 'other', 'Other'),"
	" ('help', 1, 'a', 'A'), ('help', 2, 'b', 'B'), ('answer', 1, 'yes', 'Yes'), ('answer', 2, 'no', 'No');"
	"INSERT INTO treatment VALUES ('comment', 'dropped');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, area INTEGER, weight REAL, gender INTEGER,"
	" age INTEGER, help TEXT, answer INTEGER);"
	"INSERT INTO respondents VALUES (1, 2, 1.5, 1, 21, 'b', 1), (2, 1, 2.5, 2, 16, 'a;b', 1),"
	" (3, 1, 4, 2, NULL, 'a', 2), (4, 2, NULL, 1, 21, 'b', 2), (5, 2, 1, 1, 25, '(none)', 2);";

struct opened {
	char *config;
	struct study *study;
	struct store *store;
	struct key_table *table;
	struct error err;
	bool ok;
};

static struct opened open_with(const char *entry, const char *more)
{
	struct opened opened = { 0 };
	char *folder = test_folder(), *path = mem_print("%s/deidentified.db", folder);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                  "datasets: [{name: survey, kind: responses, unit: {name: person}, dictionary: nowhere}]\n"
	                  "microdata:\n  - dataset: survey\n    access: safeguarded\n%s",
	                  entry);
	opened.config = test_file(folder, "made-up.yaml", yaml);
	assert_ok(study_load(&opened.study, opened.config, &opened.err), &opened.err);
	assert_ok(store_create(&opened.store, path, "deidentify", sql_schema_deidentified, &opened.err), &opened.err);
	assert_ok(store_run(opened.store, people, &opened.err), &opened.err);
	assert_ok(store_run(opened.store, more, &opened.err), &opened.err);
	opened.ok = key_table_load(&opened.table, study_microdata(opened.study, "survey"), opened.store,
	                           KEY_DEIDENTIFIED, opened.config, &opened.err);
	free(yaml);
	free(path);
	free(folder);
	return opened;
}

static struct opened open_table(const char *entry)
{
	return open_with(entry, "");
}

static void close_table(struct opened *opened)
{
	key_table_free(opened->table);
	store_close(opened->store);
	study_free(opened->study);
	free(opened->config);
}

static void keys_become_codes_from_1_and_missing_0(void **state)
{
	(void)state;
	/* of area, gender, age (16, 21, 25), help ((none), a, a;b, b) */
	static const int codes[] = { 2, 1, 2, 4, /**/ 1, 2, 1, 3, /**/ 1, 2, 0, 2, /**/ 2, 1, 2, 4, /**/ 2, 1, 3, 1 };
	struct opened opened = open_table("    keys: [area, gender, age, help]\n    sensitive: [answer]\n");
	assert_ok(opened.ok, &opened.err);
	const struct key_table *table = opened.table;
	assert_int_equal(table->records.count, 5);
	assert_int_equal(table->records.width, 4);
	assert_memory_equal(table->records.codes, codes, sizeof codes);
	assert_string_equal(table->keys[0].codes[1].label, "South");
	assert_string_equal(table->keys[2].codes[2].label, "25");
	assert_true(table->keys[2].codes[2].value == 25 && table->keys[2].number && !table->keys[3].number);
	assert_string_equal(table->keys[3].codes[2].label, "a;b");
	assert_int_equal(table->sensitive[0].answers[2], 2);
	assert_true(table->strata == table->key_count && table->numbers[4] == 5);
	assert_true(key_variable_is_ordered(&table->keys[2]) && !key_variable_is_ordered(&table->keys[1]));
	close_table(&opened);
}

static void a_record_stands_for_its_weight_and_else_for_itself(void **state)
{
	(void)state;
	static const double weights[] = { 1.5, 2.5, 4, 1, 1 };
	struct opened opened = open_table("    keys: [area]\n    strata: area\n");
	assert_ok(opened.ok, &opened.err);
	assert_memory_equal(opened.table->records.weights, weights, sizeof weights);
	assert_close(opened.table->fraction, 0.5, 1e-15);
	assert_int_equal(opened.table->strata, 0);
	assert_int_equal(opened.table->records.own, 1); /* who does not say where he is belongs to no area */
	close_table(&opened);
}

/* Weights that add up to less than the people: no more than all were asked. */
static void a_fraction_is_at_most_all(void **state)
{
	(void)state;
	struct opened opened = open_with("    keys: [area]\n", "UPDATE respondents SET weight = 0.5");
	assert_ok(opened.ok, &opened.err);
	assert_true(opened.table->fraction == 1);
	assert_int_equal(opened.table->records.own, 0);
	close_table(&opened);
}

static void a_fraction_of_the_config_stands_before_the_weights(void **state)
{
	(void)state;
	struct opened opened = open_table("    keys: [area]\n    fraction: 0.25\n");
	assert_ok(opened.ok, &opened.err);
	for (size_t i = 0; i < 5; i++)
		assert_true(opened.table->records.weights[i] == 4);
	assert_true(opened.table->fraction == 0.25);
	close_table(&opened);
}

static void somebody_s_rows_count_once_with_the_least_of_their_weights(void **state)
{
	(void)state;
	static const size_t whose[] = { 0, 1, 0, 2, 0 };
	static const double weights[] = { 1, 2.5, 1, 1, 1 };
	struct opened opened = open_with("    keys: [area]\n", "INSERT INTO again VALUES (3, 1), (5, 1)");
	assert_ok(opened.ok, &opened.err);
	assert_memory_equal(opened.table->records.people, whose, sizeof whose);
	assert_memory_equal(opened.table->records.weights, weights, sizeof weights);
	assert_close(opened.table->fraction, 3 / 4.5, 1e-15);
	close_table(&opened);
}

static void a_first_row_that_is_none_is_damage(void **state)
{
	(void)state;
	static const char *const damages[] = { "INSERT INTO again VALUES (1, 2)", "INSERT INTO again VALUES (6, 1)",
		                               "INSERT INTO again VALUES (2, 1), (3, 2)" };
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct opened opened = open_with("    keys: [area]\n", damages[i]);
		assert_false(opened.ok);
		assert_int_equal(opened.err.kind, ERROR_INPUT);
		close_table(&opened);
	}
}

struct wrong_name {
	const char *name, *entry;
	size_t line, column;
	const char *message, *help;
};

static const struct wrong_name wrong_names[] = {
	{ "a misspelt key is named, and the nearest variable", "    keys: [area, gendre]\n", 6, 18,
	  "microdata of survey: the dataset has no variable gendre", "did you mean gender?" },
	{ "a sensitive variable stands at its own place", "    keys: [area]\n    sensitive: [answer, qq]\n", 7, 25,
	  "microdata of survey: the dataset has no variable qq",
	  "name a variable of the data dictionary or a derived one" },
	{ "what deidentify drops is no key", "    keys: [comment]\n", 6, 12,
	  "microdata of survey: deidentify keeps no answers to comment",
	  "texts, dates, ids, weights and what `treat` drops go no further: take it out, or give it another treatment in "
	  "variables.csv" },
	{ "nor is what it describes and keeps no answers to", "    keys: [posted]\n", 6, 12,
	  "microdata of survey: deidentify keeps no answers to posted",
	  "texts, dates, ids, weights and what `treat` drops go no further: take it out, or give it another treatment in "
	  "variables.csv" },
};

static void wrong_names_are_refused_where_they_stand(void **state)
{
	const struct wrong_name *wrong = *state;
	struct opened opened = open_table(wrong->entry);
	assert_false(opened.ok);
	assert_int_equal(opened.err.kind, ERROR_CONFIG);
	assert_string_equal(opened.err.message, wrong->message);
	assert_string_equal(opened.err.help, wrong->help);
	assert_string_equal(opened.err.path, opened.config);
	assert_int_equal(opened.err.line, wrong->line);
	assert_int_equal(opened.err.column, wrong->column);
	close_table(&opened);
}

int main(void)
{
	struct CMUnitTest tests[20] = {
		cmocka_unit_test(keys_become_codes_from_1_and_missing_0),
		cmocka_unit_test(a_record_stands_for_its_weight_and_else_for_itself),
		cmocka_unit_test(a_fraction_is_at_most_all),
		cmocka_unit_test(somebody_s_rows_count_once_with_the_least_of_their_weights),
		cmocka_unit_test(a_first_row_that_is_none_is_damage),
		cmocka_unit_test(a_fraction_of_the_config_stands_before_the_weights),
	};
	size_t count = 6;
	ADD_EXAMPLES(tests, count, wrong_names, wrong_names_are_refused_where_they_stand);
	return _cmocka_run_group_tests("key_table", tests, count, NULL, NULL);
}
