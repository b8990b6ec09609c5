#include "shift.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adjust.h"
#include "answer.h"
#include "decision.h"
#include "embedded.h"
#include "finding.h"
#include "histogram.h"
#include "homogeneity.h"
#include "mem.h"
#include "number.h"
#include "text.h"

enum {
	LEAST_ANSWERS = 20, /* in each of two waves, before they are compared */
	MOST_WAVES = 100,   /* beyond, the variable tells no waves apart */
};

static const double level = 0.01; /* the chance that a study in which nothing changed is told of any change */

/* The answers to one question in one wave. */
struct answers {
	long long asked, said, answered; /* said: also what cannot be used */
	long long *codes;                /* one a code of its list: how many gave it; NULL: it has none */
	struct histogram numbers;        /* of integers and numbers */
};

struct wave {
	char *name;
	const struct exported_source *source; /* the first export with a row of it */
	long long place;                      /* of that export, where the config says which wave it is; else 0 */
	double rank;                          /* in its code list, or its number; 0 where it has neither */
	size_t appeared;
	struct answers *answers; /* by variable */
};

struct shift {
	const struct review_tools *with;
	const struct variable *wave; /* NULL: the exports alone say which */
	bool too_many;               /* waves, to be kept apart */
	struct wave *waves;
	size_t wave_count, wave_capacity;
	struct answer *read; /* of the current row, by variable */
	char **corrections;  /* the texts that corrected ones point into; by variable */
};

/* What may be told of one question in one wave. Owns its texts. */
struct change {
	enum finding_code code;
	const struct wave *wave;
	const struct variable *variable;
	bool tested; /* told only where p is significant */
	double p;
	char *value; /* the codes that are new; NULL */
	char *expected;
	size_t occurrences;
};

struct changes {
	struct change *list;
	size_t count, capacity;
};

/* --- which questions, which waves --- */

/* What respondents answered, and where they live: keys, weights, times and the like shift by themselves. */
static bool is_compared(const struct variable *variable)
{
	return variable->role == ROLE_NONE || variable->role == ROLE_MEASURE || variable->role == ROLE_FREE_TEXT
	       || variable->role == ROLE_AREA;
}

static bool is_number(const struct variable *variable)
{
	return variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
}

static bool has_codes(const struct variable *variable)
{
	return variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
}

/* Stops at the second wave that it sees. */
static bool has_waves(const struct shift *shift, bool *has, struct error *err)
{
	long long waves = 0;
	struct text sql = { 0 };
	text_add(&sql, "SELECT count(*) FROM (SELECT DISTINCT wave FROM (SELECT wave FROM ingested.source");
	if (shift->wave) {
		char *name = store_quote_name(shift->wave->name);
		text_print(&sql, " UNION ALL SELECT trim(%s) FROM ingested.answers", name);
		free(name);
	}
	text_add(&sql, ") WHERE wave <> '' LIMIT 2)");
	bool ok = store_read_integer(shift->with->store, sql.bytes, 0, &waves, err);
	text_free(&sql);
	*has = waves > 1;
	return ok;
}

/* The wave that a row says, else its export's; false: neither. Numbers are the same however they were written. */
static bool read_wave(char name[NUMBER_TEXT_SIZE], double *rank, const struct shift *shift,
                      const struct exported_source *source)
{
	struct answer fallback = { 0 };
	*rank = 0;
	if (!shift->wave) {
		snprintf(name, NUMBER_TEXT_SIZE, "%s", source->wave);
		return *name != '\0';
	}
	const struct answer *answer = &shift->read[shift->wave - shift->with->dictionary->variables];
	if (answer->missing != MISSING_NONE) {
		answer_read(&fallback, shift->with->dictionary, shift->wave, source->wave, source->form);
		answer = &fallback;
	}
	bool known = answer->missing == MISSING_NONE;
	if (known && shift->wave->type == VARIABLE_CODE)
		*rank = (double)(answer->code - shift->wave->codes->codes);
	else if (known)
		*rank = answer->number;
	if (known && is_number(shift->wave))
		number_print_exact(name, answer->number);
	else if (known)
		snprintf(name, NUMBER_TEXT_SIZE, "%s", answer->text);
	answer_release(&fallback);
	return known;
}

