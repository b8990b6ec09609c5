/* What a file of records says of the terms that conditions are made of: of somebody a term is true, or false, or the file
 * leaves it open. See docs/attack.md for what is read. */
#ifndef CANVASS_AUDIT_RECORD_TERMS_H
#define CANVASS_AUDIT_RECORD_TERMS_H

#include "error.h"
#include "record_file.h"

#include <stdbool.h>
#include <stddef.h>

enum record_truth { RECORD_NO, RECORD_YES, RECORD_OPEN };

/* What is known, or tried, of one variable of one record. */
enum record_guess_kind {
	RECORD_GUESS_OPEN,          /* nothing: an answer or none */
	RECORD_GUESS_ANSWERED,      /* some answer */
	RECORD_GUESS_ANSWER,        /* this one, */
	RECORD_GUESS_ANY,           /* one of these, */
	RECORD_GUESS_NUMBER,        /* from where to where */
	RECORD_GUESS_TEXT,          /* a text, or several codes */
	RECORD_GUESS_OTHER,         /* an answer that no condition names */
	RECORD_GUESS_MISSING,       /* none, for this reason */
	RECORD_GUESS_OTHER_MISSING, /* none, for a reason that no condition names */
};
struct record_guess {
	enum record_guess_kind kind;
	const size_t *answers; /* places among the variable's; ANSWER: the first. NULL with ANY: all of them */
	size_t answer, count;
	double low, high;
	const char *text; /* of MISSING: the reason */
};

enum { RECORD_CONDITION_TERMS = 12, RECORD_CHOICES = 256 };

struct record_terms;

/* The file is borrowed; variables that conditions name and it does not have are added to it. Free with
 * record_terms_free(). */
struct record_terms *record_terms_new(struct record_file *file);
void record_terms_free(struct record_terms *terms); /* accepts NULL */

/* The terms of a condition of the file's dataset, by number. False where it says what no file of records tells (rows of
 * exports, ticks, two waves of one person), and of other datasets. All before record_terms_begin. */
bool record_terms_read(struct record_terms *terms, const char *condition, size_t ids[RECORD_CONDITION_TERMS],
                       size_t *count);
bool record_terms_begin(struct record_terms *terms, struct error *err);
size_t record_terms_count(const struct record_terms *terms);

/* Whether the term is about the variable. */
bool record_terms_about(const struct record_terms *terms, size_t id, size_t variable);

/* What the file says of everybody's variables: `guesses` has room for all of the file's. */
void record_terms_guess(const struct record_terms *terms, size_t record, struct record_guess *guesses);

/* What the variable may be, one by one; 0 where that is no list of at most RECORD_CHOICES. */
size_t record_terms_choices(const struct record_terms *terms, size_t variable, const struct record_guess *guess,
                            struct record_guess choices[RECORD_CHOICES]);

enum record_truth record_terms_truth(const struct record_terms *terms, size_t id, const struct record_guess *guesses);

#endif
