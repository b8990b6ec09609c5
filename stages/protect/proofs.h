/* What is demanded of unsafe cells, and the alternatives that prove it.
 *
 * A demand is on the interval of one cell, as the public can work it out or as insiders can. The true value needs no
 * proof; each end that lies further off needs one. Of insiders, demands are added only where what proves a cell against
 * the public moves something that they know: a proof that moves nothing of it is one against them too. */
#ifndef CANVASS_PROTECT_PROOFS_H
#define CANVASS_PROTECT_PROOFS_H

#include "alternative.h"
#include "insiders.h"
#include "secondary.h"

enum { NO_PROOF = -1 };

/* The interval of an unsafe cell, as far as it is proven. */
struct interval {
	long long least, most;
	long least_proof, most_proof; /* positions in the proofs, or NO_PROOF */
};

struct demand {
	size_t cell;
	const struct coalition *insiders; /* NULL: the public */
	struct interval interval;
	size_t next; /* of the same cell, from 1; 0: none */
};

/* An alternative that some demand needs; free for the next one where `needed` is 0. */
struct proof {
	struct alternative alternative;
	size_t needed; /* by how many ends of intervals */
};

struct proofs {
	const struct secondary_problem *problem;
	struct insiders *insiders;
	struct proof *proofs;
	struct demand *demands; /* those of the public first, by cell */
	size_t *newest;         /* by cell: its newest demand, from 1; 0: none */
	size_t proof_count, proof_capacity, demand_count, demand_capacity, public_count;
};

/* Borrows the problem. */
struct proofs *proofs_new(const struct secondary_problem *problem);
void proofs_free(struct proofs *proofs); /* accepts NULL */

bool proofs_meet(const struct proofs *proofs, size_t demand);

/* What the interval lacks still: a move to where an end must be, or one that makes it wide enough; two where the first
 * is not the only way. */
size_t proofs_aims(struct alternative_aim aims[2], const struct proofs *proofs, size_t demand);

/* Where neither end alone makes the interval wide enough, both together may: a step up, and one down. None as long as
 * an end must be further off. */
size_t proofs_steps(struct alternative_aim steps[2], const struct proofs *proofs, size_t demand);

/* Keep the alternative where it widens the interval of a demand that is not met yet. Takes what is inside it. */
void proofs_use(struct proofs *proofs, struct alternative *alternative);

/* Add what is demanded against insiders, beside this demand of the public's, and is not plain from its proofs. */
void proofs_doubt(struct proofs *proofs, size_t demand);

/* Forget the demands from this one on, which are of insiders. */
void proofs_cut(struct proofs *proofs, size_t count);

/* Whether what proves the demand needs the cell to be hidden. */
bool proofs_rest_on(const struct proofs *proofs, size_t demand, size_t cell);

/* Hold what proves an interval, or let go of it; and begin anew. */
void proofs_hold(struct proofs *proofs, const struct interval *interval);
void proofs_release(struct proofs *proofs, const struct interval *interval);
void proofs_forget(struct proofs *proofs, size_t demand);

/* Whether the cell moves further than readers leave open where it is shown. */
bool proofs_need_hidden(const struct proofs *proofs, const struct alternative_move *move);

#endif
