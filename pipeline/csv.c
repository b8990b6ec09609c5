#include "csv.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "mem.h"
#include "text.h"

/* Bytes: a file, unpacked where it is gzip. inflate() rather than gzread(), which ends in silence at bytes that follow
 * the last gzip member: rows that somebody appended to a packed export would be lost. */
enum { BLOCK = 65536 };

struct source {
	const char *path;
	int file; /* -1: none */
	bool gzip, in_member, padding;
	z_stream zip;
	unsigned char packed[BLOCK], bytes[BLOCK];
	size_t at, length; /* of bytes */
};

static bool source_read(struct source *source, unsigned char *block, size_t *length, struct error *err)
{
	*length = 0;
	while (*length < BLOCK) {
		ssize_t got = read(source->file, block + *length, BLOCK - *length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_at(err, ERROR_IO, source->path, 0, "cannot read: %s", strerror(errno));
		if (got == 0)
			break;
		*length += (size_t)got;
	}
	return true;
}

static bool gzip_fails(struct error *err, const char *code, const struct source *source, size_t line, const char *what)
{
	error_at(err, ERROR_INPUT, source->path, line, "%s", what);
	error_code(err, code);
	return error_help(err, "fetch the file again, and check it with `gzip -t`");
}

static bool source_unpack(struct source *source, size_t line, struct error *err)
{
	z_stream *zip = &source->zip;
	zip->next_out = source->bytes;
	zip->avail_out = BLOCK;
	while (zip->avail_out == BLOCK) {
		if (zip->avail_in == 0) {
			size_t length;
			if (!source_read(source, source->packed, &length, err))
				return false;
			zip->next_in = source->packed;
			zip->avail_in = (uInt)length;
		}
		if (zip->avail_in == 0) {
			if (source->in_member)
				return gzip_fails(err, "file-truncated", source, line, "the gzip file ends too early");
			break;
		}
		if (!source->in_member) {
			if (*zip->next_in == 0) { /* tapes and disks pad with zeros; gzip itself passes them over */
				source->padding = true;
				zip->next_in++;
				zip->avail_in--;
				continue;
			}
			if (*zip->next_in != 0x1f || source->padding)
				return gzip_fails(err, "file-trailing-bytes", source, line,
				                  "bytes that are not gzip follow the packed file");
			inflateReset(zip);
			source->in_member = true;
		}
		int status = inflate(zip, Z_NO_FLUSH);
		if (status == Z_STREAM_END)
			source->in_member = false;
		else if (status != Z_OK && status != Z_BUF_ERROR)
			return gzip_fails(err, "file-corrupt", source, line, "the gzip file is damaged");
	}
	source->length = BLOCK - zip->avail_out;
	return true;
}

/* The next bytes; length 0 at the end. */
static bool source_fill(struct source *source, size_t line, struct error *err)
{
	source->at = source->length = 0;
	if (source->gzip)
		return source_unpack(source, line, err);
	return source_read(source, source->bytes, &source->length, err);
}

/* What people hand in instead of a CSV file. */
static const struct {
	const char *bytes;
	size_t length;
	const char *code, *what, *help;
} foreign[] = {
	{ "\xff\xfe", 2, "file-encoding", "UTF-16 text", "save it again as CSV in UTF-8" },
	{ "\xfe\xff", 2, "file-encoding", "UTF-16 text", "save it again as CSV in UTF-8" },
	{ "\0\0\xfe\xff", 4, "file-encoding", "UTF-32 text", "save it again as CSV in UTF-8" },
	{ "PK\3\4", 4, "file-not-text", "a zip archive or an office document (.xlsx, .ods)",
	  "unpack the archive, or save the sheet as CSV in UTF-8" },
	{ "PK\5\6", 4, "file-not-text", "an empty zip archive", "export the data again as CSV in UTF-8" },
	{ "\xd0\xcf\x11\xe0", 4, "file-not-text", "an old Excel workbook (.xls)", "save the sheet as CSV in UTF-8" },
	{ "$FL2", 4, "file-not-text", "an SPSS file (.sav)", "export the data as CSV in UTF-8" },
	{ "$FL3", 4, "file-not-text", "an SPSS file (.zsav)", "export the data as CSV in UTF-8" },
	{ "%PDF", 4, "file-not-text", "a PDF document", "export the data as CSV in UTF-8" },
	{ "SQLite format 3", 15, "file-not-text", "an SQLite database", "export the table as CSV in UTF-8" },
	{ "BZh", 3, "file-not-text", "a bzip2 file", "unpack it, or pack it with gzip" },
	{ "\xfd"
	  "7zXZ",
	  5, "file-not-text", "an xz file", "unpack it, or pack it with gzip" },
	{ "\x28\xb5\x2f\xfd", 4, "file-not-text", "a zstd file", "unpack it, or pack it with gzip" },
	{ "\x1f\x8b", 2, "file-not-text", "a gzip file inside a gzip file", "unpack it once" },
};

static bool refuse(struct error *err, const struct source *source, const char *code, const char *what, const char *help)
{
	error_at(err, ERROR_INPUT, source->path, 0, "this is %s, not a CSV file", what);
	error_code(err, code);
	return error_help(err, "%s", help);
}

static bool begins_with(const char *bytes, size_t length, const char *word)
{
	return length >= strlen(word) && strncasecmp(bytes, word, strlen(word)) == 0;
}

static bool source_is_text(const struct source *source, struct error *err)
{
	const char *bytes = (const char *)source->bytes;
	size_t length = source->length;
	for (size_t i = 0; i < COUNT(foreign); i++)
		if (length >= foreign[i].length && memcmp(bytes, foreign[i].bytes, foreign[i].length) == 0)
			return refuse(err, source, foreign[i].code, foreign[i].what, foreign[i].help);
	if (length >= 2 && (bytes[0] == '\0') != (bytes[1] == '\0'))
		return refuse(err, source, "file-encoding", "UTF-16 text", "save it again as CSV in UTF-8");
	if (begins_with(bytes, length, "\xef\xbb\xbf")) {
		bytes += 3;
		length -= 3;
	}
	while (length > 0 && strchr(" \t\r\n", *bytes) && *bytes) {
		bytes++;
		length--;
	}
	if (begins_with(bytes, length, "<!doctype html") || begins_with(bytes, length, "<html")
	    || begins_with(bytes, length, "<?xml"))
		return refuse(err, source, "file-not-text", "a web page or an XML document",
		              "open it to see why the export failed, then export the data as CSV again");
	return true;
}

static bool source_open(struct source *source, const char *path, struct error *err)
{
	struct stat status;
	source->path = path;
	source->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (source->file < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		error_at(err, ERROR_NO_INPUT, path, 0, "there is no such file");
		return error_help(err, "check its name and folder");
	}
	if (source->file < 0 || fstat(source->file, &status) != 0)
		return error_at(err, ERROR_IO, path, 0, "cannot open: %s", strerror(errno));
	if (!S_ISREG(status.st_mode))
		return refuse(err, source, "file-not-text", "a folder or a device", "name the file itself");

	size_t length;
	if (!source_read(source, source->packed, &length, err))
		return false;
	source->gzip = length >= 2 && source->packed[0] == 0x1f && source->packed[1] == 0x8b;
	if (source->gzip) {
		if (inflateInit2(&source->zip, 15 + 16) != Z_OK) /* 16: gzip and nothing else */
			return error_set(err, ERROR_FAULT, "cannot begin to unpack");
		source->zip.next_in = source->packed;
		source->zip.avail_in = (uInt)length;
		source->in_member = true;
		if (!source_unpack(source, 1, err))
			return false;
	} else {
		memcpy(source->bytes, source->packed, length);
		source->length = length;
	}
	return source_is_text(source, err);
}

static void source_close(struct source *source)
{
	if (source->gzip)
		inflateEnd(&source->zip);
	if (source->file >= 0)
		close(source->file);
}

struct csv_reader {
	struct source source;
	char *path;
	char delimiter;
	struct csv_account account;

	/* The lines of the record under way, and those to read again after a damaged one: whole lines, as they came. */
	struct text held;
	size_t begin, at; /* where the record under way and its next line begin */
	size_t line;      /* number of the line at `at` */

	struct csv_parser parser;
	bool finished, too_long; /* the record under way is complete; has a cell over its limit */
	struct text cells;       /* each closed by a NUL */
	size_t *offsets;
	bool *line_ends;
	size_t count, offset_capacity, flag_capacity;
	const char **fields;
	size_t field_capacity;
	struct csv_record record;
};

/* Blanks are part of the cell: whoever reads it trims, and counts what was trimmed. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void parser_start(struct csv_reader *reader)
{
	if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		abort(); /* it only fails without a parser */
	csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
	csv_set_space_func(&reader->parser, no_space);
	csv_set_blk_size(&reader->parser, 4096);
}

