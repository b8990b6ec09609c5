#include "platform.h"

#include <dirent.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "dictionary.h"
#include "mem.h"
#include "text.h"

/* Expressions are compiled once, as an export may have thousands of columns. */
struct platform_patterns {
	regex_t boxes, other;
	bool has_boxes, has_other;
};

/* --- the schema: what each key is --- */

#define TEXT(key, structure, member, flags)                                                                            \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), structure, member, 0, CYAML_UNLIMITED)
#define LIST(key, structure, member, entry, flags)                                                                     \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, entry, 0, CYAML_UNLIMITED)
#define OPTIONAL CYAML_FLAG_OPTIONAL

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

static const cyaml_strval_t format_words[] = { { "text", PLATFORM_TEXT }, { "spss", PLATFORM_SPSS } };

static const cyaml_strval_t header_words[] = { { "name", PLATFORM_HEADER_NAME },
	                                       { "text", PLATFORM_HEADER_TEXT },
	                                       { "option", PLATFORM_HEADER_OPTION },
	                                       { "import-id", PLATFORM_HEADER_IMPORT_ID },
	                                       { "tags", PLATFORM_HEADER_TAGS } };
static const cyaml_schema_value_t header_entry = { CYAML_VALUE_ENUM(CYAML_FLAG_DEFAULT, enum platform_header,
	                                                            header_words, CYAML_ARRAY_LEN(header_words)) };

static const cyaml_schema_field_t boxes_fields[] = {
	TEXT("header", struct platform_boxes, header, OPTIONAL),
	LIST("ticked", struct platform_boxes, ticked, &text_entry, OPTIONAL),
	LIST("unticked", struct platform_boxes, unticked, &text_entry, OPTIONAL),
	CYAML_FIELD_BOOL("answered", OPTIONAL, struct platform_boxes, answered),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t column_fields[] = {
	TEXT("header", struct platform_column, header, 0),
	CYAML_FIELD_BOOL("drop", OPTIONAL, struct platform_column, drop),
	TEXT("type", struct platform_column, type, OPTIONAL),
	TEXT("role", struct platform_column, role, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t column_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct platform_column,
	                                                               column_fields) };

static const cyaml_schema_field_t aside_fields[] = {
	TEXT("finding", struct platform_aside, finding, 0),
	TEXT("column", struct platform_aside, column, 0),
	LIST("values", struct platform_aside, values, &text_entry, 0),
	CYAML_FIELD_BOOL("other", OPTIONAL, struct platform_aside, other),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t aside_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct platform_aside,
	                                                              aside_fields) };

static const cyaml_schema_field_t missing_fields[] = {
	TEXT("text", struct platform_missing, text, 0),
	TEXT("reason", struct platform_missing, reason, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t missing_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct platform_missing,
	                                                                missing_fields) };

static const cyaml_schema_field_t platform_fields[] = {
	TEXT("title", struct platform, title, 0),
	CYAML_FIELD_ENUM("format", OPTIONAL, struct platform, format, format_words, CYAML_ARRAY_LEN(format_words)),
	TEXT("encoding", struct platform, encoding, OPTIONAL),
	TEXT("delimiter", struct platform, delimiter, OPTIONAL),
	TEXT("dates", struct platform, dates, OPTIONAL),
	LIST("header", struct platform, header, &header_entry, OPTIONAL),
	CYAML_FIELD_BOOL("carries", OPTIONAL, struct platform, carries),
	CYAML_FIELD_BOOL("trailing", OPTIONAL, struct platform, trailing),
	LIST("single", struct platform, single, &text_entry, OPTIONAL),
	CYAML_FIELD_MAPPING_PTR("boxes", CYAML_FLAG_POINTER | OPTIONAL, struct platform, boxes, boxes_fields),
	TEXT("separator", struct platform, separator, OPTIONAL),
	TEXT("other", struct platform, other, OPTIONAL),
	LIST("columns", struct platform, columns, &column_entry, OPTIONAL),
	LIST("aside", struct platform, aside, &aside_entry, OPTIONAL),
	LIST("missing", struct platform, missing, &missing_entry, OPTIONAL),
	TEXT("form", struct platform, form, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t platform_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct platform,
	                                                                  platform_fields) };

