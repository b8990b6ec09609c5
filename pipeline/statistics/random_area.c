#include "random_area.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_integration.h>
#include <gsl/gsl_multimin.h>

#include "gsl.h"
#include "mem.h"
#include "mean.h"

/* --- a criterion over one number above 0 --- */

typedef double criterion(double x, const void *with);

struct criterion_at {
	criterion *slope; /* of the criterion by x, up to a factor above 0 */
	const void *with;
};

static double criterion_slope(double log_x, const void *with)
{
	const struct criterion_at *at = with;
	return at->slope(exp(log_x), at->with);
}

/* Where the criterion is least over x >= 0, from its slope: every sign change from falling to rising on a grid of log x
 * is followed up, and 0 competes too. */
static bool least_of(double *best, criterion *value, criterion *slope, const void *with, double scale)
{
	enum { STEPS = 80 };
	static const double from = -28, to = 14; /* e-fold below and above the scale */
	struct criterion_at at = { slope, with };
	double least = value(0, with), before = NAN;
	*best = 0;
	for (int i = 0; i <= STEPS; i++) {
		double log_x = log(scale) + from + (to - from) * i / STEPS, now = slope(exp(log_x), with), root = 0;
		if (!isfinite(now))
			return false;
		if (i > 0 && before < 0 && now >= 0) {
			double previous = log_x - (to - from) / STEPS;
			if (!gsl_checked_root(&root, criterion_slope, &at, previous, log_x))
				return false;
			double here = value(exp(root), with);
			if (here < least) {
				least = here;
				*best = exp(root);
			}
		}
		before = now;
	}
	return true;
}

static bool half_chi_square(double *p, double statistic)
{
	if (!(statistic > 0)) {
		*p = 1;
		return true;
	}
	if (!gsl_checked_chi_square_tail(p, statistic, 1))
		return false;
	*p /= 2;
	return true;
}

/* --- random intercept --- */

struct intercepts {
	const struct moments *moments;
	size_t groups, n;
	long double within;
};

struct weighed {
	long double weights, mean, squares, log_determinant;
};

static struct weighed weigh(const struct intercepts *of, double t)
{
	struct weighed weighed = { 0 };
	for (size_t j = 0; j < of->groups; j++) {
		long double n = (long double)of->moments[j].n, w = n / (1 + t * n);
		weighed.weights += w;
		weighed.mean += w * (of->moments[j].mean - of->moments[0].mean);
		weighed.log_determinant += log1pl(t * n);
	}
	weighed.mean = of->moments[0].mean + weighed.mean / weighed.weights;
	weighed.squares = of->within;
	for (size_t j = 0; j < of->groups; j++) {
		long double n = (long double)of->moments[j].n, distance = of->moments[j].mean - weighed.mean;
		weighed.squares += n / (1 + t * n) * distance * distance;
	}
	return weighed;
}

static double intercept_criterion(double t, const void *with)
{
	const struct intercepts *of = with;
	struct weighed weighed = weigh(of, t);
	return (double)((long double)(of->n - 1) * logl(weighed.squares) + weighed.log_determinant
	                + logl(weighed.weights));
}

/* dw/dt = -w^2; the mean is where its derivative adds nothing. */
static double intercept_slope(double t, const void *with)
{
	const struct intercepts *of = with;
	struct weighed weighed = weigh(of, t);
	long double squares = 0, determinant = 0, weights = 0;
	for (size_t j = 0; j < of->groups; j++) {
		long double n = (long double)of->moments[j].n, w = n / (1 + t * n);
		long double distance = of->moments[j].mean - weighed.mean;
		squares -= w * w * distance * distance;
		determinant += w;
		weights -= w * w;
	}
	return (double)((long double)(of->n - 1) * squares / weighed.squares + determinant + weights / weighed.weights);
}

enum refusal random_intercept(struct random_intercept *model, struct random_area *areas, const double *y,
                              const size_t *first, size_t groups)
{
	if (groups < RANDOM_LEAST_AREAS)
		return REFUSAL_FEWER_THAN_6_AREAS;
	for (size_t j = 0; j < groups; j++)
		if (first[j + 1] == first[j])
			return REFUSAL_BASE_EMPTY;
	struct moments *moments = mem_alloc(groups, sizeof *moments);
	struct intercepts of = { .moments = moments, .groups = groups, .n = first[groups] - first[0] };
	for (size_t j = 0; j < groups; j++) {
		moments[j] = moments_of(y + first[j], first[j + 1] - first[j]);
		of.within += moments[j].squares;
	}
	enum refusal refusal = of.within > 0 ? REFUSAL_NONE : REFUSAL_ZERO_VARIANCE;
	double t = 0;
	if (!refusal && !least_of(&t, intercept_criterion, intercept_slope, &of, 1))
		refusal = REFUSAL_NOT_COMPUTABLE;
	if (!refusal) {
		struct weighed weighed = weigh(&of, t);
		double sigma2 = (double)(weighed.squares / (long double)(of.n - 1));
		*model = (struct random_intercept){ .mean = (double)weighed.mean,
			                            .se = (double)sqrtl(sigma2 / weighed.weights),
			                            .tau2 = t * sigma2,
			                            .sigma2 = sigma2,
			                            .icc = t / (1 + t) };
		model->statistic = fmax(0, intercept_criterion(0, &of) - intercept_criterion(t, &of));
		if (!half_chi_square(&model->p, model->statistic))
			refusal = REFUSAL_NOT_COMPUTABLE;
		for (size_t j = 0; j < groups && areas; j++) {
			double n = (double)moments[j].n, share = t * n / (1 + t * n);
			areas[j] = (struct random_area){
				model->mean + share * (double)(moments[j].mean - weighed.mean),
				sqrt(sigma2 * t / (1 + t * n)),
			};
		}
	}
	free(moments);
	return refusal;
}

