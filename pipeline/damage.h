/* What became of a cell before it came here: what a spreadsheet or a statistics program made of it, or digits and
 * numbers in another way of writing. Plain text in, a finding out; asked only about cells that are no answer as they
 * stand, so that it costs the others nothing. */
#ifndef CANVASS_DAMAGE_H
#define CANVASS_DAMAGE_H

#include "dictionary.h"
#include "finding.h"

#include <stdbool.h>

enum { DAMAGE_SIZE = 256 }; /* of a suggestion, with its NUL */

struct damage_cell {
	const char *text; /* trimmed, not empty */
	enum variable_type type;
	bool decimal_comma;                                   /* whether the export writes numbers so */
	bool (*fits)(const void *context, const char *meant); /* whether a text would be an answer in this cell */
	const void *context;
};

/* FINDING_NONE: nothing that is known. `meant` is what the cell may have been, which fits, or "": where several texts
 * fit, or none, or digits are lost, nothing is guessed. */
enum finding_code damage_find(char meant[DAMAGE_SIZE], const struct damage_cell *cell);

/* The same of an id or a text that nothing in the dictionary forbids: only what no person writes. */
enum finding_code damage_of_words(const char *text, enum variable_type type);

#endif
