/* store, folder and stamp: an output is whole or absent, its owner's alone, the same bytes on every run. */
#include "testing.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "folder.h"
#include "provenance.h"
#include "stamp.h"
#include "store.h"
#include "text.h"

static const char schema[] = "CREATE TABLE thing (thing INTEGER PRIMARY KEY, word TEXT);";

static void make_store(const char *path, const char *word)
{
	struct error err = { 0 };
	struct store *store = NULL;
	sqlite3_stmt *insert = NULL;
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	assert_ok(store_prepare(&insert, store, "INSERT INTO thing VALUES (:thing, :word)", &err), &err);
	store_bind_integer(insert, ":thing", 1);
	store_bind_text(insert, ":word", word);
	assert_ok(store_insert(store, insert, &err), &err);
	sqlite3_finalize(insert);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
}

static void a_committed_store_reads_back_and_only_its_owner_can_read_it(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/it's a \"name\"?#%%.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	long long things = 0;
	struct stat status;
	make_store(path, "word");
	assert_ok(store_open(&store, path, "ingest", &err), &err);
	assert_ok(store_read_integer(store, "SELECT count(*) FROM thing WHERE word = 'word'", 0, &things, &err), &err);
	assert_int_equal(things, 1);
	store_close(store);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	free(path);
	free(folder);
}

static void an_attached_store_is_read_and_never_written(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a?b#c%%d.db", folder), *second = mem_print("%s/second.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	long long things = 0;
	make_store(path, "word");
	assert_ok(store_create(&store, second, "validate", schema, &err), &err);
	assert_ok(store_attach(store, path, "ingest", "before", &err), &err);
	assert_ok(store_read_integer(store, "SELECT count(*) FROM before.thing", 0, &things, &err), &err);
	assert_int_equal(things, 1);
	assert_false(store_run(store, "INSERT INTO before.thing VALUES (2, 'x')", &err));
	store_close(store);
	free(second);
	free(path);
	free(folder);
}

static void what_is_not_committed_leaves_nothing(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, path, "ingest", schema, &err), &err);
	store_close(store);
	assert_int_equal(rmdir(folder), 0); /* empty */
	free(path);
	free(folder);
}

static void what_a_killed_run_left_aside_is_removed_by_the_next(void **state)
{
	(void)state;
	char *folder = test_folder(), host[65] = "";
	gethostname(host, 64);
	char *stale = mem_print("a.db.aside-%s-999999999", host), *live = mem_print("a.db.aside-%s-1", host);
	char *left = test_file(folder, stale, "half"), *other = test_file(folder, live, "half");
	char *path = mem_print("%s/a.db", folder);
	make_store(path, "word");
	assert_int_not_equal(access(left, F_OK), 0);
	assert_int_equal(access(other, F_OK), 0); /* process 1 is alive */
	free(stale);
	free(live);
	free(left);
	free(other);
	free(path);
	free(folder);
}

static void what_one_left_that_ended_and_was_never_asked_for_is_removed(void **state)
{
	(void)state;
	char *folder = test_folder(), host[65] = "";
	gethostname(host, 64);
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	siginfo_t ended;
	assert_int_equal(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT), 0); /* its number stays in use */
	char *name = mem_print("a.db.aside-%s-%ld", host, (long)child), *left = test_file(folder, name, "half");
	char *path = mem_print("%s/a.db", folder);
	make_store(path, "word");
	assert_int_not_equal(access(left, F_OK), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	free(name);
	free(left);
	free(path);
	free(folder);
}

static void two_runs_write_the_same_bytes(void **state)
{
	(void)state;
	char *folder = test_folder(), *one = mem_print("%s/1.db", folder), *two = mem_print("%s/2.db", folder);
	char first[PROVENANCE_HASH_SIZE], second[PROVENANCE_HASH_SIZE];
	struct error err = { 0 };
	long long bytes = 0;
	make_store(one, "word");
	make_store(two, "word");
	assert_ok(provenance_hash_file(first, &bytes, one, &err) && provenance_hash_file(second, &bytes, two, &err), &err);
	assert_string_equal(first, second);
	free(one);
	free(two);
	free(folder);
}

static void what_is_not_the_right_stage_file_is_refused_with_what_to_do(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a.db", folder);
	char *text = test_file(folder, "b.db", "no database at all, but long enough"), *empty = test_file(folder, "c.db", "");
	struct store *store = NULL;
	struct error wrong = { 0 }, absent = { 0 }, none = { 0 }, nothing = { 0 };
	make_store(path, "word");
	assert_false(store_open(&store, path, "validate", &wrong));
	assert_int_equal(wrong.kind, ERROR_INPUT);
	assert_non_null(strstr(wrong.help, "validate"));
	assert_false(store_open(&store, text, "ingest", &none));
	assert_int_equal(none.kind, ERROR_INPUT);
	assert_false(store_open(&store, empty, "ingest", &nothing));
	assert_int_equal(nothing.kind, ERROR_INPUT);
	assert_false(store_open(&store, "/no/such/file.db", "ingest", &absent));
	assert_int_equal(absent.kind, ERROR_NO_INPUT);
	assert_null(store);
	free(path);
	free(text);
	free(empty);
	free(folder);
}

