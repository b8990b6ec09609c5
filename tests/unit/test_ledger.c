/* audit, release and the ledger between them, on small files made by hand; the programs themselves are run. */
#include "testing.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "audit/attacker.h"
#include "audit/ledger.h"
#include "universe.h"
#include "embedded.h"
#include "provenance.h"
#include "store.h"
#include "text.h"

static char *bin; /* where the programs stand: beside the tests */

static const char key[] = "a key of the tests";

static const char yaml[] =
	"study:\n  name: s\n  title: T\n  synthetic: yes\n  date: 2026-03-31\n  key: a key of the tests\n"
	"datasets:\n  - name: survey\n    kind: responses\n    unit: {name: respondent}\n    dictionary: d\n"
	"analyses:\n  - name: a\n    title: A\n    dataset: survey\n    kind: mean\n    outcome: x\n";

/* ---- a release by hand ---- */

enum { CELLS = 6 };

struct fact {
	const char *condition;
	long long n;
	bool shown, published, unsafe;
	long long least, most; /* shown not as it is, but so that everybody knows this; 0: no */
};

/* Cells, and one sum: the first is the sum of the others up to a condition of NULL. Shown cells have a mean of 5.0. */
struct release {
	struct fact cells[CELLS];
	size_t part_count;
	const char *population; /* NULL: not recorded */
};

/* 100 = A 4 + B 30 + C 66. The first hides A, which is unsafe, and B; the second A and C. */
static const struct release first = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 66, true, true, false, 0, 0 } },
	3,
	"p",
};
static const struct release second = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 66, false, true, false, 0, 0 } },
	3,
	"p",
};
/* Of the areas only B is left, with its complement that nobody asks for: A is an earlier release's. */
static const struct release third = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area!=B", 70, false, false, false, 0, 0 } },
	2,
	"p",
};
/* The first, where B is shown: A is the difference. */
static const struct release careless = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 66, true, true, false, 0, 0 } },
	3,
	"p",
};
/* The first, where the count of C is rounded to 5. */
static const struct release rounded = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 66, false, true, false, 63, 67 } },
	3,
	"p",
};
/* The first again, when three more had answered, all of C; when forty more had; and when as many had left as come. */
static const struct release three_more = {
	{ { "d", 103, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 69, true, true, false, 0, 0 } },
	3,
	"q",
};
static const struct release forty_more = {
	{ { "d", 140, true, true, false, 0, 0 },
	  { "d & area=A", 14, true, true, false, 0, 0 },
	  { "d & area=B", 45, true, true, false, 0, 0 },
	  { "d & area=C", 81, true, true, false, 0, 0 } },
	3,
	"q",
};
static const struct release as_many = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 66, true, true, false, 0, 0 } },
	3,
	"q",
};
/* The second, as if of others: nothing that both show has changed. */
static const struct release second_of_others = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 66, false, true, false, 0, 0 } },
	3,
	"q",
};
/* Eleven have left, nine of C and two of A. */
static const struct release eleven_fewer = {
	{ { "d", 89, true, true, false, 0, 0 },
	  { "d & area=A", 2, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 57, false, true, false, 0, 0 } },
	3,
	"q",
};
/* All but A and the total; and as if of others, the total alone: no count is shown by both. */
static const struct release no_total = {
	{ { "d", 100, false, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 66, true, true, false, 0, 0 } },
	3,
	"p",
};
static const struct release total_of_others = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 66, false, true, false, 0, 0 } },
	3,
	"q",
};
/* Ten have come, all of B; and, between the two, a release of others, of whom many have left since. */
static const struct release ten_more = {
	{ { "d", 110, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 40, true, true, false, 0, 0 },
	  { "d & area=C", 66, false, true, false, 0, 0 } },
	3,
	"q",
};
static const struct release many = {
	{ { "d", 150, true, true, false, 0, 0 },
	  { "d & area=A", 14, true, true, false, 0, 0 },
	  { "d & area=B", 56, true, true, false, 0, 0 },
	  { "d & area=C", 80, true, true, false, 0, 0 } },
	3,
	"r",
};
/* The first again: three of C, or sixteen, are of B, as somebody has found since; and one of C is of A, which is hidden. */
static const struct release three_corrected = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 33, false, true, false, 0, 0 },
	  { "d & area=C", 63, true, true, false, 0, 0 } },
	3,
	"p",
};
static const struct release sixteen_corrected = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 46, false, true, false, 0, 0 },
	  { "d & area=C", 50, true, true, false, 0, 0 } },
	3,
	"p",
};
static const struct release unseen_corrected = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 5, false, true, true, 0, 0 },
	  { "d & area=B", 30, true, true, false, 0, 0 },
	  { "d & area=C", 65, false, true, false, 0, 0 } },
	3,
	"p",
};
/* Another dataset of the same study. */
static const struct release other_dataset = {
	{ { "e", 50, true, true, false, 0, 0 },
	  { "e & area=A", 20, true, true, false, 0, 0 },
	  { "e & area=B", 30, true, true, false, 0, 0 } },
	2,
	"p",
};
static const struct release nobody_knows = {
	{ { "d", 100, true, true, false, 0, 0 },
	  { "d & area=A", 4, false, true, true, 0, 0 },
	  { "d & area=B", 30, false, true, false, 0, 0 },
	  { "d & area=C", 66, true, true, false, 0, 0 } },
	3,
	NULL,
};

