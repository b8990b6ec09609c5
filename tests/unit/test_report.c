#include "testing.h"

#include "csv.h"
#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "finding.h"
#include "report/ask.h"
#include "report/findings_files.h"
#include "grid.h"
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

static struct made *make_with(const char *exports, const char *more, const char *of_variables,
                              const char *of_codes)
{
	struct error err = { 0 };
	struct made *made = mem_alloc(1, sizeof *made);
	made->folder = test_folder();
	char *rows = mem_print("%s%s", validated_rows, more);
	char *validated = make_store(made->folder, "validate", sql_schema_validated, rows, true);
	char *ingested = make_store(made->folder, "ingest", sql_schema_ingested, exports, false);
	char *files[] = {
		test_file(made->folder, "variables.csv", of_variables), test_file(made->folder, "codes.csv", of_codes),
		test_file(made->folder, "rules.csv", "rule,severity,when,require,message,limit\n"),
		test_file(made->folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(made->folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		test_file(made->folder, "decisions.csv", decisions),
	};
	made->study.study.title = (char *)"A study <of> wellbeing";
	made->study.study.date = (char *)"2026-06-01";
	made->study.study.synthetic = true;
	made->study.disclosure.threshold = 3;
	made->dataset.name = (char *)"survey";
	made->dataset.unit = (struct study_unit){ .name = (char *)"respondent", .plural = (char *)"respondents", .confidential = true };
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

static struct made *make_of(const char *exports, const char *more)
{
	return make_with(exports, more, variables, codes);
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

/* The file of that name, of all that findings_write makes. */
static char *write_file_of(struct made *made, const char *name)
{
	char *path = mem_print("%s/report", made->folder), *file = mem_print("%s/%s", path, name);
	struct text text = { 0 };
	struct folder *folder = NULL;
	struct error err = { 0 };
	assert_ok(folder_begin(&folder, path, 0700, &err), &err);
	assert_ok(findings_write(folder, &made->view, &err) && folder_commit(folder, &err), &err);
	folder_close(folder);
	assert_ok(text_read_file(&text, file, 1 << 24, &err), &err);
	assert_int_equal(strlen(text.bytes), text.length);
	free(path);
	free(file);
	return text.bytes;
}

static char *write_file(const char *name, const char *more)
{
	struct made *made = make(more);
	char *bytes = write_file_of(made, name);
	release(made);
	return bytes;
}

static char *write_csv(void)
{
	return write_file("findings.csv", "");
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

/* What people and their programs write into answers, keys and headers; MARK stands in what must not reach findings.sarif. */
#define MARK "Zq9"
static const char *const hostile[] = {
	"<script>alert('" MARK "')</script>",
	"<img src=x onerror=alert(1)>" MARK,
	"</td></table>" MARK,
	"=cmd()|'" MARK "' /C calc'!A0",
	"+" MARK "+cmd()",
	"-2+3+" MARK,
	"@SUM(" MARK ")",
	"   =1+" MARK,
	"\t=1+" MARK,
	"\r=1+" MARK,
	"\n=1+" MARK,
	"\xef\xbc\x9d" "1+" MARK,
	MARK ";=cmd()",
	MARK ";  \"=cmd()\"",
	MARK "\t@cmd()",
	MARK "\n=cmd(),=cmd()",
	MARK "\r\n+cmd()",
	MARK ";\xef\xbc\xa0" "cmd()",
	"\"=cmd()\"" MARK,
	MARK "\"\"\",\"\n\",=cmd()",
	MARK "\",\"injected\": true, \"x\":\"",
	"back\\slash\\" MARK "\\\"",
	"\x1b[31m\x07\x7f\x01" MARK,
	"left\xe2\x80\xae" "thgir" MARK,                      /* U+202E */
	"two\xe2\x80\xa8" "lines\xe2\x80\xa9" MARK,            /* U+2028, U+2029 */
	"next\xc2\x85line\xc2\x9b" "31m" MARK,                 /* U+0085, U+009B */
	"\xef\xbb\xbf=cmd()" MARK,
	"b\xe9" "d\xff \xed\xa0\x80 \xc0\xaf\xf0\x9f" MARK,    /* no UTF-8 */
	"caf\xc3\xa9 \xf0\x9f\x98\x80 \xe6\x97\xa5" MARK,
	"{{identity}} {0} %s%n [x](javascript:alert(1))" MARK,
	"]]><!--" MARK,
	"-5;-7;" MARK,
	" " MARK " ",
};

/* One finding of each, in every column that an export or a dictionary can fill, each of another code. */
static char *hostile_rows(void)
{
	struct text rows = { 0 };
	for (size_t i = 0; i < COUNT(hostile); i++) {
		const char *text = hostile[i];
		char *sql = sqlite3_mprintf(
			"INSERT INTO finding (identity, code, severity, source, row, line, record, variable, key, value, expected,"
			" suggestion, occurrences) VALUES ('d%011d', %Q, 'warn', 1, %d, %d, %d, %Q, %Q, %Q, %Q, %Q, %d);",
			(int)i, finding_kind((enum finding_code)(i + 1))->code, (int)i + 1, (int)i + 2, (int)i + 3, text,
			text, text, i % 2 ? "<e> {1} [x](y) \xe2\x80\xa8" "'=\"" : NULL, text, (int)i + 1);
		text_add(&rows, sql);
		sqlite3_free(sql);
	}
	/* answers longer than what is written at once */
	char *longest = mem_alloc(150000, 1);
	memset(longest, 'x', 149999);
	for (int i = 0; i < 2; i++)
		text_print(&rows,
		           "INSERT INTO finding (identity, code, severity, source, row, line, record, variable, key, value,"
		           " occurrences) VALUES ('e0000000000%d', 'cell-code', 'blank', 1, 1, 2, 2, 'age', 'K', '%.*s', 1);",
		           i, i ? 149999 : 40000, longest);
	free(longest);
	return rows.bytes;
}

static struct made *make_hostile(void)
{
	char *rows = hostile_rows();
	struct made *made = make(rows);
	free(rows);
	return made;
}

static void step(struct made *made, sqlite3_stmt *select, bool *row)
{
	struct error err = { 0 };
	assert_ok(store_step(made->view.store, select, row, &err), &err);
}

/* The rows of finding with all that the files tell of them, read apart from findings.c. */
static sqlite3_stmt *select_findings(struct made *made)
{
	static const char sql[] =
		"SELECT identity, code, severity, s.name, line, record, key, variable, rule, value, expected, suggestion,"
		" occurrences FROM finding AS f LEFT JOIN ingested.source AS s ON s.source = f.source ORDER BY f.finding";
	sqlite3_stmt *select = NULL;
	struct error err = { 0 };
	assert_ok(store_prepare(&select, made->view.store, sql, &err), &err);
	return select;
}

static const char *const stored_columns[] = { "finding", "code",  "severity", "file",     "line",       "record", "key",
	                                      "variable", "rule", "value",    "expected", "suggestion", "occurrences" };

/* As JSON and CSV can hold it: each byte that is no UTF-8 is U+FFFD; with `plain`, control characters too, and every line
 * end a newline. Free with free(). */
static char *cleaned(const char *text, bool plain)
{
	struct text clean = { 0 };
	size_t length = strlen(text);
	text_add(&clean, "");
	for (size_t i = 0, whole; i < length; i += whole) {
		for (whole = 1; whole < 4 && i + whole < length && text_valid_utf8(text + i, whole) != whole;)
			whole++;
		unsigned char c = (unsigned char)text[i];
		bool broken = text_valid_utf8(text + i, whole) != whole;
		if (broken)
			whole = 1;
		if (plain && c == '\r')
			text_add(&clean, text[i + 1] == '\n' ? "" : "\n");
		else if (broken || (plain && ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)))
			text_add(&clean, "\xef\xbf\xbd");
		else
			text_add_bytes(&clean, text + i, whole);
	}
	return clean.bytes;
}

/* Whether a spreadsheet would run what begins here. */
static bool runs(const char *cell)
{
	static const char *const starts[] = { "=", "@", "+", "-", "\t", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
	cell += strspn(cell, " ");
	for (size_t i = 0; i < COUNT(starts); i++)
		if (strncmp(cell, starts[i], strlen(starts[i])) == 0)
			return !(strchr("+-", *cell) && strspn(cell + 1, "0123456789.") > 0
			         && strchr(" \";\t\n", cell[1 + strspn(cell + 1, "0123456789.")]));
	return false;
}

/* The cell is the text but for apostrophes before what would be run, also by a spreadsheet that parts cells at semicolons
 * or tabs. */
static void assert_cell(const char *cell, const char *text)
{
	char *clean = cleaned(text ? text : "", true);
	const char *c = clean;
	assert_false(runs(cell));
	for (const char *at = cell; *at; at++) {
		bool may_begin = at == cell || strchr(";\t\n", at[-1]);
		if (may_begin)
			assert_false(runs(at) || (at > cell && runs(at + strspn(at, " \"")))); /* there, quotation marks mean nothing */
		if (*at == '\'' && *c != '\'' && may_begin)
			continue;
		if (*at != *c)
			fail_msg("the cell %s is not %s", cell, clean);
		c++;
	}
	assert_int_equal(*c, '\0');
	free(clean);
}

static size_t column_of(const struct csv_record *header, const char *name)
{
	size_t column = 0;
	while (column < header->count && strcmp(header->fields[column], name) != 0)
		column++;
	assert_true(column < header->count);
	return column;
}

static void findings_csv_gives_back_every_text_and_runs_none(void **state)
{
	(void)state;
	struct made *made = make_hostile();
	free(write_file_of(made, "findings.csv"));
	char *path = mem_print("%s/report/findings.csv", made->folder);
	struct csv_reader *reader = NULL;
	const struct csv_record *record = NULL;
	struct error err = { 0 };
	bool more = false, row = false;
	size_t columns[COUNT(stored_columns)], count = 0;
	assert_ok(csv_open(&reader, path, NULL, &err) && csv_read(reader, &record, &more, &err), &err);
	assert_int_equal(record->count, FINDINGS_COLUMNS);
	for (size_t i = 0; i < COUNT(columns); i++)
		columns[i] = column_of(record, stored_columns[i]);
	sqlite3_stmt *select = select_findings(made);
	for (;; count++) {
		assert_ok(csv_read(reader, &record, &more, &err) && store_step(made->view.store, select, &row, &err), &err);
		assert_int_equal(more, row);
		if (!more)
			break;
		const char *value = (const char *)sqlite3_column_text(select, 9);
		if (value && strlen(value) > CSV_CELL_LIMIT) { /* our own reader takes no longer cell */
			assert_string_equal(record->damage, "row-length");
			continue;
		}
		assert_null(record->damage);
		assert_int_equal(record->count, FINDINGS_COLUMNS);
		for (size_t i = 0; i < COUNT(columns); i++)
			assert_cell(record->fields[columns[i]], (const char *)sqlite3_column_text(select, (int)i));
	}
	assert_int_equal(count, 6 + 7 + COUNT(hostile) + 2);
	/* kept together where cells may end at semicolons or tabs too */
	char *csv = write_file_of(made, "findings.csv");
	assert_holds(csv, ",\"" MARK ";'=cmd()\",");
	assert_holds(csv, ",\"" MARK "\t'@cmd()\",");
	free(csv);
	sqlite3_finalize(select);
	csv_close(reader);
	free(path);
	release(made);
}

/* A database in memory, to parse JSON with. */
static sqlite3 *json_database(void)
{
	sqlite3 *database = NULL;
	assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
	return database;
}

/* What SQL says of the JSON text ?1 (and ?2), a text; NULL where it is NULL. Free with free(). */
static char *ask(sqlite3 *database, const char *sql, const char *json, const char *more)
{
	sqlite3_stmt *select = NULL;
	assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &select, NULL), SQLITE_OK);
	sqlite3_bind_text(select, 1, json, -1, SQLITE_STATIC);
	if (more)
		sqlite3_bind_text(select, 2, more, -1, SQLITE_STATIC);
	if (sqlite3_step(select) != SQLITE_ROW)
		fail_msg("%s: %s", sqlite3_errmsg(database), json);
	const char *text = (const char *)sqlite3_column_text(select, 0);
	char *answer = text ? mem_copy_text(text) : NULL;
	sqlite3_finalize(select);
	return answer;
}

static void assert_answer(sqlite3 *database, const char *sql, const char *json, const char *more, const char *expected)
{
	char *answer = ask(database, sql, json, more);
	if (!text_equal(answer, expected))
		fail_msg("%s of %s: %s, not %s", sql, more ? more : "", answer ? answer : "NULL", expected ? expected : "NULL");
	free(answer);
}

/* Nothing that a page, a terminal or a program that reads line by line would act on. */
static void assert_harmless_json(const char *json)
{
	static const char *const seen[] = { "<", ">", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xae", "\xc2\x85", "\xc2\x9b" };
	for (size_t i = 0; i < COUNT(seen); i++)
		assert_int_equal(occurrences(json, seen[i]), 0);
	assert_no_control_characters(json);
}

static void findings_jsonl_gives_back_every_text(void **state)
{
	(void)state;
	struct made *made = make_hostile();
	char *lines = write_file_of(made, "findings.jsonl"), *next = lines;
	bool row = false;
	sqlite3 *database = json_database();
	sqlite3_stmt *select = select_findings(made);
	assert_harmless_json(lines);
	while (step(made, select, &row), row) {
		char *line = next, *end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		next = end + 1;
		assert_answer(database, "SELECT group_concat(key) FROM json_each(?1)", line, NULL,
		              "finding,code,severity,what,dataset,file,line,record,key,variable,label,rule,value,expected,"
		              "suggestion,occurrences,decision,what_to_do");
		for (size_t i = 0; i < COUNT(stored_columns); i++) {
			const char *text = (const char *)sqlite3_column_text(select, (int)i);
			char *clean = text ? cleaned(text, false) : NULL, *path = mem_print("$.%s", stored_columns[i]);
			assert_answer(database, "SELECT json_extract(?1, ?2)", line, path, clean);
			assert_answer(database, "SELECT json_type(?1, ?2)", line, path,
			              !text                                                ? "null"
			              : sqlite3_column_type(select, (int)i) == SQLITE_TEXT ? "text"
			                                                                   : "integer");
			free(path);
			free(clean);
		}
		assert_answer(database, "SELECT json_extract(?1, '$.dataset')", line, NULL, "survey");
	}
	assert_string_equal(next, "");
	sqlite3_finalize(select);
	sqlite3_close(database);
	free(lines);
	release(made);
}

static void findings_jsonl_has_the_words_of_code_dictionary_and_steward(void **state)
{
	(void)state;
	char *json = write_file("findings.jsonl", "");
	sqlite3 *database = json_database();
	char *first = mem_copy_bytes(json, strcspn(json, "\n")); /* the accepted cell-formula */
	char *age = strstr(json, "{\"finding\": \"b00000000001\"");
	assert_non_null(age);
	age[strcspn(age, "\n")] = '\0';
	assert_answer(database, "SELECT json_extract(?1, '$.decision')", first, NULL, "accept");
	assert_answer(database, "SELECT json_extract(?1, '$.what_to_do')", first, NULL, finding_kind(FINDING_CELL_FORMULA)->cure);
	assert_answer(database, "SELECT json_extract(?1, '$.what')", age, NULL, finding_kind(FINDING_CELL_RANGE)->title);
	assert_answer(database, "SELECT json_extract(?1, '$.label')", age, NULL, "Age & years");
	assert_answer(database, "SELECT json_extract(?1, '$.decision')", age, NULL, NULL);
	sqlite3_close(database);
	free(first);
	free(json);
}

/* Levels as SARIF has them, worked out by hand from the severities. */
static void findings_sarif_has_a_result_for_each_finding(void **state)
{
	(void)state;
	struct made *made = make_hostile();
	char *sarif = write_file_of(made, "findings.sarif");
	bool row = false;
	int count = 0;
	sqlite3 *database = json_database();
	sqlite3_stmt *select = select_findings(made);
	assert_harmless_json(sarif);
	assert_answer(database, "SELECT json_valid(?1)", sarif, NULL, "1");
	assert_answer(database, "SELECT json_extract(?1, '$.version')", sarif, NULL, "2.1.0");
	sqlite3_stmt *results = NULL;
	assert_int_equal(sqlite3_prepare_v2(database, "SELECT value FROM json_each(?1, '$.runs[0].results')", -1, &results, NULL),
	                 SQLITE_OK);
	sqlite3_bind_text(results, 1, sarif, -1, SQLITE_STATIC);
	for (; step(made, select, &row), row; count++) {
		assert_int_equal(sqlite3_step(results), SQLITE_ROW);
		const char *result = (const char *)sqlite3_column_text(results, 0);
		const char *severity = (const char *)sqlite3_column_text(select, 2);
		assert_answer(database, "SELECT json_extract(?1, '$.ruleId')", result, NULL,
		              (const char *)sqlite3_column_text(select, 1));
		assert_answer(database, "SELECT json_extract(?1, '$.level')", result, NULL,
		              strcmp(severity, "warn") == 0 ? "warning" : strcmp(severity, "note") == 0 ? "note" : "error");
		assert_answer(database, "SELECT json_extract(?1, '$.properties.severity')", result, NULL, severity);
		assert_answer(database, "SELECT json_extract(?1, '$.locations[0].physicalLocation.region.startLine')", result,
		              NULL, (const char *)sqlite3_column_text(select, 4));
		assert_answer(database, "SELECT json_extract(?1, '$.occurrenceCount')", result, NULL,
		              (const char *)sqlite3_column_text(select, 12));
		const char *expected = (const char *)sqlite3_column_text(select, 10);
		if (expected && strstr(expected, "{1}")) { /* braces doubled, and no link */
			char *message = ask(database, "SELECT json_extract(?1, '$.message.text')", result, NULL);
			assert_holds(message, " Expected: <e> {{1}} [x\\](y) \xe2\x80\xa8'=\".");
			free(message);
		}
	}
	assert_int_equal(sqlite3_step(results), SQLITE_DONE);
	assert_int_equal(count, 6 + 7 + COUNT(hostile) + 2);
	sqlite3_finalize(results);
	sqlite3_finalize(select);
	sqlite3_close(database);
	free(sarif);
	release(made);
}

/* Key, answer, suggestion and headers hold the mark or these words; the identity is made of key and answer. */
static void findings_sarif_holds_places_and_codes_only(void **state)
{
	(void)state;
	static const char *const no[] = { MARK, "KEY-", "VALUE-", "xxxx", "cmd(", "onerror", "thgir", "-1+1", "known \\u003c" };
	struct made *made = make_hostile();
	char *sarif = write_file_of(made, "findings.sarif");
	bool row = false;
	for (size_t i = 0; i < COUNT(no); i++)
		if (strstr(sarif, no[i]))
			fail_msg("findings.sarif holds %s", no[i]);
	sqlite3_stmt *select = select_findings(made);
	while (step(made, select, &row), row)
		assert_null(strstr(sarif, (const char *)sqlite3_column_text(select, 0)));
	sqlite3_finalize(select);
	free(sarif);
	release(made);
}

static void findings_sarif_describes_each_code_once(void **state)
{
	(void)state;
	char *sarif = write_file("findings.sarif", "");
	sqlite3 *database = json_database();
	assert_answer(database, "SELECT group_concat(json_extract(value, '$.id')) FROM json_each(?1, '$.runs[0].tool.driver.rules')",
	              sarif, NULL,
	              "header-column-unknown,cell-range,cell-pattern,cell-hidden-char,cell-formula,row-required,rule-broken");
	static const char rule[] = "SELECT json_extract(?1, '$.runs[0].tool.driver.rules[1].' || ?2)";
	assert_answer(database, rule, sarif, "shortDescription.text", finding_kind(FINDING_CELL_RANGE)->title);
	assert_answer(database, rule, sarif, "help.text", finding_kind(FINDING_CELL_RANGE)->cure);
	assert_answer(database, rule, sarif, "defaultConfiguration.level", "error"); /* blank */
	assert_answer(database, "SELECT json_extract(?1, '$.runs[0].results[6].message.text')", sarif, NULL,
	              "age (Age & years): Outside the range that the dictionary allows. Expected: 16 to 110.");
	assert_answer(database, "SELECT json_extract(?1, '$.runs[0].results[5].message.text')", sarif, NULL,
	              "fits: Answers that break a rule of the dictionary.");
	sqlite3_close(database);
	free(sarif);
}

/* cell-formula is accepted, in line 2; what was accepted of cell-range has expired. */
static void findings_sarif_suppresses_what_the_steward_accepted(void **state)
{
	(void)state;
	char *sarif = write_file("findings.sarif", "");
	sqlite3 *database = json_database();
	assert_answer(database,
	              "SELECT group_concat(json_extract(value, '$.ruleId') || ': ' || json_extract(value, '$.suppressions'))"
	              " FROM json_each(?1, '$.runs[0].results') WHERE json_array_length(value, '$.suppressions') > 0",
	              sarif, NULL,
	              "cell-formula: [{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":\"Accepted by the data "
	              "steward on 2026-02-01: line 2 of decisions.csv says why.\"}]");
	assert_answer(database,
	              "SELECT count(*) FROM json_each(?1, '$.runs[0].results') WHERE json_type(value, '$.suppressions') = 'array'",
	              sarif, NULL, "13");
	sqlite3_close(database);
	free(sarif);
}

static void a_place_in_findings_sarif_is_a_relative_reference(void **state)
{
	(void)state;
	char *exports = mem_print("%s%s", ingested_rows, "UPDATE source SET name = 'wave 1/\xc3\xa9t\xc3\xa9: 100%?#.csv';");
	struct made *made = make_of(exports, "INSERT INTO finding (identity, code, severity, occurrences) VALUES"
	                                     " ('fffffffffff1', 'header-column-missing', 'warn', 1);");
	char *sarif = write_file_of(made, "findings.sarif");
	sqlite3 *database = json_database();
	static const char place[] = "SELECT json_extract(?1, '$.runs[0].results[0].locations[0].physicalLocation.artifactLocation')";
	/* RFC 3986, 2.1: each byte as % and two hexadecimal digits */
	assert_answer(database, place, sarif, NULL,
	              "{\"uri\":\"wave%201/%C3%A9t%C3%A9%3A%20100%25%3F%23.csv\",\"uriBaseId\":\"EXPORTS\"}");
	/* the last is seven places further than add_seven's: no export, no place */
	assert_answer(database,
	              "SELECT json_array_length(value, '$.locations') FROM json_each(?1, '$.runs[0].results')"
	              " WHERE json_extract(value, '$.ruleId') = 'header-column-missing'",
	              sarif, NULL, "0");
	sqlite3_close(database);
	free(sarif);
	free(exports);
	release(made);
}

static void a_finding_of_another_version_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "UPDATE finding SET code = 'cell-misspelt' WHERE identity = 'aaaaaaaaaaa4';",
		                             "UPDATE finding SET severity = 'fatal' WHERE identity = 'aaaaaaaaaaa4';" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct made *made = make("");
		char *path = mem_print("%s/report", made->folder), *copy = mem_print("%s/other.db", made->folder);
		struct folder *folder = NULL;
		struct error err = { 0 };
		struct store *store = NULL;
		/* verdict_judge would refuse it first: so another file is shown in its stead */
		char *whole = mem_print("%s%s", sql_schema_finding, sql_schema_validated);
		assert_ok(store_create(&store, copy, "validate", whole, &err) && store_run(store, validated_rows, &err)
		                  && store_run(store, wrong[i], &err) && store_commit(store, &err),
		          &err);
		store_close(store);
		store_close(made->view.store);
		made->view.store = NULL;
		char *ingested = mem_print("%s/ingest.db", made->folder);
		assert_ok(store_open(&made->view.store, copy, "validate", &err)
		                  && store_attach(made->view.store, ingested, "ingest", "ingested", &err)
		                  && folder_begin(&folder, path, 0700, &err),
		          &err);
		assert_false(findings_write(folder, &made->view, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_non_null(strstr(err.message, "another version"));
		folder_close(folder);
		assert_int_not_equal(access(path, F_OK), 0);
		release(made);
		free(path);
		free(copy);
		free(whole);
		free(ingested);
	}
}

static void no_hostile_text_becomes_a_part_of_the_page(void **state)
{
	(void)state;
	struct made *made = make_hostile();
	struct text page = { 0 };
	struct error err = { 0 };
	assert_ok(page_write(&page, &made->view, &err), &err);
	static const char *const no[] = { "<script", "<img", "<b>", "<!--", "<e>", "</table>" MARK, "\xe2\x80\xa8", "\xe2\x80\xa9",
		                          "\xe2\x80\xae" };
	for (size_t i = 0; i < COUNT(no); i++)
		if (strstr(page.bytes, no[i]))
			fail_msg("the page holds %s", no[i]);
	assert_holds(page.bytes, "&lt;script&gt;alert(&#39;" MARK "&#39;)&lt;/script&gt;");
	assert_no_control_characters(page.bytes);
	text_free(&page);
	release(made);
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

static char *page_of(struct made *made)
{
	struct text page = { 0 };
	struct error err = { 0 };
	assert_ok(page_write(&page, &made->view, &err), &err);
	return page.bytes;
}

/* The part of the page with this id, up to the next of its kind. Free with free(). */
static char *part_of(const char *page, const char *open, const char *close)
{
	const char *start = strstr(page, open);
	if (!start)
		fail_msg("the page lacks %s", open);
	const char *end = strstr(start, close);
	assert_non_null(end);
	return mem_copy_bytes(start, (size_t)(end - start));
}

static char *table_of(const char *page, const char *id)
{
	char *open = mem_print("<caption id=\"%s\">", id), *table = part_of(page, open, "</table>");
	free(open);
	return table;
}

static void four_short_answers_come_first_and_lead_to_their_parts(void **state)
{
	(void)state;
	char *page = write_page(""), *answers = part_of(page, "<dl class=\"answers\">", "</dl>");
	const char *const links[] = { "href=\"#limits\"", "href=\"#causes\"", "href=\"#ask\"", "href=\"#changes\"" };
	const char *at = answers;
	for (size_t i = 0; i < COUNT(links); i++)
		assert_non_null(at = strstr(at, links[i]));
	assert_int_equal(occurrences(answers, "<dt>"), 4);
	assert_true(strstr(page, "<dl class=\"answers\">") < strstr(page, "<nav"));
	assert_holds(answers, "Findings that set a row aside: 1, and 0 allowed. Answers made missing: 8, and 0 allowed.");
	assert_holds(answers, "Not known: no earlier look is recorded yet.");
	free(answers);
	free(page);
}

/* By hand from add_seven and validated_rows: of what was blanked, the pattern of words is open too; the formula is settled,
 * and a warning counts against no limit. */
static void what_stops_the_chain_is_told_code_by_code(void **state)
{
	(void)state;
	char *page = write_page(""), *rejects = table_of(page, "over-1"), *blanks = table_of(page, "over-2");
	assert_holds(rejects, "Findings that set a row aside: 1, and 0 allowed");
	assert_holds(rejects, "<a href=\"#reject-row-required\">");
	assert_int_equal(occurrences(rejects, "<tr"), 2);
	assert_holds(blanks, "Answers made missing: 8, and 0 allowed");
	assert_holds(blanks, "<td class=\"number\">7</td>\n<td class=\"text\">age</td>");
	assert_holds(blanks, "<td class=\"number\">1</td>\n<td class=\"text\">words</td>");
	assert_true(strstr(blanks, "#blank-cell-range") < strstr(blanks, "#blank-cell-pattern"));
	assert_int_equal(occurrences(blanks, "<tr"), 3);
	assert_null(strstr(page, "id=\"over-3\""));
	free(blanks);
	free(rejects);
	free(page);
}

static void only_the_first_lines_of_what_stops_the_chain_are_shown(void **state)
{
	(void)state;
	char *page = write_page("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)"
	                        " INSERT INTO finding (identity, code, severity, source, row, line, record, variable, occurrences)"
	                        " SELECT 'f' || i, 'cell-code', 'blank', 1, i, i, i, 'v' || i, 1 FROM n;");
	char *blanks = table_of(page, "over-2"), *subjects = table_of(page, "blank-cell-code-subjects");
	assert_holds(blanks, "Answers made missing: 38, and 0 allowed. The first 10 of 32 lines; all are below");
	assert_int_equal(occurrences(blanks, "<tr"), 11);
	assert_holds(subjects, "cell-code, by variable, column or rule: the first 15 of 30");
	assert_int_equal(occurrences(subjects, "<tr"), 16);
	assert_null(strstr(page, "id=\"blank-cell-range-subjects\"")); /* all about one variable: the places tell it */
	free(subjects);
	free(blanks);
	free(page);
}

/* 2 areas and the rows of none, and 9 or 10 more of one row each. */
static void many_areas_stand_behind_the_findings(void **state)
{
	(void)state;
	for (int more = 9; more <= 10; more++) {
		char *rows = mem_print("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		                       " INSERT INTO account SELECT 1, 'Z' || i, 'accepted', '', 1 FROM n;", more);
		char *exports = mem_print("%sUPDATE source SET rows = rows + %d, records = records + %d;", ingested_rows, more, more);
		struct made *made = make_of(exports, rows);
		char *page = page_of(made);
		const char *findings = strstr(page, "<section id=\"findings\"");
		bool many = more == 10;
		assert_int_equal(strstr(page, "<caption id=\"account-areas\">") > findings, many);
		assert_int_equal(strstr(page, "<caption id=\"costs-areas\">") > findings, many);
		assert_int_equal(occurrences(page, "<section id=\"areas\""), many);
		assert_int_equal(occurrences(page, "href=\"#areas\""), many);
		assert_int_equal(occurrences(page, "<caption id=\"account-areas\">"), 1);
		free(page);
		release(made);
		free(exports);
		free(rows);
	}
}

/* By hand from validated_rows; by file all 12, by area 7 + 3 + 2. */
static void the_equation_stands_by_file_and_by_area_with_its_check(void **state)
{
	(void)state;
	char *page = write_page(""), *files = table_of(page, "account-files"), *areas = table_of(page, "account-areas");
	static const char check[] = "Check: as counted in the files, equal</th>\n";
	assert_holds(files, "wave1.csv</th>\n<td class=\"number\">8</td>\n<td class=\"number\">1</td>\n<td class=\"number\">1</td>\n"
	                    "<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n<td class=\"number\">1</td>\n"
	                    "<td class=\"number\">12</td>\n</tr>");
	assert_holds(areas, "Ashton (A)</th>\n<td class=\"number\">6</td>\n<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n"
	                    "<td class=\"number\">0</td>\n<td class=\"number\">0</td>\n<td class=\"number\">0</td>\n"
	                    "<td class=\"number\">7</td>\n</tr>");
	assert_holds(files, check);
	assert_holds(areas, check);
	assert_int_equal(occurrences(areas, "<td class=\"number\">12</td>"), 2); /* the sum and the check */
	assert_null(strstr(page, "id=\"account-waves\""));
	free(areas);
	free(files);
	free(page);
}

static const char wave_variables[] =
	"variable,label,question,type,level,codes,missing,min,max,required,role,disclosure\n"
	"id,Respondent,,id,,,,,,yes,key,direct\n"
	"area,Area,Where?,code,nominal,areas,,,,yes,area,quasi\n"
	"round,Round,,code,ordinal,rounds,,,,,wave,\n"
	"age,Age,How old?,integer,amount,,,16,110,,,quasi\n"
	"words,Anything else?,,text,,,,,,,free_text,direct\n";
static const char wave_codes[] = "list,code,label,as_exported\nareas,A,Ashton,\nareas,B,Barrow,\n"
				 "rounds,1,Round one,\nrounds,1,Round one,Round one\nrounds,2,Round two,\n";
/* Rows 1 to 6 of the first round, one of which is written as its label, 7 to 9 of the second, 10 and 11 of none. */
static const char wave_rows[] =
	"CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER, line INTEGER, record INTEGER, round TEXT);"
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11)"
	" INSERT INTO answers SELECT i, 1, i + 1, i + 1, CASE WHEN i = 6 THEN 'Round one' WHEN i < 6 THEN '1' WHEN i < 10 THEN '2' ELSE '' END FROM n;";
static const char wave_judgements[] =
	"INSERT INTO judgement VALUES (1, 'accepted', NULL, 'A'), (2, 'accepted', NULL, 'A'), (3, 'accepted', NULL, 'A'),"
	" (4, 'accepted', NULL, 'A'), (5, 'accepted', NULL, 'A'), (6, 'accepted', NULL, 'A'), (7, 'accepted', NULL, 'B'),"
	" (8, 'accepted', NULL, 'B'), (9, 'set_aside', 'row-required', 'B'), (10, 'duplicate', 'key-duplicate-row', 'A'),"
	" (11, 'withdrawn', 'row-withdrawn', NULL);";

static struct made *make_waves(const char *more)
{
	char *exports = mem_print("%s%s", ingested_rows, wave_rows), *rows = mem_print("%s%s", wave_judgements, more);
	struct made *made = make_with(exports, rows, wave_variables, wave_codes);
	free(exports);
	free(rows);
	return made;
}

static void the_equation_stands_by_wave_where_rows_have_one(void **state)
{
	(void)state;
	struct made *made = make_waves("");
	char *page = page_of(made), *waves = table_of(page, "account-waves"), *costs = table_of(page, "costs-waves");
	assert_holds(waves, "Round one (1)</th>\n<td class=\"number\">6</td>\n<td class=\"number\">0</td>");
	assert_holds(waves, "Round two (2)</th>\n<td class=\"number\">2</td>\n<td class=\"number\">1</td>");
	assert_holds(waves, "(no wave known)</th>\n<td class=\"number\">0</td>\n<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n"
	                    "<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n<td class=\"number\">1</td>");
	assert_int_equal(occurrences(waves, "<td class=\"number\">12</td>"), 2);
	assert_holds(costs, "Round two (2)</th>\n<td class=\"text\">Barrow (B)</td>\n<td class=\"number\">3</td>\n"
	                    "<td class=\"number\">2</td>\n<td class=\"text\">falls under it by the rows set aside</td>");
	free(costs);
	free(waves);
	free(page);
	release(made);
}

static void a_row_that_no_wave_has_is_refused(void **state)
{
	(void)state;
	struct made *made = make_waves("DELETE FROM judgement WHERE row = 10;");
	struct text page = { 0 };
	struct error err = { 0 };
	assert_false(page_write(&page, &made->view, &err));
	assert_int_equal(err.kind, ERROR_FAULT);
	assert_non_null(strstr(err.message, "all waves do not add up"));
	text_free(&page);
	release(made);
}

static void the_wave_of_a_whole_file_comes_from_the_config(void **state)
{
	(void)state;
	char *exports = mem_print("%sUPDATE source SET wave = '2026 <spring>';", ingested_rows);
	struct made *made = make_of(exports, "");
	char *page = page_of(made), *waves = table_of(page, "account-waves");
	assert_holds(waves, "2026 &lt;spring&gt;</th>\n<td class=\"number\">8</td>");
	free(waves);
	free(page);
	release(made);
	free(exports);
}

static char *same_text(const char *variable, int count)
{
	return mem_print("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
	                 " INSERT INTO finding (identity, code, severity, source, row, line, record, variable, key, value, occurrences)"
	                 " SELECT 'f' || i, 'cell-code', 'blank', 1, i, i, i, '%s', 'KEY', 'Elsewhere <i>', 1 FROM n;",
	                 count, variable);
}

static void one_text_again_and_again_is_one_cause(void **state)
{
	(void)state;
	static const struct {
		const char *variable;
		int count;
		bool cause, text;
	} cases[] = {
		{ "area", 3, true, true },
		{ "area", 2, false, false },
		{ "id", 3, true, false }, /* direct: not printed beside its cause */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *rows = same_text(cases[i].variable, cases[i].count);
		char *page = write_page(rows), *causes = part_of(page, "<section id=\"causes\"", "</section>");
		char *article = part_of(page, "<article id=\"blank-cell-code\"", "</article>");
		assert_int_equal(strstr(causes, "The same text in one column") != NULL, cases[i].cause);
		assert_int_equal(strstr(causes, "“Elsewhere &lt;i&gt;”") != NULL, cases[i].text);
		assert_int_equal(strstr(article, "3 of these 3 have one cause. The same text in one column") != NULL, cases[i].cause);
		assert_int_equal(strstr(article, "codes.csv, column as_exported") != NULL, cases[i].cause);
		free(article);
		free(causes);
		free(page);
		free(rows);
	}
}

/* The seven of cell-range are of one column; with a finding about its header, the header is the cause. */
static void a_header_is_the_cause_of_what_is_found_in_its_column(void **state)
{
	(void)state;
	char *before = write_page("");
	char *page = write_page("INSERT INTO finding (identity, code, severity, source, line, record, variable, occurrences)"
	                        " VALUES ('e1', 'header-duplicate', 'warn', 1, 1, 1, 'age', 1);");
	assert_holds(before, "7 of these 7 have one cause. One column of one file: age in wave1.csv.");
	assert_null(strstr(page, "One column of one file: age"));
	assert_holds(page, ": age in wave1.csv.");
	assert_holds(page, "These explain 7 of the other findings: mend them first.");
	assert_true(strstr(page, "<article id=\"warn-header-duplicate\"") < strstr(page, "<article id=\"blank-cell-range\""));
	assert_true(strstr(page, "<article id=\"warn-header-duplicate\"") < strstr(page, "<article id=\"reject-row-required\""));
	free(before);
	free(page);
}

static void a_rule_that_is_broken_in_two_files_is_one_cause(void **state)
{
	(void)state;
	char *exports = mem_print("%sINSERT INTO source VALUES (2, 'wave2.csv', 'plain', NULL, 'iso', 'point', NULL, 'UTF-8', 1, 0, 1, 1, 0, 0, 0);",
	                          ingested_rows);
	struct made *made = make_of(exports, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
	                                     " INSERT INTO finding (identity, code, severity, source, row, line, record, rule, occurrences)"
	                                     " SELECT 'f' || i, 'rule-broken', 'reject', 1 + i % 2, i, i, i, 'young', 1 FROM n;");
	char *page = page_of(made), *causes = table_of(page, "causes-table");
	assert_int_equal(occurrences(causes, "One rule: young"), 1);
	assert_holds(causes, "<td class=\"number\">12</td>\n<td class=\"number\">12</td>");
	assert_holds(page, "(reject) <span class=\"count\">"); /* told from the warning of the same code */
	assert_holds(page, "(warn) <span class=\"count\">");
	free(causes);
	free(page);
	release(made);
	free(exports);
}

static void that_the_only_file_holds_them_is_no_cause(void **state)
{
	(void)state;
	static const char rows[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)"
				   " INSERT INTO finding (identity, code, severity, source, line, record, occurrences)"
				   " SELECT 'f' || i, 'row-quote-open', 'reject', 1, i, i, 1 FROM n;";
	char *page = write_page(rows);
	assert_null(strstr(page, "One file: wave1.csv"));
	free(page);
	char *exports = mem_print("%sINSERT INTO source VALUES (2, 'wave2.csv', 'plain', NULL, 'iso', 'point', NULL, 'UTF-8', 1, 0, 1, 1, 0, 0, 0);",
	                          ingested_rows);
	struct made *made = make_of(exports, rows);
	page = page_of(made);
	assert_holds(page, "One file: wave1.csv");
	free(page);
	release(made);
	free(exports);
}

/* 11 rows were read from the file that lacks it, and one of them is set aside for it. */
static void a_column_that_is_missing_explains_its_answers(void **state)
{
	(void)state;
	char *page = write_page("INSERT INTO finding (identity, code, severity, source, line, record, variable, occurrences)"
	                        " VALUES ('e1', 'header-column-missing', 'warn', 1, 1, 1, 'area', 1);");
	assert_holds(page, "These explain 1 of the other findings and 11 missing answers: mend them first.");
	assert_holds(page, "Answers that the column would have held");
	free(page);
}

/* cell-formula is settled by a decision; cell-range's decision has expired. */
static void what_the_steward_has_settled_is_nobody_s_question(void **state)
{
	(void)state;
	char *page = write_page(""), *ask = part_of(page, "<section id=\"ask\"", "</section>");
	assert_null(strstr(ask, "cell-formula"));
	assert_holds(ask, "cell-range");
	assert_holds(ask, "wave1.csv: 7");
	free(ask);
	free(page);
}

static void every_blanked_answer_has_somebody_who_can_answer(void **state)
{
	(void)state;
	for (int code = FINDING_NONE + 1; code < FINDING_COUNT; code++)
		if (finding_kind((enum finding_code)code)->severity == SEVERITY_BLANK)
			assert_int_not_equal(ask_whom((enum finding_code)code), ASK_NOBODY);
}

static void what_changed_is_told_from_what_was_seen(void **state)
{
	(void)state;
	struct made *made = make("");
	char *path = test_file(made->folder, "seen.csv",
	                       "finding,code\naaaaaaaaaaa1,cell-formula\naaaaaaaaaaa2,cell-pattern\nabcdefabcdef,cell-range\n"
	                       "abcdefabcdee,<script>\n");
	made->view.seen = path;
	char *page = page_of(made), *table = table_of(page, "changes-table");
	/* of 13 findings 2 are known, one of them settled; two of the file are gone */
	assert_holds(page, "11 new, 2 resolved, 1 still open (notes included) since you last looked.");
	assert_holds(table, "<td class=\"number\">7</td>\n<td class=\"number\">1</td>\n<td class=\"number\">0</td>\n"
	                    "<td class=\"number\">0</td>\n<td class=\"digits\">cell-range</td>");
	assert_holds(table, "<td class=\"number\">0</td>\n<td class=\"number\">0</td>\n<td class=\"number\">0</td>\n"
	                    "<td class=\"number\">1</td>\n<td class=\"digits\">cell-formula</td>");
	assert_true(strstr(table, ">row-required<") < strstr(table, ">cell-formula<")); /* what changed comes first */
	assert_null(strstr(page, "<script"));
	assert_holds(page, "seen.csv, SHA-256 ");
	free(table);
	free(page);
	free(path);
	release(made);
}

static void a_seen_file_of_other_columns_is_refused(void **state)
{
	(void)state;
	struct made *made = make("");
	char *path = test_file(made->folder, "seen.csv", "identity,when\na,b\n");
	struct text page = { 0 };
	struct error err = { 0 };
	made->view.seen = path;
	assert_false(page_write(&page, &made->view, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	text_free(&page);
	free(path);
	release(made);
}

/* Against a threshold of 3: Barrow has 2 of 3 left; age was answered by 3 in Ashton and nobody in Barrow. */
static void costs_are_told_by_area_and_planned_analysis(void **state)
{
	(void)state;
	struct made *made = make("");
	struct study_analysis analyses[] = {
		{ .name = (char *)"age", .title = (char *)"Mean <age>", .dataset = (char *)"survey", .outcome = (char *)"age" },
		{ .name = (char *)"score", .title = (char *)"A score", .dataset = (char *)"survey", .outcome = (char *)"derived" },
		{ .name = (char *)"other", .title = (char *)"Elsewhere", .dataset = (char *)"plans", .outcome = (char *)"age" },
	};
	made->study.analyses = analyses;
	made->study.analyses_count = COUNT(analyses);
	char *page = page_of(made), *areas = table_of(page, "costs-areas"), *table = table_of(page, "costs-analyses");
	assert_holds(page, "1 of 2 areas have fewer than 3 accepted respondents, so that none of their figures can be shown; 1 of them "
	                   "because of rows that were set aside.");
	assert_holds(areas, "Barrow (B)</th>\n<td class=\"number\">3</td>\n<td class=\"number\">2</td>\n<td class=\"number\">1</td>\n"
	                    "<td class=\"number\">33.3%</td>\n<td class=\"text\">falls under it by the rows set aside</td>");
	assert_holds(areas, "<td class=\"text\">enough</td>");
	assert_holds(table, "Mean &lt;age&gt;</th>\n<td class=\"text\">age</td>\n<td class=\"number\">3</td>\n"
	                    "<td class=\"number\">1 of 2</td>\n<td class=\"text\">Barrow (B): 0</td>");
	assert_holds(table, "A score</th>\n<td class=\"text\">derived</td>\n<td class=\"number\">8</td>\n"
	                    "<td class=\"number\">1 of 2</td>\n<td class=\"text\">Barrow (B): 2</td>");
	assert_null(strstr(table, "Elsewhere"));
	free(table);
	free(areas);
	free(page);
	made->dataset.unit.confidential = false;
	page = page_of(made);
	assert_holds(page, "no threshold applies");
	assert_null(strstr(page, "falls under it"));
	free(page);
	release(made);
}

/* age in Ashton: 4 asked, one of whom refused. */
static void reasons_are_told_by_area_of_those_asked(void **state)
{
	(void)state;
	char *page = write_page(""), *table = table_of(page, "reasons-areas");
	assert_holds(table, "age</th>\n<td class=\"text\">Ashton (A)</td>\n<td class=\"number\">4</td>\n<td class=\"number\">25.0%</td>\n"
	                    "<td class=\"number\">1</td>");
	assert_null(strstr(table, "Barrow")); /* nobody was asked there */
	free(table);
	free(page);
}

static void each_export_is_told_as_it_was_read(void **state)
{
	(void)state;
	static const struct {
		const char *update;
		bool hash;
	} cases[] = {
		{ "UPDATE input SET name = 'export:wave1.csv';", true },
		{ "UPDATE input SET name = 'export:wave1.csv'; UPDATE source SET name = 'spring/wave1.csv';", true },
		{ "UPDATE input SET name = 'export:ave1.csv';", false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct made *made = make("");
		char *path = mem_print("%s/ingest.db", made->folder);
		struct error err = { 0 };
		sqlite3 *database = NULL;
		store_close(made->view.store);
		assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
		assert_int_equal(sqlite3_exec(database, cases[i].update, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(database);
		char *validated = mem_print("%s/validate.db", made->folder);
		assert_ok(store_open(&made->view.store, validated, "validate", &err)
		                  && store_attach(made->view.store, path, "ingest", "ingested", &err),
		          &err);
		char *page = page_of(made), *table = table_of(page, "exports-table");
		assert_holds(table, "<td class=\"text\">plain</td>\n<td class=\"text\">UTF-8</td>\n<td class=\"text\">iso</td>\n"
		                    "<td class=\"text\">point</td>\n<td class=\"text\">;</td>\n");
		assert_int_equal(strstr(table, "<td class=\"number\">1,234</td>\n<td class=\"digits\">feed</td>") != NULL,
		                 cases[i].hash);
		free(table);
		free(page);
		free(validated);
		free(path);
		release(made);
	}
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
		cmocka_unit_test(findings_csv_gives_back_every_text_and_runs_none),
		cmocka_unit_test(findings_jsonl_gives_back_every_text),
		cmocka_unit_test(findings_jsonl_has_the_words_of_code_dictionary_and_steward),
		cmocka_unit_test(findings_sarif_has_a_result_for_each_finding),
		cmocka_unit_test(findings_sarif_holds_places_and_codes_only),
		cmocka_unit_test(findings_sarif_describes_each_code_once),
		cmocka_unit_test(findings_sarif_suppresses_what_the_steward_accepted),
		cmocka_unit_test(a_place_in_findings_sarif_is_a_relative_reference),
		cmocka_unit_test(a_finding_of_another_version_is_refused),
		cmocka_unit_test(no_hostile_text_becomes_a_part_of_the_page),
		cmocka_unit_test(the_steward_s_word_stands_beside_each_finding),
		cmocka_unit_test(the_same_inputs_give_the_same_bytes),
		cmocka_unit_test(numbers_are_grouped_by_thousands),
		cmocka_unit_test(a_long_answer_is_cut_and_says_so),
		cmocka_unit_test(a_study_of_people_is_not_called_synthetic),
		cmocka_unit_test(four_short_answers_come_first_and_lead_to_their_parts),
		cmocka_unit_test(what_stops_the_chain_is_told_code_by_code),
		cmocka_unit_test(only_the_first_lines_of_what_stops_the_chain_are_shown),
		cmocka_unit_test(many_areas_stand_behind_the_findings),
		cmocka_unit_test(a_rule_that_is_broken_in_two_files_is_one_cause),
		cmocka_unit_test(that_the_only_file_holds_them_is_no_cause),
		cmocka_unit_test(the_equation_stands_by_file_and_by_area_with_its_check),
		cmocka_unit_test(the_equation_stands_by_wave_where_rows_have_one),
		cmocka_unit_test(a_row_that_no_wave_has_is_refused),
		cmocka_unit_test(the_wave_of_a_whole_file_comes_from_the_config),
		cmocka_unit_test(one_text_again_and_again_is_one_cause),
		cmocka_unit_test(a_header_is_the_cause_of_what_is_found_in_its_column),
		cmocka_unit_test(a_column_that_is_missing_explains_its_answers),
		cmocka_unit_test(what_the_steward_has_settled_is_nobody_s_question),
		cmocka_unit_test(every_blanked_answer_has_somebody_who_can_answer),
		cmocka_unit_test(what_changed_is_told_from_what_was_seen),
		cmocka_unit_test(a_seen_file_of_other_columns_is_refused),
		cmocka_unit_test(costs_are_told_by_area_and_planned_analysis),
		cmocka_unit_test(reasons_are_told_by_area_of_those_asked),
		cmocka_unit_test(each_export_is_told_as_it_was_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
