#include "testing.h"

#include <gsl/gsl_rng.h>
#include <regex.h>

#include "synthesise/pattern.h"

enum { DRAWS = 200 };

static const struct example {
	const char *name, *pattern;
	bool known;
} examples[] = {
	{ "letters stand for themselves", "abc", true },
	{ "a set draws one of its signs", "[A-CX-Z0-9_]", true },
	{ "a set may begin with a closing bracket and end with a hyphen", "[]a-]", true },
	{ "{n} repeats as often as it says", "CL-[0-9]{5}", true },
	{ "{n,m} repeats within its counts", "[a-z]{2,4}!", true },
	{ "{n,} repeats at least so often", "x{3,}y", true },
	{ "? * and + may repeat", "a?b*c+d", true },
	{ "a backslash takes a sign as it is", "a\\.b\\+c\\[", true },
	{ "a dot stands for a letter", "a.c", true },
	{ "a British postcode can be drawn", "[A-PR-UWYZ][0-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}", true },
	{ "a group is refused", "(ab)+", false },
	{ "a choice is refused", "a|b", false },
	{ "a negated set is refused", "[^a]", false },
	{ "a class is refused", "[[:digit:]]", false },
	{ "a set that never closes is refused", "[abc", false },
	{ "counts the wrong way round are refused", "a{3,1}", false },
	{ "a count without its brace is refused", "a{3", false },
	{ "an anchor is refused", "^abc$", false },
	{ "a text that would not fit is refused", "[a-z]{64}", false },
	{ "a range the wrong way round is refused", "[z-a]", false },
};

/* regexec is the judge, as in validate. */
static void a_text_fits_its_pattern(void **state)
{
	const struct example *example = *state;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	regex_t compiled;
	char *whole = mem_print("^(%s)$", example->pattern), text[64];
	if (example->known)
		assert_int_equal(regcomp(&compiled, whole, REG_EXTENDED | REG_NOSUB), 0);
	for (int i = 0; i < DRAWS; i++) {
		assert_int_equal(pattern_text(text, sizeof text, example->pattern, rng), example->known);
		if (example->known && regexec(&compiled, text, 0, NULL, 0) != 0)
			fail_msg("`%s` does not fit %s", text, example->pattern);
	}
	if (example->known)
		regfree(&compiled);
	free(whole);
	gsl_rng_free(rng);
}

static void every_sign_of_a_set_is_drawn(void **state)
{
	(void)state;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	bool seen[4] = { false };
	char text[8];
	for (int i = 0; i < DRAWS; i++) {
		assert_true(pattern_text(text, sizeof text, "[a-d]", rng));
		seen[text[0] - 'a'] = true;
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		assert_true(seen[i]);
	gsl_rng_free(rng);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 1];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){
			.name = examples[i].name,
			.test_func = a_text_fits_its_pattern,
			.initial_state = (void *)&examples[i],
		};
	tests[COUNT(examples)] = (struct CMUnitTest)cmocka_unit_test(every_sign_of_a_set_is_drawn);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
