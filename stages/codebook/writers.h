/* The facts in each format. What goes into a file is escaped by its writer, and nowhere else. */
#ifndef CANVASS_CODEBOOK_WRITERS_H
#define CANVASS_CODEBOOK_WRITERS_H

#include "facts.h"
#include "text.h"

void facts_html(struct text *file, const struct facts *facts);         /* one page, complete in itself */
void facts_markdown(struct text *file, const struct facts *facts);     /* with pipe tables */
void facts_csv(struct text *file, const struct facts *facts);          /* a row a variable and code */
void facts_table_schema(struct text *file, const struct facts *facts); /* Table Schema of Data Package 2.0 */
void facts_ddi(struct text *file, const struct facts *facts);          /* DDI-Codebook 2.5 */

/* Whether the Table Schema can hold a variable's pattern: it asks for an expression of XML Schema, and one of POSIX is
 * the same only where it uses what both have. */
bool facts_pattern_is_shared(const char *pattern);

#endif
