/* Frequencies, risks, diversity, special uniques and local suppression, against sdcMicro, the IHSN's guide and R. */
#include "testing.h"

#include "anonymise/verify.h"
#include "equivalence.h"
#include "local_suppression.h"
#include "reidentification.h"
#include "suda.h"

#include "../oracle/sdcmicro.inc"
#include "../oracle/microdata.inc"

static const size_t all_keys[] = { 0, 1, 2, 3, 4 };

/* f and F of the records, and their risks where `risks` is not NULL. */
static void assert_frequencies(const struct key_records *records, const double *expected_f, const double *expected_F,
                               const double *risks, double relative)
{
	double *f = mem_alloc(records->count, sizeof *f), *F = mem_alloc(records->count, sizeof *F), risk = 0;
	struct equivalence *classes = equivalence_new(records, all_keys, records->width, KEY_MISSING_WILDCARD);
	equivalence_frequencies(f, F, classes);
	for (size_t i = 0; i < records->count; i++) {
		assert_true(!expected_f || f[i] == expected_f[i]);
		if (expected_F)
			assert_close(F[i], expected_F[i], 1e-14);
		assert_true(individual_risk(&risk, f[i], F[i]));
		if (risks)
			assert_close(risk, risks[i], relative);
	}
	equivalence_free(classes);
	free(f);
	free(F);
}

static void frequencies_and_risks_are_those_of_sdcmicro(void **state)
{
	(void)state;
	const struct key_records complete = {
		.codes = francdat, .count = FRANCDAT, .width = FRANCDAT_KEYS, .weights = francdat_weights
	};
	const struct key_records missing = {
		.codes = francdat_missing, .count = FRANCDAT, .width = FRANCDAT_KEYS, .weights = francdat_weights
	};
	assert_frequencies(&complete, francdat_f, francdat_F, francdat_risks, 5e-7);
	assert_frequencies(&missing, francdat_missing_f, francdat_missing_F, NULL, 0);
}

/* Of large groups sdcMicro takes p/(f - (1 - p)), which is the risk to 1/f^2. */
static void risks_of_large_groups_are_those_of_sdcmicro(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(testdata); i++) {
		double risk = 0;
		assert_true(individual_risk(&risk, testdata[i].f, testdata[i].F));
		assert_close(risk, testdata[i].risk, 1e-6);
		assert_true(testdata[i].f != testdata[i].F || risk == 1 / testdata[i].f);
	}
}

static void the_guide_comes_out_to_its_last_digit(void **state)
{
	(void)state;
	const struct key_records records = {
		.codes = guide, .count = GUIDE, .width = GUIDE_KEYS, .weights = guide_weights
	};
	struct suda elliot, ihsn;
	double dis[GUIDE];
	assert_frequencies(&records, NULL, NULL, guide_risks, 1e-7);
	assert_true(suda_find(&elliot, &records, 0, SUDA_ELLIOT) && suda_find(&ihsn, &records, 0, SUDA_IHSN));
	suda_dis(dis, &ihsn, &records, 0.01);
	for (size_t i = 0; i < GUIDE; i++) {
		assert_true(elliot.scores[i] == guide_scores[i]);
		assert_close(ihsn.scores[i], guide_scores_ihsn[i], 1e-14);
		assert_close(dis[i], guide_dis[i], 1e-7);
	}
	suda_release(&elliot);
	suda_release(&ihsn);
}

/* How many of the guide's ten have a risk above that, and how many are alone (its tables 4.1 and 4.3). */
static void what_verify_counts_is_in_the_guide(void **state)
{
	(void)state;
	static const size_t people[GUIDE] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	static const struct {
		struct safety demand;
		size_t failing;
	} examples[] = {
		{ { .set = 15, .k = 2 }, 4 },
		{ { .set = 15, .k = 3 }, 10 },
		{ { .set = 15, .k = 1, .max_risk = 0.0300 }, 0 },
		{ { .set = 15, .k = 1, .max_risk = 0.0285 }, 1 }, /* 0.0290 */
		{ { .set = 15, .k = 1, .max_risk = 0.0255 }, 2 }, /* and 0.0282 */
		{ { .set = 15, .k = 1, .max_risk = 0.0248 }, 4 }, /* and 0.0251 twice */
		{ { .set = 15, .k = 1, .max_risk = 0.0050 }, 10 },
	};
	const struct verifying verifying = {
		.codes = guide, .count = GUIDE, .width = GUIDE_KEYS, .people = people, .weights = guide_weights
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_int_equal(verify_count(&verifying, &examples[i].demand), examples[i].failing);
}

static void no_more_is_blanked_than_the_proven_optimum(void **state)
{
	(void)state;
	static const double costs[] = { 1, 1, 1 };
	int codes[FRANCDAT * 3];
	size_t blanked = 0;
	for (size_t i = 0; i < FRANCDAT; i++)
		for (size_t k = 0; k < 3; k++)
			codes[3 * i + k] = francdat[FRANCDAT_KEYS * i + k + 1];
	const struct anonymity demand = { 7, 2 };
	assert_int_equal(local_suppression(codes, FRANCDAT, 3, &demand, 1, costs, KEY_MISSING_WILDCARD), 0);
	for (size_t at = 0; at < COUNT(codes); at++)
		blanked += codes[at] == 0;
	assert_int_equal(blanked, francdat_optimum);
}

static void students_have_the_frequencies_risks_and_diversity_of_r(void **state)
{
	(void)state;
	const struct key_records records = {
		.codes = student_keys, .count = STUDENTS, .width = STUDENT_KEYS, .weights = student_weights
	};
	double distinct[STUDENTS], entropy[STUDENTS];
	assert_frequencies(&records, student_f, student_F, student_risks, 1e-9);
	struct equivalence *classes = equivalence_new(&records, all_keys, STUDENT_KEYS, KEY_MISSING_WILDCARD);
	equivalence_diversity(distinct, entropy, classes, student_answers);
	for (size_t i = 0; i < STUDENTS; i++) {
		assert_true(distinct[i] == student_distinct[i]);
		assert_close(entropy[i], student_entropy[i], 1e-13);
	}
	equivalence_free(classes);
}

static void students_are_as_special_as_in_r(void **state)
{
	(void)state;
	const struct key_records records = { .codes = student_keys, .count = STUDENTS, .width = STUDENT_KEYS };
	struct suda suda;
	assert_true(suda_find(&suda, &records, 0, SUDA_ELLIOT));
	for (size_t i = 0; i < STUDENTS; i++) {
		assert_true(suda.scores[i] == student_scores[i]);
		assert_int_equal(suda.smallest[i], student_smallest[i]);
		assert_int_equal(__builtin_popcount(suda.fewest[i]), student_smallest[i]);
	}
	suda_release(&suda);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(frequencies_and_risks_are_those_of_sdcmicro),
		cmocka_unit_test(risks_of_large_groups_are_those_of_sdcmicro),
		cmocka_unit_test(the_guide_comes_out_to_its_last_digit),
		cmocka_unit_test(what_verify_counts_is_in_the_guide),
		cmocka_unit_test(no_more_is_blanked_than_the_proven_optimum),
		cmocka_unit_test(students_have_the_frequencies_risks_and_diversity_of_r),
		cmocka_unit_test(students_are_as_special_as_in_r),
	};
	return cmocka_run_group_tests_name("microdata", tests, NULL, NULL);
}
