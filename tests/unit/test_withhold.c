/* withhold: what is hidden is not there any more, in no form; what is shown is as it will be printed. */
#include "testing.h"

#include "embedded.h"
#include "protect/classify.h"
#include "protect/measures.h"
#include "protect/protect.h"
#include "store.h"
#include "text.h"
#include "withhold/withheld.h"

/* Numbers that occur nowhere by chance. */
#define HIDDEN_N 86028157LL
#define OTHER_N 86028121LL
#define HIDDEN_TOTAL 271828182.8125
#define HIDDEN_MEAN 31415926.53125
#define HIDDEN_LOW 1414213.5625
#define LARGEST 519.40625 /* of every contribution */

enum { ALL = 1, SHOWN, HIDDEN, OTHER };

/* Four cells, of which protect hides HIDDEN and OTHER; their sum and SHOWN are shown. */
static struct universe *made_up(void)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	universe_cell(universe, unit, "survey", 1000 + HIDDEN_N + OTHER_N);
	universe_cell(universe, unit, "survey & area=1", 1000);
	universe_cell(universe, unit, "survey & area=2", HIDDEN_N);
	universe_cell(universe, unit, "survey & area=3", OTHER_N);
	universe_relation(universe, RELATION_SUM, ALL, (size_t[]){ SHOWN, HIDDEN, OTHER }, 3);
	size_t shown_sum = universe_measure(universe, SHOWN, "score", 0, 10, 2345.678);
	size_t hidden_sum = universe_measure(universe, HIDDEN, "score", 0, 10, HIDDEN_TOTAL);
	universe_measure_largest(universe, shown_sum, (double[]){ LARGEST, LARGEST, LARGEST });
	universe_measure_largest(universe, hidden_sum, (double[]){ LARGEST, LARGEST, LARGEST });

	const struct result line = { .analysis = "a",
		                     .dataset = "survey",
		                     .statistic = "mean",
		                     .outcome = "score",
		                     .method = "t",
		                     .level = 95,
		                     .flags = "n-below-30",
		                     .denominator = "those who answered" };
	struct result count = line, refused = line, test = line, across = line;
	count.statistic = "count";
	refused.status = RESULT_REFUSED;
	refused.reason = "no-variance";
	test.statistic = "welch_anova";
	test.method = "welch-branch";
	across.statistic = "public";

	/* 1: shown, with its count */
	universe_result(universe, &count, (size_t[]){ SHOWN }, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "n", .value = 1000, .numerator = SHOWN, .factor = 1 });
	/* 2: shown, rounded */
	universe_result(universe, &line, (size_t[]){ SHOWN }, 1, &shown_sum, 1);
	universe_figure(universe, &(struct figure){ .name = "estimate",
	                                            .decimals = 1,
	                                            .value = 2.345678,
	                                            .factor = 1,
	                                            .numerator_measure = shown_sum,
	                                            .denominator = SHOWN });
	universe_figure(universe, &(struct figure){ .name = "low", .decimals = 2, .value = -0.001, .factor = NAN });
	/* 3: hidden by its cell */
	universe_result(universe, &count, (size_t[]){ HIDDEN }, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "n", .value = HIDDEN_N, .numerator = HIDDEN, .factor = 1 });
	/* 4: hidden by its measure alone */
	universe_result(universe, &line, NULL, 0, &hidden_sum, 1);
	universe_figure(universe,
	                &(struct figure){ .name = "estimate", .decimals = 5, .value = HIDDEN_MEAN, .factor = NAN });
	universe_figure(universe, &(struct figure){ .name = "low", .decimals = 4, .value = HIDDEN_LOW, .factor = NAN });
	/* 5: hidden by a figure that names a hidden cell, though the line does not */
	universe_result(universe, &line, (size_t[]){ ALL }, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate",
	                                            .decimals = 5,
	                                            .value = HIDDEN_MEAN,
	                                            .numerator = HIDDEN,
	                                            .denominator = ALL,
	                                            .factor = 100 });
	/* 6: refused, over shown cells */
	universe_result(universe, &refused, (size_t[]){ SHOWN }, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 1, .value = NAN, .factor = NAN });
	/* 7: refused, over a hidden cell */
	universe_result(universe, &refused, (size_t[]){ SHOWN, OTHER }, 2, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 1, .value = NAN, .factor = NAN });
	/* 8: a test over several areas, of which one is hidden */
	universe_result(universe, &test, (size_t[]){ SHOWN, HIDDEN, OTHER }, 3, NULL, 0);
	universe_figure(universe,
	                &(struct figure){ .name = "statistic", .decimals = 2, .value = HIDDEN_LOW, .factor = NAN });
	/* 9: rests on nothing */
	universe_result(universe, &across, NULL, 0, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 0, .value = 62.5, .factor = NAN });
	universe_figure(universe, &(struct figure){ .name = "p", .decimals = 4, .value = 0.00004, .factor = NAN });
	/* 10: a tail too thin for a double: chi-square of 1,500 and more */
	universe_result(universe, &across, NULL, 0, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "p", .decimals = 4, .value = 0, .factor = NAN });

	size_t table = universe_arrangement(universe, "a", "table", "a", "Title", "Base", "Method");
	universe_column(universe, table, "Mean", "points");
	universe_line(universe, table, "Area 1", "1", "area");
	universe_entry(universe, table, 1, 1, 2);
	universe_note(universe, table, "A note.");
	universe_label(universe, "area", "1", "Area 1");
	return universe;
}

