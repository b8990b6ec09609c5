#include "records.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "attacker_private.h"
#include "mem.h"
#include "record_terms.h"
#include "text.h"

enum {
	WAYS_MOST = 4000,     /* unknowns of one file: ways in which records can be */
	MEMBERS_MOST = 100000 /* terms of its rows */
};

/* A cell that the file is about. */
struct held_cell {
	size_t id; /* the attacker's */
	size_t terms[RECORD_CONDITION_TERMS], term_count;
	size_t sums; /* its first in sums, plus one; 0: none */
	size_t outside; /* variables among its terms that the file does not have */
	size_t system;  /* of these the one, as a place in the file's variables plus one; 0: none */
	size_t certain, possible;
	size_t open; /* records that may be in it whatever is tried */
};

/* A measure of one. */
struct held_sum {
	size_t id, cell, next; /* the next of the same cell, plus one */
	size_t variable;       /* in the file; (size_t)-1: it is not there */
	double unit_least, unit_most;
	double least, most;           /* by single records */
	double open_least, open_most; /* of those who are in the cell, and of those about whom no row says anything */
};

/* Records that can be in the same cells in the same ways. */
struct batch {
	char *key;
	size_t count, first_way, way_count;
	size_t first_value, value_count;
	UT_hash_handle hh;
};
struct way {
	size_t first, count; /* in members: the cells */
};
struct batch_value {
	size_t sum;
	double value;
};

struct holding {
	struct attacker *attacker;
	struct record_file *file;
	struct record_terms *terms;
	const char *prefix;
	bool apart; /* what the file does not have, and what follows from it, is a system of its own, each */
	struct held_cell *cells;
	struct held_sum *sums;
	size_t cell_count, cell_capacity, sum_count, sum_capacity;

	/* Of the record under way. */
	struct record_guess *guesses, *tried;
	enum record_truth *truths;

	/* Of the system under way. */
	struct batch **batches, *by_key;
	struct way *ways;
	size_t *members;
	struct batch_value *values;
	size_t batch_count, batch_capacity, way_count, way_capacity, member_count, member_capacity, value_count,
		value_capacity;
	size_t ways_so_far, members_so_far; /* of the systems that were taught */
	size_t taught;                      /* groups, for their names */
};

/* ---- which cells and sums ---- */

static void add_cell(struct holding *with, size_t id, const char *condition, size_t *place_of)
{
	struct held_cell cell = { .id = id };
	if (!record_terms_read(with->terms, condition, cell.terms, &cell.term_count))
		return;
	with->cells = mem_grow(with->cells, with->cell_count, &with->cell_capacity, sizeof *with->cells);
	with->cells[with->cell_count++] = cell;
	place_of[id] = with->cell_count;
}

static void add_sum(struct holding *with, size_t id, size_t cell)
{
	const struct meaning *meaning = &with->attacker->meanings[id - 1];
	const struct record_variable *variable =
		record_file_variable(with->file, meaning->variable, strlen(meaning->variable));
	with->sums = mem_grow(with->sums, with->sum_count, &with->sum_capacity, sizeof *with->sums);
	with->sums[with->sum_count++] = (struct held_sum){
		.id = id,
		.cell = cell,
		.next = with->cells[cell].sums,
		.variable = variable ? (size_t)(variable - with->file->variables) : (size_t)-1,
		.unit_least = meaning->unit_least,
		.unit_most = meaning->unit_most,
	};
	with->cells[cell].sums = with->sum_count;
}

static void find_outside(struct holding *with, struct held_cell *cell)
{
	cell->outside = cell->system = 0;
	for (size_t v = 0; v < with->file->variable_count; v++) {
		const struct record_variable *variable = &with->file->variables[v];
		bool about = false, outside = (variable->outside || variable->follows) && with->apart;
		for (size_t t = 0; t < cell->term_count && outside; t++)
			about = about || record_terms_about(with->terms, cell->terms[t], v);
		if (!about)
			continue;
		cell->outside++;
		cell->system = v + 1;
	}
}

