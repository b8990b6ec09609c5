#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

static const struct side *last_side(const struct view *view)
{
	return &view->sides[view->side_count - 1];
}

static unsigned all_keys(const struct view *view)
{
	return (1u << view->sides[0].table->key_count) - 1;
}

static void say_share(struct text *words, size_t part, size_t of)
{
	view_say_number(words, of ? 100 * (double)part / (double)of : 0, 1);
	text_add(words, "%");
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
		view_say_number(words, 100 * side->table->fraction, 1);
		text_print(
			words,
			"%% of the people whom it stands for. Somebody who does not know who took part, and looks for all "
			"%s, would find ",
			view->dataset->unit.plural);
	}
	view_say_number(words, measures->expected, 1);
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

static void say_paragraph(struct text *words, const struct view *view)
{
	const struct side *side = last_side(view);
	const struct measures *measures = &side->measures;
	text_add(words, view->side_count == 2 ? "After anonymise: of " : "Of ");
	view_say_people(words, view, measures->count);
	text_add(words, ", ");
	say_share(words, measures->below, measures->count);
	char below[GRID_NUMBER_SIZE], alone[GRID_NUMBER_SIZE];
	grid_print_number(below, (long long)measures->below);
	grid_print_number(alone, (long long)measures->alone);
	text_print(words, " (%s) share ", below);
	view_say_keys(words, view, all_keys(view));
	say_too_few(words, view);
	if (view->entry->k > 2)
		text_print(words, ", and %s of them with nobody", alone);
	text_add(words, ". ");
	text_print(words,
	           "To know these of one of them, say as a neighbour, a worker or a friend, is to find the row, and "
	           "with it every other answer.");
	say_finding(words, view, side);
	if (view->side_count == 2) {
		text_add(words, " Before, ");
		say_share(words, view->sides[0].measures.below, view->sides[0].measures.count);
		text_add(words, " shared them");
		say_too_few(words, view);
		text_add(words, ", and ");
		view_say_number(words, view->sides[0].measures.expected, 1);
		text_add(words, " would have been found.");
	}
}

static void answer_demands(struct text *answers, const struct view *view)
{
	const struct measures *measures = &last_side(view)->measures;
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
	const struct measures *measures = &last_side(view)->measures;
	struct text words = { 0 };
	size_t few = 0;
	for (size_t i = 0; i < measures->count; i++)
		few += measures->suda.smallest[i] > 0 && measures->suda.smallest[i] <= 2;
	view_say_people(&words, view, few);
	text_print(&words, " can be told from all others by one or two things alone.");
	html_page_answer(answers, "", "Who is most at risk?", "people", words.bytes, "");
	text_free(&words);
}

static void answer_offer(struct text *answers, const struct view *view)
{
	char *best = section_best_offer(view);
	html_page_answer(answers, "", "What would help most?", "offers", best ? best : "No single change to a key.",
	                 "");
	free(best);
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
	answer_offer(&answers, view);
	html_page_answers(html, &answers);
	text_free(&words);
	text_free(&answers);
	return true;
}
