/* What an XLSForm's constraint asks of an answer, as far as it is a smallest, a largest or a pattern. */
#ifndef DESCRIBE_CONSTRAINT_H
#define DESCRIBE_CONSTRAINT_H

#include "dictionary.h"

#include <stdbool.h>

/* Zero it to begin with. */
struct constraint {
	bool has_min, has_max;
	double min, max;                 /* dates as days since 1970-01-01 */
	char min_text[40], max_text[40]; /* as variables.csv takes them */
	char *pattern;                   /* POSIX, of the whole answer; NULL: none */
};

/* Read `. >= 18 and . < 65 and regex(., '^[0-9]+$')` of an answer of `type`. False where some of it is neither, or lets
 * through less than what was taken; what was taken holds nevertheless, as every part of it must. */
bool constraint_read(struct constraint *bounds, const char *text, enum variable_type type);

/* Draw a bound closer. */
void constraint_tighten(struct constraint *bounds, bool is_min, double value, const char *text);
void constraint_free(struct constraint *bounds);

#endif
