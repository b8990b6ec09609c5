/* Why a line of results holds no number, and what to be careful about where it does. docs/statistics.md explains each.
 */
#ifndef CANVASS_STATISTICS_REASON_H
#define CANVASS_STATISTICS_REASON_H

#include "text.h"

enum refusal {
	REFUSAL_NONE,
	REFUSAL_BASE_EMPTY,
	REFUSAL_N_BELOW_2,
	REFUSAL_N_BELOW_3,
	REFUSAL_ZERO_VARIANCE,
	REFUSAL_COUNT_ZERO,
	REFUSAL_EXPECTED_BELOW_1,
	REFUSAL_FEWER_THAN_2_AREAS,
	REFUSAL_FEWER_THAN_2_CATEGORIES,
	REFUSAL_FEWER_THAN_6_AREAS,
	REFUSAL_FEWER_THAN_10_EVENTS,
	REFUSAL_FEWER_THAN_5_POINTS,
	REFUSAL_WEIGHTS_MISSING,
	REFUSAL_WEIGHTS_NEGATIVE,
	REFUSAL_WEIGHTS_ZERO,
	REFUSAL_LONELY_CLUSTER,
	REFUSAL_NO_DESIGN_DF,
	REFUSAL_NO_DESIGN_VARIANCE,
	REFUSAL_FEWER_THAN_2_ITEMS,
	REFUSAL_FEWER_THAN_3_ITEMS,
	REFUSAL_COMPLETE_BELOW_30,
	REFUSAL_ALPHA_NEGATIVE,
	REFUSAL_HEYWOOD,
	REFUSAL_NOT_COMPUTABLE,
	REFUSAL_SOURCE_SUPPRESSED, /* of published figures: why their publisher gave none */
	REFUSAL_SOURCE_NOT_APPLICABLE,
	REFUSAL_SOURCE_LOW,
	REFUSAL_SOURCE_MISSING,
	REFUSAL_SOURCE_ZERO,
	REFUSAL_EVENTS_ABOVE_BASE,
	REFUSAL_LIMITS_INVALID,
	REFUSAL_LIMITS_ASYMMETRIC,
	REFUSAL_DENOMINATOR_ZERO,
	REFUSAL_FEWER_BESIDE_THAN_THRESHOLD,
	REFUSAL_FEWER_THAN_2_IMPUTATIONS,
	REFUSAL_FEWER_THAN_2_VARIABLES,
	REFUSAL_STRATUM_MISSING,
	REFUSAL_SINGULAR,
	REFUSAL_REPLICATE_EMPTY,
	REFUSAL_FEWER_THAN_2_PATTERNS,
	REFUSAL_INTERVAL_OPEN,
	REFUSAL_COUNT,
};

/* Bits: a line may have several. */
enum caution {
	CAUTION_N_BELOW_10 = 1 << 0,
	CAUTION_N_BELOW_30 = 1 << 1,
	CAUTION_N_EFF_BELOW_30 = 1 << 2,
	CAUTION_WIDE_INTERVAL = 1 << 3,
	CAUTION_EXPECTED_BELOW_5 = 1 << 4,
	CAUTION_EMPTY_CATEGORY = 1 << 5,
	CAUTION_UNWEIGHTED_TEST = 1 << 6,
	CAUTION_EXACT_INTERVAL = 1 << 7,
	CAUTION_UNWEIGHTED = 1 << 8,
	CAUTION_ITEM_AGAINST_REST = 1 << 9,
	CAUTION_BETWEEN_ZERO = 1 << 10,
	CAUTION_RSE_ABOVE_20 = 1 << 11,
	CAUTION_RSE_ABOVE_33 = 1 << 12,
	CAUTION_DEFF_ABOVE_1_5 = 1 << 13,
	CAUTION_DESIGN_DF_BELOW_8 = 1 << 14,
	CAUTION_TIES_ABOVE_HALF = 1 << 15,
	CAUTION_UNEQUAL_VARIANCES = 1 << 16,
	CAUTION_SIGNS_DISAGREE = 1 << 17,
	CAUTION_MISSING_ABOVE_10 = 1 << 18,
	CAUTION_MISSING_DIFFERS = 1 << 19,
	CAUTION_TRIAL_LIMITS = 1 << 20,
	CAUTION_LAST = CAUTION_TRIAL_LIMITS,
};

/* The stable word that stands in results: n-below-2. NULL for none. */
const char *refusal_word(enum refusal refusal);

/* What stands in the place of a line's cautions where some of its figures are not shown, as the policy rounds or
 * perturbs counts. */
extern const char reason_counts_inexact[];

/* What a refusal or a caution means, for a reader of tables: "fewer than two answers". NULL: there is no such word. */
const char *reason_sentence(const char *word);

/* Add the words of all cautions that are set, blank between, in the order above. */
void caution_words(struct text *text, unsigned cautions);

#endif
