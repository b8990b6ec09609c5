#include "analysis_check.h"

#include <math.h>
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "study_check.h"
#include "study_schema.h"
#include "text.h"

enum { DECIMALS = 1, MOST_DECIMALS = 6, LEVELS = 3, OUTER_LEVELS = 5, TWO_WAVES = 2 };

/* One analysis under check. */
struct check {
	const struct config_marks *marks;
	struct error *err;
	const struct study *study;
	const struct study_dataset *dataset;
	struct study_analysis *analysis;
	unsigned index;
};

/* An ERROR_CONFIG at a key of the analysis; "" is the analysis itself. Returns false. */
static bool wrong(const struct check *check, const char *key, const char *what)
{
	char place[120];
	snprintf(place, sizeof place, "analyses[%u]%s%s", check->index, *key ? "." : "", key);
	return config_error(check->marks, check->err, place, "%s", what);
}

static bool gives(const struct check *check, const char *key)
{
	char place[120];
	snprintf(place, sizeof place, "analyses[%u].%s", check->index, key);
	return config_has(check->marks, place);
}

static bool compares(const struct study_analysis *analysis, enum study_compare with)
{
	for (unsigned i = 0; i < analysis->compare_count; i++)
		if (analysis->compare[i] == with)
			return true;
	return false;
}

/* --- which keys go with which kinds --- */

#define OF(kind) (1u << (STUDY_##kind))
enum { EVERY_KIND = (1u << STUDY_KINDS) - 1 };

static const struct key {
	const char *name;
	unsigned kinds, needed; /* a bit for each kind */
	const char *example;
} keys[] = {
	{ "outcome", EVERY_KIND & ~(OF(ACCOUNTS) | OF(MISSING)), EVERY_KIND & ~(OF(ACCOUNTS) | OF(MISSING)),
	  "outcome: life_satisfaction" },
	{ "codes", OF(SHARE) | OF(TOTAL) | OF(CHANGE), 0, "codes: [low]" },
	{ "across", OF(TABLE), 0, "across: gender" },
	{ "per", OF(RATIO), OF(RATIO), "per: hours_offered" },
	{ "quantiles", OF(QUANTILE), 0, "quantiles: [0.25, 0.5, 0.75]" },
	{ "filter", EVERY_KIND & ~OF(CHANGE), 0, "filter: gender = 'f'" },
	{ "waves", OF(CHANGE), OF(CHANGE), "waves: [before, after]" },
	{ "variables", OF(MISSING), OF(MISSING), "variables: [life_satisfaction, loneliness]" },
	{ "events", OF(RATE), OF(RATE), "events: breakdown = 'eet', an expression" },
	{ "base", OF(RATE), OF(RATE), "base: breakdown = 'total', an expression" },
	{ "standardise", OF(RATE), 0, "standardise: {by: age, method: direct}" },
	{ "series", OF(RATE) | OF(ESTIMATE), 0, "series: period" },
	{ "low", OF(ESTIMATE), OF(ESTIMATE), "low: lower_limit" },
	{ "high", OF(ESTIMATE), OF(ESTIMATE), "high: upper_limit" },
	{ "interval", OF(SHARE), 0, "interval: wilson" },
	{ "control_chart", OF(RATE) | OF(ESTIMATE), 0, "control_chart: yes" },
	{ "shrink", OF(MEAN) | OF(SHARE), 0, "shrink: yes" },
	{ "compare", OF(MEAN) | OF(SHARE) | OF(TABLE), 0, "compare: [pairs, rest]" },
	{ "control", OF(MEAN), 0, "control: E06000055" },
	{ "benchmark", OF(MEAN) | OF(SHARE) | OF(RATE) | OF(ESTIMATE), 0, "benchmark: {value: 7.45, name: UK}" },
};

/* A slice of a config gives every key that is no pointer: what it holds counts, not whether it is there. In the order
 * of keys. */
static void given_keys(bool given[COUNT(keys)], const struct study_analysis *analysis)
{
	const bool values[] = {
		analysis->outcome,
		analysis->codes_count,
		analysis->across,
		analysis->per,
		analysis->quantiles_count,
		analysis->filter,
		analysis->waves_count,
		analysis->variables_count,
		analysis->events,
		analysis->base,
		analysis->standardise,
		analysis->series,
		analysis->low,
		analysis->high,
		analysis->interval != STUDY_INTERVAL_WILSON,
		analysis->control_chart,
		analysis->shrink,
		analysis->compare_count,
		analysis->control,
		analysis->benchmark,
	};
	static_assert(COUNT(values) == COUNT(keys), "every key is looked up");
	memcpy(given, values, sizeof values);
}

