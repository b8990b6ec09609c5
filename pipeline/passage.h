/* A text as its words: where they stand, and how they are without capitals, marks and apostrophes. */
#ifndef CANVASS_PASSAGE_H
#define CANVASS_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Letters and digits in a row; an apostrophe between letters is inside. A hyphen parts two words. */
struct word {
	size_t byte, bytes; /* in the text */
	size_t stem_bytes;  /* the same without a possessive 's */
	const char *plain;  /* small, without marks and apostrophes: obriens */
	size_t plain_length;
	size_t stem_length;    /* of `plain`, without the possessive: obrien */
	bool capital, shouted; /* its first letter, all its letters: the latter only of two and more */
	bool digits;           /* nothing else */
	bool begins;           /* a sentence, or a line */
	bool joined;           /* nothing but blanks parts it from the word before, in the same line */
};

struct passage {
	const char *text;
	size_t length;
	struct word *words;
	size_t count;
	char *plain; /* owns the plain words */
};

/* Any bytes up to the NUL: what is no UTF-8 parts words. `text` is borrowed. */
void passage_read(struct passage *passage, const char *text);
void passage_free(struct passage *passage); /* and zero it */

/* The first word that begins at a byte or behind it; `count` where there is none. */
size_t passage_word_from(const struct passage *passage, size_t byte);

/* Whether the text may be cut before a byte: no word goes on there. */
bool passage_parts(const struct passage *passage, size_t byte);

/* Whether a word is one of `list`, which are plain, a blank between and at both ends: " born birthday ". */
bool word_in(const struct word *word, const char *list);

/* Whether one of at most `before` words in front of the bytes from..end, or of `after` behind them, is in `list`. */
bool passage_near(const struct passage *passage, size_t from, size_t end, size_t before, size_t after,
                  const char *list);

#endif