static struct universe *universe_of(const struct release *release)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[CELLS];
	for (size_t i = 0; i <= release->part_count; i++) {
		const struct fact *fact = &release->cells[i];
		cells[i] = universe_cell(universe, unit, fact->condition, fact->shown ? fact->n : -1);
		if (fact->most)
			universe_cell_known(universe, cells[i], fact->least, fact->most);
		size_t measure = universe_measure(universe, cells[i], "score", 0, 10, NAN);
		if (!fact->published)
			continue;
		const struct result line = { .analysis = "a",
					     .dataset = "d",
					     .statistic = "mean",
					     .outcome = "score",
					     .level = NAN,
					     .status = fact->shown || fact->most ? RESULT_OK : RESULT_HIDDEN };
		universe_result(universe, &line, &cells[i], 1, &measure, 1);
		universe_figure(universe, &(struct figure){ .name = "n",
							    .value = fact->shown ? (double)fact->n : NAN,
							    .numerator = cells[i],
							    .factor = 1 });
		universe_figure(universe, &(struct figure){ .name = "estimate",
							    .decimals = 1,
							    .value = fact->shown ? 5 : NAN,
							    .numerator_measure = measure,
							    .denominator = cells[i],
							    .factor = 1 });
	}
	universe_relation(universe, RELATION_SUM, cells[0], cells + 1, release->part_count);
	return universe;
}

