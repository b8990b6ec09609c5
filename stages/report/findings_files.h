/* The findings as files: one row of the table, and one file findings_FORMAT.c, for each format. */
#ifndef CANVASS_REPORT_FINDINGS_FILES_H
#define CANVASS_REPORT_FINDINGS_FILES_H

#include "findings.h"
#include "folder.h"
#include "text.h"

#include <stddef.h>

struct findings_format {
	const char *file;
	/* Each adds to `text`; begin and end may be NULL. */
	void (*begin)(struct text *text, const struct view *view, const struct findings *findings);
	void (*add)(struct text *text, const struct findings_row *row, bool first);
	void (*end)(struct text *text);
};

extern const struct findings_format findings_formats[];
extern const size_t findings_format_count;

/* Write all of them, reading the findings once. */
bool findings_write(struct folder *folder, const struct view *view, struct error *err);

/* One a line, safe to open in a spreadsheet: what it would run as a formula is led by an apostrophe. Begins with a byte
 * order mark, so that it reads the letters right. */
void findings_csv_begin(struct text *csv, const struct view *view, const struct findings *findings);
void findings_csv_add(struct text *csv, const struct findings_row *row, bool first);

/* JSON Lines: one object a line, null where there is none. Answers as they came, but for bytes that are no UTF-8. */
void findings_jsonl_add(struct text *json, const struct findings_row *row, bool first);

/* SARIF 2.1.0. Such files are made to be uploaded to where code is kept, so this one holds places and codes only: no
 * key, no answer, nothing made of them (their hash would tell whoever tries them all out), and none of the steward's
 * own words. */
void findings_sarif_begin(struct text *sarif, const struct view *view, const struct findings *findings);
void findings_sarif_add(struct text *sarif, const struct findings_row *row, bool first);
void findings_sarif_end(struct text *sarif);

#endif
