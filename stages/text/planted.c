#include "planted.h"

const char planted_words[] =
	"No tool finds all: read the redacted texts before you use them.";
