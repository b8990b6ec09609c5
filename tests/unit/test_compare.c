/* The whole of compare on eleven made-up respondents, counted by hand. Means, intervals and tests: R 4.2.2 on the same
 * rows (t.test, svymean of survey 4.1-1 with ids = ~1, prop.test and chisq.test with correct = FALSE, oneway.test). */
#include "testing.h"

#include "test_compare.h"

/* --- the respondents --- */

/* "": missing, for the reason in the field behind it. */
struct person {
	const char *area, *weight, *happy, *happy_reason, *score, *score_reason, *mood, *sex, *sex_reason;
};

static const struct person people[] = {
	{ "N", "1", "yes", "", "4", "", "1", "f", "" },
	{ "N", "1", "yes", "", "6", "", "2", "f", "" },
	{ "N", "2", "no", "", "5", "", "3", "m", "" },
	{ "N", "1", "no", "", "", "not_answered", "1", "m", "" },
	{ "N", "1", "", "refused", "9", "", "2", "", "not_answered" },
	{ "N", "2", "yes", "", "7", "", "3", "f", "" },
	{ "S", "1", "no", "", "1", "", "1", "m", "" },
	{ "S", "1", "no", "", "2", "", "2", "f", "" },
	{ "S", "3", "yes", "", "3", "", "3", "m", "" },
	{ "S", "1", "", "not_answered", "2", "", "1", "f", "" },
	{ "S", "1", "no", "", "", "not_answered", "2", "m", "" },
};

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South'), (3, 'W', 'West');"
	"INSERT INTO variable VALUES"
	" ('happy', 1, 'Happy', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('score', 2, 'Score', NULL, 'integer', 'scale', 'points', NULL, NULL, 'none', 0, 10, 0, NULL, ''),"
	" ('mood', 3, 'Mood', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('sex', 4, 'Sex', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('gone', 5, 'Not kept', NULL, 'text', 'none', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('area', 6, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, 'area');"
	"INSERT INTO code VALUES ('happy', 1, 'yes', 'Yes'), ('happy', 2, 'no', 'No'), ('mood', 1, '1', 'Low'),"
	" ('mood', 2, '2', 'Middling'), ('mood', 3, '3', 'High'), ('sex', 1, 'f', 'Female'), ('sex', 2, 'm', 'Male');"
	"INSERT INTO reason VALUES ('happy', 'not_answered'), ('happy', 'refused'), ('score', 'not_answered'),"
	" ('sex', 'not_answered');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" happy INTEGER, score INTEGER, mood INTEGER, sex INTEGER);";

enum { WITH_WEIGHTS = 1, WITHOUT_WEIGHTS = 0 };

static void add_missing(struct text *sql, const char *variable, size_t respondent, const char *reason)
{
	if (*reason)
		text_print(sql, "INSERT INTO missing VALUES ('%s', %zu, '%s');", variable, respondent, reason);
}

static const char *position(const char *value, const char *first)
{
	return !*value ? "NULL" : strcmp(value, first) == 0 ? "1" : "2";
}

/* A deidentified.db of these people, then of `more` SQL. Free the path with free(). */
static char *write_dataset(bool weights, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	for (size_t i = 0; i < COUNT(people); i++) {
		const struct person *person = &people[i];
		text_print(&sql, "INSERT INTO respondents VALUES (%zu, NULL, %s, %s, %s, %s, %s, %s);", i + 1,
			   position(person->area, "N"), weights ? person->weight : "NULL",
			   position(person->happy, "yes"), *person->score ? person->score : "NULL", person->mood,
			   position(person->sex, "f"));
		add_missing(&sql, "happy", i + 1, person->happy_reason);
		add_missing(&sql, "score", i + 1, person->score_reason);
		add_missing(&sql, "sex", i + 1, person->sex_reason);
	}
	text_add(&sql, more);
	return test_deidentified(&sql);
}

/* --- running compare --- */

static const char head[] = "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
			   "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: 3},"
			   " dictionary: nowhere}]\n"
			   "analyses:\n";

static struct run run_on(const char *analyses, const char *path)
{
	char *yaml = mem_print("%s%s", head, analyses);
	struct run run = run_study(yaml, path, false);
	free(yaml);
	return run;
}

static struct run run_analyses(const char *analyses, bool weights)
{
	char *path = write_dataset(weights, "");
	struct run run = run_on(analyses, path);
	assert_ok(run.ok, &run.err);
	free(path);
	return run;
}

/* --- reading what came out --- */

static long long n_of(const struct run *run, const char *condition)
{
	size_t cell = universe_find(run->universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	return run->universe->cells[cell - 1].n;
}

/* NULL stands for all areas, no category, nothing across. */
static const struct result *result_of(const struct run *run, const char *analysis, const char *statistic,
				      const char *area, const char *category, const char *across)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->analysis, analysis) == 0 && strcmp(result->statistic, statistic) == 0 &&
		    text_equal(result->area, area) && text_equal(result->category, category) &&
		    text_equal(result->across, across)) {
			assert_null(found); /* one line for each */
			found = result;
		}
	}
	if (!found)
		fail_msg("no line %s %s %s %s", analysis, statistic, area ? area : "-", category ? category : "-");
	return found;
}

static const struct figure *figure_of(const struct run *run, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - run->universe->results) + 1;
	for (size_t i = 0; i < run->universe->figure_count; i++)
		if (run->universe->figures[i].result == id && strcmp(run->universe->figures[i].name, name) == 0)
			return &run->universe->figures[i];
	fail_msg("no figure %s", name);
	return NULL;
}

static double value_of(const struct run *run, const struct result *result, const char *name)
{
	return figure_of(run, result, name)->value;
}

static const char *condition_of(const struct run *run, size_t cell)
{
	return cell ? run->universe->cells[cell - 1].condition : "";
}

static bool rests_on(const struct run *run, const struct result *result, const char *condition)
{
	size_t cell = universe_find(run->universe, condition);
	for (size_t i = 0; i < result->cell_count; i++)
		if (run->universe->rests[result->first_cell + i] == cell)
			return true;
	return false;
}

static bool has_relation(const struct run *run, const char *parent, const char *const *parts, size_t count)
{
	const struct universe *universe = run->universe;
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		if (relation->parent != universe_find(universe, parent) || relation->part_count != count)
			continue;
		size_t same = 0;
		for (size_t p = 0; p < count; p++)
			for (size_t q = 0; q < count; q++)
				same += universe->parts[relation->first_part + p] == universe_find(universe, parts[q]);
		if (same == count)
			return true;
	}
	return false;
}

/* --- every cell against the people, read from its condition --- */

static const char *value_for(const struct person *person, const char *variable, size_t length, const char **reason)
{
	static const char none[] = "";
	*reason = none;
	if (length == 4 && memcmp(variable, "area", 4) == 0)
		return person->area;
	if (length == 4 && memcmp(variable, "mood", 4) == 0)
		return person->mood;
	*reason = *variable == 'h'                  ? person->happy_reason
		  : strncmp(variable, "sc", 2) == 0 ? person->score_reason
						    : person->sex_reason;
	return *variable == 'h' ? person->happy : strncmp(variable, "sc", 2) == 0 ? person->score : person->sex;
}

