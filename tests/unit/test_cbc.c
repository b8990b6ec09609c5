/* The solver cbc, as a program of its own: what is asked of it, and what is believed of what it says. Programs of the same
 * name stand in for it; where the real one is installed, it is held against GLPK. */
#include "testing.h"

#include "protect/cbc.h"

#include <dirent.h>
#include <sys/stat.h>

/* min 3x + 2y + 4z, x + y >= 1 and y + z >= 1: y alone, of 2. */
static glp_prob *programme(void)
{
	static const double costs[] = { 3, 2, 4 };
	glp_prob *made = glp_create_prob();
	glp_term_out(GLP_OFF);
	glp_set_obj_dir(made, GLP_MIN);
	glp_add_cols(made, 3);
	glp_add_rows(made, 2);
	for (int i = 1; i <= 3; i++) {
		glp_set_col_kind(made, i, GLP_BV);
		glp_set_obj_coef(made, i, costs[i - 1]);
	}
	for (int row = 1; row <= 2; row++) {
		glp_set_row_bnds(made, row, GLP_LO, 1, 0);
		glp_set_mat_row(made, row, 2, (int[]){ 0, row, row + 1 }, (double[]){ 0, 1, 1 });
	}
	return made;
}

static const struct example {
	const char *name;
	const char *script; /* of the program that stands in; NULL: there is none. $1 is the programme, the last the solution */
	bool ok, found;
	const char *code;
} examples[] = {
	{ "what it finds is taken", "printf 'Optimal - objective value 2.0\\n      1 C0000002   1   2\\n' >\"$last\"", true, true, NULL },
	{ "it may say that there is none", "echo 'Infeasible - objective value 0' >\"$last\"", true, false, NULL },
	{ "a row that is not met is no solution", "printf 'Optimal - objective value 3.0\\n 0 C0000001 1 3\\n' >\"$last\"", false, false,
	  "solver-failed" },
	{ "a half is no whole number", "printf 'Optimal - objective value 3.0\\n 0 C0000001 0.5 3\\n 1 C0000002 1 2\\n' >\"$last\"", false, false,
	  "solver-failed" },
	{ "a column that is none", "printf 'Optimal - objective value 2.0\\n 3 C0000004 1 2\\n' >\"$last\"", false, false, "solver-failed" },
	{ "an end before it is done", "printf 'Stopped on time - objective value 2.0\\n' >\"$last\"", false, false, "solver-failed" },
	{ "no solution at all", ":", false, false, "solver-failed" },
	{ "an end with an error", "exit 3", false, false, "solver-failed" },
	{ "a programme that does not get there", "grep -q 'C0000003' \"$1\" && ! grep -q 'C0000004' \"$1\" || exit 1; exit 0", false, false,
	  "solver-failed" },
	{ "no program", NULL, false, false, "solver-missing" },
};

static size_t count_files(const char *folder)
{
	size_t count = 0;
	DIR *opened = opendir(folder);
	assert_non_null(opened);
	for (struct dirent *entry = readdir(opened); entry; entry = readdir(opened))
		count += entry->d_name[0] != '.';
	closedir(opened);
	return count;
}

static void the_solver_is_asked(void **state)
{
	const struct example *example = *state;
	char *bin = test_folder(), *work = test_folder(), *output = mem_print("%s/protected.db", work);
	if (example->script) {
		char *script = mem_print("#!/bin/sh\nfor last; do :; done\n%s\n", example->script);
		char *path = test_file(bin, "cbc", script);
		chmod(path, 0700);
		free(script);
		free(path);
	}
	char *before = mem_copy_text(getenv("PATH")), *path = mem_print("%s:/bin:/usr/bin", bin);
	setenv("PATH", example->script ? path : bin, 1);
	struct error err = { 0 };
	double value[4] = { 0 };
	bool found = false;
	glp_prob *made = programme();
	assert_int_equal(cbc_solve(value, &found, made, output, &err), example->ok);
	setenv("PATH", before, 1);
	assert_int_equal(found && example->ok, example->found);
	if (example->found) {
		assert_close(value[1], 0, 0);
		assert_close(value[2], 1, 0);
		assert_close(value[3], 0, 0);
	}
	if (example->code) {
		assert_string_equal(err.code, example->code);
		assert_true(strlen(err.help) > 0);
		assert_null(strstr(err.message, work));
	}
	assert_int_equal(err.kind, example->ok ? ERROR_NONE : example->script ? ERROR_IO : ERROR_CONFIG);
	assert_int_equal(count_files(work), 0); /* nothing is left behind */
	glp_delete_prob(made);
	free(before);
	free(path);
	free(output);
	free(bin);
	free(work);
}

static void the_real_one_finds_what_glpk_finds(void **state)
{
	(void)state;
	char *work = test_folder(), *output = mem_print("%s/protected.db", work);
	struct error err = { 0 };
	double value[4] = { 0 };
	bool found = false;
	glp_prob *made = programme();
	bool ok = cbc_solve(value, &found, made, output, &err);
	glp_delete_prob(made);
	free(output);
	free(work);
	if (!ok && strcmp(err.code, "solver-missing") == 0) {
		print_message("SKIPPED: the program cbc is not installed (make deps-dev installs it)\n");
		skip();
	}
	assert_ok(ok, &err);
	assert_true(found);
	assert_close(value[1], 0, 1e-9);
	assert_close(value[2], 1, 1e-9);
	assert_close(value[3], 0, 1e-9);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 1] = { cmocka_unit_test(the_real_one_finds_what_glpk_finds) };
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i + 1] = (struct CMUnitTest){ .name = examples[i].name,
			                            .test_func = the_solver_is_asked,
			                            .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests_name("cbc", tests, NULL, NULL);
}
