#include "made_up.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "rounding.h"
#include "text.h"

enum { MOST_DIMENSIONS = 4, MOST_FACETS = 12, MOST_RELATIONS = 12, MOST_PARTS = 6, EVERYBODY = 0 };

/* --- chance: xorshift64*, the same on every machine --- */

struct chance {
	unsigned long long state;
};

static long long draw(struct chance *chance, long long most)
{
	chance->state ^= chance->state >> 12;
	chance->state ^= chance->state << 25;
	chance->state ^= chance->state >> 27;
	return (long long)((chance->state * 0x2545F4914F6CDD1DULL >> 33) % (unsigned long long)(most + 1));
}

static bool one_in(struct chance *chance, long long many)
{
	return draw(chance, many - 1) == 0;
}

/* --- dimensions: ways of dividing people --- */

struct facet {
	const char *term; /* NULL: everybody */
	unsigned leaves;  /* a set */
	bool published;
};

struct facet_relation {
	bool contains;
	size_t parent, parts[MOST_PARTS], part_count;
};

struct dimension {
	size_t leaf_count, facet_count, relation_count;
	struct facet facets[MOST_FACETS];
	struct facet_relation relations[MOST_RELATIONS];
	size_t base; /* the facet that shares are of */
};

static size_t add_facet(struct dimension *dimension, const char *term, unsigned leaves, bool published)
{
	assert(dimension->facet_count < MOST_FACETS);
	dimension->facets[dimension->facet_count] = (struct facet){ term, leaves, published };
	return dimension->facet_count++;
}

static void relate(struct dimension *dimension, size_t parent, const size_t *parts, size_t count)
{
	assert(dimension->relation_count < MOST_RELATIONS && count <= MOST_PARTS);
	struct facet_relation *relation = &dimension->relations[dimension->relation_count++];
	relation->contains = false;
	relation->parent = parent;
	relation->part_count = count;
	memcpy(relation->parts, parts, count * sizeof *parts);
}

static const char *const area_terms[] = { "area=E1", "area=E2", "area=E3", "area=E4" };
static const char *const rest_terms[] = { "area!=E1", "area!=E2", "area!=E3", "area!=E4" };

static void add_rests(struct dimension *areas, const size_t *area)
{
	for (size_t i = 0; i < areas->leaf_count; i++) {
		unsigned others = ((1U << areas->leaf_count) - 1) & ~(1U << i);
		size_t rest = add_facet(areas, rest_terms[i], others, false);
		relate(areas, EVERYBODY, (size_t[]){ area[i], rest }, 2);
	}
}

/* Areas, with the rest of each, or in two regions that nest or in two groups that overlap. */
static void make_areas(struct dimension *areas, struct chance *chance, size_t count)
{
	size_t area[MOST_PARTS];
	areas->leaf_count = count;
	areas->base = add_facet(areas, NULL, (1U << count) - 1, true);
	for (size_t i = 0; i < count; i++)
		area[i] = add_facet(areas, area_terms[i], 1U << i, true);
	relate(areas, EVERYBODY, area, count);
	long long kind = draw(chance, 3);
	if (kind == 0)
		add_rests(areas, area);
	if (kind == 1 && count > 2) {
		size_t region[] = { add_facet(areas, "region=N", 3, true),
			            add_facet(areas, "region=S", ((1U << count) - 1) & ~3U, true) };
		relate(areas, EVERYBODY, region, 2);
		relate(areas, region[0], area, 2);
		relate(areas, region[1], area + 2, count - 2);
	}
	if (kind == 2 && count > 2) {
		relate(areas, add_facet(areas, "group=G1", 3, true), area, 2);
		relate(areas, add_facet(areas, "group=G2", 6, true), area + 1, 2);
	}
}

static const struct variable_terms {
	const char *answered, *missing, *codes[3], *not_codes[3];
} variable_terms[] = {
	{ "lonely:answered",
	  "lonely:missing",
	  { "lonely=a", "lonely=b", "lonely=c" },
	  { "lonely!=a", "lonely!=b", "lonely!=c" } },
	{ "support:answered",
	  "support:missing",
	  { "support=a", "support=b", "support=c" },
	  { "support!=a", "support!=b", "support!=c" } },
	{ "wave:answered", "wave:missing", { "wave=1", "wave=2", "wave=3" }, { "wave!=1", "wave!=2", "wave!=3" } },
};

