/* Earlier rows that are nearly the same as another: in their key, or in their answers.
 *
 * Rows are added in their order, and each is held against those before it. Kept of a row are hashes of 64 bits, where
 * it stands, and two bytes an answer; no text of anybody. */
#ifndef VALIDATE_ALIKE_H
#define VALIDATE_ALIKE_H

#include "exported.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of two rows with so many answers at least, in either of them, this share is the same in both. Kuriakose and Robbins
 * (Statistical Journal of the IAOS 2016, 32) take 85 per cent; Simmons and others of Pew Research Center (the same
 * volume) show how many honest pairs that finds where the questions are few or alike. So 95, and a person decides. */
enum { ALIKE_LEAST_ANSWERS = 20, ALIKE_PER_CENT = 95 };

struct alike;

/* `answers` is how many a row has; with fewer than ALIKE_LEAST_ANSWERS none are kept. */
struct alike *alike_new(size_t answers);
void alike_free(struct alike *alike); /* accepts NULL */

/* A row. Borrowed. */
struct alike_row {
	const struct exported_source *source;
	size_t line;
	const char *key;         /* NULL: none; then it is nobody else's */
	const uint16_t *answers; /* 0: none; otherwise the same number for the same answer */
};

/* The first of the rows before it whose key is the same but for case, O and 0, l, I and 1, zeros in front of a number,
 * blanks, hyphens and underscores, and is another. False where there is none, or this key was found before. */
bool alike_find_key(struct alike *alike, const struct alike_row *row, struct alike_row *other);

/* A row before it, of another key, with the same answers. One that is the same throughout is always found. Others are
 * looked for among those that share one of several groups of answers: a pair that differs in fewer answers than there
 * are groups shares a whole one. Of a group that very many share the latest few are held against it, so that the work
 * is bounded. */
bool alike_find_answers(struct alike *alike, const struct alike_row *row, struct alike_row *other);

void alike_add(struct alike *alike, const struct alike_row *row);

#endif
