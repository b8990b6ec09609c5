/* Kind reliability from an analysis table to lines of results. The people are the first 150 of psych's bfi, as if they
 * came from three areas; the numbers are psych's: see tests/oracle/reliability.R */
#include "testing.h"

#include "test_compare.h"

enum { ITEMS = 5, PEOPLE = 150, NORTH = 80, SOUTH = 45 };

struct expected {
	const char *name, *area; /* area NULL: all of them */
	long long n, partial;    /* answered every item; answered some */
	double alpha, low, high, mean_r, pairwise, omega;
	long long lowest, highest;
};

#include "../oracle/reliability_study.inc"

/* --- a deidentified.db of them --- */

/* n1 has codes, in another order than their numbers; n3 stands turned; `loose` is a score that may lack one item. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South'), (3, 'W', 'West');"
	"INSERT INTO variable VALUES"
	" ('n1', 1, 'Item 1', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('n2', 2, 'Item 2', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 6, 0, NULL, ''),"
	" ('n3', 3, 'Item 3', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 6, 0, NULL, ''),"
	" ('n4', 4, 'Item 4', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 6, 0, NULL, ''),"
	" ('n5', 5, 'Item 5', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 6, 0, NULL, ''),"
	" ('half', 6, 'Half', NULL, 'integer', 'nominal', NULL, NULL, NULL, 'none', 1, 2, 1, NULL, ''),"
	" ('score', 7, 'Score', NULL, 'number', 'scale', 'points', NULL, NULL, 'none', 5, 30, 0, 'bfi', ''),"
	" ('loose', 8, 'Loose score', NULL, 'number', 'scale', 'points', NULL, NULL, 'none', 5, 30, 0, 'bfi', ''),"
	" ('turned', 9, 'Wrongly turned', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 5, 30, 0, 'bfi', ''),"
	" ('against', 10, 'Two that differ', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 2, 12, 0, 'bfi', ''),"
	" ('odd', 11, 'Of an item not kept', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 2, 12, 0, 'bfi', ''),"
	" ('gone', 12, 'Not kept', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 6, 0, NULL, ''),"
	" ('area', 13, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('n1', 1, '6', 'Six'), ('n1', 2, '5', 'Five'), ('n1', 3, '4', 'Four'),"
	" ('n1', 4, '3', 'Three'), ('n1', 5, '2', 'Two'), ('n1', 6, '1', 'One');"
	"INSERT INTO reason SELECT variable, 'not_answered' FROM variable WHERE variable NOT IN ('half', 'area');"
	"INSERT INTO item VALUES ('score', 1, 'n1', 0, 1, 6), ('score', 2, 'n2', 0, 1, 6), ('score', 3, 'n3', 1, 1, 6),"
	" ('score', 4, 'n4', 0, 1, 6), ('score', 5, 'n5', 0, 1, 6);"
	"INSERT INTO item SELECT 'loose', position, variable, reversed, least, most FROM item WHERE score = 'score';"
	"INSERT INTO item SELECT 'turned', position, variable, reversed OR variable = 'n1', least, most FROM item"
	" WHERE score = 'score';"
	"INSERT INTO item VALUES ('against', 1, 'n1', 0, 1, 6), ('against', 2, 'n2', 1, 1, 6);"
	"INSERT INTO item VALUES ('odd', 1, 'n1', 0, 1, 6), ('odd', 2, 'gone', 0, 1, 6);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, area INTEGER, weight REAL, n1 INTEGER, n2 INTEGER,"
	" n3 INTEGER, n4 INTEGER, n5 INTEGER, half INTEGER, score REAL, loose REAL, turned REAL, against REAL, odd REAL);";

static int area_of(size_t person)
{
	return person < NORTH ? 1 : person < NORTH + SOUTH ? 2 : 3;
}

static void add_number(struct text *sql, struct text *missing, const char *variable, size_t person, double value)
{
	if (isnan(value)) {
		text_add(sql, ", NULL");
		text_print(missing, "INSERT INTO missing VALUES ('%s', %zu, 'not_answered');", variable, person + 1);
	} else {
		text_print(sql, ", %.17g", value);
	}
}

static void add_person(struct text *sql, size_t person, const char *weight)
{
	const double *item = answers + person * ITEMS;
	struct text missing = { 0 };
	double sum = 0, loose = 0, count = 0;
	for (size_t i = 0; i < ITEMS; i++) {
		sum += item[i];
		loose += isnan(item[i]) ? 0 : item[i];
		count += !isnan(item[i]);
	}
	text_print(sql, "INSERT INTO respondents VALUES (%zu, %d, %s", person + 1, area_of(person), weight);
	const double stored[ITEMS] = { 7 - item[0], item[1], 7 - item[2], item[3],
		                       item[4] }; /* n1: the code's position */
	static const char *const names[ITEMS] = { "n1", "n2", "n3", "n4", "n5" };
	for (size_t i = 0; i < ITEMS; i++)
		add_number(sql, &missing, names[i], person, stored[i]);
	text_print(sql, ", %d", person < NORTH ? 1 : 2);
	add_number(sql, &missing, "score", person, sum);
	add_number(sql, &missing, "loose", person, count >= ITEMS - 1 ? loose * ITEMS / count : NAN);
	add_number(sql, &missing, "turned", person, sum + 7 - 2 * item[0]);
	add_number(sql, &missing, "against", person, item[0] + 7 - item[1]);
	add_number(sql, &missing, "odd", person, item[0]);
	text_print(sql, ");%s", missing.bytes ? missing.bytes : "");
	text_free(&missing);
}

