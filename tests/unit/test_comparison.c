/* Analyses that compare areas, on the women of R's infert: years of education as three areas of 12, 120 and 116. What
 * they give: R (tests/oracle/comparison.R). What is hidden of an area below the threshold, and what the words say. */
#include "testing.h"

#include "test_compare.h"

#include "protect/protect.h"
#include "standing.h"
#include "withhold/withheld.h"

/* --- the women --- */

static const int people[][5] = {
/* area, age, case, parity, spontaneous */
#include "../oracle/comparison_people.inc"
};

/* case: a higher share of 1 is worse. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'Few'), (2, 'B', 'Some'), (3, 'C', 'Many');"
	"INSERT INTO variable VALUES"
	" ('age', 1, 'Age', NULL, 'integer', 'amount', 'years', 'higher_better', NULL, 'none', 20, 50, 1, NULL, ''),"
	" ('sick', 2, 'Case', NULL, 'code', 'binary', NULL, 'higher_worse', NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('parity', 3, 'Parity', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('lost', 4, 'Lost', NULL, 'code', 'nominal', NULL, 'higher_worse', NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('same', 5, 'Same', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 9, 1, NULL, ''),"
	" ('area', 6, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('sick', 1, '0', 'No'), ('sick', 2, '1', 'Yes'), ('lost', 1, 'none', 'None'),"
	" ('lost', 2, 'one', 'One'), ('lost', 3, 'more', 'More'), ('parity', 1, '1', 'One'), ('parity', 2, '2', 'Two'),"
	" ('parity', 3, '3', 'Three'), ('parity', 4, '4', 'Four'), ('parity', 5, '5', 'Five'), ('parity', 6, '6', 'Six');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" age INTEGER, sick INTEGER, parity INTEGER, lost INTEGER, same INTEGER);";

/* A deidentified.db of them, then of `more` SQL. Free the path with free(). `same` is 3 for everybody of A. */
static char *write_dataset(const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	for (size_t i = 0; i < COUNT(people); i++)
		text_print(&sql, "INSERT INTO respondents VALUES (%zu, NULL, %d, NULL, %d, %d, %d, %d, %d);", i + 1,
		           people[i][0], people[i][1], people[i][2] + 1, people[i][3], people[i][4] + 1,
		           people[i][0] == 1 ? 3 : people[i][3]);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

/* --- running compare --- */

static struct run run_on(int threshold, const char *analyses, const char *path)
{
	char *yaml = mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                       "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: %d},"
	                       " dictionary: nowhere}]\nanalyses:\n%s",
	                       threshold, analyses);
	struct run run = run_study(yaml, path, false);
	free(yaml);
	return run;
}

static struct run run_more(int threshold, const char *analyses, const char *more)
{
	char *path = write_dataset(more);
	struct run run = run_on(threshold, analyses, path);
	free(path);
	return run;
}

static const char all_kinds[] =
	"  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [pairs, rest, benchmark],"
	" benchmark: {value: 32, name: Norm}}\n"
	"  - {name: case, title: T, dataset: survey, kind: share, outcome: sick, codes: [\"1\"],"
	" compare: [pairs, rest, benchmark], benchmark: {value: 20, name: Norm, source: A book}}\n"
	"  - {name: spontaneous, title: T, dataset: survey, kind: table, outcome: lost, compare: [pairs, rest]}\n"
	"  - {name: parity, title: T, dataset: survey, kind: table, outcome: parity, compare: [pairs, rest]}\n";

static struct run run_all(int threshold)
{
	struct run run = run_more(threshold, all_kinds, "");
	assert_ok(run.ok, &run.err);
	return run;
}

/* --- reading what came out --- */

struct key {
	const char *analysis, *statistic, *category, *area, *comparator;
	const char *family; /* NULL: any */
};

static bool is_of(const struct result *result, const struct key *key)
{
	return strcmp(result->analysis, key->analysis) == 0 && strcmp(result->statistic, key->statistic) == 0
	       && text_equal(result->category, key->category) && text_equal(result->area, key->area)
	       && text_equal(result->comparator, key->comparator)
	       && (!key->family || text_equal(result->family, key->family));
}

static bool has_flag(const struct result *result, const char *flag)
{
	return result->flags && strstr(result->flags, flag);
}

static const struct result *result_of(const struct universe *universe, struct key key)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < universe->result_count; i++)
		if (is_of(&universe->results[i], &key)) {
			assert_null(found); /* one line for each */
			found = &universe->results[i];
		}
	if (!found)
		fail_msg("no line %s %s %s %s %s", key.analysis, key.statistic, key.category ? key.category : "-",
		         key.area ? key.area : "-", key.comparator ? key.comparator : "-");
	return found;
}

static const struct figure *figure_of(const struct universe *universe, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - universe->results) + 1;
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == id && strcmp(universe->figures[i].name, name) == 0)
			return &universe->figures[i];
	fail_msg("no figure %s", name);
	return NULL;
}

