/* A file of records into a stage file. */
#ifndef CANVASS_ANONYMISE_WRITE_H
#define CANVASS_ANONYMISE_WRITE_H

#include "file.h"

/* The records in the order of what stands in them, which tells nothing that they do not; *order gets, for each record
 * as it is written, its place in `file`. Free with free(). */
size_t *write_order(const struct file *file);

/* All but the tables demand and utility. */
bool write_file(const struct file *file, const size_t *order, struct store *anonymised, struct error *err);

#endif
