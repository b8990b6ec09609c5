#include "export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "columns.h"
#include "csv.h"
#include "embedded.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"

/* The one export that is being read. */
struct reading {
	const struct ingestion *into;
	const struct study_export *export;
	const char *path;
	long long source;
	const struct variable *key; /* NULL: the dictionary has none */
	struct csv_reader *reader;
	struct columns columns;
	size_t rows, unreadable;
};

static const char *platform_of(const struct study_export *export)
{
	return export->platform ? export->platform : "plain";
}

static const char *profile_of(const struct study_export *export)
{
	return export->headers ? export->headers : platform_of(export);
}

bool export_check(const struct study_export *export, const struct dictionary *dictionary, const char *study_path,
                  struct error *err)
{
	if (strcmp(platform_of(export), "plain") != 0) {
		error_at(err, ERROR_CONFIG, study_path, 0, "the export %s names the platform `%s`, which is not known",
		         export->path, export->platform);
		return error_help(err, "it takes one of: plain (a CSV file in UTF-8 with one header row)");
	}
	if (!export->headers || strcmp(export->headers, "plain") == 0)
		return true;
	const char **profiles = mem_alloc(dictionary->header_count, sizeof *profiles);
	bool known = false;
	for (size_t i = 0; i < dictionary->header_count; i++) {
		profiles[i] = dictionary->headers[i].profile;
		known = known || strcmp(profiles[i], export->headers) == 0;
	}
	const char *near = text_nearest(export->headers, profiles, dictionary->header_count);
	if (!known) {
		error_at(err, ERROR_CONFIG, study_path, 0,
		         "the export %s names the headers `%s`, of which headers.csv has no row", export->path,
		         export->headers);
		if (near)
			error_help(err, "did you mean `%s`?", near);
		else
			error_help(err, "add them to %s/headers.csv", dictionary->folder);
	}
	free(profiles);
	return known;
}

static bool add_finding(const struct reading *reading, struct finding finding, struct error *err)
{
	finding.source = reading->source;
	finding.severity = finding_kind(finding.code)->severity;
	if (finding.occurrences == 0)
		finding.occurrences = 1;
	return finding_store_add(reading->into->findings, reading->export->path, &finding, err);
}

/* ---- the header ---- */

static bool store_header(const struct reading *reading, struct error *err)
{
	const struct columns *columns = &reading->columns;
	struct store *store = reading->into->store;
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_ingest_header, err);
	for (size_t i = 0; ok && i < columns->count; i++) {
		store_bind_integer(insert, ":source", reading->source);
		store_bind_integer(insert, ":position", (long long)i + 1);
		store_bind_text(insert, ":header", columns->headers[i]);
		store_bind_text(insert, ":variable", columns->variables[i] ? columns->variables[i]->name : NULL);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* One finding for each header that the dictionary does not name, however many columns bear it. */
static bool find_unknown_columns(const struct reading *reading, size_t line, struct error *err)
{
	const struct columns *columns = &reading->columns;
	for (size_t i = 0; i < columns->count; i++) {
		size_t before = 0, all = 0;
		for (size_t j = 0; !columns->variables[i] && j < columns->count; j++) {
			bool same = strcmp(columns->headers[j], columns->headers[i]) == 0;
			before += same && j < i;
			all += same;
		}
		struct finding finding = { .code = FINDING_HEADER_COLUMN_UNKNOWN,
			                   .line = line,
			                   .record = 1,
			                   .variable = columns->headers[i],
			                   .occurrences = all };
		if (all > 0 && before == 0 && !add_finding(reading, finding, err))
			return false;
	}
	return true;
}

static bool find_missing_columns(const struct reading *reading, size_t line, struct error *err)
{
	const struct dictionary *dictionary = reading->into->dictionary;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		struct finding finding = { .code = FINDING_HEADER_COLUMN_MISSING,
			                   .line = line,
			                   .record = 1,
			                   .variable = dictionary->variables[i].name };
		if (!reading->columns.cells[i] && !add_finding(reading, finding, err))
			return false;
	}
	return true;
}

static bool read_header(struct reading *reading, struct error *err)
{
	const struct csv_record *header;
	bool more;
	if (!csv_read(reading->reader, &header, &more, err))
		return false;
	size_t line = header->line;
	return columns_match(&reading->columns, header, reading->into->dictionary, profile_of(reading->export),
	                     reading->path, err)
	       && store_header(reading, err) && find_unknown_columns(reading, line, err)
	       && find_missing_columns(reading, line, err);
}

/* ---- the rows ---- */

