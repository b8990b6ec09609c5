/* What a file of records is still good for: figures of the analysis table, and the same ones of the file. */
#ifndef CANVASS_ANONYMISE_UTILITY_H
#define CANVASS_ANONYMISE_UTILITY_H

#include "file.h"

/* Fill the table utility: the share of values blanked of each key and by area, the shares of each code, and of numbers
 * means, standard deviations (n - 1) and the correlations of outcomes. Unweighted, of the records that have the values. */
bool utility_write(const struct file *file, struct store *anonymised, struct error *err);

#endif
