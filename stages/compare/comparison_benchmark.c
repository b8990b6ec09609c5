/* Each area against a value from elsewhere: the table NAME.benchmark. The value is the config's, or what somebody
 * published: one for all, or each area's own. */
#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "estimates.h"
#include "mem.h"
#include "number.h"
#include "published.h"
#include "published_table.h"
#include "text.h"

/* --- the value --- */

static bool is_by_area(const struct analysis *analysis)
{
	return analysis->benchmark && analysis->benchmark->dataset->area_count > 1;
}

static struct published_value value_of(const struct analysis *analysis, const char *area)
{
	const struct published_values *published = analysis->benchmark;
	if (!published)
		return (struct published_value){ REFUSAL_NONE, *analysis->config->benchmark->value };
	const struct dataset *dataset = published->dataset;
	for (size_t a = 0; a < dataset->area_count; a++)
		if (!is_by_area(analysis) || (area && strcmp(dataset->areas[a].code, area) == 0))
			return published_value_at(published, 0, a);
	return (struct published_value){ REFUSAL_SOURCE_MISSING, NAN };
}

/* Somebody can be compared. */
static bool check_values(const struct analysis *analysis, struct error *err)
{
	for (size_t a = 0; a < analysis->dataset->area_count; a++)
		if (!value_of(analysis, analysis->dataset->areas[a].code).refusal)
			return true;
	return published_no_benchmark(analysis, err);
}

bool comparison_benchmark_read(struct analysis *analysis, struct error *err)
{
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	if (!comparison_is_asked(analysis, STUDY_COMPARE_BENCHMARK) || !benchmark->dataset)
		return true;
	return published_check_source(analysis, err)
	       && published_values_read(&analysis->benchmark, analysis->against,
	                                &(struct published_request){ .variable = benchmark->outcome,
	                                                             .filter = benchmark->filter,
	                                                             .analysis = analysis->config->name,
	                                                             .study = analysis->study_path },
	                                err)
	       && check_values(analysis, err);
}

/* --- the table --- */

/* As many as the publisher gave, so that nobody takes a rounded figure for the one that was compared with. */
static int decimals_of(const struct analysis *analysis)
{
	enum { MOST = 6 };
	const struct published_values *of = analysis->benchmark;
	size_t count = of->period_count * of->dataset->area_count;
	double *values = mem_alloc(count, sizeof *values);
	for (size_t i = 0; i < count; i++)
		values[i] = of->values[i].value;
	int decimals = estimate_decimals(values, count, MOST);
	free(values);
	return decimals;
}

/* The published figure of the area, which everybody may see: it rests on nothing. */
static void say_value(struct analysis *analysis, const struct analysis_row *row, struct published_value value,
                      size_t arrangement, size_t line)
{
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	struct analysis_rests rests = { 0 };
	analysis_result(analysis,
	                (struct result){ .statistic = "published",
	                                 .area = row->area,
	                                 .comparator = benchmark->name,
	                                 .denominator = benchmark->name,
	                                 .method = benchmark->source,
	                                 .level = NAN },
	                &rests, value.refusal, 0);
	universe_entry(analysis->universe, arrangement, line, 1,
	               analysis_figure(analysis, "estimate", decimals_of(analysis), value.value));
}