static bool set_damaged_aside(struct reading *reading, const struct csv_record *record, struct error *err)
{
	struct finding finding = { .line = record->line, .record = record->record };
	if (!finding_read_code(record->damage, &finding.code))
		return error_set(err, ERROR_FAULT, "no finding has the code %s", record->damage);
	reading->unreadable++;
	return add_finding(reading, finding, err);
}

static bool set_misfit_aside(struct reading *reading, const struct csv_record *record, struct error *err)
{
	char expected[80];
	snprintf(expected, sizeof expected, "%zu cells, not %zu", reading->columns.count, record->count);
	struct finding finding = {
		.code = FINDING_ROW_FIELDS, .line = record->line, .record = record->record, .expected = expected
	};
	reading->unreadable++;
	return add_finding(reading, finding, err);
}

/* Whether a line after the first has the delimiters of a whole row. In prose a blank follows the comma. Rows of one or
 * two cells look like prose, and are not told from it. */
static bool holds_a_row(const char *cell, size_t width)
{
	enum { LEAST_WIDTH = 3 };
	size_t delimiters = 0;
	cell += strcspn(cell, "\r\n");
	for (; *cell && delimiters + 1 < width; cell++) {
		if (*cell == '\n' || *cell == '\r')
			delimiters = 0;
		delimiters += *cell == ',' && cell[1] != ' ';
	}
	return width >= LEAST_WIDTH && delimiters + 1 >= width;
}

/* Two stray quotes can swallow respondents and leave the number of cells right: only free text may run over lines, and
 * no line of it may look like a row. What the dictionary does not name may be free text, and is not kept. */
static bool find_line_ends(const struct reading *reading, const struct csv_record *record, long long row,
                           struct error *err)
{
	const struct dictionary *dictionary = reading->into->dictionary;
	size_t key = reading->key ? reading->columns.cells[reading->key - dictionary->variables] : 0;
	for (size_t i = 0; i < record->count; i++) {
		const struct variable *variable = reading->columns.variables[i];
		bool text = !variable || variable->type == VARIABLE_TEXT;
		if (!record->quoted_line_end[i] || (text && !holds_a_row(record->fields[i], record->count)))
			continue;
		struct finding finding = {
			.code = FINDING_CELL_LINE_END,
			.row = row,
			.line = record->line,
			.record = record->record,
			.variable = variable ? variable->name : reading->columns.headers[i],
			.key = key ? record->fields[key - 1] : NULL,
			.value = variable ? record->fields[i] : NULL,
			.expected = text ? "no line that looks like a row" : "one line",
		};
		if (!add_finding(reading, finding, err))
			return false;
	}
	return true;
}

static bool read_rows(struct reading *reading, struct error *err)
{
	for (;;) {
		const struct csv_record *record;
		long long row;
		bool more, ok;
		if (!csv_read(reading->reader, &record, &more, err))
			return false;
		if (!more)
			return true;
		if (record->damage) {
			ok = set_damaged_aside(reading, record, err);
		} else if (record->count != reading->columns.count) {
			ok = set_misfit_aside(reading, record, err);
		} else {
			reading->rows++;
			ok = answers_add(reading->into->answers, reading->source, record, &reading->columns, &row, err)
			     && find_line_ends(reading, record, row, err);
		}
		if (!ok)
			return false;
	}
}

/* ---- the file as a whole ---- */

static bool find_in_file(const struct reading *reading, struct error *err)
{
	const struct csv_account *account = csv_account(reading->reader);
	size_t ends = (account->ends_lf > 0) + (account->ends_crlf > 0) + (account->ends_cr > 0);
	const struct {
		bool found;
		struct finding finding;
	} notes[] = {
		{ account->byte_order_mark, { .code = FINDING_FILE_BYTE_ORDER_MARK } },
		{ ends > 1, { .code = FINDING_FILE_LINE_ENDS } },
		{ account->blank_lines > 0, { .code = FINDING_ROW_BLANK, .occurrences = account->blank_lines } },
	};
	for (size_t i = 0; i < COUNT(notes); i++)
		if (notes[i].found && !add_finding(reading, notes[i].finding, err))
			return false;
	return true;
}

static bool check_rows(const struct reading *reading, struct error *err)
{
	if (reading->rows > 0)
		return true;
	if (reading->unreadable > 0)
		error_at(err, ERROR_INPUT, reading->path, 0, "none of its %zu rows can be read", reading->unreadable);
	else
		error_at(err, ERROR_INPUT, reading->path, 0, "the file holds a header and no rows");
	error_code(err, "file-no-rows");
	return error_help(err, "export the data again; if there are none yet, take the export out of the config");
}

