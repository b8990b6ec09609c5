#include "sheet.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "finding.h"
#include "mem.h"
#include "text.h"

/* A record above the responses, or among the first of them. */
struct row {
	size_t line, count;
	const char *damage;
	char **cells;
	size_t *source; /* of a header row that carries: the column whose cell stands over each one; else NULL */
};

struct rows {
	struct row *items;
	size_t count, capacity;
};

struct sheet {
	char *path;
	const struct platform *platform; /* borrowed while the sheet is opened */
	struct csv_options options;
	char *encoding;
	bool trailing;
	struct spss *spss;
	struct csv_reader *reader;
	struct csv_account account;
	struct sheet_column *columns;
	size_t count, header_line, header_records;
	struct mem_arena *arena;
};

/* Bytes of all columns' questions together: one long question that carries over thousands of columns is none. */
enum { HEADER_LIMIT = 1 << 26 };

static const char blanks[] = " \t\r\n\v\f";

/* --- what stands in a header --- */

/* Whether a hidden character is a blank to the eye: a space without a break, of another width, or a line's end. */
static bool is_wide_blank(const char *text)
{
	static const char *const spaces[] = {
		"\xc2\xa0",     "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84",
		"\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
		"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
	};
	for (size_t i = 0; i < COUNT(spaces); i++)
		if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
			return true;
	return false;
}

/* The cell as it is looked up; free with free(). *hidden, which may be NULL, becomes true where something was taken
 * out. */
static char *clean(const char *cell, bool *hidden)
{
	char *text = mem_alloc(strlen(cell) + 1, 1);
	size_t length = 0;
	while (*cell) {
		size_t unseen = text_hidden(cell);
		if (unseen == 0) {
			text[length++] = *cell++;
			continue;
		}
		if (hidden)
			*hidden = true;
		if (is_wide_blank(cell))
			text[length++] = ' ';
		cell += unseen;
	}
	while (length > 0 && strchr(blanks, text[length - 1]))
		length--;
	text[length] = '\0';
	size_t start = strspn(text, blanks);
	memmove(text, text + start, length - start + 1);
	return text;
}

static const char *keep(struct sheet *sheet, char *owned)
{
	const char *copy = mem_arena_copy(sheet->arena, owned);
	free(owned);
	return copy;
}

/* Tags of a spreadsheet's columns, as humanitarian exports have below their header: # and a letter, in every cell that
 * is not blank. */
static bool is_tags(const struct row *row, size_t least)
{
	size_t tags = 0;
	for (size_t i = 0; i < row->count; i++) {
		const char *cell = row->cells[i] + strspn(row->cells[i], blanks);
		if (!*cell)
			continue;
		if (cell[0] != '#' || !((cell[1] >= 'a' && cell[1] <= 'z') || (cell[1] >= 'A' && cell[1] <= 'Z')))
			return false;
		tags++;
	}
	return tags >= least;
}

bool sheet_is_import_id(const char *cell)
{
	cell += strspn(cell, blanks);
	return *cell == '{' && (strstr(cell, "\"ImportId\"") || strstr(cell, "'ImportId'"));
}

static bool has_import_ids(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (sheet_is_import_id(row->cells[i]))
			return true;
	return false;
}

/* --- reading rows --- */

static void add_row(struct rows *rows, const struct csv_record *record)
{
	rows->items = mem_grow(rows->items, rows->count, &rows->capacity, sizeof *rows->items);
	struct row *row = &rows->items[rows->count++];
	*row = (struct row){ .line = record->line, .count = record->count, .damage = record->damage };
	row->cells = mem_alloc(record->count, sizeof *row->cells);
	for (size_t i = 0; i < record->count; i++)
		row->cells[i] = mem_copy_text(record->fields[i]);
}

static void release_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		for (size_t k = 0; k < rows->items[i].count; k++)
			free(rows->items[i].cells[k]);
		free(rows->items[i].cells);
		free(rows->items[i].source);
	}
	free(rows->items);
	*rows = (struct rows){ 0 };
}

