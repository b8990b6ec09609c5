/* Kind missing, on answers that are planted in groups: every count below is a sum of this table. */
#include "testing.h"

#include <math.h>

#include "test_compare.h"

#include "audit/attacker.h"
#include "protect/protect.h"
#include "statistics/little.h"
#include "withhold/withheld.h"

enum { THRESHOLD = 10, WIDTH = 3 };

/* a, b: numbers; c: a code; r: a routed code. "": answered; else the reason why not. */
static const struct group {
	int area;
	const char *a, *b, *c, *r;
	int people;
} groups[] = {
	{ 1, "", "", "", "", 40 },
	{ 1, "refused", "", "", "not_asked", 12 },
	{ 1, "", "not_answered", "", "", 15 },
	{ 1, "not_answered", "not_answered", "", "refused", 10 },
	{ 2, "", "", "", "", 45 },
	{ 2, "", "refused", "", "not_asked", 14 },
	{ 2, "", "", "refused", "not_asked", 4 },
	{ 3, "", "", "", "", 5 },
};
enum { PEOPLE = 145 };

static double value_a(int i)
{
	return 1 + i * 7 % 5;
}

static double value_b(int i)
{
	return 1 + (i * 3 + i / 9) % 4;
}

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South'), (3, 'W', 'West');"
	"INSERT INTO variable VALUES"
	" ('a', 1, 'Asked first', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('b', 2, 'Asked next', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('c', 3, 'Choice', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('r', 4, 'Routed', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('must', 5, 'Must', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 9, 1, NULL, ''),"
	" ('words', 6, 'Words', NULL, 'text', 'none', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('score', 7, 'Score', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 2, 10, 0, 'score of s', ''),"
	" ('wave', 8, 'Wave', NULL, 'integer', 'nominal', NULL, NULL, NULL, 'none', 1, 2, 1, NULL, ''),"
	" ('area', 9, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('c', 1, 'yes', 'Yes'), ('c', 2, 'no', 'No'), ('r', 1, 'yes', 'Yes'), ('r', 2, 'no', 'No');"
	"INSERT INTO reason SELECT variable, reason FROM variable, (SELECT 'not_answered' AS reason UNION SELECT 'refused')"
	" WHERE variable IN ('a', 'b', 'c', 'r', 'words', 'score');"
	"INSERT INTO reason VALUES ('r', 'not_asked');"
	"INSERT INTO routed VALUES ('r');"
	"INSERT INTO made_of VALUES ('score', 'a', 0), ('score', 'b', 0);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" a INTEGER, b INTEGER, c INTEGER, r INTEGER, must INTEGER, words TEXT, score REAL, wave INTEGER);";

static void add_answer(struct text *sql, struct text *missing, const char *variable, int id, const char *reason,
                       double value)
{
	if (*reason) {
		text_add(sql, ", NULL");
		text_print(missing, "INSERT INTO missing VALUES ('%s', %d, '%s');", variable, id, reason);
	} else {
		text_print(sql, ", %g", value);
	}
}

/* A deidentified.db of these people, then of `more` SQL. Free the path with free(). */
static char *write_dataset(const char *more)
{
	struct text sql = { 0 }, missing = { 0 };
	int id = 0;
	text_add(&sql, description);
	for (size_t g = 0; g < COUNT(groups); g++)
		for (int i = 0; i < groups[g].people; i++) {
			const struct group *group = &groups[g];
			const char *score = *group->a || *group->b ? "not_answered" : "";
			text_print(&sql, "INSERT INTO respondents VALUES (%d, NULL, %d, NULL", ++id, group->area);
			add_answer(&sql, &missing, "a", id, group->a, value_a(id));
			add_answer(&sql, &missing, "b", id, group->b, value_b(id));
			add_answer(&sql, &missing, "c", id, group->c, 1 + id % 2);
			add_answer(&sql, &missing, "r", id, group->r, 1 + id % 2);
			text_print(&sql, ", %d, 'x'", 1 + id % 9);
			add_answer(&sql, &missing, "score", id, score, value_a(id) + value_b(id));
			text_print(&sql, ", %d);", 1 + id % 2);
		}
	assert_int_equal(id, PEOPLE);
	text_add(&sql, missing.bytes);
	text_free(&missing);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

#define GAPS "  - {name: gaps, title: Gaps, dataset: survey, kind: missing, variables: "

static struct run run_with(const char *analyses, bool clashes, const char *more)
{
	char *path = write_dataset(more);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                  "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                  "disclosure: {policy: p, threshold: %d, min_width: %d}\n"
	                  "analyses:\n%s",
	                  THRESHOLD, WIDTH, analyses);
	struct run run = run_study(yaml, path, clashes);
	free(path);
	free(yaml);
	return run;
}