static bool find_cells(struct holding *with, struct error *err)
{
	const struct unknowns *unknowns = &with->attacker->unknowns;
	size_t count = with->attacker->meaning_count, length = strlen(with->prefix);
	size_t *place_of = mem_alloc(count + 1, sizeof *place_of);
	for (size_t id = 1; id <= count; id++) {
		const char *key = unknowns_at(unknowns, id)->key;
		if (!with->attacker->meanings[id - 1].variable && strncmp(key, with->prefix, length) == 0)
			add_cell(with, id, key + length, place_of);
	}
	bool ok = record_terms_begin(with->terms, err);
	for (size_t id = 1; ok && id <= count; id++) {
		const struct meaning *meaning = &with->attacker->meanings[id - 1];
		if (meaning->variable && place_of[meaning->cell])
			add_sum(with, id, place_of[meaning->cell] - 1);
	}
	for (size_t i = 0; ok && i < with->cell_count; i++)
		find_outside(with, &with->cells[i]);
	free(place_of);
	return ok;
}

/* ---- one record ---- */

static enum record_truth cell_truth(const struct holding *with, const struct held_cell *cell)
{
	enum record_truth truth = RECORD_YES;
	for (size_t t = 0; t < cell->term_count; t++) {
		enum record_truth term = with->truths[cell->terms[t]];
		if (term == RECORD_NO)
			return RECORD_NO;
		truth = term == RECORD_OPEN ? term : truth;
	}
	return truth;
}

/* What the record adds to the sum if it is in the cell; an end that nobody knows is NaN. */
static void value_of(const struct holding *with, const struct held_sum *sum, double *low, double *high)
{
	*low = sum->unit_least;
	*high = sum->unit_most;
	if (sum->variable == (size_t)-1)
		return;
	const struct record_variable *variable = &with->file->variables[sum->variable];
	const struct record_guess *guess = &with->guesses[sum->variable];
	double least = INFINITY, most = -INFINITY;
	if (guess->kind == RECORD_GUESS_NUMBER) {
		least = guess->low;
		most = guess->high;
	} else if (guess->kind == RECORD_GUESS_ANSWER || guess->kind == RECORD_GUESS_ANY) {
		size_t count = guess->kind == RECORD_GUESS_ANSWER ? 1 : guess->count;
		for (size_t i = 0; i < count; i++) {
			size_t answer = guess->kind == RECORD_GUESS_ANSWER ? guess->answer
			                : guess->answers                   ? guess->answers[i]
			                                                   : i;
			double value = strtod(variable->answers[answer], NULL);
			least = fmin(least, value);
			most = fmax(most, value);
		}
	} else {
		return;
	}
	*low = fmax(*low, isfinite(least) ? least : NAN); /* the number where one is NaN */
	*high = fmin(*high, isfinite(most) ? most : NAN);
}

static void count_record(struct holding *with)
{
	for (size_t c = 0; c < with->cell_count; c++) {
		struct held_cell *cell = &with->cells[c];
		enum record_truth truth = cell_truth(with, cell);
		if (truth == RECORD_NO)
			continue;
		if (truth == RECORD_YES)
			cell->certain++;
		cell->possible++;
		for (size_t s = cell->sums; s; s = with->sums[s - 1].next) {
			struct held_sum *sum = &with->sums[s - 1];
			double low, high;
			value_of(with, sum, &low, &high);
			sum->least += truth == RECORD_YES ? low : fmin(0, low);
			sum->most += truth == RECORD_YES ? high : fmax(0, high);
			if (isnan(low))
				sum->least = NAN;
			if (isnan(high))
				sum->most = NAN;
			if (truth == RECORD_YES) {
				sum->open_least += low;
				sum->open_most += high;
			}
		}
	}
}

