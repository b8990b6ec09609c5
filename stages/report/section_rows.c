#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "embedded.h"
#include "finding.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

/* --- the equation: one table by file, by wave and by area, each with the same sum --- */

/* Rows of the table under way that have one name in a row, and the table's sum. */
struct equation {
	struct grid grid;
	struct grid_column columns[WAYS + 2];
	char *name;
	long long rows[WAYS], total[WAYS];
};

static void begin(struct equation *equation, const char *id, const char *caption, const char *of)
{
	*equation = (struct equation){ .columns = {
					       { of, GRID_TEXT },
					       { "Accepted", GRID_NUMBER },
					       { "+ Set aside", GRID_NUMBER },
					       { "+ Duplicates", GRID_NUMBER },
					       { "+ Previews", GRID_NUMBER },
					       { "+ Withdrawn", GRID_NUMBER },
					       { "+ Unreadable", GRID_NUMBER },
					       { "= Rows read", GRID_NUMBER },
				       } };
	grid_begin(&equation->grid, id, caption, equation->columns, COUNT(equation->columns));
}

static void add_line(struct grid *grid, const char *name, const long long rows[WAYS], const char *kind)
{
	grid_text(grid, name);
	for (size_t i = 0; i < WAYS; i++)
		grid_number(grid, rows[i]);
	grid_number(grid, account_sum(rows));
	grid_row(grid, kind);
}

static void end_line(struct equation *equation)
{
	if (!equation->name)
		return;
	add_line(&equation->grid, equation->name, equation->rows, "");
	account_add(equation->total, equation->rows);
	free(equation->name);
	equation->name = NULL;
	memset(equation->rows, 0, sizeof equation->rows);
}

static void add(struct equation *equation, const char *name, const long long rows[WAYS])
{
	if (!text_equal(equation->name, name)) {
		end_line(equation);
		equation->name = mem_copy_text(name);
	}
	account_add(equation->rows, rows);
}

/* The sum, and beside it what ingest counted in the files: account_load has seen that they agree. */
static void end(struct equation *equation, struct text *html, const struct account *account)
{
	struct grid *grid = &equation->grid;
	end_line(equation);
	add_line(grid, "All", equation->total, "total");
	grid_text(grid, account_read(account) == account_sum(equation->total)
	                        ? "Check: as counted in the files, equal"
	                        : "Check: as counted in the files, not equal");
	for (size_t i = 0; i < WAYS; i++)
		grid_text(grid, "");
	grid_number(grid, account_read(account));
	grid_row(grid, "check");
	grid_end(grid, html);
}

static void add_by_file(struct text *html, const struct account *account)
{
	struct equation equation;
	begin(&equation, "account-files", "What became of every row, by file", "File");
	for (size_t i = 0; i < account->count; i++)
		add(&equation, account->files[account->lines[i].file].name, account->lines[i].rows);
	end(&equation, html, account);
}

static void add_by_wave(struct text *html, const struct view *view, const struct account *account)
{
	struct equation equation;
	if (account->wave_count == 0)
		return;
	begin(&equation, "account-waves", "What became of every row, by wave", "Wave");
	for (size_t i = 0; i < account->wave_count; i++) {
		char *words = view_wave_words(view, account->waves[i].wave);
		add(&equation, words, account->waves[i].rows);
		free(words);
	}
	end(&equation, html, account);
}

static int compare_areas(const void *left, const void *right)
{
	const struct account_line *a = left, *b = right;
	if (a->area_rank != b->area_rank)
		return a->area_rank < b->area_rank ? -1 : 1;
	return strcmp(a->area, b->area);
}

void section_rows_by_area(struct text *html, const struct view *view, const struct account *account)
{
	struct equation equation;
	struct account_line *lines = mem_alloc(account->count + 1, sizeof *lines);
	if (account->count) {
		memcpy(lines, account->lines, account->count * sizeof *lines);
		mem_sort(lines, account->count, sizeof *lines, compare_areas);
	}
	begin(&equation, "account-areas", "What became of every row, by area", "Area");
	for (size_t i = 0; i < account->count; i++) {
		char *words = view_area_words(view, lines[i].area);
		add(&equation, words, lines[i].rows);
		free(words);
	}
	end(&equation, html, account);
	free(lines);
}

