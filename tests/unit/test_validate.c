#include "test_validate.h"
#include "accepted.h"
#include "validate/expected.h"
#include "validate/repeats.h"

/* --- a made-up study: a dictionary, rows by what differs from an ordinary one, and the stage's chain without its main --- */

static const char variables[] =
	"variable,label,type,codes,missing,min,max,pattern,required,unique,asked_if,role\n"
	"id,,id,,,,,P[0-9]+,,,,key\n"
	"consent,,code,consent,,,,,,,,consent\n"
	"area,,code,area,,,,,,,,area\n"
	"email,,text,,,,,,,yes,,\n"
	"sex,,code,sex,,,,,yes,,,\n"
	"age,,integer,,refused,18,99,,,,,\n"
	"job,,code,yes_no,,,,,,,,\n"
	"hours,,number,,refused,0,168,,,,job = 1,\n"
	"begun,,date,,,2024-01-01,2025-12-31,,,,,date\n"
	"words,,text,,,,,,,,,free_text\n"
	"big,,integer,,not_answered,,,,,,,paradata\n"
	"support,,codes,support,,,,,,,,\n"
	"visit,,text,,,,,,,,,repeat\n";

/* Who answers several times: `words` is the wave, `visit` a number. */
static const char panel[] =
	"variable,label,type,codes,missing,min,max,pattern,required,unique,asked_if,role\n"
	"id,,id,,,,,P[0-9]+,,,,key\n"
	"consent,,code,consent,,,,,,,,consent\n"
	"area,,code,area,,,,,,,,area\n"
	"email,,text,,,,,,,yes,,\n"
	"sex,,code,sex,,,,,,,,\n"
	"age,,integer,,refused,18,99,,,,,\n"
	"job,,code,yes_no,,,,,,,,\n"
	"support,,codes,support,,,,,,,,\n"
	"words,,integer,,,0,,,,,,wave\n"
	"visit,,integer,,,0,,,,,,repeat\n";
static const char no_rules[] = "rule,severity,when,require,message,limit,waves\n";
#define PANEL .variables = panel, .rules = no_rules, .waves = { "", "" }

static const char codes[] =
	"list,code,label,as_exported,missing,exclusive\n"
	"any,-8,Prefer not to say,,refused,\n"
	"any,-7,Don't know,,dont_know,\n"
	"consent,yes,I agree,,,\n"
	"consent,no,I do not agree,,withdrawn,\n"
	"area,B,Bedford,,,\n"
	"area,L,Luton,,,\n"
	"sex,1,Male,,,\n"
	"sex,2,Female,,,\n"
	"yes_no,1,Yes,,,\n"
	"yes_no,0,No,,,\n"
	"support,money,Money advice,,,\n"
	"support,out,Moving out,,,\n"
	"support,none,None of these,,,yes\n";

static const char rules[] =
	"rule,severity,when,require,message,limit,waves\n"
	"hours_given,reject,job = 1,hours > 0,Somebody with a job works some hours,2,\n"
	"not_late,warn,,begun <= '2025-06-30',Begun after the fieldwork,,\n"
	"big_is_far,note,,abs(big) > 5,Too near,,\n"
	"second_wave,warn,,age > 20,Young,,w2 w3\n"
	"helped_out,note,\"has(support, 'out')\",age >= 30,Too young to move out,,\n";

enum { ID, CONSENT, AREA, EMAIL, SEX, AGE, JOB, HOURS, BEGUN, WORDS, BIG, SUPPORT, VISIT, COLUMNS, SOURCE = COLUMNS };
static const char *const names[] = { "id", "consent", "area", "email", "sex", "age", "job", "hours", "begun", "words", "big", "support", "visit", "source" };

struct world {
	const char *rows[6];      /* each: what differs from an ordinary row, as name=value|name=value; ~ as value: no such column */
	const char *decisions;    /* rows of decisions.csv; NULL: no file */
	const char *waves[2];     /* of the exports: NULL for w1, "" for none */
	const char *sql;          /* to make ingested.db something else */
	const char *variables, *rules; /* NULL: those above */
};

static size_t column_named(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
			return i;
	fail_msg("no column %s", name);
	return 0;
}

