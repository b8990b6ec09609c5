#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "mem.h"
#include "grid.h"

/* The ways of a row, in the order of account.sql's columns. */
enum { WAYS = 6 };

static const struct {
	const char *status, *words;
} ways[WAYS] = {
	{ "accepted", "accepted" }, { "set_aside", "set aside" }, { "duplicate", "duplicate" },
	{ "preview", "preview" },   { "withdrawn", "withdrawn" }, { "unreadable", "unreadable" },
};

struct equation {
	size_t source, rank; /* of one line of the account: its export and its area's place */
	char *area;
	long long rows[WAYS], all;
};

struct account {
	char **names; /* of the exports, by their number from 1 */
	struct equation *lines;
	size_t name_count, count;
};

static bool does_not_add_up(const struct view *view, const char *what, struct error *err)
{
	error_at(err, ERROR_FAULT, store_path(view->store), 0, "the rows of %s do not add up", what);
	return error_help(err, "remove the stage files of this dataset and run make again; if it stays so, tell us");
}

static void add_equation(struct grid *grid, const struct equation *equation, const char *kind)
{
	for (size_t i = 0; i < WAYS; i++)
		grid_number(grid, equation->rows[i]);
	grid_number(grid, equation->all);
	grid_row(grid, kind);
}

static long long sum(const struct equation *equation)
{
	long long all = 0;
	for (size_t i = 0; i < WAYS; i++)
		all += equation->rows[i];
	return all;
}

/* The columns of sources.sql. */
enum {
	FILE_NAME = 1,
	FILE_PLATFORM,
	FILE_WAVE,
	FILE_DATES,
	FILE_LINES,
	FILE_BLANK_LINES,
	FILE_RECORDS,
	FILE_ROWS,
	FILE_UNREADABLE,
	FILE_HEADER,
	FILE_ELSEWHERE,
	FILE_ACCOUNTED,
};

/* lines = header + blank lines + the lines of rows; records = header + rows + unreadable + rows of another dataset: as
 * they lie in the files. Where no file is shared with another dataset, nothing is said of it. */
static bool add_files(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "File", GRID_TEXT },
		{ "Platform", GRID_TEXT },
		{ "Wave", GRID_TEXT },
		{ "Dates", GRID_TEXT },
		{ "Lines", GRID_NUMBER },
		{ "Blank lines", GRID_NUMBER },
		{ "Header", GRID_NUMBER },
		{ "Rows", GRID_NUMBER },
		{ "Unreadable", GRID_NUMBER },
		{ "Rows in all", GRID_NUMBER },
		{ "Of another dataset", GRID_NUMBER },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	long long all_elsewhere = 0;
	bool row = false;
	bool ok = store_read_integer(view->store, "SELECT sum(elsewhere) FROM ingested.source", 0, &all_elsewhere, err)
	          && store_prepare(&select, view->store, sql_report_sources, err);
	grid_begin(&grid, "files", "The files as they came", columns, COUNT(columns) - (all_elsewhere == 0));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		long long records = sqlite3_column_int64(select, FILE_RECORDS);
		long long header = sqlite3_column_int64(select, FILE_HEADER),
			  rows = sqlite3_column_int64(select, FILE_ROWS);
		long long unreadable = sqlite3_column_int64(select, FILE_UNREADABLE);
		long long elsewhere = sqlite3_column_int64(select, FILE_ELSEWHERE);
		for (int i = FILE_NAME; i <= FILE_DATES; i++)
			grid_text(&grid, view_column(select, i));
		grid_number(&grid, sqlite3_column_int64(select, FILE_LINES));
		grid_number(&grid, sqlite3_column_int64(select, FILE_BLANK_LINES));
		grid_number(&grid, header);
		grid_number(&grid, rows);
		grid_number(&grid, unreadable);
		grid_number(&grid, rows + unreadable);
		if (all_elsewhere)
			grid_number(&grid, elsewhere);
		grid_row(&grid, "");
		if (records != header + rows + unreadable + elsewhere
		    || sqlite3_column_int64(select, FILE_ACCOUNTED) != rows + unreadable)
			ok = does_not_add_up(view, view_column(select, FILE_NAME), err);
	}
	sqlite3_finalize(select);
	grid_end(&grid, html);
	return ok;
}

static void add_account_row(struct grid *grid, const struct view *view, const char *name,
                            const struct equation *equation)
{
	const char *area = equation->area, *label = view_area(view, area);
	char *words = !*area   ? mem_copy_text("(no area known)")
	              : *label ? mem_print("%s (%s)", label, area)
	                       : mem_copy_text(area);
	grid_text(grid, name);
	grid_text(grid, words);
	add_equation(grid, equation, "");
	free(words);
}

static void add_total(struct grid *grid, const char *name, const struct equation *total)
{
	grid_text(grid, name);
	grid_text(grid, "all");
	add_equation(grid, total, "total");
}

static void add_to(struct equation *total, const struct equation *equation)
{
	for (size_t i = 0; i < WAYS; i++)
		total->rows[i] += equation->rows[i];
	total->all += equation->all;
}

/* By export, then in the study's order of areas. */
static int compare_equations(const void *left, const void *right)
{
	const struct equation *a = left, *b = right;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return strcmp(a->area, b->area);
}