/* Free the path with free(). */
static char *write_dataset(const char *weight, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	for (size_t i = 0; i < PEOPLE; i++)
		add_person(&sql, i, weight);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

/* --- running compare --- */

static struct run run_on(const char *analyses, const char *path)
{
	char *yaml = mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                       "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: 3},"
	                       " dictionary: nowhere}]\nanalyses:\n%s",
	                       analyses);
	struct run run = run_study(yaml, path, false);
	free(yaml);
	return run;
}

static struct run run_analysis(const char *outcome, const char *filter, const char *weight)
{
	char *path = write_dataset(weight, ""),
	     *analysis = mem_print("  - {name: r, title: R, dataset: survey, kind: reliability, outcome: %s%s}\n",
	                           outcome, filter);
	struct run run = run_on(analysis, path);
	assert_ok(run.ok, &run.err);
	free(path);
	free(analysis);
	return run;
}

/* --- reading what came out --- */

static const struct result *result_of(const struct run *run, const char *statistic, const char *area,
                                      const char *category, const char *across)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->statistic, statistic) == 0 && text_equal(result->area, area)
		    && text_equal(result->category, category) && text_equal(result->across, across)) {
			assert_null(found); /* one line for each */
			found = result;
		}
	}
	if (!found)
		fail_msg("no line %s %s %s", statistic, area ? area : "-", category ? category : "-");
	return found;
}

static double value_of(const struct run *run, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - run->universe->results) + 1;
	for (size_t i = 0; i < run->universe->figure_count; i++)
		if (run->universe->figures[i].result == id && strcmp(run->universe->figures[i].name, name) == 0)
			return run->universe->figures[i].value;
	fail_msg("no figure %s", name);
	return NAN;
}

static double estimate_of(const struct run *run, const char *statistic, const char *area)
{
	return value_of(run, result_of(run, statistic, area, NULL, NULL), "estimate");
}

static long long n_of(const struct run *run, const char *area, const char *term)
{
	char *condition = area ? mem_print("survey & area=%s & %s", area, term) : mem_print("survey & %s", term);
	size_t cell = universe_find(run->universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	free(condition);
	return run->universe->cells[cell - 1].n;
}

static void assert_rests(const struct run *run, const struct result *result, const char *area, const char *const *terms,
                         size_t count)
{
	assert_int_equal(result->cell_count, count);
	assert_int_equal(result->measure_count, 0);
	for (size_t t = 0; t < count; t++) {
		char *condition =
			area ? mem_print("survey & area=%s & %s", area, terms[t]) : mem_print("survey & %s", terms[t]);
		size_t cell = universe_find(run->universe, condition), found = 0;
		for (size_t i = 0; i < result->cell_count; i++)
			found += run->universe->rests[result->first_cell + i] == cell;
		if (!cell || !found)
			fail_msg("%s does not rest on %s", result->statistic, condition);
		free(condition);
	}
}

/* --- the tests --- */

static void check_refused(const struct result *result, const char *reason)
{
	assert_int_equal(result->status, RESULT_REFUSED);
	assert_string_equal(result->reason, reason);
}

static void each_area_agrees_with_psych(void **state)
{
	(void)state;
	struct run run = run_analysis("score", "", "NULL");
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct expected *row = &expected[i];
		const char *area = row->area;
		double n = (double)row->n;
		const struct result *alpha = result_of(&run, "alpha", area, NULL, NULL);
		assert_close(value_of(&run, result_of(&run, "count", area, NULL, NULL), "n"), n, 0);
		assert_close(estimate_of(&run, "floor_share", area), 100 * (double)row->lowest / n, 1e-15);
		assert_close(estimate_of(&run, "ceiling_share", area), 100 * (double)row->highest / n, 1e-15);
		assert_close(value_of(&run, alpha, "estimate"), row->alpha, 1e-12);
		assert_close(value_of(&run, alpha, "low"), row->low, 1e-10);
		assert_close(value_of(&run, alpha, "high"), row->high, 1e-10);
		if (!area)
			assert_close(estimate_of(&run, "alpha_pairwise", area), row->pairwise, 1e-12);
		assert_close(estimate_of(&run, "mean_inter_item_r", area), row->mean_r, 1e-12);
		assert_close(estimate_of(&run, "omega", area), row->omega, 1e-10);
		assert_string_equal(alpha->flags ? alpha->flags : "", "");
	}
	run_free(&run);
}

