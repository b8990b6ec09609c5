/* Texts of any bytes: spans stay inside the text, apart, in order and between characters, and long texts take no longer
 * than long texts must. */
#include "testing.h"

#include "identifier.h"
#include "plain.h"
#include "text.h"

static struct roster *roster;

/* Marsaglia's xorshift: the same bytes on every run and machine. */
static uint64_t draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Where a character begins: bytes 0..length, each with the number of characters before it; SIZE_MAX inside one. */
static size_t *number_characters(const char *text, size_t length)
{
	size_t *numbers = mem_alloc(length + 1, sizeof *numbers), count = 0;
	for (size_t i = 0; i <= length; i++)
		numbers[i] = SIZE_MAX;
	for (size_t at = 0; at < length; at += plain_length(text + at, length - at))
		numbers[at] = count++;
	numbers[length] = count;
	return numbers;
}

static size_t check(const char *text)
{
	const struct identifier_context context = { .first_year = 2024, .last_year = 2025, .roster = roster };
	struct spans found = { 0 };
	size_t length = strlen(text), behind = 0;
	size_t *numbers = number_characters(text, length);
	identifier_scan(&found, text, &context);
	for (size_t i = 0; i < found.count; i++) {
		const struct span *span = &found.spans[i];
		size_t end = span->byte + span->bytes;
		assert_true(span->bytes > 0 && span->byte >= behind && end <= length);
		assert_int_equal(numbers[span->byte], span->start);
		assert_int_equal(numbers[end], span->start + span->length);
		assert_true(span->type > IDENTIFIER_NONE && span->type < IDENTIFIER_COUNT);
		assert_true(span->entry == ROSTER_NONE || span->entry < roster_count(roster));
		free(identifier_same(text, span));
		behind = end;
	}
	size_t count = found.count;
	spans_free(&found);
	free(numbers);
	identifier_of_value(text);
	return count;
}

static void any_bytes_are_scanned(void **state)
{
	enum { TEXTS = 3000, LONGEST = 120 };
	uint64_t seed = 20260731;
	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		char text[LONGEST + 1];
		size_t length = draw(&seed) % LONGEST;
		for (size_t b = 0; b < length; b++)
			text[b] = (char)(draw(&seed) % 255 + 1);
		text[length] = '\0';
		check(text);
	}
}

/* What identifiers are made of, put together by chance. */
static void any_pieces_are_scanned(void **state)
{
	static const char *const pieces[] = {
		"0", "7", "07700", "900123", "+44", "(", ")", " ", "-", ".", "@", "/", "//", ":", "'s", "\xe2\x80\x99", "\xc3\xab",
		"LU1", "1AA", "ZZ99", "3VZ", "NHS", "999", "398", "2598", "AB", "12", "34", "C", "born", "June", "2004", "1st",
		"http://", "www.", "example.org", "jo", "Saz", "Sarah", "O'Brien", "Will", "Hope", "Road", "Marsh", "14", "the only",
		"in", "my", "sister", "Mrs.", "\xc2\xa0", "\xcc\x81", "\xff", "\xf0\x9f\x98\x80", "\n", "#1234", "///", "::", "of",
		"at", "dot", "com", "oh", "seven", "double", "mate", "Mate", "and", "K.",
	};
	enum { TEXTS = 20000, MOST = 14 };
	uint64_t seed = 7;
	size_t found = 0;
	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		struct text text = { 0 };
		text_add(&text, "");
		for (size_t p = draw(&seed) % MOST; p-- > 0;)
			text_add(&text, pieces[draw(&seed) % COUNT(pieces)]);
		found += check(text.bytes);
		text_free(&text);
	}
	assert_true(found > TEXTS / 5); /* the pieces do make identifiers */
}

/* The planted corpus with bytes changed, lost and doubled. */
static void damaged_comments_are_scanned(void **state)
{
	FILE *file = fopen("tests/text/planted.txt", "r");
	char *line = NULL;
	size_t capacity = 0;
	uint64_t seed = 99;
	ssize_t length;
	(void)state;
	assert_non_null(file);
	while ((length = getline(&line, &capacity, file)) > 0)
		for (int round = 0; round < 20; round++) {
			struct text text = { 0 };
			text_add(&text, "");
			for (ssize_t i = 0; i < length; i++) {
				uint64_t what = draw(&seed) % 60;
				char other = (char)(draw(&seed) % 255 + 1);
				if (what != 0)
					text_add_bytes(&text, what == 1 ? &other : &line[i], 1);
				if (what == 2)
					text_add_bytes(&text, &line[i], 1);
			}
			check(text.bytes);
			text_free(&text);
		}
	free(line);
	fclose(file);
}

/* Long texts of what a careless pattern reads again from every byte of them: it would be seen to hang here. */
static const struct hostile {
	const char *name, *piece;
} hostile[] = {
	{ "counting that overlaps", "0 1 2 3 " },
	{ "people joined by and", "Mate Mate and " },
	{ "hyphens", "Reece-James-" },
	{ "half of a name between others", "Brien Ann Brien " },
	{ "numbers in words", "oh seven " },
	{ "an address in words", "a at b dot c dot " },
	{ "digits", "1" },
	{ "signs of at", "@" },
	{ "names and @ in turn", "a@" },
	{ "one address that does not end", "a." },
	{ "digits in turn with blanks", "0 " },
	{ "a telephone number again and again", "07700900123" },
	{ "points between digits", "1." },
	{ "strokes", "/" },
	{ "colons", ":a" },
	{ "apostrophes", "a'" },
	{ "soft hyphens", "a\xc2\xad" },
	{ "bytes of nothing", "\xff\xc3" },
	{ "a pattern of words that begins again and again", "the only a " },
	{ "titles", "Mr A " },
	{ "addresses of the web without a blank", "www.a.b/" },
	{ "a name's first word", "Sarah " },
	{ "streets", "A Road " },
	{ "dates of birth", "born 1/2/2004 " },
};

static void a_long_text_is_scanned(void **state)
{
	enum { LONG = 300000 };
	const struct hostile *example = *state;
	struct text text = { 0 };
	while (text.length < LONG)
		text_add(&text, example->piece);
	check(text.bytes);
	text_free(&text);
}

static int load(void **state)
{
	struct error err = { 0 };
	(void)state;
	return roster_load(&roster, "tests/text/roster.csv", &err) ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	roster_free(roster);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest alone[] = {
		cmocka_unit_test(any_bytes_are_scanned),
		cmocka_unit_test(any_pieces_are_scanned),
		cmocka_unit_test(damaged_comments_are_scanned),
	};
	struct CMUnitTest tests[COUNT(alone) + COUNT(hostile)];
	size_t count = COUNT(alone);
	memcpy(tests, alone, sizeof alone);
	ADD_EXAMPLES(tests, count, hostile, a_long_text_is_scanned);
	return cmocka_run_group_tests(tests, load, unload);
}
