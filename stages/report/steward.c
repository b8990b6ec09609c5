#include "steward.h"

#include <stdlib.h>

#include "csv_table.h"
#include "embedded.h"
#include "finding.h"
#include "mem.h"
#include "verdict.h"

enum { SEEN_FINDING, SEEN_CODE, SEEN_COLUMNS };
static const char *const columns[SEEN_COLUMNS] = { "finding", "code" };

static bool lay_settled(const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL, *insert = NULL;
	bool row = false;
	if (decisions_count(view->decisions) == 0)
		return true;
	bool ok = store_prepare(&select, view->store, sql_report_steward_findings, err)
	          && store_prepare(&insert, view->store, "INSERT INTO temp.settled VALUES (:finding)", err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		if (!verdict_is_settled(view->decisions, view_column(select, 1), view_column(select, 2),
		                        view_column(select, 3), view->study->study.date))
			continue;
		store_bind_integer(insert, ":finding", sqlite3_column_int64(select, 0));
		ok = store_insert(view->store, insert, err);
	}
	sqlite3_finalize(select);
	sqlite3_finalize(insert);
	return ok;
}

/* A code of an earlier version is one that no finding has any more. */
static bool lay_seen(const struct view *view, struct error *err)
{
	struct csv_table *table = NULL;
	sqlite3_stmt *insert = NULL;
	if (!view->seen)
		return true;
	bool ok = csv_table_load(&table, view->seen, columns, COUNT(columns), err)
	          && store_prepare(&insert, view->store, "INSERT OR IGNORE INTO temp.seen VALUES (:identity, :code)",
	                           err);
	for (size_t row = 0; ok && row < csv_table_rows(table); row++) {
		store_bind_text(insert, ":identity", csv_table_cell(table, row, SEEN_FINDING));
		store_bind_text(insert, ":code", csv_table_cell(table, row, SEEN_CODE));
		ok = store_insert(view->store, insert, err);
	}
	sqlite3_finalize(insert);
	csv_table_free(table);
	return ok;
}

bool steward_lay(const struct view *view, struct error *err)
{
	return store_run(view->store, sql_report_steward, err) && lay_settled(view, err) && lay_seen(view, err);
}
