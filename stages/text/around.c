#include "around.h"

#include <string.h>

static const char more[] = "…";

/* Length of the code point at `text`, which is not at its end. */
static size_t step(const char *text)
{
	unsigned char first = (unsigned char)*text;
	if (first < 0x80)
		return 1;
	size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	size_t there = strnlen(text, length);
	return there == length && text_valid_utf8(text, length) == length ? length : 1;
}

/* Behind `count` code points; NULL: there are not so many. */
static const char *skip(const char *text, size_t count)
{
	for (; count > 0; count--) {
		if (!*text)
			return NULL;
		text += step(text);
	}
	return text;
}

static bool is_blank(char c)
{
	return c && strchr(" \t\r\n", c);
}

bool around_cut(struct around *around, const char *text, size_t start, size_t length)
{
	*around = (struct around){ 0 };
	const char *words = skip(text, start), *after = words ? skip(words, length) : NULL;
	if (!after)
		return false;
	const char *from = skip(text, start > AROUND_MOST ? start - AROUND_MOST : 0), *to = after;
	if (from > text)
		for (const char *at = from; at < words; at += step(at))
			if (is_blank(*at)) {
				from = at;
				break;
			}
	for (size_t i = 0; i < AROUND_MOST && *to; i++)
		to += step(to);
	if (*to)
		for (const char *at = to; at > after; at--)
			if (is_blank(*at)) {
				to = at;
				break;
			}
	text_add(&around->before, from > text ? more : "");
	text_add_bytes(&around->before, from, (size_t)(words - from));
	text_add_bytes(&around->words, words, (size_t)(after - words));
	text_add_bytes(&around->after, after, (size_t)(to - after));
	text_add(&around->after, *to ? more : "");
	return true;
}

void around_release(struct around *around)
{
	text_free(&around->before);
	text_free(&around->words);
	text_free(&around->after);
}
