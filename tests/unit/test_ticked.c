/* Questions where several options may be ticked: counts and shares by hand and by R 4.2.2; that what links the options
 * is among the relations; and an attacker who knows every set of ticks that there can be, which protect and audit do
 * not. */
#include "testing.h"

#include <glpk.h>

#include "test_compare.h"

#include "audit/attacker.h"
#include "protect/protect.h"
#include "withhold/withheld.h"

enum { THRESHOLD = 10, WIDTH = 3, MOST_OPTIONS = 4, MOST_AREAS = 3 };

/* --- tables that a generator makes up --- */

/* Lehmer's generator (Park and Miller 1988): the same numbers everywhere. */
static unsigned draw(unsigned long long *state, unsigned below)
{
	*state = *state * 48271 % 2147483647;
	return (unsigned)(*state % below);
}

struct table {
	unsigned options, areas;
	unsigned people[MOST_AREAS][1 << MOST_OPTIONS]; /* by area and set of ticks */
	unsigned missing[MOST_AREAS];
};

/* `alone`: nobody ticks the last option beside another. `none`: somebody may tick nothing. */
static struct table make_table(unsigned long long seed, bool alone, bool none)
{
	unsigned long long state = seed * 7919 + 17;
	struct table table = { .options = 2 + draw(&state, MOST_OPTIONS - 1),
		               .areas = 2 + draw(&state, MOST_AREAS - 1) };
	for (unsigned o = 0; o < 8; o++)
		draw(&state, 2);
	unsigned chance[MOST_OPTIONS];
	bool mostly_one = seed % 4 < 2;
	for (unsigned o = 0; o < table.options; o++)
		chance[o] = 5 + draw(&state, 90);
	for (unsigned a = 0; a < table.areas; a++) {
		unsigned people = 5 + draw(&state, mostly_one ? 150 : 55);
		table.missing[a] = draw(&state, 15);
		for (unsigned i = 0; i < people; i++) {
			unsigned set = 0, last = 1u << (table.options - 1);
			for (unsigned o = 0; o < table.options; o++)
				set |= draw(&state, 100) < chance[o] ? 1u << o : 0;
			if (mostly_one && draw(&state, 100) < 90) /* one option, and seldom the last */
				set = 1u << (draw(&state, 100) < 5 ? table.options - 1 : draw(&state, table.options));
			if (alone && set & last && set != last)
				set = draw(&state, 2) ? last : set & ~last;
			if (!set && !none)
				set = 1u << draw(&state, table.options);
			table.people[a][set]++;
		}
	}
	return table;
}

static const char options[MOST_OPTIONS] = { 'a', 'b', 'c', 'd' };

static void add_person(struct text *sql, int *id, unsigned area, const struct table *table, unsigned set)
{
	text_print(sql, "INSERT INTO respondents VALUES (%d, NULL, %u, NULL, '", ++*id, area + 1);
	bool any = false;
	for (unsigned o = 0; o < table->options; o++)
		if (set >> o & 1) {
			text_print(sql, "%s%c", any ? ";" : "", options[o]);
			any = true;
		}
	text_print(sql, "%s');", any ? "" : "(none)");
}

