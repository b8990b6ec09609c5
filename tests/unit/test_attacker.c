#include "testing.h"

#include "audit/attacker.h"
#include "universe.h"

/* ---- cases whose answers are known: counts ---- */

enum { MOST = 40 };

struct shown_cell {
	const char *condition;
	long long n; /* -1: hidden */
};

struct shown_relation {
	enum relation_kind kind;
	const char *parent;
	const char *parts[8];
};

struct answer {
	const char *condition;
	double least, most;
};

struct example {
	const char *name;
	bool zeros_shown;
	struct shown_cell cells[MOST];
	struct shown_relation relations[16];
	struct answer answers[8];
};

static size_t at(const struct universe *universe, const char *condition)
{
	size_t cell = universe_find(universe, condition);
	assert_true(cell > 0);
	return cell;
}

/* A line of results that rests on these cells. */
static void add_line(struct universe *universe, enum result_status status, const size_t *cells, size_t count)
{
	universe_result(universe,
			&(struct result){ .analysis = "a",
					  .dataset = "d",
					  .statistic = "count",
					  .outcome = "x",
					  .level = NAN,
					  .status = status },
			cells, count, NULL, 0);
}

/* Every cell has a line of its own, hidden where the cell is. */
static struct universe *example_universe(const struct example *example)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	for (size_t i = 0; i < MOST && example->cells[i].condition; i++) {
		size_t cell = universe_cell(universe, unit, example->cells[i].condition, example->cells[i].n);
		add_line(universe, example->cells[i].n < 0 ? RESULT_HIDDEN : RESULT_OK, &cell, 1);
	}
	for (size_t i = 0; i < COUNT(example->relations) && example->relations[i].parent; i++) {
		const struct shown_relation *relation = &example->relations[i];
		size_t parts[8], part_count = 0;
		for (; part_count < 8 && relation->parts[part_count]; part_count++)
			parts[part_count] = at(universe, relation->parts[part_count]);
		universe_relation(universe, relation->kind, at(universe, relation->parent), parts, part_count);
	}
	return universe;
}

static void assert_interval(const struct attacker *attacker, const char *condition, const char *variable, double least,
			    double most)
{
	struct interval interval;
	assert_true(attacker_interval(attacker, condition, variable, &interval));
	if (!test_is_close(interval.least, least, 1e-6) || !test_is_close(interval.most, most, 1e-6))
		fail_msg("%s %s: %g to %g, not %g to %g", condition, variable ? variable : "", interval.least,
			 interval.most, least, most);
}

#define HIDDEN -1

