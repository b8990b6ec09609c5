/* protect's first decision about each cell, and what it makes of a whole study. */
#include "testing.h"

#include "protect/protect.h"

static const struct example {
	const char *name;
	bool confidential;
	int unit_threshold;
	enum study_zeros zeros;
	long long n;
	bool published;
	/* expected */
	bool hidden, unsafe;
	enum decision_rule rule;
	int reach, least;
} examples[] = {
	{ "a count below the threshold is hidden", true, 10, STUDY_ZEROS_SHOWN, 9, true, true, true, RULE_THRESHOLD, 10, 1 },
	{ "a count at the threshold is shown", true, 10, STUDY_ZEROS_SHOWN, 10, true, false, false, RULE_SAFE, 0, 1 },
	{ "a zero is shown when the study allows it", true, 10, STUDY_ZEROS_SHOWN, 0, true, false, false, RULE_SAFE, 0, 1 },
	{ "a zero is hidden when the study says so", true, 10, STUDY_ZEROS_HIDDEN, 0, true, true, true, RULE_ZERO, 10, 0 },
	{ "a hidden one may be a zero where zeros are hidden", true, 10, STUDY_ZEROS_HIDDEN, 3, true, true, true, RULE_THRESHOLD, 10, 0 },
	{ "a unit's own threshold goes before the policy's", true, 5, STUDY_ZEROS_SHOWN, 7, true, false, false, RULE_SAFE, 0, 1 },
	{ "a unit without one takes the policy's", true, 0, STUDY_ZEROS_SHOWN, 11, true, true, true, RULE_THRESHOLD, 12, 1 },
	{ "a small cell that nobody asks for is protected too", true, 10, STUDY_ZEROS_SHOWN, 4, false, true, true, RULE_UNPUBLISHED, 10, 0 },
	{ "a large cell that nobody asks for is hidden at no cost", true, 10, STUDY_ZEROS_SHOWN, 40, false, true, false, RULE_UNPUBLISHED, 0, 0 },
	{ "an empty cell that nobody asks for is no secret where zeros are shown", true, 10, STUDY_ZEROS_SHOWN, 0, false, true, false, RULE_UNPUBLISHED, 0, 0 },
	{ "a unit that is not confidential is shown", false, 0, STUDY_ZEROS_SHOWN, 2, true, false, false, RULE_NOT_CONFIDENTIAL, 0, 0 },
};

