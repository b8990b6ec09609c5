#include "protect.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bands.h"
#include "choices.h"
#include "embedded.h"
#include "exceptions.h"
#include "infeasible.h"
#include "mem.h"
#include "policy_store.h"
#include "room.h"
#include "rounded.h"
#include "same.h"
#include "secondary.h"
#include "zeros.h"

/* --- the universe as plain arrays --- */

/* What follows the dataset in a condition, term by term: nothing but the area, or who answered one question. */
static bool is_base(const char *condition, enum study_never_hide which)
{
	static const char between[] = " & ", answered[] = ":answered";
	bool all_answered = false, other = false;
	for (const char *term = strstr(condition, between); term; term = strstr(term, between)) {
		term += strlen(between);
		size_t length = strstr(term, between) ? (size_t)(strstr(term, between) - term) : strlen(term);
		size_t end = strlen(answered);
		bool base = length > end && strncmp(term + length - end, answered, end) == 0;
		bool area = strncmp(term, "area=", 5) == 0 && term[5] != '{'; /* a group of areas gives way */
		all_answered = all_answered || base;
		other = other || (!base && !area);
	}
	return !other && all_answered == (which == STUDY_NEVER_HIDE_BASES);
}

static bool is_never_hidden(const struct study_disclosure *policy, const char *condition)
{
	for (unsigned i = 0; i < policy->never_hide_count; i++)
		if (is_base(condition, policy->never_hide[i]))
			return true;
	return false;
}

static long long known_or(long long known, long long otherwise)
{
	return known < 0 ? otherwise : known;
}

/* Where `known` is the more, that; neither is below 0. */
static long long larger(long long known, long long other)
{
	return known > other ? known : other;
}

static void fill_cells(struct secondary_problem *problem, const struct cell_decision *decisions,
                       const struct universe *universe, const struct study_disclosure *policy)
{
	problem->cell_count = universe->cell_count;
	problem->cells = mem_alloc(problem->cell_count, sizeof *problem->cells);
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct cell_decision *decision = &decisions[i];
		long long n = universe->cells[i].n;
		bool told = decision->known_least >= 0 || decision->known_most >= 0;
		problem->cells[i] = (struct secondary_cell){
			.n = n,
			.shown_least = told ? known_or(decision->known_least, 0) : n,
			.shown_most = told ? known_or(decision->known_most, SECONDARY_NO_MOST) : n,
			.least = larger(decision->band_least, decision->least),
			.most = known_or(decision->band_most, SECONDARY_NO_MOST),
			.fixed = !decision->hidden
			         && (n == 0 || decision->rule == RULE_NOT_CONFIDENTIAL
			             || decision->rule == RULE_EXCEPTION
			             || is_never_hidden(policy, universe->cells[i].condition)),
			.hidden = decision->hidden,
			.unsafe = decision->unsafe,
			.reach = decision->reach,
			.width = decision->width,
			.above = decision->above,
			.below = decision->below,
			.cost = decision->cost,
		};
	}
}

/* The relations' parts are positions from 0 in *parts, which the caller frees with the relations. */
static struct secondary_relation *copy_relations(size_t **parts, const struct universe *universe)
{
	struct secondary_relation *relations = mem_alloc(universe->relation_count, sizeof *relations);
	*parts = mem_alloc(universe->part_count, sizeof **parts);
	for (size_t i = 0; i < universe->part_count; i++)
		(*parts)[i] = universe->parts[i] - 1;
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		relations[i] = (struct secondary_relation){
			.contains = relation->kind == RELATION_CONTAINS,
			.parent = relation->parent - 1,
			.parts = *parts + relation->first_part,
			.part_count = relation->part_count,
		};
	}
	return relations;
}

/* What is hidden now, and how each cell stands: as it is shown, or as what is told of it. */
static void take_decisions(struct cell_decision *decisions, const struct secondary_problem *problem)
{
	for (size_t i = 0; i < problem->cell_count; i++) {
		struct cell_decision *decision = &decisions[i];
		if (!problem->cells[i].hidden) {
			decision->band = NULL;
			continue;
		}
		decision->rule = decision->hidden ? decision->rule : RULE_SECONDARY;
		decision->hidden = true;
		decision->printed = -1;
		decision->known_least = decision->band_least;
		decision->known_most = decision->band_most;
	}
}

