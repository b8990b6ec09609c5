#include "zeros.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "same.h"

/* --- zeros that everybody knows --- */

/* Whether the term of a condition, such as gender=m or group{age;1c5d}=under_20, gives the wanted variable this code.
 */
static bool term_says(const char *term, size_t length, const char *wanted, size_t wanted_length)
{
	const char *end = term + length, *wanted_equals = memchr(wanted, '=', wanted_length);
	size_t name = (size_t)(wanted_equals - wanted), code = wanted_length - name; /* with its = */
	if (length < wanted_length || strncmp(term, wanted, name) != 0)
		return false;
	const char *at = term + name;
	if (*at == '{')
		at = memchr(at, '}', (size_t)(end - at)) ? (const char *)memchr(at, '}', (size_t)(end - at)) + 1 : end;
	return (size_t)(end - at) == code && strncmp(at, wanted_equals, code) == 0;
}

static size_t term_length(const char *term)
{
	const char *end = strstr(term, " & ");
	return end ? (size_t)(end - term) : strlen(term);
}

static const char *next_term(const char *term)
{
	const char *end = strstr(term, " & ");
	return end ? end + 3 : NULL;
}

static bool holds_terms(const char *condition, const char *terms)
{
	for (const char *wanted = terms; wanted; wanted = next_term(wanted)) {
		bool found = false;
		for (const char *term = next_term(condition); term && !found; term = next_term(term))
			found = term_says(term, term_length(term), wanted, term_length(wanted));
		if (!found)
			return false;
	}
	return true;
}

bool zeros_check(const struct universe *universe, const struct study_disclosure *policy, struct error *err)
{
	for (unsigned z = 0; z < policy->structural_zeros_count; z++) {
		const char *terms = policy->structural_zeros[z];
		bool found = false;
		for (size_t i = 0; i < universe->cell_count; i++) {
			if (!holds_terms(universe->cells[i].condition, terms))
				continue;
			found = true;
			if (universe->cells[i].n == 0)
				continue;
			error_set(err, ERROR_REFUSED, "structural_zeros says that nobody has `%s`, and somebody has",
			          terms);
			error_code(err, "policy-structural-zero");
			return error_help(err,
			                  "take it out of the policy, or find out which of these answers is wrong");
		}
		if (!found) {
			error_set(err, ERROR_CONFIG, "structural_zeros: no count of the study is of `%s`", terms);
			return error_help(err,
			                  "write variables and codes as the data dictionary has them, of tables that "
			                  "have both; or take it out");
		}
	}
	return true;
}

/* Whether the parts add up to the whole, and each of them is nobody. */
static bool is_of_nobody(const bool *nobody, const struct universe *universe, const struct relation *relation)
{
	bool all = relation->kind == RELATION_SUM;
	for (size_t p = 0; all && p < relation->part_count; p++)
		all = nobody[universe->parts[relation->first_part + p] - 1];
	return all;
}

/* Marks what follows from those that are marked: the parts of nobody, and the parts of these; what is the sum of such.
 */
static void mark_what_follows(bool *nobody, const struct universe *universe)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			bool *parent = &nobody[relation->parent - 1];
			if (!*parent && is_of_nobody(nobody, universe, relation))
				more = *parent = true;
			for (size_t p = 0; p < relation->part_count && *parent; p++) {
				bool *part = &nobody[universe->parts[relation->first_part + p] - 1];
				more = more || !*part;
				*part = true;
			}
		}
	}
}

/* Of a sum whose whole is the same people as one of its parts, nobody is in the others. */
static bool mark_what_is_left(bool *nobody, const struct universe *universe, const size_t *same)
{
	bool more = false;
	for (size_t r = 0; r < universe->relation_count; r++) {
		const struct relation *relation = &universe->relations[r];
		const size_t *parts = universe->parts + relation->first_part;
		size_t all = relation->part_count;
		for (size_t p = 0; relation->kind == RELATION_SUM && p < relation->part_count; p++)
			if (same[parts[p] - 1] == same[relation->parent - 1] && !nobody[parts[p] - 1])
				all = p;
		for (size_t p = 0; all < relation->part_count && p < relation->part_count; p++) {
			more = more || (p != all && !nobody[parts[p] - 1]);
			nobody[parts[p] - 1] = nobody[parts[p] - 1] || p != all;
		}
	}
	return more;
}

/* And under every other condition of the same people, until no more follows. */
static void mark_same_people(bool *nobody, const struct universe *universe)
{
	for (bool more = true; more;) {
		mark_what_follows(nobody, universe);
		size_t *same = same_people(universe, nobody);
		bool *classes = mem_alloc(universe->cell_count, sizeof *classes);
		more = mark_what_is_left(nobody, universe, same);
		for (size_t i = 0; i < universe->cell_count; i++)
			classes[same[i]] = classes[same[i]] || nobody[i];
		for (size_t i = 0; i < universe->cell_count; i++) {
			more = more || (classes[same[i]] && !nobody[i]);
			nobody[i] = classes[same[i]];
		}
		free(classes);
		free(same);
	}
}

