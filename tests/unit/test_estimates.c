/* Totals, ratios and quantiles, and intervals of shares on request, of 240 made-up respondents: compare's lines against
 * R, what they rest on, and what is refused. */
#include "testing.h"

#include "test_compare.h"

/* --- the respondents: as tests/oracle/estimates.R has them --- */

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South'), (3, 'T', 'Tiny'), (4, 'W', 'West');"
	"INSERT INTO variable VALUES"
	" ('hours', 1, 'Hours', NULL, 'integer', 'amount', 'hours', NULL, NULL, 'none', 0, 100, 0, NULL, ''),"
	" ('offered', 2, 'Offered', NULL, 'number', 'amount', 'days', NULL, NULL, 'none', 0, 29, 0, NULL, ''),"
	" ('mood', 3, 'Mood', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('home', 4, 'Home', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('twice', 5, 'Twice', NULL, 'number', 'amount', NULL, NULL, NULL, 'none', 0, 58, 0, NULL, ''),"
	" ('never', 6, 'Never', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 5, 0, NULL, ''),"
	" ('rare', 7, 'Rare', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 10, 0, NULL, ''),"
	" ('kind', 8, 'Kind', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('band', 9, 'Band', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('area', 10, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, 'area');"
	"INSERT INTO code VALUES ('home', 1, 'yes', 'Yes'), ('home', 2, 'no', 'No'), ('mood', 1, '1', 'One'),"
	" ('mood', 2, '2', 'Two'), ('mood', 3, '5', 'Five'), ('kind', 1, '1', 'A'), ('kind', 2, '2', 'B'),"
	" ('band', 1, 'low', 'Low'), ('band', 2, 'high', 'High');"
	"INSERT INTO reason VALUES ('hours', 'refused'), ('offered', 'not_answered'), ('band', 'refused'),"
	" ('twice', 'not_answered'), ('never', 'not_answered'), ('rare', 'not_answered');"
	"INSERT INTO made_of VALUES ('band', 'hours', 0);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" hours INTEGER, offered REAL, mood INTEGER, home INTEGER, twice REAL, never INTEGER, rare INTEGER, kind INTEGER,"
	" band INTEGER);"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 239)"
	" INSERT INTO respondents SELECT i + 1, NULL, iif(i > 233, 3, iif(i % 4 = 2, 2, 1)), 1 + (i % 5) / 2.0,"
	" iif(i % 13 = 5, NULL, i * 37 % 101), iif(i % 17 = 3, NULL, 1 + i * 17 % 29),"
	" CASE i * i % 5 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END, iif(i % 3 = 0, 1, 2),"
	" iif(i % 17 = 3, NULL, 2 * (1 + i * 17 % 29)), 0, iif(i % 60 = 0, 10, 0), 1 + i % 2,"
	" iif(i % 13 = 5, NULL, 1 + (i * 37 % 101 > 50)) FROM n;"
	"INSERT INTO missing SELECT 'hours', respondent, 'refused' FROM respondents WHERE hours IS NULL;"
	"INSERT INTO missing SELECT 'band', respondent, 'refused' FROM respondents WHERE hours IS NULL;"
	"INSERT INTO missing SELECT 'offered', respondent, 'not_answered' FROM respondents WHERE offered IS NULL;"
	"INSERT INTO missing SELECT 'twice', respondent, 'not_answered' FROM respondents WHERE offered IS NULL;";

/* As `derive` leaves them where weights are adjusted to the margins. */
static const char adjusted[] =
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', '%s'), ('margins', '%s'), ('weight', 'adjusted');"
	"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents; INSERT INTO stratum VALUES (1, NULL);"
	"INSERT INTO margin SELECT 1, respondent, area FROM respondents;";

static struct run run_more(const char *unit, const char *analyses, const char *more, bool clashes)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	text_add(&sql, more);
	char *path = test_deidentified(&sql);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                  "datasets: [{name: survey, kind: responses, unit: %s, dictionary: nowhere}]\nanalyses:\n%s",
	                  unit, analyses);
	struct run run = run_study(yaml, path, clashes);
	free(yaml);
	free(path);
	return run;
}

