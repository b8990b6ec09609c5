/* Thousands of made-up studies, each protected, withheld, attacked and judged; of small ones every whole-number table
 * that agrees with what is shown is tried, and every cheaper pattern.
 *
 *     check_disclosure [--seed N] [--studies N]
 *
 * A study that fails is named by its seed, and made again, and printed, by --seed. */
#include "chain.h"
#include "made_up.h"
#include "search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "protect/choices.h"

enum { MOST_PEOPLE = 400, STEPS = 20000, MOST_CANDIDATES = 11 };

struct tally {
	size_t studies, infeasible, refused, small, hidden, judged, ends, wider, undecided, argued, compared, proven;
	size_t words;     /* for hidden shares */
	size_t dearer[5]; /* by how much more than the cheapest costs: none, up to 1, 5, 15 per cent, more */
	double cost, least;
	size_t failures;
};

struct case_ {
	unsigned long long seed;
	const struct made_up *study;
	const struct chain *chain;
	struct tally *tally;
};

static void fail(const struct case_ *it, size_t cell, const char *what, double a, double b)
{
	it->tally->failures++;
	printf("FAILED --seed %llu: %s%s%s (%g, %g)\n", it->seed,
	       cell ? it->study->universe->cells[cell - 1].condition : "", cell ? ": " : "", what, a, b);
}

/* A study whose seed is given, in full. */
static void print_study(const struct made_up *study, const struct chain *chain)
{
	const struct universe *universe = study->universe;
	printf("threshold %d, zeros %s, width %d, %s in groups below %d, %s\n", study->policy.threshold,
	       study->policy.zeros == STUDY_ZEROS_HIDDEN ? "hidden" : "shown", study->policy.min_width,
	       study->policy.sensitive_count ? study->policy.sensitive[0] : "nothing", study->policy.min_group,
	       study->policy.never_hide_count ? "areas always shown" : "no cell always shown");
	if (study->policy.rounding)
		printf("rounded to %d, %s\n", study->policy.rounding->base,
		       study->policy.rounding->method == STUDY_ROUNDING_CONTROLLED ? "controlled" : "to the nearest");
	for (size_t i = 0; i < universe->cell_count && chain->decisions; i++) {
		const struct cell_decision *decision = &chain->decisions[i];
		printf("%3zu %-60s %4lld %s%s%s cost %g", i + 1, universe->cells[i].condition, universe->cells[i].n,
		       decision->hidden ? "hidden" : "shown", decision->unsafe ? " unsafe" : "",
		       decision->published ? "" : " unpublished", decision->cost);
		struct interval interval;
		if (chain->attacker
		    && attacker_interval(chain->attacker, universe->cells[i].condition, NULL, &interval))
			printf(" %g..%g", interval.least, interval.most);
		if (chain->withheld && chain->withheld->cells[i].least >= 0)
			printf(" public: %lld to %lld", chain->withheld->cells[i].least,
			       chain->withheld->cells[i].most);
		puts("");
	}
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		printf("%zu %s", relation->parent, relation->kind == RELATION_SUM ? "=" : ">=");
		for (size_t j = 0; j < relation->part_count; j++)
			printf(" %zu", universe->parts[relation->first_part + j]);
		puts("");
	}
	for (size_t i = 0; chain->withheld && i < universe->figure_count; i++) {
		const struct figure *figure = &chain->withheld->figures[i];
		printf("%s %zu%s/%zu = %g\n", figure->name,
		       figure->numerator_measure ? chain->withheld->measures[figure->numerator_measure - 1].cell
		                                 : figure->numerator,
		       figure->numerator_measure ? " sum" : "", figure->denominator, figure->value);
	}
}

/* --- what is shown, as the search knows it --- */

static void add_figures(struct search *search, const struct made_up *study, const struct universe *shown)
{
	for (size_t i = 0; i < shown->figure_count; i++) {
		const struct figure *figure = &shown->figures[i];
		if (isnan(figure->value) || !figure->denominator)
			continue;
		size_t numerator = figure->numerator_measure ? shown->measures[figure->numerator_measure - 1].cell
		                                             : figure->numerator;
		search_figure(search, study->cells[numerator - 1], figure->numerator_measure ? study->score : NULL,
		              study->cells[figure->denominator - 1], figure->factor, figure->value, figure->decimals);
	}
}

