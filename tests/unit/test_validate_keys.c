#include "test_validate.h"
#include "scale.h"

/* --- a made-up instrument of six items, whose second counts the other way, and respondents who answer it --- */

enum { ITEMS = 6, SOURCES = 3, LEAST = 0, MOST = 3 };

static const char instrument[] = "instrument: toy\n"
				 "title: Six items (made up)\n"
				 "source: made up\n"
				 "items: [a, b, c, d, e, f]\n"
				 "least: 0\n"
				 "most: 3\n"
				 "reverse: [b]\n"
				 "scores:\n"
				 "  - {variable: total, label: Sum, level: scale, method: sum, least: 0, most: 18}\n"
				 "  - {variable: average, label: Mean, level: scale, method: mean, least: 0, most: 3}\n"
				 "examples:\n"
				 "  - {what: the middle, source: made up, items: [1, 2, 1, 1, 1, 1], scores: [6, 1]}\n";

/* Two scores of some of the items each, of which d is in both; and one item in none. */
static const char parts[] = "instrument: toy\n"
			    "title: Five of six items (made up)\n"
			    "source: made up\n"
			    "items: [a, b, c, d, e, f]\n"
			    "least: 0\n"
			    "most: 3\n"
			    "reverse: [b]\n"
			    "scores:\n"
			    "  - {variable: first, label: Sum, level: scale, method: sum, items: [a, b, c, d], least: 0, most: 12}\n"
			    "  - {variable: second, label: Sum, level: scale, method: sum, items: [b, d, e], least: 0, most: 9}\n"
			    "examples:\n"
			    "  - {what: the middle, source: made up, items: [1, 2, 1, 1, 1, 1], scores: [4, 3]}\n";

/* Two items alone, and items that are a score each. */
static const char pair[] = "instrument: toy\n"
			   "title: Two items together, four alone (made up)\n"
			   "source: made up\n"
			   "items: [a, b, c, d, e, f]\n"
			   "least: 0\n"
			   "most: 3\n"
			   "reverse: []\n"
			   "scores:\n"
			   "  - {variable: two, label: Sum, level: scale, method: sum, items: [c, d], least: 0, most: 6}\n"
			   "  - {variable: one, label: One, level: ordinal, method: item, items: [e], least: 0, most: 3}\n"
			   "examples:\n"
			   "  - {what: the middle, source: made up, items: [1, 2, 1, 1, 1, 1], scores: [2, 1]}\n";

/* The sum tells of symptoms. */
static const char worse[] = "instrument: toy\n"
			    "title: Six symptoms (made up)\n"
			    "source: made up\n"
			    "items: [a, b, c, d, e, f]\n"
			    "least: 0\n"
			    "most: 3\n"
			    "reverse: [b]\n"
			    "scores:\n"
			    "  - {variable: total, label: Sum, level: scale, polarity: higher_worse, method: sum, least: 0, most: 18}\n"
			    "examples:\n"
			    "  - {what: the middle, source: made up, items: [1, 2, 1, 1, 1, 1], scores: [6]}\n";

/* The last item goes to 4. */
static const char ranges[] = "instrument: toy\n"
			     "title: Six items, one of which has a range of its own (made up)\n"
			     "source: made up\n"
			     "items: [a, b, c, d, e, f]\n"
			     "least: 0\n"
			     "most: 3\n"
			     "ranges:\n"
			     "  - {items: [f], least: 0, most: 4}\n"
			     "reverse: [b]\n"
			     "scores:\n"
			     "  - {variable: total, label: Sum, level: scale, method: sum, least: 0, most: 19}\n"
			     "examples:\n"
			     "  - {what: the middle, source: made up, items: [1, 2, 1, 1, 1, 1], scores: [6]}\n";

/* Nobody answers 4. */
#define LOWERED \
	"UPDATE answers SET a = min(a, '3'), b = min(b, '3'), c = min(c, '3'), d = min(d, '3'), e = min(e, '3'), f = min(f, '3')"

static const char variables[] = "variable,label,type,codes,level,min,max,instrument,item,role\n"
				"id,,id,,,,,,,key\n"
				"consent,,code,consent,,,,,,consent\n"
				"a,,integer,,ordinal,0,3,toy,a,\n"
				"b,,integer,,ordinal,0,3,toy,b,\n"
				"c,,integer,,ordinal,0,3,toy,c,\n"
				"d,,integer,,ordinal,0,3,toy,d,\n"
				"e,,integer,,ordinal,0,3,toy,e,\n"
				"f,,integer,,ordinal,0,3,toy,f,\n";
