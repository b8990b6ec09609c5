/* Kind change: people matched over two waves, against R (tests/oracle/waves.R); what is refused; that those who
 * answered at one wave only cannot be told where they are few. */
#include "testing.h"

#include <math.h>

#include <glpk.h>

#include "test_compare.h"

#include "protect/protect.h"
#include "withhold/withheld.h"

static const struct row {
	int person, wave, area, score, support; /* score and support -1: no answer */
} people[] = {
#include "../oracle/waves_people.inc"
};

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'Ayle'), (2, 'B', 'Bree'), (3, 'C', 'Corm'), (4, 'D', 'Dunn');"
	"INSERT INTO variable VALUES"
	" ('score', 1, 'Score', NULL, 'integer', 'amount', 'points', 'higher_better', NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('support', 2, 'Support', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('other', 3, 'Other', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('wave', 4, 'Wave', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'wave'),"
	" ('area', 5, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('support', 1, 'no', 'No'), ('support', 2, 'yes', 'Yes'), ('wave', 1, 'before', 'Before'),"
	" ('wave', 2, 'after', 'After'), ('wave', 3, 'long_after', 'Long after');"
	"INSERT INTO reason VALUES ('score', 'not_answered'), ('support', 'not_answered'), ('other', 'not_answered');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, score INTEGER,"
	" support INTEGER, other INTEGER, wave INTEGER);";

/* The rows in any order of the waves, and whose they are. `apart`: everybody has a key of its own at each wave. */
static void add_rows(struct text *sql, const struct row *rows, size_t count, bool apart)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		char score[32] = "NULL", support[32] = "NULL";
		if (row->score >= 0) {
			snprintf(score, sizeof score, "%d", row->score);
			snprintf(support, sizeof support, "%d", row->support + 1);
		}
		text_print(sql, "INSERT INTO respondents VALUES (%zu, 'p%d%s', %d, NULL, %s, %s, %s, %d);", i + 1,
		           row->person, apart && row->wave == 2 ? "b" : "", row->area, score, support, score,
		           row->wave);
		for (size_t v = 0; row->score < 0 && v < 3; v++)
			text_print(sql, "INSERT INTO missing VALUES ('%s', %zu, 'not_answered');",
			           (const char *const[]){ "score", "support", "other" }[v], i + 1);
	}
	text_add(sql, "INSERT INTO again SELECT respondent, (SELECT min(b.respondent) FROM respondents AS b"
	              " WHERE b.pseudonym = a.pseudonym) AS first FROM respondents AS a WHERE first < respondent;");
}

static char *write_dataset(bool apart, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	add_rows(&sql, people, COUNT(people), apart);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

static struct run run_on(int threshold, const char *analyses, const char *path, bool clashes)
{
	char *yaml = mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                       "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: %d},"
	                       " dictionary: nowhere}]\nanalyses:\n%s",
	                       threshold, analyses);
	struct run run = run_study(yaml, path, clashes);
	free(yaml);
	return run;
}

static struct run run_more(int threshold, const char *analyses, bool apart, const char *more)
{
	char *path = write_dataset(apart, more);
	struct run run = run_on(threshold, analyses, path, false);
	free(path);
	return run;
}

#define CHANGE(name, rest) "  - {name: " name ", title: T, dataset: survey, kind: change, " rest "}\n"
#define WAVES "waves: [before, after]"
static const char both_kinds[] =
	CHANGE("score", "outcome: score, " WAVES) CHANGE("support", "outcome: support, codes: [\"yes\"], " WAVES);

/* --- reading what came out --- */

struct key {
	const char *analysis, *statistic, *area, *across;
};

static const struct result *result_of(const struct universe *universe, struct key key)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, key.analysis) == 0 && strcmp(result->statistic, key.statistic) == 0
		    && text_equal(result->area, key.area) && text_equal(result->across, key.across)) {
			assert_null(found); /* one line for each */
			found = result;
		}
	}
	if (!found)
		fail_msg("no line %s %s %s %s", key.analysis, key.statistic, key.area ? key.area : "-",
		         key.across ? key.across : "-");
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

/* --- against R --- */

static const struct expected {
	const char *analysis, *statistic, *area, *across, *figure;
	double value;
} expected[] = {
#include "../oracle/waves_study.inc"
};