static void fewer_than_30_complete_rows_are_refused(void **state)
{
	(void)state;
	static const char *const statistics[] = { "alpha", "omega", "mean_inter_item_r" };
	struct run run = run_analysis("score", "", "NULL");
	for (size_t i = 0; i < COUNT(statistics); i++)
		check_refused(result_of(&run, statistics[i], "W", NULL, NULL), "complete-below-30");
	assert_string_equal(result_of(&run, "floor_share", "W", NULL, NULL)->flags, "n-below-30");
	run_free(&run);
}

static void items_are_of_all_areas_and_agree_with_psych(void **state)
{
	(void)state;
	static const char *const names[ITEMS] = { "n1", "n2", "n3", "n4", "n5" };
	static const char *const all[] = { "score:answered" };
	struct run run = run_analysis("score", "", "NULL");
	size_t pairs = 0;
	for (size_t i = 0; i < ITEMS; i++) {
		const struct result *rest = result_of(&run, "item_rest_r", NULL, names[i], NULL);
		assert_close(value_of(&run, rest, "estimate"), item_rest[i], 1e-12);
		assert_rests(&run, rest, NULL, all, 1);
		assert_close(value_of(&run, result_of(&run, "alpha_if_dropped", NULL, names[i], NULL), "estimate"),
		             dropped[i], 1e-12);
		for (size_t j = i + 1; j < ITEMS; j++, pairs++) {
			char *across = mem_print("score=%s", names[j]);
			assert_close(
				value_of(&run, result_of(&run, "inter_item_r", NULL, names[i], across), "estimate"),
				correlations[i * ITEMS + j], 1e-12);
			free(across);
		}
	}
	assert_string_equal(universe_label_of(run.universe, "code", "score=n2"), "Item 2");
	assert_int_equal(run.universe->arrangement_count, 3);
	assert_string_equal(run.universe->arrangements[1].name, "r.items");
	assert_int_equal(run.universe->arrangements[1].entry_count, 2 * ITEMS);
	assert_string_equal(run.universe->arrangements[2].name, "r.correlations");
	assert_int_equal(run.universe->arrangements[2].entry_count, pairs);
	run_free(&run);
}

static void what_a_line_is_of_is_what_it_rests_on(void **state)
{
	(void)state;
	static const char *const complete[] = { "score:answered" };
	static const char *const pairwise[] = { "score:answered", "score:missing" };
	static const char *const lowest[] = { "score:answered", "score:lowest" };
	struct run run = run_analysis("score", "", "NULL");
	for (size_t i = 0; i < COUNT(expected); i++) {
		const char *area = expected[i].area;
		assert_rests(&run, result_of(&run, "alpha", area, NULL, NULL), area, complete, 1);
		assert_rests(&run, result_of(&run, "omega", area, NULL, NULL), area, complete, 1);
		assert_rests(&run, result_of(&run, "mean_inter_item_r", area, NULL, NULL), area, complete, 1);
		if (!area)
			assert_rests(&run, result_of(&run, "alpha_pairwise", area, NULL, NULL), area, pairwise, 2);
		assert_rests(&run, result_of(&run, "floor_share", area, NULL, NULL), area, lowest, 2);
		assert_int_equal(n_of(&run, area, "score:answered"), expected[i].n);
		assert_int_equal(n_of(&run, area, "score:missing"), expected[i].partial);
		assert_int_equal(n_of(&run, area, "score:lowest"), expected[i].lowest);
		assert_int_equal(n_of(&run, area, "score:highest"), expected[i].highest);
		assert_int_equal(n_of(&run, area, "score:not-lowest"), expected[i].n - expected[i].lowest);
		assert_int_equal(n_of(&run, area, "score:between"),
		                 expected[i].n - expected[i].lowest - expected[i].highest);
	}
	assert_int_equal(universe_find(run.universe, "survey & score:prorated"), 0);
	run_free(&run);
}

