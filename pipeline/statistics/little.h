/* Whether answers are missing completely at random: Little's test. */
#ifndef CANVASS_STATISTICS_LITTLE_H
#define CANVASS_STATISTICS_LITTLE_H

#include <stddef.h>

#include "reason.h"

struct little {
	double statistic, df, p;
	size_t patterns, n; /* which variables are answered: how many ways of it there are; who answered any of them */
};

/* Little 1988. For each pattern j of answered variables, with n_j people and means y_j of the variables that it has:
 *
 *   d2 = Sum_j n_j (y_j - m_j)' S_jj^-1 (y_j - m_j),   chi-square with df = Sum_j k_j - k
 *
 * m and S are the maximum likelihood estimates of mean and covariance (divisor n) of a normal distribution from all
 * that is there, by the EM algorithm (Dempster, Laird and Rubin 1977; Little and Rubin 2002, 11.2); m_j and S_jj are
 * their parts for the k_j variables of the pattern. `values` are `rows` by `variables`, row after row, NaN for what is
 * missing; who answered none of them is in no pattern. Everything is computed of values less the variable's mean and
 * over its standard deviation, which changes neither d2 nor df.
 *
 * Refused: fewer than 2 variables that somebody answered; a variable with one value only (zero-variance); one pattern,
 * or patterns with no degree of freedom; two variables that fewer than 2 people answered both (n-below-2); a covariance
 * without an inverse, as where there are no more people than variables (singular); no convergence (not-computable). A
 * variable that nobody answered is left out. */
enum refusal little_mcar(struct little *little, const double *values, size_t rows, size_t variables);

#endif
