/* Whether the areas differ in how many ticked each option: a test for each, adjusted for the others. */
#ifndef CANVASS_COMPARE_OPTION_TESTS_H
#define CANVASS_COMPARE_OPTION_TESTS_H

#include "analysis.h"

struct tested_option {
	const char *category, *label;
	size_t answers[2]; /* facets: who ticked it, who did not */
};

/* Say the table NAME.tests: chi-square (where there are weights or a design, Rao and Scott's F) over the areas whose
 * base reaches the threshold, ticked and not, and p adjusted by Holm for all options. A line of an option rests on its
 * counts in all areas, an adjusted p on those of all options.
 */
void option_tests(struct analysis *analysis, const struct tested_option *options, size_t count);

#endif
