#include "sheet.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "csv.h"
#include "folder.h"
#include "mem.h"

#define LABEL_FILE "SYNTHETIC.txt"

enum { LINES_APART = 40 /* between the odd line ends of a file, and between its blank lines */ };

/* --- rows --- */

void sheet_set_cell(struct sheets *sheets, size_t row, size_t index, char *cell)
{
	free(sheets->rows[row].cells[index]);
	sheets->rows[row].cells[index] = cell;
}

void sheet_spell(struct sheets *sheets, size_t row, size_t index)
{
	const struct sheet_row *at = &sheets->rows[row];
	const char *dates = sheets->dataset->exports[at->export].dates;
	sheet_set_cell(sheets, row, index,
	               spell_value(sheets->spellings, &sheets->dictionary->variables[index], &at->values[index],
	                           at->export, dates));
}

static size_t add_row(struct sheets *sheets, size_t export)
{
	sheets->rows = mem_grow(sheets->rows, sheets->count, &sheets->capacity, sizeof *sheets->rows);
	sheets->rows[sheets->count] = (struct sheet_row){
		.export = export,
		.values = mem_alloc(sheets->dictionary->variable_count, sizeof *sheets->rows->values),
		.cells = mem_alloc(sheets->dictionary->variable_count, sizeof *sheets->rows->cells),
	};
	return sheets->count++;
}

void sheets_repeat(struct sheets *sheets, size_t row)
{
	size_t copy = add_row(sheets, sheets->rows[row].export);
	for (size_t i = 0; i < sheets->dictionary->variable_count; i++) {
		sheets->rows[copy].values[i] = sheets->rows[row].values[i];
		sheet_set_cell(sheets, copy, i, mem_copy_text(sheets->rows[row].cells[i]));
	}
}

/* The first export gets 1 part, the second half a part, the third a third. */
static size_t pick_export(const struct study_dataset *dataset, gsl_rng *rng)
{
	double parts = 0;
	for (unsigned i = 0; i < dataset->exports_count; i++)
		parts += 1 / (1 + (double)i);
	double left = parts * gsl_rng_uniform(rng);
	size_t export = 0;
	while (export + 1 < dataset->exports_count && left >= 1 / (1 + (double)export)) {
		left -= 1 / (1 + (double)export);
		export ++;
	}
	return export;
}

bool sheets_fill(struct sheets *sheets, const struct study *study, const struct study_dataset *dataset,
                 const struct dictionary *dictionary, const struct spellings *spellings, struct people *people,
                 gsl_rng *rng, struct error *err)
{
	*sheets =
		(struct sheets){ .study = study, .dataset = dataset, .dictionary = dictionary, .spellings = spellings };
	for (int i = 0; i < dataset->synthesis->respondents; i++) {
		size_t row = add_row(sheets, pick_export(dataset, rng));
		if (!people_draw(people, sheets->rows[row].values, err))
			return false;
		for (size_t v = 0; v < dictionary->variable_count; v++)
			sheet_spell(sheets, row, v);
	}
	return true;
}

void sheets_release(struct sheets *sheets)
{
	for (size_t row = 0; row < sheets->count; row++) {
		for (size_t i = 0; i < sheets->dictionary->variable_count; i++)
			free(sheets->rows[row].cells[i]);
		free(sheets->rows[row].cells);
		free(sheets->rows[row].values);
	}
	free(sheets->rows);
	*sheets = (struct sheets){ 0 };
}

bool sheets_has_column(const struct sheets *sheets, size_t export, const struct variable *variable)
{
	return variable != sheets->absent || export + 1 != sheets->dataset->exports_count;
}

/* --- one file --- */

/* The row of headers.csv for variable `index` in this export, from row *next on, and *next behind it; NULL: no further
 * one. A question with boxes has one for each. */
static const struct header *next_header(const struct sheets *sheets, size_t export, size_t index, size_t *next)
{
	const struct study_export *at = &sheets->dataset->exports[export];
	const char *profile = at->headers ? at->headers : at->platform ? at->platform : "plain";
	while (*next < sheets->dictionary->header_count) {
		const struct header *header = &sheets->dictionary->headers[(*next)++];
		if (header->variable == index && strcmp(header->profile, profile) == 0)
			return header;
	}
	return NULL;
}

