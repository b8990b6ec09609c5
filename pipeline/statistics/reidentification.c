#include "reidentification.h"

#include <gsl/gsl_sf_hyperg.h>
#include <math.h>

#include "gsl.h"

/* Where p is nearly 1 the two terms of the closed forms cancel: 2F1 as its own series, sum of k! q^k / ((f + 1) ... (f
 * + k)), is sharp there. */
static double series(double f, double q)
{
	double sum = 1, term = 1;
	for (int k = 1; k < 1000 && term > 1e-18 * sum; k++) {
		term *= q * k / (f + k);
		sum += term;
	}
	return sum;
}

bool individual_risk(double *risk, double f, double F)
{
	if (!(f >= 1) || !(F > 0) || !isfinite(f) || !isfinite(F))
		return false;
	if (F <= f) {
		*risk = 1 / f;
		return true;
	}
	double p = f / F, q = 1 - p;
	if (q < 0.5) {
		*risk = p / f * series(f, q);
		return true;
	}
	if (f == 1) {
		*risk = p / q * -log(p);
		return true;
	}
	gsl_sf_result value;
	gsl_checked_handler *before = gsl_checked_begin();
	gsl_sf_hyperg_2F1_e(1, 1, f + 1, q, &value);
	if (!gsl_checked_end(before) || !isfinite(value.val))
		return false;
	*risk = p / f * value.val;
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
