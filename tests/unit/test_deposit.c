/* deposit: a file of records says the same in every format, and nothing of what was blanked. */
#include "testing.h"

#include "deposit/statement.h"
#include "embedded.h"
#include "spss.h"
#include "store.h"

#include <unistd.h>

#define CONFIG                                                                                                         \
	"study:\n  name: s\n  title: \"Study of \\\"A\\\", B\"\n  synthetic: yes\n  date: 2026-03-31\n"               \
	"datasets:\n  - name: survey\n    kind: responses\n    unit: {name: respondent}\n    dictionary: d\n"          \
	"microdata: [{dataset: survey, access: safeguarded, keys: [area, all]}]\n"

/* Two codes that are words and two that are whole numbers, a name that SPSS keeps for itself, a number that lies below
 * where missing values would, texts, top coding, a label longer than SPSS holds. */
static const char rows[] =
	"CREATE TABLE records (record INTEGER PRIMARY KEY, area INTEGER, \"all\" INTEGER, score REAL, helped TEXT);"
	"INSERT INTO file VALUES ('access', 'safeguarded'), ('unit', 'respondent'), ('plural', 'respondents'), ('k', '5'),"
	" ('missing', 'wildcard'), ('records', '3');"
	"INSERT INTO variable VALUES"
	" ('area', 1, 'Area, \"where\"', 'Where?', 'code', 'nominal', NULL, NULL, NULL, NULL, NULL, 'broader', NULL, NULL, 'area', 1, 0),"
	" ('all', 2, 'All', NULL, 'code', 'ordinal', NULL, NULL, NULL, NULL, NULL, 'kept', NULL, NULL, '', 2, 0),"
	" ('score', 3, 'Score', NULL, 'number', 'scale', 'points', NULL, NULL, -500, 30, 'top', NULL, 30, '', NULL, 0),"
	" ('helped', 4, 'Who helped', NULL, 'codes', 'nominal', NULL, NULL, NULL, NULL, NULL, 'kept', NULL, NULL, '', NULL, 1);"
	"INSERT INTO code VALUES ('area', 1, 'N', 'The North'), ('area', 2, 'S', 'é123456789012345678901234567890123456789"
	"0123456789012345678901234567890123456789012345678901234567890123456789012345éé'), ('all', 1, '10', 'Ten'), ('all', 2, '7', 'Seven'),"
	" ('helped', 1, 'friend', 'A friend'), ('helped', 2, 'adviser', 'An adviser');"
	"INSERT INTO records VALUES (1, 1, 2, -100.5, 'friend;adviser'), (2, NULL, 1, 30, '(none)'), (3, 2, NULL, NULL, NULL);"
	"INSERT INTO missing VALUES ('area', 2, 'suppressed'), ('all', 3, 'refused'), ('score', 3, 'not_answered'), ('helped', 3, 'suppressed');"
	"INSERT INTO blanked VALUES (2, 'area', 1, '', ''), (3, 'helped', 'adviser', '', 'area');"
	"INSERT INTO demand VALUES (1, 'k', 'area, all', '', 5, 2, 0), (2, 'k', 'area', '', 6, 1, 0), (3, 'k', 'all', '', 6, 0, 0),"
	" (4, 'l', 'area, all', 'helped', 2, 0, 0);"
	"INSERT INTO held_back VALUES ('birth', 'it tells the key age'), ('consent', 'the same of everybody');";

/* The file of records above, opened. */
struct opened {
	struct study *study;
	struct store *store;
	struct contents *contents;
	struct deposit deposit;
	char *folder;
};

static struct opened open_rows(void)
{
	struct error err = { 0 };
	struct opened opened = { .folder = test_folder() };
	char *config = test_file(opened.folder, "s.yaml", CONFIG), *path = mem_print("%s/anonymised.db", opened.folder);
	struct store *written = NULL;
	assert_ok(store_create(&written, path, "anonymise", sql_schema_anonymised, &err) && store_run(written, rows, &err)
	                  && store_commit(written, &err),
	          &err);
	store_close(written);
	assert_ok(study_load(&opened.study, config, &err) && store_open(&opened.store, path, "anonymise", &err)
	                  && contents_load(&opened.contents, opened.store, &err),
	          &err);
	opened.deposit = (struct deposit){ opened.study, &opened.study->datasets[0], opened.contents, false, "" };
	free(config);
	free(path);
	return opened;
}

static void close_rows(struct opened *opened)
{
	contents_free(opened->contents);
	store_close(opened->store);
	study_free(opened->study);
	free(opened->folder);
}

