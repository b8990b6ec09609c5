#include "changes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* A dataset beside an earlier release, as what is told of it begins: "release 1: survey". */
struct side {
	const char *name;
	size_t length;
	bool joined, left;
};

/* Of one side; the first of it is made together with those of the others. */
struct supposition {
	size_t side; /* index */
	bool first;
	struct interval range;
};

struct change {
	const char *then, *name;
	size_t now;    /* the cell */
	size_t side;   /* index */
	bool monotone; /* who joins adds to it, or leaves it as it is */
};

struct changes {
	const struct universe *withheld;
	struct side *sides;
	size_t side_count, side_capacity;
	struct supposition *suppositions;
	size_t supposition_count, supposition_capacity;
	struct change *items;
	size_t count, capacity;
	size_t told; /* lines of evidence */
	struct mem_arena *strings;
};

/* Sides follow each other nearly sorted by release and dataset; there are few. */
static size_t side_of(struct changes *changes, const char *then, const char *condition)
{
	size_t length = strlen(then) - strlen(condition) + strcspn(condition, " ");
	for (size_t i = 0; i < changes->side_count; i++)
		if (changes->sides[i].length == length && strncmp(changes->sides[i].name, then, length) == 0)
			return i;
	changes->sides = mem_grow(changes->sides, changes->side_count, &changes->side_capacity, sizeof *changes->sides);
	changes->sides[changes->side_count] = (struct side){ .name = then, .length = length };
	return changes->side_count++;
}

/* Who answers a second wave late is no more among those lost; who withdraws is one more of the rows that were. */
static bool is_monotone(const char *condition)
{
	static const char *const others[] = { " rows/", "also:", "elsewhere:", ":only-", ":neither" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strstr(condition, others[i]))
			return false;
	return true;
}

static void add_change(void *with, const char *then, const char *condition)
{
	struct changes *changes = with;
	size_t now = universe_find(changes->withheld, condition);
	if (!now)
		return;
	char *name = mem_print("since %s", then);
	changes->items = mem_grow(changes->items, changes->count, &changes->capacity, sizeof *changes->items);
	const char *kept = mem_arena_copy(changes->strings, then);
	changes->items[changes->count++] = (struct change){
		.then = kept,
		.name = mem_arena_copy(changes->strings, name),
		.now = now,
		.side = side_of(changes, kept, condition),
		.monotone = is_monotone(condition),
	};
	free(name);
}

bool changes_find(struct changes **changes, struct ledger *ledger, const struct universe *withheld, struct error *err)
{
	struct changes *found = mem_alloc(1, sizeof *found);
	found->withheld = withheld;
	found->strings = mem_arena_new();
	*changes = found;
	return ledger_each_change(ledger, add_change, found, err);
}

void changes_free(struct changes *changes)
{
	if (!changes)
		return;
	free(changes->sides);
	free(changes->suppositions);
	free(changes->items);
	mem_arena_free(changes->strings);
	free(changes);
}

static const char *condition_of(const struct changes *changes, const struct change *change)
{
	return changes->withheld->cells[change->now - 1].condition;
}

static void teach(const struct changes *changes, struct attacker *attacker, const struct supposition *supposition)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		if (change->monotone && change->side == supposition->side)
			attacker_change(attacker, condition_of(changes, change), change->then, change->name,
			                supposition->range);
	}
}

void changes_teach(const struct changes *changes, struct attacker *attacker, size_t supposition)
{
	for (size_t i = 0; i < changes->supposition_count; i++)
		if (supposition ? supposition == i + 1 : changes->suppositions[i].first)
			teach(changes, attacker, &changes->suppositions[i]);
}

/* Where nothing is supposed, nothing ties the two: the ends of both say all. */
static struct interval interval_of(const struct changes *changes, const struct attacker *attacker,
                                   const struct change *change)
{
	struct interval interval, now, then;
	if (attacker_interval(attacker, change->name, NULL, &interval))
		return interval;
	bool known = attacker_interval(attacker, condition_of(changes, change), NULL, &now)
	             && attacker_interval(attacker, change->then, NULL, &then);
	assert(known);
	(void)known;
	return (struct interval){ now.least - then.most, now.most - then.least };
}

void changes_judge(const struct changes *changes, struct judge *judge, const struct attacker *attacker,
                   const struct attacker_policy *policy)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		const struct unit *unit = &changes->withheld->units[changes->withheld->cells[change->now - 1].unit - 1];
		int threshold = unit->threshold ? unit->threshold : policy->threshold;
		struct interval interval = interval_of(changes, attacker, change);
		bool changed = interval.least > 0 || interval.most < 0;
		if (unit->confidential && changed && fmax(fabs(interval.least), fabs(interval.most)) < threshold)
			judge_add(judge,
			          &(struct judged){ .kind = "change",
			                            .number = i + 1,
			                            .condition = change->name,
			                            .interval = interval,
			                            .demand = { .truth = NAN, .published = true, .reach = threshold },
			                            .verdict = JUDGE_BELOW_REACH });
	}
}

static void add_supposition(struct changes *changes, size_t side, bool first, double least, double most)
{
	changes->suppositions = mem_grow(changes->suppositions, changes->supposition_count,
	                                 &changes->supposition_capacity, sizeof *changes->suppositions);
	changes->suppositions[changes->supposition_count++] =
		(struct supposition){ .side = side, .first = first, .range = { least, most } };
}

/* Where neither is seen, not even of a count that both show, all may be the same people; or else one of the two. */
size_t changes_suppose(struct changes *changes, const struct attacker *attacker)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		struct side *side = &changes->sides[change->side];
		if (!change->monotone)
			continue;
		struct interval interval = interval_of(changes, attacker, change);
		side->joined = side->joined || interval.least > 0;
		side->left = side->left || interval.most < 0;
	}
	for (size_t i = 0; i < changes->side_count; i++) {
		bool joined = changes->sides[i].joined, left = changes->sides[i].left, first = !joined && !left;
		if (first)
			add_supposition(changes, i, first, 0, 0);
		if (!left)
			add_supposition(changes, i, !first, 0, INFINITY);
		if (!joined)
			add_supposition(changes, i, !first, -INFINITY, 0);
	}
	return changes->supposition_count;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What is told without any supposition, or by another one, counts once. */
static bool is_told(const struct judge *judge, const struct judged *line)
{
	for (size_t i = 0; i < judge->count; i++) {
		const struct judged *told = &judge->lines[i];
		if (told->verdict != JUDGE_SAFE && same_text(told->condition, line->condition)
		    && same_text(told->variable, line->variable) && same_text(told->insider, line->insider))
			return true;
	}
	return false;
}

void changes_adopt(struct changes *changes, struct judge *judge, const struct judge *supposed)
{
	for (size_t i = 0; i < supposed->count; i++) {
		struct judged line = supposed->lines[i];
		if (line.verdict == JUDGE_SAFE || line.verdict == JUDGE_INCONSISTENT || is_told(judge, &line))
			continue;
		line.kind = "change";
		line.number = changes->count + ++changes->told;
		judge_add(judge, &line);
	}
}
