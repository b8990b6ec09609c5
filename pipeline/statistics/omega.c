#include "omega.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_eigen.h>

#include "alpha.h"
#include "mem.h"

/* A fit under way: k items, their correlations, and a place for each matrix that a step needs. */
struct fit {
	size_t k;
	double *correlations;
	double *theta;            /* ln of the uniquenesses */
	double *values, *vectors; /* eigenvalues, the largest first; eigenvector m's element i is vectors[i * k + m] */
	double *gradient, *hessian, *step, *tried;
	double *work;
	gsl_eigen_symmv_workspace *workspace;
};

enum { MOST_STEPS = 200, MOST_HALVINGS = 40 };
static const double longest_step = 1.0;       /* of ln u */
static const double flat = 1e-13;             /* a gradient with no element above it is zero */
static const double least_eigenvalue = 1e-10; /* of the correlations: below it they have no inverse */

static void fit_open(struct fit *fit, size_t k)
{
	*fit = (struct fit){ .k = k,
		             .correlations = mem_alloc(k * k, sizeof(double)),
		             .theta = mem_alloc(k, sizeof(double)),
		             .values = mem_alloc(k, sizeof(double)),
		             .vectors = mem_alloc(k * k, sizeof(double)),
		             .gradient = mem_alloc(k, sizeof(double)),
		             .hessian = mem_alloc(k * k, sizeof(double)),
		             .step = mem_alloc(k, sizeof(double)),
		             .tried = mem_alloc(k, sizeof(double)),
		             .work = mem_alloc(k * k, sizeof(double)),
		             .workspace = gsl_eigen_symmv_alloc(k) };
}

static void fit_release(struct fit *fit)
{
	free(fit->correlations);
	free(fit->theta);
	free(fit->values);
	free(fit->vectors);
	free(fit->gradient);
	free(fit->hessian);
	free(fit->step);
	free(fit->tried);
	free(fit->work);
	gsl_eigen_symmv_free(fit->workspace);
}

static bool is_finite(const double *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(values[i]))
			return false;
	return true;
}

/* Of fit->work, which it destroys, into values and vectors. GSL would look for the eigenvalues of a NaN forever. */
static bool decompose(struct fit *fit)
{
	if (!is_finite(fit->work, fit->k * fit->k))
		return false;
	gsl_matrix_view matrix = gsl_matrix_view_array(fit->work, fit->k, fit->k);
	gsl_vector_view values = gsl_vector_view_array(fit->values, fit->k);
	gsl_matrix_view vectors = gsl_matrix_view_array(fit->vectors, fit->k, fit->k);
	return gsl_eigen_symmv(&matrix.matrix, &values.vector, &vectors.matrix, fit->workspace) == 0
	       && gsl_eigen_symmv_sort(&values.vector, &vectors.matrix, GSL_EIGEN_SORT_VAL_DESC) == 0;
}

/* f at theta; NaN where it has no value. Leaves eigenvalues and -vectors of u^-1/2 R u^-1/2. */
static double discrepancy(struct fit *fit, const double *theta)
{
	size_t k = fit->k;
	long double sum = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			fit->work[i * k + j] = fit->correlations[i * k + j] * exp(-(theta[i] + theta[j]) / 2);
	if (!decompose(fit))
		return NAN;
	for (size_t m = 1; m < k; m++)
		sum += fit->values[m] - log(fit->values[m]) - 1;
	return (double)sum;
}

/* Gradient and second derivatives by theta, from the eigenvalues e and -vectors v at theta:
 *   g_i  = Sum_{m > 1} (1 - e_m) v_im^2
 *   H_ij = (Sum_{m > 1} e_m v_im v_jm)(Sum_{m > 1} v_im v_jm)
 *          + v_i1 v_j1 Sum_{m > 1} (1 - e_m)(e_1 + e_m)/(e_1 - e_m) v_im v_jm */
static void differentiate(struct fit *fit)
{
	size_t k = fit->k;
	const double *e = fit->values;
	for (size_t i = 0; i < k; i++) {
		const double *v_i = fit->vectors + i * k;
		fit->gradient[i] = 0;
		for (size_t m = 1; m < k; m++)
			fit->gradient[i] += (1 - e[m]) * v_i[m] * v_i[m];
		for (size_t j = 0; j <= i; j++) {
			const double *v_j = fit->vectors + j * k;
			double weighted = 0, plain = 0, crossed = 0;
			for (size_t m = 1; m < k; m++) {
				double product = v_i[m] * v_j[m];
				weighted += e[m] * product;
				plain += product;
				crossed += (1 - e[m]) * (e[0] + e[m]) / (e[0] - e[m]) * product;
			}
			fit->hessian[i * k + j] = fit->hessian[j * k + i] =
				weighted * plain + v_i[0] * v_j[0] * crossed;
		}
	}
}

/* Newton's step, turned downhill where f bends the other way, and cut to a length. Destroys the eigenvectors of f. */
static bool find_step(struct fit *fit)
{
	size_t k = fit->k;
	double longest = 0;
	memcpy(fit->work, fit->hessian, k * k * sizeof *fit->work);
	if (!decompose(fit))
		return false;
	memset(fit->step, 0, k * sizeof *fit->step);
	for (size_t m = 0; m < k; m++) {
		double slope = 0, bend = fmax(fabs(fit->values[m]), 1e-8 * fabs(fit->values[0]));
		for (size_t i = 0; i < k; i++)
			slope += fit->vectors[i * k + m] * fit->gradient[i];
		for (size_t i = 0; i < k && bend > 0; i++)
			fit->step[i] -= slope / bend * fit->vectors[i * k + m];
	}
	for (size_t i = 0; i < k; i++)
		longest = fmax(longest, fabs(fit->step[i]));
	for (size_t i = 0; i < k && longest > longest_step; i++)
		fit->step[i] *= longest_step / longest;
	return is_finite(fit->step, k);
}

