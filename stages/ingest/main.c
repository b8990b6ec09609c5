/* ingest: the exports of one dataset, as they came, to one table with the file and line of every row. */
#include <stdlib.h>

#include "answers.h"
#include "dictionary.h"
#include "embedded.h"
#include "export.h"
#include "finding.h"
#include "inputs.h"
#include "mem.h"
#include "options.h"
#include "source.h"
#include "store.h"
#include "study.h"
#include "waves.h"

struct arguments {
	const char *study, *dataset, *exports, *places, *platforms, *output;
};

static bool record(struct store *store, const struct study *study, const struct study_dataset *dataset,
                   const struct dictionary *dictionary, const char *platforms, struct error *err)
{
	return study_record(study, dataset->name, store, err)
	       && inputs_record_dictionary(store, dictionary, dataset, err)
	       && inputs_record_platforms(store, dataset, platforms, err);
}

static bool read_exports(struct store *store, const struct study_dataset *dataset, const struct source *sources,
                         const struct dictionary *dictionary, const char *folder, struct error *err)
{
	struct ingestion into = { .store = store, .dictionary = dictionary };
	bool ok = answers_create(&into.answers, store, dictionary, err)
	          && finding_store_new(&into.findings, store, dataset->name, err);
	for (unsigned i = 0; ok && i < dataset->exports_count; i++)
		ok = export_read(&into, &sources[i], folder, err);
	ok = ok && waves_find(store, into.findings, sources, dataset->exports_count, err);
	answers_free(into.answers);
	finding_store_free(into.findings);
	return ok && export_check_accounts(store, err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments.study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose exports are read", &arguments.dataset, NULL, true },
		{ "exports", 'e', "FOLDER", "where the paths of the exports begin", &arguments.exports, NULL, true },
		{ "places", 'p', "FILE", "data-dictionary/places.csv", &arguments.places, NULL, true },
		{ "platforms", 0, "FOLDER", "data-dictionary/platforms", &arguments.platforms, NULL, true },
		{ "output", 'o', "FILE", "where to write the rows and what was found", &arguments.output, NULL, true },
	};
	const struct usage usage = {
		.stage = "ingest",
		.summary = "Read the exports of one dataset, as they came, into one table with the file and line of "
			   "every row.",
		.operands = "",
		.examples = "  ingest --study configs/demo.yaml --dataset survey --exports exports/demo \\\n"
			    "    --places data-dictionary/places.csv \\\n"
			    "    --platforms data-dictionary/platforms --output ingested.db\n",
		.rows = rows,
		.count = COUNT(rows),
	};
	char **operands;
	size_t operand_count;
	struct error err = { 0 };
	switch (options_parse(&usage, argc, argv, &operands, &operand_count, &err)) {
	case OPTIONS_DONE: return 0;
	case OPTIONS_WRONG: return stage_exit("ingest", false, &err);
	case OPTIONS_RUN: break;
	}

	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct dictionary *dictionary = NULL;
	struct source *sources = NULL;
	struct store *ingested = NULL;
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);

	char *config = study_source(arguments.study);
	bool ok = study_load(&study, arguments.study, &err)
	          && (dataset = study_dataset(study, arguments.dataset, &err)) != NULL
	          && dictionary_load(&dictionary, dataset->dictionary, arguments.places, study->study.areas,
	                             study->study.areas_count, &err)
	          && sources_load(&sources, dataset, dictionary, arguments.platforms, config, &err)
	          && store_create(&ingested, arguments.output, "ingest", schema, &err)
	          && record(ingested, study, dataset, dictionary, arguments.platforms, &err)
	          && read_exports(ingested, dataset, sources, dictionary, arguments.exports, &err)
	          && store_commit(ingested, &err);

	free(schema);
	store_close(ingested);
	sources_free(sources, dataset ? dataset->exports_count : 0);
	dictionary_free(dictionary);
	study_free(study);
	free(config);
	return stage_exit("ingest", ok, &err);
}
