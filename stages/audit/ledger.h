/* The ledger of earlier releases, as the audit reads it: what they showed teaches the attacker, what they hid is judged
 * again. */
#ifndef CANVASS_AUDIT_LEDGER_H
#define CANVASS_AUDIT_LEDGER_H

#include "attacker.h"
#include "judge.h"

#include "universe.h"
#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct ledger;

/* NULL path, or no such file: no earlier releases. The caller closes *ledger with ledger_close(). */
bool ledger_open(struct ledger **ledger, const char *path, struct error *err);
void ledger_close(struct ledger *ledger); /* accepts NULL */

size_t ledger_count(const struct ledger *ledger);

/* The file that was read; NULL where there is none. Borrowed. */
const char *ledger_path(const struct ledger *ledger);

/* Tell of whom the datasets of `withheld` are. Where the people of a dataset have changed since an earlier release,
 * what that one told is of others, and goes by other names from here on ("release 1: survey & area=..."). A release
 * that does not say of whom each dataset was is refused where it was of others. Before what follows. */
bool ledger_tell_people(struct ledger *ledger, struct store *withheld, struct error *err);

/* Answers of the same people have been corrected between releases: what each of them told goes by its own name. `renamed`:
 * whether that names anything otherwise than before. */
bool ledger_tell_corrected(struct ledger *ledger, bool *renamed, struct error *err);

/* Refuse what crosses an earlier release in a way that the attacker does not see (crossing.h). */
bool ledger_check_crossing(struct ledger *ledger, const struct universe *withheld, struct error *err);

/* Where it keeps files of records; NULL: it has none, or is of a version before there were any. */
struct store *ledger_records(const struct ledger *ledger);

bool ledger_teach(struct ledger *ledger, struct attacker *attacker, struct error *err);

/* Call `take` for each condition of an earlier release whose people have changed: its name in the ledger, and as it is.
 */
bool ledger_each_change(struct ledger *ledger, void (*take)(void *with, const char *then, const char *now), void *with,
                        struct error *err);

/* Judge what was hidden then and is no cell of `withheld` now. */
bool ledger_judge(struct ledger *ledger, struct judge *judge, const struct attacker *attacker,
                  const struct universe *withheld, struct error *err);

#endif