static void make_withheld(const char *folder, const struct release *release)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/withheld.db", folder);
	struct universe *universe = universe_of(release);
	assert_ok(store_create(&store, path, "withhold", sql_schema_withheld, &err), &err);
	assert_ok(store_run(store, sql_schema_universe, &err), &err);
	assert_ok(store_run(store, "INSERT INTO policy VALUES ('zeros', 'shown'), ('threshold', '10')", &err), &err);
	assert_ok(!release->population
			  || (provenance_record(store, "population", release->population, &err)
			      && provenance_record(store, "population:d", release->population, &err)),
		  &err);
	assert_ok(universe_store(universe, store, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	universe_free(universe);
	free(path);
}

static void make_protected(const char *folder, const struct release *release)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/protected.db", folder);
	assert_ok(store_create(&store, path, "protect", sql_schema_protected, &err), &err);
	for (size_t i = 0; i <= release->part_count; i++) {
		const struct fact *fact = &release->cells[i];
		char *sql =
			mem_print("INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, "
				      "above, below, cost) VALUES (%zu, '%s', %lld, %d, '%s', 'rule', %d, %d, %d, 0, 0, 1)",
				  i + 1, fact->condition, fact->n, fact->published, fact->shown || fact->most ? "shown" : "hidden",
				  fact->unsafe, fact->unsafe ? 10 : 0, fact->unsafe ? 3 : 0);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
	}
	assert_ok(store_run(store,
	                    "INSERT INTO measure_decision SELECT cell, condition, 'score', 5 * n, published, status, "
	                    "'safe', 0, 0, 0, 0, 1 FROM decision",
	                    &err),
	          &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(path);
}

/* What publish leaves: a manifest with the keyed hash of the withheld.db that it printed, and `words`. */
static void make_manifest(const char *folder, const char *words)
{
	struct error err = { 0 };
	char plain[PROVENANCE_HASH_SIZE], keyed[PROVENANCE_HASH_SIZE], *path = mem_print("%s/withheld.db", folder);
	long long bytes;
	assert_ok(provenance_hash_file(plain, &bytes, path, &err), &err);
	provenance_keyed_hash(keyed, key, "input", plain);
	char *text = mem_print("{\"inputs\": [\"%s\"], \"words\": \"%s\"}\n", keyed, words);
	free(test_file(folder, "manifest.json", text));
	free(text);
	free(path);
}

/* Exit status of a command in the folder; what it says goes to the files out and err there. */
static int run_in(const char *folder, const char *command)
{
	char *line = mem_print("cd '%s' && NO_COLOR=1 '%s'/%s >out 2>err", folder, bin, command);
	int status = system(line);
	free(line);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool says(const char *folder, const char *file, const char *words)
{
	struct error err = { 0 };
	struct text text = { 0 };
	char *path = mem_print("%s/%s", folder, file);
	assert_ok(text_read_file(&text, path, 1 << 20, &err), &err);
	bool found = text.bytes && strstr(text.bytes, words);
	if (!found)
		print_message("%s\n", text.bytes ? text.bytes : "");
	text_free(&text);
	free(path);
	return found;
}

static bool exists(const char *folder, const char *name)
{
	char *path = mem_print("%s/%s", folder, name);
	bool there = access(path, F_OK) == 0;
	free(path);
	return there;
}

static int rename_in(const char *folder, const char *from, const char *to)
{
	char *old = mem_print("%s/%s", folder, from), *new = mem_print("%s/%s", folder, to);
	int failed = rename(old, new);
	free(old);
	free(new);
	return failed;
}

static int audit(const char *folder, const struct release *release)
{
	free(test_file(folder, "study.yaml", yaml));
	make_withheld(folder, release);
	make_protected(folder, release);
	return run_in(folder, "audit --study study.yaml --ledger steward/s/ledger.sqlite --output audited.db "
			      "withheld.db protected.db");
}

static int add_release(const char *folder)
{
	return run_in(folder,
		      "release --study study.yaml --ledger steward/s/ledger.sqlite --by 'A. Steward' --why 'a test' "
		      "withheld.db audited.db manifest.json");
}

/* Audit and release what passes. */
static char *released_folder(const struct release *release)
{
	char *folder = test_folder();
	assert_int_equal(audit(folder, release), 0);
	make_manifest(folder, "first");
	assert_int_equal(add_release(folder), 0);
	return folder;
}

static void assert_answer(const char *folder, const char *file, const char *stage, const char *sql, long long expected)
{
	struct error err = { 0 };
	struct store *store = NULL;
	long long value = -1;
	char *path = mem_print("%s/%s", folder, file);
	assert_ok(store_open(&store, path, stage, &err), &err);
	assert_ok(store_read_integer(store, sql, -1, &value, &err), &err);
	if (value != expected)
		fail_msg("%s: %lld, not %lld", sql, value, expected);
	store_close(store);
	free(path);
}

#define LEDGER "steward/s/ledger.sqlite", "release"

/* ---- the audit ---- */

static void an_audit_that_passes_writes_its_verdict(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &first), 0);
	assert_answer(folder, "audited.db", "audit", "SELECT value FROM verdict WHERE item = 'passed'", 1);
	/* A and B have 34 together, neither is a zero */
	assert_answer(folder, "audited.db", "audit",
		      "SELECT most FROM interval WHERE kind = 'cell' AND condition = 'd & area=A'", 33);
	assert_answer(folder, "audited.db", "audit",
		      "SELECT least FROM interval WHERE kind = 'cell' AND condition = 'd & area=A'", 1);
	assert_answer(folder, "audited.db", "audit", "SELECT count(*) FROM input", 3);
	free(folder);
}

static void an_audit_that_says_no_exits_1_and_names_no_count(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &careless), 1);
	assert_false(exists(folder, "audited.db"));
	assert_true(says(folder, "err", "error[audit-recovered]: "));
	assert_true(says(folder, "err", "1 can be worked out"));
	assert_true(says(folder, "err", "help: "));
	assert_answer(folder, "audit-failed.db", "audit", "SELECT value FROM verdict WHERE item = 'passed'", 0);
	assert_answer(
		folder, "audit-failed.db", "audit",
		"SELECT count(*) FROM interval WHERE verdict = 'recovered' AND condition = 'd & area=A' AND least = 4",
		1);
	free(folder);
}

