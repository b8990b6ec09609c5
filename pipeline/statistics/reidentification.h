/* How likely it is that who looks for a respondent among the population finds the right one. */
#ifndef CANVASS_STATISTICS_REIDENTIFICATION_H
#define CANVASS_STATISTICS_REIDENTIFICATION_H

#include <stdbool.h>
#include <stddef.h>

/* The individual risk of Benedetti and Franconi (1998): the expectation of 1/F where f people of a sample have the same
 * keys and stand for F (f whole and at least 1, F > 0), as F - f is negative binomial with p = f/F:
 *   r = integral from 0 to 1 of (pu/(1 - (1 - p)u))^f du/u = p/f 2F1(1, 1; f + 1; 1 - p),
 * which is p/(1 - p) log(1/p) for f = 1. 1/f where F <= f: everybody is in the sample. False where it cannot be
 * computed. */
bool individual_risk(double *risk, double f, double F);

/* Of all records: how many are expected to be found, the sum of their risks, and the mean risk. */
struct global_risk {
	double expected, rate;
};
bool global_risk(struct global_risk *risk, const double *f, const double *F, size_t count);

#endif