static const char ten[] = "{name: respondent, threshold: 10}";

static struct run run_of(const char *analyses)
{
	struct run run = run_more(ten, analyses, "", true);
	assert_ok(run.ok, &run.err);
	return run;
}

static void assert_wrong(const char *analyses, const char *more, const char *what)
{
	struct run run = run_more(ten, analyses, more, true);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	if (!strstr(run.err.message, what))
		fail_msg("says something else: %s", run.err.message);
	run_free(&run);
}

#define ANALYSIS(name, kind, more) "  - {name: " name ", title: T, dataset: survey, kind: " kind ", " more "}\n"
#define SUM ANALYSIS("sum", "total", "outcome: hours")
#define HOMES ANALYSIS("homes", "total", "outcome: home, codes: ['yes']")
#define PER ANALYSIS("per", "ratio", "outcome: hours, per: offered, decimals: 3")
#define MIDDLE ANALYSIS("middle", "quantile", "outcome: hours, quantiles: [0.5]")
#define MOODS ANALYSIS("moods", "quantile", "outcome: mood, quantiles: [0.5]")

/* --- reading what came out --- */

static const struct result *line_of(const struct run *run, const char *analysis, const char *statistic,
                                    const char *area, const char *category)
{
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->analysis, analysis) == 0 && strcmp(result->statistic, statistic) == 0
		    && text_equal(result->area, area) && text_equal(result->category, category))
			return result;
	}
	fail_msg("no line %s %s %s %s", analysis, statistic, area ? area : "-", category ? category : "-");
	return NULL;
}

static const struct figure *figure_of(const struct run *run, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - run->universe->results) + 1;
	for (size_t i = 0; i < run->universe->figure_count; i++)
		if (run->universe->figures[i].result == id && strcmp(run->universe->figures[i].name, name) == 0)
			return &run->universe->figures[i];
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

static void assert_refused(const struct run *run, const struct result *line, const char *reason)
{
	assert_int_equal(line->status, RESULT_REFUSED);
	assert_string_equal(line->reason, reason);
	const struct figure *figure = figure_of(run, line, "estimate");
	assert_non_null(figure);
	assert_true(isnan(figure->value) && !figure->numerator && !figure->numerator_measure);
}

static void assert_flagged(const struct result *line, const char *flag, bool is)
{
	assert_int_equal(line->status, RESULT_OK);
	char *flags = mem_print(" %s ", line->flags ? line->flags : ""), *word = mem_print(" %s ", flag);
	if ((strstr(flags, word) != NULL) != is)
		fail_msg("%s: %s", flag, flags);
	free(flags);
	free(word);
}

/* --- against R --- */

struct example {
	const char *name, *analysis, *statistic, *area, *category;
	double estimate, low, high;
};

/* R 4.2.2, survey 4.1-1: see tests/oracle/estimates.R */
static const struct example examples[] = {
#include "../oracle/estimates.inc"
};

static void lines_agree_with_r(void **state)
{
	(void)state;
	struct run run = run_of(SUM HOMES PER MIDDLE MOODS);
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct example *example = &examples[i];
		const struct result *line =
			line_of(&run, example->analysis, example->statistic, example->area, example->category);
		if (line->status != RESULT_OK)
			fail_msg("%s is refused: %s", example->name, line->reason);
		const struct figure *low = figure_of(&run, line, "low");
		assert_close(figure_of(&run, line, "estimate")->value, example->estimate, 1e-11);
		assert_int_equal(low != NULL, !isnan(example->low));
		if (low) {
			assert_close(low->value, example->low, 1e-10);
			assert_close(figure_of(&run, line, "high")->value, example->high, 1e-10);
		}
	}
	run_free(&run);
}

/* --- totals --- */

