/* The distributions that a stage needs, from GSL, so that nothing can abort, and nothing can silently be wrong.
 *
 * Arguments are checked before a call, because GSL answers some bad ones with a number; while it runs, a handler
 * records errors instead of aborting; afterwards the value must be finite and where it can be. False where any of these
 * fails: the caller refuses its line with `not-computable`. */
#ifndef CANVASS_GSL_H
#define CANVASS_GSL_H

#include <stdbool.h>

/* What cuts off `tail` (0 to 1, exclusive) above it: of the normal distribution, of Student's t with df > 0. */
bool gsl_checked_normal_above(double *z, double tail);
bool gsl_checked_t_above(double *t, double tail, double df);

/* The probability above `statistic` (>= 0), always from the upper tail: 1 - P would lose all digits of a small p. */
bool gsl_checked_normal_tail(double *p, double statistic);
bool gsl_checked_f_tail(double *p, double statistic, double df, double df2);
bool gsl_checked_chi_square_tail(double *p, double statistic, double df);

/* Around calls that this header does not offer: errors are recorded instead of ending the program. end: false where one
 * was. */
typedef void gsl_checked_handler(const char *reason, const char *file, int line, int code);
gsl_checked_handler *gsl_checked_begin(void);
bool gsl_checked_end(gsl_checked_handler *before);

/* Where f is zero between low and high, where it has different signs, to the last digits of a double (Brent 1973). f
 * gives NaN where it cannot be computed. */
typedef double gsl_checked_function(double x, const void *with);
bool gsl_checked_root(double *root, gsl_checked_function *f, const void *with, double low, double high);

#endif
