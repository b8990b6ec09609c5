/* An export before it is opened: what the config says of it, with the profile of the platform that wrote it. */
#ifndef CANVASS_INGEST_SOURCE_H
#define CANVASS_INGEST_SOURCE_H

#include "dictionary.h"
#include "error.h"
#include "platform.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

struct source {
	long long number;                  /* from 1, in the config's order */
	const struct study_export *export; /* borrowed */
	const char *study_path;            /* the config, for messages; borrowed */
	const char *headers;               /* the profile of headers.csv; borrowed */
	struct platform *platform;
	const struct variable *area, *wave; /* that the config fills for every row; NULL: it does not */
};

/* One for each export of the dataset. No export at all, a platform or headers that are not there, an area or a wave
 * that the dictionary does not know is an ERROR_CONFIG, before any is read. The caller frees *sources with
 * sources_free(). */
bool sources_load(struct source **sources, const struct study_dataset *dataset, const struct dictionary *dictionary,
                  const char *platforms, const char *study_path, struct error *err);
void sources_free(struct source *sources, size_t count); /* accepts NULL */

/* What the config says for every row of a variable, or NULL. */
const char *source_fixed(const struct source *source, const struct variable *variable);

/* Between the cells of the file. */
char source_delimiter(const struct source *source);

#endif
