#include "room.h"

static long long least_of(long long one, long long other)
{
	return one < other ? one : other;
}

static struct room between(long long n, long long least, long long most)
{
	return (struct room){ .below = n > least ? n - least : 0,
		              .above = most == SECONDARY_NO_MOST ? most
		                       : most > n                ? most - n
		                                                 : 0 };
}

struct room room_of(const struct secondary_cell *cell, bool hidden)
{
	struct room when_hidden = between(cell->n, cell->least, cell->most);
	struct room when_shown = between(cell->n, cell->shown_least, cell->shown_most);
	if (hidden)
		return when_hidden;
	if (cell->fixed)
		return when_shown;
	return (struct room){ .below = least_of(when_shown.below, when_hidden.below),
		              .above = least_of(when_shown.above, when_hidden.above) };
}

bool room_holds(struct room room, long long by)
{
	return -by <= room.below && by <= room.above;
}

bool room_is_still(const struct secondary_cell *cell)
{
	struct room room = room_of(cell, false);
	return cell->fixed && room.below == 0 && room.above == 0;
}
