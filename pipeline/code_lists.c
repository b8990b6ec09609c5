#include "code_lists.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "mem.h"
#include "number.h"
#include "places.h"
#include "text.h"

enum { C_LIST, C_CODE, C_LABEL, C_AS_EXPORTED, C_MISSING, C_EXCLUSIVE, C_BROADER };
const char *const code_lists_columns[CODE_LISTS_COLUMNS] = { "list",      "code",    "label", "as_exported", "missing",
	                                                     "exclusive", "broader", "waves", "note" };

static const char *const missing_words[MISSING_COUNT] = {
	"",          "refused",  "dont_know",  "not_asked", "not_applicable", "not_answered", "not_reached",
	"withdrawn", "unusable", "suppressed", "low",
};
static const char *const yes_words[] = { "", "yes", "no" };

/* How an exported text finds its code. */
struct spelling {
	const char *text;
	const struct code *code;
	UT_hash_handle hh;
};

/* The spellings of one list. */
struct spelt {
	struct spelling *spellings;
	size_t longest; /* bytes, of labels too */
};

struct code_lists {
	struct code_list *lists;
	size_t count, capacity;
	struct spelt *spelt; /* one a list, `capacity` of them */
	const struct code_list *any;
	struct places *places;
	struct mem_arena *arena;
};

/* --- spellings --- */

static struct spelt *spelt_of(const struct code_lists *lists, const struct code_list *list)
{
	return &lists->spelt[list - lists->lists];
}

static void note_length(const struct code_lists *lists, const struct code_list *list, const char *text)
{
	struct spelt *spelt = spelt_of(lists, list);
	if (strlen(text) > spelt->longest)
		spelt->longest = strlen(text);
}

/* False where the text stands for another code of the list already. `text` lives as long as the lists. */
static bool add_spelling(struct code_lists *lists, const struct code_list *list, const char *text,
                         const struct code *code)
{
	const struct code *known = code_lists_spelt(lists, list, text);
	if (known)
		return known == code;
	struct spelling *spelling = mem_alloc(1, sizeof *spelling);
	*spelling = (struct spelling){ .text = text, .code = code };
	HASH_ADD_KEYPTR(hh, spelt_of(lists, list)->spellings, spelling->text, strlen(text), spelling);
	note_length(lists, list, text);
	return true;
}

const struct code *code_lists_spelt(const struct code_lists *lists, const struct code_list *list, const char *text)
{
	const struct spelling *found = NULL;
	if (list)
		HASH_FIND_STR(spelt_of(lists, list)->spellings, text, found);
	return found ? found->code : NULL;
}

const char *code_lists_spelling(const struct code_lists *lists, const struct code_list *list,
                                const struct spelling **at, const struct code **code)
{
	const struct spelling *next = *at ? (*at)->hh.next : spelt_of(lists, list)->spellings;
	if (!next)
		return NULL;
	*at = next;
	*code = next->code;
	return next->text;
}

size_t code_lists_longest(const struct code_lists *lists, const struct code_list *list)
{
	return spelt_of(lists, list)->longest;
}

/* --- codes.csv --- */

/* The list of a name, made where there is none yet. A list has at most as many codes as the table has rows. */
static struct code_list *need_list(struct code_lists *lists, const char *name, size_t rows)
{
	struct code_list *known = (struct code_list *)code_lists_find(lists, name);
	if (known)
		return known;
	struct code_list *list = &lists->lists[lists->count++];
	*list = (struct code_list){ name, mem_alloc(rows, sizeof *list->codes), 0, true };
	if (strcmp(name, "any") == 0)
		lists->any = list;
	return list;
}