static struct run run_ok(const char *analyses)
{
	struct run run = run_with(analyses, true, "");
	assert_ok(run.ok, &run.err);
	return run;
}

static long long n_of(const struct universe *universe, const char *condition)
{
	size_t cell = universe_find(universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	return universe->cells[cell - 1].n;
}

static const struct result *find_line(const struct universe *universe, const char *statistic, const char *outcome,
                                      const char *category, const char *area)
{
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, "gaps") == 0 && strcmp(result->statistic, statistic) == 0
		    && strcmp(result->outcome, outcome) == 0 && text_equal(result->category, category)
		    && text_equal(result->area, area))
			return result;
	}
	return NULL;
}

static const struct result *line_of(const struct universe *universe, const char *statistic, const char *outcome,
                                    const char *category, const char *area)
{
	const struct result *line = find_line(universe, statistic, outcome, category, area);
	if (!line)
		fail_msg("no line %s %s %s", statistic, outcome, category ? category : "-");
	return line;
}

static double figure_of(const struct universe *universe, const struct result *line, const char *name)
{
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == (size_t)(line - universe->results) + 1
		    && (!name || strcmp(universe->figures[i].name, name) == 0))
			return universe->figures[i].value;
	fail_msg("no figure of %s", line->statistic);
	return 0;
}

static size_t arrangement_of(const struct universe *universe, const char *name)
{
	for (size_t i = 0; i < universe->arrangement_count; i++)
		if (strcmp(universe->arrangements[i].name, name) == 0)
			return i + 1;
	return 0;
}

static bool rests_on(const struct universe *universe, const struct result *line, const char *condition)
{
	for (size_t i = 0; i < line->cell_count; i++)
		if (universe->rests[line->first_cell + i] == universe_find(universe, condition))
			return true;
	return false;
}

/* --- by area and reason --- */

static void answers_are_counted_by_reason(void **state)
{
	(void)state;
	static const struct {
		const char *statistic, *outcome, *category, *area;
		double value;
		const char *flags;
	} expected[] = {
		{ "asked", "a", "asked", NULL, 145, "" },
		{ "count", "a", NULL, NULL, 123, "" },
		{ "unanswered", "a", "unanswered", NULL, 22, "" },
		{ "missing", "a", "missing:refused", NULL, 12, "" },
		{ "missing", "a", "missing:not_answered", NULL, 10, "" },
		{ "missing_share", "a", "unanswered", NULL, 100 * 22 / 145.0, "missing-above-10" },
		{ "missing_share", "a", "unanswered", "N", 100 * 22 / 77.0, "missing-above-10" },
		{ "missing_share", "a", "unanswered", "S", 0, "" },
		{ "missing_range", "a", NULL, NULL, 100 * 22 / 77.0, "missing-differs" },
		{ "missing_range", "b", NULL, NULL, 100 * 25 / 77.0 - 100 * 14 / 63.0, "missing-differs" },
		{ "missing_share", "c", "unanswered", "S", 100 * 4 / 63.0, "" },
		{ "missing_range", "c", NULL, NULL, 100 * 4 / 63.0, "" },
		{ "asked", "r", "asked", NULL, 115, "" },
		{ "count", "r", NULL, NULL, 105, "" },
		{ "unanswered", "r", "unanswered", NULL, 10, "" },
		{ "missing", "r", "missing:not_asked", NULL, 30, "" },
		{ "missing_share", "r", "unanswered", NULL, 100 * 10 / 115.0, "" },
		{ "missing_share", "r", "unanswered", "N", 100 * 10 / 65.0, "missing-above-10" },
		{ "asked", "must", "asked", "S", 63, "" },
		{ "count", "must", NULL, "S", 63, "" },
	};
	struct run run = run_ok(GAPS "[a, b, c, r, must]}\n");
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct result *line = line_of(run.universe, expected[i].statistic, expected[i].outcome,
		                                    expected[i].category, expected[i].area);
		assert_close(figure_of(run.universe, line, NULL), expected[i].value, 1e-12);
		assert_string_equal(line->flags ? line->flags : "", expected[i].flags);
	}
	assert_null(find_line(run.universe, "missing_share", "must", "unanswered", NULL));
	assert_null(find_line(run.universe, "missing_range", "must", NULL, NULL));
	run_free(&run);
}

