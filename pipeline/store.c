#include "store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aside.h"
#include "embedded.h"
#include "mem.h"

struct store {
	sqlite3 *database;
	char *path;
	char *aside;   /* where it is being written; NULL when read, or once it stands in its place */
	bool attached; /* other stage files are read on the connection too */
};

/* Every statement of ours is run by the tests, so a table or column that is not there is one that a stage file lacks.
 */
static bool lacks_something(const char *message)
{
	return strncmp(message, "no such table", 13) == 0 || strncmp(message, "no such column", 14) == 0;
}

/* Where several files are read, SQLite does not say which of them is damaged. */
static bool database_error(struct store *store, const char *what, struct error *err)
{
	const char *message = sqlite3_errmsg(store->database);
	int code = sqlite3_errcode(store->database) & 0xff;
	bool damaged =
		code == SQLITE_CORRUPT || code == SQLITE_NOTADB || (code == SQLITE_ERROR && lacks_something(message));
	bool ours = code == SQLITE_ERROR || code == SQLITE_MISUSE || code == SQLITE_CONSTRAINT || code == SQLITE_RANGE;
	error_at(err,
	         damaged ? ERROR_INPUT
	         : ours  ? ERROR_FAULT
	                 : ERROR_IO,
	         damaged && store->attached ? NULL : store->path, 0, "cannot %s: %s", what, message);
	if (damaged && store->attached)
		error_help(
			err,
			"one of the stage files given is damaged, or of another version: remove them and run make again");
	else if (damaged)
		error_help(err, "the file is damaged, or of another version: remove it and run make again");
	if (code == SQLITE_FULL)
		error_help(err, "the disk is full: make room and run make again");
	return false;
}

bool store_run(struct store *store, const char *sql, struct error *err)
{
	return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK
	       || database_error(store, "run SQL", err);
}

bool store_prepare(sqlite3_stmt **statement, struct store *store, const char *sql, struct error *err)
{
	return sqlite3_prepare_v2(store->database, sql, -1, statement, NULL) == SQLITE_OK
	       || database_error(store, "prepare SQL", err);
}

static int parameter(sqlite3_stmt *statement, const char *name)
{
	int index = sqlite3_bind_parameter_index(statement, name);
	assert(index > 0);
	return index;
}

void store_bind_text(sqlite3_stmt *statement, const char *name, const char *value)
{
	if (value)
		sqlite3_bind_text(statement, parameter(statement, name), value, -1, SQLITE_TRANSIENT);
	else
		store_bind_null(statement, name);
}

void store_bind_integer(sqlite3_stmt *statement, const char *name, long long value)
{
	sqlite3_bind_int64(statement, parameter(statement, name), value);
}

void store_bind_real(sqlite3_stmt *statement, const char *name, double value)
{
	sqlite3_bind_double(statement, parameter(statement, name), value);
}

void store_bind_null(sqlite3_stmt *statement, const char *name)
{
	sqlite3_bind_null(statement, parameter(statement, name));
}

void store_bind_known(sqlite3_stmt *statement, const char *name, long long value)
{
	if (value < 0)
		store_bind_null(statement, name);
	else
		store_bind_integer(statement, name, value);
}

bool store_step(struct store *store, sqlite3_stmt *statement, bool *row, struct error *err)
{
	int code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE || database_error(store, "read or write", err);
}

bool store_insert(struct store *store, sqlite3_stmt *statement, struct error *err)
{
	bool ok = sqlite3_step(statement) == SQLITE_DONE || database_error(store, "write", err);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return ok;
}

bool store_read_integer(struct store *store, const char *sql, long long none, long long *value, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	bool row = false;
	bool ok = store_prepare(&statement, store, sql, err) && store_step(store, statement, &row, err);
	*value = row && sqlite3_column_type(statement, 0) != SQLITE_NULL ? sqlite3_column_int64(statement, 0) : none;
	sqlite3_finalize(statement);
	return ok;
}

char *store_quote_name(const char *name)
{
	char *quoted = mem_alloc(2 * strlen(name) + 3, 1), *out = quoted;
	*out++ = '"';
	for (const char *c = name; *c; c++) {
		if (*c == '"')
			*out++ = '"';
		*out++ = *c;
	}
	*out++ = '"';
	return quoted;
}

/* Whether the stage file is what it should be: ours, of this version, and made by `stage`. `schema` is main or an
 * attached name. The pragma and the table are read under that name. */
static bool check_kind(struct store *store, const char *schema, const char *path, const char *stage, struct error *err)
{
	char *application = mem_print("PRAGMA %s.application_id", schema),
	     *version = mem_print("PRAGMA %s.user_version", schema);
	char *maker = mem_print("SELECT value = '%s' FROM %s.provenance WHERE item = 'stage'", stage, schema);
	long long id = 0, number = 0, right = 0;
	bool ok = store_read_integer(store, application, 0, &id, err)
	          && store_read_integer(store, version, 0, &number, err);
	if (ok && id != STORE_APPLICATION) {
		ok = error_at(err, ERROR_INPUT, path, 0, "not a stage file of Canvass");
		error_help(err, "it should be the output of `%s`", stage);
	} else if (ok && number != STORE_VERSION) {
		ok = error_at(err, ERROR_INPUT, path, 0, "written in format %lld, where this version reads format %d",
		              number, STORE_VERSION);
		error_help(err, "remove it and run make again");
	}
	if (ok)
		ok = store_read_integer(store, maker, 0, &right, err);
	if (ok && !right) {
		ok = error_at(err, ERROR_INPUT, path, 0, "not an output of `%s`", stage);
		error_help(err, "give the file that `%s` wrote", stage);
	}
	free(application);
	free(version);
	free(maker);
	return ok;
}

