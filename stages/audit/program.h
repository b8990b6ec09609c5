/* The linear programs of the attack: how low and how high each unknown number can be. */
#ifndef CANVASS_AUDIT_PROGRAM_H
#define CANVASS_AUDIT_PROGRAM_H

#include "unknowns.h"

#include "error.h"

#include <stdbool.h>

/* Narrow the bounds of every column that a row speaks of to those that all rows together leave, counts rounded inwards.
 * Columns that no row ties are solved apart. Fails (audit-impossible) where no numbers fit all rows. */
bool program_solve(struct unknowns *unknowns, struct error *err);

/* The error of facts that exclude each other. Returns false. */
bool program_impossible(struct error *err);

#endif
