/* derive: the scores that instruments define and the variables that the study makes of others, row by row. */
#include <stdlib.h>

#include "dictionary.h"
#include "embedded.h"
#include "error.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "recodes.h"
#include "score.h"
#include "store.h"
#include "study.h"
#include "weighting.h"

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct study *study = NULL;
	struct dictionary *dictionary = NULL;
	struct scales *scales = NULL;
	struct recodes *recodes = NULL;
	struct store *derived = NULL;
	const struct study_dataset *dataset = NULL;
	const char *config = NULL, *name = NULL, *places = NULL, *instruments = NULL, *output = NULL;
	char **inputs = NULL, *source = NULL;
	size_t count = 0;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &config, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset", &name, NULL, true },
		{ "places", 'p', "FILE", "places.csv", &places, NULL, true },
		{ "instruments", 0, "FOLDER", "where the instruments' files are", &instruments, NULL, true },
		{ "output", 'o', "FILE", "the stage file to write", &output, NULL, true },
	};
	const struct usage usage = {
		"derive",
		"Score the instruments that the data dictionary names, and compute the variables that the config derives from others, "
		"row by row.",
		"VALIDATED.db INGESTED.db",
		"  derive --study configs/demo.yaml --dataset survey \\\n"
		"    --places data-dictionary/places.csv \\\n"
		"    --instruments data-dictionary/instruments \\\n"
		"    --output derived.db validated.db ingested.db\n",
		rows,
		COUNT(rows),
		2,
		2,
	};
	enum options_result parsed = options_parse(&usage, argc, argv, &inputs, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN)
		ok = study_load(&study, config, &err) && (source = study_source(config))
		     && (dataset = study_dataset(study, name, &err))
		     && dictionary_load(&dictionary, dataset->dictionary, places, study->study.areas,
		                        study->study.areas_count, &err)
		     && scales_load(&scales, dictionary, instruments, dataset->scores, dataset->scores_count, &err)
		     && store_create(&derived, output, "derive", sql_schema_derived, &err)
		     && study_record(study, name, derived, &err) && dictionary_record(dictionary, derived, &err)
		     && provenance_input(derived, "stage", inputs[0], &err)
		     && provenance_input(derived, "stage", inputs[1], &err)
		     && scales_describe(scales, dictionary, derived, &err)
		     && recodes_new(&recodes, dataset, dictionary, scales, source, derived, &err)
		     && scales_score(scales, dictionary, inputs[0], inputs[1], derived, &err)
		     && recodes_write(recodes, inputs[0], inputs[1], &err)
		     && weighting_write(dataset, dictionary, source, inputs[0], inputs[1], derived, &err)
		     && store_commit(derived, &err);
	store_close(derived);
	recodes_free(recodes);
	scales_free(scales);
	dictionary_free(dictionary);
	study_free(study);
	free(source);
	return stage_exit("derive", ok, &err);
}
