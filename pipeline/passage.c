#include "passage.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "plain.h"
#include "text.h"

static bool is_apostrophe(const char *at)
{
	static const char *const signs[] = { "'", "`", "\xc2\xb4", "\xca\xbc", "\xe2\x80\x98", "\xe2\x80\x99" };
	for (size_t i = 0; i < COUNT(signs); i++)
		if (strncmp(at, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

/* What stands between two words. */
struct gap {
	bool ends;  /* a sentence or a line */
	bool signs; /* more than blanks */
};

static void see_gap(struct gap *gap, const char *at)
{
	if (strchr(".!?\n\r:;", *at))
		gap->ends = true;
	if (*at != ' ' && *at != '\t' && !text_hidden(at))
		gap->signs = true;
}

/* The word at `at`, its plain letters written to `plain`, which has room. Returns the bytes taken. */
static size_t read_word(struct word *word, const struct passage *passage, size_t at, char *plain)
{
	size_t from = at, apostrophe = 0, apostrophe_plain = 0, capitals = 0, letters = 0;
	word->byte = at;
	word->plain = plain;
	word->digits = true;
	while (at < passage->length) {
		char letter[PLAIN_LONGEST + 1];
		const char *sign = passage->text + at;
		size_t taken = plain_letter(letter, sign, passage->length - at);
		if (*letter == ' ')
			break;
		if (!*letter && is_apostrophe(sign)) {
			char next[PLAIN_LONGEST + 1];
			if (at + taken >= passage->length)
				break;
			plain_letter(next, sign + taken, passage->length - at - taken);
			if (!*next || *next == ' ')
				break;
			apostrophe = at - from;
			apostrophe_plain = word->plain_length;
		} else if (*letter) {
			bool digit = *letter >= '0' && *letter <= '9', capital = plain_is_capital(sign, taken);
			if (at == from)
				word->capital = capital;
			word->digits = word->digits && digit;
			letters += !digit;
			capitals += capital;
			memcpy(plain + word->plain_length, letter, strlen(letter));
			word->plain_length += strlen(letter);
		}
		at += taken;
	}
	word->bytes = word->stem_bytes = at - from;
	word->stem_length = word->plain_length;
	if (apostrophe && word->plain_length == apostrophe_plain + 1 && plain[apostrophe_plain] == 's') {
		word->stem_bytes = apostrophe;
		word->stem_length = apostrophe_plain;
	}
	size_t possessive = word->stem_bytes < word->bytes;
	word->shouted = letters - possessive > 1 && capitals >= letters - possessive;
	plain[word->plain_length] = '\0';
	return at - from;
}

/* A letter becomes at most one more than it has bytes ("æ" is "ae", two for two), and each word ends with a NUL. */
void passage_read(struct passage *passage, const char *text)
{
	size_t capacity = 0;
	*passage = (struct passage){ .text = text, .length = strlen(text) };
	char *plain = passage->plain = mem_alloc(2 * passage->length + 2, 1);
	struct gap gap = { .ends = true, .signs = true };
	for (size_t at = 0; at < passage->length;) {
		char letter[PLAIN_LONGEST + 1];
		size_t taken = plain_letter(letter, text + at, passage->length - at);
		if (!*letter || *letter == ' ') {
			see_gap(&gap, text + at);
			at += taken;
			continue;
		}
		passage->words = mem_grow(passage->words, passage->count, &capacity, sizeof *passage->words);
		struct word *word = &passage->words[passage->count++];
		*word = (struct word){ .begins = gap.ends, .joined = !gap.signs };
		at += read_word(word, passage, at, plain);
		plain += word->plain_length + 1;
		gap = (struct gap){ 0 };
	}
}

void passage_free(struct passage *passage)
{
	free(passage->words);
	free(passage->plain);
	*passage = (struct passage){ 0 };
}

size_t passage_word_from(const struct passage *passage, size_t byte)
{
	size_t low = 0, high = passage->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (passage->words[middle].byte < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool passage_parts(const struct passage *passage, size_t byte)
{
	size_t next = passage_word_from(passage, byte);
	return next == 0 || passage->words[next - 1].byte + passage->words[next - 1].bytes <= byte;
}

static bool list_has(const char *list, const char *plain, size_t length)
{
	for (const char *at = list; (at = strchr(at, ' ')) && at[1]; at++)
		if (at[1] == *plain && strncmp(at + 1, plain, length) == 0 && at[1 + length] == ' ')
			return true;
	return false;
}

bool word_in(const struct word *word, const char *list)
{
	return list_has(list, word->plain, word->plain_length)
	       || (word->stem_length < word->plain_length && list_has(list, word->plain, word->stem_length));
}

bool passage_near(const struct passage *passage, size_t from, size_t end, size_t before, size_t after, const char *list)
{
	size_t first = passage_word_from(passage, from), last = passage_word_from(passage, end);
	for (size_t i = first > before ? first - before : 0; i < first; i++)
		if (word_in(&passage->words[i], list))
			return true;
	for (size_t i = last; i < passage->count && i < last + after; i++)
		if (word_in(&passage->words[i], list))
			return true;
	return false;
}