static double largest(const double *values, size_t count)
{
	double most = 0;
	for (size_t i = 0; i < count; i++)
		most = fmax(most, fabs(values[i]));
	return most;
}

/* Along the step, halved until f is no higher. False: nowhere, so that rounding is all that is left. */
static bool take_step(struct fit *fit, double *f)
{
	double length = 1;
	for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
		for (size_t i = 0; i < fit->k; i++)
			fit->tried[i] = fit->theta[i] + length * fit->step[i];
		double there = discrepancy(fit, fit->tried);
		if (there <= *f) {
			memcpy(fit->theta, fit->tried, fit->k * sizeof *fit->theta);
			*f = there;
			return true;
		}
	}
	return false;
}

static bool is_heywood(const struct fit *fit)
{
	for (size_t i = 0; i < fit->k; i++)
		if (fit->theta[i] < log(OMEGA_LEAST_UNIQUENESS))
			return true;
	return false;
}

/* The correlations, and Jöreskog's (1967) first uniquenesses (1 - 1/(2k)) / (R^-1)_ii. */
static enum refusal begin(struct fit *fit, const double *c)
{
	size_t k = fit->k;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			enum refusal refusal = alpha_inter_item(&fit->correlations[i * k + j], c, k, i, j);
			if (refusal)
				return refusal;
		}
	memcpy(fit->work, fit->correlations, k * k * sizeof *fit->work);
	if (!decompose(fit) || !(fit->values[k - 1] > least_eigenvalue))
		return REFUSAL_NOT_COMPUTABLE;
	for (size_t i = 0; i < k; i++) {
		double inverse = 0;
		for (size_t m = 0; m < k; m++)
			inverse += fit->vectors[i * k + m] * fit->vectors[i * k + m] / fit->values[m];
		fit->theta[i] = log((1 - 0.5 / (double)k) / inverse);
	}
	return REFUSAL_NONE;
}

/* Near the least, f is flat to rounding long before its gradient is: the last steps are Newton's whole ones, as long as
 * the gradient gets smaller. */
static enum refusal minimise(struct fit *fit)
{
	double f = discrepancy(fit, fit->theta), before = INFINITY;
	for (int step = 0; step < MOST_STEPS && isfinite(f); step++) {
		differentiate(fit);
		double steepest = largest(fit->gradient, fit->k);
		if (steepest <= flat || (steepest < 1e-9 && steepest >= before / 2))
			return is_heywood(fit) ? REFUSAL_HEYWOOD : REFUSAL_NONE;
		before = steepest;
		if (!find_step(fit))
			return REFUSAL_NOT_COMPUTABLE;
		if (steepest < 1e-6) {
			for (size_t i = 0; i < fit->k; i++)
				fit->theta[i] += fit->step[i];
			f = discrepancy(fit, fit->theta);
		} else if (!take_step(fit, &f)) {
			return REFUSAL_NOT_COMPUTABLE;
		}
		/* f falls for ever towards a uniqueness of 0: there is no need to follow it to the end */
		for (size_t i = 0; i < fit->k; i++)
			if (fit->theta[i] < log(OMEGA_LEAST_UNIQUENESS / 100))
				return REFUSAL_HEYWOOD;
	}
	return REFUSAL_NOT_COMPUTABLE;
}

/* From correlations back to the items' own units. */
static void finish(const struct fit *fit, const double *c, double *loading, double *uniqueness)
{
	size_t k = fit->k;
	double sum = 0, common = sqrt(fmax(fit->values[0] - 1, 0));
	for (size_t i = 0; i < k; i++) {
		double variance = c[i * k + i], u = exp(fit->theta[i]);
		uniqueness[i] = u * variance;
		loading[i] = sqrt(u * variance) * fit->vectors[i * k] * common;
		sum += loading[i];
	}
	for (size_t i = 0; i < k && sum < 0; i++)
		loading[i] = -loading[i];
}

enum refusal omega_factor(double *loading, double *uniqueness, const double *c, size_t k)
{
	if (k < 3)
		return REFUSAL_FEWER_THAN_3_ITEMS;
	struct fit fit;
	fit_open(&fit, k);
	enum refusal refusal = begin(&fit, c);
	if (!refusal)
		refusal = minimise(&fit);
	if (!refusal)
		finish(&fit, c, loading, uniqueness);
	fit_release(&fit);
	return refusal;
}

enum refusal omega_estimate(struct omega *omega, const double *c, size_t k)
{
	double *loading = mem_alloc(k, sizeof *loading), *uniqueness = mem_alloc(k, sizeof *uniqueness);
	enum refusal refusal = omega_factor(loading, uniqueness, c, k);
	if (!refusal) {
		long double common = 0, unique = 0, total = 0;
		for (size_t i = 0; i < k; i++) {
			common += loading[i];
			unique += uniqueness[i];
			for (size_t j = 0; j < k; j++)
				total += c[i * k + j];
		}
		common *= common;
		*omega = (struct omega){ .fitted = (double)(common / (common + unique)),
			                 .observed = (double)(1 - unique / total) };
		if (!isfinite(omega->fitted) || !isfinite(omega->observed))
			refusal = REFUSAL_NOT_COMPUTABLE;
	}
	free(loading);
	free(uniqueness);
	return refusal;
}
