/* Values that are blanked for the sake of others: so that the way in which values were blanked gives none away. */
#ifndef CANVASS_ANONYMISE_COVERING_H
#define CANVASS_ANONYMISE_COVERING_H

#include "demands.h"

/* No value is blanked that need not be, and readers know that: it cannot be one with which its record would agree with
 * enough others. Where no more than one value is left then, as many records that agree with it on the other keys lose
 * such a value, which they need not, as there are such blanks: each may be either. Which of them is chosen by
 * the file's secrets. `along` (by key, as in struct suppressing): what is blanked with a key. Only codes are changed; returns how
 * many records were. Of missing values as wildcards; of what is demanded on all keys
 * together. */
size_t cover_blanks(const struct file *file, struct demands *demands, const unsigned *along);

#endif
