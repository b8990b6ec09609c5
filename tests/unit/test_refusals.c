/* Every word that a line of results can be refused or flagged with: a small table and an analysis that get it through
 * compare, and a neighbour, almost the same, that does not. A word without a row fails. */
#include "testing.h"

#include "test_compare.h"

#include "reason.h"

/* --- 240 made-up people of six areas, 40 each --- */

/* q1 to q4 are items of which score is the sum; pair is that of the first two, one of the first alone. */
static const char people[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'A'), (2, 'B', 'B'), (3, 'C', 'C'), (4, 'D', 'D'), (5, 'E', 'E'), (6, 'F', 'F');"
	"INSERT INTO variable VALUES"
	" ('spend', 1, 'Spend', NULL, 'integer', 'amount', 'pounds', NULL, NULL, 'none', 0, 999, 0, NULL, ''),"
	" ('hours', 2, 'Hours', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 99, 0, NULL, ''),"
	" ('home', 3, 'Home', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('mood', 4, 'Mood', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('work', 5, 'Work', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('q1', 6, 'Q1', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('q2', 7, 'Q2', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('q3', 8, 'Q3', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('q4', 9, 'Q4', NULL, 'integer', 'ordinal', NULL, NULL, NULL, 'none', 1, 5, 0, NULL, ''),"
	" ('score', 10, 'Score', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 4, 20, 0, 'made', ''),"
	" ('pair', 11, 'Pair', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 2, 10, 0, 'made', ''),"
	" ('one', 12, 'One', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 1, 5, 0, 'made', ''),"
	" ('area', 13, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('home', 1, 'yes', 'Yes'), ('home', 2, 'no', 'No'), ('mood', 1, '1', 'One'),"
	" ('mood', 2, '2', 'Two'), ('mood', 3, '3', 'Three'), ('mood', 4, '4', 'Four'), ('mood', 5, '5', 'Five'),"
	" ('work', 1, 'a', 'A'), ('work', 2, 'b', 'B'), ('work', 3, 'c', 'C');"
	"INSERT INTO reason SELECT variable, 'not_answered' FROM variable WHERE variable <> 'area';"
	"INSERT INTO item VALUES ('score', 1, 'q1', 0, 1, 5), ('score', 2, 'q2', 0, 1, 5), ('score', 3, 'q3', 0, 1, 5),"
	" ('score', 4, 'q4', 0, 1, 5), ('pair', 1, 'q1', 0, 1, 5), ('pair', 2, 'q2', 0, 1, 5), ('one', 1, 'q1', 0, 1, 5);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" spend INTEGER, hours INTEGER, home INTEGER, mood INTEGER, work INTEGER, q1 INTEGER, q2 INTEGER, q3 INTEGER,"
	" q4 INTEGER, score REAL, pair REAL, one REAL);"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 239)"
	" INSERT INTO respondents SELECT i + 1, NULL, i % 6 + 1, NULL, i * 37 % 241 + 5 * (i % 6), 1 + i * 17 % 23,"
	" iif(i * 7 % 10 < 3 + i % 6, 1, 2), 1 + i * 29 % 47 % 5, 1 + i * 13 % 31 % 3, 1 + i * 11 % 53 % 5,"
	" 1 + (i * 11 % 53 + i % 2) % 5, 1 + (i * 11 % 53 + i / 2 % 2) % 5, 1 + (i * 11 % 53 + i / 4 % 2) % 5, 0, 0, 0 FROM n;"
	"UPDATE respondents SET score = q1 + q2 + q3 + q4, pair = q1 + q2, one = q1;";

/* --- published figures of eight areas in twelve years: events of all, and an estimate with its limits --- */