static void look_at(struct holding *with, size_t record)
{
	record_terms_guess(with->terms, record, with->guesses);
	for (size_t t = 0; t < record_terms_count(with->terms); t++)
		with->truths[t] = record_terms_truth(with->terms, t, with->guesses);
}

static void count_all(struct holding *with)
{
	for (size_t r = 0; r < with->file->count; r++) {
		look_at(with, r);
		count_record(with);
	}
	for (size_t c = 0; c < with->cell_count; c++)
		unknowns_narrow(&with->attacker->unknowns, with->cells[c].id, (double)with->cells[c].certain,
		                (double)with->cells[c].possible);
	for (size_t s = 0; s < with->sum_count; s++) {
		const struct held_sum *sum = &with->sums[s];
		unknowns_narrow(&with->attacker->unknowns, sum->id,
		                isnan(sum->least) ? -INFINITY : sum->least - unknowns_slack(sum->least) * 1e-3,
		                isnan(sum->most) ? INFINITY : sum->most + unknowns_slack(sum->most) * 1e-3);
	}
}

/* ---- in which ways the record can be in cells ---- */

/* A variable that is tried. */
struct tried_variable {
	size_t variable, count, at;
	struct record_guess *choices;
};

/* What the uncertain cells of the system are about, as far as it can be tried: at most RECORD_CHOICES ways altogether. Free the
 * choices of each with free(). */
static size_t list_tried(const struct holding *with, const size_t *cells, size_t cell_count,
                         struct tried_variable *tried, size_t most)
{
	size_t count = 0, ways = 1;
	for (size_t v = 0; v < with->file->variable_count && count < most; v++) {
		bool about = false;
		for (size_t c = 0; c < cell_count && !about; c++)
			for (size_t t = 0; t < with->cells[cells[c]].term_count; t++)
				about = about
				        || (with->truths[with->cells[cells[c]].terms[t]] == RECORD_OPEN
				            && record_terms_about(with->terms, with->cells[cells[c]].terms[t], v));
		if (!about)
			continue;
		struct record_guess *choices = mem_alloc(RECORD_CHOICES, sizeof *choices);
		size_t choice_count = record_terms_choices(with->terms, v, &with->guesses[v], choices);
		if (choice_count < 2 || ways * choice_count > RECORD_CHOICES) {
			free(choices);
			continue;
		}
		ways *= choice_count;
		tried[count++] = (struct tried_variable){ v, choice_count, 0, choices };
	}
	return count;
}

static bool next_way(struct tried_variable *tried, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (++tried[i].at < tried[i].count)
			return true;
		tried[i].at = 0;
	}
	return false;
}

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The cells that the record is in this way, as a text of their places; those that stay open are marked in `open`. */
static char *print_way(const struct holding *with, const size_t *cells, size_t cell_count,
                       const struct tried_variable *tried, size_t tried_count, bool *open)
{
	struct text way = { 0 };
	text_add(&way, "");
	memcpy(with->tried, with->guesses, with->file->variable_count * sizeof *with->tried);
	for (size_t i = 0; i < tried_count; i++)
		with->tried[tried[i].variable] = tried[i].choices[tried[i].at];
	for (size_t c = 0; c < cell_count; c++) {
		const struct held_cell *cell = &with->cells[cells[c]];
		enum record_truth truth = RECORD_YES;
		for (size_t t = 0; t < cell->term_count && truth != RECORD_NO; t++) {
			enum record_truth term = with->truths[cell->terms[t]];
			if (term == RECORD_OPEN)
				term = record_terms_truth(with->terms, cell->terms[t], with->tried);
			truth = term == RECORD_YES ? truth : term;
		}
		if (truth == RECORD_YES)
			text_print(&way, " %zu", cells[c]);
		open[c] = open[c] || truth == RECORD_OPEN;
	}
	return way.bytes;
}

