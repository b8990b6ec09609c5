#include "recode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "text.h"
#include "treatment.h"

static bool refuse(const struct file *file, const struct column *column, const char *help, struct error *err)
{
	error_set(err, ERROR_CONFIG, "microdata of %s: `%s` cannot be treated as variables.csv says: %s",
	          file->entry->dataset, column->name, column->wish);
	return error_help(err, "%s", help);
}

/* --- codes that become others --- */

/* Code c of the analysis table becomes to[c - 1] of `codes`, which the column owns from now on. */
static void replace_codes(struct file *file, struct column *column, struct file_code *codes, size_t count, const size_t *to)
{
	for (size_t c = 0; c < column->code_count; c++) {
		struct file_code *code = &codes[to[c] - 1];
		if (!code->stands_for)
			code->stands_for = mem_alloc(column->code_count, sizeof *code->stands_for);
		code->stands_for[code->stands_for_count++] = column->codes[c].code;
		free(column->codes[c].stands_for);
	}
	for (size_t i = 0; i < file->record_count; i++)
		if (!isnan(column->values[i]))
			column->values[i] = (double)to[(size_t)column->values[i] - 1];
	free(column->codes);
	column->codes = codes;
	column->code_count = count;
}

static size_t find_code(const struct column *column, const char *code)
{
	for (size_t c = 0; c < column->code_count; c++)
		if (strcmp(column->codes[c].code, code) == 0)
			return c + 1;
	return 0;
}

/* The code that this one ends in; 0: one is named that is not there, or they lead in a circle. */
static size_t merged_into(const struct column *column, size_t code)
{
	for (size_t steps = 0; steps <= column->code_count; steps++) {
		const char *broader = column->codes[code - 1].broader;
		size_t next = broader && *broader ? find_code(column, broader) : code;
		if (next == code || next == 0)
			return next;
		code = next;
	}
	return 0;
}

static bool merge(struct file *file, struct column *column, const char *rest, struct error *err)
{
	(void)rest;
	size_t *to = mem_alloc(column->code_count, sizeof *to), *place = mem_alloc(column->code_count + 1, sizeof *place);
	size_t count = 0;
	bool ok = column->code_count > 0;
	for (size_t c = 0; ok && c < column->code_count; c++)
		ok = (to[c] = merged_into(column, c + 1)) != 0;
	struct file_code *codes = mem_alloc(column->code_count, sizeof *codes);
	for (size_t c = 0; ok && c < column->code_count; c++)
		if (to[c] == c + 1) {
			codes[count] = (struct file_code){ .code = column->codes[c].code, .label = column->codes[c].label };
			place[c + 1] = ++count;
		}
	for (size_t c = 0; ok && c < column->code_count; c++)
		to[c] = place[to[c]];
	if (ok)
		replace_codes(file, column, codes, count, to);
	else
		free(codes);
	free(to);
	free(place);
	return ok || refuse(file, column, "`broader` is of code lists: codes.csv names for a code, in the column broader, "
	                                  "another of the same list that it is merged into", err);
}

/* --- bands --- */

static struct file_code *band_codes(const struct file *file, const struct column *column, const struct bands *bands)
{
	struct file_code *codes = mem_alloc(bands->count, sizeof *codes);
	for (size_t band = 1; band <= bands->count; band++) {
		char label[80];
		bands_label(label, bands, band, strcmp(column->type, "integer") == 0);
		codes[band - 1].code = codes[band - 1].label = mem_arena_copy(file->strings, label);
	}
	return codes;
}

static bool band(struct file *file, struct column *column, const char *rest, struct error *err)
{
	struct bands bands = { .count = 0 };
	if (!bands_read(&bands, rest) || column_is_coded(column))
		return refuse(file, column, "bands are of numbers, as their lower ends going upwards: bands:16 18 25", err);
	for (size_t i = 0; i < file->record_count; i++) {
		if (isnan(column->values[i]))
			continue;
		size_t at = bands_find(&bands, column->values[i]);
		column->values[i] = at ? (double)at : NAN;
		column->reasons[i] = at ? MISSING_NONE : MISSING_UNUSABLE;
	}
	column->codes = band_codes(file, column, &bands);
	column->code_count = bands.count;
	column->type = "code";
	column->level = "ordinal";
	column->bounded[0] = column->bounded[1] = false;
	return true;
}

/* --- ends --- */

static bool cut(struct file *file, struct column *column, const char *rest, bool top, struct error *err)
{
	double end = 0;
	if (column_is_coded(column) || !number_read_decimal(rest, &end))
		return refuse(file, column, "top:N and bottom:N are of numbers, and N is one", err);
	for (size_t i = 0; i < file->record_count; i++)
		if (top ? column->values[i] > end : column->values[i] < end)
			column->values[i] = end;
	*(top ? &column->top : &column->bottom) = end;
	*(top ? &column->most : &column->least) = end;
	column->bounded[top] = true;
	return true;
}

static bool cut_top(struct file *file, struct column *column, const char *rest, struct error *err)
{
	return cut(file, column, rest, true, err);
}

static bool cut_bottom(struct file *file, struct column *column, const char *rest, struct error *err)
{
	return cut(file, column, rest, false, err);
}

/* --- dropping --- */

static bool drop(struct file *file, struct column *column, const char *rest, struct error *err)
{
	(void)rest;
	if (column->asked_for) {
		char place[40] = "variables";
		if (column->key)
			snprintf(place, sizeof place, "keys[%zu]", column->key - 1);
		else if (column->sensitive)
			snprintf(place, sizeof place, "sensitive");
		error_set(err, ERROR_CONFIG, "microdata of %s: the config asks for `%s`, which the data dictionary drops",
		          file->entry->dataset, column->name);
		error_help(err, "take it out here, or give it another word in the column microdata of variables.csv");
		return file_locate(file, err, place);
	}
	if (column->leaves)
		file_hold_back(file, column, "dropped by the data dictionary");
	return true;
}

static bool keep(struct file *file, struct column *column, const char *rest, struct error *err)
{
	(void)file, (void)column, (void)rest, (void)err;
	return true;
}

static const struct word {
	const char *word;
	bool argument;
	enum file_treatment treatment;
	bool (*apply)(struct file *, struct column *, const char *, struct error *);
} words[] = {
	{ "keep", false, FILE_KEPT, keep },        { "drop", false, FILE_DROPPED, drop },
	{ "bands:", true, FILE_BANDS, band },      { "top:", true, FILE_TOP, cut_top },
	{ "bottom:", true, FILE_BOTTOM, cut_bottom }, { "broader", false, FILE_BROADER, merge },
};

static bool treat(struct file *file, struct column *column, struct error *err)
{
	for (size_t w = 0; w < COUNT(words); w++) {
		size_t length = strlen(words[w].word);
		if (strncmp(column->wish, words[w].word, length) != 0 || (!words[w].argument && column->wish[length]))
			continue;
		column->treatment = words[w].treatment;
		return words[w].apply(file, column, column->wish + length, err);
	}
	return refuse(file, column, "one of keep, drop, bands:16 18 25, top:5, bottom:16, broader", err);
}

bool recode_file(struct file *file, struct error *err)
{
	bool ok = true;
	for (size_t c = 0; ok && c < file->column_count; c++) {
		struct column *column = &file->columns[c];
		if (!text_is_blank(column->wish))
			ok = treat(file, column, err);
		if (file->record_count) {
			memcpy(column->recoded, column->values, file->record_count * sizeof *column->recoded);
			memcpy(column->reasons_before, column->reasons, file->record_count);
		}
	}
	return ok;
}
