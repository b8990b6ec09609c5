#include "review.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "decision.h"
#include "embedded.h"
#include "expected.h"
#include "finding.h"
#include "mem.h"
#include "number.h"
#include "repeats.h"
#include "text.h"

/* One cell of the current row. */
struct cell {
	struct answer came, corrected;
	const struct answer *answer;         /* what counts: one of the two */
	const struct decision *correction;   /* NULL: none */
	enum finding_code corrected_finding; /* the finding that the correction is about */
	bool not_asked;                      /* blank, and asked_if says why */
};

/* A row that something found by ingest, or the steward's word on it, sets aside. */
struct condemned {
	long long row;
	enum finding_code reason;
};

struct review {
	struct review_tools with;
	const struct variable *key, *repeat, *area, *consent, *wave; /* NULL: the dictionary has none */
	struct repeats *repeats;
	struct finding_store *findings;
	sqlite3_stmt *judgement, *amended;
	struct condemned *condemned; /* by row */
	size_t condemned_count, condemned_capacity;
	const struct condemned *next; /* of them, in the pass under way */
	struct cell *cells;           /* of the current row, by variable */
	const char **texts;           /* room for digests */
	size_t *lengths;

	/* The current row. */
	const struct exported_row *row;
	const char *row_key;        /* as it came; NULL: blank, or no key */
	enum finding_code sentence; /* for which ingest or the steward has it set aside; FINDING_NONE */
	enum row_status status;
	enum finding_code reason;
};

static size_t index_of(const struct review *review, const struct variable *variable)
{
	return (size_t)(variable - review->with.dictionary->variables);
}

bool review_new(struct review **review, const struct review_tools *tools, struct error *err)
{
	struct review *made = mem_alloc(1, sizeof *made);
	size_t count = tools->dictionary->variable_count;
	made->with = *tools;
	made->key = dictionary_role(tools->dictionary, ROLE_KEY);
	made->repeat = dictionary_role(tools->dictionary, ROLE_REPEAT);
	made->area = dictionary_role(tools->dictionary, ROLE_AREA);
	made->consent = dictionary_role(tools->dictionary, ROLE_CONSENT);
	made->wave = dictionary_role(tools->dictionary, ROLE_WAVE);
	made->repeats = repeats_new();
	made->cells = mem_alloc(count, sizeof *made->cells);
	made->texts = mem_alloc(count + 4, sizeof *made->texts);
	made->lengths = mem_alloc(count + 4, sizeof *made->lengths);
	static const char judgement[] = "INSERT INTO judgement VALUES (:row, :status, :reason, :area)";
	static const char amended[] = "INSERT INTO amended VALUES (:row, :variable, :missing, :value)";
	if (!finding_store_new(&made->findings, tools->store, tools->dataset, err)
	    || !store_prepare(&made->judgement, tools->store, judgement, err)
	    || !store_prepare(&made->amended, tools->store, amended, err)) {
		review_free(made);
		return false;
	}
	*review = made;
	return true;
}

void review_free(struct review *review)
{
	if (!review)
		return;
	sqlite3_finalize(review->judgement);
	sqlite3_finalize(review->amended);
	finding_store_free(review->findings);
	repeats_free(review->repeats);
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++) {
		answer_release(&review->cells[i].came);
		answer_release(&review->cells[i].corrected);
	}
	free(review->condemned);
	free(review->cells);
	free(review->texts);
	free(review->lengths);
	free(review);
}

/* --- findings and the steward's word on them --- */

static void set_aside(struct review *review, enum finding_code reason)
{
	if (review->status != ROW_ACCEPTED)
		return;
	review->status = reason == FINDING_ROW_PREVIEW ? ROW_PREVIEW : ROW_SET_ASIDE;
	review->reason = reason;
}

static bool refuse_correction(const struct review *review, const struct decision *decision, struct error *err)
{
	return rulings_refuse(review->with.rulings, decision,
	                      "a correction of a finding that is not about one cell's text",
	                      "correct the cell by its own finding, or accept this one, or set the row aside", err);
}

static const char *cell_of(const struct review *review, const struct variable *variable)
{
	return variable ? review->row->cells[index_of(review, variable)] : NULL;
}