/* Whether two codes are one but for case, blanks and characters that nobody sees. */
static bool look_alike(const char *a, const char *b)
{
	for (;;) {
		size_t hidden;
		while (*a && (isspace((unsigned char)*a) || text_hidden(a)))
			a += (hidden = text_hidden(a)) ? hidden : 1;
		while (*b && (isspace((unsigned char)*b) || text_hidden(b)))
			b += (hidden = text_hidden(b)) ? hidden : 1;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

/* Two codes that nobody can tell apart, in a spreadsheet or in a table. */
static bool check_alike(const struct code_list *list, const struct code *code, const struct reading *in)
{
	for (const struct code *other = list->codes; other < code; other++) {
		if (look_alike(other->code, code->code)) {
			reading_fault(in, "the codes `%s` and `%s` of the list `%s` differ by case or blanks only",
			              other->code, code->code, list->name);
			return error_help(in->err,
			                  "give one of the two another name; where they mean the same, one code is "
			                  "enough, and the other text stands under as_exported");
		}
		if (code->missing == MISSING_NONE && other->missing == MISSING_NONE
		    && strcmp(other->label, code->label) == 0) {
			reading_fault(in, "the codes `%s` and `%s` of the list `%s` have one label, `%s`", other->code,
			              code->code, list->name, code->label);
			return error_help(in->err,
			                  "tables could not tell them apart: give each its own label, or make them "
			                  "one code with two rows");
		}
	}
	return true;
}

/* Any of a code's rows may name the broader one. */
static bool note_broader(struct code *code, const struct reading *in)
{
	const char *broader = csv_table_cell(in->table, in->row, C_BROADER);
	if (*broader && code->broader && strcmp(broader, code->broader) != 0)
		return reading_fault(in, "the code `%s` has two broader codes", code->code);
	if (*broader)
		code->broader = broader;
	return true;
}

/* A code, where the row is the first of it; any other gives it a further spelling. */
static bool add_code(struct code_lists *lists, const struct reading *in)
{
	const char *name = csv_table_cell(in->table, in->row, C_LIST),
		   *code = csv_table_cell(in->table, in->row, C_CODE);
	const char *label = csv_table_cell(in->table, in->row, C_LABEL);
	const char *reason = csv_table_cell(in->table, in->row, C_MISSING);
	enum missing_reason missing = MISSING_NONE;
	int exclusive = 0;
	if (!*name || !*code)
		return reading_fault(in, "a row needs a list and a code");
	if (strcmp(name, "places") == 0)
		return reading_fault(in, "the list `%s` is data-dictionary/places.csv's own", name);
	if (!code_lists_read_reason(&missing, in, reason)
	    || !reading_word(&exclusive, in, "exclusive", csv_table_cell(in->table, in->row, C_EXCLUSIVE), yes_words,
	                     COUNT(yes_words)))
		return false;
	if (strcmp(name, "any") == 0 && missing == MISSING_NONE)
		return reading_fault(in, "`%s` is no missing code, and the list any holds missing codes only", code);
	struct code_list *list = need_list(lists, name, csv_table_rows(in->table));
	const struct code *known = code_list_find(list, code);
	if (known)
		return (known->missing == missing || !*reason
		        || reading_fault(in, "the code `%s` has two reasons for missing", code))
		       && note_broader((struct code *)known, in);
	long long integer = 0;
	struct code *added = (struct code *)&list->codes[list->count++];
	*added = (struct code){ code, label, missing, exclusive == 1, csv_table_line(in->table, in->row), NULL };
	if (missing == MISSING_NONE) {
		list->integers = list->integers && number_read_integer(code, &integer);
		if (!*label)
			return reading_fault(in, "the code `%s` has no label", code);
	}
	return check_alike(list, added, in) && note_broader(added, in);
}

/* A code is merged into an answer of its own list, which is merged into nothing itself. */
static bool check_broader(const struct code_lists *lists, const struct reading *in)
{
	const char *broader = csv_table_cell(in->table, in->row, C_BROADER);
	if (!*broader)
		return true;
	const struct code_list *list = code_lists_find(lists, csv_table_cell(in->table, in->row, C_LIST));
	const struct code *code = code_list_find(list, csv_table_cell(in->table, in->row, C_CODE));
	const struct code *into = code_list_find(list, broader);
	if (!into) {
		reading_fault(in, "the broader code `%s` of `%s` is no code of the list `%s`", broader, code->code,
		              list->name);
		const char *near = code_list_near(list, broader);
		return near ? error_help(in->err, "did you mean %s?", near)
		            : error_help(in->err, "give the broader code a row of its own, with its label");
	}
	if (code->missing != MISSING_NONE || into->missing != MISSING_NONE) {
		reading_fault(in, "`%s` cannot be merged into `%s`: one of the two is a missing code", code->code,
		              into->code);
		return error_help(in->err, "clear broader: answers are merged with answers only");
	}
	if (into == code || into->broader) {
		reading_fault(in, "`%s` cannot be merged into `%s`, which is to be merged itself", code->code,
		              into->code);
		return error_help(in->err,
		                  "name the last code of the chain in broader, and clear it in that code's row");
	}
	return true;
}

static bool add_spellings(struct code_lists *lists, const struct reading *in)
{
	const char *exported = csv_table_cell(in->table, in->row, C_AS_EXPORTED);
	const struct code_list *list = code_lists_find(lists, csv_table_cell(in->table, in->row, C_LIST));
	const struct code *code = code_list_find(list, csv_table_cell(in->table, in->row, C_CODE));
	if (!add_spelling(lists, list, code->code, code))
		return reading_fault(in, "`%s` is both a code and the exported text of another code of its list",
		                     code->code);
	if (*exported && !add_spelling(lists, list, exported, code))
		return reading_fault(in, "`%s` stands for two codes of its list", exported);
	note_length(lists, list, code->label);
	return true;
}

/* One text cannot be an answer and the sign that there is none. */
static bool check_any(const struct code_lists *lists, const struct reading *in)
{
	const struct code_list *list = code_lists_find(lists, csv_table_cell(in->table, in->row, C_LIST));
	const struct code *code = code_list_find(list, csv_table_cell(in->table, in->row, C_CODE));
	const char *texts[] = { code->code, csv_table_cell(in->table, in->row, C_AS_EXPORTED) };
	if (list == lists->any || code->missing != MISSING_NONE)
		return true;
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct code *missing = code_lists_spelt(lists, lists->any, texts[i]);
		if (missing) {
			reading_fault(in,
			              "`%s` is an answer of the list `%s`, and stands for the missing code `%s` of the "
			              "list any",
			              texts[i], list->name, missing->code);
			return error_help(in->err,
			                  "take it out of the list any, and give each list that has it as a missing "
			                  "code a row of its own");
		}
	}
	return true;
}

/* First all lists and their codes, so that no array moves any more; then the spellings that point into them. */
static bool load_codes(struct code_lists *lists, const struct csv_table *table, struct error *err)
{
	struct reading in = { table, 0, err };
	for (in.row = 0; in.row < csv_table_rows(table); in.row++)
		if (!add_code(lists, &in))
			return false;
	for (in.row = 0; in.row < csv_table_rows(table); in.row++)
		if (!add_spellings(lists, &in))
			return false;
	for (in.row = 0; in.row < csv_table_rows(table); in.row++)
		if (!check_any(lists, &in) || !check_broader(lists, &in))
			return false;
	return true;
}

/* --- places.csv --- */

/* An area may be exported as its code, its name, its old code, or another name of it. */
static bool add_place(struct code_lists *lists, const struct code_list *list, const struct code *code)
{
	const struct place *place = places_find(lists->places, code->code);
	bool ok = add_spelling(lists, list, place->code, code) && add_spelling(lists, list, place->name, code)
	          && (!*place->old_code || add_spelling(lists, list, place->old_code, code));
	char *names = mem_copy_text(place->also_called), *rest = names;
	for (char *name; ok && (name = strtok_r(rest, ";", &rest));) {
		name = reading_trim(name);
		ok = !*name || add_spelling(lists, list, mem_arena_copy(lists->arena, name), code);
	}
	free(names);
	return ok;
}

/* The scope's areas in its own order, or every open local authority. */
static bool load_places(struct code_lists *lists, const char *path, char *const *areas, size_t area_count,
                        struct error *err)
{
	if (!places_load(&lists->places, path, err))
		return false;
	size_t all = places_count(lists->places);
	struct code *codes = mem_alloc(all + area_count, sizeof *codes);
	struct code_list *list = &lists->lists[lists->count++];
	*list = (struct code_list){ "places", codes, 0, false };
	for (size_t i = 0; i < (area_count ? area_count : all); i++) {
		const struct place *place =
			area_count ? places_find(lists->places, areas[i]) : places_at(lists->places, i);
		if (!place) {
			error_at(err, ERROR_CONFIG, path, 0, "no place has the code %s, which the study's areas name",
			         areas[i]);
			const char *near = places_near(lists->places, areas[i]);
			return near ? error_help(err, "did you mean %s?", near) : false;
		}
		if (!area_count && (strcmp(place->kind, "la") != 0 || *place->closed))
			continue;
		codes[list->count++] = (struct code){ .code = place->code, .label = place->name };
	}
	for (size_t i = 0; i < list->count; i++)
		if (!add_place(lists, list, &codes[i]))
			return error_at(err, ERROR_CONFIG, path, 0,
			                "a name, code or old code of %s belongs to another place too", codes[i].label);
	return true;
}

/* --- the whole --- */

bool code_lists_load(struct code_lists **lists, const struct csv_table *table, const char *places_path,
                     char *const *areas, size_t area_count, struct error *err)
{
	struct code_lists *loaded = mem_alloc(1, sizeof *loaded);
	loaded->arena = mem_arena_new();
	loaded->capacity = csv_table_rows(table) + 1; /* one more: places */
	loaded->lists = mem_alloc(loaded->capacity, sizeof *loaded->lists);
	loaded->spelt = mem_alloc(loaded->capacity, sizeof *loaded->spelt);
	if (!load_codes(loaded, table, err) || !load_places(loaded, places_path, areas, area_count, err)) {
		code_lists_free(loaded);
		return false;
	}
	*lists = loaded;
	return true;
}

void code_lists_free(struct code_lists *lists)
{
	if (!lists)
		return;
	for (size_t i = 0; i < lists->count; i++) {
		struct spelling *spelling, *next;
		HASH_ITER(hh, lists->spelt[i].spellings, spelling, next)
		{
			HASH_DEL(lists->spelt[i].spellings, spelling);
			free(spelling);
		}
		free((void *)lists->lists[i].codes);
	}
	free(lists->spelt);
	free(lists->lists);
	places_free(lists->places);
	mem_arena_free(lists->arena);
	free(lists);
}

const struct code_list *code_lists_all(const struct code_lists *lists, size_t *count)
{
	*count = lists->count;
	return lists->lists;
}

const struct code_list *code_lists_find(const struct code_lists *lists, const char *name)
{
	for (size_t i = 0; i < lists->count; i++)
		if (strcmp(lists->lists[i].name, name) == 0)
			return &lists->lists[i];
	return NULL;
}

const struct code_list *code_lists_any(const struct code_lists *lists)
{
	return lists->any;
}

const struct places *code_lists_places(const struct code_lists *lists)
{
	return lists->places;
}

const struct code *code_list_find(const struct code_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return &list->codes[i];
	return NULL;
}

const char *code_list_near(const struct code_list *list, const char *text)
{
	const char **names = mem_alloc(2 * list->count, sizeof *names);
	for (size_t i = 0; i < list->count; i++) {
		names[2 * i] = list->codes[i].code;
		names[2 * i + 1] = list->codes[i].label;
	}
	const char *near = text_nearest(text, names, 2 * list->count);
	for (size_t i = 0; near && i < list->count; i++)
		if (near == list->codes[i].label)
			near = list->codes[i].code;
	free(names);
	return near;
}

/* --- missing reasons --- */

bool code_lists_read_reason(enum missing_reason *reason, const struct reading *in, const char *word)
{
	int index = 0;
	if (!reading_word(&index, in, "missing", word, missing_words, COUNT(missing_words)))
		return false;
	*reason = (enum missing_reason)index;
	return true;
}

const char *missing_reason_word(enum missing_reason reason)
{
	return missing_words[reason];
}

bool missing_reason_read(const char *word, enum missing_reason *reason)
{
	for (int i = 1; i < MISSING_COUNT; i++) {
		if (strcmp(missing_words[i], word) == 0) {
			*reason = (enum missing_reason)i;
			return true;
		}
	}
	return false;
}

enum missing_reason missing_reason_shared(enum missing_reason shared, enum missing_reason reason)
{
	if (shared == MISSING_NONE || reason == MISSING_NONE)
		return shared == MISSING_NONE ? reason : shared;
	return shared == reason ? shared : MISSING_NOT_ANSWERED;
}
