/* How far a count may be moved without a reader noticing, as it is shown or hidden. */
#ifndef CANVASS_PROTECT_ROOM_H
#define CANVASS_PROTECT_ROOM_H

#include "secondary.h"

struct room {
	long long below, above; /* at least 0; above: SECONDARY_NO_MOST where there is no end */
};

/* A cell that may be hidden has no more room where it is shown than where it is hidden. */
struct room room_of(const struct secondary_cell *cell, bool hidden);

bool room_holds(struct room room, long long by);

/* Whether it can never move: it stays shown, as it is. */
bool room_is_still(const struct secondary_cell *cell);

#endif
