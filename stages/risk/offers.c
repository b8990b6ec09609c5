#include "offers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "local_suppression.h"
#include "number.h"
#include "reidentification.h"
#include "suda.h"
#include "text.h"

enum { MERGED_AT_MOST = 3, BANDS_TRIED = 3 };

struct making {
	struct offers *offers;
	const struct key_table *table;
	const struct study_microdata *entry;
	size_t key;
	const struct key_variable *variable;
	size_t *counts; /* by code, from 1: records */
};

/* --- what is offered --- */

static size_t count_codes(const struct making *making, const int *map)
{
	const struct key_variable *variable = making->variable;
	bool *seen = mem_alloc(variable->code_count + 1, sizeof *seen);
	size_t count = 0;
	for (size_t c = 1; c <= variable->code_count; c++)
		if (making->counts[c] && !seen[map ? map[c] : (int)c]) {
			seen[map ? map[c] : (int)c] = true;
			count++;
		}
	free(seen);
	return count;
}

static int *map_of_itself(const struct making *making)
{
	int *map = mem_alloc(making->variable->code_count + 1, sizeof *map);
	for (size_t c = 1; c <= making->variable->code_count; c++)
		map[c] = (int)c;
	return map;
}

/* Takes the map over. What changes nothing, or leaves one code, is no offer; nor is the same change twice. */
static void add(const struct making *making, char *words, int *map)
{
	struct offers *offers = making->offers;
	size_t before = count_codes(making, NULL), after = map ? count_codes(making, map) : 0;
	size_t size = (making->variable->code_count + 1) * sizeof *map;
	bool useless = map && (after == before || after < 2);
	for (size_t i = 0; i < offers->count && map && !useless; i++)
		useless = offers->offers[i].key == making->key && offers->offers[i].map
		          && memcmp(offers->offers[i].map, map, size) == 0;
	if (useless) {
		free(map);
	} else {
		offers->offers = mem_grow(offers->offers, offers->count, &offers->capacity, sizeof *offers->offers);
		offers->offers[offers->count++] = (struct offer){ .key = making->key,
			                                          .words = mem_arena_copy(offers->strings, words),
			                                          .map = map,
			                                          .codes_before = before,
			                                          .codes = after };
	}
	free(words);
}

/* Codes that stand beside each other, of those that occur. */
static void offer_neighbours(const struct making *making)
{
	const struct key_variable *variable = making->variable;
	size_t before = 0;
	for (size_t c = 1; c <= variable->code_count; c++) {
		if (!making->counts[c])
			continue;
		if (before) {
			int *map = map_of_itself(making);
			map[c] = (int)before;
			add(making,
			    mem_print("merge “%s” with “%s”", variable->codes[before - 1].label,
			              variable->codes[c - 1].label),
			    map);
		}
		before = c;
	}
}

/* The rarest that are as many as `merged` into one. */
static void offer_rarest(const struct making *making, size_t merged)
{
	const struct key_variable *variable = making->variable;
	struct text words = { 0 };
	int *map = map_of_itself(making);
	size_t first = 0;
	bool *taken = mem_alloc(variable->code_count + 1, sizeof *taken);
	for (size_t m = 0; m < merged; m++) {
		size_t rarest = 0;
		for (size_t c = 1; c <= variable->code_count; c++)
			if (making->counts[c] && !taken[c] && (!rarest || making->counts[c] < making->counts[rarest]))
				rarest = c;
		if (!rarest)
			break;
		taken[rarest] = true;
		first = first ? first : rarest;
		map[rarest] = (int)first;
		text_print(&words, "%s“%s”",
		           m == 0            ? "merge the rarest: "
		           : m + 1 == merged ? " and "
		                             : ", ",
		           variable->codes[rarest - 1].label);
	}
	free(taken);
	add(making, mem_copy_text(words.bytes ? words.bytes : ""), map);
	text_free(&words);
}

/* Everybody at one end, until they are k. */
static void offer_end(const struct making *making, bool top)
{
	const struct key_variable *variable = making->variable;
	size_t held = 0, at = 0, n = variable->code_count;
	for (size_t i = 0; i < n && held < (size_t)making->entry->k; i++) {
		at = top ? n - i : i + 1;
		held += making->counts[at];
	}
	int *map = map_of_itself(making);
	for (size_t c = 1; c <= n; c++)
		if (top ? c > at : c < at)
			map[c] = (int)at;
	add(making,
	    mem_print(top ? "top-code at %s: %s or more" : "bottom-code at %s: %s or less",
	              at ? variable->codes[at - 1].label : "", at ? variable->codes[at - 1].label : ""),
	    map);
}

/* Numbers in bands of one width, the lowest from a multiple of it. */
static void offer_bands(const struct making *making, double width)
{
	const struct key_variable *variable = making->variable;
	char text[NUMBER_TEXT_SIZE];
	int *map = map_of_itself(making);
	size_t first = 0;
	for (size_t c = 1; c <= variable->code_count; c++) {
		double value = variable->codes[c - 1].value;
		if (!first || floor(value / width) != floor(variable->codes[first - 1].value / width))
			first = c;
		map[c] = (int)first;
	}
	number_print_exact(text, width);
	add(making, mem_print("bands of %s", text), map);
}