/* An ordinary row: P1, agrees, lives in Bedford, is 40 and has no job. */
static void add_row(struct store *store, size_t number, const char *differs)
{
	char *id = mem_print("P%zu", number), *email = mem_print("e%zu@example.org", number);
	const char *cells[COLUMNS + 1] = {
		[ID] = id, [CONSENT] = "yes", [AREA] = "B", [EMAIL] = email, [SEX] = "1", [AGE] = "40", [JOB] = "0", [HOURS] = "",
		[BEGUN] = "2024-05-01", [WORDS] = "fine", [BIG] = "10", [SUPPORT] = "(none)", [VISIT] = "", [SOURCE] = "1",
	};
	char *copy = mem_copy_text(differs), *rest = copy;
	for (char *part; (part = strtok_r(rest, "|", &rest));) {
		char *value = strchr(part, '=');
		assert_non_null(value);
		size_t column = column_named(part, (size_t)(value - part));
		cells[column] = strcmp(value + 1, "~") == 0 ? NULL : value + 1;
	}
	sqlite3_stmt *insert = NULL;
	struct error err = { 0 };
	assert_ok(store_prepare(&insert, store, "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &err), &err);
	sqlite3_bind_int64(insert, 1, (sqlite3_int64)number);
	sqlite3_bind_int64(insert, 2, atoi(cells[SOURCE]));
	sqlite3_bind_int64(insert, 3, (sqlite3_int64)number + 1);
	sqlite3_bind_int64(insert, 4, (sqlite3_int64)number + 1);
	for (int i = 0; i < COLUMNS; i++)
		if (cells[i])
			sqlite3_bind_text(insert, 5 + i, cells[i], -1, SQLITE_TRANSIENT);
	assert_ok(store_insert(store, insert, &err), &err);
	sqlite3_finalize(insert);
	free(copy);
	free(email);
	free(id);
}

static char *make_ingested(const char *folder, const struct world *world)
{
	static const char tables[] =
		"CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER NOT NULL,"
		" id TEXT, consent TEXT, area TEXT, email TEXT, sex TEXT, age TEXT, job TEXT, hours TEXT, begun TEXT, words TEXT, big TEXT, support TEXT, visit TEXT)";
	char *path = mem_print("%s/ingested.db", folder), *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	assert_ok(store_run(store, tables, &err), &err);
	for (size_t i = 0; i < COUNT(world->rows) && world->rows[i]; i++)
		add_row(store, i + 1, world->rows[i]);
	static const char *const files[] = { "('a.csv', 'iso')", "('b.csv', 'dmy')" };
	for (size_t i = 0; i < COUNT(files); i++) {
		const char *name = world->waves[i] ? world->waves[i] : "w1";
		char *wave = *name ? mem_print("'%s'", name) : mem_copy_text("NULL");
		char *sql = mem_print("INSERT INTO source SELECT %zu, column1, 'plain', %s, column2, 'point', NULL, 'UTF-8', 9, 0, 1 + n, 1, n, 0, 0 "
		                      "FROM (VALUES %s), (SELECT count(*) AS n FROM answers WHERE source = %zu)",
		                      i + 1, wave, files[i], i + 1);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
		free(wave);
	}
	if (world->sql)
		assert_ok(store_run(store, world->sql, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(schema);
	return path;
}

static struct outcome run(const struct world *world)
{
	char *folder = test_folder();
	return validate(folder, world->variables ? world->variables : variables, codes,
	                world->rules ? world->rules : rules, world->decisions, make_ingested(folder, world));
}

/* The first column of a query's rows, with ; between them. Free with free(). */
static char *query(const char *path, const char *sql)
{
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *select = NULL;
	struct text text = { 0 };
	bool row = false;
	assert_ok(store_open(&store, path, "validate", &err), &err);
	assert_ok(store_prepare(&select, store, sql, &err), &err);
	text_add(&text, "");
	while (store_step(store, select, &row, &err) && row) {
		const char *value = (const char *)sqlite3_column_text(select, 0);
		text_print(&text, "%s%s", text.length ? "; " : "", value ? value : "NULL");
	}
	assert_ok(err.kind == ERROR_NONE, &err);
	sqlite3_finalize(select);
	store_close(store);
	return text.bytes;
}

static void expect(const struct outcome *outcome, const char *what, const char *sql, const char *expected)
{
	char *got = query(outcome->path, sql);
	if (strcmp(got, expected) != 0)
		fail_msg("%s\n   gives  %s\n   not    %s", what, got, expected);
	free(got);
}

static const char findings_sql[] =
	"SELECT coalesce(row, 0) || ' ' || code || ' ' || coalesce(rule, variable, '-') || ' ' || severity FROM finding ORDER BY finding";
static const char judgements_sql[] = "SELECT status || coalesce(':' || reason, '') FROM judgement ORDER BY row";

static void done(struct outcome *outcome)
{
	free(outcome->path);
	outcome->path = NULL;
}

/* --- each finding: rows that make it, and their neighbours that do not --- */

#define COUNTED(code, severity)                                                                                        \
	"INSERT INTO finding (identity, code, severity, source, row, occurrences) VALUES ('000000000001', '" code "', '" severity "', 1, 1, 1);"

static const struct example {
	const char *name;
	struct world world;
	const char *findings, *judgements;
} examples[] = {
	{ "an ordinary row is accepted and nothing is found", { .rows = { "" } }, "", "accepted" },

	{ "a cell below its range is blanked", { .rows = { "age=17" } }, "1 cell-range age blank", "accepted" },
	{ "a cell at the end of its range is not", { .rows = { "age=18" } }, "", "accepted" },
	{ "a word in a number is blanked", { .rows = { "age=forty" } }, "1 cell-type age blank", "accepted" },
	{ "a code that the list lacks is blanked", { .rows = { "job=7" } }, "1 cell-code job blank; 0 rule-unknowable hours_given note", "accepted" },
	{ "a code in other letters is blanked", { .rows = { "area=b" } }, "1 cell-code-case area blank", "accepted" },
	{ "a label is blanked", { .rows = { "area=Luton" } }, "1 cell-label area blank", "accepted" },
	{ "a date in another form is blanked", { .rows = { "begun=1/5/2024" } },
	  "1 cell-date begun blank; 0 rule-unknowable not_late note", "accepted" },
	{ "the same date is one where the export says dmy", { .rows = { "begun=1/5/2024|source=2" } },
	  "0 cell-date-ambiguous begun note", "accepted" },
	{ "a day above 12 tells which number is the day", { .rows = { "begun=1/5/2024|source=2", "begun=13/5/2024|source=2" } },
	  "", "accepted; accepted" },
	{ "a key in another form is blanked, and repeats nothing", { .rows = { "id=x", "id=x" } },
	  "1 cell-pattern id blank; 2 cell-pattern id blank", "accepted; accepted" },
	{ "a missing code that is not allowed is blanked", { .rows = { "age=-7" } }, "1 cell-missing-unlisted age blank", "accepted" },
	{ "a missing code that is allowed is not", { .rows = { "age=-8" } }, "", "accepted" },
	{ "blanks are a note", { .rows = { "age= 40" } }, "1 cell-space age note", "accepted" },
	{ "a hidden character in a text is a warning", { .rows = { "words=a\xc2\xa0z" } }, "1 cell-hidden-char words warn", "accepted" },
	{ "a hidden character in a number blanks it", { .rows = { "age=40\xc2\xa0" } }, "1 cell-hidden-char age blank", "accepted" },
	{ "a formula is a warning", { .rows = { "words==1+1" } }, "1 cell-formula words warn", "accepted" },

	{ "a row without a required answer is set aside", { .rows = { "sex=" } }, "1 row-required sex reject", "set_aside:row-required" },
	{ "a missing code is no required answer", { .rows = { "sex=-8" } }, "1 row-required sex reject", "set_aside:row-required" },
	{ "nor is a cell that fails", { .rows = { "sex=3" } }, "1 cell-code sex blank; 1 row-required sex reject", "set_aside:row-required" },
	{ "nor a column that is not there", { .rows = { "sex=~" } }, "1 row-required sex reject", "set_aside:row-required" },

	{ "who does not consent is withdrawn, and nothing else about them is looked at", { .rows = { "consent=no|age=17|sex=" } },
	  "1 row-withdrawn - reject", "withdrawn:row-withdrawn" },
	{ "consent that was asked for and is not given is not taken for granted", { .rows = { "consent=" } },
	  "1 row-required consent reject", "set_aside:row-required" },
	{ "consent that the export has no column for is", { .rows = { "consent=~" } }, "", "accepted" },

	{ "the second of two equal rows is a duplicate", { .rows = { "", "id=P1|email=e1@example.org" } },
	  "2 key-duplicate-row id reject", "accepted; duplicate:key-duplicate-row" },
	{ "also where blanks around its cells differ, or it stands in another export",
	  { .rows = { "", "id=P1 |email=e1@example.org|source=2", "id=P1|email=e1@example.org" } },
	  "2 key-duplicate-row id reject; 3 key-duplicate-row id reject", "accepted; duplicate:key-duplicate-row; duplicate:key-duplicate-row" },
	{ "rows with one key and different answers are all set aside", { .rows = { "", "id=P1|age=41", "id=P1|email=e1@example.org" } },
	  "1 key-conflict id reject; 2 key-conflict id reject; 3 key-conflict id reject",
	  "set_aside:key-conflict; set_aside:key-conflict; set_aside:key-conflict" },
	{ "a column that one of them lacks is a difference", { .rows = { "", "id=P1|email=e1@example.org|hours=~|source=2" } },
	  "1 key-conflict id reject; 1 key-unique email reject; 2 key-conflict id reject; 2 key-unique email reject",
	  "set_aside:key-conflict; set_aside:key-conflict" },
	{ "two waves may have the same key and answers", { .rows = { "", "id=P1|email=e1@example.org|source=2" }, .waves = { "w1", "w2" } },
	  "", "accepted; accepted" },
	{ "rows without a key are no repeats of one another", { .rows = { "id=|email=", "id=|email=" } }, "", "accepted; accepted" },
	{ "a copy of who withdrew is withdrawn too", { .rows = { "consent=no", "id=P1|email=e1@example.org|consent=no" } },
	  "1 row-withdrawn - reject; 2 row-withdrawn - reject", "withdrawn:row-withdrawn; withdrawn:row-withdrawn" },
	{ "who withdrew once and answered once is in neither way used", { .rows = { "consent=no", "id=P1|email=e1@example.org" } },
	  "1 row-withdrawn - reject; 2 key-conflict id reject", "withdrawn:row-withdrawn; set_aside:key-conflict" },

	{ "an answer that should be unique and is not sets its rows aside", { .rows = { "email=x", "", "email=x" } },
	  "1 key-unique email reject; 3 key-unique email reject", "set_aside:key-unique; accepted; set_aside:key-unique" },
	{ "who withdrew does not count there", { .rows = { "email=x|consent=no", "email=x" } }, "1 row-withdrawn - reject",
	  "withdrawn:row-withdrawn; accepted" },

	{ "a row without any answer is set aside, and nothing else told of it",
	  { .rows = { "email=|sex=|age=|job=|hours=|words=|support=" } }, "1 row-no-answers - reject", "set_aside:row-no-answers" },
	{ "nothing ticked, where that is known, is an answer", { .rows = { "email=|age=|job=|hours=|words=" } },
	  "0 rule-unknowable hours_given note", "accepted" },
	{ "one answer is enough", { .rows = { "email=|age=|job=|hours=|words=" } }, "0 rule-unknowable hours_given note", "accepted" },
	{ "a refusal is an answer of a kind, though not a required one", { .rows = { "email=|sex=|age=-8|job=|words=" } },
	  "1 row-required sex reject; 0 rule-unknowable hours_given note", "set_aside:row-required" },

	{ "options in any order are an answer", { .rows = { "support=out;money;" } }, "", "accepted" },
	{ "one that the list lacks blanks the cell", { .rows = { "support=money;gardening" } },
	  "1 cell-code support blank; 0 rule-unknowable helped_out note", "accepted" },
	{ "an option that goes with no other is a warning beside one", { .rows = { "support=none;money" } }, "1 cell-multi-exclusive support warn",
	  "accepted" },
	{ "a rule may ask for one of them", { .rows = { "age=25|support=money;out", "age=25|support=money" } },
	  "1 rule-broken helped_out note", "accepted; accepted" },
	{ "a number with a comma is one where the export says so", { .rows = { "job=1|hours=7,5|source=2" },
	  .sql = "UPDATE source SET decimal = 'comma' WHERE source = 2" }, "", "accepted" },
	{ "and none elsewhere", { .rows = { "hours=7,5" } }, "1 cell-number-format hours blank", "accepted" },
	{ "a comma separates options where the export says so", { .rows = { "support=out, money|source=2" },
	  .sql = "UPDATE source SET separator = ',' WHERE source = 2" }, "", "accepted" },
	{ "what headers.csv makes of a text is read so", { .rows = { "sex=x", "sex=x|source=2" },
	  .sql = "INSERT INTO meaning (source, variable, exported, code) VALUES (1, 'sex', 'x', '2')" },
	  "2 cell-code sex blank; 2 row-required sex reject", "accepted; set_aside:row-required" },
	{ "what the export declares missing is no answer", { .rows = { "age=97", "age=96" },
	  .sql = "INSERT INTO meaning (source, variable, low, high) VALUES (1, 'age', 97, 99)" }, "1 cell-missing-declared age blank", "accepted; accepted" },
	{ "what the platform calls withdrawn is", { .rows = { "consent=[gone]|age=17" },
	  .sql = "INSERT INTO meaning (source, exported, missing) VALUES (1, '[gone]', 'withdrawn')" }, "1 row-withdrawn - reject",
	  "withdrawn:row-withdrawn" },

	{ "two visits may have the same key", { .rows = { "visit=1", "id=P1|visit=2", "id=P1|email=e1@example.org|visit=1" } },
	  "3 key-duplicate-row id reject", "accepted; accepted; duplicate:key-duplicate-row" },
	{ "one visit may not", { .rows = { "visit=1", "id=P1|visit=1 " } },
	  "1 key-conflict id reject; 2 key-conflict id reject; 2 cell-space visit note",
	  "set_aside:key-conflict; set_aside:key-conflict" },

	{ "one visit is one, however its number is written", { PANEL, .rows = { "words=1|visit=1", "id=P1|words=1|visit=01" } },
	  "1 key-conflict id reject; 2 key-conflict id reject", "set_aside:key-conflict; set_aside:key-conflict" },
	{ "and so is a wave", { PANEL, .rows = { "words=1|visit=1", "id=P1|words=+1|visit=1" } },
	  "1 key-conflict id reject; 2 key-conflict id reject", "set_aside:key-conflict; set_aside:key-conflict" },
	{ "also where one export says it in the config, and another in a column",
	  { PANEL, .rows = { "words=1|visit=1", "id=P1|words=1|visit=1|source=2" }, .sql = "UPDATE source SET wave = '1' WHERE source = 2" },
	  "1 key-conflict id reject; 2 key-conflict id reject", "set_aside:key-conflict; set_aside:key-conflict" },
	{ "another wave is another row, and may have the same unique answer",
	  { PANEL, .rows = { "words=1|visit=1", "id=P1|email=e1@example.org|words=2|visit=1" } }, "", "accepted; accepted" },
	{ "which may stand in one wave once", { PANEL, .rows = { "email=x|words=1|visit=1", "email=x|words=1|visit=1" } },
	  "1 key-unique email reject; 2 key-unique email reject", "set_aside:key-unique; set_aside:key-unique" },

	{ "a preview is none of the rows, and nothing else is told of it", { .rows = { "age=17|sex=", "" }, .sql = COUNTED("row-preview", "reject") },
	  "1 row-preview - reject", "preview:row-preview; accepted" },
	{ "nor does it share a key or a unique answer", { .rows = { "", "id=P1|email=e1@example.org" }, .sql = COUNTED("row-preview", "reject") },
	  "1 row-preview - reject", "preview:row-preview; accepted" },
	{ "nor withdraw", { .rows = { "consent=no" }, .sql = COUNTED("row-preview", "reject") }, "1 row-preview - reject", "preview:row-preview" },
	{ "also where it is unfinished", { .rows = { "" }, .sql = COUNTED("row-incomplete", "reject") COUNTED("row-preview", "reject") },
	  "1 row-incomplete - reject; 1 row-preview - reject", "preview:row-preview" },
	{ "an unfinished row is set aside, and not in the way of the finished one",
	  { .rows = { "age=17", "id=P1|email=e1@example.org" }, .sql = COUNTED("row-incomplete", "reject") },
	  "1 row-incomplete - reject", "set_aside:row-incomplete; accepted" },
	{ "nor where its cells are damaged too",
	  { .rows = { "age=17", "id=P1|email=e1@example.org" },
	    .sql = COUNTED("cell-line-end", "reject") COUNTED("row-incomplete", "reject") },
	  "1 cell-line-end - reject; 1 row-incomplete - reject", "set_aside:row-incomplete; accepted" },
	{ "who withdrew in one is withdrawn, and the finished one a conflict",
	  { .rows = { "consent=no", "id=P1|email=e1@example.org" }, .sql = COUNTED("row-incomplete", "reject") },
	  "1 row-incomplete - reject; 1 row-withdrawn - reject; 2 key-conflict id reject", "withdrawn:row-withdrawn; set_aside:key-conflict" },
	{ "an unfinished row that is kept is a row as any", { .rows = { "age=17" }, .sql = COUNTED("row-incomplete", "note") },
	  "1 row-incomplete - note; 1 cell-range age blank", "accepted" },
	{ "a rejected row is set aside", { .rows = { "age=17" }, .sql = COUNTED("row-rejected", "reject") }, "1 row-rejected - reject",
	  "set_aside:row-rejected" },
	{ "and so is an encrypted one", { .rows = { "id=|sex=" }, .sql = COUNTED("row-undecrypted", "reject") }, "1 row-undecrypted - reject",
	  "set_aside:row-undecrypted" },

	{ "an answer that should not have been asked is a warning", { .rows = { "hours=5" } }, "1 route-unexpected hours warn", "accepted" },
	{ "one that was asked is not", { .rows = { "job=1|hours=5" } }, "", "accepted" },
	{ "nor one of whom it is not known whether it was asked", { .rows = { "job=|hours=5" } },
	  "0 rule-unknowable hours_given note", "accepted" },

	{ "a broken rule that rejects sets the row aside", { .rows = { "job=1|hours=0" } }, "1 rule-broken hours_given reject",
	  "set_aside:rule-broken" },
	{ "a rule that lacks an answer cannot be judged, which is told once", { .rows = { "job=1", "job=1" } },
	  "0 rule-unknowable hours_given note; 0 route-unanswered hours note", "accepted; accepted" },
	{ "a rule that warns keeps the row", { .rows = { "begun=2025-07-01" } }, "1 rule-broken not_late warn", "accepted" },
	{ "a rule that notes too", { .rows = { "big=-5" } }, "1 rule-broken big_is_far note", "accepted" },
	{ "a rule that cannot be computed is told of its row", { .rows = { "big=-9223372036854775808" } },
	  "1 rule-unknowable big_is_far warn", "accepted" },
	{ "a rule sees a cell that fails as missing", { .rows = { "begun=2026-01-01" } },
	  "1 cell-range begun blank; 0 rule-unknowable not_late note", "accepted" },
	{ "a rule of some waves speaks of those", { .rows = { "age=19", "age=19|source=2" }, .waves = { "w1", "w2" } },
	  "2 rule-broken second_wave warn", "accepted; accepted" },
	{ "of all, where the study has none", { .rows = { "age=19" }, .waves = { "", "" } }, "1 rule-broken second_wave warn", "accepted" },
	{ "and of no others", { .rows = { "age=19", "age=19|source=2" }, .waves = { "w1", "w22" } }, "", "accepted; accepted" },

	{ "the first rejecting finding is the reason", { .rows = { "sex=|job=1|hours=0" } },
	  "1 row-required sex reject; 1 rule-broken hours_given reject", "set_aside:row-required" },
	{ "ingest's findings come first, and may set a row aside",
	  { .rows = { "", "age=17" }, .sql = "INSERT INTO finding (identity, code, severity, source, row, occurrences) VALUES "
	                                     "('000000000001', 'file-line-ends', 'warn', 1, NULL, 1), "
	                                     "('000000000002', 'cell-line-end', 'reject', 1, 2, 1)" },
	  "0 file-line-ends - warn; 2 cell-line-end - reject; 2 cell-range age blank", "accepted; set_aside:cell-line-end" },
};

static void findings_follow_the_dictionary(void **state)
{
	const struct example *example = *state;
	struct outcome outcome = run(&example->world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "the findings", findings_sql, example->findings);
	expect(&outcome, "the judgements", judgements_sql, example->judgements);
	done(&outcome);
}

/* --- what a finding says --- */

static void a_finding_says_where_and_what_was_expected(void **state)
{
	(void)state;
	static const struct {
		const char *row, *says;
	} cases[] = {
		{ "age=17", "a.csv 2 2 P1 age 17 from 18 to 99 -" },
		{ "age=40.0", "a.csv 2 2 P1 age 40.0 a whole number 40" },
		{ "area=b", "a.csv 2 2 P1 area b one of B, L B" },
		{ "support=money;outt", "a.csv 2 2 P1 support money;outt any of money, out, none money;out" },
		{ "support=none;money", "a.csv 2 2 P1 support none;money none alone -" },
		{ "begun=x|big=0", "a.csv 2 2 P1 begun x a date written as YYYY-MM-DD -" },
		{ "begun=2023-12-31", "a.csv 2 2 P1 begun 2023-12-31 from 2024-01-01 to 2025-12-31 -" },
		{ "begun=x|source=2", "b.csv 2 2 P1 begun x a date written as DD/MM/YYYY -" },
		{ "id=Q1", "a.csv 2 2 Q1 id Q1 written as P[0-9]+ -" },
		{ "age=-7", "a.csv 2 2 P1 age -7 an answer, or missing as refused, not_answered -" },
		{ "hours=5", "a.csv 2 2 P1 hours 5 no answer: it is asked if job = 1 -" },
		{ "job=1|hours=0", "a.csv 2 2 P1 - job=1, hours=0 Somebody with a job works some hours -" },
		{ "big=-5", "a.csv 2 2 P1 - big=-5 Too near -" },
		{ "id=|sex=", "a.csv 2 2 - sex  an answer -" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct outcome outcome = run(&(struct world){ .rows = { cases[i].row } });
		assert_ok(outcome.ok, &outcome.err);
		expect(&outcome, cases[i].row,
		       "SELECT CASE source WHEN 1 THEN 'a.csv' ELSE 'b.csv' END || ' ' || line || ' ' || record || ' ' || coalesce(key, '-') || ' ' "
		       "|| coalesce(variable, '-') || ' ' || coalesce(value, '-') || ' ' || coalesce(expected, '-') || ' ' "
		       "|| coalesce(suggestion, '-') FROM finding WHERE row IS NOT NULL ORDER BY finding LIMIT 1",
		       cases[i].says);
		done(&outcome);
	}
}

static void a_withdrawn_row_leaves_no_answer_behind(void **state)
{
	(void)state;
	static const char told[] = "INSERT INTO finding (identity, code, severity, source, row, variable, value, occurrences) VALUES "
	                           "('000000000001', 'cell-line-end', 'reject', 1, 1, 'age', 'forty', 1), "
	                           "('000000000002', 'cell-line-end', 'reject', 1, 2, 'age', 'fifty', 1)";
	struct outcome outcome = run(&(struct world){ .rows = { "consent=no", "" }, .sql = told });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "value", "SELECT row || ' ' || coalesce(value, '-') FROM finding ORDER BY finding", "1 -; 2 fifty; 1 -");
	expect(&outcome, "amended", "SELECT count(*) FROM amended WHERE row = 1", "0");
	done(&outcome);
}

static void a_code_list_too_long_to_print_is_cut_and_says_so(void **state)
{
	(void)state;
	struct code items[200];
	for (size_t i = 0; i < COUNT(items); i++)
		items[i] = (struct code){ .code = "abcdef", .label = "x" };
	struct code_list list = { "long", items, COUNT(items), false };
	struct variable variable = { .name = "v", .type = VARIABLE_CODE, .codes = &list };
	char words[EXPECTED_SIZE];
	expected_words(words, &variable, FINDING_CELL_CODE, &form_plain);
	/* 7 of "one of ", then 8 a code: 25 of them stay within 200, the last without its comma */
	assert_true(strlen(words) < EXPECTED_SIZE - 1);
	assert_non_null(strstr(words, " and 176 more"));
}

/* --- amendments, completeness, rules, the account --- */

static void a_blank_that_was_not_asked_is_amended_and_no_other(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = {
		"",                /* not asked */
		"job=1",           /* asked, not answered */
		"job=1|hours=-8",  /* asked, refused */
		"job=",            /* not known */
		"hours=~",         /* no such column: not asked already */
		"sex=",            /* set aside */
	} });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "amended", "SELECT row || ' ' || variable || ' ' || missing || ' ' || coalesce(value, '-') FROM amended",
	       "1 hours not_asked -");
	expect(&outcome, "completeness", "SELECT missing || ' ' || rows FROM completeness WHERE variable = 'hours' AND area = 'B' ORDER BY 1",
	       "not_answered 2; not_asked 2; refused 1");
	done(&outcome);
}

static void completeness_counts_the_accepted_rows_of_each_area(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { "", "area=L|age=17", "area=L", "area=|age=", "sex=", "consent=no" } });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "age", "SELECT area || ' ' || missing || ' ' || rows FROM completeness WHERE variable = 'age' ORDER BY area, missing",
	       " not_answered 1; B  1; L  1; L unusable 1");
	expect(&outcome, "all", "SELECT DISTINCT sum(rows) FROM completeness GROUP BY variable", "4");
	done(&outcome);
}

