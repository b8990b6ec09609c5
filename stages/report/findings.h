/* Every finding of a dataset, one after the other, as the files tell of it. The one reading that all of findings.*
 * share. Only the row under way is in memory. */
#ifndef CANVASS_REPORT_FINDINGS_H
#define CANVASS_REPORT_FINDINGS_H

#include "finding.h"
#include "view.h"

#include <stdbool.h>

/* The columns of findings.csv, and the names in findings.jsonl, in this order. */
enum findings_column {
	FINDINGS_FINDING, /* its identity */
	FINDINGS_CODE,
	FINDINGS_SEVERITY,
	FINDINGS_WHAT, /* the code's title */
	FINDINGS_DATASET,
	FINDINGS_FILE, /* the export's path as the config has it */
	FINDINGS_LINE,
	FINDINGS_RECORD,
	FINDINGS_KEY,
	FINDINGS_VARIABLE, /* or header name */
	FINDINGS_LABEL,
	FINDINGS_RULE,
	FINDINGS_VALUE,
	FINDINGS_EXPECTED,
	FINDINGS_SUGGESTION,
	FINDINGS_OCCURRENCES,
	FINDINGS_DECISION,
	FINDINGS_WHAT_TO_DO,
	FINDINGS_COLUMNS
};

const char *findings_column_name(enum findings_column column);
bool findings_column_is_number(enum findings_column column); /* a whole number, or none */

struct findings_row {
	const char *texts[FINDINGS_COLUMNS]; /* as they came, not escaped; NULL: none */
	enum finding_code code;
	enum severity severity;
	bool in_dictionary;              /* the variable is one of the dictionary's, not a header of the export */
	const struct decision *decision; /* the steward's, that has not expired; NULL: none */
};

struct findings;
bool findings_open(struct findings **findings, const struct view *view, struct error *err);

/* The next, in the order in which they were found; *row NULL at the end. Borrowed until the next call. */
bool findings_next(struct findings *findings, const struct findings_row **row, struct error *err);

/* Whether any finding has this code: known from the beginning. */
bool findings_have(const struct findings *findings, enum finding_code code);

void findings_close(struct findings *findings); /* accepts NULL; before the store is closed */

#endif
