#include "cell.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "embedded.h"
#include "mem.h"

/* What has this key has this id. Never walked: the order of a hash is no order. */
struct key {
	UT_hash_handle hh;
	size_t id;
	char text[];
};

struct universe_private {
	struct mem_arena *strings;
	struct key *units, *cells, *relations, *measures, *arrangements, *labels;
	size_t unit_capacity, cell_capacity, relation_capacity, part_capacity, measure_capacity, result_capacity,
		rest_capacity, rest_measure_capacity, figure_capacity, arrangement_capacity, label_capacity;
};

static size_t key_find(struct key *keys, const char *text)
{
	struct key *key = NULL;
	HASH_FIND(hh, keys, text, strlen(text), key);
	return key ? key->id : 0;
}

static void key_add(struct key **keys, const char *text, size_t id)
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

static const char *keep(struct universe *universe, const char *text)
{
	return mem_arena_copy(universe->private->strings, text);
}

size_t universe_unit(struct universe *universe, const char *name, const char *plural, bool confidential, int threshold)
{
	struct universe_private *private = universe->private;
	size_t id = key_find(private->units, name);
	if (id) {
		assert(universe->units[id - 1].confidential == confidential
		       && universe->units[id - 1].threshold == threshold);
		return id;
	}
	universe->units =
		mem_grow(universe->units, universe->unit_count, &private->unit_capacity, sizeof *universe->units);
	universe->units[universe->unit_count++] = (struct unit){ .name = keep(universe, name),
		                                                 .plural = keep(universe, plural),
		                                                 .confidential = confidential,
		                                                 .threshold = threshold };
	key_add(&private->units, name, universe->unit_count);
	return universe->unit_count;
}

size_t universe_cell(struct universe *universe, size_t unit, const char *condition, long long n)
{
	struct universe_private *private = universe->private;
	assert(unit >= 1 && unit <= universe->unit_count && n >= -1);
	size_t id = key_find(private->cells, condition);
	if (id) {
		assert(universe->cells[id - 1].unit == unit && universe->cells[id - 1].n == n);
		return id;
	}
	universe->cells =
		mem_grow(universe->cells, universe->cell_count, &private->cell_capacity, sizeof *universe->cells);
	universe->cells[universe->cell_count++] =
		(struct cell){ .unit = unit, .condition = keep(universe, condition), .n = n };
	key_add(&private->cells, condition, universe->cell_count);
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
	return key_find(universe->private->cells, condition);
}

size_t universe_measure(struct universe *universe, size_t cell, const char *variable, double least, double most,
                        double total)
{
	struct universe_private *private = universe->private;
	assert(cell >= 1 && cell <= universe->cell_count);
	char *key = mem_print("%zu %s", cell, variable);
	size_t id = key_find(private->measures, key);
	if (!id) {
		universe->measures = mem_grow(universe->measures, universe->measure_count, &private->measure_capacity,
		                              sizeof *universe->measures);
		universe->measures[universe->measure_count++] = (struct measure){
			.cell = cell, .variable = keep(universe, variable), .least = least, .most = most, .total = total
		};
		id = universe->measure_count;
		key_add(&private->measures, key, id);
	}
	free(key);
	return id;
}

static int compare_ids(const void *a, const void *b)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	return (left > right) - (left < right);
}

static void add_id(size_t **ids, size_t *count, size_t *capacity, size_t id)
{
	*ids = mem_grow(*ids, *count, capacity, sizeof **ids);
	(*ids)[(*count)++] = id;
}

/* Append ids in ascending order, each once; the number appended. */
static size_t add_sorted(size_t **ids, size_t *count, size_t *capacity, const size_t *new_ids, size_t new_count)
{
	size_t first = *count;
	for (size_t i = 0; i < new_count; i++)
		add_id(ids, count, capacity, new_ids[i]);
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
static bool relation_holds(const struct universe *universe, const struct relation *relation)
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

static char *relation_key(const struct universe *universe, const struct relation *relation)
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
	assert(relation_holds(universe, &relation));

	char *key = relation_key(universe, &relation);
	if (key_find(private->relations, key)) {
		universe->part_count = relation.first_part;
	} else {
		universe->relations = mem_grow(universe->relations, universe->relation_count,
		                               &private->relation_capacity, sizeof *universe->relations);
		universe->relations[universe->relation_count++] = relation;
		key_add(&private->relations, key, universe->relation_count);
	}
	free(key);
}