/* A mean and a total of the same people are of one sum, which the audit knows from both. */
static void a_total_is_the_measure_of_its_mean(void **state)
{
	(void)state;
	struct run run = run_of(SUM ANALYSIS("average", "mean", "outcome: hours"));
	const struct figure *total = figure_of(&run, line_of(&run, "sum", "total", "S", NULL), "estimate"),
			    *mean = figure_of(&run, line_of(&run, "average", "mean", "S", NULL), "estimate");
	assert_int_equal(total->numerator_measure, mean->numerator_measure);
	assert_true(total->numerator_measure && !total->denominator && total->factor == 1);
	assert_close(run.universe->measures[total->numerator_measure - 1].total, total->value, 1e-15);
	assert_true(
		rests_on(&run, line_of(&run, "sum", "weighted_total", "S", NULL), "survey & area=S & hours:answered"));
	run_free(&run);
}

static void without_weights_a_total_estimates_nothing(void **state)
{
	(void)state;
	struct run run = run_more(ten, SUM HOMES, "UPDATE respondents SET weight = NULL;", true);
	assert_ok(run.ok, &run.err);
	for (size_t i = 0; i < run.universe->result_count; i++)
		assert_true(strcmp(run.universe->results[i].statistic, "weighted_total") != 0);
	assert_non_null(strstr(run.universe->arrangements[0].method, "of these respondents alone"));
	assert_int_equal(run.universe->arrangements[0].column_count, 2);
	assert_close(figure_of(&run, line_of(&run, "homes", "count", "S", "yes"), "n")->value, 19, 0);
	run_free(&run);
}

/* Who ticked an option, of a question where several may be ticked, by hand. */
static void totals_count_who_ticked_an_option(void **state)
{
	(void)state;
	static const char ticked[] =
		"INSERT INTO variable VALUES ('needs', 11, 'Needs', NULL, 'codes', 'nominal', NULL, NULL, NULL, 'none',"
		" NULL, NULL, 0, NULL, ''); INSERT INTO reason VALUES ('needs', 'refused');"
		"INSERT INTO code VALUES ('needs', 1, 'money', 'Money'), ('needs', 2, 'home', 'Home'), ('needs', 3, 'talk', 'Talk');"
		"ALTER TABLE respondents ADD COLUMN needs TEXT; UPDATE respondents SET weight = 2;"
		"UPDATE respondents SET needs = CASE respondent % 4 WHEN 0 THEN 'money' WHEN 1 THEN 'money;home' WHEN 2 THEN"
		" 'talk' ELSE '(none)' END WHERE respondent <= 200;"
		"INSERT INTO missing SELECT 'needs', respondent, 'refused' FROM respondents WHERE needs IS NULL;";
	struct run run = run_more(ten,
	                          ANALYSIS("needs", "total", "outcome: needs")
	                                  ANALYSIS("any", "total", "outcome: needs, codes: [home, talk]"),
	                          ticked, true);
	assert_ok(run.ok, &run.err);
	static const struct {
		const char *analysis, *term;
		double n;
	} cases[] = {
		{ "needs", "money", 100 }, { "needs", "home", 50 }, { "needs", "talk", 50 }, { "any", "home|talk", 100 }
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct result *count = line_of(&run, cases[i].analysis, "count", NULL, cases[i].term),
				    *total = line_of(&run, cases[i].analysis, "weighted_total", NULL, cases[i].term);
		assert_close(figure_of(&run, count, "n")->value, cases[i].n, 0);
		assert_close(figure_of(&run, total, "estimate")->value, 2 * cases[i].n, 1e-14);
	}
	run_free(&run);
	assert_wrong(ANALYSIS("any", "total", "outcome: needs, codes: [home, talk]")
	                     ANALYSIS("other", "share", "outcome: needs, codes: [home, money]"),
	             ticked, "count different groups of options");
	assert_wrong(ANALYSIS("q", "quantile", "outcome: needs"), ticked, "may have several answers");
}

