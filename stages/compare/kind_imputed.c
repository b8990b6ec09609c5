/* A mean or share of a dataset of several imputations: by area, how many, of how many the answer was collected, the
 * pooled estimate with its interval, and how much of what it could tell is missing. */
#include "kinds.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contributions.h"
#include "lines.h"
#include "asked.h"
#include "imputed.h"
#include "mean.h"
#include "mem.h"
#include "rubin.h"

enum { POOLED_FIGURES = 3, MISSING_FIGURES = 2, DF_DECIMALS = 1 };

/* What is estimated: a mean, or the share of a code or group. */
struct estimated {
	size_t facet, rest; /* of the answers; 0, of a mean */
	char *term, *label; /* NULL, of a mean */
};

struct columns {
	size_t people, observed, estimate, missing; /* 0: not there */
};

static struct imputed *imputed_of(const struct analysis *analysis)
{
	return analysis->own;
}

/* --- begin --- */

static bool refuse(const struct analysis *analysis, struct error *err, const char *what, const char *help)
{
	error_at(err, ERROR_CONFIG, analysis->study_path, 0, "analysis %s is pooled over imputations: %s",
	         analysis->config->name, what);
	return error_help(err, "%s", help);
}

static bool check(struct analysis *analysis, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	static const char one[] = "leave it out, or filter by the imputation, such as imputation = 0";
	if (!analysis_find_variable(analysis, config->outcome, &analysis->outcome, err))
		return false;
	if (analysis->outcome == analysis->dataset->imputation)
		return refuse(analysis, err, "it cannot be of the imputation itself", "take another variable");
	if (config->compare_count)
		return refuse(analysis, err, "areas cannot be compared there", one);
	if (config->shrink)
		return refuse(analysis, err, "shrink cannot be had there", one);
	if (config->interval != STUDY_INTERVAL_WILSON)
		return refuse(analysis, err, "its interval is on the scale of the logit", "leave out interval");
	if (analysis->outcome->routed)
		return refuse(analysis, err, "not everybody was asked its outcome", "take another variable");
	if (config->kind == STUDY_MEAN)
		return analysis_check_number(analysis, err);
	return analysis_check_codes(analysis, analysis->outcome, err) && analysis_read_group(analysis, err);
}

static bool begin(struct analysis *analysis, struct error *err)
{
	struct imputed *imputed = analysis->own = mem_alloc(1, sizeof *imputed);
	analysis->tested_from = analysis_tested_base(analysis->dataset);
	if (!check(analysis, err) || !imputed_read(imputed, analysis, err))
		return false;
	if (!imputed->first)
		return refuse(analysis, err, "the file holds none but 0, the answers as collected",
		              "export the imputations too (mice: complete(imp, \"long\", include = TRUE)), or filter");
	analysis_label_areas(analysis);
	analysis_label(analysis, analysis->outcome);
	analysis->base = mem_print("%s with an answer to “%s”, which was imputed %zu times where it was missing",
	                           analysis->dataset->unit.plural, analysis->outcome->label, imputed->m);
	analysis->base[0] = (char)toupper((unsigned char)analysis->base[0]);
	return true;
}

static void free_own(void *own)
{
	if (own)
		imputed_free(own);
	free(own);
}

/* --- estimates --- */

/* Whether a position of the answers is in the facet. */
static bool is_in(const struct axis *axis, size_t facet, size_t atom)
{
	for (size_t i = 0; i < axis->facets[facet].atom_count; i++)
		if (axis->facets[facet].atoms[i] == atom)
			return true;
	return false;
}

/* Mean and its variance, of the answers, or of 1 (it) and 0 (not it), of those of the area who have one in the
 * imputation: s^2/n. */
