/* audit: attack what withhold left, together with all that was released before, and judge what the attacker found. */
#include <stdlib.h>
#include <string.h>

#include "attacker.h"
#include "cell.h"
#include "embedded.h"
#include "evidence.h"
#include "judge.h"
#include "ledger.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "store.h"
#include "study.h"

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

int main(int argc, char **argv)
{
	const char *study_path = NULL, *earlier = NULL, *output = NULL;
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config, or the slice of it for this step",
		  .text = &study_path,
		  .required = true },
		{ .name = "ledger",
		  .argument = "FILE",
		  .help = "earlier releases, attacked together with this one; no such file: none",
		  .text = &earlier },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FILE",
		  .help = "intervals and verdict; where the audit says no they stand in audit-failed.db beside it",
		  .text = &output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "audit",
		.summary =
			"Attack what withhold left as a reader could, with all earlier releases, and say no (exit 1) "
			"where a hidden number can be worked out or is held too narrowly.",
		.operands = "WITHHELD.db PROTECTED.db",
		.examples = "  audit --study configs/demo.yaml --ledger steward/demo/ledger.sqlite \\\n"
			    "        --output audited.db withheld.db protected.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 2,
		.most_operands = 2,
	};
	struct error err = { 0 };
	char **operands = NULL, *population = NULL;
	size_t operand_count = 0;
	enum options_result parsed = options_parse(&usage, argc, argv, &operands, &operand_count, &err);
	if (parsed == OPTIONS_DONE)
		return 0;

	struct study *study = NULL;
	struct store *withheld = NULL, *protected = NULL;
	struct universe *universe = NULL;
	struct ledger *ledger = NULL;
	struct attacker *attacker = attacker_new();
	struct judge *judge = judge_new();
	struct attacker_policy policy = { 0 };
	char *sensitive = NULL;
	bool ok = parsed == OPTIONS_RUN && study_load(&study, study_path, &err)
	          && store_open(&withheld, operands[0], "withhold", &err)
	          && read_policy(&policy, &sensitive, withheld, &err)
	          && provenance_read(&population, withheld, "population", &err)
	          && universe_load(&universe, withheld, &err) && ledger_open(&ledger, earlier, &err)
	          && ledger_check_population(ledger, population, &err) && ledger_check_crossing(ledger, universe, &err)
	          && ledger_teach(ledger, attacker, &err);
	if (ok) {
		attacker_universe(attacker, universe, &policy);
		ok = attacker_run(attacker, &err) && store_open(&protected, operands[1], "protect", &err)
		     && judge_release(judge, attacker, universe, protected, &err)
		     && ledger_judge(ledger, judge, attacker, universe, &err);
	}
	if (ok) {
		const struct evidence_source source = { .study_path = study_path,
			                                .study = study->study.name,
			                                .synthetic = study->study.synthetic,
			                                .withheld_path = operands[0],
			                                .protected_path = operands[1],
			                                .ledger_path = ledger_path(ledger),
			                                .releases = ledger_count(ledger) };
		ok = evidence_write(judge, &source, output, &err);
	}

	judge_free(judge);
	attacker_free(attacker);
	ledger_close(ledger);
	universe_free(universe);
	store_close(protected);
	store_close(withheld);
	free(population);
	free(sensitive);
	study_free(study);
	return stage_exit("audit", ok, &err);
}