static void a_truncated_store_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a.db", folder);
	struct store *store = NULL;
	struct error err = { 0 };
	long long things = 0;
	make_store(path, "word");
	assert_int_equal(truncate(path, 20000), 0);
	assert_false(store_open(&store, path, "ingest", &err)
	             && store_read_integer(store, "SELECT count(word) FROM thing", 0, &things, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	store_close(store);
	free(path);
	free(folder);
}

static void what_stands_where_an_output_goes_is_replaced_by_its_kind_only(void **state)
{
	(void)state;
	char *parent = test_folder(), *inside = mem_print("%s/inside", parent), *pipe = mem_print("%s/pipe", parent);
	char *file = test_file(parent, "file", "text");
	struct error at_folder = { 0 }, at_pipe = { 0 }, at_file = { 0 }, nowhere = { 0 };
	struct store *store = NULL;
	struct folder *folder = NULL;
	assert_int_equal(mkdir(inside, 0700), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_false(store_create(&store, inside, "ingest", schema, &at_folder));
	assert_false(store_create(&store, pipe, "ingest", schema, &at_pipe));
	assert_false(store_create(&store, "", "ingest", schema, &nowhere));
	assert_false(folder_begin(&folder, file, 0700, &at_file));
	assert_int_equal(at_folder.kind, ERROR_USAGE);
	assert_int_equal(at_pipe.kind, ERROR_USAGE);
	assert_int_equal(nowhere.kind, ERROR_USAGE);
	assert_int_equal(at_file.kind, ERROR_USAGE);
	assert_null(store);
	assert_null(folder);
	free(parent);
	free(inside);
	free(pipe);
	free(file);
}

static void a_pipe_in_a_files_place_is_refused_and_not_waited_for(void **state)
{
	(void)state;
	char *folder = test_folder(), *pipe = mem_print("%s/pipe", folder), hash[PROVENANCE_HASH_SIZE];
	struct error read = { 0 }, hashed = { 0 }, opened = { 0 };
	struct text text = { 0 };
	struct store *store = NULL;
	long long bytes = 0;
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_false(text_read_file(&text, pipe, 100, &read));
	assert_false(provenance_hash_file(hash, &bytes, pipe, &hashed));
	assert_false(store_open(&store, pipe, "ingest", &opened));
	assert_int_equal(read.kind, ERROR_INPUT);
	assert_int_equal(hashed.kind, ERROR_INPUT);
	assert_int_equal(opened.kind, ERROR_INPUT);
	text_free(&text);
	free(pipe);
	free(folder);
}

static void an_attached_file_that_cannot_be_read_is_the_one_that_is_named(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a.db", folder);
	char *damaged = test_file(folder, "b.db", "no database at all, but long enough");
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, path, "validate", schema, &err), &err);
	assert_false(store_attach(store, damaged, "ingest", "ingested", &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_string_equal(err.path, damaged);
	store_close(store);
	free(damaged);
	free(path);
	free(folder);
}

static void a_table_that_a_stage_file_lacks_is_no_fault_of_ours(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/a.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	long long things = 0;
	make_store(path, "word");
	assert_ok(store_open(&store, path, "ingest", &err), &err);
	assert_false(store_read_integer(store, "SELECT count(*) FROM other", 0, &things, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	store_close(store);
	free(path);
	free(folder);
}

static void a_name_that_looks_like_an_address_is_a_name(void **state)
{
	(void)state;
	char *folder = test_folder(), before[4096];
	struct error err = { 0 };
	struct store *store = NULL;
	assert_non_null(getcwd(before, sizeof before));
	assert_int_equal(chdir(folder), 0);
	make_store("file:a.db?mode=ro", "word");
	assert_ok(store_open(&store, "file:a.db?mode=ro", "ingest", &err), &err);
	store_close(store);
	assert_int_equal(chdir(before), 0);
	free(folder);
}

static void a_limit_on_the_size_of_files_is_an_error_and_leaves_nothing(void **state)
{
	(void)state;
	char *parent = test_folder(), *path = mem_print("%s/report", parent);
	struct error err = { 0 };
	struct folder *folder = NULL;
	struct rlimit before, little = { 0 };
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little.rlim_cur = 2;
	little.rlim_max = before.rlim_max;
	assert_ok(folder_begin(&folder, path, 0700, &err), &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	bool written = folder_write(folder, "a.txt", "text", 4, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(written);
	assert_int_equal(err.kind, ERROR_IO);
	folder_close(folder);
	assert_int_equal(rmdir(parent), 0); /* empty */
	free(path);
	free(parent);
}

static void sha256_of_abc_is_the_published_one(void **state)
{
	(void)state;
	char hash[PROVENANCE_HASH_SIZE];
	provenance_hash_bytes(hash, "abc", 3); /* FIPS 180-2, appendix B.1 */
	assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_keyed_hash_changes_with_key_context_and_text(void **state)
{
	(void)state;
	char a[PROVENANCE_HASH_SIZE], b[PROVENANCE_HASH_SIZE];
	static const char *const others[][3] = {
		{ "kex", "use", "text" }, { "key", "usf", "text" }, { "key", "use", "texu" }, { "key", "uset", "ext" },
	};
	provenance_keyed_hash(a, "key", "use", "text");
	provenance_keyed_hash(b, "key", "use", "text");
	assert_string_equal(a, b);
	for (size_t i = 0; i < COUNT(others); i++) {
		provenance_keyed_hash(b, others[i][0], others[i][1], others[i][2]);
		assert_string_not_equal(a, b);
	}
}

static void a_folder_takes_the_place_of_the_old_one_whole(void **state)
{
	(void)state;
	char *parent = test_folder(), *path = mem_print("%s/report/", parent), *old = mem_print("%s/report/old.txt", parent);
	char *new = mem_print("%s/report/tables/new.csv", parent);
	struct error err = { 0 };
	struct folder *folder = NULL;
	struct stat status;
	for (int i = 0; i < 2; i++) {
		assert_ok(folder_begin(&folder, path, 0700, &err), &err);
		assert_ok(folder_write(folder, i ? "tables/new.csv" : "old.txt", "text", 4, &err), &err);
		assert_ok(folder_commit(folder, &err), &err);
		folder_close(folder);
		assert_int_equal(access(old, F_OK) == 0, i == 0);
	}
	assert_int_equal(stat(new, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_ok(folder_begin(&folder, path, 0700, &err), &err);
	folder_close(folder);
	assert_int_equal(access(new, F_OK), 0);
	free(parent);
	free(path);
	free(old);
	free(new);
}

static void a_file_restored_with_its_old_date_is_noticed(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = test_file(folder, "a.csv", "one"), *memory = mem_print("%s/hashes", folder);
	char before[PROVENANCE_HASH_SIZE], after[PROVENANCE_HASH_SIZE];
	struct error err = { 0 };
	const struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	struct stamps *stamps = stamps_open(memory);
	assert_ok(stamps_hash(stamps, before, path, &err) && stamps_save(stamps, &err), &err);
	stamps_close(stamps);
	free(test_file(folder, "a.csv", "two"));
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	stamps = stamps_open(memory);
	assert_ok(stamps_hash(stamps, after, path, &err), &err);
	stamps_close(stamps);
	assert_string_not_equal(before, after);
	free(path);
	free(memory);
	free(folder);
}

static void a_text_is_written_only_where_it_differs(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/plan.mk", folder);
	struct error err = { 0 };
	bool changed = false;
	assert_ok(stamp_write(path, "one", 3, &changed, &err), &err);
	assert_true(changed);
	assert_ok(stamp_write(path, "one", 3, &changed, &err), &err);
	assert_false(changed);
	assert_ok(stamp_write(path, "on", 2, &changed, &err), &err);
	assert_true(changed);
	free(path);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_committed_store_reads_back_and_only_its_owner_can_read_it),
		cmocka_unit_test(an_attached_store_is_read_and_never_written),
		cmocka_unit_test(what_is_not_committed_leaves_nothing),
		cmocka_unit_test(what_a_killed_run_left_aside_is_removed_by_the_next),
		cmocka_unit_test(what_one_left_that_ended_and_was_never_asked_for_is_removed),
		cmocka_unit_test(two_runs_write_the_same_bytes),
		cmocka_unit_test(what_is_not_the_right_stage_file_is_refused_with_what_to_do),
		cmocka_unit_test(a_truncated_store_is_refused),
		cmocka_unit_test(what_stands_where_an_output_goes_is_replaced_by_its_kind_only),
		cmocka_unit_test(a_pipe_in_a_files_place_is_refused_and_not_waited_for),
		cmocka_unit_test(an_attached_file_that_cannot_be_read_is_the_one_that_is_named),
		cmocka_unit_test(a_table_that_a_stage_file_lacks_is_no_fault_of_ours),
		cmocka_unit_test(a_name_that_looks_like_an_address_is_a_name),
		cmocka_unit_test(a_limit_on_the_size_of_files_is_an_error_and_leaves_nothing),
		cmocka_unit_test(sha256_of_abc_is_the_published_one),
		cmocka_unit_test(a_keyed_hash_changes_with_key_context_and_text),
		cmocka_unit_test(a_folder_takes_the_place_of_the_old_one_whole),
		cmocka_unit_test(a_file_restored_with_its_old_date_is_noticed),
		cmocka_unit_test(a_text_is_written_only_where_it_differs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
