#include "file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "people.h"
#include "text.h"

static const char *const treatments[] = { "kept", "dropped", "bands", "top", "bottom", "broader", "averaged" };

const char *file_treatment_word(enum file_treatment treatment)
{
	return treatments[treatment];
}

struct column *file_column(const struct file *file, const char *name)
{
	for (size_t c = 0; c < file->column_count; c++)
		if (strcmp(file->columns[c].name, name) == 0)
			return &file->columns[c];
	return NULL;
}

bool column_is_coded(const struct column *column)
{
	return column->code_count > 0 || column->texts != NULL;
}

void file_hold_back(struct file *file, struct column *column, const char *why)
{
	column->leaves = false;
	file->held = mem_grow(file->held, file->held_count, &file->held_capacity, sizeof *file->held);
	file->held[file->held_count++] = (struct held_back){ column->name, mem_arena_copy(file->strings, why) };
}

bool file_locate(const struct file *file, struct error *err, const char *key)
{
	char *config = study_source(file->config);
	snprintf(err->path, sizeof err->path, "%s", config);
	study_locate_microdata(err, config, file->entry->dataset, key);
	free(config);
	return false;
}

static const char *column_text(const struct file *file, sqlite3_stmt *row, int column)
{
	return mem_arena_copy(file->strings, (const char *)sqlite3_column_text(row, column));
}

/* --- what there is --- */