static bool is_one_of(const char *value, const char *codes, size_t length)
{
	for (const char *code = codes; *value && code <= codes + length;) {
		size_t size = strcspn(code, "|&");
		while (size && code[size - 1] == ' ')
			size--;
		if (strlen(value) == size && memcmp(code, value, size) == 0)
			return true;
		code += size;
		if (*code != '|')
			return false;
		code++;
	}
	return false;
}

/* The filters that the tests use, by hand. */
static bool filter_holds(const struct person *person, const char *filter, size_t length)
{
	if (length == 9 && memcmp(filter, "sex = 'f'", 9) == 0)
		return strcmp(person->sex, "f") == 0;
	if (length == 8 && memcmp(filter, "mood > 1", 8) == 0)
		return strcmp(person->mood, "1") != 0;
	fail_msg("a filter that the tests do not know");
	return false;
}

static bool term_holds(const struct person *person, const char *term, size_t length)
{
	bool not = *term == '!';
	if (strncmp(term + not, "filter:(", 8) == 0)
		return filter_holds(person, term + not +8, length - (size_t) not -9) != not ;
	size_t name = strcspn(term, "=!:");
	const char *reason = "", *value = value_for(person, term, name, &reason), *rest = term + name;
	if (*rest == '=')
		return is_one_of(value, rest + 1, length - name - 1);
	if (*rest == '!')
		return *value && !is_one_of(value, rest + 2, length - name - 2);
	rest++;
	size_t size = length - name - 1;
	if (size == 8 && memcmp(rest, "answered", 8) == 0)
		return *value;
	if (size == 7 && memcmp(rest, "missing", 7) == 0)
		return !*value;
	return strlen(reason) == size && memcmp(reason, rest, size) == 0;
}

static bool is_in(const struct person *person, const char *condition)
{
	const char *term = strstr(condition, " & ");
	while (term) {
		term += 3;
		const char *next = strstr(term, " & ");
		if (!term_holds(person, term, next ? (size_t)(next - term) : strlen(term)))
			return false;
		term = next;
	}
	return true;
}

static void check_cells(const struct run *run)
{
	for (size_t i = 0; i < run->universe->cell_count; i++) {
		const struct cell *cell = &run->universe->cells[i];
		long long n = 0;
		assert_true(strncmp(cell->condition, "survey", 6) == 0);
		for (size_t p = 0; p < COUNT(people); p++)
			n += is_in(&people[p], cell->condition);
		if (cell->n != n)
			fail_msg("%s holds %lld, not %lld", cell->condition, n, cell->n);
	}
}

/* How many of the relations are independent: Gaussian elimination in whole steps of 1, small enough for doubles. */
static size_t rank_of(const struct universe *universe)
{
	size_t rows = universe->relation_count, columns = universe->cell_count, rank = 0;
	double *m = mem_alloc(rows * columns, sizeof *m);
	for (size_t r = 0; r < rows; r++) {
		const struct relation *relation = &universe->relations[r];
		m[r * columns + relation->parent - 1] = 1;
		for (size_t p = 0; p < relation->part_count; p++)
			m[r * columns + universe->parts[relation->first_part + p] - 1] -= 1;
	}
	for (size_t c = 0; c < columns && rank < rows; c++) {
		size_t pivot = rank;
		for (size_t r = rank; r < rows; r++)
			if (fabs(m[r * columns + c]) > fabs(m[pivot * columns + c]))
				pivot = r;
		if (fabs(m[pivot * columns + c]) < 1e-9)
			continue;
		for (size_t k = 0; k < columns; k++) {
			double swap = m[rank * columns + k];
			m[rank * columns + k] = m[pivot * columns + k];
			m[pivot * columns + k] = swap;
		}
		for (size_t r = rank + 1; r < rows; r++) {
			double factor = m[r * columns + c] / m[rank * columns + c];
			for (size_t k = c; factor != 0 && k < columns; k++)
				m[r * columns + k] -= factor * m[rank * columns + k];
		}
		rank++;
	}
	free(m);
	return rank;
}

/* Relations leave as many cells free as there are combinations of positions: nothing that follows is left unsaid. */
static void check_relations(const struct run *run, size_t combinations)
{
	assert_int_equal(run->universe->cell_count - rank_of(run->universe), combinations);
}

/* --- tests --- */

static const char mean_of_score[] =
	"  - {name: score, title: Mean score, dataset: survey, kind: mean, outcome: score, decimals: 2}\n";

static void a_mean_has_its_cells_lines_and_test(void **state)
{
	(void)state;
	struct run run = run_analyses(mean_of_score, WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 3 * 2); /* three areas; answered, not_answered */
	assert_int_equal(n_of(&run, "survey"), 11);
	assert_int_equal(n_of(&run, "survey & area=W"), 0);
	assert_int_equal(n_of(&run, "survey & area=N & score:answered"), 5);
	assert_int_equal(n_of(&run, "survey & area!=N & score:answered"), 4);
	assert_int_equal(n_of(&run, "survey & score:missing"), 2);
	assert_int_equal(n_of(&run, "survey & area=S & score:not_answered"), 1);

	assert_true(value_of(&run, result_of(&run, "score", "count", "N", NULL, NULL), "n") == 5);
	assert_true(value_of(&run, result_of(&run, "score", "count", "S", NULL, NULL), "n") == 4);
	assert_true(value_of(&run, result_of(&run, "score", "count", "W", NULL, NULL), "n") == 0);
	assert_true(value_of(&run, result_of(&run, "score", "count", NULL, NULL, NULL), "n") == 9);

	const struct result *north = result_of(&run, "score", "mean", "N", NULL, NULL);
	assert_close(value_of(&run, north, "estimate"), 6.2, 1e-15);
	assert_close(value_of(&run, north, "sd"), 1.9235384061671346, 1e-14);
	assert_close(value_of(&run, north, "low"), 3.8116116119000201, 1e-12);
	assert_close(value_of(&run, north, "high"), 8.5883883880999807, 1e-12);
	assert_int_equal(figure_of(&run, north, "estimate")->decimals, 2);
	assert_true(north->level == 95);
	assert_string_equal(north->flags, "n-below-10");
	assert_close(value_of(&run, result_of(&run, "score", "mean", NULL, NULL, NULL), "estimate"), 39.0 / 9, 1e-15);

	const struct result *west = result_of(&run, "score", "mean", "W", NULL, NULL);
	assert_int_equal(west->status, RESULT_REFUSED);
	assert_string_equal(west->reason, "base-empty");
	assert_true(isnan(value_of(&run, west, "estimate")));
	assert_int_equal(figure_of(&run, west, "estimate")->numerator_measure, 0);

	const struct result *test = result_of(&run, "score", "welch_anova", NULL, NULL, NULL);
	assert_close(value_of(&run, test, "statistic"), 19.455882352941178, 1e-13);
	assert_close(value_of(&run, test, "df"), 1, 0);
	assert_close(value_of(&run, test, "df2"), 5.6243063122418473, 1e-13);
	assert_close(value_of(&run, test, "p"), 0.0052674639618641257, 1e-12);
	assert_int_equal(figure_of(&run, test, "p")->decimals, 4);
	assert_true(rests_on(&run, test, "survey & area=N & score:answered"));
	assert_true(rests_on(&run, test, "survey & area=S & score:answered"));
	/* West has too few answers to be tested; that it was left out is itself said by a test that is shown */
	assert_true(rests_on(&run, test, "survey & area=W & score:answered"));
	assert_int_equal(test->cell_count, 3);
	assert_int_equal(test->measure_count, 3);
	assert_null(test->flags); /* no weights that it could have used */
	assert_non_null(strstr(test->method, "at least 3 answered"));
	run_free(&run);
}

