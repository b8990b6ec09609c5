/* The kinds of analysis. Each is made in analysis_NAME.c. */
#ifndef CANVASS_COMPARE_KINDS_H
#define CANVASS_COMPARE_KINDS_H

#include "analysis.h"

extern const struct analysis_kind kind_accounts, kind_imputed, kind_change, kind_estimate, kind_mean, kind_missing,
	kind_quantile, kind_rate, kind_ratio, kind_reliability, kind_share, kind_table, kind_total;
extern const struct analysis_kind kind_standardised; /* of kind rate, where it is standardised */

#endif
