#include "local_suppression.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "local_suppression_private.h"
#include "mem.h"
#include "reidentification.h"

static int compare_remedies(const void *a, const void *b)
{
	const struct remedy *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost < right->cost ? -1 : 1;
	return (left->set > right->set) - (left->set < right->set);
}

unsigned suppression_closure(const struct suppression *suppression, unsigned set)
{
	unsigned closed = set;
	for (size_t k = 0; k < suppression->width; k++)
		closed |= set >> k & 1 ? suppression->along[k] : 0;
	return closed;
}

static void close_along(struct suppression *suppression)
{
	const struct suppressing *task = suppression->task;
	for (size_t k = 0; k < suppression->width; k++)
		suppression->along[k] = 1u << k | (task->along ? task->along[k] : 0);
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t k = 0; k < suppression->width; k++) {
			unsigned closed = suppression_closure(suppression, suppression->along[k]);
			changed = changed || closed != suppression->along[k];
			suppression->along[k] = closed;
		}
	}
}

/* All sets of keys that may be blanked, the cheapest first. */
static void list_remedies(struct suppression *suppression)
{
	const double *costs = suppression->task->costs;
	size_t width = suppression->width, count = 0;
	struct remedy *remedies = mem_alloc((size_t)1 << width, sizeof *remedies);
	for (unsigned set = 1; set < 1u << width; set++) {
		double cost = 0;
		for (size_t k = 0; k < width; k++)
			cost += set >> k & 1 ? costs[k] : 0;
		if (!isfinite(cost) || suppression_closure(suppression, set) != set)
			continue;
		remedies[count++] = (struct remedy){ set, cost };
		suppression->blankable |= set;
	}
	mem_sort(remedies, count, sizeof *remedies, compare_remedies);
	suppression->remedies = remedies;
	suppression->remedy_count = count;
}

static void list_people(struct suppression *suppression)
{
	const size_t *people = suppression->task->people;
	size_t count = suppression->count, most = 0;
	for (size_t i = 0; people && i < count; i++)
		suppression->person_count = people[i] + 1 > suppression->person_count ? people[i] + 1
		                                                                      : suppression->person_count;
	for (size_t d = 0; d < suppression->demand_count; d++)
		for (size_t i = 0; suppression->demands[d].sensitive && i < count; i++)
			if ((size_t)suppression->demands[d].sensitive[i] > most)
				most = (size_t)suppression->demands[d].sensitive[i];
	most = most > suppression->person_count ? most : suppression->person_count;
	suppression->seen = mem_alloc(most + 1, sizeof *suppression->seen);
	if (!people)
		return;
	suppression->first = mem_alloc(suppression->person_count + 2, sizeof *suppression->first);
	suppression->records = mem_alloc(count, sizeof *suppression->records);
	for (size_t i = 0; i < count; i++)
		suppression->first[people[i] + 2]++;
	for (size_t p = 0; p < suppression->person_count; p++)
		suppression->first[p + 2] += suppression->first[p + 1];
	for (size_t i = 0; i < count; i++)
		suppression->records[suppression->first[people[i] + 1]++] = i;
}

size_t suppression_risky(const struct safety *demand)
{
	return demand->max_risk > 0 ? (size_t)ceil(1 / demand->max_risk) : 0;
}

/* The risk falls with F, and is at most 1/f. */
static double find_enough(double f, double max_risk)
{
	double low = f, high = 2 * f, risk = 1;
	if (individual_risk(&risk, f, low) && risk <= max_risk)
		return 0;
	while (high < 1e15 && !(individual_risk(&risk, f, high) && risk <= max_risk))
		high *= 2;
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		bool safe = individual_risk(&risk, f, middle) && risk <= max_risk;
		low = safe ? low : middle;
		high = safe ? middle : high;
	}
	return high;
}

static void list_enough(struct suppression *suppression)
{
	suppression->enough = mem_alloc(suppression->demand_count, sizeof *suppression->enough);
	for (size_t d = 0; d < suppression->demand_count; d++) {
		size_t risky = suppression_risky(&suppression->demands[d]);
		suppression->enough[d] = mem_alloc(risky + 1, sizeof **suppression->enough);
		for (size_t f = 1; f <= risky; f++)
			suppression->enough[d][f] = find_enough((double)f, suppression->demands[d].max_risk);
	}
}

int suppression_compare_failing(const void *a, const void *b)
{
	const struct failing *left = a, *right = b;
	if (left->f != right->f)
		return left->f < right->f ? -1 : 1;
	return (left->record > right->record) - (left->record < right->record);
}

size_t local_suppress(const struct suppressing *task, size_t *before, size_t *after)
{
	assert(task->width <= LOCAL_SUPPRESSION_KEYS);
	struct suppression suppression = { .task = task,
		                           .codes = task->codes,
		                           .count = task->count,
		                           .width = task->width,
		                           .demands = task->demands,
		                           .demand_count = task->demand_count,
		                           .f = mem_alloc(task->demand_count * task->count,
		                                          sizeof *suppression.f) };
	close_along(&suppression);
	list_remedies(&suppression);
	list_people(&suppression);
	list_enough(&suppression);
	size_t failed = task->missing == KEY_MISSING_WILDCARD ? suppress_wildcards(&suppression, before, after)
	                                                      : suppress_values(&suppression, before, after);
	for (size_t d = 0; d < task->demand_count; d++)
		free(suppression.enough[d]);
	free(suppression.enough);
	free(suppression.f);
	free(suppression.remedies);
	free(suppression.first);
	free(suppression.records);
	free(suppression.seen);
	return failed;
}

size_t local_suppression(int *codes, size_t count, size_t width, const struct anonymity *demands, size_t demand_count,
                         const double *costs, enum key_missing missing)
{
	struct safety *safeties = mem_alloc(demand_count, sizeof *safeties);
	for (size_t d = 0; d < demand_count; d++)
		safeties[d] = (struct safety){ .set = demands[d].set, .k = demands[d].k };
	struct suppressing task = { .codes = codes,
		                    .count = count,
		                    .width = width,
		                    .demands = safeties,
		                    .demand_count = demand_count,
		                    .costs = costs,
		                    .missing = missing };
	size_t failed = local_suppress(&task, NULL, NULL);
	free(safeties);
	return failed;
}
