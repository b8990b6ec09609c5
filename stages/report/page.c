#include "page.h"

#include "groups.h"
#include "html_page.h"
#include "mem.h"
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

static bool add_parts(struct html_page *page, const struct view *view, struct error *err)
{
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct text body = { 0 };
		bool ok = parts[i].add(&body, view, err);
		if (ok)
			html_page_add(page, parts[i].id, parts[i].heading, body.bytes);
		text_free(&body);
		if (!ok)
			return false;
	}
	return true;
}

bool page_write(struct text *html, const struct view *view, struct error *err)
{
	struct html_page page = { 0 };
	struct groups groups = { 0 };
	struct view grouped = *view;
	grouped.groups = &groups;
	bool ok = steward_lay(view, err) && groups_load(&groups, view, err) && add_parts(&page, &grouped, err);
	groups_free(&groups);
	const struct html_page_head head = {
		.state = view->verdict->go_on ? "Goes on" : "Stops",
		.kind = "Validation report",
		.about = view->dataset->name,
		.holds =
			"This page holds keys and answers of respondents as they came. Do not send it on, print it to a "
			"shared printer, or copy from it into what is published.",
		.closing = "The exports themselves are never changed: what a steward decides stands in decisions.csv.",
		.study = view->study,
	};
	if (ok)
		html_page_print(html, &page, &head);
	html_page_release(&page);
	return ok;
}
