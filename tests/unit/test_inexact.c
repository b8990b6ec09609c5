/* Lines about people whose counts are rounded or perturbed: what of their figures is left, and what a file tells of the
 * exact counts. */
#include "testing.h"

#include "reason.h"
#include "text.h"
#include "withhold/withheld.h"

enum { SMALL = 1, YES, LARGE, MANY, HIDDEN, PUBLIC, FEW, CELLS = FEW };
enum { N, SHARE, SHARE_OF_LARGE, MEAN, SD, LOW, P, HIDDEN_N, PUBLIC_N, PUBLIC_P, MEAN_OF_FEW, FIGURES };

/* SMALL of 97 is printed as 95, YES as 35, LARGE of 203 as 205, MANY of 61 as 60, FEW of 9 as 10. */
static struct withheld_count counts[] = { { 95, 93, 97, NULL }, { 35, 33, 37, NULL },    { 205, 203, 207, NULL },
	                                  { 60, 58, 62, NULL }, { -1, -1, -1, NULL },    { -1, -1, -1, NULL },
	                                  { 10, 8, 12, NULL } };
static bool hidden[CELLS] = { [HIDDEN - 1] = true };

static void add(struct universe *universe, const char *name, double value, int decimals, size_t numerator, size_t measure,
                size_t denominator, double factor)
{
	universe_figure(universe, &(struct figure){ .name = name,
	                                            .value = value,
	                                            .decimals = decimals,
	                                            .numerator = numerator,
	                                            .numerator_measure = measure,
	                                            .denominator = denominator,
	                                            .factor = factor });
}

static struct universe *made_up(void)
{
	struct universe *universe = universe_new();
	size_t people = universe_unit(universe, "person", "people", true, 8);
	size_t services = universe_unit(universe, "service", "services", false, 0);
	static const long long n[] = { 97, 34, 203, 61, 5 };
	for (size_t i = 0; i < COUNT(n); i++) {
		char *condition = mem_print("d & c=%zu", i);
		universe_cell(universe, people, condition, n[i]);
		free(condition);
	}
	universe_cell(universe, services, "e", 13);
	universe_cell(universe, people, "d & few", 9);
	size_t few = universe_measure(universe, FEW, "score", 0, 10, 47);
	size_t sum = universe_measure(universe, SMALL, "score", 0, 10, 512.75);
	const struct result line = { .analysis = "a",      .dataset = "d", .statistic = "mean", .outcome = "o",
		                     .method = "t",        .level = 95,    .flags = "n-below-100", .family = "a.pairs",
		                     .family_size = 3, .denominator = "people" };
	universe_result(universe, &line, (size_t[]){ SMALL }, 1, NULL, 0);
	add(universe, "n", 97, 0, SMALL, 0, 0, 1);
	add(universe, "estimate", 100.0 * 34 / 97, 1, YES, 0, SMALL, 100);
	universe_result(universe, &line, NULL, 0, NULL, 0);
	add(universe, "estimate", 100.0 * 61 / 203, 2, MANY, 0, LARGE, 100);
	universe_result(universe, &line, (size_t[]){ SMALL }, 1, &sum, 1);
	add(universe, "estimate", 512.75 / 97, 2, 0, sum, SMALL, 1);
	add(universe, "sd", 2.125, 2, 0, 0, 0, NAN);
	add(universe, "low", 4.8, 1, 0, 0, 0, NAN);
	universe_result(universe, &line, (size_t[]){ SMALL, LARGE }, 2, NULL, 0);
	add(universe, "p", 0.03, 4, 0, 0, 0, NAN);
	universe_result(universe, &line, (size_t[]){ HIDDEN }, 1, NULL, 0);
	add(universe, "n", 5, 0, HIDDEN, 0, 0, 1);
	universe_result(universe, &line, (size_t[]){ PUBLIC }, 1, NULL, 0);
	add(universe, "n", 13, 0, PUBLIC, 0, 0, 1);
	add(universe, "p", 0.5, 4, 0, 0, 0, NAN);
	universe_result(universe, &line, (size_t[]){ FEW }, 1, &few, 1);
	add(universe, "estimate", 47 / 9.0, 2, 0, few, FEW, 1);

	/* n, mean and sd of two lines, and a test with a column of its own */
	size_t table = universe_arrangement(universe, "a", "table", "a", "Title", "Base", "Method");
	static const char *const columns[] = { "n", "SD", "Mean", "p" };
	for (size_t i = 0; i < COUNT(columns); i++)
		universe_column(universe, table, columns[i], NULL);
	universe_line(universe, table, "Small", NULL, "area");
	universe_line(universe, table, "Test", NULL, "test");
	universe_line(universe, table, "Hidden", NULL, "area");
	universe_entry(universe, table, 1, 1, N + 1);
	universe_entry(universe, table, 1, 2, SD + 1);
	universe_entry(universe, table, 1, 3, MEAN + 1);
	universe_entry(universe, table, 2, 4, P + 1);
	universe_entry(universe, table, 3, 1, HIDDEN_N + 1);
	size_t tests = universe_arrangement(universe, "a.pairs", "table", "a", "Tests", "Base", "Method");
	universe_column(universe, tests, "p", NULL);
	universe_line(universe, tests, "Test", NULL, "pair");
	universe_entry(universe, tests, 1, 1, P + 1);
	return universe;
}

