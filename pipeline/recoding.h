/* The words of `treat` and `microdata` in variables.csv: what is done with the answers to a variable. */
#ifndef CANVASS_RECODING_H
#define CANVASS_RECODING_H

#include "dictionary.h"
#include "reading.h"

#include <stdbool.h>

/* What `treat` says of the row's variable, into the variable. An ERROR_CONFIG where the word is none, what stands
 * behind its colon is none, or it does not fit the variable's type and list. */
bool recoding_read_treat(struct variable *variable, const struct reading *in, const char *cell);

/* What `microdata` says, likewise. It speaks of the answers that the analysis table holds: role, disclosure and treat
 * are read already. */
bool recoding_read_microdata(struct variable *variable, const struct reading *in, const char *cell);

/* The word of `treat` or `microdata`; "": none. */
const char *recoding_word(enum variable_treat treat);

#endif