static void those_who_answered_are_the_base_of_other_tables(void **state)
{
	(void)state;
	struct run run =
		run_ok("  - {name: mean, title: Mean, dataset: survey, kind: mean, outcome: a}\n" GAPS "[a, c]}\n");
	const struct universe *universe = run.universe;
	const struct result *ours = line_of(universe, "count", "a", NULL, "N"), *theirs = &universe->results[0];
	while (strcmp(theirs->statistic, "count") != 0 || !text_equal(theirs->area, "N"))
		theirs++;
	assert_string_equal(theirs->analysis, "mean");
	assert_int_equal(universe->rests[ours->first_cell], universe->rests[theirs->first_cell]);
	run_free(&run);
}

static void a_range_needs_two_areas_and_rests_on_all(void **state)
{
	(void)state;
	struct run run = run_with(GAPS "[a]}\n", true, "UPDATE respondents SET area = 1 WHERE area = 2;");
	assert_ok(run.ok, &run.err);
	const struct result *line = line_of(run.universe, "missing_range", "a", NULL, NULL);
	assert_string_equal(line->reason, "fewer-than-2-areas");
	assert_true(rests_on(run.universe, line, "survey & a:missing & area=W"));
	assert_true(rests_on(run.universe, line, "survey & area=S"));
	run_free(&run);
}

/* --- patterns --- */

static void patterns_partition_everybody(void **state)
{
	(void)state;
	static const struct {
		const char *category;
		double n;
	} expected[] = {
		{ "all", 145 },       { "complete", 90 },     { "incomplete", 55 },  { "missing:a", 12 },
		{ "missing:b", 29 },  { "missing:c", 4 },     { "missing:a,b", 10 }, { "missing:a,c", 0 },
		{ "missing:b,c", 0 }, { "missing:a,b,c", 0 },
	};
	struct run run = run_ok(GAPS "[a, b, c, r, must]}\n");
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct result *line =
			line_of(run.universe, "pattern", "answers/patterns", expected[i].category, NULL);
		assert_close(figure_of(run.universe, line, NULL), expected[i].n, 0);
		if (i == 0)
			continue;
		line = line_of(run.universe, "pattern_share", "answers/patterns", expected[i].category, NULL);
		assert_close(figure_of(run.universe, line, NULL), 100 * expected[i].n / 145, 1e-12);
	}
	/* what was not asked of everybody is in no pattern; what must be answered neither */
	assert_null(find_line(run.universe, "pattern", "answers/patterns", "missing:r", NULL));
	assert_null(find_line(run.universe, "pattern", "answers/patterns", "missing:must", NULL));
	/* every combination of fewer questions is a cell, named as other tables name it */
	assert_int_equal(n_of(run.universe, "survey & a:answered & b:missing"), 29);
	assert_int_equal(n_of(run.universe, "survey & b:missing & c:answered"), 39);
	run_free(&run);
}

