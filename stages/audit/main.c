/* audit: attack what withhold left, together with all that was released before, and judge what the attacker found. */
#include <limits.h>
#include <stdlib.h>

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

/* What the public is told of zeros and the threshold. Without it the attacker would be weaker than the public. */
static bool read_policy(bool *zeros_shown, int *threshold, struct store *withheld, struct error *err)
{
	long long zeros = 0, number = 0;
	bool ok = store_read_integer(withheld, sql_audit_zeros, 0, &zeros, err)
	          && store_read_integer(withheld, sql_audit_threshold, 0, &number, err);
	if (ok && (zeros == 0 || number < 1 || number > INT_MAX)) {
		error_at(err, ERROR_INPUT, store_path(withheld), 0,
		         "its policy does not say whether zeros are shown, or from which count on cells are");
		ok = error_help(err, "`withhold` writes it: run make again");
	}
	*zeros_shown = zeros == 1;
	*threshold = (int)number;
	return ok;
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
	bool zeros_shown = false;
	int threshold = 0;
	bool ok = parsed == OPTIONS_RUN && study_load(&study, study_path, &err)
	          && store_open(&withheld, operands[0], "withhold", &err)
	          && read_policy(&zeros_shown, &threshold, withheld, &err)
	          && provenance_read(&population, withheld, "population", &err)
	          && universe_load(&universe, withheld, &err) && ledger_open(&ledger, earlier, &err)
	          && ledger_check_population(ledger, population, &err) && ledger_check_crossing(ledger, universe, &err)
	          && ledger_teach(ledger, attacker, &err);
	if (ok) {
		attacker_universe(attacker, universe, zeros_shown, threshold);
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
	study_free(study);
	return stage_exit("audit", ok, &err);
}
