/* Why a line of results holds no number, and what to be careful about where it does. docs/statistics.md explains each.
 */
#ifndef CANVASS_COMPARE_REASON_H
#define CANVASS_COMPARE_REASON_H

#include "text.h"

enum refusal {
	REFUSAL_NONE,
	REFUSAL_BASE_EMPTY,
	REFUSAL_N_BELOW_2,
	REFUSAL_ZERO_VARIANCE,
	REFUSAL_EXPECTED_BELOW_1,
	REFUSAL_FEWER_THAN_2_AREAS,
	REFUSAL_FEWER_THAN_2_CATEGORIES,
	REFUSAL_WEIGHTS_MISSING,
	REFUSAL_WEIGHTS_NEGATIVE,
	REFUSAL_WEIGHTS_ZERO,
	REFUSAL_NOT_COMPUTABLE,
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
	CAUTION_LAST = CAUTION_EXACT_INTERVAL,
};

/* The stable word that stands in results: n-below-2. NULL for none. */
const char *refusal_word(enum refusal refusal);

/* Add the words of all cautions that are set, blank between, in the order above. */
void caution_words(struct text *text, unsigned cautions);

#endif
