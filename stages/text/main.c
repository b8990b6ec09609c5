/* text: what scan found in the texts of a dataset, to what a steward reads and decides by. Restricted. */
#include <stdlib.h>

#include "folder.h"
#include "html_page.h"
#include "mem.h"
#include "options.h"
#include "sections.h"

static const char *const names[] = { "index.html", "found.csv" };

static const struct html_page_part parts[] = {
	{ "verdict", "In short", text_section_verdict },
	{ "open", "What waits for a decision?", section_open },
	{ "decide", "How to decide", section_decide },
	{ "medium", "Likely", section_medium },
	{ "low", "Possible", section_low },
	{ "decided", "Decided", section_decided },
	{ "types", "What was found, by type", section_types },
	{ "scanned", "What was scanned", section_scanned },
	{ "decisions", "Decisions of the steward", text_section_decisions },
};

struct arguments {
	const char *study, *dataset, *places, *roster, *decisions, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments->study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset that the report is about", &arguments->dataset, NULL, true },
		{ "places", 'p', "FILE", "places.csv (data-dictionary/places.csv)", &arguments->places, NULL, false },
		{ "roster", 0, "FILE", "the steward's roster.csv, instead of the one that the config names",
		  &arguments->roster, NULL, false },
		{ "decisions", 0, "FILE", "the steward's decisions.csv, instead of the one that the config names",
		  &arguments->decisions, NULL, false },
		{ "output", 'o', "FOLDER", "the folder to write: index.html and found.csv", &arguments->output, NULL,
		  true },
	};
	const struct usage usage = {
		.stage = "text",
		.summary =
			"Write the steward's report of what tells in texts who somebody is: each finding in its words, and "
			"what waits for a decision. It holds answers: keep it restricted.",
		.operands = "SCANNED.db VALIDATED.db INGESTED.db",
		.examples = "  text --study configs/demo.yaml --dataset survey --output text \\\n"
			    "    scanned.db validated.db ingested.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 3,
		.most_operands = 3,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

static bool write_page(struct folder *folder, const struct view *view, struct error *err)
{
	struct text html = { 0 };
	const struct html_page_head head = {
		.state = view->open ? "Waits for decisions" : "Decided",
		.kind = "Report of the texts",
		.about = view->dataset->name,
		.holds =
			"This page holds words of respondents that tell who they are. Do not send it on, print it to a shared "
			"printer, or copy from it into what is published.",
		.closing = "The texts themselves are never changed: what a steward decides stands in decisions.csv.",
		.study = view->study,
	};
	bool ok = html_page_compose(&html, parts, COUNT(parts), view, &head, err)
	          && folder_write(folder, names[0], html.bytes, html.length, err);
	text_free(&html);
	return ok;
}

static bool write_found(struct folder *folder, const struct view *view, struct error *err)
{
	struct text csv = { 0 };
	bool ok = section_found_csv(&csv, view, err) && folder_write(folder, names[1], csv.bytes, csv.length, err);
	text_free(&csv);
	return ok;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { .places = "data-dictionary/places.csv" };
	struct error err = { 0 };
	struct study *study = NULL;
	struct dictionary *dictionary = NULL;
	struct decisions *decisions = NULL;
	struct roster *roster = NULL;
	struct folder *folder = NULL;
	struct view view = { 0 };

	enum options_result options = read_options(&arguments, argc, argv, &err);
	if (options == OPTIONS_DONE)
		return 0;
	bool ok = options == OPTIONS_RUN && study_load(&study, arguments.study, &err)
	          && (view.dataset = study_dataset(study, arguments.dataset, &err)) != NULL;
	if (ok) {
		const char *decided = arguments.decisions ? arguments.decisions : study->decisions;
		const char *named = arguments.roster ? arguments.roster : study->roster;
		ok = dictionary_load(&dictionary, view.dataset->dictionary, arguments.places, study->study.areas,
		                     study->study.areas_count, &err)
		     && decisions_load_texts(&decisions, decided, arguments.dataset, &err)
		     && (!named || roster_load(&roster, named, &err));
	}
	if (ok) {
		view.study = study;
		view.dictionary = dictionary;
		view.decisions = decisions;
		view.roster = roster;
		ok = text_view_open(&view, arguments.operands[0], arguments.operands[1], arguments.operands[2], &err)
		     && folder_check_own(arguments.output, "text", names, COUNT(names), &err)
		     && folder_begin(&folder, arguments.output, 0700, &err) && write_page(folder, &view, &err)
		     && write_found(folder, &view, &err) && folder_commit(folder, &err);
	}

	folder_close(folder);
	text_view_close(&view);
	roster_free(roster);
	decisions_free(decisions);
	dictionary_free(dictionary);
	study_free(study);
	return stage_exit("text", ok, &err);
}