static void the_same_audit_writes_the_same_bytes(void **state)
{
	(void)state;
	char *folder = test_folder(), hashes[2][PROVENANCE_HASH_SIZE], *path = mem_print("%s/audited.db", folder);
	for (size_t i = 0; i < 2; i++) {
		struct error err = { 0 };
		long long bytes;
		assert_int_equal(audit(folder, &first), 0);
		assert_ok(provenance_hash_file(hashes[i], &bytes, path, &err), &err);
	}
	assert_string_equal(hashes[0], hashes[1]);
	free(path);
	free(folder);
}

static void an_audit_needs_to_know_of_zeros(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/withheld.db", folder);
	free(test_file(folder, "study.yaml", yaml));
	make_protected(folder, &first);
	assert_ok(store_create(&store, path, "withhold", sql_schema_withheld, &err), &err);
	assert_ok(store_run(store, sql_schema_universe, &err) && store_commit(store, &err), &err);
	store_close(store);
	assert_int_equal(run_in(folder, "audit --study study.yaml --output audited.db withheld.db protected.db"),
			 ERROR_INPUT);
	assert_true(says(folder, "err", "zeros"));
	free(path);
	free(folder);
}

/* ---- the ledger ---- */

static void a_release_begins_the_ledger(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_true(says(folder, "out", "release 1 "));
	struct stat status;
	char *path = mem_print("%s/steward/s", folder), *file = mem_print("%s/steward/s/ledger.sqlite", folder);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_answer(folder, LEDGER,
		      "SELECT count(*) FROM released WHERE release = 1 AND date = '2026-03-31' AND by = 'A. Steward' "
		      "AND why = 'a test' AND population = 'p' AND length(manifest) = 64",
		      1);
	/* two counts, two means; a count is said once though it is a cell's and a figure's */
	assert_answer(folder, LEDGER, "SELECT count(*) FROM shown", 4);
	assert_answer(folder, LEDGER, "SELECT value FROM shown WHERE numerator = 'd & area=C' AND variable = ''", 66);
	assert_answer(folder, LEDGER,
		      "SELECT value FROM shown WHERE numerator = 'd & area=C' AND variable = 'score' "
		      "AND denominator = 'd & area=C' AND factor = 1 AND decimals = 1",
		      5);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM hidden", 2);
	assert_answer(folder, LEDGER,
		      "SELECT no_zero + published + unsafe + reach + width FROM hidden WHERE condition = 'd & area=A'",
		      16);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM tied WHERE kind = 'sum' AND parent = 'd'", 3);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM measured WHERE least = 0 AND most = 10", 4);
	/* what is hidden has no value anywhere */
	assert_answer(folder, LEDGER, "SELECT count(*) FROM shown WHERE numerator IN ('d & area=A', 'd & area=B')", 0);
	free(file);
	free(path);
	free(folder);
}

static void the_same_release_is_not_added_twice(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(add_release(folder), 0);
	assert_true(says(folder, "out", "nothing to add: release 1 "));
	assert_answer(folder, LEDGER, "SELECT count(*) FROM released", 1);
	free(folder);
}

static void a_second_release_keeps_the_first(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &first), 0);
	assert_answer(folder, "audited.db", "audit", "SELECT value FROM verdict WHERE item = 'releases'", 1);
	make_manifest(folder, "second");
	assert_int_equal(add_release(folder), 0);
	assert_true(says(folder, "out", "release 2 "));
	assert_answer(folder, LEDGER, "SELECT count(*) FROM released", 2);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM shown WHERE release = 1", 4);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM shown WHERE release = 2", 4);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM tied WHERE release = 1", 3);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM hidden WHERE release = 1", 2);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM measured WHERE release = 1", 4);
	free(folder);
}