static bool rests_on(const struct universe *universe, const struct result *result, const char *condition)
{
	size_t cell = universe_find(universe, condition);
	assert_int_not_equal(cell, 0);
	for (size_t i = 0; i < result->cell_count; i++)
		if (universe->rests[result->first_cell + i] == cell)
			return true;
	return false;
}

/* --- against R --- */

struct expected {
	const char *analysis, *statistic, *category, *area, *comparator, *figure;
	double value;
};
static const struct expected expected[] = {
#include "../oracle/comparison.inc"
};

/* The codes of a nominal variable are words here. */
static const char *category_of(const struct expected *line)
{
	static const char *const words[] = { "none", "one", "more" };
	return line->category && strcmp(line->analysis, "spontaneous") == 0 ? words[*line->category - '0']
	                                                                    : line->category;
}

static void comparisons_agree_with_r(void **state)
{
	(void)state;
	struct run run = run_all(5);
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct expected *line = &expected[i];
		const struct result *result =
			result_of(run.universe, (struct key){ line->analysis, line->statistic, category_of(line),
		                                              line->area, line->comparator, NULL });
		double value = figure_of(run.universe, result, line->figure)->value;
		/* R's own roots and noncentral tails go no further. Fisher's test of three by three draws its tables:
		 * five standard errors of a p from 20,000 of them */
		bool drawn = strcmp(line->statistic, "fisher_exact") == 0 && !line->area
		             && strcmp(line->analysis, "spontaneous") == 0;
		double near = drawn ? 5 * sqrt(line->value * (1 - line->value) / 20000) / line->value : 1e-7;
		if (!test_is_close(value, line->value, near))
			fail_msg("%s %s %s %s less %s: %.17g, not %.17g", line->analysis, line->statistic, line->figure,
			         line->area ? line->area : "-", line->comparator ? line->comparator : "-", value,
			         line->value);
	}
	assert_true(COUNT(expected) > 400);
	run_free(&run);
}

/* --- families --- */

static void a_family_is_all_tests_of_its_table_and_says_how_many(void **state)
{
	(void)state;
	struct run run = run_all(5);
	const struct {
		struct key key;
		const char *family;
		size_t size;
	} lines[] = {
		{ { "case", "p_holm", "1", "A", "B", NULL }, "case.pairs", 3 },
		{ { "case", "p_benjamini_hochberg", "1", "A", "rest", NULL }, "case.rest", 3 },
		{ { "spontaneous", "p_holm", "one", "B", "C", NULL }, "spontaneous.pairs", 9 }, /* of each code */
		{ { "parity", "p_holm", NULL, "C", "rest", NULL }, "parity.rest", 3 },
		{ { "age", "games_howell", NULL, "A", "C", NULL }, "age.pairs", 3 },
	};
	for (size_t i = 0; i < COUNT(lines); i++) {
		const struct result *result = result_of(run.universe, lines[i].key);
		assert_string_equal(result->family, lines[i].family);
		assert_int_equal(result->family_size, lines[i].size);
	}
	assert_null(result_of(run.universe, (struct key){ "case", "fisher_exact", "1", "A", "B", NULL })->family);
	run_free(&run);
}

static void holm_is_never_put_upon_games_and_howell(void **state)
{
	(void)state;
	struct run run = run_all(5);
	for (size_t i = 0; i < run.universe->result_count; i++) {
		const struct result *result = &run.universe->results[i];
		if (strcmp(result->analysis, "age") == 0 && strcmp(result->statistic, "p_holm") == 0)
			assert_true(strcmp(result->family, "age.rest") == 0
			            || strcmp(result->family, "age.ranks") == 0);
	}
	run_free(&run);
}

static void an_area_below_the_threshold_is_in_no_family(void **state)
{
	(void)state;
	struct run run = run_all(13); /* A has 12 */
	const struct result *left = result_of(run.universe, (struct key){ "case", "p_holm", "1", "A", "B", NULL });
	const struct result *in = result_of(run.universe, (struct key){ "case", "p_holm", "1", "B", "C", NULL });
	assert_int_equal(left->status, RESULT_REFUSED);
	assert_int_equal(in->status, RESULT_OK);
	assert_int_equal(in->family_size, 1);
	assert_string_equal(in->method,
	                    "Holm's adjustment for all tests of this table over the areas where at least 13 answered");
	/* one test: nothing to adjust for */
	assert_close(figure_of(run.universe, in, "p_adjusted")->value,
	             figure_of(run.universe,
	                       result_of(run.universe, (struct key){ "case", "fisher_exact", "1", "B", "C", NULL }),
	                       "p")
	                     ->value,
	             1e-15);
	run_free(&run);
}

/* --- what lines rest on --- */