static void a_filter_takes_its_people_alone(void **state)
{
	(void)state;
	struct run run = run_ok(GAPS "[a, b], filter: wave = 1, population: of wave one}\n");
	const struct result *line = line_of(run.universe, "pattern", "answers/patterns", "complete", NULL);
	assert_int_equal((int)figure_of(run.universe, line, NULL), 47); /* 20, 23, 2 and 2 of the four groups */
	assert_non_null(strstr(line->denominator, ", of those of wave one"));
	assert_true(rests_on(run.universe, line, "survey & filter:(wave = 1) & a:answered & b:answered"));
	struct little little = { 0 };
	double values[2 * PEOPLE];
	size_t rows = 0;
	int id = 0;
	for (size_t g = 0; g < COUNT(groups); g++)
		for (int i = 0; i < groups[g].people; i++)
			if (++id % 2 == 0) {
				values[2 * rows] = *groups[g].a ? NAN : value_a(id);
				values[2 * rows++ + 1] = *groups[g].b ? NAN : value_b(id);
			}
	assert_int_equal(little_mcar(&little, values, rows, 2), REFUSAL_NONE);
	const struct result *test = line_of(run.universe, "little_mcar", "answers/patterns", NULL, NULL);
	assert_close(figure_of(run.universe, test, "statistic"), little.statistic, 1e-12);
	assert_close(figure_of(run.universe, test, "p"), little.p, 1e-12);
	assert_close(figure_of(run.universe, test, "df"), 2, 0);
	run_free(&run);
}

static void the_test_rests_on_every_pattern(void **state)
{
	(void)state;
	struct run run = run_ok(GAPS "[a, b, c]}\n");
	const struct result *test = line_of(run.universe, "little_mcar", "answers/patterns", NULL, NULL);
	assert_true(rests_on(run.universe, test, "survey & a:missing & b:missing & c:missing"));
	assert_true(rests_on(run.universe, test, "survey & a:answered & b:answered & c:missing"));
	assert_int_equal(test->cell_count, 8);
	assert_non_null(strstr(test->method, "of a, b"));
	run_free(&run);
	run = run_ok(GAPS "[a, b, c], test: no}\n");
	assert_null(find_line(run.universe, "little_mcar", "answers/patterns", NULL, NULL));
	assert_non_null(find_line(run.universe, "pattern", "answers/patterns", "complete", NULL));
	run_free(&run);
}

/* Where the weights came with the data, it says that it does not use them; where others can work them out, nothing
 * unweighted stands there. */
static void the_test_does_not_use_weights(void **state)
{
	(void)state;
	static const char adjusted[] =
		"UPDATE respondents SET weight = 1 + respondent % 3;"
		"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'rake'), ('margins', 'wave'), ('weight', 'raked');"
		"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents; INSERT INTO stratum VALUES (1, NULL);"
		"INSERT INTO margin SELECT 1, respondent, wave FROM respondents;";
	struct run run = run_with(GAPS "[a, b]}\n", true, "UPDATE respondents SET weight = 1 + respondent % 3;");
	assert_ok(run.ok, &run.err);
	const struct result *test = line_of(run.universe, "little_mcar", "answers/patterns", NULL, NULL);
	assert_string_equal(test->flags, "unweighted-test");
	run_free(&run);
	run = run_with(GAPS "[a, b]}\n", true, adjusted);
	assert_ok(run.ok, &run.err);
	assert_null(find_line(run.universe, "little_mcar", "answers/patterns", NULL, NULL));
	assert_non_null(find_line(run.universe, "pattern", "answers/patterns", "complete", NULL));
	run_free(&run);
}

