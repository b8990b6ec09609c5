#include "respondent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"
#include "date.h"

enum { PSEUDONYM_DIGITS = 32 }; /* 128 bits: no two ids of a study meet by chance */

struct person {
	long long row;                        /* in ingested.db */
	long long respondent;                 /* in the order of the pseudonyms, from 1 */
	long long first;                      /* the respondent of the first row with the same key; 0: this is it */
	char pseudonym[PSEUDONYM_DIGITS + 1]; /* "": no key, or none was given */
};

struct people {
	struct person *people;
	size_t count, capacity;
};

static void pseudonymise(char pseudonym[PSEUDONYM_DIGITS + 1], const char *key, const char *id)
{
	char hash[PROVENANCE_HASH_SIZE];
	provenance_keyed_hash(hash, key, "pseudonym", id);
	memcpy(pseudonym, hash, PSEUDONYM_DIGITS);
	pseudonym[PSEUDONYM_DIGITS] = '\0';
}

static int by_pseudonym(const void *a, const void *b)
{
	const struct person *one = a, *other = b;
	int order = strcmp(one->pseudonym, other->pseudonym);
	return order ? order : one->row < other->row ? -1 : one->row > other->row;
}

static int by_row(const void *a, const void *b)
{
	const struct person *one = a, *other = b;
	return one->row < other->row ? -1 : one->row > other->row;
}

/* Numbered in the order of the pseudonyms; where there are none to be kept, in the order of the rows. */
static void number(struct people *people, bool pseudonym)
{
	if (people->count == 0)
		return;
	if (pseudonym)
		mem_sort(people->people, people->count, sizeof *people->people, by_pseudonym);
	for (size_t i = 0; i < people->count; i++)
		people->people[i].respondent = (long long)i + 1;
	mem_sort(people->people, people->count, sizeof *people->people, by_pseudonym);
	const struct person *first = people->people;
	for (struct person *person = people->people + 1; person < people->people + people->count; person++) {
		if (*person->pseudonym && strcmp(person->pseudonym, first->pseudonym) == 0)
			person->first = first->respondent;
		else
			first = person;
	}
	mem_sort(people->people, people->count, sizeof *people->people, by_row);
}

/* The first pass: who is there, in the order of the rows. */
static bool collect(struct people *people, const struct kept *kept, const struct dictionary *dictionary,
                    const char *key, const char *validated, const char *ingested, struct error *err)
{
	bool *wanted = mem_alloc(dictionary->variable_count, sizeof *wanted);
	size_t id = kept->key ? (size_t)(kept->key - dictionary->variables) : 0;
	struct accepted *accepted = NULL;
	bool more = true;
	if (kept->key)
		wanted[id] = true;
	bool ok = accepted_open(&accepted, validated, ingested, dictionary, wanted, err)
	          && accepted_next(accepted, &more, err);
	while (ok && more) {
		people->people = mem_grow(people->people, people->count, &people->capacity, sizeof *people->people);
		struct person *person = &people->people[people->count++];
		person->row = accepted_row(accepted);
		if (kept->key && accepted_answer(accepted, id)->missing == MISSING_NONE)
			pseudonymise(person->pseudonym, key ? key : "no key", accepted_answer(accepted, id)->text);
		ok = accepted_next(accepted, &more, err);
	}
	number(people, kept->pseudonym);
	accepted_close(accepted);
	free(wanted);
	return ok;
}

/* What tells this table's people from another's: their pseudonyms, or without any the exports and rows that they come
 * from. */
static bool record_population(struct people *people, const struct kept *kept, const char *key, const char *ingested,
                              struct store *deidentified, struct error *err)
{
	struct text who = { 0 };
	char hash[PROVENANCE_HASH_SIZE];
	bool ok = true;
	text_add(&who, "");
	if (kept->pseudonym && people->count)
		mem_sort(people->people, people->count, sizeof *people->people, by_pseudonym);
	if (!kept->pseudonym) {
		struct store *store = NULL;
		sqlite3_stmt *select = NULL;
		bool row = false;
		ok = store_open(&store, ingested, "ingest", err)
		     && store_prepare(&select, store, "SELECT sha256 FROM input WHERE role = 'export' ORDER BY name",
		                      err)
		     && store_step(store, select, &row, err);
		while (ok && row) {
			text_print(&who, "%s\n", sqlite3_column_text(select, 0));
			ok = store_step(store, select, &row, err);
		}
		sqlite3_finalize(select);
		store_close(store);
	}
	for (size_t i = 0; i < people->count; i++) {
		if (kept->pseudonym)
			text_print(&who, "%s\n", people->people[i].pseudonym);
		else
			text_print(&who, "%lld\n", people->people[i].row);
	}
	provenance_keyed_hash(hash, key ? key : "no key", "population", who.bytes);
	if (people->count)
		mem_sort(people->people, people->count, sizeof *people->people, by_row);
	text_free(&who);
	return ok && provenance_record(deidentified, "population", hash, err);
}

