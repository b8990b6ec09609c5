#include "sentences.h"

#include <stdlib.h>

#include "embedded.h"
#include "mem.h"

struct condemned {
	long long row;
	enum finding_code reason;
};

struct sentences {
	struct condemned *condemned; /* by row */
	size_t count, capacity;
	const struct condemned *next; /* of them, in the pass under way */
};

static bool take_finding(struct sentences *sentences, const struct judging *judging, sqlite3_stmt *select,
                         struct error *err)
{
	const char *code = (const char *)sqlite3_column_text(select, 1);
	const char *told = (const char *)sqlite3_column_text(select, 2);
	const char *identity = (const char *)sqlite3_column_text(select, 3);
	const char *subject = (const char *)sqlite3_column_text(select, 4);
	const struct decision *decision = rulings_find_identity(judging->with.rulings, identity, code, subject);
	struct condemned condemned = { .row = sqlite3_column_int64(select, 0) };
	enum severity severity = SEVERITY_NOTE;
	if (!finding_read_code(code, &condemned.reason) || !severity_read(told, &severity))
		return error_set(err, ERROR_FAULT, "ingest wrote a finding of a kind that is not known: %s", code);
	if (decision && decision->kind == DECISION_CORRECT)
		return judging_refuse_correction(judging, decision, err);
	bool aside = severity == SEVERITY_REJECT || (decision && decision->kind == DECISION_SET_ASIDE);
	if (condemned.row == 0 || !aside)
		return true;
	sentences->condemned =
		mem_grow(sentences->condemned, sentences->count, &sentences->capacity, sizeof *sentences->condemned);
	sentences->condemned[sentences->count++] = condemned;
	return true;
}

bool sentences_take(struct sentences **sentences, const struct judging *judging, struct error *err)
{
	struct store *store = judging->with.store;
	struct sentences *taken = mem_alloc(1, sizeof *taken);
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_run(store, sql_validate_findings, err)
	          && store_prepare(&select, store, sql_validate_ingested_findings, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row)
		ok = take_finding(taken, judging, select, err);
	sqlite3_finalize(select);
	if (!ok) {
		sentences_free(taken);
		return false;
	}
	*sentences = taken;
	return true;
}

void sentences_free(struct sentences *sentences)
{
	if (!sentences)
		return;
	free(sentences->condemned);
	free(sentences);
}

void sentences_rewind(struct sentences *sentences)
{
	sentences->next = sentences->condemned;
}

int sentence_weight(enum finding_code reason)
{
	switch (reason) {
	case FINDING_NONE: return 0;
	case FINDING_ROW_PREVIEW: return 3;
	case FINDING_ROW_INCOMPLETE:
	case FINDING_ROW_REJECTED:
	case FINDING_ROW_UNDECRYPTED: return 2;
	default: return 1;
	}
}

enum finding_code sentences_of(struct sentences *sentences, long long row)
{
	const struct condemned *end = sentences->condemned + sentences->count;
	enum finding_code sentence = FINDING_NONE;
	while (sentences->next < end && sentences->next->row < row)
		sentences->next++;
	for (; sentences->next < end && sentences->next->row == row; sentences->next++)
		if (sentence_weight(sentences->next->reason) > sentence_weight(sentence))
			sentence = sentences->next->reason;
	return sentence;
}