static void two_releases_that_are_safe_alone_are_refused_together(void **state)
{
	(void)state;
	char *alone = test_folder(), *folder = released_folder(&first);
	assert_int_equal(audit(alone, &second), 0);
	assert_int_equal(audit(folder, &second), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE verdict = 'recovered' AND condition = 'd & area=A'", 1);
	free(alone);
	free(folder);
}

static void what_an_earlier_release_hid_is_judged_again(void **state)
{
	(void)state;
	char *alone = test_folder(), *folder = released_folder(&first);
	assert_int_equal(audit(alone, &third), 0);
	assert_int_equal(audit(folder, &third), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT least FROM interval WHERE kind = 'earlier' AND verdict = 'recovered' "
		      "AND condition = 'd & area=A'",
		      4);
	free(alone);
	free(folder);
}

static void run_in_ledger(const char *folder, const char *sql)
{
	char *command = mem_print("sqlite3 '%s/steward/s/ledger.sqlite' \"%s\"", folder, sql);
	assert_int_equal(system(command), 0);
	free(command);
}

static void make_version_2(const char *folder)
{
	run_in_ledger(folder, "DROP TABLE handed_over; DROP TABLE handed_over_by; DROP TABLE held_variable; DROP TABLE held_code; "
	                      "DROP TABLE held_value; DROP TABLE held_missing; "
	                      "DROP TABLE held_derivable_variable; DROP TABLE held_derivable; "
	                      "UPDATE provenance SET value = '2' WHERE item = 'ledger_version'");
}

static void make_version_1(const char *folder)
{
	make_version_2(folder);
	run_in_ledger(folder, "DROP TABLE known; DROP TABLE begun; DROP TABLE people; "
	                      "UPDATE provenance SET value = '1' WHERE item = 'ledger_version'");
}

/* ---- other people ---- */

static void few_who_came_or_left_are_not_told_by_two_releases(void **state)
{
	(void)state;
	static const struct {
		const struct release *release;
		int status, changes; /* that are told, each of fewer than ten */
	} cases[] = {
		{ &three_more, 1, 2 }, /* all, and C */
		{ &forty_more, 0, 0 }, { &as_many, 0, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *folder = released_folder(&first);
		assert_int_equal(audit(folder, cases[i].release), cases[i].status);
		if (cases[i].changes)
			assert_answer(folder, "audit-failed.db", "audit",
				      "SELECT count(*) FROM interval WHERE kind = 'change' AND verdict = 'below_reach' "
				      "AND condition IN ('since release 1: d', 'since release 1: d & area=C') AND least = 3",
				      cases[i].changes);
		free(folder);
	}
}

/* What the first hid stays hidden: C of then is none of the others of now. */
static void what_an_earlier_release_hid_of_others_is_judged_under_its_own_name(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &forty_more), 0);
	assert_answer(folder, "audited.db", "audit",
		      "SELECT count(*) FROM interval WHERE kind = 'earlier' AND condition = 'release 1: d & area=A' "
		      "AND least = 1 AND most = 33",
		      1);
	free(folder);
}

/* Those of the first and of the third are the same, those of the second others. */
static void releases_of_the_same_people_are_attacked_together_whatever_was_between(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &forty_more), 0);
	assert_int_equal(add_release(folder), 0);
	assert_int_equal(audit(folder, &second), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE verdict = 'recovered' AND condition = 'd & area=A'", 1);
	free(folder);
}

/* Others by their names alone, as with a new key, are told like the same. */
static void who_believes_that_nobody_came_or_left_ties_both_releases(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &second_of_others), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE kind = 'change' AND verdict = 'recovered' "
		      "AND condition = 'd & area=A' AND least = 4",
		      1);
	free(folder);
}

/* A reader who sees no change takes them for the same people, though no count that both show says so. */
static void nothing_that_speaks_against_it_is_enough_to_believe(void **state)
{
	(void)state;
	char *folder = released_folder(&no_total);
	assert_int_equal(audit(folder, &total_of_others), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE kind = 'change' AND verdict = 'recovered' "
		      "AND condition = 'd & area=A' AND least = 4",
		      1);
	free(folder);
}

/* 100 = A and B 34, and C 66; 89 = B 30, and A and C 59: if nobody came, B was at least 30 and C is at most 66, so A was at
 * most 4. */
static void who_believes_that_nobody_came_bounds_what_was_by_what_is(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &eleven_fewer), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE kind = 'change' AND verdict = 'below_reach' "
		      "AND condition = 'release 1: d & area=A' AND most = 4",
		      1);
	free(folder);
}

/* 110 = B 40, and A and C 70: if nobody left since the first, C is 66 at least and A 4 at most. That others have left since the
 * one between says nothing of that. */
static void each_earlier_release_is_looked_at_by_itself(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &many), 0);
	assert_int_equal(add_release(folder), 0);
	assert_int_equal(audit(folder, &ten_more), 1);
	assert_answer(folder, "audit-failed.db", "audit",
		      "SELECT count(*) FROM interval WHERE kind = 'change' AND verdict = 'below_reach' "
		      "AND condition = 'd & area=A' AND most = 4",
		      1);
	assert_true(says(folder, "err", "few people could be told to have come, left or been corrected"));
	free(folder);
}

