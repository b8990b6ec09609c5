/* What a policy lets be known: zeros that everybody knows, and single counts by the steward's leave. */
#include "testing.h"

#include "protect/exceptions.h"
#include "protect/protect.h"
#include "same.h"
#include "protect/zeros.h"

enum { AREAS = 2, SEXES = 2, ANSWERS = 2 };

/* Two areas by sex, and in each who answered yes to a question that men are not asked. */
struct made {
	struct universe *universe;
	size_t area[AREAS], sex[AREAS][SEXES], answer[AREAS][SEXES][ANSWERS];
};

static struct made make(const long long counts[AREAS][SEXES][ANSWERS])
{
	static const char *const sexes[] = { "f", "m" }, *const answers[] = { "no", "yes" };
	struct made made = { .universe = universe_new() };
	size_t unit = universe_unit(made.universe, "person", "people", true, 10);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	for (size_t a = 0; a < AREAS; a++) {
		long long sums[SEXES] = { counts[a][0][0] + counts[a][0][1], counts[a][1][0] + counts[a][1][1] };
		char condition[80];
		snprintf(condition, sizeof condition, "d & area=%zu", a + 1);
		made.area[a] = universe_cell(made.universe, unit, condition, sums[0] + sums[1]);
		for (size_t s = 0; s < SEXES; s++) {
			snprintf(condition, sizeof condition, "d & area=%zu & sex{born;1a}=%s", a + 1, sexes[s]);
			made.sex[a][s] = universe_cell(made.universe, unit, condition, sums[s]);
			for (size_t r = 0; r < ANSWERS; r++) {
				snprintf(condition, sizeof condition, "d & area=%zu & pregnant=%s & sex{born;1a}=%s", a + 1,
				         answers[r], sexes[s]);
				made.answer[a][s][r] = universe_cell(made.universe, unit, condition, counts[a][s][r]);
			}
			universe_relation(made.universe, RELATION_SUM, made.sex[a][s], made.answer[a][s], ANSWERS);
		}
		universe_relation(made.universe, RELATION_SUM, made.area[a], made.sex[a], SEXES);
	}
	for (size_t cell = 1; cell <= made.universe->cell_count; cell++)
		universe_result(made.universe, &line, &cell, 1, NULL, 0);
	return made;
}

static const long long people[AREAS][SEXES][ANSWERS] = { { { 20, 30 }, { 15, 0 } }, { { 40, 4 }, { 6, 0 } } };

static char *terms = (char *)(uintptr_t) "pregnant=yes & sex=m";
static const struct study_disclosure hides_zeros = { .threshold = 10, .zeros = STUDY_ZEROS_HIDDEN, .min_width = 3, .reach = true,
	                                             .structural_zeros = &terms, .structural_zeros_count = 1 };

/* Six men in an area, none of them pregnant: no news of any of the six. */
static void a_zero_that_everybody_knows_is_shown_and_hides_nothing(void **state)
{
	(void)state;
	struct made made = make(people);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, made.universe, &hides_zeros, &err), &err);
	for (size_t a = 0; a < AREAS; a++) {
		const struct cell_decision *zero = &decisions[made.answer[a][1][1] - 1];
		assert_false(zero->hidden);
		assert_false(zero->unsafe);
		assert_int_equal(zero->rule, RULE_STRUCTURAL);
		assert_int_equal(zero->known_least, 0);
		assert_int_equal(zero->known_most, 0);
	}
	/* six men are all of their area's men who are not: both hidden, and the four women by another */
	assert_int_equal(decisions[made.sex[1][1] - 1].rule, RULE_THRESHOLD);
	assert_int_equal(decisions[made.answer[1][1][0] - 1].rule, RULE_THRESHOLD);
	assert_int_equal(decisions[made.answer[1][0][1] - 1].rule, RULE_THRESHOLD);
	assert_true(decisions[made.answer[1][0][0] - 1].hidden || decisions[made.sex[1][0] - 1].hidden);
	free(decisions);
	universe_free(made.universe);
}

/* Without the declaration the same zeros are hidden, and another count of fifteen with each. */
static void the_same_zero_is_hidden_where_nobody_says_that_it_is_known(void **state)
{
	(void)state;
	struct made made = make(people);
	struct study_disclosure policy = hides_zeros;
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	policy.structural_zeros_count = 0;
	assert_ok(protect_universe(&decisions, NULL, made.universe, &policy, &err), &err);
	assert_true(decisions[made.answer[0][1][1] - 1].hidden && decisions[made.answer[1][1][1] - 1].hidden);
	assert_int_equal(decisions[made.answer[0][1][1] - 1].known_least, -1);
	free(decisions);
	universe_free(made.universe);
}

