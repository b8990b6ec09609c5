/* Sums in hundreds of random small studies, from the answers to the audit: the judge, whose attacker shares nothing
 * with protect, finds none too sharply known, and nothing that is printed false. */
#include "testing.h"

#include "audit/judge.h"
#include "protect/measures.h"
#include "protect/protect.h"
#include "test_compare.h"
#include "withhold/withheld.h"

enum { STUDIES = 300, MOST_AREAS = 6, MANY_AREAS = 150 };

struct chance {
	unsigned long long state;
};

/* From 0 to below `limit`: the generator of Numerical Recipes, its high bits. */
static int draw(struct chance *chance, int limit)
{
	chance->state = chance->state * 6364136223846793005ull + 1442695040888963407ull;
	return (int)((chance->state >> 33) % (unsigned long long)limit);
}

/* How amounts are spread: even, mostly the least, mostly the most, one large, all the same, or below 0 too. */
static int amount(struct chance *chance, int shape, int most)
{
	switch (shape) {
	case 0: return draw(chance, most + 1);
	case 1: return draw(chance, 8) ? 0 : draw(chance, most + 1);
	case 2: return draw(chance, 8) ? most : draw(chance, most + 1);
	case 3: return draw(chance, 12) ? draw(chance, most / 20 + 1) : most;
	case 4: return most / 2;
	default: return draw(chance, most + 1) - most / 2;
	}
}

static void describe(struct text *sql, int areas, bool negative, bool bounded, int most)
{
	text_add(sql, "INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);");
	for (int a = 1; a <= areas; a++)
		text_print(sql, "INSERT INTO area VALUES (%d, 'A%d', 'Area %d');", a, a, a);
	text_add(sql,
	         "INSERT INTO variable VALUES"
	         " ('area', 1, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area'),"
	         " ('sex', 2, 'Sex', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),");
	if (bounded)
		text_print(
			sql,
			" ('spend', 3, 'Spend', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', %d, %d, 0, NULL, ''),",
			negative ? -most / 2 : 0, most);
	else
		text_add(
			sql,
			" ('spend', 3, 'Spend', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),");
	text_add(sql,
	         " ('hours', 4, 'Hours', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 50, 1, NULL, '');"
	         "INSERT INTO reason VALUES ('spend', 'refused');"
	         "INSERT INTO code VALUES ('sex', 1, 'f', 'Female'), ('sex', 2, 'm', 'Male');"
	         "CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, "
	         "sex INTEGER, spend INTEGER, hours INTEGER);");
}

/* `many`: areas, and amounts that are large beside the numbers of respondents. */
static char *random_answers(struct chance *chance, bool many)
{
	struct text sql = { 0 };
	int areas = many ? MANY_AREAS : 2 + draw(chance, MOST_AREAS - 1), shape = draw(chance, 6);
	int most = draw(chance, 2) ? 10 : many ? 200000 : 2000;
	int missing = draw(chance, 3) ? many ? 4 + draw(chance, 4) : 2 + draw(chance, 20) : 0, id = 0;
	describe(&sql, areas, shape == 5, draw(chance, 4) > 0, most);
	for (int a = 1; a <= areas; a++) {
		int n = draw(chance, many ? 10 : 3) ? (many ? 20 + draw(chance, 60) : 12 + draw(chance, 20))
		                                    : draw(chance, 14);
		for (int i = 0; i < n; i++) {
			id++;
			text_print(&sql, "INSERT INTO respondents VALUES (%d, NULL, %d, NULL, %d, ", id, a,
			           1 + draw(chance, 2));
			if (missing && draw(chance, missing) == 0)
				text_print(&sql, "NULL, %d); INSERT INTO missing VALUES ('spend', %d, 'refused');",
				           1 + draw(chance, 50), id);
			else
				text_print(&sql, "%d, %d);", amount(chance, shape, most), 1 + draw(chance, 50));
		}
	}
	return test_deidentified(&sql);
}