/* n = a + b + c, n m = a + 2 b + 3 c, and the spread: three equations for three counts. */
static void a_mean_of_three_codes_goes_with_their_counts(void **state)
{
	(void)state;
	struct run run = run_analyses("  - {name: mood, title: Mood, dataset: survey, kind: mean, outcome: mood}\n", WITHOUT_WEIGHTS);
	const struct result *north = result_of(&run, "mood", "mean", "N", NULL, NULL);
	assert_true(rests_on(&run, north, "survey & area=N & mood:answered"));
	assert_true(rests_on(&run, north, "survey & area=N & mood=1"));
	assert_true(rests_on(&run, north, "survey & area=N & mood=2"));
	assert_true(rests_on(&run, north, "survey & area=N & mood=3"));
	const struct result *test = result_of(&run, "mood", "welch_anova", NULL, NULL, NULL);
	assert_true(rests_on(&run, test, "survey & area=S & mood=3"));
	run_free(&run);
}

static void a_mean_can_be_taken_apart_into_its_sum_and_base(void **state)
{
	(void)state;
	struct run run = run_analyses(mean_of_score, WITHOUT_WEIGHTS);
	const struct result *north = result_of(&run, "score", "mean", "N", NULL, NULL);
	const struct figure *estimate = figure_of(&run, north, "estimate");
	const struct measure *sum = &run.universe->measures[estimate->numerator_measure - 1];
	assert_string_equal(condition_of(&run, estimate->denominator), "survey & area=N & score:answered");
	assert_int_equal(sum->cell, estimate->denominator);
	assert_string_equal(sum->variable, "score");
	assert_true(sum->total == 31 && sum->least == 0 && sum->most == 10 && estimate->factor == 1);
	assert_int_equal(north->measure_count, 1);
	assert_int_equal(figure_of(&run, north, "low")->numerator_measure, 0);
	assert_true(isnan(figure_of(&run, north, "low")->factor));
	/* the sums of what an area leaves of all are measures too */
	for (size_t i = 0; i < run.universe->measure_count; i++)
		if (run.universe->measures[i].cell ==
		    universe_find(run.universe, "survey & area!=N & score:answered")) {
			assert_true(run.universe->measures[i].total == 8);
			run_free(&run);
			return;
		}
	fail_msg("no sum for the rest of the areas");
}

static void weights_add_lines_of_their_own(void **state)
{
	(void)state;
	struct run run = run_analyses(mean_of_score, WITH_WEIGHTS);
	static const struct {
		const char *area;
		double mean, low, high;
		const char *flags;
	} expected[] = {
		{ "N", 6.1428571428571432, 4.2393126421293488, 8.0464016435849377, "n-below-10 n-eff-below-30 design-df-below-8" },
		{ "S", 2.3333333333333335, 0.97069123465057494, 3.695975432016092, "n-below-10 n-eff-below-30 design-df-below-8" },
		{ NULL, 4.384615384615385, 2.5903115280929878, 6.1789192411377822, "n-below-10 n-eff-below-30" },
	};
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct result *line = result_of(&run, "score", "weighted_mean", expected[i].area, NULL, NULL);
		assert_close(value_of(&run, line, "estimate"), expected[i].mean, 1e-14);
		assert_close(value_of(&run, line, "low"), expected[i].low, 1e-12);
		assert_close(value_of(&run, line, "high"), expected[i].high, 1e-12);
		assert_string_equal(line->weight, "weight");
		assert_string_equal(line->flags, expected[i].flags);
		assert_int_equal(figure_of(&run, line, "estimate")->denominator, 0);
	}
	const struct result *test = result_of(&run, "score", "design_wald", NULL, NULL, NULL);
	assert_string_equal(test->flags, "design-df-below-8"); /* of the South */
	assert_string_equal(test->weight, "weight");
	assert_close(value_of(&run, test, "statistic"), 22.211126102676872, 1e-12);
	assert_close(value_of(&run, test, "df2"), 8, 0);
	assert_close(value_of(&run, test, "p"), 0.001516051238549589, 1e-11);
	assert_string_equal(result_of(&run, "score", "weighted_mean", "W", NULL, NULL)->reason, "base-empty");
	run_free(&run);
}

static void a_missing_weight_refuses_the_lines_that_need_it(void **state)
{
	(void)state;
	char *path = write_dataset(WITH_WEIGHTS, "UPDATE respondents SET weight = NULL WHERE respondent = 1;");
	struct run run = run_on(mean_of_score, path);
	assert_ok(run.ok, &run.err);
	assert_string_equal(result_of(&run, "score", "weighted_mean", "N", NULL, NULL)->reason, "weights-missing");
	assert_string_equal(result_of(&run, "score", "weighted_mean", NULL, NULL, NULL)->reason, "weights-missing");
	assert_int_equal(result_of(&run, "score", "weighted_mean", "S", NULL, NULL)->status, RESULT_OK);
	assert_int_equal(result_of(&run, "score", "mean", "N", NULL, NULL)->status, RESULT_OK);
	free(path);
	run_free(&run);
}

static const char share_of_happy[] =
	"  - {name: happy, title: Happy, dataset: survey, kind: share, outcome: happy, codes: [\"yes\"],"
	" note: A note.}\n";

