#include "record_files.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "operand.h"
#include "provenance.h"
#include "record_file.h"
#include "records.h"
#include "text.h"

struct held_file {
	struct record_file *file;
	char *dataset, *path; /* path NULL: of an earlier release */
	char *prefix;         /* of the people's name */
	long long release;
};

struct record_files {
	struct held_file *items;
	size_t count, capacity, now;
};

void record_files_free(struct record_files *files)
{
	if (!files)
		return;
	for (size_t i = 0; i < files->count; i++) {
		record_file_free(files->items[i].file);
		free(files->items[i].dataset);
		free(files->items[i].path);
		free(files->items[i].prefix);
	}
	free(files->items);
	free(files);
}

size_t record_files_count(const struct record_files *files)
{
	return files ? files->count : 0;
}

size_t record_files_now(const struct record_files *files)
{
	return files ? files->now : 0;
}

const char *record_files_dataset(const struct record_files *files, size_t index)
{
	return files->items[index].dataset;
}

const char *record_files_path(const struct record_files *files, size_t index)
{
	return files->items[index].path;
}

static struct held_file *add_file(struct record_files *files, char *dataset, char *prefix)
{
	files->items = mem_grow(files->items, files->count, &files->capacity, sizeof *files->items);
	struct held_file *item = &files->items[files->count++];
	*item = (struct held_file){ .dataset = dataset, .prefix = prefix };
	return item;
}

/* ---- of this release ---- */

static bool check_access(struct store *store, const char *dataset, struct error *err)
{
	sqlite3_stmt *access = NULL;
	bool row = false;
	bool ok = store_prepare(&access, store, "SELECT value FROM file WHERE item = 'access'", err)
	          && store_step(store, access, &row, err);
	if (ok && !(row && text_equal((const char *)sqlite3_column_text(access, 0), "public"))) {
		error_at(err, ERROR_USAGE, store_path(store), 0,
		         "the records of %s are for safeguarded access: whoever attacks the tables does not hold them",
		         dataset);
		ok = error_help(err, "leave it out of the audit, or declare it public in the study's config");
	}
	sqlite3_finalize(access);
	return ok;
}

static bool open_file(struct record_files *files, const char *operand, struct error *err)
{
	struct store *store = NULL;
	char *dataset = NULL;
	const char *path = NULL;
	if (!operand_split(&dataset, &path, operand, "anonymised.db", err))
		return false;
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].dataset, dataset) == 0) {
			free(dataset);
			error_set(err, ERROR_USAGE, "the records of %s are given twice", files->items[i].dataset);
			return error_help(err, "name each dataset once");
		}
	struct held_file *item = add_file(files, dataset, mem_copy_text(""));
	item->path = mem_copy_text(path);
	bool ok = store_open(&store, item->path, "anonymise", err) && check_access(store, dataset, err)
	          && record_file_read(&item->file, dataset, store, err);
	store_close(store);
	return ok;
}

bool record_files_open(struct record_files **files, char *const *operands, size_t count, struct error *err)
{
	*files = mem_alloc(1, sizeof **files);
	for (size_t i = 0; i < count; i++)
		if (!open_file(*files, operands[i], err))
			return false;
	(*files)->now = count;
	return true;
}

/* ---- of the ledger ---- */

static bool second_file(const struct held_file *item, const struct held_file *other, struct error *err)
{
	error_set(err, ERROR_REFUSED,
	          "release %lld made another file of the records of the same people public (dataset %s)",
	          item->release, other->dataset);
	error_code(err, "audit-second-file");
	return error_help(err, "whoever has both can put them together: publish the file as that release did, or hand this "
	                       "one over under safeguarded access (microdata: access)");
}

/* Of the same file in several releases one is enough, where the same follows from it. */
static bool take_file(struct record_files *files, struct store *ledger, long long release, const char *dataset,
                      const char *prefix, struct error *err)
{
	struct held_file *item = add_file(files, mem_copy_text(dataset), mem_copy_text(prefix));
	item->release = release;
	if (!record_file_recall(&item->file, item->dataset, ledger, release, err))
		return false;
	for (size_t i = 0; i + 1 < files->count; i++) {
		const struct held_file *other = &files->items[i];
		if (strcmp(other->dataset, dataset) != 0 || strcmp(other->prefix, prefix) != 0)
			continue;
		if (strcmp(other->file->digest, item->file->digest) != 0)
			return second_file(item, other, err);
		/* what follows from it may be defined otherwise now: then each is held, for its own tables */
		if (strcmp(other->file->digest_of_all, item->file->digest_of_all) != 0)
			continue;
		files->count--;
		record_file_free(item->file);
		free(item->dataset);
		free(item->prefix);
		return true;
	}
	return true;
}

bool record_files_recall(struct record_files *files, struct ledger *ledger, struct error *err)
{
	struct store *store = ledger_records(ledger);
	sqlite3_stmt *rows = NULL;
	bool row = false;
	if (!store)
		return true;
	bool ok = store_prepare(&rows, store, sql_audit_held, err);
	while (ok && (ok = store_step(store, rows, &row, err)) && row)
		ok = take_file(files, store, sqlite3_column_int64(rows, 0), (const char *)sqlite3_column_text(rows, 1),
		               (const char *)sqlite3_column_text(rows, 2), err);
	sqlite3_finalize(rows);
	return ok;
}

bool record_files_rename(struct record_files *files, struct ledger *ledger, struct error *err)
{
	while (files->count > files->now) {
		struct held_file *item = &files->items[--files->count];
		record_file_free(item->file);
		free(item->dataset);
		free(item->prefix);
	}
	return record_files_recall(files, ledger, err);
}

bool record_files_teach(struct record_files *files, struct attacker *attacker, struct error *err)
{
	for (size_t i = 0; i < files->count; i++)
		if (!records_teach(attacker, files->items[i].file, files->items[i].prefix, err))
			return false;
	return true;
}
