#include "records.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "operand.h"
#include "provenance.h"
#include "text.h"

/* One of them, open. */
struct opened {
	struct store *store;
	char *dataset;
	const char *path; /* in the operand */
	char *access;
	long long count; /* of records */
	char sha256[PROVENANCE_HASH_SIZE];
};

static void close_file(struct opened *file)
{
	store_close(file->store);
	free(file->dataset);
	free(file->access);
	*file = (struct opened){ 0 };
}

/* The caller closes it with close_file(), also where this fails. */
static bool open_file(struct opened *file, const char *operand, struct error *err)
{
	sqlite3_stmt *access = NULL;
	long long bytes = 0;
	bool row = false;
	*file = (struct opened){ 0 };
	bool ok = operand_split(&file->dataset, &file->path, operand, "anonymised.db", err)
	          && store_open(&file->store, file->path, "anonymise", err)
	          && provenance_hash_file(file->sha256, &bytes, file->path, err)
	          && store_prepare(&access, file->store, sql_release_file_access, err)
	          && store_step(file->store, access, &row, err);
	if (ok && !row)
		ok = error_at(err, ERROR_INPUT, file->path, 0, "it does not say who may have it");
	if (ok) {
		file->access = mem_copy_text((const char *)sqlite3_column_text(access, 0));
		file->count = sqlite3_column_int64(access, 1);
	}
	sqlite3_finalize(access);
	return ok;
}

static bool is_public(const struct opened *file)
{
	return strcmp(file->access, "public") == 0;
}

/* ---- checking ---- */

static bool check_audited(const struct opened *file, struct store *audited, struct error *err)
{
	sqlite3_stmt *read = NULL;
	char *role = mem_print("microdata:%s", file->dataset);
	bool row = false, ok = store_prepare(&read, audited, sql_release_audited_file, err);
	if (ok) {
		store_bind_text(read, ":role", role);
		store_bind_text(read, ":sha256", file->sha256);
		ok = store_step(audited, read, &row, err);
	}
	if (ok && !row) {
		error_at(err, ERROR_REFUSED, file->path, 0, "the audit did not hold this public file of records against the tables");
		error_code(err, "release-other-records");
		ok = error_help(err, "run make again, so that the audit reads it, then release");
	}
	sqlite3_finalize(read);
	free(role);
	return ok;
}

static bool is_given_before(const struct records *records, size_t index)
{
	size_t length = strcspn(records->operands[index], "=") + 1;
	for (size_t i = 0; i < index; i++)
		if (strncmp(records->operands[i], records->operands[index], length) == 0)
			return true;
	return false;
}

bool records_check(const struct records *records, struct store *audited, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < records->count; i++) {
		struct opened file;
		ok = open_file(&file, records->operands[i], err);
		if (ok && is_given_before(records, i))
			ok = error_set(err, ERROR_USAGE, "the records of %s are given twice", file.dataset);
		ok = ok && (!is_public(&file) || check_audited(&file, audited, err));
		close_file(&file);
	}
	return ok;
}

bool records_are_of(bool *same, const struct records *records, struct store *ledger, long long version,
                    long long release, struct error *err)
{
	bool ok = true;
	*same = version >= 3 || records->count == 0;
	for (size_t i = 0; ok && *same && i < records->count; i++) {
		sqlite3_stmt *select = NULL;
		struct opened file;
		ok = open_file(&file, records->operands[i], err)
		     && store_prepare(&select, ledger, sql_release_same_file, err);
		if (ok) {
			store_bind_integer(select, ":release", release);
			store_bind_text(select, ":dataset", file.dataset);
			store_bind_text(select, ":sha256", file.sha256);
			ok = store_step(ledger, select, same, err);
		}
		sqlite3_finalize(select);
		close_file(&file);
	}
	return ok;
}

/* ---- writing ---- */

static void bind_release(sqlite3_stmt *insert, const struct opened *file, long long release)
{
	store_bind_integer(insert, ":release", release);
	store_bind_text(insert, ":dataset", file->dataset);
}

