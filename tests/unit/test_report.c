#include "testing.h"

#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "finding.h"
#include "report/findings_csv.h"
#include "report/grid.h"
#include "report/page.h"
#include "text.h"
#include "verdict.h"

/* Everything a view needs, made in a folder of its own. 12 rows were read: 8 + 1 + 1 + 2. */
struct made {
	char *folder;
	struct study study;
	struct study_dataset dataset;
	struct dictionary *dictionary;
	struct decisions *decisions;
	struct verdict *verdict;
	struct view view;
};

static const char variables[] =
	"variable,label,question,type,level,codes,missing,min,max,required,role,disclosure\n"
	"id,Respondent <id>,,id,,,,,,yes,key,direct\n"
	"area,Area,Where?,code,nominal,areas,,,,yes,area,quasi\n"
	"age,Age & years,How old?,integer,amount,,,16,110,,,quasi\n"
	"words,Anything else?,,text,,,,,,,free_text,direct\n";
static const char codes[] = "list,code,label\nareas,A,Ashton\nareas,B,Barrow\n";
static const char decisions[] =
	"finding,dataset,decision,value,by,when,why,until\n"
	"cell-formula,,accept,,R. Okoro,2026-02-01,known <b>,\n"
	"cell-range:age,,accept,,R. Okoro,2026-01-01,old,2026-01-31\n";

static const char ingested_rows[] =
	"INSERT INTO source VALUES (1, 'wave1.csv', 'plain', NULL, 'iso', 'point', NULL, 'UTF-8', 14, 1, 13, 1, 11, 1, 0);";

static const char validated_rows[] =
	"INSERT INTO account VALUES (1, 'A', 'accepted', '', 6), (1, 'B', 'accepted', '', 2), (1, 'B', 'set_aside', 'row-required', 1),"
	" (1, 'A', 'duplicate', 'key-duplicate-row', 1), (1, '', 'withdrawn', 'row-withdrawn', 1), (1, '', 'unreadable', 'row-fields', 1);"
	"INSERT INTO rule VALUES ('fits', 'Ages fit <script>alert(1)</script>', 50.0, 6, 2, 0, 0), ('rare', 'Nobody is judged', NULL, 0, 0, 3, 5);"
	"INSERT INTO completeness VALUES ('age', 'A', '', 3), ('age', 'A', 'not_asked', 2), ('age', 'A', 'refused', 1),"
	" ('age', 'B', 'not_asked', 2), ('id', 'A', '', 6), ('id', 'B', '', 2);"
	"INSERT INTO decision VALUES (2, 'cell-formula', 'accept', 0, 1), (3, 'cell-range:age', 'accept', 1, 0);"
	"INSERT INTO finding (identity, code, severity, source, row, line, record, variable, rule, key, value, expected, suggestion, occurrences)"
	" VALUES"
	" ('aaaaaaaaaaa1', 'cell-formula', 'warn', 1, 1, 2, 2, 'words', NULL, '=cmd()', '=cmd()|'' /C calc''!A0', NULL, NULL, 1),"
	" ('aaaaaaaaaaa2', 'cell-pattern', 'blank', 1, 2, 3, 3, 'words', NULL, '@SUM(1)', '<script>alert(\"x\")</script>', '<b>', '</td>', 1),"
	" ('aaaaaaaaaaa3', 'cell-hidden-char', 'warn', 1, 3, 4, 4, 'words', NULL, 'K'||char(27)||'[31m', 'left'||char(8238)||'thgir'||char(7), NULL,"
	"  '-1+1', 1),"
	" ('aaaaaaaaaaa4', 'row-required', 'reject', 1, 4, 5, 5, 'area', NULL, NULL, '', 'an answer', NULL, 1),"
	" ('aaaaaaaaaaa5', 'header-column-unknown', 'warn', 1, NULL, 1, 1, '<img src=x onerror=alert(1)>', NULL, NULL, NULL, NULL, NULL, 1),"
	" ('aaaaaaaaaaa6', 'rule-broken', 'warn', 1, 5, 6, 6, NULL, 'fits', '+1', CAST(x'62e9' AS TEXT), NULL, NULL, 1);";

