#include "attacker.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "program.h"
#include "unknowns.h"

/* What an unknown stands for: the count of a cell, or the sum of a variable over one. */
struct meaning {
	const char *variable;         /* in the column's key; NULL: a count */
	size_t cell;                  /* of a measure: its cell */
	size_t measure;               /* of a cell: its newest measure; of a measure: its cell's one before; 0: none */
	double unit_least, unit_most; /* of a measure, for one unit; NaN: not known */
	bool implied;                 /* nobody showed or hid it: a sum that the attacker adds in between */
};

struct tie {
	enum relation_kind kind;
	size_t parent, first_part, part_count; /* in parts */
};

/* A cell that everybody can tell to be hidden. It is no zero, unless it is part of a small group. */
struct doubt {
	size_t cell;
	int threshold; /* a group below it is small */
	bool sensitive;
	bool stays; /* one of its groups may be small */
};

struct group {
	size_t doubt; /* place in doubts */
	size_t cell;
};

struct attacker {
	struct unknowns unknowns;
	struct meaning *meanings; /* by the column's id less one */
	struct tie *ties;
	size_t *parts;
	struct doubt *doubts;
	struct group *groups;
	size_t meaning_count, meaning_capacity, tie_count, tie_capacity, part_count, part_capacity, doubt_count,
		doubt_capacity, group_count, group_capacity;
};

struct attacker *attacker_new(void)
{
	return mem_alloc(1, sizeof(struct attacker));
}

void attacker_free(struct attacker *attacker)
{
	if (!attacker)
		return;
	unknowns_free(&attacker->unknowns);
	free(attacker->meanings);
	free(attacker->ties);
	free(attacker->parts);
	free(attacker->doubts);
	free(attacker->groups);
	free(attacker);
}

/* ---- facts, one by one ---- */

static struct meaning *meaning_at(const struct attacker *attacker, size_t id)
{
	assert(id >= 1 && id <= attacker->meaning_count);
	return &attacker->meanings[id - 1];
}

static char *measure_key(const char *condition, const char *variable)
{
	return mem_print("%s\n%s", condition, variable); /* no condition holds a line end */
}

static size_t add_column(struct attacker *attacker, const char *key, bool whole)
{
	attacker->meanings = mem_grow(attacker->meanings, attacker->meaning_count, &attacker->meaning_capacity,
	                              sizeof *attacker->meanings);
	attacker->meanings[attacker->meaning_count++] = (struct meaning){ .unit_least = NAN, .unit_most = NAN };
	return unknowns_add(&attacker->unknowns, key, whole, whole ? 0 : -INFINITY, INFINITY);
}

size_t attacker_cell(struct attacker *attacker, const char *condition, double least, double most)
{
	size_t id = unknowns_find(&attacker->unknowns, condition);
	if (!id)
		id = add_column(attacker, condition, true);
	unknowns_narrow(&attacker->unknowns, id, least, most);
	return id;
}

static size_t measure_of(const struct attacker *attacker, size_t cell, const char *variable)
{
	size_t id = meaning_at(attacker, cell)->measure;
	while (id && strcmp(meaning_at(attacker, id)->variable, variable) != 0)
		id = meaning_at(attacker, id)->measure;
	return id;
}

/* The narrower of two bounds; fmax and fmin take the number where one is NaN. */
size_t attacker_measure(struct attacker *attacker, size_t cell, const char *variable, double unit_least,
                        double unit_most)
{
	size_t id = measure_of(attacker, cell, variable);
	if (!id) {
		const char *condition = unknowns_at(&attacker->unknowns, cell)->key;
		char *key = measure_key(condition, variable);
		id = add_column(attacker, key, false);
		free(key);
		struct meaning *added = meaning_at(attacker, id), *of = meaning_at(attacker, cell);
		added->variable = unknowns_at(&attacker->unknowns, id)->key + strlen(condition) + 1;
		added->cell = cell;
		added->measure = of->measure;
		of->measure = id;
	}
	struct meaning *measure = meaning_at(attacker, id);
	measure->implied = false;
	measure->unit_least = fmax(measure->unit_least, unit_least);
	measure->unit_most = fmin(measure->unit_most, unit_most);
	return id;
}

