#include "alike.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repeats.h"

/* Of the rows that share a group of answers, the latest so many are looked at. */
enum { MOST_LOOKED_AT = 64 };
#define NONE UINT32_MAX

/* --- rows by a hash: a table of chains, the latest row first --- */

struct link {
	uint64_t hash;
	uint32_t row, before; /* before: the link before it in its chain; NONE */
};

struct chains {
	uint32_t *heads; /* a power of two of them, as many as there is room for links; NONE: empty */
	size_t head_count;
	struct link *links;
	size_t count, capacity;
};

static void chains_free(struct chains *chains)
{
	free(chains->heads);
	free(chains->links);
}

static uint32_t *head_of(const struct chains *chains, uint64_t hash)
{
	return &chains->heads[hash & (chains->head_count - 1)];
}

static void hang_up(struct chains *chains, size_t index)
{
	uint32_t *head = head_of(chains, chains->links[index].hash);
	chains->links[index].before = *head;
	*head = (uint32_t)index;
}

static void double_heads(struct chains *chains)
{
	free(chains->heads);
	chains->head_count = chains->head_count ? 2 * chains->head_count : 1024;
	chains->heads = mem_alloc(chains->head_count, sizeof *chains->heads);
	memset(chains->heads, 0xff, chains->head_count * sizeof *chains->heads);
	for (size_t i = 0; i < chains->count; i++)
		hang_up(chains, i);
}

static void chains_add(struct chains *chains, uint64_t hash, uint32_t row)
{
	if (chains->count == chains->head_count)
		double_heads(chains);
	chains->links = mem_grow(chains->links, chains->count, &chains->capacity, sizeof *chains->links);
	chains->links[chains->count] = (struct link){ .hash = hash, .row = row };
	hang_up(chains, chains->count++);
}

/* The latest link of a hash, or the one before `link`; NULL: none. */
static const struct link *chains_next(const struct chains *chains, const struct link *link, uint64_t hash)
{
	if (chains->count == 0)
		return NULL;
	uint32_t at = link ? link->before : *head_of(chains, hash);
	while (at != NONE && chains->links[at].hash != hash)
		at = chains->links[at].before;
	return at == NONE ? NULL : &chains->links[at];
}

/* --- the rows --- */

struct known {
	const struct exported_source *source;
	uint64_t key; /* hash of the key as it is; 0: none */
	size_t line;
};

struct alike {
	size_t answers; /* 0: none are kept */
	struct known *rows;
	size_t count, capacity;
	uint16_t *kept; /* row, answer */
	size_t kept_capacity;
	struct chains folded;  /* the first row of each folded key */
	struct chains told;    /* keys that were found */
	struct chains whole;   /* the first row of each whole set of answers */
	struct chains *groups; /* rows by each group of answers */
	size_t group_count;
	uint16_t *group;  /* the answers of one */
	char *folded_key; /* the key being folded */
	size_t folded_size;
};

struct alike *alike_new(size_t answers)
{
	struct alike *alike = mem_alloc(1, sizeof *alike);
	alike->answers = answers < ALIKE_LEAST_ANSWERS ? 0 : answers;
	alike->group_count = alike->answers * (100 - ALIKE_PER_CENT) / 100 + 1;
	alike->groups = mem_alloc(alike->group_count, sizeof *alike->groups);
	alike->group = mem_alloc(alike->answers + 1, sizeof *alike->group);
	return alike;
}

void alike_free(struct alike *alike)
{
	if (!alike)
		return;
	for (size_t i = 0; i < alike->group_count; i++)
		chains_free(&alike->groups[i]);
	chains_free(&alike->folded);
	chains_free(&alike->told);
	chains_free(&alike->whole);
	free(alike->groups);
	free(alike->group);
	free(alike->rows);
	free(alike->kept);
	free(alike->folded_key);
	free(alike);
}

static uint64_t key_hash(const struct alike_row *row)
{
	uint64_t hash = row->key ? hash_of(row->key, strlen(row->key)) : 0;
	return row->key && hash == 0 ? 1 : hash;
}

static void set_other(const struct alike *alike, uint32_t row, struct alike_row *other)
{
	*other = (struct alike_row){ .source = alike->rows[row].source, .line = alike->rows[row].line };
}

/* --- keys --- */

/* Two ways in which a key is mistyped: a letter for a digit, and zeros in front. Each is a folding of its own, as a
 * letter that stands for a digit would make a number of the letters before it. */
enum folding { FOLD_LETTERS, FOLD_ZEROS, FOLD_COUNT };

static char fold_letter(char letter, enum folding folding)
{
	char small = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
	if (folding != FOLD_LETTERS)
		return small;
	return small == 'o' ? '0' : small == 'l' || small == 'i' ? '1' : small;
}

static bool is_digit(char letter)
{
	return letter >= '0' && letter <= '9';
}

static bool is_between(char letter)
{
	return letter == ' ' || letter == '\t' || letter == '-' || letter == '_';
}

/* Case, letters or zeros folded, and what stands between left out; but between digits it is kept, as one hyphen, so
 * that 1-11 and 11-1 stay two. */
