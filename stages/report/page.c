#include "page.h"

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "sections.h"

static const struct {
	const char *id, *heading;
	bool (*add)(struct text *html, const struct view *view, struct error *err);
} parts[] = {
	{ "verdict", "Can the dataset go on?", section_verdict },
	{ "rows", "Is every row accounted for?", section_rows },
	{ "findings", "What was found", section_findings },
	{ "rules", "Rules of the dictionary", section_rules },
	{ "completeness", "Completeness", section_completeness },
	{ "decisions", "Decisions of the steward", section_decisions },
	{ "inputs", "What this report rests on", section_inputs },
};

void section_words(struct text *html, const char *words)
{
	const struct text_hole hole = { "words", words, false };
	text_fill(html, template_report_words_html, TEXT_HTML, &hole, 1);
}

static bool add_parts(struct text *sections, struct text *contents, const struct view *view, struct error *err)
{
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct text body = { 0 };
		bool ok = parts[i].add(&body, view, err);
		const struct text_hole holes[] = {
			{ "id", parts[i].id, false },
			{ "heading", parts[i].heading, false },
			{ "body", body.bytes, true },
		};
		if (ok) {
			text_fill(sections, template_report_section_html, TEXT_HTML, holes, COUNT(holes));
			text_fill(contents, template_report_link_html, TEXT_HTML, holes, 2);
		}
		text_free(&body);
		if (!ok)
			return false;
	}
	return true;
}

bool page_write(struct text *html, const struct view *view, struct error *err)
{
	struct text sections = { 0 }, contents = { 0 };
	bool ok = add_parts(&sections, &contents, view, err);
	const struct text_hole holes[] = {
		{ "state", view->verdict->go_on ? "Goes on" : "Stops", false },
		{ "dataset", view->dataset->name, false },
		{ "title", view->study->study.title, false },
		{ "date", view->study->study.date, false },
		{ "version", CANVASS_VERSION, false },
		{ "synthetic", view->study->study.synthetic ? template_report_synthetic_html : "", true },
		{ "style", template_report_style_css, true },
		{ "contents", contents.bytes, true },
		{ "sections", sections.bytes, true },
	};
	if (ok)
		text_fill(html, template_report_page_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&sections);
	text_free(&contents);
	return ok;
}
