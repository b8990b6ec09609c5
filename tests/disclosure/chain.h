/* A made-up study through protect, withhold, attacker and judge, in one process, as the stages do. */
#ifndef CANVASS_TESTS_CHAIN_H
#define CANVASS_TESTS_CHAIN_H

#include "audit/attacker.h"
#include "audit/judge.h"
#include "protect/classify.h"
#include "study.h"
#include "universe.h"

#include <stdbool.h>

enum chain_end {
	CHAIN_AUDITED,    /* all is there */
	CHAIN_INFEASIBLE, /* protect says that no pattern protects */
	CHAIN_IMPOSSIBLE, /* the attacker says that no table fits */
	CHAIN_BROKEN,     /* something else failed: error says what */
};

struct chain {
	struct cell_decision *decisions;
	struct universe *withheld;
	struct attacker *attacker;
	struct judge *judge;
	bool cheapest;
	size_t undecided; /* cells of which the attacker did not find all ends by cases */
	char *error;      /* NULL: none */
};

/* `folder` is for protected.db. Free what is inside with chain_free(). */
enum chain_end chain_run(struct chain *chain, const struct universe *compared, const struct study_disclosure *policy,
                         const char *folder);
void chain_free(struct chain *chain);

#endif