/* A question: all of its codes, or one share; some did not answer. */
static void make_variable(struct dimension *variable, struct chance *chance, const struct variable_terms *terms,
                          size_t codes)
{
	bool missing = one_in(chance, 3), share = one_in(chance, 4);
	unsigned all = (1U << codes) - 1;
	size_t code[MOST_PARTS], facet = EVERYBODY;
	variable->leaf_count = codes + missing;
	add_facet(variable, NULL, all | (missing ? 1U << codes : 0), !missing || one_in(chance, 2));
	if (missing) {
		facet = add_facet(variable, terms->answered, all, true);
		size_t none = add_facet(variable, terms->missing, 1U << codes, false);
		relate(variable, EVERYBODY, (size_t[]){ facet, none }, 2);
	}
	variable->base = facet;
	if (share) {
		code[0] = add_facet(variable, terms->codes[0], 1, true);
		code[1] = add_facet(variable, terms->not_codes[0], all & ~1U, false);
		relate(variable, facet, code, 2);
		return;
	}
	for (size_t i = 0; i < codes; i++)
		code[i] = add_facet(variable, terms->codes[i], 1U << i, true);
	relate(variable, facet, code, codes);
}

/* Those whom a filter leaves, and what it leaves out. */
static void make_filter(struct dimension *filter)
{
	filter->leaf_count = 2;
	add_facet(filter, NULL, 3, false);
	filter->base = add_facet(filter, "filter:f", 1, true);
	size_t rest = add_facet(filter, "!filter:f", 2, false);
	relate(filter, EVERYBODY, (size_t[]){ filter->base, rest }, 2);
}

/* What everybody scored: 0 or 1, of which only means are published. */
static void make_score(struct dimension *score)
{
	score->leaf_count = 2;
	score->base = add_facet(score, NULL, 3, true);
}

/* --- a study under way --- */

struct making {
	struct made_up study;
	struct chance chance;
	struct dimension dimensions[MOST_DIMENSIONS];
	size_t dimension_count, filter, score; /* MOST_DIMENSIONS: none */
	size_t unit, lines;
};

static size_t leaf_of(const struct making *making, size_t atom, size_t dimension)
{
	for (size_t i = 0; i < dimension; i++)
		atom /= making->dimensions[i].leaf_count;
	return atom % making->dimensions[dimension].leaf_count;
}

static atoms atoms_of(const struct making *making, const size_t *facet)
{
	atoms set = 0;
	for (size_t i = 0; i < making->study.atom_count; i++) {
		bool in = true;
		for (size_t d = 0; d < making->dimension_count; d++)
			in = in && making->dimensions[d].facets[facet[d]].leaves >> leaf_of(making, i, d) & 1;
		set |= in ? (atoms)1 << i : 0;
	}
	return set;
}

static long long count(const struct made_up *study, atoms set)
{
	long long n = 0;
	for (size_t i = 0; i < study->atom_count; i++)
		n += set >> i & 1 ? study->people[i] : 0;
	return n;
}

static size_t add_cell(struct making *making, const size_t *facet)
{
	struct text condition = { 0 };
	struct made_up *study = &making->study;
	text_print(&condition, "survey");
	for (size_t d = 0; d < making->dimension_count; d++) {
		const char *term = making->dimensions[d].facets[facet[d]].term;
		if (term)
			text_print(&condition, " & %s", term);
	}
	size_t known = study->universe->cell_count;
	atoms set = atoms_of(making, facet);
	size_t cell = universe_cell(study->universe, making->unit, condition.bytes, count(study, set));
	if (cell > known) {
		study->cells = realloc(study->cells, cell * sizeof *study->cells);
		if (!study->cells)
			abort();
		study->cells[cell - 1] = set;
	}
	assert(study->cells[cell - 1] == set);
	text_free(&condition);
	return cell;
}

/* Step through the facets of a table's dimensions; those of the others stay. False at the end. */
static bool next_point(const struct making *making, const bool *crossed, size_t *facet)
{
	for (size_t d = 0; d < making->dimension_count; d++) {
		if (!crossed[d])
			continue;
		if (++facet[d] < making->dimensions[d].facet_count)
			return true;
		facet[d] = EVERYBODY;
	}
	return false;
}

static void add_relations(struct making *making, const bool *crossed)
{
	size_t facet[MOST_DIMENSIONS] = { 0 };
	do {
		for (size_t d = 0; d < making->dimension_count; d++) {
			const struct dimension *dimension = &making->dimensions[d];
			for (size_t r = 0; crossed[d] && r < dimension->relation_count; r++) {
				const struct facet_relation *relation = &dimension->relations[r];
				size_t at[MOST_DIMENSIONS], parts[MOST_PARTS];
				if (relation->parent != facet[d])
					continue;
				memcpy(at, facet, sizeof at);
				size_t parent = add_cell(making, at);
				for (size_t p = 0; p < relation->part_count; p++) {
					at[d] = relation->parts[p];
					parts[p] = add_cell(making, at);
				}
				universe_relation(making->study.universe,
				                  relation->contains ? RELATION_CONTAINS : RELATION_SUM, parent, parts,
				                  relation->part_count);
			}
		}
	} while (next_point(making, crossed, facet));
}

