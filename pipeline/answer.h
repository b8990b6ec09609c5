/* What a cell says, by its variable's row in the dictionary: the one place where text becomes a typed answer.
 * validate, derive and deidentify all read cells through here, so that they cannot disagree. Zero an answer before it
 * is read for the first time, and release it after the last. */
#ifndef CANVASS_ANSWER_H
#define CANVASS_ANSWER_H

#include "dictionary.h"
#include "finding.h"
#include "form.h"

struct answer {
	enum missing_reason missing; /* MISSING_NONE: an answer; MISSING_UNUSABLE: a cell that fails */
	const struct code *code;     /* of a code variable, and of a missing code, even one not allowed here */
	long long integer; /* integer; date, datetime: days since 1970-01-01; code lists of integers: the code */
	double number;     /* the same, and number; datetime: with the time as the fraction of a day */
	const char *text;  /* see below; NULL where there is neither an answer nor a missing code */
	enum finding_code finding; /* FINDING_NONE, or what is wrong or worth a note */
	enum severity severity;    /* of the finding: SEVERITY_BLANK where it makes the cell unusable */
	const char *suggestion;    /* NULL or what may have been meant */
	char *longer;              /* of several codes whose text the buffer is too small for; NULL */
	size_t longer_size;
	char buffer[256];
};

/* What stands in the cell of a question that takes several answers and was answered with none. */
#define ANSWER_NONE_TICKED "(none)"

/* Read `raw` (NULL: the export has no such column, which is not_asked) as an answer to `variable`. `form` says how the
 * export writes its answers; YYYY-MM-DD is understood in each. Ranges and patterns are judged here too; routes, keys
 * and rules are not.
 *
 * answer->text is, of an id or text, the cell without ASCII blanks around it (256 bytes or more keep those at the end);
 * of a code, the code; of several codes, those with ; between in the order of their list, or ANSWER_NONE_TICKED; of a
 * date YYYY-MM-DD, of a datetime YYYY-MM-DD HH:MM:SS; of a number, what was written. It lives as long as `raw` and
 * *answer, until the next answer_read into it; a copied struct does not take it along. */
void answer_read(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                 const char *raw, const struct form *form);

void answer_release(struct answer *answer); /* and zero it, ready for use again */

/* Where the text without ASCII blanks around it begins, and how long it is. */
const char *answer_trim(const char *text, size_t *length);

#endif
