/* Groups of areas on the axis and in the lattice: what their cells are named and add up to; and whether what protect hides
 * stays hidden from somebody who tries every number of people in every area. */
#include "testing.h"

#include "compare/area_groups.h"
#include "compare/lattice.h"
#include "protect/protect.h"

enum { MOST_AREAS = 5, MOST_GROUPS = 4, THRESHOLD = 5, WIDTH = 3, MOST_PEOPLE = 12 };

/* A dataset of areas alone, in places of its own: areas D, B, A, ... so that their order is none of letters. */
struct place {
	struct dataset dataset;
	struct dataset_variable variable;
	struct dataset_area areas[MOST_AREAS];
	struct dataset_group groups[MOST_GROUPS];
	size_t members[MOST_GROUPS][MOST_AREAS];
};

static const char *const letters[MOST_AREAS] = { "D", "B", "A", "E", "C" };

static void make_place(struct place *place, size_t areas)
{
	*place = (struct place){ .variable = { .name = "area", .term = "area" } };
	for (size_t i = 0; i < areas; i++)
		place->areas[i] = (struct dataset_area){ letters[i], letters[i] };
	place->dataset = (struct dataset){ .name = "s", .areas = place->areas, .area_count = areas,
		                           .variables = &place->variable, .variable_count = 1, .groups = place->groups };
}

/* `in`: bit i, area i. */
static void add_group(struct place *place, const char *code, const char *kind, unsigned in)
{
	size_t g = place->dataset.group_count++;
	place->groups[g] = (struct dataset_group){ .code = code, .label = code, .kind = kind, .areas = place->members[g] };
	for (size_t i = 0; i < place->dataset.area_count; i++)
		if (in >> i & 1)
			place->members[g][place->groups[g].area_count++] = i;
}

static void make_axis(struct axis *axis, const struct place *place, bool missing)
{
	axis_areas(axis, &place->dataset, missing);
	area_groups_add(axis, &place->dataset, missing);
}

static void assert_sum(const struct axis *axis, const struct axis_relation *relation, const char *words)
{
	struct text said = { 0 };
	const char *parent = axis->facets[relation->parent].term;
	text_print(&said, "%s:", parent ? parent : "all");
	for (size_t i = 0; i < relation->part_count; i++)
		text_print(&said, " %s", axis->facets[relation->parts[i]].term);
	assert_string_equal(said.bytes, words);
	text_free(&said);
}

/* --- the axis --- */

static void a_group_is_named_by_its_areas_and_is_their_sum(void **state)
{
	(void)state;
	struct place place;
	struct axis axis;
	make_place(&place, 4);
	add_group(&place, "south", "group", 1 | 4);  /* D, A */
	add_group(&place, "middle", "group", 4 | 2); /* A, B */
	make_axis(&axis, &place, false);
	assert_string_equal(axis.facets[area_groups_facet(&axis, 0)].term, "area={A+D}");
	assert_string_equal(axis.facets[area_groups_facet(&axis, 1)].term, "area={A+B}");
	assert_string_equal(axis.facets[area_groups_facet(&axis, 1) + 1].term, "area!={A+B}");
	assert_true(axis.facets[area_groups_facet(&axis, 1) + 1].complement);
	const struct axis_relation *last = &axis.relations[axis.relation_count];
	assert_sum(&axis, last - 4, "area={A+D}: area=D area=A");
	assert_sum(&axis, last - 3, "all: area={A+D} area!={A+D}");
	assert_sum(&axis, last - 2, "area={A+B}: area=B area=A");
	assert_sum(&axis, last - 1, "all: area={A+B} area!={A+B}");
	axis_release(&axis);
}

static void places_of_a_level_and_areas_alone_make_up_all(void **state)
{
	(void)state;
	struct place place;
	struct axis axis;
	make_place(&place, 5);
	add_group(&place, "declared", "group", 1 | 8);
	add_group(&place, "R1", "region", 1 | 2);
	add_group(&place, "R2", "region", 4 | 16);
	make_axis(&axis, &place, true);
	assert_sum(&axis, &axis.relations[axis.relation_count - 1], "all: area={B+D} area={A+C} area=E area:missing");
	axis_release(&axis);
	make_axis(&axis, &place, false);
	assert_sum(&axis, &axis.relations[axis.relation_count - 1], "all: area={B+D} area={A+C} area=E");
	axis_release(&axis);
}

static void without_groups_nothing_is_added(void **state)
{
	(void)state;
	struct place place;
	struct axis plain, axis;
	make_place(&place, 4);
	axis_areas(&plain, &place.dataset, true);
	make_axis(&axis, &place, true);
	assert_int_equal(axis.facet_count, plain.facet_count);
	assert_int_equal(axis.relation_count, plain.relation_count);
	axis_release(&plain);
	axis_release(&axis);
}