static struct universe *withheld_made_up(void)
{
	bool hidden[] = { false, false, true, true };
	struct universe *universe = made_up(),
			*withheld = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
	universe_free(universe);
	return withheld;
}

static const struct status_row {
	size_t result;
	enum result_status status;
	const char *method, *flags, *reason;
	bool has_level;
} statuses[] = {
	{ 1, RESULT_OK, "t", "n-below-30", NULL, true }, { 2, RESULT_OK, "t", "n-below-30", NULL, true },
	{ 3, RESULT_HIDDEN, NULL, NULL, NULL, false },   { 4, RESULT_HIDDEN, NULL, NULL, NULL, false },
	{ 5, RESULT_HIDDEN, NULL, NULL, NULL, false },   { 6, RESULT_REFUSED, NULL, NULL, "no-variance", false },
	{ 7, RESULT_HIDDEN, NULL, NULL, NULL, false },   { 8, RESULT_HIDDEN, NULL, NULL, NULL, false },
	{ 9, RESULT_OK, "t", "n-below-30", NULL, true }, { 10, RESULT_OK, "t", "n-below-30", NULL, true },
};

static void a_line_says_only_what_its_status_lets_it_say(void **state)
{
	(void)state;
	struct universe *withheld = withheld_made_up();
	assert_int_equal(withheld->result_count, COUNT(statuses));
	for (size_t i = 0; i < COUNT(statuses); i++) {
		const struct status_row *row = &statuses[i];
		const struct result *result = &withheld->results[row->result - 1];
		assert_int_equal(result->status, row->status);
		assert_true(text_equal(result->method, row->method));
		assert_true(text_equal(result->flags, row->flags));
		assert_true(text_equal(result->reason, row->reason));
		assert_int_equal(!isnan(result->level), row->has_level);
		assert_string_equal(result->denominator, "those who answered");
	}
	universe_free(withheld);
}

static const struct figure_row {
	size_t figure;
	const char *printed;
	double value;
} figures[] = {
	{ 1, "1000", 1000 }, { 2, "2.3", 2.3 },    { 3, "0.00", 0 },     { 4, NULL, NAN }, { 5, NULL, NAN },
	{ 6, NULL, NAN },    { 7, NULL, NAN },     { 8, NULL, NAN },     { 9, NULL, NAN }, { 10, NULL, NAN },
	{ 11, "63", 63 },    { 12, "<0.0001", 0 }, { 13, "<0.0001", 0 },
};

