#include "ledger.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crossing.h"
#include "embedded.h"
#include "ledger_file.h"
#include "mem.h"
#include "provenance.h"
#include "store.h"
#include "text.h"

struct ledger {
	struct store *store; /* NULL: nothing was released yet */
	long long version;   /* of its format */
	size_t count;
	struct mem_arena *conditions; /* of what was judged */
};

bool ledger_open(struct ledger **ledger, const char *path, struct error *err)
{
	struct ledger *opened = mem_alloc(1, sizeof *opened);
	opened->conditions = mem_arena_new();
	long long count = 0;
	bool there = path && (access(path, F_OK) == 0 || errno != ENOENT);
	bool ok = !there
	          || (ledger_file_open(&opened->store, &opened->version, path, err)
	              && store_read_integer(opened->store, "SELECT count(*) FROM released", 0, &count, err));
	if (!ok) {
		ledger_close(opened);
		return false;
	}
	opened->count = (size_t)count;
	*ledger = opened;
	return true;
}

void ledger_close(struct ledger *ledger)
{
	if (!ledger)
		return;
	store_close(ledger->store);
	mem_arena_free(ledger->conditions);
	free(ledger);
}

size_t ledger_count(const struct ledger *ledger)
{
	return ledger->count;
}

const char *ledger_path(const struct ledger *ledger)
{
	return ledger->store ? store_path(ledger->store) : NULL;
}

/* Of whom each dataset is now, and so which names of the ledger are those of other people. */
static bool name_people(struct ledger *ledger, struct store *withheld, struct error *err)
{
	sqlite3_stmt *read = NULL, *write = NULL;
	bool more = false;
	bool ok = store_run(ledger->store, sql_audit_ledger_named, err)
	          && store_prepare(&read, withheld, sql_audit_people, err)
	          && store_prepare(&write, ledger->store, "INSERT INTO now VALUES (:dataset, :population)", err);
	while (ok && (ok = store_step(withheld, read, &more, err)) && more) {
		store_bind_text(write, ":dataset", (const char *)sqlite3_column_text(read, 0));
		store_bind_text(write, ":population", (const char *)sqlite3_column_text(read, 1));
		ok = store_insert(ledger->store, write, err);
	}
	sqlite3_finalize(read);
	sqlite3_finalize(write);
	return ok && (ledger->version < 2 || store_run(ledger->store, sql_audit_ledger_naming, err));
}

/* A release that does not say of whom each dataset was is only known to be of the same people where all of it is. */
static bool check_unnamed(struct ledger *ledger, const char *population, struct error *err)
{
	sqlite3_stmt *other = NULL;
	bool row = false;
	bool ok = store_prepare(&other, ledger->store,
	                        ledger->version < 2 ? sql_audit_ledger_population_1 : sql_audit_ledger_population, err);
	if (ok) {
		store_bind_text(other, ":population", population ? population : "unknown");
		ok = store_step(ledger->store, other, &row, err);
	}
	if (ok && row) {
		error_at(err, ERROR_REFUSED, store_path(ledger->store), 0,
		         "release %lld was made from other records than this one, and does not say in which dataset",
		         sqlite3_column_int64(other, 0));
		error_code(err, "audit-population");
		ok = error_help(err,
		                "rebuild from the records of that release and publish only what they can show; where "
		                "records had to change, ask the data steward whether the earlier release is withdrawn");
	}
	sqlite3_finalize(other);
	return ok;
}

struct store *ledger_records(const struct ledger *ledger)
{
	return ledger->version >= 3 ? ledger->store : NULL;
}

bool ledger_tell_people(struct ledger *ledger, struct store *withheld, struct error *err)
{
	char *population = NULL;
	bool ok = !ledger->store
	          || (name_people(ledger, withheld, err) && provenance_read(&population, withheld, "population", err)
	              && check_unnamed(ledger, population, err));
	free(population);
	return ok;
}

