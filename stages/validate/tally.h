/* What becomes of the rows, counted: the equation, the rules' outcomes, completeness by variable, area and reason. */
#ifndef VALIDATE_TALLY_H
#define VALIDATE_TALLY_H

#include "checks.h"
#include "dictionary.h"
#include "error.h"
#include "exported.h"
#include "finding.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

enum row_status { ROW_ACCEPTED, ROW_SET_ASIDE, ROW_DUPLICATE, ROW_PREVIEW, ROW_WITHDRAWN, ROW_STATUS_COUNT };

const char *row_status_word(enum row_status status);

struct tally;

struct tally *tally_new(const struct dictionary *dictionary, const struct exported *exported);
void tally_free(struct tally *tally); /* accepts NULL */

/* `area` is the answer to the area variable; NULL, or missing: none. */
void tally_row(struct tally *tally, const struct exported_source *source, const struct answer *area,
               enum row_status status, enum finding_code reason);
void tally_answer(struct tally *tally, size_t variable, const struct answer *area, enum missing_reason missing);
void tally_rule(struct tally *tally, size_t rule, enum check_outcome outcome);
size_t tally_rule_count(const struct tally *tally, size_t rule, enum check_outcome outcome);

/* Write account, rule and completeness; what ingest could not read is taken over from its findings. */
bool tally_store(const struct tally *tally, struct store *store, struct error *err);

/* Nothing lost: rows read + unreadable = all that the account holds, for each export, and every row has a judgement.
 * Otherwise ERROR_FAULT. */
bool tally_check(struct store *store, struct error *err);

#endif
