/* The table model: what it takes from withheld results, and what it will not take. */
#include "testing.h"

#include "statistics/reason.h"
#include "publish/table.h"
#include "publish/wording.h"
#include "test_publish.h"
#include "text.h"

struct fixture {
	struct publication *publication;
	struct printed_table *table;
};

static int read_fixture(void **state, bool synthetic)
{
	struct fixture *fixture = mem_alloc(1, sizeof *fixture);
	struct error err = { 0 };
	fixture->publication = fixture_publication(synthetic);
	*state = fixture;
	return printed_table_read(&fixture->table, fixture->publication, 1, &err) ? 0 : -1;
}

static int synthetic_fixture(void **state)
{
	return read_fixture(state, true);
}

static int real_fixture(void **state)
{
	return read_fixture(state, false);
}

static int free_fixture(void **state)
{
	struct fixture *fixture = *state;
	printed_table_free(fixture->table);
	publication_free(fixture->publication);
	free(fixture);
	return 0;
}

static void a_cell_prints_its_number_or_the_symbol_of_its_status(void **state)
{
	static const struct {
		size_t line, column;
		enum printed_kind kind;
		const char *text;
	} expected[] = {
		{ 0, 0, PRINTED_NUMBER, "21" },          { 0, 1, PRINTED_NUMBER, "-1.50" },
		{ 0, 2, PRINTED_NOT_APPLICABLE, "[z]" }, { 1, 0, PRINTED_HIDDEN, "[c]" },
		{ 1, 1, PRINTED_HIDDEN, "[c]" },         { 2, 1, PRINTED_REFUSED, "[x]" },
		{ 4, 0, PRINTED_NUMBER, "1204" },        { 4, 1, PRINTED_NUMBER, "48.07" },
		{ 4, 2, PRINTED_NUMBER, "<0.001" },
	};
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_int_equal(table->line_count, 5);
	assert_int_equal(table->column_count, 3);
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct printed_cell *cell = printed_table_cell(table, expected[i].line, expected[i].column);
		assert_int_equal(cell->kind, expected[i].kind);
		assert_string_equal(cell->text, expected[i].text);
	}
}

static const struct printed_words *words_of(const struct printed_table *table, const char *kind, const char *label,
					    size_t skip)
{
	for (size_t i = 0; i < table->word_count; i++)
		if (strcmp(table->words[i].kind, kind) == 0 && strcmp(table->words[i].label, label) == 0 && skip-- == 0)
			return &table->words[i];
	return NULL;
}

static void a_reason_is_told_once_with_all_its_lines(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_string_equal(words_of(table, "reason", "[x]", 0)->text,
			    "not computed, every answer is the same: " WELSH "; " ARABIC);
	assert_null(words_of(table, "reason", "[x]", 1));
	assert_string_equal(words_of(table, "caution", "Caution", 0)->text, "fewer than 30 answers: " HOSTILE_FORMULA);
	assert_string_equal(words_of(table, "caution", "Caution", 1)->text,
			    "the interval is wide: " HOSTILE_FORMULA "; [c]" HOSTILE_SCRIPT);
	assert_null(words_of(table, "caution", "Caution", 2));
}

static void nothing_is_told_about_why_a_line_is_hidden(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	for (size_t i = 0; i < table->word_count; i++)
		assert_null(strstr(table->words[i].text, "secret"));
}

static void every_table_of_a_synthetic_study_says_so_first(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_string_equal(table->words[0].text, wording_synthetic);
	assert_memory_equal(table->words[0].text, "SYNTHETIC DATA", 14);
}

static void no_table_of_a_real_study_says_synthetic(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_null(table->synthetic);
	assert_null(words_of(table, "synthetic", "Data", 0));
}

