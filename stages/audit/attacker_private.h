/* What the attacker is made of: attacker.c, doubts.c, insider.c and records.c share it. */
#ifndef CANVASS_AUDIT_ATTACKER_PRIVATE_H
#define CANVASS_AUDIT_ATTACKER_PRIVATE_H

#include "attacker.h"
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

/* A whole number that nobody asks for, and that ties others. */
size_t attacker_unasked(struct attacker *attacker, const char *name, double least, double most);

/* What a universe tells of cells by hiding them; `cells` are the attacker's, by the universe's. */
void attacker_learn_hidden(struct attacker *attacker, const struct universe *shown, const size_t *cells,
                           const struct attacker_policy *policy);

/* Whether groups that turned out not to be small told anything new of their hidden parts. */
bool attacker_settle(struct attacker *attacker);

#endif