static const struct little_example {
	const char *name, *variables, *more, *reason;
} littles[] = {
	{ "of one number there is no test", "[a, c]", "", "fewer-than-2-variables" },
	{ "of numbers that nobody left out there is no test", "[must, wave, c]", "", "fewer-than-2-patterns" },
	{ "of a number that is always the same there is no test", "[a, b]",
	  "UPDATE respondents SET a = 3 WHERE a IS NOT NULL;", "zero-variance" },
	{ "of a number that follows from another there is no test", "[a, b]",
	  "UPDATE respondents SET b = 6 - a WHERE a IS NOT NULL AND b IS NOT NULL;", "singular" },
	{ "of numbers of which hardly anybody answered both there is no test", "[a, b]",
	  "UPDATE respondents SET a = NULL WHERE b IS NOT NULL AND a IS NOT NULL AND respondent > 1;"
	  "INSERT INTO missing SELECT 'a', respondent, 'refused' FROM respondents WHERE a IS NULL AND respondent NOT IN"
	  " (SELECT respondent FROM missing WHERE variable = 'a');",
	  "n-below-2" },
};

static void a_test_is_refused(void **state)
{
	const struct little_example *example = *state;
	char *analyses = mem_print(GAPS "%s}\n", example->variables);
	struct run run = run_with(analyses, true, example->more);
	assert_ok(run.ok, &run.err);
	const struct result *test = line_of(run.universe, "little_mcar", "answers/patterns", NULL, NULL);
	assert_int_equal(test->status, RESULT_REFUSED);
	assert_string_equal(test->reason, example->reason);
	run_free(&run);
	free(analyses);
}

/* A score of a and b: who has it answered both. */
static const struct told_example {
	const char *name, *analyses;
	const char *note; /* NULL: patterns are listed */
} tolds[] = {
	{ "items of a score that another table is of",
	  GAPS "[a, b]}\n"
	       "  - {name: m, title: M, dataset: survey, kind: mean, outcome: score}\n",
	  "is made of several" },
	{ "items beside their score", GAPS "[a, b, score]}\n", "is made of several" },
	{ "an item beside the score", GAPS "[a, score]}\n", "is made of several" },
	{ "one item of a score that another table is of",
	  GAPS "[a, c]}\n"
	       "  - {name: m, title: M, dataset: survey, kind: mean, outcome: score}\n",
	  NULL },
	{ "items alone", GAPS "[a, b]}\n  - {name: m, title: M, dataset: survey, kind: share, outcome: c}\n", NULL },
	{ "nothing that may be missing of everybody", GAPS "[must, r]}\n", "none of these questions" },
};

static void patterns_are_listed_where_no_other_table_tells_of_them(void **state)
{
	const struct told_example *example = *state;
	struct run run = run_ok(example->analyses);
	size_t own = arrangement_of(run.universe, "gaps"), patterns = arrangement_of(run.universe, "gaps.patterns");
	assert_true(own > 0);
	const struct arrangement *table = &run.universe->arrangements[own - 1];
	if (!example->note) {
		assert_true(patterns > 0);
		assert_int_equal(table->note_count, 0);
	} else {
		assert_int_equal(patterns, 0);
		assert_non_null(strstr(table->notes[table->note_count - 1], example->note));
		assert_int_equal(universe_find(run.universe, "survey & a:answered & b:answered"), 0);
	}
	run_free(&run);
}

static void patterns_of_more_than_six_questions_are_not_listed(void **state)
{
	(void)state;
	struct text more = { 0 }, variables = { 0 };
	for (int i = 1; i <= 6; i++) {
		text_print(
			&more,
			"INSERT INTO variable VALUES ('x%d', %d, 'X', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none',"
			" 1, 5, 0, NULL, ''); INSERT INTO reason VALUES ('x%d', 'refused');"
			"ALTER TABLE respondents ADD COLUMN x%d INTEGER; UPDATE respondents SET x%d = 1 + respondent %% 5;",
			i, 20 + i, i, i, i);
		text_print(&variables, ", x%d", i);
	}
	char *six = mem_print(GAPS "[x1, x2, x3, x4, x5, x6]}\n"), *seven = mem_print(GAPS "[a%s]}\n", variables.bytes);
	struct run run = run_with(six, true, more.bytes);
	assert_ok(run.ok, &run.err);
	assert_true(arrangement_of(run.universe, "gaps.patterns") > 0);
	run_free(&run);
	run = run_with(seven, true, more.bytes);
	assert_ok(run.ok, &run.err);
	assert_int_equal(arrangement_of(run.universe, "gaps.patterns"), 0);
	run_free(&run);
	free(six);
	free(seven);
	text_free(&more);
	text_free(&variables);
}

