/* Groups of records that agree on their key variables, and what follows from how many they are. */
#include "testing.h"

#include "equivalence.h"
#include "reidentification.h"

enum { MOST = 200, KEYS = 5 };

/* A number from 0 to `below` - 1, the same in every run (Knuth's MMIX generator). */
static size_t draw(unsigned long long *state, size_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*state >> 33) % below;
}

static const size_t all_keys[] = { 0, 1, 2, 3, 4 };

/* --- published examples --- */

/* The ten people of the IHSN's guide (Benschop, Machingauta and Welch 2022, tables 4.1 and 4.3): residence, gender,
 * education, labour. */
static const int guide[] = { 1, 1, 1, 1, /**/ 1, 1, 1, 1, /**/ 1, 1, 2, 2, /**/ 1, 2, 3, 1, /**/ 2, 1, 3, 3,
	                     1, 2, 3, 1, /**/ 1, 1, 4, 2, /**/ 1, 2, 5, 3, /**/ 1, 1, 1, 2, /**/ 1, 1, 1, 2 };
static const double guide_weights[] = { 180, 180, 215, 76, 186, 76, 180, 215, 186, 76 };
static const struct key_records guide_records = { .codes = guide, .count = 10, .width = 4, .weights = guide_weights };

static void the_guide_s_frequencies_and_risks_come_out(void **state)
{
	(void)state;
	static const double f[] = { 2, 2, 1, 2, 1, 2, 1, 1, 2, 2 };
	static const double F[] = { 360, 360, 215, 152, 186, 152, 180, 215, 262, 262 };
	static const double risks[] = { .0054, .0054, .0251, .0126, .0282, .0126, .0290, .0251, .0074, .0074 };
	static const int health[] = { 2, 2, 2, 2, 2, 1, 1, 2, 1, 2 };
	static const double diverse[] = { 1, 1, 1, 2, 1, 2, 1, 1, 2, 2 };
	double got_f[10], got_F[10], distinct[10], entropy[10], risk = 0;
	struct equivalence *classes = equivalence_new(&guide_records, all_keys, 4, KEY_MISSING_WILDCARD);
	equivalence_frequencies(got_f, got_F, classes);
	equivalence_diversity(distinct, entropy, classes, health);
	for (size_t i = 0; i < 10; i++) {
		assert_true(got_f[i] == f[i] && got_F[i] == F[i] && distinct[i] == diverse[i]);
		assert_close(entropy[i], diverse[i], 1e-15); /* one of two, or one of each */
		assert_true(individual_risk(&risk, got_f[i], got_F[i]));
		assert_true(fabs(risk - risks[i]) < 0.00006); /* to the digits of the table */
	}
	struct global_risk global;
	assert_true(global_risk(&global, got_f, got_F, 10));
	assert_true(fabs(global.rate - 0.01582) < 0.00001);
	assert_close(global.expected, 10 * global.rate, 1e-14);
	equivalence_free(classes);
}

/* Eight people and their exact risks, from the tests of sdcMicro (test_indivRisk.R, method = "exact"); some values are
 * missing in the second. */
static void risks_agree_with_those_of_sdcmicro(void **state)
{
	(void)state;
	static const int complete[] = { 2, 3, 1, 3, 3, 3, 2, 3, 1, 2, 3, 2, 3, 3, 1, 3, 3, 1, 1, 4, 1, 2, 3, 1 };
	static const int missing[] = { 2, 3, 1, 3, 3, 3, 2, 3, 0, 2, 3, 2, 3, 3, 1, 3, 3, 1, 1, 4, 0, 0, 3, 1 };
	static const double weights[] = { 18, 45.5, 39, 17, 92, 8, 123.5, 51 };
	static const double risks[][8] = {
		{ 0.01355297, 0.08579129, 0.01355297, 0.17707583, 0.01877883, 0.01877883, 0.03931625, 0.01355297 },
		{ 0.013552968, 0.085791288, 0.010504889, 0.032466112, 0.009756889, 0.009756889, 0.039316254,
		  0.005962551 },
	};
	for (int which = 0; which < 2; which++) {
		struct key_records records = {
			.codes = which ? missing : complete, .count = 8, .width = 3, .weights = weights
		};
		struct equivalence *classes = equivalence_new(&records, all_keys, 3, KEY_MISSING_WILDCARD);
		double f[8], F[8], risk = 0;
		equivalence_frequencies(f, F, classes);
		for (size_t i = 0; i < 8; i++) {
			assert_true(individual_risk(&risk, f[i], F[i]));
			assert_close(risk, risks[which][i], 1e-6);
		}
		equivalence_free(classes);
	}
}

