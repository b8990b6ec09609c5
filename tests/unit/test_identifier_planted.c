/* What the scanner finds of a planted corpus, type by type: how many of those planted, and what else. */
#include "testing.h"

#include "identifier.h"
#include "text.h"
#include "text/planted.h"

static const char corpus[] = "tests/text/planted.txt", names[] = "tests/text/roster.csv";

/* What became of the planted ones of a type, and what else was found of it. */
struct tally {
	size_t replaced; /* as planted: type and bounds, high or medium */
	size_t listed;   /* as planted, low */
	size_t other;    /* found, but not as planted: of another type, or more or less of it */
	size_t missed;
	size_t inexact;                      /* found, to be replaced, of this type, where something else is planted */
	size_t false_replaced, false_listed; /* found where nothing is planted */
};

/* A comment without its braces, and what is planted in it. */
struct comment {
	struct text text;
	struct spans planted;
};

static void read_comment(struct comment *comment, const char *line)
{
	*comment = (struct comment){ 0 };
	text_add(&comment->text, "");
	for (const char *at = line; *at;) {
		if (*at != '{') {
			text_add_bytes(&comment->text, at++, 1);
			continue;
		}
		const char *colon = strchr(at, ':'), *end = strchr(at, '}');
		char *word = mem_copy_bytes(at + 1, (size_t)(colon - at - 1));
		struct span span = { .byte = comment->text.length, .bytes = (size_t)(end - colon - 1) };
		if (!identifier_named(&span.type, word))
			fail_msg("there is no type %s", word);
		free(word);
		text_add_bytes(&comment->text, colon + 1, span.bytes);
		struct spans *planted = &comment->planted;
		planted->spans = mem_grow(planted->spans, planted->count, &planted->capacity, sizeof span);
		planted->spans[planted->count++] = span;
		at = end + 1;
	}
}

static bool overlap(const struct span *a, const struct span *b)
{
	return a->byte < b->byte + b->bytes && b->byte < a->byte + a->bytes;
}

static bool same(const struct span *a, const struct span *b)
{
	return a->byte == b->byte && a->bytes == b->bytes && a->type == b->type;
}

static void say(const char *what, size_t line, const struct comment *comment, const struct span *span)
{
	if (getenv("SAY"))
		printf("%s line %zu: %s %.*s\n", what, line, identifier_word(span->type), (int)span->bytes,
		       comment->text.bytes + span->byte);
}

static void tally_comment(struct tally tallies[IDENTIFIER_COUNT], const struct comment *comment,
                          const struct spans *found, size_t line)
{
	for (size_t p = 0; p < comment->planted.count; p++) {
		const struct span *planted = &comment->planted.spans[p], *hit = NULL;
		bool exact = false;
		for (size_t f = 0; f < found->count && !exact; f++) {
			const struct span *span = &found->spans[f];
			if (!overlap(planted, span))
				continue;
			hit = span;
			exact = same(span, planted);
		}
		struct tally *tally = &tallies[planted->type];
		if (exact && hit->confidence >= CONFIDENCE_MEDIUM)
			tally->replaced++;
		else if (exact)
			tally->listed++;
		else if (hit)
			tally->other++;
		else
			tally->missed++;
		if (!exact)
			say(hit ? "other" : "missed", line, comment, planted);
	}
	for (size_t f = 0; f < found->count; f++) {
		const struct span *span = &found->spans[f];
		bool planted = false, exact = false, replaced = span->confidence >= CONFIDENCE_MEDIUM;
		for (size_t p = 0; p < comment->planted.count; p++) {
			planted = planted || overlap(span, &comment->planted.spans[p]);
			exact = exact || same(span, &comment->planted.spans[p]);
		}
		tallies[span->type].inexact += planted && !exact && replaced;
		if (planted)
			continue;
		*(replaced ? &tallies[span->type].false_replaced : &tallies[span->type].false_listed) += 1;
		say(replaced ? "false" : "false, listed", line, comment, span);
	}
}

