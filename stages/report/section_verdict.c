#include "sections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "mem.h"
#include "number.h"
#include "grid.h"

/* What a limit speaks of, in words. */
static void describe_limit(struct text *words, const char *limit)
{
	enum severity severity;
	enum finding_code code;
	char *word = mem_copy_bytes(limit, strcspn(limit, ":"));
	const char *colon = strchr(limit, ':');
	if (severity_read(limit, &severity))
		text_add(
			words,
			severity == SEVERITY_REJECT
				? "All rows that are not accepted (reject); who withdrew, previews, unfinished responses and spam are not counted"
			: severity == SEVERITY_BLANK ? "All that made an answer missing (blank)"
			: severity == SEVERITY_WARN  ? "All warnings (warn)"
						     : "All notes (note)");
	else if (finding_read_code(word, &code) && code == FINDING_RULE_BROKEN && colon)
		text_print(words, "Rule %s", colon + 1);
	else if (finding_read_code(word, &code))
		text_print(words, "%s%s%s (%s)", finding_kind(code)->title, colon ? ": " : "", colon ? colon + 1 : "",
		           word);
	else
		text_add(words, limit);
	free(word);
}

/* With as many decimals as it needs: 5, 2.5. */
static void print_short(char text[NUMBER_TEXT_SIZE], double value)
{
	int decimals = 0;
	while (decimals < 6 && fabs(number_round(value, decimals) - value) > 1e-9)
		decimals++;
	number_print(text, value, decimals);
}

static void describe_allowed(struct text *words, const struct verdict_line *line)
{
	char allowed[GRID_NUMBER_SIZE], base[GRID_NUMBER_SIZE], per_cent[NUMBER_TEXT_SIZE];
	grid_print_number(allowed, line->allowed);
	grid_print_number(base, line->base);
	text_add(words, allowed);
	if (isnan(line->per_cent))
		return;
	print_short(per_cent, line->per_cent);
	text_print(words, " (%s%% of %s %s)", per_cent, base, line->by_rule ? "rows judged" : "rows that count");
}

static void add_limits(struct text *html, const struct verdict *verdict)
{
	static const struct grid_column columns[] = {
		{ "Limit on", GRID_TEXT },  { "Found", GRID_NUMBER }, { "Decided by the steward", GRID_NUMBER },
		{ "Counted", GRID_NUMBER }, { "Allowed", GRID_TEXT }, { "Set in", GRID_TEXT },
		{ "Result", GRID_TEXT },
	};
	struct grid grid;
	grid_begin(&grid, "limits", "Findings and the limits on them", columns, COUNT(columns));
	for (size_t i = 0; i < verdict->count; i++) {
		const struct verdict_line *line = &verdict->lines[i];
		struct text limit = { 0 }, allowed = { 0 };
		describe_limit(&limit, line->limit);
		describe_allowed(&allowed, line);
		grid_text(&grid, limit.bytes);
		grid_number(&grid, line->found);
		grid_number(&grid, line->accepted);
		grid_number(&grid, line->found - line->accepted);
		grid_text(&grid, allowed.bytes);
		grid_text(&grid, line->by_default ? "the default" : line->by_rule ? "rules.csv" : "the study's config");
		grid_text(&grid, line->ok ? "within the limit" : "over the limit");
		grid_row(&grid, line->ok ? "" : "bad");
		text_free(&limit);
		text_free(&allowed);
	}
	grid_end(&grid, html);
}

static void explain(struct text *because, const struct verdict *verdict)
{
	char accepted[GRID_NUMBER_SIZE], read[GRID_NUMBER_SIZE];
	grid_print_number(accepted, verdict->rows_accepted);
	grid_print_number(read, verdict->rows_read);
	text_print(because, "%s of %s rows are accepted. ", accepted, read);
	if (verdict->rows_accepted == 0)
		text_add(because,
		         "Nothing is left to analyse: the table of reasons below says why the rows were set aside.");
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
		text_add(because, "No limit is exceeded. Findings below may still deserve a look.");
}

bool section_verdict(struct text *html, const struct view *view, struct error *err)
{
	(void)err;
	const struct verdict *verdict = view->verdict;
	struct text because = { 0 };
	explain(&because, verdict);
	const struct text_hole holes[] = {
		{ "kind", verdict->go_on ? "go" : "stop", false },
		{ "sign", verdict->go_on ? "✓" : "✗", false },
		{ "state", verdict->go_on ? "Yes: the dataset goes on." : "No: the chain stops here.", false },
		{ "because", because.bytes, false },
	};
	text_fill(html, template_report_verdict_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&because);
	add_limits(html, verdict);
	return true;
}
