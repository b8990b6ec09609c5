#include "people.h"

#include <stdlib.h>

#include "mem.h"

static bool damaged(struct store *store, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(store), 0,
	         "the rows of one respondent do not begin with the first of them");
	return error_help(err, "remove the file and run make again, so that it is written anew");
}

/* The first row of whoever has an earlier one, by row; 0: it is the first. */
static bool read_firsts(size_t *first, struct store *store, const char *number, size_t rows, struct error *err)
{
	char *sql = mem_print("SELECT %s, first FROM again", number);
	sqlite3_stmt *select = NULL;
	bool row = true, ok = store_prepare(&select, store, sql, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		long long at = sqlite3_column_int64(select, 0), earlier = sqlite3_column_int64(select, 1);
		if (at < 1 || at > (long long)rows || earlier < 1 || earlier >= at)
			ok = damaged(store, err);
		else
			first[at - 1] = (size_t)earlier;
	}
	sqlite3_finalize(select);
	free(sql);
	return ok;
}

bool people_load(size_t **people, size_t *count, struct store *store, const char *number, size_t rows,
                 struct error *err)
{
	size_t *first = mem_alloc(rows, sizeof *first), *numbers = mem_alloc(rows, sizeof *numbers), found = 0;
	bool ok = read_firsts(first, store, number, rows, err);
	for (size_t i = 0; ok && i < rows; i++) {
		if (first[i] && first[first[i] - 1])
			ok = damaged(store, err);
		else
			numbers[i] = first[i] ? numbers[first[i] - 1] : found++;
	}
	free(first);
	if (!ok) {
		free(numbers);
		return false;
	}
	*people = numbers;
	*count = found;
	return true;
}

void people_weigh(double *weights, const size_t *people, size_t rows)
{
	double *least = mem_alloc(rows, sizeof *least);
	for (size_t i = 0; i < rows; i++) {
		double *person = &least[people[i]];
		*person = *person > 0 && *person < weights[i] ? *person : weights[i];
	}
	for (size_t i = 0; i < rows; i++)
		weights[i] = least[people[i]];
	free(least);
}
