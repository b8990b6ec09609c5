/* What may be published at all, where it may be written, and what the manifest tells of restricted things. */
#include "testing.h"

#include <dirent.h>
#include <sys/stat.h>

#include "embedded.h"
#include "publish/manifest.h"
#include "publish/publication.h"
#include "publish/released.h"
#include "publish/results.h"
#include "store.h"
#include "test_publish.h"
#include "text.h"

static const char config[] = "study:\n  name: fixture\n  title: A made-up study\n  synthetic: yes\n  date: 2026-03-31\n"
			     "  key: a made-up key of the fixture\n"
			     "datasets:\n  - name: survey\n    kind: responses\n    unit:\n      name: respondent\n"
			     "    dictionary: data-dictionary/fixture\n"
			     "disclosure:\n  policy: house-1\n";

/* How a withheld.db and its audited.db come about; the zero value is how they should be. */
struct making {
	const char *study, *synthetic; /* NULL: as the config has them */
	bool hidden_number;            /* a hidden line still carries its number */
	bool no_policy;
	bool failed_audit, audit_of_another;
	enum error_kind kind;
	const char *code;
};

struct files {
	char *folder, *study, *withheld, *audited;
};

static void make_withheld(const struct files *files, const struct making *making)
{
	struct error err = { 0 };
	struct store *store = NULL;
	struct universe *universe = fixture_universe();
	if (making->hidden_number)
		universe->results[0].status = RESULT_HIDDEN;
	struct text schema = { 0 };
	text_add(&schema, sql_schema_universe);
	text_add(&schema, sql_schema_withheld);
	assert_ok(store_create(&store, files->withheld, "withhold", schema.bytes, &err), &err);
	assert_ok(provenance_record(store, "study", making->study ? making->study : "fixture", &err), &err);
	assert_ok(provenance_record(store, "synthetic", making->synthetic ? making->synthetic : "yes", &err), &err);
	assert_ok(provenance_input_bytes(store, "stage", "compared.db", "compared", 8, &err), &err);
	if (!making->no_policy)
		assert_ok(
			store_run(
				store,
				"INSERT INTO policy VALUES ('policy', 'house-1'), ('threshold', '10'), ('zeros', 'shown')",
				&err),
			&err);
	assert_ok(universe_store(universe, store, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	universe_free(universe);
	text_free(&schema);
}

static void make_audited(const struct files *files, const struct making *making)
{
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, files->audited, "audit", sql_schema_audited, &err), &err);
	assert_ok(provenance_input(store, "stage", making->audit_of_another ? files->study : files->withheld, &err),
		  &err);
	assert_ok(store_run(store,
			    making->failed_audit ? "INSERT INTO verdict VALUES ('passed', '0')"
						 : "INSERT INTO verdict VALUES ('passed', '1')",
			    &err),
		  &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
}

static struct files make_files(const struct making *making)
{
	struct files files = { .folder = test_folder() };
	files.study = test_file(files.folder, "study.yaml", config);
	files.withheld = mem_print("%s/withheld.db", files.folder);
	files.audited = mem_print("%s/audited.db", files.folder);
	make_withheld(&files, making);
	make_audited(&files, making);
	return files;
}

static void free_files(struct files *files)
{
	free(files->folder);
	free(files->study);
	free(files->withheld);
	free(files->audited);
}

static void what_the_audit_passed_is_loaded(void **state)
{
	(void)state;
	struct making making = { 0 };
	struct files files = make_files(&making);
	struct publication *publication = NULL;
	struct error err = { 0 };
	assert_ok(publication_load(&publication, files.study, files.withheld, files.audited, NULL, 0, &err), &err);
	assert_string_equal(publication_told(publication, "policy"), "house-1");
	assert_string_equal(publication->protection,
			    "Nothing is shown of fewer than 10 respondents. A count of nobody is shown as 0, unless it is nobody among so few. "
			    "Numbers are rounded half away from zero to the digits shown.");
	assert_int_equal(publication->universe->result_count, 7);
	assert_int_equal(publication->input_count, 2);
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes;
	assert_ok(provenance_hash_file(hash, &bytes, files.withheld, &err), &err);
	assert_string_equal(publication->inputs[0].sha256, hash);
	provenance_hash_bytes(hash, "compared", 8);
	assert_string_equal(publication->inputs[1].sha256, hash);
	publication_free(publication);
	free_files(&files);
}

static void what_may_not_be_published_is_refused(void **state)
{
	static const struct making makings[] = {
		{ .failed_audit = true, .kind = ERROR_REFUSED, .code = "audit-not-passed" },
		{ .audit_of_another = true, .kind = ERROR_REFUSED, .code = "audit-of-another-file" },
		{ .audit_of_another = true,
		  .failed_audit = true,
		  .kind = ERROR_REFUSED,
		  .code = "audit-of-another-file" },
		{ .hidden_number = true, .kind = ERROR_REFUSED, .code = "hidden-number" },
		{ .study = "another", .kind = ERROR_INPUT },
		{ .synthetic = "no", .kind = ERROR_INPUT },
		{ .no_policy = true, .kind = ERROR_INPUT },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(makings); i++) {
		struct files files = make_files(&makings[i]);
		struct publication *publication = NULL;
		struct error err = { 0 };
		assert_false(publication_load(&publication, files.study, files.withheld, files.audited, NULL, 0, &err));
		assert_int_equal(err.kind, makings[i].kind);
		if (makings[i].code)
			assert_string_equal(err.code, makings[i].code);
		assert_true(err.help[0]);
		free_files(&files);
	}
}

static void a_withheld_file_that_changed_after_the_audit_is_refused(void **state)
{
	(void)state;
	struct making making = { 0 };
	struct files files = make_files(&making);
	FILE *file = fopen(files.withheld, "ab");
	assert_non_null(file);
	assert_int_equal(fputc(0, file), 0);
	assert_int_equal(fclose(file), 0);
	struct publication *publication = NULL;
	struct error err = { 0 };
	assert_false(publication_load(&publication, files.study, files.withheld, files.audited, NULL, 0, &err));
	assert_string_equal(err.code, "audit-of-another-file");
	free_files(&files);
}

/* --- the folder --- */

static struct text words(const char *bytes)
{
	struct text text = { 0 };
	text_add(&text, bytes);
	return text;
}

static void write_release(const char *path, const char *index)
{
	struct error err = { 0 };
	struct released *released = NULL;
	struct text page = words(index), manifest = { 0 }, results = { 0 };
	struct publication *publication = fixture_publication(true);
	assert_ok(released_begin(&released, path, &err), &err);
	assert_ok(released_write(released, "tables/a.csv", &page, &err), &err);
	assert_ok(released_write(released, "index.html", &page, &err), &err);
	assert_ok(results_write(&results, publication, &err), &err);
	assert_ok(released_write(released, "results.csv", &results, &err), &err);
	manifest_write(&manifest, publication, NULL, 0, released);
	assert_ok(released_write(released, "manifest.json", &manifest, &err), &err);
	assert_ok(released_commit(released, &err), &err);
	released_free(released);
	publication_free(publication);
	text_free(&page);
	text_free(&manifest);
	text_free(&results);
}

static size_t entries_of(const char *path)
{
	DIR *folder = opendir(path);
	assert_non_null(folder);
	size_t count = 0;
	for (const struct dirent *entry; (entry = readdir(folder));)
		count += entry->d_name[0] != '.';
	closedir(folder);
	return count;
}

static void assert_file(const char *folder, const char *name, const char *bytes)
{
	struct error err = { 0 };
	struct text text = { 0 };
	char *path = mem_print("%s/%s", folder, name);
	assert_ok(text_read_file(&text, path, 4096, &err), &err);
	assert_string_equal(text.bytes, bytes);
	text_free(&text);
	free(path);
}

static unsigned mode_of(const char *folder, const char *name)
{
	struct stat status;
	char *path = mem_print("%s/%s", folder, name);
	assert_int_equal(stat(path, &status), 0);
	free(path);
	return status.st_mode & 07777;
}

static void a_release_takes_the_place_of_an_earlier_one(void **state)
{
	(void)state;
	char *folder = test_folder(), *release = mem_print("%s/release", folder);
	mode_t mask = umask(077);
	write_release(release, "first");
	write_release(release, "second");
	umask(mask);
	assert_file(release, "index.html", "second");
	assert_int_equal(entries_of(release), 4);
	assert_int_equal(entries_of(folder), 1);
	assert_int_equal(mode_of(release, "."), 0755);
	assert_int_equal(mode_of(release, "tables"), 0755);
	assert_int_equal(mode_of(release, "index.html"), 0644);
	assert_int_equal(mode_of(release, "tables/a.csv"), 0644);
	free(release);
	free(folder);
}

static void a_release_whose_manifest_make_removed_is_still_one(void **state)
{
	(void)state;
	char *folder = test_folder(), *release = mem_print("%s/release", folder);
	write_release(release, "first");
	char *manifest = mem_print("%s/manifest.json", release);
	assert_int_equal(remove(manifest), 0);
	write_release(release, "second");
	assert_file(release, "index.html", "second");
	assert_int_equal(entries_of(release), 4);
	free(manifest);
	free(release);
	free(folder);
}

static void an_empty_folder_may_be_the_output(void **state)
{
	(void)state;
	char *folder = test_folder();
	write_release(folder, "first");
	assert_file(folder, "index.html", "first");
	free(folder);
}

static void a_folder_or_file_that_is_no_release_stays(void **state)
{
	static const char *const manifests[] = { NULL, "", "{ \"name\": \"somebody's package\" }\n" };
	(void)state;
	for (size_t i = 0; i < COUNT(manifests); i++) {
		struct error err = { 0 };
		struct released *released = NULL;
		char *folder = test_folder(), *kept = test_file(folder, "thesis.txt", "ten years");
		char *manifest = manifests[i] ? test_file(folder, "manifest.json", manifests[i]) : NULL;
		assert_false(released_begin(&released, folder, &err));
		assert_int_equal(err.kind, ERROR_USAGE);
		assert_string_equal(err.code, "output-not-a-release");
		assert_file(folder, "thesis.txt", "ten years");
		err = (struct error){ 0 };
		assert_false(released_begin(&released, kept, &err));
		assert_int_equal(err.kind, ERROR_USAGE);
		assert_file(folder, "thesis.txt", "ten years");
		free(manifest);
		free(kept);
		free(folder);
	}
}

static void what_is_not_committed_leaves_the_earlier_release_alone(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct released *released = NULL;
	char *folder = test_folder(), *release = mem_print("%s/release", folder);
	struct text page = words("second");
	write_release(release, "first");
	assert_ok(released_begin(&released, release, &err), &err);
	assert_ok(released_write(released, "index.html", &page, &err), &err);
	assert_file(release, "index.html", "first");
	released_free(released);
	assert_file(release, "index.html", "first");
	assert_int_equal(entries_of(folder), 1);
	text_free(&page);
	free(release);
	free(folder);
}

/* --- the manifest --- */

/* SHA-256 of "abc": FIPS 180-2, appendix B.1. */
static const char sha256_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static struct text manifest_of(const struct publication *publication)
{
	struct text file = { 0 };
	struct error err = { 0 };
	struct printed_table *table = NULL;
	struct released_file files[] = { { .name = (char *)"results.csv", .bytes = 3 },
					 { .name = (char *)"index.html", .bytes = 0 } };
	struct released released = { .files = files, .count = COUNT(files) };
	strcpy(files[0].sha256, sha256_abc);
	provenance_hash_bytes(files[1].sha256, "", 0);
	released_sort(&released);
	assert_ok(printed_table_read(&table, publication, 1, &err), &err);
	manifest_write(&file, publication, &table, 1, &released);
	printed_table_free(table);
	return file;
}

static void the_manifest_lists_files_by_name_with_their_bytes(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(true);
	struct text file = manifest_of(publication);
	const char *second = strstr(file.bytes, "{ \"path\": \"results.csv\", \"bytes\": 3, \"sha256\": \"ba7816bf");
	const char *first = strstr(file.bytes, "{ \"path\": \"index.html\", \"bytes\": 0, \"sha256\": \"e3b0c442");
	assert_non_null(first);
	assert_non_null(second);
	assert_true(first < second);
	assert_non_null(strstr(file.bytes, "\"synthetic\": true"));
	assert_non_null(strstr(file.bytes, "\"label\": \"SYNTHETIC DATA"));
	assert_non_null(strstr(file.bytes, "\"files\": [\"tables/wellbeing.csv\", \"tables/wellbeing.md\", "));
	text_free(&file);
	publication_free(publication);
}

/* SQLite's reader is the judge: the fixture's title and contact hold quotes, brackets and a backslash. */
static void the_manifest_is_json_and_keeps_every_text(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(true);
	struct text file = manifest_of(publication);
	sqlite3 *database = NULL;
	sqlite3_stmt *read = NULL;
	assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(database,
					    "SELECT json_extract(:file, '$.contact'), json_extract(:file, '$.source'), "
					    "json_extract(:file, '$.tables[0].title')",
					    -1, &read, NULL),
			 SQLITE_OK);
	store_bind_text(read, ":file", file.bytes);
	assert_int_equal(sqlite3_step(read), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(read, 0), publication->study->publish.contact);
	assert_string_equal((const char *)sqlite3_column_text(read, 1), publication->study->publish.source);
	assert_string_equal((const char *)sqlite3_column_text(read, 2), publication->universe->arrangements[0].title);
	sqlite3_finalize(read);
	sqlite3_close(database);
	text_free(&file);
	publication_free(publication);
}

