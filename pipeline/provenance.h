/* What made a file, and from which bytes. */
#ifndef CANVASS_PROVENANCE_H
#define CANVASS_PROVENANCE_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

enum { PROVENANCE_HASH_SIZE = 65 }; /* 64 hexadecimal digits and NUL */

/* SHA-256 of a file's bytes, as they lie on disk, or of bytes in memory. */
bool provenance_hash_file(char hash[PROVENANCE_HASH_SIZE], long long *bytes, const char *path, struct error *err);
void provenance_hash_bytes(char hash[PROVENANCE_HASH_SIZE], const void *bytes, size_t length);

/* BLAKE2b-256 of `text` keyed with the study's key (any length, at least 1 byte): what stands for restricted things in
 * release/, and the pseudonym of an id. `context` keeps uses apart ("pseudonym", "input", "policy"). */
void provenance_keyed_hash(char hash[PROVENANCE_HASH_SIZE], const char *key, const char *context, const char *text);

/* What a file of records says of the restricted file that it was made from, whose SHA-256 is given: keyed with the
 * study's key. NULL where the study has none; what it is of is then told all the same, by whoever holds that file. */
void provenance_made_from(char hash[PROVENANCE_HASH_SIZE], const char *key, const char *sha256);

/* Record in a stage file under way: who makes it; an input that it reads. */
bool provenance_record(struct store *store, const char *item, const char *value, struct error *err);
bool provenance_input(struct store *store, const char *role, const char *path, struct error *err);

/* An input that is no file of its own, such as a slice of the study config. */
bool provenance_input_bytes(struct store *store, const char *role, const char *name, const void *bytes, size_t length,
                            struct error *err);

/* The value of an item in an open stage file; free with free(). NULL where it has none. */
bool provenance_read(char **value, struct store *store, const char *item, struct error *err);

#endif
