#include "publication.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "operand.h"
#include "protection.h"
#include "store.h"
#include "study_key.h"
#include "text.h"
#include "wording.h"

const char *publication_synthetic(const struct publication *publication)
{
	return publication->study->study.synthetic ? wording_synthetic : NULL;
}

/* The audit speaks of one withheld.db, known by its bytes. */
static bool check_audit(const char *audited_path, const char *withheld_path, const char *withheld_hash,
                        struct error *err)
{
	struct store *audited = NULL;
	sqlite3_stmt *same = NULL;
	long long passed = 0, recorded = 0;
	bool row = false;
	bool ok =
		store_open(&audited, audited_path, "audit", err)
		&& store_read_integer(audited, "SELECT value = '1' FROM verdict WHERE item = 'passed'", 0, &passed, err)
		&& store_prepare(&same, audited, "SELECT count(*) FROM input WHERE sha256 = :sha256", err);
	if (ok) {
		store_bind_text(same, ":sha256", withheld_hash);
		ok = store_step(audited, same, &row, err);
		recorded = row ? sqlite3_column_int64(same, 0) : 0;
	}
	if (ok && !recorded) {
		error_at(err, ERROR_REFUSED, audited_path, 0, "the audit was made of another file than %s",
		         withheld_path);
		error_code(err, "audit-of-another-file");
		ok = error_help(err, "run `audit` on %s, then publish with the verdict that it writes", withheld_path);
	} else if (ok && !passed) {
		error_at(err, ERROR_REFUSED, audited_path, 0,
		         "the audit did not pass: an attacker could recover what is hidden");
		error_code(err, "audit-not-passed");
		ok = error_help(
			err, "see the table `interval` there, hide more or publish fewer tables, and run make again");
	}
	sqlite3_finalize(same);
	store_close(audited);
	return ok;
}

/* --- files of records --- */

/* What deposit noted of the file that it wrote the folder from. */
static bool read_manifest(struct text *manifest, const char *folder, struct error *err)
{
	enum { LARGEST = 1 << 20 };
	char *path = mem_print("%s/manifest.json", folder);
	bool ok = text_read_file(manifest, path, LARGEST, err);
	free(path);
	return ok;
}

/* Whether the audit's attacker held what the folder was made from. */
static bool was_audited(const struct publication *publication, const char *manifest, struct store *audited, bool *held,
                        struct error *err)
{
	sqlite3_stmt *inputs = NULL;
	bool row = false;
	bool ok = store_prepare(&inputs, audited, "SELECT sha256 FROM input ORDER BY name", err);
	*held = false;
	while (ok && !*held && (ok = store_step(audited, inputs, &row, err)) && row) {
		char hash[PROVENANCE_HASH_SIZE];
		provenance_made_from(hash, publication->key, (const char *)sqlite3_column_text(inputs, 0));
		*held = strstr(manifest, hash) != NULL;
	}
	sqlite3_finalize(inputs);
	return ok;
}

/* Whether the manifest is of this dataset, and of a file that everybody may have. */
static bool is_public(const char *manifest, const char *dataset)
{
	char *of = mem_print("\"dataset\": \"%s\"", dataset);
	bool public = strstr(manifest, of) && strstr(manifest, "\"access\": \"public\"");
	free(of);
	return public;
}

static bool is_given(const struct publication *publication, const char *dataset)
{
	for (size_t i = 0; i < publication->record_count; i++)
		if (strcmp(publication->records[i].dataset, dataset) == 0)
			return true;
	return false;
}

static bool add_records(struct publication *publication, size_t *capacity, const char *operand, struct store *audited,
                        struct error *err)
{
	char *dataset = NULL;
	const char *folder = NULL;
	struct text manifest = { 0 };
	bool held = false;
	bool ok = operand_split(&dataset, &folder, operand, "records", err) && read_manifest(&manifest, folder, err)
	          && was_audited(publication, manifest.bytes, audited, &held, err);
	if (ok && !held) {
		ok = error_at(err, ERROR_REFUSED, store_path(audited), 0,
		              "the audit's attacker did not hold the records in %s", folder);
		error_code(err, "records-not-audited");
		error_help(err, "run `audit` with the anonymised.db that they were made from, then publish");
	}
	if (ok && !is_public(manifest.bytes, dataset)) {
		ok = error_at(err, ERROR_REFUSED, folder, 0, "this is no public file of records of %s", dataset);
		error_code(err, "records-of-another-file");
		error_help(err, "give the folder that `deposit` made of this dataset, with access: public in the config");
	}
	if (ok && is_given(publication, dataset)) {
		ok = error_set(err, ERROR_USAGE, "the records of %s are given twice", dataset);
		error_help(err, "give each dataset once");
	}
	if (!ok) {
		text_free(&manifest);
		free(dataset);
		return false;
	}
	publication->records =
		mem_grow(publication->records, publication->record_count, capacity, sizeof *publication->records);
	publication->records[publication->record_count++] =
		(struct publication_records){ dataset, mem_copy_text(folder), mem_copy_text(manifest.bytes) };
	text_free(&manifest);
	return true;
}