static void a_zero_that_is_none_is_refused_without_a_count(void **state)
{
	(void)state;
	static const long long wrong[AREAS][SEXES][ANSWERS] = { { { 20, 30 }, { 15, 7 } }, { { 40, 4 }, { 6, 0 } } };
	struct made made = make(wrong);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_false(protect_universe(&decisions, NULL, made.universe, &hides_zeros, &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_string_equal(err.code, "policy-structural-zero");
	assert_non_null(strstr(err.message, "pregnant=yes & sex=m"));
	assert_null(strpbrk(err.message, "0123456789"));
	universe_free(made.universe);
}

static void a_zero_of_no_cell_is_refused(void **state)
{
	(void)state;
	static const char *const nowhere[] = { "pregnant=y & sex=m", "pregnant=yes & sex=ma", "pregnant=yes & se=m", "pregnan=yes",
		                               "pregnant=yes & sex=m & age=1", "born=1a" };
	for (size_t i = 0; i < COUNT(nowhere); i++) {
		struct made made = make(people);
		char *one = mem_copy_text(nowhere[i]);
		struct study_disclosure policy = hides_zeros;
		struct error err = { 0 };
		policy.structural_zeros = &one;
		assert_false(zeros_check(made.universe, &policy, &err));
		assert_int_equal(err.kind, ERROR_CONFIG);
		assert_non_null(strstr(err.message, nowhere[i]));
		free(one);
		universe_free(made.universe);
	}
}

/* --- exceptions --- */

static struct study_exception leave = { .condition = (char *)(uintptr_t) "d & area=2 & pregnant=yes & sex{born;1a}=f",
	                                .who = (char *)(uintptr_t) "A", .why = (char *)(uintptr_t) "B",
	                                .date = (char *)(uintptr_t) "2026-01-01", .expires = (char *)(uintptr_t) "2026-12-31",
	                                .in_force = true };

static struct study_disclosure with_leave(struct study_exception *exception)
{
	return (struct study_disclosure){ .threshold = 10, .min_width = 3, .reach = true, .exceptions = exception, .exceptions_count = 1 };
}

/* Four women, whom the steward lets be told of. The six men of the same area stay hidden, and what gives them away. */
static void an_exception_shows_its_cell_and_no_other(void **state)
{
	(void)state;
	struct made made = make(people);
	struct study_disclosure policy = with_leave(&leave);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, made.universe, &policy, &err), &err);
	const struct cell_decision *let = &decisions[made.answer[1][0][1] - 1];
	assert_int_equal(let->rule, RULE_EXCEPTION);
	assert_false(let->hidden);
	assert_int_equal(exceptions_count(decisions, made.universe, &policy), 1);
	const struct cell_decision *men = &decisions[made.sex[1][1] - 1];
	assert_true(men->hidden && men->unsafe);
	assert_int_equal(men->reach, 10);
	assert_true(decisions[made.sex[1][0] - 1].hidden || decisions[made.area[1] - 1].hidden);
	free(decisions);
	universe_free(made.universe);
}

/* Of two areas and two answers one is the rest of the other: four people under four names. */
static void the_same_people_are_let_be_told_of_under_every_name(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, 10);
	size_t all = universe_cell(universe, unit, "d", 34), one = universe_cell(universe, unit, "d & a=1", 30);
	size_t four = universe_cell(universe, unit, "d & a=2", 4), rest = universe_cell(universe, unit, "d & a!=1", 4);
	size_t in = universe_cell(universe, unit, "d & a=2 & b:in", 4), beside = universe_cell(universe, unit, "d & c=1", 4);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ one, four }, 2);
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ rest, one }, 2);
	universe_relation(universe, RELATION_SUM, four, &in, 1);
	universe_relation(universe, RELATION_CONTAINS, all, &beside, 1);
	for (size_t cell = 1; cell <= universe->cell_count; cell++)
		universe_result(universe, &line, &cell, 1, NULL, 0);
	struct study_exception exception = leave;
	struct study_disclosure policy = with_leave(&exception);
	exception.condition = (char *)(uintptr_t) "d & a=2 & b:in";
	struct cell_decision *decisions = classify(universe, &policy);
	const size_t same[] = { in, four, rest };
	for (size_t i = 0; i < COUNT(same); i++)
		assert_int_equal(decisions[same[i] - 1].rule, RULE_EXCEPTION);
	assert_int_equal(decisions[beside - 1].rule, RULE_THRESHOLD); /* other people, as many */
	assert_int_equal(decisions[all - 1].rule, RULE_SAFE);
	assert_int_equal(exceptions_count(decisions, universe, &policy), 1);
	free(decisions);
	universe_free(universe);
}

/* Cells are sets of seven people, relations the ways in which sets that stand there make up others. Whoever is said to be the same
 * is, in 2,000 made-up studies; and often enough somebody is. */
