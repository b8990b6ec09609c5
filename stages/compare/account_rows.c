#include "account_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"

const char account_no_area[] = "(none)";

static const struct {
	const char *word, *heading;
} fates[FATE_COUNT] = {
	[FATE_READ] = { "read", "Read" },
	[FATE_ACCEPTED] = { "accepted", "Accepted" },
	[FATE_LOST] = { "lost", "Not accepted" },
	[FATE_SET_ASIDE] = { "set_aside", "Set aside" },
	[FATE_DUPLICATE] = { "duplicate", "Duplicates" },
	[FATE_PREVIEW] = { "preview", "Previews" },
	[FATE_WITHDRAWN] = { "withdrawn", "Withdrawn" },
	[FATE_UNREADABLE] = { "unreadable", "Unreadable" },
};

const char *fate_word(enum fate fate)
{
	return fates[fate].word;
}

const char *fate_heading(enum fate fate)
{
	return fates[fate].heading;
}

static struct place *all_places(const struct account_rows *account)
{
	return &account->places[account->place_count - 1];
}

/* --- reading the account --- */

static bool damaged(const struct account_rows *account, struct error *err, const char *what)
{
	error_at(err, ERROR_INPUT, store_path(account->dataset->store), 0, "%s", what);
	return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
}

static void add_places(struct account_rows *account)
{
	const struct dataset *dataset = account->dataset;
	const char *name = dataset->variables[dataset->area].name;
	account->places = mem_alloc(dataset->area_count + 2, sizeof *account->places);
	for (size_t i = 0; i < dataset->area_count; i++)
		account->places[i] = (struct place){ .code = dataset->areas[i].code,
			                             .heading = dataset->areas[i].label,
			                             .term = mem_print("%s=%s", name, dataset->areas[i].code) };
	account->places[dataset->area_count] = (struct place){ .code = account_no_area,
		                                               .heading = "No area known",
		                                               .term = mem_print("%s:missing", name) };
	account->places[dataset->area_count + 1] = (struct place){ .heading = "All areas" };
	account->place_count = dataset->area_count + 2;
}

static struct place *find_place(const struct account_rows *account, const char *area)
{
	const char *code = *area ? area : account_no_area;
	for (size_t i = 0; i + 1 < account->place_count; i++)
		if (strcmp(account->places[i].code, code) == 0)
			return &account->places[i];
	return NULL;
}

/* Of rows that are set aside or cannot be read; the other fates say why by their names. */
static void add_cause(struct account_rows *account, enum fate fate, const char *reason, long long rows)
{
	size_t i = 0;
	if (fate != FATE_SET_ASIDE && fate != FATE_UNREADABLE)
		return;
	while (i < account->cause_count
	       && (account->causes[i].fate != fate || strcmp(account->causes[i].reason, reason) != 0))
		i++;
	if (i == account->cause_count) {
		account->causes = mem_grow(account->causes, account->cause_count, &account->cause_capacity,
		                           sizeof *account->causes);
		account->causes[account->cause_count++] =
			(struct cause){ .fate = fate, .reason = mem_arena_copy(account->strings, reason) };
	}
	account->causes[i].rows += rows;
}

static void add_rows(struct account_rows *account, struct place *place, enum fate fate, long long rows)
{
	struct place *const to[] = { place, all_places(account) };
	for (size_t i = 0; i < COUNT(to); i++) {
		to[i]->rows[FATE_READ] += rows;
		to[i]->rows[fate] += rows;
		if (fate != FATE_ACCEPTED)
			to[i]->rows[FATE_LOST] += rows;
	}
}

static bool take_account(struct account_rows *account, sqlite3_stmt *row, struct error *err)
{
	struct place *place = find_place(account, (const char *)sqlite3_column_text(row, 0));
	const char *status = (const char *)sqlite3_column_text(row, 1);
	long long rows = sqlite3_column_int64(row, 3);
	size_t fate = 0;
	while (fate < FATE_COUNT && strcmp(fates[fate].word, status) != 0)
		fate++;
	if (!place || fate == FATE_COUNT || fate == FATE_READ || fate == FATE_LOST)
		return damaged(account, err, "its account of rows names an area or a status that there is not");
	add_rows(account, place, (enum fate)fate, rows);
	add_cause(account, (enum fate)fate, (const char *)sqlite3_column_text(row, 2), rows);
	return true;
}

/* Whoever is accepted is a respondent, and nobody else is. */
static bool take_respondents(struct account_rows *account, sqlite3_stmt *row, struct error *err)
{
	long long area = sqlite3_column_int64(row, 0), n = sqlite3_column_int64(row, 1);
	size_t at = area == 0 ? account->place_count - 2 : (size_t)area - 1;
	if (at + 1 >= account->place_count || account->places[at].rows[FATE_ACCEPTED] != n)
		return damaged(account, err, "its account of rows and its respondents do not add up");
	return true;
}

static bool each_row(struct account_rows *account, const char *sql,
                     bool (*take)(struct account_rows *account, sqlite3_stmt *row, struct error *err),
                     struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, account->dataset->store, sql, err);
	while (ok && (ok = store_step(account->dataset->store, select, &row, err)) && row)
		ok = take(account, select, err);
	sqlite3_finalize(select);
	return ok;
}

