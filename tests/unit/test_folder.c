#include "testing.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include "folder.h"
#include "text.h"

/* Lengths of the pieces; 0 ends them. What is written at once is 64 KiB. */
static const struct example {
	const char *name;
	size_t pieces[6];
} examples[] = {
	{ "a file of no piece is empty", { 0 } },
	{ "little pieces", { 1, 2, 3, 0 } },
	{ "pieces that fill what is written at once", { 65535, 1, 1, 0 } },
	{ "a piece that does not fit with the one before", { 65535, 2, 7, 0 } },
	{ "a piece larger than what is written at once, between others", { 10, 200000, 10, 0 } },
	{ "one just as large", { 65536, 65536, 1, 0 } },
};

static void pieces_make_the_whole(void **state)
{
	const struct example *example = *state;
	char *parent = test_folder(), *path = mem_print("%s/out", parent), *name = mem_print("%s/out/tables/a.txt", parent);
	struct error err = { 0 };
	struct folder *folder = NULL;
	struct folder_file *file = NULL;
	struct text all = { 0 }, got = { 0 };
	struct stat status;
	text_add(&all, "");
	assert_ok(folder_begin(&folder, path, 0700, &err) && folder_file_begin(&file, folder, "tables/a.txt", &err), &err);
	for (size_t i = 0; example->pieces[i]; i++) {
		char *piece = mem_alloc(example->pieces[i], 1);
		memset(piece, 'a' + (int)i, example->pieces[i]);
		assert_ok(folder_file_add(file, piece, example->pieces[i], &err), &err);
		text_add_bytes(&all, piece, example->pieces[i]);
		free(piece);
	}
	assert_ok(folder_file_add(file, NULL, 0, &err) && folder_file_end(file, &err), &err);
	folder_file_close(file);
	assert_ok(folder_commit(folder, &err), &err);
	folder_close(folder);
	assert_ok(text_read_file(&got, name, 1 << 20, &err), &err);
	assert_int_equal(got.length, all.length);
	assert_memory_equal(got.bytes, all.bytes, all.length + 1);
	assert_int_equal(stat(name, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	text_free(&all);
	text_free(&got);
	free(parent);
	free(path);
	free(name);
}

static void a_file_that_is_begun_and_not_ended_leaves_nothing(void **state)
{
	(void)state;
	char *parent = test_folder(), *path = mem_print("%s/out", parent);
	struct error err = { 0 };
	struct folder *folder = NULL;
	struct folder_file *file = NULL;
	assert_ok(folder_begin(&folder, path, 0700, &err) && folder_file_begin(&file, folder, "a.txt", &err)
	                  && folder_file_add(file, "text", 4, &err),
	          &err);
	folder_file_close(file);
	folder_close(folder);
	assert_int_equal(rmdir(parent), 0); /* empty */
	free(parent);
	free(path);
}

/* The limit stands in for a disk that is full: at a piece or, where little is pending, at the end. */
static void a_full_disk_is_an_error_at_the_latest_at_the_end(void **state)
{
	(void)state;
	static const size_t lengths[] = { 4, 70000 };
	for (size_t i = 0; i < COUNT(lengths); i++) {
		char *parent = test_folder(), *path = mem_print("%s/out", parent), *bytes = mem_alloc(lengths[i], 1);
		struct error err = { 0 };
		struct folder *folder = NULL;
		struct folder_file *file = NULL;
		struct rlimit before, little;
		assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
		little = (struct rlimit){ .rlim_cur = 2, .rlim_max = before.rlim_max };
		assert_ok(folder_begin(&folder, path, 0700, &err) && folder_file_begin(&file, folder, "a.txt", &err), &err);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
		bool added = folder_file_add(file, bytes, lengths[i], &err), ended = added && folder_file_end(file, &err);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		assert_int_equal(added, lengths[i] < 65536);
		assert_false(ended);
		assert_int_equal(err.kind, ERROR_IO);
		folder_file_close(file);
		folder_close(folder);
		assert_int_equal(rmdir(parent), 0);
		free(parent);
		free(path);
		free(bytes);
	}
}

static void a_folder_is_replaced_by_the_stage_that_wrote_all_of_it(void **state)
{
	(void)state;
	static const char *const names[] = { "a.txt", "b.txt" };
	char *path = test_folder(), *absent = mem_print("%s/absent", path);
	struct error err = { 0 };
	assert_ok(folder_check_own(absent, "stage", names, COUNT(names), &err), &err);
	assert_ok(folder_check_own(path, "stage", names, COUNT(names), &err), &err);
	free(test_file(path, "b.txt", ""));
	assert_ok(folder_check_own(path, "stage", names, COUNT(names), &err), &err);
	assert_false(folder_check_own(path, "stage", names, 1, &err));
	assert_int_equal(err.kind, ERROR_USAGE);
	assert_non_null(strstr(err.message, "that stage did not write"));
	free(test_file(path, ".hidden", ""));
	assert_false(folder_check_own(path, "stage", names, COUNT(names), &err));
	free(absent);
	free(path);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 3] = {
		cmocka_unit_test(a_folder_is_replaced_by_the_stage_that_wrote_all_of_it),
		cmocka_unit_test(a_file_that_is_begun_and_not_ended_leaves_nothing),
		cmocka_unit_test(a_full_disk_is_an_error_at_the_latest_at_the_end),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i + 3] = (struct CMUnitTest){ .name = examples[i].name, .test_func = pieces_make_the_whole,
			                            .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