static const struct example examples[] = {
	{ "one hidden part of a shown total is the total less the others",
	  true,
	  { { "all", 30 }, { "a", 12 }, { "b", 15 }, { "c", HIDDEN } },
	  { { RELATION_SUM, "all", { "a", "b", "c" } } },
	  { { "c", 3, 3 } } },
	/* UserSupport#194: 15 = 10 + 3 + x + x */
	{ "two hidden ones are given away where zeros would be shown",
	  true,
	  { { "all", 15 }, { "a", 10 }, { "b", 3 }, { "c", HIDDEN }, { "d", HIDDEN } },
	  { { RELATION_SUM, "all", { "a", "b", "c", "d" } } },
	  { { "c", 1, 1 }, { "d", 1, 1 } } },
	{ "and not where zeros may be hidden",
	  false,
	  { { "all", 15 }, { "a", 10 }, { "b", 3 }, { "c", HIDDEN }, { "d", HIDDEN } },
	  { { RELATION_SUM, "all", { "a", "b", "c", "d" } } },
	  { { "c", 0, 2 }, { "d", 0, 2 } } },
	/* UserSupport#194: 0 = x + x + 0 */
	{ "hidden parts of a zero are zeros",
	  false,
	  { { "all", 0 }, { "a", HIDDEN }, { "b", HIDDEN }, { "c", 0 } },
	  { { RELATION_SUM, "all", { "a", "b", "c" } } },
	  { { "a", 0, 0 }, { "b", 0, 0 } } },
	{ "a cell that nobody asks for but the complement is known by difference",
	  true,
	  { { "all", 100 }, { "yes", 97 }, { "not yes", HIDDEN } },
	  { { RELATION_SUM, "all", { "yes", "not yes" } } },
	  { { "not yes", 3, 3 } } },
	{ "one hidden cell in a table of rows and columns is recovered",
	  true,
	  { { "r1c1", HIDDEN },
	    { "r1c2", 20 },
	    { "r2c1", 30 },
	    { "r2c2", 40 },
	    { "r1", 24 },
	    { "r2", 70 },
	    { "c1", 34 },
	    { "c2", 60 },
	    { "all", 94 } },
	  { { RELATION_SUM, "r1", { "r1c1", "r1c2" } },
	    { RELATION_SUM, "r2", { "r2c1", "r2c2" } },
	    { RELATION_SUM, "c1", { "r1c1", "r2c1" } },
	    { RELATION_SUM, "c2", { "r1c2", "r2c2" } },
	    { RELATION_SUM, "all", { "r1", "r2" } },
	    { RELATION_SUM, "all", { "c1", "c2" } } },
	  { { "r1c1", 4, 4 } } },
	/* r1c1 + r1c2 = 24 and r1c1 + r2c1 = 34 leave one freedom: r1c1 from 1 to 23 */
	{ "four hidden cells at the corners of a rectangle can all move",
	  true,
	  { { "r1c1", HIDDEN },
	    { "r1c2", HIDDEN },
	    { "r2c1", HIDDEN },
	    { "r2c2", HIDDEN },
	    { "r1", 24 },
	    { "r2", 70 },
	    { "c1", 34 },
	    { "c2", 60 },
	    { "all", 94 } },
	  { { RELATION_SUM, "r1", { "r1c1", "r1c2" } },
	    { RELATION_SUM, "r2", { "r2c1", "r2c2" } },
	    { RELATION_SUM, "c1", { "r1c1", "r2c1" } },
	    { RELATION_SUM, "c2", { "r1c2", "r2c2" } },
	    { RELATION_SUM, "all", { "r1", "r2" } },
	    { RELATION_SUM, "all", { "c1", "c2" } } },
	  { { "r1c1", 1, 23 }, { "r1c2", 1, 23 }, { "r2c1", 11, 33 }, { "r2c2", 37, 59 } } },
	/* 3 x 5, the three middle columns together as m. Row 1 hides one cell: 52 - 10 - 40 = 2. With t = cell 21, the
	 * others are 25 = 16 - t, 31 = 20 - t, 35 = t - 1, all at least 1: t is 2 to 15. */
	{ "a row with a single hidden cell opens its column",
	  true,
	  { { "11", 10 },
	    { "15", HIDDEN },
	    { "21", HIDDEN },
	    { "25", HIDDEN },
	    { "31", HIDDEN },
	    { "35", HIDDEN },
	    { "1m", 40 },
	    { "2m", 30 },
	    { "3m", 50 },
	    { "1", 52 },
	    { "2", 46 },
	    { "3", 69 },
	    { "c1", 30 },
	    { "cm", 120 },
	    { "c5", 17 },
	    { "all", 167 } },
	  { { RELATION_SUM, "1", { "11", "1m", "15" } },
	    { RELATION_SUM, "2", { "21", "2m", "25" } },
	    { RELATION_SUM, "3", { "31", "3m", "35" } },
	    { RELATION_SUM, "c1", { "11", "21", "31" } },
	    { RELATION_SUM, "c5", { "15", "25", "35" } },
	    { RELATION_SUM, "all", { "1", "2", "3" } },
	    { RELATION_SUM, "all", { "c1", "cm", "c5" } } },
	  { { "15", 2, 2 }, { "21", 2, 15 }, { "25", 1, 14 }, { "31", 5, 18 }, { "35", 1, 14 } } },
	/* UserSupport#136: each table alone hides two; the groups differ by one area, so that the difference is the
	   hidden cell */
	{ "tables linked by a union of areas are attacked together",
	  true,
	  { { "all", 60 }, { "a", HIDDEN }, { "b", HIDDEN }, { "c", 30 }, { "a or c", 41 } },
	  { { RELATION_SUM, "all", { "a", "b", "c" } }, { RELATION_SUM, "a or c", { "a", "c" } } },
	  { { "a", 11, 11 }, { "b", 19, 19 } } },
	{ "a chain of tables carries what is known from one end to the other",
	  true,
	  { { "all", 50 },
	    { "a", HIDDEN },
	    { "b", HIDDEN },
	    { "b1", HIDDEN },
	    { "b2", 21 },
	    { "b11", 4 },
	    { "b12", 5 } },
	  { { RELATION_SUM, "all", { "a", "b" } },
	    { RELATION_SUM, "b", { "b1", "b2" } },
	    { RELATION_SUM, "b1", { "b11", "b12" } } },
	  { { "b1", 9, 9 }, { "b", 30, 30 }, { "a", 20, 20 } } },
	{ "a part is no larger than the cell that contains it",
	  true,
	  { { "all", 40 }, { "tick a", HIDDEN }, { "tick b", 12 }, { "tick a or b", HIDDEN } },
	  { { RELATION_CONTAINS, "all", { "tick a", "tick b", "tick a or b" } },
	    { RELATION_CONTAINS, "tick a or b", { "tick a", "tick b" } } },
	  { { "tick a", 1, 40 }, { "tick a or b", 12, 40 } } },
	{ "what contains a hidden cell may be open above",
	  true,
	  { { "some", HIDDEN }, { "few", 12 } },
	  { { RELATION_CONTAINS, "some", { "few" } } },
	  { { "some", 12, INFINITY } } },
	/* reference (b) 8 and tau-ARGUS#307: 1 + 2 + 5 hidden together, their sum known: nobody of them is above 6 */
	{ "hidden cells with a known sum stay below it",
	  true,
	  { { "all", 58 }, { "a", 50 }, { "b", HIDDEN }, { "c", HIDDEN }, { "d", HIDDEN } },
	  { { RELATION_SUM, "all", { "a", "b", "c", "d" } } },
	  { { "b", 1, 6 }, { "c", 1, 6 }, { "d", 1, 6 } } },
};