/* What the record adds to sums of the cells, where it is one number; else how much it may add in any case. */
static void print_values(struct holding *with, const size_t *cells, size_t cell_count, const bool *open,
                         struct text *key)
{
	for (size_t c = 0; c < cell_count; c++)
		for (size_t s = with->cells[cells[c]].sums; s; s = with->sums[s - 1].next) {
			struct held_sum *sum = &with->sums[s - 1];
			double low, high;
			value_of(with, sum, &low, &high);
			if (low == high && !open[c]) {
				text_print(key, " %zu=%a", s, low);
				continue;
			}
			sum->open_least += isnan(low) ? low : fmin(0, low);
			sum->open_most += isnan(high) ? high : fmax(0, high);
		}
}

static void add_members(struct holding *with, const char *way)
{
	with->ways = mem_grow(with->ways, with->way_count, &with->way_capacity, sizeof *with->ways);
	struct way *added = &with->ways[with->way_count++];
	*added = (struct way){ with->member_count, 0 };
	for (char *end = NULL; *way; way = end, added->count++) {
		with->members =
			mem_grow(with->members, with->member_count, &with->member_capacity, sizeof *with->members);
		with->members[with->member_count++] = (size_t)strtoull(way, &end, 10);
	}
}

static void add_to_batch(struct holding *with, char *key, char *const *ways, size_t way_count, const char *values)
{
	struct batch *batch = NULL;
	HASH_FIND_STR(with->by_key, key, batch);
	if (batch) {
		batch->count++;
		free(key);
		return;
	}
	batch = mem_alloc(1, sizeof *batch);
	*batch = (struct batch){ .key = key, .count = 1, .first_way = with->way_count, .way_count = way_count,
		                 .first_value = with->value_count };
	HASH_ADD_KEYPTR(hh, with->by_key, batch->key, strlen(batch->key), batch);
	with->batches = mem_grow(with->batches, with->batch_count, &with->batch_capacity, sizeof *with->batches);
	with->batches[with->batch_count++] = batch;
	for (size_t i = 0; i < way_count; i++)
		add_members(with, ways[i]);
	for (char *end = NULL; *values; values = end, batch->value_count++) {
		with->values =
			mem_grow(with->values, with->value_count, &with->value_capacity, sizeof *with->values);
		struct batch_value *value = &with->values[with->value_count++];
		value->sum = (size_t)strtoull(values, &end, 10) - 1;
		value->value = strtod(end + 1, &end);
	}
}

/* The record among those that can be in the same cells in the same ways. */
static void batch_record(struct holding *with, const size_t *cells, size_t cell_count)
{
	enum { TRIED = 6 };
	struct tried_variable tried[TRIED];
	char *ways[RECORD_CHOICES];
	bool *open = mem_alloc(cell_count, sizeof *open);
	size_t tried_count = list_tried(with, cells, cell_count, tried, TRIED), way_count = 0, kept = 0;
	do
		ways[way_count++] = print_way(with, cells, cell_count, tried, tried_count, open);
	while (next_way(tried, tried_count));
	mem_sort(ways, way_count, sizeof *ways, compare_texts);
	struct text key = { 0 }, values = { 0 };
	text_add(&values, "");
	for (size_t i = 0; i < way_count; i++) {
		if (i && strcmp(ways[i], ways[kept - 1]) == 0) {
			free(ways[i]);
			continue;
		}
		ways[kept++] = ways[i];
		text_print(&key, "%s;", ways[i]);
	}
	print_values(with, cells, cell_count, open, &values);
	text_print(&key, "|%s", values.bytes);
	for (size_t c = 0; c < cell_count; c++)
		with->cells[cells[c]].open += open[c];
	add_to_batch(with, key.bytes, ways, kept, values.bytes);
	for (size_t i = 0; i < kept; i++)
		free(ways[i]);
	for (size_t i = 0; i < tried_count; i++)
		free(tried[i].choices);
	text_free(&values);
	free(open);
}

/* ---- rows ---- */