/* The first records of the file, at most `most`. Damage is a constant of csv.c and outlives its reader. */
static bool read_rows(struct rows *rows, size_t most, const char *path, const struct csv_options *options,
                      struct error *err)
{
	struct csv_reader *reader = NULL;
	const struct csv_record *record = NULL;
	bool more = true, ok = csv_open(&reader, path, options, err);
	while (ok && rows->count < most) {
		ok = csv_read(reader, &record, &more, err);
		if (!ok || !more)
			break;
		add_row(rows, record);
	}
	csv_close(reader);
	return ok;
}

/* --- refusals --- */

static bool refuse_header(const struct sheet *sheet, size_t line, struct error *err, const char *what, const char *help)
{
	error_at(err, ERROR_INPUT, sheet->path, line, "this is no export as %s writes it: %s", sheet->platform->title,
	         what);
	error_code(err, "header-rows");
	return error_help(err, "%s", help);
}

static const char check_platform[] =
	"say in the config which platform wrote it (docs/exports.md lists them), and with which delimiter; if both are "
	"right, somebody has changed the file: export it again";

/* The delimiter under which the first record would have the most columns, at least `least`; '\0': none. */
static char other_delimiter(const struct sheet *sheet, size_t least)
{
	static const char candidates[] = { ',', ';', '\t', '|' };
	char found = '\0';
	for (size_t i = 0; i < COUNT(candidates); i++) {
		struct csv_options options = sheet->options;
		struct rows rows = { 0 };
		struct error ignored = { 0 };
		if (candidates[i] == sheet->options.delimiter)
			continue;
		options.delimiter = candidates[i];
		if (read_rows(&rows, 1, sheet->path, &options, &ignored) && rows.count == 1 && !rows.items[0].damage
		    && rows.items[0].count >= least) {
			least = rows.items[0].count + 1;
			found = candidates[i];
		}
		release_rows(&rows);
	}
	return found;
}

static const char *delimiter_word(char delimiter)
{
	return delimiter == ',' ? "comma" : delimiter == ';' ? "semicolon" : delimiter == '\t' ? "tab" : "vertical bar";
}

static bool refuse_delimiter(struct sheet *sheet, size_t line, char other, struct error *err)
{
	error_at(err, ERROR_INPUT, sheet->path, line,
	         "the header is no table with a %s between its cells, but is one with a %s",
	         delimiter_word(sheet->options.delimiter), delimiter_word(other));
	error_code(err, "file-delimiter");
	if (platform_delimiter(delimiter_word(other)) == '\0')
		return error_help(err, "export the data again with commas between the cells");
	return error_help(err, "write `delimiter: %s` for this export in the config", delimiter_word(other));
}

static bool refuse_damage(struct sheet *sheet, const struct row *row, struct error *err)
{
	enum finding_code code = FINDING_NONE;
	char other = other_delimiter(sheet, 2);
	if (other)
		return refuse_delimiter(sheet, row->line, other, err);
	if (!finding_read_code(row->damage, &code))
		return error_set(err, ERROR_FAULT, "no finding has the code %s", row->damage);
	error_at(err, ERROR_INPUT, sheet->path, row->line, "the header cannot be read: %s", finding_kind(code)->title);
	error_code(err, row->damage);
	return error_help(err, "%s", finding_kind(code)->cure);
}

/* --- the header of a text file --- */

/* A blank in the last row of the header is a blank: nothing below it would tell its column from the one to its left. */
static bool row_carries(const struct platform *platform, size_t row)
{
	size_t last = 0;
	for (size_t i = 0; i < platform->header_count; i++)
		if (platform->header[i] != PLATFORM_HEADER_TAGS)
			last = i;
	return platform->carries && platform->header[row] == PLATFORM_HEADER_TEXT && row < last;
}

static void carry(struct row *row)
{
	row->source = mem_alloc(row->count, sizeof *row->source);
	for (size_t i = 0; i < row->count; i++) {
		char *text = clean(row->cells[i], NULL);
		row->source[i] = *text || i == 0 ? i : row->source[i - 1];
		free(text);
	}
}

/* What a spreadsheet writes above a table to tell itself the delimiter. */
static bool is_separator_line(const struct row *row)
{
	return !row->damage && row->count <= 2 && strncasecmp(row->cells[0], "sep=", 4) == 0
	       && strlen(row->cells[0]) <= 5;
}

