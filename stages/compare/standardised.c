#include "standardised.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "mem.h"
#include "published_table.h"
#include "text.h"

static const double default_per = 100, ratio_of = 100;

/* --- reading --- */

static char *filter_of(const struct study_analysis *config, const struct dataset_variable *by, size_t code)
{
	const char *quote = by->integers ? "" : "'";
	const char *code_text = by->codes[code].code;
	return config->filter ? mem_print("(%s) and %s = %s%s%s", config->filter, by->name, quote, code_text, quote)
	                      : mem_print("%s = %s%s%s", by->name, quote, code_text, quote);
}

static bool find_by(const struct analysis *analysis, const struct dataset_variable **by, struct error *err)
{
	const char *name = analysis->config->standardise->by;
	if (!analysis_find_variable(analysis, name, by, err))
		return false;
	if ((*by)->code_count > 0)
		return true;
	analysis_wrong(analysis, err, "groups are the codes of a variable, and this one has none:", name);
	return error_help(err, "take a variable with a code list");
}

/* The dataset that a key names: of kind aggregate, and of one area. */
static bool check_one_area(const struct analysis *analysis, const struct dataset *dataset, const char *name,
                           struct error *err)
{
	if (!dataset || !dataset->aggregate) {
		analysis_wrong(analysis, err, "the study has no dataset of kind aggregate named", name);
		return error_help(err, "name the one that holds the figures of the standard population");
	}
	if (dataset->area_count == 1)
		return true;
	analysis_wrong(analysis, err, "a standard population is one area, and its dataset has several:", name);
	return error_help(err, "give its area variable a code list of one code, and its export a `where`");
}

/* A group that no figure is of is none. */
static bool read_group(struct analysis *analysis, const struct dataset_variable *by, size_t code, struct error *err)
{
	struct standardised *standardised = analysis->own;
	struct standard_group *group = &standardised->groups[standardised->group_count];
	const char *study = analysis->study_path;
	group->filter = filter_of(analysis->config, by, code);
	group->config = *analysis->config;
	group->config.filter = group->filter;
	standardised->group_count++; /* from here on it is freed with the others */
	if (!published_read_any(&group->areas, analysis->dataset, &group->config, study, err))
		return false;
	if (group->areas->period_count == 0) {
		standardised->group_count--;
		published_free(group->areas);
		free(group->filter);
		*group = (struct standard_group){ 0 };
		return true;
	}
	return (!analysis->standard
	        || published_read_any(&group->standard, analysis->standard, &group->config, study, err))
	       && (!analysis->against
	           || published_read_any(&group->benchmark, analysis->against, &group->config, study, err));
}

static int compare_periods(const void *left, const void *right)
{
	long long a = *(const long long *)left, b = *(const long long *)right;
	return (a > b) - (a < b);
}

static void find_periods(struct standardised *standardised)
{
	size_t all = 0, count = 0;
	for (size_t g = 0; g < standardised->group_count; g++)
		all += standardised->groups[g].areas->period_count;
	long long *periods = mem_alloc(all, sizeof *periods);
	for (size_t g = 0; g < standardised->group_count; g++)
		for (size_t p = 0; p < standardised->groups[g].areas->period_count; p++)
			periods[count++] = standardised->groups[g].areas->periods[p];
	mem_sort(periods, count, sizeof *periods, compare_periods);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || periods[i] != periods[i - 1])
			periods[standardised->period_count++] = periods[i];
	standardised->periods = periods;
	standardised->period = periods[standardised->period_count - 1];
}

/* --- rates --- */

static enum refusal refusal_of(const struct standardised *standardised, const struct published_pair *pair)
{
	const struct published_figure missing = { .refusal = REFUSAL_SOURCE_MISSING };
	const struct published_figure *of[] = { pair ? &pair->base : &missing, pair ? &pair->events : &missing };
	for (size_t i = 0; i < COUNT(of); i++)
		if (of[i]->refusal)
			return of[i]->refusal == REFUSAL_SOURCE_MISSING ? REFUSAL_STRATUM_MISSING : of[i]->refusal;
	if (of[1]->n > of[0]->n)
		return REFUSAL_EVENTS_ABOVE_BASE;
	return standardised->direct && of[0]->n == 0 ? REFUSAL_SOURCE_ZERO : REFUSAL_NONE;
}

typedef const struct published *(*which_figures)(const struct standard_group *group);

static const struct published *of_areas(const struct standard_group *group)
{
	return group->areas;
}

