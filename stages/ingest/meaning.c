#include "meaning.h"

#include <string.h>

#include "embedded.h"

/* NULL where the table has NULL. */
struct meaning {
	const char *variable, *exported, *code, *missing;
	const double *low, *high;
};

static bool add(sqlite3_stmt *insert, struct store *store, const struct source *source, const struct meaning *meaning,
                struct error *err)
{
	store_bind_integer(insert, ":source", source->number);
	store_bind_text(insert, ":variable", meaning->variable);
	store_bind_text(insert, ":exported", meaning->exported);
	store_bind_text(insert, ":code", meaning->code);
	store_bind_text(insert, ":missing", meaning->missing);
	if (meaning->low)
		store_bind_real(insert, ":low", *meaning->low);
	else
		store_bind_null(insert, ":low");
	if (meaning->high)
		store_bind_real(insert, ":high", *meaning->high);
	else
		store_bind_null(insert, ":high");
	return store_insert(store, insert, err);
}

/* What stands for a tick is gathered already, and means no more than that. */
static bool is_tick(const struct header *header, const struct header_value *value)
{
	return header->option && strcmp(value->code, header->option) == 0;
}

static bool add_values(sqlite3_stmt *insert, struct store *store, const struct source *source,
                       const struct column *column, struct error *err)
{
	const struct header *header = column->header;
	for (size_t i = 0; header && i < header->value_count; i++) {
		const struct meaning meaning = { .variable = column->variable->name,
			                         .exported = header->values[i].exported,
			                         .code = header->values[i].code };
		if (!is_tick(header, &header->values[i]) && !add(insert, store, source, &meaning, err))
			return false;
	}
	return true;
}

static bool is_code(const struct variable *variable, const char *text)
{
	for (size_t i = 0; variable->codes && i < variable->codes->count; i++)
		if (strcmp(variable->codes->codes[i].code, text) == 0)
			return true;
	return false;
}

/* Of boxes, what is declared is said of the marks in them, and must not meet the codes that stand in the gathered
 * cell. */
static bool is_of_marks(const struct column *column, const struct spss_missing *missing)
{
	return column_is_box(column) && (missing->range || is_code(column->variable, missing->text));
}

static bool add_declared(sqlite3_stmt *insert, struct store *store, const struct source *source,
                         const struct column *column, const struct spss_variable *spss, struct error *err)
{
	for (size_t i = 0; spss && i < spss->missing_count; i++) {
		const struct spss_missing *missing = &spss->missing[i];
		struct meaning meaning = { .variable = column->variable->name, .exported = missing->text };
		if (missing->range)
			meaning = (struct meaning){ .variable = column->variable->name,
				                    .low = &missing->low,
				                    .high = &missing->high };
		bool blank = !missing->range && (!missing->text || !*missing->text); /* means no answer anyway */
		if (!blank && !is_of_marks(column, missing) && !add(insert, store, source, &meaning, err))
			return false;
	}
	return true;
}

static bool add_missing(sqlite3_stmt *insert, struct store *store, const struct source *source, struct error *err)
{
	for (unsigned i = 0; i < source->platform->missing_count; i++) {
		const struct platform_missing *missing = &source->platform->missing[i];
		const struct meaning meaning = { .exported = missing->text, .missing = missing->reason };
		if (!add(insert, store, source, &meaning, err))
			return false;
	}
	return true;
}

bool meaning_store(const struct columns *columns, const struct source *source, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_ingest_meaning, err) && add_missing(insert, store, source, err);
	for (size_t i = 0; ok && i < columns->count; i++) {
		const struct column *column = &columns->at[i];
		if (column->variable)
			ok = add_values(insert, store, source, column, err)
			     && add_declared(insert, store, source, column, columns->sheet[i].spss, err);
	}
	sqlite3_finalize(insert);
	return ok;
}
