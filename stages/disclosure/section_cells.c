#include "sections.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

enum { SHOWN = 300 };

/* The columns of cells.sql. */
enum { CONDITION, N, RULE, UNSAFE, REACH, WIDTH, COST, LEAST, MOST, VERDICT };

struct cells {
	struct grid grid;
	struct text *csv;
	const struct view *view;
	size_t count, by_records; /* of them, what only a public file of records gives away */
};

/* From 0 to 40; 3 and more. */
static char *interval_words(sqlite3_stmt *select, int least, int most)
{
	bool open = sqlite3_column_type(select, most) == SQLITE_NULL;
	long long from = sqlite3_column_int64(select, least), to = sqlite3_column_int64(select, most);
	return open ? mem_print("%lld and more", from) : mem_print("%lld to %lld", from, to);
}

static char *demand_words(sqlite3_stmt *select, int unsafe, int reach, int width)
{
	if (sqlite3_column_int(select, unsafe) == 0)
		return mem_copy_text("more than one value");
	if (sqlite3_column_int64(select, reach) == 0)
		return mem_print("%lld wide", (long long)sqlite3_column_int64(select, width));
	return mem_print("up to %lld, %lld wide", (long long)sqlite3_column_int64(select, reach),
	                 (long long)sqlite3_column_int64(select, width));
}

static void add_cell(void *with, sqlite3_stmt *select)
{
	struct cells *cells = with;
	if (cells->count++ >= SHOWN)
		return;
	struct text words = { 0 };
	char cost[40];
	snprintf(cost, sizeof cost, "%.3f", sqlite3_column_double(select, COST));
	view_say_condition(&words, cells->view, view_text(select, CONDITION));
	char *interval = interval_words(select, LEAST, MOST), *demand = demand_words(select, UNSAFE, REACH, WIDTH);
	grid_text(&cells->grid, words.bytes);
	grid_number(&cells->grid, sqlite3_column_int64(select, N));
	grid_text(&cells->grid, view_text(select, RULE));
	grid_text(&cells->grid, interval);
	grid_text(&cells->grid, demand);
	grid_text(&cells->grid, cost);
	grid_row(&cells->grid, strcmp(view_text(select, VERDICT), "safe") == 0 ? "" : "bad");
	free(interval);
	free(demand);
	text_free(&words);
}

bool section_cells(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Who is counted", GRID_TEXT },
		{ "Count", GRID_NUMBER },
		{ "Rule", GRID_TEXT },
		{ "What a reader can work out", GRID_TEXT },
		{ "What is demanded of that", GRID_TEXT },
		{ "Price of hiding it", GRID_NUMBER },
	};
	struct cells cells = { .view = view };
	struct text table = { 0 };
	grid_begin(&cells.grid, "cells-table", "Hidden counts that some table asks for", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_cells, add_cell, &cells, err);
	grid_end(&cells.grid, &table);
	if (ok && cells.count) {
		char number[GRID_NUMBER_SIZE];
		grid_print_number(number, (long long)cells.count);
		char *words = mem_print(
			"%s counts that some table asks for are hidden%s; cells.csv holds all of them. To protect a small "
			"count, others that are large enough have to be hidden with it, and those are chosen whose prices add up to "
			"least. The price grows with the count (as its logarithm: ten times the people cost about as much again) and once more with each "
			"sum that the count is the total of; what only tells how good the data are, or is only compared with, costs nearly "
			"nothing. A price says how much would be lost by hiding, and nothing of the risk.",
			number, cells.count > SHOWN ? ", the first 300 of them here" : "");
		html_page_words(html, words);
		free(words);
		text_add(html, table.bytes);
	}
	text_free(&table);
	return ok;
}

static void add_line(void *with, sqlite3_stmt *select)
{
	struct cells *cells = with;
	struct text words = { 0 };
	view_say_condition(&words, cells->view, view_text(select, CONDITION));
	text_add_escaped(cells->csv, TEXT_CSV, view_text(select, CONDITION));
	text_add(cells->csv, ",");
	text_add_escaped(cells->csv, TEXT_CSV, words.bytes);
	text_print(cells->csv, ",%lld,%s,%d,%lld,%lld,%.6g,%s,%s,%s\n", (long long)sqlite3_column_int64(select, N),
	           view_text(select, RULE), sqlite3_column_int(select, UNSAFE),
	           (long long)sqlite3_column_int64(select, REACH), (long long)sqlite3_column_int64(select, WIDTH),
	           sqlite3_column_double(select, COST), view_text(select, LEAST), view_text(select, MOST),
	           view_text(select, VERDICT));
	text_free(&words);
}

bool section_cells_csv(struct text *csv, const struct view *view, struct error *err)
{
	struct cells cells = { .view = view, .csv = csv };
	text_add(csv, "condition,words,count,rule,unsafe,reach,width,cost,least,most,verdict\n");
	return view_each(view, sql_disclosure_cells, add_line, &cells, err);
}

/* --- sums --- */

/* The columns of sums.sql. */
enum { S_CONDITION, S_VARIABLE, S_TOTAL, S_RULE, S_LEAST, S_MOST, S_ABOVE, S_BELOW, S_VERDICT, S_REVIEW };