static void add_sum(struct text *html, const struct account *account)
{
	char number[GRID_NUMBER_SIZE];
	struct text words = { 0 };
	long long total[WAYS] = { 0 };
	for (size_t i = 0; i < account->count; i++)
		account_add(total, account->lines[i].rows);
	grid_print_number(number, account_sum(total));
	text_print(&words, "Yes. Rows read: %s = ", number);
	for (size_t i = 0; i < WAYS; i++) {
		grid_print_number(number, total[i]);
		text_print(&words, "%s%s %s", i ? " + " : "", number, account_way_words((enum account_way)i));
	}
	text_add(&words, ".");
	html_page_words(html, words.bytes);
	text_free(&words);
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
		const char *status = view_column(select, 0), *reason = view_column(select, 1);
		enum finding_code code;
		bool known = finding_read_code(reason, &code);
		/* What the dictionary would have kept, the steward has set aside. */
		bool decided = known && code != FINDING_RULE_BROKEN && finding_kind(code)->severity != SEVERITY_REJECT;
		grid_text(&grid, known ? finding_kind(code)->title : reason);
		grid_text(&grid, reason);
		grid_text(&grid, decided ? "set aside by a decision of the steward" : account_status_words(status));
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

/* The columns of sources.sql. */
enum {
	FILE_NAME,
	FILE_PLATFORM,
	FILE_WAVE,
	FILE_DATES,
	FILE_LINES,
	FILE_BLANK_LINES,
	FILE_HEADER,
	FILE_ROWS,
	FILE_UNREADABLE,
	FILE_ELSEWHERE,
};

/* lines = header + blank lines + the lines of rows; records = header + rows + unreadable + rows of another dataset: as
 * they lie in the files. Where no file is shared with another dataset, nothing is said of it. */
static bool add_files(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "File", GRID_TEXT },          { "Lines", GRID_NUMBER },
		{ "Blank lines", GRID_NUMBER }, { "Header", GRID_NUMBER },
		{ "Rows", GRID_NUMBER },        { "Unreadable", GRID_NUMBER },
		{ "Rows in all", GRID_NUMBER }, { "Of another dataset", GRID_NUMBER },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	long long all_elsewhere = 0;
	bool row = false;
	bool ok = store_read_integer(view->store, "SELECT sum(elsewhere) FROM ingested.source", 0, &all_elsewhere, err)
	          && store_prepare(&select, view->store, sql_report_sources, err);
	grid_begin(&grid, "files", "The files as they came", columns, COUNT(columns) - (all_elsewhere == 0));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		grid_text(&grid, view_column(select, FILE_NAME));
		for (int i = FILE_LINES; i <= FILE_UNREADABLE; i++)
			grid_number(&grid, sqlite3_column_int64(select, i));
		grid_number(&grid,
		            sqlite3_column_int64(select, FILE_ROWS) + sqlite3_column_int64(select, FILE_UNREADABLE));
		if (all_elsewhere)
			grid_number(&grid, sqlite3_column_int64(select, FILE_ELSEWHERE));
		grid_row(&grid, "");
	}
	sqlite3_finalize(select);
	grid_end(&grid, html);
	return ok;
}

bool section_rows(struct text *html, const struct view *view, struct error *err)
{
	struct account account;
	bool ok = account_load(&account, view, err);
	if (ok) {
		add_sum(html, &account);
		add_by_file(html, &account);
		add_by_wave(html, view, &account);
		if (!account_has_many_areas(&account))
			section_rows_by_area(html, view, &account);
	}
	account_free(&account);
	return ok && add_reasons(html, view, err) && add_files(html, view, err);
}
