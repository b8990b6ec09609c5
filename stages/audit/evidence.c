#include "evidence.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "embedded.h"
#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "store.h"

/* To six decimals: the solver's last digits are no evidence. */
static void bind_number(sqlite3_stmt *statement, const char *name, double value)
{
	if (isfinite(value))
		store_bind_real(statement, name, number_round(value, 6));
	else
		store_bind_null(statement, name);
}

static bool write_intervals(const struct judge *judge, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_audit_interval, err);
	for (size_t i = 0; i < judge->count && ok; i++) {
		const struct judged *line = &judge->lines[i];
		store_bind_text(insert, ":kind", line->kind);
		store_bind_integer(insert, ":number", (long long)line->number);
		store_bind_text(insert, ":condition", line->condition);
		store_bind_text(insert, ":variable", line->variable ? line->variable : "");
		store_bind_text(insert, ":insider", line->insider ? line->insider : "");
		bind_number(insert, ":least", line->interval.least);
		bind_number(insert, ":most", line->interval.most);
		bind_number(insert, ":truth", line->demand.truth);
		store_bind_integer(insert, ":published", line->demand.published);
		store_bind_integer(insert, ":unsafe", line->demand.unsafe);
		store_bind_integer(insert, ":reach", line->demand.reach);
		store_bind_integer(insert, ":width", line->demand.width);
		store_bind_real(insert, ":above", line->demand.above);
		store_bind_real(insert, ":below", line->demand.below);
		store_bind_text(insert, ":verdict", judge_verdict_word(line->verdict));
		store_bind_integer(insert, ":by_records", line->by_records);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_item(struct store *store, const char *item, const char *value, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, "INSERT INTO verdict VALUES (:item, :value)", err);
	if (ok) {
		store_bind_text(insert, ":item", item);
		store_bind_text(insert, ":value", value);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_count(struct store *store, const char *item, size_t count, struct error *err)
{
	char value[32];
	snprintf(value, sizeof value, "%zu", count);
	return write_item(store, item, value, err);
}

/* Only what was held against the truth passes: publish asks for that. */
static bool write_verdict(const struct judge *judge, const struct evidence_source *source, struct store *store,
                          struct error *err)
{
	bool passed = judge_passes(judge) && source->protected_path;
	bool ok = write_count(store, "passed", passed, err) && write_count(store, "hidden", judge->hidden, err)
	          && write_count(store, "attacked", judge->count, err)
	          && write_count(store, "insiders", judge->insiders, err)
	          && write_count(store, "undecided", judge->undecided, err)
	          && write_count(store, "releases", source->releases, err)
	          && write_count(store, "records", record_files_count(source->files), err)
	          && write_count(store, "by_records", judge->by_records, err)
	          && write_item(store, "method",
	                        "bounds of linear programs over all releases together, whole counts rounded inwards; by "
	                        "cases where zeros are shown",
	                        err);
	for (int verdict = JUDGE_RECOVERED; verdict < JUDGE_VERDICT_COUNT && ok; verdict++)
		ok = write_count(store, judge_verdict_word((enum judge_verdict)verdict), judge->verdicts[verdict], err);
	return ok;
}

static bool write_files(const struct record_files *files, struct store *store, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < record_files_now(files); i++) {
		char *role = mem_print("microdata:%s", record_files_dataset(files, i));
		ok = provenance_input(store, role, record_files_path(files, i), err);
		free(role);
	}
	return ok;
}

static bool write_provenance(const struct evidence_source *source, struct store *store, struct error *err)
{
	return provenance_record(store, "study", source->study, err)
	       && provenance_record(store, "synthetic", source->synthetic ? "yes" : "no", err)
	       && (!source->study_path || provenance_input(store, "study", source->study_path, err))
	       && provenance_input(store, "withheld", source->withheld_path, err)
	       && (!source->protected_path || provenance_input(store, "protected", source->protected_path, err))
	       && (!source->ledger_path || provenance_input(store, "ledger", source->ledger_path, err))
	       && write_files(source->files, store, err);
}

/* In the same folder as the output. Free with free(). */
static char *failed_name(const char *output)
{
	const char *slash = strrchr(output, '/');
	return mem_print("%.*saudit-failed.db", slash ? (int)(slash + 1 - output) : 0, output);
}

static bool remove_stale(const char *path, struct error *err)
{
	return unlink(path) == 0 || errno == ENOENT
	       || error_at(err, ERROR_IO, path, 0, "cannot remove what an earlier audit left: %s", strerror(errno));
}

/* Lines that tell of those who came, left or were corrected since an earlier release. */
static size_t count_changes(const struct judge *judge)
{
	size_t count = 0;
	for (size_t i = 0; i < judge->count; i++)
		count += judge->lines[i].verdict != JUDGE_SAFE && strcmp(judge->lines[i].kind, "change") == 0;
	return count;
}

/* Counts of verdicts only: which cells they are stands in the restricted file. */
static bool refuse(const struct judge *judge, const char *evidence, struct error *err)
{
	const size_t *count = judge->verdicts;
	if (count[JUDGE_INCONSISTENT]) {
		error_set(err, ERROR_FAULT,
		          "the audit cannot be trusted: %zu true counts lie outside what the shown ones allow",
		          count[JUDGE_INCONSISTENT]);
		error_code(err, "audit-inconsistent");
		return error_help(
			err, "this is a fault of compare, withhold or audit: publish nothing, keep %s and report it",
			evidence);
	}
	error_set(err, ERROR_REFUSED,
	          "what is left gives hidden numbers away: %zu can be worked out, %zu are held too narrowly, "
	          "%zu are known to lie below the threshold, %zu come nearer than their protection level",
	          count[JUDGE_RECOVERED], count[JUDGE_TOO_NARROW], count[JUDGE_BELOW_REACH],
	          count[JUDGE_BELOW_PROTECTION]);
	error_code(err, judge->by_records          ? "audit-records"
	                : count[JUDGE_RECOVERED]   ? "audit-recovered"
	                : count[JUDGE_TOO_NARROW]  ? "audit-too-narrow"
	                : count[JUDGE_BELOW_REACH] ? "audit-below-reach"
	                                           : "audit-below-protection");
	if (judge->by_records)
		return error_help(
			err,
			"nothing is published; the table `interval` of %s (restricted) names them, and says by_records of %zu "
			"that only a public file of records gives away. What helps: access: safeguarded; a file without the "
			"variables of these tables, or with fewer or coarser ones (`variables` of microdata, `microdata` in "
			"variables.csv, `broader` in codes.csv); or leave out the tables",
			evidence, judge->by_records);
	size_t changes = count_changes(judge);
	if (changes)
		return error_help(
			err,
			"nothing is published; the table `interval` of %s (restricted) names them, %zu of kind change: by what "
			"has changed since an earlier release, few people could be told to have come, left or been corrected. "
			"Wait until there are more of them, make this release of the records of that one, or leave out tables "
			"that it had",
			evidence, changes);
	return error_help(
		err,
		"nothing is published; the table `interval` of %s (restricted) names them: publish fewer tables, merge "
		"categories, or print fewer decimals",
		evidence);
}

bool evidence_write(const struct judge *judge, const struct evidence_source *source, const char *output,
                    struct error *err)
{
	char *failed = failed_name(output);
	bool passes = judge_passes(judge);
	const char *path = passes ? output : failed;
	struct store *store = NULL;
	bool ok = store_create(&store, path, "audit", sql_schema_audited, err) && write_provenance(source, store, err)
	          && write_intervals(judge, store, err) && write_verdict(judge, source, store, err)
	          && remove_stale(passes ? failed : output, err) && store_commit(store, err)
	          && (passes || refuse(judge, failed, err));
	store_close(store);
	free(failed);
	return ok;
}
