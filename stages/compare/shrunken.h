/* What the other areas tell of each: the table NAME.shrunken, of a random intercept for each area. Kind rate makes it
 * of published figures (rate_funnel.c), kinds mean and share on request (shrunken_survey.c).
 *
 * An area's own figure is drawn towards the average of the areas, as far as its own data leave it uncertain: every line
 * tells of every area in the model, and rests on what all of them show. */
#ifndef CANVASS_COMPARE_SHRUNKEN_H
#define CANVASS_COMPARE_SHRUNKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lines.h"

enum { SHRUNKEN_DECIMALS = 3, SHRUNKEN_BETWEEN = 4 };

/* One area's line, in the order of the dataset's areas. */
struct shrunken_area {
	size_t base, own; /* figures that are said already: how many, and the area's own estimate */
	enum refusal refusal;
	double estimate, low, high;
};

/* What the model says of the differences between the areas: a line of results with one figure. */
struct shrunken_between {
	const char *statistic, *heading, *unit; /* unit NULL: none */
	int decimals;
	double value;
	const char *method;   /* NULL: the model's */
	enum refusal refusal; /* beside the model's */
};

struct shrunken {
	const char *own, *drawn, *unit;         /* headings; unit NULL: none */
	const char *area_method, *model_method; /* of the lines */
	const char *across;                     /* the period; NULL: none */
	const struct shrunken_area *areas;      /* one for each of the dataset's */
	enum refusal refusal;                   /* of the model; then no area has an estimate */
	unsigned cautions;                      /* of every line */
	bool alike;                             /* nothing speaks for differences between the areas */
	struct shrunken_between between[SHRUNKEN_BETWEEN];
	size_t between_count;
	double statistic, p; /* likelihood ratio of a difference */
	void (*rest_on)(const struct analysis *analysis, size_t area, struct analysis_rests *rests);
	void (*rest_on_all)(const struct analysis *analysis, struct analysis_rests *rests);
};

/* Fill the table `arrangement`, which has no columns yet. */
void shrunken_say(struct analysis *analysis, size_t arrangement, const struct shrunken *shrunken);

/* Whether the config's `shrink` can be done. Else an ERROR_CONFIG. */
bool shrunken_check(const struct analysis *analysis, struct error *err);

/* Of the answers of a survey. `said` are base and own estimate of each area; the rest of it is filled in. */
void shrunken_of_means(struct analysis *analysis, struct shrunken_area *said);
void shrunken_of_shares(struct analysis *analysis, struct shrunken_area *said);

#endif