/* The position of a code among the answers of its list, from 1. */
static long long code_position(const struct variable *variable, const struct code *code)
{
	long long position = 0;
	for (const struct code *other = variable->codes->codes; other <= code; other++)
		position += other->missing == MISSING_NONE;
	return position;
}

/* The statements of the second pass. */
struct writing {
	struct store *to;
	sqlite3_stmt *insert, *missing, *again, *scores, *unscored;
	const struct kept *kept;
	struct drawing *drawing;
	long long date;
};

static bool add_missing(const struct writing *with, const char *variable, long long respondent, const char *reason,
                        struct error *err)
{
	store_bind_text(with->missing, ":variable", variable);
	store_bind_integer(with->missing, ":respondent", respondent);
	store_bind_text(with->missing, ":reason", reason);
	return store_insert(with->to, with->missing, err);
}

static bool add_again(const struct writing *with, const struct person *person, struct error *err)
{
	if (person->first == 0)
		return true;
	store_bind_integer(with->again, ":respondent", person->respondent);
	store_bind_integer(with->again, ":first", person->first);
	return store_insert(with->to, with->again, err);
}

/* Bind one treated answer; false: it cannot be treated and is missing, unusable. */
static bool bind_treated(sqlite3_stmt *insert, int at, const struct kept_column *column, const struct answer *answer,
                         long long date)
{
	char text[11], district[8];
	size_t band = 0, level = 0;
	double number = answer->number;
	switch (column->treatment) {
	case TREATMENT_YEAR:
		date_print(text, answer->integer);
		sqlite3_bind_int64(insert, at, strtol(text, NULL, 10));
		return true;
	case TREATMENT_AGE:
		sqlite3_bind_int64(insert, at, treatment_age(answer->integer, date));
		return answer->integer <= date;
	case TREATMENT_DISTRICT:
		if (!treatment_district(district, answer->text))
			return false;
		sqlite3_bind_text(insert, at, district, -1, SQLITE_TRANSIENT);
		return true;
	case TREATMENT_BANDS:
		band = bands_find(&column->bands, answer->number);
		sqlite3_bind_int64(insert, at, (long long)band);
		return band > 0;
	case TREATMENT_TOP:
	case TREATMENT_BOTTOM:
	case TREATMENT_ENDS:
		if (column->treatment != TREATMENT_BOTTOM)
			number = fmin(number, column->variable->top);
		if (column->treatment != TREATMENT_TOP)
			number = fmax(number, column->variable->bottom);
		sqlite3_bind_double(insert, at, number);
		return true;
	case TREATMENT_LEVEL:
		level = column->level_of[answer->code - column->variable->codes->codes];
		sqlite3_bind_int64(insert, at, (long long)level);
		return true;
	default: break;
	}
	if (column->variable->type == VARIABLE_CODE)
		sqlite3_bind_int64(insert, at, code_position(column->variable, answer->code));
	else if (column->variable->type == VARIABLE_INTEGER)
		sqlite3_bind_int64(insert, at, answer->integer);
	else if (column->variable->type == VARIABLE_NUMBER)
		sqlite3_bind_double(insert, at, answer->number);
	else
		sqlite3_bind_text(insert, at, answer->text, -1, SQLITE_TRANSIENT);
	return true;
}

/* The derived values of a row, copied from derived.db. */
static bool bind_scores(const struct writing *with, int at, long long row, struct error *err)
{
	bool found = false;
	store_bind_integer(with->scores, ":row", row);
	bool ok = store_step(with->to, with->scores, &found, err);
	if (ok && !found)
		ok = error_set(err, ERROR_INPUT, "derived.db lacks a row that validated.db accepted: run make again");
	for (size_t i = 0; ok && i < with->kept->derived_count; i++)
		sqlite3_bind_value(with->insert, at + (int)i, sqlite3_column_value(with->scores, (int)i + 1));
	sqlite3_reset(with->scores);
	return ok;
}

