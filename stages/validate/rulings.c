#include "rulings.h"

#include <stdlib.h>

#include "mem.h"

struct rulings {
	const struct decisions *decisions;
	const char *path, *dataset, *date;
	bool *used;
};

struct rulings *rulings_new(const struct decisions *decisions, const char *path, const char *dataset, const char *date)
{
	struct rulings *rulings = mem_alloc(1, sizeof *rulings);
	rulings->decisions = decisions;
	rulings->path = path;
	rulings->dataset = dataset;
	rulings->date = date;
	rulings->used = mem_alloc(decisions_count(decisions), sizeof *rulings->used);
	return rulings;
}

void rulings_free(struct rulings *rulings)
{
	if (!rulings)
		return;
	free(rulings->used);
	free(rulings);
}

const struct decision *rulings_find_identity(struct rulings *rulings, const char *identity, const char *code,
                                             const char *subject)
{
	const struct decision *decision = decisions_find(rulings->decisions, identity, code, subject, rulings->date);
	for (size_t i = 0; decision && i < decisions_count(rulings->decisions); i++)
		if (decisions_at(rulings->decisions, i) == decision)
			rulings->used[i] = true;
	return decision;
}

const struct decision *rulings_find(struct rulings *rulings, const char *source_name, const struct finding *finding)
{
	if (decisions_count(rulings->decisions) == 0)
		return NULL;
	char identity[FINDING_IDENTITY_SIZE];
	finding_identity(identity, rulings->dataset, source_name, finding);
	return rulings_find_identity(rulings, identity, finding_kind(finding->code)->code, finding_subject(finding));
}

bool rulings_refuse(const struct rulings *rulings, const struct decision *decision, const char *why, const char *help,
                    struct error *err)
{
	error_at(err, ERROR_CONFIG, rulings->path, decision->line, "%s", why);
	return error_help(err, "%s", help);
}

bool rulings_store(const struct rulings *rulings, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	static const char sql[] = "INSERT INTO decision VALUES (:line, :finding, :decision, :expired, :used)";
	bool ok = store_prepare(&insert, store, sql, err);
	for (size_t i = 0; ok && i < decisions_count(rulings->decisions); i++) {
		const struct decision *decision = decisions_at(rulings->decisions, i);
		store_bind_integer(insert, ":line", (long long)decision->line);
		store_bind_text(insert, ":finding", decision->finding);
		store_bind_text(insert, ":decision", decision_word(decision->kind));
		store_bind_integer(insert, ":expired", decision_expired(decision, rulings->date));
		store_bind_integer(insert, ":used", rulings->used[i]);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}
