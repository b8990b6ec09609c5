/* The formats of a table: one row, and one file write_FORMAT.c, for each. */
#ifndef CANVASS_PUBLISH_WRITERS_H
#define CANVASS_PUBLISH_WRITERS_H

#include "table.h"
#include "text.h"

#include <stddef.h>

struct writer {
	const char *extension;
	const char *name; /* as people call the format */
	void (*write)(struct text *file, const struct printed_table *table);
};

extern const struct writer writers[];
extern const size_t writer_count;

/* The table as laid out. The first column says what a row is (area, total, test, category, question, pair, ...), then
 * the words below the table (title, base, note, ...), their text where the headings stand. Every row has the same
 * fields. */
void write_csv(struct text *file, const struct printed_table *table);

/* A pipe table between its title and its words. */
void write_markdown(struct text *file, const struct printed_table *table);

/* A page of its own: no script, nothing fetched. */
void write_html(struct text *file, const struct printed_table *table);

/* A bare booktabs tabular and its words below it, to be read in with \input. */
void write_latex(struct text *file, const struct printed_table *table);

#endif
