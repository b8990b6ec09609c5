/* What an export of one survey platform looks like: data-dictionary/platforms/NAME.yaml. Loaded and checked whole; a
 * fault is an ERROR_CONFIG with line and column. Nothing about a platform is in C. */
#ifndef CANVASS_PLATFORM_H
#define CANVASS_PLATFORM_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

enum platform_format { PLATFORM_TEXT, PLATFORM_SPSS };

/* What a row above the first response holds. */
enum platform_header {
	PLATFORM_HEADER_NAME,      /* the column's stable short name */
	PLATFORM_HEADER_TEXT,      /* the question; a blank cell carries on what stands to its left, where `carries` */
	PLATFORM_HEADER_OPTION,    /* the option or statement below a question */
	PLATFORM_HEADER_IMPORT_ID, /* JSON with the key ImportId, and choiceId where it has one */
	PLATFORM_HEADER_TAGS,      /* #words in every cell that is not blank; the row may be absent */
};

/* How a question that takes several answers is exported as a column for each option. */
struct platform_boxes {
	char *header;  /* POSIX extended regular expression of the column's name, whose groups 1 and 2 are question and
	                  option; NULL: told by the header rows (option) alone */
	char **ticked; /* what a ticked cell holds; none: the option's own text */
	unsigned ticked_count;
	char **unticked; /* what a cell holds that is not ticked; a blank always is */
	unsigned unticked_count;
	bool answered; /* an unticked cell that is not blank tells that the question was answered */
};

/* A column of the platform's own, about the response and not a question. */
struct platform_column {
	char *header;      /* its name, in which * stands for any text: platform_matches() */
	bool drop;         /* never written: who, where, on which device */
	char *type, *role; /* what `describe` proposes: words of variables.csv; NULL */
};

/* Responses that do not count, by what stands in a column. */
struct platform_aside {
	char *finding; /* row-preview, row-incomplete, row-rejected, row-undecrypted */
	char *column;  /* as platform_column.header */
	char **values; /* exact; "" is a blank cell */
	unsigned values_count;
	bool other; /* the values are those that do count: all others are set aside */
};

/* A text that says, in any column, why there is no answer. */
struct platform_missing {
	char *text, *reason;
};

struct platform_patterns;

struct platform {
	char *title;
	enum platform_format format;
	char *encoding;               /* NULL: UTF-8 */
	char *delimiter;              /* comma (NULL too), semicolon, tab; NULL of SPSS */
	char *dates;                  /* iso (NULL too), dmy, mdy */
	enum platform_header *header; /* the rows above the first response, from the top; none: one row of names */
	unsigned header_count;
	bool carries;  /* a blank in a row of texts carries on the cell to its left */
	bool trailing; /* every line ends with a delimiter */
	char **single; /* option texts that stand below a question with one column: Response */
	unsigned single_count;
	struct platform_boxes *boxes; /* NULL: the platform has no such columns */
	char *separator; /* one character, between the answers in one cell of a question that takes several; blanks
	                    around it do not count. NULL: no such cells. The file says comma, semicolon or blank */
	char *other; /* POSIX extended regular expression of an "other, please specify" column, group 1 its question */
	struct platform_column *columns;
	unsigned columns_count;
	struct platform_aside *aside;
	unsigned aside_count;
	struct platform_missing *missing;
	unsigned missing_count;
	char *form; /* the reader that `describe` has for the platform's own dictionary: redcap, xlsform, jisc; NULL */
	struct platform_patterns *patterns; /* compiled; no key of the file */
};

/* Load FOLDER/NAME.yaml. A name without a file is an ERROR_CONFIG that names the nearest platform. */
bool platform_load(struct platform **platform, const char *folder, const char *name, struct error *err);
void platform_free(struct platform *platform); /* accepts NULL */

/* Whether a header is meant by a pattern: letter by letter, but that * stands for any text, also none. Headers hold [
 * and ? themselves, so no other character is special. */
bool platform_matches(const char *pattern, const char *header);

/* The first of the platform's own columns that is meant by a name, or NULL. */
const struct platform_column *platform_column(const struct platform *platform, const char *name);

/* The platform's own column that a column is, by its name, its import id or its path (NULL or "": it has none), as a
 * legacy Qualtrics export has the words in the second row only; NULL: it is a question. One that is dropped goes first,
 * whatever tells it. Any other is told by its path only where the profile has no row of import ids: where it has, a
 * question may be worded Status. */
const struct platform_column *platform_own(const struct platform *platform, const char *name, const char *path,
                                           const char *import_id);

/* Question and option of a box's name by boxes->header; false: the name is no box's. Both are freed with free(). That a
 * name looks like a box's proves nothing (matrix rows do too): its cells have to hold marks. */
bool platform_box(const struct platform *platform, const char *name, char **question, char **option);

/* The question that an "other, please specify" column belongs to; false: it is none. Ask before platform_box, as the
 * text's column may look like one more box. Freed with free(). */
bool platform_other(const struct platform *platform, const char *name, char **question);

/* The delimiter of a word (comma, semicolon, tab), or '\0'. */
char platform_delimiter(const char *word);

#endif
