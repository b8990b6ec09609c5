#include "checks.h"

#include <stdlib.h>
#include <string.h>

#include "conditions.h"
#include "mem.h"
#include "text.h"

struct checks {
	const struct dictionary *dictionary;
	struct conditions *conditions;
};

static bool same_codes(const struct code_list *a, const struct code_list *b)
{
	size_t i = 0, j = 0;
	for (;; i++, j++) {
		while (i < a->count && a->codes[i].missing != MISSING_NONE)
			i++;
		while (j < b->count && b->codes[j].missing != MISSING_NONE)
			j++;
		if (i == a->count || j == b->count)
			return i == a->count && j == b->count;
		if (strcmp(a->codes[i].code, b->codes[j].code) != 0)
			return false;
	}
}

static bool same_answers(const struct variable *a, const struct variable *b)
{
	if (!a->codes != !b->codes || a->has_min != b->has_min || a->has_max != b->has_max)
		return false;
	return (!a->codes || a->codes == b->codes || same_codes(a->codes, b->codes))
	       && (!a->has_min || a->min == b->min) && (!a->has_max || a->max == b->max);
}

/* Most instruments have one scale for all items, and some do not: whoever knows the instrument decides. */
static void warn_of_mixed_scales(const struct dictionary *dictionary)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *item = &dictionary->variables[i], *first = dictionary->variables;
		while (first < item && !(item->instrument && text_equal(first->instrument, item->instrument)))
			first++;
		if (first < item && !same_answers(first, item))
			error_warn("dict-scale",
			           "`%s` and `%s` are items of `%s`, and do not take the same answers "
			           "(%s/variables.csv:%zu)",
			           first->name, item->name, item->instrument, dictionary->folder, item->line);
	}
}

bool checks_new(struct checks **checks, const struct dictionary *dictionary, struct error *err)
{
	struct checks *made = mem_alloc(1, sizeof *made);
	made->dictionary = dictionary;
	if (!conditions_new(&made->conditions, dictionary, err)) {
		checks_free(made);
		return false;
	}
	warn_of_mixed_scales(dictionary);
	*checks = made;
	return true;
}

void checks_free(struct checks *checks)
{
	if (!checks)
		return;
	conditions_free(checks->conditions);
	free(checks);
}

void checks_set(struct checks *checks, size_t variable, const struct answer *answer)
{
	conditions_set(&checks->conditions->columns[variable], answer);
}

enum expression_result checks_asked(struct checks *checks, size_t variable)
{
	struct expression *asked_if = checks->conditions->asked_if[variable];
	return asked_if ? expression_truth(asked_if) : EXPRESSION_TRUE;
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
	struct expression *when = checks->conditions->when[rule];
	switch (when ? expression_truth(when) : EXPRESSION_TRUE) {
	case EXPRESSION_FALSE: return CHECK_NOT_APPLICABLE;
	case EXPRESSION_UNKNOWN: return CHECK_UNKNOWABLE;
	case EXPRESSION_FAILED: return CHECK_FAILED;
	case EXPRESSION_TRUE: break;
	}
	switch (expression_truth(checks->conditions->require[rule])) {
	case EXPRESSION_FALSE: return CHECK_BROKEN;
	case EXPRESSION_UNKNOWN: return CHECK_UNKNOWABLE;
	case EXPRESSION_FAILED: return CHECK_FAILED;
	case EXPRESSION_TRUE: break;
	}
	return CHECK_HOLDS;
}

bool checks_rule_reads(const struct checks *checks, size_t rule, size_t variable)
{
	const struct expression *when = checks->conditions->when[rule];
	return (when && expression_reads(when, variable))
	       || expression_reads(checks->conditions->require[rule], variable);
}
