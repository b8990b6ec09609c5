/* The axis of a question where all that apply may be ticked (type codes): one yes or no for each option, over the same
 * people. A respondent stands at several of its positions at once.
 *
 * Options do not exclude each other, and what links them is only who ticked several. A reader knows that whoever ticked
 * an option ticked something, and that whoever ticked something is counted by one option at least: so an option is at
 * most as large as those who ticked anything, and all options together are at least as many. Both are relations here,
 * the second by way of a cell that counts ticks: `v:ticks` is the sum of the options, and of `v:some`, who ticked any,
 * and `v:more`, the ticks beyond the first of each. No other knowledge narrows how many ticked each option: whatever
 * counts agree with these relations, some people could have ticked so.
 *
 * An option that nobody ticked beside another ("none of these") excludes the others; it stands beside them, as do those
 * who answered and ticked nothing, `v:none`. A group (any of these options) has the same relations to its options, and
 * takes their place among the others. */
#ifndef CANVASS_COMPARE_AXIS_OPTIONS_H
#define CANVASS_COMPARE_AXIS_OPTIONS_H

#include "axis.h"

/* `group` marks the options of which any counts; NULL: none. The axis' first_code are the options in their order,
 * behind them in the same order who answered and did not tick each; behind `group`, who ticked none of them. Returns
 * where each respondent stands, as axis->first divides it: free with free(). `sample` must have read the variable as
 * its outcome. */
size_t *axis_options(struct axis *axis, const struct dataset_variable *variable, const bool *group,
                     const struct sample *sample);

/* Whether the respondent ticked any of these options. */
bool axis_ticked(const struct sample *sample, const struct dataset_variable *variable, const bool *options,
                 size_t respondent);

#endif