static void answers_are_as_known(void **state)
{
	const struct example *example = *state;
	struct universe *universe = example_universe(example);
	struct attacker *attacker = attacker_new();
	struct error err = { 0 };
	attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = example->zeros_shown, .threshold = 10 });
	assert_ok(attacker_run(attacker, &err), &err);
	for (size_t i = 0; i < COUNT(example->answers) && example->answers[i].condition; i++)
		assert_interval(attacker, example->answers[i].condition, NULL, example->answers[i].least,
				example->answers[i].most);
	attacker_free(attacker);
	universe_free(universe);
}

/* A hidden cell in a group of 14 that is shown may be a zero of a sensitive variable, and of no other. */
static void a_hidden_cell_of_a_sensitive_variable_may_be_nobody(void **state)
{
	static const struct {
		const char *sensitive;
		int min_group;
		double least;
	} cases[] = { { NULL, 20, 1 }, { "lonely", 20, 0 }, { "other lonely", 15, 0 }, { "lonely", 14, 1 }, { "lone", 20, 1 } };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "person", "people", true, 10);
		size_t group = universe_cell(universe, unit, "s & lonely:answered", 14),
		       yes = universe_cell(universe, unit, "s & lonely=yes", -1),
		       no = universe_cell(universe, unit, "s & lonely=no", -1);
		struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
		universe_relation(universe, RELATION_SUM, group, (size_t[]){ yes, no }, 2);
		universe_result(universe, &line, &group, 1, NULL, 0);
		line.status = RESULT_HIDDEN;
		universe_result(universe, &line, &yes, 1, NULL, 0);
		universe_result(universe, &line, &no, 1, NULL, 0);
		struct attacker *attacker = attacker_new();
		struct error err = { 0 };
		attacker_universe(attacker, universe,
		                  &(struct attacker_policy){ .zeros_shown = true,
		                                             .threshold = 10,
		                                             .sensitive = cases[i].sensitive,
		                                             .min_group = cases[i].min_group });
		assert_ok(attacker_run(attacker, &err), &err);
		assert_interval(attacker, "s & lonely=no", NULL, cases[i].least, 14 - cases[i].least);
		attacker_free(attacker);
		universe_free(universe);
	}
}

/* ---- figures, measures, several releases ---- */

static struct attacker *run(struct attacker *attacker)
{
	struct error err = { 0 };
	assert_ok(attacker_run(attacker, &err), &err);
	return attacker;
}

/* 36 per cent of 25, to whole per cents: 35.5 to 36.5 of 25 are 8.875 to 9.125 */
static void a_percentage_of_a_small_base_gives_its_count(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t base = attacker_cell(attacker, "base", 25, 25), yes = attacker_cell(attacker, "yes", 0, INFINITY);
	attacker_figure(attacker, yes, base, 100, 36, 0);
	assert_interval(run(attacker), "yes", NULL, 9, 9);
	attacker_free(attacker);
}

/* 36 per cent of 400: 142 to 146; with one decimal, 36.2: 144.6 to 145.0, which is 145 */
static void more_decimals_narrow_the_count(void **state)
{
	(void)state;
	for (int decimals = 0; decimals < 2; decimals++) {
		struct attacker *attacker = attacker_new();
		size_t base = attacker_cell(attacker, "base", 400, 400),
		       yes = attacker_cell(attacker, "yes", 0, INFINITY);
		attacker_figure(attacker, yes, base, 100, decimals ? 36.2 : 36, decimals);
		assert_interval(run(attacker), "yes", NULL, decimals ? 145 : 142, decimals ? 145 : 146);
		attacker_free(attacker);
	}
}

/* Both hidden: yes = 20 to 22 of 100 less 2 to 98; base is at most yes / 0.195 */
static void a_percentage_of_a_hidden_base_ties_the_two(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t base = attacker_cell(attacker, "base", 0, INFINITY), yes = attacker_cell(attacker, "yes", 10, 12);
	attacker_figure(attacker, yes, base, 100, 20, 0);
	run(attacker);
	assert_interval(attacker, "base", NULL, 49, 61); /* 10 / 0.205 = 48.8, 12 / 0.195 = 61.5 */
	attacker_free(attacker);
}

/* Two areas, means to one decimal. Everybody: 3.4 of 100, that is 335 to 345. The shown area: 3.0 of 90, 265.5 to
 * 274.5. So the other ten have 60.5 to 79.5 together, cut by their range 1 to 7: 60.5 to 70. */
