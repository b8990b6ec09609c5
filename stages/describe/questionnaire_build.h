/* A questionnaire while a reader puts it together. */
#ifndef DESCRIBE_QUESTIONNAIRE_BUILD_H
#define DESCRIBE_QUESTIONNAIRE_BUILD_H

#include "logic.h"
#include "questionnaire.h"
#include "text.h"

/* What is known of an entry beside what it will say. */
struct questionnaire_build_entry {
	size_t list;           /* from 1; 0: none */
	struct text condition; /* who is asked, in the platform's words; bytes NULL: everybody */
	const char *rows;      /* a form or repeat, whose answers an export may have in rows of their own; NULL: none */
	struct text note;
};

struct questionnaire_build {
	struct questionnaire *questionnaire;
	enum logic_dialect dialect;                /* of the conditions */
	struct questionnaire_build_entry *entries; /* one for each of the questionnaire's */
	size_t entry_capacity, known_capacity, list_capacity;
	size_t *code_capacities; /* one for each list */
	size_t code_capacity_count;
};

void questionnaire_build_start(struct questionnaire_build *build);
void questionnaire_build_free(struct questionnaire_build *build, bool keep_questionnaire);

/* Add an entry. The pointers hold until the next is added; texts are copied. */
struct questionnaire_entry *questionnaire_build_add(struct questionnaire_build *build, const char *name,
                                                    enum variable_type type);
struct questionnaire_build_entry *questionnaire_build_last(struct questionnaire_build *build);

/* A text of the questionnaire's own: as it is; or as people read it, without the marks of HTML and with single blanks.
 */
const char *questionnaire_build_text(struct questionnaire_build *build, const char *text);
const char *questionnaire_build_words(struct questionnaire_build *build, const char *text);

/* Add `WHAT: text` to the last entry's note; with a `what` of NULL, the text alone. */
void questionnaire_build_note(struct questionnaire_build *build, const char *what, const char *text);

/* Add a list, from 1; add a code to one, false where it has the code already. */
size_t questionnaire_build_list(struct questionnaire_build *build, const char *name);
bool questionnaire_build_code(struct questionnaire_build *build, size_t list, const char *code, const char *label);
size_t questionnaire_build_find_list(const struct questionnaire_build *build, const char *name); /* from 1; 0: none */

/* The list is one of which several codes may be ticked: mark those that shut out the others. */
void questionnaire_build_exclusive(struct questionnaire_build *build, size_t list);

/* The last list, or an earlier one with the same codes, in whose place it is then taken away. */
size_t questionnaire_build_same_list(struct questionnaire_build *build);

/* Give the last entry min and max, NULL for none; both are noted instead where min is above max. Numbers, or dates as
 * variables.csv has them. */
void questionnaire_build_bounds(struct questionnaire_build *build, const char *min, const char *max);

/* When all is read: lists that nobody uses go, conditions become SQL. */
void questionnaire_build_finish(struct questionnaire_build *build);

#endif
