#include "review.h"

#include <stdlib.h>

#include "date_order.h"
#include "digests.h"
#include "embedded.h"
#include "judging.h"
#include "keys.h"
#include "mem.h"
#include "persons.h"
#include "repeats.h"
#include "routes.h"
#include "sentences.h"

struct review {
	struct judging *judging;
	struct sentences *sentences;
	struct digests *digests;
	struct repeats *repeats;
	struct routes *routes;
	struct persons *persons;
	struct date_order *dates;
	struct keys *keys;
	sqlite3_stmt *judgement, *amended;
	bool *early;                /* variables that the passes before the review read */
	enum finding_code sentence; /* for which ingest or the steward has the current row set aside; FINDING_NONE */
};

bool review_new(struct review **review, const struct review_tools *tools, struct error *err)
{
	struct review *made = mem_alloc(1, sizeof *made);
	static const char judgement[] = "INSERT INTO judgement VALUES (:row, :status, :reason, :area)";
	static const char amended[] = "INSERT INTO amended VALUES (:row, :variable, :missing, :value)";
	if (!judging_new(&made->judging, tools, err) || !store_prepare(&made->judgement, tools->store, judgement, err)
	    || !store_prepare(&made->amended, tools->store, amended, err)) {
		review_free(made);
		return false;
	}
	made->digests = digests_new(made->judging);
	made->repeats = repeats_new();
	made->routes = routes_new(made->judging);
	made->persons = persons_new(made->judging, made->digests);
	made->dates = date_order_new(made->judging);
	made->keys = keys_new(made->judging);
	*review = made;
	return true;
}

void review_free(struct review *review)
{
	if (!review)
		return;
	sqlite3_finalize(review->judgement);
	sqlite3_finalize(review->amended);
	date_order_free(review->dates);
	keys_free(review->keys);
	persons_free(review->persons);
	routes_free(review->routes);
	repeats_free(review->repeats);
	digests_free(review->digests);
	sentences_free(review->sentences);
	judging_free(review->judging);
	free(review->early);
	free(review);
}

bool review_take_findings(struct review *review, struct error *err)
{
	return sentences_take(&review->sentences, review->judging, err);
}

/* `wanted`: the variables that it reads; NULL: all. */
static bool begin_pass(struct review *review, const bool *wanted, struct error *err)
{
	sentences_rewind(review->sentences);
	return exported_begin(review->judging->with.exported, wanted, err);
}

/* *more is false at the end. */
static bool next_row(struct review *review, bool *more, struct error *err)
{
	const struct exported_row *row = NULL;
	if (!exported_next(review->judging->with.exported, &row, err))
		return false;
	*more = row != NULL;
	if (!row)
		return true;
	judging_begin(review->judging, row);
	review->sentence = sentences_of(review->sentences, row->row);
	return true;
}

/* Withdrawn counts whether or not variables.csv lists the reason: somebody has said no. */
static bool is_withdrawn(const struct review *review)
{
	const struct judging *judging = review->judging;
	if (!judging->consent)
		return false;
	const struct judged_cell *cell = &judging->cells[judging->consent - judging->with.dictionary->variables];
	const struct answer *answers[] = { &cell->came, cell->answer };
	for (size_t i = 0; i < COUNT(answers); i++)
		if (answers[i]->missing == MISSING_WITHDRAWN
		    || (answers[i]->code && answers[i]->code->missing == MISSING_WITHDRAWN))
			return true;
	return false;
}

/* Whether the platform says that the row does not count: nothing of it is looked at, and it repeats nobody's key, so
 * that the test of somebody who built the form sets no respondent aside, nor an attempt that was broken off the one
 * that was finished. Who withdrew in such an attempt has withdrawn. */
static bool is_counted_out(const struct review *review)
{
	int weight = sentence_weight(review->sentence);
	return weight == sentence_weight(FINDING_ROW_PREVIEW)
	       || (weight == sentence_weight(FINDING_ROW_INCOMPLETE) && !is_withdrawn(review));
}

/* --- before: what repeats, and how long others took --- */

static bool reads_early(const struct review *review, const struct variable *variable)
{
	const struct judging *judging = review->judging;
	return variable == judging->key || variable == judging->wave || variable == judging->repeat
	       || variable == judging->consent || variable->unique || persons_reads(review->persons, variable);
}

