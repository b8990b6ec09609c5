/* Answers that have an order compared between domains, of a sample with weights or a design. */
#ifndef CANVASS_STATISTICS_SURVEY_RANK_H
#define CANVASS_STATISTICS_SURVEY_RANK_H

#include "survey_wald.h"

/* Where each of the units stands among all of them: the share of the weight below its value, and half of the share that
 * its value holds (Lumley and Scott 2013). Units of one value get one score, however they are sorted: where weights
 * differ within a tie, R's svyranktest (4.1-1) takes the unweighted mean of what the order of the rows gives.
 * The weights must not be refused. */
void survey_ranks(double *score, const struct survey_design *design, const double *y, const size_t *member, size_t n);

/* Lumley and Scott 2013: do the mean scores of the domains differ? survey_wald of survey_ranks among all of them; R's
 * svyranktest has the same W (its result names it and its degrees of freedom the other way round), over k - 1. Units as
 * in survey_wald. Refused besides: a domain of fewer than 3 with a weight above 0; all values of a domain equal. */
enum refusal survey_rank_test(struct survey_wald *test, const struct survey_design *design, const double *y,
                              const size_t *member, const size_t *first, size_t domains);

/* How probable it is that a unit of the first domain has a higher value than one of the second, equal values counted
 * half: P = Sum w1 w2 (I(y1 > y2) + I(y1 = y2)/2)/(Sum w1 Sum w2), which is 1/2 more than the difference of the two
 * mean scores. A unit of the first domain moves it by w1 (F2(y1) - P)/Sum w1, one of the second by w2 (1 - F1(y2) -
 * P)/Sum w2, F the share of weight below a value and half of that at it (Hoeffding 1948; DeLong and others 1988 without
 * weights). As a survey_contrast on the scale of atanh(2P - 1): its p is that of P = 1/2, for which survey_rank_test is
 * the usual one. Refused: as survey_rank_test; P of 0 or 1 (count-zero). */
enum refusal survey_superiority(struct survey_contrast *superiority, const struct survey_design *design,
                                const double *y, const size_t *member, size_t n1, size_t n2, double level);

#endif
