/* variables.csv. */
#ifndef CANVASS_VARIABLES_H
#define CANVASS_VARIABLES_H

#include "code_lists.h"
#include "csv_table.h"
#include "dictionary.h"
#include "error.h"
#include "name_index.h"

#include <stdbool.h>
#include <stddef.h>

/* In the order of the file. Zero it to begin with. */
struct variables {
	struct variable *items;
	size_t count;
	struct name_index *names;
};

/* The columns of variables.csv. */
enum { VARIABLES_NOTE = 23, VARIABLES_COLUMNS };
extern const char *const variables_columns[VARIABLES_COLUMNS];

/* `table` is variables.csv by those columns; it and the lists are borrowed for good. Release with variables_release(),
 * also where this fails. */
bool variables_load(struct variables *variables, const struct csv_table *table, const struct code_lists *lists,
                    struct error *err);
void variables_release(struct variables *variables);

/* NULL where there is none. */
const struct variable *variables_find(const struct variables *variables, const char *name);
const struct variable *variables_role(const struct variables *variables, enum variable_role role);
const char *variables_nearest(const struct variables *variables, const char *name);

/* Whether a text is a number that the variable's type and range allow. */
bool variable_may_be(const struct variable *variable, const char *text);

#endif
