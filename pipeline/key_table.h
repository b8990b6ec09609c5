/* What others may know of the people in a file of records that is to leave: its keys, and the answers that are not to
 * be told, as plain arrays of codes. Read from the analysis table, or in the same way from the file that anonymise made
 * of it. */
#ifndef CANVASS_KEY_TABLE_H
#define CANVASS_KEY_TABLE_H

#include "equivalence.h"
#include "error.h"
#include "mem.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* Which stage wrote the file. */
enum key_source { KEY_DEIDENTIFIED, KEY_ANONYMISED };

struct key_code {
	const char *code, *label; /* of a number: as it is written */
	double value;             /* of a number; else NaN */
};

struct key_variable {
	const char *name, *label;
	const char *unit;       /* "": none */
	const char *level;      /* as in variables.csv */
	bool area;              /* its codes are the areas */
	bool number;            /* it has no code list: its codes are the values that occur, ascending */
	struct key_code *codes; /* code c is codes[c - 1] */
	size_t code_count;
	int *answers; /* by record: a code from 1, or 0: missing */
};

struct key_table {
	struct key_variable *keys, *sensitive; /* in the order of the config */
	size_t key_count, sensitive_count;
	size_t strata;              /* the key that divides the file; key_count: none does */
	struct key_records records; /* record x key; codes as in the variables; in the key that divides the file a
	                             * missing value is one of its own */
	int *codes;                 /* the records' own */
	double *weights;            /* the records' own; NULL: each stands for itself */
	size_t *people;             /* by record: whose it is, from 0; also where everybody has one */
	size_t person_count;
	long long *numbers; /* by record: the respondent of deidentified.db, the record of anonymised.db */
	double fraction;    /* of the people whom the records stand for, those in the file */
	struct mem_arena *strings;
};

/* The variables that `entry` names, of all records of the file. What a record stands for is 1/fraction where the config
 * gives that, else its weight, and itself where it has none above 0; of somebody's several records the least. A name
 * that is no variable of the analysis table is an ERROR_CONFIG at its place in `config`, which may be a slice. The
 * caller frees *table with key_table_free(). */
bool key_table_load(struct key_table **table, const struct study_microdata *entry, struct store *store,
                    enum key_source source, const char *config, struct error *err);
void key_table_free(struct key_table *table); /* accepts NULL */

/* Whether codes that stand beside each other can be merged: of a number, and of an ordinal variable. */
bool key_variable_is_ordered(const struct key_variable *variable);

#endif
