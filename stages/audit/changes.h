/* What two releases tell of those who came or left in between.
 *
 * Where the people of a dataset have changed since an earlier release, what both show of one condition says by how many
 * it has grown or shrunk: a number of its own ("since release 1: survey & area=..."), and who few are joined, or left.
 * A reader may also know that nobody left, or that nobody joined, as the counts that both show let one think: then each
 * hidden count of the one bounds that of the other. Both are attacked. Each dataset and each earlier release is looked
 * at by itself: where one of them has grown and another one shrunk, a reader may think so of both. */
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

/* Judge them: where it can be told that a group changed, it may have by the threshold of its unit or more. Names stay
 * borrowed. */
void changes_judge(const struct changes *changes, struct judge *judge, const struct attacker *attacker,
                   const struct attacker_policy *policy);

/* What may be supposed, of each dataset and each earlier release by itself, where no change that is known speaks
 * against it: that all are the same people, that nobody left, that nobody joined. After a run without suppositions. How
 * many there are. */
size_t changes_suppose(struct changes *changes, const struct attacker *attacker);

/* Teach one supposition, from 1, or (0) the first of each dataset and earlier release, after the universe and the
 * ledger. */
void changes_teach(const struct changes *changes, struct attacker *attacker, size_t supposition);

/* Take over what is not safe from a judgement under such a supposition. Where the truth lies outside an interval, the
 * supposition is wrong, and who makes it misled. What the lines borrow stays borrowed. */
void changes_adopt(struct changes *changes, struct judge *judge, const struct judge *supposed);

#endif