static void totals_without_what_they_need_are_refused(void **state)
{
	(void)state;
	struct run run = run_of(SUM ANALYSIS("none", "total", "outcome: never"));
	assert_refused(&run, line_of(&run, "sum", "total", "W", NULL), "base-empty");
	assert_refused(&run, line_of(&run, "sum", "weighted_total", "W", NULL), "base-empty");
	assert_refused(&run, line_of(&run, "none", "weighted_total", "N", NULL), "zero-variance");
	assert_int_equal(line_of(&run, "none", "total", "N", NULL)->status, RESULT_OK);
	run_free(&run);
}

static void totals_carry_their_cautions(void **state)
{
	(void)state;
	struct run run = run_of(SUM HOMES ANALYSIS("few", "total", "outcome: rare"));
	const struct result *homes = line_of(&run, "homes", "weighted_total", "S", "yes"),
			    *few = line_of(&run, "few", "weighted_total", "N", NULL),
			    *tiny = line_of(&run, "sum", "weighted_total", "T", NULL),
			    *north = line_of(&run, "sum", "weighted_total", "N", NULL);
	assert_flagged(homes, "rse-above-20", true);
	assert_flagged(homes, "rse-above-33", false);
	assert_flagged(few, "rse-above-33", true);
	assert_flagged(few, "rse-above-20", false);
	assert_flagged(tiny, "design-df-below-8", true);
	assert_flagged(tiny, "n-below-10", true);
	assert_flagged(tiny, "n-eff-below-30", true);
	assert_string_equal(north->flags, "deff-above-1.5");
	run_free(&run);
	run = run_more(ten, SUM, "UPDATE respondents SET weight = 30 WHERE respondent % 7 = 0;", true);
	assert_ok(run.ok, &run.err);
	assert_flagged(line_of(&run, "sum", "weighted_total", "S", NULL), "deff-above-1.5", true);
	run_free(&run);
}

/* What each area stands for is public where weights are adjusted to it: a total tells how many took part. */
static void a_total_by_adjusted_weights_rests_on_who_took_part(void **state)
{
	(void)state;
	char *more = mem_print(adjusted, "poststratify", "area");
	struct run run = run_more(ten, SUM HOMES PER, more, true), plain = run_of(SUM);
	assert_ok(run.ok, &run.err);
	const struct result *south = line_of(&run, "sum", "weighted_total", "S", NULL),
			    *all = line_of(&run, "homes", "weighted_total", NULL, "yes");
	assert_true(rests_on(&run, south, "survey & area=S"));
	assert_false(rests_on(&run, south, "survey & area=N"));
	assert_true(rests_on(&run, all, "survey") && rests_on(&run, all, "survey & area=T"));
	assert_true(rests_on(&run, all, "survey & area=T & home=yes"));
	assert_true(rests_on(&run, line_of(&run, "per", "weighted_ratio", NULL, NULL),
	                     "survey & area=T & hours:answered & offered:answered"));
	assert_false(rests_on(&plain, line_of(&plain, "sum", "weighted_total", "S", NULL), "survey & area=S"));
	run_free(&plain);
	run_free(&run);
	free(more);
	more = mem_print(adjusted, "rake", "area, home");
	assert_wrong(SUM, more, "its lines would tell how few of a group");
	assert_wrong(PER, more, "its lines would tell how few of a group");
	assert_wrong(MIDDLE, more, "its lines would tell how few of a group");
	free(more);
}

/* --- ratios --- */

