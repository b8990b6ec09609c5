#include "planted.h"

/* Of tests/text/planted.txt; tests/unit/test_identifier_planted.c counts again, and fails where this says otherwise. */
const char planted_words[] =
	"Of 436 details planted in made-up comments, 379 (87%) are found as planted; of people's names, 67 of 89 (75%). No tool "
	"finds all: read the redacted texts before you use them.";
