/* Kind quantile: by area and over all of them, the values below which a part of the answers lies: median, quartiles.
 *
 * A quantile is somebody's answer, and so are its limits; each says how many lie on either side of it. So a line goes
 * by places among the ordered answers, which depend on how many answered and not on what: at least the unit's threshold
 * of answers lies beyond both limits, and the intervals of two quantiles of a row do not reach into one another. Codes
 * are few, and somebody counts those who gave one: there a quantile has no interval, whose limits would tell how few
 * gave the codes between, and at least the threshold lies between two quantiles. All areas together, and a group of
 * areas, show no quantile where one of the areas is hidden, whose answers the others' quantiles would bound. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "mem.h"
#include "quantile.h"
#include "survey_mean.h"
#include "survey_quantile.h"

enum { MEDIAN_AND_QUARTILES = 3, FIGURES = 3 };

struct columns {
	size_t base, plain, weighted; /* the first of each group; 0: not there */
};

/* The quantiles that are asked for. */
struct asked {
	double p[MEDIAN_AND_QUARTILES];
	const double *given; /* p, or the config's */
	size_t count, figures;
};

/* The answers of a row in ascending order, with the weights of those who gave them. */
struct answer {
	double value, weight;
	size_t member;
};

struct answers {
	struct answer *ascending;
	double *values, *below; /* in this order */
	size_t *members, n;
};

/* --- what is asked for --- */

static bool has_codes(const struct analysis *analysis)
{
	return analysis->outcome->code_count > 0;
}

static void take_asked(struct asked *asked, const struct analysis *analysis)
{
	const struct study_analysis *config = analysis->config;
	*asked = (struct asked){ .p = { 0.25, 0.5, 0.75 }, .count = MEDIAN_AND_QUARTILES };
	asked->given = asked->p;
	if (config->quantiles_count) {
		asked->given = config->quantiles;
		asked->count = config->quantiles_count;
	}
	asked->figures = has_codes(analysis) ? 1 : FIGURES;
}

/* Free with free(). */
static char *name_of(double p)
{
	return p == 0.5    ? mem_copy_text("Median")
	       : p == 0.25 ? mem_copy_text("Lower quartile")
	       : p == 0.75 ? mem_copy_text("Upper quartile")
	                   : mem_print("Quantile %g", p);
}

static size_t add_group(struct analysis *analysis, const struct asked *asked, const char *suffix)
{
	struct universe *universe = analysis->universe;
	const char *unit = analysis->outcome->unit;
	size_t to = analysis->arrangement, first = 0;
	for (size_t q = 0; q < asked->count; q++) {
		char *name = name_of(asked->given[q]);
		char *headings[FIGURES] = { mem_print("%s%s", name, suffix),
			                    mem_print("%s: 95%% lower limit%s", name, suffix),
			                    mem_print("%s: 95%% upper limit%s", name, suffix) };
		for (size_t i = 0; i < FIGURES; i++) {
			size_t column = i < asked->figures ? universe_column(universe, to, headings[i], unit) : 0;
			first = first ? first : column;
			free(headings[i]);
		}
		free(name);
	}
	return first;
}

static struct columns add_columns(struct analysis *analysis, const struct asked *asked)
{
	const struct dataset *dataset = analysis->dataset;
	struct columns columns = { .base = universe_column(analysis->universe, analysis->arrangement, "Answered",
		                                           dataset->unit.plural) };
	columns.plain = add_group(analysis, asked, "");
	if (dataset->designed)
		columns.weighted = add_group(analysis, asked, dataset->weighted ? ", weighted" : ", by design");
	return columns;
}

/* --- answers in their order --- */

static int by_value(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return a->member < b->member ? -1 : a->member > b->member;
}

static struct answers gather(const struct analysis *analysis, const struct analysis_row *row)
{
	const struct survey_design *design = &analysis->dataset->design;
	size_t n = row->member_count;
	struct answers answers = { .ascending = mem_alloc(n, sizeof *answers.ascending),
		                   .values = mem_alloc(n, sizeof *answers.values),
		                   .below = mem_alloc(n, sizeof *answers.below),
		                   .members = mem_alloc(n, sizeof *answers.members),
		                   .n = n };
	for (size_t i = 0; i < n; i++) {
		size_t member = analysis->members[row->first_member + i];
		answers.ascending[i] = (struct answer){ analysis->sample->value[member],
			                                design->weight ? design->weight[member] : 1, member };
	}
	mem_sort(answers.ascending, n, sizeof *answers.ascending, by_value);
	for (size_t i = 0; i < n; i++) {
		answers.values[i] = answers.ascending[i].value;
		answers.members[i] = answers.ascending[i].member;
	}
	return answers;
}

static void release(struct answers *answers)
{
	free(answers->ascending);
	free(answers->values);
	free(answers->below);
	free(answers->members);
}

