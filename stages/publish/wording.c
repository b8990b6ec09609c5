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
	{ "zero-variance", "every answer is the same" },
	{ "expected-below-1", "an expected count is below 1" },
	{ "fewer-than-2-areas", "fewer than two areas have answers" },
	{ "fewer-than-2-categories", "fewer than two different answers" },
	{ "weights-missing", "a weight is missing" },
	{ "weights-negative", "a weight is negative" },
	{ "weights-zero", "every weight is zero" },
	{ "not-computable", "the computation has no result" },
	/* cautions */
	{ "n-below-10", "fewer than 10 answers" },
	{ "n-below-30", "fewer than 30 answers" },
	{ "n-eff-below-30", "the weights leave it worth fewer than 30 answers" },
	{ "wide-interval", "the interval is wide" },
	{ "expected-below-5", "an expected count is below 5, so the p-value is rough" },
	{ "empty-category", "an answer that nobody gave is left out" },
	{ "unweighted-test", "the test does not use the weights" },
	{ "exact-interval", "at 0 or 100 per cent the interval is an exact one" },
};

const char *wording_reason(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return reasons[i].words;
	return NULL;
}
