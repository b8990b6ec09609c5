/* compare: statistics by area, from the analysis tables of all datasets. Unprotected. */
#include <stdlib.h>

#include "area_groups.h"
#include "clash.h"
#include "compare.h"
#include "mem.h"
#include "options.h"

struct arguments {
	const char *study, *places, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config",
		  .text = &arguments->study,
		  .required = true },
		{ .name = "places",
		  .letter = 'p',
		  .argument = "FILE",
		  .help = "places.csv; of a study with levels above its areas",
		  .text = &arguments->places },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FILE",
		  .help = "the new stage file",
		  .text = &arguments->output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "compare",
		.summary = "Compute the study's analyses by area, with every cell that they rest on. The output is "
			   "restricted: nothing in it is protected yet.",
		.operands = "DATASET=deidentified.db...",
		.examples = "  compare --study configs/demo.yaml --output out/demo/restricted/compared.db \\\n"
			    "      survey=out/demo/restricted/survey/deidentified.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 1000,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct study *study = NULL;
	struct datasets datasets = { 0 };
	struct universe *universe = universe_new();
	char *source = NULL;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = study_load(&study, arguments.study, &err) && (source = study_source(arguments.study))
		     && datasets_open(&datasets, study, arguments.operands, arguments.operand_count, &err)
		     && area_groups_read(&datasets, study, source, arguments.places, &err)
		     && clash_check(study, source, &datasets, &err)
		     && compare_study(universe, study, source, &datasets, &err)
		     && compare_store(universe, study, &datasets, arguments.output, &err);

	universe_free(universe);
	datasets_close(&datasets);
	study_free(study);
	free(source);
	return stage_exit("compare", ok, &err);
}
