#include "name_index.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "mem.h"

struct name_index {
	const char *name;
	size_t index;
	UT_hash_handle hh;
};

void name_index_add(struct name_index **names, const char *name, size_t index)
{
	struct name_index *added = mem_alloc(1, sizeof *added);
	*added = (struct name_index){ .name = name, .index = index };
	HASH_ADD_KEYPTR(hh, *names, added->name, strlen(added->name), added);
}

const size_t *name_index_find(const struct name_index *names, const char *name)
{
	const struct name_index *found = NULL;
	HASH_FIND_STR(names, name, found);
	return found ? &found->index : NULL;
}

void name_index_free(struct name_index *names)
{
	struct name_index *name, *next;
	HASH_ITER(hh, names, name, next)
	{
		HASH_DEL(names, name);
		free(name);
	}
}
