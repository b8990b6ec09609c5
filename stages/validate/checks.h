/* The expressions of a dictionary, ready to be asked about a row: asked_if of its variables, when and require of its
 * rules. */
#ifndef VALIDATE_CHECKS_H
#define VALIDATE_CHECKS_H

#include "answer.h"
#include "dictionary.h"
#include "error.h"
#include "expression.h"

#include <stdbool.h>
#include <stddef.h>

struct checks;

enum check_outcome {
	CHECK_HOLDS,
	CHECK_BROKEN,
	CHECK_UNKNOWABLE,     /* an answer that it needs is missing */
	CHECK_NOT_APPLICABLE, /* when says so, or it is a rule of other waves */
	CHECK_FAILED,         /* it could not be computed: a number out of bounds, a date that is none */
	CHECK_COUNT,
};

/* The dictionary's faults were found when it was loaded; what is only likely to be one is a warning on stderr: items of
 * one instrument that do not take the same answers. */
bool checks_new(struct checks **checks, const struct dictionary *dictionary, struct error *err);
void checks_free(struct checks *checks); /* accepts NULL */

/* The row's answers, one a variable, before it is asked; borrowed until the next row's. */
void checks_set(struct checks *checks, size_t variable, const struct answer *answer);

/* Whether a variable was asked, by its asked_if; TRUE where it has none. */
enum expression_result checks_asked(struct checks *checks, size_t variable);

enum check_outcome checks_rule(struct checks *checks, size_t rule, const char *wave);

/* Whether the rule's outcome rests on the variable. */
bool checks_rule_reads(const struct checks *checks, size_t rule, size_t variable);

#endif
