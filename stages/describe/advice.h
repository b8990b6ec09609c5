/* What a draft's reader is told: what was found, what to write in the config, and what to do next. Names of columns,
 * never an answer. */
#ifndef DESCRIBE_ADVICE_H
#define DESCRIBE_ADVICE_H

#include "draft.h"
#include "text.h"

struct advice {
	const char *platform;                    /* its name */
	const char *profile;                     /* of headers.csv */
	const char *encoding, *delimiter, *skip; /* as they were given; NULL */
	const char *folder;
	char *const *exports;
	size_t export_count;
};

void advice_write(struct text *words, const struct draft *draft, const struct draft_sources *sources,
                  const struct advice *advice);

#endif
