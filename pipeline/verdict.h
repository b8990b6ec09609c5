/* Whether a dataset may go on: its findings against the study's limits, the rules' limits and the steward's decisions.
 * The report shows it, the gate acts on it: both judge here, so that they cannot disagree. */
#ifndef CANVASS_VERDICT_H
#define CANVASS_VERDICT_H

#include "decision.h"
#include "error.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a dataset sets no limit for rejected rows or blanked cells: findings in per cent of the rows that count. */
enum { VERDICT_DEFAULT_PER_CENT = 5 };

/* One limit. Open for reading. */
struct verdict_line {
	const char *limit;  /* a severity (reject), a code (cell-range), or a code and its subject (cell-range:age) */
	bool by_rule;       /* the limit stands in rules.csv */
	bool by_default;    /* neither config nor dictionary states it */
	long long found;    /* findings, each counted as often as it occurs */
	long long accepted; /* of these, decided by the steward: accepted as they are, or corrected */
	double per_cent;    /* NaN: stated as a number */
	long long base;     /* rows that per_cent is of: see rows_counted; of a rule, those it could judge */
	double at_most;     /* findings, as the share gives it: 62.95 */
	long long allowed;  /* findings that it lets through: 62 */
	bool ok;            /* found - accepted <= allowed */
};

struct verdict {
	struct verdict_line *lines; /* in the order: severities, the config's own, the rules by name */
	size_t count;
	long long rows_read, rows_accepted;
	long long rows_counted; /* read, but for those set aside for no fault: whoever withdrew, previews, unfinished,
	                           spam */
	size_t exceeded;        /* limits that are not ok */
	bool go_on;             /* none is exceeded, and some row is accepted */
	struct verdict_private *private;
};

/* `validated` is a validated.db. `date` (YYYY-MM-DD) says which decisions have expired. A limit about no known code,
 * variable or rule is an ERROR_CONFIG in the study `study_path`. The caller frees *verdict with verdict_free(). */
bool verdict_judge(struct verdict **verdict, struct store *validated, const struct study_dataset *dataset,
                   const struct decisions *decisions, const char *date, const char *study_path, struct error *err);
void verdict_free(struct verdict *verdict); /* accepts NULL */

/* Whether a limit counts a finding. `code` and `severity` are its words; `subject` its rule or variable, or NULL. */
bool verdict_counts(const struct verdict_line *line, const char *code, const char *severity, const char *subject);

/* Whether the decisions take one finding out of what is counted: accepted, or corrected. `code` is its word. */
bool verdict_is_settled(const struct decisions *decisions, const char *identity, const char *code, const char *subject,
                        const char *date);

#endif