bool *zeros_structural(const struct universe *universe, const struct study_disclosure *policy)
{
	bool *structural = mem_alloc(universe->cell_count, sizeof *structural);
	for (size_t i = 0; i < universe->cell_count; i++)
		for (unsigned z = 0; z < policy->structural_zeros_count && !structural[i]; z++)
			structural[i] = universe->cells[i].n == 0
			                && holds_terms(universe->cells[i].condition, policy->structural_zeros[z]);
	if (policy->structural_zeros_count)
		mark_same_people(structural, universe);
	return structural;
}

/* --- zeros among few --- */

/* Whether the condition takes several groups together or leaves one out (several codes, not this code, the other areas,
 * who the filter leaves): what nobody thinks of as a group of its own. */
static bool is_remainder(const char *condition)
{
	return strstr(condition, "!=") || strchr(condition, '|') || strstr(condition, "!filter:");
}

static bool is_small(const struct cell_decision *group)
{
	return group->unsafe || group->rule == RULE_EXCEPTION;
}

/* Whether a zero in the group would tell of each of a few that they did not give an answer: of a small group, or of one
 * below min_group where the answer is to a sensitive question. All of them gave one where nobody gave another. */
static bool tells_of_few(const struct cell_decision *decisions, const struct universe *universe,
                         const struct study_disclosure *policy, size_t group, size_t part)
{
	const struct cell *cell = &universe->cells[group - 1];
	if (is_remainder(cell->condition))
		return false;
	if (is_small(&decisions[group - 1]))
		return true;
	for (unsigned i = 0; i < policy->sensitive_count && cell->n < policy->min_group; i++)
		if (cell_names_code(universe->cells[part].condition, policy->sensitive[i]))
			return true;
	return false;
}

/* Marks the zeros that are part of a small group, or of a zero that is. */
static void mark_few(bool *few, const struct cell_decision *decisions, const struct universe *universe,
                     const struct study_disclosure *policy)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			for (size_t p = 0; p < relation->part_count; p++) {
				size_t part = universe->parts[relation->first_part + p] - 1;
				if (universe->cells[part].n == 0 && !few[part]
				    && (few[relation->parent - 1]
				        || tells_of_few(decisions, universe, policy, relation->parent, part)))
					few[part] = more = true;
			}
		}
	}
}

/* Marks what follows from zeros of many, which the policy lets be told, or of those among them that are published: they
 * themselves; their parts and the parts of these, for nobody of many is nobody of some of them; and what is the sum of
 * such. */
static void mark_nobody(bool *nobody, const struct cell_decision *decisions, const struct universe *universe,
                        const struct study_disclosure *policy, bool published)
{
	bool *few = mem_alloc(universe->cell_count, sizeof *few);
	mark_few(few, decisions, universe, policy);
	for (size_t i = 0; i < universe->cell_count; i++) {
		const struct cell_decision *decision = &decisions[i];
		bool let = decision->rule == RULE_EXCEPTION || (!decision->unsafe && !few[i]);
		nobody[i] = universe->cells[i].n == 0
		            && (decision->rule == RULE_STRUCTURAL || (let && (!published || decision->published)));
	}
	free(few);
	mark_what_follows(nobody, universe);
}

/* A zero among few. `allowed`: it follows from one of many that might be told, and is no secret then, though it is not
 * shown; the audit demands nothing of it, as of what no line asks for. */
static void hide_zero(struct cell_decision *decision, const struct unit *unit, const struct study_disclosure *policy,
                      enum decision_rule rule, bool allowed)
{
	decision->hidden = true;
	decision->least = 0;
	decision->rule = decision->published ? rule : RULE_UNPUBLISHED;
	decision->published = decision->published && !allowed;
	if (allowed)
		return;
	decision->unsafe = true;
	decision->reach = unit->threshold ? unit->threshold : policy->threshold;
	decision->width = policy->min_width;
}

/* What is decided already, and stays. */
static bool is_settled(const struct cell_decision *decision)
{
	return decision->unsafe || decision->rule == RULE_NOT_CONFIDENTIAL || decision->rule == RULE_STRUCTURAL
	       || decision->rule == RULE_EXCEPTION;
}

void zeros_hide_among_few(struct cell_decision *decisions, const struct universe *universe,
                          const struct study_disclosure *policy)
{
	bool more = true, *allowed = mem_alloc(universe->cell_count, sizeof *allowed);
	bool *told = mem_alloc(universe->cell_count, sizeof *told);
	while (more) {
		more = false;
		mark_nobody(allowed, decisions, universe, policy, false);
		mark_nobody(told, decisions, universe, policy, true);
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			for (size_t p = 0; p < relation->part_count; p++) {
				size_t part = universe->parts[relation->first_part + p] - 1;
				const struct unit *unit = &universe->units[universe->cells[part].unit - 1];
				struct cell_decision *decision = &decisions[part];
				if (universe->cells[part].n != 0 || is_settled(decision) || told[part]
				    || (allowed[part] && decision->hidden)
				    || !tells_of_few(decisions, universe, policy, relation->parent, part))
					continue;
				hide_zero(decision, unit, policy,
				          is_small(&decisions[relation->parent - 1]) ? RULE_ZERO : RULE_GROUP,
				          allowed[part]);
				more = true;
			}
		}
	}
	free(allowed);
	free(told);
}
