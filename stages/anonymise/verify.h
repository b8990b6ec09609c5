/* Whether a file of records keeps what it promises, counted anew from its table and by nothing that made it. */
#ifndef CANVASS_ANONYMISE_VERIFY_H
#define CANVASS_ANONYMISE_VERIFY_H

#include "demands.h"

/* How many records fail a demand. `codes` is record x key, `people` whose each record is, `answers` those to the
 * sensitive variable (NULL: none), `weights` NULL where each record stands for itself. */
struct verifying {
	const int *codes;
	size_t count, width;
	const size_t *people;
	const double *weights;
	const int *answers;
	enum key_missing missing;
};
size_t verify_count(const struct verifying *verifying, const struct safety *demand);

/* Fill the table demand of the file just written to `anonymised`; ERROR_REFUSED where a record fails. */
bool verify_file(struct demands *demands, const struct file *file, const size_t *order, struct store *anonymised,
                 struct error *err);

#endif
