#include "universe_private.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

size_t universe_key_find(struct key *keys, const char *text)
{
	struct key *key = NULL;
	HASH_FIND(hh, keys, text, strlen(text), key);
	return key ? key->id : 0;
}

void universe_key_add(struct key **keys, const char *text, size_t id)
{
	size_t length = strlen(text);
	struct key *key = mem_alloc(1, sizeof *key + length + 1);
	key->id = id;
	memcpy(key->text, text, length);
	HASH_ADD(hh, *keys, text, length, key);
}

static void keys_free(struct key **keys)
{
	struct key *key, *next;
	HASH_ITER(hh, *keys, key, next)
	{
		HASH_DEL(*keys, key);
		free(key);
	}
}

struct universe *universe_new(void)
{
	struct universe *universe = mem_alloc(1, sizeof *universe);
	universe->private = mem_alloc(1, sizeof *universe->private);
	universe->private->strings = mem_arena_new();
	return universe;
}

void universe_free(struct universe *universe)
{
	if (!universe)
		return;
	struct universe_private *private = universe->private;
	keys_free(&private->units);
	keys_free(&private->cells);
	keys_free(&private->relations);
	keys_free(&private->measures);
	keys_free(&private->arrangements);
	keys_free(&private->labels);
	for (size_t i = 0; i < universe->arrangement_count; i++) {
		free(universe->arrangements[i].columns);
		free(universe->arrangements[i].lines);
		free(universe->arrangements[i].entries);
		free(universe->arrangements[i].notes);
	}
	free(universe->units);
	free(universe->cells);
	free(universe->relations);
	free(universe->parts);
	free(universe->measures);
	free(universe->results);
	free(universe->rests);
	free(universe->rests_measures);
	free(universe->figures);
	free(universe->arrangements);
	free(universe->labels);
	mem_arena_free(private->strings);
	free(private);
	free(universe);
}

const char *universe_keep(struct universe *universe, const char *text)
{
	return mem_arena_copy(universe->private->strings, text);
}

size_t universe_unit(struct universe *universe, const char *name, const char *plural, bool confidential, int threshold)
{
	struct universe_private *private = universe->private;
	size_t id = universe_key_find(private->units, name);
	if (id) {
		assert(universe->units[id - 1].confidential == confidential
		       && universe->units[id - 1].threshold == threshold);
		return id;
	}
	universe->units =
		mem_grow(universe->units, universe->unit_count, &private->unit_capacity, sizeof *universe->units);
	universe->units[universe->unit_count++] = (struct unit){ .name = universe_keep(universe, name),
		                                                 .plural = universe_keep(universe, plural),
		                                                 .confidential = confidential,
		                                                 .threshold = threshold };
	universe_key_add(&private->units, name, universe->unit_count);
	return universe->unit_count;
}

size_t universe_cell(struct universe *universe, size_t unit, const char *condition, long long n)
{
	struct universe_private *private = universe->private;
	assert(unit >= 1 && unit <= universe->unit_count && n >= -1);
	size_t id = universe_key_find(private->cells, condition);
	if (id) {
		assert(universe->cells[id - 1].unit == unit && universe->cells[id - 1].n == n);
		return id;
	}
	universe->cells =
		mem_grow(universe->cells, universe->cell_count, &private->cell_capacity, sizeof *universe->cells);
	universe->cells[universe->cell_count++] = (struct cell){ .unit = unit,
		                                                 .condition = universe_keep(universe, condition),
		                                                 .n = n,
		                                                 .key = -1,
		                                                 .least = -1,
		                                                 .most = -1 };
	universe_key_add(&private->cells, condition, universe->cell_count);
	return universe->cell_count;
}

bool cell_names_code(const char *condition, const char *variable)
{
	static const char between[] = " & ";
	size_t length = strlen(variable);
	for (const char *term = strstr(condition, between); term; term = strstr(term, between)) {
		term += strlen(between);
		if (strncmp(term, variable, length) != 0)
			continue;
		const char *rest = term + length; /* of a derived variable, what it is made of stands in braces */
		if (*rest == '{' && strchr(rest, '}'))
			rest = strchr(rest, '}') + 1;
		if (*rest == '=' || strncmp(rest, "!=", 2) == 0)
			return true;
	}
	return false;
}

