/* Insiders: whoever is among the people of a small cell knows one count besides. Every whole-number table that fits is
 * the judge of what follows. */
#include "testing.h"

#include "audit/attacker.h"
#include "audit/coalition.h"
#include "audit/insider.h"
#include "audit/judge.h"
#include "universe.h"
#include "embedded.h"
#include "store.h"

/* ---- every table of 3 x 3 that fits ---- */

enum { SIDE = 3, CELLS = 16 }; /* rows and columns, the last of each the sums */

struct table {
	long long n[CELLS];
	bool hidden[CELLS];
};

static const char *const names[CELLS] = { "11", "12", "13", "1", "21", "22", "23", "2",
	                                  "31", "32", "33", "3", "c1", "c2", "c3", "all" };

static unsigned long draw(unsigned long *state, unsigned long below)
{
	*state = *state * 6364136223846793005UL + 1442695040888963407UL;
	return (*state >> 33) % below;
}

static void add_up(long long n[CELLS])
{
	for (int i = 0; i < SIDE; i++) {
		n[4 * i + 3] = n[4 * i] + n[4 * i + 1] + n[4 * i + 2];
		n[12 + i] = n[i] + n[4 + i] + n[8 + i];
	}
	n[15] = n[3] + n[7] + n[11];
}

/* The lowest and highest of each cell over all tables that show what is shown, the pinned cell as it is. */
struct seen {
	long long least[CELLS], most[CELLS];
};

static void enumerate(struct seen *seen, const struct table *table, long long n[CELLS], int inner, int pinned,
                      long long left)
{
	if (inner == SIDE * SIDE) {
		add_up(n);
		for (int i = 0; i < CELLS; i++)
			if ((!table->hidden[i] || i == pinned) && n[i] != table->n[i])
				return;
		for (int i = 0; i < CELLS; i++) {
			seen->least[i] = n[i] < seen->least[i] ? n[i] : seen->least[i];
			seen->most[i] = n[i] > seen->most[i] ? n[i] : seen->most[i];
		}
		return;
	}
	int at = 4 * (inner / SIDE) + inner % SIDE;
	bool known = !table->hidden[at] || at == pinned;
	for (long long value = known ? table->n[at] : 0; value <= (known ? table->n[at] : left); value++) {
		n[at] = value;
		int row = 4 * (inner / SIDE) + 3;
		if (inner % SIDE == 2 && !table->hidden[row] && n[row - 3] + n[row - 2] + n[row - 1] != table->n[row])
			continue;
		enumerate(seen, table, n, inner + 1, pinned, left - value);
	}
}

static struct table random_table(unsigned long *state)
{
	struct table table = { 0 };
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++)
			table.n[4 * i + j] = (long long)draw(state, 4);
	add_up(table.n);
	for (int i = 0; i < CELLS - 1; i++)
		table.hidden[i] = draw(state, 100) < (i % 4 == 3 || i > 11 ? 25 : 60);
	return table;
}

static struct attacker *attack_table(const struct table *table)
{
	struct attacker *attacker = attacker_new();
	struct error err = { 0 };
	size_t cells[CELLS];
	for (int i = 0; i < CELLS; i++)
		cells[i] = attacker_cell(attacker, names[i], table->hidden[i] ? 0 : (double)table->n[i],
		                         table->hidden[i] ? INFINITY : (double)table->n[i]);
	for (int i = 0; i < SIDE + 1; i++) {
		attacker_relation(attacker, RELATION_SUM, cells[4 * i + 3], &cells[4 * i], 3);
		const size_t column[] = { cells[i], cells[4 + i], cells[8 + i] };
		attacker_relation(attacker, RELATION_SUM, cells[12 + i], column, 3);
	}
	assert_ok(attacker_run(attacker, &err), &err);
	return attacker;
}

struct comparison {
	const struct table *table;
	const struct seen *seen; /* by insider */
	const int *of;           /* by insider: his cell */
	bool (*visited)[CELLS];  /* by insider */
	size_t compared;
};

/* Nothing suffices, so that every end is solved for. */
static bool compare(void *context, size_t insider, size_t wanted, struct interval interval, bool exact)
{
	struct comparison *comparison = context;
	const struct seen *seen = &comparison->seen[insider];
	if (!exact) { /* some tables, never more than there are */
		assert_true(!(interval.least < (double)seen->least[wanted]));
		assert_true(!(interval.most > (double)seen->most[wanted]));
		return false;
	}
	if (interval.least != (double)seen->least[wanted] || interval.most != (double)seen->most[wanted])
		fail_msg("%s, to one of %s: %g to %g, not %lld to %lld", names[wanted], names[comparison->of[insider]],
		         interval.least, interval.most, seen->least[wanted], seen->most[wanted]);
	comparison->visited[insider][wanted] = true;
	comparison->compared++;
	return false;
}