/* Every row that `from` gives, as the parameters of `to` behind the release and the dataset. */
static bool copy_rows(const struct opened *file, const char *from, struct store *ledger, const char *to,
                      long long release, struct error *err)
{
	sqlite3_stmt *select = NULL, *insert = NULL;
	bool row = false;
	bool ok = store_prepare(&select, file->store, from, err) && store_prepare(&insert, ledger, to, err);
	while (ok && (ok = store_step(file->store, select, &row, err)) && row) {
		bind_release(insert, file, release);
		for (int column = 0; column < sqlite3_column_count(select); column++)
			sqlite3_bind_value(insert, 3 + column, sqlite3_column_value(select, column));
		ok = store_insert(ledger, insert, err);
	}
	sqlite3_finalize(select);
	sqlite3_finalize(insert);
	return ok;
}

static bool copy_values(const struct opened *file, const char *variable, struct store *ledger, sqlite3_stmt *insert,
                        long long release, struct error *err)
{
	char *name = store_quote_name(variable), *sql = mem_print("SELECT record, %s FROM records ORDER BY record", name);
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, file->store, sql, err);
	while (ok && (ok = store_step(file->store, select, &row, err)) && row) {
		bind_release(insert, file, release);
		store_bind_text(insert, ":variable", variable);
		store_bind_integer(insert, ":record", sqlite3_column_int64(select, 0));
		sqlite3_bind_value(insert, sqlite3_bind_parameter_index(insert, ":value"), sqlite3_column_value(select, 1));
		ok = store_insert(ledger, insert, err);
	}
	sqlite3_finalize(select);
	free(sql);
	free(name);
	return ok;
}

static bool copy_all_values(const struct opened *file, struct store *ledger, long long release, struct error *err)
{
	sqlite3_stmt *variables = NULL, *insert = NULL;
	bool row = false;
	bool ok = store_prepare(&variables, file->store, "SELECT variable FROM variable ORDER BY variable", err)
	          && store_prepare(&insert, ledger, sql_release_held_value, err);
	while (ok && (ok = store_step(file->store, variables, &row, err)) && row)
		ok = copy_values(file, (const char *)sqlite3_column_text(variables, 0), ledger, insert, release, err);
	sqlite3_finalize(variables);
	sqlite3_finalize(insert);
	return ok;
}

static bool add_handed_over(const struct opened *file, struct store *ledger, long long release, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, ledger, sql_release_handed_over, err);
	if (ok) {
		bind_release(insert, file, release);
		store_bind_text(insert, ":access", file->access);
		store_bind_integer(insert, ":records", file->count);
		store_bind_text(insert, ":sha256", file->sha256);
		ok = store_insert(ledger, insert, err);
	}
	sqlite3_finalize(insert);
	return ok && copy_rows(file, sql_release_file_items, ledger, sql_release_handed_over_by, release, err);
}

/* What is for safeguarded access is nobody's knowledge who attacks tables: its records stay out of the ledger. */
static bool append_file(const struct opened *file, struct store *ledger, long long release, struct error *err)
{
	return add_handed_over(file, ledger, release, err)
	       && (!is_public(file)
	           || (copy_rows(file, sql_release_file_variables, ledger, sql_release_held_variable, release, err)
	               && copy_rows(file, sql_release_file_codes, ledger, sql_release_held_code, release, err)
	               && copy_rows(file, sql_release_file_missing, ledger, sql_release_held_missing, release, err)
	               && copy_rows(file, sql_release_file_derivable_variables, ledger,
	                            sql_release_held_derivable_variable, release, err)
	               && copy_rows(file, sql_release_file_derivable, ledger, sql_release_held_derivable, release, err)
	               && copy_all_values(file, ledger, release, err)));
}

bool records_append(const struct records *records, struct store *ledger, long long release, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < records->count; i++) {
		struct opened file;
		ok = open_file(&file, records->operands[i], err) && append_file(&file, ledger, release, err);
		close_file(&file);
	}
	return ok;
}

bool records_handed_before(long long *before, struct store *ledger, long long release, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, ledger, sql_release_handed_before, err);
	*before = 0;
	if (ok) {
		store_bind_integer(select, ":release", release);
		ok = store_step(ledger, select, &row, err);
	}
	if (ok && row)
		*before = sqlite3_column_int64(select, 0);
	sqlite3_finalize(select);
	return ok;
}
