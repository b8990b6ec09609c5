/* What an SPSS file says of a variable: its labels, and the values that it declares missing. */
#ifndef DESCRIBE_FROM_FILE_H
#define DESCRIBE_FROM_FILE_H

#include "drafting.h"

/* Whether it says anything beside the cells; false for a column of a text file (NULL). */
bool from_file_says(const struct spss_variable *spss);

/* `variable` has its name and words. */
void from_file(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column,
               const struct guess *guess);

#endif
