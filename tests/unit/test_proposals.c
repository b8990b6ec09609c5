#include "testing.h"

#include "disclosure/proposals.h"

/* Loneliness by area: A has 3 often and 4 sometimes, B 12 and 5, C 2 and 20. */
static const struct proposal_cell cells[] = {
	{ "s & area=A & lonely=often", 3, 10, true },  { "s & area=A & lonely=some", 4, 10, true },
	{ "s & area=A & lonely=never", 40, 10, false }, { "s & area=B & lonely=often", 12, 10, false },
	{ "s & area=B & lonely=some", 5, 10, true },   { "s & area=B & lonely=never", 30, 10, false },
	{ "s & area=C & lonely=often", 2, 10, true },  { "s & area=C & lonely=some", 20, 10, false },
	{ "s & area=C & lonely=never", 9, 10, true },  { "s & area=C & lonely!=never", 22, 10, false },
	{ "s & lonely=often|some", 46, 10, false },
};

static void assert_proposal(const struct proposal *proposal, const char *variable, const char *first, const char *second, size_t before,
			    size_t after)
{
	assert_string_equal(proposal->variable, variable);
	assert_string_equal(proposal->first, first);
	assert_string_equal(proposal->second, second);
	assert_int_equal(proposal->before, before);
	assert_int_equal(proposal->after, after);
}

/* Counted by hand. often and some: 4 small counts (A's two, B's some, C's often); as one A's 7 is left. never and often: A's often, C's
 * two; as one A 43, B 42, C 11. never and some: A's some, B's some, C's never; none is left. A and C: A's often and some, C's often and
 * never; as one 5 is left. A and B: 3; as one some is 9. B and C: B's some, C's often and never; none is left. */
static void what_saves_most_comes_first(void **state)
{
	(void)state;
	struct proposals proposals = proposals_make(cells, COUNT(cells), 20);
	assert_int_equal(proposals.count, 6);
	assert_proposal(&proposals.items[0], "area", "A", "C", 4, 1);
	assert_proposal(&proposals.items[1], "area", "B", "C", 3, 0);
	assert_proposal(&proposals.items[2], "lonely", "never", "often", 3, 0);
	assert_proposal(&proposals.items[3], "lonely", "never", "some", 3, 0);
	assert_proposal(&proposals.items[4], "lonely", "often", "some", 4, 1);
	assert_proposal(&proposals.items[5], "area", "A", "B", 3, 1);
	proposals_release(&proposals);
}

/* A group of areas is none to take together with an area; A and B are, and the group of both stays what it is. */
static void a_group_of_areas_is_no_area(void **state)
{
	static const struct proposal_cell grouped[] = {
		{ "s & area=A & lonely=often", 3, 10, true },
		{ "s & area=B & lonely=often", 4, 10, true },
		{ "s & area={A+B} & lonely=often", 7, 10, true },
		{ "s & area!={A+B} & lonely=often", 5, 10, true },
	};
	(void)state;
	struct proposals proposals = proposals_make(grouped, COUNT(grouped), 20);
	assert_int_equal(proposals.count, 1);
	assert_proposal(&proposals.items[0], "area", "A", "B", 2, 1);
	proposals_release(&proposals);
}

static void no_more_are_made_than_asked_for(void **state)
{
	(void)state;
	struct proposals proposals = proposals_make(cells, COUNT(cells), 2);
	assert_int_equal(proposals.count, 2);
	assert_proposal(&proposals.items[1], "area", "B", "C", 3, 0);
	proposals_release(&proposals);
	proposals = proposals_make(NULL, 0, 2);
	assert_int_equal(proposals.count, 0);
	proposals_release(&proposals);
}

/* A code of a derived variable, whose condition says how it is made; what only one of two codes has stays as it is. */
static void derived_variables_and_codes_that_stand_alone(void **state)
{
	static const struct proposal_cell derived[] = {
		{ "s & band{x = 1 or y!=2}=low & area=A", 6, 10, true },
		{ "s & band{x = 1 or y!=2}=high & area=A", 5, 10, true },
		{ "s & band{x = 1 or y!=2}=high & area=B", 4, 10, true },
	};
	(void)state;
	struct proposals proposals = proposals_make(derived, COUNT(derived), 20);
	assert_int_equal(proposals.count, 2);
	assert_proposal(&proposals.items[0], "band{x = 1 or y!=2}", "high", "low", 3, 1);
	assert_proposal(&proposals.items[1], "area", "A", "B", 3, 2); /* high: 5 and 4 are one of 9 */
	proposals_release(&proposals);
}

static void two_that_make_up_the_threshold_are_small_no_more(void **state)
{
	static const struct proposal_cell two[] = { { "s & x=a", 4, 10, true }, { "s & x=b", 6, 10, true } };
	(void)state;
	struct proposals proposals = proposals_make(two, COUNT(two), 20);
	assert_int_equal(proposals.count, 1);
	assert_proposal(&proposals.items[0], "x", "a", "b", 2, 0);
	proposals_release(&proposals);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_saves_most_comes_first),
		cmocka_unit_test(a_group_of_areas_is_no_area),
		cmocka_unit_test(no_more_are_made_than_asked_for),
		cmocka_unit_test(two_that_make_up_the_threshold_are_small_no_more),
		cmocka_unit_test(derived_variables_and_codes_that_stand_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
