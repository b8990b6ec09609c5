/* Of survey_linear.c: products around the mean, summed over items of which most numbers are 0. */
#ifndef CANVASS_STATISTICS_SURVEY_SCATTER_H
#define CANVASS_STATISTICS_SURVEY_SCATTER_H

#include <stdbool.h>
#include <stddef.h>

/* Sum_h factor_h Sum_c (x_hc - xbar_h)(x_hc - xbar_h)' over groups h of n_h items c, each told as the numbers that are
 * not 0 in it. With m the means of a group, a = x - m where x is told and 0 elsewhere, I = 1 where x is told, k = Sum
 * I, Sum_c (x_v - m_v)(x_u - m_u) = Sum a_v a_u - m_u Sum a_v (1 - I_u) - m_v Sum a_u (1 - I_v)
 *                                + m_v m_u Sum (1 - I_v)(1 - I_u)
 * whose error is rounding's beside the root of both squares: no square is taken before its mean is off, and the numbers
 * of items are whole. The work is that of the pairs told in each item, and of the numbers told in a group, squared. */
struct survey_scatter {
	size_t count;            /* numbers */
	long double *covariance; /* [v * count + u], u <= v: what is asked for */

	/* the item that is being told */
	size_t *told, told_count; /* numbers */
	bool *is_told;            /* of each number */
	long double *x;           /* of each number */

	/* the group */
	size_t items;
	bool whole;              /* every item tells every number */
	size_t *place;           /* of each number among those met, from 1; 0: not met */
	size_t *met, met_count;  /* numbers */
	size_t *times;           /* k of each met */
	long double *mean, *off; /* of each met; off: from the mean, of one item */
	long double *products;   /* [place * met_count + place], lower: Sum a a' */
	long double *sums;       /* [v's place * met_count + u's]: Sum a_v I_u */
	size_t *together;        /* Sum I I' */
};

struct survey_scatter survey_scatter_begin(size_t count);
void survey_scatter_end(struct survey_scatter *scatter);

/* Of the item at hand; told again, it is added to. */
void survey_scatter_tell(struct survey_scatter *scatter, size_t number, long double x);

/* A group's items are each told and met; then the group is centred on its n items (or on 0: one item alone has no
 * mean), and the same items are told and added; then the group is closed. */
void survey_scatter_meet(struct survey_scatter *scatter);
void survey_scatter_centre(struct survey_scatter *scatter, size_t n);
void survey_scatter_add(struct survey_scatter *scatter);
void survey_scatter_close(struct survey_scatter *scatter, long double factor);

#endif