/* The header rows among `rows`: header[i] for row i of the profile, NULL where the tags are not there. */
static bool place_header(struct sheet *sheet, const struct rows *rows, const struct row **header, struct error *err)
{
	const struct platform *platform = sheet->platform;
	size_t at = 0;
	if (rows->count > 0 && is_separator_line(&rows->items[0])) {
		error_at(err, ERROR_INPUT, sheet->path, rows->items[0].line, "a line sep= stands above the header");
		error_code(err, "file-delimiter");
		return error_help(err, "write `skip: 1` at the export in the config, and `delimiter` with what the "
		                       "line names (comma, semicolon or tab)");
	}
	for (size_t i = 0; i < platform->header_count; i++) {
		struct row *row = at < rows->count ? &rows->items[at] : NULL;
		bool optional = platform->header[i] == PLATFORM_HEADER_TAGS;
		if (optional && (!row || row->damage || !is_tags(row, 1)))
			continue;
		if (!row)
			return refuse_header(sheet, at ? rows->items[at - 1].line : 0, err,
			                     "it ends before the header rows do", check_platform);
		if (row->damage)
			return refuse_damage(sheet, row, err);
		if (platform->header[i] == PLATFORM_HEADER_IMPORT_ID && !has_import_ids(row))
			return refuse_header(sheet, row->line, err, "there is no row of import ids", check_platform);
		if (row_carries(platform, i))
			carry(row);
		header[i] = row;
		at++;
	}
	sheet->header_records = at;
	return true;
}

static bool check_below(struct sheet *sheet, const struct rows *rows, struct error *err)
{
	bool has_ids = false, has_tags = false;
	for (size_t i = 0; i < sheet->platform->header_count; i++) {
		has_ids = has_ids || sheet->platform->header[i] == PLATFORM_HEADER_IMPORT_ID;
		has_tags = has_tags || sheet->platform->header[i] == PLATFORM_HEADER_TAGS;
	}
	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->items[i];
		if (!row->damage && (!has_ids || i >= sheet->header_records) && has_import_ids(row))
			return refuse_header(sheet, row->line, err,
			                     "a row of import ids, which are no answers, stands below the header",
			                     check_platform);
	}
	if (!has_tags && rows->count > sheet->header_records && !rows->items[sheet->header_records].damage
	    && is_tags(&rows->items[sheet->header_records], 2))
		return refuse_header(sheet, rows->items[sheet->header_records].line, err,
		                     "a row of tags, which are no answers, stands below the header", check_platform);
	return true;
}

static bool ends_blank(const struct row *row)
{
	return row->count > 0 && text_is_blank(row->cells[row->count - 1]);
}

/* How many columns the header rows agree on; a cell more may be there where a line ends with a delimiter. */
static bool count_columns(struct sheet *sheet, const struct row *const *header, struct error *err)
{
	size_t narrowest = SIZE_MAX, parted = 0;
	const struct row *above = NULL;
	bool all_blank = true, fit = true;
	for (size_t i = 0; i < sheet->platform->header_count; i++) {
		if (header[i] && header[i]->count < narrowest)
			narrowest = header[i]->count;
		all_blank = all_blank && (!header[i] || ends_blank(header[i]));
	}
	for (size_t i = 0; i < sheet->platform->header_count; i++) {
		if (!header[i])
			continue;
		fit = fit
		      && (header[i]->count == narrowest
		          || (header[i]->count == narrowest + 1 && ends_blank(header[i])));
		if (parted == 0 && above && above->count != header[i]->count)
			parted = header[i]->line;
		above = header[i];
	}
	if (!fit)
		return refuse_header(sheet, parted, err, "the header rows have different numbers of cells",
		                     check_platform);
	sheet->count = narrowest;
	if (sheet->trailing && all_blank && narrowest > 1)
		sheet->count--;
	char other = sheet->count == 1 ? other_delimiter(sheet, 3) : '\0';
	return !other || refuse_delimiter(sheet, header[0] ? header[0]->line : 0, other, err);
}

