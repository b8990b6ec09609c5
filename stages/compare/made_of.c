#include "made_of.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct line {
	char *variable, *input;
	bool study;
};

struct made_of {
	struct mem_arena *strings;
	struct line *lines;
	size_t count, capacity;
};

bool made_of_load(struct made_of **made_of, const struct dataset *dataset, struct error *err)
{
	struct made_of *loaded = mem_alloc(1, sizeof *loaded);
	sqlite3_stmt *select = NULL;
	bool row = false;
	loaded->strings = mem_arena_new();
	bool ok = store_prepare(&select, dataset->store, "SELECT variable, input, study FROM made_of", err);
	while (ok && (ok = store_step(dataset->store, select, &row, err)) && row) {
		loaded->lines = mem_grow(loaded->lines, loaded->count, &loaded->capacity, sizeof *loaded->lines);
		loaded->lines[loaded->count++] = (struct line){
			.variable = mem_arena_copy(loaded->strings, (const char *)sqlite3_column_text(select, 0)),
			.input = mem_arena_copy(loaded->strings, (const char *)sqlite3_column_text(select, 1)),
			.study = sqlite3_column_int(select, 2) != 0,
		};
	}
	sqlite3_finalize(select);
	if (!ok) {
		made_of_free(loaded);
		return false;
	}
	*made_of = loaded;
	return true;
}

void made_of_free(struct made_of *made_of)
{
	if (!made_of)
		return;
	free(made_of->lines);
	mem_arena_free(made_of->strings);
	free(made_of);
}

bool made_of_study(const struct made_of *made_of, const char *variable)
{
	for (size_t i = 0; i < made_of->count; i++)
		if (made_of->lines[i].study && strcmp(made_of->lines[i].variable, variable) == 0)
			return true;
	return false;
}

static bool is_made_of(const struct made_of *made_of, const char *variable, const char *input)
{
	if (strcmp(variable, input) == 0)
		return true;
	for (size_t i = 0; i < made_of->count; i++)
		if (strcmp(made_of->lines[i].variable, variable) == 0 && strcmp(made_of->lines[i].input, input) == 0)
			return true;
	return false;
}

bool made_of_share(const struct made_of *made_of, const char *one, const char *other)
{
	if (is_made_of(made_of, other, one))
		return true;
	for (size_t i = 0; i < made_of->count; i++)
		if (strcmp(made_of->lines[i].variable, one) == 0 && is_made_of(made_of, other, made_of->lines[i].input))
			return true;
	return false;
}