bool ledger_tell_corrected(struct ledger *ledger, bool *renamed, struct error *err)
{
	long long before = 0, after = 0;
	*renamed = false;
	if (!ledger->store || ledger->version < 2)
		return true;
	bool ok = store_read_integer(ledger->store, sql_audit_ledger_names, 0, &before, err)
	          && store_run(ledger->store, sql_audit_ledger_corrected, err)
	          && store_read_integer(ledger->store, sql_audit_ledger_names, 0, &after, err);
	*renamed = ok && after > before;
	return ok;
}

/* A column of text that the schema says is there. */
static const char *text_at(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	return text ? text : "";
}

bool ledger_check_crossing(struct ledger *ledger, const struct universe *withheld, struct error *err)
{
	if (!ledger->store)
		return true;
	struct crossing *crossing = crossing_new();
	sqlite3_stmt *conditions = NULL, *known = NULL, *measures = NULL;
	bool row = false;
	for (size_t i = 0; i < withheld->cell_count; i++)
		crossing_condition(crossing, CROSSING_NOW, withheld->cells[i].condition);
	for (size_t i = 0; i < withheld->measure_count; i++)
		crossing_measure(crossing, CROSSING_NOW, withheld->cells[withheld->measures[i].cell - 1].condition,
		                 withheld->measures[i].variable);
	bool ok = store_prepare(&conditions, ledger->store, sql_audit_ledger_conditions, err)
	          && store_prepare(&measures, ledger->store, "SELECT condition, variable FROM measured", err);
	while (ok && (ok = store_step(ledger->store, conditions, &row, err)) && row)
		crossing_condition(crossing, CROSSING_EARLIER, text_at(conditions, 0));
	if (ok && ledger->version >= 2)
		ok = store_prepare(&known, ledger->store, sql_audit_ledger_known, err);
	while (ok && known && (ok = store_step(ledger->store, known, &row, err)) && row)
		crossing_condition(crossing, CROSSING_EARLIER, text_at(known, 0));
	while (ok && (ok = store_step(ledger->store, measures, &row, err)) && row)
		crossing_measure(crossing, CROSSING_EARLIER, text_at(measures, 0), text_at(measures, 1));
	sqlite3_finalize(conditions);
	sqlite3_finalize(known);
	sqlite3_finalize(measures);
	ok = ok && crossing_check(crossing, err);
	crossing_free(crossing);
	return ok;
}

static double real_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

/* Run `take` on each row of a query over the ledger. */
static bool each_row(struct ledger *ledger, const char *sql, void (*take)(struct attacker *, sqlite3_stmt *),
                     struct attacker *attacker, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false;
	bool ok = store_prepare(&rows, ledger->store, sql, err);
	while (ok && (ok = store_step(ledger->store, rows, &row, err)) && row)
		take(attacker, rows);
	sqlite3_finalize(rows);
	return ok;
}

static void take_hidden(struct attacker *attacker, sqlite3_stmt *row)
{
	attacker_cell(attacker, text_at(row, 0), sqlite3_column_double(row, 1), INFINITY);
}

static void take_known(struct attacker *attacker, sqlite3_stmt *row)
{
	bool open = sqlite3_column_type(row, 2) == SQLITE_NULL;
	attacker_cell(attacker, text_at(row, 0), sqlite3_column_double(row, 1),
	              open ? INFINITY : sqlite3_column_double(row, 2));
}

static void take_measured(struct attacker *attacker, sqlite3_stmt *row)
{
	size_t cell = attacker_cell(attacker, text_at(row, 0), 0, INFINITY);
	attacker_measure(attacker, cell, text_at(row, 1), real_at(row, 2), real_at(row, 3));
}

