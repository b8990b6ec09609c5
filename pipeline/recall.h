/* What an expression gave for the values that it read, so that it need not be asked again: the answers to a
 * questionnaire have few values. */
#ifndef CANVASS_RECALL_H
#define CANVASS_RECALL_H

#include "expression.h"

#include <stdbool.h>
#include <stddef.h>

struct recall;

/* For the columns that are read (one flag each). Borrowed. NULL, which the functions below accept: there are so many
 * that the same values seldom come again. */
struct recall *recall_new(const struct expression_column *columns, const bool *reads, size_t count);
void recall_free(struct recall *recall); /* accepts NULL */

/* What was kept for the columns' current values; false: nothing was, or they are too long to keep. */
bool recall_find(struct recall *recall, enum expression_result *result);

/* Keep the result for the values of the last recall_find, which found nothing. It takes the place of another's. */
void recall_keep(struct recall *recall, enum expression_result result);

#endif