static void two_areas_rest_on_these_two_and_what_is_adjusted_on_all(void **state)
{
	(void)state;
	struct run run = run_all(5);
	static const char base[] = "survey & area=A & sick:answered", count[] = "survey & area=A & sick=1",
			  rest[] = "survey & area!=C & sick=1";
	const struct universe *universe = run.universe;
	const struct result *two = result_of(universe, (struct key){ "case", "share_difference", "1", "B", "C", NULL });
	const struct result *holm = result_of(universe, (struct key){ "case", "p_holm", "1", "B", "C", NULL });
	const struct result *with_rest =
		result_of(universe, (struct key){ "case", "odds_ratio", "1", "C", "rest", NULL });
	const struct result *holm_rest = result_of(universe, (struct key){ "case", "p_holm", "1", "B", "rest", NULL });
	assert_false(rests_on(universe, two, base) || rests_on(universe, two, count));
	assert_true(rests_on(universe, two, "survey & area=B & sick=1")
	            && rests_on(universe, two, "survey & area=C & sick:answered"));
	assert_true(rests_on(universe, holm, base) && rests_on(universe, holm, count));
	assert_true(rests_on(universe, with_rest, rest)
	            && rests_on(universe, with_rest, "survey & area!=C & sick:answered"));
	assert_true(rests_on(universe, holm_rest, rest) && rests_on(universe, holm_rest, count));
	const struct result *ranks = result_of(universe, (struct key){ "parity", "superiority", NULL, "B", "C", NULL });
	const struct result *dunn = result_of(universe, (struct key){ "parity", "dunn", NULL, "B", "C", NULL });
	assert_true(rests_on(universe, ranks, "survey & area=B & parity=6"));
	assert_false(rests_on(universe, ranks, "survey & area=A & parity=6"));
	assert_true(rests_on(universe, dunn, "survey & area=A & parity=6"));
	/* a mean tells the sum of its values */
	const struct result *mean =
		result_of(universe, (struct key){ "age", "mean_difference", NULL, "B", "rest", NULL });
	assert_int_equal(mean->measure_count, 2);
	assert_int_equal(
		result_of(universe, (struct key){ "age", "games_howell", NULL, "B", "C", NULL })->measure_count, 3);
	assert_int_equal(
		result_of(universe, (struct key){ "age", "omega_squared", NULL, NULL, NULL, NULL })->measure_count, 3);
	run_free(&run);
}

/* What protect and withhold leave of it. Free with universe_free(). */
static struct universe *withhold(const struct run *run)
{
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, run->universe, &run->study->disclosure, &err), &err);
	bool *hidden = mem_alloc(run->universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < run->universe->cell_count; i++)
		hidden[i] = decisions[i].hidden;
	struct universe *withheld = withheld_universe(run->universe, &(struct withholding){ .hidden = hidden });
	free(hidden);
	free(decisions);
	return withheld;
}

static void an_area_below_the_threshold_hides_its_lines_and_whatever_is_of_all(void **state)
{
	static const char *const of_all[] = { "p_holm",
		                              "p_benjamini_hochberg",
		                              "games_howell",
		                              "dunn",
		                              "kruskal_wallis",
		                              "omega_squared",
		                              "eta_squared",
		                              "cramers_v",
		                              "cramers_v_corrected" };
	(void)state;
	struct run run = run_all(13);
	struct universe *withheld = withhold(&run);
	size_t shown = 0, checked = 0;
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		bool tells = text_equal(result->area, "A") || text_equal(result->comparator, "A");
		for (size_t s = 0; s < COUNT(of_all); s++)
			tells = tells || strcmp(result->statistic, of_all[s]) == 0;
		tells = tells || (strcmp(result->statistic, "fisher_exact") == 0 && !result->area);
		shown += result->status != RESULT_HIDDEN;
		checked += tells;
		if (tells
		    && (result->status != RESULT_HIDDEN || result->method || result->family || result->family_size
		        || result->has_seed || result->reason))
			fail_msg("%s %s %s", result->analysis, result->statistic, result->area ? result->area : "-");
	}
	assert_true(shown > 0 && checked > 50);
	universe_free(withheld);
	run_free(&run);
}

/* Whether two areas' shares of the same codes are shown is whether both of their own are. */
static void check_shares(int threshold, size_t *shown, size_t *hidden)
{
	struct run run = run_all(threshold);
	struct universe *withheld = withhold(&run);
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		if (strcmp(result->statistic, "share_difference") != 0 || strcmp(result->comparator, "rest") == 0)
			continue;
		const char *own = strcmp(result->analysis, "case") == 0 ? "share" : "count";
		const struct key first = { result->analysis, own, result->category, result->area, NULL, NULL },
				 second = { result->analysis, own, result->category, result->comparator, NULL, NULL };
		bool both = result_of(withheld, first)->status != RESULT_HIDDEN
		            && result_of(withheld, second)->status != RESULT_HIDDEN;
		assert_int_equal(result->status != RESULT_HIDDEN, both);
		*shown += both;
		*hidden += !both;
	}
	universe_free(withheld);
	run_free(&run);
}

