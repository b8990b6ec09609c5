/* The files of a release under way, and the bytes of each for the manifest. */
#ifndef CANVASS_PUBLISH_RELEASED_H
#define CANVASS_PUBLISH_RELEASED_H

#include "error.h"
#include "provenance.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct released_file {
	char *name; /* within the folder */
	size_t bytes;
	char sha256[PROVENANCE_HASH_SIZE];
};

struct released {
	struct folder *folder;
	struct released_file *files;
	size_t count, capacity;
};

/* What stands at `path` must be nothing, an empty folder, or an earlier release: it will be removed. */
bool released_begin(struct released **released, const char *path, struct error *err);
bool released_write(struct released *released, const char *name, const struct text *bytes, struct error *err);

/* Every file of a folder that deposit made, in one of the release named `into`. `manifest` is what stands in the folder's:
 * ERROR_REFUSED where it does not tell of just these files with these bytes. */
bool released_copy(struct released *released, const char *into, const char *folder, const char *manifest,
                   struct error *err);

/* By name. */
void released_sort(struct released *released);

/* Swap the folder into place. */
bool released_commit(struct released *released, struct error *err);
void released_free(struct released *released); /* without commit: nothing is left; accepts NULL */

#endif
