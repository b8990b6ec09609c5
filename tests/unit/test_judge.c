#include "testing.h"

#include <sys/stat.h>

#include "audit/evidence.h"
#include "audit/judge.h"
#include "universe.h"
#include "embedded.h"
#include "provenance.h"
#include "store.h"

#include <sqlite3.h>

/* ---- one cell ---- */

struct example {
	const char *name;
	struct judge_demand demand;
	struct interval interval;
	enum judge_verdict verdict;
};

#define UNSAFE .hidden = true, .unsafe = true, .reach = 10, .width = 3

static const struct example examples[] = {
	{ "an unsafe cell that can be anything from 1 to 12 is safe",
	  { .truth = 4, .published = true, UNSAFE },
	  { 1, 12 },
	  JUDGE_SAFE },
	{ "no bound above is safe", { .truth = 4, .published = true, UNSAFE }, { 1, INFINITY }, JUDGE_SAFE },
	{ "the reach itself is enough", { .truth = 4, .published = true, UNSAFE }, { 4, 10 }, JUDGE_SAFE },
	{ "one below the reach is not", { .truth = 4, .published = true, UNSAFE }, { 1, 9 }, JUDGE_BELOW_REACH },
	{ "the width itself is enough", { .truth = 8, .published = true, UNSAFE }, { 8, 11 }, JUDGE_SAFE },
	{ "one less than the width is not", { .truth = 8, .published = true, UNSAFE }, { 8, 10 }, JUDGE_TOO_NARROW },
	{ "the protection levels themselves are enough",
	  { .truth = 8, .published = true, UNSAFE, .above = 3, .below = 2 },
	  { 6, 11 },
	  JUDGE_SAFE },
	{ "an upper end nearer than its level is not",
	  { .truth = 8, .published = true, UNSAFE, .above = 4, .below = 2 },
	  { 6, 11 },
	  JUDGE_BELOW_PROTECTION },
	{ "a lower end nearer than its level is not",
	  { .truth = 8, .published = true, UNSAFE, .above = 3, .below = 3 },
	  { 6, 11 },
	  JUDGE_BELOW_PROTECTION },
	{ "levels of a truth that is not known are not judged",
	  { .truth = NAN, .published = true, UNSAFE, .above = 100, .below = 100 },
	  { 1, 30 },
	  JUDGE_SAFE },
	{ "without a reach a small count may be known to be small",
	  { .truth = 4, .published = true, .hidden = true, .unsafe = true, .width = 3 },
	  { 1, 5 },
	  JUDGE_SAFE },
	{ "an unsafe cell of one value is recovered",
	  { .truth = 4, .published = true, UNSAFE },
	  { 4, 4 },
	  JUDGE_RECOVERED },
	{ "and where nobody asks for it too", { .truth = 4, .published = false, UNSAFE }, { 4, 4 }, JUDGE_RECOVERED },
	{ "an unsafe cell that is shown is recovered",
	  { .truth = 4, .unsafe = true, .reach = 10, .width = 3 },
	  { 4, 4 },
	  JUDGE_RECOVERED },
	{ "a cell hidden for others must not be recovered",
	  { .truth = 40, .published = true, .hidden = true },
	  { 40, 40 },
	  JUDGE_RECOVERED },
	{ "but may be narrow and low", { .truth = 5, .published = true, .hidden = true }, { 5, 6 }, JUDGE_SAFE },
	{ "what nobody asks for, and is not unsafe, may be recovered",
	  { .truth = 0, .hidden = true },
	  { 0, 0 },
	  JUDGE_SAFE },
	{ "what is shown may be recovered", { .truth = 40, .published = true }, { 40, 40 }, JUDGE_SAFE },
	{ "a truth below the interval is our fault",
	  { .truth = 4, .published = true, UNSAFE },
	  { 5, 30 },
	  JUDGE_INCONSISTENT },
	{ "a truth above the interval is our fault",
	  { .truth = 40, .published = true },
	  { 1, 39 },
	  JUDGE_INCONSISTENT },
	{ "a truth that is not known is no fault", { .truth = NAN, .published = true, UNSAFE }, { 1, 30 }, JUDGE_SAFE },
};

static void cells_are_judged(void **state)
{
	const struct example *example = *state;
	enum judge_verdict verdict = judge_cell(&example->demand, example->interval);
	assert_string_equal(judge_verdict_word(verdict), judge_verdict_word(example->verdict));
}

/* ---- a release: four areas, one unsafe, one hidden for it ---- */

struct decision {
	const char *condition;
	long long n;
	const char *status;
	int published, unsafe;
};