/* A variable of type number may hold 2.5, which derive takes for no answer to the item: here likewise. */
static void an_answer_that_is_no_whole_number_is_missing(void **state)
{
	(void)state;
	static const char analysis[] = "  - {name: r, title: R, dataset: survey, kind: reliability, outcome: loose}\n";
	char *half = write_dataset("NULL", "UPDATE respondents SET n2 = 2.5, score = NULL WHERE respondent = 100;"),
	     *none = write_dataset("NULL", "UPDATE respondents SET n2 = NULL, score = NULL WHERE respondent = 100;");
	struct run got = run_on(analysis, half), expected_run = run_on(analysis, none);
	assert_ok(got.ok, &got.err);
	assert_ok(expected_run.ok, &expected_run.err);
	static const char *const statistics[] = { "alpha", "omega", "alpha_pairwise" };
	for (size_t i = 0; i < COUNT(statistics); i++)
		assert_close(estimate_of(&got, statistics[i], NULL), estimate_of(&expected_run, statistics[i], NULL), 0);
	assert_close(value_of(&got, result_of(&got, "count_complete", NULL, NULL, NULL), "n"),
	             value_of(&expected_run, result_of(&expected_run, "count_complete", NULL, NULL, NULL), "n"), 0);
	run_free(&got);
	run_free(&expected_run);
	free(half);
	free(none);
}

/* Every relation must be true of the counts. */
static void relations_add_up(void **state)
{
	(void)state;
	static const char *const outcomes[] = { "score", "loose" };
	for (size_t o = 0; o < COUNT(outcomes); o++) {
		struct run run = run_analysis(outcomes[o], ", filter: half = 1", "NULL");
		for (size_t i = 0; i < run.universe->relation_count; i++) {
			const struct relation *relation = &run.universe->relations[i];
			long long sum = 0;
			for (size_t p = 0; p < relation->part_count; p++)
				sum += run.universe->cells[run.universe->parts[relation->first_part + p] - 1].n;
			assert_int_equal(run.universe->cells[relation->parent - 1].n, sum);
		}
		assert_true(run.universe->relation_count > 50);
		run_free(&run);
	}
}

/* 7 people lack one item each: they have a score, and no place among the complete rows. */
static void a_prorated_score_has_a_base_of_its_own(void **state)
{
	(void)state;
	static const char *const complete[] = { "loose:complete" }, *const answered[] = { "loose:answered" };
	struct run run = run_analysis("loose", "", "NULL");
	const struct expected *all = &expected[COUNT(expected) - 1];
	const struct result *alpha = result_of(&run, "alpha", NULL, NULL, NULL);
	assert_close(value_of(&run, result_of(&run, "count", NULL, NULL, NULL), "n"), PEOPLE, 0);
	assert_close(value_of(&run, result_of(&run, "count_complete", NULL, NULL, NULL), "n"), (double)all->n, 0);
	assert_close(value_of(&run, alpha, "estimate"), all->alpha, 1e-12);
	assert_rests(&run, alpha, NULL, complete, 1);
	assert_close(estimate_of(&run, "alpha_pairwise", NULL), all->pairwise, 1e-12);
	assert_rests(&run, result_of(&run, "alpha_pairwise", NULL, NULL, NULL), NULL, answered, 1);
	assert_int_equal(n_of(&run, NULL, "loose:prorated"), all->partial);
	assert_int_equal(universe_find(run.universe, "survey & loose:partial"), 0);
	run_free(&run);
}

static void a_filter_keeps_whom_it_is_true_of(void **state)
{
	(void)state;
	struct run run = run_analysis("score", ", filter: half = 1", "NULL");
	const struct expected *north = &expected[0];
	assert_close(estimate_of(&run, "alpha", NULL), north->alpha, 1e-12);
	assert_close(estimate_of(&run, "alpha_pairwise", NULL), north->pairwise, 1e-12);
	assert_close(estimate_of(&run, "alpha", "N"), north->alpha, 1e-12);
	check_refused(result_of(&run, "alpha", "S", NULL, NULL), "complete-below-30");
	check_refused(result_of(&run, "floor_share", "S", NULL, NULL), "base-empty");
	run_free(&run);
}

