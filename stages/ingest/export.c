#include "export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "column_findings.h"
#include "columns.h"
#include "embedded.h"
#include "found.h"
#include "meaning.h"
#include "mem.h"
#include "provenance.h"
#include "sheet.h"
#include "sieve.h"
#include "stray_header.h"
#include "text.h"
#include "watch.h"

/* Of what tells rows apart, where it stands. */
struct part {
	size_t cell;       /* from 1; 0: the export has no column for it */
	const char *fixed; /* what the config says of every row; NULL: nothing */
};

/* The one export that is being read. */
struct reading {
	const struct ingestion *into;
	const struct source *source;
	const char *path;
	char delimiter;
	struct part key, wave, repeat;
	struct found found;
	struct sheet *sheet;
	struct columns columns;
	struct stray_header *stray;
	struct sieve *sieve;
	struct watch watch;
	size_t rows, unreadable, elsewhere;
};

/* ---- the header ---- */

static bool open_sheet(struct reading *reading, struct error *err)
{
	const struct study_export *export = reading->source->export;
	const struct sheet_options options = {
		.text = { .bytes = { .encoding = export->encoding },
		          .delimiter = export->delimiter ? platform_delimiter(export->delimiter) : '\0',
		          .skip = export->skip > 0 ? (size_t) export->skip : 0 },
	};
	return sheet_open(&reading->sheet, reading->path, reading->source->platform, &options, err);
}

static void look_at_header(struct reading *reading)
{
	const struct columns *columns = &reading->columns;
	for (size_t i = 0; i < columns->count; i++) {
		const struct sheet_column *sheet = &columns->sheet[i];
		watch_header(&reading->watch, sheet->name);
		if (strcmp(sheet->name, sheet->path) != 0)
			watch_header(&reading->watch, sheet->path);
	}
}

static struct part find_part(const struct reading *reading, const struct variable *variable)
{
	const struct dictionary *dictionary = reading->into->dictionary;
	if (!variable)
		return (struct part){ 0 };
	return (struct part){ reading->columns.cells[variable - dictionary->variables],
		              source_fixed(reading->source, variable) };
}

static bool read_header(struct reading *reading, struct error *err)
{
	const struct dictionary *dictionary = reading->into->dictionary;
	const struct source *source = reading->source;
	struct columns *columns = &reading->columns;
	if (!columns_match(columns, source, reading->sheet, dictionary, reading->path, err))
		return false;
	reading->key = find_part(reading, dictionary_role(dictionary, ROLE_KEY));
	reading->wave = find_part(reading, dictionary_role(dictionary, ROLE_WAVE));
	reading->repeat = find_part(reading, dictionary_repeat(dictionary));
	reading->stray = stray_header_new(columns, source->platform, reading->key.cell);
	if (!sieve_new(&reading->sieve, columns, source, err))
		return false;
	look_at_header(reading);
	return columns_store(columns, source, reading->into->store, err)
	       && meaning_store(columns, source, reading->into->store, err)
	       && column_findings_add(columns, source, dictionary, &reading->found, err)
	       && sieve_find_lacking(reading->sieve, &reading->found, err)
	       && answers_begin(reading->into->answers, source, columns, &reading->watch, err);
}

/* ---- the rows ---- */

static bool set_damaged_aside(struct reading *reading, const struct csv_record *record, struct error *err)
{
	struct finding finding = { .line = record->line, .record = record->record };
	if (!finding_read_code(record->damage, &finding.code))
		return error_set(err, ERROR_FAULT, "no finding has the code %s", record->damage);
	reading->unreadable++;
	return found_add(&reading->found, finding, err);
}

static bool set_misfit_aside(struct reading *reading, const struct csv_record *record, struct error *err)
{
	char expected[80];
	snprintf(expected, sizeof expected, "%zu cells, not %zu", reading->columns.count, record->count);
	struct finding finding = {
		.code = FINDING_ROW_FIELDS, .line = record->line, .record = record->record, .expected = expected
	};
	reading->unreadable++;
	return found_add(&reading->found, finding, err);
}

static bool set_header_aside(struct reading *reading, const struct csv_record *record, struct error *err)
{
	struct finding finding = { .code = FINDING_ROW_HEADER_REPEAT, .line = record->line, .record = record->record };
	reading->unreadable++;
	return found_add(&reading->found, finding, err);
}

/* Of one line; in prose a blank follows the comma. */
static size_t count_delimiters(const char *line, size_t length, char delimiter)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += line[i] == delimiter && line[i + 1] != ' ';
	return count;
}