/* By cell: whether some line that is not hidden rests on it. */
static bool *find_shown(const struct universe *shown)
{
	bool *is_shown = mem_alloc(shown->cell_count + 1, sizeof *is_shown);
	for (size_t i = 1; i <= shown->cell_count; i++)
		is_shown[i] = shown->cells[i - 1].n >= 0 || shown->cells[i - 1].most == 0;
	for (size_t i = 0; i < shown->result_count; i++)
		for (size_t j = 0; j < shown->results[i].cell_count; j++)
			if (shown->results[i].status != RESULT_HIDDEN)
				is_shown[shown->rests[shown->results[i].first_cell + j]] = true;
	return is_shown;
}

/* Where zeros are shown, whoever sees that a cell is hidden knows that somebody is in it, or that it is part of a small
 * group. */
static void add_somebody(struct search *search, const struct made_up *study, const struct universe *shown,
                         const struct study_disclosure *policy, const bool *is_shown, size_t cell)
{
	atoms groups[SEARCH_GROUPS];
	size_t count = 0;
	const char *condition = shown->cells[cell - 1].condition;
	bool sensitive = false;
	for (unsigned i = 0; i < policy->sensitive_count; i++)
		sensitive = sensitive || cell_names_code(condition, policy->sensitive[i]);
	for (size_t r = 0; r < shown->relation_count; r++)
		for (size_t p = 0; p < shown->relations[r].part_count && count < SEARCH_GROUPS; p++)
			if (shown->parts[shown->relations[r].first_part + p] == cell
			    && (sensitive || !is_shown[shown->relations[r].parent])) /* what is shown is not small */
				groups[count++] = study->cells[shown->relations[r].parent - 1];
	search_somebody(search, study->cells[cell - 1], groups, count,
	                sensitive && policy->min_group > policy->threshold ? policy->min_group : policy->threshold);
}

static void add_knowledge(struct search *search, const struct made_up *study, const struct universe *shown)
{
	bool *is_shown = find_shown(shown), *done = mem_alloc(shown->cell_count + 1, sizeof *done);
	for (size_t i = 0; i < shown->result_count; i++) {
		const struct result *result = &shown->results[i];
		size_t only = 0, open = 0;
		for (size_t j = 0; j < result->cell_count; j++) {
			size_t cell = shown->rests[result->first_cell + j];
			if (!is_shown[cell]) {
				only = cell;
				open++;
			}
		}
		if (result->status != RESULT_HIDDEN || open != 1 || done[only])
			continue;
		done[only] = true;
		add_somebody(search, study, shown, &study->policy, is_shown, only);
	}
	free(is_shown);
	free(done);
}

static struct search *search_release(const struct made_up *study, const struct universe *shown)
{
	struct search *search = search_new(study->people, study->atom_count, MOST_PEOPLE, STEPS);
	for (size_t i = 0; i < shown->cell_count; i++) {
		const struct cell *cell = &shown->cells[i];
		if (cell->n >= 0)
			search_count(search, study->cells[i], cell->n, cell->n);
		else if (cell->least >= 0 || cell->most >= 0)
			search_count(search, study->cells[i], cell->least,
			             cell->most >= 0 ? cell->most : SEARCH_ATOMS * MOST_PEOPLE);
	}
	add_figures(search, study, shown);
	if (study->policy.zeros != STUDY_ZEROS_HIDDEN)
		add_knowledge(search, study, shown);
	return search;
}

/* --- the attacker against all tables --- */

/* No table goes past an end of the attacker's interval; how many intervals end where some table does. */
static void compare_end(const struct case_ *it, struct search *search, size_t cell, double end, bool upper)
{
	atoms set = it->study->cells[cell - 1];
	long long bound = (long long)end;
	it->tally->ends++;
	enum search_answer past = upper ? search_possible(search, set, bound + 1, SEARCH_ATOMS * MOST_PEOPLE)
	                                : search_possible(search, set, 0, bound - 1);
	if (past == SEARCH_YES)
		fail(it, cell,
		     upper ? "a table has more than the attacker says" : "a table has less than the attacker says", end,
		     0);
	enum search_answer there = past == SEARCH_NO ? search_possible(search, set, bound, bound) : past;
	it->tally->undecided += there == SEARCH_GAVE_UP;
	it->tally->wider += there == SEARCH_NO;
}

