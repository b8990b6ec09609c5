/* What whoever has a public file of records can work out that is not in it: a score from its items, a band from the score,
 * an item from the score and the other items. */
#ifndef CANVASS_ANONYMISE_DERIVABLE_H
#define CANVASS_ANONYMISE_DERIVABLE_H

#include "error.h"
#include "file.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* The tables derivable_variable and derivable, records in `order`; of a file for safeguarded access nothing.
 *
 * A value is taken to be told where all records that show the same of what it is made of have the same: so it is wherever
 * all of that is shown as the analysis table has it, and often where some was recoded or blanked. By chance it may be so
 * where in truth nobody could tell; that takes an attacker for stronger than he is, never for weaker. */
bool derivable_write(const struct file *file, const size_t *order, struct store *deidentified, struct store *anonymised,
                     struct error *err);

#endif