/* Seven findings of one code, more than the page shows. */
static void add_seven(struct store *store)
{
	struct error err = { 0 };
	for (int i = 1; i <= 7; i++) {
		char *sql = mem_print(
			"INSERT INTO finding (identity, code, severity, source, row, line, record, variable, key, value, expected,"
			" occurrences) VALUES ('b0000000000%d', 'cell-range', 'blank', 1, %d, %d, %d, 'age', 'KEY-%d', 'VALUE-%d',"
			" '16 to 110', 1)",
			i, i, i + 1, i + 1, i, i);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
	}
}

static char *make_store(const char *folder, const char *stage, const char *schema, const char *rows, bool seven)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/%s.db", folder, stage), *whole = mem_print("%s%s", sql_schema_finding, schema);
	assert_ok(store_create(&store, path, stage, whole, &err), &err);
	assert_ok(store_run(store, rows, &err), &err);
	assert_ok(store_run(store, "INSERT INTO input VALUES ('export:<wave>.csv', 'export', 1234, 'feed')", &err),
		  &err);
	if (seven)
		add_seven(store);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(whole);
	return path;
}

static struct made *make_of(const char *exports, const char *more)
{
	struct error err = { 0 };
	struct made *made = mem_alloc(1, sizeof *made);
	made->folder = test_folder();
	char *rows = mem_print("%s%s", validated_rows, more);
	char *validated = make_store(made->folder, "validate", sql_schema_validated, rows, true);
	char *ingested = make_store(made->folder, "ingest", sql_schema_ingested, exports, false);
	char *files[] = {
		test_file(made->folder, "variables.csv", variables), test_file(made->folder, "codes.csv", codes),
		test_file(made->folder, "rules.csv", "rule,severity,when,require,message,limit\n"),
		test_file(made->folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(made->folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		test_file(made->folder, "decisions.csv", decisions),
	};
	made->study.study.title = (char *)"A study <of> wellbeing";
	made->study.study.date = (char *)"2026-06-01";
	made->study.study.synthetic = true;
	made->dataset.name = (char *)"survey";
	assert_ok(dictionary_load(&made->dictionary, made->folder, files[4], NULL, 0, &err), &err);
	assert_ok(decisions_load(&made->decisions, files[5], "survey", &err), &err);
	made->view = (struct view){ .study = &made->study, .dataset = &made->dataset, .dictionary = made->dictionary,
		                    .decisions = made->decisions };
	assert_ok(store_open(&made->view.store, validated, "validate", &err), &err);
	assert_ok(store_attach(made->view.store, ingested, "ingest", "ingested", &err), &err);
	assert_ok(verdict_judge(&made->verdict, made->view.store, &made->dataset, made->decisions, "2026-06-01",
				"study.yaml", &err),
		  &err);
	made->view.verdict = made->verdict;
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(validated);
	free(ingested);
	free(rows);
	return made;
}

static struct made *make(const char *more)
{
	return make_of(ingested_rows, more);
}

static void release(struct made *made)
{
	verdict_free(made->verdict);
	store_close(made->view.store);
	decisions_free(made->decisions);
	dictionary_free(made->dictionary);
	free(made->folder);
	free(made);
}

static char *write_page(const char *more)
{
	struct made *made = make(more);
	struct text page = { 0 };
	struct error err = { 0 };
	assert_ok(page_write(&page, &made->view, &err), &err);
	release(made);
	return page.bytes;
}

static char *write_csv(void)
{
	struct made *made = make("");
	struct text csv = { 0 };
	struct error err = { 0 };
	assert_ok(findings_csv(&csv, &made->view, &err), &err);
	release(made);
	return csv.bytes;
}

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;
	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

#define assert_holds(text, part)                                                                                       \
	do {                                                                                                           \
		if (!strstr((text), (part)))                                                                           \
			fail_msg("%s lacks: %s", #text, (part));                                                       \
	} while (0)

static void assert_no_control_characters(const char *text)
{
	for (const char *c = text; *c; c++)
		assert_true((unsigned char)*c >= 0x20 || *c == '\n' || *c == '\t');
	assert_int_equal(text_valid_utf8(text, strlen(text)), strlen(text));
}

static void no_answer_becomes_a_part_of_the_page(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_int_equal(occurrences(page, "<script"), 0);
	assert_int_equal(occurrences(page, "<img"), 0);
	assert_int_equal(occurrences(page, "<b>"), 0);
	assert_int_equal(occurrences(page, "</td></td>"), 0);
	assert_int_equal(occurrences(page, "<of>"), 0);
	assert_int_equal(occurrences(page, "<id>"), 0);
	assert_int_equal(occurrences(page, "<wave>"), 0);
	assert_holds(page, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
	assert_holds(page, "&lt;img src=x onerror=alert(1)&gt;");
	assert_no_control_characters(page);
	free(page);
}

static void characters_that_cannot_be_seen_are_shown_by_number(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(page, "left‹U+202E›thgir‹U+0007›");
	assert_holds(page, "K‹U+001B›[31m");
	assert_holds(page, "b‹byte E9›");
	assert_int_equal(occurrences(page, "\xe2\x80\xae"), 0); /* U+202E itself */
	free(page);
}

static void the_page_asks_for_nothing_outside_itself(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(page, "default-src 'none'");
	assert_int_equal(occurrences(page, "http://") + occurrences(page, "https://"), 0);
	assert_int_equal(occurrences(page, " src=") - occurrences(page, "img src=x"), 0);
	assert_int_equal(occurrences(page, "@import") + occurrences(page, "url("), 0);
	free(page);
}

static void a_screen_reader_finds_the_way(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(page, "<html lang=\"en-GB\">");
	assert_holds(page, "<a class=\"skip\" href=\"#main\">");
	assert_holds(page, "<main id=\"main\">");
	size_t tables = occurrences(page, "<table>");
	assert_true(tables >= 8);
	assert_int_equal(occurrences(page, "<caption"), tables);
	assert_int_equal(occurrences(page, "<th "), occurrences(page, "<th scope=\""));
	assert_int_equal(occurrences(page, "<h1>"), 1);
	free(page);
}

/* Two elements of one id would send a link to the wrong place. */
static void every_id_stands_once_and_every_link_has_its_target(void **state)
{
	(void)state;
	char *page = write_page("");
	for (const char *at = page; (at = strstr(at, " id=\"")); at++) {
		char *id = mem_copy_bytes(at, strcspn(at + 5, "\"") + 6);
		assert_int_equal(occurrences(page, id), 1);
		free(id);
	}
	size_t links = 0;
	for (const char *at = page; (at = strstr(at, "href=\"#")); at++, links++) {
		char *target = mem_print(" id=\"%.*s\"", (int)strcspn(at + 7, "\""), at + 7);
		assert_holds(page, target);
		free(target);
	}
	assert_true(links > 10);
	free(page);
}

/* By hand from validated_rows: 8 + 1 + 1 + 0 + 1 + 1. */
static void the_equation_of_rows_is_shown_and_adds_up(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(
		page,
		"Rows read: 12 = 8 accepted + 1 set aside + 1 duplicate + 0 preview + 1 withdrawn + 1 unreadable.");
	assert_holds(page, "Ashton (A)");
	assert_holds(page, "(no area known)");
	free(page);
}

/* Three header rows, and 5 rows of another dataset: 20 records = 3 + 11 + 1 + 5. */
static void header_rows_and_rows_of_another_dataset_are_shown_beside_the_rows(void **state)
{
	(void)state;
	static const struct {
		const char *exports;
		bool ok, elsewhere;
	} cases[] = {
		{ "UPDATE source SET header_records = 3, records = 20, elsewhere = 5", true, true },
		{ "UPDATE source SET header_records = 3, records = 15", true, false },
		{ "UPDATE source SET header_records = 3", false, false },
		{ "UPDATE source SET elsewhere = 5", false, false },
		{ "UPDATE source SET header_records = 0, records = 12, lines = 0, blank_lines = 0", true, false }, /* SPSS */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *exports = mem_print("%s%s", ingested_rows, cases[i].exports);
		struct made *made = make_of(exports, "");
		struct text page = { 0 };
		struct error err = { 0 };
		assert_int_equal(page_write(&page, &made->view, &err), cases[i].ok);
		if (!cases[i].ok)
			assert_non_null(strstr(err.message, "do not add up"));
		else
			assert_int_equal(strstr(page.bytes, "Of another dataset") != NULL, cases[i].elsewhere);
		if (cases[i].elsewhere)
			assert_holds(page.bytes, "<td class=\"number\">12</td>\n<td class=\"number\">5</td>\n</tr>");
		if (cases[i].ok)
			assert_holds(page.bytes, "Rows read: 12 = ");
		text_free(&page);
		release(made);
		free(exports);
	}
}

/* Findings that ingest makes of files, headers, rows, privacy and waves, each with its title and cure. */
static void every_kind_of_finding_has_its_part(void **state)
{
	(void)state;
	struct text rows = { 0 };
	for (int code = FINDING_NONE + 1; code < FINDING_COUNT; code++) {
		const struct finding_kind *kind = finding_kind((enum finding_code)code);
		text_print(&rows, "INSERT INTO finding (identity, code, severity, source, variable, occurrences) VALUES "
		                  "('c%011d', '%s', '%s', 1, 'v', 3);",
		           code, kind->code, severity_word(kind->severity));
	}
	char *page = write_page(rows.bytes);
	for (int code = FINDING_NONE + 1; code < FINDING_COUNT; code++) {
		const struct finding_kind *kind = finding_kind((enum finding_code)code);
		char *id = mem_print("id=\"%s-%s\"", severity_word(kind->severity), kind->code);
		assert_int_equal(occurrences(page, id), 1);
		free(id);
	}
	assert_holds(page, "A column that tells who or where somebody is");
	free(page);
	text_free(&rows);
}

static void the_report_refuses_where_rows_do_not_add_up(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"UPDATE account SET rows = 7 WHERE area = 'A' AND status = 'accepted';",
		"UPDATE account SET status = 'lost' WHERE status = 'duplicate';",
		"UPDATE account SET source = 2 WHERE status = 'duplicate';",
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct made *made = make(wrong[i]);
		struct text page = { 0 };
		struct error err = { 0 };
		assert_false(page_write(&page, &made->view, &err));
		assert_int_equal(err.kind, ERROR_FAULT);
		assert_non_null(strstr(err.message, "do not add up"));
		text_free(&page);
		release(made);
	}
}

/* Seven blanks over 12 rows are more than 5 per cent; the accepted formula does not matter. */
static void the_verdict_comes_first(void **state)
{
	(void)state;
	char *page = write_page("");
	const char *verdict = strstr(page, "No: the chain stops here.");
	assert_non_null(verdict);
	assert_true(verdict < strstr(page, "Rows read:"));
	assert_int_equal(occurrences(page, "over the limit"), 2); /* reject: 1 of at most 0; blank: 8 of at most 0 */
	assert_holds(page, "8 of 12 rows are accepted. 2 limits are exceeded");
	free(page);
}

static void the_page_shows_five_places_and_says_that_there_are_more(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(page, "5 of 7 places; all are in findings.csv");
	assert_holds(page, "VALUE-5");
	assert_null(strstr(page, "VALUE-6"));
	assert_holds(page, "16 to 110");
	assert_holds(page, "Age &amp; years");
	free(page);
}

/* age: 3 answered of 4 asked, as 4 were not; nobody was asked in Barrow. */
static void completeness_is_of_those_asked(void **state)
{
	(void)state;
	char *page = write_page("");
	const char *areas = strstr(page, "Answered, of those asked, by area");
	assert_non_null(areas);
	const char *age = strstr(areas, "<th scope=\"row\" class=\"text\">age</th>");
	assert_non_null(age);
	static const char cells[] =
		"<th scope=\"row\" class=\"text\">age</th>\n<td class=\"number\">75.0%</td>\n<td class=\"number\">–</td>\n";
	assert_true(strncmp(age, cells, strlen(cells)) == 0);
	free(page);
}

static void decisions_say_what_they_did(void **state)
{
	(void)state;
	char *page = write_page("");
	assert_holds(page, "<td class=\"text\">used</td>");
	assert_holds(page, "expired: take it out or renew it");
	assert_holds(page, "known &lt;b&gt;");
	free(page);
}

static void decisions_other_than_those_validated_with_are_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"DELETE FROM decision WHERE line = 3;",
		"UPDATE decision SET finding = 'cell-code' WHERE line = 2;",
		"UPDATE decision SET decision = 'set_aside' WHERE line = 2;",
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct made *made = make(wrong[i]);
		struct text page = { 0 };
		struct error err = { 0 };
		assert_false(page_write(&page, &made->view, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_non_null(strstr(err.message, "other decisions"));
		text_free(&page);
		release(made);
	}
}

static void findings_csv_is_complete(void **state)
{
	(void)state;
	char *csv = write_csv();
	assert_int_equal(occurrences(csv, "\n"), 1 + 6 + 7);
	for (int i = 1; i <= 7; i++) {
		char *value = mem_print(",KEY-%d,age,Age & years,,VALUE-%d,16 to 110,,1,,", i, i);
		assert_holds(csv, value);
		free(value);
	}
	assert_true(strncmp(csv, "\xef\xbb\xbf" "finding,code,severity,", 25) == 0);
	free(csv);
}

/* No field of any line begins with what a spreadsheet runs. */
static void findings_csv_runs_no_formula(void **state)
{
	(void)state;
	char *csv = write_csv();
	assert_no_control_characters(csv);
	bool start = true;
	for (const char *c = csv; *c; c++) {
		if (start)
			assert_null(strchr("=@\t", *c == '"' ? c[1] : *c));
		start = *c == ',' || *c == '\n';
	}
	assert_holds(csv, ",'=cmd(),");
	assert_holds(csv, ",'@SUM(1),");
	assert_holds(csv, ",'-1+1,");
	free(csv);
}

static void the_steward_s_word_stands_beside_each_finding(void **state)
{
	(void)state;
	char *csv = write_csv();
	assert_int_equal(occurrences(csv, ",accept,"),
			 1); /* cell-formula; the decision about cell-range:age has expired */
	free(csv);
}

static void the_same_inputs_give_the_same_bytes(void **state)
{
	(void)state;
	char *first = write_page(""), *second = write_page("");
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void numbers_are_grouped_by_thousands(void **state)
{
	(void)state;
	static const struct {
		long long number;
		const char *text;
	} rows[] = {
		{ 0, "0" },          { 7, "7" },          { 999, "999" },
		{ 1000, "1,000" },   { 12345, "12,345" }, { 1234567, "1,234,567" },
		{ -1234, "-1,234" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[GRID_NUMBER_SIZE];
		grid_print_number(text, rows[i].number);
		assert_string_equal(text, rows[i].text);
	}
}

static void a_long_answer_is_cut_and_says_so(void **state)
{
	(void)state;
	static const struct grid_column columns[] = { { "Key", GRID_TEXT }, { "Answer", GRID_TEXT } };
	char value[1001];
	memset(value, 'x', 1000);
	value[1000] = '\0';
	struct grid grid;
	struct text html = { 0 };
	grid_begin(&grid, "t", "Caption", columns, COUNT(columns));
	grid_text(&grid, "K");
	grid_value(&grid, value);
	grid_row(&grid, "");
	grid_end(&grid, &html);
	assert_holds(html.bytes, "cut here, of 1000 bytes");
	assert_true(html.length < 800);
	text_free(&html);
}

static void a_study_of_people_is_not_called_synthetic(void **state)
{
	(void)state;
	struct made *made = make("");
	struct text page = { 0 };
	struct error err = { 0 };
	assert_ok(page_write(&page, &made->view, &err), &err);
	assert_holds(page.bytes, "Synthetic data.");
	text_free(&page);
	made->study.study.synthetic = false;
	assert_ok(page_write(&page, &made->view, &err), &err);
	assert_null(strstr(page.bytes, "Synthetic data."));
	text_free(&page);
	release(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_becomes_a_part_of_the_page),
		cmocka_unit_test(characters_that_cannot_be_seen_are_shown_by_number),
		cmocka_unit_test(the_page_asks_for_nothing_outside_itself),
		cmocka_unit_test(a_screen_reader_finds_the_way),
		cmocka_unit_test(every_id_stands_once_and_every_link_has_its_target),
		cmocka_unit_test(the_equation_of_rows_is_shown_and_adds_up),
		cmocka_unit_test(header_rows_and_rows_of_another_dataset_are_shown_beside_the_rows),
		cmocka_unit_test(every_kind_of_finding_has_its_part),
		cmocka_unit_test(the_report_refuses_where_rows_do_not_add_up),
		cmocka_unit_test(the_verdict_comes_first),
		cmocka_unit_test(the_page_shows_five_places_and_says_that_there_are_more),
		cmocka_unit_test(completeness_is_of_those_asked),
		cmocka_unit_test(decisions_say_what_they_did),
		cmocka_unit_test(decisions_other_than_those_validated_with_are_refused),
		cmocka_unit_test(findings_csv_is_complete),
		cmocka_unit_test(findings_csv_runs_no_formula),
		cmocka_unit_test(the_steward_s_word_stands_beside_each_finding),
		cmocka_unit_test(the_same_inputs_give_the_same_bytes),
		cmocka_unit_test(numbers_are_grouped_by_thousands),
		cmocka_unit_test(a_long_answer_is_cut_and_says_so),
		cmocka_unit_test(a_study_of_people_is_not_called_synthetic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
