/* Cells that hang together. Of each cell, blocks has another one of its block on the way to the first of it. */
#ifndef CANVASS_PROTECT_BLOCKS_H
#define CANVASS_PROTECT_BLOCKS_H

#include <stddef.h>

/* Every cell by itself; free with free(). */
size_t *blocks_new(size_t count);

/* The block of both is one from here on. */
void blocks_join(size_t *blocks, size_t one, size_t other);

/* The first cell of a cell's block. */
size_t blocks_first(size_t *blocks, size_t cell);

#endif
