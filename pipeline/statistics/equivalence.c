#include "equivalence.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { WORD = 64, KEYS_MOST = 32 };

/* The groups that have one code of a key, or may have it: a bit for each. */
struct holders {
	uint64_t *bits; /* code x words; code 0 only where missing is a value of its own */
	size_t *counts; /* by code: how many these are */
	int most;       /* the largest code */
};

struct equivalence {
	const struct key_records *records;
	size_t width; /* of a group's values */
	unsigned own; /* as in the records, by place among the chosen */
	size_t *group;
	int *values; /* group x width */
	size_t *sizes, *first, *members;
	size_t *people;     /* by group, a person once */
	double *weights;    /* of groups, a person once */
	size_t count, open; /* groups; those before `open` miss a value that agrees with any */
	size_t words;
	struct holders *holders; /* by key; NULL: every group agrees with itself alone */
};

/* --- groups --- */

/* qsort hands no context: each row carries its values. */
struct row {
	const int *values;
	size_t width, record;
	bool open;
};

static int compare_values(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	if (left->open != right->open)
		return left->open ? -1 : 1;
	for (size_t k = 0; k < left->width; k++)
		if (left->values[k] != right->values[k])
			return left->values[k] < right->values[k] ? -1 : 1;
	return 0;
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	int order = compare_values(a, b);
	return order ? order : (left->record > right->record) - (left->record < right->record);
}

static struct row *sort_rows(int *chosen_values, const struct key_records *records, const size_t *chosen, size_t count,
                             enum key_missing missing)
{
	struct row *rows = mem_alloc(records->count, sizeof *rows);
	for (size_t i = 0; i < records->count; i++) {
		int *values = chosen_values + i * count;
		bool open = false;
		for (size_t k = 0; k < count; k++) {
			values[k] = records->codes[i * records->width + chosen[k]];
			open = open
			       || (values[k] == 0 && missing == KEY_MISSING_WILDCARD
			           && !(records->own >> chosen[k] & 1));
		}
		rows[i] = (struct row){ .values = values, .width = count, .record = i, .open = open };
	}
	mem_sort(rows, records->count, sizeof *rows, compare_rows);
	return rows;
}

/* The last group in which each person was met, plus 1; NULL: everybody has one record. */
static size_t *new_meetings(const struct key_records *records)
{
	size_t most = 0;
	for (size_t i = 0; records->people && i < records->count; i++)
		most = records->people[i] > most ? records->people[i] : most;
	return records->people ? mem_alloc(most + 1, sizeof(size_t)) : NULL;
}

static bool meet(size_t *met, const struct key_records *records, size_t record, size_t group)
{
	if (!met)
		return true;
	size_t *last = &met[records->people[record]];
	bool new = *last != group + 1;
	*last = group + 1;
	return new;
}

static void take_groups(struct equivalence *classes, const struct row *rows)
{
	const struct key_records *records = classes->records;
	size_t *met = new_meetings(records);
	for (size_t i = 0; i < records->count; i++) {
		if (i == 0 || compare_values(&rows[i - 1], &rows[i]) != 0) {
			memcpy(classes->values + classes->count * classes->width, rows[i].values,
			       classes->width * sizeof *classes->values);
			classes->first[classes->count] = i;
			classes->open += rows[i].open;
			classes->count++;
		}
		size_t group = classes->count - 1, record = rows[i].record;
		classes->group[record] = group;
		classes->members[i] = record;
		classes->sizes[group]++;
		if (!meet(met, records, record, group))
			continue;
		classes->people[group]++;
		classes->weights[group] += records->weights ? records->weights[record] : 1;
	}
	free(met);
}

/* --- who agrees with groups that miss a value --- */

static void set_holder(struct holders *holders, size_t words, int code, size_t group)
{
	holders->counts[code]++;
	holders->bits[(size_t)code * words + group / WORD] |= (uint64_t)1 << group % WORD;
}

