#include "mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(void)
{
	fputs("error[fault]: out of memory\n", stderr);
	exit(70);
}

void *mem_alloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		out_of_memory();
	return memory;
}

void *mem_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	size_t larger = *capacity ? 2 * *capacity : 16;
	while (larger <= count)
		larger *= 2;
	if (larger > SIZE_MAX / size)
		out_of_memory();
	char *grown = realloc(items, larger * size);
	if (!grown)
		out_of_memory();
	memset(grown + *capacity * size, 0, (larger - *capacity) * size);
	*capacity = larger;
	return grown;
}

char *mem_copy_bytes(const char *bytes, size_t length)
{
	char *copy = mem_alloc(length + 1, 1);
	if (length > 0) /* bytes may then be NULL */
		memcpy(copy, bytes, length);
	return copy;
}

void mem_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, size, compare);
}

char *mem_copy_text(const char *text)
{
	return mem_copy_bytes(text, strlen(text));
}

char *mem_print(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		out_of_memory();
	char *text = mem_alloc((size_t)length + 1, 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

enum { BLOCK_SIZE = 16384 };

struct block {
	struct block *previous;
	size_t used, size;
	char bytes[];
};

struct mem_arena {
	struct block *last;
};

struct mem_arena *mem_arena_new(void)
{
	return mem_alloc(1, sizeof(struct mem_arena));
}

char *mem_arena_copy(struct mem_arena *arena, const char *text)
{
	if (!text)
		return NULL;
	size_t length = strlen(text) + 1;
	if (!arena->last || arena->last->size - arena->last->used < length) {
		size_t size = length > BLOCK_SIZE ? length : BLOCK_SIZE;
		struct block *block = mem_alloc(1, sizeof *block + size);
		block->previous = arena->last;
		block->size = size;
		arena->last = block;
	}
	char *copy = arena->last->bytes + arena->last->used;
	memcpy(copy, text, length);
	arena->last->used += length;
	return copy;
}

void mem_arena_free(struct mem_arena *arena)
{
	if (!arena)
		return;
	while (arena->last) {
		struct block *previous = arena->last->previous;
		free(arena->last);
		arena->last = previous;
	}
	free(arena);
}
