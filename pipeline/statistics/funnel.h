/* How far an area may lie from the whole by chance alone, given how much of it was seen. */
#ifndef CANVASS_STATISTICS_FUNNEL_H
#define CANVASS_STATISTICS_FUNNEL_H

#include <stddef.h>

#include "reason.h"

struct funnel_limits {
	double low, high;
};

/* Limits of a share x/n around `centre` (0 to 1, exclusive), exact binomial, interpolated between the counts
 * (Spiegelhalter 2005, A.1.1): r the least count with P(X <= r) >= q, a = (P(X <= r) - q)/P(X = r), limit (r - a)/n,
 * for q each tail of `level` per cent; low is 0 where at least the tail lies at 0, and high is
 * 1 where at least the tail lies at n, which the formula would leave outside by a fraction of one. Refused: n of 0. */
enum refusal funnel_share(struct funnel_limits *limits, double centre, double n, double level);

/* The same of a ratio of events to `expected` (> 0) events, Poisson. */
enum refusal funnel_ratio(struct funnel_limits *limits, double expected, double level);

struct overdispersion {
	double phi;  /* the mean of the squared winsorised z */
	double tau2; /* variance between the areas on the scale of z beyond chance; 0 where phi is at most (I - 1)/I */
};

/* Spiegelhalter 2005, 2012: z of shares x_i/n_i around `centre` on the scale of asin(sqrt(p)), whose variance is
 * 1/(4n); the most extreme 10 per cent at either end are pulled in to R's type-7 quantiles; tau2 = (I phi - (I -
 * 1))/(Sum w - Sum w^2/Sum w) with w = 4n (DerSimonian and Laird 1986). Refused: fewer than 6 areas, an area with n of
 * 0. */
enum refusal funnel_overdispersion(struct overdispersion *over, const double *x, const double *n, size_t areas,
                                   double centre);

/* Limits of a share widened by tau2: sin^2 of asin(sqrt(centre)) -/+ z sqrt(1/(4n) + tau2), the angle kept within 0 and
 * pi/2 first. */
enum refusal funnel_share_over(struct funnel_limits *limits, double centre, double n, double tau2, double level);

#endif
