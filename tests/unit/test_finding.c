#include "testing.h"

#include "finding.h"
#include "text.h"

/* finding.sql is part of validated.db; here it stands alone. */
#include "embedded.h"

static const struct finding example = {
	.code = FINDING_CELL_RANGE,
	.severity = SEVERITY_BLANK,
	.source = 1,
	.row = 7,
	.line = 9,
	.record = 8,
	.variable = "age",
	.key = "R007",
	.value = "999",
	.expected = "16 to 110",
	.occurrences = 1,
};

static void every_code_is_in_the_table_once_with_title_cause_and_cure(void **state)
{
	(void)state;
	for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++) {
		const struct finding_kind *kind = finding_kind((enum finding_code)i);
		assert_non_null(kind->code);
		assert_true(strspn(kind->code, "abcdefghijklmnopqrstuvwxyz-") == strlen(kind->code));
		assert_true(strlen(kind->title) > 5 && kind->title[strlen(kind->title) - 1] != '.');
		assert_true(strlen(kind->cause) > 20 && kind->cause[strlen(kind->cause) - 1] == '.');
		assert_true(strlen(kind->cure) > 20 && kind->cure[strlen(kind->cure) - 1] == '.');
		const char *const words[] = { kind->title, kind->cause, kind->cure };
		for (size_t w = 0; w < COUNT(words); w++)
			assert_null(strpbrk(words[w], "|<>\n")); /* a table in Markdown holds them as they are */
		for (int j = i + 1; j < FINDING_COUNT; j++)
			assert_string_not_equal(kind->code, finding_kind((enum finding_code)j)->code);
	}
}

static void every_code_reads_back_and_no_other_word_does(void **state)
{
	(void)state;
	enum finding_code code = FINDING_NONE;
	for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++) {
		assert_true(finding_read_code(finding_kind((enum finding_code)i)->code, &code));
		assert_int_equal(code, i);
	}
	static const char *const wrong[] = { "",           "reject",        "cell", "cell-rang", "cell-range ",
					     "Cell-Range", "cell-range:age" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(finding_read_code(wrong[i], &code));
	assert_int_equal(code, FINDING_COUNT - 1);
	assert_string_equal(finding_nearest_code("cel-range"), "cell-range");
	assert_null(finding_nearest_code("entirely different"));
}

static void severities_read_back(void **state)
{
	(void)state;
	static const char *const words[] = { "reject", "blank", "warn", "note" };
	for (int i = 0; i < SEVERITY_COUNT; i++) {
		enum severity severity = SEVERITY_COUNT;
		assert_string_equal(severity_word((enum severity)i), words[i]);
		assert_true(severity_read(words[i], &severity));
		assert_int_equal(severity, i);
	}
	enum severity severity;
	assert_false(severity_read("rejected", &severity));
}

/* What a steward is promised: near misses are never taken, doubtful rows never kept. */
static void severities_say_what_happens(void **state)
{
	(void)state;
	static const struct {
		enum finding_code code;
		enum severity severity;
	} rows[] = {
		{ FINDING_CELL_SPACE, SEVERITY_NOTE },        { FINDING_CELL_CODE_CASE, SEVERITY_BLANK },
		{ FINDING_CELL_LABEL, SEVERITY_BLANK },       { FINDING_CELL_CODE, SEVERITY_BLANK },
		{ FINDING_CELL_RANGE, SEVERITY_BLANK },       { FINDING_REQUIRED, SEVERITY_REJECT },
		{ FINDING_KEY_DUPLICATE_ROW, SEVERITY_REJECT }, { FINDING_KEY_CONFLICT, SEVERITY_REJECT },
		{ FINDING_WITHDRAWN, SEVERITY_REJECT },       { FINDING_ROW_FIELDS, SEVERITY_REJECT },
		{ FINDING_ROUTE_UNEXPECTED, SEVERITY_WARN },  { FINDING_ROW_BLANK, SEVERITY_NOTE },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(finding_kind(rows[i].code)->severity, rows[i].severity);
}

/* The digits come from sha256sum over the fields with a NUL behind each:
 * printf 'survey\0wave1.csv\0cell-range\0\0age\0R007\0\0999\0' | sha256sum
 * gives 1da1239be153..., whose first digit becomes the letter that stands for it. */
static void an_identity_is_the_hash_of_what_it_says(void **state)
{
	(void)state;
	char identity[FINDING_IDENTITY_SIZE];
	finding_identity(identity, "survey", "wave1.csv", &example);
	assert_string_equal(identity, "bda1239be153");
}

static void no_identity_looks_like_a_number(void **state)
{
	(void)state;
	struct finding finding = example;
	for (size_t line = 0; line < 200; line++) {
		char key[8], identity[FINDING_IDENTITY_SIZE];
		snprintf(key, sizeof key, "R%zu", line);
		finding.key = key;
		finding_identity(identity, "survey", "wave1.csv", &finding);
		assert_true(strlen(identity) == 12 && strspn(identity, "0123456789abcdef") == 12);
		assert_true(strspn(identity, "abcdef") >= 1);
	}
}

static void an_identity_survives_new_lines_and_words(void **state)
{
	(void)state;
	char first[FINDING_IDENTITY_SIZE], second[FINDING_IDENTITY_SIZE];
	struct finding moved = example;
	moved.row = 70, moved.line = 90, moved.record = 80, moved.source = 2;
	moved.expected = "18 to 99", moved.severity = SEVERITY_WARN, moved.occurrences = 3, moved.suggestion = "99";
	finding_identity(first, "survey", "wave1.csv", &example);
	finding_identity(second, "survey", "wave1.csv", &moved);
	assert_string_equal(first, second);
}

static void each_part_of_an_identity_tells_findings_apart(void **state)
{
	(void)state;
	struct finding others[8];
	for (size_t i = 0; i < COUNT(others); i++)
		others[i] = example;
	others[1].code = FINDING_CELL_TYPE;
	others[2].variable = "height";
	others[3].key = "R008";
	others[4].value = "998";
	others[5].rule = "age_fits";
	others[6].key = NULL;
	others[7].key = NULL, others[7].line = 10;
	char identities[10][FINDING_IDENTITY_SIZE];
	for (size_t i = 0; i < COUNT(others); i++)
		finding_identity(identities[i], "survey", "wave1.csv", &others[i]);
	finding_identity(identities[8], "survey", "wave2.csv", &example);
	finding_identity(identities[9], "diary", "wave1.csv", &example);
	for (size_t i = 0; i < COUNT(identities); i++)
		for (size_t j = i + 1; j < COUNT(identities); j++)
			assert_string_not_equal(identities[i], identities[j]);
}

static void rows_that_share_a_key_have_identities_of_their_own(void **state)
{
	(void)state;
	static const enum finding_code codes[] = { FINDING_KEY_DUPLICATE_ROW, FINDING_KEY_CONFLICT };
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct finding one = { .code = codes[i], .line = 4, .key = "R007", .occurrences = 1 }, other = one;
		other.line = 5;
		char first[FINDING_IDENTITY_SIZE], second[FINDING_IDENTITY_SIZE];
		finding_identity(first, "survey", "wave1.csv", &one);
		finding_identity(second, "survey", "wave1.csv", &other);
		assert_string_not_equal(first, second);
	}
}

