#include "gsl.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

/* GSL's handler has no argument of ours, so what it records has to stand here. Set and read within one call only. */
static _Thread_local int recorded;

static void record(const char *reason, const char *file, int line, int code)
{
	(void)reason, (void)file, (void)line;
	if (recorded == 0)
		recorded = code;
}

static gsl_error_handler_t *begin(void)
{
	recorded = 0;
	return gsl_set_error_handler(record);
}

/* An underflow is a tail too small for a double: 0 is then right, and the only thing GSL records that is no failure. */
static bool end(gsl_error_handler_t *before)
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
	gsl_error_handler_t *before = begin();
	*z = gsl_cdf_ugaussian_Qinv(tail);
	return end(before) && isfinite(*z);
}

bool gsl_checked_t_above(double *t, double tail, double df)
{
	if (!is_tail(tail) || !is_df(df))
		return false;
	gsl_error_handler_t *before = begin();
	*t = gsl_cdf_tdist_Qinv(tail, df);
	return end(before) && isfinite(*t);
}

bool gsl_checked_normal_tail(double *p, double statistic)
{
	if (!isfinite(statistic) || statistic < 0)
		return false;
	gsl_error_handler_t *before = begin();
	*p = gsl_cdf_ugaussian_Q(statistic);
	return end(before) && *p >= 0 && *p <= 1;
}

bool gsl_checked_f_tail(double *p, double statistic, double df, double df2)
{
	if (!isfinite(statistic) || statistic < 0 || !is_df(df) || !is_df(df2))
		return false;
	gsl_error_handler_t *before = begin();
	*p = gsl_cdf_fdist_Q(statistic, df, df2);
	return end(before) && *p >= 0 && *p <= 1;
}

bool gsl_checked_chi_square_tail(double *p, double statistic, double df)
{
	if (!isfinite(statistic) || statistic < 0 || !is_df(df))
		return false;
	gsl_error_handler_t *before = begin();
	*p = gsl_cdf_chisq_Q(statistic, df);
	return end(before) && *p >= 0 && *p <= 1;
}
