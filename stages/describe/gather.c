#include "gather.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "header_identifier.h"
#include "mem.h"
#include "name_index.h"
#include "number.h"
#include "text.h"

struct gather_private {
	struct sheet **sheets; /* stay open: columns borrow their texts */
	size_t sheet_count;
	struct name_index *known[HEADER_MATCH_COUNT]; /* columns by how they are known; borrows from the sheets */
	size_t capacity;
	size_t prints; /* columns whose hashes are kept */
};

/* One export under way. */
struct reading {
	struct gathered *gathered;
	const struct platform *platform;
	size_t *columns; /* of gathered, for each of the sheet's; GONE: not read */
	size_t count;
	struct text buffer;
};

enum { MOST_PRINTS = 8 }; /* columns that look like a key */
#define GONE ((size_t)-1)

static const char *known_as(const struct sheet_column *column, enum header_match match)
{
	const char *names[HEADER_MATCH_COUNT] = { column->name, column->path, column->import_id };
	return names[match] ? names[match] : "";
}

/* The names, paths and ids that several columns of one sheet have. */
static void find_twins(struct name_index *twins[HEADER_MATCH_COUNT], const struct sheet_column *columns, size_t count)
{
	for (enum header_match match = 0; match < HEADER_MATCH_COUNT; match++) {
		struct name_index *seen = NULL;
		for (size_t i = 0; i < count; i++) {
			const char *header = known_as(&columns[i], match);
			if (!name_index_find(seen, header))
				name_index_add(&seen, header, i);
			else if (!name_index_find(twins[match], header))
				name_index_add(&twins[match], header, i);
		}
		name_index_free(seen);
	}
}

static void free_names(struct name_index *names[HEADER_MATCH_COUNT])
{
	for (int match = 0; match < HEADER_MATCH_COUNT; match++)
		name_index_free(names[match]);
}

/* Whether only the words tell that the column is the platform's own: V1, which says ResponseID below. */
static bool is_own_by_words(const struct platform_column *own, const struct sheet_column *column)
{
	return own && !platform_matches(own->header, column->name) && platform_matches(own->header, column->path);
}

/* The platform's id goes before the name, and the name before the words, as a short name outlives a question that is
 * put better; headers_find asks for the words before the name, as a row with words was then written by somebody who
 * found that names do not tell. Of a column that only its words tell, nothing says that it always has the same name.
 * False: two columns share all that they have. */
static bool choose_match(enum header_match *match, const struct sheet_column *column, const struct platform_column *own,
                         struct name_index *const twins[HEADER_MATCH_COUNT])
{
	bool words = is_own_by_words(own, column);
	const enum header_match order[] = { HEADER_IMPORT_ID, words ? HEADER_PATH : HEADER_NAME,
		                            words ? HEADER_NAME : HEADER_PATH };
	for (size_t i = 0; i < COUNT(order); i++) {
		const char *header = known_as(column, order[i]);
		*match = order[i];
		if (*header && !name_index_find(twins[order[i]], header))
			return true;
	}
	return false;
}

static size_t add_column(struct reading *reading, const struct sheet_column *column, const struct platform_column *own,
                         enum header_match match)
{
	struct gathered *gathered = reading->gathered;
	struct gather_private *private = gathered->private;
	gathered->columns = mem_grow(gathered->columns, gathered->count, &private->capacity, sizeof *gathered->columns);
	struct gather_column *added = &gathered->columns[gathered->count];
	*added = (struct gather_column){
		.sheet = column, .match = match, .header = known_as(column, match), .own = own
	};
	const char *separator = reading->platform->separator;
	bool prints = private->prints < MOST_PRINTS && header_is_key(column->name);
	private->prints += prints;
	cells_begin(&added->cells, separator ? *separator : '\0', prints);
	name_index_add(&private->known[match], added->header, gathered->count);
	return gathered->count++;
}

static void match_columns(struct reading *reading, const struct sheet_column *columns, size_t count)
{
	struct gathered *gathered = reading->gathered;
	struct name_index *twins[HEADER_MATCH_COUNT] = { NULL };
	find_twins(twins, columns, count);
	reading->count = count;
	reading->columns = mem_alloc(count, sizeof *reading->columns);
	for (size_t i = 0; i < count; i++) {
		const struct platform_column *own =
			platform_own(reading->platform, columns[i].name, columns[i].path, columns[i].import_id);
		enum header_match match = HEADER_NAME;
		reading->columns[i] = GONE;
		if (!choose_match(&match, &columns[i], own, twins)) {
			bool nameless = !*columns[i].name && !*columns[i].path;
			gathered->nameless += nameless;
			gathered->twins += !nameless;
			continue;
		}
		const size_t *known = name_index_find(gathered->private->known[match], known_as(&columns[i], match));
		reading->columns[i] = known ? *known : add_column(reading, &columns[i], own, match);
	}
	free_names(twins);
}

