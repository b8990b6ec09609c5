#include "coalition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "insider.h"
#include "mem.h"
#include "same.h"

/* Relations by the people that they touch: touching[first[i]] to touching[first[i + 1]] are those of cell i, from 0,
 * the first that is the same people. */
struct touches {
	size_t *first, *touching;
};

/* Who attacks, and the cells that are asked about, of which the public cannot tell too much. */
struct coalitions {
	struct judge *judge;
	const struct attacker *attacker;
	const struct universe *withheld;
	int insiders;           /* at most so many */
	size_t *same;           /* by cell, from 0: the first that is the same people, as everybody can tell */
	bool *nobody;           /* by these: as everybody can tell */
	struct touches touches; /* of these */
	struct insider *attacking;
	struct insider_knows *known;
	const char **wanted;
	size_t *cells;  /* ids, of those wanted */
	size_t *gained; /* people, while those that a coalition knows are gathered */
	size_t gained_count;
	bool *listed; /* by people */
	bool *out;    /* by part of a sum, all false between calls */
	size_t attacking_count, known_count, known_capacity, wanted_count;
};

static size_t people_of(const struct coalitions *with, size_t id)
{
	return with->same[id - 1];
}

static void index_relations(struct coalitions *with)
{
	const struct universe *universe = with->withheld;
	struct touches touches = { .first = mem_alloc(universe->cell_count + 2, sizeof *touches.first),
		                   .touching = mem_alloc(universe->part_count + universe->relation_count,
		                                         sizeof *touches.touching) };
	for (int pass = 0; pass < 2; pass++) {
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			for (size_t p = 0; p <= relation->part_count; p++) {
				size_t id = p < relation->part_count ? universe->parts[relation->first_part + p]
				                                     : relation->parent;
				if (pass)
					touches.touching[touches.first[people_of(with, id) + 1]++] = r;
				else
					touches.first[people_of(with, id) + 2]++;
			}
		}
		for (size_t i = 1; !pass && i < universe->cell_count + 2; i++)
			touches.first[i] += touches.first[i - 1];
	}
	with->touches = touches;
}

/* Which cells are nobody, and which are the same people, as everybody can tell. */
static void find_people(struct coalitions *with)
{
	size_t count = with->withheld->cell_count;
	bool *nobody = mem_alloc(count, sizeof *nobody);
	for (size_t i = 0; i < count; i++) {
		struct interval interval;
		nobody[i] = attacker_interval(with->attacker, with->withheld->cells[i].condition, NULL, &interval)
		            && interval.most <= 0;
	}
	with->same = same_people(with->withheld, nobody);
	with->nobody = mem_alloc(count, sizeof *with->nobody);
	for (size_t i = 0; i < count; i++)
		with->nobody[with->same[i]] = with->nobody[with->same[i]] || nobody[i];
	free(nobody);
}

static void gain(struct coalitions *with, size_t id)
{
	size_t people = people_of(with, id);
	if (with->listed[people])
		return;
	with->listed[people] = true;
	with->gained[with->gained_count++] = people;
}

static bool is_known(const struct coalitions *with, size_t id)
{
	return with->listed[people_of(with, id)] || with->nobody[people_of(with, id)];
}

static const size_t *parts_of(const struct coalitions *with, const struct relation *relation)
{
	return with->withheld->parts + relation->first_part;
}

static bool has_part(const struct coalitions *with, const struct relation *relation, size_t people)
{
	bool has = false;
	for (size_t p = 0; p < relation->part_count && !has; p++)
		has = people_of(with, parts_of(with, relation)[p]) == people;
	return has;
}

/* Whether these people are one of the parts of a sum, or some of them together; marks these. */
static bool take_out(struct coalitions *with, const struct relation *sum, size_t people)
{
	bool found = false;
	for (size_t p = 0; p < sum->part_count && !found; p++)
		with->out[p] = (found = people_of(with, parts_of(with, sum)[p]) == people) || with->out[p];
	for (size_t t = with->touches.first[people]; t < with->touches.first[people + 1] && !found; t++) {
		const struct relation *own = &with->withheld->relations[with->touches.touching[t]];
		found = own->kind == RELATION_SUM && people_of(with, own->parent) == people;
		for (size_t p = 0; p < own->part_count && found; p++)
			found = has_part(with, sum, people_of(with, parts_of(with, own)[p]));
		for (size_t p = 0; p < sum->part_count && found; p++)
			with->out[p] = with->out[p] || has_part(with, own, people_of(with, parts_of(with, sum)[p]));
	}
	return found;
}

/* Two sums have one whole. All of the first but `part`, taken out of the second, leave the same people as `part`: its
 * parts, then. */
static void compare_sums(struct coalitions *with, const struct relation *first, const struct relation *second,
                         size_t part)
{
	size_t id = parts_of(with, first)[part];
	bool all = true, know = true;
	for (size_t p = 0; p < first->part_count && all; p++)
		all = p == part || take_out(with, second, people_of(with, parts_of(with, first)[p]));
	for (size_t p = 0; p < second->part_count && all; p++) {
		if (with->out[p])
			continue;
		if (with->listed[people_of(with, id)])
			gain(with, parts_of(with, second)[p]);
		know = know && is_known(with, parts_of(with, second)[p]);
	}
	if (all && know)
		gain(with, id);
	memset(with->out, 0, second->part_count * sizeof *with->out);
}

