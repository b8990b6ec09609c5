/* Local suppression where a missing value agrees with any: whatever is blanked, everybody agrees with at least as many.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "local_suppression_private.h"
#include "mem.h"

enum { WORD = 64 };

struct wildcards {
	struct suppression *all;
	int *original;
	int most[LOCAL_SUPPRESSION_KEYS];          /* the largest code of each key */
	uint64_t *holders[LOCAL_SUPPRESSION_KEYS]; /* for each key and code, the records that have it or miss one */
	size_t words;
	uint64_t *agreeing, *before, *kin; /* sets of records, for whoever counts */
};

/* --- who agrees --- */

static void hold(struct wildcards *wildcards, size_t key, int code, size_t record, bool held)
{
	uint64_t *word = &wildcards->holders[key][(size_t)code * wildcards->words + record / WORD];
	uint64_t bit = (uint64_t)1 << record % WORD;
	*word = held ? *word | bit : *word & ~bit;
}

/* Who misses a value holds all of its codes. */
static void index_holders(struct wildcards *wildcards)
{
	const struct suppression *all = wildcards->all;
	wildcards->words = (all->count + WORD - 1) / WORD;
	for (size_t k = 0; k < all->width; k++) {
		for (size_t i = 0; i < all->count; i++)
			if (all->codes[i * all->width + k] > wildcards->most[k])
				wildcards->most[k] = all->codes[i * all->width + k];
		wildcards->holders[k] =
			mem_alloc(((size_t)wildcards->most[k] + 1) * wildcards->words, sizeof **wildcards->holders);
		for (size_t i = 0; i < all->count; i++) {
			int value = all->codes[i * all->width + k];
			for (int code = 1; code <= wildcards->most[k]; code++)
				if (value == 0 || value == code)
					hold(wildcards, k, code, i, true);
		}
	}
}

/* The holders of what the record has of the keys in `set`; how many keys that are. */
static size_t list_holders(const uint64_t **holders, const struct wildcards *wildcards, size_t record, unsigned set)
{
	const struct suppression *all = wildcards->all;
	size_t count = 0;
	for (size_t k = 0; k < all->width; k++) {
		int value = all->codes[record * all->width + k];
		if (set >> k & 1 && value != 0)
			holders[count++] = wildcards->holders[k] + (size_t)value * wildcards->words;
	}
	return count;
}

static uint64_t agreeing_word(const struct wildcards *wildcards, const uint64_t *const *holders, size_t count,
                              size_t word)
{
	size_t last = wildcards->all->count % WORD;
	uint64_t bits = word + 1 == wildcards->words && last ? ((uint64_t)1 << last) - 1 : UINT64_MAX;
	for (size_t h = 0; h < count; h++)
		bits &= holders[h][word];
	return bits;
}

static void find_agreeing(uint64_t *bits, const struct wildcards *wildcards, size_t record, unsigned set)
{
	const uint64_t *holders[LOCAL_SUPPRESSION_KEYS];
	size_t count = list_holders(holders, wildcards, record, set);
	for (size_t w = 0; w < wildcards->words; w++)
		bits[w] = agreeing_word(wildcards, holders, count, w);
}

/* Whether the count that `stamp` stands for meets this person, or answer, for the first time. */
static bool meet(struct suppression *all, size_t number)
{
	bool new = all->seen[number] != all->stamp;
	all->seen[number] = all->stamp;
	return new;
}

