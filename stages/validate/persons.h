/* Signs that a respondent answered carelessly, or that two rows are one person: warnings about accepted rows, for a
 * person to look at. None of them sets a row aside but by the steward's word.
 *
 * What another row has to do with it is told at the later of the two. */
#ifndef VALIDATE_PERSONS_H
#define VALIDATE_PERSONS_H

#include "digests.h"
#include "judging.h"

#include <stdbool.h>

struct persons;

struct persons *persons_new(struct judging *judging, struct digests *digests); /* both borrowed */
void persons_free(struct persons *persons);                                    /* accepts NULL */

/* The first pass: how long the responses that count took. */
bool persons_reads(const struct persons *persons, const struct variable *variable); /* read before persons_add */
void persons_add(struct persons *persons);
void persons_settle(struct persons *persons); /* after the last row */

/* The second: tell about the row, if nothing has set it aside. */
bool persons_review(struct persons *persons, struct error *err);

#endif
