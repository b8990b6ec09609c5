/* report: findings to what a steward reads, a page and files for other programs. Restricted. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "decision.h"
#include "dictionary.h"
#include "findings_files.h"
#include "folder.h"
#include "mem.h"
#include "options.h"
#include "page.h"
#include "store.h"
#include "study.h"
#include "text.h"
#include "verdict.h"
#include "view.h"

static bool is_ours(const char *name)
{
	bool ours = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, "index.html") == 0;
	for (size_t i = 0; i < findings_format_count; i++)
		ours = ours || strcmp(name, findings_formats[i].file) == 0;
	return ours;
}

/* The swap removes what stood there, so it must be an earlier report. */
static bool check_output(const char *path, struct error *err)
{
	DIR *folder = opendir(path);
	bool ours = true;
	for (const struct dirent *entry; folder && (entry = readdir(folder));)
		ours = ours && is_ours(entry->d_name);
	if (folder)
		closedir(folder);
	if (ours)
		return true;
	error_at(err, ERROR_USAGE, path, 0,
	         "the folder holds files that report did not write, and that would be removed");
	return error_help(err, "name another folder with --output");
}

static bool write_page(struct folder *folder, const struct view *view, struct error *err)
{
	struct text page = { 0 };
	bool ok = page_write(&page, view, err) && folder_write(folder, "index.html", page.bytes, page.length, err);
	text_free(&page);
	return ok;
}

int main(int argc, char **argv)
{
	const char *study_path = NULL, *name = NULL, *decisions_path = NULL, *output = NULL;
	const char *places = "data-dictionary/places.csv";
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &study_path, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset that the report is about", &name, NULL, true },
		{ "places", 'p', "FILE", "places.csv (data-dictionary/places.csv)", &places, NULL, false },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &decisions_path, NULL, false },
		{ "output", 'o', "FOLDER", "the folder to write: index.html, findings.csv, .jsonl and .sarif", &output,
		  NULL, true },
	};
	const struct usage usage = {
		.stage = "report",
		.summary =
			"Write the steward's report of a dataset: one page, and every finding in files. They hold answers: "
			"keep them restricted.",
		.operands = "VALIDATED.db INGESTED.db",
		.examples = "  report --study configs/demo.yaml --dataset survey --output report \\\n"
			    "    validated.db ingested.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 2,
		.most_operands = 2,
	};
	char **operands;
	size_t operand_count;
	struct error err = { 0 };
	switch (options_parse(&usage, argc, argv, &operands, &operand_count, &err)) {
	case OPTIONS_DONE: return 0;
	case OPTIONS_WRONG: return stage_exit("report", false, &err);
	case OPTIONS_RUN: break;
	}

	struct study *study = NULL;
	struct dictionary *dictionary = NULL;
	struct decisions *decisions = NULL;
	struct verdict *verdict = NULL;
	struct folder *folder = NULL;
	struct view view = { 0 };

	char *source = study_source(study_path);
	bool ok = study_load(&study, study_path, &err) && (view.dataset = study_dataset(study, name, &err)) != NULL
	          && dictionary_load(&dictionary, view.dataset->dictionary, places, study->study.areas,
	                             study->study.areas_count, &err)
	          && decisions_load(&decisions, decisions_path ? decisions_path : study->decisions, name, &err)
	          && store_open(&view.store, operands[0], "validate", &err)
	          && store_attach(view.store, operands[1], "ingest", "ingested", &err)
	          && verdict_judge(&verdict, view.store, view.dataset, decisions, study->study.date, source, &err)
	          && check_output(output, &err) && folder_begin(&folder, output, 0700, &err);
	if (ok) {
		view.study = study;
		view.dictionary = dictionary;
		view.decisions = decisions;
		view.verdict = verdict;
		ok = write_page(folder, &view, &err) && findings_write(folder, &view, &err)
		     && folder_commit(folder, &err);
	}

	folder_close(folder);
	verdict_free(verdict);
	store_close(view.store);
	decisions_free(decisions);
	dictionary_free(dictionary);
	study_free(study);
	free(source);
	return stage_exit("report", ok, &err);
}