static bool check_keys(const struct check *check)
{
	const struct study_analysis *analysis = check->analysis;
	const char *kind = study_kind_words[analysis->kind].str;
	bool given[COUNT(keys)];
	given_keys(given, analysis);
	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct key *key = &keys[i];
		if (given[i] && !(key->kinds & 1u << analysis->kind)) {
			struct text kinds = { 0 };
			for (unsigned k = 0; k < STUDY_KINDS; k++)
				if (key->kinds & 1u << k)
					text_print(&kinds, "%s%s", kinds.length ? ", " : "", study_kind_words[k].str);
			char *what = mem_print("an analysis of kind %s has no `%s`", kind, key->name);
			wrong(check, key->name, what);
			error_help(check->err, "leave it out; these kinds have it: %s", kinds.bytes);
			free(what);
			text_free(&kinds);
			return false;
		}
		if (!given[i] && key->needed & 1u << analysis->kind) {
			char *what = mem_print("an analysis of kind %s needs `%s`", kind, key->name);
			wrong(check, "", what);
			free(what);
			return error_help(check->err, "such as %s", key->example);
		}
	}
	return true;
}

/* --- what their values can be --- */

static bool is_of_figures(const struct study_analysis *analysis)
{
	return analysis->kind == STUDY_RATE || analysis->kind == STUDY_ESTIMATE;
}

static bool check_dataset_kind(const struct check *check)
{
	bool figures = is_of_figures(check->analysis);
	if (figures == study_is_aggregate(check->dataset))
		return true;
	wrong(check, "kind",
	      figures ? "an analysis of this kind is of published figures, and its dataset is of responses"
	              : "the dataset holds published figures (kind aggregate), and this analysis is of responses");
	return error_help(check->err, figures ? "take a dataset of kind aggregate, or use kind share or mean"
	                                      : "use kind rate, or kind estimate");
}

static bool check_values(const struct check *check)
{
	const struct study_analysis *analysis = check->analysis;
	for (unsigned i = 0; i < analysis->quantiles_count; i++) {
		double quantile = analysis->quantiles[i];
		if (!(quantile > 0 && quantile < 1))
			return wrong(check, "quantiles", "a quantile lies between 0 and 1: 0.5 is the median");
		if (i > 0 && !(quantile > analysis->quantiles[i - 1]))
			return wrong(check, "quantiles", "quantiles stand in their order, each once");
	}
	if (analysis->waves_count
	    && (analysis->waves_count != TWO_WAVES || strcmp(analysis->waves[0], analysis->waves[1]) == 0)) {
		wrong(check, "waves", "a change is between two waves");
		return error_help(check->err, "name the earlier and the later one: waves: [before, after]");
	}
	for (unsigned i = 0; i < analysis->variables_count; i++)
		for (unsigned other = 0; other < i; other++)
			if (strcmp(analysis->variables[other], analysis->variables[i]) == 0)
				return wrong(check, "variables", "a variable is named twice");
	if (analysis->decimals < 0 || analysis->decimals > MOST_DECIMALS)
		return wrong(check, "decimals", "decimals must be from 0 to 6");
	if (analysis->population && !analysis->filter)
		return wrong(check, "population", "population puts a filter into words, and there is none");
	if (analysis->control_chart && !analysis->series) {
		wrong(check, "control_chart", "a control chart is of a series, and there is none");
		return error_help(check->err,
		                  "name the variable that says of which period a figure is: series: period");
	}
	if (analysis->shrink && analysis->kind == STUDY_SHARE && analysis->codes_count == 0) {
		wrong(check, "shrink", "areas are drawn together by one mean or one share");
		return error_help(check->err, "name the codes that count together");
	}
	if (analysis->standardise && analysis->standardise->per
	    && !(*analysis->standardise->per > 0 && isfinite(*analysis->standardise->per)))
		return wrong(check, "standardise.per", "a rate is of so many: above 0");
	return true;
}

/* --- comparisons --- */

