/* What those who get a file of records are told of it: of whom it is, how it was protected, what they may do. Nothing
 * in it says what was blanked of whom, nor anything of the answers before. */
#ifndef CANVASS_DEPOSIT_STATEMENT_H
#define CANVASS_DEPOSIT_STATEMENT_H

#include "writers.h"

struct statement;

/* Free with statement_free(). */
struct statement *statement_new(const struct deposit *deposit);
void statement_free(struct statement *statement); /* accepts NULL */

void statement_html(struct text *html, const struct statement *statement);
void statement_text(struct text *file, const struct statement *statement);
void statement_json(struct text *items, const struct statement *statement); /* items of a list */

#endif
