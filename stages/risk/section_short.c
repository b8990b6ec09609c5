#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

static unsigned all_keys(const struct view *view)
{
	return (1u << view->sides[0].table->key_count) - 1;
}

static void say_share(struct text *words, size_t part, size_t of)
{
	view_say_number(words, of ? 100 * (double)part / (double)of : 0, 1);
	text_add(words, "%");
}

/* How many are expected to be found: of many, no part of a person. */
static void say_expected(struct text *words, const struct measures *measures)
{
	text_add(words, "about ");
	view_say_number(words, measures->expected, measures->expected < 10 ? 1 : 0);
}

/* What who knows of somebody's part in the study can do, and who does not. */
static void say_finding(struct text *words, const struct view *view, const struct side *side)
{
	const struct measures *measures = &side->measures;
	if (!side->table->records.weights || side->table->fraction >= 1) {
		text_add(words,
		         " Nothing says that only a part of the population is in the file, so that everybody is taken "
		         "to be in it: ");
		text_print(words, "somebody who looks for all %s would find ", view->dataset->unit.plural);
	} else {
		text_add(words, " The file holds ");
		view_say_number(words, 100 * side->table->fraction, side->table->fraction < 0.1 ? 1 : 0);
		text_print(
			words,
			"%% of the people whom it stands for. Somebody who does not know who took part, and looks for all "
			"%s, would find ",
			view->dataset->unit.plural);
	}
	say_expected(words, measures);
	text_add(words, " of them (");
	view_say_number(words, 100 * measures->rate, 1);
	text_add(words, "%); who knows that somebody took part finds him or her more easily.");
}

/* As many as are demanded, himself among them, are one less of others. */
static void say_too_few(struct text *words, const struct view *view)
{
	if (view->entry->k == 2)
		text_add(words, " with nobody");
	else
		text_print(words, " with fewer than %d others", view->entry->k - 1);
}

/* How many share the keys with too few. */
static void say_alike(struct text *words, const struct view *view)
{
	const struct measures *measures = &view_last(view)->measures;
	text_add(words, view->side_count == 2 ? "After anonymise: " : "");
	if (measures->below == 0) {
		text_print(words, "%s of ", view->side_count == 2 ? "each" : "Each");
		view_say_people(words, view, measures->count);
		text_add(words, " shares ");
		view_say_keys(words, view, all_keys(view));
		text_print(
			words,
			" with at least %d other%s%s: whoever knows these of somebody finds several rows, and not one.",
			view->entry->k - 1, view->entry->k == 2 ? "" : "s",
			view->side_count == 2 && measures_missing(view->entry) == KEY_MISSING_WILDCARD
				? ", where what is missing may be anything"
				: "");
		return;
	}
	text_print(words, "%s ", view->side_count == 2 ? "of" : "Of");
	view_say_people(words, view, measures->count);
	text_print(words, ", %zu (", measures->below);
	say_share(words, measures->below, measures->count);
	text_print(words, ") share%s ", measures->below == 1 ? "s" : "");
	view_say_keys(words, view, all_keys(view));
	say_too_few(words, view);
	if (view->entry->k > 2)
		text_print(words, ", and %zu of them with nobody", measures->alone);
	text_add(words, ". ");
	if (measures->alone > 0)
		text_add(words,
		         "To know these of somebody who shares them with nobody, say as a neighbour, a worker or a "
		         "friend, is to find the row, and with it every other answer. ");
	if (measures->below > measures->alone)
		text_add(words, "Who shares them with few is one of a few rows.");
}

static void say_paragraph(struct text *words, const struct view *view)
{
	say_alike(words, view);
	say_finding(words, view, view_last(view));
	if (view->side_count == 2) {
		text_print(words, " Before, %zu (", view->sides[0].measures.below);
		say_share(words, view->sides[0].measures.below, view->sides[0].measures.count);
		text_print(words, ") shared them");
		say_too_few(words, view);
		text_add(words, ", and ");
		say_expected(words, &view->sides[0].measures);
		text_add(words, " would have been found.");
	}
}

static void answer_demands(struct text *answers, const struct view *view)
{
	const struct measures *measures = &view_last(view)->measures;
	struct text words = { 0 };
	text_add(&words, measures->failing ? "✗ Not yet: " : "✓ Yes.");
	if (measures->failing) {
		view_say_people(&words, view, measures->failing);
		text_print(&words, " %s at least one demand of the config.", measures->failing == 1 ? "fails" : "fail");
	}
	html_page_answer(answers, measures->failing ? "stop" : "go", "Is everybody as safe as the config demands?",
	                 "groups", words.bytes,
	                 view->side_count == 2 || !measures->failing ? "" : "anonymise blanks what is left.");
	text_free(&words);
}

static void answer_who(struct text *answers, const struct view *view)
{
	const struct measures *measures = &view_last(view)->measures;
	struct text words = { 0 };
	size_t few = 0;
	for (size_t i = 0; i < measures->count; i++)
		few += measures->enough[i] && __builtin_popcount(measures->enough[i]) <= 2;
	if (few)
		view_say_people(&words, view, few);
	text_add(&words, few ? " can be told from all others by one or two things alone."
	                     : "Nobody can be told from all others by one or two things alone.");
	html_page_answer(answers, "", "Who is most at risk?", "people", words.bytes, "");
	text_free(&words);
}

static void answer_offer(struct text *answers, const struct view *view)
{
	char *best = section_best_offer(view);
	html_page_answer(answers, "", "What would help most?", view->sides[0].measures.below ? "offers" : "groups",
	                 best ? best : "No single change to a key.", "");
	free(best);
}

/* What anonymise blanked: the difference of the missing values. */
static void answer_cost(struct text *answers, const struct view *view)
{
	struct text words = { 0 };
	char number[GRID_NUMBER_SIZE];
	size_t values[2] = { 0 };
	for (size_t s = 0; s < 2; s++) {
		const struct key_records *records = &view->sides[s].table->records;
		for (size_t at = 0; at < records->count * records->width; at++)
			values[s] += records->codes[at] > 0;
	}
	size_t blanked = values[0] > values[1] ? values[0] - values[1] : 0;
	grid_print_number(number, (long long)blanked);
	text_print(&words, "%s values of keys (", number);
	say_share(&words, blanked, values[0]);
	text_add(&words, ") were blanked.");
	html_page_answer(answers, "", "What did it cost?", "after", words.bytes, "");
	text_free(&words);
}

bool section_short(struct text *html, const struct view *view, struct error *err)
{
	struct text words = { 0 }, answers = { 0 };
	(void)err;
	if (view_is_empty(view)) {
		html_page_words(html, "The file has no records: nobody can be found in it.");
		return true;
	}
	say_paragraph(&words, view);
	html_page_words(html, words.bytes);
	answer_demands(&answers, view);
	answer_who(&answers, view);
	if (view->side_count == 2)
		answer_cost(&answers, view);
	else
		answer_offer(&answers, view);
	html_page_answers(html, &answers);
	text_free(&words);
	text_free(&answers);
	return true;
}