static struct universe *withheld_by(const struct study_disclosure *policy)
{
	struct universe *universe = made_up();
	struct universe *withheld = withheld_universe(
		universe, &(struct withholding){ .hidden = hidden, .counts = counts, .count = CELLS, .policy = policy });
	universe_free(universe);
	return withheld;
}

static struct universe *rounded(void)
{
	static struct study_rounding rounding = { 5, STUDY_ROUNDING_NEAREST };
	return withheld_by(&(struct study_disclosure){ .rounding = &rounding });
}

/* 35 of 95, in whole per cent as the base is below 100; 60 of 205, to one decimal. Nine whole scores with a mean of 5.2
 * cannot be eight: so it is 5. */
static void figures_are_made_of_what_is_printed(void **state)
{
	static const char *const printed[FIGURES] = { [N] = "95",     [SHARE] = "37",     [SHARE_OF_LARGE] = "29.3",
		                                      [MEAN] = "5.3", [PUBLIC_N] = "13", [PUBLIC_P] = "0.5000",
		                                      [MEAN_OF_FEW] = "5" };
	(void)state;
	struct universe *withheld = rounded();
	assert_int_equal(withheld->figure_count, FIGURES);
	for (size_t i = 0; i < FIGURES; i++)
		if (!text_equal(withheld->figures[i].printed, printed[i]))
			fail_msg("figure %zu is %s", i, withheld->figures[i].printed);
	universe_free(withheld);
}

/* UserSupport#176: a mean of exact sums and numbers beside perturbed counts has to be perturbed, too, or be left out. */
static void beside_perturbed_counts_there_is_no_mean(void **state)
{
	static struct study_cell_key cell_key = { (char *)"p.csv" };
	(void)state;
	struct universe *withheld = withheld_by(&(struct study_disclosure){ .cell_key = &cell_key });
	assert_null(withheld->figures[MEAN].printed);
	assert_true(isnan(withheld->figures[MEAN].value));
	assert_string_equal(withheld->figures[SHARE].printed, "37");
	universe_free(withheld);
}

/* The count itself is nowhere: as a count, as a base, or as what a share is made of. */
static void no_figure_says_that_it_is_of_the_exact_counts(void **state)
{
	(void)state;
	struct universe *withheld = rounded();
	for (size_t i = 0; i < CELLS; i++) {
		const struct cell *cell = &withheld->cells[i];
		assert_int_equal(cell->n, i + 1 == PUBLIC ? 13 : -1);
		assert_int_equal(cell->least, counts[i].least);
		assert_int_equal(cell->most, counts[i].most);
	}
	for (size_t i = 0; i < FIGURES; i++) {
		const struct figure *figure = &withheld->figures[i];
		if (figure->printed && i != PUBLIC_N)
			assert_true(figure->numerator == 0 && (figure->numerator_measure || figure->denominator == 0));
	}
	assert_int_equal(withheld->figures[MEAN].denominator, SMALL); /* a reader reckons with the mean */
	/* which cells the line is of is said all the same */
	assert_int_equal(withheld->results[0].cell_count, 2);
	assert_int_equal(withheld->results[1].cell_count, 2);
	universe_free(withheld);
}

static void a_line_tells_nothing_of_what_is_gone(void **state)
{
	(void)state;
	struct universe *withheld = rounded();
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		bool public = i == 5, less = i == 2 || i == 3;
		assert_true(text_equal(result->flags, public ? "n-below-100" : less ? reason_counts_inexact : NULL));
		assert_int_equal(result->family_size, public ? 3 : 0);
		assert_int_equal(!isnan(result->level), public);
		assert_true(text_equal(result->method, less || result->status == RESULT_HIDDEN ? NULL : "t"));
	}
	universe_free(withheld);
}

static void columns_and_tables_of_nothing_else_are_left_out(void **state)
{
	(void)state;
	struct universe *withheld = rounded();
	assert_int_equal(withheld->arrangement_count, 1);
	const struct arrangement *table = &withheld->arrangements[0];
	assert_int_equal(table->column_count, 2);
	assert_string_equal(table->columns[0].heading, "n");
	assert_string_equal(table->columns[1].heading, "Mean");
	assert_int_equal(table->line_count, 2);
	assert_string_equal(table->lines[1].heading, "Hidden");
	assert_int_equal(table->entry_count, 3);
	assert_int_equal(table->entries[1].column, 2);
	assert_int_equal(table->entries[1].figure, MEAN + 1);
	assert_int_equal(table->entries[2].line, 2);
	universe_free(withheld);
}