static const char codes[] = "list,code,label,as_exported,missing,exclusive\n"
			    "consent,yes,Yes,,,\n"
			    "consent,no,No,,withdrawn,\n";
static const char no_rules[] = "rule,severity,when,require,message,limit,waves\n";

struct world {
	const char *instrument;   /* NULL: the first */
	unsigned rows[SOURCES];   /* respondents of each export */
	const char *turned;       /* items whose answers are written the other way round */
	const char *raised;       /* items whose answers are one too high; "-" before it: one too low */
	const char *random;       /* items that are answered at random */
	unsigned from;            /* only of exports from this number on, from 0 */
	const char *sql;          /* what else is done to ingested.db */
	const char *decisions;
};

/* Some number below n, another for each row and k: splitmix64. */
static unsigned some(unsigned row, unsigned k, unsigned n)
{
	unsigned long long x = (row * 1000ULL + k + 1) * 0x9e3779b97f4a7c15ULL;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return (unsigned)((x ^ (x >> 31)) % n);
}

/* As somebody answers who means an item as much as the others, give or take one. */
static int answer_of(const struct world *world, unsigned source, unsigned row, unsigned item)
{
	char key = (char)('a' + item);
	bool wrong = source >= world->from, low = world->raised && *world->raised == '-';
	int answer = (int)some(row, 40, 4) + (int)some(row, 21 + item, 3) - 1;
	answer = answer < LEAST ? LEAST : answer > MOST ? MOST : answer;
	if (wrong && world->random && strchr(world->random, key))
		answer = (int)some(row, 70 + item, 4);
	bool reverse = item == 1 && world->instrument != pair;
	if (reverse != (wrong && world->turned && strchr(world->turned, key)))
		answer = MOST - answer;
	if (wrong && world->raised && strchr(world->raised, key))
		answer += low ? -1 : 1;
	return answer;
}

