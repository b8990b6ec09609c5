#include "local_suppression.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { WORD = 64 };

/* A set of keys to blank, and what that costs. */
struct remedy {
	unsigned set;
	double cost;
};

static int compare_remedies(const void *a, const void *b)
{
	const struct remedy *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost < right->cost ? -1 : 1;
	return (left->set > right->set) - (left->set < right->set);
}

/* All sets of keys that may be blanked, the cheapest first. Free with free(). */
static struct remedy *list_remedies(size_t *count, const double *costs, size_t width)
{
	struct remedy *remedies = mem_alloc((size_t)1 << width, sizeof *remedies);
	*count = 0;
	for (unsigned set = 1; set < 1u << width; set++) {
		double cost = 0;
		for (size_t k = 0; k < width; k++)
			cost += set >> k & 1 ? costs[k] : 0;
		if (isfinite(cost))
			remedies[(*count)++] = (struct remedy){ set, cost };
	}
	mem_sort(remedies, *count, sizeof *remedies, compare_remedies);
	return remedies;
}

struct suppression {
	int *codes;
	size_t count, width;
	const struct anonymity *demands;
	size_t demand_count;
	enum key_missing missing;
	struct remedy *remedies;
	size_t remedy_count;
	double *f; /* demand x record: how many agree */

	/* Of wildcards: for each key and code, the records that have it or miss one. */
	uint64_t *holders[LOCAL_SUPPRESSION_KEYS];
	size_t words;
	uint64_t *agreeing, *before;
};

static bool meets_all(const struct suppression *suppression, size_t record)
{
	for (size_t d = 0; d < suppression->demand_count; d++)
		if (suppression->f[d * suppression->count + record] < (double)suppression->demands[d].k)
			return false;
	return true;
}

static void count_all(struct suppression *suppression)
{
	struct key_records records = { suppression->codes, suppression->count, suppression->width, NULL };
	for (size_t d = 0; d < suppression->demand_count; d++) {
		size_t chosen[LOCAL_SUPPRESSION_KEYS], count = 0;
		for (size_t k = 0; k < suppression->width; k++)
			if (suppression->demands[d].set >> k & 1)
				chosen[count++] = k;
		struct equivalence *classes = equivalence_new(&records, chosen, count, suppression->missing);
		equivalence_frequencies(suppression->f + d * suppression->count, NULL, classes);
		equivalence_free(classes);
	}
}

/* The records that fail, those with the fewest alike first. Free with free(). */
struct failing {
	size_t record;
	double f;
};

static int compare_failing(const void *a, const void *b)
{
	const struct failing *left = a, *right = b;
	if (left->f != right->f)
		return left->f < right->f ? -1 : 1;
	return (left->record > right->record) - (left->record < right->record);
}

static struct failing *list_failing(size_t *count, const struct suppression *suppression)
{
	struct failing *failing = mem_alloc(suppression->count, sizeof *failing);
	*count = 0;
	for (size_t i = 0; i < suppression->count; i++) {
		double least = INFINITY;
		for (size_t d = 0; d < suppression->demand_count; d++)
			least = fmin(least, suppression->f[d * suppression->count + i]);
		if (!meets_all(suppression, i))
			failing[(*count)++] = (struct failing){ i, least };
	}
	mem_sort(failing, *count, sizeof *failing, compare_failing);
	return failing;
}

/* --- missing as a wildcard --- */

static void hold(struct suppression *suppression, size_t key, int code, size_t record, bool held)
{
	uint64_t *word = &suppression->holders[key][(size_t)code * suppression->words + record / WORD];
	uint64_t bit = (uint64_t)1 << record % WORD;
	*word = held ? *word | bit : *word & ~bit;
}

