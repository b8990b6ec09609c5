/* Which rows share a key, and which unique answers stand in more than one row.
 *
 * Two passes: everything is added first, then asked. Only digests of 128 bits are kept, so that memory grows with the
 * number of ids and not with what people wrote. */
#ifndef VALIDATE_REPEATS_H
#define VALIDATE_REPEATS_H

#include <stdbool.h>
#include <stddef.h>

struct digest {
	unsigned char bytes[16];
};

/* BLAKE2b of texts, each with its length, so that ("ab", "c") and ("a", "bc") differ, and NULL from "". */
struct digest digest_of(const char *const *texts, const size_t *lengths, size_t count);

enum repeat {
	REPEAT_NONE,
	REPEAT_COPY,     /* the key stood before, in a row that is the same throughout */
	REPEAT_CONFLICT, /* another row has the key and other answers */
};

struct repeats;
struct repeats *repeats_new(void);
void repeats_free(struct repeats *repeats); /* accepts NULL */

/* Rows are added in their order. True where the row is a copy of the first with this key. */
bool repeats_add_row(struct repeats *repeats, long long row, const struct digest *key, const struct digest *content);
enum repeat repeats_of_row(const struct repeats *repeats, long long row, const struct digest *key);

/* An answer that should be unique. */
void repeats_add_answer(struct repeats *repeats, const struct digest *answer);
bool repeats_of_answer(const struct repeats *repeats, const struct digest *answer);

#endif