static void say_standing(const struct comparison *comparison, const struct comparison_standard *standard,
                         const struct analysis_row *row, size_t arrangement)
{
	struct analysis *analysis = comparison->analysis;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	struct comparison_estimate found = standard->estimate(comparison, row, standard->item, ANALYSIS_LEVEL);
	struct published_value of = value_of(analysis, row->area);
	double value = of.value;
	struct analysis_rests rests = { 0 };
	unsigned cautions = analysis_cautions((long long)row->member_count) | found.cautions
	                    | (analysis->dataset->designed && !standard->by_design ? CAUTION_UNWEIGHTED_TEST : 0);
	size_t line = universe_line(analysis->universe, arrangement, row->heading, row->code, row->kind), column = 1;
	if (is_by_area(analysis)) {
		say_value(analysis, row, of, arrangement, line);
		column++;
	}
	struct standing_limits limits = { .low = found.low, .high = found.high };
	double standing = standing_of(found.low, found.high, value, standard->polarity);
	if (benchmark->levels == PUBLISHED_LEVELS) {
		struct comparison_estimate outer =
			standard->estimate(comparison, row, standard->item, published_outer_level);
		found.refusal = found.refusal ? found.refusal : outer.refusal;
		limits.outer_low = outer.low;
		limits.outer_high = outer.high;
		standing = standing_of_five(&limits, value, standard->polarity);
	}
	comparison_rest_side(comparison, row, standard->item, standard->rest_on, standard->by_design, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "benchmark",
	                                 .category = standard->item->category,
	                                 .area = row->area,
	                                 .comparator = benchmark->name,
	                                 .method = standard->method,
	                                 .weight = standard->by_design ? analysis->dataset->weight : NULL,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, of.refusal ? of.refusal : found.refusal, cautions);
	int decimals = analysis->config->decimals;
	size_t figures[] = {
		analysis_figure(analysis, "estimate", decimals, found.estimate - value),
		analysis_figure(analysis, "low", decimals, found.low - value),
		analysis_figure(analysis, "high", decimals, found.high - value),
		analysis_figure(analysis, "standing", 0, standing),
	};
	for (size_t i = 0; i < COUNT(figures); i++)
		universe_entry(analysis->universe, arrangement, line, column + i, figures[i]);
}

static void say_method(struct text *method, const struct analysis *analysis, const struct comparison_standard *standard)
{
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	static const struct {
		const char *below, *above, *much_below;
	} words[] = { [POLARITY_NONE] = { "Lower", "higher", "much lower" },
		      [POLARITY_HIGHER_BETTER] = { "Worse", "better", "much worse" },
		      [POLARITY_HIGHER_WORSE] = { "Better", "worse", "much better" } };
	const char *below = words[standard->polarity].below, *above = words[standard->polarity].above;
	char value[NUMBER_TEXT_SIZE];
	if (is_by_area(analysis)) {
		text_print(method, "The area's figure less its own in %s", benchmark->name);
	} else {
		number_print_exact(value, value_of(analysis, NULL).value);
		text_print(method, "The area's figure less that of %s, %s%s%s", benchmark->name, value,
		           standard->unit ? " " : "", standard->unit ? standard->unit : "");
	}
	text_print(
		method,
		"%s%s, with a 95 per cent interval (%s). %s where all of the interval lies below it, %s where all lies "
		"above it, else similar.",
		benchmark->source ? ", source: " : "", benchmark->source ? benchmark->source : "", standard->method,
		below, above);
	if (benchmark->levels == PUBLISHED_LEVELS)
		text_print(method, " With all of the 99.8 per cent interval: %s, or much %s.",
		           words[standard->polarity].much_below, above);
	if (!standard->by_design)
		text_add(method, analysis_untested(analysis, " Nothing in this table is weighted.",
		                                   " Nothing in this table uses the sample's design."));
}

void comparison_benchmark(struct comparison *comparison, const struct comparison_standard *standard)
{
	struct analysis *analysis = comparison->analysis;
	struct universe *universe = analysis->universe;
	char *about = mem_print("against %s", analysis->config->benchmark->name);
	struct text method = { 0 };
	say_method(&method, analysis, standard);
	size_t arrangement = analysis_begin_part(
		analysis, (struct analysis_part){ .part = "benchmark", .about = about, .method = method.bytes });
	if (is_by_area(analysis))
		universe_column(universe, arrangement, "Benchmark", standard->unit);
	universe_column(universe, arrangement, "Difference", standard->difference_unit);
	universe_column(universe, arrangement, "95% lower limit", standard->difference_unit);
	universe_column(universe, arrangement, "95% upper limit", standard->difference_unit);
	universe_column(universe, arrangement, "Against the benchmark", NULL);
	for (size_t r = 0; r < analysis->row_count; r++)
		say_standing(comparison, standard, &analysis->rows[r], arrangement);
	free(about);
	text_free(&method);
}
