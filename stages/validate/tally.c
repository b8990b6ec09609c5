#include "tally.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"

struct tally {
	const struct dictionary *dictionary;
	const struct exported *exported;
	const struct code_list *areas; /* NULL: the dataset has no areas */
	size_t area_count;             /* one more than codes: the last is "none" */
	size_t *rows;                  /* source, area, status, reason */
	size_t *rules;                 /* rule, outcome */
	size_t *answers;               /* variable, area, reason */
};

const char *row_status_word(enum row_status status)
{
	static const char *const words[ROW_STATUS_COUNT] = {
		[ROW_ACCEPTED] = "accepted", [ROW_SET_ASIDE] = "set_aside", [ROW_DUPLICATE] = "duplicate",
		[ROW_PREVIEW] = "preview",   [ROW_WITHDRAWN] = "withdrawn",
	};
	assert(status < ROW_STATUS_COUNT);
	return words[status];
}

struct tally *tally_new(const struct dictionary *dictionary, const struct exported *exported)
{
	struct tally *tally = mem_alloc(1, sizeof *tally);
	const struct variable *area = dictionary_role(dictionary, ROLE_AREA);
	tally->dictionary = dictionary;
	tally->exported = exported;
	tally->areas = area ? area->codes : NULL;
	tally->area_count = 1 + (area ? area->codes->count : 0);
	size_t row_kinds = tally->area_count * ROW_STATUS_COUNT * FINDING_COUNT;
	tally->rows = mem_alloc(exported_source_count(exported) * row_kinds, sizeof *tally->rows);
	tally->rules = mem_alloc(dictionary->rule_count * CHECK_COUNT, sizeof *tally->rules);
	tally->answers =
		mem_alloc(dictionary->variable_count * tally->area_count * MISSING_COUNT, sizeof *tally->answers);
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	free(tally->rows);
	free(tally->rules);
	free(tally->answers);
	free(tally);
}

static size_t area_index(const struct tally *tally, const struct answer *area)
{
	bool known = area && area->missing == MISSING_NONE;
	return known ? (size_t)(area->code - tally->areas->codes) : tally->area_count - 1;
}

static const char *area_code(const struct tally *tally, size_t index)
{
	return index + 1 < tally->area_count ? tally->areas->codes[index].code : "";
}

static size_t *row_count(const struct tally *tally, size_t source, size_t area, size_t status, size_t reason)
{
	return &tally->rows[((source * tally->area_count + area) * ROW_STATUS_COUNT + status) * FINDING_COUNT + reason];
}

static size_t *answer_count(const struct tally *tally, size_t variable, size_t area, size_t missing)
{
	return &tally->answers[(variable * tally->area_count + area) * MISSING_COUNT + missing];
}

void tally_row(struct tally *tally, const struct exported_source *source, const struct answer *area,
               enum row_status status, enum finding_code reason)
{
	size_t index = (size_t)(source - exported_source_at(tally->exported, 0));
	(*row_count(tally, index, area_index(tally, area), status, reason))++;
}

void tally_answer(struct tally *tally, size_t variable, const struct answer *area, enum missing_reason missing)
{
	(*answer_count(tally, variable, area_index(tally, area), missing))++;
}

void tally_rule(struct tally *tally, size_t rule, enum check_outcome outcome)
{
	tally->rules[rule * CHECK_COUNT + outcome]++;
}

size_t tally_rule_count(const struct tally *tally, size_t rule, enum check_outcome outcome)
{
	return tally->rules[rule * CHECK_COUNT + outcome];
}

/* One line of the account; none where no row is such. */
static bool store_count(const struct tally *tally, struct store *store, sqlite3_stmt *insert, size_t source,
                        size_t area, size_t status, size_t reason, struct error *err)
{
	size_t rows = *row_count(tally, source, area, status, reason);
	if (rows == 0)
		return true;
	store_bind_integer(insert, ":source", exported_source_at(tally->exported, source)->source);
	store_bind_text(insert, ":area", area_code(tally, area));
	store_bind_text(insert, ":status", row_status_word((enum row_status)status));
	store_bind_text(insert, ":reason", reason == FINDING_NONE ? "" : finding_kind((enum finding_code)reason)->code);
	store_bind_integer(insert, ":rows", (long long)rows);
	return store_insert(store, insert, err);
}