static const char figures[] =
	"INSERT INTO unit VALUES ('person', 'people', 0, 0);"
	"INSERT INTO area VALUES (1, 'A', 'A'), (2, 'B', 'B'), (3, 'C', 'C'), (4, 'D', 'D'), (5, 'E', 'E'), (6, 'F', 'F'),"
	" (7, 'G', 'G'), (8, 'H', 'H');"
	"INSERT INTO variable VALUES"
	" ('year', 1, 'Year', NULL, 'integer', 'count', NULL, NULL, NULL, 'none', 2000, 2100, 1, NULL, ''),"
	" ('what', 2, 'What', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('n', 3, 'People', NULL, 'integer', 'count', NULL, NULL, NULL, 'none', 0, 9999, 0, NULL, ''),"
	" ('value', 4, 'Value', NULL, 'number', 'amount', NULL, NULL, NULL, 'none', 0, 999, 0, NULL, ''),"
	" ('lower', 5, 'Lower', NULL, 'number', 'amount', NULL, NULL, NULL, 'none', 0, 999, 0, NULL, ''),"
	" ('upper', 6, 'Upper', NULL, 'number', 'amount', NULL, NULL, NULL, 'none', 0, 999, 0, NULL, ''),"
	" ('age', 7, 'Age', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('area', 8, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('what', 1, 'events', 'Events'), ('what', 2, 'all', 'All'), ('age', 1, 'young', 'Young'),"
	" ('age', 2, 'old', 'Old');"
	"INSERT INTO reason SELECT variable, reason.column1 FROM variable, (VALUES ('suppressed'), ('not_applicable'), ('low'),"
	" ('not_answered')) AS reason WHERE variable IN ('n', 'value', 'lower', 'upper');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" year INTEGER, what INTEGER, n INTEGER, value REAL, lower REAL, upper REAL, age INTEGER);"
	"WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < 383)"
	" INSERT INTO respondents SELECT i + 1, NULL, i % 8 + 1, NULL, 2014 + i / 32, 1 + i / 8 % 2,"
	" iif(i / 8 % 2 = 0, 20 + i * 13 % 17 + 2 * (i % 8), 100 + i % 8), 50 + i % 8 + i * 7 % 5, 40 + i % 8 + i * 7 % 5,"
	" 60 + i % 8 + i * 7 % 5, 1 + i / 16 % 2 FROM k;";

/* --- rows --- */

struct row {
	const char *name; /* the word */
	bool published;   /* of the figures, not the people */
	const char *statistic, *analysis;
	const char *with, *without; /* SQL */
	const char *neighbour;      /* another analysis that does not get it; NULL: the same */
};

#define MEAN "kind: mean, outcome: spend"
#define HOME "kind: share, outcome: home, codes: [\"yes\"]"
#define WORK "kind: share, outcome: work"
#define MOOD "kind: table, outcome: mood"
#define SCORE "kind: reliability, outcome: score"
#define RATE "kind: rate, outcome: n, events: \"what = 'events'\", base: \"what = 'all'\", filter: \"age = 'young'\""
#define SERIES RATE ", series: year"
#define STANDARDISED                                                                                                   \
	"kind: rate, outcome: n, events: \"what = 'events'\", base: \"what = 'all'\", filter: \"year = 2025\","        \
	" standardise: {by: age, method: direct}"
#define ESTIMATE                                                                                                       \
	"kind: estimate, outcome: value, low: lower, high: upper, filter: \"what = 'events' and age = 'young' and year = 2025\""

#define OF_A "area = 1 AND year = 2025 AND what = 1 AND age = 1"
#define MISSING(variable, reason, of)                                                                                  \
	"UPDATE respondents SET " variable " = NULL WHERE " of "; INSERT INTO missing SELECT '" variable               \
	"', respondent, '" reason "' FROM respondents WHERE " of ";"
#define DRAWN(stratum, cluster)                                                                                        \
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'none'), ('weight', 'weight');"                      \
	"UPDATE respondents SET weight = 1 + respondent % 2 / 10.0;"                                                   \
	"INSERT INTO drawn SELECT respondent, " stratum ", " cluster ", weight FROM respondents;"                      \
	"INSERT INTO stratum SELECT DISTINCT stratum, NULL FROM drawn;"
