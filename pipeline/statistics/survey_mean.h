/* The weighted mean of a domain (an area), with the variance that the sampling design gives it. */
#ifndef CANVASS_STATISTICS_SURVEY_MEAN_H
#define CANVASS_STATISTICS_SURVEY_MEAN_H

#include <stddef.h>

#include "reason.h"

/* What a stratum of one cluster does to a variance, which it tells nothing of: no variance at all (fail); its distance
 * from the whole sample's mean (adjust); the mean of the other strata (average); nothing (remove, certainty). */
enum survey_lonely {
	SURVEY_LONELY_FAIL,
	SURVEY_LONELY_ADJUST,
	SURVEY_LONELY_AVERAGE,
	SURVEY_LONELY_REMOVE,
	SURVEY_LONELY_CERTAINTY,
};

/* A margin that the weights were adjusted to. */
struct survey_margin {
	const size_t *cell; /* of each unit, from 0 */
	size_t cells;
};

/* How the units of a sample were drawn and weighted. Borrowed by everybody who gets it. */
struct survey_design {
	size_t units;
	const double *weight;     /* NaN: not of the sample; NULL: all count 1 */
	const size_t *stratum;    /* from 0; NULL: there is one */
	const size_t *cluster;    /* from 0, each in one stratum; NULL: each unit is its own */
	size_t strata, clusters;  /* 1 and `units` where these are NULL */
	const double *population; /* clusters (units) to draw from in each stratum; NaN or NULL: without end */
	enum survey_lonely lonely;
	const struct survey_margin *margins;
	size_t margin_count;
	const double *start; /* the weights before they were adjusted; NULL where there is no margin */
};

struct survey_mean {
	double mean;
	double variance, se;
	double df;        /* clusters of the domain with a weight above 0, less their strata */
	double n_kish;    /* Kish 1965: (Sum w)^2 / Sum w^2, the units that the weights leave */
	double low, high; /* mean -/+ t_df se */
};

/* Of the n units `member` of the domain, whose values are y. The other units of the sample count too, with z = 0,
 * because how many of the sample fall into the domain is itself chance (Binder 1983; Lumley 2010, 2.2; R's
 * survey::svymean on a subset): m = Sum w y / Sum w,  z = w (y - m) / Sum w,  and over the strata h of n_h clusters c,
 * of N_h there are, V = Sum_h (1 - n_h/N_h) n_h/(n_h - 1) Sum_c (z_hc - zbar_h)^2. Clusters stand for all that is drawn
 * within them (the ultimate cluster: a second stage without end). Where the weights were adjusted to margins, z is w
 * times what is left of z/w when it is regressed on the cells of all margins with the starting weights (Deville and
 * Saerndal 1992; R's calibrate, and postStratify): for one margin after another its mean in each cell is taken off,
 * until nothing moves. Trimming is not accounted for. Refused: no unit; a weight that is missing (NaN), negative, or
 * all zero; fewer than 2 units with a weight above 0; one cluster for each stratum, or a stratum of one under
 * SURVEY_LONELY_FAIL; no spread, where *estimate still holds mean, df and n_kish; spread and no variance, as where
 * everybody was asked or the margins fix the mean. */
enum refusal survey_mean(struct survey_mean *estimate, const struct survey_design *design, const double *y,
                         const size_t *member, size_t n, double level);

#endif