/* Of the same people, and yet other numbers: no fault, and few are not told. */
static void corrected_answers_are_changes(void **state)
{
	(void)state;
	static const struct {
		const struct release *release;
		int status;
	} cases[] = { { &three_corrected, 1 }, { &sixteen_corrected, 0 }, { &unseen_corrected, 1 } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *folder = released_folder(&first);
		assert_int_equal(audit(folder, cases[i].release), cases[i].status);
		if (cases[i].status)
			assert_true(says(folder, "err", "of kind change"));
		free(folder);
	}
}

static void another_dataset_is_of_other_people(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	assert_int_equal(audit(folder, &other_dataset), 0);
	free(folder);
}

static void a_release_that_does_not_say_of_whom_it_was_is_refused_beside_others(void **state)
{
	(void)state;
	char *folder = released_folder(&nobody_knows);
	assert_int_equal(audit(folder, &as_many), 1);
	assert_true(says(folder, "err", "error[audit-population]: release 1 "));
	/* unknown is never the same as unknown */
	assert_int_equal(audit(folder, &nobody_knows), 1);
	assert_true(says(folder, "err", "error[audit-population]: "));
	free(folder);
	folder = released_folder(&first);
	make_version_1(folder);
	assert_int_equal(audit(folder, &as_many), 1);
	assert_true(says(folder, "err", "error[audit-population]: release 1 "));
	free(folder);
}

/* Another stage file is removed and made again; a ledger is not. */
static void a_damaged_ledger_is_put_back_and_never_removed(void **state)
{
	(void)state;
	static const int left[] = { 0, 3000, 9000 }; /* of its bytes */
	for (size_t i = 0; i < COUNT(left); i++) {
		char *folder = released_folder(&first), *path = mem_print("%s/steward/s/ledger.sqlite", folder);
		assert_int_equal(truncate(path, left[i]), 0);
		assert_int_equal(audit(folder, &second), ERROR_INPUT);
		assert_true(says(folder, "err", "put the ledger back from your backup; never remove it"));
		assert_int_equal(add_release(folder), ERROR_INPUT);
		assert_true(says(folder, "err", "put the ledger back from your backup; never remove it"));
		free(folder);
		free(path);
	}
}

/* ---- what release refuses ---- */

static void only_what_the_audit_passed_is_released(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &careless), 1);
	make_manifest(folder, "m");
	assert_int_equal(rename_in(folder, "audit-failed.db", "audited.db"), 0);
	assert_int_equal(add_release(folder), 1);
	assert_true(says(folder, "err", "error[release-not-passed]: "));

	assert_int_equal(audit(folder, &first), 0);
	make_withheld(folder, &second);
	make_manifest(folder, "m");
	assert_int_equal(add_release(folder), 1);
	assert_true(says(folder, "err", "error[release-other-audit]: "));
	assert_false(exists(folder, "steward/s/ledger.sqlite"));
	free(folder);
}

static void an_audit_without_the_newest_release_is_refused(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	make_manifest(folder, "another, published before the ledger grew");
	assert_int_equal(add_release(folder), 1);
	assert_true(says(folder, "err", "error[release-stale-audit]: "));
	assert_answer(folder, LEDGER, "SELECT count(*) FROM released", 1);
	free(folder);
}

static void a_manifest_of_other_results_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &second), 0);
	make_manifest(folder, "m");
	assert_int_equal(audit(folder, &first), 0);
	assert_int_equal(add_release(folder), 1);
	assert_true(says(folder, "err", "error[release-other-manifest]: "));
	free(folder);
}

static void a_release_needs_a_name_and_a_reason(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &first), 0);
	make_manifest(folder, "m");
	assert_int_equal(run_in(folder, "release --study study.yaml --ledger steward/s/ledger.sqlite --by ' ' --why x "
					"withheld.db audited.db manifest.json"),
			 ERROR_USAGE);
	assert_false(exists(folder, "steward"));
	free(folder);
}

static void a_ledger_of_another_format_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/steward", folder), *deeper = mem_print("%s/s", path),
	     *file = mem_print("%s/ledger.sqlite", deeper);
	assert_int_equal(mkdir(path, 0700) + mkdir(deeper, 0700), 0);
	assert_ok(store_create(&store, file, "release", sql_schema_ledger, &err), &err);
	assert_ok(provenance_record(store, "ledger_version", "4", &err) && store_commit(store, &err), &err);
	store_close(store);
	assert_int_equal(audit(folder, &first), ERROR_INPUT);
	assert_true(says(folder, "err", "never remove a ledger"));
	free(file);
	free(deeper);
	free(path);
	free(folder);
}