/* Table 4.2 of the guide: who misses a value agrees with both others, who do not agree with each other. */
static void a_missing_value_agrees_with_any_or_is_a_value_of_its_own(void **state)
{
	(void)state;
	static const int codes[] = { 1, 1, 1, 1, 2, 1, 1, 0, 1 };
	static const double expected[][3] = { { 2, 2, 3 }, { 1, 1, 1 } };
	struct key_records records = { .codes = codes, .count = 3, .width = 3 };
	for (int missing = KEY_MISSING_WILDCARD; missing <= KEY_MISSING_VALUE; missing++) {
		struct equivalence *classes = equivalence_new(&records, all_keys, 3, (enum key_missing)missing);
		double f[3];
		equivalence_frequencies(f, NULL, classes);
		assert_memory_equal(f, expected[missing], sizeof f);
		equivalence_free(classes);
	}
}

/* Seven people whose diversity sdcMicro's tests give (tests/testthat/test_ldiversity.R, 2026): sex, occupation,
 * ethnicity. */
static void answers_differ_as_in_sdcmicro_s_tests(void **state)
{
	(void)state;
	static const int codes[] = { 1, 0, 1, 1, 0, 1, 1, 0, 1, 2, 1, 1, 2, 1, 1, 1, 2, 2, 1, 2, 2 };
	static const int answers[] = { 2, 1, 3, 2, 1, 1, 2 };
	static const double expected[] = { 3, 3, 3, 2, 2, 2, 2 };
	struct key_records records = { .codes = codes, .count = 7, .width = 3 };
	double distinct[7];
	struct equivalence *classes = equivalence_new(&records, all_keys, 3, KEY_MISSING_WILDCARD);
	equivalence_diversity(distinct, NULL, classes, answers);
	assert_memory_equal(distinct, expected, sizeof expected);
	equivalence_free(classes);
}

static void a_sensitive_answer_that_is_missing_is_no_answer(void **state)
{
	(void)state;
	static const int codes[] = { 1, 1, 1, 1, 2 }, sensitive[] = { 3, 3, 1, 0, 0 };
	struct key_records records = { .codes = codes, .count = 5, .width = 1 };
	struct equivalence *classes = equivalence_new(&records, all_keys, 1, KEY_MISSING_WILDCARD);
	double distinct[5], entropy[5];
	equivalence_diversity(distinct, entropy, classes, sensitive);
	assert_true(distinct[0] == 2 && distinct[3] == 2 && distinct[4] == 0 && entropy[4] == 0);
	/* two thirds and one third: exp(H) = 3 / 2^(2/3) */
	assert_close(entropy[0], 3 / pow(2, 2. / 3), 1e-15);
	equivalence_free(classes);
}

/* --- the integral --- */

/* Simpson's rule over the integral as Benedetti and Franconi give it, with u = 1 - v^2, which is smooth at both ends.
 */
static double integral(double f, double p)
{
	enum { STEPS = 200000 };
	long double sum = 0;
	for (int i = 0; i <= STEPS; i++) {
		long double u = (long double)i / STEPS;
		long double value = i == 0 && f > 1 ? 0 : powl(p / (1 - (1 - p) * u), f) * powl(u, f - 1);
		sum += value * (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2);
	}
	return (double)(sum / (3.0L * STEPS));
}

