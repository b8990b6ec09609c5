#include "placeholder.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "mem.h"
#include "text.h"

/* A thing that one person's texts name, and how many things of its type they name. The keys begin with "thing" and
 * "type". */
struct number {
	char *key;
	size_t number;
	UT_hash_handle hh;
};

struct placeholders {
	const struct roster *roster;
	struct number *numbers;
};

struct placeholders *placeholders_new(const struct roster *roster)
{
	struct placeholders *made = mem_alloc(1, sizeof *made);
	made->roster = roster;
	return made;
}

void placeholders_free(struct placeholders *placeholders)
{
	struct number *number, *next;
	if (!placeholders)
		return;
	HASH_ITER (hh, placeholders->numbers, number, next) {
		HASH_DEL(placeholders->numbers, number);
		free(number->key);
		free(number);
	}
	free(placeholders);
}

/* Takes `key`. */
static struct number *number_of(struct placeholders *placeholders, char *key)
{
	struct number *number = NULL;
	HASH_FIND_STR(placeholders->numbers, key, number);
	if (number) {
		free(key);
		return number;
	}
	number = mem_alloc(1, sizeof *number);
	number->key = key;
	HASH_ADD_KEYPTR(hh, placeholders->numbers, number->key, strlen(number->key), number);
	return number;
}

/* How many entries of the kind of `type` stand in the roster before `entry`. */
static size_t entries_before(const struct roster *roster, enum identifier type, size_t entry)
{
	size_t before = 0;
	for (size_t i = 0; i < entry; i++)
		before += IDENTIFIER_PERSON + (int)roster_at(roster, i)->kind == (int)type;
	return before;
}

static size_t next_number(struct placeholders *placeholders, const char *person, const char *text,
                          const struct span *span)
{
	const struct roster *roster = placeholders->roster;
	if (roster && span->entry != ROSTER_NONE)
		return entries_before(roster, span->type, span->entry) + 1;
	char *same = identifier_same(text, span);
	struct number *thing = number_of(placeholders, mem_print("thing %d %s\x1f%s", (int)span->type, same, person));
	if (thing->number == 0) {
		struct number *type = number_of(placeholders, mem_print("type %d %s", (int)span->type, person));
		if (type->number == 0 && roster)
			type->number = entries_before(roster, span->type, roster_count(roster));
		thing->number = ++type->number;
	}
	free(same);
	return thing->number;
}

char *placeholder_of(struct placeholders *placeholders, const char *person, const char *text, const struct span *span)
{
	return mem_print("[%s %zu]", identifier_word(span->type), next_number(placeholders, person, text, span));
}

size_t placeholder_length(const char *text, size_t bytes)
{
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++) {
		const char *word = identifier_word((enum identifier)i);
		size_t length = strlen(word), at = length + 2, digits = 0;
		if (bytes < at || *text != '[' || strncmp(text + 1, word, length) != 0 || text[at - 1] != ' ')
			continue;
		while (at < bytes && text[at] >= '0' && text[at] <= '9') {
			at++;
			digits++;
		}
		if (digits && at < bytes && text[at] == ']')
			return at + 1;
	}
	return 0;
}
