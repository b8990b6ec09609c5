/* Which kinds of analyses may stand together: the table of docs/together.md is what clash_check() says, kind by kind.
 */
#include "testing.h"

#include "test_compare.h"

/* Two numbers and two questions with codes, and what a ratio is by. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'Ayle'), (2, 'B', 'Bree');"
	"INSERT INTO variable VALUES"
	" ('score', 1, 'Score', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('other', 2, 'Other', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('mood', 3, 'Mood', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('sleep', 4, 'Sleep', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('hours', 5, 'Hours', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('wave', 6, 'Wave', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'wave'),"
	" ('area', 7, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('mood', 1, '1', 'Low'), ('mood', 2, '2', 'Middling'), ('mood', 3, '3', 'High'),"
	" ('sleep', 1, '1', 'Bad'), ('sleep', 2, '2', 'Fair'), ('sleep', 3, '3', 'Good'),"
	" ('wave', 1, 'before', 'Before'), ('wave', 2, 'after', 'After');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, score INTEGER,"
	" other INTEGER, mood INTEGER, sleep INTEGER, hours INTEGER, wave INTEGER);";

enum { NUMBER, CODES, FORMS };

static const char *const outcomes[FORMS][2] = { { "score", "other" }, { "mood", "sleep" } };

/* A kind and its keys, of a number and of codes; %s is the outcome. NULL: there is no such analysis. */
static const struct kind {
	const char *name, *keys[FORMS];
} kinds[] = {
	{ "mean", { "outcome: %s", "outcome: %s" } },
	{ "share", { NULL, "outcome: %s, codes: [\"1\"]" } },
	{ "table", { NULL, "outcome: %s" } },
	{ "total", { "outcome: %s", "outcome: %s, codes: [\"1\"]" } },
	{ "ratio", { "outcome: %s, per: hours", NULL } },
	{ "quantile", { "outcome: %s", "outcome: %s" } },
	{ "reliability", { "outcome: %s", NULL } },
	{ "missing", { "variables: [%s]", "variables: [%s]" } },
	{ "accounts", { "", "" } },
	{ "change", { "outcome: %s, waves: [before, after]", "outcome: %s, codes: [\"1\"], waves: [before, after]" } },
};

static void add_analysis(struct text *yaml, const char *name, const struct kind *kind, int form, const char *outcome)
{
	text_print(yaml, "  - {name: %s, title: T, dataset: survey, kind: %s, ", name, kind->name);
	const char *keys = kind->keys[form], *hole = strstr(keys, "%s");
	if (hole)
		text_print(yaml, "%.*s%s%s", (int)(hole - keys), keys, outcome, hole + 2);
	text_add(yaml, "}\n");
}

/* Whether the two may not stand in one study. `form` of each is there. */
static bool clash(const char *path, const struct kind *one, int form, const struct kind *other, int other_form,
                  const char *other_outcome)
{
	struct text yaml = { 0 };
	struct run run = { 0 };
	text_add(&yaml, "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                "analyses:\n");
	add_analysis(&yaml, "one", one, form, outcomes[form][0]);
	add_analysis(&yaml, "two", other, other_form, other_outcome);
	char *folder = test_folder(), *study = test_file(folder, "study.yaml", yaml.bytes),
	     *operand = mem_print("survey=%s", path);
	assert_ok(study_load(&run.study, study, &run.err), &run.err);
	assert_ok(datasets_open(&run.datasets, run.study, &operand, 1, &run.err), &run.err);
	bool clashes = !clash_check(run.study, study, &run.datasets, &run.err);
	/* Whatever is refused says what to do, and names both. */
	assert_true(!clashes
	            || (run.err.help[0] && strstr(run.err.message, "`one`") && strstr(run.err.message, "`two`")));
	run_free(&run);
	text_free(&yaml);
	free(folder);
	free(study);
	free(operand);
	return clashes;
}

static const char *may_stand(const char *path, const struct kind *one, const struct kind *other)
{
	bool same[FORMS] = { false }, there[FORMS] = { false };
	for (int form = 0; form < FORMS; form++) {
		there[form] = one->keys[form] && other->keys[form];
		same[form] = there[form] && clash(path, one, form, other, form, outcomes[form][0]);
		for (int second = 0; second < FORMS && one->keys[form]; second++)
			if (other->keys[second] && clash(path, one, form, other, second, outcomes[second][1]))
				return "no";
	}
	if (!same[NUMBER] && !same[CODES])
		return "yes";
	assert_true(same[CODES] || !there[CODES]); /* no row says "of numbers" */
	return same[NUMBER] || !there[NUMBER] ? "others" : "codes";
}

/* `make check` runs in the root of the repository. */
static void the_table_of_what_may_stand_together_is_right(void **state)
{
	(void)state;
	struct text sql = { 0 }, page = { 0 };
	struct error err = { 0 };
	text_add(&sql, description);
	char *path = test_deidentified(&sql);
	assert_ok(text_read_file(&page, "docs/together.md", 1 << 20, &err), &err);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct text row = { 0 };
		text_print(&row, "\n| `%s` |", kinds[i].name);
		for (size_t j = 0; j < COUNT(kinds); j++)
			text_print(&row, " %s |", may_stand(path, &kinds[i], &kinds[j]));
		text_add(&row, "\n");
		if (!strstr(page.bytes, row.bytes))
			fail_msg("docs/together.md has no such row: %s", row.bytes + 1);
		text_free(&row);
	}
	text_free(&page);
	free(path);
}

