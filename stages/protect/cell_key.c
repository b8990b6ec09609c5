#include "cell_key.h"

#include <stdlib.h>

#include "csv_table.h"
#include "mem.h"
#include "number.h"
#include "universe.h"

enum {
	LONG_TABLE = 500,    /* rows of counts from which on ... */
	REPEATED = 250,      /* ... so many of the last are used again */
	MOST_COUNT = 100000, /* in a table */
	MOST_CHANGE = 1000,
};

struct cell_key_table {
	long long last; /* the largest count of the table */
	int least, most; /* what is added */
	short *changes; /* of each count from 1 and each key */
};

enum column { PCV, CKEY, PVALUE, COLUMNS };
static const char *const names[] = { [PCV] = "pcv", [CKEY] = "ckey", [PVALUE] = "pvalue" };

static short *change_at(const struct cell_key_table *table, long long count, long long key)
{
	return &table->changes[(count - 1) * UNIVERSE_KEYS + key];
}

/* --- reading --- */

static bool wrong(const struct csv_table *csv, size_t row, const char *what, struct error *err)
{
	error_at(err, ERROR_CONFIG, csv_table_path(csv), csv_table_line(csv, row), "%s", what);
	return error_help(err, "a table of perturbation has the columns pcv (a count), ckey (0 to 255) and pvalue (what is "
	                       "added to the count): take it as it was published");
}

static bool read_cell(long long *value, const struct csv_table *csv, size_t row, enum column column, long long least,
                      long long most, struct error *err)
{
	const char *text = csv_table_cell(csv, row, column);
	if (number_read_integer(text, value) && *value >= least && *value <= most)
		return true;
	char *what = mem_print("%s is no whole number from %lld to %lld", names[column], least, most);
	bool ok = wrong(csv, row, what, err);
	free(what);
	return ok;
}

/* The largest count that a row is about. */
static bool find_last(long long *last, const struct csv_table *csv, struct error *err)
{
	*last = 0;
	for (size_t row = 0; row < csv_table_rows(csv); row++) {
		long long count = 0;
		if (!read_cell(&count, csv, row, PCV, 0, MOST_COUNT, err))
			return false;
		*last = count > *last ? count : *last;
	}
	if (*last > 0)
		return true;
	error_at(err, ERROR_CONFIG, csv_table_path(csv), 0, "the table of perturbation has no row for a count of 1");
	return error_help(err, "take it as it was published, with a row for each pcv and ckey");
}

static bool read_row(struct cell_key_table *table, bool *seen, const struct csv_table *csv, size_t row, struct error *err)
{
	long long count = 0, key = 0, change = 0;
	if (!read_cell(&count, csv, row, PCV, 0, MOST_COUNT, err)
	    || !read_cell(&key, csv, row, CKEY, 0, UNIVERSE_KEYS - 1, err)
	    || !read_cell(&change, csv, row, PVALUE, -MOST_CHANGE, MOST_CHANGE, err))
		return false;
	if (count == 0 && change != 0)
		return wrong(csv, row, "a count of nobody is changed: 0 stays 0", err);
	if (count + change < 0)
		return wrong(csv, row, "a count falls below 0", err);
	if (seen[count * UNIVERSE_KEYS + key])
		return wrong(csv, row, "a second row for the same pcv and ckey", err);
	seen[count * UNIVERSE_KEYS + key] = true;
	if (count > 0)
		*change_at(table, count, key) = (short)change;
	table->least = change < table->least ? (int)change : table->least;
	table->most = change > table->most ? (int)change : table->most;
	return true;
}

static bool is_complete(const bool *seen, long long last, const struct csv_table *csv, struct error *err)
{
	for (long long count = 1; count <= last; count++)
		for (long long key = 0; key < UNIVERSE_KEYS; key++)
			if (!seen[count * UNIVERSE_KEYS + key]) {
				error_at(err, ERROR_CONFIG, csv_table_path(csv), 0,
				         "the table of perturbation has no row for pcv %lld and ckey %lld", count, key);
				return error_help(err, "a table has every key from 0 to 255 for every count up to its "
				                       "largest: take it as it was published");
			}
	return true;
}

bool cell_key_table_load(struct cell_key_table **table, const char *path, struct error *err)
{
	struct csv_table *csv = NULL;
	struct cell_key_table *loaded = mem_alloc(1, sizeof *loaded);
	bool *seen = NULL;
	bool ok = csv_table_load(&csv, path, names, COLUMNS, err) && find_last(&loaded->last, csv, err);
	if (ok) {
		loaded->changes = mem_alloc((size_t)loaded->last * UNIVERSE_KEYS, sizeof *loaded->changes);
		seen = mem_alloc((size_t)(loaded->last + 1) * UNIVERSE_KEYS, sizeof *seen);
	}
	for (size_t row = 0; ok && row < csv_table_rows(csv); row++)
		ok = read_row(loaded, seen, csv, row, err);
	ok = ok && is_complete(seen, loaded->last, csv, err);
	free(seen);
	csv_table_free(csv);
	if (ok)
		*table = loaded;
	else
		cell_key_table_free(loaded);
	return ok;
}

void cell_key_table_free(struct cell_key_table *table)
{
	if (!table)
		return;
	free(table->changes);
	free(table);
}

/* --- using --- */

/* The row of a count. */
static long long row_of(const struct cell_key_table *table, long long n)
{
	long long repeated = table->last >= LONG_TABLE ? REPEATED : 1;
	return n <= table->last ? n : table->last - repeated + 1 + (n - table->last - 1) % repeated;
}

long long cell_key_perturb(const struct cell_key_table *table, long long n, int key)
{
	return n == 0 ? 0 : n + *change_at(table, row_of(table, n), key);
}

static bool may_be(const struct cell_key_table *table, long long n, long long printed)
{
	for (int key = 0; key < UNIVERSE_KEYS; key++)
		if (cell_key_perturb(table, n, key) == printed)
			return true;
	return false;
}

bool cell_key_known(const struct cell_key_table *table, int threshold, bool zeros_shown, long long printed,
                    long long *least, long long *most)
{
	bool any = zeros_shown && printed == 0;
	*least = *most = 0;
	for (long long n = printed - table->most; n <= printed - table->least; n++) {
		if (n < 1 || n < threshold || !may_be(table, n, printed))
			continue;
		*least = any ? *least : n;
		*most = n;
		any = true;
	}
	return any;
}
