/* Words in the words around them. */
#ifndef CANVASS_TEXT_AROUND_H
#define CANVASS_TEXT_AROUND_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>

enum { AROUND_MOST = 60 /* code points on each side; the word that would be cut stays out */ };

struct around {
	struct text before, words, after;
};

/* Cut `length` code points from `start` (a byte that is no UTF-8 counts as one) out of a text, with what stands around
 * them; an ellipsis where there is more. False: the text is not so long. Release with around_release(), also then. */
bool around_cut(struct around *around, const char *text, size_t start, size_t length);
void around_release(struct around *around);

#endif
