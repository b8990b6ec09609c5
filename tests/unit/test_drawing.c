/* How compare reads what deidentify wrote of a sample: what is damaged is refused, and what lines by design rest on. */
#include "testing.h"

#include "test_compare.h"

/* Two areas of four; one of the first gives no score. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 2);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South');"
	"INSERT INTO variable VALUES"
	" ('area', 1, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area'),"
	" ('score', 2, 'Score', NULL, 'integer', 'scale', NULL, NULL, NULL, 'sensitive', 0, 10, 0, NULL, ''),"
	" ('hours', 3, 'Hours', NULL, 'integer', 'amount', NULL, NULL, NULL, 'sensitive', 0, 50, 1, NULL, '');"
	"INSERT INTO reason VALUES ('score', 'refused');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, score INTEGER, hours INTEGER);"
	"INSERT INTO respondents VALUES (1, NULL, 1, 1.5, 8, 20), (2, NULL, 1, 0.5, 3, 10), (3, NULL, 1, 1, 7, 30), (4, NULL, 1, 1, NULL, 25),"
	" (5, NULL, 2, 2, 4, 15), (6, NULL, 2, 1, 9, 40), (7, NULL, 2, 1.5, 1, 5), (8, NULL, 2, 0.5, 6, 35);"
	"INSERT INTO missing VALUES ('score', 4, 'refused');";

static const char design[] =
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'none'), ('margins', ''), ('weight', 'weight');";
static const char one_by_one[] = "INSERT INTO drawn SELECT respondent, 1, respondent, NULL FROM respondents;"
				 "INSERT INTO stratum VALUES (1, NULL);";
static const char replicates[] =
	"INSERT INTO design VALUES ('replicates', 'jk1'), ('replicates_around', 'estimate'), ('replicates_df', 'rank');"
	"INSERT INTO replicate VALUES (1, 0.75), (2, 0.75), (3, 0.75), (4, 0.75);"
	"INSERT INTO replicate_weight SELECT respondent, replicate, iif((respondent - 1) % 4 + 1 = replicate, 0, weight * 4 / 3)"
	" FROM respondents, replicate;";
static const char finite[] = "INSERT INTO drawn SELECT respondent, area, respondent, NULL FROM respondents;"
			     "INSERT INTO stratum VALUES (1, 6), (2, 6);";
static const char unweighted[] = "DELETE FROM design WHERE item = 'weight'; UPDATE respondents SET weight = NULL;"
				 "INSERT INTO drawn SELECT respondent, area, respondent, NULL FROM respondents;"
				 "INSERT INTO stratum VALUES (1, NULL), (2, NULL);";
static const char clusters[] = "INSERT INTO drawn SELECT respondent, 1, (respondent + 1) / 2, NULL FROM respondents;"
			       "INSERT INTO stratum VALUES (1, 9);";
static const char two_stages[] = "INSERT INTO drawn SELECT respondent, 1, (respondent + 1) / 2, NULL FROM respondents;"
				 "INSERT INTO stratum VALUES (1, 9);"
				 "INSERT INTO cluster VALUES (1, 5), (2, 5), (3, 4), (4, 4);";

static const char all[] =
	"  - {name: mean, title: M, dataset: survey, kind: mean, outcome: score}\n"
	"  - {name: total, title: T, dataset: survey, kind: total, outcome: score}\n"
	"  - {name: ratio, title: R, dataset: survey, kind: ratio, outcome: score, per: hours}\n"
	"  - {name: median, title: Q, dataset: survey, kind: quantile, outcome: score, quantiles: [0.5]}\n";

static struct run run_on(const char *analyses, const char *drawn, const char *more)
{
	struct text sql = { 0 };
	text_print(&sql, "%s%s%s%s", description, design, drawn, more);
	char *path = test_deidentified(&sql),
	     *yaml = mem_print(
		     "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
		     "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: 2}, dictionary: no}]\n"
		     "analyses:\n%s",
		     analyses);
	struct run run = run_study(yaml, path, false);
	free(path);
	free(yaml);
	return run;
}

static const struct result *line_of(const struct run *run, const char *statistic, const char *area)
{
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->statistic, statistic) == 0 && text_equal(result->area, area))
			return result;
	}
	fail_msg("no line %s", statistic);
	return NULL;
}

static bool rests_on(const struct run *run, const struct result *result, const char *condition)
{
	size_t cell = universe_find(run->universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	for (size_t i = 0; i < result->cell_count; i++)
		if (run->universe->rests[result->first_cell + i] == cell)
			return true;
	return false;
}

/* --- damage --- */

static const struct damage {
	const char *name, *drawn, *more;
} damages[] = {
	{ "a replicate weight is gone", one_by_one,
	  "DELETE FROM replicate_weight WHERE respondent = 8 AND replicate = 4" },
	{ "a replicate weight of nobody", one_by_one, "INSERT INTO replicate_weight VALUES (9, 1, 1)" },
	{ "a replicate without a scale", one_by_one, "DELETE FROM replicate WHERE replicate = 4" },
	{ "no kind of replicates", one_by_one, "UPDATE design SET value = 'jk2' WHERE item = 'replicates'" },
	{ "no number of degrees of freedom", one_by_one,
	  "UPDATE design SET value = 'few' WHERE item = 'replicates_df'" },
	{ "the size of a cluster is gone", two_stages, "DELETE FROM cluster WHERE cluster = 2" },
	{ "the size of the last cluster is gone", two_stages, "DELETE FROM cluster WHERE cluster = 4" },
	{ "the size of no cluster", two_stages, "INSERT INTO cluster VALUES (5, 9)" },
};