static void tally_corpus(struct tally tallies[IDENTIFIER_COUNT])
{
	struct error err = { 0 };
	struct roster *roster = NULL;
	assert_ok(roster_load(&roster, names, &err), &err);
	struct identifier_context context = { .first_year = 2024, .last_year = 2025, .roster = roster };
	FILE *file = fopen(corpus, "r");
	assert_non_null(file);
	char *line = NULL;
	size_t capacity = 0, number = 0;
	while (getline(&line, &capacity, file) > 0) {
		struct comment comment;
		struct spans found = { 0 };
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#')
			continue;
		read_comment(&comment, line);
		identifier_scan(&found, comment.text.bytes, &context);
		tally_comment(tallies, &comment, &found, number);
		spans_free(&found);
		spans_free(&comment.planted);
		text_free(&comment.text);
	}
	free(line);
	fclose(file);
	roster_free(roster);
}

static size_t planted(const struct tally *tally)
{
	return tally->replaced + tally->listed + tally->other + tally->missed;
}

static void add_share(struct text *table, size_t part, size_t whole)
{
	if (whole)
		text_print(table, " %8zu%%", (part * 200 + whole) / (2 * whole));
	else
		text_print(table, " %9s", "-");
}

/* Recall: of those planted, how many were found as planted. Precision: of what would be replaced, how much is so. */
static void add_row(struct text *table, const char *name, const struct tally *tally)
{
	text_print(table, "%-13s %8zu %9zu %7zu %6zu %7zu %8zu %6zu %8zu", name, planted(tally), tally->replaced,
	           tally->listed, tally->other, tally->missed, tally->inexact, tally->false_replaced,
	           tally->false_listed);
	add_share(table, tally->replaced + tally->listed, planted(tally));
	add_share(table, tally->replaced, tally->replaced + tally->inexact + tally->false_replaced);
	text_add(table, "\n");
}

static void add_tallies(struct text *table, const struct tally *tallies)
{
	struct tally all = { 0 };
	text_print(table, "%-13s %8s %9s %7s %6s %7s %8s %6s %8s %9s %9s\n", "type", "planted", "replaced", "listed",
	           "other", "missed", "inexact", "false", "f.listed", "recall", "precision");
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++) {
		add_row(table, identifier_word((enum identifier)i), &tallies[i]);
		all.replaced += tallies[i].replaced;
		all.listed += tallies[i].listed;
		all.other += tallies[i].other;
		all.missed += tallies[i].missed;
		all.inexact += tallies[i].inexact;
		all.false_replaced += tallies[i].false_replaced;
		all.false_listed += tallies[i].false_listed;
	}
	add_row(table, "all", &all);
}

static struct tally tallies[IDENTIFIER_COUNT];
static struct text table;

static int read_all(void **state)
{
	(void)state;
	tally_corpus(tallies);
	add_tallies(&table, tallies);
	fputs(table.bytes, stdout);
	return 0;
}

static int free_all(void **state)
{
	(void)state;
	text_free(&table);
	return 0;
}

static void the_corpus_plants_three_hundred(void **state)
{
	size_t count = 0;
	(void)state;
	for (int i = 0; i < IDENTIFIER_COUNT; i++)
		count += planted(&tallies[i]);
	assert_true(count >= 300);
}

/* Counted once by hand against the corpus, with SAY=1; a change in either direction is to be looked at, and the table
 * of docs/text.md with it. */
