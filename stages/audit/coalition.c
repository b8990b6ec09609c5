#include "coalition.h"

#include <math.h>
#include <stdlib.h>

#include "insider.h"
#include "mem.h"

/* Relations by the cells that they touch: touching[first[id]] to touching[first[id + 1]] are those of cell id. */
struct touches {
	size_t *first, *touching;
};

/* Who attacks, and the cells that are asked about, of which the public cannot tell too much. */
struct coalitions {
	struct judge *judge;
	const struct attacker *attacker;
	const struct universe *withheld;
	int insiders; /* at most so many */
	struct touches touches;
	struct insider *attacking;
	struct insider_knows *known;
	const char **wanted;
	size_t *cells;  /* ids, of those wanted */
	size_t *gained; /* ids, while those that a coalition knows are gathered */
	bool *listed;
	size_t attacking_count, known_count, known_capacity, wanted_count;
};

static struct touches index_relations(const struct universe *universe)
{
	struct touches touches = { .first = mem_alloc(universe->cell_count + 3, sizeof *touches.first),
		                   .touching = mem_alloc(universe->part_count + universe->relation_count,
		                                         sizeof *touches.touching) };
	for (int pass = 0; pass < 2; pass++) {
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			for (size_t p = 0; p <= relation->part_count; p++) {
				size_t id = p < relation->part_count ? universe->parts[relation->first_part + p]
				                                     : relation->parent;
				if (pass)
					touches.touching[touches.first[id + 1]++] = r;
				else
					touches.first[id + 2]++;
			}
		}
		for (size_t id = 1; !pass && id < universe->cell_count + 3; id++)
			touches.first[id] += touches.first[id - 1];
	}
	return touches;
}

/* Whether everybody knows the whole to be this part of it: nobody is in the others. */
static bool is_alone(const struct coalitions *with, const struct relation *relation, size_t part)
{
	bool alone = relation->kind == RELATION_SUM;
	for (size_t p = 0; alone && p < relation->part_count; p++) {
		size_t other = with->withheld->parts[relation->first_part + p];
		struct interval interval = { 0, INFINITY };
		alone = other == part
		        || (attacker_interval(with->attacker, with->withheld->cells[other - 1].condition, NULL,
		                              &interval)
		            && interval.most <= 0);
	}
	return alone;
}

static void gain(struct coalitions *with, size_t *count, size_t cell)
{
	if (with->listed[cell])
		return;
	with->listed[cell] = true;
	with->gained[(*count)++] = cell;
}

/* The cells of which the people of one know the counts, that one first. */
static void add_coalition(struct coalitions *with, size_t cell)
{
	size_t count = 0;
	gain(with, &count, cell);
	for (size_t i = 0; i < count; i++) {
		size_t at = with->gained[i];
		for (size_t t = with->touches.first[at]; t < with->touches.first[at + 1]; t++) {
			const struct relation *relation = &with->withheld->relations[with->touches.touching[t]];
			for (size_t p = 0; relation->parent == at && p < relation->part_count; p++)
				gain(with, &count, with->withheld->parts[relation->first_part + p]);
			if (relation->parent != at && is_alone(with, relation, at))
				gain(with, &count, relation->parent);
		}
	}
	with->attacking[with->attacking_count++] =
		(struct insider){ with->withheld->cells[cell - 1].condition, with->known_count, count };
	for (size_t i = 0; i < count; i++) {
		size_t known = with->gained[i];
		with->listed[known] = false;
		with->known = mem_grow(with->known, with->known_count, &with->known_capacity, sizeof *with->known);
		with->known[with->known_count++] = (struct insider_knows){ with->withheld->cells[known - 1].condition,
			                                                   with->judge->demands[known].truth };
	}
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
		                   .touches = index_relations(withheld),
		                   .attacking = mem_alloc(count, sizeof *with.attacking),
		                   .wanted = mem_alloc(count, sizeof *with.wanted),
		                   .cells = mem_alloc(count, sizeof *with.cells),
		                   .gained = mem_alloc(count, sizeof *with.gained),
		                   .listed = mem_alloc(count + 1, sizeof *with.listed) };
	gather(&with);
	const struct insider_attack attack = { with.attacking, with.attacking_count, with.known,
		                               with.wanted,    with.wanted_count,    &with,
		                               suffices };
	bool ok = insider_run(attacker, &attack, err);
	judge->insiders = with.attacking_count;
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