size_t universe_find(const struct universe *universe, const char *condition)
{
	return universe_key_find(universe->private->cells, condition);
}

size_t universe_measure(struct universe *universe, size_t cell, const char *variable, double least, double most,
                        double total)
{
	struct universe_private *private = universe->private;
	assert(cell >= 1 && cell <= universe->cell_count);
	char *key = mem_print("%zu %s", cell, variable);
	size_t id = universe_key_find(private->measures, key);
	if (!id) {
		universe->measures = mem_grow(universe->measures, universe->measure_count, &private->measure_capacity,
		                              sizeof *universe->measures);
		universe->measures[universe->measure_count++] = (struct measure){
			.cell = cell,
			.variable = universe_keep(universe, variable),
			.least = least,
			.most = most,
			.total = total,
			.largest = { NAN, NAN, NAN },
		};
		id = universe->measure_count;
		universe_key_add(&private->measures, key, id);
	}
	free(key);
	return id;
}

static struct cell *cell_at(struct universe *universe, size_t cell)
{
	assert(cell >= 1 && cell <= universe->cell_count);
	return &universe->cells[cell - 1];
}

void universe_cell_key(struct universe *universe, size_t cell, int key)
{
	assert(key >= 0 && key < UNIVERSE_KEYS);
	cell_at(universe, cell)->key = key;
}

void universe_cell_known(struct universe *universe, size_t cell, long long least, long long most)
{
	assert(least >= 0 && most >= least);
	cell_at(universe, cell)->least = least;
	cell_at(universe, cell)->most = most;
}

void universe_measure_whole(struct universe *universe, size_t measure)
{
	assert(measure >= 1 && measure <= universe->measure_count);
	universe->measures[measure - 1].whole = true;
}

void universe_measure_largest(struct universe *universe, size_t measure, const double largest[UNIVERSE_LARGEST])
{
	assert(measure >= 1 && measure <= universe->measure_count);
	memcpy(universe->measures[measure - 1].largest, largest, UNIVERSE_LARGEST * sizeof *largest);
}

static int compare_ids(const void *a, const void *b)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	return (left > right) - (left < right);
}

void universe_add_id(size_t **ids, size_t *count, size_t *capacity, size_t id)
{
	*ids = mem_grow(*ids, *count, capacity, sizeof **ids);
	(*ids)[(*count)++] = id;
}

/* Append ids in ascending order, each once; the number appended. */
static size_t add_sorted(size_t **ids, size_t *count, size_t *capacity, const size_t *new_ids, size_t new_count)
{
	size_t first = *count;
	for (size_t i = 0; i < new_count; i++)
		universe_add_id(ids, count, capacity, new_ids[i]);
	if (new_count)
		mem_sort(*ids + first, new_count, sizeof **ids, compare_ids);
	size_t kept = first;
	for (size_t i = first; i < *count; i++)
		if (i == first || (*ids)[i] != (*ids)[i - 1])
			(*ids)[kept++] = (*ids)[i];
	*count = kept;
	return kept - first;
}

/* The counts agree with the relation, as far as they are known. */
bool universe_relation_holds(const struct universe *universe, const struct relation *relation)
{
	long long parent = universe->cells[relation->parent - 1].n, sum = 0;
	bool known = parent >= 0;
	for (size_t i = 0; i < relation->part_count; i++) {
		long long n = universe->cells[universe->parts[relation->first_part + i] - 1].n;
		if (relation->kind == RELATION_CONTAINS && parent >= 0 && n > parent)
			return false;
		known = known && n >= 0;
		sum += n;
	}
	return relation->kind == RELATION_CONTAINS || !known || sum == parent;
}