static const struct decision right[] = {
	{ "d", 100, "shown", 1, 0 },           { "d & area=A", 4, "hidden", 1, 1 },
	{ "d & area=B", 30, "hidden", 1, 0 },  { "d & area=C", 66, "shown", 1, 0 },
	{ "d & area!=C", 34, "hidden", 0, 0 },
};

/* protected.db with these decisions. Free the path. */
static char *protected_file(const char *folder, const struct decision *decisions, size_t count)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/protected.db", folder);
	assert_ok(store_create(&store, path, "protect", sql_schema_protected, &err), &err);
	for (size_t i = 0; i < count; i++) {
		const struct decision *decision = &decisions[i];
		char *sql = mem_print("INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, "
				      "above, below, cost) VALUES (%zu, '%s', %lld, %d, '%s', 'rule', %d, %d, %d, 0, 0, 1)",
				      i + 1, decision->condition, decision->n, decision->published, decision->status,
				      decision->unsafe, decision->unsafe ? 10 : 0, decision->unsafe ? 3 : 0);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
	}
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	return path;
}

/* `decisions` are four areas like `right`; `b` is what is shown of area B. The means of everybody and of C are shown to
 * one decimal, those of A and B hidden. */
static struct universe *withheld(const struct decision *decisions, long long b, double mean_all, double mean_c)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t cells[5], measures[4];
	const double means[4] = { mean_all, NAN, NAN, mean_c };
	for (size_t i = 0; i < 5; i++) {
		bool shown = strcmp(decisions[i].status, "shown") == 0;
		cells[i] = universe_cell(universe, unit, decisions[i].condition,
					 i == 2  ? b
					 : shown ? decisions[i].n
						 : -1);
	}
	universe_relation(universe, RELATION_SUM, cells[0], cells + 1, 3);
	universe_relation(universe, RELATION_SUM, cells[0], cells + 3, 2);
	for (size_t i = 0; i < 4; i++)
		measures[i] = universe_measure(universe, cells[i], "score", 0, 10, NAN);
	for (size_t i = 0; i < 4; i++) {
		bool shown = !isnan(means[i]);
		universe_result(universe,
				&(struct result){ .analysis = "a",
						  .dataset = "d",
						  .statistic = "mean",
						  .outcome = "score",
						  .level = NAN,
						  .status = shown ? RESULT_OK : RESULT_HIDDEN },
				&cells[i], 1, &measures[i], 1);
		universe_figure(universe, &(struct figure){ .name = "estimate",
							    .decimals = 1,
							    .value = means[i],
							    .printed = shown ? "x" : NULL,
							    .numerator_measure = measures[i],
							    .denominator = cells[i],
							    .factor = 1 });
	}
	return universe;
}

/* What protected.db says of the sums of the universe: each is hidden with its cell. */
static void add_sums(const char *path, const struct universe *universe, const double *totals)
{
	sqlite3 *file = NULL;
	assert_int_equal(sqlite3_open(path, &file), SQLITE_OK);
	for (size_t i = 0; i < universe->measure_count; i++) {
		const struct measure *measure = &universe->measures[i];
		char *sql = mem_print("INSERT OR REPLACE INTO measure_decision SELECT %zu, condition, '%s', %.17g, published, "
		                      "status, 'safe', 0, 0, 0, 0, 1 FROM decision WHERE condition = '%s'",
		                      i + 1, measure->variable, totals[i],
		                      universe->cells[measure->cell - 1].condition);
		assert_int_equal(sqlite3_exec(file, sql, NULL, NULL, NULL), SQLITE_OK);
		free(sql);
	}
	sqlite3_close(file);
}

/* 500 in all: a mean of 5. */
static const double right_totals[] = { 500, 20, 150, 330 };

/* `totals` are the true sums. */
static struct judge *judged(const struct universe *universe, const char *protected_path, const double *totals,
                            struct error *err)
{
	add_sums(protected_path, universe, totals);
	struct attacker *attacker = attacker_new();
	struct judge *judge = judge_new();
	struct store *protected = NULL;
	attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	bool ok = attacker_run(attacker, err) && store_open(&protected, protected_path, "protect", err) &&
		  judge_release(judge, attacker, universe, protected, err);
	store_close(protected);
	attacker_free(attacker);
	if (ok)
		return judge;
	judge_free(judge);
	return NULL;
}

static const struct judged *line_of(const struct judge *judge, const char *kind, const char *condition)
{
	for (size_t i = 0; i < judge->count; i++)
		if (strcmp(judge->lines[i].kind, kind) == 0 && strcmp(judge->lines[i].condition, condition) == 0)
			return &judge->lines[i];
	return NULL;
}

