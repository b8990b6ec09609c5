/* The public files of records that an attacker holds: those of this release, and those that the ledger keeps. */
#ifndef CANVASS_AUDIT_RECORD_FILES_H
#define CANVASS_AUDIT_RECORD_FILES_H

#include "attacker.h"
#include "error.h"
#include "ledger.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct record_files;

/* DATASET=anonymised.db, one for each file of this release. One that is not for everybody is refused, as no attacker of
 * tables holds it. The caller frees *files with record_files_free(), also where this fails. */
bool record_files_open(struct record_files **files, char *const *operands, size_t count, struct error *err);
void record_files_free(struct record_files *files); /* accepts NULL */

/* How many there are (none of NULL), with those of earlier releases; and of this release: the dataset, the path.
 * Borrowed. */
size_t record_files_count(const struct record_files *files);
size_t record_files_now(const struct record_files *files);
const char *record_files_dataset(const struct record_files *files, size_t index);
const char *record_files_path(const struct record_files *files, size_t index);

/* Those that the ledger keeps, once it knows of whom each dataset is. Refuses a second file of the same people that is not
 * the first: whoever has both can put them together, which no attack here does. */
bool record_files_recall(struct record_files *files, struct ledger *ledger, struct error *err);

/* The ledger calls the people of its releases by other names now. */
bool record_files_rename(struct record_files *files, struct ledger *ledger, struct error *err);

/* After the universe and the ledger. */
bool record_files_teach(struct record_files *files, struct attacker *attacker, struct error *err);

#endif
