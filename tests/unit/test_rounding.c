/* Rounding: what a count is printed as, and what that says of it, held against counts tried one after the other. */
#include "testing.h"

#include "protect/classify.h"
#include "protect/controlled.h"
#include "protect/protect.h"
#include "rounding.h"
#include "universe.h"

/* --- one count --- */

static void nearest_is_the_nearest_multiple_and_halves_go_up(void **state)
{
	(void)state;
	for (int base = 2; base <= 12; base++)
		for (long long n = 0; n <= 200; n++) {
			long long rounded = rounding_nearest(n, base), above = rounded - n;
			assert_int_equal(rounded % base, 0);
			assert_true(2 * llabs(above) < base || 2 * above == base);
		}
}

/* Which number may stand in the place of a count; false: the count is hidden. */
static bool may_print(const struct study_rounding *rounding, int threshold, bool zeros_shown, long long n, long long as)
{
	if (n == 0)
		return zeros_shown && as == 0;
	if (n < threshold)
		return false;
	if (rounding->method == STUDY_ROUNDING_NEAREST)
		return rounding_nearest(n, rounding->base) == as;
	return as % rounding->base == 0 && llabs(as - n) < rounding->base;
}

static void everybody_knows_the_counts_that_are_printed_so_and_no_others(void **state)
{
	(void)state;
	size_t seen = 0;
	for (int base = 2; base <= 11; base++)
		for (int threshold = 1; threshold <= 25; threshold++)
			for (int method = 0; method < 2; method++)
				for (int zeros = 0; zeros < 2; zeros++)
					for (long long as = 0; as <= 60; as += base) {
						struct study_rounding rounding = { base,
							                           (enum study_rounding_method)method };
						long long least = -1, most = -1, known_least = -1, known_most = -1;
						for (long long n = 0; n <= 80; n++)
							if (may_print(&rounding, threshold, zeros, n, as)) {
								least = least < 0 ? n : least;
								most = n;
							}
						if (least < 0)
							continue;
						seen++;
						rounding_known(&rounding, threshold, zeros, 1, as, &known_least,
						               &known_most);
						assert_int_equal(known_least, least);
						assert_int_equal(known_most, most);
					}
	assert_true(seen > 5000);
}

static const struct fit {
	const char *name;
	int threshold, base;
	enum study_rounding_method method;
	bool zeros_hidden, fits;
} fits[] = {
	{ "1 to 7 hidden, then to the nearest 5: 8 to 12 are 10", 8, 5, STUDY_ROUNDING_NEAREST, false, true },
	{ "1 to 9 hidden: of 10 only 10, 11 and 12 are left", 10, 5, STUDY_ROUNDING_NEAREST, false, false },
	{ "1 to 5 hidden: of 5 only 6 and 7 are left", 6, 5, STUDY_ROUNDING_NEAREST, false, false },
	{ "1 and 2 hidden: 3 to 7 are 5", 3, 5, STUDY_ROUNDING_NEAREST, false, true },
	{ "1 to 12 hidden", 13, 5, STUDY_ROUNDING_NEAREST, false, true },
	{ "an even base: 5 to 14 are 10", 5, 10, STUDY_ROUNDING_NEAREST, false, true },
	{ "an even base: of 10 only 10 to 14 are left", 10, 10, STUDY_ROUNDING_NEAREST, false, false },
	{ "nothing hidden", 1, 5, STUDY_ROUNDING_NEAREST, false, true },
	{ "nothing hidden but nobody: 0 is 1 or 2", 1, 5, STUDY_ROUNDING_NEAREST, true, false },
	{ "controlled: 10 is 10 to 14", 10, 5, STUDY_ROUNDING_CONTROLLED, false, true },
	{ "controlled: 5 would be 8 or 9", 8, 5, STUDY_ROUNDING_CONTROLLED, false, false },
	{ "controlled, nothing hidden", 1, 5, STUDY_ROUNDING_CONTROLLED, false, true },
	{ "controlled, nothing hidden but nobody: 0 is 1 to 4", 1, 5, STUDY_ROUNDING_CONTROLLED, true, false },
};

static void a_threshold_fits_a_base_or_not(void **state)
{
	const struct fit *fit = *state;
	struct study_rounding rounding = { fit->base, fit->method };
	assert_int_equal(rounding_fits(&rounding, fit->threshold, !fit->zeros_hidden), fit->fits);
}

/* Counted one by one: a base fits where the smallest number printed of a count that is shown stands for as many as the
 * base says. */