/* For every way the unknown number of the group's records that are so: all of them together are the group. */
static void add_ways(struct holding *with, const struct batch *batch, size_t *ids)
{
	struct unknowns *unknowns = &with->attacker->unknowns;
	for (size_t w = 0; w < batch->way_count; w++) {
		char *name = mem_print("%srecords of %s: %zu, %zu", with->prefix, with->file->dataset,
		                       with->taught + 1, w + 1);
		ids[batch->first_way + w] = attacker_unasked(with->attacker, name, 0, (double)batch->count);
		unknowns_term(unknowns, ids[batch->first_way + w], 1);
		free(name);
	}
	unknowns_row(unknowns, (double)batch->count, (double)batch->count);
	with->taught++;
}

/* Terms by what they are of. */
struct part_of {
	size_t of, way;
	double factor;
};

static int compare_parts(const void *left, const void *right)
{
	const struct part_of *a = left, *b = right;
	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return (a->way > b->way) - (a->way < b->way);
}

/* unknown - the ways that count into it: what is certain, and up to what is open. */
static void add_row(struct holding *with, size_t id, const struct part_of *parts, size_t count, double least,
                    double most)
{
	unknowns_term(&with->attacker->unknowns, id, 1);
	for (size_t i = 0; i < count; i++)
		unknowns_term(&with->attacker->unknowns, parts[i].way, -parts[i].factor);
	unknowns_row(&with->attacker->unknowns, least, most);
}

static size_t count_same(const struct part_of *parts, size_t count, size_t of)
{
	size_t same = 0;
	while (same < count && parts[same].of == of)
		same++;
	return same;
}

static void add_rows(struct holding *with, const size_t *ids)
{
	size_t count = 0, capacity = 0, sum_count = 0, sum_capacity = 0;
	struct part_of *parts = NULL, *sum_parts = NULL;
	for (size_t g = 0; g < with->batch_count; g++) {
		const struct batch *batch = with->batches[g];
		for (size_t w = batch->first_way; w < batch->first_way + batch->way_count; w++)
			for (size_t m = 0; m < with->ways[w].count; m++) {
				size_t cell = with->members[with->ways[w].first + m];
				parts = mem_grow(parts, count, &capacity, sizeof *parts);
				parts[count++] = (struct part_of){ cell, ids[w], 1 };
				for (size_t v = 0; v < batch->value_count; v++) {
					const struct batch_value *value = &with->values[batch->first_value + v];
					if (with->sums[value->sum].cell != cell || value->value == 0)
						continue;
					sum_parts = mem_grow(sum_parts, sum_count, &sum_capacity, sizeof *sum_parts);
					sum_parts[sum_count++] =
						(struct part_of){ value->sum, ids[w], value->value };
				}
			}
	}
	mem_sort(parts, count, sizeof *parts, compare_parts);
	mem_sort(sum_parts, sum_count, sizeof *sum_parts, compare_parts);
	for (size_t i = 0, same; i < count; i += same) {
		const struct held_cell *cell = &with->cells[parts[i].of];
		same = count_same(parts + i, count - i, parts[i].of);
		add_row(with, cell->id, parts + i, same, (double)cell->certain, (double)(cell->certain + cell->open));
	}
	for (size_t i = 0, same; i < sum_count; i += same) {
		const struct held_sum *sum = &with->sums[sum_parts[i].of];
		double low = sum->open_least, high = sum->open_most;
		same = count_same(sum_parts + i, sum_count - i, sum_parts[i].of);
		add_row(with, sum->id, sum_parts + i, same, isnan(low) ? -INFINITY : low - unknowns_slack(low) * 1e-3,
		        isnan(high) ? INFINITY : high + unknowns_slack(high) * 1e-3);
	}
	free(parts);
	free(sum_parts);
}

/* ---- systems: all cells; else those about no variable that the file lacks, or about one and the same ---- */

