#include "blocks.h"

#include "mem.h"

size_t *blocks_new(size_t count)
{
	size_t *blocks = mem_alloc(count, sizeof *blocks);
	for (size_t i = 0; i < count; i++)
		blocks[i] = i;
	return blocks;
}

size_t blocks_first(size_t *blocks, size_t cell)
{
	while (blocks[cell] != cell)
		cell = blocks[cell] = blocks[blocks[cell]];
	return cell;
}

void blocks_join(size_t *blocks, size_t one, size_t other)
{
	one = blocks_first(blocks, one);
	other = blocks_first(blocks, other);
	blocks[one > other ? one : other] = one < other ? one : other;
}