static void the_risk_is_its_integral(void **state)
{
	(void)state;
	static const double f[] = { 1, 2, 3, 7, 40 }, p[] = { 0.02, 0.3, 0.49, 0.51, 0.9, 0.999 };
	for (size_t i = 0; i < COUNT(f); i++)
		for (size_t j = 0; j < COUNT(p); j++) {
			double risk = 0;
			assert_true(individual_risk(&risk, f[i], f[i] / p[j]));
			assert_close(risk, integral(f[i], p[j]), 1e-9);
		}
}

/* Of sums that grow alike in p: f = 1, 2 and 3 have closed forms, whose first terms say all for a small p; and from
 * f = 20 the series takes over. */
static void a_rare_sample_is_as_exact_as_any(void **state)
{
	(void)state;
	for (double p = 1e-3; p > 1e-15; p /= 10) {
		double risk = 0, log_p = log(1 / p), q = 1 - p;
		assert_true(individual_risk(&risk, 1, 1 / p));
		assert_close(risk, p / q * log_p, 1e-13);
		assert_true(individual_risk(&risk, 2, 2 / p));
		assert_close(risk, p / q - p * p / (q * q) * log_p, 1e-13);
		assert_true(individual_risk(&risk, 3, 3 / p));
		assert_close(risk, p / q * (0.5 - p / q + p * p / (q * q) * log_p), 1e-13);
	}
	for (double f = 15; f < 30; f++) {
		double risk = 0;
		assert_true(individual_risk(&risk, f, 1.5 * f));
		assert_close(risk, integral(f, 1 / 1.5), 1e-9);
		assert_true(individual_risk(&risk, f, 3 * f));
		assert_close(risk, integral(f, 1. / 3), 1e-9);
	}
}

static void a_census_leaves_one_in_f(void **state)
{
	(void)state;
	double risk = 0, nearly = 0;
	assert_true(individual_risk(&risk, 4, 4) && risk == 0.25);
	assert_true(individual_risk(&risk, 4, 3) && risk == 0.25);
	assert_true(individual_risk(&nearly, 4, 4 + 1e-9));
	assert_close(nearly, 0.25, 1e-8);
	assert_false(individual_risk(&risk, 0, 3));
	assert_false(individual_risk(&risk, 1, NAN));
	assert_false(individual_risk(&risk, 1, 0));
}

/* --- against counting one by one --- */

static bool agree(const struct key_records *records, size_t one, size_t other, const size_t *chosen, size_t count,
                  bool wildcard)
{
	for (size_t k = 0; k < count; k++) {
		int a = records->codes[one * KEYS + chosen[k]], b = records->codes[other * KEYS + chosen[k]];
		bool open = wildcard && !(records->own >> chosen[k] & 1) && (a == 0 || b == 0);
		if (a != b && !open)
			return false;
	}
	return true;
}

/* Each record to one of so many people, with the weight of the first of his or hers; as many as records: one each. */
static void share_out(struct key_records *records, size_t *people, double *weights, size_t count,
                      unsigned long long *seed)
{
	size_t first[MOST];
	for (size_t p = 0; p < MOST; p++)
		first[p] = MOST;
	for (size_t i = 0; i < records->count && count < records->count; i++) {
		people[i] = draw(seed, count);
		first[people[i]] = first[people[i]] < i ? first[people[i]] : i;
		weights[i] = weights[first[people[i]]];
		records->people = people;
	}
}

