/* Comparisons on request that take the spread of the answers to be the same in every area: every pair by Tukey and
 * Kramer, each area and one of them by Dunnett. And the trend over the areas in their order, by ranks. Each tells of
 * all areas that are taken in, and rests on what all areas show. */
#include "comparison.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "anova.h"
#include "mean.h"
#include "mem.h"
#include "pairs.h"
#include "rank.h"

enum refusal comparison_flat(const struct comparison *comparison)
{
	struct mean_estimate mean = { 0 };
	enum refusal refusal = REFUSAL_NONE;
	for (size_t i = 0; i < comparison->area_count && !refusal; i++)
		if (comparison->areas[i].taken)
			refusal = mean_estimate(&mean, comparison->areas[i].values, comparison->areas[i].n,
			                        ANALYSIS_LEVEL);
	return refusal;
}

/* --- one spread for all --- */

/* The lines of one table, worked out together. */
struct pooled {
	const char *statistic, *method, *p_heading;
	struct mean_difference *found; /* of the pairs of areas that are taken in */
	size_t count;
	enum refusal refusal;
	unsigned cautions;
};

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, const struct comparison_item *item,
                    struct analysis_rests *rests)
{
	(void)item;
	analysis_rest_mean(analysis, row, rests);
}

static void contrast(const struct comparison *comparison, const struct comparison_pair *pair,
                     struct comparison_lines *lines)
{
	const struct pooled *all = comparison->with;
	const char *unit = comparison->analysis->outcome->unit;
	int decimals = comparison->analysis->config->decimals;
	struct mean_difference found = { 0 };
	enum refusal refusal = all->refusal;
	if (pair->number == SIZE_MAX)
		refusal = pair->first->n == 0 || pair->second->n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_N_BELOW_2;
	else if (!refusal)
		found = all->found[pair->number];
	struct comparison_line *line =
		comparison_line(comparison, pair, lines, all->statistic, all->method, ANALYSIS_LEVEL, refusal);
	line->of_all = true;
	line->family_size = all->count;
	line->cautions |= all->cautions;
	comparison_figure(line, "estimate", "Difference", unit, decimals, found.difference);
	comparison_figure(line, "low", "95% lower limit, all at once", unit, decimals, found.low);
	comparison_figure(line, "high", "95% upper limit, all at once", unit, decimals, found.high);
	comparison_figure(line, "statistic", NULL, NULL, ANALYSIS_STATISTIC_DECIMALS, found.statistic);
	comparison_figure(line, "df", NULL, NULL, 0, found.df);
	comparison_figure(line, "p_adjusted", all->p_heading, NULL, ANALYSIS_P_DECIMALS, found.p);
}

static const struct comparison_item no_item = { 0 };

void comparison_tukey(struct comparison *comparison)
{
	size_t *first = NULL, k = comparison->taken_count;
	double *values = comparison_taken(comparison, &first);
	struct pooled all = {
		.statistic = "tukey_kramer",
		.method = "Tukey and Kramer's studentised range",
		.p_heading = "p (Tukey)",
		.count = k < 2 ? 0 : k * (k - 1) / 2,
		.refusal = comparison_flat(comparison),
		.cautions = anova_spreads_differ(values, first, k) ? CAUTION_UNEQUAL_VARIANCES : 0,
	};
	all.found = mem_alloc(all.count, sizeof *all.found);
	if (!all.refusal)
		all.refusal = tukey_kramer(all.found, values, first, k, ANALYSIS_LEVEL);
	comparison->with = &all;
	comparison_pairs(comparison,
	                 &(struct comparison_way){
				 .items = &no_item,
				 .item_count = 1,
				 .part = "tukey",
				 .about = "every two areas, by Tukey",
				 .method = "The first area's mean less the second's. Limits and p by Tukey and Kramer: "
					   "they hold for all pairs at once, and take the spread of the answers to be "
					   "the same in every area.",
				 .rest_on = rest_on,
				 .contrast = contrast,
			 });
	comparison->with = NULL;
	free(values);
	free(first);
	free(all.found);
}

