/* Which rows share a key, and which unique answers stand in more than one row.
 *
 * Everything is added first, then asked. Until it is settled, a digest of 128 bits is kept of each and the number of
 * its row; afterwards only of those that repeat. */
#ifndef VALIDATE_REPEATS_H
#define VALIDATE_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest {
	unsigned char bytes[16];
};

/* BLAKE2b of texts, each with its length, so that ("ab", "c") and ("a", "bc") differ, and NULL from "". */
struct digest digest_of(const char *const *texts, const size_t *lengths, size_t count);

/* A shorter one, and quicker, for what only leads to a warning: SipHash. */
uint64_t hash_of(const void *bytes, size_t length);

enum repeat {
	REPEAT_NONE,
	REPEAT_COPY,     /* the key stood before, in a row that is the same throughout */
	REPEAT_CONFLICT, /* another row has the key and other answers */
};

struct repeats;
struct repeats *repeats_new(void);
void repeats_free(struct repeats *repeats); /* accepts NULL */

/* First the keys of all rows that have one, in their order, which are then settled: of most rows nothing is kept. */
void repeats_add_row(struct repeats *repeats, long long row, const struct digest *key);
void repeats_settle_rows(struct repeats *repeats);

/* Then the whole of each row that shares its key with another, in their order. */
size_t repeats_shared_count(const struct repeats *repeats);
long long repeats_shared_row(const struct repeats *repeats, size_t index);
void repeats_add_content(struct repeats *repeats, size_t index, const struct digest *content);

/* Then what a row is, and whether it is a copy of the first with its key, other rows being what they are. */
enum repeat repeats_of_row(const struct repeats *repeats, long long row);
bool repeats_is_copy(const struct repeats *repeats, long long row);

/* Answers that should be unique: all are added, then settled, then asked for. */
void repeats_add_answer(struct repeats *repeats, const struct digest *answer);
void repeats_settle_answers(struct repeats *repeats);
bool repeats_of_answer(const struct repeats *repeats, const struct digest *answer);

#endif