static void cells_are_classified(void **state)
{
	const struct example *example = *state;
	const struct study_disclosure policy = { .threshold = 12, .zeros = example->zeros, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "thing", "things", example->confidential, example->unit_threshold),
	       cell = universe_cell(universe, unit, "things", example->n);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	if (example->published)
		universe_result(universe, &line, &cell, 1, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	assert_int_equal(decisions[0].published, example->published);
	assert_int_equal(decisions[0].hidden, example->hidden);
	assert_int_equal(decisions[0].unsafe, example->unsafe);
	assert_int_equal(decisions[0].rule, example->rule);
	assert_int_equal(decisions[0].reach, example->reach);
	assert_int_equal(decisions[0].width, example->unsafe ? 3 : 0);
	if (example->hidden)
		assert_int_equal(decisions[0].least, example->least);
	if (!example->published)
		assert_close(decisions[0].cost, 0, 0);
	free(decisions);
	universe_free(universe);
}

/* Three people of an area, none of whom answered: `none gave this answer` would say so of each. */
static void a_zero_among_few_is_hidden_whatever_the_policy_says_of_zeros(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .zeros = STUDY_ZEROS_SHOWN, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, 10);
	size_t area = universe_cell(universe, unit, "area", 3), answered = universe_cell(universe, unit, "answered", 0);
	size_t missing = universe_cell(universe, unit, "missing", 3), yes = universe_cell(universe, unit, "yes", 0);
	size_t empty = universe_cell(universe, unit, "empty area", 0), large = universe_cell(universe, unit, "large area", 40);
	size_t nobody = universe_cell(universe, unit, "nobody of many", 0), all = universe_cell(universe, unit, "all of many", 40);
	size_t rest = universe_cell(universe, unit, "d & x!=1", 3), two = universe_cell(universe, unit, "d & x=2", 0),
	       three = universe_cell(universe, unit, "d & x=3", 3);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(universe, RELATION_SUM, rest, (size_t[]){ two, three }, 2);
	universe_relation(universe, RELATION_SUM, answered, &yes, 1);
	universe_relation(universe, RELATION_SUM, area, (size_t[]){ answered, missing }, 2);
	universe_relation(universe, RELATION_SUM, large, (size_t[]){ nobody, all }, 2);
	for (size_t cell = 1; cell <= universe->cell_count; cell++)
		universe_result(universe, &line, &cell, 1, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	assert_true(decisions[answered - 1].hidden && decisions[answered - 1].unsafe);
	assert_true(decisions[yes - 1].hidden && decisions[yes - 1].unsafe);
	assert_int_equal(decisions[yes - 1].rule, RULE_ZERO);
	assert_int_equal(decisions[yes - 1].least, 0);
	assert_false(decisions[empty - 1].hidden);
	assert_false(decisions[nobody - 1].hidden);
	assert_false(decisions[two - 1].hidden); /* what one code leaves is no group that anybody thinks of */
	free(decisions);
	universe_free(universe);
}

/* Nobody in the whole study gave this answer: that no one of the three did says no more. */
static void a_zero_that_follows_from_a_zero_of_many_is_shown(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .zeros = STUDY_ZEROS_SHOWN, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, 10);
	size_t all = universe_cell(universe, unit, "all", 43), few = universe_cell(universe, unit, "few", 3),
	       many = universe_cell(universe, unit, "many", 40);
	size_t none = universe_cell(universe, unit, "all & x=1", 0), none_few = universe_cell(universe, unit, "few & x=1", 0),
	       none_many = universe_cell(universe, unit, "many & x=1", 0);
	size_t some = universe_cell(universe, unit, "all & x=2", 43), some_few = universe_cell(universe, unit, "few & x=2", 3),
	       some_many = universe_cell(universe, unit, "many & x=2", 40);
	/* and by way of one that nobody asks for */
	size_t half = universe_cell(universe, unit, "half & x=1", 0), pair = universe_cell(universe, unit, "pair", 3),
	       none_pair = universe_cell(universe, unit, "pair & half & x=1", 0), rest_pair = universe_cell(universe, unit, "pair, else", 3);
	universe_relation(universe, RELATION_SUM, none, &half, 1);
	universe_relation(universe, RELATION_SUM, half, &none_pair, 1);
	universe_relation(universe, RELATION_SUM, pair, (size_t[]){ none_pair, rest_pair }, 2);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ few, many }, 2);
	universe_relation(universe, RELATION_SUM, none, (size_t[]){ none_few, none_many }, 2);
	universe_relation(universe, RELATION_SUM, some, (size_t[]){ some_few, some_many }, 2);
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ none, some }, 2);
	universe_relation(universe, RELATION_SUM, few, (size_t[]){ none_few, some_few }, 2);
	universe_relation(universe, RELATION_SUM, many, (size_t[]){ none_many, some_many }, 2);
	for (size_t cell = 1; cell <= universe->cell_count; cell++)
		if (cell != half)
			universe_result(universe, &line, &cell, 1, NULL, 0);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
	assert_false(decisions[none - 1].hidden);
	assert_false(decisions[none_few - 1].hidden);
	assert_false(decisions[none_pair - 1].unsafe);
	assert_true(decisions[few - 1].hidden);
	free(decisions);
	universe_free(universe);
}

/* Nobody of ten said yes, which no table prints: that nobody of seven of them did must not be what tells of it. */
static void a_zero_of_many_that_nobody_publishes_lets_no_other_be_told(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .zeros = STUDY_ZEROS_SHOWN, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, 10);
	size_t ten = universe_cell(universe, unit, "ten", 10), yes = universe_cell(universe, unit, "ten & x=1", 0),
	       no = universe_cell(universe, unit, "ten & x=2", 10);
	size_t seven = universe_cell(universe, unit, "seven", 7), seven_yes = universe_cell(universe, unit, "seven & x=1", 0),
	       seven_no = universe_cell(universe, unit, "seven & x=2", 7);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_relation(universe, RELATION_SUM, ten, (size_t[]){ yes, no }, 2);
	universe_relation(universe, RELATION_SUM, seven, (size_t[]){ seven_yes, seven_no }, 2);
	universe_relation(universe, RELATION_CONTAINS, yes, &seven_yes, 1);
	universe_result(universe, &line, (size_t[]){ seven, seven_yes, seven_no }, 3, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	assert_true(decisions[seven_yes - 1].hidden);
	assert_false(decisions[seven_yes - 1].unsafe); /* the zero of ten might be told */
	assert_false(decisions[seven_yes - 1].published); /* and follows, where ten and all of their answers are shown */
	free(decisions);
	universe_result(universe, &line, &yes, 1, NULL, 0);
	decisions = classify(universe, &policy);
	assert_false(decisions[seven_yes - 1].hidden);
	free(decisions);
	universe_free(universe);
}

