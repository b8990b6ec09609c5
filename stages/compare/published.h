/* The figures of a dataset of kind aggregate, as they were published or with the reason why they were not: for each
 * area and period, the events and the base that an analysis of kind rate asks for, or the number of a variable. */
#ifndef CANVASS_COMPARE_PUBLISHED_H
#define CANVASS_COMPARE_PUBLISHED_H

#include <stdbool.h>
#include <stddef.h>

#include "universe.h"
#include "dataset.h"
#include "error.h"
#include "reason.h"
#include "study.h"

struct published_figure {
	enum refusal refusal; /* REFUSAL_NONE: it was published */
	long long n;
	size_t cell; /* 0: it was not published, or published_cells has not been called */
};

struct published_pair {
	struct published_figure events, base;
};

struct published {
	const struct dataset *dataset; /* borrowed */
	const struct study_analysis *config;
	char *digest;       /* of what the dataset was read from */
	long long *periods; /* in their order; of an analysis without a series one, 0 */
	size_t period_count;
	struct published_pair *pairs; /* of each period, the areas in their order */
};

/* Read what the expressions of `config` take from the dataset, which may be another one than the config's own. Two
 * figures of one area and period are an ERROR_CONFIG, as is an outcome that is no count, or that there is no figure.
 * The caller frees *published with published_free(). `study` is the config's path, for messages. */
bool published_read(struct published **published, const struct dataset *dataset, const struct study_analysis *config,
                    const char *study, struct error *err);
void published_free(struct published *published); /* accepts NULL */

/* The same where there need be no figure: then it has no period. */
bool published_read_any(struct published **published, const struct dataset *dataset,
                        const struct study_analysis *config, const char *study, struct error *err);

/* Add a cell for each figure that there is. Its condition: DATASET{DIGEST} & AREA & (EXPRESSION) [& (FILTER)] [&
 * PERIOD]. A publisher may correct a figure: by the digest it is another cell for the audit of a later release, and no
 * contradiction. */
void published_cells(struct published *published, struct universe *universe);

/* NULL where the dataset has nothing of the period. */
const struct published_pair *published_at(const struct published *published, long long period, size_t area);

/* Why the pair has no share: of its base, or of its events; an empty base; more events than the base. */
enum refusal published_refusal(const struct published_pair *pair);

struct published_value {
	enum refusal refusal; /* REFUSAL_NONE: it was published */
	double value;
};

struct published_values {
	const struct dataset *dataset; /* borrowed */
	const struct dataset_variable *variable;
	long long *periods; /* in their order; without a series one, 0 */
	size_t period_count;
	struct published_value *values; /* of each period, the areas in their order */
};

struct published_request {
	const char *variable, *filter, *series; /* filter, series NULL: none */
	const char *analysis, *study;           /* for messages: its name, the config's path */
};

/* Read one variable. Two figures of one area and period are an ERROR_CONFIG, as is a variable without numbers. The
 * caller frees *values with published_values_free(). */
bool published_values_read(struct published_values **values, const struct dataset *dataset,
                           const struct published_request *request, struct error *err);
void published_values_free(struct published_values *values); /* accepts NULL */

/* Refused as missing where there is nothing of the period. */
struct published_value published_value_at(const struct published_values *values, long long period, size_t area);

#endif
