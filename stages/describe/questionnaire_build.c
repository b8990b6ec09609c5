#include "questionnaire_build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "label.h"
#include "mem.h"
#include "number.h"

void questionnaire_build_start(struct questionnaire_build *build)
{
	*build = (struct questionnaire_build){ 0 };
	build->questionnaire = mem_alloc(1, sizeof *build->questionnaire);
	build->questionnaire->texts = mem_arena_new();
}

void questionnaire_build_free(struct questionnaire_build *build, bool keep_questionnaire)
{
	for (size_t i = 0; i < build->questionnaire->count; i++) {
		text_free(&build->entries[i].condition);
		text_free(&build->entries[i].note);
	}
	free(build->entries);
	free(build->code_capacities);
	if (!keep_questionnaire)
		questionnaire_free(build->questionnaire);
}

const char *questionnaire_build_text(struct questionnaire_build *build, const char *text)
{
	return mem_arena_copy(build->questionnaire->texts, text);
}

/* --- what people read --- */

/* Length of a mark of HTML at `text`, 0: none. Only marks that exist: `<18 years` is an answer. */
static size_t html_mark(const char *text)
{
	static const char *const marks[] = { "a",   "b",     "br",    "center", "div",  "em",     "font",
		                             "h1",  "h2",    "h3",    "h4",     "h5",   "h6",     "i",
		                             "li",  "ol",    "p",     "small",  "span", "strong", "sub",
		                             "sup", "table", "tbody", "td",     "tr",   "u",      "ul" };
	if (*text != '<')
		return 0;
	const char *name = text + 1 + (text[1] == '/');
	size_t length = strcspn(name, " \t\r\n/>");
	const char *end = strchr(name, '>');
	for (size_t i = 0; end && i < COUNT(marks); i++)
		if (strlen(marks[i]) == length && strncasecmp(name, marks[i], length) == 0)
			return (size_t)(end - text) + 1;
	return 0;
}

/* The character that a name of HTML at `text` stands for, and how long the name is; 0: none. */
static size_t html_name(const char *text, const char **character)
{
	static const char *const names[][2] = {
		{ "&nbsp;", " " }, { "&#160;", " " },  { "\xC2\xA0", " " }, { "&lt;", "<" },
		{ "&gt;", ">" },   { "&quot;", "\"" }, { "&#39;", "'" },    { "&amp;", "&" },
	};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strncmp(text, names[i][0], strlen(names[i][0])) == 0) {
			*character = names[i][1];
			return strlen(names[i][0]);
		}
	return 0;
}

const char *questionnaire_build_words(struct questionnaire_build *build, const char *text)
{
	struct text words = { 0 };
	text_add(&words, "");
	bool blank = false;
	while (*text) {
		const char *character = NULL;
		size_t length = html_mark(text);
		if (length == 0)
			length = html_name(text, &character);
		if (length == 0 && !strchr(" \t\r\n\v\f", *text))
			character = text;
		if (!character || *character == ' ') {
			blank = true;
		} else {
			if (blank && words.length > 0)
				text_add(&words, " ");
			blank = false;
			text_add_bytes(&words, character, 1);
		}
		text += length ? length : 1;
	}
	const char *copy = questionnaire_build_text(build, words.bytes);
	text_free(&words);
	return copy;
}

/* --- entries --- */

struct questionnaire_entry *questionnaire_build_add(struct questionnaire_build *build, const char *name,
                                                    enum variable_type type)
{
	struct questionnaire *questionnaire = build->questionnaire;
	questionnaire->entries = mem_grow(questionnaire->entries, questionnaire->count, &build->entry_capacity,
	                                  sizeof *questionnaire->entries);
	build->entries = mem_grow(build->entries, questionnaire->count, &build->known_capacity, sizeof *build->entries);
	struct questionnaire_entry *entry = &questionnaire->entries[questionnaire->count];
	build->entries[questionnaire->count++] = (struct questionnaire_build_entry){ 0 };
	const char *copy = questionnaire_build_text(build, name);
	*entry = (struct questionnaire_entry){ .name = copy, .path = copy, .label = "", .question = "", .type = type };
	return entry;
}

struct questionnaire_build_entry *questionnaire_build_last(struct questionnaire_build *build)
{
	return &build->entries[build->questionnaire->count - 1];
}

static void add_note(struct questionnaire_build *build, struct questionnaire_build_entry *entry, const char *what,
                     const char *text)
{
	const char *words = questionnaire_build_words(build, text);
	text_print(&entry->note, "%s%s%s%s", entry->note.length ? "; " : "", what ? what : "", what ? ": " : "", words);
}

void questionnaire_build_note(struct questionnaire_build *build, const char *what, const char *text)
{
	add_note(build, questionnaire_build_last(build), what, text);
}

static bool read_bound(const char *text, double *value)
{
	long long days;
	if (date_read(text, &days))
		*value = (double)days;
	else if (!number_read_decimal(text, value))
		return false;
	return true;
}

void questionnaire_build_bounds(struct questionnaire_build *build, const char *min, const char *max)
{
	struct questionnaire_entry *entry = &build->questionnaire->entries[build->questionnaire->count - 1];
	double low, high;
	if (min && max && read_bound(min, &low) && read_bound(max, &high) && low > high) {
		questionnaire_build_note(build, "smallest above largest", min);
		questionnaire_build_note(build, NULL, max);
		return;
	}
	entry->min = min ? questionnaire_build_text(build, min) : NULL;
	entry->max = max ? questionnaire_build_text(build, max) : NULL;
}

/* --- lists --- */

size_t questionnaire_build_find_list(const struct questionnaire_build *build, const char *name)
{
	for (size_t i = 0; i < build->questionnaire->list_count; i++)
		if (strcmp(build->questionnaire->lists[i].name, name) == 0)
			return i + 1;
	return 0;
}

