/* Telephone numbers and e-mail addresses in words, as people write them who expect a filter, or were told one aloud. */
#include <string.h>

#include "identifier_private.h"

/* Whether nothing but some of `signs`, and few of them, parts a word from the one before. */
static bool is_parted_by(const struct passage *passage, size_t word, const char *signs)
{
	enum { WIDEST = 4 };
	const struct word *before = &passage->words[word - 1];
	size_t from = before->byte + before->bytes, gap = passage->words[word].byte - from;
	return gap <= WIDEST && strspn(passage->text + from, signs) >= gap;
}

/* --- numbers --- */

static const char zeros[] = " zero oh o nought 0 ";
static const char spoken_digits[] = " zero oh o nought one two three four five six seven eight nine ";
static const char phone_words[] = " phone mobile mob tel telephone number num call text ring whatsapp landline ";

/* How many digits a word says: 1 for seven, 1 more for double, 2 more for hundred; 0: none. */
static size_t digits_of(const struct word *word)
{
	if (word->digits)
		return word->plain_length <= 3 ? word->plain_length : 0;
	return word_in(word, " triple treble hundred ") ? 2 : word_in(word, " double ") || word_in(word, spoken_digits);
}

/* The place of a word among those for digits in order; -1: it is none of them. */
static int value_of(const struct word *word)
{
	static const char *const values[] = { " zero oh o nought 0 ",
		                              " one 1 ",
		                              " two 2 ",
		                              " three 3 ",
		                              " four 4 ",
		                              " five 5 ",
		                              " six 6 ",
		                              " seven 7 ",
		                              " eight 8 ",
		                              " nine 9 " };
	for (int i = 0; i < 10; i++)
		if (word_in(word, values[i]))
			return i;
	return -1;
}

/* oh seven seven double oh nine hundred one two three. Returns the word behind it, or behind `first`. */
static size_t find_spoken_number(struct finder *finder, size_t first)
{
	enum { FEWEST = 9, MOST = 14, WORDS = 4 };
	const struct passage *passage = &finder->passage;
	const struct word *words = passage->words;
	size_t digits = 0, spoken = 0, last = first;
	bool counts = true, one = true; /* one two three; oh oh oh */
	for (size_t i = first; i < passage->count && digits_of(&words[i]); i++) {
		if (i > first && !is_parted_by(passage, i, " \t\r\n,-"))
			break;
		counts = counts && (i == first || value_of(&words[i]) == value_of(&words[i - 1]) + 1);
		one = one && value_of(&words[i]) == value_of(&words[first]);
		digits += digits_of(&words[i]);
		spoken += !words[i].digits;
		last = i;
	}
	size_t end = words[last].byte + words[last].bytes;
	if (digits >= FEWEST && digits <= MOST && spoken >= WORDS && !counts && !one
	    && (word_in(&words[first], zeros) || passage_near(passage, words[first].byte, end, 5, 0, phone_words)))
		finder_add(finder, words[first].byte, end, IDENTIFIER_PHONE, CONFIDENCE_MEDIUM,
		           "a telephone number in words");
	return last + 1;
}

/* --- e-mail addresses --- */

static const char endings[] = " com org net uk co ac gov edu info me io ie eu ";
static const char providers[] =
	" gmail googlemail hotmail outlook yahoo icloud live aol msn proton protonmail btinternet ";
static const char mail_words[] = " email emails mail mails e contact write address ";
static const char no_local[] =
	" look looked looking shop work works worked working is was are me him her us them it stay all "
	"available apply online and or ";

static bool is_local(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("._%+-", c));
}

/* What stands around the word `at`: the address before it ends there, and how. */
struct around {
	size_t from;  /* its first byte */
	bool bracket; /* jo (at) example.org */
	bool odd;     /* it holds a digit or a sign */
};

static bool read_local(struct around *around, const struct passage *passage, size_t at)
{
	enum { LONGEST = 64 };
	const char *text = passage->text;
	size_t end = passage->words[at].byte, from;
	while (end > 0 && strchr(" ([{<*", text[end - 1])) {
		around->bracket = around->bracket || text[end - 1] != ' ';
		end--;
	}
	for (from = end; from > 0 && end - from < LONGEST && is_local(text[from - 1]); from--)
		around->odd = around->odd || !is_letter(text[from - 1]);
	around->from = from;
	return from < end && end < passage->words[at].byte && is_parted_by(passage, at, " ([{<*");
}

/* The word that ends a host from `word` on: gmail dot com, example.org, nhs dot net. 0: there is none. */
static size_t read_host(bool *spoken, const struct passage *passage, size_t word)
{
	enum { LABELS = 6 };
	size_t found = 0;
	for (size_t labels = 1; word + 1 < passage->count && labels < LABELS; labels++) {
		bool dot = word + 2 < passage->count && word_in(&passage->words[word + 1], " dot ")
		           && is_parted_by(passage, word + 1, " ([{<*") && is_parted_by(passage, word + 2, " )]}>*");
		if (!dot && !is_parted_by(passage, word + 1, "."))
			break;
		word += dot ? 2 : 1;
		*spoken = *spoken || dot;
		if (word_in(&passage->words[word], endings))
			found = word;
	}
	return found;
}

static void find_spoken_email(struct finder *finder, size_t at)
{
	const struct passage *passage = &finder->passage;
	struct around around = { 0 };
	bool spoken = false;
	if (!read_local(&around, passage, at) || !is_parted_by(passage, at + 1, " )]}>*"))
		return;
	size_t last = read_host(&spoken, passage, at + 1);
	if (!last)
		return;
	size_t end = passage->words[last].byte + passage->words[last].bytes;
	bool known = word_in(&passage->words[at + 1], providers);
	bool near = passage_near(passage, around.from, around.from, 4, 0, mail_words);
	bool plain = !around.bracket && !around.odd && word_in(&passage->words[at - 1], no_local);
	if (plain || !(spoken || known || near || around.bracket))
		return;
	finder_add(finder, around.from, end, IDENTIFIER_EMAIL,
	           (known && spoken) || near || around.bracket || around.odd ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
	           "an e-mail address in words");
}

void find_spoken(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	for (size_t i = 0; i < passage->count;) {
		if (i > 0 && i + 1 < passage->count && word_in(&passage->words[i], " at "))
			find_spoken_email(finder, i);
		i = digits_of(&passage->words[i]) ? find_spoken_number(finder, i) : i + 1;
	}
}