/* The wave of that name, which is added where it is new; NULL: there are too many. */
static struct wave *find_wave(struct shift *shift, const char *name, double rank, const struct exported_source *source)
{
	const struct dictionary *dictionary = shift->with->dictionary;
	for (size_t i = 0; i < shift->wave_count; i++)
		if (strcmp(shift->waves[i].name, name) == 0)
			return &shift->waves[i];
	if (shift->wave_count == MOST_WAVES)
		return NULL;
	shift->waves = mem_grow(shift->waves, shift->wave_count, &shift->wave_capacity, sizeof *shift->waves);
	struct wave *wave = &shift->waves[shift->wave_count];
	*wave = (struct wave){
		.name = mem_copy_text(name),
		.source = source,
		.place = *source->wave ? source->source : 0,
		.rank = rank,
		.appeared = shift->wave_count,
		.answers = mem_alloc(dictionary->variable_count, sizeof *wave->answers),
	};
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (is_compared(variable) && has_codes(variable))
			wave->answers[i].codes = mem_alloc(variable->codes->count, sizeof(long long));
	}
	shift->wave_count++;
	return wave;
}

/* --- one pass over the accepted rows --- */

/* Each option of a list that is ticked in `text`, where the codes stand with ; between. */
static void count_ticks(long long *codes, const struct code_list *list, const char *text)
{
	if (strcmp(text, ANSWER_NONE_TICKED) == 0)
		return;
	for (const char *part = text; *part;) {
		size_t length = strcspn(part, ";");
		for (size_t i = 0; i < list->count; i++)
			if (strlen(list->codes[i].code) == length && strncmp(list->codes[i].code, part, length) == 0)
				codes[i]++;
		part += length + (part[length] == ';');
	}
}

/* Who was not asked left nothing out; what cannot be used was said all the same. */
static void count_answer(struct answers *answers, const struct variable *variable, const struct answer *answer)
{
	switch (answer->missing) {
	case MISSING_NOT_ASKED:
	case MISSING_NOT_APPLICABLE:
	case MISSING_NOT_REACHED:
	case MISSING_WITHDRAWN:
	case MISSING_SUPPRESSED:
	case MISSING_LOW:
	case MISSING_COUNT: return;
	case MISSING_REFUSED:
	case MISSING_DONT_KNOW:
	case MISSING_NOT_ANSWERED: answers->asked++; return;
	case MISSING_UNUSABLE:
		answers->asked++;
		answers->said++;
		return;
	case MISSING_NONE: break;
	}
	answers->asked++;
	answers->said++;
	answers->answered++;
	if (variable->type == VARIABLE_CODE)
		answers->codes[answer->code - variable->codes->codes]++;
	else if (variable->type == VARIABLE_CODES)
		count_ticks(answers->codes, variable->codes, answer->text);
	else if (is_number(variable))
		histogram_add(&answers->numbers, answer->number);
}

static void read_row(struct shift *shift, const struct exported_row *row)
{
	const struct dictionary *dictionary = shift->with->dictionary;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (is_compared(variable) || variable == shift->wave)
			answer_read(&shift->read[i], dictionary, variable, row->cells[i], row->source->form);
	}
}

/* What `accepted` says of the current row's variable, in place of its cell. */
static bool amend(struct shift *shift, sqlite3_stmt *accepted, const struct exported_row *row, struct error *err)
{
	const char *name = (const char *)sqlite3_column_text(accepted, 1);
	const char *missing = (const char *)sqlite3_column_text(accepted, 2);
	const char *value = (const char *)sqlite3_column_text(accepted, 3);
	const struct dictionary *dictionary = shift->with->dictionary;
	const struct variable *variable = name ? dictionary_variable(dictionary, name) : NULL;
	if (!name)
		return true;
	if (!variable)
		return error_set(err, ERROR_FAULT, "an amendment is of no variable: %s", name);
	size_t index = (size_t)(variable - dictionary->variables);
	struct answer *answer = &shift->read[index];
	if (missing) {
		answer_release(answer);
		return missing_reason_read(missing, &answer->missing)
		       || error_set(err, ERROR_FAULT, "an amendment has an unknown reason for missing: %s", missing);
	}
	free(shift->corrections[index]);
	shift->corrections[index] = mem_copy_text(value ? value : "");
	answer_read(answer, dictionary, variable, shift->corrections[index], row->source->form);
	return true;
}

