#include "testing.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "embedded.h"
#include "ingest/answers.h"
#include "ingest/columns.h"
#include "ingest/export.h"
#include "store.h"
#include "text.h"

/* A small dictionary: a key, an area, a code, free text, a number; two profiles of headers. */
static const char variables_csv[] = "variable,label,type,codes,role\n"
                                    "id,Respondent,id,,key\n"
                                    "area,Area,code,areas,area\n"
                                    "answer,Answer,integer,,\n"
                                    "comment,Comment,text,,free_text\n";
static const char codes_csv[] = "list,code,label\nareas,E06000055,Bedford\nareas,E06000032,Luton\n";
static const char headers_csv[] = "headers,match,header,variable\n"
                                  "plain,name,Q1. Where do you live?,area\n"
                                  "paper,name,ref,id\npaper,name,la,area\n";
static const char rules_csv[] = "rule,severity,when,require,message\n";
static const char places_csv[] = "code,name,kind,parent,old_code,opened,closed,also_called\n";

/* The same without key and area. */
static const char bare_variables_csv[] = "variable,label,type\nanswer,Answer,integer\ncomment,Comment,text\n";

struct place {
	char *folder;
	struct dictionary *dictionary;
};

static struct place place_new(const char *variables, const char *codes, const char *headers)
{
	struct place place = { test_folder(), NULL };
	struct error err = { 0 };
	free(test_file(place.folder, "variables.csv", variables));
	free(test_file(place.folder, "codes.csv", codes));
	free(test_file(place.folder, "headers.csv", headers));
	free(test_file(place.folder, "rules.csv", rules_csv));
	char *places = test_file(place.folder, "places.csv", places_csv);
	assert_ok(dictionary_load(&place.dictionary, place.folder, places, NULL, 0, &err), &err);
	free(places);
	return place;
}

static void place_free(struct place *place)
{
	dictionary_free(place->dictionary);
	free(place->folder);
}

/* What main does between the dictionary and the commit. */
static bool ingest(struct store **store, const struct place *place, const struct study_export *exports, size_t count, struct error *err)
{
	char *output = mem_print("%s/ingested.db", place->folder);
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct ingestion into = { .dictionary = place->dictionary };
	bool ok = store_create(store, output, "ingest", schema, err);
	into.store = *store;
	ok = ok && answers_create(&into.answers, *store, place->dictionary, err) && finding_store_new(&into.findings, *store, "survey", err);
	for (size_t i = 0; ok && i < count; i++)
		ok = export_check(&exports[i], place->dictionary, "study.yaml", err)
		     && export_read(&into, &exports[i], place->folder, (long long)i + 1, err);
	ok = ok && export_check_accounts(*store, err);
	answers_free(into.answers);
	finding_store_free(into.findings);
	free(schema);
	free(output);
	return ok;
}

/* The rows of a query: cells by |, NULL as ~, line ends as /, rows by blank. */
static void add_query(struct text *text, struct store *store, const char *sql)
{
	struct error err = { 0 };
	sqlite3_stmt *statement = NULL;
	bool row = true;
	assert_ok(store_prepare(&statement, store, sql, &err), &err);
	while (store_step(store, statement, &row, &err) && row) {
		text_add(text, text->length ? " " : "");
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const char *cell = (const char *)sqlite3_column_text(statement, i);
			text_add(text, i ? "|" : "");
			for (const char *c = cell ? cell : "~"; *c; c++)
				text_add_bytes(text, *c == '\n' ? "/" : c, 1);
		}
	}
	assert_ok(!row, &err);
	sqlite3_finalize(statement);
}

static void assert_query(struct store *store, const char *sql, const char *expected)
{
	struct text text = { 0 };
	text_add(&text, "");
	add_query(&text, store, sql);
	assert_string_equal(text.bytes, expected);
	text_free(&text);
}

static const char answers_sql[] = "SELECT * FROM answers ORDER BY row";
static const char source_sql[] = "SELECT lines, blank_lines, records, rows, unreadable FROM source ORDER BY source";
static const char findings_sql[] = "SELECT code, severity, line, record, row, variable, key, expected, occurrences FROM finding ORDER BY finding";