static void a_difference_is_shown_where_both_shares_are(void **state)
{
	size_t shown = 0, hidden = 0;
	(void)state;
	check_shares(1, &shown, &hidden); /* nothing is small */
	assert_true(shown > 0 && hidden == 0);
	check_shares(5, &shown, &hidden);
	assert_true(hidden > 0);
}

static void an_adjusted_p_is_never_printed_as_0(void **state)
{
	(void)state;
	struct run run = run_all(1);
	struct universe *withheld = withhold(&run);
	const struct result *result = result_of(withheld, (struct key){ "age", "games_howell", NULL, "B", "C", NULL });
	assert_string_equal(figure_of(withheld, result, "p_adjusted")->printed, "<0.0001"); /* 5e-6 */
	universe_free(withheld);
	run_free(&run);
}

/* --- refusals --- */

static void a_ratio_with_a_count_of_0_is_refused_and_the_difference_is_not(void **state)
{
	(void)state;
	struct run run =
		run_more(5,
	                 "  - {name: lost, title: T, dataset: survey, kind: share, outcome: lost, codes: [more],"
	                 " compare: [pairs]}\n",
	                 "UPDATE respondents SET lost = 1 WHERE area = 1;");
	assert_ok(run.ok, &run.err);
	const struct universe *universe = run.universe;
	static const char *const refused[] = { "share_ratio", "odds_ratio" };
	for (size_t i = 0; i < COUNT(refused); i++) {
		const struct result *result =
			result_of(universe, (struct key){ "lost", refused[i], "more", "A", "B", NULL });
		assert_int_equal(result->status, RESULT_REFUSED);
		assert_string_equal(result->reason, "count-zero");
	}
	assert_int_equal(
		result_of(universe, (struct key){ "lost", "share_difference", "more", "A", "B", NULL })->status,
		RESULT_OK);
	assert_int_equal(result_of(universe, (struct key){ "lost", "p_holm", "more", "A", "B", NULL })->status,
	                 RESULT_OK);
	run_free(&run);
}

static void a_mean_that_is_refused_is_told_by_no_difference(void **state)
{
	(void)state;
	struct run run = run_more(
		5, "  - {name: same, title: T, dataset: survey, kind: mean, outcome: same, compare: [pairs, rest]}\n",
		"");
	assert_ok(run.ok, &run.err);
	const struct universe *universe = run.universe;
	const struct key refused[] = {
		{ "same", "mean", NULL, "A", NULL, NULL },
		{ "same", "mean_difference", NULL, "A", "B", NULL },
		{ "same", "hedges_g", NULL, "A", "B", NULL },
		{ "same", "mean_difference", NULL, "A", "rest", NULL },
		{ "same", "p_holm", NULL, "A", "rest", NULL },
		{ "same", "games_howell", NULL, "B", "C", NULL }, /* all pairs at once */
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		const struct result *result = result_of(universe, refused[i]);
		assert_int_equal(result->status, RESULT_REFUSED);
		assert_string_equal(result->reason, "zero-variance");
	}
	assert_int_equal(result_of(universe, (struct key){ "same", "mean_difference", NULL, "B", "C", NULL })->status,
	                 RESULT_OK);
	assert_int_equal(result_of(universe, (struct key){ "same", "p_holm", NULL, "B", "rest", NULL })->family_size,
	                 2);
	run_free(&run);
}

/* --- by weights and design --- */

/* Odd and even respondents are strata, six of one behind each other a cluster; see the oracle. */
static const char design[] =
	"UPDATE respondents SET weight = 1 + respondent % 3;"
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'none'), ('margins', ''), ('weight', 'weight');"
	"INSERT INTO stratum VALUES (1, NULL), (2, NULL);"
	"INSERT INTO drawn SELECT respondent, 1 + respondent % 2, 1 + (respondent - 1) / 12 * 2 + respondent % 2, NULL"
	" FROM respondents;";

static const struct expected by_design[] = {
#include "../oracle/comparison_design.inc"
};

static void comparisons_by_design_agree_with_r(void **state)
{
	(void)state;
	struct run run = run_more(5, all_kinds, design);
	assert_ok(run.ok, &run.err);
	for (size_t i = 0; i < COUNT(by_design); i++) {
		const struct expected *line = &by_design[i];
		/* an amount is compared by ranks as well, and those p are of another family */
		char *family = strncmp(line->statistic, "p_", 2) != 0
		                       ? NULL
		                       : mem_print("%s.%s", line->analysis,
		                                   strcmp(line->comparator, "rest") == 0 ? "rest" : "pairs");
		const struct result *result =
			result_of(run.universe, (struct key){ line->analysis, line->statistic, category_of(line),
		                                              line->area, line->comparator, family });
		double value = figure_of(run.universe, result, line->figure)->value;
		free(family);
		if (!test_is_close(value, line->value, 1e-8))
			fail_msg("%s %s %s %s less %s: %.17g, not %.17g", line->analysis, line->statistic, line->figure,
			         line->area ? line->area : "-", line->comparator ? line->comparator : "-", value,
			         line->value);
	}
	run_free(&run);
}

