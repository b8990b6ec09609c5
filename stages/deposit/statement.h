/* What those who get a file of records are told of it: of whom it is, how it was protected, what they may do. Nothing
 * in it says what was blanked of whom, nor anything of the answers before. */
#ifndef CANVASS_DEPOSIT_STATEMENT_H
#define CANVASS_DEPOSIT_STATEMENT_H

#include "writers.h"

struct deposit_statement;

/* Free with deposit_statement_free(). */
struct deposit_statement *deposit_statement_new(const struct deposit *deposit);
void deposit_statement_free(struct deposit_statement *statement); /* accepts NULL */

void deposit_statement_html(struct text *html, const struct deposit_statement *statement);
void deposit_statement_text(struct text *file, const struct deposit_statement *statement);
void deposit_statement_json(struct text *items, const struct deposit_statement *statement); /* items of a list */

#endif
