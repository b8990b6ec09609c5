#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"
#include "mem.h"
#include "planted.h"

static void answer_release(struct text *answers, const struct view *view)
{
	char open[GRID_NUMBER_SIZE];
	grid_print_number(open, view->open);
	char *more = view->open ? mem_print("%s wait%s for a decision: make release refuses until it is made.", open,
	                                    view->open == 1 ? "s" : "")
	                        : mem_copy_text("No sure finding waits for a decision.");
	html_page_answer(answers, view->open ? "stop" : "go", "May the study be released?",
	                 view->open ? "open" : "types",
	                 view->open ? "✗ Not yet: sure findings are open." : "✓ Yes, as far as the texts go.", more);
	free(more);
}

static void answer_found(struct text *answers, const struct view *view)
{
	char found[GRID_NUMBER_SIZE], medium[GRID_NUMBER_SIZE], low[GRID_NUMBER_SIZE], decided[GRID_NUMBER_SIZE];
	grid_print_number(found, view->found);
	grid_print_number(medium, view->medium);
	grid_print_number(low, view->low);
	grid_print_number(decided, view->decided);
	char *words = view->found ? mem_print("%s findings.", found) : mem_copy_text("Nothing.");
	char *more = mem_print("%s decided; of the rest %s likely and replaced, %s only possible and left.", decided,
	                       medium, low);
	html_page_answer(answers, "", "What was found?", "types", words, view->found ? more : "");
	free(words);
	free(more);
}

static void answer_scanned(struct text *answers, const struct view *view)
{
	char texts[GRID_NUMBER_SIZE], names[GRID_NUMBER_SIZE];
	grid_print_number(texts, view->texts);
	grid_print_number(names, view->roster ? (long long)roster_count(view->roster) : 0);
	char *words = mem_print("%s text%s.", texts, view->texts == 1 ? "" : "s");
	char *more =
		view->roster
			? mem_print("With a roster of %s names.", names)
			: mem_copy_text("Without a roster: hardly any name of a person, home or school can be found.");
	html_page_answer(answers, "", "What was scanned?", "scanned", words, more);
	free(words);
	free(more);
}

bool text_section_verdict(struct text *html, const struct view *view, struct error *err)
{
	struct text answers = { 0 };
	(void)err;
	html_page_words(html, planted_words);
	answer_release(&answers, view);
	answer_found(&answers, view);
	answer_scanned(&answers, view);
	html_page_answers(html, &answers);
	text_free(&answers);
	return true;
}
