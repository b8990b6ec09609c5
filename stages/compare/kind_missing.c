/* Kind missing: of several questions, how many were asked and gave no answer, and why, by area; which of them are left
 * unanswered together; and whether that looks like chance (Little's test). Nobody's answers are told but by that test.
 */
#include "kinds.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "attrition.h"
#include "completeness_table.h"
#include "little.h"
#include "mem.h"
#include "missing_patterns.h"

struct missing {
	struct completeness questions;
	bool filtered;
	size_t filter; /* its own, of the samples' filters */
	struct missing_patterns patterns;
};

/* What takes the place of a variable in lines about several; no variable can be named so. */
static const char outcome_patterns[] = "answers/patterns";

enum { MANY_POINTS = 10 }; /* by which the shares of two areas differ much */

static struct missing *missing_of(const struct analysis *analysis)
{
	return analysis->own;
}

/* --- begin --- */

static bool find_question(const struct analysis *analysis, const char *name, const struct dataset_variable **variable,
                          struct error *err)
{
	if (!analysis_find_variable(analysis, name, variable, err))
		return false;
	if (strcmp((*variable)->type, "text") != 0 && strcmp((*variable)->type, "id") != 0)
		return true;
	analysis_wrong(analysis, err, "answers in words, and ids, are not counted:", name);
	return error_help(err, "take a number, a date or a variable with codes");
}

static bool read_questions(struct analysis *analysis, size_t unit, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	struct completeness *questions = &missing_of(analysis)->questions;
	const struct dataset_variable *variable = NULL;
	questions->questions = mem_alloc(config->variables_count, sizeof *questions->questions);
	bool ok = true;
	for (unsigned i = 0; i < config->variables_count && ok; i++) {
		ok = find_question(analysis, config->variables[i], &variable, err);
		/* counted before it is read, so that completeness_free finds it; zeroed */
		ok = ok
		     && completeness_question_read(&questions->questions[questions->count++], analysis, unit, variable,
		                                   analysis->subgroups, true, err)
		     && (i > 0
		         || (analysis_check_people(analysis, questions->questions[0].sample, err)
		             && attrition_refuse(analysis, questions->questions[0].sample, err)));
		if (ok)
			analysis_label(analysis, variable);
	}
	return ok;
}

static char *base_words(const struct analysis *analysis)
{
	const struct study_analysis *config = analysis->config;
	char *words = mem_print("%s, whether or not they answered%s%s", analysis->dataset->unit.plural,
	                        !config->filter      ? ""
	                        : config->population ? ", of those "
	                                             : ", of those for whom ",
	                        !config->filter      ? ""
	                        : config->population ? config->population
	                                             : config->filter);
	words[0] = (char)toupper((unsigned char)words[0]);
	return words;
}

static bool begin(struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	struct missing *missing = analysis->own = mem_alloc(1, sizeof *missing);
	analysis->tested_from = analysis_tested_base(dataset);
	size_t unit = universe_unit(analysis->universe, dataset->unit.name, dataset->unit.plural,
	                            dataset->unit.confidential, dataset->unit.threshold);
	bool ok = read_questions(analysis, unit, err)
	          && missing_patterns_read(&missing->patterns, analysis, unit, missing->questions.questions,
	                                   missing->questions.count, err);
	missing->filter = analysis_own_filter(analysis);
	missing->filtered = missing->filter < analysis->subgroups->count;
	analysis->base = base_words(analysis);
	return ok;
}

static void free_own(void *own)
{
	struct missing *missing = own;
	if (!missing)
		return;
	missing_patterns_free(&missing->patterns);
	completeness_free(&missing->questions);
	free(missing);
}

static void arrange(struct analysis *analysis, const char *part, const char *about, const char *method)
{
	analysis->arrangement = analysis_begin_part(
		analysis, (struct analysis_part){ .part = part, .about = about, .kind = "account", .method = method });
}

/* --- by area and reason --- */

/* By how many points the shares of missing answers differ, between those areas where enough people were asked. It rests
 * on all areas: that one is left out would tell that few were asked there. */
static void say_range(struct analysis *analysis, const struct completeness_question *question, size_t line,
                      size_t column)
{
	size_t facet = completeness_unanswered(question), taken = 0;
	struct analysis_rests rests = { 0 };
	double least = INFINITY, most = -INFINITY;
	for (size_t a = 0; a < analysis->dataset->area_count && facet; a++) {
		size_t area = question->areas.first_code + a,
		       asked = completeness_cell(question, area, question->answers.asked),
		       missing = completeness_cell(question, area, facet);
		analysis_rest_cell(&rests, asked);
		analysis_rest_cell(&rests, missing);
		if (analysis->universe->cells[asked - 1].n < analysis->tested_from)
			continue;
		double share = 100 * (double)analysis->universe->cells[missing - 1].n
		               / (double)analysis->universe->cells[asked - 1].n;
		least = fmin(least, share);
		most = fmax(most, share);
		taken++;
	}
	if (!facet)
		return;
	char *method = mem_print("between the areas where at least %d were asked", analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = "missing_range",
	                                 .outcome = question->variable->name,
	                                 .method = method,
	                                 .level = NAN },
	                &rests, taken < 2 ? REFUSAL_FEWER_THAN_2_AREAS : REFUSAL_NONE,
	                most - least > MANY_POINTS ? CAUTION_MISSING_DIFFERS : 0);
	universe_entry(
		analysis->universe, analysis->arrangement, line, column,
		analysis_figure(analysis, "estimate", analysis->config->decimals, taken < 2 ? NAN : most - least));
	free(method);
}