static enum refusal estimate(double *mean, double *variance, size_t *n, const struct analysis *analysis,
                             const struct imputation *imputation, size_t area, const struct estimated *of)
{
	const struct imputed *imputed = imputed_of(analysis);
	double *values = mem_alloc(imputed->people, sizeof *values);
	struct mean_estimate estimated = { 0 };
	*n = 0;
	for (size_t i = 0; i < imputed->people; i++) {
		bool there = is_in(&imputation->areas, area, imputation->area[i])
		             && is_in(&imputation->answers, imputation->answers.answered, imputation->outcome[i]);
		if (there)
			values[(*n)++] = of->term ? is_in(&imputation->answers, of->facet, imputation->outcome[i])
			                          : imputation->value[i];
	}
	enum refusal refusal = mean_estimate(&estimated, values, *n, ANALYSIS_LEVEL);
	bool same = refusal == REFUSAL_ZERO_VARIANCE; /* others may differ: only all of them together say nothing */
	*mean = same ? values[0] : estimated.mean;
	*variance = same || refusal ? 0 : estimated.sd * estimated.sd / (double)*n;
	free(values);
	return same ? REFUSAL_NONE : refusal;
}

static enum refusal pool(struct rubin *pooled, size_t *n, const struct analysis *analysis, size_t area,
                         const struct estimated *of)
{
	const struct imputed *imputed = imputed_of(analysis);
	double *estimates = mem_alloc(imputed->m, sizeof *estimates),
	       *variances = mem_alloc(imputed->m, sizeof *variances);
	enum refusal refusal = REFUSAL_NONE;
	for (size_t i = 0; i < imputed->m && !refusal; i++)
		refusal = estimate(&estimates[i], &variances[i], n, analysis, &imputed->first[i], area, of);
	if (!refusal)
		refusal = rubin_pool(pooled, estimates, variances, imputed->m, (double)*n - 1, ANALYSIS_LEVEL);
	free(estimates);
	free(variances);
	return refusal;
}

/* In per cent, and its limits on the scale of the logit, where they stay between 0 and 100: logit p -/+ t se/(p(1 -
 * p)). */
static void as_share(struct rubin *pooled)
{
	double p = pooled->estimate, t = (pooled->high - p) / pooled->se, logit = log(p / (1 - p)),
	       half = t * pooled->se / (p * (1 - p));
	pooled->low = 100 / (1 + exp(half - logit));
	pooled->high = 100 / (1 + exp(-half - logit));
	pooled->estimate = 100 * p;
}

/* --- what lines rest on --- */

static size_t sum_of(const struct analysis *analysis, const struct imputation *imputation, size_t area)
{
	const struct dataset_variable *outcome = analysis->outcome;
	double least = outcome->least, most = outcome->most;
	for (size_t i = 0; i < outcome->code_count; i++) {
		double value = (double)outcome->codes[i].integer;
		least = i == 0 || value < least ? value : least;
		most = i == 0 || value > most ? value : most;
	}
	const size_t answered = imputation->answers.answered;
	const struct lattice_point point = { { area, answered } };
	size_t measure = universe_measure(analysis->universe, imputed_cell(imputation, area, answered), outcome->name,
	                                  least, most, (double)lattice_tally(imputation->lattice, point).total);
	analysis_measure_whole(analysis, measure, outcome);
	contributions_note(analysis, measure, imputation->lattice, point, NULL);
	return measure;
}

/* Of every area and what is left of it: whoever knows the sums of two of them knows the third. */
static void add_sums(const struct analysis *analysis)
{
	const struct imputed *imputed = imputed_of(analysis);
	for (size_t i = 0; i < imputed->m; i++)
		for (size_t area = 0; area < imputed->first[i].areas.facet_count; area++)
			sum_of(analysis, &imputed->first[i], area);
}

/* An average over the imputations: whoever knew each of them would know it, so each has to be fit to be shown. */
static void rest_on(const struct analysis *analysis, size_t area, const struct estimated *of,
                    struct analysis_rests *rests)
{
	const struct imputed *imputed = imputed_of(analysis);
	for (size_t i = 0; i < imputed->m; i++) {
		const struct imputation *imputation = &imputed->first[i];
		analysis_rest_cell(rests, imputed_cell(imputation, area, imputation->answers.answered));
		if (of && of->term) {
			analysis_rest_cell(rests, imputed_cell(imputation, area, of->facet));
			analysis_rest_cell(rests, imputed_cell(imputation, area, of->rest));
		} else if (of) {
			analysis_rest_measure(rests, sum_of(analysis, imputation, area));
		}
	}
}