static void add_cell(struct text *csv, const char *cell, bool first)
{
	if (!first)
		text_add(csv, ",");
	if (!strpbrk(cell, ",\"\r\n")) {
		text_add(csv, cell);
		return;
	}
	text_add(csv, "\"");
	for (; *cell; cell++)
		text_add_bytes(csv, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
	text_add(csv, "\"");
}

/* The names of a variable's columns, and what a row says in them. */
static void add_header(struct text *csv, const struct sheets *sheets, size_t export, size_t index, bool first)
{
	size_t next = 0;
	const struct header *header = next_header(sheets, export, index, &next);
	add_cell(csv, header ? header->header : sheets->dictionary->variables[index].name, first);
	while (header && (header = next_header(sheets, export, index, &next)))
		add_cell(csv, header->header, false);
}

static const char *box_text(const struct header *box, const struct sheet_row *row, const struct variable *variable)
{
	const struct value *value = &row->values[box->variable];
	size_t code = 0;
	if (value->missing != MISSING_NONE)
		return row->cells[box->variable];
	while (strcmp(variable->codes->codes[code].code, box->option) != 0)
		code++;
	if (value_ticks(value, code))
		return box->ticked ? box->ticked : "1";
	return box->unticked ? box->unticked : "0";
}

static void add_answer(struct text *csv, const struct sheets *sheets, const struct sheet_row *row, size_t index,
                       bool first)
{
	size_t next = 0;
	const struct header *header = next_header(sheets, row->export, index, &next);
	if (!header || !header->option)
		add_cell(csv, row->cells[index], first);
	for (; header && header->option; header = next_header(sheets, row->export, index, &next), first = false)
		add_cell(csv, box_text(header, row, &sheets->dictionary->variables[index]), first);
}

/* What a slip of the hand or a broken tool does to a line that is otherwise right. */
static void damage_line(struct text *line, enum finding_code damage, const struct text *header)
{
	struct text whole = *line;
	if (damage == FINDING_NONE || whole.length == 0)
		return;
	*line = (struct text){ 0 };
	switch (damage) {
	case FINDING_ROW_FIELDS:
		text_add_bytes(line, whole.bytes, whole.length);
		text_add(line, ",one cell too many");
		break;
	case FINDING_ROW_QUOTE_OPEN:
		text_add(line, "\"");
		text_add_bytes(line, whole.bytes, whole.length);
		break;
	case FINDING_ROW_QUOTE_STRAY:
		text_add_bytes(line, whole.bytes, 1);
		text_add(line, "\"");
		text_add_bytes(line, whole.bytes + 1, whole.length - 1);
		break;
	case FINDING_ROW_CONTROL:
		text_add_bytes(line, whole.bytes, 1);
		text_add_bytes(line, "", 1); /* NUL */
		text_add_bytes(line, whole.bytes + 1, whole.length - 1);
		break;
	case FINDING_ROW_HEADER_REPEAT: text_add_bytes(line, header->bytes, header->length); break;
	default: text_add_bytes(line, whole.bytes, whole.length); break;
	}
	text_free(&whole);
}

void sheets_print(struct text *csv, const struct sheets *sheets, size_t export)
{
	const struct dictionary *dictionary = sheets->dictionary;
	bool marked = sheets->faults && export == 0,
	     mixed = sheets->faults && export + 1 == sheets->dataset->exports_count;
	const char *end = mixed ? "\r\n" : "\n";
	if (marked)
		text_add(csv, "\xef\xbb\xbf");
	struct text header = { 0 };
	bool first = true;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		if (!sheets_has_column(sheets, export, &dictionary->variables[i]))
			continue;
		add_header(&header, sheets, export, i, first);
		first = false;
	}
	text_add(&header, marked ? ",In no dictionary" : "");
	text_print(csv, "%s%s", header.bytes, end);

	size_t written = 0;
	for (size_t row = 0; row < sheets->count; row++) {
		if (sheets->rows[row].export != export)
			continue;
		struct text line = { 0 };
		first = true;
		for (size_t i = 0; i < dictionary->variable_count; i++) {
			if (!sheets_has_column(sheets, export, &dictionary->variables[i]))
				continue;
			add_answer(&line, sheets, &sheets->rows[row], i, first);
			first = false;
		}
		if (marked)
			text_add(&line, ",made up");
		damage_line(&line, sheets->rows[row].damage, &header);
		text_add_bytes(csv, line.bytes, line.length);
		text_free(&line);
		bool odd = sheets->faults && ++written % LINES_APART == 0;
		text_add(csv, odd && mixed ? "\n" : end);
		if (odd && marked)
			text_add(csv, end);
	}
	text_free(&header);
}