#define REPLICATES(weight)                                                                                                  \
	DRAWN("1", "respondent")                                                                                            \
	"INSERT INTO design VALUES ('replicates', 'bootstrap'), ('replicates_around', 'estimate'), ('replicates_df', '9');" \
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) INSERT INTO replicate SELECT i, 0.1"  \
	" FROM n;"                                                                                                          \
	"INSERT INTO replicate_weight SELECT respondent, replicate, " weight " * (1 + (respondent + replicate) % 3)"        \
	" FROM respondents, replicate;"
/* Each twice: one of four loses 10, the others gain 4. */
#define WAVES(weights)                                                                                                    \
	"INSERT INTO variable VALUES ('wave', 14, 'Wave', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL," \
	" 1, NULL, 'wave');"                                                                                              \
	"INSERT INTO code VALUES ('wave', 1, 'before', 'Before'), ('wave', 2, 'after', 'After');"                         \
	"ALTER TABLE respondents ADD COLUMN wave INTEGER;"                                                                \
	"INSERT INTO again SELECT respondent, respondent - 120 FROM respondents WHERE respondent > 120;"                  \
	"UPDATE respondents SET wave = 1 + (respondent > 120), pseudonym = 'p' || ((respondent - 1) % 120),"              \
	" weight = " weights ", spend = 20 + respondent * 37 % 41;"                                                       \
	"UPDATE respondents SET spend = (SELECT earlier.spend FROM respondents AS earlier"                                \
	" WHERE earlier.respondent = respondents.respondent - 120) + iif((respondent - 1) / 6 % 4 = 1, -10, 4)"           \
	" WHERE respondent > 120;"
#define IMPUTED(number)                                                                                                  \
	"INSERT INTO variable VALUES ('imp', 14, 'Imputation', NULL, 'integer', 'nominal', NULL, NULL, NULL, 'none', 0," \
	" NULL, 1, NULL, 'imputation');"                                                                                 \
	"ALTER TABLE respondents ADD COLUMN imp INTEGER; UPDATE respondents SET imp = " number ";"                       \
	"INSERT INTO again SELECT respondent, respondent - 120 FROM respondents WHERE imp = 2;"
#define FEW "DELETE FROM respondents WHERE area = 1 AND respondent > 6 * "