/* With the texts of `result` copied, and resting on nothing yet. */
static struct result *new_result(struct universe *universe, const struct result *result)
{
	struct universe_private *private = universe->private;
	universe->results = mem_grow(universe->results, universe->result_count, &private->result_capacity,
	                             sizeof *universe->results);
	struct result *added = &universe->results[universe->result_count++];
	*added = (struct result){
		.analysis = keep(universe, result->analysis),
		.dataset = keep(universe, result->dataset),
		.statistic = keep(universe, result->statistic),
		.outcome = keep(universe, result->outcome),
		.category = keep(universe, result->category),
		.area = keep(universe, result->area),
		.across = keep(universe, result->across),
		.comparator = keep(universe, result->comparator),
		.method = keep(universe, result->method),
		.weight = keep(universe, result->weight),
		.level = result->level,
		.family = keep(universe, result->family),
		.family_size = result->family_size,
		.has_seed = result->has_seed,
		.seed = result->seed,
		.status = result->status,
		.reason = keep(universe, result->reason),
		.flags = keep(universe, result->flags),
		.denominator = keep(universe, result->denominator),
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

	struct result *added = new_result(universe, result);
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
	added->name = keep(universe, figure->name);
	added->printed = keep(universe, figure->printed);
	return universe->figure_count;
}

size_t universe_arrangement(struct universe *universe, const char *name, const char *kind, const char *analysis,
                            const char *title, const char *base, const char *method)
{
	struct universe_private *private = universe->private;
	assert(!key_find(private->arrangements, name));
	universe->arrangements = mem_grow(universe->arrangements, universe->arrangement_count,
	                                  &private->arrangement_capacity, sizeof *universe->arrangements);
	universe->arrangements[universe->arrangement_count++] = (struct arrangement){
		.name = keep(universe, name),
		.kind = keep(universe, kind),
		.analysis = keep(universe, analysis),
		.title = keep(universe, title),
		.base = keep(universe, base),
		.method = keep(universe, method),
	};
	key_add(&private->arrangements, name, universe->arrangement_count);
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
	to->columns[to->column_count++] =
		(struct arrangement_column){ .heading = keep(universe, heading), .unit = keep(universe, unit) };
	return to->column_count;
}

size_t universe_line(struct universe *universe, size_t arrangement, const char *heading, const char *code,
                     const char *kind)
{
	struct arrangement *to = arrangement_at(universe, arrangement);
	to->lines = mem_grow(to->lines, to->line_count, &to->line_capacity, sizeof *to->lines);
	to->lines[to->line_count++] = (struct arrangement_line){ .heading = keep(universe, heading),
		                                                 .code = keep(universe, code),
		                                                 .kind = keep(universe, kind) };
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
	to->notes[to->note_count++] = keep(universe, words);
}

void universe_label(struct universe *universe, const char *kind, const char *name, const char *label)
{
	struct universe_private *private = universe->private;
	char *key = mem_print("%s %s", kind, name);
	if (!key_find(private->labels, key)) {
		universe->labels = mem_grow(universe->labels, universe->label_count, &private->label_capacity,
		                            sizeof *universe->labels);
		universe->labels[universe->label_count++] = (struct label){ .kind = keep(universe, kind),
			                                                    .name = keep(universe, name),
			                                                    .label = keep(universe, label) };
		key_add(&private->labels, key, universe->label_count);
	}
	free(key);
}

const char *universe_label_of(const struct universe *universe, const char *kind, const char *name)
{
	char *key = mem_print("%s %s", kind, name);
	size_t id = key_find(universe->private->labels, key);
	free(key);
	return id ? universe->labels[id - 1].label : NULL;
}

/* Writing: one row of one table at a time. */

static void bind_count(sqlite3_stmt *statement, const char *name, size_t value)
{
	store_bind_integer(statement, name, (long long)value);
}

static void bind_id(sqlite3_stmt *statement, const char *name, size_t id)
{
	if (id)
		bind_count(statement, name, id);
	else
		store_bind_null(statement, name);
}

static void bind_real(sqlite3_stmt *statement, const char *name, double value)
{
	if (isnan(value))
		store_bind_null(statement, name);
	else
		store_bind_real(statement, name, value);
}

static void bind_unit(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct unit *unit = &universe->units[i];
	bind_count(row, ":id", i + 1);
	store_bind_text(row, ":name", unit->name);
	store_bind_text(row, ":plural", unit->plural);
	store_bind_integer(row, ":confidential", unit->confidential);
	store_bind_integer(row, ":threshold", unit->threshold);
}

static void bind_cell(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct cell *cell = &universe->cells[i];
	bind_count(row, ":id", i + 1);
	bind_count(row, ":unit", cell->unit);
	store_bind_text(row, ":condition", cell->condition);
	if (cell->n < 0)
		store_bind_null(row, ":n");
	else
		store_bind_integer(row, ":n", cell->n);
}

static const char *const relation_words[] = { [RELATION_SUM] = "sum", [RELATION_CONTAINS] = "contains" };
static const char *const status_words[] = {
	[RESULT_OK] = "ok", [RESULT_REFUSED] = "refused", [RESULT_HIDDEN] = "hidden"
};

static void bind_relation(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	bind_count(row, ":id", i + 1);
	store_bind_text(row, ":kind", relation_words[universe->relations[i].kind]);
	bind_count(row, ":parent", universe->relations[i].parent);
}

static void bind_measure(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct measure *measure = &universe->measures[i];
	bind_count(row, ":id", i + 1);
	bind_count(row, ":cell", measure->cell);
	store_bind_text(row, ":variable", measure->variable);
	bind_real(row, ":least", measure->least);
	bind_real(row, ":most", measure->most);
	bind_real(row, ":total", measure->total);
}

static void bind_result(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct result *result = &universe->results[i];
	bind_count(row, ":id", i + 1);
	store_bind_text(row, ":analysis", result->analysis);
	store_bind_text(row, ":dataset", result->dataset);
	store_bind_text(row, ":statistic", result->statistic);
	store_bind_text(row, ":outcome", result->outcome);
	store_bind_text(row, ":category", result->category);
	store_bind_text(row, ":area", result->area);
	store_bind_text(row, ":across", result->across);
	store_bind_text(row, ":method", result->method);
	bind_real(row, ":level", result->level);
	store_bind_text(row, ":comparator", result->comparator);
	store_bind_text(row, ":weight", result->weight);
	store_bind_text(row, ":family", result->family);
	bind_id(row, ":family_size", result->family_size);
	if (result->has_seed)
		store_bind_integer(row, ":seed", result->seed);
	else
		store_bind_null(row, ":seed");
	store_bind_text(row, ":status", status_words[result->status]);
	store_bind_text(row, ":reason", result->reason);
	store_bind_text(row, ":flags", result->flags);
	store_bind_text(row, ":denominator", result->denominator);
}

static void bind_figure(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct figure *figure = &universe->figures[i];
	bind_count(row, ":id", i + 1);
	bind_count(row, ":result", figure->result);
	store_bind_text(row, ":name", figure->name);
	store_bind_integer(row, ":decimals", figure->decimals);
	bind_real(row, ":value", figure->value);
	store_bind_text(row, ":printed", figure->printed);
	bind_id(row, ":numerator", figure->numerator);
	bind_id(row, ":numerator_measure", figure->numerator_measure);
	bind_id(row, ":denominator", figure->denominator);
	bind_real(row, ":factor", figure->factor);
}

static void bind_arrangement(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	const struct arrangement *arrangement = &universe->arrangements[i];
	bind_count(row, ":id", i + 1);
	store_bind_text(row, ":name", arrangement->name);
	store_bind_text(row, ":kind", arrangement->kind);
	store_bind_text(row, ":analysis", arrangement->analysis);
	store_bind_text(row, ":title", arrangement->title);
	store_bind_text(row, ":base", arrangement->base);
	store_bind_text(row, ":method", arrangement->method);
}

static void bind_label(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	store_bind_text(row, ":kind", universe->labels[i].kind);
	store_bind_text(row, ":name", universe->labels[i].name);
	store_bind_text(row, ":label", universe->labels[i].label);
}

static bool store_rows(const struct universe *universe, struct store *store, const char *sql, size_t count,
                       void (*bind)(sqlite3_stmt *row, const struct universe *universe, size_t i), struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql, err);
	for (size_t i = 0; ok && i < count; i++) {
		bind(insert, universe, i);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool insert_members(struct store *store, sqlite3_stmt *insert, size_t owner, const size_t *members, size_t count,
                           struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		bind_count(insert, ":owner", owner);
		bind_count(insert, ":member", members[i]);
		if (!store_insert(store, insert, err))
			return false;
	}
	return true;
}

static bool store_parts(const struct universe *universe, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, "INSERT INTO part (relation, cell) VALUES (:owner, :member)", err);
	for (size_t i = 0; ok && i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		ok = insert_members(store, insert, i + 1, universe->parts + relation->first_part, relation->part_count,
		                    err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool store_rests(const struct universe *universe, struct store *store, struct error *err)
{
	sqlite3_stmt *cell = NULL, *measure = NULL;
	bool ok = store_prepare(&cell, store, "INSERT INTO rests (result, cell) VALUES (:owner, :member)", err)
	          && store_prepare(&measure, store,
	                           "INSERT INTO rests_measure (result, measure) VALUES (:owner, :member)", err);
	for (size_t i = 0; ok && i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		ok = insert_members(store, cell, i + 1, universe->rests + result->first_cell, result->cell_count, err)
		     && insert_members(store, measure, i + 1, universe->rests_measures + result->first_measure,
		                       result->measure_count, err);
	}
	sqlite3_finalize(cell);
	sqlite3_finalize(measure);
	return ok;
}

static const char insert_column[] = "INSERT INTO arrangement_column VALUES (:arrangement, :position, :heading, :unit)";
static const char insert_line[] =
	"INSERT INTO arrangement_line VALUES (:arrangement, :position, :heading, :code, :kind)";
static const char insert_entry[] = "INSERT INTO entry VALUES (:arrangement, :line, :column, :figure)";
static const char insert_note[] = "INSERT INTO note VALUES (:arrangement, :position, :words)";

static bool store_arranged(const struct arrangement *from, size_t id, struct store *store, struct error *err)
{
	sqlite3_stmt *column = NULL, *line = NULL, *entry = NULL, *note = NULL;
	bool ok = store_prepare(&column, store, insert_column, err) && store_prepare(&line, store, insert_line, err)
	          && store_prepare(&entry, store, insert_entry, err) && store_prepare(&note, store, insert_note, err);
	for (size_t i = 0; ok && i < from->column_count; i++) {
		bind_count(column, ":arrangement", id);
		bind_count(column, ":position", i + 1);
		store_bind_text(column, ":heading", from->columns[i].heading);
		store_bind_text(column, ":unit", from->columns[i].unit);
		ok = store_insert(store, column, err);
	}
	for (size_t i = 0; ok && i < from->line_count; i++) {
		bind_count(line, ":arrangement", id);
		bind_count(line, ":position", i + 1);
		store_bind_text(line, ":heading", from->lines[i].heading);
		store_bind_text(line, ":code", from->lines[i].code);
		store_bind_text(line, ":kind", from->lines[i].kind);
		ok = store_insert(store, line, err);
	}
	for (size_t i = 0; ok && i < from->entry_count; i++) {
		bind_count(entry, ":arrangement", id);
		bind_count(entry, ":line", from->entries[i].line);
		bind_count(entry, ":column", from->entries[i].column);
		bind_count(entry, ":figure", from->entries[i].figure);
		ok = store_insert(store, entry, err);
	}
	for (size_t i = 0; ok && i < from->note_count; i++) {
		bind_count(note, ":arrangement", id);
		bind_count(note, ":position", i + 1);
		store_bind_text(note, ":words", from->notes[i]);
		ok = store_insert(store, note, err);
	}
	sqlite3_finalize(column);
	sqlite3_finalize(line);
	sqlite3_finalize(entry);
	sqlite3_finalize(note);
	return ok;
}

static const char insert_unit[] = "INSERT INTO unit VALUES (:id, :name, :plural, :confidential, :threshold)";
static const char insert_cell[] = "INSERT INTO cell VALUES (:id, :unit, :condition, :n)";
static const char insert_relation[] = "INSERT INTO relation VALUES (:id, :kind, :parent)";
static const char insert_measure[] = "INSERT INTO measure VALUES (:id, :cell, :variable, :least, :most, :total)";
static const char insert_label[] = "INSERT INTO label VALUES (:kind, :name, :label)";

bool universe_store(const struct universe *universe, struct store *store, struct error *err)
{
	bool ok =
		store_rows(universe, store, insert_unit, universe->unit_count, bind_unit, err)
		&& store_rows(universe, store, insert_cell, universe->cell_count, bind_cell, err)
		&& store_rows(universe, store, insert_relation, universe->relation_count, bind_relation, err)
		&& store_parts(universe, store, err)
		&& store_rows(universe, store, insert_measure, universe->measure_count, bind_measure, err)
		&& store_rows(universe, store, sql_cell_result, universe->result_count, bind_result, err)
		&& store_rests(universe, store, err)
		&& store_rows(universe, store, sql_cell_figure, universe->figure_count, bind_figure, err)
		&& store_rows(universe, store, sql_cell_arrangement, universe->arrangement_count, bind_arrangement, err)
		&& store_rows(universe, store, insert_label, universe->label_count, bind_label, err);
	for (size_t i = 0; ok && i < universe->arrangement_count; i++)
		ok = store_arranged(&universe->arrangements[i], i + 1, store, err);
	return ok;
}

/* Reading: each takes one row, and returns false where it cannot follow what was read before it. */

static const char *column_text(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

static double column_real(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

/* An id from 1 to `count`; 0 for NULL and for what is none. */
static size_t column_id(sqlite3_stmt *row, int column, size_t count)
{
	long long id = sqlite3_column_int64(row, column);
	return id >= 1 && (unsigned long long)id <= count ? (size_t)id : 0;
}

static bool column_is(sqlite3_stmt *row, int column, size_t expected)
{
	return sqlite3_column_int64(row, column) == (long long)expected;
}

/* NULL, or an id that exists. */
static bool column_id_or_null(sqlite3_stmt *row, int column, size_t count, size_t *id)
{
	*id = column_id(row, column, count);
	return *id || sqlite3_column_type(row, column) == SQLITE_NULL;
}

static bool take_unit(struct universe *universe, sqlite3_stmt *row)
{
	size_t id = universe->unit_count + 1;
	const char *name = column_text(row, 1), *plural = column_text(row, 2);
	return column_is(row, 0, id) && name && plural && !key_find(universe->private->units, name)
	       && universe_unit(universe, name, plural, sqlite3_column_int(row, 3), sqlite3_column_int(row, 4)) == id;
}

static bool take_cell(struct universe *universe, sqlite3_stmt *row)
{
	size_t id = universe->cell_count + 1, unit = column_id(row, 1, universe->unit_count);
	const char *condition = column_text(row, 2);
	long long n = sqlite3_column_type(row, 3) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 3);
	return column_is(row, 0, id) && unit && condition && n >= -1 && !universe_find(universe, condition)
	       && universe_cell(universe, unit, condition, n) == id;
}

static bool take_relation(struct universe *universe, sqlite3_stmt *row)
{
	size_t parent = column_id(row, 2, universe->cell_count);
	const char *kind = column_text(row, 1);
	if (!column_is(row, 0, universe->relation_count + 1) || !parent || !kind)
		return false;
	universe->relations = mem_grow(universe->relations, universe->relation_count,
	                               &universe->private->relation_capacity, sizeof *universe->relations);
	universe->relations[universe->relation_count++] = (struct relation){
		.kind = strcmp(kind, relation_words[RELATION_CONTAINS]) == 0 ? RELATION_CONTAINS : RELATION_SUM,
		.parent = parent,
	};
	return true;
}

/* Rows come by relation, then cell: a relation's parts lie together. */
static bool take_part(struct universe *universe, sqlite3_stmt *row)
{
	size_t owner = column_id(row, 0, universe->relation_count), part = column_id(row, 1, universe->cell_count);
	if (!owner || !part)
		return false;
	struct relation *relation = &universe->relations[owner - 1];
	if (relation->part_count++ == 0)
		relation->first_part = universe->part_count;
	add_id(&universe->parts, &universe->part_count, &universe->private->part_capacity, part);
	return part != relation->parent;
}

/* Once the parts are there. */
static bool know_relations(struct universe *universe)
{
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		if (relation->part_count == 0 || !relation_holds(universe, relation))
			return false;
		char *key = relation_key(universe, relation);
		bool is_new = !key_find(universe->private->relations, key);
		if (is_new)
			key_add(&universe->private->relations, key, i + 1);
		free(key);
		if (!is_new)
			return false;
	}
	return true;
}

static bool take_measure(struct universe *universe, sqlite3_stmt *row)
{
	size_t id = universe->measure_count + 1, cell = column_id(row, 1, universe->cell_count);
	const char *variable = column_text(row, 2);
	return column_is(row, 0, id) && cell && variable
	       && universe_measure(universe, cell, variable, column_real(row, 3), column_real(row, 4),
	                           column_real(row, 5))
	                  == id;
}

static bool take_result(struct universe *universe, sqlite3_stmt *row)
{
	const char *status = column_text(row, 11);
	size_t kind = 0;
	while (status && kind < COUNT(status_words) && strcmp(status, status_words[kind]) != 0)
		kind++;
	if (!column_is(row, 0, universe->result_count + 1) || !status || kind == COUNT(status_words))
		return false;
	struct result result = {
		.analysis = column_text(row, 1),
		.dataset = column_text(row, 2),
		.statistic = column_text(row, 3),
		.outcome = column_text(row, 4),
		.category = column_text(row, 5),
		.area = column_text(row, 6),
		.across = column_text(row, 7),
		.method = column_text(row, 8),
		.level = column_real(row, 9),
		.weight = column_text(row, 10),
		.status = (enum result_status)kind,
		.reason = column_text(row, 12),
		.flags = column_text(row, 13),
		.denominator = column_text(row, 14),
		.comparator = column_text(row, 15),
		.family = column_text(row, 16),
		.family_size = (size_t)sqlite3_column_int64(row, 17),
		.has_seed = sqlite3_column_type(row, 18) != SQLITE_NULL,
		.seed = sqlite3_column_int64(row, 18),
	};
	new_result(universe, &result);
	return true;
}

static bool take_rest(struct universe *universe, sqlite3_stmt *row)
{
	size_t owner = column_id(row, 0, universe->result_count), cell = column_id(row, 1, universe->cell_count);
	if (!owner || !cell)
		return false;
	struct result *result = &universe->results[owner - 1];
	if (result->cell_count++ == 0)
		result->first_cell = universe->rest_count;
	add_id(&universe->rests, &universe->rest_count, &universe->private->rest_capacity, cell);
	return true;
}

static bool take_rest_measure(struct universe *universe, sqlite3_stmt *row)
{
	size_t owner = column_id(row, 0, universe->result_count), measure = column_id(row, 1, universe->measure_count);
	if (!owner || !measure)
		return false;
	struct result *result = &universe->results[owner - 1];
	if (result->measure_count++ == 0)
		result->first_measure = universe->rest_measure_count;
	add_id(&universe->rests_measures, &universe->rest_measure_count, &universe->private->rest_measure_capacity,
	       measure);
	return true;
}

/* Not through universe_figure: that adds to the newest result, and here all results stand already. Figures come by
 * result. */
static bool take_figure(struct universe *universe, sqlite3_stmt *row)
{
	struct universe_private *private = universe->private;
	struct figure figure = {
		.result = column_id(row, 1, universe->result_count),
		.name = keep(universe, column_text(row, 2)),
		.decimals = sqlite3_column_int(row, 3),
		.value = column_real(row, 4),
		.printed = keep(universe, column_text(row, 5)),
		.factor = column_real(row, 9),
	};
	size_t last = universe->figure_count ? universe->figures[universe->figure_count - 1].result : 1;
	bool ok = column_is(row, 0, universe->figure_count + 1) && figure.result >= last && figure.name
	          && column_id_or_null(row, 6, universe->cell_count, &figure.numerator)
	          && column_id_or_null(row, 7, universe->measure_count, &figure.numerator_measure)
	          && column_id_or_null(row, 8, universe->cell_count, &figure.denominator);
	universe->figures = mem_grow(universe->figures, universe->figure_count, &private->figure_capacity,
	                             sizeof *universe->figures);
	universe->figures[universe->figure_count++] = figure;
	return ok;
}

static bool take_arrangement(struct universe *universe, sqlite3_stmt *row)
{
	size_t id = universe->arrangement_count + 1;
	return column_is(row, 0, id)
	       && universe_arrangement(universe, column_text(row, 1), column_text(row, 2), column_text(row, 3),
	                               column_text(row, 4), column_text(row, 5), column_text(row, 6))
	                  == id;
}

static bool take_column(struct universe *universe, sqlite3_stmt *row)
{
	size_t to = column_id(row, 0, universe->arrangement_count);
	return to && column_is(row, 1, universe->arrangements[to - 1].column_count + 1)
	       && universe_column(universe, to, column_text(row, 2), column_text(row, 3));
}

static bool take_line(struct universe *universe, sqlite3_stmt *row)
{
	size_t to = column_id(row, 0, universe->arrangement_count);
	return to && column_is(row, 1, universe->arrangements[to - 1].line_count + 1)
	       && universe_line(universe, to, column_text(row, 2), column_text(row, 3), column_text(row, 4));
}

static bool take_entry(struct universe *universe, sqlite3_stmt *row)
{
	size_t to = column_id(row, 0, universe->arrangement_count);
	if (!to)
		return false;
	size_t line = column_id(row, 1, universe->arrangements[to - 1].line_count),
	       column = column_id(row, 2, universe->arrangements[to - 1].column_count),
	       figure = column_id(row, 3, universe->figure_count);
	if (!line || !column || !figure)
		return false;
	universe_entry(universe, to, line, column, figure);
	return true;
}

static bool take_note(struct universe *universe, sqlite3_stmt *row)
{
	size_t to = column_id(row, 0, universe->arrangement_count);
	if (!to)
		return false;
	universe_note(universe, to, column_text(row, 2));
	return true;
}

static bool take_label(struct universe *universe, sqlite3_stmt *row)
{
	universe_label(universe, column_text(row, 0), column_text(row, 1), column_text(row, 2));
	return true;
}

static bool damaged(struct store *store, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(store), 0, "its cells, results or tables contradict each other");
	error_code(err, "universe-damaged");
	return error_help(err, "make the file again with the stage that wrote it");
}

static bool load_rows(struct universe *universe, struct store *store, const char *sql,
                      bool (*take)(struct universe *universe, sqlite3_stmt *row), struct error *err)
{
	sqlite3_stmt *read = NULL;
	bool more = true;
	bool ok = store_prepare(&read, store, sql, err);
	while (ok && more) {
		ok = store_step(store, read, &more, err);
		if (ok && more && !take(universe, read))
			ok = damaged(store, err);
	}
	sqlite3_finalize(read);
	return ok;
}

static const char read_unit[] = "SELECT unit, name, plural, confidential, threshold FROM unit ORDER BY unit";
static const char read_cell[] = "SELECT cell, unit, condition, n FROM cell ORDER BY cell";
static const char read_relation[] = "SELECT relation, kind, parent FROM relation ORDER BY relation";
static const char read_part[] = "SELECT relation, cell FROM part ORDER BY relation, cell";
static const char read_measure[] = "SELECT measure, cell, variable, least, most, total FROM measure ORDER BY measure";
static const char read_rest[] = "SELECT result, cell FROM rests ORDER BY result, cell";
static const char read_rest_measure[] = "SELECT result, measure FROM rests_measure ORDER BY result, measure";
static const char read_arrangement[] =
	"SELECT arrangement, name, kind, analysis, title, base, method FROM arrangement ORDER BY arrangement";
static const char read_column[] =
	"SELECT arrangement, position, heading, unit FROM arrangement_column ORDER BY arrangement, position";
static const char read_line[] =
	"SELECT arrangement, position, heading, code, kind FROM arrangement_line ORDER BY arrangement, position";
static const char read_entry[] =
	"SELECT arrangement, line, column, figure FROM entry ORDER BY arrangement, line, column";
static const char read_note[] = "SELECT arrangement, position, words FROM note ORDER BY arrangement, position";
static const char read_label[] = "SELECT kind, name, label FROM label ORDER BY kind, name";

bool universe_load(struct universe **universe, struct store *store, struct error *err)
{
	struct universe *read = universe_new();
	bool ok = load_rows(read, store, read_unit, take_unit, err) && load_rows(read, store, read_cell, take_cell, err)
	          && load_rows(read, store, read_relation, take_relation, err)
	          && load_rows(read, store, read_part, take_part, err) && (know_relations(read) || damaged(store, err))
	          && load_rows(read, store, read_measure, take_measure, err)
	          && load_rows(read, store, sql_cell_read_result, take_result, err)
	          && load_rows(read, store, read_rest, take_rest, err)
	          && load_rows(read, store, read_rest_measure, take_rest_measure, err)
	          && load_rows(read, store, sql_cell_read_figure, take_figure, err)
	          && load_rows(read, store, read_arrangement, take_arrangement, err)
	          && load_rows(read, store, read_column, take_column, err)
	          && load_rows(read, store, read_line, take_line, err)
	          && load_rows(read, store, read_entry, take_entry, err)
	          && load_rows(read, store, read_note, take_note, err)
	          && load_rows(read, store, read_label, take_label, err);
	if (!ok) {
		universe_free(read);
		return false;
	}
	*universe = read;
	return true;
}
