/* Are the rows and columns of a table independent, of a sample with weights or a design? */
#ifndef CANVASS_STATISTICS_RAO_SCOTT_H
#define CANVASS_STATISTICS_RAO_SCOTT_H

#include "survey.h"

struct rao_scott {
	double statistic, df, df2, p; /* F */
	double pearson;               /* X2 of the weighted shares, n times */
	double deff;           /* by how much the design makes X2 too large, on average: tr(Delta)/((r - 1)(c - 1)) */
	double v;              /* Cramer's, of the weighted shares: sqrt(X2/(n (min(r, c) - 1))) */
	double design_df;      /* survey_degrees */
	double least_expected; /* n p_r p_c */
	size_t rows, columns;  /* that hold any weight; the others are left out */
};

/* Rao and Scott 1984, with the second-order correction and F of Thomas and Rao 1987, as R's svychisq(statistic = "F")
 * has it: p the weighted shares of the cells, V their covariance by the design, D = diag(p), n the units with a weight
 * above 0, C the contrasts that are orthogonal to rows and columns,
 *   X2 = n Sum (p - p_r p_c)^2/(p_r p_c),  Delta = (C' D^-1 C/n)^-1 C' D^-1 V D^-1 C,
 *   F = X2/tr(Delta),  df = tr(Delta)^2/tr(Delta^2),  df2 = df d,
 * d the degrees of freedom of the design; p from the upper tail. 1/p is taken as 0 where a cell is empty. The units
 * `member` stand in row[i] and column[i], from 0. Refused: what survey_covariance refuses; fewer than 2 rows or columns
 * that hold any weight; an expected count below 1; d < 1; a table with so many empty cells that Delta is not defined
 * (singular); a design that leaves the shares no error. */
enum refusal rao_scott(struct rao_scott *test, const struct survey_design *design, const size_t *row,
                       const size_t *column, size_t rows, size_t columns, const size_t *member, size_t n);

#endif
