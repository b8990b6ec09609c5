#include "page.h"

#include "groups.h"
#include "html_page.h"
#include "mem.h"
#include "sections.h"
#include "steward.h"

static const struct html_page_part parts[] = {
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

bool page_write(struct text *html, const struct view *view, struct error *err)
{
	struct groups groups = { 0 };
	struct view grouped = *view;
	grouped.groups = &groups;
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
	bool ok = steward_lay(view, err) && groups_load(&groups, view, err)
	          && html_page_compose(html, parts, COUNT(parts), &grouped, &head, err);
	groups_free(&groups);
	return ok;
}
