#include "demands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "people.h"
#include "text.h"

enum { MOST_DEMANDS = 2000 };

static const char *const words[] = { "k", "l", "risk" };

const char *demand_word(const struct demand *demand)
{
	return words[demand->kind];
}

void demand_add_keys(struct text *text, const struct demands *demands, const struct demand *demand)
{
	const char *comma = "";
	for (size_t k = 0; k < demands->width; k++) {
		if (!(demand->safety.set >> k & 1))
			continue;
		text_print(text, "%s%s", comma, demands->keys[k]->name);
		comma = ", ";
	}
}

static int compare_values(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;
	return (one > other) - (one < other);
}

int *demands_answers(const struct file *file, const struct column *column)
{
	int *codes = mem_alloc(file->record_count, sizeof *codes);
	double *sorted = mem_alloc(file->record_count, sizeof *sorted);
	size_t count = 0, different = 0;
	for (size_t i = 0; i < file->record_count; i++)
		if (!isnan(column->recoded[i]))
			sorted[count++] = column->recoded[i];
	mem_sort(sorted, count, sizeof *sorted, compare_values);
	for (size_t i = 0; i < count; i++)
		if (different == 0 || sorted[i] != sorted[different - 1])
			sorted[different++] = sorted[i];
	for (size_t i = 0; i < file->record_count; i++) {
		const double *at =
			isnan(column->values[i]) || different == 0
				? NULL
				: bsearch(&column->values[i], sorted, different, sizeof *sorted, compare_values);
		codes[i] = at ? (int)(at - sorted) + 1 : 0;
	}
	free(sorted);
	return codes;
}

