#include "shrunken.h"
#include "lines.h"

#include <math.h>

struct columns {
	size_t base, own, drawn;
};

static size_t add_column(struct analysis *analysis, size_t arrangement, const char *heading, const char *unit)
{
	return universe_column(analysis->universe, arrangement, heading, unit);
}

static void say_area(struct analysis *analysis, size_t arrangement, const struct shrunken *shrunken, size_t area,
                     const struct columns *columns)
{
	struct universe *universe = analysis->universe;
	const struct shrunken_area *of = &shrunken->areas[area];
	const struct dataset_area *place = &analysis->dataset->areas[area];
	int decimals = analysis->config->decimals;
	enum refusal refusal = of->refusal ? of->refusal : shrunken->refusal;
	struct analysis_rests rests = { 0 };
	size_t line = universe_line(universe, arrangement, place->label, place->code, "area");
	universe_entry(universe, arrangement, line, columns->base, of->base);
	universe_entry(universe, arrangement, line, columns->own, of->own);
	shrunken->rest_on(analysis, area, &rests);
	shrunken->rest_on_all(analysis, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "empirical_bayes",
	                                 .area = place->code,
	                                 .across = shrunken->across,
	                                 .method = shrunken->area_method,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, shrunken->cautions | (shrunken->alike ? CAUTION_BETWEEN_ZERO : 0));
	universe_entry(universe, arrangement, line, columns->drawn,
	               analysis_figure(analysis, "estimate", decimals, refusal ? NAN : of->estimate));
	if (shrunken->alike && !refusal)
		return; /* all areas are taken for one: an interval without width would be no interval */
	universe_entry(universe, arrangement, line, columns->drawn + 1,
	               analysis_figure(analysis, "low", decimals, refusal ? NAN : of->low));
	universe_entry(universe, arrangement, line, columns->drawn + 2,
	               analysis_figure(analysis, "high", decimals, refusal ? NAN : of->high));
}

static void say_model_line(struct analysis *analysis, const struct shrunken *shrunken, struct result line,
                           enum refusal refusal, unsigned cautions)
{
	struct analysis_rests rests = { 0 };
	shrunken->rest_on_all(analysis, &rests);
	line.across = shrunken->across;
	line.method = line.method ? line.method : shrunken->model_method;
	line.level = NAN;
	analysis_result(analysis, line, &rests, shrunken->refusal ? shrunken->refusal : refusal,
	                shrunken->cautions | cautions);
}

static void say_model(struct analysis *analysis, size_t arrangement, const struct shrunken *shrunken)
{
	struct universe *universe = analysis->universe;
	size_t line = universe_line(universe, arrangement, "Differences between areas", NULL, "test");
	for (size_t i = 0; i < shrunken->between_count; i++) {
		const struct shrunken_between *between = &shrunken->between[i];
		say_model_line(analysis, shrunken,
		               (struct result){ .statistic = between->statistic,
		                                .category = between->method ? NULL : "random_intercept",
		                                .method = between->method },
		               between->refusal, !between->method && shrunken->alike ? CAUTION_BETWEEN_ZERO : 0);
		universe_entry(universe, arrangement, line,
		               add_column(analysis, arrangement, between->heading, between->unit),
		               analysis_figure(analysis, "estimate", between->decimals, between->value));
	}
	say_model_line(analysis, shrunken, (struct result){ .statistic = "heterogeneity" }, REFUSAL_NONE, 0);
	universe_entry(universe, arrangement, line, add_column(analysis, arrangement, "Likelihood ratio", NULL),
	               analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, shrunken->statistic));
	universe_entry(universe, arrangement, line, add_column(analysis, arrangement, "p", NULL),
	               analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, shrunken->p));
}

void shrunken_say(struct analysis *analysis, size_t arrangement, const struct shrunken *shrunken)
{
	struct columns columns = { add_column(analysis, arrangement, "Base", analysis->dataset->unit.plural),
		                   add_column(analysis, arrangement, shrunken->own, shrunken->unit),
		                   add_column(analysis, arrangement, shrunken->drawn, shrunken->unit) };
	add_column(analysis, arrangement, "95% lower limit", shrunken->unit);
	add_column(analysis, arrangement, "95% upper limit", shrunken->unit);
	for (size_t area = 0; area < analysis->dataset->area_count; area++)
		say_area(analysis, arrangement, shrunken, area, &columns);
	say_model(analysis, arrangement, shrunken);
}