static void compare_intervals(const struct case_ *it, struct search *search)
{
	const struct universe *shown = it->chain->withheld;
	for (size_t cell = 1; cell <= shown->cell_count; cell++) {
		struct interval interval;
		if (shown->cells[cell - 1].n >= 0)
			continue;
		if (!attacker_interval(it->chain->attacker, shown->cells[cell - 1].condition, NULL, &interval)) {
			fail(it, cell, "the attacker has no interval", 0, 0);
			continue;
		}
		compare_end(it, search, cell, interval.least, false);
		if (isfinite(interval.most))
			compare_end(it, search, cell, interval.most, true);
	}
}

/* --- the demands against all tables --- */

/* Of an unsafe cell, whether the tables keep it open as is demanded. */
static enum search_answer is_protected(struct search *search, atoms set, long long n, const struct cell_decision *of)
{
	enum { ALL = SEARCH_ATOMS * MOST_PEOPLE };
	long long most = of->reach > n + of->above ? of->reach : n + of->above, least = n - of->below;
	enum search_answer answer = search_possible(search, set, most, ALL);
	if (answer == SEARCH_YES)
		answer = search_possible(search, set, 0, least);
	if (answer != SEARCH_YES)
		return answer;
	while (most - least < of->width && least > 0
	       && (answer = search_possible(search, set, 0, least - 1)) == SEARCH_YES)
		least--;
	while (most - least < of->width && (answer = search_possible(search, set, most + 1, ALL)) == SEARCH_YES)
		most++;
	return most - least >= of->width ? SEARCH_YES : answer;
}

static enum search_answer is_open(struct search *search, atoms set, long long n)
{
	enum search_answer more = search_possible(search, set, n + 1, SEARCH_ATOMS * MOST_PEOPLE);
	return more != SEARCH_NO ? more : search_possible(search, set, 0, n - 1);
}

static enum search_answer is_safe(const struct case_ *it, struct search *search, size_t cell)
{
	const struct cell_decision *decision = &it->chain->decisions[cell - 1];
	atoms set = it->study->cells[cell - 1];
	long long n = it->study->universe->cells[cell - 1].n;
	if (decision->unsafe)
		return is_protected(search, set, n, decision);
	return decision->hidden && decision->published ? is_open(search, set, n) : SEARCH_YES;
}

/* No argument at all, by cases or in whole numbers, tells more of a cell than is demanded. */
static void compare_demands(const struct case_ *it, struct search *search)
{
	const struct universe *universe = it->study->universe;
	for (size_t cell = 1; cell <= universe->cell_count; cell++) {
		enum search_answer safe = is_safe(it, search, cell);
		it->tally->undecided += safe == SEARCH_GAVE_UP;
		if (safe == SEARCH_NO)
			fail(it, cell, "the tables that fit do not protect it", (double)universe->cells[cell - 1].n,
			     it->chain->decisions[cell - 1].reach);
	}
}

/* --- the cheapest pattern --- */

/* As protect sees a release: every cell that is not hidden is known, and a hidden one that is asked for is somebody,
 * where zeros are shown; a zero among few is that, or part of a small group. */
static struct search *search_pattern(const struct made_up *study, const struct cell_decision *decisions)
{
	struct search *search = search_new(study->people, study->atom_count, MOST_PEOPLE, STEPS);
	for (size_t i = 0; i < study->universe->cell_count; i++) {
		long long n = study->universe->cells[i].n;
		if (!decisions[i].hidden)
			search_count(search, study->cells[i], n, n);
		else if (decisions[i].least > 0)
			search_count(search, study->cells[i], decisions[i].least, SEARCH_ATOMS * MOST_PEOPLE);
	}
	struct secondary_choice *choices = NULL;
	size_t *groups = NULL;
	size_t count = choices_list(&choices, &groups, decisions, study->universe, &study->policy);
	for (size_t i = 0; i < count; i++) {
		atoms sets[SEARCH_GROUPS];
		size_t sets_count = 0;
		for (; sets_count < choices[i].group_count && sets_count < SEARCH_GROUPS; sets_count++)
			sets[sets_count] = study->cells[choices[i].groups[sets_count]];
		search_somebody(search, study->cells[choices[i].cell], sets, sets_count, choices[i].small);
	}
	free(choices);
	free(groups);
	return search;
}

