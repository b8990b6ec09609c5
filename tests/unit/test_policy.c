/* The disclosure policy of a config: what its presets set, and what is wrong in it. */
#include "testing.h"

#include "study.h"
#include "text.h"

#define STUDY                                                                                                          \
	"study:\n  name: s\n  title: T\n  synthetic: yes\n  date: 2026-03-31\ndatasets:\n  - name: survey\n"           \
	"    kind: responses\n    unit: {name: respondent}\n    dictionary: d\n"
#define EXCEPTION(more) STUDY "disclosure:\n  exceptions:\n    - {condition: \"survey & x=1\", who: A, why: B, " more "}\n"

static const struct preset {
	const char *name, *policy;
	int threshold, rounding_base;
} presets[] = {
	{ "a study that names no preset has that of research", "", 10, 0 },
	{ "research shows counts from ten on", "disclosure: {preset: research}\n", 10, 0 },
	{ "nhs hides 1 to 7 and rounds to 5", "disclosure: {preset: nhs}\n", 8, 5 },
	{ "dfe hides 1 to 5", "disclosure: {preset: dfe}\n", 6, 0 },
	{ "ofqual hides 1 to 4", "disclosure: {preset: ofqual}\n", 5, 0 },
	{ "a threshold that is given goes before the preset's", "disclosure: {preset: nhs, threshold: 13}\n", 13, 5 },
	{ "a rounding that is given does too", "disclosure: {preset: nhs, threshold: 9, rounding: {base: 3, method: controlled}}\n", 9, 3 },
};

static void presets_set_what_is_not_given(void **state)
{
	const struct preset *preset = *state;
	char *folder = test_folder(), *yaml = mem_print("%s%s", STUDY, preset->policy);
	char *path = test_file(folder, "s.yaml", yaml);
	struct study *study = NULL, *again = NULL;
	struct error err = { 0 };
	struct text slice = { 0 };
	assert_ok(study_load(&study, path, &err), &err);
	const struct study_disclosure *policy = &study->disclosure;
	assert_int_equal(policy->threshold, preset->threshold);
	assert_int_equal(policy->rounding ? policy->rounding->base : 0, preset->rounding_base);
	assert_string_equal(policy->hidden_symbol, "c");
	assert_true(policy->reach);
	assert_ok(study_slice(&slice, study, NULL, ~0u, &err), &err); /* which the stages read */
	char *second = test_file(folder, "slice.yaml", slice.bytes);
	assert_ok(study_load(&again, second, &err), &err);
	assert_int_equal(again->disclosure.preset, policy->preset);
	assert_int_equal(again->disclosure.threshold, preset->threshold);
	assert_int_equal(again->disclosure.rounding ? again->disclosure.rounding->base : 0, preset->rounding_base);
	text_free(&slice);
	study_free(study);
	study_free(again);
	free(second);
	free(path);
	free(yaml);
	free(folder);
}

static const struct mistake {
	const char *name, *yaml;
	size_t line, column;
	const char *message, *help; /* parts of them */
} mistakes[] = {
	{ "a preset that there is not", STUDY "disclosure: {preset: ons}\n", 11, 22, "`ons`", "research" },
	{ "a symbol with brackets", STUDY "disclosure: {hidden_symbol: \"[c]\"}\n", 11, 29, "cannot stand for a hidden figure", "without brackets" },
	{ "a symbol of two words", STUDY "disclosure: {hidden_symbol: \"not told\"}\n", 11, 29, "cannot stand for a hidden figure", "letters" },
	{ "a symbol that stands for what is not computed", STUDY "disclosure: {hidden_symbol: X}\n", 11, 29, "stands for something else", "usual symbol" },
	{ "a structural zero without a code", STUDY "disclosure: {structural_zeros: [gender]}\n", 11, 33, "does not say which answers", "variable=code" },
	{ "a structural zero of those who did not answer so", STUDY "disclosure: {structural_zeros: [gender!=m]}\n", 11, 33, "does not say which answers", "variable=code" },
	{ "a structural zero with another sign between", STUDY "disclosure: {structural_zeros: [\"gender=m and pregnant=yes\"]}\n", 11, 33, "does not say which answers", " & " },
	{ "a structural zero that stands there twice", STUDY "disclosure: {structural_zeros: [\"a=1 & b=2\", \"a=1 & b=2\"]}\n", 11, 46, "twice", "" },
	{ "an exception of a day that there is not", EXCEPTION("date: 2026-02-30, expires: 2026-04-01"), 13, 57, "2026-03-31", "" },
	{ "an exception that expires before it is made", EXCEPTION("date: 2026-02-01, expires: 2026-01-31"), 13, 78, "expires before it is made, on 2026-02-01", "last day" },
	{ "an exception without a reason", STUDY "disclosure:\n  exceptions:\n    - {condition: a, who: A, why: \" \", date: 2026-01-01, expires: 2026-12-31}\n", 13, 35, "expected a text", "" },
	{ "an exception without a last day", EXCEPTION("date: 2026-02-01"), 13, 7, "`expires` is missing", "" },
	{ "two exceptions for one cell", EXCEPTION("date: 2026-02-01, expires: 2026-12-31") "    - {condition: \"survey & x=1\", who: C, why: D, date: 2026-02-01, expires: 2026-12-31}\n", 14, 19, "second exception", "" },
};

static void mistakes_are_named(void **state)
{
	const struct mistake *mistake = *state;
	char *folder = test_folder(), *path = test_file(folder, "s.yaml", mistake->yaml);
	struct study *study = NULL;
	struct error err = { 0 };
	assert_false(study_load(&study, path, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	if (!strstr(err.message, mistake->message) || !strstr(err.help, mistake->help))
		fail_msg("%s (%s)", err.message, err.help);
	assert_int_equal(err.line, mistake->line);
	assert_int_equal(err.column, mistake->column);
	free(path);
	free(folder);
}

/* The study is of 2026-03-31. */
static void an_exception_is_in_force_from_its_first_day_to_its_last(void **state)
{
	(void)state;
	static const struct {
		const char *days;
		bool in_force;
	} cases[] = {
		{ "date: 2026-03-31, expires: 2026-03-31", true }, { "date: 2026-01-01, expires: 2026-12-31", true },
		{ "date: 2026-01-01, expires: 2026-03-30", false }, { "date: 2026-04-01, expires: 2026-12-31", false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *folder = test_folder();
		char *yaml = mem_print("%sdisclosure: {exceptions: [{condition: a, who: A, why: B, %s}]}\n", STUDY, cases[i].days);
		char *path = test_file(folder, "s.yaml", yaml);
		struct study *study = NULL;
		struct error err = { 0 };
		assert_ok(study_load(&study, path, &err), &err);
		assert_int_equal(study->disclosure.exceptions[0].in_force, cases[i].in_force);
		study_free(study);
		free(path);
		free(yaml);
		free(folder);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(presets) + COUNT(mistakes) + 1] = { 0 };
	size_t count = 0;
	ADD_EXAMPLES(tests, count, presets, presets_set_what_is_not_given);
	ADD_EXAMPLES(tests, count, mistakes, mistakes_are_named);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(an_exception_is_in_force_from_its_first_day_to_its_last);
	return _cmocka_run_group_tests("policy", tests, count, NULL, NULL);
}