static void expect(const struct run *run, const char *of, const char *analysis)
{
	size_t seen = 0;
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct expected *line = &expected[i];
		if (strcmp(line->analysis, of) != 0)
			continue;
		const struct result *result =
			result_of(run->universe, (struct key){ analysis, line->statistic, line->area, line->across });
		double value = figure_of(run->universe, result, line->figure)->value;
		if (!test_is_close(value, line->value, 1e-8))
			fail_msg("%s %s %s %s: %.17g, not %.17g", line->analysis, line->statistic, line->figure,
			         line->area ? line->area : "-", value, line->value);
		seen++;
	}
	assert_true(seen >= 20);
}

static void changes_of_the_same_people_are_r_s(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, false, "");
	assert_ok(run.ok, &run.err);
	expect(&run, "score", "score");
	expect(&run, "support", "support");
	assert_int_equal(result_of(run.universe, (struct key){ "score", "p_holm", "A", NULL })->family_size, 4);
	assert_string_equal(result_of(run.universe, (struct key){ "score", "p_holm", "A", NULL })->family,
	                    "score.change");
	assert_string_equal(result_of(run.universe, (struct key){ "support", "mcnemar", "A", NULL })->category, "yes");
	assert_null(result_of(run.universe, (struct key){ "support", "count_lost", "A", NULL })->category);
	run_free(&run);
}

#define PERSON "CAST(substr(pseudonym, 2) AS INTEGER)"
#define WEIGHED                                                                                                        \
	"UPDATE respondents SET weight = 0.5 + (" PERSON " * 3 % 7) / 4.0 + (wave = 2) * (" PERSON " % 3) / 4.0;"
#define DRAWN                                                                                                          \
	"INSERT INTO drawn SELECT respondent, " PERSON " % 3 + 1, " PERSON " % 12 + 1, NULL FROM respondents;"         \
	"INSERT INTO design VALUES ('lonely', 'fail');"

/* The p that the table adjusts is that of the test without weights, and stands behind the one with them. */
static void assert_has_column(const struct run *run, const char *heading)
{
	const struct universe *universe = run->universe;
	bool there = false;
	for (size_t a = 0; a < universe->arrangement_count; a++)
		for (size_t c = 0; c < universe->arrangements[a].column_count; c++)
			there = there || strcmp(universe->arrangements[a].columns[c].heading, heading) == 0;
	assert_true(there);
}

static void changes_by_design_are_r_s(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, false, WEIGHED);
	assert_ok(run.ok, &run.err);
	expect(&run, "score", "score");
	expect(&run, "weights-score", "score");
	expect(&run, "weights-support", "support");
	assert_has_column(&run, "Unweighted p (Holm)");
	assert_string_equal(result_of(run.universe, (struct key){ "score", "mean_change", NULL, NULL })->flags,
	                    "unweighted-test");
	assert_string_equal(result_of(run.universe, (struct key){ "score", "weighted_change", NULL, NULL })->weight,
	                    "weight");
	assert_null(result_of(run.universe, (struct key){ "score", "mean_change", NULL, NULL })->weight);
	run_free(&run);
	run = run_more(3, both_kinds, false, WEIGHED DRAWN);
	assert_ok(run.ok, &run.err);
	expect(&run, "clusters-score", "score");
	expect(&run, "clusters-support", "support");
	run_free(&run);
}

/* Person 1 of A, who fell from 17, outweighs all of the area. */
static void a_weighted_change_that_goes_the_other_way_is_flagged(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, false,
	                          "UPDATE respondents SET weight = iif(pseudonym = 'p1', 100000, 1);"
	                          "UPDATE respondents SET score = 0 WHERE pseudonym = 'p1' AND wave = 2;");
	assert_ok(run.ok, &run.err);
	const struct result *all = result_of(run.universe, (struct key){ "score", "mean_change", NULL, NULL });
	const struct result *weighted = result_of(run.universe, (struct key){ "score", "weighted_change", NULL, NULL });
	assert_true(figure_of(run.universe, all, "estimate")->value > 0);
	assert_true(figure_of(run.universe, weighted, "estimate")->value < 0);
	assert_non_null(strstr(weighted->flags, "signs-disagree"));
	assert_non_null(strstr(weighted->flags, "n-eff-below-30"));
	assert_null(strstr(result_of(run.universe, (struct key){ "score", "weighted_change", "B", NULL })->flags,
	                   "signs-disagree"));
	run_free(&run);
}

