#include "judged.h"

#include "embedded.h"
#include "text.h"

static void describe(struct text *words, const struct verdict_line *line)
{
	text_print(words, "%s: %lld found", line->limit, line->found);
	if (line->accepted)
		text_print(words, ", %lld of them accepted", line->accepted);
	text_print(words, ", at most %lld allowed", line->allowed);
}

bool judged_pass(const struct verdict *verdict, const char *dataset, const char *report, struct error *err)
{
	/* The message has room for about eight limits; the report shows all. */
	enum { NAMED = 8 };
	if (verdict->go_on)
		return true;
	if (verdict->exceeded == 0) {
		error_set(err, ERROR_REFUSED, "the dataset %s stops here: none of its %lld rows was accepted", dataset,
		          verdict->rows_read);
		error_code(err, "gate-no-rows");
		return error_help(err, "open %s: it says why each row was set aside", report);
	}
	struct text words = { 0 };
	size_t named = 0;
	for (size_t i = 0; i < verdict->count && named < NAMED; i++) {
		if (verdict->lines[i].ok)
			continue;
		text_add(&words, named++ ? "; " : "");
		describe(&words, &verdict->lines[i]);
	}
	if (verdict->exceeded > named)
		text_print(&words, "; and %zu more", verdict->exceeded - named);
	error_set(err, ERROR_REFUSED, "the dataset %s stops here, as more was found than the limits allow: %s", dataset,
	          words.bytes);
	text_free(&words);
	error_code(err, "gate-limit");
	return error_help(err,
	                  "open %s; then mend the export or the dictionary, decide about findings in decisions.csv, or "
	                  "set the limit in the study's config",
	                  report);
}

bool judged_store(const struct verdict *verdict, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_gate_insert, err);
	for (size_t i = 0; ok && i < verdict->count; i++) {
		const struct verdict_line *line = &verdict->lines[i];
		store_bind_text(insert, ":finding", line->limit);
		store_bind_integer(insert, ":found", line->found);
		store_bind_integer(insert, ":accepted", line->accepted);
		store_bind_real(insert, ":at_most", line->at_most);
		store_bind_integer(insert, ":rows", line->base);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}