/* Whether a line after the first has the delimiters of a whole row, or the first those of the rest of a row from the
 * cell's own place (from 0) on, and the last those before it: then the end of one row and the beginning of another
 * stand in the cell. Rows of one or two cells look like prose, and are not told from it. */
static bool holds_a_row(const char *cell, size_t at, size_t width, char delimiter)
{
	enum { LEAST_WIDTH = 3 };
	size_t length = strcspn(cell, "\r\n"), last = 0, most = 0;
	bool rest = count_delimiters(cell, length, delimiter) + at + 1 >= width;
	for (cell += length; *cell; cell += length) {
		cell += strspn(cell, "\r\n");
		length = strcspn(cell, "\r\n");
		last = count_delimiters(cell, length, delimiter);
		most = last > most ? last : most;
	}
	return width >= LEAST_WIDTH && (most + 1 >= width || (rest && last >= at));
}

/* Two stray quotes can swallow respondents and leave the number of cells right: only free text may run over lines, and
 * no line of it may look like a row. What the dictionary does not name may be free text, and is not kept; a box may
 * hold its option's words. */
static bool find_line_ends(const struct reading *reading, const struct csv_record *record, long long row,
                           struct error *err)
{
	const struct columns *columns = &reading->columns;
	for (size_t i = 0; i < record->count; i++) {
		const struct variable *variable = columns->at[i].variable;
		const char *cell = record->fields[i], *option = columns->sheet[i].option;
		if (!record->quoted_line_end[i])
			continue;
		bool text = !variable || variable->type == VARIABLE_TEXT || (*option && columns_alike(cell, option));
		if (text && (columns->line == 0 || !holds_a_row(cell, i, record->count, reading->delimiter)))
			continue;
		struct finding finding = {
			.code = FINDING_CELL_LINE_END,
			.row = row,
			.line = record->line,
			.record = record->record,
			.variable = variable ? variable->name : columns->sheet[i].name,
			.value = variable ? cell : NULL,
			.expected = text ? "no line that looks like a row" : "one line",
		};
		if (!found_add(&reading->found, finding, err))
			return false;
	}
	return true;
}

static bool has_line_ends(const struct csv_record *record)
{
	return record->quoted_line_end && memchr(record->quoted_line_end, true, record->count * sizeof(bool));
}

static bool refuse_other_header(const struct reading *reading, const struct csv_record *record, struct error *err)
{
	error_at(err, ERROR_INPUT, reading->path, record->line,
	         "another header stands here, with other columns or in another order: what is below it would be read "
	         "under the wrong names");
	error_code(err, "header-rows");
	return error_help(err, "hand in each of the files that were copied one below the other by itself");
}

static const char *part_of(const struct part *part, const struct csv_record *record)
{
	return part->cell ? record->fields[part->cell - 1] : part->fixed;
}

static bool store_row(struct reading *reading, const struct csv_record *record, struct error *err)
{
	struct found *found = &reading->found;
	long long row;
	reading->rows++;
	found->key = part_of(&reading->key, record);
	found->wave = part_of(&reading->wave, record);
	found->repeat = part_of(&reading->repeat, record);
	columns_count_dropped(&reading->columns, record);
	return answers_add(reading->into->answers, record, &row, err)
	       && sieve_find(reading->sieve, record, row, found, err)
	       && (!has_line_ends(record) || find_line_ends(reading, record, row, err));
}

static bool take(const struct csv_record *record, void *data, struct error *err)
{
	struct reading *reading = data;
	if (record->damage)
		return set_damaged_aside(reading, record, err);
	if (record->count != reading->columns.count)
		return set_misfit_aside(reading, record, err);
	if (stray_header_is_again(reading->stray, record))
		return set_header_aside(reading, record, err);
	if (stray_header_is_other(reading->stray, record))
		return refuse_other_header(reading, record, err);
	if (!sieve_is_elsewhere(reading->sieve, record))
		return store_row(reading, record, err);
	reading->elsewhere++;
	return true;
}

/* ---- the file as a whole ---- */

static const char *encoding_of(const struct csv_account *account)
{
	return account->bytes.encoding && *account->bytes.encoding ? account->bytes.encoding : "UTF-8";
}

/* ASCII is UTF-8 too; some files declare it. */
static bool is_utf8(const char *encoding)
{
	static const char *const names[] = { "UTF-8", "UTF8", "ASCII", "US-ASCII" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcasecmp(encoding, names[i]) == 0)
			return true;
	return false;
}

