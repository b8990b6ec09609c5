/* Local suppression with all that may be demanded: people with several records, different answers of those who agree,
 * the individual risk, keys that go along with others. Thousands of made-up tables, judged by counting one by one. */
#include "testing.h"

#include "local_suppression.h"
#include "reidentification.h"

enum { MOST = 40, KEYS = 4, DEMANDS = 4, TABLES = 3000 };

static size_t draw(unsigned long long *state, size_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*state >> 33) % below;
}

struct trial {
	int original[MOST * KEYS], codes[MOST * KEYS], sensitive[MOST];
	size_t people[MOST];
	double weights[MOST], costs[KEYS];
	unsigned along[KEYS];
	struct safety demands[DEMANDS];
	size_t before[DEMANDS], after[DEMANDS], failed;
	struct suppressing task;
};

static bool agrees(const struct trial *trial, const int *codes, size_t one, size_t other, unsigned set)
{
	for (size_t k = 0; k < KEYS; k++) {
		int a = codes[one * KEYS + k], b = codes[other * KEYS + k];
		bool wild = trial->task.missing == KEY_MISSING_WILDCARD && (a == 0 || b == 0);
		if (set >> k & 1 && a != b && !wild)
			return false;
	}
	return true;
}

/* Counting one by one. */
static bool holds(const struct trial *trial, const int *codes, const struct safety *demand, size_t record)
{
	bool person[MOST] = { false }, answer[8] = { false };
	double f = 0, F = 0, risk = 1;
	size_t distinct = 0;
	for (size_t other = 0; other < trial->task.count; other++) {
		size_t who = trial->task.people ? trial->people[other] : other;
		if (!agrees(trial, codes, record, other, demand->set))
			continue;
		if (!person[who]) {
			f += 1;
			F += trial->task.weights ? trial->weights[other] : 1;
		}
		person[who] = true;
		if (trial->sensitive[other] && !answer[trial->sensitive[other]])
			distinct++;
		answer[trial->sensitive[other]] = true;
	}
	if (demand->max_risk > 0 && (!individual_risk(&risk, f, F) || risk > demand->max_risk * (1 + 1e-9)))
		return false;
	return f >= (double)demand->k && (!demand->sensitive || distinct == 0 || distinct >= demand->l);
}

static size_t count_failing(const struct trial *trial, const int *codes, const struct safety *demands, size_t count)
{
	size_t failing = 0;
	for (size_t i = 0; i < trial->task.count; i++) {
		bool all = true;
		for (size_t d = 0; d < count; d++)
			all = all && holds(trial, codes, &demands[d], i);
		failing += !all;
	}
	return failing;
}

static void draw_trial(struct trial *trial, unsigned long long *seed, bool never)
{
	size_t n = 4 + draw(seed, MOST - 3), values = 2 + draw(seed, 3), share = draw(seed, 3);
	size_t persons = draw(seed, 2) ? 0 : 1 + n * 2 / 3, count = 1 + draw(seed, DEMANDS);
	for (size_t i = 0; i < n * KEYS; i++)
		trial->original[i] = draw(seed, 12) < share ? 0 : 1 + (int)draw(seed, values);
	for (size_t p = 0; p < n; p++)
		trial->weights[p] = 0.5 + (double)draw(seed, 40) / 4;
	for (size_t i = 0; i < n; i++) {
		trial->people[i] = persons ? draw(seed, persons) : i;
		trial->sensitive[i] = (int)draw(seed, 4);
	}
	for (size_t i = 0; i < n; i++) /* a person stands for as many in each of his records */
		for (size_t j = 0; j < i; j++)
			if (persons && trial->people[i] == trial->people[j])
				trial->weights[i] = trial->weights[j];
	for (size_t k = 0; k < KEYS; k++) {
		trial->costs[k] = never && draw(seed, 4) == 0 ? INFINITY : 1 + (double)draw(seed, 5);
		trial->along[k] = draw(seed, 4) == 0 ? 1u << draw(seed, KEYS) : 0;
	}
	for (size_t d = 0; d < count; d++) {
		trial->demands[d] = (struct safety){ .set = d ? 1 + (unsigned)draw(seed, 15) : 15,
			                             .k = 1 + draw(seed, 4) };
		if (draw(seed, 2)) {
			trial->demands[d].sensitive = trial->sensitive;
			trial->demands[d].l = 2 + draw(seed, 2);
		}
		trial->demands[d].max_risk = draw(seed, 3) ? 0 : 0.05 + (double)draw(seed, 10) / 20;
	}
	memcpy(trial->codes, trial->original, sizeof trial->codes);
	trial->task = (struct suppressing){ .codes = trial->codes,
		                            .count = n,
		                            .width = KEYS,
		                            .demands = trial->demands,
		                            .demand_count = count,
		                            .costs = trial->costs,
		                            .along = draw(seed, 2) ? trial->along : NULL,
		                            .people = persons ? trial->people : NULL,
		                            .weights = draw(seed, 2) ? trial->weights : NULL,
		                            .missing = draw(seed, 2) ? KEY_MISSING_WILDCARD : KEY_MISSING_VALUE };
	trial->failed = local_suppress(&trial->task, trial->before, trial->after);
}

