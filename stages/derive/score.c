#include "score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "embedded.h"
#include "mem.h"
#include "text.h"

/* --- which scores, and of one row --- */

/* One score that is made: where it stands, and what it is of the row computed last. */
struct made {
	const struct scale *scale;
	unsigned position; /* among the instrument's scores */
	double value;      /* NaN where it is missing; of bands their position from 1 */
	enum missing_reason missing;
};

/* The scores that are made, in the order of the columns of derived.db's scores. */
struct scorer {
	const struct dictionary *dictionary;
	struct made *made;
	size_t count;
	double *items, *scores; /* room for the widest instrument */
	enum missing_reason *missing;
};

static struct scorer *scorer_new(const struct scales *scales, const struct dictionary *dictionary)
{
	struct scorer *scorer = mem_alloc(1, sizeof *scorer);
	size_t items = 1, scores = 1, all = 0;
	for (size_t i = 0; i < scales->count; i++) {
		const struct instrument *instrument = scales->scales[i].instrument;
		items = instrument->items_count > items ? instrument->items_count : items;
		scores = instrument->scores_count > scores ? instrument->scores_count : scores;
		all += instrument->scores_count;
	}
	scorer->dictionary = dictionary;
	scorer->made = mem_alloc(all, sizeof *scorer->made);
	scorer->items = mem_alloc(items, sizeof *scorer->items);
	scorer->missing = mem_alloc(items, sizeof *scorer->missing);
	scorer->scores = mem_alloc(scores, sizeof *scorer->scores);
	for (size_t i = 0; i < scales->count; i++)
		for (unsigned s = 0; s < scales->scales[i].instrument->scores_count; s++)
			if (scales->scales[i].made[s])
				scorer->made[scorer->count++] =
					(struct made){ .scale = &scales->scales[i], .position = s };
	return scorer;
}

static void scorer_free(struct scorer *scorer)
{
	if (!scorer)
		return;
	free(scorer->made);
	free(scorer->items);
	free(scorer->missing);
	free(scorer->scores);
	free(scorer);
}

static const struct score *scorer_score(const struct scorer *scorer, size_t score)
{
	return &scorer->made[score].scale->instrument->scores[scorer->made[score].position];
}

/* One bit each: those of its items. */
static unsigned scorer_reasons(const struct scorer *scorer, size_t score)
{
	const struct made *made = &scorer->made[score];
	unsigned reasons = 0;
	for (unsigned i = 0; i < made->scale->instrument->items_count; i++)
		if (instrument_uses(made->scale->instrument, made->position, i))
			reasons |= scorer->dictionary->variables[made->scale->variables[i]].missing;
	return reasons;
}

/* A variable of type number may hold 2.5, which is an answer to no item. */
static void read_items(struct scorer *scorer, const struct scale *scale, const struct accepted *accepted)
{
	for (unsigned i = 0; i < scale->instrument->items_count; i++) {
		const struct answer *answer = accepted_answer(accepted, scale->variables[i]);
		double value = answer->code ? (double)answer->integer : answer->number;
		scorer->missing[i] = answer->missing;
		if (answer->missing == MISSING_NONE && value != floor(value))
			scorer->missing[i] = MISSING_UNUSABLE;
		scorer->items[i] = scorer->missing[i] == MISSING_NONE ? value : NAN;
	}
}

/* Every value has its conversion and band (instrument_check), so that a score is missing by its items only. */
static enum missing_reason shared_reason(const struct scorer *scorer, const struct made *made)
{
	enum missing_reason shared = MISSING_NONE;
	for (unsigned i = 0; i < made->scale->instrument->items_count; i++)
		if (instrument_uses(made->scale->instrument, made->position, i))
			shared = missing_reason_shared(shared, scorer->missing[i]);
	return shared == MISSING_NONE ? MISSING_UNUSABLE : shared;
}

/* Compute the scores of the row that `accepted` stands at. */
static void scorer_row(struct scorer *scorer, const struct accepted *accepted)
{
	const struct scale *scale = NULL;
	for (size_t i = 0; i < scorer->count; i++) {
		struct made *made = &scorer->made[i];
		if (made->scale != scale) {
			scale = made->scale;
			read_items(scorer, scale, accepted);
			instrument_score(scale->instrument, scorer->items, scorer->scores);
		}
		made->value = scorer->scores[made->position];
		made->missing = isnan(made->value) ? shared_reason(scorer, made) : MISSING_NONE;
	}
}

/* --- what derived.db says of them --- */

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