static void a_hidden_mean_is_the_difference_of_totals(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t all = attacker_cell(attacker, "all", 100, 100), a = attacker_cell(attacker, "a", 90, 90);
	size_t b = attacker_cell(attacker, "b", 0, INFINITY), parts[] = { a, b };
	attacker_relation(attacker, RELATION_SUM, all, parts, 2);
	size_t total = attacker_measure(attacker, all, "score", 1, 7),
	       total_a = attacker_measure(attacker, a, "score", 1, 7);
	attacker_measure(attacker, b, "score", 1, 7);
	attacker_figure(attacker, total, all, 1, 3.4, 1);
	attacker_figure(attacker, total_a, a, 1, 3.0, 1);
	run(attacker);
	assert_interval(attacker, "b", NULL, 10, 10);
	assert_interval(attacker, "b", "score", 60.5, 70);
	attacker_free(attacker);
}

/* No measure of the whole is in the universe; that of two partitions of it is: a + b = c + d. By hand: a + b is 95 to
 * 105 and 195 to 205, c is 145 to 155, so that d is 290 to 310 less 145 to 155. */
static void totals_are_tied_through_a_whole_that_nobody_shows(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t all = attacker_cell(attacker, "all", 200, 200), cells[4], measures[4];
	const char *const names[] = { "a", "b", "c", "d" };
	for (size_t i = 0; i < 4; i++) {
		cells[i] = attacker_cell(attacker, names[i], 100, 100);
		measures[i] = attacker_measure(attacker, cells[i], "score", 0, 10);
	}
	attacker_relation(attacker, RELATION_SUM, all, cells, 2);
	attacker_relation(attacker, RELATION_SUM, all, cells + 2, 2);
	attacker_figure(attacker, measures[0], cells[0], 1, 1.0, 1);
	attacker_figure(attacker, measures[1], cells[1], 1, 2.0, 1);
	attacker_figure(attacker, measures[2], cells[2], 1, 1.5, 1);
	run(attacker);
	assert_interval(attacker, "d", "score", 290 - 155, 310 - 145);
	struct interval none;
	assert_false(attacker_interval(attacker, "all", "score", &none)); /* the attacker's own, nobody's to judge */
	attacker_free(attacker);
}

/* Of 20 of a range 0 to 4, 15 are a cell with total 0.5 of 15 each (7.425 .. 7.575, two decimals); the five left add 0
 * to 20. */
static void a_total_over_part_of_a_cell_leaves_the_range_of_the_rest(void **state)
{
	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		struct attacker *attacker = attacker_new();
		size_t whole = attacker_cell(attacker, "whole", 20, 20), part = attacker_cell(attacker, "part", 15, 15);
		size_t others[] = { part, attacker_cell(attacker, "left 1", 0, INFINITY),
				    attacker_cell(attacker, "left 2", 0, INFINITY) };
		attacker_relation(attacker, kind ? RELATION_CONTAINS : RELATION_SUM, whole, others, kind ? 1 : 3);
		attacker_measure(attacker, whole, "score", 0, 4);
		attacker_figure(attacker, attacker_measure(attacker, part, "score", 0, 4), part, 1, 0.5, 2);
		run(attacker);
		assert_interval(attacker, "whole", "score", 7.425, 27.575);
		attacker_free(attacker);
	}
}

/* Totals of whole numbers, to the digit: 30 of both and 10 of the one leave 20 of the other, and no half more or less. A
 * mean of 12 of 4.9 is 58.2 to 59.4, so that it is 59 of 12. */
static void a_sum_of_whole_numbers_is_whole(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t all = attacker_cell(attacker, "all", 40, 40), a = attacker_cell(attacker, "a", 12, 12);
	size_t b = attacker_cell(attacker, "b", 0, INFINITY), parts[] = { a, b };
	attacker_relation(attacker, RELATION_SUM, all, parts, 2);
	size_t visits = attacker_measure(attacker, all, "visits", 0, 20), of_a = attacker_measure(attacker, a, "visits", 0, 20);
	size_t score = attacker_measure(attacker, all, "score", 0, 10), mean_of_a = attacker_measure(attacker, a, "score", 0, 10);
	attacker_measure(attacker, b, "visits", 0, 20);
	const size_t whole[] = { visits, of_a, score, mean_of_a };
	for (size_t i = 0; i < COUNT(whole); i++)
		attacker_measure_whole(attacker, whole[i]);
	attacker_figure(attacker, visits, 0, 1, 30, 0);
	attacker_figure(attacker, of_a, 0, 1, 10, 0);
	attacker_figure(attacker, mean_of_a, a, 1, 4.9, 1);
	run(attacker);
	assert_interval(attacker, "b", "visits", 20, 20);
	assert_interval(attacker, "a", "score", 59, 59);
	attacker_free(attacker);
}