static void offer_coarser(const struct making *making, const struct coarser *coarser)
{
	const struct key_variable *variable = making->variable;
	int *map = map_of_itself(making);
	for (size_t c = 1; c <= variable->code_count; c++)
		for (size_t b = 1; coarser->labels[c - 1] && b < c; b++)
			if (coarser->labels[b - 1] && strcmp(coarser->labels[b - 1], coarser->labels[c - 1]) == 0) {
				map[c] = (int)b;
				break;
			}
	add(making, mem_copy_text(coarser->words), map);
}

static void offer_all(const struct making *making, const struct coarser *coarser, size_t coarser_count)
{
	static const double widths[BANDS_TRIED] = { 2, 5, 10 };
	const struct key_variable *variable = making->variable;
	bool has_coarser = false;
	add(making, mem_copy_text("leave it out"), NULL);
	for (size_t i = 0; i < coarser_count; i++)
		if (coarser[i].key == making->key) {
			offer_coarser(making, &coarser[i]);
			has_coarser = true;
		}
	if (variable->number) {
		for (size_t w = 0; w < COUNT(widths); w++)
			offer_bands(making, widths[w]);
	} else if (key_variable_is_ordered(variable)) {
		offer_neighbours(making);
	} else if (!variable->area || !has_coarser) { /* areas are merged by regions, not by how rare they are */
		for (size_t merged = 2; merged <= MERGED_AT_MOST; merged++)
			offer_rarest(making, merged);
	}
	if (key_variable_is_ordered(variable)) {
		offer_end(making, true);
		offer_end(making, false);
	}
}

/* --- what it buys --- */

static bool reckon(struct offer *offer, const struct key_table *table, const struct study_microdata *entry,
                   struct error *err)
{
	size_t count = table->records.count, width = table->key_count, kept = 0, chosen[LOCAL_SUPPRESSION_KEYS];
	int *codes = mem_alloc(count * width, sizeof *codes);
	double *f = mem_alloc(count, sizeof *f), *F = mem_alloc(count, sizeof *F);
	memcpy(codes, table->codes, count * width * sizeof *codes);
	for (size_t i = 0; i < count && offer->map; i++)
		codes[i * width + offer->key] = offer->map[codes[i * width + offer->key]];
	for (size_t k = 0; k < width; k++)
		if (offer->map || k != offer->key)
			chosen[kept++] = k;
	for (size_t i = 0; i < count && !offer->map; i++)
		codes[i * width + offer->key] = 1; /* alike in everybody, for what looks at all keys */
	struct key_records records = table->records;
	records.codes = codes;
	struct equivalence *classes = equivalence_new(&records, chosen, kept, measures_missing(entry));
	struct global_risk global = { 0 };
	equivalence_frequencies(f, F, classes);
	bool ok = global_risk(&global, f, F, count)
	          || error_set(err, ERROR_FAULT, "an individual risk cannot be computed");
	for (size_t i = 0; i < count; i++) {
		offer->below += f[i] < (double)entry->k;
		offer->alone += f[i] == 1;
	}
	offer->expected = global.expected;
	offer->match = suda_match(&records, table->fraction);
	equivalence_free(classes);
	free(codes);
	free(f);
	free(F);
	return ok;
}

/* Fewer below k; then fewer that are found; then more codes left; then in the order of the keys. */
static int compare_offers(const void *a, const void *b)
{
	const struct offer *left = a, *right = b;
	if (left->below != right->below)
		return left->below < right->below ? -1 : 1;
	if (left->expected != right->expected)
		return left->expected < right->expected ? -1 : 1;
	if (left->codes != right->codes)
		return left->codes > right->codes ? -1 : 1;
	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
	return strcmp(left->words, right->words);
}

bool offers_make(struct offers *offers, const struct key_table *table, const struct study_microdata *entry,
                 const struct coarser *coarser, size_t coarser_count, struct error *err)
{
	bool ok = true;
	*offers = (struct offers){ .strings = mem_arena_new() };
	for (size_t k = 0; k < table->key_count; k++) {
		const struct key_variable *variable = &table->keys[k];
		struct making making = { offers, table, entry, k, variable, NULL };
		making.counts = mem_alloc(variable->code_count + 1, sizeof *making.counts);
		for (size_t i = 0; i < table->records.count; i++)
			making.counts[variable->answers[i]]++;
		offer_all(&making, coarser, coarser_count);
		free(making.counts);
	}
	for (size_t i = 0; ok && i < offers->count; i++)
		ok = reckon(&offers->offers[i], table, entry, err);
	mem_sort(offers->offers, offers->count, sizeof *offers->offers, compare_offers);
	return ok;
}

void offers_release(struct offers *offers)
{
	for (size_t i = 0; i < offers->count; i++)
		free(offers->offers[i].map);
	free(offers->offers);
	mem_arena_free(offers->strings);
	*offers = (struct offers){ 0 };
}
