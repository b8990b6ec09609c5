#include "classify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exceptions.h"
#include "levels.h"
#include "mem.h"
#include "zeros.h"

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

/* What everybody knows needs no protection, and protects nothing. */
static void decide_structural(struct cell_decision *decisions, const struct universe *universe, const bool *structural)
{
	for (size_t i = 0; i < universe->cell_count; i++) {
		struct cell_decision *decision = &decisions[i];
		if (!structural[i] || decision->rule == RULE_NOT_CONFIDENTIAL)
			continue;
		decision->rule = RULE_STRUCTURAL;
		decision->hidden = decision->unsafe = false;
		decision->reach = decision->width = decision->least = 0;
		decision->known_least = decision->known_most = 0;
	}
}

struct cell_decision *classify(const struct universe *universe, const struct study_disclosure *policy)
{
	struct cell_decision *decisions = mem_alloc(universe->cell_count, sizeof *decisions);
	bool *structural = zeros_structural(universe, policy);
	mark_published(decisions, universe);
	reckon_costs(decisions, universe);
	for (size_t i = 0; i < universe->cell_count; i++)
		decide(&decisions[i], &universe->cells[i], &universe->units[universe->cells[i].unit - 1], policy);
	decide_structural(decisions, universe, structural);
	exceptions_apply(decisions, universe, policy, structural);
	zeros_hide_among_few(decisions, universe, policy);
	free(structural);
	for (size_t i = 0; i < universe->cell_count && !policy->reach; i++)
		decisions[i].reach = 0;
	levels_set(decisions, universe, policy);
	return decisions;
}