static void a_share_has_its_cells_lines_and_test(void **state)
{
	(void)state;
	struct run run = run_analyses(share_of_happy, WITH_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 3 * 4); /* three areas; yes, no, not_answered, refused */
	assert_int_equal(n_of(&run, "survey & area=N & happy=yes"), 3);
	assert_int_equal(n_of(&run, "survey & area=N & happy!=yes"), 2);
	assert_int_equal(n_of(&run, "survey & area!=N & happy!=yes"), 3);
	assert_int_equal(n_of(&run, "survey & area=N & happy:refused"), 1);

	const struct result *north = result_of(&run, "happy", "share", "N", "yes", NULL);
	assert_true(value_of(&run, north, "n") == 3);
	assert_close(value_of(&run, north, "estimate"), 60, 1e-15);
	assert_close(value_of(&run, north, "low"), 23.072428127601299, 1e-13);
	assert_close(value_of(&run, north, "high"), 88.237922576735195, 1e-13);
	const struct figure *estimate = figure_of(&run, north, "estimate");
	assert_string_equal(condition_of(&run, estimate->numerator), "survey & area=N & happy=yes");
	assert_string_equal(condition_of(&run, estimate->denominator), "survey & area=N & happy:answered");
	assert_true(estimate->factor == 100 && estimate->decimals == 1);
	assert_int_equal(north->cell_count, 2);
	assert_string_equal(north->flags, "n-below-10 wide-interval");
	assert_string_equal(condition_of(&run, figure_of(&run, north, "n")->numerator), "survey & area=N & happy=yes");

	const struct result *south = result_of(&run, "happy", "weighted_share", "S", "yes", NULL);
	assert_close(value_of(&run, south, "estimate"), 50, 1e-14);
	assert_close(value_of(&run, south, "low"), 5.6196174165120932, 1e-11);
	assert_close(value_of(&run, south, "high"), 94.38038258348791, 1e-11);
	const struct result *all = result_of(&run, "happy", "weighted_share", NULL, "yes", NULL);
	assert_close(value_of(&run, all, "estimate"), 53.846153846153855, 1e-14);
	assert_close(value_of(&run, all, "low"), 19.275769777867049, 1e-12);

	const struct result *test = result_of(&run, "happy", "rao_scott", NULL, NULL, NULL);
	assert_close(value_of(&run, test, "statistic"), 0.033292737061361086, 1e-12);
	assert_close(value_of(&run, test, "df2"), 8, 1e-13);
	assert_close(value_of(&run, test, "p"), 0.85975838670529625, 1e-12);
	assert_string_equal(test->flags, "expected-below-5");
	assert_true(rests_on(&run, test, "survey & area=S & happy!=yes"));
	assert_false(rests_on(&run, test, "survey & area=W & happy=yes"));
	assert_true(rests_on(&run, test, "survey & area=W & happy:answered"));
	assert_int_equal(test->cell_count, 7);
	run_free(&run);
}

/* Half of so many in the West said yes: the interval of 40 is 29.6 points wide, that of 38 is 30.3. */
static void an_interval_of_30_points_is_wide(void **state)
{
	(void)state;
	static const struct {
		int people;
		const char *flags;
	} cases[] = { { 40, NULL }, { 38, "wide-interval" } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *more = mem_print("WITH RECURSIVE i(n) AS (SELECT 101 UNION ALL SELECT n + 1 FROM i WHERE n < 100 + %d)"
				       " INSERT INTO respondents SELECT n, NULL, 3, NULL, 1 + n %% 2, 5, 1, 1 FROM i;",
				       cases[i].people);
		char *path = write_dataset(WITHOUT_WEIGHTS, more);
		struct run run = run_on(share_of_happy, path);
		assert_ok(run.ok, &run.err);
		const struct result *west = result_of(&run, "happy", "share", "W", "yes", NULL);
		assert_true(value_of(&run, west, "estimate") == 50);
		assert_true(text_equal(west->flags, cases[i].flags));
		free(more);
		free(path);
		run_free(&run);
	}
}

static void all_that_a_cell_is_made_of_is_a_relation(void **state)
{
	(void)state;
	struct run run = run_analyses(share_of_happy, WITHOUT_WEIGHTS);
	assert_true(has_relation(&run, "survey & happy=yes",
				 (const char *const[]){ "survey & area=N & happy=yes", "survey & area=S & happy=yes",
							"survey & area=W & happy=yes" },
				 3));
	assert_true(has_relation(&run, "survey & happy=yes",
				 (const char *const[]){ "survey & area=N & happy=yes", "survey & area!=N & happy=yes" },
				 2));
	assert_true(has_relation(&run, "survey & area=N & happy:answered",
				 (const char *const[]){ "survey & area=N & happy=yes", "survey & area=N & happy=no" },
				 2));
	assert_true(has_relation(&run, "survey & area=N & happy:answered",
				 (const char *const[]){ "survey & area=N & happy=yes", "survey & area=N & happy!=yes" },
				 2));
	assert_true(has_relation(
		&run, "survey & area=N",
		(const char *const[]){ "survey & area=N & happy:answered", "survey & area=N & happy:missing" }, 2));
	assert_true(has_relation(
		&run, "survey & area=N & happy:missing",
		(const char *const[]){ "survey & area=N & happy:refused", "survey & area=N & happy:not_answered" }, 2));
	assert_false(
		has_relation(&run, "survey & area=N", (const char *const[]){ "survey & area=N & happy:answered" }, 1));
	run_free(&run);
}

static void a_required_variable_has_no_missing_cells(void **state)
{
	(void)state;
	struct run run = run_analyses("  - {name: mood, title: Mood, dataset: survey, kind: table, outcome: mood}\n",
				      WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 3 * 3);
	assert_int_equal(universe_find(run.universe, "survey & mood:missing"), 0);
	assert_true(
		has_relation(&run, "survey & area=N", (const char *const[]){ "survey & area=N & mood:answered" }, 1));
	run_free(&run);
}

static void codes_that_count_together_are_one_cell(void **state)
{
	(void)state;
	struct run run = run_analyses(
		"  - {name: mood, title: Mood, dataset: survey, kind: share, outcome: mood, codes: [\"3\", \"2\"]}\n",
		WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 3 * 3);
	assert_int_equal(n_of(&run, "survey & area=N & mood=2|3"), 4);
	assert_int_equal(n_of(&run, "survey & area=S & mood!=2|3"), 2);
	assert_true(has_relation(&run, "survey & area=N & mood=2|3",
				 (const char *const[]){ "survey & area=N & mood=2", "survey & area=N & mood=3" }, 2));
	const struct result *north = result_of(&run, "mood", "share", "N", "2|3", NULL);
	assert_close(value_of(&run, north, "estimate"), 400.0 / 6, 1e-15);
	const struct result *test = result_of(&run, "mood", "chi_square", NULL, NULL, NULL);
	assert_close(value_of(&run, test, "statistic"), 0.052380952380952334, 1e-12);
	assert_close(value_of(&run, test, "df"), 1, 0);
	assert_string_equal(universe_label_of(run.universe, "code", "mood=2|3"), "Middling or High");
	run_free(&run);
}