static const struct row refusals[] = {
	{ "base-empty", false, "mean", MEAN, "DELETE FROM respondents WHERE area = 1;", "", NULL },
	{ "n-below-2", false, "mean", MEAN, FEW "1;", FEW "2;", NULL },
	{ "n-below-3", false, "mann_whitney", MOOD ", compare: [rest]", FEW "2;", FEW "3;", NULL },
	{ "zero-variance", false, "mean", MEAN, "UPDATE respondents SET spend = 3 WHERE area = 1;",
	  "UPDATE respondents SET spend = 3 WHERE area = 1 AND respondent > 1;", NULL },
	{ "count-zero", false, "odds_ratio", HOME ", compare: [pairs]",
	  "UPDATE respondents SET home = 2 WHERE area = 1;",
	  "UPDATE respondents SET home = 2 WHERE area = 1 AND respondent > 1;", NULL },
	{ "expected-below-1", false, "chi_square", HOME, "UPDATE respondents SET home = 1 + (respondent > 5);",
	  "UPDATE respondents SET home = 1 + (respondent > 6);", NULL },
	{ "fewer-than-2-areas", false, "welch_anova", MEAN, "DELETE FROM respondents WHERE area > 1;",
	  "DELETE FROM respondents WHERE area > 2;", NULL },
	{ "fewer-than-2-categories", false, "chi_square", HOME, "UPDATE respondents SET home = 2;",
	  "UPDATE respondents SET home = 1 + (respondent > 6);", NULL },
	{ "fewer-than-6-areas", false, "heterogeneity", MEAN ", shrink: yes", "DELETE FROM respondents WHERE area = 6;",
	  "", NULL },
	{ "weights-missing", false, "weighted_mean", MEAN,
	  "UPDATE respondents SET weight = iif(respondent = 1, NULL, 1);", "UPDATE respondents SET weight = 1;", NULL },
	{ "weights-negative", false, "weighted_mean", MEAN,
	  "UPDATE respondents SET weight = iif(respondent = 1, -0.1, 1);",
	  "UPDATE respondents SET weight = iif(respondent = 1, 0.1, 1);", NULL },
	{ "weights-zero", false, "weighted_mean", MEAN, "UPDATE respondents SET weight = iif(area = 1, 0, 1);",
	  "UPDATE respondents SET weight = iif(area = 1 AND respondent > 7, 0, 1);", NULL },
	{ "replicate-empty", false, "weighted_mean", MEAN, REPLICATES("iif(area = 1 AND replicate = 3, 0, 1)"),
	  REPLICATES("iif(area = 1 AND respondent > 1 AND replicate = 3, 0, 1)"), NULL },
	{ "interval-open", false, "quantile", "kind: quantile, outcome: spend, quantiles: [0.5]", FEW "5;", FEW "6;",
	  NULL },
	{ "lonely-cluster", false, "weighted_mean", MEAN, DRAWN("1 + (respondent = 1)", "respondent"),
	  DRAWN("1 + (respondent < 3)", "respondent"), NULL },
	{ "no-design-df", false, "weighted_mean", MEAN, DRAWN("1", "area"), DRAWN("1", "respondent / 6 + 1"), NULL },
	{ "no-design-variance", false, "weighted_mean", MEAN,
	  DRAWN("1", "respondent") "UPDATE stratum SET population = 240;",
	  DRAWN("1", "respondent") "UPDATE stratum SET population = 241;", NULL },
	{ "fewer-than-2-items", false, "alpha", "kind: reliability, outcome: one", "", "",
	  "kind: reliability, outcome: pair" },
	{ "fewer-than-3-items", false, "omega", "kind: reliability, outcome: pair", "", "", SCORE },
	{ "complete-below-30", false, "alpha", SCORE, "DELETE FROM respondents WHERE respondent > 174;",
	  "DELETE FROM respondents WHERE respondent > 180;", NULL },
	{ "alpha-negative", false, "alpha", SCORE, "UPDATE respondents SET q1 = 6 - q1, q3 = 6 - q3;",
	  "UPDATE respondents SET q1 = 6 - q1, q2 = 6 - q2, q3 = 6 - q3, q4 = 6 - q4;", NULL },
	{ "heywood", false, "omega", SCORE, /* the first is the sum of two that have nothing in common */
	  "UPDATE respondents SET weight = respondent / 6 % 3, spend = respondent / 18 % 3;"
	  "UPDATE respondents SET q1 = 1 + weight + spend, q2 = 1 + 2 * ((weight + (respondent % 42 < 6)) % 3),"
	  " q3 = 1 + 2 * ((spend + (respondent % 30 < 6)) % 3), q4 = iif(respondent / 6 % 2, 3, 1 + weight + spend),"
	  " weight = NULL;",
	  "", NULL },
	{ "not-computable", false, "superiority", MOOD ", compare: [rest]",
	  "UPDATE respondents SET mood = iif(area = 1, 5, 1 + respondent % 4);",
	  "UPDATE respondents SET mood = iif(area = 1 AND respondent > 1, 5, 1 + respondent % 4);", NULL },
	{ "source-suppressed", true, "share", SERIES, MISSING("n", "suppressed", OF_A), MISSING("n", "low", OF_A),
	  NULL },
	{ "source-not-applicable", true, "share", SERIES, MISSING("n", "not_applicable", OF_A),
	  MISSING("n", "low", OF_A), NULL },
	{ "source-low", true, "share", SERIES, MISSING("n", "low", OF_A), MISSING("n", "suppressed", OF_A), NULL },
	{ "source-missing", true, "share", SERIES, "DELETE FROM respondents WHERE " OF_A ";", "", NULL },
	{ "source-zero", true, "share", SERIES,
	  "UPDATE respondents SET n = 0 WHERE area = 1 AND year = 2025 AND age = 1;",
	  "UPDATE respondents SET n = 0 WHERE " OF_A ";", NULL },
	{ "events-above-base", true, "share", SERIES, "UPDATE respondents SET n = 101 WHERE " OF_A ";",
	  "UPDATE respondents SET n = 100 WHERE " OF_A ";", NULL },
	{ "fewer-than-5-points", true, "trend", SERIES,
	  MISSING("n", "low", "area = 1 AND year = 2021 AND what = 1 AND age = 1"),
	  MISSING("n", "low", "area = 1 AND year = 2020 AND what = 1 AND age = 1"), NULL },
	{ "limits-invalid", true, "standard_error", ESTIMATE,
	  "UPDATE respondents SET upper = value, lower = value WHERE " OF_A ";",
	  "UPDATE respondents SET upper = value + 1, lower = value - 1 WHERE " OF_A ";", NULL },
	{ "limits-asymmetric", true, "standard_error", ESTIMATE,
	  "UPDATE respondents SET upper = value + 20 WHERE " OF_A ";",
	  "UPDATE respondents SET upper = value + 11 WHERE " OF_A ";", NULL },
	{ "fewer-than-10-events", true, "standardised_rate", STANDARDISED,
	  "UPDATE respondents SET n = 4 + (age = 1) WHERE area = 1 AND year = 2025 AND what = 1;",
	  "UPDATE respondents SET n = 5 WHERE area = 1 AND year = 2025 AND what = 1;", NULL },
	{ "stratum-missing", true, "standardised_rate", STANDARDISED,
	  "DELETE FROM respondents WHERE area = 1 AND age = 2;", "", NULL },
	{ "fewer-than-2-variables", false, "little_mcar", "kind: missing, variables: [spend, home]",
	  MISSING("spend", "not_answered", "respondent < 40"), MISSING("spend", "not_answered", "respondent < 40"),
	  "kind: missing, variables: [spend, hours]" },
	{ "fewer-than-2-imputations", false, "pooled_mean", MEAN, IMPUTED("1"), IMPUTED("1 + (respondent > 120)"),
	  NULL },
	{ "fewer-than-2-patterns", false, "little_mcar", "kind: missing, variables: [spend, hours]", "",
	  MISSING("spend", "not_answered", "respondent < 40"), NULL },
	{ "singular", false, "little_mcar", "kind: missing, variables: [spend, hours]",
	  "UPDATE respondents SET spend = 3 * hours;" MISSING("spend", "not_answered", "respondent < 40"),
	  "UPDATE respondents SET spend = 3 * hours + respondent % 2;" MISSING("spend", "not_answered",
	                                                                       "respondent < 40"),
	  NULL },
	{ "denominator-zero", false, "ratio", "kind: ratio, outcome: spend, per: hours",
	  "UPDATE respondents SET hours = 0 WHERE area = 1;",
	  "UPDATE respondents SET hours = 0 WHERE area = 1 AND respondent > 1;", NULL },
	{ "fewer-beside-than-threshold", false, "quantile", "kind: quantile, outcome: spend, quantiles: [0.1]",
	  FEW "38;", "", "kind: quantile, outcome: spend, quantiles: [0.5]" },
};