char *universe_relation_key(const struct universe *universe, const struct relation *relation)
{
	size_t size = 24 * (relation->part_count + 2);
	char *key = mem_alloc(size, 1);
	int length = snprintf(key, size, "%d %zu", (int)relation->kind, relation->parent);
	for (size_t i = 0; i < relation->part_count; i++)
		length += snprintf(key + length, size - (size_t)length, " %zu",
		                   universe->parts[relation->first_part + i]);
	return key;
}

void universe_relation(struct universe *universe, enum relation_kind kind, size_t parent, const size_t *parts,
                       size_t count)
{
	struct universe_private *private = universe->private;
	assert(parent >= 1 && parent <= universe->cell_count && count > 0);
	for (size_t i = 0; i < count; i++)
		assert(parts[i] >= 1 && parts[i] <= universe->cell_count && parts[i] != parent);

	struct relation relation = { .kind = kind, .parent = parent, .first_part = universe->part_count };
	relation.part_count =
		add_sorted(&universe->parts, &universe->part_count, &private->part_capacity, parts, count);
	assert(relation.part_count == count);
	assert(universe_relation_holds(universe, &relation));

	char *key = universe_relation_key(universe, &relation);
	if (universe_key_find(private->relations, key)) {
		universe->part_count = relation.first_part;
	} else {
		universe->relations = mem_grow(universe->relations, universe->relation_count,
		                               &private->relation_capacity, sizeof *universe->relations);
		universe->relations[universe->relation_count++] = relation;
		universe_key_add(&private->relations, key, universe->relation_count);
	}
	free(key);
}

/* With the texts of `result` copied, and resting on nothing yet. */
struct result *universe_new_result(struct universe *universe, const struct result *result)
{
	struct universe_private *private = universe->private;
	universe->results = mem_grow(universe->results, universe->result_count, &private->result_capacity,
	                             sizeof *universe->results);
	struct result *added = &universe->results[universe->result_count++];
	*added = (struct result){
		.analysis = universe_keep(universe, result->analysis),
		.dataset = universe_keep(universe, result->dataset),
		.statistic = universe_keep(universe, result->statistic),
		.outcome = universe_keep(universe, result->outcome),
		.category = universe_keep(universe, result->category),
		.area = universe_keep(universe, result->area),
		.across = universe_keep(universe, result->across),
		.comparator = universe_keep(universe, result->comparator),
		.method = universe_keep(universe, result->method),
		.weight = universe_keep(universe, result->weight),
		.level = result->level,
		.family = universe_keep(universe, result->family),
		.family_size = result->family_size,
		.has_seed = result->has_seed,
		.seed = result->seed,
		.status = result->status,
		.reason = universe_keep(universe, result->reason),
		.flags = universe_keep(universe, result->flags),
		.denominator = universe_keep(universe, result->denominator),
		.first_cell = universe->rest_count,
		.first_measure = universe->rest_measure_count,
	};
	return added;
}

size_t universe_result(struct universe *universe, const struct result *result, const size_t *cells, size_t cell_count,
                       const size_t *measures, size_t measure_count)
{
	struct universe_private *private = universe->private;
	for (size_t i = 0; i < cell_count; i++)
		assert(cells[i] >= 1 && cells[i] <= universe->cell_count);
	for (size_t i = 0; i < measure_count; i++)
		assert(measures[i] >= 1 && measures[i] <= universe->measure_count);

	struct result *added = universe_new_result(universe, result);
	added->cell_count =
		add_sorted(&universe->rests, &universe->rest_count, &private->rest_capacity, cells, cell_count);
	added->measure_count = add_sorted(&universe->rests_measures, &universe->rest_measure_count,
	                                  &private->rest_measure_capacity, measures, measure_count);
	return universe->result_count;
}

size_t universe_figure(struct universe *universe, const struct figure *figure)
{
	struct universe_private *private = universe->private;
	assert(universe->result_count > 0 && figure->numerator <= universe->cell_count
	       && figure->numerator_measure <= universe->measure_count && figure->denominator <= universe->cell_count);
	universe->figures = mem_grow(universe->figures, universe->figure_count, &private->figure_capacity,
	                             sizeof *universe->figures);
	struct figure *added = &universe->figures[universe->figure_count++];
	*added = *figure;
	added->result = universe->result_count;
	added->name = universe_keep(universe, figure->name);
	added->printed = universe_keep(universe, figure->printed);
	return universe->figure_count;
}

