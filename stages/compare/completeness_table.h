/* Lines of results and of a table about how complete the answers to a question are: what accounts and missing share. */
#ifndef CANVASS_COMPARE_COMPLETENESS_TABLE_H
#define CANVASS_COMPARE_COMPLETENESS_TABLE_H

#include "completeness.h"
#include "dictionary.h"

/* Columns of the analysis' table; 0: not there. */
struct completeness_columns {
	size_t asked, answered, answered_share, missing, missing_share, reason[MISSING_COUNT];
};

/* What a share is of: those who answered, or those who were asked and did not. */
enum completeness_share { COMPLETENESS_ANSWERED, COMPLETENESS_MISSING };

/* Add the columns: a reason has one where somebody's answer to one of the questions may be missing for it. */
struct completeness_columns completeness_columns(struct analysis *analysis,
                                                 const struct completeness_question *questions, size_t count,
                                                 enum completeness_share share);

/* Of one question in one area, or in all: `area` is a facet of its axis of areas, AXIS_EVERYBODY for all. `code` is the
 * area's, or NULL; `line` is that of the table. */
void completeness_say(struct analysis *analysis, const struct completeness_question *question, size_t area,
                      const char *code, size_t line, const struct completeness_columns *columns, const char *base);

/* The question's label, or its name. */
const char *completeness_words(const struct completeness_question *question);

#endif
