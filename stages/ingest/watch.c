#include "watch.h"

#include <stdlib.h>
#include <string.h>

#include "contact.h"
#include "mem.h"

/* U+FFFD: what a program writes where it cannot read a letter. */
static const char replacement[] = "\xef\xbf\xbd";

/* UTF-8 that was read as Windows-1252 or Latin-1, and written as UTF-8 again: each letter beyond ASCII became two or
 * three, of which the first tells. Pairs that occur in no language. */
static const char *const twice[] = {
	"\xc3\x83\xc2",             /* U+00C3 and U+0080 to U+00BF: most letters with an accent */
	"\xc3\xa2\xe2\x82\xac",     /* U+00E2 U+20AC: curly quotes, dashes */
	"\xc3\x82\xc2\xa3",         /* U+00C2 U+00A3: the pound sign */
	"\xc3\x82\xc2\xa0",         /* U+00C2 U+00A0: the no-break space */
	"\xc3\xb0\xc5\xb8",         /* U+00F0 U+0178: emoji */
	"\xc3\xaf\xc2\xbf\xc2\xbd", /* U+00EF U+00BF U+00BD: a replacement character, on top */
};

struct watch watch_new(const struct dictionary *dictionary)
{
	return (struct watch){ .dictionary = dictionary,
		               .contacts = mem_alloc(dictionary->variable_count, sizeof(size_t)) };
}

void watch_free(struct watch *watch)
{
	free(watch->contacts);
	*watch = (struct watch){ 0 };
}

static void look_at_letters(struct watch *watch, const char *text)
{
	bool spoilt = false;
	for (size_t i = 0; i < COUNT(twice) && !spoilt; i++)
		spoilt = strstr(text, twice[i]) != NULL;
	watch->mojibake += spoilt;
	watch->lost += strstr(text, replacement) != NULL;
}

/* The time of day in a date and time has the look of a number that goes on. */
static bool may_hold_telephone(const struct variable *variable)
{
	return variable->type != VARIABLE_DATE && variable->type != VARIABLE_DATETIME;
}

/* One pass over the bytes, as most cells hold nothing of interest. */
void watch_look(struct watch *watch, size_t at, const char *text, size_t length)
{
	const struct variable *variable = &watch->dictionary->variables[at];
	unsigned high = 0, mail = 0, digits = 0;
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		high |= byte & 0x80;
		mail |= byte == '@';
		digits += (unsigned char)(byte - '0') < 10;
	}
	if (high)
		look_at_letters(watch, text);
	if (variable->disclosure != DISCLOSURE_DIRECT
	    && ((mail && contact_is_mail(text))
	        || (digits >= CONTACT_LEAST_DIGITS && may_hold_telephone(variable) && contact_is_telephone(text))))
		watch->contacts[at]++;
}

void watch_header(struct watch *watch, const char *text)
{
	look_at_letters(watch, text);
}

bool watch_find(const struct watch *watch, const struct found *found, struct error *err)
{
	if (watch->mojibake > 0
	    && !found_add(found, (struct finding){ .code = FINDING_FILE_MOJIBAKE, .occurrences = watch->mojibake },
	                  err))
		return false;
	if (watch->lost > 0
	    && !found_add(found, (struct finding){ .code = FINDING_FILE_CHARACTER_LOST, .occurrences = watch->lost },
	                  err))
		return false;
	for (size_t i = 0; i < watch->dictionary->variable_count; i++) {
		struct finding finding = { .code = FINDING_PRIVACY_CONTACT,
			                   .variable = watch->dictionary->variables[i].name,
			                   .occurrences = watch->contacts[i] };
		if (watch->contacts[i] > 0 && !found_add(found, finding, err))
			return false;
	}
	return true;
}
