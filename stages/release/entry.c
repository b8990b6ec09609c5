#include "entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "embedded.h"
#include "ledger_file.h"
#include "mem.h"
#include "provenance.h"
#include "store.h"
#include "study_key.h"
#include "text.h"

enum { MANIFEST_LIMIT = 64 << 20 };

/* ---- the folder ---- */

static bool make_folders(const char *folder, struct error *err)
{
	char *path = mem_copy_text(folder);
	bool ok = true;
	for (char *slash = strchr(path + 1, '/'); ok; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			ok = error_at(err, ERROR_IO, path, 0, "cannot make the folder of the ledger: %s",
			              strerror(errno));
		if (!slash)
			break;
		*slash = '/';
	}
	free(path);
	return ok;
}

bool entry_lock(int *lock, const char *ledger, struct error *err)
{
	const char *slash = strrchr(ledger, '/');
	char *folder = !slash            ? mem_copy_text(".")
	               : slash == ledger ? mem_copy_text("/")
	                                 : mem_copy_bytes(ledger, (size_t)(slash - ledger));
	bool ok = make_folders(folder, err);
	*lock = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (ok && (*lock < 0 || flock(*lock, LOCK_EX | LOCK_NB) != 0)) {
		bool busy = *lock >= 0 && errno == EWOULDBLOCK;
		ok = error_at(err, ERROR_IO, folder, 0,
		              busy ? "another release is being written" : "cannot hold the folder: %s",
		              strerror(errno));
		if (busy)
			error_help(err, "wait for it, and run this again");
	}
	free(folder);
	return ok;
}

void entry_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}

/* ---- looking ---- */

/* Whether there is a ledger yet. */
static bool has_ledger(const struct entry *entry)
{
	return access(entry->ledger, F_OK) == 0 || errno != ENOENT;
}

bool entry_find(long long *release, const struct entry *entry, struct error *err)
{
	struct store *ledger = NULL;
	sqlite3_stmt *newest = NULL;
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes = 0, version = 0;
	bool row = false;
	*release = 0;
	if (!provenance_hash_file(hash, &bytes, entry->manifest, err))
		return false;
	if (!has_ledger(entry))
		return true;
	bool ok = ledger_file_open(&ledger, &version, entry->ledger, err)
	          && store_prepare(&newest, ledger, sql_release_newest, err) && store_step(ledger, newest, &row, err);
	if (ok && row && text_equal((const char *)sqlite3_column_text(newest, 1), hash))
		*release = sqlite3_column_int64(newest, 0);
	bool same = true;
	ok = ok && (!*release || records_are_of(&same, &entry->records, ledger, version, *release, err));
	*release = same ? *release : 0;
	sqlite3_finalize(newest);
	store_close(ledger);
	return ok;
}

static bool refuse(const char *code, const char *path, const char *message, const char *help, struct error *err)
{
	error_at(err, ERROR_REFUSED, path, 0, "%s", message);
	error_code(err, code);
	return error_help(err, "%s", help);
}

/* publish writes the keyed hash of the withheld.db that it printed into the manifest; a study without a key has none.
 */
static bool check_manifest(const struct entry *entry, const char *withheld_hash, struct error *err)
{
	char *key = NULL, hash[PROVENANCE_HASH_SIZE];
	struct text manifest = { 0 };
	bool ok = study_key(&key, entry->study, err) && text_read_file(&manifest, entry->manifest, MANIFEST_LIMIT, err);
	if (ok && key) {
		provenance_keyed_hash(hash, key, "input", withheld_hash);
		ok = (manifest.bytes && strstr(manifest.bytes, hash))
		     || refuse("release-other-manifest", entry->manifest,
		               "it was published from another withheld.db than the one given",
		               "run make again, so that what is published is what was audited", err);
	}
	text_free(&manifest);
	free(key);
	return ok;
}

