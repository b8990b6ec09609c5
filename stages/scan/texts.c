#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "date.h"
#include "embedded.h"
#include "finding.h"
#include "identifier.h"
#include "mem.h"
#include "placeholder.h"
#include "provenance.h"
#include "text.h"

/* The scanning under way. */
struct scanning {
	const struct texts *texts;
	const struct variable *key, *wave, *repeat; /* NULL: the dataset has none */
	struct identifier_context context;
	struct placeholders *placeholders;
	struct spans spans; /* of the text under way */
	bool *used;         /* by decision */
	struct store *scanned, *ingested;
	sqlite3_stmt *insert_text, *insert_found, *place;
};

/* --- whose text it is --- */

static const struct answer *answer_to(const struct accepted *accepted, const struct scanning *with,
                                      const struct variable *variable)
{
	return accepted_answer(accepted, (size_t)(variable - with->texts->dictionary->variables));
}

static const char *key_of(const struct accepted *accepted, const struct scanning *with)
{
	const struct answer *key = with->key ? answer_to(accepted, with, with->key) : NULL;
	return key && key->missing == MISSING_NONE ? key->text : NULL;
}

/* Rows of one key are one person's; without a key, each row is somebody else's. Free with free(). */
static char *person_of(const struct accepted *accepted, const struct scanning *with)
{
	const char *key = key_of(accepted, with);
	return key ? mem_print("key %s", key) : mem_print("row %lld", accepted_row(accepted));
}

static void add_field(struct text *text, const char *field)
{
	if (field)
		text_add(text, field);
	text_add_bytes(text, "", 1);
}

/* What tells this row from all others, however many rows come before it in a later export: its key, wave and repeat,
 * or without a key the export and the line. */
static bool add_row(struct text *identity, const struct accepted *accepted, const struct scanning *with,
                    struct error *err)
{
	const char *key = key_of(accepted, with);
	const struct variable *const instance[] = { with->wave, with->repeat };
	bool there = false;
	add_field(identity, key);
	for (size_t i = 0; i < COUNT(instance); i++)
		add_field(identity, instance[i] ? answer_to(accepted, with, instance[i])->text : NULL);
	if (key)
		return true;
	store_bind_integer(with->place, ":row", accepted_row(accepted));
	bool ok = store_step(with->ingested, with->place, &there, err);
	if (ok && there)
		text_print(identity, "%s %lld", (const char *)sqlite3_column_text(with->place, 0),
		           sqlite3_column_int64(with->place, 1));
	sqlite3_reset(with->place);
	return ok;
}

/* --- one text --- */

static const struct decision *decide(const struct scanning *with, const char *identity, const struct variable *variable,
                                     const struct span *span)
{
	const struct decisions *decisions = with->texts->decisions;
	char *code = mem_print(DECISION_TEXT "%s", identifier_word(span->type));
	const struct decision *decision = decisions_find(decisions, identity, code, variable->name, with->texts->date);
	for (size_t i = 0; decision && i < decisions_count(decisions); i++)
		if (decisions_at(decisions, i) == decision)
			with->used[i] = true;
	free(code);
	return decision;
}

/* What is sure or likely goes unless the steward keeps it; what is only possible stays unless the steward says so. */
static bool is_replaced(const struct span *span, const struct decision *decision)
{
	return decision ? decision->kind == DECISION_REDACT : span->confidence != CONFIDENCE_LOW;
}

/* Write one finding; *placeholder is NULL where the words stay. */
static bool add_found(char **placeholder, const struct scanning *with, const char *where, const char *person,
                      long long row, const struct variable *variable, const char *text, const struct span *span,
                      struct error *err)
{
	struct text identified = { 0 };
	char identity[FINDING_IDENTITY_SIZE];
	text_print(&identified, "%s ", where);
	/* with its length: when the roster learns the whole of a name, what was said of half of it does not hold for it
	 */
	text_print(&identified, "%s %zu %zu", identifier_word(span->type), span->start, span->length);
	finding_identity_of(identity, identified.bytes, identified.length);
	text_free(&identified);
	const struct decision *decision = decide(with, identity, variable, span);
	*placeholder = is_replaced(span, decision) ? placeholder_of(with->placeholders, person, text, span) : NULL;

	sqlite3_stmt *insert = with->insert_found;
	store_bind_text(insert, ":identity", identity);
	store_bind_integer(insert, ":row", row);
	store_bind_text(insert, ":variable", variable->name);
	store_bind_text(insert, ":type", identifier_word(span->type));
	store_bind_text(insert, ":confidence", confidence_word(span->confidence));
	store_bind_integer(insert, ":start", (long long)span->start);
	store_bind_integer(insert, ":length", (long long)span->length);
	store_bind_text(insert, ":reason", span->reason);
	store_bind_text(insert, ":placeholder", *placeholder);
	store_bind_text(insert, ":decision", decision ? decision_word(decision->kind) : NULL);
	return store_insert(with->scanned, insert, err);
}

/* Words that stay. Somebody who wrote "[phone 1]" is not to be taken for us: round brackets for these. */
static void add_words(struct text *redacted, const char *words, size_t bytes)
{
	for (size_t at = 0; at < bytes;) {
		size_t length = words[at] == '[' ? placeholder_length(words + at, bytes - at) : 0;
		if (length) {
			text_add(redacted, "(");
			text_add_bytes(redacted, words + at + 1, length - 2);
			text_add(redacted, ")");
		} else {
			text_add_bytes(redacted, words + at, 1);
		}
		at += length ? length : 1;
	}
}