static void every_variable_is_named_even_where_nobody_is_accepted(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { "sex=" } });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "lines", "SELECT count(*) || ' ' || sum(rows) FROM completeness", "13 0");
	done(&outcome);
}

static void rules_are_counted_over_the_rows_they_could_see(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = {
		"", "job=1|hours=3", "job=1|hours=0", "job=1", "consent=no|job=1|hours=0", "id=P1|email=e1@example.org",
	} });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "rule", "SELECT holds || ' ' || broken || ' ' || unknowable || ' ' || not_applicable || ' ' || limit_per_cent "
	                         "FROM rule WHERE rule = 'hours_given'", "1 1 1 1 2.0");
	expect(&outcome, "rules", "SELECT rule FROM rule ORDER BY rule", "big_is_far; helped_out; hours_given; not_late; second_wave");
	expect(&outcome, "occurrences", "SELECT occurrences FROM finding WHERE rule = 'hours_given' AND code = 'rule-unknowable'", "1");
	done(&outcome);
}

static const char unreadable_sql[] =
	"UPDATE source SET unreadable = 3 WHERE source = 2;"
	"INSERT INTO finding (identity, code, severity, source, line, occurrences) VALUES "
	"('000000000001', 'row-fields', 'reject', 2, 5, 1), ('000000000002', 'row-fields', 'reject', 2, 6, 1), "
	"('000000000003', 'row-header-repeat', 'reject', 2, 7, 1), ('000000000004', 'row-blank', 'note', 2, NULL, 4), "
	"('000000000005', 'row-elsewhere', 'note', 2, NULL, 7);"
	"UPDATE source SET elsewhere = 7, records = records + 10 WHERE source = 2";

