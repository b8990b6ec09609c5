/* Magnitude rules: whether a sum says too much of one of those whom it is of, whatever their number. Handbook on
 * Statistical Disclosure Control (2nd ed.), 4.2: the minimum number of contributors, the p% rule and the (n,k) rule of
 * dominance, with the protection levels that belong to them. Over plain numbers. */
#ifndef CANVASS_PROTECT_MAGNITUDE_H
#define CANVASS_PROTECT_MAGNITUDE_H

#include "study.h"
#include "universe.h"

#include <stdbool.h>

enum magnitude_rule { MAGNITUDE_SAFE, MAGNITUDE_CONTRIBUTORS, MAGNITUDE_P_PERCENT, MAGNITUDE_DOMINANCE };

struct magnitude_verdict {
	enum magnitude_rule rule; /* the first that is broken */
	double above, below; /* upper and lower protection level: what a reader can work out of the sum must reach so
	                      * far beyond it */
	bool review;         /* some contributions are negative, for which the rules are not defined */
};

/* A sum of n contributions (n 0: of nobody, which is safe), of which `largest` are those largest in size, each at least
 * `least` (NaN: no bound known). `threshold` counts where the policy names no number of contributors.
 *
 * Negative contributions: sizes are compared. What the others make up is then at least what they come to, so a sum may
 * be called unsafe that is not, never the other way round. */
struct magnitude_verdict magnitude_judge(const struct study_magnitude *policy, int threshold, long long n, double total,
                                         const double largest[UNIVERSE_LARGEST], double least);

#endif