static void nothing_unweighted_is_compared_where_there_are_weights(void **state)
{
	(void)state;
	static const char *const gone[] = { "welch_anova",      "omega_squared",   "chi_square",   "fisher_exact",
		                            "kruskal_wallis",   "mean_difference", "games_howell", "hedges_g",
		                            "share_difference", "superiority",     "dunn",         "mann_whitney",
		                            "cramers_v" };
	struct run run = run_more(5, all_kinds, "UPDATE respondents SET weight = 1 + respondent % 3;");
	assert_ok(run.ok, &run.err);
	size_t compared = 0;
	for (size_t i = 0; i < run.universe->result_count; i++) {
		const struct result *result = &run.universe->results[i];
		for (size_t g = 0; g < COUNT(gone); g++)
			assert_string_not_equal(result->statistic, gone[g]);
		assert_false(has_flag(result, "unweighted-test"));
		if (!result->comparator)
			continue;
		compared++;
		assert_string_equal(result->weight, "weight");
	}
	assert_true(compared > 50);
	for (size_t a = 0; a < run.universe->arrangement_count; a++)
		if (strchr(run.universe->arrangements[a].name, '.'))
			assert_null(strstr(run.universe->arrangements[a].method, "Nothing in this table"));
	run_free(&run);
}

/* What stands on request takes everybody to have been drawn alike, and says so. */
static void what_is_unweighted_says_so(void **state)
{
	(void)state;
	struct run run = run_more(
		5, "  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [tukey, rest]}\n",
		design);
	assert_ok(run.ok, &run.err);
	const struct result *tukey =
		result_of(run.universe, (struct key){ "age", "tukey_kramer", NULL, "B", "C", NULL });
	assert_true(has_flag(tukey, "unweighted-test"));
	assert_null(tukey->weight);
	run_free(&run);
}

/* Of C those weigh most who are unlike most of C. */
static void differences_that_change_sides_are_flagged(void **state)
{
	(void)state;
	static const struct key age = { "age", "weighted_mean_difference", NULL, "B", "C", NULL },
				sick = { "case", "weighted_share_difference", "1", "B", "C", NULL },
				parity = { "parity", "weighted_superiority", NULL, "B", "C", NULL };
	struct run run = run_more(5, all_kinds,
	                          "UPDATE respondents SET weight = CASE WHEN area < 3 THEN 1 ELSE"
	                          " (1 + 60 * (age > 35)) * (1 + 60 * (sick = 1)) * (1 + 60 * (parity > 3)) END;");
	assert_ok(run.ok, &run.err);
	const struct key keys[] = { age, sick, parity };
	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct result *line = result_of(run.universe, keys[i]);
		if (!has_flag(line, "signs-disagree"))
			fail_msg("%s: %s", keys[i].analysis, line->flags);
	}
	run_free(&run);
	run = run_more(5, all_kinds, "UPDATE respondents SET weight = 2;");
	for (size_t i = 0; i < run.universe->result_count; i++)
		assert_false(has_flag(&run.universe->results[i], "signs-disagree"));
	run_free(&run);
}

static void few_clusters_are_a_caution(void **state)
{
	(void)state;
	struct run run = run_more(5, all_kinds, design);
	assert_ok(run.ok, &run.err);
	const struct key few[] = { { "age", "weighted_mean_difference", NULL, "A", "B", NULL },
		                   { "age", "design_wald", NULL, NULL, NULL, NULL },
		                   { "parity", "design_rank_test", NULL, "A", "rest", NULL } },
			 enough[] = { { "age", "weighted_mean_difference", NULL, "B", "C", NULL },
		                      { "case", "rao_scott", NULL, NULL, NULL, NULL },
		                      { "parity", "design_rank_test", NULL, "B", "C", NULL } };
	for (size_t i = 0; i < COUNT(few); i++) {
		assert_true(has_flag(result_of(run.universe, few[i]), "design-df-below-8"));
		assert_false(has_flag(result_of(run.universe, enough[i]), "design-df-below-8"));
	}
	run_free(&run);
}

/* All of an area are of one cluster: nothing tells how another cluster of it would have answered. */
static void an_area_of_one_cluster_is_compared_with_nothing(void **state)
{
	(void)state;
	struct run run = run_more(5, all_kinds,
	                          "UPDATE respondents SET weight = 1;"
	                          "INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'none'), ('margins', '');"
	                          "INSERT INTO stratum VALUES (1, NULL);"
	                          "INSERT INTO drawn SELECT respondent, 1, iif(area = 1, 1, 2 + respondent % 9), NULL"
	                          " FROM respondents;");
	assert_ok(run.ok, &run.err);
	const struct key refused[] = { { "age", "weighted_mean_difference", NULL, "A", "B", NULL },
		                       { "age", "weighted_mean_difference", NULL, "A", "rest", NULL },
		                       { "age", "design_wald", NULL, NULL, NULL, NULL },
		                       { "case", "weighted_share_difference", "1", "A", "C", NULL },
		                       { "parity", "weighted_superiority", NULL, "A", "C", NULL },
		                       { "parity", "design_rank_test", NULL, NULL, NULL, NULL } };
	for (size_t i = 0; i < COUNT(refused); i++) {
		assert_int_equal(result_of(run.universe, refused[i])->status, RESULT_REFUSED);
		assert_string_equal(result_of(run.universe, refused[i])->reason, "no-design-df");
	}
	assert_int_equal(
		result_of(run.universe, (struct key){ "age", "p_holm", NULL, "B", "C", "age.pairs" })->family_size, 1);
	run_free(&run);
}

