/* Events for a population: rates, and ratios to what was expected. */
#ifndef CANVASS_STATISTICS_RATE_H
#define CANVASS_STATISTICS_RATE_H

#include <stddef.h>

#include "reason.h"

struct rate {
	double value, low, high;
};

/* The limits of `events` that a Poisson mean could have given: below 10 exact (Garwood 1936): half the chi-square
 * quantiles of 2O and 2O + 2 degrees of freedom; from 10 on Byar's approximation (Breslow and Day 1987, 2.13), as
 * England's public health statistics have them: O(1 - 1/(9O) - z/(3 sqrt O))^3 and (O + 1)(1 - 1/(9(O + 1)) + z/(3
 * sqrt(O + 1)))^3. */
enum refusal poisson_limits(struct rate *events, double observed, double level);

/* `events` in `base` (> 0), times `multiplier` (100, 1000, 100000). Refused: an empty base. */
enum refusal crude_rate(struct rate *rate, double events, double base, double multiplier, double level);

/* Directly standardised: Sum w x/n / Sum w over `strata` with standard weights w, interval of Dobson and others 1991:
 * value
 * + sqrt(var/O)(limit - O), var = Sum w^2 x/n^2/(Sum w)^2. Refused: a stratum without a base, fewer than 10 events. */
enum refusal direct_rate(struct rate *rate, const double *events, const double *base, const double *standard,
                         size_t strata, double multiplier, double level);

/* Indirectly standardised: observed events over expected ones (> 0). */
enum refusal standardised_ratio(struct rate *ratio, double observed, double expected, double level);

#endif
