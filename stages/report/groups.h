/* The findings by code, and what explains many of them at once: what the parts of the page are ordered by. */
#ifndef CANVASS_REPORT_GROUPS_H
#define CANVASS_REPORT_GROUPS_H

#include "finding.h"
#include "view.h"

#include <stdbool.h>
#include <stddef.h>

/* All findings of one code and severity. */
struct group {
	enum severity severity;
	enum finding_code code;
	long long occurrences, findings;
	long long open;     /* occurrences that the steward has not settled */
	long long explains; /* findings of other codes that these are the cause of */
	long long lost;     /* answers that are missing because of these */
};

enum cause_kind {
	CAUSE_COLUMN, /* a column is missing: what it explains are answers that are lost, not findings */
	CAUSE_HEADER, /* a finding about the column, or about the whole file, explains them */
	CAUSE_FILE,
	CAUSE_TEXT,  /* one text in one column */
	CAUSE_PLACE, /* one column of one file, one rule, or one file */
};

/* One cause, and what it explains of one code. Texts are borrowed. */
struct cause {
	enum cause_kind kind;
	enum finding_code by; /* of CAUSE_COLUMN, CAUSE_HEADER and CAUSE_FILE: the finding that explains */
	enum severity by_severity;
	enum finding_code code; /* what is explained */
	enum severity severity;
	const char *file, *variable, *rule; /* NULL: none, or more than one */
	const char *value;                  /* of CAUSE_TEXT. Restricted */
	long long count, of;                /* findings that it explains, of all of that code */
};

struct groups {
	struct group *items; /* causes before symptoms; of these the gravest first */
	size_t count;
	struct cause *causes; /* what explains most first */
	size_t cause_count;
	long long open; /* occurrences in all that are not settled, notes apart */
	struct mem_arena *texts;
};

/* After steward_lay. Release with groups_free(), also where this fails. */
bool groups_load(struct groups *groups, const struct view *view, struct error *err);
void groups_free(struct groups *groups);

/* The words of its code; with its severity where the same code stands on the page with another one too. Free with
 * free(). */
char *groups_title(const struct groups *groups, const struct group *group);

/* The cause that explains most of one code, where it explains at least half; else NULL. */
const struct cause *groups_main_cause(const struct groups *groups, const struct group *group);

#endif
