/* The code lists of a draft. Questions with the same answers share one. */
#ifndef DESCRIBE_DRAFT_LIST_H
#define DESCRIBE_DRAFT_LIST_H

#include "drafting.h"

/* The list of the listing's codes, from 1: an earlier one where that has the same. 0: the listing is empty. */
size_t draft_list_add(const struct drafting *in, struct listing *listing, const char *name);
const struct draft_list *draft_list_at(const struct drafting *in, size_t list); /* NULL for 0 */

/* Whether a cell of this text is the code. */
bool draft_code_is_spelt(const struct draft_code *code, const char *text);

/* A missing code, called as its text where `exact`. */
void draft_list_add_missing(struct listing *listing, const char *text, enum missing_reason reason, const char *label,
                            const char *note, bool exact);

/* NA and its kin: where one column alone has them, in its list; where several have, in the list `any`. */
void draft_list_add_tokens(const struct drafting *in, struct listing *listing, const struct cells *cells,
                           const char *note);
void draft_list_add_any(const struct drafting *in);

/* A guess's answers; its missing codes, with the tokens of its cells. */
void draft_list_add_answers(struct listing *listing, const struct guess *guess);
void draft_list_add_missing_codes(const struct drafting *in, struct listing *listing, const struct guess *guess,
                                  const struct cells *cells, const char *note);

/* yes_no for the list that every study has; else `name`. */
const char *draft_list_name(const struct listing *listing, const char *name);

/* The list of a guess: answers and missing codes, or for other types missing codes alone. As draft_list_add. */
size_t draft_list_guessed(const struct drafting *in, const struct guess *guess, const struct cells *cells, size_t rows,
                          const char *name);

#endif
