/* The row under judgement: its cells as they were read, the findings told about it, and what becomes of it. */
#ifndef VALIDATE_JUDGING_H
#define VALIDATE_JUDGING_H

#include "answer.h"
#include "decision.h"
#include "error.h"
#include "finding.h"
#include "review.h"

#include <stdbool.h>
#include <stddef.h>

/* One cell of the row. */
struct judged_cell {
	struct answer came, corrected;
	const struct answer *answer;         /* what counts: one of the two */
	const struct decision *correction;   /* NULL: none */
	enum finding_code corrected_finding; /* the finding that the correction is about */
	bool not_asked;                      /* blank, and asked_if says why */
};

struct judging {
	struct review_tools with;
	const struct variable *key, *repeat, *area, *consent, *wave; /* NULL: the dictionary has none */
	struct finding_store *findings;
	struct judged_cell *cells; /* by variable */

	/* The row, and what has become of it so far. */
	const struct exported_row *row;
	const char *row_key; /* as it came; NULL: blank, or no key */
	enum row_status status;
	enum finding_code reason;
};

bool judging_new(struct judging **judging, const struct review_tools *tools, struct error *err);
void judging_free(struct judging *judging); /* accepts NULL; before the store is closed */

/* Begin with another row. `row` is borrowed until the next. */
void judging_begin(struct judging *judging, const struct exported_row *row);

/* Read a cell, corrected where the steward says so. */
bool judging_read(struct judging *judging, size_t variable, struct error *err);
bool judging_read_all(struct judging *judging, struct error *err);

/* The cell as it came, and the answer that counts; NULL where there is no such variable. */
const char *judging_came(const struct judging *judging, const struct variable *variable);
const struct answer *judging_answer(const struct judging *judging, const struct variable *variable);

/* Whether the variable is an answer of the respondent: roles that describe the interview or the sample are none. */
bool judging_is_question(const struct variable *variable);

void judging_set_aside(struct judging *judging, enum finding_code reason);

/* A finding about the row or one of its cells, to be told. */
struct finding judging_about_row(const struct judging *judging, enum finding_code code);
struct finding judging_about_cell(const struct judging *judging, enum finding_code code, size_t variable);

/* Write a finding, and do what it or the steward says about the row. `corrected`: the cell has been corrected. */
bool judging_tell(struct judging *judging, const struct finding *finding, bool corrected, struct error *err);

/* What was wrong with a cell as it came, and that it lacks a required answer. */
bool judging_tell_cell(struct judging *judging, size_t variable, struct error *err);

/* What is told once an export (NULL: once a dataset) instead of once a row. */
bool judging_tell_once(struct judging *judging, const struct exported_source *source, struct finding *finding,
                       struct error *err);

bool judging_refuse_correction(const struct judging *judging, const struct decision *decision, struct error *err);

#endif