static struct finding about_row(const struct review *review, enum finding_code code)
{
	return (struct finding){
		.code = code,
		.severity = finding_kind(code)->severity,
		.source = review->row->source->source,
		.row = review->row->row,
		.line = review->row->line,
		.record = review->row->record,
		.key = review->row_key,
		.wave = cell_of(review, review->wave),
		.repeat = cell_of(review, review->repeat),
		.occurrences = 1,
	};
}

static struct finding about_cell(const struct review *review, enum finding_code code, size_t variable)
{
	struct finding finding = about_row(review, code);
	finding.variable = review->with.dictionary->variables[variable].name;
	finding.value = review->row->cells[variable];
	return finding;
}

/* Write a finding, and do what it or the steward says about the row. */
static bool tell(struct review *review, const struct finding *finding, bool corrected, struct error *err)
{
	const struct decision *decision = rulings_find(review->with.rulings, review->row->source->name, finding);
	if (decision && decision->kind == DECISION_CORRECT && !corrected)
		return refuse_correction(review, decision, err);
	bool condemned = decision && decision->kind == DECISION_SET_ASIDE;
	if ((finding->severity == SEVERITY_REJECT && !corrected) || condemned)
		set_aside(review, finding->code);
	return finding_store_add(review->findings, review->row->source->name, finding, err);
}

/* Whose finding about a row rejects it, or whose finding the steward sets aside, by row. */
bool review_take_findings(struct review *review, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_run(review->with.store, sql_validate_findings, err)
	          && store_prepare(&select, review->with.store, sql_validate_ingested_findings, err);
	while (ok && (ok = store_step(review->with.store, select, &row, err)) && row) {
		const char *code = (const char *)sqlite3_column_text(select, 1);
		const char *told = (const char *)sqlite3_column_text(select, 2);
		const char *identity = (const char *)sqlite3_column_text(select, 3);
		const char *subject = (const char *)sqlite3_column_text(select, 4);
		const struct decision *decision = rulings_find_identity(review->with.rulings, identity, code, subject);
		struct condemned condemned = { .row = sqlite3_column_int64(select, 0) };
		enum severity severity = SEVERITY_NOTE;
		if (!finding_read_code(code, &condemned.reason) || !severity_read(told, &severity))
			ok = error_set(err, ERROR_FAULT, "ingest wrote a finding of a kind that is not known: %s",
			               code);
		else if (decision && decision->kind == DECISION_CORRECT)
			ok = refuse_correction(review, decision, err);
		bool aside = severity == SEVERITY_REJECT || (decision && decision->kind == DECISION_SET_ASIDE);
		if (!ok || condemned.row == 0 || !aside)
			continue;
		review->condemned = mem_grow(review->condemned, review->condemned_count, &review->condemned_capacity,
		                             sizeof *review->condemned);
		review->condemned[review->condemned_count++] = condemned;
	}
	sqlite3_finalize(select);
	return ok;
}

/* --- one cell --- */

static const struct decision *find_correction(struct review *review, const struct finding *finding)
{
	const struct decision *decision = rulings_find(review->with.rulings, review->row->source->name, finding);
	return decision && decision->kind == DECISION_CORRECT ? decision : NULL;
}

/* What was wrong with the cell as it came, before any correction. */
static struct finding cell_finding(const struct review *review, const struct cell *cell, size_t variable,
                                   char expected[EXPECTED_SIZE])
{
	const struct variable *asked = &review->with.dictionary->variables[variable];
	struct finding finding = about_cell(review, cell->came.finding, variable);
	expected_words(expected, asked, finding.code, review->row->source->form);
	finding.severity = cell->came.severity;
	finding.expected = *expected ? expected : NULL;
	finding.suggestion = cell->came.suggestion;
	return finding;
}

/* Consent is required wherever it was asked for: nobody is taken to have said yes. */
static bool is_required(const struct review *review, size_t variable)
{
	const struct variable *asked = &review->with.dictionary->variables[variable];
	return asked->required || (asked == review->consent && review->row->cells[variable]);
}

static struct finding required_finding(const struct review *review, size_t variable)
{
	struct finding finding = about_cell(review, FINDING_REQUIRED, variable);
	finding.expected = "an answer";
	return finding;
}