/* --- by weights that were adjusted, which others may know --- */

static const char raked[] =
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'rake'), ('margins', '%s'), ('weight', 'raked');"
	"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents;"
	"INSERT INTO stratum VALUES (1, NULL);"
	"INSERT INTO margin SELECT 1, respondent, sick FROM respondents;"
	"UPDATE respondents SET weight = 1 + 0.5 * (sick = 2);";

static struct run run_raked(const char *margins, const char *analyses)
{
	char *sql = mem_print(raked, margins);
	struct run run = run_more(5, analyses, sql);
	free(sql);
	return run;
}

static const char age_of_all[] = "  - {name: age, title: T, dataset: survey, kind: mean, outcome: age,"
				 " compare: [pairs, rest, benchmark], benchmark: {value: 32, name: Norm}}\n";

/* Of an area, and of all that is not the area, how many of each group answered: and of all areas for what tells of all.
 */
static void weights_that_were_adjusted_are_compared_by_their_groups(void **state)
{
	(void)state;
	struct run run = run_raked("sick", age_of_all);
	assert_ok(run.ok, &run.err);
	const struct universe *universe = run.universe;
	const struct result *pair =
		result_of(universe, (struct key){ "age", "weighted_mean_difference", NULL, "A", "B", NULL });
	const struct result *rest =
		result_of(universe, (struct key){ "age", "weighted_mean_difference", NULL, "A", "rest", NULL });
	const struct result *holm = result_of(universe, (struct key){ "age", "p_holm", NULL, "A", "B", NULL });
	const struct result *standing =
		result_of(universe, (struct key){ "age", "benchmark", NULL, "A", "Norm", NULL });
	const struct result *test = result_of(universe, (struct key){ "age", "design_wald", NULL, NULL, NULL, NULL });
	static const char of_a[] = "survey & age:answered & area=A & sick=1",
			  of_b[] = "survey & age:answered & area=B & sick=1",
			  of_c[] = "survey & age:answered & area=C & sick=1";
	assert_true(rests_on(universe, pair, of_a) && rests_on(universe, pair, of_b)
	            && !rests_on(universe, pair, of_c));
	assert_true(rests_on(universe, rest, of_a) && rests_on(universe, rest, of_b) && rests_on(universe, rest, of_c));
	assert_true(rests_on(universe, holm, of_a) && rests_on(universe, holm, of_b) && rests_on(universe, holm, of_c));
	assert_true(rests_on(universe, test, of_a) && rests_on(universe, test, of_b) && rests_on(universe, test, of_c));
	assert_true(rests_on(universe, standing, of_a) && !rests_on(universe, standing, of_b));
	for (size_t i = 0; i < universe->result_count; i++) {
		assert_false(has_flag(&universe->results[i], "unweighted-test"));
		assert_false(has_flag(&universe->results[i], "signs-disagree")); /* a bit of the unweighted ones */
	}
	run_free(&run);
}

/* Who knows what each area's people stand for can take the other areas out of the rest: so it rests on all of them. */
static void a_rest_by_known_weights_rests_on_every_area(void **state)
{
	(void)state;
	struct run run = run_raked("area", age_of_all);
	assert_ok(run.ok, &run.err);
	const struct key a = { "age", "weighted_mean_difference", NULL, "A", "rest", NULL },
			 pair = { "age", "weighted_mean_difference", NULL, "A", "B", NULL };
	assert_true(rests_on(run.universe, result_of(run.universe, a), "survey & age:answered & area=C"));
	assert_false(rests_on(run.universe, result_of(run.universe, pair), "survey & age:answered & area=C"));
	assert_int_equal(result_of(run.universe, a)->measure_count, 4); /* its rest, and each area */
	run_free(&run);
	run = run_more(5, age_of_all, design);
	assert_false(rests_on(run.universe, result_of(run.universe, a), "survey & age:answered & area=C"));
	run_free(&run);
}

static void what_would_not_use_adjusted_weights_is_refused(void **state)
{
	(void)state;
	static const char *const refused[] = {
		"  - {name: lost, title: T, dataset: survey, kind: table, outcome: lost, compare: [rest]}\n",
		"  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [rest, tukey]}\n",
		"  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [trend]}\n",
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct run run = run_raked("sick", refused[i]);
		assert_false(run.ok);
		assert_int_equal(run.err.kind, ERROR_CONFIG);
		assert_non_null(strstr(run.err.message, "a comparison that is unweighted"));
		run_free(&run);
	}
}

