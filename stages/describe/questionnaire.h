/* What a platform's own dictionary says of its questions: a REDCap data dictionary, an XLSForm's two sheets, a Jisc
 * key. All texts are the questionnaire's own.
 *
 * Nothing is carried over by halves: a rule that cannot be put into our words whole stands in the entry's note, in the
 * platform's. Only bounds may be looser than the platform's, never narrower. */
#ifndef DESCRIBE_QUESTIONNAIRE_H
#define DESCRIBE_QUESTIONNAIRE_H

#include "dictionary.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct questionnaire_code {
	const char *code, *label;    /* the label is the code where the platform has none */
	enum missing_reason missing; /* what the label says (prefer not to say, don't know); MISSING_NONE: an answer */
	bool exclusive;              /* none of these */
};

struct questionnaire_list {
	const char *name; /* as the platform names it, or the first question that uses it; each once */
	struct questionnaire_code *codes;
	size_t count;
};

/* One question, as the platform knows it. What only shows a text has no entry. */
struct questionnaire_entry {
	const char *name;  /* the column's name in the export; of several boxes, the question's, without its option */
	const char *path;  /* the same with the groups it stands in, group/group/name; the name where there are none */
	const char *label; /* "" where there is none */
	const char *question; /* its full words, with the hint and what heads its grid; "": the label says it all */

	/* A Jisc key does not tell a question with one answer from one with boxes: both are VARIABLE_CODE there, and
	 * the export's boxes make it codes. Where the platform has no type (a calculation of an XLSForm, say), text. */
	enum variable_type type;
	const struct questionnaire_list *list; /* of code and codes; NULL otherwise */
	const char *min, *max, *pattern;       /* as variables.csv takes them; NULL: none */

	/* The platform insists on an answer from everybody, not only from those who come to the question. In REDCap,
	 * from everybody whose row holds this form: where forms repeat or events differ, other rows are blank here. */
	bool required;
	bool direct; /* it identifies: the platform says so, or the kind of question (e-mail, place, photograph, device)
	              */

	/* An SQL expression over names of entries, which stand in it in double quotes, each entry's as it is in `name`;
	 * NULL where there is no condition or it could not be put into SQL. See questionnaire_rename. */
	const char *asked_if;
	const char *note; /* what could not be carried over, in the platform's words; NULL: nothing */
};

struct questionnaire {
	struct questionnaire_entry *entries; /* in the order of the questionnaire */
	size_t count;
	struct questionnaire_list *lists;
	size_t list_count;
	struct mem_arena *texts;
};

/* `form` is the reader's name (a platform profile's `form`): redcap, xlsform, jisc. `path` is the dictionary, the sheet
 * `survey` or the key; `choices` the sheet `choices` of an XLSForm, NULL otherwise. A file that is not what the reader
 * reads is an ERROR_INPUT with line. The caller frees *questionnaire with questionnaire_free(). */
bool questionnaire_read(struct questionnaire **questionnaire, const char *form, const char *path, const char *choices,
                        struct error *err);
void questionnaire_free(struct questionnaire *questionnaire); /* accepts NULL */

/* The entry of a column, or of a question whose boxes are columns; NULL: none, or several. Besides its name, a column
 * may bear the groups that the entry stands in, all or the innermost, with / or - between: hh_info/water/tank,
 * water-tank. Other groups before a name are overlooked where that name is one entry's alone, so that a form of another
 * version is understood; but what follows the name of a question with several answers is its option. */
const struct questionnaire_entry *questionnaire_find(const struct questionnaire *questionnaire, const char *name);

/* The code that a box's column is about, by the end of the column's name: the code itself, or what REDCap makes of one
 * in a name (small letters, and _ for all that is neither letter nor digit: race____99 is -99). NULL: none, or several.
 */
const struct questionnaire_code *questionnaire_option(const struct questionnaire_entry *entry, const char *option);

/* `asked_if` with other names: `rename` gives the variable of the entry's name, or NULL where it has none. NULL where
 * any has none: the expression cannot be used. A variable stands bare, or quoted where its name is a word of SQL. Free
 * with free().
 *
 * An expression holds on a row exactly where the platform shows the question: on the platform a blank is equal to
 * nothing, unequal to everything, and neither above nor below a number, and so it is here (`is`, `is not`,
 * `coalesce(..., 0)`). It relies on the entries' types, and on their lists' codes as they are. It reads no code that
 * the questionnaire takes for missing, as such an answer is NULL in expressions. */
char *questionnaire_rename(const char *asked_if, const char *(*rename)(const char *name, void *data), void *data);

#endif
