/* Magnitude rules. Examples are those of the Handbook on Statistical Disclosure Control (2nd ed.), 4.2, where a name
 * says so; protection levels beside them by its formulas and by hand. */
#include "testing.h"

#include "audit/attacker.h"
#include "compare/contributions.h"
#include "protect/magnitude.h"
#include "protect/measures.h"
#include "withhold/withheld.h"

struct example {
	const char *name;
	int contributors;
	double p; /* 0: no such rule */
	int n;    /* of dominance */
	double k;
	long long units;
	double total, largest[UNIVERSE_LARGEST], least;
	enum magnitude_rule rule;
	double level; /* of protection, above and below */
	bool review;
};

#define HANDBOOK_1 100, 100000, { 50000, 49000, 500 }, 0
#define HANDBOOK_2 100, 110000, { 52000, 50000, 500 }, 0

static const struct example examples[] = {
	{ "handbook, example 1: by (1,90) the cell is safe", 0, 0, 1, 90, HANDBOOK_1, MAGNITUDE_SAFE, 0, false },
	{ "handbook, example 1: the second is 2% from the first, and p% sees it", 0, 10, 0, 0, HANDBOOK_1,
	  MAGNITUDE_P_PERCENT, 4000, false },
	{ "handbook, example 1: exactly 2% is far enough for p = 2", 0, 2, 0, 0, HANDBOOK_1, MAGNITUDE_SAFE, 0, false },
	{ "handbook, example 1: and not for more", 0, 2.001, 0, 0, HANDBOOK_1, MAGNITUDE_P_PERCENT, 0.5, false },
	{ "handbook, example 2: 15.4% is safe at p = 10", 0, 10, 0, 0, HANDBOOK_2, MAGNITUDE_SAFE, 0, false },
	{ "handbook, example 2: 15.4% is not at p = 16", 0, 16, 0, 0, HANDBOOK_2, MAGNITUDE_P_PERCENT, 320, false },
	{ "handbook, example 2: and is not safe by (2,90.9)", 0, 0, 2, 1000 / 11.0, HANDBOOK_2, MAGNITUDE_DOMINANCE,
	  2200, false },
	{ "handbook, example 1d: one of 51 with 99% of it",
	  0,
	  0,
	  1,
	  90,
	  51,
	  100,
	  { 99, 0.02, 0.02 },
	  0,
	  MAGNITUDE_DOMINANCE,
	  10,
	  false },
	{ "handbook, example 1b: two know each other",
	  0,
	  10,
	  0,
	  0,
	  2,
	  300,
	  { 200, 100, NAN },
	  0,
	  MAGNITUDE_P_PERCENT,
	  20,
	  false },
	{ "one alone", 0, 10, 0, 0, 1, 200, { 200, NAN, NAN }, 0, MAGNITUDE_P_PERCENT, 20, false },
	{ "exactly k per cent is no dominance", 0, 0, 1, 75, 20, 100, { 75, 5, 5 }, 0, MAGNITUDE_SAFE, 0, false },
	{ "more is", 0, 0, 1, 75, 20, 100, { 78, 5, 5 }, 0, MAGNITUDE_DOMINANCE, 4, false },
	{ "three together", 0, 0, 3, 80, 20, 100, { 40, 30, 14 }, 0, MAGNITUDE_DOMINANCE, 5, false },
	{ "both rules: the wider level", 0, 10, 1, 75, 20, 100, { 90, 5, 1 }, 0, MAGNITUDE_P_PERCENT, 20, false },
	{ "as many contributors as asked for", 15, 0, 0, 0, 15, 100, { 10, 9, 8 }, 0, MAGNITUDE_SAFE, 0, false },
	{ "one fewer", 15, 0, 0, 0, 14, 100, { 10, 9, 8 }, 0, MAGNITUDE_CONTRIBUTORS, 0, false },
	{ "as many as the threshold, where none are asked for",
	  0,
	  0,
	  0,
	  0,
	  10,
	  100,
	  { 10, 9, 8 },
	  0,
	  MAGNITUDE_SAFE,
	  0,
	  false },
	{ "one fewer than that", 0, 0, 0, 0, 9, 100, { 10, 9, 8 }, 0, MAGNITUDE_CONTRIBUTORS, 0, false },
	{ "nobody contributes nothing", 0, 10, 1, 75, 0, 0, { NAN, NAN, NAN }, 0, MAGNITUDE_SAFE, 0, false },
	{ "all gave 0", 0, 10, 1, 75, 20, 0, { 0, 0, 0 }, 0, MAGNITUDE_SAFE, 0, false },
	{ "a loss by its size: -90 of -100",
	  0,
	  0,
	  1,
	  75,
	  20,
	  -100,
	  { -90, -3, -2 },
	  -1000,
	  MAGNITUDE_DOMINANCE,
	  20,
	  true },
	/* sizes of at least 90 + 80 + 5 + 5: no more than half is one's */
	{ "a gain and a loss are no small sum of many",
	  0,
	  0,
	  1,
	  75,
	  20,
	  20,
	  { 90, -80, 5 },
	  NAN,
	  MAGNITUDE_SAFE,
	  0,
	  true },
	{ "what may be negative is looked at", 0, 10, 0, 0, 20, 100, { 10, 9, 8 }, -5, MAGNITUDE_SAFE, 0, true },
	{ "no bound and nothing negative seen: not",
	  0,
	  10,
	  0,
	  0,
	  20,
	  100,
	  { 10, 9, 8 },
	  NAN,
	  MAGNITUDE_SAFE,
	  0,
	  false },
	{ "contributions that nobody noted are one's",
	  0,
	  10,
	  0,
	  0,
	  20,
	  100,
	  { NAN, NAN, NAN },
	  0,
	  MAGNITUDE_P_PERCENT,
	  10,
	  false },
};

