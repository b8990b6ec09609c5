/* The derived variables of a dataset, as its config defines them, for every accepted row. */
#ifndef CANVASS_DERIVE_RECODES_H
#define CANVASS_DERIVE_RECODES_H

#include "dictionary.h"
#include "error.h"
#include "scale.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

struct recodes;

/* Once the scores are described in `derived` (scales_describe): compile the derived variables over the dictionary's,
 * the scores and one another, describe them there too, and add their columns to its table of scores. What each is made
 * of is said there of scores as well. `path` is the config's, for messages. All is borrowed; free with recodes_free().
 */
bool recodes_new(struct recodes **recodes, const struct study_dataset *dataset, const struct dictionary *dictionary,
                 const struct scales *scales, const char *path, struct store *derived, struct error *err);
void recodes_free(struct recodes *recodes); /* accepts NULL */

/* Once every row has its scores: add the columns of the derived variables to the table of scores, and fill them. */
bool recodes_write(struct recodes *recodes, const char *validated, const char *ingested, struct error *err);

#endif
