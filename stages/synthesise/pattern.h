/* A text that fits a pattern of the dictionary: identifiers, postcodes, addresses. */
#ifndef CANVASS_SYNTHESISE_PATTERN_H
#define CANVASS_SYNTHESISE_PATTERN_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

/* Letters, sets such as [A-Z0-9], a dot (a letter), a backslash before a sign, and the counts ? * + {n} {n,} {n,m},
 * where "any number" draws up to 5. False, for the caller to say so, where the pattern holds anything else (groups,
 * choices, negated sets, [:classes:]) or the text is longer than `size` allows. */
bool pattern_text(char *text, size_t size, const char *pattern, gsl_rng *rng);

#endif
