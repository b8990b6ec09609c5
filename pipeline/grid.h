/* A table of a page. What goes into a cell is escaped here, and nowhere else. */
#ifndef CANVASS_GRID_H
#define CANVASS_GRID_H

#include "text.h"

#include <stddef.h>

enum grid_kind { GRID_TEXT, GRID_NUMBER, GRID_DIGITS };

struct grid_column {
	const char *heading;
	enum grid_kind kind;
};

struct grid {
	const char *id, *caption;
	const struct grid_column *columns;
	size_t count;
	size_t at;               /* the next cell's column */
	struct text cells, rows; /* of the row under way, and those before it */
};

/* Texts and columns are borrowed until grid_end. */
void grid_begin(struct grid *grid, const char *id, const char *caption, const struct grid_column *columns,
                size_t count);

/* The next cell of the row. The first cell heads its row; grid_link heads it too, and leads to another part of the
 * page. */
void grid_text(struct grid *grid, const char *text); /* what cannot be seen by its number; NULL: an empty cell */
void grid_number(struct grid *grid, long long number);
void grid_share(struct grid *grid, long long part, long long base); /* in per cent with one decimal; a dash of 0 */
void grid_link(struct grid *grid, const char *id, const char *text);

/* Leads to another part of the page; not the first cell. */
void grid_jump(struct grid *grid, const char *id, const char *text);

/* An answer as it came: blanks kept, characters that cannot be seen shown by their number, long ones cut. NULL: a dash.
 */
void grid_value(struct grid *grid, const char *value);

/* End the row, whose cells are complete. `kind`: "", total, check, new or bad. */
void grid_row(struct grid *grid, const char *kind);

/* Add the table to the page and release the grid. */
void grid_end(struct grid *grid, struct text *html);
void grid_drop(struct grid *grid); /* release it without adding anything */

/* Add a text to one that a template will escape: what cannot be seen by its number, and at most `longest` bytes. */
void grid_add_visible(struct text *visible, const char *value, size_t longest);

/* 1,234,567 */
enum { GRID_NUMBER_SIZE = 32 };
void grid_print_number(char text[GRID_NUMBER_SIZE], long long number);

#endif
