/* Which records of an export are rows of the dataset, and which of those are set aside, by what the config and the
 * platform's profile say. */
#ifndef CANVASS_INGEST_SIEVE_H
#define CANVASS_INGEST_SIEVE_H

#include "columns.h"
#include "csv.h"
#include "error.h"
#include "found.h"
#include "source.h"

#include <stdbool.h>
#include <stddef.h>

struct sieve;

/* A `where` of the config whose column the export lacks, or has twice, is an ERROR_CONFIG; a rule of the platform whose
 * column it lacks is passed over. `key` is the cell of the study's key, from 1; 0: there is none. All borrowed; the
 * caller frees *sieve with sieve_free(). */
bool sieve_new(struct sieve **sieve, const struct columns *columns, const struct source *source, size_t key,
               struct error *err);
void sieve_free(struct sieve *sieve); /* accepts NULL */

/* A finding for each column of the platform that tells who is to be set aside, and that the export lacks: previews or
 * unfinished responses may be among its rows. */
bool sieve_find_lacking(const struct sieve *sieve, const struct found *found, struct error *err);

/* Each of these takes a record that has as many cells as the header. */

/* Whether it is a row of the header again, as in the middle of files that were copied one below the other. Ask of every
 * record in turn. */
bool sieve_is_header(struct sieve *sieve, const struct csv_record *record);

/* Whether it is a row of the header with other columns or in another order: what is below it stands under wrong names.
 */
bool sieve_is_other_header(const struct sieve *sieve, const struct csv_record *record);

/* Whether it is of another dataset, by `where`. */
bool sieve_is_elsewhere(const struct sieve *sieve, const struct csv_record *record);

/* A finding for each reason for which the platform's profile sets it aside. */
bool sieve_find(const struct sieve *sieve, const struct csv_record *record, long long row, const struct found *found,
                struct error *err);

#endif
