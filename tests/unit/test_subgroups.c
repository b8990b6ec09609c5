/* Filters of one dataset: which combinations of them there can be; and an attacker who knows every kind of person that
 * there can be, and whom each filter takes, which protect and audit do not. */
#include "testing.h"

#include <glpk.h>
#include <math.h>

#include "test_compare.h"

#include "compare/subgroups.h"
#include "protect/protect.h"
#include "withhold/withheld.h"

enum { THRESHOLD = 10, WIDTH = 3, AREAS = 2, VS = 4, HS = 3, WS = 2, OS = 2, KINDS = AREAS * VS * HS * WS * OS };

/* --- kinds of people --- */

/* v: 1 to 3, 0 where it is missing; h: 0 to 2; w: a or b; o: yes or no */
struct kind {
	int area, v, h, w, o;
};

static struct kind kind_at(int i)
{
	struct kind kind = { .o = i % OS };
	kind.w = i / OS % WS;
	kind.h = i / (OS * WS) % HS;
	kind.v = i / (OS * WS * HS) % VS;
	kind.area = i / (OS * WS * HS * VS);
	return kind;
}

static const char *const filters[] = { "v = 1", "v <> 2", "v IS NULL", "h >= 1",
	                               "h < 1", "h = 2",  "w = 'a'",   "w = 'b' AND h > 0" };

static bool is_in(struct kind kind, size_t filter)
{
	switch (filter) {
	case 0: return kind.v == 1;
	case 1: return kind.v == 1 || kind.v == 3;
	case 2: return kind.v == 0;
	case 3: return kind.h >= 1;
	case 4: return kind.h < 1;
	case 5: return kind.h == 2;
	case 6: return kind.w == 0;
	default: return kind.w == 1 && kind.h > 0;
	}
}

/* Lehmer's generator (Park and Miller 1988): the same numbers everywhere. */
static unsigned draw(unsigned long long *state, unsigned below)
{
	*state = *state * 48271 % 2147483647;
	return (unsigned)(*state % below);
}

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'E1', 'One'), (2, 'E2', 'Two');"
	"INSERT INTO variable VALUES"
	" ('v', 1, 'V', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('h', 2, 'H', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 2, 1, NULL, ''),"
	" ('w', 3, 'W', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('o', 4, 'O', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('area', 5, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('v', 1, '1', 'One'), ('v', 2, '2', 'Two'), ('v', 3, '3', 'Three'), ('w', 1, 'a', 'A'),"
	" ('w', 2, 'b', 'B'), ('o', 1, 'yes', 'Yes'), ('o', 2, 'no', 'No');"
	"INSERT INTO reason VALUES ('v', 'not_answered');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, v INTEGER,"
	" h INTEGER, w INTEGER, o INTEGER);";

static char *write_people(const int people[KINDS])
{
	struct text sql = { 0 };
	size_t respondent = 0;
	text_add(&sql, description);
	for (int k = 0; k < KINDS; k++)
		for (int i = 0; i < people[k]; i++) {
			struct kind kind = kind_at(k);
			char *v = kind.v ? mem_print("%d", kind.v) : mem_copy_text("NULL");
			text_print(&sql, "INSERT INTO respondents VALUES (%zu, NULL, %d, NULL, %s, %d, %d, %d);",
			           ++respondent, kind.area + 1, v, kind.h, kind.w + 1, kind.o + 1);
			if (!kind.v)
				text_print(&sql, "INSERT INTO missing VALUES ('v', %zu, 'not_answered');", respondent);
			free(v);
		}
	return test_deidentified(&sql);
}

/* --- whom a condition counts --- */

/* False where it says what is not read here. */
static bool reads_term(const char *term, size_t length, struct kind kind, bool *is)
{
	bool not = *term == '!';
	for (size_t f = 0; f < COUNT(filters); f++) {
		char *named = mem_print("%sfilter:(%s)", not ? "!" : "", filters[f]);
		bool same = strlen(named) == length && strncmp(named, term, length) == 0;
		free(named);
		if (same) {
			*is = is_in(kind, f) != not ;
			return true;
		}
	}
	char *said = mem_copy_bytes(term, length);
	size_t name = strcspn(said, "=:!");
	const char *value = said + name + (said[name] == '!' ? 2 : 1);
	bool equal = false, answered = true, known = true;
	if (strncmp(said, "area", name) == 0)
		equal = value[1] == '1' + kind.area;
	else if (*said == 'v') {
		equal = *value == '0' + kind.v;
		answered = kind.v != 0;
	} else if (*said == 'o')
		equal = (*value == 'n') == (kind.o == 1);
	else
		known = false;
	if (said[name] == ':')
		*is = (strcmp(value, "answered") == 0) == answered;
	else
		*is = answered && equal == (said[name] == '=');
	free(said);
	return known;
}

