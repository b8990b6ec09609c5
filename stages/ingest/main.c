/* ingest: the exports of one dataset, as they came, to one table with the file and line of every row. */
#include <stdlib.h>

#include "answers.h"
#include "dictionary.h"
#include "embedded.h"
#include "export.h"
#include "finding.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "store.h"
#include "study.h"
#include "text.h"

struct arguments {
	const char *study, *dataset, *exports, *places, *output;
};

static bool check_exports(const struct study_dataset *dataset, const struct dictionary *dictionary, const char *path,
                          struct error *err)
{
	if (dataset->exports_count == 0)
		return error_at(err, ERROR_CONFIG, path, 0, "the dataset `%s` has no exports", dataset->name);
	for (unsigned i = 0; i < dataset->exports_count; i++)
		if (!export_check(&dataset->exports[i], dictionary, path, err))
			return false;
	return true;
}

/* Of variables.csv only what ingest reads of it, so that a new label or range leaves this file as it is. */
static bool record_dictionary(struct store *store, const struct dictionary *dictionary, struct error *err)
{
	struct text read = { 0 };
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		text_print(&read, "%s,%s,%s\n", variable->name, variable_type_word(variable->type),
		           variable_role_word(variable->role));
	}
	char *headers = mem_print("%s/headers.csv", dictionary->folder);
	bool ok = provenance_input(store, "dictionary", headers, err)
	          && provenance_input_bytes(store, "dictionary", "variables.csv (variable, type, role)", read.bytes,
	                                    read.length, err);
	free(headers);
	text_free(&read);
	return ok;
}

static bool record(struct store *store, const struct study *study, const struct dictionary *dictionary,
                   const struct arguments *arguments, struct error *err)
{
	return study_record(study, arguments->dataset, store, err) && record_dictionary(store, dictionary, err);
}

static bool read_exports(struct store *store, const struct study_dataset *dataset, const struct dictionary *dictionary,
                         const char *folder, struct error *err)
{
	struct ingestion into = { .store = store, .dictionary = dictionary };
	bool ok = answers_create(&into.answers, store, dictionary, err)
	          && finding_store_new(&into.findings, store, dataset->name, err);
	for (unsigned i = 0; ok && i < dataset->exports_count; i++)
		ok = export_read(&into, &dataset->exports[i], folder, (long long)i + 1, err);
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
		{ "output", 'o', "FILE", "where to write the rows and what was found", &arguments.output, NULL, true },
	};
	const struct usage usage = {
		.stage = "ingest",
		.summary = "Read the exports of one dataset, as they came, into one table with the file and line of "
			   "every row.",
		.operands = "",
		.examples = "  ingest --study configs/demo.yaml --dataset survey --exports exports/demo \\\n"
			    "    --places data-dictionary/places.csv --output ingested.db\n",
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
	struct store *ingested = NULL;
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);

	char *source = study_source(arguments.study);
	bool ok = study_load(&study, arguments.study, &err)
	          && (dataset = study_dataset(study, arguments.dataset, &err)) != NULL
	          && dictionary_load(&dictionary, dataset->dictionary, arguments.places, study->study.areas,
	                             study->study.areas_count, &err)
	          && check_exports(dataset, dictionary, source, &err)
	          && store_create(&ingested, arguments.output, "ingest", schema, &err)
	          && record(ingested, study, dictionary, &arguments, &err)
	          && read_exports(ingested, dataset, dictionary, arguments.exports, &err)
	          && store_commit(ingested, &err);

	free(schema);
	store_close(ingested);
	dictionary_free(dictionary);
	study_free(study);
	free(source);
	return stage_exit("ingest", ok, &err);
}
