/* Instruments tied to the variables of a dictionary: what fits, what is refused, and which scores are made. */
#include "testing.h"

#include "dictionary.h"
#include "scale.h"

#define HEAD "variable,label,question,type,level,polarity,codes,missing,min,max,pattern,required,unique,asked_if,unit,instrument,item,role,disclosure,treat,domain\n"
#define ITEM(name, from, to, key) name "," name ",,integer,ordinal,,,," from "," to ",,,,,,i," key ",,,,\n"
#define CODED(name, list, key) name "," name ",,code,ordinal,," list ",,,,,,,,,i," key ",,,,\n"
#define TREATED(name, to, key, disclosure, treat) name "," name ",,integer,ordinal,,,,0," to ",,,,,,i," key ",," disclosure "," treat ",\n"
#define A ITEM("va", "0", "3", "a")
#define B ITEM("vb", "0", "3", "b")
#define C ITEM("vc", "0", "10", "c")

static const char instrument[] = "instrument: i\ntitle: T\nsource: S\nitems: [a, b, c]\nleast: 0\nmost: 3\nranges:\n  - {items: [c], least: 0, most: 10}\n"
				 "scores:\n"
				 "  - {variable: short, label: S, level: scale, method: sum, items: [a, b]}\n"
				 "  - {variable: short_prorated, label: P, level: scale, method: sum, items: [a, b], prorate: 1, on_request: yes}\n"
				 "  - {variable: third, label: C, level: scale, method: item, items: [c], on_request: yes}\n"
				 "examples:\n  - {what: w, items: [3, ., 10], scores: [., 6, 10]}\n";
static const char second[] = "instrument: j\ntitle: T\nsource: S\nitems: [d]\nleast: 0\nmost: 3\nscores:\n"
			     "  - {variable: third, label: D, level: scale, method: item, items: [d]}\n"
			     "examples:\n  - {what: w, items: [3], scores: [3]}\n";
static const char codes[] = "list,code,label,as_exported,missing\n"
			    "often,0,Never,Not at all,\noften,1,Seldom,Some days,\noften,2,Often,Most days,\noften,3,Always,Every day,\noften,-9,Refused,9,refused\n"
			    "shifted,1,Never,,\nshifted,2,Seldom,,\nshifted,3,Often,,\nshifted,4,Always,,\n"
			    "words,never,Never,,\nwords,always,Always,,\n";

struct ties {
	const char *name, *variables, *message, *help; /* message NULL: it is taken */
	size_t line;                                   /* of variables.csv */
	const char *requested;
	bool made[3];
};

/* Every list must be used by some variable: those that a case leaves alone are used by these. */
#define LISTS "x1,X1,,code,nominal,,often,,,,,,,,,,,,,,\nx2,X2,,code,nominal,,shifted,,,,,,,,,,,,,,\nx3,X3,,code,nominal,,words,,,,,,,,,,,,,,\n"

