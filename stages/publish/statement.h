/* The public statement of a release: what is hidden and why, as disclosure.html for people, disclosure.txt for whoever
 * has the files alone, and disclosure.json for machines. All three say the same. */
#ifndef CANVASS_PUBLISH_STATEMENT_H
#define CANVASS_PUBLISH_STATEMENT_H

#include "publication.h"
#include "text.h"

struct statement;

/* Borrows the publication. Free with statement_free(). */
struct statement *statement_new(const struct publication *publication);
void statement_free(struct statement *statement); /* accepts NULL */

void statement_html(struct text *file, const struct statement *statement);
void statement_text(struct text *file, const struct statement *statement);
void statement_json(struct text *file, const struct statement *statement);

#endif
