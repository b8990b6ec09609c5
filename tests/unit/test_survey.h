/* Units drawn one by one with weights w, of which the first n of `sampled` are the domain's: what most oracles are of.
 */
#ifndef CANVASS_TEST_SURVEY_H
#define CANVASS_TEST_SURVEY_H

#include "testing.h"

#include "statistics/proportion.h"
#include "statistics/survey_mean.h"

struct one_by_one {
	struct survey_design design;
	double *weight;
	size_t *member;
};

static inline struct one_by_one one_by_one(const double *w, size_t n, size_t sampled)
{
	size_t units = n > sampled ? n : sampled;
	struct one_by_one drawn = { .weight = mem_alloc(units, sizeof *drawn.weight),
		                    .member = mem_alloc(n, sizeof *drawn.member) };
	for (size_t i = 0; i < n; i++) {
		drawn.weight[i] = w[i];
		drawn.member[i] = i;
	}
	drawn.design = (struct survey_design){ .units = units, .weight = drawn.weight, .strata = 1, .clusters = units };
	return drawn;
}

static inline enum refusal mean_one_by_one(struct survey_mean *estimate, const double *y, const double *w, size_t n,
                                           size_t sampled, double level)
{
	struct one_by_one drawn = one_by_one(w, n, sampled);
	enum refusal refusal = survey_mean(estimate, &drawn.design, y, drawn.member, n, level);
	free(drawn.weight);
	free(drawn.member);
	return refusal;
}

static inline enum refusal proportion_one_by_one(struct survey_proportion *proportion, const double *y, const double *w,
                                                 size_t n, size_t sampled, double level)
{
	struct one_by_one drawn = one_by_one(w, n, sampled);
	enum refusal refusal = survey_proportion(proportion, &drawn.design, y, drawn.member, n, level);
	free(drawn.weight);
	free(drawn.member);
	return refusal;
}

#endif