/* Why derived values of a row are missing, copied likewise. */
static bool copy_unscored(const struct writing *with, long long row, long long respondent, struct error *err)
{
	bool found = false;
	store_bind_integer(with->unscored, ":row", row);
	bool ok = store_step(with->to, with->unscored, &found, err);
	while (ok && found)
		ok = add_missing(with, (const char *)sqlite3_column_text(with->unscored, 0), respondent,
		                 (const char *)sqlite3_column_text(with->unscored, 1), err)
		     && store_step(with->to, with->unscored, &found, err);
	sqlite3_reset(with->unscored);
	return ok;
}

static bool write_row(const struct writing *with, const struct dictionary *dictionary, const struct accepted *accepted,
                      const struct person *person, struct error *err)
{
	const struct kept *kept = with->kept;
	long long respondent = person->respondent;
	sqlite3_bind_int64(with->insert, 1, respondent);
	if (kept->pseudonym && *person->pseudonym)
		sqlite3_bind_text(with->insert, 2, person->pseudonym, -1, SQLITE_STATIC);
	if (kept->area) {
		const struct answer *area = accepted_answer(accepted, (size_t)(kept->area - dictionary->variables));
		if (area->missing == MISSING_NONE)
			sqlite3_bind_int64(with->insert, 3, code_position(kept->area, area->code));
	}
	double weight = NAN;
	if (!drawing_take(with->drawing, dictionary, accepted, respondent, &weight, err))
		return false;
	if (!isnan(weight))
		sqlite3_bind_double(with->insert, 4, weight);
	int at = 5;
	for (size_t i = 0; i < kept->count; i++, at++) {
		const struct kept_column *column = &kept->columns[i];
		const struct answer *answer =
			accepted_answer(accepted, (size_t)(column->variable - dictionary->variables));
		enum missing_reason missing = answer->missing;
		if (missing == MISSING_NONE && !bind_treated(with->insert, at, column, answer, with->date))
			missing = MISSING_UNUSABLE;
		if (missing == MISSING_NONE)
			continue;
		sqlite3_bind_null(with->insert, at);
		if (!add_missing(with, column->variable->name, respondent, missing_reason_word(missing), err))
			return false;
	}
	return bind_scores(with, at, accepted_row(accepted), err) && store_insert(with->to, with->insert, err)
	       && add_again(with, person, err) && copy_unscored(with, accepted_row(accepted), respondent, err);
}

static bool prepare(struct writing *with, struct error *err)
{
	struct text insert = { 0 }, scores = { 0 };
	text_add(&insert, "INSERT INTO respondents VALUES (?, ?, ?, ?");
	for (size_t i = 0; i < with->kept->count + with->kept->derived_count; i++)
		text_add(&insert, ", ?");
	text_add(&insert, ")");
	text_add(&scores, "SELECT row");
	for (size_t i = 0; i < with->kept->derived_count; i++) {
		char *name = store_quote_name(with->kept->derived[i]);
		text_print(&scores, ", %s", name);
		free(name);
	}
	text_add(&scores, " FROM derived.scores WHERE row = :row");
	bool ok = store_prepare(&with->insert, with->to, insert.bytes, err)
	          && store_prepare(&with->scores, with->to, scores.bytes, err)
	          && store_prepare(&with->unscored, with->to,
	                           "SELECT variable, missing FROM derived.unscored WHERE row = :row", err)
	          && store_prepare(&with->missing, with->to,
	                           "INSERT INTO missing VALUES (:variable, :respondent, :reason)", err)
	          && store_prepare(&with->again, with->to, "INSERT INTO again VALUES (:respondent, :first)", err);
	text_free(&insert);
	text_free(&scores);
	return ok;
}

bool respondents_write(const struct kept *kept, const struct dictionary *dictionary, const char *key, long long date,
                       const char *validated, const char *ingested, struct drawing *drawing, struct store *deidentified,
                       struct error *err)
{
	struct people people = { 0 };
	struct accepted *accepted = NULL;
	struct writing with = { .to = deidentified, .kept = kept, .drawing = drawing, .date = date };
	bool more = true;
	bool ok = collect(&people, kept, dictionary, key, validated, ingested, err)
	          && record_population(&people, kept, key, ingested, deidentified, err) && prepare(&with, err)
	          && accepted_open(&accepted, validated, ingested, dictionary, kept->wanted, err)
	          && accepted_next(accepted, &more, err);
	for (size_t i = 0; ok && more; i++)
		ok = write_row(&with, dictionary, accepted, &people.people[i], err)
		     && accepted_next(accepted, &more, err);
	sqlite3_finalize(with.insert);
	sqlite3_finalize(with.scores);
	sqlite3_finalize(with.unscored);
	sqlite3_finalize(with.missing);
	sqlite3_finalize(with.again);
	accepted_close(accepted);
	free(people.people);
	return ok;
}
