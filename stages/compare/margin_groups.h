/* The groups of people that weights were adjusted to, by area: what a weighted figure gives away.
 *
 * Populations are public, so somebody who knows how many of each group answered knows every weight. Then a weighted
 * share is one equation over how many of each group gave the answer, and its limits are another: to one decimal they
 * leave one whole-number answer where the groups are few. So a weighted line rests on the counts of each group as well,
 * and goes with them where one is small. */
#ifndef CANVASS_COMPARE_MARGIN_GROUPS_H
#define CANVASS_COMPARE_MARGIN_GROUPS_H

#include "analysis.h"
#include "lines.h"

/* Which group of every margin each respondent is in. NULL where no weights were adjusted. A margin whose groups cannot
 * be told from what is kept, or that crosses too many variables, is an ERROR_CONFIG. Free with margin_groups_free(). */
bool margin_groups_read(struct margin_groups **groups, const struct analysis *analysis, struct error *err);
void margin_groups_free(struct margin_groups *groups); /* accepts NULL */

/* Add the cells of every group, crossed with the areas, the answers and the filters of the analysis; `filters` and
 * `answers` say where each respondent stands on their axes. */
void margin_groups_add_cells(struct analysis *analysis, const size_t *filters, const size_t *answers);

/* Let a line rest on those of each group who are in the row and stand in these facets of the outcome, or gave any code
 * of it where it is a margin itself. All areas together, or a group of them: on those of every one of the areas, from
 * which and the areas' own lines one area could be worked out. */
void margin_groups_rest(const struct analysis *analysis, const struct analysis_row *row, const size_t *answers,
                        size_t count, struct analysis_rests *rests);

/* Tell the steward of how many areas a weighted line is going to be hidden for the groups' sake alone, and what helps.
 * `answers`: facets of the outcome that the lines are of. */
void margin_groups_advise(const struct analysis *analysis, const size_t *answers, size_t count);

#endif
