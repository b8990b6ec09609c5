#include "identifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static const struct {
	const char *word, *words;
} names[IDENTIFIER_COUNT] = {
	[IDENTIFIER_NONE] = { "", "" },
	[IDENTIFIER_EMAIL] = { "email", "e-mail addresses" },
	[IDENTIFIER_PHONE] = { "phone", "telephone numbers" },
	[IDENTIFIER_POSTCODE] = { "postcode", "postcodes" },
	[IDENTIFIER_IP] = { "ip", "IP addresses" },
	[IDENTIFIER_INSURANCE] = { "insurance", "National Insurance numbers" },
	[IDENTIFIER_NHS] = { "nhs", "NHS numbers" },
	[IDENTIFIER_POSITION] = { "position", "positions on the map" },
	[IDENTIFIER_URL] = { "url", "web addresses" },
	[IDENTIFIER_HANDLE] = { "handle", "names on social networks" },
	[IDENTIFIER_BIRTH] = { "birth", "dates of birth" },
	[IDENTIFIER_DATE] = { "date", "dates" },
	[IDENTIFIER_VEHICLE] = { "vehicle", "registration numbers of vehicles" },
	[IDENTIFIER_PASSPORT] = { "passport", "passport numbers" },
	[IDENTIFIER_LICENCE] = { "licence", "driving licence numbers" },
	[IDENTIFIER_ADDRESS] = { "address", "addresses" },
	[IDENTIFIER_PERSON] = { "person", "names of people" },
	[IDENTIFIER_WORKER] = { "worker", "names of workers" },
	[IDENTIFIER_PLACEMENT] = { "placement", "names of placements" },
	[IDENTIFIER_SCHOOL] = { "school", "names of schools" },
	[IDENTIFIER_HOSPITAL] = { "hospital", "names of hospitals" },
	[IDENTIFIER_ORGANISATION] = { "organisation", "names of organisations" },
	[IDENTIFIER_STREET] = { "street", "names of streets" },
	[IDENTIFIER_PLACE] = { "place", "names of places" },
	[IDENTIFIER_INDIRECT] = { "indirect", "words that tell indirectly" },
};

const char *identifier_word(enum identifier identifier)
{
	return names[identifier].word;
}

const char *identifier_words(enum identifier identifier)
{
	return names[identifier].words;
}

bool identifier_named(enum identifier *identifier, const char *word)
{
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		if (strcmp(names[i].word, word) == 0) {
			*identifier = (enum identifier)i;
			return true;
		}
	return false;
}

const char *confidence_word(enum confidence confidence)
{
	static const char *const words[CONFIDENCE_COUNT] = {
		[CONFIDENCE_LOW] = "low", [CONFIDENCE_MEDIUM] = "medium", [CONFIDENCE_HIGH] = "high"
	};
	return words[confidence];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Anywhere in the text: a letter or digit, @, and a name with a point and two letters behind it. */
static bool has_email(const char *text)
{
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		const char *end = at + 1;
		while (is_letter(*end) || is_digit(*end) || *end == '-' || *end == '.')
			end++;
		bool named = at > text && (is_letter(at[-1]) || is_digit(at[-1]) || strchr("._-+", at[-1]));
		for (const char *dot = at + 2; named && dot + 2 < end; dot++)
			if (*dot == '.' && is_letter(dot[1]) && is_letter(dot[2]))
				return true;
	}
	return false;
}

/* The digits of a text that holds nothing else but blanks and signs of `between`; 0: it holds more, or too many. */
static size_t digits_of(char digits[24], const char *text, const char *between)
{
	size_t count = 0;
	for (; *text; text++) {
		if (is_digit(*text) && count < 23)
			digits[count++] = *text;
		else if (!strchr(between, *text))
			return 0;
	}
	digits[count] = '\0';
	return count;
}

/* 01, 02, 03, 07 and 08 numbers, with +44 or 0044 too, and any number that begins with a plus sign. */
static bool is_phone(const char *text)
{
	char digits[24];
	bool plus = *text == '+';
	size_t count = digits_of(digits, text + plus, " ()-.");
	const char *rest = digits;
	if (plus && strncmp(digits, "44", 2) != 0)
		return count >= 8 && count <= 15;
	if (plus)
		rest += 2;
	else if (count > 4 && strncmp(digits, "0044", 4) == 0)
		rest += 4;
	else if (count == 0 || *digits != '0')
		return false;
	if (count == 0)
		return false;
	rest += *rest == '0';
	size_t left = strlen(rest);
	return (left == 9 || left == 10) && strchr("12378", *rest);
}

/* A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA, with or without the blank. */
static bool is_postcode(const char *text)
{
	char sign[16], shape[16];
	size_t count = 0;
	for (; *text; text++) {
		if (*text == ' ' && count > 1)
			continue;
		if (count == 7 || !(is_digit(*text) || is_letter(*text)))
			return false;
		sign[count] = *text;
		shape[count++] = is_digit(*text) ? '9' : 'A';
	}
	shape[count] = sign[count] = '\0';
	static const char *const outward[] = { "A9", "A99", "AA9", "AA99", "A9A", "AA9A" };
	for (size_t i = 0; i < COUNT(outward); i++)
		if (count == strlen(outward[i]) + 3 && strncmp(shape, outward[i], count - 3) == 0
		    && strcmp(shape + count - 3, "9AA") == 0)
			return true;
	return false;
}

