#include "test_validate.h"
#include "validate/alike.h"

/* --- a made-up study, whose rows are made by what differs from an ordinary one --- */

/* An instrument that points both ways, two lists that do not, and single questions: 24 closed ones. */
static const char variables[] =
	"variable,label,type,level,polarity,codes,missing,min,max,asked_if,unit,instrument,item,role\n"
	"id,,id,,,,,,,,,,,key\n"
	"took,,number,,,,,0,,,seconds,,,paradata\n"
	"page,,number,,,,,0,,,seconds,,,paradata\n"
	"job,,code,,,yes_no,,,,,,,,\n"
	"hours,,integer,,,,,0,168,job = 1,,,,\n"
	"r1,,integer,ordinal,higher_better,,,1,5,,,rev,r1,\n"
	"r2,,integer,ordinal,higher_worse,,,1,5,,,rev,r2,\n"
	"r3,,integer,ordinal,higher_better,,,1,5,,,rev,r3,\n"
	"r4,,integer,ordinal,higher_worse,,,1,5,,,rev,r4,\n"
	"r5,,integer,ordinal,higher_better,,,1,5,,,rev,r5,\n"
	"s1,,integer,ordinal,higher_better,,,1,5,,,same,s1,\n"
	"s2,,integer,ordinal,higher_better,,,1,5,,,same,s2,\n"
	"s3,,integer,ordinal,higher_better,,,1,5,,,same,s3,\n"
	"s4,,integer,ordinal,higher_better,,,1,5,,,same,s4,\n"
	"s5,,integer,ordinal,higher_better,,,1,5,,,same,s5,\n"
	"m1,,code,ordinal,,often,,,,,,,,\n"
	"m2,,code,ordinal,,often,,,,,,,,\n"
	"m3,,code,ordinal,,often,,,,,,,,\n"
	"m4,,code,ordinal,,often,,,,,,,,\n"
	"m5,,code,ordinal,,often,,,,,,,,\n"
	"q1,,integer,,,,,0,100,,,,,\n"
	"q2,,integer,,,,,0,100,,,,,\n"
	"q3,,integer,,,,,0,100,,,,,\n"
	"q4,,integer,,,,,0,100,,,,,\n"
	"q5,,integer,,,,,0,100,,,,,\n"
	"q6,,integer,,,,,0,100,,,,,\n"
	"q7,,integer,,,,,0,100,,,,,\n"
	"words,,text,,,,,,,,,,,free_text\n"
	"wave,,text,,,,,,,,,,,wave\n"
	"began,,datetime,,,,,,,,,,,paradata\n"
	"ended,,datetime,,,,,,,,,,,paradata\n";

static const char codes[] =
	"list,code,label,missing\n"
	"any,-8,Prefer not to say,refused\n"
	"any,-9,Not shown,not_asked\n"
	"yes_no,1,Yes,\n"
	"yes_no,0,No,\n"
	"often,never,Never,\n"
	"often,some,Sometimes,\n"
	"often,all,Always,\n";

enum { COLUMNS = 31, MOST_ROWS = 64 };

struct world {
	const char *rows[MOST_ROWS]; /* as name=value|name=value; a name that ends in * is of all variables that begin so */
	size_t ordinary;             /* so many more behind them */
	const char *decisions;       /* NULL: none */
	const char *without[2];      /* lines of variables.csv that begin so are left out; NULL: none */
};

static const char *name_at(char name[16], size_t index)
{
	const char *line = variables;
	for (size_t i = 0; i <= index; i++)
		line = strchr(line, '\n') + 1;
	snprintf(name, 16, "%.*s", (int)strcspn(line, ","), line);
	return name;
}