static char *write_table(const struct table *table, const char *more)
{
	struct text sql = { 0 };
	int id = 0;
	text_add(&sql,
	         "INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	         "INSERT INTO variable VALUES"
	         " ('needs', 1, 'Needs', NULL, 'codes', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	         " ('area', 2, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	         "INSERT INTO reason VALUES ('needs', 'not_answered'), ('needs', 'refused');"
	         "CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	         " needs TEXT);");
	for (unsigned o = 0; o < table->options; o++)
		text_print(&sql, "INSERT INTO code VALUES ('needs', %u, '%c', 'Option %c');", o + 1, options[o],
		           options[o]);
	for (unsigned a = 0; a < table->areas; a++) {
		text_print(&sql, "INSERT INTO area VALUES (%u, 'E%u', 'Area %u');", a + 1, a + 1, a + 1);
		for (unsigned set = 0; set < 1u << table->options; set++)
			for (unsigned i = 0; i < table->people[a][set]; i++)
				add_person(&sql, &id, a, table, set);
		for (unsigned i = 0; i < table->missing[a]; i++)
			text_print(&sql,
			           "INSERT INTO respondents VALUES (%d, NULL, %u, NULL, NULL);"
			           "INSERT INTO missing VALUES ('needs', %d, '%s');",
			           id + 1, a + 1, id + 1, i % 3 ? "not_answered" : "refused"),
				id++;
	}
	text_add(&sql, more);
	return test_deidentified(&sql);
}

static const char head[] =
	"study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	"datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	"analyses:\n";

static struct run run_on(const char *analyses, const char *path, bool clashes)
{
	char *yaml = mem_print("%s%s", head, analyses);
	struct run run = run_study(yaml, path, clashes);
	free(yaml);
	return run;
}

/* --- what a condition says, read by the test alone --- */

/* Of people who ticked this set (and answered): is the term true of them, or how often? -1: it is of no such people. */
static int truth_of(const char *term, unsigned set, unsigned option_count, unsigned alone)
{
	bool any = false, in = strncmp(term, "needs=any(", 10) == 0, out = strncmp(term, "needs!=any(", 11) == 0;
	for (const char *c = strchr(term, '('); (in || out) && *++c != ')';)
		any = any || (*c != '|' && set >> (*c - 'a') & 1);
	if (in || out)
		return any == in;
	if (strncmp(term, "needs=", 6) == 0)
		return set >> (term[6] - 'a') & 1;
	if (strncmp(term, "needs!=", 7) == 0)
		return !(set >> (term[7] - 'a') & 1);
	if (strcmp(term, "needs:answered") == 0)
		return 1;
	if (strcmp(term, "needs:none") == 0)
		return set == 0;
	if (strcmp(term, "needs:some") == 0)
		return (set & ~alone) != 0;
	(void)option_count;
	return -1;
}

struct meaning {
	bool known;
	bool area[MOST_AREAS];
	int times[1 << MOST_OPTIONS];
};

static struct meaning read_condition(const char *condition, const struct table *table, unsigned alone)
{
	struct meaning meaning = { .known = true };
	char *copy = mem_copy_text(condition), *rest = NULL;
	bool about = false;
	for (unsigned a = 0; a < MOST_AREAS; a++)
		meaning.area[a] = a < table->areas;
	for (unsigned set = 0; set < 1u << table->options; set++)
		meaning.times[set] = 1;
	for (char *term = strtok_r(copy, "&", &rest); term; term = strtok_r(NULL, "&", &rest)) {
		term += *term == ' ';
		size_t length = strlen(term);
		if (length && term[length - 1] == ' ')
			term[length - 1] = '\0';
		bool is_area = strncmp(term, "area=E", 6) == 0, is_rest = strncmp(term, "area!=E", 7) == 0;
		if (strcmp(term, "survey") == 0)
			continue;
		for (unsigned a = 0; (is_area || is_rest) && a < table->areas; a++)
			if ((atoi(term + (is_area ? 6 : 7)) == (int)a + 1) != is_area)
				meaning.area[a] = false;
		for (unsigned set = 0; !is_area && !is_rest && set < 1u << table->options; set++) {
			int truth = truth_of(term, set, table->options, alone);
			meaning.known = meaning.known && truth >= 0;
			meaning.times[set] *= truth;
			about = true;
		}
	}
	meaning.known = meaning.known && about;
	free(copy);
	return meaning;
}

static long long count_of(const struct table *table, const struct meaning *meaning)
{
	long long n = 0;
	for (unsigned a = 0; a < table->areas; a++)
		for (unsigned set = 0; meaning->area[a] && set < 1u << table->options; set++)
			n += (long long)table->people[a][set] * meaning->times[set];
	return n;
}

static unsigned alone_in(const struct table *table)
{
	unsigned beside = 0;
	for (unsigned a = 0; a < table->areas; a++)
		for (unsigned set = 0; set < 1u << table->options; set++)
			if (table->people[a][set] && set & (set - 1))
				beside |= set;
	return ~beside & ((1u << table->options) - 1);
}

static bool has_none(const struct table *table)
{
	unsigned none = 0;
	for (unsigned a = 0; a < table->areas; a++)
		none += table->people[a][0];
	return none > 0;
}

/* --- counts and relations --- */

static const char shares[] = "  - {name: needs, title: N, dataset: survey, kind: share, outcome: needs}\n",
		  and_group[] =
			  "  - {name: needs, title: N, dataset: survey, kind: share, outcome: needs}\n"
			  "  - {name: any, title: A, dataset: survey, kind: share, outcome: needs, codes: [%c, %c]}\n";

/* Two options that a second analysis counts together; 0: there is none. */
static unsigned group_of(unsigned long long seed, const struct table *table)
{
	unsigned first = (unsigned)seed % table->options, second = (first + 1) % table->options;
	return seed % 3 ? 0 : 1u << first | 1u << second;
}

static char *analyses_of(unsigned long long seed, const struct table *table)
{
	unsigned first = (unsigned)seed % table->options, second = (first + 1) % table->options;
	return seed % 3 ? mem_copy_text(shares) : mem_print(and_group, options[first], options[second]);
}

static void check_relations(const struct universe *universe)
{
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		long long sum = 0;
		for (size_t p = 0; p < relation->part_count; p++)
			sum += universe->cells[universe->parts[relation->first_part + p] - 1].n;
		if (sum != universe->cells[relation->parent - 1].n)
			fail_msg("%s is %lld, and its parts %lld", universe->cells[relation->parent - 1].condition,
			         universe->cells[relation->parent - 1].n, sum);
	}
}