static void restricted_inputs_are_told_by_keyed_hashes_alone(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(true);
	publication->key = mem_copy_text("a key");
	struct text file = manifest_of(publication);
	for (size_t i = 0; i < publication->input_count; i++) {
		char keyed[PROVENANCE_HASH_SIZE];
		provenance_keyed_hash(keyed, "a key", "input", publication->inputs[i].sha256);
		assert_non_null(strstr(file.bytes, keyed));
		assert_null(strstr(file.bytes, publication->inputs[i].sha256));
	}
	char policy[PROVENANCE_HASH_SIZE];
	publication_policy_hash(policy, publication);
	assert_int_equal(strlen(policy), 64);
	assert_non_null(strstr(file.bytes, policy));
	for (int key = 0; key < 5; key++) { /* each restricted key has a part in it */
		struct study_disclosure *disclosure = &publication->study->disclosure, before = *disclosure;
		char other[PROVENANCE_HASH_SIZE];
		double p_percent = 10;
		struct study_magnitude magnitude = { .p_percent = &p_percent };
		disclosure->min_width += key == 0;
		disclosure->insiders += key == 1;
		disclosure->min_percent += key == 2;
		disclosure->reach ^= key == 3;
		disclosure->magnitude = key == 4 ? &magnitude : NULL;
		publication_policy_hash(other, publication);
		assert_string_not_equal(other, policy);
		*disclosure = before;
	}
	assert_null(strstr(file.bytes, "min_width"));
	assert_null(strstr(file.bytes, "a key"));
	text_free(&file);
	publication_free(publication);
}

