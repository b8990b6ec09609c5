/* Who is asked a question, from a platform's words into SQL. */
#ifndef DESCRIBE_LOGIC_H
#define DESCRIBE_LOGIC_H

#include "questionnaire.h"
#include "text.h"

enum logic_dialect {
	LOGIC_NONE,    /* the platform has no conditions */
	LOGIC_REDCAP,  /* branching logic: [sex] = '1' and [race(2)] = '1' */
	LOGIC_XLSFORM, /* relevant: ${sex} = 'f' and selected(${race}, 'b') */
};

/* Add to `sql` the condition as questionnaire.h describes expressions. False, and nothing added, where any part of it
 * is not known to mean the same here: another function, another event, a name or code that the questionnaire does not
 * have, a code that it takes for missing, a text compared as a number. */
bool logic_translate(struct text *sql, const struct questionnaire *questionnaire, enum logic_dialect dialect,
                     const char *condition);

#endif
