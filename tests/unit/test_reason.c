#include "testing.h"

#include "statistics/reason.h"
#include "text.h"

static void flags_stand_in_one_order_with_a_blank_between(void **state)
{
	(void)state;
	struct text text = { 0 };
	caution_words(&text, 0);
	assert_null(text.bytes);
	caution_words(&text, CAUTION_EXACT_INTERVAL | CAUTION_N_BELOW_30);
	assert_string_equal(text.bytes, "n-below-30 exact-interval");
	text_free(&text);
}

/* `make check` runs in the root of the repository. */
static void every_reason_and_flag_is_explained(void **state)
{
	(void)state;
	struct text page = { 0 };
	struct error err = { 0 };
	assert_ok(text_read_file(&page, "docs/statistics.md", 1 << 20, &err), &err);
	for (int refusal = REFUSAL_NONE + 1; refusal < REFUSAL_COUNT; refusal++) {
		char *row = mem_print("\n| `%s` |", refusal_word((enum refusal)refusal));
		if (!strstr(page.bytes, row))
			fail_msg("docs/statistics.md has no row for %s", refusal_word((enum refusal)refusal));
		free(row);
	}
	for (unsigned caution = 1; caution <= CAUTION_LAST; caution <<= 1) {
		struct text word = { 0 };
		caution_words(&word, caution);
		char *row = mem_print("\n| `%s` |", word.bytes);
		if (!strstr(page.bytes, row))
			fail_msg("docs/statistics.md has no row for %s", word.bytes);
		free(row);
		text_free(&word);
	}
	text_free(&page);
}

static void every_reason_and_flag_has_words_for_readers(void **state)
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
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_stand_in_one_order_with_a_blank_between),
		cmocka_unit_test(every_reason_and_flag_is_explained),
		cmocka_unit_test(every_reason_and_flag_has_words_for_readers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
