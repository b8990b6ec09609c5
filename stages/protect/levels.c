#include "levels.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

static long long least_of_parts(const long long *floors, const struct universe *universe,
                                const struct relation *relation)
{
	long long sum = 0, largest = 0;
	for (size_t i = 0; i < relation->part_count; i++) {
		long long floor = floors[universe->parts[relation->first_part + i] - 1];
		sum += floor;
		largest = floor > largest ? floor : largest;
	}
	return relation->kind == RELATION_SUM ? sum : largest;
}

/* What everybody knows each cell to be at least, were all hidden that may be. Free with free(). */
static long long *find_floors(const struct cell_decision *decisions, const struct universe *universe)
{
	long long *floors = mem_alloc(universe->cell_count, sizeof *floors);
	for (size_t i = 0; i < universe->cell_count; i++) {
		long long n = universe->cells[i].n;
		bool told = decisions[i].rule == RULE_NOT_CONFIDENTIAL || decisions[i].rule == RULE_EXCEPTION;
		floors[i] = told || n < decisions[i].least ? n : decisions[i].least;
	}
	for (bool more = true; more;) {
		more = false;
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			long long least = least_of_parts(floors, universe, relation);
			if (least > floors[relation->parent - 1]) {
				floors[relation->parent - 1] = least;
				more = true;
			}
		}
	}
	return floors;
}

void levels_set(struct cell_decision *decisions, const struct universe *universe, const struct study_disclosure *policy)
{
	long long *floors = find_floors(decisions, universe);
	for (size_t i = 0; i < universe->cell_count; i++) {
		long long n = universe->cells[i].n, room = n - floors[i];
		long long level = (long long)ceil(policy->min_percent * (double)n / 100 - 1e-9);
		if (!decisions[i].unsafe)
			continue;
		decisions[i].above = level;
		decisions[i].below = level < room ? level : room;
	}
	free(floors);
}