static void note_no_patterns(struct analysis *analysis)
{
	static const char *const words[] = {
		[MISSING_PATTERNS_NO_QUESTION] = "Which answers are missing together is not listed: none of these "
						 "questions was put to everybody and may be left unanswered.",
		[MISSING_PATTERNS_TOO_MANY] = "Which answers are missing together is listed of up to six questions "
					      "only.",
		[MISSING_PATTERNS_TIED] = "Which answers are missing together is not listed: another table is about "
					  "what is made of several of them, and the two together would tell answers.",
	};
	const char *note = words[missing_of(analysis)->patterns.not ];
	if (note)
		universe_note(analysis->universe, analysis->arrangement, note);
}

static void say_questions(struct analysis *analysis)
{
	const struct completeness *questions = &missing_of(analysis)->questions;
	const struct dataset *dataset = analysis->dataset;
	char *method = mem_print(
		"Asked are all but those whom the question was not for. Asked = answered + missing; missing = the sum of "
		"its reasons, but for not asked and not applicable. The last column is by how many points the share of "
		"missing answers differs between the areas where at least %d were asked.",
		analysis->tested_from);
	arrange(analysis, NULL, NULL, method);
	struct completeness_columns columns =
		completeness_columns(analysis, questions->questions, questions->count, COMPLETENESS_MISSING);
	size_t range = universe_column(analysis->universe, analysis->arrangement, "Difference between areas", "points");
	for (size_t i = 0; i < questions->count; i++) {
		const struct completeness_question *question = &questions->questions[i];
		for (size_t a = 0; a <= dataset->area_count; a++) {
			bool all = a == dataset->area_count;
			const char *code = all ? NULL : dataset->areas[a].code;
			char *heading = mem_print("%s: %s", completeness_words(question),
			                          all ? "all areas" : dataset->areas[a].label);
			size_t line = universe_line(analysis->universe, analysis->arrangement, heading, code,
			                            all ? "total" : "area");
			completeness_say(analysis, question, all ? AXIS_EVERYBODY : question->areas.first_code + a,
			                 code, line, &columns, analysis->base);
			if (all)
				say_range(analysis, question, line, range);
			free(heading);
		}
	}
	note_no_patterns(analysis);
	free(method);
}

/* --- patterns --- */

struct pattern_columns {
	size_t n, share, test; /* test 0: none */
};

static unsigned bits_of(unsigned lacking)
{
	unsigned bits = 0;
	for (; lacking; lacking >>= 1)
		bits += lacking & 1;
	return bits;
}

/* Its number and its share of everybody, in a line of the table. */
static void say_people(struct analysis *analysis, struct pattern_columns columns, const char *heading,
                       const char *category, const char *kind, size_t cell)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement, everybody = missing_of(analysis)->patterns.everybody;
	size_t line = universe_line(universe, to, heading, NULL, kind);
	struct result of = { .statistic = "pattern", .outcome = outcome_patterns, .category = category, .level = NAN };
	analysis_label_code(analysis, outcome_patterns, category, heading);
	universe_entry(universe, to, line, columns.n, analysis_count_line(analysis, of, cell));
	if (cell == everybody)
		return;
	double n = (double)universe->cells[cell - 1].n, all = (double)universe->cells[everybody - 1].n;
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_rest_cell(&rests, everybody);
	of.statistic = "pattern_share";
	analysis_result(analysis, of, &rests, all == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE, 0);
	universe_entry(universe, to, line, columns.share,
	               analysis_figure_share(analysis, all == 0 ? NAN : 100 * n / all, cell, everybody));
}

static void say_pattern(struct analysis *analysis, struct pattern_columns columns, unsigned lacking)
{
	const struct missing_patterns *patterns = &missing_of(analysis)->patterns;
	struct text heading = { 0 }, category = { 0 };
	for (size_t i = 0; i < patterns->count; i++)
		if (lacking >> i & 1) {
			const struct completeness_question *question = patterns->questions[i];
			text_print(&heading, "%s%s", heading.length ? "; " : "Missing: ", completeness_words(question));
			text_print(&category, "%s%s", category.length ? "," : "missing:", question->variable->name);
		}
	say_people(analysis, columns, heading.bytes, category.bytes, "pattern",
	           missing_patterns_cell(patterns, lacking));
	text_free(&heading);
	text_free(&category);
}

