#include "reidentification.h"

#include <math.h>

/* From so many on the series is short whatever the population, as its terms fall like 1/binomial(f + k, k). */
enum { MANY = 20 };

/* 2F1 as its own series, sum of k! q^k / ((f + 1) ... (f + k)). Where p is nearly 1 the two terms of the closed forms
 * cancel: it is sharp there, and where f is large. */
static double series(double f, double q)
{
	double sum = 1, term = 1;
	for (int k = 1; k < 1000 && term > 1e-18 * sum; k++) {
		term *= q * k / (f + k);
		sum += term;
	}
	return sum;
}

/* The integral of y^(f - 1)/(p + qy) over y from 0 to 1, which is r/p with y = pu/(1 - qu). By parts from f = 1; with
 * p < q what is rounded away dies out. (GSL's 2F1 is off by a part of 2p for small p.) */
static double integral(double f, double p, double q)
{
	double value = -log(p) / q;
	for (double at = 1; at < f; at++)
		value = (1 / at - p * value) / q;
	return value;
}

bool individual_risk(double *risk, double f, double F)
{
	if (!(f >= 1) || floor(f) != f || !(F > 0) || !isfinite(f) || !isfinite(F))
		return false;
	if (F <= f) {
		*risk = 1 / f;
		return true;
	}
	double p = f / F, q = (F - f) / F;
	*risk = q < 0.5 || f >= MANY ? p / f * series(f, q) : p * integral(f, p, q);
	return true;
}

bool global_risk(struct global_risk *risk, const double *f, const double *F, size_t count)
{
	long double sum = 0;
	for (size_t i = 0; i < count; i++) {
		double one;
		if (!individual_risk(&one, f[i], F[i]))
			return false;
		sum += one;
	}
	*risk = (struct global_risk){ .expected = (double)sum, .rate = count ? (double)(sum / (long double)count) : 0 };
	return true;
}