static void without_codes_each_code_has_its_share(void **state)
{
	(void)state;
	struct run run = run_analyses("  - {name: mood, title: Mood, dataset: survey, kind: share, outcome: mood}\n",
				      WITHOUT_WEIGHTS);
	check_cells(&run);
	assert_close(value_of(&run, result_of(&run, "mood", "share", "S", "3", NULL), "estimate"), 20, 1e-15);
	assert_close(value_of(&run, result_of(&run, "mood", "share", NULL, "1", NULL), "estimate"), 400.0 / 11, 1e-15);
	const struct arrangement *table = &run.universe->arrangements[0];
	assert_int_equal(table->line_count, 4 * 3 + 1);
	assert_string_equal(table->lines[0].heading, "North: Low");
	assert_string_equal(table->lines[11].heading, "All areas: High");
	run_free(&run);
}

static void a_table_by_area_counts_and_takes_row_percentages(void **state)
{
	(void)state;
	struct run run = run_analyses("  - {name: mood, title: Mood, dataset: survey, kind: table, outcome: mood}\n",
				      WITHOUT_WEIGHTS);
	assert_true(value_of(&run, result_of(&run, "mood", "count", "S", "3", NULL), "n") == 1);
	assert_true(value_of(&run, result_of(&run, "mood", "count", NULL, "1", NULL), "n") == 4);
	assert_true(value_of(&run, result_of(&run, "mood", "count", NULL, NULL, NULL), "n") == 11);
	const struct result *share = result_of(&run, "mood", "percentage", "S", "3", NULL);
	assert_close(value_of(&run, share, "estimate"), 20, 1e-15);
	assert_true(rests_on(&run, share, "survey & area=S & mood=3") &&
		    rests_on(&run, share, "survey & area=S & mood:answered"));
	assert_string_equal(result_of(&run, "mood", "percentage", "W", "3", NULL)->reason, "base-empty");
	const struct result *test = result_of(&run, "mood", "chi_square", NULL, NULL, NULL);
	assert_close(value_of(&run, test, "statistic"), 0.2444444444444443, 1e-13);
	assert_close(value_of(&run, test, "df"), 2, 0);

	const struct arrangement *table = &run.universe->arrangements[0];
	assert_int_equal(table->line_count, 5); /* three areas, all, the test */
	assert_int_equal(table->column_count, 3 * 2 + 1 + 3);
	assert_int_equal(table->entry_count, 4 * 7 + 3);
	assert_string_equal(table->lines[2].heading, "West");
	assert_string_equal(table->lines[2].code, "W");
	assert_string_equal(table->lines[3].kind, "total");
	assert_string_equal(table->lines[4].kind, "test");
	assert_string_equal(table->columns[1].heading, "Low");
	assert_string_equal(table->columns[1].unit, "%");
	run_free(&run);
}

static void a_table_across_a_variable_is_of_those_who_answered_both(void **state)
{
	(void)state;
	struct run run = run_analyses(
		"  - {name: both, title: Both, dataset: survey, kind: table, outcome: happy, across: sex}\n",
		WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 3 * 4); /* f, m, not_answered; yes, no, not_answered, refused */
	assert_int_equal(n_of(&run, "survey & happy:answered & sex:answered"), 9);
	assert_true(value_of(&run, result_of(&run, "both", "count", NULL, "yes", "sex=f"), "n") == 3);
	assert_true(value_of(&run, result_of(&run, "both", "count", NULL, "no", "sex=m"), "n") == 4);
	assert_true(value_of(&run, result_of(&run, "both", "count", NULL, "yes", NULL), "n") == 4);
	assert_true(value_of(&run, result_of(&run, "both", "count", NULL, NULL, "sex=m"), "n") == 5);
	assert_true(value_of(&run, result_of(&run, "both", "count", NULL, NULL, NULL), "n") == 9);
	assert_close(value_of(&run, result_of(&run, "both", "percentage", NULL, "yes", "sex=m"), "estimate"), 20,
		     1e-15);
	const struct result *test = result_of(&run, "both", "chi_square", NULL, NULL, NULL);
	assert_close(value_of(&run, test, "statistic"), 2.7225, 1e-13);
	assert_close(value_of(&run, test, "p"), 0.098942936067296525, 1e-12);
	assert_int_equal(test->cell_count, 6);
	assert_string_equal(run.universe->arrangements[0].lines[0].heading, "Female");
	assert_string_equal(run.universe->arrangements[0].base, "Respondents who answered “Happy” and “Sex”");
	run_free(&run);
}

static const char filtered_score[] =
	"  - {name: women, title: Women, dataset: survey, kind: mean, outcome: score, filter: \"sex = 'f'\"}\n";

static void a_filter_keeps_those_of_whom_it_is_true(void **state)
{
	(void)state;
	struct run run = run_analyses(filtered_score, WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 2 * 3 * 2);
	assert_int_equal(n_of(&run, "survey & filter:(sex = 'f') & area=N & score:answered"), 3);
	assert_int_equal(n_of(&run, "survey & !filter:(sex = 'f') & area=N & score:answered"),
			 2); /* one is not known to be */
	assert_true(has_relation(&run, "survey & area=N & score:answered",
				 (const char *const[]){ "survey & filter:(sex = 'f') & area=N & score:answered",
							"survey & !filter:(sex = 'f') & area=N & score:answered" },
				 2));
	assert_close(value_of(&run, result_of(&run, "women", "mean", "N", NULL, NULL), "estimate"), 17.0 / 3, 1e-15);
	assert_string_equal(result_of(&run, "women", "mean", "S", NULL, NULL)->reason, "zero-variance"); /* 2 and 2 */
	const struct result *test = result_of(&run, "women", "welch_anova", NULL, NULL, NULL);
	assert_string_equal(test->reason, "fewer-than-2-areas");
	assert_int_equal(test->cell_count, 3); /* that says something of every area */
	assert_string_equal(run.universe->arrangements[0].base,
			    "Respondents who answered “Score”, of those for whom sex = 'f'");
	run_free(&run);
}

/* Several codes, as deidentify writes them: 1 and 3 have help with money, 4 says none, 5 was not asked. */
#define SUPPORT                                                                                                        \
	"INSERT INTO variable VALUES ('support', 7, 'Support', NULL, 'codes', 'nominal', NULL, NULL, NULL, 'none',"    \
	" NULL, NULL, 0, NULL, '');"                                                                                   \
	"INSERT INTO code VALUES ('support', 1, 'out', 'Moving out'), ('support', 2, 'money', 'Money');"               \
	"INSERT INTO reason VALUES ('support', 'not_asked'); INSERT INTO missing VALUES ('support', 5, 'not_asked');"  \
	"ALTER TABLE respondents ADD COLUMN support TEXT; UPDATE respondents SET support = 'out' WHERE respondent <> 5;" \
	"UPDATE respondents SET support = 'out;money' WHERE respondent IN (1, 3);"                                     \
	"UPDATE respondents SET support = '(none)' WHERE respondent = 4;"