/* Texts of all header rows of a kind over a column, with " | " between. */
static void join(struct text *joined, const char *text)
{
	if (!*text)
		return;
	if (joined->length > 0)
		text_add(joined, " | ");
	text_add(joined, text);
}

static bool is_single(const struct platform *platform, const char *option)
{
	for (unsigned i = 0; i < platform->single_count; i++)
		if (strcmp(platform->single[i], option) == 0)
			return true;
	return false;
}

/* Whether the question over a column has this column alone. */
static bool stands_alone(const struct sheet *sheet, const struct row *const *header, size_t column)
{
	for (size_t i = 0; i < sheet->platform->header_count; i++) {
		const size_t *source = header[i] ? header[i]->source : NULL;
		if (source && (source[column] != column || (column + 1 < sheet->count && source[column + 1] == column)))
			return false;
	}
	return true;
}

static void read_texts(struct sheet *sheet, const struct row *const *header, size_t column)
{
	const struct platform *platform = sheet->platform;
	struct sheet_column *made = &sheet->columns[column];
	struct text question = { 0 }, option = { 0 }, path = { 0 };
	bool alone = stands_alone(sheet, header, column), named = false, hidden = false;
	for (size_t i = 0; i < platform->header_count; i++) {
		if (!header[i])
			continue;
		bool unseen = false;
		char *text = clean(header[i]->cells[header[i]->source ? header[i]->source[column] : column], &unseen);
		if (platform->header[i] == PLATFORM_HEADER_NAME) {
			named = true;
			made->hidden = unseen;
			made->name = mem_arena_copy(sheet->arena, text);
		} else if (platform->header[i] == PLATFORM_HEADER_TEXT) {
			join(&question, text);
			hidden = hidden || unseen;
		} else if (platform->header[i] == PLATFORM_HEADER_OPTION && !(alone && is_single(platform, text))) {
			join(&option, text);
			hidden = hidden || unseen;
		}
		free(text);
	}
	made->text = mem_arena_copy(sheet->arena, question.bytes ? question.bytes : "");
	made->option = mem_arena_copy(sheet->arena, option.bytes ? option.bytes : "");
	join(&path, made->text);
	join(&path, made->option);
	made->path = mem_arena_copy(sheet->arena, path.bytes ? path.bytes : named ? made->name : "");
	if (!named) {
		made->name = made->path;
		made->hidden = hidden;
	}
	text_free(&question);
	text_free(&option);
	text_free(&path);
}

/* "QID3", or "QID3|2" where the JSON names a choice; NULL where the cell is no such JSON. Free with free(). */
static char *read_import_id(sqlite3_stmt *extract, const char *cell)
{
	char *id = NULL;
	sqlite3_reset(extract);
	if (sqlite3_bind_text(extract, 1, cell, -1, SQLITE_TRANSIENT) == SQLITE_OK
	    && sqlite3_step(extract) == SQLITE_ROW) {
		const char *import = (const char *)sqlite3_column_text(extract, 0);
		const char *choice = (const char *)sqlite3_column_text(extract, 1);
		if (import && *import)
			id = choice && *choice ? mem_print("%s|%s", import, choice) : mem_copy_text(import);
	}
	return id;
}

static const char sql_extract[] =
	"SELECT json_extract(j, '$.ImportId'), json_extract(j, '$.choiceId') FROM (SELECT CASE WHEN json_valid(:cell) "
	"THEN :cell WHEN json_valid(replace(:cell, '''', '\"')) THEN replace(:cell, '''', '\"') END AS j)";

static bool read_import_ids(struct sheet *sheet, const struct row *row, struct error *err)
{
	sqlite3 *memory = NULL;
	sqlite3_stmt *extract = NULL;
	bool ok = sqlite3_open(":memory:", &memory) == SQLITE_OK
	          && sqlite3_prepare_v2(memory, sql_extract, -1, &extract, NULL) == SQLITE_OK;
	if (!ok)
		error_set(err, ERROR_FAULT, "SQLite reads no JSON: %s", sqlite3_errmsg(memory));
	for (size_t i = 0; ok && i < sheet->count; i++) {
		char *cell = clean(row->cells[i], NULL),
		     *id = *cell ? read_import_id(extract, cell) : mem_copy_text("");
		free(cell);
		if (!id) {
			ok = refuse_header(sheet, row->line, err, "a cell of the row of import ids holds none",
			                   check_platform);
			error_record(err, "column %zu", i + 1);
			break;
		}
		sheet->columns[i].import_id = keep(sheet, id);
	}
	sqlite3_finalize(extract);
	sqlite3_close(memory);
	return ok;
}