static bool describe_reasons(const struct scorer *scorer, size_t score, struct store *derived, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	unsigned reasons = scorer_reasons(scorer, score);
	bool ok = store_prepare(&insert, derived, "INSERT INTO derived_reason VALUES (:variable, :reason)", err);
	for (int reason = 1; ok && reason < MISSING_COUNT; reason++) {
		if (!(reasons & 1u << reason))
			continue;
		store_bind_text(insert, ":variable", scorer_score(scorer, score)->variable);
		store_bind_text(insert, ":reason", missing_reason_word((enum missing_reason)reason));
		ok = store_insert(derived, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* Of what a sum or mean adds up, for those who ask whether it goes together. */
static bool describe_items(const struct scorer *scorer, size_t score, struct store *derived, struct error *err)
{
	const struct made *made = &scorer->made[score];
	const struct instrument *instrument = made->scale->instrument;
	sqlite3_stmt *insert = NULL;
	long position = 0;
	bool ok = store_prepare(&insert, derived, sql_derive_insert_item, err);
	for (unsigned i = 0; ok && score_adds_items(scorer_score(scorer, score)) && i < instrument->items_count; i++) {
		double least, most;
		if (!instrument_uses(instrument, made->position, i))
			continue;
		instrument_range(instrument, i, &least, &most);
		store_bind_text(insert, ":score", scorer_score(scorer, score)->variable);
		store_bind_integer(insert, ":position", ++position);
		store_bind_text(insert, ":variable", scorer->dictionary->variables[made->scale->variables[i]].name);
		store_bind_integer(insert, ":reversed", instrument_reverses(instrument, i));
		store_bind_real(insert, ":least", least);
		store_bind_real(insert, ":most", most);
		ok = store_insert(derived, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool scales_describe(const struct scales *scales, const struct dictionary *dictionary, struct store *derived,
                     struct error *err)
{
	struct scorer *scorer = scorer_new(scales, dictionary);
	struct text table = { 0 };
	bool ok = true;
	text_add(&table, "CREATE TABLE scores (row INTEGER PRIMARY KEY");
	for (size_t i = 0; ok && i < scorer->count; i++) {
		const struct scale *scale = scorer->made[i].scale;
		const struct score *score = scorer_score(scorer, i);
		char *name = store_quote_name(score->variable);
		text_print(&table, ", %s %s", name, score->method == SCORE_BANDS ? "INTEGER" : "REAL");
		free(name);
		ok = describe_score(scale, score, (long)i + 1, dictionary->variables[scale->variables[0]].domain,
		                    derived, err)
		     && describe_reasons(scorer, i, derived, err) && describe_items(scorer, i, derived, err);
	}
	text_add(&table, ")");
	ok = ok && store_run(derived, table.bytes, err);
	text_free(&table);
	scorer_free(scorer);
	return ok;
}

/* --- every row --- */

/* The statements that write_row writes with. */
struct writing {
	struct store *derived;
	sqlite3_stmt *insert, *unscored;
};

static bool write_row(const struct writing *to, const struct scorer *scorer, long long row, struct error *err)
{
	int column = 1;
	bool ok = true;
	sqlite3_bind_int64(to->insert, column++, row);
	for (size_t i = 0; ok && i < scorer->count; i++, column++) {
		if (scorer->made[i].missing == MISSING_NONE) {
			sqlite3_bind_double(to->insert, column, scorer->made[i].value);
			continue;
		}
		sqlite3_bind_null(to->insert, column);
		store_bind_integer(to->unscored, ":row", row);
		store_bind_text(to->unscored, ":variable", scorer_score(scorer, i)->variable);
		store_bind_text(to->unscored, ":missing", missing_reason_word(scorer->made[i].missing));
		ok = store_insert(to->derived, to->unscored, err);
	}
	return ok && store_insert(to->derived, to->insert, err);
}

bool scales_score(const struct scales *scales, const struct dictionary *dictionary, const char *validated,
                  const char *ingested, struct store *derived, struct error *err)
{
	struct accepted *accepted = NULL;
	struct scorer *scorer = scorer_new(scales, dictionary);
	struct text sql = { 0 };
	struct writing to = { .derived = derived };
	text_add(&sql, "INSERT INTO scores VALUES (?");
	for (size_t i = 0; i < scorer->count; i++)
		text_add(&sql, ", ?");
	text_add(&sql, ")");
	bool more = true;
	bool ok =
		accepted_open(&accepted, validated, ingested, dictionary, scales->wanted, err)
		&& store_prepare(&to.insert, derived, sql.bytes, err)
		&& store_prepare(&to.unscored, derived, "INSERT INTO unscored VALUES (:row, :variable, :missing)", err)
		&& accepted_next(accepted, &more, err);
	while (ok && more) {
		scorer_row(scorer, accepted);
		ok = write_row(&to, scorer, accepted_row(accepted), err) && accepted_next(accepted, &more, err);
	}
	sqlite3_finalize(to.insert);
	sqlite3_finalize(to.unscored);
	accepted_close(accepted);
	scorer_free(scorer);
	text_free(&sql);
	return ok;
}
