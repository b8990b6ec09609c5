#include "account.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "text.h"

static const struct {
	const char *status, *words;
} ways[WAYS] = {
	[WAY_ACCEPTED] = { "accepted", "accepted" },    [WAY_SET_ASIDE] = { "set_aside", "set aside" },
	[WAY_DUPLICATE] = { "duplicate", "duplicate" }, [WAY_PREVIEW] = { "preview", "preview" },
	[WAY_WITHDRAWN] = { "withdrawn", "withdrawn" }, [WAY_UNREADABLE] = { "unreadable", "unreadable" },
};

const char *account_way_words(enum account_way way)
{
	return ways[way].words;
}

static size_t find_way(const char *status)
{
	size_t way = 0;
	while (way < WAYS && strcmp(ways[way].status, status) != 0)
		way++;
	return way;
}

const char *account_status_words(const char *status)
{
	size_t way = find_way(status);
	return way < WAYS ? ways[way].words : status;
}

void account_add(long long to[WAYS], const long long rows[WAYS])
{
	for (size_t i = 0; i < WAYS; i++)
		to[i] += rows[i];
}

long long account_sum(const long long rows[WAYS])
{
	long long sum = 0;
	for (size_t i = 0; i < WAYS; i++)
		sum += rows[i];
	return sum;
}

bool account_has_many_areas(const struct account *account)
{
	enum { FEW = 12 };
	size_t areas = 0;
	for (size_t i = 0; i < account->count && areas <= FEW; i++) {
		size_t before = 0;
		while (before < i && strcmp(account->lines[before].area, account->lines[i].area) != 0)
			before++;
		areas += before == i;
	}
	return areas > FEW;
}

long long account_read(const struct account *account)
{
	long long read = 0;
	for (size_t i = 0; i < account->file_count; i++)
		read += account->files[i].read;
	return read;
}

long long account_counted(const long long rows[WAYS])
{
	return rows[WAY_ACCEPTED] + rows[WAY_SET_ASIDE];
}

static bool does_not_add_up(const struct view *view, const char *what, struct error *err)
{
	error_at(err, ERROR_FAULT, store_path(view->store), 0, "the rows of %s do not add up", what);
	return error_help(err, "remove the stage files of this dataset and run make again; if it stays so, tell us");
}

/* The columns of sources.sql that are read here. */
enum { SOURCE_NAME, SOURCE_HEADER = 6, SOURCE_ROWS, SOURCE_UNREADABLE, SOURCE_ELSEWHERE, SOURCE_RECORDS };

/* records = header + rows + unreadable + rows of another dataset */
static bool read_files(struct account *account, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_sources, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		account->files = mem_grow(account->files, account->file_count, &capacity, sizeof *account->files);
		struct account_file *file = &account->files[account->file_count++];
		file->name = mem_arena_copy(account->texts, view_column(select, SOURCE_NAME));
		file->read =
			sqlite3_column_int64(select, SOURCE_ROWS) + sqlite3_column_int64(select, SOURCE_UNREADABLE);
		if (sqlite3_column_int64(select, SOURCE_RECORDS)
		    != file->read + sqlite3_column_int64(select, SOURCE_HEADER)
		               + sqlite3_column_int64(select, SOURCE_ELSEWHERE))
			ok = does_not_add_up(view, file->name, err);
	}
	sqlite3_finalize(select);
	return ok;
}

/* By file, then in the study's order of areas. */
static int compare_lines(const void *left, const void *right)
{
	const struct account_line *a = left, *b = right;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->area_rank != b->area_rank)
		return a->area_rank < b->area_rank ? -1 : 1;
	return strcmp(a->area, b->area);
}

static bool read_lines(struct account *account, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_account, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		account->lines = mem_grow(account->lines, account->count, &capacity, sizeof *account->lines);
		struct account_line *line = &account->lines[account->count++];
		line->file = (size_t)sqlite3_column_int64(select, 0) - 1;
		line->area = mem_arena_copy(account->texts, view_column(select, 1));
		line->area_rank = view_area_rank(view, line->area);
		for (int i = 0; i < WAYS; i++)
			line->rows[i] = sqlite3_column_int64(select, 2 + i);
		if (line->file >= account->file_count)
			ok = does_not_add_up(view, "an export that ingested.db does not name", err);
		else if (account_sum(line->rows) != sqlite3_column_int64(select, 2 + WAYS))
			ok = does_not_add_up(view, account->files[line->file].name, err);
	}
	sqlite3_finalize(select);
	if (account->count)
		mem_sort(account->lines, account->count, sizeof *account->lines, compare_lines);
	return ok;
}