static void the_words_hold_base_method_notes_symbols_policy_and_source(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_string_equal(words_of(table, "base", "Base", 0)->text, "Everybody who answered " HOSTILE_LATEX);
	assert_string_equal(words_of(table, "method", "Method", 0)->text, "Means with 95% t intervals");
	assert_non_null(words_of(table, "note", "Note", 1));
	assert_string_equal(words_of(table, "symbol", "[c]", 0)->text,
			    "hidden to protect people from being recognised. Some of these cells are hidden only because they would "
			    "give another one away. A total that is shown is a true total, hidden cells included.");
	assert_null(words_of(table, "symbol", "[x]", 0)); /* its reasons say it */
	assert_string_equal(words_of(table, "symbol", "[z]", 0)->text, wording_not_applicable);
	assert_string_equal(words_of(table, "policy", "Disclosure policy", 0)->text, "house-1");
	assert_string_equal(words_of(table, "source", "Source", 0)->text, "Nowhere " HOSTILE_LATEX);
	assert_string_equal(table->columns[1], "Mean " HOSTILE_PIPES " (points)");
	assert_string_equal(table->stub, "Area");
}

static void a_test_with_columns_of_its_own_is_told_in_words(void **state)
{
	const struct printed_table *table = ((struct fixture *)*state)->table;
	assert_string_equal(words_of(table, "test", "Test one " HOSTILE_SCRIPT, 0)->text, "F = 3.21, p <0.0001");
	assert_string_equal(words_of(table, "test", "Test two", 0)->text, "F = [c], p = [c]");
	for (size_t i = 0; i < table->line_count; i++)
		assert_string_not_equal(table->lines[i].kind, "test");
}

static void a_test_that_shares_a_column_stays_a_line(void **state)
{
	struct fixture *fixture = *state;
	struct universe *universe = fixture->publication->universe;
	struct error err = { 0 };
	struct printed_table *table = NULL;
	size_t id = universe_arrangement(universe, "shared", "table", "shared", "Shared", "Everybody", "Counted");
	universe_column(universe, id, "n", NULL);
	universe_column(universe, id, "p", NULL);
	universe_column(universe, id, "nothing", NULL);
	universe_line(universe, id, "Bedford", "1", "area");
	universe_line(universe, id, "Test", NULL, "test");
	universe_entry(universe, id, 1, 1, 1);
	universe_entry(universe, id, 2, 1, 2);
	universe_entry(universe, id, 2, 2, 2);
	assert_ok(printed_table_read(&table, fixture->publication, id, &err), &err);
	assert_int_equal(table->line_count, 2);
	assert_int_equal(table->column_count, 3);
	assert_string_equal(printed_table_cell(table, 1, 1)->text, "-1.50");
	assert_string_equal(printed_table_cell(table, 0, 1)->text, "[z]");
	assert_string_equal(table->lines[1].kind, "test");
	printed_table_free(table);
}

/* The only [c] stands in the words of a test. */
static void a_symbol_in_words_is_explained_too(void **state)
{
	struct fixture *fixture = *state;
	struct universe *universe = fixture->publication->universe;
	struct error err = { 0 };
	struct printed_table *table = NULL;
	size_t id = universe_arrangement(universe, "words", "table", "words", "Words", "Everybody", "Counted");
	universe_column(universe, id, "n", NULL);
	universe_column(universe, id, "nothing", NULL);
	universe_column(universe, id, "nothing", NULL);
	universe_column(universe, id, "F", NULL);
	universe_column(universe, id, "p", NULL);
	universe_line(universe, id, "Bedford", "1", "area");
	universe_entry(universe, id, 1, 1, 1);
	fixture_test(universe, id, "Test", RESULT_HIDDEN, NULL, NULL);
	assert_ok(printed_table_read(&table, fixture->publication, id, &err), &err);
	assert_int_equal(table->column_count, 3);
	assert_string_equal(words_of(table, "symbol", "[c]", 0)->text,
			    "hidden to protect people from being recognised. Some of these cells are hidden only because they would "
			    "give another one away. A total that is shown is a true total, hidden cells included.");
	printed_table_free(table);
}

static void a_symbol_that_does_not_occur_is_not_explained(void **state)
{
	struct fixture *fixture = *state;
	struct universe *universe = fixture->publication->universe;
	struct error err = { 0 };
	struct printed_table *table = NULL;
	size_t id = universe_arrangement(universe, "plain", "table", "plain", "Plain", "Everybody", "");
	universe_column(universe, id, "n", NULL);
	universe_line(universe, id, "Yes", "1", "category");
	universe_entry(universe, id, 1, 1, 1);
	assert_ok(printed_table_read(&table, fixture->publication, id, &err), &err);
	assert_null(words_of(table, "symbol", "[c]", 0));
	assert_null(words_of(table, "symbol", "[x]", 0));
	assert_null(words_of(table, "symbol", "[z]", 0));
	assert_null(words_of(table, "method", "Method", 0));
	assert_string_equal(table->stub, "Group");
	printed_table_free(table);
}

