#include "survey_rank.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "survey_mean.h"

struct placed {
	double value;
	size_t index;
};

static int by_value(const void *a, const void *b)
{
	const struct placed *left = a, *right = b;
	return left->value < right->value ? -1 : left->value > right->value;
}

/* Free with free(). */
static struct placed *sorted_of(const double *y, size_t n)
{
	struct placed *sorted = mem_alloc(n, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct placed){ y[i], i };
	mem_sort(sorted, n, sizeof *sorted, by_value);
	return sorted;
}

/* Behind the last of those whose value is that of `at`. */
static size_t tie_end(const struct placed *sorted, size_t at, size_t n)
{
	size_t end = at + 1;
	while (end < n && sorted[end].value <= sorted[at].value)
		end++;
	return end;
}

/* --- scores --- */

void survey_ranks(double *score, const struct survey_design *design, const double *y, const size_t *member, size_t n)
{
	struct placed *sorted = sorted_of(y, n);
	long double sum = 0, below = 0;
	for (size_t i = 0; i < n; i++)
		sum += design->weight ? design->weight[member[i]] : 1;
	for (size_t i = 0, end; i < n; i = end) {
		long double held = 0;
		end = tie_end(sorted, i, n);
		for (size_t j = i; j < end; j++)
			held += design->weight ? design->weight[member[sorted[j].index]] : 1;
		for (size_t j = i; j < end; j++)
			score[sorted[j].index] = (double)((below + held / 2) / sum);
		below += held;
	}
	free(sorted);
}

/* --- the test --- */

static enum refusal check_domains(const struct survey_design *design, const size_t *member, const size_t *first,
                                  size_t domains)
{
	enum { LEAST_OF_A_DOMAIN = 3 };
	enum refusal refusal = domains < 2 ? REFUSAL_FEWER_THAN_2_AREAS : REFUSAL_NONE;
	for (size_t j = 0; !refusal && j < domains; j++) {
		size_t counted = 0;
		for (size_t i = first[j]; !refusal && i < first[j + 1]; i++) {
			double weight = design->weight ? design->weight[member[i]] : 1;
			refusal = !isfinite(weight) ? REFUSAL_WEIGHTS_MISSING
			          : weight < 0      ? REFUSAL_WEIGHTS_NEGATIVE
			                            : REFUSAL_NONE;
			counted += weight > 0;
		}
		if (!refusal && counted < LEAST_OF_A_DOMAIN)
			refusal = first[j] == first[j + 1] ? REFUSAL_BASE_EMPTY : REFUSAL_N_BELOW_3;
	}
	return refusal;
}

enum refusal survey_rank_test(struct survey_wald *test, const struct survey_design *design, const double *y,
                              const size_t *member, const size_t *first, size_t domains)
{
	*test = (struct survey_wald){ 0 };
	enum refusal refusal = check_domains(design, member, first, domains);
	if (refusal)
		return refusal;
	size_t n = first[domains] - first[0], *from = mem_alloc(domains + 1, sizeof *from);
	double *score = mem_alloc(n, sizeof *score);
	for (size_t j = 0; j <= domains; j++)
		from[j] = first[j] - first[0];
	survey_ranks(score, design, y + first[0], member + first[0], n);
	refusal = survey_wald(test, design, score, member + first[0], from, domains);
	free(from);
	free(score);
	return refusal;
}

/* --- who is higher --- */

struct two {
	size_t n1;
	const struct placed *sorted; /* of both domains together */
};

/* For each unit the share of the other domain's weight below it, and half of that at its value: of the first domain's
 * F2(y1), of the second's F1(y2). */
static enum refusal stand(long double *below, long double *sums, const struct two *two, const double *weight, size_t n)
{
	long double passed[2] = { 0, 0 };
	sums[0] = sums[1] = 0;
	for (size_t i = 0; i < n; i++)
		sums[i >= two->n1] += weight[i];
	if (!(sums[0] > 0 && sums[1] > 0))
		return REFUSAL_WEIGHTS_ZERO;
	for (size_t i = 0, end; i < n; i = end) {
		long double held[2] = { 0, 0 };
		end = tie_end(two->sorted, i, n);
		for (size_t j = i; j < end; j++)
			held[two->sorted[j].index >= two->n1] += weight[two->sorted[j].index];
		for (size_t j = i; j < end; j++) {
			size_t other = two->sorted[j].index < two->n1;
			below[two->sorted[j].index] = (passed[other] + held[other] / 2) / sums[other];
		}
		passed[0] += held[0];
		passed[1] += held[1];
	}
	return REFUSAL_NONE;
}

static long double probability(const long double *below, const long double *sums, const struct two *two,
                               const double *weight)
{
	long double sum = 0;
	for (size_t i = 0; i < two->n1; i++)
		sum += weight[i] * below[i];
	return sum / sums[0];
}

static enum refusal take_superiority(const void *with, const double *weight, size_t n, long double *value)
{
	const struct two *two = with;
	long double *below = mem_alloc(n, sizeof *below), sums[2];
	enum refusal refusal = stand(below, sums, two, weight, n);
	if (!refusal) {
		long double turned = 2 * probability(below, sums, two, weight) - 1;
		if (!(fabsl(turned) < 1 - 1e-15L))
			refusal = REFUSAL_COUNT_ZERO;
		else
			*value = atanhl(turned);
	}
	free(below);
	return refusal;
}

static void move_superiority(const void *with, const double *weight, size_t n, const long double *values,
                             size_t *number, long double *z)
{
	const struct two *two = with;
	long double *below = mem_alloc(n, sizeof *below), sums[2];
	(void)values, (void)number;
	if (stand(below, sums, two, weight, n) == REFUSAL_NONE) {
		long double p = probability(below, sums, two, weight);
		long double slope = 2 / (1 - (2 * p - 1) * (2 * p - 1));
		for (size_t i = 0; i < n; i++)
			z[i] = i < two->n1 ? slope * weight[i] * (below[i] - p) / sums[0]
			                   : slope * weight[i] * (1 - below[i] - p) / sums[1];
	}
	free(below);
}

enum refusal survey_superiority(struct survey_contrast *superiority, const struct survey_design *design,
                                const double *y, const size_t *member, size_t n1, size_t n2, double level)
{
	const size_t first[] = { 0, n1, n1 + n2 };
	struct survey_wald test = { 0 };
	*superiority = (struct survey_contrast){ 0 };
	enum refusal refusal = survey_rank_test(&test, design, y, member, first, 2);
	if (refusal)
		return refusal;
	struct placed *sorted = sorted_of(y, n1 + n2);
	const struct two two = { n1, sorted };
	const struct survey_statistic statistic = {
		.count = 1, .with = &two, .values = take_superiority, .reach = 1, .influence = move_superiority
	};
	refusal = survey_contrast_of(superiority, design, &statistic, member, n1 + n2, level);
	superiority->value = (1 + tanh(superiority->value)) / 2;
	superiority->low = (1 + tanh(superiority->low)) / 2;
	superiority->high = (1 + tanh(superiority->high)) / 2;
	superiority->n_kish = fmin(survey_n_kish(design, member, n1), survey_n_kish(design, member + n1, n2));
	superiority->least_df = test.least_df;
	free(sorted);
	return refusal;
}
