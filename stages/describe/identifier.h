/* What tells who somebody is, by the words of a header or the shape of a value. UK shapes: where the study is at home.
 */
#ifndef DESCRIBE_IDENTIFIER_H
#define DESCRIBE_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>

enum identifier {
	IDENTIFIER_NONE,
	IDENTIFIER_EMAIL,
	IDENTIFIER_PHONE,
	IDENTIFIER_POSTCODE,
	IDENTIFIER_IP,
	IDENTIFIER_INSURANCE, /* National Insurance number */
	IDENTIFIER_NHS,       /* NHS number, its check digit right */
	IDENTIFIER_POSITION,  /* latitude and longitude */
	IDENTIFIER_NAME,      /* from here on by the header only */
	IDENTIFIER_BIRTH,
	IDENTIFIER_ADDRESS,
	IDENTIFIER_DOCUMENT,
	IDENTIFIER_COUNT,
};

const char *identifier_words(enum identifier identifier); /* an e-mail address */

/* What one value looks like, or, of an e-mail address, holds. `text` is trimmed. */
enum identifier identifier_of_value(const char *text);

/* What a column looks like by its header: a short one by any of its words, a question by a phrase. *sure: the words
 * leave no other reading, as in `e-mail address`; `mobile` may as well count something. */
enum identifier identifier_of_header(const char *header, bool *sure);

/* Whether a header looks like that of a column that names the row: id, respondent_id, URN. */
bool identifier_is_key(const char *header);

#endif
