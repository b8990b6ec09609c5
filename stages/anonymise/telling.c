#include "telling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"

/* --- which variable follows from which --- */

/* Variables by name, in the file or not. */
struct relation {
	size_t from, to; /* `to` follows from `from` */
	bool made;       /* made of it; else asked by it */
};

struct relations {
	const char **names;
	size_t name_count, name_capacity;
	struct relation *relations;
	size_t count, capacity;
};

static size_t number_of(struct relations *relations, const struct file *file, const char *name)
{
	for (size_t i = 0; i < relations->name_count; i++)
		if (strcmp(relations->names[i], name) == 0)
			return i;
	relations->names = mem_grow(relations->names, relations->name_count, &relations->name_capacity,
	                            sizeof *relations->names);
	relations->names[relations->name_count] = mem_arena_copy(file->strings, name);
	return relations->name_count++;
}

/* The columns come first, each under its own place. */
static bool read_relations(struct relations *relations, const struct file *file, struct store *store, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	for (size_t c = 0; c < file->column_count; c++)
		number_of(relations, file, file->columns[c].name);
	bool ok = store_prepare(&select, store, sql_anonymise_relations, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		size_t to = number_of(relations, file, (const char *)sqlite3_column_text(select, 0));
		size_t from = number_of(relations, file, (const char *)sqlite3_column_text(select, 1));
		relations->relations = mem_grow(relations->relations, relations->count, &relations->capacity,
		                                sizeof *relations->relations);
		relations->relations[relations->count++] =
			(struct relation){ from, to, sqlite3_column_int(select, 2) != 0 };
	}
	sqlite3_finalize(select);
	return ok;
}

/* Add to `reached` what any of it is made of. */
static void climb(bool *reached, const struct relations *relations)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t r = 0; r < relations->count; r++) {
			const struct relation *relation = &relations->relations[r];
			if (!relation->made || !reached[relation->to] || reached[relation->from])
				continue;
			reached[relation->from] = more = true;
		}
	}
}

/* Add what follows from any of it: what is made of it, and with `asked` what is asked by it. */
static void descend(bool *reached, const struct relations *relations, bool asked)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t r = 0; r < relations->count; r++) {
			const struct relation *relation = &relations->relations[r];
			if (!(relation->made || asked) || !reached[relation->from] || reached[relation->to])
				continue;
			reached[relation->to] = more = true;
		}
	}
}

/* --- what is finer --- */

static bool hold_back_finer(struct file *file, struct column *column, const struct column *than, const char *why,
                            struct error *err)
{
	if (!column->asked_for) {
		char *text = mem_print("%s %s", why, than->name);
		file_hold_back(file, column, text);
		free(text);
		return true;
	}
	error_set(err, ERROR_CONFIG, "microdata of %s: `%s` would tell more of `%s` than the file is to tell",
	          file->entry->dataset, column->name, than->name);
	file_locate(file, err, column->sensitive ? "sensitive" : "variables");
	return error_help(err, "take `%s` out, or name it as a key", column->name);
}

static bool hold_back(struct file *file, const struct relations *relations, struct error *err)
{
	bool *reached = mem_alloc(relations->name_count, sizeof *reached), ok = true;
	for (size_t c = 0; ok && c < file->column_count; c++) {
		const struct column *column = &file->columns[c];
		bool recoded = column->treatment != FILE_KEPT && column->treatment != FILE_DROPPED;
		memset(reached, 0, relations->name_count);
		reached[c] = true;
		if (column->key)
			climb(reached, relations);
		for (size_t other = 0; ok && other < file->column_count; other++)
			if (other != c && reached[other] && file->columns[other].leaves && !file->columns[other].key)
				ok = hold_back_finer(file, &file->columns[other], column, "a key is made of it:", err);
		memset(reached, 0, relations->name_count);
		reached[c] = true;
		if (recoded)
			descend(reached, relations, false);
		for (size_t other = 0; ok && other < file->column_count; other++)
			if (other != c && reached[other] && file->columns[other].leaves && !file->columns[other].key)
				ok = hold_back_finer(file, &file->columns[other], column,
				                     "made of what is recoded in the file:", err);
	}
	free(reached);
	return ok;
}

/* --- what goes together in the data --- */

struct pair {
	double column, key; /* NaN: missing, and then `reason` says why */
	unsigned char reason;
};

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *one = a, *other = b;
	if (isnan(one->column) != isnan(other->column))
		return isnan(one->column) ? -1 : 1;
	if (!isnan(one->column) && one->column != other->column)
		return one->column < other->column ? -1 : 1;
	if (one->reason != other->reason)
		return (int)one->reason - (int)other->reason;
	return (one->key > other->key) - (one->key < other->key);
}

/* Whether each value of the column goes with one value of the key wherever two records or more have it, which most do.
 * A key that is the same everywhere is told by nobody. */
static bool goes_with(const struct file *file, const struct column *key, const struct column *column)
{
	struct pair *pairs = mem_alloc(file->record_count, sizeof *pairs);
	size_t count = 0, shared = 0;
	double first = NAN;
	bool several = false, always = true;
	for (size_t i = 0; i < file->record_count; i++) {
		if (isnan(key->recoded[i]))
			continue;
		pairs[count++] = (struct pair){ column->recoded[i], key->recoded[i],
			                        isnan(column->recoded[i]) ? column->reasons_before[i] : 0 };
		several = several || (!isnan(first) && first != key->recoded[i]);
		first = key->recoded[i];
	}
	mem_sort(pairs, count, sizeof *pairs, compare_pairs);
	for (size_t i = 1; i < count && always; i++) {
		struct pair before = pairs[i - 1], now = pairs[i];
		before.key = now.key;
		if (compare_pairs(&before, &now) != 0)
			continue;
		shared++;
		always = pairs[i - 1].key == pairs[i].key;
	}
	free(pairs);
	return several && always && shared * 2 >= count;
}

/* --- all together --- */

bool telling_find(struct telling *telling, struct file *file, struct store *deidentified, struct error *err)
{
	struct relations relations = { 0 };
	bool ok = read_relations(&relations, file, deidentified, err) && hold_back(file, &relations, err);
	size_t count = file->column_count;
	bool *reached = mem_alloc(relations.name_count, sizeof *reached);
	*telling = (struct telling){ mem_alloc(count * count, sizeof *telling->tells), count };
	for (size_t k = 0; ok && k < count; k++) {
		const struct column *key = &file->columns[k];
		if (!key->key)
			continue;
		memset(reached, 0, relations.name_count);
		reached[k] = true;
		climb(reached, &relations);
		descend(reached, &relations, true);
		for (size_t c = 0; c < count; c++) {
			const struct column *column = &file->columns[c];
			bool weight = strcmp(column->role, "weight") == 0; /* averaged until it tells nothing */
			telling->tells[k * count + c] =
				c != k && column->leaves && !weight && (reached[c] || goes_with(file, key, column));
		}
	}
	free(reached);
	free(relations.names);
	free(relations.relations);
	return ok;
}

void telling_release(struct telling *telling)
{
	free(telling->tells);
	*telling = (struct telling){ 0 };
}

bool telling_between(const struct telling *telling, size_t key, size_t column)
{
	return telling->tells[key * telling->columns + column];
}