static void every_cell_is_counted_and_every_relation_holds(void **state)
{
	(void)state;
	size_t read = 0;
	for (unsigned long long seed = 1; seed <= 60; seed++) {
		struct table table = make_table(seed, seed % 2, seed % 5 == 0);
		unsigned alone = alone_in(&table);
		char *path = write_table(&table, ""), *analyses = analyses_of(seed, &table);
		struct run run = run_on(analyses, path, true);
		assert_ok(run.ok, &run.err);
		check_relations(run.universe);
		for (size_t i = 0; i < run.universe->cell_count; i++) {
			const struct cell *cell = &run.universe->cells[i];
			struct meaning meaning = read_condition(cell->condition, &table, alone);
			if (meaning.known && cell->n != count_of(&table, &meaning))
				fail_msg("%s is %lld, not %lld", cell->condition, cell->n, count_of(&table, &meaning));
			read += meaning.known;
		}
		run_free(&run);
		free(path);
		free(analyses);
	}
	assert_true(read > 2000);
}

/* --- the attack --- */

/* An unknown for each area and set of ticks; what is shown of it as rows. Sets that the questionnaire rules out are 0:
 * an option that goes alone beside another, no tick at all where nobody ticked none. */
static glp_prob *know(const struct universe *shown, const struct table *table, unsigned alone)
{
	int sets = 1 << table->options, columns = (int)table->areas * sets;
	glp_prob *problem = glp_create_prob();
	bool none = has_none(table);
	glp_add_cols(problem, columns);
	for (int c = 0; c < columns; c++) {
		unsigned set = (unsigned)(c % sets);
		bool ruled_out = (set == 0 && !none) || ((set & alone) != 0 && (set & (set - 1)) != 0);
		glp_set_col_bnds(problem, c + 1, ruled_out ? GLP_FX : GLP_LO, 0, 0);
	}
	for (size_t i = 0; i < shown->cell_count; i++) {
		const struct cell *cell = &shown->cells[i];
		struct meaning meaning = read_condition(cell->condition, table, alone);
		int index[1 + MOST_AREAS * (1 << MOST_OPTIONS)], count = 0;
		double value[COUNT(index)];
		if (cell->n < 0 || !meaning.known)
			continue;
		for (int c = 0; c < columns; c++)
			if (meaning.area[c / sets] && meaning.times[c % sets]) {
				index[++count] = c + 1;
				value[count] = meaning.times[c % sets];
			}
		int row = glp_add_rows(problem, 1);
		glp_set_row_bnds(problem, row, GLP_FX, (double)cell->n, (double)cell->n);
		glp_set_mat_row(problem, row, count, index, value);
	}
	return problem;
}

/* The interval that is left of what the sets in `meaning` count. */
static struct interval work_out(glp_prob *problem, const struct table *table, const struct meaning *meaning)
{
	int sets = 1 << table->options;
	double end[2] = { 0, INFINITY };
	for (int way = 0; way < 2; way++) {
		glp_smcp with;
		glp_init_smcp(&with);
		with.msg_lev = GLP_MSG_OFF;
		with.presolve = GLP_ON;
		glp_set_obj_dir(problem, way ? GLP_MAX : GLP_MIN);
		for (int c = 0; c < (int)table->areas * sets; c++)
			glp_set_obj_coef(problem, c + 1, meaning->area[c / sets] ? meaning->times[c % sets] : 0);
		int failed = glp_simplex(problem, &with);
		assert_true(failed == 0 || (failed == GLP_ENODFS && way == 1)); /* without a bound */
		if (!failed && glp_get_status(problem) == GLP_OPT)
			end[way] = glp_get_obj_val(problem);
	}
	return (struct interval){ ceil(end[0] - 1e-6), floor(end[1] + 1e-6) };
}

static struct universe *shown_of(const struct universe *universe, struct cell_decision **decisions)
{
	const struct study_disclosure policy = { .threshold = THRESHOLD, .min_width = WIDTH, .reach = true, .min_group = 20 };
	struct error err = { 0 };
	assert_ok(protect_universe(decisions, NULL, universe, &policy, &err), &err);
	bool *hidden = mem_alloc(universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < universe->cell_count; i++)
		hidden[i] = (*decisions)[i].hidden;
	struct universe *shown = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
	free(hidden);
	return shown;
}

static void check_unknown(glp_prob *problem, const struct table *table, const struct meaning *meaning, const char *who)
{
	long long n = count_of(table, meaning);
	struct interval interval = work_out(problem, table, meaning);
	assert_true((double)n >= interval.least && (double)n <= interval.most);
	if (n > 0 && n < THRESHOLD && (interval.most < THRESHOLD || interval.most - interval.least < WIDTH))
		fail_msg("%s are known to be from %g to %g", who, interval.least, interval.most);
}