static void the_account_holds_every_row_by_export_area_and_reason(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){
		.rows = { "", "area=L", "area=L|sex=", "consent=no|source=2", "area=|source=2", "id=P1|email=e1@example.org" },
		.sql = unreadable_sql });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "account", "SELECT source || ' ' || area || ' ' || status || ' ' || reason || ' ' || rows FROM account "
	                            "ORDER BY source, area, status, reason",
	       "1 B accepted  1; 1 B duplicate key-duplicate-row 1; 1 L accepted  1; 1 L set_aside row-required 1; "
	       "2  accepted  1; 2  unreadable row-fields 2; 2  unreadable row-header-repeat 1; 2 B withdrawn row-withdrawn 1");
	expect(&outcome, "area", "SELECT coalesce(area, '-') FROM judgement ORDER BY row", "B; L; L; B; -; B");
	done(&outcome);
}

static void a_preview_has_its_own_line_in_the_account(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { "area=L", "" }, .sql = COUNTED("row-preview", "reject") });
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "account", "SELECT source || ' ' || area || ' ' || status || ' ' || reason || ' ' || rows FROM account ORDER BY 1",
	       "1 B accepted  1; 1 L preview row-preview 1");
	expect(&outcome, "rules", "SELECT DISTINCT holds + broken + unknowable + not_applicable FROM rule", "1");
	done(&outcome);
}