static void what_does_not_fit_is_damage(void **state)
{
	const struct damage *damage = *state;
	bool staged = damage->drawn == two_stages;
	char *sql = mem_print("%s%s", staged ? "" : replicates, damage->more);
	struct run whole = run_on(all, damage->drawn, staged ? "" : replicates), run = run_on(all, damage->drawn, sql);
	assert_ok(whole.ok, &whole.err);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, ERROR_INPUT);
	assert_non_null(strstr(run.err.message, "design does not fit"));
	assert_non_null(strstr(run.err.help, "make again"));
	run_free(&whole);
	run_free(&run);
	free(sql);
}

/* --- lines --- */

static void lines_say_which_way_their_variance_was_had(void **state)
{
	(void)state;
	static const struct {
		const char *drawn, *more, *method;
	} examples[] = {
		{ one_by_one, "", "Taylor linearisation, Student t interval" },
		{ two_stages, "",
		  "Taylor linearisation, in clusters and within them, from a finite population, Student t interval" },
		{ one_by_one, replicates,
		  "the jackknife (replicate weights, JK1), around the estimate, Student t interval" },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct run run = run_on(all, examples[i].drawn, examples[i].more);
		assert_ok(run.ok, &run.err);
		assert_string_equal(line_of(&run, "weighted_mean", NULL)->method, examples[i].method);
		assert_string_equal(line_of(&run, "weighted_total", NULL)->method, examples[i].method);
		assert_string_equal(line_of(&run, "weighted_ratio", NULL)->method, examples[i].method);
		run_free(&run);
	}
}

/* Limits that know the population tell how many of the area are in the sample. */
static void with_a_finite_population_a_line_rests_on_who_did_not_answer(void **state)
{
	(void)state;
	static const char *const statistics[] = { "weighted_mean", "weighted_total", "weighted_ratio",
		                                  "weighted_quantile" };
	struct run known = run_on(all, finite, ""), endless = run_on(all, one_by_one, "");
	assert_ok(known.ok, &known.err);
	assert_ok(endless.ok, &endless.err);
	for (size_t i = 0; i < COUNT(statistics); i++) {
		const struct result *north = line_of(&known, statistics[i], "N"),
				    *everywhere = line_of(&known, statistics[i], NULL);
		assert_true(rests_on(&known, north, "survey & area=N & score:missing"));
		assert_true(rests_on(&known, north, "survey & area=N & score:answered"));
		assert_false(rests_on(&known, north, "survey & area=S & score:missing"));
		assert_true(rests_on(&known, everywhere, "survey & area=N & score:missing"));
		assert_true(rests_on(&known, everywhere, "survey & area=S & score:missing"));
		assert_false(
			rests_on(&endless, line_of(&endless, statistics[i], "N"), "survey & area=N & score:missing"));
	}
	static const char compared[] =
		"  - {name: mean, title: M, dataset: survey, kind: mean, outcome: score, compare: [pairs, rest]}\n";
	struct run pairs = run_on(compared, finite, "");
	assert_ok(pairs.ok, &pairs.err);
	assert_true(rests_on(&pairs, line_of(&pairs, "design_wald", NULL), "survey & area=N & score:missing"));
	assert_true(
		rests_on(&pairs, line_of(&pairs, "weighted_mean_difference", "N"), "survey & area=N & score:missing"));
	run_free(&pairs);
	struct run of_clusters = run_on(all, clusters, ""), of_both = run_on(all, two_stages, "");
	assert_false(
		rests_on(&of_clusters, line_of(&of_clusters, "weighted_mean", "N"), "survey & area=N & score:missing"));
	assert_true(rests_on(&of_both, line_of(&of_both, "weighted_mean", "N"), "survey & area=N & score:missing"));
	run_free(&of_clusters);
	run_free(&of_both);
	assert_false(rests_on(&known, line_of(&known, "mean", "N"), "survey & area=N & score:missing"));
	run_free(&known);
	run_free(&endless);
}

/* n/(n - 1) of the people of a stratum is in its limits; where no weight is a secret, nothing else is that is not printed. */
static void few_in_a_stratum_are_told_by_limits(void **state)
{
	(void)state;
	static const char line[] = "  - {name: mean, title: M, dataset: survey, kind: mean, outcome: score, decimals: %d}\n";
	for (int decimals = 0; decimals <= 6; decimals += 6) {
		char *analysis = mem_print(line, decimals);
		struct run strata = run_on(analysis, unweighted, ""), weights = run_on(analysis, one_by_one, "");
		assert_ok(strata.ok, &strata.err);
		assert_ok(weights.ok, &weights.err);
		const struct result *north = line_of(&strata, "weighted_mean", "N"), *all_areas = line_of(&strata, "weighted_mean", NULL);
		assert_true(rests_on(&strata, north, "survey & area=N & score:missing"));
		assert_true(rests_on(&strata, all_areas, "survey & area=N & score:missing"));
		assert_false(rests_on(&strata, north, "survey & area=S & score:missing"));
		/* weights of their own are in the limits, too, and nobody knows them */
		assert_false(rests_on(&weights, line_of(&weights, "weighted_mean", "N"), "survey & score:missing"));
		run_free(&strata);
		run_free(&weights);
		free(analysis);
	}
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(few_in_a_stratum_are_told_by_limits),
		cmocka_unit_test(lines_say_which_way_their_variance_was_had),
		cmocka_unit_test(with_a_finite_population_a_line_rests_on_who_did_not_answer),
	};
	struct CMUnitTest tests[COUNT(damages) + COUNT(others)];
	size_t count = 0;
	ADD_EXAMPLES(tests, count, damages, what_does_not_fit_is_damage);
	memcpy(tests + count, others, sizeof others);
	return _cmocka_run_group_tests("drawing", tests, COUNT(tests), NULL, NULL);
}
