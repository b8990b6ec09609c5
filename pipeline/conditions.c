#include "conditions.h"

#include <stdlib.h>

#include "answer.h"
#include "mem.h"
#include "text.h"

/* --- one expression --- */

/* In which of a row's cells a fault stands. */
static bool compile(struct expression **expression, const struct conditions *conditions, const char *text,
                    const char *column, const char *path, size_t line, struct error *err)
{
	if (!text || expression_compile(expression, conditions->expressions, text, path, line, err))
		return true;
	char *within = mem_copy_text(err->record);
	err->record[0] = '\0'; /* the first stays, otherwise */
	error_record(err, "column %s%s%s", column, *within ? ", " : "", within);
	free(within);
	return false;
}

/* --- the columns --- */

static enum expression_type column_type(const struct variable *variable)
{
	switch (variable->type) {
	case VARIABLE_INTEGER: return EXPRESSION_INTEGER;
	case VARIABLE_NUMBER: return EXPRESSION_REAL;
	case VARIABLE_CODE: return variable->codes->integers ? EXPRESSION_INTEGER : EXPRESSION_TEXT;
	case VARIABLE_ID:
	case VARIABLE_TEXT:
	case VARIABLE_CODES:
	case VARIABLE_DATE:
	case VARIABLE_DATETIME: break;
	}
	return EXPRESSION_TEXT;
}

struct expression_column conditions_column(const struct variable *variable, struct expression_answer **answers)
{
	bool coded = variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
	size_t count = coded ? variable->codes->count : 0;
	*answers = count ? mem_alloc(count, sizeof **answers) : NULL;
	for (size_t i = 0; i < count; i++) {
		const struct code *code = &variable->codes->codes[i];
		(*answers)[i] = (struct expression_answer){ code->code, code->label, code->missing != MISSING_NONE };
	}
	return (struct expression_column){
		.name = variable->name,
		.type = column_type(variable),
		.date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME,
		.several = variable->type == VARIABLE_CODES,
		.answers = *answers,
		.answer_count = count,
		.missing = true,
	};
}

void conditions_set(struct expression_column *column, const struct answer *answer)
{
	column->missing = answer->missing != MISSING_NONE;
	column->integer = answer->integer;
	column->real = answer->number;
	column->text = answer->text;
}

/* --- routes --- */

/* A walk from question to question, each asked by the answer to the next. */
struct walk {
	const struct conditions *conditions;
	size_t *path; /* the questions between the first and here */
	size_t length;
	bool *done; /* no circle leads through it */
	bool *under_way;
};

/* Whether the question is asked by its own answer, by way of others: then path holds the circle from *begin on. */
static bool leads_in_a_circle(struct walk *walk, size_t variable, size_t *begin)
{
	const struct expression *asked_if = walk->conditions->asked_if[variable];
	if (walk->under_way[variable]) {
		while (walk->path[*begin] != variable)
			++*begin;
		return true;
	}
	if (walk->done[variable] || !asked_if)
		return false;
	walk->under_way[variable] = true;
	walk->path[walk->length++] = variable;
	for (size_t i = 0; i < walk->conditions->count; i++)
		if (expression_reads(asked_if, i) && leads_in_a_circle(walk, i, begin))
			return true;
	walk->length--;
	walk->under_way[variable] = false;
	walk->done[variable] = true;
	return false;
}

static bool circle_fault(const struct walk *walk, size_t begin, const struct variable *variables, const char *path,
                         struct error *err)
{
	const struct variable *first = &variables[walk->path[begin]];
	if (begin + 1 == walk->length) {
		error_at(err, ERROR_CONFIG, path, first->line, "asked_if of `%s` depends on its own answer",
		         first->name);
		return error_help(err, "name the earlier question that decides whether this one is asked");
	}
	struct text way = { 0 };
	for (size_t i = begin; i < walk->length; i++)
		text_print(&way, "%s`%s` by `%s`", i > begin ? ", " : "", variables[walk->path[i]].name,
		           variables[walk->path[i + 1 < walk->length ? i + 1 : begin]].name);
	error_at(err, ERROR_CONFIG, path, first->line, "asked_if leads in a circle: %s", way.bytes);
	text_free(&way);
	return error_help(err, "one of these questions is asked first: clear its asked_if, or name an earlier one");
}

static bool check_circles(const struct conditions *conditions, const struct variable *variables, const char *path,
                          struct error *err)
{
	size_t count = conditions->count;
	struct walk walk = { .conditions = conditions,
		             .path = mem_alloc(count, sizeof *walk.path),
		             .done = mem_alloc(count, sizeof *walk.done),
		             .under_way = mem_alloc(count, sizeof *walk.under_way) };
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		size_t begin = 0;
		if (leads_in_a_circle(&walk, i, &begin))
			ok = circle_fault(&walk, begin, variables, path, err);
	}
	free(walk.path);
	free(walk.done);
	free(walk.under_way);
	return ok;
}

static bool compile_routes(struct conditions *conditions, const struct dictionary *dictionary, const char *path,
                           struct error *err)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (!variable->asked_if)
			continue;
		if (!compile(&conditions->asked_if[i], conditions, variable->asked_if, "asked_if", path, variable->line,
		             err))
			return false;
		if (variable->required) {
			error_at(err, ERROR_CONFIG, path, variable->line,
			         "`%s` is required, yet not asked of everybody", variable->name);
			return error_help(err,
			                  "empty required or asked_if: what is required is missing in no accepted row");
		}
	}
	return check_circles(conditions, dictionary->variables, path, err);
}

/* --- rules --- */

static bool compile_rules(struct conditions *conditions, const struct dictionary *dictionary, const char *path,
                          struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < dictionary->rule_count; i++) {
		const struct rule *rule = &dictionary->rules[i];
		ok = compile(&conditions->when[i], conditions, rule->when, "when", path, rule->line, err)
		     && compile(&conditions->require[i], conditions, rule->require, "require", path, rule->line, err);
	}
	return ok;
}

/* --- the whole --- */

bool conditions_new(struct conditions **conditions, const struct dictionary *dictionary, struct error *err)
{
	struct conditions *made = mem_alloc(1, sizeof *made);
	made->count = dictionary->variable_count;
	made->columns = mem_alloc(made->count, sizeof *made->columns);
	made->answers = mem_alloc(made->count, sizeof *made->answers);
	made->asked_if = mem_alloc(made->count, sizeof *made->asked_if);
	made->when = mem_alloc(dictionary->rule_count, sizeof *made->when);
	made->require = mem_alloc(dictionary->rule_count, sizeof *made->require);
	for (size_t i = 0; i < made->count; i++)
		made->columns[i] = conditions_column(&dictionary->variables[i], &made->answers[i]);
	char *variables = mem_print("%s/variables.csv", dictionary->folder);
	char *rules = mem_print("%s/rules.csv", dictionary->folder);
	bool ok = expressions_new(&made->expressions, made->columns, made->count, err)
	          && compile_routes(made, dictionary, variables, err) && compile_rules(made, dictionary, rules, err);
	free(variables);
	free(rules);
	if (!ok) {
		conditions_free(made);
		return false;
	}
	*conditions = made;
	return true;
}

void conditions_free(struct conditions *conditions)
{
	if (!conditions)
		return;
	expressions_free(conditions->expressions);
	for (size_t i = 0; i < conditions->count; i++)
		free(conditions->answers[i]);
	free(conditions->answers);
	free(conditions->columns);
	free(conditions->asked_if);
	free(conditions->when);
	free(conditions->require);
	free(conditions);
}