static void a_ratio_rests_on_both_sums_which_are_printed(void **state)
{
	(void)state;
	struct run run = run_of(PER SUM);
	const struct result *south = line_of(&run, "per", "ratio", "S", NULL);
	assert_true(rests_on(&run, south, "survey & area=S & hours:answered & offered:answered"));
	assert_int_equal(south->measure_count, 2);
	assert_true(universe_find(run.universe, "survey & area=S & hours:answered & offered:missing") != 0);
	const struct figure *hours = NULL, *offered = NULL;
	for (size_t i = 0; i < run.universe->figure_count; i++) {
		const struct figure *figure = &run.universe->figures[i];
		const struct result *line = &run.universe->results[figure->result - 1];
		if (!figure->numerator_measure || strcmp(line->analysis, "per") != 0 || !text_equal(line->area, "S"))
			continue;
		*(strcmp(line->outcome, "hours") == 0 ? &hours : &offered) = figure;
	}
	assert_non_null(hours);
	assert_non_null(offered);
	assert_close(hours->value / offered->value, figure_of(&run, south, "estimate")->value, 1e-14);
	assert_string_equal(run.universe->measures[offered->numerator_measure - 1].variable, "offered");
	assert_close(run.universe->measures[offered->numerator_measure - 1].total, offered->value, 1e-15);
	run_free(&run);
}

static void ratios_without_what_they_need_are_refused(void **state)
{
	(void)state;
	struct run run = run_of(PER ANALYSIS("nil", "ratio", "outcome: hours, per: never")
	                                ANALYSIS("same", "ratio", "outcome: twice, per: offered")
	                                        ANALYSIS("seldom", "ratio", "outcome: rare, per: offered"));
	assert_refused(&run, line_of(&run, "nil", "ratio", "N", NULL), "denominator-zero");
	assert_refused(&run, line_of(&run, "nil", "weighted_ratio", "N", NULL), "denominator-zero");
	assert_refused(&run, line_of(&run, "same", "ratio", "N", NULL), "zero-variance");
	assert_refused(&run, line_of(&run, "per", "ratio", "W", NULL), "base-empty");
	assert_flagged(line_of(&run, "seldom", "ratio", "N", NULL), "rse-above-33", true);
	assert_flagged(line_of(&run, "per", "ratio", "N", NULL), "rse-above-20", false);
	run_free(&run);
	assert_wrong(ANALYSIS("r", "ratio", "outcome: hours, per: hours"), "", "the ratio of a number to itself");
	assert_wrong(ANALYSIS("r", "ratio", "outcome: hours, per: mood"), "", "a ratio is of two numbers");
	assert_wrong(ANALYSIS("r", "ratio", "outcome: home, per: hours"), "", "a ratio is of two numbers");
	assert_wrong(ANALYSIS("r", "ratio", "outcome: hours, per: ours"), "", "no variable");
	assert_wrong(ANALYSIS("t", "total", "outcome: hours, codes: ['1']"), "", "codes count people");
}

/* --- quantiles --- */

/* South has 53 answers: its median lies at place 27, the limits at 19 and 35; of the lower quartile the lower limit at
 * 8, with 7 answers below it. Tiny has 5, and no interval at all. */
static void a_quantile_has_the_threshold_on_either_side(void **state)
{
	(void)state;
	struct run run = run_of(ANALYSIS("q", "quantile", "outcome: hours"));
	assert_close(figure_of(&run, line_of(&run, "q", "count", "S", NULL), "n")->value, 53, 0);
	assert_refused(&run, line_of(&run, "q", "quantile", "S", "0.25"), "fewer-beside-than-threshold");
	assert_refused(&run, line_of(&run, "q", "weighted_quantile", "S", "0.25"), "fewer-beside-than-threshold");
	assert_int_equal(line_of(&run, "q", "quantile", "S", "0.5")->status, RESULT_OK);
	assert_refused(&run, line_of(&run, "q", "quantile", "S", "0.75"), "fewer-beside-than-threshold");
	assert_refused(&run, line_of(&run, "q", "quantile", "T", "0.25"), "interval-open");
	assert_refused(&run, line_of(&run, "q", "quantile", "T", "0.5"), "interval-open");
	assert_refused(&run, line_of(&run, "q", "quantile", "W", "0.5"), "base-empty");
	for (size_t i = 0; i < 3; i++) {
		static const char *const quarters[] = { "0.25", "0.5", "0.75" };
		assert_int_equal(line_of(&run, "q", "quantile", "N", quarters[i])->status, RESULT_OK);
		assert_int_equal(line_of(&run, "q", "weighted_quantile", "N", quarters[i])->status, RESULT_OK);
	}
	run_free(&run);
}