static void a_wrong_key_is_told(void **state)
{
	(void)state;
	struct run run = run_analysis("turned", "", "NULL");
	assert_string_equal(result_of(&run, "alpha", NULL, NULL, NULL)->flags, "item-against-rest");
	assert_string_equal(result_of(&run, "item_rest_r", NULL, "n1", NULL)->flags, "item-against-rest");
	assert_null(result_of(&run, "item_rest_r", NULL, "n3", NULL)->flags);
	run_free(&run);
	run = run_analysis("against", "", "NULL");
	check_refused(result_of(&run, "alpha", NULL, NULL, NULL), "alpha-negative");
	check_refused(result_of(&run, "omega", NULL, NULL, NULL), "fewer-than-3-items");
	check_refused(result_of(&run, "alpha_if_dropped", NULL, "n1", NULL), "fewer-than-2-items");
	run_free(&run);
}

static void weights_are_not_used_and_a_flag_says_so(void **state)
{
	(void)state;
	struct run run = run_analysis("score", "", "2.5");
	assert_close(estimate_of(&run, "alpha", NULL), expected[COUNT(expected) - 1].alpha, 1e-12);
	assert_string_equal(result_of(&run, "alpha", NULL, NULL, NULL)->flags, "unweighted");
	assert_string_equal(result_of(&run, "inter_item_r", NULL, "n1", "score=n2")->flags, "unweighted");
	run_free(&run);
}

struct refused {
	const char *name, *analyses, *more, *message;
	enum error_kind kind;
};

static const struct refused refused[] = {
	{ "an item is no score", "  - {name: r, title: R, dataset: survey, kind: reliability, outcome: n2}\n", "",
	  "no reliability: n2 is no score of an instrument", ERROR_CONFIG },
	{ "a variable with codes is no score",
	  "  - {name: r, title: R, dataset: survey, kind: reliability, outcome: n1}\n", "",
	  "analysis r: reliability is of a score, and this is none: n1", ERROR_CONFIG },
	{ "an item that is not kept has no reliability",
	  "  - {name: r, title: R, dataset: survey, kind: reliability, outcome: odd}\n", "",
	  "no reliability: gone is an item that deidentify keeps no answers to", ERROR_CONFIG },
	{ "an answer outside its scale is a damaged file",
	  "  - {name: r, title: R, dataset: survey, kind: reliability, outcome: score}\n",
	  "UPDATE respondents SET n2 = 7 WHERE respondent = 3;",
	  "variable n2: an answer lies outside the range of its scale", ERROR_INPUT },
};

static void what_has_no_reliability_is_refused(void **state)
{
	const struct refused *row = *state;
	char *path = write_dataset("NULL", row->more);
	struct run run = run_on(row->analyses, path);
	assert_false(run.ok);
	assert_string_equal(run.err.message, row->message);
	assert_int_equal(run.err.kind, row->kind);
	assert_true(run.err.help[0]);
	run_free(&run);
	free(path);
}

int main(void)
{
	enum { OTHERS = 9 };
	struct CMUnitTest tests[OTHERS + COUNT(refused)] = {
		cmocka_unit_test(each_area_agrees_with_psych),
		cmocka_unit_test(fewer_than_30_complete_rows_are_refused),
		cmocka_unit_test(items_are_of_all_areas_and_agree_with_psych),
		cmocka_unit_test(what_a_line_is_of_is_what_it_rests_on),
		cmocka_unit_test(an_answer_that_is_no_whole_number_is_missing),
		cmocka_unit_test(relations_add_up),
		cmocka_unit_test(a_prorated_score_has_a_base_of_its_own),
		cmocka_unit_test(a_filter_keeps_whom_it_is_true_of),
		cmocka_unit_test(a_wrong_key_is_told),
		cmocka_unit_test(weights_are_not_used_and_a_flag_says_so),
	};
	for (size_t i = 0; i < COUNT(refused); i++)
		tests[OTHERS + i] = (struct CMUnitTest){ .name = refused[i].name,
			                                 .test_func = what_has_no_reliability_is_refused,
			                                 .initial_state = (void *)&refused[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
