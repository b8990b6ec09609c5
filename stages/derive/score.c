#include "score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "embedded.h"
#include "mem.h"
#include "text.h"

static bool describe_score(const struct scale *scale, const struct score *score, long position, const char *domain,
                           struct store *derived, struct error *err)
{
	sqlite3_stmt *insert = NULL, *code = NULL;
	bool band = score->method == SCORE_BANDS;
	bool ok = store_prepare(&insert, derived, sql_derive_insert_variable, err)
	          && store_prepare(&code, derived,
	                           "INSERT INTO derived_code VALUES (:variable, :position, :code, :label)", err);
	if (ok) {
		store_bind_text(insert, ":variable", score->variable);
		store_bind_integer(insert, ":position", position);
		store_bind_text(insert, ":label", score->label);
		store_bind_text(insert, ":type", band ? "code" : "number");
		store_bind_text(insert, ":level", score->level);
		store_bind_text(insert, ":unit", score->unit);
		store_bind_text(insert, ":polarity", score->polarity);
		store_bind_text(insert, ":domain", score->domain ? score->domain : domain);
		if (!band) {
			store_bind_real(insert, ":least", score->least);
			store_bind_real(insert, ":most", score->most);
		}
		store_bind_text(insert, ":instrument", scale->instrument->instrument);
		store_bind_text(insert, ":source", scale->instrument->source);
		ok = store_insert(derived, insert, err);
	}
	for (unsigned b = 0; ok && b < score->bands_count; b++) {
		store_bind_text(code, ":variable", score->variable);
		store_bind_integer(code, ":position", b + 1);
		store_bind_text(code, ":code", score->bands[b].code);
		store_bind_text(code, ":label", score->bands[b].label);
		ok = store_insert(derived, code, err);
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(code);
	return ok;
}

/* A score may be missing for any reason that one of its items may be. */
static bool describe_reasons(const struct scale *scale, const struct score *score, const struct dictionary *dictionary,
                             struct store *derived, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	unsigned reasons = 0;
	for (unsigned i = 0; i < scale->instrument->items_count; i++)
		reasons |= dictionary->variables[scale->variables[i]].missing;
	bool ok = store_prepare(&insert, derived, "INSERT INTO derived_reason VALUES (:variable, :reason)", err);
	for (int reason = 1; ok && reason < MISSING_COUNT; reason++) {
		if (!(reasons & 1u << reason))
			continue;
		store_bind_text(insert, ":variable", score->variable);
		store_bind_text(insert, ":reason", missing_reason_word((enum missing_reason)reason));
		ok = store_insert(derived, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool scales_describe(const struct scales *scales, const struct dictionary *dictionary, struct store *derived,
                     struct error *err)
{
	struct text table = { 0 };
	long position = 0;
	bool ok = true;
	text_add(&table, "CREATE TABLE scores (row INTEGER PRIMARY KEY");
	for (size_t i = 0; ok && i < scales->count; i++) {
		const struct scale *scale = &scales->scales[i];
		const char *domain = dictionary->variables[scale->variables[0]].domain;
		for (unsigned s = 0; ok && s < scale->instrument->scores_count; s++) {
			const struct score *score = &scale->instrument->scores[s];
			char *name = store_quote_name(score->variable);
			text_print(&table, ", %s %s", name, score->method == SCORE_BANDS ? "INTEGER" : "REAL");
			free(name);
			ok = describe_score(scale, score, ++position, domain, derived, err)
			     && describe_reasons(scale, score, dictionary, derived, err);
		}
	}
	text_add(&table, ")");
	ok = ok && store_run(derived, table.bytes, err);
	text_free(&table);
	return ok;
}

/* Why a score is missing: the reason that its missing items share, or not_answered where they differ. */
static enum missing_reason shared_reason(const struct scale *scale, const struct accepted *accepted)
{
	enum missing_reason shared = MISSING_NONE;
	for (unsigned i = 0; i < scale->instrument->items_count; i++) {
		enum missing_reason reason = accepted_answer(accepted, scale->variables[i])->missing;
		if (reason != MISSING_NONE && shared != MISSING_NONE && reason != shared)
			return MISSING_NOT_ANSWERED;
		if (reason != MISSING_NONE)
			shared = reason;
	}
	return shared == MISSING_NONE ? MISSING_UNUSABLE
	                              : shared; /* complete, but the conversion does not know the sum */
}

/* The statements that score_row writes with, and room for the widest instrument. */
struct scoring {
	struct store *derived;
	sqlite3_stmt *insert, *unscored;
	double *items, *scores;
};

static bool score_row(const struct scoring *to, const struct scales *scales, const struct accepted *accepted,
                      struct error *err)
{
	int column = 1;
	bool ok = true;
	sqlite3_bind_int64(to->insert, column++, accepted_row(accepted));
	for (size_t i = 0; ok && i < scales->count; i++) {
		const struct scale *scale = &scales->scales[i];
		for (unsigned item = 0; item < scale->instrument->items_count; item++) {
			const struct answer *answer = accepted_answer(accepted, scale->variables[item]);
			to->items[item] = answer->missing != MISSING_NONE ? NAN
			                  : answer->code                  ? (double)answer->integer
			                                                  : answer->number;
		}
		instrument_score(scale->instrument, to->items, to->scores);
		for (unsigned s = 0; ok && s < scale->instrument->scores_count; s++, column++) {
			if (!isnan(to->scores[s])) {
				sqlite3_bind_double(to->insert, column, to->scores[s]);
				continue;
			}
			sqlite3_bind_null(to->insert, column);
			store_bind_integer(to->unscored, ":row", accepted_row(accepted));
			store_bind_text(to->unscored, ":variable", scale->instrument->scores[s].variable);
			store_bind_text(to->unscored, ":missing", missing_reason_word(shared_reason(scale, accepted)));
			ok = store_insert(to->derived, to->unscored, err);
		}
	}
	return ok && store_insert(to->derived, to->insert, err);
}

bool scales_score(const struct scales *scales, const struct dictionary *dictionary, const char *validated,
                  const char *ingested, struct store *derived, struct error *err)
{
	struct accepted *accepted = NULL;
	struct text sql = { 0 };
	struct scoring to = { .derived = derived };
	size_t widest = 1, most = 1;
	text_add(&sql, "INSERT INTO scores VALUES (?");
	for (size_t i = 0; i < scales->count; i++) {
		const struct instrument *instrument = scales->scales[i].instrument;
		widest = instrument->items_count > widest ? instrument->items_count : widest;
		most = instrument->scores_count > most ? instrument->scores_count : most;
		for (unsigned s = 0; s < instrument->scores_count; s++)
			text_add(&sql, ", ?");
	}
	text_add(&sql, ")");
	to.items = mem_alloc(widest, sizeof *to.items);
	to.scores = mem_alloc(most, sizeof *to.scores);
	bool more = true;
	bool ok =
		accepted_open(&accepted, validated, ingested, dictionary, scales->wanted, err)
		&& store_prepare(&to.insert, derived, sql.bytes, err)
		&& store_prepare(&to.unscored, derived, "INSERT INTO unscored VALUES (:row, :variable, :missing)", err)
		&& accepted_next(accepted, &more, err);
	while (ok && more)
		ok = score_row(&to, scales, accepted, err) && accepted_next(accepted, &more, err);
	sqlite3_finalize(to.insert);
	sqlite3_finalize(to.unscored);
	accepted_close(accepted);
	text_free(&sql);
	free(to.items);
	free(to.scores);
	return ok;
}
