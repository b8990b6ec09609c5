/* anonymise: a file of records that may leave the house, made of the analysis table. Checked anew before it is there. */
#include <stdlib.h>
#include <string.h>

#include "blanking.h"
#include "demands.h"
#include "derivable.h"
#include "embedded.h"
#include "error.h"
#include "file.h"
#include "options.h"
#include "provenance.h"
#include "recode.h"
#include "store.h"
#include "study.h"
#include "telling.h"
#include "utility.h"
#include "verify.h"
#include "write.h"

/* The entry of the config. */
static const struct study_microdata *find_entry(const struct study *study, const char *dataset, const char *config,
                                                struct error *err)
{
	if (!study_dataset(study, dataset, err))
		return NULL;
	const struct study_microdata *entry = study_microdata(study, dataset);
	if (!entry) {
		error_at(err, ERROR_CONFIG, config, 0, "no records of %s are to leave", dataset);
		error_help(err, "add an entry for it to `microdata` in the study's config");
	}
	return entry;
}

/* What nobody knows who does not hold the analysis table: the pseudonyms, so that a file made again of the same people
 * loses the same values; where there are none, the table's hash. */
static bool find_secret(struct file *file, struct store *deidentified, const char *path, struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE] = "", digits[17] = "";
	long long bytes = 0, pseudonyms = 0;
	sqlite3_stmt *select = NULL;
	bool row = true;
	if (!provenance_hash_file(hash, &bytes, path, err)
	    || !store_read_integer(deidentified, "SELECT count(*) FROM pragma_table_info('respondents') WHERE name = 'pseudonym'",
	                           0, &pseudonyms, err))
		return false;
	memcpy(digits, hash, sizeof digits - 1);
	file->secret = strtoull(digits, NULL, 16);
	if (!pseudonyms)
		return true;
	file->lots = mem_alloc(file->record_count, sizeof *file->lots);
	bool ok = store_prepare(&select, deidentified, "SELECT substr(pseudonym, 1, 16) FROM respondents ORDER BY respondent",
	                        err);
	for (size_t i = 0; ok && i < file->record_count; i++) {
		ok = store_step(deidentified, select, &row, err);
		const char *text = ok ? (const char *)sqlite3_column_text(select, 0) : NULL;
		file->lots[i] = text ? strtoull(text, NULL, 16) : 0;
	}
	sqlite3_finalize(select);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct study *study = NULL;
	struct store *deidentified = NULL, *anonymised = NULL;
	struct file *file = NULL;
	struct telling telling = { 0 };
	struct demands demands = { 0 };
	const struct study_microdata *entry = NULL;
	const char *config = NULL, *name = NULL, *output = NULL;
	char **inputs = NULL;
	size_t count = 0, *order = NULL;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &config, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose records leave", &name, NULL, true },
		{ "output", 'o', "FILE", "the stage file to write", &output, NULL, true },
	};
	const struct usage usage = {
		"anonymise",
		"Recode the analysis table as the data dictionary says, blank single values until everybody agrees with as many "
		"others as the config demands, count anew, and write a file of records that may leave. Where a demand cannot be "
		"met, status 1 and no file.",
		"DEIDENTIFIED.db",
		"  anonymise --study configs/demo.yaml --dataset survey \\\n"
		"    --output anonymised.db deidentified.db\n",
		rows,
		COUNT(rows),
		1,
		1,
	};
	enum options_result parsed = options_parse(&usage, argc, argv, &inputs, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN)
		ok = study_load(&study, config, &err) && (entry = find_entry(study, name, config, &err))
		     && store_open(&deidentified, inputs[0], "deidentify", &err)
		     && file_load(&file, entry, deidentified, config, &err) && find_secret(file, deidentified, inputs[0], &err)
		     && recode_file(file, &err)
		     && telling_find(&telling, file, deidentified, &err) && demands_make(&demands, file, &err)
		     && blank_file(file, &demands, &telling)
		     && store_create(&anonymised, output, "anonymise", sql_schema_anonymised, &err)
		     && study_record(study, name, anonymised, &err)
		     && provenance_input(anonymised, "stage", inputs[0], &err) && (order = write_order(file))
		     && write_file(file, order, anonymised, &err)
		     && derivable_write(file, order, deidentified, anonymised, &err)
		     && verify_file(&demands, file, order, anonymised, &err)
		     && utility_write(file, anonymised, &err) && store_commit(anonymised, &err);
	store_close(anonymised);
	store_close(deidentified);
	demands_release(&demands);
	telling_release(&telling);
	file_free(file);
	study_free(study);
	free(order);
	return stage_exit("anonymise", ok, &err);
}