static void take_cell(void *bytes, size_t length, void *data)
{
	struct csv_reader *reader = data;
	if (length > CSV_CELL_LIMIT || reader->count == CSV_FIELD_LIMIT)
		reader->too_long = true;
	if (reader->too_long)
		return;
	reader->offsets = mem_grow(reader->offsets, reader->count, &reader->offset_capacity, sizeof *reader->offsets);
	reader->line_ends = mem_grow(reader->line_ends, reader->count, &reader->flag_capacity, sizeof(bool));
	reader->offsets[reader->count] = reader->cells.length;
	reader->line_ends[reader->count] = memchr(bytes, '\n', length) || memchr(bytes, '\r', length);
	reader->count++;
	text_add_bytes(&reader->cells, bytes, length);
	text_add_bytes(&reader->cells, "", 1);
}

static void take_end(int end, void *data)
{
	(void)end;
	struct csv_reader *reader = data;
	reader->finished = true;
}

bool csv_open(struct csv_reader **opened, const char *path, char delimiter, struct error *err)
{
	struct csv_reader *reader = mem_alloc(1, sizeof *reader);
	reader->path = mem_copy_text(path);
	reader->line = 1;
	reader->delimiter = delimiter;
	parser_start(reader);
	*opened = NULL;
	if (!source_open(&reader->source, reader->path, err)) {
		csv_close(reader);
		return false;
	}
	struct source *source = &reader->source;
	reader->account.gzip = source->gzip;
	if (source->length >= 3 && memcmp(source->bytes, "\xef\xbb\xbf", 3) == 0) {
		reader->account.byte_order_mark = true;
		source->at = 3;
	}
	*opened = reader;
	return true;
}

