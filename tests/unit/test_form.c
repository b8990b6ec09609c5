/* form: what the texts of one export stand for, as ingest noted it in ingested.db. */
#include "testing.h"

#include "embedded.h"
#include "form.h"

#define SOURCES                                                                                                        \
	"INSERT INTO source VALUES (1, 'a.csv', 'plain', NULL, 'dmy', 'comma', ',', 'UTF-8', 3, 0, 3, 1, 2, 0, 0),"    \
	" (2, 'b.sav', 'spss', 'w2', 'iso', 'point', NULL, 'windows-1252', 0, 0, 2, 0, 2, 0, 0),"                      \
	" (3, 'c.csv', 'plain', NULL, 'mdy', 'point', ' ', 'UTF-8', 3, 0, 3, 1, 2, 0, 0);"
#define MEANING "INSERT INTO meaning (source, variable, exported, low, high, code, missing) VALUES "

struct made {
	struct store *store;
	struct forms *forms;
	bool ok;
	struct error err;
};

static void make(struct made *made, const char *rows)
{
	char *folder = test_folder(), *ingested = mem_print("%s/ingested.db", folder);
	char *own = mem_print("%s/own.db", folder), *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct store *store = NULL;
	*made = (struct made){ 0 };
	assert_ok(store_create(&store, ingested, "ingest", schema, &made->err), &made->err);
	assert_ok(store_run(store, rows, &made->err), &made->err);
	assert_ok(store_commit(store, &made->err), &made->err);
	store_close(store);
	assert_ok(store_create(&made->store, own, "validate", "", &made->err), &made->err);
	assert_ok(store_attach(made->store, ingested, "ingest", "ingested", &made->err), &made->err);
	made->ok = forms_load(&made->forms, made->store, &made->err);
	free(folder);
	free(ingested);
	free(own);
	free(schema);
}

static void release(struct made *made)
{
	forms_free(made->forms);
	store_close(made->store);
}

static void a_form_says_how_dates_numbers_and_several_codes_are_written(void **state)
{
	(void)state;
	struct made made;
	make(&made, SOURCES);
	assert_ok(made.ok, &made.err);
	static const struct {
		const char *dates;
		bool decimal_comma;
		char separator;
	} expected[] = { { "dmy", true, ',' }, { "iso", false, '\0' }, { "mdy", false, ' ' } };
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct form *form = forms_of(made.forms, (long long)i + 1);
		assert_non_null(form);
		assert_string_equal(form->dates, expected[i].dates);
		assert_int_equal(form->decimal_comma, expected[i].decimal_comma);
		assert_int_equal(form->separator, expected[i].separator);
		assert_int_equal(form_longest(form), 0);
	}
	assert_null(forms_of(made.forms, 0));
	assert_null(forms_of(made.forms, 4));
	release(&made);
}

static const char meanings[] = SOURCES MEANING
	"(1, 'sex', '1', NULL, NULL, 'male', NULL), (1, 'sex', 'w', NULL, NULL, 'female', NULL),"
	"(1, NULL, 'N/A', NULL, NULL, NULL, 'not_asked'), (1, NULL, 'w', NULL, NULL, NULL, 'refused'),"
	"(1, 'sex', 'N/A', NULL, NULL, NULL, NULL), (1, 'age', '1', NULL, NULL, NULL, NULL),"
	"(1, 'age', '1', NULL, NULL, 'one', NULL), (1, 'age', '1', NULL, NULL, 'later', NULL),"
	"(2, 'age', NULL, 97, 99.5, NULL, NULL), (2, 'age', '98', NULL, NULL, '-8', NULL), (2, 'age', NULL, -9e999, -1, NULL, NULL),"
	"(2, 'kilos', NULL, 500, NULL, NULL, NULL), (2, 'kilos', NULL, NULL, 0, NULL, NULL), (2, 'kilos', '-1', NULL, NULL, NULL, NULL),"
	"(2, NULL, NULL, 7, 7, NULL, NULL), (2, 'grade', '       9', NULL, NULL, NULL, NULL);";

