#include "completeness_table.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mem.h"

/* In the order of their columns: first of those who were asked. */
static const struct {
	enum missing_reason reason;
	const char *heading;
} reasons[] = {
	{ MISSING_NOT_ANSWERED, "Not answered" },     { MISSING_REFUSED, "Refused" },
	{ MISSING_DONT_KNOW, "Don't know" },          { MISSING_NOT_REACHED, "Not reached" },
	{ MISSING_WITHDRAWN, "Withdrawn" },           { MISSING_UNUSABLE, "Unusable" },
	{ MISSING_SUPPRESSED, "Suppressed" },         { MISSING_LOW, "Rounds to 0" },
	{ MISSING_NOT_APPLICABLE, "Not applicable" }, { MISSING_NOT_ASKED, "Not asked" },
};
static_assert(COUNT(reasons) == MISSING_COUNT - 1, "every reason has its heading");

/* The facet of the reason; 0: nobody's answer can be missing for it. */
static size_t reason_facet(const struct completeness_question *question, enum missing_reason reason)
{
	const char *word = missing_reason_word(reason);
	for (size_t i = 0; i < question->variable->reason_count && question->answers.missing; i++)
		if (strcmp(question->variable->reasons[i], word) == 0)
			return question->answers.missing + 1 + i;
	return 0;
}

struct completeness_columns completeness_columns(struct analysis *analysis,
                                                 const struct completeness_question *questions, size_t count,
                                                 enum completeness_share share)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	const char *plural = analysis->dataset->unit.plural;
	struct completeness_columns columns = { .asked = universe_column(universe, to, "Asked", plural) };
	columns.answered = universe_column(universe, to, "Answered", plural);
	if (share == COMPLETENESS_ANSWERED)
		columns.answered_share = universe_column(universe, to, "Answered", "% of those asked");
	if (share == COMPLETENESS_MISSING) {
		columns.missing = universe_column(universe, to, "Missing", plural);
		columns.missing_share = universe_column(universe, to, "Missing", "% of those asked");
	}
	for (size_t r = 0; r < COUNT(reasons); r++) {
		bool used = false;
		for (size_t i = 0; i < count && !used; i++)
			used = reason_facet(&questions[i], reasons[r].reason) > 0;
		if (used)
			columns.reason[r] = universe_column(universe, to, reasons[r].heading, plural);
	}
	return columns;
}

/* The per cent of those who were asked that are in the cell. */
static size_t add_share(struct analysis *analysis, struct result line, size_t part, size_t asked, unsigned cautions)
{
	const struct cell *cells = analysis->universe->cells;
	double n = (double)cells[part - 1].n, of = (double)cells[asked - 1].n;
	struct analysis_rests rests = { 0 };
	line.level = NAN;
	line.method = "per cent of those who were asked";
	analysis_rest_cell(&rests, part);
	analysis_rest_cell(&rests, asked);
	analysis_result(analysis, line, &rests, of == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE, cautions);
	return analysis_figure_share(analysis, of == 0 ? NAN : 100 * n / of, part, asked);
}

static void say_reasons(struct analysis *analysis, const struct completeness_question *question, size_t area,
                        size_t line, const struct completeness_columns *columns, struct result of)
{
	const char *name = question->variable->name;
	of.statistic = "missing";
	for (size_t r = 0; r < COUNT(reasons); r++) {
		size_t facet = reason_facet(question, reasons[r].reason);
		if (facet == 0)
			continue;
		char *category = mem_print("missing:%s", missing_reason_word(reasons[r].reason));
		analysis_label_code(analysis, name, category, reasons[r].heading);
		of.category = category;
		universe_entry(analysis->universe, analysis->arrangement, line, columns->reason[r],
		               analysis_count_line(analysis, of, completeness_cell(question, area, facet)));
		free(category);
	}
}

/* How many were asked and gave no answer, and how many of a hundred; nothing of a question that must be answered. */
static void say_missing(struct analysis *analysis, const struct completeness_question *question, size_t area,
                        size_t line, const struct completeness_columns *columns, struct result of)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement, facet = completeness_unanswered(question);
	if (facet == 0)
		return;
	size_t missing = completeness_cell(question, area, facet),
	       asked = completeness_cell(question, area, question->answers.asked);
	bool many = 10 * universe->cells[missing - 1].n > universe->cells[asked - 1].n;
	of.statistic = of.category = "unanswered";
	analysis_label_code(analysis, question->variable->name, of.category, "Missing");
	universe_entry(universe, to, line, columns->missing, analysis_count_line(analysis, of, missing));
	of.statistic = "missing_share";
	universe_entry(universe, to, line, columns->missing_share,
	               add_share(analysis, of, missing, asked, many ? CAUTION_MISSING_ABOVE_10 : 0));
}

void completeness_say(struct analysis *analysis, const struct completeness_question *question, size_t area,
                      const char *code, size_t line, const struct completeness_columns *columns, const char *base)
{
	struct universe *universe = analysis->universe;
	const char *name = question->variable->name;
	size_t to = analysis->arrangement, asked = completeness_cell(question, area, question->answers.asked),
	       answered = completeness_cell(question, area, question->answers.answered);
	struct result of = { .outcome = name, .area = code, .denominator = base };

	of.statistic = of.category = "asked";
	analysis_label_code(analysis, name, of.category, "Asked");
	universe_entry(universe, to, line, columns->asked, analysis_count_line(analysis, of, asked));
	of.statistic = "count";
	of.category = NULL;
	universe_entry(universe, to, line, columns->answered, analysis_count_line(analysis, of, answered));
	of.statistic = "answered";
	if (columns->answered_share)
		universe_entry(universe, to, line, columns->answered_share,
		               add_share(analysis, of, answered, asked, 0));
	if (columns->missing)
		say_missing(analysis, question, area, line, columns, of);
	say_reasons(analysis, question, area, line, columns, of);
}

const char *completeness_words(const struct completeness_question *question)
{
	const struct dataset_variable *variable = question->variable;
	return text_is_blank(variable->label) ? variable->name : variable->label;
}