static bool read_early(struct review *review, struct error *err)
{
	const struct dictionary *dictionary = review->judging->with.dictionary;
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (reads_early(review, &dictionary->variables[i]) && !judging_read(review->judging, i, err))
			return false;
	return true;
}

/* Beside what is read early, the day by which a place is judged. */
static void find_early(struct review *review)
{
	const struct dictionary *dictionary = review->judging->with.dictionary;
	review->early = mem_alloc(dictionary->variable_count, sizeof *review->early);
	for (size_t i = 0; i < dictionary->variable_count; i++)
		review->early[i] =
			reads_early(review, &dictionary->variables[i]) || dictionary->variables[i].role == ROLE_DATE;
}

/* The next row that is not counted out, as far as it is read early. */
static bool next_early(struct review *review, bool *more, struct error *err)
{
	do {
		if (!next_row(review, more, err) || (*more && !read_early(review, err)))
			return false;
	} while (*more && is_counted_out(review));
	return true;
}

static bool find_shared_keys(struct review *review, struct error *err)
{
	struct repeats *repeats = review->repeats;
	const struct exported_row *row = NULL;
	struct digest digest;
	bool more = false, ok = begin_pass(review, review->early, err);
	while (ok && (ok = next_early(review, &more, err)) && more)
		if (digests_key(review->digests, &digest))
			repeats_add_row(repeats, review->judging->row->row, &digest);
	if (!ok)
		return false;
	repeats_settle_rows(repeats);
	for (size_t i = 0; i < repeats_shared_count(repeats); i++) {
		if (!exported_read(review->judging->with.exported, repeats_shared_row(repeats, i), &row, err))
			return false;
		judging_begin(review->judging, row);
		digest = digests_content(review->digests);
		repeats_add_content(repeats, i, &digest);
	}
	return true;
}

/* Whether anything but keys is held against other rows before the review. */
static bool compares_answers(const struct review *review)
{
	const struct dictionary *dictionary = review->judging->with.dictionary;
	bool any = false;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		any = any || (variable->unique && variable != review->judging->key)
		      || persons_reads(review->persons, variable);
	}
	return any;
}

/* Of rows that count: neither copies, nor of those who withdrew. */
static bool find_shared_answers(struct review *review, struct error *err)
{
	const struct dictionary *dictionary = review->judging->with.dictionary;
	struct digest digest;
	bool more = false, ok = begin_pass(review, review->early, err);
	while (ok && (ok = next_early(review, &more, err)) && more) {
		if (repeats_is_copy(review->repeats, review->judging->row->row) || is_withdrawn(review))
			continue;
		for (size_t i = 0; i < dictionary->variable_count; i++)
			if (dictionary->variables[i].unique && digests_unique(review->digests, i, &digest))
				repeats_add_answer(review->repeats, &digest);
		persons_add(review->persons);
	}
	repeats_settle_answers(review->repeats);
	persons_settle(review->persons);
	return ok;
}

bool review_find_repeats(struct review *review, struct error *err)
{
	find_early(review);
	return find_shared_keys(review, err) && (!compares_answers(review) || find_shared_answers(review, err));
}

/* --- each row --- */

static bool tell_key(struct review *review, enum finding_code code, struct error *err)
{
	struct finding finding = judging_about_row(review->judging, code);
	finding.variable = review->judging->key->name;
	return judging_tell(review->judging, &finding, false, err);
}

static bool tell_unique(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->judging->with.dictionary->variable_count; i++) {
		struct digest digest;
		if (!digests_unique(review->digests, i, &digest) || !repeats_of_answer(review->repeats, &digest))
			continue;
		struct finding finding = judging_about_cell(review->judging, FINDING_UNIQUE, i);
		finding.expected = "an answer that no other row has";
		if (!judging_tell(review->judging, &finding, false, err))
			return false;
	}
	return true;
}

/* Of somebody whose answers were all imputed, the row as collected is as good as the others. */
static bool has_no_answers(const struct judging *judging)
{
	bool asked = false;
	if (dictionary_role(judging->with.dictionary, ROLE_IMPUTATION))
		return false;
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++) {
		if (!judging_is_question(&judging->with.dictionary->variables[i]))
			continue;
		asked = true;
		enum missing_reason missing = judging->cells[i].answer->missing;
		if (missing != MISSING_NOT_ANSWERED && missing != MISSING_NOT_ASKED && missing != MISSING_NOT_REACHED)
			return false;
	}
	return asked;
}

