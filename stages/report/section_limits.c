#include "sections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "mem.h"
#include "number.h"
#include "grid.h"

void section_limit_words(struct text *words, const char *limit)
{
	enum severity severity;
	enum finding_code code;
	char *word = mem_copy_bytes(limit, strcspn(limit, ":"));
	const char *colon = strchr(limit, ':');
	if (severity_read(limit, &severity))
		text_add(
			words,
			severity == SEVERITY_REJECT
				? "All that set a row aside (reject); withdrawals, previews, unfinished responses and spam are not counted"
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

void section_limit_brief(struct text *words, const struct verdict_line *line)
{
	enum severity severity;
	enum finding_code code;
	char *word = mem_copy_bytes(line->limit, strcspn(line->limit, ":"));
	const char *colon = strchr(line->limit, ':');
	char number[GRID_NUMBER_SIZE], allowed[GRID_NUMBER_SIZE];
	grid_print_number(number, line->found - line->accepted);
	grid_print_number(allowed, line->allowed);
	if (severity_read(line->limit, &severity))
		text_add(words, severity == SEVERITY_REJECT  ? "Findings that set a row aside"
		                : severity == SEVERITY_BLANK ? "Answers made missing"
		                : severity == SEVERITY_WARN  ? "Warnings"
		                                             : "Notes");
	else if (finding_read_code(word, &code) && !(code == FINDING_RULE_BROKEN && colon))
		text_print(words, "%s%s%s", finding_kind(code)->title, colon ? ": " : "", colon ? colon + 1 : "");
	else
		text_print(words, "Rule %s broken", colon ? colon + 1 : line->limit);
	text_print(words, ": %s, and %s allowed", number, allowed);
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

bool section_limits(struct text *html, const struct view *view, struct error *err)
{
	const struct verdict *verdict = view->verdict;
	(void)err;
	static const struct grid_column columns[] = {
		{ "Limit on", GRID_TEXT }, { "Result", GRID_TEXT },  { "Counted", GRID_NUMBER },
		{ "Allowed", GRID_TEXT },  { "Found", GRID_NUMBER }, { "Decided by the steward", GRID_NUMBER },
		{ "Set in", GRID_TEXT },
	};
	struct grid grid;
	grid_begin(&grid, "limits-table", "Findings and the limits on them", columns, COUNT(columns));
	for (size_t i = 0; i < verdict->count; i++) {
		const struct verdict_line *line = &verdict->lines[i];
		struct text limit = { 0 }, allowed = { 0 };
		section_limit_words(&limit, line->limit);
		describe_allowed(&allowed, line);
		grid_text(&grid, limit.bytes);
		grid_text(&grid, line->ok ? "within the limit" : "over the limit");
		grid_number(&grid, line->found - line->accepted);
		grid_text(&grid, allowed.bytes);
		grid_number(&grid, line->found);
		grid_number(&grid, line->accepted);
		grid_text(&grid, line->by_default ? "the default" : line->by_rule ? "rules.csv" : "the study's config");
		grid_row(&grid, line->ok ? "" : "bad");
		text_free(&limit);
		text_free(&allowed);
	}
	grid_end(&grid, html);
	return true;
}
