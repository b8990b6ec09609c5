#include "csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

enum { CELLS = CSV_RECORD_LIMIT + 1 }; /* bytes of a record's cells, each closed by a NUL where a delimiter stood */

struct csv_reader {
	struct bytes *bytes;
	char *path;
	char delimiter;
	bool ended; /* nothing follows what is held */
	struct csv_account account;

	/* Text as it came: the lines of the record under way, those to read again after a damaged one, and whatever
	 * else its blocks held. */
	struct text held;
	size_t begin, at;               /* where the record under way and its next line begin */
	size_t lf, cr, nul, blank, tab; /* where each is next: see find() */
	size_t line;                    /* number of the line at `at` */

	struct csv_parser parser;
	bool finished, too_long; /* the record under way is complete; is over a limit */
	char *cells;
	size_t cells_length, count;
	const char **fields;
	bool *line_ends;
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
	size_t count = reader->count, at = reader->cells_length;
	reader->too_long =
		reader->too_long || length > CSV_CELL_LIMIT || length >= CELLS - at || count == CSV_FIELD_LIMIT;
	if (reader->too_long)
		return;
	char *cell = reader->cells + at;
	reader->cells_length = at + length + 1;
	reader->fields[count] = cell;
	reader->line_ends[count] = reader->line > reader->record.line /* a line holds none but at its end */
	                           && (memchr(bytes, '\n', length) || memchr(bytes, '\r', length));
	reader->count = count + 1;
	memcpy(cell, bytes, length + 1); /* libcsv closes it with a NUL */
}

static void take_end(int end, void *data)
{
	(void)end;
	struct csv_reader *reader = data;
	reader->finished = true;
}

void csv_close(struct csv_reader *reader)
{
	if (!reader)
		return;
	bytes_close(reader->bytes);
	csv_free(&reader->parser);
	text_free(&reader->held);
	free(reader->cells);
	free(reader->fields);
	free(reader->line_ends);
	free(reader->path);
	free(reader);
}

const struct csv_account *csv_account(const struct csv_reader *reader)
{
	return &reader->account;
}

/* Where `c` is next from `from` on, or the end of what is held. *next remembers it, so that no byte is searched twice:
 * a place where `c` is, or up to which it is not. */
static size_t find(const struct csv_reader *reader, size_t *next, char c, size_t from)
{
	const struct text *held = &reader->held;
	if (*next < from)
		*next = from;
	if (*next < held->length && held->bytes[*next] != c) {
		const char *found = memchr(held->bytes + *next, c, held->length - *next);
		*next = found ? (size_t)(found - held->bytes) : held->length;
	}
	return *next;
}

/* Forget what stands before the record under way. */
static void drop(struct csv_reader *reader)
{
	size_t *const places[] = { &reader->at, &reader->lf, &reader->cr, &reader->nul, &reader->blank, &reader->tab };
	struct text *held = &reader->held;
	held->length -= reader->begin;
	if (held->length > 0)
		memmove(held->bytes, held->bytes + reader->begin, held->length);
	for (size_t i = 0; i < COUNT(places); i++)
		*places[i] -= *places[i] < reader->begin ? *places[i] : reader->begin;
	reader->begin = 0;
}

/* Hold one more block. Of a line over the limit of a record only so much is kept that its record is over it too. */
static bool hold_block(struct csv_reader *reader, struct error *err)
{
	const char *block;
	size_t length;
	if (!bytes_read(reader->bytes, &block, &length, err))
		return false;
	reader->ended = length == 0;
	if (reader->begin >= reader->held.length / 2)
		drop(reader);
	if (reader->held.length - reader->at > CSV_RECORD_LIMIT)
		while (length > 0 && *block != '\n' && *block != '\r') {
			block++;
			length--;
		}
	text_add_bytes(&reader->held, block, length);
	return true;
}