/* Whether who answered and who ticked each option is shown of an area. */
static bool shows_all(const struct universe *shown, const struct table *table, unsigned area)
{
	for (unsigned o = 0; o <= table->options; o++) {
		char *condition = o < table->options ? mem_print("survey & area=E%u & needs=%c", area + 1, options[o])
		                                     : mem_print("survey & area=E%u & needs:answered", area + 1);
		long long n = shown->cells[universe_find(shown, condition) - 1].n;
		free(condition);
		if (n < 0)
			return false;
	}
	return true;
}

/* Groups that no table counts, and that nobody may know to be small either where all of an area is shown: who ticked
 * several, both of two options, one alone. */
static size_t attack_sets(glp_prob *problem, const struct universe *shown, const struct table *table, unsigned alone,
                          unsigned group)
{
	bool grouped = group > 0;
	unsigned sets = 1u << table->options;
	size_t attacked = 0;
	for (unsigned area = 0; area < table->areas; area++) {
		struct meaning base = { .known = true };
		if (!shows_all(shown, table, area))
			continue;
		base.area[area] = true;
		attacked++;
		struct meaning several = base, one = base;
		for (unsigned set = 0; set < sets; set++) {
			unsigned among = set & ~alone;
			several.times[set] = (among & (among - 1)) != 0;
			one.times[set] = among != 0 && !several.times[set];
		}
		check_unknown(problem, table, &several, "those who ticked several");
		check_unknown(problem, table, &one, "those who ticked one");
		for (unsigned first = 0; first < table->options; first++)
			for (unsigned second = 0; second < table->options; second++) {
				struct meaning both = base, without = base;
				for (unsigned set = 0; set < sets; set++) {
					both.times[set] = first < second && set >> first & 1 && set >> second & 1;
					without.times[set] = set >> first & 1 && !(set >> second & 1);
				}
				/* beside a group, of its two options: three at once say more (docs/together.md,
				 * limits) */
				if (grouped && (group | 1u << first | 1u << second) != group)
					continue;
				check_unknown(problem, table, &both, "those who ticked both of two");
				check_unknown(problem, table, &without, "those who ticked one of two");
			}
	}
	return attacked;
}

/* Holds each interval against what must not be known; returns how many unsafe counts were attacked. */
static size_t attack(const struct universe *universe, const struct table *table, unsigned group, size_t *published,
                     size_t *open)
{
	struct cell_decision *decisions = NULL;
	struct universe *shown = shown_of(universe, &decisions);
	unsigned alone = alone_in(table);
	glp_prob *problem = know(shown, table, alone);
	size_t attacked = 0;
	for (size_t i = 0; i < universe->cell_count; i++) {
		const struct cell *cell = &universe->cells[i];
		struct meaning meaning = read_condition(cell->condition, table, alone);
		if (!meaning.known || !decisions[i].hidden)
			continue;
		struct interval interval = work_out(problem, table, &meaning);
		assert_true((double)cell->n >= interval.least && (double)cell->n <= interval.most);
		if (decisions[i].unsafe && (interval.most < THRESHOLD || interval.most - interval.least < WIDTH))
			fail_msg("%s is known to be from %g to %g", cell->condition, interval.least, interval.most);
		if (decisions[i].published && interval.most <= interval.least)
			fail_msg("%s is hidden, and known to be %g", cell->condition, interval.least);
		attacked += decisions[i].unsafe;
		*published += decisions[i].unsafe && decisions[i].published;
	}
	*open += attack_sets(problem, shown, table, alone, group);
	glp_delete_prob(problem);
	universe_free(shown);
	free(decisions);
	return attacked;
}

static void no_set_of_ticks_gives_a_hidden_count_away(void **state)
{
	(void)state;
	size_t attacked = 0, published = 0, open = 0;
	for (unsigned long long seed = 1; seed <= 400; seed++) {
		struct table table = make_table(seed, seed % 2, seed % 5 == 0);
		char *path = write_table(&table, ""), *analyses = analyses_of(seed, &table);
		struct run run = run_on(analyses, path, true);
		assert_ok(run.ok, &run.err);
		attacked += attack(run.universe, &table, group_of(seed, &table), &published, &open);
		run_free(&run);
		free(path);
		free(analyses);
	}
	assert_true(attacked > 1000 && published > 300 && open > 50);
}

/* --- what is said --- */

/* By area: nothing, a, b, ab, c, ac, bc, abc. */
static const struct table fixed = {
	.options = 3,
	.areas = 3,
	.people = { { 6, 20, 9, 14, 2, 3, 1, 5 }, { 3, 8, 16, 5, 4, 2, 6, 4 }, { 1, 2, 4, 3, 0, 2, 3, 1 } },
	.missing = { 3, 0, 2 }
};