/* Whether it is refused goes by how many answered, not by what they answered. */
static void what_is_refused_tells_nothing_of_the_answers(void **state)
{
	(void)state;
	struct run one = run_of(ANALYSIS("q", "quantile", "outcome: hours")),
		   other = run_more(ten, ANALYSIS("q", "quantile", "outcome: hours"),
	                            "UPDATE respondents SET hours = hours / 90 WHERE hours IS NOT NULL;", true);
	assert_ok(other.ok, &other.err);
	for (size_t i = 0; i < one.universe->result_count; i++)
		if (strcmp(one.universe->results[i].statistic, "quantile") == 0)
			assert_int_equal(one.universe->results[i].status, other.universe->results[i].status);
	run_free(&one);
	run_free(&other);
}

/* Two intervals that meet would leave few answers between. */
static void quantiles_keep_apart(void **state)
{
	(void)state;
	struct run run = run_of(ANALYSIS("q", "quantile", "outcome: hours, quantiles: [0.4, 0.45, 0.6]"));
	assert_int_equal(line_of(&run, "q", "quantile", "N", "0.4")->status, RESULT_OK);
	assert_refused(&run, line_of(&run, "q", "quantile", "N", "0.45"), "fewer-beside-than-threshold");
	assert_refused(&run, line_of(&run, "q", "weighted_quantile", "N", "0.45"), "fewer-beside-than-threshold");
	assert_int_equal(line_of(&run, "q", "quantile", "N", "0.6")->status, RESULT_OK);
	run_free(&run);
	run = run_of(ANALYSIS("m", "quantile", "outcome: mood, quantiles: [0.4, 0.5, 0.6]"));
	assert_int_equal(line_of(&run, "m", "quantile", "S", "0.4")->status, RESULT_OK);
	assert_refused(&run, line_of(&run, "m", "quantile", "S", "0.5"), "fewer-beside-than-threshold");
	assert_int_equal(line_of(&run, "m", "quantile", "S", "0.6")->status, RESULT_OK);
	assert_null(figure_of(&run, line_of(&run, "m", "quantile", "S", "0.6"), "low"));
	run_free(&run);
}

/* One answer beyond either limit is enough there. */
static void what_nobody_protects_is_shown(void **state)
{
	(void)state;
	static const struct {
		const char *more, *reason;
	} cases[] = {
		{ "", "interval-open" },                                                                    /* of 5 */
		{ "UPDATE respondents SET area = 3 WHERE respondent = 1;", "fewer-beside-than-threshold" }, /* of 6 */
		{ "UPDATE respondents SET area = 3 WHERE respondent < 11;", NULL },                         /* of 14 */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run run = run_more("{name: service, confidential: no}", MIDDLE, cases[i].more, true);
		assert_ok(run.ok, &run.err);
		const struct result *line = line_of(&run, "middle", "quantile", "T", "0.5");
		if (cases[i].reason)
			assert_refused(&run, line, cases[i].reason);
		else
			assert_int_equal(line->status, RESULT_OK);
		run_free(&run);
	}
}

static void all_areas_rest_on_each(void **state)
{
	(void)state;
	struct run run = run_of(MIDDLE);
	const struct result *all = line_of(&run, "middle", "quantile", NULL, "0.5");
	assert_true(rests_on(&run, all, "survey & hours:answered"));
	assert_true(rests_on(&run, all, "survey & area=T & hours:answered"));
	assert_false(
		rests_on(&run, line_of(&run, "middle", "quantile", "S", "0.5"), "survey & area=T & hours:answered"));
	run_free(&run);
}