/* Below the platform's own columns the rows of options are blank: where something stands there, the first response was
 * taken for one of them. */
static bool check_options(const struct sheet *sheet, const struct row *const *header, struct error *err)
{
	const struct platform *platform = sheet->platform;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct sheet_column *column = &sheet->columns[i];
		bool carried = false;
		size_t line = 0;
		for (size_t k = 0; k < platform->header_count; k++) {
			carried = carried || (header[k] && header[k]->source && header[k]->source[i] != i);
			if (header[k] && platform->header[k] == PLATFORM_HEADER_OPTION)
				line = header[k]->line;
		}
		if (*column->option && !carried && platform_column(platform, column->text))
			return refuse_header(
				sheet, line, err,
				"the row of options holds something below a column of the platform's own, as where a "
				"header row is lacking",
				check_platform);
	}
	return true;
}

static bool read_columns(struct sheet *sheet, const struct row *const *header, struct error *err)
{
	const struct platform *platform = sheet->platform;
	size_t length = 0;
	bool named = false, ok = true;
	sheet->columns = mem_alloc(sheet->count, sizeof *sheet->columns);
	for (size_t i = 0; ok && i < sheet->count; i++) {
		read_texts(sheet, header, i);
		length += strlen(sheet->columns[i].path);
		if (length > HEADER_LIMIT)
			ok = refuse_header(sheet, header[0] ? header[0]->line : 0, err,
			                   "the questions in the header are longer than any questionnaire",
			                   check_platform);
	}
	ok = ok && check_options(sheet, header, err);
	for (size_t i = 0; ok && i < platform->header_count; i++) {
		if (header[i] && (sheet->header_line == 0 || (platform->header[i] == PLATFORM_HEADER_NAME && !named)))
			sheet->header_line = header[i]->line;
		named = named || platform->header[i] == PLATFORM_HEADER_NAME;
		if (platform->header[i] == PLATFORM_HEADER_IMPORT_ID)
			ok = read_import_ids(sheet, header[i], err);
	}
	return ok;
}

/* The file is opened here for its first records only, and anew when they are all read: the header is judged with some
 * of what follows it in sight. */
static bool open_text(struct sheet *sheet, const struct platform *platform, struct error *err)
{
	static const enum platform_header names[] = { PLATFORM_HEADER_NAME };
	struct platform one_row = *platform;
	struct rows rows = { 0 };
	const struct row **header = NULL;
	if (platform->header_count == 0) {
		one_row.header = (enum platform_header *)names; /* read only */
		one_row.header_count = 1;
	}
	sheet->platform = &one_row;
	if (spss_recognise(sheet->path))
		return refuse_header(sheet, 0, err, "it is an SPSS file",
		                     "write `platform: spss` for this export in the config");
	header = mem_alloc(one_row.header_count, sizeof *header);
	bool ok = read_rows(&rows, one_row.header_count + 3, sheet->path, &sheet->options, err)
	          && place_header(sheet, &rows, header, err) && count_columns(sheet, header, err)
	          && check_below(sheet, &rows, err) && read_columns(sheet, header, err);
	sheet->platform = NULL;
	free((void *)header);
	release_rows(&rows);
	return ok;
}

/* --- SPSS files --- */

