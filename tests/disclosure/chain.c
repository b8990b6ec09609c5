#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/cases.h"
#include "audit/coalition.h"
#include "embedded.h"
#include "mem.h"
#include "protect/measures.h"
#include "protect/protect.h"
#include "store.h"
#include "text.h"
#include "withhold/withheld.h"

static bool protect(struct chain *chain, const struct universe *compared, const struct study_disclosure *policy,
                    const char *path, struct error *err)
{
	struct store *store = NULL;
	struct measure_decision *measures = NULL;
	bool ok = protect_universe(&chain->decisions, &chain->cheapest, compared, policy, err)
	          && measures_decide(&measures, compared, chain->decisions, policy, err)
	          && store_create(&store, path, "protect", sql_schema_protected, err)
	          && protect_store(chain->decisions, compared, policy, chain->cheapest, store, err)
	          && measures_store(measures, compared, store, err) && store_commit(store, err);
	store_close(store);
	free(measures);
	return ok;
}

static bool withhold(struct chain *chain, const struct universe *compared, const struct study_disclosure *policy,
                     const char *path, struct error *err)
{
	struct store *store = NULL;
	struct withholding withholding = { 0 };
	bool ok = store_open(&store, path, "protect", err) && withheld_read(&withholding, compared, store, err);
	withholding.policy = policy;
	if (ok)
		chain->withheld = withheld_universe(compared, &withholding);
	withholding_free(&withholding);
	store_close(store);
	return ok;
}

static bool attack(struct chain *chain, const struct study_disclosure *policy, struct error *err)
{
	struct text sensitive = { 0 };
	for (unsigned i = 0; i < policy->sensitive_count; i++)
		text_print(&sensitive, "%s%s", i ? " " : "", policy->sensitive[i]);
	const struct attacker_policy known = {
		.zeros_shown = policy->zeros != STUDY_ZEROS_HIDDEN,
		.threshold = policy->threshold,
		.sensitive = sensitive.bytes,
		.min_group = policy->min_group,
		.exceptions = policy->exceptions_count > 0,
	};
	chain->attacker = attacker_new();
	attacker_universe(chain->attacker, chain->withheld, &known);
	bool ok = attacker_run(chain->attacker, err);
	text_free(&sensitive);
	return ok;
}

static bool judge(struct chain *chain, const struct study_disclosure *policy, const char *path, struct error *err)
{
	struct store *store = NULL;
	chain->judge = judge_new();
	bool ok = store_open(&store, path, "protect", err)
	          && judge_release(chain->judge, chain->attacker, chain->withheld, store, err)
	          && coalition_judge(chain->judge, chain->attacker, chain->withheld, policy->insiders, err);
	store_close(store);
	return ok;
}

/* The ends of every cell, and not only as far as something is demanded of it. */
static bool argue_all(struct chain *chain, struct error *err)
{
	size_t count = chain->withheld->cell_count;
	const char **wanted = mem_alloc(count, sizeof *wanted);
	for (size_t i = 0; i < count; i++)
		wanted[i] = chain->withheld->cells[i].condition;
	const struct cases_inquiry inquiry = { .wanted = wanted, .wanted_count = count };
	bool ok = cases_argue(chain->attacker, &inquiry, &chain->undecided, err);
	free(wanted);
	return ok;
}

enum chain_end chain_run(struct chain *chain, const struct universe *compared, const struct study_disclosure *policy,
                         const char *folder)
{
	struct error err = { 0 };
	enum chain_end end = CHAIN_AUDITED;
	char *path = mem_print("%s/protected.db", folder);
	*chain = (struct chain){ 0 };
	if (!protect(chain, compared, policy, path, &err))
		end = strcmp(err.code, "policy-infeasible") == 0 ? CHAIN_INFEASIBLE : CHAIN_BROKEN;
	else if (!withhold(chain, compared, policy, path, &err))
		end = CHAIN_BROKEN;
	else if (!attack(chain, policy, &err))
		end = CHAIN_IMPOSSIBLE;
	else if (!judge(chain, policy, path, &err) || !argue_all(chain, &err))
		end = CHAIN_BROKEN;
	if (end != CHAIN_AUDITED)
		chain->error = mem_copy_text(err.message);
	remove(path);
	free(path);
	return end;
}

void chain_free(struct chain *chain)
{
	free(chain->decisions);
	universe_free(chain->withheld);
	attacker_free(chain->attacker);
	judge_free(chain->judge);
	free(chain->error);
	*chain = (struct chain){ 0 };
}