/* Read a cell of the current row, corrected where the steward says so. */
static bool read_cell(struct review *review, size_t variable, struct error *err)
{
	const struct dictionary *dictionary = review->with.dictionary;
	const struct variable *asked = &dictionary->variables[variable];
	const struct form *form = review->row->source->form;
	struct cell *cell = &review->cells[variable];
	answer_read(&cell->came, dictionary, asked, review->row->cells[variable], form);
	cell->answer = &cell->came;
	cell->correction = NULL;
	cell->corrected_finding = FINDING_NONE;
	cell->not_asked = false;

	if (cell->came.finding != FINDING_NONE) {
		char expected[EXPECTED_SIZE];
		struct finding finding = cell_finding(review, cell, variable, expected);
		cell->correction = find_correction(review, &finding);
		cell->corrected_finding = cell->came.finding;
	}
	if (!cell->correction && is_required(review, variable) && cell->came.missing != MISSING_NONE) {
		struct finding finding = required_finding(review, variable);
		cell->correction = find_correction(review, &finding);
		cell->corrected_finding = FINDING_REQUIRED;
	}
	if (!cell->correction)
		return true;
	answer_read(&cell->corrected, dictionary, asked, cell->correction->value, form);
	cell->answer = &cell->corrected;
	bool still_missing = cell->corrected_finding == FINDING_REQUIRED && cell->corrected.missing != MISSING_NONE;
	if (cell->corrected.missing != MISSING_UNUSABLE && !still_missing)
		return true;
	return rulings_refuse(review->with.rulings, cell->correction,
	                      "the corrected value is no answer to its variable",
	                      "write it as the export would, within the variable's codes, range and pattern", err);
}

static bool read_cells(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++)
		if (!read_cell(review, i, err))
			return false;
	return true;
}

static bool tell_cell(struct review *review, size_t variable, struct error *err)
{
	const struct cell *cell = &review->cells[variable];
	if (cell->came.finding != FINDING_NONE) {
		char expected[EXPECTED_SIZE];
		struct finding finding = cell_finding(review, cell, variable, expected);
		if (!tell(review, &finding, cell->correction && cell->corrected_finding == finding.code, err))
			return false;
	}
	bool corrected = cell->correction && cell->corrected_finding == FINDING_REQUIRED;
	bool missing = cell->answer->missing != MISSING_NONE;
	if (!is_required(review, variable) || (!missing && !corrected))
		return true;
	struct finding finding = required_finding(review, variable);
	return tell(review, &finding, corrected, err);
}

/* --- keys and unique answers --- */

/* How much a reason for which a row is set aside says: that it is nobody's response; that the platform says it does not
 * count; that something is wrong with it. */
static int weight_of(enum finding_code reason)
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

/* Rows come in their order, in each pass. Of several reasons the one that says most, of those alike the first. */
static enum finding_code find_sentence(struct review *review, long long row)
{
	const struct condemned *end = review->condemned + review->condemned_count;
	enum finding_code sentence = FINDING_NONE;
	while (review->next < end && review->next->row < row)
		review->next++;
	for (; review->next < end && review->next->row == row; review->next++)
		if (weight_of(review->next->reason) > weight_of(sentence))
			sentence = review->next->reason;
	return sentence;
}

static void begin_pass(struct review *review)
{
	review->next = review->condemned;
	exported_rewind(review->with.exported);
}

static void set_row(struct review *review, const struct exported_row *row)
{
	review->row = row;
	const char *key = cell_of(review, review->key);
	review->row_key = text_is_blank(key) ? NULL : key;
	review->sentence = find_sentence(review, row->row);
	review->status = ROW_ACCEPTED;
	review->reason = FINDING_NONE;
}

static void add_text(struct review *review, size_t *count, const char *text)
{
	size_t length = 0;
	review->texts[*count] = text ? answer_trim(text, &length) : NULL;
	review->lengths[(*count)++] = length;
}

/* An answer so that it is the same text however it was written; NULL: there is none. */
static const char *plain_text(char number[NUMBER_TEXT_SIZE], const struct review *review,
                              const struct variable *variable)
{
	const struct answer *answer = variable ? review->cells[index_of(review, variable)].answer : NULL;
	if (!answer || answer->missing != MISSING_NONE)
		return NULL;
	if (variable->type != VARIABLE_INTEGER && variable->type != VARIABLE_NUMBER)
		return answer->text;
	number_print_exact(number, answer->number);
	return number;
}