static void without_such_a_policy_all_is_as_it_was(void **state)
{
	(void)state;
	static const struct withheld_count none = { -1, -1, -1, NULL };
	struct withheld_count exact[CELLS];
	for (size_t i = 0; i < CELLS; i++)
		exact[i] = none;
	struct universe *universe = made_up();
	struct universe *withheld = withheld_universe(
		universe,
		&(struct withholding){
			.hidden = hidden, .counts = exact, .count = CELLS, .policy = &(struct study_disclosure){ 0 } });
	assert_string_equal(withheld->figures[SHARE].printed, "35.1");
	assert_string_equal(withheld->figures[SD].printed, "2.13");
	assert_int_equal(withheld->cells[SMALL - 1].n, 97);
	assert_int_equal(withheld->arrangement_count, 2);
	universe_free(universe);
	universe_free(withheld);
}

/* 28 of somewhere are printed as 30, and nobody of another place is nobody. */
static void why_a_line_is_refused_tells_no_more_than_its_counts(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t people = universe_unit(universe, "person", "people", true, 8);
	size_t some = universe_cell(universe, people, "d & some", 28);
	size_t nobody = universe_cell(universe, people, "d & none", 0);
	struct result line = { .analysis = "a", .dataset = "d", .statistic = "alpha", .outcome = "o", .level = NAN,
		               .denominator = "people", .status = RESULT_REFUSED, .reason = "complete-below-30" };
	universe_result(universe, &line, &some, 1, NULL, 0);
	add(universe, "estimate", NAN, 2, 0, 0, 0, NAN);
	line.reason = "base-empty";
	universe_result(universe, &line, &nobody, 1, NULL, 0);
	add(universe, "estimate", NAN, 2, 0, 0, 0, NAN);
	static struct study_rounding rounding = { 5, STUDY_ROUNDING_NEAREST };
	struct withheld_count printed[] = { { 30, 28, 32, NULL }, { -1, -1, -1, NULL } };
	struct universe *withheld = withheld_universe(
		universe, &(struct withholding){ .hidden = (bool[]){ false, false }, .counts = printed, .count = 2,
	                                         .policy = &(struct study_disclosure){ .rounding = &rounding } });
	assert_int_equal(withheld->results[0].status, RESULT_OK); /* as that of 31 is */
	assert_null(withheld->results[0].reason);
	assert_string_equal(withheld->results[0].flags, reason_counts_inexact);
	assert_int_equal(withheld->results[1].status, RESULT_REFUSED);
	assert_string_equal(withheld->results[1].reason, "base-empty");
	universe_free(universe);
	universe_free(withheld);
}

/* Two who answered are printed as 0, as nobody is: what is left of the share and the mean must be the same. */
static void a_base_of_perhaps_nobody_has_no_share_and_no_mean(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t people = universe_unit(universe, "person", "people", true, 1);
	size_t base = universe_cell(universe, people, "d & base", 2);
	size_t yes = universe_cell(universe, people, "d & yes", 1);
	size_t sum = universe_measure(universe, base, "score", 0, 10, 11);
	const struct result line = { .analysis = "a", .dataset = "d", .statistic = "share", .outcome = "o",
		                     .level = NAN, .denominator = "people" };
	universe_result(universe, &line, &base, 1, NULL, 0);
	add(universe, "n", 1, 0, yes, 0, 0, 1);
	add(universe, "estimate", 50, 1, yes, 0, base, 100);
	universe_result(universe, &line, &base, 1, &sum, 1);
	add(universe, "estimate", 5.5, 1, 0, sum, base, 1);
	static struct study_rounding rounding = { 5, STUDY_ROUNDING_NEAREST };
	struct withheld_count printed[] = { { 0, 0, 2, NULL }, { 0, 0, 2, NULL } };
	struct universe *withheld = withheld_universe(
		universe, &(struct withholding){ .hidden = (bool[]){ false, false }, .counts = printed, .count = 2,
	                                         .policy = &(struct study_disclosure){ .rounding = &rounding } });
	for (size_t i = 0; i < withheld->figure_count; i++)
		assert_null(withheld->figures[i].printed);
	for (size_t i = 0; i < withheld->result_count; i++)
		assert_string_equal(withheld->results[i].flags, reason_counts_inexact);
	universe_free(universe);
	universe_free(withheld);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_made_of_what_is_printed),
		cmocka_unit_test(beside_perturbed_counts_there_is_no_mean),
		cmocka_unit_test(no_figure_says_that_it_is_of_the_exact_counts),
		cmocka_unit_test(a_line_tells_nothing_of_what_is_gone),
		cmocka_unit_test(columns_and_tables_of_nothing_else_are_left_out),
		cmocka_unit_test(why_a_line_is_refused_tells_no_more_than_its_counts),
		cmocka_unit_test(a_base_of_perhaps_nobody_has_no_share_and_no_mean),
		cmocka_unit_test(without_such_a_policy_all_is_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
