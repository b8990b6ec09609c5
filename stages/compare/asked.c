#include "asked.h"

#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "imputed.h"
#include "mem.h"

/* --- variables and their codes --- */

bool analysis_wrong(const struct analysis *analysis, struct error *err, const char *what, const char *name)
{
	return error_at(err, ERROR_CONFIG, analysis->study_path, 0, "analysis %s: %s %s", analysis->config->name, what,
	                name);
}

bool analysis_find_variable(const struct analysis *analysis, const char *name, const struct dataset_variable **variable,
                            struct error *err)
{
	*variable = dataset_variable(analysis->dataset, name);
	if (!*variable && dataset_holds_back(analysis->dataset, name)) {
		analysis_wrong(analysis, err, "deidentify hands to no analysis", name);
		return error_help(err, "%s", dataset_held_back_help);
	}
	if (!*variable) {
		const char *near = dataset_near(analysis->dataset, name);
		analysis_wrong(analysis, err, "the dataset has no variable", name);
		return near ? error_help(err, "did you mean %s?", near)
		            : error_help(err, "name a variable of the data dictionary or a derived one");
	}
	if (!(*variable)->column) {
		analysis_wrong(analysis, err, "deidentify keeps no answers to", name);
		return error_help(err, "see what the data dictionary treats it as, or take another variable");
	}
	bool of_options = analysis->config->kind == STUDY_SHARE || analysis->config->kind == STUDY_TOTAL;
	if (strcmp((*variable)->type, "codes") == 0 && !of_options) {
		analysis_wrong(analysis, err, "a respondent may have several answers (type codes) to", name);
		return analysis->config->kind == STUDY_MISSING
		               ? error_help(err, "leave it out of `variables`: kind accounts says how many answered it")
		               : error_help(
				       err,
				       "kinds share and total show how many ticked each option; for anything else, derive "
				       "a variable of one answer, by has(%s, 'code'), in their place",
				       name);
	}
	if (strcmp((*variable)->type, "codes") == 0 && imputed_is_pooled(analysis->dataset, analysis->config)) {
		analysis_wrong(analysis, err,
		               "options of which several may be ticked are not pooled over imputations:", name);
		return error_help(err, "keep the rows of one imputation by a filter");
	}
	if (*variable == &analysis->dataset->variables[analysis->dataset->area]) {
		analysis_wrong(analysis, err, "everything is by area already, and this variable is the area:", name);
		return error_help(err, "take another variable");
	}
	return true;
}

/* A mean of two codes, or of a number with two values, gives their counts away, and is a share by another name. */
bool analysis_check_number(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *outcome = analysis->outcome;
	if (!sample_is_number(outcome)) {
		analysis_wrong(analysis, err, "a mean needs numbers, and these are none:", outcome->name);
		return error_help(err, "take a number, or use kind share or table");
	}
	bool two = outcome->code_count ? outcome->code_count <= 2
	                               : strcmp(outcome->type, "integer") == 0 && outcome->most - outcome->least <= 1;
	if (two) {
		analysis_wrong(analysis, err, "a mean of two values is a share of", outcome->name);
		return error_help(err, "use kind share");
	}
	/* mean and SD of so few values are equations for how many gave each, and there are no cells of these */
	if (analysis->dataset->unit.confidential && outcome->code_count == 0 && strcmp(outcome->type, "integer") == 0
	    && outcome->most - outcome->least <= 3) {
		analysis_wrong(analysis, err,
		               "a mean of three or four whole numbers tells how many gave each:", outcome->name);
		return error_help(err, "give it a code list, so that these counts are protected, or derive codes");
	}
	return true;
}

bool analysis_check_adjusted(const struct analysis *analysis, struct error *err)
{
	if (!analysis->dataset->adjusted_within)
		return true;
	analysis_wrong(analysis, err,
	               "its lines would tell how few of a group that the weights are adjusted to answered what:",
	               analysis->dataset->margins);
	return error_help(err, "adjust the weights to the areas alone, or use kind mean or share");
}

bool analysis_check_codes(const struct analysis *analysis, const struct dataset_variable *variable, struct error *err)
{
	size_t count = 0;
	dataset_counted(variable, &count);
	if (count > 0)
		return true;
	analysis_wrong(analysis, err, "shares and tables need codes, and these are none:", variable->name);
	return error_help(err, "take a variable with a code list, or use kind mean");
}

bool analysis_read_group(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *outcome = analysis->outcome;
	size_t count = 0;
	const struct dataset_code *codes = dataset_counted(outcome, &count);
	if (analysis->config->codes_count == 0)
		return true;
	analysis->group = mem_alloc(count, sizeof *analysis->group);
	for (unsigned i = 0; i < analysis->config->codes_count; i++) {
		const char *name = analysis->config->codes[i];
		size_t code = 0;
		while (code < count && strcmp(codes[code].code, name) != 0)
			code++;
		if (code == count) {
			analysis_wrong(analysis, err, "the outcome has no code", name);
			return error_help(err, "see the codes of %s in codes.csv", outcome->name);
		}
		if (analysis->group[code]) {
			analysis_wrong(analysis, err, "named twice: code", name);
			return error_help(err, "name each code once");
		}
		analysis->group[code] = true;
	}
	return true;
}

size_t analysis_own_filter(const struct analysis *analysis)
{
	return subgroups_find(analysis->subgroups, analysis->config->filter);
}

/* --- people --- */

static int compare_persons(const void *left, const void *right)
{
	long long a = *(const long long *)left, b = *(const long long *)right;
	return (a > b) - (a < b);
}

bool analysis_refuse_repeats(const struct analysis *analysis, struct error *err)
{
	analysis_wrong(analysis, err, "one key has several rows, which would count as several",
	               analysis->dataset->unit.plural);
	if (analysis->config->kind == STUDY_ACCOUNTS)
		return error_help(err,
		                  "leave out the analysis: accounts are of whole exports, which no filter divides");
	return error_help(
		err,
		"keep one row of each by a filter on the variable of the wave, the repeat or the imputation, the same "
		"one for all analyses of the dataset");
}

/* Everybody once: a base, a threshold and an interval are of people. Two rows of one person would pass for two. */
bool analysis_check_people(const struct analysis *analysis, const struct sample *sample, struct error *err)
{
	size_t own = analysis_own_filter(analysis), count = 0;
	long long *persons = mem_alloc(sample->count, sizeof *persons);
	for (size_t i = 0; i < sample->count; i++)
		if (own == analysis->subgroups->count || sample->filters[i] >> own & 1)
			persons[count++] = sample->person[i];
	if (count)
		mem_sort(persons, count, sizeof *persons, compare_persons);
	bool twice = false;
	for (size_t i = 1; i < count && !twice; i++)
		twice = persons[i] == persons[i - 1];
	free(persons);
	return twice ? analysis_refuse_repeats(analysis, err) : true;
}