/* The wave that a row says, else its export's. */
static void add_wave(struct review *review, size_t *count, char number[NUMBER_TEXT_SIZE])
{
	const char *wave = plain_text(number, review, review->wave);
	add_text(review, count, wave ? wave : review->row->source->wave);
}

/* The key counts within its wave, and of a repeated form within its instance: who answers twice in different waves is
 * no repeat. False where the row has no key. */
static bool key_digest(struct review *review, struct digest *digest)
{
	const struct answer *key = review->key ? review->cells[index_of(review, review->key)].answer : NULL;
	char wave[NUMBER_TEXT_SIZE], repeat[NUMBER_TEXT_SIZE];
	if (!key || key->missing != MISSING_NONE)
		return false;
	size_t count = 0;
	add_wave(review, &count, wave);
	add_text(review, &count, plain_text(repeat, review, review->repeat));
	add_text(review, &count, key->text);
	*digest = digest_of(review->texts, review->lengths, count);
	return true;
}

static struct digest content_digest(struct review *review)
{
	size_t count = 0;
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++)
		add_text(review, &count, review->row->cells[i]);
	return digest_of(review->texts, review->lengths, count);
}

/* Unique answers other than the key, which has its own rules. */
static bool unique_digest(struct review *review, size_t variable, struct digest *digest)
{
	const struct variable *asked = &review->with.dictionary->variables[variable];
	const struct answer *answer = review->cells[variable].answer;
	if (!asked->unique || asked == review->key || answer->missing != MISSING_NONE)
		return false;
	char wave[NUMBER_TEXT_SIZE];
	size_t count = 0;
	add_wave(review, &count, wave);
	add_text(review, &count, asked->name);
	add_text(review, &count, answer->text);
	*digest = digest_of(review->texts, review->lengths, count);
	return true;
}

/* Withdrawn counts whether or not variables.csv lists the reason: somebody has said no. */
static bool is_withdrawn(const struct review *review)
{
	if (!review->consent)
		return false;
	const struct cell *cell = &review->cells[index_of(review, review->consent)];
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
	int weight = weight_of(review->sentence);
	return weight == weight_of(FINDING_ROW_PREVIEW)
	       || (weight == weight_of(FINDING_ROW_INCOMPLETE) && !is_withdrawn(review));
}

static bool reads_early(const struct review *review, const struct variable *variable)
{
	return variable == review->key || variable == review->wave || variable == review->repeat
	       || variable == review->consent || variable->unique;
}

bool review_find_repeats(struct review *review, struct error *err)
{
	const struct dictionary *dictionary = review->with.dictionary;
	const struct exported_row *row = NULL;
	begin_pass(review);
	for (;;) {
		if (!exported_next(review->with.exported, &row, err))
			return false;
		if (!row)
			return true;
		set_row(review, row);
		for (size_t i = 0; i < dictionary->variable_count; i++)
			if (reads_early(review, &dictionary->variables[i]) && !read_cell(review, i, err))
				return false;
		if (is_counted_out(review))
			continue;
		struct digest digest;
		bool copy = false;
		if (key_digest(review, &digest)) {
			struct digest content = content_digest(review);
			copy = repeats_add_row(review->repeats, row->row, &digest, &content);
		}
		for (size_t i = 0; !copy && !is_withdrawn(review) && i < dictionary->variable_count; i++)
			if (dictionary->variables[i].unique && unique_digest(review, i, &digest))
				repeats_add_answer(review->repeats, &digest);
	}
}

static bool tell_key(struct review *review, enum finding_code code, struct error *err)
{
	struct finding finding = about_row(review, code);
	finding.variable = review->key->name;
	return tell(review, &finding, false, err);
}

static bool tell_unique(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++) {
		struct digest digest;
		if (!unique_digest(review, i, &digest) || !repeats_of_answer(review->repeats, &digest))
			continue;
		struct finding finding = about_cell(review, FINDING_UNIQUE, i);
		finding.expected = "an answer that no other row has";
		if (!tell(review, &finding, false, err))
			return false;
	}
	return true;
}

/* --- routes and rules --- */