/* Warren (2012), 5-1: without an instruction for it the compiler's own asks a table byte by byte. */
static size_t count_bits(uint64_t bits)
{
	bits -= bits >> 1 & 0x5555555555555555u;
	bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
	return (size_t)(((bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}

/* How many people the records of `bits` are of. */
static size_t count_people(const struct wildcards *wildcards, const uint64_t *bits)
{
	struct suppression *all = wildcards->all;
	const size_t *people = all->task->people;
	size_t count = 0;
	all->stamp++;
	for (size_t w = 0; w < wildcards->words; w++) {
		if (!people)
			count += count_bits(bits[w]);
		for (uint64_t left = people ? bits[w] : 0; left; left &= left - 1)
			count += meet(all, people[w * WORD + (size_t)__builtin_ctzll(left)]);
	}
	return count;
}

/* --- what is demanded --- */

static bool is_diverse(const struct wildcards *wildcards, const struct safety *demand, size_t record, unsigned set)
{
	const uint64_t *holders[LOCAL_SUPPRESSION_KEYS];
	size_t count = list_holders(holders, wildcards, record, set), distinct = 0;
	wildcards->all->stamp++;
	for (size_t w = 0; w < wildcards->words && distinct < demand->l; w++)
		for (uint64_t left = agreeing_word(wildcards, holders, count, w); left; left &= left - 1) {
			int answer = demand->sensitive[w * WORD + (size_t)__builtin_ctzll(left)];
			distinct += answer > 0 && meet(wildcards->all, (size_t)answer);
		}
	return distinct == 0 || distinct >= demand->l;
}

/* The risk falls with everybody who agrees, so that one need not count them all. */
static bool is_hidden(const struct wildcards *wildcards, size_t d, size_t record, unsigned set)
{
	const struct suppression *all = wildcards->all;
	const uint64_t *holders[LOCAL_SUPPRESSION_KEYS];
	size_t count = list_holders(holders, wildcards, record, set), f = 0;
	size_t risky = suppression_risky(&all->demands[d]);
	double F = 0;
	wildcards->all->stamp++;
	for (size_t w = 0; w < wildcards->words; w++) {
		for (uint64_t left = agreeing_word(wildcards, holders, count, w); left; left &= left - 1) {
			size_t other = w * WORD + (size_t)__builtin_ctzll(left);
			if (all->task->people && !meet(wildcards->all, all->task->people[other]))
				continue;
			f++;
			F += all->task->weights ? all->task->weights[other] : 1;
		}
		if (f > risky || (f > 0 && F >= all->enough[d][f]))
			return true;
	}
	return false;
}

/* What is demanded besides k. */
static bool is_safe(const struct wildcards *wildcards, size_t d, size_t record, unsigned blank)
{
	const struct safety *demand = &wildcards->all->demands[d];
	unsigned set = demand->set & ~blank;
	return (!demand->sensitive || is_diverse(wildcards, demand, record, set))
	       && (!(demand->max_risk > 0) || is_hidden(wildcards, d, record, set));
}

static bool meets(const struct wildcards *wildcards, size_t d, size_t record)
{
	const struct suppression *all = wildcards->all;
	return all->f[d * all->count + record] >= (double)all->demands[d].k && is_safe(wildcards, d, record, 0);
}

static bool meets_all(const struct wildcards *wildcards, size_t record)
{
	for (size_t d = 0; d < wildcards->all->demand_count; d++)
		if (!meets(wildcards, d, record))
			return false;
	return true;
}

static bool would_meet_all(struct wildcards *wildcards, size_t record, unsigned blank)
{
	for (size_t d = 0; d < wildcards->all->demand_count; d++) {
		const struct safety *demand = &wildcards->all->demands[d];
		find_agreeing(wildcards->agreeing, wildcards, record, demand->set & ~blank);
		if (count_people(wildcards, wildcards->agreeing) < demand->k || !is_safe(wildcards, d, record, blank))
			return false;
	}
	return true;
}

/* Agreeing with each record, people counted once. */
static void count_all(struct wildcards *wildcards)
{
	struct suppression *all = wildcards->all;
	struct key_records records = {
		.codes = all->codes, .count = all->count, .width = all->width, .people = all->task->people
	};
	for (size_t d = 0; d < all->demand_count; d++) {
		size_t chosen[LOCAL_SUPPRESSION_KEYS], count = 0;
		for (size_t k = 0; k < all->width; k++)
			if (all->demands[d].set >> k & 1)
				chosen[count++] = k;
		struct equivalence *classes = equivalence_new(&records, chosen, count, KEY_MISSING_WILDCARD);
		equivalence_frequencies(all->f + d * all->count, NULL, classes);
		equivalence_free(classes);
	}
}

/* How many records fail; by demand in `by_demand`, which may be NULL. */
static size_t count_failing(const struct wildcards *wildcards, size_t *by_demand)
{
	const struct suppression *all = wildcards->all;
	size_t failed = 0;
	for (size_t d = 0; by_demand && d < all->demand_count; d++)
		by_demand[d] = 0;
	for (size_t i = 0; i < all->count; i++) {
		bool fails = false;
		for (size_t d = 0; d < all->demand_count; d++) {
			bool here = !meets(wildcards, d, i);
			fails = fails || here;
			if (by_demand)
				by_demand[d] += here;
		}
		failed += fails;
	}
	return failed;
}

static struct failing *list_failing(size_t *count, const struct wildcards *wildcards)
{
	const struct suppression *all = wildcards->all;
	struct failing *failing = mem_alloc(all->count, sizeof *failing);
	*count = 0;
	for (size_t i = 0; i < all->count; i++) {
		double least = INFINITY;
		for (size_t d = 0; d < all->demand_count; d++)
			least = fmin(least, all->f[d * all->count + i]);
		if (!meets_all(wildcards, i))
			failing[(*count)++] = (struct failing){ i, least };
	}
	mem_sort(failing, *count, sizeof *failing, suppression_compare_failing);
	return failing;
}

/* --- blanking --- */

static void set_value(struct wildcards *wildcards, size_t record, size_t key, int value)
{
	wildcards->all->codes[record * wildcards->all->width + key] = value;
	for (int code = 1; code <= wildcards->most[key]; code++)
		hold(wildcards, key, code, record, value == 0 || value == code);
}

/* Who agrees with another record of the same person has counted him already. */
static void find_kin(struct wildcards *wildcards, size_t record, unsigned set)
{
	const struct suppression *all = wildcards->all;
	memset(wildcards->kin, 0, wildcards->words * sizeof *wildcards->kin);
	if (!all->task->people)
		return;
	size_t person = all->task->people[record];
	for (size_t r = all->first[person]; r < all->first[person + 1]; r++) {
		const uint64_t *holders[LOCAL_SUPPRESSION_KEYS];
		size_t count = list_holders(holders, wildcards, all->records[r], set);
		for (size_t w = 0; all->records[r] != record && w < wildcards->words; w++)
			wildcards->kin[w] |= agreeing_word(wildcards, holders, count, w);
	}
}

/* One more, or one less, for each record of `bits` but those of `but` and the kin's. */
static void count_changed(const struct wildcards *wildcards, double *f, const uint64_t *bits, const uint64_t *but,
                          double by)
{
	for (size_t w = 0; w < wildcards->words; w++)
		for (uint64_t changed = bits[w] & ~but[w] & ~wildcards->kin[w]; changed; changed &= changed - 1)
			f[w * WORD + (size_t)__builtin_ctzll(changed)] += by;
}

/* Blank the values, and count who agrees with the record now that did not before. */
static void blank(struct wildcards *wildcards, size_t record, unsigned set)
{
	struct suppression *all = wildcards->all;
	for (size_t d = 0; d < all->demand_count; d++) {
		unsigned keys = all->demands[d].set;
		double *f = all->f + d * all->count;
		find_agreeing(wildcards->before, wildcards, record, keys);
		find_agreeing(wildcards->agreeing, wildcards, record, keys & ~set);
		find_kin(wildcards, record, keys);
		count_changed(wildcards, f, wildcards->agreeing, wildcards->before, 1);
		f[record] = (double)count_people(wildcards, wildcards->agreeing);
	}
	for (size_t k = 0; k < all->width; k++)
		if (set >> k & 1 && all->codes[record * all->width + k] != 0)
			set_value(wildcards, record, k, 0);
}

/* Each that fails loses what is cheapest. Whether any lost something. */
static bool blank_all(struct wildcards *wildcards)
{
	const struct suppression *all = wildcards->all;
	size_t count = 0;
	struct failing *failing = list_failing(&count, wildcards);
	bool lost = false;
	for (size_t i = 0; i < count; i++) {
		size_t remedy = 0;
		if (meets_all(wildcards, failing[i].record))
			continue;
		while (remedy < all->remedy_count
		       && !would_meet_all(wildcards, failing[i].record, all->remedies[remedy].set))
			remedy++;
		if (remedy == all->remedy_count)
			continue;
		blank(wildcards, failing[i].record, all->remedies[remedy].set);
		lost = true;
	}
	free(failing);
	return lost;
}

/* --- giving back --- */

/* Give back the values of `set`, which the record lost. */
static void restore(struct wildcards *wildcards, size_t record, unsigned set)
{
	size_t width = wildcards->all->width;
	for (size_t k = 0; k < width; k++)
		if (set >> k & 1)
			set_value(wildcards, record, k, wildcards->original[record * width + k]);
}

/* With the values back: whether this demand holds for the record, and for those who agree with it only without them. */
static bool bears(struct wildcards *wildcards, size_t d, size_t record, unsigned set)
{
	const struct suppression *all = wildcards->all;
	const struct safety *demand = &all->demands[d];
	const double *f = all->f + d * all->count;
	bool more = demand->sensitive || demand->max_risk > 0, may;
	find_agreeing(wildcards->agreeing, wildcards, record, demand->set);
	find_agreeing(wildcards->before, wildcards, record, demand->set & ~set);
	find_kin(wildcards, record, demand->set);
	may = count_people(wildcards, wildcards->agreeing) >= demand->k && is_safe(wildcards, d, record, 0);
	for (size_t w = 0; w < wildcards->words && may; w++)
		for (uint64_t lost = wildcards->before[w] & ~wildcards->agreeing[w]; lost && may; lost &= lost - 1) {
			size_t bit = (size_t)__builtin_ctzll(lost), other = w * WORD + bit;
			bool counted = wildcards->kin[w] >> bit & 1;
			may = (counted || f[other] > (double)demand->k) && (!more || is_safe(wildcards, d, other, 0));
		}
	return may;
}

static bool give_back(struct wildcards *wildcards, size_t record, unsigned set)
{
	struct suppression *all = wildcards->all;
	bool may = true;
	restore(wildcards, record, set);
	for (size_t d = 0; d < all->demand_count && may; d++)
		may = !(all->demands[d].set & set) || bears(wildcards, d, record, set);
	for (size_t d = 0; d < all->demand_count && may; d++) {
		unsigned keys = all->demands[d].set;
		double *f = all->f + d * all->count;
		find_agreeing(wildcards->agreeing, wildcards, record, keys);
		find_agreeing(wildcards->before, wildcards, record, keys & ~set);
		find_kin(wildcards, record, keys);
		count_changed(wildcards, f, wildcards->before, wildcards->agreeing, -1);
		f[record] = (double)count_people(wildcards, wildcards->agreeing);
	}
	for (size_t k = 0; k < all->width && !may; k++)
		if (set >> k & 1)
			set_value(wildcards, record, k, 0);
	return may;
}

/* A value that was blanked. */
struct lost_value {
	size_t record, key;
	double cost;
};

/* The dearest first; of one cost, what was blanked last. */
static int compare_lost(const void *a, const void *b)
{
	const struct lost_value *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost > right->cost ? -1 : 1;
	if (left->record != right->record)
		return left->record > right->record ? -1 : 1;
	return (left->key > right->key) - (left->key < right->key);
}

/* What the record lost; and of that the key, with those along with which it was blanked. */
static unsigned lost_with(const struct wildcards *wildcards, size_t record, size_t key)
{
	const struct suppression *all = wildcards->all;
	unsigned set = 0;
	for (size_t k = 0; k < all->width; k++) {
		size_t at = record * all->width + k;
		if (wildcards->original[at] && !all->codes[at] && (k == key || all->along[k] >> key & 1))
			set |= 1u << k;
	}
	return set;
}

/* Whether any was given back: what goes along with it may do without then. */
static bool give_all_back(struct wildcards *wildcards)
{
	bool given = false;
	const struct suppression *all = wildcards->all;
	size_t total = all->count * all->width, count = 0;
	struct lost_value *lost = mem_alloc(total, sizeof *lost);
	for (size_t at = 0; at < total; at++)
		if (wildcards->original[at] && !all->codes[at])
			lost[count++] = (struct lost_value){ at / all->width, at % all->width,
				                             all->task->costs[at % all->width] };
	mem_sort(lost, count, sizeof *lost, compare_lost);
	for (size_t i = 0; i < count; i++)
		if (!all->codes[lost[i].record * all->width + lost[i].key])
			given = give_back(wildcards, lost[i].record, lost_with(wildcards, lost[i].record, lost[i].key))
			        || given;
	free(lost);
	return given;
}

/* Who has lost values agrees with no fewer than before: where everybody meets a demand of k from the first, nobody
 * comes to fail it, and the search need not look at it. Takes such from a copy; release what is inside with free(). */
static struct suppression without_the_met(struct wildcards *wildcards)
{
	const struct suppression *all = wildcards->all;
	struct suppression part = *all;
	struct safety *unmet = mem_alloc(all->demand_count, sizeof *unmet);
	part.enough = mem_alloc(all->demand_count, sizeof *part.enough);
	part.demand_count = 0;
	for (size_t d = 0; d < all->demand_count; d++) {
		const struct safety *demand = &all->demands[d];
		bool keep = demand->sensitive || demand->max_risk > 0;
		for (size_t i = 0; i < all->count && !keep; i++)
			keep = all->f[d * all->count + i] < (double)demand->k;
		if (!keep)
			continue;
		part.enough[part.demand_count] = all->enough[d];
		unmet[part.demand_count++] = *demand;
	}
	part.demands = unmet;
	return part;
}

/* Each that fails loses what is cheapest, and gets back what need not be lost. */
static void search(struct wildcards *wildcards)
{
	struct suppression *all = wildcards->all, part = without_the_met(wildcards);
	wildcards->all = &part;
	count_all(wildcards);
	while (blank_all(wildcards))
		; /* what others lost may have brought somebody an answer that is the only one of his group */
	while (give_all_back(wildcards))
		;
	wildcards->all = all;
	all->stamp = part.stamp;
	free((void *)part.demands);
	free(part.enough);
}

size_t suppress_wildcards(struct suppression *suppression, size_t *before, size_t *after)
{
	struct wildcards wildcards = { .all = suppression };
	size_t total = suppression->count * suppression->width;
	wildcards.original = mem_alloc(total, sizeof *wildcards.original);
	if (total)
		memcpy(wildcards.original, suppression->codes, total * sizeof *suppression->codes);
	index_holders(&wildcards);
	wildcards.agreeing = mem_alloc(wildcards.words, sizeof *wildcards.agreeing);
	wildcards.before = mem_alloc(wildcards.words, sizeof *wildcards.before);
	wildcards.kin = mem_alloc(wildcards.words, sizeof *wildcards.kin);
	count_all(&wildcards);
	if (before)
		count_failing(&wildcards, before);
	search(&wildcards);
	count_all(&wildcards);
	size_t failed = count_failing(&wildcards, after);
	free(wildcards.original);
	free(wildcards.agreeing);
	free(wildcards.before);
	free(wildcards.kin);
	for (size_t k = 0; k < suppression->width; k++)
		free(wildcards.holders[k]);
	return failed;
}