static void a_release_that_hides_enough_passes(void **state)
{
	(void)state;
	struct error err = { 0 };
	char *folder = test_folder(), *path = protected_file(folder, right, COUNT(right));
	struct universe *universe = withheld(right, -1, 5, 5);
	struct judge *judge = judged(universe, path, right_totals, &err);
	assert_ok(judge != NULL, &err);
	assert_true(judge_passes(judge));
	assert_int_equal(judge->hidden, 3);
	/* 34 in A and B, at least one in each: 1 to 33. The rest is 100 - 66, and nobody's secret. */
	const struct judged *a = line_of(judge, "cell", "d & area=A"), *rest = line_of(judge, "cell", "d & area!=C");
	assert_true(a && a->interval.least == 1 && a->interval.most == 33 && a->demand.truth == 4);
	assert_true(rest && rest->interval.least == 34 && rest->interval.most == 34 && rest->verdict == JUDGE_SAFE);
	assert_non_null(line_of(judge, "measure", "d & area=A"));
	assert_null(line_of(judge, "cell", "d"));
	judge_free(judge);
	universe_free(universe);
	free(path);
	free(folder);
}

static void a_companion_that_is_shown_gives_the_unsafe_cell_away(void **state)
{
	(void)state;
	struct error err = { 0 };
	char *folder = test_folder(), *path = protected_file(folder, right, COUNT(right));
	struct universe *universe = withheld(right, 30, 5, 5);
	struct judge *judge = judged(universe, path, right_totals, &err);
	assert_ok(judge != NULL, &err);
	assert_false(judge_passes(judge));
	/* both counts: A by difference, B because protect said hidden; and no sum, as each is known to 0.1 * 166 and
	 * more */
	assert_int_equal(judge->verdicts[JUDGE_RECOVERED], 2);
	judge_free(judge);
	universe_free(universe);
	free(path);
	free(folder);
}

/* The mean of 114 is 5.8, so that their sum is at most 5.85 * 114 = 666.9. A mean of 10.0 over 67 leaves no less than
 * 9.95 * 67 = 666.65: A and B together have at most 0.25, which is less than the 0.1 * 4 that a mean of 1 decimal would
 * tell of A. A mean of 9.9 leaves up to 666.9 - 9.85 * 67 = 6.95. By hand. */
static void a_sum_known_as_sharply_as_its_mean_would_be_printed_is_recovered(void **state)
{
	(void)state;
	const struct decision decisions[] = {
		{ "d", 114, "shown", 1, 0 },           { "d & area=A", 4, "hidden", 1, 1 },
		{ "d & area=B", 43, "hidden", 1, 0 },  { "d & area=C", 67, "shown", 1, 0 },
		{ "d & area!=C", 47, "hidden", 0, 0 },
	};
	for (int how = 0; how < 2; how++) {
		struct error err = { 0 };
		char *folder = test_folder(), *path = protected_file(folder, decisions, COUNT(decisions));
		struct universe *universe = withheld(decisions, -1, 5.8, how ? 9.9 : 10);
		const double totals[] = { how ? 665 : 666.8, how ? 1 : 0, how ? 4 : 0.1, how ? 660 : 666.7 };
		struct judge *judge = judged(universe, path, totals, &err);
		assert_ok(judge != NULL, &err);
		const struct judged *a = line_of(judge, "measure", "d & area=A");
		assert_close(a->interval.most, how ? 6.95 : 0.25, 1e-6);
		assert_string_equal(judge_verdict_word(a->verdict), how ? "safe" : "recovered");
		judge_free(judge);
		universe_free(universe);
		free(path);
		free(folder);
	}
}

/* Totals printed to whole numbers, no mean anywhere: where those of A and B together are known to be from 0 to 1, that
 * of A is as sharp as it would have been printed; from 9 to 11 it is not. By hand. */