/* Opening a pipe would wait for somebody to write. */
static bool check_there(const char *path, const char *stage, struct error *err)
{
	struct stat status;
	bool there = access(path, R_OK) == 0 && stat(path, &status) == 0;
	if (there && S_ISREG(status.st_mode))
		return true;
	if (there)
		error_at(err, ERROR_INPUT, path, 0, "a folder or a device, not a stage file");
	else
		error_at(err, errno == ENOENT || errno == ENOTDIR ? ERROR_NO_INPUT : ERROR_IO, path, 0,
		         "cannot open: %s", strerror(errno));
	return error_help(err, "`%s` writes it", stage);
}

/* SQLite reads a name that begins with file: as an address. Free with free(). */
static char *plain_name(const char *path)
{
	return mem_print("%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path);
}

bool store_open(struct store **store, const char *path, const char *stage, struct error *err)
{
	if (!check_there(path, stage, err))
		return false;
	struct store *opened = mem_alloc(1, sizeof *opened);
	opened->path = mem_copy_text(path);
	char *name = plain_name(path);
	bool ok = sqlite3_open_v2(name, &opened->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
	                          NULL)
	                  == SQLITE_OK
	          || database_error(opened, "open", err);
	free(name);
	ok = ok && store_run(opened, "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;", err)
	     && check_kind(opened, "main", path, stage, err);
	if (!ok) {
		store_close(opened);
		return false;
	}
	*store = opened;
	return true;
}

bool store_attach(struct store *store, const char *path, const char *stage, const char *name, struct error *err)
{
	if (!check_there(path, stage, err))
		return false;
	/* Read-only whatever the connection is: a URI file name, with the characters that mean something in it coded.
	 */
	char *uri = mem_alloc(3 * strlen(path) + 40, 1), *out = uri + sprintf(uri, "file:");
	for (const unsigned char *c = (const unsigned char *)path; *c; c++)
		out += strchr("?#%", *c) || *c < 0x20 ? sprintf(out, "%%%02X", *c) : sprintf(out, "%c", *c);
	strcpy(out, "?mode=ro");
	char *sql = mem_print("ATTACH DATABASE :path AS %s", name);
	sqlite3_stmt *statement = NULL;
	struct error why = { 0 };
	bool ok = store_prepare(&statement, store, sql, err);
	if (ok) {
		store_bind_text(statement, ":path", uri);
		ok = sqlite3_step(statement) == SQLITE_DONE || database_error(store, "open", &why);
	}
	sqlite3_finalize(statement);
	ok = ok && check_kind(store, name, path, stage, &why);
	if (!ok
	    && why.kind != ERROR_NONE) { /* it is this file that cannot be read, not the one that it is attached to */
		error_at(err, why.kind, path, 0, "%s", why.message);
		error_help(err, "%s", why.help);
	}
	store->attached = ok || store->attached;
	free(sql);
	free(uri);
	return ok;
}

/* Begin aside. The settings give the same bytes on every run and keep deleted content and temporary data off the disk.
 */
bool store_create(struct store **store, const char *path, const char *stage, const char *schema, struct error *err)
{
	struct store *created = mem_alloc(1, sizeof *created);
	created->path = mem_copy_text(path);
	if (!aside_check(path, S_IFREG, err)) {
		store_close(created);
		return false;
	}
	created->aside = aside_name(path);
	int file = open(created->aside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0) {
		error_at(err, ERROR_IO, path, 0, "cannot write beside it: %s", strerror(errno));
		free(created->aside);
		created->aside = NULL;
		store_close(created);
		return false;
	}
	close(file);
	int mode = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
	char *name = plain_name(created->aside);
	bool ok = sqlite3_open_v2(name, &created->database, mode, NULL) == SQLITE_OK
	          || database_error(created, "open", err);
	free(name);
	char *settings =
		mem_print("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
	                  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
	                  "PRAGMA trusted_schema = OFF; PRAGMA application_id = %d; PRAGMA user_version = %d;",
	                  STORE_APPLICATION, STORE_VERSION);
	char *maker =
		mem_print("INSERT INTO provenance VALUES ('stage', '%s'), ('version', '%s')", stage, CANVASS_VERSION);
	ok = ok && store_run(created, settings, err) && store_run(created, "BEGIN", err)
	     && store_run(created, sql_schema_common, err) && store_run(created, schema, err)
	     && store_run(created, maker, err);
	free(settings);
	free(maker);
	if (!ok) {
		store_close(created);
		return false;
	}
	*store = created;
	return true;
}

static bool flush(const char *path, int flags)
{
	int file = open(path, flags | O_CLOEXEC);
	bool ok = file >= 0 && fsync(file) == 0;
	if (file >= 0)
		close(file);
	return ok;
}

static bool flush_parent(const char *path)
{
	char *parent = mem_copy_text(path), *slash = strrchr(parent, '/');
	if (slash)
		slash[slash == parent] = '\0';
	bool ok = flush(slash ? parent : ".", O_RDONLY | O_DIRECTORY);
	free(parent);
	return ok;
}

bool store_commit(struct store *store, struct error *err)
{
	if (!store_run(store, "COMMIT", err))
		return false;
	if (sqlite3_close(store->database) != SQLITE_OK) /* a statement left open is our mistake */
		return database_error(store, "close", err);
	store->database = NULL;
	if (!flush(store->aside, O_RDWR) || rename(store->aside, store->path) != 0 || !flush_parent(store->path))
		return error_at(err, ERROR_IO, store->path, 0, "cannot put it in its place: %s", strerror(errno));
	free(store->aside);
	store->aside = NULL;
	return true;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close_v2(store->database);
	if (store->aside)
		unlink(store->aside);
	free(store->aside);
	free(store->path);
	free(store);
}

const char *store_path(const struct store *store)
{
	return store->path;
}