static char *make_ingested(const char *folder, const struct world *world)
{
	char *path = mem_print("%s/ingested.db", folder), *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct error err = { 0 };
	struct store *store = NULL;
	struct text sql = { 0 };
	unsigned row = 0;
	text_add(&sql, "CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER "
	               "NOT NULL, id TEXT, consent TEXT, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT);\n");
	for (unsigned source = 0; source < SOURCES; source++)
		for (unsigned i = 0; i < world->rows[source]; i++) {
			row++;
			text_print(&sql, "INSERT INTO answers VALUES (%u, %u, %u, %u, 'P%u', 'yes'", row, source + 1, i + 2, i + 2, row);
			for (unsigned item = 0; item < ITEMS; item++)
				text_print(&sql, ", '%d'", answer_of(world, source, row, item));
			text_add(&sql, ");\n");
		}
	if (world->sql)
		text_add(&sql, world->sql);
	text_add(&sql, ";INSERT INTO source SELECT column1, column2, 'plain', NULL, 'iso', 'point', NULL, 'UTF-8', 9, 0, 1 + n, 1, n, 0, 0 "
	               "FROM (SELECT column1, column2, (SELECT count(*) FROM answers WHERE source = column1) AS n "
	               "FROM (VALUES (1, '1.csv'), (2, '2.csv'), (3, '3.csv')))");
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	assert_ok(store_run(store, sql.bytes, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	text_free(&sql);
	free(schema);
	return path;
}

/* The scales of the dictionary, which is loaded from a folder of its own. */
static struct scales *load_scales(const char *text, struct dictionary **dictionary)
{
	char *folder = test_folder();
	char *files[] = {
		test_file(folder, "variables.csv", variables),
		test_file(folder, "codes.csv", codes),
		test_file(folder, "rules.csv", no_rules),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(folder, "toy.yaml", text),
		test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
	};
	struct error err = { 0 };
	struct scales *scales = NULL;
	assert_ok(dictionary_load(dictionary, folder, files[COUNT(files) - 1], NULL, 0, &err), &err);
	assert_ok(scales_load(&scales, *dictionary, folder, NULL, 0, &err), &err);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(folder);
	return scales;
}

static struct outcome run(const struct world *world)
{
	char *folder = test_folder();
	struct dictionary *dictionary = NULL;
	struct scales *scales = load_scales(world->instrument ? world->instrument : instrument, &dictionary);
	judged_scales = scales;
	struct outcome outcome =
		validate(folder, variables, codes, no_rules, world->decisions, make_ingested(folder, world));
	judged_scales = NULL;
	scales_free(scales);
	dictionary_free(dictionary);
	return outcome;
}

static void expect(const struct outcome *outcome, const char *sql, const char *expected)
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
	sqlite3_finalize(select);
	store_close(store);
	if (strcmp(text.bytes, expected) != 0)
		fail_msg("%s\n   gives  %s\n   not    %s", sql, text.bytes, expected);
	text_free(&text);
}

/* The export, or b for all of them; the finding; the item or score. */
static const char scales_sql[] = "SELECT coalesce(source, 'b') || ' ' || code || ' ' || variable FROM finding WHERE code LIKE 'scale-%' "
				 "ORDER BY finding";

/* --- each finding, and its neighbour --- */

static const struct planted {
	const char *name;
	struct world world;
	const char *findings;
} examples[] = {
	{ "items that go together are no finding", { .rows = { 60 } }, "" },
	{ "an item that runs against the others is told of", { .rows = { 60 }, .turned = "d" }, "1 scale-reversed d" },
	{ "and so is a reverse item that came reversed already", { .rows = { 60 }, .turned = "b" }, "1 scale-reversed b" },
	{ "of two items both are told of", { .rows = { 60 }, .turned = "be" }, "1 scale-reversed b; 1 scale-reversed e" },
	{ "an item that says nothing of the others is not against them", { .rows = { 60 }, .random = "d" }, "" },
	{ "nor is anything said of items that are all answered at random", { .rows = { 200 }, .random = "abcdef" }, "" },
	{ "of 29 rows nothing is said", { .rows = { 29 }, .turned = "d" }, "" },
	{ "of 30 it is", { .rows = { 30 }, .turned = "d" }, "1 scale-reversed d" },
	{ "a row counts that has all items", { .rows = { 30 }, .turned = "d", .sql = "UPDATE answers SET f = '' WHERE row = 9" }, "" },
	{ "and is accepted", { .rows = { 30 }, .turned = "d", .sql = "UPDATE answers SET consent = 'no' WHERE row = 9" }, "" },
	{ "a correlation near 0 says nothing of a key, however many rows there are",
	  { .rows = { 4000 }, .random = "d", .sql = "UPDATE answers SET d = 3 - a WHERE row % 10 = 0" }, "" },
	{ "a weak one below it does", { .rows = { 4000 }, .random = "d", .sql = "UPDATE answers SET d = 3 - a WHERE row % 3 = 0" },
	  "1 scale-reversed d" },
	{ "everybody's one answer to an item is no finding", { .rows = { 60 }, .sql = "UPDATE answers SET d = 2" }, "" },

	{ "half of the items the other way make alpha negative, and those with the reverse item are told of",
	  { .rows = { 60 }, .turned = "abc" }, "1 scale-alpha-negative total; 1 scale-reversed a; 1 scale-reversed b; 1 scale-reversed c" },
	{ "whichever half is written the other way", { .rows = { 60 }, .turned = "def" },
	  "1 scale-alpha-negative total; 1 scale-reversed a; 1 scale-reversed b; 1 scale-reversed c" },
	{ "also where the others stand out more", { .rows = { 60 }, .turned = "abd" },
	  "1 scale-alpha-negative total; 1 scale-reversed a; 1 scale-reversed b; 1 scale-reversed d" },
	{ "of most items the other way the others are told of", { .rows = { 60 }, .turned = "abcde" }, "1 scale-reversed f" },
	{ "and if all are, nothing can be seen", { .rows = { 60 }, .turned = "abcdef" }, "" },
	{ "of two items nobody can tell which it is", { .instrument = pair, .rows = { 60 }, .turned = "d" }, "1 scale-alpha-negative two" },
	{ "and two that go together are no finding", { .instrument = pair, .rows = { 60 } }, "" },
	{ "items that are in no sum need not go together", { .instrument = pair, .rows = { 60 }, .turned = "abef" }, "" },
	{ "each score is judged by its own items, and an item is told of once", { .instrument = parts, .rows = { 60 }, .turned = "d" },
	  "1 scale-reversed d; 1 scale-alpha-negative second" },
	{ "an item of no score is told of nowhere", { .instrument = parts, .rows = { 60 }, .turned = "f" }, "" },

	{ "each export is judged by itself", { .rows = { 60, 40 }, .turned = "d", .from = 1 }, "2 scale-reversed d" },
	{ "also where the others hide it", { .rows = { 200, 0, 30 }, .turned = "d", .from = 2 }, "3 scale-reversed d" },
	{ "exports of fewer than 30 rows are judged together", { .rows = { 29, 29 }, .turned = "d" }, "b scale-reversed d" },
	{ "and not beside one that has them", { .rows = { 30, 29 }, .turned = "d", .from = 1 }, "" },
	{ "nor where all of them are 29", { .rows = { 15, 14 }, .turned = "d" }, "" },

	{ "answers from 1 to 4 where 0 to 3 are meant are told of once", { .rows = { 60 }, .raised = "abcdef" }, "1 scale-shifted toy" },
	{ "and so are answers from -1 to 2", { .rows = { 60 }, .raised = "-abcdef" }, "1 scale-shifted toy" },
	{ "items of two ranges are told of one by one", { .instrument = ranges, .rows = { 60 }, .raised = "abcdef" },
	  "1 scale-shifted a; 1 scale-shifted b; 1 scale-shifted c; 1 scale-shifted d; 1 scale-shifted e" },
	{ "of single items each is", { .rows = { 60 }, .raised = "ae" }, "1 scale-shifted a; 1 scale-shifted e" },
	{ "one answer at the other end says that it is none",
	  { .rows = { 60 }, .raised = "a", .sql = "UPDATE answers SET a = '0' WHERE row = 7" }, "" },
	{ "two cells outside are too few",
	  { .rows = { 60 }, .raised = "a", .sql = "UPDATE answers SET a = '3' WHERE a = '4' AND row NOT IN (SELECT row FROM answers WHERE a = '4' LIMIT 2)" },
	  "" },
	{ "three are enough",
	  { .rows = { 60 }, .raised = "a", .sql = "UPDATE answers SET a = '3' WHERE a = '4' AND row NOT IN (SELECT row FROM answers WHERE a = '4' LIMIT 3)" },
	  "1 scale-shifted a" },
	{ "and at least 1 in 100",
	  { .rows = { 301 }, .raised = "a", .sql = "UPDATE answers SET a = '3' WHERE a = '4' AND row NOT IN (SELECT row FROM answers WHERE a = '4' LIMIT 3)" },
	  "" },
	{ "but not of 29 cells", { .rows = { 29 }, .raised = "a" }, "" },
	{ "answers two beyond the end are something else",
	  { .rows = { 60 }, .sql = "UPDATE answers SET a = iif(a = '0', '5', a)" }, "" },
	{ "nobody without a symptom, and nobody above the end, is told of too",
	  { .instrument = worse, .rows = { 60 }, .raised = "abcdef", .sql = LOWERED }, "1 scale-shifted toy" },
	{ "but not of fewer than 100 cells", { .instrument = worse, .rows = { 16 }, .raised = "abcdef", .sql = LOWERED }, "" },
	{ "nor where one has none", { .instrument = worse, .rows = { 60 }, .raised = "abcdef", .sql = LOWERED "; UPDATE answers SET a = '0' WHERE row = 7" }, "" },
	{ "nor of what is good to have", { .rows = { 60 }, .raised = "abcdef", .sql = LOWERED }, "" },
	{ "each export has its own codes", { .rows = { 60, 60 }, .raised = "abcdef", .from = 1 }, "2 scale-shifted toy" },

	{ "the steward may accept what is so", { .rows = { 60 }, .turned = "d", .decisions = "scale-reversed:d,,accept,,S,2025-11-01,w,\n" },
	  "1 scale-reversed d" },
};

static void keys_are_told_of(void **state)
{
	const struct planted *planted = *state;
	struct outcome outcome = run(&planted->world);
	expect(&outcome, scales_sql, planted->findings);
	free(outcome.path);
}

/* --- the evidence --- */

/* The correlation of d with the sum of the others, b reversed, by its textbook formula in SQL. */
static const char correlation_sql[] =
	"SELECT 'to agree with the other 5 items of total; r is ' || printf('%.2f', (n * xy - x * y) / "
	"sqrt((n * xx - x * x) * (n * yy - y * y))) || ' over ' || n || ' complete rows, and the instrument does not reverse the item' "
	"FROM (SELECT count(*) * 1.0 AS n0, count(*) AS n, sum(x) * 1.0 AS x, sum(y) * 1.0 AS y, sum(x * x) * 1.0 AS xx, "
	"sum(y * y) * 1.0 AS yy, sum(x * y) * 1.0 AS xy FROM (SELECT CAST(d AS INTEGER) AS x, a + (3 - b) + c + e + f AS y FROM other.answers))";

static void the_evidence_is_the_correlation_and_its_rows(void **state)
{
	(void)state;
	struct world world = { .rows = { 75 }, .turned = "d" };
	char *folder = test_folder(), *again = make_ingested(folder, &world);
	struct outcome outcome = run(&world);
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *select = NULL;
	bool row = false;
	assert_ok(store_open(&store, outcome.path, "validate", &err), &err);
	assert_ok(store_attach(store, again, "ingest", "other", &err), &err);
	assert_ok(store_prepare(&select, store, correlation_sql, &err), &err);
	assert_ok(store_step(store, select, &row, &err) && row, &err);
	char *expected = mem_copy_text((const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	store_close(store);
	assert_non_null(strstr(expected, "r is -0."));
	expect(&outcome, "SELECT expected FROM finding WHERE code = 'scale-reversed'", expected);
	expect(&outcome, "SELECT count(*) FROM finding WHERE code LIKE 'scale-%' AND (row IS NOT NULL OR key IS NOT NULL OR value IS NOT NULL)", "0");
	free(expected);
	free(outcome.path);
	free(again);
	free(folder);
}

static void a_reverse_item_is_called_one(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { 60 }, .turned = "b" });
	expect(&outcome, "SELECT expected LIKE '%and the instrument reverses the item' FROM finding WHERE code = 'scale-reversed'", "1");
	free(outcome.path);
}

static void alpha_is_told_with_what_it_would_be(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { 60 }, .turned = "def" });
	expect(&outcome,
	       "SELECT expected GLOB '6 items that point one way; alpha is -[0-9].[0-9][0-9] over 60 complete rows, and "
	       "0.[89][0-9] with 3 of them turned round' FROM finding WHERE code = 'scale-alpha-negative'", "1");
	free(outcome.path);
}

