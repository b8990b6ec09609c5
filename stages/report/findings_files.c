#include "findings_files.h"

#include "mem.h"

const struct findings_format findings_formats[] = {
	{ "findings.csv", findings_csv_begin, findings_csv_add, NULL },
	{ "findings.jsonl", NULL, findings_jsonl_add, NULL },
	{ "findings.sarif", findings_sarif_begin, findings_sarif_add, findings_sarif_end },
};
const size_t findings_format_count = COUNT(findings_formats);

/* Hand on what is in `text`, and empty it. */
static bool hand_on(struct folder_file *file, struct text *text, struct error *err)
{
	bool ok = folder_file_add(file, text->bytes, text->length, err);
	text->length = 0;
	return ok;
}

static bool write_all(struct folder_file **files, const struct view *view, struct findings *findings, struct error *err)
{
	const struct findings_row *row = NULL;
	struct text text = { 0 };
	bool ok = true, first = true;
	for (size_t i = 0; ok && i < findings_format_count; i++) {
		if (findings_formats[i].begin)
			findings_formats[i].begin(&text, view, findings);
		ok = hand_on(files[i], &text, err);
	}
	while (ok && (ok = findings_next(findings, &row, err)) && row) {
		for (size_t i = 0; ok && i < findings_format_count; i++) {
			findings_formats[i].add(&text, row, first);
			ok = hand_on(files[i], &text, err);
		}
		first = false;
	}
	for (size_t i = 0; ok && i < findings_format_count; i++) {
		if (findings_formats[i].end)
			findings_formats[i].end(&text);
		ok = hand_on(files[i], &text, err) && folder_file_end(files[i], err);
	}
	text_free(&text);
	return ok;
}

bool findings_write(struct folder *folder, const struct view *view, struct error *err)
{
	struct folder_file *files[COUNT(findings_formats)] = { 0 };
	struct findings *findings = NULL;
	bool ok = findings_open(&findings, view, err);
	for (size_t i = 0; ok && i < findings_format_count; i++)
		ok = folder_file_begin(&files[i], folder, findings_formats[i].file, err);
	ok = ok && write_all(files, view, findings, err);
	for (size_t i = 0; i < findings_format_count; i++)
		folder_file_close(files[i]);
	findings_close(findings);
	return ok;
}
