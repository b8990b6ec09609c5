/* Names within names, on answers that are planted in groups. */
#include "testing.h"

#include "audit/attacker.h"
#include "compare/compare.h"
#include "embedded.h"
#include "protect/protect.h"
#include "text.h"
#include "withhold/withheld.h"

enum { THRESHOLD = 10, WIDTH = 3 };

/* item: of the score, which needs another item too. fine and rough: its bands. had, rated: who had it was asked how it
 * was. */
static const struct group {
	const char *item, *score, *fine, *rough, *had, *rated;
	int people;
} groups[] = {
	{ "1", "3", "1", "1", "1", "1", 40 },
	{ "2", "5", "2", "1", "1", "2", 4 },
	{ "3", "9", "3", "2", "1", "NULL", 3 },
	{ "3", "9", "3", "2", "2", "NULL", 30 },
	{ "4", "NULL", "NULL", "NULL", "2", "NULL", 5 },
	{ "NULL", "NULL", "NULL", "NULL", "2", "NULL", 20 },
};

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North');"
	"INSERT INTO variable VALUES"
	" ('item', 1, 'Item', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('score', 2, 'Score', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 2, 10, 0, 'i', ''),"
	" ('fine', 3, 'Fine', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, 'i', ''),"
	" ('rough', 4, 'Rough', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, 'i', ''),"
	" ('had', 5, 'Had', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('rated', 6, 'Rated', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('area', 7, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code SELECT name, position, position, position FROM (SELECT 'fine' AS name UNION SELECT 'rough'"
	" UNION SELECT 'had' UNION SELECT 'rated'), (SELECT 1 AS position UNION SELECT 2 UNION SELECT 3)"
	" WHERE position < 3 OR name = 'fine';"
	"INSERT INTO reason SELECT variable, 'not_answered' FROM variable WHERE required = 0;"
	"INSERT INTO made_of SELECT variable, 'item', 0 FROM variable WHERE source = 'i';"
	"INSERT INTO routed VALUES ('rated');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" item INTEGER, score REAL, fine INTEGER, rough INTEGER, had INTEGER, rated INTEGER);";

