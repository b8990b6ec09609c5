/* What a cell should have been, in the dictionary's words. */
#ifndef VALIDATE_EXPECTED_H
#define VALIDATE_EXPECTED_H

#include "dictionary.h"
#include "finding.h"
#include "form.h"

enum { EXPECTED_SIZE = 240 };

/* "" where there is nothing to say. `form` is how the export writes answers. */
void expected_words(char words[EXPECTED_SIZE], const struct variable *variable, enum finding_code finding,
                    const struct form *form);

#endif
