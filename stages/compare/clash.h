/* Analyses that must not be published together: the universe of cells cannot say how they are tied, so neither protect
 * nor the audit would see what the one tells of the other. They are refused before anything is computed.
 *
 *  - A filter that reads a variable which an analysis counts or averages, or a score of the same instrument: what it
 *    leaves out is a union of that variable's codes, and the difference of two bases its count.
 *  - Two different filters on one dataset: whoever is in the one and not in the other is the difference of two bases.
 *  - A mean of codes beside a share of the same variable, or a number of people who gave one of its codes: the sum and
 *    the counts are equations in the same unknowns.
 *  - Quantiles beside counts of the same answers, or of what is made of them, and beside other quantiles of them: what
 *    lies between two values, or beyond one, is bounded by both.
 *  - Two variables that are made of the same answers, where the study's config made one of them: a recode beside what
 * it recodes. Counts of the one are sums of the other's, or lie within them.
 *  - Two groups of options of one question where several may be ticked, such as any of a and b beside any of b and c.
 *  - A mean, total, ratio or quantile of a derived number that has two values only: its sum is their count.
 *  - A change between waves beside anything else about the same rows: it counts people, all else counts rows. Two
 * changes of different waves, or of answers that hang together.
 *  - Where weights were adjusted to margins: a table that counts what a mean or share is about, which then has its
 *    weighted figures alone.
 *
 * docs/together.md has a table of the kinds that may stand together, which tests/unit/test_clash.c holds against
 * this. */
#ifndef CANVASS_COMPARE_CLASH_H
#define CANVASS_COMPARE_CLASH_H

#include "compare.h"
#include "error.h"
#include "study.h"

#include <stdbool.h>

/* ERROR_CONFIG, naming both analyses, where two of the study's clash. `study_path` is for the message. */
bool clash_check(const struct study *study, const char *study_path, const struct datasets *datasets, struct error *err);

/* Which of the dataset's variables the filter reads, one flag each; an error where it reads one that deidentify held
 * back. Free *reads with free(), also where this fails. */
bool clash_reads(bool **reads, const struct dataset *dataset, const char *filter, const char *study_path,
                 struct error *err);

#endif
