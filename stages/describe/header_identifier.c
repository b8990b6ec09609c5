#include "header_identifier.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "slug.h"

/* In short headers these words are enough. */
static const struct {
	const char *word;
	enum identifier identifier;
} single[] = {
	{ "email", IDENTIFIER_EMAIL },        { "e_mail", IDENTIFIER_EMAIL },
	{ "emails", IDENTIFIER_EMAIL },       { "phone", IDENTIFIER_PHONE },
	{ "telephone", IDENTIFIER_PHONE },    { "mobile", IDENTIFIER_PHONE },
	{ "tel", IDENTIFIER_PHONE },          { "surname", IDENTIFIER_PERSON },
	{ "forename", IDENTIFIER_PERSON },    { "lastname", IDENTIFIER_PERSON },
	{ "firstname", IDENTIFIER_PERSON },   { "fullname", IDENTIFIER_PERSON },
	{ "username", IDENTIFIER_PERSON },    { "postcode", IDENTIFIER_POSTCODE },
	{ "post_code", IDENTIFIER_POSTCODE }, { "postal_code", IDENTIFIER_POSTCODE },
	{ "dob", IDENTIFIER_BIRTH },          { "birthdate", IDENTIFIER_BIRTH },
	{ "birth_date", IDENTIFIER_BIRTH },   { "birthday", IDENTIFIER_BIRTH },
	{ "address", IDENTIFIER_ADDRESS },    { "ipaddress", IDENTIFIER_IP },
	{ "nino", IDENTIFIER_INSURANCE },     { "passport", IDENTIFIER_PASSPORT },
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
	{ "your_name", IDENTIFIER_PERSON },
	{ "full_name", IDENTIFIER_PERSON },
	{ "first_name", IDENTIFIER_PERSON },
	{ "last_name", IDENTIFIER_PERSON },
	{ "family_name", IDENTIFIER_PERSON },
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

enum identifier header_identifier(const char *header, bool *sure)
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
		identifier = IDENTIFIER_PERSON;
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

bool header_is_key(const char *header)
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