static bool check_compare(const struct check *check)
{
	const struct study_analysis *analysis = check->analysis;
	if (analysis->compare_count && analysis->across) {
		wrong(check, "compare", "only means, shares and tables by area are compared");
		return error_help(check->err, "leave out compare, or across");
	}
	for (unsigned i = 0; i < analysis->compare_count; i++) {
		enum study_compare with = analysis->compare[i];
		for (unsigned other = 0; other < i; other++)
			if (analysis->compare[other] == with) {
				char *what = mem_print("`%s` is named twice", study_compare_words[with].str);
				wrong(check, "compare", what);
				free(what);
				return false;
			}
		if ((with == STUDY_COMPARE_TUKEY || with == STUDY_COMPARE_CONTROL) && analysis->kind != STUDY_MEAN) {
			wrong(check, "compare", "tukey and control compare means");
			return error_help(check->err, "take `pairs` or `rest`, which compare shares and tables too");
		}
		if (with == STUDY_COMPARE_TREND && analysis->kind == STUDY_SHARE) {
			wrong(check, "compare", "a trend is of means, or of a table of answers in an order");
			return error_help(check->err, "make it kind table, or take `pairs` or `rest`");
		}
	}
	if (!analysis->control != !compares(analysis, STUDY_COMPARE_CONTROL)) {
		wrong(check, analysis->control ? "control" : "compare",
		      "`compare: [control]` and `control` go together");
		return error_help(check->err, "control: the code of the area that the others are held against");
	}
	return true;
}

static bool check_benchmark(const struct check *check)
{
	struct study_analysis *analysis = check->analysis;
	struct study_benchmark *benchmark = analysis->benchmark;
	bool figures = is_of_figures(analysis); /* these are always compared with it */
	if (compares(analysis, STUDY_COMPARE_BENCHMARK) && !benchmark) {
		wrong(check, "compare", "it compares with a benchmark, and there is none");
		return error_help(check->err,
		                  "say which: benchmark: {value: 7.45, name: \"UK, 2022/23\", source: ...}");
	}
	if (!benchmark)
		return true;
	if (!figures && !compares(analysis, STUDY_COMPARE_BENCHMARK)) {
		wrong(check, "benchmark", "a benchmark that nothing is compared with");
		return error_help(check->err, "add it to compare: [benchmark]");
	}
	if (analysis->kind == STUDY_SHARE && analysis->codes_count == 0) {
		wrong(check, "benchmark", "a benchmark is of one mean or one share");
		return error_help(check->err, "name the codes that count together");
	}
	if (!benchmark->dataset == !benchmark->value)
		return wrong(check, "benchmark", "a benchmark needs a value or a dataset, and not both");
	if (benchmark->value && !isfinite(*benchmark->value))
		return wrong(check, "benchmark.value", "a benchmark's value is a number");
	if (benchmark->value && analysis->kind == STUDY_SHARE && !(*benchmark->value >= 0 && *benchmark->value <= 100))
		return wrong(check, "benchmark.value", "a share is from 0 to 100 per cent");
	if (!figures && !benchmark->dataset != !benchmark->outcome) {
		wrong(check, "benchmark", "a benchmark's dataset and outcome go together");
		return error_help(check->err, "outcome: the variable of that dataset that holds the figure");
	}
	if (figures && (benchmark->outcome || benchmark->filter))
		return wrong(check, "benchmark", "here the analysis' own outcome and filter are the benchmark's too");
	if (!gives(check, "benchmark.levels"))
		benchmark->levels = LEVELS;
	if (benchmark->levels != LEVELS && benchmark->levels != OUTER_LEVELS)
		return wrong(check, "benchmark.levels", "a benchmark has 3 levels or 5");
	return true;
}

/* --- all of it --- */

static bool check_name(const struct check *check)
{
	char place[120];
	snprintf(place, sizeof place, "analyses[%u].name", check->index);
	if (!study_check_name(check->marks, check->err, place, check->analysis->name))
		return false;
	for (unsigned other = 0; other < check->index; other++)
		if (strcmp(check->study->analyses[other].name, check->analysis->name) == 0)
			return config_error(check->marks, check->err, place, "a second analysis is named `%s`",
			                    check->analysis->name);
	return true;
}

static bool find_dataset(struct check *check)
{
	struct error unknown = { 0 };
	check->dataset = study_dataset(check->study, check->analysis->dataset, &unknown);
	if (check->dataset)
		return true;
	wrong(check, "dataset", unknown.message);
	return *unknown.help ? error_help(check->err, "%s", unknown.help) : false;
}

bool analysis_check(struct study *study, unsigned index, const struct config_marks *marks, struct error *err)
{
	struct check check = { marks, err, study, NULL, &study->analyses[index], index };
	if (!gives(&check, "decimals"))
		check.analysis->decimals = DECIMALS;
	if (!gives(&check, "test"))
		check.analysis->test = true;
	return check_name(&check) && find_dataset(&check) && check_dataset_kind(&check) && check_keys(&check)
	       && check_values(&check) && check_compare(&check) && check_benchmark(&check);
}