static void what_stands_behind_the_colon_is_the_rule_or_the_variable(void **state)
{
	(void)state;
	struct finding finding = example;
	assert_string_equal(finding_subject(&finding), "age");
	finding.rule = "age_fits";
	assert_string_equal(finding_subject(&finding), "age_fits");
	finding.rule = finding.variable = NULL;
	assert_null(finding_subject(&finding));
}

static void findings_are_stored_as_given_with_nothing_for_none(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = mem_print("%s/found.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	struct finding_store *findings = NULL;
	const struct finding of_file = {
		.code = FINDING_ROW_BLANK, .severity = SEVERITY_NOTE, .source = 1, .occurrences = 3
	};
	assert_ok(store_create(&store, path, "validate", sql_schema_finding, &err), &err);
	assert_ok(finding_store_new(&findings, store, "survey", &err), &err);
	assert_ok(finding_store_add(findings, "wave1.csv", &example, &err), &err);
	assert_ok(finding_store_add(findings, "wave1.csv", &of_file, &err), &err);
	finding_store_free(findings);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);

	char identity[FINDING_IDENTITY_SIZE];
	finding_identity(identity, "survey", "wave1.csv", &example);
	static const char *const expected[2][13] = {
		{ NULL, "cell-range", "blank", "1", "7", "9", "8", "age", NULL, "R007", "999", "16 to 110", NULL },
		{ NULL, "row-blank", "note", "1", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	};
	sqlite3_stmt *select = NULL;
	assert_ok(store_open(&store, path, "validate", &err), &err);
	assert_ok(
		store_prepare(
			&select, store,
			"SELECT identity, code, severity, source, row, line, record, variable, rule, key, value, expected,"
			" suggestion, occurrences FROM finding ORDER BY finding",
			&err),
		&err);
	for (size_t i = 0; i < COUNT(expected); i++) {
		bool row = false;
		assert_ok(store_step(store, select, &row, &err), &err);
		assert_true(row);
		if (i == 0)
			assert_string_equal((const char *)sqlite3_column_text(select, 0), identity);
		for (int column = 1; column < 13; column++)
			assert_true(text_equal((const char *)sqlite3_column_text(select, column), expected[i][column]));
		assert_int_equal(sqlite3_column_int64(select, 13), i == 0 ? 1 : 3);
	}
	sqlite3_finalize(select);
	store_close(store);
	free(path);
	free(folder);
}

static void every_group_has_codes_and_a_name_of_its_own(void **state)
{
	(void)state;
	for (enum finding_group group = 0; group < FINDING_GROUP_COUNT; group++) {
		size_t codes = 0;
		for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++)
			codes += finding_kind((enum finding_code)i)->group == group;
		assert_true(codes > 0);
		for (enum finding_group other = 0; other < group; other++)
			assert_string_not_equal(finding_group_word(group), finding_group_word(other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_is_in_the_table_once_with_title_cause_and_cure),
		cmocka_unit_test(every_code_reads_back_and_no_other_word_does),
		cmocka_unit_test(severities_read_back),
		cmocka_unit_test(severities_say_what_happens),
		cmocka_unit_test(an_identity_is_the_hash_of_what_it_says),
		cmocka_unit_test(no_identity_looks_like_a_number),
		cmocka_unit_test(an_identity_survives_new_lines_and_words),
		cmocka_unit_test(each_part_of_an_identity_tells_findings_apart),
		cmocka_unit_test(rows_that_share_a_key_have_identities_of_their_own),
		cmocka_unit_test(what_stands_behind_the_colon_is_the_rule_or_the_variable),
		cmocka_unit_test(findings_are_stored_as_given_with_nothing_for_none),
		cmocka_unit_test(every_group_has_codes_and_a_name_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