static void what_an_insider_works_out_is_what_every_table_says(void **state)
{
	(void)state;
	unsigned long random = 20261122;
	size_t compared = 0, narrower = 0;
	for (int round = 0; round < 300; round++) {
		struct table table = random_table(&random);
		struct seen seen[CELLS], all = { 0 };
		struct insider insiders[CELLS];
		struct insider_knows known[CELLS];
		int of[CELLS];
		size_t count = 0;
		long long n[CELLS];
		for (int i = 0; i < CELLS; i++)
			all.least[i] = 1000;
		enumerate(&all, &table, n, 0, -1, table.n[15]);
		for (int i = 0; i < CELLS; i++) {
			if (!table.hidden[i] || table.n[i] < 1 || table.n[i] > 2 || all.least[i] == all.most[i])
				continue;
			for (int j = 0; j < CELLS; j++)
				seen[count].least[j] = 1000, seen[count].most[j] = 0;
			enumerate(&seen[count], &table, n, 0, i, table.n[15]);
			for (int j = 0; j < CELLS; j++)
				narrower += seen[count].least[j] > all.least[j] || seen[count].most[j] < all.most[j];
			of[count] = i;
			known[count] = (struct insider_knows){ names[i], (double)table.n[i] };
			insiders[count] = (struct insider){ names[i], count, 1 };
			count++;
		}
		struct attacker *attacker = attack_table(&table);
		bool visited[CELLS][CELLS] = { 0 };
		struct comparison comparison = { .table = &table, .seen = seen, .of = of, .visited = visited };
		struct error err = { 0 };
		struct insider_attack attack = { insiders, count, known, names, CELLS, &comparison, compare };
		assert_ok(insider_run(attacker, &attack, &err), &err);
		compared += comparison.compared;
		/* of what was not looked at he knows what everybody knows, or it is his own cell */
		for (size_t i = 0; i < count; i++)
			for (int j = 0; j < CELLS; j++)
				assert_true(
					visited[i][j]
					|| (seen[i].least[j] == all.least[j] && seen[i].most[j] == all.most[j])
					|| (seen[i].least[j] == table.n[of[i]] && seen[i].most[j] == table.n[of[i]]));
		/* he forgets it again */
		for (int i = 0; i < CELLS; i++) {
			struct interval interval;
			assert_true(attacker_interval(attacker, names[i], NULL, &interval));
			assert_true(interval.least == (double)all.least[i] && interval.most == (double)all.most[i]);
		}
		attacker_free(attacker);
	}
	print_message("%zu intervals compared, %zu narrower than the public's\n", compared, narrower);
	assert_true(compared > 1000 && narrower > 1000);
}

/* ---- the judge: 36 in all, 10 of them hidden in three cells ---- */

struct decision {
	const char *condition;
	long long n;
	int unsafe;
};

struct example {
	const char *name;
	struct decision cells[4]; /* the first is all others together; of the rest each is hidden */
	int insiders;
	bool reach;
	size_t told;     /* verdicts that are not safe */
	const char *who; /* the insider of the first such */
	const char *verdict;
	int width; /* 0: 1 */
};