static const struct expected {
	const char *name;
	enum identifier type;
	struct tally tally; /* replaced, listed, other, missed, inexact, false replaced, false listed */
} expected[] = {
	{ "email", IDENTIFIER_EMAIL, { 13, 0, 2, 1, 1, 0, 0 } },
	{ "phone", IDENTIFIER_PHONE, { 28, 0, 0, 2, 0, 0, 1 } },
	{ "postcode", IDENTIFIER_POSTCODE, { 29, 7, 0, 2, 0, 0, 9 } },
	{ "ip", IDENTIFIER_IP, { 3, 0, 0, 0, 0, 0, 1 } },
	{ "insurance", IDENTIFIER_INSURANCE, { 10, 0, 0, 1, 0, 0, 0 } },
	{ "nhs", IDENTIFIER_NHS, { 13, 4, 0, 0, 0, 0, 1 } },
	{ "position", IDENTIFIER_POSITION, { 4, 0, 0, 0, 0, 0, 1 } },
	{ "url", IDENTIFIER_URL, { 10, 1, 1, 0, 1, 0, 1 } },
	{ "handle", IDENTIFIER_HANDLE, { 14, 0, 1, 2, 0, 0, 0 } },
	{ "birth", IDENTIFIER_BIRTH, { 21, 1, 3, 1, 0, 0, 0 } },
	{ "date", IDENTIFIER_DATE, { 0, 11, 0, 0, 0, 0, 0 } },
	{ "vehicle", IDENTIFIER_VEHICLE, { 10, 2, 0, 1, 0, 0, 0 } },
	{ "passport", IDENTIFIER_PASSPORT, { 5, 1, 0, 0, 0, 0, 1 } },
	{ "licence", IDENTIFIER_LICENCE, { 4, 2, 0, 0, 0, 0, 0 } },
	{ "address", IDENTIFIER_ADDRESS, { 14, 1, 1, 2, 0, 0, 0 } },
	{ "person", IDENTIFIER_PERSON, { 67, 0, 2, 20, 2, 2, 0 } },
	{ "worker", IDENTIFIER_WORKER, { 32, 0, 1, 2, 2, 0, 0 } },
	{ "placement", IDENTIFIER_PLACEMENT, { 9, 0, 1, 1, 1, 0, 0 } },
	{ "school", IDENTIFIER_SCHOOL, { 8, 0, 0, 1, 0, 0, 0 } },
	{ "hospital", IDENTIFIER_HOSPITAL, { 7, 0, 0, 1, 0, 0, 0 } },
	{ "organisation", IDENTIFIER_ORGANISATION, { 3, 0, 0, 1, 0, 0, 0 } },
	{ "street", IDENTIFIER_STREET, { 3, 0, 0, 0, 0, 0, 0 } },
	{ "place", IDENTIFIER_PLACE, { 7, 0, 0, 1, 0, 1, 0 } },
	{ "indirect", IDENTIFIER_INDIRECT, { 0, 35, 1, 5, 0, 0, 3 } },
};

static void a_type_is_found_as_often_as_before(void **state)
{
	const struct expected *example = *state;
	const struct tally *got = &tallies[example->type], *want = &example->tally;
	assert_int_equal(got->replaced, want->replaced);
	assert_int_equal(got->listed, want->listed);
	assert_int_equal(got->other, want->other);
	assert_int_equal(got->missed, want->missed);
	assert_int_equal(got->inexact, want->inexact);
	assert_int_equal(got->false_replaced, want->false_replaced);
	assert_int_equal(got->false_listed, want->false_listed);
}

static void the_document_shows_this_table(void **state)
{
	struct error err = { 0 };
	struct text document = { 0 };
	(void)state;
	assert_ok(text_read_file(&document, "docs/text.md", 1 << 20, &err), &err);
	assert_non_null(strstr(document.bytes, table.bytes));
	text_free(&document);
}

static void the_stewards_page_says_the_same(void **state)
{
	size_t count = 0, found = 0;
	(void)state;
	for (int i = 0; i < IDENTIFIER_COUNT; i++) {
		count += planted(&tallies[i]);
		found += tallies[i].replaced + tallies[i].listed;
	}
	const struct tally *person = &tallies[IDENTIFIER_PERSON];
	size_t named = person->replaced + person->listed;
	char *all = mem_print("Of %zu details planted in made-up comments, %zu (%zu%%) are found", count, found,
	                      (found * 200 + count) / (2 * count));
	char *people = mem_print("of people's names, %zu of %zu (%zu%%)", named, planted(person),
	                         (named * 200 + planted(person)) / (2 * planted(person)));
	assert_non_null(strstr(planted_words, all));
	assert_non_null(strstr(planted_words, people));
	free(all);
	free(people);
}

int main(void)
{
	static const struct CMUnitTest alone[] = {
		cmocka_unit_test(the_corpus_plants_three_hundred),
		cmocka_unit_test(the_document_shows_this_table),
		cmocka_unit_test(the_stewards_page_says_the_same),
	};
	struct CMUnitTest tests[COUNT(alone) + COUNT(expected)];
	size_t count = COUNT(alone);
	memcpy(tests, alone, sizeof alone);
	ADD_EXAMPLES(tests, count, expected, a_type_is_found_as_often_as_before);
	return cmocka_run_group_tests(tests, read_all, free_all);
}
