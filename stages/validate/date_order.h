/* Whether an export's dates tell which of their numbers is the day. In a file that is declared dmy or mdy, a variable
 * whose every date could be read the other way round tells nothing: if the declaration is wrong, so are all of them,
 * and no cell shows it. */
#ifndef VALIDATE_DATE_ORDER_H
#define VALIDATE_DATE_ORDER_H

#include "error.h"
#include "judging.h"

#include <stdbool.h>

struct date_order;

struct date_order *date_order_new(struct judging *judging); /* borrowed */
void date_order_free(struct date_order *order);             /* accepts NULL */

/* Count the dates of the row under judgement, as they came. */
void date_order_add(struct date_order *order);

/* Tell once a variable and export how many dates would be others, where not one of them tells. */
bool date_order_tell(const struct date_order *order, struct error *err);

#endif
