/* What a reader can work out from all that was ever shown: the interval of every hidden cell and measure.
 *
 * The attacker knows only what the public knows. It is taught what withheld.db and each earlier release of the ledger
 * show, ties their cells by condition, and asks linear programs for the least and the most that each hidden count and
 * sum can be. It shares no code with protect but the cell model and GLPK.
 *
 * Ids are positions among what was taught, from 1; 0 means none. */
#ifndef CANVASS_AUDIT_ATTACKER_H
#define CANVASS_AUDIT_ATTACKER_H

#include "universe.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* A cell's ends are whole numbers. -INFINITY, INFINITY: no bound. */
struct interval {
	double least, most;
};

struct attacker;

struct attacker *attacker_new(void);
void attacker_free(struct attacker *attacker);

/* Teach one fact. A condition (or measure, or relation) taught before is the same one, and what is known of it adds up.
 */
size_t attacker_cell(struct attacker *attacker, const char *condition, double least, double most);
size_t attacker_measure(struct attacker *attacker, size_t cell, const char *variable, double unit_least,
                        double unit_most);
/* Everybody knows that what a unit contributes is a whole number. */
void attacker_measure_whole(struct attacker *attacker, size_t measure);
void attacker_relation(struct attacker *attacker, enum relation_kind kind, size_t parent, const size_t *parts,
                       size_t count);

/* A shown number: value = factor * numerator / denominator, rounded to so many decimals. Numerator: a cell or measure.
 */
void attacker_figure(struct attacker *attacker, size_t numerator, size_t denominator, double factor, double value,
                     int decimals);

/* How many more a cell is now than it was then, under a name of its own; from where to where is known. Where that
 * is one side of 0, the people of one are among those of the other, and so are their sums. Both were taught. */
void attacker_change(struct attacker *attacker, const char *now, const char *then, const char *name,
                     struct interval range);

/* What the public is told of the policy. */
struct attacker_policy {
	bool zeros_shown;
	int threshold;         /* of units that have none of their own */
	const char *sensitive; /* variables, a blank between them; "" or NULL: none */
	int min_group;         /* of these */
	bool exceptions;       /* some count below the threshold is shown */
};

/* Teach all that a universe shows.
 *
 * Where zeros are shown, the public knows that a zero is not hidden, unless it is a zero among few: part of a group
 * smaller than the threshold, or of a sensitive variable and part of one smaller than min_group. So a cell is at least
 * 1 where everybody can tell that it is hidden itself (a hidden line rests on it, and all else that the line rests on
 * is shown) and that it is part of no small group. */
void attacker_universe(struct attacker *attacker, const struct universe *shown, const struct attacker_policy *policy);

/* Work out the intervals. Fails where no table at all fits what was taught. */
bool attacker_run(struct attacker *attacker, struct error *err);

/* After attacker_run; variable NULL: of the cell. False where nothing was taught of it. */
bool attacker_interval(const struct attacker *attacker, const char *condition, const char *variable,
                       struct interval *interval);

#endif