/* Filters that cells tie, and one by a variable whose codes are counted beside it. */
static void what_cells_tie_may_stand_together(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"filter: mood = 1}\n  - {name: b, title: T, dataset: survey, kind: mean, outcome: score, filter: mood = 2",
		"filter: mood = 1}\n  - {name: b, title: T, dataset: survey, kind: share, outcome: mood",
		"filter: \"mood in (1, 2)\"}\n  - {name: b, title: T, dataset: survey, kind: table, outcome: sleep, across: mood",
		"filter: mood = 1}\n  - {name: b, title: T, dataset: survey, kind: mean, outcome: other, filter: sleep = 1 and hours > 3",
	};
	struct text sql = { 0 };
	text_add(&sql, description);
	char *path = test_deidentified(&sql);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *yaml = mem_print(
			"study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
			"datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
			"analyses:\n  - {name: a, title: T, dataset: survey, kind: mean, outcome: score, %s}\n",
			rows[i]);
		struct run run = run_study(yaml, path, true);
		assert_ok(run.ok, &run.err);
		run_free(&run);
		free(yaml);
	}
	free(path);
}

static void what_is_refused_says_what_to_do(void **state)
{
	(void)state;
	static const struct {
		const char *analyses, *message, *help;
	} rows[] = {
		/* as the dictionary spells it: no nearest name */
		{ "kind: mean, outcome: score, filter: \"visit = 1\"",
		  "reads `visit`, which deidentify hands to no analysis", "type code" },
		{ "kind: mean, outcome: visit", "deidentify hands to no analysis visit", "type code" },
		{ "kind: mean, outcome: score, filter: \"vave = 'after'\"", "no variable named vave", "wave" },
		/* of what it reads nothing but codes is counted, and by another analysis */
		{ "kind: mean, outcome: score, filter: mood = 1}\n  - {name: b, title: T, dataset: survey, kind: mean, outcome: mood",
		  "reads `mood`, which `b` is about", "one variable with codes alone" },
		{ "kind: mean, outcome: score, filter: mood = 1 and sleep = 1}\n  - {name: b, title: T, dataset: survey, kind: share, outcome: mood",
		  "reads `mood`, which `b` is about", "one variable with codes alone" },
		{ "kind: share, outcome: mood, filter: mood = 1", "reads `mood`, which `a` is about", "leave out" },
		{ "kind: mean, outcome: score, filter: other > 3}\n  - {name: b, title: T, dataset: survey, kind: share, outcome: other",
		  "reads `other`, which `b` is about", "one variable with codes alone" },
		/* a variable derived of its options would be refused beside a share of them */
		{ "kind: missing, variables: [score, needs]", "may have several answers", "kind accounts" },
		{ "kind: mean, outcome: needs", "may have several answers", "has(needs, 'code')" },
	};
	struct text sql = { 0 };
	text_add(&sql, description);
	text_add(&sql,
	         "INSERT INTO variable VALUES"
	         " ('needs', 8, 'Needs', NULL, 'codes', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, '');"
	         "INSERT INTO code VALUES ('needs', 1, 'money', 'Money'), ('needs', 2, 'home', 'Home');"
	         "ALTER TABLE respondents ADD COLUMN needs TEXT;"
	         "INSERT INTO treatment VALUES ('visit', 'dropped'), ('score', 'kept');");
	char *path = test_deidentified(&sql);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *yaml = mem_print(
			"study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
			"datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
			"analyses:\n  - {name: a, title: T, dataset: survey, %s}\n",
			rows[i].analyses);
		struct run run = run_study(yaml, path, true);
		assert_false(run.ok);
		if (!strstr(run.err.message, rows[i].message) || !strstr(run.err.help, rows[i].help))
			fail_msg("%s (%s), where it should say %s (%s)", run.err.message, run.err.help, rows[i].message,
			         rows[i].help);
		run_free(&run);
		free(yaml);
	}
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_what_may_stand_together_is_right),
		cmocka_unit_test(what_cells_tie_may_stand_together),
		cmocka_unit_test(what_is_refused_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
