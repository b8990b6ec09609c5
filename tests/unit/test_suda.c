/* Special uniques: scores, contributions and DIS against published examples, and against the definition. */
#include "testing.h"

#include "suda.h"

/* The IHSN's guide (table 4.5): residence, gender, education, labour of ten people. */
static const int guide[] = { 1, 1, 1, 1, /**/ 1, 1, 1, 1, /**/ 1, 1, 2, 2, /**/ 1, 2, 3, 1, /**/ 2, 1, 3, 3,
	                     1, 2, 3, 1, /**/ 1, 1, 4, 2, /**/ 1, 2, 5, 3, /**/ 1, 1, 1, 2, /**/ 1, 1, 1, 2 };
static const struct key_records guide_records = { .codes = guide, .count = 10, .width = 4 };

static void the_guide_s_scores_come_out(void **state)
{
	(void)state;
	static const double scores[] = { 0, 0, 6, 0, 12, 0, 6, 10, 0, 0 };
	static const size_t smallest[] = { 0, 0, 1, 0, 1, 0, 1, 1, 0, 0 };
	struct suda suda;
	assert_true(suda_find(&suda, &guide_records, 0, SUDA_ELLIOT));
	assert_memory_equal(suda.scores, scores, sizeof scores);
	assert_memory_equal(suda.smallest, smallest, sizeof smallest);
	/* the third by education alone, the fifth by residence or labour alone, the last not at all */
	assert_true(suda.fewest[2] == 4 && suda.fewest[4] == 1 && suda.fewest[9] == 0);
	/* of the fifth: {rural}, and education, labour and gender two by two */
	assert_true(suda.contribution[4 * 4 + 0] == 6 && suda.contribution[4 * 4 + 1] == 4);
	assert_true(suda.contribution[4 * 4 + 2] == 4 && suda.contribution[4 * 4 + 3] == 4);
	suda_release(&suda);
}

/* The guide's DIS-SUDA scores go with the IHSN's weights, for a sampling fraction of 1 per cent. */
static void the_guide_s_dis_scores_come_out(void **state)
{
	(void)state;
	static const double expected[] = { 0, 0, .0051, 0, .0107, 0, .0051, .0088, 0, 0 };
	struct suda suda;
	double dis[10];
	assert_true(suda_find(&suda, &guide_records, 0, SUDA_IHSN));
	/* 4 uniques, 3 pairs */
	assert_close(suda_dis(dis, &suda, &guide_records, 0.01), .04 / (.04 + 6 * .99), 1e-14);
	for (size_t i = 0; i < 10; i++)
		assert_true(fabs(dis[i] - expected[i]) < 0.00006);
	suda_release(&suda);
}

/* Templ (2017), as in the tests of sdcMicro: age, gender, income, education. */
static void the_book_s_scores_come_out(void **state)
{
	(void)state;
	static const int codes[] = { 1, 1, 1, 1, /**/ 1, 1, 1, 1, /**/ 1, 1, 2, 1, /**/ 1, 1, 2, 1,
		                     1, 2, 2, 2, /**/ 1, 2, 2, 1, /**/ 1, 2, 2, 3, /**/ 2, 1, 2, 2 };
	static const double scores[] = { 0, 0, 0, 0, 4, 2, 6, 8 };
	struct key_records records = { .codes = codes, .count = 8, .width = 4 };
	struct suda suda;
	assert_true(suda_find(&suda, &records, 0, SUDA_ELLIOT));
	assert_memory_equal(suda.scores, scores, sizeof scores);
	suda_release(&suda);
}

static void contributions_are_those_of_the_sets_that_hold_the_key(void **state)
{
	(void)state;
	/* sdcMicro's example: 50, 37.5 and 37.5 per cent of all scores; sets overlap */
	static const int codes[] = { 2, 1, 1, 1, 3, 6, 1, 1, 1 };
	struct key_records records = { .codes = codes, .count = 3, .width = 3 };
	struct suda suda;
	double sums[3] = { 0 }, total = 0;
	assert_true(suda_find(&suda, &records, 0, SUDA_ELLIOT));
	for (size_t i = 0; i < 3; i++) {
		total += suda.scores[i];
		for (size_t k = 0; k < 3; k++)
			sums[k] += suda.contribution[3 * i + k];
	}
	assert_true(total == 8 && sums[0] / total == .5 && sums[1] / total == .375 && sums[2] / total == .375);
	suda_release(&suda);
}

