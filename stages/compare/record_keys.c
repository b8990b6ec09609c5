#include "record_keys.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "provenance.h"
#include "store.h"

unsigned char record_key_of(const char *pseudonym)
{
	char hash[PROVENANCE_HASH_SIZE], *text = mem_print("record key %s", pseudonym), first[] = "00";
	provenance_hash_bytes(hash, text, strlen(text));
	free(text);
	memcpy(first, hash, 2);
	return (unsigned char)strtoul(first, NULL, 16);
}

static bool no_ids(const struct dataset *dataset, const char *what, struct error *err)
{
	error_set(err, ERROR_CONFIG, "disclosure.cell_key needs a key of every %s, and %s of %s", dataset->unit.name, what,
	          dataset->name);
	error_code(err, "cell-key-no-id");
	return error_help(err, "give the variable that tells people apart the role key in variables.csv (and make it "
	                       "required), or use rounding instead of cell_key");
}

static bool has_pseudonyms(bool *has, struct dataset *dataset, struct error *err)
{
	long long count = 0;
	bool ok = store_read_integer(dataset->store,
	                             "SELECT count(*) FROM pragma_table_info('respondents') WHERE name = 'pseudonym'", 0,
	                             &count, err);
	*has = count > 0;
	return ok;
}

bool record_keys_read(struct dataset *dataset, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false, has = false;
	size_t count = 0, capacity = 0;
	if (!has_pseudonyms(&has, dataset, err))
		return false;
	if (!has)
		return no_ids(dataset, "there is no id", err);
	dataset->keys = mem_alloc(1, 1); /* also where there is nobody */
	capacity = 1;
	bool ok = store_prepare(&rows, dataset->store, "SELECT pseudonym FROM respondents ORDER BY respondent", err);
	while (ok && (ok = store_step(dataset->store, rows, &row, err)) && row) {
		const char *pseudonym = (const char *)sqlite3_column_text(rows, 0);
		dataset->keys = mem_grow(dataset->keys, count, &capacity, 1);
		if (pseudonym)
			dataset->keys[count++] = record_key_of(pseudonym);
		else
			ok = no_ids(dataset, "there are rows without an id", err);
	}
	sqlite3_finalize(rows);
	return ok;
}