/* --- Fay and Herriot --- */

struct areas_of {
	const double *y, *d;
	size_t count;
};

struct direct {
	long double weights, mean, squares, logs, weights2;
};

static struct direct direct_of(const struct areas_of *of, double tau2)
{
	struct direct sums = { 0 };
	for (size_t i = 0; i < of->count; i++) {
		long double w = 1 / ((long double)tau2 + of->d[i]);
		sums.weights += w;
		sums.weights2 += w * w;
		sums.logs -= logl(w);
		sums.mean += w * ((long double)of->y[i] - of->y[0]);
	}
	sums.mean = of->y[0] + sums.mean / sums.weights;
	for (size_t i = 0; i < of->count; i++) {
		long double distance = of->y[i] - sums.mean;
		sums.squares += distance * distance / ((long double)tau2 + of->d[i]);
	}
	return sums;
}

static double direct_criterion(double tau2, const void *with)
{
	struct direct sums = direct_of(with, tau2);
	return (double)(sums.logs + logl(sums.weights) + sums.squares);
}

static double direct_slope(double tau2, const void *with)
{
	const struct areas_of *of = with;
	struct direct sums = direct_of(of, tau2);
	long double squares = 0;
	for (size_t i = 0; i < of->count; i++) {
		long double w = 1 / ((long double)tau2 + of->d[i]), distance = of->y[i] - sums.mean;
		squares += w * w * distance * distance;
	}
	return (double)(sums.weights - sums.weights2 / sums.weights - squares);
}

enum refusal fay_herriot(struct fay_herriot *model, struct random_area *areas, const double *y, const double *d,
                         size_t count)
{
	struct areas_of of = { y, d, count };
	double tau2 = 0, least = INFINITY;
	if (count < RANDOM_LEAST_AREAS)
		return REFUSAL_FEWER_THAN_6_AREAS;
	for (size_t i = 0; i < count; i++) {
		if (!(d[i] > 0))
			return REFUSAL_ZERO_VARIANCE;
		least = fmin(least, d[i]);
	}
	if (!least_of(&tau2, direct_criterion, direct_slope, &of, least))
		return REFUSAL_NOT_COMPUTABLE;
	struct direct sums = direct_of(&of, tau2), fixed = direct_of(&of, 0);
	double df = (double)(count - 1), q = (double)fixed.squares;
	*model = (struct fay_herriot){ .mean = (double)sums.mean,
		                       .se = (double)(1 / sqrtl(sums.weights)),
		                       .tau2 = tau2,
		                       .q = q,
		                       .i2 = q > df ? (q - df) / q : 0 };
	if (!gsl_checked_chi_square_tail(&model->p, q, df))
		return REFUSAL_NOT_COMPUTABLE;
	for (size_t i = 0; i < count && areas; i++) {
		double v = tau2 + d[i], g = tau2 / v, rest = d[i] / v;
		double g1 = g * d[i], g2 = rest * rest / (double)sums.weights;
		double g3 = d[i] * d[i] / (v * v * v) * 2 / (double)sums.weights2;
		areas[i] = (struct random_area){ g * y[i] + (1 - g) * model->mean, sqrt(g1 + g2 + 2 * g3) };
	}
	return REFUSAL_NONE;
}

/* --- shares --- */

enum { HERMITE = 25 };

struct logits {
	const double *x, *n;
	size_t count;
	const double *node, *weight; /* of exp(-z^2) */
};

/* log p of x of n at logit a, without the binomial coefficient */
static double log_binomial(double x, double n, double a)
{
	return x * a - n * (a > 0 ? a + log1p(exp(-a)) : log1p(exp(a)));
}

/* The mode of log_binomial(x, n, logit + tau z) - z^2/2 over z, and the curvature there: the function is concave, its
 * slope tau (x - n p) - z falls from above 0 at z = -tau n to below 0 at tau n. Newton's steps between ends that close
 * in, halved where a step would leave them: alone they leap to and fro where tau is large. */
static double mode_of(double *curvature, double x, double n, double logit, double tau)
{
	enum { ITERATIONS = 200 };
	double z = 0, low = -tau * n, high = tau * n;
	for (int i = 0; i < ITERATIONS; i++) {
		double p = 1 / (1 + exp(-(logit + tau * z)));
		double slope = tau * (x - n * p) - z, bend = tau * tau * n * p * (1 - p) + 1, before = z;
		*curvature = bend;
		if (slope > 0)
			low = z;
		else
			high = z;
		z += slope / bend;
		if (!(z > low && z < high))
			z = low + (high - low) / 2;
		if (fabs(z - before) < 1e-14 * (1 + fabs(z)))
			break;
	}
	return z;
}

