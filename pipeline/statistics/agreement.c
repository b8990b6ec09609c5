#include "agreement.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"

static const double chance = 0.005;

void agreement_begin(struct agreement *agreement, unsigned items)
{
	*agreement = (struct agreement){ .items = items };
	agreement->sums = mem_alloc(items, sizeof *agreement->sums);
	agreement->products = mem_alloc((size_t)items * (items + 1) / 2, sizeof *agreement->products);
}

void agreement_free(struct agreement *agreement)
{
	free(agreement->sums);
	free(agreement->products);
	*agreement = (struct agreement){ 0 };
}

void agreement_add(struct agreement *agreement, const double *values)
{
	long double *product = agreement->products;
	agreement->rows++;
	for (unsigned i = 0; i < agreement->items; i++) {
		agreement->sums[i] += values[i];
		for (unsigned j = 0; j <= i; j++)
			*product++ += (long double)values[i] * values[j];
	}
}

void agreement_join(struct agreement *agreement, const struct agreement *other)
{
	agreement->rows += other->rows;
	for (unsigned i = 0; i < agreement->items; i++)
		agreement->sums[i] += other->sums[i];
	for (size_t i = 0; i < (size_t)agreement->items * (agreement->items + 1) / 2; i++)
		agreement->products[i] += other->products[i];
}

/* n times the sum of the products less the product of the sums: exact for whole numbers. */
static long double covariance(const struct agreement *agreement, const bool *turned, unsigned i, unsigned j)
{
	size_t row = i > j ? i : j, column = i > j ? j : i;
	long double both = (long double)agreement->rows * agreement->products[row * (row + 1) / 2 + column]
	                   - agreement->sums[i] * agreement->sums[j];
	return turned && turned[i] != turned[j] ? -both : both;
}

bool agreement_rest(double *r, const struct agreement *agreement, const bool *turned, unsigned item)
{
	long double with_rest = 0, rest = 0, own = covariance(agreement, turned, item, item);
	for (unsigned i = 0; i < agreement->items; i++) {
		if (i == item)
			continue;
		with_rest += covariance(agreement, turned, item, i);
		for (unsigned j = 0; j < agreement->items; j++)
			rest += j == item ? 0 : covariance(agreement, turned, i, j);
	}
	if (agreement->rows < 3 || own <= 0 || rest <= 0)
		return false;
	*r = (double)(with_rest / (sqrtl(own) * sqrtl(rest)));
	return true;
}

bool agreement_alpha(double *alpha, const struct agreement *agreement, const bool *turned)
{
	long double own = 0, total = 0;
	for (unsigned i = 0; i < agreement->items; i++)
		for (unsigned j = 0; j < agreement->items; j++) {
			total += covariance(agreement, turned, i, j);
			own += i == j ? covariance(agreement, turned, i, i) : 0;
		}
	if (agreement->items < 2 || agreement->rows < 3 || total <= 0)
		return false;
	long double k = agreement->items;
	*alpha = (double)(k / (k - 1) * (1 - own / total));
	return true;
}

bool agreement_r_is_negative(double r, size_t rows)
{
	double p = 0;
	if (rows < 4 || r >= 0)
		return false;
	return r <= -1 || (gsl_checked_normal_tail(&p, -atanh(r) * sqrt((double)rows - 3)) && p < chance);
}

bool agreement_alpha_is_negative(double alpha, size_t rows, unsigned items)
{
	double tail = 0, df = (double)rows - 1, k = (double)items - 1;
	if (rows < 3 || items < 2 || alpha >= 0)
		return false;
	/* F below 1 / (1 - alpha) is as probable as its reciprocal, with the degrees exchanged, above 1 - alpha. */
	return gsl_checked_f_tail(&tail, 1 - alpha, df * k, df) && tail < chance;
}