/* --- the lattice --- */

static unsigned draw(unsigned long long *state, unsigned below)
{
	*state = *state * 48271 % 2147483647; /* Lehmer's generator (Park and Miller 1988) */
	return (unsigned)(*state % below);
}

static void assert_adds_up(const struct universe *universe)
{
	for (size_t r = 0; r < universe->relation_count; r++) {
		const struct relation *relation = &universe->relations[r];
		long long sum = 0;
		for (size_t i = 0; i < relation->part_count; i++)
			sum += universe->cells[universe->parts[relation->first_part + i] - 1].n;
		assert_int_equal(sum, universe->cells[relation->parent - 1].n);
	}
}

static void every_sum_holds_and_other_names_of_the_same_areas_are_the_same_cells(void **state)
{
	(void)state;
	enum { PEOPLE = 200 };
	unsigned long long seed = 5;
	struct place place, renamed;
	struct axis axis, again, answers;
	struct dataset_code codes[] = { { 1, "no", "No", 0 }, { 2, "yes", "Yes", 0 } };
	struct dataset_variable alone = { .name = "alone", .term = "alone", .required = true, .codes = codes, .code_count = 2 };
	size_t area[PEOPLE], answer[PEOPLE], in_south = 0;
	make_place(&place, 4);
	add_group(&place, "south", "group", 1 | 4);
	add_group(&place, "R1", "region", 1 | 2);
	renamed = place;
	renamed.dataset.groups = renamed.groups;
	renamed.groups[0].code = "R2", renamed.groups[1].code = "other";
	for (size_t i = 0; i < PEOPLE; i++) {
		area[i] = draw(&seed, 5); /* the fifth: nobody knows */
		answer[i] = draw(&seed, 2);
		in_south += (area[i] == 0 || area[i] == 2) && answer[i] == 1;
	}
	make_axis(&axis, &place, true);
	make_axis(&again, &renamed, true);
	axis_variable(&answers, &alone, true, NULL);
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "person", "people", true, THRESHOLD);
	const struct axis *axes[LATTICE_AXES] = { &axis, &answers };
	const size_t *atoms[LATTICE_AXES] = { area, answer };
	lattice_free(lattice_new(axes, atoms, NULL, NULL, PEOPLE, universe, unit, "s"));
	size_t cells = universe->cell_count, relations = universe->relation_count;
	size_t south = universe_find(universe, "s & alone=yes & area={A+D}");
	assert_true(south > 0);
	assert_int_equal(universe->cells[south - 1].n, in_south);
	assert_adds_up(universe);
	axes[0] = &again;
	lattice_free(lattice_new(axes, atoms, NULL, NULL, PEOPLE, universe, unit, "s"));
	assert_int_equal(universe->cell_count, cells);
	assert_int_equal(universe->relation_count, relations);
	universe_free(universe);
	axis_release(&axis);
	axis_release(&again);
	axis_release(&answers);
}

/* --- what protect hides, and somebody who tries everything --- */

struct trial {
	struct place place;
	struct axis axis;
	struct lattice *lattice;
	struct universe *universe;
	struct cell_decision *decisions;
	long long people[MOST_AREAS];
};

/* Some areas, overlapping groups and regions; each area, group and all of them has a line, but for a group here and there. */
static void make_trial(struct trial *trial, unsigned long long seed)
{
	unsigned long long state = seed * 7919 + 17;
	size_t areas = 3 + draw(&state, 3), count = 0, area[MOST_AREAS * MOST_PEOPLE];
	unsigned all = (1u << areas) - 1, used[MOST_GROUPS] = { 0 };
	make_place(&trial->place, areas);
	for (size_t g = 0; g < 1 + seed % MOST_GROUPS; g++) {
		unsigned in = 1 + draw(&state, all - 1);
		bool fit = in & (in - 1);
		for (size_t other = 0; other < g; other++)
			fit = fit && used[other] != in;
		used[g] = fit ? in : 0;
		if (fit)
			add_group(&trial->place, "g", "group", in);
	}
	for (size_t i = 0; i < areas; i++) {
		trial->people[i] = draw(&state, 3) ? draw(&state, MOST_PEOPLE) : draw(&state, THRESHOLD);
		for (long long p = 0; p < trial->people[i]; p++)
			area[count++] = i;
	}
	make_axis(&trial->axis, &trial->place, false);
	trial->universe = universe_new();
	const struct axis *axes[LATTICE_AXES] = { &trial->axis };
	const size_t *atoms[LATTICE_AXES] = { area };
	trial->lattice = lattice_new(axes, atoms, NULL, NULL, count, trial->universe,
	                             universe_unit(trial->universe, "person", "people", true, THRESHOLD), "s");
	for (size_t f = 0; f < trial->axis.facet_count; f++) {
		size_t cell = lattice_cell(trial->lattice, (struct lattice_point){ { f } });
		bool printed = !trial->axis.facets[f].complement && (f <= areas || draw(&state, 6));
		const struct result line = { .analysis = "a", .dataset = "s", .statistic = "count", .outcome = "x", .level = NAN };
		if (printed)
			universe_result(trial->universe, &line, &cell, 1, NULL, 0);
	}
}

