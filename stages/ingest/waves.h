/* What changed from wave to wave in the exports of one profile of headers. */
#ifndef CANVASS_INGEST_WAVES_H
#define CANVASS_INGEST_WAVES_H

#include "error.h"
#include "finding.h"
#include "source.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* After all exports are read: a finding for each variable that the wave before had a column for, and this one has not;
 * each header that no earlier wave had and nobody knows; each variable whose question reads in another way than when it
 * was last asked. Waves come in the order in which the config first names them; exports without one are passed over. */
bool waves_find(struct store *store, struct finding_store *findings, const struct source *sources, size_t count,
                struct error *err);

#endif