static void counts_are_as_counted_one_by_one_before_and_after(void **state)
{
	(void)state;
	unsigned long long seed = 41;
	size_t failed = 0, cured = 0;
	for (int i = 0; i < TABLES; i++) {
		struct trial trial;
		draw_trial(&trial, &seed, true);
		const struct suppressing *task = &trial.task;
		assert_int_equal(trial.failed, count_failing(&trial, trial.codes, task->demands, task->demand_count));
		for (size_t d = 0; d < task->demand_count; d++) {
			assert_int_equal(trial.before[d], count_failing(&trial, trial.original, &task->demands[d], 1));
			assert_int_equal(trial.after[d], count_failing(&trial, trial.codes, &task->demands[d], 1));
			cured += trial.before[d] > 0 && trial.after[d] == 0;
		}
		failed += trial.failed > 0;
	}
	assert_true(failed > 100 && cured > 1000); /* both are tried */
}

static void every_demand_is_met_where_that_can_be(void **state)
{
	(void)state;
	unsigned long long seed = 42;
	size_t met = 0;
	for (int i = 0; i < TABLES; i++) {
		struct trial trial;
		int blank[MOST * KEYS] = { 0 };
		draw_trial(&trial, &seed, false);
		if (count_failing(&trial, blank, trial.task.demands, trial.task.demand_count) > 0)
			continue; /* not even with everything blank */
		assert_int_equal(trial.failed, 0);
		met++;
	}
	assert_true(met > TABLES / 3);
}

static void values_are_left_or_lost_and_some_never(void **state)
{
	(void)state;
	unsigned long long seed = 43;
	for (int i = 0; i < TABLES; i++) {
		struct trial trial;
		draw_trial(&trial, &seed, true);
		for (size_t at = 0; at < trial.task.count * KEYS; at++) {
			bool never = isinf(trial.costs[at % KEYS]);
			assert_true(trial.codes[at] == trial.original[at] || (trial.codes[at] == 0 && !never));
		}
	}
}

/* With its companions' companions. */
static unsigned closure(const struct trial *trial, unsigned set)
{
	for (size_t round = 0; trial->task.along && round < KEYS; round++)
		for (size_t k = 0; k < KEYS; k++)
			set |= set >> k & 1 ? trial->along[k] : 0;
	return set;
}

static void what_would_tell_a_lost_value_is_lost_with_it(void **state)
{
	(void)state;
	unsigned long long seed = 44;
	for (int i = 0; i < TABLES; i++) {
		struct trial trial;
		draw_trial(&trial, &seed, true);
		for (size_t at = 0; at < trial.task.count * KEYS; at++)
			for (size_t k = 0; k < KEYS && trial.original[at] && !trial.codes[at]; k++)
				if (closure(&trial, 1u << at % KEYS) >> k & 1)
					assert_int_equal(trial.codes[at / KEYS * KEYS + k], 0);
	}
}

