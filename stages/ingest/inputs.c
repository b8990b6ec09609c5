#include "inputs.h"

#include <stdlib.h>

#include "intake.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"

static bool record_file(struct store *store, const struct dictionary *dictionary, const char *name, struct error *err)
{
	char *path = mem_print("%s/%s", dictionary->folder, name);
	bool ok = provenance_input(store, "dictionary", path, err);
	free(path);
	return ok;
}

bool inputs_record_dictionary(struct store *store, const struct dictionary *dictionary,
                              const struct study_dataset *dataset, struct error *err)
{
	struct text read = { 0 };
	intake_variables(&read, dictionary);
	bool ok = record_file(store, dictionary, "headers.csv", err)
	          && (!intake_has_codes(dictionary, dataset) || record_file(store, dictionary, "codes.csv", err))
	          && provenance_input_bytes(store, "dictionary", intake_variables_name, read.bytes, read.length, err);
	text_free(&read);
	return ok;
}

bool inputs_record_platforms(struct store *store, const struct study_dataset *dataset, const char *platforms,
                             struct error *err)
{
	bool ok = true;
	for (unsigned i = 0; ok && i < dataset->exports_count; i++) {
		char *path = mem_print("%s/%s.yaml", platforms, study_platform(&dataset->exports[i]));
		ok = provenance_input(store, "platform", path, err);
		free(path);
	}
	return ok;
}
