#include "testing.h"

#include "decision.h"
#include "embedded.h"
#include "finding.h"
#include "gate/judged.h"
#include "text.h"
#include "verdict.h"

/* A validated.db of 200 rows read, 180 of them accepted, and what `more` adds to it. */
static struct store *make_validated(const char *folder, const char *more)
{
	char *path = mem_print("%s/validated.db", folder);
	char *schema = mem_print("%s%s", sql_schema_finding, sql_schema_validated);
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, path, "validate", schema, &err), &err);
	assert_ok(
		store_run(
			store,
			"INSERT INTO account VALUES (1, 'E06000055', 'accepted', '', 100), (1, 'E06000032', 'accepted', '', 80),"
			" (1, '', 'unreadable', 'row-fields', 4), (1, 'E06000032', 'set_aside', 'row-required', 12),"
			" (1, 'E06000055', 'duplicate', 'key-duplicate-row', 4);"
			"INSERT INTO completeness VALUES ('age', 'E06000055', '', 180), ('sex', 'E06000055', '', 180);"
			"INSERT INTO rule VALUES ('adult', 'an adult', NULL, 180, 0, 0, 0);",
			&err),
		&err);
	assert_ok(store_run(store, more, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	assert_ok(store_open(&store, path, "validate", &err), &err);
	free(schema);
	free(path);
	return store;
}

#define FINDING(identity, code, severity, variable, rule, times)                                                       \
	"INSERT INTO finding (identity, code, severity, variable, rule, occurrences) VALUES ('" identity "', '" code   \
	"', '" severity "', " variable ", " rule ", " #times ");"

struct limit {
	const char *finding;
	double per_cent; /* 0: none */
	int at_most;     /* -1: none */
};

struct example {
	const char *name, *more, *decisions;
	struct limit limits[2];
	unsigned limit_count;
	/* Expected of one line of the verdict, and of all. */
	const char *limit;
	long long found, accepted;
	double at_most;
	bool ok, go_on;
	long long no_fault; /* rows, beside the 200 */
};

/* 5 per cent of 200 rows are 10; 2.5 per cent are 5; 0.5 per cent is 1. */
static const struct example examples[] = {
	{ "without a limit 5 per cent of the rows may be rejected",
	  FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 10), "", .limit = "reject", .found = 10,
	  .at_most = 10, .ok = true, .go_on = true },
	{ "one rejection more than 5 per cent stops",
	  FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 11), "", .limit = "reject", .found = 11,
	  .at_most = 10, .ok = false, .go_on = false },
	{ "without a limit 5 per cent of the rows may have a cell blanked",
	  FINDING("aaaaaaaaaaaa", "cell-range", "blank", "'age'", "NULL", 6)
		  FINDING("bbbbbbbbbbbb", "cell-code", "blank", "'sex'", "NULL", 5),
	  "", .limit = "blank", .found = 11, .at_most = 10, .ok = false, .go_on = false },
	{ "warnings and notes have no limit of their own",
	  FINDING("aaaaaaaaaaaa", "route-unexpected", "warn", "'age'", "NULL", 500)
		  FINDING("bbbbbbbbbbbb", "cell-space", "note", "'sex'", "NULL", 900),
	  "", .limit = "reject", .found = 0, .at_most = 10, .ok = true, .go_on = true },
	{ "respondents who withdrew do not count as rejected",
	  FINDING("aaaaaaaaaaaa", "row-withdrawn", "reject", "NULL", "NULL", 50), "", .limit = "reject", .found = 0,
	  .at_most = 10, .ok = true, .go_on = true },
	{ "a limit on withdrawals counts them", FINDING("aaaaaaaaaaaa", "row-withdrawn", "reject", "NULL", "NULL", 50),
	  "", .limits = { { "row-withdrawn", 0, 10 } }, .limit_count = 1, .limit = "row-withdrawn", .found = 50,
	  .at_most = 10, .ok = false, .go_on = false },
	{ "a limit of the config takes the place of the 5 per cent",
	  FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 6), "",
	  .limits = { { "reject", 2.5, -1 } }, .limit_count = 1, .limit = "reject", .found = 6, .at_most = 5,
	  .ok = false, .go_on = false },
	{ "a limit on one variable leaves the 5 per cent standing",
	  FINDING("aaaaaaaaaaaa", "cell-range", "blank", "'sex'", "NULL", 11), "",
	  .limits = { { "cell-range:age", 0, 10 } }, .limit_count = 1, .limit = "blank", .found = 11, .at_most = 10,
	  .ok = false, .go_on = false },
	{ "a limit on a code and its variable counts that variable alone",
	  FINDING("aaaaaaaaaaaa", "cell-range", "blank", "'age'", "NULL", 4)
		  FINDING("bbbbbbbbbbbb", "cell-range", "blank", "'sex'", "NULL", 2),
	  "", .limits = { { "cell-range:age", 0, 3 } }, .limit_count = 1, .limit = "cell-range:age", .found = 4,
	  .at_most = 3, .ok = false, .go_on = false },
	{ "a limit on a code counts no longer code",
	  FINDING("aaaaaaaaaaaa", "cell-code-case", "blank", "'sex'", "NULL", 4), "",
	  .limits = { { "cell-code", 0, 0 } }, .limit_count = 1, .limit = "cell-code", .found = 0, .at_most = 0,
	  .ok = true, .go_on = true },
	{ "a limit of none lets none through", FINDING("aaaaaaaaaaaa", "cell-formula", "warn", "'sex'", "NULL", 1), "",
	  .limits = { { "cell-formula", 0, 0 } }, .limit_count = 1, .limit = "cell-formula", .found = 1, .at_most = 0,
	  .ok = false, .go_on = false },
	{ "of a number and a share the stricter counts",
	  FINDING("aaaaaaaaaaaa", "cell-range", "blank", "'age'", "NULL", 4), "", .limits = { { "cell-range", 5, 3 } },
	  .limit_count = 1, .limit = "cell-range", .found = 4, .at_most = 3, .ok = false, .go_on = false },
	{ "an accepted finding does not count",
	  FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 10)
		  FINDING("bbbbbbbbbbbb", "row-required", "reject", "'sex'", "NULL", 1),
	  "bbbbbbbbbbbb,,accept,,A,2026-01-01,x,\n", .limit = "reject", .found = 11, .accepted = 1, .at_most = 10,
	  .ok = true, .go_on = true },
	{ "a corrected finding does not count",
	  FINDING("aaaaaaaaaaaa", "cell-range", "blank", "'age'", "NULL", 10)
		  FINDING("bbbbbbbbbbbb", "cell-range", "blank", "'age'", "NULL", 1),
	  "bbbbbbbbbbbb,,correct,34,A,2026-01-01,x,\n", .limit = "blank", .found = 11, .accepted = 1, .at_most = 10,
	  .ok = true, .go_on = true },
	{ "a finding whose row is set aside by the steward counts",
	  FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 11),
	  "aaaaaaaaaaaa,,set_aside,,A,2026-01-01,x,\n", .limit = "reject", .found = 11, .at_most = 10, .ok = false,
	  .go_on = false },
	{ "an expired decision accepts nothing", FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 11),
	  "row-required,,accept,,A,2026-01-01,x,2026-05-31\n", .limit = "reject", .found = 11, .at_most = 10,
	  .ok = false, .go_on = false },
	{ "a rule's limit is of the rows that it could judge",
	  "INSERT INTO rule VALUES ('ages_fit', 'ages fit', 2.5, 194, 6, 0, 0);" FINDING(
		  "aaaaaaaaaaaa", "rule-broken", "warn", "NULL", "'ages_fit'", 6),
	  "", .limit = "rule-broken:ages_fit", .found = 6, .at_most = 5, .ok = false, .go_on = false },
	{ "accepting a rule by its name lets it through",
	  "INSERT INTO rule VALUES ('ages_fit', 'ages fit', 2.5, 194, 6, 0, 0);" FINDING(
		  "aaaaaaaaaaaa", "rule-broken", "warn", "NULL", "'ages_fit'", 6),
	  "rule-broken:ages_fit,,accept,,A,2026-01-01,x,\n", .limit = "rule-broken:ages_fit", .found = 6, .accepted = 6,
	  .at_most = 5, .ok = true, .go_on = true },
	{ "where config and rule both set a limit the stricter counts",
	  "INSERT INTO rule VALUES ('ages_fit', 'ages fit', 2.5, 196, 4, 0, 0);" FINDING(
		  "aaaaaaaaaaaa", "rule-broken", "warn", "NULL", "'ages_fit'", 4),
	  "", .limits = { { "rule-broken:ages_fit", 0, 3 } }, .limit_count = 1, .limit = "rule-broken:ages_fit",
	  .found = 4, .at_most = 3, .ok = false, .go_on = false },
	{ "a share of half a per cent is of the rows read",
	  FINDING("aaaaaaaaaaaa", "cell-space", "note", "'sex'", "NULL", 2), "", .limits = { { "note", 0.5, -1 } },
	  .limit_count = 1, .limit = "note", .found = 2, .at_most = 1, .ok = false, .go_on = false },
	/* 5 per cent of the 200 rows that count, however many others there are */
	{ "previews, unfinished rows and spam do not water a limit down",
	  "INSERT INTO account VALUES (1, '', 'preview', 'row-preview', 300), (1, '', 'set_aside', 'row-incomplete', 200),"
	  " (1, '', 'set_aside', 'row-rejected', 60), (1, '', 'withdrawn', 'row-withdrawn', 40);" FINDING(
		  "aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 11),
	  "", .limit = "reject", .found = 11, .at_most = 10, .ok = false, .go_on = false, .no_fault = 600 },
	{ "a share of previews is of all rows",
	  "INSERT INTO account VALUES (1, '', 'preview', 'row-preview', 200);" FINDING("aaaaaaaaaaaa", "row-preview", "reject",
	                                                                               "NULL", "NULL", 200),
	  "", .limits = { { "row-preview", 50, -1 } }, .limit_count = 1, .limit = "row-preview", .found = 200, .at_most = 200,
	  .ok = true, .go_on = true, .no_fault = 200 },
	{ "a dataset without an accepted row stops whatever its limits",
	  "UPDATE account SET status = 'withdrawn', reason = 'row-withdrawn' WHERE status = 'accepted';", "",
	  .limit = "reject", .found = 0, .at_most = 1, .ok = true, .go_on = false },
};