bool entry_check(const struct entry *entry, struct error *err)
{
	struct store *audited = NULL;
	sqlite3_stmt *select = NULL;
	char withheld[PROVENANCE_HASH_SIZE], ledger[PROVENANCE_HASH_SIZE] = "";
	long long bytes = 0;
	bool row = false;
	bool ok = store_open(&audited, entry->audited, "audit", err)
	          && provenance_hash_file(withheld, &bytes, entry->withheld, err)
	          && (!has_ledger(entry) || provenance_hash_file(ledger, &bytes, entry->ledger, err))
	          && store_prepare(&select, audited, sql_release_audited, err);
	if (ok) {
		store_bind_text(select, ":withheld", withheld);
		store_bind_text(select, ":ledger", ledger);
		ok = store_step(audited, select, &row, err);
	}
	if (ok && !sqlite3_column_int(select, 0))
		ok = refuse("release-not-passed", entry->audited, "the audit did not pass: nothing may be released",
		            "see what the audit found, and publish fewer tables", err);
	else if (ok && !sqlite3_column_int(select, 1))
		ok = refuse("release-other-audit", entry->audited,
		            "the audit was made of another withheld.db than the one given",
		            "run make again, then release", err);
	else if (ok && !sqlite3_column_int(select, 2))
		ok = refuse("release-stale-audit", entry->ledger, "the ledger has changed since the audit read it",
		            "run make again, so that the audit attacks with all earlier releases, then release", err);
	ok = ok && records_check(&entry->records, audited, err);
	sqlite3_finalize(select);
	store_close(audited);
	return ok && check_manifest(entry, withheld, err);
}

/* ---- writing ---- */

static bool add_released(struct store *ledger, const struct entry *entry, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes = 0;
	bool ok = provenance_hash_file(hash, &bytes, entry->manifest, err)
	          && store_prepare(&insert, ledger, sql_release_released, err);
	if (ok) {
		store_bind_text(insert, ":date", entry->study->study.date);
		store_bind_text(insert, ":by", entry->by);
		store_bind_text(insert, ":why", entry->why);
		store_bind_text(insert, ":manifest", hash);
		ok = store_insert(ledger, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* All that stands in the ledger so far, of its version or an older one. */
static bool carry(struct store *ledger, const struct entry *entry, struct error *err)
{
	struct store *earlier = NULL;
	long long version = 0;
	bool ok = ledger_file_open(&earlier, &version, entry->ledger, err);
	store_close(earlier);
	return ok && store_attach(ledger, entry->ledger, "release", "earlier", err)
	       && store_run(ledger, sql_release_carry, err)
	       && (version < 2 || store_run(ledger, sql_release_carry_since_2, err))
	       && (version < 3 || store_run(ledger, sql_release_carry_since_3, err));
}

static bool record_study(struct store *ledger, const struct study *study, struct error *err)
{
	return provenance_record(ledger, "study", study->study.name, err)
	       && provenance_record(ledger, "synthetic", study->study.synthetic ? "yes" : "no", err);
}

bool entry_begin(const struct entry *entry, struct error *err)
{
	struct store *ledger = NULL;
	sqlite3_stmt *insert = NULL;
	if (has_ledger(entry))
		return refuse("ledger-begun", entry->ledger, "there is a ledger already: it is begun once",
		              "to add what was published to it: make release BY=... WHY=...", err);
	bool ok = store_create(&ledger, entry->ledger, "release", sql_schema_ledger, err)
	          && record_study(ledger, entry->study, err) && store_prepare(&insert, ledger, sql_release_begun, err);
	if (ok) {
		store_bind_text(insert, ":date", entry->study->study.date);
		store_bind_text(insert, ":by", entry->by);
		store_bind_text(insert, ":why", entry->why);
		ok = store_insert(ledger, insert, err);
	}
	sqlite3_finalize(insert);
	ok = ok && store_commit(ledger, err);
	store_close(ledger);
	return ok;
}

bool entry_append(long long *release, long long *before, const struct entry *entry, struct error *err)
{
	struct store *ledger = NULL;
	bool earlier = has_ledger(entry);
	bool ok = store_create(&ledger, entry->ledger, "release", sql_schema_ledger, err)
	          && store_attach(ledger, entry->withheld, "withhold", "withheld", err)
	          && store_attach(ledger, entry->audited, "audit", "audited", err)
	          && (!earlier || carry(ledger, entry, err)) && record_study(ledger, entry->study, err)
	          && add_released(ledger, entry, err) && store_run(ledger, sql_release_shown, err)
	          && store_run(ledger, sql_release_hidden, err) && store_run(ledger, sql_release_known, err)
	          && store_run(ledger, sql_release_people, err) && store_run(ledger, sql_release_tied, err)
	          && store_run(ledger, sql_release_measured, err)
	          && store_read_integer(ledger, "SELECT max(release) FROM released", 0, release, err)
	          && records_append(&entry->records, ledger, *release, err)
	          && records_handed_before(before, ledger, *release, err) && store_commit(ledger, err);
	store_close(ledger);
	return ok;
}
