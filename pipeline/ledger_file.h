/* The ledger as a file: what audit and release read, and only release writes. */
#ifndef CANVASS_LEDGER_FILE_H
#define CANVASS_LEDGER_FILE_H

#include "error.h"
#include "store.h"

#include <stdbool.h>

/* Open a ledger that is there, and see that all of it is whole. *version is that of its format: release writes the
 * newest, and each is read from the first on. No other stage file may be removed and made again so little: whatever is
 * wrong with it, the help says so. */
bool ledger_file_open(struct store **ledger, long long *version, const char *path, struct error *err);

#endif