static bool is_listed(char *const *names, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static size_t count_codes(const struct file *file, const struct column *column)
{
	if (column->code_count)
		return column->code_count;
	int *codes = demands_answers(file, column), most = 0;
	for (size_t i = 0; i < file->record_count; i++)
		most = codes[i] > most ? codes[i] : most;
	free(codes);
	return (size_t)most;
}

/* A key with more codes is cheaper, and none twice as dear as another, so that few values go; one that is important
 * costs more than all that are less so together. */
static void set_costs(struct demands *demands, const struct file *file)
{
	const struct study_microdata *entry = file->entry;
	size_t codes[LOCAL_SUPPRESSION_KEYS];
	double sum = 0;
	for (size_t k = 0; k < demands->width; k++)
		codes[k] = count_codes(file, demands->keys[k]);
	for (size_t k = 0; k < demands->width; k++) {
		size_t cheaper = 0;
		for (size_t other = 0; other < demands->width; other++)
			cheaper += codes[other] > codes[k] || (codes[other] == codes[k] && other > k);
		demands->costs[k] = 1 + (double)cheaper / (double)demands->width;
		if (!is_listed(entry->importance, entry->importance_count, demands->keys[k]->name))
			sum += demands->costs[k];
	}
	for (unsigned i = entry->importance_count; i-- > 0;)
		for (size_t k = 0; k < demands->width; k++)
			if (strcmp(demands->keys[k]->name, entry->importance[i]) == 0) {
				demands->costs[k] = sum + 1;
				sum += demands->costs[k];
			}
	for (size_t k = 0; k < demands->width; k++)
		if (is_listed(entry->never_blank, entry->never_blank_count, demands->keys[k]->name)
		    || text_equal(entry->strata, demands->keys[k]->name))
			demands->costs[k] = INFINITY;
}

static void add(struct demands *demands, struct demand demand)
{
	demands->demands = mem_grow(demands->demands, demands->count, &demands->capacity, sizeof *demands->demands);
	demands->demands[demands->count++] = demand;
}

/* Whoever agrees with so many on more keys does so on fewer: sets whose demand another one's brings are left out. */
static bool add_subsets(struct demands *demands, const struct file *file, unsigned strata, struct error *err)
{
	const struct study_microdata *entry = file->entry;
	unsigned all = (1u << demands->width) - 1;
	size_t *k = mem_alloc((size_t)all + 1, sizeof *k);
	k[all] = (size_t)entry->k;
	for (unsigned s = 0; s < entry->subsets_count; s++)
		for (unsigned set = 1; set < all; set++)
			if (__builtin_popcount(set) == entry->subsets[s].size
			    && k[set | strata] < (size_t)entry->subsets[s].k)
				k[set | strata] = (size_t)entry->subsets[s].k;
	add(demands, (struct demand){ .kind = DEMAND_K, .safety = { .set = all, .k = k[all] } });
	size_t *brought = mem_alloc((size_t)all + 1, sizeof *brought); /* the most that a larger set demands */
	bool ok = true;
	for (unsigned set = all; ok && set-- > 1;) {
		for (size_t key = 0; key < demands->width; key++) {
			unsigned larger = set | 1u << key;
			size_t most = k[larger] > brought[larger] ? k[larger] : brought[larger];
			if (larger != set && most > brought[set])
				brought[set] = most;
		}
		if (k[set] > brought[set])
			add(demands, (struct demand){ .kind = DEMAND_K, .safety = { .set = set, .k = k[set] } });
		if (demands->count > MOST_DEMANDS) {
			error_set(err, ERROR_CONFIG,
			          "microdata of %s: more than %d choices of the keys are to be judged", entry->dataset,
			          MOST_DEMANDS);
			file_locate(file, err, "subsets");
			ok = error_help(err, "name fewer keys, or subsets of another size");
		}
	}
	free(k);
	free(brought);
	return ok;
}

static void set_weights(struct demands *demands, const struct file *file)
{
	if (!file->weights)
		return;
	demands->weights = mem_alloc(file->record_count, sizeof *demands->weights);
	for (size_t i = 0; i < file->record_count; i++)
		demands->weights[i] = file->weights[i];
	people_weigh(demands->weights, file->people, file->record_count);
}

bool demands_make(struct demands *demands, const struct file *file, struct error *err)
{
	const struct study_microdata *entry = file->entry;
	unsigned strata = 0;
	size_t width = entry->keys_count, count = file->record_count;
	*demands = (struct demands){ .keys = mem_alloc(width, sizeof(struct column *)),
		                     .width = width,
		                     .codes = mem_alloc(count * width, sizeof *demands->codes),
		                     .values = mem_alloc(width, sizeof *demands->values),
		                     .costs = mem_alloc(width, sizeof *demands->costs) };
	for (size_t k = 0; k < width; k++) {
		struct column *key = file_column(file, entry->keys[k]);
		bool divides = text_equal(entry->strata, key->name);
		int *answers = demands_answers(file, key), most = 0;
		for (size_t i = 0; i < count; i++)
			most = answers[i] > most ? answers[i] : most;
		for (size_t i = 0; i < count; i++)
			demands->codes[i * width + k] = answers[i] == 0 && divides ? most + 1 : answers[i];
		free(answers);
		demands->values[k] = divides ? most + 1 : most;
		demands->keys[k] = key;
		strata |= divides ? 1u << k : 0;
	}
	set_costs(demands, file);
	set_weights(demands, file);
	if (!add_subsets(demands, file, strata, err))
		return false;
	unsigned all = (1u << width) - 1;
	for (unsigned s = 0; s < entry->sensitive_count; s++)
		add(demands, (struct demand){ .kind = DEMAND_L,
		                              .sensitive = file_column(file, entry->sensitive[s]),
		                              .safety = { .set = all, .k = 1, .l = (size_t)entry->l } });
	if (entry->max_risk)
		add(demands, (struct demand){ .kind = DEMAND_RISK,
		                              .safety = { .set = all, .k = 1, .max_risk = *entry->max_risk } });
	demands->sensitive = mem_alloc(demands->count, sizeof *demands->sensitive);
	return true;
}

void demands_release(struct demands *demands)
{
	for (size_t d = 0; demands->sensitive && d < demands->count; d++)
		free(demands->sensitive[d]);
	free(demands->sensitive);
	free(demands->demands);
	free(demands->keys);
	free(demands->codes);
	free(demands->values);
	free(demands->costs);
	free(demands->weights);
	*demands = (struct demands){ 0 };
}