/* factor_a * a + factor_b * b between least and most. */
static bool add_pair(struct attacker *attacker, size_t a, double factor_a, size_t b, double factor_b, double least,
                     double most)
{
	unknowns_term(&attacker->unknowns, a, factor_a);
	unknowns_term(&attacker->unknowns, b, factor_b);
	return unknowns_row(&attacker->unknowns, least, most);
}

/* parent - sum of parts = 0, or parent - part >= 0 for each. */
void attacker_relation(struct attacker *attacker, enum relation_kind kind, size_t parent, const size_t *parts,
                       size_t count)
{
	bool new = false;
	if (kind == RELATION_SUM) {
		unknowns_term(&attacker->unknowns, parent, 1);
		for (size_t i = 0; i < count; i++)
			unknowns_term(&attacker->unknowns, parts[i], -1);
		new = unknowns_row(&attacker->unknowns, 0, 0);
	}
	for (size_t i = 0; kind == RELATION_CONTAINS && i < count; i++)
		new = add_pair(attacker, parent, 1, parts[i], -1, 0, INFINITY) || new;
	if (!new)
		return;
	attacker->ties = mem_grow(attacker->ties, attacker->tie_count, &attacker->tie_capacity, sizeof *attacker->ties);
	attacker->ties[attacker->tie_count++] = (struct tie){ kind, parent, attacker->part_count, count };
	for (size_t i = 0; i < count; i++) {
		attacker->parts = mem_grow(attacker->parts, attacker->part_count, &attacker->part_capacity,
		                           sizeof *attacker->parts);
		attacker->parts[attacker->part_count++] = parts[i];
	}
}

/* (value - h) * denominator <= factor * numerator <= (value + h) * denominator, h half of the last printed digit. Both
 * ends count as possible, which can only make the attacker's interval wider by that one point. */
void attacker_figure(struct attacker *attacker, size_t numerator, size_t denominator, double factor, double value,
                     int decimals)
{
	double half = 0.5 * pow(10, -decimals);
	if (!denominator) {
		double low = (value - half) / factor, high = (value + half) / factor;
		unknowns_narrow(&attacker->unknowns, numerator, fmin(low, high), fmax(low, high));
		return;
	}
	add_pair(attacker, numerator, factor, denominator, -(value - half), 0, INFINITY);
	add_pair(attacker, numerator, factor, denominator, -(value + half), -INFINITY, 0);
}

/* ---- a universe ---- */

/* What hidden lines tell of the cells that they rest on. */
struct lines {
	const struct universe *universe;
	bool *shown;  /* by cell: known not to be hidden */
	size_t *only; /* by line: its only cell that is not known to be shown; 0: none; MANY */
};

static const size_t MANY = (size_t)-1;

static void mark_shown(struct lines *lines, size_t line, size_t cell)
{
	if (lines->universe->results[line - 1].status != RESULT_HIDDEN)
		lines->shown[cell] = true;
}

static void mark_only(struct lines *lines, size_t line, size_t cell)
{
	if (!lines->shown[cell] && lines->only[line] != cell)
		lines->only[line] = lines->only[line] ? MANY : cell;
}

/* Every cell of every line: those it rests on, those of its measures, those that its figures are computed from. */
static void each_rest(struct lines *lines, void (*visit)(struct lines *lines, size_t line, size_t cell))
{
	const struct universe *universe = lines->universe;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			visit(lines, i + 1, universe->rests[result->first_cell + j]);
		for (size_t j = 0; j < result->measure_count; j++)
			visit(lines, i + 1,
			      universe->measures[universe->rests_measures[result->first_measure + j] - 1].cell);
	}
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (figure->numerator)
			visit(lines, figure->result, figure->numerator);
		if (figure->denominator)
			visit(lines, figure->result, figure->denominator);
		if (figure->numerator_measure)
			visit(lines, figure->result, universe->measures[figure->numerator_measure - 1].cell);
	}
}