static void different_people_are_compared_as_such(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, true,
	                          "UPDATE respondents SET area = (SELECT b.area FROM respondents AS b"
	                          " WHERE b.pseudonym || 'b' = respondents.pseudonym)"
	                          " WHERE EXISTS (SELECT 1 FROM respondents AS b"
	                          " WHERE b.pseudonym || 'b' = respondents.pseudonym);");
	assert_ok(run.ok, &run.err);
	expect(&run, "apart", "score");
	expect(&run, "apart-support", "support");
	for (size_t i = 0; i < run.universe->result_count; i++) {
		const char *statistic = run.universe->results[i].statistic;
		assert_true(strcmp(statistic, "mean_change") != 0 && strcmp(statistic, "mcnemar") != 0
		            && strcmp(statistic, "count_both") != 0 && strcmp(statistic, "ancova") != 0);
	}
	run_free(&run);
}

/* --- what is hidden --- */

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

/* An attacker of her own, who knows nothing of cells and relations: of each area (from 1) she does not know how many
 * were there at both waves, were lost and joined, and of each of these how many said yes when; and she takes it that
 * the two questions were answered by the same people. */
enum { AREAS = 4, PARTS = 8 };
enum part { YES_YES, YES_NO, NO_YES, NO_NO, LOST_YES, LOST_NO, JOINED_YES, JOINED_NO };
static const struct claim {
	const char *analysis, *statistic, *across, *figure;
	unsigned parts, of; /* bits: whom it counts; of whom it is the share, in per cent; 0: it is a count */
} claims[] = {
#define BOTH 0x0fu
#define LOST 0x30u
#define JOINED 0xc0u
	{ NULL, "count_of_wave", "wave=before", "n", BOTH | LOST, 0 },
	{ NULL, "count_of_wave", "wave=after", "n", BOTH | JOINED, 0 },
	{ NULL, "count_both", NULL, "n", BOTH, 0 },
	{ NULL, "count_lost", NULL, "n", LOST, 0 },
	{ NULL, "count_joined", NULL, "n", JOINED, 0 },
	{ "score", "mean_change", NULL, "df", BOTH, 0 },
	{ "support", "share_of_wave", "wave=before", "n", 1u << YES_YES | 1u << YES_NO | 1u << LOST_YES, 0 },
	{ "support", "share_of_wave", "wave=after", "n", 1u << YES_YES | 1u << NO_YES | 1u << JOINED_YES, 0 },
	{ "support", "share_of_both", "wave=before", "estimate", 1u << YES_YES | 1u << YES_NO, BOTH },
	{ "support", "share_of_both", "wave=after", "estimate", 1u << YES_YES | 1u << NO_YES, BOTH },
	{ "support", "count_to", NULL, "n", 1u << NO_YES, 0 },
	{ "support", "count_from", NULL, "n", 1u << YES_NO, 0 },
};
static const char *const area_codes[AREAS + 1] = { "A", "B", "C", "D", NULL };

static int column_of(size_t area, size_t part)
{
	return (int)(area * PARTS + part + 1);
}

/* `factor` for each of the parts in the area; in all of them where there is none. */
static int add_terms(int *index, double *factor, int count, size_t area, unsigned parts, double by)
{
	for (size_t a = 0; a < AREAS; a++)
		for (size_t part = 0; part < PARTS; part++) {
			if ((area < AREAS && a != area) || !(parts & 1u << part))
				continue;
			int at = count, column = column_of(a, part);
			for (int i = 1; i <= count; i++)
				at = index[i] == column ? i - 1 : at;
			index[at + 1] = column;
			factor[at + 1] = (at < count ? factor[at + 1] : 0) + by;
			count = at == count ? count + 1 : count;
		}
	return count;
}

static void add_row(glp_prob *programme, int count, const int *index, const double *factor, double least, double most)
{
	int row = glp_add_rows(programme, 1);
	glp_set_row_bnds(programme, row, least == most ? GLP_FX : isinf(most) ? GLP_LO : GLP_UP, least, most);
	glp_set_mat_row(programme, row, count, index, factor);
}

