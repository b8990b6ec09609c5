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

struct placed {
	double value; /* NaN: missing, and then `reason` says why */
	unsigned char reason;
	size_t record;
};

static int compare_values(const struct placed *one, const struct placed *other)
{
	if (isnan(one->value) != isnan(other->value))
		return isnan(one->value) ? -1 : 1;
	if (!isnan(one->value) && one->value != other->value)
		return one->value < other->value ? -1 : 1;
	return isnan(one->value) ? (int)one->reason - (int)other->reason : 0;
}

static int compare_placed(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = compare_values(one, other);
	return order ? order : (one->record > other->record) - (one->record < other->record);
}

/* The records by what the recoded file has in the column. Free with free(). */
static struct placed *sort_by(const struct file *file, const struct column *column)
{
	struct placed *placed = mem_alloc(file->record_count, sizeof *placed);
	for (size_t i = 0; i < file->record_count; i++)
		placed[i] = (struct placed){ column->recoded[i], column->reasons_before[i], i };
	mem_sort(placed, file->record_count, sizeof *placed, compare_placed);
	return placed;
}

static int compare_numbers(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;
	return (one > other) - (one < other);
}

/* How likely it is that two records differ in the key. */
static double difference(const struct file *file, const struct column *key)
{
	double *values = mem_alloc(file->record_count, sizeof *values), same = 0;
	size_t count = 0, from = 0;
	for (size_t i = 0; i < file->record_count; i++)
		if (!isnan(key->recoded[i]))
			values[count++] = key->recoded[i];
	mem_sort(values, count, sizeof *values, compare_numbers);
	for (size_t i = 1; i <= count; i++)
		if (i == count || values[i] != values[from]) {
			same += (double)(i - from) * (double)(i - from);
			from = i;
		}
	free(values);
	return count ? 1 - same / ((double)count * (double)count) : 0;
}

/* Whether each value of the column goes with one value of the key wherever two records or more have it, which most do:
 * those who share it differ in the key a twentieth as often as any two records do, or less. So one slip in an answer
 * makes no sure sign unsure. A key that is the same everywhere is told by nobody. */
static bool goes_with(const struct file *file, const struct column *key, const struct placed *placed, double difference)
{
	size_t count = 0, shared = 0, differ = 0;
	double here = NAN; /* the key's value in the file, among those of one value of the column */
	for (size_t i = 0; i < file->record_count; i++) {
		double value = key->recoded[placed[i].record];
		if (i > 0 && compare_values(&placed[i - 1], &placed[i]) != 0)
			here = NAN;
		if (isnan(value))
			continue;
		differ += !isnan(here) && here != value;
		count++;
		shared += !isnan(here);
		here = value;
	}
	return difference > 0 && shared * 2 >= count && (double)differ * 20 <= difference * (double)shared;
}

/* --- all together --- */

/* Weights are averaged until they tell nothing. */
static bool may_tell(const struct column *column)
{
	return column->leaves && strcmp(column->role, "weight") != 0;
}

bool telling_find(struct telling *telling, struct file *file, struct store *deidentified, struct error *err)
{
	struct relations relations = { 0 };
	bool ok = read_relations(&relations, file, deidentified, err) && hold_back(file, &relations, err);
	size_t count = file->column_count;
	bool *reached = mem_alloc(relations.name_count, sizeof *reached);
	*telling = (struct telling){ mem_alloc(count * count, sizeof *telling->tells), count };
	for (size_t k = 0; ok && k < count; k++) {
		if (!file->columns[k].key)
			continue;
		memset(reached, 0, relations.name_count);
		reached[k] = true;
		climb(reached, &relations);
		descend(reached, &relations, true);
		for (size_t c = 0; c < count; c++)
			telling->tells[k * count + c] = c != k && reached[c] && may_tell(&file->columns[c]);
	}
	double *differences = mem_alloc(count, sizeof *differences);
	for (size_t k = 0; ok && k < count; k++)
		differences[k] = file->columns[k].key ? difference(file, &file->columns[k]) : 0;
	for (size_t c = 0; ok && c < count; c++) {
		struct placed *placed = may_tell(&file->columns[c]) ? sort_by(file, &file->columns[c]) : NULL;
		for (size_t k = 0; placed && k < count; k++)
			if (k != c && file->columns[k].key && goes_with(file, &file->columns[k], placed, differences[k]))
				telling->tells[k * count + c] = true;
		free(placed);
	}
	free(differences);
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
