#include "page.h"

#include "embedded.h"
#include "groups.h"
#include "mem.h"
#include "options.h"
#include "sections.h"
#include "steward.h"

static const struct {
	const char *id, *heading;
	bool (*add)(struct text *html, const struct view *view, struct error *err);
} parts[] = {
	{ "verdict", "In short", section_verdict },
	{ "limits", "Can we go on?", section_limits },
	{ "causes", "What must be fixed?", section_causes },
	{ "ask", "Whom must I ask?", section_ask },
	{ "changes", "What changed?", section_changes },
	{ "rows", "Is every row accounted for?", section_rows },
	{ "costs", "What does it cost the study?", section_costs },
	{ "findings", "What was found", section_findings },
	{ "areas", "Area by area", section_areas },
	{ "completeness", "Completeness", section_completeness },
	{ "rules", "Rules of the dictionary", section_rules },
	{ "decisions", "Decisions of the steward", section_decisions },
	{ "inputs", "What this report rests on", section_inputs },
};

void section_words(struct text *html, const char *words)
{
	const struct text_hole hole = { "words", words, false };
	text_fill(html, template_report_words_html, TEXT_HTML, &hole, 1);
}

/* The first part stands before the contents: the verdict comes first. */
static bool add_parts(struct text *first, struct text *sections, struct text *contents, const struct view *view,
                      struct error *err)
{
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct text body = { 0 };
		bool ok = parts[i].add(&body, view, err);
		const struct text_hole holes[] = {
			{ "id", parts[i].id, false },
			{ "heading", parts[i].heading, false },
			{ "body", body.bytes, true },
		};
		if (ok && body.length > 0) {
			text_fill(i == 0 ? first : sections, template_report_section_html, TEXT_HTML, holes,
			          COUNT(holes));
		}
		if (ok && body.length > 0 && i > 0) {
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
	struct text first = { 0 }, sections = { 0 }, contents = { 0 };
	struct groups groups = { 0 };
	struct view grouped = *view;
	grouped.groups = &groups;
	bool ok = steward_lay(view, err) && groups_load(&groups, view, err)
	          && add_parts(&first, &sections, &contents, &grouped, err);
	groups_free(&groups);
	const struct text_hole holes[] = {
		{ "state", view->verdict->go_on ? "Goes on" : "Stops", false },
		{ "dataset", view->dataset->name, false },
		{ "title", view->study->study.title, false },
		{ "date", view->study->study.date, false },
		{ "version", CANVASS_VERSION, false },
		{ "synthetic", view->study->study.synthetic ? template_report_synthetic_html : "", true },
		{ "style", template_report_style_css, true },
		{ "contents", contents.bytes, true },
		{ "first", first.bytes, true },
		{ "sections", sections.bytes, true },
	};
	if (ok)
		text_fill(html, template_report_page_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&first);
	text_free(&sections);
	text_free(&contents);
	return ok;
}
