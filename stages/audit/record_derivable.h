/* What follows from a public file of records beyond what stands in it: a score from its items, a band from the score. */
#ifndef CANVASS_AUDIT_RECORD_DERIVABLE_H
#define CANVASS_AUDIT_RECORD_DERIVABLE_H

#include "error.h"
#include "record_file.h"
#include "store.h"

#include <stdbool.h>

/* Rows as anonymise wrote them, or the ledger keeps them: variable, type, least, most, definition; and variable, record,
 * value, reason. They stand in the place of what the file has there, if anything. False without a message where they do
 * not fit the file. */
bool record_derivable_read(struct record_file *file, struct store *store, sqlite3_stmt *variables,
                           sqlite3_stmt *values, struct error *err);

#endif