static void quantiles_need_an_order(void **state)
{
	(void)state;
	assert_wrong(ANALYSIS("q", "quantile", "outcome: home"), "", "a quantile needs answers in an order");
	assert_wrong(ANALYSIS("q", "quantile", "outcome: kind"), "", "a quantile needs answers in an order");
}

/* --- what must not stand together --- */

static void quantiles_beside_counts_of_the_same_answers_are_refused(void **state)
{
	(void)state;
	static const char together[] = "together they would tell how few lie between two values";
	assert_wrong(MOODS ANALYSIS("s", "share", "outcome: mood, codes: ['1']"), "", together);
	assert_wrong(ANALYSIS("t", "table", "outcome: home, across: mood") MOODS, "", together);
	assert_wrong(MOODS ANALYSIS("n", "total", "outcome: mood"), "", together);
	assert_wrong(MIDDLE ANALYSIS("b", "share", "outcome: band"), "", together);
	assert_wrong(MIDDLE ANALYSIS("other", "quantile", "outcome: hours, quantiles: [0.4]"), "", together);
	assert_wrong(ANALYSIS("mean", "mean", "outcome: mood") ANALYSIS("n", "total", "outcome: mood"), "",
	             "is the mean of the codes that");
	struct run run = run_of(MIDDLE SUM PER ANALYSIS("mean", "mean", "outcome: hours")
	                                ANALYSIS("t", "table", "outcome: mood"));
	run_free(&run);
}

static void what_a_ratio_is_divided_by_is_about_the_same_people(void **state)
{
	(void)state;
	assert_wrong(PER ANALYSIS("f", "mean", "outcome: rare, filter: offered > 3"), "",
	             "reads `offered`, which `per` is about");
	assert_wrong(ANALYSIS("r", "ratio", "outcome: hours, per: never"),
	             "INSERT INTO made_of VALUES ('never', 'rare', 1);", "which has no more than four values");
	assert_wrong(ANALYSIS("r", "total", "outcome: rare"), "INSERT INTO made_of VALUES ('rare', 'kind', 1);",
	             "is a total of `rare`, which has no more than four values");
	assert_wrong(ANALYSIS("r", "ratio", "outcome: hours, per: twice") ANALYSIS("m", "mean", "outcome: offered"),
	             "INSERT INTO made_of VALUES ('twice', 'offered', 1);", "which are made of the same answers");
}

/* --- intervals of shares --- */

static void intervals_are_named_and_reckoned_as_asked(void **state)
{
	(void)state;
	static const struct {
		const char *word, *plain, *designed;
	} ways[] = {
		{ "wilson", "Wilson score interval", "Wilson score interval with the effective sample size" },
		{ "clopper-pearson", "Clopper-Pearson interval", "Korn-Graubard interval" },
		{ "jeffreys", "Jeffreys interval", "Jeffreys interval with the effective sample size" },
		{ "logit", "logit interval", "logit interval" },
		{ "korn-graubard", "Clopper-Pearson interval", "Korn-Graubard interval" },
	};
	double low[COUNT(ways)], weighted[COUNT(ways)];
	for (size_t i = 0; i < COUNT(ways); i++) {
		char *yaml =
			mem_print(ANALYSIS("s", "share", "outcome: home, codes: ['yes'], interval: %s"), ways[i].word);
		struct run run = run_of(yaml);
		const struct result *plain = line_of(&run, "s", "share", "S", "yes"),
				    *designed = line_of(&run, "s", "weighted_share", "S", "yes");
		assert_string_equal(plain->method, ways[i].plain);
		char *method = mem_print("Taylor linearisation, %s", ways[i].designed);
		assert_string_equal(designed->method, method);
		low[i] = figure_of(&run, plain, "low")->value;
		weighted[i] = figure_of(&run, designed, "low")->value;
		run_free(&run);
		free(method);
		free(yaml);
	}
	/* R 4.2.2: prop.test(19, 58, correct = FALSE), binom.test(19, 58), qbeta(.025, 19.5, 39.5), and qlogis(19/58)
	 * less 1.96 sqrt(58/(19 * 39)) turned back */
	assert_close(low[0], 22.0833, 1e-5);
	assert_close(low[1], 21.0054, 1e-5);
	assert_close(low[2], 21.7455, 1e-5);
	assert_close(low[3], 21.9691, 1e-5);
	assert_close(low[4], low[1], 0);
	assert_close(weighted[4], weighted[1], 0);
	assert_true(weighted[1] < weighted[2] && weighted[2] != weighted[0] && weighted[3] != weighted[0]);
}

