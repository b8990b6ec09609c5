/* validate: judge every row and cell of ingested.db by the data dictionary and the steward's decisions. */
#include <stdlib.h>

#include "checks.h"
#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "exported.h"
#include "foreign.h"
#include "review.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "rulings.h"
#include "scale.h"
#include "shift.h"
#include "store.h"
#include "study.h"
#include "tally.h"

struct arguments {
	const char *study, *dataset, *places, *instruments, *decisions, *output;
};

static const char *decisions_path(const struct study *study, const struct arguments *arguments)
{
	return arguments->decisions ? arguments->decisions : study->decisions;
}

static bool record_instruments(struct store *store, const struct scales *scales, const char *folder, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < scales->count; i++) {
		char *path = mem_print("%s/%s.yaml", folder, scales->scales[i].instrument->instrument);
		ok = provenance_input(store, "instrument", path, err);
		free(path);
	}
	return ok;
}

static bool record(struct store *store, const struct study *study, const struct dictionary *dictionary,
                   const struct arguments *arguments, const char *ingested, struct error *err)
{
	const char *decisions = decisions_path(study, arguments);
	return study_record(study, arguments->dataset, store, err) && provenance_input(store, "stage", ingested, err)
	       && provenance_input(store, "dictionary", arguments->places, err)
	       && (!decisions || provenance_input(store, "decisions", decisions, err))
	       && dictionary_record(dictionary, store, err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments.study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset that is judged", &arguments.dataset, NULL, true },
		{ "places", 'p', "FILE", "data-dictionary/places.csv", &arguments.places, NULL, true },
		{ "instruments", 0, "FOLDER", "where the instruments' files are", &arguments.instruments, NULL, true },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &arguments.decisions, NULL, false },
		{ "output", 'o', "FILE", "where to write judgements and findings", &arguments.output, NULL, true },
	};
	const struct usage usage = {
		.stage = "validate",
		.summary =
			"Judge every row and cell by the data dictionary: set aside what fails, write every finding.",
		.operands = "INGESTED.db",
		.examples = "  validate --study configs/demo.yaml --dataset survey \\\n"
			    "    --places data-dictionary/places.csv \\\n"
			    "    --instruments data-dictionary/instruments \\\n"
			    "    --output validated.db ingested.db\n",
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
	case OPTIONS_WRONG: return stage_exit("validate", false, &err);
	case OPTIONS_RUN: break;
	}

	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct decisions *decisions = NULL;
	struct review_tools tools = { .dataset = arguments.dataset };
	struct dictionary *dictionary = NULL;
	struct foreign *foreign = NULL;
	struct scales *scales = NULL;
	struct review *review = NULL;
	char *schema = mem_print("%s%s", sql_schema_validated, sql_schema_finding);

	bool ok = study_load(&study, arguments.study, &err)
	          && (dataset = study_dataset(study, arguments.dataset, &err)) != NULL
	          && dictionary_load(&dictionary, dataset->dictionary, arguments.places, study->study.areas,
	                             study->study.areas_count, &err)
	          && scales_load(&scales, dictionary, arguments.instruments, NULL, 0, &err)
	          && (tools.scales = scales) != NULL && checks_new(&tools.checks, dictionary, &err)
	          && foreign_new(&foreign, dictionary, arguments.places, study->study.date, &err)
	          && (tools.foreign = foreign) != NULL
	          && decisions_load(&decisions, decisions_path(study, &arguments), arguments.dataset, &err)
	          && store_create(&tools.store, arguments.output, "validate", schema, &err)
	          && store_attach(tools.store, operands[0], "ingest", "ingested", &err)
	          && record(tools.store, study, dictionary, &arguments, operands[0], &err)
	          && record_instruments(tools.store, scales, arguments.instruments, &err)
	          && exported_open(&tools.exported, tools.store, dictionary, &err)
	          && (tools.dictionary = dictionary) != NULL
	          && (tools.rulings = rulings_new(decisions, decisions_path(study, &arguments), arguments.dataset,
	                                          study->study.date))
	                     != NULL
	          && (tools.tally = tally_new(dictionary, tools.exported)) != NULL && review_new(&review, &tools, &err)
	          && review_take_findings(review, &err) && review_find_repeats(review, &err)
	          && review_rows(review, &err) && review_rules(review, &err) && shift_find(&tools, &err)
	          && tally_store(tools.tally, tools.store, &err) && tally_check(tools.store, &err)
	          && rulings_store(tools.rulings, tools.store, &err);

	/* What still reads the store, before it is closed and put in its place. */
	review_free(review);
	tally_free(tools.tally);
	rulings_free(tools.rulings);
	exported_close(tools.exported);
	ok = ok && store_commit(tools.store, &err);

	store_close(tools.store);
	decisions_free(decisions);
	checks_free(tools.checks);
	foreign_free(foreign);
	scales_free(scales);
	dictionary_free(dictionary);
	study_free(study);
	free(schema);
	return stage_exit("validate", ok, &err);
}
