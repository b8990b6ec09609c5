#include "rounded.h"

#include <stdlib.h>

#include "cell_key.h"
#include "mem.h"
#include "rounding.h"

static bool is_rounded(const struct cell_decision *decision)
{
	return decision->published && !decision->hidden && decision->rule != RULE_NOT_CONFIDENTIAL;
}

/* What a reader knows of the counts that are shown. The truth is always among them: a cell that is shown although it is
 * small says less than the policy would have it say. */
struct showing {
	int threshold;
	bool zeros;
};

static struct showing showing_of(const struct universe *universe, size_t cell, const struct study_disclosure *policy)
{
	const struct unit *unit = &universe->units[universe->cells[cell].unit - 1];
	long long n = universe->cells[cell].n;
	int threshold = unit->threshold ? unit->threshold : policy->threshold;
	return (struct showing){ .threshold = n > 0 && n < threshold ? 1 : threshold,
		                 .zeros = n == 0 || policy->zeros == STUDY_ZEROS_SHOWN };
}

static void learn(struct cell_decision *decision, const struct universe *universe, size_t cell,
                  const struct study_disclosure *policy, int steps)
{
	struct showing showing = showing_of(universe, cell, policy);
	rounding_known(policy->rounding, showing.threshold, showing.zeros, steps, decision->printed,
	               &decision->known_least, &decision->known_most);
}

static void round_nearest(struct cell_decision *decisions, const struct universe *universe,
                          const struct study_disclosure *policy)
{
	for (size_t i = 0; i < universe->cell_count; i++)
		if (is_rounded(&decisions[i])) {
			decisions[i].printed = rounding_nearest(universe->cells[i].n, policy->rounding->base);
			learn(&decisions[i], universe, i, policy, 1);
		}
}

static bool infeasible(const struct universe *universe, size_t cell, int base, struct error *err)
{
	error_set(err, ERROR_REFUSED, "no rounding to %d was found in which what hangs together with %s adds up", base,
	          universe->cells[cell].condition);
	error_code(err, "rounding-infeasible");
	return error_help(err, "write method: nearest under disclosure.rounding (then parts need not add up to their "
	                       "totals), choose a smaller base, or leave out one of the tables that cross it");
}

static bool round_controlled(struct cell_decision *decisions, const struct universe *universe,
                             const struct study_disclosure *policy, const struct secondary_relation *relations,
                             struct error *err)
{
	struct controlled_problem problem = { .cell_count = universe->cell_count,
		                              .relations = relations,
		                              .relation_count = universe->relation_count };
	size_t impossible = 0;
	problem.cells = mem_alloc(problem.cell_count, sizeof *problem.cells);
	for (size_t i = 0; i < problem.cell_count; i++)
		problem.cells[i] =
			(struct controlled_cell){ .n = universe->cells[i].n, .shown = is_rounded(&decisions[i]) };
	bool ok = controlled_round(&problem, policy->rounding->base, &impossible)
	          || infeasible(universe, impossible, policy->rounding->base, err);
	for (size_t i = 0; ok && i < problem.cell_count; i++)
		if (problem.cells[i].shown) {
			decisions[i].printed = problem.cells[i].rounded;
			learn(&decisions[i], universe, i, policy, problem.cells[i].steps);
		}
	free(problem.cells);
	return ok;
}

static bool no_key(const struct universe *universe, size_t cell, struct error *err)
{
	error_set(err, ERROR_REFUSED, "there is no cell key of %s", universe->cells[cell].condition);
	error_code(err, "cell-key-none");
	return error_help(err, "analyses of rows (accounts), of matched people (change) and of imputations have none: leave "
	                       "them out, or use rounding instead of cell_key");
}

static bool perturb(struct cell_decision *decisions, const struct universe *universe,
                    const struct study_disclosure *policy, struct error *err)
{
	struct cell_key_table *table = NULL;
	bool ok = cell_key_table_load(&table, policy->cell_key->table, err);
	for (size_t i = 0; ok && i < universe->cell_count; i++) {
		const struct cell *cell = &universe->cells[i];
		struct cell_decision *decision = &decisions[i];
		struct showing showing = showing_of(universe, i, policy);
		if (!is_rounded(decision))
			continue;
		if (cell->key < 0) {
			ok = no_key(universe, i, err);
			continue;
		}
		decision->printed = cell_key_perturb(table, cell->n, cell->key);
		cell_key_known(table, showing.threshold, showing.zeros, decision->printed, &decision->known_least,
		               &decision->known_most);
	}
	cell_key_table_free(table);
	return ok;
}

bool rounded_decide(struct cell_decision *decisions, const struct universe *universe,
                    const struct study_disclosure *policy, const struct secondary_relation *relations,
                    struct error *err)
{
	if (policy->cell_key)
		return perturb(decisions, universe, policy, err);
	if (!policy->rounding)
		return true;
	if (policy->rounding->method == STUDY_ROUNDING_CONTROLLED)
		return round_controlled(decisions, universe, policy, relations, err);
	round_nearest(decisions, universe, policy);
	return true;
}