static void a_missing_value_makes_nobody_unique(void **state)
{
	(void)state;
	static const int codes[] = { 0, 1, 1, 1, 1, 2, 1, 2 };
	struct key_records records = { .codes = codes, .count = 4, .width = 2 };
	struct suda suda;
	assert_true(suda_find(&suda, &records, 0, SUDA_ELLIOT));
	assert_int_equal(suda.smallest[0], 0);
	assert_int_equal(suda.smallest[1], 2); /* the only one known to be 1 and 1 */
	suda_release(&suda);
}

static void several_records_of_one_person_are_unique_together(void **state)
{
	(void)state;
	static const int codes[] = { 1, 1, 1, 1, 2, 1, 2, 2 };
	static const size_t people[] = { 0, 0, 1, 2 };
	static const size_t smallest[] = { 1, 1, 2, 1 };
	struct key_records records = { .codes = codes, .count = 4, .width = 2, .people = people };
	struct suda suda;
	assert_true(suda_find(&suda, &records, 0, SUDA_ELLIOT));
	assert_memory_equal(suda.smallest, smallest, sizeof smallest);
	/* nobody shares all with anybody: three uniques, no pair */
	assert_true(suda_match(&records, 0.1) == 1);
	records.people = NULL;
	assert_close(suda_match(&records, 0.1), .2 / (.2 + 2 * .9), 1e-15);
	suda_release(&suda);
}

static void more_keys_than_can_be_searched_are_refused(void **state)
{
	(void)state;
	static const int codes[SUDA_KEYS + 1] = { 1 };
	struct key_records records = { .codes = codes, .count = 1, .width = SUDA_KEYS + 1 };
	struct suda suda = { 0 };
	assert_false(suda_find(&suda, &records, 2, SUDA_ELLIOT));
}

/* --- the definition --- */

enum { PEOPLE = 40, KEYS = 5 };

static bool alone(const int *codes, size_t n, size_t record, unsigned set)
{
	for (size_t k = 0; k < KEYS; k++)
		if (set >> k & 1 && codes[record * KEYS + k] == 0)
			return false;
	for (size_t other = 0; other < n; other++) {
		bool same = other != record;
		for (size_t k = 0; k < KEYS && same; k++)
			same = !(set >> k & 1) || codes[other * KEYS + k] == codes[record * KEYS + k];
		if (same)
			return false;
	}
	return true;
}

static bool minimal(const int *codes, size_t n, size_t record, unsigned set)
{
	for (size_t k = 0; k < KEYS; k++)
		if (set >> k & 1 && set != 1u << k && alone(codes, n, record, set & ~(1u << k)))
			return false;
	return alone(codes, n, record, set);
}

static void scores_are_sums_over_the_minimal_sets(void **state)
{
	(void)state;
	static const double weights[] = { 0, 24, 6, 2, 1, 1 }; /* (5 - size)!, of sets of five keys */
	unsigned long long seed = 5;
	for (int trial = 0; trial < 100; trial++) {
		int codes[PEOPLE * KEYS];
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t n = 1 + (seed >> 33) % PEOPLE, largest = 1 + (size_t)trial % KEYS;
		for (size_t i = 0; i < n * KEYS; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			codes[i] = (int)((seed >> 33) % (2 + i % KEYS)) + (trial % 3 > 0);
		}
		struct key_records records = { .codes = codes, .count = n, .width = KEYS };
		struct suda suda;
		assert_true(suda_find(&suda, &records, largest, SUDA_ELLIOT));
		for (size_t i = 0; i < n; i++) {
			double score = 0;
			for (unsigned set = 1; set < 1u << KEYS; set++) {
				size_t size = (size_t)__builtin_popcount(set);
				score += size <= largest && minimal(codes, n, i, set) ? weights[size] : 0;
			}
			assert_true(suda.scores[i] == score);
		}
		suda_release(&suda);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_guide_s_scores_come_out),
		cmocka_unit_test(the_guide_s_dis_scores_come_out),
		cmocka_unit_test(the_book_s_scores_come_out),
		cmocka_unit_test(contributions_are_those_of_the_sets_that_hold_the_key),
		cmocka_unit_test(a_missing_value_makes_nobody_unique),
		cmocka_unit_test(several_records_of_one_person_are_unique_together),
		cmocka_unit_test(more_keys_than_can_be_searched_are_refused),
		cmocka_unit_test(scores_are_sums_over_the_minimal_sets),
	};
	return cmocka_run_group_tests_name("suda", tests, NULL, NULL);
}
