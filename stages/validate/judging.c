#include "judging.h"

#include <stdlib.h>

#include "expected.h"
#include "mem.h"
#include "text.h"

bool judging_new(struct judging **judging, const struct review_tools *tools, struct error *err)
{
	struct judging *made = mem_alloc(1, sizeof *made);
	made->with = *tools;
	made->key = dictionary_role(tools->dictionary, ROLE_KEY);
	made->repeat = dictionary_repeat(tools->dictionary);
	made->area = dictionary_role(tools->dictionary, ROLE_AREA);
	made->consent = dictionary_role(tools->dictionary, ROLE_CONSENT);
	made->wave = dictionary_role(tools->dictionary, ROLE_WAVE);
	made->cells = mem_alloc(tools->dictionary->variable_count, sizeof *made->cells);
	if (!finding_store_new(&made->findings, tools->store, tools->dataset, err)) {
		judging_free(made);
		return false;
	}
	*judging = made;
	return true;
}

void judging_free(struct judging *judging)
{
	if (!judging)
		return;
	finding_store_free(judging->findings);
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++) {
		answer_release(&judging->cells[i].came);
		answer_release(&judging->cells[i].corrected);
	}
	free(judging->cells);
	free(judging);
}

static size_t index_of(const struct judging *judging, const struct variable *variable)
{
	return (size_t)(variable - judging->with.dictionary->variables);
}

const char *judging_came(const struct judging *judging, const struct variable *variable)
{
	return variable ? judging->row->cells[index_of(judging, variable)] : NULL;
}

const struct answer *judging_answer(const struct judging *judging, const struct variable *variable)
{
	return variable ? judging->cells[index_of(judging, variable)].answer : NULL;
}

bool judging_is_question(const struct variable *variable)
{
	return variable->role == ROLE_NONE || variable->role == ROLE_MEASURE || variable->role == ROLE_FREE_TEXT;
}

void judging_begin(struct judging *judging, const struct exported_row *row)
{
	judging->row = row;
	const char *key = judging_came(judging, judging->key);
	judging->row_key = text_is_blank(key) ? NULL : key;
	judging->status = ROW_ACCEPTED;
	judging->reason = FINDING_NONE;
}

/* --- findings and the steward's word on them --- */

void judging_set_aside(struct judging *judging, enum finding_code reason)
{
	if (judging->status != ROW_ACCEPTED)
		return;
	judging->status = reason == FINDING_ROW_PREVIEW ? ROW_PREVIEW : ROW_SET_ASIDE;
	judging->reason = reason;
}

bool judging_refuse_correction(const struct judging *judging, const struct decision *decision, struct error *err)
{
	return rulings_refuse(judging->with.rulings, decision,
	                      "a correction of a finding that is not about one cell's text",
	                      "correct the cell by its own finding, or accept this one, or set the row aside", err);
}

struct finding judging_about_row(const struct judging *judging, enum finding_code code)
{
	return (struct finding){
		.code = code,
		.severity = finding_kind(code)->severity,
		.source = judging->row->source->source,
		.row = judging->row->row,
		.line = judging->row->line,
		.record = judging->row->record,
		.key = judging->row_key,
		.wave = judging_came(judging, judging->wave),
		.repeat = judging_came(judging, judging->repeat),
		.occurrences = 1,
	};
}

struct finding judging_about_cell(const struct judging *judging, enum finding_code code, size_t variable)
{
	struct finding finding = judging_about_row(judging, code);
	finding.variable = judging->with.dictionary->variables[variable].name;
	finding.value = judging->row->cells[variable];
	return finding;
}

bool judging_tell(struct judging *judging, const struct finding *finding, bool corrected, struct error *err)
{
	const char *source = judging->row->source->name;
	const struct decision *decision = rulings_find(judging->with.rulings, source, finding);
	if (decision && decision->kind == DECISION_CORRECT && !corrected)
		return judging_refuse_correction(judging, decision, err);
	bool condemned = decision && decision->kind == DECISION_SET_ASIDE;
	if ((finding->severity == SEVERITY_REJECT && !corrected) || condemned)
		judging_set_aside(judging, finding->code);
	return finding_store_add(judging->findings, source, finding, err);
}

