/* SHA-256 of files, remembered: a file is read again only when its size, times or inode changed. */
#ifndef CANVASS_STAMP_H
#define CANVASS_STAMP_H

#include "error.h"
#include "provenance.h"

#include <stdbool.h>

struct stamps;

/* `memory` is the file in which the hashes are kept between runs; absent or damaged, all are taken anew. */
struct stamps *stamps_open(const char *memory);

bool stamps_hash(struct stamps *stamps, char hash[PROVENANCE_HASH_SIZE], const char *path, struct error *err);

/* Keep what was asked for in this run, except files changed within the last two seconds: their times may not move
 * again. */
bool stamps_save(const struct stamps *stamps, struct error *err);
void stamps_close(struct stamps *stamps); /* accepts NULL */

/* Write `bytes` to `path`, whole or not at all, mode 0600; leave the file alone where it holds them already. */
bool stamp_write(const char *path, const char *bytes, size_t length, bool *changed, struct error *err);

#endif