static void what_fits_leaves_the_smallest_printed_number_its_counts(void **state)
{
	(void)state;
	for (int base = 2; base <= 11; base++)
		for (int threshold = 2; threshold <= 40; threshold++)
			for (int method = 0; method < 2; method++) {
				struct study_rounding rounding = { base, (enum study_rounding_method)method };
				long long smallest =
					method ? threshold / base * base : rounding_nearest(threshold, base);
				int count = 0;
				for (long long n = threshold; n <= 100; n++)
					count += may_print(&rounding, threshold, false, n, smallest);
				assert_int_equal(rounding_fits(&rounding, threshold, true), count >= base);
			}
}

/* --- many counts: a table with an outer level over its lines --- */

enum { LINES = 6, MOST_CODES = 4, MOST_LAYERS = 3, MOST_CELLS = (LINES + 3) * (MOST_CODES + 1) * (MOST_LAYERS + 1) };

struct table {
	struct controlled_cell cells[MOST_CELLS];
	struct secondary_relation relations[3 * MOST_CELLS];
	size_t parts[20 * MOST_CELLS];
	size_t codes, layers, relation_count, part_count;
	size_t shape[3]; /* with totals: 0 is the total; of lines, 1 and 2 are the groups of three */
};

static size_t place(const struct table *table, size_t line, size_t code, size_t layer)
{
	return (line * table->shape[1] + code) * table->shape[2] + layer;
}

static void relate(struct table *table, size_t parent, const size_t *parts, size_t count)
{
	memcpy(table->parts + table->part_count, parts, count * sizeof *parts);
	table->relations[table->relation_count++] = (struct secondary_relation){
		.parent = parent, .parts = table->parts + table->part_count, .part_count = count
	};
	table->part_count += count;
}

/* Every sum along each of the three ways; the lines in two groups, these in the total. */
static void relate_all(struct table *table)
{
	size_t parts[LINES];
	for (size_t code = 0; code < table->shape[1]; code++)
		for (size_t layer = 0; layer < table->shape[2]; layer++) {
			relate(table, place(table, 0, code, layer),
			       (size_t[]){ place(table, 1, code, layer), place(table, 2, code, layer) }, 2);
			for (size_t group = 0; group < 2; group++) {
				for (size_t i = 0; i < 3; i++)
					parts[i] = place(table, 3 + 3 * group + i, code, layer);
				relate(table, place(table, 1 + group, code, layer), parts, 3);
			}
		}
	for (size_t line = 0; line < table->shape[0]; line++)
		for (size_t layer = 0; layer < table->shape[2]; layer++) {
			for (size_t code = 1; code < table->shape[1]; code++)
				parts[code - 1] = place(table, line, code, layer);
			relate(table, place(table, line, 0, layer), parts, table->codes);
		}
	for (size_t line = 0; line < table->shape[0] && table->layers > 1; line++)
		for (size_t code = 0; code < table->shape[1]; code++) {
			for (size_t layer = 1; layer < table->shape[2]; layer++)
				parts[layer - 1] = place(table, line, code, layer);
			relate(table, place(table, line, code, 0), parts, table->layers);
		}
}

static void fill(struct table *table, unsigned *seed, size_t codes, size_t layers, int most)
{
	*table = (struct table){ .codes = codes,
		                 .layers = layers,
		                 .shape = { LINES + 3, codes + 1, layers > 1 ? layers + 1 : 1 } };
	for (size_t line = 3; line < LINES + 3; line++)
		for (size_t code = 1; code <= codes; code++)
			for (size_t layer = layers > 1; layer <= (layers > 1 ? layers : 0); layer++) {
				long long n = rand_r(seed) % (most + 1);
				size_t group = 1 + (line - 3) / 3;
				for (size_t a = 0; a < 3; a++)
					for (size_t b = 0; b < 2; b++)
						for (size_t c = 0; c < (layers > 1 ? 2 : 1); c++)
							table->cells[place(table,
							                   a == 0   ? line
							                   : a == 1 ? group
							                            : 0,
							                   b ? 0 : code, c ? 0 : layer)]
								.n += n;
			}
	for (size_t i = 0; i < MOST_CELLS; i++)
		table->cells[i].shown = true;
	relate_all(table);
}

static bool round_table(struct table *table, int base)
{
	size_t impossible = 0;
	struct controlled_problem problem = { .cells = table->cells,
		                              .cell_count = table->shape[0] * table->shape[1] * table->shape[2],
		                              .relations = table->relations,
		                              .relation_count = table->relation_count };
	return controlled_round(&problem, base, &impossible);
}