static bool read_records(struct publication *publication, char *const *operands, size_t count, const char *audited_path,
                         struct error *err)
{
	struct store *audited = NULL;
	size_t capacity = 0;
	bool ok = count == 0 || store_open(&audited, audited_path, "audit", err);
	for (size_t i = 0; ok && i < count; i++)
		ok = add_records(publication, &capacity, operands[i], audited, err);
	store_close(audited);
	return ok;
}

/* A config of one study and results of another would put the wrong name, or no synthetic label, on the tables. */
static bool check_study(const struct study *study, struct store *withheld, struct error *err)
{
	char *name = NULL, *synthetic = NULL;
	bool ok = provenance_read(&name, withheld, "study", err)
	          && provenance_read(&synthetic, withheld, "synthetic", err);
	if (ok && name && !text_equal(name, study->study.name)) {
		error_at(err, ERROR_INPUT, store_path(withheld), 0, "made for the study %s, where the config is of %s",
		         name, study->study.name);
		ok = error_help(err, "give the config and the withheld.db of the same study");
	}
	if (ok && synthetic && text_equal(synthetic, "yes") != study->study.synthetic) {
		error_at(err, ERROR_INPUT, store_path(withheld), 0,
		         "it and the config disagree whether the data are synthetic");
		ok = error_help(err, "run make again, so that every stage reads the same config");
	}
	free(name);
	free(synthetic);
	return ok;
}

const char *publication_told(const struct publication *publication, const char *item)
{
	for (size_t i = 0; i < publication->item_count; i++)
		if (strcmp(publication->items[i].item, item) == 0)
			return publication->items[i].value;
	return NULL;
}

static bool read_policy(struct publication *publication, struct store *withheld, struct error *err)
{
	sqlite3_stmt *items = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&items, withheld, "SELECT item, value FROM policy ORDER BY item", err);
	while (ok && (ok = store_step(withheld, items, &row, err)) && row) {
		publication->items =
			mem_grow(publication->items, publication->item_count, &capacity, sizeof *publication->items);
		publication->items[publication->item_count++] = (struct publication_item){
			mem_copy_text((const char *)sqlite3_column_text(items, 0)),
			mem_copy_text((const char *)sqlite3_column_text(items, 1)),
		};
	}
	sqlite3_finalize(items);
	if (ok
	    && (!publication_told(publication, "policy") || !publication_told(publication, "threshold")
	        || !publication_told(publication, "zeros"))) {
		error_at(err, ERROR_INPUT, store_path(withheld), 0,
		         "it does not say which policy, threshold and rule for zeros it follows");
		ok = error_help(err, "remove it and run make again");
	}
	return ok;
}

static void add_input(struct publication *publication, size_t *capacity, const char *role, const char *sha256)
{
	publication->inputs =
		mem_grow(publication->inputs, publication->input_count, capacity, sizeof *publication->inputs);
	struct publication_input *input = &publication->inputs[publication->input_count++];
	input->role = mem_copy_text(role);
	memset(input->sha256, 0, sizeof input->sha256);
	memcpy(input->sha256, sha256, strnlen(sha256, sizeof input->sha256 - 1));
}

static bool read_inputs(struct publication *publication, struct store *withheld, const char *withheld_hash,
                        struct error *err)
{
	sqlite3_stmt *inputs = NULL;
	size_t capacity = 0;
	bool row = false;
	add_input(publication, &capacity, "withheld", withheld_hash);
	bool ok = store_prepare(&inputs, withheld, "SELECT role, sha256 FROM input ORDER BY name", err);
	while (ok && (ok = store_step(withheld, inputs, &row, err)) && row)
		add_input(publication, &capacity, (const char *)sqlite3_column_text(inputs, 0),
		          (const char *)sqlite3_column_text(inputs, 1));
	sqlite3_finalize(inputs);
	return ok;
}

