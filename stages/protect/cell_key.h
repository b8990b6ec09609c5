/* Perturbation of counts by cell keys, after a published table (Fraser and Wooton 2005; the layout and the reuse of rows
 * are those of the ONS's cell-key-perturbation).
 *
 * The table has for each count (pcv) and each cell key (ckey) what is added to the count (pvalue). Counts above the table
 * use its last rows again and again: the last 250 of a table of 500 rows or more, else the last one. The table is public,
 * the keys are not. */
#ifndef CANVASS_PROTECT_CELL_KEY_H
#define CANVASS_PROTECT_CELL_KEY_H

#include "error.h"

#include <stdbool.h>

struct cell_key_table;

/* A CSV with the columns pcv, ckey and pvalue, every key from 0 to 255 for every count from 1 (or 0) on. A zero stays
 * zero, and nothing falls below it. What is wrong is an ERROR_CONFIG with its line. Free with cell_key_table_free(). */
bool cell_key_table_load(struct cell_key_table **table, const char *path, struct error *err);
void cell_key_table_free(struct cell_key_table *table); /* accepts NULL */

/* What a count is printed as. */
long long cell_key_perturb(const struct cell_key_table *table, long long n, int key);

/* The least and the most count that is shown, 0 among them where zeros are, and that some key would have printed so: what
 * everybody may know. False where there is none. */
bool cell_key_known(const struct cell_key_table *table, int threshold, bool zeros_shown, long long printed,
                    long long *least, long long *most);

#endif