/* Who misses a value holds all of its codes. *most gets the largest code of each key. */
static void index_holders(struct suppression *suppression, int *most)
{
	size_t width = suppression->width;
	suppression->words = (suppression->count + WORD - 1) / WORD;
	for (size_t k = 0; k < width; k++) {
		most[k] = 0;
		for (size_t i = 0; i < suppression->count; i++)
			if (suppression->codes[i * width + k] > most[k])
				most[k] = suppression->codes[i * width + k];
		suppression->holders[k] =
			mem_alloc(((size_t)most[k] + 1) * suppression->words, sizeof **suppression->holders);
		for (size_t i = 0; i < suppression->count; i++) {
			int value = suppression->codes[i * width + k];
			for (int code = 1; code <= most[k]; code++)
				if (value == 0 || value == code)
					hold(suppression, k, code, i, true);
		}
	}
}

/* Into `bits`: who agrees with the record on the keys of `set`; how many they are. */
static size_t find_agreeing(uint64_t *bits, const struct suppression *suppression, size_t record, unsigned set)
{
	memset(bits, 0xff, suppression->words * sizeof *bits);
	if (suppression->count % WORD)
		bits[suppression->words - 1] = ((uint64_t)1 << suppression->count % WORD) - 1;
	for (size_t k = 0; k < suppression->width; k++) {
		int value = suppression->codes[record * suppression->width + k];
		if (!(set >> k & 1) || value == 0)
			continue;
		const uint64_t *holders = suppression->holders[k] + (size_t)value * suppression->words;
		for (size_t w = 0; w < suppression->words; w++)
			bits[w] &= holders[w];
	}
	size_t count = 0;
	for (size_t w = 0; w < suppression->words; w++)
		count += (size_t)__builtin_popcountll(bits[w]);
	return count;
}

static bool would_meet_all(struct suppression *suppression, size_t record, unsigned blank)
{
	for (size_t d = 0; d < suppression->demand_count; d++) {
		const struct anonymity *demand = &suppression->demands[d];
		if (find_agreeing(suppression->agreeing, suppression, record, demand->set & ~blank) < demand->k)
			return false;
	}
	return true;
}

static void set_value(struct suppression *suppression, size_t record, size_t key, int value, int most)
{
	suppression->codes[record * suppression->width + key] = value;
	for (int code = 1; code <= most; code++)
		hold(suppression, key, code, record, value == 0 || value == code);
}

/* One more, or one less, for each record of `bits` but those of `but`. */
static void count_changed(double *f, const uint64_t *bits, const uint64_t *but, size_t words, double by)
{
	for (size_t w = 0; w < words; w++)
		for (uint64_t changed = bits[w] & ~but[w]; changed; changed &= changed - 1)
			f[w * WORD + (size_t)__builtin_ctzll(changed)] += by;
}

/* Blank the values, and count who agrees with the record now that did not before. */
static void blank(struct suppression *suppression, size_t record, unsigned set, const int *most)
{
	int old[LOCAL_SUPPRESSION_KEYS];
	size_t width = suppression->width;
	memcpy(old, suppression->codes + record * width, width * sizeof *old);
	for (size_t d = 0; d < suppression->demand_count; d++) {
		unsigned keys = suppression->demands[d].set;
		double *f = suppression->f + d * suppression->count;
		find_agreeing(suppression->before, suppression, record, keys);
		size_t now = find_agreeing(suppression->agreeing, suppression, record, keys & ~set);
		count_changed(f, suppression->agreeing, suppression->before, suppression->words, 1);
		f[record] = (double)now;
	}
	for (size_t k = 0; k < width; k++)
		if (set >> k & 1 && old[k] != 0)
			set_value(suppression, record, k, 0, most[k]);
}

/* Whether those who agree with the record only while this value of it is blank can do without it, and it without them;
 * the value is given back then. */