static void a_row_that_was_lost_stops_the_stage(void **state)
{
	(void)state;
	static const char *const losses[] = {
		"DELETE FROM answers WHERE row = 2",
		"UPDATE source SET rows = rows + 1 WHERE source = 1",
		"UPDATE source SET unreadable = 1 WHERE source = 2",
		"UPDATE source SET rows = 0, elsewhere = 1 WHERE source = 2",
		"DELETE FROM answers WHERE row = 2; UPDATE source SET rows = rows - 1 WHERE source = 1",
		"UPDATE source SET records = records + 1 WHERE source = 2",
		"UPDATE answers SET source = 2 WHERE row = 1",
		"UPDATE answers SET source = 3 WHERE row = 1",
		"INSERT INTO finding (identity, code, severity, source, line, occurrences) VALUES ('000000000001', 'row-fields', 'reject', 2, 5, 1)",
		"INSERT INTO finding (identity, code, severity, source, line, occurrences) VALUES ('000000000001', 'row-fields', 'reject', 3, 5, 1)",
	};
	for (size_t i = 0; i < COUNT(losses); i++) {
		struct outcome outcome = run(&(struct world){ .rows = { "", "", "source=2" }, .sql = losses[i] });
		if (outcome.ok)
			fail_msg("not noticed: %s", losses[i]);
		assert_int_equal(outcome.err.kind, ERROR_FAULT);
		assert_int_equal(access(outcome.path, F_OK), -1);
		done(&outcome);
	}
}

