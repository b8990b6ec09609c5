/* Local suppression: whatever the records, everybody is like enough others afterwards, and no value is blank in vain.
 */
#include "testing.h"

#include "local_suppression.h"

enum { MOST = 60, KEYS = 4 };

static size_t draw(unsigned long long *state, size_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*state >> 33) % below;
}

/* Counting one by one. */
static size_t agreeing(const int *codes, size_t n, size_t record, unsigned set, enum key_missing missing)
{
	size_t count = 0;
	for (size_t other = 0; other < n; other++) {
		bool same = true;
		for (size_t k = 0; k < KEYS && same; k++) {
			int a = codes[record * KEYS + k], b = codes[other * KEYS + k];
			same = !(set >> k & 1) || a == b || (missing == KEY_MISSING_WILDCARD && (a == 0 || b == 0));
		}
		count += same;
	}
	return count;
}

static size_t count_failing(const int *codes, size_t n, const struct anonymity *demands, size_t count,
                            enum key_missing missing)
{
	size_t failing = 0;
	for (size_t i = 0; i < n; i++) {
		bool meets = true;
		for (size_t d = 0; d < count; d++)
			meets = meets && agreeing(codes, n, i, demands[d].set, missing) >= demands[d].k;
		failing += !meets;
	}
	return failing;
}

/* (1, 2, 2) is like nobody: without the first two values it is like the last three, without the last two like the first
 * two. */
static void the_cheapest_values_go(void **state)
{
	(void)state;
	static const int original[] = { 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 2, 2, 1, 2, 2, 1, 2 };
	static const double costs[][3] = { { 1, 2, 3 }, { 1, 2, 0.5 } };
	static const int left[][3] = { { 0, 0, 2 }, { 1, 0, 0 } };
	static const struct anonymity demand = { 7, 2 };
	for (size_t c = 0; c < 2; c++) {
		int codes[18];
		memcpy(codes, original, sizeof codes);
		assert_int_equal(local_suppression(codes, 6, 3, &demand, 1, costs[c], KEY_MISSING_WILDCARD), 0);
		for (size_t i = 0; i < 18; i++)
			assert_int_equal(codes[i], i / 3 == 2 ? left[c][i % 3] : original[i]);
	}
}

/* Where a missing value is one of its own, counted by hand for k = 2. Two who differ in a key each lose that key. One who is
 * alone with a 3 can only be alike with somebody who loses a value as well: of three there are two left then, of two one,
 * who would be the next. */
static const struct own_value {
	const char *name;
	size_t count, width;
	int codes[6], left[6];
	double costs[2];
} own_values[] = {
	{ "the key that they differ in", 2, 2, { 1, 1, 2, 1 }, { 0, 1, 0, 1 }, { 1, 3 } },
	{ "that key though it is the dearer", 2, 2, { 1, 1, 2, 1 }, { 0, 1, 0, 1 }, { 3, 1 } },
	{ "company from those who are the most", 6, 1, { 2, 2, 1, 1, 1, 3 }, { 2, 2, 0, 1, 1, 0 }, { 1 } },
};

static void a_missing_value_of_its_own_costs_the_least(void **state)
{
	const struct own_value *example = *state;
	const struct anonymity demand = { (1u << example->width) - 1, 2 };
	int codes[6];
	memcpy(codes, example->codes, sizeof codes);
	assert_int_equal(local_suppression(codes, example->count, example->width, &demand, 1, example->costs, KEY_MISSING_VALUE),
	                 0);
	for (size_t at = 0; at < example->count * example->width; at++)
		assert_int_equal(codes[at], example->left[at]);
}

struct trial {
	int original[MOST * KEYS], codes[MOST * KEYS];
	size_t n, demand_count;
	struct anonymity demands[3];
	double costs[KEYS];
	enum key_missing missing;
};

