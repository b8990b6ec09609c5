/* A row of one of the dictionary's tables being read: what its words are, and where its errors stand. */
#ifndef CANVASS_READING_H
#define CANVASS_READING_H

#include "csv_table.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* All borrowed. */
struct reading {
	const struct csv_table *table;
	size_t row;
	struct error *err;
};

/* An ERROR_CONFIG at the row's line; false. */
bool reading_fault(const struct reading *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Which of a closed list `word` is; otherwise an ERROR_CONFIG that names them, and the nearest. "" in `words` is one
 * that is taken and not named. */
bool reading_word(int *index, const struct reading *in, const char *column, const char *word, const char *const *words,
                  size_t count);

/* NULL for "". */
const char *reading_or_null(const char *cell);

/* In place: without blanks and tabs around. */
char *reading_trim(char *text);

/* Whether it can be the name of a variable or a rule: small letters, digits and _, no digit first. */
bool reading_is_name(const char *name);

#endif
