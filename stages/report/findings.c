#include "findings.h"

#include <assert.h>
#include <stdlib.h>

#include "embedded.h"
#include "mem.h"

static const char *const names[FINDINGS_COLUMNS] = {
	[FINDINGS_FINDING] = "finding",
	[FINDINGS_CODE] = "code",
	[FINDINGS_SEVERITY] = "severity",
	[FINDINGS_WHAT] = "what",
	[FINDINGS_DATASET] = "dataset",
	[FINDINGS_FILE] = "file",
	[FINDINGS_LINE] = "line",
	[FINDINGS_RECORD] = "record",
	[FINDINGS_KEY] = "key",
	[FINDINGS_VARIABLE] = "variable",
	[FINDINGS_LABEL] = "label",
	[FINDINGS_RULE] = "rule",
	[FINDINGS_VALUE] = "value",
	[FINDINGS_EXPECTED] = "expected",
	[FINDINGS_SUGGESTION] = "suggestion",
	[FINDINGS_OCCURRENCES] = "occurrences",
	[FINDINGS_DECISION] = "decision",
	[FINDINGS_WHAT_TO_DO] = "what_to_do",
};

struct findings {
	const struct view *view; /* borrowed */
	sqlite3_stmt *select;
	bool have[FINDING_COUNT];
	struct findings_row row;
};

const char *findings_column_name(enum findings_column column)
{
	assert(column < FINDINGS_COLUMNS);
	return names[column];
}

bool findings_column_is_number(enum findings_column column)
{
	return column == FINDINGS_LINE || column == FINDINGS_RECORD || column == FINDINGS_OCCURRENCES;
}

static bool other_version(const struct view *view, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(view->store), 0, "a finding has the code or severity of another version");
	return error_help(err, "remove the file and run make again");
}

static bool read_codes(struct findings *findings, struct error *err)
{
	const struct view *view = findings->view;
	sqlite3_stmt *select = NULL;
	bool more = false;
	bool ok = store_prepare(&select, view->store, sql_report_findings_codes, err);
	while (ok && (ok = store_step(view->store, select, &more, err)) && more) {
		enum finding_code code = FINDING_NONE;
		if (finding_read_code(view_column(select, 0), &code))
			findings->have[code] = true;
		else
			ok = other_version(view, err);
	}
	sqlite3_finalize(select);
	return ok;
}

bool findings_open(struct findings **findings, const struct view *view, struct error *err)
{
	struct findings *opened = mem_alloc(1, sizeof *opened);
	opened->view = view;
	if (!read_codes(opened, err) || !store_prepare(&opened->select, view->store, sql_report_findings, err)) {
		findings_close(opened);
		return false;
	}
	*findings = opened;
	return true;
}

static const char *none_if_empty(const char *text)
{
	return *text ? text : NULL;
}

/* The columns that stand in no table: the words of the code, the dictionary and the steward. */
static void add_words(struct findings_row *row, const struct view *view)
{
	const char **texts = row->texts;
	const char *subject = texts[FINDINGS_RULE] ? texts[FINDINGS_RULE] : texts[FINDINGS_VARIABLE];
	row->in_dictionary =
		texts[FINDINGS_VARIABLE] && dictionary_variable(view->dictionary, texts[FINDINGS_VARIABLE]);
	row->decision = decisions_find(view->decisions, texts[FINDINGS_FINDING], texts[FINDINGS_CODE], subject,
	                               view->study->study.date);
	texts[FINDINGS_WHAT] = finding_kind(row->code)->title;
	texts[FINDINGS_DATASET] = view->dataset->name;
	texts[FINDINGS_LABEL] = none_if_empty(report_view_label(view, texts[FINDINGS_VARIABLE]));
	texts[FINDINGS_DECISION] = row->decision ? decision_word(row->decision->kind) : NULL;
	texts[FINDINGS_WHAT_TO_DO] = finding_kind(row->code)->cure;
}

bool findings_next(struct findings *findings, const struct findings_row **row, struct error *err)
{
	/* in the order of findings.sql */
	static const enum findings_column stored[] = {
		FINDINGS_FINDING,  FINDINGS_CODE,       FINDINGS_SEVERITY,    FINDINGS_FILE, FINDINGS_LINE,
		FINDINGS_RECORD,   FINDINGS_KEY,        FINDINGS_VARIABLE,    FINDINGS_RULE, FINDINGS_VALUE,
		FINDINGS_EXPECTED, FINDINGS_SUGGESTION, FINDINGS_OCCURRENCES,
	};
	const struct view *view = findings->view;
	struct findings_row *next = &findings->row;
	bool more = false;
	*row = NULL;
	if (!store_step(view->store, findings->select, &more, err))
		return false;
	if (!more)
		return true;
	*next = (struct findings_row){ 0 };
	for (size_t i = 0; i < COUNT(stored); i++)
		next->texts[stored[i]] = view_column(findings->select, (int)i);
	if (!finding_read_code(next->texts[FINDINGS_CODE], &next->code)
	    || !severity_read(next->texts[FINDINGS_SEVERITY], &next->severity))
		return other_version(view, err);
	add_words(next, view);
	*row = next;
	return true;
}

bool findings_have(const struct findings *findings, enum finding_code code)
{
	assert(code < FINDING_COUNT);
	return findings->have[code];
}

void findings_close(struct findings *findings)
{
	if (!findings)
		return;
	sqlite3_finalize(findings->select);
	free(findings);
}