static struct lines read_lines(const struct universe *universe)
{
	struct lines lines = { .universe = universe,
		               .shown = mem_alloc(universe->cell_count + 1, sizeof *lines.shown),
		               .only = mem_alloc(universe->result_count + 1, sizeof *lines.only) };
	for (size_t i = 1; i <= universe->cell_count; i++) {
		const struct cell *cell = &universe->cells[i - 1];
		lines.shown[i] = cell->n >= 0 || !universe->units[cell->unit - 1].confidential;
	}
	each_rest(&lines, mark_shown);
	each_rest(&lines, mark_only);
	return lines;
}

static bool is_sensitive(const struct attacker_policy *policy, const char *condition)
{
	char *names = mem_copy_text(policy->sensitive ? policy->sensitive : ""), *rest = NULL;
	bool sensitive = false;
	for (char *name = strtok_r(names, " ", &rest); name && !sensitive; name = strtok_r(NULL, " ", &rest))
		sensitive = cell_names_code(condition, name);
	free(names);
	return sensitive;
}

/* Of each cell that can be told to be hidden: the place of its doubt, plus one. Free with free(). `cells` are the
 * attacker's. */
static size_t *note_doubts(struct attacker *attacker, const struct lines *lines, const size_t *cells,
                           const struct attacker_policy *policy)
{
	const struct universe *universe = lines->universe;
	size_t *doubts = mem_alloc(universe->cell_count + 1, sizeof *doubts);
	for (size_t i = 1; i <= universe->result_count; i++) {
		size_t cell = lines->only[i];
		if (universe->results[i - 1].status != RESULT_HIDDEN || !cell || cell == MANY || doubts[cell])
			continue;
		int own = universe->units[universe->cells[cell - 1].unit - 1].threshold;
		int threshold = own ? own : policy->threshold;
		bool sensitive = is_sensitive(policy, universe->cells[cell - 1].condition);
		attacker->doubts = mem_grow(attacker->doubts, attacker->doubt_count, &attacker->doubt_capacity,
		                            sizeof *attacker->doubts);
		attacker->doubts[attacker->doubt_count++] =
			(struct doubt){ .cell = cells[cell],
			                .threshold = sensitive && policy->min_group > threshold ? policy->min_group
			                                                                        : threshold,
			                .sensitive = sensitive };
		doubts[cell] = attacker->doubt_count;
	}
	return doubts;
}

/* A group that is shown is not below the threshold, and may be below min_group. */
static void note_groups(struct attacker *attacker, const struct lines *lines, const size_t *cells, const size_t *doubts)
{
	const struct universe *universe = lines->universe;
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		for (size_t j = 0; j < relation->part_count; j++) {
			size_t doubt = doubts[universe->parts[relation->first_part + j]];
			if (!doubt || (lines->shown[relation->parent] && !attacker->doubts[doubt - 1].sensitive))
				continue;
			attacker->groups = mem_grow(attacker->groups, attacker->group_count, &attacker->group_capacity,
			                            sizeof *attacker->groups);
			attacker->groups[attacker->group_count++] =
				(struct group){ .doubt = doubt - 1, .cell = cells[relation->parent] };
		}
	}
}

static void learn_hidden(struct attacker *attacker, const struct universe *shown, const size_t *cells,
                         const struct attacker_policy *policy)
{
	struct lines lines = read_lines(shown);
	size_t *doubts = note_doubts(attacker, &lines, cells, policy);
	note_groups(attacker, &lines, cells, doubts);
	free(doubts);
	free(lines.only);
	free(lines.shown);
}

/* Whether groups that turned out not to be small told anything new of their hidden parts. */
static bool settle_doubts(struct attacker *attacker)
{
	bool told = false;
	for (size_t i = 0; i < attacker->doubt_count; i++)
		attacker->doubts[i].stays = false;
	for (size_t i = 0; i < attacker->group_count; i++) {
		struct doubt *doubt = &attacker->doubts[attacker->groups[i].doubt];
		if (unknowns_at(&attacker->unknowns, attacker->groups[i].cell)->least < doubt->threshold)
			doubt->stays = true;
	}
	for (size_t i = 0; i < attacker->doubt_count; i++)
		if (!attacker->doubts[i].stays)
			told = unknowns_narrow(&attacker->unknowns, attacker->doubts[i].cell, 1, INFINITY) || told;
	return told;
}

