/* Whose each row of a stage file is: somebody has several where a study asks in waves, or where a form repeats. They
 * say the same of him, and protect nobody, so that whoever counts people counts him once. */
#ifndef CANVASS_PEOPLE_H
#define CANVASS_PEOPLE_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* By the table `again`, of the rows numbered from 1 to `rows`; `number` is its first column: respondent of
 * deidentified.db, record of anonymised.db. (*people)[row - 1] is a number from 0 to *count - 1, in the order in which
 * people come. Free *people with free(). */
bool people_load(size_t **people, size_t *count, struct store *store, const char *number, size_t rows,
                 struct error *err);

/* The least weight of a person's rows in each of them: as many as he or she stands for at least. */
void people_weigh(double *weights, const size_t *people, size_t rows);

#endif
