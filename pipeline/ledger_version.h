/* The version of a ledger's format: release writes the newest, and audit and release read each from the first on. */
#ifndef CANVASS_LEDGER_VERSION_H
#define CANVASS_LEDGER_VERSION_H

#include "error.h"
#include "store.h"

#include <stdbool.h>

bool ledger_version_read(long long *version, struct store *ledger, struct error *err);

#endif