static bool review_answers(struct review *review, struct error *err)
{
	struct judging *judging = review->judging;
	date_order_add(review->dates);
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++) {
		checks_set(judging->with.checks, i, judging->cells[i].answer);
		if (!judging_tell_cell(judging, i, err))
			return false;
	}
	return tell_unique(review, err) && routes_review(review->routes, err) && persons_review(review->persons, err);
}

/* Causes before symptoms: of who withdrew nothing more is looked at or told; a copy is told once, not cell by cell; a
 * row without answers has no faults in them. */
static bool review_row(struct review *review, struct error *err)
{
	struct judging *judging = review->judging;
	if (is_counted_out(review)) {
		judging_set_aside(judging, review->sentence);
		return true;
	}
	enum repeat repeat = repeats_of_row(review->repeats, judging->row->row);
	if (is_withdrawn(review) || repeat == REPEAT_COPY) {
		bool withdrawn = is_withdrawn(review);
		judging->status = withdrawn ? ROW_WITHDRAWN : ROW_DUPLICATE;
		judging->reason = withdrawn ? FINDING_WITHDRAWN : FINDING_KEY_DUPLICATE_ROW;
		struct finding finding = judging_about_row(judging, FINDING_WITHDRAWN);
		return withdrawn ? judging_tell(judging, &finding, false, err)
		                 : tell_key(review, FINDING_KEY_DUPLICATE_ROW, err);
	}
	if (review->sentence != FINDING_NONE)
		judging_set_aside(judging, review->sentence);
	if (repeat == REPEAT_CONFLICT && !tell_key(review, FINDING_KEY_CONFLICT, err))
		return false;
	if (has_no_answers(judging)) {
		struct finding finding = judging_about_row(judging, FINDING_ROW_NO_ANSWERS);
		return judging_tell(judging, &finding, false, err);
	}
	return review_answers(review, err);
}

static bool store_amendments(struct review *review, struct error *err)
{
	const struct judging *judging = review->judging;
	for (size_t i = 0; i < judging->with.dictionary->variable_count; i++) {
		const struct judged_cell *cell = &judging->cells[i];
		if (!cell->not_asked && !cell->correction)
			continue;
		store_bind_integer(review->amended, ":row", judging->row->row);
		store_bind_text(review->amended, ":variable", judging->with.dictionary->variables[i].name);
		const char *missing = cell->not_asked ? missing_reason_word(MISSING_NOT_ASKED) : NULL;
		store_bind_text(review->amended, ":missing", missing);
		store_bind_text(review->amended, ":value", missing ? NULL : cell->correction->value);
		if (!store_insert(judging->with.store, review->amended, err))
			return false;
	}
	return true;
}

/* Amendments and completeness are of the accepted rows. */
static bool store_row(struct review *review, struct error *err)
{
	const struct judging *judging = review->judging;
	const struct answer *area = judging_answer(judging, judging->area);
	bool accepted = judging->status == ROW_ACCEPTED;
	tally_row(judging->with.tally, judging->row->source, area, judging->status, judging->reason);
	for (size_t i = 0; accepted && i < judging->with.dictionary->variable_count; i++) {
		const struct judged_cell *cell = &judging->cells[i];
		enum missing_reason missing = cell->not_asked ? MISSING_NOT_ASKED : cell->answer->missing;
		tally_answer(judging->with.tally, i, area, missing);
	}
	if (accepted) {
		routes_count(review->routes);
		keys_count(review->keys);
	}
	store_bind_integer(review->judgement, ":row", judging->row->row);
	store_bind_text(review->judgement, ":status", row_status_word(judging->status));
	store_bind_text(review->judgement, ":reason", accepted ? NULL : finding_kind(judging->reason)->code);
	store_bind_text(review->judgement, ":area", area && area->missing == MISSING_NONE ? area->code->code : NULL);
	return store_insert(judging->with.store, review->judgement, err)
	       && (!accepted || store_amendments(review, err));
}

bool review_rows(struct review *review, struct error *err)
{
	bool more = false;
	if (!begin_pass(review, NULL, err))
		return false;
	for (;;) {
		if (!next_row(review, &more, err))
			return false;
		if (!more)
			return store_run(review->judging->with.store, sql_validate_forget, err);
		if (!judging_read_all(review->judging, err) || !review_row(review, err) || !store_row(review, err))
			return false;
	}
}

bool review_rules(struct review *review, struct error *err)
{
	return routes_tell(review->routes, err) && date_order_tell(review->dates, err) && keys_tell(review->keys, err);
}
