/* What two releases tell of those who came or left in between.
 *
 * Where the people of a dataset have changed since an earlier release, what both show of one condition says by how many
 * it has grown or shrunk: a number of its own ("since release 1: survey & area=..."), and who few are joined, or left.
 * A reader may also know that nobody left, or that nobody joined, as the counts that both show let one think: then each
 * hidden count of the one bounds that of the other. Both are attacked. */
#ifndef CANVASS_AUDIT_CHANGES_H
#define CANVASS_AUDIT_CHANGES_H

#include "attacker.h"
#include "judge.h"
#include "ledger.h"

#include "error.h"
#include "universe.h"

#include <stdbool.h>

struct changes;

/* The conditions that `withheld` has in common with earlier releases, of datasets whose people have changed. After
 * ledger_tell_people. Free with changes_free(). */
bool changes_find(struct changes **changes, struct ledger *ledger, const struct universe *withheld, struct error *err);
void changes_free(struct changes *changes); /* accepts NULL */

/* Teach every change, after the universe and the ledger: from `least` to `most`. */
void changes_teach(const struct changes *changes, struct attacker *attacker, struct interval range);

/* Judge them: where it can be told that a group changed, it may have by the threshold of its unit or more. Names stay
 * borrowed. */
void changes_judge(const struct changes *changes, struct judge *judge, const struct attacker *attacker,
                   const struct attacker_policy *policy);

/* Whether the changes that are known leave one to think that nobody left, or that nobody joined; and the range that all
 * of them have then. */
bool changes_suppose(const struct changes *changes, const struct attacker *attacker, struct interval *range);

/* Take over what is not safe from a judgement under such a supposition. Where the truth lies outside an interval, the
 * supposition is wrong, and who makes it misled. */
void changes_adopt(struct changes *changes, struct judge *judge, const struct judge *supposed);

#endif