static char *write_dataset(void)
{
	char *folder = test_folder(), *path = mem_print("%s/deidentified.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	struct text sql = { 0 };
	int id = 0;
	text_add(&sql, description);
	for (size_t g = 0; g < COUNT(groups); g++)
		for (int i = 0; i < groups[g].people; i++)
			text_print(&sql, "INSERT INTO respondents VALUES (%d, NULL, 1, NULL, %s, %s, %s, %s, %s, %s);",
			           ++id, groups[g].item, groups[g].score, groups[g].fine, groups[g].rough,
			           groups[g].had, groups[g].rated);
	text_add(&sql,
	         "INSERT INTO missing SELECT variable, respondent, 'not_answered' FROM respondents, variable WHERE CASE"
	         " variable WHEN 'item' THEN item WHEN 'score' THEN score WHEN 'fine' THEN fine WHEN 'rough' THEN rough"
	         " WHEN 'rated' THEN rated ELSE 1 END IS NULL;");
	assert_ok(store_create(&store, path, "deidentify", sql_schema_deidentified, &err), &err);
	assert_ok(store_run(store, sql.bytes, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	text_free(&sql);
	free(folder);
	return path;
}

static struct universe *compare(const char *analyses)
{
	struct study *study = NULL;
	struct datasets datasets = { 0 };
	struct error err = { 0 };
	struct universe *universe = universe_new();
	char *folder = test_folder(), *dataset = write_dataset();
	char *yaml =
		mem_print("study: {name: demo, title: T, synthetic: yes, date: 2026-04-30}\n"
	                  "datasets:\n  - {name: survey, kind: responses, unit: {name: respondent}, dictionary: d}\n"
	                  "analyses:\n%s",
	                  analyses);
	char *path = test_file(folder, "study.yaml", yaml);
	assert_ok(study_load(&study, path, &err), &err);
	char *operands[] = { mem_print("survey=%s", dataset) };
	assert_ok(datasets_open(&datasets, study, operands, 1, &err), &err);
	assert_ok(compare_study(universe, study, path, &datasets, &err), &err);
	datasets_close(&datasets);
	study_free(study);
	free(operands[0]);
	free(dataset);
	free(yaml);
	free(path);
	free(folder);
	return universe;
}

/* What a reader can work out of the condition, from what is left when the small counts are hidden. */
static struct interval work_out(const struct universe *universe, const char *condition)
{
	const struct study_disclosure policy = { .threshold = THRESHOLD, .min_width = WIDTH, .reach = true };
	struct cell_decision *decisions = NULL;
	struct interval interval = { 0 };
	struct error err = { 0 };
	assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
	bool *hidden = mem_alloc(universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < universe->cell_count; i++)
		hidden[i] = decisions[i].hidden;
	struct universe *shown = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
	struct attacker *attacker = attacker_new();
	attacker_universe(attacker, shown, &(struct attacker_policy){ .zeros_shown = true, .threshold = THRESHOLD });
	assert_ok(attacker_run(attacker, &err), &err);
	assert_true(attacker_interval(attacker, condition, NULL, &interval));
	attacker_free(attacker);
	universe_free(shown);
	free(hidden);
	free(decisions);
	return interval;
}

static void check_guarded(const struct universe *universe, const char *condition, long long n)
{
	size_t cell = universe_find(universe, condition);
	assert_true(cell > 0);
	assert_int_equal(universe->cells[cell - 1].n, n);
	struct interval interval = work_out(universe, condition);
	assert_true(interval.most >= THRESHOLD && interval.most - interval.least >= WIDTH);
}

/* 82 answered the item, 77 have a score: beside each other these are five people. */
static void who_answered_an_item_and_has_no_score_is_a_cell(void **state)
{
	(void)state;
	struct universe *universe =
		compare("  - {name: item, title: I, dataset: survey, kind: mean, outcome: item}\n"
	                "  - {name: score, title: S, dataset: survey, kind: mean, outcome: score}\n");
	check_guarded(universe, "survey & item:answered & score:not-answered", 5);
	universe_free(universe);
}

/* Bands that are cut finer elsewhere: 44 in the rough one, 40 in the first of the two fine ones that it is made of. */
static void a_band_is_the_sum_of_those_that_it_is_cut_into(void **state)
{
	(void)state;
	struct universe *universe =
		compare("  - {name: fine, title: F, dataset: survey, kind: share, outcome: fine}\n"
	                "  - {name: rough, title: R, dataset: survey, kind: share, outcome: rough}\n");
	size_t whole = universe_find(universe, "survey & rough=1"), said = 0;
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		const size_t *parts = universe->parts + relation->first_part;
		said += relation->parent == whole && relation->part_count == 2
		        && parts[0] == universe_find(universe, "survey & fine=1")
		        && parts[1] == universe_find(universe, "survey & fine=2");
	}
	assert_int_equal(said, 1);
	check_guarded(universe, "survey & fine=2", 4);
	universe_free(universe);
}

/* 47 had it, 44 of whom rated it. */
static void who_was_asked_by_the_route_and_did_not_answer_is_a_cell(void **state)
{
	(void)state;
	struct universe *universe =
		compare("  - {name: had, title: H, dataset: survey, kind: share, outcome: had}\n"
	                "  - {name: rated, title: R, dataset: survey, kind: share, outcome: rated}\n");
	check_guarded(universe, "survey & had=1 & rated:not-answered", 3);
	universe_free(universe);
}

/* By chance, whoever gave one of the answers to the item had it too; nothing ties the two questions. */
static void what_is_not_made_of_the_same_answers_is_left_alone(void **state)
{
	(void)state;
	struct universe *universe = compare("  - {name: item, title: I, dataset: survey, kind: mean, outcome: item}\n"
	                                    "  - {name: had, title: H, dataset: survey, kind: share, outcome: had}\n");
	for (size_t i = 0; i < universe->cell_count; i++)
		assert_null(strstr(universe->cells[i].condition, ":not-"));
	universe_free(universe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_answered_an_item_and_has_no_score_is_a_cell),
		cmocka_unit_test(a_band_is_the_sum_of_those_that_it_is_cut_into),
		cmocka_unit_test(who_was_asked_by_the_route_and_did_not_answer_is_a_cell),
		cmocka_unit_test(what_is_not_made_of_the_same_answers_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
