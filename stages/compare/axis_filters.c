#include "axis.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "axis_make.h"
#include "mem.h"
#include "text.h"

static int compare_patterns(const void *a, const void *b)
{
	unsigned long long left = *(const unsigned long long *)a, right = *(const unsigned long long *)b;
	return (left > right) - (left < right);
}

/* The combinations of filters that there can be and those that occur, ascending, each once. */
static size_t all_patterns(unsigned long long **patterns, const struct subgroups *subgroups,
                           const struct sample *sample)
{
	bool told = subgroups && !(subgroups->routed && sample->count);
	size_t possible = told ? subgroups->pattern_count : sample->count ? 0 : 1;
	size_t count = sample->count + possible, kept = 0;
	unsigned long long *all = mem_alloc(count, sizeof *all);
	if (told)
		memcpy(all, subgroups->patterns, possible * sizeof *all);
	if (sample->count)
		memcpy(all + possible, sample->filters, sample->count * sizeof *all);
	mem_sort(all, count, sizeof *all, compare_patterns);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || all[i] != all[i - 1])
			all[kept++] = all[i];
	*patterns = all;
	return kept;
}

static char *pattern_term(const struct subgroups *subgroups, unsigned long long pattern)
{
	struct text term = { 0 };
	for (size_t i = 0; i < subgroups->count; i++)
		text_print(&term, "%s%sfilter:(%s)", i ? " & " : "", pattern >> i & 1 ? "" : "!", subgroups->texts[i]);
	return term.bytes;
}

static void add_filter(struct axis *axis, const char *filter, size_t index)
{
	size_t facet = axis_add_facet(axis, mem_print("filter:(%s)", filter), false);
	for (size_t p = 0; p < axis->atom_count; p++)
		if (axis->patterns[p] >> index & 1)
			axis_add_atom(axis, facet, p);
	axis_add_split(axis, AXIS_EVERYBODY, facet,
	               axis_add_complement(axis, AXIS_EVERYBODY, facet, mem_print("!filter:(%s)", filter)));
}

/* The facet that holds this position alone: a filter or what it leaves, or one of its own. */
static size_t pattern_facet(struct axis *axis, const struct subgroups *subgroups, size_t position)
{
	for (size_t f = 1; f <= 2 * subgroups->count; f++)
		if (axis->facets[f].atom_count == 1 && axis->facets[f].atoms[0] == position)
			return f;
	return axis_add_single(axis, pattern_term(subgroups, axis->patterns[position]), position);
}

/* `parent` is the sum of its positions, unless it is one of them itself. */
static void add_sum(struct axis *axis, size_t parent, const size_t *facet_of)
{
	size_t count = axis->facets[parent].atom_count;
	if (count == 0 || (count == 1 && facet_of[axis->facets[parent].atoms[0]] == parent))
		return;
	struct axis_relation *sum = axis_add_relation(axis, parent, count, false);
	for (size_t i = 0; i < count; i++)
		axis_add_part(sum, facet_of[axis->facets[parent].atoms[i]]);
}

/* Each combination, of which everybody, every filter and what it leaves is the sum. One filter alone needs none: its
 * two are it and its rest. */
static void add_patterns(struct axis *axis, const struct subgroups *subgroups)
{
	size_t *facet_of = mem_alloc(axis->atom_count, sizeof *facet_of);
	for (size_t p = 0; p < axis->atom_count; p++)
		facet_of[p] = pattern_facet(axis, subgroups, p);
	add_sum(axis, AXIS_EVERYBODY, facet_of);
	for (size_t i = 0; i < subgroups->count; i++)
		add_sum(axis, 1 + 2 * i, facet_of); /* each filter is followed by its rest */
	free(facet_of);
}

void axis_filters(struct axis *axis, const struct subgroups *subgroups, size_t own, const struct sample *sample,
                  size_t **atoms)
{
	size_t count = subgroups ? subgroups->count : 0;
	unsigned long long *patterns = NULL;
	*axis = (struct axis){ .variable = "" };
	axis_add_everybody(axis, all_patterns(&patterns, subgroups, sample));
	axis->patterns = patterns;
	for (size_t i = 0; i < count; i++)
		add_filter(axis, subgroups->texts[i], i);
	if (count > 1)
		add_patterns(axis, subgroups);
	axis->filter = own < count ? 1 + 2 * own : AXIS_EVERYBODY;

	*atoms = mem_alloc(sample->count, sizeof **atoms);
	for (size_t i = 0; i < sample->count; i++) {
		const unsigned long long *at =
			bsearch(&sample->filters[i], patterns, axis->atom_count, sizeof *patterns, compare_patterns);
		(*atoms)[i] = (size_t)(at - patterns);
	}
}

void axis_tell(struct axis *axis, const struct dataset_variable *variable, const struct subgroups *subgroups)
{
	const struct subgroups_told *told = &subgroups->told[variable - subgroups->dataset->variables];
	size_t codes = variable->code_count;
	if (!told->read)
		return;
	axis->read = told->read;
	axis->holds = mem_alloc(axis->atom_count, sizeof *axis->holds);
	for (size_t atom = 0; atom < axis->atom_count; atom++)
		axis->holds[atom] = told->holds[atom < codes ? atom : codes];
}