/* The study's own struct has texts and numbers of its own. */
static struct study_dataset make_dataset(const struct limit *limits, unsigned count)
{
	struct study_dataset dataset = { .limits = mem_alloc(count, sizeof *dataset.limits), .limits_count = count };
	for (unsigned i = 0; i < count; i++) {
		dataset.limits[i].finding = mem_copy_text(limits[i].finding);
		if (limits[i].per_cent > 0) {
			dataset.limits[i].per_cent = mem_alloc(1, sizeof(double));
			*dataset.limits[i].per_cent = limits[i].per_cent;
		}
		if (limits[i].at_most >= 0) {
			dataset.limits[i].at_most = mem_alloc(1, sizeof(int));
			*dataset.limits[i].at_most = limits[i].at_most;
		}
	}
	return dataset;
}

static void free_dataset(struct study_dataset *dataset)
{
	for (unsigned i = 0; i < dataset->limits_count; i++) {
		free(dataset->limits[i].finding);
		free(dataset->limits[i].per_cent);
		free(dataset->limits[i].at_most);
	}
	free(dataset->limits);
}

static struct verdict *judge(const struct example *example)
{
	char *folder = test_folder();
	char *bytes = mem_print("finding,dataset,decision,value,by,when,why,until\n%s", example->decisions);
	char *path = test_file(folder, "decisions.csv", bytes);
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	struct verdict *verdict = NULL;
	struct study_dataset dataset = make_dataset(example->limits, example->limit_count);
	struct store *validated = make_validated(folder, example->more);
	assert_ok(decisions_load(&decisions, path, "survey", &err), &err);
	assert_ok(verdict_judge(&verdict, validated, &dataset, decisions, "2026-06-01", "study.yaml", &err), &err);
	store_close(validated);
	decisions_free(decisions);
	free_dataset(&dataset);
	free(path);
	free(bytes);
	free(folder);
	return verdict;
}