void csv_close(struct csv_reader *reader)
{
	if (!reader)
		return;
	source_close(&reader->source);
	csv_free(&reader->parser);
	text_free(&reader->held);
	text_free(&reader->cells);
	free(reader->offsets);
	free(reader->line_ends);
	free(reader->fields);
	free(reader->path);
	free(reader);
}

const struct csv_account *csv_account(const struct csv_reader *reader)
{
	return &reader->account;
}

/* Add one more line to what is held, with its end: LF, CR, or CR and LF. Of a line over the limit of a record only so
 * much is kept that its record is over it too. */
static bool hold_line(struct csv_reader *reader, struct error *err)
{
	struct source *source = &reader->source;
	size_t line = reader->account.lines + 1, length = 0;
	char end = '\0';
	bool any = false;
	while (!end) {
		if (source->at == source->length && !source_fill(source, line, err))
			return false;
		if (source->length == 0)
			break;
		any = true;
		const char *bytes = (const char *)source->bytes + source->at;
		size_t left = source->length - source->at, take = 0;
		while (take < left && bytes[take] != '\n' && bytes[take] != '\r')
			take++;
		size_t keep = length > CSV_RECORD_LIMIT ? 0 : take;
		text_add_bytes(&reader->held, bytes, keep);
		length += keep;
		if (take < left)
			end = bytes[take++];
		source->at += take;
	}
	if (!any)
		return true;
	reader->account.lines++;
	if (end)
		text_add_bytes(&reader->held, &end, 1);
	if (end != '\r')
		return true;
	if (source->at == source->length && !source_fill(source, line + 1, err))
		return false;
	if (source->at < source->length && source->bytes[source->at] == '\n') {
		source->at++;
		text_add(&reader->held, "\n");
	}
	return true;
}