/* What the line says of its area. */
static void add_claim(glp_prob *programme, const struct claim *claim, size_t area, double value)
{
	int index[AREAS * PARTS + 1];
	double factor[AREAS * PARTS + 1], half = 0.05;
	if (!claim->of) {
		double n = value + (strcmp(claim->figure, "df") == 0);
		int count = add_terms(index, factor, 0, area, claim->parts, 1);
		add_row(programme, count, index, factor, n, n);
		return;
	}
	int count = add_terms(index, factor, 0, area, claim->parts, 100);
	count = add_terms(index, factor, count, area, claim->of, -(value - half));
	add_row(programme, count, index, factor, 0, INFINITY);
	count = add_terms(index, factor, 0, area, claim->parts, 100);
	count = add_terms(index, factor, count, area, claim->of, -(value + half));
	add_row(programme, count, index, factor, -INFINITY, 0);
}

/* `told`: a statistic whose hidden lines are shown nonetheless. */
static glp_prob *know(const struct universe *withheld, const struct universe *truth, const char *told, size_t *known)
{
	glp_prob *programme = glp_create_prob();
	glp_add_cols(programme, AREAS * PARTS);
	for (int column = 1; column <= AREAS * PARTS; column++)
		glp_set_col_bnds(programme, column, GLP_LO, 0, 0);
	*known = 0;
	for (size_t r = 0; r < withheld->result_count; r++) {
		const struct result *shown = &withheld->results[r];
		for (size_t c = 0; c < COUNT(claims); c++)
			for (size_t area = 0; area <= AREAS; area++) {
				const struct claim *claim = &claims[c];
				bool is_told = told && strcmp(claim->statistic, told) == 0;
				if (strcmp(shown->statistic, claim->statistic) != 0
				    || (claim->analysis && strcmp(shown->analysis, claim->analysis) != 0)
				    || !text_equal(shown->across, claim->across)
				    || !text_equal(shown->area, area_codes[area])
				    || (shown->status != RESULT_OK && !is_told))
					continue;
				*known += shown->status == RESULT_OK;
				const struct universe *from = shown->status == RESULT_OK ? withheld : truth;
				double value = figure_of(from, &from->results[r], claim->figure)->value;
				add_claim(programme, claim, area, value);
			}
	}
	return programme;
}

static double solve(glp_prob *programme, size_t area, unsigned parts, int direction)
{
	int index[AREAS * PARTS + 1];
	double factor[AREAS * PARTS + 1];
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	int count = add_terms(index, factor, 0, area, parts, 1);
	for (int i = 1; i <= count; i++)
		glp_set_obj_coef(programme, index[i], factor[i]);
	glp_set_obj_dir(programme, direction);
	glp_std_basis(programme);
	assert_int_equal(glp_simplex(programme, &control), 0);
	int status = glp_get_status(programme);
	assert_true(status == GLP_OPT || status == GLP_UNBND);
	double value = status == GLP_UNBND ? INFINITY : glp_get_obj_val(programme);
	for (int i = 1; i <= count; i++)
		glp_set_obj_coef(programme, index[i], 0);
	return value;
}

static long long count_of(const struct universe *universe, const struct claim *claim, size_t area)
{
	struct key key = { claim->analysis ? claim->analysis : "support", claim->statistic, area_codes[area],
		           claim->across };
	return llround(figure_of(universe, result_of(universe, key), claim->figure)->value);
}

/* How many small counts she comes to know: that they are below the threshold, or to within two. */
static size_t attack(const struct run *run, const struct universe *withheld, int threshold, const char *told,
                     size_t *unsafe)
{
	size_t known = 0, fallen = 0;
	glp_prob *programme = know(withheld, run->universe, told, &known);
	*unsafe = 0;
	assert_true(known > 0);
	for (size_t c = 0; c < COUNT(claims); c++)
		for (size_t area = 0; area <= AREAS; area++) {
			if (claims[c].of || strcmp(claims[c].figure, "df") == 0)
				continue;
			long long n = count_of(run->universe, &claims[c], area);
			if (n == 0 || n >= threshold)
				continue;
			double least = ceil(solve(programme, area, claims[c].parts, GLP_MIN) - 1e-6),
			       most = floor(solve(programme, area, claims[c].parts, GLP_MAX) + 1e-6);
			assert_true(least <= (double)n && most >= (double)n);
			++*unsafe;
			fallen += most < threshold || most - least < 3;
		}
	glp_delete_prob(programme);
	glp_free_env();
	return fallen;
}