static void who_is_said_to_be_the_same_is(void **state)
{
	(void)state;
	enum { PEOPLE = 7, SETS = 14, STUDIES = 2000 };
	unsigned random = 1;
	size_t found = 0;
	for (int study = 0; study < STUDIES; study++) {
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "person", "people", true, 10);
		unsigned sets[SETS];
		for (unsigned i = 0; i < SETS; i++) {
			random = random * 1103515245u + 12345u;
			sets[i] = random >> 16 & ((1u << PEOPLE) - 1);
			char condition[20];
			snprintf(condition, sizeof condition, "set %u", i);
			universe_cell(universe, unit, condition, __builtin_popcount(sets[i]));
		}
		for (size_t whole = 0; whole < SETS; whole++)
			for (size_t a = 0; a < SETS; a++)
				for (size_t b = a; b < SETS; b++) {
					bool sum = (sets[a] | sets[b]) == sets[whole] && (a == b || !(sets[a] & sets[b]));
					if (sum && whole != a && whole != b)
						universe_relation(universe, RELATION_SUM, whole + 1, (size_t[]){ a + 1, b + 1 }, a == b ? 1 : 2);
				}
		size_t *same = same_people(universe, NULL);
		for (size_t i = 0; i < SETS; i++) {
			assert_true(same[i] <= i);
			assert_int_equal(sets[same[i]], sets[i]);
			found += same[i] != i;
		}
		free(same);
		universe_free(universe);
	}
	assert_true(found > STUDIES / 2);
}

static void an_exception_that_is_not_in_force_shows_nothing(void **state)
{
	(void)state;
	struct made made = make(people);
	struct study_exception late = leave;
	struct study_disclosure policy = with_leave(&late);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	late.in_force = false;
	assert_ok(protect_universe(&decisions, NULL, made.universe, &policy, &err), &err);
	assert_int_equal(decisions[made.answer[1][0][1] - 1].rule, RULE_THRESHOLD);
	assert_true(decisions[made.answer[1][0][1] - 1].hidden);
	assert_int_equal(exceptions_count(decisions, made.universe, &policy), 0);
	free(decisions);
	universe_free(made.universe);
}

/* The zero among four who are shown would say of each of them what they are not. */
static void a_zero_within_an_exception_stays_hidden(void **state)
{
	(void)state;
	struct made made = make(people);
	struct study_disclosure policy = with_leave(&leave);
	struct error err = { 0 };
	size_t four = made.answer[1][0][1], unit = made.universe->cells[0].unit;
	size_t parts[] = { universe_cell(made.universe, unit, "d & area=2 & pregnant=yes & sex{born;1a}=f & told=no", 0),
		           universe_cell(made.universe, unit, "d & area=2 & pregnant=yes & sex{born;1a}=f & told=yes", 4) };
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(made.universe, RELATION_SUM, four, parts, COUNT(parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		universe_result(made.universe, &line, &parts[i], 1, NULL, 0);
	struct cell_decision *decisions = classify(made.universe, &policy);
	assert_false(decisions[four - 1].hidden);
	assert_true(decisions[parts[0] - 1].hidden && decisions[parts[0] - 1].unsafe);
	assert_int_equal(decisions[parts[0] - 1].rule, RULE_ZERO);
	assert_true(decisions[parts[1] - 1].hidden && decisions[parts[1] - 1].unsafe);
	free(decisions);
	/* and what the four who are shown give away of them is no pattern's to hide */
	assert_false(protect_universe(&decisions, NULL, made.universe, &policy, &err));
	assert_string_equal(err.code, "policy-infeasible");
	universe_free(made.universe);
}

static void an_exception_for_no_cell_is_named_with_the_nearest(void **state)
{
	(void)state;
	struct made made = make(people);
	struct study_exception misspelt = leave;
	struct study_disclosure policy = with_leave(&misspelt);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	misspelt.condition = (char *)(uintptr_t) "d & area=2 & pregnant=yse & sex{born;1a}=f";
	assert_false(protect_universe(&decisions, NULL, made.universe, &policy, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_non_null(strstr(err.help, leave.condition));
	universe_free(made.universe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_zero_that_everybody_knows_is_shown_and_hides_nothing),
		cmocka_unit_test(the_same_zero_is_hidden_where_nobody_says_that_it_is_known),
		cmocka_unit_test(a_zero_that_is_none_is_refused_without_a_count),
		cmocka_unit_test(a_zero_of_no_cell_is_refused),
		cmocka_unit_test(an_exception_shows_its_cell_and_no_other),
		cmocka_unit_test(the_same_people_are_let_be_told_of_under_every_name),
		cmocka_unit_test(who_is_said_to_be_the_same_is),
		cmocka_unit_test(an_exception_that_is_not_in_force_shows_nothing),
		cmocka_unit_test(a_zero_within_an_exception_stays_hidden),
		cmocka_unit_test(an_exception_for_no_cell_is_named_with_the_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
