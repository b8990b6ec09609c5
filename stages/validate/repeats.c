#include "repeats.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <uthash.h>

#include "mem.h"

struct known_row {
	struct digest key, content;
	long long first;
	bool conflict;
	UT_hash_handle hh;
};

struct known_answer {
	struct digest answer;
	bool repeated;
	UT_hash_handle hh;
};

struct repeats {
	struct known_row *rows;
	struct known_answer *answers;
};

struct digest digest_of(const char *const *texts, const size_t *lengths, size_t count)
{
	struct digest digest;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof digest.bytes);
	for (size_t i = 0; i < count; i++) {
		unsigned long long length = texts[i] ? lengths[i] : ~0ull;
		crypto_generichash_update(&state, (const unsigned char *)&length, sizeof length);
		if (texts[i])
			crypto_generichash_update(&state, (const unsigned char *)texts[i], lengths[i]);
	}
	crypto_generichash_final(&state, digest.bytes, sizeof digest.bytes);
	return digest;
}

struct repeats *repeats_new(void)
{
	return mem_alloc(1, sizeof(struct repeats));
}

void repeats_free(struct repeats *repeats)
{
	if (!repeats)
		return;
	struct known_row *row, *next_row;
	HASH_ITER(hh, repeats->rows, row, next_row)
	{
		HASH_DEL(repeats->rows, row);
		free(row);
	}
	struct known_answer *answer, *next_answer;
	HASH_ITER(hh, repeats->answers, answer, next_answer)
	{
		HASH_DEL(repeats->answers, answer);
		free(answer);
	}
	free(repeats);
}

bool repeats_add_row(struct repeats *repeats, long long row, const struct digest *key, const struct digest *content)
{
	struct known_row *known = NULL;
	HASH_FIND(hh, repeats->rows, key, sizeof *key, known);
	if (known) {
		bool copy = memcmp(&known->content, content, sizeof *content) == 0;
		known->conflict = known->conflict || !copy;
		return copy;
	}
	known = mem_alloc(1, sizeof *known);
	known->key = *key;
	known->content = *content;
	known->first = row;
	HASH_ADD(hh, repeats->rows, key, sizeof known->key, known);
	return false;
}

enum repeat repeats_of_row(const struct repeats *repeats, long long row, const struct digest *key)
{
	struct known_row *known = NULL;
	HASH_FIND(hh, repeats->rows, key, sizeof *key, known);
	assert(known);
	if (known->conflict)
		return REPEAT_CONFLICT;
	return known->first == row ? REPEAT_NONE : REPEAT_COPY;
}

void repeats_add_answer(struct repeats *repeats, const struct digest *answer)
{
	struct known_answer *known = NULL;
	HASH_FIND(hh, repeats->answers, answer, sizeof *answer, known);
	if (known) {
		known->repeated = true;
		return;
	}
	known = mem_alloc(1, sizeof *known);
	known->answer = *answer;
	HASH_ADD(hh, repeats->answers, answer, sizeof known->answer, known);
}

bool repeats_of_answer(const struct repeats *repeats, const struct digest *answer)
{
	struct known_answer *known = NULL;
	HASH_FIND(hh, repeats->answers, answer, sizeof *answer, known);
	return known && known->repeated;
}
