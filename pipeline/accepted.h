/* The accepted rows of a dataset, each answer as it stands after validation: ingested.db's cell, read through the
 * dictionary, or what validated.db amended it to. */
#ifndef CANVASS_ACCEPTED_H
#define CANVASS_ACCEPTED_H

#include "answer.h"
#include "dictionary.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct accepted;

/* `wanted` says which variables of the dictionary are read (one flag each). Rows come in the order of ingested.db. */
bool accepted_open(struct accepted **accepted, const char *validated, const char *ingested,
                   const struct dictionary *dictionary, const bool *wanted, struct error *err);

/* *more false at the end. */
bool accepted_next(struct accepted *accepted, bool *more, struct error *err);

long long accepted_row(const struct accepted *accepted); /* as in ingested.db */

/* The answer to a wanted variable, by its index in the dictionary; borrowed until the next accepted_next. */
const struct answer *accepted_answer(const struct accepted *accepted, size_t variable);

void accepted_close(struct accepted *accepted); /* accepts NULL */

#endif