/* --- lines --- */

static void add_entries(struct analysis *analysis, size_t line, size_t column, const size_t *figures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i, figures[i]);
}

static void add_people(struct analysis *analysis, size_t area, const char *code, size_t line,
                       const struct columns *columns)
{
	const struct imputed *imputed = imputed_of(analysis);
	struct analysis_rests rests = { 0 };
	rest_on(analysis, area, NULL, &rests);
	analysis_result(analysis, (struct result){ .statistic = "count", .area = code, .level = NAN }, &rests,
	                REFUSAL_NONE, 0);
	size_t figure =
		analysis_figure_count(analysis, imputed_cell(imputed->first, area, imputed->first->answers.answered));
	universe_entry(analysis->universe, analysis->arrangement, line, columns->people, figure);
	if (!columns->observed)
		return;
	figure = analysis_count_line(analysis, (struct result){ .statistic = "observed", .area = code },
	                             imputed_cell(imputed->collected, area, imputed->collected->answers.answered));
	universe_entry(analysis->universe, analysis->arrangement, line, columns->observed, figure);
}

static void add_pooled(struct analysis *analysis, size_t area, const char *code, size_t line,
                       const struct estimated *of, const struct columns *columns)
{
	const struct imputed *imputed = imputed_of(analysis);
	struct rubin pooled = { 0 };
	size_t n = 0;
	int decimals = analysis->config->decimals;
	enum refusal refusal = pool(&pooled, &n, analysis, area, of);
	double missing = 100 * pooled.missing;
	if (!refusal && of->term)
		as_share(&pooled);
	bool wide = !refusal && of->term && pooled.high - pooled.low >= 30; /* points */
	struct analysis_rests rests = { 0 };
	rest_on(analysis, area, of, &rests);
	analysis_result(
		analysis,
		(struct result){ .statistic = of->term ? "pooled_share" : "pooled_mean",
	                         .category = of->term,
	                         .area = code,
	                         .method = of->term ? "Rubin's rules, Barnard and Rubin's df, t interval of the logit"
	                                            : "Rubin's rules, Barnard and Rubin's df, t interval",
	                         .level = ANALYSIS_LEVEL },
		&rests, refusal, analysis_cautions((long long)n) | (wide ? CAUTION_WIDE_INTERVAL : 0));
	const size_t figures[POOLED_FIGURES] = {
		analysis_figure(analysis, "estimate", decimals, pooled.estimate),
		analysis_figure(analysis, "low", decimals, pooled.low),
		analysis_figure(analysis, "high", decimals, pooled.high),
	};
	add_entries(analysis, line, columns->estimate, figures, POOLED_FIGURES);
	if (!columns->missing)
		return;
	/* how much is missing tells how many were imputed */
	const struct axis *answers = &imputed->collected->answers;
	rest_on(analysis, area, of, &rests);
	analysis_rest_cell(&rests, imputed_cell(imputed->collected, area, answers->answered));
	if (answers->missing)
		analysis_rest_cell(&rests, imputed_cell(imputed->collected, area, answers->missing));
	analysis_result(analysis,
	                (struct result){ .statistic = "missing_information",
	                                 .category = of->term,
	                                 .area = code,
	                                 .method = "Rubin's rules, Barnard and Rubin's df",
	                                 .level = NAN },
	                &rests, refusal, 0);
	const size_t told[MISSING_FIGURES] = {
		analysis_figure(analysis, "estimate", 0, missing),
		analysis_figure(analysis, "df", DF_DECIMALS, pooled.df),
	};
	add_entries(analysis, line, columns->missing, told, MISSING_FIGURES);
}

/* --- the table --- */

