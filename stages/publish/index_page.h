/* index.html: where a reader begins. */
#ifndef CANVASS_PUBLISH_INDEX_PAGE_H
#define CANVASS_PUBLISH_INDEX_PAGE_H

#include "publication.h"
#include "table.h"
#include "text.h"

/* "12 tables in 4 formats". Free with free(). */
char *index_page_count(size_t table_count);

void index_page_write(struct text *file, const struct publication *publication, struct printed_table *const *tables,
                      size_t table_count);

#endif