static void check_table(const struct table *table, int base, int most_steps)
{
	for (size_t i = 0; i < table->shape[0] * table->shape[1] * table->shape[2]; i++) {
		const struct controlled_cell *cell = &table->cells[i];
		if (!cell->shown)
			continue;
		assert_int_equal(cell->rounded % base, 0);
		assert_in_range(cell->steps, 1, most_steps);
		assert_true(llabs(cell->rounded - cell->n) < (long long)base * cell->steps);
		assert_true(cell->n > 0 || cell->rounded == 0);
	}
	for (size_t r = 0; r < table->relation_count; r++) {
		const struct secondary_relation *relation = &table->relations[r];
		long long sum = table->cells[relation->parent].rounded;
		bool all = table->cells[relation->parent].shown;
		for (size_t i = 0; i < relation->part_count; i++) {
			sum -= table->cells[relation->parts[i]].rounded;
			all = all && table->cells[relation->parts[i]].shown;
		}
		assert_true(!all || sum == 0);
	}
}

static void controlled_parts_add_up_to_their_totals(void **state)
{
	(void)state;
	static struct table table;
	unsigned seed = 20260331;
	for (int round = 0; round < 120; round++) {
		size_t codes = 2 + rand_r(&seed) % 3, layers = 1 + rand_r(&seed) % MOST_LAYERS;
		int base = round % 3 ? 5 : 2 + (int)(rand_r(&seed) % 9);
		fill(&table, &seed, codes, layers, round % 2 ? 9 : 60);
		assert_true(round_table(&table, base));
		check_table(&table, base, layers > 1 ? 2 : 1); /* of two ways, the next multiple is always enough */
	}
}

/* What is hidden is printed nowhere; the rest adds up all the same. */
static void what_is_hidden_need_be_no_multiple(void **state)
{
	(void)state;
	static struct table table;
	unsigned seed = 7;
	for (int round = 0; round < 60; round++) {
		fill(&table, &seed, 3, 1 + round % 2, 30);
		for (size_t i = 0; i < MOST_CELLS; i++)
			table.cells[i].shown = table.cells[i].n >= 10 || table.cells[i].n == 0;
		assert_true(round_table(&table, 5));
		check_table(&table, 5, 2);
	}
}

/* Two lines of two codes and their totals: all ways tried. */
static void of_all_ways_the_nearest_is_taken(void **state)
{
	(void)state;
	enum { TOTAL, LINE_1, LINE_2, CODE_1, CODE_2, INNER, CELLS = INNER + 4 };
	const size_t parts[] = { INNER,     INNER + 1, INNER + 2, INNER + 3, INNER,  INNER + 2,
		                 INNER + 1, INNER + 3, LINE_1,    LINE_2,    CODE_1, CODE_2 };
	const size_t parents[] = { LINE_1, LINE_2, CODE_1, CODE_2, TOTAL, TOTAL };
	struct secondary_relation relations[COUNT(parents)];
	for (size_t r = 0; r < COUNT(parents); r++)
		relations[r] =
			(struct secondary_relation){ .parent = parents[r], .parts = parts + 2 * r, .part_count = 2 };
	unsigned seed = 99;
	const int base = 5;
	for (int round = 0; round < 300; round++) {
		struct controlled_cell cells[CELLS] = { 0 };
		for (size_t i = 0; i < CELLS; i++)
			cells[i].shown = true;
		for (size_t i = 0; i < 4; i++)
			cells[INNER + i].n = rand_r(&seed) % 40;
		for (size_t r = 0; r < COUNT(parents); r++)
			cells[parents[r]].n = cells[parts[2 * r]].n + cells[parts[2 * r + 1]].n;
		long long best = -1;
		for (unsigned way = 0; way < 16; way++) {
			long long rounded[CELLS] = { 0 }, distance = 0;
			bool fine = true;
			for (size_t i = 0; i < 4; i++)
				rounded[INNER + i] = (cells[INNER + i].n / base + (way >> i & 1)) * base;
			for (size_t r = 0; r < COUNT(parents); r++)
				rounded[parents[r]] = rounded[parts[2 * r]] + rounded[parts[2 * r + 1]];
			for (size_t i = 0; i < CELLS; i++) {
				fine = fine && llabs(rounded[i] - cells[i].n) < base;
				distance += llabs(rounded[i] - cells[i].n);
			}
			if (fine && (best < 0 || distance < best))
				best = distance;
		}
		struct controlled_problem problem = { cells, CELLS, relations, COUNT(parents) };
		size_t impossible = 0;
		long long distance = 0;
		assert_true(best >= 0); /* of two ways there always is one */
		assert_true(controlled_round(&problem, base, &impossible));
		for (size_t i = 0; i < CELLS; i++)
			distance += llabs(cells[i].rounded - cells[i].n);
		assert_int_equal(distance, best);
	}
}

