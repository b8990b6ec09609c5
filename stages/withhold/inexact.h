/* Lines about people where the policy rounds or perturbs counts: what of their figures is left.
 *
 * A count is printed as protect has it; a share of one count in another is made of the two as they are printed, so that
 * it tells no more than they do. A mean or a sum stays beside rounded counts, to one decimal at most. Everything else
 * would tell of the exact counts (an interval, a test, a standard deviation, an estimate by weights) and is gone, and
 * so are the cautions that compare had about the line. Why compare refused one would tell as much (fewer than 30
 * answered): that stays only where every count that the line rests on is printed as it is. */
#ifndef CANVASS_WITHHOLD_INEXACT_H
#define CANVASS_WITHHOLD_INEXACT_H

#include "withheld.h"

#include "universe.h"

#include <stdbool.h>
#include <stddef.h>

/* Marks the lines that rest on people whose counts the policy rounds or perturbs, whether they are shown or hidden; and
 * of these the figures that are gone. By line and by figure; free with free(). NULL: the policy leaves counts as they
 * are. */
bool *inexact_lines(const struct universe *compared, const struct withholding *withholding);
bool *inexact_gone(const struct universe *compared, const struct withholding *withholding, const bool *lines);

/* Whether the reason why such a line is refused tells nothing but what is printed: nobody answered. */
bool inexact_reason_stays(const struct result *result, const struct universe *compared,
                          const struct withholding *withholding);

/* The figure of such a line made anew: its value, decimals, and what a reader can take from it. NaN where it is gone.
 */
struct figure inexact_figure(const struct figure *figure, const struct universe *compared,
                             const struct withholding *withholding, bool gone);

/* Every cell that the line or one of its figures rests on, as a list with each once: the figures name them no more.
 * Free with free(). */
size_t *inexact_rests(size_t *count, const struct universe *compared, size_t line, size_t first_figure);

#endif
