#include "measures.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "local_suppression.h"
#include "reidentification.h"

enum key_missing measures_missing(const struct study_microdata *entry)
{
	return entry->missing == STUDY_MISSING_VALUE ? KEY_MISSING_VALUE : KEY_MISSING_WILDCARD;
}

/* --- sets of keys --- */

static size_t list_keys(size_t *chosen, unsigned set)
{
	size_t count = 0;
	for (size_t k = 0; set >> k; k++)
		if (set >> k & 1)
			chosen[count++] = k;
	return count;
}

/* In a file that is divided, a choice of keys is judged with the key that divides it. */
static size_t demanded(const struct study_microdata *entry, const struct key_table *table, unsigned keys)
{
	size_t size = (size_t)__builtin_popcount(keys), k = size == table->key_count ? (size_t)entry->k : 0;
	bool divided = table->strata < table->key_count;
	for (unsigned s = 0; s < entry->subsets_count; s++) {
		size_t asked = (size_t)entry->subsets[s].size;
		bool meant =
			divided ? keys >> table->strata & 1 && (asked == size || asked + 1 == size) : asked == size;
		if (meant && (size_t)entry->subsets[s].k > k)
			k = (size_t)entry->subsets[s].k;
	}
	return k;
}

static void count_set(struct measures *measures, const struct key_table *table, const struct study_microdata *entry,
                      struct key_set *set)
{
	size_t chosen[LOCAL_SUPPRESSION_KEYS];
	double *f = mem_alloc(table->records.count, sizeof *f), least = set->k ? (double)set->k : (double)entry->k;
	size_t size = list_keys(chosen, set->keys);
	struct equivalence *classes = equivalence_new(&table->records, chosen, size, measures_missing(entry));
	equivalence_frequencies(f, NULL, classes);
	for (size_t i = 0; i < table->records.count; i++) {
		set->below += f[i] < least;
		set->alone += f[i] == 1;
		if (f[i] == 1 && (!measures->enough[i] || __builtin_popcount(measures->enough[i]) > (int)set->size))
			measures->enough[i] = set->keys;
		measures->fails[i] = measures->fails[i] || (set->k && f[i] < least);
	}
	equivalence_free(classes);
	free(f);
}

/* What is demanded first, then by size; then by which keys. */
static int compare_sets(const void *a, const void *b)
{
	const struct key_set *left = a, *right = b;
	if ((left->k > 0) != (right->k > 0))
		return left->k > 0 ? -1 : 1;
	if (left->size != right->size)
		return left->k > 0 ? (left->size > right->size ? -1 : 1) : (left->size < right->size ? -1 : 1);
	if (left->below != right->below)
		return left->below > right->below ? -1 : 1;
	return (left->keys > right->keys) - (left->keys < right->keys);
}

static void count_sets(struct measures *measures, const struct key_table *table, const struct study_microdata *entry)
{
	size_t capacity = 0;
	for (unsigned keys = 1; keys < 1u << table->key_count; keys++) {
		size_t size = (size_t)__builtin_popcount(keys), k = demanded(entry, table, keys);
		if (!k && size > SETS_LARGEST && table->key_count > SETS_WHOLE)
			continue;
		measures->sets = mem_grow(measures->sets, measures->set_count, &capacity, sizeof *measures->sets);
		struct key_set *set = &measures->sets[measures->set_count++];
		*set = (struct key_set){ .keys = keys, .size = size, .k = k };
		count_set(measures, table, entry, set);
	}
	mem_sort(measures->sets, measures->set_count, sizeof *measures->sets, compare_sets);
}

/* --- by record --- */

static bool take_risks(struct measures *measures, const struct equivalence *classes,
                       const struct study_microdata *entry, struct error *err)
{
	struct global_risk global = { 0 };
	equivalence_frequencies(measures->f, measures->F, classes);
	if (!global_risk(&global, measures->f, measures->F, measures->count))
		return error_set(err, ERROR_FAULT, "an individual risk cannot be computed");
	measures->expected = global.expected;
	measures->rate = global.rate;
	for (size_t i = 0; i < measures->count; i++) {
		double risk = 0;
		individual_risk(&risk, measures->f[i], measures->F[i]);
		measures->risk[i] = risk;
		measures->highest = fmax(measures->highest, risk);
		measures->alone += measures->f[i] == 1;
		measures->below += measures->f[i] < (double)entry->k;
		if (entry->max_risk && risk > *entry->max_risk) {
			measures->over++;
			measures->fails[i] = true;
		}
	}
	return true;
}

