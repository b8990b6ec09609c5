/* The weights that the study's design gives the accepted rows. */
#ifndef CANVASS_DERIVE_WEIGHTING_H
#define CANVASS_DERIVE_WEIGHTING_H

#include <stdbool.h>

#include "dictionary.h"
#include "error.h"
#include "store.h"
#include "study.h"

/* Writes the tables weighted, margin, margin_row and weighting of derived.db, whose scores and derived variables are
 * there already, and says on standard output what the weights came out as. Nothing where the dataset has no design.
 * Refused, naming margin and cell: a margin that margins.csv lacks; margins with unequal sums; a cell that no row is
 * in; rows in a cell that margins.csv lacks, without an answer to a margin or without a weight; and weights that
 * cannot be made to fit or be trimmed so far. `config` is the path of the config that the user wrote, for messages. */
bool weighting_write(const struct study_dataset *dataset, const struct dictionary *dictionary, const char *config,
                     const char *validated, const char *ingested, struct store *derived, struct error *err);

#endif