/* 100 - 30 of the second release leave A and C 70; the first told that C is 63 to 67, so that A is 3 to 7. */
static void what_a_rounded_count_tells_stays_known(void **state)
{
	(void)state;
	char *folder = released_folder(&rounded);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM known WHERE condition = 'd & area=C' AND least = 63 AND most = 67", 1);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM hidden WHERE condition = 'd & area=C'", 0);
	assert_int_equal(audit(folder, &second), 1);
	assert_answer(folder, "audit-failed.db", "audit",
	              "SELECT count(*) FROM interval WHERE condition = 'd & area=A' AND least = 3 AND most = 7 "
	              "AND verdict = 'below_reach'", 1);
	free(folder);
}

static void a_ledger_of_version_1_is_read_and_goes_on_as_the_newest(void **state)
{
	(void)state;
	char *folder = released_folder(&first);
	make_version_1(folder);
	assert_int_equal(audit(folder, &second), 1); /* attacked with what version 1 holds */
	assert_int_equal(audit(folder, &first), 0);
	make_manifest(folder, "again");
	assert_int_equal(add_release(folder), 0);
	assert_answer(folder, LEDGER, "SELECT value FROM provenance WHERE item = 'ledger_version'", 3);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM released", 2);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM begun", 0);
	free(folder);
}

static void a_ledger_of_version_2_is_read_and_goes_on_as_the_newest(void **state)
{
	(void)state;
	char *folder = released_folder(&rounded);
	make_version_2(folder);
	assert_int_equal(audit(folder, &second), 1);
	assert_int_equal(audit(folder, &rounded), 0);
	make_manifest(folder, "again");
	assert_int_equal(add_release(folder), 0);
	assert_answer(folder, LEDGER, "SELECT value FROM provenance WHERE item = 'ledger_version'", 3);
	assert_answer(folder, LEDGER, "SELECT count(DISTINCT release) FROM known", 2);
	assert_answer(folder, LEDGER, "SELECT count(*) FROM handed_over", 0);
	free(folder);
}

/* ---- a study that has a ledger ---- */

static int audit_with_ledger(const char *folder)
{
	char *with = mem_print("%sdisclosure:\n  policy: p\n  releases: yes\n", yaml);
	free(test_file(folder, "study.yaml", with));
	free(with);
	return run_in(folder, "audit --study study.yaml --ledger steward/s/ledger.sqlite --output audited.db "
	                      "withheld.db protected.db");
}

static int begin_ledger(const char *folder)
{
	return run_in(folder, "release --begin --study study.yaml --ledger steward/s/ledger.sqlite --by 'A. Steward' "
	                      "--why 'no release so far'");
}

static void a_study_with_releases_and_no_ledger_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder();
	assert_int_equal(audit(folder, &first), 0);
	make_manifest(folder, "m");
	assert_int_equal(rename_in(folder, "audited.db", "earlier.db"), 0);
	assert_int_equal(audit_with_ledger(folder), 1);
	assert_false(exists(folder, "audited.db"));
	assert_true(says(folder, "err", "error[ledger-missing]: "));
	assert_true(says(folder, "err", "--> steward/s/ledger.sqlite"));
	assert_true(says(folder, "err", "restore it from the backup"));
	assert_true(says(folder, "err", "make ledger STUDY=s"));
	/* nor is it by hand, without --ledger */
	assert_int_equal(run_in(folder, "audit --study study.yaml --output audited.db withheld.db protected.db"), 1);
	/* nor does a release begin one in passing */
	assert_int_equal(rename_in(folder, "earlier.db", "audited.db"), 0);
	assert_int_equal(add_release(folder), 1);
	assert_true(says(folder, "err", "error[ledger-missing]: "));
	assert_false(exists(folder, "steward"));
	free(folder);
}