static bool is_ip(const char *text)
{
	unsigned parts[4];
	int length = 0;
	if (sscanf(text, "%3u.%3u.%3u.%3u%n", &parts[0], &parts[1], &parts[2], &parts[3], &length) == 4 && !text[length]
	    && is_digit(*text))
		return parts[0] < 256 && parts[1] < 256 && parts[2] < 256 && parts[3] < 256;
	size_t colons = 0;
	for (const char *c = text; *c; c++) {
		colons += *c == ':';
		if (*c != ':' && !is_digit(*c) && !(*c >= 'a' && *c <= 'f') && !(*c >= 'A' && *c <= 'F'))
			return false;
	}
	return colons == 7 || (colons >= 2 && colons < 7 && strstr(text, "::") && strlen(text) > 3);
}

/* QQ 12 34 56 C: two letters, six digits, A to D. */
static bool is_insurance(const char *text)
{
	char signs[10];
	size_t count = 0;
	for (; *text; text++) {
		if (*text == ' ')
			continue;
		if (count == 9)
			return false;
		signs[count++] = *text;
	}
	if (count != 9 || !is_letter(signs[0]) || !is_letter(signs[1]) || !strchr("ABCDabcd", signs[8]))
		return false;
	for (size_t i = 2; i < 8; i++)
		if (!is_digit(signs[i]))
			return false;
	return true;
}

/* Ten digits; the last makes the sum of the others, times 10 to 2, a multiple of 11 (NHS Data Dictionary). */
static bool is_nhs(const char *text)
{
	char digits[24];
	if (digits_of(digits, text, " -") != 10 || *digits == '0')
		return false;
	int sum = 0;
	for (int i = 0; i < 9; i++)
		sum += (digits[i] - '0') * (10 - i);
	int check = (11 - sum % 11) % 11;
	return check != 10 && digits[9] - '0' == check;
}

/* A decimal number with at least three places behind the point, at *text, which moves behind it. */
static bool read_degrees(const char **text, double most)
{
	char *end = NULL;
	const char *point = strchr(*text, '.');
	if (!is_digit(**text) && **text != '-')
		return false;
	double value = strtod(*text, &end);
	if (!point || point > end || end - point < 4 || value < -most || value > most)
		return false;
	*text = end;
	return true;
}

static bool is_position(const char *text)
{
	if (strspn(text, "0123456789.-, ") != strlen(text) || !read_degrees(&text, 90))
		return false;
	size_t between = strspn(text, ", ");
	text += between;
	return between && read_degrees(&text, 180) && (!*text || *text == ' ' || *text == ',');
}

enum identifier identifier_of_value(const char *text)
{
	size_t length = strlen(text);
	if (has_email(text))
		return IDENTIFIER_EMAIL;
	if (length < 5 || length > 254)
		return IDENTIFIER_NONE;
	if (is_phone(text))
		return IDENTIFIER_PHONE;
	if (is_nhs(text))
		return IDENTIFIER_NHS;
	if (is_postcode(text))
		return IDENTIFIER_POSTCODE;
	if (is_ip(text))
		return IDENTIFIER_IP;
	if (is_insurance(text))
		return IDENTIFIER_INSURANCE;
	return is_position(text) ? IDENTIFIER_POSITION : IDENTIFIER_NONE;
}

/* --- a text --- */

static bool is_mail_local(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("._%+-", c));
}

static size_t codepoints(const char *text, size_t bytes)
{
	size_t count = 0;
	for (size_t i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

void identifier_scan(struct spans *spans, const char *text, const struct identifier_context *context)
{
	(void)context;
	const char *free_from = text;
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		const char *from = at, *end = at + 1;
		while (from > free_from && is_mail_local(from[-1]))
			from--;
		while (is_letter(*end) || is_digit(*end) || *end == '-' || *end == '.')
			end++;
		while (end > at + 1 && (end[-1] == '.' || end[-1] == '-'))
			end--;
		if (from == at || !memchr(at, '.', (size_t)(end - at)))
			continue;
		spans->spans = mem_grow(spans->spans, spans->count, &spans->capacity, sizeof *spans->spans);
		spans->spans[spans->count++] = (struct span){
			.start = codepoints(text, (size_t)(from - text)),
			.length = codepoints(from, (size_t)(end - from)),
			.byte = (size_t)(from - text),
			.bytes = (size_t)(end - from),
			.type = IDENTIFIER_EMAIL,
			.confidence = CONFIDENCE_HIGH,
			.entry = ROSTER_NONE,
			.reason = "an e-mail address",
		};
		free_from = end;
	}
}

void spans_free(struct spans *spans)
{
	free(spans->spans);
	*spans = (struct spans){ 0 };
}

char *identifier_same(const char *text, const struct span *span)
{
	char *same = mem_copy_bytes(text + span->byte, span->bytes);
	for (char *c = same; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return same;
}
