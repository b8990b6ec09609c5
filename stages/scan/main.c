/* scan: the texts that are redacted. What tells in them who somebody is, and the texts without it. Restricted. */
#include <stdlib.h>

#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "roster.h"
#include "store.h"
#include "study.h"
#include "texts.h"

struct arguments {
	const char *study, *dataset, *places, *roster, *decisions, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments->study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose texts are scanned", &arguments->dataset, NULL, true },
		{ "places", 'p', "FILE", "places.csv (data-dictionary/places.csv)", &arguments->places, NULL, false },
		{ "roster", 0, "FILE", "the steward's roster.csv, instead of the one that the config names",
		  &arguments->roster, NULL, false },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &arguments->decisions, NULL, false },
		{ "output", 'o', "FILE", "the stage file to write", &arguments->output, NULL, true },
	};
	const struct usage usage = {
		.stage = "scan",
		.summary = "Find what tells who somebody is in the texts that the data dictionary redacts, and write the texts "
			   "with placeholders in its place. They are not anonymous by that: keep them restricted.",
		.operands = "VALIDATED.db INGESTED.db",
		.examples = "  scan --study configs/demo.yaml --dataset survey \\\n"
			    "    --roster configs/demo/roster.csv --output scanned.db \\\n"
			    "    validated.db ingested.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 2,
		.most_operands = 2,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

static bool record(struct store *scanned, const struct study *study, const struct dictionary *dictionary,
                   const struct arguments *arguments, struct error *err)
{
	return study_record(study, arguments->dataset, scanned, err) && dictionary_record(dictionary, scanned, err)
	       && provenance_input(scanned, "stage", arguments->operands[0], err)
	       && provenance_input(scanned, "stage", arguments->operands[1], err)
	       && (!arguments->roster || provenance_input(scanned, "roster", arguments->roster, err))
	       && (!arguments->decisions || provenance_input(scanned, "decisions", arguments->decisions, err));
}

int main(int argc, char **argv)
{
	struct arguments arguments = { .places = "data-dictionary/places.csv" };
	struct error err = { 0 };
	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct dictionary *dictionary = NULL;
	struct decisions *decisions = NULL;
	struct roster *roster = NULL;
	struct store *scanned = NULL;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	if (options == OPTIONS_DONE)
		return 0;
	bool ok = options == OPTIONS_RUN && study_load(&study, arguments.study, &err)
	          && (dataset = study_dataset(study, arguments.dataset, &err));
	if (ok) {
		arguments.roster = arguments.roster ? arguments.roster : study->roster;
		arguments.decisions = arguments.decisions ? arguments.decisions : study->decisions;
		ok = dictionary_load(&dictionary, dataset->dictionary, arguments.places, study->study.areas,
		                     study->study.areas_count, &err)
		     && decisions_load_texts(&decisions, arguments.decisions, arguments.dataset, &err)
		     && (!arguments.roster || roster_load(&roster, arguments.roster, &err))
		     && store_create(&scanned, arguments.output, "scan", sql_schema_scanned, &err)
		     && record(scanned, study, dictionary, &arguments, &err);
	}
	if (ok) {
		const struct texts texts = {
			.dataset = arguments.dataset,
			.dictionary = dictionary,
			.roster = roster,
			.decisions = decisions,
			.date = study->study.date,
			.validated = arguments.operands[0],
			.ingested = arguments.operands[1],
		};
		ok = texts_write(scanned, &texts, &err) && store_commit(scanned, &err);
	}

	store_close(scanned);
	roster_free(roster);
	decisions_free(decisions);
	dictionary_free(dictionary);
	study_free(study);
	return stage_exit("scan", ok, &err);
}
