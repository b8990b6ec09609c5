#include "recall.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { MOST_INPUTS = 8, SLOTS = 64, MOST_WORDS = 7 };

/* The values that a result was for: one word that says which are missing, then a word for each number, and for each
 * text its length and its bytes, filled up with zeros. A slot fills a line of the processor's cache. */
struct slot {
	uint64_t words[MOST_WORDS];
	unsigned char count; /* 0: nothing is kept */
	unsigned char result;
};

struct recall {
	const struct expression_column *inputs[MOST_INPUTS];
	size_t input_count;
	struct slot now; /* the current values; count 0: they do not fit in */
	size_t place;    /* where they are kept */
	struct slot kept[SLOTS];
};

struct recall *recall_new(const struct expression_column *columns, const bool *reads, size_t count)
{
	struct recall *recall = mem_alloc(1, sizeof *recall);
	for (size_t i = 0; i < count; i++) {
		if (!reads[i])
			continue;
		if (recall->input_count == MOST_INPUTS) {
			recall_free(recall);
			return NULL;
		}
		recall->inputs[recall->input_count++] = &columns[i];
	}
	return recall;
}

void recall_free(struct recall *recall)
{
	free(recall);
}

static bool add_text(struct slot *slot, const char *text)
{
	size_t length = strlen(text), words = (length + sizeof *slot->words - 1) / sizeof *slot->words;
	if (words + 1 > (size_t)(MOST_WORDS - slot->count))
		return false;
	slot->words[slot->count++] = length;
	if (words > 0)
		slot->words[slot->count + words - 1] = 0;
	memcpy(&slot->words[slot->count], text, length);
	slot->count = (unsigned char)(slot->count + words);
	return true;
}

static bool add_number(struct slot *slot, const struct expression_column *column)
{
	if (slot->count == MOST_WORDS)
		return false;
	uint64_t *word = &slot->words[slot->count++];
	memcpy(word, column->type == EXPRESSION_REAL ? (const void *)&column->real : &column->integer, sizeof *word);
	return true;
}

static bool add_values(struct recall *recall)
{
	struct slot *slot = &recall->now;
	slot->words[0] = 0;
	slot->count = 1;
	for (size_t i = 0; i < recall->input_count; i++) {
		const struct expression_column *column = recall->inputs[i];
		bool text = column->type == EXPRESSION_TEXT, missing = column->missing || (text && !column->text);
		slot->words[0] |= (uint64_t)missing << i;
		if (!missing && !(text ? add_text(slot, column->text) : add_number(slot, column)))
			return false;
	}
	return true;
}

/* It only says where to look. */
static size_t place_of(const struct slot *slot)
{
	uint64_t hash = 0;
	for (size_t i = 0; i < slot->count; i++)
		hash = (hash ^ slot->words[i] ^ hash >> 29) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(hash >> 32) % SLOTS;
}

static bool same(const struct slot *a, const struct slot *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->words[i] != b->words[i])
			return false;
	return true;
}

bool recall_find(struct recall *recall, enum expression_result *result)
{
	if (!recall)
		return false;
	if (!add_values(recall)) {
		recall->now.count = 0;
		return false;
	}
	recall->place = place_of(&recall->now);
	const struct slot *kept = &recall->kept[recall->place];
	if (!same(kept, &recall->now))
		return false;
	*result = (enum expression_result)kept->result;
	return true;
}

void recall_keep(struct recall *recall, enum expression_result result)
{
	if (!recall || recall->now.count == 0)
		return;
	recall->now.result = (unsigned char)result;
	recall->kept[recall->place] = recall->now;
}