/* Roles that describe the interview or the sample are no answers of the respondent. */
static bool is_question(const struct variable *variable)
{
	return variable->role == ROLE_NONE || variable->role == ROLE_MEASURE || variable->role == ROLE_FREE_TEXT;
}

static bool has_no_answers(const struct review *review)
{
	bool asked = false;
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++) {
		if (!is_question(&review->with.dictionary->variables[i]))
			continue;
		asked = true;
		enum missing_reason missing = review->cells[i].answer->missing;
		if (missing != MISSING_NOT_ANSWERED && missing != MISSING_NOT_ASKED && missing != MISSING_NOT_REACHED)
			return false;
	}
	return asked;
}

static bool review_route(struct review *review, size_t variable, struct error *err)
{
	struct cell *cell = &review->cells[variable];
	const struct variable *question = &review->with.dictionary->variables[variable];
	if (!question->asked_if)
		return true;
	enum expression_result asked = checks_asked(review->with.checks, variable);
	char expected[EXPECTED_SIZE];
	struct finding finding;
	if (asked == EXPRESSION_FALSE && cell->answer->missing == MISSING_NONE) {
		finding = about_cell(review, FINDING_ROUTE_UNEXPECTED, variable);
		expected_words(expected, question, finding.code, review->row->source->form);
		finding.expected = expected;
	} else if (asked == EXPRESSION_FAILED) {
		finding = about_cell(review, FINDING_RULE_UNKNOWABLE, variable);
		finding.severity = SEVERITY_WARN;
		finding.expected = "asked_if could not be computed";
	} else {
		cell->not_asked = asked == EXPRESSION_FALSE && cell->answer->missing == MISSING_NOT_ANSWERED;
		return true;
	}
	return tell(review, &finding, false, err);
}

/* The answers that a rule compared, such as "age=17, tenure=own". */
static void describe(struct text *text, const struct review *review, size_t rule)
{
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++) {
		const struct answer *answer = review->cells[i].answer;
		if (!checks_rule_reads(review->with.checks, rule, i))
			continue;
		text_print(text, "%s%s=%s", text->length ? ", " : "", review->with.dictionary->variables[i].name,
		           answer->missing == MISSING_NONE ? answer->text : missing_reason_word(answer->missing));
	}
}

static enum severity severity_of(enum rule_severity severity)
{
	switch (severity) {
	case RULE_REJECT: return SEVERITY_REJECT;
	case RULE_WARN: return SEVERITY_WARN;
	case RULE_NOTE: break;
	}
	return SEVERITY_NOTE;
}

static bool review_rule(struct review *review, size_t index, struct error *err)
{
	const struct rule *rule = &review->with.dictionary->rules[index];
	enum check_outcome outcome = checks_rule(review->with.checks, index, review->row->source->wave);
	tally_rule(review->with.tally, index, outcome);
	if (outcome != CHECK_BROKEN && outcome != CHECK_FAILED)
		return true;
	bool broken = outcome == CHECK_BROKEN;
	struct text value = { 0 };
	describe(&value, review, index);
	struct finding finding = about_row(review, broken ? FINDING_RULE_BROKEN : FINDING_RULE_UNKNOWABLE);
	finding.severity = broken ? severity_of(rule->severity) : SEVERITY_WARN;
	finding.rule = rule->name;
	finding.value = value.bytes;
	finding.expected = broken ? rule->message : "the rule could not be computed";
	bool ok = tell(review, &finding, false, err);
	text_free(&value);
	return ok;
}

/* Unknowable once a rule, not once a row: a missing answer is no fault, and has its own count. */
bool review_rules(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->with.dictionary->rule_count; i++) {
		struct finding finding = {
			.code = FINDING_RULE_UNKNOWABLE,
			.severity = finding_kind(FINDING_RULE_UNKNOWABLE)->severity,
			.rule = review->with.dictionary->rules[i].name,
			.occurrences = tally_rule_count(review->with.tally, i, CHECK_UNKNOWABLE),
		};
		if (finding.occurrences == 0)
			continue;
		const struct decision *decision = rulings_find(review->with.rulings, NULL, &finding);
		if (decision && decision->kind == DECISION_CORRECT)
			return refuse_correction(review, decision, err);
		if (!finding_store_add(review->findings, NULL, &finding, err))
			return false;
	}
	return true;
}

