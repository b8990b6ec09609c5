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

struct sieve;

/* A `where` of the config whose column the export lacks, or has twice, is an ERROR_CONFIG; a rule of the platform whose
 * column it lacks is passed over. All borrowed; the caller frees *sieve with sieve_free(). */
bool sieve_new(struct sieve **sieve, const struct columns *columns, const struct source *source, struct error *err);
void sieve_free(struct sieve *sieve); /* accepts NULL */

/* A finding for each column of the platform that tells who is to be set aside, and that the export lacks: previews or
 * unfinished responses may be among its rows. */
bool sieve_find_lacking(const struct sieve *sieve, const struct found *found, struct error *err);

/* Both take a record that has as many cells as the header. */

/* Whether it is of another dataset, by `where`. */
bool sieve_is_elsewhere(const struct sieve *sieve, const struct csv_record *record);

/* A finding for each reason for which the platform's profile sets it aside. */
bool sieve_find(const struct sieve *sieve, const struct csv_record *record, long long row, const struct found *found,
                struct error *err);

#endif
