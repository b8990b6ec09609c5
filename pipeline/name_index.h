/* Names, and where in an array the thing of each name stands. */
#ifndef CANVASS_NAME_INDEX_H
#define CANVASS_NAME_INDEX_H

#include <stddef.h>

/* Begins as NULL. */
struct name_index;

/* Borrows `name`, which must not be there yet. */
void name_index_add(struct name_index **names, const char *name, size_t index);

/* NULL where it is not there; borrowed. */
const size_t *name_index_find(const struct name_index *names, const char *name);

void name_index_free(struct name_index *names); /* accepts NULL */

#endif