static void nobody_can_tell_how_few_were_lost(void **state)
{
	(void)state;
	size_t shown = 0;
	for (int threshold = 4; threshold <= 12; threshold += 2) {
		struct run run = run_more(threshold, both_kinds, false, "");
		assert_ok(run.ok, &run.err);
		struct universe *withheld = withhold(&run);
		size_t unsafe = 0;
		assert_int_equal(attack(&run, withheld, threshold, NULL, &unsafe), 0);
		assert_true(unsafe >= 5);
		/* and she has teeth: one kind of count more, and something falls */
		assert_true(attack(&run, withheld, threshold, "count_of_wave", &unsafe) > 0
		            || attack(&run, withheld, threshold, "count_both", &unsafe) > 0);
		for (size_t i = 0; i < withheld->result_count; i++)
			shown += withheld->results[i].status == RESULT_OK;
		universe_free(withheld);
		run_free(&run);
	}
	assert_true(shown > 100);
}

/* What stands by design beside a line is hidden with it, and by nothing else. */
static void weighted_lines_go_with_their_own(void **state)
{
	(void)state;
	static const struct {
		const char *analysis, *weighted, *across, *plain;
	} pairs[] = {
		{ "score", "weighted_mean_of_wave", "wave=before", "mean_of_wave" },
		{ "score", "weighted_mean_of_wave", "wave=after", "mean_of_wave" },
		{ "score", "weighted_change", NULL, "mean_change" },
		{ "support", "weighted_share_of_wave", "wave=before", "share_of_wave" },
		{ "support", "weighted_share_of_wave", "wave=after", "share_of_wave" },
		{ "support", "weighted_change", NULL, "mcnemar" },
	};
	size_t hidden = 0, shown = 0;
	for (int threshold = 4; threshold <= 8; threshold += 2) {
		struct run run = run_more(threshold, both_kinds, false, WEIGHED);
		assert_ok(run.ok, &run.err);
		struct universe *withheld = withhold(&run);
		for (size_t i = 0; i < COUNT(pairs); i++)
			for (size_t area = 0; area <= AREAS; area++) {
				const char *at = area_codes[area];
				enum result_status weighted = result_of(withheld, (struct key){ pairs[i].analysis,
				                                                                pairs[i].weighted, at,
				                                                                pairs[i].across })
				                                      ->status,
						   plain = result_of(withheld,
				                                     (struct key){ pairs[i].analysis, pairs[i].plain,
				                                                   at, pairs[i].across })
				                                   ->status;
				assert_int_equal(weighted, plain);
				hidden += weighted == RESULT_HIDDEN;
				shown += weighted == RESULT_OK;
			}
		universe_free(withheld);
		run_free(&run);
	}
	assert_true(hidden >= 10 && shown >= 10);
}

/* --- what is refused --- */

static void refused(const char *analyses, bool clashes, const char *more, const char *message)
{
	char *path = write_dataset(false, more);
	struct run run = run_on(3, analyses, path, clashes);
	if (run.ok)
		fail_msg("taken: %s, %s", analyses, more);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	if (!strstr(run.err.message, message))
		fail_msg("\"%s\" does not say \"%s\"", run.err.message, message);
	assert_true(strlen(run.err.help) > 0);
	free(path);
	run_free(&run);
}

