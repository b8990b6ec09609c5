#include "weighing.h"

#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"

struct weighed {
	double weight;
	size_t record;
};

struct keys {
	const int *codes;
	size_t width;
	unsigned hidden;
};

static int code_of(const struct keys *keys, const struct weighed *weighed, size_t key)
{
	return keys->codes[weighed->record * keys->width + key];
}

static int compare_weighed(const void *a, const void *b)
{
	const struct weighed *one = a, *other = b;
	if (one->weight != other->weight)
		return one->weight < other->weight ? -1 : 1;
	return (one->record > other->record) - (one->record < other->record);
}

/* Whether the records from `from` to before `to` have two values of each key, where the file has two. */
static bool is_mixed(const struct weighed *weighed, size_t from, size_t to, const struct keys *keys,
                     const bool *varies)
{
	for (size_t k = 0; k < keys->width; k++) {
		bool mixed = !varies[k];
		for (size_t i = from + 1; i < to && !mixed; i++)
			mixed = code_of(keys, &weighed[i], k) != code_of(keys, &weighed[from], k);
		if (!mixed)
			return false;
	}
	return true;
}

static void average(double *weights, const struct weighed *weighed, size_t from, size_t to)
{
	long double sum = 0;
	for (size_t i = from; i < to; i++)
		sum += weighed[i].weight;
	for (size_t i = from; i < to; i++)
		weights[weighed[i].record] = (double)(sum / (long double)(to - from));
}

/* --- those of whom nothing was blanked --- */

static void average_groups(double *weights, struct weighed *weighed, size_t count, size_t least, const struct keys *keys)
{
	size_t *starts = mem_alloc(count + 1, sizeof *starts), groups = 0;
	bool *varies = mem_alloc(keys->width, sizeof *varies);
	mem_sort(weighed, count, sizeof *weighed, compare_weighed);
	for (size_t k = 0; k < keys->width; k++)
		for (size_t i = 1; i < count && keys->hidden >> k & 1 && !varies[k]; i++)
			varies[k] = code_of(keys, &weighed[i], k) != code_of(keys, &weighed[0], k);
	for (size_t i = 1; i <= count; i++) {
		if (i < count && (weighed[i].weight == weighed[i - 1].weight || i - starts[groups] < least))
			continue;
		if (is_mixed(weighed, starts[groups], i, keys, varies) && i - starts[groups] >= least)
			starts[++groups] = i;
	}
	if (groups > 0)
		starts[groups] = count; /* who is left over goes with the last */
	else
		starts[groups = count > 0] = count;
	for (size_t g = 0; g < groups; g++)
		average(weights, weighed, starts[g], starts[g + 1]);
	free(starts);
	free(varies);
}

/* --- and the others --- */

/* A record by what is never blanked of it. */
struct placed {
	const struct keys *keys;
	size_t record;
	bool missing; /* a hidden key */
};

static int compare_shown(const struct placed *one, const struct placed *other)
{
	const struct keys *keys = one->keys;
	for (size_t k = 0; k < keys->width; k++) {
		int left = keys->codes[one->record * keys->width + k];
		int right = keys->codes[other->record * keys->width + k];
		if (!(keys->hidden >> k & 1) && left != right)
			return left < right ? -1 : 1;
	}
	return 0;
}

static int compare_placed(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = compare_shown(one, other);
	return order ? order : (one->record > other->record) - (one->record < other->record);
}

struct mean {
	long double sum;
	size_t count;
};

static struct mean mean_of(const double *weights, const struct placed *placed, size_t from, size_t to, bool missing)
{
	struct mean mean = { 0 };
	for (size_t i = from; i < to; i++)
		if (placed[i].missing == missing) {
			mean.sum += weights[placed[i].record];
			mean.count++;
		}
	return mean;
}

static void average_others(double *weights, struct placed *placed, size_t count, size_t least)
{
	struct mean all = mean_of(weights, placed, 0, count, false);
	if (all.count < least) {
		struct mean others = mean_of(weights, placed, 0, count, true);
		all = (struct mean){ all.sum + others.sum, all.count + others.count };
	}
	mem_sort(placed, count, sizeof *placed, compare_placed);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && compare_shown(&placed[from], &placed[to]) == 0;)
			to++;
		struct mean mean = mean_of(weights, placed, from, to, false);
		if (mean.count < least)
			mean = all;
		for (size_t i = from; i < to; i++)
			if (placed[i].missing)
				weights[placed[i].record] = (double)(mean.sum / (long double)mean.count);
	}
}

void weighing_average(double *weights, size_t count, size_t least, const int *codes, size_t width, unsigned hidden)
{
	const struct keys keys = { codes, width, hidden };
	struct weighed *weighed = mem_alloc(count, sizeof *weighed);
	struct placed *placed = mem_alloc(count, sizeof *placed);
	size_t whole = 0;
	for (size_t i = 0; i < count; i++) {
		placed[i] = (struct placed){ &keys, i, false };
		for (size_t k = 0; k < width; k++)
			placed[i].missing = placed[i].missing || (hidden >> k & 1 && codes[i * width + k] == 0);
		if (!placed[i].missing)
			weighed[whole++] = (struct weighed){ weights[i], i };
	}
	average_groups(weights, weighed, whole, least, &keys);
	average_others(weights, placed, count, least);
	free(weighed);
	free(placed);
}