static void sums_are_judged(void **state)
{
	const struct example *example = *state;
	double p = example->p, k = example->k;
	struct study_magnitude policy = { .contributors = example->contributors,
		                          .p_percent = p > 0 ? &p : NULL,
		                          .dominance_n = example->n,
		                          .dominance_k = k > 0 ? &k : NULL };
	struct magnitude_verdict verdict =
		magnitude_judge(&policy, 10, example->units, example->total, example->largest, example->least);
	/* few units are the contributors rule's; the levels are those of the others all the same */
	if (example->units >= 10 || example->rule == MAGNITUDE_CONTRIBUTORS)
		assert_int_equal(verdict.rule, example->rule);
	assert_close(verdict.above, example->level, 1e-9);
	assert_close(verdict.below, example->level, 1e-9);
	assert_int_equal(verdict.review, example->review);
}

/* Handbook, proof of A: what is safe by (2,k), k = 100 100/(100 + p), is safe by p%. */
static void what_dominance_finds_safe_p_percent_does(void **state)
{
	(void)state;
	size_t safe = 0, stricter = 0;
	for (int i = 0; i < 20000; i++) {
		double p = 5 + i % 21, k = 100 * 100 / (100 + p) - 1e-9, x1 = 100 + i % 97, x2 = x1 * (i % 13) / 13,
		       x3 = x2 * (i % 7) / 7, total = x1 + x2 + x3 + x3 * (i % 5);
		const double largest[] = { x1, x2, x3 };
		const struct study_magnitude by_p = { .p_percent = &p }, by_k = { .dominance_n = 2, .dominance_k = &k };
		bool p_safe = magnitude_judge(&by_p, 1, 9, total, largest, 0).rule == MAGNITUDE_SAFE;
		bool k_safe = magnitude_judge(&by_k, 1, 9, total, largest, 0).rule == MAGNITUDE_SAFE;
		assert_true(p_safe || !k_safe);
		safe += k_safe;
		stricter += p_safe && !k_safe;
	}
	assert_true(safe > 1000 && stricter > 100); /* and not the other way round: example 2 */
}

/* Rows 0, 2 and 5 are of one person, who has 60 in all; -50 is the second in size; row 3 is elsewhere. */
static void several_rows_of_a_person_are_one_contribution(void **state)
{
	(void)state;
	const double values[] = { 10, 20, 20, 900, -50, 30, NAN, 5 };
	const size_t position[] = { 0, 0, 1, 2, 1, 0, 0, 1 };
	const bool in[] = { true, true, false };
	const long long person[] = { 7, 8, 7, 9, 10, 7, 11, 12 };
	double largest[UNIVERSE_LARGEST];
	contributions_largest(largest, values, position, in, person, COUNT(values));
	assert_true(largest[0] == 60 && largest[1] == -50 && largest[2] == 20);
	contributions_largest(largest, values, position, in, NULL, COUNT(values));
	assert_true(largest[0] == -50 && largest[1] == 30 && largest[2] == 20);
	contributions_largest(largest, values, position, (const bool[]){ false, false, true }, person, COUNT(values));
	assert_true(largest[0] == 900 && isnan(largest[1]) && isnan(largest[2]));
}

/* --- a table of totals: areas, and all of them --- */

enum { AREAS = 5, PEOPLE = 20 };

struct table {
	struct universe *universe;
	struct universe *withheld;
	struct measure_decision *decisions;
	struct attacker *attacker;
};

static void add_total(struct universe *universe, size_t cell, double total, const double *largest)
{
	size_t measure = universe_measure(universe, cell, "spend", 0, 10000, total);
	universe_measure_largest(universe, measure, largest);
	const struct result line = {
		.analysis = "a", .dataset = "d", .statistic = "total", .outcome = "spend", .level = NAN
	};
	struct result count = line;
	count.statistic = "count";
	universe_result(universe, &count, &cell, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "n",
	                                            .value = (double)universe->cells[cell - 1].n,
	                                            .numerator = cell,
	                                            .factor = 1 });
	universe_result(universe, &line, &cell, 1, &measure, 1);
	universe_figure(
		universe,
		&(struct figure){ .name = "estimate", .value = total, .numerator_measure = measure, .factor = 1 });
}

