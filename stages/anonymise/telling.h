/* What else in a file would tell the value of a key that was blanked. */
#ifndef CANVASS_ANONYMISE_TELLING_H
#define CANVASS_ANONYMISE_TELLING_H

#include "file.h"

/* For each pair of columns (key x column, by place): whether the second tells something of the first, so that it is
 * blanked in the same record. */
struct telling {
	bool *tells;
	size_t columns;
};

/* A variable tells of a key when it is made of it, or of what the key is made of; when its route reads it, as having
 * been asked is an answer too; when it is made of such a variable; and when throughout the recoded file each of its
 * values goes with one value of the key, but for a few records. What a key is made of is finer than the key, and what is made of a recoded
 * variable is finer than that: such a column is held back, or where the config asks for it an ERROR_CONFIG.
 * Release with telling_release(). */
bool telling_find(struct telling *telling, struct file *file, struct store *deidentified, struct error *err);
void telling_release(struct telling *telling); /* accepts an empty one */

bool telling_between(const struct telling *telling, size_t key, size_t column);

#endif
