#include "test_validate.h"
/* --- a made-up study: groups of respondents who answer alike, and the stage's chain without its main --- */

#define VARIABLES(wave)                                                                                                \
	"variable,label,type,codes,missing,min,asked_if,role\n"                                                        \
	"id,,id,,,,,key\n"                                                                                             \
	"area,,code,area,,,,area\n"                                                                                    \
	"job,,code,job,refused,,,\n"                                                                                   \
	"age,,integer,,refused,0,,\n"                                                                                  \
	"support,,codes,support,,,,\n"                                                                                 \
	"hours,,number,,,0,job = 'full',\n"                                                                             \
	"begun,,date,,,,,date\n"                                                                                       \
	"born,,date,,,,,\n"                                                                                            \
	"words,,text,,,,,free_text\n"                                                                                  \
	"minutes,,number,,,0,,paradata\n"                                                                               \
	"wave,," wave "\n"

static const char variables[] = VARIABLES("integer,,,0,,wave");
static const char coded[] = VARIABLES("code,wave,,,,wave");

static const char codes[] = "list,code,label,as_exported,missing,exclusive\n"
			    "any,-8,Prefer not to say,,refused,\n"
			    "area,B,Bedford,,,\n"
			    "area,L,Luton,,,\n"
			    "job,none,No job,,,\n"
			    "job,part,Part time,,,\n"
			    "job,full,Full time,,,\n"
			    "job,other,Something else,,,\n"
			    "support,money,Money advice,,,\n"
			    "support,out,Moving out,,,\n"
			    "support,friend,A friend,,,\n";
static const char wave_codes[] = "wave,late,The first,,,\n"
				 "wave,early,The second,,,\n";

enum { ID, AREA, JOB, AGE, SUPPORT, HOURS, BEGUN, BORN, WORDS, MINUTES, WAVE, COLUMNS, SOURCE = COLUMNS };
static const char *const names[] = { "id", "area", "job", "age", "support", "hours", "begun", "born", "words", "minutes", "wave", "source" };

/* So many respondents; what differs from an ordinary one, as name=value|name=value; ~ as value: no such column. */
struct group {
	int count;
	const char *differs;
};

struct world {
	struct group groups[12];
	const char *waves[3]; /* of the three exports; NULL: none */
	const char *decisions;
	const char *variables; /* NULL: those where the wave is an integer; else it is a code */
};

static size_t column_named(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
			return i;
	fail_msg("no column %s", name);
	return 0;
}

