/* What the platform's own dictionary says of a question, into a variable. */
#ifndef DESCRIBE_FROM_QUESTIONNAIRE_H
#define DESCRIBE_FROM_QUESTIONNAIRE_H

#include "drafting.h"

/* `variable` has its name and words, which the entry's take the place of. `guess` NULL: there is none; `cells` NULL: no
 * export has the column. `rows`: how many have it. The guess loses the missing numbers that are the form's own affair.
 */
void from_questionnaire(const struct drafting *in, struct draft_variable *variable,
                        const struct questionnaire_entry *entry, struct guess *guess, const struct cells *cells,
                        size_t rows);

#endif
