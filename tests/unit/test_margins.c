/* margins.csv: what it may say, and where its errors stand. */
#include "testing.h"

#include "margins.h"

static const char *const areas[] = { "E06000055", "E06000032" }, *const genders[] = { "f", "m", "x" };
static const struct margin_variable variables[] = { { "area", areas, 2 }, { "gender", genders, 3 } };

static char *file_of(const char *rows)
{
	char *folder = test_folder(), *text = mem_print("margin,code,population,source,note\n%s", rows);
	char *path = test_file(folder, "margins.csv", text);
	free(folder);
	free(text);
	return path;
}

static void a_crossing_is_found_by_the_codes_of_its_variables(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct margins *margins = NULL;
	const char *near = NULL;
	char *path = file_of("area*gender,E06000032*m,12.5,DfE,\narea*gender,E06000055*x,3,DfE,\ngender,f,1,,\n");
	assert_ok(margins_load(&margins, path, variables, 2, &err), &err);
	const struct margin *margin = margins_find(margins, "area*gender", &near);
	assert_non_null(margin);
	assert_int_equal(margin->cell_count, 2);
	assert_close(margin->cells[0].population, 12.5, 0);
	assert_int_equal(margin->cells[1].line, 3);
	assert_int_equal(margin_cell_of(margins, margin, (const size_t[]){ 1, 1 }), 1);
	assert_int_equal(margin_cell_of(margins, margin, (const size_t[]){ 0, 2 }), 2);
	assert_int_equal(margin_cell_of(margins, margin, (const size_t[]){ 0, 1 }), 0);
	assert_null(margins_find(margins, "gendre", &near));
	assert_string_equal(near, "gender");
	margins_free(margins);
	free(path);
}

static const struct wrong {
	const char *name, *rows, *message, *help;
	size_t line;
} wrongs[] = {
	{ "an unknown variable is named with the nearest", "gendre,f,1,,\n",
	  "`gendre` is no variable with codes that a margin can be of", "did you mean gender?", 2 },
	{ "so it is in a crossing", "gender,f,1,,\narea*gendre,E06000055*f,1,,\n",
	  "`gendre` is no variable with codes that a margin can be of", "did you mean gender?", 3 },
	{ "an unknown code is named with the nearest", "area,E06000056,1,,\n", "`E06000056` is no code of area",
	  "did you mean E06000055?", 2 },
	{ "a variable crossed with itself is refused", "area*area,E06000055*E06000055,1,,\n",
	  "the margin crosses `area` with itself", "", 2 },
	{ "a cell has as many codes as its margin has variables", "area*gender,f,1,,\n",
	  "a cell of area*gender has 2 codes with * between", "", 2 },
	{ "a population of 0 is refused", "gender,f,0,,\n", "the population of gender=f is no number above 0",
	  "write it in digits; leave out a cell that nobody can be in", 2 },
	{ "so is one that the publisher suppressed", "gender,f,c,,\n",
	  "the population of gender=f is no number above 0",
	  "write it in digits; leave out a cell that nobody can be in", 2 },
	{ "a cell is given once", "gender,f,1,,\ngender,m,1,,\ngender,f,1,,\n", "gender=f has its population twice", "",
	  4 },
};

static void wrong_rows_are_refused(void **state)
{
	const struct wrong *wrong = *state;
	struct error err = { 0 };
	struct margins *margins = NULL;
	char *path = file_of(wrong->rows);
	assert_false(margins_load(&margins, path, variables, 2, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.message, wrong->message);
	assert_string_equal(err.help, wrong->help);
	assert_int_equal(err.line, wrong->line);
	free(path);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(wrongs) + 1];
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[i] = (struct CMUnitTest){ .name = wrongs[i].name,
			                        .test_func = wrong_rows_are_refused,
			                        .initial_state = (void *)&wrongs[i] };
	tests[COUNT(wrongs)] = (struct CMUnitTest)cmocka_unit_test(a_crossing_is_found_by_the_codes_of_its_variables);
	return _cmocka_run_group_tests("margins", tests, COUNT(tests), NULL, NULL);
}