/* One export; the rows, the account and the findings that it gives, in the forms of the queries above. */
static const struct example {
	const char *name, *bytes, *answers, *account, *findings;
} examples[] = {
	{ "columns are found by their headers, in any order",
	  "comment,Q1. Where do you live?,id,answer\nfine,E06000055,r1,5\nok,E06000032,r2,6\n",
	  "1|1|2|2|r1|E06000055|5|fine 2|1|3|3|r2|E06000032|6|ok", "3|0|3|2|0", "" },
	{ "headers are trimmed before they are compared", " id ,Q1. Where do you live?\t,answer,\"comment \"\nr1,E06000055,5,x\n",
	  "1|1|2|2|r1|E06000055|5|x", "2|0|2|1|0", "" },
	{ "no answer is changed: blanks, case and emptiness stay", "id,Q1. Where do you live?,answer,comment\n r1 ,e06000055,, NA\t\n",
	  "1|1|2|2| r1 |e06000055|| NA\t", "2|0|2|1|0", "" },
	{ "a variable without a column is NULL and a finding", "id,Q1. Where do you live?,comment\nr1,E06000055,x\n",
	  "1|1|2|2|r1|E06000055|~|x", "2|0|2|1|0", "header-column-missing|warn|1|1|~|answer|~|~|1" },
	{ "unknown columns are counted once for each header and not read",
	  "id,Q1. Where do you live?,answer,comment,ip,ip,mail\nr1,E06000055,5,x,10.0.0.1,10.0.0.2,a@b\n", "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|0", "header-column-unknown|warn|1|1|~|ip|~|~|2 header-column-unknown|warn|1|1|~|mail|~|~|1" },
	{ "a variable whose profile gives it another header is not found by its own name",
	  "id,area,Q1. Where do you live?,answer,comment\nr1,wrong,E06000055,5,x\n", "1|1|2|2|r1|E06000055|5|x", "2|0|2|1|0",
	  "header-column-unknown|warn|1|1|~|area|~|~|1" },
	{ "blank lines are no records and one finding", "id,Q1. Where do you live?,answer,comment\n\nr1,E06000055,5,x\n\n\n",
	  "1|1|3|2|r1|E06000055|5|x", "5|3|2|1|0", "row-blank|note|~|~|~|~|~|~|3" },
	{ "rows of another width are set aside and counted",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5\nr2,E06000055,6,y\nr3,E06000055,7,z,\n",
	  "1|1|3|3|r2|E06000055|6|y", "4|0|4|1|2",
	  "row-fields|reject|2|2|~|~|~|4 cells, not 3|1 row-fields|reject|4|4|~|~|~|4 cells, not 5|1" },
	{ "damaged records are set aside and counted, each under its code",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\nr2,E06000055,6,y\nr3,E06000055,7\"x,z\nr4,E06000055,8,M\xfcller\nr5,E06000055,9,ok\n",
	  "1|1|3|3|r2|E06000055|6|y 2|1|6|6|r5|E06000055|9|ok", "6|0|6|2|3",
	  "row-quote-open|reject|2|2|~|~|~|~|1 row-quote-stray|reject|4|4|~|~|~|~|1 row-encoding|reject|5|5|~|~|~|~|1" },
	{ "a line end in free text is an answer like any other", "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\ny\"\nr2,E06000055,6,z\n",
	  "1|1|2|2|r1|E06000055|5|x/y 2|1|4|3|r2|E06000055|6|z", "4|0|3|2|0", "" },
	{ "a column that is not read may run over lines, but not swallow a row",
	  "id,Q1. Where do you live?,answer,comment,other\nr1,E06000055,5,x,\"a\nb\"\nr2,E06000055,5,x,\"a\nr3,E06000055,5,x,b\"\n",
	  "1|1|2|2|r1|E06000055|5|x 2|1|4|3|r2|E06000055|5|x", "5|0|3|2|0",
	  "header-column-unknown|warn|1|1|~|other|~|~|1 cell-line-end|reject|4|3|2|other|r2|no line that looks like a row|1" },
	{ "commas in free text of several lines are no rows", "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\none, two, three, four\"\n",
	  "1|1|2|2|r1|E06000055|5|x/one, two, three, four", "3|0|2|1|0", "" },
	{ "a byte order mark and mixed line ends are told", "\xef\xbb\xbfid,Q1. Where do you live?,answer,comment\r\nr1,E06000055,5,x\n",
	  "1|1|2|2|r1|E06000055|5|x", "2|0|2|1|0",
	  "file-byte-order-mark|note|~|~|~|~|~|~|1 file-line-ends|warn|~|~|~|~|~|~|1" },
};

