/* The steward's roster: what it refuses, and what it knows by which name. */
#include "testing.h"

#include "roster.h"
#include "text.h"

static bool load(struct roster **roster, const char *bytes, struct error *err)
{
	char *folder = test_folder();
	char *path = test_file(folder, "roster.csv", bytes);
	bool ok = roster_load(roster, path, err);
	assert_true(ok == (*roster != NULL));
	assert_true(ok || strcmp(err->path, path) == 0);
	free(path);
	free(folder);
	return ok;
}

static const struct bad_roster {
	const char *name, *bytes;
	size_t line;
	const char *message, *help;
} bad_rosters[] = {
	{ "a kind that there is not", "kind,name\nperson,Ann\npet,Rex\n", 3, "there is no such kind of name", "person, worker, placement" },
	{ "no kind", "kind,name\n,Ann\n", 2, "there is no such kind of name", "" },
	{ "no name", "kind,name,also\nperson,,Annie\n", 2, "a row of the roster needs a name", "" },
	{ "a name of digits", "kind,name\nperson,123\n", 2, "a name without a letter", "" },
	{ "a name of signs", "kind,name\nperson,-?-\n", 2, "a name without a letter", "" },
	{ "another spelling of signs", "kind,name,also\nperson,Ann,Annie; !\n", 2, "a name without a letter", "" },
	{ "a name of 13 words", "kind,name\nplace,a b c d e f g h i j k l m\n", 2, "a name of more than 12 words", "" },
	{ "a name that stands twice", "kind,name\nperson,Zo\xc3\xab\n\nperson,zoe\n", 4, "this name stands in line 2 already", "one line for a name is enough" },
	{ "a column that there is not", "kind,nam\nperson,Ann\n", 1, "no column here is named `nam`", "`name`" },
};

static void roster_is_refused(void **state)
{
	const struct bad_roster *example = *state;
	struct error err = { 0 };
	struct roster *roster = NULL;
	assert_false(load(&roster, example->bytes, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_int_equal(err.line, example->line);
	assert_non_null(strstr(err.message, example->message));
	assert_non_null(strstr(err.help, example->help));
}

static void a_missing_roster_is_no_input(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct roster *roster = NULL;
	assert_false(roster_load(&roster, "/nowhere/roster.csv", &err));
	assert_int_equal(err.kind, ERROR_NO_INPUT);
}

static const char names[] = "kind,name,also,note\n"
			    "person,Jordan Adeyemi,,\n"                  /* 0 */
			    "person,Sarah O'Brien,Saz; S. O'Brien,x\n"   /* 1 */
			    "worker,Ms Aaliyah Jordan,,\n"               /* 2 */
			    "placement,The Willows,,\n"                  /* 3 */
			    "hospital,St Brannock's Hospital,,\n"        /* 4 */
			    "street,Cutler's Row,,\n"                    /* 5 */
			    "person,Hope,,\n"                            /* 6 */
			    "place,Hope,,\n"                             /* 7: another kind may be called so too */
			    "person,Nguy\xe1\xbb\x85n V\xc4\x83n Minh,,\n"; /* 8 */

enum { NOBODY = 99, SEVERAL = 98 };

static const struct example {
	const char *name, *text;
	size_t entry; /* of what begins the text; NOBODY, SEVERAL */
	const char *found;
	bool part, possessive;
} examples[] = {
	{ "a name in full", "Jordan Adeyemi went", 0, "Jordan Adeyemi", false, false },
	{ "the longest, not the first", "Sarah O'Brien's", 1, "Sarah O'Brien", false, true },
	{ "another spelling", "SAZ", 1, "SAZ", false, false },
	{ "an initial with its point", "S. O\xe2\x80\x99" "Brien", 1, "S. O\xe2\x80\x99" "Brien", false, false },
	{ "a surname", "Adeyemi", 0, "Adeyemi", true, false },
	{ "a name that two have a part of", "Jordan", SEVERAL, "Jordan", true, false },
	{ "without the title", "Aaliyah Jordan", 2, "Aaliyah Jordan", true, false },
	{ "a title is no name", "Ms Nobody", NOBODY, "", false, false },
	{ "without the article", "Willows", 3, "Willows", true, false },
	{ "without what it is", "St Brannocks", 4, "St Brannocks", true, false },
	{ "a plural apostrophe", "Cutlers' Row", 5, "Cutlers' Row", false, false },
	{ "a name of two kinds", "Hope", SEVERAL, "Hope", false, false },
	{ "Vietnamese without its marks", "nguyen van minh", 8, "nguyen van minh", false, false },
	{ "over the end of a line", "Jordan\nAdeyemi", 0, "Jordan\nAdeyemi", false, false },
	{ "not over a comma", "Sarah, O'Brien", 1, "Sarah", true, false },
	{ "a plural", "Adeyemis", 0, "Adeyemis", true, false },
	{ "no plural of a name that is a word", "Hopes", NOBODY, "", false, false },
	{ "a longer word", "Adeyemist", NOBODY, "", false, false },
};

static struct roster *roster;

static void a_text_begins_with(void **state)
{
	const struct example *example = *state;
	struct passage passage;
	struct roster_match match;
	passage_read(&passage, example->text);
	bool found = roster_find(&match, roster, &passage, 0);
	assert_int_equal(found, example->entry != NOBODY);
	if (found) {
		assert_int_equal(match.entry, example->entry == SEVERAL ? ROSTER_NONE : example->entry);
		assert_int_equal(match.from, 0);
		assert_int_equal(match.end, strlen(example->found));
		assert_memory_equal(example->text, example->found, match.end);
		assert_int_equal(match.part, example->part);
		assert_int_equal(match.possessive, example->possessive);
	}
	passage_free(&passage);
}

static void an_entry_says_what_the_file_says(void **state)
{
	(void)state;
	assert_int_equal(roster_count(roster), 9);
	assert_int_equal(roster_at(roster, 3)->kind, ROSTER_PLACEMENT);
	assert_string_equal(roster_at(roster, 3)->name, "The Willows");
	assert_int_equal(roster_at(roster, 3)->line, 5);
	assert_string_equal(roster_kind_word(ROSTER_PLACEMENT), "placement");
}

static void a_roster_of_a_header_finds_nobody(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct roster *empty = NULL;
	struct passage passage;
	struct roster_match match;
	assert_ok(load(&empty, "kind,name,also\n", &err), &err);
	passage_read(&passage, "Jordan");
	assert_false(roster_find(&match, empty, &passage, 0));
	passage_free(&passage);
	roster_free(empty);
}

static int open_roster(void **state)
{
	(void)state;
	struct error err = { 0 };
	return load(&roster, names, &err) ? 0 : -1;
}

static int close_roster(void **state)
{
	(void)state;
	roster_free(roster);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest alone[] = {
		cmocka_unit_test(a_missing_roster_is_no_input),
		cmocka_unit_test(an_entry_says_what_the_file_says),
		cmocka_unit_test(a_roster_of_a_header_finds_nobody),
	};
	struct CMUnitTest tests[COUNT(alone) + COUNT(bad_rosters) + COUNT(examples)];
	size_t count = COUNT(alone);
	memcpy(tests, alone, sizeof alone);
	ADD_EXAMPLES(tests, count, bad_rosters, roster_is_refused);
	ADD_EXAMPLES(tests, count, examples, a_text_begins_with);
	return cmocka_run_group_tests(tests, open_roster, close_roster);
}