/* By kind, whether the condition counts them. */
static bool read_condition(const char *condition, bool counts[KINDS])
{
	for (int k = 0; k < KINDS; k++) {
		counts[k] = true;
		for (const char *at = condition + strlen("survey"); *at;) {
			const char *term = at + 3, *end = strstr(term, " & ");
			size_t length = end ? (size_t)(end - term) : strlen(term);
			bool is = false;
			if (!reads_term(term, length, kind_at(k), &is))
				return false;
			counts[k] = counts[k] && is;
			at = term + length;
		}
	}
	return true;
}

static long long count_of(const int people[KINDS], const bool counts[KINDS])
{
	long long n = 0;
	for (int k = 0; k < KINDS; k++)
		n += counts[k] ? people[k] : 0;
	return n;
}

/* --- the attack: whole numbers of each kind of person --- */

static glp_prob *know(const struct universe *shown)
{
	glp_prob *problem = glp_create_prob();
	glp_add_cols(problem, KINDS);
	for (int k = 0; k < KINDS; k++) {
		glp_set_col_bnds(problem, k + 1, GLP_LO, 0, 0);
		glp_set_col_kind(problem, k + 1, GLP_IV);
	}
	for (size_t i = 0; i < shown->cell_count; i++) {
		bool counts[KINDS];
		int index[KINDS + 1], count = 0;
		double value[KINDS + 1];
		if (shown->cells[i].n < 0 || !read_condition(shown->cells[i].condition, counts))
			continue;
		for (int k = 0; k < KINDS; k++)
			if (counts[k]) {
				index[++count] = k + 1;
				value[count] = 1;
			}
		int row = glp_add_rows(problem, 1);
		glp_set_row_bnds(problem, row, GLP_FX, (double)shown->cells[i].n, (double)shown->cells[i].n);
		glp_set_mat_row(problem, row, count, index, value);
	}
	return problem;
}

static double work_out(glp_prob *problem, const bool counts[KINDS], bool most)
{
	glp_iocp with;
	glp_init_iocp(&with);
	with.msg_lev = GLP_MSG_OFF;
	with.presolve = GLP_ON;
	glp_set_obj_dir(problem, most ? GLP_MAX : GLP_MIN);
	for (int k = 0; k < KINDS; k++)
		glp_set_obj_coef(problem, k + 1, counts[k]);
	int failed = glp_intopt(problem, &with);
	if (failed == GLP_ENODFS || (!failed && glp_mip_status(problem) == GLP_UNDEF))
		return INFINITY; /* nothing bounds it */
	assert_int_equal(failed, 0);
	assert_int_equal(glp_mip_status(problem), GLP_OPT);
	return glp_mip_obj_val(problem);
}

/* NULL where nothing protects it, and so nothing would be published: few people, and filters that leave nobody. */
static struct universe *shown_of(const struct universe *universe, struct cell_decision **decisions)
{
	const struct study_disclosure policy = {
		.threshold = THRESHOLD, .min_width = WIDTH, .reach = true, .min_group = 20
	};
	struct error err = { 0 };
	if (!protect_universe(decisions, NULL, universe, &policy, &err)) {
		assert_int_equal(err.kind, ERROR_REFUSED);
		return NULL;
	}
	bool *hidden = mem_alloc(universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < universe->cell_count; i++)
		hidden[i] = (*decisions)[i].hidden;
	struct universe *shown = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
	free(hidden);
	return shown;
}

static void check_small(glp_prob *problem, const bool counts[KINDS], long long n, const char *who)
{
	double least = work_out(problem, counts, false), most = work_out(problem, counts, true);
	if (most < THRESHOLD || most - least < WIDTH)
		fail_msg("%s is %lld and known to be from %g to %g", who, n, least, most);
}

/* Who is in one of two filters and not in the other, or in both, whether or not a cell says so. */
static size_t attack_between(glp_prob *problem, const int people[KINDS], size_t one, size_t other)
{
	size_t attacked = 0;
	for (int in = 0; in < 2 * (AREAS + 1) * (OS + 1); in++) {
		int area = in / 2 % (AREAS + 1), o = in / 2 / (AREAS + 1);
		bool counts[KINDS];
		for (int k = 0; k < KINDS; k++) {
			struct kind kind = kind_at(k);
			counts[k] = is_in(kind, one) && is_in(kind, other) == in % 2
			            && (area == AREAS || kind.area == area) && (o == OS || kind.o == o);
		}
		long long n = count_of(people, counts);
		if (n == 0 || n >= THRESHOLD)
			continue;
		check_small(problem, counts, n, filters[one]);
		attacked++;
	}
	return attacked;
}

