/* The ledger of earlier releases, as the audit reads it: what they showed teaches the attacker, what they hid is judged
 * again. */
#ifndef CANVASS_AUDIT_LEDGER_H
#define CANVASS_AUDIT_LEDGER_H

#include "attacker.h"
#include "judge.h"

#include "universe.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct ledger;

/* NULL path, or no such file: no earlier releases. The caller closes *ledger with ledger_close(). */
bool ledger_open(struct ledger **ledger, const char *path, struct error *err);
void ledger_close(struct ledger *ledger); /* accepts NULL */

size_t ledger_count(const struct ledger *ledger);

/* The file that was read; NULL where there is none. Borrowed. */
const char *ledger_path(const struct ledger *ledger);

/* Refuse releases over other records than `population` names (NULL: unknown, which is no other's): what changed with
 * the records would be taken for what was hidden. */
bool ledger_check_population(struct ledger *ledger, const char *population, struct error *err);

/* Refuse what crosses an earlier release in a way that the attacker does not see (crossing.h). */
bool ledger_check_crossing(struct ledger *ledger, const struct universe *withheld, struct error *err);

bool ledger_teach(struct ledger *ledger, struct attacker *attacker, struct error *err);

/* Judge what was hidden then and is no cell of `withheld` now. */
bool ledger_judge(struct ledger *ledger, struct judge *judge, const struct attacker *attacker,
                  const struct universe *withheld, struct error *err);

#endif
