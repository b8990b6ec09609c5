/* The command line of a stage, as a table: parsed by getopt_long, and printed by --help. */
#ifndef CANVASS_OPTIONS_H
#define CANVASS_OPTIONS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

#ifndef CANVASS_VERSION
#define CANVASS_VERSION "0.1.0"
#endif

struct option_row {
	const char *name;     /* long name; its first letter is the short one only where .letter says so */
	char letter;          /* 0: none */
	const char *argument; /* FILE, NAME; NULL for a switch */
	const char *help;     /* fits what is left of 80 columns, wrapped by options_parse */
	const char **text;    /* where an argument goes: borrowed from argv */
	bool *flag;           /* where a switch goes */
	bool required;
};

struct usage {
	const char *stage;    /* its name */
	const char *summary;  /* one sentence: its one job */
	const char *operands; /* such as "INPUT.db"; "" for none */
	const char *examples; /* whole lines, shown first */
	const struct option_row *rows;
	size_t count;
	size_t least_operands, most_operands;
};

enum options_result {
	OPTIONS_RUN,   /* go on */
	OPTIONS_DONE,  /* --help or --version was printed: exit 0 */
	OPTIONS_WRONG, /* err says what */
};

/* Fill what the rows point at. *operands is argv's own tail, *operand_count its length. */
enum options_result options_parse(const struct usage *usage, int argc, char **argv, char ***operands,
                                  size_t *operand_count, struct error *err);

#endif