static bool store_account(const struct tally *tally, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	static const char sql[] = "INSERT INTO account VALUES (:source, :area, :status, :reason, :rows)";
	bool ok = store_prepare(&insert, store, sql, err);
	for (size_t source = 0; ok && source < exported_source_count(tally->exported); source++)
		for (size_t area = 0; ok && area < tally->area_count; area++)
			for (size_t status = 0; ok && status < ROW_STATUS_COUNT; status++)
				for (size_t reason = 0; ok && reason < FINDING_COUNT; reason++)
					ok = store_count(tally, store, insert, source, area, status, reason, err);
	sqlite3_finalize(insert);
	return ok && store_run(store, sql_validate_unreadable, err);
}

static bool store_rules(const struct tally *tally, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_validate_rule, err);
	for (size_t i = 0; ok && i < tally->dictionary->rule_count; i++) {
		const struct rule *rule = &tally->dictionary->rules[i];
		const size_t *counts = &tally->rules[i * CHECK_COUNT];
		store_bind_text(insert, ":rule", rule->name);
		store_bind_text(insert, ":message", rule->message);
		if (isnan(rule->limit))
			store_bind_null(insert, ":limit");
		else
			store_bind_real(insert, ":limit", rule->limit);
		store_bind_integer(insert, ":holds", (long long)counts[CHECK_HOLDS]);
		store_bind_integer(insert, ":broken", (long long)counts[CHECK_BROKEN]);
		store_bind_integer(insert, ":unknowable", (long long)(counts[CHECK_UNKNOWABLE] + counts[CHECK_FAILED]));
		store_bind_integer(insert, ":not_applicable", (long long)counts[CHECK_NOT_APPLICABLE]);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* Every variable has a line, even where no row was accepted: limits of the config are checked against their names. */
static bool store_completeness(const struct tally *tally, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	static const char sql[] = "INSERT INTO completeness VALUES (:variable, :area, :missing, :rows)";
	bool ok = store_prepare(&insert, store, sql, err);
	for (size_t variable = 0; ok && variable < tally->dictionary->variable_count; variable++) {
		bool any = false;
		for (size_t cell = 0; ok && cell < tally->area_count * MISSING_COUNT; cell++) {
			size_t area = cell / MISSING_COUNT, missing = cell % MISSING_COUNT;
			size_t rows = *answer_count(tally, variable, area, missing);
			bool last = cell + 1 == tally->area_count * MISSING_COUNT;
			if (rows == 0 && (any || !last))
				continue;
			store_bind_text(insert, ":variable", tally->dictionary->variables[variable].name);
			store_bind_text(insert, ":area", area_code(tally, area));
			store_bind_text(insert, ":missing",
			                missing_reason_word(rows ? (enum missing_reason)missing : MISSING_NONE));
			store_bind_integer(insert, ":rows", (long long)rows);
			ok = store_insert(store, insert, err);
			any = true;
		}
	}
	sqlite3_finalize(insert);
	return ok;
}

bool tally_store(const struct tally *tally, struct store *store, struct error *err)
{
	return store_account(tally, store, err) && store_rules(tally, store, err)
	       && store_completeness(tally, store, err);
}

bool tally_check(struct store *store, struct error *err)
{
	long long wrong = 0;
	if (!store_read_integer(store, sql_validate_unaccounted, 0, &wrong, err))
		return false;
	return wrong == 0
	       || error_set(err, ERROR_FAULT,
	                    "the rows of %lld exports do not add up: those read and unreadable differ from those "
	                    "accounted for, or a row has no judgement",
	                    wrong);
}
