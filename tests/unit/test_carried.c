/* deidentify: what goes through to the analysis table as it is. */
#include "testing.h"

#include "deidentify/carried.h"
#include "dictionary.h"
#include "embedded.h"
#include "store.h"
#include "text.h"

static const char validated_rows[] =
	"INSERT INTO account VALUES (1, 'B', 'accepted', '', 2), (2, 'B', 'accepted', '', 1), (1, '', 'accepted', '', 1),"
	" (1, 'B', 'set_aside', 'row-fields', 4), (2, 'B', 'set_aside', 'row-fields', 3), (2, 'C', 'set_aside', 'row-fields', 1);";
static const char derived_rows[] = "INSERT INTO derived_item VALUES ('score', 1, 'a', 0, 1, 5), ('score', 2, 'b', 1, 1, 5);";
static const char respondents[] =
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, area INTEGER);"
	"INSERT INTO area VALUES (1, 'B', 'Bedford'), (2, 'C', 'Central'); INSERT INTO respondents VALUES (1, 1), (2, 1), (3, 1), (4, NULL);";

static char *make_store(const char *folder, const char *stage, const char *schema, const char *rows)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/%s.db", folder, stage), *whole = mem_print("%s%s", schema, sql_schema_finding);
	assert_ok(store_create(&store, path, stage, whole, &err), &err);
	assert_ok(store_run(store, rows, &err) && store_commit(store, &err), &err);
	store_close(store);
	free(whole);
	return path;
}

/* A deidentified.db under way, after carried_copy; NULL and *err where that fails. */
static struct store *carry(const char *more, struct error *err)
{
	struct variable asked[] = { { .name = (char *)"everybody", .type = VARIABLE_INTEGER },
		                     { .name = (char *)"some", .type = VARIABLE_INTEGER, .asked_if = (char *)"everybody = 1" } };
	struct dictionary dictionary = { .folder = "dictionary", .variables = asked, .variable_count = COUNT(asked) };
	struct store *store = NULL;
	char *folder = test_folder(), *output = mem_print("%s/deidentified.db", folder);
	char *validated = make_store(folder, "validate", sql_schema_validated, validated_rows);
	char *derived = make_store(folder, "derive", sql_schema_derived, derived_rows);
	assert_ok(store_create(&store, output, "deidentify", sql_schema_deidentified, err), err);
	assert_ok(store_attach(store, derived, "derive", "derived", err), err);
	assert_ok(store_attach(store, validated, "validate", "validated", err), err);
	assert_ok(store_run(store, respondents, err) && store_run(store, more, err), err);
	if (!carried_copy(&dictionary, store, err)) {
		store_close(store);
		store = NULL;
	}
	free(validated);
	free(derived);
	free(output);
	free(folder);
	return store;
}

static void expect(struct store *store, const char *sql, const char *expected)
{
	struct error err = { 0 };
	struct text got = { 0 };
	sqlite3_stmt *select = NULL;
	bool row = false;
	text_add(&got, "");
	assert_ok(store_prepare(&select, store, sql, &err), &err);
	while (store_step(store, select, &row, &err) && row)
		text_print(&got, "%s%s", got.length ? "; " : "", (const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	assert_string_equal(got.bytes, expected);
	text_free(&got);
}

static void the_account_is_that_of_all_exports_together(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct store *store = carry("", &err);
	assert_non_null(store);
	expect(store, "SELECT area || ' ' || status || ' ' || reason || ' ' || rows FROM account ORDER BY area, status, reason",
	       " accepted  1; B accepted  3; B set_aside row-fields 7; C set_aside row-fields 1");
	store_close(store);
}

static void items_and_routes_pass_unchanged(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct store *store = carry("", &err);
	assert_non_null(store);
	expect(store, "SELECT score || position || variable || reversed || least || most FROM item ORDER BY position",
	       "score1a01.05.0; score2b11.05.0");
	expect(store, "SELECT variable FROM routed", "some");
	expect(store, "SELECT variable || ' ' || reads FROM route", "some everybody");
	store_close(store);
}

static const char *const faults[] = {
	"INSERT INTO respondents VALUES (5, 1)",
	"INSERT INTO respondents VALUES (5, 2)",
	"INSERT INTO respondents VALUES (5, NULL)",
	"DELETE FROM respondents WHERE area IS NULL",
	"UPDATE respondents SET area = 2 WHERE respondent = 1",
};

static void respondents_whom_the_account_does_not_know_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct error err = { 0 };
		assert_null(carry(faults[i], &err));
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_null(strpbrk(err.message, "0123456789"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_account_is_that_of_all_exports_together),
		cmocka_unit_test(items_and_routes_pass_unchanged),
		cmocka_unit_test(respondents_whom_the_account_does_not_know_are_refused),
	};
	return _cmocka_run_group_tests("carried", tests, COUNT(tests), NULL, NULL);
}