static uint64_t fold(struct alike *alike, const char *key, enum folding folding)
{
	size_t length = strlen(key), count = 0;
	if (alike->folded_size < length + 1) {
		free(alike->folded_key);
		alike->folded_size = 2 * length + 1;
		alike->folded_key = mem_alloc(alike->folded_size, 1);
	}
	char *folded = alike->folded_key;
	folded[count++] = (char)('0' + folding);
	bool gap = false, in_number = false; /* in_number: behind a digit that counts */
	for (const char *at = key; *at; at++) {
		char letter = fold_letter(*at, folding);
		if (is_between(letter)) {
			gap = true;
			continue;
		}
		if (gap && count > 1 && is_digit(folded[count - 1]) && is_digit(letter)) {
			folded[count++] = '-';
			in_number = false;
		}
		gap = false;
		bool last_digit = !is_digit(at[1]);
		if (folding == FOLD_ZEROS && letter == '0' && !in_number && !last_digit)
			continue;
		in_number = is_digit(letter);
		folded[count++] = letter;
	}
	return hash_of(folded, count);
}

bool alike_find_key(struct alike *alike, const struct alike_row *row, struct alike_row *other)
{
	if (!row->key)
		return false;
	uint64_t key = key_hash(row);
	for (enum folding folding = 0; folding < FOLD_COUNT; folding++) {
		const struct link *link = chains_next(&alike->folded, NULL, fold(alike, row->key, folding));
		if (!link || alike->rows[link->row].key == key || chains_next(&alike->told, NULL, key))
			continue;
		chains_add(&alike->told, key, link->row);
		set_other(alike, link->row, other);
		return true;
	}
	return false;
}

/* --- answers --- */

static uint64_t whole_hash(const struct alike *alike, const struct alike_row *row)
{
	return hash_of(row->answers, alike->answers * sizeof *row->answers);
}

/* Every so-manieth answer, so that no group is one part of the questionnaire that is skipped as a whole. False where
 * none of them was given: who share that share nothing. */
static bool group_hash(struct alike *alike, size_t group, const struct alike_row *row, uint64_t *hash)
{
	size_t count = 0;
	bool any = false;
	for (size_t i = group; i < alike->answers; i += alike->group_count) {
		any = any || row->answers[i];
		alike->group[count++] = row->answers[i];
	}
	*hash = hash_of(alike->group, count * sizeof *alike->group);
	return any;
}

static bool is_same(const struct alike *alike, const uint16_t *a, const uint16_t *b)
{
	size_t given = 0, same = 0;
	for (size_t i = 0; i < alike->answers; i++) {
		given += a[i] || b[i];
		same += a[i] && a[i] == b[i];
	}
	return given >= ALIKE_LEAST_ANSWERS && 100 * same >= ALIKE_PER_CENT * given;
}

/* Whether a row before is of another person and has the same answers. */
static bool is_twin(const struct alike *alike, uint32_t before, uint64_t key, const struct alike_row *row)
{
	return (key == 0 || alike->rows[before].key != key)
	       && is_same(alike, row->answers, alike->kept + before * alike->answers);
}

bool alike_find_answers(struct alike *alike, const struct alike_row *row, struct alike_row *other)
{
	if (alike->answers == 0)
		return false;
	uint64_t key = key_hash(row), hash = whole_hash(alike, row);
	const struct link *link = chains_next(&alike->whole, NULL, hash);
	if (link && is_twin(alike, link->row, key, row)) {
		set_other(alike, link->row, other);
		return true;
	}
	for (size_t group = 0; group < alike->group_count; group++) {
		if (!group_hash(alike, group, row, &hash))
			continue;
		link = NULL;
		for (size_t looked = 0;
		     looked < MOST_LOOKED_AT && (link = chains_next(&alike->groups[group], link, hash)); looked++) {
			if (!is_twin(alike, link->row, key, row))
				continue;
			set_other(alike, link->row, other);
			return true;
		}
	}
	return false;
}

static void add_answers(struct alike *alike, const struct alike_row *row, uint32_t number)
{
	size_t last = (number + (size_t)1) * alike->answers - 1;
	alike->kept = mem_grow(alike->kept, last, &alike->kept_capacity, sizeof *alike->kept);
	memcpy(alike->kept + number * alike->answers, row->answers, alike->answers * sizeof *alike->kept);
	uint64_t hash = whole_hash(alike, row);
	if (chains_next(&alike->whole, NULL, hash))
		return; /* the first with these answers stands for all */
	chains_add(&alike->whole, hash, number);
	for (size_t group = 0; group < alike->group_count; group++)
		if (group_hash(alike, group, row, &hash))
			chains_add(&alike->groups[group], hash, number);
}

void alike_add(struct alike *alike, const struct alike_row *row)
{
	uint32_t number = (uint32_t)alike->count;
	alike->rows = mem_grow(alike->rows, alike->count, &alike->capacity, sizeof *alike->rows);
	alike->rows[number] = (struct known){ .source = row->source, .key = key_hash(row), .line = row->line };
	if (alike->answers)
		add_answers(alike, row, number);
	for (enum folding folding = 0; row->key && folding < FOLD_COUNT; folding++) {
		uint64_t hash = fold(alike, row->key, folding);
		if (!chains_next(&alike->folded, NULL, hash))
			chains_add(&alike->folded, hash, number);
	}
	alike->count++;
}