/* The same as questions of one answer, and weights. */
#define AS_CODES                                                                                                                                \
	"UPDATE respondents SET weight = 1 + respondent % 3;"                                                                                   \
	"ALTER TABLE respondents ADD COLUMN has_a INTEGER; ALTER TABLE respondents ADD COLUMN has_ac INTEGER;"                                  \
	"UPDATE respondents SET has_a = 2 - (instr(needs, 'a') > 0), has_ac = 2 - (instr(needs, 'a') + instr(needs, 'c') > 0)"                  \
	" WHERE needs <> '(none)'; UPDATE respondents SET has_a = 2, has_ac = 2 WHERE needs = '(none)';"                                        \
	"INSERT INTO variable VALUES ('has_a', 3, 'A', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"             \
	" ('has_ac', 4, 'AC', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, '');"                                      \
	"INSERT INTO code VALUES ('has_a', 1, 'yes', 'Yes'), ('has_a', 2, 'no', 'No'), ('has_ac', 1, 'yes', 'Yes'), ('has_ac', 2, 'no', 'No');" \
	"INSERT INTO reason SELECT 'has_a', reason FROM reason UNION SELECT 'has_ac', reason FROM reason;"                                      \
	"INSERT INTO missing SELECT 'has_a', respondent, reason FROM missing UNION ALL SELECT 'has_ac', respondent, reason FROM missing;"

static struct run run_fixed(const char *analyses, const char *more)
{
	char *path = write_table(&fixed, more);
	struct run run = run_on(analyses, path, false);
	assert_ok(run.ok, &run.err);
	free(path);
	return run;
}

static const struct result *result_of(const struct run *run, const char *analysis, const char *statistic,
                                      const char *area, const char *category, const char *comparator)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->analysis, analysis) == 0 && strcmp(result->statistic, statistic) == 0
		    && text_equal(result->area, area) && text_equal(result->category, category)
		    && text_equal(result->comparator, comparator)) {
			assert_null(found);
			found = result;
		}
	}
	if (!found)
		fail_msg("no line %s %s %s %s", analysis, statistic, area ? area : "-", category ? category : "-");
	return found;
}

static double value_of(const struct run *run, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - run->universe->results) + 1;
	for (size_t i = 0; i < run->universe->figure_count; i++)
		if (run->universe->figures[i].result == id && strcmp(run->universe->figures[i].name, name) == 0)
			return run->universe->figures[i].value;
	fail_msg("no figure %s", name);
	return NAN;
}

static bool rests_on(const struct run *run, const struct result *result, const char *condition)
{
	size_t cell = universe_find(run->universe, condition);
	assert_true(cell > 0);
	for (size_t i = 0; i < result->cell_count; i++)
		if (run->universe->rests[result->first_cell + i] == cell)
			return true;
	return false;
}

static const struct arrangement *table_of(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->universe->arrangement_count; i++)
		if (strcmp(run->universe->arrangements[i].name, name) == 0)
			return &run->universe->arrangements[i];
	fail_msg("no table %s", name);
	return NULL;
}

/* chisq.test(correct = FALSE) of each option by area, and p.adjust(method = "holm"). */
static void each_option_is_counted_and_tested_for_itself(void **state)
{
	(void)state;
	struct run run = run_fixed(shares, "");
	assert_true(value_of(&run, result_of(&run, "needs", "share", "E1", "a", NULL), "n") == 42);
	assert_close(value_of(&run, result_of(&run, "needs", "share", "E1", "a", NULL), "estimate"), 70, 1e-15);
	assert_close(value_of(&run, result_of(&run, "needs", "share", NULL, "b", NULL), "estimate"), 7100.0 / 124,
	             1e-14);
	assert_true(value_of(&run, result_of(&run, "needs", "count", "E3", NULL, NULL), "n") == 16);
	static const struct {
		const char *option;
		double statistic, p, holm;
	} tests[] = { { "a", 10.2331313131313131, 0.0059965818931217, 0.0179897456793651 },
		      { "b", 3.868615466383204, 0.144524283565625, 0.2465083743765246 },
		      { "c", 4.187012987012988, 0.123254187188262, 0.2465083743765246 } };
	for (size_t i = 0; i < COUNT(tests); i++) {
		const struct result *test = result_of(&run, "needs", "chi_square", NULL, tests[i].option, NULL),
				    *adjusted = result_of(&run, "needs", "p_holm", NULL, tests[i].option, NULL);
		assert_close(value_of(&run, test, "statistic"), tests[i].statistic, 1e-12);
		assert_close(value_of(&run, test, "p"), tests[i].p, 1e-12);
		assert_close(value_of(&run, adjusted, "p_adjusted"), tests[i].holm, 1e-12);
		assert_string_equal(adjusted->family, "needs.tests");
		assert_int_equal(adjusted->family_size, 3);
		assert_int_equal(rests_on(&run, test, "survey & area=E3 & needs=a"), i == 0);
		assert_true(rests_on(&run, adjusted, "survey & area=E3 & needs=a")
		            && rests_on(&run, adjusted, "survey & area=E1 & needs:answered"));
		assert_int_equal(text_equal(test->flags, "expected-below-5"), i == 2);
	}
	assert_int_equal(table_of(&run, "needs")->line_count, 4 * 3);
	assert_string_equal(table_of(&run, "needs")->lines[0].heading, "Area 1: Option a");
	assert_string_equal(table_of(&run, "needs")->columns[1].heading, "Ticked this");
	assert_int_equal(table_of(&run, "needs.tests")->line_count, 3);
	/* Lines like any other: those of kind `test` are told in words below a table, and nothing would be left of this
	 * one. */
	assert_string_equal(table_of(&run, "needs.tests")->lines[0].kind, "option");
	run_free(&run);
}

