#include "routes.h"

#include <stdlib.h>

#include "expected.h"
#include "mem.h"
#include "text.h"

struct routes {
	struct judging *judging;
	enum expression_result *asked; /* of the row, by variable */
	size_t *unanswered;            /* export, variable: accepted rows that were asked and left it blank */
};

struct routes *routes_new(struct judging *judging)
{
	struct routes *routes = mem_alloc(1, sizeof *routes);
	size_t variables = judging->with.dictionary->variable_count;
	routes->judging = judging;
	routes->asked = mem_alloc(variables, sizeof *routes->asked);
	routes->unanswered =
		mem_alloc(exported_source_count(judging->with.exported) * variables, sizeof *routes->unanswered);
	return routes;
}

void routes_free(struct routes *routes)
{
	if (!routes)
		return;
	free(routes->asked);
	free(routes->unanswered);
	free(routes);
}

/* --- routes --- */

/* A missing code or the platform's mark that says another thing than asked_if: never asked where the route asks, or
 * asked and refused where it does not. A column that the export lacks says nothing. */
static bool contradicts(const struct judging *judging, size_t variable, enum expression_result asked)
{
	enum missing_reason missing = judging->cells[variable].answer->missing;
	if (text_is_blank(judging->row->cells[variable]))
		return false;
	if (asked == EXPRESSION_TRUE)
		return missing == MISSING_NOT_ASKED;
	return asked == EXPRESSION_FALSE && (missing == MISSING_REFUSED || missing == MISSING_DONT_KNOW);
}

static bool review_route(struct routes *routes, size_t variable, struct error *err)
{
	struct judging *judging = routes->judging;
	struct judged_cell *cell = &judging->cells[variable];
	const struct variable *question = &judging->with.dictionary->variables[variable];
	if (!question->asked_if)
		return true;
	enum expression_result asked = checks_asked(judging->with.checks, variable);
	routes->asked[variable] = asked;
	char expected[EXPECTED_SIZE];
	struct text words = { 0 };
	struct finding finding;
	if (asked == EXPRESSION_FALSE && cell->answer->missing == MISSING_NONE) {
		finding = judging_about_cell(judging, FINDING_ROUTE_UNEXPECTED, variable);
		expected_words(expected, question, finding.code, judging->row->source->form);
		finding.expected = expected;
	} else if (contradicts(judging, variable, asked)) {
		finding = judging_about_cell(judging, FINDING_ROUTE_REASON, variable);
		text_print(&words, "%s: it is asked if %s",
		           asked == EXPRESSION_TRUE ? "an answer, or a reason of who was asked" : "not asked",
		           question->asked_if);
		finding.expected = words.bytes;
	} else if (asked == EXPRESSION_FAILED) {
		finding = judging_about_cell(judging, FINDING_RULE_UNKNOWABLE, variable);
		finding.severity = SEVERITY_WARN;
		finding.expected = "asked_if could not be computed";
	} else {
		cell->not_asked = asked == EXPRESSION_FALSE && cell->answer->missing == MISSING_NOT_ANSWERED;
		return true;
	}
	bool ok = judging_tell(judging, &finding, false, err);
	text_free(&words);
	return ok;
}

void routes_count(struct routes *routes)
{
	const struct judging *judging = routes->judging;
	size_t variables = judging->with.dictionary->variable_count;
	size_t source = (size_t)(judging->row->source - exported_source_at(judging->with.exported, 0));
	for (size_t i = 0; i < variables; i++)
		if (judging->with.dictionary->variables[i].asked_if && routes->asked[i] == EXPRESSION_TRUE
		    && judging->cells[i].answer->missing == MISSING_NOT_ANSWERED)
			routes->unanswered[source * variables + i]++;
}

/* --- rules --- */

/* The answers that a rule compared, such as "age=17, tenure=own". */
static void describe(struct text *text, const struct judging *judging, size_t rule)
{
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++) {
		const struct answer *answer = judging->cells[i].answer;
		if (!checks_rule_reads(judging->with.checks, rule, i))
			continue;
		text_print(text, "%s%s=%s", text->length ? ", " : "", judging->with.dictionary->variables[i].name,
		           answer->missing == MISSING_NONE ? answer->text : missing_reason_word(answer->missing));
	}
}

static enum severity severity_of(enum rule_severity severity)
{
	switch (severity) {
	case RULE_REJECT: return SEVERITY_REJECT;
	case RULE_WARN: return SEVERITY_WARN;
	case RULE_NOTE: break;
	}
	return SEVERITY_NOTE;
}

static bool review_rule(struct judging *judging, size_t index, struct error *err)
{
	const struct rule *rule = &judging->with.dictionary->rules[index];
	enum check_outcome outcome = checks_rule(judging->with.checks, index, judging->row->source->wave);
	tally_rule(judging->with.tally, index, outcome);
	if (outcome != CHECK_BROKEN && outcome != CHECK_FAILED)
		return true;
	bool broken = outcome == CHECK_BROKEN;
	struct text value = { 0 };
	describe(&value, judging, index);
	struct finding finding = judging_about_row(judging, broken ? FINDING_RULE_BROKEN : FINDING_RULE_UNKNOWABLE);
	finding.severity = broken ? severity_of(rule->severity) : SEVERITY_WARN;
	finding.rule = rule->name;
	finding.value = value.bytes;
	finding.expected = broken ? rule->message : "the rule could not be computed";
	bool ok = judging_tell(judging, &finding, false, err);
	text_free(&value);
	return ok;
}

bool routes_review(struct routes *routes, struct error *err)
{
	struct judging *judging = routes->judging;
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++)
		if (!review_route(routes, i, err))
			return false;
	for (size_t i = 0; i < judging->with.dictionary->rule_count; i++)
		if (!review_rule(judging, i, err))
			return false;
	return true;
}

/* --- what is told once --- */

static bool tell_unanswered(struct routes *routes, size_t source, struct error *err)
{
	struct judging *judging = routes->judging;
	size_t variables = judging->with.dictionary->variable_count;
	for (size_t i = 0; i < variables; i++) {
		struct finding finding = {
			.code = FINDING_ROUTE_UNANSWERED,
			.variable = judging->with.dictionary->variables[i].name,
			.occurrences = routes->unanswered[source * variables + i],
		};
		if (finding.occurrences == 0)
			continue;
		struct text words = { 0 };
		text_print(&words, "an answer: it is asked if %s", judging->with.dictionary->variables[i].asked_if);
		finding.expected = words.bytes;
		bool ok = judging_tell_once(judging, exported_source_at(judging->with.exported, source), &finding, err);
		text_free(&words);
		if (!ok)
			return false;
	}
	return true;
}

bool routes_tell(struct routes *routes, struct error *err)
{
	struct judging *judging = routes->judging;
	for (size_t i = 0; i < judging->with.dictionary->rule_count; i++) {
		struct finding finding = {
			.code = FINDING_RULE_UNKNOWABLE,
			.rule = judging->with.dictionary->rules[i].name,
			.occurrences = tally_rule_count(judging->with.tally, i, CHECK_UNKNOWABLE),
		};
		if (finding.occurrences != 0 && !judging_tell_once(judging, NULL, &finding, err))
			return false;
	}
	for (size_t i = 0; i < exported_source_count(judging->with.exported); i++)
		if (!tell_unanswered(routes, i, err))
			return false;
	return true;
}
