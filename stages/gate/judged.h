/* What the gate does with a verdict: say why it stops, or keep why it went on. */
#ifndef CANVASS_GATE_JUDGED_H
#define CANVASS_GATE_JUDGED_H

#include "error.h"
#include "store.h"
#include "verdict.h"

#include <stdbool.h>

/* True where the verdict lets the dataset go on; otherwise ERROR_REFUSED with code gate-limit, naming each limit that
 * is exceeded and its counts, or gate-no-rows where no row was accepted. `report` is the page to open then. */
bool judged_pass(const struct verdict *verdict, const char *dataset, const char *report, struct error *err);

/* Write the table `judged`. */
bool judged_store(const struct verdict *verdict, struct store *store, struct error *err);

#endif
