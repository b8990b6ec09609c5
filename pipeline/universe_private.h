/* What universe.c, universe_store.c and universe_load.c share. */
#ifndef CANVASS_UNIVERSE_PRIVATE_H
#define CANVASS_UNIVERSE_PRIVATE_H

#include "mem.h"
#include "universe.h"

#include <uthash.h>

/* What has this key has this id. Never walked: the order of a hash is no order. */
struct key {
	UT_hash_handle hh;
	size_t id;
	char text[];
};

struct universe_private {
	struct mem_arena *strings;
	struct key *units, *cells, *relations, *measures, *arrangements, *labels;
	size_t unit_capacity, cell_capacity, relation_capacity, part_capacity, measure_capacity, result_capacity,
		rest_capacity, rest_measure_capacity, figure_capacity, arrangement_capacity, label_capacity;
};

enum { UNIVERSE_RELATION_KINDS = 2, UNIVERSE_STATUSES = 3 };
extern const char *const universe_relation_words[UNIVERSE_RELATION_KINDS],
	*const universe_status_words[UNIVERSE_STATUSES];

/* A copy that lives as long as the universe. */
const char *universe_keep(struct universe *universe, const char *text);

/* Add a line of results without what it rests on. */
struct result *universe_new_result(struct universe *universe, const struct result *result);

/* 0 where nothing has the key. */
size_t universe_key_find(struct key *keys, const char *text);
void universe_key_add(struct key **keys, const char *text, size_t id);
void universe_add_id(size_t **ids, size_t *count, size_t *capacity, size_t id);

/* Whether the counts agree with the relation, as far as they are known. */
bool universe_relation_holds(const struct universe *universe, const struct relation *relation);

/* The relation as text; free with free(). */
char *universe_relation_key(const struct universe *universe, const struct relation *relation);

#endif