/* Where a missing value is a wildcard: no key, with those along with which it was lost. */
static void nothing_can_be_given_back(void **state)
{
	(void)state;
	unsigned long long seed = 45;
	for (int i = 0; i < TABLES; i++) {
		struct trial trial;
		int codes[MOST * KEYS];
		draw_trial(&trial, &seed, false);
		for (size_t at = 0; at < trial.task.count * KEYS; at++) {
			if (trial.failed || trial.task.missing == KEY_MISSING_VALUE || trial.codes[at] == trial.original[at])
				continue;
			memcpy(codes, trial.codes, sizeof codes);
			for (size_t k = 0; k < KEYS; k++)
				if (closure(&trial, 1u << k) >> at % KEYS & 1)
					codes[at / KEYS * KEYS + k] = trial.original[at / KEYS * KEYS + k];
			assert_true(count_failing(&trial, codes, trial.task.demands, trial.task.demand_count) > 0);
		}
	}
}

/* Tables so small that every pattern can be tried. The rarest first is no search for the optimum: two of three of these
 * tables lost the least that they could, and all together 11 per cent more than that; it is not to get worse. */
static void small_tables_lose_little_more_than_they_must(void **state)
{
	(void)state;
	enum { ROWS = 4, WIDTH = 3, BITS = ROWS * WIDTH, TRIED = 300 };
	unsigned long long seed = 46;
	size_t optimal = 0;
	double lost = 0, least_of_all = 0;
	for (int i = 0; i < TRIED; i++) {
		int original[BITS], codes[BITS];
		double costs[WIDTH], best = INFINITY, cost = 0;
		struct anonymity demand = { 7, 2 };
		for (size_t at = 0; at < BITS; at++)
			original[at] = codes[at] = 1 + (int)draw(&seed, 3);
		for (size_t k = 0; k < WIDTH; k++)
			costs[k] = 1 + (double)draw(&seed, 3);
		assert_int_equal(local_suppression(codes, ROWS, WIDTH, &demand, 1, costs, KEY_MISSING_WILDCARD), 0);
		for (size_t at = 0; at < BITS; at++)
			cost += codes[at] == 0 ? costs[at % WIDTH] : 0;
		for (unsigned pattern = 0; pattern < 1u << BITS; pattern++) {
			int tried[BITS];
			double price = 0;
			size_t safe = 0;
			for (size_t at = 0; at < BITS; at++) {
				tried[at] = pattern >> at & 1 ? 0 : original[at];
				price += pattern >> at & 1 ? costs[at % WIDTH] : 0;
			}
			for (size_t a = 0; a < ROWS && price < best; a++) {
				bool found = false;
				for (size_t b = 0; b < ROWS; b++) {
					bool same = a != b;
					for (size_t k = 0; k < WIDTH; k++) {
						int x = tried[a * WIDTH + k], y = tried[b * WIDTH + k];
						same = same && (x == y || x == 0 || y == 0);
					}
					found = found || same;
				}
				safe += found;
			}
			best = safe == ROWS ? price : best;
		}
		assert_true(cost >= best);
		optimal += cost == best;
		lost += cost;
		least_of_all += best;
	}
	assert_true(optimal >= TRIED * 6 / 10);
	assert_true(lost <= 1.15 * least_of_all);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_as_counted_one_by_one_before_and_after),
		cmocka_unit_test(every_demand_is_met_where_that_can_be),
		cmocka_unit_test(values_are_left_or_lost_and_some_never),
		cmocka_unit_test(what_would_tell_a_lost_value_is_lost_with_it),
		cmocka_unit_test(nothing_can_be_given_back),
		cmocka_unit_test(small_tables_lose_little_more_than_they_must),
	};
	return cmocka_run_group_tests_name("safety", tests, NULL, NULL);
}