static void rows_of_another_dictionary_are_refused(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { "" }, .sql = "ALTER TABLE answers DROP COLUMN words" });
	assert_false(outcome.ok);
	assert_int_equal(outcome.err.kind, ERROR_INPUT);
	assert_non_null(strstr(outcome.err.message, "words"));
	done(&outcome);
}

/* --- the steward's decisions --- */

/* Run once for the identity of the finding named by `where`, then with one decision about it. */
static struct outcome run_decided(struct world *world, const char *where, const char *decision)
{
	world->decisions = NULL;
	struct outcome first = run(world);
	assert_ok(first.ok, &first.err);
	char *sql = mem_print("SELECT identity FROM finding WHERE %s", where);
	char *identity = query(first.path, sql);
	assert_int_equal(strlen(identity), 12);
	char *decisions = mem_print("%s,survey,%s,Steward,2025-11-01,Seen,\n", identity, decision);
	world->decisions = decisions;
	struct outcome second = run(world);
	world->decisions = NULL;
	free(decisions);
	free(identity);
	free(sql);
	done(&first);
	return second;
}

/* derive and deidentify read what goes on by accepted.h. */
static void what_was_accepted_is_read_as_its_export_writes_it(void **state)
{
	(void)state;
	struct world world = {
		.rows = { "job=1|hours=7,5|support=out, money|sex=x|source=2", "support=monny;out", "", "id=P3|email=e3@example.org|age=17" },
		.sql = COUNTED("row-preview", "reject")
		       "UPDATE finding SET row = 3;"
		       "UPDATE source SET decimal = 'comma', separator = ',' WHERE source = 2;"
		       "INSERT INTO meaning (source, variable, exported, code) VALUES (2, 'sex', 'x', '2')",
	};
	struct outcome outcome = run_decided(&world, "code = 'cell-code'", "correct,out;money");
	assert_ok(outcome.ok, &outcome.err);
	char *folder = mem_copy_bytes(outcome.path, strlen(outcome.path) - strlen("/validated.db"));
	char *places = mem_print("%s/places.csv", folder), *ingested = mem_print("%s/ingested.db", folder);
	struct error err = { 0 };
	struct dictionary *dictionary = NULL;
	struct accepted *accepted = NULL;
	bool wanted[COLUMNS], more = false;
	for (size_t i = 0; i < COLUMNS; i++)
		wanted[i] = true;
	assert_ok(dictionary_load(&dictionary, folder, places, NULL, 0, &err), &err);
	assert_ok(accepted_open(&accepted, outcome.path, ingested, dictionary, wanted, &err), &err);

	assert_ok(accepted_next(accepted, &more, &err) && more, &err);
	assert_int_equal(accepted_row(accepted), 1);
	assert_close(accepted_answer(accepted, HOURS)->number, 7.5, 0);
	assert_string_equal(accepted_answer(accepted, SUPPORT)->text, "money;out");
	assert_string_equal(accepted_answer(accepted, SEX)->text, "2");
	assert_ok(accepted_next(accepted, &more, &err) && more, &err);
	assert_int_equal(accepted_row(accepted), 2);
	assert_string_equal(accepted_answer(accepted, SUPPORT)->text, "money;out");
	assert_int_equal(accepted_answer(accepted, HOURS)->missing, MISSING_NOT_ASKED);
	assert_ok(accepted_next(accepted, &more, &err) && more, &err);
	assert_int_equal(accepted_row(accepted), 4); /* 3 is a preview */
	assert_int_equal(accepted_answer(accepted, AGE)->missing, MISSING_UNUSABLE);
	assert_string_equal(accepted_answer(accepted, SUPPORT)->text, "(none)");
	assert_ok(accepted_next(accepted, &more, &err), &err);
	assert_false(more);

	accepted_close(accepted);
	dictionary_free(dictionary);
	free(folder);
	free(places);
	free(ingested);
	done(&outcome);
}

static const char amended_sql[] = "SELECT row || ' ' || variable || ' ' || coalesce(missing, '-') || ' ' || coalesce(value, '-') "
                                  "FROM amended WHERE variable <> 'hours' ORDER BY row, variable";
static const char used_sql[] = "SELECT decision || ' ' || expired || ' ' || used FROM decision ORDER BY line";