/* Every complement stands right behind its facet where it is a group, and behind all codes where it is a code. */
static struct estimated *estimated_all(const struct analysis *analysis, size_t *count)
{
	const struct dataset_variable *outcome = analysis->outcome;
	const struct imputed *imputed = imputed_of(analysis);
	const struct axis *answers = &imputed->first->answers;
	bool share = analysis->config->kind == STUDY_SHARE;
	*count = share && !analysis->group ? outcome->code_count : 1;
	struct estimated *all = mem_alloc(*count, sizeof *all);
	if (!share)
		return all;
	if (!analysis->group) {
		for (size_t i = 0; i < *count; i++)
			all[i] = (struct estimated){ answers->first_code + i,
				                     answers->first_code + outcome->code_count + i,
				                     mem_copy_text(outcome->codes[i].code),
				                     mem_copy_text(outcome->codes[i].label) };
		return all;
	}
	struct text label = { 0 };
	size_t size = 0, single = 0;
	for (size_t i = 0; i < outcome->code_count; i++)
		if (analysis->group[i]) {
			text_print(&label, "%s%s", size++ ? " or " : "", outcome->codes[i].label);
			single = i;
		}
	size_t rest = size == 1 ? answers->first_code + outcome->code_count + single : answers->group + 1;
	const char *term = answers->facets[answers->group].term + strlen(outcome->term) + 1;
	*all = (struct estimated){ answers->group, rest, mem_copy_text(term), label.bytes };
	return all;
}

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	bool share = analysis->config->kind == STUDY_SHARE;
	const char *plural = analysis->dataset->unit.plural, *unit = share ? "%" : analysis->outcome->unit;
	struct columns columns = { .people = universe_column(universe, to, "People", plural) };
	if (imputed_of(analysis)->collected)
		columns.observed = universe_column(universe, to, "Of these answered", plural);
	columns.estimate = universe_column(universe, to, share ? "Pooled share" : "Pooled mean", unit);
	universe_column(universe, to, "95% lower limit", unit);
	universe_column(universe, to, "95% upper limit", unit);
	if (imputed_of(analysis)->collected) {
		columns.missing = universe_column(universe, to, "Missing information", "%");
		universe_column(universe, to, "df", NULL);
	}
	return columns;
}

static void arrange(struct analysis *analysis)
{
	char *method = mem_print(
		"What was missing was imputed %zu times, not by this program. The %s of each imputation are pooled by Rubin's "
		"rules (1987), with Barnard and Rubin's degrees of freedom (1999) and a 95 per cent t interval%s. No test "
		"across the areas.",
		imputed_of(analysis)->m, analysis->config->kind == STUDY_SHARE ? "shares" : "means",
		analysis->config->kind == STUDY_SHARE ? " on the scale of the logit" : "");
	analysis_arrange(analysis, method);
	free(method);
}

static void say(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	const struct imputed *imputed = imputed_of(analysis);
	size_t count = 0;
	struct estimated *all = estimated_all(analysis, &count);
	arrange(analysis);
	struct columns columns = add_columns(analysis);
	if (analysis->config->kind == STUDY_MEAN)
		add_sums(analysis);
	for (size_t a = 0; a <= dataset->area_count; a++) {
		bool total = a == dataset->area_count;
		size_t area = total ? AXIS_EVERYBODY : imputed->first->areas.first_code + a;
		const char *code = total ? NULL : dataset->areas[a].code,
			   *heading = total ? "All areas" : dataset->areas[a].label;
		for (size_t i = 0; i < count; i++) {
			char *words = count > 1 ? mem_print("%s: %s", heading, all[i].label) : mem_copy_text(heading);
			size_t line = universe_line(analysis->universe, analysis->arrangement, words, code,
			                            total ? "total" : "area");
			if (i == 0)
				add_people(analysis, area, code, line, &columns);
			add_pooled(analysis, area, code, line, &all[i], &columns);
			free(words);
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (all[i].term)
			analysis_label_code(analysis, analysis->outcome->name, all[i].term, all[i].label);
		free(all[i].term);
		free(all[i].label);
	}
	free(all);
}

const struct analysis_kind kind_imputed = { .begin = begin, .say = say, .free = free_own };