/* 14 who all said yes: that nobody said no is hidden where the question is sensitive, and the group below min_group. */
static void all_of_a_small_group_are_not_told_of_a_sensitive_question(void **state)
{
	static char lonely[] = "lonely", *names[] = { lonely };
	static const struct {
		int min_group;
		unsigned sensitive;
		bool hidden;
	} cases[] = { { 20, 0, false }, { 20, 1, true }, { 15, 1, true }, { 14, 1, false } };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct study_disclosure policy = { .threshold = 10,
			                                 .min_width = 3,
			                                 .reach = true,
			                                 .sensitive = names,
			                                 .sensitive_count = cases[i].sensitive,
			                                 .min_group = cases[i].min_group };
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "person", "people", true, 10);
		size_t group = universe_cell(universe, unit, "s & lonely:answered", 14), yes = universe_cell(universe, unit, "s & lonely=yes", 14),
		       no = universe_cell(universe, unit, "s & lonely=no", 0), parent = universe_cell(universe, unit, "s & parent=yes", 0);
		struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
		universe_relation(universe, RELATION_SUM, group, (size_t[]){ yes, no }, 2);
		universe_relation(universe, RELATION_CONTAINS, group, &parent, 1);
		universe_result(universe, &line, (size_t[]){ group, yes, no, parent }, 4, NULL, 0);
		struct cell_decision *decisions = classify(universe, &policy);
		assert_int_equal(decisions[no - 1].hidden, cases[i].hidden);
		assert_int_equal(decisions[no - 1].unsafe, cases[i].hidden);
		assert_int_equal(decisions[no - 1].rule, cases[i].hidden ? RULE_GROUP : RULE_SAFE);
		assert_false(decisions[parent - 1].hidden);
		assert_false(decisions[group - 1].hidden);
		free(decisions);
		universe_free(universe);
	}
}