static void draw_trial(struct trial *trial, unsigned long long *seed)
{
	size_t values = 2 + draw(seed, 4), share = draw(seed, 3);
	trial->n = 6 + draw(seed, MOST - 5);
	trial->demand_count = 1 + draw(seed, 3);
	trial->missing = draw(seed, 2) ? KEY_MISSING_WILDCARD : KEY_MISSING_VALUE;
	for (size_t i = 0; i < trial->n * KEYS; i++)
		trial->original[i] = draw(seed, 12) < share ? 0 : 1 + (int)draw(seed, values);
	for (size_t d = 0; d < trial->demand_count; d++)
		trial->demands[d] = (struct anonymity){ d == 0 ? 15 : 1 + (unsigned)draw(seed, 15), 2 + draw(seed, 4) };
	for (size_t k = 0; k < KEYS; k++)
		trial->costs[k] = 1 + (double)draw(seed, 5);
	memcpy(trial->codes, trial->original, sizeof trial->codes);
}

static void every_demand_is_met_and_nothing_else_is_touched(void **state)
{
	(void)state;
	unsigned long long seed = 352;
	for (int i = 0; i < 400; i++) {
		struct trial trial;
		draw_trial(&trial, &seed);
		size_t failed = local_suppression(trial.codes, trial.n, KEYS, trial.demands, trial.demand_count,
		                                  trial.costs, trial.missing);
		assert_int_equal(failed, 0);
		assert_int_equal(count_failing(trial.codes, trial.n, trial.demands, trial.demand_count, trial.missing),
		                 0);
		for (size_t at = 0; at < trial.n * KEYS; at++)
			assert_true(trial.codes[at] == trial.original[at] || trial.codes[at] == 0);
	}
}

static void no_value_alone_can_be_given_back(void **state)
{
	(void)state;
	unsigned long long seed = 353;
	for (int i = 0; i < 100; i++) {
		struct trial trial;
		draw_trial(&trial, &seed);
		local_suppression(trial.codes, trial.n, KEYS, trial.demands, trial.demand_count, trial.costs,
		                  KEY_MISSING_WILDCARD);
		for (size_t at = 0; at < trial.n * KEYS; at++) {
			if (trial.codes[at] == trial.original[at])
				continue;
			trial.codes[at] = trial.original[at];
			assert_true(count_failing(trial.codes, trial.n, trial.demands, trial.demand_count,
			                          KEY_MISSING_WILDCARD)
			            > 0);
			trial.codes[at] = 0;
		}
	}
}

static void what_may_not_go_stays_and_who_cannot_be_helped_is_counted(void **state)
{
	(void)state;
	unsigned long long seed = 354;
	size_t helpless = 0;
	for (int i = 0; i < 200; i++) {
		struct trial trial;
		draw_trial(&trial, &seed);
		trial.costs[0] = INFINITY;
		size_t failed = local_suppression(trial.codes, trial.n, KEYS, trial.demands, trial.demand_count,
		                                  trial.costs, trial.missing);
		assert_int_equal(failed,
		                 count_failing(trial.codes, trial.n, trial.demands, trial.demand_count, trial.missing));
		helpless += failed;
		for (size_t r = 0; r < trial.n; r++) {
			assert_true(trial.codes[r * KEYS] == trial.original[r * KEYS]);
			/* with wildcards, only those fail whose kept value too few have */
			bool meets = true, could = true;
			for (size_t d = 0; d < trial.demand_count; d++) {
				const struct anonymity *demand = &trial.demands[d];
				meets = meets
				        && agreeing(trial.codes, trial.n, r, demand->set, trial.missing) >= demand->k;
				could = could
				        && agreeing(trial.original, trial.n, r, demand->set & 1, trial.missing)
				                   >= demand->k;
			}
			assert_true(meets || !could || trial.missing == KEY_MISSING_VALUE);
		}
	}
	assert_true(helpless > 0);
}

/* Fewest values to blank for k = 2, as sdcMicro's tests derive them by hand (tests/testthat/test_ls_optimal.R and
 * test_freqCalc.R, 2026); and how many agree afterwards, where they say so. */
