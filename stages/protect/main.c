/* protect: decide every cell of the study at once: shown, or hidden, by which rule, at what cost. */
#include <stdlib.h>

#include "embedded.h"
#include "exceptions.h"
#include "measures.h"
#include "mem.h"
#include "options.h"
#include "protect.h"
#include "provenance.h"

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
		  .help = "the study's config, or a slice of it with its disclosure policy",
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
		.stage = "protect",
		.summary =
			"Decide every cell of the study at once: shown, or hidden, by which rule, at what cost. The output is "
			"restricted: it holds the true counts.",
		.operands = "COMPARED.db",
		.examples = "  protect --study configs/demo.yaml --output protected.db compared.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 1,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

static bool record(struct store *protected, const struct study *study, const struct arguments *arguments,
                   struct error *err)
{
	const struct study_cell_key *cell_key = study->disclosure.cell_key;
	return study_record(study, NULL, protected, err)
	       && provenance_input(protected, "stage", arguments->operands[0], err)
	       && (!cell_key || provenance_input(protected, "ptable", cell_key->table, err));
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct study *study = NULL;
	struct store *compared = NULL, *protected = NULL;
	struct universe *universe = NULL;
	struct cell_decision *decisions = NULL;
	struct measure_decision *measures = NULL;
	bool cheapest = false;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = study_load(&study, arguments.study, &err)
		     && store_open(&compared, arguments.operands[0], "compare", &err)
		     && universe_load(&universe, compared, &err)
		     && protect_universe_for(arguments.output, &decisions, &cheapest, universe, &study->disclosure,
		                             &err)
		     && measures_decide(&measures, universe, decisions, &study->disclosure, &err)
		     && store_create(&protected, arguments.output, "protect", sql_schema_protected, &err)
		     && record(protected, study, &arguments, &err)
		     && protect_store(decisions, universe, &study->disclosure, cheapest, protected, &err)
		     && measures_store(measures, universe, protected, &err) && store_commit(protected, &err);
	if (options == OPTIONS_RUN && ok)
		exceptions_warn(decisions, universe, &study->disclosure);

	free(decisions);
	free(measures);
	universe_free(universe);
	store_close(protected);
	store_close(compared);
	study_free(study);
	return stage_exit("protect", ok, &err);
}