static void a_filter_may_ask_for_one_of_several_codes(void **state)
{
	(void)state;
	char *path = write_dataset(WITHOUT_WEIGHTS, SUPPORT);
	struct run run = run_on(
		"  - {name: helped, title: Helped, dataset: survey, kind: mean, outcome: score, filter: \"has(support, 'money')\"}\n",
		path);
	assert_ok(run.ok, &run.err);
	assert_int_equal(n_of(&run, "survey & filter:(has(support, 'money')) & area=N & score:answered"), 2);
	assert_int_equal(n_of(&run, "survey & !filter:(has(support, 'money')) & area=N & score:answered"), 3);
	assert_close(value_of(&run, result_of(&run, "helped", "mean", "N", NULL, NULL), "estimate"), 4.5, 1e-15);
	free(path);
	run_free(&run);
}

/* Two filters on the same outcome: what is in one and not in the other is a cell, or a difference would not be seen. */
static void a_filter_may_keep_one_row_of_each_person(void **state)
{
	(void)state;
	char *path = write_dataset(WITHOUT_WEIGHTS, "INSERT INTO again VALUES (7, 2), (9, 1);");
	struct run run = run_on("  - {name: a, title: A, dataset: survey, kind: share, outcome: happy, filter: \"sex = 'f'\"}\n",
				path);
	assert_ok(run.ok, &run.err);
	assert_int_equal(n_of(&run, "survey & filter:(sex = 'f') & happy:answered"), 4); /* 1, 2, 6, 8; 10 did not answer */
	free(path);
	run_free(&run);
}

static void what_two_filters_leave_between_them_is_a_cell(void **state)
{
	(void)state;
	char *analyses = mem_print(
		"%s%s%s", mean_of_score, filtered_score,
		"  - {name: moody, title: Moody, dataset: survey, kind: mean, outcome: score, filter: mood > 1}\n");
	struct run run = run_analyses(analyses, WITHOUT_WEIGHTS);
	check_cells(&run);
	check_relations(&run, 4 * 3 * 2); /* women or not, by mood or not */
	assert_int_equal(n_of(&run, "survey & !filter:(mood > 1) & filter:(sex = 'f') & area=N & score:answered"), 1);
	assert_true(has_relation(
		&run, "survey & filter:(sex = 'f') & score:answered",
		(const char *const[]){ "survey & filter:(mood > 1) & filter:(sex = 'f') & score:answered",
				       "survey & !filter:(mood > 1) & filter:(sex = 'f') & score:answered" },
		2));
	assert_close(value_of(&run, result_of(&run, "moody", "mean", "N", NULL, NULL), "estimate"), 6.75, 1e-15);
	assert_close(value_of(&run, result_of(&run, "score", "mean", "N", NULL, NULL), "estimate"), 6.2, 1e-15);
	free(analyses);
	run_free(&run);
}

/* The women are a filter in one analysis and a code in another: their cells are decided as one. */
static void the_same_people_under_two_names_are_related(void **state)
{
	(void)state;
	struct run run = run_analyses(
		"  - {name: one, title: One, dataset: survey, kind: share, outcome: happy, filter: \"sex = 'f'\"}\n"
		"  - {name: two, title: Two, dataset: survey, kind: table, outcome: happy, across: sex}\n",
		WITHOUT_WEIGHTS);
	check_cells(&run);
	assert_true(has_relation(&run, "survey & filter:(sex = 'f') & happy=yes",
				 (const char *const[]){ "survey & happy=yes & sex=f" }, 1));
	assert_true(has_relation(&run, "survey & filter:(sex = 'f') & happy:refused",
				 (const char *const[]){ "survey & happy:refused & sex=f" }, 1));
	assert_false(has_relation(&run, "survey & filter:(sex = 'f') & happy=no",
				  (const char *const[]){ "survey & happy=yes & sex=f" }, 1));
	run_free(&run);
}

/* Two people alone in two facets may be there by chance: below the threshold nothing is said of them. */
static void few_people_under_two_names_are_not_related(void **state)
{
	(void)state;
	char *path = write_dataset(WITHOUT_WEIGHTS,
				   "UPDATE respondents SET mood = 2; UPDATE respondents SET mood = 1, sex = 1 "
				   "WHERE respondent < 3; UPDATE respondents SET sex = 2 WHERE respondent > 2;"
				   "DELETE FROM missing WHERE variable = 'sex';");
	struct run run = run_on("  - {name: one, title: One, dataset: survey, kind: table, outcome: mood}\n"
				"  - {name: two, title: Two, dataset: survey, kind: table, outcome: sex}\n",
				path);
	assert_ok(run.ok, &run.err);
	assert_int_equal(n_of(&run, "survey & mood=1"), 2);
	assert_int_equal(n_of(&run, "survey & sex=f"), 2);
	assert_false(has_relation(&run, "survey & mood=1", (const char *const[]){ "survey & sex=f" }, 1));
	assert_true(has_relation(&run, "survey & mood=2", (const char *const[]){ "survey & sex=m" }, 1));
	assert_true(
		has_relation(&run, "survey & area=N & mood=2", (const char *const[]){ "survey & area=N & sex=m" }, 1));
	free(path);
	run_free(&run);
}

/* A mean of codes whose counts are printed too is an equation in them: it goes where they go. */
static void a_mean_rests_on_the_codes_that_are_counted(void **state)
{
	(void)state;
	static const char mean[] = "  - {name: mean, title: Mood, dataset: survey, kind: mean, outcome: mood}\n";
	static const char five[] = "INSERT INTO code VALUES ('mood', 4, '4', 'Higher'), ('mood', 5, '5', 'Highest');";
	char *path = write_dataset(WITHOUT_WEIGHTS, five);
	struct run alone = run_on(mean, path);
	assert_close(value_of(&alone, result_of(&alone, "mean", "mean", "S", NULL, NULL), "estimate"), 1.8, 1e-15);
	assert_int_equal(result_of(&alone, "mean", "mean", "S", NULL, NULL)->cell_count, 1);
	run_free(&alone);

	char *analyses =
		mem_print("%s%s", mean, "  - {name: mood, title: Mood, dataset: survey, kind: table, outcome: mood}\n");
	struct run both = run_on(analyses, path);
	assert_int_equal(result_of(&both, "mean", "mean", "S", NULL, NULL)->cell_count, 6);
	assert_true(rests_on(&both, result_of(&both, "mean", "mean", "S", NULL, NULL), "survey & area=S & mood=3"));
	free(analyses);
	free(path);
	run_free(&both);
}

static void whoever_has_no_area_counts_in_the_total_only(void **state)
{
	(void)state;
	char *path = write_dataset(WITHOUT_WEIGHTS, "UPDATE respondents SET area = NULL WHERE respondent = 1;");
	struct run run = run_on(share_of_happy, path);
	assert_ok(run.ok, &run.err);
	assert_int_equal(n_of(&run, "survey & area:missing & happy=yes"), 1);
	assert_int_equal(n_of(&run, "survey & area=N & happy=yes"), 2);
	assert_int_equal(n_of(&run, "survey & happy=yes"), 4);
	assert_true(has_relation(&run, "survey & happy=yes",
				 (const char *const[]){ "survey & area=N & happy=yes", "survey & area=S & happy=yes",
							"survey & area=W & happy=yes",
							"survey & area:missing & happy=yes" },
				 4));
	check_relations(&run, 4 * 4);
	assert_true(value_of(&run, result_of(&run, "happy", "share", NULL, "yes", NULL), "n") == 4);
	free(path);
	run_free(&run);
}

