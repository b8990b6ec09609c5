#include "carried.h"

#include "conditions.h"
#include "embedded.h"

/* Nothing may be in the account that is not in the table, nor the other way. */
static bool check_accepted(struct store *deidentified, struct error *err)
{
	long long differ = 0;
	if (!store_read_integer(deidentified, sql_deidentify_accounted, 0, &differ, err))
		return false;
	if (differ == 0)
		return true;
	error_set(err, ERROR_INPUT, "validated.db's account and its accepted rows disagree on how many there are");
	return error_help(err, "remove validated.db and run make again, so that validate writes it anew");
}

static bool add_routed(const struct dictionary *dictionary, struct store *deidentified, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, deidentified, "INSERT INTO routed VALUES (:variable)", err);
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		if (!dictionary->variables[i].asked_if)
			continue;
		store_bind_text(insert, ":variable", dictionary->variables[i].name);
		ok = store_insert(deidentified, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool add_routes(const struct dictionary *dictionary, struct store *deidentified, struct error *err)
{
	struct conditions *conditions = NULL;
	sqlite3_stmt *insert = NULL;
	bool ok = conditions_new(&conditions, dictionary, err)
	          && store_prepare(&insert, deidentified, "INSERT INTO route VALUES (:variable, :reads)", err);
	for (size_t i = 0; ok && i < dictionary->variable_count; i++)
		for (size_t read = 0; ok && conditions->asked_if[i] && read < dictionary->variable_count; read++) {
			if (!expression_reads(conditions->asked_if[i], read))
				continue;
			store_bind_text(insert, ":variable", dictionary->variables[i].name);
			store_bind_text(insert, ":reads", dictionary->variables[read].name);
			ok = store_insert(deidentified, insert, err);
		}
	sqlite3_finalize(insert);
	conditions_free(conditions);
	return ok;
}

bool carried_copy(const struct dictionary *dictionary, struct store *deidentified, struct error *err)
{
	return store_run(deidentified, sql_deidentify_copy_account, err) && check_accepted(deidentified, err)
	       && store_run(deidentified, sql_deidentify_copy_items, err) && add_routed(dictionary, deidentified, err)
	       && add_routes(dictionary, deidentified, err);
}
