/* Files of records that are handed over with a release, in the ledger: which, to whom, by which protection; and all that
 * a public one holds, since whoever has it has it for ever. */
#ifndef CANVASS_RELEASE_RECORDS_H
#define CANVASS_RELEASE_RECORDS_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* DATASET=anonymised.db, as on the command line. */
struct records {
	char *const *operands;
	size_t count;
};

/* Refuse what is not of that form, a dataset given twice, and a public file that the audit did not read. */
bool records_check(const struct records *records, struct store *audited, struct error *err);

/* *same: the release handed over all of these. */
bool records_are_of(bool *same, const struct records *records, struct store *ledger, long long version,
                    long long release, struct error *err);

/* Write them into the ledger under way. */
bool records_append(const struct records *records, struct store *ledger, long long release, struct error *err);

/* *before: an earlier release that handed another file of people of whom this one makes a file public over under
 * safeguarded access; 0: none did. */
bool records_handed_before(long long *before, struct store *ledger, long long release, struct error *err);

#endif