static void take_diversity(struct measures *measures, const struct key_table *table, const struct equivalence *classes,
                           const struct study_microdata *entry)
{
	measures->diversity_count = table->sensitive_count;
	measures->diversity = mem_alloc(table->sensitive_count, sizeof *measures->diversity);
	for (size_t s = 0; s < table->sensitive_count; s++) {
		struct diversity *diversity = &measures->diversity[s];
		*diversity = (struct diversity){ .distinct = mem_alloc(measures->count, sizeof *diversity->distinct),
			                         .entropy = mem_alloc(measures->count, sizeof *diversity->entropy),
			                         .least_distinct = NAN,
			                         .least_entropy = NAN };
		equivalence_diversity(diversity->distinct, diversity->entropy, classes, table->sensitive[s].answers);
		for (size_t i = 0; i < measures->count; i++) {
			if (diversity->distinct[i] == 0)
				continue; /* nobody who agrees gave an answer that could be told */
			diversity->least_distinct = fmin(diversity->least_distinct, diversity->distinct[i]);
			diversity->least_entropy = fmin(diversity->least_entropy, diversity->entropy[i]);
			if (diversity->distinct[i] < entry->l) {
				diversity->below++;
				measures->fails[i] = true;
			}
		}
	}
}

bool measures_take(struct measures *measures, const struct key_table *table, const struct study_microdata *entry,
                   struct error *err)
{
	size_t all[LOCAL_SUPPRESSION_KEYS], count = table->records.count;
	for (size_t k = 0; k < table->key_count; k++)
		all[k] = k;
	*measures = (struct measures){ .count = count,
		                       .f = mem_alloc(count, sizeof *measures->f),
		                       .F = mem_alloc(count, sizeof *measures->F),
		                       .risk = mem_alloc(count, sizeof *measures->risk),
		                       .fails = mem_alloc(count, sizeof *measures->fails),
		                       .enough = mem_alloc(count, sizeof *measures->enough),
		                       .dis = mem_alloc(count, sizeof *measures->dis) };
	struct equivalence *classes = equivalence_new(&table->records, all, table->key_count, measures_missing(entry));
	bool ok = take_risks(measures, classes, entry, err);
	if (ok) {
		take_diversity(measures, table, classes, entry);
		count_sets(measures, table, entry);
		ok = suda_find(&measures->suda, &table->records, table->key_count > SUDA_WHOLE ? SUDA_LARGEST : 0,
		               SUDA_ELLIOT);
		assert(ok);
		measures->match = suda_dis(measures->dis, &measures->suda, &table->records, table->fraction);
	}
	equivalence_free(classes);
	for (size_t i = 0; i < count; i++)
		measures->failing += measures->fails[i];
	return ok;
}

void measures_release(struct measures *measures)
{
	for (size_t s = 0; s < measures->diversity_count; s++) {
		free(measures->diversity[s].distinct);
		free(measures->diversity[s].entropy);
	}
	free(measures->diversity);
	free(measures->sets);
	free(measures->f);
	free(measures->F);
	free(measures->risk);
	free(measures->fails);
	free(measures->enough);
	free(measures->dis);
	suda_release(&measures->suda);
	*measures = (struct measures){ 0 };
}

static int compare_numbers(const void *a, const void *b)
{
	const double *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

double measures_quantile(const double *numbers, size_t count, double share)
{
	if (count == 0)
		return NAN;
	double *sorted = mem_alloc(count, sizeof *sorted);
	memcpy(sorted, numbers, count * sizeof *sorted);
	mem_sort(sorted, count, sizeof *sorted, compare_numbers);
	size_t at = (size_t)ceil(share * (double)count);
	double value = sorted[at > 0 ? at - 1 : 0];
	free(sorted);
	return value;
}
