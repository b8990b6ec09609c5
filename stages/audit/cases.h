/* Arguing by cases, and in whole numbers: what linear programs alone do not tell.
 *
 * Where zeros are shown, a hidden count is at least 1, or part of a small group: one of several bounds holds, and
 * nobody may know which. A count that is possible in none of the cases is not possible. So each end is looked for by
 * branch and bound: where the best table breaks such a choice, or has a part of a person, it is looked for again in
 * each of the cases that are left. */
#ifndef CANVASS_AUDIT_CASES_H
#define CANVASS_AUDIT_CASES_H

#include "attacker.h"

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct cases_inquiry {
	const char *const *wanted; /* conditions of cells that were taught */
	size_t wanted_count;
	void *context;
	/* Whether the cell is open enough, by tables that fit. Then its ends are looked for no further. NULL: never. */
	bool (*suffices)(void *context, size_t wanted, struct interval interval);
};

/* After attacker_run: narrow the ends of the wanted cells by cases, where any are left. *undecided: of how many an end
 * was not found within the steps; that one stays where some case not looked into may have it. */
bool cases_argue(struct attacker *attacker, const struct cases_inquiry *inquiry, size_t *undecided, struct error *err);

#endif