static void export_gives_rows_account_and_findings(void **state)
{
	const struct example *example = *state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", example->bytes));
	const struct study_export export = { .path = (char *)"export.csv" };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, example->answers);
	assert_query(store, source_sql, example->account);
	assert_query(store, findings_sql, example->findings);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	place_free(&place);
}

/* Which severity it has is finding.c's to say; here: where it stands, and whose row it is. */
static void line_end_in_a_code_is_a_finding_about_its_row(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", "id,Q1. Where do you live?,answer,comment,other\nr1,E06000055,5,x,\"o\np\"\n"
	                                           "r2,\"E06000055,6,y,q\nr3,E06000032\",7,z,s\n"));
	const struct study_export export = { .path = (char *)"export.csv" };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT line, record, row, variable, key, value, expected FROM finding WHERE code = 'cell-line-end' ORDER BY finding",
	             "4|3|2|area|r2|E06000055,6,y,q/r3,E06000032|one line");
	assert_query(store, source_sql, "5|0|3|2|0");
	store_close(store);
	place_free(&place);
}

/* Two stray quotes, the second two rows later, make one row of the right width and lose two respondents. */
static void free_text_that_swallowed_rows_is_a_finding(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\nr2,E06000055,6,y\n"
	                                           "r3,E06000055,7,z\"\nr4,E06000055,8,w\n"));
	const struct study_export export = { .path = (char *)"export.csv" };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT code, line, record, row, variable, key, expected FROM finding",
	             "cell-line-end|2|2|1|comment|r1|no line that looks like a row");
	store_close(store);
	place_free(&place);
}

static void exports_are_read_in_order_each_under_its_profile(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "online.csv", "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\nr2,E06000032,6,y\n"));
	free(test_file(place.folder, "paper.csv", "ref,la,answer,comment\np1,E06000055,7,z\n"));
	const struct study_export exports[] = {
		{ .path = (char *)"online.csv", .wave = (char *)"1" },
		{ .path = (char *)"paper.csv", .headers = (char *)"paper", .dates = (char *)"dmy" },
	};
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, exports, COUNT(exports), &err), &err);
	assert_query(store, answers_sql, "1|1|2|2|r1|E06000055|5|x 2|1|3|3|r2|E06000032|6|y 3|2|2|2|p1|E06000055|7|z");
	assert_query(store, "SELECT source, name, platform, wave, dates, rows FROM source ORDER BY source",
	             "1|online.csv|plain|1|iso|2 2|paper.csv|plain|~|dmy|1");
	assert_query(store, "SELECT source, position, header, variable FROM header WHERE source = 2 ORDER BY position",
	             "2|1|ref|id 2|2|la|area 2|3|answer|answer 2|4|comment|comment");
	/* sha256sum of paper.csv above */
	assert_query(store, "SELECT name, role, bytes, sha256 FROM input WHERE name = 'export:paper.csv'",
	             "export:paper.csv|export|39|" "7cd6b93ff3372c71bdcb85846532ffd7462cc056f00b288715c7814650a95814");
	store_close(store);
	place_free(&place);
}