/* The next line, held already or not; *length 0 at the end of the file. */
static bool next_line(struct csv_reader *reader, size_t *length, struct error *err)
{
	struct text *held = &reader->held;
	if (reader->at == held->length) {
		if (reader->begin == held->length) {
			held->length = reader->begin = reader->at = 0;
		} else if (reader->begin > held->length / 2) {
			memmove(held->bytes, held->bytes + reader->begin, held->length - reader->begin);
			held->length -= reader->begin;
			reader->at -= reader->begin;
			reader->begin = 0;
		}
		if (!hold_line(reader, err))
			return false;
	}
	const char *bytes = held->bytes + reader->at;
	size_t left = held->length - reader->at, end = 0;
	while (end < left && bytes[end] != '\n' && bytes[end] != '\r')
		end++;
	if (end < left)
		end += bytes[end] == '\r' && end + 1 < left && bytes[end + 1] == '\n' ? 2 : 1;
	*length = end;
	return true;
}

static bool is_blank_line(const struct csv_reader *reader, size_t length)
{
	const char *bytes = reader->held.bytes + reader->at;
	for (size_t i = 0; i < length; i++)
		if (!strchr(" \t\r\n", bytes[i]) || bytes[i] == '\0' || bytes[i] == reader->delimiter)
			return false;
	return true;
}

/* How the line before `at`, which ends a record or is blank, ends. */
static void count_end(struct csv_reader *reader)
{
	struct csv_account *account = &reader->account;
	const char *bytes = reader->held.bytes;
	size_t at = reader->at;
	if (bytes[at - 1] == '\r')
		account->ends_cr++;
	else if (bytes[at - 1] == '\n' && at - reader->begin > 1 && bytes[at - 2] == '\r')
		account->ends_crlf++;
	else if (bytes[at - 1] == '\n')
		account->ends_lf++;
}

/* Set the record under way aside: its first line, or all of it. */
static void damage(struct csv_reader *reader, const char *code, size_t first_length, bool all)
{
	if (!all) {
		reader->at = reader->begin + first_length;
		reader->line = reader->record.line + 1;
		csv_free(&reader->parser);
		parser_start(reader);
	}
	reader->record.damage = code;
	reader->account.damaged++;
}

static void point_at_cells(struct csv_reader *reader)
{
	reader->fields = mem_grow(reader->fields, reader->count, &reader->field_capacity, sizeof *reader->fields);
	for (size_t i = 0; i < reader->count; i++)
		reader->fields[i] = reader->cells.bytes + reader->offsets[i];
	reader->record.count = reader->count;
	reader->record.fields = reader->fields;
	reader->record.quoted_line_end = reader->line_ends;
}

/* Read on from a first line that is not blank to the end of its record. */
static bool read_record(struct csv_reader *reader, size_t first_length, struct error *err)
{
	const char *broken = NULL;
	for (size_t length = first_length; !reader->finished && !broken;) {
		bool first = reader->at == reader->begin;
		if (length == 0) { /* the end of the file: a last line without a line end, or an open quote */
			if (csv_fini(&reader->parser, take_cell, take_end, reader) != 0)
				broken = "row-quote-open";
			break;
		}
		const char *line = reader->held.bytes + reader->at;
		if (csv_parse(&reader->parser, line, length, take_cell, take_end, reader) != length)
			broken = first ? "row-quote-stray" : "row-quote-open";
		reader->at += length;
		reader->line++;
		if (!broken && reader->at - reader->begin > CSV_RECORD_LIMIT)
			broken = first ? "row-length" : "row-quote-open";
		if (!broken && !reader->finished && !next_line(reader, &length, err))
			return false;
	}
	if (!broken && reader->too_long)
		broken = "row-length";
	if (broken) {
		damage(reader, broken, first_length, false);
		return true;
	}
	const char *bytes = reader->held.bytes + reader->begin;
	size_t length = reader->at - reader->begin;
	if (memchr(bytes, '\0', length))
		damage(reader, "row-control-char", first_length, true);
	else if (text_valid_utf8(bytes, length) != length)
		damage(reader, "row-encoding", first_length, true);
	else
		point_at_cells(reader);
	return true;
}