/* --- what is refused --- */

static const struct refusal_example {
	const char *name, *more, *analyses, *words;
} refusals[] = {
	{ "one key with several rows is refused", "INSERT INTO again VALUES (2, 1);", GAPS "[a]}\n",
	  "one key has several rows" },
	{ "answers in words are refused", "", GAPS "[a, words]}\n", "answers in words" },
	{ "an unknown variable is refused", "", GAPS "[a, bb]}\n", "no variable bb" },
	{ "the area is refused", "", GAPS "[area]}\n", "this variable is the area" },
	{ "a filter by what is counted is refused", "",
	  GAPS "[a, b]}\n  - {name: m, title: M, dataset: survey, kind: mean, outcome: must, filter: b = 1}\n",
	  "which `gaps` is about" },
	{ "a variable beside what the study made of it is refused", "UPDATE made_of SET study = 1;",
	  GAPS "[a]}\n  - {name: m, title: M, dataset: survey, kind: mean, outcome: score}\n",
	  "made of the same answers" },
};

static void is_refused(void **state)
{
	const struct refusal_example *example = *state;
	struct run run = run_with(example->analyses, true, example->more);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	assert_non_null(strstr(run.err.message, example->words));
	assert_true(strlen(run.err.help) > 0);
	run_free(&run);
}

/* The same key in two rows of two waves: a filter keeps one. */
static void a_filter_that_keeps_one_row_of_each_is_enough(void **state)
{
	(void)state;
	struct run run = run_with(GAPS "[a, b], filter: wave = 1}\n", true, "INSERT INTO again VALUES (2, 1), (4, 3);");
	assert_ok(run.ok, &run.err);
	run_free(&run);
}

/* --- what is shown --- */

#define BESIDE                                                                                                         \
	"  - {name: mean, title: Mean, dataset: survey, kind: mean, outcome: a}\n"                                     \
	"  - {name: share, title: Share, dataset: survey, kind: share, outcome: c}\n"                                  \
	"  - {name: across, title: Across, dataset: survey, kind: table, outcome: c, across: r}\n"

/* Protected and withheld; both are for the caller to free. */
static struct universe *release(const struct run *run, struct cell_decision **decisions)
{
	struct error err = { 0 };
	const struct study_disclosure policy = { .threshold = THRESHOLD, .min_width = WIDTH, .reach = true };
	assert_ok(protect_universe(decisions, NULL, run->universe, &policy, &err), &err);
	bool *hidden = mem_alloc(run->universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < run->universe->cell_count; i++)
		hidden[i] = (*decisions)[i].hidden;
	struct universe *withheld = withheld_universe(run->universe, &(struct withholding){ .hidden = hidden });
	free(hidden);
	return withheld;
}

