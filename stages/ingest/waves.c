#include "waves.h"

#include <string.h>

#include "embedded.h"
#include "found.h"
#include "mem.h"
#include "text.h"

static bool is_same_wave(const struct source *a, const struct source *b)
{
	return strcmp(a->headers, b->headers) == 0 && text_equal(a->export->wave, b->export->wave);
}

static bool begins_wave(const struct source *sources, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_same_wave(&sources[i], &sources[at]))
			return false;
	return sources[at].export->wave != NULL;
}

/* The number of an export's wave among those of its headers, from 1. */
static long long wave_number(const struct source *sources, size_t at)
{
	long long number = 0;
	for (size_t i = 0;; i++) {
		number += strcmp(sources[i].headers, sources[at].headers) == 0 && begins_wave(sources, i);
		if (is_same_wave(&sources[i], &sources[at]))
			return number;
	}
}

static bool store_waves(struct store *store, const struct source *sources, size_t count, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_run(store, sql_ingest_waves, err)
	          && store_prepare(&insert, store, "INSERT INTO temp.wave VALUES (:source, :headers, :wave)", err);
	for (size_t i = 0; ok && i < count; i++) {
		if (!sources[i].export->wave)
			continue;
		store_bind_integer(insert, ":source", sources[i].number);
		store_bind_text(insert, ":headers", sources[i].headers);
		store_bind_integer(insert, ":wave", wave_number(sources, i));
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* What the config fills, and a platform's own columns, may come and go. */
static bool is_expected(const struct source *source, enum finding_code code, const char *name, const char *text)
{
	if (code == FINDING_WAVE_COLUMN_NEW)
		return platform_column(source->platform, name) || (text && platform_column(source->platform, text));
	return (source->area && strcmp(source->area->name, name) == 0)
	       || (source->wave && strcmp(source->wave->name, name) == 0);
}

/* A query gives source and name of variable or header, in order; of a new header also its text. */
static bool find(struct store *store, struct finding_store *findings, const struct source *sources, const char *query,
                 enum finding_code code, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, query, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		const struct source *source = &sources[sqlite3_column_int64(select, 0) - 1];
		const char *name = (const char *)sqlite3_column_text(select, 1);
		const char *text = (const char *)sqlite3_column_text(select, 2);
		struct found found = { .findings = findings, .path = source->export->path, .source = source->number };
		struct finding finding = { .code = code, .variable = name };
		if (!is_expected(source, code, name, text))
			ok = found_add(&found, finding, err);
	}
	sqlite3_finalize(select);
	return ok;
}

bool waves_find(struct store *store, struct finding_store *findings, const struct source *sources, size_t count,
                struct error *err)
{
	return store_waves(store, sources, count, err)
	       && find(store, findings, sources, sql_ingest_wave_gone, FINDING_WAVE_COLUMN_GONE, err)
	       && find(store, findings, sources, sql_ingest_wave_new, FINDING_WAVE_COLUMN_NEW, err)
	       && find(store, findings, sources, sql_ingest_wave_label, FINDING_WAVE_LABEL_CHANGED, err)
	       && store_run(store, "DROP TABLE temp.wave", err);
}
