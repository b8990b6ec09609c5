/* A codebook while a reader puts it together. */
#ifndef DESCRIBE_BUILDING_H
#define DESCRIBE_BUILDING_H

#include "codebook.h"
#include "logic.h"
#include "text.h"

/* What is known of an entry beside what it will say. */
struct building_entry {
	size_t list;           /* from 1; 0: none */
	struct text condition; /* who is asked, in the platform's words; bytes NULL: everybody */
	const char *rows;      /* a form or repeat, whose answers an export may have in rows of their own; NULL: none */
	struct text note;
};

struct building {
	struct codebook *codebook;
	enum logic_dialect dialect;     /* of the conditions */
	struct building_entry *entries; /* one for each of the codebook's */
	size_t entry_capacity, building_capacity, list_capacity;
	size_t *code_capacities; /* one for each list */
	size_t code_capacity_count;
};

void building_start(struct building *building);
void building_free(struct building *building, bool keep_codebook);

/* Add an entry. The pointers hold until the next is added; texts are copied. */
struct codebook_entry *building_add(struct building *building, const char *name, enum variable_type type);
struct building_entry *building_last(struct building *building);

/* A text of the codebook's own: as it is; or as people read it, without the marks of HTML and with single blanks. */
const char *building_text(struct building *building, const char *text);
const char *building_words(struct building *building, const char *text);

/* Add `WHAT: text` to the last entry's note; with a `what` of NULL, the text alone. */
void building_note(struct building *building, const char *what, const char *text);

/* Add a list, from 1; add a code to one, false where it has the code already. */
size_t building_list(struct building *building, const char *name);
bool building_code(struct building *building, size_t list, const char *code, const char *label);
size_t building_find_list(const struct building *building, const char *name); /* from 1; 0: none */

/* The list is one of which several codes may be ticked: mark those that shut out the others. */
void building_exclusive(struct building *building, size_t list);

/* The last list, or an earlier one with the same codes, in whose place it is then taken away. */
size_t building_same_list(struct building *building);

/* Give the last entry min and max, NULL for none; both are noted instead where min is above max. Numbers, or dates as
 * variables.csv has them. */
void building_bounds(struct building *building, const char *min, const char *max);

/* When all is read: lists that nobody uses go, conditions become SQL. */
void building_finish(struct building *building);

#endif
