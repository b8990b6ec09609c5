#include "testing.h"

#include <fcntl.h>

#include "operand.h"
#include "options.h"

/* What a made-up stage takes, and what a command line makes of it. */
static const char *study, *output;
static bool all;

static const struct option_row rows[] = {
	{ "study", 's', "FILE", "the study's config, or a slice of it that plan cut for one step and that is rather long to read", &study, NULL, true },
	{ "output", 0, "FILE", "where to write", &output, NULL, false },
	{ "all", 'a', NULL, "take all", NULL, &all, false },
};
static const struct usage usage = {
	.stage = "judge", .summary = "Judge what is given.", .operands = "INPUT.db", .examples = "  judge --study a.yaml in.db\n",
	.rows = rows, .count = COUNT(rows), .least_operands = 1, .most_operands = 2,
};

static const struct example {
	const char *name;
	const char *words[10];
	enum options_result result;
	const char *study, *output;
	bool all;
	size_t operands;
	const char *first_operand, *message, *help;
} examples[] = {
	{ "a long option takes the next word", { "--study", "a.yaml", "in.db" }, OPTIONS_RUN, "a.yaml", NULL, false, 1, "in.db", NULL, NULL },
	{ "or what follows =", { "--study=a.yaml", "in.db" }, OPTIONS_RUN, "a.yaml", NULL, false, 1, "in.db", NULL, NULL },
	{ "a short option takes either", { "-sa.yaml", "in.db" }, OPTIONS_RUN, "a.yaml", NULL, false, 1, "in.db", NULL, NULL },
	{ "switches and options stand in any order, files among them", { "in.db", "-a", "--output", "o.db", "two.db", "-s", "a.yaml" }, OPTIONS_RUN,
	  "a.yaml", "o.db", true, 2, "in.db", NULL, NULL },
	{ "after -- all are files", { "-s", "a.yaml", "--", "--output" }, OPTIONS_RUN, "a.yaml", NULL, false, 1, "--output", NULL, NULL },
	{ "an empty value is a value", { "--study=", "in.db" }, OPTIONS_RUN, "", NULL, false, 1, "in.db", NULL, NULL },
	{ "a needed option is asked for", { "in.db" }, OPTIONS_WRONG, NULL, NULL, false, 1, NULL, "the option --study is needed", "judge --help" },
	{ "an unknown option is refused with the nearest", { "-s", "a", "--ouptut=x", "in.db" }, OPTIONS_WRONG, "a", NULL, false, 0, NULL, "--ouptut",
	  "did you mean --output" },
	{ "an option near to none is refused", { "-s", "a", "--colour", "in.db" }, OPTIONS_WRONG, "a", NULL, false, 0, NULL, "--colour", "judge --help" },
	{ "a short option that nobody knows is refused", { "-x", "-s", "a", "in.db" }, OPTIONS_WRONG, NULL, NULL, false, 0, NULL, "-x", "judge --help" },
	{ "also behind one that is known", { "-ax", "-s", "a", "in.db" }, OPTIONS_WRONG, NULL, NULL, false, 0, NULL, "-x", "judge --help" },
	{ "an option without its value is refused", { "in.db", "--study" }, OPTIONS_WRONG, NULL, NULL, false, 0, NULL, "--study needs a value", "judge --help" },
	{ "too few files are refused", { "-s", "a" }, OPTIONS_WRONG, "a", NULL, false, 0, NULL, "takes INPUT.db", "judge --help" },
	{ "too many files are refused", { "-s", "a", "1", "2", "3" }, OPTIONS_WRONG, "a", NULL, false, 3, NULL, "takes INPUT.db", "judge --help" },
};

static enum options_result parse(const char *const *words, char ***operands, size_t *count, struct error *err)
{
	static char *argv[12];
	int argc = 0;
	argv[argc++] = (char *)"judge";
	for (size_t i = 0; i < 10 && words[i]; i++)
		argv[argc++] = (char *)words[i];
	argv[argc] = NULL;
	study = output = NULL;
	all = false;
	return options_parse(&usage, argc, argv, operands, count, err);
}