/* The values of all areas that are taken in, those of the control first, the others in their order. */
static double *control_first(const struct comparison *comparison, size_t control, size_t **first)
{
	size_t *positions = NULL, group = 0, n = comparison->areas[control].n, before = 0;
	double *values = comparison_taken(comparison, &positions);
	for (size_t i = 0; i < control; i++)
		if (comparison->areas[i].taken) {
			before += comparison->areas[i].n;
			group++;
		}
	memmove(values + n, values, before * sizeof *values);
	memcpy(values, comparison->areas[control].values, n * sizeof *values);
	for (size_t j = group; j > 0; j--)
		positions[j] = positions[j - 1] + n;
	*first = positions;
	return values;
}

void comparison_dunnett(struct comparison *comparison)
{
	const char *code = comparison->analysis->config->control;
	size_t control = 0, *first = NULL, k = comparison->taken_count;
	while (strcmp(comparison->areas[control].row.code, code) != 0)
		control++;
	const struct comparison_side *side = &comparison->areas[control];
	struct pooled all = {
		.statistic = "dunnett",
		.method = "Dunnett's test against one area",
		.p_heading = "p (Dunnett)",
		.count = side->taken ? k - 1 : 0,
		.refusal = comparison_flat(comparison),
	};
	all.found = mem_alloc(all.count, sizeof *all.found);
	if (side->taken) {
		double *values = control_first(comparison, control, &first);
		all.cautions = anova_spreads_differ(values, first, k) ? CAUTION_UNEQUAL_VARIANCES : 0;
		if (!all.refusal)
			all.refusal = dunnett(all.found, values, first, k, ANALYSIS_LEVEL);
		free(values);
	}
	char *about = mem_print("each area against %s, by Dunnett", side->row.heading);
	comparison->with = &all;
	comparison_control(
		comparison,
		&(struct comparison_way){
			.items = &no_item,
			.item_count = 1,
			.part = "control",
			.about = about,
			.method =
				"The area's mean less that of the area that all are held against. Limits and p by Dunnett, "
				"two-sided: they hold for all of this table at once, and take the spread of the answers to "
				"be the same in every area.",
			.rest_on = rest_on,
			.contrast = contrast,
		},
		control);
	comparison->with = NULL;
	free(about);
	free(first);
	free(all.found);
}

/* --- in an order --- */

unsigned comparison_tie_caution(const double *values, size_t count)
{
	return 2 * rank_tied(values, count) > count ? CAUTION_TIES_ABOVE_HALF : 0;
}

void comparison_trend(const struct comparison *comparison, comparison_rest_on *rest)
{
	struct analysis *analysis = comparison->analysis;
	size_t *first = NULL;
	double *values = comparison_taken(comparison, &first);
	struct jonckheere test = { 0 };
	struct comparison_line line = {
		.statistic = "jonckheere_terpstra",
		.method =
			"Jonckheere and Terpstra's test, normal with their variance for ties, of the areas in their order,",
		.level = NAN,
		.refusal = jonckheere(&test, values, first, comparison->taken_count),
		.cautions = comparison_tie_caution(values, first[comparison->taken_count])
		            | (analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0),
		.of_all = true,
	};
	comparison_figure(&line, "statistic", "z", NULL, ANALYSIS_STATISTIC_DECIMALS, test.z);
	comparison_figure(&line, "p", "p", NULL, ANALYSIS_P_DECIMALS, test.p);
	struct analysis_rests rests = { 0 };
	for (size_t area = 0; area < comparison->area_count; area++)
		rest(analysis, &comparison->areas[area].row, NULL, &rests);
	comparison_beside_test(analysis, "Trend over the areas in their order (Jonckheere-Terpstra)", &line, &rests);
	free(values);
	free(first);
}
