/* What earlier releases and this one tell of each other that no relation of their cells says: compare refuses such
 * analyses of one study (they "clash"); between releases it is for the audit to see.
 *
 *  - Two filters on one dataset, or a filter that speaks of a variable which the other release counts, where no release
 * has both: one that has both has the cells that tie them. Groups by several filters beside groups by more.
 *  - A mean of a variable in one and counts of its codes in the other.
 *  - Two variables that are made of the same answers, where a study derived one of them: a recode in one release, and
 * what it recodes, or another recode of it, in the other.
 *  - Rows in the one and people whose rows of two waves were matched in the other, or those of two other waves. */
#ifndef CANVASS_AUDIT_CROSSING_H
#define CANVASS_AUDIT_CROSSING_H

#include "error.h"

#include <stdbool.h>

enum crossing_side { CROSSING_NOW = 1, CROSSING_EARLIER = 2 };

struct crossing;

struct crossing *crossing_new(void);
void crossing_free(struct crossing *crossing); /* accepts NULL */

/* Take in a cell's canonical condition, or a measure of it. */
void crossing_condition(struct crossing *crossing, enum crossing_side side, const char *condition);
void crossing_measure(struct crossing *crossing, enum crossing_side side, const char *condition, const char *variable);

/* ERROR_REFUSED with code audit-crossing where something of both sides together tells more than the attacker sees. */
bool crossing_check(const struct crossing *crossing, struct error *err);

#endif