static void frequencies_are_those_of_every_pair_of_records(void **state)
{
	(void)state;
	static const size_t chosen[][KEYS] = { { 0, 1, 2, 3, 4 }, { 3, 1 }, { 4 } };
	static const size_t counts[] = { 5, 2, 1 };
	unsigned long long seed = 8;
	for (int trial = 0; trial < 60; trial++) {
		int codes[MOST * KEYS], sensitive[MOST];
		double weights[MOST], f[MOST], F[MOST], distinct[MOST];
		size_t people[MOST], n = 1 + draw(&seed, MOST), values = 2 + draw(&seed, 4), share = draw(&seed, 4);
		for (size_t i = 0; i < n * KEYS; i++)
			codes[i] = draw(&seed, 10) < share ? 0 : 1 + (int)draw(&seed, values);
		for (size_t i = 0; i < n; i++) {
			sensitive[i] = (int)draw(&seed, 4);
			weights[i] = 1 + (double)draw(&seed, 50) / 8;
		}
		struct key_records records = { .codes = codes, .count = n, .width = KEYS, .weights = weights };
		size_t which = draw(&seed, COUNT(counts));
		bool wildcard = draw(&seed, 2);
		share_out(&records, people, weights, trial % 2 ? n : 1 + n / 3, &seed);
		records.own = trial % 4 == 1 ? 1u << chosen[which][0] : 0;
		struct equivalence *classes = equivalence_new(&records, chosen[which], counts[which],
		                                              wildcard ? KEY_MISSING_WILDCARD : KEY_MISSING_VALUE);
		equivalence_frequencies(f, F, classes);
		equivalence_diversity(distinct, NULL, classes, sensitive);
		for (size_t i = 0; i < n; i++) {
			double found = 0, stand_for = 0;
			bool seen[4] = { false }, met[MOST] = { false };
			for (size_t j = 0; j < n; j++) {
				if (!agree(&records, i, j, chosen[which], counts[which], wildcard))
					continue;
				seen[sensitive[j]] = true;
				if (met[records.people ? people[j] : j])
					continue;
				met[records.people ? people[j] : j] = true;
				found++;
				stand_for += weights[j];
			}
			assert_true(f[i] == found && distinct[i] == seen[1] + seen[2] + seen[3]);
			assert_close(F[i], stand_for, 1e-14);
		}
		equivalence_free(classes);
	}
}

static void several_records_of_one_person_protect_nobody(void **state)
{
	(void)state;
	/* two waves of the first, who moved in between and does not say where; one record of another */
	static const int codes[] = { 1, 1, 0, 1, 1, 1, 2, 1 };
	static const size_t people[] = { 0, 0, 0, 1 };
	static const double weights[] = { 3, 3, 3, 5 }, expected_f[] = { 1, 2, 1, 2 }, expected_F[] = { 3, 8, 3, 8 };
	struct key_records records = { .codes = codes, .count = 4, .width = 2, .weights = weights, .people = people };
	double f[4], F[4];
	struct equivalence *classes = equivalence_new(&records, all_keys, 2, KEY_MISSING_WILDCARD);
	equivalence_frequencies(f, F, classes);
	assert_memory_equal(f, expected_f, sizeof f);
	assert_memory_equal(F, expected_F, sizeof F);
	size_t group = equivalence_group(classes, 0);
	assert_true(equivalence_size(classes, group) == 2 && equivalence_people(classes, group) == 1);
	equivalence_free(classes);
}

static void nobody_is_no_group(void **state)
{
	(void)state;
	struct key_records records = { .codes = NULL, .count = 0, .width = 3 };
	struct equivalence *classes = equivalence_new(&records, all_keys, 3, KEY_MISSING_WILDCARD);
	assert_int_equal(equivalence_group_count(classes), 0);
	struct global_risk global;
	assert_true(global_risk(&global, NULL, NULL, 0) && global.expected == 0 && global.rate == 0);
	equivalence_free(classes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_guide_s_frequencies_and_risks_come_out),
		cmocka_unit_test(risks_agree_with_those_of_sdcmicro),
		cmocka_unit_test(a_missing_value_agrees_with_any_or_is_a_value_of_its_own),
		cmocka_unit_test(answers_differ_as_in_sdcmicro_s_tests),
		cmocka_unit_test(a_sensitive_answer_that_is_missing_is_no_answer),
		cmocka_unit_test(the_risk_is_its_integral),
		cmocka_unit_test(a_rare_sample_is_as_exact_as_any),
		cmocka_unit_test(a_census_leaves_one_in_f),
		cmocka_unit_test(frequencies_are_those_of_every_pair_of_records),
		cmocka_unit_test(several_records_of_one_person_protect_nobody),
		cmocka_unit_test(nobody_is_no_group),
	};
	return cmocka_run_group_tests_name("equivalence", tests, NULL, NULL);
}