/* Its cells do not say how many of each group gave which answer, which a test by the weights would tell of. */
static void a_table_is_tested_without_adjusted_weights(void **state)
{
	(void)state;
	struct run run = run_raked("sick", "  - {name: lost, title: T, dataset: survey, kind: table, outcome: lost}\n");
	assert_ok(run.ok, &run.err);
	assert_true(has_flag(result_of(run.universe, (struct key){ "lost", "chi_square", NULL, NULL, NULL, NULL }),
	                     "unweighted-test"));
	run_free(&run);
	run = run_raked("area",
	                "  - {name: lost, title: T, dataset: survey, kind: table, outcome: lost}\n"
	                "  - {name: both, title: T, dataset: survey, kind: table, outcome: lost, across: parity}\n");
	assert_ok(run.ok, &run.err);
	result_of(run.universe, (struct key){ "lost", "rao_scott", NULL, NULL, NULL, NULL });
	result_of(run.universe, (struct key){ "both", "chi_square", NULL, NULL, NULL, NULL });
	run_free(&run);
}

/* --- the benchmark --- */

struct standing_example {
	const char *name;
	double low, high, benchmark;
	enum polarity polarity;
	const char *word;
};
static const struct standing_example standings[] = {
	{ "all below is lower", 1, 2, 3, POLARITY_NONE, "lower" },
	{ "all above is higher", 1, 2, 0.5, POLARITY_NONE, "higher" },
	{ "within is similar", 1, 2, 1.5, POLARITY_NONE, "similar" },
	{ "at an end is similar", 1, 2, 2, POLARITY_HIGHER_BETTER, "similar" },
	{ "below is worse where higher is better", 1, 2, 3, POLARITY_HIGHER_BETTER, "worse" },
	{ "below is better where higher is worse", 1, 2, 3, POLARITY_HIGHER_WORSE, "better" },
	{ "above is better where higher is better", 1, 2, 0, POLARITY_HIGHER_BETTER, "better" },
	{ "above is worse where higher is worse", 1, 2, 0, POLARITY_HIGHER_WORSE, "worse" },
};

static void a_standing_has_its_word(void **state)
{
	const struct standing_example *example = *state;
	assert_string_equal(
		standing_word(standing_of(example->low, example->high, example->benchmark, example->polarity)),
		example->word);
}

/* Better or worse is said only where somebody declared it: a share of codes at the lower end is good where the upper
 * end is bad, codes in between are neither, and words without an order have no ends. */
struct polarity_example {
	const char *name, *analysis, *more, *word; /* of area B: a share of 40, or two thirds, or age 32.9 */
};
#define SHARE(outcome, codes, value)                                                                                   \
	"  - {name: x, title: T, dataset: survey, kind: share, outcome: " outcome ", codes: [" codes                   \
	"], compare: [benchmark],"                                                                                     \
	" benchmark: {value: " value ", name: Norm}}\n"
static const struct polarity_example polarities[] = {
	{ "a larger share of the upper end is worse where higher is worse", SHARE("sick", "\"1\"", "20"), "", "worse" },
	{ "a smaller share of the upper end is better where higher is worse", SHARE("sick", "\"1\"", "60"), "",
	  "better" },
	{ "a larger share of the lower end is better where higher is worse", SHARE("sick", "\"0\"", "20"), "",
	  "better" },
	{ "words without an order have no ends", SHARE("lost", "none", "20"), "", "higher" },
	{ "words with an order have ends", SHARE("lost", "none", "20"),
	  "UPDATE variable SET level = 'ordinal' WHERE variable = 'lost';", "better" },
	{ "codes in the middle are neither end", SHARE("lost", "one", "80"),
	  "UPDATE variable SET level = 'ordinal' WHERE variable = 'lost';", "lower" },
	{ "without a polarity nobody said what is good", SHARE("parity", "\"1\"", "1"), "", "higher" },
	{ "a mean goes by the polarity of its variable",
	  "  - {name: x, title: T, dataset: survey, kind: mean, outcome: age, compare: [benchmark],"
	  " benchmark: {value: 40, name: Norm}}\n",
	  "", "worse" },
};

static void better_or_worse_is_said_only_where_it_was_declared(void **state)
{
	const struct polarity_example *example = *state;
	struct run run = run_more(1, example->analysis, example->more); /* nothing is small */
	assert_ok(run.ok, &run.err);
	struct universe *withheld = withhold(&run);
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		if (strcmp(result->statistic, "benchmark") != 0 || !text_equal(result->area, "B"))
			continue;
		assert_string_equal(result->comparator, "Norm");
		assert_string_equal(figure_of(withheld, result, "standing")->printed, example->word);
		universe_free(withheld);
		run_free(&run);
		return;
	}
	fail_msg("no line of the benchmark");
}

/* --- the config --- */

