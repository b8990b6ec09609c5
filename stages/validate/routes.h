/* What the dictionary's expressions say of the row under judgement: who is asked what (asked_if), and its rules. */
#ifndef VALIDATE_ROUTES_H
#define VALIDATE_ROUTES_H

#include "judging.h"

#include <stdbool.h>

struct routes;
struct routes *routes_new(struct judging *judging); /* borrowed */
void routes_free(struct routes *routes);            /* accepts NULL */

/* Once all cells are read. The routes say which blanks were not asked; the rules come behind them. */
bool routes_review(struct routes *routes, struct error *err);

/* The row is accepted: count what it was asked and left blank. */
void routes_count(struct routes *routes);

/* What is told once: a rule that could not be judged for want of an answer, which is no fault of a row; and, for each
 * export, a question that accepted rows were asked by their route and left blank. */
bool routes_tell(struct routes *routes, struct error *err);

#endif
