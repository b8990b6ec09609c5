/* Insiders: those who are among the people of a small cell know how many these are, and so more than the public does.
 *
 * Each of them attacks by himself: the attacker is told this one count, and works out what follows in the block of it.
 * A cell that everybody knows to be as many as the insider's is the insider's own under another name, and none of which
 * something is asked. */
#ifndef CANVASS_AUDIT_INSIDER_H
#define CANVASS_AUDIT_INSIDER_H

#include "attacker.h"

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct insider {
	const char *condition; /* of the cell that he is in */
	double n;
};

struct insider_attack {
	const struct insider *insiders;
	size_t insider_count;
	const char *const *wanted; /* conditions of the cells that are asked about */
	size_t wanted_count;
	void *context;
	/* Whether the interval is wide enough. Until `exact` the true one may be wider. */
	bool (*suffices)(void *context, size_t insider, size_t wanted, struct interval interval, bool exact);
};

/* After attacker_run; the attacker knows afterwards what he knew before. */
bool insider_run(struct attacker *attacker, const struct insider_attack *attack, struct error *err);

#endif
