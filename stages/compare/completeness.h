/* Who was asked each question of a dataset, who answered, and why the others did not: the questions, and their cells by
 * area. Those who answered are the same cell as the base of a mean or a share. */
#ifndef CANVASS_COMPARE_COMPLETENESS_H
#define CANVASS_COMPARE_COMPLETENESS_H

#include "analysis.h"

/* A question. Its lattice has the filters, the areas, and the answers for axes. */
struct completeness_question {
	const struct dataset_variable *variable;
	bool divided; /* not everybody was asked */
	struct axis filters, areas, answers;
	struct lattice *lattice;
	struct sample *sample; /* NULL where it was not asked for */
};

struct completeness {
	struct completeness_question *questions; /* in the order of the dictionary */
	size_t count;
	size_t left_out; /* what other analyses would tell more of than they say */
};

/* Count all questions of the dataset that may be left unanswered, and add cells and relations to the analysis'
 * universe. Free with completeness_free(), also where this fails. */
bool completeness_count(struct completeness *completeness, struct analysis *analysis, size_t unit, struct error *err);
void completeness_free(struct completeness *completeness);

/* Count one question under filters, of which the analysis' own is looked at. With `keep`, its sample stays. Free with
 * completeness_question_free(), also where this fails. */
bool completeness_question_read(struct completeness_question *question, struct analysis *analysis, size_t unit,
                                const struct dataset_variable *variable, const struct subgroups *subgroups, bool keep,
                                struct error *err);
void completeness_question_free(struct completeness_question *question);

/* Of its answers, those who were asked and gave none; 0: nobody can have. */
size_t completeness_unanswered(const struct completeness_question *question);

/* Where the question crosses an area (a facet of its axis of areas; AXIS_EVERYBODY: all) and a facet of its answers. */
size_t completeness_cell(const struct completeness_question *question, size_t area, size_t answers);

#endif
