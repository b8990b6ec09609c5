#include "codebook.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "building.h"
#include "jisc.h"
#include "mem.h"
#include "redcap.h"
#include "text.h"
#include "xlsform.h"

/* --- reading --- */

static const struct {
	const char *form;
	bool (*read)(struct building *building, const char *path, const char *choices, struct error *err);
} readers[] = {
	{ "jisc", jisc_read },
	{ "redcap", redcap_read },
	{ "xlsform", xlsform_read },
};

bool codebook_read(struct codebook **codebook, const char *form, const char *path, const char *choices,
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
	struct building building;
	building_start(&building);
	bool ok = readers[reader].read(&building, path, choices, err);
	if (ok)
		building_finish(&building);
	*codebook = ok ? building.codebook : NULL;
	building_free(&building, ok);
	return ok;
}

void codebook_free(struct codebook *codebook)
{
	if (!codebook)
		return;
	for (size_t i = 0; i < codebook->list_count; i++)
		free(codebook->lists[i].codes);
	free(codebook->lists);
	free(codebook->entries);
	mem_arena_free(codebook->texts);
	free(codebook);
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
static size_t count_ends(const struct codebook *codebook, const char *name, const struct codebook_entry **entry)
{
	size_t count = 0;
	for (size_t i = 0; i < codebook->count; i++)
		if (ends_path(codebook->entries[i].path, name)) {
			*entry = &codebook->entries[i];
			count++;
		}
	return count;
}

/* Whether `name`, up to `length`, is or ends in the name of a question with several answers, so that an option follows.
 */
static bool ends_in_question(const struct codebook *codebook, const char *name, size_t length)
{
	for (size_t i = 0; i < codebook->count; i++) {
		const struct codebook_entry *entry = &codebook->entries[i];
		size_t own = strlen(entry->name);
		if (entry->type == VARIABLE_CODES && own <= length
		    && strncmp(name + length - own, entry->name, own) == 0
		    && (own == length || name[length - own - 1] == '/' || name[length - own - 1] == '-'))
			return true;
	}
	return false;
}

static bool has_groups(const struct codebook *codebook)
{
	for (size_t i = 0; i < codebook->count; i++)
		if (codebook->entries[i].path != codebook->entries[i].name)
			return true;
	return false;
}

const struct codebook_entry *codebook_find(const struct codebook *codebook, const char *name)
{
	const struct codebook_entry *entry = NULL;
	size_t count = count_ends(codebook, name, &entry);
	if (count > 1) { /* a name is several entries', but one path may be the whole of it */
		const struct codebook_entry *exact = NULL;
		for (size_t i = 0; i < codebook->count; i++)
			if (strlen(codebook->entries[i].path) == strlen(name)
			    && ends_path(codebook->entries[i].path, name))
				exact = exact ? NULL : &codebook->entries[i];
		return exact;
	}
	if (count == 1)
		return entry;
	for (size_t i = 0; name[i] && has_groups(codebook); i++)
		if ((name[i] == '/' || name[i] == '-') && count_ends(codebook, name + i + 1, &entry) > 0) {
			bool one = count_ends(codebook, name + i + 1, &entry) == 1;
			return one && !ends_in_question(codebook, name, i) ? entry : NULL;
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

const struct codebook_code *codebook_option(const struct codebook_entry *entry, const char *option)
{
	const struct codebook_code *found = NULL;
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

char *codebook_rename(const char *asked_if, const char *(*rename)(const char *name, const void *data), const void *data)
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

/* --- what labels say --- */

/* Small ASCII letters and digits with single blanks; apostrophes go, all other marks are blanks. Letters beyond ASCII
 * stay, and of those that French and Portuguese labels begin with, capitals become small. */
static char *bare(const char *label)
{
	static const char *const marks[][2] = {
		{ "\xE2\x80\x99", "" },
		{ "\xE2\x80\x98", "" },
		{ "\xC2\xB4", "" },
		{ "'", "" },
		{ "`", "" },
		{ "\xC2\xA0", " " },
		{ "\xE2\x80\x93", " " },
		{ "\xE2\x80\x94", " " },
		{ "\xE2\x80\xA6", " " },
		{ "\xE2\x80\x9C", " " },
		{ "\xE2\x80\x9D", " " },
		{ "\xC3\x80", "\xC3\xA0" },
		{ "\xC3\x89", "\xC3\xA9" },
		{ "\xC3\x83", "\xC3\xA3" },
	};
	char *words = mem_alloc(strlen(label) + 1, 1);
	size_t length = 0;
	while (*label) {
		size_t mark = 0;
		while (mark < COUNT(marks) && strncmp(label, marks[mark][0], strlen(marks[mark][0])) != 0)
			mark++;
		char one[2] = { *label >= 'A' && *label <= 'Z' ? (char)(*label + ('a' - 'A')) : *label, '\0' };
		bool plain = (one[0] >= 'a' && one[0] <= 'z') || (one[0] >= '0' && one[0] <= '9')
		             || (unsigned char)one[0] >= 0x80;
		const char *as = mark < COUNT(marks) ? marks[mark][1] : plain ? one : " ";
		label += mark < COUNT(marks) ? strlen(marks[mark][0]) : 1;
		for (; *as; as++)
			if (*as != ' ' || (length > 0 && words[length - 1] != ' '))
				words[length++] = *as;
	}
	if (length > 0 && words[length - 1] == ' ')
		length--;
	words[length] = '\0';
	return words;
}

/* As bare() leaves them. */
static const struct {
	const char *words;
	enum missing_reason reason;
} reasons[] = {
	{ "prefer not to say", MISSING_REFUSED },
	{ "prefer not to answer", MISSING_REFUSED },
	{ "prefer not answer", MISSING_REFUSED },
	{ "prefer not to respond", MISSING_REFUSED },
	{ "prefer not to state", MISSING_REFUSED },
	{ "prefer not to disclose", MISSING_REFUSED },
	{ "prefer not to tell", MISSING_REFUSED },
	{ "prefer not to answer this question", MISSING_REFUSED },
	{ "i prefer not to say", MISSING_REFUSED },
	{ "i prefer not to answer", MISSING_REFUSED },
	{ "id prefer not to say", MISSING_REFUSED },
	{ "id prefer not to answer", MISSING_REFUSED },
	{ "i would prefer not to say", MISSING_REFUSED },
	{ "i would prefer not to answer", MISSING_REFUSED },
	{ "would prefer not to say", MISSING_REFUSED },
	{ "id rather not say", MISSING_REFUSED },
	{ "i would rather not say", MISSING_REFUSED },
	{ "would rather not say", MISSING_REFUSED },
	{ "rather not say", MISSING_REFUSED },
	{ "choose not to say", MISSING_REFUSED },
	{ "choose not to answer", MISSING_REFUSED },
	{ "do not wish to say", MISSING_REFUSED },
	{ "do not wish to answer", MISSING_REFUSED },
	{ "i do not wish to say", MISSING_REFUSED },
	{ "i do not wish to answer", MISSING_REFUSED },
	{ "do not want to answer", MISSING_REFUSED },
	{ "i do not want to answer", MISSING_REFUSED },
	{ "dont want to answer", MISSING_REFUSED },
	{ "i dont want to answer", MISSING_REFUSED },
	{ "refused", MISSING_REFUSED },
	{ "refusal", MISSING_REFUSED },
	{ "refuse to answer", MISSING_REFUSED },
	{ "refused to answer", MISSING_REFUSED },
	{ "refused to say", MISSING_REFUSED },
	{ "declined", MISSING_REFUSED },
	{ "decline to answer", MISSING_REFUSED },
	{ "declined to answer", MISSING_REFUSED },
	{ "decline to state", MISSING_REFUSED },
	{ "je préfère ne pas répondre", MISSING_REFUSED },
	{ "préfère ne pas répondre", MISSING_REFUSED },
	{ "prefiro não responder", MISSING_REFUSED },
	{ "prefiro não dizer", MISSING_REFUSED },

	{ "dont know", MISSING_DONT_KNOW },
	{ "do not know", MISSING_DONT_KNOW },
	{ "i dont know", MISSING_DONT_KNOW },
	{ "i do not know", MISSING_DONT_KNOW },
	{ "doesnt know", MISSING_DONT_KNOW },
	{ "does not know", MISSING_DONT_KNOW },
	{ "dont know not sure", MISSING_DONT_KNOW },
	{ "dont know or not sure", MISSING_DONT_KNOW },
	{ "not sure dont know", MISSING_DONT_KNOW },
	{ "not sure", MISSING_DONT_KNOW },
	{ "im not sure", MISSING_DONT_KNOW },
	{ "i am not sure", MISSING_DONT_KNOW },
	{ "unsure", MISSING_DONT_KNOW },
	{ "unknown", MISSING_DONT_KNOW },
	{ "not known", MISSING_DONT_KNOW },
	{ "dk", MISSING_DONT_KNOW },
	{ "cant remember", MISSING_DONT_KNOW },
	{ "cannot remember", MISSING_DONT_KNOW },
	{ "dont remember", MISSING_DONT_KNOW },
	{ "do not remember", MISSING_DONT_KNOW },
	{ "je ne sais pas", MISSING_DONT_KNOW },
	{ "ne sais pas", MISSING_DONT_KNOW },
	{ "ne sait pas", MISSING_DONT_KNOW },
	{ "não sei", MISSING_DONT_KNOW },
	{ "não sabe", MISSING_DONT_KNOW },

	{ "not applicable", MISSING_NOT_APPLICABLE },
	{ "n a", MISSING_NOT_APPLICABLE },
	{ "na", MISSING_NOT_APPLICABLE },
	{ "not applicable n a", MISSING_NOT_APPLICABLE },
	{ "n a not applicable", MISSING_NOT_APPLICABLE },
	{ "not applicable to me", MISSING_NOT_APPLICABLE },
	{ "does not apply", MISSING_NOT_APPLICABLE },
	{ "doesnt apply", MISSING_NOT_APPLICABLE },
	{ "does not apply to me", MISSING_NOT_APPLICABLE },
	{ "doesnt apply to me", MISSING_NOT_APPLICABLE },
	{ "non applicable", MISSING_NOT_APPLICABLE },
	{ "sans objet", MISSING_NOT_APPLICABLE },
	{ "não aplicável", MISSING_NOT_APPLICABLE },
	{ "não se aplica", MISSING_NOT_APPLICABLE },

	{ "no answer", MISSING_NOT_ANSWERED },
	{ "not answered", MISSING_NOT_ANSWERED },
	{ "no answer given", MISSING_NOT_ANSWERED },
	{ "no response", MISSING_NOT_ANSWERED },
	{ "no reply", MISSING_NOT_ANSWERED },
	{ "non response", MISSING_NOT_ANSWERED },
	{ "not completed", MISSING_NOT_ANSWERED },
	{ "not stated", MISSING_NOT_ANSWERED },
	{ "not provided", MISSING_NOT_ANSWERED },
	{ "not reported", MISSING_NOT_ANSWERED },
	{ "unknown not reported", MISSING_NOT_ANSWERED },
	{ "left blank", MISSING_NOT_ANSWERED },
	{ "missing", MISSING_NOT_ANSWERED },
	{ "skipped", MISSING_NOT_ANSWERED },
	{ "sans réponse", MISSING_NOT_ANSWERED },
	{ "sem resposta", MISSING_NOT_ANSWERED },

	{ "not asked", MISSING_NOT_ASKED },
	{ "question not asked", MISSING_NOT_ASKED },
};

static const char *const exclusive_words[] = {
	"none",
	"none of these",
	"none of those",
	"none of the above",
	"none of these apply",
	"none of the above apply",
	"none of these options",
	"none of them",
	"no none of these",
	"aucun",
	"aucune",
	"aucun de ces choix",
	"aucune de ces réponses",
	"nenhum",
	"nenhuma",
	"nenhum destes",
	"nenhuma das anteriores",
	"nenhuma das opções anteriores",
};

enum missing_reason codebook_reason(const char *label)
{
	enum missing_reason reason = MISSING_NONE;
	char *words = bare(label);
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].words, words) == 0)
			reason = reasons[i].reason;
	free(words);
	return reason;
}

bool codebook_is_exclusive(const char *label)
{
	bool exclusive = false;
	char *words = bare(label);
	for (size_t i = 0; i < COUNT(exclusive_words); i++)
		exclusive = exclusive || strcmp(exclusive_words[i], words) == 0;
	free(words);
	return exclusive;
}
