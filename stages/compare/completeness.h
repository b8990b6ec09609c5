/* Who was asked each question of a dataset, who answered, and why the others did not: the questions, and their cells by
 * area. Those who answered are the same cell as the base of a mean or a share. */
#ifndef CANVASS_COMPARE_COMPLETENESS_H
#define CANVASS_COMPARE_COMPLETENESS_H

#include "analysis.h"

/* A question that may be left unanswered. Its lattice has everybody, the areas, and the answers for axes. */
struct completeness_question {
	const struct dataset_variable *variable;
	bool divided; /* not everybody was asked */
	struct axis everybody, areas, answers;
	struct lattice *lattice;
};

struct completeness {
	struct completeness_question *questions; /* in the order of the dictionary */
	size_t count;
	size_t left_out; /* what other analyses would tell more of than they say */
};

/* Count them, and add cells and relations to the analysis' universe. Free with completeness_free(), also where this
 * fails. */
bool completeness_count(struct completeness *completeness, struct analysis *analysis, size_t unit, struct error *err);
void completeness_free(struct completeness *completeness);

/* Where the question crosses an area (a facet of its axis of areas; AXIS_EVERYBODY: all) and a facet of its answers. */
size_t completeness_cell(const struct completeness_question *question, size_t area, size_t answers);

#endif