static void free_trial(struct trial *trial)
{
	free(trial->decisions);
	lattice_free(trial->lattice);
	axis_release(&trial->axis);
	universe_free(trial->universe);
}

static long long count_of(const struct axis_facet *facet, const long long *people)
{
	long long n = 0;
	for (size_t i = 0; i < facet->atom_count; i++)
		n += people[facet->atoms[i]];
	return n;
}

/* Whether the numbers of people of the first areas agree with every shown cell, and with what a hidden one may be at least. */
static bool agrees(const struct trial *trial, const long long *people, size_t areas)
{
	for (size_t f = 0; f < trial->axis.facet_count; f++) {
		const struct axis_facet *facet = &trial->axis.facets[f];
		size_t cell = lattice_cell(trial->lattice, (struct lattice_point){ { f } }) - 1;
		const struct cell_decision *decision = &trial->decisions[cell];
		bool whole = facet->atoms[facet->atom_count - 1] < areas; /* positions ascend */
		long long n = 0;
		for (size_t i = 0; i < facet->atom_count && facet->atoms[i] < areas; i++)
			n += people[facet->atoms[i]];
		if (decision->hidden ? whole && n < decision->least
		                     : n > trial->universe->cells[cell].n || (whole && n < trial->universe->cells[cell].n))
			return false;
	}
	return true;
}

/* Every number of people of every area; *least and *most of each facet. */
static void try_all(const struct trial *trial, size_t area, long long *people, long long *least, long long *most)
{
	enum { MOST_TRIED = MOST_PEOPLE + 2 * THRESHOLD };
	if (!agrees(trial, people, area))
		return;
	for (size_t f = 0; area == trial->place.dataset.area_count && f < trial->axis.facet_count; f++) {
		long long n = count_of(&trial->axis.facets[f], people);
		least[f] = n < least[f] ? n : least[f];
		most[f] = n > most[f] ? n : most[f];
	}
	for (long long n = 0; area < trial->place.dataset.area_count && n <= MOST_TRIED; n++) {
		people[area] = n;
		try_all(trial, area + 1, people, least, most);
	}
}

static void nothing_small_follows_from_groups_that_overlap(void **state)
{
	(void)state;
	enum { TRIALS = 150 };
	const struct study_disclosure policy = { .threshold = THRESHOLD, .min_width = WIDTH, .reach = true, .min_group = THRESHOLD };
	size_t hidden_beside = 0, groups_shown = 0;
	for (unsigned long long seed = 1; seed <= TRIALS; seed++) {
		struct trial trial = { 0 };
		struct error err = { 0 };
		long long people[MOST_AREAS], least[32], most[32];
		make_trial(&trial, seed);
		assert_ok(protect_universe(&trial.decisions, NULL, trial.universe, &policy, &err), &err);
		assert_true(trial.axis.facet_count <= COUNT(least));
		for (size_t f = 0; f < trial.axis.facet_count; f++)
			least[f] = 1000, most[f] = -1;
		try_all(&trial, 0, people, least, most);
		for (size_t f = 0; f < trial.axis.facet_count; f++) {
			size_t cell = lattice_cell(trial.lattice, (struct lattice_point){ { f } }) - 1;
			const struct cell_decision *decision = &trial.decisions[cell];
			assert_true(least[f] <= trial.universe->cells[cell].n && most[f] >= trial.universe->cells[cell].n);
			if (decision->unsafe && (most[f] < decision->reach || most[f] - least[f] < decision->width))
				fail_msg("seed %llu: %s is from %lld to %lld", seed, trial.universe->cells[cell].condition, least[f],
				         most[f]);
			hidden_beside += decision->rule == RULE_SECONDARY;
			groups_shown += f >= trial.axis.first_group && !trial.axis.facets[f].complement && !decision->hidden;
		}
		free_trial(&trial);
	}
	/* the trials are of what they should be: some hidden for others' sake, and groups that are shown */
	assert_true(hidden_beside > TRIALS / 2 && groups_shown > TRIALS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_named_by_its_areas_and_is_their_sum),
		cmocka_unit_test(places_of_a_level_and_areas_alone_make_up_all),
		cmocka_unit_test(without_groups_nothing_is_added),
		cmocka_unit_test(every_sum_holds_and_other_names_of_the_same_areas_are_the_same_cells),
		cmocka_unit_test(nothing_small_follows_from_groups_that_overlap),
	};
	return cmocka_run_group_tests_name("area_groups", tests, NULL, NULL);
}