/* --- the row --- */

static bool review_answers(struct review *review, struct error *err)
{
	const struct dictionary *dictionary = review->with.dictionary;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		checks_set(review->with.checks, i, review->cells[i].answer);
		if (!tell_cell(review, i, err))
			return false;
	}
	if (!tell_unique(review, err))
		return false;
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (!review_route(review, i, err))
			return false;
	for (size_t i = 0; i < dictionary->rule_count; i++)
		if (!review_rule(review, i, err))
			return false;
	return true;
}

/* Causes before symptoms: of who withdrew nothing more is looked at or told; a copy is told once, not cell by cell; a
 * row without answers has no faults in them. */
static bool review_row(struct review *review, struct error *err)
{
	struct digest key;
	enum repeat repeat = REPEAT_NONE;
	if (is_counted_out(review)) {
		set_aside(review, review->sentence);
		return true;
	}
	if (key_digest(review, &key))
		repeat = repeats_of_row(review->repeats, review->row->row, &key);
	if (is_withdrawn(review) || repeat == REPEAT_COPY) {
		bool withdrawn = is_withdrawn(review);
		review->status = withdrawn ? ROW_WITHDRAWN : ROW_DUPLICATE;
		review->reason = withdrawn ? FINDING_WITHDRAWN : FINDING_KEY_DUPLICATE_ROW;
		struct finding finding = about_row(review, FINDING_WITHDRAWN);
		return withdrawn ? tell(review, &finding, false, err)
		                 : tell_key(review, FINDING_KEY_DUPLICATE_ROW, err);
	}
	if (review->sentence != FINDING_NONE)
		set_aside(review, review->sentence);
	if (repeat == REPEAT_CONFLICT && !tell_key(review, FINDING_KEY_CONFLICT, err))
		return false;
	if (has_no_answers(review)) {
		struct finding finding = about_row(review, FINDING_ROW_NO_ANSWERS);
		return tell(review, &finding, false, err);
	}
	return review_answers(review, err);
}

static bool store_amendments(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->with.dictionary->variable_count; i++) {
		const struct cell *cell = &review->cells[i];
		if (!cell->not_asked && !cell->correction)
			continue;
		store_bind_integer(review->amended, ":row", review->row->row);
		store_bind_text(review->amended, ":variable", review->with.dictionary->variables[i].name);
		const char *missing = cell->not_asked ? missing_reason_word(MISSING_NOT_ASKED) : NULL;
		store_bind_text(review->amended, ":missing", missing);
		store_bind_text(review->amended, ":value", missing ? NULL : cell->correction->value);
		if (!store_insert(review->with.store, review->amended, err))
			return false;
	}
	return true;
}

/* Amendments and completeness are of the accepted rows. */
static bool store_row(struct review *review, struct error *err)
{
	const struct answer *area = review->area ? review->cells[index_of(review, review->area)].answer : NULL;
	bool accepted = review->status == ROW_ACCEPTED;
	tally_row(review->with.tally, review->row->source, area, review->status, review->reason);
	for (size_t i = 0; accepted && i < review->with.dictionary->variable_count; i++) {
		const struct cell *cell = &review->cells[i];
		tally_answer(review->with.tally, i, area, cell->not_asked ? MISSING_NOT_ASKED : cell->answer->missing);
	}
	store_bind_integer(review->judgement, ":row", review->row->row);
	store_bind_text(review->judgement, ":status", row_status_word(review->status));
	store_bind_text(review->judgement, ":reason", accepted ? NULL : finding_kind(review->reason)->code);
	store_bind_text(review->judgement, ":area", area && area->missing == MISSING_NONE ? area->code->code : NULL);
	return store_insert(review->with.store, review->judgement, err) && (!accepted || store_amendments(review, err));
}

bool review_rows(struct review *review, struct error *err)
{
	const struct exported_row *row = NULL;
	begin_pass(review);
	for (;;) {
		if (!exported_next(review->with.exported, &row, err))
			return false;
		if (!row)
			return store_run(review->with.store, sql_validate_forget, err);
		set_row(review, row);
		if (!read_cells(review, err) || !review_row(review, err) || !store_row(review, err))
			return false;
	}
}
