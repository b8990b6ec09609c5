#include "repeats.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct keyed {
	struct digest key;
	long long row;
};

/* A row whose key another has. */
struct shared {
	long long row, first; /* first: of those with the key */
	struct digest content;
	bool conflict; /* of the first: one of the others is no copy of it */
};

struct repeats {
	struct keyed *keyed; /* until they are settled */
	size_t keyed_count, keyed_capacity;
	struct shared *shared; /* by row */
	size_t shared_count, shared_capacity;
	struct digest *answers; /* all; settled: those that repeat, each once, in order */
	size_t answer_count, answer_capacity;
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

uint64_t hash_of(const void *bytes, size_t length)
{
	static const unsigned char key[crypto_shorthash_KEYBYTES]; /* no secret: the same on every run */
	uint64_t hash;
	_Static_assert(sizeof hash == crypto_shorthash_BYTES, "a hash is of 64 bits");
	crypto_shorthash((unsigned char *)&hash, bytes, length, key);
	return hash;
}

struct repeats *repeats_new(void)
{
	return mem_alloc(1, sizeof(struct repeats));
}

void repeats_free(struct repeats *repeats)
{
	if (!repeats)
		return;
	free(repeats->keyed);
	free(repeats->shared);
	free(repeats->answers);
	free(repeats);
}

/* --- rows --- */

void repeats_add_row(struct repeats *repeats, long long row, const struct digest *key)
{
	repeats->keyed =
		mem_grow(repeats->keyed, repeats->keyed_count, &repeats->keyed_capacity, sizeof *repeats->keyed);
	repeats->keyed[repeats->keyed_count++] = (struct keyed){ .key = *key, .row = row };
}

static int by_digest(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct digest));
}

static int by_key(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;
	int order = by_digest(&a->key, &b->key);
	return order ? order : (a->row > b->row) - (a->row < b->row);
}

static int by_row(const void *left, const void *right)
{
	const struct shared *a = left, *b = right;
	return (a->row > b->row) - (a->row < b->row);
}

void repeats_settle_rows(struct repeats *repeats)
{
	mem_sort(repeats->keyed, repeats->keyed_count, sizeof *repeats->keyed, by_key);
	const struct keyed *end = repeats->keyed + repeats->keyed_count;
	for (const struct keyed *first = repeats->keyed, *next; first < end; first = next) {
		for (next = first + 1; next < end && by_digest(&next->key, &first->key) == 0;)
			next++;
		for (const struct keyed *row = first; next - first > 1 && row < next; row++) {
			repeats->shared = mem_grow(repeats->shared, repeats->shared_count, &repeats->shared_capacity,
			                           sizeof *repeats->shared);
			repeats->shared[repeats->shared_count++] =
				(struct shared){ .row = row->row, .first = first->row };
		}
	}
	mem_sort(repeats->shared, repeats->shared_count, sizeof *repeats->shared, by_row);
	free(repeats->keyed);
	repeats->keyed = NULL;
	repeats->keyed_count = repeats->keyed_capacity = 0;
}

size_t repeats_shared_count(const struct repeats *repeats)
{
	return repeats->shared_count;
}

long long repeats_shared_row(const struct repeats *repeats, size_t index)
{
	return repeats->shared[index].row;
}

/* NULL: no other row has its key. */
static struct shared *find_shared(const struct repeats *repeats, long long row)
{
	const struct shared wanted = { .row = row };
	return repeats->shared_count == 0
	               ? NULL
	               : bsearch(&wanted, repeats->shared, repeats->shared_count, sizeof *repeats->shared, by_row);
}

void repeats_add_content(struct repeats *repeats, size_t index, const struct digest *content)
{
	struct shared *shared = &repeats->shared[index], *first = find_shared(repeats, shared->first);
	shared->content = *content;
	first->conflict = first->conflict || by_digest(content, &first->content) != 0;
}

bool repeats_is_copy(const struct repeats *repeats, long long row)
{
	const struct shared *shared = find_shared(repeats, row);
	return shared && shared->row != shared->first
	       && by_digest(&shared->content, &find_shared(repeats, shared->first)->content) == 0;
}

enum repeat repeats_of_row(const struct repeats *repeats, long long row)
{
	const struct shared *shared = find_shared(repeats, row);
	if (!shared)
		return REPEAT_NONE;
	if (find_shared(repeats, shared->first)->conflict)
		return REPEAT_CONFLICT;
	return shared->row == shared->first ? REPEAT_NONE : REPEAT_COPY;
}

/* --- answers --- */

void repeats_add_answer(struct repeats *repeats, const struct digest *answer)
{
	repeats->answers =
		mem_grow(repeats->answers, repeats->answer_count, &repeats->answer_capacity, sizeof *repeats->answers);
	repeats->answers[repeats->answer_count++] = *answer;
}

void repeats_settle_answers(struct repeats *repeats)
{
	struct digest *answers = repeats->answers;
	size_t kept = 0;
	mem_sort(answers, repeats->answer_count, sizeof *answers, by_digest);
	for (size_t i = 1; i < repeats->answer_count; i++) {
		bool repeated = by_digest(&answers[i], &answers[i - 1]) == 0;
		if (repeated && (kept == 0 || by_digest(&answers[i], &answers[kept - 1]) != 0))
			answers[kept++] = answers[i];
	}
	repeats->answer_count = kept;
}

bool repeats_of_answer(const struct repeats *repeats, const struct digest *answer)
{
	return repeats->answer_count != 0
	       && bsearch(answer, repeats->answers, repeats->answer_count, sizeof *repeats->answers, by_digest) != NULL;
}