static void nobody_at_all_is_no_failure(void **state)
{
	(void)state;
	char *path = write_dataset(WITHOUT_WEIGHTS, "DELETE FROM respondents; DELETE FROM missing;");
	char *analyses = mem_print("%s%s%s", mean_of_score, share_of_happy, filtered_score);
	struct run run = run_on(analyses, path);
	assert_ok(run.ok, &run.err);
	assert_int_equal(n_of(&run, "survey"), 0);
	assert_string_equal(result_of(&run, "score", "mean", NULL, NULL, NULL)->reason, "base-empty");
	assert_string_equal(result_of(&run, "happy", "chi_square", NULL, NULL, NULL)->reason, "fewer-than-2-areas");
	free(path);
	free(analyses);
	run_free(&run);
}

static void every_entry_of_a_table_is_a_figure_of_its_line(void **state)
{
	(void)state;
	char *analyses = mem_print("%s%s%s", mean_of_score, share_of_happy,
				   "  - {name: mood, title: Mood, dataset: survey, kind: table, outcome: mood}\n");
	struct run run = run_analyses(analyses, WITH_WEIGHTS);
	const struct universe *universe = run.universe;
	size_t entries = 0;
	assert_int_equal(universe->arrangement_count, 3);
	for (size_t a = 0; a < universe->arrangement_count; a++) {
		const struct arrangement *table = &universe->arrangements[a];
		for (size_t e = 0; e < table->entry_count; e++, entries++) {
			const struct arrangement_entry *entry = &table->entries[e];
			const struct result *result =
				&universe->results[universe->figures[entry->figure - 1].result - 1];
			const struct arrangement_line *line = &table->lines[entry->line - 1];
			assert_string_equal(result->analysis, table->analysis);
			if (strcmp(line->kind, "area") == 0)
				assert_string_equal(result->area, line->code);
			else
				assert_null(result->area);
			for (size_t f = 0; f < e; f++)
				assert_false(table->entries[f].line == entry->line &&
					     table->entries[f].column == entry->column);
		}
	}
	assert_int_equal(entries, universe->figure_count); /* each once: no category shares a base here */

	const struct arrangement *mean = &universe->arrangements[0], *share = &universe->arrangements[1];
	assert_int_equal(mean->column_count, 5 + 3 + 4);
	assert_string_equal(mean->columns[1].unit, "points");
	assert_string_equal(mean->title, "Mean score");
	assert_string_equal(mean->base, "Respondents who answered “Score”");
	assert_non_null(strstr(mean->method, "by weights and design, as F, over the areas where at least 3 answered"));
	assert_string_equal(share->notes[0], "A note.");
	assert_string_equal(share->notes[1], "Counted: those who answered “Yes”.");
	assert_string_equal(universe_label_of(universe, "area", "W"), "West");
	assert_string_equal(universe_label_of(universe, "variable", "happy"), "Happy");
	free(analyses);
	run_free(&run);
}

static void the_stage_file_holds_all_of_it(void **state)
{
	(void)state;
	char *path = write_dataset(WITH_WEIGHTS, ""), *folder = test_folder(),
	     *output = mem_print("%s/compared.db", folder);
	char *study = test_file(folder, "study.yaml", "anything");
	char *analyses = mem_print("%s%s", mean_of_score, share_of_happy);
	struct run run = run_on(analyses, path);
	struct store *store = NULL;
	struct universe *read = NULL;
	assert_ok(run.ok, &run.err);
	assert_ok(compare_store(run.universe, run.study, &run.datasets, output, &run.err), &run.err);
	assert_ok(store_open(&store, output, "compare", &run.err), &run.err);
	assert_ok(universe_load(&read, store, &run.err), &run.err);
	assert_int_equal(read->cell_count, run.universe->cell_count);
	assert_int_equal(read->relation_count, run.universe->relation_count);
	assert_int_equal(read->result_count, run.universe->result_count);
	assert_int_equal(read->figure_count, run.universe->figure_count);
	long long inputs = 0;
	assert_ok(store_read_integer(store, "SELECT count(*) FROM input WHERE role = 'stage:survey'", 0, &inputs,
				     &run.err),
		  &run.err);
	assert_int_equal(inputs, 1);
	universe_free(read);
	store_close(store);
	run_free(&run);
	free(path);
	free(folder);
	free(output);
	free(study);
	free(analyses);
}

/* --- what is refused --- */

struct refusal_example {
	const char *name, *analysis, *sql, *message;
	enum error_kind kind;
};

