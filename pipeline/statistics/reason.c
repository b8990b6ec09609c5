#include "reason.h"

#include <assert.h>
#include <string.h>

#include "mem.h"

/* The stable word that stands in results, and what it means, for a reader of tables. */
struct reason {
	const char *word, *sentence;
};

static const struct reason refusals[REFUSAL_COUNT] = {
	[REFUSAL_BASE_EMPTY] = { "base-empty", "nobody answered" },
	[REFUSAL_N_BELOW_2] = { "n-below-2", "fewer than two answers" },
	[REFUSAL_N_BELOW_3] = { "n-below-3", "fewer than three answers" },
	[REFUSAL_ZERO_VARIANCE] = { "zero-variance", "every answer is the same" },
	[REFUSAL_COUNT_ZERO] = { "count-zero", "a count is 0, or all gave this answer: a ratio has no limits" },
	[REFUSAL_EXPECTED_BELOW_1] = { "expected-below-1", "an expected count is below 1" },
	[REFUSAL_FEWER_THAN_2_AREAS] = { "fewer-than-2-areas", "fewer than two areas have answers" },
	[REFUSAL_FEWER_THAN_2_CATEGORIES] = { "fewer-than-2-categories", "fewer than two different answers" },
	[REFUSAL_FEWER_THAN_6_AREAS] = { "fewer-than-6-areas", "fewer than six areas" },
	[REFUSAL_FEWER_THAN_10_EVENTS] = { "fewer-than-10-events", "fewer than ten events" },
	[REFUSAL_FEWER_THAN_5_POINTS] = { "fewer-than-5-points", "fewer than five points in time" },
	[REFUSAL_WEIGHTS_MISSING] = { "weights-missing", "a weight is missing" },
	[REFUSAL_WEIGHTS_NEGATIVE] = { "weights-negative", "a weight is negative" },
	[REFUSAL_WEIGHTS_ZERO] = { "weights-zero", "every weight is zero" },
	[REFUSAL_LONELY_CLUSTER] = { "lonely-cluster", "a stratum of the sample holds one cluster only" },
	[REFUSAL_NO_DESIGN_DF] = { "no-design-df", "all are of one cluster, or each of a stratum of its own" },
	[REFUSAL_NO_DESIGN_VARIANCE] = { "no-design-variance", "the design leaves it no sampling error" },
	[REFUSAL_FEWER_THAN_2_ITEMS] = { "fewer-than-2-items", "fewer than two items" },
	[REFUSAL_FEWER_THAN_3_ITEMS] = { "fewer-than-3-items", "fewer than three items" },
	[REFUSAL_COMPLETE_BELOW_30] = { "complete-below-30", "fewer than 30 answered every item" },
	[REFUSAL_ALPHA_NEGATIVE] = { "alpha-negative", "alpha is below 0: an item may have to be reversed" },
	[REFUSAL_HEYWOOD] = { "heywood", "one item would be explained completely by the common factor" },
	[REFUSAL_NOT_COMPUTABLE] = { "not-computable", "the computation has no result" },
	[REFUSAL_SOURCE_SUPPRESSED] = { "source-suppressed", "hidden by the publisher of the figures" },
	[REFUSAL_SOURCE_NOT_APPLICABLE] = { "source-not-applicable",
	                                    "the publisher of the figures says that it does not apply" },
	[REFUSAL_SOURCE_LOW] = { "source-low", "the published figure rounds to 0 and is none" },
	[REFUSAL_SOURCE_MISSING] = { "source-missing", "the published figures have none" },
	[REFUSAL_SOURCE_ZERO] = { "source-zero", "the published base is 0" },
	[REFUSAL_EVENTS_ABOVE_BASE] = { "events-above-base", "more events than the base holds" },
	[REFUSAL_LIMITS_INVALID] = { "limits-invalid", "the published limits do not stand around the estimate" },
	[REFUSAL_LIMITS_ASYMMETRIC] = { "limits-asymmetric",
	                                "the published limits lie unequally far from the estimate" },
	[REFUSAL_DENOMINATOR_ZERO] = { "denominator-zero", "what it is divided by is 0" },
	[REFUSAL_FEWER_BESIDE_THAN_THRESHOLD] = { "fewer-beside-than-threshold",
	                                          "too few answers lie on one side of it" },
	[REFUSAL_FEWER_THAN_2_IMPUTATIONS] = { "fewer-than-2-imputations", "fewer than two imputations" },
	[REFUSAL_FEWER_THAN_2_VARIABLES] = { "fewer-than-2-variables", "fewer than two variables have answers" },
	[REFUSAL_STRATUM_MISSING] = { "stratum-missing", "a group of the standard population has no figure" },
	[REFUSAL_SINGULAR] = { "singular", "one variable follows from the others" },
	[REFUSAL_REPLICATE_EMPTY] = { "replicate-empty", "a replicate of the sample leaves nobody to estimate it from" },
	[REFUSAL_FEWER_THAN_2_PATTERNS] = { "fewer-than-2-patterns",
	                                    "nothing is missing, or nothing of those who lack one answer can be compared" },
	[REFUSAL_INTERVAL_OPEN] = { "interval-open", "the interval would reach beyond all answers" },
};

