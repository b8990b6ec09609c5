/* disclosure: what is hidden and why, to what a steward reads before the release. Restricted. */
#include <stdlib.h>

#include "folder.h"
#include "html_page.h"
#include "mem.h"
#include "options.h"
#include "sections.h"
#include "view.h"

static const char *const names[] = { "index.html", "cells.csv" };

static const struct html_page_part parts[] = {
	{ "verdict", "In short", disclosure_section_verdict },
	{ "failed", "What did the attack find?", section_failed },
	{ "hidden", "What is hidden?", section_hidden },
	{ "loss", "What does that cost the reader?", section_loss },
	{ "exceptions", "Exceptions", section_exceptions },
	{ "proposals", "Could more be shown?", section_proposals },
	{ "cells", "Every hidden count", section_cells },
	{ "sums", "Sums that are hidden though their count is shown", section_sums },
	{ "trail", "The trail: from the policy to the verdict", section_trail },
};

struct arguments {
	const char *study, *ledger, *output;
	char **operands;
	size_t operand_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &arguments->study, NULL, true },
		{ "ledger", 0, "FILE", "what was released before; no such file: nothing", &arguments->ledger, NULL,
		  false },
		{ "output", 'o', "FOLDER", "the folder to write: index.html and cells.csv", &arguments->output, NULL,
		  true },
	};
	const struct usage usage = {
		.stage = "disclosure",
		.summary = "Write the steward's report of what is hidden: by which rule, at what cost, how closely a "
			   "reader could tell it, and what would show more. It holds true counts: keep it restricted.",
		.operands = "COMPARED.db PROTECTED.db WITHHELD.db AUDITED.db",
		.examples = "  disclosure --study configs/demo.yaml --output disclosure \\\n"
			    "    compared.db protected.db withheld.db audited.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 4,
		.most_operands = 4,
	};
	return options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
}

static bool write_page(struct folder *folder, const struct view *view, struct error *err)
{
	struct text html = { 0 };
	const struct html_page_head head = {
		.state = view->passed ? "May be released" : "Not released",
		.kind = "Disclosure report",
		.holds = "This page holds the counts that the release hides. Do not send it on, print it to a shared "
			 "printer, or copy from it into what is published.",
		.closing = "What the public is told of the policy stands in the release.",
		.study = view->study,
	};
	bool ok = html_page_compose(&html, parts, COUNT(parts), view, &head, err)
	          && folder_write(folder, names[0], html.bytes, html.length, err);
	text_free(&html);
	return ok;
}

static bool write_cells(struct folder *folder, const struct view *view, struct error *err)
{
	struct text csv = { 0 };
	bool ok = section_cells_csv(&csv, view, err) && folder_write(folder, names[1], csv.bytes, csv.length, err);
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
		ok = study_load(&study, arguments.study, &err)
		     && view_open(&view, study, arguments.operands, arguments.ledger, &err)
		     && folder_check_own(arguments.output, "disclosure", names, COUNT(names), &err)
		     && folder_begin(&folder, arguments.output, 0700, &err) && write_page(folder, &view, &err)
		     && write_cells(folder, &view, &err) && folder_commit(folder, &err);

	folder_close(folder);
	view_close(&view);
	study_free(study);
	return stage_exit("disclosure", ok, &err);
}