static const struct refusal_example refusals[] = {
	{ "an unknown outcome is named with the nearest", "kind: mean, outcome: scor", "", "no variable scor",
	  ERROR_CONFIG },
	{ "a variable that is not kept cannot be analysed", "kind: share, outcome: gone", "", "keeps no answers",
	  ERROR_CONFIG },
	{ "a mean of codes that are no numbers is refused", "kind: mean, outcome: sex", "", "a mean needs numbers",
	  ERROR_CONFIG },
	{ "a share of a number is refused", "kind: share, outcome: score", "", "need codes", ERROR_CONFIG },
	{ "an unknown code is refused", "kind: share, outcome: happy, codes: [maybe]", "", "no code maybe",
	  ERROR_CONFIG },
	{ "a code named twice is refused", "kind: share, outcome: mood, codes: [\"1\", \"1\"]", "", "named twice",
	  ERROR_CONFIG },
	{ "a table across its own outcome is refused", "kind: table, outcome: happy, across: happy", "",
	  "its own outcome", ERROR_CONFIG },
	{ "the area is no outcome", "kind: share, outcome: area", "", "is the area", ERROR_CONFIG },
	{ "a table of several codes is refused", "kind: table, outcome: support", SUPPORT, "(type codes) to support", ERROR_CONFIG },
	{ "a mean of several codes is refused", "kind: mean, outcome: support", SUPPORT, "(type codes) to support", ERROR_CONFIG },
	{ "a table across several codes is refused", "kind: table, outcome: happy, across: support", SUPPORT,
	  "(type codes) to support", ERROR_CONFIG },
	{ "a filter by a code that there is not is refused", "kind: mean, outcome: score, filter: \"sex = 'g'\"", "", "`g` is no code of `sex`",
	  ERROR_CONFIG },
	{ "a filter by an option that there is not is refused", "kind: mean, outcome: score, filter: \"has(support, 'mony')\"",
	  SUPPORT, "`mony` is no code of `support`",
	  ERROR_CONFIG },
	{ "a filter by the text of a number is refused", "kind: mean, outcome: mood, filter: \"score > 'high'\"", "", "compared with a text",
	  ERROR_CONFIG },
	{ "a misspelt filter is refused", "kind: mean, outcome: score, filter: \"sxe = 'f'\"", "", "", ERROR_CONFIG },
	{ "a mean of two codes is a share", "kind: mean, outcome: mood",
	  "DELETE FROM code WHERE variable = 'mood' AND position = 3;", "a share of mood", ERROR_CONFIG },
	{ "a mean of a number with two values is a share", "kind: mean, outcome: score",
	  "UPDATE variable SET least = 0, most = 1 WHERE variable = 'score';", "a share of score", ERROR_CONFIG },
	{ "an answer missing without a reason stops the stage", "kind: mean, outcome: score",
	  "DELETE FROM missing WHERE variable = 'score' AND respondent = 4;", "without a reason", ERROR_INPUT },
	{ "an answer missing for an undeclared reason stops the stage", "kind: mean, outcome: score",
	  "DELETE FROM reason WHERE variable = 'score';", "not declared", ERROR_INPUT },
	{ "a required variable that is missing stops the stage", "kind: table, outcome: mood",
	  "UPDATE respondents SET mood = NULL WHERE respondent = 1;", "required", ERROR_INPUT },
	{ "an answer that is no code stops the stage", "kind: share, outcome: happy",
	  "UPDATE respondents SET happy = 7 WHERE respondent = 1;", "no code of its list", ERROR_INPUT },
	{ "an area that is not declared stops the stage", "kind: share, outcome: happy",
	  "UPDATE respondents SET area = 9 WHERE respondent = 1;", "not among the declared", ERROR_INPUT },
	{ "two rows of one person are not two people", "kind: share, outcome: happy", "INSERT INTO again VALUES (7, 2);",
	  "one key has several rows", ERROR_CONFIG },
	{ "nor behind a filter that keeps both", "kind: mean, outcome: score, filter: \"sex = 'f'\"", "INSERT INTO again VALUES (8, 2);",
	  "one key has several rows", ERROR_CONFIG },
	{ "nor where two later rows are left of three", "kind: mean, outcome: score, filter: \"sex = 'f'\"",
	  "INSERT INTO again VALUES (8, 3), (10, 3);", "one key has several rows", ERROR_CONFIG },
	{ "another dataset's file is refused", "kind: share, outcome: happy",
	  "INSERT INTO provenance VALUES ('dataset', 'other');", "holds the dataset other", ERROR_USAGE },
};

static void is_refused(void **state)
{
	const struct refusal_example *example = *state;
	char *path = write_dataset(WITHOUT_WEIGHTS, example->sql);
	char *analysis = mem_print("  - {name: a, title: A, dataset: survey, %s}\n", example->analysis);
	struct run run = run_on(analysis, path);
	assert_false(run.ok);
	if (!strstr(run.err.message, example->message))
		fail_msg("the message is: %s", run.err.message);
	assert_int_equal(run.err.kind, example->kind);
	assert_true(run.err.help[0] != '\0');
	free(path);
	free(analysis);
	run_free(&run);
}

static void operands_name_each_dataset_once(void **state)
{
	(void)state;
	static const struct {
		const char *operands[2];
		size_t count;
		const char *message;
	} wrong[] = {
		{ { "survey" }, 1, "not of the form" },
		{ { "=x.db" }, 1, "not of the form" },
		{ { "survey=" }, 1, "not of the form" },
		{ { NULL }, 0, "which is not given" },
	};
	char *folder = test_folder(), *yaml = mem_print("%s%s", head, mean_of_score),
	     *path = test_file(folder, "study.yaml", yaml);
	struct error err = { 0 };
	struct study *study = NULL;
	assert_ok(study_load(&study, path, &err), &err);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct datasets datasets = { 0 };
		err = (struct error){ 0 };
		char *operands[2] = { (char *)wrong[i].operands[0], NULL };
		assert_false(datasets_open(&datasets, study, operands, wrong[i].count, &err));
		assert_non_null(strstr(err.message, wrong[i].message));
		assert_int_equal(err.kind, ERROR_USAGE);
		datasets_close(&datasets);
	}
	char *database = write_dataset(WITHOUT_WEIGHTS, ""), *operand = mem_print("survey=%s", database);
	char *twice[2] = { operand, operand };
	struct datasets datasets = { 0 };
	err = (struct error){ 0 };
	assert_false(datasets_open(&datasets, study, twice, 2, &err));
	assert_non_null(strstr(err.message, "given twice"));
	datasets_close(&datasets);
	study_free(study);
	free(database);
	free(operand);
	free(folder);
	free(yaml);
	free(path);
}

int main(void)
{
	static const struct CMUnitTest whole[] = {
		cmocka_unit_test(a_mean_has_its_cells_lines_and_test),
		cmocka_unit_test(a_mean_of_three_codes_goes_with_their_counts),
		cmocka_unit_test(a_mean_can_be_taken_apart_into_its_sum_and_base),
		cmocka_unit_test(weights_add_lines_of_their_own),
		cmocka_unit_test(a_missing_weight_refuses_the_lines_that_need_it),
		cmocka_unit_test(a_share_has_its_cells_lines_and_test),
		cmocka_unit_test(an_interval_of_30_points_is_wide),
		cmocka_unit_test(all_that_a_cell_is_made_of_is_a_relation),
		cmocka_unit_test(a_required_variable_has_no_missing_cells),
		cmocka_unit_test(codes_that_count_together_are_one_cell),
		cmocka_unit_test(without_codes_each_code_has_its_share),
		cmocka_unit_test(a_table_by_area_counts_and_takes_row_percentages),
		cmocka_unit_test(a_table_across_a_variable_is_of_those_who_answered_both),
		cmocka_unit_test(a_filter_keeps_those_of_whom_it_is_true),
		cmocka_unit_test(a_filter_may_ask_for_one_of_several_codes),
		cmocka_unit_test(a_filter_may_keep_one_row_of_each_person),
		cmocka_unit_test(what_two_filters_leave_between_them_is_a_cell),
		cmocka_unit_test(the_same_people_under_two_names_are_related),
		cmocka_unit_test(few_people_under_two_names_are_not_related),
		cmocka_unit_test(a_mean_rests_on_the_codes_that_are_counted),
		cmocka_unit_test(whoever_has_no_area_counts_in_the_total_only),
		cmocka_unit_test(nobody_at_all_is_no_failure),
		cmocka_unit_test(every_entry_of_a_table_is_a_figure_of_its_line),
		cmocka_unit_test(the_stage_file_holds_all_of_it),
		cmocka_unit_test(operands_name_each_dataset_once),
	};
	struct CMUnitTest tests[COUNT(whole) + COUNT(refusals)];
	memcpy(tests, whole, sizeof whole);
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[COUNT(whole) + i] = (struct CMUnitTest){ .name = refusals[i].name,
							       .test_func = is_refused,
							       .initial_state = (void *)&refusals[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