static enum search_answer protects(const struct case_ *it, const struct cell_decision *decisions)
{
	struct search *search = search_pattern(it->study, decisions);
	enum search_answer safe = SEARCH_YES;
	for (size_t i = 0; i < it->study->universe->cell_count && safe == SEARCH_YES; i++)
		if (decisions[i].unsafe)
			safe = is_protected(search, it->study->cells[i], it->study->universe->cells[i].n,
			                    &decisions[i]);
	search_free(search);
	return safe;
}

static double cost(const struct cell_decision *decisions, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += decisions[i].hidden && decisions[i].rule == RULE_SECONDARY ? decisions[i].cost : 0;
	return sum;
}

/* Hide each set of candidates in turn that costs less than `best`. -1: some could not be decided. */
static double try_patterns(const struct case_ *it, struct cell_decision *decisions, const size_t *candidates,
                           size_t count, double best)
{
	for (size_t set = 0; set < (size_t)1 << count; set++) {
		double sum = 0;
		for (size_t i = 0; i < count; i++)
			sum += set >> i & 1 ? decisions[candidates[i]].cost : 0;
		if (sum >= best - 1e-9)
			continue;
		for (size_t i = 0; i < count; i++)
			decisions[candidates[i]].hidden = set >> i & 1;
		enum search_answer safe = protects(it, decisions);
		if (safe == SEARCH_GAVE_UP)
			return -1;
		if (safe == SEARCH_YES)
			best = sum;
	}
	return best;
}

/* Whether what the patterns here are tried for is all that the policy demands. */
static bool is_plain(const struct study_disclosure *policy)
{
	return policy->never_hide_count == 0 && policy->insiders == 0 && !policy->rounding;
}

/* Of a study with few cells that could be hidden besides: what is hidden against every cheaper pattern. */
static void compare_cost(const struct case_ *it)
{
	size_t count = 0, cell_count = it->study->universe->cell_count, candidates[MOST_CANDIDATES];
	double ours = cost(it->chain->decisions, cell_count);
	struct cell_decision *decisions = mem_alloc(cell_count, sizeof *decisions);
	memcpy(decisions, it->chain->decisions, cell_count * sizeof *decisions);
	for (size_t i = 0; i < cell_count && count <= MOST_CANDIDATES; i++) {
		if (decisions[i].cost <= 0 || (decisions[i].hidden && decisions[i].rule != RULE_SECONDARY))
			continue;
		if (count < MOST_CANDIDATES)
			candidates[count] = i;
		count++;
	}
	double best = ours > 0 && count <= MOST_CANDIDATES && is_plain(&it->study->policy)
	                      ? try_patterns(it, decisions, candidates, count, ours)
	                      : -1;
	free(decisions);
	if (best < 0)
		return;
	struct tally *tally = it->tally;
	double times = best > 0 ? ours / best : INFINITY;
	tally->compared++;
	tally->cost += ours;
	tally->least += best;
	tally->dearer[times <= 1 + 1e-9 ? 0 : times <= 1.01 ? 1 : times <= 1.05 ? 2 : times <= 1.15 ? 3 : 4]++;
	tally->proven += it->chain->cheapest;
	if (times > 1.15)
		fail(it, 0, "hides more than 15 per cent more than the cheapest pattern", ours, best);
	if (it->chain->cheapest && times > 1 + 1e-9)
		fail(it, 0, "is said to be the cheapest pattern, and another one is cheaper", ours, best);
}

/* Where protect says that no pattern protects: hiding all that may be hidden does not. */
static void check_infeasible(const struct case_ *it)
{
	const struct universe *universe = it->study->universe;
	struct cell_decision *decisions = classify(universe, &it->study->policy);
	for (size_t i = 0; i < universe->cell_count; i++)
		decisions[i].hidden = decisions[i].hidden || universe->cells[i].n > 0;
	if (is_plain(&it->study->policy) && protects(it, decisions) == SEARCH_YES)
		fail(it, 0, "hiding everything protects, and protect says that nothing does", 0, 0);
	free(decisions);
}

/* --- the release --- */

