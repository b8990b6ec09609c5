/* What a column is, as far as its cells tell: a guess, for somebody to look at. */
#ifndef DESCRIBE_GUESS_H
#define DESCRIBE_GUESS_H

#include "cells.h"
#include "dictionary.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

/* How dates and numbers are written in the exports: the config says it of a file, so one answer for all columns. */
struct guess_form {
	const char *dates;    /* iso, dmy, mdy */
	bool dates_seen;      /* some column has dates that are not YYYY-MM-DD */
	bool dates_ambiguous; /* no day above 12 tells dmy from mdy */
	bool dates_differ;    /* some columns are one, some the other */
	bool decimal_comma;
};

/* `dates`: the platform's; NULL: iso. */
struct guess_form guess_form(const struct cells *const *columns, size_t count, const char *dates);

struct guess_missing {
	const char *text; /* as it stands in cells; borrowed */
	enum missing_reason reason;
	bool number;
};

struct guess {
	enum variable_type type;
	enum identifier identifier; /* what tells who somebody is; NONE: nothing that was seen */
	bool free_text;

	/* Of code and codes: the answers that its list gets, numbers first and going up, then by the alphabet. Borrowed
	 * from the cells. */
	const struct cells_text **texts;
	size_t text_count;
	char separator; /* of codes */

	struct guess_missing *missing; /* tokens apart */
	size_t missing_count;
	char min[24], max[24]; /* that leave out missing numbers; "": none */

	struct text remarks; /* for the steward: ; before each. Never a value, nor a least or largest one */
};

/* `headers`: what the column is called, and asks; NULL ends them. Free with guess_free(). */
void guess_column(struct guess *guess, const struct cells *cells, const struct guess_form *form,
                  const char *const *headers);
void guess_free(struct guess *guess);

/* Whether every cell is filled with a text of its own, under a header that looks like an id's. */
bool guess_is_key(const struct cells *cells, size_t rows, const char *header);

/* By the first number in each, then by the alphabet: 6-25 before 26-100. */
int guess_compare(const char *a, const char *b);

#endif
