#include "clash.h"

#include <stdlib.h>
#include <string.h>

#include "dataset.h"
#include "expression.h"
#include "mem.h"
#include "text.h"

static const struct dataset *find(const struct datasets *datasets, const char *name)
{
	for (size_t i = 0; i < datasets->count; i++)
		if (strcmp(datasets->items[i]->name, name) == 0)
			return datasets->items[i];
	return NULL;
}

/* Which of the dataset's variables the filter reads, one flag each. Free with free(). */
static bool read_filter(bool **reads, const struct dataset *dataset, const char *filter, const char *study_path,
                        struct error *err)
{
	struct expression_column *columns = mem_alloc(dataset->variable_count, sizeof *columns);
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	*reads = mem_alloc(dataset->variable_count, sizeof **reads);
	for (size_t i = 0; i < dataset->variable_count; i++)
		columns[i] = (struct expression_column){ .name = dataset->variables[i].name, .type = EXPRESSION_TEXT };
	bool ok = expressions_new(&expressions, columns, dataset->variable_count, err)
	          && expression_compile(&expression, expressions, filter, study_path, 0, err);
	for (size_t i = 0; ok && i < dataset->variable_count; i++)
		(*reads)[i] = expression_reads(expression, i);
	expressions_free(expressions);
	free(columns);
	return ok;
}

/* The same variable, or two scores of one instrument: a score and its bands are about the same answers. */
static bool about_the_same(const struct dataset *dataset, const struct dataset_variable *variable, const char *name)
{
	const struct dataset_variable *other = name ? dataset_variable(dataset, name) : NULL;
	return other && (other == variable || (other->source && text_equal(other->source, variable->source)));
}

/* A variable that the filter reads, and an analysis of the dataset that is about the same; false where there is none.
 */
static bool find_counted(const struct study *study, const struct dataset *dataset, const bool *reads,
                         const char **variable, const char **analysis)
{
	for (unsigned a = 0; a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		for (size_t i = 0; i < dataset->variable_count && strcmp(other->dataset, dataset->name) == 0; i++) {
			const struct dataset_variable *read = &dataset->variables[i];
			if (reads[i]
			    && (about_the_same(dataset, read, other->outcome)
			        || about_the_same(dataset, read, other->across))) {
				*variable = read->name;
				*analysis = other->name;
				return true;
			}
		}
	}
	return false;
}

static bool check_filter(const struct study *study, const struct study_analysis *analysis,
                         const struct dataset *dataset, const char *study_path, struct error *err)
{
	const char *variable = NULL, *other = NULL;
	bool *reads = NULL;
	bool ok = read_filter(&reads, dataset, analysis->filter, study_path, err);
	if (ok && find_counted(study, dataset, reads, &variable, &other)) {
		ok = error_at(
			err, ERROR_CONFIG, study_path, 0,
			"the filter of `%s` reads `%s`, which `%s` is about: the difference of their bases would tell a count",
			analysis->name, variable, other);
		error_help(err, "filter by a variable that no analysis is about, or leave out one of the two");
	}
	free(reads);
	for (unsigned a = 0; ok && a < study->analyses_count; a++) {
		const struct study_analysis *second = &study->analyses[a];
		if (!second->filter || strcmp(second->dataset, analysis->dataset) != 0
		    || strcmp(second->filter, analysis->filter) == 0)
			continue;
		ok = error_at(err, ERROR_CONFIG, study_path, 0,
		              "`%s` and `%s` have different filters: the difference of their bases would tell a count",
		              analysis->name, second->name);
		error_help(err, "use one filter for all analyses of a dataset that have one");
	}
	return ok;
}

static bool check_mean(const struct study *study, const struct study_analysis *mean, const struct dataset *dataset,
                       const char *study_path, struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, mean->outcome);
	for (unsigned a = 0; outcome && outcome->code_count > 0 && a < study->analyses_count; a++) {
		const struct study_analysis *share = &study->analyses[a];
		if (share->kind != STUDY_SHARE || strcmp(share->dataset, mean->dataset) != 0
		    || strcmp(share->outcome, mean->outcome) != 0)
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` is the mean of the codes that `%s` counts: together they would tell counts that neither prints",
			mean->name, share->name);
		return error_help(err, "publish the one or the other, or a table of all codes");
	}
	return true;
}

bool clash_check(const struct study *study, const char *study_path, const struct datasets *datasets, struct error *err)
{
	bool ok = true;
	for (unsigned a = 0; ok && a < study->analyses_count; a++) {
		const struct study_analysis *analysis = &study->analyses[a];
		const struct dataset *dataset = find(datasets, analysis->dataset);
		if (!dataset)
			continue; /* compare_study says which one is missing */
		if (analysis->filter)
			ok = check_filter(study, analysis, dataset, study_path, err);
		if (ok && analysis->kind == STUDY_MEAN)
			ok = check_mean(study, analysis, dataset, study_path, err);
	}
	return ok;
}
