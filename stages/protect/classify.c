#include "classify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static void mark_published(struct cell_decision *decisions, const struct universe *universe)
{
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			decisions[universe->rests[result->first_cell + j] - 1].published = true;
		for (size_t j = 0; j < result->measure_count; j++)
			decisions[universe->measures[universe->rests_measures[result->first_measure + j] - 1].cell - 1]
				.published = true;
	}
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (figure->numerator)
			decisions[figure->numerator - 1].published = true;
		if (figure->denominator)
			decisions[figure->denominator - 1].published = true;
		if (figure->numerator_measure)
			decisions[universe->measures[figure->numerator_measure - 1].cell - 1].published = true;
	}
}

static bool is_account(const struct universe *universe, const char *analysis)
{
	for (size_t i = 0; i < universe->arrangement_count; i++)
		if (strcmp(universe->arrangements[i].analysis, analysis) == 0)
			return strcmp(universe->arrangements[i].kind, "account") == 0;
	return false;
}

/* An estimated total tells how many took part besides what it says; what everybody answered at a wave stands beside
 * what those did who answered at both, of whom the change is. */
static bool is_beside_others(const char *statistic)
{
	static const char *const beside[] = { "weighted_total", "count_of_wave",         "mean_of_wave",
		                              "share_of_wave",  "weighted_mean_of_wave", "weighted_share_of_wave" };
	for (size_t i = 0; i < COUNT(beside); i++)
		if (strcmp(statistic, beside[i]) == 0)
			return true;
	return false;
}

/* Marks the cells that some line about the people asks for, and not only one about the data, one that compares what
 * other lines show, or one that stands beside others. Free with free(). */
static bool *find_wanted(const struct universe *universe)
{
	bool *wanted = mem_alloc(universe->cell_count, sizeof *wanted);
	const char *analysis = NULL; /* lines of one analysis stand together */
	bool account = false;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (!analysis || strcmp(result->analysis, analysis) != 0) {
			analysis = result->analysis;
			account = is_account(universe, analysis);
		}
		bool gives_way = account || result->comparator || is_beside_others(result->statistic);
		for (size_t j = 0; j < result->cell_count && !gives_way; j++)
			wanted[universe->rests[result->first_cell + j] - 1] = true;
		for (size_t j = 0; j < result->measure_count && !gives_way; j++)
			wanted[universe->measures[universe->rests_measures[result->first_measure + j] - 1].cell - 1] =
				true;
	}
	return wanted;
}

/* Of hiding a cell that is asked for: log(1 + n), so that small cells go first, and once more for each sum that it is
 * the total of, so that totals stay as long as they can. What only tells how good the data are, and what is only
 * compared with, the rest of the areas, gives way to what they say about people. */
static void reckon_costs(struct cell_decision *decisions, const struct universe *universe)
{
	static const double account = 0.001;
	bool *wanted = find_wanted(universe);
	size_t *totals = mem_alloc(universe->cell_count, sizeof *totals);
	for (size_t i = 0; i < universe->relation_count; i++)
		if (universe->relations[i].kind == RELATION_SUM)
			totals[universe->relations[i].parent - 1]++;
	for (size_t i = 0; i < universe->cell_count; i++)
		decisions[i].cost = decisions[i].published
		                            ? log1p((double)universe->cells[i].n) * (1 + (double)totals[i])
		                                      * (wanted[i] ? 1 : account)
		                            : 0;
	free(totals);
	free(wanted);
}

static void decide(struct cell_decision *decision, const struct cell *cell, const struct unit *unit,
                   const struct study_disclosure *policy)
{
	bool zeros_hidden = policy->zeros == STUDY_ZEROS_HIDDEN;
	int threshold = unit->threshold ? unit->threshold : policy->threshold;
	decision->printed = decision->known_least = decision->known_most = -1;
	decision->band_least = decision->band_most = -1;
	if (!unit->confidential) {
		decision->rule = RULE_NOT_CONFIDENTIAL;
		return;
	}
	decision->unsafe = cell->n < threshold && (cell->n > 0 || zeros_hidden);
	decision->hidden = decision->unsafe || !decision->published;
	decision->least = decision->published && !zeros_hidden;
	decision->rule = !decision->published ? RULE_UNPUBLISHED
	                 : !decision->unsafe  ? RULE_SAFE
	                 : cell->n == 0       ? RULE_ZERO
	                                      : RULE_THRESHOLD;
	if (decision->unsafe) {
		decision->reach = threshold;
		decision->width = policy->min_width;
	}
}

/* Whether the condition takes several groups together or leaves one out (several codes, not this code, the other areas,
 * who the filter leaves): what nobody thinks of as a group of its own. */
static bool is_remainder(const char *condition)
{
	return strstr(condition, "!=") || strchr(condition, '|') || strstr(condition, "!filter:");
}

/* Whether a zero in the group would tell of each of a few that they did not give an answer: of a small group, or of one
 * below min_group where the answer is to a sensitive question. All of them gave one where nobody gave another. */
static bool tells_of_few(const struct cell_decision *decisions, const struct universe *universe,
                         const struct study_disclosure *policy, size_t group, size_t part)
{
	const struct cell *cell = &universe->cells[group - 1];
	if (is_remainder(cell->condition))
		return false;
	if (decisions[group - 1].unsafe)
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

/* Whether the parts add up to the whole, and each of them is nobody. */
static bool is_of_nobody(const bool *nobody, const struct universe *universe, const struct relation *relation)
{
	bool all = relation->kind == RELATION_SUM;
	for (size_t p = 0; all && p < relation->part_count; p++)
		all = nobody[universe->parts[relation->first_part + p] - 1];
	return all;
}

/* Marks what follows from zeros of many, which the policy lets be told, or of those among them that are published: they
 * themselves; their parts and the parts of these, for nobody of many is nobody of some of them; and what is the sum of
 * such. */
static void mark_nobody(bool *nobody, const struct cell_decision *decisions, const struct universe *universe,
                        const struct study_disclosure *policy, bool published)
{
	bool more = true, *few = mem_alloc(universe->cell_count, sizeof *few);
	mark_few(few, decisions, universe, policy);
	for (size_t i = 0; i < universe->cell_count; i++)
		nobody[i] = universe->cells[i].n == 0 && !decisions[i].unsafe && !few[i]
		            && (!published || decisions[i].published);
	free(few);
	while (more) {
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

/* A zero among few: a part of a small group, or of another zero among few. Shown, it would say of each of the few that
 * they did not give this answer, or gave none. One that follows from a published zero of many says no more than that
 * does, and is shown. */
static void hide_zeros_among_few(struct cell_decision *decisions, const struct universe *universe,
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
				if (universe->cells[part].n != 0 || decision->unsafe || !unit->confidential
				    || told[part] || (allowed[part] && decision->hidden)
				    || !tells_of_few(decisions, universe, policy, relation->parent, part))
					continue;
				hide_zero(decision, unit, policy,
				          decisions[relation->parent - 1].unsafe ? RULE_ZERO : RULE_GROUP,
				          allowed[part]);
				more = true;
			}
		}
	}
	free(allowed);
	free(told);
}

struct cell_decision *classify(const struct universe *universe, const struct study_disclosure *policy)
{
	struct cell_decision *decisions = mem_alloc(universe->cell_count, sizeof *decisions);
	mark_published(decisions, universe);
	reckon_costs(decisions, universe);
	for (size_t i = 0; i < universe->cell_count; i++)
		decide(&decisions[i], &universe->cells[i], &universe->units[universe->cells[i].unit - 1], policy);
	hide_zeros_among_few(decisions, universe, policy);
	return decisions;
}
