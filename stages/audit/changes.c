#include "changes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "mem.h"

struct change {
	const char *then, *name;
	size_t now; /* the cell */
};

struct changes {
	const struct universe *withheld;
	struct change *items;
	size_t count, capacity;
	size_t told; /* lines of evidence */
	struct mem_arena *strings;
};

static void add_change(void *with, const char *then, const char *condition)
{
	struct changes *changes = with;
	size_t now = universe_find(changes->withheld, condition);
	if (!now)
		return;
	char *name = mem_print("since %s", then);
	changes->items = mem_grow(changes->items, changes->count, &changes->capacity, sizeof *changes->items);
	changes->items[changes->count++] = (struct change){
		.then = mem_arena_copy(changes->strings, then),
		.name = mem_arena_copy(changes->strings, name),
		.now = now,
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
	free(changes->items);
	mem_arena_free(changes->strings);
	free(changes);
}

void changes_teach(const struct changes *changes, struct attacker *attacker, struct interval range)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		attacker_change(attacker, changes->withheld->cells[change->now - 1].condition, change->then,
		                change->name, range);
	}
}

static struct interval interval_of(const struct attacker *attacker, const struct change *change)
{
	struct interval interval = { 0, 0 };
	bool known = attacker_interval(attacker, change->name, NULL, &interval);
	assert(known);
	(void)known;
	return interval;
}

void changes_judge(const struct changes *changes, struct judge *judge, const struct attacker *attacker,
                   const struct attacker_policy *policy)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		const struct unit *unit = &changes->withheld->units[changes->withheld->cells[change->now - 1].unit - 1];
		int threshold = unit->threshold ? unit->threshold : policy->threshold;
		struct interval interval = interval_of(attacker, change);
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

bool changes_suppose(const struct changes *changes, const struct attacker *attacker, struct interval *range)
{
	bool joined = false, left = false, any = false;
	for (size_t i = 0; i < changes->count; i++) {
		struct interval interval = interval_of(attacker, &changes->items[i]);
		any = any || interval.least == interval.most;
		joined = joined || interval.least > 0;
		left = left || interval.most < 0;
	}
	*range = (struct interval){ left ? -INFINITY : 0, joined ? INFINITY : 0 };
	return any && !(joined && left);
}

void changes_adopt(struct changes *changes, struct judge *judge, const struct judge *supposed)
{
	for (size_t i = 0; i < supposed->count; i++) {
		struct judged line = supposed->lines[i];
		if (line.verdict == JUDGE_SAFE || line.verdict == JUDGE_INCONSISTENT)
			continue;
		line.kind = "change";
		line.number = changes->count + ++changes->told;
		judge_add(judge, &line);
	}
}
