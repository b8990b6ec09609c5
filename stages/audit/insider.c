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
	size_t *known, *wanted; /* ids of columns, as in the attack */
};

static void suppose(void *context, size_t insider)
{
	struct running *running = context;
	struct unknowns *unknowns = &running->attacker->unknowns;
	const struct insider *it = &running->attack->insiders[insider];
	for (size_t i = it->first; i < it->first + it->known_count; i++)
		unknowns_narrow(unknowns, running->known[i], running->attack->known[i].n, running->attack->known[i].n);
	do {
		unknowns_spread(unknowns);
		unknowns_follow(unknowns);
	} while (attacker_settle(running->attacker) && !unknowns->contradiction);
}

/* Whether everybody knows the two to be as many. */
static bool is_same(const struct unknowns *unknowns, size_t one, size_t other)
{
	double sign, offset, other_sign, other_offset;
	return unknowns_leader(unknowns, one, &sign, &offset)
	               == unknowns_leader(unknowns, other, &other_sign, &other_offset)
	       && sign == other_sign && offset == other_offset;
}

static bool suffices(void *context, size_t insider, size_t wanted, double least, double most, bool exact)
{
	const struct running *running = context;
	const struct insider_attack *attack = running->attack;
	const struct insider *it = &attack->insiders[insider];
	for (size_t i = it->first; i < it->first + it->known_count; i++)
		if (is_same(&running->attacker->unknowns, running->known[i], running->wanted[wanted]))
			return true;
	return attack->suffices(attack->context, insider, wanted, (struct interval){ least, most }, exact);
}

bool insider_run(struct attacker *attacker, const struct insider_attack *attack, struct error *err)
{
	size_t count = attack->insider_count, known_count = 0;
	for (size_t i = 0; i < count; i++)
		known_count += attack->insiders[i].known_count;
	size_t *first = mem_alloc(count + 1, sizeof *first);
	struct running running = { attacker, attack, mem_alloc(known_count, sizeof *running.known),
		                   mem_alloc(attack->wanted_count, sizeof *running.wanted) };
	for (size_t i = 0; i < known_count; i++)
		running.known[i] = attacker_cell(attacker, attack->known[i].condition, 0, INFINITY);
	for (size_t i = 0; i < attack->wanted_count; i++)
		running.wanted[i] = attacker_cell(attacker, attack->wanted[i], 0, INFINITY);
	for (size_t i = 0; i < count; i++)
		first[i] = attack->insiders[i].first;
	first[count] = known_count;
	const struct program_inquiry inquiry = { .suppositions = count,
		                                 .known = running.known,
		                                 .first = first,
		                                 .wanted = running.wanted,
		                                 .wanted_count = attack->wanted_count,
		                                 .context = &running,
		                                 .suppose = suppose,
		                                 .suffices = suffices };
	bool ok = program_inquire(&attacker->unknowns, &inquiry, err);
	free(first);
	free(running.known);
	free(running.wanted);
	return ok;
}