static bool scan_text(struct scanning *with, const struct accepted *accepted, const char *person,
                      const struct variable *variable, const char *text, struct error *err)
{
	struct text where = { 0 }, redacted = { 0 };
	char hash[PROVENANCE_HASH_SIZE] = "";
	size_t behind = 0; /* the bytes of the text that are written */
	with->spans.count = 0;
	identifier_scan(&with->spans, text, &with->context);
	text_add(&redacted, "");
	add_field(&where, with->texts->dataset);
	add_field(&where, variable->name);
	bool ok = add_row(&where, accepted, with, err);
	add_field(&where, "");
	add_field(&where, text);
	/* once for all that is found in the text, which may be long */
	if (with->spans.count)
		provenance_hash_bytes(hash, where.bytes, where.length);
	for (size_t i = 0; ok && i < with->spans.count; i++) {
		const struct span *span = &with->spans.spans[i];
		char *placeholder = NULL;
		ok = add_found(&placeholder, with, hash, person, accepted_row(accepted), variable, text, span, err);
		if (placeholder) {
			add_words(&redacted, text + behind, span->byte - behind);
			text_add(&redacted, placeholder);
			behind = span->byte + span->bytes;
		}
		free(placeholder);
	}
	add_words(&redacted, text + behind, strlen(text + behind));
	store_bind_integer(with->insert_text, ":row", accepted_row(accepted));
	store_bind_text(with->insert_text, ":variable", variable->name);
	store_bind_text(with->insert_text, ":redacted", redacted.bytes);
	ok = ok && store_insert(with->scanned, with->insert_text, err);
	text_free(&where);
	text_free(&redacted);
	return ok;
}

static bool scan_row(struct scanning *with, const struct accepted *accepted, struct error *err)
{
	const struct dictionary *dictionary = with->texts->dictionary;
	char *person = person_of(accepted, with);
	bool ok = true;
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (variable->treat != TREAT_REDACT)
			continue;
		const struct answer *answer = accepted_answer(accepted, i);
		if (answer->missing == MISSING_NONE)
			ok = scan_text(with, accepted, person, variable, answer->text, err);
	}
	free(person);
	return ok;
}

/* --- all of them --- */

static int year_of(double day)
{
	char text[11];
	date_print(text, (long long)day);
	return (int)strtol(text, NULL, 10);
}

/* The years in which somebody can have answered, as the dictionary gives them; without, the study's. */
static void find_years(struct identifier_context *context, const struct texts *texts)
{
	const struct variable *date = dictionary_role(texts->dictionary, ROLE_DATE);
	context->first_year = context->last_year = (int)strtol(texts->date, NULL, 10);
	if (date && date->has_min)
		context->first_year = year_of(date->min);
	if (date && date->has_max)
		context->last_year = year_of(date->max);
}

/* Which variables are read: the texts, and what tells whose they are. */
static bool *want(struct scanning *with)
{
	const struct dictionary *dictionary = with->texts->dictionary;
	bool *wanted = mem_alloc(dictionary->variable_count, sizeof *wanted);
	const struct variable *const whose[] = { with->key, with->wave, with->repeat };
	for (size_t i = 0; i < dictionary->variable_count; i++)
		wanted[i] = dictionary->variables[i].treat == TREAT_REDACT;
	for (size_t i = 0; i < COUNT(whose); i++)
		if (whose[i])
			wanted[whose[i] - dictionary->variables] = true;
	return wanted;
}

static bool write_decisions(const struct scanning *with, struct error *err)
{
	const struct decisions *decisions = with->texts->decisions;
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, with->scanned,
	                        "INSERT INTO decision VALUES (:line, :finding, :decision, :expired, :used)", err);
	for (size_t i = 0; ok && i < decisions_count(decisions); i++) {
		const struct decision *decision = decisions_at(decisions, i);
		store_bind_integer(insert, ":line", (long long)decision->line);
		store_bind_text(insert, ":finding", decision->finding);
		store_bind_text(insert, ":decision", decision_word(decision->kind));
		store_bind_integer(insert, ":expired", decision_expired(decision, with->texts->date));
		store_bind_integer(insert, ":used", with->used[i]);
		ok = store_insert(with->scanned, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool texts_write(struct store *scanned, const struct texts *texts, struct error *err)
{
	struct scanning with = {
		.texts = texts,
		.key = dictionary_role(texts->dictionary, ROLE_KEY),
		.wave = dictionary_role(texts->dictionary, ROLE_WAVE),
		.repeat = dictionary_repeat(texts->dictionary),
		.context = { .roster = texts->roster },
		.placeholders = placeholders_new(texts->roster),
		.used = mem_alloc(decisions_count(texts->decisions), sizeof *with.used),
		.scanned = scanned,
	};
	struct accepted *accepted = NULL;
	bool *wanted = want(&with), more = true;
	find_years(&with.context, texts);
	bool ok = store_open(&with.ingested, texts->ingested, "ingest", err)
	          && store_prepare(&with.place, with.ingested, sql_scan_place, err)
	          && store_prepare(&with.insert_text, scanned, sql_scan_text, err)
	          && store_prepare(&with.insert_found, scanned, sql_scan_found, err)
	          && accepted_open(&accepted, texts->validated, texts->ingested, texts->dictionary, wanted, err)
	          && accepted_next(accepted, &more, err);
	while (ok && more)
		ok = scan_row(&with, accepted, err) && accepted_next(accepted, &more, err);
	ok = ok && write_decisions(&with, err);
	accepted_close(accepted);
	sqlite3_finalize(with.insert_text);
	sqlite3_finalize(with.insert_found);
	sqlite3_finalize(with.place);
	store_close(with.ingested);
	placeholders_free(with.placeholders);
	spans_free(&with.spans);
	free(with.used);
	free(wanted);
	return ok;
}
