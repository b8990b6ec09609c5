#include "statement.h"

#include <stdio.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"

void write_statement(struct text *file, const struct deposit *deposit)
{
	struct deposit_statement *statement = deposit_statement_new(deposit);
	deposit_statement_text(file, statement);
	deposit_statement_free(statement);
}

void write_manifest(struct text *file, const struct deposit *deposit, const struct deposited *files, size_t count)
{
	struct deposit_statement *statement = deposit_statement_new(deposit);
	struct text lines = { 0 }, list = { 0 };
	deposit_statement_json(&lines, statement);
	for (size_t i = 0; i < count; i++) {
		char bytes[32];
		snprintf(bytes, sizeof bytes, "%zu", files[i].bytes);
		const struct text_hole holes[] = {
			{ "path", files[i].name, false },
			{ "bytes", bytes, true },
			{ "sha256", files[i].sha256, false },
		};
		text_fill_item(&list, template_deposit_file_json, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ "version", CANVASS_VERSION, false },
		{ "study", deposit->study->study.name, false },
		{ "dataset", deposit->dataset->name, false },
		{ "date", deposit->study->study.date, false },
		{ "access", deposit->open ? "public" : "safeguarded", false },
		{ "synthetic", deposit->study->study.synthetic ? "true" : "false", true },
		{ "made_from", deposit->made_from, false },
		{ "lines", lines.bytes, true },
		{ "files", list.bytes, true },
	};
	text_fill(file, template_deposit_manifest_json, TEXT_JSON, holes, COUNT(holes));
	deposit_statement_free(statement);
	text_free(&lines);
	text_free(&list);
}
