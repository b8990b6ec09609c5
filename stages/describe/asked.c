#include "asked.h"

#include <stdlib.h>
#include <string.h>

#include "expression.h"
#include "mem.h"
#include "number.h"

/* The draft's variable for each name of the questionnaire, and which of them an expression names. */
struct naming {
	const struct draft *draft;
	struct expression_column *columns;
	size_t *named; /* variables */
	size_t count;
};

static bool names(const struct naming *naming, size_t variable)
{
	for (size_t n = 0; n < naming->count; n++)
		if (naming->named[n] == variable)
			return true;
	return false;
}

static bool has_code(const struct draft_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return true;
	return false;
}

/* Whether the variable is what its entry says: an expression relies on type and codes. */
static bool is_as_told(const struct draft *draft, const struct draft_variable *variable)
{
	const struct questionnaire_list *told = variable->entry->list;
	if (variable->direct || variable->type != variable->entry->type)
		return false;
	for (size_t i = 0; told && variable->list && i < told->count; i++)
		if (*told->codes[i].code && !has_code(&draft->lists[variable->list - 1], told->codes[i].code))
			return false;
	return true;
}

static const char *rename_entry(const char *name, void *data)
{
	struct naming *naming = data;
	for (size_t i = 0; i < naming->draft->count; i++) {
		const struct draft_variable *variable = &naming->draft->variables[i];
		if (!variable->entry || strcmp(variable->entry->name, name) != 0)
			continue;
		if (!is_as_told(naming->draft, variable))
			return NULL;
		if (!names(naming, i))
			naming->named[naming->count++] = i;
		return variable->name;
	}
	return NULL;
}

static bool are_integers(const struct draft_list *list)
{
	long long value = 0;
	for (size_t i = 0; i < list->count; i++)
		if (list->codes[i].missing == MISSING_NONE && !number_read_integer(list->codes[i].code, &value))
			return false;
	return true;
}

static enum expression_type type_of(const struct draft *draft, const struct draft_variable *variable)
{
	if (variable->type == VARIABLE_INTEGER)
		return EXPRESSION_INTEGER;
	if (variable->type == VARIABLE_NUMBER)
		return EXPRESSION_REAL;
	bool integers = variable->type == VARIABLE_CODE && are_integers(&draft->lists[variable->list - 1]);
	return integers ? EXPRESSION_INTEGER : EXPRESSION_TEXT;
}

/* Compiled over the variables that it names, as validate will over all of them. */
static bool compiles(struct naming *naming, const char *text)
{
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	struct error ignored = { 0 };
	for (size_t n = 0; n < naming->count; n++) {
		const struct draft_variable *variable = &naming->draft->variables[naming->named[n]];
		naming->columns[n] = (struct expression_column){ .name = variable->name,
			                                         .type = type_of(naming->draft, variable),
			                                         .missing = true };
	}
	bool ok = naming->count > 0 && expressions_new(&expressions, naming->columns, naming->count, &ignored)
	          && expression_compile(&expression, expressions, text, "form", 1, &ignored);
	expressions_free(expressions);
	return ok;
}

void asked_set(struct draft *draft, const struct questionnaire *questionnaire, struct mem_arena *texts)
{
	struct naming naming = { .draft = draft };
	if (!questionnaire)
		return;
	naming.columns = mem_alloc(draft->count, sizeof *naming.columns);
	naming.named = mem_alloc(draft->count, sizeof *naming.named);
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_variable *variable = &draft->variables[i];
		if (!variable->entry || !variable->entry->asked_if)
			continue;
		naming.count = 0;
		char *renamed = questionnaire_rename(variable->entry->asked_if, rename_entry, &naming);
		if (renamed && !names(&naming, i) && compiles(&naming, renamed)) {
			variable->asked_if = mem_arena_copy(texts, renamed);
			variable->required = false;
		} else {
			char *note = mem_print("%s; asked of some only, by a condition that this draft cannot state",
			                       variable->note);
			variable->note = mem_arena_copy(texts, note);
			free(note);
		}
		free(renamed);
	}
	free(naming.columns);
	free(naming.named);
}