void attacker_universe(struct attacker *attacker, const struct universe *shown, const struct attacker_policy *policy)
{
	size_t *cells = mem_alloc(shown->cell_count + 1, sizeof *cells);
	size_t *measures = mem_alloc(shown->measure_count + 1, sizeof *measures);
	size_t *parts = mem_alloc(shown->cell_count + 1, sizeof *parts);
	for (size_t i = 1; i <= shown->cell_count; i++) {
		const struct cell *cell = &shown->cells[i - 1];
		long long least = cell->n >= 0 ? cell->n : cell->least, most = cell->n >= 0 ? cell->n : cell->most;
		cells[i] = attacker_cell(attacker, cell->condition, least < 0 ? 0 : (double)least,
		                         most < 0 ? INFINITY : (double)most);
	}
	for (size_t i = 1; i <= shown->measure_count; i++) {
		const struct measure *measure = &shown->measures[i - 1];
		measures[i] = attacker_measure(attacker, cells[measure->cell], measure->variable, measure->least,
		                               measure->most);
		if (!isnan(measure->total))
			unknowns_narrow(&attacker->unknowns, measures[i], measure->total, measure->total);
	}
	for (size_t i = 0; i < shown->relation_count; i++) {
		const struct relation *relation = &shown->relations[i];
		for (size_t j = 0; j < relation->part_count; j++)
			parts[j] = cells[shown->parts[relation->first_part + j]];
		attacker_relation(attacker, relation->kind, cells[relation->parent], parts, relation->part_count);
	}
	for (size_t i = 0; i < shown->figure_count; i++) {
		const struct figure *figure = &shown->figures[i];
		size_t numerator =
			figure->numerator_measure ? measures[figure->numerator_measure] : cells[figure->numerator];
		if (numerator && !isnan(figure->value))
			attacker_figure(attacker, numerator, cells[figure->denominator],
			                isnan(figure->factor) ? 1 : figure->factor, figure->value, figure->decimals);
	}
	if (policy->zeros_shown)
		learn_hidden(attacker, shown, cells, policy);
	free(parts);
	free(measures);
	free(cells);
}

/* ---- what follows for sums of a variable ---- */

/* Where all cells of a sum but one have a measure, the last one's follows: each of its units is a unit of the others,
 * or the others' units are its own, and so keeps within the widest of their bounds. Whether one was added. */
static bool imply_in_tie(struct attacker *attacker, const struct tie *tie, const char *variable)
{
	size_t missing = 0, missing_count = 0;
	double least = INFINITY, most = -INFINITY;
	for (size_t i = 0; i <= tie->part_count; i++) {
		size_t cell = i < tie->part_count ? attacker->parts[tie->first_part + i] : tie->parent;
		size_t id = measure_of(attacker, cell, variable);
		if (!id) {
			missing = cell;
			missing_count++;
			continue;
		}
		const struct meaning *measure = meaning_at(attacker, id);
		least = isnan(measure->unit_least) || isnan(least) ? NAN : fmin(least, measure->unit_least);
		most = isnan(measure->unit_most) || isnan(most) ? NAN : fmax(most, measure->unit_most);
	}
	if (missing_count != 1)
		return false;
	meaning_at(attacker, attacker_measure(attacker, missing, variable, least, most))->implied = true;
	return true;
}

/* Every variable of which a tie lacks one measure at most is measured in its parent or in its first part. */
static void imply_measures(struct attacker *attacker)
{
	for (bool added = true; added;) {
		added = false;
		for (size_t i = 0; i < attacker->tie_count; i++) {
			const struct tie *tie = &attacker->ties[i];
			const size_t looked[] = { tie->parent, attacker->parts[tie->first_part] };
			for (size_t j = 0; tie->kind == RELATION_SUM && j < COUNT(looked); j++)
				for (size_t id = meaning_at(attacker, looked[j])->measure; id;
				     id = meaning_at(attacker, id)->measure)
					added = imply_in_tie(attacker, tie, meaning_at(attacker, id)->variable)
					        || added;
		}
	}
}

