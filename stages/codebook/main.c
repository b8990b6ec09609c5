/* codebook: the data dictionary of a dataset, for people and for programs. Reads no answers. */
#include "dictionary.h"
#include "facts.h"
#include "folder.h"
#include "mem.h"
#include "options.h"
#include "study.h"
#include "text.h"
#include "writers.h"

static const struct {
	const char *name;
	void (*write)(struct text *file, const struct facts *facts);
} files[] = {
	{ "codebook.html", facts_html },   { "codebook.md", facts_markdown },
	{ "codebook.csv", facts_csv },     { "tableschema.json", facts_table_schema },
	{ "ddi-codebook.xml", facts_ddi },
};

static bool check_output(const char *path, struct error *err)
{
	const char *names[COUNT(files)];
	for (size_t i = 0; i < COUNT(files); i++)
		names[i] = files[i].name;
	return folder_check_own(path, "codebook", names, COUNT(names), err);
}

static bool write_files(struct folder *folder, const struct facts *facts, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(files); i++) {
		struct text file = { 0 };
		files[i].write(&file, facts);
		ok = folder_write(folder, files[i].name, file.bytes, file.length, err);
		text_free(&file);
	}
	return ok;
}

int main(int argc, char **argv)
{
	const char *study_path = NULL, *name = NULL, *output = NULL;
	const char *places = "data-dictionary/places.csv";
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &study_path, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose dictionary it is", &name, NULL, true },
		{ "places", 'p', "FILE", "places.csv (data-dictionary/places.csv)", &places, NULL, false },
		{ "output", 'o', "FOLDER",
		  "the folder to write: codebook.html, codebook.md, codebook.csv, tableschema.json, ddi-codebook.xml",
		  &output, NULL, true },
	};
	const struct usage usage = {
		.stage = "codebook",
		.summary =
			"Write the codebook of a dataset from its data dictionary: a page, Markdown, a table, a Table Schema and "
			"DDI-Codebook. No answers are read.",
		.operands = "",
		.examples = "  codebook --study configs/demo.yaml --dataset survey --output codebook\n",
		.rows = rows,
		.count = COUNT(rows),
	};
	char **operands;
	size_t operand_count;
	struct error err = { 0 };
	switch (options_parse(&usage, argc, argv, &operands, &operand_count, &err)) {
	case OPTIONS_DONE: return 0;
	case OPTIONS_WRONG: return stage_exit("codebook", false, &err);
	case OPTIONS_RUN: break;
	}

	struct study *study = NULL;
	const struct study_dataset *dataset = NULL;
	struct dictionary *dictionary = NULL;
	struct facts *facts = NULL;
	struct folder *folder = NULL;

	bool ok = study_load(&study, study_path, &err) && (dataset = study_dataset(study, name, &err)) != NULL
	          && dictionary_load(&dictionary, dataset->dictionary, places, study->study.areas,
	                             study->study.areas_count, &err)
	          && check_output(output, &err) && folder_begin(&folder, output, 0700, &err);
	if (ok) {
		facts = facts_new(study, dataset, dictionary);
		ok = write_files(folder, facts, &err) && folder_commit(folder, &err);
	}

	folder_close(folder);
	facts_free(facts);
	dictionary_free(dictionary);
	study_free(study);
	return stage_exit("codebook", ok, &err);
}
