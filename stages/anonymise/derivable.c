#include "derivable.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "text.h"

/* The target follows from the inputs. */
struct recipe {
	size_t target, first, count; /* inputs */
	bool nearly; /* often from some of them, or from what is left of them; else only from all of them as they were */
	bool lacks;  /* an input is not in the analysis table */
};

struct recipes {
	struct recipe *recipes;
	size_t *inputs;
	size_t count, capacity, input_count, input_capacity;
};

/* What a record shows of a variable. */
enum sight { HIDDEN, RECODED, EXACT };

struct derivable {
	const struct file *file;
	struct recipes recipes;
	unsigned char *known; /* by column and record: it is not in the file, and follows */
};

static bool is_known(const struct derivable *derivable, size_t column, size_t record)
{
	return derivable->known[column * derivable->file->record_count + record];
}

static enum sight sight_of(const struct derivable *derivable, size_t c, size_t record)
{
	const struct column *column = &derivable->file->columns[c];
	if (is_known(derivable, c, record))
		return EXACT;
	if (!column->leaves || column->treatment == FILE_AVERAGED || column->reasons[record] == MISSING_SUPPRESSED)
		return HIDDEN;
	return column->treatment == FILE_KEPT ? EXACT : RECODED;
}

/* --- recipes --- */

/* A recipe whose target is not in the analysis table is none. */
static bool read_recipes(struct derivable *derivable, struct store *deidentified, struct error *err)
{
	struct recipes *recipes = &derivable->recipes;
	const struct file *file = derivable->file;
	sqlite3_stmt *select = NULL;
	char *before = mem_copy_text("");
	bool row = false, ok = store_prepare(&select, deidentified, sql_anonymise_recipes, err);
	while (ok && (ok = store_step(deidentified, select, &row, err)) && row) {
		const struct column *target = file_column(file, (const char *)sqlite3_column_text(select, 0)),
		                    *input = file_column(file, (const char *)sqlite3_column_text(select, 2));
		char *name = mem_print("%s %s", (const char *)sqlite3_column_text(select, 0),
		                       (const char *)sqlite3_column_text(select, 1));
		bool same = strcmp(name, before) == 0;
		free(before);
		before = name;
		if (!target)
			continue;
		if (!same) {
			recipes->recipes =
				mem_grow(recipes->recipes, recipes->count, &recipes->capacity, sizeof *recipes->recipes);
			recipes->recipes[recipes->count++] = (struct recipe){ .target = (size_t)(target - file->columns),
				                                              .first = recipes->input_count,
				                                              .nearly = sqlite3_column_int(select, 3) != 0 };
		}
		struct recipe *recipe = &recipes->recipes[recipes->count - 1];
		recipe->lacks = recipe->lacks || !input;
		if (!input)
			continue;
		recipes->inputs =
			mem_grow(recipes->inputs, recipes->input_count, &recipes->input_capacity, sizeof *recipes->inputs);
		recipes->inputs[recipes->input_count++] = (size_t)(input - file->columns);
		recipe->count++;
	}
	sqlite3_finalize(select);
	free(before);
	return ok;
}

/* --- what follows --- */

/* A record, and what is compared of it: `sights` is of all inputs of the recipe under way. */
struct placed {
	const struct derivable *derivable;
	const struct recipe *recipe;
	const unsigned char *sights;
	size_t record;
};

static int compare_sights(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = memcmp(one->sights, other->sights, one->recipe->count);
	return order ? order : (one->record > other->record) - (one->record < other->record);
}

static int compare_answers(const struct column *column, const double *values, size_t one, size_t other)
{
	double left = values[one], right = values[other];
	if (isnan(left) != isnan(right))
		return isnan(left) ? -1 : 1;
	if (isnan(left))
		return (int)column->reasons_before[one] - (int)column->reasons_before[other];
	return (left > right) - (left < right);
}