static const struct row cautions[] = {
	{ "n-below-10", false, "mean", MEAN, FEW "9;", FEW "10;", NULL },
	{ "n-below-30", false, "mean", MEAN, FEW "29;", FEW "30;", NULL },
	{ "n-eff-below-30", false, "weighted_mean", MEAN,
	  "UPDATE respondents SET weight = 1 + 9 * (respondent % 4 = 1);",
	  "UPDATE respondents SET weight = 1 + respondent % 4 / 9.0;", NULL },
	{ "wide-interval", false, "share", HOME, FEW "30;", "", NULL },
	{ "expected-below-5", false, "chi_square", HOME, "UPDATE respondents SET home = 1 + (respondent > 29);",
	  "UPDATE respondents SET home = 1 + (respondent > 30);", NULL },
	{ "empty-category", false, "chi_square", WORK, "UPDATE respondents SET work = 1 WHERE work = 3;", "", NULL },
	{ "unweighted-test", false, "tukey_kramer", MEAN ", compare: [tukey]", "UPDATE respondents SET weight = 1;", "",
	  NULL },
	{ "signs-disagree", false, "weighted_mean_difference", MEAN ", compare: [pairs]",
	  "UPDATE respondents SET spend = iif(area = 1, 10, 11) + respondent % 5,"
	  " weight = iif(area = 1, 1 + 40 * (respondent % 5 = 4), 1);",
	  "UPDATE respondents SET spend = iif(area = 1, 10, 11) + respondent % 5, weight = 1;", NULL },
	{ "exact-interval", false, "weighted_share", HOME,
	  "UPDATE respondents SET weight = 1, home = iif(area = 1, 1, home);", "UPDATE respondents SET weight = 1;",
	  NULL },
	{ "unweighted", false, "alpha", SCORE, "UPDATE respondents SET weight = 1;", "", NULL },
	{ "item-against-rest", false, "item_rest_r", SCORE, "UPDATE respondents SET q1 = 6 - q1;", "", NULL },
	{ "between-zero", false, "empirical_bayes", HOME ", shrink: yes",
	  "UPDATE respondents SET home = 1 + (respondent - 1) / 6 % 2;", "", NULL },
	{ "rse-above-20", false, "weighted_total", "kind: total, outcome: spend",
	  "UPDATE respondents SET weight = 1, spend = 100 * (respondent / 6 % 4 = 1);",
	  "UPDATE respondents SET weight = 1;", NULL },
	{ "rse-above-33", false, "weighted_total", "kind: total, outcome: spend",
	  "UPDATE respondents SET weight = 1, spend = 100 * (respondent % 60 = 1);",
	  "UPDATE respondents SET weight = 1, spend = 100 * (respondent % 12 < 6);", NULL },
	{ "deff-above-1.5", false, "weighted_mean", MEAN,
	  DRAWN("1", "respondent / 24 + 1") "UPDATE respondents SET spend = respondent / 24 * 9 + respondent % 7;",
	  DRAWN("1", "respondent"), NULL },
	{ "design-df-below-8", false, "weighted_mean", MEAN, DRAWN("1", "respondent % 8 + 1"),
	  DRAWN("1", "respondent % 27 + 1"), NULL },
	{ "ties-above-half", false, "kruskal_wallis", MEAN ", compare: [rest]",
	  "UPDATE respondents SET spend = spend / 60;", "UPDATE respondents SET spend = respondent * 37 % 241;", NULL },
	{ "unequal-variances", false, "tukey_kramer", MEAN ", compare: [tukey]",
	  FEW "20; UPDATE respondents SET spend = spend / 3 WHERE area = 1;", FEW "20;", NULL },
	{ "signs-disagree", false, "weighted_change", "kind: change, outcome: spend, waves: [before, after]",
	  WAVES("1 + 2 * ((respondent - 1) / 6 % 4 = 1)"), WAVES("1"), NULL },
	{ "missing-above-10", false, "missing_share", "kind: missing, variables: [home, spend]",
	  MISSING("home", "not_answered", "area = 1 AND respondent < 30"),
	  MISSING("home", "not_answered", "area = 1 AND respondent < 24"), NULL },
	{ "missing-differs", false, "missing_range", "kind: missing, variables: [home, spend]",
	  MISSING("home", "not_answered", "area = 1 AND respondent < 30"),
	  MISSING("home", "not_answered", "area = 1 AND respondent < 24"), NULL },
	{ "trial-limits", true, "control_chart", SERIES ", control_chart: yes",
	  "DELETE FROM respondents WHERE year < 2015;", "", NULL },
};

