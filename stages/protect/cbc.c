#include "cbc.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "aside.h"
#include "mem.h"

extern char **environ;

static bool not_there(struct error *err)
{
	error_set(err, ERROR_CONFIG, "the solver cbc, which disclosure.solver asks for, is not on this machine");
	error_code(err, "solver-missing");
	return error_help(err,
	                  "install the package coinor-cbc, or leave out the key: GLPK needs no program of its own");
}

static bool went_wrong(struct error *err, const char *what)
{
	error_set(err, ERROR_IO, "the solver cbc %s", what);
	error_code(err, "solver-failed");
	return error_help(err,
	                  "see what `cbc` says when it is run by hand, or leave out disclosure.solver to use GLPK");
}

/* Runs it on the programme, silently; no shell. */
static bool run(const char *programme, const char *solution, struct error *err)
{
	const char *const arguments[] = { "cbc",        programme, "-ratioGap", "0",         "-allowableGap", "0",
		                          "-increment", "1e-9",    "-solve",    "-solution", solution,        NULL };
	posix_spawn_file_actions_t silent;
	pid_t pid = 0;
	int status = 0;
	posix_spawn_file_actions_init(&silent);
	posix_spawn_file_actions_addopen(&silent, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawnp(&pid, arguments[0], &silent, NULL, (char *const *)arguments, environ);
	posix_spawn_file_actions_destroy(&silent);
	if (failed == ENOENT || failed == EACCES)
		return not_there(err);
	if (failed)
		return went_wrong(err, "could not be started");
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return went_wrong(err, "could not be waited for");
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || went_wrong(err, "did not end as it should");
}

/* Lines of number, name (C and the column, as GLPK writes it) and value, of columns that are not 0; ** before one that
 * breaks a bound. */
static bool read_columns(double *value, FILE *file, int count, struct error *err)
{
	char line[400];
	for (int column = 1; column <= count; column++)
		value[column] = 0;
	while (fgets(line, sizeof line, file)) {
		int column = 0;
		double read = 0;
		if (sscanf(line, "%*d C%d %lf", &column, &read) != 2 || column < 1 || column > count)
			return went_wrong(err, "wrote a solution that cannot be read");
		value[column] = read;
	}
	return ferror(file) ? went_wrong(err, "wrote a solution that cannot be read") : true;
}

/* Whether whole numbers within their bounds meet every row. */
static bool check(const double *value, glp_prob *programme, struct error *err)
{
	int *index = mem_alloc((size_t)glp_get_num_cols(programme) + 1, sizeof *index);
	double *factor = mem_alloc((size_t)glp_get_num_cols(programme) + 1, sizeof *factor);
	bool ok = true;
	for (int column = 1; column <= glp_get_num_cols(programme); column++)
		ok = ok && fabs(value[column] - round(value[column])) < 1e-6
		     && value[column] > glp_get_col_lb(programme, column) - 1e-6
		     && value[column] < glp_get_col_ub(programme, column) + 1e-6;
	for (int row = 1; ok && row <= glp_get_num_rows(programme); row++) {
		double sum = 0;
		int length = glp_get_mat_row(programme, row, index, factor);
		for (int i = 1; i <= length; i++)
			sum += factor[i] * round(value[index[i]]);
		ok = sum > glp_get_row_lb(programme, row) - 1e-6;
	}
	free(index);
	free(factor);
	return ok || went_wrong(err, "found what is no solution");
}

static bool read_solution(double *value, bool *found, glp_prob *programme, const char *path, struct error *err)
{
	char line[400] = "";
	FILE *file = fopen(path, "r");
	if (!file || !fgets(line, sizeof line, file)) {
		if (file)
			fclose(file);
		return went_wrong(err, "wrote no solution");
	}
	bool ok = true;
	*found = strncmp(line, "Optimal", 7) == 0;
	if (*found)
		ok = read_columns(value, file, glp_get_num_cols(programme), err) && check(value, programme, err);
	else if (!strstr(line, "nfeasible"))
		ok = went_wrong(err, "stopped before it was done");
	fclose(file);
	return ok;
}

bool cbc_solve(double *value, bool *found, glp_prob *programme, const char *output, struct error *err)
{
	char *folder = mem_print("%s.cbc-XXXXXX", output);
	if (!mkdtemp(folder)) {
		error_at(err, ERROR_IO, folder, 0, "cannot make a folder for the solver: %s", strerror(errno));
		free(folder);
		return false;
	}
	char *written = mem_print("%s/master.mps", folder), *solution = mem_print("%s/master.sol", folder);
	bool ok = glp_write_mps(programme, GLP_MPS_DECK, NULL, written) == 0
	          || error_at(err, ERROR_IO, written, 0, "cannot write the programme for the solver");
	ok = ok && run(written, solution, err) && read_solution(value, found, programme, solution, err);
	aside_remove(folder);
	free(written);
	free(solution);
	free(folder);
	return ok;
}