/* --- what may be told --- */

/* How many answers must lie beyond what is shown. */
static size_t beside(const struct analysis *analysis)
{
	const struct unit *unit = &analysis->dataset->unit;
	int least = unit->threshold > analysis->dataset->tail ? unit->threshold : analysis->dataset->tail;
	return unit->confidential && least > 1 ? (size_t)least : 1;
}

/* Whether enough lie beyond the places; `last` is the highest place shown so far, and becomes this one's. */
static bool may_be_told(const struct analysis *analysis, const struct quantile_ranks *ranks, size_t n, size_t *last)
{
	size_t least = beside(analysis);
	bool codes = has_codes(analysis);
	size_t low = codes ? ranks->at : ranks->low, high = codes ? ranks->at : ranks->high;
	bool apart = *last == 0 || low > *last + (codes ? least : 0);
	if (low <= least || high + least > n || !apart)
		return false;
	*last = high;
	return true;
}

/* The place at which the share of the weights reaches p. */
static size_t place_of(const struct answers *answers, double p)
{
	long double sum = 0, so_far = 0;
	size_t at = 0;
	for (size_t i = 0; i < answers->n; i++)
		sum += answers->ascending[i].weight;
	for (size_t i = 0; i < answers->n; i++) {
		so_far += answers->ascending[i].weight;
		at = i + 1;
		if (so_far >= (p - 1e-12L) * sum)
			break;
	}
	return at;
}

/* The places of a weighted quantile and of its limits, which are those of the share that lies at or below it
 * (survey_quantile.h). */
static struct quantile_ranks weighted_ranks(const struct analysis *analysis, const struct answers *answers, double p,
                                            double value)
{
	struct quantile_ranks ranks = { .at = place_of(answers, p) };
	struct survey_mean share = { 0 };
	if (has_codes(analysis))
		return ranks;
	for (size_t i = 0; i < answers->n; i++)
		answers->below[i] = answers->values[i] <= value;
	if (survey_mean(&share, &analysis->dataset->design, answers->below, answers->members, answers->n,
	                ANALYSIS_LEVEL)
	    == REFUSAL_NONE) {
		ranks.low = place_of(answers, share.low);
		ranks.high = place_of(answers, share.high);
	}
	return ranks;
}

/* --- lines --- */

static void rest_on(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests)
{
	analysis_rest_mean(analysis, row, rests);
	for (size_t r = 0; r < analysis->row_count; r++)
		if (analysis_row_unites(analysis, row, r))
			analysis_rest_mean(analysis, &analysis->rows[r], rests);
}

/* A line of results and its entries: with an interval, or of codes the value alone. */
struct said {
	const char *statistic, *method, *weight;
	double p, value, low, high;
	enum refusal refusal;
	unsigned cautions;
};

static void add_line(struct analysis *analysis, const struct analysis_row *row, const struct said *said, size_t line,
                     size_t column)
{
	struct analysis_rests rests = { 0 };
	bool codes = has_codes(analysis);
	int decimals = analysis->config->decimals;
	char *category = mem_print("%g", said->p);
	rest_on(analysis, row, &rests);
	if (strncmp(said->statistic, "weighted", strlen("weighted")) == 0)
		analysis_rest_design(analysis, row, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = said->statistic,
	                                 .category = category,
	                                 .area = row->area,
	                                 .method = said->method,
	                                 .weight = said->weight,
	                                 .level = codes ? NAN : ANALYSIS_LEVEL },
	                &rests, said->refusal, said->cautions);
	const struct {
		const char *name;
		double value;
	} figures[FIGURES] = { { "estimate", said->value }, { "low", said->low }, { "high", said->high } };
	for (size_t i = 0; i < (codes ? 1 : FIGURES); i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i,
		               analysis_figure(analysis, figures[i].name, decimals, figures[i].value));
	free(category);
}

static void add_plain(struct analysis *analysis, const struct analysis_row *row, const struct answers *answers,
                      const struct asked *asked, size_t line, size_t column)
{
	bool codes = has_codes(analysis);
	size_t last = 0;
	for (size_t q = 0; q < asked->count; q++) {
		struct quantile quantile = { 0 };
		enum refusal refusal =
			quantile_estimate(&quantile, answers->values, answers->n, asked->given[q], ANALYSIS_LEVEL);
		if (codes && refusal == REFUSAL_INTERVAL_OPEN)
			refusal = REFUSAL_NONE;
		if (!refusal && !may_be_told(analysis, &quantile.ranks, answers->n, &last))
			refusal = REFUSAL_FEWER_BESIDE_THAN_THRESHOLD;
		const struct said said = { .statistic = "quantile",
			                   .method = codes ? "smallest code with the share at or below it"
			                                   : "order statistic, binomial interval",
			                   .p = asked->given[q],
			                   .value = quantile.value,
			                   .low = quantile.low,
			                   .high = quantile.high,
			                   .refusal = refusal,
			                   .cautions = analysis_cautions((long long)answers->n) };
		add_line(analysis, row, &said, line, column + q * asked->figures);
	}
}

