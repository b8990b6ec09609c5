#include "blanking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "covering.h"
#include "weighing.h"

static void log_blanked(struct file *file, size_t record, const struct column *column, const char *cause)
{
	file->blanked = mem_grow(file->blanked, file->blanked_count, &file->blanked_capacity, sizeof *file->blanked);
	file->blanked[file->blanked_count++] =
		(struct blanked){ record, (size_t)(column - file->columns), cause };
}

static void blank(struct file *file, size_t record, struct column *column, const char *cause)
{
	log_blanked(file, record, column, cause);
	column->values[record] = NAN;
	column->reasons[record] = MISSING_SUPPRESSED;
}

/* Keys that tell of each other go together. */
static void list_along(unsigned *along, const struct demands *demands, const struct file *file,
                       const struct telling *telling)
{
	for (size_t k = 0; k < demands->width; k++)
		for (size_t other = 0; other < demands->width; other++)
			if (telling_between(telling, (size_t)(demands->keys[k] - file->columns),
			                    (size_t)(demands->keys[other] - file->columns)))
				along[k] |= 1u << other;
}

/* What the search left of the codes is what the file keeps. */
static void take_codes(struct file *file, const struct demands *demands)
{
	for (size_t i = 0; i < file->record_count; i++)
		for (size_t k = 0; k < demands->width; k++)
			if (!isnan(demands->keys[k]->values[i]) && demands->codes[i * demands->width + k] == 0)
				blank(file, i, demands->keys[k], NULL);
}

/* Who was not asked is known to whoever knows the person, as a value is: a missing key that says so would agree with few. */
static bool says_who(enum missing_reason reason)
{
	return reason == MISSING_NOT_ASKED || reason == MISSING_NOT_APPLICABLE;
}

static void blank_reasons(struct file *file, const struct demands *demands)
{
	for (size_t k = 0; k < demands->width; k++) {
		struct column *key = demands->keys[k];
		for (size_t i = 0; i < file->record_count && isfinite(demands->costs[k]); i++)
			if (isnan(key->values[i]) && says_who(key->reasons[i]))
				blank(file, i, key, key->name);
	}
}

/* What tells of a key that was blanked is blanked too, and so is the reason why it is missing. A key that was missing
 * before stays as it was. Whether an answer went that is sensitive. */
static bool blank_telling(struct file *file, const struct demands *demands, const struct telling *telling)
{
	bool sensitive = false;
	for (size_t k = 0; k < demands->width; k++) {
		const struct column *key = demands->keys[k];
		for (size_t c = 0; c < file->column_count; c++) {
			struct column *column = &file->columns[c];
			if (!telling_between(telling, (size_t)(key - file->columns), c))
				continue;
			for (size_t i = 0; i < file->record_count; i++) {
				if (key->reasons[i] != MISSING_SUPPRESSED || column->reasons[i] == MISSING_SUPPRESSED
				    || (isnan(key->recoded[i]) && !says_who(key->reasons_before[i])))
					continue;
				sensitive = sensitive || (column->sensitive && !isnan(column->values[i]));
				blank(file, i, column, key->name);
			}
		}
	}
	return sensitive;
}

/* A weight may tell nothing of the keys that may be blanked. */
static void average_weights(struct file *file, const struct demands *demands)
{
	size_t count = file->record_count, width = demands->width;
	unsigned hidden = 0;
	for (size_t k = 0; k < width; k++)
		hidden |= isfinite(demands->costs[k]) ? 1u << k : 0;
	for (size_t c = 0; c < file->column_count; c++) {
		struct column *column = &file->columns[c];
		if (!column->leaves || strcmp(column->role, "weight") != 0 || column->wish)
			continue;
		double *weights = mem_alloc(count, sizeof *weights);
		int *kept = mem_alloc(count * width, sizeof *kept);
		size_t *records = mem_alloc(count, sizeof *records), weighted = 0;
		for (size_t i = 0; i < count; i++) {
			if (isnan(column->values[i]))
				continue;
			for (size_t k = 0; k < width; k++)
				kept[weighted * width + k] = demands->codes[i * width + k];
			weights[weighted] = column->values[i];
			records[weighted++] = i;
		}
		weighing_average(weights, weighted, (size_t)file->entry->k, kept, width, hidden);
		for (size_t i = 0; i < weighted; i++)
			column->values[records[i]] = column->recoded[records[i]] = weights[i];
		column->treatment = FILE_AVERAGED;
		free(weights);
		free(kept);
		free(records);
	}
}

bool blank_file(struct file *file, struct demands *demands, const struct telling *telling)
{
	unsigned along[LOCAL_SUPPRESSION_KEYS] = { 0 };
	size_t *before = mem_alloc(demands->count, sizeof *before);
	struct safety *safeties = mem_alloc(demands->count, sizeof *safeties);
	list_along(along, demands, file, telling);
	blank_reasons(file, demands);
	/* an answer that was blanked because it tells of a key is none that differs from the others' */
	bool covered = file->entry->missing == STUDY_MISSING_VALUE; /* as a value it holds against whoever takes it at its word */
	for (bool first = true, again = true; again; first = false) {
		for (size_t d = 0; d < demands->count; d++) {
			struct demand *demand = &demands->demands[d];
			free(demands->sensitive[d]);
			demands->sensitive[d] = demand->sensitive ? demands_answers(file, demand->sensitive) : NULL;
			demand->safety.sensitive = demands->sensitive[d];
			safeties[d] = demand->safety;
		}
		struct suppressing task = {
			.codes = demands->codes,
			.count = file->record_count,
			.width = demands->width,
			.demands = safeties,
			.demand_count = demands->count,
			.costs = demands->costs,
			.along = along,
			.people = file->person_count < file->record_count ? file->people : NULL,
			.weights = demands->weights,
			.missing = file->entry->missing == STUDY_MISSING_VALUE ? KEY_MISSING_VALUE : KEY_MISSING_WILDCARD,
		};
		local_suppress(&task, before, NULL);
		for (size_t d = 0; first && d < demands->count; d++)
			demands->demands[d].before = before[d];
		take_codes(file, demands);
		again = blank_telling(file, demands, telling);
		if (!again && !covered) {
			covered = true;
			again = cover_blanks(file, demands, along) > 0;
			take_codes(file, demands);
			blank_telling(file, demands, telling);
		}
	}
	average_weights(file, demands);
	free(before);
	free(safeties);
	return true;
}
