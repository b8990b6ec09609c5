/* The study's key: what pseudonyms and keyed hashes are made with. A real study has it in a file outside the repository
 * that nobody but its owner can read. */
#ifndef CANVASS_STUDY_KEY_H
#define CANVASS_STUDY_KEY_H

#include "error.h"
#include "study.h"

#include <stdbool.h>

/* The key as text, from the config (synthetic) or the key file; *key is NULL where there is none. A key file that is in
 * the repository, is no file, is another user's, can be read by others, or is too short is refused. Free with free().
 */
bool study_key(char **key, const struct study *study, struct error *err);

/* Make the key file that the config names, with a new key of 256 bits, and the folders to it. What is there stays: a
 * key is never overwritten. *path is where it is. Free with free(). */
bool study_key_make(char **path, const struct study *study, struct error *err);

#endif