static void a_test_needs_two_areas_with_enough_answers(void **state)
{
	(void)state;
	struct run run = run_fixed(shares, "UPDATE respondents SET area = 1;");
	assert_string_equal(result_of(&run, "needs", "chi_square", NULL, "a", NULL)->reason, "fewer-than-2-areas");
	assert_string_equal(result_of(&run, "needs", "p_holm", NULL, "a", NULL)->reason, "fewer-than-2-areas");
	run_free(&run);
	run = run_fixed("  - {name: needs, title: N, dataset: survey, kind: share, outcome: needs, test: no}\n", "");
	assert_int_equal(run.universe->arrangement_count, 1);
	run_free(&run);
}

/* Of an option, all that is said is what would be said of a question whether it applies. */
static void check_same(const struct run *run, const char *one, const char *category, const char *other,
                       const char *statistic, const char *area, const char *comparator)
{
	static const char *const figures[] = { "estimate", "low",      "high",      "p", "p_adjusted",
		                               "n",        "standing", "statistic", "df" };
	const struct result *left = result_of(run, one, statistic, area, category, comparator),
			    *right = result_of(run, other, statistic, area, category ? "yes" : NULL, comparator);
	size_t same = 0;
	assert_true(text_equal(left->flags, right->flags));
	for (size_t i = 0; i < COUNT(figures); i++) {
		double value[2] = { NAN, NAN };
		for (size_t f = 0; f < run->universe->figure_count; f++)
			for (size_t side = 0; side < 2; side++)
				if (run->universe->figures[f].result
				            == (size_t)((side ? right : left) - run->universe->results) + 1
				    && strcmp(run->universe->figures[f].name, figures[i]) == 0)
					value[side] = run->universe->figures[f].value;
		assert_close(value[0], value[1], 0);
		same += !isnan(value[0]);
	}
	assert_true(same > 0);
}

static void an_option_is_a_question_of_its_own(void **state)
{
	(void)state;
	static const char compared[] = "compare: [pairs, rest, benchmark], benchmark: {value: 55, name: UK}}\n";
	char *analyses = mem_print(
		"  - {name: one, title: O, dataset: survey, kind: share, outcome: needs, codes: [a], %s"
		"  - {name: a, title: A, dataset: survey, kind: share, outcome: has_a, codes: [\"yes\"], %s"
		"  - {name: any, title: O, dataset: survey, kind: share, outcome: needs, codes: [c, a], %s"
		"  - {name: ac, title: A, dataset: survey, kind: share, outcome: has_ac, codes: [\"yes\"], %s",
		compared, compared, compared, compared);
	struct run run = run_fixed(analyses, AS_CODES);
	static const struct {
		const char *one, *category, *other;
	} pairs[] = { { "one", "a", "a" }, { "any", "a|c", "ac" } };
	for (size_t p = 0; p < COUNT(pairs); p++) {
		const char *one = pairs[p].one, *category = pairs[p].category, *other = pairs[p].other;
		size_t same = 0;
		for (size_t i = 0; i < run.universe->result_count; i++) {
			const struct result *line = &run.universe->results[i];
			if (strcmp(line->analysis, one) != 0)
				continue;
			assert_true(!line->category || strcmp(line->category, category) == 0);
			check_same(&run, one, line->category, other, line->statistic, line->area, line->comparator);
			same++;
		}
		assert_true(same > 30);
	}
	assert_string_equal(universe_label_of(run.universe, "code", "needs=a|c"), "any of Option a, Option c");
	assert_string_equal(table_of(&run, "any")->notes[0], "Counted: those who ticked any of Option a, Option c.");
	check_relations(run.universe);
	run_free(&run);
	free(analyses);
}

static void accounts_and_shares_have_one_base(void **state)
{
	(void)state;
	char *analyses = mem_print("%s  - {name: accounts, title: A, dataset: survey, kind: accounts}\n", shares);
	struct run run =
		run_fixed(analyses, "INSERT INTO account SELECT area.code, 'accepted', '', count(*) FROM respondents"
	                            " JOIN area USING (area) GROUP BY area.code;");
	const struct result *share = result_of(&run, "needs", "share", "E1", "a", NULL),
			    *answered = result_of(&run, "accounts", "answered", "E1", NULL, NULL);
	assert_true(rests_on(&run, share, "survey & area=E1 & needs:answered")
	            && rests_on(&run, answered, "survey & area=E1 & needs:answered"));
	assert_true(value_of(&run, result_of(&run, "accounts", "missing", "E1", "missing:not_answered", NULL), "n")
	            == 2);
	run_free(&run);
	free(analyses);
}

