/* margins.csv beside a dictionary's other tables: how many of the population stand in each cell of a margin. A margin
 * is a variable with codes, or several crossed: area*gender, whose cells are then E06000055*female. */
#ifndef CANVASS_MARGINS_H
#define CANVASS_MARGINS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* What a margin may be of, and the codes that are answers to it. Borrowed for as long as the margins live. */
struct margin_variable {
	const char *name;
	const char *const *codes;
	size_t code_count;
};

struct margin_cell {
	const char *code; /* as in margins.csv */
	double population;
	size_t line;
};

struct margin {
	const char *name;                  /* as in margins.csv */
	size_t *variables, variable_count; /* indexes of what it is of */
	struct margin_cell *cells;         /* in the order of the file */
	size_t cell_count;
	size_t line;      /* of its first cell */
	size_t *crossing; /* which cell each crossing of codes is, from 1; 0: none */
};

struct margins {
	const char *path;
	struct margin *margins; /* in the order of the file */
	size_t count;
	struct margins_private *private;
};

/* A margin of unknown variables or codes, a cell named twice, or a population that is no number above 0 is an
 * ERROR_CONFIG with line and the nearest name. The caller frees *margins with margins_free(). */
bool margins_load(struct margins **margins, const char *path, const struct margin_variable *variables, size_t count,
                  struct error *err);
void margins_free(struct margins *margins); /* accepts NULL */

/* NULL where there is none; then the nearest name is in *near, or NULL. */
const struct margin *margins_find(const struct margins *margins, const char *name, const char **near);

/* The cell, from 1, of a row whose answers to the margin's variables are these positions in their codes, from 0; 0:
 * margins.csv has no such cell. */
size_t margin_cell_of(const struct margins *margins, const struct margin *margin, const size_t *codes);

#endif
