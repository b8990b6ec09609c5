#include "choices.h"

#include <stdlib.h>

#include "mem.h"
#include "room.h"

/* --- of a universe --- */

static bool is_sensitive(const struct study_disclosure *policy, const char *condition)
{
	for (unsigned i = 0; i < policy->sensitive_count; i++)
		if (cell_names_code(condition, policy->sensitive[i]))
			return true;
	return false;
}

/* Below how many people a group is small, where this zero is part of it. */
static int small_of(const struct universe *universe, const struct study_disclosure *policy, const struct cell *cell)
{
	int own = universe->units[cell->unit - 1].threshold, threshold = own ? own : policy->threshold;
	return policy->min_group > threshold && is_sensitive(policy, cell->condition) ? policy->min_group : threshold;
}

/* A group that is no secret, or that everybody sees to be nobody, is no reason to hide a part of it. */
static bool may_be_small(const struct cell_decision *group, const struct cell *cell)
{
	return group->rule != RULE_NOT_CONFIDENTIAL && (cell->n > 0 || group->hidden);
}

size_t choices_list(struct secondary_choice **choices, size_t **groups, const struct cell_decision *decisions,
                    const struct universe *universe, const struct study_disclosure *policy)
{
	size_t count = 0, used = 0, *place = mem_alloc(universe->cell_count, sizeof *place);
	*choices = mem_alloc(universe->cell_count, sizeof **choices);
	*groups = mem_alloc(universe->part_count, sizeof **groups);
	for (size_t i = 0; i < universe->cell_count && policy->zeros == STUDY_ZEROS_SHOWN; i++) {
		const struct cell_decision *decision = &decisions[i];
		if (!decision->hidden || universe->cells[i].n != 0
		    || (decision->rule != RULE_ZERO && decision->rule != RULE_GROUP))
			continue;
		(*choices)[count] =
			(struct secondary_choice){ .cell = i,
			                           .small = small_of(universe, policy, &universe->cells[i]) };
		place[i] = ++count;
	}
	for (int round = 0; round < 2; round++) { /* count, then list */
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			size_t group = relation->parent - 1;
			for (size_t p = 0; p < relation->part_count; p++) {
				size_t at = place[universe->parts[relation->first_part + p] - 1];
				if (!at || !may_be_small(&decisions[group], &universe->cells[group]))
					continue;
				struct secondary_choice *choice = &(*choices)[at - 1];
				if (round)
					(*groups)[choice->groups - *groups + (ptrdiff_t)choice->group_count] = group;
				choice->group_count++;
			}
		}
		for (size_t c = 0; c < count && !round; c++) {
			(*choices)[c].groups = *groups + used;
			used += (*choices)[c].group_count;
			(*choices)[c].group_count = 0;
		}
	}
	free(place);
	return count;
}

/* --- in an alternative --- */

struct choices choices_index(const struct secondary_problem *problem)
{
	struct choices choices = { .problem = problem,
		                   .first = mem_alloc(problem->cell_count + 2, sizeof *choices.first) };
	size_t total = 0;
	for (size_t c = 0; c < problem->choice_count; c++)
		for (size_t g = 0; g < problem->choices[c].group_count; g++, total++)
			choices.first[problem->choices[c].groups[g] + 2]++;
	for (size_t i = 2; i < problem->cell_count + 2; i++)
		choices.first[i] += choices.first[i - 1];
	choices.choices = mem_alloc(total + 1, sizeof *choices.choices);
	for (size_t c = 0; c < problem->choice_count; c++)
		for (size_t g = 0; g < problem->choices[c].group_count; g++)
			choices.choices[choices.first[problem->choices[c].groups[g] + 1]++] = c;
	return choices;
}

void choices_free(struct choices *choices)
{
	free(choices->first);
	free(choices->choices);
}

static long long count_in(const struct choices *choices, const struct alternative *alternative, size_t cell)
{
	const struct alternative_move *move = alternative_move_of(alternative, cell);
	return choices->problem->cells[cell].n + (move ? move->by : 0);
}

static bool is_broken(const struct choices *choices, const struct alternative *alternative,
                      const struct secondary_choice *choice)
{
	bool broken = count_in(choices, alternative, choice->cell) == 0;
	for (size_t g = 0; broken && g < choice->group_count; g++)
		broken = count_in(choices, alternative, choice->groups[g]) >= choice->small;
	return broken;
}

/* Only a group that grows can leave a choice without a case. */
const struct secondary_choice *choices_broken(const struct choices *choices, const struct alternative *alternative)
{
	for (size_t i = 0; i < alternative->count; i++) {
		const struct alternative_move *move = &alternative->moves[i];
		for (size_t c = choices->first[move->cell]; move->by > 0 && c < choices->first[move->cell + 1]; c++) {
			const struct secondary_choice *choice = &choices->problem->choices[choices->choices[c]];
			if (is_broken(choices, alternative, choice))
				return choice;
		}
	}
	return NULL;
}
