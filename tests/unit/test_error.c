#include "testing.h"

#include <fcntl.h>

/* What a function writes to stderr; free with free(). */
static char *captured(void (*write_to_stderr)(const void *), const void *data)
{
	char *folder = test_folder(), *path = mem_print("%s/stderr", folder);
	fflush(stderr);
	int kept = dup(STDERR_FILENO), file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(kept >= 0 && file >= 0);
	dup2(file, STDERR_FILENO);
	write_to_stderr(data);
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
	char bytes[4096] = { 0 };
	assert_true(pread(file, bytes, sizeof bytes - 1, 0) >= 0);
	close(file);
	free(path);
	free(folder);
	return mem_copy_text(bytes);
}

static int status;

static void exit_with(const void *data)
{
	status = stage_exit("ingest", false, data);
}

static void assert_exits(const struct error *err, int expected_status, const char *expected)
{
	char *got = captured(exit_with, err);
	assert_string_equal(got, expected);
	assert_int_equal(status, expected_status);
	free(got);
}

static void error_is_printed_with_its_place_and_help(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_false(error_at(&err, ERROR_INPUT, "exports/a.csv", 12, "the %s ends too early", "file"));
	assert_false(error_column(&err, 5));
	assert_false(error_code(&err, "file-truncated"));
	assert_false(error_record(&err, "record %d, column %s", 11, "age"));
	assert_false(error_help(&err, "fetch it %s", "again"));
	assert_exits(&err, 65, "error[file-truncated]: the file ends too early\n"
	                       " --> exports/a.csv:12:5 (record 11, column age)\n"
	                       "help: fetch it again\n");
}

static void parts_that_are_not_known_are_left_out(void **state)
{
	(void)state;
	struct error err = { 0 };
	error_set(&err, ERROR_USAGE, "no such option");
	assert_exits(&err, 64, "error[usage]: no such option\n");

	err = (struct error){ 0 };
	error_at(&err, ERROR_NO_INPUT, "a.csv", 0, "there is no such file");
	assert_exits(&err, 66, "error[no-input]: there is no such file\n --> a.csv\n");

	err = (struct error){ 0 };
	error_at(&err, ERROR_CONFIG, "a.yaml", 3, "unknown key");
	assert_exits(&err, 78, "error[config]: unknown key\n --> a.yaml:3\n");
}

/* sysexits.h, and 1 */
static void each_kind_has_its_exit_status_and_word(void **state)
{
	(void)state;
	static const struct {
		enum error_kind kind;
		int status;
		const char *printed;
	} kinds[] = {
		{ ERROR_REFUSED, 1, "error[refused]: x\n" }, { ERROR_USAGE, 64, "error[usage]: x\n" }, { ERROR_INPUT, 65, "error[input]: x\n" },
		{ ERROR_NO_INPUT, 66, "error[no-input]: x\n" }, { ERROR_FAULT, 70, "error[fault]: x\n" }, { ERROR_IO, 74, "error[io]: x\n" },
		{ ERROR_CONFIG, 78, "error[config]: x\n" },
	};
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct error err = { 0 };
		error_set(&err, kinds[i].kind, "x");
		assert_exits(&err, kinds[i].status, kinds[i].printed);
	}
}

static void first_error_stays(void **state)
{
	(void)state;
	struct error err = { 0 };
	error_at(&err, ERROR_INPUT, "a.csv", 1, "first");
	error_code(&err, "file-corrupt");
	error_help(&err, "do this");
	error_column(&err, 2);
	error_record(&err, "record 1");
	error_at(&err, ERROR_IO, "b.csv", 7, "second");
	error_code(&err, "other");
	error_help(&err, "do that");
	error_column(&err, 9);
	error_record(&err, "record 9");
	assert_exits(&err, 65, "error[file-corrupt]: first\n --> a.csv:1:2 (record 1)\nhelp: do this\n");
}

static void control_characters_never_reach_the_terminal(void **state)
{
	(void)state;
	struct error err = { 0 };
	error_at(&err, ERROR_INPUT, "a\033[2Jb\nc.csv", 1, "bad\033]0;title\007 name\r\x7f");
	error_help(&err, "see\n--> other");
	assert_exits(&err, 65, "error[input]: bad?]0;title? name??\n --> a?[2Jb?c.csv:1\nhelp: see?--> other\n");
}

static void long_messages_are_cut_and_nothing_else(void **state)
{
	(void)state;
	char longer[3000];
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	struct error err = { 0 };
	error_at(&err, ERROR_INPUT, longer, 1, "%s", longer);
	error_code(&err, longer);
	error_record(&err, "%s", longer);
	error_help(&err, "%s", longer);
	assert_int_equal(strlen(err.message), sizeof err.message - 1);
	assert_int_equal(strlen(err.path), sizeof err.path - 1);
	assert_int_equal(strlen(err.code), sizeof err.code - 1);
	assert_int_equal(strlen(err.record), sizeof err.record - 1);
	assert_int_equal(strlen(err.help), sizeof err.help - 1);
}

static void success_prints_nothing(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_int_equal(stage_exit("ingest", true, &err), 0);
}

static void failure_without_a_word_is_our_fault(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_exits(&err, 70, "error[fault]: ingest failed without saying why\n");
}

static void warn(const void *data)
{
	error_warn("plan-unused", "%s is never\nused", (const char *)data);
}

static void warning_has_its_code(void **state)
{
	(void)state;
	char *got = captured(warn, "it");
	assert_string_equal(got, "warning[plan-unused]: it is never?used\n");
	free(got);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_is_printed_with_its_place_and_help),
		cmocka_unit_test(parts_that_are_not_known_are_left_out),
		cmocka_unit_test(each_kind_has_its_exit_status_and_word),
		cmocka_unit_test(first_error_stays),
		cmocka_unit_test(control_characters_never_reach_the_terminal),
		cmocka_unit_test(long_messages_are_cut_and_nothing_else),
		cmocka_unit_test(success_prints_nothing),
		cmocka_unit_test(failure_without_a_word_is_our_fault),
		cmocka_unit_test(warning_has_its_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
