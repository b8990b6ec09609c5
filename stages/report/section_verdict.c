#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "finding.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

/* --- the four questions, each with a short answer that leads to its part of the page --- */

static void explain(struct text *because, const struct verdict *verdict)
{
	char accepted[GRID_NUMBER_SIZE], read[GRID_NUMBER_SIZE];
	grid_print_number(accepted, verdict->rows_accepted);
	grid_print_number(read, verdict->rows_read);
	text_print(because, "%s of %s rows are accepted. ", accepted, read);
	if (verdict->rows_accepted == 0)
		text_add(because, "Nothing is left to analyse: the table of reasons says why the rows were set aside.");
	else if (verdict->exceeded == 1)
		text_add(
			because,
			"One limit is exceeded: mend the export or the dictionary, decide about the findings, or change the limit.");
	else if (verdict->exceeded > 1)
		text_print(
			because,
			"%zu limits are exceeded: mend the export or the dictionary, decide about the findings, or change the limits.",
			verdict->exceeded);
	else
		text_add(because, "No limit is exceeded.");
}

static void answer_go_on(struct text *answers, const struct view *view)
{
	bool go_on = view->verdict->go_on;
	struct text because = { 0 };
	explain(&because, view->verdict);
	html_page_answer(answers, go_on ? "go" : "stop", "Can we go on?", "limits",
	                 go_on ? "✓ Yes: the dataset goes on." : "✗ No: the chain stops here.", because.bytes);
	text_free(&because);
}

/* The limits that are exceeded, by how much; else what is left to look at. */
static void answer_fix(struct text *answers, const struct view *view)
{
	const struct verdict *verdict = view->verdict;
	char number[GRID_NUMBER_SIZE];
	struct text must = { 0 };
	text_add(&must, "");
	for (size_t i = 0; i < verdict->count; i++) {
		const struct verdict_line *line = &verdict->lines[i];
		if (line->ok)
			continue;
		section_limit_brief(&must, line);
		text_add(&must, ". ");
	}
	if (must.length == 0 && view->groups->open > 0) {
		grid_print_number(number, view->groups->open);
		text_print(&must, "%s %s open and deserve%s a look.", number,
		           view->groups->open == 1 ? "finding is" : "findings are", view->groups->open == 1 ? "s" : "");
	}
	html_page_answer(answers, verdict->exceeded ? "stop" : "", "What must be fixed?", "causes",
	                 verdict->exceeded == 0   ? "Nothing must."
	                 : verdict->exceeded == 1 ? "What exceeds one limit."
	                                          : "What exceeds the limits.",
	                 must.bytes);
	text_free(&must);
}

static void answer_ask(struct text *answers, const struct view *view)
{
	struct text whom = { 0 };
	for (int i = ASK_NOBODY + 1; i < ASK_COUNT; i++) {
		char number[GRID_NUMBER_SIZE];
		long long count = ask_count(view->groups, (enum ask_whom)i);
		if (count == 0)
			continue;
		grid_print_number(number, count);
		text_print(&whom, "%s%s (%s)", whom.length ? ", " : "", ask_short((enum ask_whom)i), number);
	}
	if (whom.length)
		whom.bytes[0] = (char)(whom.bytes[0] - 'a' + 'A');
	html_page_answer(answers, "", "Whom must I ask?", "ask", whom.length ? whom.bytes : "Nobody.",
	                 whom.length ? "In brackets: open findings that each can answer for." : "");
	text_free(&whom);
}

bool section_verdict(struct text *html, const struct view *view, struct error *err)
{
	struct text answers = { 0 };
	char *changed = NULL;
	if (!section_changes_words(&changed, view, err))
		return false;
	answer_go_on(&answers, view);
	answer_fix(&answers, view);
	answer_ask(&answers, view);
	html_page_answer(&answers, "", "What changed?", "changes", changed, "");
	html_page_answers(html, &answers);
	text_free(&answers);
	free(changed);
	return true;
}
