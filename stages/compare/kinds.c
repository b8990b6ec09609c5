#include "kinds.h"

#include "imputed.h"

static const struct analysis_kind *const kinds[] = {
	[STUDY_MEAN] = &kind_mean,
	[STUDY_SHARE] = &kind_share,
	[STUDY_TABLE] = &kind_table,
	[STUDY_ACCOUNTS] = &kind_accounts,
	[STUDY_RELIABILITY] = &kind_reliability,
	[STUDY_ESTIMATE] = &kind_estimate,
	[STUDY_RATE] = &kind_rate,
	[STUDY_TOTAL] = &kind_total,
	[STUDY_RATIO] = &kind_ratio,
	[STUDY_QUANTILE] = &kind_quantile,
	[STUDY_CHANGE] = &kind_change,
	[STUDY_MISSING] = &kind_missing,
};

const struct analysis_kind *analysis_kind_of(const struct analysis *analysis)
{
	if (analysis->config->standardise)
		return &kind_standardised;
	if (imputed_is_pooled(analysis->dataset, analysis->config))
		return &kind_imputed;
	return kinds[analysis->config->kind];
}