/* An ordinary row has a job and answers that vary within it and from row to row, and took two minutes. */
static char *ordinary(size_t row, const char *name)
{
	if (strcmp(name, "id") == 0)
		return mem_print("CL-%05zu", row);
	if (strcmp(name, "took") == 0)
		return mem_copy_text("120");
	if (strcmp(name, "page") == 0)
		return mem_copy_text("1");
	if (strcmp(name, "job") == 0)
		return mem_copy_text("1");
	if (strcmp(name, "hours") == 0)
		return mem_print("%zu", row % 100);
	if (strchr("rs", *name))
		return mem_print("%zu", 1 + (row * 7 + (size_t)name[1]) % 5);
	if (*name == 'm') {
		static const char *const often[] = { "never", "some", "all" };
		return mem_copy_text(often[(row + (size_t)name[1]) % 3]);
	}
	if (*name == 'q')
		return mem_print("%zu", (row * 13 + (size_t)name[1] * 17) % 101);
	return mem_copy_text("");
}

static char *cell(size_t row, const char *name, const char *differs)
{
	for (const char *part = differs; part && *part;) {
		size_t length = strcspn(part, "|"), named = strcspn(part, "=");
		bool all = named > 0 && part[named - 1] == '*';
		if (strncmp(name, part, all ? named - 1 : named) == 0 && (all || strlen(name) == named)) {
			char *value = mem_copy_bytes(part + named + 1, length - named - 1);
			if (*value != '#')
				return value;
			char *as = ordinary((size_t)atoi(value + 1), name); /* as that row has it */
			free(value);
			return as;
		}
		part += length + (part[length] == '|');
	}
	return ordinary(row, name);
}

static void add_row(struct store *store, size_t row, const char *differs)
{
	struct error err = { 0 };
	sqlite3_stmt *insert = NULL;
	struct text sql = { 0 };
	text_add(&sql, "INSERT INTO answers VALUES (?, ?, ?, ?");
	for (size_t i = 0; i < COLUMNS; i++)
		text_add(&sql, ", ?");
	text_add(&sql, ")");
	assert_ok(store_prepare(&insert, store, sql.bytes, &err), &err);
	bool second = differs && strstr(differs, "source=2");
	sqlite3_bind_int64(insert, 1, (sqlite3_int64)row);
	sqlite3_bind_int64(insert, 2, second ? 2 : 1);
	sqlite3_bind_int64(insert, 3, (sqlite3_int64)row + 1);
	sqlite3_bind_int64(insert, 4, (sqlite3_int64)row + 1);
	for (size_t i = 0; i < COLUMNS; i++) {
		char name[16], *value = cell(row, name_at(name, i), differs);
		if (strcmp(value, "~") != 0)
			sqlite3_bind_text(insert, 5 + (int)i, value, -1, SQLITE_TRANSIENT);
		free(value);
	}
	assert_ok(store_insert(store, insert, &err), &err);
	sqlite3_finalize(insert);
	text_free(&sql);
}