static bool check_files(const struct account *account, const struct view *view, struct error *err)
{
	for (size_t file = 0; file < account->file_count; file++) {
		long long sum = 0;
		for (size_t i = 0; i < account->count; i++)
			if (account->lines[i].file == file)
				sum += account_sum(account->lines[i].rows);
		if (sum != account->files[file].read)
			return does_not_add_up(view, account->files[file].name, err);
	}
	return true;
}

/* --- by wave --- */

/* The wave stands in each row where the dictionary has a variable for it; else in the config, for the whole file. */
static bool prepare_waves(sqlite3_stmt **select, const struct view *view, struct error *err)
{
	const struct variable *wave = dictionary_role(view->dictionary, ROLE_WAVE);
	if (!wave)
		return store_prepare(select, view->store, sql_report_waves, err);
	char *column = store_quote_name(wave->name);
	const struct text_hole hole = { "column", column, true };
	struct text query = { 0 };
	text_fill(&query, sql_report_waves_of_rows, TEXT_HTML, &hole, 1);
	bool ok = store_prepare(select, view->store, query.bytes, err);
	if (ok)
		store_bind_text(*select, ":variable", wave->name);
	text_free(&query);
	free(column);
	return ok;
}

static size_t wave_rank(const struct view *view, const char *code)
{
	const struct variable *wave = dictionary_role(view->dictionary, ROLE_WAVE);
	size_t rank = 0;
	while (wave && wave->codes && rank < wave->codes->count && strcmp(wave->codes->codes[rank].code, code) != 0)
		rank++;
	return rank;
}

/* The code of a wave as the export writes it. */
static const char *wave_code(const struct view *view, const char *exported)
{
	const struct variable *wave = dictionary_role(view->dictionary, ROLE_WAVE);
	const struct code *code =
		wave && wave->codes && *exported ? dictionary_code(view->dictionary, wave->codes, exported) : NULL;
	return code ? code->code : exported;
}

static int compare_waves(const void *left, const void *right)
{
	const struct account_line *a = left, *b = right;
	if (a->wave_rank != b->wave_rank)
		return a->wave_rank < b->wave_rank ? -1 : 1;
	int order = strcmp(a->wave, b->wave);
	return order ? order : compare_lines(left, right);
}

static bool read_waves(struct account *account, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = prepare_waves(&select, view, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		account->waves = mem_grow(account->waves, account->wave_count, &capacity, sizeof *account->waves);
		struct account_line *line = &account->waves[account->wave_count++];
		size_t way = find_way(view_column(select, 3));
		line->wave = mem_arena_copy(account->texts, wave_code(view, view_column(select, 1)));
		line->wave_rank = wave_rank(view, line->wave);
		line->area = mem_arena_copy(account->texts, view_column(select, 2));
		line->area_rank = view_area_rank(view, line->area);
		if (way < WAYS)
			line->rows[way] = sqlite3_column_int64(select, 4);
	}
	sqlite3_finalize(select);
	return ok;
}

/* A study of one wave that nobody names has none. */
static bool check_waves(struct account *account, const struct view *view, struct error *err)
{
	long long sum = 0;
	bool named = dictionary_role(view->dictionary, ROLE_WAVE) != NULL;
	for (size_t i = 0; i < account->wave_count; i++) {
		sum += account_sum(account->waves[i].rows);
		named = named || *account->waves[i].wave;
	}
	if (sum != account_read(account))
		return does_not_add_up(view, "all waves", err);
	if (!named)
		account->wave_count = 0;
	if (account->wave_count)
		mem_sort(account->waves, account->wave_count, sizeof *account->waves, compare_waves);
	return true;
}

bool account_load(struct account *account, const struct view *view, struct error *err)
{
	*account = (struct account){ .texts = mem_arena_new() };
	return read_files(account, view, err) && read_lines(account, view, err) && check_files(account, view, err)
	       && read_waves(account, view, err) && check_waves(account, view, err);
}

void account_free(struct account *account)
{
	free(account->files);
	free(account->lines);
	free(account->waves);
	mem_arena_free(account->texts);
	*account = (struct account){ 0 };
}