static void a_measure_without_a_range_has_no_bounds(void **state)
{
	(void)state;
	struct attacker *attacker = attacker_new();
	size_t all = attacker_cell(attacker, "all", 20, 20);
	attacker_measure(attacker, all, "income", NAN, NAN);
	run(attacker);
	assert_interval(attacker, "all", "income", -INFINITY, INFINITY);
	attacker_free(attacker);
}

/* Each release alone hides two of three; together they show two of three. */
static void releases_are_attacked_together(void **state)
{
	(void)state;
	const struct example first = { NULL,
				       true,
				       { { "all", 40 }, { "a", 20 }, { "b", HIDDEN }, { "c", HIDDEN } },
				       { { RELATION_SUM, "all", { "a", "b", "c" } } },
				       { { 0 } } };
	const struct example second = { NULL,
					true,
					{ { "all", 40 }, { "a", HIDDEN }, { "b", 17 }, { "c", HIDDEN } },
					{ { RELATION_SUM, "all", { "c", "b", "a" } } },
					{ { 0 } } };
	struct universe *one = example_universe(&first), *two = example_universe(&second);
	struct attacker *attacker = attacker_new();
	attacker_universe(attacker, one,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	attacker_universe(attacker, two,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	run(attacker);
	assert_interval(attacker, "c", NULL, 3, 3);
	attacker_free(attacker);
	universe_free(one);
	universe_free(two);
}

/* Which cell of a hidden line is hidden, and so no zero, can be told only where the others are shown: 20 = a + b + c.
 */
static void a_hidden_line_tells_of_a_cell_only_where_the_others_are_shown(void **state)
{
	(void)state;
	const struct {
		enum result_status line_of_b; /* of its own; none: RESULT_REFUSED + 1 */
		bool alone;                   /* the hidden line rests on a alone, not on a and b */
		bool zeros_shown;
		double a_least, c_most;
	} cases[] = {
		{ RESULT_HIDDEN, true, true, 1, 18 },   /* a and b hidden each: both at least 1 */
		{ RESULT_HIDDEN, true, false, 0, 20 },  /* zeros are hidden too */
		{ RESULT_HIDDEN, false, true, 0, 19 },  /* b is; a and b: nothing new */
		{ RESULT_OK, false, true, 1, 19 },      /* b is shown somewhere, and may be a zero: it must be a */
		{ RESULT_REFUSED, false, true, 1, 19 }, /* a refused line is a shown one */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
		size_t all = universe_cell(universe, unit, "all", 20), parts[3];
		const char *const names[] = { "a", "b", "c" };
		for (size_t j = 0; j < 3; j++)
			parts[j] = universe_cell(universe, unit, names[j], -1);
		universe_relation(universe, RELATION_SUM, all, parts, 3);
		add_line(universe, RESULT_HIDDEN, parts, cases[i].alone ? 1 : 2);
		add_line(universe, cases[i].line_of_b, &parts[1], 1);
		struct attacker *attacker = attacker_new();
		attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = cases[i].zeros_shown, .threshold = 10 });
		run(attacker);
		assert_interval(attacker, "a", NULL, cases[i].a_least,
				cases[i].line_of_b == RESULT_HIDDEN && cases[i].zeros_shown ? 19 : 20);
		assert_interval(attacker, "c", NULL, 0, cases[i].c_most);
		attacker_free(attacker);
		universe_free(universe);
	}
}

/* What is no secret is never the cell that hides a line; what a measure or a figure is computed from can be. All are
 * parts of a shown 100, so that a cell that can be told to be hidden is at least 1. */
static void lines_rest_on_measures_and_figures_too(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t service = universe_unit(universe, "service", "services", false, 0);
	size_t open = universe_cell(universe, service, "services", -1), a = universe_cell(universe, unit, "a", -1);
	size_t b = universe_cell(universe, unit, "b", -1), c = universe_cell(universe, unit, "c", -1);
	size_t all = universe_cell(universe, unit, "all", 100), parts[] = { a, b, c };
	size_t measure = universe_measure(universe, a, "score", 0, 10, NAN);
	const struct result hidden = { .analysis = "a",
				       .dataset = "d",
				       .statistic = "mean",
				       .outcome = "x",
				       .level = NAN,
				       .status = RESULT_HIDDEN };
	universe_relation(universe, RELATION_SUM, all, parts, 3);
	universe_result(universe, &hidden, &open, 1, &measure, 1);
	universe_result(universe, &hidden, &open, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "n", .value = NAN, .numerator = b, .factor = 1 });
	universe_result(universe, &hidden, &b, 1, NULL, 0);
	universe_figure(
		universe,
		&(struct figure){ .name = "estimate", .value = NAN, .numerator = c, .denominator = b, .factor = 100 });
	struct attacker *attacker = attacker_new();
	attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	run(attacker);
	assert_interval(attacker, "a", NULL, 1, 99);
	assert_interval(attacker, "b", NULL, 1, 99);
	assert_interval(attacker, "c", NULL, 0, 98);
	assert_interval(attacker, "services", NULL, 0, INFINITY);
	attacker_free(attacker);
	universe_free(universe);
}