bool gather_is_declared(const struct spss_variable *variable, const char *text)
{
	double value = 0;
	bool number = variable && variable->kind != SPSS_TEXT && number_read_decimal(text, &value);
	for (size_t i = 0; variable && i < variable->missing_count; i++) {
		const struct spss_missing *missing = &variable->missing[i];
		if (missing->range ? number && value >= missing->low && value <= missing->high
		                   : strcmp(missing->text, text) == 0)
			return true;
	}
	return false;
}

/* The platform's own text for why there is no answer; ingest knows it without codes.csv. */
static bool is_platform_missing(const struct platform *platform, const char *text, unsigned *reasons)
{
	for (unsigned i = 0; i < platform->missing_count; i++) {
		enum missing_reason reason = MISSING_NONE;
		if (strcmp(platform->missing[i].text, text) != 0)
			continue;
		if (missing_reason_read(platform->missing[i].reason, &reason))
			*reasons |= 1u << reason;
		return true;
	}
	return false;
}

static void take_cell(struct reading *reading, size_t i, const char *field, bool line_end)
{
	struct gather_column *column = &reading->gathered->columns[reading->columns[i]];
	size_t length = 0;
	const char *text = answer_trim(field, &length);
	column->rows++;
	if (length == 0 || (column->own && column->own->drop))
		return;
	reading->buffer.length = 0;
	text_add_bytes(&reading->buffer, text, length);
	text = reading->buffer.bytes;
	if (is_platform_missing(reading->platform, text, &column->reasons))
		return;
	if (gather_is_declared(column->sheet->spss, text))
		cells_set_add(&column->declared, text, 1);
	else
		cells_add(&column->cells, text, line_end);
}

static bool take_record(const struct csv_record *record, void *data, struct error *err)
{
	struct reading *reading = data;
	bool blank = true;
	(void)err;
	if (record->damage || record->count != reading->count) {
		reading->gathered->unreadable++;
		return true;
	}
	for (size_t i = 0; i < record->count && blank; i++)
		blank = text_is_blank(record->fields[i]);
	if (blank) {
		reading->gathered->blank_rows++;
		return true;
	}
	reading->gathered->rows++;
	for (size_t i = 0; i < record->count; i++)
		if (reading->columns[i] != GONE)
			take_cell(reading, i, record->fields[i], record->quoted_line_end && record->quoted_line_end[i]);
	return true;
}

static bool read_file(struct gathered *gathered, const struct platform *platform, const struct sheet_options *options,
                      const char *path, struct error *err)
{
	struct gather_private *private = gathered->private;
	struct reading reading = { .gathered = gathered, .platform = platform };
	struct sheet *sheet = NULL;
	size_t count = 0;
	bool ok = sheet_open(&sheet, path, platform, options, err);
	if (ok) {
		private->sheets[private->sheet_count++] = sheet;
		const struct sheet_column *columns = sheet_columns(sheet, &count);
		match_columns(&reading, columns, count);
		ok = sheet_each(sheet, take_record, &reading, err);
	}
	for (size_t i = 0; ok && i < gathered->count; i++)
		cells_end_file(&gathered->columns[i].cells);
	const struct bytes_account *bytes = ok ? &sheet_account(sheet)->bytes : NULL;
	if (ok && platform->format == PLATFORM_TEXT && !bytes->mark && bytes->encoding
	    && strcmp(bytes->encoding, "UTF-8") != 0 && !gathered->encoding)
		gathered->encoding = bytes->encoding;
	free(reading.columns);
	text_free(&reading.buffer);
	return ok;
}

bool gather(struct gathered **gathered, const struct platform *platform, const struct sheet_options *options,
            char *const *paths, size_t count, struct error *err)
{
	struct gathered *made = mem_alloc(1, sizeof *made);
	made->private = mem_alloc(1, sizeof *made->private);
	made->private->sheets = mem_alloc(count, sizeof(struct sheet *));
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++)
		ok = read_file(made, platform, options, paths[i], err);
	*gathered = made;
	if (!ok) {
		gather_free(made);
		*gathered = NULL;
	}
	return ok;
}

void gather_free(struct gathered *gathered)
{
	if (!gathered)
		return;
	for (size_t i = 0; i < gathered->count; i++) {
		cells_free(&gathered->columns[i].cells);
		cells_set_free(&gathered->columns[i].declared);
	}
	free_names(gathered->private->known);
	for (size_t i = 0; i < gathered->private->sheet_count; i++)
		sheet_close(gathered->private->sheets[i]);
	free(gathered->private->sheets);
	free(gathered->private);
	free(gathered->columns);
	free(gathered);
}
