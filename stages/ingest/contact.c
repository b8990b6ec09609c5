#include "contact.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What follows the @: labels with dots between, the last of letters. */
static bool is_domain(const char *text)
{
	size_t labels = 0;
	for (;;) {
		size_t length = 0, letters = 0;
		while (is_letter(text[length]) || is_digit(text[length]) || text[length] == '-')
			letters += is_letter(text[length++]);
		labels += length > 0;
		if (length == 0 || text[length] != '.')
			return labels >= 2 && (length == 0 || (length >= 2 && letters == length));
		text += length + 1;
	}
}

bool contact_is_mail(const char *text)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		if (at > text && (is_letter(at[-1]) || is_digit(at[-1]) || strchr("._%+-", at[-1]))
		    && is_domain(at + 1))
			return true;
	}
	return false;
}

/* Behind the digit at `text`: how many blanks, hyphens and brackets stand before the next digit; 0 also where something
 * else does. */
static size_t between(const char *text)
{
	enum { MOST = 3 };
	size_t length = strspn(text, " -()");
	return length <= MOST && is_digit(text[length]) ? length : 0;
}

/* A number without the 0 or +44 before it, from its first digit. The number ends where no digit or letter follows, nor
 * a colon, which makes a time of it. */
static bool is_national(const char *text)
{
	bool mobile = *text == '7';
	if (!mobile && (*text < '1' || *text > '3'))
		return false;
	for (size_t digits = 1; digits <= 10; digits++) {
		char next = text[1];
		bool ends = !is_digit(next) && !is_letter(next) && next != ':' && next != '_';
		if (ends && (digits == 10 || (digits == 9 && !mobile)))
			return true;
		text += 1 + between(text + 1);
		if (!is_digit(*text))
			return false;
	}
	return false;
}

/* Behind the country code: the 0 that one leaves out when calling from abroad is often written in brackets. */
static bool is_international(const char *text)
{
	text += strspn(text, " -");
	if (strncmp(text, "(0)", 3) == 0)
		text += 3;
	else if (*text == '0')
		text++;
	text += strspn(text, " -()");
	return is_national(text);
}

/* Inside a longer number, or an id with hyphens, none begins. */
static bool can_begin(const char *text, const char *at)
{
	if (at == text)
		return true;
	char before = at[-1];
	if (before == '-' && at - text >= 2 && (is_digit(at[-2]) || is_letter(at[-2])))
		return false;
	return !is_digit(before) && !is_letter(before) && before != '.' && before != '+' && before != '_';
}

bool contact_is_telephone(const char *text)
{
	for (const char *at = text + strcspn(text, "0+"); *at; at += 1 + strcspn(at + 1, "0+")) {
		if (!can_begin(text, at))
			continue;
		if (strncmp(at, "+44", 3) == 0    ? is_international(at + 3)
		    : strncmp(at, "0044", 4) == 0 ? is_international(at + 4)
		                                  : *at == '0' && is_national(at + 1 + between(at + 1)))
			return true;
	}
	return false;
}
