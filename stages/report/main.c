/* report: findings to what a steward reads, a page and files for other programs. Restricted. */
#include <stdlib.h>

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

static const char page_name[] = "index.html";

static bool check_output(const char *path, struct error *err)
{
	const char **names = mem_alloc(findings_format_count + 1, sizeof *names);
	names[0] = page_name;
	for (size_t i = 0; i < findings_format_count; i++)
		names[i + 1] = findings_formats[i].file;
	bool own = folder_check_own(path, "report", names, findings_format_count + 1, err);
	free((void *)names);
	return own;
}

static bool write_page(struct folder *folder, const struct view *view, struct error *err)
{
	struct text page = { 0 };
	bool ok = page_write(&page, view, err) && folder_write(folder, page_name, page.bytes, page.length, err);
	text_free(&page);
	return ok;
}

int main(int argc, char **argv)
{
	const char *study_path = NULL, *name = NULL, *decisions_path = NULL, *output = NULL, *seen = NULL;
	const char *places = "data-dictionary/places.csv";
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &study_path, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset that the report is about", &name, NULL, true },
		{ "places", 'p', "FILE", "places.csv (data-dictionary/places.csv)", &places, NULL, false },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &decisions_path, NULL, false },
		{ "seen", 0, "FILE",
		  "the findings that the steward has looked at, as CSV with the columns finding and code", &seen, NULL,
		  false },
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
		view.seen = seen;
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
