#include "testing.h"

#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "mem.h"
#include "store.h"
#include "text.h"
#include "validate/date_order.h"
#include "validate/exported.h"
#include "validate/judging.h"
#include "validate/rulings.h"

static const char variables[] =
	"variable,label,type\n"
	"id,,id\n"
	"born,,date\n"
	"begun,,datetime\n"
	"words,,text\n";

enum { MOST_ROWS = 4 };

/* Rows are "source|born|begun|words"; ~ is no such column. The second export is dmy, the third mdy. */
static const struct example {
	const char *rows[MOST_ROWS];
	const char *findings;
} examples[] = {
	{ { "2|03/04/2001||", "2|05/06/1990||" }, "2 born 2 a date written as DD/MM/YYYY" },
	{ { "3|03/04/2001||", "3| 05.06.1990 ||" }, "3 born 2 a date written as MM/DD/YYYY" },
	{ { "2|03/04/2001||", "2|25/06/1990||" }, "" },  /* 25 is no month: the file tells */
	{ { "2|03/04/2001||", "2|06/25/1990||" }, "" },  /* the wrong way, and a finding of its own */
	{ { "2|03/04/2001||", "2|31/02/1990||" }, "" },
	{ { "2|03/03/2001||", "2|05/05/1990||" }, "" },  /* the same either way */
	{ { "2|03/03/2001||", "2|03/04/1990||" }, "2 born 1 a date written as DD/MM/YYYY" },
	{ { "1|03/04/2001||" }, "" },                    /* no date in an ISO export */
	{ { "2|2001-04-03||", "2|||", "2|~||" }, "" },   /* written so that nobody can mistake it */
	{ { "2|||03/04/2001" }, "" },                    /* words are no date */
	{ { "2||03/04/2001 10:00|" }, "2 begun 1 a date and time written as DD/MM/YYYY HH:MM:SS" },
	{ { "2||25/04/2001 10:00|", "2|03/04/2001||" }, "2 born 1 a date written as DD/MM/YYYY" }, /* each variable for itself */
	{ { "2|03/04/2001||", "3|25/04/2001||", "3|03/04/2001||" }, "2 born 1 a date written as DD/MM/YYYY" }, /* and each export */
	{ { "2|03/04/2001|03/04/2001 10:00|", "3|03/04/2001||" },
	  "2 born 1 a date written as DD/MM/YYYY; 2 begun 1 a date and time written as DD/MM/YYYY HH:MM:SS; "
	  "3 born 1 a date written as MM/DD/YYYY" },
};

static void make_ingested(const char *path, const char *const *rows)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	assert_ok(store_create(&store, path, "ingest", schema, &err)
	                  && store_run(store,
	                               "CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT "
	                               "NULL, record INTEGER NOT NULL, id TEXT, born TEXT, begun TEXT, words TEXT);"
	                               "INSERT INTO source SELECT column1, column2, 'plain', 'w1', column3, 'point', NULL, 'UTF-8', 9, "
	                               "0, 9, 1, 8, 0, 0 FROM (VALUES (1, 'a.csv', 'iso'), (2, 'b.csv', 'dmy'), (3, 'c.csv', 'mdy'))",
	                               &err),
	          &err);
	for (size_t i = 0; i < MOST_ROWS && rows[i]; i++) {
		char *copy = mem_copy_text(rows[i]), *cell = copy;
		sqlite3_stmt *insert = NULL;
		assert_ok(store_prepare(&insert, store, "INSERT INTO answers VALUES (?1, ?2, ?1, ?1, ?1, ?3, ?4, ?5)", &err), &err);
		sqlite3_bind_int64(insert, 1, (sqlite3_int64)i + 1);
		for (int column = 2; column <= 5; column++) {
			char *end = cell + strcspn(cell, "|");
			bool last = !*end;
			*end = '\0';
			if (strcmp(cell, "~") != 0)
				sqlite3_bind_text(insert, column, cell, -1, SQLITE_TRANSIENT);
			cell = last ? end : end + 1;
		}
		assert_ok(store_insert(store, insert, &err), &err);
		sqlite3_finalize(insert);
		free(copy);
	}
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(schema);
}

