#include "rates.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mem.h"

/* --- begin and end --- */

/* The last period that the areas have figures of is the one that the tables are of. */
static void gather(struct analysis *analysis)
{
	struct rates *rates = analysis->own;
	size_t areas = analysis->dataset->area_count;
	rates->period = rates->areas->periods[rates->areas->period_count - 1];
	if (analysis->config->series)
		rates->across = published_across(analysis, rates->period);
	rates->areas_with = mem_alloc(areas, sizeof *rates->areas_with);
	rates->x = mem_alloc(areas, sizeof *rates->x);
	rates->n = mem_alloc(areas, sizeof *rates->n);
	rates->said = mem_alloc(areas, sizeof *rates->said);
	for (size_t a = 0; a < areas; a++) {
		const struct published_pair *pair = published_at(rates->areas, rates->period, a);
		if (published_refusal(pair) != REFUSAL_NONE)
			continue;
		rates->areas_with[rates->count] = a;
		rates->x[rates->count] = (double)pair->events.n;
		rates->n[rates->count++] = (double)pair->base.n;
	}
}

/* The benchmark's own figures; NULL: it has none, or none of the period. */
const struct published_pair *rates_benchmark(const struct rates *rates, long long period)
{
	return rates->benchmark ? published_at(rates->benchmark, period, 0) : NULL;
}

static bool check_benchmark(const struct analysis *analysis, struct error *err)
{
	const struct rates *rates = analysis->own;
	const struct published_pair *pair = rates_benchmark(rates, rates->period);
	return published_check_benchmark(analysis, err)
	       && ((pair && published_refusal(pair) == REFUSAL_NONE) || published_no_benchmark(analysis, err));
}

static void find_centre(struct analysis *analysis)
{
	struct rates *rates = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	double x = 0, n = 0;
	for (size_t i = 0; i < rates->count; i++) {
		x += rates->x[i];
		n += rates->n[i];
	}
	if (rates->benchmark) {
		const struct published_pair *pair = rates_benchmark(rates, rates->period);
		x = (double)pair->events.n;
		n = (double)pair->base.n;
	}
	rates->centre = benchmark && !benchmark->dataset ? *benchmark->value / 100 : n > 0 ? x / n : NAN;
	rates->centre_refusal = isnan(rates->centre)                       ? REFUSAL_BASE_EMPTY
	                        : rates->centre <= 0 || rates->centre >= 1 ? REFUSAL_NOT_COMPUTABLE
	                                                                   : REFUSAL_NONE;
	rates->over_refusal = rates->centre_refusal;
	if (!rates->over_refusal)
		rates->over_refusal =
			funnel_overdispersion(&rates->over, rates->x, rates->n, rates->count, rates->centre);
}

static char *base_words(const struct analysis *analysis)
{
	const struct study_analysis *config = analysis->config;
	struct text words = { 0 };
	text_print(&words, "%s in the published figures where %s", analysis->dataset->unit.plural, config->base);
	if (config->filter)
		text_print(&words, config->population ? ", of those %s" : ", of those for whom %s",
		           config->population ? config->population : config->filter);
	words.bytes[0] = (char)toupper((unsigned char)words.bytes[0]);
	return words.bytes;
}

bool rates_begin(struct analysis *analysis, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	struct rates *rates = analysis->own = mem_alloc(1, sizeof *rates);
	const char *other = config->benchmark ? config->benchmark->dataset : NULL;
	if (other && !published_check_source(analysis, err))
		return false;
	if (!published_read(&rates->areas, analysis->dataset, config, analysis->study_path, err)
	    || (other && !published_read(&rates->benchmark, analysis->against, config, analysis->study_path, err)))
		return false;
	gather(analysis);
	if (other && !check_benchmark(analysis, err))
		return false;
	analysis->outcome = dataset_variable(analysis->dataset, config->outcome);
	find_centre(analysis);
	published_cells(rates->areas, analysis->universe);
	if (rates->benchmark)
		published_cells(rates->benchmark, analysis->universe);
	analysis_label_areas(analysis);
	analysis_label(analysis, analysis->outcome);
	analysis->base = base_words(analysis);
	return true;
}

void rates_free(void *own)
{
	struct rates *rates = own;
	if (!rates)
		return;
	published_free(rates->areas);
	published_free(rates->benchmark);
	free(rates->across);
	free(rates->areas_with);
	free(rates->x);
	free(rates->n);
	free(rates->said);
	free(rates);
}

/* --- what the lines share --- */

void rates_rest_on(struct analysis_rests *rests, const struct published_pair *pair)
{
	if (pair && pair->events.cell)
		analysis_rest_cell(rests, pair->events.cell);
	if (pair && pair->base.cell)
		analysis_rest_cell(rests, pair->base.cell);
}

void rates_rest_on_all(const struct analysis *analysis, struct analysis_rests *rests)
{
	const struct rates *rates = analysis->own;
	for (size_t i = 0; i < rates->count; i++)
		rates_rest_on(rests, published_at(rates->areas, rates->period, rates->areas_with[i]));
}

/* What the centre of the funnel is computed from. */
void rates_rest_on_centre(const struct analysis *analysis, struct analysis_rests *rests)
{
	const struct rates *rates = analysis->own;
	if (rates->benchmark)
		rates_rest_on(rests, rates_benchmark(rates, rates->period));
	else if (!analysis->config->benchmark)
		rates_rest_on_all(analysis, rests);
}

/* NAME or NAME.what; method in words. Of the last period. */
void rates_arrange(struct analysis *analysis, const char *what, const char *title, const char *method)
{
	const struct rates *rates = analysis->own;
	published_arrange(analysis, &rates->period, what, title, method);
}

const char *rates_centre_name(const struct analysis *analysis)
{
	return analysis->config->benchmark ? analysis->config->benchmark->name : "all areas together";
}
