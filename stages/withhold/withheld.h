/* What may be shown, as it will be printed, and nothing else.
 *
 * The structure stays whole: every cell, relation, line and table is named, so that a reader sees what is hidden and
 * the audit can attack it. Of the numbers only those stay that are printed, rounded. */
#ifndef CANVASS_WITHHOLD_WITHHELD_H
#define CANVASS_WITHHOLD_WITHHELD_H

#include "universe.h"
#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* Which cells protect hides, in the order of the universe's cells; free with free(). An ERROR_INPUT where it does not
 * speak of just these cells with just these counts. */
bool withheld_read_hidden(bool **hidden, const struct universe *compared, struct store *protected, struct error *err);

/* The universe with only what is shown. A measure is hidden with its cell; a line is hidden with any cell or measure
 * that it or one of its figures rests on. The caller frees it with universe_free(). */
struct universe *withheld_universe(const struct universe *compared, const bool *hidden);

/* What readers are told of the policy, from protected.db into withheld.db. */
bool withheld_copy_policy(struct store *withheld, struct store *protected, struct error *err);

#endif