static void a_ledger_is_begun_once_and_by_somebody(void **state)
{
	(void)state;
	char *folder = test_folder();
	make_withheld(folder, &first);
	make_protected(folder, &first);
	assert_int_equal(audit_with_ledger(folder), 1);
	assert_int_equal(begin_ledger(folder), 0);
	assert_int_equal(begin_ledger(folder), 1);
	assert_true(says(folder, "err", "error[ledger-begun]: "));
	assert_int_equal(audit_with_ledger(folder), 0);
	assert_answer(folder, "audited.db", "audit", "SELECT value FROM verdict WHERE item = 'releases'", 0);
	make_manifest(folder, "m");
	assert_int_equal(add_release(folder), 0);
	assert_true(says(folder, "out", "release 1 "));
	assert_answer(folder, LEDGER, "SELECT count(*) FROM begun WHERE date = '2026-03-31' AND by = 'A. Steward' "
	                              "AND why = 'no release so far'", 1);
	/* what was there and is lost, is missed */
	assert_int_equal(rename_in(folder, "steward", "lost"), 0);
	assert_int_equal(audit_with_ledger(folder), 1);
	assert_int_equal(add_release(folder), 1);
	assert_int_equal(run_in(folder, "release --begin --study study.yaml --ledger l --by b --why w withheld.db"), ERROR_USAGE);
	free(folder);
}

static void no_file_is_no_earlier_release(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct ledger *ledger = NULL;
	char *folder = test_folder(), *path = mem_print("%s/none.sqlite", folder);
	const char *const paths[] = { NULL, path };
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct attacker *attacker = attacker_new();
		assert_ok(ledger_open(&ledger, paths[i], &err), &err);
		assert_int_equal(ledger_count(ledger), 0);
		assert_null(ledger_path(ledger));
		assert_ok(ledger_tell_people(ledger, NULL, &err), &err);
		assert_ok(ledger_teach(ledger, attacker, &err), &err);
		ledger_close(ledger);
		attacker_free(attacker);
	}
	free(path);
	free(folder);
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_audit_that_passes_writes_its_verdict),
		cmocka_unit_test(an_audit_that_says_no_exits_1_and_names_no_count),
		cmocka_unit_test(the_same_audit_writes_the_same_bytes),
		cmocka_unit_test(an_audit_needs_to_know_of_zeros),
		cmocka_unit_test(a_release_begins_the_ledger),
		cmocka_unit_test(the_same_release_is_not_added_twice),
		cmocka_unit_test(a_second_release_keeps_the_first),
		cmocka_unit_test(two_releases_that_are_safe_alone_are_refused_together),
		cmocka_unit_test(what_an_earlier_release_hid_is_judged_again),
		cmocka_unit_test(few_who_came_or_left_are_not_told_by_two_releases),
		cmocka_unit_test(what_an_earlier_release_hid_of_others_is_judged_under_its_own_name),
		cmocka_unit_test(releases_of_the_same_people_are_attacked_together_whatever_was_between),
		cmocka_unit_test(who_believes_that_nobody_came_or_left_ties_both_releases),
		cmocka_unit_test(nothing_that_speaks_against_it_is_enough_to_believe),
		cmocka_unit_test(who_believes_that_nobody_came_bounds_what_was_by_what_is),
		cmocka_unit_test(each_earlier_release_is_looked_at_by_itself),
		cmocka_unit_test(corrected_answers_are_changes),
		cmocka_unit_test(another_dataset_is_of_other_people),
		cmocka_unit_test(a_damaged_ledger_is_put_back_and_never_removed),
		cmocka_unit_test(a_release_that_does_not_say_of_whom_it_was_is_refused_beside_others),
		cmocka_unit_test(only_what_the_audit_passed_is_released),
		cmocka_unit_test(an_audit_without_the_newest_release_is_refused),
		cmocka_unit_test(a_manifest_of_other_results_is_refused),
		cmocka_unit_test(a_release_needs_a_name_and_a_reason),
		cmocka_unit_test(a_ledger_of_another_format_is_refused),
		cmocka_unit_test(what_a_rounded_count_tells_stays_known),
		cmocka_unit_test(a_ledger_of_version_1_is_read_and_goes_on_as_the_newest),
		cmocka_unit_test(a_ledger_of_version_2_is_read_and_goes_on_as_the_newest),
		cmocka_unit_test(a_study_with_releases_and_no_ledger_is_refused),
		cmocka_unit_test(a_ledger_is_begun_once_and_by_somebody),
		cmocka_unit_test(no_file_is_no_earlier_release),
	};
	char *here = realpath(argv[0], NULL), *slash = here ? strrchr(here, '/') : NULL;
	if (!slash)
		return 1;
	*slash = '\0';
	bin = mem_print("%s/../bin", here);
	free(here);
	int failed = cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
	free(bin);
	return failed;
}
