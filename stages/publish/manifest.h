/* manifest.json: every other file of the release by its bytes, and where the release comes from. */
#ifndef CANVASS_PUBLISH_MANIFEST_H
#define CANVASS_PUBLISH_MANIFEST_H

#include "publication.h"
#include "released.h"
#include "table.h"
#include "text.h"

/* Restricted inputs and the restricted part of the policy stand in it as hashes keyed with the study's key, or not at
 * all where the study has none. `released` is sorted. */
void manifest_write(struct text *file, const struct publication *publication, struct printed_table *const *tables,
                    size_t table_count, const struct released *released);

#endif
