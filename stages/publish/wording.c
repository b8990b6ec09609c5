#include "wording.h"

#include <stddef.h>
#include <string.h>

#include "mem.h"

const char wording_synthetic[] =
	"SYNTHETIC DATA, made up by a program. Nothing here describes a real person or says anything "
	"about the places named.";

/* Not which cells are below the threshold and which only cover for them: that would give the first kind away. */
const char wording_hidden[] =
	"hidden to protect people from being recognised. Some of these cells are hidden only because they "
	"would give another one away. A total that is shown is a true total, hidden cells included.";
const char wording_refused[] = "not computed, because the data do not allow it.";
const char wording_not_applicable[] = "does not apply here";

static const struct reason_words {
	const char *code, *words;
} reasons[] = {
	/* refusals */
	{ "base-empty", "nobody answered" },
	{ "n-below-2", "fewer than two answers" },
	{ "n-below-3", "fewer than three answers" },
	{ "zero-variance", "every answer is the same" },
	{ "count-zero", "a count is 0, or all gave this answer: a ratio has no limits" },
	{ "expected-below-1", "an expected count is below 1" },
	{ "fewer-than-2-areas", "fewer than two areas have answers" },
	{ "fewer-than-2-categories", "fewer than two different answers" },
	{ "fewer-than-6-areas", "fewer than six areas" },
	{ "fewer-than-10-events", "fewer than ten events" },
	{ "fewer-than-5-points", "fewer than five points in time" },
	{ "weights-missing", "a weight is missing" },
	{ "weights-negative", "a weight is negative" },
	{ "weights-zero", "every weight is zero" },
	{ "lonely-cluster", "a stratum of the sample holds one cluster only" },
	{ "no-design-df", "all are of one cluster, or each of a stratum of its own" },
	{ "no-design-variance", "the design leaves it no sampling error" },
	{ "fewer-than-2-items", "fewer than two items" },
	{ "fewer-than-3-items", "fewer than three items" },
	{ "complete-below-30", "fewer than 30 answered every item" },
	{ "alpha-negative", "alpha is below 0: an item may have to be reversed" },
	{ "heywood", "one item would be explained completely by the common factor" },
	{ "not-computable", "the computation has no result" },
	{ "events-above-base", "more events than the base holds" },
	/* refusals of whoever published the figures */
	{ "source-suppressed", "hidden by the publisher of the figures" },
	{ "source-not-applicable", "the publisher of the figures says that it does not apply" },
	{ "source-low", "the published figure rounds to 0 and is none" },
	{ "source-missing", "the published figures have none" },
	{ "source-zero", "the published base is 0" },
	/* cautions */
	{ "n-below-10", "fewer than 10 answers" },
	{ "n-below-30", "fewer than 30 answers" },
	{ "n-eff-below-30", "the weights leave it worth fewer than 30 answers" },
	{ "wide-interval", "the interval is wide" },
	{ "expected-below-5", "an expected count is below 5, so the p-value is rough" },
	{ "empty-category", "an answer that nobody gave is left out" },
	{ "unweighted-test", "what is compared or tested does not use the weights or the design" },
	{ "exact-interval", "at 0 or 100 per cent the interval is an exact one" },
	{ "unweighted", "the weights are not used" },
	{ "between-zero", "the areas differ by no more than chance, so each is drawn to the average of all" },
	{ "item-against-rest", "an item goes against the others: it may have to be reversed" },
};

const char *wording_symbol(const char *reason)
{
	static const char *const symbols[][2] = {
		{ "source-suppressed", "[c]" },
		{ "source-not-applicable", "[z]" },
		{ "source-low", "[low]" },
	};
	for (size_t i = 0; reason && i < COUNT(symbols); i++)
		if (strcmp(symbols[i][0], reason) == 0)
			return symbols[i][1];
	return "[x]";
}

const char *wording_reason(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return reasons[i].words;
	return NULL;
}