/* What those know of a sum who know some part of it. */
static void follow_sum(struct coalitions *with, const struct relation *sum)
{
	size_t whole = people_of(with, sum->parent);
	bool all = true;
	for (size_t p = 0; p < sum->part_count && all; p++)
		all = is_known(with, parts_of(with, sum)[p]);
	if (all)
		gain(with, sum->parent);
	for (size_t t = with->touches.first[whole]; t < with->touches.first[whole + 1]; t++) {
		const struct relation *other = &with->withheld->relations[with->touches.touching[t]];
		if (other == sum || other->kind != RELATION_SUM || people_of(with, other->parent) != whole)
			continue;
		for (size_t p = 0; p < sum->part_count; p++)
			if (with->listed[people_of(with, parts_of(with, sum)[p])])
				compare_sums(with, sum, other, p);
		for (size_t p = 0; p < other->part_count; p++)
			if (!is_known(with, parts_of(with, other)[p]))
				compare_sums(with, other, sum, p);
	}
}

/* The cells of which the people of one know the counts, that one first. */
static void add_coalition(struct coalitions *with, size_t cell)
{
	with->gained_count = 0;
	gain(with, cell);
	for (size_t i = 0; i < with->gained_count; i++) {
		size_t at = with->gained[i];
		for (size_t t = with->touches.first[at]; t < with->touches.first[at + 1]; t++) {
			const struct relation *relation = &with->withheld->relations[with->touches.touching[t]];
			bool whole = people_of(with, relation->parent) == at;
			for (size_t p = 0; whole && p < relation->part_count; p++)
				gain(with, parts_of(with, relation)[p]);
			if (!whole && relation->kind == RELATION_SUM)
				follow_sum(with, relation);
		}
	}
	size_t first = with->known_count;
	for (size_t id = 1; id <= with->withheld->cell_count; id++) {
		if (!with->listed[people_of(with, id)])
			continue;
		with->known = mem_grow(with->known, with->known_count, &with->known_capacity, sizeof *with->known);
		with->known[with->known_count++] = (struct insider_knows){ with->withheld->cells[id - 1].condition,
			                                                   with->judge->demands[id].truth };
	}
	with->attacking[with->attacking_count++] =
		(struct insider){ with->withheld->cells[cell - 1].condition, first, with->known_count - first };
	for (size_t i = 0; i < with->gained_count; i++)
		with->listed[with->gained[i]] = false;
}

static void gather(struct coalitions *with)
{
	for (size_t id = 1; id <= with->withheld->cell_count; id++) {
		const struct judge_demand *demand = &with->judge->demands[id];
		const char *condition = with->withheld->cells[id - 1].condition;
		struct interval interval;
		if (!attacker_interval(with->attacker, condition, NULL, &interval))
			continue;
		if (demand->hidden && demand->truth >= 1 && demand->truth <= with->insiders)
			add_coalition(with, id);
		if (demand->unsafe && judge_cell(demand, interval) == JUDGE_SAFE) {
			with->cells[with->wanted_count] = id;
			with->wanted[with->wanted_count++] = condition;
		}
	}
}

/* What is demanded of a cell's interval against insiders who are not in it. */
static struct judge_demand against_insiders(const struct judge_demand *demand, int insiders)
{
	struct judge_demand against = *demand;
	against.reach = against.above = against.below = 0;
	if (demand->truth <= insiders && against.width > 1)
		against.width = 1;
	return against;
}

static bool suffices(void *context, size_t insider, size_t wanted, struct interval interval, bool exact)
{
	struct coalitions *with = context;
	struct judge_demand demand = against_insiders(&with->judge->demands[with->cells[wanted]], with->insiders);
	if (!exact) { /* the truth fits what the insiders know */
		interval.least = fmin(interval.least, demand.truth);
		interval.most = fmax(interval.most, demand.truth);
	}
	enum judge_verdict verdict = judge_cell(&demand, interval);
	if (exact && verdict != JUDGE_SAFE)
		judge_add(with->judge, &(struct judged){ .kind = "insider",
		                                         .number = ++with->judge->told,
		                                         .condition = with->wanted[wanted],
		                                         .insider = with->attacking[insider].condition,
		                                         .interval = interval,
		                                         .demand = demand,
		                                         .verdict = verdict });
	return verdict == JUDGE_SAFE;
}

bool coalition_judge(struct judge *judge, struct attacker *attacker, const struct universe *withheld, int insiders,
                     struct error *err)
{
	size_t count = withheld->cell_count;
	if (insiders < 1 || judge->verdicts[JUDGE_INCONSISTENT])
		return true;
	struct coalitions with = { .judge = judge,
		                   .attacker = attacker,
		                   .withheld = withheld,
		                   .insiders = insiders,
		                   .attacking = mem_alloc(count, sizeof *with.attacking),
		                   .wanted = mem_alloc(count, sizeof *with.wanted),
		                   .cells = mem_alloc(count, sizeof *with.cells),
		                   .gained = mem_alloc(count, sizeof *with.gained),
		                   .listed = mem_alloc(count, sizeof *with.listed),
		                   .out = mem_alloc(withheld->part_count, sizeof *with.out) };
	find_people(&with);
	index_relations(&with);
	gather(&with);
	const struct insider_attack attack = { with.attacking, with.attacking_count, with.known,
		                               with.wanted,    with.wanted_count,    &with,
		                               suffices };
	bool ok = insider_run(attacker, &attack, err);
	judge->insiders = with.attacking_count;
	free(with.same);
	free(with.nobody);
	free(with.out);
	free(with.touches.first);
	free(with.touches.touching);
	free(with.attacking);
	free(with.known);
	free(with.wanted);
	free(with.cells);
	free(with.gained);
	free(with.listed);
	return ok;
}