static void check_release(const struct case_ *it)
{
	const struct universe *universe = it->study->universe;
	for (size_t i = 0; i < universe->cell_count; i++) {
		const struct cell_decision *decision = &it->chain->decisions[i];
		long long n = universe->cells[i].n;
		const struct study_disclosure *policy = &it->study->policy;
		it->tally->hidden += decision->hidden;
		if (n < policy->threshold && (n > 0 || policy->zeros == STUDY_ZEROS_HIDDEN)
		    && (!decision->unsafe || decision->reach < policy->threshold
		        || decision->width < policy->min_width))
			fail(it, i + 1, "small, and not taken to be unsafe", (double)n, policy->threshold);
		if (decision->unsafe && !decision->hidden)
			fail(it, i + 1, "unsafe and not hidden", (double)universe->cells[i].n, 0);
		it->tally->words += decision->band != NULL;
		if (decision->band
		    && (!decision->hidden || universe->cells[i].n < decision->known_least
		        || universe->cells[i].n > decision->known_most))
			fail(it, i + 1, "a word that is not true", (double)decision->known_least,
			     (double)decision->known_most);
		if (decision->hidden && it->chain->withheld->cells[i].n >= 0)
			fail(it, i + 1, "hidden and in the release", (double)universe->cells[i].n, 0);
	}
	it->tally->judged += it->chain->judge->count;
	for (size_t i = 0; i < it->chain->judge->count; i++) {
		const struct judged *line = &it->chain->judge->lines[i];
		if (line->verdict != JUDGE_SAFE && strcmp(line->kind, "insider") != 0)
			fail(it, strcmp(line->kind, "cell") == 0 ? line->number : 0, judge_verdict_word(line->verdict),
			     line->interval.least, line->interval.most);
	}
}

static void check_study(unsigned long long seed, const char *folder, bool verbose, struct tally *tally)
{
	bool small = seed % 8 != 0;
	struct made_up study = made_up_study(seed, small);
	struct chain chain;
	enum chain_end end = chain_run(&chain, study.universe, &study.policy, folder);
	const struct case_ it = { seed, &study, &chain, tally };
	if (verbose)
		print_study(&study, &chain);
	tally->studies++;
	if (end == CHAIN_INFEASIBLE) {
		tally->infeasible++;
		if (small)
			check_infeasible(&it);
	} else if (end == CHAIN_AUDITED && (study.universe->measure_count > 0 || study.policy.insiders > 0)
	           && !judge_passes(chain.judge)) {
		tally->refused++;
		end = CHAIN_INFEASIBLE;
	} else if (end != CHAIN_AUDITED)
		fail(&it, 0, chain.error, 0, 0);
	else
		check_release(&it);
	if (end == CHAIN_AUDITED && small) {
		struct search *search = search_release(&study, chain.withheld);
		tally->small++;
		tally->argued += chain.undecided;
		compare_intervals(&it, search);
		compare_demands(&it, search);
		compare_cost(&it);
		search_free(search);
	}
	chain_free(&chain);
	made_up_free(&study);
}

static void report(const struct tally *tally)
{
	printf("%zu studies, %zu without a pattern that protects, %zu refused for their means or insiders; %zu cells hidden, %zu judged; "
	       "of %zu hidden shares a word tells\n",
	       tally->studies, tally->infeasible, tally->refused, tally->hidden, tally->judged, tally->words);
	printf("%zu small ones searched through: %zu ends of intervals, %zu wider than all tables leave them, %zu undecided\n",
	       tally->small, tally->ends, tally->wider, tally->undecided);
	printf("%zu cells whose ends the attacker did not find by cases within its steps\n", tally->argued);
	printf("%zu against every cheaper pattern: %.4f times the least cost in all; %zu the cheapest, %zu up to 1%% dearer, %zu up to 5%%, "
	       "%zu up to 15%%, %zu more; %zu said to be the cheapest\n",
	       tally->compared, tally->least > 0 ? tally->cost / tally->least : 1, tally->dearer[0], tally->dearer[1],
	       tally->dearer[2], tally->dearer[3], tally->dearer[4], tally->proven);
	printf("%zu failed\n", tally->failures);
}

int main(int argc, char **argv)
{
	unsigned long long first = 1, count = 1000;
	bool verbose = false;
	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--seed") == 0) {
			first = strtoull(argv[i + 1], NULL, 10);
			count = 1;
			verbose = true;
		}
		if (strcmp(argv[i], "--studies") == 0)
			count = strtoull(argv[i + 1], NULL, 10);
	}
	char folder[] = "/tmp/canvass-disclosure-XXXXXX";
	if (!mkdtemp(folder))
		return 1;
	struct tally tally = { 0 };
	for (unsigned long long seed = first; seed < first + count; seed++)
		check_study(seed, folder, verbose, &tally);
	report(&tally);
	rmdir(folder);
	return tally.failures ? 1 : 0;
}