struct config_example {
	const char *name, *analysis, *message;
};
static const struct config_example configs[] = {
	{ "an account is compared with nothing",
	  "{name: x, title: T, dataset: survey, kind: accounts, compare: [rest]}",
	  "an analysis of kind accounts has no `compare`" },
	{ "a table across a variable is compared with nothing",
	  "{name: x, title: T, dataset: survey, kind: table, outcome: lost, across: parity, compare: [rest]}",
	  "only means, shares and tables by area are compared" },
	{ "no word twice", "{name: x, title: T, dataset: survey, kind: mean, outcome: age, compare: [rest, rest]}",
	  "`rest` is named twice" },
	{ "a benchmark that is compared with is needed",
	  "{name: x, title: T, dataset: survey, kind: mean, outcome: age, compare: [benchmark]}", "there is none" },
	{ "a benchmark that nothing is compared with",
	  "{name: x, title: T, dataset: survey, kind: mean, outcome: age, benchmark: {value: 1, name: N}}",
	  "nothing is compared with" },
	{ "a benchmark is of one share",
	  "{name: x, title: T, dataset: survey, kind: share, outcome: lost, compare: [benchmark], benchmark: {value: 1, name: N}}",
	  "one mean or one share" },
	{ "a share is per cent",
	  "{name: x, title: T, dataset: survey, kind: share, outcome: lost, codes: [one], compare: [benchmark],"
	  " benchmark: {value: 101, name: N}}",
	  "from 0 to 100" },
};

static void what_cannot_be_compared_is_refused(void **state)
{
	const struct config_example *example = *state;
	char *analysis = mem_print("  - %s\n", example->analysis);
	struct run run = run_more(5, analysis, "");
	assert_false(run.ok);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	if (!strstr(run.err.message, example->message))
		fail_msg("%s", run.err.message);
	run_free(&run);
	free(analysis);
}

static void pairs_of_many_areas_are_refused(void **state)
{
	(void)state;
	struct text more = { 0 };
	for (int area = 4; area <= 21; area++)
		text_print(&more, "INSERT INTO area VALUES (%d, 'X%d', 'X%d');", area, area, area);
	struct run run =
		run_more(5, "  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [pairs]}\n",
	                 more.bytes);
	assert_false(run.ok);
	assert_non_null(strstr(run.err.message, "too many areas"));
	run_free(&run);
	/* each with the rest is fine, and an area that nobody is of is refused with its reason */
	run = run_more(5, "  - {name: age, title: T, dataset: survey, kind: mean, outcome: age, compare: [rest]}\n",
	               more.bytes);
	assert_ok(run.ok, &run.err);
	assert_string_equal(
		result_of(run.universe, (struct key){ "age", "mean_difference", NULL, "X21", "rest", NULL })->reason,
		"base-empty");
	run_free(&run);
	text_free(&more);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(comparisons_agree_with_r),
		cmocka_unit_test(a_family_is_all_tests_of_its_table_and_says_how_many),
		cmocka_unit_test(holm_is_never_put_upon_games_and_howell),
		cmocka_unit_test(an_area_below_the_threshold_is_in_no_family),
		cmocka_unit_test(two_areas_rest_on_these_two_and_what_is_adjusted_on_all),
		cmocka_unit_test(an_area_below_the_threshold_hides_its_lines_and_whatever_is_of_all),
		cmocka_unit_test(a_difference_is_shown_where_both_shares_are),
		cmocka_unit_test(an_adjusted_p_is_never_printed_as_0),
		cmocka_unit_test(a_ratio_with_a_count_of_0_is_refused_and_the_difference_is_not),
		cmocka_unit_test(a_mean_that_is_refused_is_told_by_no_difference),
		cmocka_unit_test(comparisons_by_design_agree_with_r),
		cmocka_unit_test(nothing_unweighted_is_compared_where_there_are_weights),
		cmocka_unit_test(what_is_unweighted_says_so),
		cmocka_unit_test(differences_that_change_sides_are_flagged),
		cmocka_unit_test(few_clusters_are_a_caution),
		cmocka_unit_test(an_area_of_one_cluster_is_compared_with_nothing),
		cmocka_unit_test(weights_that_were_adjusted_are_compared_by_their_groups),
		cmocka_unit_test(a_rest_by_known_weights_rests_on_every_area),
		cmocka_unit_test(what_would_not_use_adjusted_weights_is_refused),
		cmocka_unit_test(a_table_is_tested_without_adjusted_weights),
		cmocka_unit_test(pairs_of_many_areas_are_refused),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(standings) + COUNT(polarities) + COUNT(configs)];
	size_t count = COUNT(others);
	memcpy(tests, others, sizeof others);
	ADD_EXAMPLES(tests, count, standings, a_standing_has_its_word);
	ADD_EXAMPLES(tests, count, polarities, better_or_worse_is_said_only_where_it_was_declared);
	ADD_EXAMPLES(tests, count, configs, what_cannot_be_compared_is_refused);
	return _cmocka_run_group_tests("comparison", tests, count, NULL, NULL);
}