size_t questionnaire_build_list(struct questionnaire_build *build, const char *name)
{
	struct questionnaire *questionnaire = build->questionnaire;
	char *unique = mem_copy_text(name);
	for (int i = 2; questionnaire_build_find_list(build, unique); i++) {
		free(unique);
		unique = mem_print("%s_%d", name, i);
	}
	questionnaire->lists = mem_grow(questionnaire->lists, questionnaire->list_count, &build->list_capacity,
	                                sizeof *questionnaire->lists);
	build->code_capacities = mem_grow(build->code_capacities, questionnaire->list_count,
	                                  &build->code_capacity_count, sizeof *build->code_capacities);
	questionnaire->lists[questionnaire->list_count] =
		(struct questionnaire_list){ .name = questionnaire_build_text(build, unique) };
	build->code_capacities[questionnaire->list_count] = 0;
	free(unique);
	return ++questionnaire->list_count;
}

bool questionnaire_build_code(struct questionnaire_build *build, size_t number, const char *code, const char *label)
{
	struct questionnaire_list *list = &build->questionnaire->lists[number - 1];
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return false;
	list->codes = mem_grow(list->codes, list->count, &build->code_capacities[number - 1], sizeof *list->codes);
	const char *copy = questionnaire_build_text(build, code), *words = questionnaire_build_words(build, label);
	list->codes[list->count++] = (struct questionnaire_code){
		.code = copy,
		.label = *words ? words : copy,
		.missing = label_reason(words),
	};
	return true;
}

void questionnaire_build_exclusive(struct questionnaire_build *build, size_t list)
{
	struct questionnaire_list *marked = &build->questionnaire->lists[list - 1];
	for (size_t i = 0; i < marked->count; i++)
		if (marked->codes[i].missing == MISSING_NONE && label_is_exclusive(marked->codes[i].label))
			marked->codes[i].exclusive = true;
}

static bool same_codes(const struct questionnaire_list *a, const struct questionnaire_list *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->codes[i].code, b->codes[i].code) != 0 || strcmp(a->codes[i].label, b->codes[i].label) != 0
		    || a->codes[i].exclusive != b->codes[i].exclusive)
			return false;
	return true;
}

size_t questionnaire_build_same_list(struct questionnaire_build *build)
{
	struct questionnaire *questionnaire = build->questionnaire;
	struct questionnaire_list *last = &questionnaire->lists[questionnaire->list_count - 1];
	for (size_t i = 0; i + 1 < questionnaire->list_count; i++)
		if (same_codes(&questionnaire->lists[i], last)) {
			free(last->codes);
			*last = (struct questionnaire_list){ 0 };
			questionnaire->list_count--;
			return i + 1;
		}
	return questionnaire->list_count;
}

/* --- the end --- */

/* Give the entries their lists, and take away those that no entry has. */
static void settle_lists(struct questionnaire_build *build)
{
	struct questionnaire *questionnaire = build->questionnaire;
	size_t *places = mem_alloc(questionnaire->list_count + 1, sizeof *places), kept = 0;
	for (size_t i = 0; i < questionnaire->count; i++)
		places[build->entries[i].list] = 1;
	for (size_t i = 0; i < questionnaire->list_count; i++) {
		if (places[i + 1]) {
			questionnaire->lists[kept++] = questionnaire->lists[i];
			places[i + 1] = kept;
		} else {
			free(questionnaire->lists[i].codes);
		}
	}
	for (size_t i = kept; i < questionnaire->list_count; i++)
		questionnaire->lists[i] = (struct questionnaire_list){ 0 };
	questionnaire->list_count = kept;
	for (size_t i = 0; i < questionnaire->count; i++)
		if (build->entries[i].list)
			questionnaire->entries[i].list = &questionnaire->lists[places[build->entries[i].list] - 1];
	free(places);
}

/* The name itself, where its answers stand in the same rows as those of entry *data; else NULL. */
struct neighbours {
	const struct questionnaire_build *build;
	const char *rows;
};

static const char *in_same_rows(const char *name, void *data)
{
	const struct neighbours *of = data;
	const struct questionnaire_entry *entry = questionnaire_find(of->build->questionnaire, name);
	const char *rows = of->build->entries[entry - of->build->questionnaire->entries].rows;
	return text_equal(rows, of->rows) ? name : NULL;
}

static void set_asked_if(struct questionnaire_build *build, size_t i, const char *sql)
{
	struct neighbours of = { build, build->entries[i].rows };
	char *near = questionnaire_rename(sql, in_same_rows, &of);
	if (!near)
		add_note(build, &build->entries[i], "asked_if reads answers that may stand in other rows",
		         build->entries[i].condition.bytes);
	free(near);
	build->questionnaire->entries[i].asked_if = questionnaire_build_text(build, sql);
}

void questionnaire_build_finish(struct questionnaire_build *build)
{
	struct questionnaire *questionnaire = build->questionnaire;
	settle_lists(build);
	for (size_t i = 0; i < questionnaire->count; i++) {
		struct questionnaire_build_entry *more = &build->entries[i];
		struct text sql = { 0 };
		if (!more->condition.length)
			continue;
		questionnaire->entries[i].required = false; /* not of everybody */
		if (logic_translate(&sql, questionnaire, build->dialect, more->condition.bytes))
			set_asked_if(build, i, sql.bytes);
		else
			add_note(build, more, "asked if", more->condition.bytes);
		text_free(&sql);
	}
	for (size_t i = 0; i < questionnaire->count; i++)
		if (build->entries[i].note.length)
			questionnaire->entries[i].note = questionnaire_build_text(build, build->entries[i].note.bytes);
}
