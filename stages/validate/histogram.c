#include "histogram.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { DIGITS = 53 };

/* Cutting twice is cutting once by the larger cut, so the order of the numbers does not matter. */
static double cut_off(double value, int cut)
{
	int exponent = 0;
	double mantissa = frexp(value, &exponent);
	return ldexp(trunc(ldexp(mantissa, DIGITS - cut)), exponent - (DIGITS - cut));
}

static void cut_further(struct histogram *histogram)
{
	size_t kept = 0;
	histogram->cut++;
	for (size_t i = 0; i < histogram->count; i++) {
		struct histogram_bin bin = histogram->bins[i];
		bin.value = cut_off(bin.value, histogram->cut);
		if (kept && histogram->bins[kept - 1].value == bin.value)
			histogram->bins[kept - 1].count += bin.count;
		else
			histogram->bins[kept++] = bin;
	}
	histogram->count = kept;
}

void histogram_add(struct histogram *histogram, double value)
{
	assert(isfinite(value));
	value = cut_off(value, histogram->cut);
	size_t low = 0, high = histogram->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (histogram->bins[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < histogram->count && histogram->bins[low].value == value) {
		histogram->bins[low].count++;
		return;
	}
	histogram->bins = mem_grow(histogram->bins, histogram->count, &histogram->capacity, sizeof *histogram->bins);
	struct histogram_bin *place = &histogram->bins[low];
	memmove(place + 1, place, (histogram->count - low) * sizeof *place);
	*place = (struct histogram_bin){ .value = value, .count = 1 };
	histogram->count++;
	/* One digit alone leaves powers of 2, of which there are fewer than the most. */
	while (histogram->count > HISTOGRAM_MOST && histogram->cut < DIGITS - 1)
		cut_further(histogram);
}

/* Add to *total the bins from *at that are `value` when cut. */
static void take(long long *total, const struct histogram *histogram, size_t *at, double value, int cut)
{
	while (*at < histogram->count && cut_off(histogram->bins[*at].value, cut) == value)
		*total += histogram->bins[(*at)++].count;
}

size_t histogram_align(long long **in_a, long long **in_b, const struct histogram *a, const struct histogram *b)
{
	int cut = a->cut > b->cut ? a->cut : b->cut;
	size_t count = 0, i = 0, j = 0;
	*in_a = mem_alloc(a->count + b->count, sizeof **in_a);
	*in_b = mem_alloc(a->count + b->count, sizeof **in_b);
	for (; i < a->count || j < b->count; count++) {
		double left = i < a->count ? cut_off(a->bins[i].value, cut) : INFINITY;
		double right = j < b->count ? cut_off(b->bins[j].value, cut) : INFINITY;
		double value = left < right ? left : right;
		take(&(*in_a)[count], a, &i, value, cut);
		take(&(*in_b)[count], b, &j, value, cut);
	}
	return count;
}

void histogram_free(struct histogram *histogram)
{
	free(histogram->bins);
	*histogram = (struct histogram){ 0 };
}
