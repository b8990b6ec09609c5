/* The judge of insiders: those who make up a small hidden cell, and put together what they know.
 *
 * They know how many they are, and what each of them answered: the counts of all parts of their cell, and of a whole
 * that everybody can tell to be just them. Of every other unsafe cell they must not be able to tell how many are in it:
 * its interval, where all that they know stays as it is, is as wide as the policy demands; or one wide, where the cell
 * has no more people than they may be. The threshold and protection levels are demanded against the public alone. */
#ifndef CANVASS_AUDIT_COALITION_H
#define CANVASS_AUDIT_COALITION_H

#include "attacker.h"
#include "judge.h"

#include "error.h"
#include "universe.h"

#include <stdbool.h>

/* After judge_release: let the people of every hidden cell of at most `insiders` attack, cell by cell, and write down
 * what is not safe from them. */
bool coalition_judge(struct judge *judge, struct attacker *attacker, const struct universe *withheld, int insiders,
                     struct error *err);

#endif
