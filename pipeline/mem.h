/* Memory that is there, or the program has ended: with these, no caller checks for NULL. */
#ifndef CANVASS_MEM_H
#define CANVASS_MEM_H

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Zeroed. Free with free(). Running out ends the program with status 70. */
void *mem_alloc(size_t count, size_t size);

/* Room for one more element at items[count]: doubles the capacity when it is full. New room is zeroed. */
void *mem_grow(void *items, size_t count, size_t *capacity, size_t size);

/* qsort, which may be given no list at all when count is 0 (ISO C lets qsort not). */
void mem_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

char *mem_copy_text(const char *text);
char *mem_copy_bytes(const char *bytes, size_t length); /* adds the terminating NUL */

/* printf into memory of its own; free with free(). */
char *mem_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Many small strings with one owner, freed together. */
struct mem_arena;
struct mem_arena *mem_arena_new(void);
char *mem_arena_copy(struct mem_arena *arena, const char *text); /* valid until the arena is freed; NULL stays NULL */
void mem_arena_free(struct mem_arena *arena);

#endif