static void add_sum(void *with, sqlite3_stmt *select)
{
	static const struct {
		const char *rule, *words;
	} rules[] = {
		{ "contributors", "of too few people" },
		{ "p_percent", "whoever knows the second largest part could tell the largest" },
		{ "dominance", "a few make up most of it" },
		{ "secondary", "it would give another sum away" },
	};
	struct cells *cells = with;
	struct text words = { 0 };
	const char *rule = view_text(select, S_RULE), *label;
	label = view_label(cells->view, "variable", view_text(select, S_VARIABLE));
	text_print(&words, "%s: ", label ? label : view_text(select, S_VARIABLE));
	view_say_condition(&words, cells->view, view_text(select, S_CONDITION));
	char *total = mem_print("%.6g", sqlite3_column_double(select, S_TOTAL));
	bool least = sqlite3_column_type(select, S_LEAST) != SQLITE_NULL,
	     most = sqlite3_column_type(select, S_MOST) != SQLITE_NULL;
	char *interval = least && most ? mem_print("%.6g to %.6g", sqlite3_column_double(select, S_LEAST),
	                                           sqlite3_column_double(select, S_MOST))
	                               : mem_copy_text(least || most ? "an end is open" : "nothing");
	char *demand = mem_print("%.6g above it, %.6g below", sqlite3_column_double(select, S_ABOVE),
	                         sqlite3_column_double(select, S_BELOW));
	const char *why = sqlite3_column_int(select, S_REVIEW) ? "parts may be below 0: look at it yourself" : rule;
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].rule, rule) == 0)
			why = rules[i].words;
	cells->count++;
	grid_text(&cells->grid, words.bytes);
	grid_text(&cells->grid, total);
	grid_text(&cells->grid, why);
	grid_text(&cells->grid, interval);
	grid_text(&cells->grid, demand);
	grid_row(&cells->grid, strcmp(view_text(select, S_VERDICT), "safe") == 0 ? "" : "check");
	free(total);
	free(interval);
	free(demand);
	text_free(&words);
}

bool section_sums(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "The sum of what, over whom", GRID_TEXT },
		{ "Sum", GRID_NUMBER },
		{ "Why", GRID_TEXT },
		{ "What a reader can work out", GRID_TEXT },
		{ "What is demanded of that", GRID_TEXT },
	};
	struct cells cells = { .view = view };
	struct text table = { 0 };
	grid_begin(&cells.grid, "sums-table", "Hidden sums", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_sums, add_sum, &cells, err);
	grid_end(&cells.grid, &table);
	if (ok && cells.count)
		text_add(html, table.bytes);
	text_free(&table);
	return ok;
}

/* --- what the attack found --- */

/* The columns of failed.sql. */
enum { F_CONDITION, F_VARIABLE, F_VERDICT, F_TRUTH, F_LEAST, F_MOST, F_REACH, F_WIDTH, F_KIND, F_BY_RECORDS };

static void add_failed(void *with, sqlite3_stmt *select)
{
	static const struct {
		const char *verdict, *words;
	} verdicts[] = {
		{ "recovered", "one value is left" },
		{ "too_narrow", "it can be told too closely" },
		{ "below_reach", "it can be told to be small" },
		{ "below_protection", "it can be told to be nearer to the truth than its protection level" },
		{ "inconsistent", "the truth lies outside: a fault of Canvass" },
	};
	struct cells *cells = with;
	struct text words = { 0 };
	const char *verdict = view_text(select, F_VERDICT), *means = "";
	for (size_t i = 0; i < COUNT(verdicts); i++)
		if (strcmp(verdicts[i].verdict, verdict) == 0)
			means = verdicts[i].words;
	if (*view_text(select, F_VARIABLE)) {
		const char *label = view_label(cells->view, "variable", view_text(select, F_VARIABLE));
		text_print(&words, "the sum of %s over ", label ? label : view_text(select, F_VARIABLE));
	}
	view_say_condition(&words, cells->view, view_text(select, F_CONDITION));
	char *interval = interval_words(select, F_LEAST, F_MOST);
	cells->count++;
	grid_text(&cells->grid, words.bytes);
	const char *kind = view_text(select, F_KIND);
	grid_text(&cells->grid, strcmp(kind, "earlier") == 0   ? "an earlier release"
	                        : strcmp(kind, "insider") == 0 ? "this one, to one of the few in another hidden count"
	                        : strcmp(kind, "change") == 0  ? "this one, beside an earlier release of other answers"
	                                                       : "this one");
	bool by_records = sqlite3_column_int(select, F_BY_RECORDS) != 0;
	cells->by_records += by_records;
	char *means_by = mem_print("%s%s", means, by_records ? ", by a public file of records" : "");
	grid_text(&cells->grid, means_by);
	grid_text(&cells->grid, interval);
	grid_row(&cells->grid, "bad");
	free(means_by);
	free(interval);
	text_free(&words);
}

bool section_failed(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Who is counted", GRID_TEXT },
		{ "Hidden by", GRID_TEXT },
		{ "What is wrong", GRID_TEXT },
		{ "What a reader can work out", GRID_TEXT },
	};
	struct cells cells = { .view = view };
	struct text table = { 0 };
	grid_begin(&cells.grid, "failed-table", "What the attack found", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_failed, add_failed, &cells, err);
	grid_end(&cells.grid, &table);
	if (ok && cells.count) {
		html_page_words(html, "Leave out a table, take codes or areas together, or print fewer decimals.");
		if (cells.by_records)
			html_page_words(
				html,
				"Where it says so, only whoever holds a public file of records finds it out: he counts in the file "
				"what the tables hide. It helps to give that file for safeguarded access only (access, under "
				"microdata): it is then taken that nobody holds it who attacks the tables. Or leave variables out of "
				"the file, or let it tell fewer codes or areas apart. A larger k alone blanks single values, and "
				"seldom suffices. What an earlier release made public cannot be taken back: leave out these tables.");
		text_add(html, table.bytes);
	}
	text_free(&table);
	return ok;
}
