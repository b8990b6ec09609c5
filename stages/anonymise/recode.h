/* What the data dictionary says of a file of records beyond the analysis table: bands, tops and bottoms, merged codes. */
#ifndef CANVASS_ANONYMISE_RECODE_H
#define CANVASS_ANONYMISE_RECODE_H

#include "file.h"

/* Do as each column's wish says. One that cannot be done, as bands of a code list, is an ERROR_CONFIG; so is a key, or
 * anything that the config asks for, that the dictionary drops. */
bool recode_file(struct file *file, struct error *err);

#endif