/* --- closed lists of words --- */

static const char *const delimiter_words[] = { "comma", "semicolon", "tab" };
static const char *const separator_words[] = { "comma", "semicolon", "blank" };
static const char *const date_words[] = { "iso", "dmy", "mdy" };
static const char *const form_words[] = { "redcap", "xlsform", "jisc" };
static const char *const finding_words[] = { "row-preview", "row-incomplete", "row-rejected", "row-undecrypted" };

char platform_delimiter(const char *word)
{
	static const char characters[] = { ',', ';', '\t' };
	for (size_t i = 0; i < COUNT(delimiter_words); i++)
		if (strcmp(word, delimiter_words[i]) == 0)
			return characters[i];
	return '\0';
}

/* --- what a schema cannot say --- */

struct check {
	const struct config_marks *marks;
	struct error *err;
};

/* `what` completes "`word` is no ...". */
static bool check_word(const struct check *check, const char *place, const char *word, const char *const *words,
                       size_t count, const char *what)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	config_error(check->marks, check->err, place, "`%s` is no %s", word, what);
	struct text list = { 0 };
	for (size_t i = 0; i < count; i++)
		text_print(&list, "%s%s", i ? ", " : "", words[i]);
	error_help(check->err, "it takes one of: %s", list.bytes);
	text_free(&list);
	return false;
}

static bool check_type(const struct check *check, const char *place, const char *word)
{
	const char *words[VARIABLE_DATETIME + 1];
	for (enum variable_type type = VARIABLE_ID; type <= VARIABLE_DATETIME; type++)
		words[type] = variable_type_word(type);
	return check_word(check, place, word, words, COUNT(words), "type of a variable");
}

static bool check_role(const struct check *check, const char *place, const char *word)
{
	const char *words[ROLE_PARADATA];
	for (enum variable_role role = ROLE_KEY; role <= ROLE_PARADATA; role++)
		words[role - ROLE_KEY] = variable_role_word(role);
	return check_word(check, place, word, words, COUNT(words), "role of a variable");
}

static bool check_reason(const struct check *check, const char *place, const char *word)
{
	const char *words[MISSING_COUNT - 1];
	for (enum missing_reason reason = MISSING_REFUSED; reason < MISSING_COUNT; reason++)
		words[reason - MISSING_REFUSED] = missing_reason_word(reason);
	return check_word(check, place, word, words, COUNT(words), "reason for a missing answer");
}

static bool check_words(const struct check *check, const struct platform *platform)
{
	return (!platform->delimiter
	        || check_word(check, "delimiter", platform->delimiter, delimiter_words, COUNT(delimiter_words),
	                      "delimiter"))
	       && (!platform->dates
	           || check_word(check, "dates", platform->dates, date_words, COUNT(date_words),
	                         "way of writing dates"))
	       && (!platform->separator
	           || check_word(check, "separator", platform->separator, separator_words, COUNT(separator_words),
	                         "separator"))
	       && (!platform->form
	           || check_word(check, "form", platform->form, form_words, COUNT(form_words), "reader of `describe`"));
}

/* How many of the header rows are of a kind; `at` is the last of them. */
static unsigned count_rows(const struct platform *platform, enum platform_header kind, unsigned *at)
{
	unsigned count = 0;
	for (unsigned i = 0; i < platform->header_count; i++)
		if (platform->header[i] == kind) {
			count++;
			*at = i;
		}
	return count;
}

/* A row that there can be one of, and a second was found. */
static bool check_once(const struct check *check, const struct platform *platform, enum platform_header kind)
{
	char place[40];
	unsigned at = 0;
	if (count_rows(platform, kind, &at) < 2)
		return true;
	snprintf(place, sizeof place, "header[%u]", at);
	return config_error(check->marks, check->err, place, "an export has at most one row of this kind");
}

