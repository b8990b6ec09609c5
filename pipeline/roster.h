/* steward/STUDY/roster.csv: the names that must not stand in a text, as a steward knows them. */
#ifndef CANVASS_ROSTER_H
#define CANVASS_ROSTER_H

#include "error.h"
#include "passage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The column `kind`. */
enum roster_kind {
	ROSTER_PERSON, /* participants, their families and friends */
	ROSTER_WORKER,
	ROSTER_PLACEMENT, /* a home, a foster family's house, a hostel */
	ROSTER_SCHOOL,
	ROSTER_HOSPITAL,
	ROSTER_ORGANISATION,
	ROSTER_STREET,
	ROSTER_PLACE, /* a town or village so small that it tells */
	ROSTER_KINDS,
};

#define ROSTER_NONE SIZE_MAX

struct roster_entry {
	enum roster_kind kind;
	const char *name; /* as the file has it */
	size_t line;
};

struct roster;

/* Columns kind, name and also (other spellings, separated by ;). Refused with file and line: an unknown kind, a row
 * without a name, a name without a letter or of more than ROSTER_LONGEST words, a name that stands twice of its kind.
 */
bool roster_load(struct roster **roster, const char *path, struct error *err);
void roster_free(struct roster *roster); /* accepts NULL */

size_t roster_count(const struct roster *roster);
const struct roster_entry *roster_at(const struct roster *roster, size_t entry);
const char *roster_kind_word(enum roster_kind kind);

enum { ROSTER_LONGEST = 12 };

/* A name in a passage. */
struct roster_match {
	size_t from, end; /* bytes of the text; a possessive is not part of it, a plural is */
	size_t words;
	size_t entry; /* ROSTER_NONE: several are called so */
	enum roster_kind kind;
	bool part;       /* of a longer name: Okafor of Ms Blessing Okafor, Willows of The Willows */
	bool common;     /* every word of it is an English word as well (common_names.h) */
	bool possessive; /* with 's behind it */
};

/* The longest name that begins with a word of the passage: a name, another spelling of it, or a part that it is called
 * by for short. Capitals, marks, apostrophes and hyphens apart; with a possessive or plural s or es behind. */
bool roster_find(struct roster_match *match, const struct roster *roster, const struct passage *passage, size_t word);

#endif
