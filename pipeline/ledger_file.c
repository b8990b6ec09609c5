#include "ledger_file.h"

#include "embedded.h"
#include "text.h"

enum { NEWEST = 3 };

static bool is_whole(struct store *ledger, struct error *err)
{
	sqlite3_stmt *check = NULL;
	bool row = false;
	bool ok = store_prepare(&check, ledger, "PRAGMA quick_check(1)", err) && store_step(ledger, check, &row, err);
	if (ok && !(row && text_equal((const char *)sqlite3_column_text(check, 0), "ok")))
		ok = error_at(err, ERROR_INPUT, store_path(ledger), 0, "the ledger is damaged");
	sqlite3_finalize(check);
	return ok;
}

static bool check_version(long long version, const char *path, struct error *err)
{
	if (version >= 1 && version <= NEWEST)
		return true;
	error_at(err, ERROR_INPUT, path, 0, "a ledger in a format that this version does not know");
	return error_help(err, "use the version of Canvass that wrote it, or a newer one; never remove a ledger");
}

bool ledger_file_open(struct store **ledger, long long *version, const char *path, struct error *err)
{
	bool ok = store_open(ledger, path, "release", err) && is_whole(*ledger, err)
	          && store_read_integer(*ledger, sql_release_version, 0, version, err);
	if (!ok && err->kind == ERROR_INPUT) {
		err->help[0] = '\0'; /* that of other stage files: remove it and run make again */
		error_help(err, "put the ledger back from your backup; never remove it: without it no release can be "
		                "checked against what the public already has");
	}
	return ok && check_version(*version, path, err);
}