static struct result line(const char *statistic)
{
	return (struct result){ .analysis = "a",
		                .dataset = "survey",
		                .statistic = statistic,
		                .outcome = "x",
		                .level = NAN,
		                .status = RESULT_OK,
		                .denominator = "those who answered" };
}

static void add_count(struct making *making, size_t cell)
{
	struct universe *universe = making->study.universe;
	struct result result = line("count");
	universe_result(universe, &result, &cell, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "n",
	                                            .value = (double)universe->cells[cell - 1].n,
	                                            .numerator = cell,
	                                            .factor = NAN });
}

/* A share of nobody is refused, and its line says so. */
static void add_share(struct making *making, size_t cell, size_t base, int decimals)
{
	struct universe *universe = making->study.universe;
	struct result result = line("share");
	long long n = universe->cells[base - 1].n;
	if (n == 0)
		result.status = RESULT_REFUSED;
	universe_result(universe, &result, (size_t[]){ cell, base }, 2, NULL, 0);
	universe_figure(universe,
	                &(struct figure){ .name = "estimate",
	                                  .decimals = decimals,
	                                  .value = n ? 100.0 * (double)universe->cells[cell - 1].n / (double)n : NAN,
	                                  .numerator = cell,
	                                  .denominator = base,
	                                  .factor = 100 });
}

static void add_mean(struct making *making, size_t cell, int decimals)
{
	struct made_up *study = &making->study;
	struct universe *universe = study->universe;
	struct result result = line("mean");
	double total = 0;
	long long n = universe->cells[cell - 1].n;
	for (size_t i = 0; i < study->atom_count; i++)
		total += study->cells[cell - 1] >> i & 1 ? study->score[i] * (double)study->people[i] : 0;
	if (n == 0)
		result.status = RESULT_REFUSED;
	size_t measure = universe_measure(universe, cell, "score", 0, 1, total);
	universe_measure_whole(universe, measure);
	universe_result(universe, &result, &cell, 1, &measure, 1);
	universe_figure(universe, &(struct figure){ .name = "estimate",
	                                            .decimals = decimals,
	                                            .value = n ? total / (double)n : NAN,
	                                            .numerator_measure = measure,
	                                            .denominator = cell,
	                                            .factor = 1 });
}

/* A table over some dimensions: counts, and shares or means beside them. */
static void add_table(struct making *making, const bool *crossed)
{
	struct chance *chance = &making->chance;
	size_t facet[MOST_DIMENSIONS] = { 0 }, shares = making->dimension_count;
	bool means = making->score < MOST_DIMENSIONS && one_in(chance, 2), counts = !one_in(chance, 8);
	int decimals = (int)draw(chance, 1);
	for (size_t d = 1; d < making->dimension_count && !means && one_in(chance, 2); d++)
		if (crossed[d] && d != making->filter && d != making->score)
			shares = d;
	add_relations(making, crossed);
	do {
		bool published = true;
		for (size_t d = 0; d < making->dimension_count; d++)
			published = published && (!crossed[d] || making->dimensions[d].facets[facet[d]].published);
		if (!published)
			continue;
		size_t cell = add_cell(making, facet);
		if (counts || shares == making->dimension_count)
			add_count(making, cell);
		if (means)
			add_mean(making, cell, 1 + decimals);
		if (shares < making->dimension_count) {
			size_t at[MOST_DIMENSIONS];
			memcpy(at, facet, sizeof at);
			at[shares] = making->dimensions[shares].base;
			if (at[shares] != facet[shares] && facet[shares] > at[shares])
				add_share(making, cell, add_cell(making, at), decimals);
		}
	} while (next_point(making, crossed, facet));
}

/* --- the whole --- */