/* Of codes, that the interval alone cannot be reckoned is no reason. */
static enum refusal estimate_weighted(struct survey_estimate *estimate, const struct analysis *analysis,
                                      const struct answers *answers, double p)
{
	enum refusal refusal = survey_quantile(estimate, &analysis->dataset->design, answers->values, answers->members,
	                                       answers->n, p, SURVEY_QUANTILE_MATH, ANALYSIS_LEVEL);
	return has_codes(analysis) && estimate->n_kish > 0 ? REFUSAL_NONE : refusal;
}

static void add_weighted(struct analysis *analysis, const struct analysis_row *row, const struct answers *answers,
                         const struct asked *asked, size_t line, size_t column)
{
	bool codes = has_codes(analysis);
	const struct dataset *dataset = analysis->dataset;
	char *method = codes ? mem_copy_text("smallest code with the weighted share at or below it")
	                     : mem_print("%s%s, Woodruff interval", dataset->variance, dataset->drawing);
	size_t last = 0;
	for (size_t q = 0; q < asked->count; q++) {
		struct survey_estimate estimate = { 0 };
		double p = asked->given[q];
		enum refusal refusal = estimate_weighted(&estimate, analysis, answers, p);
		struct quantile_ranks ranks = { 0 };
		if (!refusal)
			ranks = weighted_ranks(analysis, answers, p, estimate.value);
		if (!refusal && !may_be_told(analysis, &ranks, answers->n, &last))
			refusal = REFUSAL_FEWER_BESIDE_THAN_THRESHOLD;
		estimate.se = 0; /* a quantile may be near 0 and well known */
		const struct said said = { .statistic = "weighted_quantile",
			                   .method = method,
			                   .weight = dataset->weight,
			                   .p = p,
			                   .value = estimate.value,
			                   .low = estimate.low,
			                   .high = estimate.high,
			                   .refusal = refusal,
			                   .cautions = analysis_estimate_cautions(&estimate, answers->n) };
		add_line(analysis, row, &said, line, column + q * asked->figures);
	}
	free(method);
}

/* --- the table --- */

static void arrange(struct analysis *analysis)
{
	struct text method = { 0 };
	const struct dataset *dataset = analysis->dataset;
	bool codes = has_codes(analysis);
	text_print(&method, "A quantile is the smallest answer that has its share of the answers at or below it%s.",
	           codes ? "" : ", with a 95 per cent interval between two answers, by the binomial distribution");
	analysis_say_design(analysis, &method, codes ? "quantile" : "quantile with a 95 per cent interval by Woodruff");
	if (dataset->unit.confidential)
		text_print(&method, " None is given where fewer than %zu answers would lie beyond what is shown%s.",
		           beside(analysis),
		           codes ? ", or between two quantiles" : ", or where two intervals would meet");
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
}

static void say(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	struct asked asked;
	take_asked(&asked, analysis);
	arrange(analysis);
	struct columns columns = add_columns(analysis, &asked);
	analysis_add_measures(analysis);
	for (size_t q = 0; q < asked.count; q++) {
		char *name = mem_print("%s=%g", analysis->outcome->name, asked.given[q]),
		     *label = name_of(asked.given[q]);
		universe_label(universe, "code", name, label);
		free(name);
		free(label);
	}
	for (size_t i = 0; i < analysis_line_count(analysis); i++) {
		const struct analysis_row *row = &analysis->rows[analysis_line_row(analysis, i)];
		struct answers answers = gather(analysis, row);
		size_t line = universe_line(universe, analysis->arrangement, row->heading, row->code, row->kind);
		universe_entry(universe, analysis->arrangement, line, columns.base, analysis_base(analysis, row));
		add_plain(analysis, row, &answers, &asked, line, columns.plain);
		if (columns.weighted)
			add_weighted(analysis, row, &answers, &asked, line, columns.weighted);
		release(&answers);
	}
}

static bool check(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *outcome = analysis->outcome;
	bool named = outcome->code_count > 0
	             && (text_equal(outcome->level, "nominal") || text_equal(outcome->level, "binary"));
	if (!sample_is_number(outcome) || named) {
		analysis_wrong(analysis, err,
		               "a quantile needs answers in an order, and these have none:", outcome->name);
		return error_help(err, "take a number, or codes that are whole numbers and of level ordinal or scale");
	}
	return analysis_check_adjusted(analysis, err);
}

const struct analysis_kind kind_quantile = { .begin = analysis_begin, .say = say, .check = check, .sums = true };
