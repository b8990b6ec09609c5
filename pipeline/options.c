#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

enum { WIDTH = 79, HELP_COLUMN = 26 };

/* Print words, wrapped, from `column` on; the cursor stands there already. */
static void print_wrapped(const char *words, int column)
{
	int at = column;
	while (*words) {
		int length = (int)strcspn(words, " ");
		if (at > column && at + 1 + length > WIDTH) {
			printf("\n%*s", column, "");
			at = column;
		} else if (at > column) {
			putchar(' ');
			at++;
		}
		printf("%.*s", length, words);
		at += length;
		words += length;
		words += strspn(words, " ");
	}
	putchar('\n');
}

static void print_option(char letter, const char *name, const char *argument, const char *help)
{
	char left[80];
	snprintf(left, sizeof left, "  %c%c%s --%s%s%s", letter ? '-' : ' ', letter ? letter : ' ', letter ? "," : " ",
	         name, argument ? " " : "", argument ? argument : "");
	printf("%-*s", HELP_COLUMN, left);
	if (strlen(left) >= HELP_COLUMN)
		printf("\n%*s", HELP_COLUMN, "");
	print_wrapped(help, HELP_COLUMN);
}

static void print_help(const struct usage *usage)
{
	printf("Usage: %s [OPTION]...%s%s\n", usage->stage, *usage->operands ? " " : "", usage->operands);
	print_wrapped(usage->summary, 0);
	printf("\nExample:\n%s\nOptions:\n", usage->examples);
	for (size_t i = 0; i < usage->count; i++)
		print_option(usage->rows[i].letter, usage->rows[i].name, usage->rows[i].argument, usage->rows[i].help);
	print_option('h', "help", NULL, "print this and exit");
	print_option('V', "version", NULL, "print the version and exit");
	putchar('\n');
	print_wrapped(
		"Exit status: 0 done, 1 a gate or audit says no, 64 wrong command line, 65 unusable input, 66 no such input, "
		"70 a fault of the program, 74 reading or writing failed, 78 the study config or data dictionary is wrong.",
		0);
}

static enum options_result wrong(struct error *err, const struct usage *usage)
{
	error_help(err, "`%s --help` lists what it takes", usage->stage);
	return OPTIONS_WRONG;
}

/* Say what getopt_long could not take, with the option that may have been meant. */
static enum options_result unknown_option(const struct usage *usage, const char *given, struct error *err)
{
	const char **names = mem_alloc(usage->count + 2, sizeof *names);
	for (size_t i = 0; i < usage->count; i++)
		names[i] = usage->rows[i].name;
	names[usage->count] = "help";
	names[usage->count + 1] = "version";
	char *bare = mem_copy_text(given + strspn(given, "-"));
	bare[strcspn(bare, "=")] = '\0';
	const char *near = text_nearest(bare, names, usage->count + 2);
	error_set(err, ERROR_USAGE, "cannot take the option %s", given);
	if (near)
		error_help(err, "did you mean --%s? `%s --help` lists what it takes", near, usage->stage);
	free(bare);
	free(names);
	return wrong(err, usage);
}

enum options_result options_parse(const struct usage *usage, int argc, char **argv, char ***operands,
                                  size_t *operand_count, struct error *err)
{
	enum { FIRST = 256 };
	struct option *table = mem_alloc(usage->count + 3, sizeof *table);
	bool *given = mem_alloc(usage->count, sizeof *given);
	struct text letters = { 0 };
	text_add(&letters, ":hV");
	for (size_t i = 0; i < usage->count; i++) {
		const struct option_row *row = &usage->rows[i];
		int has = row->argument ? required_argument : no_argument;
		table[i] = (struct option){ row->name, has, NULL, FIRST + (int)i };
		if (row->letter)
			text_print(&letters, "%c%s", row->letter, row->argument ? ":" : "");
	}
	table[usage->count] = (struct option){ "help", no_argument, NULL, 'h' };
	table[usage->count + 1] = (struct option){ "version", no_argument, NULL, 'V' };

	enum options_result result = OPTIONS_RUN;
	optind = 1;
	opterr = 0;
	int seen;
	while (result == OPTIONS_RUN && (seen = getopt_long(argc, argv, letters.bytes, table, NULL)) != -1) {
		size_t row = seen >= FIRST ? (size_t)(seen - FIRST) : 0;
		while (seen < FIRST && row < usage->count && usage->rows[row].letter != seen)
			row++;
		if (seen == 'h') {
			print_help(usage);
			result = OPTIONS_DONE;
		} else if (seen == 'V') {
			printf("%s (Canvass) %s\n", usage->stage, CANVASS_VERSION);
			result = OPTIONS_DONE;
		} else if (seen == ':') {
			error_set(err, ERROR_USAGE, "the option %s needs a value", argv[optind - 1]);
			result = wrong(err, usage);
		} else if (seen == '?' || row == usage->count) {
			/* optopt is the letter where a short option is wrong, and 0 or a row's value where a long one
			 * is */
			const char letter[] = { '-', (char)optopt, '\0' };
			result = unknown_option(usage, optopt > 0 && optopt < FIRST ? letter : argv[optind - 1], err);
		} else {
			given[row] = true;
			if (usage->rows[row].argument)
				*usage->rows[row].text = optarg;
			else
				*usage->rows[row].flag = true;
		}
	}
	for (size_t i = 0; result == OPTIONS_RUN && i < usage->count; i++) {
		if (usage->rows[i].required && !given[i]) {
			error_set(err, ERROR_USAGE, "the option --%s is needed", usage->rows[i].name);
			result = wrong(err, usage);
		}
	}
	*operands = argv + optind;
	*operand_count = (size_t)(argc - optind);
	if (result == OPTIONS_RUN
	    && (*operand_count < usage->least_operands || *operand_count > usage->most_operands)) {
		error_set(err, ERROR_USAGE, "%s takes %s, and was given %zu", usage->stage,
		          usage->most_operands ? usage->operands : "no files besides its options", *operand_count);
		result = wrong(err, usage);
	}
	text_free(&letters);
	free(given);
	free(table);
	return result;
}
