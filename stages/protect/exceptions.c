#include "exceptions.h"

#include <stdlib.h>
#include <string.h>

#include "same.h"
#include "text.h"

/* Conditions are long and much of them is alike: a whole term may be wrong. */
static const char *nearest(const struct universe *universe, const char *condition)
{
	const char *near = NULL;
	size_t least = strlen(condition) / 2;
	for (size_t i = 0; i < universe->cell_count; i++) {
		size_t distance = text_distance(condition, universe->cells[i].condition);
		if (distance < least) {
			least = distance;
			near = universe->cells[i].condition;
		}
	}
	return near;
}

static bool no_such_cell(const struct universe *universe, const char *condition, struct error *err)
{
	const char *near = nearest(universe, condition);
	error_set(err, ERROR_CONFIG, "an exception is made for `%s`, which is no cell of the study", condition);
	error_code(err, "policy-exception");
	if (near)
		return error_help(err, "did you mean `%s`?", near);
	return error_help(err, "write the condition as cells.csv of the disclosure report has it");
}

bool exceptions_check(const struct universe *universe, const struct study_disclosure *policy, struct error *err)
{
	for (unsigned i = 0; i < policy->exceptions_count; i++) {
		const struct study_exception *exception = &policy->exceptions[i];
		if (exception->in_force && !universe_find(universe, exception->condition))
			return no_such_cell(universe, exception->condition, err);
	}
	return true;
}

/* Whether it would be hidden for its own sake: small, or a zero among few, which nothing has said yet. */
static bool is_of_few(const struct cell_decision *decision, const struct cell *cell)
{
	return decision->unsafe
	       || (cell->n == 0 && decision->rule != RULE_STRUCTURAL && decision->rule != RULE_NOT_CONFIDENTIAL);
}

static void let(struct cell_decision *decision, const struct cell *cell)
{
	if (!is_of_few(decision, cell))
		return;
	decision->rule = RULE_EXCEPTION;
	decision->unsafe = false;
	decision->hidden = !decision->published;
	decision->reach = decision->width = 0;
}

/* What is let be told of people under one condition is told of them under every other. */
void exceptions_apply(struct cell_decision *decisions, const struct universe *universe,
                      const struct study_disclosure *policy, const bool *structural)
{
	size_t *same = policy->exceptions_count ? same_people(universe, structural) : NULL;
	for (unsigned i = 0; i < policy->exceptions_count; i++) {
		size_t cell =
			policy->exceptions[i].in_force ? universe_find(universe, policy->exceptions[i].condition) : 0;
		for (size_t other = 0; cell && other < universe->cell_count; other++)
			if (same[other] == same[cell - 1])
				let(&decisions[other], &universe->cells[other]);
	}
	free(same);
}

/* Whether it is in force, and its cell would be hidden without it. */
static bool is_made(const struct cell_decision *decisions, const struct universe *universe,
                    const struct study_exception *exception)
{
	size_t cell = exception->in_force ? universe_find(universe, exception->condition) : 0;
	return cell && decisions[cell - 1].rule == RULE_EXCEPTION;
}

size_t exceptions_count(const struct cell_decision *decisions, const struct universe *universe,
                        const struct study_disclosure *policy)
{
	size_t count = 0;
	for (unsigned i = 0; i < policy->exceptions_count; i++)
		count += is_made(decisions, universe, &policy->exceptions[i]);
	return count;
}

void exceptions_warn(const struct cell_decision *decisions, const struct universe *universe,
                     const struct study_disclosure *policy)
{
	for (unsigned i = 0; i < policy->exceptions_count; i++) {
		const struct study_exception *exception = &policy->exceptions[i];
		if (!exception->in_force)
			error_warn("exception-not-in-force",
			           "exception %u of the policy is not made: it holds from %s to %s, and the study is "
			           "of another day",
			           i + 1, exception->date, exception->expires);
		else if (!is_made(decisions, universe, exception))
			error_warn("exception-needless",
			           "exception %u of the policy changes nothing: its cell is safe as it is", i + 1);
	}
}