static void a_figure_is_what_is_printed_of_it(void **state)
{
	(void)state;
	struct universe *withheld = withheld_made_up();
	assert_int_equal(withheld->figure_count, COUNT(figures));
	for (size_t i = 0; i < COUNT(figures); i++) {
		const struct figure *figure = &withheld->figures[figures[i].figure - 1];
		assert_true(text_equal(figure->printed, figures[i].printed));
		assert_close(figure->value, figures[i].value, 0);
	}
	universe_free(withheld);
}

static void only_printed_counts_and_no_sums_stay(void **state)
{
	(void)state;
	struct universe *withheld = withheld_made_up();
	assert_int_equal(withheld->cells[ALL - 1].n, -1); /* shown, but printed nowhere */
	assert_int_equal(withheld->cells[SHOWN - 1].n, 1000);
	assert_int_equal(withheld->cells[HIDDEN - 1].n, -1);
	assert_int_equal(withheld->cells[OTHER - 1].n, -1);
	for (size_t i = 0; i < withheld->measure_count; i++)
		assert_true(isnan(withheld->measures[i].total));
	universe_free(withheld);
}

static void the_structure_stays_whole(void **state)
{
	(void)state;
	struct universe *universe = made_up(), *withheld = withheld_made_up();
	assert_int_equal(withheld->cell_count, universe->cell_count);
	assert_int_equal(withheld->relation_count, universe->relation_count);
	assert_memory_equal(withheld->parts, universe->parts, universe->part_count * sizeof *universe->parts);
	assert_int_equal(withheld->rest_count, universe->rest_count);
	assert_memory_equal(withheld->rests, universe->rests, universe->rest_count * sizeof *universe->rests);
	assert_int_equal(withheld->rest_measure_count, universe->rest_measure_count);
	assert_int_equal(withheld->arrangement_count, 1);
	assert_int_equal(withheld->arrangements[0].entry_count, 1);
	assert_string_equal(withheld->arrangements[0].notes[0], "A note.");
	assert_string_equal(universe_label_of(withheld, "area", "1"), "Area 1");
	assert_close(withheld->measures[0].most, 10, 0);
	universe_free(universe);
	universe_free(withheld);
}

/* --- files --- */

static struct text bytes_of(const char *path)
{
	struct text bytes = { 0 };
	struct error err = { 0 };
	assert_ok(text_read_file(&bytes, path, 1 << 24, &err), &err);
	return bytes;
}

static bool holds(const struct text *bytes, const void *needle, size_t length)
{
	for (size_t i = 0; i + length <= bytes->length; i++)
		if (memcmp(bytes->bytes + i, needle, length) == 0)
			return true;
	return false;
}

/* SQLite writes whole numbers and doubles with the highest byte first, whole numbers as short as they go. */
static bool holds_number(const struct text *bytes, double value)
{
	unsigned char big_endian[8];
	uint64_t bits = 0;
	memcpy(&bits, &value, sizeof bits);
	for (int i = 0; i < 8; i++)
		big_endian[i] = (unsigned char)(bits >> (56 - 8 * i));
	bool found = holds(bytes, big_endian, 8);
	if (value == floor(value)) {
		uint32_t whole = (uint32_t)value;
		unsigned char four[4] = { (unsigned char)(whole >> 24), (unsigned char)(whole >> 16),
			                  (unsigned char)(whole >> 8), (unsigned char)whole };
		found = found || holds(bytes, four, 4);
	}
	char *text = mem_print("%.4f", value);
	text[strlen(text) - 5] = '\0'; /* its whole part */
	found = found || holds(bytes, text, strlen(text));
	free(text);
	return found;
}

