/* Text that grows, and the one way in which a value enters HTML, LaTeX, Markdown or CSV. */
#ifndef CANVASS_TEXT_H
#define CANVASS_TEXT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Zero it to begin with: struct text t = {0}; bytes is NULL until something was added, then NUL-terminated. */
struct text {
	char *bytes;
	size_t length, capacity;
};

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The item at `at` of so many, with what goes before it in a list: a, b and c. */
void text_add_listed(struct text *text, const char *item, size_t at, size_t count);
void text_free(struct text *text); /* and zero it, ready for use again */

enum text_format {
	TEXT_HTML,     /* also inside quoted attributes */
	TEXT_LATEX,    /* text mode; brackets braced, so that [c] after \\ is not an optional argument */
	TEXT_MARKDOWN, /* inside a pipe table: | and line ends too */
	TEXT_CSV, /* one field, quoted where RFC 4180 asks; a text that a spreadsheet would run as a formula gets a ' */
	TEXT_JSON, /* inside the quotes of a JSON string */
};

/* Add `value`, escaped so that it can only be read as text. Invalid UTF-8 becomes U+FFFD; NULL adds nothing. */
void text_add_escaped(struct text *text, enum text_format format, const char *value);

/* A named hole of a template. */
struct text_hole {
	const char *name;
	const char *value; /* NULL fills with nothing */
	bool ready;        /* value is a finished fragment of the same format, made by text_fill: not escaped again */
};

/* Add `template` with every {{name}} replaced by its hole's value, escaped for `format`. A hole without a value in
 * `holes`, or a hole that the template lacks, is our mistake and asserted. */
void text_fill(struct text *text, const char *template, enum text_format format, const struct text_hole *holes,
               size_t count);

/* Add a template's filled text to a JSON list, whose items stand a line each, a comma between. */
void text_fill_item(struct text *list, const char *template, const struct text_hole *holes, size_t count);

/* Bytes from 0 of the first that is no valid UTF-8 (RFC 3629), or `length` where all are. */
size_t text_valid_utf8(const char *bytes, size_t length);

/* Length in bytes of the character at *text where it is one that cannot be seen or told from a blank: no-break and
 * other wide spaces, soft hyphens, zero width characters, marks of direction, byte order marks. They make two texts
 * differ that look alike. 0: it is none. */
size_t text_hidden(const char *text);

bool text_is_blank(const char *string);        /* NULL, empty, or ASCII white space only */
bool text_equal(const char *a, const char *b); /* NULL equals NULL only */

/* Distance of a misspelling: insertions, deletions, substitutions and swaps of neighbours, ASCII case apart. */
size_t text_distance(const char *a, const char *b);

/* The candidate nearest to `name`, or NULL where none is near enough to be worth suggesting. */
const char *text_nearest(const char *name, const char *const *candidates, size_t count);

/* The whole of a file, at most `limit` bytes of it. */
bool text_read_file(struct text *text, const char *path, size_t limit, struct error *err);

#endif
