/* crossing: what an earlier release and this one tell of each other that no relation of their cells says. */
#include "testing.h"

#include "audit/crossing.h"

static const struct example {
	const char *name, *now, *earlier, *measured_now, *measured_earlier; /* conditions; variables of "survey" */
	bool refused;
} examples[] = {
	{ "the same filter again is no crossing", "survey & filter:(a = 1) & area=N & x:answered", "survey & filter:(a = 1) & area=S & x:answered", "", "", false },
	{ "another filter crosses the earlier one", "survey & filter:(a = 1) & area=N", "survey & filter:(a = 1 AND b = 2) & area=N", "", "", true },
	{ "the people that a filter leaves count as its own", "survey & !filter:(a = 1) & area=N", "survey & filter:(a = 2) & area=N", "", "", true },
	{ "a filter that this release has too is tied to a new one", "survey & !filter:(a = 1) & filter:(a = 2) & area=N", "survey & filter:(a = 1) & area=N", "", "", false },
	{ "a filter that the earlier release had beside this one's is tied", "survey & filter:(a = 1) & x=1", "survey & !filter:(a = 1) & filter:(b = 2) & area=N", "", "", false },
	{ "groups by the same two filters are judged by their cells", "survey & filter:(a = 1) & filter:(b = 2) & x=1", "survey & filter:(a = 1) & !filter:(b = 2) & x=1", "", "", false },
	{ "groups by two filters cross those by three", "survey & filter:(a = 1) & filter:(b = 2) & filter:(c = 3)", "survey & filter:(a = 1) & filter:(b = 2)", "", "", true },
	{ "and those by three an earlier two", "survey & filter:(a = 1) & filter:(b = 2)", "survey & filter:(a = 1) & filter:(b = 2) & filter:(c = 3)", "", "", true },
	{ "each of two filters crosses one of its own", "survey & filter:(a = 1) & !filter:(b = 2)", "survey & filter:(a = 1) & !filter:(c = 3)", "", "", true },
	{ "a filter beside its variable is judged by their cells", "survey & filter:(a = 1) & a:answered", "survey & a=1", "", "", false },
	{ "whom an earlier wave has too is no variable", "survey & filter:(w = 1) & also:filter:(w = 2 & x = 1)", "survey & filter:(w = 1) & x=1", "", "", false },
	{ "a filter of another dataset is none of ours", "survey & filter:(a = 1)", "plans & filter:(a = 2)", "", "", false },
	{ "a filter crosses the counts of its variable", "survey & filter:(benefits <> 'no') & leave=easy", "survey & area=N & benefits=no", "", "", true },
	{ "a variable that is only alike is another", "survey & filter:(benefits <> 'no') & leave=easy", "survey & area=N & benefits_2=no", "", "", false },
	{ "a bracket in quotes ends no filter", "survey & filter:(a <> ')' AND (b = 1)) & c=1", "survey & filter:(a <> ')' AND (b = 1)) & c=2", "", "", false },
	{ "a mean crosses the counts of its codes", "survey & area=N & helpful:answered", "survey & area=N & helpful=1", "helpful", "", true },
	{ "counts cross the mean of their codes", "survey & area=N & helpful=1", "survey & area=N & helpful:answered", "", "helpful", true },
	{ "mean and counts in both are judged by their cells", "survey & area=N & helpful=1", "survey & area=N & helpful=1", "helpful", "helpful", false },
	{ "a recode crosses what it recodes", "survey & area=N & old{age,born;00}=yes", "survey & area=N & born=1990", "", "", true },
	{ "what is recoded crosses an earlier recode", "survey & age:answered", "survey & old{age,born;00}:refused", "", "", true },
	{ "two recodes of one variable cross", "survey & old{age;00}=yes", "survey & young{born,age;11}=yes", "", "", true },
	{ "a recode that was changed crosses what it was", "survey & old{age;00}=yes", "survey & old{age;01}=yes", "", "", true },
	{ "a recode that is the same is judged by its cells", "survey & old{age;00}=yes", "survey & old{age;00}=no", "", "", false },
	{ "recodes of other variables are free", "survey & old{age;00}=yes", "survey & alone{lonely;00}=yes", "", "", false },
	{ "a variable that is only alike is in no recode", "survey & old{age_2;00}=yes", "survey & age=3", "", "", false },
	{ "a recode of another dataset is none of ours", "survey & old{age;00}=yes", "plans & age=3", "", "", false },
	{ "a filter crosses a recode that it reads", "survey & filter:(old = 'yes') & x=1", "survey & old{age;00}=yes", "", "", true },
	{ "the mean of a recode crosses its counts", "survey & old{age;00}:answered", "survey & old{age;00}=1", "old", "", true },
	{ "a change crosses what counts its rows", "survey & people/matched a,b & area=N & x:both", "survey & area=N & y:answered", "", "", true },
	{ "what counts rows crosses an earlier change", "survey & y:answered", "survey & people/matched a,b & x:both", "", "", true },
	{ "a change between other waves crosses", "survey & people/matched a,c & x:both", "survey & people/matched a,b & y:both", "", "", true },
	{ "a change between the same waves is judged by its cells", "survey & people/matched a,b & x:both", "survey & people/matched a,b & area=N & y:both", "", "", false },
	{ "a change of another dataset is none of ours", "survey & people/matched a,b & x:both", "plans & y:answered", "", "", false },
	{ "a change of a mean crosses that of its codes", "survey & people/matched a,b & x:both", "survey & people/matched a,b & x=1:both-earlier-yes", "x@a", "", true },
	{ "another group of options crosses the earlier one", "survey & area=N & needs=any(a|b)", "survey & needs=any(b|c)", "", "", true },
	{ "the same group of options is judged by its cells", "survey & area=N & needs=any(a|b)", "survey & needs=any(a|b)", "", "", false },
	{ "a group of options is judged with each by their cells", "survey & area=N & needs=any(a|b)", "survey & needs=b", "", "", false },
	{ "a group of another question's options is free", "survey & area=N & needs=any(a|b)", "survey & needs_2=any(a|c)", "", "", false },
	{ "a mean without counts is free", "survey & area=N & score:answered", "survey & area=N & score:answered", "score", "", false },
};

static void releases_cross_or_not(void **state)
{
	const struct example *example = *state;
	struct crossing *crossing = crossing_new();
	struct error err = { 0 };
	crossing_condition(crossing, CROSSING_NOW, example->now);
	crossing_condition(crossing, CROSSING_EARLIER, example->earlier);
	if (*example->measured_now)
		crossing_measure(crossing, CROSSING_NOW, "survey & area=N", example->measured_now);
	if (*example->measured_earlier)
		crossing_measure(crossing, CROSSING_EARLIER, "survey & area=N", example->measured_earlier);
	assert_int_equal(crossing_check(crossing, &err), !example->refused);
	assert_int_equal(err.kind, example->refused ? ERROR_REFUSED : ERROR_NONE);
	crossing_free(crossing);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name, .test_func = releases_cross_or_not,
			                        .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
