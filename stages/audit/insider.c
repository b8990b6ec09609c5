#include "insider.h"

#include <math.h>
#include <stdlib.h>

#include "attacker_private.h"
#include "mem.h"
#include "program.h"

/* An attack under way. */
struct running {
	struct attacker *attacker;
	const struct insider_attack *attack;
	size_t *known, *wanted; /* ids of columns */
};

static void suppose(void *context, size_t insider)
{
	struct running *running = context;
	struct unknowns *unknowns = &running->attacker->unknowns;
	double n = running->attack->insiders[insider].n;
	unknowns_narrow(unknowns, running->known[insider], n, n);
	do {
		unknowns_spread(unknowns);
		unknowns_follow(unknowns);
	} while (attacker_settle(running->attacker) && !unknowns->contradiction);
}

static bool is_own(const struct running *running, size_t insider, size_t wanted)
{
	struct {
		size_t leader;
		double sign, offset;
	} his, other;
	const struct unknowns *unknowns = &running->attacker->unknowns;
	his.leader = unknowns_leader(unknowns, running->known[insider], &his.sign, &his.offset);
	other.leader = unknowns_leader(unknowns, running->wanted[wanted], &other.sign, &other.offset);
	return his.leader == other.leader && his.sign == other.sign && his.offset == other.offset;
}

static bool suffices(void *context, size_t insider, size_t wanted, double least, double most, bool exact)
{
	const struct running *running = context;
	const struct insider_attack *attack = running->attack;
	return is_own(running, insider, wanted)
	       || attack->suffices(attack->context, insider, wanted, (struct interval){ least, most }, exact);
}

bool insider_run(struct attacker *attacker, const struct insider_attack *attack, struct error *err)
{
	struct running running = { attacker, attack, mem_alloc(attack->insider_count, sizeof *running.known),
		                   mem_alloc(attack->wanted_count, sizeof *running.wanted) };
	for (size_t i = 0; i < attack->insider_count; i++)
		running.known[i] = attacker_cell(attacker, attack->insiders[i].condition, 0, INFINITY);
	for (size_t i = 0; i < attack->wanted_count; i++)
		running.wanted[i] = attacker_cell(attacker, attack->wanted[i], 0, INFINITY);
	const struct program_inquiry inquiry = { running.wanted, attack->wanted_count, &running, suppose, suffices };
	bool ok = program_inquire(&attacker->unknowns, &inquiry, running.known, attack->insider_count, err);
	free(running.known);
	free(running.wanted);
	return ok;
}
