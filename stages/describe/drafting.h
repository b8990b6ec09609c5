/* A draft while it is put together: what every source of it shares. */
#ifndef DESCRIBE_DRAFTING_H
#define DESCRIBE_DRAFTING_H

#include "draft.h"
#include "listing.h"
#include "question.h"
#include "slug.h"
#include "text.h"

struct draft_private {
	struct mem_arena *texts;
	struct slug_set *names, *list_names;
	struct questions *questions;
	size_t capacity, list_capacity, header_capacity;
};

struct drafting {
	struct draft *draft;
	const struct draft_sources *sources;
	bool any[CELLS_TOKENS]; /* tokens of several columns: missing codes of the list `any` */
	bool *drafted;          /* entries of the questionnaire that some variable is drafted from */
};

/* A text of the draft's own; the second frees `text`. */
const char *drafting_keep(const struct drafting *in, const char *text);
const char *drafting_keep_text(const struct drafting *in, struct text *text);

const struct gather_column *drafting_column(const struct drafting *in, size_t column);

/* At most some 80 bytes of one line, cut between words. */
const char *drafting_shortened(const struct drafting *in, const char *text);

/* Label and question, from what is asked (`text`, or else the column's name) and the option (NULL: none). */
void drafting_set_words(const struct drafting *in, struct draft_variable *variable, const char *name, const char *text,
                        const char *option);

/* What a variable is called after: the column's short name; where it has none, the question's words, and the option's.
 * A column of the platform's own that is known by its words is called after them. */
const char *drafting_name(const struct drafting *in, const struct gather_column *column, const char *text,
                          const char *option);

/* The note that begins with "guessed". `remarks` begin with "; " each; NULL: none. */
const char *drafting_note(const struct drafting *in, enum draft_origin origin, size_t rows, const char *remarks);
const char *drafting_guessed(const struct drafting *in, size_t rows); /* of a code */

/* Its index. */
size_t drafting_add_variable(const struct drafting *in, struct draft_variable variable);

/* A column of the variable's own name gets no row. `option` and `part` are of a box; NULL. */
void drafting_add_header(const struct drafting *in, size_t column, size_t variable, const char *option,
                         const struct question_part *part);

#endif
