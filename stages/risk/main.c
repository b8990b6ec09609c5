/* risk: who could be found in a file of records, why, and what would help: what a steward reads before one leaves.
 * Restricted. */
#include <stdlib.h>

#include "folder.h"
#include "html_page.h"
#include "mem.h"
#include "options.h"
#include "sections.h"
#include "view.h"

static const char *const names[] = { "index.html", "risk.csv", "records.csv" };

static const struct html_page_part parts[] = {
	{ "short", "In short", section_short },
	{ "people", "Who is most at risk, and why?", section_people },
	{ "offers", "What would each change buy?", section_offers },
	{ "groups", "How many agree with whom?", section_groups },
	{ "subsets", "What if only a part is known?", section_subsets },
	{ "answers", "What is told of a whole group?", section_answers },
	{ "special", "Special uniques", section_special },
	{ "after", "What anonymise made of it", section_after },
};

struct arguments {
	const char *study, *output;
	struct view_inputs inputs;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments->study, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset; `microdata` in the config says what is to leave of it",
		  &arguments->inputs.dataset, NULL, true },
		{ "places", 0, "FILE", "places.csv: also say what regions in the place of areas would buy",
		  &arguments->inputs.places, NULL, false },
		{ "output", 'o', "FOLDER", "the folder to write: index.html, risk.csv and records.csv",
		  &arguments->output, NULL, true },
	};
	const struct usage usage = {
		.stage = "risk",
		.summary =
			"Write the steward's report of a file of records that is to leave: who could be found in it and "
			"why, what each change to a key would buy, and with ANONYMISED.db what anonymise made of it. It "
			"describes single people: keep it restricted.",
		.operands = "DEIDENTIFIED.db [ANONYMISED.db]",
		.examples = "  risk --study configs/mine.yaml --dataset survey --output risk \\\n"
			    "    deidentified.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 2,
	};
	enum options_result result =
		options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
	if (result != OPTIONS_RUN)
		return result;
	arguments->inputs.config = arguments->study;
	arguments->inputs.deidentified = arguments->operands[0];
	arguments->inputs.anonymised = arguments->operand_count > 1 ? arguments->operands[1] : NULL;
	return result;
}

static bool write_page(struct folder *folder, const struct view *view, struct error *err)
{
	struct text html = { 0 };
	const struct html_page_head head = {
		.state = view->side_count == 2 ? "After anonymise" : "Before anonymise",
		.kind = "Risk report",
		.about = view->dataset->name,
		.holds = "This page says what makes single people stand out. Do not send it on, print it to a shared "
			 "printer, or copy from it into what is published.",
		.closing = "What is demanded stands in the config, under microdata.",
		.study = view->study,
	};
	bool ok = html_page_compose(&html, parts, COUNT(parts), view, &head, err)
	          && folder_write(folder, names[0], html.bytes, html.length, err);
	text_free(&html);
	return ok;
}

static bool write_list(struct folder *folder, const struct view *view, const char *name,
                       void (*list)(struct text *csv, const struct view *view), struct error *err)
{
	struct text csv = { 0 };
	list(&csv, view);
	bool ok = folder_write(folder, name, csv.bytes, csv.length, err);
	text_free(&csv);
	return ok;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct study *study = NULL;
	struct folder *folder = NULL;
	struct view view = { 0 };

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = study_load(&study, arguments.study, &err) && risk_view_open(&view, study, &arguments.inputs, &err)
		     && folder_check_own(arguments.output, "risk", names, COUNT(names), &err)
		     && folder_begin(&folder, arguments.output, 0700, &err) && write_page(folder, &view, &err)
		     && write_list(folder, &view, names[1], list_numbers, &err)
		     && write_list(folder, &view, names[2], list_records, &err) && folder_commit(folder, &err);

	folder_close(folder);
	risk_view_close(&view);
	study_free(study);
	return stage_exit("risk", ok, &err);
}