/* Whether the policy declares the word for hidden shares. */
static bool is_band(const struct study *study, const char *word)
{
	for (unsigned i = 0; i < study->disclosure.bands_count; i++)
		if (strcmp(study->disclosure.bands[i].name, word) == 0)
			return true;
	return false;
}

/* withhold has done this already. It is looked at once more where it would be printed, because a leak cannot be undone.
 */
static bool check_withheld(const struct universe *universe, const struct study *study, const char *path,
                           struct error *err)
{
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		enum result_status status = universe->results[figure->result - 1].status;
		bool told = figure->printed && !(status == RESULT_HIDDEN && is_band(study, figure->printed));
		if (status != RESULT_OK && (told || !isnan(figure->value))) {
			error_at(err, ERROR_REFUSED, path, 0, "figure %zu carries a number, though its line is %s",
			         i + 1, status == RESULT_HIDDEN ? "hidden" : "refused");
			error_code(err, "hidden-number");
			return error_help(
				err,
				"this file was not written by `withhold`, or by a faulty one: publish nothing from it");
		}
	}
	return true;
}

void publication_policy_hash(char hash[PROVENANCE_HASH_SIZE], const struct publication *publication)
{
	const struct study_disclosure *policy = &publication->study->disclosure;
	struct text restricted = { 0 };
	hash[0] = '\0';
	if (!publication->key)
		return;
	text_print(&restricted, "min_width=%d reach=%d min_percent=%.17g insiders=%d solver=%d releases=%d",
	           policy->min_width, policy->reach, policy->min_percent, policy->insiders, policy->solver,
	           policy->releases);
	for (unsigned i = 0; i < policy->never_hide_count; i++)
		text_print(&restricted, " never_hide=%d", policy->never_hide[i]);
	if (policy->magnitude)
		text_print(&restricted, " contributors=%d p_percent=%.17g dominance=%d,%.17g",
		           policy->magnitude->contributors,
		           policy->magnitude->p_percent ? *policy->magnitude->p_percent : -1,
		           policy->magnitude->dominance_n,
		           policy->magnitude->dominance_k ? *policy->magnitude->dominance_k : -1);
	for (unsigned i = 0; i < policy->exceptions_count; i++)
		text_print(&restricted, "\nexception %s %s %s", policy->exceptions[i].condition,
		           policy->exceptions[i].date, policy->exceptions[i].expires);
	provenance_keyed_hash(hash, publication->key, "policy", restricted.bytes);
	text_free(&restricted);
}

bool publication_load(struct publication **publication, const char *study, const char *withheld, const char *audited,
                      char *const *records, size_t record_count, struct error *err)
{
	struct publication *loaded = mem_alloc(1, sizeof *loaded);
	struct store *store = NULL;
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes;
	bool ok = study_load(&loaded->study, study, err) && study_key(&loaded->key, loaded->study, err)
	          && store_open(&store, withheld, "withhold", err) && provenance_hash_file(hash, &bytes, withheld, err)
	          && check_audit(audited, withheld, hash, err) && check_study(loaded->study, store, err)
	          && read_policy(loaded, store, err) && read_inputs(loaded, store, hash, err)
	          && universe_load(&loaded->universe, store, err)
	          && check_withheld(loaded->universe, loaded->study, withheld, err)
	          && read_records(loaded, records, record_count, audited, err);
	store_close(store);
	if (!ok) {
		publication_free(loaded);
		return false;
	}
	protection_say(loaded);
	*publication = loaded;
	return true;
}

void publication_free(struct publication *publication)
{
	if (!publication)
		return;
	for (size_t i = 0; i < publication->input_count; i++)
		free(publication->inputs[i].role);
	free(publication->inputs);
	for (size_t i = 0; i < publication->item_count; i++) {
		free(publication->items[i].item);
		free(publication->items[i].value);
	}
	free(publication->items);
	free(publication->symbol);
	free(publication->hidden);
	free(publication->protection);
	free(publication->key);
	for (size_t i = 0; i < publication->record_count; i++) {
		free(publication->records[i].dataset);
		free(publication->records[i].folder);
		free(publication->records[i].manifest);
	}
	free(publication->records);
	universe_free(publication->universe);
	study_free(publication->study);
	free(publication);
}