static char *random_study(struct chance *chance, bool many)
{
	static const char *const all[] = { "", ", compare: [rest]", ", compare: [pairs]", ", compare: [rest, pairs]",
		                           ", test: no" };
	static const char *const few[] = { "", ", compare: [rest]", "", ", compare: [rest]", ", test: no" };
	const char *const *compared = many ? few : all; /* pairs are of few areas */
	static const char *const filtered[] = { "", ", filter: sex = 'f', population: women" };
	struct text yaml = { 0 };
	text_add(&yaml, "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: no}]\n"
	                "analyses:\n");
	int decimals = draw(chance, 3);
	text_print(&yaml, "  - {name: mean, title: M, dataset: survey, kind: mean, outcome: spend, decimals: %d%s%s}\n",
	           decimals, compared[draw(chance, COUNT(all))], filtered[draw(chance, 2)]);
	if (draw(chance, 2))
		text_print(&yaml,
		           "  - {name: all, title: A, dataset: survey, kind: mean, outcome: spend, decimals: %d%s}\n",
		           draw(chance, 3), compared[draw(chance, COUNT(all))]);
	if (draw(chance, 3) == 0)
		text_add(&yaml, "  - {name: total, title: T, dataset: survey, kind: total, outcome: spend}\n");
	if (draw(chance, 3) == 0)
		text_add(&yaml,
		         "  - {name: ratio, title: R, dataset: survey, kind: ratio, outcome: spend, per: hours}\n");
	if (draw(chance, 3) == 0)
		text_print(&yaml, "  - {name: hours, title: H, dataset: survey, kind: mean, outcome: hours%s}\n",
		           compared[draw(chance, COUNT(all))]);
	text_print(&yaml, "disclosure: {threshold: %d, min_group: 20", draw(chance, 2) ? 5 : 10);
	if (draw(chance, 4) == 0)
		text_add(&yaml, ", zeros: hidden");
	if (draw(chance, 2))
		text_print(&yaml, ", magnitude: {p_percent: %d%s}", 5 + draw(chance, 20),
		           draw(chance, 2) ? ", dominance_n: 2, dominance_k: 80" : "");
	text_add(&yaml, "}\n");
	return yaml.bytes;
}

/* protected.db, as the stage writes it. Free the path; NULL: the policy is infeasible. */
static char *protected_file(const struct run *run, const char *folder, struct error *err)
{
	const struct study_disclosure *policy = &run->study->disclosure;
	struct cell_decision *cells = NULL;
	struct measure_decision *measures = NULL;
	struct store *store = NULL;
	char *path = mem_print("%s/protected.db", folder);
	bool ok = protect_universe(&cells, NULL, run->universe, policy, err)
	          && measures_decide(&measures, run->universe, cells, policy, err)
	          && store_create(&store, path, "protect", sql_schema_protected, err)
	          && protect_store(cells, run->universe, policy, false, store, err)
	          && measures_store(measures, run->universe, store, err) && store_commit(store, err);
	store_close(store);
	free(cells);
	free(measures);
	if (ok)
		return path;
	free(path);
	return NULL;
}

static void name_failures(const struct judge *judge, int number, const char *yaml)
{
	for (size_t i = 0; i < judge->count; i++) {
		const struct judged *line = &judge->lines[i];
		if (line->verdict != JUDGE_SAFE)
			print_error("study %d: %s %s %s: %s: %.6g to %.6g, truth %.6g, -%.6g +%.6g\n", number,
			            line->kind, line->condition, line->variable ? line->variable : "",
			            judge_verdict_word(line->verdict), line->interval.least, line->interval.most,
			            line->demand.truth, line->demand.below, line->demand.above);
	}
	print_error("%s", yaml);
}

struct seen {
	size_t refused, audited, secondary, unsafe, sums;
	size_t stopped; /* by a count that sums narrow too far */
};