/* least * n <= total <= most * n */
static void bound_measure(struct attacker *attacker, size_t id)
{
	const struct meaning *measure = meaning_at(attacker, id);
	if (!isnan(measure->unit_least))
		add_pair(attacker, id, 1, measure->cell, -measure->unit_least, 0, INFINITY);
	if (!isnan(measure->unit_most))
		add_pair(attacker, id, 1, measure->cell, -measure->unit_most, -INFINITY, 0);
}

/* Total of the parent less that of the part: so many units more, each between the bounds of one. */
static void tie_contained(struct attacker *attacker, size_t whole, size_t part)
{
	const struct meaning *parent = meaning_at(attacker, whole);
	const double bounds[] = { parent->unit_least, parent->unit_most };
	for (size_t side = 0; side < COUNT(bounds); side++) {
		if (isnan(bounds[side]))
			continue;
		unknowns_term(&attacker->unknowns, parent->cell, -bounds[side]);
		unknowns_term(&attacker->unknowns, meaning_at(attacker, part)->cell, bounds[side]);
		add_pair(attacker, whole, 1, part, -1, side ? -INFINITY : 0, side ? 0 : INFINITY);
	}
}

/* Total of the parent less those of its parts: 0, or what the parts without a measure can add. */
static void tie_summed(struct attacker *attacker, const struct tie *tie, size_t whole)
{
	const struct meaning *parent = meaning_at(attacker, whole);
	const double bounds[] = { parent->unit_least, parent->unit_most };
	size_t unmeasured = 0;
	for (size_t i = 0; i < tie->part_count; i++)
		unmeasured += !measure_of(attacker, attacker->parts[tie->first_part + i], parent->variable);
	for (size_t side = 0; side < COUNT(bounds); side++) {
		if (unmeasured && isnan(bounds[side]))
			continue;
		unknowns_term(&attacker->unknowns, whole, 1);
		for (size_t i = 0; i < tie->part_count; i++) {
			size_t cell = attacker->parts[tie->first_part + i],
			       part = measure_of(attacker, cell, parent->variable);
			unknowns_term(&attacker->unknowns, part ? part : cell, part ? -1 : -bounds[side]);
		}
		unknowns_row(&attacker->unknowns, unmeasured && side ? -INFINITY : 0,
		             unmeasured && !side ? INFINITY : 0);
	}
}

static void tie_measures(struct attacker *attacker, const struct tie *tie)
{
	for (size_t id = meaning_at(attacker, tie->parent)->measure; id; id = meaning_at(attacker, id)->measure) {
		if (tie->kind == RELATION_SUM)
			tie_summed(attacker, tie, id);
		for (size_t i = 0; tie->kind == RELATION_CONTAINS && i < tie->part_count; i++) {
			size_t part = measure_of(attacker, attacker->parts[tie->first_part + i],
			                         meaning_at(attacker, id)->variable);
			if (part)
				tie_contained(attacker, id, part);
		}
	}
}

bool attacker_run(struct attacker *attacker, struct error *err)
{
	struct unknowns *unknowns = &attacker->unknowns;
	imply_measures(attacker);
	for (size_t id = 1; id <= attacker->meaning_count; id++)
		if (meaning_at(attacker, id)->variable)
			bound_measure(attacker, id);
	for (size_t i = 0; i < attacker->tie_count; i++)
		tie_measures(attacker, &attacker->ties[i]);
	bool again = true;
	while (again) {
		do {
			unknowns_conclude(unknowns);
			unknowns_follow(unknowns);
		} while (settle_doubts(attacker) && !unknowns->contradiction);
		if (unknowns->contradiction)
			return program_impossible(err);
		if (!program_solve(unknowns, err))
			return false;
		unknowns_follow(unknowns);
		again = settle_doubts(attacker);
	}
	return !unknowns->contradiction || program_impossible(err);
}

bool attacker_interval(const struct attacker *attacker, const char *condition, const char *variable,
                       struct interval *interval)
{
	char *key = variable ? measure_key(condition, variable) : mem_copy_text(condition);
	size_t id = unknowns_find(&attacker->unknowns, key);
	free(key);
	if (!id || meaning_at(attacker, id)->implied)
		return false;
	const struct column *column = unknowns_at(&attacker->unknowns, id);
	*interval = (struct interval){ column->least, column->most };
	return true;
}