static void make_dimensions(struct making *making, bool small)
{
	struct chance *chance = &making->chance;
	size_t atom_count = 0;
	do {
		memset(making->dimensions, 0, sizeof making->dimensions);
		making->filter = making->score = MOST_DIMENSIONS;
		making->dimension_count = 2 + (size_t)draw(chance, small ? 1 : 2);
		make_areas(&making->dimensions[0], chance, 2 + (size_t)draw(chance, 2));
		for (size_t d = 1; d < making->dimension_count; d++) {
			bool last = d == making->dimension_count - 1 && d > 1;
			long long kind = draw(chance, 5);
			if (last && kind == 0)
				make_filter(&making->dimensions[making->filter = d]);
			else if (last && kind <= 2)
				make_score(&making->dimensions[making->score = d]);
			else
				make_variable(&making->dimensions[d], chance, &variable_terms[d - 1],
				              2 + (size_t)draw(chance, 1));
		}
		atom_count = 1;
		for (size_t d = 0; d < making->dimension_count; d++)
			atom_count *= making->dimensions[d].leaf_count;
	} while (atom_count > (small ? 16 : SEARCH_ATOMS));
	making->study.atom_count = atom_count;
}

static void make_people(struct making *making)
{
	struct made_up *study = &making->study;
	long long scale = 2 + draw(&making->chance, 10), empty = 2 + draw(&making->chance, 6);
	for (size_t i = 0; i < study->atom_count; i++) {
		study->people[i] = one_in(&making->chance, empty) ? 0 : draw(&making->chance, scale);
		if (making->score < MOST_DIMENSIONS)
			study->score[i] = (double)leaf_of(making, i, making->score);
	}
}

static char lonely[] = "lonely", *sensitive[] = { lonely };
static enum study_never_hide never[] = { STUDY_NEVER_HIDE_AREAS, STUDY_NEVER_HIDE_BASES };

/* Words for hidden shares. A band of nobody would tell the zeros that are hidden. */
static double nobody = 0, half = 50;
static char none[] = "none", some[] = "some", most[] = "most";
static struct study_band all_bands[] = { { none, &nobody }, { some, &half }, { most, NULL } };

static void make_bands(struct study_disclosure *policy)
{
	bool zeros = policy->zeros == STUDY_ZEROS_SHOWN;
	policy->bands = all_bands + !zeros;
	policy->bands_count = 2 + zeros;
}

static void make_policy(struct making *making)
{
	struct chance *chance = &making->chance;
	struct study_disclosure *policy = &making->study.policy;
	policy->threshold = 3 + (int)draw(chance, 4);
	policy->zeros = one_in(chance, 4) ? STUDY_ZEROS_HIDDEN : STUDY_ZEROS_SHOWN;
	policy->min_width = 1 + (int)draw(chance, 3);
	policy->reach = true;
	policy->min_group = policy->threshold + (int)draw(chance, 10);
	policy->sensitive = sensitive;
	policy->sensitive_count = one_in(chance, 3);
	policy->never_hide = never;
	policy->never_hide_count = one_in(chance, 6) ? 1 : 0;
	policy->insiders = one_in(chance, 4);
	policy->min_percent = one_in(chance, 6) ? 20 : 0;
	if (one_in(chance, 5)) {
		struct study_rounding *rounding = policy->rounding = mem_alloc(1, sizeof *rounding);
		rounding->base = one_in(chance, 2) ? 3 : 5;
		rounding->method = one_in(chance, 2) ? STUDY_ROUNDING_NEAREST : STUDY_ROUNDING_CONTROLLED;
		while (!rounding_fits(rounding, policy->threshold, policy->zeros == STUDY_ZEROS_SHOWN))
			policy->threshold++;
		policy->min_group = policy->min_group > policy->threshold ? policy->min_group : policy->threshold;
	}
}

struct made_up made_up_study(unsigned long long seed, bool small)
{
	struct making making = { .chance = { 0x9E3779B97F4A7C15ULL + seed * 0xD1B54A32D192ED03ULL } };
	if (!making.chance.state)
		making.chance.state = 1;
	for (size_t i = 0; i < 8; i++)
		draw(&making.chance, 1);
	make_dimensions(&making, small);
	make_people(&making);
	make_policy(&making);
	if (seed % 3 == 0 && !making.study.policy.rounding)
		make_bands(&making.study.policy);
	making.study.universe = universe_new();
	making.unit = universe_unit(making.study.universe, "respondent", "respondents", true, 0);
	for (size_t tables = 1 + (size_t)draw(&making.chance, 2); tables > 0; tables--) {
		bool crossed[MOST_DIMENSIONS] = { 0 };
		size_t crossed_count = 0;
		for (size_t d = 0; d < making.dimension_count; d++)
			crossed_count += crossed[d] = !one_in(&making.chance, 4);
		if (crossed_count > 0)
			add_table(&making, crossed);
	}
	if (making.study.universe->result_count == 0)
		add_table(&making, (bool[MOST_DIMENSIONS]){ true, true });
	return making.study;
}

void made_up_free(struct made_up *study)
{
	universe_free(study->universe);
	free(study->policy.rounding);
	free(study->cells);
	*study = (struct made_up){ 0 };
}
