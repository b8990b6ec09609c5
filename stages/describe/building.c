#include "building.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "number.h"

void building_start(struct building *building)
{
	*building = (struct building){ 0 };
	building->codebook = mem_alloc(1, sizeof *building->codebook);
	building->codebook->texts = mem_arena_new();
}

void building_free(struct building *building, bool keep_codebook)
{
	for (size_t i = 0; i < building->codebook->count; i++) {
		text_free(&building->entries[i].condition);
		text_free(&building->entries[i].note);
	}
	free(building->entries);
	free(building->code_capacities);
	if (!keep_codebook)
		codebook_free(building->codebook);
}

const char *building_text(struct building *building, const char *text)
{
	return mem_arena_copy(building->codebook->texts, text);
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

const char *building_words(struct building *building, const char *text)
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
	const char *copy = building_text(building, words.bytes);
	text_free(&words);
	return copy;
}

/* --- entries --- */

struct codebook_entry *building_add(struct building *building, const char *name, enum variable_type type)
{
	struct codebook *codebook = building->codebook;
	codebook->entries =
		mem_grow(codebook->entries, codebook->count, &building->entry_capacity, sizeof *codebook->entries);
	building->entries =
		mem_grow(building->entries, codebook->count, &building->building_capacity, sizeof *building->entries);
	struct codebook_entry *entry = &codebook->entries[codebook->count];
	building->entries[codebook->count++] = (struct building_entry){ 0 };
	const char *copy = building_text(building, name);
	*entry = (struct codebook_entry){ .name = copy, .path = copy, .label = "", .question = "", .type = type };
	return entry;
}

struct building_entry *building_last(struct building *building)
{
	return &building->entries[building->codebook->count - 1];
}

static void add_note(struct building *building, struct building_entry *entry, const char *what, const char *text)
{
	const char *words = building_words(building, text);
	text_print(&entry->note, "%s%s%s%s", entry->note.length ? "; " : "", what ? what : "", what ? ": " : "", words);
}

void building_note(struct building *building, const char *what, const char *text)
{
	add_note(building, building_last(building), what, text);
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

void building_bounds(struct building *building, const char *min, const char *max)
{
	struct codebook_entry *entry = &building->codebook->entries[building->codebook->count - 1];
	double low, high;
	if (min && max && read_bound(min, &low) && read_bound(max, &high) && low > high) {
		building_note(building, "smallest above largest", min);
		building_note(building, NULL, max);
		return;
	}
	entry->min = min ? building_text(building, min) : NULL;
	entry->max = max ? building_text(building, max) : NULL;
}

/* --- lists --- */

size_t building_find_list(const struct building *building, const char *name)
{
	for (size_t i = 0; i < building->codebook->list_count; i++)
		if (strcmp(building->codebook->lists[i].name, name) == 0)
			return i + 1;
	return 0;
}

size_t building_list(struct building *building, const char *name)
{
	struct codebook *codebook = building->codebook;
	char *unique = mem_copy_text(name);
	for (int i = 2; building_find_list(building, unique); i++) {
		free(unique);
		unique = mem_print("%s_%d", name, i);
	}
	codebook->lists =
		mem_grow(codebook->lists, codebook->list_count, &building->list_capacity, sizeof *codebook->lists);
	building->code_capacities = mem_grow(building->code_capacities, codebook->list_count,
	                                     &building->code_capacity_count, sizeof *building->code_capacities);
	codebook->lists[codebook->list_count] = (struct codebook_list){ .name = building_text(building, unique) };
	building->code_capacities[codebook->list_count] = 0;
	free(unique);
	return ++codebook->list_count;
}

bool building_code(struct building *building, size_t number, const char *code, const char *label)
{
	struct codebook_list *list = &building->codebook->lists[number - 1];
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return false;
	list->codes = mem_grow(list->codes, list->count, &building->code_capacities[number - 1], sizeof *list->codes);
	const char *copy = building_text(building, code), *words = building_words(building, label);
	list->codes[list->count++] = (struct codebook_code){
		.code = copy,
		.label = *words ? words : copy,
		.missing = codebook_reason(words),
	};
	return true;
}

void building_exclusive(struct building *building, size_t list)
{
	struct codebook_list *marked = &building->codebook->lists[list - 1];
	for (size_t i = 0; i < marked->count; i++)
		if (marked->codes[i].missing == MISSING_NONE && codebook_is_exclusive(marked->codes[i].label))
			marked->codes[i].exclusive = true;
}

static bool same_codes(const struct codebook_list *a, const struct codebook_list *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->codes[i].code, b->codes[i].code) != 0 || strcmp(a->codes[i].label, b->codes[i].label) != 0
		    || a->codes[i].exclusive != b->codes[i].exclusive)
			return false;
	return true;
}