/* The length of the next line with its end (LF, CR, or CR and LF), held already or not; 0 at the end of the file. */
static bool next_line(struct csv_reader *reader, size_t *length, struct error *err)
{
	for (;;) {
		size_t lf = find(reader, &reader->lf, '\n', reader->at),
		       cr = find(reader, &reader->cr, '\r', reader->at);
		size_t held = reader->held.length, end = lf < cr ? lf : cr;
		if (end + 1 < held || (end < held && (lf < cr || reader->ended)))
			end += lf < held && lf == cr + 1 ? 2 : 1;
		else if (!reader->ended) {
			if (!hold_block(reader, err))
				return false;
			continue;
		}
		*length = end - reader->at;
		return true;
	}
}

/* Go back to a line that was held already. */
static void go_back(struct csv_reader *reader, size_t at)
{
	reader->at = reader->lf = reader->cr = reader->blank = reader->tab = at;
}

bool csv_open(struct csv_reader **opened, const char *path, const struct csv_options *options, struct error *err)
{
	struct csv_reader *reader = mem_alloc(1, sizeof *reader);
	reader->path = mem_copy_text(path);
	reader->line = 1;
	reader->delimiter = options && options->delimiter ? options->delimiter : ',';
	reader->cells = mem_alloc(CELLS, 1);
	reader->fields = mem_alloc(CSV_FIELD_LIMIT, sizeof *reader->fields);
	reader->line_ends = mem_alloc(CSV_FIELD_LIMIT, sizeof *reader->line_ends);
	parser_start(reader);
	bool ok = bytes_open(&reader->bytes, path, options ? &options->bytes : NULL, err);
	if (ok)
		reader->account.bytes = *bytes_account(reader->bytes);
	for (size_t i = 0; ok && options && i < options->skip; i++) {
		size_t length = 0;
		ok = next_line(reader, &length, err);
		if (length == 0)
			break;
		reader->begin = reader->at += length;
		reader->line++;
		reader->account.skipped++;
	}
	if (!ok) {
		csv_close(reader);
		reader = NULL;
	}
	*opened = reader;
	return ok;
}

static bool is_blank_line(const struct csv_reader *reader, size_t length)
{
	const char *bytes = reader->held.bytes + reader->at;
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];
		if ((c != ' ' && c != '\t' && c != '\r' && c != '\n') || c == reader->delimiter)
			return false;
	}
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
		go_back(reader, reader->begin + first_length);
		reader->line = reader->record.line + 1;
		csv_free(&reader->parser);
		parser_start(reader);
	}
	reader->record.damage = code;
	reader->account.damaged++;
}

/* Hand the line at `at` to libcsv. Left to itself it takes blanks round a cell away, and asked to keep them it asks at
 * every byte: so only where the line has some. */
static bool parse_line(struct csv_reader *reader, size_t length)
{
	const char *line = reader->held.bytes + reader->at;
	size_t end = reader->at + length;
	bool blanks = find(reader, &reader->blank, ' ', reader->at) < end
	              || find(reader, &reader->tab, '\t', reader->at) < end;
	csv_set_space_func(&reader->parser, blanks ? no_space : NULL);
	return csv_parse(&reader->parser, line, length, take_cell, take_end, reader) == length;
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
		if (!parse_line(reader, length))
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
	} else if (find(reader, &reader->nul, '\0', reader->begin) < reader->at) {
		damage(reader, "row-control-char", first_length, true);
	} else {
		reader->record.count = reader->count;
		reader->record.fields = reader->fields;
		reader->record.quoted_line_end = reader->line_ends;
	}
	return true;
}

static bool no_records(const struct csv_reader *reader, struct error *err)
{
	bool skipped = reader->account.skipped > 0;
	error_at(err, ERROR_INPUT, reader->path, 0,
	         skipped ? "below the lines that are skipped, the file is empty" : "the file is empty");
	error_code(err, "file-empty");
	return error_help(err, skipped ? "correct `skip` of the export in the config" : "export the data again");
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
		reader->account.lines = reader->line - 1;
		if (length == 0 && reader->account.records == 0)
			return no_records(reader, err);
		if (length == 0)
			return true;
		if (!is_blank_line(reader, length)) {
			reader->account.records++;
			reader->record = (struct csv_record){ .line = reader->line, .record = reader->account.records };
			reader->count = reader->cells_length = 0;
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