static void the_verdict_is_as_expected(void **state)
{
	const struct example *example = *state;
	struct verdict *verdict = judge(example);
	assert_int_equal(verdict->rows_read, 200 + example->no_fault);
	assert_int_equal(verdict->go_on, example->go_on);
	size_t seen = 0;
	for (size_t i = 0; i < verdict->count; i++) {
		const struct verdict_line *line = &verdict->lines[i];
		if (strcmp(line->limit, example->limit) != 0)
			continue;
		seen++;
		assert_int_equal(line->found, example->found);
		assert_int_equal(line->accepted, example->accepted);
		assert_close(line->at_most, example->at_most, 1e-12);
		assert_int_equal(line->ok, example->ok);
	}
	assert_int_equal(seen, 1);
	verdict_free(verdict);
}

static void a_stop_names_each_limit_that_is_exceeded_and_no_other(void **state)
{
	(void)state;
	static const struct example example = {
		.more = FINDING("aaaaaaaaaaaa", "row-required", "reject", "'age'", "NULL", 13)
			FINDING("bbbbbbbbbbbb", "cell-range", "blank", "'age'", "NULL", 4),
		.decisions = "cell-range:age,,accept,,A,2026-01-01,x,\n",
		.limits = { { "cell-range:age", 0, 3 }, { "row-required:age", 0, 3 } }, .limit_count = 2,
	};
	struct verdict *verdict = judge(&example);
	struct error err = { 0 };
	assert_int_equal(verdict->exceeded, 2);
	assert_false(judged_pass(verdict, "survey", "out/s/restricted/survey/report/index.html", &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_string_equal(err.code, "gate-limit");
	static const char counts[] =
		"reject: 13 found, at most 10 allowed; row-required:age: 13 found, at most 3 allowed";
	if (!strstr(err.message, counts))
		fail_msg("the message is: %s", err.message);
	assert_null(strstr(err.message, "cell-range"));
	assert_non_null(strstr(err.help, "out/s/restricted/survey/report/index.html"));
	verdict_free(verdict);
}

static void a_dataset_without_accepted_rows_has_a_code_of_its_own(void **state)
{
	(void)state;
	struct verdict *verdict = judge(&examples[COUNT(examples) - 1]);
	struct error err = { 0 };
	assert_false(judged_pass(verdict, "survey", "out/s/restricted/survey/report/index.html", &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_string_equal(err.code, "gate-no-rows");
	verdict_free(verdict);
}

static void what_was_judged_is_kept_line_by_line(void **state)
{
	(void)state;
	struct verdict *verdict = judge(&examples[12]);
	char *folder = test_folder(), *path = mem_print("%s/gated.db", folder);
	struct error err = { 0 };
	struct store *gated = NULL;
	assert_ok(judged_pass(verdict, "survey", "out/s/restricted/survey/report/index.html", &err), &err);
	assert_ok(store_create(&gated, path, "gate", sql_schema_gated, &err), &err);
	assert_ok(judged_store(verdict, gated, &err), &err);
	assert_ok(store_commit(gated, &err), &err);
	store_close(gated);
	assert_ok(store_open(&gated, path, "gate", &err), &err);
	long long lines = 0, right = 0;
	assert_ok(store_read_integer(gated, "SELECT count(*) FROM judged", -1, &lines, &err), &err);
	assert_ok(store_read_integer(gated,
	                             "SELECT count(*) FROM judged WHERE (finding, found, accepted, at_most, rows) IN"
	                             " (VALUES ('reject', 11, 1, 10.0, 200), ('blank', 0, 0, 10.0, 200))",
	                             -1, &right, &err), &err);
	assert_int_equal(lines, 2);
	assert_int_equal(right, 2);
	store_close(gated);
	verdict_free(verdict);
	free(path);
	free(folder);
}

struct misspelt {
	const char *name, *limit, *message, *help;
};

static const struct misspelt misspelts[] = {
	{ "a limit on no code is refused", "cell-rnge", "speaks of no finding", "did you mean cell-range?" },
	{ "a limit on no severity is refused", "rejected rows", "speaks of no finding", "name a severity" },
	{ "a limit on no variable is refused", "cell-range:agee", "speaks of no variable", "did you mean age?" },
	{ "a limit on no rule is refused", "rule-broken:adlt", "speaks of no rule", "did you mean adult?" },
};

static void a_limit_that_could_never_stop_anything_is_refused(void **state)
{
	const struct misspelt *misspelt = *state;
	char *folder = test_folder();
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	struct verdict *verdict = NULL;
	struct limit limit = { misspelt->limit, 0, 3 };
	struct study_dataset dataset = make_dataset(&limit, 1);
	struct store *validated = make_validated(folder, "");
	assert_ok(decisions_load(&decisions, NULL, "survey", &err), &err);
	assert_false(verdict_judge(&verdict, validated, &dataset, decisions, "2026-06-01", "study.yaml", &err));
	assert_null(verdict);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.path, "study.yaml");
	if (!strstr(err.message, misspelt->message) || !strstr(err.help, misspelt->help))
		fail_msg("the message is: %s (%s)", err.message, err.help);
	store_close(validated);
	decisions_free(decisions);
	free_dataset(&dataset);
	free(folder);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(a_stop_names_each_limit_that_is_exceeded_and_no_other),
		cmocka_unit_test(a_dataset_without_accepted_rows_has_a_code_of_its_own),
		cmocka_unit_test(what_was_judged_is_kept_line_by_line),
	};
	struct CMUnitTest tests[COUNT(single) + COUNT(examples) + COUNT(misspelts)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = the_verdict_is_as_expected,
		                                      .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(misspelts); i++)
		tests[count++] = (struct CMUnitTest){ .name = misspelts[i].name,
		                                      .test_func = a_limit_that_could_never_stop_anything_is_refused,
		                                      .initial_state = (void *)&misspelts[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
