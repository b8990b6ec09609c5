#include "questionnaire.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "jisc.h"
#include "mem.h"
#include "questionnaire_build.h"
#include "redcap.h"
#include "text.h"
#include "xlsform.h"

/* --- reading --- */

static const struct {
	const char *form;
	bool (*read)(struct questionnaire_build *build, const char *path, const char *choices, struct error *err);
} readers[] = {
	{ "jisc", jisc_read },
	{ "redcap", redcap_read },
	{ "xlsform", xlsform_read },
};

bool questionnaire_read(struct questionnaire **questionnaire, const char *form, const char *path, const char *choices,
                        struct error *err)
{
	const char *forms[COUNT(readers)];
	size_t reader = COUNT(readers);
	for (size_t i = 0; i < COUNT(readers); i++) {
		forms[i] = readers[i].form;
		if (strcmp(readers[i].form, form) == 0)
			reader = i;
	}
	if (reader == COUNT(readers)) {
		error_set(err, ERROR_CONFIG, "no platform's own dictionary is called %s", form);
		const char *near = text_nearest(form, forms, COUNT(forms));
		return near ? error_help(err, "did you mean %s?", near)
		            : error_help(err, "a profile's form is one of: jisc, redcap, xlsform");
	}
	struct questionnaire_build build;
	questionnaire_build_start(&build);
	bool ok = readers[reader].read(&build, path, choices, err);
	if (ok)
		questionnaire_build_finish(&build);
	*questionnaire = ok ? build.questionnaire : NULL;
	questionnaire_build_free(&build, ok);
	return ok;
}

void questionnaire_free(struct questionnaire *questionnaire)
{
	if (!questionnaire)
		return;
	for (size_t i = 0; i < questionnaire->list_count; i++)
		free(questionnaire->lists[i].codes);
	free(questionnaire->lists);
	free(questionnaire->entries);
	mem_arena_free(questionnaire->texts);
	free(questionnaire);
}

/* --- finding --- */

/* Whether a column of this name is the entry: its path, or the innermost part of it. */
static bool ends_path(const char *path, const char *name)
{
	size_t whole = strlen(path), length = strlen(name);
	if (length > whole || (length < whole && path[whole - length - 1] != '/'))
		return false;
	path += whole - length;
	for (size_t i = 0; i < length; i++)
		if (path[i] != name[i] && (path[i] != '/' || name[i] != '-'))
			return false;
	return true;
}

/* How many entries a column of this name may be, and the last of them. */
static size_t count_ends(const struct questionnaire *questionnaire, const char *name,
                         const struct questionnaire_entry **entry)
{
	size_t count = 0;
	for (size_t i = 0; i < questionnaire->count; i++)
		if (ends_path(questionnaire->entries[i].path, name)) {
			*entry = &questionnaire->entries[i];
			count++;
		}
	return count;
}

/* Whether `name`, up to `length`, is or ends in the name of a question with several answers, so that an option follows.
 */
static bool ends_in_question(const struct questionnaire *questionnaire, const char *name, size_t length)
{
	for (size_t i = 0; i < questionnaire->count; i++) {
		const struct questionnaire_entry *entry = &questionnaire->entries[i];
		size_t own = strlen(entry->name);
		if (entry->type == VARIABLE_CODES && own <= length
		    && strncmp(name + length - own, entry->name, own) == 0
		    && (own == length || name[length - own - 1] == '/' || name[length - own - 1] == '-'))
			return true;
	}
	return false;
}

static bool has_groups(const struct questionnaire *questionnaire)
{
	for (size_t i = 0; i < questionnaire->count; i++)
		if (questionnaire->entries[i].path != questionnaire->entries[i].name)
			return true;
	return false;
}

const struct questionnaire_entry *questionnaire_find(const struct questionnaire *questionnaire, const char *name)
{
	const struct questionnaire_entry *entry = NULL;
	size_t count = count_ends(questionnaire, name, &entry);
	if (count > 1) { /* a name is several entries', but one path may be the whole of it */
		const struct questionnaire_entry *exact = NULL;
		for (size_t i = 0; i < questionnaire->count; i++)
			if (strlen(questionnaire->entries[i].path) == strlen(name)
			    && ends_path(questionnaire->entries[i].path, name))
				exact = exact ? NULL : &questionnaire->entries[i];
		return exact;
	}
	if (count == 1)
		return entry;
	for (size_t i = 0; name[i] && has_groups(questionnaire); i++)
		if ((name[i] == '/' || name[i] == '-') && count_ends(questionnaire, name + i + 1, &entry) > 0) {
			bool one = count_ends(questionnaire, name + i + 1, &entry) == 1;
			return one && !ends_in_question(questionnaire, name, i) ? entry : NULL;
		}
	return NULL;
}

/* The code as REDCap has it in a column's name. */
static bool is_code_in_name(const char *code, const char *option)
{
	for (; *code && *option; code++, option++) {
		char small = *code >= 'A' && *code <= 'Z' ? (char)(*code + ('a' - 'A')) : *code;
		bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
		if (*option != (plain ? small : '_'))
			return false;
	}
	return *code == *option;
}

const struct questionnaire_code *questionnaire_option(const struct questionnaire_entry *entry, const char *option)
{
	const struct questionnaire_code *found = NULL;
	size_t count = entry->list ? entry->list->count : 0, alike = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(entry->list->codes[i].code, option) == 0)
			return &entry->list->codes[i];
	for (size_t i = 0; i < count; i++)
		if (is_code_in_name(entry->list->codes[i].code, option)) {
			found = &entry->list->codes[i];
			alike++;
		}
	return alike == 1 ? found : NULL;
}

/* --- renaming --- */

/* The text in quotes at `at`, with doubled quotes made single; *end behind it. */
static char *unquoted(const char *at, const char **end)
{
	char quote = *at++, *text = mem_alloc(strlen(at) + 1, 1);
	size_t length = 0;
	while (*at && (*at != quote || at[1] == quote)) {
		at += *at == quote;
		text[length++] = *at++;
	}
	*end = *at ? at + 1 : at;
	return text;
}

char *questionnaire_rename(const char *asked_if, const char *(*rename)(const char *name, void *data), void *data)
{
	struct text renamed = { 0 };
	text_add(&renamed, "");
	for (const char *at = asked_if, *end; *at; at = end) {
		end = at + 1;
		if (*at != '\'' && *at != '"') {
			text_add_bytes(&renamed, at, 1);
			continue;
		}
		char *name = unquoted(at, &end);
		if (*at == '\'') {
			text_add_bytes(&renamed, at, (size_t)(end - at));
			free(name);
			continue;
		}
		const char *variable = rename(name, data);
		if (variable) {
			const char *quote = sqlite3_keyword_check(variable, (int)strlen(variable)) ? "\"" : "";
			text_print(&renamed, "%s%s%s", quote, variable, quote);
		}
		free(name); /* which may be the variable */
		if (!variable) {
			text_free(&renamed);
			return NULL;
		}
	}
	return renamed.bytes;
}
