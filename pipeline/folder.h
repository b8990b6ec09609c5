/* A folder of files that is whole or absent: made aside under a unique name, flushed, and swapped into place.
 * Whoever looks sees the old folder or the new one, never a mixture. */
#ifndef CANVASS_FOLDER_H
#define CANVASS_FOLDER_H

#include "error.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct folder;

/* Begin. `mode` of the folder: 0700 for what is restricted (its files get 0600), 0755 for what may be published (0644).
 */
bool folder_begin(struct folder **folder, const char *path, mode_t mode, struct error *err);

/* The swap removes what stood there: where a folder at `path` holds anything but the names that `stage` writes, an
 * ERROR_USAGE. Call it before folder_begin(). */
bool folder_check_own(const char *path, const char *stage, const char *const *names, size_t count, struct error *err);

/* Write a file of it, flushed; `name` may hold one sub-folder ("tables/a.csv"), made where it is missing. */
bool folder_write(struct folder *folder, const char *name, const char *bytes, size_t length, struct error *err);

/* The same for a file too large to be held in memory, in pieces. Only folder_file_end says that all of it is written:
 * no folder_commit before. */
struct folder_file;
bool folder_file_begin(struct folder_file **file, struct folder *folder, const char *name, struct error *err);
bool folder_file_add(struct folder_file *file, const char *bytes, size_t length, struct error *err);
bool folder_file_end(struct folder_file *file, struct error *err);
void folder_file_close(struct folder_file *file); /* accepts NULL; after the end too */

/* Where a file of it is until the swap. Free with free(). */
char *folder_path(const struct folder *folder, const char *name);

/* Swap it into place and remove what stood there. */
bool folder_commit(struct folder *folder, struct error *err);

void folder_close(struct folder *folder); /* without commit: removes what was begun; accepts NULL */

#endif
