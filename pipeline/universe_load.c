#include "universe_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"

/* Reading: each takes one row, and returns false where it cannot follow what was read before it. */

static const char *column_text(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

static double column_real(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

/* -1 for NULL. */
static long long column_known(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, column);
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
	return column_is(row, 0, id) && name && plural && !universe_key_find(universe->private->units, name)
	       && universe_unit(universe, name, plural, sqlite3_column_int(row, 3), sqlite3_column_int(row, 4)) == id;
}

static bool take_cell(struct universe *universe, sqlite3_stmt *row)
{
	size_t id = universe->cell_count + 1, unit = column_id(row, 1, universe->unit_count);
	const char *condition = column_text(row, 2);
	long long n = column_known(row, 3), key = column_known(row, 4), least = column_known(row, 5),
		  most = column_known(row, 6);
	if (!column_is(row, 0, id) || !unit || !condition || n < -1 || key < -1 || key >= UNIVERSE_KEYS || least < -1
	    || most < least || (least < 0 && most >= 0) || universe_find(universe, condition)
	    || universe_cell(universe, unit, condition, n) != id)
		return false;
	if (key >= 0)
		universe_cell_key(universe, id, (int)key);
	if (least >= 0)
		universe_cell_known(universe, id, least, most);
	return true;
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
		.kind = strcmp(kind, universe_relation_words[RELATION_CONTAINS]) == 0 ? RELATION_CONTAINS
		                                                                      : RELATION_SUM,
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
	universe_add_id(&universe->parts, &universe->part_count, &universe->private->part_capacity, part);
	return part != relation->parent;
}

/* Once the parts are there. */
static bool know_relations(struct universe *universe)
{
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		if (relation->part_count == 0 || !universe_relation_holds(universe, relation))
			return false;
		char *key = universe_relation_key(universe, relation);
		bool is_new = !universe_key_find(universe->private->relations, key);
		if (is_new)
			universe_key_add(&universe->private->relations, key, i + 1);
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
	if (!column_is(row, 0, id) || !cell || !variable
	    || universe_measure(universe, cell, variable, column_real(row, 3), column_real(row, 4), column_real(row, 5))
	               != id)
		return false;
	double largest[UNIVERSE_LARGEST];
	for (int i = 0; i < UNIVERSE_LARGEST; i++)
		largest[i] = column_real(row, 6 + i);
	universe_measure_largest(universe, id, largest);
	if (sqlite3_column_int(row, 6 + UNIVERSE_LARGEST))
		universe_measure_whole(universe, id);
	return true;
}

static bool take_result(struct universe *universe, sqlite3_stmt *row)
{
	const char *status = column_text(row, 11);
	size_t kind = 0;
	while (status && kind < COUNT(universe_status_words) && strcmp(status, universe_status_words[kind]) != 0)
		kind++;
	if (!column_is(row, 0, universe->result_count + 1) || !status || kind == COUNT(universe_status_words))
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
	universe_new_result(universe, &result);
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
	universe_add_id(&universe->rests, &universe->rest_count, &universe->private->rest_capacity, cell);
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
	universe_add_id(&universe->rests_measures, &universe->rest_measure_count,
	                &universe->private->rest_measure_capacity, measure);
	return true;
}

/* Not through universe_figure: that adds to the newest result, and here all results stand already. Figures come by
 * result. */
static bool take_figure(struct universe *universe, sqlite3_stmt *row)
{
	struct universe_private *private = universe->private;
	struct figure figure = {
		.result = column_id(row, 1, universe->result_count),
		.name = universe_keep(universe, column_text(row, 2)),
		.decimals = sqlite3_column_int(row, 3),
		.value = column_real(row, 4),
		.printed = universe_keep(universe, column_text(row, 5)),
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
static const char read_cell[] = "SELECT cell, unit, condition, n, key, least, most FROM cell ORDER BY cell";
static const char read_relation[] = "SELECT relation, kind, parent FROM relation ORDER BY relation";
static const char read_part[] = "SELECT relation, cell FROM part ORDER BY relation, cell";
static const char read_measure[] =
	"SELECT measure, cell, variable, least, most, total, largest1, largest2, largest3, whole FROM measure ORDER BY measure";
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
	          && load_rows(read, store, sql_universe_read_result, take_result, err)
	          && load_rows(read, store, read_rest, take_rest, err)
	          && load_rows(read, store, read_rest_measure, take_rest_measure, err)
	          && load_rows(read, store, sql_universe_read_figure, take_figure, err)
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