static bool give_back(struct suppression *suppression, size_t record, size_t key, int value, const int *most)
{
	bool may = true;
	set_value(suppression, record, key, value, most[key]);
	for (size_t d = 0; d < suppression->demand_count && may; d++) {
		const struct anonymity *demand = &suppression->demands[d];
		const double *f = suppression->f + d * suppression->count;
		size_t now = find_agreeing(suppression->agreeing, suppression, record, demand->set);
		find_agreeing(suppression->before, suppression, record, demand->set & ~(1u << key));
		may = now >= demand->k;
		for (size_t w = 0; w < suppression->words && may; w++)
			for (uint64_t lost = suppression->before[w] & ~suppression->agreeing[w]; lost && may;
			     lost &= lost - 1)
				may = f[w * WORD + (size_t)__builtin_ctzll(lost)] > (double)demand->k;
	}
	for (size_t d = 0; d < suppression->demand_count && may; d++) {
		unsigned keys = suppression->demands[d].set;
		double *f = suppression->f + d * suppression->count;
		size_t now = find_agreeing(suppression->agreeing, suppression, record, keys);
		find_agreeing(suppression->before, suppression, record, keys & ~(1u << key));
		count_changed(f, suppression->before, suppression->agreeing, suppression->words, -1);
		f[record] = (double)now;
	}
	if (!may)
		set_value(suppression, record, key, 0, most[key]);
	return may;
}

/* A value that was blanked. */
struct blanked {
	size_t record, key;
	double cost;
};

/* The dearest first; of one cost, what was blanked last. */
static int compare_blanked(const void *a, const void *b)
{
	const struct blanked *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost > right->cost ? -1 : 1;
	if (left->record != right->record)
		return left->record > right->record ? -1 : 1;
	return (left->key > right->key) - (left->key < right->key);
}

static void give_all_back(struct suppression *suppression, const int *original, const double *costs, const int *most)
{
	size_t total = suppression->count * suppression->width, count = 0;
	struct blanked *blanked = mem_alloc(total, sizeof *blanked);
	for (size_t at = 0; at < total; at++)
		if (original[at] && !suppression->codes[at])
			blanked[count++] = (struct blanked){ at / suppression->width, at % suppression->width,
				                             costs[at % suppression->width] };
	mem_sort(blanked, count, sizeof *blanked, compare_blanked);
	for (size_t i = 0; i < count; i++)
		give_back(suppression, blanked[i].record, blanked[i].key,
		          original[blanked[i].record * suppression->width + blanked[i].key], most);
	free(blanked);
}

static void suppress_wildcards(struct suppression *suppression, const double *costs)
{
	int most[LOCAL_SUPPRESSION_KEYS];
	size_t total = suppression->count * suppression->width, count = 0;
	int *original = mem_alloc(total, sizeof *original);
	memcpy(original, suppression->codes, total * sizeof *original);
	index_holders(suppression, most);
	suppression->agreeing = mem_alloc(suppression->words, sizeof *suppression->agreeing);
	suppression->before = mem_alloc(suppression->words, sizeof *suppression->before);
	struct failing *failing = list_failing(&count, suppression);
	for (size_t i = 0; i < count; i++) {
		size_t remedy = 0;
		if (meets_all(suppression, failing[i].record))
			continue;
		while (remedy < suppression->remedy_count
		       && !would_meet_all(suppression, failing[i].record, suppression->remedies[remedy].set))
			remedy++;
		if (remedy < suppression->remedy_count)
			blank(suppression, failing[i].record, suppression->remedies[remedy].set, most);
	}
	give_all_back(suppression, original, costs, most);
	free(failing);
	free(original);
	free(suppression->agreeing);
	free(suppression->before);
	for (size_t k = 0; k < suppression->width; k++)
		free(suppression->holders[k]);
}

/* --- missing as a value --- */

/* The records as they would be: those that fail without the keys of `set`, the others as they are. Marks the failing
 * ones that would be of a class with enough in it. */
static size_t cure_together(struct suppression *suppression, size_t demand, const struct failing *failing, size_t count,
                            unsigned set)
{
	size_t width = suppression->width, cured = 0;
	size_t total = suppression->count * width;
	int *codes = suppression->codes, *as_it_was = mem_alloc(total, sizeof *as_it_was);
	double *before = mem_alloc(suppression->count, sizeof *before);
	double *f = suppression->f + demand * suppression->count;
	memcpy(as_it_was, codes, total * sizeof *codes);
	memcpy(before, f, suppression->count * sizeof *f);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < width; k++)
			if (set >> k & 1)
				codes[failing[i].record * width + k] = 0;
	count_all(suppression);
	for (size_t i = 0; i < count; i++) {
		size_t record = failing[i].record;
		if (f[record] >= (double)suppression->demands[demand].k)
			cured++;
		else
			memcpy(codes + record * width, as_it_was + record * width, width * sizeof *codes);
	}
	free(as_it_was);
	free(before);
	count_all(suppression);
	return cured;
}

