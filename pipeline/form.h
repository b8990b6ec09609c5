/* How the answers of one export are written: what ingest noted of it in ingested.db, for all who read its cells. */
#ifndef CANVASS_FORM_H
#define CANVASS_FORM_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct form {
	const char *dates; /* iso, dmy, mdy */
	bool decimal_comma;
	char separator;           /* between the codes of one cell; '\0': none. A semicolon always separates */
	struct form_notes *notes; /* NULL: nothing further */
};

/* YYYY-MM-DD, a decimal point, semicolons, and nothing noted: for tests. */
extern const struct form form_plain;

struct forms;

/* The forms of every export in a store whose ingested.db is attached as `ingested`. Free with forms_free(). */
bool forms_load(struct forms **forms, struct store *store, struct error *err);
void forms_free(struct forms *forms); /* accepts NULL */

/* Of a source; NULL: there is none of that number. */
const struct form *forms_of(const struct forms *forms, long long source);

enum form_meaning {
	FORM_NOTHING,  /* the text stands for itself */
	FORM_CODE,     /* headers.csv says which code it is */
	FORM_REASON,   /* the platform's word for a missing reason */
	FORM_DECLARED, /* the file declares it missing, and gives no reason */
};

/* What `text` (trimmed) means in this export as an answer to `variable`; *word is the code or the reason's word,
 * borrowed. A form without notes knows FORM_NOTHING. */
enum form_meaning form_read(const struct form *form, const char *variable, const char *text, const char **word);

/* How many bytes the longest text has that stands for something else; 0: none does. */
size_t form_longest(const struct form *form);

#endif
