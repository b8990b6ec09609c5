/* The sentences that every output of a release says with the same words. */
#ifndef CANVASS_PUBLISH_WORDING_H
#define CANVASS_PUBLISH_WORDING_H

#include "study.h"
#include "text.h"

#include <stdbool.h>

/* The label of everything made from synthetic data. */
extern const char wording_synthetic[];

/* What [c] (or the policy's own symbol), [x] and [z] say. */
extern const char wording_hidden[], wording_refused[], wording_not_applicable[];

/* What a total is, where counts are shown as they are, and where they are rounded or perturbed. */
extern const char wording_total[], wording_total_changed[];

/* What the policy's words for hidden shares say: `told` is the item of withheld.db, "few 20; some 50; most 100". */
void wording_bands(struct text *words, const char *told);

/* What stands in the place of a figure that is refused for this reason (NULL: for none that is known): [x], or of
 * published figures the symbol of why their publisher gave none. */
const char *wording_symbol(const char *reason);

#endif
