#include "checks.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct checks {
	const struct dictionary *dictionary;
	struct expression_column *columns; /* one a variable */
	struct expressions *expressions;
	struct expression **asked_if;        /* one a variable; NULL: asked of everybody */
	struct expression **when, **require; /* one a rule; when NULL: always */
};

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

static bool compile_routes(struct checks *checks, const char *path, struct error *err)
{
	const struct dictionary *dictionary = checks->dictionary;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (!variable->asked_if)
			continue;
		size_t line = variable->line;
		if (!expression_compile(&checks->asked_if[i], checks->expressions, variable->asked_if, path, line, err))
			return false;
		if (expression_reads(checks->asked_if[i], i)) {
			error_at(err, ERROR_CONFIG, path, line, "asked_if of `%s` depends on its own answer",
			         variable->name);
			return error_help(err, "name the earlier question that decides whether this one is asked");
		}
		if (variable->required) {
			error_at(err, ERROR_CONFIG, path, line, "`%s` is required, yet not asked of everybody",
			         variable->name);
			return error_help(err,
			                  "empty required or asked_if: what is required is missing in no accepted row");
		}
	}
	return true;
}

static bool compile_rules(struct checks *checks, const char *path, struct error *err)
{
	const struct dictionary *dictionary = checks->dictionary;
	for (size_t i = 0; i < dictionary->rule_count; i++) {
		const struct rule *rule = &dictionary->rules[i];
		struct expressions *all = checks->expressions;
		if (rule->when && !expression_compile(&checks->when[i], all, rule->when, path, rule->line, err))
			return false;
		if (!expression_compile(&checks->require[i], all, rule->require, path, rule->line, err))
			return false;
	}
	return true;
}

bool checks_new(struct checks **checks, const struct dictionary *dictionary, struct error *err)
{
	struct checks *made = mem_alloc(1, sizeof *made);
	made->dictionary = dictionary;
	made->columns = mem_alloc(dictionary->variable_count, sizeof *made->columns);
	made->asked_if = mem_alloc(dictionary->variable_count, sizeof *made->asked_if);
	made->when = mem_alloc(dictionary->rule_count, sizeof *made->when);
	made->require = mem_alloc(dictionary->rule_count, sizeof *made->require);
	for (size_t i = 0; i < dictionary->variable_count; i++)
		made->columns[i] = (struct expression_column){
			.name = dictionary->variables[i].name,
			.type = column_type(&dictionary->variables[i]),
			.missing = true,
		};
	char *variables = mem_print("%s/variables.csv", dictionary->folder);
	char *rules = mem_print("%s/rules.csv", dictionary->folder);
	bool ok = expressions_new(&made->expressions, made->columns, dictionary->variable_count, err)
	          && compile_routes(made, variables, err) && compile_rules(made, rules, err);
	free(variables);
	free(rules);
	if (!ok) {
		checks_free(made);
		return false;
	}
	*checks = made;
	return true;
}

void checks_free(struct checks *checks)
{
	if (!checks)
		return;
	expressions_free(checks->expressions);
	free(checks->columns);
	free(checks->asked_if);
	free(checks->when);
	free(checks->require);
	free(checks);
}

void checks_set(struct checks *checks, size_t variable, const struct answer *answer)
{
	struct expression_column *column = &checks->columns[variable];
	column->missing = answer->missing != MISSING_NONE;
	column->integer = answer->integer;
	column->real = answer->number;
	column->text = answer->text;
}

enum expression_result checks_asked(struct checks *checks, size_t variable)
{
	return checks->asked_if[variable] ? expression_truth(checks->asked_if[variable]) : EXPRESSION_TRUE;
}

/* `waves` names waves with blanks, commas or semicolons between them. */
static bool names_wave(const char *waves, const char *wave)
{
	static const char between[] = " ,;";
	size_t length = strlen(wave);
	for (const char *word = waves + strspn(waves, between); *word;) {
		size_t word_length = strcspn(word, between);
		if (word_length == length && strncmp(word, wave, length) == 0)
			return true;
		word += word_length;
		word += strspn(word, between);
	}
	return false;
}

enum check_outcome checks_rule(struct checks *checks, size_t rule, const char *wave)
{
	const char *waves = checks->dictionary->rules[rule].waves;
	if (waves && *wave && !names_wave(waves, wave))
		return CHECK_NOT_APPLICABLE;
	switch (checks->when[rule] ? expression_truth(checks->when[rule]) : EXPRESSION_TRUE) {
	case EXPRESSION_FALSE: return CHECK_NOT_APPLICABLE;
	case EXPRESSION_UNKNOWN: return CHECK_UNKNOWABLE;
	case EXPRESSION_FAILED: return CHECK_FAILED;
	case EXPRESSION_TRUE: break;
	}
	switch (expression_truth(checks->require[rule])) {
	case EXPRESSION_FALSE: return CHECK_BROKEN;
	case EXPRESSION_UNKNOWN: return CHECK_UNKNOWABLE;
	case EXPRESSION_FAILED: return CHECK_FAILED;
	case EXPRESSION_TRUE: break;
	}
	return CHECK_HOLDS;
}

bool checks_rule_reads(const struct checks *checks, size_t rule, size_t variable)
{
	return (checks->when[rule] && expression_reads(checks->when[rule], variable))
	       || expression_reads(checks->require[rule], variable);
}