static const struct refusal {
	const char *name, *bytes, *path, *headers, *platform;
	enum error_kind kind;
	const char *code, *message, *help;
} refusals[] = {
	{ "two columns of one variable are refused", "id,Q1. Where do you live?,answer, answer\nr1,E06000055,5,6\n", "export.csv", NULL, NULL,
	  ERROR_INPUT, "header-duplicate", "two columns hold `answer`", "remove one" },
	{ "a file without the key is refused", "Q1. Where do you live?,answer\nE06000055,5\n", "export.csv", NULL, NULL, ERROR_INPUT,
	  "header-column-missing", "no column holds `id`, the study's key", "headed `id`" },
	{ "a file without the area is refused", "id,answer\nr1,5\n", "export.csv", NULL, NULL, ERROR_INPUT, "header-column-missing",
	  "no column holds `area`, the study's area", "headed `Q1. Where do you live?`" },
	{ "a file without a header is refused", "r1,E06000055,5,x\nr2,E06000055,5,x\n", "export.csv", NULL, NULL, ERROR_INPUT, "header-missing",
	  "the dictionary knows no column", "first line" },
	{ "a file with semicolons is refused", "id;area;answer\nr1;E06000055;5\n", "export.csv", NULL, NULL, ERROR_INPUT, "header-missing",
	  "the dictionary knows no column", "commas" },
	{ "a header with a stray quote is refused", "id,\"Q1\"x,answer\nr1,E06000055,5\n", "export.csv", NULL, NULL, ERROR_INPUT,
	  "row-quote-stray", "the header cannot be read", "" },
	{ "a header and no rows is refused", "id,Q1. Where do you live?\n\n", "export.csv", NULL, NULL, ERROR_INPUT, "file-no-rows",
	  "a header and no rows", "export the data again" },
	{ "a file none of whose rows can be read is refused", "id,Q1. Where do you live?\nr1\nr2\n", "export.csv", NULL, NULL, ERROR_INPUT,
	  "file-no-rows", "none of its 2 rows", "" },
	{ "an empty file is refused", "", "export.csv", NULL, NULL, ERROR_INPUT, "file-empty", "empty", "" },
	{ "a missing file is no input", "id\n", "exprot.csv", NULL, NULL, ERROR_NO_INPUT, "no-input", "cannot find", "--exports" },
	{ "a platform that nobody knows is a wrong config", "id\n", "export.csv", NULL, "qualtrix", ERROR_CONFIG, "config",
	  "platform `qualtrix`", "plain" },
	{ "headers that headers.csv lacks are a wrong config", "id\n", "export.csv", "papre", NULL, ERROR_CONFIG, "config", "`papre`",
	  "did you mean `paper`" },
};

static void export_is_refused(void **state)
{
	const struct refusal *refusal = *state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", refusal->bytes));
	const struct study_export export = { .path = (char *)refusal->path, .headers = (char *)refusal->headers,
		                             .platform = (char *)refusal->platform };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_false(ingest(&store, &place, &export, 1, &err));
	assert_int_equal(err.kind, refusal->kind);
	assert_string_equal(err.code, refusal->code);
	assert_non_null(strstr(err.message, refusal->message));
	assert_non_null(strstr(err.help, refusal->help));
	/* nothing of an answer in what is printed, also where the first row stands in the header's place */
	assert_null(strstr(err.message, "E06000055"));
	assert_null(strstr(err.help, "E06000055"));
	store_close(store);
	char *output = mem_print("%s/ingested.db", place.folder);
	assert_int_not_equal(access(output, F_OK), 0);
	free(output);
	place_free(&place);
}

static void key_and_area_are_needed_only_where_the_dictionary_has_them(void **state)
{
	(void)state;
	struct place place = place_new(bare_variables_csv, "list,code,label\n", "headers,match,header,variable\n");
	free(test_file(place.folder, "export.csv", "answer,comment\n5,x\n"));
	const struct study_export export = { .path = (char *)"export.csv" };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, "1|1|2|2|5|x");
	store_close(store);
	place_free(&place);
}

