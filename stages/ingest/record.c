#include "record.h"

#include <stdlib.h>

#include "mem.h"
#include "provenance.h"
#include "text.h"

static bool reads_codes(const struct dictionary *dictionary, const struct study_dataset *dataset)
{
	for (size_t i = 0; i < dictionary->header_count; i++)
		if (dictionary->headers[i].option)
			return true;
	for (unsigned i = 0; i < dataset->exports_count; i++)
		if (dataset->exports[i].area || dataset->exports[i].wave)
			return true;
	return false;
}

static bool record_file(struct store *store, const struct dictionary *dictionary, const char *name, struct error *err)
{
	char *path = mem_print("%s/%s", dictionary->folder, name);
	bool ok = provenance_input(store, "dictionary", path, err);
	free(path);
	return ok;
}

bool record_dictionary(struct store *store, const struct dictionary *dictionary, const struct study_dataset *dataset,
                       struct error *err)
{
	struct text read = { 0 };
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		text_print(&read, "%s,%s,%s,%s,%s\n", variable->name, variable_type_word(variable->type),
		           variable_role_word(variable->role), variable_disclosure_word(variable->disclosure),
		           variable->codes ? variable->codes->name : "");
	}
	bool ok = record_file(store, dictionary, "headers.csv", err)
	          && (!reads_codes(dictionary, dataset) || record_file(store, dictionary, "codes.csv", err))
	          && provenance_input_bytes(store, "dictionary",
	                                    "variables.csv (variable, type, role, disclosure, codes)", read.bytes,
	                                    read.length, err);
	text_free(&read);
	return ok;
}

bool record_platforms(struct store *store, const struct study_dataset *dataset, const char *platforms,
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
