/* Kind accounts, on rows and answers that are planted in groups: every number below is a sum of these two tables. */
#include "testing.h"

#include "test_compare.h"

#include "audit/attacker.h"
#include "protect/protect.h"
#include "withhold/withheld.h"

enum { THRESHOLD = 10, WIDTH = 3 };

/* q: asked of everybody. r: asked of some. A number is an answer, a word a reason. */
static const struct group {
	const char *area, *q, *r;
	int people;
} groups[] = {
	{ "N", "3", "1", 30 },
	{ "N", "not_answered", "2", 12 },
	{ "N", "4", "not_asked", 15 },
	{ "N", "refused", "not_asked", 11 },
	{ "S", "5", "1", 40 },
	{ "S", "not_answered", "not_answered", 10 },
	{ "S", "2", "not_asked", 12 },
	{ "W", "3", "2", 3 },
	{ "W", "refused", "not_asked", 2 },
	{ "E", "3", "1", 40 },
};

static const struct planted {
	const char *area, *status, *reason;
	int rows;
} account[] = {
	{ "N", "accepted", "", 68 },
	{ "N", "set_aside", "key-conflict", 14 },
	{ "N", "duplicate", "key-duplicate-row", 10 },
	{ "S", "accepted", "", 62 },
	{ "S", "set_aside", "row-required", 12 },
	{ "W", "accepted", "", 5 },
	{ "E", "accepted", "", 40 },
	{ "E", "set_aside", "key-conflict", 30 },
	{ "E", "withdrawn", "row-withdrawn", 20 },
	{ "", "unreadable", "row-fields", 11 },
	{ "", "set_aside", "rule-broken", 1 },
};

/* Beside q and r what is no question that somebody may leave out; `left` and `only`, which a filter reads. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South'), (3, 'W', 'West'), (4, 'E', 'East');"
	"INSERT INTO variable VALUES"
	" ('q', 1, 'Question', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('r', 2, 'Routed', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('must', 3, 'Must', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 1, NULL, ''),"
	" ('words', 4, 'Words', NULL, 'text', 'none', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('score', 5, 'Score', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, 'of q', ''),"
	" ('left', 6, 'Left', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('only', 7, 'Only', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('recode', 8, 'Recode', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, 'left + 1', ''),"
	" ('gone', 9, 'Gone', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('area', 10, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area'),"
	" ('round', 11, 'Round', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, 'wave');"
	"INSERT INTO code VALUES ('round', 1, 'first', 'First'), ('r', 1, 'yes', 'Yes'), ('r', 2, 'no', 'No');"
	"INSERT INTO reason SELECT variable, reason FROM variable, (SELECT 'not_answered' AS reason UNION SELECT 'refused'"
	" UNION SELECT 'not_asked' UNION SELECT 'unusable') WHERE variable IN ('q', 'r', 'words', 'score', 'left', 'only');"
	"INSERT INTO made_of VALUES ('recode', 'left', 1);"
	"INSERT INTO routed VALUES ('r');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" q INTEGER, r INTEGER, must INTEGER, words TEXT, score REAL, \"left\" INTEGER, only INTEGER,"
	" recode REAL, round INTEGER);";

static void add_answer(struct text *sql, struct text *missing, const char *variable, int id, const char *answer)
{
	bool given = *answer >= '0' && *answer <= '9';
	text_print(sql, ", %s", given ? answer : "NULL");
	if (!given)
		text_print(missing, "INSERT INTO missing VALUES ('%s', %d, '%s');", variable, id, answer);
}

/* A deidentified.db of these rows and answers, then of `more` SQL. Free the path with free(). */
static char *write_dataset(const char *more)
{
	struct text sql = { 0 }, missing = { 0 };
	int id = 0;
	text_add(&sql, description);
	for (size_t g = 0; g < COUNT(groups); g++)
		for (int i = 0; i < groups[g].people; i++) {
			text_print(&sql, "INSERT INTO respondents VALUES (%d, NULL, %d, NULL", ++id,
			           strcmp(groups[g].area, "N") == 0   ? 1
			           : strcmp(groups[g].area, "S") == 0 ? 2
			           : strcmp(groups[g].area, "W") == 0 ? 3
			                                              : 4);
			add_answer(&sql, &missing, "q", id, groups[g].q);
			add_answer(&sql, &missing, "r", id, groups[g].r);
			text_add(&sql, ", 1, 'x', 2, 1, 1, 2, 1);");
		}
	text_add(&sql, missing.bytes);
	text_free(&missing);
	for (size_t i = 0; i < COUNT(account); i++)
		text_print(&sql, "INSERT INTO account VALUES ('%s', '%s', '%s', %d);", account[i].area,
		           account[i].status, account[i].reason, account[i].rows);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

/* --- running compare --- */

static const char accounts_only[] = "  - {name: acc, title: Accounts, dataset: survey, kind: accounts}\n";
static const char with_mean[] = "  - {name: mean-q, title: Mean, dataset: survey, kind: mean, outcome: q}\n"
				"  - {name: acc, title: Accounts, dataset: survey, kind: accounts}\n";

static struct run run_with(const char *analyses, const char *zeros, const char *more)
{
	char *path = write_dataset(more);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                  "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                  "disclosure: {policy: p, threshold: %d, zeros: %s, min_width: %d}\n"
	                  "analyses:\n%s",
	                  THRESHOLD, zeros, WIDTH, analyses);
	struct run run = run_study(yaml, path, false);
	free(path);
	free(yaml);
	return run;
}

