/* synthesise: the exports of a dataset, made up from its data dictionary. */
#include "date.h"
#include "fault.h"
#include "mem.h"
#include "options.h"
#include "person.h"
#include "provenance.h"
#include "sheet.h"
#include "spelling.h"
#include "study.h"
#include "telling.h"

#include <stdlib.h>
#include <string.h>

struct choices {
	const char *study, *dataset, *places, *output;
};

static enum options_result read_options(struct choices *chosen, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, which names the dictionary, the exports and the seed",
		  &chosen->study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose exports to make up", &chosen->dataset, NULL, true },
		{ "places", 'p', "FILE", "local authorities and regions; data-dictionary/places.csv by default",
		  &chosen->places, NULL, false },
		{ "output", 'o', "FOLDER", "where to put the exports; what synthesise put there before is replaced",
		  &chosen->output, NULL, true },
	};
	const struct usage usage = {
		.stage = "synthesise",
		.summary = "Make up the exports of a dataset from its data dictionary: plausible answers of nobody, "
			   "and where the config asks for it a few faults of every kind.",
		.operands = "",
		.examples = "  synthesise --study configs/demo.yaml --dataset survey --output exports/demo\n",
		.rows = rows,
		.count = COUNT(rows),
	};
	char **operands = NULL;
	size_t count = 0;
	return options_parse(&usage, argc, argv, &operands, &count, err);
}

/* Made-up answers in a real study would pass for answers. */
static bool check_synthetic(const struct study *study, const struct study_dataset *dataset, const char *path,
                            struct error *err)
{
	if (!study->study.synthetic || !dataset->synthesis) {
		error_at(err, ERROR_CONFIG, path, 0, "the dataset %s is not to be made up", dataset->name);
		return error_help(err, "only a study with `synthetic: yes` has exports made up, for each dataset with "
		                       "`synthesis`");
	}
	if (dataset->exports_count > 0 && dataset->synthesis->respondents > 0)
		return true;
	error_at(err, ERROR_CONFIG, path, 0, "the dataset %s has no export or no respondent to make up", dataset->name);
	return error_help(err, "name at least one path under exports, and respondents under synthesis");
}

/* Each dataset of a study has a chance of its own, by the study's seed and its name. */
static gsl_rng *begin_chance(const struct study *study, const struct study_dataset *dataset)
{
	char hash[PROVENANCE_HASH_SIZE];
	char *text = mem_print("%d %s", study->study.seed, dataset->name);
	provenance_hash_bytes(hash, text, strlen(text));
	free(text);
	hash[8] = '\0';
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, strtoul(hash, NULL, 16));
	return rng;
}

int main(int argc, char **argv)
{
	struct choices chosen = { .places = "data-dictionary/places.csv" };
	struct error err = { 0 };
	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct dictionary *dictionary = NULL;
	struct spellings *spellings = NULL;
	struct people *people = NULL;
	struct sheets sheets = { 0 };
	gsl_rng *rng = NULL;
	long long today = 0;

	enum options_result options = read_options(&chosen, argc, argv, &err);
	if (options == OPTIONS_DONE)
		return 0;
	bool ok = options == OPTIONS_RUN && study_load(&study, chosen.study, &err)
	          && (dataset = study_dataset(study, chosen.dataset, &err))
	          && check_synthetic(study, dataset, chosen.study, &err)
	          && dictionary_load(&dictionary, dataset->dictionary, chosen.places, study->study.areas,
	                             study->study.areas_count, &err)
	          && spellings_load(&spellings, dictionary, &err) && (rng = begin_chance(study, dataset))
	          && date_read(study->study.date, &today) && people_new(&people, dictionary, rng, today, &err)
	          && sheets_fill(&sheets, study, dataset, dictionary, spellings, people, rng, &err)
	          && (!dataset->synthesis->faults || faults_plant(&sheets, people, rng, &err));
	if (ok && dataset->synthesis->faults)
		telling_plant(&sheets);
	ok = ok && sheets_write(&sheets, chosen.output, &err);

	sheets_release(&sheets);
	people_free(people);
	if (rng)
		gsl_rng_free(rng);
	spellings_free(spellings);
	dictionary_free(dictionary);
	study_free(study);
	return stage_exit("synthesise", ok, &err);
}
