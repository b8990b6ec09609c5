/* The policy that decided, item by item: what the steward's report shows, and of which withhold tells readers a part.
 */
#ifndef CANVASS_PROTECT_POLICY_STORE_H
#define CANVASS_PROTECT_POLICY_STORE_H

#include "error.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* What deciding by it came to. */
struct policy_outcome {
	bool cheapest;     /* no pattern that protects costs less */
	size_t exceptions; /* made */
};

/* Into the table policy of schema/protected.sql. */
bool policy_store(const struct study_disclosure *policy, const struct policy_outcome *outcome, struct store *store,
                  struct error *err);

#endif