/* Whether nothing that is not to be known can be. */
static bool audit(const struct run *run, struct store *protected, struct seen *seen, int number, const char *yaml)
{
	struct error err = { 0 };
	struct withholding withholding = { 0 };
	assert_ok(withheld_read(&withholding, run->universe, protected, &err), &err);
	struct universe *withheld = withheld_universe(run->universe, &withholding);
	struct attacker *attacker = attacker_new();
	struct judge *judge = judge_new();
	const struct study_disclosure *policy = &run->study->disclosure;
	attacker_universe(attacker, withheld,
	                  &(struct attacker_policy){ .zeros_shown = policy->zeros == STUDY_ZEROS_SHOWN,
	                                             .threshold = policy->threshold,
	                                             .min_group = policy->min_group });
	assert_ok(attacker_run(attacker, &err), &err);
	assert_ok(judge_release(judge, attacker, withheld, protected, &err), &err);
	bool passes = true;
	for (size_t i = 0; i < judge->count; i++)
		if (judge->lines[i].verdict != JUDGE_SAFE)
			passes = passes && strcmp(judge->lines[i].kind, "cell") == 0;
	if (!passes)
		name_failures(judge, number, yaml);
	seen->stopped += passes && !judge_passes(judge);
	long long value = 0;
	assert_ok(store_read_integer(protected, "SELECT count(*) FROM measure_decision WHERE rule = 'secondary'", 0,
	                             &value, &err),
	          &err);
	seen->secondary += (size_t)value;
	assert_ok(store_read_integer(protected, "SELECT count(*) FROM measure_decision WHERE unsafe", 0, &value, &err),
	          &err);
	seen->unsafe += (size_t)value;
	seen->sums += run->universe->measure_count;
	for (size_t i = 0; i < withheld->measure_count; i++) /* nobody's contribution is handed on */
		assert_true(isnan(withheld->measures[i].largest[0]) && isnan(withheld->measures[i].total));
	judge_free(judge);
	attacker_free(attacker);
	universe_free(withheld);
	withholding_free(&withholding);
	return passes;
}

static bool try(int number, bool many, struct seen *seen)
{
	struct chance chance = { .state = (unsigned long long)number * 7919 + 1 };
	struct error err = { 0 };
	char *answers = random_answers(&chance, many), *yaml = random_study(&chance, many), *folder = test_folder();
	struct run run = run_study(yaml, answers, true);
	assert_ok(run.ok, &run.err);
	char *path = protected_file(&run, folder, &err);
	bool passes = true;
	if (path) {
		struct store *protected = NULL;
		assert_ok(store_open(&protected, path, "protect", &err), &err);
		passes = audit(&run, protected, seen, number, yaml);
		seen->audited++;
		store_close(protected);
	} else {
		assert_string_equal(err.code, "policy-infeasible");
		assert_null(
			strstr(err.message, "the sum of")); /* sums can always be protected: all can stay unprinted */
		seen->refused++;
	}
	run_free(&run);
	free(path);
	free(folder);
	free(answers);
	free(yaml);
	return passes;
}

static void no_sum_of_a_random_study_is_known_too_sharply(void **state)
{
	(void)state;
	struct seen seen = { 0 };
	const char *asked = getenv("STUDIES"), *from = getenv("FIRST");
	int studies = asked ? atoi(asked) : STUDIES, first = from ? atoi(from) : 0, failed = 0;
	for (int i = first; i < first + studies; i++)
		failed += !try(i, false, &seen);
	print_message("%zu audited, %zu refused; of %zu sums %zu unsafe, %zu secondary\n", seen.audited, seen.refused,
	              seen.sums, seen.unsafe, seen.secondary);
	assert_int_equal(failed, 0);
	/* the studies are no easy ones */
	assert_true(seen.stopped <= (size_t)studies / 50);
	assert_true(seen.audited > (size_t)studies * 3 / 4 && seen.secondary > 0 && seen.unsafe > 0);
}

/* Totals of a million beside counts of ten: a solver must not take its last digits for a contradiction. */
static void a_study_of_many_areas_and_large_amounts_fits_what_it_shows(void **state)
{
	static const int numbers[] = { 104, 114, 130 };
	(void)state;
	struct seen seen = { 0 };
	for (size_t i = 0; i < COUNT(numbers); i++)
		assert_true(try(numbers[i], true, &seen));
	assert_int_equal(seen.audited, COUNT(numbers));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_study_of_many_areas_and_large_amounts_fits_what_it_shows),
		cmocka_unit_test(no_sum_of_a_random_study_is_known_too_sharply),
	};
	return cmocka_run_group_tests_name("random_sums", tests, NULL, NULL);
}