/* Zeros among few are hidden. 50 = p + q + r and p = x + y, with lines of their own for x and y. */
static void a_hidden_part_of_a_group_that_may_be_small_may_be_a_zero(void **state)
{
	(void)state;
	const struct {
		long long q, r;
		bool p_shown_elsewhere;
		double x_least, x_most;
		int threshold; /* the unit's own; 0: none, the policy's is 10 */
		bool exceptions;
	} cases[] = {
		{ 20, HIDDEN, false, 0, 29, 0, false }, /* p is 1 to 29, may be small */
		{ 20, HIDDEN, true, 1, 29, 0, false },  /* a line that rests on p is shown: it is 0 or at least 10 */
		{ 20, HIDDEN, true, 0, 30, 0, true },   /* unless some are shown by an exception */
		{ 20, 5, false, 1, 24, 0, false },      /* p is worked out to be 25 */
		{ 20, 21, false, 0, 9, 0, false },      /* 9: small */
		{ 20, 20, false, 1, 9, 0, false },      /* 10: not small any more */
		{ 20, 20, false, 0, 10, 11, false },    /* small for a unit whose own threshold is 11 */
		{ 20, 21, false, 1, 8, 9, false },      /* not small for one whose own is 9 */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, cases[i].threshold);
		size_t all = universe_cell(universe, unit, "all", 50), p = universe_cell(universe, unit, "p", -1);
		size_t q = universe_cell(universe, unit, "q", cases[i].q),
		       r = universe_cell(universe, unit, "r", cases[i].r);
		size_t x = universe_cell(universe, unit, "x", -1), y = universe_cell(universe, unit, "y", -1);
		const size_t areas[] = { p, q, r }, parts[] = { x, y };
		universe_relation(universe, RELATION_SUM, all, areas, 3);
		universe_relation(universe, RELATION_SUM, p, parts, 2);
		add_line(universe, RESULT_HIDDEN, &x, 1);
		add_line(universe, RESULT_HIDDEN, &y, 1);
		if (cases[i].p_shown_elsewhere)
			add_line(universe, RESULT_OK, &p, 1);
		else
			add_line(universe, RESULT_HIDDEN, &p, 1);
		if (cases[i].r < 0)
			add_line(universe, RESULT_HIDDEN, &r, 1);
		struct attacker *attacker = attacker_new();
		attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10, .exceptions = cases[i].exceptions });
		run(attacker);
		/* where x and y are both at least 1, each leaves 1 to the other */
		assert_interval(attacker, "x", NULL, cases[i].x_least,
				cases[i].x_most - (cases[i].p_shown_elsewhere ? 1 : 0));
		attacker_free(attacker);
		universe_free(universe);
	}
}