/* All less those who answered, one pattern less another, a table of two less one of three: none of it tells few. */
static void nobody_can_work_out_a_hidden_count(void **state)
{
	(void)state;
	struct run run = run_ok(
		BESIDE GAPS "[a, b, c, r]}\n"
			    "  - {name: acc, title: Accounts, dataset: survey, kind: missing, variables: [c, b]}\n");
	struct cell_decision *decisions = NULL;
	struct universe *shown = release(&run, &decisions);
	struct attacker *attacker = attacker_new();
	struct error err = { 0 };
	size_t unsafe = 0, printed = 0;
	attacker_universe(attacker, shown, &(struct attacker_policy){ .zeros_shown = true, .threshold = THRESHOLD });
	assert_ok(attacker_run(attacker, &err), &err);
	for (size_t i = 0; i < run.universe->cell_count; i++) {
		const struct cell *cell = &run.universe->cells[i];
		struct interval interval = { 0 };
		assert_true(attacker_interval(attacker, cell->condition, NULL, &interval));
		assert_true(interval.least <= (double)cell->n && interval.most >= (double)cell->n);
		printed += shown->cells[i].n >= 0;
		assert_false(shown->cells[i].n > 0 && shown->cells[i].n < THRESHOLD);
		if (!decisions[i].unsafe)
			continue;
		assert_true(interval.most >= THRESHOLD);
		assert_true(interval.most - interval.least >= WIDTH);
		unsafe++;
	}
	assert_true(unsafe > 20 && printed > 20);
	/* four lack c alone: neither they, nor that all others are so many, is told */
	const struct result *test = line_of(shown, "little_mcar", "answers/patterns", NULL, NULL);
	assert_int_equal(test->status, RESULT_HIDDEN);
	assert_int_equal(line_of(shown, "pattern", "answers/patterns", "missing:c", NULL)->status, RESULT_HIDDEN);
	attacker_free(attacker);
	universe_free(shown);
	free(decisions);
	run_free(&run);
}

/* Nothing that the others show alone is hidden beside it. */
static void missing_answers_give_way_to_other_analyses(void **state)
{
	(void)state;
	static const char *const analyses[] = { BESIDE, BESIDE GAPS "[a, b, c, r]}\n" };
	size_t hidden[2] = { 0 }, lines[2] = { 0 };
	for (size_t a = 0; a < COUNT(analyses); a++) {
		struct run run = run_ok(analyses[a]);
		struct cell_decision *decisions = NULL;
		struct universe *shown = release(&run, &decisions);
		for (size_t i = 0; i < shown->result_count; i++) {
			if (strcmp(shown->results[i].analysis, "gaps") == 0)
				continue;
			lines[a]++;
			hidden[a] += shown->results[i].status == RESULT_HIDDEN;
		}
		universe_free(shown);
		free(decisions);
		run_free(&run);
	}
	assert_int_equal(lines[0], lines[1]);
	assert_true(hidden[0] < lines[0]);
	assert_int_equal(hidden[0], hidden[1]);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(answers_are_counted_by_reason),
		cmocka_unit_test(those_who_answered_are_the_base_of_other_tables),
		cmocka_unit_test(a_range_needs_two_areas_and_rests_on_all),
		cmocka_unit_test(patterns_partition_everybody),
		cmocka_unit_test(a_filter_takes_its_people_alone),
		cmocka_unit_test(the_test_rests_on_every_pattern),
		cmocka_unit_test(the_test_does_not_use_weights),
		cmocka_unit_test(patterns_of_more_than_six_questions_are_not_listed),
		cmocka_unit_test(a_filter_that_keeps_one_row_of_each_is_enough),
		cmocka_unit_test(nobody_can_work_out_a_hidden_count),
		cmocka_unit_test(missing_answers_give_way_to_other_analyses),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(littles) + COUNT(tolds) + COUNT(refusals)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(others); i++)
		tests[count++] = others[i];
	for (size_t i = 0; i < COUNT(littles); i++)
		tests[count++] = (struct CMUnitTest){ .name = littles[i].name,
			                              .test_func = a_test_is_refused,
			                              .initial_state = (void *)&littles[i] };
	for (size_t i = 0; i < COUNT(tolds); i++)
		tests[count++] =
			(struct CMUnitTest){ .name = tolds[i].name,
			                     .test_func = patterns_are_listed_where_no_other_table_tells_of_them,
			                     .initial_state = (void *)&tolds[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name,
			                              .test_func = is_refused,
			                              .initial_state = (void *)&refusals[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