bool csv_read(struct csv_reader *reader, const struct csv_record **record, bool *more, struct error *err)
{
	*more = false;
	*record = NULL;
	for (;;) {
		size_t length = 0;
		reader->begin = reader->at;
		if (!next_line(reader, &length, err))
			return false;
		if (length == 0 && reader->account.records == 0) {
			error_at(err, ERROR_INPUT, reader->path, 0, "the file is empty");
			error_code(err, "file-empty");
			return error_help(err, "export the data again");
		}
		if (length == 0)
			return true;
		if (!is_blank_line(reader, length)) {
			reader->account.records++;
			reader->record = (struct csv_record){ .line = reader->line, .record = reader->account.records };
			reader->count = reader->cells.length = 0;
			reader->finished = reader->too_long = false;
			*record = &reader->record;
			*more = read_record(reader, length, err);
			if (*more)
				count_end(reader);
			return *more;
		}
		reader->account.blank_lines++;
		reader->at += length;
		reader->line++;
		count_end(reader);
	}
}

struct csv_table {
	char *path;
	struct mem_arena *texts;
	size_t column_count;
	size_t *places;     /* of each column among the file's fields, from 1; 0: the file has no such column */
	const char **cells; /* column_count for each row */
	size_t cell_count, cell_capacity;
	size_t *lines;
	size_t row_count, row_capacity;
};

/* The cell without the blanks round it; `buffer` is reused. */
static const char *trimmed(struct text *buffer, const char *cell)
{
	cell += strspn(cell, " \t\r\n\v\f");
	size_t length = strlen(cell);
	while (length > 0 && strchr(" \t\r\n\v\f", cell[length - 1]))
		length--;
	buffer->length = 0;
	text_add_bytes(buffer, cell, length);
	return buffer->bytes;
}

static bool read_header(struct csv_table *table, const struct csv_record *header, const char *const *columns,
                        struct text *buffer, struct error *err)
{
	for (size_t i = 0; i < header->count; i++) {
		const char *name = trimmed(buffer, header->fields[i]);
		size_t column = 0;
		while (column < table->column_count && strcmp(columns[column], name) != 0)
			column++;
		if (column == table->column_count && strncmp(name, "note", 4) == 0)
			continue;
		if (column < table->column_count && table->places[column] == 0) {
			table->places[column] = i + 1;
			continue;
		}
		if (column < table->column_count)
			error_at(err, ERROR_CONFIG, table->path, header->line, "two columns are named `%s`", name);
		else if (*name == '\0')
			error_at(err, ERROR_CONFIG, table->path, header->line, "column %zu has no name", i + 1);
		else
			error_at(err, ERROR_CONFIG, table->path, header->line, "no column here is named `%s`", name);
		error_record(err, "column %zu", i + 1);
		const char *nearest = text_nearest(name, columns, table->column_count);
		if (column < table->column_count)
			return error_help(err, "remove one of them");
		if (header->count == 1 && strpbrk(name, ";\t"))
			return error_help(err, "save the file with commas between the cells");
		if (nearest)
			return error_help(err, "did you mean `%s`? Columns of your own begin with `note`", nearest);
		return error_help(err, "columns of your own begin with `note`");
	}
	return true;
}

static bool is_empty(const struct csv_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (!text_is_blank(record->fields[i]))
			return false;
	return true;
}

