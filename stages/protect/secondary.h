/* Secondary suppression: which cells must be hidden beside the unsafe ones, so that nobody can work those out.
 *
 * A cell is protected by proof, not by estimate: for every unsafe cell there are whole-number tables in which it
 * reaches what is demanded of its interval, and which show exactly what is shown (alternative.h). Where cells that
 * hang together are few enough, the cheapest pattern is sought (exact.h); what it lacks in whole numbers, and all of
 * larger blocks, a heuristic hides (pattern.h). Over plain
 * arrays, no I/O. */
#ifndef CANVASS_SECONDARY_H
#define CANVASS_SECONDARY_H

#include "error.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define SECONDARY_NO_MOST LLONG_MAX

struct secondary_cell {
	long long n;                       /* how many there are */
	long long shown_least, shown_most; /* what readers know of it where it is shown: n and n, or from where to where
	                                    * counts are rounded or perturbed to what stands there */
	long long least, most;             /* what everybody knows of it once it is hidden; SECONDARY_NO_MOST: no end */
	bool fixed;  /* stays shown whatever happens: a zero that is shown, a unit that is not confidential */
	bool hidden; /* before: hidden from the start; after: hidden in the end */
	bool unsafe; /* hidden from the start, and demands protection of its interval: */
	long long reach, width; /* its upper end is at least `reach`, and it is at least so wide */
	long long above, below; /* its ends lie at least so far from n; 0: no such demand */
	double cost;            /* of hiding it */
	bool impossible;        /* after: unsafe, and nothing that may be hidden protects it */
};

struct secondary_relation {
	bool contains; /* false: the parent is the sum of its parts; true: it is at least as large as each */
	size_t parent; /* position in the cells, from 0 */
	const size_t *parts;
	size_t part_count;
};

/* Everybody knows that somebody is in the cell, of which there is nobody, or that one of its groups is smaller than
 * `small` (choices.h). */
struct secondary_choice {
	size_t cell;
	const size_t *groups;
	size_t group_count;
	long long small;
};

struct secondary_problem {
	struct secondary_cell *cells;
	size_t cell_count;
	const struct secondary_relation *relations;
	size_t relation_count;
	const struct secondary_choice *choices;
	size_t choice_count;
	int insiders;       /* so many people of one cell may put together what they know (insiders.h) */
	const size_t *same; /* by cell: the first that is the same people (same.h), with insiders; NULL: each its own */
	const char *cbc_beside;  /* the program cbc chooses the cheapest pattern, writing beside this path; NULL: GLPK
	                            does */
	struct error *cbc_error; /* set where it could not; then nothing is protected */
	bool cheapest;           /* after: no pattern that protects costs less */
};

/* Hide what is needed, and no cell that turns out not to be: every cell hidden here can have another value than its
 * own. The counts must satisfy the relations. False where unsafe cells cannot be protected even by hiding every cell
 * that may be hidden: they are marked, and *impossible is the first; or where cbc failed. The same problem always gets
 * the same answer. */
bool secondary_protect(struct secondary_problem *problem, size_t *impossible);

#endif