static bool check_header(const struct check *check, const struct platform *platform)
{
	char place[40];
	unsigned at = 0;
	if (platform->header_count == 0) {
		if (config_has(check->marks, "header"))
			return config_error(check->marks, check->err, "header", "the list of header rows is empty");
	} else if (count_rows(platform, PLATFORM_HEADER_NAME, &at) + count_rows(platform, PLATFORM_HEADER_TEXT, &at)
	           == 0) {
		config_error(check->marks, check->err, "header", "no row tells what the columns are");
		return error_help(check->err, "one of the rows must be name or text");
	}
	if (!check_once(check, platform, PLATFORM_HEADER_NAME) || !check_once(check, platform, PLATFORM_HEADER_TEXT)
	    || !check_once(check, platform, PLATFORM_HEADER_IMPORT_ID)
	    || !check_once(check, platform, PLATFORM_HEADER_TAGS))
		return false;
	if (count_rows(platform, PLATFORM_HEADER_TAGS, &at) && at + 1 != platform->header_count) {
		snprintf(place, sizeof place, "header[%u]", at);
		config_error(check->marks, check->err, place, "the row of tags is not the last");
		return error_help(check->err, "it may be absent, so no row can stand below it");
	}
	bool has_text = count_rows(platform, PLATFORM_HEADER_TEXT, &at) > 0;
	bool has_option = count_rows(platform, PLATFORM_HEADER_OPTION, &at) > 0;
	if (has_option && !has_text) {
		snprintf(place, sizeof place, "header[%u]", at);
		return config_error(check->marks, check->err, place, "a row of options needs a row of texts");
	}
	if (platform->carries && !has_text)
		return config_error(check->marks, check->err, "carries", "only a row of texts carries on");
	if (platform->single_count && !has_option)
		return config_error(check->marks, check->err, "single", "there is no row of options to find these in");
	return true;
}

/* SPSS files know their columns themselves. */
static bool check_spss(const struct check *check, const struct platform *platform)
{
	static const char *const of_text[] = { "header", "delimiter", "carries", "trailing", "single" };
	for (size_t i = 0; i < COUNT(of_text); i++)
		if (platform->format == PLATFORM_SPSS && config_has(check->marks, of_text[i])) {
			config_error(check->marks, check->err, of_text[i], "an SPSS file has no %s", of_text[i]);
			return error_help(check->err, "remove the key, or write `format: text`");
		}
	return true;
}

/* `groups` is how many the expression must have at least. */
static bool check_pattern(const struct check *check, const char *place, const char *pattern, size_t groups,
                          regex_t *compiled, bool *has)
{
	if (!pattern)
		return true;
	int code = regcomp(compiled, pattern, REG_EXTENDED);
	if (code != 0) {
		char why[120];
		regerror(code, compiled, why, sizeof why);
		config_error(check->marks, check->err, place, "no regular expression: %s", why);
		return error_help(check->err, "write a POSIX extended regular expression in single quotes");
	}
	*has = true;
	if (compiled->re_nsub >= groups)
		return true;
	config_error(check->marks, check->err, place, "the expression has %zu groups, and needs %zu", compiled->re_nsub,
	             groups);
	return error_help(check->err, groups == 2 ? "put ( ) round the question, and round the option"
	                                          : "put ( ) round the question");
}

static bool is_among(const char *text, char *const *texts, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(text, texts[i]) == 0)
			return true;
	return false;
}

static bool check_boxes(const struct check *check, const struct platform *platform)
{
	const struct platform_boxes *boxes = platform->boxes;
	char place[60];
	for (unsigned i = 0; boxes && i < boxes->unticked_count; i++) {
		snprintf(place, sizeof place, "boxes.unticked[%u]", i);
		if (is_among(boxes->unticked[i], boxes->ticked, boxes->ticked_count))
			return config_error(check->marks, check->err, place, "`%s` is a mark of a ticked box too",
			                    boxes->unticked[i]);
	}
	if (boxes && boxes->answered && boxes->unticked_count == 0) {
		config_error(check->marks, check->err, "boxes.answered", "there is no mark that could tell it");
		return error_help(check->err, "list in unticked what a box holds that was seen and not ticked");
	}
	return true;
}

