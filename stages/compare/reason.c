#include "reason.h"

#include <assert.h>

#include "mem.h"

static const char *const refusals[REFUSAL_COUNT] = {
	[REFUSAL_NONE] = NULL,
	[REFUSAL_BASE_EMPTY] = "base-empty",
	[REFUSAL_N_BELOW_2] = "n-below-2",
	[REFUSAL_ZERO_VARIANCE] = "zero-variance",
	[REFUSAL_EXPECTED_BELOW_1] = "expected-below-1",
	[REFUSAL_FEWER_THAN_2_AREAS] = "fewer-than-2-areas",
	[REFUSAL_FEWER_THAN_2_CATEGORIES] = "fewer-than-2-categories",
	[REFUSAL_WEIGHTS_MISSING] = "weights-missing",
	[REFUSAL_WEIGHTS_NEGATIVE] = "weights-negative",
	[REFUSAL_WEIGHTS_ZERO] = "weights-zero",
	[REFUSAL_NOT_COMPUTABLE] = "not-computable",
};

/* By bit. */
static const char *const cautions_by_bit[] = {
	"n-below-10",       "n-below-30",     "n-eff-below-30",  "wide-interval",
	"expected-below-5", "empty-category", "unweighted-test", "exact-interval",
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
