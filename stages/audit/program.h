/* The linear programs of the attack: how low and how high each unknown number can be. */
#ifndef CANVASS_AUDIT_PROGRAM_H
#define CANVASS_AUDIT_PROGRAM_H

#include "unknowns.h"

#include "error.h"

#include <stdbool.h>

/* Narrow the bounds of every column that a row speaks of to those that all rows together leave, counts rounded inwards.
 * Columns that no row ties are solved apart. Fails (audit-impossible) where no numbers fit all rows. */
bool program_solve(struct unknowns *unknowns, struct error *err);

/* What is asked of some columns where others are known besides. */
struct program_inquiry {
	size_t suppositions;
	const size_t *known, *first; /* ids of columns: supposition i knows known[first[i]] to known[first[i + 1]] */
	const size_t *wanted;        /* ids of columns; judged with the columns that they follow */
	size_t wanted_count;
	void *context;
	/* Narrow the unknowns by what is known besides, and by what follows without a linear program. */
	void (*suppose)(void *context, size_t supposition);
	/* Whether the ends suffice. Until `exact` they may lie within those that the rows leave. */
	bool (*suffices)(void *context, size_t supposition, size_t wanted, double least, double most, bool exact);
};

/* Inquire, with each supposition by itself, about the blocks of the columns that it knows, and leave the bounds as they
 * were. Only the ends of what does not suffice at once are solved for. */
bool program_inquire(struct unknowns *unknowns, const struct program_inquiry *inquiry, struct error *err);

/* Run what uses GLPK, which ends the program where it finds fault with a call, or runs out of memory, unless its hook
 * leaves: that becomes an error here. All that GLPK holds is given back at once. */
bool program_guard(bool (*run)(void *context, struct error *err), void *context, struct error *err);

/* The error of facts that exclude each other. Returns false. */
bool program_impossible(struct error *err);
bool program_is_impossible(const struct error *err); /* whether it is that error */

#endif
