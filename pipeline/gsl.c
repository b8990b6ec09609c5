#include "gsl.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

/* GSL's handler has no argument of ours, so what it records has to stand here. Set and read within one call only. */
static _Thread_local int recorded;

static void record(const char *reason, const char *file, int line, int code)
{
	(void)reason, (void)file, (void)line;
	if (recorded == 0)
		recorded = code;
}

gsl_checked_handler *gsl_checked_begin(void)
{
	recorded = 0;
	return gsl_set_error_handler(record);
}

/* An underflow is a tail too small for a double: 0 is then right, and the only thing GSL records that is no failure. */
bool gsl_checked_end(gsl_checked_handler *before)
{
	gsl_set_error_handler(before);
	return recorded == 0 || recorded == GSL_EUNDRFLW;
}

static bool is_tail(double tail)
{
	return tail > 0 && tail < 1;
}

static bool is_df(double df)
{
	return isfinite(df) && df > 0;
}

bool gsl_checked_normal_above(double *z, double tail)
{
	if (!is_tail(tail))
		return false;
	gsl_checked_handler *before = gsl_checked_begin();
	*z = gsl_cdf_ugaussian_Qinv(tail);
	return gsl_checked_end(before) && isfinite(*z);
}

bool gsl_checked_t_above(double *t, double tail, double df)
{
	if (!is_tail(tail) || !is_df(df))
		return false;
	gsl_checked_handler *before = gsl_checked_begin();
	*t = gsl_cdf_tdist_Qinv(tail, df);
	return gsl_checked_end(before) && isfinite(*t);
}

bool gsl_checked_normal_tail(double *p, double statistic)
{
	if (!isfinite(statistic) || statistic < 0)
		return false;
	gsl_checked_handler *before = gsl_checked_begin();
	*p = gsl_cdf_ugaussian_Q(statistic);
	return gsl_checked_end(before) && *p >= 0 && *p <= 1;
}

bool gsl_checked_f_tail(double *p, double statistic, double df, double df2)
{
	if (!isfinite(statistic) || statistic < 0 || !is_df(df) || !is_df(df2))
		return false;
	gsl_checked_handler *before = gsl_checked_begin();
	*p = gsl_cdf_fdist_Q(statistic, df, df2);
	return gsl_checked_end(before) && *p >= 0 && *p <= 1;
}

bool gsl_checked_chi_square_tail(double *p, double statistic, double df)
{
	if (!isfinite(statistic) || statistic < 0 || !is_df(df))
		return false;
	gsl_checked_handler *before = gsl_checked_begin();
	*p = gsl_cdf_chisq_Q(statistic, df);
	return gsl_checked_end(before) && *p >= 0 && *p <= 1;
}

/* --- roots --- */

struct root_call {
	gsl_checked_function *f;
	const void *with;
	bool failed;
};

/* GSL passes on a void *, and aborts on a value that is none. */
static double evaluate(double x, void *data)
{
	struct root_call *call = data;
	double y = call->f(x, call->with);
	if (isfinite(y))
		return y;
	call->failed = true;
	return 0;
}

static bool narrow(double *root, gsl_root_fsolver *solver, const struct root_call *call)
{
	enum { ITERATIONS = 500 };
	for (int i = 0; i < ITERATIONS; i++) {
		if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS || call->failed)
			return false;
		*root = gsl_root_fsolver_root(solver);
		double width = gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver);
		if (width <= 4 * DBL_EPSILON * fabs(*root) + DBL_MIN)
			return true;
	}
	return false;
}

bool gsl_checked_root(double *root, gsl_checked_function *f, const void *with, double low, double high)
{
	struct root_call call = { f, with, false };
	gsl_function function = { evaluate, &call };
	double at_low = evaluate(low, &call), at_high = evaluate(high, &call);
	if (call.failed || (at_low > 0 && at_high > 0) || (at_low < 0 && at_high < 0))
		return false;
	if (at_low == 0 || at_high == 0) {
		*root = at_low == 0 ? low : high;
		return true;
	}
	gsl_checked_handler *before = gsl_checked_begin();
	gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	bool ok = solver && gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS
	          && narrow(root, solver, &call);
	if (solver)
		gsl_root_fsolver_free(solver);
	return gsl_checked_end(before) && ok;
}