static bool read_account(struct account *account, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_account, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		account->lines = mem_grow(account->lines, account->count, &capacity, sizeof *account->lines);
		struct equation *line = &account->lines[account->count++];
		line->source = (size_t)sqlite3_column_int64(select, 0);
		line->area = mem_copy_text(view_column(select, 1));
		line->rank = view_area_rank(view, line->area);
		for (int i = 0; i < WAYS; i++)
			line->rows[i] = sqlite3_column_int64(select, 2 + i);
		line->all = sqlite3_column_int64(select, 2 + WAYS);
		if (line->source < 1 || line->source > account->name_count)
			ok = does_not_add_up(view, "an export that ingested.db does not name", err);
		else if (sum(line) != line->all)
			ok = does_not_add_up(view, account->names[line->source - 1], err);
	}
	sqlite3_finalize(select);
	if (ok && account->count)
		qsort(account->lines, account->count, sizeof *account->lines, compare_equations);
	return ok;
}

/* The names of the exports, by their number from 1. */
static bool read_names(struct account *account, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_sources, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		account->names = mem_grow(account->names, account->name_count, &capacity, sizeof *account->names);
		account->names[account->name_count++] = mem_copy_text(view_column(select, 1));
	}
	sqlite3_finalize(select);
	return ok;
}

static void fill_account(struct grid *grid, const struct view *view, const struct account *account,
                         struct equation *total)
{
	struct equation of_file = { 0 };
	for (size_t i = 0; i < account->count; i++) {
		const struct equation *line = &account->lines[i];
		const char *name = account->names[line->source - 1];
		add_account_row(grid, view, name, line);
		add_to(&of_file, line);
		if (i + 1 < account->count && account->lines[i + 1].source == line->source)
			continue;
		add_total(grid, name, &of_file);
		add_to(total, &of_file);
		of_file = (struct equation){ 0 };
	}
	if (account->name_count > 1)
		add_total(grid, "all files", total);
}

static void free_account(struct account *account)
{
	for (size_t i = 0; i < account->count; i++)
		free(account->lines[i].area);
	for (size_t i = 0; i < account->name_count; i++)
		free(account->names[i]);
	free(account->lines);
	free(account->names);
}

static bool add_account(struct text *html, const struct view *view, struct equation *total, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "File", GRID_TEXT },        { "Area", GRID_TEXT },         { "Accepted", GRID_NUMBER },
		{ "Set aside", GRID_NUMBER }, { "Duplicates", GRID_NUMBER }, { "Previews", GRID_NUMBER },
		{ "Withdrawn", GRID_NUMBER }, { "Unreadable", GRID_NUMBER }, { "Rows read", GRID_NUMBER },
	};
	struct grid grid;
	struct account account = { 0 };
	bool ok = read_names(&account, view, err) && read_account(&account, view, err);
	grid_begin(&grid, "account", "What became of every row, by file and area", columns, COUNT(columns));
	if (ok)
		fill_account(&grid, view, &account, total);
	grid_end(&grid, html);
	free_account(&account);
	return ok;
}

static bool add_reasons(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Why", GRID_TEXT },
		{ "Code", GRID_DIGITS },
		{ "What became of the row", GRID_TEXT },
		{ "Rows", GRID_NUMBER },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false, any = false;
	bool ok = store_prepare(&select, view->store, sql_report_reasons, err);
	grid_begin(&grid, "reasons", "Why rows are not in the tables", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const char *status = view_column(select, 0), *reason = view_column(select, 1), *words = status;
		enum finding_code code;
		for (size_t i = 0; i < WAYS; i++)
			if (strcmp(ways[i].status, status) == 0)
				words = ways[i].words;
		bool known = finding_read_code(reason, &code);
		/* What the dictionary would have kept, the steward has set aside. */
		bool decided = known && code != FINDING_RULE_BROKEN && finding_kind(code)->severity != SEVERITY_REJECT;
		grid_text(&grid, known ? finding_kind(code)->title : reason);
		grid_text(&grid, reason);
		grid_text(&grid, decided ? "set aside by a decision of the steward" : words);
		grid_number(&grid, sqlite3_column_int64(select, 2));
		grid_row(&grid, "");
		any = true;
	}
	sqlite3_finalize(select);
	struct text table = { 0 };
	grid_end(&grid, &table);
	if (any)
		text_add(html, table.bytes);
	text_free(&table);
	return ok;
}

static void add_sum(struct text *html, const struct equation *total)
{
	char number[GRID_NUMBER_SIZE];
	struct text words = { 0 };
	grid_print_number(number, total->all);
	text_print(&words, "Yes. Rows read: %s = ", number);
	for (size_t i = 0; i < WAYS; i++) {
		grid_print_number(number, total->rows[i]);
		text_print(&words, "%s%s %s", i ? " + " : "", number, ways[i].words);
	}
	text_add(&words, ".");
	section_words(html, words.bytes);
	text_free(&words);
}

bool section_rows(struct text *html, const struct view *view, struct error *err)
{
	struct equation total = { 0 };
	struct text account = { 0 };
	bool ok = add_account(&account, view, &total, err);
	if (ok) {
		add_sum(html, &total);
		text_add(html, account.bytes);
	}
	text_free(&account);
	return ok && add_reasons(html, view, err) && add_files(html, view, err);
}