static const struct ties cases[] = {
	{ "each item is a variable", A B C, .made = { true, false, false } },
	{ "in any order", C A B, .made = { true, false, false } },
	{ "a code list of whole numbers is an item, whatever the export calls them", CODED("va", "often", "a") B C, .made = { true, false, false } },
	{ "a narrower range fits", ITEM("va", "1", "2", "a") B C, .made = { true, false, false } },
	{ "a score on request is made where it is named", A B C, .requested = "short_prorated", .made = { true, true, false } },
	{ "a score that is always made may be named too", A B C, .requested = "short", .made = { true, false, false } },
	{ "a variable may have the name of a score that nobody asked for", A B C "third,Third,,integer,count,,,,0,3,,,,,,,,,,,\n", .made = { true, false, false } },
	{ "an item that no variable is", A C, "`va` is an item of i, but no variable is its item", "instrument i and item b", .line = 2 },
	{ "an item that the instrument does not have", A B C ITEM("vd", "0", "3", "cc"), "`vd` is an item of i, but the instrument has no such item", "did you mean c?", .line = 5 },
	{ "an item of two variables", A B C ITEM("vd", "0", "3", "a"), "`vd` is an item of i, but another variable is the same item", "", .line = 5 },
	{ "a range above the instrument's", ITEM("va", "0", "4", "a") B C, "`va` is an item of i, but its answers may lie outside those of the instrument, which run from 0 to 3", "correct its min and max", .line = 2 },
	{ "a range below the instrument's", ITEM("va", "-1", "3", "a") B C, "`va` is an item of i, but its answers may lie outside those of the instrument, which run from 0 to 3", "correct its min and max", .line = 2 },
	{ "a range above the item's own", A B ITEM("vc", "0", "11", "c"), "`vc` is an item of i, but its answers may lie outside those of the instrument, which run from 0 to 10", "correct its min and max", .line = 4 },
	{ "an item without a range", ITEM("va", "", "", "a") B C, "`va` is an item of i, but its answers may lie outside", "", .line = 2 },
	{ "a list that goes from 1 to 4 where the item goes from 0 to 3", CODED("va", "shifted", "a") B C, "each is 1 too high", "a code list of the numbers 0 to 3", .line = 2 },
	{ "a list of words", CODED("va", "words", "a") B C, "`va` is an item of i, but it is no number", "", .line = 2 },
	{ "a text", "va,Va,,text,,,,,,,,,,,,i,a,,,,\n" B C, "`va` is an item of i, but it is no number", "", .line = 2 },
	{ "a variable with the name of a score", A B C "short,Short,,integer,count,,,,0,3,,,,,,,,,,,\n", "a variable of the dictionary has the name of its score, short", "rename it", .line = 2 },
	{ "a variable with the name of a score that was asked for", A B C "third,Third,,integer,count,,,,0,3,,,,,,,,,,,\n", "the name of its score, third", "rename it", .line = 2, .requested = "third" },
	{ "two instruments with a score of one name", A B C "vd,Vd,,integer,ordinal,,,,0,3,,,,,,j,d,,,,\n", "`vd` is an item of j, but a score of another instrument has the name of its score, third", "", .line = 5, .requested = "third" },
	{ "a score that no instrument has", A B C, "name `short_proratd`, which no instrument", "did you mean short_prorated?", .line = 0, .requested = "short_proratd" },
	{ "a sum may be kept of items that are dropped", TREATED("va", "3", "a", "sensitive", "drop") B C, .made = { true, false, false } },
	{ "an item may be dropped whose own score nobody asked for", A B TREATED("vc", "10", "c", "sensitive", "drop"), .made = { true, false, false } },
	{ "a dropped item does not come back as a score", A B TREATED("vc", "10", "c", "sensitive", "drop"), "its score third would hand on", "clear its treat", .line = 4, .requested = "third" },
	{ "nor one that is cut at the top", A B TREATED("vc", "10", "c", "sensitive", "top:5"), "its score third would hand on", "clear its treat", .line = 4, .requested = "third" },
	{ "a direct identifier is in no score", TREATED("va", "3", "a", "direct", "") B C, "`va` is an item of i, but it is a direct identifier", "", .line = 2 },
	{ "an instrument that has no file", "va,Va,,integer,ordinal,,,,0,3,,,,,,k,a,,,,\n", "k.yaml", "", .line = 0 },
};

static void variables_are_tied_to_items(void **state)
{
	const struct ties *ties = *state;
	struct error err = { 0 };
	struct dictionary *dictionary = NULL;
	struct scales *scales = NULL;
	char *folder = test_folder(), *variables = mem_print("%s%s%s", HEAD, ties->variables, LISTS);
	char *requested[] = { (char *)ties->requested };
	free(test_file(folder, "variables.csv", variables));
	free(test_file(folder, "codes.csv", codes));
	free(test_file(folder, "rules.csv", "rule,severity,when,require,message\n"));
	free(test_file(folder, "headers.csv", "headers,match,header,variable\n"));
	free(test_file(folder, "i.yaml", instrument));
	free(test_file(folder, "j.yaml", second));
	assert_ok(dictionary_load(&dictionary, folder, "data-dictionary/places.csv", NULL, 0, &err), &err);
	bool ok = scales_load(&scales, dictionary, folder, requested, ties->requested != NULL, &err);
	if (ties->message) {
		assert_false(ok);
		if (!strstr(err.message, ties->message) && !strstr(err.path, ties->message))
			fail_msg("%s", err.message);
		assert_non_null(strstr(err.help, ties->help));
		assert_true(err.kind == ERROR_CONFIG || err.kind == ERROR_NO_INPUT);
		if (ties->line)
			assert_int_equal(err.line, ties->line);
	} else {
		assert_ok(ok, &err);
		assert_int_equal(scales->count, 1);
		for (unsigned s = 0; s < 3; s++)
			assert_int_equal(scales->scales[0].made[s], ties->made[s]);
		for (unsigned i = 0; i < 3; i++) {
			const char *key[] = { "va", "vb", "vc" };
			assert_string_equal(dictionary->variables[scales->scales[0].variables[i]].name, key[i]);
		}
	}
	scales_free(scales);
	dictionary_free(dictionary);
	free(variables);
	free(folder);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT(cases)];
	for (size_t i = 0; i < COUNT(cases); i++)
		tests[i] = (struct CMUnitTest){ .name = cases[i].name, .test_func = variables_are_tied_to_items, .initial_state = (void *)&cases[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
