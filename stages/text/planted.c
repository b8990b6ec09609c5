#include "planted.h"

/* Of tests/text/unseen.txt; tests/unit/test_identifier_planted.c counts again, and fails where this says otherwise.
 * What it found of the others before it was mended for them stands in docs/text.md. */
const char planted_words[] =
	"Of the details planted in made-up comments that the scanner was never tuned on, it finds 66 of 74 (89%); of people's names, 18 of 23 (78%). "
	"Of two other sets, it found 67% and 80% when it was first tried on them. No tool finds all: read the redacted texts before you use them.";
