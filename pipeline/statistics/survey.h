/* What a sampling design says of any numbers that follow from weighted units: their covariance matrix.
 *
 * A statistic says how its numbers follow from the units' weights, and how each unit moves each number; survey.c knows
 * strata, clusters, finite populations, two stages, lonely clusters, margins and replicate weights. survey_mean.h,
 * survey_total.h and survey_quantile.h are such statistics; a test over areas is another. */
#ifndef CANVASS_STATISTICS_SURVEY_H
#define CANVASS_STATISTICS_SURVEY_H

#include <stdbool.h>
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

/* Weights that repeat the sample: V = scale Sum_k scales_k (t_k - t)(t_k - t)'. */
struct survey_replicates {
	size_t count;
	const double *weight; /* [unit * count + k]: each a whole weight, not a factor */
	double scale;
	const double *scales; /* of each replicate; NULL: all 1 */
	bool mse;             /* t is the estimate; else the mean of the t_k (whose scale is above 0) */
	double df;            /* declared; NaN: the rank of the domain's replicate weights, less 1 */
};

/* How the units of a sample were drawn and weighted. Borrowed by everybody who gets it. */
struct survey_design {
	size_t units;
	const double *weight;       /* NaN: not of the sample; NULL: all count 1 */
	const size_t *stratum;      /* from 0; NULL: there is one */
	const size_t *cluster;      /* from 0, each in one stratum; NULL: each unit is its own */
	size_t strata, clusters;    /* 1 and `units` where these are NULL */
	const double *population;   /* clusters (units) to draw from in each stratum; NaN or NULL: without end */
	const double *cluster_size; /* units to draw from in each cluster; NaN or NULL: all or without end, one stage */
	enum survey_lonely lonely;
	const struct survey_margin *margins;
	size_t margin_count;
	const double *start; /* the weights before they were adjusted; NULL where there is no margin */
	const struct survey_replicates *replicates; /* not NULL: these alone give the variance */
};

/* Numbers that follow from the weights of n units. The functions get `with`, which holds the units' values in the order
 * of `member`, and the weights in the same order: a weight of 0 is as if the unit were not there. */
struct survey_statistic {
	size_t count;
	const void *with;

	/* All the numbers; or why they are none (a denominator of 0). Called for each replicate, too. */
	enum refusal (*values)(const void *with, const double *weight, size_t n, long double *values);

	/* z: how far each unit moves a number, which is the derivative by its weight times its weight. Of a mean that
	 * is w (y - m) / Sum w. The i-th unit moves number[i * reach + k] by z[i * reach + k], each k < reach, and no
	 * other number: most units move few. All are 0 at the call. */
	size_t reach;
	void (*influence)(const void *with, const double *weight, size_t n, const long double *values, size_t *number,
	                  long double *z);
};

/* The numbers of n different units `member`, and covariance[v * count + u] of each two. Other units of the sample count
 * with z = 0, because how many of the sample fall into a domain is itself chance. Over the strata h of n_h clusters c,
 * of N_h there are, f_h = n_h/N_h (Binder 1983; Lumley 2010, 2.2; R's survey::svyrecvar):
 *   V = Sum_h (1 - f_h) n_h/(n_h - 1) Sum_c (z_hc - zbar_h)(z_hc - zbar_h)'
 *     + Sum_h f_h Sum_c (1 - f_hc) m/(m - 1) Sum_s (z_hcs - zbar_hc)(z_hcs - zbar_hc)'
 * where the second line is there for clusters c of a known size M_hc, f_hc = m_hc/M_hc; without it a cluster stands for
 * all that is drawn within it (the ultimate cluster). Where the weights were adjusted to margins, z is w times what is
 * left of z/w when it is regressed on the cells of all margins with the starting weights (Deville and Saerndal 1992;
 * R's calibrate, and postStratify): for one margin after another its mean in each cell is taken off, until nothing
 * moves. Trimming is not accounted for. With replicates the numbers are computed again with each set of weights
 * (R's svrepdesign, withReplicates). What is 0 but for rounding is 0.
 *
 * Refused: no unit; a weight that is missing (NaN), negative, or all zero; what `values` refuses; a replicate in which
 * nobody of them counts, or whose numbers are refused; a stratum of one cluster under SURVEY_LONELY_FAIL, or none of
 * more; a cluster of a known size of which one unit was drawn under FAIL or AVERAGE. `values` is filled in unless the
 * units' weights or `values` were refused. Too few degrees of freedom are the caller's to refuse. */
enum refusal survey_covariance(double *values, double *covariance, const struct survey_design *design,
                               const struct survey_statistic *statistic, const size_t *member, size_t n);

/* Clusters with a unit of the domain whose weight is above 0, less their strata (Korn and Graubard; R's degf on a
 * subset). With replicates: as declared, or the rank of the domain's replicate weights less 1 (degf's QR with 1e-5). */
double survey_degrees(const struct survey_design *design, const size_t *member, size_t n);

/* Kish 1965: (Sum w)^2 / Sum w^2, the units that the weights leave; the weights must not be refused. */
double survey_n_kish(const struct survey_design *design, const size_t *member, size_t n);

/* Of a statistic of one number. */
struct survey_estimate {
	double value;
	double variance, se;
	double df;
	double n_kish;
	double low, high; /* value -/+ t_df se */
	double deff;      /* V over that of as many drawn one by one without replacement from Sum w; NaN: Sum w <= n */
	double deff_replace; /* with replacement */
};

/* Value, variance and interval; deff is left to who knows the spread. Refused besides: fewer than 2 units with a weight
 * above 0; less than one degree of freedom; z all 0 (zero-variance); a variance of 0 where z is not (everybody was
 * asked, the margins fix it). *estimate holds value, df and n_kish where the last four refuse. */
enum refusal survey_estimate(struct survey_estimate *estimate, const struct survey_design *design,
                             const struct survey_statistic *statistic, const size_t *member, size_t n, double level);

/* The mean of y in each of several domains: m = Sum w y / Sum w, z = w (y - m) / Sum w. */
struct survey_domains {
	const double *y;      /* of each member */
	const size_t *domain; /* of each member, from 0; NULL: there is one */
	size_t domains;
};

/* `domains` numbers; borrows *domains. A domain without weight is refused (weights-zero). */
struct survey_statistic survey_domain_means(const struct survey_domains *domains);

#endif