/* Where others can work out the weights, a weighted share tells of how many of each group ticked. */
static void by_adjusted_weights_a_share_rests_on_each_group(void **state)
{
	(void)state;
	static const char adjusted[] =
		"UPDATE respondents SET weight = 1 + respondent % 2 * 0.5; ALTER TABLE respondents ADD COLUMN sex INTEGER;"
		"UPDATE respondents SET sex = 1 + respondent % 2;"
		"INSERT INTO variable VALUES ('sex', 3, 'Sex', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, '');"
		"INSERT INTO code VALUES ('sex', 1, 'f', 'Female'), ('sex', 2, 'm', 'Male');"
		"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'rake'), ('margins', 'area, sex'), ('weight', 'raked');"
		"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents; INSERT INTO stratum VALUES (1, NULL);"
		"INSERT INTO margin SELECT 1, respondent, sex FROM respondents;";
	struct run run = run_fixed(shares, adjusted);
	const struct result *line = result_of(&run, "needs", "weighted_share", "E1", "a", NULL),
			    *all = result_of(&run, "needs", "weighted_share", NULL, "a", NULL);
	assert_true(rests_on(&run, line, "survey & area=E1 & needs=a & sex=f")
	            && rests_on(&run, line, "survey & area=E1 & needs:answered & sex=m"));
	assert_true(rests_on(&run, all, "survey & area=E3 & needs=a & sex=m"));
	long long f = run.universe->cells[universe_find(run.universe, "survey & area=E1 & needs=a & sex=f") - 1].n,
		  m = run.universe->cells[universe_find(run.universe, "survey & area=E1 & needs=a & sex=m") - 1].n;
	assert_true(f + m == 42 && f > 0 && m > 0);
	for (size_t i = 0; i < run.universe->result_count; i++)
		assert_true(strcmp(run.universe->results[i].statistic, "share") != 0
		            && strcmp(run.universe->results[i].statistic, "chi_square") != 0);
	check_relations(run.universe);
	run_free(&run);
}

/* --- options within options, the same people under two --- */

static bool is_sum(const struct universe *universe, const char *parent, const char *part, const char *other)
{
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		const size_t *parts = universe->parts + relation->first_part;
		if (relation->kind == RELATION_SUM && relation->parent == universe_find(universe, parent)
		    && relation->part_count == 1 + (other != NULL) && parts[0] == universe_find(universe, part)
		    && (!other || parts[1] == universe_find(universe, other)))
			return true;
	}
	return false;
}

/* b is a text beside the option a ("other, which?"): whoever gave it ticked a, but for four. */
static void who_ticked_one_option_within_another_leaves_a_cell(void **state)
{
	(void)state;
	static const struct table table = { .options = 3,
		                            .areas = 2,
		                            .people = { { 0, 1, 0, 30, 40 }, { 0, 3, 0, 20, 30 } } };
	char *path = write_table(&table, "");
	struct run run = run_on(shares, path, true);
	assert_ok(run.ok, &run.err);
	assert_true(is_sum(run.universe, "survey & needs=a", "survey & needs=b", "survey & needs=a & needs:not-b"));
	assert_int_equal(
		run.universe->cells[universe_find(run.universe, "survey & area=E2 & needs=a & needs:not-b") - 1].n, 3);
	check_relations(run.universe);
	struct cell_decision *decisions = NULL;
	struct universe *shown = shown_of(run.universe, &decisions);
	assert_true(decisions[universe_find(run.universe, "survey & needs=a") - 1].hidden
	            || decisions[universe_find(run.universe, "survey & needs=b") - 1].hidden);
	universe_free(shown);
	free(decisions);
	run_free(&run);
	free(path);
}

static void two_options_of_the_same_people_are_decided_as_one(void **state)
{
	(void)state;
	static const struct table table = { .options = 3,
		                            .areas = 2,
		                            .people = { { 0, 0, 0, 30, 40 }, { 0, 0, 0, 4, 30 } } };
	char *path = write_table(&table, "");
	struct run run = run_on(shares, path, true);
	assert_ok(run.ok, &run.err);
	assert_true(is_sum(run.universe, "survey & area=E2 & needs:some", "survey & area=E2 & needs=a", NULL)
	            && is_sum(run.universe, "survey & area=E2 & needs:some", "survey & area=E2 & needs=b", NULL));
	run_free(&run);
	free(path);
}

/* --- what is refused --- */

