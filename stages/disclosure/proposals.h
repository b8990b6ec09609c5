/* What would show more: two codes of a variable, or two areas, taken together, and how many small counts that would be
 * rid of. Over plain arrays, no I/O.
 *
 * It looks at the small counts alone. Each that goes lets others be shown that are hidden only for its sake, so the
 * gain is at least what is said here, as long as no other small count needs them. */
#ifndef CANVASS_DISCLOSURE_PROPOSALS_H
#define CANVASS_DISCLOSURE_PROPOSALS_H

#include <stdbool.h>
#include <stddef.h>

struct proposal_cell {
	const char *condition; /* canonical */
	long long n, threshold;
	bool small; /* from 1 to the threshold less one */
};

struct proposal {
	char *variable, *first, *second; /* codes of the variable */
	size_t before, after;            /* small counts of these two, and of the two as one */
};

struct proposals {
	struct proposal *items; /* those that save most first, at most `most` of them */
	size_t count;
};

/* The cells in any order; each condition once. Free with proposals_release(). */
struct proposals proposals_make(const struct proposal_cell *cells, size_t count, size_t most);
void proposals_release(struct proposals *proposals);

#endif