static bool check_columns(const struct check *check, const struct platform *platform)
{
	char place[60];
	for (unsigned i = 0; i < platform->columns_count; i++) {
		const struct platform_column *column = &platform->columns[i];
		snprintf(place, sizeof place, "columns[%u].header", i);
		for (unsigned other = 0; other < i; other++)
			if (platform_matches(platform->columns[other].header, column->header)) {
				config_error(check->marks, check->err, place, "`%s` is meant by `%s` already",
				             column->header, platform->columns[other].header);
				return error_help(check->err, "the first counts: put the narrower one first");
			}
		snprintf(place, sizeof place, "columns[%u].drop", i);
		if (column->drop && (column->type || column->role)) {
			config_error(check->marks, check->err, place,
			             "a column that is dropped has no type and no role");
			return error_help(check->err, "remove drop, or remove type and role");
		}
		snprintf(place, sizeof place, "columns[%u].type", i);
		if (column->type && !check_type(check, place, column->type))
			return false;
		snprintf(place, sizeof place, "columns[%u].role", i);
		if (column->role && !check_role(check, place, column->role))
			return false;
	}
	return true;
}

static bool check_aside(const struct check *check, const struct platform *platform)
{
	char place[60];
	for (unsigned i = 0; i < platform->aside_count; i++) {
		const struct platform_aside *aside = &platform->aside[i];
		snprintf(place, sizeof place, "aside[%u].finding", i);
		if (!check_word(check, place, aside->finding, finding_words, COUNT(finding_words),
		                "finding that sets a response aside here"))
			return false;
		snprintf(place, sizeof place, "aside[%u].values", i);
		if (aside->values_count == 0)
			return config_error(check->marks, check->err, place, "there is no value here");
	}
	return true;
}

static bool check_missing(const struct check *check, const struct platform *platform)
{
	char place[60];
	for (unsigned i = 0; i < platform->missing_count; i++) {
		const struct platform_missing *missing = &platform->missing[i];
		snprintf(place, sizeof place, "missing[%u].text", i);
		for (unsigned other = 0; other < i; other++)
			if (strcmp(platform->missing[other].text, missing->text) == 0)
				return config_error(check->marks, check->err, place, "`%s` is given twice",
				                    missing->text);
		const struct platform_boxes *boxes = platform->boxes;
		if (boxes
		    && (is_among(missing->text, boxes->ticked, boxes->ticked_count)
		        || is_among(missing->text, boxes->unticked, boxes->unticked_count)))
			return config_error(check->marks, check->err, place, "`%s` is a mark of a box too",
			                    missing->text);
		snprintf(place, sizeof place, "missing[%u].reason", i);
		if (!check_reason(check, place, missing->reason))
			return false;
	}
	return true;
}

static bool check_all(const struct check *check, struct platform *platform)
{
	struct platform_patterns *patterns = platform->patterns;
	const char *boxes = platform->boxes ? platform->boxes->header : NULL;
	return check_spss(check, platform) && check_words(check, platform) && check_header(check, platform)
	       && check_pattern(check, "boxes.header", boxes, 2, &patterns->boxes, &patterns->has_boxes)
	       && check_pattern(check, "other", platform->other, 1, &patterns->other, &patterns->has_other)
	       && check_boxes(check, platform) && check_columns(check, platform) && check_aside(check, platform)
	       && check_missing(check, platform);
}

/* Put in place of the file's words what they stand for: YAML that says one blank would not be seen. */
static void put_words(struct platform *platform)
{
	static const char characters[] = { ',', ';', ' ' };
	char *separator = platform->separator;
	for (size_t i = 0; separator && separator[1] && i < COUNT(separator_words); i++)
		if (strcmp(separator, separator_words[i]) == 0) {
			separator[0] = characters[i];
			separator[1] = '\0';
		}
}

/* --- the folder --- */

