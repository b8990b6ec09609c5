/* Expressions of the dictionary and the config: SQL over the typed columns of the current row, and nothing else.
 *
 * The columns are those of an eponymous virtual table `row`; an authorizer lets through that table and a list of safe
 * functions: no sub-select, no clock, no time zone, no other table; limits bound length, depth and work. SQL's three
 * values are the three results. A misspelt name is found when the expression is compiled, before any data. */
#ifndef CANVASS_EXPRESSION_H
#define CANVASS_EXPRESSION_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

enum expression_type { EXPRESSION_INTEGER, EXPRESSION_REAL, EXPRESSION_TEXT };

/* A code that a column may hold; missing: one that it never holds, as it is NULL there. */
struct expression_answer {
	const char *code, *label;
	bool missing;
};

/* One column of the row: its name, what it may hold, and its value now. Set `missing` for NULL. Text is borrowed while
 * it is current. */
struct expression_column {
	const char *name;
	enum expression_type type;
	bool date;                               /* a text YYYY-MM-DD, a time behind it or none */
	bool several;                            /* a text of several answers, with ; between */
	const struct expression_answer *answers; /* borrowed; NULL: any text or number */
	size_t answer_count;
	bool missing;
	long long integer;
	double real;
	const char *text;
};

enum expression_result { EXPRESSION_FALSE, EXPRESSION_TRUE, EXPRESSION_UNKNOWN, EXPRESSION_FAILED };

struct expressions; /* a connection, its columns, its expressions */
struct expression;

/* `columns` is borrowed: the caller sets the values in place before it evaluates. At most 2,000. */
bool expressions_new(struct expressions **expressions, struct expression_column *columns, size_t count,
                     struct error *err);
void expressions_free(struct expressions *expressions);          /* with all its expressions */
size_t expressions_count(const struct expressions *expressions); /* of columns */

/* Compile. `path` and `line` say where the text stands, for the message; a misspelt column gets the nearest as help; an
 * expression that reads no column is refused too, and one that compares a column with what it never holds (literals.h).
 * Owned by `expressions`. */
bool expression_compile(struct expression **expression, struct expressions *expressions, const char *text,
                        const char *path, size_t line, struct error *err);

/* Whether the expression reads column `index`. */
bool expression_reads(const struct expression *expression, size_t index);

/* On the current values. FAILED: a runtime error (an overflow, say), which is a finding and not an answer. */
enum expression_result expression_truth(struct expression *expression);

/* The value, for derivations: false on a runtime error. *missing where it is NULL. */
bool expression_number(struct expression *expression, double *value, bool *missing);

#endif