static void without_a_key_restricted_inputs_are_left_out_with_a_word(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(false);
	struct text file = manifest_of(publication);
	assert_non_null(strstr(file.bytes, "\"restricted_inputs_note\": \"left out: the study has no key\""));
	assert_non_null(strstr(file.bytes, "\"restricted_keyed_hash\": \"\""));
	assert_null(strstr(file.bytes, "\"role\""));
	for (size_t i = 0; i < publication->input_count; i++)
		assert_null(strstr(file.bytes, publication->inputs[i].sha256));
	assert_non_null(strstr(file.bytes, "\"synthetic\": false"));
	assert_null(strstr(file.bytes, "SYNTHETIC"));
	text_free(&file);
	publication_free(publication);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_audit_passed_is_loaded),
		cmocka_unit_test(what_may_not_be_published_is_refused),
		cmocka_unit_test(a_withheld_file_that_changed_after_the_audit_is_refused),
		cmocka_unit_test(a_release_takes_the_place_of_an_earlier_one),
		cmocka_unit_test(a_release_whose_manifest_make_removed_is_still_one),
		cmocka_unit_test(an_empty_folder_may_be_the_output),
		cmocka_unit_test(a_folder_or_file_that_is_no_release_stays),
		cmocka_unit_test(what_is_not_committed_leaves_the_earlier_release_alone),
		cmocka_unit_test(the_manifest_lists_files_by_name_with_their_bytes),
		cmocka_unit_test(the_manifest_is_json_and_keeps_every_text),
		cmocka_unit_test(restricted_inputs_are_told_by_keyed_hashes_alone),
		cmocka_unit_test(without_a_key_restricted_inputs_are_left_out_with_a_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