static void a_logit_interval_is_refused_where_nobody_or_everybody_gave_it(void **state)
{
	(void)state;
	static const char none[] = "UPDATE respondents SET home = 2 WHERE area = 2;";
	struct run run = run_more(ten, ANALYSIS("s", "share", "outcome: home, interval: logit"), none, true);
	assert_ok(run.ok, &run.err);
	assert_refused(&run, line_of(&run, "s", "share", "S", "yes"), "count-zero");
	assert_refused(&run, line_of(&run, "s", "share", "S", "no"), "count-zero");
	assert_refused(&run, line_of(&run, "s", "weighted_share", "S", "no"), "count-zero");
	assert_int_equal(line_of(&run, "s", "share", "N", "no")->status, RESULT_OK);
	run_free(&run);
}

/* Every other interval is there at 0 per cent, and by weights it says that it is the exact one. */
static void other_intervals_are_there_where_nobody_gave_it(void **state)
{
	(void)state;
	static const char none[] = "UPDATE respondents SET home = 2 WHERE area = 2;";
	static const char *const words[] = { "wilson", "clopper-pearson", "jeffreys", "korn-graubard" };
	for (size_t i = 0; i < COUNT(words); i++) {
		char *yaml = mem_print(ANALYSIS("s", "share", "outcome: home, interval: %s"), words[i]);
		struct run run = run_more(ten, yaml, none, true);
		assert_ok(run.ok, &run.err);
		const struct result *weighted = line_of(&run, "s", "weighted_share", "S", "yes");
		assert_flagged(weighted, "exact-interval", true);
		assert_flagged(line_of(&run, "s", "weighted_share", "N", "yes"), "exact-interval", false);
		assert_string_equal(weighted->method, "Clopper-Pearson interval with Kish's effective sample size");
		assert_close(figure_of(&run, line_of(&run, "s", "share", "S", "yes"), "low")->value, 0, 0);
		run_free(&run);
		free(yaml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_agree_with_r),
		cmocka_unit_test(a_total_is_the_measure_of_its_mean),
		cmocka_unit_test(without_weights_a_total_estimates_nothing),
		cmocka_unit_test(totals_count_who_ticked_an_option),
		cmocka_unit_test(totals_without_what_they_need_are_refused),
		cmocka_unit_test(totals_carry_their_cautions),
		cmocka_unit_test(a_total_by_adjusted_weights_rests_on_who_took_part),
		cmocka_unit_test(a_ratio_rests_on_both_sums_which_are_printed),
		cmocka_unit_test(ratios_without_what_they_need_are_refused),
		cmocka_unit_test(a_quantile_has_the_threshold_on_either_side),
		cmocka_unit_test(what_is_refused_tells_nothing_of_the_answers),
		cmocka_unit_test(quantiles_keep_apart),
		cmocka_unit_test(what_nobody_protects_is_shown),
		cmocka_unit_test(all_areas_rest_on_each),
		cmocka_unit_test(quantiles_need_an_order),
		cmocka_unit_test(quantiles_beside_counts_of_the_same_answers_are_refused),
		cmocka_unit_test(what_a_ratio_is_divided_by_is_about_the_same_people),
		cmocka_unit_test(intervals_are_named_and_reckoned_as_asked),
		cmocka_unit_test(a_logit_interval_is_refused_where_nobody_or_everybody_gave_it),
		cmocka_unit_test(other_intervals_are_there_where_nobody_gave_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
