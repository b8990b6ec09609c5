/* deidentify: no direct identifier goes past here. Writes the analysis table. */
#include <stdlib.h>

#include "carried.h"
#include "date.h"
#include "drawing.h"
#include "kept.h"
#include "dictionary.h"
#include "embedded.h"
#include "error.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "rare.h"
#include "respondent.h"
#include "store.h"
#include "study.h"
#include "study_key.h"

static bool write_unit(const struct study_dataset *dataset, struct store *deidentified, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, deidentified,
	                        "INSERT INTO unit VALUES (:name, :plural, :confidential, :threshold)", err);
	if (ok) {
		store_bind_text(insert, ":name", dataset->unit.name);
		store_bind_text(insert, ":plural", dataset->unit.plural);
		store_bind_integer(insert, ":confidential", dataset->unit.confidential);
		store_bind_integer(insert, ":threshold", dataset->unit.threshold);
		ok = store_insert(deidentified, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* Without a key whoever has a list of ids, or of the names of strata, could hash them and know which is which. */
static bool check_key(const struct study *study, const struct kept *kept, const char *key, struct error *err)
{
	const struct study_head *head = &study->study;
	const struct variable *drawn = kept->stratum ? kept->stratum : kept->cluster;
	const struct variable *needs = kept->pseudonym ? kept->key : head->synthetic ? NULL : drawn;
	if (key || !needs)
		return true;
	error_set(err, ERROR_CONFIG, "the study has no key, and `%s` is to become a %s", needs->name,
	          kept->pseudonym ? "pseudonym" : "number that tells nothing");
	if (head->synthetic)
		return error_help(err, "give a synthetic study one in its config: key: a word");
	return error_help(err,
	                  "name a file outside the repository, key_file: ~/canvass-keys/%s, and run make key STUDY=%s",
	                  head->name, head->name);
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct study *study = NULL;
	struct dictionary *dictionary = NULL;
	struct kept *kept = NULL;
	struct drawing *drawing = NULL;
	struct store *deidentified = NULL;
	const struct study_dataset *dataset = NULL;
	const char *config = NULL, *name = NULL, *places = NULL, *output = NULL;
	char **inputs = NULL, *key = NULL;
	size_t count = 0;
	long long date = 0;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &config, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset", &name, NULL, true },
		{ "places", 'p', "FILE", "places.csv", &places, NULL, true },
		{ "output", 'o', "FILE", "the stage file to write", &output, NULL, true },
	};
	const struct usage usage = {
		"deidentify",
		"Drop direct identifiers and free text, turn ids into pseudonyms with the study's key, coarsen what the data dictionary "
		"says, and write the analysis table.",
		"DERIVED.db VALIDATED.db INGESTED.db",
		"  deidentify --study configs/demo.yaml --dataset survey \\\n"
		"    --places data-dictionary/places.csv --output deidentified.db \\\n"
		"    derived.db validated.db ingested.db\n",
		rows,
		COUNT(rows),
		3,
		3,
	};
	enum options_result parsed = options_parse(&usage, argc, argv, &inputs, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN)
		ok = study_load(&study, config, &err) && (dataset = study_dataset(study, name, &err))
		     && dictionary_load(&dictionary, dataset->dictionary, places, study->study.areas,
		                        study->study.areas_count, &err)
		     && study_key(&key, study, &err) && date_read(study->study.date, &date)
		     && store_create(&deidentified, output, "deidentify", sql_schema_deidentified, &err)
		     && store_attach(deidentified, inputs[0], "derive", "derived", &err)
		     && store_attach(deidentified, inputs[1], "validate", "validated", &err)
		     && study_record(study, name, deidentified, &err)
		     && dictionary_record(dictionary, deidentified, &err)
		     && provenance_input(deidentified, "stage", inputs[0], &err)
		     && provenance_input(deidentified, "stage", inputs[1], &err)
		     && provenance_input(deidentified, "stage", inputs[2], &err)
		     && write_unit(dataset, deidentified, &err) && kept_choose(&kept, dictionary, deidentified, &err)
		     && check_key(study, kept, key, &err) && kept_describe(kept, dictionary, deidentified, &err)
		     && drawing_new(&drawing, dataset, kept, key, deidentified, &err)
		     && respondents_write(kept, dictionary, key, date, inputs[1], inputs[2], drawing, deidentified,
		                          &err)
		     && drawing_write(drawing, &err) && carried_copy(dictionary, deidentified, &err)
		     && rare_write(deidentified, &err) && store_commit(deidentified, &err);
	drawing_free(drawing);
	store_close(deidentified);
	kept_free(kept);
	dictionary_free(dictionary);
	study_free(study);
	free(key);
	return stage_exit("deidentify", ok, &err);
}
