#include "form.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "mem.h"
#include "number.h"
#include "text.h"

const struct form form_plain = { .dates = "iso" };

/* What a text, or every number between two, stands for. */
struct meaning {
	const char *text; /* NULL: a range */
	double low, high;
	enum form_meaning kind;
	const char *word;     /* the code or the reason's word; NULL */
	struct meaning *next; /* of the variable's ranges */
	UT_hash_handle hh;
};

/* The meanings for one variable, or for every one (""). */
struct about {
	const char *variable;
	struct meaning *texts, *ranges;
	UT_hash_handle hh;
};

struct form_notes {
	struct about *about;
	size_t longest;
};

struct forms {
	struct mem_arena *texts;
	struct form *forms; /* by number: source 1 first */
	size_t count;
};

/* --- reading what ingest noted --- */

static bool damaged(const struct store *store, struct error *err, const char *what)
{
	error_set(err, ERROR_INPUT, "what %s notes of its exports cannot be read: %s", store_path(store), what);
	return error_help(err, "run ingest again; make does so by itself where the stage file is removed");
}

static const char *column(sqlite3_stmt *row, int index)
{
	return (const char *)sqlite3_column_text(row, index);
}

static const char *known_dates(const char *word)
{
	static const char *const words[] = { "iso", "dmy", "mdy" };
	for (size_t i = 0; word && i < COUNT(words); i++)
		if (strcmp(words[i], word) == 0)
			return words[i];
	return NULL;
}

static bool load_sources(struct forms *forms, struct store *store, struct error *err)
{
	static const char sql[] = "SELECT source, dates, decimal, separator FROM ingested.source ORDER BY source";
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, store, sql, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		const char *dates = known_dates(column(select, 1)), *decimal = column(select, 2);
		const char *separator = column(select, 3);
		bool comma = text_equal(decimal, "comma");
		if (sqlite3_column_int64(select, 0) != (long long)forms->count + 1)
			ok = damaged(store, err, "they are not numbered from 1");
		else if (!dates || (!comma && !text_equal(decimal, "point")))
			ok = damaged(store, err, "a way of writing dates or numbers is not known");
		else if (separator && strlen(separator) != 1)
			ok = damaged(store, err, "a separator is no single character");
		if (!ok)
			break;
		forms->forms = mem_grow(forms->forms, forms->count, &capacity, sizeof *forms->forms);
		forms->forms[forms->count++] = (struct form){
			.dates = dates,
			.decimal_comma = comma,
			.separator = separator ? *separator : '\0',
		};
	}
	sqlite3_finalize(select);
	return ok;
}

static struct about *about_of(struct form *form, const char *variable, struct mem_arena *texts)
{
	struct about *about = NULL;
	if (!form->notes)
		form->notes = mem_alloc(1, sizeof *form->notes);
	HASH_FIND_STR(form->notes->about, variable, about);
	if (about)
		return about;
	about = mem_alloc(1, sizeof *about);
	about->variable = mem_arena_copy(texts, variable);
	HASH_ADD_KEYPTR(hh, form->notes->about, about->variable, strlen(about->variable), about);
	return about;
}

/* Of two meanings of one text the one that says more stays; of two alike, the first. */
static void add_text(struct about *about, const struct meaning *meaning)
{
	struct meaning *known = NULL;
	HASH_FIND_STR(about->texts, meaning->text, known);
	if (known && meaning->kind < known->kind) {
		known->kind = meaning->kind;
		known->word = meaning->word;
	}
	if (known)
		return;
	struct meaning *added = mem_alloc(1, sizeof *added);
	*added = *meaning;
	HASH_ADD_KEYPTR(hh, about->texts, added->text, strlen(added->text), added);
}

static void add_range(struct about *about, const struct meaning *meaning)
{
	struct meaning *added = mem_alloc(1, sizeof *added), **end = &about->ranges;
	while (*end)
		end = &(*end)->next;
	*added = *meaning;
	*end = added;
}

static double limit(sqlite3_stmt *row, int index, double open)
{
	return sqlite3_column_type(row, index) == SQLITE_NULL ? open : sqlite3_column_double(row, index);
}

/* As cells are read without the blanks around them, so are the texts that they are held against. */
static const char *copy_trimmed(struct mem_arena *texts, const char *text)
{
	static const char blanks[] = " \t\n\v\f\r";
	char *copy = mem_arena_copy(texts, text);
	if (!copy)
		return NULL;
	copy += strspn(copy, blanks);
	for (size_t length = strlen(copy); length && strchr(blanks, copy[length - 1]); length--)
		copy[length - 1] = '\0';
	return copy;
}

