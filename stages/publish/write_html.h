/* The parts of a page that table pages and the index share. */
#ifndef CANVASS_PUBLISH_WRITE_HTML_H
#define CANVASS_PUBLISH_WRITE_HTML_H

#include "table.h"
#include "text.h"

/* `main` and `links` are finished HTML; everything else is escaped here. */
void html_add_page(struct text *html, const char *title, const char *synthetic, const char *main);

/* `heading`: h1, h2, h3, as the page around it asks. `common`: with the words that are the same for every table. */
void html_add_table(struct text *html, const struct printed_table *table, const char *heading, bool common,
                    const char *links);

/* Nothing where `words` are blank or NULL. */
void html_add_words(struct text *html, const char *label, const char *words);

/* Where the table stands in its page. Free with free(). */
char *html_table_id(const struct printed_table *table);

#endif
