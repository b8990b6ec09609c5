#include "weighing.h"

#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"

struct weighed {
	double weight;
	size_t record;
};

static int compare_weighed(const void *a, const void *b)
{
	const struct weighed *one = a, *other = b;
	if (one->weight != other->weight)
		return one->weight < other->weight ? -1 : 1;
	return (one->record > other->record) - (one->record < other->record);
}

/* Whether the records from `from` to before `to` have two values of each key, where the file has two. */
static bool is_mixed(const struct weighed *weighed, size_t from, size_t to, const int *codes, size_t width,
                     const bool *varies)
{
	for (size_t k = 0; k < width; k++) {
		bool mixed = !varies[k];
		int first = 0;
		for (size_t i = from; i < to && !mixed; i++) {
			int code = codes[weighed[i].record * width + k];
			mixed = code && first && code != first;
			first = code ? code : first;
		}
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

void weighing_average(double *weights, size_t count, size_t least, const int *codes, size_t width)
{
	struct weighed *weighed = mem_alloc(count, sizeof *weighed);
	size_t *starts = mem_alloc(count + 1, sizeof *starts), groups = 0;
	bool *varies = mem_alloc(width, sizeof *varies);
	for (size_t i = 0; i < count; i++)
		weighed[i] = (struct weighed){ weights[i], i };
	mem_sort(weighed, count, sizeof *weighed, compare_weighed);
	for (size_t k = 0; k < width; k++)
		for (size_t i = 0, first = 0; i < count && !varies[k]; i++) {
			size_t code = (size_t)codes[i * width + k];
			varies[k] = code && first && code != first;
			first = code ? code : first;
		}
	for (size_t i = 1; i <= count; i++) {
		if (i < count && (weighed[i].weight == weighed[i - 1].weight || i - starts[groups] < least))
			continue;
		if (is_mixed(weighed, starts[groups], i, codes, width, varies) && i - starts[groups] >= least)
			starts[++groups] = i;
	}
	if (groups > 0)
		starts[groups] = count; /* who is left over goes with the last */
	else
		starts[groups = count > 0] = count;
	for (size_t g = 0; g < groups; g++)
		average(weights, weighed, starts[g], starts[g + 1]);
	free(weighed);
	free(starts);
	free(varies);
}
