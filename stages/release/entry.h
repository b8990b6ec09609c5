/* One entry of the release ledger: what a release shows, hid, and everybody knows, added to all that stood there
 * before. */
#ifndef CANVASS_RELEASE_ENTRY_H
#define CANVASS_RELEASE_ENTRY_H

#include "error.h"
#include "records.h"
#include "study.h"

#include <stdbool.h>

struct entry {
	const struct study *study;
	const char *ledger, *by, *why;
	const char *withheld, *audited, *manifest; /* paths */
	struct records records;                    /* files that are handed over with it */
};

/* Hold the ledger's folder, made with mode 0700 where it is missing: two releases never write at once. *lock is closed
 * with entry_unlock. */
bool entry_lock(int *lock, const char *ledger, struct error *err);
void entry_unlock(int lock); /* accepts -1 */

/* Begin a ledger without an entry; where there is one already, refuse. */
bool entry_begin(const struct entry *entry, struct error *err);

/* *release: the newest entry where it is of this very manifest and these files of records, else 0. */
bool entry_find(long long *release, const struct entry *entry, struct error *err);

/* Refuse what the audit has not passed: this withheld.db and these public files of records, with the ledger as it is now;
 * and a manifest that was published from another withheld.db. */
bool entry_check(const struct entry *entry, struct error *err);

/* Write the ledger anew with one more entry: *release is its number; *before: see records_handed_before. */
bool entry_append(long long *release, long long *before, const struct entry *entry, struct error *err);

#endif