static char *make_ingested(const char *folder, const struct world *world)
{
	char *path = mem_print("%s/ingested.db", folder), *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct error err = { 0 };
	struct store *store = NULL;
	struct text table = { 0 };
	text_add(&table, "CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER NOT NULL");
	for (size_t i = 0; i < COLUMNS; i++) {
		char name[16];
		text_print(&table, ", %s TEXT", name_at(name, i));
	}
	text_add(&table, ")");
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	assert_ok(store_run(store, table.bytes, &err), &err);
	size_t row = 0;
	for (size_t i = 0; i < MOST_ROWS && world->rows[i]; i++)
		add_row(store, ++row, world->rows[i]);
	for (size_t i = 0; i < world->ordinary; i++)
		add_row(store, ++row, NULL);
	assert_ok(store_run(store,
	                    "INSERT INTO source SELECT column1, column2, 'plain', NULL, 'iso', 'point', NULL, 'UTF-8', 9, 0, 1 + n, 1, n, 0, 0 "
	                    "FROM (SELECT column1, column2, (SELECT count(*) FROM answers WHERE source = column1) AS n "
	                    "FROM (VALUES (1, 'a.csv'), (2, 'b.csv')))", &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	text_free(&table);
	free(schema);
	return path;
}

static char *dictionary_of(const struct world *world)
{
	char *rows = mem_copy_text(variables);
	for (size_t i = 0; i < COUNT(world->without) && world->without[i]; i++) {
		char *line = strstr(rows, world->without[i]);
		assert_non_null(line);
		const char *rest = strchr(line + 1, '\n');
		memmove(line, rest, strlen(rest) + 1);
	}
	return rows;
}

static struct outcome run(const struct world *world)
{
	char *folder = test_folder(), *rows = dictionary_of(world);
	struct outcome outcome = validate(folder, rows, codes, "rule,severity,when,require,message,limit,waves\n",
	                                  world->decisions, make_ingested(folder, world));
	free(rows);
	return outcome;
}

static void expect(const struct outcome *outcome, const char *sql, const char *expected)
{
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *select = NULL;
	struct text text = { 0 };
	bool row = false;
	assert_ok(store_open(&store, outcome->path, "validate", &err), &err);
	assert_ok(store_prepare(&select, store, sql, &err), &err);
	text_add(&text, "");
	while (store_step(store, select, &row, &err) && row) {
		const char *value = (const char *)sqlite3_column_text(select, 0);
		text_print(&text, "%s%s", text.length ? "; " : "", value ? value : "NULL");
	}
	sqlite3_finalize(select);
	store_close(store);
	if (strcmp(text.bytes, expected) != 0)
		fail_msg("%s\n   gives  %s\n   not    %s", sql, text.bytes, expected);
	text_free(&text);
}

static const char findings_sql[] = "SELECT coalesce(row, 'b') || ' ' || code || coalesce(' ' || variable, '') || ' ' || occurrences || "
                                   "coalesce(': ' || expected, '') FROM finding WHERE code NOT LIKE 'cell-%' ORDER BY finding";

/* --- each finding, and its neighbour --- */

#define FIVE(prefix, value) prefix "1=" value "|" prefix "2=" value "|" prefix "3=" value "|" prefix "4=" value "|" prefix "5=" value
#define BLANKS "r*=|s1=|s2=|s3=|m*=" /* 13 of the 24 closed questions */
#define AS_FIRST "took=120|job=#1|hours=#1|r*=#1|s*=#1|m*=#1|q*=#1"

static const struct example {
	const char *name;
	struct world world;
	const char *findings;
} examples[] = {
	{ "ordinary rows have no sign of anything", { .ordinary = 60 }, "" },

	{ "who took less than a third of the median is told of", { .rows = { "took=39.9" }, .ordinary = 29 },
	  "1 person-fast took 1: at least 40.0 seconds: a third of the median of 30 responses" },
	{ "who took a third is not", { .rows = { "took=40" }, .ordinary = 29 }, "" },
	{ "nor anybody of fewer than thirty", { .rows = { "took=1" }, .ordinary = 28 }, "" },
	{ "nor who took much longer", { .rows = { "took=100000" }, .ordinary = 29 }, "" },
	{ "each export has a median of its own", { .rows = { "took=1|source=2", "took=1" }, .ordinary = 29 },
	  "2 person-fast took 1: at least 40.0 seconds: a third of the median of 30 responses" },
	{ "and so has each wave", { .rows = { "took=1|wave=w2", "took=1" }, .ordinary = 29 },
	  "2 person-fast took 1: at least 40.0 seconds: a third of the median of 30 responses" },
	{ "a time below none is no time", { .rows = { "took=-1" }, .ordinary = 29 }, "" },
	{ "the time of a page is not the whole", { .rows = { "page=0" }, .ordinary = 29 }, "" },

	{ "one answer to items that point both ways is a straight line", { .rows = { FIVE("r", "2") } },
	  "1 person-straight-line 1: not one answer to all 5 items from `r1` on: some point the other way" },
	{ "one other answer is enough", { .rows = { "r1=2|r2=2|r3=2|r4=2|r5=3" } }, "" },
	{ "a blank among them makes it no line", { .rows = { "r1=2|r2=2|r3=2|r4=2|r5=" } }, "" },
	{ "one answer to items that point one way is what people say", { .rows = { FIVE("s", "5") } }, "" },
	{ "also where it is one list of two that were answered", { .rows = { "r5=|" FIVE("s", "5") } }, "" },
	{ "in two lists of three it is a straight line", { .rows = { FIVE("s", "5") "|" FIVE("m", "all") } },
	  "1 person-straight-line 1: not one answer to all items in 2 of 3 lists" },
	{ "but not where one of them has another answer", { .rows = { "m3=some|" FIVE("s", "5") "|" FIVE("m", "all") } }, "" },

	{ "who left most of the questions blank is told of", { .rows = { BLANKS } },
	  "1 person-missing-most 1: answers to half of the 24 questions that it was asked; 13 are blank" },
	{ "half of them is not most", { .rows = { "r*=|s1=|s2=|m*=" } }, "" },
	{ "what was not asked does not count", { .rows = { "r*=|s1=|s2=|m*=|job=0|hours=" } },
	  "1 person-missing-most 1: answers to half of the 23 questions that it was asked; 12 are blank" },
	{ "a refusal is no blank", { .rows = { "r*=-8|s1=|s2=|s3=|m*=" } }, "" },
	{ "of nine questions most says nothing", { .rows = { "r*=~|s*=~|m*=~|q1=|q2=|q3=|q4=|q5=" } }, "" },
	{ "of ten it does", { .rows = { "r*=~|s1=~|s2=~|s3=~|s4=~|m*=~|q1=|q2=|q3=|q4=|q5=|q6=" } },
	  "1 person-missing-most 1: answers to half of the 10 questions that it was asked; 6 are blank" },

	{ "a row with the answers of another person is told of, with the other's line", { .rows = { "", "", AS_FIRST } },
	  "3 person-duplicate-answers 1: answers other than those of line 2" },
	{ "and where that stands", { .rows = { "", AS_FIRST "|source=2" } },
	  "2 person-duplicate-answers 1: answers other than those of line 2 of a.csv" },
	{ "one answer of 24 may differ", { .rows = { "", "q1=99|" AS_FIRST } },
	  "2 person-duplicate-answers 1: answers other than those of line 2" },
	{ "whichever it is", { .rows = { "", "job=0|hours=#1|" AS_FIRST } },
	  "2 route-unexpected hours 1: no answer: it is asked if job = 1; 2 person-duplicate-answers 1: answers other than those of line 2" },
	{ "two may not", { .rows = { "", "q1=99|q2=99|" AS_FIRST } }, "" },
	{ "what one of them left blank differs", { .rows = { "", "q1=99|q2=|" AS_FIRST } }, "" },
	{ "and of nineteen answers nothing is said", { .rows = { "m*=~", "m*=~|" AS_FIRST } }, "" },
	{ "open questions and times do not count", { .rows = { "words=a|took=100", "words=b|took=130|" AS_FIRST } },
	  "2 person-duplicate-answers 1: answers other than those of line 2" },
	{ "one person has the same answers in two waves", { .rows = { "wave=w1", "id=#1|wave=w2|" AS_FIRST } }, "" },
	{ "a row that is set aside has no twin", { .rows = { "id=X", "id=X|q1=99", "id=Y|" AS_FIRST } },
	  "1 key-conflict id 1; 2 key-conflict id 1" },
	{ "nor one that the steward sets aside for its own",
	  { .rows = { "", "q1=99|" AS_FIRST, "q1=99|q2=99|" AS_FIRST }, .decisions = "person-duplicate-answers,,set_aside,,S,2025-11-01,w,\n" },
	  "2 person-duplicate-answers 1: answers other than those of line 2" },

	{ "a key in other letters is near", { .rows = { "id=ab", "id=AB" } }, "2 key-near id 1: a key unlike that of line 2" },
	{ "and so is one with an O for a nought", { .rows = { "id=P0", "id=PO" } }, "2 key-near id 1: a key unlike that of line 2" },
	{ "or an l for a one", { .rows = { "id=P1", "id=Pl", "id=PI" } },
	  "2 key-near id 1: a key unlike that of line 2; 3 key-near id 1: a key unlike that of line 2" },
	{ "or without its zeros", { .rows = { "id=CL-00012", "id=CL-12" } }, "2 key-near id 1: a key unlike that of line 2" },
	{ "or without its hyphen", { .rows = { "id=CL-00012", "id=cl 00012", "id=CL00012" } },
	  "2 key-near id 1: a key unlike that of line 2; 3 key-near id 1: a key unlike that of line 2" },
	{ "another number is another key", { .rows = { "id=CL-00012", "id=CL-00120", "id=CL-10012" } }, "" },
	{ "numbers apart are not one number", { .rows = { "id=1-11", "id=11-1", "id=111" } }, "" },
	{ "noughts behind a number count", { .rows = { "id=10", "id=100", "id=1" } }, "" },
	{ "nought is a number", { .rows = { "id=0", "id=00" } }, "2 key-near id 1: a key unlike that of line 2" },
	{ "and none is none", { .rows = { "id=A0", "id=A" } }, "" },
	{ "the same key in two waves is not near, and a near one is told once",
	  { .rows = { "id=P7|wave=w1", "id=P7|wave=w2", "id=P07|wave=w1", "id=P07|wave=w2" } },
	  "3 key-near id 1: a key unlike that of line 2" },
	{ "a row that is set aside is near to none", { .rows = { "id=x", "id=x|q1=99", "id=X|q1=98" } },
	  "1 key-conflict id 1; 2 key-conflict id 1" },

	{ "who was asked by the route and left it blank is counted once an export",
	  { .rows = { "hours=", "hours=", "hours=|source=2", "hours=|job=0", "hours=|job=" } },
	  "b route-unanswered hours 2: an answer: it is asked if job = 1; b route-unanswered hours 1: an answer: it is asked if job = 1" },
	{ "a refusal was not left blank, and a column that is not there not asked", { .rows = { "hours=-8", "hours=~" } }, "" },
	{ "not asked, where the route asks, contradicts it", { .rows = { "hours=-9" } },
	  "1 route-reason hours 1: an answer, or a reason of who was asked: it is asked if job = 1" },
	{ "a refusal where it does not ask does too", { .rows = { "hours=-8|job=0" } },
	  "1 route-reason hours 1: not asked: it is asked if job = 1" },
	{ "not asked is what it says there", { .rows = { "hours=-9|job=0" } }, "" },
	{ "and nothing is said where the route is not known", { .rows = { "hours=-8|job=", "hours=-9|job=" } }, "" },
};

static void warnings_follow_the_rows(void **state)
{
	const struct example *example = *state;
	struct outcome outcome = run(&example->world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, findings_sql, example->findings);
	free(outcome.path);
}

static void warnings_set_nobody_aside_but_by_decision(void **state)
{
	(void)state;
	static const char *const decided[] = { "person-fast", "person-straight-line", "person-duplicate-answers", "key-near:id" };
	struct world world = { .rows = { FIVE("r", "2"), "id=cl-00001|took=1|" FIVE("r", "2") "|" AS_FIRST }, .ordinary = 30 };
	struct outcome outcome = run(&world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "SELECT count(*) FROM judgement WHERE status <> 'accepted'", "0");
	expect(&outcome, "SELECT code FROM finding WHERE row = 2 ORDER BY finding",
	       "person-fast; person-straight-line; key-near; person-duplicate-answers");
	free(outcome.path);
	for (size_t i = 0; i < COUNT(decided); i++) {
		char *decision = mem_print("%s,,set_aside,,S,2025-11-01,w,\n", decided[i]);
		world.decisions = decision;
		outcome = run(&world);
		assert_ok(outcome.ok, &outcome.err);
		char *judged = mem_print("set_aside:%.*s", (int)strcspn(decided[i], ":"), decided[i]);
		expect(&outcome, "SELECT status || ':' || reason FROM judgement WHERE row = 2", judged);
		expect(&outcome, "SELECT rows FROM account WHERE status = 'accepted'", strcmp(decided[i], "person-straight-line") == 0 ? "30" : "31");
		free(judged);
		free(decision);
		free(outcome.path);
	}
}

/* Nothing that a respondent said stands in what is expected, which leaves the restricted folder with findings.sarif. */
static void what_is_expected_tells_no_answer(void **state)
{
	(void)state;
	struct world world = { .rows = { FIVE("r", "2") "|id=secretkey", "id=SECRETKEY|took=1|" FIVE("r", "2") "|" AS_FIRST }, .ordinary = 30 };
	struct outcome outcome = run(&world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, "SELECT count(*) FROM finding WHERE lower(expected) LIKE '%secretkey%'", "0");
	expect(&outcome, "SELECT count(*) FROM finding WHERE code = 'key-near'", "1");
	free(outcome.path);
}

static void without_a_duration_two_datetimes_tell_it(void **state)
{
	(void)state;
	static char texts[30][80];
	struct world world = { .without = { "\ntook,", "\npage," } };
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *time = i == 4 ? "23:59:30|ended=2025-03-02 00:03:29" : i == 5 ? "23:59:30|ended=2025-03-02 00:03:30" : "10:00:00|ended=2025-03-01 10:12:00";
		snprintf(texts[i], sizeof texts[i], "began=2025-03-01 %s", time);
		world.rows[i] = texts[i];
	}
	struct outcome outcome = run(&world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, findings_sql, "5 person-fast ended 1: at least 4.0 minutes: a third of the median of 30 responses");
	free(outcome.path);
	world.without[1] = NULL; /* a number with a unit of time goes before them */
	outcome = run(&world);
	assert_ok(outcome.ok, &outcome.err);
	expect(&outcome, findings_sql, "");
	free(outcome.path);
}

/* --- rows like others, by themselves --- */

enum { MANY = 100 }; /* answers: six groups */

static void fill(uint16_t answers[MANY], uint32_t *seed)
{
	for (size_t i = 0; i < MANY; i++) {
		*seed = *seed * 1664525u + 1013904223u;
		answers[i] = (uint16_t)(1 + (*seed >> 24) % 4);
	}
}

static void five_of_a_hundred_may_differ_wherever_they_are(void **state)
{
	(void)state;
	uint32_t seed = 1;
	struct alike *alike = alike_new(MANY);
	struct exported_source source = { .source = 1, .name = "a.csv", .wave = "" };
	static uint16_t rows[200][MANY];
	char key[16];
	for (size_t i = 0; i < COUNT(rows); i++) {
		fill(rows[i], &seed);
		snprintf(key, sizeof key, "k%zu", i);
		struct alike_row row = { &source, i + 2, key, rows[i] }, other;
		assert_false(alike_find_answers(alike, &row, &other));
		alike_add(alike, &row);
	}
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t differ = 0; differ <= 6; differ++) {
			uint16_t near[MANY];
			memcpy(near, rows[i], sizeof near);
			for (size_t j = 0; j < differ; j++) /* far apart, close by, and in one group */
				near[(i + j * (1 + i % 9)) % MANY] = 9;
			struct alike_row row = { &source, 1, "other", near }, other = { 0 };
			assert_int_equal(alike_find_answers(alike, &row, &other), differ <= 5);
			assert_int_equal(other.line, differ <= 5 ? i + 2 : 0);
		}
	alike_free(alike);
}