/* What a writer of records writes, as a file; free with free(). */
static char *write_file(const struct opened *opened, const char *name,
                        bool (*write)(struct folder_file *file, const struct deposit *deposit, struct error *err))
{
	struct error err = { 0 };
	struct folder *folder = NULL;
	struct folder_file *file = NULL;
	char *path = mem_print("%s/%s", opened->folder, name), *whole = mem_print("%s/file", path);
	assert_ok(folder_begin(&folder, path, 0700, &err) && folder_file_begin(&file, folder, "file", &err)
	                  && write(file, &opened->deposit, &err) && folder_file_end(file, &err)
	                  && folder_commit(folder, &err),
	          &err);
	folder_file_close(file);
	folder_close(folder);
	free(path);
	return whole;
}

static void assert_holds(const char *path, const char *expected)
{
	struct error err = { 0 };
	struct text got = { 0 };
	assert_ok(text_read_file(&got, path, 1 << 20, &err), &err);
	assert_string_equal(got.bytes, expected);
	text_free(&got);
}

static void records_are_codes_and_numbers_and_nothing_where_there_is_no_answer(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	char *path = write_file(&opened, "csv", records_csv);
	assert_holds(path, "record,area,all,score,helped\n"
	                   "1,N,7,-100.5,friend;adviser\n"
	                   "2,,10,30,(none)\n"
	                   "3,S,,,\n");
	free(path);
	close_rows(&opened);
}

static void why_there_is_no_answer_stands_apart(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	char *path = write_file(&opened, "missing", records_missing);
	assert_holds(path, "record,variable,reason\n2,area,suppressed\n3,all,refused\n3,score,not_answered\n3,helped,suppressed\n");
	free(path);
	close_rows(&opened);
}

/* --- SPSS --- */

static bool take_case(const struct csv_record *record, void *data, struct error *err)
{
	(void)err;
	for (size_t i = 0; i < record->count; i++)
		text_print(data, "%s%s", record->fields[i], i + 1 < record->count ? "|" : "\n");
	return true;
}

static void the_spss_file_reads_back_with_labels_and_declared_missing_values(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct error err = { 0 };
	struct spss *spss = NULL;
	struct text cases = { 0 };
	size_t count = 0;
	char *path = write_file(&opened, "sav", records_sav);
	assert_ok(spss_open(&spss, path, NULL, &err) && spss_each(spss, take_case, &cases, &err), &err);
	/* area by position; all by its codes, which are whole numbers; score's reasons below -100.5, so below -900 */
	assert_string_equal(cases.bytes, "1|1|7|-100.5|friend;adviser\n2|-99|10|30|(none)\n3|2|-91|-905|\n");
	const struct spss_variable *variables = spss_variables(spss, &count);
	assert_int_equal(count, 5);
	assert_string_equal(variables[1].label, "Area, \"where\"");
	assert_string_equal(variables[2].name, "all_");
	assert_int_equal(variables[2].label_count, 3);
	assert_string_equal(variables[2].labels[0].text, "10");
	assert_string_equal(variables[2].labels[0].label, "Ten");
	assert_string_equal(variables[2].labels[2].label, "refused");
	assert_int_equal(variables[1].missing_count, 1);
	assert_true(variables[1].missing[0].range);
	assert_close(variables[1].missing[0].high, -91, 0);
	assert_close(variables[3].missing[0].high, -901, 0);
	/* the last reason, suppressed, is the ninth */
	assert_true(variables[1].missing[0].low <= -99 && variables[3].missing[0].low <= -909);
	/* 120 bytes at most, and no half of a letter: the two bytes of é would be the 120th and 121st */
	assert_int_equal(strlen(variables[1].labels[1].label), 119);
	spss_close(spss);
	text_free(&cases);
	free(path);
	close_rows(&opened);
}

static void two_variables_never_share_a_name_in_spss(void **state)
{
	(void)state;
	char name[80];
	struct contents_variable variables[] = { { .name = "all" }, { .name = "all_" }, { .name = "allow" } };
	const struct contents contents = { .variables = variables, .variable_count = COUNT(variables) };
	const char *const expected[] = { "all__", "all_", "allow" };
	for (size_t v = 0; v < COUNT(variables); v++) {
		sav_name(name, &contents, &variables[v]);
		assert_string_equal(name, expected[v]);
	}
}

static void the_spss_file_has_the_same_bytes_in_every_time_zone(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct error err = { 0 };
	struct text here = { 0 }, there = { 0 };
	setenv("TZ", "Pacific/Auckland", 1);
	char *one = write_file(&opened, "one", records_sav);
	setenv("TZ", "America/New_York", 1);
	char *other = write_file(&opened, "other", records_sav);
	assert_ok(text_read_file(&here, one, 1 << 20, &err) && text_read_file(&there, other, 1 << 20, &err), &err);
	assert_int_equal(here.length, there.length);
	assert_memory_equal(here.bytes, there.bytes, here.length);
	text_free(&here);
	text_free(&there);
	free(one);
	free(other);
	close_rows(&opened);
}