static void a_number_that_could_not_be_made_is_refused_without_a_reason(void **state)
{
	struct fixture *fixture = *state;
	struct universe *universe = fixture->publication->universe;
	struct error err = { 0 };
	struct printed_table *table = NULL;
	size_t id = universe_arrangement(universe, "plain", "table", "plain", "Plain", "Everybody", "Counted");
	universe_column(universe, id, "sd", NULL);
	universe_line(universe, id, "Yes", "1", "category");
	universe_result(universe, &universe->results[0], NULL, 0, NULL, 0); /* a line that is shown */
	universe_entry(universe, id, 1, 1, fixture_figure(universe, "sd", NULL, 1));
	assert_ok(printed_table_read(&table, fixture->publication, id, &err), &err);
	assert_string_equal(printed_table_cell(table, 0, 0)->text, "[x]");
	assert_string_equal(words_of(table, "symbol", "[x]", 0)->text, wording_refused);
	printed_table_free(table);
}

static void a_name_that_is_not_fit_for_a_file_is_refused(void **state)
{
	static const char *const names[] = { "", "..", "../up", ".hidden", "-o", "a b", "a/b", "a\nb", "\xc3\xa9" };
	struct fixture *fixture = *state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct error err = { 0 };
		struct printed_table *table = NULL;
		size_t id = universe_arrangement(fixture->publication->universe, names[i], "table", "a", "t", "b", "m");
		assert_false(printed_table_read(&table, fixture->publication, id, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
	}
}

static void an_entry_outside_the_table_is_refused(void **state)
{
	static const struct arrangement_entry wrong[] = { { 8, 1, 1 }, { 1, 6, 1 }, { 0, 1, 1 },
							  { 1, 0, 1 }, { 1, 1, 0 }, { 1, 1, 999 } };
	struct fixture *fixture = *state;
	struct arrangement_entry *entry = &fixture->publication->universe->arrangements[0].entries[0];
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct error err = { 0 };
		struct printed_table *table = NULL;
		*entry = wrong[i];
		assert_false(printed_table_read(&table, fixture->publication, 1, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
	}
}

static void every_reason_and_caution_of_compare_has_its_words(void **state)
{
	(void)state;
	for (int refusal = REFUSAL_NONE + 1; refusal < REFUSAL_COUNT; refusal++)
		if (!reason_sentence(refusal_word((enum refusal)refusal)))
			fail_msg("no words for %s", refusal_word((enum refusal)refusal));
	for (unsigned caution = 1; caution <= CAUTION_LAST; caution <<= 1) {
		struct text word = { 0 };
		caution_words(&word, caution);
		if (!reason_sentence(word.bytes))
			fail_msg("no words for %s", word.bytes);
		text_free(&word);
	}
	assert_null(reason_sentence("no-such-code"));
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, synthetic_fixture, free_fixture)
	const struct CMUnitTest tests[] = {
		WITH(a_cell_prints_its_number_or_the_symbol_of_its_status),
		WITH(a_reason_is_told_once_with_all_its_lines),
		WITH(nothing_is_told_about_why_a_line_is_hidden),
		WITH(every_table_of_a_synthetic_study_says_so_first),
		cmocka_unit_test_setup_teardown(no_table_of_a_real_study_says_synthetic, real_fixture, free_fixture),
		WITH(the_words_hold_base_method_notes_symbols_policy_and_source),
		WITH(a_test_with_columns_of_its_own_is_told_in_words),
		WITH(a_test_that_shares_a_column_stays_a_line),
		WITH(a_symbol_in_words_is_explained_too),
		WITH(a_symbol_that_does_not_occur_is_not_explained),
		WITH(a_number_that_could_not_be_made_is_refused_without_a_reason),
		WITH(a_name_that_is_not_fit_for_a_file_is_refused),
		WITH(an_entry_outside_the_table_is_refused),
		cmocka_unit_test(every_reason_and_caution_of_compare_has_its_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
