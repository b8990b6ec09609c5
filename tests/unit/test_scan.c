/* scan: the placeholders; text: the words around what was found. */
#include "testing.h"

#include "identifier.h"
#include "roster.h"
#include "scan/placeholder.h"
#include "text/around.h"

/* --- placeholders --- */

static struct roster *roster_of(const char *rows)
{
	char *folder = test_folder(), *bytes = mem_print("kind,name,also\n%s", rows), *path = test_file(folder, "roster.csv", bytes);
	struct roster *roster = NULL;
	struct error err = { 0 };
	assert_ok(roster_load(&roster, path, &err), &err);
	free(path);
	free(bytes);
	free(folder);
	return roster;
}

/* What stands for everything that is found in a text, with a blank between. Free with free(). */
static char *placeholders_in(struct placeholders *placeholders, const struct roster *roster, const char *person,
                             const char *text)
{
	struct spans spans = { 0 };
	struct text all = { 0 };
	const struct identifier_context context = { 2026, 2026, roster };
	identifier_scan(&spans, text, &context);
	text_add(&all, "");
	for (size_t i = 0; i < spans.count; i++) {
		char *one = placeholder_of(placeholders, person, text, &spans.spans[i]);
		text_print(&all, "%s%s", i ? " " : "", one);
		free(one);
	}
	spans_free(&spans);
	return all.bytes;
}

struct told {
	const char *person, *text, *placeholders;
};

static void tell(const char *names, const struct told *told, size_t count)
{
	struct roster *roster = names ? roster_of(names) : NULL;
	struct placeholders *placeholders = placeholders_new(roster);
	for (size_t i = 0; i < count; i++) {
		char *got = placeholders_in(placeholders, roster, told[i].person, told[i].text);
		assert_string_equal(got, told[i].placeholders);
		free(got);
	}
	placeholders_free(placeholders);
	roster_free(roster);
}

static void one_thing_has_one_number_however_it_is_spelled(void **state)
{
	static const struct told told[] = {
		{ "a", "07700 900123 and +44 7700 900123", "[phone 1] [phone 1]" },
		{ "a", "07700900456, no, 07700900123", "[phone 2] [phone 1]" },
		{ "a", "Me@Example.org is me@example.org", "[email 1] [email 1]" },
	};
	(void)state;
	tell(NULL, told, COUNT(told));
}

static void numbers_begin_anew_with_each_person(void **state)
{
	static const struct told told[] = {
		{ "a", "07700 900123", "[phone 1]" },
		{ "b", "07700 900456", "[phone 1]" },
		{ "a", "07700 900789", "[phone 2]" },
		{ "b", "07700 900123", "[phone 2]" },
	};
	(void)state;
	tell(NULL, told, COUNT(told));
}

static void a_name_of_the_roster_has_one_number_for_everybody(void **state)
{
	static const char names[] = "placement,First House,\nschool,Imagined Academy,\nplacement,Second House,Number Two\n";
	static const struct told told[] = {
		{ "a", "I liked Second House.", "[placement 2]" },
		{ "b", "I left NUMBER TWO for First House.", "[placement 2] [placement 1]" },
		{ "b", "Imagined Academy's doors", "[school 1]" },
	};
	(void)state;
	tell(names, told, COUNT(told));
}

static void people_whose_ids_run_together_are_apart(void **state)
{
	static const struct told told[] = {
		{ "key 1", "one@example.org", "[email 1]" },
		{ "key 11", "two@example.org", "[email 1]" },
		{ "key 1", "two@example.org", "[email 2]" },
	};
	(void)state;
	tell(NULL, told, COUNT(told));
}

static void what_reads_as_a_placeholder_is_told(void **state)
{
	static const struct {
		const char *text;
		size_t length;
	} examples[] = {
		{ "[phone 1] x", 9 },  { "[placement 12]", 14 }, { "[phone 1", 0 }, { "[phone ]", 0 },
		{ "[telephone 1]", 0 }, { "phone 1]", 0 },        { "[phone1]", 0 }, { "[", 0 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_int_equal(placeholder_length(examples[i].text, strlen(examples[i].text)), examples[i].length);
	assert_int_equal(placeholder_length("[phone 1]", 8), 0); /* the rest is somebody else's */
}

/* --- the words around --- */

struct cut {
	const char *name, *text;
	size_t start, length;
	const char *before, *words, *after;
};

#define TEN "123456789 "

static const struct cut cuts[] = {
	{ "a short text is shown whole", "ring me now", 5, 2, "ring ", "me", " now" },
	{ "code points are counted, not bytes", "é é é", 2, 1, "é ", "é", " é" },
	{ "a byte that is no UTF-8 counts as one", "a\xff" "bc", 2, 1, "a\xff", "b", "c" },
	{ "all of a text has nothing around it", "all", 0, 3, "", "all", "" },
	{ "a word that would be cut stays out", TEN TEN TEN TEN TEN TEN "12345 x 12345 " TEN TEN TEN TEN TEN TEN, 66, 1,
	  "… " TEN TEN TEN TEN TEN "12345 ", "x", " 12345 " TEN TEN TEN TEN "123456789…" },
};

static void words_are_cut_out_with_what_stands_around_them(void **state)
{
	const struct cut *cut = *state;
	struct around around;
	assert_true(around_cut(&around, cut->text, cut->start, cut->length));
	assert_string_equal(around.before.bytes, cut->before);
	assert_string_equal(around.words.bytes, cut->words);
	assert_string_equal(around.after.bytes, cut->after);
	around_release(&around);
}

static void a_place_that_a_text_does_not_have_is_refused(void **state)
{
	struct around around;
	(void)state;
	assert_false(around_cut(&around, "short", 3, 3));
	assert_false(around_cut(&around, "short", 9, 0));
	assert_true(around_cut(&around, "short", 5, 0));
	around_release(&around);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(one_thing_has_one_number_however_it_is_spelled),
		cmocka_unit_test(numbers_begin_anew_with_each_person),
		cmocka_unit_test(a_name_of_the_roster_has_one_number_for_everybody),
		cmocka_unit_test(people_whose_ids_run_together_are_apart),
		cmocka_unit_test(what_reads_as_a_placeholder_is_told),
		cmocka_unit_test(a_place_that_a_text_does_not_have_is_refused),
	};
	struct CMUnitTest tests[COUNT(single) + COUNT(cuts)];
	memcpy(tests, single, sizeof single);
	size_t count = COUNT(single);
	ADD_EXAMPLES(tests, count, cuts, words_are_cut_out_with_what_stands_around_them);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
