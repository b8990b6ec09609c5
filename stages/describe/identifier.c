#include "identifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "slug.h"

static const char *const words[IDENTIFIER_COUNT] = {
	[IDENTIFIER_NONE] = "",
	[IDENTIFIER_EMAIL] = "e-mail addresses",
	[IDENTIFIER_PHONE] = "telephone numbers",
	[IDENTIFIER_POSTCODE] = "postcodes",
	[IDENTIFIER_IP] = "IP addresses",
	[IDENTIFIER_INSURANCE] = "National Insurance numbers",
	[IDENTIFIER_NHS] = "NHS numbers",
	[IDENTIFIER_POSITION] = "positions on the map",
	[IDENTIFIER_NAME] = "names of people",
	[IDENTIFIER_BIRTH] = "dates of birth",
	[IDENTIFIER_ADDRESS] = "addresses",
	[IDENTIFIER_DOCUMENT] = "numbers of a person's documents",
};

const char *identifier_words(enum identifier identifier)
{
	return words[identifier];
}

/* --- values --- */

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

/* --- headers --- */

/* In short headers these words are enough. */
static const struct {
	const char *word;
	enum identifier identifier;
} single[] = {
	{ "email", IDENTIFIER_EMAIL },        { "e_mail", IDENTIFIER_EMAIL },
	{ "emails", IDENTIFIER_EMAIL },       { "phone", IDENTIFIER_PHONE },
	{ "telephone", IDENTIFIER_PHONE },    { "mobile", IDENTIFIER_PHONE },
	{ "tel", IDENTIFIER_PHONE },          { "surname", IDENTIFIER_NAME },
	{ "forename", IDENTIFIER_NAME },      { "lastname", IDENTIFIER_NAME },
	{ "firstname", IDENTIFIER_NAME },     { "fullname", IDENTIFIER_NAME },
	{ "username", IDENTIFIER_NAME },      { "postcode", IDENTIFIER_POSTCODE },
	{ "post_code", IDENTIFIER_POSTCODE }, { "postal_code", IDENTIFIER_POSTCODE },
	{ "dob", IDENTIFIER_BIRTH },          { "birthdate", IDENTIFIER_BIRTH },
	{ "birth_date", IDENTIFIER_BIRTH },   { "birthday", IDENTIFIER_BIRTH },
	{ "address", IDENTIFIER_ADDRESS },    { "ipaddress", IDENTIFIER_IP },
	{ "nino", IDENTIFIER_INSURANCE },     { "passport", IDENTIFIER_DOCUMENT },
	{ "latitude", IDENTIFIER_POSITION },  { "longitude", IDENTIFIER_POSITION },
	{ "gps", IDENTIFIER_POSITION },       { "geopoint", IDENTIFIER_POSITION },
};

/* These phrases are enough in a header of any length. */
static const struct {
	const char *phrase;
	enum identifier identifier;
} phrases[] = {
	{ "email_address", IDENTIFIER_EMAIL },
	{ "e_mail_address", IDENTIFIER_EMAIL },
	{ "your_email", IDENTIFIER_EMAIL },
	{ "your_e_mail", IDENTIFIER_EMAIL },
	{ "phone_number", IDENTIFIER_PHONE },
	{ "telephone_number", IDENTIFIER_PHONE },
	{ "mobile_number", IDENTIFIER_PHONE },
	{ "contact_number", IDENTIFIER_PHONE },
	{ "your_postcode", IDENTIFIER_POSTCODE },
	{ "home_postcode", IDENTIFIER_POSTCODE },
	{ "full_postcode", IDENTIFIER_POSTCODE },
	{ "your_post_code", IDENTIFIER_POSTCODE },
	{ "date_of_birth", IDENTIFIER_BIRTH },
	{ "your_name", IDENTIFIER_NAME },
	{ "full_name", IDENTIFIER_NAME },
	{ "first_name", IDENTIFIER_NAME },
	{ "last_name", IDENTIFIER_NAME },
	{ "family_name", IDENTIFIER_NAME },
	{ "nhs_number", IDENTIFIER_NHS },
	{ "nhs_no", IDENTIFIER_NHS },
	{ "national_insurance_number", IDENTIFIER_INSURANCE },
	{ "ni_number", IDENTIFIER_INSURANCE },
	{ "ip_address", IDENTIFIER_IP },
	{ "your_address", IDENTIFIER_ADDRESS },
	{ "home_address", IDENTIFIER_ADDRESS },
	{ "postal_address", IDENTIFIER_ADDRESS },
};

/* Whether whole words of the slug are `phrase`. */
static bool has_words(const char *slug, const char *phrase)
{
	size_t length = strlen(phrase);
	for (const char *at = slug; (at = strstr(at, phrase)); at++)
		if ((at == slug || at[-1] == '_') && (!at[length] || at[length] == '_'))
			return true;
	return false;
}

/* `name` alone or with one word that says it is a person's: a school's name is another matter. */
static bool is_name(const char *slug)
{
	static const char *const whose[] = {
		"name",        "your",    "respondent", "participant", "patient",     "client",     "user",
		"person",      "contact", "recipient",  "carer",       "parent",      "child",      "childs",
		"middle",      "given",   "preferred",  "known",       "interviewer", "enumerator", "nick",
		"enumerators", "of",      "the",        "submitter",
	};
	if (!has_words(slug, "name"))
		return false;
	char *rest = mem_copy_text(slug), *next = rest;
	bool person = true;
	for (char *word; person && (word = strtok_r(next, "_", &next));) {
		bool known = false;
		for (size_t i = 0; i < COUNT(whose); i++)
			known = known || strcmp(whose[i], word) == 0;
		person = known;
	}
	free(rest);
	return person;
}

enum identifier identifier_of_header(const char *header, bool *sure)
{
	enum { SHORT = 4, LONGEST = 400 };
	char *slug = slug_make_parted(header, LONGEST);
	enum identifier identifier = IDENTIFIER_NONE;
	size_t count = *slug ? 1 : 0;
	for (const char *c = slug; *c; c++)
		count += *c == '_';
	*sure = false;
	for (size_t i = 0; i < COUNT(phrases) && !identifier; i++)
		if (has_words(slug, phrases[i].phrase))
			identifier = phrases[i].identifier;
	*sure = identifier != IDENTIFIER_NONE && count <= 8;
	if (!identifier && count <= SHORT && is_name(slug)) {
		identifier = IDENTIFIER_NAME;
		*sure = true;
	}
	for (size_t i = 0; i < COUNT(single) && !identifier && count <= SHORT; i++)
		if (has_words(slug, single[i].word))
			identifier = single[i].identifier;
	if (!identifier && (strcmp(slug, "ip") == 0 || strcmp(slug, "nhs") == 0))
		identifier = *slug == 'i' ? IDENTIFIER_IP : IDENTIFIER_NHS;
	free(slug);
	return identifier;
}

bool identifier_is_key(const char *header)
{
	static const char *const keys[] = {
		"id",     "uuid",     "guid",          "key",        "urn",       "respondentid", "pid",
		"caseid", "recordid", "participantid", "responseid", "subjectid", "ref",          "reference_number"
	};
	char *slug = slug_make_parted(header, SLUG_LONGEST);
	size_t length = strlen(slug);
	bool is = length > 3 && strcmp(slug + length - 3, "_id") == 0;
	for (size_t i = 0; i < COUNT(keys); i++)
		is = is || strcmp(keys[i], slug) == 0;
	free(slug);
	return is;
}
