/* What the config asks of a dataset, against what there is: variables, codes, filters, and everybody once. */
#ifndef CANVASS_COMPARE_ASKED_H
#define CANVASS_COMPARE_ASKED_H

#include "analysis.h"

/* An ERROR_CONFIG about the analysis, in the study's config: what is wrong, and with which name. Returns false. */
bool analysis_wrong(const struct analysis *analysis, struct error *err, const char *what, const char *name);

/* A variable of the dataset that an analysis can be of; else an ERROR_CONFIG with the nearest name. */
bool analysis_find_variable(const struct analysis *analysis, const char *name, const struct dataset_variable **variable,
                            struct error *err);

/* Whether the outcome has numbers to add up, and not only two of them; whether a variable has codes. Each an
 * ERROR_CONFIG else. */
bool analysis_check_number(struct analysis *analysis, struct error *err);

/* Whether nothing is told of the groups that weights were adjusted to; of kinds that do not rest on them. */
bool analysis_check_adjusted(const struct analysis *analysis, struct error *err);
bool analysis_check_codes(const struct analysis *analysis, const struct dataset_variable *variable, struct error *err);

/* The codes that the config counts together, as `group`; none: each for itself. */
bool analysis_read_group(struct analysis *analysis, struct error *err);

/* Which of the dataset's filters is the analysis' own; their count where it has none. */
size_t analysis_own_filter(const struct analysis *analysis);

/* Everybody whom the analysis' filter takes is in the sample once: else analysis_refuse_repeats. */
bool analysis_check_people(const struct analysis *analysis, const struct sample *sample, struct error *err);

/* One key has several rows, which would count as several people. */
bool analysis_refuse_repeats(const struct analysis *analysis, struct error *err);

#endif