static bool load_meanings(struct forms *forms, struct store *store, struct error *err)
{
	static const char sql[] = "SELECT source, coalesce(variable, ''), exported, low, high, code, missing "
				  "FROM ingested.meaning ORDER BY meaning";
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, sql, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		long long source = sqlite3_column_int64(select, 0);
		const char *text = copy_trimmed(forms->texts, column(select, 2)), *code = column(select, 5),
			   *reason = column(select, 6);
		struct meaning meaning = {
			.text = text,
			.low = limit(select, 3, -INFINITY),
			.high = limit(select, 4, INFINITY),
			.kind = code     ? FORM_CODE
			        : reason ? FORM_REASON
			                 : FORM_DECLARED,
			.word = mem_arena_copy(forms->texts, code ? code : reason),
		};
		bool numbers =
			sqlite3_column_type(select, 3) != SQLITE_NULL || sqlite3_column_type(select, 4) != SQLITE_NULL;
		if (source < 1 || source > (long long)forms->count)
			ok = damaged(store, err, "a meaning is of no export");
		else if ((text && *text) == numbers || (code && reason))
			ok = damaged(store, err, "a meaning is of no text, or of two kinds");
		if (!ok)
			break;
		struct form *form = &forms->forms[source - 1];
		struct about *about = about_of(form, column(select, 1), forms->texts);
		if (numbers)
			add_range(about, &meaning);
		else
			add_text(about, &meaning);
		if (text && strlen(text) > form->notes->longest)
			form->notes->longest = strlen(text);
	}
	sqlite3_finalize(select);
	return ok;
}

bool forms_load(struct forms **forms, struct store *store, struct error *err)
{
	struct forms *loaded = mem_alloc(1, sizeof *loaded);
	loaded->texts = mem_arena_new();
	if (!load_sources(loaded, store, err) || !load_meanings(loaded, store, err)) {
		forms_free(loaded);
		return false;
	}
	*forms = loaded;
	return true;
}

static void free_about(struct about *about)
{
	struct meaning *meaning, *next;
	HASH_ITER(hh, about->texts, meaning, next)
	{
		HASH_DEL(about->texts, meaning);
		free(meaning);
	}
	for (meaning = about->ranges; meaning; meaning = next) {
		next = meaning->next;
		free(meaning);
	}
	free(about);
}

void forms_free(struct forms *forms)
{
	if (!forms)
		return;
	for (size_t i = 0; i < forms->count; i++) {
		struct form_notes *notes = forms->forms[i].notes;
		struct about *about, *next;
		if (!notes)
			continue;
		HASH_ITER(hh, notes->about, about, next)
		{
			HASH_DEL(notes->about, about);
			free_about(about);
		}
		free(notes);
	}
	mem_arena_free(forms->texts);
	free(forms->forms);
	free(forms);
}

const struct form *forms_of(const struct forms *forms, long long source)
{
	return source >= 1 && source <= (long long)forms->count ? &forms->forms[source - 1] : NULL;
}

/* --- reading a text --- */

/* What one variable's notes say of a text; what says more goes before what says less. */
static const struct meaning *find_meaning(const struct about *about, const char *text, bool number, double value)
{
	const struct meaning *found = NULL;
	HASH_FIND_STR(about->texts, text, found);
	for (const struct meaning *range = about->ranges; range && number; range = range->next)
		if (value >= range->low && value <= range->high && (!found || range->kind < found->kind))
			found = range;
	return found;
}

enum form_meaning form_read(const struct form *form, const char *variable, const char *text, const char **word)
{
	*word = NULL;
	if (!form->notes)
		return FORM_NOTHING;
	const char *const names[] = { variable, "" };
	const struct meaning *found = NULL;
	double value = 0;
	bool number = number_read_decimal(text, &value);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct about *about = NULL;
		HASH_FIND_STR(form->notes->about, names[i], about);
		const struct meaning *meaning = about ? find_meaning(about, text, number, value) : NULL;
		if (meaning && (!found || meaning->kind < found->kind))
			found = meaning;
	}
	if (!found)
		return FORM_NOTHING;
	*word = found->word;
	return found->kind;
}

size_t form_longest(const struct form *form)
{
	return form->notes ? form->notes->longest : 0;
}