static bool find_in_file(const struct reading *reading, struct error *err)
{
	const struct csv_account *account = sheet_account(reading->sheet);
	size_t ends = (account->ends_lf > 0) + (account->ends_crlf > 0) + (account->ends_cr > 0);
	const struct {
		bool found;
		struct finding finding;
	} notes[] = {
		{ account->bytes.mark && is_utf8(encoding_of(account)), { .code = FINDING_FILE_BYTE_ORDER_MARK } },
		{ !is_utf8(encoding_of(account)), { .code = FINDING_FILE_CONVERTED } },
		{ account->skipped > 0, { .code = FINDING_FILE_PREAMBLE, .occurrences = account->skipped } },
		{ ends > 1, { .code = FINDING_FILE_LINE_ENDS } },
		{ account->blank_lines > 0, { .code = FINDING_ROW_BLANK, .occurrences = account->blank_lines } },
		{ reading->elsewhere > 0, { .code = FINDING_ROW_ELSEWHERE, .occurrences = reading->elsewhere } },
	};
	for (size_t i = 0; i < COUNT(notes); i++)
		if (notes[i].found && !found_add(&reading->found, notes[i].finding, err))
			return false;
	return watch_find(&reading->watch, &reading->found, err)
	       && column_findings_add_dropped(&reading->columns, &reading->found, err);
}

static bool check_rows(const struct reading *reading, struct error *err)
{
	if (reading->rows > 0)
		return true;
	if (reading->elsewhere > 0) {
		error_at(err, ERROR_INPUT, reading->path, 0,
		         "none of its %zu rows is of this dataset, by the config's `where`",
		         reading->elsewhere + reading->unreadable);
		error_code(err, "file-no-rows");
		return error_help(err, "compare the values of `where` with what stands in the column");
	}
	if (reading->unreadable > 0)
		error_at(err, ERROR_INPUT, reading->path, 0, "none of its %zu rows can be read", reading->unreadable);
	else
		error_at(err, ERROR_INPUT, reading->path, 0, "the file holds a header and no rows");
	error_code(err, "file-no-rows");
	return error_help(err, "export the data again; if there are none yet, take the export out of the config");
}

static bool store_source(const struct reading *reading, struct error *err)
{
	const struct csv_account *account = sheet_account(reading->sheet);
	const struct study_export *export = reading->source->export;
	const struct platform *platform = reading->source->platform;
	struct store *store = reading->into->store;
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_ingest_source, err);
	if (ok) {
		store_bind_integer(insert, ":source", reading->source->number);
		store_bind_text(insert, ":name", export->path);
		store_bind_text(insert, ":platform", study_platform(export));
		store_bind_text(insert, ":wave", export->wave);
		store_bind_text(insert, ":dates",
		                export->dates     ? export->dates
		                : platform->dates ? platform->dates
		                                  : "iso");
		/* the numbers of an SPSS file are written by our own reader */
		store_bind_text(insert, ":decimal",
		                export->decimal && platform->format == PLATFORM_TEXT ? export->decimal : "point");
		store_bind_text(insert, ":separator", platform->separator);
		store_bind_text(insert, ":encoding", encoding_of(account));
		store_bind_integer(insert, ":lines", (long long)account->lines);
		store_bind_integer(insert, ":blank_lines", (long long)account->blank_lines);
		store_bind_integer(insert, ":records", (long long)account->records);
		store_bind_integer(insert, ":header_records", (long long)sheet_header_records(reading->sheet));
		store_bind_integer(insert, ":rows", (long long)reading->rows);
		store_bind_integer(insert, ":unreadable", (long long)reading->unreadable);
		store_bind_integer(insert, ":elsewhere", (long long)reading->elsewhere);
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
		char *name = mem_print("export:%s", reading->source->export->path);
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

bool export_read(const struct ingestion *into, const struct source *source, const char *folder, struct error *err)
{
	char *path = mem_print("%s/%s", folder, source->export->path);
	struct reading reading = {
		.into = into,
		.source = source,
		.path = path,
		.delimiter = source_delimiter(source),
		.found = { .findings = into->findings, .path = source->export->path, .source = source->number },
		.watch = watch_new(into->dictionary)
	};
	struct stat before;
	bool ok = look_at(&before, path, err) && store_input(&reading, err) && open_sheet(&reading, err)
	          && read_header(&reading, err) && sheet_each(reading.sheet, take, &reading, err)
	          && check_unchanged(&before, path, err) && check_rows(&reading, err) && find_in_file(&reading, err)
	          && store_source(&reading, err);
	sieve_free(reading.sieve);
	stray_header_free(reading.stray);
	watch_free(&reading.watch);
	columns_free(&reading.columns);
	sheet_close(reading.sheet);
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
	return error_at(
		err, ERROR_FAULT, store_path(store), 0,
		"records do not add up to header, rows, unreadable ones and those of another dataset in %lld exports",
		wrong);
}