static char *store_universe(const struct universe *universe, const char *stage)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *folder = test_folder(), *path = mem_print("%s/%s.db", folder, stage);
	assert_ok(store_create(&store, path, stage, sql_schema_universe, &err), &err);
	assert_ok(universe_store(universe, store, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	free(folder);
	return path;
}

static void no_byte_of_the_file_tells_what_is_hidden(void **state)
{
	(void)state;
	static const double secrets[] = { HIDDEN_N,     OTHER_N,     1000 + HIDDEN_N + OTHER_N,
		                          HIDDEN_TOTAL, HIDDEN_MEAN, HIDDEN_LOW, LARGEST,
		                          2345.678,     2.345678 };
	struct universe *universe = made_up(), *withheld = withheld_made_up();
	char *compared_path = store_universe(universe, "compare"),
	     *withheld_path = store_universe(withheld, "withhold");
	struct text compared_bytes = bytes_of(compared_path), withheld_bytes = bytes_of(withheld_path);
	for (size_t i = 0; i < COUNT(secrets); i++)
		assert_true(holds_number(&compared_bytes, secrets[i])); /* the search finds them where they are */
	for (size_t i = 0; i + 1 < COUNT(secrets); i++)
		assert_false(holds_number(&withheld_bytes, secrets[i]));
	double exact = secrets[COUNT(secrets) - 1];
	unsigned char big_endian[8];
	uint64_t bits = 0;
	memcpy(&bits, &exact, sizeof bits);
	for (int i = 0; i < 8; i++)
		big_endian[i] = (unsigned char)(bits >> (56 - 8 * i));
	assert_false(holds(&withheld_bytes, big_endian, 8)); /* its whole part, 2, may stand anywhere */
	assert_false(holds(&withheld_bytes, "welch-branch", strlen("welch-branch")));
	text_free(&compared_bytes);
	text_free(&withheld_bytes);
	free(compared_path);
	free(withheld_path);
	universe_free(universe);
	universe_free(withheld);
}

/* A protected.db of the made-up universe, with `then` run on it. */
static struct store *protected_file(const char *then)
{
	struct error err = { 0 };
	struct store *store = NULL;
	struct universe *universe = made_up();
	char *folder = test_folder(), *path = mem_print("%s/protected.db", folder);
	double p_percent = 17, dominance_k = 83;
	struct study_magnitude magnitude = { 3, &p_percent, 2, &dominance_k };
	struct study_rounding rounding = { 5, STUDY_ROUNDING_NEAREST };
	const struct study_disclosure policy = { .policy = (char *)"tests-1", .threshold = 10, .min_width = 3, .insiders = 1,
		                                 .min_percent = 12, .reach = true, .magnitude = &magnitude, .rounding = &rounding,
		                                 .hidden_symbol = (char *)"c" };
	struct cell_decision *decisions = classify(universe, &policy);
	struct measure_decision *measures = NULL;
	decisions[HIDDEN - 1].hidden = true;
	decisions[HIDDEN - 1].rule = RULE_SECONDARY;
	assert_ok(store_create(&store, path, "protect", sql_schema_protected, &err), &err);
	assert_ok(protect_store(decisions, universe, &policy, false, store, &err), &err);
	assert_ok(measures_decide(&measures, universe, decisions, &policy, &err), &err);
	assert_ok(measures_store(measures, universe, store, &err), &err);
	assert_ok(store_run(store, then, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	store = NULL;
	assert_ok(store_open(&store, path, "protect", &err), &err);
	free(decisions);
	free(measures);
	free(folder);
	free(path);
	universe_free(universe);
	return store;
}

static void decisions_are_read_by_cell(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct universe *universe = made_up();
	struct store *protected = protected_file("");
	struct withholding read = { 0 };
	assert_ok(withheld_read(&read, universe, protected, &err), &err);
	assert_false(read.hidden[ALL - 1]);
	assert_false(read.hidden[SHOWN - 1]);
	assert_true(read.hidden[HIDDEN - 1]);
	assert_false(read.measures_hidden[0]);
	assert_true(read.measures_hidden[1]);
	withholding_free(&read);
	store_close(protected);
	universe_free(universe);
}

static void decisions_about_other_cells_are_refused(void **state)
{
	(void)state;
	static const char *const others[] = {
		"DELETE FROM decision WHERE cell = 4",
		"DELETE FROM decision WHERE cell = 2",
		"UPDATE decision SET n = n + 1 WHERE cell = 3",
		"UPDATE decision SET condition = 'survey & area=9' WHERE cell = 3",
		"INSERT INTO decision SELECT 5, 'x', n, published, status, rule, unsafe, reach, width, above, below, cost, "
		"printed, least, most, band FROM decision WHERE cell = 4",
		"DELETE FROM measure_decision WHERE measure = 2",
		"UPDATE measure_decision SET total = total + 1 WHERE measure = 1",
		"UPDATE measure_decision SET variable = 'other' WHERE measure = 1",
	};
	struct universe *universe = made_up();
	for (size_t i = 0; i < COUNT(others); i++) {
		struct error err = { 0 };
		struct store *protected = protected_file(others[i]);
		struct withholding read = { 0 };
		assert_false(withheld_read(&read, universe, protected, &err));
		assert_null(read.hidden);
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_string_equal(err.code, "protected-other-cells");
		store_close(protected);
	}
	universe_free(universe);
}

static void readers_are_told_the_policy_and_not_how_it_is_met(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct store *protected = protected_file(""), *withheld = NULL;
	char *folder = test_folder(), *path = mem_print("%s/withheld.db", folder);
	long long items = 0, right = 0;
	assert_ok(store_create(&withheld, path, "withhold", sql_schema_withheld, &err), &err);
	assert_ok(withheld_copy_policy(withheld, protected, &err), &err);
	assert_ok(store_read_integer(withheld, "SELECT count(*) FROM policy", 0, &items, &err), &err);
	assert_ok(store_read_integer(withheld,
	                             "SELECT count(*) FROM policy WHERE (item, value) IN"
	                             " (VALUES ('policy', 'tests-1'), ('preset', 'research'), ('threshold', '10'), ('zeros', 'shown'),"
	                             " ('rounding_base', '5'), ('rounding_method', 'nearest'), ('hidden_symbol', 'c'))",
	                             0, &right, &err),
	          &err);
	assert_int_equal(items, 7); /* and no width, percentage, insider, rule of sums, solver or method */
	assert_int_equal(right, 7);
	assert_ok(store_read_integer(protected,
	                             "SELECT count(*) FROM policy WHERE (item, value) IN"
	                             " (VALUES ('min_width', '3'), ('min_percent', '12'), ('insiders', '1'), ('reach', 'yes'),"
	                             " ('magnitude_p_percent', '17'), ('magnitude_dominance_k', '83'), ('solver', 'glpk'))",
	                             0, &right, &err),
	          &err);
	assert_int_equal(right, 7); /* which the steward has */
	store_close(withheld);
	store_close(protected);
	free(folder);
	free(path);
}

/* A test rests on a hidden area and on one that is shown, in either order. */
static void one_hidden_cell_among_others_hides_the_line(void **state)
{
	(void)state;
	for (size_t hide = 0; hide < 3; hide++) {
		struct universe *universe = universe_new();
		size_t cells[3], unit = universe_unit(universe, "respondent", "respondents", true, 10);
		bool hidden[3] = { false };
		for (size_t i = 0; i < 3; i++) {
			char condition[] = { 's', (char)('1' + i), '\0' };
			cells[i] = universe_cell(universe, unit, condition, 20);
		}
		universe_result(universe,
				&(struct result){ .analysis = "a", .dataset = "s", .statistic = "welch_anova", .outcome = "x", .level = NAN },
				cells, 3, NULL, 0);
		universe_figure(universe, &(struct figure){ .name = "p", .decimals = 4, .value = 0.5, .factor = NAN });
		hidden[hide] = true;
		struct universe *withheld = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
		assert_int_equal(withheld->results[0].status, RESULT_HIDDEN);
		assert_true(isnan(withheld->figures[0].value));
		universe_free(withheld);
		universe_free(universe);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_says_only_what_its_status_lets_it_say),
		cmocka_unit_test(a_figure_is_what_is_printed_of_it),
		cmocka_unit_test(only_printed_counts_and_no_sums_stay),
		cmocka_unit_test(the_structure_stays_whole),
		cmocka_unit_test(no_byte_of_the_file_tells_what_is_hidden),
		cmocka_unit_test(decisions_are_read_by_cell),
		cmocka_unit_test(decisions_about_other_cells_are_refused),
		cmocka_unit_test(readers_are_told_the_policy_and_not_how_it_is_met),
		cmocka_unit_test(one_hidden_cell_among_others_hides_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