/* False where there are more waves than are kept apart. */
static bool count_row(struct shift *shift, const struct exported_row *row)
{
	const struct dictionary *dictionary = shift->with->dictionary;
	char name[NUMBER_TEXT_SIZE];
	double rank = 0;
	if (!read_wave(name, &rank, shift, row->source))
		return true;
	struct wave *wave = find_wave(shift, name, rank, row->source);
	for (size_t i = 0; wave && i < dictionary->variable_count; i++)
		if (is_compared(&dictionary->variables[i]))
			count_answer(&wave->answers[i], &dictionary->variables[i], &shift->read[i]);
	return wave != NULL;
}

/* Exports and accepted rows come in the order of rows, and of a row its amendments one after another. */
static bool count_rows(struct shift *shift, struct error *err)
{
	sqlite3_stmt *accepted = NULL;
	const struct exported_row *row = NULL;
	bool more = false, enough = true;
	exported_rewind(shift->with->exported);
	bool ok = store_prepare(&accepted, shift->with->store, sql_validate_accepted, err)
	          && store_step(shift->with->store, accepted, &more, err);
	while (ok && more && enough && (ok = exported_next(shift->with->exported, &row, err)) && row) {
		if (sqlite3_column_int64(accepted, 0) != row->row)
			continue;
		read_row(shift, row);
		while (ok && more && sqlite3_column_int64(accepted, 0) == row->row)
			ok = amend(shift, accepted, row, err) && store_step(shift->with->store, accepted, &more, err);
		enough = !ok || count_row(shift, row);
	}
	sqlite3_finalize(accepted);
	shift->too_many = ok && !enough;
	return ok;
}

/* In the config's order where it says which wave an export is; else as the wave's own codes or numbers are, or as they
 * came. */
static int compare_waves(const void *a, const void *b)
{
	const struct wave *left = a, *right = b;
	if (left->place != right->place)
		return left->place < right->place ? -1 : 1;
	if (left->rank < right->rank || left->rank > right->rank)
		return left->rank < right->rank ? -1 : 1;
	return left->appeared < right->appeared ? -1 : left->appeared > right->appeared;
}

/* --- what changed --- */

static const struct answers *answers_of(const struct shift *shift, size_t wave, const struct variable *variable)
{
	return &shift->waves[wave].answers[variable - shift->with->dictionary->variables];
}

static struct change *add_change(struct changes *changes, enum finding_code code, const struct wave *wave,
                                 const struct variable *variable)
{
	changes->list = mem_grow(changes->list, changes->count, &changes->capacity, sizeof *changes->list);
	struct change *change = &changes->list[changes->count++];
	*change = (struct change){ .code = code, .wave = wave, .variable = variable, .occurrences = 1 };
	return change;
}

static void find_new_codes(struct changes *changes, const struct shift *shift, size_t wave,
                           const struct variable *variable)
{
	const struct answers *now = answers_of(shift, wave, variable);
	long long earlier = 0;
	for (size_t i = 0; i < wave; i++)
		earlier += answers_of(shift, i, variable)->answered;
	if (earlier < LEAST_ANSWERS || now->answered < LEAST_ANSWERS)
		return;
	struct text value = { 0 };
	size_t count = 0;
	for (size_t code = 0; code < variable->codes->count; code++) {
		long long given = 0;
		for (size_t i = 0; i < wave; i++)
			given += answers_of(shift, i, variable)->codes[code];
		if (given == 0 && now->codes[code] > 0)
			text_print(&value, "%s%s", count++ ? "; " : "", variable->codes->codes[code].code);
	}
	if (count == 0)
		return;
	struct change *change = add_change(changes, FINDING_WAVE_CODE_NEW, &shift->waves[wave], variable);
	change->value = value.bytes;
	change->occurrences = count;
	change->expected =
		mem_print("codes that the waves before gave (n %lld there, %lld here)", earlier, now->answered);
}

