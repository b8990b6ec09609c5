#include "html_page.h"

#include <stdint.h>
#include <stdlib.h>

#include "embedded.h"
#include "grid.h"
#include "mem.h"
#include "options.h"

void html_page_add(struct html_page *page, const char *id, const char *heading, const char *body)
{
	const struct text_hole holes[] = { { "id", id, false }, { "heading", heading, false }, { "body", body, true } };
	if (!body || !*body)
		return;
	if (page->first.length == 0) {
		text_fill(&page->first, template_page_section_html, TEXT_HTML, holes, COUNT(holes));
		return;
	}
	text_fill(&page->sections, template_page_section_html, TEXT_HTML, holes, COUNT(holes));
	text_fill(&page->contents, template_page_link_html, TEXT_HTML, holes, 2);
}

void html_page_words(struct text *html, const char *words)
{
	struct text visible = { 0 }; /* labels stand among them: a mark of direction would turn round what follows */
	grid_add_visible(&visible, words ? words : "", SIZE_MAX);
	const struct text_hole hole = { "words", visible.bytes, false };
	text_fill(html, template_page_words_html, TEXT_HTML, &hole, 1);
	text_free(&visible);
}

void html_page_answer(struct text *answers, const char *kind, const char *question, const char *id, const char *answer,
                      const char *more)
{
	const struct text_hole holes[] = {
		{ "kind", kind, false },    { "question", question, false }, { "id", id, false },
		{ "short", answer, false }, { "more", more, false },
	};
	text_fill(answers, template_page_answer_html, TEXT_HTML, holes, COUNT(holes));
}

void html_page_answers(struct text *html, const struct text *answers)
{
	const struct text_hole hole = { "answers", answers->bytes, true };
	text_fill(html, template_page_answers_html, TEXT_HTML, &hole, 1);
}

void html_page_print(struct text *html, const struct html_page *page, const struct html_page_head *head)
{
	char *heading = head->about ? mem_print("%s: %s", head->kind, head->about) : mem_copy_text(head->kind);
	char *title = head->about ? mem_print("%s: %s, %s", head->state, head->about, head->study->study.title)
	                          : mem_print("%s: %s", head->state, head->study->study.title);
	const struct text_hole holes[] = {
		{ "window", title, false },
		{ "heading", heading, false },
		{ "title", head->study->study.title, false },
		{ "date", head->study->study.date, false },
		{ "version", CANVASS_VERSION, false },
		{ "mark", head->mark ? head->mark : "Restricted.", false },
		{ "holds", head->holds, false },
		{ "closing", head->closing, false },
		{ "synthetic", head->study->study.synthetic ? template_page_synthetic_html : "", true },
		{ "style", template_page_style_css, true },
		{ "contents", page->contents.bytes, true },
		{ "first", page->first.bytes, true },
		{ "sections", page->sections.bytes, true },
	};
	text_fill(html, template_page_page_html, TEXT_HTML, holes, COUNT(holes));
	free(heading);
	free(title);
}

bool html_page_compose(struct text *html, const struct html_page_part *parts, size_t count, const struct view *view,
                       const struct html_page_head *head, struct error *err)
{
	struct html_page page = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		struct text body = { 0 };
		ok = parts[i].add(&body, view, err);
		if (ok)
			html_page_add(&page, parts[i].id, parts[i].heading, body.bytes);
		text_free(&body);
	}
	if (ok)
		html_page_print(html, &page, head);
	html_page_release(&page);
	return ok;
}

void html_page_release(struct html_page *page)
{
	text_free(&page->first);
	text_free(&page->contents);
	text_free(&page->sections);
}
