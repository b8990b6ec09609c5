/* What the derived variables of a dataset are made of. */
#ifndef CANVASS_COMPARE_MADE_OF_H
#define CANVASS_COMPARE_MADE_OF_H

#include "dataset.h"
#include "error.h"

#include <stdbool.h>

struct made_of;

/* The caller frees *made_of with made_of_free(). */
bool made_of_load(struct made_of **made_of, const struct dataset *dataset, struct error *err);
void made_of_free(struct made_of *made_of); /* accepts NULL */

/* Whether the study made the variable of others by an expression of its config. */
bool made_of_study(const struct made_of *made_of, const char *variable);

/* Whether two variables are made of some answers in common; one that is not derived is made of its own. */
bool made_of_share(const struct made_of *made_of, const char *one, const char *other);

#endif
