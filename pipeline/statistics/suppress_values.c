/* Local suppression where a missing value is one of its own: records that lose the same values are alike. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "local_suppression_private.h"
#include "mem.h"

struct values {
	struct suppression *all;
	bool *fails; /* demand x record */
};

/* --- counting --- */

/* The records of each group behind each other, from starts[g] to before starts[g + 1]. */
static void sort_into_groups(size_t *starts, size_t *members, const struct equivalence *classes, size_t count)
{
	size_t groups = equivalence_group_count(classes);
	for (size_t g = 0; g < groups; g++)
		starts[g + 1] = starts[g] + equivalence_size(classes, g);
	size_t *next = mem_alloc(groups + 1, sizeof *next);
	memcpy(next, starts, (groups + 1) * sizeof *next);
	for (size_t i = 0; i < count; i++)
		members[next[equivalence_group(classes, i)]++] = i;
	free(next);
}

static bool meet(struct suppression *all, size_t number)
{
	bool new = all->seen[number] != all->stamp;
	all->seen[number] = all->stamp;
	return new;
}

/* The people of one group, and whether they are safe. */
static void judge(struct values *values, size_t d, const size_t *members, size_t size)
{
	struct suppression *all = values->all;
	const struct safety *demand = &all->demands[d];
	size_t f = 0, distinct = 0;
	double F = 0;
	all->stamp++;
	for (size_t i = 0; i < size; i++) {
		if (all->task->people && !meet(all, all->task->people[members[i]]))
			continue;
		f++;
		F += all->task->weights ? all->task->weights[members[i]] : 1;
	}
	all->stamp++;
	for (size_t i = 0; demand->sensitive && i < size; i++)
		distinct += demand->sensitive[members[i]] > 0 && meet(all, (size_t)demand->sensitive[members[i]]);
	bool fails = f < demand->k || (distinct > 0 && distinct < demand->l)
	             || (demand->max_risk > 0 && f <= suppression_risky(demand) && F < all->enough[d][f]);
	for (size_t i = 0; i < size; i++) {
		all->f[d * all->count + members[i]] = (double)f;
		values->fails[d * all->count + members[i]] = fails;
	}
}

static void count_all(struct values *values)
{
	struct suppression *all = values->all;
	struct key_records records = { .codes = all->codes, .count = all->count, .width = all->width };
	size_t *starts = mem_alloc(all->count + 1, sizeof *starts), *members = mem_alloc(all->count, sizeof *members);
	for (size_t d = 0; d < all->demand_count; d++) {
		size_t chosen[LOCAL_SUPPRESSION_KEYS], count = 0;
		for (size_t k = 0; k < all->width; k++)
			if (all->demands[d].set >> k & 1)
				chosen[count++] = k;
		struct equivalence *classes = equivalence_new(&records, chosen, count, KEY_MISSING_VALUE);
		sort_into_groups(starts, members, classes, all->count);
		for (size_t g = 0; g < equivalence_group_count(classes); g++)
			judge(values, d, members + starts[g], starts[g + 1] - starts[g]);
		equivalence_free(classes);
	}
	free(starts);
	free(members);
}

/* The records that fail this demand. */
static size_t list_failing(struct failing *failing, const struct values *values, size_t demand)
{
	const struct suppression *all = values->all;
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (values->fails[demand * all->count + i])
			failing[count++] = (struct failing){ i, all->f[demand * all->count + i] };
	return count;
}

/* How many records fail; by demand in `by_demand`, which may be NULL. */
static size_t count_failing(const struct values *values, size_t *by_demand)
{
	const struct suppression *all = values->all;
	size_t failed = 0;
	for (size_t d = 0; by_demand && d < all->demand_count; d++)
		by_demand[d] = 0;
	for (size_t i = 0; i < all->count; i++) {
		bool fails = false;
		for (size_t d = 0; d < all->demand_count; d++) {
			fails = fails || values->fails[d * all->count + i];
			if (by_demand)
				by_demand[d] += values->fails[d * all->count + i];
		}
		failed += fails;
	}
	return failed;
}

/* --- curing --- */