static struct run run_ok(const char *analyses)
{
	struct run run = run_with(analyses, "shown", "");
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

/* The line of the accounts; NULL where there is none. */
static const struct result *find_line(const struct universe *universe, const char *statistic, const char *outcome,
                                      const char *category, const char *area)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, "acc") == 0 && strcmp(result->statistic, statistic) == 0
		    && strcmp(result->outcome, outcome) == 0 && text_equal(result->category, category)
		    && text_equal(result->area, area) && (!found || found->status == result->status))
			found = result;
	}
	return found;
}

/* Its one number; NaN where it is hidden. */
static double value_of(const struct universe *universe, const char *statistic, const char *outcome,
                       const char *category, const char *area)
{
	const struct result *line = find_line(universe, statistic, outcome, category, area);
	if (!line)
		fail_msg("no line %s %s %s", statistic, outcome, category ? category : "-");
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == (size_t)(line - universe->results) + 1)
			return universe->figures[i].value;
	fail_msg("no figure of %s %s", statistic, outcome);
	return 0;
}

static double rows_of(const struct universe *universe, const char *category, const char *area)
{
	return value_of(universe, "rows", "exports/rows", category, area);
}

static bool has_sum(const struct universe *universe, const char *parent, const char *const *parts, size_t count)
{
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		if (relation->kind != RELATION_SUM || relation->parent != universe_find(universe, parent)
		    || relation->part_count != count)
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

/* --- what is counted --- */

static void rows_are_counted_by_area_and_by_what_became_of_them(void **state)
{
	(void)state;
	static const char *const categories[] = { NULL,      "accepted",  "set_aside", "duplicate",
		                                  "preview", "withdrawn", "unreadable" };
	static const struct {
		const char *area;
		double rows[COUNT(categories)]; /* -1: no line */
	} expected[] = {
		{ "N", { 92, 68, 14, 10, 0, 0, 0 } },     { "S", { 74, 62, 12, 0, 0, 0, 0 } },
		{ "W", { 5, 5, 0, 0, 0, 0, 0 } },         { "E", { 90, 40, 30, 0, 0, 20, 0 } },
		{ "(none)", { 12, -1, 1, 0, 0, 0, 11 } }, { NULL, { 273, 175, 57, 10, 0, 20, 11 } },
	};
	struct run run = run_ok(accounts_only);
	for (size_t i = 0; i < COUNT(expected); i++)
		for (size_t c = 0; c < COUNT(categories); c++) {
			const char *area = expected[i].area;
			if (expected[i].rows[c] < 0)
				assert_null(find_line(run.universe, "rows", "exports/rows", categories[c], area));
			else
				assert_close(rows_of(run.universe, categories[c], area), expected[i].rows[c], 0);
		}
	run_free(&run);
}

static void rows_read_are_those_accepted_and_each_that_was_lost(void **state)
{
	(void)state;
	static const char *const read[] = { "survey & area=N", "survey & area=N & rows/lost" };
	static const char *const lost[] = { "survey & area=N & rows/set_aside", "survey & area=N & rows/duplicate",
		                            "survey & area=N & rows/preview", "survey & area=N & rows/withdrawn",
		                            "survey & area=N & rows/unreadable" };
	static const char *const unplaced[] = { "survey & area:missing & rows/lost" };
	static const char *const places[] = { "survey & area=N & rows/set_aside", "survey & area=S & rows/set_aside",
		                              "survey & area=W & rows/set_aside", "survey & area=E & rows/set_aside",
		                              "survey & area:missing & rows/set_aside" };
	static const char *const causes[] = { "survey & rows/set_aside/key-conflict",
		                              "survey & rows/set_aside/row-required",
		                              "survey & rows/set_aside/rule-broken" };
	struct run run = run_ok(accounts_only);
	assert_true(has_sum(run.universe, "survey & area=N & rows/read", read, COUNT(read)));
	assert_true(has_sum(run.universe, "survey & area=N & rows/lost", lost, COUNT(lost)));
	assert_true(has_sum(run.universe, "survey & area:missing & rows/read", unplaced, COUNT(unplaced)));
	assert_true(has_sum(run.universe, "survey & rows/set_aside", places, COUNT(places)));
	assert_true(has_sum(run.universe, "survey & rows/set_aside", causes, COUNT(causes)));
	assert_int_equal(n_of(run.universe, "survey & rows/lost"), 98);
	run_free(&run);
}

static void causes_are_counted_over_all_areas(void **state)
{
	(void)state;
	struct run run = run_ok(accounts_only);
	assert_close(value_of(run.universe, "cause", "exports/rows", "set_aside/key-conflict", NULL), 44, 0);
	assert_close(value_of(run.universe, "cause", "exports/rows", "set_aside/rule-broken", NULL), 1, 0);
	assert_close(value_of(run.universe, "cause", "exports/rows", "unreadable/row-fields", NULL), 11, 0);
	assert_null(find_line(run.universe, "cause", "exports/rows", "duplicate/key-duplicate-row", NULL));
	assert_string_equal(universe_label_of(run.universe, "code", "exports/rows=unreadable/row-fields"),
	                    "Unreadable: A row with more or fewer cells than the header");
	run_free(&run);
}

/* 140 of 175 answered q; 125 of the 135 who were asked r. */
static void completeness_is_of_those_who_were_asked(void **state)
{
	(void)state;
	static const struct {
		const char *statistic, *outcome, *category, *area;
		double value;
	} expected[] = {
		{ "asked", "q", "asked", NULL, 175 },
		{ "count", "q", NULL, NULL, 140 },
		{ "answered", "q", NULL, NULL, 80 },
		{ "missing", "q", "missing:not_answered", NULL, 22 },
		{ "missing", "q", "missing:refused", NULL, 13 },
		{ "missing", "q", "missing:unusable", NULL, 0 },
		{ "asked", "q", "asked", "N", 68 },
		{ "missing", "q", "missing:refused", "N", 11 },
		{ "asked", "r", "asked", NULL, 135 },
		{ "count", "r", NULL, NULL, 125 },
		{ "answered", "r", NULL, NULL, 100 * 125 / 135.0 },
		{ "missing", "r", "missing:not_answered", NULL, 10 },
		{ "missing", "r", "missing:not_asked", NULL, 40 },
		{ "asked", "r", "asked", "S", 50 },
		{ "count", "r", NULL, "S", 40 },
		{ "answered", "r", NULL, "S", 80 },
		{ "missing", "r", "missing:not_asked", "S", 12 },
	};
	struct run run = run_ok(accounts_only);
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_close(value_of(run.universe, expected[i].statistic, expected[i].outcome, expected[i].category,
		                      expected[i].area),
		             expected[i].value, 1e-12);
	/* q has no route: that everybody was asked is known, and is no cell that anything could be hidden behind */
	assert_int_equal(universe_find(run.universe, "survey & q:not_asked"), 0);
	assert_true(universe_find(run.universe, "survey & r:not_asked") > 0);
	run_free(&run);
}

static void who_was_asked_answered_or_has_a_reason(void **state)
{
	(void)state;
	static const char *const all[] = { "survey & area=S & r:asked", "survey & area=S & r:not_asked" };
	static const char *const asked[] = { "survey & area=S & r:answered", "survey & area=S & r:unanswered" };
	static const char *const unanswered[] = { "survey & area=S & r:not_answered", "survey & area=S & r:refused",
		                                  "survey & area=S & r:unusable" };
	struct run run = run_ok(accounts_only);
	assert_true(has_sum(run.universe, "survey & area=S", all, COUNT(all)));
	assert_true(has_sum(run.universe, "survey & area=S & r:asked", asked, COUNT(asked)));
	assert_true(has_sum(run.universe, "survey & area=S & r:unanswered", unanswered, COUNT(unanswered)));
	run_free(&run);
}

/* A route that everybody passed is still one: the table must not say so by leaving the column out. */
static void a_route_that_everybody_passed_is_told_like_any_other(void **state)
{
	(void)state;
	struct run run = run_with(accounts_only, "shown", "INSERT INTO routed VALUES ('q');");
	assert_ok(run.ok, &run.err);
	assert_close(value_of(run.universe, "missing", "q", "missing:not_asked", NULL), 0, 0);
	assert_close(value_of(run.universe, "asked", "q", "asked", NULL), 175, 0);
	run_free(&run);
}

/* The line of accounts and the line of another analysis rest on one cell. */
static void accounts_share_their_cells_with_other_analyses(void **state)
{
	(void)state;
	struct run run = run_ok(with_mean);
	const struct universe *universe = run.universe;
	const struct result *ours = find_line(universe, "count", "q", NULL, "N"), *theirs = NULL;
	for (size_t i = 0; i < universe->result_count && !theirs; i++)
		if (strcmp(universe->results[i].analysis, "mean-q") == 0 && text_equal(universe->results[i].area, "N")
		    && strcmp(universe->results[i].statistic, "count") == 0)
			theirs = &universe->results[i];
	assert_non_null(theirs);
	assert_int_equal(universe->rests[ours->first_cell], universe->rests[theirs->first_cell]);
	const struct result *accepted = find_line(universe, "rows", "exports/rows", "accepted", "N");
	assert_int_equal(universe->rests[accepted->first_cell], universe_find(universe, "survey & area=N"));
	run_free(&run);
}

static void only_questions_that_may_be_left_out_are_listed(void **state)
{
	(void)state;
	static const char *const listed[] = { "q", "r", "left", "only" };
	static const char *const others[] = { "must", "words", "score", "recode", "gone", "area", "round" };
	struct run run = run_ok(accounts_only);
	for (size_t i = 0; i < COUNT(listed); i++)
		assert_non_null(find_line(run.universe, "asked", listed[i], "asked", NULL));
	for (size_t i = 0; i < COUNT(others); i++)
		assert_null(find_line(run.universe, "asked", others[i], "asked", NULL));
	run_free(&run);
}

/* Those whom the filter leaves out are those who gave the other answers, and those who gave none. */
static void what_a_filter_reads_is_not_listed_nor_what_that_is_made_of(void **state)
{
	(void)state;
	char *analyses = mem_print("%s%s", accounts_only,
	                           "  - {name: mean-q, title: Mean, dataset: survey, kind: mean, outcome: q,"
	                           " filter: recode = 2 and only = 1}\n");
	struct run run = run_ok(analyses);
	assert_null(find_line(run.universe, "asked", "left", "asked", NULL));
	assert_null(find_line(run.universe, "asked", "only", "asked", NULL));
	assert_non_null(find_line(run.universe, "asked", "q", "asked", NULL));
	run_free(&run);
	free(analyses);
}

/* A code of it may be `gave no answer`. */
static void what_a_variable_of_another_table_is_made_of_is_not_listed(void **state)
{
	(void)state;
	char *analyses = mem_print("%s%s", accounts_only,
	                           "  - {name: made, title: Made, dataset: survey, kind: mean, outcome: recode}\n");
	struct run run = run_ok(analyses);
	assert_null(find_line(run.universe, "asked", "left", "asked", NULL));
	assert_non_null(find_line(run.universe, "asked", "only", "asked", NULL));
	run_free(&run);
	free(analyses);
}

static void where_zeros_are_hidden_no_cause_is_named(void **state)
{
	(void)state;
	struct run run = run_with(accounts_only, "hidden", "");
	assert_ok(run.ok, &run.err);
	assert_null(find_line(run.universe, "cause", "exports/rows", "set_aside/key-conflict", NULL));
	assert_close(rows_of(run.universe, "set_aside", NULL), 57, 0);
	run_free(&run);
}

/* --- what is refused --- */

static const struct refusal_example {
	const char *name, *more, *analyses;
	enum error_kind kind;
	const char *words;
} refusals[] = {
	{ "one key with several rows is refused", "INSERT INTO again VALUES (2, 1);", accounts_only, ERROR_CONFIG,
	  "one key has several rows" },
	{ "accounts of a filter are refused", "",
	  "  - {name: acc, title: A, dataset: survey, kind: accounts, filter: q = 1}\n", ERROR_CONFIG,
	  "no filter divides" },
	{ "an account of more accepted rows than respondents is refused",
	  "UPDATE account SET rows = rows + 1 WHERE status = 'accepted' AND area = 'N';", accounts_only, ERROR_INPUT,
	  "do not add up" },
	{ "an account that leaves an area out is refused", "DELETE FROM account WHERE area = 'W';", accounts_only,
	  ERROR_INPUT, "do not add up" },
	{ "an account of accepted rows without respondents is refused",
	  "INSERT INTO account VALUES ('', 'accepted', '', 1);", accounts_only, ERROR_INPUT, "do not add up" },
	{ "a status that there is not is refused", "INSERT INTO account VALUES ('N', 'lost', 'x', 1);", accounts_only,
	  ERROR_INPUT, "a status that there is not" },
};

static void is_refused(void **state)
{
	const struct refusal_example *example = *state;
	struct run run = run_with(example->analyses, "shown", example->more);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, example->kind);
	assert_non_null(strstr(run.err.message, example->words));
	assert_true(strlen(run.err.help) > 0);
	run_free(&run);
}

