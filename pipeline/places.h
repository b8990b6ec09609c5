/* data-dictionary/places.csv: local authorities and regions by their ONS (GSS) codes. */
#ifndef CANVASS_PLACES_H
#define CANVASS_PLACES_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct place {
	const char *code, *name, *kind, *parent, *old_code; /* kind: la, region, country */
	const char *opened, *closed;                        /* YYYY-MM-DD; "" where not known or open */
	const char *also_called;                            /* other names, separated by ; */
};

struct places;

bool places_load(struct places **places, const char *path, struct error *err);
void places_free(struct places *places); /* accepts NULL */
size_t places_count(const struct places *places);
const struct place *places_at(const struct places *places, size_t index);

/* By code; NULL where there is none. */
const struct place *places_find(const struct places *places, const char *code);

/* By code, name, old code or another name, letter by letter. Of several the one that was open on `date` (YYYY-MM-DD),
 * else the last; NULL where there is none. */
const struct place *places_called(const struct places *places, const char *text, const char *date);

/* Whether a place was closed before a day. The day on which it closed is its last. */
bool place_is_closed(const struct place *place, const char *date);

/* The one place that took a closed one's name when that closed; NULL: none did. */
const struct place *places_successor(const struct places *places, const struct place *closed);

/* A code or name near to `text`, or NULL. */
const char *places_near(const struct places *places, const char *text);

#endif