/* As far as the sights go, which are the same of both. */
static int compare_shown(const struct placed *one, const struct placed *other)
{
	const struct derivable *derivable = one->derivable;
	for (size_t i = 0; i < one->recipe->count; i++) {
		const struct column *column =
			&derivable->file->columns[derivable->recipes.inputs[one->recipe->first + i]];
		if (one->sights[i] == HIDDEN)
			continue;
		int order = compare_answers(column, one->sights[i] == EXACT ? column->before : column->recoded,
		                            one->record, other->record);
		if (order)
			return order;
	}
	return 0;
}

static int compare_placed(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = compare_shown(one, other);
	return order ? order : (one->record > other->record) - (one->record < other->record);
}

/* Of the records whose sights are these: `asked` marks them. All records are compared by what these show. */
static bool tell_asked(struct derivable *derivable, const struct recipe *recipe, const unsigned char *sights,
                       const bool *asked)
{
	size_t count = derivable->file->record_count;
	const struct column *target = &derivable->file->columns[recipe->target];
	struct placed *placed = mem_alloc(count, sizeof *placed);
	bool told = false;
	for (size_t r = 0; r < count; r++)
		placed[r] = (struct placed){ derivable, recipe, sights, r };
	mem_sort(placed, count, sizeof *placed, compare_placed);
	for (size_t first = 0, end; first < count; first = end) {
		bool same = true;
		for (end = first; end < count && compare_shown(&placed[first], &placed[end]) == 0; end++)
			same = same && compare_answers(target, target->before, placed[first].record, placed[end].record) == 0;
		for (size_t i = first; same && i < end; i++)
			if (asked[placed[i].record]) {
				derivable->known[recipe->target * count + placed[i].record] = 1;
				told = true;
			}
	}
	free(placed);
	return told;
}

/* Whether such a recipe can tell anything: something of it is shown; where it needs all, all of it as it was. */
static bool is_enough(const struct recipe *recipe, const unsigned char *sights)
{
	bool some = false, all = !recipe->lacks;
	for (size_t i = 0; i < recipe->count; i++) {
		some = some || sights[i] != HIDDEN;
		all = all && sights[i] == EXACT;
	}
	return some && (recipe->nearly || all);
}

/* Records that show the same variables are asked together. Whether anything was found. */
static bool follow(struct derivable *derivable, const struct recipe *recipe)
{
	size_t count = derivable->file->record_count, asked_count = 0;
	unsigned char *sights = mem_alloc(count * recipe->count + 1, sizeof *sights);
	struct placed *placed = mem_alloc(count, sizeof *placed);
	bool *asked = mem_alloc(count, sizeof *asked), told = false;
	for (size_t r = 0; r < count; r++) {
		unsigned char *at = sights + r * recipe->count;
		for (size_t i = 0; i < recipe->count; i++)
			at[i] = (unsigned char)sight_of(derivable, derivable->recipes.inputs[recipe->first + i], r);
		if (sight_of(derivable, recipe->target, r) != EXACT && is_enough(recipe, at))
			placed[asked_count++] = (struct placed){ derivable, recipe, at, r };
	}
	mem_sort(placed, asked_count, sizeof *placed, compare_sights);
	for (size_t first = 0, end; first < asked_count; first = end) {
		memset(asked, 0, count * sizeof *asked);
		for (end = first; end < asked_count
		                  && memcmp(placed[first].sights, placed[end].sights, recipe->count) == 0; end++)
			asked[placed[end].record] = true;
		told = tell_asked(derivable, recipe, placed[first].sights, asked) || told;
	}
	free(asked);
	free(placed);
	free(sights);
	return told;
}

/* What was found may tell more. */
static void follow_all(struct derivable *derivable)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < derivable->recipes.count; i++)
			more = follow(derivable, &derivable->recipes.recipes[i]) || more;
	}
}

/* --- writing --- */