static void index_key(struct equivalence *classes, size_t key)
{
	struct holders *holders = &classes->holders[key];
	for (size_t g = 0; g < classes->count; g++)
		if (classes->values[g * classes->width + key] > holders->most)
			holders->most = classes->values[g * classes->width + key];
	holders->bits = mem_alloc(((size_t)holders->most + 1) * classes->words, sizeof *holders->bits);
	holders->counts = mem_alloc((size_t)holders->most + 1, sizeof *holders->counts);
	for (size_t g = 0; g < classes->count; g++) {
		int value = classes->values[g * classes->width + key];
		bool own = classes->own >> key & 1;
		if (value > 0 || own)
			set_holder(holders, classes->words, value, g);
		for (int code = 1; value == 0 && !own && code <= holders->most; code++)
			set_holder(holders, classes->words, code, g);
	}
}

struct equivalence *equivalence_new(const struct key_records *records, const size_t *chosen, size_t count,
                                    enum key_missing missing)
{
	struct equivalence *classes = mem_alloc(1, sizeof *classes);
	assert(count <= KEYS_MOST);
	*classes = (struct equivalence){
		.records = records,
		.width = count,
		.group = mem_alloc(records->count, sizeof *classes->group),
		.values = mem_alloc(records->count * count, sizeof *classes->values),
		.sizes = mem_alloc(records->count, sizeof *classes->sizes),
		.people = mem_alloc(records->count, sizeof *classes->people),
		.first = mem_alloc(records->count, sizeof *classes->first),
		.members = mem_alloc(records->count, sizeof *classes->members),
		.weights = mem_alloc(records->count, sizeof *classes->weights),
	};
	for (size_t k = 0; k < count; k++)
		classes->own |= (records->own >> chosen[k] & 1) << k;
	int *values = mem_alloc(records->count * count, sizeof *values);
	struct row *rows = sort_rows(values, records, chosen, count, missing);
	take_groups(classes, rows);
	free(rows);
	free(values);
	if (classes->open > 0) {
		classes->words = (classes->count + WORD - 1) / WORD;
		classes->holders = mem_alloc(count, sizeof *classes->holders);
		for (size_t k = 0; k < count; k++)
			index_key(classes, k);
	}
	return classes;
}

void equivalence_free(struct equivalence *classes)
{
	if (!classes)
		return;
	for (size_t k = 0; classes->holders && k < classes->width; k++) {
		free(classes->holders[k].bits);
		free(classes->holders[k].counts);
	}
	free(classes->holders);
	free(classes->group);
	free(classes->values);
	free(classes->sizes);
	free(classes->people);
	free(classes->first);
	free(classes->members);
	free(classes->weights);
	free(classes);
}

size_t equivalence_group_count(const struct equivalence *classes)
{
	return classes->count;
}

size_t equivalence_group(const struct equivalence *classes, size_t record)
{
	return classes->group[record];
}

size_t equivalence_size(const struct equivalence *classes, size_t group)
{
	return classes->sizes[group];
}

size_t equivalence_people(const struct equivalence *classes, size_t group)
{
	return classes->people[group];
}

/* What the group has of each key, as the groups that have it or may: those that are the fewest first, as most others go
 * by them. */
static size_t list_holders(const uint64_t **bits, const struct equivalence *classes, size_t group)
{
	size_t counts[KEYS_MOST], listed = 0;
	for (size_t k = 0; k < classes->width; k++) {
		int value = classes->values[group * classes->width + k];
		if (value == 0 && !(classes->own >> k & 1))
			continue;
		size_t at = listed++, count = classes->holders[k].counts[value];
		for (; at > 0 && counts[at - 1] > count; at--) {
			counts[at] = counts[at - 1];
			bits[at] = bits[at - 1];
		}
		counts[at] = count;
		bits[at] = classes->holders[k].bits + (size_t)value * classes->words;
	}
	return listed;
}

/* A group with all its values agrees with itself, and else only with some that miss one, which come first. */
size_t equivalence_agreeing(size_t *groups, const struct equivalence *classes, size_t group)
{
	const uint64_t *holders[KEYS_MOST];
	size_t count = 0, reach = group < classes->open ? classes->count : classes->open;
	size_t held = classes->holders ? list_holders(holders, classes, group) : 0;
	for (size_t word = 0; word * WORD < reach; word++) {
		uint64_t bits = UINT64_MAX;
		for (size_t h = 0; h < held && bits; h++)
			bits &= holders[h][word];
		for (; bits; bits &= bits - 1) {
			size_t other = word * WORD + (size_t)__builtin_ctzll(bits);
			if (other >= reach)
				break;
			groups[count++] = other;
		}
	}
	if (group >= classes->open)
		groups[count++] = group;
	return count;
}