/* Every row added and all of it told; false: a decision was refused. */
static bool tell_all(char **told, const char *const *rows, const char *decision, struct error *err)
{
	char *folder = test_folder();
	char *files[] = {
		test_file(folder, "variables.csv", variables),
		test_file(folder, "codes.csv", "list,code,label\n"),
		test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		test_file(folder, "decisions.csv", decision),
		mem_print("%s/ingested.db", folder),
		mem_print("%s/validated.db", folder),
	};
	struct review_tools tools = { .dataset = "survey" };
	struct dictionary *dictionary = NULL;
	struct decisions *decisions = NULL;
	struct judging *judging = NULL;
	struct text text = { 0 };
	make_ingested(files[6], rows);
	char *schema = mem_print("%s%s", sql_schema_validated, sql_schema_finding);
	assert_ok(dictionary_load(&dictionary, folder, files[4], NULL, 0, err)
	                  && decisions_load(&decisions, files[5], "survey", err)
	                  && store_create(&tools.store, files[7], "validate", schema, err)
	                  && store_attach(tools.store, files[6], "ingest", "ingested", err)
	                  && exported_open(&tools.exported, tools.store, dictionary, err),
	          err);
	tools.dictionary = dictionary;
	tools.rulings = rulings_new(decisions, files[5], "survey", "2025-12-01");
	assert_ok(judging_new(&judging, &tools, err), err);

	struct date_order *order = date_order_new(judging);
	const struct exported_row *row = NULL;
	exported_rewind(tools.exported);
	while (exported_next(tools.exported, &row, err) && row) {
		judging_begin(judging, row);
		date_order_add(order);
	}
	bool ok = date_order_tell(order, err);

	sqlite3_stmt *select = NULL;
	bool more = false;
	struct error wrong = { 0 };
	assert_ok(store_prepare(&select, tools.store,
	                        "SELECT source || ' ' || variable || ' ' || occurrences || ' ' || expected FROM finding WHERE code = "
	                        "'cell-date-ambiguous' AND severity = 'note' AND row IS NULL AND value IS NULL ORDER BY finding",
	                        &wrong),
	          &wrong);
	text_add(&text, "");
	while (store_step(tools.store, select, &more, &wrong) && more)
		text_print(&text, "%s%s", text.length ? "; " : "", (const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	*told = text.bytes;

	date_order_free(order);
	judging_free(judging);
	rulings_free(tools.rulings);
	exported_close(tools.exported);
	store_close(tools.store);
	decisions_free(decisions);
	dictionary_free(dictionary);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(schema);
	free(folder);
	return ok;
}

#define DECISIONS "finding,dataset,decision,value,by,when,why,until\n"

static void dates_that_no_cell_makes_certain_are_told_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct error err = { 0 };
		char *told = NULL;
		assert_ok(tell_all(&told, examples[i].rows, DECISIONS, &err), &err);
		if (strcmp(told, examples[i].findings) != 0)
			fail_msg("%s ...: %s", examples[i].rows[0], told);
		free(told);
	}
}

/* No cell can be corrected by a finding that is about all of them. */
static void a_correction_of_an_order_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *decision;
		bool ok;
	} decided[] = { { "accept,", true }, { "correct,2001-04-03", false } };
	const struct finding finding = { .code = FINDING_CELL_DATE_AMBIGUOUS, .variable = "born" };
	char identity[FINDING_IDENTITY_SIZE];
	finding_identity(identity, "survey", "b.csv", &finding);
	for (size_t i = 0; i < COUNT(decided); i++) {
		struct error err = { 0 };
		char *told = NULL;
		char *file = mem_print("%s%s,survey,%s,A. Steward,2025-01-01,compared,\n", DECISIONS, identity,
		                       decided[i].decision);
		bool ok = tell_all(&told, examples[0].rows, file, &err);
		assert_int_equal(ok, decided[i].ok);
		if (!ok)
			assert_int_equal(err.kind, ERROR_CONFIG);
		free(told);
		free(file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_that_no_cell_makes_certain_are_told_once),
		cmocka_unit_test(a_correction_of_an_order_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
