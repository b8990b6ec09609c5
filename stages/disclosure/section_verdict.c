#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"
#include "mem.h"

static void answer_release(struct text *answers, const struct view *view)
{
	html_page_answer(answers, view->passed ? "go" : "stop", "May it be released?",
	                 view->passed ? "trail" : "failed",
	                 view->passed ? "✓ Yes: the attack found nothing that must not be found."
	                              : "✗ No: the attack found what must not be found. Nothing is published.",
	                 view->passed ? "Look at the tables, then run make release with BY and WHY." : "");
}

static void answer_hidden(struct text *answers, const struct view *view)
{
	char hidden[GRID_NUMBER_SIZE], all[GRID_NUMBER_SIZE], small[GRID_NUMBER_SIZE], others[GRID_NUMBER_SIZE];
	grid_print_number(hidden, view->hidden_figures);
	grid_print_number(all, view->figures);
	grid_print_number(small, view->hidden_cells - view->secondary_cells);
	grid_print_number(others, view->secondary_cells);
	char *words = view->hidden_figures ? mem_print("%s of %s figures.", hidden, all) : mem_copy_text("Nothing.");
	char *more = mem_print("%s counts are hidden for their own sake, %s to protect these.", small, others);
	html_page_answer(answers, "", "What is hidden?", "hidden", words, more);
	free(words);
	free(more);
}

static void answer_attacked(struct text *answers, const struct view *view)
{
	char attacked[GRID_NUMBER_SIZE], releases[GRID_NUMBER_SIZE];
	grid_print_number(attacked, view->attacked);
	grid_print_number(releases, view->releases);
	char *words = mem_print("%s hidden counts and sums.", attacked);
	char *more = view->releases ? mem_print("Together with what %s earlier release%s told.", releases,
	                                        view->releases == 1 ? "" : "s")
	                            : mem_copy_text("Nothing was released before.");
	html_page_answer(answers, "", "What was attacked?", "cells", words, more);
	free(words);
	free(more);
}

bool disclosure_section_verdict(struct text *html, const struct view *view, struct error *err)
{
	struct text answers = { 0 };
	char *best = NULL;
	bool ok = section_best_proposal(&best, view, err);
	if (ok) {
		answer_release(&answers, view);
		answer_hidden(&answers, view);
		answer_attacked(&answers, view);
		html_page_answer(&answers, "", "Could more be shown?", best ? "proposals" : "hidden",
		                 best ? best : "Not by taking two codes or areas together.", "");
		html_page_answers(html, &answers);
	}
	free(best);
	text_free(&answers);
	return ok;
}
