/* The attacker's linear programme of cells that hang together: how far each can move where others are hidden, and which
 * further ones would let it move, by how much.
 * Moves may be
 * fractions. A cell may be hidden in part, as the relaxed choice of
 * a pattern has it: then it has that part of the room that hiding it gives. */
#ifndef CANVASS_PROTECT_ATTACK_H
#define CANVASS_PROTECT_ATTACK_H

#include "insiders.h"
#include "secondary.h"
#include "ties.h"

struct attack;

/* Of these cells, by place from 0; relations reach no other cell but such as never move. What may be hidden is shown at
 * first. Borrows all. */
struct attack *attack_new(const struct secondary_problem *problem, const struct ties *ties, const size_t *cells,
                          size_t count);
void attack_free(struct attack *attack); /* accepts NULL */

/* The place of a cell of the problem, from 1; 0: it is none of these. */
size_t attack_place(const struct attack *attack, size_t cell);

/* Whether a pattern may hide it: it is not hidden from the start, and may be. */
bool attack_may_hide(const struct attack *attack, size_t place);

/* From now on so much of the cell is hidden: 0 to 1. Of those hidden in part, no more room than `cap` counts: INFINITY,
 * all. */
void attack_hide(struct attack *attack, size_t place, double share);
void attack_cap(struct attack *attack, double cap);

/* From now on these know what they know; NULL: the public. */
void attack_as(struct attack *attack, const struct coalition *insiders);
bool attack_knows(const struct attack *attack, size_t place);

/* Whether what is hidden lets the cell move so. */
bool attack_lets(const struct attack *attack, size_t place, double by);

/* The furthest that the cell moves in this direction (1 or -1), at most `most`. Negative: it was not solved. */
double attack_furthest(struct attack *attack, size_t place, double direction, double most);

/* After that: how the cell at a place moved, */
double attack_move(const struct attack *attack, size_t place);

/* and what the dual says: adds to `gains`, by place, by how much hiding each would let the end go further, at most
 * `most`; returns how far it may go with none of them. */
double attack_gains(const struct attack *attack, double *gains, double most);

/* How much work it was so far: a count of steps, by the size of the programme. The same everywhere. */
double attack_work(const struct attack *attack);

#endif
