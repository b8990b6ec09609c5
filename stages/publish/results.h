/* results.csv: every result of the release, one a line, for machines. */
#ifndef CANVASS_PUBLISH_RESULTS_H
#define CANVASS_PUBLISH_RESULTS_H

#include "error.h"
#include "publication.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct results_column {
	const char *name, *meaning;

	/* One of them says where its text comes from: a field of struct result, a figure's name, or a function. */
	bool is_field;
	size_t field;
	const char *figure;
	bool is_band; /* of the figure: the word for a hidden share, not the number */
	void (*read)(struct text *value, const struct publication *publication, const struct result *result);
};

extern const struct results_column results_columns[];
extern const size_t results_column_count;

/* In the order of withheld.db. A figure of a name that has no column is an error: nothing is left out in silence. */
bool results_write(struct text *file, const struct publication *publication, struct error *err);

#endif