/* --- what is shown --- */

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

static void what_is_shown_of_the_rows_adds_up(void **state)
{
	(void)state;
	static const char *const categories[] = { "accepted", "set_aside", "duplicate",
		                                  "preview",  "withdrawn", "unreadable" };
	static const char *const areas[] = { "N", "S", "W", "E", NULL };
	struct run run = run_ok(with_mean);
	struct cell_decision *decisions = NULL;
	struct universe *shown = release(&run, &decisions);
	size_t whole = 0;
	for (size_t a = 0; a < COUNT(areas); a++) {
		double sum = 0, read = rows_of(shown, NULL, areas[a]);
		for (size_t c = 0; c < COUNT(categories); c++)
			sum += rows_of(shown, categories[c], areas[a]);
		if (isnan(sum) || isnan(read))
			continue;
		assert_close(sum, read, 0);
		whole++;
	}
	assert_true(whole >= 1); /* North is large enough to be told whole */
	for (size_t i = 0; i < shown->cell_count; i++)
		assert_false(shown->cells[i].n > 0 && shown->cells[i].n < THRESHOLD);
	assert_true(isnan(rows_of(shown, "accepted", "W")));
	assert_true(isnan(rows_of(shown, "withdrawn", "W"))); /* nobody of five */
	universe_free(shown);
	free(decisions);
	run_free(&run);
}