static const struct published *of_benchmark(const struct standard_group *group)
{
	return group->benchmark;
}

static enum refusal find_direct(struct standard_rate *found, const struct standardised *standardised,
                                const double *events, const double *base, double level)
{
	size_t count = standardised->group_count;
	double *weights = mem_alloc(count, sizeof *weights);
	for (size_t g = 0; g < count; g++)
		weights[g] = standardised->groups[g].base;
	enum refusal refusal = direct_rate(&found->rate, events, base, weights, count, standardised->per, level);
	free(weights);
	return refusal;
}

/* The crude rate of the standard population times the ratio is the rate. */
static enum refusal find_indirect(struct standard_rate *found, const struct standardised *standardised,
                                  const double *base, double level)
{
	double events = 0, all = 0;
	for (size_t g = 0; g < standardised->group_count; g++) {
		const struct standard_group *group = &standardised->groups[g];
		found->expected += base[g] * group->events / group->base;
		events += group->events;
		all += group->base;
	}
	if (!(found->expected > 0))
		return REFUSAL_DENOMINATOR_ZERO;
	double whole = standardised->per * events / all;
	enum refusal refusal = standardised_ratio(&found->ratio, found->events, found->expected, level);
	const struct rate ratio = found->ratio;
	found->rate = (struct rate){ whole * ratio.value, whole * ratio.low, whole * ratio.high };
	found->ratio = (struct rate){ ratio_of * ratio.value, ratio_of * ratio.low, ratio_of * ratio.high };
	return refusal;
}

static struct standard_rate rate_of(const struct standardised *standardised, which_figures which, long long period,
                                    size_t area, double level)
{
	size_t count = standardised->group_count;
	double *events = mem_alloc(count, sizeof *events), *base = mem_alloc(count, sizeof *base);
	struct standard_rate found = { .counted = true, .sound = true };
	for (size_t g = 0; g < count; g++) {
		const struct published_pair *pair = published_at(which(&standardised->groups[g]), period, area);
		enum refusal refusal = refusal_of(standardised, pair);
		/* what the source hides says more than that a row is not there */
		if (!found.refusal || found.refusal == REFUSAL_STRATUM_MISSING)
			found.refusal = refusal ? refusal : found.refusal;
		bool counts = pair && !pair->base.refusal && !pair->events.refusal;
		found.counted = found.counted && counts;
		found.sound = found.sound && counts && refusal != REFUSAL_EVENTS_ABOVE_BASE;
		events[g] = counts ? (double)pair->events.n : 0;
		base[g] = counts ? (double)pair->base.n : 0;
		found.events += events[g];
		found.base += base[g];
	}
	if (!found.refusal && !(found.base > 0))
		found.refusal = REFUSAL_SOURCE_ZERO;
	if (!found.refusal)
		found.refusal = crude_rate(&found.crude, found.events, found.base, standardised->per, level);
	if (!found.refusal)
		found.refusal = standardised->refusal;
	if (!found.refusal)
		found.refusal = standardised->direct ? find_direct(&found, standardised, events, base, level)
		                                     : find_indirect(&found, standardised, base, level);
	free(events);
	free(base);
	return found;
}

struct standard_rate standardised_rate(const struct standardised *standardised, long long period, size_t area,
                                       double level)
{
	return rate_of(standardised, of_areas, period, area, level);
}

/* --- the standard population --- */

/* All areas together: those of which every group has its figures, and none more events than base. */
static void add_areas(const struct analysis *analysis)
{
	struct standardised *standardised = analysis->own;
	for (size_t a = 0; a < analysis->dataset->area_count; a++) {
		if (!standardised_rate(standardised, standardised->period, a, ANALYSIS_LEVEL).sound)
			continue;
		for (size_t g = 0; g < standardised->group_count; g++) {
			struct standard_group *group = &standardised->groups[g];
			const struct published_pair *pair = published_at(group->areas, standardised->period, a);
			group->events += (double)pair->events.n;
			group->base += (double)pair->base.n;
		}
	}
}

/* Of direct standardisation its bases alone count. */
static void find_standard(const struct analysis *analysis)
{
	struct standardised *standardised = analysis->own;
	if (!analysis->standard)
		add_areas(analysis);
	for (size_t g = 0; g < standardised->group_count; g++) {
		struct standard_group *group = &standardised->groups[g];
		const struct published_pair *pair =
			group->standard ? published_at(group->standard, standardised->period, 0) : NULL;
		if (pair && !pair->base.refusal && (standardised->direct || !pair->events.refusal)) {
			group->base = (double)pair->base.n;
			group->events = (double)pair->events.n;
		}
		if (!(group->base > 0))
			standardised->refusal = REFUSAL_STRATUM_MISSING;
	}
}