/* 5 and 5 are no 100: nothing adds up within the steps. */
static void where_nothing_adds_up_it_says_so(void **state)
{
	(void)state;
	struct controlled_cell cells[] = { { .n = 100, .shown = true },
		                           { .n = 5, .shown = true },
		                           { .n = 5, .shown = true } };
	const size_t parts[] = { 1, 2 };
	struct secondary_relation relation = { .parent = 0, .parts = parts, .part_count = 2 };
	struct controlled_problem problem = { cells, COUNT(cells), &relation, 1 };
	size_t impossible = 99;
	assert_false(controlled_round(&problem, 5, &impossible));
	assert_int_equal(impossible, 0);
}

/* --- what is hidden among rounded counts, held against every table that prints the same --- */

enum { SIDE = 2, INSIDE = SIDE * SIDE, WHOLE = INSIDE + 2 * SIDE + 1, MOST_TRIED = 30 };

/* Two lines of two codes: the inner cells, the lines, the codes, the total. */
static void sum_up(long long counts[WHOLE])
{
	for (size_t i = INSIDE; i < WHOLE; i++)
		counts[i] = 0;
	for (size_t i = 0; i < INSIDE; i++) {
		counts[INSIDE + i / SIDE] += counts[i];
		counts[INSIDE + SIDE + i % SIDE] += counts[i];
		counts[WHOLE - 1] += counts[i];
	}
}

static struct universe *universe_of(const long long counts[WHOLE])
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, 0), cells[WHOLE];
	const struct result line = { .analysis = "a", .dataset = "d", .statistic = "count", .outcome = "o", .level = NAN };
	for (size_t i = 0; i < WHOLE; i++) {
		char *condition = mem_print("d & cell=%zu", i);
		cells[i] = universe_cell(universe, unit, condition, counts[i]);
		universe_result(universe, &line, &cells[i], 1, NULL, 0);
		free(condition);
	}
	for (size_t i = 0; i < SIDE; i++) {
		universe_relation(universe, RELATION_SUM, cells[INSIDE + i], &cells[i * SIDE], SIDE);
		universe_relation(universe, RELATION_SUM, cells[INSIDE + SIDE + i],
		                  (size_t[]){ cells[i], cells[SIDE + i] }, SIDE);
	}
	universe_relation(universe, RELATION_SUM, cells[WHOLE - 1], &cells[INSIDE], SIDE);
	universe_relation(universe, RELATION_SUM, cells[WHOLE - 1], &cells[INSIDE + SIDE], SIDE);
	return universe;
}

/* What a reader sees, who knows that nobody hides a zero here. -1: hidden. */
static bool prints_the_same(const struct study_disclosure *policy, const long long counts[WHOLE],
                            const long long printed[WHOLE])
{
	for (size_t i = 0; i < WHOLE; i++)
		if (printed[i] < 0 ? counts[i] < 1
		                   : !may_print(policy->rounding, policy->threshold, true, counts[i], printed[i]))
			return false;
	return true;
}

/* The least and the most of each count in all tables that print the same. */
static void try_all(const struct study_disclosure *policy, const long long printed[WHOLE], long long least[WHOLE],
                    long long most[WHOLE])
{
	long long counts[WHOLE];
	for (size_t i = 0; i < WHOLE; i++) {
		least[i] = 1000;
		most[i] = -1;
	}
	for (long code = 0; code < (long)MOST_TRIED * MOST_TRIED * MOST_TRIED * MOST_TRIED; code++) {
		long rest = code;
		for (size_t i = 0; i < INSIDE; i++, rest /= MOST_TRIED)
			counts[i] = 1 + rest % MOST_TRIED;
		sum_up(counts);
		for (size_t i = 0; i < WHOLE && prints_the_same(policy, counts, printed); i++) {
			least[i] = counts[i] < least[i] ? counts[i] : least[i];
			most[i] = counts[i] > most[i] ? counts[i] : most[i];
		}
	}
}