/* Who is in these groups; `for_group`: for which one that is asked. */
struct sum {
	double people;
	long double stand_for;
};

static struct sum add_up(const struct equivalence *classes, const size_t *groups, size_t count, size_t *met,
                         size_t for_group)
{
	const struct key_records *records = classes->records;
	struct sum sum = { 0 };
	for (size_t i = 0; i < count; i++) {
		size_t group = groups[i];
		if (!met || count == 1) {
			sum.people += (double)classes->people[group];
			sum.stand_for += classes->weights[group];
			continue;
		}
		for (size_t m = classes->first[group]; m < classes->first[group] + classes->sizes[group]; m++) {
			size_t record = classes->members[m];
			if (!meet(met, records, record, for_group))
				continue;
			sum.people++;
			sum.stand_for += records->weights ? records->weights[record] : 1;
		}
	}
	return sum;
}

void equivalence_frequencies(double *f, double *F, const struct equivalence *classes)
{
	size_t *agreeing = mem_alloc(classes->count, sizeof *agreeing), *met = new_meetings(classes->records);
	for (size_t g = 0; g < classes->count; g++) {
		size_t found = equivalence_agreeing(agreeing, classes, g);
		struct sum sum = add_up(classes, agreeing, found, met, g);
		for (size_t i = 0; i < classes->sizes[g]; i++) {
			size_t record = classes->members[classes->first[g] + i];
			f[record] = sum.people;
			if (F)
				F[record] = (double)sum.stand_for;
		}
	}
	free(agreeing);
	free(met);
}

/* --- what those who agree answered --- */

struct answers {
	size_t *counts; /* by code */
	int *seen;      /* codes that occur */
	size_t distinct, total;
};

static void count_answers(struct answers *answers, const struct equivalence *classes, size_t group,
                          const int *sensitive)
{
	for (size_t i = 0; i < classes->sizes[group]; i++) {
		int code = sensitive[classes->members[classes->first[group] + i]];
		if (code == 0)
			continue;
		if (answers->counts[code]++ == 0)
			answers->seen[answers->distinct++] = code;
		answers->total++;
	}
}

static double entropy_of(const struct answers *answers)
{
	long double entropy = 0;
	for (size_t i = 0; i < answers->distinct; i++) {
		long double share = (long double)answers->counts[answers->seen[i]] / (long double)answers->total;
		entropy -= share * logl(share);
	}
	return answers->total ? (double)expl(entropy) : 0;
}

void equivalence_diversity(double *distinct, double *entropy, const struct equivalence *classes, const int *sensitive)
{
	int most = 0;
	for (size_t i = 0; i < classes->records->count; i++)
		most = sensitive[i] > most ? sensitive[i] : most;
	struct answers answers = { .counts = mem_alloc((size_t)most + 1, sizeof *answers.counts),
		                   .seen = mem_alloc((size_t)most + 1, sizeof *answers.seen) };
	size_t *agreeing = mem_alloc(classes->count, sizeof *agreeing);
	for (size_t g = 0; g < classes->count; g++) {
		size_t found = equivalence_agreeing(agreeing, classes, g);
		for (size_t i = 0; i < found; i++)
			count_answers(&answers, classes, agreeing[i], sensitive);
		double spread = entropy_of(&answers);
		for (size_t i = 0; i < classes->sizes[g]; i++) {
			size_t record = classes->members[classes->first[g] + i];
			if (distinct)
				distinct[record] = (double)answers.distinct;
			if (entropy)
				entropy[record] = spread;
		}
		for (size_t i = 0; i < answers.distinct; i++)
			answers.counts[answers.seen[i]] = 0;
		answers.distinct = answers.total = 0;
	}
	free(answers.counts);
	free(answers.seen);
	free(agreeing);
}
