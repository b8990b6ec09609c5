/* gate: findings, limits and the steward's decisions; go on (0) or stop (1). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decision.h"
#include "embedded.h"
#include "judged.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "store.h"
#include "study.h"
#include "verdict.h"

struct arguments {
	const char *study, *dataset, *decisions, *output;
};

static const char *decisions_path(const struct study *study, const struct arguments *arguments)
{
	return arguments->decisions ? arguments->decisions : study->decisions;
}

static bool record(struct store *store, const struct study *study, const struct arguments *arguments,
                   const char *validated, struct error *err)
{
	const char *decisions = decisions_path(study, arguments);
	return study_record(study, arguments->dataset, store, err) && provenance_input(store, "stage", validated, err)
	       && (!decisions || provenance_input(store, "decisions", decisions, err));
}

/* The chain puts the report beside the file that it is about. Free with free(). */
static char *report_beside(const char *validated)
{
	const char *slash = strrchr(validated, '/');
	return mem_print("%.*sreport/index.html", slash ? (int)(slash - validated + 1) : 0, validated);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments.study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose limits apply", &arguments.dataset, NULL, true },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &arguments.decisions, NULL, false },
		{ "output", 'o', "FILE", "where to write what was judged, if the chain may go on", &arguments.output,
		  NULL, true },
	};
	const struct usage usage = {
		.stage = "gate",
		.summary =
			"Compare the findings with the limits that the study and its rules set: go on (exit 0) or stop (exit 1).",
		.operands = "VALIDATED.db",
		.examples = "  gate --study configs/demo.yaml --dataset survey \\\n"
			    "    --output gated.db validated.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 1,
	};
	char **operands;
	size_t operand_count;
	struct error err = { 0 };
	switch (options_parse(&usage, argc, argv, &operands, &operand_count, &err)) {
	case OPTIONS_DONE: return 0;
	case OPTIONS_WRONG: return stage_exit("gate", false, &err);
	case OPTIONS_RUN: break;
	}

	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct decisions *decisions = NULL;
	struct store *validated = NULL, *gated = NULL;
	struct verdict *verdict = NULL;
	char *report = report_beside(operands[0]), *source = study_source(arguments.study);

	bool ok = study_load(&study, arguments.study, &err)
	          && (dataset = study_dataset(study, arguments.dataset, &err)) != NULL
	          && decisions_load(&decisions, decisions_path(study, &arguments), arguments.dataset, &err)
	          && store_open(&validated, operands[0], "validate", &err)
	          && verdict_judge(&verdict, validated, dataset, decisions, study->study.date, source, &err)
	          && judged_pass(verdict, arguments.dataset, report, &err)
	          && store_create(&gated, arguments.output, "gate", sql_schema_gated, &err)
	          && record(gated, study, &arguments, operands[0], &err) && judged_store(verdict, gated, &err)
	          && store_commit(gated, &err);

	if (err.kind == ERROR_REFUSED)
		unlink(arguments.output); /* an earlier run's leave to go on does not outlive a stop */

	free(report);
	free(source);
	verdict_free(verdict);
	store_close(gated);
	store_close(validated);
	decisions_free(decisions);
	study_free(study);
	return stage_exit("gate", ok, &err);
}
