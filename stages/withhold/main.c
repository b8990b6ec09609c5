/* withhold: compare's results and protect's decisions: only what may be shown, rounded as it will be printed. */
#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "study.h"
#include "withheld.h"

struct arguments {
	const char *study, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config, or a slice of it",
		  .text = &arguments->study,
		  .required = true },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FILE",
		  .help = "the new stage file",
		  .text = &arguments->output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "withhold",
		.summary = "Keep of the compared results only what may be shown, rounded as it will be printed.",
		.operands = "COMPARED.db PROTECTED.db",
		.examples =
			"  withhold --study configs/demo.yaml \\\n    --output withheld.db compared.db protected.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 2,
		.most_operands = 2,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

/* Which records the numbers are of, all of them and by dataset, as compare says it: what the release ledger asks. */
static bool copy_population(struct store *withheld, struct store *compared, struct error *err)
{
	sqlite3_stmt *read = NULL;
	bool more = false, ok = store_prepare(&read, compared, sql_withhold_population, err);
	while (ok && (ok = store_step(compared, read, &more, err)) && more)
		ok = provenance_record(withheld, (const char *)sqlite3_column_text(read, 0),
		                       (const char *)sqlite3_column_text(read, 1), err);
	sqlite3_finalize(read);
	return ok;
}

static bool record(struct store *withheld, const struct study *study, const struct arguments *arguments,
                   struct error *err)
{
	return study_record(study, NULL, withheld, err)
	       && provenance_input(withheld, "stage", arguments->operands[0], err)
	       && provenance_input(withheld, "stage", arguments->operands[1], err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct study *study = NULL;
	struct store *compared = NULL, *protected = NULL, *withheld = NULL;
	struct universe *universe = NULL, *shown = NULL;
	struct withholding withholding = { 0 };

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = study_load(&study, arguments.study, &err)
		     && store_open(&compared, arguments.operands[0], "compare", &err)
		     && store_open(&protected, arguments.operands[1], "protect", &err)
		     && universe_load(&universe, compared, &err)
		     && withheld_read(&withholding, universe, protected, &err)
		     && (withholding.policy = &study->disclosure)
		     && (shown = withheld_universe(universe, &withholding)) != NULL
		     && store_create(&withheld, arguments.output, "withhold", sql_schema_withheld, &err)
		     && store_run(withheld, sql_schema_universe, &err) && record(withheld, study, &arguments, &err)
		     && copy_population(withheld, compared, &err) && withheld_copy_policy(withheld, protected, &err)
		     && universe_store(shown, withheld, &err) && store_commit(withheld, &err);

	withholding_free(&withholding);
	universe_free(shown);
	universe_free(universe);
	store_close(withheld);
	store_close(protected);
	store_close(compared);
	study_free(study);
	return stage_exit("withhold", ok, &err);
}