static bool is_kept(const struct study_disclosure *policy, const long long counts[WHOLE], const long long printed[WHOLE])
{
	long long least[WHOLE], most[WHOLE];
	bool kept = true;
	try_all(policy, printed, least, most);
	for (size_t i = 0; i < WHOLE; i++) {
		assert_true(least[i] <= counts[i] && counts[i] <= most[i]);
		if (counts[i] < policy->threshold)
			kept = kept && most[i] >= policy->threshold && most[i] - least[i] >= policy->min_width;
	}
	return kept;
}

/* Hiding the small counts alone gives some of them away, for rounding leaves too little open: a total of 10 is at most 12
 * and a part of 10 at least 8. What protect hides besides keeps them, in every table that prints the same. */
static void no_small_count_can_be_told_from_rounded_ones(void **state)
{
	static struct study_rounding roundings[] = { { 5, STUDY_ROUNDING_NEAREST }, { 5, STUDY_ROUNDING_CONTROLLED } };
	(void)state;
	unsigned seed = 4711, given_away = 0, hidden_besides = 0, small = 0;
	for (int round = 0; round < 40; round++) {
		struct study_disclosure policy = { .threshold = round % 2 ? 10 : 8,
			                           .zeros = STUDY_ZEROS_SHOWN,
			                           .min_width = 3,
			                           .reach = true,
			                           .rounding = &roundings[round % 2] };
		long long counts[WHOLE], naive[WHOLE], printed[WHOLE];
		for (size_t i = 0; i < INSIDE; i++)
			counts[i] = 1 + rand_r(&seed) % (i % 3 ? 22 : 12);
		sum_up(counts);
		struct universe *universe = universe_of(counts);
		struct cell_decision *decisions = NULL;
		struct error err = { 0 };
		assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
		for (size_t i = 0; i < WHOLE; i++) {
			printed[i] = decisions[i].hidden ? -1 : decisions[i].printed;
			naive[i] = counts[i] < policy.threshold ? -1 : rounding_nearest(counts[i], 5);
			small += counts[i] < policy.threshold;
			hidden_besides += decisions[i].rule == RULE_SECONDARY;
			if (decisions[i].hidden)
				assert_true(decisions[i].printed < 0 && decisions[i].known_least < 0);
			else
				assert_true(decisions[i].known_least <= counts[i] && counts[i] <= decisions[i].known_most);
		}
		assert_true(is_kept(&policy, counts, printed));
		if (round % 2 == 0)
			given_away += !is_kept(&policy, counts, naive);
		free(decisions);
		universe_free(universe);
	}
	assert_true(small > 30 && given_away > 5 && hidden_besides > 10);
}

/* Two parts of which each prints 5, and a total that prints 5 too: the total is 6 or 7, each part 3 or 4 (Salazar 2006). */
static void parts_and_totals_rounded_apart_tell_more_than_either(void **state)
{
	static struct study_rounding rounding = { 5, STUDY_ROUNDING_NEAREST };
	(void)state;
	int tables = 0;
	for (long long a = 0; a <= 20; a++)
		for (long long b = 0; b <= 20; b++) {
			if (!may_print(&rounding, 1, true, a, 5) || !may_print(&rounding, 1, true, b, 5)
			    || !may_print(&rounding, 1, true, a + b, 5))
				continue;
			assert_in_range(a + b, 6, 7);
			tables++;
		}
	assert_int_equal(tables, 3);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(fits) + 10] = {
		cmocka_unit_test(nearest_is_the_nearest_multiple_and_halves_go_up),
		cmocka_unit_test(everybody_knows_the_counts_that_are_printed_so_and_no_others),
		cmocka_unit_test(what_fits_leaves_the_smallest_printed_number_its_counts),
		cmocka_unit_test(controlled_parts_add_up_to_their_totals),
		cmocka_unit_test(what_is_hidden_need_be_no_multiple),
		cmocka_unit_test(of_all_ways_the_nearest_is_taken),
		cmocka_unit_test(where_nothing_adds_up_it_says_so),
		cmocka_unit_test(no_small_count_can_be_told_from_rounded_ones),
		cmocka_unit_test(parts_and_totals_rounded_apart_tell_more_than_either),
	};
	size_t count = 9;
	ADD_EXAMPLES(tests, count, fits, a_threshold_fits_a_base_or_not);
	return _cmocka_run_group_tests("rounding", tests, count, NULL, NULL);
}