/* Two cells of the same size: the one that only an account asks for is hidden first. */
static void accounts_of_the_data_are_cheaper_than_what_they_say(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t people = universe_cell(universe, unit, "people", 50), data = universe_cell(universe, unit, "data", 50),
	       both = universe_cell(universe, unit, "both", 50), rest = universe_cell(universe, unit, "rest", 50),
	       everybody = universe_cell(universe, unit, "everybody", 50);
	struct result line = { .analysis = "people", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_arrangement(universe, "people", "table", "people", "People", "base", "method");
	universe_arrangement(universe, "accounts.rows", "account", "accounts", "Accounts", "base", "method");
	universe_result(universe, &line, (size_t[]){ people, both }, 2, NULL, 0);
	line.comparator = "rest";
	universe_result(universe, &line, (size_t[]){ people, rest }, 2, NULL, 0);
	line.comparator = NULL;
	line.statistic = "weighted_total";
	universe_result(universe, &line, (size_t[]){ people, everybody }, 2, NULL, 0);
	line.analysis = "accounts";
	universe_result(universe, &line, (size_t[]){ data, both }, 2, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	assert_true(decisions[data - 1].cost > 0);
	assert_true(decisions[data - 1].cost < decisions[people - 1].cost / 100);
	assert_close(decisions[both - 1].cost, decisions[people - 1].cost, 0);
	assert_close(decisions[rest - 1].cost, decisions[data - 1].cost, 0); /* what is only compared with, likewise */
	assert_close(decisions[everybody - 1].cost, decisions[data - 1].cost, 0); /* and who took part, of a total */
	free(decisions);
	universe_free(universe);
}

static void a_cell_is_published_by_lines_figures_and_measures(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[7];
	static const char *const conditions[7] = { "nobody's", "line", "refused line", "line's measure", "numerator", "denominator",
		                                   "figure's measure" };
	for (size_t i = 0; i < 7; i++)
		cells[i] = universe_cell(universe, unit, conditions[i], 20);
	size_t sum = universe_measure(universe, cells[3], "x", 0, 1, 5), other = universe_measure(universe, cells[6], "x", 0, 1, 5);
	universe_measure(universe, cells[0], "x", 0, 1, 5);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "share", .outcome = "o", .level = NAN };
	universe_result(universe, &line, &cells[1], 1, &sum, 1);
	universe_figure(universe, &(struct figure){ .name = "estimate", .value = 1, .numerator = cells[4], .denominator = cells[5], .factor = 1 });
	universe_figure(universe, &(struct figure){ .name = "low", .value = 1, .numerator_measure = other, .factor = 1 });
	line.status = RESULT_REFUSED;
	universe_result(universe, &line, &cells[2], 1, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(decisions[i].published, i > 0);
	free(decisions);
	universe_free(universe);
}

static void totals_are_dearer_than_their_parts_and_more_people_than_fewer(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t total = universe_cell(universe, unit, "total", 50), small = universe_cell(universe, unit, "small", 20),
	       large = universe_cell(universe, unit, "large", 30), same = universe_cell(universe, unit, "no total", 50);
	size_t all[] = { total, small, large, same };
	universe_relation(universe, RELATION_SUM, total, (size_t[]){ small, large }, 2);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "share", .outcome = "o", .level = NAN };
	universe_result(universe, &line, all, 4, NULL, 0);
	struct cell_decision *decisions = classify(universe, &policy);
	assert_true(decisions[small - 1].cost < decisions[large - 1].cost);
	assert_true(decisions[same - 1].cost < decisions[total - 1].cost);
	assert_close(decisions[same - 1].cost, 3.931825632724326, 1e-12); /* ln 51 */
	free(decisions);
	universe_free(universe);
}

static void a_study_is_protected_as_a_whole(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t all = universe_cell(universe, unit, "survey", 54), few = universe_cell(universe, unit, "survey & area=1", 4),
	       some = universe_cell(universe, unit, "survey & area=2", 20), many = universe_cell(universe, unit, "survey & area=3", 30);
	size_t cells[] = { all, few, some, many };
	universe_relation(universe, RELATION_SUM, all, cells + 1, 3);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	for (size_t i = 0; i < 4; i++)
		universe_result(universe, &line, &cells[i], 1, NULL, 0);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
	assert_int_equal(decisions[few - 1].rule, RULE_THRESHOLD);
	assert_int_equal(decisions[some - 1].rule, RULE_SECONDARY);
	assert_true(decisions[some - 1].hidden);
	assert_int_equal(decisions[many - 1].rule, RULE_SAFE);
	assert_int_equal(decisions[all - 1].rule, RULE_SAFE);
	free(decisions);
	universe_free(universe);
}

static void a_policy_that_cannot_be_met_is_refused_by_name_and_without_a_count(void **state)
{
	(void)state;
	const struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct universe *universe = universe_new();
	size_t people = universe_unit(universe, "respondent", "respondents", true, 10),
	       places = universe_unit(universe, "place", "places", false, 0);
	size_t all = universe_cell(universe, places, "all", 7354), most = universe_cell(universe, places, "most", 7350),
	       rest = universe_cell(universe, people, "the rest", 4);
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ most, rest }, 2);
	size_t none = universe_cell(universe, people, "who else", 0), few = universe_cell(universe, people, "of these", 3);
	universe_relation(universe, RELATION_SUM, universe_cell(universe, places, "half", 3), (size_t[]){ few, none }, 2);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	universe_result(universe, &line, &none, 1, NULL, 0);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_false(protect_universe(&decisions, NULL, universe, &policy, &err));
	assert_null(decisions);
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_string_equal(err.code, "policy-infeasible");
	assert_non_null(strstr(err.message, "the rest; of these"));
	assert_null(strpbrk(err.message, "0123456789"));
	assert_non_null(strstr(err.help, "zeros that are shown, units that are not confidential"));
	assert_null(strstr(err.help, "never_hide"));
	universe_free(universe);
}

/* Of 9 people, 25 per cent is 3, and of 10 at 30 per cent just 3; nobody is let think 2 to be less than 1, nor all 4 of
 * them less than their parts are at least. */