static const struct example examples[] = {
	/* d = A + B, 1 + 11: nobody can tell, but the one in A subtracts; B is no small count and hidden for A */
	{ "without insiders two may cover each other",
	  { { "d", 12, 0 }, { "A", 1, 1 }, { "B", 11, 0 } },
	  0,
	  true,
	  0,
	  NULL,
	  NULL,
	  0 },
	{ "what is not unsafe may be told to an insider",
	  { { "d", 12, 0 }, { "A", 1, 1 }, { "B", 11, 0 } },
	  1,
	  true,
	  0,
	  NULL,
	  NULL,
	  0 },
	{ "one person knows the other small count",
	  { { "d", 12, 0 }, { "A", 1, 1 }, { "B", 4, 1 }, { "C", 7, 1 } },
	  1,
	  true,
	  0,
	  NULL,
	  NULL,
	  0 },
	{ "who is alone and sees a sum of two takes himself off",
	  { { "d", 10, 0 }, { "A", 1, 1 }, { "B", 9, 1 } },
	  1,
	  false,
	  1,
	  "A",
	  "recovered",
	  0 },
	{ "a coalition of two does the same",
	  { { "d", 10, 0 }, { "A", 2, 1 }, { "B", 8, 1 } },
	  2,
	  false,
	  1,
	  "A",
	  "recovered",
	  0 },
	{ "and is none where insiders are by themselves",
	  { { "d", 10, 0 }, { "A", 2, 1 }, { "B", 8, 1 } },
	  1,
	  false,
	  0,
	  NULL,
	  NULL,
	  0 },
	/* A 1 of 10 with B and C: without himself 9 are left, which only the public must not know to be below 10 */
	{ .name = "the threshold is kept from the public alone",
	  .cells = { { "d", 10, 0 }, { "A", 1, 1 }, { "B", 5, 1 }, { "C", 4, 1 } },
	  .insiders = 1,
	  .reach = true },
	/* the public can tell that each is 0 to 3; without A, B and C are 0 to 2 */
	{ .name = "the width is kept from insiders too, but of as few as they are",
	  .cells = { { "d", 3, 0 }, { "A", 1, 1 }, { "B", 2, 1 }, { "C", 0, 1 } },
	  .insiders = 1,
	  .width = 3,
	  .told = 1,
	  .who = "A",
	  .verdict = "too_narrow" },
	{ .name = "and so of two",
	  .cells = { { "d", 3, 0 }, { "A", 1, 1 }, { "B", 2, 1 }, { "C", 0, 1 } },
	  .insiders = 2,
	  .width = 2 },
};

static void insiders_are_judged(void **state)
{
	const struct example *example = *state;
	struct error err = { 0 };
	struct store *store = NULL;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[4], count = 0;
	char *folder = test_folder(), *path = mem_print("%s/protected.db", folder);
	assert_ok(store_create(&store, path, "protect", sql_schema_protected, &err), &err);
	for (; count < 4 && example->cells[count].condition; count++) {
		const struct decision *cell = &example->cells[count];
		cells[count] = universe_cell(universe, unit, cell->condition, count ? -1 : cell->n);
		char *sql = mem_print(
			"INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, "
			"above, below, cost) VALUES (%zu, '%s', %lld, 1, '%s', 'rule', %d, %d, %d, 0, 0, 1)",
			count + 1, cell->condition, cell->n, count ? "hidden" : "shown", cell->unsafe,
			cell->unsafe && example->reach ? 10 : 0,
			!cell->unsafe    ? 0
			: example->width ? example->width
					 : 1);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
	}
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	universe_relation(universe, RELATION_SUM, cells[0], cells + 1, count - 1);

	struct attacker *attacker = attacker_new();
	struct judge *judge = judge_new();
	attacker_universe(attacker, universe, &(struct attacker_policy){ .zeros_shown = false, .threshold = 10 });
	assert_ok(attacker_run(attacker, &err) && store_open(&store, path, "protect", &err)
	                  && judge_release(judge, attacker, universe, store, &err)
	                  && coalition_judge(judge, attacker, universe, example->insiders, &err),
	          &err);
	store_close(store);
	size_t told = 0;
	for (size_t i = 0; i < judge->count; i++) {
		const struct judged *line = &judge->lines[i];
		if (strcmp(line->kind, "insider") != 0) {
			assert_int_equal(line->verdict, JUDGE_SAFE);
			assert_null(line->insider);
			continue;
		}
		if (told++ == 0) {
			assert_string_equal(line->insider, example->who);
			assert_string_equal(judge_verdict_word(line->verdict), example->verdict);
		}
	}
	assert_int_equal(told, example->told);
	assert_int_equal(judge_passes(judge), example->told == 0);
	judge_free(judge);
	attacker_free(attacker);
	universe_free(universe);
	free(path);
	free(folder);
}

static bool count_asked(void *context, size_t insider, size_t wanted, struct interval interval, bool exact)
{
	size_t *asked = context;
	(void)insider;
	if (exact)
		asked[wanted] += interval.least == interval.most;
	return false;
}

/* 30 = A + B + C, A = A1 + A2 of two people, and A2 = 24 - E; who both are knows what each of them answered, and so E.
 */