static void a_shift_is_told_with_its_counts(void **state)
{
	(void)state;
	struct outcome outcome = run(&(struct world){ .rows = { 60 }, .raised = "abcdef" });
	expect(&outcome,
	       "SELECT expected = '0 to 3; of 360 cells none holds 0, and ' || (SELECT count(*) FROM finding WHERE code = 'cell-range') "
	       "|| ' hold 4' FROM finding WHERE code = 'scale-shifted'", "1");
	free(outcome.path);
	outcome = run(&(struct world){ .rows = { 60 }, .raised = "-c" });
	expect(&outcome,
	       "SELECT expected = '0 to 3; of 60 cells none holds 3, and ' || (SELECT count(*) FROM finding WHERE code = 'cell-range') "
	       "|| ' hold -1' FROM finding WHERE code = 'scale-shifted'", "1");
	free(outcome.path);
}

static void nothing_can_be_corrected_about_a_key(void **state)
{
	(void)state;
	struct outcome first = run(&(struct world){ .rows = { 60 }, .turned = "d" });
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *select = NULL;
	bool row = false;
	assert_ok(store_open(&store, first.path, "validate", &err), &err);
	assert_ok(store_prepare(&select, store, "SELECT identity FROM finding WHERE code = 'scale-reversed'", &err), &err);
	assert_ok(store_step(store, select, &row, &err) && row, &err);
	char *decision = mem_print("%s,,correct,2,S,2025-11-01,w,\n", (const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	store_close(store);
	struct outcome second = run(&(struct world){ .rows = { 60 }, .turned = "d", .decisions = decision });
	assert_false(second.ok);
	assert_int_equal(second.err.kind, ERROR_CONFIG);
	free(decision);
	free(first.path);
	free(second.path);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 5];
	size_t count = 0;
	for (; count < COUNT(examples); count++)
		tests[count] = (struct CMUnitTest){ .name = examples[count].name,
			                            .test_func = keys_are_told_of,
			                            .initial_state = (void *)&examples[count] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(the_evidence_is_the_correlation_and_its_rows);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_reverse_item_is_called_one);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(alpha_is_told_with_what_it_would_be);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_shift_is_told_with_its_counts);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(nothing_can_be_corrected_about_a_key);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
