/* Insiders: those who are among the people of a small cell know some counts, and so more than the public does.
 *
 * Each attacks by himself: the attacker is told these counts, and works out what follows in the blocks that they are
 * in. A cell that everybody knows to be as many as one of these is that one under another name, and nothing is asked of
 * it. */
#ifndef CANVASS_AUDIT_INSIDER_H
#define CANVASS_AUDIT_INSIDER_H

#include "attacker.h"

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct insider_knows {
	const char *condition;
	double n;
};

struct insider {
	const char *condition;     /* of the cell that he is in */
	size_t first, known_count; /* in insider_attack.known */
};

struct insider_attack {
	const struct insider *insiders;
	size_t insider_count;
	const struct insider_knows *known;
	const char *const *wanted; /* conditions of the cells that are asked about */
	size_t wanted_count;
	void *context;
	/* Whether the interval is wide enough. Until `exact` the true one may be wider. */
	bool (*suffices)(void *context, size_t insider, size_t wanted, struct interval interval, bool exact);
};

/* After attacker_run; the attacker knows afterwards what he knew before. */
bool insider_run(struct attacker *attacker, const struct insider_attack *attack, struct error *err);

#endif
