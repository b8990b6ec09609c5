/* A table as it is printed: an arrangement read with its figures. The only table model. Every format writes all of it
 * and nothing else, so a number, a symbol or a note cannot be in one format and missing in another. */
#ifndef CANVASS_PUBLISH_TABLE_H
#define CANVASS_PUBLISH_TABLE_H

#include "error.h"
#include "publication.h"

#include <stdbool.h>
#include <stddef.h>

enum printed_kind {
	PRINTED_NUMBER,
	PRINTED_HIDDEN,
	PRINTED_BAND,
	PRINTED_REFUSED,
	PRINTED_NOT_APPLICABLE,
	PRINTED_KINDS
};

struct printed_cell {
	enum printed_kind kind;
	const char *text; /* the number as withhold printed it, or a symbol: [c] (or the policy's), [x], [z], [low]; of
	                   * a hidden share, the word for its band */
};

struct printed_line {
	const char *heading, *code; /* code NULL: none */
	const char *kind;           /* area, total, category, question, cause, item, pair, test */
};

/* A sentence that belongs to the table. */
struct printed_words {
	const char *kind;  /* for machines: synthetic, test, base, method, note, reason, caution, symbol, policy,
	                      protection, source */
	const char *label; /* for people */
	const char *text;
	bool common; /* the same for every table of the release */
};

struct printed_table {
	const char *name, *title;
	const char *stub;      /* what the lines' headings are */
	const char *synthetic; /* NULL: real data. Also the first of the words */
	const char **columns;  /* headings, with the unit in brackets */
	struct printed_line *lines;
	struct printed_cell *cells; /* line by line */
	struct printed_words *words;
	size_t column_count, line_count, word_count;
	struct mem_arena *arena;
};

/* Arrangement `id` of the publication. What it names must exist, and its name be fit for a file. A test with columns of
 * its own becomes words below the table. Borrows texts from the publication. The caller frees *table with
 * printed_table_free(). */
bool printed_table_read(struct printed_table **table, const struct publication *publication, size_t id,
                        struct error *err);

const struct printed_cell *printed_table_cell(const struct printed_table *table, size_t line,
                                              size_t column); /* from 0 */
void printed_table_free(struct printed_table *table);         /* accepts NULL */

#endif
