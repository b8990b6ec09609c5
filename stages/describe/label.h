/* What the words of a label say about an answer. */
#ifndef DESCRIBE_LABEL_H
#define DESCRIBE_LABEL_H

#include "dictionary.h"

#include <stdbool.h>

/* What a label says about an answer, where it says that there is none: prefer not to say, don't know, not applicable,
 * and the like. The whole label has to say so; case, punctuation and the kind of apostrophe are overlooked. */
enum missing_reason label_reason(const char *label);

/* Whether a label, as one of several that may be ticked, shuts out the others: none of these. */
bool label_is_exclusive(const char *label);

#endif
