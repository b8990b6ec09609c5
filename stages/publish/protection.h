/* What readers are told of how the figures are protected, in plain words.
 *
 * Never which figures are small and which only cover for them, what hiding was taken to cost, how wide an attacker's
 * interval must stay, or how large a part of a sum may be: that would undo the protection. */
#ifndef CANVASS_PUBLISH_PROTECTION_H
#define CANVASS_PUBLISH_PROTECTION_H

#include "publication.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct protection_sentence {
	const char *key;   /* for machines: threshold, zeros, rounding, ... */
	const char *label; /* for people */
	bool brief;        /* also below every table */
	void (*say)(struct text *words, const struct publication *publication); /* nothing: it is not so here */
};

extern const struct protection_sentence protection_sentences[];
extern const size_t protection_sentence_count;

/* Set the publication's symbol, what it says, and the words below every table. */
void protection_say(struct publication *publication);

#endif
