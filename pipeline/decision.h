/* decisions.csv: what the data steward has decided about findings. Sources are never edited.
 *
 * Columns: finding (an identity of 12 digits, a code such as cell-range, or a code and what it is about:
 * cell-range:age, rule-broken:NAME), dataset (empty: any), decision (accept | correct | set_aside; of what scan found in
 * texts, whose codes are text-TYPE: redact | keep), value (of correct), by, when, why, until (YYYY-MM-DD, the last day; empty: for good). Columns whose name begins with note are the
 * steward's own. */
#ifndef CANVASS_DECISION_H
#define CANVASS_DECISION_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

enum decision_kind {
	DECISION_ACCEPT,
	DECISION_CORRECT,
	DECISION_SET_ASIDE,
	DECISION_REDACT, /* it tells who somebody is: replaced */
	DECISION_KEEP,   /* a false alarm: not replaced */
};

/* What is decided about: the answers, in which ingest and validate find something, or the words of texts, in which scan
 * does. */
enum decision_about { DECISION_ABOUT_ANSWERS, DECISION_ABOUT_TEXTS };

/* What the code of something found in texts begins with: text-phone. */
#define DECISION_TEXT "text-"

struct decision {
	const char *finding, *dataset, *value, *by, *when, *why, *until; /* "" where empty */
	enum decision_kind kind;
	size_t line;
};

struct decisions;

/* NULL path: no decisions. `dataset` keeps those that speak of it; all of the file is checked. decisions_load keeps those
 * about answers, decisions_load_texts those about texts. */
bool decisions_load(struct decisions **decisions, const char *path, const char *dataset, struct error *err);
bool decisions_load_texts(struct decisions **decisions, const char *path, const char *dataset, struct error *err);
void decisions_free(struct decisions *decisions); /* accepts NULL */
size_t decisions_count(const struct decisions *decisions);
const struct decision *decisions_at(const struct decisions *decisions, size_t index);

/* The decision about a finding, the most exact first (identity; code:subject; code), of those that on `date`
 * (YYYY-MM-DD) have not expired; NULL: none. `subject` is finding_subject's: the rule or the variable, or NULL. Of two
 * that are as exact, the one that names the dataset counts, then the one further down the file. */
const struct decision *decisions_find(const struct decisions *decisions, const char *identity, const char *code,
                                      const char *subject, const char *date);

bool decision_expired(const struct decision *decision, const char *date);
const char *decision_word(enum decision_kind kind); /* accept, correct, set_aside, redact, keep */
enum decision_about decision_about(enum decision_kind kind);

#endif