/* --- running them --- */

static struct run run_row(const struct row *row, const char *analysis, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, row->published ? figures : people);
	text_add(&sql, more);
	char *path = test_deidentified(&sql);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 1}\n"
	                  "datasets: [{name: survey, kind: %s, unit: {name: respondent, %s}, dictionary: nowhere}]\n"
	                  "analyses: [{name: x, title: T, dataset: survey, %s}]\n",
	                  row->published ? "aggregate" : "responses",
	                  row->published ? "confidential: no" : "threshold: 2", analysis);
	struct run run = run_study(yaml, path, false);
	if (!run.ok)
		fail_msg("%s: %s", row->name, run.err.message);
	free(yaml);
	free(path);
	return run;
}

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = words; at && (at = strstr(at, word)); at += length)
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* How many lines of the statistic there are, and how many have the word. */
static size_t count_lines(const struct run *run, const struct row *row, bool flag, size_t *with)
{
	size_t count = 0;
	*with = 0;
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->statistic, row->statistic) != 0)
			continue;
		count++;
		*with += has_word(flag ? result->flags : result->reason, row->name);
	}
	return count;
}

static void check_row(const struct row *row, bool flag)
{
	size_t with = 0;
	struct run run = run_row(row, row->analysis, row->with);
	if (count_lines(&run, row, flag, &with) == 0 || with == 0)
		fail_msg("no line of %s has it", row->statistic);
	run_free(&run);
	run = run_row(row, row->neighbour ? row->neighbour : row->analysis, row->without);
	if (count_lines(&run, row, flag, &with) == 0 || with > 0)
		fail_msg("its neighbour has it %zu times", with);
	run_free(&run);
}