static bool read_columns(struct file *file, struct store *store, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, store, sql_anonymise_variables, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		file->columns = mem_grow(file->columns, file->column_count, &capacity, sizeof *file->columns);
		struct column *column = &file->columns[file->column_count++];
		*column = (struct column){ .name = column_text(file, select, 0),
			                   .label = column_text(file, select, 1),
			                   .question = column_text(file, select, 2),
			                   .type = column_text(file, select, 3),
			                   .level = column_text(file, select, 4),
			                   .unit = column_text(file, select, 5),
			                   .polarity = column_text(file, select, 6),
			                   .domain = column_text(file, select, 7),
			                   .least = sqlite3_column_double(select, 8),
			                   .most = sqlite3_column_double(select, 9),
			                   .bounded = { sqlite3_column_type(select, 8) != SQLITE_NULL,
			                                sqlite3_column_type(select, 9) != SQLITE_NULL },
			                   .derived = sqlite3_column_type(select, 10) != SQLITE_NULL,
			                   .role = column_text(file, select, 11),
			                   .stored = column_text(file, select, 12),
			                   .wish = column_text(file, select, 13),
			                   .bottom = NAN,
			                   .top = NAN,
			                   .leaves = true };
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_codes(struct file *file, struct store *store, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, sql_anonymise_codes, err);
	for (size_t c = 0; ok && c < file->column_count; c++) {
		struct column *column = &file->columns[c];
		size_t capacity = 0;
		store_bind_text(select, ":variable", column->name);
		while (ok && (ok = store_step(store, select, &row, err)) && row) {
			column->codes = mem_grow(column->codes, column->code_count, &capacity, sizeof *column->codes);
			struct file_code *code = &column->codes[column->code_count++];
			*code = (struct file_code){ .code = column_text(file, select, 0),
				                    .label = column_text(file, select, 1),
				                    .broader = column_text(file, select, 2),
				                    .stands_for = mem_alloc(1, sizeof *code->stands_for),
				                    .stands_for_count = 1 };
			code->stands_for[0] = code->code;
		}
		sqlite3_reset(select);
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_unit(struct file *file, struct store *store, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, store, "SELECT name, plural FROM unit", err)
	                       && store_step(store, select, &row, err);
	file->unit = row ? column_text(file, select, 0) : "";
	file->plural = row ? column_text(file, select, 1) : "";
	sqlite3_finalize(select);
	return ok;
}

/* --- what the config names --- */

static bool no_such(const struct file *file, const char *name, const char *list, unsigned at, struct error *err)
{
	const char **names = mem_alloc(file->column_count, sizeof *names);
	char *place = mem_print("%s[%u]", list, at);
	for (size_t c = 0; c < file->column_count; c++)
		names[c] = file->columns[c].name;
	const char *near = text_nearest(name, names, file->column_count);
	error_set(err, ERROR_CONFIG, "microdata of %s: the analysis table has no variable %s", file->entry->dataset,
	          name);
	file_locate(file, err, place);
	if (near)
		error_help(err, "did you mean %s?", near);
	else
		error_help(err,
		           "texts, dates, ids and what `treat` drops go no further than deidentify: take it out, or "
		           "give it another treatment in variables.csv");
	free(place);
	free(names);
	return false;
}

/* Keys and what is sensitive always leave; the rest as `variables` says, or all. */
static bool choose(struct file *file, struct error *err)
{
	const struct study_microdata *entry = file->entry;
	struct {
		const char *name;
		char **names;
		unsigned count;
	} lists[] = { { "keys", entry->keys, entry->keys_count },
		      { "sensitive", entry->sensitive, entry->sensitive_count },
		      { "variables", entry->variables, entry->variables_count } };
	for (size_t l = 0; l < COUNT(lists); l++) {
		for (unsigned i = 0; i < lists[l].count; i++) {
			struct column *column = file_column(file, lists[l].names[i]);
			if (!column)
				return no_such(file, lists[l].names[i], lists[l].name, i, err);
			column->asked_for = true;
			column->key = l == 0 ? i + 1 : column->key;
			column->sensitive = column->sensitive || l == 1;
		}
	}
	for (size_t c = 0; c < file->column_count; c++)
		if (entry->variables_count && !file->columns[c].asked_for)
			file_hold_back(file, &file->columns[c], "not asked for");
	return true;
}

/* --- the answers --- */

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Texts become numbers in their order, so that no order but that of the texts is left. */
static void number_texts(struct column *column, const char **cells, size_t count)
{
	size_t filled = 0;
	column->texts = mem_alloc(count + 1, sizeof *column->texts);
	for (size_t i = 0; i < count; i++)
		if (cells[i])
			column->texts[filled++] = cells[i];
	mem_sort(column->texts, filled, sizeof *column->texts, compare_texts);
	for (size_t i = 0; i < filled; i++)
		if (i == 0 || strcmp(column->texts[i], column->texts[column->text_count - 1]) != 0)
			column->texts[column->text_count++] = column->texts[i];
	for (size_t i = 0; i < count; i++) {
		const char **at = cells[i] && filled ? bsearch(&cells[i], column->texts, column->text_count,
		                                               sizeof *column->texts, compare_texts)
		                                     : NULL;
		column->values[i] = at ? (double)(at - column->texts) + 1 : NAN;
	}
}

static bool is_text(const struct column *column)
{
	return strcmp(column->type, "codes") == 0 || strcmp(column->type, "text") == 0
	       || strcmp(column->type, "id") == 0;
}

static bool read_values(struct file *file, struct column *column, struct store *store, struct error *err)
{
	char *stored = store_quote_name(column->stored);
	char *sql = mem_print("SELECT %s FROM respondents ORDER BY respondent", stored);
	const char **cells = is_text(column) ? mem_alloc(file->record_count, sizeof *cells) : NULL;
	sqlite3_stmt *select = NULL;
	bool row = true, ok = store_prepare(&select, store, sql, err);
	column->values = mem_alloc(file->record_count, sizeof *column->values);
	column->reasons = mem_alloc(file->record_count, sizeof *column->reasons);
	for (size_t i = 0; ok && i < file->record_count; i++) {
		ok = store_step(store, select, &row, err);
		bool missing = ok && sqlite3_column_type(select, 0) == SQLITE_NULL;
		if (ok && cells)
			cells[i] = missing ? NULL : column_text(file, select, 0);
		else if (ok)
			column->values[i] = missing ? NAN : sqlite3_column_double(select, 0);
		if (ok && !missing && !cells && column->code_count
		    && !(column->values[i] >= 1 && column->values[i] <= (double)column->code_count)) {
			ok = error_at(err, ERROR_INPUT, store_path(store), 0,
			              "variable %s: an answer is no code of its list", column->name);
			error_help(err, "remove the file and run make again, so that it is written anew");
		}
	}
	if (ok && cells)
		number_texts(column, cells, file->record_count);
	sqlite3_finalize(select);
	free(cells);
	free(sql);
	free(stored);
	return ok;
}

/* Respondents are numbered from 1 without a gap. */
static bool read_reasons(struct file *file, struct store *store, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, "SELECT variable, respondent, reason FROM missing", err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		struct column *column = file_column(file, (const char *)sqlite3_column_text(select, 0));
		long long respondent = sqlite3_column_int64(select, 1);
		enum missing_reason reason = MISSING_NONE;
		if (column && respondent >= 1 && (size_t)respondent <= file->record_count
		    && missing_reason_read((const char *)sqlite3_column_text(select, 2), &reason))
			column->reasons[respondent - 1] = (unsigned char)reason;
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_weights(struct file *file)
{
	const struct column *weight = NULL;
	for (size_t c = 0; c < file->column_count && !weight; c++)
		weight = text_equal(file->columns[c].role, "weight") ? &file->columns[c] : NULL;
	if (!weight && !file->entry->fraction)
		return true;
	file->weights = mem_alloc(file->record_count, sizeof *file->weights);
	for (size_t i = 0; i < file->record_count; i++)
		file->weights[i] = file->entry->fraction             ? 1 / *file->entry->fraction
		                   : weight && weight->values[i] > 0 ? weight->values[i]
		                                                     : 1;
	return true;
}

static void keep_before(struct file *file)
{
	for (size_t c = 0; c < file->column_count; c++) {
		struct column *column = &file->columns[c];
		size_t count = file->record_count;
		column->analysed = (struct analysed){ .type = column->type,
			                              .codes = mem_alloc(column->code_count + 1, sizeof(const char *)),
			                              .bounded = { column->bounded[0], column->bounded[1] },
			                              .least = column->least,
			                              .most = column->most };
		for (size_t i = 0; i < column->code_count; i++)
			column->analysed.codes[i] = column->codes[i].code;
		column->before = mem_alloc(count, sizeof *column->before);
		column->recoded = mem_alloc(count, sizeof *column->recoded);
		column->reasons_before = mem_alloc(count, sizeof *column->reasons_before);
		if (count) {
			memcpy(column->before, column->values, count * sizeof *column->before);
			memcpy(column->recoded, column->values, count * sizeof *column->recoded);
			memcpy(column->reasons_before, column->reasons, count);
		}
	}
}

bool file_load(struct file **file, const struct study_microdata *entry, struct store *deidentified, const char *config,
               struct error *err)
{
	struct file *loaded = mem_alloc(1, sizeof *loaded);
	*loaded = (struct file){ .entry = entry, .config = config, .strings = mem_arena_new() };
	long long count = 0;
	bool ok = store_read_integer(deidentified, "SELECT count(*) FROM respondents", 0, &count, err)
	          && read_unit(loaded, deidentified, err) && read_columns(loaded, deidentified, err)
	          && read_codes(loaded, deidentified, err) && choose(loaded, err);
	loaded->record_count = (size_t)count;
	for (size_t c = 0; ok && c < loaded->column_count; c++)
		ok = read_values(loaded, &loaded->columns[c], deidentified, err);
	ok = ok && read_reasons(loaded, deidentified, err)
	     && people_load(&loaded->people, &loaded->person_count, deidentified, "respondent", loaded->record_count,
	                    err)
	     && read_weights(loaded);
	if (!ok) {
		file_free(loaded);
		return false;
	}
	keep_before(loaded);
	*file = loaded;
	return true;
}

void file_free(struct file *file)
{
	if (!file)
		return;
	for (size_t c = 0; c < file->column_count; c++) {
		struct column *column = &file->columns[c];
		for (size_t i = 0; i < column->code_count; i++)
			free(column->codes[i].stands_for);
		free(column->codes);
		free(column->analysed.codes);
		free(column->texts);
		free(column->values);
		free(column->before);
		free(column->recoded);
		free(column->reasons);
		free(column->reasons_before);
	}
	free(file->columns);
	free(file->people);
	free(file->lots);
	free(file->weights);
	free(file->held);
	free(file->blanked);
	mem_arena_free(file->strings);
	free(file);
}
