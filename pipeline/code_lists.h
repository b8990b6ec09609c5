/* codes.csv: lists of codes, each with all that exports write for it; and the list `places`, of the study's areas. */
#ifndef CANVASS_CODE_LISTS_H
#define CANVASS_CODE_LISTS_H

#include "csv_table.h"
#include "dictionary.h"
#include "error.h"
#include "places.h"
#include "reading.h"

#include <stdbool.h>
#include <stddef.h>

struct code_lists;

/* The columns of codes.csv. */
enum { CODE_LISTS_NOTE = 8, CODE_LISTS_COLUMNS };
extern const char *const code_lists_columns[CODE_LISTS_COLUMNS];

/* `table` is codes.csv by those columns, borrowed; the rest as for dictionary_load. The caller frees *lists with
 * code_lists_free(). */
bool code_lists_load(struct code_lists **lists, const struct csv_table *table, const char *places_path,
                     char *const *areas, size_t area_count, struct error *err);
void code_lists_free(struct code_lists *lists); /* accepts NULL */

/* All of them: in the order of codes.csv, then `places`. */
const struct code_list *code_lists_all(const struct code_lists *lists, size_t *count);

/* NULL where there is none of that name. */
const struct code_list *code_lists_find(const struct code_lists *lists, const char *name);

/* The missing codes of every variable; NULL: there are none. */
const struct code_list *code_lists_any(const struct code_lists *lists);

/* The code that an exported text stands for in `list` (NULL: none), and not in the list any; NULL: none. */
const struct code *code_lists_spelt(const struct code_lists *lists, const struct code_list *list, const char *text);

/* The next text that stands for a code of `list`, from *at on, which begins as NULL; NULL behind the last. */
struct spelling;
const char *code_lists_spelling(const struct code_lists *lists, const struct code_list *list,
                                const struct spelling **at, const struct code **code);

/* Bytes of the longest text or label of a list. */
size_t code_lists_longest(const struct code_lists *lists, const struct code_list *list);

/* places.csv, borrowed. */
const struct places *code_lists_places(const struct code_lists *lists);

/* By the first column of codes.csv; NULL: none. */
const struct code *code_list_find(const struct code_list *list, const char *code);

/* The code that stands, or whose label stands, nearest to a text; NULL: none is near. */
const char *code_list_near(const struct code_list *list, const char *text);

/* The word of a missing reason in a row; "" is MISSING_NONE. */
bool code_lists_read_reason(enum missing_reason *reason, const struct reading *in, const char *word);

#endif