static bool is_too_large(const struct holding *with)
{
	return with->ways_so_far + with->way_count > WAYS_MOST
	       || with->members_so_far + with->member_count > MEMBERS_MOST;
}

static void forget_system(struct holding *with)
{
	HASH_CLEAR(hh, with->by_key);
	for (size_t g = 0; g < with->batch_count; g++) {
		free(with->batches[g]->key);
		free(with->batches[g]);
	}
	with->batch_count = with->way_count = with->member_count = with->value_count = 0;
}

/* False where it is too large. */
static bool teach_system(struct holding *with, size_t system)
{
	size_t *cells = mem_alloc(with->cell_count, sizeof *cells);
	for (size_t r = 0; r < with->file->count && !is_too_large(with); r++) {
		size_t count = 0;
		look_at(with, r);
		for (size_t c = 0; c < with->cell_count; c++) {
			const struct held_cell *cell = &with->cells[c];
			if (cell->system == system && cell->outside <= 1 && cell->certain < cell->possible
			    && cell_truth(with, cell) == RECORD_OPEN)
				cells[count++] = c;
		}
		if (count)
			batch_record(with, cells, count);
	}
	bool too_large = is_too_large(with);
	if (!too_large && with->batch_count) {
		size_t *ids = mem_alloc(with->way_count, sizeof *ids);
		for (size_t g = 0; g < with->batch_count; g++)
			add_ways(with, with->batches[g], ids);
		add_rows(with, ids);
		with->ways_so_far += with->way_count;
		with->members_so_far += with->member_count;
		free(ids);
	}
	forget_system(with);
	free(cells);
	return !too_large;
}

static void *copy_of(const void *items, size_t count, size_t size)
{
	void *copy = mem_alloc(count + 1, size);
	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

/* What the file has, and with it what follows and what it lacks; where that is too much, the latter each by itself. */
static void teach_file(struct holding *with)
{
	struct held_cell *cells = copy_of(with->cells, with->cell_count, sizeof *cells);
	struct held_sum *sums = copy_of(with->sums, with->sum_count, sizeof *sums);
	bool more = false;
	for (size_t v = 0; v < with->file->variable_count; v++)
		more = more || with->file->variables[v].follows || with->file->variables[v].outside;
	with->apart = !teach_system(with, 0) && more;
	if (with->apart) {
		for (size_t c = 0; c < with->cell_count; c++) {
			with->cells[c] = cells[c];
			find_outside(with, &with->cells[c]);
		}
		for (size_t s = 0; s < with->sum_count; s++)
			with->sums[s] = sums[s];
		teach_system(with, 0);
	}
	free(cells);
	free(sums);
}

static void teach_systems(struct holding *with)
{
	teach_file(with);
	bool *asked = mem_alloc(with->file->variable_count + 1, sizeof *asked);
	for (size_t c = 0; c < with->cell_count; c++)
		asked[with->cells[c].system] = asked[with->cells[c].system] || with->cells[c].outside <= 1;
	for (size_t system = 1; system <= with->file->variable_count; system++)
		if (asked[system])
			teach_system(with, system);
	free(asked);
}

bool records_teach(struct attacker *attacker, struct record_file *file, const char *prefix, struct error *err)
{
	struct holding with = { .attacker = attacker, .file = file, .prefix = prefix };
	with.terms = record_terms_new(file);
	bool ok = find_cells(&with, err);
	if (ok) {
		with.guesses = mem_alloc(file->variable_count, sizeof *with.guesses);
		with.tried = mem_alloc(file->variable_count, sizeof *with.tried);
		with.truths = mem_alloc(record_terms_count(with.terms), sizeof *with.truths);
		count_all(&with);
		teach_systems(&with);
	}
	free(with.guesses);
	free(with.tried);
	free(with.truths);
	free(with.batches);
	free(with.ways);
	free(with.members);
	free(with.values);
	free(with.cells);
	free(with.sums);
	record_terms_free(with.terms);
	return ok;
}
