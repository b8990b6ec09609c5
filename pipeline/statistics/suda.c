#include "suda.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* --- which records a set of keys makes unique --- */

/* Open addressing: a slot holds the first record of its values, plus 1, and whether somebody else has them. */
struct slots {
	size_t *first;
	bool *again;
	size_t *of; /* by record: its slot; NONE: a value is missing */
	size_t mask;
};

#define NONE SIZE_MAX

static uint64_t hash_values(const struct key_records *records, size_t record, const size_t *chosen, size_t count)
{
	uint64_t hash = 0x9e3779b97f4a7c15u;
	for (size_t k = 0; k < count; k++) {
		hash ^= (uint64_t)records->codes[record * records->width + chosen[k]];
		hash *= 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	return hash;
}

static bool has_missing(const struct key_records *records, size_t record, const size_t *chosen, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (records->codes[record * records->width + chosen[k]] == 0)
			return true;
	return false;
}

static bool same_values(const struct key_records *records, size_t one, size_t other, const size_t *chosen, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (records->codes[one * records->width + chosen[k]]
		    != records->codes[other * records->width + chosen[k]])
			return false;
	return true;
}

/* Marks the records whose values nobody else has. */
static void mark_unique(bool *unique, struct slots *slots, const struct key_records *records, const size_t *chosen,
                        size_t count)
{
	memset(slots->first, 0, (slots->mask + 1) * sizeof *slots->first);
	memset(slots->again, 0, (slots->mask + 1) * sizeof *slots->again);
	for (size_t i = 0; i < records->count; i++) {
		slots->of[i] = NONE;
		if (has_missing(records, i, chosen, count))
			continue;
		size_t at = hash_values(records, i, chosen, count) & slots->mask;
		while (slots->first[at] && !same_values(records, slots->first[at] - 1, i, chosen, count))
			at = (at + 1) & slots->mask;
		slots->of[i] = at;
		if (!slots->first[at])
			slots->first[at] = i + 1;
		else if (!records->people || records->people[slots->first[at] - 1] != records->people[i])
			slots->again[at] = true;
	}
	for (size_t i = 0; i < records->count; i++)
		unique[i] = slots->of[i] != NONE && !slots->again[slots->of[i]];
}

/* --- sets of keys, the small ones first --- */

static double weight_of(size_t keys, size_t size, enum suda_weighting weighting)
{
	double weight = 1;
	if (weighting == SUDA_ELLIOT) {
		for (size_t i = size; i < keys; i++)
			weight *= (double)(keys - i);
		return weight;
	}
	weight = pow(2, (double)(keys - size)) - 1;
	for (size_t i = 1; i <= size; i++)
		weight *= (double)i / (double)(keys - size + i);
	return weight;
}

/* What is known of a record: which sets of its keys are minimal. */
struct found {
	uint32_t *sets;
	size_t count, capacity;
};

static bool holds_one(const struct found *found, uint32_t set)
{
	for (size_t i = 0; i < found->count; i++)
		if ((found->sets[i] & set) == found->sets[i])
			return true;
	return false;
}

static size_t list_keys(size_t *chosen, uint32_t set)
{
	size_t count = 0;
	for (size_t k = 0; set >> k; k++)
		if (set >> k & 1)
			chosen[count++] = k;
	return count;
}

/* A set is minimal where no set within it is. */
static void take_set(struct suda *suda, struct found *found, const bool *unique, uint32_t set, const size_t *chosen,
                     size_t size, double weight)
{
	for (size_t i = 0; i < suda->records; i++) {
		if (!unique[i] || holds_one(&found[i], set))
			continue;
		found[i].sets = mem_grow(found[i].sets, found[i].count, &found[i].capacity, sizeof *found[i].sets);
		found[i].sets[found[i].count++] = set;
		suda->scores[i] += weight;
		if (!suda->smallest[i]) {
			suda->smallest[i] = size;
			suda->fewest[i] = set;
		}
		for (size_t k = 0; k < size; k++)
			suda->contribution[i * suda->keys + chosen[k]] += weight;
	}
}

/* The next larger number with as many bits (Warren 2012, 2-1). */
static uint32_t next_set(uint32_t set)
{
	uint32_t lowest = set & -set, ripple = set + lowest;
	return ripple | ((set ^ ripple) >> 2) / lowest;
}

bool suda_find(struct suda *suda, const struct key_records *records, size_t largest, enum suda_weighting weighting)
{
	if (records->width > SUDA_KEYS)
		return false;
	*suda = (struct suda){ .records = records->count,
		               .keys = records->width,
		               .scores = mem_alloc(records->count, sizeof *suda->scores),
		               .smallest = mem_alloc(records->count, sizeof *suda->smallest),
		               .fewest = mem_alloc(records->count, sizeof *suda->fewest),
		               .contribution = mem_alloc(records->count * records->width, sizeof *suda->contribution) };
	struct slots slots = { .mask = 1 };
	while (slots.mask < 2 * records->count)
		slots.mask = 2 * slots.mask + 1;
	slots.first = mem_alloc(slots.mask + 1, sizeof *slots.first);
	slots.again = mem_alloc(slots.mask + 1, sizeof *slots.again);
	slots.of = mem_alloc(records->count, sizeof *slots.of);
	bool *unique = mem_alloc(records->count, sizeof *unique);
	struct found *found = mem_alloc(records->count, sizeof *found);
	size_t chosen[SUDA_KEYS];
	if (largest == 0 || largest > records->width)
		largest = records->width;
	for (size_t size = 1; size <= largest; size++) {
		double weight = weight_of(records->width, size, weighting);
		uint32_t last = (((uint32_t)1 << size) - 1) << (records->width - size);
		for (uint32_t set = ((uint32_t)1 << size) - 1; set <= last; set = next_set(set)) {
			mark_unique(unique, &slots, records, chosen, list_keys(chosen, set));
			take_set(suda, found, unique, set, chosen, size, weight);
		}
	}
	for (size_t i = 0; i < records->count; i++)
		free(found[i].sets);
	free(found);
	free(unique);
	free(slots.first);
	free(slots.again);
	free(slots.of);
	return true;
}

void suda_release(struct suda *suda)
{
	free(suda->scores);
	free(suda->smallest);
	free(suda->fewest);
	free(suda->contribution);
	*suda = (struct suda){ 0 };
}

static double match_of(size_t *uniques, const struct key_records *records, double fraction)
{
	size_t all[SUDA_KEYS], paired = 0;
	*uniques = 0;
	for (size_t k = 0; k < records->width; k++)
		all[k] = k;
	struct equivalence *classes = equivalence_new(records, all, records->width, KEY_MISSING_VALUE);
	for (size_t g = 0; g < equivalence_group_count(classes); g++) {
		*uniques += equivalence_people(classes, g) == 1;
		paired += equivalence_people(classes, g) == 2 ? 2 : 0;
	}
	equivalence_free(classes);
	double found = (double)*uniques * fraction;
	return *uniques ? found / (found + (double)paired * (1 - fraction)) : 0;
}

double suda_match(const struct key_records *records, double fraction)
{
	size_t uniques;
	return match_of(&uniques, records, fraction);
}

double suda_dis(double *dis, const struct suda *suda, const struct key_records *records, double fraction)
{
	size_t uniques;
	double value = match_of(&uniques, records, fraction);
	double power = 1 + (8 - (double)records->width) / 20;
	long double sum = 0;
	for (size_t i = 0; i < suda->records; i++)
		if (suda->scores[i] > 0)
			sum += powl(suda->scores[i], -power);
	for (size_t i = 0; i < suda->records; i++) {
		double share = suda->scores[i] > 0 ? pow(suda->scores[i], power) * (double)sum : 0;
		dis[i] = share > 0 && value > 0 ? 1 / (1 + ((double)uniques / value - (double)uniques) / share) : 0;
	}
	return value;
}
