/* Headers among the answers, as in files that were copied one below the other. */
#ifndef CANVASS_INGEST_STRAY_HEADER_H
#define CANVASS_INGEST_STRAY_HEADER_H

#include "columns.h"
#include "csv.h"
#include "platform.h"

#include <stdbool.h>
#include <stddef.h>

struct stray_header;

/* `key` is the cell of the study's key, from 1; 0: there is none. All borrowed; the caller frees what is returned with
 * stray_header_free(). */
struct stray_header *stray_header_new(const struct columns *columns, const struct platform *platform, size_t key);
void stray_header_free(struct stray_header *stray); /* accepts NULL */

/* Both take a record that has as many cells as the header. */

/* Whether it is a row of the header again. Ask of every record in turn: after one row the next is looked for. */
bool stray_header_is_again(struct stray_header *stray, const struct csv_record *record);

/* Whether it is a row of the header with other columns or in another order: what is below it stands under wrong names.
 */
bool stray_header_is_other(const struct stray_header *stray, const struct csv_record *record);

#endif
