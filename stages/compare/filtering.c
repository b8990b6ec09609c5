#include "filtering.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "expression.h"
#include "mem.h"

struct filtering {
	const struct dataset *dataset;
	const char *study;
	struct expression_column *columns;  /* one for each variable that is kept */
	struct expression_answer **answers; /* what each may hold; NULL: anything of its type */
	size_t *column_of;                  /* by variable of the dataset; SIZE_MAX: it is not kept */
	size_t count;
	struct expressions *expressions;
	struct expression *compiled[FILTERING_MOST];
	const char *texts[FILTERING_MOST];
	size_t filter_count;
};

static enum expression_type type_of(const struct dataset_variable *variable)
{
	if (variable->code_count)
		return variable->integers ? EXPRESSION_INTEGER : EXPRESSION_TEXT;
	if (strcmp(variable->type, "number") == 0)
		return EXPRESSION_REAL;
	bool text = strcmp(variable->type, "text") == 0 || strcmp(variable->type, "id") == 0
	            || strcmp(variable->type, "codes") == 0;
	return text ? EXPRESSION_TEXT : EXPRESSION_INTEGER;
}

static void add_column(struct filtering *filtering, const struct dataset_variable *variable)
{
	bool several = variable->option_count > 0;
	const struct dataset_code *codes = several ? variable->options : variable->codes;
	size_t count = several ? variable->option_count : variable->code_count, at = filtering->count++;
	struct expression_answer *answers = count ? mem_alloc(count, sizeof *answers) : NULL;
	for (size_t i = 0; i < count; i++)
		answers[i] = (struct expression_answer){ codes[i].code, codes[i].label, false };
	filtering->answers[at] = answers;
	filtering->columns[at] = (struct expression_column){ .name = variable->name,
		                                             .type = type_of(variable),
		                                             .several = several,
		                                             .answers = answers,
		                                             .answer_count = count,
		                                             .missing = true };
}

bool filtering_open(struct filtering **filtering, const struct dataset *dataset, const char *const *filters,
                    size_t count, const char *study, struct error *err)
{
	struct filtering *opened = *filtering = mem_alloc(1, sizeof *opened);
	assert(count <= FILTERING_MOST);
	opened->dataset = dataset;
	opened->study = study;
	opened->columns = mem_alloc(dataset->variable_count, sizeof *opened->columns);
	opened->answers = mem_alloc(dataset->variable_count, sizeof *opened->answers);
	opened->column_of = mem_alloc(dataset->variable_count, sizeof *opened->column_of);
	if (count == 0)
		return true;
	for (size_t i = 0; i < dataset->variable_count; i++) {
		opened->column_of[i] = dataset->variables[i].column ? opened->count : SIZE_MAX;
		if (dataset->variables[i].column)
			add_column(opened, &dataset->variables[i]);
	}
	if (!expressions_new(&opened->expressions, opened->columns, opened->count, err))
		return false;
	for (; opened->filter_count < count; opened->filter_count++) {
		size_t i = opened->filter_count;
		opened->texts[i] = filters[i];
		if (!expression_compile(&opened->compiled[i], opened->expressions, filters[i], study, 0, err))
			return false;
	}
	return true;
}

void filtering_close(struct filtering *filtering)
{
	if (!filtering)
		return;
	expressions_free(filtering->expressions);
	for (size_t i = 0; i < filtering->count; i++)
		free(filtering->answers[i]);
	free(filtering->columns);
	free(filtering->answers);
	free(filtering->column_of);
	free(filtering);
}

bool filtering_reads(const struct filtering *filtering, size_t filter, size_t variable)
{
	size_t column = filtering->column_of[variable];
	return filter < filtering->filter_count && column != SIZE_MAX
	       && expression_reads(filtering->compiled[filter], column);
}

bool filtering_reads_any(const struct filtering *filtering, size_t variable)
{
	for (size_t i = 0; i < filtering->filter_count; i++)
		if (filtering_reads(filtering, i, variable))
			return true;
	return false;
}

struct filtering_value filtering_code(const struct dataset_code *code)
{
	if (!code)
		return (struct filtering_value){ .missing = true };
	return (struct filtering_value){ .integer = code->integer, .text = code->code };
}

void filtering_set(struct filtering *filtering, size_t variable, struct filtering_value value)
{
	struct expression_column *column = &filtering->columns[filtering->column_of[variable]];
	column->missing = value.missing;
	column->integer = value.integer;
	column->real = value.real;
	column->text = value.text;
}

bool filtering_truths(struct filtering *filtering, unsigned long long *bits, struct error *err)
{
	*bits = 0;
	for (size_t i = 0; i < filtering->filter_count; i++) {
		enum expression_result result = expression_truth(filtering->compiled[i]);
		if (result == EXPRESSION_FAILED) {
			error_at(err, ERROR_CONFIG, filtering->study, 0,
			         "the filter \"%s\" cannot be computed for some %s", filtering->texts[i],
			         filtering->dataset->unit.plural);
			return error_help(
				err, "rule out what overflows, such as the absolute value of the smallest integer");
		}
		if (result == EXPRESSION_TRUE)
			*bits |= 1ull << i;
	}
	return true;
}