bool judging_tell_once(struct judging *judging, const struct exported_source *source, struct finding *finding,
                       struct error *err)
{
	const char *name = source ? source->name : NULL;
	finding->source = source ? source->source : 0;
	finding->severity = finding_kind(finding->code)->severity;
	const struct decision *decision = rulings_find(judging->with.rulings, name, finding);
	if (decision && decision->kind == DECISION_CORRECT)
		return judging_refuse_correction(judging, decision, err);
	return finding_store_add(judging->findings, name, finding, err);
}

/* --- one cell --- */

static const struct decision *find_correction(struct judging *judging, const struct finding *finding)
{
	const struct decision *decision = rulings_find(judging->with.rulings, judging->row->source->name, finding);
	return decision && decision->kind == DECISION_CORRECT ? decision : NULL;
}

/* What was wrong with the cell as it came, before any correction. */
static struct finding cell_finding(const struct judging *judging, const struct judged_cell *cell, size_t variable,
                                   char expected[EXPECTED_SIZE])
{
	const struct variable *asked = &judging->with.dictionary->variables[variable];
	struct finding finding = judging_about_cell(judging, cell->came.finding, variable);
	expected_words(expected, asked, finding.code, judging->row->source->form);
	finding.severity = cell->came.severity;
	finding.expected = *expected ? expected : NULL;
	finding.suggestion = cell->came.suggestion;
	return finding;
}

/* Consent is required wherever it was asked for: nobody is taken to have said yes. */
static bool is_required(const struct judging *judging, size_t variable)
{
	const struct variable *asked = &judging->with.dictionary->variables[variable];
	return asked->required || (asked == judging->consent && judging->row->cells[variable]);
}

static struct finding required_finding(const struct judging *judging, size_t variable)
{
	struct finding finding = judging_about_cell(judging, FINDING_REQUIRED, variable);
	finding.expected = "an answer";
	return finding;
}

bool judging_read(struct judging *judging, size_t variable, struct error *err)
{
	const struct dictionary *dictionary = judging->with.dictionary;
	const struct variable *asked = &dictionary->variables[variable];
	const struct form *form = judging->row->source->form;
	struct judged_cell *cell = &judging->cells[variable];
	answer_read(&cell->came, dictionary, asked, judging->row->cells[variable], form);
	foreign_judge(judging->with.foreign, &cell->came, asked, judging->row);
	cell->answer = &cell->came;
	cell->correction = NULL;
	cell->corrected_finding = FINDING_NONE;
	cell->not_asked = false;

	if (cell->came.finding != FINDING_NONE) {
		char expected[EXPECTED_SIZE];
		struct finding finding = cell_finding(judging, cell, variable, expected);
		cell->correction = find_correction(judging, &finding);
		cell->corrected_finding = cell->came.finding;
	}
	if (!cell->correction && is_required(judging, variable) && cell->came.missing != MISSING_NONE) {
		struct finding finding = required_finding(judging, variable);
		cell->correction = find_correction(judging, &finding);
		cell->corrected_finding = FINDING_REQUIRED;
	}
	if (!cell->correction)
		return true;
	answer_read(&cell->corrected, dictionary, asked, cell->correction->value, form);
	cell->answer = &cell->corrected;
	bool still_missing = cell->corrected_finding == FINDING_REQUIRED && cell->corrected.missing != MISSING_NONE;
	if (cell->corrected.missing != MISSING_UNUSABLE && !still_missing)
		return true;
	return rulings_refuse(judging->with.rulings, cell->correction,
	                      "the corrected value is no answer to its variable",
	                      "write it as the export would, within the variable's codes, range and pattern", err);
}

bool judging_read_all(struct judging *judging, struct error *err)
{
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++)
		if (!judging_read(judging, i, err))
			return false;
	return true;
}

bool judging_tell_cell(struct judging *judging, size_t variable, struct error *err)
{
	const struct judged_cell *cell = &judging->cells[variable];
	if (cell->came.finding != FINDING_NONE) {
		char expected[EXPECTED_SIZE];
		struct finding finding = cell_finding(judging, cell, variable, expected);
		if (!judging_tell(judging, &finding, cell->correction && cell->corrected_finding == finding.code, err))
			return false;
	}
	bool corrected = cell->correction && cell->corrected_finding == FINDING_REQUIRED;
	bool missing = cell->answer->missing != MISSING_NONE;
	if (!is_required(judging, variable) || (!missing && !corrected))
		return true;
	struct finding finding = required_finding(judging, variable);
	return judging_tell(judging, &finding, corrected, err);
}
