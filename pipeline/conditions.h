/* The expressions of a dictionary, compiled: asked_if of its variables, when and require of its rules. */
#ifndef CANVASS_CONDITIONS_H
#define CANVASS_CONDITIONS_H

#include "dictionary.h"
#include "error.h"
#include "expression.h"

#include <stdbool.h>
#include <stddef.h>

struct conditions {
	struct expression_column *columns;   /* one a variable: set their values before an expression is asked */
	struct expression **asked_if;        /* one a variable; NULL: asked of everybody */
	struct expression **when, **require; /* one a rule; when NULL: always */
	struct expressions *expressions;
	struct expression_answer **answers; /* of the columns */
	size_t count;
};

/* A variable of the dictionary as a column of expressions, missing until it is set. *answers, which it borrows, is
 * freed with free(). */
struct expression_column conditions_column(const struct variable *variable, struct expression_answer **answers);

/* An answer to that variable as the column's value; borrowed until the next row's. */
struct answer;
void conditions_set(struct expression_column *column, const struct answer *answer);

/* What cannot be understood, or cannot be so, is an ERROR_CONFIG: names that there are not, codes of no list, routes
 * that lead in a circle. The dictionary is borrowed. The caller frees *conditions with conditions_free(). */
bool conditions_new(struct conditions **conditions, const struct dictionary *dictionary, struct error *err);
void conditions_free(struct conditions *conditions); /* accepts NULL */

#endif