static void a_correction_takes_the_place_of_the_cell(void **state)
{
	(void)state;
	static const struct {
		const char *row, *where, *value;
		const char *judgement, *amended, *found;
	} cases[] = {
		{ "age=17", "code = 'cell-range'", "19", "accepted", "1 age - 19", "cell-range" },
		{ "age=17", "code = 'cell-range'", "-8", "accepted", "1 age - -8", "cell-range" },
		{ "sex=", "code = 'row-required'", "2", "accepted", "1 sex - 2", "row-required" },
		{ "sex=3", "code = 'cell-code'", "2", "accepted", "1 sex - 2", "cell-code" },
		{ "sex=3", "code = 'row-required'", "2", "accepted", "1 sex - 2", "cell-code; row-required" },
		{ "sex=3", "code = 'cell-code'", "-8", "set_aside:row-required", "", "cell-code; row-required" },
		{ "job=7|hours=5", "code = 'cell-code'", "1", "accepted", "1 job - 1", "cell-code" },
		{ "support=monny;out", "code = 'cell-code'", "out;money", "accepted", "1 support - out;money", "cell-code" },
		{ "support=none;out", "code = 'cell-multi-exclusive'", "none", "accepted", "1 support - none", "cell-multi-exclusive" },
		{ "job=7|hours=5", "code = 'cell-code'", "0", "accepted", "1 job - 0", "cell-code; route-unexpected" },
		{ "job=7|hours=0", "code = 'cell-code'", "1", "set_aside:rule-broken", "", "cell-code; rule-broken" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *decision = mem_print("correct,%s", cases[i].value);
		struct world world = { .rows = { cases[i].row } };
		struct outcome outcome = run_decided(&world, cases[i].where, decision);
		assert_ok(outcome.ok, &outcome.err);
		expect(&outcome, cases[i].row, judgements_sql, cases[i].judgement);
		expect(&outcome, cases[i].row, amended_sql, cases[i].amended);
		expect(&outcome, cases[i].row, "SELECT code FROM finding WHERE row IS NOT NULL ORDER BY finding", cases[i].found);
		expect(&outcome, cases[i].row, used_sql, "correct 0 1");
		free(decision);
		done(&outcome);
	}
}

/* The one whose finding it is, and not the same person's other row. */
static void a_correction_speaks_of_one_row_of_a_key(void **state)
{
	(void)state;
	static const struct {
		const char *rows[2];
	} cases[] = { { { "age=17|words=1|visit=1", "id=P1|age=17|words=2|visit=1|email=e" } },
		      { { "age=17|words=1|visit=1", "id=P1|age=17|words=1|visit=2|email=e" } } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world world = { PANEL, .rows = { cases[i].rows[0], cases[i].rows[1] } };
		struct outcome outcome = run_decided(&world, "code = 'cell-range' AND row = 2", "correct,19");
		assert_ok(outcome.ok, &outcome.err);
		expect(&outcome, "amended", amended_sql, "2 age - 19");
		expect(&outcome, "judgements", judgements_sql, "accepted; accepted");
		done(&outcome);
	}
}

static void a_corrected_key_can_make_and_end_a_conflict(void **state)
{
	(void)state;
	struct world world = { .rows = { "", "id=x|age=50" } };
	struct outcome outcome = run_decided(&world, "code = 'cell-pattern'", "correct,P1");
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "made", judgements_sql, "set_aside:key-conflict; set_aside:key-conflict");
	done(&outcome);
	outcome = run_decided(&world, "code = 'cell-pattern'", "correct,P9");
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "not made", judgements_sql, "accepted; accepted");
	done(&outcome);
}

static void a_correction_that_cannot_be_is_an_error_in_decisions(void **state)
{
	(void)state;
	static const struct {
		const char *row, *where, *decision, *message;
	} cases[] = {
		{ "age=17", "code = 'cell-range'", "correct,16", "no answer to its variable" },
		{ "age=17", "code = 'cell-range'", "correct,forty", "no answer to its variable" },
		{ "sex=", "code = 'row-required'", "correct,-8", "no answer to its variable" },
		{ "big=-5", "code = 'rule-broken'", "correct,6", "not about one cell" },
		{ "hours=5", "code = 'route-unexpected'", "correct,6", "not about one cell" },
		{ "consent=no", "code = 'row-withdrawn'", "correct,yes", "not about one cell" },
		{ "begun=", "code = 'rule-unknowable'", "correct,2024-01-01", "not about one cell" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world world = { .rows = { cases[i].row } };
		struct outcome outcome = run_decided(&world, cases[i].where, cases[i].decision);
		assert_false(outcome.ok);
		assert_int_equal(outcome.err.kind, ERROR_CONFIG);
		assert_int_equal(outcome.err.line, 2);
		assert_non_null(strstr(outcome.err.message, cases[i].message));
		assert_int_equal(access(outcome.path, F_OK), -1);
		done(&outcome);
	}
}

static const struct {
	const char *decision, *rows[2];
	const char *judgements, *used;
} decided[] = {
	{ "cell-range:age,,set_aside,,S,2025-11-01,w,", { "age=17", "" }, "set_aside:cell-range; accepted", "set_aside 0 1" },
	{ "cell-range,,set_aside,,S,2025-11-01,w,", { "age=17", "" }, "set_aside:cell-range; accepted", "set_aside 0 1" },
	{ "cell-range:hours,,set_aside,,S,2025-11-01,w,", { "age=17", "" }, "accepted; accepted", "set_aside 0 0" },
	{ "cell-range:age,other,set_aside,,S,2025-11-01,w,", { "age=17", "" }, "accepted; accepted", "" },
	{ "cell-range:age,,set_aside,,S,2025-11-01,w,2025-11-30", { "age=17", "" }, "accepted; accepted", "set_aside 1 0" },
	{ "cell-range:age,,set_aside,,S,2025-11-01,w,2025-12-01", { "age=17", "" }, "set_aside:cell-range; accepted", "set_aside 0 1" },
	{ "cell-range:age,,accept,,S,2025-11-01,w,", { "age=17", "" }, "accepted; accepted", "accept 0 1" },
	{ "row-required,,accept,,S,2025-11-01,w,", { "sex=", "" }, "set_aside:row-required; accepted", "accept 0 1" },
	{ "rule-broken:not_late,,set_aside,,S,2025-11-01,w,", { "begun=2025-07-01", "" }, "set_aside:rule-broken; accepted", "set_aside 0 1" },
	{ "rule-unknowable:not_late,,accept,,S,2025-11-01,w,", { "begun=", "" }, "accepted; accepted", "accept 0 1" },
	{ "key-conflict,,accept,,S,2025-11-01,w,", { "", "" }, "accepted; accepted", "accept 0 0" },
};

static void decisions_do_what_they_say_until_they_expire(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(decided); i++) {
		struct world world = { .rows = { decided[i].rows[0], decided[i].rows[1] } };
		char *line = mem_print("%s\n", decided[i].decision);
		world.decisions = line;
		struct outcome outcome = run(&world);
		assert_ok(outcome.ok, &outcome.err);
		expect(&outcome, decided[i].decision, judgements_sql, decided[i].judgements);
		expect(&outcome, decided[i].decision, used_sql, decided[i].used);
		free(line);
		done(&outcome);
	}
}