static void command_line_is_read(void **state)
{
	const struct example *example = *state;
	struct error err = { 0 };
	char **operands;
	size_t count;
	assert_int_equal(parse(example->words, &operands, &count, &err), example->result);
	if (example->study)
		assert_string_equal(study, example->study);
	if (example->output)
		assert_string_equal(output, example->output);
	if (example->result == OPTIONS_RUN) {
		assert_true(!example->output == !output);
		assert_int_equal(all, example->all);
		assert_int_equal(count, example->operands);
		assert_string_equal(operands[0], example->first_operand);
		assert_int_equal(err.kind, ERROR_NONE);
	} else {
		assert_int_equal(err.kind, ERROR_USAGE);
		assert_non_null(strstr(err.message, example->message));
		assert_non_null(strstr(err.help, example->help));
	}
}

/* What `judge WORD` prints on standard output; free with free(). */
static char *printed(const char *word)
{
	char *folder = test_folder(), *path = mem_print("%s/stdout", folder);
	const char *const words[10] = { word };
	struct error err = { 0 };
	char **operands, bytes[8192] = { 0 };
	size_t count;
	fflush(stdout);
	int kept = dup(STDOUT_FILENO), file = open(path, O_RDWR | O_CREAT, 0600);
	dup2(file, STDOUT_FILENO);
	enum options_result result = parse(words, &operands, &count, &err);
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	assert_true(pread(file, bytes, sizeof bytes - 1, 0) >= 0);
	close(file);
	assert_int_equal(result, OPTIONS_DONE);
	free(path);
	free(folder);
	return mem_copy_text(bytes);
}

static void help_names_every_option_within_80_columns(void **state)
{
	(void)state;
	char *help = printed("--help");
	static const char *const parts[] = { "Usage: judge [OPTION]... INPUT.db", "Judge what is given.", "judge --study a.yaml in.db",
		                             "-s, --study FILE", "    --output FILE", "-a, --all", "-h, --help", "-V, --version", "78 the study" };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!strstr(help, parts[i]))
			fail_msg("no `%s` in\n%s", parts[i], help);
	for (const char *line = help; *line; line += strcspn(line, "\n") + (strchr(line, '\n') != NULL))
		assert_true(strcspn(line, "\n") < 80);
	char *again = printed("-h");
	assert_string_equal(help, again);
	free(again);
	free(help);
}

static void version_is_one_line(void **state)
{
	(void)state;
	char *version = printed("--version");
	assert_string_equal(version, "judge (Canvass) " CANVASS_VERSION "\n");
	free(version);
}

static void operand_says_of_which_dataset_it_is(void **state)
{
	(void)state;
	static const struct {
		const char *operand, *dataset, *path;
	} operands[] = {
		{ "survey=a.db", "survey", "a.db" }, { "survey=a=b.db", "survey", "a=b.db" }, { "survey", NULL, NULL },
		{ "=a.db", NULL, NULL },             { "survey=", NULL, NULL },               { "", NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(operands); i++) {
		struct error err = { 0 };
		char *dataset = NULL;
		const char *path = NULL;
		bool split = operand_split(&dataset, &path, operands[i].operand, "deidentified.db", &err);
		assert_int_equal(split, operands[i].dataset != NULL);
		if (split) {
			assert_string_equal(dataset, operands[i].dataset);
			assert_string_equal(path, operands[i].path);
		} else {
			assert_null(dataset);
			assert_int_equal(err.kind, ERROR_USAGE);
			assert_string_equal(err.help, "such as survey=out/demo/restricted/survey/deidentified.db");
		}
		free(dataset);
	}
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(help_names_every_option_within_80_columns),
		cmocka_unit_test(version_is_one_line),
		cmocka_unit_test(operand_says_of_which_dataset_it_is),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = command_line_is_read,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
