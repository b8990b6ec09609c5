/* What an expression compares its variables with: a text that is no code of its variable's list is never equal to an
 * answer, and SQL says nothing of it. Found in the text of the expression, before any data. */
#ifndef CANVASS_LITERALS_H
#define CANVASS_LITERALS_H

#include "error.h"
#include "expression.h"

#include <stdbool.h>
#include <stddef.h>

/* `text` is an expression that compiles. Judged are literals beside a column by itself: `tenure = 'own'` in either
 * order, `tenure in ('own', 'rent')`, `age between 16 and 25`, `case tenure when 'own' then`, `has(support, 'money')`.
 * What is computed of a column, such as `lower(tenure) = 'own'`, is nobody's list and passes. False: an ERROR_CONFIG
 * with the nearest code. */
bool literals_check(const struct expression_column *columns, size_t count, const char *text, const char *path,
                    size_t line, struct error *err);

#endif