static void a_sum_known_as_sharply_as_it_would_be_printed_is_recovered(void **state)
{
	(void)state;
	const struct decision decisions[] = { { "d", 60, "shown", 1, 0 },
		                              { "d & area=A", 4, "hidden", 1, 1 },
		                              { "d & area=B", 16, "hidden", 1, 0 },
		                              { "d & area=C", 40, "shown", 1, 0 } };
	enum { CELLS = COUNT(decisions) };
	for (int how = 0; how < 2; how++) {
		struct error err = { 0 };
		char *folder = test_folder(), *path = protected_file(folder, decisions, CELLS);
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[CELLS];
		const double totals[CELLS] = { 100, NAN, NAN, how ? 90 : 100 };
		for (size_t i = 0; i < CELLS; i++)
			cells[i] = universe_cell(universe, unit, decisions[i].condition,
			                         isnan(totals[i]) ? -1 : decisions[i].n);
		universe_relation(universe, RELATION_SUM, cells[0], cells + 1, CELLS - 1);
		for (size_t i = 0; i < CELLS; i++) {
			size_t measure = universe_measure(universe, cells[i], "hours", 0, 10, NAN);
			universe_result(universe,
			                &(struct result){ .analysis = "a",
			                                  .dataset = "d",
			                                  .statistic = "total",
			                                  .outcome = "hours",
			                                  .level = NAN,
			                                  .status = isnan(totals[i]) ? RESULT_HIDDEN : RESULT_OK },
			                &cells[i], 1, &measure, 1);
			universe_figure(universe, &(struct figure){ .name = "estimate",
			                                            .value = totals[i],
			                                            .printed = isnan(totals[i]) ? NULL : "x",
			                                            .numerator_measure = measure,
			                                            .factor = 1 });
		}
		const double truths[CELLS] = { 100, 0, how ? 10 : 0, how ? 90 : 100 };
		struct judge *judge = judged(universe, path, truths, &err);
		assert_ok(judge != NULL, &err);
		const struct judged *a = line_of(judge, "measure", "d & area=A");
		assert_close(a->interval.most, how ? 11 : 1, 1e-6);
		assert_string_equal(judge_verdict_word(a->verdict), how ? "safe" : "recovered");
		judge_free(judge);
		universe_free(universe);
		free(path);
		free(folder);
	}
}

/* Totals printed outright, no mean anywhere: with those of two cells known, the third has no width left. */
static void a_sum_without_width_is_recovered(void **state)
{
	(void)state;
	const struct decision decisions[] = { { "d", 12, "shown", 1, 0 },
					      { "d & x=1", 5, "hidden", 1, 1 },
					      { "d & x=2", 7, "hidden", 1, 1 } };
	for (int how = 0; how < 2; how++) {
		struct error err = { 0 };
		char *folder = test_folder(), *path = protected_file(folder, decisions, COUNT(decisions));
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[3], measures[3];
		for (size_t i = 0; i < 3; i++) {
			cells[i] = universe_cell(universe, unit, decisions[i].condition, i ? -1 : decisions[i].n);
			measures[i] = universe_measure(universe, cells[i], "score", 0, 1000,
						       i == 0 || (how && i == 2) ? 40.0 - (double)i : NAN);
		}
		universe_relation(universe, RELATION_SUM, cells[0], cells + 1, 2);
		universe_result(universe,
				&(struct result){ .analysis = "a",
						  .dataset = "d",
						  .statistic = "mean",
						  .outcome = "score",
						  .level = NAN,
						  .status = RESULT_HIDDEN },
				cells, 3, measures, 3);
		struct judge *judge = judged(universe, path, (const double[]){ 40, 2, 38 }, &err);
		assert_ok(judge != NULL, &err);
		const struct judged *one = line_of(judge, "measure", "d & x=1");
		assert_string_equal(judge_verdict_word(one->verdict), how ? "recovered" : "safe");
		assert_true(one->demand.truth == 2);
		judge_free(judge);
		universe_free(universe);
		free(path);
		free(folder);
	}
}

static void a_wrong_count_is_our_fault(void **state)
{
	(void)state;
	struct decision wrong[COUNT(right)];
	memcpy(wrong, right, sizeof right);
	wrong[3].n = 67; /* protect says 67, withheld shows 66 */
	struct error err = { 0 };
	char *folder = test_folder(), *path = protected_file(folder, wrong, COUNT(wrong));
	struct universe *universe = withheld(right, -1, 5, 5);
	struct judge *judge = judged(universe, path, right_totals, &err);
	assert_ok(judge != NULL, &err);
	assert_int_equal(judge->verdicts[JUDGE_INCONSISTENT], 1);
	assert_false(judge_passes(judge));
	judge_free(judge);
	universe_free(universe);
	free(path);
	free(folder);
}