static bool write_variable(const struct column *column, sqlite3_stmt *definition, sqlite3_stmt *insert,
                           struct store *deidentified, struct store *anonymised, struct error *err)
{
	bool row = false;
	store_bind_text(definition, ":variable", column->name);
	bool ok = store_step(deidentified, definition, &row, err);
	sqlite3_bind_text(insert, 1, column->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, column->analysed.type, -1, SQLITE_STATIC);
	if (column->analysed.bounded[0])
		sqlite3_bind_double(insert, 3, column->analysed.least);
	if (column->analysed.bounded[1])
		sqlite3_bind_double(insert, 4, column->analysed.most);
	sqlite3_bind_text(insert, 5, row ? (const char *)sqlite3_column_text(definition, 0) : "", -1, SQLITE_TRANSIENT);
	ok = ok && store_insert(anonymised, insert, err);
	sqlite3_reset(definition);
	return ok;
}

static bool write_value(const struct column *column, size_t record, long long number, sqlite3_stmt *insert,
                        struct store *anonymised, struct error *err)
{
	double value = column->before[record];
	sqlite3_bind_text(insert, 1, column->name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(insert, 2, number);
	if (isnan(value))
		sqlite3_bind_null(insert, 3);
	else if (column->texts)
		sqlite3_bind_text(insert, 3, column->texts[(size_t)value - 1], -1, SQLITE_STATIC);
	else if (column->analysed.codes[0])
		sqlite3_bind_text(insert, 3, column->analysed.codes[(size_t)value - 1], -1, SQLITE_STATIC);
	else
		sqlite3_bind_double(insert, 3, value);
	sqlite3_bind_text(insert, 4, isnan(value) ? missing_reason_word(column->reasons_before[record]) : "", -1,
	                  SQLITE_STATIC);
	return store_insert(anonymised, insert, err);
}

static bool write_all(const struct derivable *derivable, const size_t *order, struct store *deidentified,
                      struct store *anonymised, struct error *err)
{
	const struct file *file = derivable->file;
	sqlite3_stmt *definition = NULL, *variable = NULL, *insert = NULL;
	bool ok = store_prepare(&definition, deidentified, "SELECT digest FROM definition WHERE variable = :variable", err)
	          && store_prepare(&variable, anonymised, "INSERT INTO derivable_variable VALUES (?, ?, ?, ?, ?)", err)
	          && store_prepare(&insert, anonymised, "INSERT INTO derivable VALUES (?, ?, ?, ?)", err);
	for (size_t c = 0; ok && c < file->column_count; c++) {
		/* of one that leaves, the definition is of use all the same */
		bool any = file->columns[c].leaves && file->columns[c].derived;
		if (any)
			ok = write_variable(&file->columns[c], definition, variable, deidentified, anonymised, err);
		for (size_t i = 0; ok && i < file->record_count; i++) {
			if (!is_known(derivable, c, order[i]))
				continue;
			if (!any)
				ok = write_variable(&file->columns[c], definition, variable, deidentified, anonymised, err);
			any = true;
			ok = ok && write_value(&file->columns[c], order[i], (long long)i + 1, insert, anonymised, err);
		}
	}
	sqlite3_finalize(definition);
	sqlite3_finalize(variable);
	sqlite3_finalize(insert);
	return ok;
}

bool derivable_write(const struct file *file, const size_t *order, struct store *deidentified, struct store *anonymised,
                     struct error *err)
{
	struct derivable derivable = { .file = file };
	if (file->entry->access != STUDY_ACCESS_PUBLIC)
		return true;
	derivable.known = mem_alloc(file->column_count * file->record_count + 1, sizeof *derivable.known);
	bool ok = read_recipes(&derivable, deidentified, err);
	if (ok)
		follow_all(&derivable);
	ok = ok && write_all(&derivable, order, deidentified, anonymised, err);
	free(derivable.recipes.recipes);
	free(derivable.recipes.inputs);
	free(derivable.known);
	return ok;
}