/* Every option is a test of its own; of the smallest p, as many times as there are tests (Bonferroni). */
static bool test_options(struct homogeneity *least, const struct code **option, const struct answers *before,
                         const struct answers *now, const struct code_list *list)
{
	double tests = 0;
	for (size_t i = 0; i < list->count; i++) {
		const long long there[] = { before->answered - before->codes[i], before->codes[i] };
		const long long here[] = { now->answered - now->codes[i], now->codes[i] };
		struct homogeneity test;
		if (!homogeneity_of_codes(&test, there, here, COUNT(there)))
			continue;
		if (tests == 0 || test.p < least->p) {
			*least = test;
			*option = &list->codes[i];
		}
		tests++;
	}
	least->p = fmin(1, least->p * tests);
	return tests > 0;
}

static bool test_numbers(struct homogeneity *test, const struct histogram *before, const struct histogram *now)
{
	long long *there = NULL, *here = NULL;
	size_t values = histogram_align(&there, &here, before, now);
	bool tested = homogeneity_of_numbers(test, there, here, values);
	free(there);
	free(here);
	return tested;
}

enum { P_SIZE = 24 };

/* Below that it is a matter of the computer and not of the data. */
static void print_p(char words[P_SIZE], double p)
{
	if (p < 1e-99)
		snprintf(words, P_SIZE, "p < 1e-99");
	else
		snprintf(words, P_SIZE, "p %.2g", p);
}

/* Against the last wave that has enough answers: questions may rest for a wave. */
static void find_shift(struct changes *changes, const struct shift *shift, size_t wave, const struct variable *variable)
{
	const struct answers *now = answers_of(shift, wave, variable), *before = NULL;
	size_t at = wave;
	while (at > 0 && (!before || before->answered < LEAST_ANSWERS))
		before = answers_of(shift, --at, variable);
	if (!before || before->answered < LEAST_ANSWERS || now->answered < LEAST_ANSWERS)
		return;
	const struct code *option = NULL;
	struct homogeneity test = { 0 };
	bool tested = false;
	if (variable->type == VARIABLE_CODES)
		tested = test_options(&test, &option, before, now, variable->codes);
	else if (variable->type == VARIABLE_CODE)
		tested = homogeneity_of_codes(&test, before->codes, now->codes, variable->codes->count);
	else if (is_number(variable))
		tested = test_numbers(&test, &before->numbers, &now->numbers);
	if (!tested)
		return;
	struct change *change = add_change(changes, FINDING_WAVE_SHIFT, &shift->waves[wave], variable);
	const char *direction = !is_number(variable) ? "" : test.statistic > 0 ? "; higher here" : "; lower here";
	char p[P_SIZE];
	print_p(p, test.p);
	change->tested = true;
	change->p = test.p;
	change->expected = mem_print("answers as in wave %s: n %lld there, %lld here; %s (%s%s%s)%s",
	                             shift->waves[at].name, before->answered, now->answered, p, test.test,
	                             option ? ", option " : "", option ? option->code : "", direction);
}

static void find_nonresponse(struct changes *changes, const struct shift *shift, size_t wave,
                             const struct variable *variable)
{
	const struct answers *now = answers_of(shift, wave, variable), *before = NULL;
	size_t at = wave;
	while (at > 0 && (!before || before->asked < LEAST_ANSWERS))
		before = answers_of(shift, --at, variable);
	if (!before || before->asked < LEAST_ANSWERS || now->asked < LEAST_ANSWERS)
		return;
	const long long there[] = { before->said, before->asked - before->said };
	const long long here[] = { now->said, now->asked - now->said };
	struct homogeneity test;
	if (!homogeneity_of_codes(&test, there, here, COUNT(there)))
		return;
	struct change *change = add_change(changes, FINDING_WAVE_NONRESPONSE, &shift->waves[wave], variable);
	bool more = (double)here[1] / (double)now->asked > (double)there[1] / (double)before->asked;
	char p[P_SIZE];
	print_p(p, test.p);
	change->tested = true;
	change->p = test.p;
	change->expected =
		mem_print("as many who answer as in wave %s: %lld asked there, %lld here; %s (%s); %s answered here",
	                  shift->waves[at].name, before->asked, now->asked, p, test.test, more ? "fewer" : "more");
}