static bool open_spss(struct sheet *sheet, struct error *err)
{
	struct error why = { 0 };
	if (!spss_open(&sheet->spss, sheet->path, sheet->encoding, &why)) {
		if (strcmp(why.code, "file-not-text") == 0) {
			error_at(err, ERROR_INPUT, sheet->path, 0,
			         "this is no SPSS file (.sav, .zsav or .por), as its platform exports");
			error_code(err, "header-rows");
			return error_help(err,
			                  "say in the config which platform wrote it (docs/exports.md lists them); if "
			                  "it is packed, unpack it");
		}
		*err = why;
		return false;
	}
	const struct spss_variable *variables = spss_variables(sheet->spss, &sheet->count);
	sheet->columns = mem_alloc(sheet->count, sizeof *sheet->columns);
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_column *column = &sheet->columns[i];
		column->name = keep(sheet, clean(variables[i].name, &column->hidden));
		column->text = keep(sheet, clean(variables[i].label, NULL));
		column->path = *column->text ? column->text : column->name;
		column->option = "";
		column->spss = &variables[i];
	}
	const char *encoding = spss_encoding(sheet->spss);
	sheet->account.bytes.encoding = *encoding ? encoding : "UTF-8";
	return true;
}

bool sheet_open(struct sheet **sheet_out, const char *path, const struct platform *platform,
                const struct sheet_options *options, struct error *err)
{
	struct sheet *sheet = mem_alloc(1, sizeof *sheet);
	sheet->path = mem_copy_text(path);
	sheet->arena = mem_arena_new();
	sheet->trailing = platform->trailing;
	if (options)
		sheet->options = options->text;
	const char *encoding = sheet->options.bytes.encoding ? sheet->options.bytes.encoding : platform->encoding;
	sheet->encoding = encoding ? mem_copy_text(encoding) : NULL;
	sheet->options.bytes.encoding = sheet->encoding;
	if (!sheet->options.delimiter)
		sheet->options.delimiter = platform->delimiter ? platform_delimiter(platform->delimiter) : ',';
	bool ok = platform->format == PLATFORM_SPSS ? open_spss(sheet, err) : open_text(sheet, platform, err);
	if (!ok) {
		sheet_close(sheet);
		sheet = NULL;
	}
	*sheet_out = sheet;
	return ok;
}

void sheet_close(struct sheet *sheet)
{
	if (!sheet)
		return;
	csv_close(sheet->reader);
	spss_close(sheet->spss);
	mem_arena_free(sheet->arena);
	free(sheet->columns);
	free(sheet->encoding);
	free(sheet->path);
	free(sheet);
}

const struct sheet_column *sheet_columns(const struct sheet *sheet, size_t *count)
{
	*count = sheet->count;
	return sheet->columns;
}

size_t sheet_header_line(const struct sheet *sheet)
{
	return sheet->header_line;
}

size_t sheet_header_records(const struct sheet *sheet)
{
	return sheet->header_records;
}

/* --- records --- */

struct counted {
	struct csv_account *account;
	bool (*take)(const struct csv_record *record, void *data, struct error *err);
	void *data;
};

static bool count_and_take(const struct csv_record *record, void *data, struct error *err)
{
	const struct counted *counted = data;
	counted->account->records++;
	counted->account->damaged += record->damage != NULL;
	return counted->take(record, counted->data, err);
}

static bool each_text(struct sheet *sheet, bool (*take)(const struct csv_record *record, void *data, struct error *err),
                      void *data, struct error *err)
{
	const struct csv_record *record = NULL;
	bool more = true, ok = csv_open(&sheet->reader, sheet->path, &sheet->options, err);
	for (size_t number = 1; ok && (ok = csv_read(sheet->reader, &record, &more, err)) && more; number++) {
		if (number <= sheet->header_records)
			continue;
		struct csv_record shown = *record;
		if (sheet->trailing && shown.count == sheet->count + 1 && !*shown.fields[sheet->count])
			shown.count--;
		ok = take(&shown, data, err);
	}
	if (ok)
		sheet->account = *csv_account(sheet->reader);
	return ok;
}

bool sheet_each(struct sheet *sheet, bool (*take)(const struct csv_record *record, void *data, struct error *err),
                void *data, struct error *err)
{
	assert(!sheet->reader);
	if (!sheet->spss)
		return each_text(sheet, take, data, err);
	struct counted counted = { &sheet->account, take, data };
	return spss_each(sheet->spss, count_and_take, &counted, err);
}

const struct csv_account *sheet_account(const struct sheet *sheet)
{
	return &sheet->account;
}
