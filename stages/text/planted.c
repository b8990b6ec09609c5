#include "planted.h"

/* Of tests/text/unseen.txt; tests/unit/test_identifier_planted.c counts again, and fails where this says otherwise.
 * What it found of the others before it was mended for them stands in docs/text.md. */
const char planted_words[] =
	"No tool finds all that tells who somebody is: read the redacted texts before you use them. Tried on made-up comments that "
	"it was never tuned on, this one found 66 of 74 (89%) of the details planted, and of people's names, 18 of 23 (78%); of two "
	"other sets 67% and 80%, when it was first tried on them.";
