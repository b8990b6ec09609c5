#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

enum { PEOPLE_SHOWN = 30, REASONS_SHOWN = 20 };

/* --- by what people are told apart --- */

struct reason {
	unsigned keys;
	size_t count;
};

/* Most people first; of as many the smaller set, then that of the first keys. */
static int compare_reasons(const void *a, const void *b)
{
	const struct reason *left = a, *right = b;
	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	int sizes = __builtin_popcount(left->keys) - __builtin_popcount(right->keys);
	return sizes ? sizes : (left->keys > right->keys) - (left->keys < right->keys);
}

static struct reason *list_reasons(size_t *count, const struct measures *measures)
{
	struct reason *reasons = NULL;
	size_t capacity = 0;
	*count = 0;
	for (size_t i = 0; i < measures->count; i++) {
		size_t at = 0;
		if (!measures->enough[i])
			continue;
		while (at < *count && reasons[at].keys != measures->enough[i])
			at++;
		if (at == *count) {
			reasons = mem_grow(reasons, *count, &capacity, sizeof *reasons);
			reasons[(*count)++] = (struct reason){ .keys = measures->enough[i] };
		}
		reasons[at].count++;
	}
	mem_sort(reasons, *count, sizeof *reasons, compare_reasons);
	return reasons;
}

static void add_reasons(struct text *html, const struct view *view)
{
	static const struct grid_column columns[] = {
		{ "What is enough to know", GRID_TEXT },
		{ "How many things", GRID_NUMBER },
		{ "People whom it tells from all others", GRID_NUMBER },
	};
	struct grid grid;
	size_t count;
	struct reason *reasons = list_reasons(&count, &view_last(view)->measures);
	if (count > 0) {
		grid_begin(&grid, "people-reasons", "The least that tells somebody from all others", columns,
		           COUNT(columns));
		for (size_t r = 0; r < count && r < REASONS_SHOWN; r++) {
			struct text keys = { 0 };
			view_say_keys(&keys, view, reasons[r].keys);
			grid_text(&grid, keys.bytes);
			grid_number(&grid, __builtin_popcount(reasons[r].keys));
			grid_number(&grid, (long long)reasons[r].count);
			grid_row(&grid, "");
			text_free(&keys);
		}
		grid_end(&grid, html);
	}
	free(reasons);
}

/* --- one by one --- */

struct person {
	const struct measures *measures;
	size_t record;
};

/* The highest score first, as it says how little is enough; then the highest risk. */
static int compare_people(const void *a, const void *b)
{
	const struct person *left = a, *right = b;
	const struct measures *m = left->measures;
	if (m->suda.scores[left->record] != m->suda.scores[right->record])
		return m->suda.scores[left->record] > m->suda.scores[right->record] ? -1 : 1;
	if (m->risk[left->record] != m->risk[right->record])
		return m->risk[left->record] > m->risk[right->record] ? -1 : 1;
	return (left->record > right->record) - (left->record < right->record);
}

static void say_why(struct text *words, const struct view *view, size_t record)
{
	const struct side *side = view_last(view);
	const struct measures *measures = &side->measures;
	unsigned keys = measures->enough[record];
	size_t others = (size_t)measures->f[record] - 1;
	if (keys) {
		text_add(words, "Nobody else: ");
		view_say_values(words, side->table, record, keys);
		text_add(words, ". ");
		view_say_keys(words, view, keys);
		text_add(words, __builtin_popcount(keys) == 1 ? " alone is enough." : " together are enough.");
	} else {
		text_print(words, "%zu %s on all keys.", others, others == 1 ? "other agrees" : "others agree");
	}
}

static void add_person(struct grid *grid, const struct view *view, size_t record)
{
	const struct side *side = view_last(view);
	const struct measures *measures = &side->measures;
	struct text who = { 0 }, why = { 0 }, risk = { 0 }, score = { 0 }, dis = { 0 };
	view_say_values(&who, side->table, record, (1u << side->table->key_count) - 1);
	say_why(&why, view, record);
	view_say_number(&risk, measures->risk[record], 3);
	view_say_number(&score, measures->suda.scores[record], 0);
	view_say_number(&dis, measures->dis[record], 3);
	grid_text(grid, who.bytes);
	grid_text(grid, why.bytes);
	grid_number(grid, (long long)measures->f[record]);
	grid_text(grid, risk.bytes);
	grid_text(grid, score.bytes);
	grid_text(grid, dis.bytes);
	grid_row(grid, "");
	text_free(&who);
	text_free(&why);
	text_free(&risk);
	text_free(&score);
	text_free(&dis);
}

static void add_people(struct text *html, const struct view *view)
{
	static const struct grid_column columns[] = {
		{ "What others may know", GRID_TEXT },     { "Why it is a risk", GRID_TEXT },
		{ "Who agree, all counted", GRID_NUMBER }, { "Individual risk", GRID_NUMBER },
		{ "Special unique score", GRID_NUMBER },   { "DIS-SUDA", GRID_NUMBER },
	};
	const struct measures *measures = &view_last(view)->measures;
	struct person *people = mem_alloc(measures->count, sizeof *people);
	struct grid grid;
	size_t count = 0;
	for (size_t i = 0; i < measures->count; i++)
		if (measures->f[i] < view->entry->k || measures->enough[i])
			people[count++] = (struct person){ measures, i };
	mem_sort(people, count, sizeof *people, compare_people);
	if (count > 0) {
		struct text caption = { 0 };
		text_add(&caption, "The ");
		view_say_people(&caption, view, count < PEOPLE_SHOWN ? count : PEOPLE_SHOWN);
		text_print(&caption, " most at risk of %zu; records.csv has all", count);
		grid_begin(&grid, "people-most", caption.bytes, columns, COUNT(columns));
		for (size_t i = 0; i < count && i < PEOPLE_SHOWN; i++)
			add_person(&grid, view, people[i].record);
		grid_end(&grid, html);
		text_free(&caption);
	}
	free(people);
}

bool section_people(struct text *html, const struct view *view, struct error *err)
{
	struct text body = { 0 };
	(void)err;
	add_reasons(&body, view);
	add_people(&body, view);
	if (body.length > 0) {
		html_page_words(
			html,
			"Who can be told from all others by few things is found most easily, and by most people: "
			"the fewer things it takes, the higher the special unique score (SUDA). The keys are given "
			"in the order of the config; a dash is a missing answer. It may stand for anything: it tells nobody apart, and who "
			"has one is counted among those who agree.");
		text_add(html, body.bytes);
	} else if (!view_is_empty(view)) {
		html_page_words(
			html,
			"Nobody stands out: everybody agrees with enough others on all keys, and with somebody on "
			"any of them.");
	}
	text_free(&body);
	return true;
}