static const struct refused {
	const char *name, *analyses, *sql, *message;
	enum error_kind kind;
} refused[] = {
	{ "two groups of options that differ",
	  "  - {name: x, title: X, dataset: survey, kind: share, outcome: needs, codes: [a, b]}\n"
	  "  - {name: y, title: Y, dataset: survey, kind: share, outcome: needs, codes: [b, c]}\n",
	  "", "different groups of options of `needs`", ERROR_CONFIG },
	{ "a group beside a larger one",
	  "  - {name: x, title: X, dataset: survey, kind: share, outcome: needs, codes: [a, b]}\n"
	  "  - {name: y, title: Y, dataset: survey, kind: share, outcome: needs, codes: [b, c, a]}\n",
	  "", "different groups of options of `needs`", ERROR_CONFIG },
	{ "a filter by an option that is counted",
	  "  - {name: x, title: X, dataset: survey, kind: share, outcome: needs}\n"
	  "  - {name: y, title: Y, dataset: survey, kind: share, outcome: has_a, filter: \"has(needs, 'b')\"}\n",
	  AS_CODES, "the filter of `y` reads `needs`", ERROR_CONFIG },
	{ "a variable that the study made of the options, beside them",
	  "  - {name: x, title: X, dataset: survey, kind: share, outcome: needs}\n"
	  "  - {name: y, title: Y, dataset: survey, kind: share, outcome: has_a}\n",
	  AS_CODES "INSERT INTO made_of VALUES ('has_a', 'needs', 1);", "are made of the same answers", ERROR_CONFIG },
	{ "a group that names what is no option",
	  "  - {name: x, title: X, dataset: survey, kind: share, outcome: needs, codes: [a, e]}\n", "", "no code e",
	  ERROR_CONFIG },
	{ "options over imputations", shares,
	  "ALTER TABLE respondents ADD COLUMN imputation INTEGER; UPDATE respondents SET imputation = 1;"
	  "INSERT INTO variable VALUES ('imputation', 3, 'Imputation', NULL, 'integer', 'none', NULL, NULL, NULL, 'none',"
	  " NULL, NULL, 1, NULL, 'imputation');",
	  "not pooled over imputations", ERROR_CONFIG },
	{ "an answer that is no option stops the stage", shares,
	  "UPDATE respondents SET needs = 'a;e' WHERE respondent = 9;", "no code of its list", ERROR_INPUT },
	{ "so does the beginning of one", shares, "UPDATE code SET code = 'ab' WHERE code = 'a';",
	  "no code of its list", ERROR_INPUT },
	{ "so does an answer missing without a reason", shares, "DELETE FROM missing WHERE variable = 'needs';",
	  "without a reason", ERROR_INPUT },
};

static void is_refused(void **state)
{
	const struct refused *example = *state;
	char *path = write_table(&fixed, example->sql);
	struct run run = run_on(example->analyses, path, true);
	assert_false(run.ok);
	if (!strstr(run.err.message, example->message))
		fail_msg("the message is: %s", run.err.message);
	assert_int_equal(run.err.kind, example->kind);
	assert_true(run.err.help[0] != '\0');
	run_free(&run);
	free(path);
}

/* Two names of one group, and a group beside its options, are no two groups. */
static void one_group_may_stand_beside_its_options(void **state)
{
	(void)state;
	char *analyses = mem_print(
		"%s  - {name: x, title: X, dataset: survey, kind: share, outcome: needs, codes: [a, b]}\n"
		"  - {name: y, title: Y, dataset: survey, kind: share, outcome: needs, codes: [b, a], test: no}\n"
		"  - {name: z, title: Z, dataset: survey, kind: share, outcome: needs, codes: [c]}\n",
		shares);
	char *path = write_table(&fixed, "");
	struct run run = run_on(analyses, path, true);
	assert_ok(run.ok, &run.err);
	run_free(&run);
	free(path);
	free(analyses);
}

int main(void)
{
	glp_term_out(GLP_OFF);
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(every_cell_is_counted_and_every_relation_holds),
		cmocka_unit_test(no_set_of_ticks_gives_a_hidden_count_away),
		cmocka_unit_test(each_option_is_counted_and_tested_for_itself),
		cmocka_unit_test(a_test_needs_two_areas_with_enough_answers),
		cmocka_unit_test(an_option_is_a_question_of_its_own),
		cmocka_unit_test(accounts_and_shares_have_one_base),
		cmocka_unit_test(by_adjusted_weights_a_share_rests_on_each_group),
		cmocka_unit_test(who_ticked_one_option_within_another_leaves_a_cell),
		cmocka_unit_test(two_options_of_the_same_people_are_decided_as_one),
		cmocka_unit_test(one_group_may_stand_beside_its_options),
	};
	size_t count = 10;
	ADD_EXAMPLES(tests, count, refused, is_refused);
	int failed = _cmocka_run_group_tests("ticked", tests, count, NULL, NULL);
	test_remove_root();
	return failed;
}