size_t building_same_list(struct building *building)
{
	struct codebook *codebook = building->codebook;
	struct codebook_list *last = &codebook->lists[codebook->list_count - 1];
	for (size_t i = 0; i + 1 < codebook->list_count; i++)
		if (same_codes(&codebook->lists[i], last)) {
			free(last->codes);
			*last = (struct codebook_list){ 0 };
			codebook->list_count--;
			return i + 1;
		}
	return codebook->list_count;
}

/* --- the end --- */

/* Give the entries their lists, and take away those that no entry has. */
static void settle_lists(struct building *building)
{
	struct codebook *codebook = building->codebook;
	size_t *places = mem_alloc(codebook->list_count + 1, sizeof *places), kept = 0;
	for (size_t i = 0; i < codebook->count; i++)
		places[building->entries[i].list] = 1;
	for (size_t i = 0; i < codebook->list_count; i++) {
		if (places[i + 1]) {
			codebook->lists[kept++] = codebook->lists[i];
			places[i + 1] = kept;
		} else {
			free(codebook->lists[i].codes);
		}
	}
	for (size_t i = kept; i < codebook->list_count; i++)
		codebook->lists[i] = (struct codebook_list){ 0 };
	codebook->list_count = kept;
	for (size_t i = 0; i < codebook->count; i++)
		if (building->entries[i].list)
			codebook->entries[i].list = &codebook->lists[places[building->entries[i].list] - 1];
	free(places);
}

/* The name itself, where its answers stand in the same rows as those of entry *data; else NULL. */
struct neighbours {
	const struct building *building;
	const char *rows;
};

static const char *in_same_rows(const char *name, const void *data)
{
	const struct neighbours *of = data;
	const struct codebook_entry *entry = codebook_find(of->building->codebook, name);
	const char *rows = of->building->entries[entry - of->building->codebook->entries].rows;
	return text_equal(rows, of->rows) ? name : NULL;
}

static void set_asked_if(struct building *building, size_t i, const char *sql)
{
	struct neighbours of = { building, building->entries[i].rows };
	char *near = codebook_rename(sql, in_same_rows, &of);
	if (!near)
		add_note(building, &building->entries[i], "asked_if reads answers that may stand in other rows",
		         building->entries[i].condition.bytes);
	free(near);
	building->codebook->entries[i].asked_if = building_text(building, sql);
}

void building_finish(struct building *building)
{
	struct codebook *codebook = building->codebook;
	settle_lists(building);
	for (size_t i = 0; i < codebook->count; i++) {
		struct building_entry *more = &building->entries[i];
		struct text sql = { 0 };
		if (!more->condition.length)
			continue;
		codebook->entries[i].required = false; /* not of everybody */
		if (logic_translate(&sql, codebook, building->dialect, more->condition.bytes))
			set_asked_if(building, i, sql.bytes);
		else
			add_note(building, more, "asked if", more->condition.bytes);
		text_free(&sql);
	}
	for (size_t i = 0; i < codebook->count; i++)
		if (building->entries[i].note.length)
			codebook->entries[i].note = building_text(building, building->entries[i].note.bytes);
}