static void a_finding_of_ingest_can_be_decided_about(void **state)
{
	(void)state;
	struct world world = {
		.rows = { "", "" },
		.decisions = "000000000002,,set_aside,,S,2025-11-01,w,\nheader-column-unknown:x,,accept,,S,2025-11-01,w,\n",
		.sql = "INSERT INTO finding (identity, code, severity, source, row, variable, occurrences) VALUES "
		       "('000000000001', 'header-column-unknown', 'warn', 1, NULL, 'x', 1), ('000000000002', 'cell-line-end', 'warn', 1, 2, 'words', 1)",
	};
	struct outcome outcome = run(&world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "judgements", judgements_sql, "accepted; set_aside:cell-line-end");
	expect(&outcome, "used", used_sql, "set_aside 0 1; accept 0 1");
	done(&outcome);
}

/* --- faults in the dictionary, found before any data --- */

static void a_fault_in_an_expression_stops_before_the_data_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *variables, *rules, *file, *message;
		size_t line;
	} cases[] = {
		{ NULL, "rule,severity,when,require,message\nr,warn,,agee > 3,m\n", "rules.csv", "no variable named agee", 2 },
		{ NULL, "rule,severity,when,require,message\na,warn,,age > 3,m\nb,warn,jobb = 1,age > 3,m\n", "rules.csv", "no variable named jobb", 3 },
		{ NULL, "rule,severity,when,require,message\nr,warn,,age in (select 1),m\n", "rules.csv", "a sub-select", 2 },
		{ "variable,type,asked_if\nid,id,\nage,integer,agee > 3\n", "rule,severity,when,require,message\n", "variables.csv",
		  "no variable named agee", 3 },
		{ "variable,type,asked_if\nid,id,\nage,integer,age > 3\n", "rule,severity,when,require,message\n", "variables.csv",
		  "depends on its own answer", 3 },
		{ "variable,type,asked_if,required\nid,id,,\nage,integer,id = 'a',yes\n", "rule,severity,when,require,message\n",
		  "variables.csv", "required, yet not asked of everybody", 3 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *folder = test_folder();
		char *made[] = {
			test_file(folder, "variables.csv", cases[i].variables ? cases[i].variables : variables),
			test_file(folder, "codes.csv", cases[i].variables ? "list,code,label\n" : codes),
			test_file(folder, "rules.csv", cases[i].rules),
			test_file(folder, "headers.csv", "headers,match,header,variable\n"),
			test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		};
		struct error err = { 0 };
		struct dictionary *dictionary = NULL;
		assert_false(dictionary_load(&dictionary, folder, made[4], NULL, 0, &err));
		assert_int_equal(err.kind, ERROR_CONFIG);
		assert_int_equal(err.line, cases[i].line);
		assert_non_null(strstr(err.path, cases[i].file));
		if (!strstr(err.message, cases[i].message))
			fail_msg("%s", err.message);
		for (size_t j = 0; j < COUNT(made); j++)
			free(made[j]);
		free(folder);
	}
}

/* --- digests --- */

static void texts_are_digested_with_their_borders(void **state)
{
	(void)state;
	const char *const texts[][2] = { { "ab", "c" }, { "a", "bc" }, { "abc", "" }, { "abc", NULL }, { NULL, "abc" } };
	struct digest digests[COUNT(texts)];
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t lengths[2] = { texts[i][0] ? strlen(texts[i][0]) : 0, texts[i][1] ? strlen(texts[i][1]) : 0 };
		digests[i] = digest_of(texts[i], lengths, 2);
		struct digest again = digest_of(texts[i], lengths, 2);
		assert_memory_equal(&digests[i], &again, sizeof again);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(&digests[i], &digests[j], sizeof digests[i]);
	}
}

static void two_runs_write_the_same_bytes(void **state)
{
	(void)state;
	struct text bytes[2] = { { 0 }, { 0 } };
	struct error err = { 0 };
	for (size_t i = 0; i < COUNT(bytes); i++) {
		struct outcome outcome = run(&(struct world){ .rows = { "age=17", "id=P1", "sex=", "consent=no", "job=1|hours=0" } });
		assert_ok(outcome.ok, &outcome.err);
		assert_ok(text_read_file(&bytes[i], outcome.path, 1 << 24, &err), &err);
		done(&outcome);
	}
	assert_int_equal(bytes[0].length, bytes[1].length);
	assert_memory_equal(bytes[0].bytes, bytes[1].bytes, bytes[0].length);
	text_free(&bytes[0]);
	text_free(&bytes[1]);
}

int main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(a_finding_says_where_and_what_was_expected),
		cmocka_unit_test(a_withdrawn_row_leaves_no_answer_behind),
		cmocka_unit_test(a_code_list_too_long_to_print_is_cut_and_says_so),
		cmocka_unit_test(a_blank_that_was_not_asked_is_amended_and_no_other),
		cmocka_unit_test(completeness_counts_the_accepted_rows_of_each_area),
		cmocka_unit_test(every_variable_is_named_even_where_nobody_is_accepted),
		cmocka_unit_test(rules_are_counted_over_the_rows_they_could_see),
		cmocka_unit_test(the_account_holds_every_row_by_export_area_and_reason),
		cmocka_unit_test(a_preview_has_its_own_line_in_the_account),
		cmocka_unit_test(what_was_accepted_is_read_as_its_export_writes_it),
		cmocka_unit_test(a_row_that_was_lost_stops_the_stage),
		cmocka_unit_test(rows_of_another_dictionary_are_refused),
		cmocka_unit_test(a_correction_takes_the_place_of_the_cell),
		cmocka_unit_test(a_correction_speaks_of_one_row_of_a_key),
		cmocka_unit_test(a_corrected_key_can_make_and_end_a_conflict),
		cmocka_unit_test(a_correction_that_cannot_be_is_an_error_in_decisions),
		cmocka_unit_test(decisions_do_what_they_say_until_they_expire),
		cmocka_unit_test(a_finding_of_ingest_can_be_decided_about),
		cmocka_unit_test(a_fault_in_an_expression_stops_before_the_data_are_read),
		cmocka_unit_test(texts_are_digested_with_their_borders),
		cmocka_unit_test(two_runs_write_the_same_bytes),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(fixed)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name, .test_func = findings_follow_the_dictionary,
		                                .initial_state = (void *)&examples[i] };
	memcpy(tests + COUNT(examples), fixed, sizeof fixed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
