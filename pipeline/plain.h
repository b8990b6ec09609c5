/* Letters without capitals and marks, so that spellings of one word are the same. */
#ifndef CANVASS_PLAIN_H
#define CANVASS_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum { PLAIN_LONGEST = 4 };

/* Bytes of the character at *at, of which at most `left` bytes are there; a byte that is no UTF-8 is one of its own. */
size_t plain_length(const char *at, size_t left);

/* The same, and in `plain` what the character is in small ASCII letters and digits (a letter of another script stands
 * for itself); "" for what joins two letters, such as an apostrophe, a mark of its own or a soft hyphen; " " for a
 * break. */
size_t plain_letter(char plain[PLAIN_LONGEST + 1], const char *at, size_t left);

bool plain_is_capital(const char *at, size_t left);

#endif
