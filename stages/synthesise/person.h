/* Made-up respondents: whatever the data dictionary says that somebody may answer, drawn at random, with an outlook of
 * their own that their answers share, differences between the areas, and answers left out.
 *
 * Only + - * / and comparisons turn the generator's numbers into answers, so that every machine draws the same people.
 */
#ifndef CANVASS_SYNTHESISE_PERSON_H
#define CANVASS_SYNTHESISE_PERSON_H

#include "dictionary.h"
#include "expression.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

enum { VALUE_TEXT_SIZE = 64, VALUE_MOST_TICKED = 64 };

/* One answer, before it is spelled as an export spells it. */
struct value {
	enum missing_reason missing;
	const struct code *code;    /* of a code variable; where missing: the missing code, NULL for a blank cell */
	unsigned long long ticked;  /* of several codes: a bit for each code of the list; the 65th is never ticked */
	long long integer;          /* integer; date and datetime: days since 1970-01-01 */
	int second;                 /* datetime: of the day */
	double number;              /* integer and number */
	char text[VALUE_TEXT_SIZE]; /* id, text */
};

bool value_ticks(const struct value *value, size_t code);

struct people;

/* `today`: the last possible date, in days. Borrows dictionary and rng. An asked_if or a rule that does not compile, or
 * a pattern that cannot be written to, is an error. */
bool people_new(struct people **people, const struct dictionary *dictionary, gsl_rng *rng, long long today,
                struct error *err);
void people_free(struct people *people);

/* The next respondent: one value a variable, which keeps every rule and route and repeats no unique text. */
bool people_draw(struct people *people, struct value *values, struct error *err);

/* One who breaks rule `rule` and keeps the others: *found false where nobody turned up in many draws. */
bool people_draw_breaking(struct people *people, struct value *values, size_t rule, bool *found, struct error *err);

/* Some answer to one variable, never missing. */
void people_answer(struct people *people, struct value *value, const struct variable *variable);

/* Of one respondent: whether variable `index` is asked (TRUE where it has no asked_if), whether a rule applies, and
 * whether it holds. */
enum expression_result people_asked(struct people *people, const struct value *values, size_t index);
enum expression_result people_rule_applies(struct people *people, const struct value *values, size_t rule);
enum expression_result people_rule_holds(struct people *people, const struct value *values, size_t rule);

/* Whether the rule's require (not its when) reads the variable `index`. */
bool people_rule_requires(const struct people *people, size_t rule, size_t index);

/* The code by which an answer to `variable` is missing for `reason`; NULL: none is listed. */
const struct code *people_missing_code(const struct dictionary *dictionary, const struct variable *variable,
                                       enum missing_reason reason);

#endif
