#include "attacker.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attacker_private.h"
#include "mem.h"
#include "program.h"

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

size_t attacker_unasked(struct attacker *attacker, const char *name, double least, double most)
{
	size_t id = add_column(attacker, name, true);
	unknowns_at(&attacker->unknowns, id)->unasked = true;
	unknowns_narrow(&attacker->unknowns, id, least, most);
	return id;
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

void attacker_measure_whole(struct attacker *attacker, size_t measure)
{
	unknowns_whole(&attacker->unknowns, measure);
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

void attacker_change(struct attacker *attacker, const char *now, const char *then, const char *name,
                     struct interval range)
{
	size_t earlier = unknowns_find(&attacker->unknowns, then), later = unknowns_find(&attacker->unknowns, now);
	assert(earlier && later && !unknowns_find(&attacker->unknowns, name));
	attacker->meanings = mem_grow(attacker->meanings, attacker->meaning_count, &attacker->meaning_capacity,
	                              sizeof *attacker->meanings);
	attacker->meanings[attacker->meaning_count++] = (struct meaning){ .unit_least = NAN, .unit_most = NAN };
	unknowns_term(&attacker->unknowns, unknowns_add(&attacker->unknowns, name, true, range.least, range.most), 1);
	unknowns_term(&attacker->unknowns, later, -1);
	unknowns_term(&attacker->unknowns, earlier, 1);
	unknowns_row(&attacker->unknowns, 0, 0);
	if (range.least >= 0)
		attacker_relation(attacker, RELATION_CONTAINS, later, &earlier, 1);
	if (range.most <= 0)
		attacker_relation(attacker, RELATION_CONTAINS, earlier, &later, 1);
}

/* ---- a universe ---- */

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
		if (measure->whole)
			attacker_measure_whole(attacker, measures[i]);
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
		attacker_learn_hidden(attacker, shown, cells, policy);
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
	bool whole = true;
	for (size_t i = 0; i <= tie->part_count; i++) {
		size_t cell = i < tie->part_count ? attacker->parts[tie->first_part + i] : tie->parent;
		size_t id = measure_of(attacker, cell, variable);
		if (!id) {
			missing = cell;
			missing_count++;
			continue;
		}
		const struct meaning *measure = meaning_at(attacker, id);
		whole = whole && unknowns_at(&attacker->unknowns, id)->whole;
		least = isnan(measure->unit_least) || isnan(least) ? NAN : fmin(least, measure->unit_least);
		most = isnan(measure->unit_most) || isnan(most) ? NAN : fmax(most, measure->unit_most);
	}
	if (missing_count != 1)
		return false;
	size_t implied = attacker_measure(attacker, missing, variable, least, most);
	meaning_at(attacker, implied)->implied = true;
	if (whole)
		attacker_measure_whole(attacker, implied);
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
		if (meaning_at(attacker, id)->variable) {
			bound_measure(attacker, id);
			unknowns_at(unknowns, id)->unasked = meaning_at(attacker, id)->implied;
		}
	for (size_t i = 0; i < attacker->tie_count; i++)
		tie_measures(attacker, &attacker->ties[i]);
	bool again = true;
	while (again) {
		do {
			unknowns_conclude(unknowns);
			unknowns_follow(unknowns);
		} while (attacker_settle(attacker) && !unknowns->contradiction);
		if (unknowns->contradiction)
			return program_impossible(err);
		if (!program_solve(unknowns, err))
			return false;
		unknowns_follow(unknowns);
		again = attacker_settle(attacker);
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