/* Which cells are the same people, as everybody can tell who sees the zeros that are shown. */
static size_t *find_same(const struct secondary_problem *problem, const struct universe *universe)
{
	bool *nobody = mem_alloc(problem->cell_count, sizeof *nobody);
	for (size_t i = 0; i < problem->cell_count; i++)
		nobody[i] = room_is_still(&problem->cells[i]) && problem->cells[i].n == 0;
	size_t *same = same_people(universe, nobody);
	free(nobody);
	return same;
}

bool protect_universe(struct cell_decision **decisions, bool *cheapest, const struct universe *universe,
                      const struct study_disclosure *policy, struct error *err)
{
	assert(policy->solver == STUDY_SOLVER_GLPK);
	return protect_universe_for(NULL, decisions, cheapest, universe, policy, err);
}

bool protect_universe_for(const char *output, struct cell_decision **decisions, bool *cheapest,
                          const struct universe *universe, const struct study_disclosure *policy, struct error *err)
{
	struct secondary_problem problem = { 0 };
	size_t *parts = NULL, impossible = 0;
	if (!zeros_check(universe, policy, err) || !exceptions_check(universe, policy, err))
		return false;
	struct cell_decision *decided = classify(universe, policy);
	struct secondary_relation *relations = copy_relations(&parts, universe);
	bool ok = rounded_decide(decided, universe, policy, relations, err);
	fill_cells(&problem, decided, universe, policy);
	problem.relations = relations;
	problem.relation_count = universe->relation_count;
	problem.insiders = policy->insiders;
	size_t *same = policy->insiders > 0 ? find_same(&problem, universe) : NULL;
	problem.same = same;
	problem.cbc_beside = policy->solver == STUDY_SOLVER_CBC ? output : NULL;
	problem.cbc_error = err;
	struct secondary_choice *choices = NULL;
	size_t *groups = NULL;
	problem.choice_count = choices_list(&choices, &groups, decided, universe, policy);
	problem.choices = choices;

	ok = ok && secondary_protect(&problem, &impossible);
	if (!ok && err->kind == ERROR_NONE)
		infeasible_refuse(&problem, decided, universe, err);
	if (ok) {
		bands_tell(decided, &problem, universe, policy);
		take_decisions(decided, &problem);
	}
	if (cheapest)
		*cheapest = problem.cheapest;
	free(problem.cells);
	free(relations);
	free(same);
	free(choices);
	free(groups);
	free(parts);
	if (ok)
		*decisions = decided;
	else
		free(decided);
	return ok;
}

/* --- writing --- */

static const char *const rule_words[] = {
	[RULE_SAFE] = "safe",
	[RULE_THRESHOLD] = "threshold",
	[RULE_ZERO] = "zero",
	[RULE_GROUP] = "group",
	[RULE_SECONDARY] = "secondary",
	[RULE_UNPUBLISHED] = "unpublished",
	[RULE_NOT_CONFIDENTIAL] = "not_confidential",
	[RULE_STRUCTURAL] = "structural",
	[RULE_EXCEPTION] = "exception",
};

static bool store_decisions(const struct cell_decision *decisions, const struct universe *universe, struct store *store,
                            struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_protect_decision, err);
	for (size_t i = 0; ok && i < universe->cell_count; i++) {
		const struct cell_decision *decision = &decisions[i];
		store_bind_integer(insert, ":cell", (long long)i + 1);
		store_bind_text(insert, ":condition", universe->cells[i].condition);
		store_bind_integer(insert, ":n", universe->cells[i].n);
		store_bind_integer(insert, ":published", decision->published);
		store_bind_text(insert, ":status", decision->hidden ? "hidden" : "shown");
		store_bind_text(insert, ":rule", rule_words[decision->rule]);
		store_bind_integer(insert, ":unsafe", decision->unsafe);
		store_bind_integer(insert, ":reach", decision->reach);
		store_bind_integer(insert, ":width", decision->width);
		store_bind_integer(insert, ":above", decision->above);
		store_bind_integer(insert, ":below", decision->below);
		store_bind_real(insert, ":cost", decision->cost);
		store_bind_known(insert, ":printed", decision->printed);
		store_bind_known(insert, ":least", decision->known_least);
		store_bind_known(insert, ":most", decision->known_most);
		store_bind_text(insert, ":band", decision->band);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool protect_store(const struct cell_decision *decisions, const struct universe *universe,
                   const struct study_disclosure *policy, bool cheapest, struct store *store, struct error *err)
{
	const struct policy_outcome outcome = { cheapest, exceptions_count(decisions, universe, policy) };
	return store_decisions(decisions, universe, store, err) && policy_store(policy, &outcome, store, err);
}