static const struct optimum {
	const char *name;
	size_t count, width;
	int codes[15];
	double costs[3];
	size_t fewest;
	int kept; /* the key that keeps its value, from 1; 0: they do not say */
	double f[5];
} optima[] = {
	{ "three that are alone need two", 3, 2, { 1, 1, 1, 2, 2, 2 }, { 1, 1 }, 2, 0, { 0 } },
	{ "pairs need nothing", 4, 2, { 1, 1, 1, 1, 2, 2, 2, 2 }, { 1, 1 }, 0, 0, { 2, 2, 2, 2 } },
	{ "two who share nothing need three", 2, 3, { 1, 1, 1, 2, 2, 2 }, { 1, 1, 1 }, 3, 0, { 2, 2 } },
	{ "one who may be anybody is enough for all", 4, 2, { 1, 1, 1, 2, 1, 3, 1, 4 }, { 1, 1 }, 1, 0, { 0 } },
	{ "the dearer key stays: the first", 5, 2, { 1, 1, 2, 1, 1, 2, 2, 1, 1, 2 }, { 2, 1 }, 1, 1, { 0 } },
	{ "the dearer key stays: the second", 5, 2, { 1, 1, 2, 1, 1, 2, 2, 1, 1, 2 }, { 1, 2 }, 1, 2, { 0 } },
	{ "the widow agrees with all, and all with her",
	  5,
	  3,
	  { 1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 3, 1 },
	  { 1, 1, 1 },
	  1,
	  0,
	  { 3, 3, 3, 3, 5 } },
	/* counted by hand: nobody agrees with (1, 3, 1) unless somebody's third value goes, and (1, 1, 2) is one value away
	 * from others then, a first or a second; so 4 + 1 is the least */
	{ "the dearest is given back first", 5, 3, { 1, 1, 2, 2, 1, 2, 1, 3, 2, 1, 3, 1, 2, 1, 2 }, { 1, 2, 4 }, 2, 2, { 0 } },
};

static void no_more_is_blanked_than_must_be(void **state)
{
	const struct optimum *optimum = *state;
	static const size_t all[] = { 0, 1, 2 };
	struct anonymity demand = { (1u << optimum->width) - 1, 2 };
	int codes[15];
	double f[5];
	size_t blanked = 0;
	memcpy(codes, optimum->codes, sizeof codes);
	assert_int_equal(local_suppression(codes, optimum->count, optimum->width, &demand, 1, optimum->costs,
	                                   KEY_MISSING_WILDCARD),
	                 0);
	for (size_t at = 0; at < optimum->count * optimum->width; at++) {
		blanked += codes[at] == 0;
		assert_true(codes[at] != 0 || !optimum->kept || at % optimum->width != (size_t)optimum->kept - 1);
	}
	assert_int_equal(blanked, optimum->fewest);
	struct key_records records = { .codes = codes, .count = optimum->count, .width = optimum->width };
	struct equivalence *classes = equivalence_new(&records, all, optimum->width, KEY_MISSING_WILDCARD);
	equivalence_frequencies(f, NULL, classes);
	for (size_t i = 0; optimum->f[0] > 0 && i < optimum->count; i++)
		assert_true(f[i] == optimum->f[i]);
	equivalence_free(classes);
}

static void fewer_than_k_people_cannot_be_helped(void **state)
{
	(void)state;
	static const double costs[] = { 1, 1, 1, 1 };
	static const struct anonymity demand = { 15, 3 };
	for (int missing = KEY_MISSING_WILDCARD; missing <= KEY_MISSING_VALUE; missing++) {
		int codes[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
		assert_int_equal(local_suppression(codes, 2, 4, &demand, 1, costs, (enum key_missing)missing), 2);
		assert_int_equal(local_suppression(codes, 0, 4, &demand, 1, costs, (enum key_missing)missing), 0);
	}
}

int main(void)
{
	struct CMUnitTest tests[20] = {
		cmocka_unit_test(the_cheapest_values_go),
		cmocka_unit_test(every_demand_is_met_and_nothing_else_is_touched),
		cmocka_unit_test(no_value_alone_can_be_given_back),
		cmocka_unit_test(what_may_not_go_stays_and_who_cannot_be_helped_is_counted),
		cmocka_unit_test(fewer_than_k_people_cannot_be_helped),
	};
	size_t count = 5;
	ADD_EXAMPLES(tests, count, own_values, a_missing_value_of_its_own_costs_the_least);
	ADD_EXAMPLES(tests, count, optima, no_more_is_blanked_than_must_be);
	return _cmocka_run_group_tests("local_suppression", tests, count, NULL, NULL);
}
