#include "universe_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"

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
	store_bind_known(row, ":n", cell->n);
	store_bind_known(row, ":key", cell->key);
	store_bind_known(row, ":least", cell->least);
	store_bind_known(row, ":most", cell->most);
}

const char *const universe_relation_words[UNIVERSE_RELATION_KINDS] = {
	[RELATION_SUM] = "sum", [RELATION_CONTAINS] = "contains"
};
const char *const universe_status_words[UNIVERSE_STATUSES] = {
	[RESULT_OK] = "ok", [RESULT_REFUSED] = "refused", [RESULT_HIDDEN] = "hidden"
};

static void bind_relation(sqlite3_stmt *row, const struct universe *universe, size_t i)
{
	bind_count(row, ":id", i + 1);
	store_bind_text(row, ":kind", universe_relation_words[universe->relations[i].kind]);
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
	bind_real(row, ":largest1", measure->largest[0]);
	bind_real(row, ":largest2", measure->largest[1]);
	bind_real(row, ":largest3", measure->largest[2]);
	store_bind_integer(row, ":whole", measure->whole);
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
	store_bind_text(row, ":status", universe_status_words[result->status]);
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
static const char insert_cell[] = "INSERT INTO cell VALUES (:id, :unit, :condition, :n, :key, :least, :most)";
static const char insert_relation[] = "INSERT INTO relation VALUES (:id, :kind, :parent)";
static const char insert_measure[] =
	"INSERT INTO measure VALUES (:id, :cell, :variable, :least, :most, :total, :largest1, :largest2, :largest3, :whole)";
static const char insert_label[] = "INSERT INTO label VALUES (:kind, :name, :label)";

bool universe_store(const struct universe *universe, struct store *store, struct error *err)
{
	bool ok = store_rows(universe, store, insert_unit, universe->unit_count, bind_unit, err)
	          && store_rows(universe, store, insert_cell, universe->cell_count, bind_cell, err)
	          && store_rows(universe, store, insert_relation, universe->relation_count, bind_relation, err)
	          && store_parts(universe, store, err)
	          && store_rows(universe, store, insert_measure, universe->measure_count, bind_measure, err)
	          && store_rows(universe, store, sql_universe_result, universe->result_count, bind_result, err)
	          && store_rests(universe, store, err)
	          && store_rows(universe, store, sql_universe_figure, universe->figure_count, bind_figure, err)
	          && store_rows(universe, store, sql_universe_arrangement, universe->arrangement_count,
	                        bind_arrangement, err)
	          && store_rows(universe, store, insert_label, universe->label_count, bind_label, err);
	for (size_t i = 0; ok && i < universe->arrangement_count; i++)
		ok = store_arranged(&universe->arrangements[i], i + 1, store, err);
	return ok;
}
