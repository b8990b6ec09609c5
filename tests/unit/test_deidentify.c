/* deidentify: what becomes of each kind of variable and answer. */
#include "testing.h"

#include "deidentify/treatment.h"
#include "date.h"

static const struct fate {
	const char *name;
	struct variable variable;
	enum treatment treatment;
} fates[] = {
	{ "a key becomes a pseudonym", { .type = VARIABLE_ID, .role = ROLE_KEY }, TREATMENT_PSEUDONYM },
	{ "another id is dropped", { .type = VARIABLE_ID }, TREATMENT_DROPPED },
	{ "free text is dropped", { .type = VARIABLE_TEXT, .role = ROLE_FREE_TEXT }, TREATMENT_DROPPED },
	{ "any other text is dropped", { .type = VARIABLE_TEXT }, TREATMENT_DROPPED },
	{ "a direct identifier is dropped, whatever its type", { .type = VARIABLE_INTEGER, .disclosure = DISCLOSURE_DIRECT }, TREATMENT_DROPPED },
	{ "an exact date is dropped", { .type = VARIABLE_DATE }, TREATMENT_DROPPED },
	{ "an exact time is dropped", { .type = VARIABLE_DATETIME, .role = ROLE_PARADATA }, TREATMENT_DROPPED },
	{ "a date is coarsened where the dictionary says so", { .type = VARIABLE_DATE, .treat = TREAT_YEAR }, TREATMENT_YEAR },
	{ "a code is kept", { .type = VARIABLE_CODE, .disclosure = DISCLOSURE_SENSITIVE }, TREATMENT_KEPT },
	{ "a number is kept", { .type = VARIABLE_NUMBER }, TREATMENT_KEPT },
	{ "what the dictionary drops is dropped", { .type = VARIABLE_CODE, .treat = TREAT_DROP }, TREATMENT_DROPPED },
};

static void variables_meet_their_fate(void **state)
{
	const struct fate *fate = *state;
	assert_int_equal(treatment_of(&fate->variable), fate->treatment);
}

static void bands_hold_their_lower_end_and_not_the_next(void **state)
{
	(void)state;
	struct bands bands;
	char label[80];
	assert_true(bands_read(&bands, "16 18 21"));
	static const struct { double value; size_t band; } examples[] = { { 15.9, 0 }, { 16, 1 }, { 17.9, 1 }, { 18, 2 }, { 21, 3 }, { 99, 3 } };
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_int_equal(bands_find(&bands, examples[i].value), examples[i].band);
	bands_label(label, &bands, 1, true);
	assert_string_equal(label, "16-17");
	bands_label(label, &bands, 2, false);
	assert_string_equal(label, "18 to under 21");
	bands_label(label, &bands, 3, true);
	assert_string_equal(label, "21 and over");
	assert_false(bands_read(&bands, "18 16"));
	assert_false(bands_read(&bands, "18 x"));
	assert_false(bands_read(&bands, ""));
}

static void age_counts_full_years(void **state)
{
	(void)state;
	static const struct { const char *born, *date; long long age; } examples[] = {
		{ "2005-03-31", "2026-03-31", 21 }, { "2005-04-01", "2026-03-31", 20 }, { "2004-02-29", "2025-02-28", 20 },
		{ "2004-02-29", "2025-03-01", 21 }, { "2026-03-31", "2026-03-31", 0 },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		long long born = 0, date = 0;
		assert_true(date_read(examples[i].born, &born) && date_read(examples[i].date, &date));
		assert_int_equal(treatment_age(born, date), examples[i].age);
	}
}

static void a_postcode_keeps_its_district_only(void **state)
{
	(void)state;
	static const struct { const char *postcode, *district; } examples[] = {
		{ "MK42 0AB", "MK42" }, { "lu1 2sj", "LU1" }, { "M11AE", "M1" }, { "EC1A 1BB", "EC1A" }, { "W1A 0AX", "W1A" },
		{ "Bedford", NULL }, { "MK42", NULL }, { "12345", NULL }, { "MK42 0ABX", NULL }, { "", NULL },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		char district[8] = "";
		bool is_one = treatment_district(district, examples[i].postcode);
		assert_int_equal(is_one, examples[i].district != NULL);
		if (is_one)
			assert_string_equal(district, examples[i].district);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(fates) + 3];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(fates); i++)
		tests[count++] = (struct CMUnitTest){ .name = fates[i].name, .test_func = variables_meet_their_fate, .initial_state = (void *)&fates[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(bands_hold_their_lower_end_and_not_the_next);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(age_counts_full_years);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_postcode_keeps_its_district_only);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