static void a_line_is_refused_and_its_neighbour_is_not(void **state)
{
	check_row(*state, false);
}

static void a_line_is_flagged_and_its_neighbour_is_not(void **state)
{
	check_row(*state, true);
}

/* --- all words --- */

static bool is_listed(const struct row *rows, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].name, word) == 0)
			return true;
	return false;
}

static void every_word_has_a_row(void **state)
{
	(void)state;
	size_t missing = 0;
	for (enum refusal refusal = REFUSAL_NONE + 1; refusal < REFUSAL_COUNT; refusal++)
		if (!is_listed(refusals, COUNT(refusals), refusal_word(refusal))) {
			print_error("no row makes the refusal %s\n", refusal_word(refusal));
			missing++;
		}
	for (unsigned bit = 1; bit <= CAUTION_LAST; bit <<= 1) {
		struct text word = { 0 };
		caution_words(&word, bit);
		if (!is_listed(cautions, COUNT(cautions), word.bytes)) {
			print_error("no row makes the flag %s\n", word.bytes);
			missing++;
		}
		text_free(&word);
	}
	assert_int_equal(missing, 0);
}

int main(void)
{
	static const struct CMUnitTest others[] = { cmocka_unit_test(every_word_has_a_row) };
	struct CMUnitTest tests[COUNT(others) + COUNT(refusals) + COUNT(cautions)];
	size_t count = COUNT(others);
	memcpy(tests, others, sizeof others);
	ADD_EXAMPLES(tests, count, refusals, a_line_is_refused_and_its_neighbour_is_not);
	ADD_EXAMPLES(tests, count, cautions, a_line_is_flagged_and_its_neighbour_is_not);
	return _cmocka_run_group_tests("refusals", tests, count, NULL, NULL);
}
