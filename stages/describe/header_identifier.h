/* What tells who somebody is, by the words of a header. The values have a room of their own: pipeline/identifier.h. */
#ifndef DESCRIBE_HEADER_IDENTIFIER_H
#define DESCRIBE_HEADER_IDENTIFIER_H

#include <stdbool.h>

#include "identifier.h"

/* What a column looks like by its header: a short one by any of its words, a question by a phrase. *sure: the words
 * leave no other reading, as in `e-mail address`; `mobile` may as well count something. */
enum identifier header_identifier(const char *header, bool *sure);

/* Whether a header looks like that of a column that names the row: id, respondent_id, URN. */
bool header_is_key(const char *header);

#endif
