/* How an export writes an answer: codes.csv's spellings, the export's way of writing dates, numbers without ado. */
#ifndef CANVASS_SYNTHESISE_SPELLING_H
#define CANVASS_SYNTHESISE_SPELLING_H

#include "dictionary.h"
#include "error.h"
#include "person.h"

#include <stdbool.h>
#include <stddef.h>

struct spellings;

/* Reads the spellings of codes.csv in the dictionary's folder. Borrows the dictionary. */
bool spellings_load(struct spellings **spellings, const struct dictionary *dictionary, struct error *err);
void spellings_free(struct spellings *spellings);

/* How export number `export` (from 0) writes a code: exports of one study differ, so the first takes the first of its
 * spellings, the second the next, and so on round. A code without any (a place) is written as its label or itself in
 * turn. */
const char *spell_code(const struct spellings *spellings, const struct code_list *list, const struct code *code,
                       size_t export);

/* The cell of an answer, several codes with ; between; `dates` is iso (NULL too), dmy or mdy. Free with free(). */
char *spell_value(const struct spellings *spellings, const struct variable *variable, const struct value *value,
                  size_t export, const char *dates);

/* Day, month and year in the export's way, whether or not there is such a day. Free with free(). */
char *spell_day(int year, int month, int day, const char *dates);

#endif