static void find_changes(struct changes *changes, const struct shift *shift)
{
	const struct dictionary *dictionary = shift->with->dictionary;
	for (size_t wave = 1; wave < shift->wave_count; wave++)
		for (size_t i = 0; i < dictionary->variable_count; i++) {
			const struct variable *variable = &dictionary->variables[i];
			if (!is_compared(variable))
				continue;
			if (has_codes(variable))
				find_new_codes(changes, shift, wave, variable);
			find_shift(changes, shift, wave, variable);
			find_nonresponse(changes, shift, wave, variable);
		}
}

/* --- telling --- */

static bool tell(const struct shift *shift, struct finding_store *findings, const struct change *change,
                 struct error *err)
{
	const struct exported_source *source = change->wave->source;
	const struct finding finding = {
		.code = change->code,
		.severity = finding_kind(change->code)->severity,
		.source = source->source,
		.variable = change->variable->name,
		.wave = change->wave->name,
		.value = change->value,
		.expected = change->expected,
		.occurrences = change->occurrences,
	};
	const struct decision *decision = rulings_find(shift->with->rulings, source->name, &finding);
	if (decision && decision->kind == DECISION_CORRECT)
		return rulings_refuse(shift->with->rulings, decision,
		                      "a correction of a finding that is not about one cell's text",
		                      "accept the finding, or correct cells by findings of their own", err);
	return finding_store_add(findings, source->name, &finding, err);
}

/* One family of tests for the dataset: all questions, all pairs of waves, both kinds. */
static bool tell_changes(const struct shift *shift, const struct changes *changes, struct error *err)
{
	struct finding_store *findings = NULL;
	double *p = mem_alloc(changes->count, sizeof *p), *adjusted = mem_alloc(changes->count, sizeof *adjusted);
	size_t tests = 0;
	for (size_t i = 0; i < changes->count; i++)
		if (changes->list[i].tested)
			p[tests++] = changes->list[i].p;
	adjust_holm(adjusted, p, tests);
	bool ok = finding_store_new(&findings, shift->with->store, shift->with->dataset, err);
	for (size_t i = 0, test = 0; ok && i < changes->count; i++)
		if (!changes->list[i].tested || adjusted[test++] <= level)
			ok = tell(shift, findings, &changes->list[i], err);
	finding_store_free(findings);
	free(adjusted);
	free(p);
	return ok;
}

/* --- the whole --- */

static void release(struct shift *shift)
{
	size_t count = shift->with->dictionary->variable_count;
	for (size_t wave = 0; wave < shift->wave_count; wave++) {
		for (size_t i = 0; i < count; i++) {
			free(shift->waves[wave].answers[i].codes);
			histogram_free(&shift->waves[wave].answers[i].numbers);
		}
		free(shift->waves[wave].answers);
		free(shift->waves[wave].name);
	}
	for (size_t i = 0; i < count; i++) {
		answer_release(&shift->read[i]);
		free(shift->corrections[i]);
	}
	free(shift->waves);
	free(shift->read);
	free(shift->corrections);
}

bool shift_find(const struct review_tools *with, struct error *err)
{
	struct shift shift = { .with = with, .wave = dictionary_role(with->dictionary, ROLE_WAVE) };
	struct changes changes = { 0 };
	bool has = false;
	if (!has_waves(&shift, &has, err) || !has)
		return err->kind == ERROR_NONE;
	shift.read = mem_alloc(with->dictionary->variable_count, sizeof *shift.read);
	shift.corrections = mem_alloc(with->dictionary->variable_count, sizeof *shift.corrections);
	bool ok = count_rows(&shift, err);
	if (ok && !shift.too_many) {
		mem_sort(shift.waves, shift.wave_count, sizeof *shift.waves, compare_waves);
		find_changes(&changes, &shift);
		ok = tell_changes(&shift, &changes, err);
	}
	for (size_t i = 0; i < changes.count; i++) {
		free(changes.list[i].value);
		free(changes.list[i].expected);
	}
	free(changes.list);
	release(&shift);
	return ok;
}