static size_t attack(const struct universe *universe, const int people[KINDS], size_t first, size_t count)
{
	struct cell_decision *decisions = NULL;
	struct universe *shown = shown_of(universe, &decisions);
	if (!shown) {
		free(decisions);
		return 0;
	}
	glp_prob *problem = know(shown);
	size_t attacked = 0;
	for (size_t i = 0; i < universe->cell_count; i++) {
		const struct cell *cell = &universe->cells[i];
		bool counts[KINDS];
		if (!read_condition(cell->condition, counts))
			continue;
		if (cell->n != count_of(people, counts))
			fail_msg("%s is %lld, not %lld", cell->condition, cell->n, count_of(people, counts));
		if (!decisions[i].unsafe)
			continue;
		check_small(problem, counts, cell->n, cell->condition);
		attacked++;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			attacked += attack_between(problem, people, (first + i) % COUNT(filters),
			                           (first + j) % COUNT(filters));
	glp_delete_prob(problem);
	universe_free(shown);
	free(decisions);
	return attacked;
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

static struct run run_made_up(unsigned long long seed, int people[KINDS], size_t *first, size_t *count)
{
	unsigned long long state = seed * 7919 + 17;
	struct text yaml = { 0 };
	for (int i = 0; i < 8; i++)
		draw(&state, 2);
	for (int k = 0; k < KINDS; k++)
		people[k] = draw(&state, 3) ? 0 : (int)draw(&state, 6 + 8 * (unsigned)(seed % 3));
	*count = 2 + draw(&state, 3);
	*first = draw(&state, COUNT(filters));
	text_add(&yaml, "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                "analyses:\n");
	for (size_t i = 0; i < *count; i++)
		text_print(
			&yaml,
			"  - {name: o%zu, title: T, dataset: survey, kind: share, outcome: o, codes: [\"yes\"], filter: \"%s\"}\n",
			i, filters[(*first + i) % COUNT(filters)]);
	text_add(&yaml, "  - {name: v, title: T, dataset: survey, kind: share, outcome: v}\n");
	if (seed % 2)
		text_add(&yaml, "  - {name: all, title: T, dataset: survey, kind: table, outcome: o}\n");
	char *path = write_people(people);
	struct run run = run_study(yaml.bytes, path, true);
	text_free(&yaml);
	free(path);
	return run;
}

static void nobody_who_knows_every_kind_of_person_can_tell_a_small_count(void **state)
{
	(void)state;
	size_t attacked = 0, studies = 0;
	for (unsigned long long seed = 1; seed <= 12; seed++) {
		int people[KINDS];
		size_t first = 0, count = 0;
		struct run run = run_made_up(seed, people, &first, &count);
		assert_ok(run.ok, &run.err);
		check_relations(run.universe);
		size_t unsafe = attack(run.universe, people, first, count);
		attacked += unsafe;
		studies += unsafe > 0;
		run_free(&run);
	}
	printf("%zu studies, %zu small counts\n", studies, attacked);
	assert_true(attacked > 1000 && studies > 6);
}

/* --- which combinations there can be --- */

static const struct example {
	const char *name, *filters[4];
	size_t patterns;
} examples[] = {
	{ "codes of one variable exclude each other", { "w = 'a'", "w = 'b'" }, 2 },
	{ "and leave whoever did not answer", { "v = 1", "v = 2" }, 3 },
	{ "a filter is within another", { "v = 1", "v <> 2" }, 3 },
	{ "numbers below and above", { "h >= 1", "h < 1" }, 2 },
	{ "numbers of a range", { "h < 1", "h > 1", "h = 1" }, 3 },
	{ "different variables are free of each other", { "v = 1", "w = 'a'" }, 4 },
	{ "a filter of two variables ties both", { "v = 1", "w = 'a'", "v = 1 AND w = 'a'" }, 4 },
	{ "what the range rules out is none", { "h > 5", "h = 1" }, 2 },
	{ "one alone may be true or not", { "v IS NULL" }, 2 },
};

static void patterns_are_those_that_there_can_be(void **state)
{
	const struct example *example = *state;
	struct text yaml = { 0 };
	struct run run = { 0 };
	struct subgroups *subgroups = NULL;
	const int nobody[KINDS] = { 0 };
	text_add(&yaml, "study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                "analyses:\n");
	for (size_t i = 0; i < COUNT(example->filters) && example->filters[i]; i++)
		text_print(&yaml,
		           "  - {name: o%zu, title: T, dataset: survey, kind: share, outcome: o, filter: \"%s\"}\n", i,
		           example->filters[i]);
	char *path = write_people(nobody), *folder = test_folder(),
	     *study = test_file(folder, "study.yaml", yaml.bytes), *operand = mem_print("survey=%s", path);
	assert_ok(study_load(&run.study, study, &run.err), &run.err);
	assert_ok(datasets_open(&run.datasets, run.study, &operand, 1, &run.err), &run.err);
	assert_ok(subgroups_read(&subgroups, run.study, run.datasets.items[0], true, study, &run.err), &run.err);
	assert_int_equal(subgroups->pattern_count, example->patterns);
	subgroups_free(subgroups);
	run_free(&run);
	text_free(&yaml);
	free(path);
	free(folder);
	free(study);
	free(operand);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 1] = {
		cmocka_unit_test(nobody_who_knows_every_kind_of_person_can_tell_a_small_count),
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[1 + i] = (struct CMUnitTest){ .name = examples[i].name,
			                            .test_func = patterns_are_those_that_there_can_be,
			                            .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