static void add_row(struct csv_table *table, const struct csv_record *record, struct text *buffer)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const char *cell = table->places[i] ? trimmed(buffer, record->fields[table->places[i] - 1]) : "";
		table->cells = mem_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof *table->cells);
		table->cells[table->cell_count++] = *cell ? mem_arena_copy(table->texts, cell) : "";
	}
	table->lines = mem_grow(table->lines, table->row_count, &table->row_capacity, sizeof *table->lines);
	table->lines[table->row_count++] = record->line;
}

static const struct {
	const char *damage, *words, *help;
} damages[] = {
	{ "row-quote-open", "a quote is opened here and not closed",
	  "close it, and double each quote inside a quoted cell" },
	{ "row-quote-stray", "a quote stands where none may stand",
	  "quote the whole cell, and double each quote inside it" },
	{ "row-length", "a cell or the row is too long", "shorten it" },
	{ "row-control-char", "a NUL byte stands in the row", "remove it" },
	{ "row-encoding", "the row is not UTF-8", "save the file as CSV in UTF-8" },
};

static bool damage_fails(const struct csv_table *table, const struct csv_record *record, struct error *err)
{
	size_t i = 0;
	while (i + 1 < COUNT(damages) && strcmp(damages[i].damage, record->damage) != 0)
		i++;
	error_at(err, ERROR_CONFIG, table->path, record->line, "%s", damages[i].words);
	error_code(err, record->damage);
	return error_help(err, "%s", damages[i].help);
}

static bool read_table(struct csv_table *table, struct csv_reader *reader, const char *const *columns,
                       struct text *buffer, struct error *err)
{
	size_t width = 0;
	for (;;) {
		const struct csv_record *record;
		bool more;
		if (!csv_read(reader, &record, &more, err))
			return false;
		if (!more)
			return true;
		if (record->damage)
			return damage_fails(table, record, err);
		if (record->record == 1) {
			width = record->count;
			if (!read_header(table, record, columns, buffer, err))
				return false;
		} else if (!is_empty(record)) {
			if (record->count != width) {
				error_at(err, ERROR_CONFIG, table->path, record->line,
				         "this row has %zu cells, the header has %zu", record->count, width);
				return error_help(err, "a cell that holds a comma stands between quotes");
			}
			add_row(table, record, buffer);
		}
	}
}

bool csv_table_load(struct csv_table **loaded, const char *path, const char *const *columns, size_t column_count,
                    struct error *err)
{
	struct csv_table *table = mem_alloc(1, sizeof *table);
	table->path = mem_copy_text(path);
	table->texts = mem_arena_new();
	table->column_count = column_count;
	table->places = mem_alloc(column_count, sizeof *table->places);
	struct csv_reader *reader = NULL;
	struct text buffer = { 0 };
	bool ok = csv_open(&reader, path, ',', err) && read_table(table, reader, columns, &buffer, err);
	if (!ok && err->kind == ERROR_INPUT)
		err->kind = ERROR_CONFIG;
	if (!ok && strcmp(err->code, "file-empty") == 0) /* the reader speaks of exports */
		snprintf(err->help, sizeof err->help, "its first line must name the columns, beginning with %s",
		         columns[0]);
	text_free(&buffer);
	csv_close(reader);
	*loaded = table;
	if (!ok) {
		csv_table_free(table);
		*loaded = NULL;
	}
	return ok;
}

size_t csv_table_rows(const struct csv_table *table)
{
	return table->row_count;
}

size_t csv_table_line(const struct csv_table *table, size_t row)
{
	return table->lines[row];
}

const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column)
{
	return table->cells[row * table->column_count + column];
}

const char *csv_table_path(const struct csv_table *table)
{
	return table->path;
}

void csv_table_free(struct csv_table *table)
{
	if (!table)
		return;
	free(table->path);
	mem_arena_free(table->texts);
	free(table->places);
	free(table->cells);
	free(table->lines);
	free(table);
}