static void nobody_can_work_out_a_hidden_count(void **state)
{
	(void)state;
	struct run run = run_ok(with_mean);
	struct cell_decision *decisions = NULL;
	struct universe *shown = release(&run, &decisions);
	struct attacker *attacker = attacker_new();
	struct error err = { 0 };
	size_t unsafe = 0, of_rows = 0;
	attacker_universe(attacker, shown, &(struct attacker_policy){ .zeros_shown = true, .threshold = THRESHOLD });
	assert_ok(attacker_run(attacker, &err), &err);
	for (size_t i = 0; i < run.universe->cell_count; i++) {
		const struct cell *cell = &run.universe->cells[i];
		struct interval interval = { 0 };
		assert_true(attacker_interval(attacker, cell->condition, NULL, &interval));
		assert_true(interval.least <= (double)cell->n && interval.most >= (double)cell->n);
		if (!decisions[i].unsafe)
			continue;
		assert_true(interval.most >= THRESHOLD);
		assert_true(interval.most - interval.least >= WIDTH);
		unsafe++;
		of_rows += strstr(cell->condition, "rows/") != NULL;
	}
	assert_true(unsafe > 20 && of_rows > 5);
	attacker_free(attacker);
	universe_free(shown);
	free(decisions);
	run_free(&run);
}