static void what_all_share_does_not_make_them_alike(void **state)
{
	(void)state;
	uint32_t seed = 7;
	struct alike *alike = alike_new(MANY);
	struct exported_source source = { .source = 1, .name = "a.csv", .wave = "" };
	for (size_t i = 0; i < 3000; i++) { /* four in five answers are the same in all */
		uint16_t answers[MANY];
		for (size_t j = 0; j < MANY; j++) {
			seed = seed * 1664525u + 1013904223u;
			answers[j] = j % 5 ? 1 : (uint16_t)(2 + (seed >> 16) % 60000);
		}
		struct alike_row row = { &source, i + 2, NULL, answers }, other;
		assert_false(alike_find_answers(alike, &row, &other));
		alike_add(alike, &row);
	}
	alike_free(alike);
}

int main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(warnings_set_nobody_aside_but_by_decision),
		cmocka_unit_test(what_is_expected_tells_no_answer),
		cmocka_unit_test(without_a_duration_two_datetimes_tell_it),
		cmocka_unit_test(five_of_a_hundred_may_differ_wherever_they_are),
		cmocka_unit_test(what_all_share_does_not_make_them_alike),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(fixed)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name, .test_func = warnings_follow_the_rows,
		                                .initial_state = (void *)&examples[i] };
	memcpy(tests + COUNT(examples), fixed, sizeof fixed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