/* By bit. */
static const struct reason cautions_by_bit[] = {
	{ "n-below-10", "fewer than 10 answers" },
	{ "n-below-30", "fewer than 30 answers" },
	{ "n-eff-below-30", "the weights leave it worth fewer than 30 answers" },
	{ "wide-interval", "the interval is wide" },
	{ "expected-below-5", "an expected count is below 5, so the p-value is rough" },
	{ "empty-category", "an answer that nobody gave is left out" },
	{ "unweighted-test", "what is compared or tested does not use the weights or the design" },
	{ "exact-interval", "at 0 or 100 per cent the interval is an exact one" },
	{ "unweighted", "the weights are not used" },
	{ "item-against-rest", "an item goes against the others: it may have to be reversed" },
	{ "between-zero", "the areas differ by no more than chance, so each is drawn to the average of all" },
	{ "rse-above-20", "the standard error is above 20 per cent of the estimate" },
	{ "rse-above-33", "the standard error is above 33 per cent of the estimate" },
	{ "deff-above-1.5", "the design makes the variance more than half as large again" },
	{ "design-df-below-8", "fewer than 8 degrees of freedom" },
	{ "ties-above-half", "more than half of the answers are the same as another" },
	{ "unequal-variances",
	  "the spread differs between areas of different size, and the test takes it to be the same" },
	{ "signs-disagree", "with the weights the difference goes the other way" },
	{ "missing-above-10", "more than 10 per cent of the answers are missing" },
	{ "missing-differs", "the share of missing answers differs by more than 10 points between areas" },
	{ "trial-limits", "fewer than 12 points: the limits are provisional" },
};
const char reason_counts_inexact[] = "counts-inexact";

static_assert(CAUTION_LAST == 1 << (COUNT(cautions_by_bit) - 1), "every caution has its word");

const char *refusal_word(enum refusal refusal)
{
	assert(refusal < REFUSAL_COUNT);
	return refusals[refusal].word;
}

void caution_words(struct text *text, unsigned cautions)
{
	for (size_t bit = 0; bit < COUNT(cautions_by_bit); bit++)
		if (cautions & 1u << bit) {
			if (text->length)
				text_add(text, " ");
			text_add(text, cautions_by_bit[bit].word);
		}
}

const char *reason_sentence(const char *word)
{
	for (size_t i = REFUSAL_NONE + 1; i < REFUSAL_COUNT; i++)
		if (strcmp(refusals[i].word, word) == 0)
			return refusals[i].sentence;
	for (size_t i = 0; i < COUNT(cautions_by_bit); i++)
		if (strcmp(cautions_by_bit[i].word, word) == 0)
			return cautions_by_bit[i].sentence;
	if (strcmp(reason_counts_inexact, word) == 0)
		return "what needs exact counts is not shown";
	return NULL;
}