/* A count stands alone; anything else is a figure. */
static void take_shown(struct attacker *attacker, sqlite3_stmt *row)
{
	const char *variable = text_at(row, 1), *denominator = text_at(row, 2);
	double factor = sqlite3_column_double(row, 3), value = sqlite3_column_double(row, 4);
	int decimals = sqlite3_column_int(row, 5);
	if (!*variable && !*denominator && factor == 1 && decimals == 0) {
		attacker_cell(attacker, text_at(row, 0), value, value);
		return;
	}
	size_t numerator = attacker_cell(attacker, text_at(row, 0), 0, INFINITY);
	if (*variable)
		numerator = attacker_measure(attacker, numerator, variable, NAN, NAN);
	size_t base = *denominator ? attacker_cell(attacker, denominator, 0, INFINITY) : 0;
	attacker_figure(attacker, numerator, base, factor, value, decimals);
}

/* The parts of a relation follow each other. */
static bool teach_relations(struct ledger *ledger, struct attacker *attacker, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	size_t *parts = NULL, count = 0, capacity = 0, parent = 0;
	long long release = 0, relation = 0;
	enum relation_kind kind = RELATION_SUM;
	bool row = false;
	bool ok = store_prepare(&rows, ledger->store, sql_audit_ledger_tied, err);
	while (ok && (ok = store_step(ledger->store, rows, &row, err))) {
		bool same = row && count && sqlite3_column_int64(rows, 0) == release
		            && sqlite3_column_int64(rows, 1) == relation;
		if (count && !same) {
			attacker_relation(attacker, kind, parent, parts, count);
			count = 0;
		}
		if (!row)
			break;
		release = sqlite3_column_int64(rows, 0);
		relation = sqlite3_column_int64(rows, 1);
		kind = strcmp(text_at(rows, 2), "contains") == 0 ? RELATION_CONTAINS : RELATION_SUM;
		parent = attacker_cell(attacker, text_at(rows, 3), 0, INFINITY);
		parts = mem_grow(parts, count, &capacity, sizeof *parts);
		parts[count++] = attacker_cell(attacker, text_at(rows, 4), 0, INFINITY);
	}
	free(parts);
	sqlite3_finalize(rows);
	return ok;
}

bool ledger_teach(struct ledger *ledger, struct attacker *attacker, struct error *err)
{
	return !ledger->store
	       || (each_row(ledger, sql_audit_ledger_hidden, take_hidden, attacker, err)
	           && (ledger->version < 2 || each_row(ledger, sql_audit_ledger_known, take_known, attacker, err))
	           && each_row(ledger, sql_audit_ledger_measured, take_measured, attacker, err)
	           && teach_relations(ledger, attacker, err)
	           && each_row(ledger, sql_audit_ledger_shown, take_shown, attacker, err));
}

bool ledger_each_change(struct ledger *ledger, void (*take)(void *with, const char *then, const char *now), void *with,
                        struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false;
	if (!ledger->store || ledger->version < 2)
		return true;
	bool ok = store_prepare(&rows, ledger->store, sql_audit_ledger_changed, err);
	while (ok && (ok = store_step(ledger->store, rows, &row, err)) && row)
		take(with, text_at(rows, 0), text_at(rows, 1));
	sqlite3_finalize(rows);
	return ok;
}

bool ledger_judge(struct ledger *ledger, struct judge *judge, const struct attacker *attacker,
                  const struct universe *withheld, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false;
	if (!ledger->store)
		return true;
	bool ok = store_prepare(&rows, ledger->store, sql_audit_ledger_hidden, err);
	while (ok && (ok = store_step(ledger->store, rows, &row, err)) && row) {
		const struct judge_demand demand = {
			.truth = NAN,
			.hidden = true,
			.published = sqlite3_column_int(rows, 2),
			.unsafe = sqlite3_column_int(rows, 3),
			.reach = sqlite3_column_int64(rows, 4),
			.width = sqlite3_column_int64(rows, 5),
		};
		if (!universe_find(withheld, text_at(rows, 0)))
			judge_earlier(judge, attacker, mem_arena_copy(ledger->conditions, text_at(rows, 0)), &demand);
	}
	sqlite3_finalize(rows);
	return ok;
}