static int compare_causes(const void *left, const void *right)
{
	const struct cause *a = left, *b = right;
	if (a->fate != b->fate)
		return a->fate < b->fate ? -1 : 1;
	return strcmp(a->reason, b->reason);
}

bool account_rows_read(struct account_rows *account, const struct dataset *dataset, struct error *err)
{
	*account = (struct account_rows){ .dataset = dataset, .strings = mem_arena_new() };
	add_places(account);
	long long respondents = 0;
	if (!each_row(account, sql_compare_account, take_account, err)
	    || !each_row(account, sql_compare_respondents_by_area, take_respondents, err)
	    || !store_read_integer(account->dataset->store, "SELECT count(*) FROM respondents", 0, &respondents, err))
		return false;
	if (respondents != all_places(account)->rows[FATE_ACCEPTED])
		return damaged(account, err, "its account of rows and its respondents do not add up");
	if (account->cause_count)
		mem_sort(account->causes, account->cause_count, sizeof *account->causes, compare_causes);
	account->unplaced = account->places[account->place_count - 2].rows[FATE_READ] > 0;
	return true;
}

/* --- cells of the rows --- */

/* That nobody without an area is accepted is seen from the question, which must be answered, or from the answers. */
static bool is_there(const struct account_rows *account, const struct place *place, enum fate fate)
{
	if (place->code != account_no_area)
		return true;
	return account->unplaced && (fate != FATE_ACCEPTED || place->rows[FATE_ACCEPTED] > 0);
}

static size_t add_cell(const struct account_rows *account, struct universe *universe, size_t unit, const char *area,
                       const char *rows, long long n)
{
	char *condition = mem_print("%s%s%s%s%s", account->dataset->name, area ? " & " : "", area ? area : "",
	                            rows ? " & rows/" : "", rows ? rows : "");
	size_t cell = universe_cell(universe, unit, condition, n);
	free(condition);
	return cell;
}

/* The parent is the sum of the parts that are there. */
static void add_sum(struct universe *universe, size_t parent, const size_t *cells, size_t count)
{
	size_t parts[FATE_COUNT], there = 0;
	assert(count <= FATE_COUNT);
	for (size_t i = 0; i < count; i++)
		if (cells[i])
			parts[there++] = cells[i];
	universe_relation(universe, RELATION_SUM, parent, parts, there);
}

static void add_row_cells(struct account_rows *account, struct universe *universe, size_t unit)
{
	for (size_t p = 0; p < account->place_count; p++) {
		struct place *place = &account->places[p];
		for (size_t fate = 0; fate < FATE_COUNT; fate++)
			if (is_there(account, place, (enum fate)fate))
				place->cells[fate] =
					add_cell(account, universe, unit, place->term,
				                 fate == FATE_ACCEPTED ? NULL : fates[fate].word, place->rows[fate]);
		if (!place->cells[FATE_READ])
			continue;
		add_sum(universe, place->cells[FATE_READ], &place->cells[FATE_ACCEPTED], 2);
		add_sum(universe, place->cells[FATE_LOST], &place->cells[FATE_SET_ASIDE], FATE_COUNT - FATE_SET_ASIDE);
	}
}

static void add_place_sums(const struct account_rows *account, struct universe *universe)
{
	size_t *parts = mem_alloc(account->place_count, sizeof *parts);
	for (size_t fate = 0; fate < FATE_COUNT; fate++) {
		size_t count = 0;
		for (size_t p = 0; p + 1 < account->place_count; p++)
			if (account->places[p].cells[fate])
				parts[count++] = account->places[p].cells[fate];
		universe_relation(universe, RELATION_SUM, all_places(account)->cells[fate], parts, count);
	}
	free(parts);
}

static void add_cause_cells(struct account_rows *account, struct universe *universe, size_t unit)
{
	size_t *parts = mem_alloc(account->cause_count, sizeof *parts);
	for (size_t fate = 0; fate < FATE_COUNT; fate++) {
		size_t count = 0;
		for (size_t i = 0; i < account->cause_count; i++) {
			struct cause *cause = &account->causes[i];
			if (cause->fate != fate)
				continue;
			char *rows = mem_print("%s/%s", fates[fate].word, cause->reason);
			cause->cell = add_cell(account, universe, unit, NULL, rows, cause->rows);
			parts[count++] = cause->cell;
			free(rows);
		}
		if (count)
			universe_relation(universe, RELATION_SUM, all_places(account)->cells[fate], parts, count);
	}
	free(parts);
}

void account_rows_cells(struct account_rows *account, struct universe *universe, size_t unit, bool causes)
{
	add_row_cells(account, universe, unit);
	add_place_sums(account, universe);
	if (causes)
		add_cause_cells(account, universe, unit);
}

void account_rows_free(struct account_rows *account)
{
	for (size_t i = 0; i < account->place_count; i++)
		free(account->places[i].term);
	free(account->places);
	free(account->causes);
	mem_arena_free(account->strings);
	*account = (struct account_rows){ 0 };
}