static void blank(struct suppression *all, size_t record, unsigned set)
{
	for (size_t k = 0; k < all->width; k++)
		if (set >> k & 1)
			all->codes[record * all->width + k] = 0;
}

/* The failing ones lose the keys of `set`, but for those whom it does not help. How many it does. */
static size_t cure_together(struct values *values, size_t demand, const struct failing *failing, size_t count,
                            unsigned set)
{
	struct suppression *all = values->all;
	size_t width = all->width, cured = 0, total = all->count * width;
	int *codes = all->codes, *as_it_was = mem_alloc(total, sizeof *as_it_was);
	memcpy(as_it_was, codes, total * sizeof *codes);
	for (size_t i = 0; i < count; i++)
		blank(all, failing[i].record, set);
	count_all(values);
	for (size_t i = 0; i < count; i++) {
		size_t record = failing[i].record;
		if (!values->fails[demand * all->count + record])
			cured++;
		else
			memcpy(codes + record * width, as_it_was + record * width, width * sizeof *codes);
	}
	free(as_it_was);
	count_all(values);
	return cured;
}

/* Whether the other could be alike once all is blank that may be, and gave another answer where one is wanted. */
static bool could_join(const struct suppression *all, const struct safety *demand, size_t record, size_t other)
{
	bool something = false, alike = true;
	for (size_t k = 0; k < all->width; k++) {
		int mine = all->codes[record * all->width + k], value = all->codes[other * all->width + k];
		if (!(demand->set >> k & 1))
			continue;
		something = something || (all->blankable >> k & 1 && value != 0);
		alike = alike && (all->blankable >> k & 1 || mine == value);
	}
	return something && alike && (!demand->sensitive || demand->sensitive[other] != demand->sensitive[record]);
}

/* Too few are left to be alike: another, of the largest class, loses all that may be lost, too. False where nobody has
 * anything to lose that would help. */
static bool fill_up(struct values *values, size_t demand, size_t record, unsigned lost)
{
	struct suppression *all = values->all;
	const struct safety *wanted = &all->demands[demand];
	const double *f = all->f + demand * all->count;
	struct safety any = *wanted;
	size_t best = all->count;
	if (f[record] < (double)wanted->k)
		any.sensitive = NULL;
	for (size_t i = 0; i < all->count; i++)
		if (could_join(all, &any, record, i) && (best == all->count || f[i] > f[best]))
			best = i;
	if (best == all->count)
		return false;
	blank(all, best, lost);
	count_all(values);
	return true;
}

/* Whether the demand is met now. */
static bool suppress_for(struct values *values, size_t demand, struct failing *failing)
{
	struct suppression *all = values->all;
	unsigned keys = all->demands[demand].set, lost = suppression_closure(all, all->blankable & keys);
	size_t count = list_failing(failing, values, demand);
	for (size_t r = 0; r < all->remedy_count && count > 0; r++) {
		unsigned set = all->remedies[r].set;
		if (set == suppression_closure(all, set & keys)
		    && cure_together(values, demand, failing, count, set) > 0)
			count = list_failing(failing, values, demand);
	}
	while (count > 0) {
		for (size_t i = 0; i < count; i++)
			blank(all, failing[i].record, lost);
		count_all(values);
		size_t left = list_failing(failing, values, demand);
		if (left > 0 && !fill_up(values, demand, failing[0].record, lost))
			return false;
		count = left > 0 ? list_failing(failing, values, demand) : 0;
	}
	return true;
}

size_t suppress_values(struct suppression *suppression, size_t *before, size_t *after)
{
	struct values values = { suppression,
		                 mem_alloc(suppression->demand_count * suppression->count, sizeof *values.fails) };
	struct failing *failing = mem_alloc(suppression->count, sizeof *failing);
	count_all(&values);
	if (before)
		count_failing(&values, before);
	for (bool done = false, possible = true; !done && possible;) {
		done = true;
		for (size_t d = 0; d < suppression->demand_count && possible; d++) {
			bool met = list_failing(failing, &values, d) == 0;
			done = done && met;
			possible = met || suppress_for(&values, d, failing);
		}
	}
	size_t failed = count_failing(&values, after);
	free(failing);
	free(values.fails);
	return failed;
}