/* Too few are left to be alike: another, of the largest class, loses all that may be lost, too. False where nobody has
 * anything to lose. */
static bool fill_up(struct suppression *suppression, size_t demand, unsigned all)
{
	const double *f = suppression->f + demand * suppression->count;
	size_t best = suppression->count;
	for (size_t i = 0; i < suppression->count; i++) {
		bool blank_already = true;
		for (size_t k = 0; k < suppression->width; k++)
			blank_already = blank_already
			                && (!(all >> k & 1) || suppression->codes[i * suppression->width + k] == 0);
		if (!blank_already && (best == suppression->count || f[i] > f[best]))
			best = i;
	}
	if (best == suppression->count)
		return false;
	for (size_t k = 0; k < suppression->width; k++)
		if (all >> k & 1)
			suppression->codes[best * suppression->width + k] = 0;
	count_all(suppression);
	return true;
}

/* The records that fail this demand. */
static size_t list_failing_one(struct failing *failing, const struct suppression *suppression, size_t demand)
{
	size_t count = 0;
	for (size_t i = 0; i < suppression->count; i++) {
		double f = suppression->f[demand * suppression->count + i];
		if (f < (double)suppression->demands[demand].k)
			failing[count++] = (struct failing){ i, f };
	}
	return count;
}

/* Whether the demand is met now. */
static bool suppress_for(struct suppression *suppression, size_t demand, struct failing *failing, unsigned all)
{
	unsigned keys = suppression->demands[demand].set;
	size_t count = list_failing_one(failing, suppression, demand);
	for (size_t r = 0; r < suppression->remedy_count && count > 0; r++)
		if ((suppression->remedies[r].set & ~keys) == 0
		    && cure_together(suppression, demand, failing, count, suppression->remedies[r].set) > 0)
			count = list_failing_one(failing, suppression, demand);
	while (count > 0) {
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < suppression->width; k++)
				if (all & keys & 1u << k)
					suppression->codes[failing[i].record * suppression->width + k] = 0;
		count_all(suppression);
		size_t left = list_failing_one(failing, suppression, demand);
		if (left > 0 && !fill_up(suppression, demand, all & keys))
			return false;
		count = left > 0 ? list_failing_one(failing, suppression, demand) : 0;
	}
	return true;
}

static void suppress_values(struct suppression *suppression, const double *costs)
{
	struct failing *failing = mem_alloc(suppression->count, sizeof *failing);
	unsigned all = 0;
	for (size_t k = 0; k < suppression->width; k++)
		all |= isfinite(costs[k]) ? 1u << k : 0;
	for (bool done = false, possible = true; !done && possible;) {
		done = true;
		for (size_t d = 0; d < suppression->demand_count && possible; d++) {
			bool met = list_failing_one(failing, suppression, d) == 0;
			done = done && met;
			possible = met || suppress_for(suppression, d, failing, all);
		}
	}
	free(failing);
}

size_t local_suppression(int *codes, size_t count, size_t width, const struct anonymity *demands, size_t demand_count,
                         const double *costs, enum key_missing missing)
{
	assert(width <= LOCAL_SUPPRESSION_KEYS);
	struct suppression suppression = { .codes = codes,
		                           .count = count,
		                           .width = width,
		                           .demands = demands,
		                           .demand_count = demand_count,
		                           .missing = missing,
		                           .f = mem_alloc(demand_count * count, sizeof *suppression.f) };
	suppression.remedies = list_remedies(&suppression.remedy_count, costs, width);
	count_all(&suppression);
	if (missing == KEY_MISSING_WILDCARD)
		suppress_wildcards(&suppression, costs);
	else
		suppress_values(&suppression, costs);
	count_all(&suppression);
	size_t failed = 0;
	for (size_t i = 0; i < count; i++)
		failed += !meets_all(&suppression, i);
	free(suppression.f);
	free(suppression.remedies);
	return failed;
}