/* Nothing that the mean shows alone is hidden beside the accounts. */
static void accounts_give_way_to_other_analyses(void **state)
{
	(void)state;
	static const char *const analyses[] = {
		"  - {name: mean-q, title: Mean, dataset: survey, kind: mean, outcome: q}\n", with_mean
	};
	size_t hidden[2] = { 0 }, lines[2] = { 0 };
	for (size_t a = 0; a < COUNT(analyses); a++) {
		struct run run = run_ok(analyses[a]);
		struct cell_decision *decisions = NULL;
		struct universe *shown = release(&run, &decisions);
		for (size_t i = 0; i < shown->result_count; i++) {
			if (strcmp(shown->results[i].analysis, "mean-q") != 0)
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
		cmocka_unit_test(rows_are_counted_by_area_and_by_what_became_of_them),
		cmocka_unit_test(rows_read_are_those_accepted_and_each_that_was_lost),
		cmocka_unit_test(causes_are_counted_over_all_areas),
		cmocka_unit_test(completeness_is_of_those_who_were_asked),
		cmocka_unit_test(who_was_asked_answered_or_has_a_reason),
		cmocka_unit_test(a_route_that_everybody_passed_is_told_like_any_other),
		cmocka_unit_test(accounts_share_their_cells_with_other_analyses),
		cmocka_unit_test(only_questions_that_may_be_left_out_are_listed),
		cmocka_unit_test(what_a_filter_reads_is_not_listed_nor_what_that_is_made_of),
		cmocka_unit_test(what_a_variable_of_another_table_is_made_of_is_not_listed),
		cmocka_unit_test(where_zeros_are_hidden_no_cause_is_named),
		cmocka_unit_test(what_is_shown_of_the_rows_adds_up),
		cmocka_unit_test(nobody_can_work_out_a_hidden_count),
		cmocka_unit_test(accounts_give_way_to_other_analyses),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(refusals)];
	size_t count = 0;
	for (; count < COUNT(others); count++)
		tests[count] = others[count];
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name,
			                              .test_func = is_refused,
			                              .initial_state = (void *)&refusals[i] };
	return _cmocka_run_group_tests("accounts", tests, count, NULL, NULL);
}
