/* The filters of analyses, compiled: which of them are true of a row that is set value by value. */
#ifndef CANVASS_COMPARE_FILTERING_H
#define CANVASS_COMPARE_FILTERING_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "error.h"

enum { FILTERING_MOST = 60 };

struct filtering;

/* What a variable is in the row; the text is borrowed until the truths are had. */
struct filtering_value {
	bool missing;
	long long integer;
	double real;
	const char *text;
};
struct filtering_value filtering_code(const struct dataset_code *code); /* NULL: missing */

/* FILTERING_MOST at most; `study` is the config's path, for messages. The caller frees *filtering with
 * filtering_close(). */
bool filtering_open(struct filtering **filtering, const struct dataset *dataset, const char *const *filters,
                    size_t count, const char *study, struct error *err);
void filtering_close(struct filtering *filtering); /* accepts NULL */

/* Whether the filter, or any of them, reads the dataset's variable. */
bool filtering_reads(const struct filtering *filtering, size_t filter, size_t variable);
bool filtering_reads_any(const struct filtering *filtering, size_t variable);

void filtering_set(struct filtering *filtering, size_t variable, struct filtering_value value);

/* Bit i: filter i is true of the row as it is set. Not known is not true. An ERROR_CONFIG where one cannot be computed.
 */
bool filtering_truths(struct filtering *filtering, unsigned long long *bits, struct error *err);

#endif
