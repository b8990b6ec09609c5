/* What tells in a text who somebody is. UK shapes: where the studies are at home.
 *
 * The scanner knows shapes, the words around them and the names of the steward's roster; no grammar and no meaning. It
 * misses what has neither shape nor name: docs/text.md says how much of a planted corpus. */
#ifndef CANVASS_IDENTIFIER_H
#define CANVASS_IDENTIFIER_H

#include "roster.h"

#include <stdbool.h>
#include <stddef.h>

enum identifier {
	IDENTIFIER_NONE,
	IDENTIFIER_EMAIL,
	IDENTIFIER_PHONE,
	IDENTIFIER_POSTCODE,
	IDENTIFIER_IP,
	IDENTIFIER_INSURANCE, /* National Insurance number */
	IDENTIFIER_NHS,       /* NHS number */
	IDENTIFIER_POSITION,  /* latitude and longitude */
	IDENTIFIER_URL,
	IDENTIFIER_HANDLE, /* @name of a social network */
	IDENTIFIER_BIRTH,  /* date of birth */
	IDENTIFIER_DATE,   /* any other date */
	IDENTIFIER_VEHICLE,
	IDENTIFIER_PASSPORT,
	IDENTIFIER_LICENCE, /* driving licence */
	IDENTIFIER_ADDRESS, /* number and street */

	IDENTIFIER_PERSON, /* from here by the roster: one for each of its kinds, in their order */
	IDENTIFIER_WORKER,
	IDENTIFIER_PLACEMENT,
	IDENTIFIER_SCHOOL,
	IDENTIFIER_HOSPITAL,
	IDENTIFIER_ORGANISATION,
	IDENTIFIER_STREET,
	IDENTIFIER_PLACE,

	IDENTIFIER_INDIRECT, /* no name, but together with what else is known it may be enough */
	IDENTIFIER_COUNT,
};

/* Low: listed for a reader. Medium and high: to be replaced. High: cannot well be anything else, and wants a decision.
 */
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH, CONFIDENCE_COUNT };

/* One finding in a text. */
struct span {
	size_t start,
		length;     /* in codepoints, as people and other tools count; a byte that is no UTF-8 counts as one */
	size_t byte, bytes; /* the same in bytes */
	enum identifier type;
	enum confidence confidence;
	size_t entry; /* of the roster; ROSTER_NONE: it is not from there, or several of its entries are called so */
	const char *reason; /* why, without a word of the text; static */
};

struct spans {
	struct span *spans;
	size_t count, capacity;
};

struct identifier_context {
	int first_year, last_year;   /* of the fieldwork, for ages; 0: not known */
	const struct roster *roster; /* may be NULL */
};

/* Add to *spans, zeroed or used before, what a text of any bytes holds: in the order of the text, none overlapping; of
 * two that overlap the surer stays, else the longer. In time that grows as the text does. */
void identifier_scan(struct spans *spans, const char *text, const struct identifier_context *context);
void spans_free(struct spans *spans); /* and zero it */

/* What two spellings of one thing share, as `07700900123` of +44 7700 900123; of the roster, its entry. Things of
 * different types may give the same. Free with free(). */
char *identifier_same(const char *text, const struct span *span);

/* What one whole cell looks like, or, of an e-mail address, holds: the same shapes, without the words around them that
 * a text has. Specimens count: a column of them is a column of that kind. `text` is trimmed. */
enum identifier identifier_of_value(const char *text);

const char *identifier_word(enum identifier identifier);  /* postcode: in findings, placeholders and decisions */
const char *identifier_words(enum identifier identifier); /* postcodes: in sentences */
bool identifier_named(enum identifier *identifier, const char *word); /* the type of a word; false: there is none */
const char *confidence_word(enum confidence confidence);              /* low, medium, high */

#endif
