#include "reason.h"

#include <assert.h>

#include "mem.h"

static const char *const refusals[REFUSAL_COUNT] = {
	[REFUSAL_NONE] = NULL,
	[REFUSAL_BASE_EMPTY] = "base-empty",
	[REFUSAL_N_BELOW_2] = "n-below-2",
	[REFUSAL_N_BELOW_3] = "n-below-3",
	[REFUSAL_ZERO_VARIANCE] = "zero-variance",
	[REFUSAL_COUNT_ZERO] = "count-zero",
	[REFUSAL_EXPECTED_BELOW_1] = "expected-below-1",
	[REFUSAL_FEWER_THAN_2_AREAS] = "fewer-than-2-areas",
	[REFUSAL_FEWER_THAN_2_CATEGORIES] = "fewer-than-2-categories",
	[REFUSAL_FEWER_THAN_6_AREAS] = "fewer-than-6-areas",
	[REFUSAL_FEWER_THAN_10_EVENTS] = "fewer-than-10-events",
	[REFUSAL_FEWER_THAN_5_POINTS] = "fewer-than-5-points",
	[REFUSAL_WEIGHTS_MISSING] = "weights-missing",
	[REFUSAL_WEIGHTS_NEGATIVE] = "weights-negative",
	[REFUSAL_WEIGHTS_ZERO] = "weights-zero",
	[REFUSAL_LONELY_CLUSTER] = "lonely-cluster",
	[REFUSAL_NO_DESIGN_DF] = "no-design-df",
	[REFUSAL_NO_DESIGN_VARIANCE] = "no-design-variance",
	[REFUSAL_FEWER_THAN_2_ITEMS] = "fewer-than-2-items",
	[REFUSAL_FEWER_THAN_3_ITEMS] = "fewer-than-3-items",
	[REFUSAL_COMPLETE_BELOW_30] = "complete-below-30",
	[REFUSAL_ALPHA_NEGATIVE] = "alpha-negative",
	[REFUSAL_HEYWOOD] = "heywood",
	[REFUSAL_NOT_COMPUTABLE] = "not-computable",
	[REFUSAL_SOURCE_SUPPRESSED] = "source-suppressed",
	[REFUSAL_SOURCE_NOT_APPLICABLE] = "source-not-applicable",
	[REFUSAL_SOURCE_LOW] = "source-low",
	[REFUSAL_SOURCE_MISSING] = "source-missing",
	[REFUSAL_SOURCE_ZERO] = "source-zero",
	[REFUSAL_EVENTS_ABOVE_BASE] = "events-above-base",
};

/* By bit. */
static const char *const cautions_by_bit[] = {
	"n-below-10",       "n-below-30",        "n-eff-below-30",  "wide-interval",
	"expected-below-5", "empty-category",    "unweighted-test", "exact-interval",
	"unweighted",       "item-against-rest", "between-zero",
};
static_assert(CAUTION_LAST == 1 << (COUNT(cautions_by_bit) - 1), "every caution has its word");

const char *refusal_word(enum refusal refusal)
{
	assert(refusal < REFUSAL_COUNT);
	return refusals[refusal];
}

void caution_words(struct text *text, unsigned cautions)
{
	for (size_t bit = 0; bit < COUNT(cautions_by_bit); bit++)
		if (cautions & 1u << bit) {
			if (text->length)
				text_add(text, " ");
			text_add(text, cautions_by_bit[bit]);
		}
}
