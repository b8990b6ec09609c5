#include "rare.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "text.h"

/* The columns of respondents that others may know of a person, and the variables that they are of. */
struct known {
	char **variables, **columns;
	size_t count, capacity, column_capacity;
};

static bool read_known(struct known *known, struct store *deidentified, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, deidentified, sql_deidentify_known, err)
	          && store_step(deidentified, select, &row, err);
	while (ok && row) {
		known->variables = mem_grow(known->variables, known->count, &known->capacity, sizeof *known->variables);
		known->columns =
			mem_grow(known->columns, known->count, &known->column_capacity, sizeof *known->columns);
		known->variables[known->count] = mem_copy_text((const char *)sqlite3_column_text(select, 0));
		known->columns[known->count++] = store_quote_name((const char *)sqlite3_column_text(select, 1));
		ok = store_step(deidentified, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

/* With how many each respondent agrees on the columns but one, himself among them: a view. Somebody's later rows are
 * not another person; a missing answer is one of its own. */
static char *agreeing(const struct known *known, size_t without)
{
	struct text sql = { 0 };
	text_add(&sql, "CREATE TEMP VIEW agreeing AS SELECT respondent, count(*) OVER (PARTITION BY 0");
	for (size_t i = 0; i < known->count; i++)
		if (i != without)
			text_print(&sql, ", %s", known->columns[i]);
	text_add(&sql, ") AS agree FROM respondents WHERE respondent NOT IN (SELECT respondent FROM again)");
	return sql.bytes;
}

static bool count_rare(const struct known *known, size_t without, struct store *deidentified, struct error *err)
{
	bool all = without == known->count;
	sqlite3_stmt *insert = NULL;
	char *view = agreeing(known, without);
	bool ok = store_run(deidentified, view, err)
	          && store_prepare(&insert, deidentified, sql_deidentify_count_rare, err);
	if (ok) {
		store_bind_text(insert, ":without", all ? "" : known->variables[without]);
		ok = store_insert(deidentified, insert, err);
	}
	sqlite3_finalize(insert);
	ok = ok && (!all || store_run(deidentified, sql_deidentify_flag_rare, err))
	     && store_run(deidentified, "DROP VIEW temp.agreeing", err);
	free(view);
	return ok;
}

bool rare_write(struct store *deidentified, struct error *err)
{
	struct known known = { 0 };
	bool ok = read_known(&known, deidentified, err);
	for (size_t without = 0; ok && known.count && without <= known.count; without++)
		ok = count_rare(&known, without, deidentified, err);
	for (size_t i = 0; i < known.count; i++) {
		free(known.variables[i]);
		free(known.columns[i]);
	}
	free(known.variables);
	free(known.columns);
	return ok;
}