/* An account that does not add up is noticed: a row is taken away behind ingest's back. */
static void accounts_that_do_not_add_up_are_our_fault(void **state)
{
	(void)state;
	static const char *const harms[] = { "DELETE FROM answers WHERE row = 2", "UPDATE source SET records = records + 1",
		                             "UPDATE answers SET source = 2 WHERE row = 1", "DELETE FROM answers" };
	for (size_t i = 0; i < COUNT(harms); i++) {
		struct place place = place_new(variables_csv, codes_csv, headers_csv);
		free(test_file(place.folder, "export.csv", "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\nr2,E06000055,6,y\n"));
		const struct study_export export = { .path = (char *)"export.csv" };
		struct error err = { 0 };
		struct store *store = NULL;
		assert_ok(ingest(&store, &place, &export, 1, &err), &err);
		assert_ok(store_run(store, harms[i], &err), &err);
		assert_false(export_check_accounts(store, &err));
		assert_int_equal(err.kind, ERROR_FAULT);
		store_close(store);
		place_free(&place);
	}
}

/* A child touches the file all the while that it is read. */
static void export_that_changes_while_it_is_read_is_refused(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	struct text rows = { 0 };
	text_add(&rows, "id,Q1. Where do you live?,answer,comment\n");
	for (size_t i = 0; i < 100000; i++)
		text_print(&rows, "r%zu,E06000055,5,x\n", i);
	char *path = test_file(place.folder, "export.csv", rows.bytes);
	int ready[2];
	char byte = 0;
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		for (long i = 1;; i++) {
			const struct timespec times[2] = { { .tv_sec = i }, { .tv_sec = i } };
			if (utimensat(AT_FDCWD, path, times, 0) != 0 || (i == 1 && write(ready[1], "x", 1) != 1))
				_exit(1);
		}
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	const struct study_export export = { .path = (char *)"export.csv" };
	struct error err = { 0 };
	struct store *store = NULL;
	bool ok = ingest(&store, &place, &export, 1, &err);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ready[0]);
	close(ready[1]);
	assert_false(ok);
	assert_string_equal(err.code, "file-changed");
	store_close(store);
	text_free(&rows);
	free(path);
	place_free(&place);
}

static void more_variables_than_a_table_holds_are_a_wrong_dictionary(void **state)
{
	(void)state;
	for (size_t count = ANSWERS_MOST_VARIABLES; count <= ANSWERS_MOST_VARIABLES + 1; count++) {
		struct text variables = { 0 }, export_text = { 0 };
		text_add(&variables, "variable,label,type\n");
		for (size_t i = 0; i < count; i++)
			text_print(&variables, "v%zu,V,text\n", i);
		for (size_t i = 0; i < count; i++)
			text_print(&export_text, "%sv%zu", i ? "," : "", count - 1 - i);
		text_add(&export_text, "\n");
		for (size_t i = 0; i < count; i++)
			text_print(&export_text, "%s%zu", i ? "," : "", count - 1 - i);
		struct place place = place_new(variables.bytes, "list,code,label\n", "headers,match,header,variable\n");
		free(test_file(place.folder, "export.csv", export_text.bytes));
		const struct study_export export = { .path = (char *)"export.csv" };
		struct error err = { 0 };
		struct store *store = NULL;
		bool ok = ingest(&store, &place, &export, 1, &err);
		assert_int_equal(ok, count <= ANSWERS_MOST_VARIABLES);
		if (ok)
			assert_query(store, "SELECT v0, v1, v1989 FROM answers", "0|1|1989");
		else
			assert_int_equal(err.kind, ERROR_CONFIG);
		store_close(store);
		text_free(&variables);
		text_free(&export_text);
		place_free(&place);
	}
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(line_end_in_a_code_is_a_finding_about_its_row),
		cmocka_unit_test(free_text_that_swallowed_rows_is_a_finding),
		cmocka_unit_test(exports_are_read_in_order_each_under_its_profile),
		cmocka_unit_test(key_and_area_are_needed_only_where_the_dictionary_has_them),
		cmocka_unit_test(accounts_that_do_not_add_up_are_our_fault),
		cmocka_unit_test(export_that_changes_while_it_is_read_is_refused),
		cmocka_unit_test(more_variables_than_a_table_holds_are_a_wrong_dictionary),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(refusals) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = export_gives_rows_account_and_findings,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name, .test_func = export_is_refused,
			                              .initial_state = (void *)&refusals[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