static bool store_source(const struct reading *reading, struct error *err)
{
	const struct csv_account *account = csv_account(reading->reader);
	const struct study_export *export = reading->export;
	struct store *store = reading->into->store;
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_ingest_source, err);
	if (ok) {
		store_bind_integer(insert, ":source", reading->source);
		store_bind_text(insert, ":name", export->path);
		store_bind_text(insert, ":platform", platform_of(export));
		store_bind_text(insert, ":wave", export->wave);
		store_bind_text(insert, ":dates", export->dates ? export->dates : "iso");
		store_bind_integer(insert, ":lines", (long long)account->lines);
		store_bind_integer(insert, ":blank_lines", (long long)account->blank_lines);
		store_bind_integer(insert, ":records", (long long)account->records);
		store_bind_integer(insert, ":rows", (long long)reading->rows);
		store_bind_integer(insert, ":unreadable", (long long)reading->unreadable);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* An export that was fetched twice, or named by two paths, would count everybody in it twice where there is no key. */
static bool check_read_once(struct store *store, const char *path, const char *hash, struct error *err)
{
	static const char same[] = "SELECT substr(name, 8) FROM input WHERE role = 'export' AND sha256 = :sha256";
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, same, err);
	if (ok) {
		store_bind_text(select, ":sha256", hash);
		ok = store_step(store, select, &row, err);
	}
	if (ok && row) {
		ok = error_at(err, ERROR_INPUT, path, 0, "the same file as %s, byte for byte",
		              (const char *)sqlite3_column_text(select, 0));
		error_code(err, "file-twice");
		error_help(err, "take one of the two exports out of the config");
	}
	sqlite3_finalize(select);
	return ok;
}

static bool store_input(const struct reading *reading, struct error *err)
{
	struct store *store = reading->into->store;
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes;
	sqlite3_stmt *insert = NULL;
	bool ok = provenance_hash_file(hash, &bytes, reading->path, err)
	          && check_read_once(store, reading->path, hash, err)
	          && store_prepare(&insert, store, sql_ingest_input, err);
	if (ok) {
		char *name = mem_print("export:%s", reading->export->path);
		store_bind_text(insert, ":name", name);
		store_bind_integer(insert, ":bytes", bytes);
		store_bind_text(insert, ":sha256", hash);
		ok = store_insert(store, insert, err);
		free(name);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool look_at(struct stat *status, const char *path, struct error *err)
{
	if (stat(path, status) == 0)
		return true;
	bool absent = errno == ENOENT || errno == ENOTDIR;
	error_at(err, absent ? ERROR_NO_INPUT : ERROR_IO, path, 0, "cannot find the export: %s", strerror(errno));
	return error_help(err, "check its path in the config, and the folder given by --exports (EXPORTS of make)");
}

/* The hash and the rows must be of the same bytes. */
static bool check_unchanged(const struct stat *before, const char *path, struct error *err)
{
	struct stat after;
	if (!look_at(&after, path, err))
		return false;
	if (before->st_dev == after.st_dev && before->st_ino == after.st_ino && before->st_size == after.st_size
	    && before->st_mtim.tv_sec == after.st_mtim.tv_sec && before->st_mtim.tv_nsec == after.st_mtim.tv_nsec)
		return true;
	error_at(err, ERROR_INPUT, path, 0, "the file changed while it was read");
	error_code(err, "file-changed");
	return error_help(err, "wait until it is written whole, and run again");
}

bool export_read(const struct ingestion *into, const struct study_export *export, const char *folder, long long source,
                 struct error *err)
{
	char *path = mem_print("%s/%s", folder, export->path);
	struct reading reading = { .into = into,
		                   .export = export,
		                   .path = path,
		                   .source = source,
		                   .key = dictionary_role(into->dictionary, ROLE_KEY) };
	struct stat before;
	bool ok = look_at(&before, path, err) && store_input(&reading, err) && csv_open(&reading.reader, path, ',', err)
	          && read_header(&reading, err) && read_rows(&reading, err) && check_unchanged(&before, path, err)
	          && check_rows(&reading, err) && find_in_file(&reading, err) && store_source(&reading, err);
	columns_free(&reading.columns);
	csv_close(reading.reader);
	free(path);
	return ok;
}

bool export_check_accounts(struct store *store, struct error *err)
{
	long long wrong;
	if (!store_read_integer(store, sql_ingest_unaccounted, 0, &wrong, err))
		return false;
	if (wrong == 0)
		return true;
	return error_at(err, ERROR_FAULT, store_path(store), 0,
	                "records do not add up to header, rows and unreadable ones in %lld exports", wrong);
}
