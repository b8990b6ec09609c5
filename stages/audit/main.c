/* audit: attack what withhold left, together with all that was released before, and judge what the attacker found. */
#include <stdlib.h>
#include <string.h>

#include "attacker.h"
#include "coalition.h"
#include "universe.h"
#include "embedded.h"
#include "evidence.h"
#include "judge.h"
#include "ledger.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "store.h"
#include "study.h"
#include "text.h"

/* What the public is told of the policy; without it the attacker would be weaker than the public. The text of
 * *sensitive is freed with free(). */
static bool read_policy(struct attacker_policy *policy, char **sensitive, struct store *withheld, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, withheld, sql_audit_policy, err);
	while (ok && (ok = store_step(withheld, select, &row, err)) && row) {
		const char *item = (const char *)sqlite3_column_text(select, 0);
		const char *value = (const char *)sqlite3_column_text(select, 1);
		if (strcmp(item, "zeros") == 0)
			policy->zeros_shown = strcmp(value, "shown") == 0;
		else if (strcmp(item, "threshold") == 0)
			policy->threshold = sqlite3_column_int(select, 1);
		else if (strcmp(item, "min_group") == 0)
			policy->min_group = sqlite3_column_int(select, 1);
		else if (strcmp(item, "exceptions") == 0)
			policy->exceptions = sqlite3_column_int(select, 1) > 0;
		else if (strcmp(item, "sensitive") == 0)
			policy->sensitive = *sensitive = mem_copy_text(value);
	}
	sqlite3_finalize(select);
	if (!ok || policy->threshold >= 1)
		return ok;
	error_at(err, ERROR_INPUT, store_path(withheld), 0,
	         "its policy does not say whether zeros are shown, or from which count on cells are");
	return error_help(err, "`withhold` writes it: run make again");
}

struct arguments {
	const char *study, *earlier, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config, or the slice of it for this step; needed with PROTECTED.db",
		  .text = &arguments->study },
		{ .name = "ledger",
		  .argument = "FILE",
		  .help = "earlier releases, attacked together with this one; no such file: none",
		  .text = &arguments->earlier },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FILE",
		  .help = "intervals and verdict; where the audit says no they stand in audit-failed.db beside it",
		  .text = &arguments->output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "audit",
		.summary =
			"Attack what withhold left as a reader could, with all earlier releases, and say no (exit 1) "
			"where a hidden number can be worked out or is held too narrowly. Without PROTECTED.db, which knows "
			"the truth, it attacks a release that was made elsewhere (see outside); such a verdict lets nothing "
			"be published.",
		.operands = "WITHHELD.db [PROTECTED.db]",
		.examples = "  audit --study configs/demo.yaml --ledger steward/demo/ledger.sqlite \\\n"
			    "        --output audited.db withheld.db protected.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 2,
	};
	enum options_result result =
		options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
	if (result != OPTIONS_RUN || arguments->operand_count == 1 || arguments->study)
		return result;
	error_set(err, ERROR_USAGE, "--study is needed with PROTECTED.db");
	error_help(err, "name the config that both files were made by");
	return OPTIONS_WRONG;
}

static bool attack(struct attacker *attacker, struct ledger *ledger, const struct universe *universe,
                   struct store *withheld, const struct attacker_policy *policy, struct error *err)
{
	char *population = NULL;
	bool ok = provenance_read(&population, withheld, "population", err)
	          && ledger_check_population(ledger, population, err) && ledger_check_crossing(ledger, universe, err)
	          && ledger_teach(ledger, attacker, err);
	free(population);
	if (ok)
		attacker_universe(attacker, universe, policy);
	return ok && attacker_run(attacker, err);
}

/* `protected` NULL: nobody here knows the truth. */
static bool judge_all(struct judge *judge, struct attacker *attacker, struct ledger *ledger,
                      const struct universe *universe, const char *protected, const struct attacker_policy *policy,
                      int insiders, struct error *err)
{
	struct store *store = NULL;
	if (!protected) {
		judge_unknown(judge, attacker, universe, policy->threshold, STUDY_MIN_WIDTH);
		return true;
	}
	bool ok = store_open(&store, protected, "protect", err) && judge_release(judge, attacker, universe, store, err)
	          && ledger_judge(ledger, judge, attacker, universe, err)
	          && coalition_judge(judge, attacker, universe, insiders, err);
	store_close(store);
	return ok;
}

static bool write_evidence(const struct judge *judge, const struct arguments *arguments, struct store *withheld,
                           const struct ledger *ledger, struct error *err)
{
	char *study = NULL, *synthetic = NULL;
	bool ok = provenance_read(&study, withheld, "study", err)
	          && provenance_read(&synthetic, withheld, "synthetic", err);
	const struct evidence_source source = {
		.study_path = arguments->study,
		.study = study ? study : "",
		.synthetic = text_equal(synthetic, "yes"),
		.withheld_path = arguments->operands[0],
		.protected_path = arguments->operand_count > 1 ? arguments->operands[1] : NULL,
		.ledger_path = ledger_path(ledger),
		.releases = ledger_count(ledger),
	};
	ok = ok && evidence_write(judge, &source, arguments->output, err);
	free(study);
	free(synthetic);
	return ok;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct store *withheld = NULL;
	struct universe *universe = NULL;
	struct ledger *ledger = NULL;
	struct attacker *attacker = attacker_new();
	struct attacker_policy policy = { 0 };
	struct judge *judge = judge_new();
	struct study *study = NULL;
	char *sensitive = NULL;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = store_open(&withheld, arguments.operands[0], "withhold", &err)
		     && read_policy(&policy, &sensitive, withheld, &err) && universe_load(&universe, withheld, &err)
		     && (!arguments.study
		         || (study_load(&study, arguments.study, &err)
		             && study_check_ledger(study, arguments.earlier, &err)))
		     && ledger_open(&ledger, arguments.earlier, &err)
		     && attack(attacker, ledger, universe, withheld, &policy, &err)
		     && judge_all(judge, attacker, ledger, universe,
		                  arguments.operand_count > 1 ? arguments.operands[1] : NULL, &policy,
		                  study ? study->disclosure.insiders : 0, &err)
		     && write_evidence(judge, &arguments, withheld, ledger, &err);

	judge_free(judge);
	attacker_free(attacker);
	ledger_close(ledger);
	universe_free(universe);
	store_close(withheld);
	study_free(study);
	free(sensitive);
	return stage_exit("audit", ok, &err);
}