static bool is_name(const char *name)
{
	return *name && *name != '-' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the profiles in a folder, sorted; none where it cannot be read. */
static char **list_names(const char *folder, size_t *count)
{
	char **names = NULL;
	size_t capacity = 0;
	*count = 0;
	DIR *directory = opendir(folder);
	for (struct dirent *entry = NULL; directory && (entry = readdir(directory));) {
		size_t length = strlen(entry->d_name);
		if (length <= 5 || strcmp(entry->d_name + length - 5, ".yaml") != 0)
			continue;
		char *name = mem_copy_bytes(entry->d_name, length - 5);
		if (!is_name(name)) {
			free(name);
			continue;
		}
		names = mem_grow(names, *count, &capacity, sizeof *names);
		names[(*count)++] = name;
	}
	if (directory)
		closedir(directory);
	if (*count)
		mem_sort(names, *count, sizeof *names, compare_names);
	return names;
}

static bool no_such_platform(const char *folder, const char *name, struct error *err)
{
	size_t count = 0;
	char **names = list_names(folder, &count);
	error_set(err, ERROR_CONFIG, "there is no platform named `%s`", name);
	const char *near = count ? text_nearest(name, (const char *const *)names, count) : NULL;
	if (near) {
		error_help(err, "did you mean %s?", near);
	} else if (count) {
		struct text list = { 0 };
		for (size_t i = 0; i < count; i++)
			text_print(&list, "%s%s", i ? ", " : "", names[i]);
		error_help(err, "it is one of: %s", list.bytes);
		text_free(&list);
	} else {
		error_help(err, "the folder %s holds no platform", folder);
	}
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return false;
}

bool platform_load(struct platform **platform, const char *folder, const char *name, struct error *err)
{
	void *data = NULL;
	struct config_marks *marks = NULL;
	char *path = is_name(name) ? mem_print("%s/%s.yaml", folder, name) : NULL;
	bool ok = path && access(path, F_OK) == 0;
	if (!ok)
		no_such_platform(folder, name, err);
	ok = ok && config_load(&data, &marks, &platform_schema, path, err);
	free(path);
	if (!ok)
		return false;
	struct platform *loaded = data;
	struct check check = { marks, err };
	loaded->patterns = mem_alloc(1, sizeof *loaded->patterns);
	ok = check_all(&check, loaded);
	config_free(NULL, marks, &platform_schema);
	if (!ok) {
		platform_free(loaded);
		return false;
	}
	put_words(loaded);
	*platform = loaded;
	return true;
}

void platform_free(struct platform *platform)
{
	if (!platform)
		return;
	if (platform->patterns->has_boxes)
		regfree(&platform->patterns->boxes);
	if (platform->patterns->has_other)
		regfree(&platform->patterns->other);
	free(platform->patterns);
	platform->patterns = NULL;
	config_free(platform, NULL, &platform_schema);
}

/* --- columns and boxes --- */

/* Back to the last * where what follows does not fit: never more than pattern times header. */
bool platform_matches(const char *pattern, const char *header)
{
	const char *star = NULL, *from = NULL;
	while (*header) {
		if (*pattern == '*') {
			star = ++pattern;
			from = header;
		} else if (*pattern == *header) {
			pattern++;
			header++;
		} else if (star) {
			pattern = star;
			header = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

const struct platform_column *platform_column(const struct platform *platform, const char *name)
{
	for (unsigned i = 0; i < platform->columns_count; i++)
		if (platform_matches(platform->columns[i].header, name))
			return &platform->columns[i];
	return NULL;
}

const struct platform_column *platform_own(const struct platform *platform, const char *name, const char *path,
                                           const char *import_id)
{
	const char *const names[] = { name, import_id, path };
	const struct platform_column *own = NULL;
	unsigned at = 0;
	size_t trusted = count_rows(platform, PLATFORM_HEADER_IMPORT_ID, &at) ? COUNT(names) - 1 : COUNT(names);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct platform_column *found =
			names[i] && *names[i] ? platform_column(platform, names[i]) : NULL;
		if (found && found->drop)
			return found;
		if (!own && i < trusted)
			own = found;
	}
	return own;
}

static char *copy_group(const char *text, const regmatch_t *group)
{
	return mem_copy_bytes(text + group->rm_so, (size_t)(group->rm_eo - group->rm_so));
}

bool platform_box(const struct platform *platform, const char *name, char **question, char **option)
{
	regmatch_t groups[3];
	if (!platform->patterns->has_boxes || regexec(&platform->patterns->boxes, name, COUNT(groups), groups, 0) != 0
	    || groups[1].rm_so < 0 || groups[2].rm_so < 0)
		return false;
	*question = copy_group(name, &groups[1]);
	*option = copy_group(name, &groups[2]);
	return true;
}

bool platform_other(const struct platform *platform, const char *name, char **question)
{
	regmatch_t groups[2];
	if (!platform->patterns->has_other || regexec(&platform->patterns->other, name, COUNT(groups), groups, 0) != 0
	    || groups[1].rm_so < 0)
		return false;
	*question = copy_group(name, &groups[1]);
	return true;
}