/* -2 log likelihood */
static double logit_criterion(const struct logits *of, double logit, double tau)
{
	static const double log_root_two_pi = 0.91893853320467274178;
	long double sum = 0;
	for (size_t j = 0; j < of->count; j++) {
		double curvature = 1, z = mode_of(&curvature, of->x[j], of->n[j], logit, tau),
		       spread = sqrt(2 / curvature);
		double top = log_binomial(of->x[j], of->n[j], logit + tau * z) - z * z / 2;
		long double integral = 0;
		for (int k = 0; k < HERMITE; k++) {
			double at = z + spread * of->node[k];
			double height = log_binomial(of->x[j], of->n[j], logit + tau * at) - at * at / 2 - top;
			integral += of->weight[k] * exp(height + of->node[k] * of->node[k]);
		}
		sum += top + log(spread) - log_root_two_pi + logl(integral);
	}
	return (double)(-2 * sum);
}

enum { FARTHEST = 50 }; /* that logit and tau go: an odds of e^50 is none */

static double logit_simplex(const gsl_vector *at, void *with)
{
	double tau = gsl_vector_get(at, 1), logit = gsl_vector_get(at, 0);
	return fabs(logit) > FARTHEST || fabs(tau) > FARTHEST ? 1e300 : logit_criterion(with, logit, fabs(tau));
}

/* Nelder and Mead, started again where it stops, so that it cannot stop on the way. */
static bool find_logits(struct random_logit *model, struct logits *of, double start)
{
	enum { RUNS = 6, ITERATIONS = 2000 };
	gsl_checked_handler *before = gsl_checked_begin();
	gsl_multimin_fminimizer *solver = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
	gsl_vector *at = gsl_vector_alloc(2), *step = gsl_vector_alloc(2);
	gsl_multimin_function function = { logit_simplex, 2, of };
	gsl_vector_set(at, 0, start);
	gsl_vector_set(at, 1, 0.3);
	bool ok = true;
	for (int run = 0; run < RUNS && ok; run++) {
		gsl_vector_set_all(step, run == 0 ? 0.2 : 1e-3);
		ok = gsl_multimin_fminimizer_set(solver, &function, at, step) == GSL_SUCCESS;
		for (int i = 0; i < ITERATIONS && ok && gsl_multimin_fminimizer_size(solver) > 1e-11; i++)
			if (gsl_multimin_fminimizer_iterate(solver) != GSL_SUCCESS)
				break;
		gsl_vector_memcpy(at, solver->x);
	}
	model->logit = gsl_vector_get(at, 0);
	model->tau = fabs(gsl_vector_get(at, 1));
	gsl_vector_free(at);
	gsl_vector_free(step);
	gsl_multimin_fminimizer_free(solver);
	return gsl_checked_end(before) && ok;
}

enum refusal random_logit(struct random_logit *model, struct random_area *areas, const double *x, const double *n,
                          size_t count)
{
	static const double z_75 = 0.67448975019608174320;
	double events = 0, all = 0;
	if (count < RANDOM_LEAST_AREAS)
		return REFUSAL_FEWER_THAN_6_AREAS;
	for (size_t j = 0; j < count; j++) {
		if (!(n[j] > 0))
			return REFUSAL_BASE_EMPTY;
		events += x[j];
		all += n[j];
	}
	if (!(events > 0) || !(events < all))
		return REFUSAL_FEWER_THAN_2_CATEGORIES;
	gsl_integration_fixed_workspace *points =
		gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, HERMITE, 0, 1, 0, 0);
	struct logits of = { x, n, count, gsl_integration_fixed_nodes(points), gsl_integration_fixed_weights(points) };
	double start = log(events / (all - events));
	*model = (struct random_logit){ 0 };
	bool ok = find_logits(model, &of, start);
	double none = logit_criterion(&of, start, 0), least = logit_criterion(&of, model->logit, model->tau);
	if (fmax(fabs(model->logit), model->tau) > FARTHEST - 1) /* rising for ever: areas of nobody and of everybody */
		ok = false;
	if (!(none - least > 1e-9 + 1e-12 * fabs(none))) { /* less is rounding, and its tau as well */
		model->logit = start;
		model->tau = 0;
		least = none;
	}
	model->statistic = none - least;
	model->mor = exp(sqrt(2) * model->tau * z_75);
	ok = ok && half_chi_square(&model->p, model->statistic);
	for (size_t j = 0; j < count && areas && ok; j++) {
		double curvature = 1, z = mode_of(&curvature, x[j], n[j], model->logit, model->tau);
		areas[j] = (struct random_area){ 1 / (1 + exp(-(model->logit + model->tau * z))),
			                         model->tau / sqrt(curvature) };
	}
	gsl_integration_fixed_free(points);
	return ok ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
