/* Two shares: x1 of n1 against x2 of n2, as a difference, a ratio, and a ratio of odds. */
#ifndef CANVASS_STATISTICS_TWO_SHARES_H
#define CANVASS_STATISTICS_TWO_SHARES_H

#include <stddef.h>

#include "reason.h"

struct contrast {
	double value, low, high; /* high may be infinite, of a ratio */
};

/* p1 - p2, with Newcombe's interval (1998, method 10) from the Wilson limits l, u of each: value - sqrt((p1 - l1)^2 +
 * (u2 - p2)^2) to value + sqrt((u1 - p1)^2 + (p2 - l2)^2). Refused: an empty base. */
enum refusal share_difference(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2,
                              double level);

/* p1/p2, exp(log(p1/p2) -/+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)) (Katz and others 1978). Refused: an empty base; a count
 * of 0, where the logarithm has no variance. */
enum refusal share_ratio(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2,
                         double level);

/* x1(n2 - x2)/(x2(n1 - x1)), exp(log -/+ z sqrt(sum of the reciprocals of the four counts)) (Woolf 1955). Refused: an
 * empty base, a count of 0 or of all. */
enum refusal odds_ratio(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2,
                        double level);

struct mcnemar {
	double difference, low, high; /* of the two shares of the same people, later less earlier; Newcombe 1998 */
	double p;                     /* two-sided, exact */
};

/* The same people twice: `both` said yes twice, `only_before` and `only_after` once, `neither` never. McNemar 1947,
 * exact: the discordant pairs as a binomial with 1/2. The interval is Newcombe's for paired shares (1998, method 10 of
 * "Improved confidence intervals for the difference between binomial proportions based on paired data"). Refused:
 * nobody. */
enum refusal mcnemar(struct mcnemar *test, long long both, long long only_before, long long only_after,
                     long long neither, double level);

#endif
