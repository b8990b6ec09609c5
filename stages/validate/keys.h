/* Whether the answers fit the key by which an instrument scores them: items that point against the rest of their scale
 * after the key is applied (scale-reversed), a scale whose alpha is below 0 (scale-alpha-negative), and answers that
 * are all one too high or one too low (scale-shifted).
 *
 * docs/findings.md says how it is judged, of each export by itself. What is told speaks of groups only. */
#ifndef VALIDATE_KEYS_H
#define VALIDATE_KEYS_H

#include "error.h"
#include "judging.h"

#include <stdbool.h>

struct keys;
struct keys *keys_new(struct judging *judging); /* the scales are those of its tools; none: nothing is judged */
void keys_free(struct keys *keys);              /* accepts NULL */

/* The row under judgement, which is accepted. */
void keys_count(struct keys *keys);

bool keys_tell(struct keys *keys, struct error *err);

#endif
