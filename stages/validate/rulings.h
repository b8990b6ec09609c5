/* The steward's decisions, applied to findings: which stands for a finding, and which did something at all. */
#ifndef VALIDATE_RULINGS_H
#define VALIDATE_RULINGS_H

#include "decision.h"
#include "error.h"
#include "finding.h"
#include "store.h"

#include <stdbool.h>

struct rulings;

/* All borrowed. `path` is of decisions.csv, for messages; `date` the study's. */
struct rulings *rulings_new(const struct decisions *decisions, const char *path, const char *dataset, const char *date);
void rulings_free(struct rulings *rulings); /* accepts NULL */

/* The decision about a finding, which counts as used from then on; NULL: none. */
const struct decision *rulings_find(struct rulings *rulings, const char *source_name, const struct finding *finding);

/* The same, of a finding that has its identity already. */
const struct decision *rulings_find_identity(struct rulings *rulings, const char *identity, const char *code,
                                             const char *subject);

/* A correction that cannot be: ERROR_CONFIG at its line of decisions.csv. */
bool rulings_refuse(const struct rulings *rulings, const struct decision *decision, const char *why, const char *help,
                    struct error *err);

/* Write the table `decision`. */
bool rulings_store(const struct rulings *rulings, struct store *store, struct error *err);

#endif