static bool find_benchmark(struct analysis *analysis, struct error *err)
{
	struct standardised *standardised = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	standardised->benchmark = benchmark && benchmark->value ? *benchmark->value : NAN;
	if (!benchmark || !benchmark->dataset || standardised->refusal)
		return true;
	struct standard_rate of = rate_of(standardised, of_benchmark, standardised->period, 0, ANALYSIS_LEVEL);
	standardised->benchmark = of.rate.value;
	return !of.refusal || published_no_benchmark(analysis, err);
}

/* --- begin and end --- */

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

static bool read_groups(struct analysis *analysis, struct error *err)
{
	struct standardised *standardised = analysis->own;
	const struct dataset_variable *by = NULL;
	if (!find_by(analysis, &by, err))
		return false;
	standardised->groups = mem_alloc(by->code_count, sizeof *standardised->groups);
	for (size_t code = 0; code < by->code_count; code++)
		if (!read_group(analysis, by, code, err))
			return false;
	if (standardised->group_count > 1)
		return true;
	analysis_wrong(analysis, err, "figures of fewer than two groups fit its expressions, by", by->name);
	return error_help(err, "see the codes of the data dictionary, and that the filter leaves the groups apart");
}

bool standardised_begin(struct analysis *analysis, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	const struct study_standard *standard = config->standardise;
	struct standardised *standardised = analysis->own = mem_alloc(1, sizeof *standardised);
	standardised->direct = standard->method == STUDY_STANDARDISE_DIRECT;
	standardised->per = standard->per ? *standard->per : default_per;
	if ((standard->dataset && !check_one_area(analysis, analysis->standard, standard->dataset, err))
	    || (config->benchmark && config->benchmark->dataset && !published_check_benchmark(analysis, err))
	    || !read_groups(analysis, err))
		return false;
	find_periods(standardised);
	if (config->series)
		standardised->across = published_across(analysis, standardised->period);
	find_standard(analysis);
	if (!find_benchmark(analysis, err))
		return false;
	for (size_t g = 0; g < standardised->group_count; g++) {
		struct published *of[] = { standardised->groups[g].areas, standardised->groups[g].standard,
			                   standardised->groups[g].benchmark };
		for (size_t i = 0; i < COUNT(of); i++)
			if (of[i])
				published_cells(of[i], analysis->universe);
	}
	analysis->outcome = dataset_variable(analysis->dataset, config->outcome);
	analysis_label_areas(analysis);
	analysis_label(analysis, analysis->outcome);
	analysis->base = base_words(analysis);
	return true;
}

void standardised_free(void *own)
{
	struct standardised *standardised = own;
	if (!standardised)
		return;
	for (size_t g = 0; g < standardised->group_count; g++) {
		struct standard_group *group = &standardised->groups[g];
		free(group->filter);
		published_free(group->areas);
		published_free(group->standard);
		published_free(group->benchmark);
	}
	free(standardised->groups);
	free(standardised->periods);
	free(standardised->across);
	free(standardised);
}

/* --- what lines rest on --- */

static void rest_on_pair(struct analysis_rests *rests, const struct published_pair *pair)
{
	if (pair && pair->events.cell)
		analysis_rest_cell(rests, pair->events.cell);
	if (pair && pair->base.cell)
		analysis_rest_cell(rests, pair->base.cell);
}

void standardised_rest_on(const struct standardised *standardised, long long period, size_t area,
                          struct analysis_rests *rests)
{
	for (size_t g = 0; g < standardised->group_count; g++)
		rest_on_pair(rests, published_at(standardised->groups[g].areas, period, area));
}

void standardised_rest_on_standard(const struct standardised *standardised, struct analysis_rests *rests)
{
	for (size_t g = 0; g < standardised->group_count; g++) {
		const struct standard_group *group = &standardised->groups[g];
		if (group->standard)
			rest_on_pair(rests, published_at(group->standard, standardised->period, 0));
		for (size_t a = 0; !group->standard && a < group->areas->dataset->area_count; a++)
			rest_on_pair(rests, published_at(group->areas, standardised->period, a));
	}
}