static void protection_levels_are_per_cents_of_the_count_rounded_up(void **state)
{
	static const struct {
		double per_cent;
		long long n, above, below;
		bool has_parts;
	} cases[] = { { 0, 9, 0, 0, false }, { 25, 9, 3, 3, false }, { 30, 10, 3, 3, false }, { 100, 2, 2, 1, false },
		      { 1, 5, 1, 1, false }, { 50, 1, 1, 0, false }, { 75, 4, 3, 2, true } };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct study_disclosure policy = { .threshold = 12, .min_width = 3, .min_percent = cases[i].per_cent };
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, 12),
		       cell = universe_cell(universe, unit, "few", cases[i].n);
		struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
		universe_result(universe, &line, &cell, 1, NULL, 0);
		if (cases[i].has_parts) {
			size_t parts[2] = { universe_cell(universe, unit, "one", 1), universe_cell(universe, unit, "three", 3) };
			universe_relation(universe, RELATION_SUM, cell, parts, 2);
			universe_result(universe, &line, parts, 2, NULL, 0);
		}
		struct cell_decision *decisions = classify(universe, &policy);
		assert_true(decisions[0].unsafe);
		assert_int_equal(decisions[0].above, cases[i].above);
		assert_int_equal(decisions[0].below, cases[i].below);
		assert_int_equal(decisions[0].reach, 0);
		free(decisions);
		universe_free(universe);
	}
}

/* 12 said yes and 4 no, of 16 in an area and in all: one of the larger counts has to go, the base or those who said yes. */
static void what_is_never_hidden_leaves_it_to_others_to_be(void **state)
{
	static const struct {
		enum study_never_hide which;
		unsigned count;
		bool base, area; /* hidden */
	} cases[] = { { STUDY_NEVER_HIDE_AREAS, 0, true, false },
		      { STUDY_NEVER_HIDE_AREAS, 1, true, false },
		      { STUDY_NEVER_HIDE_BASES, 1, false, false } };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum study_never_hide which = cases[i].which;
		const struct study_disclosure policy = {
			.threshold = 10, .min_width = 3, .never_hide = &which, .never_hide_count = cases[i].count
		};
		struct universe *universe = universe_new();
		size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
		size_t area = universe_cell(universe, unit, "s & area=N", 300), base = universe_cell(universe, unit, "s & area=N & x:answered", 16),
		       missing = universe_cell(universe, unit, "s & area=N & x:missing", 284),
		       yes = universe_cell(universe, unit, "s & area=N & x=yes", 12), no = universe_cell(universe, unit, "s & area=N & x=no", 4);
		size_t asked[] = { area, base, yes, no };
		struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
		/* yes is the total of many others, and dear */
		for (int k = 0; k < 9; k++) {
			char *one = mem_print("s & area=N & x=yes & y=%d", k);
			size_t parts[] = { universe_cell(universe, unit, one, 12), 0 };
			universe_relation(universe, RELATION_SUM, yes, parts, 1);
			free(one);
		}
		universe_relation(universe, RELATION_SUM, area, (size_t[]){ base, missing }, 2);
		universe_relation(universe, RELATION_SUM, base, (size_t[]){ yes, no }, 2);
		universe_result(universe, &line, asked, COUNT(asked), NULL, 0);
		struct cell_decision *decisions = NULL;
		struct error err = { 0 };
		assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
		assert_int_equal(decisions[base - 1].hidden, cases[i].base);
		assert_int_equal(decisions[area - 1].hidden, cases[i].area);
		assert_int_equal(decisions[yes - 1].hidden, !cases[i].base);
		assert_true(decisions[no - 1].hidden); /* never an unsafe one */
		free(decisions);
		universe_free(universe);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 11] = { 0 };
	size_t count = 0;
	for (; count < COUNT(examples); count++)
		tests[count] = (struct CMUnitTest){ .name = examples[count].name, .test_func = cells_are_classified,
			                            .initial_state = (void *)&examples[count] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_zero_among_few_is_hidden_whatever_the_policy_says_of_zeros);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_zero_that_follows_from_a_zero_of_many_is_shown);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_zero_of_many_that_nobody_publishes_lets_no_other_be_told);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(all_of_a_small_group_are_not_told_of_a_sensitive_question);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(accounts_of_the_data_are_cheaper_than_what_they_say);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_cell_is_published_by_lines_figures_and_measures);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(totals_are_dearer_than_their_parts_and_more_people_than_fewer);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_study_is_protected_as_a_whole);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(what_is_never_hidden_leaves_it_to_others_to_be);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(protection_levels_are_per_cents_of_the_count_rounded_up);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_policy_that_cannot_be_met_is_refused_by_name_and_without_a_count);
	return _cmocka_run_group_tests("classify", tests, count, NULL, NULL);
}