static void a_coalition_knows_the_parts_of_its_cell(void **state)
{
	(void)state;
	static const struct {
		const char *condition;
		long long n;
		int unsafe;
	} cells[] = { { "all", 30, 0 }, { "A", 2, 1 }, { "B", 14, 0 }, { "C", 14, 0 }, { "A1", 1, 1 },
		      { "A2", 1, 1 },   { "E", 7, 1 }, { "G", 8, 0 } };
	struct error err = { 0 };
	struct store *store = NULL;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), ids[COUNT(cells)];
	char *folder = test_folder(), *path = mem_print("%s/protected.db", folder);
	assert_ok(store_create(&store, path, "protect", sql_schema_protected, &err), &err);
	for (size_t i = 0; i < COUNT(cells); i++) {
		bool shown = i == 0 || i == COUNT(cells) - 1;
		ids[i] = universe_cell(universe, unit, cells[i].condition, shown ? cells[i].n : -1);
		char *sql = mem_print(
			"INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, "
			"above, below, cost) VALUES (%zu, '%s', %lld, 1, '%s', 'rule', %d, 0, %d, 0, 0, 1)",
			i + 1, cells[i].condition, cells[i].n, shown ? "shown" : "hidden", cells[i].unsafe,
			cells[i].unsafe);
		assert_ok(store_run(store, sql, &err), &err);
		free(sql);
	}
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	universe_relation(universe, RELATION_SUM, ids[0], (size_t[]){ ids[1], ids[2], ids[3] }, 3);
	universe_relation(universe, RELATION_SUM, ids[1], (size_t[]){ ids[4], ids[5] }, 2);
	universe_relation(universe, RELATION_SUM, ids[7], (size_t[]){ ids[5], ids[6] }, 2);
	for (int insiders = 1; insiders <= 2; insiders++) {
		struct attacker *attacker = attacker_new();
		struct judge *judge = judge_new();
		attacker_universe(attacker, universe,
		                  &(struct attacker_policy){ .zeros_shown = false, .threshold = 10 });
		assert_ok(attacker_run(attacker, &err) && store_open(&store, path, "protect", &err)
		                  && judge_release(judge, attacker, universe, store, &err)
		                  && coalition_judge(judge, attacker, universe, insiders, &err),
		          &err);
		store_close(store);
		bool told = false;
		for (size_t i = 0; i < judge->count; i++)
			told = told || (judge->lines[i].insider && strcmp(judge->lines[i].insider, "A") == 0
			                && strcmp(judge->lines[i].condition, "E") == 0);
		assert_int_equal(told, insiders == 2);
		assert_int_equal(judge->insiders, insiders + 1); /* A1 and A2, and A */
		judge_free(judge);
		attacker_free(attacker);
	}
	universe_free(universe);
	free(path);
	free(folder);
}

/* Nobody is asked of his own cell, whatever it is called: Y is A where the third part is nobody. */
static void his_own_cell_by_another_name_is_no_disclosure(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct attacker *attacker = attacker_new();
	size_t all = attacker_cell(attacker, "all", 30, 30), a = attacker_cell(attacker, "A", 0, INFINITY),
	       b = attacker_cell(attacker, "B", 0, INFINITY), y = attacker_cell(attacker, "Y", 0, INFINITY),
	       none = attacker_cell(attacker, "none", 0, 0), c = attacker_cell(attacker, "C", 0, INFINITY),
	       d = attacker_cell(attacker, "D", 0, INFINITY);
	const size_t parts[] = { a, b }, under[] = { a, none }, others[] = { a, c, d };
	attacker_relation(attacker, RELATION_SUM, all, others, 3);
	attacker_relation(attacker, RELATION_SUM, all, parts, 2);
	attacker_relation(attacker, RELATION_SUM, y, under, 2);
	const struct insider insider = { "A", 0, 1 };
	const struct insider_knows known = { "A", 4 };
	size_t told[3] = { 0 };
	const char *const wanted[] = { "Y", "B", "C" };
	const struct insider_attack attack = { &insider, 1, &known, wanted, 3, told, count_asked };
	assert_ok(attacker_run(attacker, &err) && insider_run(attacker, &attack, &err), &err);
	assert_int_equal(told[0], 0);
	assert_int_equal(told[1], 1);
	assert_int_equal(told[2], 0);
	attacker_free(attacker);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 3] = {
		cmocka_unit_test(what_an_insider_works_out_is_what_every_table_says),
		cmocka_unit_test(his_own_cell_by_another_name_is_no_disclosure),
		cmocka_unit_test(a_coalition_knows_the_parts_of_its_cell),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i + 3] = (struct CMUnitTest){ .name = examples[i].name,
			                            .test_func = insiders_are_judged,
			                            .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests_name("insider", tests, NULL, NULL);
}