static void decisions_about_other_cells_are_refused(void **state)
{
	(void)state;
	struct decision other[COUNT(right)];
	memcpy(other, right, sizeof right);
	other[4].condition = "d & area!=B";
	for (int how = 0; how < 2; how++) {
		struct error err = { 0 };
		char *folder = test_folder(),
		     *path = protected_file(folder, how ? right : other, COUNT(right) - (size_t)how);
		struct universe *universe = withheld(right, -1, 5, 5);
		assert_null(judged(universe, path, right_totals, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
		universe_free(universe);
		free(path);
		free(folder);
	}
}

/* ---- the evidence ---- */

static bool exists(const char *folder, const char *name)
{
	char *path = mem_print("%s/%s", folder, name);
	bool there = access(path, F_OK) == 0;
	free(path);
	return there;
}

static bool write_evidence(const char *folder, const char *protected_path, long long b, struct error *err)
{
	struct universe *universe = withheld(right, b, 5, 5);
	struct judge *judge = judged(universe, protected_path, right_totals, err);
	assert_ok(judge != NULL, err);
	char *study = test_file(folder, "study.yaml", "study\n"), *output = mem_print("%s/audited.db", folder);
	const struct evidence_source source = { .study_path = study,
						.study = "demo",
						.withheld_path = study,
						.protected_path = protected_path,
						.synthetic = true };
	bool ok = evidence_write(judge, &source, output, err);
	free(study);
	free(output);
	judge_free(judge);
	universe_free(universe);
	return ok;
}

static void only_the_evidence_of_the_newest_audit_is_left(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = protected_file(folder, right, COUNT(right));
	struct error err = { 0 }, none = { 0 };
	assert_false(write_evidence(folder, path, 30, &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_string_equal(err.code, "audit-recovered");
	assert_null(strstr(err.message, "area=")); /* which cells: in the restricted file only */
	assert_false(exists(folder, "audited.db"));
	assert_true(exists(folder, "audit-failed.db"));
	assert_ok(write_evidence(folder, path, -1, &none), &none);
	assert_true(exists(folder, "audited.db"));
	assert_false(exists(folder, "audit-failed.db"));
	err = (struct error){ 0 };
	assert_false(write_evidence(folder, path, 30, &err));
	assert_false(exists(folder, "audited.db"));
	free(path);
	free(folder);
}

static void the_evidence_says_what_it_judged(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = protected_file(folder, right, COUNT(right)),
	     *audited = mem_print("%s/audited.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	struct stat status;
	long long value = 0;
	assert_ok(write_evidence(folder, path, -1, &err), &err);
	assert_int_equal(stat(audited, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_ok(store_open(&store, audited, "audit", &err), &err);
	const struct {
		const char *sql;
		long long expected;
	} questions[] = {
		{ "SELECT value FROM verdict WHERE item = 'passed'", 1 },
		{ "SELECT value FROM verdict WHERE item = 'recovered'", 0 },
		{ "SELECT value FROM verdict WHERE item = 'hidden'", 3 },
		{ "SELECT value FROM verdict WHERE item = 'releases'", 0 },
		{ "SELECT value = (SELECT count(*) FROM interval) FROM verdict WHERE item = 'attacked'", 1 },
		{ "SELECT most FROM interval WHERE kind = 'cell' AND condition = 'd & area=A'", 33 },
		{ "SELECT truth FROM interval WHERE kind = 'cell' AND condition = 'd & area=A'", 4 },
		{ "SELECT truth = 20 FROM interval WHERE kind = 'measure' AND condition = 'd & area=A' "
		  "AND variable = 'score'",
		  1 },
		{ "SELECT count(*) FROM input WHERE role IN ('study', 'withheld', 'protected')", 3 },
	};
	for (size_t i = 0; i < COUNT(questions); i++) {
		assert_ok(store_read_integer(store, questions[i].sql, -1, &value, &err), &err);
		if (value != questions[i].expected)
			fail_msg("%s: %lld", questions[i].sql, value);
	}
	store_close(store);
	free(audited);
	free(path);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(a_release_that_hides_enough_passes),
		cmocka_unit_test(a_companion_that_is_shown_gives_the_unsafe_cell_away),
		cmocka_unit_test(a_sum_known_as_sharply_as_its_mean_would_be_printed_is_recovered),
		cmocka_unit_test(a_sum_known_as_sharply_as_it_would_be_printed_is_recovered),
		cmocka_unit_test(a_sum_without_width_is_recovered),
		cmocka_unit_test(a_wrong_count_is_our_fault),
		cmocka_unit_test(decisions_about_other_cells_are_refused),
		cmocka_unit_test(only_the_evidence_of_the_newest_audit_is_left),
		cmocka_unit_test(the_evidence_says_what_it_judged),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(others)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
						.test_func = cells_are_judged,
						.initial_state = (void *)(uintptr_t)&examples[i] };
	memcpy(tests + COUNT(examples), others, sizeof others);
	return _cmocka_run_group_tests("judge", tests, COUNT(tests), NULL, NULL);
}
