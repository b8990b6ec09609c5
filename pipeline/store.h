/* A stage file: an SQLite database that is whole or absent.
 *
 * Read: opened read-only. Written: aside, under a unique name in the same folder, in one transaction; store_commit()
 * closes, flushes and renames; store_close() without it removes what was begun. Two runs write the same bytes.
 * Every stage file holds the tables of pipeline/sql/schema/common.sql beside its own. */
#ifndef CANVASS_STORE_H
#define CANVASS_STORE_H

#include "error.h"

#include <sqlite3.h>
#include <stdbool.h>

struct store;

enum { STORE_APPLICATION = 0x43616e76 /* "Canv" */, STORE_VERSION = 1 };

/* Open the stage file that `stage` wrote. Another stage's file, another schema version, a truncated or missing one is
 * an error that says which stage to run. */
bool store_open(struct store **store, const char *path, const char *stage, struct error *err);

/* Begin a new stage file: the common tables, `stage`'s own from `schema` (embedded SQL), mode 0600. */
bool store_create(struct store **store, const char *path, const char *stage, const char *schema, struct error *err);

/* Make another stage file readable as the schema `name` (name.table) on this connection. Before any statement. */
bool store_attach(struct store *store, const char *path, const char *stage, const char *name, struct error *err);

bool store_commit(struct store *store, struct error *err);
void store_close(struct store *store); /* accepts NULL */

const char *store_path(const struct store *store); /* borrowed: the path as it was given */

/* Run statements without parameters or results. */
bool store_run(struct store *store, const char *sql, struct error *err);

/* The caller finalizes *statement with sqlite3_finalize(), which accepts NULL, before the store is closed; it is NULL
 * where this fails. */
bool store_prepare(sqlite3_stmt **statement, struct store *store, const char *sql, struct error *err);

/* Bind by name (":row"). A name that the statement lacks is our mistake and asserted. NULL text binds NULL.
 * Texts are copied by SQLite where the statement outlives them: store_bind_text copies. */
void store_bind_text(sqlite3_stmt *statement, const char *name, const char *value);
void store_bind_integer(sqlite3_stmt *statement, const char *name, long long value);
void store_bind_real(sqlite3_stmt *statement, const char *name, double value);
void store_bind_null(sqlite3_stmt *statement, const char *name);

/* A count that may not be known: below 0 binds NULL. */
void store_bind_known(sqlite3_stmt *statement, const char *name, long long value);

/* Next row: *row false at the end. The caller reads sqlite3_column_*. */
bool store_step(struct store *store, sqlite3_stmt *statement, bool *row, struct error *err);

/* For INSERT and the like: step to the end, reset, clear the bindings. */
bool store_insert(struct store *store, sqlite3_stmt *statement, struct error *err);

/* The first column of the first row of a query without parameters; `none` where there is no row or it is NULL. */
bool store_read_integer(struct store *store, const char *sql, long long none, long long *value, struct error *err);

/* "name" or "na""me": an identifier that can stand in SQL. Free with free(). */
char *store_quote_name(const char *name);

#endif