static const struct example {
	const char *name;
	long long source;
	const char *variable, *text;
	enum form_meaning meaning;
	const char *word;
} examples[] = {
	{ "a value of headers.csv is a code", 1, "sex", "1", FORM_CODE, "male" },
	{ "letter by letter", 1, "sex", "01", FORM_NOTHING, NULL },
	{ "of its own variable", 1, "job", "1", FORM_NOTHING, NULL },
	{ "in its own export", 3, "sex", "1", FORM_NOTHING, NULL },
	{ "a code goes before a reason", 1, "sex", "w", FORM_CODE, "female" },
	{ "a reason holds for every variable", 1, "job", "w", FORM_REASON, "refused" },
	{ "a reason goes before a value that is only declared", 1, "sex", "N/A", FORM_REASON, "not_asked" },
	{ "of two meanings of one text a code goes first, and of two codes the first", 1, "age", "1", FORM_CODE, "one" },
	{ "the lower end of a range is in it", 2, "age", "97", FORM_DECLARED, NULL },
	{ "and its upper end", 2, "age", "99.5", FORM_DECLARED, NULL },
	{ "by value, however it is written", 2, "age", "99.50", FORM_DECLARED, NULL },
	{ "what lies above is not", 2, "age", "99.51", FORM_NOTHING, NULL },
	{ "what lies below is not", 2, "age", "96.9", FORM_NOTHING, NULL },
	{ "a code inside a range is a code", 2, "age", "98", FORM_CODE, "-8" },
	{ "a range may be open below", 2, "age", "-1000000", FORM_DECLARED, NULL },
	{ "its other end is not", 2, "age", "-0.5", FORM_NOTHING, NULL },
	{ "a range without an upper end", 2, "kilos", "1e3", FORM_NOTHING, NULL },
	{ "takes any number above", 2, "kilos", "100000", FORM_DECLARED, NULL },
	{ "and one without a lower end any below", 2, "kilos", "-5", FORM_DECLARED, NULL },
	{ "words are in no range", 2, "kilos", "heavy", FORM_NOTHING, NULL },
	{ "a text and a range that say the same", 2, "kilos", "-1", FORM_DECLARED, NULL },
	{ "a range of every variable", 2, "anything", "7", FORM_DECLARED, NULL },
	{ "blanks around what was noted do not count, as a text of SPSS may stand on the right", 2, "grade", "9", FORM_DECLARED, NULL },
	{ "holds in its own export", 1, "anything", "7", FORM_NOTHING, NULL },
};

static void a_text_stands_for_what_was_noted(void **state)
{
	const struct example *example = *state;
	struct made made;
	make(&made, meanings);
	assert_ok(made.ok, &made.err);
	const char *word = "untouched";
	enum form_meaning meaning =
		form_read(forms_of(made.forms, example->source), example->variable, example->text, &word);
	assert_int_equal(meaning, example->meaning);
	assert_int_equal(word != NULL, example->word != NULL);
	if (word)
		assert_string_equal(word, example->word);
	release(&made);
}

static void the_longest_text_is_told(void **state)
{
	(void)state;
	struct made made;
	make(&made, meanings);
	assert_ok(made.ok, &made.err);
	assert_int_equal(form_longest(forms_of(made.forms, 1)), 3); /* N/A */
	assert_int_equal(form_longest(forms_of(made.forms, 2)), 2); /* 98 */
	release(&made);
}

static void a_plain_form_knows_nothing(void **state)
{
	(void)state;
	const char *word = "untouched";
	assert_int_equal(form_read(&form_plain, "sex", "1", &word), FORM_NOTHING);
	assert_null(word);
	assert_string_equal(form_plain.dates, "iso");
	assert_false(form_plain.decimal_comma);
	assert_int_equal(form_longest(&form_plain), 0);
}

static const struct fault {
	const char *name, *rows, *message;
} faults[] = {
	{ "dates of no known way", SOURCES "UPDATE source SET dates = 'ymd' WHERE source = 2", "dates or numbers" },
	{ "a decimal sign of no known kind", SOURCES "UPDATE source SET decimal = '' WHERE source = 2", "dates or numbers" },
	{ "a separator of two characters", SOURCES "UPDATE source SET separator = ', ' WHERE source = 1", "no single character" },
	{ "exports with a gap between", SOURCES "DELETE FROM source WHERE source = 2", "not numbered from 1" },
	{ "a meaning of no export", SOURCES MEANING "(4, 'a', 'x', NULL, NULL, 'y', NULL)", "of no export" },
	{ "a meaning of nothing", SOURCES MEANING "(1, 'a', NULL, NULL, NULL, 'y', NULL)", "of no text" },
	{ "a meaning of a text and of numbers", SOURCES MEANING "(1, 'a', 'x', 1, 2, 'y', NULL)", "of no text" },
	{ "a meaning that is a code and a reason", SOURCES MEANING "(1, 'a', 'x', NULL, NULL, 'y', 'refused')", "two kinds" },
};

static void a_damaged_note_is_refused(void **state)
{
	const struct fault *fault = *state;
	struct made made;
	make(&made, fault->rows);
	assert_false(made.ok);
	assert_int_equal(made.err.kind, ERROR_INPUT);
	if (!strstr(made.err.message, fault->message))
		fail_msg("%s", made.err.message);
	release(&made);
}

int main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(a_form_says_how_dates_numbers_and_several_codes_are_written),
		cmocka_unit_test(the_longest_text_is_told),
		cmocka_unit_test(a_plain_form_knows_nothing),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(faults) + COUNT(fixed)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = a_text_stands_for_what_was_noted, .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(faults); i++)
		tests[count++] = (struct CMUnitTest){ .name = faults[i].name, .test_func = a_damaged_note_is_refused, .initial_state = (void *)&faults[i] };
	memcpy(tests + count, fixed, sizeof fixed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