/* --- what is said of it --- */

static void the_codebook_says_each_code_and_reason_with_its_value_in_spss(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct text file = { 0 };
	write_codebook(&file, &opened.deposit);
	assert_non_null(strstr(file.bytes, "\narea,\"Area, \"\"where\"\"\",Where?,code,nominal,,key,rare codes are merged into broader ones,,,N,The "
	                                   "North,,area,1,1\n"));
	assert_non_null(strstr(file.bytes, ",,,suppressed,area,-99,1\n"));
	assert_non_null(strstr(file.bytes, "\nall,All,,code,ordinal,,key,,,,10,Ten,,all_,10,1\n"));
	assert_non_null(strstr(file.bytes, "\nscore,Score,,number,scale,points,,30 stands for that or more,-500,30,,,,score,,2\n"));
	assert_non_null(strstr(file.bytes, "\nhelped,Who helped,,codes,nominal,,sensitive,,,,friend,A friend,,helped,,1\n"));
	text_free(&file);
	close_rows(&opened);
}

static void the_statement_says_what_was_demanded_and_not_what_was_blanked_of_whom(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct text file = { 0 };
	write_statement(&file, &opened.deposit);
	assert_non_null(strstr(file.bytes, "Synthetic data."));
	assert_non_null(strstr(file.bytes, "Records: 3, each of one respondent; in an order that tells nothing.\n"));
	assert_non_null(strstr(file.bytes, "Study: Study of \"A\", B.\n"));
	assert_non_null(strstr(file.bytes, "at least 5 respondents, himself or herself among them, on area and all; with at least 6 on any 1 of these"));
	assert_non_null(strstr(file.bytes, "area 1 of 3 (33.3%), helped 1 of 3 (33.3%)"));
	assert_non_null(strstr(file.bytes, "not in it: birth, consent.\n"));
	assert_null(strstr(file.bytes, "tells the key")); /* why is the steward's business */
	text_free(&file);
	close_rows(&opened);
}

static void the_manifest_and_the_page_escape_what_they_say(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct text manifest = { 0 }, page = { 0 };
	const struct deposited files[] = { { (char *)"survey.csv", 12, "abc" } };
	write_manifest(&manifest, &opened.deposit, files, COUNT(files));
	write_page(&page, &opened.deposit);
	assert_non_null(strstr(manifest.bytes, "\"Study of \\\"A\\\", B\""));
	assert_non_null(strstr(manifest.bytes, "{ \"path\": \"survey.csv\", \"bytes\": 12, \"sha256\": \"abc\" }"));
	assert_non_null(strstr(page.bytes, "<strong>Safeguarded.</strong>"));
	assert_non_null(strstr(page.bytes, "Study of &quot;A&quot;, B"));
	assert_null(strstr(page.bytes, "Restricted."));
	text_free(&manifest);
	text_free(&page);
	close_rows(&opened);
}

static void a_code_that_its_list_does_not_have_is_an_error(void **state)
{
	(void)state;
	struct opened opened = open_rows();
	struct error err = { 0 };
	struct store *store = NULL;
	struct contents *contents = NULL;
	char *path = mem_print("%s/wrong.db", opened.folder);
	assert_ok(store_create(&store, path, "anonymise", sql_schema_anonymised, &err) && store_run(store, rows, &err)
	                  && store_run(store, "UPDATE records SET area = 3 WHERE record = 1", &err),
	          &err);
	assert_false(contents_load(&contents, store, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_non_null(strstr(err.message, "`area`"));
	store_close(store);
	free(path);
	close_rows(&opened);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_codes_and_numbers_and_nothing_where_there_is_no_answer),
		cmocka_unit_test(why_there_is_no_answer_stands_apart),
		cmocka_unit_test(the_spss_file_reads_back_with_labels_and_declared_missing_values),
		cmocka_unit_test(two_variables_never_share_a_name_in_spss),
		cmocka_unit_test(the_spss_file_has_the_same_bytes_in_every_time_zone),
		cmocka_unit_test(the_codebook_says_each_code_and_reason_with_its_value_in_spss),
		cmocka_unit_test(the_statement_says_what_was_demanded_and_not_what_was_blanked_of_whom),
		cmocka_unit_test(the_manifest_and_the_page_escape_what_they_say),
		cmocka_unit_test(a_code_that_its_list_does_not_have_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
