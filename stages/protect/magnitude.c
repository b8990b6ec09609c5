#include "magnitude.h"

#include <math.h>

/* What the rules look at. */
struct contributions {
	double total;
	double signed_largest[UNIVERSE_LARGEST];
	double largest[UNIVERSE_LARGEST]; /* their sizes; 0: there are no more */
	double all;                       /* at least so much all sizes add up to */
};

/* Where nobody noted the contributions, all of the sum is taken to be one's. */
static struct contributions contributions_read(double total, const double largest[UNIVERSE_LARGEST])
{
	struct contributions read = { .total = total };
	double others = total;
	for (int i = 0; i < UNIVERSE_LARGEST; i++) {
		double one = !isnan(largest[i]) ? largest[i] : i == 0 ? total : 0;
		read.signed_largest[i] = one;
		read.largest[i] = fabs(one);
		read.all += fabs(one);
		others -= one;
	}
	read.all += fabs(others);
	return read;
}

/* X - x1 - x2 < p/100 x1: whoever knows the second largest can tell the largest within p per cent. */
static double p_percent_lacks(const struct contributions *read, double p)
{
	double others = fabs(read->total - read->signed_largest[0] - read->signed_largest[1]);
	return p * read->largest[0] / 100 - others;
}

/* x1 + .. + xn > k/100 X. */
static double dominance_lacks(const struct contributions *read, int n, double k)
{
	double top = 0;
	for (int i = 0; i < n; i++)
		top += read->largest[i];
	return top * 100 > k * read->all ? 100 * top / k - read->all : 0;
}

static bool has_negative(const struct contributions *read, double least)
{
	bool negative = least < 0 || read->total < 0; /* false where least is NaN */
	for (int i = 0; i < UNIVERSE_LARGEST; i++)
		negative = negative || read->signed_largest[i] < 0;
	return negative;
}

struct magnitude_verdict magnitude_judge(const struct study_magnitude *policy, int threshold, long long n, double total,
                                         const double largest[UNIVERSE_LARGEST], double least)
{
	struct magnitude_verdict verdict = { .rule = MAGNITUDE_SAFE };
	if (n <= 0)
		return verdict;
	const struct contributions read = contributions_read(total, largest);
	double p = policy->p_percent ? p_percent_lacks(&read, *policy->p_percent) : 0;
	double dominance = policy->dominance_k ? dominance_lacks(&read, policy->dominance_n, *policy->dominance_k) : 0;
	if (n < (policy->contributors ? policy->contributors : threshold))
		verdict.rule = MAGNITUDE_CONTRIBUTORS;
	else if (p > 0)
		verdict.rule = MAGNITUDE_P_PERCENT;
	else if (dominance > 0)
		verdict.rule = MAGNITUDE_DOMINANCE;
	verdict.above = verdict.below = fmax(fmax(p, dominance), 0);
	verdict.review = (policy->p_percent || policy->dominance_k) && has_negative(&read, least);
	return verdict;
}