/* The numbers among the questions that everybody was asked, of those whom the filter takes: row after row, NaN for what
 * is missing. Free with free(). */
static double *gather_numbers(const struct analysis *analysis, size_t *rows, size_t *count, struct text *names)
{
	const struct missing *missing = missing_of(analysis);
	const struct completeness_question *questions = missing->questions.questions, *first = &questions[0];
	size_t people = first->sample->count;
	double *values = mem_alloc(people * missing->questions.count, sizeof *values);
	*count = *rows = 0;
	for (size_t q = 0; q < missing->questions.count; q++) {
		if (questions[q].divided || !sample_is_number(questions[q].variable))
			continue;
		text_print(names, "%s%s", names->length ? ", " : "", questions[q].variable->name);
		++*count;
	}
	for (size_t i = 0; i < people && *count; i++) {
		size_t column = 0;
		if (missing->filtered && !(first->sample->filters[i] >> missing->filter & 1))
			continue;
		for (size_t q = 0; q < missing->questions.count; q++)
			if (!questions[q].divided && sample_is_number(questions[q].variable))
				values[*rows * *count + column++] = questions[q].sample->value[i];
		++*rows;
	}
	return values;
}

/* It is an equation over who lacks what and their means: shown only where every pattern is. */
static void say_little(struct analysis *analysis, struct pattern_columns columns)
{
	const struct missing_patterns *patterns = &missing_of(analysis)->patterns;
	struct little little = { 0 };
	struct text names = { 0 };
	size_t rows = 0, count = 0;
	double *values = gather_numbers(analysis, &rows, &count, &names);
	enum refusal refusal = little_mcar(&little, values, rows, count);
	struct analysis_rests rests = { 0 };
	for (unsigned lacking = 0; lacking < 1u << patterns->count; lacking++)
		analysis_rest_cell(&rests, missing_patterns_cell(patterns, lacking));
	char *method = mem_print("Little's test by EM under a normal distribution, of %s",
	                         names.length ? names.bytes : "no number");
	analysis_result(
		analysis,
		(struct result){
			.statistic = "little_mcar", .outcome = outcome_patterns, .method = method, .level = NAN },
		&rests, refusal, analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0);
	const size_t figures[] = {
		analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, little.statistic),
		analysis_figure(analysis, "df", 0, little.df),
		analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, little.p),
	};
	size_t line = universe_line(analysis->universe, analysis->arrangement, "Missing by chance? (Little's test)",
	                            NULL, "test");
	for (size_t i = 0; i < COUNT(figures); i++)
		universe_entry(analysis->universe, analysis->arrangement, line, columns.test + i, figures[i]);
	free(method);
	free(values);
	text_free(&names);
}

static struct pattern_columns add_columns(struct analysis *analysis, bool test)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	struct pattern_columns columns = { .n = universe_column(universe, to, "People", analysis->dataset->unit.plural),
		                           .share = universe_column(universe, to, "Of all", "%") };
	if (test) {
		columns.test = universe_column(universe, to, "Chi-square", NULL);
		universe_column(universe, to, "df", NULL);
		universe_column(universe, to, "p", NULL);
	}
	return columns;
}

static void say_patterns(struct analysis *analysis)
{
	const struct missing_patterns *patterns = &missing_of(analysis)->patterns;
	/* where weights are adjusted to margins, nothing unweighted stands beside the weighted figures */
	bool test = analysis->config->test && !analysis->dataset->adjusted_within;
	struct text method = { 0 };
	text_add(&method,
	         "Complete cases answered all of the questions that everybody was asked and that may be left "
	         "unanswered; each other line lacks those that it names, and no other. The lines add up to all.");
	if (test)
		text_print(&method,
		           " Test: Little's, of whether answers are missing completely at random; it is of the numbers "
		           "among these questions%s.",
		           analysis_untested(analysis, ", without the weights", ", without the design"));
	arrange(analysis, "patterns", "which answers are missing together", method.bytes);
	universe_label(analysis->universe, "variable", outcome_patterns, "Which answers are missing together");
	struct pattern_columns columns = add_columns(analysis, test);
	say_people(analysis, columns, "All", "all", "total", patterns->everybody);
	say_people(analysis, columns, "Complete cases", "complete", "pattern", patterns->complete);
	say_people(analysis, columns, "Complete-case loss: one or more missing", "incomplete", "pattern",
	           patterns->incomplete);
	for (unsigned size = 1; size <= patterns->count; size++)
		for (unsigned lacking = 1; lacking < 1u << patterns->count; lacking++)
			if (bits_of(lacking) == size)
				say_pattern(analysis, columns, lacking);
	if (test)
		say_little(analysis, columns);
	text_free(&method);
}

static void say(struct analysis *analysis)
{
	analysis_label_areas(analysis);
	say_questions(analysis);
	if (missing_of(analysis)->patterns.not == MISSING_PATTERNS_TOLD)
		say_patterns(analysis);
}

const struct analysis_kind kind_missing = { .begin = begin, .say = say, .free = free_own };