/* Each has a job or not by turns, is 30 to 49 years old, and was helped by a friend. */
static void add_group(struct store *store, size_t *number, const struct group *group)
{
	static const char *const jobs[] = { "none", "part" };
	char *copy = mem_copy_text(group->differs), *rest = copy;
	const char *differs[COLUMNS + 1] = { NULL };
	for (char *part; (part = strtok_r(rest, "|", &rest));) {
		char *value = strchr(part, '=');
		assert_non_null(value);
		differs[column_named(part, (size_t)(value - part))] = value + 1;
	}
	sqlite3_stmt *insert = NULL;
	struct error err = { 0 };
	assert_ok(store_prepare(&insert, store, "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &err), &err);
	for (int i = 0; i < group->count; i++) {
		size_t row = ++*number;
		char *id = mem_print("P%zu", row), *age = mem_print("%d", 30 + i % 20);
		const char *cells[COLUMNS + 1] = {
			[ID] = id, [AREA] = "B", [JOB] = jobs[i % 2], [AGE] = age, [SUPPORT] = "friend", [HOURS] = "",
			[BEGUN] = "2024-05-01", [BORN] = "1990-01-01", [WORDS] = "fine", [MINUTES] = "10", [WAVE] = "", [SOURCE] = "1",
		};
		for (size_t column = 0; column < COUNT(cells); column++)
			cells[column] = differs[column] ? differs[column] : cells[column];
		sqlite3_bind_int64(insert, 1, (sqlite3_int64)row);
		sqlite3_bind_int64(insert, 2, atoi(cells[SOURCE]));
		sqlite3_bind_int64(insert, 3, (sqlite3_int64)row + 1);
		sqlite3_bind_int64(insert, 4, (sqlite3_int64)row + 1);
		for (int column = 0; column < COLUMNS; column++)
			if (strcmp(cells[column], "~") != 0)
				sqlite3_bind_text(insert, 5 + column, cells[column], -1, SQLITE_TRANSIENT);
		assert_ok(store_insert(store, insert, &err), &err);
		free(id);
		free(age);
	}
	sqlite3_finalize(insert);
	free(copy);
}

static char *make_ingested(const char *folder, const struct world *world)
{
	static const char tables[] =
		"CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER NOT NULL,"
		" id TEXT, area TEXT, job TEXT, age TEXT, support TEXT, hours TEXT, begun TEXT, born TEXT, words TEXT, minutes TEXT, wave TEXT)";
	char *path = mem_print("%s/ingested.db", folder), *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct error err = { 0 };
	struct store *store = NULL;
	size_t number = 0;
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	assert_ok(store_run(store, tables, &err), &err);
	for (size_t i = 0; i < COUNT(world->groups) && world->groups[i].count; i++)
		add_group(store, &number, &world->groups[i]);
	for (size_t i = 0; i < COUNT(world->waves); i++) {
		char *wave = world->waves[i] ? mem_print("'%s'", world->waves[i]) : mem_copy_text("NULL");
		char *sql = mem_print("INSERT INTO source SELECT %zu, '%c.csv', 'plain', %s, 'iso', 'point', NULL, 'UTF-8', 9, 0, 1 + n, 1, n, 0, 0 "
		                      "FROM (SELECT count(*) AS n FROM answers WHERE source = %zu)",
		                      i + 1, (char)('a' + i), wave, i + 1);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
		free(wave);
	}
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(schema);
	return path;
}

static struct outcome run(const struct world *world)
{
	char *folder = test_folder();
	char *all_codes = mem_print("%s%s", codes, world->variables ? wave_codes : "");
	struct outcome outcome = validate(folder, world->variables ? world->variables : variables, all_codes,
	                                  "rule,severity,when,require,message,limit,waves\n", world->decisions,
	                                  make_ingested(folder, world));
	free(all_codes);
	return outcome;
}

/* The first column of a query's rows, with ; between them. Free with free(). */
static char *query(const struct outcome *outcome, const char *sql)
{
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *select = NULL;
	struct text text = { 0 };
	bool row = false;
	assert_ok(outcome->ok, &outcome->err);
	assert_ok(store_open(&store, outcome->path, "validate", &err), &err);
	assert_ok(store_prepare(&select, store, sql, &err), &err);
	text_add(&text, "");
	while (store_step(store, select, &row, &err) && row)
		text_print(&text, "%s%s", text.length ? "; " : "", (const char *)sqlite3_column_text(select, 0));
	assert_ok(err.kind == ERROR_NONE, &err);
	sqlite3_finalize(select);
	store_close(store);
	return text.bytes;
}

static void expect(const struct outcome *outcome, const char *sql, const char *expected)
{
	char *got = query(outcome, sql);
	if (strcmp(got, expected) != 0)
		fail_msg("gives  %s\n   not    %s", got, expected);
	free(got);
}

/* --- each finding: waves that make it, and their neighbours that do not --- */

#define TWO .waves = { "1", "2" }
#define THREE .waves = { "1", "2", "3" }

static const struct example {
	const char *name;
	struct world world;
	const char *findings;
} examples[] = {
	{ "waves that answer alike are not told of", { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2" } }, TWO }, "" },
	{ "one wave is compared with nothing", { .groups = { { 40, "wave=1" }, { 40, "wave=1|source=2|job=other" } }, .waves = { "1", "1" } }, "" },

	{ "a code that nobody gave before is new",
	  { .groups = { { 40, "wave=1" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|job=other" } }, TWO }, "2 wave-code-new job other" },
	{ "one that somebody gave before is not",
	  { .groups = { { 39, "wave=1" }, { 1, "wave=1|job=other" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|job=other" } }, TWO }, "" },
	{ "nor one that stood in the wave before the last",
	  { .groups = { { 39, "wave=1" }, { 1, "wave=1|job=other" }, { 40, "wave=2|source=2" }, { 39, "wave=3|source=3" },
	                { 1, "wave=3|source=3|job=other" } }, THREE }, "" },
	{ "nor where those before gave 19 answers",
	  { .groups = { { 19, "wave=1" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|job=other" } }, TWO }, "" },
	{ "20 are enough",
	  { .groups = { { 20, "wave=1" }, { 19, "wave=2|source=2" }, { 1, "wave=2|source=2|job=other" } }, TWO }, "2 wave-code-new job other" },
	{ "a missing code is none",
	  { .groups = { { 40, "wave=1" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|job=-8" } }, TWO }, "" },
	{ "an option that nobody ticked before is new; several make one finding",
	  { .groups = { { 40, "wave=1" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|support=money;out" } }, TWO },
	  "2 wave-code-new support money; out" },
	{ "an area from which nobody came before is new",
	  { .groups = { { 40, "wave=1" }, { 39, "wave=2|source=2" }, { 1, "wave=2|source=2|area=L" } }, TWO }, "2 wave-code-new area L" },

	/* R: chisq.test(rbind(c(20, 20), c(8, 32)), correct = FALSE)$p.value is 0.0049. Tested are job and age: 0.01/2. */
	{ "codes in other shares are a shift",
	  { .groups = { { 40, "wave=1" }, { 16, "wave=2|source=2" }, { 24, "wave=2|source=2|job=part" } }, TWO }, "2 wave-shift job -" },
	/* With areas to be tested, too, 0.01/3. */
	{ "as many more tests as there are make the same difference none",
	  { .groups = { { 20, "wave=1" }, { 20, "wave=1|area=L" }, { 16, "wave=2|source=2" }, { 24, "wave=2|source=2|job=part|area=L" } }, TWO }, "" },
	{ "an option ticked by others is a shift",
	  { .groups = { { 30, "wave=1" }, { 10, "wave=1|support=out;friend" }, { 5, "wave=2|source=2" }, { 35, "wave=2|source=2|support=friend;out" } }, TWO },
	  "2 wave-shift support -" },
	{ "nothing ticked is an answer",
	  { .groups = { { 40, "wave=1" }, { 10, "wave=2|source=2" }, { 30, "wave=2|source=2|support=(none)" } }, TWO }, "2 wave-shift support -" },
	{ "higher numbers are a shift", { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|age=45" } }, TWO }, "2 wave-shift age -" },
	{ "not of 19 people", { .groups = { { 40, "wave=1" }, { 19, "wave=2|source=2|age=49" } }, TWO }, "" },
	{ "of 20", { .groups = { { 40, "wave=1" }, { 20, "wave=2|source=2|age=49" } }, TWO }, "2 wave-shift age -" },
	{ "a number of all who were asked for it, not of all",
	  { .groups = { { 40, "wave=1|job=full|hours=37.5" }, { 40, "wave=2|source=2|job=full|hours=20" } }, TWO }, "2 wave-shift hours -" },
	{ "dates, texts, and what describes the interview shift by themselves",
	  { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|begun=2025-05-01|born=2001-01-01|words=bad|minutes=60" } }, TWO }, "" },
	{ "each wave is compared with the one before",
	  { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|age=49" }, { 40, "wave=3|source=3|age=49" } }, THREE }, "2 wave-shift age -" },
	{ "and with the last that was asked",
	  { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|age=~" }, { 40, "wave=3|source=3|age=49" } }, THREE }, "3 wave-shift age -" },
	{ "rows that are set aside do not count",
	  { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2" }, { 60, "wave=2|source=2|id=P1|age=49" } }, TWO }, "" },

	{ "a question left out by others is told of",
	  { .groups = { { 40, "wave=1" }, { 20, "wave=2|source=2" }, { 20, "wave=2|source=2|age=" } }, TWO }, "2 wave-nonresponse age -" },
	{ "a text too", { .groups = { { 40, "wave=1" }, { 20, "wave=2|source=2" }, { 20, "wave=2|source=2|words=" } }, TWO }, "2 wave-nonresponse words -" },
	{ "so is a question refused by others, and one that is answered again",
	  { .groups = { { 40, "wave=1" }, { 10, "wave=2|source=2" }, { 30, "wave=2|source=2|age=-8" }, { 40, "wave=3|source=3" } }, THREE },
	  "2 wave-nonresponse age -; 3 wave-nonresponse age -" },
	{ "a few who left it out are chance",
	  { .groups = { { 40, "wave=1" }, { 35, "wave=2|source=2" }, { 5, "wave=2|source=2|age=" } }, TWO }, "" },
	{ "who was not asked left nothing out: no column",
	  { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|age=~" } }, TWO }, "" },
	{ "who was not asked left nothing out: the route",
	  { .groups = { { 40, "wave=1|job=full|hours=30" }, { 20, "wave=2|source=2|job=full|hours=30" }, { 20, "wave=2|source=2|job=full" } }, TWO },
	  "2 wave-nonresponse hours -" },
	{ "the same, where the route leads past", /* other jobs alone */
	  { .groups = { { 40, "wave=1|job=full|hours=30" }, { 20, "wave=2|source=2|job=full|hours=30" }, { 20, "wave=2|source=2|job=part" } }, TWO },
	  "2 wave-code-new job part; 2 wave-shift job -" },
	{ "what cannot be used was said all the same",
	  { .groups = { { 40, "wave=1" }, { 20, "wave=2|source=2" }, { 20, "wave=2|source=2|age=many" } }, TWO }, "" },

	{ "the config says in which order waves are",
	  { .groups = { { 39, "wave=2" }, { 1, "wave=2|job=other" }, { 40, "wave=1|source=2" } }, .waves = { "2", "1" } }, "" },
	{ "without it, numbers do",
	  { .groups = { { 39, "wave=10" }, { 1, "wave=10|job=other" }, { 40, "wave=9" } } }, "1 wave-code-new job other" },
	{ "or the order of codes",
	  { .groups = { { 39, "wave=early" }, { 1, "wave=early|job=other" }, { 40, "wave=late" } }, .variables = coded }, "1 wave-code-new job other" },
	{ "a row without a wave has its export's",
	  { .groups = { { 39, "wave=" }, { 1, "wave=2|source=2|job=other" }, { 39, "wave=|source=2" } }, TWO }, "2 wave-code-new job other" },
	{ "and without that, none", { .groups = { { 40, "wave=1" }, { 40, "wave=" }, { 40, "wave=|job=other" } } }, "" },
};

/* Without the findings about single rows, which tests/unit/test_validate.c judges. */
static const char findings_sql[] = "SELECT coalesce(source, 0) || ' ' || code || ' ' || variable || ' ' || coalesce(value, '-') "
				   "FROM finding WHERE code LIKE 'wave-%' ORDER BY finding";

static void waves_are_compared(void **state)
{
	const struct example *example = *state;
	struct outcome outcome = run(&example->world);
	expect(&outcome, findings_sql, example->findings);
	expect(&outcome, "SELECT count(*) FROM finding WHERE code LIKE 'wave-%' AND (row IS NOT NULL OR line IS NOT NULL OR key IS NOT NULL)", "0");
	free(outcome.path);
}

static void what_is_expected_names_groups_and_p(void **state)
{
	(void)state;
	const struct world world = {
		.groups = { { 40, "wave=1" }, { 30, "wave=2|source=2|age=49" }, { 20, "wave=2|source=2|age=" }, { 1, "wave=2|source=2|support=out" } },
		TWO
	};
	struct outcome outcome = run(&world);
	/* R: age <- rep(30:49, 2); after <- c(rep(49, 30), 30): wilcox.test(after, age, exact = FALSE), 2.1e-11;
	 * chisq.test(rbind(c(40, 0), c(31, 20)), correct = FALSE), 7.3e-06 */
	expect(&outcome, "SELECT code || ': ' || expected FROM finding WHERE variable IN ('age', 'support') AND code LIKE 'wave-%' ORDER BY finding",
	       "wave-shift: answers as in wave 1: n 40 there, 31 here; p 2.1e-11 (Mann-Whitney); higher here; "
	       "wave-nonresponse: as many who answer as in wave 1: 40 asked there, 51 here; p 7.3e-06 (chi-square); fewer answered here; "
	       "wave-code-new: codes that the waves before gave (n 40 there, 51 here)");
	free(outcome.path);
}

/* 800 of one mind, then of another: X2 is n, 1600, and p about 1e-350, for which a double has no room. */
static void a_p_that_is_too_small_is_no_0(void **state)
{
	(void)state;
	const struct world world = { .groups = { { 800, "wave=1|job=none" }, { 800, "wave=2|source=2|job=part" } }, TWO };
	struct outcome outcome = run(&world);
	expect(&outcome, "SELECT expected FROM finding WHERE code = 'wave-shift'",
	       "answers as in wave 1: n 800 there, 800 here; p < 1e-99 (chi-square)");
	free(outcome.path);
}

static void a_decision_about_a_wave_is_used(void **state)
{
	(void)state;
	struct world world = {
		.groups = { { 40, "wave=1" }, { 40, "wave=2|source=2|age=49" } }, TWO,
		.decisions = "wave-shift:age,,accept,,A. Steward,2025-05-01,seen,\n",
	};
	struct outcome outcome = run(&world);
	expect(&outcome, "SELECT used FROM decision", "1");
	free(outcome.path);
	world.decisions = "wave-shift:age,,correct,40,A. Steward,2025-05-01,seen,\n";
	outcome = run(&world);
	assert_false(outcome.ok);
	assert_int_equal(outcome.err.kind, ERROR_CONFIG);
	free(outcome.path);
}

static void a_corrected_answer_counts_as_corrected(void **state)
{
	(void)state;
	struct world world = { .groups = { { 40, "wave=1" }, { 40, "wave=2|source=2" }, { 1, "wave=2|source=2|job=odd" } }, TWO };
	struct outcome outcome = run(&world);
	expect(&outcome, findings_sql, "");
	char *identity = query(&outcome, "SELECT identity FROM finding WHERE code = 'cell-code'");
	char *decisions = mem_print("%s,,correct,other,A. Steward,2025-05-01,as on paper,\n", identity);
	free(outcome.path);
	world.decisions = decisions;
	outcome = run(&world);
	expect(&outcome, findings_sql, "2 wave-code-new job other");
	free(outcome.path);
	free(decisions);
	free(identity);
}

/* Two waves of one export, one question: two findings, which decisions tell apart. */
static void findings_of_two_waves_are_two(void **state)
{
	(void)state;
	const struct world world = { .groups = { { 40, "wave=1" }, { 40, "wave=2|age=49" }, { 40, "wave=3" } } };
	struct outcome outcome = run(&world);
	expect(&outcome, findings_sql, "1 wave-shift age -; 1 wave-shift age -");
	expect(&outcome, "SELECT count(DISTINCT identity) FROM finding WHERE code = 'wave-shift'", "2");
	free(outcome.path);
}

int main(void)
{
	enum { OTHERS = 5 };
	struct CMUnitTest tests[OTHERS + COUNT(examples)] = {
		cmocka_unit_test(what_is_expected_names_groups_and_p),
		cmocka_unit_test(a_p_that_is_too_small_is_no_0),
		cmocka_unit_test(a_decision_about_a_wave_is_used),
		cmocka_unit_test(a_corrected_answer_counts_as_corrected),
		cmocka_unit_test(findings_of_two_waves_are_two),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = examples[i].name,
							 .test_func = waves_are_compared,
							 .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
