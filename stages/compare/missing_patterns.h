/* Which of several questions are left unanswered together: each combination of answered and not is a cell, and so is
 * every combination of fewer questions, so that what one table says of two questions and another of three is tied. */
#ifndef CANVASS_COMPARE_MISSING_PATTERNS_H
#define CANVASS_COMPARE_MISSING_PATTERNS_H

#include "analysis.h"
#include "completeness.h"

enum { MISSING_PATTERNS_MOST = LATTICE_AXES - 1 }; /* questions; the filters are an axis, too */

/* Why there are none. */
enum missing_patterns_not {
	MISSING_PATTERNS_TOLD,
	MISSING_PATTERNS_NO_QUESTION, /* that may be left unanswered and was put to everybody */
	MISSING_PATTERNS_TOO_MANY,
	MISSING_PATTERNS_TIED, /* some other variable of the study's analyses is made of several of them */
};

struct missing_patterns {
	enum missing_patterns_not not ;
	const struct completeness_question *questions[MISSING_PATTERNS_MOST]; /* borrowed */
	size_t count;
	struct axis filters, axes[MISSING_PATTERNS_MOST];
	struct lattice *lattice;
	size_t everybody, complete, incomplete; /* cells: under the filter, all; who answered each; who did not */
};

/* Of those questions, whose samples are kept, that may be left unanswered and were put to everybody. Adds cells and
 * relations to the analysis' universe. Free with missing_patterns_free(), also where this fails. */
bool missing_patterns_read(struct missing_patterns *patterns, struct analysis *analysis, size_t unit,
                           const struct completeness_question *questions, size_t count, struct error *err);
void missing_patterns_free(struct missing_patterns *patterns);

/* The cell of those who lack the questions whose bits are set, and answered the others. 0: the complete cases. */
size_t missing_patterns_cell(const struct missing_patterns *patterns, unsigned lacking);

#endif
