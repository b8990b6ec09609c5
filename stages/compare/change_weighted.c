/* A change by the design of the sample: what each wave answered, and what those who answered at both have changed by.
 */
#include "change.h"

#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "mem.h"
#include "proportion.h"
#include "rmath.h"
#include "survey_mean.h"

struct weighted {
	double value, low, high, df, se;
	bool exact;
	enum refusal refusal;
	unsigned cautions;
};

static struct weighted weigh_mean(const struct survey_design *design, const double *values, const size_t *members,
                                  size_t n)
{
	struct survey_mean mean = { 0 };
	enum refusal refusal = survey_mean(&mean, design, values, members, n, ANALYSIS_LEVEL);
	return (struct weighted){
		.value = mean.mean,
		.low = mean.low,
		.high = mean.high,
		.df = mean.df,
		.se = mean.se,
		.refusal = refusal,
		.cautions = analysis_cautions((long long)n) | (mean.n_kish < 30 ? CAUTION_N_EFF_BELOW_30 : 0)
		            | (refusal ? 0 : analysis_design_cautions(mean.deff_replace, mean.df)),
	};
}

static struct weighted weigh_share(const struct survey_design *design, const double *values, const size_t *members,
                                   size_t n)
{
	struct survey_proportion share = { 0 };
	enum refusal refusal = survey_proportion(&share, design, values, members, n, ANALYSIS_LEVEL);
	return (struct weighted){
		.value = 100 * share.p,
		.low = 100 * share.low,
		.high = 100 * share.high,
		.exact = share.exact,
		.refusal = refusal,
		.cautions = analysis_cautions((long long)n) | (share.n_eff < 30 ? CAUTION_N_EFF_BELOW_30 : 0)
		            | (share.high - share.low >= 0.3 ? CAUTION_WIDE_INTERVAL : 0)
		            | (share.exact ? CAUTION_EXACT_INTERVAL : 0),
	};
}

void change_add_weighted(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                         size_t wave)
{
	const struct change *change = change_of(analysis);
	const struct dataset *dataset = analysis->dataset;
	const char *label = change->wave[wave]->label, *unit = change->yes ? "%" : analysis->outcome->unit;
	const char *kind = dataset->weighted ? "Weighted " : "By design ";
	int decimals = analysis->config->decimals;
	double *values = NULL;
	size_t *members = NULL;
	if (!dataset->designed)
		return;
	size_t n = (change->yes ? change_answers : change_values)(&values, &members, analysis, row,
	                                                          change_everybody.answered[wave], wave);
	struct weighted found = (change->yes ? weigh_share : weigh_mean)(&change->design[wave], values, members, n);
	char *method = found.exact   ? mem_copy_text("Clopper-Pearson interval with Kish's effective sample size")
	               : change->yes ? mem_print("%s%s, Wilson score interval with the effective sample size",
	                                         dataset->variance, dataset->drawing)
	                             : mem_print("%s%s, Student t interval", dataset->variance, dataset->drawing);
	struct change_line *line = change_line(lines, change->yes ? "weighted_share_of_wave" : "weighted_mean_of_wave",
	                                       change->across[wave], method, ANALYSIS_LEVEL, found.refusal);
	line->weighted = true;
	line->cautions = found.cautions;
	change_rest(analysis, row, &change_everybody, wave, &line->rests);
	change_figure(line, "estimate", mem_print("%s%s: %s", kind, change->yes ? "share" : "mean", label), unit,
	              decimals, found.value);
	change_limits(line, kind, label, unit, decimals, found.low, found.high);
	free(values);
	free(members);
}

void change_add_weighted_change(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                                double unweighted, double factor, const char *unit)
{
	const struct change *change = change_of(analysis);
	const struct dataset *dataset = analysis->dataset;
	const char *kind = dataset->weighted ? "Weighted " : "By design ";
	int decimals = analysis->config->decimals;
	double *values[MATCHED_WAVES], p = 0;
	size_t *members[MATCHED_WAVES], n = 0;
	if (!dataset->designed)
		return;
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		n = (change->yes ? change_answers : change_values)(&values[w], &members[w], analysis, row, WAVES_BOTH,
		                                                   w);
	for (size_t i = 0; i < n; i++)
		values[MATCHED_LATER][i] = factor * (values[MATCHED_LATER][i] - values[MATCHED_EARLIER][i]);
	struct weighted found =
		weigh_mean(&change->design[MATCHED_LATER], values[MATCHED_LATER], members[MATCHED_LATER], n);
	if (!found.refusal && !rmath_checked_t_tail(&p, fabs(found.value / found.se), found.df))
		found.refusal = REFUSAL_NOT_COMPUTABLE;
	enum refusal told = lines->refusal == REFUSAL_ZERO_VARIANCE ? lines->refusal : found.refusal;
	struct change_line *line = change_line(
		lines, "weighted_change", NULL,
		mem_print("%s%s of the later rows, Student t interval and test", dataset->variance, dataset->drawing),
		ANALYSIS_LEVEL, told);
	line->weighted = true;
	line->cautions = found.cautions | (unweighted * found.value < 0 ? CAUTION_SIGNS_DISAGREE : 0);
	change_rest_test(analysis, row, &change_pairs, &line->rests);
	change_figure(line, "estimate", mem_print("%schange", kind), unit, decimals, found.value);
	change_figure(line, "low", mem_print("%s95%% lower limit", kind), unit, decimals, found.low);
	change_figure(line, "high", mem_print("%s95%% upper limit", kind), unit, decimals, found.high);
	change_figure(line, "p", mem_print("%sp", kind), NULL, ANALYSIS_P_DECIMALS, fmin(1, 2 * p));
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		free(values[w]);
		free(members[w]);
	}
}

const char *change_weighted_words(const struct analysis *analysis)
{
	return !analysis->dataset->designed
	               ? ""
	               : " By design: the mean of what each has changed by, the later rows being the sample; nothing else "
	                 "in this table uses weights or design.";
}
