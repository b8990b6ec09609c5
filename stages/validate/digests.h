/* What rows are held against one another by: digests of the key, of an answer that should be unique, of the whole row.
 */
#ifndef VALIDATE_DIGESTS_H
#define VALIDATE_DIGESTS_H

#include "judging.h"
#include "repeats.h"

#include <stdbool.h>
#include <stddef.h>

struct digests;
struct digests *digests_new(const struct judging *judging); /* borrowed */
void digests_free(struct digests *digests);                 /* accepts NULL */

/* Of the row under judgement. The key counts within its wave, and of a repeated form within its instance: who answers
 * twice in different waves is no repeat. False where the row has no key. */
bool digests_key(struct digests *digests, struct digest *digest);

/* A unique answer other than the key, which has its own rules, within the wave; false where there is none. */
bool digests_unique(struct digests *digests, size_t variable, struct digest *digest);

/* All cells as they came. */
struct digest digests_content(struct digests *digests);

/* Its export and wave: the rows that were made in one way. */
struct digest digests_sample(struct digests *digests);

#endif