static void what_cannot_be_a_change_is_refused(void **state)
{
	(void)state;
	static const char score[] = CHANGE("c", "outcome: score, " WAVES);
	static const struct {
		const char *analyses, *more, *message;
	} rows[] = {
		{ CHANGE("c", "outcome: score, waves: [before, never]"), "", "there is no wave never" },
		{ CHANGE("c", "outcome: score"), "", "needs `waves`" },
		{ CHANGE("c", "outcome: score, " WAVES) "disclosure: {zeros: hidden}\n", "DELETE FROM again;",
		  "zeros are hidden" },
		{ CHANGE("c", "outcome: score, waves: [before, before]"), "", "between two waves" },
		{ CHANGE("c", "outcome: score, filter: \"other > 3\", " WAVES), "", "has no `filter`" },
		{ CHANGE("c", "outcome: score, compare: [pairs], " WAVES), "", "has no `compare`" },
		{ CHANGE("c", "outcome: support, " WAVES), "", "a mean needs numbers" },
		{ CHANGE("c", "outcome: wave, codes: [before], " WAVES), "", "cannot be of the wave" },
		{ CHANGE("c", "outcome: support, codes: [maybe], " WAVES), "", "no code maybe" },
		{ CHANGE("c", "outcome: score, codes: [\"3\"], " WAVES), "", "need codes" },
		{ score, DRAWN "INSERT INTO stratum VALUES (1, 5000), (2, 5000), (3, 5000);", "more in the design" },
		{ score, DRAWN "INSERT INTO cluster SELECT DISTINCT cluster, 5000 FROM drawn;", "more in the design" },
		{ score,
		  DRAWN WEIGHED "UPDATE drawn SET start = 1; INSERT INTO design VALUES ('adjust', 'poststratify'),"
		                " ('margins', 'area'); INSERT INTO margin SELECT 1, respondent, area FROM respondents;",
		  "more in the design" },
		{ score,
		  DRAWN WEIGHED
		  "INSERT INTO design VALUES ('replicates', 'jk1'), ('replicates_around', 'estimate'), ('replicates_df', '1');"
		  "INSERT INTO replicate VALUES (1, 0.5), (2, 0.5);"
		  "INSERT INTO replicate_weight SELECT respondent, 1, 1 FROM respondents;"
		  "INSERT INTO replicate_weight SELECT respondent, 2, 1 FROM respondents;",
		  "more in the design" },
		{ score, "UPDATE variable SET role = '' WHERE role = 'wave';", "no variable with codes says them" },
		{ score, "DELETE FROM code WHERE variable = 'wave';", "no variable with codes says them" },
		{ score, "ALTER TABLE respondents DROP COLUMN pseudonym;", "without a key" },
		{ score, "UPDATE respondents SET wave = 1 WHERE pseudonym IN ('p1', 'p2');",
		  "several rows of one wave" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		refused(rows[i].analyses, false, rows[i].more, rows[i].message);
}

static void what_would_tell_of_a_change_is_refused_beside_it(void **state)
{
	(void)state;
#define SCORE CHANGE("c", "outcome: score, " WAVES)
	static const struct {
		const char *analyses, *more, *message;
	} rows[] = {
		{ SCORE
		  "  - {name: m, title: T, dataset: survey, kind: mean, outcome: other, filter: \"wave = 'before'\"}\n",
		  "", "how few answered at one wave only" },
		{ SCORE "  - {name: m, title: T, dataset: survey, kind: accounts}\n", "",
		  "how few answered at one wave only" },
		{ SCORE CHANGE("d", "outcome: score, " WAVES), "", "answers that hang together" },
		{ SCORE CHANGE("d", "outcome: other, waves: [before, long_after]"), "", "between different waves" },
		{ SCORE CHANGE("d", "outcome: other, " WAVES),
		  "UPDATE variable SET source = 'an instrument' WHERE variable IN ('score', 'other');",
		  "answers that hang together" },
		{ SCORE CHANGE("d", "outcome: other, " WAVES),
		  "INSERT INTO made_of VALUES ('score', 'a', 0), ('other', 'a', 0);", "answers that hang together" },
		{ SCORE CHANGE("d", "outcome: support, codes: [\"yes\"], " WAVES),
		  "INSERT INTO routed VALUES ('score');", "answers that hang together" },
		{ SCORE, "UPDATE respondents SET score = score > 15; INSERT INTO made_of VALUES ('score', 'a', 1);",
		  "no more than four values" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		refused(rows[i].analyses, true, rows[i].more, rows[i].message);
	struct run run = { 0 };
	char *path = write_dataset(false, "");
	run = run_on(3, SCORE CHANGE("d", "outcome: support, codes: [\"yes\"], " WAVES), path, true);
	assert_ok(run.ok, &run.err);
	free(path);
	run_free(&run);
}

/* The rows of one export are the same people under whatever dataset's name. */
static void another_dataset_of_the_same_export_counts_as_the_same(void **state)
{
	(void)state;
	static const char yaml[] =
		"study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
		"datasets:\n"
		"  - {name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere,"
		" exports: [{path: a.csv}, {path: b.csv}]}\n"
		"  - {name: first, kind: responses, unit: {name: respondent}, dictionary: nowhere, exports: [{path: %s}]}\n"
		"analyses:\n" CHANGE(
			"c",
			"outcome: score, " WAVES) "  - {name: m, title: T, dataset: first, kind: mean, outcome: score}\n";
	static const char *const paths[] = { "a.csv", "c.csv" };
	char *path = write_dataset(false, "");
	for (size_t i = 0; i < COUNT(paths); i++) {
		char *config = mem_print(yaml, paths[i]), *folder = test_folder();
		char *file = test_file(folder, "study.yaml", config), *operand = mem_print("survey=%s", path);
		struct run run = { 0 };
		assert_ok(study_load(&run.study, file, &run.err), &run.err);
		run.study->analyses_count = 1; /* datasets_open asks for no more */
		assert_ok(datasets_open(&run.datasets, run.study, &operand, 1, &run.err), &run.err);
		run.study->analyses_count = 2;
		bool ok = clash_check(run.study, file, &run.datasets, &run.err);
		assert_int_equal(ok, i == 1);
		assert_true(ok || strstr(run.err.message, "how few answered at one wave only"));
		run_free(&run);
		free(config);
		free(folder);
		free(file);
		free(operand);
	}
	free(path);
}

/* --- lines that hold no number --- */

static void lines_without_a_number_say_why(void **state)
{
	(void)state;
#define NOBODY_TWICE_IN_C                                                                                              \
	"DELETE FROM again WHERE first IN (SELECT respondent FROM respondents WHERE area = 3 AND wave = 1);"
	static const struct {
		const char *more;
		struct key key;
		const char *reason;
	} rows[] = {
		/* B: everybody had 7 before; C: nobody is in both; D: all rose by 2; A: one is in both */
		{ "UPDATE respondents SET score = 7 WHERE area = 2 AND wave = 1 AND score IS NOT NULL;",
		  { "score", "mean_change", "B", NULL },
		  "zero-variance" },
		{ NOBODY_TWICE_IN_C, { "score", "mean_change", "C", NULL }, "base-empty" },
		{ NOBODY_TWICE_IN_C, { "score", "adjusted_mean", "C", NULL }, "base-empty" },
		{ NOBODY_TWICE_IN_C, { "support", "mcnemar", "C", NULL }, "base-empty" },
		{ NOBODY_TWICE_IN_C, { "score", "p_holm", "C", NULL }, "base-empty" },
		{ "UPDATE respondents SET score = (SELECT score + 2 FROM respondents AS b WHERE b.wave = 1"
		  " AND b.pseudonym = respondents.pseudonym) WHERE wave = 2 AND score IS NOT NULL"
		  " AND EXISTS (SELECT 1 FROM respondents AS b WHERE b.wave = 1 AND b.pseudonym = respondents.pseudonym);",
		  { "score", "mean_change", "D", NULL },
		  "zero-variance" },
		{ "UPDATE respondents SET area = 1;", { "score", "ancova", NULL, NULL }, "fewer-than-2-areas" },
		{ "UPDATE respondents SET score = 7 * area WHERE wave = 1 AND score IS NOT NULL;",
		  { "score", "ancova", NULL, NULL },
		  "zero-variance" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run run = run_more(3, both_kinds, false, rows[i].more);
		assert_ok(run.ok, &run.err);
		const struct result *result = result_of(run.universe, rows[i].key);
		assert_int_equal(result->status, RESULT_REFUSED);
		assert_string_equal(result->reason, rows[i].reason);
		run_free(&run);
	}
}

static void few_pairs_are_said_to_be_few(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, false, "");
	assert_ok(run.ok, &run.err);
	assert_string_equal(result_of(run.universe, (struct key){ "score", "mean_change", "A", NULL })->flags,
	                    "n-below-30");
	assert_string_equal(result_of(run.universe, (struct key){ "score", "mean_change", "D", NULL })->flags,
	                    "n-below-10");
	run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_of_the_same_people_are_r_s),
		cmocka_unit_test(changes_by_design_are_r_s),
		cmocka_unit_test(a_weighted_change_that_goes_the_other_way_is_flagged),
		cmocka_unit_test(different_people_are_compared_as_such),
		cmocka_unit_test(nobody_can_tell_how_few_were_lost),
		cmocka_unit_test(weighted_lines_go_with_their_own),
		cmocka_unit_test(what_cannot_be_a_change_is_refused),
		cmocka_unit_test(what_would_tell_of_a_change_is_refused_beside_it),
		cmocka_unit_test(another_dataset_of_the_same_export_counts_as_the_same),
		cmocka_unit_test(lines_without_a_number_say_why),
		cmocka_unit_test(few_pairs_are_said_to_be_few),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