/* --- the folder --- */

/* The head of a gzip file holds a time and a system by default: here neither, so that the same text is the same bytes.
 */
static bool pack(struct text *packed, const struct text *plain, const char *name, struct error *err)
{
	z_stream zip = { 0 };
	gz_header head = { .time = 0, .os = 255 };
	unsigned char block[65536];
	if (deflateInit2(&zip, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return error_set(err, ERROR_FAULT, "cannot begin to pack %s", name);
	deflateSetHeader(&zip, &head);
	zip.next_in = (unsigned char *)plain->bytes;
	zip.avail_in = (uInt)plain->length;
	int status = Z_OK;
	while (status == Z_OK) {
		zip.next_out = block;
		zip.avail_out = sizeof block;
		status = deflate(&zip, Z_FINISH);
		text_add_bytes(packed, (const char *)block, sizeof block - zip.avail_out);
	}
	deflateEnd(&zip);
	return status == Z_STREAM_END || error_set(err, ERROR_FAULT, "cannot pack %s", name);
}

/* A folder may be replaced where it is not there, empty, or one of ours. */
static bool check_replaceable(const char *path, struct error *err)
{
	DIR *folder = opendir(path);
	if (!folder && errno == ENOENT)
		return true;
	if (!folder)
		return error_at(err, ERROR_IO, path, 0, "cannot look into the folder: %s", strerror(errno));
	bool empty = true, ours = false;
	for (const struct dirent *entry; (entry = readdir(folder));) {
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
		ours = ours || strcmp(entry->d_name, LABEL_FILE) == 0;
	}
	closedir(folder);
	if (empty || ours)
		return true;
	error_at(err, ERROR_USAGE, path, 0, "the folder holds files that synthesise did not make");
	return error_help(err, "name another folder for --output: real exports are never replaced by made-up ones");
}

static bool write_label(struct folder *folder, const struct sheets *sheets, struct error *err)
{
	struct text label = { 0 };
	text_print(
		&label,
		"Synthetic data. Every answer in this folder is made up by Canvass (synthesise) from a data dictionary;\n"
		"none is anybody's. Study %s, dataset %s, seed %d.\n",
		sheets->study->study.name, sheets->dataset->name, sheets->study->study.seed);
	bool ok = folder_write(folder, LABEL_FILE, label.bytes, label.length, err);
	text_free(&label);
	return ok;
}

static bool write_export(struct folder *folder, const struct sheets *sheets, size_t export, struct error *err)
{
	const char *name = sheets->dataset->exports[export].path;
	struct text plain = { 0 }, packed = { 0 };
	sheets_print(&plain, sheets, export);
	size_t length = strlen(name);
	bool zip = length > 3 && strcmp(name + length - 3, ".gz") == 0;
	bool ok = !zip || pack(&packed, &plain, name, err);
	const struct text *bytes = zip ? &packed : &plain;
	ok = ok && folder_write(folder, name, bytes->bytes, bytes->length, err);
	text_free(&plain);
	text_free(&packed);
	return ok;
}

bool sheets_write(const struct sheets *sheets, const char *path, struct error *err)
{
	struct folder *folder = NULL;
	bool ok = check_replaceable(path, err) && folder_begin(&folder, path, 0700, err)
	          && write_label(folder, sheets, err);
	for (unsigned i = 0; ok && i < sheets->dataset->exports_count; i++)
		ok = write_export(folder, sheets, i, err);
	ok = ok && folder_commit(folder, err);
	folder_close(folder);
	return ok;
}