size_t universe_arrangement(struct universe *universe, const char *name, const char *kind, const char *analysis,
                            const char *title, const char *base, const char *method)
{
	struct universe_private *private = universe->private;
	assert(!universe_key_find(private->arrangements, name));
	universe->arrangements = mem_grow(universe->arrangements, universe->arrangement_count,
	                                  &private->arrangement_capacity, sizeof *universe->arrangements);
	universe->arrangements[universe->arrangement_count++] = (struct arrangement){
		.name = universe_keep(universe, name),
		.kind = universe_keep(universe, kind),
		.analysis = universe_keep(universe, analysis),
		.title = universe_keep(universe, title),
		.base = universe_keep(universe, base),
		.method = universe_keep(universe, method),
	};
	universe_key_add(&private->arrangements, name, universe->arrangement_count);
	return universe->arrangement_count;
}

static struct arrangement *arrangement_at(struct universe *universe, size_t arrangement)
{
	assert(arrangement >= 1 && arrangement <= universe->arrangement_count);
	return &universe->arrangements[arrangement - 1];
}

size_t universe_column(struct universe *universe, size_t arrangement, const char *heading, const char *unit)
{
	struct arrangement *to = arrangement_at(universe, arrangement);
	to->columns = mem_grow(to->columns, to->column_count, &to->column_capacity, sizeof *to->columns);
	to->columns[to->column_count++] = (struct arrangement_column){ .heading = universe_keep(universe, heading),
		                                                       .unit = universe_keep(universe, unit) };
	return to->column_count;
}

size_t universe_line(struct universe *universe, size_t arrangement, const char *heading, const char *code,
                     const char *kind)
{
	struct arrangement *to = arrangement_at(universe, arrangement);
	to->lines = mem_grow(to->lines, to->line_count, &to->line_capacity, sizeof *to->lines);
	to->lines[to->line_count++] = (struct arrangement_line){ .heading = universe_keep(universe, heading),
		                                                 .code = universe_keep(universe, code),
		                                                 .kind = universe_keep(universe, kind) };
	return to->line_count;
}

void universe_entry(struct universe *universe, size_t arrangement, size_t line, size_t column, size_t figure)
{
	struct arrangement *to = arrangement_at(universe, arrangement);
	assert(line >= 1 && line <= to->line_count && column >= 1 && column <= to->column_count);
	assert(figure >= 1 && figure <= universe->figure_count);
	to->entries = mem_grow(to->entries, to->entry_count, &to->entry_capacity, sizeof *to->entries);
	to->entries[to->entry_count++] = (struct arrangement_entry){ .line = line, .column = column, .figure = figure };
}

void universe_note(struct universe *universe, size_t arrangement, const char *words)
{
	struct arrangement *to = arrangement_at(universe, arrangement);
	to->notes = mem_grow(to->notes, to->note_count, &to->note_capacity, sizeof *to->notes);
	to->notes[to->note_count++] = universe_keep(universe, words);
}

void universe_label(struct universe *universe, const char *kind, const char *name, const char *label)
{
	struct universe_private *private = universe->private;
	char *key = mem_print("%s %s", kind, name);
	if (!universe_key_find(private->labels, key)) {
		universe->labels = mem_grow(universe->labels, universe->label_count, &private->label_capacity,
		                            sizeof *universe->labels);
		universe->labels[universe->label_count++] = (struct label){ .kind = universe_keep(universe, kind),
			                                                    .name = universe_keep(universe, name),
			                                                    .label = universe_keep(universe, label) };
		universe_key_add(&private->labels, key, universe->label_count);
	}
	free(key);
}

const char *universe_label_of(const struct universe *universe, const char *kind, const char *name)
{
	char *key = mem_print("%s %s", kind, name);
	size_t id = universe_key_find(universe->private->labels, key);
	free(key);
	return id ? universe->labels[id - 1].label : NULL;
}