/* In the first area two people have 4,000 and 3,000 of the total, and the rest have `others`. */
static struct table table_of(double others, double p)
{
	struct table table = { .universe = universe_new() };
	struct error err = { 0 };
	size_t unit = universe_unit(table.universe, "respondent", "respondents", true, 10), cells[AREAS + 1];
	double all = 0;
	cells[AREAS] = universe_cell(table.universe, unit, "d", AREAS * PEOPLE);
	for (size_t a = 0; a < AREAS; a++) {
		char *condition = mem_print("d & area=%zu", a + 1);
		cells[a] = universe_cell(table.universe, unit, condition, PEOPLE);
		free(condition);
		double total = a ? 2000 + 150 * (double)a : 7000 + others;
		const double skewed[] = { 4000, 3000, others / 4 }, even[] = { 120, 115, 110 };
		add_total(table.universe, cells[a], total, a ? even : skewed);
		all += total;
	}
	universe_relation(table.universe, RELATION_SUM, cells[AREAS], cells, AREAS);
	add_total(table.universe, cells[AREAS], all, (const double[]){ 4000, 3000, 120 });

	struct cell_decision *shown = mem_alloc(AREAS + 1, sizeof *shown);
	for (size_t i = 0; i <= AREAS; i++)
		shown[i] = (struct cell_decision){ .published = true, .cost = i == AREAS - 1 ? 1 : 3 };
	shown[0].cost = 9; /* of all areas together */
	struct study_magnitude magnitude = { .p_percent = &p };
	struct study_disclosure policy = { .threshold = 10, .magnitude = &magnitude };
	assert_ok(measures_decide(&table.decisions, table.universe, shown, &policy, &err), &err);
	bool hidden[AREAS + 1] = { false }, sums[AREAS + 1];
	for (size_t i = 0; i <= AREAS; i++)
		sums[i] = table.decisions[i].hidden;
	table.withheld =
		withheld_universe(table.universe, &(struct withholding){ .hidden = hidden, .measures_hidden = sums });
	table.attacker = attacker_new();
	attacker_universe(table.attacker, table.withheld,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	assert_ok(attacker_run(table.attacker, &err), &err);
	free(shown);
	return table;
}

static void table_release(struct table *table)
{
	attacker_free(table->attacker);
	universe_free(table->withheld);
	universe_free(table->universe);
	free(table->decisions);
}

/* The second largest knows what he has himself, and takes it from what everybody can work out of the sum. */
static void an_insider_comes_no_nearer_than_p_per_cent(void **state)
{
	(void)state;
	static const double ps[] = { 5, 10, 25, 50 };
	for (size_t i = 0; i < COUNT(ps); i++)
		for (double others = 0; others < 40 * ps[i]; others += 7 * ps[i]) {
			struct table table = table_of(others, ps[i]);
			struct interval first;
			assert_int_equal(table.decisions[0].rule, MEASURE_P_PERCENT);
			assert_true(attacker_interval(table.attacker, "d & area=1", "spend", &first));
			assert_true(first.most - 3000 >= 4000 * (1 + ps[i] / 100) - 1e-6);
			assert_true(first.least
			            <= table.universe->measures[0].total - (ps[i] / 100 * 4000 - others) + 1e-6);
			table_release(&table);
		}
}

/* One sum cannot be hidden alone: the cheapest other one goes with it, and every count stays. */
static void a_sum_is_hidden_though_its_count_is_shown(void **state)
{
	(void)state;
	struct table table = table_of(100, 10);
	for (size_t i = 0; i <= AREAS; i++) { /* areas, then all */
		bool cheapest = table.decisions[i].cost == 1;
		assert_int_equal(table.decisions[i].rule, i == 0     ? MEASURE_P_PERCENT
		                                          : cheapest ? MEASURE_SECONDARY
		                                                     : MEASURE_SAFE);
		assert_int_equal(table.withheld->cells[i].n, table.universe->cells[i].n);
	}
	table_release(&table);
	table = table_of(400, 10); /* exactly p per cent of the first: nothing is hidden */
	for (size_t i = 0; i <= AREAS; i++)
		assert_int_equal(table.decisions[i].rule, MEASURE_SAFE);
	table_release(&table);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 4] = { 0 };
	size_t count = 0;
	ADD_EXAMPLES(tests, count, examples, sums_are_judged);
	const struct CMUnitTest others[] = {
		cmocka_unit_test(several_rows_of_a_person_are_one_contribution),
		cmocka_unit_test(what_dominance_finds_safe_p_percent_does),
		cmocka_unit_test(an_insider_comes_no_nearer_than_p_per_cent),
		cmocka_unit_test(a_sum_is_hidden_though_its_count_is_shown),
	};
	memcpy(tests + count, others, sizeof others);
	return _cmocka_run_group_tests("magnitude", tests, COUNT(tests), NULL, NULL);
}
