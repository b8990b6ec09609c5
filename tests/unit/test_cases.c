#include "testing.h"

#include "audit/cases.h"
#include "universe.h"

/* 50 = p + q + r, of which q = 20 is shown, and p = x + y; p, r, x and y are hidden, each in a line of its own. So p is
 * 1 to 29. Where it is small, x and y may be zeros. Where it is 10 or more they are not, for a zero of many is shown.
 */
static struct universe *fifty(bool p_shown_elsewhere, int x_and_p)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t all = universe_cell(universe, unit, "all", 50), p = universe_cell(universe, unit, "p", -1),
	       q = universe_cell(universe, unit, "q", 20), r = universe_cell(universe, unit, "r", -1),
	       x = universe_cell(universe, unit, "x", -1), y = universe_cell(universe, unit, "y", -1);
	size_t z = x_and_p ? universe_cell(universe, unit, "z", x_and_p) : 0;
	const size_t hidden[] = { p, r, x, y };
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ p, q, r }, 3);
	universe_relation(universe, RELATION_SUM, p, (size_t[]){ x, y }, 2);
	if (z) {
		universe_relation(universe, RELATION_SUM, z, (size_t[]){ x, p }, 2);
		universe_result(universe, &line, &z, 1, NULL, 0);
	}
	if (p_shown_elsewhere)
		universe_result(universe, &line, &p, 1, NULL, 0);
	line.status = RESULT_HIDDEN;
	for (size_t i = p_shown_elsewhere; i < COUNT(hidden); i++)
		universe_result(universe, &line, &hidden[i], 1, NULL, 0);
	return universe;
}

static bool ten_suffice(void *context, size_t wanted, struct interval interval)
{
	(void)context, (void)wanted;
	return interval.most >= 10;
}

static bool more_than_all(void *context, size_t wanted, struct interval interval)
{
	(void)context, (void)wanted;
	return interval.most >= 29;
}

struct example {
	const char *name;
	bool p_shown_elsewhere;
	bool (*suffices)(void *context, size_t wanted, struct interval interval);
	double least, most; /* of x, after arguing */
	int x_and_p;        /* together, which is shown; 0: it is not */
};

static const struct example examples[] = {
	/* x = 29 = p leaves nobody to y, and p is not small. 28 leaves one; 0 and a small p are possible */
	{ "what is possible in no case is not possible", false, NULL, 0, 28, 0 },
	{ "of a group that is not small there is nothing to argue about", true, NULL, 1, 28, 0 },
	{ "where it is open enough the ends stay as the rows leave them", false, ten_suffice, 0, 29, 0 },
	{ "where only the rows leave it open enough, its end is found", false, more_than_all, 0, 28, 0 },
	/* x = 0 leaves p = 10, which is not small, and a zero of it is shown; with 9 it is small. y = 0 leaves x = p = 5; or 9
	 * is odd, and x = 4 leaves p = 5 and y = 1 */
	{ "a group of the threshold is not small", false, NULL, 1, 5, 10 },
	{ "a group of one less is", false, NULL, 0, 4, 9 },
};

static void ends_are_those_of_all_cases(void **state)
{
	const struct example *example = *state;
	struct universe *universe = fifty(example->p_shown_elsewhere, example->x_and_p);
	struct attacker *attacker = attacker_new();
	struct error err = { 0 };
	struct interval interval;
	size_t undecided = 1;
	attacker_universe(attacker, universe, &(struct attacker_policy){ .zeros_shown = true, .threshold = 10 });
	assert_true(attacker_run(attacker, &err));
	const struct cases_inquiry inquiry = { .wanted = (const char *const[]){ "x" },
		                               .wanted_count = 1,
		                               .suffices = example->suffices };
	assert_true(cases_argue(attacker, &inquiry, &undecided, &err));
	assert_true(attacker_interval(attacker, "x", NULL, &interval));
	assert_close(interval.least, example->least, 1e-6);
	assert_close(interval.most, example->most, 1e-6);
	assert_int_equal(undecided, 0);
	attacker_free(attacker);
	universe_free(universe);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
			                        .test_func = ends_are_those_of_all_cases,
			                        .initial_state = (void *)&examples[i] };
	return _cmocka_run_group_tests("cases", tests, COUNT(tests), NULL, NULL);
}
