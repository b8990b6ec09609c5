/* What a file of records tells of the cells and sums of the tables. Whoever has it can count: who certainly is in a cell
 * and who may be, where a value was blanked, merged with others, cut off at an end, or is not in the file. */
#ifndef CANVASS_AUDIT_RECORDS_H
#define CANVASS_AUDIT_RECORDS_H

#include "attacker.h"
#include "error.h"
#include "record_file.h"

#include <stdbool.h>

/* Teach it, of all cells and measures that the attacker has heard of by now and that begin with `prefix` and the file's
 * dataset ("release 1: ", or nothing).
 *
 * Each is bounded by the records that certainly are in it and those that may be. Records that may be in several cells
 * are in such of them as fit together: who gave one of two answers is in all cells of the one or in all of the other. So
 * the records that can be in the same cells are unknowns of their own: how many of them are where, and altogether all of
 * them. Where these would be more than the linear programs bear, the bounds alone are taught. */
bool records_teach(struct attacker *attacker, struct record_file *file, const char *prefix, struct error *err);

#endif