/* What a printed figure says of a hidden count is learnt from a universe too: 7 of 50 print as 14 per cent. */
static void figures_of_a_universe_are_learnt(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t base = universe_cell(universe, unit, "base", 50), yes = universe_cell(universe, unit, "yes", -1);
	size_t cells[] = { base, yes };
	add_line(universe, RESULT_OK, cells, 2);
	universe_figure(universe, &(struct figure){ .name = "estimate",
						    .decimals = 0,
						    .value = 14,
						    .printed = "14",
						    .numerator = yes,
						    .denominator = base,
						    .factor = 100 });
	struct attacker *attacker = attacker_new();
	attacker_universe(attacker, universe,
	                  &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	assert_interval(run(attacker), "yes", NULL, 7, 7); /* 13.5 to 14.5 of 50: 6.75 to 7.25 */
	attacker_free(attacker);
	universe_free(universe);
}

static void numbers_that_exclude_each_other_are_an_error(void **state)
{
	(void)state;
	for (int how = 0; how < 3; how++) {
		struct attacker *attacker = attacker_new();
		struct error err = { 0 };
		size_t all = attacker_cell(attacker, "all", 20, 20), a = attacker_cell(attacker, "a", 0, INFINITY);
		size_t b = attacker_cell(attacker, "b", 0, INFINITY), c = attacker_cell(attacker, "c", 0, INFINITY);
		size_t first[] = { a, b }, second[] = { b, c }, third[] = { a, c };
		attacker_relation(attacker, RELATION_SUM, all, first, 2);
		if (how == 0) {
			attacker_cell(attacker, "a", 21, 21);
		} else if (how == 1) {
			attacker_cell(attacker, "all", 19, 19);
		} else { /* each pair gives 20, so that all three are 10; but a is at least b + 1 as 60 per cent of 20
			  */
			attacker_relation(attacker, RELATION_SUM, attacker_cell(attacker, "all 2", 20, 20), second, 2);
			attacker_relation(attacker, RELATION_SUM, attacker_cell(attacker, "all 3", 20, 20), third, 2);
			attacker_figure(attacker, a, b, 100, 200, 0);
		}
		assert_false(attacker_run(attacker, &err));
		assert_int_equal(err.kind, ERROR_FAULT);
		assert_string_equal(err.code, "audit-impossible");
		attacker_free(attacker);
	}
}

/* ---- the property: the intervals are those of every whole-number table that fits ---- */

enum { AXES = 3, LONGEST = 4, INNER = 12, CELLS = 5 * 5 * 5 };

/* A table of up to three axes with all its margins. A cell is a position on each axis, the axis' own length standing
 * for its total. */
struct table {
	int length[AXES];
	int n[CELLS], least[CELLS];
	bool hidden[CELLS];
	int cell_count, inner[INNER], inner_count;
	bool covers[CELLS][INNER];
	int low[CELLS], high[CELLS]; /* over all tables that fit */
	int guess[INNER], sum[CELLS];
	long tables;
};

static unsigned next_random(unsigned *state) /* Marsaglia's xorshift32 */
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static int below(unsigned *state, int limit)
{
	return (int)(next_random(state) % (unsigned)limit);
}

static void position_of(const struct table *table, int cell, int position[AXES])
{
	for (int axis = 0; axis < AXES; axis++) {
		position[axis] = cell % (table->length[axis] + 1);
		cell /= table->length[axis] + 1;
	}
}

static bool covers(const struct table *table, int cell, int inner)
{
	int outer[AXES], within[AXES];
	position_of(table, cell, outer);
	position_of(table, inner, within);
	for (int axis = 0; axis < AXES; axis++)
		if (outer[axis] != within[axis] && outer[axis] != table->length[axis])
			return false;
	return true;
}

static struct table *random_table(unsigned *state)
{
	struct table *table = mem_alloc(1, sizeof *table);
	do {
		bool three = below(state, 2);
		table->length[0] = 2 + below(state, three ? 2 : 3);
		table->length[1] = 2 + below(state, three ? 2 : 3);
		table->length[2] = three ? 2 + below(state, 2) : 1;
		table->inner_count = table->length[0] * table->length[1] * table->length[2];
	} while (table->inner_count > INNER);
	table->cell_count = (table->length[0] + 1) * (table->length[1] + 1) * (table->length[2] + 1);
	int inner = 0, most = table->inner_count > 9 ? 4 : table->inner_count > 6 ? 6 : 12;
	for (int cell = 0; cell < table->cell_count; cell++) {
		int position[AXES];
		position_of(table, cell, position);
		if (position[0] < table->length[0] && position[1] < table->length[1] &&
		    position[2] < table->length[2]) {
			table->inner[inner++] = cell;
			table->n[cell] = below(state, most);
		}
	}
	int hide = 3 + below(state, 3); /* of six */
	for (int cell = 0; cell < table->cell_count; cell++) {
		bool is_inner = false;
		for (int i = 0; i < inner; i++)
			is_inner = is_inner || table->inner[i] == cell;
		for (int i = 0; i < inner; i++)
			table->covers[cell][i] = covers(table, cell, table->inner[i]);
		for (int i = 0; i < inner && !is_inner; i++)
			table->n[cell] += table->covers[cell][i] ? table->n[table->inner[i]] : 0;
	}
	bool zeros_shown = below(state, 2);
	for (int cell = 0; cell < table->cell_count - 1; cell++) { /* the last is the grand total: shown */
		table->least[cell] = zeros_shown ? 1 : 0;
		table->hidden[cell] = below(state, 6) < hide && !(zeros_shown && table->n[cell] == 0);
	}
	return table;
}

/* Fill the inner cells one by one; `sum` is what every cell holds so far. */
static void enumerate(struct table *table, int done)
{
	if (done == table->inner_count) {
		for (int cell = 0; cell < table->cell_count; cell++)
			if (table->hidden[cell] ? table->sum[cell] < table->least[cell]
						: table->sum[cell] != table->n[cell])
				return;
		table->tables++;
		for (int cell = 0; cell < table->cell_count; cell++) {
			table->low[cell] = table->sum[cell] < table->low[cell] ? table->sum[cell] : table->low[cell];
			table->high[cell] = table->sum[cell] > table->high[cell] ? table->sum[cell] : table->high[cell];
		}
		return;
	}
	/* a shown cell leaves so much room; its last inner cell fills it */
	int inner = table->inner[done], room = table->n[table->cell_count - 1];
	int start = table->hidden[inner] ? table->least[inner] : table->n[inner];
	for (int cell = 0; cell < table->cell_count; cell++) {
		int left = table->n[cell] - table->sum[cell];
		if (table->hidden[cell] || !table->covers[cell][done])
			continue;
		room = left < room ? left : room;
		bool last = true;
		for (int later = done + 1; later < table->inner_count; later++)
			last = last && !table->covers[cell][later];
		start = last && left > start ? left : start;
	}
	for (int value = start; value <= room; value++) {
		for (int cell = 0; cell < table->cell_count; cell++)
			table->sum[cell] += table->covers[cell][done] ? value : 0;
		enumerate(table, done + 1);
		for (int cell = 0; cell < table->cell_count; cell++)
			table->sum[cell] -= table->covers[cell][done] ? value : 0;
	}
}

static void teach_table(struct attacker *attacker, const struct table *table, size_t *ids)
{
	char name[32];
	for (int cell = 0; cell < table->cell_count; cell++) {
		snprintf(name, sizeof name, "cell %d", cell);
		double least = table->hidden[cell] ? table->least[cell] : table->n[cell];
		ids[cell] = attacker_cell(attacker, name, least, table->hidden[cell] ? INFINITY : table->n[cell]);
	}
	int step = 1;
	for (int axis = 0; axis < AXES; step *= table->length[axis] + 1, axis++) {
		for (int cell = 0; cell < table->cell_count; cell++) {
			int position[AXES];
			size_t parts[LONGEST];
			position_of(table, cell, position);
			if (position[axis] != table->length[axis])
				continue;
			for (int i = 0; i < table->length[axis]; i++)
				parts[i] = ids[cell - step * (table->length[axis] - i)];
			attacker_relation(attacker, RELATION_SUM, ids[cell], parts, (size_t)table->length[axis]);
		}
	}
}

static void intervals_are_those_of_every_table_that_fits(void **state)
{
	(void)state;
	unsigned seed = 20240917;
	long tables = 0, hidden = 0, recovered = 0;
	for (int trial = 0; trial < 400; trial++) {
		struct table *table = random_table(&seed);
		size_t ids[CELLS];
		for (int cell = 0; cell < table->cell_count; cell++) {
			table->low[cell] = INT32_MAX;
			table->high[cell] = -1;
		}
		enumerate(table, 0);
		struct attacker *attacker = attacker_new();
		teach_table(attacker, table, ids);
		run(attacker);
		for (int cell = 0; cell < table->cell_count; cell++) {
			char name[32];
			struct interval interval;
			snprintf(name, sizeof name, "cell %d", cell);
			assert_true(attacker_interval(attacker, name, NULL, &interval));
			if (interval.least != table->low[cell] || interval.most != table->high[cell])
				fail_msg("trial %d, %s of %dx%dx%d: %g to %g, all tables say %d to %d", trial, name,
					 table->length[0], table->length[1], table->length[2], interval.least,
					 interval.most, table->low[cell], table->high[cell]);
			hidden += table->hidden[cell];
			recovered += table->hidden[cell] && interval.least == interval.most;
		}
		tables += table->tables;
		attacker_free(attacker);
		free(table);
	}
	/* the trials are worth something: much was hidden, some of it in vain, and there were many tables to tell apart
	 */
	assert_true(hidden > 5000 && recovered > 1000 && recovered < hidden * 2 / 3 && tables > 1000000);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 16];
	size_t count = 0;
	for (; count < COUNT(examples); count++)
		tests[count] = (struct CMUnitTest){ .name = examples[count].name,
						    .test_func = answers_are_as_known,
						    .initial_state = (void *)(uintptr_t)&examples[count] };
	const struct CMUnitTest others[] = {
		cmocka_unit_test(a_hidden_cell_of_a_sensitive_variable_may_be_nobody),
		cmocka_unit_test(a_percentage_of_a_small_base_gives_its_count),
		cmocka_unit_test(more_decimals_narrow_the_count),
		cmocka_unit_test(a_percentage_of_a_hidden_base_ties_the_two),
		cmocka_unit_test(a_hidden_mean_is_the_difference_of_totals),
		cmocka_unit_test(totals_are_tied_through_a_whole_that_nobody_shows),
		cmocka_unit_test(a_total_over_part_of_a_cell_leaves_the_range_of_the_rest),
		cmocka_unit_test(a_sum_of_whole_numbers_is_whole),
		cmocka_unit_test(a_measure_without_a_range_has_no_bounds),
		cmocka_unit_test(releases_are_attacked_together),
		cmocka_unit_test(a_hidden_line_tells_of_a_cell_only_where_the_others_are_shown),
		cmocka_unit_test(lines_rest_on_measures_and_figures_too),
		cmocka_unit_test(a_hidden_part_of_a_group_that_may_be_small_may_be_a_zero),
		cmocka_unit_test(figures_of_a_universe_are_learnt),
		cmocka_unit_test(numbers_that_exclude_each_other_are_an_error),
		cmocka_unit_test(intervals_are_those_of_every_table_that_fits),
	};
	memcpy(tests + count, others, sizeof others);
	return _cmocka_run_group_tests("attacker", tests, COUNT(tests), NULL, NULL);
}
